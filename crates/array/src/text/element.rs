//! The elements of each dtype as text.

use rustsci_buffer::{Bool, Complex, f16};

use crate::dtype::{Cast, Number};
use crate::exec::with_status;
use crate::format::{parse_float, scan_complex, scan_float};

/// A type whose elements can be read from text.
pub(super) trait TextElement: Number {
    /// Reads the element that `text` starts with, and says how many bytes it takes; leading white space is skipped.
    fn scan(text: &str) -> Option<(Self, usize)>;

    /// Reads a whole field; `None` if it is no element, or one that the type cannot hold.
    fn parse(field: &str) -> Option<Self>;
}

macro_rules! integers {
    ($($type:ty, $wide:ty);* $(;)?) => {$(
        impl TextElement for $type {
            fn scan(text: &str) -> Option<(Self, usize)> {
                let (value, length) = scan_integer(text, <$wide>::MIN != 0)?;
                // As C reads it: what is too large for the longest type is the largest, the rest wraps.
                let largest = <$wide>::MAX;
                Some((<$wide>::try_from(value).unwrap_or(largest) as $type, length))
            }

            fn parse(field: &str) -> Option<Self> {
                field.trim_ascii().parse().ok()
            }
        }
    )*};
}

integers! {
    i8, i64; i16, i64; i32, i64; i64, i64;
    u8, u64; u16, u64; u32, u64; u64, u64;
}

macro_rules! floats {
    ($($type:ty),*) => {$(
        impl TextElement for $type {
            fn scan(text: &str) -> Option<(Self, usize)> {
                scan_float(text)
            }

            fn parse(field: &str) -> Option<Self> {
                parse_float(field)
            }
        }
    )*};
}

floats!(f32, f64);

impl TextElement for f16 {
    fn scan(text: &str) -> Option<(Self, usize)> {
        scan_float(text)
    }

    fn parse(field: &str) -> Option<Self> {
        // A field is a number in double precision, which is cast, and may be too large for that.
        let value = parse_float::<f64>(field)?;
        Some(with_status(|| value.cast()))
    }
}

macro_rules! complex {
    ($($type:ty),*) => {$(
        impl TextElement for Complex<$type> {
            fn scan(text: &str) -> Option<(Self, usize)> {
                scan_complex(text)
            }

            fn parse(field: &str) -> Option<Self> {
                crate::format::parse_complex(field)
            }
        }
    )*};
}

complex!(f32, f64);

impl TextElement for Bool {
    fn scan(text: &str) -> Option<(Self, usize)> {
        let (value, length) = scan_float::<f64>(text)?;
        Some((Self::from(value != 0.0), length))
    }

    fn parse(field: &str) -> Option<Self> {
        i64::parse(field).map(|value| Self::from(value != 0))
    }
}

/// Reads the decimal integer that `text` starts with, with a sign if `signed`; beyond 64 bits only that it is large
/// matters.
fn scan_integer(text: &str, signed: bool) -> Option<(i128, usize)> {
    let bytes = text.as_bytes();
    let space = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let sign = bytes
        .get(space)
        .filter(|sign| signed && matches!(sign, b'+' | b'-'));
    let start = space + usize::from(sign.is_some());
    let (mut magnitude, mut end) = (0_u64, start);
    let mut overflows = false;
    while let Some(digit) = bytes
        .get(end)
        .map(|byte| byte.wrapping_sub(b'0'))
        .filter(|&digit| digit < 10)
    {
        let next = magnitude
            .checked_mul(10)
            .and_then(|tens| tens.checked_add(u64::from(digit)));
        overflows |= next.is_none();
        magnitude = next.unwrap_or(magnitude);
        end += 1;
    }
    if end == start {
        return None;
    }
    let value = if overflows {
        i128::MAX
    } else {
        i128::from(magnitude)
    };
    Some((if sign == Some(&b'-') { -value } else { value }, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_as_c_reads_them() {
        assert_eq!(i8::scan(" -5,"), Some((-5, 3)));
        assert_eq!(u8::scan("300"), Some((44, 3)));
        assert_eq!(u8::scan("-1"), None);
        assert_eq!(i64::scan("99999999999999999999"), Some((i64::MAX, 20)));
        assert_eq!(i64::scan("1.5"), Some((1, 1)));
    }

    #[test]
    fn fields_are_whole_elements() {
        assert_eq!(
            (i8::parse(" 7 "), i8::parse("300"), i8::parse("1.0")),
            (Some(7), None, None)
        );
        assert_eq!(
            (f32::parse("1e39"), f64::parse("1x")),
            (Some(f32::INFINITY), None)
        );
        assert_eq!(Bool::parse("2"), Some(Bool::TRUE));
    }
}
