//! Sums of squared distances from a mean, in one pass over rows that lie packed.

use std::sync::OnceLock;

use num_traits::Float;
use rustsci_buffer::{Layout, Order, Reader, Shape, halfway, simd};

use super::averaging::Averaging;
use crate::array::normalize_axis;
use crate::dtype::Number;
use crate::exec::for_each_block;
use crate::{Array, DType, Result, Scalar};

/// Elements that one thread takes at a time.
const BLOCK: usize = 1 << 16;
/// Running sums side by side.
const LANES: usize = 16;
/// Elements that are summed before sums are added pairwise, which keeps rounding errors small.
const LEAF: usize = 512;

/// Rows of numbers, each with the mean from which its distances are measured.
pub(super) struct Deviations {
    /// The elements: the last axis is the rows'.
    rows: Array,
    /// A mean for each row.
    means: Array,
    /// The shape of the result.
    shape: Shape,
}

impl Deviations {
    /// The rows, if the elements that belong to each mean lie packed in the type to compute with.
    pub(super) fn new(array: &Array, mean: &Array, averaging: &Averaging<'_>) -> Option<Self> {
        let plain = matches!(array.dtype(), DType::Float32 | DType::Float64)
            && averaging.mask.is_none()
            && averaging.dtype.is_none()
            && array.is_aligned()
            && mean.dtype() == array.dtype();
        if !plain || array.size() == 0 {
            return None;
        }
        let ndim = array.ndim();
        let is_averaged = match &averaging.axes {
            None => vec![true; ndim],
            Some(axes) => {
                let mut averaged = vec![false; ndim];
                for &axis in axes {
                    averaged[normalize_axis(axis, ndim).ok()?] = true;
                }
                averaged
            }
        };
        let expected = |axis: usize| {
            if is_averaged[axis] {
                1
            } else {
                array.shape()[axis]
            }
        };
        if mean.ndim() != ndim || (0..ndim).any(|axis| mean.shape()[axis] != expected(axis)) {
            return None;
        }
        let kept: Shape = (0..ndim).filter(|&axis| !is_averaged[axis]).collect();
        let mut averaged: Shape = (0..ndim).filter(|&axis| is_averaged[axis]).collect();
        averaged.sort_by_key(|&axis| std::cmp::Reverse(array.strides()[axis].unsigned_abs()));
        let inner = array.with_layout(array.layout().permuted(&averaged));
        if !inner.is_c_contiguous() || inner.size() < LANES {
            return None;
        }
        let mut layout = array.layout().permuted(&kept);
        layout.shape.push(inner.size());
        layout.strides.push(array.item_size() as isize);
        let shape = (0..ndim)
            .filter(|&axis| averaging.keepdims || !is_averaged[axis])
            .map(expected)
            .collect();
        Some(Self {
            rows: array.with_layout(layout),
            means: mean.squeezed(|axis| is_averaged[axis]),
            shape,
        })
    }
}

/// The sum of the squared distances of each row.
pub(super) fn sum_of_squares(deviations: &Deviations) -> Result<Array> {
    match deviations.rows.dtype() {
        DType::Float32 => sum_as::<f32>(deviations),
        _ => sum_as::<f64>(deviations),
    }
}

fn sum_as<T: Number + Float>(deviations: &Deviations) -> Result<Array> {
    let Deviations { rows, means, shape } = deviations;
    let last = rows.ndim() - 1;
    let n = rows.shape()[last];
    let outer = rows.with_layout(rows.layout().at(last, 0));
    let means = means.to_vec::<T>()?;
    let result = Array::empty(shape, &T::DTYPE, Order::C)?;
    let mut sums = Vec::with_capacity(means.len());
    for (i, &mean) in means.iter().enumerate() {
        sums.push(row_sum(rows, outer.offset_at(i), n, mean)?);
    }
    result
        .writer::<T>()?
        .update(0, sums.len(), |to: &mut [T]| {
            to.copy_from_slice(&sums);
        })?;
    Ok(result)
}

/// The sum of the squared distances of all elements of an array that lies packed in memory, in either order; nothing
/// for another one.
pub(super) fn sum_of_all_squares(array: &Array, mean: &Scalar) -> Result<Option<Scalar>> {
    let packed = array.is_c_contiguous() || array.is_f_contiguous();
    if !packed || !array.is_aligned() {
        return Ok(None);
    }
    let (offset, n) = (array.layout().offset, array.size());
    Ok(match *mean {
        Scalar::Float32(mean) => Some(Scalar::Float32(row_sum(array, offset, n, mean)?)),
        Scalar::Float64(mean) => Some(Scalar::Float64(row_sum(array, offset, n, mean)?)),
        _ => None,
    })
}

/// The sum over `n` elements that lie packed from a byte offset on, shared among threads if there are many.
fn row_sum<T: Number + Float>(array: &Array, offset: usize, n: usize, mean: T) -> Result<T> {
    let layout = Layout {
        offset,
        ..Layout::packed(&[n], size_of::<T>(), Order::C)
    };
    let row = || Reader::<T>::new(array.buffer(), &layout);
    if n <= BLOCK || rustsci_par::num_threads() == 1 {
        return Ok(squares(row().all()?, mean));
    }
    let cuts = cuts::<T>(n);
    let parts: Vec<OnceLock<T>> = cuts.iter().map(|_| OnceLock::new()).collect();
    for_each_block(cuts.len(), &|k| {
        let (from, to) = cuts[k];
        let part = squares(row().block(from, to - from)?, mean);
        parts[k].get_or_init(|| part);
        Ok(())
    })?;
    Ok(join(
        n,
        &mut parts.into_iter().filter_map(OnceLock::into_inner),
    ))
}

/// The parts of a row for threads: it is cut only where [`squares`] cuts it anyway.
fn cuts<T: Number>(n: usize) -> Vec<(usize, usize)> {
    fn cut<T: Number>(from: usize, to: usize, cuts: &mut Vec<(usize, usize)>) {
        if to - from <= BLOCK {
            cuts.push((from, to));
            return;
        }
        let middle = from + halfway(to - from, T::KIND);
        cut::<T>(from, middle, cuts);
        cut::<T>(middle, to, cuts);
    }
    let mut found = Vec::new();
    cut::<T>(0, n, &mut found);
    found
}

/// Adds the parts of a row as they were cut.
fn join<T: Number + Float>(n: usize, parts: &mut impl Iterator<Item = T>) -> T {
    if n <= BLOCK {
        return parts.next().unwrap_or_else(T::zero);
    }
    let middle = halfway(n, T::KIND);
    join(middle, parts) + join(n - middle, parts)
}

/// The sum of the squared distances from a mean, halves added pairwise.
fn squares<T: Number + Float>(values: &[T], mean: T) -> T {
    if values.len() > LEAF {
        let (left, right) = values.split_at(halfway(values.len(), T::KIND));
        return squares(left, mean) + squares(right, mean);
    }
    simd::vectorized(
        #[inline(always)]
        || {
            let square = |value: T| {
                let distance = value - mean;
                distance * distance
            };
            let mut lanes = [T::zero(); LANES];
            let (groups, rest) = values.as_chunks::<LANES>();
            for group in groups {
                for lane in 0..LANES {
                    lanes[lane] = lanes[lane] + square(group[lane]);
                }
            }
            let mut width = LANES / 2;
            while width > 0 {
                for lane in 0..width {
                    lanes[lane] = lanes[lane] + lanes[lane + width];
                }
                width /= 2;
            }
            rest.iter()
                .fold(lanes[0], |sum, &value| sum + square(value))
        },
    )
}
