//! Reductions: combining the elements along axes.

mod choice;
mod small;
mod threads;

use rustsci_buffer::{Fold, Grouping, Layout, Operand, Order, Shape, Value, fpstatus};
use smallvec::{SmallVec, smallvec};

use self::threads::run_fold;
use super::conditions::{believable, cast_reports};
use super::{Input, Loop, Reorder, Ufunc};
use crate::array::{agreed_order, normalize_axis, shape_text};
use crate::dtype::cast_kernel;
use crate::exec::{report, with_status};
use crate::indexing::{self, Index};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar};

/// What a reduction is asked for.
#[derive(Clone, Debug, Default)]
pub struct Reduction<'a> {
    /// The axes to reduce, counted from either end; `None` for all.
    pub axes: Option<SmallVec<[isize; 4]>>,
    /// The type to compute with.
    pub dtype: Option<DType>,
    /// Where to write the result.
    pub out: Option<&'a Array>,
    /// Whether reduced axes stay, with length one.
    pub keepdims: bool,
    /// The value to start with.
    pub initial: Initial<'a>,
    /// Which elements take part.
    pub mask: Option<&'a Array>,
}

/// The value a reduction starts with.
#[derive(Clone, Debug, Default)]
pub enum Initial<'a> {
    /// The identity.
    #[default]
    Default,
    /// None, not even the identity: the first element.
    None,
    /// A given one.
    Value(Input<'a>),
}

impl Ufunc {
    /// Reduces an array along axes.
    ///
    /// # Errors
    /// If there is no such axis, no loop for the types, or nothing to reduce and no identity.
    pub fn reduce(&self, array: &Array, reduction: &Reduction<'_>) -> Result<Array> {
        let axes = reduced_axes(array, reduction)?;
        let row = self.reduction_loop(array, reduction.dtype.as_ref(), reduction.out)?;
        if axes.len() > 1 && self.reorder == Reorder::Sequential {
            return Err(Error::value(format!(
                "reduction operation '{}' is not reorderable, so at most one axis may be specified",
                self.name
            )));
        }
        let dtype = row.inputs[0].clone();
        if let Some(out) = reduction.out {
            warn_of_cast(out.dtype(), &dtype);
        }
        // A value that the type cannot hold is told of before the operands are looked at.
        let start = match &reduction.initial {
            Initial::Value(value) => Some(with_status(|| value.converted(&dtype))?),
            Initial::Default => self.identity_as(&dtype),
            Initial::None => None,
        };
        if let Some(guard) = row.guard {
            guard(&operands(array, reduction, &axes)?)?;
        }
        let cast;
        let original = array;
        let array = match !self.reports && cast_reports(array.dtype(), &dtype) {
            true => {
                cast = array.as_dtype(&dtype)?;
                &cast
            }
            false => array,
        };
        fpstatus::clear();
        let result = self.reduce_with(row, (original, array), start, reduction, &axes)?;
        if self.reports {
            let status = match self.reorder {
                Reorder::Sequential => fpstatus::take(),
                _ => believable(fpstatus::take(), &result)?,
            };
            report(status, "reduce");
        }
        deliver(result, reduction, array, &axes)
    }

    /// The value from which a group of elements may start without changing the result.
    fn neutral(&self, dtype: &DType) -> Option<Value> {
        // A positive zero would turn a negative one positive.
        let negative_zero = self.reorder == Reorder::Pairwise && dtype.is_inexact();
        let identity = if negative_zero {
            Some(negative_zero_of(dtype))
        } else {
            self.identity_as(dtype)
        };
        identity.map(|value| value.to_value())
    }

