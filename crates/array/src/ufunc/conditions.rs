//! Which floating-point conditions are to be believed, and which casts have any.
//!
//! Compiled code may compute in parts of vector registers that hold no element, and the processor reports conditions that it
//! meets there too.

use rustsci_buffer::{Block, Complex, fpstatus};

use super::kernels;
use crate::dtype::{Number, promote};
use crate::ufunc::{Input, Options, known};
use crate::{Array, DType, Result, Status};

/// The conditions of a sum or a product that the result bears out: an invalid operation leaves a NaN.
#[inline]
pub(super) fn believable(status: Status, result: &Array) -> Result<Status> {
    if !status.contains(Status::INVALID) || !result.dtype().is_inexact() {
        return Ok(status);
    }
    borne_out(status, result)
}

#[cold]
#[inline(never)]
fn borne_out(status: Status, result: &Array) -> Result<Status> {
    let found = known::isnan()?.call_one(&[Input::Array(result)], &Options::default())?;
    let any = found
        .to_vec::<crate::dtype::Bool>()?
        .iter()
        .any(|found| found.get());
    Ok(if any { status } else { without_invalid(status) })
}

fn without_invalid(status: Status) -> Status {
    Status::from_bits(status.bits() & !Status::INVALID.bits())
}

/// What operands and their result say of the conditions invalid and divide by zero.
pub(super) type Witness<T> = fn(T, T, T) -> Status;

/// Whether a part of a complex number is a NaN.
pub(super) fn has_nan<T: num_traits::Float>(z: Complex<T>) -> bool {
    z.re.is_nan() || z.im.is_nan()
}

/// An invalid operation makes a NaN out of numbers.
pub(super) fn out_of_numbers<T: num_traits::Float>(
    a: Complex<T>,
    b: Complex<T>,
    result: Complex<T>,
) -> Status {
    if has_nan(result) && !has_nan(a) && !has_nan(b) {
        Status::INVALID
    } else {
        Status::NONE
    }
}

/// A kernel in which the elements themselves tell of the conditions that the processor has reported.
#[inline(always)]
pub(super) fn witnessed<T: Number>(
    block: &mut Block<'_>,
    f: impl Fn(T, T) -> T,
    witness: Witness<T>,
) {
    let doubtful = Status::INVALID.union(Status::DIVIDE);
    let before = fpstatus::take();
    kernels::binary(block, f);
    let after = fpstatus::take();
    if before.contains(Status::INVALID) || !after.contains(doubtful) {
        return;
    }
    let (a, b, out) = block.binary::<T, T, T>();
    let step = |operand: &[T]| usize::from(operand.len() != 1);
    let (step_a, step_b) = (step(a), step(b));
    let met = out
        .iter()
        .enumerate()
        .map(|(i, &result)| witness(a[i * step_a], b[i * step_b], result))
        .fold(before, Status::union);
    fpstatus::clear();
    fpstatus::raise(met.union(Status::from_bits(after.bits() & !doubtful.bits())));
}

/// Whether a cast can meet a condition: a float that an integer cannot hold, a number beyond the range of a smaller float.
pub(super) fn cast_reports(from: &DType, to: &DType) -> bool {
    let narrows = from.is_inexact() || *to == DType::Float16;
    narrows && *to != DType::Bool && promote(from, to) != *to
}
