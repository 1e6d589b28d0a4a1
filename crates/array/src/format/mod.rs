//! Numbers as text, digit for digit as NumPy writes them, and text as numbers.
//!
//! Three layers: one finds which decimal digits stand for a value, the positional and scientific
//! writers lay them out, and the scalar module decides which of the two `str` uses. Nothing here knows arrays.
//!
//! ```
//! use rustsci_array::format::{Options, ScalarStyle, Trim, float_str, format_positional, format_scientific};
//!
//! assert_eq!(format_positional(0.1_f32, &Options::default()).unwrap(), "0.1");
//! let fixed = Options { precision: Some(12), unique: false, ..Options::default() };
//! assert_eq!(format_positional(0.1_f32, &fixed).unwrap(), "0.100000001490");
//! let short = Options { trim: Trim::PointAndZeros, ..Options::default() };
//! assert_eq!(format_scientific(1e16, &short).unwrap(), "1e+16");
//! assert_eq!(float_str(1e16, ScalarStyle::Current), "1e+16");
//! ```

mod digits;
mod float;
mod options;
mod parse;
mod positional;
mod scalar;
mod scientific;
#[cfg(test)]
mod tests;

pub use float::Float;
pub use options::{FormatError, Options, Trim};
pub use parse::{parse_complex, parse_float, scan_complex, scan_float};
pub use positional::format_positional;
pub use scalar::{ScalarStyle, complex_str, float_str};
pub use scientific::format_scientific;
