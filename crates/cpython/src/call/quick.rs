//! Short ways for the functions that programs call most, with the arguments they mostly have.
//!
//! A row of the common table costs some hundred nanoseconds to bind and convert arguments for, as much as the work itself
//! of the functions below. A short way takes positional arguments and gives nothing where it does not apply, nor where other
//! threads should run beside the work; the row then does.

use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt, PyTuple, PyType};
use pyo3::{Borrowed, ffi};
use rustsci_array::array::CopyOrder;
use rustsci_array::ordering::{Extreme, arg_extreme};
use rustsci_array::{Array, DType, Order, Result, Scalar, products};
use rustsci_bind::Header;
use rustsci_buffer::Shape;
use smallvec::SmallVec;

use super::errors::IntoPyErr;
use super::{LARGE, error_state};
use crate::ufunc::operators::{self, Operator};
use crate::{coerce, ndarray, scalar};

/// How many arguments a short way takes at most.
pub(super) const MOST: usize = 4;

type Answer<'py> = Option<PyResult<Bound<'py, PyAny>>>;

/// A function of a few plain arguments.
pub(super) type Quick = for<'py> fn(&[Borrowed<'_, 'py, PyAny>]) -> Answer<'py>;

/// The short way of a function, if it has one.
pub(super) fn find(header: &Header) -> Option<Quick> {
    Some(match (header.class, header.module, header.name) {
        (Some("ndarray"), _, "astype") => as_type,
        (Some("ndarray"), _, "copy") => |given| one(given, |own| own.copied(CopyOrder::C)),
        (Some("ndarray"), _, "flatten") => |given| {
            one(given, |own| {
                own.copied(CopyOrder::C)?.reshaped(&[own.size()], Order::C)
            })
        },
        (Some("ndarray"), _, "ravel") => |given| {
            // Steps of one length are not enough: what is not packed is copied.
            view(given, |own| match own.is_c_contiguous() {
                true => own.reshaped_view(&[own.size()], Order::C),
                false => None,
            })
        },
        (Some("ndarray"), _, "squeeze") => |given| {
            view(given, |own| {
                Some(own.squeezed(|axis| own.shape()[axis] == 1))
            })
        },
        (Some("ndarray"), _, "transpose") => |given| view(given, |own| Some(own.transposed())),
        (Some("ndarray"), _, "reshape") => reshape,
        (Some("ndarray"), _, "item") => item,
        (Some("ndarray"), _, "fill") => fill,
        (Some("ndarray"), _, "argmax") => |given| index_of(given, Extreme::Max),
        (Some("ndarray"), _, "argmin") => |given| index_of(given, Extreme::Min),
        (Some("ndarray"), _, "sum") => |given| reduced(given, &operators::ADD),
        (Some("ndarray"), _, "prod") => |given| reduced(given, &operators::MULTIPLY),
        (Some("ndarray"), _, "max") => |given| reduced(given, &operators::MAXIMUM),
        (Some("ndarray"), _, "min") => |given| reduced(given, &operators::MINIMUM),
        (Some("ndarray") | None, "", "dot") => dot,
        (None, "", "zeros") => |given| create(given, Array::zeros),
        (None, "", "empty") => |given| create(given, Array::empty),
        (None, "", "array") => |given| match given {
            [object] => coerce::quick_array(object),
            _ => None,
        },
        (None, "", "asarray" | "asanyarray") => |given| itself(given, |_| true),
        (None, "", "ascontiguousarray") => {
            |given| itself(given, |array| array.ndim() > 0 && array.is_c_contiguous())
        }
        _ => return None,
    })
}

/// The array of an object of the class itself.
fn exact<'a>(object: &'a Bound<'_, PyAny>) -> Option<&'a Array> {
    ndarray::is_exact(object).then(|| ndarray::array(object))
}

/// A new array from a small one, without further arguments.
fn one<'py>(given: &[Borrowed<'_, 'py, PyAny>], make: fn(&Array) -> Result<Array>) -> Answer<'py> {
    let [own] = given else { return None };
    let array = exact(own).filter(|array| array.size() < LARGE)?.clone();
    Some(match make(&array) {
        Ok(new) => ndarray::wrap(own.py(), new),
        Err(error) => Err(error.into_py_err(own.py())),
    })
}

/// A view of an array, without further arguments.
fn view<'py>(given: &[Borrowed<'_, 'py, PyAny>], show: fn(&Array) -> Option<Array>) -> Answer<'py> {
    let [own] = given else { return None };
    let view = show(exact(own)?)?;
    Some(ndarray::wrap_view(own, view))
}

/// The same elements in a shape that is given by integers, or by a tuple of them.
fn reshape<'py>(given: &[Borrowed<'_, 'py, PyAny>]) -> Answer<'py> {
    let (own, shape) = given.split_first()?;
    let array = exact(own)?;
    let shape: SmallVec<[isize; 6]> = match shape {
        [one] => match one.cast_exact::<PyTuple>() {
            Ok(lengths) => lengths.iter().map(|n| integer(&n)).collect::<Option<_>>()?,
            Err(_) => smallvec::smallvec![integer(one)?],
        },
        lengths => lengths.iter().map(|n| integer(n)).collect::<Option<_>>()?,
    };
    let shape = array.resolve_shape(&shape).ok()?;
    let view = array.reshaped_view(&shape, Order::C)?;
    Some(ndarray::wrap_view(own, view))
}

