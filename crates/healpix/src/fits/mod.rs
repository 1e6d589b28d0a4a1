//! FITS files (FITS standard 4.0): as much as sky maps and coverage maps need, which is binary tables.

mod header;
mod table;
mod writing;

pub use header::{Card, CardValue, Header};
pub use table::{Column, Table, Values, tables};
pub use writing::table_file;

/// FITS files are made of blocks of this many bytes.
pub(crate) const BLOCK: usize = 2880;
