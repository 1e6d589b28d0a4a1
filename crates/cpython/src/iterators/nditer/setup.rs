//! From the arguments of `nditer` to what is iterated over.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use rustsci_array::Array;
use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::Casting;
use rustsci_array::nditer::{Axes, Visit};

use rustsci_buffer::overlap::{Overlap, shares_memory};

use super::operands::{self, Operand};
use super::options::{self, Flags, members};
use super::shape;
use crate::call::object::index;
use crate::ndarray;

/// The arguments, as they were given.
pub(super) struct Arguments<'a, 'py> {
    pub(super) op: &'a Bound<'py, PyAny>,
    pub(super) flags: Option<&'a Bound<'py, PyAny>>,
    pub(super) op_flags: Option<&'a Bound<'py, PyAny>>,
    pub(super) op_dtypes: Option<&'a Bound<'py, PyAny>>,
    pub(super) order: CopyOrder,
    pub(super) casting: Casting,
    pub(super) op_axes: Option<&'a Bound<'py, PyAny>>,
    pub(super) itershape: Option<&'a Bound<'py, PyAny>>,
}

/// What is iterated over.
pub(super) struct Setup {
    pub(super) operands: Vec<Operand>,
    pub(super) axes: Axes,
    pub(super) flags: Flags,
}

impl Setup {
    pub(super) fn new(arguments: &Arguments<'_, '_>) -> PyResult<Self> {
        let py = arguments.op.py();
        let flags = Flags::parse(arguments.flags)?;
        let given = operands::given(arguments.op)?;
        let objects = operands::arrays(&given)?;
        let present: Vec<bool> = objects.iter().map(Option::is_some).collect();
        let uses = options::uses(arguments.op_flags, &present, flags)?;
        let mut arrays: Vec<Option<Array>> = objects
            .iter()
            .map(|object| {
                object
                    .as_ref()
                    .map(|object| ndarray::array(object.bind(py)).clone())
            })
            .collect();
        for ((array, one), given) in arrays.iter().zip(&uses).zip(&given) {
            if one.write && !given.is_none() && !ndarray::is_instance(given) {
                return Err(PyTypeError::new_err(
                    "Iterator operand is flagged as writeable, but is an object which cannot be written back to via \
                     WRITEBACKIFCOPY",
                ));
            }
            if one.write && array.as_ref().is_some_and(|array| !array.is_writeable()) {
                return Err(PyValueError::new_err(
                    "operand array with iterator write flag set is read-only",
                ));
            }
        }
        let asked = operands::asked_dtypes(arguments.op_dtypes, arrays.len())?;
        let op_axes = arguments
            .op_axes
            .map(|axes| shape::given_axes(axes, &arrays))
            .transpose()?;
        let itershape = arguments.itershape.map(lengths).transpose()?;
        let (shape, mappings) = shape::common(&arrays, op_axes, itershape.as_deref())?;
        for ((array, mapping), one) in arrays.iter().zip(&mappings).zip(&uses) {
            let by_position = arguments.op_axes.is_none();
            shape::check_broadcast(array.as_ref(), mapping, &shape, one, flags, by_position)?;
        }
        if shape.contains(&0) && !flags.zero_size {
            return Err(PyValueError::new_err(
                "Iteration of zero-sized operands is not enabled",
            ));
        }
        let dtypes = operands::dtypes(&arrays, asked, &uses, flags)?;

        let mut originals: Vec<Option<Array>> = vec![None; arrays.len()];
        let overlaps = overlapping(&arrays, &uses, flags);
        for number in 0..arrays.len() {
            let Some(array) = &arrays[number] else {
                continue;
            };
            let (wanted, one) = (&dtypes[number], &uses[number]);
            let own = array.dtype();
            operands::check_casts(py, number, own, wanted, one, arguments.casting)?;
            let mut one = *one;
            if overlaps[number] {
                (one.copy, one.write_back) = (true, one.write);
            } else if flags.buffered || (own == wanted && (!one.aligned || array.is_aligned())) {
                continue;
            }
            let (copy, original) = operands::copied(py, array, wanted, &one)?;
            (arrays[number], originals[number]) = (Some(copy), original);
        }

        let visit = visit(arguments.order, &arrays);
        let mut spread: Vec<Option<Array>> = arrays
            .iter()
            .zip(&mappings)
            .map(|(array, mapping)| Some(shape::spread(array.as_ref()?, mapping, &shape)))
            .collect();
        let mut all = Vec::new();
        for (number, object) in objects.into_iter().enumerate() {
            let array = match arrays[number].take() {
                Some(array) => array,
                None => {
                    let mapping = &mappings[number];
                    // A new operand lies in the order in which the others are gone through.
                    let others: Vec<Array> = spread.iter().flatten().cloned().collect();
                    let others = Axes::new(&shape, &others, visit, None);
                    let array = operands::made(py, mapping, &shape, &others, &dtypes[number])?;
                    spread[number] = Some(shape::spread(&array, mapping, &shape));
                    array
                }
            };
            let object = match object {
                Some(object) if ndarray::array(object.bind(py)).shares_buffer(&array) => object,
                Some(_) => ndarray::wrap(py, array.clone())?.unbind(),
                None => operands::wrapped(py, array.clone(), &uses[number], &given)?.unbind(),
            };
            all.push(Operand {
                object,
                array,
                dtype: dtypes[number].clone(),
                use_: uses[number],
                original: originals[number].take(),
            });
        }
        let spread: Vec<Array> = spread.into_iter().flatten().collect();
        let mut axes = Axes::new(&shape, &spread, visit, flags.index());
        if !flags.multi_index {
            axes.coalesce();
        }
        check_contiguous(&all, &axes, flags)?;
        Ok(Self {
            operands: all,
            axes,
            flags,
        })
    }
}

