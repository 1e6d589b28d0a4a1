//! Elementary functions without branches or tables, of which compilers make vector instructions.
//!
//! Each is right to one unit in the last place for *plain* arguments: those for which no intermediate value overflows,
//! underflows or is not a number, so that no condition is reported that the function itself does not meet. The standard
//! library does the others. All of it counts on a fused `mul_add`; where that is no instruction, the standard library does
//! everything. What an element becomes does not depend on its neighbours, nor on whether it has any.
//!
//! Series are Taylor's, or where those are long, interpolate at Chebyshev's points. Arguments are reduced as by W. J. Cody
//! and W. Waite, "Software Manual for the Elementary Functions" (1980), with products that fused operations make exact.
//! Where a rounding more would be seen, numbers are pairs. The same code serves both precisions ([`Real`]); the
//! series of single precision are shorter.
//!
//! [`Real`]: crate::math::real::Real

mod arcsine;
mod arctangent;
mod blocks;
mod cube_root;
mod exp;
mod hyperbolic;
mod inverse_hyperbolic;
mod log;
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

/// Describes a function: an example of its arguments, what the standard library computes, and what is computed for
/// numbers of either precision that are plain.
macro_rules! elementary {
    ($(#[$doc:meta])* $Name:ident($example:literal, |$x:ident| $library:expr) = $plain:expr,
     f64: $is_plain:expr, f32: $is_plain_single:expr $(,)?) => {
        $(#[$doc])*
        pub(crate) struct $Name;
        elementary!(@ $Name, f64, $example, $x, $library, $is_plain, $plain);
        elementary!(@ $Name, f32, $example, $x, $library, $is_plain_single, $plain);
    };
    (@ $Name:ident, $T:ident, $example:literal, $x:ident, $library:expr, $is_plain:expr, $plain:expr) => {
        impl $crate::math::vector::Elementary<$T> for $Name {
            const EXAMPLE: $T = $example;

            #[inline(always)]
            fn is_plain($x: $T) -> bool {
                $is_plain
            }

            #[inline(always)]
            fn plain($x: $T) -> $T {
                $plain
            }

            #[inline(always)]
            fn any($x: $T) -> $T {
                $library
            }
        }
    };
}

/// As [`elementary`], for a function of two arguments, which may be another in single precision.
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
                $plain
            }

            #[inline(always)]
            fn any($a: $T, $b: $T) -> $T {
                $library
            }
        }
    };
}

use {elementary, elementary_of_two};
