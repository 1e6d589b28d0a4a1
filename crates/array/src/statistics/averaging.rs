//! What averages are asked for, and the counts they divide by.

use std::hint::black_box;

use rustsci_buffer::fpstatus;
use smallvec::SmallVec;

use crate::array::{CopyOrder, normalize_axis};
use crate::dtype::Casting;
use crate::exec::{report, take_reported};
use crate::ufunc::{Input, Options, Reduction, known};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar};

/// What a mean or a variance is asked for.
#[derive(Clone, Debug, Default)]
pub struct Averaging<'a> {
    /// The axes to average along, counted from either end; `None` for all.
    pub axes: Option<SmallVec<[isize; 4]>>,
    /// The type to compute with.
    pub dtype: Option<DType>,
    /// Where to write the result.
    pub out: Option<&'a Array>,
    /// Whether averaged axes stay, with length one.
    pub keepdims: bool,
    /// Which elements take part, of truth values.
    pub mask: Option<&'a Array>,
}

/// How many elements there are for each result.
pub(super) enum Count {
    /// The same number for all.
    All(usize),
    /// Each its own number, in the shape of the results.
    Each(Array),
}

impl Averaging<'_> {
    /// Whether one value of the array's natural type is wanted, and nothing else was asked for.
    pub(super) fn is_plain(&self) -> bool {
        self.axes.is_none()
            && self.dtype.is_none()
            && self.out.is_none()
            && !self.keepdims
            && self.mask.is_none()
    }

    /// The sum along the axes, in a new array.
    pub(super) fn sum(
        &self,
        array: &Array,
        dtype: Option<&DType>,
        keepdims: bool,
    ) -> Result<Array> {
        warn_of_cast(array.dtype(), dtype.unwrap_or(array.dtype()));
        known::add()?.reduce(
            array,
            &Reduction {
                axes: self.axes.clone(),
                dtype: dtype.cloned(),
                keepdims,
                mask: self.mask,
                ..Reduction::default()
            },
        )
    }

    /// How many elements go into each result.
    pub(super) fn count(&self, array: &Array, keepdims: bool) -> Result<Count> {
        let Some(mask) = self.mask else {
            return Ok(Count::All(match &self.axes {
                None => array.size(),
                Some(axes) => axes
                    .iter()
                    .map(|&axis| Ok(array.shape()[normalize_axis(axis, array.ndim())?]))
                    .product::<Result<usize>>()?,
            }));
        };
        let counted = Averaging {
            axes: self.axes.clone(),
            ..Averaging::default()
        };
        counted
            .sum(
                &mask.broadcast_to(array.shape())?,
                Some(&DType::Int64),
                keepdims,
            )
            .map(Count::Each)
    }

    /// The result where it is wanted, converted without further checks.
    pub(super) fn deliver(&self, result: Array) -> Result<Array> {
        let Some(out) = self.out else {
            return Ok(result);
        };
        if out.shape() != result.shape() {
            return Err(Error::value(format!(
                "operands could not be broadcast together: an output of shape {} for a result of shape {}",
                crate::array::narrow_text(out.shape()),
                crate::array::narrow_text(result.shape())
            )));
        }
        warn_of_cast(result.dtype(), out.dtype());
        out.assign(&result)?;
        Ok(out.clone())
    }
}

impl Count {
    /// Whether any of the counts is not above a number.
    pub(super) fn any_up_to(&self, least: f64) -> Result<bool> {
        Ok(match self {
            Self::All(count) => *count as f64 <= least,
            Self::Each(counts) => counts
                .to_vec::<i64>()?
                .iter()
                .any(|&count| count as f64 <= least),
        })
    }

    /// The counts less a number, but not below zero.
    pub(super) fn less(&self, number: f64) -> Result<Divisor> {
        let less = |count: f64| (count - number).max(0.0);
        Ok(match self {
            Self::All(count) => Divisor::All(less(*count as f64)),
            Self::Each(counts) => {
                let floats = counts.converted(&DType::Float64, CopyOrder::K)?;
                floats.writer::<f64>()?.update(0, floats.size(), |counts| {
                    counts.iter_mut().for_each(|count| *count = less(*count));
                })?;
                Divisor::Each(floats)
            }
        })
    }
}

/// What sums are divided by.
pub(super) enum Divisor {
    /// The same number for all.
    All(f64),
    /// Each its own.
    Each(Array),
}

/// A sum divided by a number, conditions being reported as of a scalar.
pub(super) fn divided(sum: f64, divisor: f64) -> f64 {
    fpstatus::clear();
    // The compiler knows nothing of conditions: it must not move the division away from between these calls.
    let quotient = black_box(black_box(sum) / black_box(divisor));
    report(fpstatus::take(), "scalar divide");
    quotient
}

/// Divides sums in place, in double precision, whatever their type.
pub(super) fn divide(sums: &Array, divisor: &Divisor) -> Result<()> {
    let divisor = match divisor {
        Divisor::All(number) => Input::Scalar(Scalar::Float64(*number)),
        Divisor::Each(numbers) => Input::Array(numbers),
    };
    let earlier = take_reported();
    known::divide()?.call(
        &[Input::Array(sums), divisor],
        &Options {
            out: [Some(sums), None],
            casting: Casting::Unsafe,
            ..Options::default()
        },
    )?;
    // Of a single value NumPy speaks as of its scalars.
    let met = take_reported();
    if let Some((status, what)) = earlier {
        report(status, what);
    }
    if let Some((status, what)) = met {
        report(
            status,
            if sums.ndim() == 0 {
                "scalar divide"
            } else {
                what
            },
        );
    }
    Ok(())
}
