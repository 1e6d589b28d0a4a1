//! The commonest calls, in which nothing needs to be arranged.

use rustsci_buffer::{Operand, Order, fpstatus, run_packed};

use crate::array::CopyOrder;
use crate::dtype::Casting;
use crate::exec::{PACKED_LIMIT, report};
use crate::ufunc::{Input, Options, Ufunc};
use crate::{Array, DType, Result};

impl Ufunc {
    /// The commonest calls, in which nothing needs to be arranged: small packed arrays of one shape and type, perhaps with
    /// a Python number. `None` if this is another one.
    #[inline]
    pub(super) fn call_packed(
        &self,
        inputs: &[Input<'_>],
        options: &Options<'_>,
    ) -> Option<Result<Array>> {
        if self.nout != 1
            || options.mask.is_some()
            || matches!(options.order, CopyOrder::A | CopyOrder::F)
            || matches!(options.casting, Casting::No | Casting::Equiv)
            || options.signature.is_some()
        {
            return None;
        }
        let first = match inputs {
            [Input::Array(first), ..] | [_, Input::Array(first)] => *first,
            _ => return None,
        };
        let row = self.loop_of(first.dtype())?;
        let count = first.size();
        if row.guard.is_some() || count >= PACKED_LIMIT || !first.is_c_contiguous() {
            return None;
        }
        let output = match options.out[0] {
            None => match Array::empty(first.shape(), &row.outputs[0], Order::C) {
                Ok(output) => output,
                Err(error) => return Some(Err(error)),
            },
            Some(out) => {
                let fits = *out.dtype() == row.outputs[0]
                    && out.shape() == first.shape()
                    && out.is_c_contiguous()
                    && out.is_writeable();
                if !fits {
                    return None;
                }
                out.clone()
            }
        };
        let mut numbers = [0.0; 2];
        let [left, right] = &mut numbers;
        fpstatus::clear();
        let done = match inputs {
            [_] => run_packed(&[first.operand()], &output.operand(), count, &*row.kernel),
            [a, b] => {
                let b = packed_operand(b, first, right)?;
                match (a, &row.fold) {
                    // The output is the first input: updated where it is.
                    (Input::Array(a), Some(update)) if a.same_elements(&output) => {
                        run_packed(&[b], &output.operand(), count, &**update)
                    }
                    _ => {
                        let a = packed_operand(a, first, left)?;
                        run_packed(&[a, b], &output.operand(), count, &*row.kernel)
                    }
                }
            }
            _ => false,
        };
        if !done {
            return None;
        }
        if self.reports {
            report(fpstatus::take(), self.name);
        }
        Some(Ok(output))
    }
}

/// An input as it lies, if it is packed like the first array, or a number that the loop can take as it is.
#[inline]
fn packed_operand<'a>(input: &Input<'a>, first: &Array, place: &'a mut f64) -> Option<Operand<'a>> {
    *place = match *input {
        Input::Array(array) => {
            let alike = array.dtype() == first.dtype()
                && array.shape() == first.shape()
                && array.is_c_contiguous();
            return alike.then(|| array.operand());
        }
        Input::Float(value) => value,
        Input::Int(value) => value as f64,
        _ => return None,
    };
    (*first.dtype() == DType::Float64).then_some(Operand::value(place))
}
