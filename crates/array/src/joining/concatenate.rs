//! Arrays one after the other along an axis.

use rustsci_buffer::{Order, Shape, copy_bytes};
use smallvec::SmallVec;

use crate::array::{check_cast, empty_joined, narrow_text, normalize_axis};
use crate::dtype::Casting;
use crate::ufunc::{Input, common_dtype};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result};

/// The optional arguments of [`concatenate`].
#[derive(Clone, Debug)]
pub struct Joining<'a> {
    /// The axis along which to join; `None` joins the flattened arrays.
    pub axis: Option<isize>,
    /// Where to write the result.
    pub out: Option<&'a Array>,
    /// The result's dtype; by default the one that all have in common.
    pub dtype: Option<DType>,
    /// Which casts are allowed.
    pub casting: Casting,
}

impl Default for Joining<'_> {
    fn default() -> Self {
        Self {
            axis: Some(0),
            out: None,
            dtype: None,
            casting: Casting::SameKind,
        }
    }
}

/// Joins arrays along an existing axis.
///
/// Python numbers among the inputs take part in the choice of the dtype by their class only, and are cut down to it
/// without a check.
///
/// ```
/// use rustsci_array::{Array, joining::{Joining, concatenate}, ufunc::Input};
/// let (a, b) = (Array::from_slice(&[1_i64, 2])?, Array::from_slice(&[0.5])?);
/// let joined = concatenate(&[Input::Array(&a), Input::Array(&b)], &Joining::default())?;
/// assert_eq!(joined.to_vec::<f64>()?, [1.0, 2.0, 0.5]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there is no array, the shapes do not fit, a cast is not allowed, or `out` has another shape.
pub fn concatenate(inputs: &[Input<'_>], joining: &Joining<'_>) -> Result<Array> {
    if inputs.is_empty() {
        return Err(Error::value("need at least one array to concatenate"));
    }
    if joining.out.is_some() && joining.dtype.is_some() {
        return Err(Error::type_(
            "concatenate() only takes `out` or `dtype` as an argument, but both were provided.",
        ));
    }
    let common = common_dtype(inputs);
    let arrays = inputs
        .iter()
        .map(|input| input.to_array(&common))
        .collect::<Result<SmallVec<[Array; 8]>>>()?;
    let (axis, shape) = match joining.axis {
        Some(axis) => joined_shape(&arrays, axis)?,
        None => (0, smallvec::smallvec![joined_size(&arrays)?]),
    };
    let dtype = joining
        .out
        .map(|out| out.dtype().clone())
        .or_else(|| joining.dtype.clone())
        .unwrap_or(common);
    for array in &arrays {
        check_cast(array.dtype(), &dtype, joining.casting, array.ndim())?;
        warn_of_cast(array.dtype(), &dtype);
    }
    let Some(out) = joining.out else {
        let sources: SmallVec<[&Array; 8]> = match joining.axis {
            Some(_) => arrays.iter().collect(),
            None => SmallVec::new(),
        };
        let result = empty_joined(&shape, &dtype, &sources)?;
        fill(&result, &arrays, axis, joining.axis.is_none())?;
        return Ok(result);
    };
    check_out(out, &shape)?;
    if arrays.iter().any(|array| array.may_share_memory(out)) {
        let result = Array::empty(&shape, &dtype, Order::C)?;
        fill(&result, &arrays, axis, joining.axis.is_none())?;
        out.assign(&result)?;
    } else {
        fill(out, &arrays, axis, joining.axis.is_none())?;
    }
    Ok(out.clone())
}

/// The axis to join along, from the front, and the result's shape.
fn joined_shape(arrays: &[Array], axis: isize) -> Result<(usize, Shape)> {
    let first = &arrays[0];
    if first.ndim() == 0 {
        return Err(Error::value(
            "zero-dimensional arrays cannot be concatenated",
        ));
    }
    let axis = normalize_axis(axis, first.ndim())?;
    let mut shape: Shape = first.shape().into();
    for (i, array) in arrays.iter().enumerate().skip(1) {
        if array.ndim() != shape.len() {
            return Err(Error::value(format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {} dimension(s) \
                 and the array at index {i} has {} dimension(s)",
                shape.len(),
                array.ndim()
            )));
        }
        for (other, (&have, &want)) in array.shape().iter().zip(first.shape()).enumerate() {
            if other != axis && have != want {
                return Err(Error::value(format!(
                    "all the input array dimensions except for the concatenation axis must match exactly, but along \
                     dimension {other}, the array at index 0 has size {want} and the array at index {i} has size {have}"
                )));
            }
        }
        shape[axis] = shape[axis]
            .checked_add(array.shape()[axis])
            .ok_or_else(too_big)?;
    }
    Ok((axis, shape))
}

/// The number of elements of all arrays together.
fn joined_size(arrays: &[Array]) -> Result<usize> {
    arrays
        .iter()
        .try_fold(0_usize, |sum, array| sum.checked_add(array.size()))
        .ok_or_else(too_big)
}

