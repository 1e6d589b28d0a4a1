"""Columns from every library keep their levels, and their missing values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import rustsci.glm as rs

DATA: dict[str, Any] = {
    "y": [1.0, 3.0, 2.0, 6.0, 5.0, 9.0],
    "x": [0.0, 1.0, 1.5, 2.0, 3.0, 3.5],
    "g": ["b", "a", "b", "a", "c", "b"],
}
EXPECTED = rs.glm("y ~ x + g", DATA).fit()


def check(data: Any) -> None:
    result = rs.glm("y ~ x + g", data).fit()

    assert result.feature_names == EXPECTED.feature_names
    np.testing.assert_array_equal(np.asarray(result.params), np.asarray(EXPECTED.params))


def test_duckdb_relations() -> None:
    duckdb = pytest.importorskip("duckdb")
    table = pytest.importorskip("pyarrow").table(DATA)
    connection = duckdb.connect()
    connection.register("claims", table)

    check(connection.sql("select * from claims"))


def test_dictionaries_of_arrow_stay_dictionaries() -> None:
    arrow = pytest.importorskip("pyarrow")
    # The order of levels is that of the dictionary, also where it is not the alphabet's.
    values = arrow.array(DATA["g"]).dictionary_encode()
    ordered = arrow.DictionaryArray.from_arrays(arrow.array([0, 2, 0, 2, 1, 0]), arrow.array(["b", "c", "a"]))
    table = arrow.table({"y": DATA["y"], "x": DATA["x"], "g": ordered})

    result = rs.glm("y ~ x + g", table).fit()

    assert result.feature_names == ["Intercept", "x", "g[T.c]", "g[T.a]"]
    assert rs.glm("y ~ g", arrow.table({"y": DATA["y"], "g": values})).fit().feature_names[1] == "g[T.a]"


class Stream:
    """What offers the Arrow C stream interface and nothing else."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)


def test_arrow_streams_of_any_library() -> None:
    check(Stream(pytest.importorskip("pyarrow").table(DATA)))


@pytest.mark.parametrize("backend", ["numpy_nullable", "pyarrow"])
def test_data_types_of_pandas(backend: str) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")

    check(pandas.DataFrame(DATA).convert_dtypes(dtype_backend=backend))


def test_columns_of_pandas_whose_names_are_numbers() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(np.column_stack([DATA["y"], DATA["x"]]))

    result = rs.glm("`0` ~ `1`", frame).fit()

    np.testing.assert_allclose(result.params, rs.glm("y ~ x", DATA).fit().params)


def test_chunked_columns() -> None:
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table(DATA)

    check(arrow.concat_tables([table.slice(0, 2), table.slice(2)]))


def test_unused_levels_have_no_coefficient() -> None:
    pandas = pytest.importorskip("pandas")
    data = {**DATA, "g": pandas.Categorical(DATA["g"], categories=["a", "b", "c", "never"])}

    assert rs.glm("y ~ g", pandas.DataFrame(data)).fit().feature_names == ["Intercept", "g[T.b]", "g[T.c]"]


@pytest.mark.parametrize("lazy", [False, True])
def test_smooths_of_polars_frames(lazy: bool) -> None:
    polars = pytest.importorskip("polars")
    rng = np.random.default_rng(0)
    data = {"y": rng.normal(size=60), "x": rng.uniform(size=60), "g": rng.choice(list("ab"), 60)}
    frame = polars.DataFrame(data)

    result = rs.glm("y ~ s(x, k=6) + TE(g)", frame.lazy() if lazy else frame).fit()

    expected = rs.glm("y ~ s(x, k=6) + TE(g)", data).fit()
    np.testing.assert_allclose(result.params, expected.params, rtol=1e-9)


def test_new_data_of_another_type() -> None:
    with pytest.raises(ValueError, match="is categorical"):
        EXPECTED.predict({"x": ["low"], "g": ["a"]})
    with pytest.raises(ValueError, match="does not know"):
        EXPECTED.predict({"x": [1.0], "g": [3.0]})
    with pytest.raises(ValueError, match="no column 'g'"):
        EXPECTED.predict({"x": [1.0]})
