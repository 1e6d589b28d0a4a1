//! Values of a function between the points at which it is known.

use rustsci_buffer::{Complex, Order};

use crate::dtype::{Casting, Number};
use crate::room::filled;
use crate::sorting::{Side, is_sorted, searchsorted};
use crate::{Array, DType, Error, Result, Scalar};

/// Values looked for in one go.
const CHUNK: usize = 1024;

/// What a function's values may be: numbers whose parts are interpolated by themselves.
trait Ordinate: Number {
    /// How fast a function rises from one value to the next over a distance.
    fn slope(from: Self, to: Self, distance: f64) -> Self;

    /// The value a distance beyond `from`, or before `to`, with the given slope.
    fn between(slope: Self, from: (f64, Self), to: (f64, Self), x: f64) -> Self;

    /// The number in a type of its own.
    fn of(value: Scalar) -> Self;

    /// The same part everywhere.
    fn splat(value: f64) -> Self;
}

/// One part of a value between two points.
#[inline(always)]
fn part_between(slope: f64, from: (f64, f64), to: (f64, f64), x: f64) -> f64 {
    let value = slope * (x - from.0) + from.1;
    if !value.is_nan() {
        return value;
    }
    // An infinite end spoils one side only.
    let value = slope * (x - to.0) + to.1;
    if value.is_nan() && from.1 == to.1 {
        from.1
    } else {
        value
    }
}

impl Ordinate for f64 {
    #[inline(always)]
    fn slope(from: Self, to: Self, distance: f64) -> Self {
        (to - from) / distance
    }

    #[inline(always)]
    fn between(slope: Self, from: (f64, Self), to: (f64, Self), x: f64) -> Self {
        part_between(slope, from, to, x)
    }

    fn of(value: Scalar) -> Self {
        value.to()
    }

    fn splat(value: f64) -> Self {
        value
    }
}

impl Ordinate for Complex<f64> {
    #[inline(always)]
    fn slope(from: Self, to: Self, distance: f64) -> Self {
        let inverse = 1.0 / distance;
        Self::new((to.re - from.re) * inverse, (to.im - from.im) * inverse)
    }

    #[inline(always)]
    fn between(slope: Self, from: (f64, Self), to: (f64, Self), x: f64) -> Self {
        let part = |slope, a, b| part_between(slope, (from.0, a), (to.0, b), x);
        Self::new(
            part(slope.re, from.1.re, to.1.re),
            part(slope.im, from.1.im, to.1.im),
        )
    }

    fn of(value: Scalar) -> Self {
        value.to_complex()
    }

    fn splat(value: f64) -> Self {
        Self::new(value, value)
    }
}

/// Values of the piecewise linear function through the points `(xp, fp)`, whose abscissae must rise; `left` and `right`
/// stand for the values before the first and after the last point, which are those points' values by default.
///
/// ```
/// use rustsci_array::{Array, statistics::interp};
/// let (xp, fp) = (Array::from_slice(&[1.0, 2.0, 3.0])?, Array::from_slice(&[3.0, 2.0, 0.0])?);
/// let x = Array::from_slice(&[0.0, 1.5, 2.5])?;
/// assert_eq!(interp(&x, &xp, &fp, None, None)?.to_vec::<f64>()?, [3.0, 2.5, 1.0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there are no points, not as many values as abscissae, or anything but `fp` and its ends is complex.
pub fn interp(
    x: &Array,
    xp: &Array,
    fp: &Array,
    left: Option<Scalar>,
    right: Option<Scalar>,
) -> Result<Array> {
    for points in [xp, fp] {
        if points.ndim() != 1 {
            let depth = ["of too small depth", "too deep"][usize::from(points.ndim() > 1)];
            return Err(Error::value(format!("object {depth} for desired array")));
        }
    }
    let x = x.cast_as(&DType::Float64, Casting::Safe)?;
    let xp = xp.cast_as(&DType::Float64, Casting::Safe)?;
    if xp.size() == 0 {
        return Err(Error::value("array of sample points is empty"));
    }
    if xp.size() != fp.size() {
        return Err(Error::value("fp and xp are not of the same length."));
    }
    if fp.dtype().is_complex() {
        along::<Complex<f64>>(&x, &xp, fp, left, right)
    } else {
        along::<f64>(&x, &xp, fp, left, right)
    }
}

