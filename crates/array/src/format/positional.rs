//! Numbers without an exponent: `1234.5`.

use super::digits::{Cutoff, Digits, Mode};
use super::float::Float;
use super::options::{FormatError, Options, Trim};
use super::scalar::special;

/// Writes `value` without an exponent, as `numpy.format_float_positional` does.
///
/// # Errors
/// [`FormatError`] when the options contradict each other or the text would be unreasonably long.
pub fn format_positional<F: Float>(value: F, options: &Options) -> Result<String, FormatError> {
    if !options.fractional && options.precision == Some(0) {
        return Err(FormatError::NoSignificantDigit);
    }
    options.check()?;
    match special(value.to_f64(), options.sign) {
        Some(text) => Ok(text),
        None => options.bounded(|| write_positional(value, options)),
    }
}

/// [`format_positional`] for a finite value and options that have been checked.
pub(super) fn write_positional<F: Float>(value: F, options: &Options) -> String {
    let cutoff = |count| {
        if options.fractional {
            Cutoff::Fraction(count)
        } else {
            Cutoff::Significant(count)
        }
    };
    let digits = Digits::of(value.abs(), Mode::new(options, cutoff));
    lay_out(sign(value.to_f64(), options.sign), &digits, options)
}

/// Sign and digits as text, with the zeros and spaces that are asked for.
pub(super) fn lay_out(sign: &str, digits: &Digits, options: &Options) -> String {
    let parts = Parts::of(digits, options);
    let left = options
        .pad_left
        .saturating_sub(sign.len() + parts.whole_length());
    let fraction = parts.fraction_length();
    let mut text = String::with_capacity(left + sign.len() + parts.whole_length() + fraction + 2);
    push_repeated(&mut text, ' ', left);
    text.push_str(sign);
    text.push_str(parts.whole);
    push_repeated(&mut text, '0', parts.whole_zeros);
    match (fraction, options.trim, options.pad_right) {
        (0, Trim::PointAndZeros, None) => {}
        // The column of the point stays, so that padded numbers line up.
        (0, Trim::PointAndZeros, Some(_)) => text.push(' '),
        _ => text.push('.'),
    }
    push_repeated(&mut text, '0', parts.leading_zeros);
    text.push_str(parts.fraction);
    push_repeated(&mut text, '0', parts.trailing_zeros);
    push_repeated(
        &mut text,
        ' ',
        options.pad_right.unwrap_or(0).saturating_sub(fraction),
    );
    text
}

/// The sign to write before a value that is not NaN.
pub(super) fn sign(value: f64, plus: bool) -> &'static str {
    match (value.is_sign_negative(), plus) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    }
}

/// Appends the same character a number of times.
pub(super) fn push_repeated(text: &mut String, character: char, count: usize) {
    text.extend(std::iter::repeat_n(character, count));
}

/// The digits on both sides of the point, and the zeros around them.
struct Parts<'a> {
    whole: &'a str,
    whole_zeros: usize,
    leading_zeros: usize,
    fraction: &'a str,
    trailing_zeros: usize,
}

impl<'a> Parts<'a> {
    fn of(digits: &'a Digits, options: &Options) -> Self {
        let mut parts = Self::split(digits.as_str(), digits.exponent);
        if options.trim == Trim::Keep {
            let wanted = if options.unique {
                options.min_digits
            } else {
                options.precision
            };
            let whole = if options.fractional {
                0
            } else {
                parts.whole_length()
            };
            let present = parts.fraction_length() + whole;
            parts.trailing_zeros = wanted.unwrap_or(0).saturating_sub(present);
            return parts;
        }
        parts.fraction = parts.fraction.trim_end_matches('0');
        if parts.fraction.is_empty() {
            parts.leading_zeros = usize::from(options.trim == Trim::AllButOneZero);
        }
        parts
    }

    /// Puts the point behind the digit that counts ones.
    fn split(digits: &'a str, exponent: i32) -> Self {
        let whole = usize::try_from(exponent).map_or(0, |exponent| exponent + 1);
        let (before, after) = digits.split_at(whole.min(digits.len()));
        Self {
            whole: if whole == 0 { "0" } else { before },
            whole_zeros: whole - before.len(),
            leading_zeros: if whole == 0 {
                exponent.unsigned_abs() as usize - 1
            } else {
                0
            },
            fraction: after,
            trailing_zeros: 0,
        }
    }

    fn whole_length(&self) -> usize {
        self.whole.len() + self.whole_zeros
    }

    fn fraction_length(&self) -> usize {
        self.leading_zeros + self.fraction.len() + self.trailing_zeros
    }
}
