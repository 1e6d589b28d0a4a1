//! Which loop a reduction uses.

use smallvec::smallvec;

use crate::dtype::Casting;
use crate::ufunc::{Loop, Ufunc};
use crate::{Array, DType, Error, Result};

impl Ufunc {
    /// The loop that a reduction (or accumulation) of this array uses.
    pub(in crate::ufunc) fn reduction_loop(
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

    pub(super) fn not_closed(&self, row: Option<&Loop>) -> Error {
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
}
