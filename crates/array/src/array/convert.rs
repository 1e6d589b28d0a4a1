//! Copies, in another type or order.

use rustsci_buffer::layout::packed_strides;
use rustsci_buffer::{Buffer, Layout, Order, Strides, run_packed};

use super::Array;
use crate::dtype::cast_kernel;
use crate::exec::{PACKED_LIMIT, with_status};
use crate::{DType, Result};

/// The memory order that a copy is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyOrder {
    /// Row-major.
    C,
    /// Column-major.
    F,
    /// Column-major if the source is (and not row-major), else row-major.
    A,
    /// As close to the source's own order as a packed copy can be.
    K,
}

impl From<Order> for CopyOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::C => Self::C,
            Order::F => Self::F,
        }
    }
}

impl CopyOrder {
    /// The order for a source, where it is a plain one.
    pub fn resolve(self, source: &Array) -> Option<Order> {
        match self {
            Self::C => Some(Order::C),
            Self::F => Some(Order::F),
            Self::A if source.is_f_contiguous() && !source.is_c_contiguous() => Some(Order::F),
            Self::A => Some(Order::C),
            Self::K if source.is_c_contiguous() => Some(Order::C),
            Self::K if source.is_f_contiguous() => Some(Order::F),
            Self::K => None,
        }
    }
}

/// Packed strides that keep the order of the source's axes by the size of their steps.
pub fn strides_like(shape: &[usize], source: &[isize], item: usize) -> Strides {
    let mut axes: Vec<usize> = (0..shape.len()).collect();
    // Largest step first; axes with equal steps (or none) stay in C order.
    axes.sort_by_key(|&axis| std::cmp::Reverse(source[axis].unsigned_abs()));
    let ordered: Vec<usize> = axes.iter().map(|&axis| shape[axis]).collect();
    let packed = packed_strides(&ordered, item, Order::C);
    let mut strides = Strides::from_elem(0, shape.len());
    for (&axis, &stride) in axes.iter().zip(&packed) {
        strides[axis] = stride;
    }
    strides
}

impl Array {
    /// A new array for results of this array's shape (or `shape`, if given, of as many axes), in the asked order.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn empty_like(&self, dtype: &DType, order: CopyOrder) -> Result<Self> {
        match order.resolve(self) {
            Some(order) => Self::empty(self.shape(), dtype, order),
            None => {
                let array = Self::empty(self.shape(), dtype, Order::C)?;
                let strides = strides_like(self.shape(), self.strides(), dtype.item_size());
                Ok(array.with_layout(Layout {
                    strides,
                    ..array.layout.clone()
                }))
            }
        }
    }

    /// A copy in the given order.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn copied(&self, order: impl Into<CopyOrder>) -> Result<Self> {
        self.converted(&self.dtype, order.into())
    }

    /// A copy with another dtype, converted without further checks.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn converted(&self, dtype: &DType, order: CopyOrder) -> Result<Self> {
        let copy = self.empty_like(dtype, order)?;
        let packed = self.is_c_contiguous() && copy.is_c_contiguous() && self.is_aligned();
        if packed && (1..PACKED_LIMIT).contains(&self.size()) {
            let (from, to, kernel) = (
                self.operand(),
                copy.operand(),
                cast_kernel(&self.dtype, dtype),
            );
            if with_status(|| run_packed(&[from], &to, self.size(), kernel)) {
                return Ok(copy);
            }
        }
        copy.assign(self)?;
        Ok(copy)
    }

    /// The array with another dtype: itself if it has it already.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn as_dtype(&self, dtype: &DType) -> Result<Self> {
        if self.dtype == *dtype {
            Ok(self.clone())
        } else {
            self.converted(dtype, CopyOrder::K)
        }
    }

    /// The elements in the given order as bytes.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn to_bytes(&self, order: CopyOrder) -> Result<Vec<u8>> {
        let copy = match order.resolve(self).unwrap_or(Order::C) {
            Order::C => self.clone(),
            Order::F => self.transposed(),
        };
        let packed = if copy.is_c_contiguous() {
            copy
        } else {
            copy.copied(Order::C)?
        };
        let bytes = packed.size() * packed.item_size();
        let offset = if bytes == 0 { 0 } else { packed.layout.offset };
        let view = Layout {
            offset,
            ..Layout::packed(&[bytes], 1, Order::C)
        };
        Ok(rustsci_buffer::Reader::<u8>::new(&packed.buffer, &view)
            .all()?
            .to_vec())
    }

    /// A one-dimensional array of `dtype` made of raw bytes; their number must be a multiple of the element's size.
    ///
    /// # Errors
    /// If memory cannot be had.
    pub fn from_bytes(bytes: &[u8], dtype: &DType) -> Result<Self> {
        let buffer = Buffer::empty(bytes.len())?;
        let layout = Layout::packed(&[bytes.len()], 1, Order::C);
        rustsci_buffer::Writer::<u8>::new(&buffer, &layout).update(
            0,
            bytes.len(),
            |to: &mut [u8]| to.copy_from_slice(bytes),
        )?;
        Ok(Self::new(
            buffer,
            Layout::packed(
                &[bytes.len() / dtype.item_size()],
                dtype.item_size(),
                Order::C,
            ),
            dtype.clone(),
        ))
    }
}
