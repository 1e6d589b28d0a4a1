//! Bits as elements, and the order of bytes.

mod byteswap;
mod packbits;
mod unpackbits;

pub use byteswap::byteswap;
pub use packbits::packbits;
pub use unpackbits::unpackbits;

use crate::{Error, Result};

/// Which bit of a byte comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitOrder {
    /// The most significant.
    Big,
    /// The least significant.
    Little,
}

impl BitOrder {
    /// The order with NumPy's name, of which the first letter counts.
    ///
    /// # Errors
    /// If there is no such order.
    pub fn parse(name: &str) -> Result<Self> {
        match name.bytes().next() {
            Some(b'b') => Ok(Self::Big),
            Some(b'l') => Ok(Self::Little),
            _ => Err(Error::value(format!(
                "'order' must be either 'little' or 'big' (got '{name}')"
            ))),
        }
    }
}
