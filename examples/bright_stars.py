"""Where the brightest stars are: pixels of the sky, a cone, a polygon, and a coverage map written to a file.

``python examples/bright_stars.py [folder]`` writes bright_stars.fits into the folder, and bright_stars.png
where matplotlib is installed.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import rustsci as np
from rustsci import healpix
from rustsci.healpix.moc import MOC
from rustsci.healpix.regions import Cone, Polygon

HERE = Path(__file__).resolve().parent
ORDER = 2


def read_stars():
    """Names, positions and magnitudes."""
    rows = [
        line.split(",")
        for line in (HERE / "data" / "bright_stars.csv").read_text(encoding="utf-8").splitlines()
        if not line.startswith(("#", "name"))
    ]
    names = [row[0] for row in rows]
    return names, *(np.array([float(row[column]) for row in rows]) for column in (1, 2, 3))


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "output"
    folder.mkdir(exist_ok=True)
    names, ra, dec, magnitude = read_stars()

    # How many of the stars, and how much light, falls into each of 192 equal areas.
    pixels = healpix.lonlat_to_healpix(ra, dec, ORDER, unit="deg").astype("int64")
    light = np.bincount(pixels, weights=10 ** (-0.4 * magnitude), minlength=12 * 4**ORDER)
    print(f"{len(names)} stars in {np.count_nonzero(light)} of {light.size} areas of the sky")
    brightest = int(light.argmax())
    lon, lat = healpix.healpix_to_lonlat(brightest, ORDER, unit="deg")
    print(f"the brightest area is around ({lon[0]:.2f}, {lat[0]:.2f}) degrees:", end=" ")
    print(*(names[k] for k in np.flatnonzero(pixels == brightest).tolist()), sep=", ")

    # The stars near Orion's belt, and those in the winter hexagon.
    cone = Cone(83.8, -1.2, 10, unit="deg")
    hexagon = ["Sirius", "Procyon", "Pollux", "Capella", "Aldebaran", "Rigel"]
    corners = [names.index(name) for name in hexagon]
    polygon = Polygon(ra[corners], dec[corners], unit="deg")
    for what, region in (("10 degrees from the belt", cone), ("the winter hexagon", polygon)):
        inside = MOC.from_region(region, 9).contains_lonlat(ra, dec, unit="deg")
        print(f"{what}:", ", ".join(names[k] for k in np.flatnonzero(inside).tolist()))

    # A coverage map of both, written to a file and read back.
    moc = MOC.from_region(polygon - cone, 7)
    moc.to_fits(folder / "bright_stars.fits")
    again = MOC.from_fits(folder / "bright_stars.fits")
    verdict = "the same" if again == moc else "NOT the same"
    print(f"the hexagon without the cone: {again}, {verdict} when read back")

    if find_spec("matplotlib"):
        draw(folder / "bright_stars.png", light, again, cone, ra, dec)


def draw(path, light, moc, cone, ra, dec) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    from rustsci.healpix import plot

    smooth = np.repeat(np.where(light > 0, light, np.nan), 16)
    ax = plot.plot_map(
        smooth, center=(90, 0), cmap="YlOrBr", unit="light of the stars in an area (magnitude 0 is 1)"
    )
    plot.plot_moc(moc, center=(90, 0), graticule=None, ax=ax)
    plot.plot_moc(MOC.from_region(cone, 7), center=(90, 0), color="tab:red", graticule=None, ax=ax)
    from rustsci.healpix.plot.projections import Mollweide

    x, y, _ = Mollweide((90, 0)).to_picture(ra, dec)
    ax.plot(x.tolist(), y.tolist(), "k.", markersize=3)
    ax.set_title("The brightest stars, Orion's belt and the winter hexagon")
    ax.figure.savefig(path, dpi=120)
    plt.close(ax.figure)


if __name__ == "__main__":
    main()
