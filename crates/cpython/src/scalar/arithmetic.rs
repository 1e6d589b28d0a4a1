//! The number protocol of scalars.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt, PyTuple};
use rustsci_array::dtype::Complex;
use rustsci_array::ufunc::{Input, Options};
use rustsci_array::{DType, Scalar};

use super::{integers, object, value};
use crate::c_api::{Class, borrowed, only_repeats, slot};
use crate::call::{IntoPyErr, error_state};
use crate::ufunc::operators::{self, Operator};

/// A number as an operand: one with a dtype, or one of Python's own.
pub(super) fn number(object: &Bound<'_, PyAny>) -> Option<Input<'static>> {
    if let Some(value) = value(object) {
        return Some(Input::Scalar(value));
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Some(Input::Float(number.value()));
    }
    if let Ok(number) = object.cast::<PyBool>() {
        return Some(Input::Scalar(Scalar::Bool(number.is_true().into())));
    }
    if object.is_instance_of::<PyInt>() {
        return object.extract().ok().map(Input::Int);
    }
    if let Ok(number) = object.cast::<PyComplex>() {
        return Some(Input::Complex(Complex::new(number.real(), number.imag())));
    }
    None
}

/// An operand of float64 arithmetic.
#[inline]
fn as_float64(input: &Input<'_>) -> Option<f64> {
    match *input {
        Input::Scalar(Scalar::Float64(value)) | Input::Float(value) => Some(value),
        // Beyond 53 bits a conversion may round, which is for the general way to do.
        Input::Int(value) if value.unsigned_abs() < 1 << 53 => Some(value as f64),
        _ => None,
    }
}

/// Plain float64 arithmetic where nothing happens that would have to be reported.
#[inline]
fn float64(operator: &Operator, a: &Input<'_>, b: &Input<'_>) -> Option<f64> {
    let (x, y) = (as_float64(a)?, as_float64(b)?);
    let result = match operator.name {
        "add" => x + y,
        "subtract" => x - y,
        "multiply" => x * y,
        "divide" => x / y,
        _ => return None,
    };
    result.is_normal().then_some(result)
}

/// A double with another sign: nothing happens that would have to be reported.
#[inline]
fn signed(operator: &Operator, value: f64) -> Option<f64> {
    match operator.name {
        "negative" => Some(-value),
        "absolute" => Some(value.abs()),
        _ => None,
    }
}

/// An operand of int64 arithmetic.
#[inline]
fn as_int64(input: &Input<'_>) -> Option<i64> {
    match *input {
        Input::Scalar(Scalar::Int64(value)) => Some(value),
        Input::Int(value) => i64::try_from(value).ok(),
        _ => None,
    }
}

/// Plain int64 arithmetic that does not overflow.
#[inline]
fn int64(operator: &Operator, a: &Input<'_>, b: &Input<'_>) -> Option<i64> {
    let (x, y) = (as_int64(a)?, as_int64(b)?);
    match operator.name {
        "add" => x.checked_add(y),
        "subtract" => x.checked_sub(y),
        "multiply" => x.checked_mul(y),
        _ => None,
    }
}

/// The result of an operation on two numbers; nothing if one of the objects is not a number.
fn on_numbers<'py>(
    py: Python<'py>,
    operator: &Operator,
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return Ok(None);
    };
    if let Some(result) = float64(operator, &x, &y) {
        return object(py, &Scalar::Float64(result)).map(Some);
    }
    if let Some(result) = int64(operator, &x, &y) {
        return object(py, &Scalar::Int64(result)).map(Some);
    }
    let inputs = [x, y];
    if let Some(dtype) = common_integer(&inputs)
        && let Some(result) = integers::binary(py, operator.name, &inputs, &dtype)?
    {
        return object(py, &result).map(Some);
    }
    if let Some(result) = operator.ufunc().call_values(&inputs) {
        settle(py, operator)?;
        return object(py, &result).map(Some);
    }
    let outputs = operator
        .ufunc()
        .call(&inputs, &Options::default())
        .map_err(|error| error.into_py_err(py))?;
    settle(py, operator)?;
    match &outputs[..] {
        [only] => object(py, &only.get(&[])).map(Some),
        several => {
            let results = several.iter().map(|output| object(py, &output.get(&[])));
            let results = PyTuple::new(py, results.collect::<PyResult<Vec<_>>>()?)?;
            Ok(Some(results.into_any()))
        }
    }
}

