"""Models that are kept: as JSON, as bytes, pickled."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rustsci.glm as rs

DATA: dict[str, Any] = {
    "y": [1.0, 3.0, 2.0, 6.0, 5.0, 9.0, 4.0, 8.0],
    "x": [0.0, 1.0, 1.5, 2.0, 3.0, 3.5, 2.5, 3.2],
    "g": ["b", "a", "b", "a", "a", "b", "a", "b"],
    "n": [1.0, 2.0, 1.0, 2.0, 1.0, 3.0, 1.0, 2.0],
}
NEW = {"x": [1.0, 2.0], "g": ["a", "b"], "n": [1.0, 2.0]}
# A model that the first version wrote: later versions read it.
FIRST = Path(__file__).parents[1] / "data" / "glm" / "model_1.json"

MODELS = [
    ("y ~ x + g", {"family": "poisson", "exposure": "n"}, {}),
    ("y ~ poly(x, 2) * g", {"family": "gamma", "link": "log"}, {"cov_type": "HC0"}),
    ("y ~ bs(x, df=4) + C(g, Sum)", {}, {"use_t": True}),
    ("y ~ x + I(2*x) + g", {"family": "negative_binomial(2)"}, {}),
    ("y ~ scale(x)", {"family": "tweedie(1.5)"}, {"alpha": 0.1}),
]


def ways(result: rs.GLMResults) -> dict[str, rs.GLMResults]:
    return {
        "json": rs.GLMResults.from_json(result.to_json()),
        "bytes": rs.GLMResults.from_bytes(result.to_bytes()),
        "pickle": pickle.loads(pickle.dumps(result)),
        "twice": rs.GLMResults.from_bytes(rs.GLMResults.from_json(result.to_json()).to_bytes()),
    }


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("formula", "options", "fit"), MODELS, ids=lambda value: str(value)[:24])
def test_a_model_that_was_kept_predicts_and_is_summed_up(
    formula: str, options: dict[str, Any], fit: dict[str, Any]
) -> None:
    result = rs.glm(formula, DATA, **options).fit(**fit)
    expected = [float(value) for value in result.predict(NEW)]

    for way, again in ways(result).items():
        assert [float(value) for value in again.predict(NEW)] == expected, way
        np.testing.assert_array_equal(np.asarray(again.params), np.asarray(result.params), way)
        np.testing.assert_array_equal(np.asarray(again.bse), np.asarray(result.bse), way)
        np.testing.assert_array_equal(
            np.asarray(again.get_prediction(NEW).conf_int()),
            np.asarray(result.get_prediction(NEW).conf_int()),
        )
        assert str(again.summary()) == str(result.summary()), way


def test_a_pickled_model_has_its_data() -> None:
    result = rs.glm("y ~ x + g", DATA, family="poisson").fit()

    again = pickle.loads(pickle.dumps(result))

    np.testing.assert_array_equal(np.asarray(again.resid_deviance), np.asarray(result.resid_deviance))
    np.testing.assert_array_equal(np.asarray(again.model.fit().params), np.asarray(result.params))


def test_what_needs_data_says_so_where_there_are_none() -> None:
    again = rs.GLMResults.from_json(rs.glm("y ~ x", DATA).fit().to_json())

    with pytest.raises(ValueError, match="without its data"):
        again.resid_deviance  # noqa: B018
    with pytest.raises(ValueError, match="without its data"):
        again.lr_test("x = 0")


def test_data_can_be_forgotten() -> None:
    result = rs.glm("y ~ x + g", DATA, family="poisson").fit()
    text, predicted = str(result.summary()), list(result.predict(NEW))

    result.remove_data()

    assert str(result.summary()) == text
    assert list(result.predict(NEW)) == predicted
    with pytest.raises(ValueError, match="without its data"):
        result.leverage  # noqa: B018
    assert len(pickle.dumps(result)) < 20_000


def test_a_model_of_the_first_version_is_read() -> None:
    again = rs.GLMResults.from_json(FIRST.read_text(encoding="utf-8"))

    assert again.feature_names == ["Intercept", "x", "g[T.b]"]
    assert [round(float(value), 9) for value in again.predict(NEW)] == [1.971973298, 3.972597627]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no model as JSON"),
        ("[]", "no model of rustsci.glm"),
        ('{"format": "other 1"}', "no model of rustsci.glm"),
        ('{"format": "rustsci.glm 99"}', "version 99 of the format.*newer rustsci"),
        ('{"format": "rustsci.glm 1"}', "damaged: KeyError"),
    ],
)
def test_what_is_no_model_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rs.GLMResults.from_json(text)


def test_bytes_that_are_no_model_are_refused() -> None:
    content = rs.glm("y ~ x", DATA).fit().to_bytes()

    with pytest.raises(ValueError, match="are no model"):
        rs.GLMResults.from_bytes(b"PAR1" + content)
    with pytest.raises(ValueError, match="damaged"):
        rs.GLMResults.from_bytes(content[:-20])


def test_numbers_that_disagree_with_the_model_are_refused() -> None:
    kept = json.loads(rs.glm("y ~ x", DATA).fit().to_json())
    kept["params"] = kept["params"][:1]

    with pytest.raises(ValueError, match="damaged"):
        rs.GLMResults.from_json(json.dumps(kept))
