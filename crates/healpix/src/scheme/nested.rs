//! The nested scheme: the four parts of cell p are 4p to 4p + 3.

use super::bits::{gather, spread};
use crate::Depth;

/// The cell of a base cell that is the `i`-th toward the north-east and the `j`-th toward the north-west.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::nested};
/// assert_eq!(nested::join(Depth::new(1)?, 4, 1, 0), 17);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn join(depth: Depth, base: u64, i: u64, j: u64) -> u64 {
    (base << (2 * depth.get())) | spread(i) | (spread(j) << 1)
}

/// A cell's base cell, and its places toward the north-east and the north-west.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::nested};
/// assert_eq!(nested::split(Depth::new(1)?, 17), (4, 1, 0));
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn split(depth: Depth, cell: u64) -> (u64, u64, u64) {
    let inside = cell & ((1 << (2 * depth.get())) - 1);
    (
        cell >> (2 * depth.get()),
        gather(inside),
        gather(inside >> 1),
    )
}
