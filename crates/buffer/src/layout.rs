//! Shapes and strides: how an array lies in its memory.
//!
//! Everything here is a pure function on numbers; no memory is touched.

use smallvec::SmallVec;

/// Lengths of axes; inline up to four dimensions, so that an array's description is moved without a call.
pub type Shape = SmallVec<[usize; 4]>;
/// Steps between neighbours along each axis, in bytes; inline as [`Shape`].
pub type Strides = SmallVec<[isize; 4]>;

/// The most dimensions an array may have (as in NumPy 2).
pub const MAX_DIMS: usize = 64;

/// Which axis varies fastest in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The last axis (row-major).
    C,
    /// The first axis (column-major).
    F,
}

/// Where the elements of an array lie in a block: shape, byte strides and the first element's offset.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    /// Length of each axis.
    pub shape: Shape,
    /// Step in bytes along each axis; may be negative or zero.
    pub strides: Strides,
    /// Offset in bytes of the element with all indices zero.
    pub offset: usize,
}

impl Clone for Layout {
    #[inline]
    fn clone(&self) -> Self {
        // As one move of memory each, which the vectors' own `clone` is not.
        Self {
            shape: Shape::from_slice(&self.shape),
            strides: Strides::from_slice(&self.strides),
            offset: self.offset,
        }
    }
}

/// The product of the lengths, or `None` if it does not fit an `isize`.
pub fn checked_size(shape: &[usize]) -> Option<usize> {
    if shape.contains(&0) {
        return Some(0);
    }
    let size = shape
        .iter()
        .try_fold(1_usize, |size, &n| size.checked_mul(n))?;
    isize::try_from(size).ok().map(|_| size)
}

/// Byte strides of a packed array.
pub fn packed_strides(shape: &[usize], item: usize, order: Order) -> Strides {
    let mut strides: Strides = SmallVec::from_elem(0, shape.len());
    let mut step = item;
    let mut set = |axis: usize| {
        strides[axis] = step as isize;
        step = step.saturating_mul(shape[axis].max(1));
    };
    match order {
        Order::C => (0..shape.len()).rev().for_each(&mut set),
        Order::F => (0..shape.len()).for_each(&mut set),
    }
    strides
}

/// The common shape of broadcast operands, or `None` if they do not fit each other.
pub fn broadcast_shapes<'a>(shapes: impl IntoIterator<Item = &'a [usize]>) -> Option<Shape> {
    let mut result = Shape::new();
    for shape in shapes {
        if shape.len() > result.len() {
            let missing = shape.len() - result.len();
            result.insert_many(0, std::iter::repeat_n(1, missing));
        }
        let lead = result.len() - shape.len();
        for (have, &want) in result[lead..].iter_mut().zip(shape) {
            if *have == 1 {
                *have = want;
            } else if want != 1 && want != *have {
                return None;
            }
        }
    }
    Some(result)
}

impl Layout {
    /// A packed layout that begins at offset zero.
    #[inline]
    pub fn packed(shape: &[usize], item: usize, order: Order) -> Self {
        if let [n] = *shape {
            let (shape, strides) = (smallvec::smallvec![n], smallvec::smallvec![item as isize]);
            return Self {
                shape,
                strides,
                offset: 0,
            };
        }
        Self {
            shape: Shape::from_slice(shape),
            strides: packed_strides(shape, item, order),
            offset: 0,
        }
    }

    /// Number of dimensions.
    #[inline(always)]
    pub fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// Number of elements.
    #[inline]
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether the elements lie packed in the given order; axes of length one do not matter, nor do strides of
    /// an array without elements.
    #[inline]
    pub fn is_packed(&self, item: usize, order: Order) -> bool {
        let mut step = item as isize;
        let mut packed = true;
        let mut check = |axis: usize| {
            let n = self.shape[axis];
            packed &= n == 1 || self.strides[axis] == step;
            step = step.wrapping_mul(n as isize);
        };
        match order {
            Order::C => (0..self.ndim()).rev().for_each(&mut check),
            Order::F => (0..self.ndim()).for_each(&mut check),
        }
        packed || self.shape.contains(&0)
    }

    /// The bytes that the elements touch, as a half-open range of offsets; empty if there is no element.
    pub fn extent(&self, item: usize) -> (isize, isize) {
        let first = self.offset as isize;
        if self.shape.contains(&0) {
            return (first, first);
        }
        let (mut low, mut high) = (first, first + item as isize);
        for (&n, &stride) in self.shape.iter().zip(&self.strides) {
            let reach = stride.saturating_mul(n as isize - 1);
            if reach < 0 {
                low = low.saturating_add(reach)
            } else {
                high = high.saturating_add(reach)
            }
        }
        (low, high)
    }

    /// The same elements seen with `shape`: new leading axes and axes of length one are repeated by stride zero.
    pub fn broadcast_to(&self, shape: &[usize]) -> Option<Self> {
        let lead = shape.len().checked_sub(self.ndim())?;
        let mut strides: Strides = SmallVec::from_elem(0, shape.len());
        for axis in 0..self.ndim() {
            let (have, want) = (self.shape[axis], shape[lead + axis]);
            if have == want {
                strides[lead + axis] = self.strides[axis];
            } else if have != 1 {
                return None;
            }
        }
        Some(Self {
            shape: Shape::from_slice(shape),
            strides,
            offset: self.offset,
        })
    }

    /// Axes in a new order; `axes` must be a permutation.
    pub fn permuted(&self, axes: &[usize]) -> Self {
        Self {
            shape: axes.iter().map(|&axis| self.shape[axis]).collect(),
            strides: axes.iter().map(|&axis| self.strides[axis]).collect(),
            offset: self.offset,
        }
    }

