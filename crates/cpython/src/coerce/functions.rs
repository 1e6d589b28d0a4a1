//! `array`, `asarray` and their like: identity and class of the argument matter, so they are no rows of the common
//! table.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType};
use rustsci_bind::Header;
use rustsci_bind::convert::Device;
use rustsci_buffer::layout::MAX_DIMS;

use super::{Found, find_to, ndarray};
use crate::call::{Call, HostFunction};

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// What is asked of the result.
struct Request {
    dtype: Option<DType>,
    /// Always, never, or only where needed.
    copy: Option<bool>,
    order: CopyOrder,
    subok: bool,
    ndmin: usize,
    /// How deep sequences are looked into.
    ndmax: usize,
}

fn carry_out<'py>(object: &Bound<'py, PyAny>, request: &Request) -> Result<'py> {
    let py = object.py();
    let found = find_to(object, request.dtype.as_ref(), request.copy, request.ndmax)?;
    let given = match &found {
        Found::Object(array) => Some(array.clone()),
        _ => None,
    };
    // What `__array__` was asked to copy is a copy.
    let fresh = match &found {
        Found::New(_) => true,
        Found::Foreign(..) => false,
        Found::Object(array) => !array.is(object) && request.copy == Some(true),
    };
    let owner = match &found {
        Found::Foreign(_, owner) => Some(owner.clone()),
        _ => None,
    };
    if matches!(found, Found::New(_)) && request.copy == Some(false) {
        return Err(cannot_avoid());
    }
    let source = found.into_array();
    let dtype = request.dtype.as_ref().unwrap_or(source.dtype()).clone();
    let ordered = match request.order {
        CopyOrder::C => source.is_c_contiguous(),
        CopyOrder::F => source.is_f_contiguous(),
        CopyOrder::A | CopyOrder::K => true,
    };
    let copies = dtype != *source.dtype() || !ordered || (request.copy == Some(true) && !fresh);
    if copies {
        if request.copy == Some(false) {
            return Err(cannot_avoid());
        }
        // As NumPy has it: either order is as good as the one that the elements are in.
        let order = match request.order {
            CopyOrder::A if dtype != *source.dtype() => CopyOrder::K,
            order => order,
        };
        let new = at_least(
            ndarray::converted(py, &source, &dtype, order)?,
            request.ndmin,
        );
        return match given {
            Some(given) if request.subok && !ndarray::is_exact(&given) => {
                ndarray::wrap_like(&given, new, None)
            }
            _ => ndarray::wrap(py, new),
        };
    }
    let enough = source.ndim() >= request.ndmin;
    match (given, owner) {
        (Some(given), _) if request.subok || ndarray::is_exact(&given) => {
            if enough {
                return Ok(given);
            }
            let new = at_least(source, request.ndmin);
            if ndarray::is_exact(&given) {
                ndarray::wrap_view(&given, new)
            } else {
                ndarray::wrap_like(&given, new, Some(&given))
            }
        }
        (Some(given), _) => ndarray::wrap_view(&given, at_least(source, request.ndmin)),
        (None, Some(owner)) => ndarray::wrap_foreign(at_least(source, request.ndmin), owner),
        (None, None) => ndarray::wrap(py, at_least(source, request.ndmin)),
    }
}

#[cold]
pub(super) fn cannot_avoid() -> PyErr {
    PyValueError::new_err(
        "Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it \
         with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\nFor more details, see \
         https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.",
    )
}

/// The array with leading axes of length one where it has too few.
fn at_least(array: Array, ndim: usize) -> Array {
    let missing: Vec<usize> = (0..ndim.saturating_sub(array.ndim())).collect();
    if missing.is_empty() {
        array
    } else {
        array.expanded(&missing)
    }
}

