//! Elementary functions without branches or tables, of which compilers make vector instructions.
//!
//! Each is right to one unit in the last place for *plain* arguments: those for which no intermediate value overflows,
//! underflows or is not a number, so that no condition is reported that the function itself does not meet. The standard
//! library does the others. All of it counts on a fused `mul_add`; where that is no instruction, the standard library does
//! everything. What an element becomes does not depend on its neighbours, nor on whether it has any.
//!
//! Series are Taylor's. Arguments are reduced as by W. J. Cody and W. Waite, "Software Manual for the Elementary Functions"
//! (1980), with products that fused operations make exact. Single precision computes in double.

mod exp;
mod log;
mod trigonometry;

use rustsci_buffer::{Element, simd};

pub(crate) use exp::Exp;
pub(crate) use log::Log;
pub(crate) use trigonometry::{Cos, Sin};

/// Elements that are looked at together: if all are plain, they take no branch.
const BLOCK: usize = 16;

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

#[inline(always)]
fn either<T: Copy, F: Elementary<T>>(x: T) -> T {
    if F::is_plain(x) {
        F::plain(x)
    } else {
        F::any(x)
    }
}

/// The function of one value.
#[inline(always)]
pub(crate) fn of_one<T: Copy, F: Elementary<T>>(x: T) -> T {
    if !simd::fused() {
        return F::any(x);
    }
    simd::vectorized(
        #[inline(always)]
        || either::<T, F>(x),
    )
}

/// `out[i] = f(x[i])`, where some arguments may not be plain. It is not decided element by element: a compiler that then
/// does both would compute what is not asked for, and its conditions would be reported.
#[inline(always)]
fn of_some<T: Element, F: Elementary<T>>(x: &[T], out: &mut [T]) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = F::plain(if F::is_plain(x) { x } else { F::EXAMPLE });
    }
    for (out, &x) in out.iter_mut().zip(x) {
        if !F::is_plain(x) {
            *out = F::any(x);
        }
    }
}

/// `out[i] = f(x[i])`.
#[inline(always)]
pub(crate) fn of_all<T: Element, F: Elementary<T>>(x: &[T], out: &mut [T]) {
    if !simd::fused() {
        out.iter_mut().zip(x).for_each(|(out, &x)| *out = F::any(x));
        return;
    }
    simd::vectorized(
        #[inline(always)]
        || {
            let ((x, last_x), (out, last)) = (x.as_chunks::<BLOCK>(), out.as_chunks_mut::<BLOCK>());
            for (x, out) in x.iter().zip(out) {
                if x.iter().fold(true, |all, &x| all & F::is_plain(x)) {
                    out.iter_mut()
                        .zip(x)
                        .for_each(|(out, &x)| *out = F::plain(x));
                } else {
                    of_some::<T, F>(x, out);
                }
            }
            of_some::<T, F>(last_x, last);
        },
    );
}

/// The polynomial `c[0] + c[1] x + c[2] x^2 + …`, by Horner's rule.
#[inline(always)]
fn polynomial<const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}

/// The size of a double by its bits, which are in order. Numbers are told apart by them, since vector instructions that
/// compare report a NaN.
#[inline(always)]
fn size(x: f64) -> u64 {
    x.to_bits() & (u64::MAX >> 1)
}

/// As [`size`], in single precision.
#[inline(always)]
fn size_single(x: f32) -> u32 {
    x.to_bits() & (u32::MAX >> 1)
}

