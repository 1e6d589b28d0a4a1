//! Whether two layouts share memory.
//!
//! Two arrays share memory if an element of one and an element of the other have a byte in common. The
//! extents of their memory answer this only halfway: `x[::2]` and `x[1::2]` interleave without touching. The
//! exact answer is whether a linear equation has a solution in bounded integers, which [`shares_memory`]
//! finds out. That is NP-hard in the number of axes, so the search can be limited; for arrays that come from
//! slicing it ends at once.

mod equation;

use equation::{Equation, Work};

/// Where an array lies: its first element's address, its elements' size, and its axes.
#[derive(Clone, Copy, Debug)]
pub struct Extent<'a> {
    /// Address of the element whose indices are all zero.
    pub address: usize,
    /// Size of an element in bytes.
    pub item: usize,
    /// Length of each axis.
    pub shape: &'a [usize],
    /// Distance in bytes between neighbours along each axis.
    pub strides: &'a [isize],
}

impl Extent<'_> {
    fn is_empty(&self) -> bool {
        self.item == 0 || self.shape.contains(&0)
    }

    /// Each axis' largest index and its stride.
    fn axes(&self) -> impl Iterator<Item = (i128, i128)> + '_ {
        self.shape
            .iter()
            .zip(self.strides)
            .map(|(&length, &stride)| (length as i128 - 1, stride as i128))
    }

    /// The addresses of the lowest byte and of the one after the highest; of an array that has any.
    fn span(&self) -> (i128, i128) {
        // No memory lies beyond; a description that does must not overflow sums of such numbers.
        let clamp = |address: i128| address.clamp(-(1 << 100), 1 << 100);
        let first = self.address as i128;
        self.axes().fold(
            (first, first + self.item as i128),
            |(low, high), (last, stride)| {
                let reach = last.saturating_mul(stride);
                (
                    clamp(low.saturating_add(reach.min(0))),
                    clamp(high.saturating_add(reach.max(0))),
                )
            },
        )
    }
}

/// Whether memory is shared, as far as was found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// No byte is shared.
    No,
    /// At least one byte is shared.
    Yes,
    /// Unknown: the work limit was reached first.
    TooHard,
}

/// The addresses of an array's lowest byte and of the byte after its highest (equal if it has none).
pub fn bounds(a: &Extent<'_>) -> (usize, usize) {
    if a.is_empty() {
        return (a.address, a.address);
    }
    let (low, high) = a.span();
    let address = |value: i128| usize::try_from(value.max(0)).unwrap_or(usize::MAX);
    (address(low), address(high))
}

/// Whether the arrays' [`bounds`] intersect: if not, they share nothing.
pub fn may_share_memory(a: &Extent<'_>, b: &Extent<'_>) -> bool {
    let ((a_low, a_high), (b_low, b_high)) = (bounds(a), bounds(b));
    !a.is_empty() && !b.is_empty() && a_low < b_high && b_low < a_high
}

/// Whether the arrays share a byte of memory.
///
/// The search looks at no more than `max_work` candidates (`None`: as many as it takes); with `Some(0)` only
/// the bounds are compared.
///
/// ```
/// use rustsci_buffer::overlap::{Extent, Overlap, shares_memory};
/// let even = Extent { address: 1000, item: 8, shape: &[5], strides: &[16] };
/// let odd = Extent { address: 1008, ..even };
/// assert_eq!(shares_memory(&even, &odd, None), Overlap::No);
/// assert_eq!(shares_memory(&even, &even, None), Overlap::Yes);
/// assert_eq!(shares_memory(&even, &odd, Some(0)), Overlap::TooHard);
/// ```
pub fn shares_memory(a: &Extent<'_>, b: &Extent<'_>, max_work: Option<u64>) -> Overlap {
    if !may_share_memory(a, b) {
        return Overlap::No;
    }
    // Counting bytes upwards from the lowest of a and downwards from the highest of b, all steps are positive:
    // a's lowest + Σ|stride|·i + byte = b's highest - Σ|stride|·j - byte.
    let (a_lowest, b_highest) = (a.span().0, b.span().1 - 1);
    let mut equation = Equation::new(b_highest - a_lowest);
    for (last, stride) in a.axes().chain(b.axes()) {
        equation.add(stride.abs(), last);
    }
    equation.add(1, a.item as i128 - 1 + b.item as i128 - 1);
    equation.solvable(&mut Work::new(max_work))
}

