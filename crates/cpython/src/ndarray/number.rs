//! The number protocol of arrays: each operator is a ufunc.

use std::ffi::c_int;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt};
use rustsci_array::Scalar;

use super::{array, is_instance};
use crate::c_api::{Class, borrowed, slot};
use crate::call::IntoPyErr;
use crate::scalar;
use crate::ufunc::operators::Operator;
use crate::ufunc::{call, operators};

fn binary(
    operator: &'static Operator,
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        if let Some(result) = call::quick(py, operator.ufunc(), &[&a, &b], None) {
            return result.map(Bound::into_ptr);
        }
        operators::binary(py, operator, &a, &b).map(Bound::into_ptr)
    })
}

fn in_place(
    operator: &'static Operator,
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        operators::in_place(py, operator, &a, &b).map(Bound::into_ptr)
    })
}

fn unary(operator: &'static Operator, a: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let a = unsafe { borrowed(py, a) };
        call::operate(py, operator.ufunc(), &[&a], None).map(Bound::into_ptr)
    })
}

macro_rules! slots {
    (
        binary { $($binary:ident => $slot:ident, $in_place_slot:ident),* $(,)? }
        unary { $($unary:ident => $unary_slot:ident),* $(,)? }
    ) => {
        #[allow(non_snake_case, reason = "the functions bear their operators' names")]
        mod direct {
            use super::*;
            $(pub(super) unsafe extern "C" fn $binary(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
                binary(&operators::$binary, a, b)
            })*
            $(pub(super) unsafe extern "C" fn $unary(a: *mut ffi::PyObject) -> *mut ffi::PyObject {
                unary(&operators::$unary, a)
            })*
        }

        #[allow(non_snake_case, reason = "the functions bear their operators' names")]
        mod into {
            use super::*;
            $(pub(super) unsafe extern "C" fn $binary(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
                in_place(&operators::$binary, a, b)
            })*
        }

        /// Adds the number protocol to the class.
        ///
        /// # Safety
        /// As for [`Class::slot`].
        pub(super) unsafe fn slots(class: Class) -> Class {
            // SAFETY: the functions fit their slots, and are written for arrays.
            unsafe {
                class
                    $(.slot(ffi::$slot, direct::$binary as *mut _)
                      .slot(ffi::$in_place_slot, into::$binary as *mut _))*
                    $(.slot(ffi::$unary_slot, direct::$unary as *mut _))*
                    .slot(ffi::Py_nb_matrix_multiply, matrix_multiply as *mut _)
                    .slot(ffi::Py_nb_inplace_matrix_multiply, in_place_matrix_multiply as *mut _)
                    .slot(ffi::Py_nb_divmod, divmod as *mut _)
                    .slot(ffi::Py_nb_power, power as *mut _)
                    .slot(ffi::Py_nb_inplace_power, in_place_power as *mut _)
                    .slot(ffi::Py_nb_bool, truth as *mut _)
                    .slot(ffi::Py_nb_int, int as *mut _)
                    .slot(ffi::Py_nb_float, float as *mut _)
                    .slot(ffi::Py_nb_index, index as *mut _)
            }
        }
    };
}

slots! {
    binary {
        ADD => Py_nb_add, Py_nb_inplace_add,
        SUBTRACT => Py_nb_subtract, Py_nb_inplace_subtract,
        MULTIPLY => Py_nb_multiply, Py_nb_inplace_multiply,
        REMAINDER => Py_nb_remainder, Py_nb_inplace_remainder,
        TRUE_DIVIDE => Py_nb_true_divide, Py_nb_inplace_true_divide,
        FLOOR_DIVIDE => Py_nb_floor_divide, Py_nb_inplace_floor_divide,
        LEFT_SHIFT => Py_nb_lshift, Py_nb_inplace_lshift,
        RIGHT_SHIFT => Py_nb_rshift, Py_nb_inplace_rshift,
        BITWISE_AND => Py_nb_and, Py_nb_inplace_and,
        BITWISE_OR => Py_nb_or, Py_nb_inplace_or,
        BITWISE_XOR => Py_nb_xor, Py_nb_inplace_xor,
    }
    unary {
        NEGATIVE => Py_nb_negative,
        POSITIVE => Py_nb_positive,
        ABSOLUTE => Py_nb_absolute,
        INVERT => Py_nb_invert,
    }
}

unsafe extern "C" fn divmod(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
    binary(&operators::DIVMOD, a, b)
}

unsafe extern "C" fn matrix_multiply(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        if super::is_exact(&a)
            && super::is_exact(&b)
            && array(&a).size().max(array(&b).size()) < 1 << 10
        {
            let result = rustsci_array::products::matmul(array(&a), array(&b))
                .map_err(|error| error.into_py_err(py))?;
            crate::call::error_state::settle(py)?;
            return match result.ndim() {
                0 => scalar::object(py, &result.get(&[])),
                _ => super::wrap(py, result),
            }
            .map(Bound::into_ptr);
        }
        if is_instance(&a) && operators::defers(&a, &b, false)? {
            return Ok(py.NotImplemented().into_ptr());
        }
        crate::ufunc::object(py, "matmul")?
            .call1((a, b))
            .map(Bound::into_ptr)
    })
}

