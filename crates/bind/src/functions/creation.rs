//! New arrays.

use rustsci_array::{Array, DType, Order, Result, Scalar};

use crate::convert::{Device, Like, Sizes};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&EMPTY, &ZEROS, &ONES];

/// Return a new array of the given shape whose elements are arbitrary.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn empty(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::empty(&shape.shape()?, &dtype, order)
}

/// Return a new array of the given shape, filled with zeros.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn zeros(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::zeros(&shape.shape()?, &dtype, order)
}

/// Return a new array of the given shape, filled with ones.
#[export(
    signature = "(shape, dtype=None, order='C', *, device=None, like=None)",
    dispatch = "like"
)]
fn ones(
    shape: Sizes,
    dtype: Option<DType>,
    order: Option<Order>,
    _device: Device,
    _like: Like,
) -> Result<Array> {
    let (dtype, order) = (dtype.unwrap_or(DType::Float64), order.unwrap_or(Order::C));
    Array::full(&shape.shape()?, &Scalar::one(&dtype), &dtype, order)
}