    fn reduce_with(
        &self,
        row: &Loop,
        (original, array): (&Array, &Array),
        start: Option<Scalar>,
        reduction: &Reduction<'_>,
        axes: &[usize],
    ) -> Result<Array> {
        let dtype = &row.inputs[0];
        let Some(kernel) = &row.fold else {
            return Err(self.not_closed(Some(row)));
        };
        let is_reduced = |axis: usize| axes.contains(&axis);
        let shape = array.shape();
        // Kept axes in memory order, so that the result lies like the array.
        let sources: SmallVec<[&Array; 2]> = [original].into_iter().chain(reduction.mask).collect();
        let mut kept = agreed_order(shape.len(), &sources);
        kept.retain(|&mut axis| !is_reduced(axis));
        let kept_shape: Shape = kept.iter().map(|&axis| shape[axis]).collect();
        let accumulators = Array::empty(&kept_shape, dtype, Order::C)?;
        let count: usize = axes.iter().map(|&axis| shape[axis]).product();

        let mask = reduction
            .mask
            .map(|mask| mask.broadcast_to(shape))
            .transpose()?;
        let neutral = self.neutral(dtype);
        // What a given array cannot hold is lost from the start.
        let held = |start: &Scalar| match reduction.out {
            Some(out) => start.cast(out.dtype()).cast(dtype),
            None => *start,
        };
        let skip = match &start {
            Some(start) => {
                accumulators.fill(&held(start))?;
                0
            }
            None if reduction.mask.is_some() => {
                return Err(Error::value(format!(
                    "reduction operation '{}' does not have an identity, so to use a where mask one has to specify \
                     'initial'",
                    self.name
                )));
            }
            None if count == 0 => {
                return Err(Error::value(format!(
                    "zero-size array to reduction operation {} which has no identity",
                    self.name
                )));
            }
            None => {
                first_elements(array, axes, &kept, &accumulators)?;
                if let Some(out) = reduction.out
                    && out.dtype() != dtype
                {
                    accumulators.assign(&accumulators.as_dtype(out.dtype())?)?;
                }
                1
            }
        };
        let grouping = match (self.reorder, neutral) {
            (Reorder::Sequential, _) => Grouping::Sequential,
            (_, Some(value)) => Grouping::From(value),
            // A group's first element may be masked; what the whole starts with may start each group as well.
            (_, None) => match &start {
                Some(start) if mask.is_some() => Grouping::From(held(start).to_value()),
                _ => Grouping::FromFirst,
            },
        };
        let operand = array.operand();
        let operand = if array.dtype() == dtype {
            operand
        } else {
            operand.cast(dtype.kind(), cast_kernel(array.dtype(), dtype))
        };
        let mask: Option<Operand<'_>> = mask.as_ref().map(Array::operand);
        let buffer = accumulators.buffer();
        let fold = Fold::new(
            shape,
            &operand,
            mask.as_ref(),
            &is_reduced,
            &kept,
            skip,
            grouping,
            buffer,
            kernel,
        );
        run_fold(&fold)?;
        // Back from memory order to the order of the axes.
        let mut places: Shape = smallvec![0; kept.len()];
        for (place, &axis) in kept.iter().enumerate() {
            places[kept.iter().filter(|&&other| other < axis).count()] = place;
        }
        Ok(accumulators.permuted(&places))
    }
}

/// The axes to reduce, from the front and in order.
fn reduced_axes(array: &Array, reduction: &Reduction<'_>) -> Result<Shape> {
    let ndim = array.ndim();
    let mut axes = match &reduction.axes {
        None => (0..ndim).collect(),
        // An array without axes may be reduced along axis 0 or -1 all the same.
        Some(axes) if ndim == 0 && matches!(axes[..], [0 | -1]) => Shape::new(),
        Some(axes) => axes
            .iter()
            .map(|&axis| normalize_axis(axis, ndim))
            .collect::<Result<Shape>>()?,
    };
    axes.sort_unstable();
    if axes.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Error::value("duplicate value in 'axis'"));
    }
    Ok(axes)
}

/// The operands that each step of a reduction takes besides the result so far, as those of a call: for a check of them.
fn operands(array: &Array, reduction: &Reduction<'_>, axes: &[usize]) -> Result<[Array; 2]> {
    let mut taken = array.clone();
    if let Some(mask) = reduction.mask {
        let mask = mask.broadcast_to(array.shape())?;
        taken = indexing::get(array, &[Index::Array(mask)])?;
    } else if let Initial::Default | Initial::None = reduction.initial {
        taken = match *axes {
            [axis] if array.shape()[axis] > 0 => {
                let rest = array.shape()[axis] - 1;
                array.with_layout(array.layout().sliced(axis, 1, 1, rest))
            }
            _ => Array::empty(&[0], array.dtype(), Order::C)?,
        };
    }
    Ok([array.clone(), taken])
}

/// Puts the first element along the reduced axes into each accumulator.
fn first_elements(
    array: &Array,
    axes: &[usize],
    kept: &[usize],
    accumulators: &Array,
) -> Result<()> {
    let mut layout = array.layout().clone();
    for &axis in axes {
        layout.shape[axis] = 1;
    }
    let order: Shape = kept.iter().chain(axes).copied().collect();
    let first = array.with_layout(layout.permuted(&order));
    let shape: Shape = first.shape()[..kept.len()].into();
    let strides = first.strides()[..kept.len()].into();
    accumulators.assign(&first.with_layout(Layout {
        shape,
        strides,
        offset: first.layout().offset,
    }))
}

/// Writes the result where it is wanted, in the shape that is wanted.
fn deliver(
    result: Array,
    reduction: &Reduction<'_>,
    array: &Array,
    axes: &[usize],
) -> Result<Array> {
    let result = if reduction.keepdims {
        result.expanded(axes)
    } else {
        result
    };
    let Some(out) = reduction.out else {
        return Ok(result);
    };
    if out.shape() != result.shape() {
        let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
        return Err(Error::value(format!(
            "output parameter for reduction operation has the wrong shape {} for an array of shape {} reduced to {}",
            text(out.shape()),
            text(array.shape()),
            text(result.shape())
        )));
    }
    out.assign(&result)?;
    Ok(out.clone())
}

/// Negative zero of an inexact type.
fn negative_zero_of(dtype: &DType) -> Scalar {
    if dtype.is_complex() {
        Scalar::Complex128(rustsci_buffer::Complex::new(-0.0, -0.0)).cast(dtype)
    } else {
        Scalar::Float64(-0.0).cast(dtype)
    }
}
