//! The attributes of arrays.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyAttributeError, PyDeprecationWarning, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use rustsci_array::array::CopyOrder;
use rustsci_array::{Array, DType};
use rustsci_buffer::{Layout, Order, Strides};

use super::{array, base, change, flags, is_exact, wrap_like, wrap_view};
use crate::c_api::Attribute;
use crate::call::IntoPyErr;
use crate::{coerce, dtype};

type Object<'py> = Bound<'py, PyAny>;

/// A view of an array, in its class.
pub(super) fn view<'py>(own: &Object<'py>, view: Array) -> PyResult<Object<'py>> {
    if is_exact(own) {
        wrap_view(own, view)
    } else {
        wrap_like(own, view, Some(own))
    }
}

fn number<'py>(own: &Object<'py>, value: usize) -> PyResult<Object<'py>> {
    value.into_bound_py_any(own.py())
}

fn sizes(value: &Object<'_>) -> PyResult<Vec<isize>> {
    match value.extract::<isize>() {
        Ok(one) => Ok(vec![one]),
        Err(_) => value.extract(),
    }
}

fn set_shape<'py>(own: &Object<'py>, value: &Object<'py>) -> PyResult<()> {
    let current = array(own).clone();
    let shape = current
        .resolve_shape(&sizes(value)?)
        .map_err(|error| error.into_py_err(own.py()))?;
    let Some(reshaped) = current.reshaped_view(&shape, Order::C) else {
        return Err(PyAttributeError::new_err(
            "Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.",
        ));
    };
    change(own, reshaped);
    Ok(())
}

fn set_strides<'py>(own: &Object<'py>, value: &Object<'py>) -> PyResult<()> {
    PyErr::warn(
        own.py(),
        &own.py().get_type::<PyDeprecationWarning>(),
        c"Setting the strides on a NumPy array has been deprecated in NumPy 2.4.\nAs an alternative, you can create a new \
          view using np.lib.stride_tricks.as_strided.",
        1,
    )?;
    let current = array(own).clone();
    let strides = sizes(value)?;
    if strides.len() != current.ndim() {
        return Err(PyValueError::new_err(
            "strides must be same length as shape",
        ));
    }
    let layout = Layout {
        strides: Strides::from_slice(&strides),
        ..current.layout().clone()
    };
    let (low, high) = layout.extent(current.item_size());
    if low < 0 || high > current.buffer().len() as isize {
        return Err(PyValueError::new_err(
            "strides is not compatible with available memory",
        ));
    }
    change(own, current.with_layout(layout));
    Ok(())
}

fn set_dtype<'py>(own: &Object<'py>, value: &Object<'py>) -> PyResult<()> {
    let dtype: DType = dtype::from_object(value)?;
    let viewed = array(own)
        .viewed(&dtype)
        .map_err(|error| error.into_py_err(own.py()))?;
    change(own, viewed);
    Ok(())
}

/// Sets all elements of a part of the array; Python numbers are cast as arrays of their own types.
fn assign<'py>(part: &Array, value: &Object<'py>) -> PyResult<()> {
    let source = coerce::to_array(value, None)?;
    part.assign(&source)
        .map_err(|error| error.into_py_err(value.py()))
}

fn set_imaginary<'py>(own: &Object<'py>, value: &Object<'py>) -> PyResult<()> {
    match array(own).imaginary() {
        Some(part) => assign(&part, value),
        None => Err(PyTypeError::new_err(
            "cannot set imaginary part for real arrays",
        )),
    }
}

/// The array protocol's description.
fn interface<'py>(own: &Object<'py>) -> PyResult<Object<'py>> {
    let py = own.py();
    let current = array(own);
    let interface = PyDict::new(py);
    interface.set_item("data", (current.address(), !current.is_writeable()))?;
    if current.is_c_contiguous() {
        interface.set_item("strides", py.None())?;
    } else {
        interface.set_item("strides", PyTuple::new(py, current.strides())?)?;
    }
    let typestr = current.dtype().typestr();
    interface.set_item("descr", PyList::new(py, [("", &typestr)])?)?;
    interface.set_item("typestr", &typestr)?;
    interface.set_item("shape", PyTuple::new(py, current.shape())?)?;
    interface.set_item("version", 3)?;
    Ok(interface.into_any())
}

