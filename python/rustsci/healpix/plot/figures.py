"""Figures."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["mollweide_image", "plot_map", "plot_moc", "quick_plot"]

# From galactic to equatorial unit vectors (ESA 1997, The Hipparcos and Tycho Catalogues, vol. 1, eq. 1.5.11).
_FROM_GALACTIC = (
    (-0.0548755604, 0.4941094279, -0.8676661490),
    (-0.8734370902, -0.4448296300, -0.1980763734),
    (-0.4838350155, 0.7469822445, 0.4559837762),
)


def _equatorial(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Turn galactic coordinates in degrees into equatorial ones."""
    import rustsci as rs

    lon, lat = rs.deg2rad(lon), rs.deg2rad(lat)
    galactic = (rs.cos(lat) * rs.cos(lon), rs.cos(lat) * rs.sin(lon), rs.sin(lat))
    x, y, z = (sum(f * v for f, v in zip(row, galactic, strict=True)) for row in _FROM_GALACTIC)
    return rs.rad2deg(rs.arctan2(y, x)), rs.rad2deg(rs.arctan2(z, rs.hypot(x, y)))


def _grid(projected: Any, height: int) -> tuple[Any, Any]:
    """The centres of a picture's pixels."""
    import rustsci as rs

    if height < 1:
        raise ValueError(f"size must be at least one pixel, not {height}")
    half_width, half_height = projected.extent
    width = round(height * half_width / half_height)
    x = ((rs.arange(width) + 0.5) / width * 2 - 1) * half_width
    y = ((rs.arange(height) + 0.5) / height * 2 - 1) * half_height
    return tuple(rs.meshgrid(x, y))


def _sampled(values: Any, projected: Any, height: int, *, nest: bool, galactic: bool) -> Any:
    """A map's values at a picture's pixels, from the bottom up; no numbers off the sky."""
    import rustsci as rs
    from rustsci.healpix import healpy

    ours = rs.asarray(values).astype("float64")
    nside = healpy.npix2nside(ours.size)
    x, y = _grid(projected, height)
    lon, lat, valid = projected.to_sky(x, y)
    if galactic:
        lon, lat = _equatorial(lon, lat)
    lon = rs.where(valid, lon, 0.0) % 360.0
    lat = rs.clip(rs.where(valid, lat, 0.0), -90.0, 90.0)
    ours = rs.where(rs.isnan(ours) | rs.isinf(ours), healpy.UNSEEN, ours)
    found = ours[healpy.ang2pix(nside, lon, lat, nest=nest, lonlat=True)]
    return rs.where(~valid | healpy.mask_bad(found), rs.nan, found)


def mollweide_image(
    values: Any, size: int = 256, *, convert_to_gal: bool = True, cmap: str = "viridis"
) -> Any:
    """Return a picture of a nested map in Mollweide's projection, as colours.

    Parameters
    ----------
    values : array_like
        The map, in nested order and equatorial coordinates.
    size : int, optional
        The picture's height in pixels; it is twice as wide.
    convert_to_gal : bool, optional
        Whether to draw it in galactic coordinates.
    cmap : str, optional
        The name of a colour map of matplotlib's.

    Returns
    -------
    numpy.ndarray of uint8
        Red, green, blue and opacity of each pixel, from the top down.

    Examples
    --------
    >>> from rustsci.healpix.plot import mollweide_image
    >>> mollweide_image([float(k) for k in range(12)], 32).shape
    (32, 64, 4)
    """
    from matplotlib import colormaps

    import rustsci as rs
    from rustsci.healpix.plot.projections import Mollweide
    from rustsci.interop import to_numpy

    found = _sampled(values, Mollweide((0.0, 0.0)), size, nest=True, galactic=convert_to_gal)
    low, high = rs.nanmin(found), rs.nanmax(found)
    scaled = (found - low) / (high - low if high > low else 1.0)
    colours = colormaps[cmap](to_numpy(rs.nan_to_num(scaled))[::-1], bytes=True)
    colours[to_numpy(rs.isnan(found))[::-1]] = 0
    return colours