    /// Takes `count` elements along `axis`, from `start` by `step`; the caller has checked the bounds.
    #[inline]
    pub fn sliced(&self, axis: usize, start: usize, step: isize, count: usize) -> Self {
        if let ([_], [stride]) = (&self.shape[..], &self.strides[..]) {
            let skip = if count > 0 {
                stride.wrapping_mul(start as isize)
            } else {
                0
            };
            return Self {
                shape: smallvec::smallvec![count],
                strides: smallvec::smallvec![stride.wrapping_mul(step)],
                offset: self.offset.wrapping_add_signed(skip),
            };
        }
        let mut result = self.clone();
        if count > 0 {
            result.offset = result
                .offset
                .wrapping_add_signed(self.strides[axis].wrapping_mul(start as isize));
        }
        result.shape[axis] = count;
        // A step may be huge where at most one element is taken: the stride is then never followed.
        result.strides[axis] = self.strides[axis].wrapping_mul(step);
        result
    }

    /// Fixes `axis` at `index` and drops it; the caller has checked the bounds.
    pub fn at(&self, axis: usize, index: usize) -> Self {
        let mut result = self.clone();
        result.offset = result
            .offset
            .wrapping_add_signed(self.strides[axis].wrapping_mul(index as isize));
        result.shape.remove(axis);
        result.strides.remove(axis);
        result
    }

    /// The strides that show the same elements with `shape`, read and filled in `order`, or `None` if only a copy
    /// can. The sizes must agree.
    pub fn reshaped(&self, shape: &[usize], item: usize, order: Order) -> Option<Strides> {
        if self.size() == 0 || self.is_packed(item, order) {
            return Some(packed_strides(shape, item, order));
        }
        // Axes of length one carry no information; the rest is matched group by group, fastest axis last.
        let fastest_last = |axes: &mut Vec<usize>| {
            if order == Order::F {
                axes.reverse();
            }
        };
        let mut old: Vec<usize> = (0..self.ndim())
            .filter(|&axis| self.shape[axis] != 1)
            .collect();
        let mut new: Vec<usize> = (0..shape.len()).filter(|&axis| shape[axis] != 1).collect();
        fastest_last(&mut old);
        fastest_last(&mut new);
        let mut strides: Strides = SmallVec::from_elem(0, shape.len());
        let (mut o, mut n) = (0, 0);
        while o < old.len() && n < new.len() {
            let (first_old, first_new) = (o, n);
            let (mut old_size, mut new_size) = (self.shape[old[o]], shape[new[n]]);
            while old_size != new_size {
                if old_size < new_size {
                    o += 1;
                    old_size *= self.shape[*old.get(o)?];
                } else {
                    n += 1;
                    new_size *= shape[*new.get(n)?];
                }
            }
            // The old axes of one group must lie as if they were one axis.
            for pair in old[first_old..=o].windows(2) {
                if self.strides[pair[0]]
                    != self.strides[pair[1]].checked_mul(self.shape[pair[1]] as isize)?
                {
                    return None;
                }
            }
            let mut step = self.strides[old[o]];
            for &axis in new[first_new..=n].iter().rev() {
                strides[axis] = step;
                step *= shape[axis] as isize;
            }
            o += 1;
            n += 1;
        }
        // Axes of length one get the stride that keeps packed layouts looking packed.
        let mut step = item as isize;
        let mut fill = |axis: usize| {
            if shape[axis] == 1 {
                strides[axis] = step;
            } else {
                step = strides[axis].wrapping_mul(shape[axis] as isize);
            }
        };
        match order {
            Order::C => (0..shape.len()).rev().for_each(&mut fill),
            Order::F => (0..shape.len()).for_each(&mut fill),
        }
        Some(strides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(shape: &[usize]) -> Layout {
        Layout::packed(shape, 8, Order::C)
    }

    #[test]
    fn packed_strides_follow_the_order() {
        assert_eq!(packed(&[2, 3, 4]).strides[..], [96, 32, 8]);
        assert_eq!(packed_strides(&[2, 3, 4], 8, Order::F)[..], [8, 16, 48]);
        assert!(packed(&[2, 0, 4]).is_packed(8, Order::F));
    }

    #[test]
    fn sizes_that_overflow_are_refused_unless_an_axis_is_empty() {
        assert_eq!(checked_size(&[usize::MAX, 2]), None);
        assert_eq!(checked_size(&[usize::MAX, 0]), Some(0));
        assert_eq!(checked_size(&[]), Some(1));
    }

    #[test]
    fn broadcasting_repeats_axes_of_length_one() {
        let shape = broadcast_shapes([&[3, 1][..], &[4][..]]).unwrap();
        assert_eq!(shape[..], [3, 4]);
        assert_eq!(broadcast_shapes([&[3][..], &[4][..]]), None);
        assert_eq!(
            packed(&[3, 1]).broadcast_to(&[2, 3, 4]).unwrap().strides[..],
            [0, 8, 0]
        );
    }

    #[test]
    fn reshape_keeps_what_can_be_kept_as_a_view() {
        let transposed = packed(&[2, 3, 4]).permuted(&[2, 0, 1]);
        assert_eq!(
            transposed.reshaped(&[4, 6], 8, Order::C).unwrap()[..],
            [8, 32]
        );
        assert_eq!(transposed.reshaped(&[8, 3], 8, Order::C), None);
        let sliced = packed(&[4, 6]).sliced(1, 5, -1, 6);
        assert_eq!(
            sliced.reshaped(&[4, 2, 3], 8, Order::C).unwrap()[..],
            [48, -24, -8]
        );
    }

    #[test]
    fn extents_follow_negative_strides() {
        let reversed = packed(&[4]).sliced(0, 3, -1, 4);
        assert_eq!(reversed.extent(8), (0, 32));
        assert_eq!(reversed.offset, 24);
    }
}
