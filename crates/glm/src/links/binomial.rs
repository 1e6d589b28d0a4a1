//! Links of proportions: inverses of distribution functions.
//!
//! Inverses stay inside (0, 1) however large the linear predictor is, so that variances never vanish.

use std::f64::consts::PI;

use super::Link;
use crate::special::{normal_cdf, normal_pdf, normal_quantile};

/// The nearest that a mean comes to 0 and 1.
const MARGIN: f64 = f64::EPSILON;

fn inside(mu: f64) -> f64 {
    mu.clamp(MARGIN, 1.0 - MARGIN)
}

/// η = log(μ / (1 − μ)).
#[derive(Clone, Copy, Debug)]
pub struct Logit;

impl Link for Logit {
    fn name(&self) -> &'static str {
        "logit"
    }

    fn link(&self, mu: f64) -> f64 {
        mu.ln() - (-mu).ln_1p()
    }

    fn inverse(&self, eta: f64) -> f64 {
        inside(1.0 / (1.0 + (-eta).exp()))
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        let tail = (-eta.abs()).exp();
        (tail / ((1.0 + tail) * (1.0 + tail))).max(MARGIN)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        self.inverse_derivative(eta) * (1.0 - 2.0 * self.inverse(eta))
    }

    /// One exponential does for both.
    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        for ((mu, slope), &eta) in mu.iter_mut().zip(slope).zip(eta) {
            let tail = (-eta.abs()).exp();
            let below = tail / (1.0 + tail);
            *mu = inside(if eta < 0.0 { below } else { 1.0 - below });
            *slope = (below / (1.0 + tail)).max(MARGIN);
        }
    }
}

/// η is the normal quantile of μ.
#[derive(Clone, Copy, Debug)]
pub struct Probit;

impl Link for Probit {
    fn name(&self) -> &'static str {
        "probit"
    }

    fn link(&self, mu: f64) -> f64 {
        normal_quantile(mu)
    }

    fn inverse(&self, eta: f64) -> f64 {
        inside(normal_cdf(eta))
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        normal_pdf(eta).max(MARGIN)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        -eta * normal_pdf(eta)
    }
}

/// η is the quantile of μ under Cauchy's distribution.
#[derive(Clone, Copy, Debug)]
pub struct Cauchit;

impl Link for Cauchit {
    fn name(&self) -> &'static str {
        "cauchit"
    }

    fn link(&self, mu: f64) -> f64 {
        // Near 0 and 1 the cotangent keeps what the tangent loses.
        if mu < 0.25 {
            -1.0 / (PI * mu).tan()
        } else if mu > 0.75 {
            1.0 / (PI * (1.0 - mu)).tan()
        } else {
            (PI * (mu - 0.5)).tan()
        }
    }

    fn inverse(&self, eta: f64) -> f64 {
        inside(if eta < -1.0 {
            (-1.0 / eta).atan() / PI
        } else {
            0.5 + eta.atan() / PI
        })
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        (1.0 / (PI * (1.0 + eta * eta))).max(MARGIN)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        -2.0 * eta / (PI * (1.0 + eta * eta).powi(2))
    }
}

/// η = log(−log(1 − μ)).
#[derive(Clone, Copy, Debug)]
pub struct Cloglog;

impl Link for Cloglog {
    fn name(&self) -> &'static str {
        "cloglog"
    }

    fn link(&self, mu: f64) -> f64 {
        (-(-mu).ln_1p()).ln()
    }

    fn inverse(&self, eta: f64) -> f64 {
        inside(-(-eta.exp()).exp_m1())
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        (eta - eta.exp()).exp().max(MARGIN)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        (eta - eta.exp()).exp() * (1.0 - eta.exp())
    }
}

/// η = −log(−log μ).
#[derive(Clone, Copy, Debug)]
pub struct Loglog;

impl Link for Loglog {
    fn name(&self) -> &'static str {
        "loglog"
    }

    fn link(&self, mu: f64) -> f64 {
        -(-mu.ln()).ln()
    }

    fn inverse(&self, eta: f64) -> f64 {
        inside((-(-eta).exp()).exp())
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        (-eta - (-eta).exp()).exp().max(MARGIN)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        (-eta - (-eta).exp()).exp() * ((-eta).exp() - 1.0)
    }
}
