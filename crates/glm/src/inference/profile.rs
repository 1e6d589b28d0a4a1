//! Confidence intervals by the profile likelihood.

use crate::rows::Rows;

use super::equalities::Freedom;
use super::matrix::null_space;

const ITERATIONS: usize = 60;
/// The likelihood is taken to be bounded below if it has not fallen far enough at this many standard errors.
const FAR: f64 = 1e4;

impl Rows<'_> {
    /// The interval of a coefficient at whose ends the deviance, minimised over all others, is φ·c² above the least
    /// (Venables & Ripley 2002, section 7.2): infinite on a side where it never is, NaN for aliased coefficients.
    pub fn profile_interval(&self, coefficient: usize, c: f64) -> (f64, f64) {
        if self.fitted.aliased[coefficient] {
            return (f64::NAN, f64::NAN);
        }
        let beta = self.fitted.effective_coefficients();
        let k = beta.len();
        let error =
            (self.fitted.covariance[coefficient * k + coefficient] * self.fitted.scale).sqrt();
        if !(error.is_finite() && error > 0.0) {
            return (f64::NAN, f64::NAN);
        }
        let end = |sign: f64| {
            let mut profile = Profile {
                rows: self,
                coefficient,
                least: self.fitted.deviance,
                estimate: beta[coefficient],
                last: beta.clone(),
            };
            profile.end(sign * error, c)
        };
        (end(-1.0), end(1.0))
    }
}

/// The deviance as a function of one coefficient.
struct Profile<'a> {
    rows: &'a Rows<'a>,
    coefficient: usize,
    least: f64,
    estimate: f64,
    /// The coefficients of the last fit inside of the interval, where the next starts: those far outside are no help.
    last: Vec<f64>,
}

impl Profile<'_> {
    /// The root of the deviance's rise in units of the dispersion; nothing outside of the range of valid means.
    fn root(&self, value: f64) -> Option<(f64, Vec<f64>)> {
        let k = self.last.len();
        let fitted = self.rows.fitted;
        let mut r = Vec::new();
        let mut q = Vec::new();
        for column in (0..k).filter(|j| *j == self.coefficient || fitted.aliased[*j]) {
            r.extend((0..k).map(|j| f64::from(u8::from(j == column))));
            q.push(if column == self.coefficient {
                value
            } else {
                0.0
            });
        }
        let (basis, origin) = null_space(&r, &q, k)?;
        // Along the tangent of the profile, which for a quadratic likelihood is the profile itself.
        let covariance = &fitted.covariance;
        let shift = (value - self.last[self.coefficient])
            / covariance[self.coefficient * k + self.coefficient];
        let start: Vec<f64> = (0..k)
            .map(|j| match covariance[self.coefficient * k + j] {
                slope if slope.is_nan() => self.last[j],
                slope => self.last[j] + shift * slope,
            })
            .collect();
        let freedom = Freedom { basis, origin };
        let ((beta, accumulated), ..) = self.rows.newton(&freedom, start).ok()?;
        let rise = (accumulated.deviance - self.least) / fitted.scale;
        Some((rise.max(0.0).sqrt(), beta))
    }

    /// Where the root is `c`, on the side of `unit` (a standard error with a sign).
    fn end(&mut self, unit: f64, c: f64) -> f64 {
        let at = |steps: f64, estimate: f64| estimate + steps * unit;
        // What is known to be inside, with its root; and what is known to be outside.
        let (mut inside, mut inside_root) = (0.0, 0.0);
        let mut outside: Option<(f64, Option<f64>)> = None;
        let mut steps = c;
        for _ in 0..ITERATIONS {
            match self.root(at(steps, self.estimate)) {
                Some((root, _)) if (root - c).abs() <= 1e-11 * c => {
                    return at(steps, self.estimate);
                }
                Some((root, beta)) if root < c => {
                    (inside, inside_root) = (steps, root);
                    self.last = beta;
                }
                found => outside = Some((steps, found.map(|(root, _)| root))),
            }
            steps = match outside {
                None if inside > FAR => return unit.signum() * f64::INFINITY,
                // Nearly a straight line, so it is followed, and twice as far at most.
                None => (inside * c / inside_root.max(0.25 * c)).clamp(1.05 * inside, 4.0 * inside),
                Some((steps, Some(root))) => {
                    let share = (c - inside_root) / (root - inside_root);
                    inside + (steps - inside) * share.clamp(0.02, 0.98)
                }
                Some((steps, None)) => 0.5 * (inside + steps),
            };
            if let Some((out, _)) = outside
                && (out - inside).abs() <= 1e-13 * out.abs()
            {
                break;
            }
        }
        at(steps, self.estimate)
    }
}