unsafe extern "C" fn in_place_matrix_multiply(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        if operators::defers(&a, &b, true)? {
            return Ok(py.NotImplemented().into_ptr());
        }
        // The result must have the shape of the array, whatever shape that is.
        let keywords = PyDict::new(py);
        keywords.set_item("out", a)?;
        crate::ufunc::object(py, "matmul")?
            .call((a, b), Some(&keywords))
            .map(Bound::into_ptr)
    })
}

/// The ufunc that does what a power with this exponent does, only faster.
fn power_operator(
    base: &Bound<'_, PyAny>,
    exponent: &Bound<'_, PyAny>,
) -> Option<&'static Operator> {
    if !is_instance(base) || !array(base).dtype().is_inexact() {
        let squared = is_instance(base) && exponent.is_exact_instance_of::<pyo3::types::PyInt>();
        let two = squared
            && exponent
                .extract::<i64>()
                .is_ok_and(|exponent| exponent == 2);
        return two.then_some(&operators::SQUARE);
    }
    let exponent = match call::operand(exponent).ok()? {
        rustsci_bind::convert::Operand::Int(exponent) => exponent as f64,
        rustsci_bind::convert::Operand::Float(exponent) => exponent,
        _ => return None,
    };
    if exponent == 2.0 {
        Some(&operators::SQUARE)
    } else if exponent == 1.0 {
        Some(&operators::POSITIVE)
    } else if exponent == 0.5 {
        Some(&operators::SQRT)
    } else if exponent == -1.0 {
        Some(&operators::RECIPROCAL)
    } else {
        None
    }
}

unsafe extern "C" fn power(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    modulus: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b, modulus) = unsafe { (borrowed(py, a), borrowed(py, b), borrowed(py, modulus)) };
        if !modulus.is_none() {
            return Ok(py.NotImplemented().into_ptr());
        }
        if let Some(operator) = power_operator(&a, &b) {
            return call::operate(py, operator.ufunc(), &[&a], None).map(Bound::into_ptr);
        }
        operators::binary(py, &operators::POWER, &a, &b).map(Bound::into_ptr)
    })
}

unsafe extern "C" fn in_place_power(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    modulus: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b, modulus) = unsafe { (borrowed(py, a), borrowed(py, b), borrowed(py, modulus)) };
        if !modulus.is_none() {
            return Ok(py.NotImplemented().into_ptr());
        }
        if let Some(operator) = power_operator(&a, &b) {
            return call::operate(py, operator.ufunc(), &[&a], Some(&a)).map(Bound::into_ptr);
        }
        operators::in_place(py, &operators::POWER, &a, &b).map(Bound::into_ptr)
    })
}

unsafe extern "C" fn truth(object: *mut ffi::PyObject) -> c_int {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        let own = array(&object);
        match own.size() {
            1 => Ok(c_int::from(own.item(0).truth())),
            0 => Err(PyValueError::new_err(
                "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not \
                 empty.",
            )),
            _ => Err(PyValueError::new_err(
                "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
            )),
        }
    })
}

/// The element of an array without axes.
pub(super) fn only_element(object: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    let own = array(object);
    if own.ndim() == 0 {
        return Ok(own.get(&[]));
    }
    Err(PyTypeError::new_err(
        "only 0-dimensional arrays can be converted to Python scalars",
    ))
}

/// Converts the only element as the scalar's own slot does; a complex one is refused as Python refuses it.
fn converted(object: *mut ffi::PyObject, method: &str) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        let element = only_element(&object)?;
        if element.dtype().is_complex() {
            let number = scalar::to_python(py, &element)?;
            let class = match method {
                "__int__" => py.get_type::<PyInt>(),
                _ => py.get_type::<PyFloat>(),
            };
            return class.call1((number,)).map(Bound::into_ptr);
        }
        let element = scalar::object(py, &element)?;
        element.call_method0(method).map(Bound::into_ptr)
    })
}

unsafe extern "C" fn int(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, "__int__")
}

unsafe extern "C" fn float(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    converted(object, "__float__")
}

unsafe extern "C" fn index(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live array.
        let object = unsafe { borrowed(py, object) };
        let own = array(&object);
        if own.ndim() != 0 || !own.dtype().is_integer() {
            return Err(PyTypeError::new_err(
                "only integer scalar arrays can be converted to a scalar index",
            ));
        }
        scalar::to_python(py, &own.get(&[])).map(Bound::into_ptr)
    })
}
