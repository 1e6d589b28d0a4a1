"""Draw what the example programs saved: matplotlib, given rustsci's arrays.

    python examples/pictures.py examples/output

This is an ordinary Python process. matplotlib's compiled parts need NumPy's C interface and therefore NumPy
itself, so they do not run under ``python -m rustsci``; but they take rustsci's arrays as they take any.
"""

import sys
from pathlib import Path

import matplotlib

import rustsci as np

matplotlib.use("Agg")
from matplotlib import pyplot as plt


def draw_wave_equation(saved):
    figure, axes = plt.subplots(1, 5, figsize=(13, 3.4), layout="constrained")
    for axis, u, time in zip(axes, saved["pictures"], saved["times"], strict=True):
        axis.imshow(u, cmap="RdBu", vmin=-0.2, vmax=0.2, origin="lower", extent=(0, 1, 0, 1))
        axis.set_title(f"t = {time:.2f}")
        axis.set_xticks([])
        axis.set_yticks([])
    figure.suptitle("A drop on a square membrane")
    return figure


def draw_nile(saved):
    figure, axis = plt.subplots(figsize=(9, 4), layout="constrained")
    axis.plot(saved["years"], saved["flow"], ".-", color="silver", label="annual flow")
    axis.plot(saved["middle"], saved["average"], label="11-year moving average")
    axis.step(saved["years"], saved["means"], where="post", label="means before and after the change")
    axis.set_ylabel("10⁸ m³ a year")
    axis.set_title("The Nile at Aswan")
    axis.legend()
    return figure


def draw_iris_kmeans(saved):
    figure, axis = plt.subplots(figsize=(7, 5), layout="constrained")
    points, species, groups, centres = (saved[name] for name in ("points", "species", "groups", "centres"))
    for kind, (name, marker) in enumerate([("setosa", "o"), ("versicolor", "s"), ("virginica", "^")]):
        chosen = species == kind
        axis.scatter(
            points[chosen, 2],
            points[chosen, 3],
            c=[f"C{group}" for group in groups[chosen]],
            marker=marker,
            label=name,
            alpha=0.7,
        )
    axis.plot(centres[:, 2], centres[:, 3], "k+", markersize=14, label="centre of a group")
    axis.set_xlabel("length of petals, cm")
    axis.set_ylabel("width of petals, cm")
    axis.set_title("Irises: species by shape, groups by colour")
    axis.legend()
    return figure


def main(folder):
    for name, draw in {
        "wave_equation": draw_wave_equation,
        "nile": draw_nile,
        "iris_kmeans": draw_iris_kmeans,
    }.items():
        with np.load(folder / f"{name}.npz") as saved:
            draw(saved).savefig(folder / f"{name}.png", dpi=100)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
