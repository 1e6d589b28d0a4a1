//! The n-dimensional array: a shared buffer, a layout, a dtype.

mod agreed;
mod assign;
mod checked;
mod convert;
mod create;
mod flags;
mod same_value;
mod views;

use std::sync::Arc;

use rustsci_buffer::{Buffer, Layout, Operand, Reader, Writer};

use crate::dtype::Number;
use crate::{DType, Error, Result, Scalar};

pub use agreed::agreed_order;
pub use agreed::empty_in_order;
pub(crate) use agreed::{empty_agreed, empty_joined};
pub use checked::check_cast;
pub(crate) use checked::narrow_text;
pub use convert::{CopyOrder, strides_like};
pub use create::arange_length;
pub use views::{normalize_axis, shape_text};

/// An n-dimensional array, or a view of one: cloning shares the memory.
#[derive(Clone, Debug)]
pub struct Array {
    buffer: Arc<Buffer>,
    layout: Layout,
    dtype: DType,
    writeable: bool,
}

impl Array {
    /// An array over a buffer; the layout must lie inside it.
    pub fn new(buffer: Arc<Buffer>, layout: Layout, dtype: DType) -> Self {
        let writeable = buffer.writable();
        Self {
            buffer,
            layout,
            dtype,
            writeable,
        }
    }

    /// The same memory in another layout.
    #[inline]
    #[must_use]
    pub fn with_layout(&self, layout: Layout) -> Self {
        Self {
            buffer: Arc::clone(&self.buffer),
            layout,
            dtype: self.dtype.clone(),
            writeable: self.writeable,
        }
    }

    /// The memory that the array (and its views) share.
    #[inline(always)]
    pub fn buffer(&self) -> &Arc<Buffer> {
        &self.buffer
    }

    /// Where the elements lie.
    #[inline(always)]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The elements' type.
    #[inline(always)]
    pub fn dtype(&self) -> &DType {
        &self.dtype
    }

    /// Length of each axis.
    #[inline(always)]
    pub fn shape(&self) -> &[usize] {
        &self.layout.shape
    }

    /// Step along each axis, in bytes.
    #[inline(always)]
    pub fn strides(&self) -> &[isize] {
        &self.layout.strides
    }

    /// Number of axes.
    #[inline(always)]
    pub fn ndim(&self) -> usize {
        self.layout.ndim()
    }

    /// Number of elements.
    #[inline(always)]
    pub fn size(&self) -> usize {
        self.layout.size()
    }

    /// Size of one element in bytes.
    #[inline(always)]
    pub fn item_size(&self) -> usize {
        self.dtype.item_size()
    }

    /// The address of the first element.
    #[inline(always)]
    pub fn address(&self) -> usize {
        self.buffer.address().wrapping_add(self.layout.offset)
    }

