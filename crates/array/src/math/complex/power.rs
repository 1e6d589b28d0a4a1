//! Quotients and powers.

use rustsci_buffer::Complex;

use super::{C, NAN, exp, invalid, ln};

/// A complex quotient that neither overflows nor loses digits needlessly (R. L. Smith, "Algorithm 116", 1962).
#[inline]
pub(crate) fn quotient<T: num_traits::Float>(a: Complex<T>, b: Complex<T>) -> Complex<T> {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re.is_nan() | im.is_nan() {
        // As C compares them.
        invalid();
    }
    if re >= im {
        if re == T::zero() && im == T::zero() {
            return Complex::new(a.re / re, a.im / re);
        }
        let ratio = b.im / b.re;
        let scale = T::one() / (b.re + b.im * ratio);
        Complex::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = b.re / b.im;
        let scale = T::one() / (b.im + b.re * ratio);
        Complex::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

/// One divided by a complex number, by the method of [`quotient`]; of zero, neither part is a number.
#[inline]
pub(crate) fn reciprocal<T: num_traits::Float>(a: Complex<T>) -> Complex<T> {
    let real = a.re.abs() >= a.im.abs();
    // Parts change places, rather than two formulas: of both, the optimiser would report the conditions.
    let (large, small) = if real { (a.re, a.im) } else { (a.im, a.re) };
    let ratio = small / large;
    let scale = large + small * ratio;
    let (first, second) = (T::one() / scale, ratio / scale);
    if real {
        Complex::new(first, -second)
    } else {
        Complex::new(second, -first)
    }
}

/// A complex power; small whole exponents by multiplication, which is exact where it can be.
pub(crate) fn power(a: C, b: C) -> C {
    by_multiplication(a, b).unwrap_or_else(|| exp(product(b, ln(a))))
}

/// As [`power`], in single precision.
pub(crate) fn power_single(a: Complex<f32>, b: Complex<f32>) -> Complex<f32> {
    by_multiplication(a, b).unwrap_or_else(|| {
        let wide = |z: Complex<f32>| C::new(f64::from(z.re), f64::from(z.im));
        let result = exp(product(wide(b), ln(wide(a))));
        Complex::new(result.re as f32, result.im as f32)
    })
}

/// The power where it needs no logarithm.
fn by_multiplication<T: num_traits::Float>(a: Complex<T>, b: Complex<T>) -> Option<Complex<T>> {
    let (zero, one) = (
        Complex::new(T::zero(), T::zero()),
        Complex::new(T::one(), T::zero()),
    );
    if b == zero {
        return Some(one);
    }
    if a == zero {
        if b.re > T::zero() {
            return Some(zero);
        }
        invalid();
        return Some(Complex::new(T::nan(), T::nan()));
    }
    if b.im == T::zero() && b.re.is_nan() {
        // As C compares it with the limits below.
        invalid();
    }
    if b.im != T::zero() || !b.re.is_finite() || b.re.fract() != T::zero() {
        return None;
    }
    let n = b.re.to_i32().filter(|n| n.unsigned_abs() < 100)?;
    // As NumPy's, all but the smallest powers begin with a factor of one: that makes negative zeros positive, and infinities
    // NaN.
    let start = (!(1..=3).contains(&n)).then_some(one);
    let result = whole_power(a, n.unsigned_abs(), start);
    Some(if n < 0 { quotient(one, result) } else { result })
}

/// A power by repeated squaring, times a start if there is one. Small powers take the loop, too: of products beside it, the
/// optimiser would report the conditions for every base.
fn whole_power<T: num_traits::Float>(
    a: Complex<T>,
    n: u32,
    start: Option<Complex<T>>,
) -> Complex<T> {
    let (mut base, mut rest) = (a, n);
    let mut result = start;
    loop {
        if rest & 1 == 1 {
            result = Some(match result {
                Some(result) => result * base,
                None => base,
            });
        }
        rest >>= 1;
        match result {
            Some(result) if rest == 0 => return result,
            _ => base = base * base,
        }
    }
}

/// A product in which an infinite factor gives an infinite result, even where both parts would not be numbers (C99,
/// annex G.5.1).
fn product(a: C, b: C) -> C {
    let naive = a * b;
    if !(naive.re.is_nan() && naive.im.is_nan()) {
        return naive;
    }
    of_corners(a, b)
}

/// The product of numbers of which one may be infinite. A function of its own, lest the optimiser compute it beside the
/// plain product, and its conditions be reported.
#[cold]
#[inline(never)]
fn of_corners(a: C, b: C) -> C {
    let is_infinite = |z: C| z.re.is_infinite() || z.im.is_infinite();
    let boxed = |part: f64| if part.is_infinite() { 1.0_f64 } else { 0.0 }.copysign(part);
    let numeric = |part: f64| {
        if part.is_nan() {
            0.0_f64.copysign(part)
        } else {
            part
        }
    };
    let corner = |z: C| match is_infinite(z) {
        true => C::new(boxed(z.re), boxed(z.im)),
        false => C::new(numeric(z.re), numeric(z.im)),
    };
    if !is_infinite(a) && !is_infinite(b) {
        return NAN;
    }
    corner(a) * corner(b) * f64::INFINITY
}
