"""Views with a shape and strides of one's own choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rustsci._native import array, asarray, normalize_axis_tuple
from rustsci._native import as_strided as _as_strided
from rustsci._shapes import as_shape
from rustsci._wrapping import view_as_class_of
from rustsci.overrides import array_function

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rustsci._native import ndarray
    from rustsci._types import ArrayLike, Axis, Shape

__all__ = ["as_strided", "sliding_window_view"]

_MODULE = "rustsci.lib.stride_tricks"


@array_function("x", module=_MODULE)
def as_strided(
    x: ArrayLike,
    shape: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
    subok: bool = False,
    writeable: bool = True,
) -> ndarray:
    """Return a view of the memory of an array under any shape and strides.

    Elements of the view may share memory: write to it only where they do not.

    Parameters
    ----------
    x : array_like
        The array whose memory is viewed.
    shape : sequence of ints, optional
        The shape of the view; that of `x` by default.
    strides : sequence of ints, optional
        The distance in bytes between neighbours along each axis. By default those of `x`, or those of a
        C-contiguous array of `shape` where `x` is one.
    subok : bool, optional
        Whether a subclass of `ndarray` is kept.
    writeable : bool, optional
        False makes the view read-only; True leaves it as writeable as `x`.

    Returns
    -------
    ndarray
        The view.

    Examples
    --------
    >>> import rustsci as np
    >>> x = np.arange(6)
    >>> np.lib.stride_tricks.as_strided(x, (3, 2), (2 * x.itemsize, x.itemsize))
    array([[0, 1],
           [2, 3],
           [4, 5]])
    """
    source = array(x, copy=None, subok=subok)
    shape = source.shape if shape is None else tuple(shape)
    if strides is not None:
        strides = tuple(strides)
    elif source.flags.c_contiguous:
        strides = _contiguous_strides(shape, source.itemsize)
    else:
        strides = source.strides
    if len(strides) != len(shape):
        raise ValueError("mismatch in length of strides and shape")
    if any(length < 0 for length in shape):
        raise ValueError("negative dimensions are not allowed")
    view = view_as_class_of(source, _as_strided(asarray(source), shape, strides))
    if not writeable:
        view.flags.writeable = False
    return view


@array_function("x", module=_MODULE)
def sliding_window_view(
    x: ArrayLike,
    window_shape: Shape,
    axis: Axis = None,
    *,
    subok: bool = False,
    writeable: bool = False,
) -> ndarray:
    """Return a view of all windows of a shape that fit into an array.

    Parameters
    ----------
    x : array_like
        The array over which the window slides.
    window_shape : int or tuple of ints
        The length of the window along each of `axis`.
    axis : int or tuple of ints, optional
        The axes along which the window slides; an axis named twice is windowed twice. All axes by default.
    subok : bool, optional
        Whether a subclass of `ndarray` is kept.
    writeable : bool, optional
        Whether the view can be written to. Windows overlap: a write shows in all that hold the element.

    Returns
    -------
    ndarray
        The axes of `x`, shortened to the places a window can take, followed by the axes of the window.

    Examples
    --------
    >>> import rustsci as np
    >>> np.lib.stride_tricks.sliding_window_view(np.arange(5), 3)
    array([[0, 1, 2],
           [1, 2, 3],
           [2, 3, 4]])
    """
    window = as_shape(window_shape)
    source = array(x, copy=None, subok=subok)
    if any(length < 0 for length in window):
        raise ValueError("`window_shape` cannot contain negative values")
    if axis is None:
        axes = tuple(range(source.ndim))
        if len(window) != len(axes):
            raise ValueError(
                "Since axis is `None`, must provide window_shape for all dimensions of `x`; "
                f"got {len(window)} window_shape elements and `x.ndim` is {source.ndim}."
            )
    else:
        axes = normalize_axis_tuple(axis, source.ndim, allow_duplicate=True)
        if len(window) != len(axes):
            raise ValueError(
                "Must provide matching length window_shape and axis; "
                f"got {len(window)} window_shape elements and {len(axes)} axes elements."
            )
    places = list(source.shape)
    for along, length in zip(axes, window, strict=True):
        if places[along] < length:
            raise ValueError("window shape cannot be larger than input array shape")
        places[along] -= length - 1
    strides = source.strides + tuple(source.strides[along] for along in axes)
    return as_strided(source, (*places, *window), strides, subok=subok, writeable=writeable)


def _contiguous_strides(shape: tuple[int, ...], itemsize: int) -> tuple[int, ...]:
    """Return the strides of an array of `shape` whose last axis runs fastest."""
    strides = []
    for length in reversed(shape):
        strides.append(itemsize)
        itemsize *= length
    return tuple(reversed(strides))