fn along<T: Ordinate>(
    x: &Array,
    xp: &Array,
    fp: &Array,
    left: Option<Scalar>,
    right: Option<Scalar>,
) -> Result<Array> {
    let fp = fp.cast_as(&T::DTYPE, Casting::Safe)?;
    let result = Array::empty(x.shape(), &T::DTYPE, Order::C)?;
    let (mut xp, mut fp) = (xp.reader::<f64>(), fp.reader::<T>());
    let (xp, fp) = (xp.all()?, fp.all()?);
    let last = xp.len() - 1;
    let left = left.map_or(fp[0], T::of);
    let right = right.map_or(fp[last], T::of);
    let slope = |i: usize| T::slope(fp[i], fp[i + 1], xp[i + 1] - xp[i]);
    // All slopes beforehand, unless there are more of them than values.
    let mut slopes = Vec::new();
    if last <= x.size() {
        slopes = filled(last, T::default())?;
        slopes
            .iter_mut()
            .enumerate()
            .for_each(|(i, to)| *to = slope(i));
    }
    let value = |x: f64, before: usize| {
        // Abscissae that are NaN lie neither before nor after anything.
        let before = if x < xp[0] { before } else { before.max(1) };
        if last == 0 && x.is_nan() {
            fp[0]
        } else if x.is_nan() {
            T::splat(x)
        } else if before == 0 {
            left
        } else if before > last {
            if x > xp[last] { right } else { fp[last] }
        } else {
            let i = before - 1;
            // At a point its own value, which may be infinite.
            if xp[i] == x {
                return fp[i];
            }
            let slope = slopes.get(i).copied().unwrap_or_else(|| slope(i));
            T::between(slope, (xp[i], fp[i]), (xp[i + 1], fp[i + 1]), x)
        }
    };
    let (mut reader, mut writer) = (x.reader::<f64>(), result.writer::<T>()?);
    let mut found = [0_i64; CHUNK];
    let mut start = 0;
    while start < x.size() {
        let count = CHUNK.min(x.size() - start);
        let (x, found) = (reader.block(start, count)?, &mut found[..count]);
        places(xp, x, found);
        writer.update(start, count, |to| {
            for ((to, &x), &before) in to.iter_mut().zip(x).zip(&*found) {
                *to = value(x, before as usize);
            }
        })?;
        start += count;
    }
    Ok(result)
}

/// For each value how many points are not to its right.
fn places(xp: &[f64], x: &[f64], found: &mut [i64]) {
    let mut ends = [0, 0];
    if let ([first, .., last], true) = (x, is_sorted(x)) {
        searchsorted(xp, &[*first, *last], Side::Right, &mut ends);
        // Rising values that lie as dense as the points are looked for from one to the next.
        if ((ends[1] - ends[0]) as usize) < 4 * x.len() {
            let mut place = ends[0] as usize;
            for (found, &x) in found.iter_mut().zip(x) {
                while place < xp.len() && xp[place] <= x {
                    place += 1;
                }
                *found = place as i64;
            }
            return;
        }
    }
    searchsorted(xp, x, Side::Right, found);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(values: &[f64]) -> Array {
        Array::from_slice(values).unwrap()
    }

    #[test]
    fn ends_points_and_what_is_no_number() {
        let (xp, fp) = (floats(&[1.0, 2.0]), floats(&[5.0, f64::INFINITY]));
        let x = floats(&[0.5, 1.0, 1.5, 2.0, 2.5, f64::NAN]);
        let y = interp(&x, &xp, &fp, Some((-1_i64).into()), Some(9.0.into())).unwrap();
        let y = y.to_vec::<f64>().unwrap();
        assert_eq!(y[..5], [-1.0, 5.0, f64::INFINITY, f64::INFINITY, 9.0]);
        assert!(y[5].is_nan());
    }

    #[test]
    fn complex_values_are_interpolated_part_by_part() {
        let fp = Array::from_slice(&[Complex::new(0.0, 1.0), Complex::new(2.0, 0.0)]).unwrap();
        let y = interp(&floats(&[0.5]), &floats(&[0.0, 1.0]), &fp, None, None).unwrap();
        assert_eq!(
            y.to_vec::<Complex<f64>>().unwrap(),
            [Complex::new(1.0, 0.5)]
        );
    }

    #[test]
    fn points_must_be_there_and_have_values() {
        let (none, one) = (floats(&[]), floats(&[1.0]));
        let message =
            |xp: &Array, fp: &Array| interp(&one, xp, fp, None, None).unwrap_err().to_string();
        assert!(message(&none, &none).contains("empty"));
        assert!(message(&one, &none).contains("same length"));
        let y = interp(&floats(&[0.0, 1.0, 2.0]), &one, &floats(&[7.0]), None, None).unwrap();
        assert_eq!(y.to_vec::<f64>().unwrap(), [7.0; 3]);
    }
}
