//! What a function gives back.

use std::any::Any;
use std::sync::Arc;

use rustsci_array::dtype::Complex;
use rustsci_array::{Array, DType, Result, Scalar};

/// An object of the host that is kept for a while.
#[derive(Clone)]
pub struct Handle(Arc<dyn Any + Send + Sync>);

impl Handle {
    /// Wraps what the host uses to keep an object.
    pub fn new(object: impl Any + Send + Sync) -> Self {
        Self(Arc::new(object))
    }

    /// What the host wrapped, if it is a `T`.
    pub fn get<T: 'static>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handle")
    }
}

/// What crosses from Rust to the host.
#[derive(Clone, Debug)]
pub enum Value {
    /// Not given; only as a default.
    Missing,
    /// None.
    None,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i128),
    /// A floating-point number.
    Float(f64),
    /// A complex number.
    Complex(Complex<f64>),
    /// Text.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A dtype.
    DType(DType),
    /// An array.
    Array(Array),
    /// A value with its dtype.
    Scalar(Scalar),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A list.
    List(Vec<Value>),
    /// An object of the host.
    Object(Handle),
}

/// A result that is a scalar where it has no axes, as NumPy's reductions and indexing give it.
#[derive(Clone, Debug)]
pub struct ScalarOrArray(pub Array);

/// What an exported function may return.
pub trait IntoValue {
    /// The value that crosses to the host.
    ///
    /// # Errors
    /// Those of the function.
    fn into_value(self) -> Result<Value>;
}

impl<T: IntoValue> IntoValue for Result<T> {
    fn into_value(self) -> Result<Value> {
        self?.into_value()
    }
}

macro_rules! into_value {
    ($($type:ty: $value:ident => $result:expr),* $(,)?) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Result<Value> {
                let $value = self;
                Ok($result)
            }
        }
    )*};
}

into_value! {
    Value: value => value,
    (): _unit => Value::None,
    bool: value => Value::Bool(value),
    i64: value => Value::Int(value.into()),
    isize: value => Value::Int(value as i128),
    usize: value => Value::Int(value as i128),
    f64: value => Value::Float(value),
    String: value => Value::Str(value),
    DType: value => Value::DType(value),
    Array: value => Value::Array(value),
    Scalar: value => Value::Scalar(value),
    Handle: value => Value::Object(value),
    ScalarOrArray: value => match value.0.ndim() {
        0 => Value::Scalar(value.0.get(&[])),
        _ => Value::Array(value.0),
    },
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Result<Value> {
        self.map_or(Ok(Value::None), IntoValue::into_value)
    }
}

/// Several results are a tuple.
impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Result<Value> {
        self.into_iter()
            .map(IntoValue::into_value)
            .collect::<Result<_>>()
            .map(Value::Tuple)
    }
}

impl<A: IntoValue, B: IntoValue> IntoValue for (A, B) {
    fn into_value(self) -> Result<Value> {
        Ok(Value::Tuple(vec![
            self.0.into_value()?,
            self.1.into_value()?,
        ]))
    }
}
