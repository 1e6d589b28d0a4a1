//! New arrays.

use rustsci_buffer::layout::MAX_DIMS;
use rustsci_buffer::{Buffer, Layout, Order, Writer};

use super::Array;
use crate::dtype::{Cast, Complex, Number};
use crate::{DType, Error, Result, Scalar};

/// Bytes that an array of this shape needs.
fn bytes(shape: &[usize], dtype: &DType) -> Result<usize> {
    if shape.len() > MAX_DIMS {
        return Err(Error::value(format!(
            "maximum supported dimension for an ndarray is currently {MAX_DIMS}, found {}",
            shape.len()
        )));
    }
    // Axes beside an empty one must be possible too.
    let (mut bytes, mut is_empty) = (dtype.item_size(), false);
    for &n in shape {
        match bytes.checked_mul(n) {
            _ if n == 0 => is_empty = true,
            Some(more) if isize::try_from(more).is_ok() => bytes = more,
            _ => return Err(too_big()),
        }
    }
    Ok(if is_empty { 0 } else { bytes })
}

/// The error for a shape that has more bytes than there are addresses.
#[cold]
pub(super) fn too_big() -> Error {
    Error::value(
        "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
    )
}

/// The error for memory that could not be had.
#[cold]
fn no_memory(bytes: usize, shape: &[usize], dtype: &DType) -> Error {
    Error::Memory {
        bytes,
        shape: shape.to_vec(),
        dtype: dtype.name().to_owned(),
    }
}

impl Array {
    /// An array whose elements are arbitrary.
    ///
    /// # Errors
    /// If the shape is too large, or memory cannot be had.
    #[inline]
    pub fn empty(shape: &[usize], dtype: &DType, order: Order) -> Result<Self> {
        let bytes = bytes(shape, dtype)?;
        let buffer = Buffer::empty(bytes).map_err(|_| no_memory(bytes, shape, dtype))?;
        let layout = Layout::packed(shape, dtype.item_size(), order);
        Ok(Self {
            buffer,
            layout,
            dtype: dtype.clone(),
            writeable: true,
        })
    }

    /// An array of zeros.
    ///
    /// # Errors
    /// If the shape is too large, or memory cannot be had.
    pub fn zeros(shape: &[usize], dtype: &DType, order: Order) -> Result<Self> {
        let bytes = bytes(shape, dtype)?;
        let buffer = Buffer::zeroed(bytes).map_err(|_| no_memory(bytes, shape, dtype))?;
        let layout = Layout::packed(shape, dtype.item_size(), order);
        Ok(Self {
            buffer,
            layout,
            dtype: dtype.clone(),
            writeable: true,
        })
    }

    /// An array of one repeated value.
    ///
    /// # Errors
    /// If the shape is too large, or memory cannot be had.
    pub fn full(shape: &[usize], value: &Scalar, dtype: &DType, order: Order) -> Result<Self> {
        let array = Self::empty(shape, dtype, order)?;
        array.fill(value)?;
        Ok(array)
    }

    /// A one-dimensional array with a copy of the elements.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn from_slice<T: Number>(elements: &[T]) -> Result<Self> {
        Self::from_shape(&[elements.len()], elements)
    }

    /// An array of the given shape with a copy of the elements, which are in C order and as many as the shape has.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn from_shape<T: Number>(shape: &[usize], elements: &[T]) -> Result<Self> {
        let array = Self::empty(shape, &T::DTYPE, Order::C)?;
        Writer::new(&array.buffer, &array.layout).update(0, elements.len(), |to: &mut [T]| {
            to.copy_from_slice(elements)
        })?;
        Ok(array)
    }

    /// An array without axes that holds one value.
    ///
    /// # Errors
    /// If memory cannot be had.
    #[inline]
    pub fn from_scalar(value: &Scalar) -> Result<Self> {
        let array = Self::empty(&[], &value.dtype(), Order::C)?;
        value.store(&array.buffer, 0, &array.dtype);
        Ok(array)
    }

    /// `start, start + step, …`: `count` elements, computed in the dtype's own arithmetic as NumPy does, from the
    /// first two elements.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn arange(start: &Scalar, next: &Scalar, count: usize, dtype: &DType) -> Result<Self> {
        let array = Self::empty(&[count], dtype, Order::C)?;
        dispatch!(dtype, T => {
            let (first, second) = (start.to::<T>(), next.to::<T>());
            Writer::new(&array.buffer, &array.layout).update(0, count, |to: &mut [T]| ramp(to, first, second))?;
        });
        Ok(array)
    }
}

/// Fills a slice with evenly spaced values, given the first two.
fn ramp<T>(to: &mut [T], first: T, second: T)
where
    f64: Cast<T>,
    i64: Cast<T>,
    Complex<f64>: Cast<T>,
    T: Number + Cast<i64>,
{
    // Steps are taken in the precision of the type, but half precision's in single.
    match T::DTYPE {
        DType::Complex128 => {
            let (a, b): (Complex<f64>, Complex<f64>) = (first.cast(), second.cast());
            let delta = b - a;
            to.iter_mut()
                .enumerate()
                .for_each(|(i, to)| *to = (a + delta * i as f64).cast());
        }
        DType::Complex64 => {
            let (a, b): (Complex<f64>, Complex<f64>) = (first.cast(), second.cast());
            let single = |z: Complex<f64>| Complex::new(z.re as f32, z.im as f32);
            let (a, delta) = (single(a), single(b) - single(a));
            to.iter_mut().enumerate().for_each(|(i, to)| {
                let value = a + delta * i as f32;
                *to = Complex::new(f64::from(value.re), f64::from(value.im)).cast();
            });
        }
        DType::Float64 => {
            let (a, b): (f64, f64) = (first.cast(), second.cast());
            let delta = b - a;
            to.iter_mut()
                .enumerate()
                .for_each(|(i, to)| *to = (a + i as f64 * delta).cast());
        }
        DType::Float32 | DType::Float16 => {
            let (a, b): (f64, f64) = (first.cast(), second.cast());
            let (a, delta) = (a as f32, b as f32 - a as f32);
            to.iter_mut()
                .enumerate()
                .for_each(|(i, to)| *to = f64::from(a + i as f32 * delta).cast());
        }
        _ => {
            let (a, b): (i64, i64) = (first.cast(), second.cast());
            let delta = b.wrapping_sub(a);
            to.iter_mut()
                .enumerate()
                .for_each(|(i, to)| *to = a.wrapping_add(delta.wrapping_mul(i as i64)).cast());
        }
    }
    if let Some(to) = to.get_mut(1) {
        *to = second;
    }
}

/// How many elements `arange(start, stop, step)` has, computed in floating point as NumPy does.
///
/// # Errors
/// If the step is zero, or the length is not a finite number that fits.
pub fn arange_length(start: f64, stop: f64, step: f64) -> Result<usize> {
    if step == 0.0 {
        return Err(Error::zero_division("division by zero"));
    }
    let length = ((stop - start) / step).ceil();
    if length.is_nan() {
        return Err(Error::value("arange: cannot compute length"));
    }
    if length.abs() > isize::MAX as f64 {
        return Err(Error::value("Maximum allowed size exceeded"));
    }
    Ok(length.max(0.0) as usize)
}
