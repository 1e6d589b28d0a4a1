"""The penalty that predicts best, by K-fold cross-validation."""

from __future__ import annotations

from rustsci._native import _glm_rows, asarray, ndarray, zeros
from rustsci.glm.columns import Column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rustsci.glm.model import GLM
    from rustsci.glm.results import GLMResults

__all__ = ["CrossValidation", "cross_validate"]


class CrossValidation:
    """Deviances of rows left out, for each penalty of a path; made by `cross_validate`."""

    def __init__(
        self, model: GLM, alphas: list[float], folds: list[list[float]], options: dict[str, Any]
    ) -> None:
        self._model = model
        self._options = options
        #: The penalties.
        self.alphas: ndarray = asarray(alphas, dtype="float64")
        #: The mean deviance of an observation left out: a row for each fold, a column for each penalty.
        self.fold_deviances: ndarray = asarray(folds, dtype="float64")
        count = len(folds)
        #: The mean over the folds, and its standard error.
        self.mean_deviance: ndarray = self.fold_deviances.mean(axis=0)
        self.se_deviance: ndarray = self.fold_deviances.std(axis=0, ddof=1) / count**0.5

    @property
    def alpha_min(self) -> float:
        """The penalty whose mean deviance is least."""
        return float(self.alphas[int(self.mean_deviance.argmin())])

    @property
    def alpha_1se(self) -> float:
        """The largest penalty whose mean deviance is within one standard error of the least."""
        best = int(self.mean_deviance.argmin())
        limit = float(self.mean_deviance[best] + self.se_deviance[best])
        pairs = zip(self.alphas.tolist(), self.mean_deviance.tolist(), strict=True)
        return max(alpha for alpha, deviance in pairs if deviance <= limit)

    def fit(self, rule: str = "min") -> GLMResults:
        """Return the fit to all rows, with the penalty chosen.

        Parameters
        ----------
        rule : {'min', '1se'}, optional
            The penalty that predicts best, or the largest one that is not clearly worse.
        """
        if rule not in ("min", "1se"):
            raise ValueError(f"rule must be 'min' or '1se', not {rule!r}")
        alpha = self.alpha_min if rule == "min" else self.alpha_1se
        return self._model.fit(alpha=alpha, **self._options)

    def __repr__(self) -> str:
        return f"<CrossValidation of {len(self.alphas)} penalties, best {self.alpha_min:.4g}>"


def cross_validate(
    model: GLM,
    *,
    folds: int = 5,
    seed: int = 0,
    alphas: Sequence[float] | None = None,
    n_alphas: int = 100,
    min_alpha_ratio: float = 1e-3,
    l1_ratio: float = 1.0,
    penalty_factors: Any = None,
    P1: Any = None,
    P2: Any = None,
    groups: Any = None,
    lower_bounds: Any = None,
    upper_bounds: Any = None,
    progress: bool | Callable[[int, int], None] = False,
) -> CrossValidation:
    """Return how well penalties predict rows that were left out of the fit.

    Parameters
    ----------
    model : GLM
        The model.
    folds : int, optional
        Into how many parts the rows are divided, each of which is left out once.
    seed : int, optional
        Another number is another division.
    alphas, n_alphas, min_alpha_ratio, l1_ratio, penalty_factors, P1, P2, groups, lower_bounds, upper_bounds
        As for `GLM.fit_path`.
    progress : bool or callable, optional
        Whether to show a bar, which needs the package tqdm; or what to call with the number of folds done,
        and that of all.

    Returns
    -------
    CrossValidation
        The deviances, and the penalties that two rules choose.

    Examples
    --------
    >>> import rustsci.glm as rs
    >>> x = [i / 10 for i in range(40)]
    >>> data = {"x": x, "y": [2 * x + (-1) ** i for i, x in enumerate(x)]}
    >>> found = rs.cross_validate(rs.glm("y ~ x", data), n_alphas=20)
    >>> found.alpha_min < found.alpha_1se
    True
    """
    penalty = {
        "l1_ratio": l1_ratio,
        "penalty_factors": penalty_factors,
        "P1": P1,
        "P2": P2,
        "groups": groups,
        "lower_bounds": lower_bounds,
        "upper_bounds": upper_bounds,
    }
    report = _reporter(progress, folds)
    path = model.fit_path(alphas=alphas, n_alphas=n_alphas, min_alpha_ratio=min_alpha_ratio, **penalty)
    chosen = [float(alpha) for alpha in path.alphas]
    described = model.fit(alpha=chosen[0], **penalty)
    rows = described.nobs + described.n_dropped
    if not 2 <= folds <= described.nobs:
        raise ValueError(f"folds must be between 2 and the {described.nobs} rows, not {folds}")
    if described.n_dropped:
        raise NotImplementedError("cross-validation is not supported for data with missing values")
    deviances = []
    for fold, held_out in enumerate(_division(rows, folds, seed)):
        without = model.reweighted(held_out, keep=False)
        fits = without.fit_path(alphas=chosen, **penalty)
        weights = model.reweighted(held_out, keep=True)
        deviances.append([_mean_deviance(described, weights, coefs) for coefs in fits.coefs])
        report(fold + 1, folds)
    return CrossValidation(model, chosen, deviances, penalty)


def _reporter(progress: bool | Callable[[int, int], None], folds: int) -> Callable[[int, int], None]:
    """What is called after each fold."""
    if callable(progress):
        return progress
    if not progress:
        return lambda done, all_of_them: None
    try:
        from tqdm.auto import tqdm  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise ImportError("progress=True needs the package tqdm, which is not installed") from None
    bar = tqdm(total=folds, desc="folds", leave=False)

    def advance(done: int, all_of_them: int) -> None:
        bar.update(1)
        if done == all_of_them:
            bar.close()

    return advance


def _division(rows: int, folds: int, seed: int) -> list[list[int]]:
    """The rows in random order, dealt out to the folds."""
    from random import Random

    order = list(range(rows))
    Random(seed).shuffle(order)
    return [order[fold::folds] for fold in range(folds)]


def _mean_deviance(described: GLMResults, model: GLM, coefs: ndarray) -> float:
    """The mean deviance of the rows that a model gives weight to, by coefficients fitted elsewhere."""
    from rustsci.glm.requests import describe

    headers, arrays = describe(described.model.columns)
    quantities = ["resid_deviance", "weights"]
    residual, weight = _glm_rows(described._text, coefs, described._unscaled, headers, arrays, quantities)
    frequency = model.columns["(freq_weights)"].array
    return float((residual**2 * frequency).sum() / (weight * (frequency > 0)).sum())


def reweighted_columns(
    columns: dict[str, Column], given: str | None, rows: list[int], *, keep: bool
) -> dict[str, Column]:
    """The columns with frequencies of zero for all rows but these, or for these."""
    first = next(iter(columns.values()))
    mask = zeros(len(first.array))
    mask[rows] = 1.0
    if not keep:
        mask = 1.0 - mask
    if given is not None:
        mask = mask * columns[given].array
    return {**columns, "(freq_weights)": Column(mask)}
