"""Data in every library, and what cannot be fitted."""

from __future__ import annotations

import math
import pickle
from typing import Any

import numpy as np
import pytest

import rustsci
import rustsci.glm as rs

DATA: dict[str, Any] = {
    "y": [1.0, 3.0, 2.0, 6.0, 5.0, 9.0],
    "x": [0.0, 1.0, 1.5, 2.0, 3.0, 3.5],
    "g": ["b", "a", "b", "a", "a", "b"],
    "n": [1.0, 2.0, 1.0, 2.0, 1.0, 3.0],
}
EXPECTED = rs.glm("y ~ x + g", DATA, family="poisson", exposure="n").fit()


def frames() -> dict[str, Any]:
    modules = {library: pytest.importorskip(library) for library in ("pandas", "polars", "pyarrow")}
    made: dict[str, Any] = {"numpy": {name: np.asarray(values) for name, values in DATA.items()}}
    made["ours"] = {name: rustsci.asarray(v) if name != "g" else v for name, v in DATA.items()}
    for library, module in modules.items():
        made[library] = module.table(DATA) if library == "pyarrow" else module.DataFrame(DATA)
    made["polars lazy"] = made["polars"].lazy()
    polars = pytest.importorskip("polars")
    made["polars categorical"] = made["polars"].with_columns(polars.col("g").cast(polars.Categorical))
    made["polars enum"] = made["polars"].with_columns(polars.col("g").cast(polars.Enum(["a", "b"])))
    made["pandas category"] = made["pandas"].astype({"g": "category"})
    return made


@pytest.mark.parametrize("library", list(frames()))
def test_data_of_every_library_give_the_same_fit(library: str) -> None:
    data = frames()[library]

    result = rs.glm("y ~ x + g", data, family="poisson", exposure="n").fit()

    assert result.feature_names == ["Intercept", "x", "g[T.b]"]
    np.testing.assert_array_equal(np.asarray(result.params), np.asarray(EXPECTED.params))
    np.testing.assert_array_equal(np.asarray(result.predict(data)), np.asarray(EXPECTED.fittedvalues))
    assert type(result.params) is (rustsci.ndarray if library == "ours" else np.ndarray)


def test_a_parquet_file_is_read_by_its_path(tmp_path: Any) -> None:
    polars = pytest.importorskip("polars")
    path = tmp_path / "claims.parquet"
    polars.DataFrame(DATA).write_parquet(path)

    result = rs.glm("y ~ x + g", path, family="poisson", exposure="n").fit()

    np.testing.assert_array_equal(np.asarray(result.params), np.asarray(EXPECTED.params))


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "numpy"])
def test_missing_rows_are_left_out_and_counted(library: str) -> None:
    data: Any = {**DATA, "x": [0.0, None, 1.5, 2.0, 3.0, 3.5], "g": ["b", "a", "b", "a", None, "b"]}
    kept = {name: [values[i] for i in (0, 2, 3, 5)] for name, values in DATA.items()}
    if library != "numpy":
        module = pytest.importorskip(library)
        data = module.table(data) if library == "pyarrow" else module.DataFrame(data)

    model = rs.glm("y ~ x + g", data, family="poisson")
    result, expected = model.fit(), rs.glm("y ~ x + g", kept, family="poisson").fit()

    assert result.n_dropped == 2
    assert result.nobs == 4
    np.testing.assert_array_equal(np.asarray(result.params), np.asarray(expected.params))
    with pytest.raises(ValueError, match="2 of 6 rows have missing values"):
        rs.glm("y ~ x + g", data, family="poisson", na_action="raise").fit()


