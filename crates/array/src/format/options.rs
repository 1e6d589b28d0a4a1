//! What a caller may ask of the positional and scientific writers, and what they refuse.

use thiserror::Error;

/// What to do with zeros at the end of the fraction, by NumPy's one-character codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Trim {
    /// `'k'`: keep them, and keep the decimal point.
    #[default]
    Keep,
    /// `'.'`: drop zeros, keep the decimal point.
    Zeros,
    /// `'0'`: drop zeros except the first one after the point.
    AllButOneZero,
    /// `'-'`: drop zeros, and the decimal point when nothing follows it.
    PointAndZeros,
}

impl Trim {
    /// The mode that a NumPy trim code names.
    ///
    /// # Errors
    /// [`FormatError::UnknownTrim`] when there is no such code.
    pub fn from_code(code: &str) -> Result<Self, FormatError> {
        match code {
            "k" => Ok(Self::Keep),
            "." => Ok(Self::Zeros),
            "0" => Ok(Self::AllButOneZero),
            "-" => Ok(Self::PointAndZeros),
            _ => Err(FormatError::UnknownTrim(code.to_owned())),
        }
    }
}

/// The keyword arguments of `format_float_positional` and `format_float_scientific`.
///
/// `fractional` and `pad_right` matter to the positional form alone, `exp_digits` to the scientific one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Most digits to print: of the fraction, or in all when `fractional` is false.
    pub precision: Option<usize>,
    /// Print the shortest digits that read back as the same value, rather than the value's own digits.
    pub unique: bool,
    /// Count `precision` and `min_digits` from the decimal point rather than from the first significant digit.
    pub fractional: bool,
    /// What becomes of trailing zeros.
    pub trim: Trim,
    /// Print `+` before positive values.
    pub sign: bool,
    /// Fill with spaces until this many characters, sign included, stand left of the point.
    pub pad_left: usize,
    /// Fill with spaces until this many characters stand right of the point; a point trimmed away is a space too.
    pub pad_right: Option<usize>,
    /// Fewest digits to print in unique mode, counted as `precision` is.
    pub min_digits: Option<usize>,
    /// Fewest digits of the exponent; at most five.
    pub exp_digits: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            precision: None,
            unique: true,
            fractional: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: 0,
            pad_right: None,
            min_digits: None,
            exp_digits: 2,
        }
    }
}

/// Why a number could not be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FormatError {
    /// A trim code that is none (a type error in Python).
    #[error("if supplied, trim must be 'k', '.', '0' or '-' found `{0}`")]
    UnknownTrim(String),
    /// `unique=False` needs to know where to stop (a type error).
    #[error("in non-unique mode `precision` must be supplied")]
    PrecisionMissing,
    /// `fractional=False` counts significant digits, of which there is at least one (a value error).
    #[error("precision must be greater than 0 if fractional=False")]
    NoSignificantDigit,
    /// `min_digits` and `precision` contradict each other (a value error).
    #[error("min_digits must be less than or equal to precision")]
    MinDigitsAbovePrecision,
    /// The text would be longer than any number needs (a runtime error).
    #[error("Float formatting result too large")]
    TooLong,
}

/// The longest text that is written for one number; every exact expansion of a double fits many times over.
pub(super) const MAX_LENGTH: usize = 16_383;

impl Options {
    /// Shortest digits, their trailing zeros treated as `trim` says.
    pub fn trimmed(trim: Trim) -> Self {
        Self {
            trim,
            ..Self::default()
        }
    }

    /// Refuses contradictory requests; a precision of 0 overrides `min_digits`, as it does in NumPy.
    pub(super) fn check(&self) -> Result<(), FormatError> {
        match (self.min_digits, self.precision) {
            (_, None) if !self.unique => Err(FormatError::PrecisionMissing),
            (Some(least), Some(most @ 1..)) if least > most => {
                Err(FormatError::MinDigitsAbovePrecision)
            }
            _ => Ok(()),
        }
    }

    /// Runs `write` unless what it would write is too long, however short the number.
    pub(super) fn bounded(&self, write: impl FnOnce() -> String) -> Result<String, FormatError> {
        let zeros = match (self.trim, self.unique) {
            (Trim::Keep, true) => self.min_digits,
            (Trim::Keep, false) => self.precision,
            _ => None,
        };
        if zeros
            .unwrap_or(0)
            .max(self.pad_left)
            .max(self.pad_right.unwrap_or(0))
            > MAX_LENGTH
        {
            return Err(FormatError::TooLong);
        }
        let text = write();
        if text.len() > MAX_LENGTH {
            Err(FormatError::TooLong)
        } else {
            Ok(text)
        }
    }
}
