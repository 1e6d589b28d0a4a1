"""Pictures of sky maps and coverage maps, drawn by matplotlib."""

from __future__ import annotations

from rustsci.healpix.plot.figures import mollweide_image, plot_map, plot_moc, quick_plot

__all__ = ["mollweide_image", "plot_map", "plot_moc", "quick_plot"]
