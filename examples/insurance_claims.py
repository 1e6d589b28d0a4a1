"""How often cars of four groups have claims: a Poisson model with exposure, its summary, and three pictures.

``python examples/insurance_claims.py [folder]`` prints the summary, and writes pictures of the relativities,
the calibration and the influence of each row into the folder where matplotlib is installed.
"""

from __future__ import annotations

import csv
import sys
from importlib.util import find_spec
from pathlib import Path

import rustsci.glm as rs

HERE = Path(__file__).resolve().parent
FORMULA = "Claims ~ C(District) + C(Group, base='<1l') + C(Age, levels=['<25', '25-29', '30-35', '>35'])"


def read_claims() -> dict[str, list]:
    """The columns of the table; the first lines of the file name its source."""
    lines = (HERE / "data" / "insurance.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    data: dict[str, list] = {name: [row[name] for row in rows] for name in rows[0]}
    for name in ("Holders", "Claims"):
        data[name] = [float(value) for value in data[name]]
    return data


def draw(result: rs.GLMResults, folder: Path) -> None:
    """Draw relativities, observed against expected claims, and the influence of each row."""
    import matplotlib

    matplotlib.use("Agg")
    pictures = {
        "relativities": result.plot_relativities(),
        "calibration": result.plot_calibration(),
        "influence": result.plot_influence(),
    }
    for name, axes in pictures.items():
        axes.figure.savefig(folder / f"insurance_{name}.png", dpi=120)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "output"
    folder.mkdir(exist_ok=True)
    result = rs.glm(FORMULA, read_claims(), family="poisson", exposure="Holders").fit()
    print(result.summary())
    print()
    for term, (statistic, p, df) in result.wald_test_terms().items():
        column = term.partition(",")[0].removeprefix("C(").rstrip(")")
        print(f"{column}: chi2 {statistic:.2f} on {df}, p {p:.1e}")
    print()
    print("\n".join(result.diagnostics().warnings) or "Diagnostics find nothing to look at.")
    if find_spec("matplotlib"):
        draw(result, folder)


if __name__ == "__main__":
    main()
