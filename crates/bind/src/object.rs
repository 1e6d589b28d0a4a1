//! What a function may ask of an object of the host.

use rustsci_array::dtype::Complex;
use rustsci_array::{Array, DType, Error, Result, Scalar};

use crate::convert::PlainNumbers;
use crate::value::{Handle, Value};

/// What an object is, as far as can be seen without running any of its code.
#[derive(Clone, Debug)]
pub enum View<'a> {
    /// An argument that was not given and whose default says only that.
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
    Str(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A dtype.
    DType(DType),
    /// An array (or an instance of a subclass).
    Array(Array),
    /// A value with its dtype.
    Scalar(Scalar),
    /// A tuple or a list.
    Sequence,
    /// Anything else.
    Other,
}

/// An object of the host, borrowed for the duration of a call.
///
/// The methods with defaults run the object's own code where it has any, so they may take time and fail in any way.
pub trait Object {
    /// What the object is.
    fn view(&self) -> View<'_>;

    /// The name of the object's type, for messages.
    fn type_name(&self) -> String;

    /// The object as an array, of the given dtype if one is asked for; an array is itself.
    ///
    /// # Errors
    /// If the object cannot become an array.
    fn to_array(&self, dtype: Option<&DType>) -> Result<Array>;

    /// The object as a dtype.
    ///
    /// # Errors
    /// If the object names no dtype.
    fn to_dtype(&self) -> Result<DType>;

    /// The object as a whole number (`__index__`).
    ///
    /// # Errors
    /// If the object is not one.
    fn to_index(&self) -> Result<isize>;

    /// The object as a floating-point number (`__float__`).
    ///
    /// # Errors
    /// If the object is not one.
    fn to_float(&self) -> Result<f64>;

    /// The object's truth.
    ///
    /// # Errors
    /// If the object has none.
    fn truth(&self) -> Result<bool>;

    /// The members of a sequence, or nothing if the object is not one.
    ///
    /// # Errors
    /// If the object fails to give them.
    fn items(&self) -> Result<Option<Vec<Box<dyn Object + '_>>>>;

    /// The members of a list or tuple of plain numbers: nothing if it has none, or some of another kind, or whole ones
    /// beyond 64 bits. No code of the object runs.
    fn plain_numbers(&self) -> Option<PlainNumbers> {
        None
    }

    /// The object's representation, for messages.
    fn repr(&self) -> String;

    /// Calls the object.
    ///
    /// # Errors
    /// If the object cannot be called, or fails.
    fn call(&self, arguments: Vec<Value>) -> Result<Value>;

    /// The object, to be kept or given back.
    fn handle(&self) -> Handle;
}

/// A value stands for itself: defaults of parameters are values.
impl Object for Value {
    fn view(&self) -> View<'_> {
        match self {
            Self::Missing => View::Missing,
            Self::None => View::None,
            Self::Bool(value) => View::Bool(*value),
            Self::Int(value) => View::Int(*value),
            Self::Float(value) => View::Float(*value),
            Self::Complex(value) => View::Complex(*value),
            Self::Str(value) => View::Str(value),
            Self::Bytes(value) => View::Bytes(value),
            Self::DType(value) => View::DType(value.clone()),
            Self::Array(value) => View::Array(value.clone()),
            Self::Scalar(value) => View::Scalar(*value),
            Self::Tuple(_) | Self::List(_) => View::Sequence,
            Self::Object(_) => View::Other,
        }
    }

    fn type_name(&self) -> String {
        match self {
            Self::Missing | Self::None => "NoneType",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Complex(_) => "complex",
            Self::Str(_) => "str",
            Self::Bytes(_) => "bytes",
            Self::DType(_) => "dtype",
            Self::Array(_) => "ndarray",
            Self::Scalar(value) => return value.dtype().name().to_owned(),
            Self::Tuple(_) => "tuple",
            Self::List(_) => "list",
            Self::Object(_) => "object",
        }
        .to_owned()
    }

    fn to_array(&self, dtype: Option<&DType>) -> Result<Array> {
        let array = match self {
            Self::Array(array) => array.clone(),
            Self::Scalar(value) => Array::from_scalar(value)?,
            Self::Bool(value) => {
                Array::from_scalar(&rustsci_array::dtype::Bool::from(*value).into())?
            }
            Self::Int(value) => Array::from_scalar(&int_scalar(*value)?)?,
            Self::Float(value) => Array::from_scalar(&(*value).into())?,
            Self::Complex(value) => Array::from_scalar(&(*value).into())?,
            other => {
                return Err(Error::type_(format!(
                    "a {} is not an array",
                    other.type_name()
                )));
            }
        };
        dtype.map_or(Ok(array.clone()), |dtype| array.as_dtype(dtype))
    }

    fn to_dtype(&self) -> Result<DType> {
        match self {
            Self::DType(dtype) => Ok(dtype.clone()),
            Self::Str(name) => rustsci_array::dtype::parse(name)
                .ok_or_else(|| Error::type_(format!("data type '{name}' not understood"))),
            other => Err(Error::type_(format!(
                "a {} is not a dtype",
                other.type_name()
            ))),
        }
    }

    fn to_index(&self) -> Result<isize> {
        match self {
            Self::Int(value) => isize::try_from(*value)
                .map_err(|_| Error::overflow("Python int too large to convert to C ssize_t")),
            Self::Bool(value) => Ok(isize::from(*value)),
            other => Err(Error::type_(format!(
                "'{}' object cannot be interpreted as an integer",
                other.type_name()
            ))),
        }
    }

    fn to_float(&self) -> Result<f64> {
        match self {
            Self::Float(value) => Ok(*value),
            Self::Int(value) => Ok(*value as f64),
            Self::Bool(value) => Ok(f64::from(u8::from(*value))),
            other => Err(Error::type_(format!(
                "must be real number, not {}",
                other.type_name()
            ))),
        }
    }

    fn truth(&self) -> Result<bool> {
        Ok(match self {
            Self::Missing | Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(value) => !value.is_empty(),
            Self::Tuple(items) | Self::List(items) => !items.is_empty(),
            _ => true,
        })
    }

    fn items(&self) -> Result<Option<Vec<Box<dyn Object + '_>>>> {
        match self {
            Self::Tuple(items) | Self::List(items) => {
                let boxed = |item: &Self| Box::new(item.clone()) as Box<dyn Object>;
                Ok(Some(items.iter().map(boxed).collect()))
            }
            _ => Ok(None),
        }
    }

    fn repr(&self) -> String {
        match self {
            Self::Str(text) => format!("'{text}'"),
            Self::Int(value) => value.to_string(),
            Self::Float(value) => format!("{value:?}"),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::None => "None".to_owned(),
            other => format!("<{}>", other.type_name()),
        }
    }

    fn call(&self, _: Vec<Value>) -> Result<Value> {
        Err(Error::type_(format!(
            "'{}' object is not callable",
            self.type_name()
        )))
    }

    fn handle(&self) -> Handle {
        Handle::new(self.clone())
    }
}

/// A whole number as NumPy types it: int64, beyond it uint64.
///
/// # Errors
/// If it fits neither.
pub(crate) fn int_scalar(value: i128) -> Result<Scalar> {
    i64::try_from(value)
        .map(Scalar::Int64)
        .or_else(|_| u64::try_from(value).map(Scalar::UInt64))
        .map_err(|_| Error::overflow("Python int too large to convert to C long"))
}
