//! Running a loop over operands that are ready.

use rustsci_buffer::{Kernel, Operand, Order, Plan};
use smallvec::SmallVec;

use super::{Outputs, Ready};
use crate::array::{CopyOrder, empty_agreed};
use crate::dtype::cast_kernel;
use crate::exec::run;
use crate::ufunc::{Input, Loop};
use crate::{Array, DType, Result};

/// Runs a loop into new arrays, whose elements are then cast to the outputs.
pub(super) fn execute_apart(
    row: &Loop,
    ready: &[Ready],
    outputs: Outputs,
    mask: Option<&Array>,
    shape: &[usize],
) -> Result<Outputs> {
    let own = row
        .outputs
        .iter()
        .map(|dtype| Array::empty(shape, dtype, Order::C))
        .collect::<Result<Outputs>>()?;
    execute(row, ready, &own, None, shape)?;
    for (out, own) in outputs.iter().zip(&own) {
        match mask {
            Some(mask) => out.assign_where(own, mask)?,
            None => out.assign(own)?,
        }
    }
    Ok(outputs)
}

/// A new array for results of a shape, laid out like the inputs where the order says so.
pub(super) fn new_result(
    shape: &[usize],
    inputs: &[Input<'_>],
    dtype: &DType,
    order: CopyOrder,
) -> Result<Array> {
    let arrays = || {
        inputs.iter().filter_map(|input| {
            if let Input::Array(array) = input {
                Some(*array)
            } else {
                None
            }
        })
    };
    let packed = match order {
        CopyOrder::C => Order::C,
        CopyOrder::F => Order::F,
        _ if shape.len() < 2 => Order::C,
        CopyOrder::K if arrays().all(Array::is_c_contiguous) => Order::C,
        CopyOrder::A => {
            if arrays().all(Array::is_f_contiguous) {
                Order::F
            } else {
                Order::C
            }
        }
        CopyOrder::K => {
            let sources: SmallVec<[&Array; 4]> = arrays().collect();
            return empty_agreed(shape, dtype, &sources);
        }
    };
    Array::empty(shape, dtype, packed)
}

/// Runs a loop over operands, cast where their types are not the loop's.
pub(super) fn execute(
    row: &Loop,
    inputs: &[Ready],
    outputs: &[Array],
    mask: Option<&Array>,
    shape: &[usize],
) -> Result<()> {
    if mask.is_none()
        && let Some((update, other)) = in_place(row, inputs, outputs)
    {
        let other = match other {
            Ready::Array(array) => array.operand(),
            Ready::Scalar(scalar) => scalar.operand(),
        };
        let plan = Plan::new(shape, &[other], &[outputs[0].operand()], None);
        return run(plan, update);
    }
    let inputs: SmallVec<[Operand<'_>; 4]> = inputs
        .iter()
        .zip(&row.inputs)
        .map(|(input, dtype)| match input {
            Ready::Array(array) if array.dtype() == dtype => array.operand(),
            Ready::Array(array) => array
                .operand()
                .cast(dtype.kind(), cast_kernel(array.dtype(), dtype)),
            Ready::Scalar(scalar) => scalar.operand(),
        })
        .collect();
    let outputs: SmallVec<[Operand<'_>; 2]> = outputs
        .iter()
        .zip(&row.outputs)
        .map(|(out, dtype)| match out.dtype() == dtype {
            true => out.operand(),
            false => out
                .operand()
                .cast(dtype.kind(), cast_kernel(dtype, out.dtype())),
        })
        .collect();
    let mask = mask.map(Array::operand);
    run(
        Plan::new(shape, &inputs, &outputs, mask.as_ref()),
        &*row.kernel,
    )
}

/// Where the output is the first input itself (`a += b`): the kernel that updates it in place, and the other input.
fn in_place<'a>(
    row: &'a Loop,
    inputs: &'a [Ready],
    outputs: &[Array],
) -> Option<(&'a Kernel<'static>, &'a Ready)> {
    let ([Ready::Array(first), other], [output]) = (inputs, outputs) else {
        return None;
    };
    let update = row.fold.as_deref().filter(|_| row.in_place)?;
    let plain = |array: &Array| *array.dtype() == row.inputs[0];
    let apart = match other {
        Ready::Array(other) => {
            plain(other) && !other.shares_buffer(output) && !other.buffer().is_foreign()
        }
        Ready::Scalar(_) => true,
    };
    let same = plain(first) && plain(output) && first.same_elements(output);
    // The kernel must see the output where it is: packed, and beside nothing that is broadcast but one value.
    let direct = |array: &Array| {
        array.shape() == output.shape() && array.is_c_contiguous() && array.is_aligned()
    };
    let lies = match other {
        Ready::Array(other) => direct(output) && direct(other),
        Ready::Scalar(_) => direct(output),
    };
    (apart && same && lies && output.ndim() > 0).then_some((update, other))
}
