//! The commonest reductions, which need no planning.

use rustsci_buffer::{fold_packed, fpstatus};

use crate::exec::report;
use crate::ufunc::{Reorder, Ufunc};
use crate::{Array, Result, Scalar, Status};

impl Ufunc {
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
            Some(value) => value.to_value(),
            None if self.reorder == Reorder::Sequential => return None,
            None => array.item(0).to_value(),
        };
        fpstatus::clear();
        let value = fold_packed(&array.operand(), count, start, kernel);
        let value = Scalar::from_value(value, array.dtype());
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
}

fn is_nan(value: &Scalar) -> bool {
    let value = value.to_complex();
    value.re.is_nan() || value.im.is_nan()
}