/// Whether two different elements of the array share a byte of memory.
///
/// ```
/// use rustsci_buffer::overlap::{Extent, Overlap, internal_overlap};
/// let windows = Extent { address: 1000, item: 8, shape: &[5, 3], strides: &[8, 8] };
/// assert_eq!(internal_overlap(&windows, None), Overlap::Yes);
/// ```
pub fn internal_overlap(a: &Extent<'_>, max_work: Option<u64>) -> Overlap {
    if a.is_empty() {
        return Overlap::No;
    }
    let mut axes: Vec<(i128, i128)> = a
        .axes()
        .filter(|(last, _)| *last > 0)
        .map(|(last, stride)| (stride.abs(), last))
        .collect();
    axes.sort_unstable_by(|x, y| y.cmp(x));
    let slack = a.item as i128 - 1;
    let mut work = Work::new(max_work);
    let mut answer = Overlap::No;
    // Two elements differ by some d, |d| <= last on each axis, not all zero; take the sign for which the
    // first nonzero one, on axis k, is positive. They touch if Σ stride·d over the axes from k on, plus the
    // difference of two byte positions, is zero. Unknowns from zero up make that
    // stride_k·(d_k - 1) + Σ stride·(d + last) + (slack + difference) = Σ stride·last + slack - stride_k.
    for (k, &(stride, last)) in axes.iter().enumerate() {
        let finer = &axes[k + 1..];
        let reach = finer.iter().fold(slack, |sum, (stride, last)| {
            sum.saturating_add(stride.saturating_mul(*last))
        });
        let mut equation = Equation::new(reach - stride);
        equation.add(stride, last - 1);
        finer
            .iter()
            .for_each(|&(stride, last)| equation.add(stride, last.saturating_mul(2)));
        equation.add(1, 2 * slack);
        match equation.solvable(&mut work) {
            Overlap::Yes => return Overlap::Yes,
            Overlap::TooHard => answer = Overlap::TooHard,
            Overlap::No => {}
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    struct Case {
        address: usize,
        item: usize,
        shape: Vec<usize>,
        strides: Vec<isize>,
    }

    impl Case {
        fn extent(&self) -> Extent<'_> {
            Extent {
                address: self.address,
                item: self.item,
                shape: &self.shape,
                strides: &self.strides,
            }
        }

        /// The bytes of each element.
        fn elements(&self) -> Vec<HashSet<isize>> {
            let mut starts = vec![self.address as isize];
            for (&length, &stride) in self.shape.iter().zip(&self.strides) {
                starts = starts
                    .iter()
                    .flat_map(|s| (0..length as isize).map(move |i| s + i * stride))
                    .collect();
            }
            starts
                .iter()
                .map(|&start| (start..start + self.item as isize).collect())
                .collect()
        }

        fn bytes(&self) -> HashSet<isize> {
            self.elements().into_iter().flatten().collect()
        }
    }

    fn case(max_axes: usize) -> impl Strategy<Value = Case> {
        let axis = (0_usize..6, -40_isize..=40);
        (
            400_usize..500,
            1_usize..=8,
            prop::collection::vec(axis, 0..=max_axes),
        )
            .prop_map(|(address, item, axes)| {
                let (shape, strides) = axes.into_iter().unzip();
                Case {
                    address,
                    item,
                    shape,
                    strides,
                }
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn sharing_agrees_with_the_bytes(a in case(3), b in case(3)) {
            let shared = !a.bytes().is_disjoint(&b.bytes());
            let expected = if shared { Overlap::Yes } else { Overlap::No };
            prop_assert_eq!(shares_memory(&a.extent(), &b.extent(), None), expected);
            prop_assert!(may_share_memory(&a.extent(), &b.extent()) || !shared);
            for limit in [0, 1, 10] {
                let limited = shares_memory(&a.extent(), &b.extent(), Some(limit));
                prop_assert!(limited == expected || limited == Overlap::TooHard);
            }
        }

        #[test]
        fn internal_overlap_agrees_with_the_bytes(a in case(4)) {
            let elements = a.elements();
            let distinct = a.bytes().len() == elements.len() * a.item;
            let expected = if distinct { Overlap::No } else { Overlap::Yes };
            prop_assert_eq!(internal_overlap(&a.extent(), None), expected);
        }

        #[test]
        fn bounds_agree_with_the_bytes(a in case(4)) {
            let bytes = a.bytes();
            let expected = match (bytes.iter().min(), bytes.iter().max()) {
                (Some(&low), Some(&high)) => (low as usize, high as usize + 1),
                _ => (a.address, a.address),
            };
            prop_assert_eq!(bounds(&a.extent()), expected);
        }
    }

    #[test]
    fn arrays_without_elements_share_nothing() {
        let empty = Extent {
            address: 0,
            item: 8,
            shape: &[3, 0],
            strides: &[0, 8],
        };
        let full = Extent {
            address: 0,
            item: 8,
            shape: &[3],
            strides: &[8],
        };
        assert_eq!(shares_memory(&empty, &full, None), Overlap::No);
        assert_eq!(internal_overlap(&empty, None), Overlap::No);
    }

    #[test]
    fn slices_of_large_arrays_are_decided_at_once() {
        let (rows, columns) = (1 << 20, 1 << 20);
        let shape = [rows / 2, columns / 3];
        let strides = [2 * 8 * columns as isize, 3 * 8];
        let a = Extent {
            address: 1 << 12,
            item: 8,
            shape: &shape,
            strides: &strides,
        };
        let same_columns = Extent {
            address: a.address + 8 * columns + 24,
            ..a
        };
        let same_rows = Extent {
            address: a.address + 8,
            ..a
        };
        assert_eq!(shares_memory(&a, &same_columns, Some(10)), Overlap::No);
        assert_eq!(shares_memory(&a, &same_rows, Some(10)), Overlap::No);
        assert_eq!(shares_memory(&a, &a, Some(10)), Overlap::Yes);
        assert_eq!(internal_overlap(&a, Some(10)), Overlap::No);
    }

    #[test]
    fn a_search_that_is_too_hard_says_so() {
        let a = Extent {
            address: 1 << 30,
            item: 1,
            shape: &[1049, 1049, 1049],
            strides: &[36674, 61119, 85569],
        };
        let b = Extent {
            address: a.address + 64_023_025,
            shape: &[1049, 1049],
            strides: &[12223, 12224],
            ..a
        };
        assert_eq!(shares_memory(&a, &b, Some(10)), Overlap::TooHard);
    }

    #[test]
    fn absurd_extents_do_not_overflow() {
        let shape = [usize::MAX >> 1; 8];
        let strides = [isize::MAX, isize::MIN, 1, 3, 0, isize::MIN, isize::MAX, 7];
        let a = Extent {
            address: usize::MAX,
            item: usize::MAX,
            shape: &shape,
            strides: &strides,
        };
        assert!(may_share_memory(&a, &a));
        let _ = shares_memory(&a, &a, Some(100));
        let _ = internal_overlap(&a, Some(100));
    }
}
