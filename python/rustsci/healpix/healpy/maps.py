"""Whole maps: a value for each pixel."""

from __future__ import annotations

from rustsci import _native
from rustsci._library import in_library_of
from rustsci.healpix.healpy._arguments import check_nside
from rustsci.healpix.healpy.resolution import get_min_valid_nside, isnpixok, npix2nside, nside2npix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "UNSEEN",
    "get_map_size",
    "get_nside",
    "maptype",
    "mask_bad",
    "mask_good",
    "reorder",
    "ud_grade",
]

UNSEEN = -1.6375e30
"""The value of pixels that have none."""


def _is_several(m: Any) -> bool:
    """Whether `m` is a sequence of maps."""
    from rustsci import asarray

    return len(m) > 0 and asarray(m[0]).ndim > 0


def maptype(m: Any) -> int:
    """Return whether something is one map or several.

    Parameters
    ----------
    m : array_like
        A map, or maps of one size.

    Returns
    -------
    int
        0 for one map, the number of maps for several, −1 for what is no map for its size.

    Raises
    ------
    TypeError
        For what is no sequence, or maps of several sizes.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.maptype([0.0] * 12), healpy.maptype([[0.0] * 12] * 3)
    (0, 3)
    """
    if not hasattr(m, "__len__"):
        raise TypeError(f"a map is a sequence of values, not {type(m).__name__!r}")
    several = _is_several(m)
    sizes = {len(each) for each in m} if several else {len(m)}
    if len(sizes) != 1:
        raise TypeError(f"maps must have one size, not {sorted(sizes)}")
    if not isnpixok(sizes.pop()):
        return -1
    return len(m) if several else 0


def get_map_size(m: Any) -> int:
    """Return the number of pixels of a map, or of several of one size.

    Parameters
    ----------
    m : array_like or dict
        The map or the maps; a dict has values by pixel, and perhaps nside by the key 'nside'.

    Returns
    -------
    int
        The number; for a dict without nside the least one that has room for its pixels.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.get_map_size([0.0] * 12), healpy.get_map_size({0: 1.0, 767: 1.0})
    (12, 768)
    """
    if isinstance(m, dict):
        nside = m.get("nside", getattr(m, "nside", None))
        return nside2npix(get_min_valid_nside(max(m) + 1) if nside is None else nside)
    if maptype(m) < 0:
        npix2nside(len(m[0]) if _is_several(m) else len(m))
    return len(m[0]) if _is_several(m) else len(m)


def get_nside(m: Any) -> int:
    """Return nside of a map, or of several of one size.

    Parameters
    ----------
    m : array_like
        The map or the maps.

    Returns
    -------
    int
        Pixels along an edge of a base pixel.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.get_nside([0.0] * 12)
    1
    """
    return npix2nside(get_map_size(m))


def mask_bad(m: Any, badval: float = UNSEEN, rtol: float = 1e-5, atol: float = 1e-8) -> Any:
    """Return which pixels of a map have no value.

    Parameters
    ----------
    m : array_like
        The map.
    badval : float, optional
        The value that stands for none.
    rtol, atol : float, optional
        How near to it a value counts as it.

    Returns
    -------
    ndarray of bool
        True for pixels without a value.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.mask_bad([1.0, healpy.UNSEEN])
    array([False,  True])
    """
    from rustsci import asarray

    values = asarray(m)
    return in_library_of(abs(values - badval) <= atol + rtol * abs(badval), m)


def mask_good(m: Any, badval: float = UNSEEN, rtol: float = 1e-5, atol: float = 1e-8) -> Any:
    """Return which pixels of a map have a value; see `mask_bad`.

    Parameters
    ----------
    m : array_like
        The map.
    badval : float, optional
        The value that stands for none.
    rtol, atol : float, optional
        How near to it a value counts as it.

    Returns
    -------
    ndarray of bool
        True for pixels with a value.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.mask_good([1.0, healpy.UNSEEN])
    array([ True, False])
    """
    return ~mask_bad(m, badval, rtol, atol)


def _order_name(order: Any) -> str:
    names = {"RING": "RING", "NEST": "NEST", "NESTED": "NEST"}
    name = names.get(str(order).upper())
    if name is None:
        raise ValueError(f"the order of a map is 'RING', 'NEST' or 'NESTED', not {order!r}")
    return name


