//! Calls on single values, of NumPy or of Python: nothing is allocated.

use rustsci_buffer::{call_once, fpstatus};

use crate::dtype::Casting;
use crate::exec::report;
use crate::ufunc::{Input, Ufunc};
use crate::{DType, Scalar};

impl Ufunc {
    /// The operation on values that are no arrays and have one type. `None` if this is another call, or one that fails.
    pub fn call_values(&self, inputs: &[Input<'_>]) -> Option<Scalar> {
        if self.nout != 1 || inputs.len() != self.nin {
            return None;
        }
        let dtype = common_dtype(inputs)?;
        let row = match self.loop_of(&dtype) {
            Some(row) => row,
            // A Python integer is as good as the float that the loop takes.
            None if self.nin == 1 => self
                .resolve_dtypes(&[dtype], None, Casting::SameKind)
                .ok()?,
            None => return None,
        };
        if row.guard.is_some() {
            return None;
        }
        let typed = |i: usize| {
            let dtype = &row.inputs[i];
            let value = inputs[i].to_scalar(dtype).ok()?;
            Some((value.to_value(), dtype.kind()))
        };
        let output = row.outputs[0].kind();
        let value = match inputs {
            [_] => {
                let value = [typed(0)?];
                fpstatus::clear();
                call_once(&*row.kernel, &value, output)
            }
            _ => {
                let values = [typed(0)?, typed(1)?];
                fpstatus::clear();
                call_once(&*row.kernel, &values, output)
            }
        };
        if self.reports {
            report(fpstatus::take(), self.name);
        }
        Some(Scalar::from_value(value, &row.outputs[0]))
    }
}

/// The dtype of values that all have one, or take one without a loss: Python's numbers among doubles and integers.
fn common_dtype(inputs: &[Input<'_>]) -> Option<DType> {
    let own = |input: &Input<'_>| match *input {
        Input::Scalar(scalar) => Some(scalar.dtype()),
        Input::Float(_) => Some(DType::Float64),
        Input::Int(value) => i64::try_from(value).ok().map(|_| DType::Int64),
        Input::Complex(_) | Input::Array(_) => None,
    };
    match inputs {
        [input] => own(input),
        [a, b] => {
            let (first, second) = (own(a)?, own(b)?);
            let is_int = |input: &Input<'_>| matches!(input, Input::Int(_));
            if first == second || (first == DType::Float64 && is_int(b)) {
                Some(first)
            } else if second == DType::Float64 && is_int(a) {
                Some(second)
            } else {
                None
            }
        }
        _ => None,
    }
}
