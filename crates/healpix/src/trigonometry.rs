//! The few elementary functions that projections need, as polynomials without branches.
//!
//! Each is evaluated where HEALPix needs it only, so no argument is ever reduced, and the loops that call them are
//! vectorised. Results are within two units in the last place.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

/// Chebyshev fit of (asin(w)/w − 1)/w² in w², 0 ≤ w² ≤ 0.4455 (error 7.3e-18).
const ASIN: [f64; 18] = [
    0.16666666666666666,
    0.07500000000000616,
    0.04464285714137245,
    0.030381944585812372,
    0.022372152012766256,
    0.017352979364608657,
    0.013960538575476251,
    0.01161179800777958,
    0.009159068040846232,
    0.012851296691610156,
    -0.017361109321807757,
    0.10892719431619598,
    -0.3129143345007599,
    0.7374858431797434,
    -1.2065669392831624,
    1.3752398907336028,
    -0.9563162686791877,
    0.3250423286648545,
];

/// Chebyshev fit of (atan(w)/w − 1)/w² in w², 0 ≤ w² ≤ 1 (error 8.3e-19).
const ATAN: [f64; 22] = [
    -0.3333333333333333,
    0.1999999999999992,
    -0.14285714285701234,
    0.11111111110268297,
    -0.0909090906193528,
    0.07692307078827029,
    -0.06666657934573768,
    0.05882264416776449,
    -0.052624922290256754,
    0.04758080083637821,
    -0.043306538430670664,
    0.03938687540798632,
    -0.035271331066871296,
    0.030330719265790507,
    -0.024191345810140718,
    0.01718398172211335,
    -0.010412153260359241,
    0.005140912856746939,
    -0.0019612554271685326,
    0.0005376839297396244,
    -9.371186345052626e-05,
    7.767624330289919e-06,
];

/// Taylor coefficients of (sin(t)/t − 1)/t² in t²: what is left out is below 1e-18 for |t| ≤ π/4.
const SIN: [f64; 9] = [
    -0.16666666666666666,
    0.008333333333333333,
    -0.0001984126984126984,
    2.7557319223985893e-06,
    -2.505210838544172e-08,
    1.6059043836821613e-10,
    -7.647163731819816e-13,
    2.8114572543455206e-15,
    -8.22063524662433e-18,
];

/// Taylor coefficients of (cos(t) − 1)/t² in t²: what is left out is below 1e-18 for |t| ≤ π/4.
const COS: [f64; 9] = [
    -0.5,
    0.041666666666666664,
    -0.001388888888888889,
    2.48015873015873e-05,
    -2.755731922398589e-07,
    2.08767569878681e-09,
    -1.1470745597729725e-11,
    4.779477332387385e-14,
    -1.5619206968586225e-16,
];

/// Evaluates a polynomial by pairs (Estrin), which leaves the processor less to wait for than Horner's rule.
#[inline(always)]
fn polynomial<const N: usize>(coefficients: &[f64; N], u: f64) -> f64 {
    let square = u * u;
    let mut even = coefficients[(N - 1) & !1];
    let mut odd = coefficients[(N - 2) | 1];
    let mut index = (N - 1) & !1;
    while index >= 2 {
        index -= 2;
        even = even * square + coefficients[index];
    }
    let mut index = (N - 2) | 1;
    while index >= 3 {
        index -= 2;
        odd = odd * square + coefficients[index];
    }
    even + odd * u
}

/// sin(t) for |t| ≤ π/4.
#[inline(always)]
pub(crate) fn sin(t: f64) -> f64 {
    let u = t * t;
    t + t * u * polynomial(&SIN, u)
}

/// cos(t) for |t| ≤ π/4.
#[inline(always)]
pub(crate) fn cos(t: f64) -> f64 {
    let u = t * t;
    1.0 + u * polynomial(&COS, u)
}

/// sin(t) for |t| ≤ π/2.
#[inline(always)]
pub(crate) fn sin_of_half_turn(t: f64) -> f64 {
    let size = t.abs();
    if size <= FRAC_PI_4 {
        sin(t)
    } else {
        cos(FRAC_PI_2 - size).copysign(t)
    }
}

/// cos(t) for |t| ≤ π/2.
#[inline(always)]
pub(crate) fn cos_of_half_turn(t: f64) -> f64 {
    let size = t.abs();
    if size <= FRAC_PI_4 {
        cos(size)
    } else {
        sin(FRAC_PI_2 - size)
    }
}

/// asin(w) for |w| ≤ 2/3.
#[inline(always)]
pub(crate) fn asin(w: f64) -> f64 {
    let u = w * w;
    w + w * u * polynomial(&ASIN, u)
}

/// atan(w) for |w| ≤ 1.
#[inline(always)]
fn atan(w: f64) -> f64 {
    let u = w * w;
    w + w * u * polynomial(&ATAN, u)
}

/// The longitude of (x, y) in quarter turns, from −2 to 2; 0 for the origin.
#[inline(always)]
pub(crate) fn quarter_turns(x: f64, y: f64) -> f64 {
    let (a, b) = (x.abs(), y.abs());
    let (small, large) = (a.min(b), a.max(b));
    let large = if large == 0.0 { 1.0 } else { large };
    let octant = atan(small / large) * std::f64::consts::FRAC_2_PI;
    let quadrant = if b > a { 1.0 - octant } else { octant };
    let half = if x < 0.0 { 2.0 - quadrant } else { quadrant };
    half.copysign(y)
}

/// Cosine and sine of an angle in quarter turns.
#[inline(always)]
pub(crate) fn cos_sin_of_quarter_turns(turns: f64) -> (f64, f64) {
    let nearest = (turns + 0.5).floor();
    let rest = (turns - nearest) * std::f64::consts::FRAC_PI_2;
    let (c, s) = (cos(rest), sin(rest));
    let quadrant = nearest - 4.0 * (nearest * 0.25).floor();
    let (a, b) = if quadrant == 1.0 || quadrant == 3.0 {
        (s, c)
    } else {
        (c, s)
    };
    let a = if quadrant == 1.0 || quadrant == 2.0 {
        -a
    } else {
        a
    };
    let b = if quadrant >= 2.0 { -b } else { b };
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_agree_with_the_standard_library() {
        for step in -1000..=1000 {
            let part = f64::from(step) / 1000.0;
            let t = part * std::f64::consts::FRAC_PI_4;
            assert!((sin(t) - t.sin()).abs() < 2.5e-16, "sin({t})");
            assert!((cos(t) - t.cos()).abs() < 2.5e-16, "cos({t})");
            let w = part * 2.0 / 3.0;
            assert!((asin(w) - w.asin()).abs() < 2.5e-16, "asin({w})");
            assert!((atan(part) - part.atan()).abs() < 4e-16, "atan({part})");
        }
    }

    #[test]
    fn longitudes_of_all_quadrants() {
        for step in -200..=200 {
            let angle = f64::from(step) / 200.0 * std::f64::consts::PI;
            let (x, y) = (angle.cos(), angle.sin());
            let expected = y.atan2(x) * std::f64::consts::FRAC_2_PI;
            assert!((quarter_turns(x, y) - expected).abs() < 1e-15, "{angle}");
            let (c, s) = cos_sin_of_quarter_turns(expected);
            assert!((c - x).abs() < 1e-15 && (s - y).abs() < 1e-15, "{angle}");
        }
        assert_eq!(quarter_turns(0.0, 0.0), 0.0);
    }
}