/// An element as a Python number: the only one, or one of the whole array in C order.
fn item<'py>(given: &[Borrowed<'_, 'py, PyAny>]) -> Answer<'py> {
    let (own, index) = given.split_first()?;
    let array = exact(own)?;
    let size = array.size();
    let place = match index {
        [] if size == 1 => 0,
        [index] => usize::try_from(integer(index)?)
            .ok()
            .filter(|place| *place < size)?,
        _ => return None,
    };
    Some(scalar::to_python(own.py(), &array.item(place)))
}

/// Sets every element of an array of doubles.
fn fill<'py>(given: &[Borrowed<'_, 'py, PyAny>]) -> Answer<'py> {
    let [own, value] = given else { return None };
    let array =
        exact(own).filter(|array| *array.dtype() == DType::Float64 && array.size() < LARGE)?;
    let value = value.cast_exact::<PyFloat>().ok()?.value();
    let done = array.fill(&Scalar::Float64(value));
    Some(match done {
        Ok(()) => Ok(own.py().None().into_bound(own.py())),
        Err(error) => Err(error.into_py_err(own.py())),
    })
}

/// The place of an extreme in a small array.
fn index_of<'py>(given: &[Borrowed<'_, 'py, PyAny>], extreme: Extreme) -> Answer<'py> {
    let [own] = given else { return None };
    let array = exact(own).filter(|array| array.size() < LARGE)?;
    Some(match arg_extreme(array, extreme, None, false, None) {
        Ok(place) => scalar::object(own.py(), &place.item(0)),
        Err(error) => Err(error.into_py_err(own.py())),
    })
}

/// The dot product of two short vectors.
fn dot<'py>(given: &[Borrowed<'_, 'py, PyAny>]) -> Answer<'py> {
    let [a, b] = given else { return None };
    let is_short = |array: &&Array| array.ndim() == 1 && array.size() < LARGE;
    let (x, y) = (exact(a).filter(is_short)?, exact(b).filter(is_short)?);
    let py = a.py();
    Some(match products::dot(x, y) {
        Ok(value) => error_state::settle(py).and_then(|()| scalar::object(py, &value.item(0))),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A real array with its elements converted to a dtype, which is one or a scalar type.
fn as_type<'py>(given: &[Borrowed<'_, 'py, PyAny>]) -> Answer<'py> {
    let [own, dtype] = given else { return None };
    let py = own.py();
    let array = exact(own)
        .filter(|array| !array.dtype().is_complex())?
        .clone();
    let dtype = match dtype.cast_exact::<PyType>() {
        Ok(class) => scalar::dtype_of_class(&class)?,
        Err(_) => crate::dtype::value(dtype)?,
    };
    let converted = ndarray::converted(py, &array, &dtype, CopyOrder::K);
    Some(
        converted.and_then(|array| error_state::settle(py).and_then(|()| ndarray::wrap(py, array))),
    )
}

/// An array as an array.
fn itself<'py>(given: &[Borrowed<'_, 'py, PyAny>], suits: fn(&Array) -> bool) -> Answer<'py> {
    let [object] = given else { return None };
    suits(exact(object)?).then(|| Ok(Bound::clone(object)))
}

/// A small array reduced to one value.
fn reduced<'py>(given: &[Borrowed<'_, 'py, PyAny>], operator: &'static Operator) -> Answer<'py> {
    let [own] = given else { return None };
    let py = own.py();
    Some(match operator.ufunc().reduce_small(exact(own)?)? {
        Ok(value) => error_state::settle(py).and_then(|()| scalar::object(py, &value)),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A new array of the default dtype, by a shape that is an integer or a tuple of integers.
fn create<'py>(
    given: &[Borrowed<'_, 'py, PyAny>],
    make: fn(&[usize], &DType, Order) -> Result<Array>,
) -> Answer<'py> {
    let [shape] = given else { return None };
    let py = shape.py();
    let length = |n: &Bound<'_, PyAny>| integer(n).and_then(|n| usize::try_from(n).ok());
    let lengths: Shape = match shape.cast_exact::<PyTuple>() {
        Ok(lengths) => lengths.iter().map(|n| length(&n)).collect::<Option<_>>()?,
        Err(_) => smallvec::smallvec![length(shape)?],
    };
    Some(match make(&lengths, &DType::Float64, Order::C) {
        Ok(array) => ndarray::wrap(py, array),
        Err(error) => Err(error.into_py_err(py)),
    })
}

/// A Python integer.
#[inline]
fn integer(object: &Bound<'_, PyAny>) -> Option<isize> {
    object.cast_exact::<PyInt>().ok()?;
    let mut overflow = 0;
    // SAFETY: the object is an integer.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if overflow == 0 {
        isize::try_from(value).ok()
    } else {
        None
    }
}
