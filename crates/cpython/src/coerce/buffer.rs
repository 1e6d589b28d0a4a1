//! Memory that other objects lend by the buffer protocol (PEP 3118).

use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::*;
use rustsci_array::{Array, DType, Order};
use rustsci_buffer::{Buffer, Layout, Shape, Strides};

use crate::c_api::{Held, Lent};
use crate::ndarray;

/// The dtype of a `struct` code; nothing for a code of something that arrays cannot hold.
fn dtype_of_format(format: &str) -> Option<DType> {
    let (standard, code) = match format.strip_prefix(['=', '<']) {
        Some(code) => (true, code),
        None => (false, format.strip_prefix('@').unwrap_or(format)),
    };
    let long = if standard || cfg!(windows) {
        4
    } else {
        size_of::<isize>()
    };
    Some(match code {
        "?" => DType::Bool,
        "b" => DType::Int8,
        "B" => DType::UInt8,
        "h" => DType::Int16,
        "H" => DType::UInt16,
        "i" => DType::Int32,
        "I" => DType::UInt32,
        "l" if long == 4 => DType::Int32,
        "L" if long == 4 => DType::UInt32,
        "l" | "q" | "n" => DType::Int64,
        "L" | "Q" | "N" => DType::UInt64,
        "e" => DType::Float16,
        "f" => DType::Float32,
        "d" => DType::Float64,
        "Zf" => DType::Complex64,
        "Zd" => DType::Complex128,
        _ => return None,
    })
}

/// The array that an object lends memory for, and the object that keeps the memory; nothing if it lends none that an
/// array could show.
pub(super) fn array<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Option<(Array, Bound<'py, PyAny>)>> {
    // SAFETY: looks at the type's slots only.
    if unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) } == 0 {
        return Ok(None);
    }
    let Ok(lent) = Lent::of(object) else {
        return Ok(None);
    };
    let dtype = lent.format().to_str().ok().and_then(dtype_of_format);
    let Some(dtype) = dtype.filter(|dtype| dtype.item_size() == lent.item_size()) else {
        return Ok(None);
    };
    let shape: Shape = match lent.shape() {
        Some(shape) => shape.iter().map(|&n| n as usize).collect(),
        None if lent.ndim() == 0 => Shape::new(),
        None => Shape::from_slice(&[lent.bytes() / lent.item_size().max(1)]),
    };
    if lent.is_indirect() {
        return Err(PyBufferError::new_err(
            "NumPy currently does not support importing buffers with suboffsets",
        ));
    }
    let strides = match lent.strides() {
        Some(strides) => Strides::from_slice(strides),
        None => Layout::packed(&shape, dtype.item_size(), Order::C).strides,
    };
    let (address, writeable) = (lent.address(), lent.is_writeable());
    let view = lent.into_owner();
    let guard = Held::new(view.clone());
    // SAFETY: the view keeps the memory that it describes until it is dropped.
    let array = unsafe { over(address, shape, strides, &dtype, writeable, guard) };
    Ok(Some((array, view)))
}

/// An array over memory that a guard keeps.
///
/// # Safety
/// The elements at `address`, seen with this shape, these strides and this dtype, must be readable (and writable, if
/// so told) until the guard is dropped.
pub(crate) unsafe fn over(
    address: *mut u8,
    shape: Shape,
    strides: Strides,
    dtype: &DType,
    writeable: bool,
    guard: Held,
) -> Array {
    let mut layout = Layout {
        shape,
        strides,
        offset: 0,
    };
    let (low, high) = layout.extent(dtype.item_size());
    layout.offset = low.unsigned_abs();
    let bytes = (high - low).unsigned_abs();
    // SAFETY: promised by the caller; the block spans exactly the bytes that the elements touch.
    let buffer = unsafe {
        Buffer::foreign(
            address.wrapping_offset(low),
            bytes,
            writeable,
            Box::new(guard),
        )
    };
    Array::new(buffer, layout, dtype.clone())
}

/// The bytes that an object lends, as a flat array, and the object that keeps them.
pub(crate) fn buffer_bytes<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<(Array, Bound<'py, PyAny>)> {
    if ndarray::is_instance(object) {
        let own = ndarray::array(object);
        if own.is_c_contiguous() || own.is_f_contiguous() {
            let bytes = own.size() * own.item_size();
            let layout = Layout {
                offset: own.layout().offset,
                ..Layout::packed(&[bytes], 1, Order::C)
            };
            let flat = Array::new(own.buffer().clone(), layout, DType::UInt8);
            let flat = if own.is_writeable() {
                flat
            } else {
                flat.readonly()
            };
            return Ok((flat, object.clone()));
        }
    }
    let lent = Lent::of(object).map_err(|error| {
        if error.is_instance_of::<PyTypeError>(object.py()) {
            PyTypeError::new_err("expected a single-segment buffer object")
        } else {
            error
        }
    })?;
    if !lent.is_contiguous() {
        return Err(PyBufferError::new_err(
            "memoryview: underlying buffer is not contiguous",
        ));
    }
    let shape = Shape::from_slice(&[lent.bytes()]);
    let (address, writeable) = (lent.address(), lent.is_writeable());
    let guard = Held::new(lent.into_owner());
    let strides = Strides::from_slice(&[1]);
    // SAFETY: the view keeps the memory, which is packed.
    let array = unsafe { over(address, shape, strides, &DType::UInt8, writeable, guard) };
    // The base of what shows a whole object's memory is that object.
    Ok((array, object.clone()))
}
