//! Special functions: the logarithm of the gamma function and its derivatives, error functions, incomplete gamma and beta functions.
//!
//! All are accurate to a few units in the last place, in tails too, unless their documentation says otherwise.

mod beta_quantile;
mod error_function;
mod gamma;
mod gamma_quantile;
mod incomplete_beta;
mod incomplete_gamma;
mod invert;
mod ln_gamma;
mod polygamma;
mod uniform_expansion;

pub use error_function::{erf, erfc};
pub use gamma::ln_gamma;
pub use incomplete_beta::IncompleteBeta;
pub use incomplete_gamma::IncompleteGamma;
pub use ln_gamma::precise_ln_gamma;
pub use polygamma::{digamma, trigamma};

pub(crate) use error_function::precise_erfc;
pub(crate) use incomplete_beta::ln_share;
pub(crate) use incomplete_gamma::LARGE;

/// Both parts of a probability: that below a point and that above.
///
/// The smaller one is computed as such, not as what the other leaves of one, so it keeps its relative accuracy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// The part below.
    pub lower: f64,
    /// The part above.
    pub upper: f64,
}

impl Tails {
    /// From the part below.
    pub(crate) fn from_lower(lower: f64) -> Self {
        Self {
            lower,
            upper: 1.0 - lower,
        }
    }

    /// From the part above.
    pub(crate) fn from_upper(upper: f64) -> Self {
        Self {
            lower: 1.0 - upper,
            upper,
        }
    }

    /// The two parts in exchanged roles.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            lower: self.upper,
            upper: self.lower,
        }
    }
}