/// The integer dtype that both operands take, if they are integers.
fn common_integer(inputs: &[Input<'_>; 2]) -> Option<DType> {
    let dtype = match (&inputs[0], &inputs[1]) {
        (Input::Scalar(a), Input::Scalar(b)) => {
            rustsci_array::dtype::promote(&a.dtype(), &b.dtype())
        }
        (Input::Scalar(value), Input::Int(_)) | (Input::Int(_), Input::Scalar(value)) => {
            value.dtype()
        }
        _ => return None,
    };
    dtype.is_integer().then_some(dtype)
}

/// Acts on conditions that an operation on scalars has met.
fn settle(py: Python<'_>, operator: &Operator) -> PyResult<()> {
    match rustsci_array::exec::take_reported() {
        None => Ok(()),
        Some((conditions, _)) => {
            error_state::act(py, conditions, &format!("scalar {}", operator.name))
        }
    }
}

fn binary(
    operator: &'static Operator,
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's arguments are live objects.
        let (a, b) = unsafe { (borrowed(py, a), borrowed(py, b)) };
        if let Some(result) = on_numbers(py, operator, &a, &b)? {
            return Ok(result.into_ptr());
        }
        if operator.name == "multiply"
            && let Some(result) = repeated(&a, &b)?
        {
            return Ok(result.into_ptr());
        }
        operators::binary(py, operator, &a, &b).map(Bound::into_ptr)
    })
}

/// A sequence multiplied by an integer is repeated.
fn repeated<'py>(
    a: &Bound<'py, PyAny>,
    b: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let is_integer =
        |object: &Bound<'py, PyAny>| value(object).is_some_and(|value| value.dtype().is_integer());
    for (count, sequence) in [(a, b), (b, a)] {
        if value(count).is_none() {
            continue;
        }
        let repeats = only_repeats(sequence);
        if repeats && !is_integer(count) {
            return Err(PyTypeError::new_err(format!(
                "can't multiply sequence by non-int of type '{}'",
                count.get_type().fully_qualified_name()?
            )));
        }
        if repeats {
            let count = crate::call::object::index(&count.call_method0("__int__")?)?;
            // SAFETY: both are live, and the sequence can be repeated.
            return unsafe {
                crate::c_api::owned(
                    sequence.py(),
                    ffi::PySequence_Repeat(sequence.as_ptr(), count),
                )
            }
            .map(Some);
        }
    }
    Ok(None)
}

fn unary(operator: &'static Operator, a: *mut ffi::PyObject) -> *mut ffi::PyObject {
    slot(|py| {
        // SAFETY: the slot's argument is a live scalar.
        let a = unsafe { borrowed(py, a) };
        let value = super::convert::own(&a)?;
        if let Scalar::Float64(value) = value
            && let Some(result) = signed(operator, value)
        {
            return object(py, &Scalar::Float64(result)).map(Bound::into_ptr);
        }
        if let Some(result) = integers::unary(py, operator.name, &value)? {
            return object(py, &result).map(Bound::into_ptr);
        }
        let result = match operator.ufunc().call_values(&[Input::Scalar(value)]) {
            Some(result) => result,
            None => {
                let input = [Input::Scalar(value)];
                let output = operator.ufunc().call_one(&input, &Options::default());
                output.map_err(|error| error.into_py_err(py))?.get(&[])
            }
        };
        settle(py, operator)?;
        object(py, &result).map(Bound::into_ptr)
    })
}

macro_rules! slots {
    (binary { $($binary:ident => $slot:ident),* $(,)? } unary { $($unary:ident => $unary_slot:ident),* $(,)? }) => {
        #[allow(non_snake_case, reason = "the functions bear their operators' names")]
        mod functions {
            use super::*;
            $(pub(super) unsafe extern "C" fn $binary(a: *mut ffi::PyObject, b: *mut ffi::PyObject) -> *mut ffi::PyObject {
                binary(&operators::$binary, a, b)
            })*
            $(pub(super) unsafe extern "C" fn $unary(a: *mut ffi::PyObject) -> *mut ffi::PyObject {
                unary(&operators::$unary, a)
            })*
        }

        /// Adds the number protocol to a class.
        pub(super) fn slots(class: Class) -> Class {
            // SAFETY: the functions fit their slots, and are written for scalars of any class.
            unsafe {
                class
                    $(.slot(ffi::$slot, functions::$binary as *mut _))*
                    $(.slot(ffi::$unary_slot, functions::$unary as *mut _))*
                    .slot(ffi::Py_nb_power, power as *mut _)
            }
        }
    };
}

slots! {
    binary {
        ADD => Py_nb_add,
        SUBTRACT => Py_nb_subtract,
        MULTIPLY => Py_nb_multiply,
        REMAINDER => Py_nb_remainder,
        DIVMOD => Py_nb_divmod,
        TRUE_DIVIDE => Py_nb_true_divide,
        FLOOR_DIVIDE => Py_nb_floor_divide,
        LEFT_SHIFT => Py_nb_lshift,
        RIGHT_SHIFT => Py_nb_rshift,
        BITWISE_AND => Py_nb_and,
        BITWISE_OR => Py_nb_or,
        BITWISE_XOR => Py_nb_xor,
    }
    unary {
        NEGATIVE => Py_nb_negative,
        POSITIVE => Py_nb_positive,
        ABSOLUTE => Py_nb_absolute,
        INVERT => Py_nb_invert,
    }
}

unsafe extern "C" fn power(
    a: *mut ffi::PyObject,
    b: *mut ffi::PyObject,
    modulus: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: compares with a static object.
    if unsafe { ffi::Py_IsNone(modulus) } == 0 {
        return slot(|py| Ok(py.NotImplemented().into_ptr()));
    }
    binary(&operators::POWER, a, b)
}
