"""Which covariance of coefficients is asked for."""

from __future__ import annotations

from rustsci._native import _glm_covariance
from rustsci.glm.columns import Column, single_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rustsci._native import ndarray
    from rustsci.glm.results import GLMResults

__all__: list[str] = []

_KINDS = ("nonrobust", "eim", "oim", "HC0", "HC1", "HC2", "HC3", "cluster")
_OPTIONS = {
    "cluster": ("groups", "use_correction", "information"),
    **dict.fromkeys(("HC0", "HC1", "HC2", "HC3"), ("information",)),
}


class CovarianceType:
    """A kind of covariance with its options, checked before anything is fitted."""

    def __init__(self, kind: str, options: dict[str, Any] | None) -> None:
        if kind not in _KINDS:
            raise NotImplementedError(f"cov_type {kind!r} is not supported; it is one of {', '.join(_KINDS)}")
        given = dict(options or {})
        known = _OPTIONS.get(kind, ())
        for name in given:
            if name not in known:
                takes = f"takes {' and '.join(known)}" if known else "takes none"
                raise ValueError(f"cov_kwds has {name!r}, but cov_type {kind!r} {takes}")
        self.kind = kind
        self._groups = given.get("groups")
        if kind == "cluster" and self._groups is None:
            raise ValueError("cov_type 'cluster' needs the groups of rows: cov_kwds={'groups': ...}")
        self._correct = bool(given.get("use_correction", True))
        self._information = given.get("information", "observed")
        #: The number of groups, once they are known; the smaller one of two divisions.
        self.group_count: int | None = None

    def of(self, results: GLMResults) -> ndarray:
        """Return the covariance."""
        from json import dumps

        from rustsci.glm.requests import describe

        if self.kind in ("nonrobust", "eim"):
            return results._unscaled * results.scale
        columns = dict(results.model.columns)
        names = []
        for index, (name, column) in enumerate(self._divisions(results)):
            key = name or f"(groups {index})"
            columns.setdefault(key, column)
            names.append(key)
            distinct = len(set(column.array.tolist()))
            self.group_count = distinct if self.group_count is None else min(distinct, self.group_count)
        headers, arrays = describe(columns)
        options = {
            "kind": "information" if self.kind == "oim" else self.kind,
            "information": self._information,
            "correct": self._correct,
        }
        return _glm_covariance(
            results._text, results._params, results._unscaled, headers, arrays, dumps(options), names
        )

    def _divisions(self, results: GLMResults) -> list[tuple[str | None, Column]]:
        """The columns of groups: one, or two."""
        groups = self._groups
        if groups is None:
            return []
        if isinstance(groups, str):
            return [(groups, results.model.data_column(groups))]
        shape = getattr(groups, "shape", None)
        if shape is not None and len(shape) == 2:
            parts: list[Any] = [groups[:, column] for column in range(shape[1])]
            if hasattr(groups, "iloc"):
                parts = [groups.iloc[:, column] for column in range(shape[1])]
        elif isinstance(groups, (list, tuple)) and all(
            isinstance(part, str) or (hasattr(part, "__len__")) for part in groups
        ):
            # A list of texts is a list of names if the data have columns of these names.
            known = [isinstance(part, str) and part in results.model._names for part in groups]
            if len(groups) in (1, 2) and (all(known) or not any(isinstance(part, str) for part in groups)):
                parts = list(groups)
            else:
                parts = [groups]
        else:
            parts = [groups]
        if not 1 <= len(parts) <= 2:
            raise ValueError(f"groups must be one division of the rows or two, not {len(parts)}")
        return [
            (part, results.model.data_column(part)) if isinstance(part, str) else (None, single_column(part))
            for part in parts
        ]
