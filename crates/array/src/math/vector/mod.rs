//! Elementary functions without branches or tables, of which compilers make vector instructions.
//!
//! Each is right to one unit in the last place for *plain* arguments: those for which no intermediate value overflows,
//! underflows or is not a number, so that no condition is reported that the function itself does not meet. The standard
//! library does the others. All of it counts on a fused `mul_add`; where that is no instruction, the standard library does
//! everything. What an element becomes does not depend on its neighbours, nor on whether it has any.
//!
//! Series are Taylor's, or where those are long, interpolate at Chebyshev's points. Arguments are reduced as by W. J. Cody
//! and W. Waite, "Software Manual for the Elementary Functions" (1980), with products that fused operations make exact.
//! Where a rounding more would be seen, numbers are pairs. Single precision computes in double.

mod arcsine;
mod arctangent;
mod blocks;
mod cube_root;
mod exp;
mod hyperbolic;
mod inverse_hyperbolic;
mod log;
mod plain;
mod power;
mod trigonometry;

#[cfg(test)]
mod tests;

pub(crate) use arcsine::{Acos, Asin};
pub(crate) use arctangent::{Atan, Atan2};
pub(crate) use blocks::{of_all, of_pair, of_pairs};
pub(crate) use cube_root::Cbrt;
pub(crate) use exp::{Exp, Exp2, Expm1};
pub(crate) use hyperbolic::{Cosh, Sinh, Tanh};
pub(crate) use inverse_hyperbolic::{Acosh, Asinh, Atanh};
pub(crate) use log::{Log, Log1p, Log2, Log10};
pub(crate) use power::Power;
pub(crate) use trigonometry::{Cos, Sin, Tan};

use plain::{
    is_between, is_moderate, is_moderate_single, is_normal, is_positive, is_unit, is_unit_single,
    size, size_single,
};

/// Added to a number below 2^51, it leaves the nearest integer in the lower bits: 1.5 * 2^52.
const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// A function of numbers of one type.
pub(crate) trait Elementary<T> {
    /// Some plain argument.
    const EXAMPLE: T;

    /// Whether an argument is plain.
    fn is_plain(x: T) -> bool;

    /// The function of a plain argument.
    fn plain(x: T) -> T;

    /// The function of any argument.
    fn any(x: T) -> T;
}

/// A function of two numbers of one type.
pub(crate) trait ElementaryOfTwo<T> {
    /// Twice this number are plain arguments.
    const EXAMPLE: T;

    /// Whether arguments are plain.
    fn is_plain(x: T, y: T) -> bool;

    /// The function of plain arguments.
    fn plain(x: T, y: T) -> T;

    /// The function of any arguments.
    fn any(x: T, y: T) -> T;
}

/// Describes a function: an example of its arguments and what the standard library computes; then for each precision
/// what is plain, and the function of that, which is always in double precision.
macro_rules! elementary {
    ($(#[$doc:meta])* $Name:ident($example:literal, |$any:ident| $library:expr),
     f64: $is_plain:expr => $plain:expr, f32: $is_plain_single:expr => $single:expr $(,)?) => {
        $(#[$doc])*
        pub(crate) struct $Name;
        elementary!(@ $Name, f64, $example, $any, $library, $is_plain, $plain);
        elementary!(@ $Name, f32, $example, $any, $library, $is_plain_single, $single);
    };
    (@ $Name:ident, $T:ident, $example:literal, $any:ident, $library:expr, $is_plain:expr, $plain:expr) => {
        impl $crate::math::vector::Elementary<$T> for $Name {
            const EXAMPLE: $T = $example;

            #[inline(always)]
            fn is_plain($any: $T) -> bool {
                $is_plain
            }

            #[inline(always)]
            fn plain($any: $T) -> $T {
                let $any = f64::from($any);
                $plain as $T
            }

            #[inline(always)]
            fn any($any: $T) -> $T {
                $library
            }
        }
    };
}

/// As [`elementary`], for a function of two arguments.
macro_rules! elementary_of_two {
    ($(#[$doc:meta])* $Name:ident($example:literal, |$a:ident, $b:ident| $library:expr),
     f64: $is_plain:expr => $plain:expr, f32: $is_plain_single:expr => $single:expr $(,)?) => {
        $(#[$doc])*
        pub(crate) struct $Name;
        elementary_of_two!(@ $Name, f64, $example, $a, $b, $library, $is_plain, $plain);
        elementary_of_two!(@ $Name, f32, $example, $a, $b, $library, $is_plain_single, $single);
    };
    (@ $Name:ident, $T:ident, $example:literal, $a:ident, $b:ident, $library:expr, $is_plain:expr, $plain:expr) => {
        impl $crate::math::vector::ElementaryOfTwo<$T> for $Name {
            const EXAMPLE: $T = $example;

            #[inline(always)]
            fn is_plain($a: $T, $b: $T) -> bool {
                $is_plain
            }

            #[inline(always)]
            fn plain($a: $T, $b: $T) -> $T {
                let ($a, $b) = (f64::from($a), f64::from($b));
                $plain as $T
            }

            #[inline(always)]
            fn any($a: $T, $b: $T) -> $T {
                $library
            }
        }
    };
}

use {elementary, elementary_of_two};

/// The polynomial `c[0] + c[1] x + c[2] x^2 + …`, by Horner's rule.
#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}
