"""What of statsmodels' tests does not pass, and why."""

from __future__ import annotations

_WORDS = "asks for words of statsmodels' message; ours says that a categorical response has two levels"
_COMPLEX = "differentiates by complex steps: rustsci.glm computes with real numbers only"
_EARLY = "compares with figures of an optimiser that stopped early (statsmodels itself warns of it there)"
_NEAR = (
    "compares with an optimiser that ends 5e-4 from the minimum, where ours satisfies its conditions to 1e-12"
)
_SLOW = "scoring converges slowly for this link: fits from different places agree to four or five digits"
_INSIDE = "asks how statsmodels' own least squares inside of its iteration were set up"
_CONSTANT = "fits a response that is the same in every row, which rustsci.glm refuses"

# Reasons by tests, each ``file.Class::test`` or ``file.test``, with parameters where only some of them fail.
EXPLAINED: dict[str, str] = {
    "test_glm.TestGlmBinomial::test_invalid_endog_formula": _WORDS,
    "test_glm.TestRegularized::test_regularized_l1_slsqp_vs_discrete": _NEAR,
    "test_glm.test_glm_irls_method": _INSIDE,
    "test_glm.test_gradient_irls[0-InverseGaussian-Identity]": _SLOW,
    "test_glm.test_gradient_irls[0-InverseGaussian-InversePower]": _SLOW,
    "test_glm.test_gradient_irls_eim[0-InverseGaussian-Identity]": _SLOW,
    "test_glm.test_non_invertible_hessian_fails_summary": _CONSTANT,
    "test_glm.test_tweedie_EQL": _EARLY,
    "test_glm.test_tweedie_score": _COMPLEX,
}


def reason(test: str) -> str | None:
    """Why a test may fail, by its name with parameters."""
    return EXPLAINED.get(test) or EXPLAINED.get(test.partition("[")[0])
