//! The functions of numbers that formulas know, by NumPy's names and R's.

use crate::special::ln_gamma;

/// 1 for what is true, 0 for what is not.
pub(super) fn truth(value: bool) -> f64 {
    f64::from(u8::from(value))
}

/// Squares are products, to the last bit.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 2.0 {
        base * base
    } else {
        base.powf(exponent)
    }
}

/// What is left of a division, with the sign of the divisor.
pub(super) fn modulo(a: f64, b: f64) -> f64 {
    let rest = a % b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    }
}

type Unary = fn(f64) -> f64;
type Binary = fn(f64, f64) -> f64;

const UNARY: &[(&str, Unary)] = &[
    ("log", f64::ln),
    ("log2", f64::log2),
    ("log10", f64::log10),
    ("log1p", f64::ln_1p),
    ("exp", f64::exp),
    ("exp2", f64::exp2),
    ("expm1", f64::exp_m1),
    ("sqrt", f64::sqrt),
    ("cbrt", f64::cbrt),
    ("abs", f64::abs),
    ("absolute", f64::abs),
    ("fabs", f64::abs),
    ("square", |x| x * x),
    ("reciprocal", |x| 1.0 / x),
    ("negative", |x| -x),
    ("positive", |x| x),
    ("sin", f64::sin),
    ("cos", f64::cos),
    ("tan", f64::tan),
    ("arcsin", f64::asin),
    ("arccos", f64::acos),
    ("arctan", f64::atan),
    ("asin", f64::asin),
    ("acos", f64::acos),
    ("atan", f64::atan),
    ("sinh", f64::sinh),
    ("cosh", f64::cosh),
    ("tanh", f64::tanh),
    ("arcsinh", f64::asinh),
    ("arccosh", f64::acosh),
    ("arctanh", f64::atanh),
    ("asinh", f64::asinh),
    ("acosh", f64::acosh),
    ("atanh", f64::atanh),
    ("degrees", f64::to_degrees),
    ("rad2deg", f64::to_degrees),
    ("radians", f64::to_radians),
    ("deg2rad", f64::to_radians),
    ("floor", f64::floor),
    ("ceil", f64::ceil),
    ("ceiling", f64::ceil),
    ("trunc", f64::trunc),
    ("fix", f64::trunc),
    ("round", f64::round_ties_even),
    ("rint", f64::round_ties_even),
    ("around", f64::round_ties_even),
    ("sign", |x| if x == 0.0 { 0.0 } else { x.signum() }),
    ("signbit", |x| truth(x.is_sign_negative())),
    ("isnan", |x| truth(x.is_nan())),
    ("isinf", |x| truth(x.is_infinite())),
    ("isfinite", |x| truth(x.is_finite())),
    ("logical_not", |x| truth(x == 0.0)),
    ("sinc", |x| {
        let angle = std::f64::consts::PI * x;
        if angle == 0.0 {
            1.0
        } else {
            angle.sin() / angle
        }
    }),
    ("lgamma", ln_gamma),
    ("plogis", |x| 1.0 / (1.0 + (-x).exp())),
    ("qlogis", |p| (p / (1.0 - p)).ln()),
    ("I", |x| x),
    ("unclass", |x| x),
    ("as.numeric", |x| x),
    ("as.integer", f64::trunc),
    ("float", |x| x),
];

const BINARY: &[(&str, Binary)] = &[
    ("minimum", f64::min),
    ("fmin", f64::min),
    ("pmin", f64::min),
    ("maximum", f64::max),
    ("fmax", f64::max),
    ("pmax", f64::max),
    ("power", power),
    ("pow", power),
    ("float_power", power),
    ("add", |a, b| a + b),
    ("subtract", |a, b| a - b),
    ("multiply", |a, b| a * b),
    ("divide", |a, b| a / b),
    ("true_divide", |a, b| a / b),
    ("floor_divide", |a, b| (a / b).floor()),
    ("mod", modulo),
    ("remainder", modulo),
    ("fmod", |a, b| a % b),
    ("hypot", f64::hypot),
    ("arctan2", f64::atan2),
    ("atan2", f64::atan2),
    ("copysign", f64::copysign),
    ("ldexp", |a, b| a * b.exp2()),
    ("logaddexp", |a, b| {
        a.max(b) + (-(a - b).abs()).exp().ln_1p()
    }),
    ("logaddexp2", |a, b| {
        a.max(b) + (-(a - b).abs()).exp2().ln_1p() / std::f64::consts::LN_2
    }),
    ("heaviside", |x, at_zero| match x {
        _ if x.is_nan() => x,
        _ if x == 0.0 => at_zero,
        _ => truth(x > 0.0),
    }),
    // R's logarithm to a base, and its rounding to a number of decimals.
    ("log", |x, base| x.ln() / base.ln()),
    ("round", rounded),
    ("around", rounded),
    ("logical_and", |a, b| truth(a != 0.0 && b != 0.0)),
    ("logical_or", |a, b| truth(a != 0.0 || b != 0.0)),
    ("logical_xor", |a, b| truth((a != 0.0) != (b != 0.0))),
    ("equal", |a, b| truth(a == b)),
    ("not_equal", |a, b| truth(a != b)),
    ("less", |a, b| truth(a < b)),
    ("less_equal", |a, b| truth(a <= b)),
    ("greater", |a, b| truth(a > b)),
    ("greater_equal", |a, b| truth(a >= b)),
];

fn rounded(x: f64, decimals: f64) -> f64 {
    let unit = 10.0_f64.powi(decimals as i32);
    (x * unit).round_ties_even() / unit
}

/// The function of one argument of a name.
pub(super) fn unary(name: &str) -> Option<Unary> {
    UNARY
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, f)| *f)
}

/// The function of two arguments of a name.
pub(super) fn binary(name: &str) -> Option<Binary> {
    BINARY
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, f)| *f)
}

/// All names, with those of functions that stand for terms.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    const TERMS: [&str; 17] = [
        "C", "Q", "s", "bs", "ns", "cr", "cs", "cc", "ms", "pos", "neg", "poly", "center", "scale",
        "TE", "FE", "where",
    ];
    let unary = UNARY
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| name.len() > 1);
    unary
        .chain(BINARY.iter().map(|(name, _)| *name))
        .chain(TERMS)
}
