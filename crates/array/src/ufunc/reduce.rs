//! Reductions: combining the elements along axes.

use std::sync::OnceLock;

use rustsci_buffer::{
    Fold, Grouping, Layout, Operand, Order, Shape, Value, fold_packed, fpstatus, halfway,
};
use smallvec::{SmallVec, smallvec};

use super::conditions::{believable, cast_reports};
use super::{Input, Loop, Reorder, Ufunc};
use crate::array::{agreed_order, normalize_axis, shape_text};
use crate::dtype::{Casting, cast_kernel};
use crate::exec::{for_each_block, report, with_status};
use crate::indexing::{self, Index};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar, Status, with_scalar};

/// Elements from which a reduction is worth more than one thread, and the least that a thread takes.
const BLOCK: usize = 1 << 17;

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
        if let Some(guard) = self.guard {
            guard(&operands(array, reduction, &axes)?, row)?;
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
        let result = self.reduce_with(row, (original, array), reduction, &axes)?;
        if self.reports {
            let status = match self.reorder {
                Reorder::Sequential => fpstatus::take(),
                _ => believable(fpstatus::take(), &result)?,
            };
            report(status, "reduce");
        }
        deliver(result, reduction, array, &axes)
    }

    /// A packed array of up to some thousand elements reduced to one value, the commonest case, without planning; `None`
    /// where that does not apply.
    #[inline]
    pub fn reduce_small(&self, array: &Array) -> Option<Result<Scalar>> {
        let count = array.size();
        let packed = array.is_c_contiguous() && array.is_aligned();
        if !packed || count == 0 || count > 1 << 16 {
            return None;
        }
        let row = self.reduction_loop(array, None, None).ok()?;
        if row.inputs[0] != *array.dtype() {
            return None;
        }
        let kernel = row.fold.as_ref()?;
        let start = match self.identity_as(array.dtype()) {
            Some(value) => value_of(&value),
            None if self.reorder == Reorder::Sequential => return None,
            None => value_of(&array.item(0)),
        };
        fpstatus::clear();
        let value = fold_packed(&array.operand(), count, start, kernel);
        let value = scalar_of(value, array.dtype());
        if self.reports {
            let status = fpstatus::take();
            // A NaN that is not there was met in a part of a register that holds no element.
            let spurious =
                status.contains(Status::INVALID) && array.dtype().is_inexact() && !is_nan(&value);
            let invalid = if spurious { Status::INVALID.bits() } else { 0 };
            report(Status::from_bits(status.bits() & !invalid), "reduce");
        }
        Some(Ok(value))
    }

    /// The loop that a reduction (or accumulation) of this array uses.
    pub(super) fn reduction_loop(
        &self,
        array: &Array,
        dtype: Option<&DType>,
        out: Option<&Array>,
    ) -> Result<&Loop> {
        if self.nin != 2 || self.nout != 1 {
            let what = if self.nin == 2 {
                "single output"
            } else {
                "binary"
            };
            return Err(Error::value(format!(
                "reduce only supported for {what} functions"
            )));
        }
        let sums = matches!(self.name, "add" | "multiply");
        let own = array.dtype();
        let widened = match (dtype, out) {
            // Sums and products of small integers are computed in the default integer.
            (None, None) if sums => match own {
                DType::Bool | DType::Int8 | DType::Int16 | DType::Int32 => DType::Int64,
                DType::UInt8 | DType::UInt16 | DType::UInt32 => DType::UInt64,
                other => other.clone(),
            },
            _ => own.clone(),
        };
        let row = match dtype {
            Some(dtype) => {
                let signature = smallvec![
                    Some(dtype.clone()),
                    Some(dtype.clone()),
                    Some(dtype.clone())
                ];
                self.resolve_dtypes(
                    &[dtype.clone(), dtype.clone()],
                    Some(&signature),
                    Casting::Unsafe,
                )
            }
            None => {
                let first = out.map_or_else(|| widened.clone(), |out| out.dtype().clone());
                self.resolve_dtypes(&[first, widened], None, Casting::Unsafe)
            }
        };
        let row = match row {
            Ok(row) if row.fold.is_some() => row,
            // Truth has one type: whatever the elements are, it is computed with truth values.
            Ok(_) | Err(_)
                if dtype.is_none()
                    && (self.is_logical() || self.compares && *own == DType::Bool) =>
            {
                let truth = |row: &&Loop| row.fold.is_some();
                self.loops
                    .iter()
                    .find(truth)
                    .ok_or_else(|| self.not_closed(None))?
            }
            // Quotients of integers are floats, and so are quotients of those.
            Ok(row) if row.outputs[0].is_inexact() => self
                .loop_of(&row.outputs[0])
                .ok_or_else(|| self.not_closed(Some(row)))?,
            Ok(row) => return Err(self.not_closed(Some(row))),
            Err(error) => return Err(error),
        };
        Ok(row)
    }

    fn not_closed(&self, row: Option<&Loop>) -> Error {
        let types: Vec<String> = row
            .map(|row| {
                row.inputs
                    .iter()
                    .chain(&row.outputs)
                    .map(|dtype| format!("dtype('{dtype}')"))
                    .collect()
            })
            .unwrap_or_default();
        Error::type_(format!(
            "the resolved dtypes are not compatible with {}.reduce. Resolved ({})",
            self.name,
            types.join(", ")
        ))
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
        identity.map(|value| value_of(&value))
    }

    fn reduce_with(
        &self,
        row: &Loop,
        (original, array): (&Array, &Array),
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
        let start = match &reduction.initial {
            Initial::Value(value) => Some(with_status(|| value.converted(dtype))?),
            Initial::Default => self.identity_as(dtype),
            Initial::None => None,
        };
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
            (_, None) => Grouping::FromFirst,
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

/// Runs a fold, over several threads if it is large: each takes some of the accumulators, or some of the one row.
fn run_fold(fold: &Fold<'_>) -> Result<()> {
    let (kept, reduced, threads) = (fold.kept(), fold.reduced(), rustsci_par::num_threads());
    if threads == 1 || kept.saturating_mul(reduced) < 2 * BLOCK {
        return Ok(fold.run(0, kept)?);
    }
    if kept >= 2 * threads {
        let block = if fold.is_across() {
            2048
        } else {
            (BLOCK / reduced).max(1)
        }
        .min(kept.div_ceil(threads));
        return for_each_block(kept.div_ceil(block), &|i| {
            fold.run(i * block, ((i + 1) * block).min(kept))
        });
    }
    if !fold.can_group() || fold.is_across() {
        return Ok(fold.run(0, kept)?);
    }
    for k in 0..kept {
        let mut cuts = Vec::new();
        cut(0, reduced, fold, &mut cuts);
        let parts: Vec<OnceLock<Value>> = cuts.iter().map(|_| OnceLock::new()).collect();
        for_each_block(cuts.len(), &|i| {
            let value = fold.partial(k, cuts[i].0, cuts[i].1)?;
            parts[i].get_or_init(|| value);
            Ok(())
        })?;
        fold.add_to(
            k,
            join(
                0,
                reduced,
                fold,
                &mut parts.into_iter().filter_map(OnceLock::into_inner),
            ),
        );
    }
    Ok(())
}

/// Cuts a row into parts for threads, only where it would be cut anyway.
fn cut(from: usize, to: usize, fold: &Fold<'_>, cuts: &mut Vec<(usize, usize)>) {
    if to - from <= BLOCK {
        cuts.push((from, to));
        return;
    }
    let middle = from + halfway(to - from, fold.kind());
    cut(from, middle, fold, cuts);
    cut(middle, to, fold, cuts);
}

/// Puts the parts of a row together as they were cut.
fn join(from: usize, to: usize, fold: &Fold<'_>, parts: &mut impl Iterator<Item = Value>) -> Value {
    if to - from <= BLOCK {
        return parts.next().unwrap_or(Value::new(0_u8));
    }
    let middle = from + halfway(to - from, fold.kind());
    let left = join(from, middle, fold, parts);
    fold.combine(left, join(middle, to, fold, parts))
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

/// A scalar as the fold's value.
fn value_of(scalar: &Scalar) -> Value {
    with_scalar!(*scalar, value => Value::new(value))
}

/// A fold's value as a scalar.
fn scalar_of(value: Value, dtype: &DType) -> Scalar {
    dispatch!(dtype, T => Scalar::from(value.get::<T>()))
}

fn is_nan(value: &Scalar) -> bool {
    let value = value.to_complex();
    value.re.is_nan() || value.im.is_nan()
}

/// Negative zero of an inexact type.
fn negative_zero_of(dtype: &DType) -> Scalar {
    if dtype.is_complex() {
        Scalar::Complex128(rustsci_buffer::Complex::new(-0.0, -0.0)).cast(dtype)
    } else {
        Scalar::Float64(-0.0).cast(dtype)
    }
}
