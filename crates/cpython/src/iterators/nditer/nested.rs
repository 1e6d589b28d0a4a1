//! `nested_iters`: iterators within each other, over some of the axes each.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use rustsci_array::Array;
use rustsci_bind::Header;

use super::class::NdIter;
use super::operands;
use super::options::{Flags, members};
use super::setup::{Arguments, Setup};
use crate::call::HostFunction;
use crate::call::object::index;

pub(crate) static NESTED_ITERS: HostFunction = HostFunction {
    header: Header::new(
        "nested_iters",
        "(op, axes, flags=None, op_flags=None, op_dtypes=None, order='K', casting='safe', buffersize=0)",
        "Return iterators over groups of axes; each one but the first goes on from where the one before it is.",
    ),
    call: |call| {
        let py = call.py;
        let op = call.required(0)?;
        let axes = groups(call.required(1)?)?;
        let given = operands::given(op)?;
        if given.iter().any(Bound::is_none) {
            return Err(PyValueError::new_err(
                "nested_iters makes no operands: give an array for each",
            ));
        }
        // Where types are converted without buffers, all iterators go through the same copies.
        let flags = call.not_none(2);
        let buffered = Flags::parse(flags)?.buffered;
        let mut originals: Vec<Option<Array>> = vec![None; given.len()];
        let arrays: Vec<Bound<'_, PyAny>> = if call.not_none(4).is_some() && !buffered {
            let whole = Setup::new(&Arguments {
                op,
                flags: flags
                    .map(|flags| of_level(flags, false))
                    .transpose()?
                    .as_ref(),
                op_flags: call.not_none(3),
                op_dtypes: call.not_none(4),
                order: super::order(call.given(5))?,
                casting: super::casting(call.given(6))?,
                op_axes: None,
                itershape: None,
            })?;
            let copies = whole
                .operands
                .into_iter()
                .enumerate()
                .map(|(number, operand)| {
                    originals[number] = operand.original;
                    operand.object.into_bound(py)
                });
            copies.collect()
        } else {
            let objects = operands::arrays(&given)?;
            objects
                .into_iter()
                .flatten()
                .map(|object| object.into_bound(py))
                .collect()
        };
        let buffersize = call.not_none(7).map(index).transpose()?;
        let last = axes.len() - 1;
        let mut child: Option<Py<NdIter>> = None;
        let mut made: Vec<Bound<'_, NdIter>> = Vec::new();
        for (level, group) in axes.iter().enumerate().rev() {
            let op_axes = arrays.iter().map(|_| PyList::new(py, group));
            let op_axes = PyList::new(py, op_axes.collect::<PyResult<Vec<_>>>()?)?;
            // What needs an inner loop or a buffer is for the innermost iterator.
            let own_flags = flags
                .map(|flags| of_level(flags, level == last))
                .transpose()?;
            let mut setup = Setup::new(&Arguments {
                op: &PyTuple::new(py, &arrays)?.into_any(),
                flags: own_flags.as_ref(),
                op_flags: call.not_none(3),
                op_dtypes: call.not_none(4).filter(|_| buffered && level == last),
                order: super::order(call.given(5))?,
                casting: super::casting(call.given(6))?,
                op_axes: Some(op_axes.as_any()),
                itershape: None,
            })?;
            if level == 0 {
                for (operand, original) in setup.operands.iter_mut().zip(&mut originals) {
                    operand.original = original.take();
                }
            }
            let mut iterator = NdIter::of(py, setup, buffersize)?;
            iterator.child = child.take();
            let iterator = Bound::new(py, iterator)?;
            child = Some(iterator.clone().unbind());
            made.push(iterator);
        }
        made.reverse();
        for pair in made.windows(2) {
            let offsets = pair[0].borrow().offsets();
            pair[1].try_borrow_mut()?.rebase(py, &offsets)?;
        }
        Ok(PyTuple::new(py, made)?.into_any())
    },
};

/// The groups of axes, each axis in one of them.
fn groups(axes: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<usize>>> {
    let wrong = || PyValueError::new_err("axes must be a sequence of axis lists");
    let groups = members(axes).ok_or_else(wrong)?;
    if groups.len() < 2 {
        return Err(PyValueError::new_err(
            "axes must have at least 2 entries for nested iteration",
        ));
    }
    let mut seen: Vec<usize> = Vec::new();
    let mut all = Vec::new();
    for group in &groups {
        let mut own = Vec::new();
        for axis in members(group).ok_or_else(wrong)? {
            let axis = usize::try_from(index(&axis)?)
                .map_err(|_| PyValueError::new_err("An axis is out of bounds"))?;
            if seen.contains(&axis) {
                return Err(PyValueError::new_err("An axis is used more than once"));
            }
            seen.push(axis);
            own.push(axis);
        }
        all.push(own);
    }
    Ok(all)
}

/// The flags of one of the iterators.
fn of_level<'py>(flags: &Bound<'py, PyAny>, innermost: bool) -> PyResult<Bound<'py, PyAny>> {
    let words = members(flags).ok_or_else(|| {
        PyValueError::new_err("Iterator global flags must be a list or tuple of strings")
    })?;
    let kept = words.into_iter().filter(|word| {
        let inner = word.extract::<String>().is_ok_and(|word| {
            matches!(
                word.as_str(),
                "external_loop" | "buffered" | "growinner" | "delay_bufalloc"
            )
        });
        innermost || !inner
    });
    Ok(PyList::new(flags.py(), kept.collect::<Vec<_>>())?.into_any())
}
