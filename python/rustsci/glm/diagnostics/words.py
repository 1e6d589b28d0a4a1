"""What should be looked at, in words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci.glm.diagnostics.model_diagnostics import ModelDiagnostics

__all__: list[str] = []

# A term is worth a warning if a test of it has less than this probability by chance.
_SMALL = 1e-3
_DISPERSED = 1.5
_INFLATED = 10.0


def warnings_of(report: ModelDiagnostics) -> list[str]:
    """Return a sentence for each finding."""
    return [
        *_fit(report),
        *_calibration(report),
        *_dispersion(report),
        *_terms(report),
        *_columns(report),
        *_other_data(report),
    ]


def _fit(report: ModelDiagnostics) -> list[str]:
    results = report.results
    found = list(results.notes)
    if not results.converged:
        found.append(f"The fit has not converged after {results.n_iter} iterations.")
    return found


def _calibration(report: ModelDiagnostics) -> list[str]:
    found = []
    for name, total in report.overall.items():
        if abs(total["actual/expected"] - 1) > 0.02:
            found.append(
                f"In the {name} data {total['actual/expected']:.3f} times what is expected was observed."
            )
    for name, table in report.calibration.items():
        off = [row["group"] for row in table if not row["low"] <= 1 <= row["high"]]
        if len(off) > max(1, len(table) // 5):
            found.append(
                f"In the {name} data {len(off)} of {len(table)} groups of predictions are not calibrated: "
                f"{', '.join(off)}."
            )
    for name, test in report.hosmer_lemeshow.items():
        if test["p"] < _SMALL:
            found.append(
                f"In the {name} data the test of Hosmer and Lemeshow refuses the model, p = {test['p']:.2g}."
            )
    return found


def _dispersion(report: ModelDiagnostics) -> list[str]:
    found = []
    dispersion = report.overdispersion
    if not report.results.has_estimated_dispersion and dispersion["pearson"] > _DISPERSED:
        found.append(
            f"The dispersion is {dispersion['pearson']:.3g} rather than 1: standard errors are too small; "
            "consider a quasi-family, the negative binomial family, or cov_type='HC1'."
        )
    zeros = dispersion.get("zeros")
    if zeros and zeros["expected"] > 5 and zeros["actual/expected"] > 1.1:
        found.append(f"There are {zeros['actual/expected']:.2f} times as many zeros as the model expects.")
    return found


def _terms(report: ModelDiagnostics) -> list[str]:
    inflated = [term for term, entry in report.vif.items() if entry["root"] ** 2 > _INFLATED]
    if not inflated:
        return []
    return [
        f"Terms that depend much on others (variance inflation over {_INFLATED:g}): {', '.join(inflated)}."
    ]


def _columns(report: ModelDiagnostics) -> list[str]:
    found = []
    tests = (
        ("Columns that the model lacks: ", report.left_out),
        ("Products of columns that the model lacks: ", report.interactions),
        ("Numbers whose effect is not straight: ", report.curvature),
    )
    for words, table in tests:
        telling = [row for row in table if row["p"] is not None and row["p"] < _SMALL / max(1, len(table))]
        if telling:
            found.append(
                words + ", ".join(f"{row['term']} (p = {row['p']:.1g})" for row in telling[:5]) + "."
            )
    return found


def _other_data(report: ModelDiagnostics) -> list[str]:
    found = []
    moved = [f"{name} ({entry['psi']:.2f})" for name, entry in report.drift.items() if entry["psi"] >= 0.1]
    if moved:
        found.append(
            f"Distributions that differ between train and test (stability index): {', '.join(moved)}."
        )
    if "test" in report.discrimination:
        train, test = (report.discrimination[name]["gini"] for name in ("train", "test"))
        if train > 0 and test < 0.8 * train:
            found.append(f"The Gini coefficient falls from {train:.3f} to {test:.3f} in the test data.")
    return found