#[cold]
fn too_big() -> Error {
    Error::value("total size of arrays too large")
}

fn check_out(out: &Array, shape: &[usize]) -> Result<()> {
    if out.ndim() != shape.len() {
        return Err(Error::value(format!(
            "Output array has wrong dimensionality: {} axes for a result of shape {}",
            out.ndim(),
            narrow_text(shape)
        )));
    }
    if out.shape() != shape {
        return Err(Error::value(format!(
            "Output array is the wrong shape: {} for a result of shape {}",
            narrow_text(out.shape()),
            narrow_text(shape)
        )));
    }
    out.check_writeable("output array")
}

/// Copies the arrays to their places; `flat` ones lie in C order one after the other.
fn fill(result: &Array, arrays: &[Array], axis: usize, flat: bool) -> Result<()> {
    let plain = |array: &Array| array.dtype() == result.dtype() && array.is_c_contiguous();
    if plain(result) && arrays.iter().all(plain) {
        fill_packed(result, arrays, axis);
        return Ok(());
    }
    let mut start = 0;
    for array in arrays {
        let count = if flat {
            array.size()
        } else {
            array.shape()[axis]
        };
        let place = result.with_layout(result.layout().sliced(axis, start, 1, count));
        start += count;
        match place.reshaped_view(array.shape(), Order::C) {
            Some(place) if flat => place.assign(array)?,
            _ if flat => place.assign(&array.reshaped(&[count], Order::C)?)?,
            _ => place.assign(array)?,
        }
    }
    Ok(())
}

/// Packed arrays of the result's type: whole stretches of bytes are copied.
fn fill_packed(result: &Array, arrays: &[Array], axis: usize) {
    let outer: usize = result.shape()[..axis].iter().product();
    let row = result.size() / outer.max(1) * result.item_size();
    let mut start = result.layout().offset;
    for array in arrays.iter().filter(|array| array.size() > 0) {
        let bytes = array.size() / outer * array.item_size();
        for i in 0..outer {
            copy_bytes(
                (result.buffer(), start + i * row),
                (array.buffer(), array.layout().offset + i * bytes),
                bytes,
            );
        }
        start += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(arrays: &[&Array], joining: &Joining<'_>) -> Result<Array> {
        let inputs: Vec<Input<'_>> = arrays.iter().map(|array| Input::Array(array)).collect();
        concatenate(&inputs, joining)
    }

    fn grid(rows: usize, columns: usize) -> Array {
        let elements: Vec<i64> = (0..(rows * columns) as i64).collect();
        Array::from_shape(&[rows, columns], &elements).unwrap()
    }

    #[test]
    fn arrays_follow_each_other_along_an_axis() {
        let (a, b) = (grid(2, 2), grid(2, 1));
        let joined = join(
            &[&a, &b],
            &Joining {
                axis: Some(-1),
                ..Joining::default()
            },
        )
        .unwrap();
        assert_eq!(
            (joined.shape(), joined.to_vec::<i64>().unwrap()),
            (&[2, 3][..], vec![0, 1, 0, 2, 3, 1])
        );
        let flat = join(
            &[&a.transposed(), &b],
            &Joining {
                axis: None,
                ..Joining::default()
            },
        )
        .unwrap();
        assert_eq!(flat.to_vec::<i64>().unwrap(), [0, 2, 1, 3, 0, 1]);
    }

    #[test]
    fn the_memory_order_is_what_the_inputs_agree_on() {
        let a = grid(2, 3);
        let both = join(&[&a.transposed(), &a.transposed()], &Joining::default()).unwrap();
        assert_eq!(both.strides(), [8, 48]);
        let mixed = join(&[&a.transposed(), &grid(3, 2)], &Joining::default()).unwrap();
        assert_eq!(mixed.strides(), [16, 8]);
    }

    #[test]
    fn an_output_may_overlap_the_inputs() {
        let a = Array::from_slice(&[1_i64, 2, 3, 4]).unwrap();
        let (head, tail) = (
            a.with_layout(a.layout().sliced(0, 0, 1, 2)),
            a.with_layout(a.layout().sliced(0, 2, 1, 2)),
        );
        join(
            &[&tail, &head],
            &Joining {
                out: Some(&a),
                ..Joining::default()
            },
        )
        .unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [3, 4, 1, 2]);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let (a, b) = (grid(2, 2), grid(2, 3));
        let message = |result: Result<Array>| result.unwrap_err().to_string();
        assert!(message(join(&[&a, &b], &Joining::default())).contains("along dimension 1"));
        assert!(message(join(&[], &Joining::default())).contains("at least one array"));
        let half = Array::from_slice(&[0.5]).unwrap();
        let integers = Joining {
            dtype: Some(DType::Int32),
            ..Joining::default()
        };
        assert_eq!(
            message(join(&[&half], &integers)),
            "Cannot cast array data from dtype('float64') to dtype('int32') according to the rule 'same_kind'"
        );
    }
}
