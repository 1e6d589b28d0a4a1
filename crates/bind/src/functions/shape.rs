//! The same elements in another shape or order.

use rustsci_array::array::{CopyOrder, agreed_order, normalize_axis};
use rustsci_array::{Array, Error, Order, Result};
use rustsci_buffer::Shape;

use crate::convert::{Axes, Unpacked, UnpackedOrNone};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[
    &RESHAPE, &RAVEL, &FLATTEN, &TRANSPOSE, &SWAPAXES, &SQUEEZE, &DIAGONAL,
];

/// Give the array another shape without changing its elements.
#[export(method, signature = "(self, /, *shape, order='C', copy=None)")]
fn reshape(array: Array, shape: Unpacked, order: CopyOrder, copy: Option<bool>) -> Result<Array> {
    let shape = array.resolve_shape(&shape.0)?;
    let order = match order {
        CopyOrder::F => Order::F,
        CopyOrder::C => Order::C,
        CopyOrder::A => CopyOrder::A.resolve(&array).unwrap_or(Order::C),
        CopyOrder::K => return Err(Error::value("order 'K' is not permitted for reshaping")),
    };
    match copy {
        Some(true) => array.copied(order)?.reshaped(&shape, order),
        None => array.reshaped(&shape, order),
        Some(false) => array
            .reshaped_view(&shape, order)
            .ok_or_else(|| Error::value("Unable to avoid creating a copy while reshaping.")),
    }
}

/// Return the elements as an array of one axis: a view where they lie in that order, else a copy.
#[export(method, signature = "(self, /, order='C')")]
fn ravel(array: Array, order: Option<CopyOrder>) -> Result<Array> {
    let size = [array.size()];
    let (source, order) = match order.unwrap_or(CopyOrder::C).resolve(&array) {
        Some(order) => (array, order),
        None => (in_memory_order(&array), Order::C),
    };
    let packed = match order {
        Order::C => source.is_c_contiguous(),
        Order::F => source.is_f_contiguous(),
    };
    if packed {
        source.reshaped(&size, order)
    } else {
        source.copied(order)?.reshaped(&size, order)
    }
}

/// Return a copy of the elements as an array of one axis.
#[export(method, signature = "(self, /, order='C')")]
fn flatten(array: Array, order: Option<CopyOrder>) -> Result<Array> {
    let order = order.unwrap_or(CopyOrder::C);
    let (source, order) = match order.resolve(&array) {
        Some(order) => (array, order),
        None => (in_memory_order(&array), Order::C),
    };
    source.copied(order)?.reshaped(&[source.size()], order)
}

/// The array with its axes in the order in which they lie in memory, largest step first.
fn in_memory_order(array: &Array) -> Array {
    array.permuted(&agreed_order(array.ndim(), &[array]))
}

/// Return a view with the axes in another order, reversed if none is given.
#[export(method, signature = "(self, /, *axes)")]
fn transpose(array: Array, axes: UnpackedOrNone) -> Result<Array> {
    let Some(axes) = axes.0 else {
        return Ok(array.transposed());
    };
    if axes.len() != array.ndim() {
        return Err(Error::value("axes don't match array"));
    }
    let axes = axes
        .iter()
        .map(|&axis| normalize_axis(axis, array.ndim()))
        .collect::<Result<Shape>>()?;
    if (0..axes.len()).any(|axis| !axes.contains(&axis)) {
        return Err(Error::value("repeated axis in transpose"));
    }
    Ok(array.permuted(&axes))
}

/// Return a view in which two axes have changed places.
#[export(method, signature = "(self, /, axis1, axis2)")]
fn swapaxes(array: Array, axis1: isize, axis2: isize) -> Result<Array> {
    let mut axes: Shape = (0..array.ndim()).collect();
    axes.swap(
        normalize_axis(axis1, array.ndim())?,
        normalize_axis(axis2, array.ndim())?,
    );
    Ok(array.permuted(&axes))
}

/// Return a view without axes of length one: all of them, or those given.
#[export(method, signature = "(self, /, axis=None)")]
fn squeeze(array: Array, axis: Option<Axes>) -> Result<Array> {
    let Some(axes) = axis else {
        return Ok(array.squeezed(|axis| array.shape()[axis] == 1));
    };
    // An array without axes may be asked to drop axis 0 or -1 all the same.
    if array.ndim() == 0 && matches!(axes.0[..], [0 | -1]) {
        return Ok(array);
    }
    let axes = axes.sorted(array.ndim())?;
    if axes.iter().any(|&axis| array.shape()[axis] != 1) {
        return Err(Error::value(
            "cannot select an axis to squeeze out which has size not equal to one",
        ));
    }
    Ok(array.squeezed(|axis| axes.contains(&axis)))
}

/// Return a read-only view of the elements whose indices along two axes differ by `offset`.
#[export(method, signature = "(self, /, offset=0, axis1=0, axis2=1)")]
fn diagonal(array: Array, offset: isize, axis1: isize, axis2: isize) -> Result<Array> {
    if array.ndim() < 2 {
        return Err(Error::value(
            "diag requires an array of at least two dimensions",
        ));
    }
    let axis1 = normalize_axis(axis1, array.ndim())?;
    let axis2 = normalize_axis(axis2, array.ndim())?;
    Ok(array.diagonal(offset, axis1, axis2)?.readonly())
}
