//! Questions about dtypes, and about axes.

use rustsci_array::array::normalize_axis as normalized;
use rustsci_array::dtype::{self, Casting, Weak};
use rustsci_array::{DType, Error, Result, Scalar};

use crate::convert::{Axes, Operand};
use crate::{Argument, FromArgument, Function, Object, Value, View, export};

pub(crate) static ROWS: &[&Function] = &[
    &CAN_CAST,
    &PROMOTE_TYPES,
    &RESULT_TYPE,
    &MIN_SCALAR_TYPE,
    &NORMALIZE_AXIS_INDEX,
    &NORMALIZE_AXIS_TUPLE,
];

/// Whether a dtype, or an array's, may be cast to another under a rule.
#[export(
    signature = "(from_, to, casting='safe')",
    dispatch = "from_",
    attached
)]
fn can_cast(from: &dyn Object, to: DType, casting: Casting) -> Result<bool> {
    let from = match from.view() {
        View::Array(array) => array.dtype().clone(),
        View::Scalar(value) => value.dtype(),
        View::Int(_) | View::Float(_) | View::Complex(_) | View::Bool(_) => {
            return Err(Error::type_(
                "can_cast() does not support Python ints, floats, and complex because the result used to depend on \
                 the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the future.",
            ));
        }
        _ => from.to_dtype()?,
    };
    Ok(dtype::can_cast(&from, &to, casting))
}

/// Return the smallest dtype to which both can be cast.
#[export(signature = "(type1, type2, /)")]
fn promote_types(type1: DType, type2: DType) -> DType {
    dtype::promote(&type1, &type2)
}

/// Return the dtype that arrays and dtypes have in common.
#[export(
    signature = "(*arrays_and_dtypes)",
    dispatch = "*arrays_and_dtypes",
    attached
)]
fn result_type(arrays_and_dtypes: &dyn Object) -> Result<DType> {
    let items = arrays_and_dtypes.items()?.unwrap_or_default();
    let (mut strong, mut weak): (Vec<DType>, Option<Weak>) = (Vec::new(), None);
    for item in &items {
        let found = match item.view() {
            View::Array(array) => array.dtype().clone(),
            View::Scalar(value) => value.dtype(),
            View::DType(dtype) => dtype,
            View::Bool(_) => DType::Bool,
            View::Int(_) => {
                weak = weak.or(Some(Weak::Int));
                continue;
            }
            View::Float(_) => {
                weak = Some(match weak {
                    Some(Weak::Complex) => Weak::Complex,
                    _ => Weak::Float,
                });
                continue;
            }
            View::Complex(_) => {
                weak = Some(Weak::Complex);
                continue;
            }
            View::Sequence => item.to_array(None)?.dtype().clone(),
            _ => match item.to_dtype() {
                Ok(dtype) => dtype,
                Err(error) => match item.to_array(None) {
                    Ok(array) => array.dtype().clone(),
                    Err(_) => return Err(error),
                },
            },
        };
        strong.push(found);
    }
    match (dtype::promote_all(&strong), weak) {
        (Some(strong), Some(weak)) => Ok(dtype::promote_weak(&strong, weak)),
        (Some(strong), None) => Ok(strong),
        (None, Some(weak)) => Ok(weak.default_dtype()),
        (None, None) => Err(Error::value("at least one array or dtype is required")),
    }
}

/// Return the smallest dtype that holds a value; of an array with axes, its own.
#[export(signature = "(a, /)", dispatch = "a")]
fn min_scalar_type(operand: Operand) -> Result<DType> {
    let value = match &operand {
        Operand::Array(array) if array.ndim() > 0 => return Ok(array.dtype().clone()),
        Operand::Array(array) => array.get(&[]),
        Operand::Scalar(value) => *value,
        Operand::Int(value) => return smallest_integer(*value),
        Operand::Float(value) => Scalar::from(*value),
        Operand::Complex(value) => Scalar::from(*value),
    };
    let own = value.dtype();
    if own.is_integer() {
        return smallest_integer(match value {
            Scalar::UInt64(value) => value.into(),
            _ => value.to::<i64>().into(),
        });
    }
    let parts = value.to_complex();
    let fits = |limit: f64| !parts.re.is_finite() || parts.re.abs() < limit;
    Ok(match own {
        DType::Float16 | DType::Float32 | DType::Float64 if fits(65000.0) => DType::Float16,
        DType::Float32 | DType::Float64 if fits(3.4e38) => DType::Float32,
        // Unlike a real one, a complex number that is not finite keeps its type.
        DType::Complex128
            if parts.re.abs().max(parts.im.abs()) >= 3.4e38
                || parts.re.is_nan()
                || parts.im.is_nan() =>
        {
            DType::Complex128
        }
        DType::Complex128 => DType::Complex64,
        other => other,
    })
}

fn smallest_integer(value: i128) -> Result<DType> {
    let candidates = if value < 0 {
        [DType::Int8, DType::Int16, DType::Int32, DType::Int64]
    } else {
        [DType::UInt8, DType::UInt16, DType::UInt32, DType::UInt64]
    };
    let fits = |dtype: &DType| {
        let (low, high) = rustsci_array::ufunc::integer_range(dtype);
        (low..=high).contains(&value)
    };
    candidates.into_iter().find(fits).ok_or_else(|| {
        Error::overflow("Python int too large: arrays of Python objects are not supported")
    })
}

/// What stands before the message about an axis that does not exist.
struct Prefix(Option<String>);

impl<'a> FromArgument<'a> for Prefix {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        Option::<String>::from_argument(argument).map(Self)
    }
}

fn prefixed(error: Error, prefix: &Option<String>) -> Error {
    match error {
        Error::Axis { axis, ndim, .. } => Error::Axis {
            axis,
            ndim,
            prefix: prefix.clone(),
        },
        other => other,
    }
}

/// Return an axis counted from the front.
#[export(signature = "(axis, ndim, msg_prefix=None)")]
fn normalize_axis_index(axis: isize, ndim: usize, msg_prefix: Prefix) -> Result<usize> {
    normalized(axis, ndim).map_err(|error| prefixed(error, &msg_prefix.0))
}

/// Return axes counted from the front as a tuple.
#[export(signature = "(axis, ndim, argname=None, allow_duplicate=False)")]
fn normalize_axis_tuple(
    axis: Axes,
    ndim: usize,
    argname: Prefix,
    allow_duplicate: bool,
) -> Result<Value> {
    let mut axes = Vec::new();
    for &axis in &axis.0 {
        let axis = normalized(axis, ndim).map_err(|error| prefixed(error, &argname.0))?;
        if axes.contains(&axis) && !allow_duplicate {
            return Err(Error::value(match &argname.0 {
                Some(name) => format!("repeated axis in `{name}` argument"),
                None => "repeated axis".to_owned(),
            }));
        }
        axes.push(axis);
    }
    Ok(Value::Tuple(
        axes.into_iter()
            .map(|axis| Value::Int(axis as i128))
            .collect(),
    ))
}
