//! What a dtype says of itself.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use rustsci_bind::Header;

use super::{object, this};
use crate::c_api::Attribute;
use crate::call::HostFunction;
use crate::call::errors::unsupported;
use crate::scalar;

type Object<'py> = Bound<'py, PyAny>;

fn none<'py>(dtype: &Object<'py>) -> PyResult<Object<'py>> {
    Ok(dtype.py().None().into_bound(dtype.py()))
}

/// The byte order: of no matter for single bytes, else the machine's own.
fn byteorder(dtype: &Object<'_>) -> &'static str {
    if this(dtype).item_size() == 1 {
        "|"
    } else {
        "="
    }
}

/// What pickles of dtypes call: a function, as the class has another name where `import numpy` is answered.
pub(crate) static MAKE: HostFunction = HostFunction {
    header: Header::new("_dtype", "(name, /)", "Make a dtype by its name.").of_module("_native"),
    call: |call| Ok(object(call.py, &call.get(0)?)),
};

pub(super) static ATTRIBUTES: &[Attribute] = &[
    Attribute::new(c"kind", c"The class of types: one of b i u f c.", |dtype| {
        this(dtype).class().char().into_bound_py_any(dtype.py())
    }),
    Attribute::new(c"char", c"The one-letter code.", |dtype| {
        this(dtype).char().into_bound_py_any(dtype.py())
    }),
    Attribute::new(c"str", c"The array protocol's name.", |dtype| {
        this(dtype).typestr().into_bound_py_any(dtype.py())
    }),
    Attribute::new(c"name", c"The name.", |dtype| {
        this(dtype).name().into_bound_py_any(dtype.py())
    }),
    Attribute::new(c"num", c"The type number.", |dtype| {
        this(dtype).number().into_bound_py_any(dtype.py())
    }),
    Attribute::new(c"itemsize", c"Bytes of one element.", |dtype| {
        this(dtype).item_size().into_bound_py_any(dtype.py())
    }),
    Attribute::new(
        c"alignment",
        c"The multiple of bytes at which elements lie best.",
        |dtype| this(dtype).alignment().into_bound_py_any(dtype.py()),
    ),
    Attribute::new(
        c"byteorder",
        c"'=' for the machine's own, '|' where there is none.",
        |dtype| byteorder(dtype).into_bound_py_any(dtype.py()),
    ),
    Attribute::new(c"type", c"The class of scalars.", |dtype| {
        Ok(scalar::class(dtype.py(), this(dtype)))
    }),
    Attribute::new(
        c"isnative",
        c"Whether the byte order is the machine's own.",
        |dtype| true.into_bound_py_any(dtype.py()),
    ),
    Attribute::new(
        c"hasobject",
        c"Whether elements are Python objects.",
        |dtype| false.into_bound_py_any(dtype.py()),
    ),
    Attribute::new(c"fields", c"The fields, if elements have any.", none),
    Attribute::new(c"names", c"The fields' names, if elements have any.", none),
    Attribute::new(
        c"subdtype",
        c"The element and the shape, if elements are arrays.",
        none,
    ),
    Attribute::new(c"metadata", c"What was attached to the dtype.", none),
    Attribute::new(
        c"shape",
        c"The shape of an element that is an array.",
        |dtype| Ok(PyTuple::empty(dtype.py()).into_any()),
    ),
    Attribute::new(
        c"ndim",
        c"The number of axes of an element that is an array.",
        |dtype| 0.into_bound_py_any(dtype.py()),
    ),
    Attribute::new(
        c"base",
        c"The dtype of the elements of an element that is an array.",
        |dtype| Ok(dtype.clone()),
    ),
    Attribute::new(c"descr", c"The array protocol's description.", |dtype| {
        let own = ("", this(dtype).typestr()).into_bound_py_any(dtype.py())?;
        Ok(PyList::new(dtype.py(), [own])?.into_any())
    }),
    Attribute::new(
        c"flags",
        c"Flags of how elements are treated; none applies.",
        |dtype| 0.into_bound_py_any(dtype.py()),
    ),
    Attribute::new(c"isbuiltin", c"1 for a dtype that is built in.", |dtype| {
        1.into_bound_py_any(dtype.py())
    }),
    Attribute::new(
        c"__numpy_dtype__",
        c"What NumPy takes for the dtype.",
        |dtype| Ok(of_numpy(dtype)?.unwrap_or_else(|| dtype.clone())),
    ),
    Attribute::new(
        c"isalignedstruct",
        c"Whether fields are aligned.",
        |dtype| false.into_bound_py_any(dtype.py()),
    ),
];

/// The dtype as NumPy's own object, where NumPy has been imported.
pub(crate) fn of_numpy<'py>(dtype: &Object<'py>) -> PyResult<Option<Object<'py>>> {
    let py = dtype.py();
    let modules = py.import("sys")?.getattr("modules")?;
    let numpy = modules.call_method1("get", ("numpy",))?;
    let Some(class) = numpy.getattr_opt("dtype")? else {
        return Ok(None);
    };
    // Programs may be served rustsci by that name.
    if class.is(super::class(py)) {
        return Ok(None);
    }
    class.call1((this(dtype).typestr(),)).map(Some)
}

pub(super) static METHODS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "newbyteorder",
            "(self, new_order='S', /)",
            "Return the dtype with another byte order, which must be the machine's own.",
        )
        .of_class("dtype"),
        call: |call| {
            let dtype = call.required(0)?.to_owned();
            let order: String = call.get(1)?;
            let swapped = if cfg!(target_endian = "big") {
                "<lL"
            } else {
                ">bB"
            };
            match order.chars().next() {
                Some(c) if "=|nNiI<>lLbBsS".contains(c) => {
                    let swaps = "sS".contains(c) || swapped.contains(c);
                    if swaps && this(&dtype).item_size() > 1 {
                        let name = this(&dtype).name();
                        return Err(unsupported(
                            call.py,
                            format!(
                                "newbyteorder({order:?}): byte-swapped {name} is not supported"
                            ),
                        ));
                    }
                    Ok(dtype)
                }
                _ => Err(PyValueError::new_err(format!(
                    "{order} is an unrecognized byteorder"
                ))),
            }
        },
    },
    HostFunction {
        header: Header::new("__reduce__", "(self, /)", "Pickles by name.").of_class("dtype"),
        call: |call| {
            let dtype = call.required(0)?;
            let name = this(dtype).typestr();
            let make = call.py.import("rustsci._native")?.getattr("_dtype")?;
            (make, (name.trim_start_matches(['|', '=']),)).into_bound_py_any(call.py)
        },
    },
    HostFunction {
        header: Header::new("__copy__", "(self, /)", "The dtype itself.").of_class("dtype"),
        call: |call| Ok(object(call.py, this(call.required(0)?))),
    },
    HostFunction {
        header: Header::new("__deepcopy__", "(self, memo, /)", "The dtype itself.")
            .of_class("dtype"),
        call: |call| Ok(object(call.py, this(call.required(0)?))),
    },
];
