//! The shape that the operands of an `nditer` have in common.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::Array;
use rustsci_array::array::shape_text;
use rustsci_buffer::layout::checked_size;
use rustsci_buffer::{Layout, Shape, Strides};

use super::options::{Flags, Use, members};
use crate::call::object::index;

/// Which axis of an operand each axis of the iteration is; none where it has no such axis.
pub(super) type Mapping = Vec<Option<usize>>;

/// The axes that the caller gave for each operand.
pub(super) fn given_axes(
    op_axes: &Bound<'_, PyAny>,
    operands: &[Option<Array>],
) -> PyResult<Vec<Option<Mapping>>> {
    let wrong = || PyValueError::new_err("op_axes must be a tuple/list matching the number of ops");
    let lists = members(op_axes)
        .filter(|lists| lists.len() == operands.len())
        .ok_or_else(wrong)?;
    let mut count = None;
    let mut mappings = Vec::new();
    for (number, (list, operand)) in lists.iter().zip(operands).enumerate() {
        if list.is_none() {
            mappings.push(None);
            continue;
        }
        let list = members(list).ok_or_else(wrong)?;
        if *count.get_or_insert(list.len()) != list.len() {
            return Err(PyValueError::new_err(
                "Each entry of op_axes must have the same size",
            ));
        }
        let mut mapping = Mapping::new();
        for (place, axis) in list.iter().enumerate() {
            let axis = if axis.is_none() { -1 } else { index(axis)? };
            if axis == -1 {
                mapping.push(None);
                continue;
            }
            let ndim = operand.as_ref().map(Array::ndim);
            let axis = usize::try_from(axis).ok().filter(|&axis| ndim.is_none_or(|ndim| axis < ndim)).ok_or_else(|| {
                PyValueError::new_err(format!(
                    "Iterator input op_axes[{number}][{place}] (=={axis}) is not a valid axis of op[{number}], which has {} \
                     dimensions ",
                    ndim.unwrap_or_default()
                ))
            })?;
            if mapping.contains(&Some(axis)) {
                return Err(PyValueError::new_err(format!(
                    "The 'op_axes' provided to the iterator constructor for operand {number} contained duplicate value \
                     {axis}"
                )));
            }
            mapping.push(Some(axis));
        }
        mappings.push(Some(mapping));
    }
    if count.is_none() {
        return Err(PyValueError::new_err(
            "If op_axes is provided, at least one list of axes must be contained within it",
        ));
    }
    Ok(mappings)
}

/// The shape of the iteration, and the axes of each operand in it.
pub(super) fn common(
    operands: &[Option<Array>],
    given: Option<Vec<Option<Mapping>>>,
    asked: Option<&[isize]>,
) -> PyResult<(Shape, Vec<Mapping>)> {
    let by_hand = given.is_some();
    let given = given.unwrap_or_else(|| vec![None; operands.len()]);
    let lengths = given
        .iter()
        .flatten()
        .map(Vec::len)
        .chain(asked.map(<[_]>::len));
    let ndim = if by_hand {
        lengths.max().unwrap_or(0)
    } else {
        let own = operands.iter().flatten().map(Array::ndim);
        own.chain(lengths).max().unwrap_or(0)
    };
    let mappings: Vec<Mapping> = given
        .into_iter()
        .zip(operands)
        .map(|(mapping, operand)| {
            mapping.unwrap_or_else(|| {
                let own = operand.as_ref().map_or(ndim, Array::ndim);
                // An operand's last axes are the iteration's last ones.
                (0..ndim)
                    .map(|axis| (axis + own).checked_sub(ndim))
                    .collect()
            })
        })
        .collect();
    let mut shape = Shape::from_elem(1, ndim);
    if let Some(asked) = asked {
        if asked.len() != ndim {
            return Err(PyValueError::new_err(format!(
                "itershape has {} axes, and the operands have {ndim}",
                asked.len()
            )));
        }
        for (length, &asked) in shape.iter_mut().zip(asked) {
            *length = usize::try_from(asked).unwrap_or(1);
        }
    }
    let fixed = |axis: usize| asked.is_some_and(|asked| asked[axis] >= 0);
    for (operand, mapping) in operands.iter().zip(&mappings) {
        let Some(operand) = operand else { continue };
        for (axis, own) in mapping.iter().enumerate() {
            let Some(&length) = own.and_then(|own| operand.shape().get(own)) else {
                continue;
            };
            if length == 1 || shape[axis] == length {
                continue;
            }
            if shape[axis] != 1 || fixed(axis) {
                return Err(mismatch(operands, &mappings, by_hand, asked));
            }
            shape[axis] = length;
        }
    }
    let fits = checked_size(&shape).is_some_and(|size| isize::try_from(size).is_ok());
    if !fits {
        return Err(PyValueError::new_err("iterator is too large"));
    }
    Ok((shape, mappings))
}

