//! The operands of an `nditer`: as they were given, converted, or made.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use rustsci_array::array::{CopyOrder, empty_in_order};
use rustsci_array::dtype::{Casting, can_cast, promote_all};
use rustsci_array::nditer::Axes;
use rustsci_array::{Array, DType};
use rustsci_buffer::Shape;

use super::options::{Flags, Use, members};
use super::shape::Mapping;
use crate::call::IntoPyErr;
use crate::ufunc::operators;
use crate::{coerce, dtype, ndarray};

/// One operand.
pub(super) struct Operand {
    /// The array whose memory is iterated over, as an object.
    pub(super) object: Py<PyAny>,
    pub(super) array: Array,
    /// What the elements are handed out as.
    pub(super) dtype: DType,
    pub(super) use_: Use,
    /// The array that a copy is written back to in the end.
    pub(super) original: Option<Array>,
}

/// The operands, which are one or the members of a sequence.
pub(super) fn given<'py>(op: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let given = members(op).unwrap_or_else(|| vec![op.clone()]);
    if given.is_empty() {
        return Err(PyValueError::new_err("Must provide at least one operand"));
    }
    Ok(given)
}

/// The arrays among the operands that were given; none where one is to be made.
pub(super) fn arrays(given: &[Bound<'_, PyAny>]) -> PyResult<Vec<Option<Py<PyAny>>>> {
    given
        .iter()
        .map(|object| {
            if object.is_none() {
                return Ok(None);
            }
            if ndarray::is_instance(object) {
                return Ok(Some(object.clone().unbind()));
            }
            let array = coerce::to_array(object, None)?;
            ndarray::wrap(object.py(), array).map(|object| Some(object.unbind()))
        })
        .collect()
}

/// The dtypes that are asked for.
pub(super) fn asked_dtypes(
    dtypes: Option<&Bound<'_, PyAny>>,
    count: usize,
) -> PyResult<Vec<Option<DType>>> {
    let Some(dtypes) = dtypes else {
        return Ok(vec![None; count]);
    };
    let one = |object: &Bound<'_, PyAny>| {
        (!object.is_none())
            .then(|| dtype::from_object(object))
            .transpose()
    };
    match members(dtypes) {
        None => Ok(vec![one(dtypes)?; count]),
        Some(items) if items.len() == 1 => Ok(vec![one(&items[0])?; count]),
        Some(items) if items.len() == count => items.iter().map(one).collect(),
        Some(items) => Err(PyValueError::new_err(format!(
            "op_dtypes must be a tuple/list matching the number of ops ({count}), got {}",
            items.len()
        ))),
    }
}

/// What the operands are handed out as.
pub(super) fn dtypes(
    arrays: &[Option<Array>],
    asked: Vec<Option<DType>>,
    uses: &[Use],
    flags: Flags,
) -> PyResult<Vec<DType>> {
    let common = || {
        let counts = |one: &Use| one.read || flags.common_dtype;
        let counted = arrays.iter().zip(uses).filter(|(_, one)| counts(one));
        promote_all(counted.filter_map(|(array, _)| array.as_ref().map(Array::dtype)))
    };
    let none = || PyTypeError::new_err("no arrays or types available to calculate result type");
    arrays
        .iter()
        .zip(asked)
        .map(|(array, asked)| match (asked, array) {
            (Some(asked), _) => Ok(asked),
            (None, Some(array)) if !flags.common_dtype => Ok(array.dtype().clone()),
            _ => common().ok_or_else(none),
        })
        .collect()
}

/// Refuses conversions that the rule does not allow.
pub(super) fn check_casts(
    py: Python<'_>,
    number: usize,
    own: &DType,
    wanted: &DType,
    use_: &Use,
    casting: Casting,
) -> PyResult<()> {
    let text = |dtype: &DType| {
        crate::dtype::object(py, dtype)
            .repr()
            .map(|text| text.to_string())
    };
    if use_.read && !can_cast(own, wanted, casting) {
        return Err(PyTypeError::new_err(format!(
            "Iterator operand {number} dtype could not be cast from {} to {} according to the rule '{}'",
            text(own)?,
            text(wanted)?,
            casting.name()
        )));
    }
    if use_.write && !can_cast(wanted, own, casting) {
        return Err(PyTypeError::new_err(format!(
            "Iterator requested dtype could not be cast from {} to {}, the operand {number} dtype, according to the rule '{}'",
            text(wanted)?,
            text(own)?,
            casting.name()
        )));
    }
    Ok(())
}

/// A copy of an operand in another dtype, and the array to write it back to if it is written to.
pub(super) fn copied(
    py: Python<'_>,
    array: &Array,
    wanted: &DType,
    use_: &Use,
) -> PyResult<(Array, Option<Array>)> {
    // A value that is only read may be another as well.
    let value = array.ndim() == 0 && !use_.write;
    if !(value || use_.copy || use_.write_back) || (use_.write && !use_.write_back) {
        return Err(PyTypeError::new_err(
            "Iterator operand required copying or buffering, but neither copying nor buffering was enabled",
        ));
    }
    let copy = if use_.read {
        ndarray::converted(py, array, wanted, CopyOrder::K)?
    } else {
        array
            .empty_like(wanted, CopyOrder::K)
            .map_err(|error| error.into_py_err(py))?
    };
    Ok((copy, use_.write.then(|| array.clone())))
}

/// A new array for an operand that was not given: packed, in the order in which the others are gone through.
pub(super) fn made(
    py: Python<'_>,
    mapping: &Mapping,
    shape: &[usize],
    others: &Axes,
    wanted: &DType,
) -> PyResult<Array> {
    let own_axes = mapping.iter().flatten().max().map_or(0, |&last| last + 1);
    let length = |own| {
        let axis = mapping.iter().position(|&axis| axis == Some(own));
        axis.map(|axis| shape[axis])
    };
    let own_shape: Shape = (0..own_axes)
        .map(length)
        .collect::<Option<_>>()
        .ok_or_else(|| {
            PyValueError::new_err(
                "The op_axes of an operand that is to be made leave out one of its axes",
            )
        })?;
    let order = others.origins.iter();
    let order: Shape = order.filter_map(|origin| mapping[origin.axis]).collect();
    empty_in_order(&own_shape, wanted, &order).map_err(|error| error.into_py_err(py))
}

/// A new operand as an object, in the class that has the most to say among those of the others.
pub(super) fn wrapped<'py>(
    py: Python<'py>,
    array: Array,
    use_: &Use,
    others: &[Bound<'py, PyAny>],
) -> PyResult<Bound<'py, PyAny>> {
    let mut leader: Option<(f64, &Bound<'py, PyAny>)> = None;
    for other in others.iter().filter(|other| ndarray::is_instance(other)) {
        let priority = operators::priority(other, 0.0);
        if leader.is_none_or(|(most, _)| priority > most) {
            leader = Some((priority, other));
        }
    }
    match leader {
        Some((_, leader)) if !use_.no_subclass && !ndarray::is_exact(leader) => {
            ndarray::wrap_like(leader, array, None)
        }
        _ => ndarray::wrap(py, array),
    }
}
