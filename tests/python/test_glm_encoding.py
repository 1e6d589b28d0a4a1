"""Factors encoded as numbers: by targets without leaks, and by frequencies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import rustsci.glm as rs
from tests.python.draws import Draws, holds


def sample(rows: int = 3000, levels: int = 40) -> dict[str, Any]:
    rng = Draws(8)
    g = rng.integers(0, levels, rows)
    effect = rng.normal(scale=0.5, size=levels)
    exposure = rng.uniform(0.2, 1.0, rows)
    return {
        "y": rng.poisson(exposure * np.exp(effect[g])).astype(float),
        "g": [f"level {i:02d}" for i in g],
        "h": rng.choice(list("abc"), rows),
        "noise": [f"n{i}" for i in rng.integers(0, 800, rows)],
        "e": exposure,
        "x": rng.normal(size=rows),
    }


def by_hand(levels: list[str], y: np.ndarray, prior_weight: float) -> dict[str, float]:
    prior = y.mean()
    own = {level: holds(levels, level) for level in set(levels)}
    return {
        level: (y[rows].sum() + prior_weight * prior) / (rows.sum() + prior_weight)
        for level, rows in own.items()
    }


def test_new_rows_have_the_averages_of_all_that_were_seen() -> None:
    data = sample()
    encoder = rs.TargetEncoder(prior_weight=3.0).fit(data["g"], data["y"])

    expected = by_hand(data["g"], data["y"], 3.0)

    np.testing.assert_allclose(encoder.transform(data["g"]), [expected[g] for g in data["g"]], rtol=1e-12)
    assert encoder.transform(["never seen"])[0] == pytest.approx(data["y"].mean())
    assert encoder.prior_ == pytest.approx(data["y"].mean())


def test_rates_where_there_is_an_exposure() -> None:
    data = sample()
    encoder = rs.TargetEncoder(prior_weight=0.0).fit(data["g"], data["y"], exposure=data["e"])

    for level in set(data["g"][:20]):
        own = holds(data["g"], level)
        expected = data["y"][own].sum() / data["e"][own].sum()
        assert encoder.transform([level])[0] == pytest.approx(expected, rel=1e-12)


def test_weights_are_numbers_of_rows() -> None:
    x, y, w = ["a", "a", "b"], [1.0, 0.0, 1.0], [2.0, 1.0, 3.0]
    repeated = (["a", "a", "a", "b", "b", "b"], [1.0, 1.0, 0.0, 1.0, 1.0, 1.0])

    weighted = rs.TargetEncoder().fit(x, y, weights=w)
    plain = rs.TargetEncoder().fit(*repeated)

    np.testing.assert_allclose(weighted.transform(["a", "b"]).tolist(), plain.transform(["a", "b"]).tolist())


def test_rows_do_not_know_their_own_target() -> None:
    data = sample()
    encoder = rs.TargetEncoder(n_permutations=1, seed=5)
    before = np.asarray(encoder.fit_transform(data["g"], data["y"]))

    # Among rows of one level, targets are exchanged with another row so that the mean of all stays.
    changed = data["y"].copy()
    changed[0] += 50.0
    other = next(row for row, level in enumerate(data["g"]) if level != data["g"][0])
    changed[other] -= 50.0
    after = np.asarray(rs.TargetEncoder(n_permutations=1, seed=5).fit_transform(data["g"], changed))

    assert before[0] == after[0]
    assert before[other] == after[other]


def test_noise_explains_nothing_where_a_plain_average_pretends_to() -> None:
    data = sample()
    codes = data["noise"]
    leaky = by_hand(codes, data["y"], 1.0)
    plain = np.array([leaky[c] for c in codes])
    ordered = np.asarray(rs.target_encode(codes, data["y"], seed=1))

    assert abs(np.corrcoef(plain, data["y"])[0, 1]) > 0.3
    assert abs(np.corrcoef(ordered, data["y"])[0, 1]) < 0.08


def test_a_seed_decides() -> None:
    data = sample()
    first = rs.target_encode(data["g"], data["y"], seed=1)

    np.testing.assert_array_equal(first, rs.target_encode(data["g"], data["y"], seed=1))
    assert not np.array_equal(first, rs.target_encode(data["g"], data["y"], seed=2))


def test_formulas_encode_as_the_encoder_does() -> None:
    data = sample()

    result = rs.glm("y ~ TE(g, prior_weight=2, n_permutations=3) + x", data, seed=7).fit()
    column = np.asarray(result._native("design"))[:, 1]

    encoder = rs.TargetEncoder(prior_weight=2, n_permutations=3, seed=7)
    np.testing.assert_allclose(column, encoder.fit_transform(data["g"], data["y"]), rtol=1e-13)
    # New rows, the same ones too, have the averages of all.
    new = {"g": data["g"][:9], "x": np.zeros(9)}
    expected = result.params[0] + result.params[1] * np.asarray(encoder.transform(data["g"][:9]))
    np.testing.assert_allclose(result.predict(new), expected, rtol=1e-12)
    assert result.predict({"g": ["never seen"], "x": [0.0]})[0] == pytest.approx(
        result.params[0] + result.params[1] * data["y"].mean()
    )


def test_formulas_encode_rates_by_their_exposure() -> None:
    data = sample()

    result = rs.glm("y ~ TE(g)", data, family="poisson", exposure="e", seed=3).fit()

    expected = rs.target_encode(data["g"], data["y"], exposure=data["e"], seed=3)
    np.testing.assert_allclose(np.asarray(result._native("design"))[:, 1], expected, rtol=1e-13)
    assert result.params[1] > 0


def test_crossings_are_encoded_together() -> None:
    data = sample()

    result = rs.glm("y ~ TE(g:h) + FE(g:h) + TE(g):x", data).fit()
    design = np.asarray(result._native("design"))

    crossed = [f"{g}|{h}" for g, h in zip(data["g"], data["h"], strict=True)]
    counts = {level: crossed.count(level) for level in set(crossed)}
    most = max(counts.values())
    np.testing.assert_allclose(design[:, 2], [counts[level] / most for level in crossed], rtol=1e-14)
    assert result.feature_names == ["Intercept", "TE(g:h)", "FE(g:h)", "TE(g):x"]
    # The order of levels does not matter to an ordered average.
    np.testing.assert_allclose(design[:, 1], rs.target_encode(crossed, data["y"]), rtol=1e-13)


def test_frequencies() -> None:
    encoder = rs.FrequencyEncoder().fit([3, 1, 3, 3])

    assert encoder.transform([1, 3, 7]).tolist() == [pytest.approx(1 / 3), 1.0, 0.0]


def test_binary_responses_are_encoded_by_their_shares() -> None:
    data = sample()
    data["bought"] = ["yes" if count > 0 else "no" for count in data["y"]]

    result = rs.glm("bought ~ TE(g)", data, family="binomial").fit()

    assert 0 < np.asarray(result._native("design"))[:, 1].max() <= 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: rs.TargetEncoder(prior_weight=-1), ValueError, "prior_weight"),
        (lambda: rs.TargetEncoder(n_permutations=0), ValueError, "n_permutations"),
        (lambda: rs.TargetEncoder().transform(["a"]), ValueError, "fit first"),
        (lambda: rs.target_encode(["a", "b"], [1.0]), ValueError, "as many"),
        (lambda: rs.target_encode(["a", None], [1.0, 2.0]), ValueError, "missing in row 1"),
        (lambda: rs.target_encode(["a", "b"], ["u", "v"]), TypeError, "numbers"),
    ],
)
def test_what_cannot_be_encoded(call: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