    /// Whether both are views of one buffer.
    #[inline]
    pub fn shares_buffer(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.buffer, &other.buffer)
    }

    /// The array as an operand of an elementwise operation.
    #[inline]
    pub fn operand(&self) -> Operand<'_> {
        Operand::array(&self.buffer, &self.layout, self.dtype.kind())
    }

    /// The elements in C order, as packed blocks of `T`, which must be the dtype's type.
    pub fn reader<T: Number>(&self) -> Reader<'_, T> {
        debug_assert_eq!(T::DTYPE, self.dtype);
        Reader::new(&self.buffer, &self.layout)
    }

    /// The elements in C order, to be changed block by block. `T` must be the dtype's type.
    ///
    /// # Errors
    /// If the array is read-only.
    pub fn writer<T: Number>(&self) -> Result<Writer<'_, T>> {
        debug_assert_eq!(T::DTYPE, self.dtype);
        self.check_writeable("assignment destination")?;
        Ok(Writer::new(&self.buffer, &self.layout))
    }

    /// Refuses to change a read-only array.
    #[inline]
    pub fn check_writeable(&self, what: &str) -> Result<()> {
        if self.writeable {
            Ok(())
        } else {
            Err(Error::value(format!("{what} is read-only")))
        }
    }

    /// The byte offset of an element by its indices, which must be in range.
    #[inline]
    pub fn offset_of(&self, index: &[usize]) -> usize {
        debug_assert!(
            index.len() == self.ndim() && index.iter().zip(self.shape()).all(|(i, n)| i < n)
        );
        index
            .iter()
            .zip(&self.layout.strides)
            .fold(self.layout.offset, |offset, (&i, &stride)| {
                offset.wrapping_add_signed(stride.wrapping_mul(i as isize))
            })
    }

    /// The element with the given indices, which must be in range.
    #[inline]
    pub fn get(&self, index: &[usize]) -> Scalar {
        Scalar::load(&self.buffer, self.offset_of(index), &self.dtype)
    }

    /// The byte offset of the element at a position in C order.
    pub fn offset_at(&self, flat: usize) -> usize {
        let (mut offset, mut rest) = (self.layout.offset, flat);
        for (&n, &stride) in self.layout.shape.iter().zip(&self.layout.strides).rev() {
            offset = offset.wrapping_add_signed(stride.wrapping_mul((rest % n) as isize));
            rest /= n;
        }
        offset
    }

    /// The element at a position in C order, which must be in range.
    #[inline]
    pub fn item(&self, flat: usize) -> Scalar {
        Scalar::load(&self.buffer, self.offset_at(flat), &self.dtype)
    }

    /// Writes the element at a position in C order, which must be in range; the array must be writeable.
    #[inline]
    pub fn set_item(&self, flat: usize, value: &Scalar) {
        value.store(&self.buffer, self.offset_at(flat), &self.dtype);
    }

    /// All elements in C order.
    ///
    /// # Errors
    /// If there is no memory for a packed copy.
    pub fn to_vec<T: Number>(&self) -> Result<Vec<T>> {
        let mut reader = self.reader::<T>();
        Ok(reader.all()?.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use rustsci_buffer::Order;

    use super::*;

    #[test]
    fn views_share_memory_and_write_through() {
        let a = Array::from_shape(&[2, 3], &[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let column = a.transposed().with_layout(a.layout().at(1, 1));
        column.fill(&Scalar::from(9.0)).unwrap();
        assert_eq!(a.to_vec::<f64>().unwrap(), [0.0, 9.0, 2.0, 3.0, 9.0, 5.0]);
        assert!(column.shares_buffer(&a));
    }

    #[test]
    fn assignment_resolves_overlap() {
        let a = Array::from_slice(&[0_i64, 1, 2, 3, 4]).unwrap();
        let tail = a.with_layout(a.layout().sliced(0, 1, 1, 4));
        let head = a.with_layout(a.layout().sliced(0, 0, 1, 4));
        tail.assign(&head).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [0, 0, 1, 2, 3]);
        let reversed = a.with_layout(a.layout().sliced(0, 4, -1, 5));
        a.assign(&reversed).unwrap();
        assert_eq!(a.to_vec::<i64>().unwrap(), [3, 2, 1, 0, 0]);
    }

    #[test]
    fn copies_keep_the_order_that_was_asked_for() {
        let a = Array::from_shape(&[2, 3], &[1_i32, 2, 3, 4, 5, 6]).unwrap();
        let f = a.copied(Order::F).unwrap();
        assert_eq!(
            (f.strides(), f.to_vec::<i32>().unwrap()),
            (&[4, 8][..], vec![1, 2, 3, 4, 5, 6])
        );
        let k = f.converted(&DType::Float64, CopyOrder::K).unwrap();
        assert_eq!(k.strides(), [8, 16]);
        assert_eq!(
            f.to_bytes(CopyOrder::F).unwrap()[..8],
            [1, 0, 0, 0, 4, 0, 0, 0]
        );
    }

    #[test]
    fn an_impossible_shape_is_refused() {
        let error = Array::empty(&[usize::MAX, 2], &DType::Int8, Order::C).unwrap_err();
        assert!(error.to_string().contains("too big"));
        assert!(matches!(
            Array::empty(&[1 << 60], &DType::Int8, Order::C),
            Err(Error::Memory { .. })
        ));
    }
}
