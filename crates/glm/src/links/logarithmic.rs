//! The logarithm, and the negative binomial's canonical link.

use super::Link;

/// η = log μ.
#[derive(Clone, Copy, Debug)]
pub struct Log;

impl Link for Log {
    fn name(&self) -> &'static str {
        "log"
    }

    fn link(&self, mu: f64) -> f64 {
        mu.ln()
    }

    fn inverse(&self, eta: f64) -> f64 {
        eta.exp()
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        eta.exp()
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        eta.exp()
    }

    /// The derivative is the mean itself, so one exponential does for both.
    fn inverses(&self, eta: &[f64], mu: &mut [f64], slope: &mut [f64]) {
        for (mu, &eta) in mu.iter_mut().zip(eta) {
            *mu = eta.exp();
        }
        slope.copy_from_slice(mu);
    }
}

/// η = log(μ / (μ + θ)), which is negative.
#[derive(Clone, Copy, Debug)]
pub struct NegativeBinomialCanonical {
    /// The family's θ.
    pub theta: f64,
}

impl Link for NegativeBinomialCanonical {
    fn name(&self) -> &'static str {
        "negative_binomial"
    }

    fn link(&self, mu: f64) -> f64 {
        -(self.theta / mu).ln_1p()
    }

    fn inverse(&self, eta: f64) -> f64 {
        self.theta / (-eta).exp_m1()
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        let mu = self.inverse(eta);
        mu + mu * mu / self.theta
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        let mu = self.inverse(eta);
        (1.0 + 2.0 * mu / self.theta) * self.inverse_derivative(eta)
    }
}
