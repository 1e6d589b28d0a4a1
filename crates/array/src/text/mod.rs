//! Arrays from text.

mod element;
mod fromstring;
mod rows;
mod separator;

pub use fromstring::fromstring;
pub use rows::parse_rows;
