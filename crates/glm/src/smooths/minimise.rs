//! Minima of smooth functions of a few variables (Nocedal & Wright 2006, *Numerical Optimization*, algorithm 6.1).

use crate::matrices::{dot, identity, times};

/// The most steps.
const STEPS: usize = 200;
/// The farthest that a variable moves in one step.
const STRIDE: f64 = 5.0;

/// The minimum that descends from a start, inside of bounds for each variable.
///
/// `f` gives the value and the gradient. The search ends where the gradient is less than `tolerance`, but for variables
/// that lean on a bound, or where the function does not fall any more.
pub(super) fn minimise(
    f: &mut dyn FnMut(&[f64]) -> (f64, Vec<f64>),
    start: &[f64],
    bounds: &[(f64, f64)],
    tolerance: f64,
) -> Vec<f64> {
    let n = start.len();
    let mut x = start.to_vec();
    let (mut value, mut gradient) = f(&x);
    let mut curvature = identity(n);
    let mut fresh = true;
    for _ in 0..STEPS {
        let held: Vec<bool> = (0..n)
            .map(|i| {
                (x[i] <= bounds[i].0 && gradient[i] > 0.0)
                    || (x[i] >= bounds[i].1 && gradient[i] < 0.0)
            })
            .collect();
        let largest = (0..n)
            .filter(|i| !held[*i])
            .map(|i| gradient[i].abs())
            .fold(0.0, f64::max);
        if largest <= tolerance {
            break;
        }
        let free: Vec<f64> = gradient
            .iter()
            .zip(&held)
            .map(|(g, held)| if *held { 0.0 } else { *g })
            .collect();
        let mut step: Vec<f64> = times(&curvature, &free).iter().map(|s| -s).collect();
        step.iter_mut()
            .zip(&held)
            .filter(|(_, held)| **held)
            .for_each(|(s, _)| *s = 0.0);
        if dot(&step, &free) >= 0.0 {
            curvature = identity(n);
            fresh = true;
            step = free.iter().map(|g| -g).collect();
        }
        let longest = step.iter().fold(0.0_f64, |max, s| max.max(s.abs()));
        // The first step has no curvature to go by: it tries one unit.
        let scale = if fresh {
            1.0 / longest
        } else {
            (STRIDE / longest).min(1.0)
        };
        let mut length = scale;
        let mut moved = None;
        for _ in 0..40 {
            let next: Vec<f64> = (0..n)
                .map(|i| (x[i] + length * step[i]).clamp(bounds[i].0, bounds[i].1))
                .collect();
            let (there, slope) = f(&next);
            if there <= value + 1e-4 * length * dot(&step, &free) {
                moved = Some((next, there, slope));
                break;
            }
            length *= if there.is_finite() { 0.35 } else { 0.1 };
        }
        let Some((next, there, slope)) = moved else {
            if fresh {
                break;
            }
            curvature = identity(n);
            fresh = true;
            continue;
        };
        let change: Vec<f64> = next.iter().zip(&x).map(|(a, b)| a - b).collect();
        let bend: Vec<f64> = slope.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let along = dot(&change, &bend);
        if along > 1e-14 * dot(&change, &change).sqrt() * dot(&bend, &bend).sqrt() && along > 0.0 {
            if fresh {
                let size = along / dot(&bend, &bend);
                curvature.iter_mut().for_each(|entry| *entry *= size);
            }
            update(&mut curvature, &change, &bend, along);
            fresh = false;
        }
        (x, value, gradient) = (next, there, slope);
    }
    x
}

/// The rank-two update of the inverse curvature of Broyden, Fletcher, Goldfarb and Shanno.
fn update(curvature: &mut [f64], change: &[f64], bend: &[f64], along: f64) {
    let n = change.len();
    let image = times(curvature, bend);
    let factor = (1.0 + dot(bend, &image) / along) / along;
    for i in 0..n {
        for j in 0..n {
            curvature[i * n + j] += factor * change[i] * change[j]
                - (image[i] * change[j] + change[i] * image[j]) / along;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_bent_valley_is_found() {
        let mut f = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            (
                a * a + 100.0 * b * b,
                vec![-2.0 * a - 400.0 * x[0] * b, 200.0 * b],
            )
        };
        let x = minimise(&mut f, &[-1.2, 1.0], &[(-9.0, 9.0); 2], 1e-10);
        assert!(
            (x[0] - 1.0).abs() < 1e-8 && (x[1] - 1.0).abs() < 1e-8,
            "{x:?}"
        );
    }

    #[test]
    fn bounds_hold() {
        let mut f = |x: &[f64]| {
            (
                (x[0] + 3.0).powi(2) + x[1] * x[1],
                vec![2.0 * (x[0] + 3.0), 2.0 * x[1]],
            )
        };
        let x = minimise(&mut f, &[2.0, 2.0], &[(-1.0, 9.0); 2], 1e-10);
        assert!(x[0] == -1.0 && x[1].abs() < 1e-9, "{x:?}");
    }
}