/// Refuses operands that are to be contiguous and are not, where there are no buffers for them.
fn check_contiguous(operands: &[Operand], axes: &Axes, flags: Flags) -> PyResult<()> {
    let Some((&length, axis)) = axes.lengths.last().map(|last| (last, axes.ndim() - 1)) else {
        return Ok(());
    };
    for (operand, steps) in operands.iter().zip(&axes.steps) {
        let packed = length < 2 || steps[axis] == operand.array.item_size() as isize;
        if operand.use_.contiguous && !packed && !flags.buffered {
            return Err(PyTypeError::new_err(
                "Iterator operand required buffering, to be contiguous as requested, but buffering is not enabled",
            ));
        }
    }
    Ok(())
}

/// Which operands are copied since one that is written to shares memory with another.
fn overlapping(arrays: &[Option<Array>], uses: &[options::Use], flags: Flags) -> Vec<bool> {
    let clash = |number: usize| {
        let Some(own) = arrays[number].as_ref().filter(|_| uses[number].write) else {
            return false;
        };
        let others = arrays.iter().zip(uses).enumerate();
        others
            .filter(|(other, _)| *other != number)
            .filter(|(_, (_, theirs))| theirs.read)
            .filter_map(|(_, (other, theirs))| Some((other.as_ref()?, theirs)))
            .any(|(other, theirs)| {
                let in_step =
                    uses[number].elementwise && theirs.elementwise && own.same_elements(other);
                !in_step && shares_memory(&own.extent(), &other.extent(), Some(1)) != Overlap::No
            })
    };
    (0..arrays.len())
        .map(|number| flags.copy_if_overlap && clash(number))
        .collect()
}

/// The order of elements that is asked for.
fn visit(order: CopyOrder, arrays: &[Option<Array>]) -> Visit {
    match order {
        CopyOrder::C => Visit::C,
        CopyOrder::F => Visit::F,
        CopyOrder::A => {
            if arrays.iter().flatten().all(Array::is_f_contiguous) {
                Visit::F
            } else {
                Visit::C
            }
        }
        // A new operand runs forwards.
        CopyOrder::K => Visit::Memory {
            turn: arrays.iter().all(Option::is_some),
        },
    }
}

fn lengths(shape: &Bound<'_, PyAny>) -> PyResult<Vec<isize>> {
    match members(shape) {
        Some(lengths) => lengths.iter().map(index).collect(),
        None => Ok(vec![index(shape)?]),
    }
}
