//! ZUNIQ: depth and nested cell in one number whose order is that of the cells along the curve that visits them,
//! whatever their depth: the cell, a bit that is set, and two zero bits for each depth that is left.

use crate::{Depth, Error, Result};

/// The number of a nested cell.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::zuniq};
/// assert_eq!(zuniq::encode(Depth::MAX, 5), 11);
/// assert!(zuniq::encode(Depth::new(3)?, 700) < zuniq::encode(Depth::new(1)?, 44));
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub const fn encode(depth: Depth, cell: u64) -> u64 {
    ((cell << 1) | 1) << (2 * (Depth::MAX.get() - depth.get()))
}

/// The depth and the nested cell of a number.
///
/// # Errors
/// If it is no such number; the error's index is 0.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::zuniq};
/// assert_eq!(zuniq::decode(11)?, (Depth::MAX, 5));
/// assert!(zuniq::decode(0).is_err());
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn decode(value: u64) -> Result<(Depth, u64)> {
    let zeros = value.trailing_zeros();
    let depth = Depth::new(Depth::MAX.get().wrapping_sub((zeros / 2) as u8));
    match depth {
        Ok(depth) if zeros.is_multiple_of(2) && value >> (zeros + 1) < depth.cells() => {
            Ok((depth, value >> (zeros + 1)))
        }
        _ => Err(Error::Uniq {
            index: 0,
            value,
            scheme: "zuniq",
        }),
    }
}
