//! Writing one array's elements into another's.

use rustsci_buffer::overlap::{self, Extent};
use rustsci_buffer::{Operand, Order, Plan, copy, run_packed};

use super::Array;
use super::checked::narrow_text;
use crate::dtype::cast_kernel;
use crate::exec::{PACKED_LIMIT, run, with_status};
use crate::selection::select_block;
use crate::{DType, Result, Scalar};

impl Array {
    /// What the array occupies, for the overlap tests.
    pub fn extent(&self) -> Extent<'_> {
        Extent {
            address: self.address(),
            item: self.item_size(),
            shape: self.shape(),
            strides: self.strides(),
        }
    }

    /// Whether the memory between the ends of both meets.
    #[inline]
    pub fn may_share_memory(&self, other: &Self) -> bool {
        overlap::may_share_memory(&self.extent(), &other.extent())
    }

    /// Whether both show exactly the same elements in the same places.
    #[inline]
    pub fn same_elements(&self, other: &Self) -> bool {
        self.address() == other.address()
            && self.layout.shape == other.layout.shape
            && self.layout.strides == other.layout.strides
    }

    /// Whether elements may share memory with each other.
    pub fn overlaps_itself(&self) -> bool {
        !self.is_c_contiguous()
            && overlap::internal_overlap(&self.extent(), Some(1)) != overlap::Overlap::No
    }

    /// This array, copied if writing into `destination` elementwise would change it before it is read.
    ///
    /// # Errors
    /// If memory for the copy cannot be had.
    pub fn apart_from(&self, destination: &Self) -> Result<Self> {
        let clash = self.may_share_memory(destination)
            && !(self.same_elements(destination) && self.item_size() == destination.item_size());
        if clash {
            self.copied(Order::C)
        } else {
            Ok(self.clone())
        }
    }

    /// Sets every element to `value`, converted without further checks.
    ///
    /// # Errors
    /// If the array is read-only.
    pub fn fill(&self, value: &Scalar) -> Result<()> {
        self.check_writeable("assignment destination")?;
        if self.size() == 0 {
            return Ok(());
        }
        let value = with_status(|| value.cast(&self.dtype));
        let kernel = cast_kernel(&self.dtype, &self.dtype);
        if self.size() < PACKED_LIMIT
            && self.is_c_contiguous()
            && run_packed(&[value.operand()], &self.operand(), self.size(), kernel)
        {
            return Ok(());
        }
        let plan = Plan::new(self.shape(), &[value.operand()], &[self.operand()], None);
        run(plan, kernel)
    }

    /// Sets every element from `source`, which is broadcast, converted without further checks, and may overlap.
    ///
    /// # Errors
    /// If the array is read-only or the shapes do not fit.
    pub fn assign(&self, source: &Self) -> Result<()> {
        self.check_writeable("assignment destination")?;
        // Leading axes of length one carry nothing: NumPy drops them on assignment.
        let mut from = source.clone();
        while from.ndim() > self.ndim() && from.shape()[0] == 1 {
            from = from.squeezed(|axis| axis == 0);
        }
        if from.layout.broadcast_to(self.shape()).is_none() {
            return Err(crate::Error::value(format!(
                "could not broadcast input array from shape {} into shape {}",
                narrow_text(source.shape()),
                narrow_text(self.shape())
            )));
        }
        let from = from.apart_from(self)?;
        if from.dtype == self.dtype && from.same_elements(self) {
            return Ok(());
        }
        if from.dtype == self.dtype
            && let Some(layout) = from.layout.broadcast_to(self.shape())
        {
            copy(
                &self.buffer,
                &self.layout,
                &from.buffer,
                &layout,
                self.dtype.kind(),
            );
            return Ok(());
        }
        let plan = Plan::new(self.shape(), &[from.operand()], &[self.operand()], None);
        with_status(|| run(plan, cast_kernel(&from.dtype, &self.dtype)))
    }

    /// Sets the elements at which `mask` (of truth values) holds; all three are broadcast to this array's shape.
    ///
    /// # Errors
    /// If the array is read-only or the shapes do not fit.
    pub fn assign_where(&self, source: &Self, mask: &Self) -> Result<()> {
        self.check_writeable("assignment destination")?;
        let from = source.broadcast_to(self.shape())?.apart_from(self)?;
        let mask = mask.broadcast_to(self.shape())?.apart_from(self)?;
        if from.dtype == self.dtype && mask.dtype == DType::Bool {
            // Elements that stay are written too, which is much quicker than to leave them out.
            let inputs = [mask.operand(), from.operand(), self.operand()];
            let plan = Plan::new(self.shape(), &inputs, &[self.operand()], None);
            return dispatch!(self.dtype, T => run(plan, &select_block::<T>));
        }
        let mask: Operand<'_> = mask.operand();
        let plan = Plan::new(
            self.shape(),
            &[from.operand()],
            &[self.operand()],
            Some(&mask),
        );
        with_status(|| run(plan, cast_kernel(&from.dtype, &self.dtype)))
    }
}
