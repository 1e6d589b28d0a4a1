//! Comparisons, and the larger or smaller of two.

use rustsci_buffer::{Bool, Complex, f16};

use super::families::*;
use crate::ufunc::{Reorder, Ufunc};

/// Order of complex numbers: by real part, then by imaginary part; false if any part that counts is NaN.
fn before<T: PartialOrd>(a: Complex<T>, b: Complex<T>, or_equal: bool) -> bool {
    a.re < b.re || (a.re == b.re && (a.im < b.im || (or_equal && a.im == b.im)))
}

/// Adds a comparison's loops for all types.
macro_rules! compare {
    ($name:literal, $doc:literal, |$a:ident, $b:ident| $body:expr, $wide:expr, $complex:expr) => {{
        let u = Ufunc::new($name, 2, 1, $doc).comparison();
        let u = u.closed(|$a: Bool, $b: Bool| Bool::from($body));
        let u = integers!(u, predicate, |$a, $b| $body);
        // Signed and unsigned integers of 64 bits have no type in common: they are compared by value.
        let wide = $wide;
        let u = u
            .predicate(move |a: i64, b: u64| wide(i128::from(a), i128::from(b)))
            .predicate(move |a: u64, b: i64| wide(i128::from(a), i128::from(b)));
        let u = u.predicate(|a: f16, b: f16| {
            let ($a, $b) = (a.to_f32(), b.to_f32());
            $body
        });
        let u = each!(u, predicate, [f32, f64], |$a, $b| $body);
        let u = u.predicate(|$a: Complex<f32>, $b: Complex<f32>| $complex);
        u.predicate(|$a: Complex<f64>, $b: Complex<f64>| $complex)
    }};
}

pub(super) fn equal() -> Ufunc {
    compare!(
        "equal",
        "x1 == x2, element-wise.",
        |a, b| a == b,
        |a: i128, b: i128| a == b,
        a == b
    )
}

pub(super) fn not_equal() -> Ufunc {
    compare!(
        "not_equal",
        "x1 != x2, element-wise.",
        |a, b| a != b,
        |a: i128, b: i128| a != b,
        a != b
    )
}

pub(super) fn less() -> Ufunc {
    compare!(
        "less",
        "x1 < x2, element-wise.",
        |a, b| a < b,
        |a: i128, b: i128| a < b,
        before(a, b, false)
    )
}

pub(super) fn less_equal() -> Ufunc {
    compare!(
        "less_equal",
        "x1 <= x2, element-wise.",
        |a, b| a <= b,
        |a: i128, b: i128| a <= b,
        before(a, b, true)
    )
}

pub(super) fn greater() -> Ufunc {
    compare!(
        "greater",
        "x1 > x2, element-wise.",
        |a, b| a > b,
        |a: i128, b: i128| a > b,
        before(b, a, false)
    )
}

pub(super) fn greater_equal() -> Ufunc {
    compare!(
        "greater_equal",
        "x1 >= x2, element-wise.",
        |a, b| a >= b,
        |a: i128, b: i128| a >= b,
        before(b, a, true)
    )
}

fn has_nan<T: num_traits::Float>(a: Complex<T>) -> bool {
    a.re.is_nan() || a.im.is_nan()
}

/// Half-precision floats are compared as single-precision ones, and given back as they were.
macro_rules! halves {
    ($ufunc:expr, |$a:ident, $b:ident| $first:expr) => {
        $ufunc.closed(|x: f16, y: f16| {
            let ($a, $b) = (x.to_f32(), y.to_f32());
            if $first { x } else { y }
        })
    };
}

/// Adds the loops of a choice between two values, but for single and double precision: `max` or `min`, and the condition
/// under which the first of two half-precision floats is chosen.
macro_rules! choose {
    ($ufunc:expr, $extreme:ident, |$a:ident, $b:ident| $first:expr) => {{
        let u = $ufunc.reorder(Reorder::Free).silent();
        let u = u.closed(|a: Bool, b: Bool| a.$extreme(b));
        let u = integers!(u, closed, |a, b| a.$extreme(b));
        halves!(u, |$a, $b| $first)
    }};
}

/// The extreme of two floats, NaN if either is, the second of equals: in the form that is compiled to vector
/// instructions for whole arrays.
macro_rules! extreme {
    ($a:expr, $op:tt, $b:expr) => {{
        let (a, b) = ($a, $b);
        let chosen = if a $op b { a } else { b };
        if a.is_nan() | b.is_nan() {
            a + b
        } else {
            chosen
        }
    }};
}

