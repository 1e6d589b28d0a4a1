//! From Rust's values to objects, and back.

use malachite_bigint::BigInt;
use num_traits::ToPrimitive;
use rustpython_vm::builtins::{PyInt as VmInt, PyStr as VmStr};

use crate::types::{PyList, PyTuple};
use crate::{Borrowed, Bound, Py, PyAny, PyErr, PyResult, Python, exceptions};

/// A value that can become an object.
pub trait IntoPyObject<'py>: Sized {
    /// The object.
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
}

/// The same by another name.
pub trait IntoPyObjectExt<'py>: IntoPyObject<'py> {
    /// The object.
    fn into_bound_py_any(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_pyobject(py)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObjectExt<'py> for T {}

macro_rules! into {
    ($($type:ty: ($value:ident, $py:ident) => $object:expr;)*) => {$(
        impl<'py> IntoPyObject<'py> for $type {
            fn into_pyobject(self, $py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let $value = self;
                Ok(Bound::wrap($py, $object.into()))
            }
        }
    )*};
}

into! {
    bool: (value, py) => py.vm().ctx.new_bool(value);
    f64: (value, py) => py.vm().ctx.new_float(value);
    f32: (value, py) => py.vm().ctx.new_float(value.into());
    &str: (text, py) => py.vm().ctx.new_str(text);
    String: (text, py) => py.vm().ctx.new_str(text);
    &String: (text, py) => py.vm().ctx.new_str(text.as_str());
    &&str: (text, py) => py.vm().ctx.new_str(*text);
    char: (letter, py) => py.vm().ctx.new_str(letter.to_string());
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl<'py> IntoPyObject<'py> for $type {
            fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(Bound::wrap(py, py.vm().ctx.new_int(self).into()))
            }
        }

        impl<'py> IntoPyObject<'py> for &$type {
            fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                (*self).into_pyobject(py)
            }
        }

        impl<'py> FromPyObject<'py> for $type {
            fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
                let value = object.object().try_index(object.py().vm())?;
                number(value.as_bigint())
            }
        }
    )*};
}

integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

fn number<T: TryFrom<i128>>(value: &BigInt) -> PyResult<T> {
    value
        .to_i128()
        .and_then(|value| T::try_from(value).ok())
        .ok_or_else(|| {
            exceptions::PyOverflowError::new_err(format!(
                "Python int too large to convert to {}",
                std::any::type_name::<T>()
            ))
        })
}

impl<'py, T> IntoPyObject<'py> for Bound<'py, T> {
    fn into_pyobject(self, _py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.into_any())
    }
}

impl<'py, T> IntoPyObject<'py> for &Bound<'py, T> {
    fn into_pyobject(self, _py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.as_any().clone())
    }
}

impl<'py, T> IntoPyObject<'py> for &&Bound<'py, T> {
    fn into_pyobject(self, _py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.as_any().clone())
    }
}

impl<'py, T> IntoPyObject<'py> for Borrowed<'_, 'py, T> {
    fn into_pyobject(self, _py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.as_any().clone())
    }
}

impl<'py, T> IntoPyObject<'py> for &Borrowed<'_, 'py, T> {
    fn into_pyobject(self, _py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.as_any().clone())
    }
}

impl<'py, T> IntoPyObject<'py> for Py<T> {
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(Bound::wrap(py, self.into_object()))
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Option<T> {
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Some(value) => value.into_pyobject(py),
            None => Ok(py.None().into_bound(py)),
        }
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a Option<T>
where
    &'a T: IntoPyObject<'py>,
{
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().into_pyobject(py)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Vec<T> {
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyList::new(py, self)?.into_any())
    }
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        impl<'py, $($name: IntoPyObject<'py>),*> IntoPyObject<'py> for ($($name,)*) {
            fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                let objects = crate::PyCallArgs::positional(self, py)?;
                Ok(Bound::wrap(py, py.vm().ctx.new_tuple(objects).into()))
            }
        }
    )*};
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

/// A value that an object can become.
pub trait FromPyObject<'py>: Sized {
    /// The value.
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self>;
}

impl<'py> FromPyObject<'py> for bool {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        Ok(object.cast::<crate::types::PyBool>()?.is_true())
    }
}

impl<'py> FromPyObject<'py> for f64 {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let vm = object.py().vm();
        // An integer may be beyond what a float can hold, which is an error of its own.
        if let Some(value) = object.object().downcast_ref::<VmInt>() {
            return value
                .as_bigint()
                .to_f64()
                .filter(|value| value.is_finite())
                .ok_or_else(|| {
                    exceptions::PyOverflowError::new_err("int too large to convert to float")
                });
        }
        Ok(object.object().try_float(vm)?.to_f64())
    }
}

impl<'py> FromPyObject<'py> for String {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        match object.object().downcast_ref::<VmStr>() {
            Some(text) => match text.to_str() {
                Some(text) => Ok(text.to_owned()),
                None => Err(surrogates()),
            },
            None => Err(exceptions::PyTypeError::new_err(format!(
                "'{}' object cannot be converted to 'str'",
                object.object().class().name()
            ))),
        }
    }
}

#[cold]
pub(crate) fn surrogates() -> PyErr {
    exceptions::PyValueError::new_err("surrogates are not allowed in this text")
}

impl<'py, T: FromPyObject<'py>> FromPyObject<'py> for Vec<T> {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<crate::types::PyString>() {
            return Err(exceptions::PyTypeError::new_err(
                "Can't extract `str` to `Vec`",
            ));
        }
        object.try_iter()?.map(|item| T::extract(&item?)).collect()
    }
}

impl<'py> FromPyObject<'py> for Bound<'py, PyAny> {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        Ok(object.clone())
    }
}

impl<'py> FromPyObject<'py> for Bound<'py, PyTuple> {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        Ok(object.clone().cast_into()?)
    }
}

impl<'py, A: FromPyObject<'py>, B: FromPyObject<'py>> FromPyObject<'py> for (A, B) {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let pair = object.cast::<PyTuple>()?;
        if pair.len() != 2 {
            return Err(exceptions::PyValueError::new_err(format!(
                "expected tuple of length 2, but got tuple of length {}",
                pair.len()
            )));
        }
        Ok((pair.get_item(0)?.extract()?, pair.get_item(1)?.extract()?))
    }
}

impl<'py, T: FromPyObject<'py>> FromPyObject<'py> for Option<T> {
    fn extract(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        if object.is_none() {
            Ok(None)
        } else {
            T::extract(object).map(Some)
        }
    }
}
