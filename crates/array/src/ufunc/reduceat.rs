//! Reductions of slices of an array.

use super::conditions::cast_reports;
use super::{Reduction, Ufunc};
use crate::array::{agreed_order, empty_in_order, normalize_axis, shape_text};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result};

impl Ufunc {
    /// Reduces `array[indices[i]:indices[i + 1]]` along an axis, for each `i`; the last slice goes to the end, and where
    /// an index is not less than the next its element alone is the result.
    ///
    /// # Errors
    /// If an index is out of range, there is no such axis, or no loop for the types.
    pub fn reduceat(
        &self,
        array: &Array,
        indices: &[i64],
        axis: isize,
        dtype: Option<&DType>,
        out: Option<&Array>,
    ) -> Result<Array> {
        if array.ndim() == 0 {
            return Err(Error::type_("cannot reduceat on a scalar"));
        }
        let axis = normalize_axis(axis, array.ndim())?;
        let n = array.shape()[axis];
        if let Some(bad) = indices
            .iter()
            .find(|&&index| index < 0 || index as usize >= n)
        {
            return Err(Error::index(format!(
                "index {bad} out-of-bounds in {}.reduceat [0, {n})",
                self.name
            )));
        }
        let row = self.reduction_loop(array, dtype, out)?;
        let cast;
        let array = match cast_reports(array.dtype(), &row.outputs[0]) {
            true => {
                cast = array.as_dtype(&row.outputs[0])?;
                &cast
            }
            false => array,
        };
        let mut shape: rustsci_buffer::Shape = array.shape().into();
        shape[axis] = indices.len();
        let loop_type = row.outputs[0].clone();
        // The axes lie as those of the array, of which the one of the slices has no say.
        let mut standing = array.layout().clone();
        standing.strides[axis] = 0;
        let order = agreed_order(array.ndim(), &[&array.with_layout(standing)]);
        let result = empty_in_order(&shape, &loop_type, &order)?;
        if let Some(out) = out {
            warn_of_cast(out.dtype(), &loop_type);
        }
        for (i, &start) in indices.iter().enumerate() {
            let start = start as usize;
            let end = indices.get(i + 1).map_or(n, |&next| next as usize);
            let place = result.with_layout(result.layout().at(axis, i));
            if end <= start + 1 {
                place.assign(&array.with_layout(array.layout().at(axis, start)))?;
            } else {
                let slice = array.with_layout(array.layout().sliced(axis, start, 1, end - start));
                let reduction = Reduction {
                    axes: Some(smallvec::smallvec![axis as isize]),
                    dtype: Some(loop_type.clone()),
                    out: Some(&place),
                    ..Reduction::default()
                };
                self.reduce(&slice, &reduction)?;
            }
        }
        let Some(out) = out else { return Ok(result) };
        if out.shape() != result.shape() {
            return Err(Error::value(format!(
                "provided out is the wrong size for the reduction: {} instead of {}",
                shape_text(out.shape()),
                shape_text(result.shape())
            )));
        }
        out.assign(&result)?;
        Ok(out.clone())
    }
}