fn array<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let object = call.required(0)?;
    let ndmin = match call.not_none(5) {
        Some(_) => call.get::<usize>(5)?,
        None => 0,
    };
    if ndmin > MAX_DIMS {
        return Err(PyValueError::new_err(format!(
            "ndmin bigger than allowable number of dimensions (={MAX_DIMS})"
        )));
    }
    let ndmax = match call.get::<isize>(6)? {
        n @ 0.. if n as usize <= MAX_DIMS => n as usize,
        _ => {
            return Err(PyValueError::new_err(format!(
                "ndmax must be in the range [0, NPY_MAXDIMS ({MAX_DIMS})] "
            )));
        }
    };
    if ndmin > ndmax {
        return Err(PyValueError::new_err("ndmin must be <= ndmax"));
    }
    let request = Request {
        dtype: call.get(1)?,
        copy: match call.given(2) {
            None => Some(true),
            Some(_) => copy_mode(call, 2)?,
        },
        order: ndarray::copy_order(call, 3, CopyOrder::K)?,
        subok: call.get(4)?,
        ndmin,
        ndmax,
    };
    carry_out(object, &request)
}

/// Whether to copy: `None`, a truth value, or a member of NumPy's own enumeration.
fn copy_mode(call: &Call<'_, '_>, index: usize) -> PyResult<Option<bool>> {
    let Some(argument) = call.not_none(index) else {
        return Ok(None);
    };
    if let Ok(copy) = argument.cast::<pyo3::types::PyBool>() {
        return Ok(Some(copy.is_true()));
    }
    if let Some(value) = argument.getattr_opt("value")?
        && argument.get_type().name()? == "_CopyMode"
    {
        return Ok(match value.extract::<i32>()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        });
    }
    if argument.is_instance_of::<pyo3::types::PyString>() {
        return Err(PyValueError::new_err(
            "strings are not allowed for 'copy' keyword. Use True/False/None instead.",
        ));
    }
    argument.is_truthy().map(Some)
}

fn as_array<'py>(call: &Call<'_, 'py>, subok: bool) -> Result<'py> {
    let object = call.required(0)?;
    if ndarray::is_exact(object) && (1..6).all(|index| call.given(index).is_none()) {
        return Ok(object.to_owned());
    }
    call.get::<Device>(3)?;
    let request = Request {
        dtype: call.get(1)?,
        copy: copy_mode(call, 4)?,
        order: ndarray::copy_order(call, 2, CopyOrder::K)?,
        subok,
        ndmin: 0,
        ndmax: MAX_DIMS,
    };
    carry_out(object, &request)
}

fn contiguous<'py>(call: &Call<'_, 'py>, order: CopyOrder) -> Result<'py> {
    let request = Request {
        dtype: call.get(1)?,
        copy: None,
        order,
        subok: false,
        ndmin: 1,
        ndmax: MAX_DIMS,
    };
    carry_out(call.required(0)?, &request)
}

pub(crate) static FUNCTIONS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "array",
            "(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=64, like=None)",
            "Make an array of an object: a sequence, a number, an array.",
        )
        .dispatched(&["like"]),
        call: array,
    },
    HostFunction {
        header: Header::new(
            "asarray",
            "(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
            "Return an object as an array, which is itself if it is one.",
        )
        .dispatched(&["like"]),
        call: |call| as_array(call, false),
    },
    HostFunction {
        header: Header::new(
            "asanyarray",
            "(a, dtype=None, order=None, *, device=None, copy=None, like=None)",
            "Return an object as an array, which is itself if it is one, of a subclass perhaps.",
        )
        .dispatched(&["like"]),
        call: |call| as_array(call, true),
    },
    HostFunction {
        header: Header::new(
            "ascontiguousarray",
            "(a, dtype=None, *, like=None)",
            "Return an object as an array of one axis or more that lies packed in C order.",
        )
        .dispatched(&["like"]),
        call: |call| contiguous(call, CopyOrder::C),
    },
    HostFunction {
        header: Header::new(
            "asfortranarray",
            "(a, dtype=None, *, like=None)",
            "Return an object as an array of one axis or more that lies packed in Fortran order.",
        )
        .dispatched(&["like"]),
        call: |call| contiguous(call, CopyOrder::F),
    },
];
