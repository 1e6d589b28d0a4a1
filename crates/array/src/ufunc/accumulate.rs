//! Accumulations: all the partial results of a reduction along one axis.

use rustsci_buffer::{Plan, fpstatus};

use super::conditions::cast_reports;
use super::{Loop, Ufunc};
use crate::array::{CopyOrder, empty_agreed, normalize_axis, shape_text};
use crate::exec::report;
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Order, Result};

/// Rows across the axis at least this long are combined whole; shorter ones cost more to call for than to copy.
const LONG_ROW: usize = 32;

impl Ufunc {
    /// Partial results along an axis.
    ///
    /// # Errors
    /// If there is no such axis, no loop for the types, or `out` does not fit.
    pub fn accumulate(
        &self,
        array: &Array,
        axis: isize,
        dtype: Option<&DType>,
        out: Option<&Array>,
    ) -> Result<Array> {
        if array.ndim() == 0 && matches!(axis, 0 | -1) {
            return Err(Error::type_("cannot accumulate on a scalar"));
        }
        let axis = normalize_axis(axis, array.ndim())?;
        let row = self.reduction_loop(array, dtype, out)?;
        if let Some(out) = out {
            out.check_writeable("output array")?;
            if out.shape() != array.shape() {
                return Err(Error::value(format!(
                    "provided out is the wrong size for the accumulation: {} for an array of shape {}",
                    shape_text(out.shape()),
                    shape_text(array.shape())
                )));
            }
        }
        if let Some(out) = out {
            warn_of_cast(out.dtype(), &row.outputs[0]);
            // What lies there is read before it is written, and that cast is reported too.
            if cast_reports(out.dtype(), &row.outputs[0]) {
                out.as_dtype(&row.outputs[0])?;
            }
        }
        if let Some(guard) = row.guard
            && array.size() > 0
        {
            let rest = array.shape()[axis] - 1;
            let taken = array.with_layout(array.layout().sliced(axis, 1, 1, rest));
            guard(&[array.clone(), taken])?;
        }
        fpstatus::clear();
        let result = self.accumulate_new(row, array, axis)?;
        if self.reports {
            report(fpstatus::take(), "accumulate");
        }
        match out {
            None => Ok(result),
            Some(out) => {
                out.assign(&result)?;
                Ok(out.clone())
            }
        }
    }

    fn accumulate_new(&self, row: &Loop, array: &Array, axis: usize) -> Result<Array> {
        let dtype = &row.outputs[0];
        let last = array.ndim() - 1;
        let n = array.shape()[axis];
        let packed = array.strides()[axis] == array.item_size() as isize;
        if *array.dtype() == *dtype && array.is_aligned() && packed && axis == last {
            let result = empty_agreed(array.shape(), dtype, &[array])?;
            if n < 2 || result.strides()[axis] == array.strides()[axis] {
                scan_rows(row, array, &result)?;
                return Ok(result);
            }
        }
        if array.size() == 0 || array.size() / n < LONG_ROW {
            let rows = array
                .moved_axis(axis, last)
                .converted(dtype, CopyOrder::C)?;
            let scanned = Array::empty(rows.shape(), dtype, Order::C)?;
            scan_rows(row, &rows, &scanned)?;
            let result = empty_agreed(array.shape(), dtype, &[array])?;
            result.assign(&scanned.moved_axis(last, axis))?;
            return Ok(result);
        }
        let result = empty_agreed(array.shape(), dtype, &[array])?;
        let array = array.as_dtype(dtype)?;
        let at = |array: &Array, i: usize| array.with_layout(array.layout().at(axis, i));
        at(&result, 0).assign(&at(&array, 0))?;
        for i in 1..n {
            let (before, next, out) = (at(&result, i - 1), at(&array, i), at(&result, i));
            let plan = Plan::new(
                out.shape(),
                &[before.operand(), next.operand()],
                &[out.operand()],
                None,
            );
            plan.run(&*row.kernel)?;
        }
        Ok(result)
    }
}

/// Running results along the last axis, which must lie packed in both arrays.
fn scan_rows(row: &Loop, array: &Array, result: &Array) -> Result<()> {
    let Some(scan) = &row.scan else {
        return Err(Error::type_(
            "accumulate needs a loop closed under one type",
        ));
    };
    let last = array.ndim() - 1;
    let n = array.shape()[last];
    if array.size() == 0 {
        return Ok(());
    }
    let rows = array.size() / n;
    let outer = array.with_layout(array.layout().at(last, 0));
    let outer_result = result.with_layout(result.layout().at(last, 0));
    for i in 0..rows {
        let place = |array: &Array, outer: &Array, from: usize, count: usize| {
            let mut layout = array.layout().sliced(last, from, 1, count);
            layout.offset = outer.offset_at(i) + from * array.item_size();
            layout.shape = layout.shape[last..].into();
            layout.strides = layout.strides[last..].into();
            array.with_layout(layout)
        };
        let first = outer.item(i);
        outer_result.set_item(i, &first);
        if n > 1 {
            let (from, to) = (
                place(array, &outer, 1, n - 1),
                place(result, &outer_result, 1, n - 1),
            );
            // Packed rows go to the kernel whole, which a running result relies on.
            Plan::new(
                &[n - 1],
                &[from.operand(), first.operand()],
                &[to.operand()],
                None,
            )
            .run(scan)?;
        }
    }
    Ok(())
}
