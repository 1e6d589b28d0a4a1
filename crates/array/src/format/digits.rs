//! Which decimal digits stand for a floating-point value.
//!
//! The standard library prints doubles exactly, to any number of digits, halves to even; and finds the shortest
//! digits that read back. What is added here is where NumPy's digit generator differs or says more: an exact tie
//! between two shortest candidates goes to the even digit, shortest digits can be continued or cut, and zeros that
//! a carry leaves at the end are not digits.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use smallvec::SmallVec;

use super::float::Float;
use super::options::{MAX_LENGTH, Options};

/// Decimal digits `d₀d₁d₂…` in ASCII, meaning `d₀.d₁d₂… × 10^exponent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) ascii: SmallVec<[u8; 24]>,
    pub(super) exponent: i32,
}

/// Where digits end: after so many in all, or after so many behind the decimal point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cutoff {
    /// At least one.
    Significant(usize),
    Fraction(usize),
}

impl Cutoff {
    /// Where `digits` end, seen from this cutoff: before it, at it or beyond it.
    fn reached_by(self, digits: &Digits) -> Ordering {
        match self {
            Self::Significant(count) => digits.ascii.len().cmp(&count),
            Self::Fraction(count) => (-(count as i64)).cmp(&i64::from(digits.last_exponent())),
        }
    }
}

/// Which digits to produce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// The value's own digits, up to the cutoff or until nothing is left.
    Exact(Cutoff),
    /// The shortest digits that read back, at most up to one cutoff, at least up to the other.
    Unique {
        most: Option<Cutoff>,
        least: Option<Cutoff>,
    },
}

impl Mode {
    /// The mode that options ask for, `cutoff` saying what their counts count.
    pub(super) fn new(options: &Options, cutoff: impl Fn(usize) -> Cutoff) -> Self {
        match (options.unique, options.precision) {
            (false, Some(precision)) => Self::Exact(cutoff(precision)),
            (_, precision) => {
                let least = options
                    .min_digits
                    .map(|digits| digits.min(precision.unwrap_or(digits)));
                Self::Unique {
                    most: precision.map(&cutoff),
                    least: least.map(cutoff),
                }
            }
        }
    }
}

impl Digits {
    /// The digits of a finite, non-negative value.
    pub(super) fn of<F: Float>(value: F, mode: Mode) -> Self {
        let wide = value.to_f64();
        if wide == 0.0 {
            return Self::parse(&Text::of(format_args!("0")));
        }
        match mode {
            Mode::Exact(cutoff) => Self::exact(wide, cutoff),
            Mode::Unique { most, least } => {
                let shortest = Self::shortest(value);
                match (most, least) {
                    (Some(most), _) if most.reached_by(&shortest).is_gt() => Self::cut(wide, most),
                    (_, Some(least)) if least.reached_by(&shortest).is_lt() => {
                        Self::continued(value, least)
                    }
                    _ => shortest,
                }
            }
        }
    }

    /// The decimal nearest to `value` that ends at the cutoff, halves to even; zeros at its end are kept.
    pub(super) fn nearest(value: f64, cutoff: Cutoff) -> Self {
        Self::parse(&match cutoff {
            Cutoff::Significant(count) => {
                let decimals = count.clamp(1, MAX_LENGTH) - 1;
                Text::of(format_args!("{value:.decimals$e}"))
            }
            Cutoff::Fraction(count) => {
                let decimals = count.min(MAX_LENGTH);
                Text::of(format_args!("{value:.decimals$}"))
            }
        })
    }

    fn shortest<F: Float>(value: F) -> Self {
        let shortest = Self::parse(&value.shortest_text());
        let wide = value.to_f64();
        // A fraction's last digit is always 5: when it is the first one left out, two candidates are equally near.
        let lowest = lowest_exponent(wide);
        if lowest < 0 && lowest == shortest.last_exponent() - 1 {
            let even = Self::nearest(wide, Cutoff::Significant(shortest.ascii.len()));
            if value.reads_back(even.to_text().as_str()) {
                return even;
            }
        }
        shortest
    }

