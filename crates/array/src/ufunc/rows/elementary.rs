//! Roots, exponentials, logarithms, trigonometric and hyperbolic functions.

use rustsci_buffer::Complex;

use super::families::*;
use crate::math::{complex, vector};
use crate::ufunc::{Identity, Reorder, Ufunc};

/// A function of floats, and of complex numbers by the function of that name.
macro_rules! function {
    ($name:ident, $doc:literal, |$x:ident| $real:expr, $complex:ident) => {
        pub(super) fn $name() -> Ufunc {
            let u = floats1!(Ufunc::new(stringify!($name), 1, 1, $doc), |$x| $real);
            u.unary(complex::single(complex::$complex))
                .unary(complex::$complex)
        }
    };
    ($name:ident, $doc:literal, |$x:ident| $real:expr) => {
        pub(super) fn $name() -> Ufunc {
            floats1!(Ufunc::new(stringify!($name), 1, 1, $doc), |$x| $real)
        }
    };
}

/// As [`function`], with a function of floats that compilers make vector instructions of.
macro_rules! vector_function {
    ($name:ident, $doc:literal, $Elementary:ident, |$x:ident| $half:expr, $complex:ident) => {
        pub(super) fn $name() -> Ufunc {
            Ufunc::new(stringify!($name), 1, 1, $doc)
                .unary(half1(|$x: f32| $half))
                .elementary::<f32, vector::$Elementary>()
                .elementary::<f64, vector::$Elementary>()
                .unary(complex::single(complex::$complex))
                .unary(complex::$complex)
        }
    };
}

function!(
    sqrt,
    "The non-negative square root, element-wise.",
    |x| x.sqrt(),
    sqrt
);
function!(cbrt, "The cube root, element-wise.", |x| x.cbrt());
vector_function!(exp, "The exponential, element-wise.", Exp, |x| x.exp(), exp);
function!(exp2, "Two raised to each element.", |x| x.exp2(), exp2);
vector_function!(
    log,
    "The natural logarithm, element-wise.",
    Log,
    |x| x.ln(),
    ln
);
function!(
    log2,
    "The logarithm to base two, element-wise.",
    |x| x.log2(),
    log2
);
function!(
    log10,
    "The logarithm to base ten, element-wise.",
    |x| x.log10(),
    log10
);
vector_function!(sin, "The sine of angles in radians.", Sin, |x| x.sin(), sin);
vector_function!(
    cos,
    "The cosine of angles in radians.",
    Cos,
    |x| x.cos(),
    cos
);
function!(tan, "The tangent of angles in radians.", |x| x.tan(), tan);
function!(
    arcsin,
    "The inverse sine, in radians between -pi/2 and pi/2.",
    |x| x.asin(),
    asin
);
function!(
    arccos,
    "The inverse cosine, in radians between 0 and pi.",
    |x| x.acos(),
    acos
);
function!(
    arctan,
    "The inverse tangent, in radians between -pi/2 and pi/2.",
    |x| x.atan(),
    atan
);
function!(
    sinh,
    "The hyperbolic sine, element-wise.",
    |x| x.sinh(),
    sinh
);
function!(
    cosh,
    "The hyperbolic cosine, element-wise.",
    |x| x.cosh(),
    cosh
);
function!(
    tanh,
    "The hyperbolic tangent, element-wise.",
    |x| x.tanh(),
    tanh
);
function!(
    arcsinh,
    "The inverse hyperbolic sine, element-wise.",
    |x| complex::real_asinh(x),
    asinh
);
function!(
    arccosh,
    "The inverse hyperbolic cosine, element-wise.",
    |x| inverse_cosh(x),
    acosh
);
function!(
    arctanh,
    "The inverse hyperbolic tangent, element-wise.",
    |x| inverse_tanh(x),
    atanh
);
function!(degrees, "Angles from radians to degrees.", |x| x
    * per_radian(x));
function!(radians, "Angles from degrees to radians.", |x| x
    * per_degree(x));
function!(rad2deg, "Angles from radians to degrees.", |x| x
    * per_radian(x));
function!(deg2rad, "Angles from degrees to radians.", |x| x
    * per_degree(x));

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

/// Inverse hyperbolic cosine; below one it is not a number, which is reported.
fn inverse_cosh<T: num_traits::Float + num_traits::FloatConst>(x: T) -> T {
    if x < T::one() {
        (x - T::one()).sqrt()
    } else if x > T::max_value().sqrt() {
        x.ln() + T::LN_2()
    } else {
        x.acosh()
    }
}

/// Inverse hyperbolic tangent, with its poles at the ends and an invalid operation beyond.
fn inverse_tanh<T: num_traits::Float>(x: T) -> T {
    if x.abs() == T::one() {
        return x / T::zero();
    }
    if x.abs() > T::one() {
        (T::one() - x.abs()).sqrt()
    } else {
        x.atanh()
    }
}

pub(super) fn expm1() -> Ufunc {
    let u = floats1!(
        Ufunc::new("expm1", 1, 1, "exp(x) - 1, precise near zero."),
        |x| x.exp_m1()
    );
    complexes!(u, unary, |z| {
        // exp(z) - 1 = expm1(x) cos(y) - 2 sin(y/2)^2 + i exp(x) sin(y)
        let half = (z.im * 0.5).sin();
        Complex::new(
            z.re.exp_m1() * z.im.cos() - 2.0 * half * half,
            z.re.exp() * z.im.sin(),
        )
    })
}

pub(super) fn log1p() -> Ufunc {
    let u = floats1!(
        Ufunc::new("log1p", 1, 1, "log(1 + x), precise near zero."),
        |x| x.ln_1p()
    );
    complexes!(u, unary, |z| {
        let modulus = (z.re + 1.0).hypot(z.im);
        Complex::new(modulus.ln(), z.im.atan2(z.re + 1.0))
    })
}

pub(super) fn arctan2() -> Ufunc {
    let u = Ufunc::new(
        "arctan2",
        2,
        1,
        "The angle of the point (x2, x1), in radians between -pi and pi.",
    );
    floats2!(u, |y, x| y.atan2(x))
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
