//! How finely the sphere is cut.

use crate::{Error, Result};

/// How often the base cells have been cut into four: 0 to 29.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Depth(u8);

impl Depth {
    /// The greatest depth whose cells have 64-bit numbers in every scheme.
    pub const MAX: Self = Self(29);

    /// The depth of the base cells.
    pub const BASE: Self = Self(0);

    /// A depth.
    ///
    /// # Errors
    /// If it is above 29.
    ///
    /// ```
    /// use rustsci_healpix::Depth;
    /// assert_eq!(Depth::new(12)?.cells(), 201_326_592);
    /// assert!(Depth::new(30).is_err());
    /// # Ok::<(), rustsci_healpix::Error>(())
    /// ```
    pub const fn new(depth: u8) -> Result<Self> {
        if depth > Self::MAX.0 {
            return Err(Error::Depth(depth as i64));
        }
        Ok(Self(depth))
    }

    /// The depth whose base cells have `nside` cells along an edge, if there is one.
    ///
    /// ```
    /// use rustsci_healpix::Depth;
    /// assert_eq!(Depth::of_nside(1024), Some(Depth::new(10)?));
    /// assert_eq!(Depth::of_nside(1000), None);
    /// # Ok::<(), rustsci_healpix::Error>(())
    /// ```
    pub const fn of_nside(nside: u64) -> Option<Self> {
        if nside.is_power_of_two() && nside <= 1 << Self::MAX.0 {
            Some(Self(nside.trailing_zeros() as u8))
        } else {
            None
        }
    }

    /// The depth as a number.
    #[inline(always)]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// How many cells there are along an edge of a base cell.
    #[inline(always)]
    pub const fn nside(self) -> u64 {
        1 << self.0
    }

    /// How many cells there are.
    #[inline(always)]
    pub const fn cells(self) -> u64 {
        12 << (2 * self.0)
    }

    /// The area of a cell, in steradians.
    pub fn area(self) -> f64 {
        std::f64::consts::PI / (3.0 * (self.nside() * self.nside()) as f64)
    }

    /// All depths from this one down to `deepest`.
    pub fn to(self, deepest: Self) -> impl DoubleEndedIterator<Item = Self> {
        (self.0..=deepest.0).map(Self)
    }
}
