//! An array's elements as packed typed blocks, and one at a time.
//!
//! Both views read and write shared memory (see [`Buffer`]): whoever holds a block of one array must not write the
//! same memory through another handle meanwhile. The array crate resolves overlaps before it starts.

use std::marker::PhantomData;

use crate::element::Element;
use crate::layout::Layout;
use crate::memory::{Buffer, OutOfMemory};
use crate::plan::coalesce;
use crate::strided::{Strided, gather, scatter};
use crate::{Shape, Strides};

/// Panics unless every element of `layout` lies inside `buffer`: layouts are made by this project's own code.
pub(crate) fn check_bounds(buffer: &Buffer, layout: &Layout, item: usize) {
    let (low, high) = layout.extent(item);
    assert!(
        low == high || (low >= 0 && high as usize <= buffer.len()),
        "a layout reaches from byte {low} to {high} of a buffer of {} bytes",
        buffer.len()
    );
}

/// The element at a byte offset; it need not be aligned.
///
/// # Panics
/// If the element does not lie inside the buffer.
#[inline(always)]
pub fn load<T: Element>(buffer: &Buffer, offset: usize) -> T {
    assert!(
        offset <= buffer.len().wrapping_sub(size_of::<T>()) && buffer.len() >= size_of::<T>(),
        "out of bounds"
    );
    // SAFETY: the element lies inside the block, and every bit pattern is a value.
    unsafe { buffer.as_ptr().add(offset).cast::<T>().read_unaligned() }
}

/// Writes the element at a byte offset; it need not be aligned.
///
/// # Panics
/// If the element does not lie inside the buffer, or the memory is read-only.
#[inline(always)]
pub fn store<T: Element>(buffer: &Buffer, offset: usize, value: T) {
    assert!(
        offset <= buffer.len().wrapping_sub(size_of::<T>()) && buffer.len() >= size_of::<T>(),
        "out of bounds"
    );
    assert!(buffer.writable(), "read-only memory");
    // SAFETY: the element lies inside the block, which may be written.
    unsafe {
        buffer
            .as_ptr()
            .add(offset)
            .cast::<T>()
            .write_unaligned(value)
    }
}

/// The common part of readers and writers.
struct View<'a, T> {
    base: *mut u8,
    shape: Shape,
    strides: Strides,
    packed: bool,
    size: usize,
    scratch: Vec<T>,
    memory: PhantomData<&'a Buffer>,
}

impl<'a, T: Element> View<'a, T> {
    fn new(buffer: &'a Buffer, layout: &Layout) -> Self {
        check_bounds(buffer, layout, size_of::<T>());
        let (shape, mut strides) = coalesce(&layout.shape, &[&layout.strides]);
        let strides = strides.swap_remove(0);
        let base = buffer.as_ptr().wrapping_add(layout.offset);
        let aligned = base.cast::<T>().is_aligned();
        let packed = aligned
            && (shape.is_empty() || (shape.len() == 1 && strides[0] == size_of::<T>() as isize));
        Self {
            base,
            size: layout.size(),
            shape,
            strides,
            packed,
            scratch: Vec::new(),
            memory: PhantomData,
        }
    }

    fn strided(&self) -> Strided<'_> {
        Strided {
            base: self.base,
            strides: &self.strides,
            kind: T::KIND,
        }
    }

    /// The address of a stretch that lies packed in memory, if it does.
    fn direct(&self, start: usize, count: usize) -> Option<*mut T> {
        assert!(
            start.checked_add(count).is_some_and(|end| end <= self.size),
            "block out of range"
        );
        if self.packed {
            return Some(self.base.cast::<T>().wrapping_add(start));
        }
        let (&inner, &stride) = (self.shape.last()?, self.strides.last()?);
        if stride != size_of::<T>() as isize || count == 0 || start % inner + count > inner {
            return None;
        }
        let mut found = None;
        crate::strided::rows(
            self.strided(),
            &self.shape,
            start,
            count,
            |address, _, _| found = Some(address),
        );
        found
            .map(<*mut u8>::cast::<T>)
            .filter(|address| address.is_aligned())
    }

    fn gather(&mut self, start: usize, count: usize) -> Result<(), OutOfMemory> {
        if self.scratch.len() < count {
            let more = count - self.scratch.len();
            self.scratch.try_reserve(more).map_err(|_| OutOfMemory {
                bytes: count * size_of::<T>(),
            })?;
            self.scratch.resize(count, T::default());
        }
        if count > 0 {
            let out = self.scratch.as_mut_ptr().cast();
            // SAFETY: the layout was checked to lie inside the buffer, `direct` checked the range, and the scratch is
            // long enough.
            unsafe { gather(self.strided(), &self.shape, start, count, out) };
        }
        Ok(())
    }
}

