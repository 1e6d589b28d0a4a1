"""The summary of a fit, as text and as HTML."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rustsci.glm.results import GLMResults

__all__: list[str] = []

_CODES = ((0.001, "***"), (0.01, "**"), (0.05, "*"), (0.1, "."))
_LEGEND = "Signif. codes: 0 '***' 0.001 '**' 0.01 '*' 0.05 '.' 0.1 ' ' 1"


class Summary:
    """What there is to say of a fit; ``str()`` gives the text."""

    def __init__(self, results: GLMResults, alpha: float) -> None:
        fit = results._fit
        self.facts: list[tuple[str, str]] = [
            ("Formula", results.model.formula),
            ("Family", _described(fit["family"])),
            ("Link", _described(fit["link"])),
            ("Observations", f"{results.wnobs:.6g}"),
            ("Rows left out", str(results.n_dropped)),
            ("Df residuals", f"{results.df_resid:.6g}"),
            ("Df model", f"{results.df_model:.6g}"),
            ("Scale", f"{results.scale:.6g}"),
            ("Log-likelihood", f"{results.llf:.6g}"),
            ("Deviance", f"{results.deviance:.6g}"),
            ("Null deviance", f"{results.null_deviance:.6g}"),
            ("Pearson chi2", f"{results.pearson_chi2:.6g}"),
            ("AIC", f"{results.aic:.6g}"),
            ("BIC", f"{results.bic:.6g}"),
            ("Iterations", f"{results.n_iter} ({'converged' if results.converged else 'not converged'})"),
            ("Covariance", results.cov_type),
        ]
        if results.theta_se is not None:
            self.facts.append(("Theta", f"{results.theta:.6g} (standard error {results.theta_se:.4g})"))
        low, high = results._interval(results._params, results._bse, alpha)
        statistic = "t" if results.use_t else "z"
        self.header = [
            "",
            "coef",
            "std err",
            statistic,
            f"P>|{statistic}|",
            f"[{alpha / 2:g}",
            f"{1 - alpha / 2:g}]",
            "",
        ]
        rows = zip(
            results.feature_names,
            results._params,
            results._bse,
            results._params / results._bse,
            results.pvalues,
            low,
            high,
            strict=True,
        )
        within = {
            place
            for smooth in fit.get("smooths", [])
            for place in range(smooth["start"], smooth["start"] + smooth["width"])
        }
        # A smooth's coefficients say nothing one by one: its line in the table of smooth terms does.
        self.rows = [
            _row(name, *(float(value) for value in values))
            for place, (name, *values) in enumerate(rows)
            if place not in within
        ]
        self.smooths = _smooth_rows(results)
        if results.criterion is not None:
            self.facts.append(("Criterion", f"{results.criterion:.6g}"))
        self.notes = list(results.notes)

    def as_text(self) -> str:
        """Return the summary as text."""
        widths = [max(len(line[i]) for line in (self.header, *self.rows)) for i in range(len(self.header))]

        def line(cells: list[str]) -> str:
            first = cells[0].ljust(widths[0])
            rest = (cell.rjust(width) for cell, width in zip(cells[1:-1], widths[1:-1], strict=True))
            return "  ".join((first, *rest, cells[-1])).rstrip()

        label = max(len(name) for name, _ in self.facts)
        facts = [f"{name.ljust(label)}  {value}" for name, value in self.facts]
        rule = "=" * max(len(line(self.header)), 60)
        table = [line(self.header), "-" * len(rule), *map(line, self.rows)]
        if self.smooths:
            wide = [max(len(row[i]) for row in self.smooths) for i in range(len(self.smooths[0]))]
            for row in self.smooths:
                cells = [row[0].ljust(wide[0]), *(c.rjust(w) for c, w in zip(row[1:], wide[1:], strict=True))]
                table.append("  ".join(cells))
            table.insert(len(table) - len(self.smooths), "")
        title = "Generalized linear model".center(len(rule)).rstrip()
        return "\n".join([title, rule, *facts, rule, *table, rule, _LEGEND, *self.notes])

    def as_html(self) -> str:
        """Return the summary as HTML."""
        from html import escape

        def cells(tag: str, values: list[str]) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(value)}</{tag}>" for value in values) + "</tr>"

        facts = "".join(cells("td", list(fact)) for fact in self.facts)
        body = "".join(cells("td", row) for row in self.rows)
        body += "".join(cells("td", row) for row in self.smooths)
        notes = "".join(f"<p>{escape(note)}</p>" for note in (_LEGEND, *self.notes))
        return f"<table>{facts}</table><table>{cells('th', self.header)}{body}</table>{notes}"

    _repr_html_ = as_html

    def __str__(self) -> str:
        return self.as_text()

    __repr__ = __str__


def _smooth_rows(results: GLMResults) -> list[list[str]]:
    """The table of smooth terms, its header first; nothing if there are none."""
    table = results.smooth_terms()
    if not table["term"]:
        return []
    estimated = results._fit["family"]["name"] not in ("poisson", "binomial", "negative_binomial")
    lines = [["Smooth terms", "edf", "ref. df", "F" if estimated else "chi2", "p"]]
    for name, edf, ref_df, statistic, p in zip(
        *(table[key] for key in ("term", "edf", "ref_df", "statistic", "p")), strict=True
    ):
        lines.append([name, f"{edf:.3f}", f"{ref_df:.3f}", f"{statistic:.3f}", f"{p:.3g}"])
    return lines


def _described(specification: dict[str, object]) -> str:
    name, *parameters = specification.values()
    return f"{name}({parameters[0]:.6g})" if parameters and isinstance(parameters[0], float) else str(name)


def _row(name: str, coef: float, error: float, z: float, p: float, low: float, high: float) -> list[str]:
    if coef != coef:
        return [name, "NaN", "", "", "", "", "", ""]
    mark = next((mark for limit, mark in _CODES if p < limit), "")
    return [name, f"{coef:.6g}", f"{error:.4g}", f"{z:.3f}", f"{p:.3g}", f"{low:.4g}", f"{high:.4g}", mark]
