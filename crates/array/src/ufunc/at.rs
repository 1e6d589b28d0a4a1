//! Unbuffered operation in place on indexed elements: an element that is indexed twice is changed twice.

use rustsci_buffer::{Kind, Value, call_once, fpstatus};
use smallvec::SmallVec;

use super::{Input, Ufunc};
use crate::dtype::{Casting, Weak};
use crate::exec::report;
use crate::indexing::{Index, element_offsets};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar};

impl Ufunc {
    /// `array[indices] = self(array[indices], operand)`, element by element in order.
    ///
    /// # Errors
    /// If indices are out of range, shapes do not fit, the array is read-only, or no loop takes the types.
    pub fn at(&self, array: &Array, indices: &[Index], operand: Option<&Input<'_>>) -> Result<()> {
        if self.nin != 1 + usize::from(operand.is_some()) || self.nout != 1 {
            return Err(Error::value(match operand {
                None if self.nin == 2 => "second operand needed for ufunc",
                _ => "Only unary and binary ufuncs with one output can be used with at",
            }));
        }
        array.check_writeable("assignment destination")?;
        // Python numbers count as arrays of their own types.
        let own;
        let operand = match operand {
            Some(input) if input.weak().is_some() => {
                let dtype = input.weak().map_or(DType::Float64, Weak::default_dtype);
                own = Input::Scalar(input.to_scalar(&dtype)?);
                Some(&own)
            }
            other => other,
        };
        let mut inputs: SmallVec<[Input<'_>; 2]> = SmallVec::new();
        inputs.push(Input::Array(array));
        inputs.extend(operand.cloned());
        let row = self.resolve(&inputs, None, Casting::Unsafe)?;
        let out = &row.outputs[0];
        let (shape, offsets) = element_offsets(array, indices)?;
        warn_of_cast(out, array.dtype());
        let second = match operand {
            None => None,
            Some(Input::Array(second)) => Some(second.broadcast_to(&shape)?.apart_from(array)?),
            Some(value) => {
                Some(Array::from_scalar(&value.to_scalar(&row.inputs[1])?)?.broadcast_to(&shape)?)
            }
        };
        if let (Some(guard), Some(second)) = (row.guard, &second) {
            guard(&[array.clone(), second.clone()])?;
        }
        fpstatus::clear();
        for (i, &offset) in offsets.iter().enumerate() {
            let mut values: SmallVec<[(Value, Kind); 2]> = SmallVec::new();
            let own = Scalar::load(array.buffer(), offset, array.dtype());
            values.push(typed(&own, &row.inputs[0]));
            if let Some(second) = &second {
                values.push(typed(&second.item(i), &row.inputs[1]));
            }
            let result = call_once(&*row.kernel, &values, out.kind());
            let result = Scalar::from_value(result, out);
            result.store(array.buffer(), offset, array.dtype());
        }
        if self.reports {
            report(fpstatus::take(), self.name);
        }
        Ok(())
    }
}

/// A scalar as a kernel's input.
fn typed(scalar: &Scalar, dtype: &DType) -> (Value, Kind) {
    (scalar.cast(dtype).to_value(), dtype.kind())
}
