//! Numbers with an exponent: `1.2345e+03`.

use super::digits::{Cutoff, Digits, Mode, Text};
use super::float::Float;
use super::options::{FormatError, Options, Trim};
use super::positional::{push_repeated, sign};
use super::scalar::special;

/// The widest exponent that can be asked for.
const MOST_EXPONENT_DIGITS: usize = 5;

/// Writes `value` with one digit before the point and an exponent, as `numpy.format_float_scientific` does.
///
/// # Errors
/// [`FormatError`] when the options contradict each other or the text would be unreasonably long.
pub fn format_scientific<F: Float>(value: F, options: &Options) -> Result<String, FormatError> {
    options.check()?;
    match special(value.to_f64(), options.sign) {
        Some(text) => Ok(text),
        None => options.bounded(|| write_scientific(value, options)),
    }
}

/// [`format_scientific`] for a finite value and options that have been checked.
pub(super) fn write_scientific<F: Float>(value: F, options: &Options) -> String {
    let cutoff = |count: usize| Cutoff::Significant(count.saturating_add(1));
    let digits = Digits::of(value.abs(), Mode::new(options, cutoff));
    lay_out(sign(value.to_f64(), options.sign), &digits, options)
}

/// Sign and digits as text, with the zeros and spaces that are asked for.
pub(super) fn lay_out(sign: &str, digits: &Digits, options: &Options) -> String {
    let (first, rest) = digits.as_str().split_at(1);
    let fraction = match options.trim {
        Trim::Keep => rest,
        _ => rest.trim_end_matches('0'),
    };
    let wanted = match options.trim {
        Trim::Keep if options.unique => options.min_digits.unwrap_or(0),
        Trim::Keep => options.precision.unwrap_or(0),
        Trim::AllButOneZero => 1,
        Trim::Zeros | Trim::PointAndZeros => 0,
    };
    let left = options.pad_left.saturating_sub(sign.len() + 1);
    let mut text = String::with_capacity(left + sign.len() + wanted.max(fraction.len()) + 9);
    push_repeated(&mut text, ' ', left);
    text.push_str(sign);
    text.push_str(first);
    // NumPy leaves the point where it had digits to trim behind it.
    if !rest.is_empty() || options.trim != Trim::PointAndZeros {
        text.push('.');
    }
    text.push_str(fraction);
    push_repeated(&mut text, '0', wanted.saturating_sub(fraction.len()));
    push_exponent(&mut text, digits.exponent, options.exp_digits);
    text
}

/// Appends `e+05`; asked for no digits, an exponent of zero has none.
fn push_exponent(text: &mut String, exponent: i32, digits: usize) {
    text.push_str(if exponent < 0 { "e-" } else { "e+" });
    let digits = digits.min(MOST_EXPONENT_DIGITS);
    if exponent != 0 || digits > 0 {
        let magnitude = Text::of(format_args!("{:0>digits$}", exponent.unsigned_abs()));
        text.push_str(magnitude.as_str());
    }
}
