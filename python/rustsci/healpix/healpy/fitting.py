"""The mean and the dipole of a map, fitted to the pixels that have values."""

from __future__ import annotations

from rustsci._library import in_library_of
from rustsci.healpix.healpy.maps import UNSEEN, mask_good
from rustsci.healpix.healpy.positions import pix2vec
from rustsci.healpix.healpy.resolution import npix2nside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["fit_dipole", "fit_monopole", "remove_dipole", "remove_monopole"]


def _used(m: Any, nest: bool, bad: float, gal_cut: float) -> tuple[Any, Any, tuple[Any, Any, Any]]:
    """A map's values, which of them count, and the directions of all pixels."""
    from rustsci import arange, asarray, deg2rad, isfinite, sin

    values = asarray(m, dtype="float64")
    directions = pix2vec(npix2nside(values.size), arange(values.size), nest=nest)
    good = isfinite(values) & asarray(mask_good(values, badval=bad))
    if gal_cut > 0:
        good = good & (abs(directions[2]) > sin(deg2rad(gal_cut)))
    if not good.any():
        raise ValueError("the map has no pixel with a value to fit")
    return values, good, directions


def fit_monopole(m: Any, nest: bool = False, bad: float = UNSEEN, gal_cut: float = 0) -> float:
    """Return the mean of a map's values.

    Parameters
    ----------
    m : array_like
        The map.
    nest : bool, optional
        Whether its order is the nested one.
    bad : float, optional
        The value that stands for none.
    gal_cut : float, optional
        Latitudes up to which pixels are left out, in degrees.

    Returns
    -------
    float
        The mean.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.fit_monopole([float(k) for k in range(12)])
    5.5
    """
    values, good, _ = _used(m, nest, bad, gal_cut)
    return float(values[good].mean())


def fit_dipole(m: Any, nest: bool = False, bad: float = UNSEEN, gal_cut: float = 0) -> tuple[float, Any]:
    """Return the constant and the vector whose sum (the vector times the direction) is nearest to a map.

    Parameters
    ----------
    m : array_like
        The map.
    nest : bool, optional
        Whether its order is the nested one.
    bad : float, optional
        The value that stands for none.
    gal_cut : float, optional
        Latitudes up to which pixels are left out, in degrees.

    Returns
    -------
    monopole : float
        The constant.
    dipole : ndarray
        The vector.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> import rustsci
    >>> x, y, z = healpy.pix2vec(4, rustsci.arange(192))
    >>> monopole, dipole = healpy.fit_dipole(3 + 2 * z)
    >>> round(monopole, 12), bool(rustsci.allclose(dipole, [0, 0, 2], atol=1e-12))
    (3.0, True)
    """
    from rustsci import array, ones

    values, good, directions = _used(m, nest, bad, gal_cut)
    terms = [ones(values.size)[good], *(component[good] for component in directions)]
    # The normal equations are as good as any way here: sines of positions are nearly orthogonal.
    matrix = [[float((a * b).sum()) for b in terms] for a in terms]
    right = [float((a * values[good]).sum()) for a in terms]
    solution = _solved(matrix, right)
    return solution[0], in_library_of(array(solution[1:]), m)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve four equations by elimination with pivots."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda row: abs(rows[row][column]))
        if abs(rows[pivot][column]) <= 1e-12 * abs(matrix[0][0]):
            raise ValueError("too few pixels have values to fit a dipole to them")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(count):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[k][count] / rows[k][k] for k in range(count)]


def remove_monopole(
    m: Any,
    nest: bool = False,
    bad: float = UNSEEN,
    gal_cut: float = 0,
    fitval: bool = False,
    copy: bool = True,
) -> Any:
    """Return a map less the mean of its values.

    Parameters
    ----------
    m : array_like
        The map.
    nest : bool, optional
        Whether its order is the nested one.
    bad : float, optional
        The value that stands for none.
    gal_cut : float, optional
        Latitudes up to which pixels are left out of the mean, in degrees.
    fitval : bool, optional
        Whether to return the mean, too.
    copy : bool, optional
        Whether to leave the map as it is; else it is changed.

    Returns
    -------
    ndarray, or tuple of ndarray and float
        The map, and with `fitval` the mean.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.remove_monopole([float(k) for k in range(12)])[:2]
    array([-5.5, -4.5])
    """
    mean = fit_monopole(m, nest=nest, bad=bad, gal_cut=gal_cut)
    result = _without(m, bad, lambda values: values - mean, copy=copy)
    return (result, mean) if fitval else result


def remove_dipole(
    m: Any,
    nest: bool = False,
    bad: float = UNSEEN,
    gal_cut: float = 0,
    fitval: bool = False,
    copy: bool = True,
) -> Any:
    """Return a map less its constant and its dipole; see `fit_dipole`.

    Parameters
    ----------
    m : array_like
        The map.
    nest : bool, optional
        Whether its order is the nested one.
    bad : float, optional
        The value that stands for none.
    gal_cut : float, optional
        Latitudes up to which pixels are left out of the fit, in degrees.
    fitval : bool, optional
        Whether to return constant and vector, too.
    copy : bool, optional
        Whether to leave the map as it is; else it is changed.

    Returns
    -------
    ndarray, or tuple of ndarray, float and ndarray
        The map, and with `fitval` the constant and the vector.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> import rustsci
    >>> x, y, z = healpy.pix2vec(4, rustsci.arange(192))
    >>> bool(rustsci.allclose(healpy.remove_dipole(3 + 2 * z), 0, atol=1e-12))
    True
    """
    from rustsci import arange, asarray

    monopole, dipole = fit_dipole(m, nest=nest, bad=bad, gal_cut=gal_cut)
    size = len(m)
    x, y, z = pix2vec(npix2nside(size), arange(size), nest=nest)
    a, b, c = asarray(dipole).tolist()
    fitted = monopole + a * x + b * y + c * z
    result = _without(m, bad, lambda values: values - fitted, copy=copy)
    return (result, monopole, dipole) if fitval else result


def _without(m: Any, bad: float, change: Any, *, copy: bool) -> Any:
    """A map, changed where it has values."""
    from rustsci import asarray, isfinite, where

    values = asarray(m, dtype="float64")
    good = isfinite(values) & asarray(mask_good(values, badval=bad))
    result = in_library_of(where(good, change(values), values), m)
    if copy:
        return result
    m[:] = result
    return m
