//! Links that are powers.

use super::Link;

/// η = μ.
#[derive(Clone, Copy, Debug)]
pub struct Identity;

impl Link for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn link(&self, mu: f64) -> f64 {
        mu
    }

    fn inverse(&self, eta: f64) -> f64 {
        eta
    }

    fn inverse_derivative(&self, _eta: f64) -> f64 {
        1.0
    }

    fn inverse_derivative2(&self, _eta: f64) -> f64 {
        0.0
    }
}

/// η = 1/μ.
#[derive(Clone, Copy, Debug)]
pub struct Inverse;

impl Link for Inverse {
    fn name(&self) -> &'static str {
        "inverse"
    }

    fn link(&self, mu: f64) -> f64 {
        1.0 / mu
    }

    fn inverse(&self, eta: f64) -> f64 {
        1.0 / eta
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        -1.0 / (eta * eta)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        2.0 / (eta * eta * eta)
    }
}

/// η = 1/μ².
#[derive(Clone, Copy, Debug)]
pub struct InverseSquared;

impl Link for InverseSquared {
    fn name(&self) -> &'static str {
        "inverse_squared"
    }

    fn link(&self, mu: f64) -> f64 {
        1.0 / (mu * mu)
    }

    fn inverse(&self, eta: f64) -> f64 {
        1.0 / eta.sqrt()
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        -0.5 / (eta * eta.sqrt())
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        0.75 / (eta * eta * eta.sqrt())
    }
}

/// η = √μ.
#[derive(Clone, Copy, Debug)]
pub struct Sqrt;

impl Link for Sqrt {
    fn name(&self) -> &'static str {
        "sqrt"
    }

    fn link(&self, mu: f64) -> f64 {
        mu.sqrt()
    }

    fn inverse(&self, eta: f64) -> f64 {
        eta * eta
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        2.0 * eta
    }

    fn inverse_derivative2(&self, _eta: f64) -> f64 {
        2.0
    }
}

/// η = μ to a power that is not zero.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    /// The exponent.
    pub power: f64,
}

impl Link for Power {
    fn name(&self) -> &'static str {
        "power"
    }

    fn link(&self, mu: f64) -> f64 {
        mu.powf(self.power)
    }

    fn inverse(&self, eta: f64) -> f64 {
        eta.powf(1.0 / self.power)
    }

    fn inverse_derivative(&self, eta: f64) -> f64 {
        let a = 1.0 / self.power;
        a * eta.powf(a - 1.0)
    }

    fn inverse_derivative2(&self, eta: f64) -> f64 {
        let a = 1.0 / self.power;
        a * (a - 1.0) * eta.powf(a - 2.0)
    }
}
