"""What healpy's functions have in common: scalars or arrays in and out, and checks of nside."""

from __future__ import annotations

from rustsci._library import carrier_to_library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__: list[str] = []


def check_nside(nside: Any, nest: bool) -> int:
    """Return nside, which is checked: in the nested scheme it is a power of two."""
    if type(nside) is int and 1 <= nside <= 1 << 29 and not (nest and nside & (nside - 1)):
        return nside
    from rustsci.healpix.healpy.resolution import isnsideok

    if not isnsideok(nside, nest=nest):
        what = "a power of two, at most 2**29" if nest else "a whole number between 1 and 2**29"
        raise ValueError(f"{nside} is not a valid nside parameter (must be {what})")
    return int(nside)


def over_nsides(call: Callable[..., Any], nside: Any, nest: bool, *values: Any, dtype: Any) -> Any:
    """Call a native function with arrays of one axis, for one nside or several, and give back the shape.

    All values are broadcast; scalars give scalars, in the library that the values came from.
    """
    import rustsci

    arrays = [rustsci.asarray(value, dtype=dtype) for value in values]
    nsides = rustsci.asarray(nside)
    if nsides.size == 1 and all(array.shape == arrays[0].shape for array in arrays) and nsides.ndim == 0:
        shape = arrays[0].shape
        found = call(*(array.reshape(-1) for array in arrays), check_nside(nsides.item(), nest))
    else:
        nsides, *arrays = rustsci.broadcast_arrays(nsides, *arrays)
        shape = nsides.shape
        found = _for_each(call, nsides.reshape(-1), nest, [array.reshape(-1) for array in arrays])
    carry = carrier_to_library_of(*values, nside)
    if isinstance(found, tuple):
        return tuple(carry(shaped(part, shape)) for part in found)
    return carry(shaped(found, shape))


def shaped(array: Any, shape: tuple[int, ...]) -> Any:
    """Give an array the first axes that are asked for; without any, an array of one value is a scalar."""
    array = array.reshape(shape + array.shape[1:])
    return array[()] if array.ndim == 0 else array


def _for_each(call: Callable[..., Any], nsides: Any, nest: bool, arrays: list[Any]) -> Any:
    """Call once for each distinct nside, and put the results together."""
    import rustsci

    whole: list[Any] = []
    single = False
    for nside in sorted(set(nsides.tolist())):
        chosen = nsides == nside
        part = call(*(array[chosen] for array in arrays), check_nside(nside, nest))
        single = not isinstance(part, (tuple, list))
        parts = [part] if single else list(part)
        whole = whole or [rustsci.empty((nsides.size, *p.shape[1:]), dtype=p.dtype) for p in parts]
        for all_of_it, p in zip(whole, parts, strict=True):
            all_of_it[chosen] = p
    return whole[0] if single else tuple(whole)


def angles(theta: Any, phi: Any, lonlat: bool) -> tuple[Any, Any, bool]:
    """Return longitudes and latitudes from (theta, phi) or (lon, lat), and whether they are in degrees."""
    import rustsci

    if type(theta) is float and type(phi) is float and not lonlat and 0.0 <= theta <= rustsci.pi:
        # One position, in a fraction of the time that arrays take.
        return rustsci.asarray(phi), rustsci.asarray(rustsci.pi / 2 - theta), False
    first, second = rustsci.asarray(theta, dtype="float64"), rustsci.asarray(phi, dtype="float64")
    if lonlat:
        return first, second, True
    check_theta_valid(first)
    half_turn = rustsci.pi
    return second, rustsci.clip(half_turn / 2 - first, -half_turn / 2, half_turn / 2), False


def check_theta_valid(theta: Any) -> None:
    """Refuse colatitudes that are not between 0 and pi, but for rounding."""
    import rustsci

    values = rustsci.asarray(theta, dtype="float64")
    bad = ~((values >= 0) & (values <= rustsci.pi + 1e-5))
    if bad.any():
        index = int(bad.argmax())
        raise ValueError(f"THETA is out of range [0,pi]: element {index} is {values.reshape(-1)[index]}")
