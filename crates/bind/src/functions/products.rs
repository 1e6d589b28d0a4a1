//! Products of arrays.

use rustsci_array::array::CopyOrder;
use rustsci_array::dtype::{Casting, can_cast};
use rustsci_array::products;
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::Target;
use crate::value::{IntoValue, ScalarOrArray, Value};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&DOT, &DOT_METHOD, &INNER, &VDOT, &C_EINSUM];

/// A product in the array that it was asked for, or as it is.
fn delivered(result: Array, out: Option<Target>) -> Result<Value> {
    let Some(Target(out)) = out else {
        return ScalarOrArray(result).into_value();
    };
    if out.shape() != result.shape() || out.dtype() != result.dtype() || !out.is_c_contiguous() {
        return Err(Error::value(
            "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)",
        ));
    }
    out.assign(&result)?;
    Ok(Value::Array(out))
}

/// Return the dot product of two arrays.
///
/// Of two one-dimensional arrays it is the inner product, of two matrices the matrix product; else the sum of products over
/// the last axis of `a` and the second to last of `b`.
#[export(signature = "(a, b, out=None)", dispatch = "a, b, out")]
fn dot(a: Array, b: Array, out: Option<Target>) -> Result<Value> {
    delivered(products::dot(&a, &b)?, out)
}

/// Return the dot product with another array.
#[export(method, name = "dot", signature = "(self, /, b, out=None)")]
fn dot_method(array: Array, other: Array, out: Option<Target>) -> Result<Value> {
    delivered(products::dot(&array, &other)?, out)
}

/// Return the sum of products over the last axes of both arrays.
#[export(signature = "(a, b, /)", dispatch = "a, b")]
fn inner(a: Array, b: Array) -> Result<ScalarOrArray> {
    products::inner(&a, &b).map(ScalarOrArray)
}

/// Return the dot product of all elements, those of `a` conjugated.
#[export(signature = "(a, b, /)", dispatch = "a, b")]
fn vdot(a: Array, b: Array) -> Result<ScalarOrArray> {
    products::vdot(&a, &b).map(ScalarOrArray)
}

/// Return the Einstein sum that the subscripts describe.
#[export(
    signature = "(subscripts, /, *operands, out=None, dtype=None, order='K', casting='safe')",
    dispatch = "*operands, out"
)]
fn c_einsum(
    subscripts: String,
    operands: Vec<Array>,
    out: Option<Target>,
    dtype: Option<DType>,
    order: CopyOrder,
    casting: Casting,
) -> Result<Value> {
    if let Some(dtype) = &dtype {
        for (i, operand) in operands.iter().enumerate() {
            if !can_cast(operand.dtype(), dtype, casting) {
                return Err(Error::type_(format!(
                    "Iterator operand {i} dtype could not be cast from dtype('{}') to dtype('{dtype}') according to the \
                     rule '{}'",
                    operand.dtype(),
                    casting.name()
                )));
            }
        }
    }
    let result = products::einsum(&subscripts, &operands, dtype.as_ref())?;
    let Some(Target(out)) = out else {
        // A view of an operand lies as it must; a new result as it was asked for.
        let view = operands
            .iter()
            .any(|operand| operand.shares_buffer(&result));
        let result = match order {
            CopyOrder::C | CopyOrder::F if !view => result.copied(order)?,
            _ => result,
        };
        return ScalarOrArray(result).into_value();
    };
    if !can_cast(result.dtype(), out.dtype(), casting) {
        return Err(Error::type_(format!(
            "Iterator operand {} dtype could not be cast from dtype('{}') to dtype('{}') according to the rule '{}'",
            operands.len(),
            result.dtype(),
            out.dtype(),
            casting.name()
        )));
    }
    if out.shape() != result.shape() {
        return Err(Error::value(format!(
            "output of shape {:?} does not have the shape {:?} of the Einstein sum",
            out.shape(),
            result.shape()
        )));
    }
    out.assign(&result)?;
    Ok(Value::Array(out))
}