/// Whether a number is zero, or of a size that may be raised to some power without leaving the range of doubles.
#[inline(always)]
fn is_moderate(x: f64, most: f64) -> bool {
    const LEAST: u64 = 1e-60_f64.to_bits();
    let size = size(x);
    (size < most.to_bits()) & ((size > LEAST) | (size == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units in the last place between two doubles.
    fn distance(a: f64, b: f64) -> u64 {
        if a == b || (a.is_nan() && b.is_nan()) {
            return u64::from(a.is_sign_negative() != b.is_sign_negative());
        }
        a.to_bits().abs_diff(b.to_bits())
    }

    fn numbers(from: f64, to: f64) -> Vec<f64> {
        let step = (to - from) / 99_991.0;
        (0..99_991).map(|i| from + f64::from(i) * step).collect()
    }

    /// Compares with the standard library, whose functions are right to a little more than half a unit.
    fn check<F: Elementary<f64>>(x: &[f64]) {
        let mut out = vec![0.0; x.len()];
        of_all::<f64, F>(x, &mut out);
        for (&x, &out) in x.iter().zip(&out) {
            assert!(
                distance(out, F::any(x)) <= 1,
                "{x:e}: {out:e}, {:e}",
                F::any(x)
            );
            assert_eq!(out.to_bits(), of_one::<f64, F>(x).to_bits(), "{x:e} alone");
        }
    }

    fn check_single<F: Elementary<f32>>(x: &[f64]) {
        let x: Vec<f32> = x.iter().map(|&x| x as f32).collect();
        let mut out = vec![0.0; x.len()];
        of_all::<f32, F>(&x, &mut out);
        for (&x, &out) in x.iter().zip(&out) {
            let expected = F::any(x);
            let apart = out.to_bits().abs_diff(expected.to_bits());
            let same = out == expected || (out.is_nan() && expected.is_nan());
            assert!(same || apart <= 1, "{x:e}: {out:e}, {expected:e}");
        }
    }

    const SPECIAL: [f64; 18] = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        1e308,
        -1e308,
        5e-324,
        -5e-324,
        1e-300,
        709.7,
        710.0,
        -745.0,
        -746.0,
        0.5,
        2.0,
    ];

    #[test]
    fn exponentials_are_right_to_a_unit_in_the_last_place() {
        for x in [&numbers(-750.0, 750.0)[..], &numbers(-1.0, 1.0), &SPECIAL] {
            check::<Exp>(x);
            check_single::<Exp>(x);
        }
    }

    #[test]
    fn logarithms_are_right_to_a_unit_in_the_last_place() {
        let all: Vec<f64> = numbers(-740.0, 709.0).iter().map(|x| x.exp()).collect();
        for x in [&all[..], &numbers(0.5, 2.0), &numbers(-1.0, 1.0), &SPECIAL] {
            check::<Log>(x);
            check_single::<Log>(x);
        }
    }

    #[test]
    fn sines_and_cosines_are_right_to_a_unit_in_the_last_place() {
        let quarters: Vec<f64> = (0..200_000)
            .map(|i| f64::from(i) * std::f64::consts::FRAC_PI_2)
            .collect();
        for x in [
            &numbers(-10.0, 10.0)[..],
            &numbers(-2e5, 2e5),
            &quarters,
            &SPECIAL,
        ] {
            check::<Sin>(x);
            check::<Cos>(x);
            check_single::<Sin>(x);
            check_single::<Cos>(x);
        }
    }

    #[test]
    fn plain_arguments_leave_no_condition() {
        use rustsci_buffer::fpstatus::{clear, take};
        let mut x = vec![1e-300, -1e-300, 1e-20, 0.0, -0.0, 3.0, 700.0, -700.0, 1e-59];
        x.extend([0.5; 31]);
        let mut out = vec![0.0; x.len()];
        clear();
        of_all::<f64, Exp>(&x, &mut out);
        of_all::<f64, Sin>(&x, &mut out);
        of_all::<f64, Cos>(&x, &mut out);
        let positive: Vec<f64> = x.iter().map(|x| x.abs() + f64::MIN_POSITIVE).collect();
        of_all::<f64, Log>(&positive, &mut out);
        assert!(take().is_none(), "{:?}", take());

        // Nor do they beside others, whose results are as good.
        x[20] = -f64::MAX;
        of_all::<f64, Cos>(&x, &mut out);
        of_all::<f64, Sin>(&x, &mut out);
        assert!(take().is_none(), "{:?}", take());
    }
}