/// The last two axes exchanged.
fn matrix_transpose<'py>(own: &Object<'py>) -> PyResult<Object<'py>> {
    let current = array(own);
    let n = current.ndim();
    if n < 2 {
        return Err(PyValueError::new_err(
            "matrix transpose with ndim < 2 is undefined",
        ));
    }
    let mut axes: Vec<usize> = (0..n).collect();
    axes.swap(n - 2, n - 1);
    view(own, current.permuted(&axes))
}

pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"shape", c"The length of each axis.", |own| {
        Ok(PyTuple::new(own.py(), array(own).shape())?.into_any())
    })
    .settable(set_shape),
    Attribute::new(c"strides", c"The step along each axis in bytes.", |own| {
        Ok(PyTuple::new(own.py(), array(own).strides())?.into_any())
    })
    .settable(set_strides),
    Attribute::new(c"dtype", c"The type of the elements.", |own| {
        Ok(dtype::object(own.py(), array(own).dtype()))
    })
    .settable(set_dtype),
    Attribute::new(c"ndim", c"The number of axes.", |own| {
        number(own, array(own).ndim())
    }),
    Attribute::new(c"size", c"The number of elements.", |own| {
        number(own, array(own).size())
    }),
    Attribute::new(c"itemsize", c"Bytes of one element.", |own| {
        number(own, array(own).item_size())
    }),
    Attribute::new(c"nbytes", c"Bytes of all elements.", |own| {
        number(own, array(own).size() * array(own).item_size())
    }),
    Attribute::new(
        c"base",
        c"The object whose memory is shown, if it is another's.",
        |own| Ok(base(own).unwrap_or_else(|| own.py().None().into_bound(own.py()))),
    ),
    Attribute::new(c"T", c"The axes reversed.", |own| {
        view(own, array(own).transposed())
    }),
    Attribute::new(c"mT", c"The last two axes exchanged.", matrix_transpose),
    Attribute::new(c"real", c"The real parts.", |own| {
        if array(own).dtype().is_complex() {
            view(own, array(own).real())
        } else {
            Ok(own.clone())
        }
    })
    .settable(|own, value| assign(&array(own).real(), value)),
    Attribute::new(
        c"imag",
        c"The imaginary parts; read-only zeros of a real array.",
        |own| {
            let current = array(own);
            match current.imaginary() {
                Some(part) => view(own, part),
                None => {
                    let order = CopyOrder::A.resolve(current).unwrap_or(Order::C);
                    let zeros = Array::zeros(current.shape(), current.dtype(), order)
                        .map_err(|error| error.into_py_err(own.py()))?;
                    wrap_like(own, zeros.readonly(), None)
                }
            }
        },
    )
    .settable(set_imaginary),
    Attribute::new(c"flags", c"How the elements lie in memory.", |own| {
        flags::of(own)
    }),
    Attribute::new(
        c"flat",
        c"An iterator over all elements in C order.",
        crate::iterators::flat,
    )
    .settable(crate::iterators::set_flat),
    Attribute::new(c"data", c"The memory as a buffer.", |own| {
        own.py()
            .import("builtins")?
            .getattr("memoryview")?
            .call1((own,))
    }),
    Attribute::new(c"ctypes", c"The memory as `ctypes` sees it.", |own| {
        own.py()
            .import("rustsci._ctypes_view")?
            .getattr("CtypesView")?
            .call1((own, array(own).address()))
    }),
    Attribute::new(c"device", c"Where the memory is.", |own| {
        "cpu".into_bound_py_any(own.py())
    }),
    Attribute::new(
        c"__array_interface__",
        c"The array protocol's description.",
        interface,
    ),
];
