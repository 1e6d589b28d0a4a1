//! The same memory seen differently.

use rustsci_buffer::layout::{MAX_DIMS, checked_size};
use rustsci_buffer::{Layout, Order, Shape};

use super::Array;
use super::checked::narrow_text;
use crate::{DType, Error, Result};

/// An axis counted from either end as one counted from the front.
///
/// # Errors
/// [`Error::Axis`] if there is no such axis.
#[inline]
pub fn normalize_axis(axis: isize, ndim: usize) -> Result<usize> {
    let positive = if axis < 0 { axis + ndim as isize } else { axis };
    if positive < 0 || positive >= ndim as isize {
        Err(Error::axis(axis, ndim))
    } else {
        Ok(positive as usize)
    }
}

/// A shape as Python writes it: `(2, 3)`, `(4,)`.
pub fn shape_text(shape: &[usize]) -> String {
    match shape {
        [n] => format!("({n},)"),
        _ => format!(
            "({})",
            shape
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}

impl Array {
    /// Axes in a new order; `axes` must be a permutation.
    #[must_use]
    pub fn permuted(&self, axes: &[usize]) -> Self {
        self.with_layout(self.layout.permuted(axes))
    }

    /// All axes reversed.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let axes: Shape = (0..self.ndim()).rev().collect();
        self.permuted(&axes)
    }

    /// `axis` moved to position `to`, the others in order.
    #[must_use]
    pub fn moved_axis(&self, axis: usize, to: usize) -> Self {
        let mut axes: Shape = (0..self.ndim()).filter(|&a| a != axis).collect();
        axes.insert(to, axis);
        self.permuted(&axes)
    }

    /// The array seen with a larger shape, repeated without copying; read-only, as its elements share places.
    ///
    /// # Errors
    /// If the shapes do not fit.
    pub fn broadcast_to(&self, shape: &[usize]) -> Result<Self> {
        let layout = self.layout.broadcast_to(shape).ok_or_else(|| {
            Error::value(format!(
                "could not broadcast input array from shape {} into shape {}",
                narrow_text(self.shape()),
                narrow_text(shape)
            ))
        })?;
        let repeated = layout
            .shape
            .iter()
            .zip(&layout.strides)
            .any(|(&n, &stride)| n > 1 && stride == 0);
        let view = self.with_layout(layout);
        Ok(if repeated { view.readonly() } else { view })
    }

    /// Resolves a shape with at most one unknown length (`-1`) for this many elements.
    ///
    /// # Errors
    /// If the sizes do not agree.
    pub fn resolve_shape(&self, shape: &[isize]) -> Result<Shape> {
        let size = self.size();
        let mismatch = || {
            let wanted: Vec<String> = shape.iter().map(ToString::to_string).collect();
            let wanted = if wanted.len() == 1 {
                format!("({},)", wanted[0])
            } else {
                format!("({})", wanted.join(","))
            };
            Error::value(format!(
                "cannot reshape array of size {size} into shape {wanted}"
            ))
        };
        if shape.len() > MAX_DIMS {
            return Err(Error::value(format!(
                "maximum supported dimension for an ndarray is currently {MAX_DIMS}, found {}",
                shape.len()
            )));
        }
        let unknown: Vec<usize> = (0..shape.len()).filter(|&axis| shape[axis] < 0).collect();
        if unknown.len() > 1 {
            return Err(Error::value("can only specify one unknown dimension"));
        }
        let mut resolved: Shape = shape.iter().map(|&n| n.max(0) as usize).collect();
        if let [axis] = unknown[..] {
            resolved[axis] = 1;
            let known = checked_size(&resolved).ok_or_else(mismatch)?;
            if known == 0 || !size.is_multiple_of(known) {
                return Err(mismatch());
            }
            resolved[axis] = size / known;
        }
        if checked_size(&resolved) == Some(size) {
            Ok(resolved)
        } else {
            Err(mismatch())
        }
    }

    /// The elements under another shape, read and filled in `order`: a view, or `None` where only a copy can.
    pub fn reshaped_view(&self, shape: &[usize], order: Order) -> Option<Self> {
        let strides = self.layout.reshaped(shape, self.item_size(), order)?;
        Some(self.with_layout(Layout {
            shape: shape.into(),
            strides,
            offset: self.layout.offset,
        }))
    }

    /// The elements under another shape of the same size: a view where possible, else a copy.
    ///
    /// # Errors
    /// If memory for a copy cannot be had.
    pub fn reshaped(&self, shape: &[usize], order: Order) -> Result<Self> {
        match self.reshaped_view(shape, order) {
            Some(view) => Ok(view),
            None => {
                let copy = self.copied(order)?;
                copy.reshaped_view(shape, order)
                    .ok_or_else(|| Error::value("cannot reshape array"))
            }
        }
    }

    /// Axes of length one put in at the given positions of the result, which must be sorted and distinct.
    #[must_use]
    pub fn expanded(&self, axes: &[usize]) -> Self {
        let mut layout = self.layout.clone();
        for &axis in axes {
            layout.shape.insert(axis, 1);
            layout.strides.insert(axis, 0);
        }
        self.with_layout(layout)
    }

    /// The array without the axes for which `drop` holds; they must have length one.
    #[must_use]
    pub fn squeezed(&self, drop: impl Fn(usize) -> bool) -> Self {
        let keep: Shape = (0..self.ndim()).filter(|&axis| !drop(axis)).collect();
        self.with_layout(self.layout.permuted(&keep))
    }

    /// The elements where the indices along two axes differ by `offset`, as the last axis of a view.
    ///
    /// # Errors
    /// If there are not two different axes.
    pub fn diagonal(&self, offset: isize, first: usize, second: usize) -> Result<Self> {
        if self.ndim() < 2 {
            return Err(Error::value(
                "diag requires an array of at least two dimensions",
            ));
        }
        if first == second {
            return Err(Error::value("axis1 and axis2 cannot be the same"));
        }
        let (rows, columns) = (self.shape()[first], self.shape()[second]);
        let (skip_rows, skip_columns) = (offset.min(0).unsigned_abs(), offset.max(0) as usize);
        let count = rows
            .saturating_sub(skip_rows)
            .min(columns.saturating_sub(skip_columns));
        let mut layout = self.layout.clone();
        let (down, across) = (layout.strides[first], layout.strides[second]);
        if count > 0 {
            let skip = down * skip_rows as isize + across * skip_columns as isize;
            layout.offset = layout.offset.wrapping_add_signed(skip);
        }
        for axis in [first.max(second), first.min(second)] {
            layout.shape.remove(axis);
            layout.strides.remove(axis);
        }
        layout.shape.push(count);
        layout.strides.push(down + across);
        Ok(self.with_layout(layout))
    }

    /// The memory seen as elements of another type (`view(dtype)`).
    ///
    /// # Errors
    /// If the last axis is not packed or does not divide, where the sizes differ.
    pub fn viewed(&self, dtype: &DType) -> Result<Self> {
        let (old, new) = (self.item_size(), dtype.item_size());
        let mut view = self.clone();
        view.dtype = dtype.clone();
        if old == new {
            return Ok(view);
        }
        let Some(last) = self.ndim().checked_sub(1) else {
            return Err(Error::value(
                "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
            ));
        };
        let n = self.shape()[last];
        if n != 1 && self.size() != 0 && self.strides()[last] != old as isize {
            return Err(Error::value(
                "To change to a dtype of a different size, the last axis must be contiguous",
            ));
        }
        let bytes = n * old;
        if new < old {
            view.layout.shape[last] = bytes / new;
        } else {
            if !bytes.is_multiple_of(new) {
                return Err(Error::value(
                    "When changing to a larger dtype, its size must be a divisor of the total size in bytes of the \
                     last axis of the array.",
                ));
            }
            view.layout.shape[last] = bytes / new;
        }
        view.layout.strides[last] = new as isize;
        Ok(view)
    }

    /// The real parts of a complex array, or the array itself.
    #[must_use]
    pub fn real(&self) -> Self {
        let mut view = self.clone();
        view.dtype = self.dtype.real();
        view
    }

    /// The imaginary parts of a complex array as a view.
    pub fn imaginary(&self) -> Option<Self> {
        let mut view = self.real();
        view.layout.offset += view.dtype.item_size();
        self.dtype.is_complex().then_some(view)
    }
}
