//! Text as numbers, the grammar being that of `loadtxt` and `fromstring`.
//!
//! A number is an optional sign and decimal digits with an optional point and exponent, or `nan`, `inf` or
//! `infinity` in any case. Hexadecimal notation and digit separators are not numbers. Every type reads a double and
//! rounds it, as NumPy does: a decimal extremely near the middle between two singles may so be rounded twice.

use num_complex::Complex;

use super::float::Float;

/// Reads a whole text, white space around it aside; `None` when it is not a number.
///
/// ```
/// use rustsci_array::format::parse_float;
///
/// assert_eq!(parse_float::<f32>(" 1.5e3\n"), Some(1500.0));
/// assert_eq!(parse_float::<f64>("-Infinity"), Some(f64::NEG_INFINITY));
/// assert_eq!(parse_float::<f64>("0x10"), None);
/// ```
pub fn parse_float<F: Float>(text: &str) -> Option<F> {
    // The standard library's grammar is exactly the one above.
    text.trim().parse::<f64>().ok().map(F::from_f64)
}

/// Reads the number that `text` starts with, and says how many bytes it takes; leading white space is skipped.
///
/// A `nan` may carry a payload in parentheses, which is read over.
///
/// ```
/// use rustsci_array::format::scan_float;
///
/// assert_eq!(scan_float::<f64>(" 2.5,3"), Some((2.5, 4)));
/// assert_eq!(scan_float::<f64>("1e,"), Some((1.0, 1)));
/// assert_eq!(scan_float::<f64>("e5"), None);
/// ```
pub fn scan_float<F: Float>(text: &str) -> Option<(F, usize)> {
    let number = text.trim_start();
    let (value, length) = scan_number::<F>(number)?;
    let payload = if value.to_f64().is_nan() {
        payload_length(&number[length..])
    } else {
        0
    };
    Some((value, text.len() - number.len() + length + payload))
}

/// Reads a whole complex number: `1`, `2j`, `1+2j`, parentheses around it allowed.
///
/// ```
/// use num_complex::Complex;
/// use rustsci_array::format::parse_complex;
///
/// assert_eq!(parse_complex("(1-2j)"), Some(Complex::new(1.0, -2.0)));
/// assert_eq!(parse_complex::<f64>("1+2"), None);
/// ```
pub fn parse_complex<F: Float>(text: &str) -> Option<Complex<F>> {
    let text = text.trim();
    let inner = match text.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')')?.trim(),
        None => text,
    };
    let (first, length) = scan_number(inner)?;
    let zero = F::from_f64(0.0);
    match &inner[length..] {
        "" => Some(Complex {
            re: first,
            im: zero,
        }),
        "j" => Some(Complex {
            re: zero,
            im: first,
        }),
        rest if rest.starts_with(['+', '-']) => {
            // A sign of its own may follow the joining plus, as in `1+-2j`.
            let joined = rest
                .strip_prefix('+')
                .filter(|rest| rest.starts_with(['+', '-']))
                .unwrap_or(rest);
            let (second, length) = scan_number(joined)?;
            (&joined[length..] == "j").then_some(Complex {
                re: first,
                im: second,
            })
        }
        _ => None,
    }
}

/// Reads the complex number that `text` starts with, without parentheses, and says how many bytes it takes.
///
/// ```
/// use num_complex::Complex;
/// use rustsci_array::format::scan_complex;
///
/// assert_eq!(scan_complex("1+2j, 3"), Some((Complex::new(1.0, 2.0), 4)));
/// ```
pub fn scan_complex<F: Float>(text: &str) -> Option<(Complex<F>, usize)> {
    let (first, length) = scan_float::<F>(text)?;
    let zero = F::from_f64(0.0);
    let rest = &text[length..];
    if rest.starts_with('j') {
        return Some((
            Complex {
                re: zero,
                im: first,
            },
            length + 1,
        ));
    }
    if rest.starts_with(['+', '-'])
        && let Some((second, more)) = scan_number(rest)
        && rest[more..].starts_with('j')
    {
        return Some((
            Complex {
                re: first,
                im: second,
            },
            length + more + 1,
        ));
    }
    Some((
        Complex {
            re: first,
            im: zero,
        },
        length,
    ))
}

/// Reads the number that `text` starts with, neither white space before it nor a payload behind it.
fn scan_number<F: Float>(text: &str) -> Option<(F, usize)> {
    let sign = usize::from(text.starts_with(['+', '-']));
    let unsigned = &text[sign..];
    let length = sign + word_length(unsigned).or_else(|| decimal_length(unsigned))?;
    Some((parse_float(&text[..length])?, length))
}

/// The length of the word that an unsigned number may be.
fn word_length(text: &str) -> Option<usize> {
    let starts_with = |word: &&str| {
        text.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    ["infinity", "inf", "nan"]
        .iter()
        .copied()
        .find(starts_with)
        .map(str::len)
}

/// The length of `(…)` behind a NaN, letters, digits and underscores inside.
fn payload_length(text: &str) -> usize {
    let Some(payload) = text.strip_prefix('(') else {
        return 0;
    };
    let name = payload
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count();
    if payload[name..].starts_with(')') {
        name + 2
    } else {
        0
    }
}

/// The length of the digits, point and exponent at the start of an unsigned number; `None` without any digit.
fn decimal_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let whole = digits(0);
    let mut end = whole;
    if bytes.get(whole) == Some(&b'.') {
        let fraction = digits(whole + 1);
        if whole + fraction == 0 {
            return None;
        }
        end = whole + 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let start = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(start);
        if exponent > 0 {
            end = start + exponent;
        }
    }
    Some(end)
}