def quick_plot(values: Any, *, size: int = 256, convert_to_gal: bool = True, path: Any = None) -> None:
    """Show a nested map in Mollweide's projection, and save the picture if a path is given.

    Parameters
    ----------
    values : array_like
        The map, in nested order and equatorial coordinates.
    size : int, optional
        The picture's height in pixels.
    convert_to_gal : bool, optional
        Whether to draw it in galactic coordinates.
    path : str or pathlib.Path, optional
        A file for the picture.
    """
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.imshow(mollweide_image(values, size, convert_to_gal=convert_to_gal))
    axes.set_axis_off()
    if path is not None:
        figure.savefig(path, bbox_inches="tight")
    plt.show()


def _new_axes(ax: Any, projected: Any) -> Any:
    import matplotlib.pyplot as plt

    if ax is None:
        _, ax = plt.subplots(figsize=(8, 4.6) if projected.name == "mollweide" else (5.5, 5))
    # A little more than the picture, so that lines at its rim are drawn whole.
    half_width, half_height = (1.01 * half for half in projected.extent)
    ax.set_xlim(-half_width, half_width)
    ax.set_ylim(-half_height, half_height)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _draw_line(ax: Any, projected: Any, lon: Any, lat: Any, **style: Any) -> None:
    """Draw a line on the sky, broken where it leaves the picture or goes around it."""
    import rustsci as rs
    from rustsci.interop import to_numpy

    x, y, valid = projected.to_picture(lon, lat)
    half_width, half_height = projected.extent
    shown = valid & (abs(x) <= 1.01 * half_width) & (abs(y) <= 1.01 * half_height)
    jumps = rs.concatenate([abs(rs.diff(x)) > half_width * 0.5, rs.zeros(1, dtype=bool)])
    x = rs.where(shown & ~jumps, x, rs.nan)
    ax.plot(to_numpy(x), to_numpy(y), **style)


def _draw_graticule(ax: Any, projected: Any, spacing: float) -> None:
    import rustsci as rs

    if not spacing > 0:
        raise ValueError(f"graticule must be a positive number of degrees, not {spacing}")
    style = {"color": "0.35", "linewidth": 0.5, "alpha": 0.7}
    along = rs.linspace(-89.99, 89.99, 361)
    if projected.is_round:
        from rustsci.interop import to_numpy

        half_width, half_height = projected.extent
        turn = rs.linspace(0.0, 2 * rs.pi, 361)
        ax.plot(to_numpy(half_width * rs.cos(turn)), to_numpy(half_height * rs.sin(turn)), **style)
    for lon in rs.arange(0.0, 360.0, spacing).tolist():
        _draw_line(ax, projected, rs.full(along.shape, lon), along, **style)
    around = rs.linspace(projected.lon0 - 179.99, projected.lon0 + 179.99, 721)
    for lat in rs.arange(-90.0 + spacing, 90.0, spacing).tolist():
        _draw_line(ax, projected, around, rs.full(around.shape, lat), **style)


