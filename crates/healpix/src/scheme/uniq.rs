//! NUNIQ: depth and nested cell in one number, 4 · 4^depth + cell (the MOC standard, §4.3.1).

use crate::{Depth, Error, Result};

/// The number of a nested cell.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::uniq};
/// assert_eq!(uniq::encode(Depth::new(1)?, 5), 21);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub const fn encode(depth: Depth, cell: u64) -> u64 {
    (4 << (2 * depth.get())) + cell
}

/// The depth and the nested cell of a number.
///
/// # Errors
/// If it is no such number; the error's index is 0.
///
/// ```
/// use rustsci_healpix::{Depth, scheme::uniq};
/// assert_eq!(uniq::decode(21)?, (Depth::new(1)?, 5));
/// assert!(uniq::decode(3).is_err());
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn decode(value: u64) -> Result<(Depth, u64)> {
    let error = || Error::Uniq {
        index: 0,
        value,
        scheme: "uniq",
    };
    if value < 4 {
        return Err(error());
    }
    let depth = Depth::new((value.ilog2() / 2 - 1) as u8).map_err(|_| error())?;
    Ok((depth, value - encode(depth, 0)))
}
