//! Roots, exponentials, logarithms, trigonometric and hyperbolic functions.

use super::families::*;
use crate::math::complex;
use crate::math::vector::{self, Elementary};
use crate::ufunc::{Identity, Reorder, Ufunc};

/// A function of floats, of which compilers make vector instructions, and of complex numbers by the function of that name.
macro_rules! function {
    ($name:ident, $doc:literal, $Elementary:ident $(, $complex:ident)?) => {
        pub(super) fn $name() -> Ufunc {
            Ufunc::new(stringify!($name), 1, 1, $doc)
                .unary(half1(<vector::$Elementary as Elementary<f32>>::any))
                .elementary::<f32, vector::$Elementary>()
                .elementary::<f64, vector::$Elementary>()
                $(.unary(complex::single(complex::$complex))
                .unary(complex::$complex))?
        }
    };
}

pub(super) fn sqrt() -> Ufunc {
    let doc = "The non-negative square root, element-wise.";
    floats1!(Ufunc::new("sqrt", 1, 1, doc), |x| x.sqrt())
        .unary(complex::single(complex::sqrt))
        .unary(complex::sqrt)
}

function!(cbrt, "The cube root, element-wise.", Cbrt);
function!(exp, "The exponential, element-wise.", Exp, exp);
function!(exp2, "Two raised to each element.", Exp2, exp2);
function!(expm1, "exp(x) - 1, precise near zero.", Expm1, exp_m1);
function!(log, "The natural logarithm, element-wise.", Log, ln);
function!(log2, "The logarithm to base two, element-wise.", Log2, log2);
function!(
    log10,
    "The logarithm to base ten, element-wise.",
    Log10,
    log10
);
function!(log1p, "log(1 + x), precise near zero.", Log1p, ln_1p);
function!(sin, "The sine of angles in radians.", Sin, sin);
function!(cos, "The cosine of angles in radians.", Cos, cos);
function!(tan, "The tangent of angles in radians.", Tan, tan);
function!(
    arcsin,
    "The inverse sine, in radians between -pi/2 and pi/2.",
    Asin,
    asin
);
function!(
    arccos,
    "The inverse cosine, in radians between 0 and pi.",
    Acos,
    acos
);
function!(
    arctan,
    "The inverse tangent, in radians between -pi/2 and pi/2.",
    Atan,
    atan
);
function!(sinh, "The hyperbolic sine, element-wise.", Sinh, sinh);
function!(cosh, "The hyperbolic cosine, element-wise.", Cosh, cosh);
function!(tanh, "The hyperbolic tangent, element-wise.", Tanh, tanh);
function!(
    arcsinh,
    "The inverse hyperbolic sine, element-wise.",
    Asinh,
    asinh
);
function!(
    arccosh,
    "The inverse hyperbolic cosine, element-wise.",
    Acosh,
    acosh
);
function!(
    arctanh,
    "The inverse hyperbolic tangent, element-wise.",
    Atanh,
    atanh
);

pub(super) fn arctan2() -> Ufunc {
    let doc = "The angle of the point (x2, x1), in radians between -pi and pi.";
    Ufunc::new("arctan2", 2, 1, doc)
        .closed(half2(f32::atan2))
        .elementary_of_two::<f32, vector::Atan2>()
        .elementary_of_two::<f64, vector::Atan2>()
}

/// Angles times a factor.
macro_rules! scaling {
    ($name:ident, $doc:literal, $factor:ident) => {
        pub(super) fn $name() -> Ufunc {
            let u = Ufunc::new(stringify!($name), 1, 1, $doc);
            floats1!(u, |x| x * $factor(x))
        }
    };
}

scaling!(degrees, "Angles from radians to degrees.", per_radian);
scaling!(radians, "Angles from degrees to radians.", per_degree);
scaling!(rad2deg, "Angles from radians to degrees.", per_radian);
scaling!(deg2rad, "Angles from degrees to radians.", per_degree);

/// Degrees in a radian, in the precision of `x`.
#[inline(always)]
fn per_radian<T: num_traits::FloatConst + num_traits::Float>(_: T) -> T {
    let half_turn = T::from(180).unwrap_or_else(T::nan);
    half_turn / T::PI()
}

/// Radians in a degree, in the precision of `x`.
#[inline(always)]
fn per_degree<T: num_traits::FloatConst + num_traits::Float>(_: T) -> T {
    let half_turn = T::from(180).unwrap_or_else(T::nan);
    T::PI() / half_turn
}

pub(super) fn logaddexp() -> Ufunc {
    let u = Ufunc::new(
        "logaddexp",
        2,
        1,
        "log(exp(x1) + exp(x2)), without overflow.",
    );
    let u = u
        .identity(Identity::NegativeInfinity)
        .reorder(Reorder::Sequential);
    floats2!(u, |x, y| log_of_sum(x, y))
}

pub(super) fn logaddexp2() -> Ufunc {
    let u = Ufunc::new("logaddexp2", 2, 1, "log2(2**x1 + 2**x2), without overflow.");
    let u = u
        .identity(Identity::NegativeInfinity)
        .reorder(Reorder::Sequential);
    floats2!(u, |x, y| log2_of_sum(x, y))
}

/// The larger argument, and how far the smaller lies below it; of arguments that do not compare, their sum as NaN.
fn larger_and_distance<T: num_traits::Float>(x: T, y: T) -> (T, T) {
    if x >= y {
        (x, x - y)
    } else if x < y {
        (y, y - x)
    } else {
        (x + y, T::zero())
    }
}

fn log_of_sum<T: num_traits::Float + num_traits::FloatConst>(x: T, y: T) -> T {
    if x == y {
        return x + T::LN_2();
    }
    let (larger, distance) = larger_and_distance(x, y);
    larger + (-distance).exp().ln_1p()
}

fn log2_of_sum<T: num_traits::Float + num_traits::FloatConst>(x: T, y: T) -> T {
    if x == y {
        return x + T::one();
    }
    let (larger, distance) = larger_and_distance(x, y);
    larger + (-distance).exp2().ln_1p() * T::LOG2_E()
}
