//! Links of proportions: inverses of distribution functions.
//!
//! Single values are exact however large the linear predictor is. In fits, which take
//! [`inverses`](Link::inverses), means stay inside (0, 1) and slopes above zero, so that variances and information
//! never vanish.

use std::f64::consts::PI;

use super::Link;
use crate::special::{normal_cdf, normal_pdf, normal_quantile};

/// The nearest that a mean comes to 0 and 1.
const MARGIN: f64 = f64::EPSILON;

/// The exponential of the exponential of this overflows.
const LARGE: f64 = 7.0;

fn inside(mu: f64) -> f64 {
    mu.clamp(MARGIN, 1.0 - MARGIN)
}

fn inverses_inside(link: &impl Link, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
    for ((mu, slope), &eta) in mu.iter_mut().zip(slope).zip(eta) {
        *mu = inside(link.inverse(eta));
        *slope = link.inverse_derivative(eta).max(MARGIN);
    }
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
        let tail = (-eta.abs()).exp();
        let below = tail / (1.0 + tail);
        if eta < 0.0 { below } else { 1.0 - below }
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        let tail = (-eta.abs()).exp();
        tail / ((1.0 + tail) * (1.0 + tail))
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
        normal_cdf(eta)
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        normal_pdf(eta)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        -eta * normal_pdf(eta)
    }

    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        inverses_inside(self, eta, mu, slope);
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
        if eta < -1.0 {
            (-1.0 / eta).atan() / PI
        } else {
            0.5 + eta.atan() / PI
        }
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        1.0 / (PI * (1.0 + eta * eta))
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        // One factor at a time: the square of the square overflows.
        let square = 1.0 + eta * eta;
        -2.0 * (eta / square) / (PI * square)
    }

    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        inverses_inside(self, eta, mu, slope);
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
        -(-eta.exp()).exp_m1()
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        (eta - eta.exp()).exp()
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        // Zero times infinity where the mean is 1.
        if eta > LARGE {
            return 0.0;
        }
        (eta - eta.exp()).exp() * -eta.exp_m1()
    }

    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        inverses_inside(self, eta, mu, slope);
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
        (-(-eta).exp()).exp()
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        (-eta - (-eta).exp()).exp()
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        if eta < -LARGE {
            return 0.0;
        }
        (-eta - (-eta).exp()).exp() * (-eta).exp_m1()
    }

    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        inverses_inside(self, eta, mu, slope);
    }
}