/// The extreme of a slice. Whether any value is NaN is gathered beside it, in flags as wide as the values; one comparison
/// sees to two vectors of them.
macro_rules! extreme_of_slice {
    ($T:ty, $Flag:ty, $op:tt) => {
        #[inline(always)]
        |start: $T, x: &[$T]| {
            const LANES: usize = 256 / size_of::<$T>();
            let pick = |a: $T, b: $T| if b $op a { b } else { a };
            let flag = |x: $T, y: $T| if x.is_nan() | y.is_nan() { <$Flag>::MAX } else { 0 };
            let (blocks, rest) = x.as_chunks::<{ 2 * LANES }>();
            let (mut extremes, mut flags) = ([start; LANES], [0; LANES]);
            for block in blocks {
                for i in 0..LANES {
                    let (first, second) = (block[i], block[i + LANES]);
                    extremes[i] = pick(pick(extremes[i], first), second);
                    flags[i] |= flag(first, second);
                }
            }
            let flags = flags.iter().fold(flag(start, start), |all, flag| all | flag);
            if rest.iter().fold(flags, |all, &x| all | flag(x, x)) != 0 {
                return <$T>::NAN;
            }
            extremes.iter().chain(rest).fold(start, |a, &b| pick(a, b))
        }
    };
}

pub(super) fn maximum() -> Ufunc {
    let u = Ufunc::new(
        "maximum",
        2,
        1,
        "The larger of two values; NaN if either is NaN.",
    );
    let u = choose!(u, max, |a, b| a >= b || a.is_nan());
    let u = u.closed_with(
        |a: f32, b: f32| extreme!(a, >, b),
        extreme_of_slice!(f32, u32, >),
    );
    let u = u.closed_with(
        |a: f64, b: f64| extreme!(a, >, b),
        extreme_of_slice!(f64, u64, >),
    );
    complexes!(
        u,
        closed,
        |a, b| if has_nan(a) || (!has_nan(b) && before(b, a, true)) {
            a
        } else {
            b
        }
    )
}

pub(super) fn minimum() -> Ufunc {
    let u = Ufunc::new(
        "minimum",
        2,
        1,
        "The smaller of two values; NaN if either is NaN.",
    );
    let u = choose!(u, min, |a, b| a <= b || a.is_nan());
    let u = u.closed_with(
        |a: f32, b: f32| extreme!(a, <, b),
        extreme_of_slice!(f32, u32, <),
    );
    let u = u.closed_with(
        |a: f64, b: f64| extreme!(a, <, b),
        extreme_of_slice!(f64, u64, <),
    );
    complexes!(
        u,
        closed,
        |a, b| if has_nan(a) || (!has_nan(b) && before(a, b, true)) {
            a
        } else {
            b
        }
    )
}

pub(super) fn fmax() -> Ufunc {
    let u = Ufunc::new(
        "fmax",
        2,
        1,
        "The larger of two values; NaN only if both are NaN.",
    );
    let u = choose!(u, max, |a, b| a >= b || b.is_nan());
    let u = each!(u, closed, [f32, f64], |a, b| a.max(b));
    complexes!(
        u,
        closed,
        |a, b| if has_nan(b) || (!has_nan(a) && before(b, a, true)) {
            a
        } else {
            b
        }
    )
}

pub(super) fn fmin() -> Ufunc {
    let u = Ufunc::new(
        "fmin",
        2,
        1,
        "The smaller of two values; NaN only if both are NaN.",
    );
    let u = choose!(u, min, |a, b| a <= b || b.is_nan());
    let u = each!(u, closed, [f32, f64], |a, b| a.min(b));
    complexes!(
        u,
        closed,
        |a, b| if has_nan(b) || (!has_nan(a) && before(a, b, true)) {
            a
        } else {
            b
        }
    )
}

pub(super) fn clip() -> Ufunc {
    let u = Ufunc::new("clip", 3, 1, "Limits values to an interval; NaN stays NaN.").silent();
    let u = u.ternary(|x: Bool, low: Bool, high: Bool| x.max(low).min(high));
    let u = integers!(u, ternary, |x, low, high| x.max(low).min(high));
    let u = u.ternary(|x: f16, low: f16, high: f16| {
        narrow(limit(x.to_f32(), low.to_f32(), high.to_f32()))
    });
    let u = each!(u, ternary, [f32, f64], |x, low, high| limit(x, low, high));
    complexes!(u, ternary, |x, low, high| {
        let raised = if has_nan(x) || before(low, x, true) {
            x
        } else {
            low
        };
        if has_nan(raised) || before(raised, high, true) {
            raised
        } else {
            high
        }
    })
}

/// A float limited to an interval, of equals the limit; a NaN anywhere is the result.
#[inline(always)]
fn limit<T: num_traits::Float>(x: T, low: T, high: T) -> T {
    let raised = if x > low || x.is_nan() { x } else { low };
    if raised < high || raised.is_nan() {
        raised
    } else {
        high
    }
}
