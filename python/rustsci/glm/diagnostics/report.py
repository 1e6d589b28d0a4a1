"""Diagnostics as a page of text, and as HTML."""

from __future__ import annotations

from rustsci.glm.tables import aligned, html_table, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from rustsci.glm.diagnostics.model_diagnostics import ModelDiagnostics

    Table: TypeAlias = tuple[str, list[str], list[list[str]]]

__all__: list[str] = []


def _tables(report: ModelDiagnostics) -> list[Table]:
    samples = list(report.samples)
    tables: list[Table] = []

    def add(title: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            header = list(rows[0])
            tables.append((title, header, [[shown(row[key]) for key in header] for row in rows]))

    add(
        "All rows",
        [{"data": name, **report.overall[name], **report.discrimination[name]} for name in samples],
    )
    for name in samples:
        add(f"Groups of predictions, {name}", report.calibration[name])
    add("Hosmer and Lemeshow", [{"data": name, **test} for name, test in report.hosmer_lemeshow.items()])
    dispersion = report.overdispersion
    flat = {key: value for key, value in dispersion.items() if not isinstance(value, dict)}
    add("Dispersion", [flat])
    add("Residuals", [{"residual": kind, **moments} for kind, moments in report.residuals["train"].items()])
    add("Columns left out", _without_notes(report.left_out))
    add("Interactions", _without_notes(report.interactions)[:10])
    add("Curvature", _without_notes(report.curvature))
    add("Variance inflation", [{"term": term, **entry} for term, entry in report.vif.items()])
    add(
        "Drift",
        [
            {"column": name, "psi": entry["psi"], "": entry["judgement"]}
            for name, entry in report.drift.items()
        ],
    )
    return tables


def _without_notes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "note"} for row in rows]


def as_text(report: ModelDiagnostics) -> str:
    """Return a page of text."""
    lines = [f"Diagnostics of {report.results.model.formula}", ""]
    lines += [f"! {warning}" for warning in report.warnings] or ["No warnings."]
    for title, header, rows in _tables(report):
        lines += ["", title, *aligned(header, rows)]
    return "\n".join(lines)


def as_html(report: ModelDiagnostics) -> str:
    """Return HTML."""
    from html import escape

    parts = [f"<h3>Diagnostics of {escape(report.results.model.formula)}</h3>"]
    items = "".join(f"<li>{escape(warning)}</li>" for warning in report.warnings)
    parts.append(f"<ul>{items}</ul>" if items else "<p>No warnings.</p>")
    for title, header, rows in _tables(report):
        parts.append(f"<h4>{escape(title)}</h4>{html_table(header, rows)}")
    return "".join(parts)
