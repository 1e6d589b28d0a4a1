//! Operations whose operands all lie packed: nothing to plan.

use super::Operand;
use crate::block::{self, Block, Kernel, MAX_INPUTS, MAX_OUTPUTS};

/// Runs a kernel over `count` elements at once, if every operand lies packed (or is a single value), aligned, in the kernel's
/// type, and the output apart from the inputs. Gives false, with nothing done, where that does not hold.
///
/// C order and Fortran order are both packed: the caller makes sure that all operands have the same one.
///
/// # Panics
/// If an output is read-only.
#[inline]
pub fn run_packed(
    inputs: &[Operand<'_>],
    output: &Operand<'_>,
    count: usize,
    kernel: &Kernel<'_>,
) -> bool {
    let mut lanes = [block::Lane::NONE; MAX_INPUTS];
    if inputs.len() > MAX_INPUTS || count == 0 || !is_plain(output) {
        return false;
    }
    assert!(output.writable, "read-only memory");
    let span = |operand: &Operand<'_>, len: usize| {
        let start = operand.base as usize;
        (start, start + len * operand.stored.size())
    };
    let written = span(output, count);
    for (lane, operand) in lanes.iter_mut().zip(inputs) {
        let len = if operand.shape.is_empty() { 1 } else { count };
        let read = span(operand, len);
        if !is_plain(operand) || (read.0 < written.1 && written.0 < read.1) {
            return false;
        }
        *lane = block::Lane {
            address: operand.base,
            len,
            kind: operand.stored,
        };
    }
    let mut outputs = [block::Lane::NONE; MAX_OUTPUTS];
    outputs[0] = block::Lane {
        address: output.base,
        len: count,
        kind: output.stored,
    };
    // SAFETY: operands were checked to lie in their buffers when they were made; they are aligned and packed (checked here
    // in full, see `is_plain`), as long as said, and the output overlaps no input.
    kernel(&mut unsafe { Block::new(count, lanes, outputs) });
    true
}

/// Whether the operand needs no cast, is aligned and lies packed.
#[inline]
fn is_plain(operand: &Operand<'_>) -> bool {
    let count = operand.shape.iter().product();
    operand.cast.is_none() && operand.is_packed(count)
}
