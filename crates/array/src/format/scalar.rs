//! `str` of one number: whichever of the two forms is shorter, and complex numbers from two of them.

use num_complex::Complex;

use super::digits::{Cutoff, Digits, Mode};
use super::float::Float;
use super::options::{Options, Trim};
use super::positional::{self, sign, write_positional};
use super::scientific::{self, write_scientific};

/// The ways of writing scalars that NumPy's releases have had (`set_printoptions(legacy=…)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ScalarStyle {
    /// Shortest digits, with an exponent from where those of the type no longer reach the units.
    #[default]
    Current,
    /// Releases 1.14 to 2.2: shortest digits, with an exponent from 1e16 whatever the type.
    UntilV2_2,
    /// `str` in release 1.13: a fixed number of significant digits.
    V1_13Str,
    /// `repr` in release 1.13: enough digits to tell any two values apart.
    V1_13Repr,
}

/// The text of NaN and the infinities; `None` for a finite value.
pub(super) fn special(value: f64, plus: bool) -> Option<String> {
    if value.is_nan() {
        return Some(String::from("nan"));
    }
    value
        .is_infinite()
        .then(|| format!("{}inf", sign(value, plus)))
}

/// `str` of a real scalar: `1.0`, `1e+16`, `nan`.
pub fn float_str<F: Float>(value: F, style: ScalarStyle) -> String {
    part(value, style, Trim::AllButOneZero)
}

/// `str` of a complex scalar: `(1+2j)`, or `2j` when the real part is a positive zero.
pub fn complex_str<F: Float>(value: Complex<F>, style: ScalarStyle) -> String {
    let imaginary = part(value.im, style, Trim::PointAndZeros);
    // Release 1.13 kept words and the unit apart, so that `nanj` would not read as a name.
    let fixed = matches!(style, ScalarStyle::V1_13Str | ScalarStyle::V1_13Repr);
    let unit = if fixed && !value.im.to_f64().is_finite() {
        "*j"
    } else {
        "j"
    };
    let real = value.re.to_f64();
    if real == 0.0 && real.is_sign_positive() {
        return imaginary + unit;
    }
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!(
        "({}{plus}{imaginary}{unit})",
        part(value.re, style, Trim::PointAndZeros)
    )
}

fn part<F: Float>(value: F, style: ScalarStyle, trim: Trim) -> String {
    let wide = value.to_f64();
    if let Some(text) = special(wide, false) {
        return text;
    }
    match style {
        ScalarStyle::Current => shortest(value, trim, F::SCIENTIFIC_FROM),
        ScalarStyle::UntilV2_2 => shortest(value, trim, f64::SCIENTIFIC_FROM),
        ScalarStyle::V1_13Str => significant(value, trim, F::DIGITS_IN_1_13.0),
        ScalarStyle::V1_13Repr => significant(value, trim, F::DIGITS_IN_1_13.1),
    }
}

fn shortest<F: Float>(value: F, trim: Trim, scientific_from: f64) -> String {
    let magnitude = value.to_f64().abs();
    if magnitude == 0.0 || (1e-4..scientific_from).contains(&magnitude) {
        write_positional(value, &Options::trimmed(trim))
    } else {
        write_scientific(value, &Options::trimmed(Trim::PointAndZeros))
    }
}

/// At most `count` significant digits, with an exponent when the units are out of their reach: C's `%g`.
fn significant<F: Float>(value: F, trim: Trim, count: usize) -> String {
    let mut digits = Digits::of(value.abs(), Mode::Exact(Cutoff::Significant(count)));
    digits.strip_zeros();
    let sign = sign(value.to_f64(), false);
    if (-4..count as i32).contains(&digits.exponent) {
        positional::lay_out(sign, &digits, &Options::trimmed(trim))
    } else {
        scientific::lay_out(sign, &digits, &Options::trimmed(Trim::PointAndZeros))
    }
}