/// Reads an array's elements in C order, as packed blocks.
pub struct Reader<'a, T>(View<'a, T>);

// SAFETY: a reader is a shared borrow of a `Sync` buffer and some owned memory.
unsafe impl<T: Element> Send for Reader<'_, T> {}

impl<'a, T: Element> Reader<'a, T> {
    /// A reader of the elements that `layout` shows in `buffer`.
    ///
    /// # Panics
    /// If the layout reaches outside the buffer.
    pub fn new(buffer: &'a Buffer, layout: &Layout) -> Self {
        Self(View::new(buffer, layout))
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.0.size
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.0.size == 0
    }

    /// Elements `start..start+count`: straight from memory where they lie packed, else copied together.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room for the copy.
    pub fn block(&mut self, start: usize, count: usize) -> Result<&[T], OutOfMemory> {
        if let Some(address) = self.0.direct(start, count) {
            if count == 0 {
                return Ok(&[]);
            }
            // SAFETY: the stretch lies inside the buffer, packed and aligned.
            return Ok(unsafe { std::slice::from_raw_parts(address, count) });
        }
        self.0.gather(start, count)?;
        Ok(&self.0.scratch[..count])
    }

    /// All elements as one block.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room for the copy.
    pub fn all(&mut self) -> Result<&[T], OutOfMemory> {
        self.block(0, self.0.size)
    }
}

/// Changes an array's elements in C order, as packed blocks.
pub struct Writer<'a, T>(View<'a, T>);

// SAFETY: a writer is a shared borrow of a `Sync` buffer and some owned memory.
unsafe impl<T: Element> Send for Writer<'_, T> {}

impl<'a, T: Element> Writer<'a, T> {
    /// A writer of the elements that `layout` shows in `buffer`.
    ///
    /// # Panics
    /// If the layout reaches outside the buffer, or the buffer is read-only.
    pub fn new(buffer: &'a Buffer, layout: &Layout) -> Self {
        assert!(buffer.writable(), "read-only memory");
        Self(View::new(buffer, layout))
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.0.size
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.0.size == 0
    }

    /// Lets `change` rewrite elements `start..start+count`, which it sees as they are.
    ///
    /// # Errors
    /// [`OutOfMemory`] if there is no room for a packed copy.
    pub fn update<R>(
        &mut self,
        start: usize,
        count: usize,
        change: impl FnOnce(&mut [T]) -> R,
    ) -> Result<R, OutOfMemory> {
        if let Some(address) = self.0.direct(start, count) {
            if count == 0 {
                return Ok(change(&mut []));
            }
            // SAFETY: the stretch lies inside the writable buffer, packed and aligned; see the module's contract.
            return Ok(change(unsafe {
                std::slice::from_raw_parts_mut(address, count)
            }));
        }
        self.0.gather(start, count)?;
        let result = change(&mut self.0.scratch[..count]);
        if count > 0 {
            // SAFETY: as for `gather`, and the buffer is writable.
            unsafe {
                scatter(
                    self.0.strided(),
                    &self.0.shape,
                    start,
                    count,
                    self.0.scratch.as_ptr().cast(),
                );
            }
        }
        Ok(result)
    }
}