    /// The nearest decimal at the cutoff, ending sooner where the value does.
    fn exact(value: f64, cutoff: Cutoff) -> Self {
        let mut digits = Self::nearest(value, cutoff);
        if digits.ends_in_zero() && digits.compare(value) != Ordering::Less {
            digits.strip_zeros();
        }
        digits
    }

    /// The nearest decimal at the cutoff, without the zeros that a carry left behind.
    fn cut(value: f64, cutoff: Cutoff) -> Self {
        let mut digits = Self::nearest(value, cutoff);
        if digits.ends_in_zero() && digits.compare(value) == Ordering::Greater {
            digits.strip_zeros();
        }
        digits
    }

    /// Digits past the shortest ones, up to the cutoff, that still read back.
    fn continued<F: Float>(value: F, cutoff: Cutoff) -> Self {
        let mut digits = Self::cut(value.to_f64(), cutoff);
        // Only just below a power of two, where the values underneath lie twice as dense.
        if !value.reads_back(digits.to_text().as_str()) {
            digits.increment();
        }
        digits
    }

    /// Reads what the standard library writes: `123.45` or `1.2345e2`.
    fn parse(text: &Text) -> Self {
        let text = text.as_str();
        let (mantissa, exponent) = match text.split_once('e') {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().unwrap_or(0)),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut ascii = SmallVec::from_slice(whole.as_bytes());
        ascii.extend_from_slice(fraction.as_bytes());
        // Of nothing but zeros the last is the digit.
        let leading = ascii[..ascii.len() - 1]
            .iter()
            .take_while(|&&digit| digit == b'0')
            .count();
        ascii.drain(..leading);
        Self {
            exponent: exponent + whole.len() as i32 - 1 - leading as i32,
            ascii,
        }
    }

    /// The same number as text that `f64` parses.
    pub(super) fn to_text(&self) -> Text {
        let exponent = self.last_exponent();
        Text::of(format_args!("{}e{exponent}", self.as_str()))
    }

    /// The digits alone.
    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.ascii).unwrap_or_default()
    }

    /// Adds one to the last digit; nines that turn to zeros fall away.
    pub(super) fn increment(&mut self) {
        while let Some(digit) = self.ascii.pop() {
            if digit < b'9' {
                self.ascii.push(digit + 1);
                return;
            }
        }
        self.ascii.push(b'1');
        self.exponent += 1;
    }

    /// The power of ten that the last digit counts.
    fn last_exponent(&self) -> i32 {
        self.exponent + 1 - self.ascii.len() as i32
    }

    fn ends_in_zero(&self) -> bool {
        self.ascii.len() > 1 && self.ascii.last() == Some(&b'0')
    }

    /// Which is larger, these digits or the value they were rounded from.
    fn compare(&self, value: f64) -> Ordering {
        let decimals = -lowest_exponent(value) as usize;
        let full = Self::nearest(value, Cutoff::Fraction(decimals));
        (self.exponent, self.without_zeros()).cmp(&(full.exponent, full.without_zeros()))
    }

    /// Drops zeros at the end.
    pub(super) fn strip_zeros(&mut self) {
        self.ascii.truncate(self.without_zeros().len());
    }

    /// The digits up to the last that is not zero, or the first digit.
    fn without_zeros(&self) -> &[u8] {
        let last = self
            .ascii
            .iter()
            .rposition(|&digit| digit != b'0')
            .unwrap_or(0);
        &self.ascii[..=last]
    }
}

/// What the standard library writes, without an allocation where it is short.
pub struct Text(SmallVec<[u8; 40]>);

impl Text {
    pub(super) fn of(arguments: fmt::Arguments<'_>) -> Self {
        let mut text = Self(SmallVec::new());
        // Writing to memory cannot fail.
        let _ = text.write_fmt(arguments);
        text
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Write for Text {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.0.extend_from_slice(part.as_bytes());
        Ok(())
    }
}

/// The power of ten of the last digit that a positive finite value needs behind the point; 0 for whole numbers.
///
/// An odd number of 2⁻ᵏ has exactly k decimals, since 2⁻ᵏ = 5ᵏ · 10⁻ᵏ.
fn lowest_exponent(value: f64) -> i32 {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = match (bits >> 52) as i32 & 0x7ff {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    };
    (exponent + mantissa.trailing_zeros() as i32).min(0)
}