@pytest.mark.parametrize(
    ("formula", "changes", "options", "message"),
    [
        ("y ~ x", {"y": []}, {}, "rows"),
        ("y ~ xx", {}, {}, "no column 'xx'; did you mean 'x'"),
        ("y ~ X", {}, {}, "did you mean 'x'"),
        ("y ~ x + ", {}, {}, r"\^"),
        ("y ~ x", {"y": [2.0] * 6}, {}, "same|every row"),
        ("y ~ x", {"y": [-1.0, 2, 3, 4, 5, 6]}, {"family": "poisson"}, "row 0 has -1"),
        ("y ~ x", {"y": [0.0, 2, 3, 4, 5, 6]}, {"family": "gamma"}, "must be positive"),
        ("y ~ x", {}, {"family": "poison"}, "did you mean 'poisson'"),
        ("y ~ x", {}, {"link": "lgo"}, "did you mean 'log'"),
        ("y ~ x", {}, {"weights": [1, -1, 1, 1, 1, 1]}, "row 1 has -1"),
        ("y ~ x", {}, {"weights": [1, 0, 1, 1, 1, 1]}, "row 1 has 0"),
        ("y ~ x", {}, {"weights": [1, math.nan, 1, 1, 1, 1]}, "missing in row 1"),
        ("y ~ x", {}, {"weights": [1, 1]}, "2 rows"),
        ("y ~ x", {}, {"family": "poisson", "exposure": [1, 0, 1, 1, 1, 1]}, "exposure must be positive"),
        ("y ~ x", {}, {"exposure": "n"}, "log link"),
        ("y ~ poly(x, 3) * g", {}, {}, "8 coefficients, but only 6 rows"),
        ("y ~ log(x)", {}, {}, "finite numbers"),
        ("y ~ C(g, Foo)", {}, {}, "Treatment, Sum"),
        ("y ~ 0", {}, {}, "no terms"),
        ("y ~ x", {}, {"weights": "n", "var_weights": "n"}, "give one of them"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    formula: str, changes: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        rs.glm(formula, {**DATA, **changes}, **options).fit()


@pytest.mark.parametrize(
    ("formula", "options", "fit", "message"),
    [
        ("y ~ x", {"family": "poisson", "exposure": [1, math.nan, 1, 1, 1, 1]}, {}, "missing in row 1"),
        ("y ~ x", {"family": "poisson", "exposure": [1, -1, 1, 1, 1, 1]}, {}, "exposure must be positive"),
        ("y ~ x", {"offset": [1, math.inf, 1, 1, 1, 1]}, {}, "offset must be finite, but row 1 has inf"),
        ("y ~ x", {"freq_weights": [1, -1, 1, 1, 1, 1]}, {}, "freq_weights must be finite and not negative"),
        ("y ~ x", {"family": "binomial"}, {}, "between 0 and 1"),
        ("y ~ x", {"family": "tweedie(0.5)"}, {}, "no Tweedie distribution of variance power 0.5"),
        ("y ~ x", {"family": "negative_binomial(-1)"}, {}, "theta must be positive"),
        ("y ~ x", {"family": "gamma(3)"}, {}, "takes no parameter"),
        ("~ x", {}, {}, "has no response"),
        ("y ~ (x", {}, {}, r"no closing '\)'(.|\n)*\^"),
        (
            "cbind(y, x) ~ n",
            {"family": "poisson"},
            {},
            "successes and failures are a response of the binomial",
        ),
        ("y ~ x", {}, {"maxiter": -1}, "maxiter must not be negative"),
        ("y ~ x", {}, {"start_params": [math.nan, 1.0]}, "start_params must be finite, but element 0"),
        ("y ~ x", {}, {"start_params": [1.0]}, "1 elements, but there are 2 coefficients: Intercept, x"),
        ("y ~ x", {}, {"scale": math.nan}, "scale must be positive and finite"),
        ("y ~ x", {}, {"scale": "foo"}, "'X2', 'dev', 'ML' or a number"),
        ("y ~ x", {}, {"alpha": -1.0}, "alpha must be finite and not negative"),
    ],
)
def test_values_out_of_range_are_refused(
    formula: str, options: dict[str, Any], fit: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        rs.glm(formula, DATA, **options).fit(**fit)


@pytest.mark.parametrize(
    ("formula", "changes", "options", "message"),
    [
        (3, {}, {}, "formula must be a text"),
        ("y ~ x", {"y": [1 + 2j] * 6}, {}, "complex"),
        ("y ~ x", {}, {"family": 3}, "family must be a name"),
        ("y ~ x", {}, {"link": 3}, "link must be a name"),
    ],
)
def test_types_that_mean_nothing_are_refused(
    formula: Any, changes: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        rs.glm(formula, {**DATA, **changes}, **options).fit()


@pytest.mark.parametrize(
    "formula", ["y ~ te(x, n)", "y ~ foo(x)", "y ~ bs(x, df=4, by='g')", "y ~ s(x, bs='gp')"]
)
def test_what_is_not_built_says_so(formula: str) -> None:
    with pytest.raises(NotImplementedError, match=r"not supported"):
        rs.glm(formula, DATA).fit()


@pytest.mark.parametrize("options", [{"cov_type": "HAC"}, {"method": "newton"}])
def test_options_that_are_not_built_say_so(options: dict[str, Any]) -> None:
    with pytest.raises(NotImplementedError, match=next(iter(options.values()))):
        rs.glm("y ~ x", DATA).fit(**options)


def test_new_data_with_unknown_levels() -> None:
    new = {"x": [1.0], "g": ["z"], "n": [1.0]}

    with pytest.raises(ValueError, match="the level 'z', which the model does not know"):
        EXPECTED.predict(new)
    assert EXPECTED.predict(new, unseen="reference")[0] == EXPECTED.predict({**new, "g": ["a"]})[0]


def test_new_data_of_another_kind() -> None:
    with pytest.raises(ValueError, match="is categorical, but"):
        EXPECTED.predict({"x": ["1.0"], "g": ["a"], "n": [1.0]})


def test_splines_refuse_values_out_of_range() -> None:
    result = rs.glm("y ~ bs(x, df=3)", DATA).fit()

    with pytest.raises(ValueError, match="outside of the range"):
        result.predict({"x": [9.0]})


def test_a_dot_is_every_other_column() -> None:
    result = rs.glm("y ~ .", DATA, weights="n").fit()

    assert result.feature_names == ["Intercept", "x", "g[T.b]"]
    np.testing.assert_allclose(np.asarray(result.predict(DATA)), np.asarray(result.fittedvalues), rtol=1e-14)


@pytest.mark.parametrize("keep", [pickle.dumps, None])
def test_models_are_kept(keep: Any) -> None:
    again = pickle.loads(keep(EXPECTED)) if keep else rs.GLMResults.from_json(EXPECTED.to_json())

    new = {"x": [1.0, 2.0], "g": ["a", "b"], "n": [1.0, 2.0]}
    assert list(again.predict(new)) == list(EXPECTED.predict(new))
    assert list(again.bse) == list(EXPECTED.bse)


def test_threads_do_not_change_a_bit() -> None:
    rng = np.random.default_rng(0)
    rows = 150_000
    data = {"y": rng.poisson(1.0, rows), "x": rng.normal(size=rows), "g": rng.integers(0, 9, rows)}
    fits = []
    for threads in (1, 2, 3):
        with rustsci.threads(threads):
            fits.append(rs.glm("y ~ x * C(g)", data, family="poisson").fit())

    for fit in fits[1:]:
        np.testing.assert_array_equal(fit.params, fits[0].params)
        np.testing.assert_array_equal(fit.cov_params(), fits[0].cov_params())