fn mismatch(
    operands: &[Option<Array>],
    mappings: &[Mapping],
    by_hand: bool,
    asked: Option<&[isize]>,
) -> PyErr {
    let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
    let mut message = if by_hand {
        "operands could not be broadcast together with remapped shapes [original->remapped]: "
            .to_owned()
    } else {
        "operands could not be broadcast together with shapes ".to_owned()
    };
    for (operand, mapping) in operands.iter().zip(mappings) {
        let Some(operand) = operand else { continue };
        message += &text(operand.shape());
        if by_hand {
            let axes: Vec<String> = mapping
                .iter()
                .map(|own| own.map_or("newaxis".to_owned(), |own| operand.shape()[own].to_string()))
                .collect();
            message += &format!("->({})", axes.join(","));
        }
        message += " ";
    }
    if let Some(asked) = asked {
        let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
        let comma = if asked.len() == 1 { "," } else { "" };
        message += &format!("and requested shape ({}{comma})", asked.join(","));
    }
    PyValueError::new_err(message)
}

/// An operand with the axes of the iteration; it stands still along those that it does not have.
pub(super) fn spread(operand: &Array, mapping: &Mapping, shape: &[usize]) -> Array {
    let step = |(axis, own): (usize, &Option<usize>)| match own {
        Some(own) if operand.shape()[*own] == shape[axis] => operand.strides()[*own],
        _ => 0,
    };
    let strides: Strides = mapping.iter().enumerate().map(step).collect();
    operand.with_layout(Layout {
        shape: shape.into(),
        strides,
        offset: operand.layout().offset,
    })
}

/// Refuses an operand whose elements stand for several where that is not wanted.
pub(super) fn check_broadcast(
    operand: Option<&Array>,
    mapping: &Mapping,
    shape: &[usize],
    use_: &Use,
    flags: Flags,
    by_position: bool,
) -> PyResult<()> {
    for (axis, (own, &length)) in mapping.iter().zip(shape).enumerate() {
        let own_length = match (operand, own) {
            (Some(operand), Some(own)) => operand.shape()[*own],
            // One that is to be made has the length that is needed.
            (None, Some(_)) => length,
            (_, None) => 1,
        };
        // An axis more is one too many where nothing is to be repeated.
        let added = by_position && own.is_none() && operand.is_some();
        if own_length == length && !(use_.no_broadcast && added) {
            continue;
        }
        if use_.no_broadcast && operand.is_some() {
            let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
            return Err(PyValueError::new_err(format!(
                "non-broadcastable operand with shape {} doesn't match the broadcast shape {}",
                text(operand.map_or(&[], Array::shape)),
                text(shape)
            )));
        }
        if !use_.write {
            continue;
        }
        if !flags.reduce {
            return Err(PyValueError::new_err(format!(
                "output operand requires a reduction along dimension {axis}, but the reduction is not enabled. The dimension \
                 size of 1 does not match the expected output shape."
            )));
        }
        if !use_.read {
            return Err(PyValueError::new_err(
                "output operand requires a reduction, but is flagged as write-only, not read-write",
            ));
        }
    }
    Ok(())
}