def _reordered(values: Any, *, to_nested: bool) -> Any:
    """One of our arrays, brought from ring to nested order or the other way round."""
    from rustsci import arange

    nside = check_nside(npix2nside(values.shape[-1]), nest=True)
    # The pixel of the given order for each one of the wanted order.
    source = _native._healpix_renumber(arange(values.shape[-1]), nside, to_nested)
    return values.take(source.view("int64"), axis=-1)


def reorder(map_in: Any, inp: Any = None, out: Any = None, r2n: Any = None, n2r: Any = None) -> Any:
    """Return a map in the other scheme's order.

    Parameters
    ----------
    map_in : array_like
        The map, or several in the first axis.
    inp, out : {'RING', 'NEST', 'NESTED'}, optional
        The order that the map has, and the one that it is to have.
    r2n, n2r : bool, optional
        Short for from ring to nested, and from nested to ring.

    Returns
    -------
    ndarray
        The map.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> healpy.reorder(list(range(48)), r2n=True)[:4]
    array([13,  5,  4,  0])
    """
    from rustsci import array, asarray

    if r2n:
        inp, out = "RING", "NEST"
    elif n2r:
        inp, out = "NEST", "RING"
    if inp is None or out is None:
        raise ValueError("inp and out must be said, or r2n, or n2r")
    given, wanted = _order_name(inp), _order_name(out)
    values = asarray(map_in)
    npix2nside(values.shape[-1])
    result = array(values) if given == wanted else _reordered(values, to_nested=wanted == "NEST")
    return in_library_of(result, *(map_in if isinstance(map_in, (list, tuple)) else (map_in,)))


def ud_grade(
    map_in: Any,
    nside_out: int,
    pess: bool = False,
    order_in: str = "RING",
    order_out: Any = None,
    power: Any = None,
    dtype: Any = None,
) -> Any:
    """Return a map at another resolution: means of smaller pixels, or copies of larger ones.

    Parameters
    ----------
    map_in : array_like
        The map, or several in the first axis.
    nside_out : int
        nside of the result, a power of two.
    pess : bool, optional
        Whether a pixel has a value only if all of its parts have one.
    order_in, order_out : {'RING', 'NEST', 'NESTED'}, optional
        The order that the map has, and the one that the result is to have: the same by default.
    power : number, optional
        Values are multiplied by (nside_out / nside_in)**power: −2 keeps a map's sum.
    dtype : dtype, optional
        The result's type: that of the map by default.

    Returns
    -------
    ndarray
        The map.

    Examples
    --------
    >>> from rustsci.healpix import healpy
    >>> import rustsci
    >>> healpy.ud_grade(rustsci.arange(48.0), 1)[:3]
    array([5.5 , 7.25, 9.  ])
    """
    from rustsci import asarray, isfinite, repeat, where

    given = _order_name(order_in)
    wanted = given if order_out is None else _order_name(order_out)
    nside_out = check_nside(nside_out, nest=True)
    maps = asarray(map_in)
    nside_in = check_nside(npix2nside(maps.shape[-1]), nest=True)
    values = maps.astype("float64")
    if given == "RING":
        values = _reordered(values, to_nested=True)
    if nside_out > nside_in:
        ratio = (nside_out // nside_in) ** 2
        bad = asarray(mask_bad(values)) | ~isfinite(values)
        scaled = values if power is None else values * (nside_out / nside_in) ** power
        result = repeat(where(bad, UNSEEN, scaled), ratio, axis=-1)
    elif nside_out < nside_in:
        parts = values.reshape((*values.shape[:-1], -1, (nside_in // nside_out) ** 2))
        good = asarray(mask_good(parts)) & isfinite(parts)
        count = good.sum(axis=-1)
        factor = 1.0 if power is None else (nside_out / nside_in) ** power
        mean = where(good, parts, 0.0).sum(axis=-1) / count.clip(1, None) * factor
        enough = good.all(axis=-1) if pess else count > 0
        result = where(enough, mean, UNSEEN)
    else:
        result = values
    if wanted == "RING":
        result = _reordered(result, to_nested=False)
    result = result.astype(maps.dtype if dtype is None else dtype)
    return in_library_of(result, *(map_in if isinstance(map_in, (list, tuple)) else (map_in,)))