def plot_map(
    values: Any,
    *,
    nest: bool = True,
    projection: str = "mollweide",
    center: tuple[float, float] = (0.0, 0.0),
    field: float = 60.0,
    size: int = 400,
    cmap: str = "viridis",
    vmin: float | None = None,
    vmax: float | None = None,
    unit: str = "",
    title: str = "",
    colorbar: bool = True,
    graticule: float | None = 30.0,
    ax: Any = None,
) -> Any:
    """Draw a sky map.

    Parameters
    ----------
    values : array_like
        A value a pixel; `healpy.UNSEEN` and what is not a number is left blank.
    nest : bool, optional
        Whether the map is in nested order; else in ring order.
    projection : {'mollweide', 'orthographic', 'gnomonic'}, optional
        The whole sky, a hemisphere, or a part.
    center : tuple of float, optional
        Longitude and latitude in the middle, in degrees (the whole sky: the longitude only).
    field : float, optional
        How wide a part is shown, in degrees; for 'gnomonic'.
    size : int, optional
        The picture's height in pixels.
    cmap : str, optional
        The colour map.
    vmin, vmax : float, optional
        The values at the ends of the colour map: the least and the largest shown by default.
    unit : str, optional
        What stands beside the colour bar.
    title : str, optional
        What stands above.
    colorbar : bool, optional
        Whether to draw a colour bar.
    graticule : float, optional
        Degrees between meridians, and between parallels; None for none.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Where it was drawn.

    Examples
    --------
    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> from rustsci.healpix.plot import plot_map
    >>> ax = plot_map([float(k) for k in range(48)], unit="K", title="A map")
    >>> ax.get_title()
    'A map'
    """
    from rustsci.healpix.plot.projections import projection as projection_called
    from rustsci.interop import to_numpy

    projected = projection_called(projection, center, field)
    found = _sampled(values, projected, size, nest=nest, galactic=False)
    ax = _new_axes(ax, projected)
    half_width, half_height = projected.extent
    limits = ax.axis()
    image = ax.imshow(
        to_numpy(found),
        origin="lower",
        extent=(-half_width, half_width, -half_height, half_height),
        cmap=cmap,
        vmin=vmin,
        vmax=vmax,
        interpolation="nearest",
    )
    ax.axis(limits)
    if graticule is not None:
        _draw_graticule(ax, projected, graticule)
    if colorbar:
        ax.figure.colorbar(image, ax=ax, orientation="horizontal", fraction=0.05, pad=0.03, label=unit)
    ax.set_title(title)
    return ax


def plot_moc(
    moc: Any,
    *,
    projection: str = "mollweide",
    center: tuple[float, float] = (0.0, 0.0),
    field: float = 60.0,
    size: int = 400,
    color: str = "tab:blue",
    alpha: float = 0.6,
    title: str = "",
    graticule: float | None = 30.0,
    ax: Any = None,
) -> Any:
    """Draw a coverage map.

    Parameters
    ----------
    moc : MOC
        The map.
    projection : {'mollweide', 'orthographic', 'gnomonic'}, optional
        The whole sky, a hemisphere, or a part.
    center : tuple of float, optional
        Longitude and latitude in the middle, in degrees (the whole sky: the longitude only).
    field : float, optional
        How wide a part is shown, in degrees; for 'gnomonic'.
    size : int, optional
        The picture's height in pixels.
    color : str, optional
        The colour of what is covered.
    alpha : float, optional
        Its opacity.
    title : str, optional
        What stands above.
    graticule : float, optional
        Degrees between meridians, and between parallels; None for none.
    ax : matplotlib.axes.Axes, optional
        Where to draw, over a map for instance; a new figure by default.

    Returns
    -------
    matplotlib.axes.Axes
        Where it was drawn.

    Examples
    --------
    >>> import matplotlib
    >>> matplotlib.use("Agg")
    >>> from rustsci.healpix import moc, plot
    >>> from rustsci.healpix.regions import Cone
    >>> ax = plot.plot_moc(moc.MOC.from_region(Cone(0, 0, 20, unit="deg"), 6), title="A cone")
    >>> ax.get_title()
    'A cone'
    """
    from matplotlib.colors import to_rgba

    import rustsci as rs
    from rustsci.healpix.plot.projections import projection as projection_called
    from rustsci.interop import to_numpy

    projected = projection_called(projection, center, field)
    x, y = _grid(projected, size)
    lon, lat, valid = projected.to_sky(x, y)
    lat = rs.clip(rs.where(valid, lat, 0.0), -90.0, 90.0)
    covered = valid & rs.asarray(moc.contains_lonlat(rs.where(valid, lon, 0.0), lat, unit="deg"))
    colours = rs.zeros((*covered.shape, 4))
    colours[covered] = rs.array(to_rgba(color, alpha))
    ax = _new_axes(ax, projected)
    half_width, half_height = projected.extent
    limits = ax.axis()
    ax.imshow(to_numpy(colours), origin="lower", extent=(-half_width, half_width, -half_height, half_height))
    ax.axis(limits)
    if graticule is not None:
        _draw_graticule(ax, projected, graticule)
    if title:
        ax.set_title(title)
    return ax
