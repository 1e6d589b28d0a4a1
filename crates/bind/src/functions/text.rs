//! Numbers as text.

use rustsci_array::dtype::Class;
use rustsci_array::format::{
    Float, FormatError, Options, Trim, format_positional, format_scientific,
};
use rustsci_array::{Error, Result, Scalar};

use crate::{Argument, FromArgument, Function, export};

pub(crate) static ROWS: &[&Function] = &[&FORMAT_FLOAT_POSITIONAL, &FORMAT_FLOAT_SCIENTIFIC];

fn error(error: FormatError) -> Error {
    let message = error.to_string();
    match error {
        FormatError::UnknownTrim(_) | FormatError::PrecisionMissing => Error::type_(message),
        FormatError::TooLong => Error::runtime(message),
        FormatError::NoSignificantDigit | FormatError::MinDigitsAbovePrecision => {
            Error::value(message)
        }
    }
}

/// A number of characters or digits, where -1 stands for none given.
struct Count(Option<usize>);

impl<'a> FromArgument<'a> for Count {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let count = Option::<isize>::from_argument(argument)?;
        Ok(Self(count.and_then(|count| usize::try_from(count).ok())))
    }
}

/// A floating-point number, in the precision of its type.
fn written(
    value: Scalar,
    single: impl Fn(rustsci_array::dtype::f16) -> Result<String, FormatError>,
    float: impl Fn(f32) -> Result<String, FormatError>,
    double: impl Fn(f64) -> Result<String, FormatError>,
) -> Result<String> {
    match value {
        Scalar::Float16(value) => single(value),
        Scalar::Float32(value) => float(value),
        value if value.dtype().class() == Class::Complex => {
            return Err(Error::type_(
                "a complex number is not a floating-point number",
            ));
        }
        value => double(value.to()),
    }
    .map_err(error)
}

/// Write a number without an exponent.
#[export(
    signature = "(x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None)"
)]
fn format_float_positional(
    x: Scalar,
    precision: Count,
    unique: bool,
    fractional: bool,
    trim: String,
    sign: bool,
    pad_left: Count,
    pad_right: Count,
    min_digits: Count,
) -> Result<String> {
    let options = Options {
        precision: precision.0,
        unique,
        fractional,
        trim: Trim::from_code(&trim).map_err(error)?,
        sign,
        pad_left: pad_left.0.unwrap_or(0),
        pad_right: pad_right.0,
        min_digits: min_digits.0,
        ..Options::default()
    };
    fn write<F: Float>(value: F, options: &Options) -> Result<String, FormatError> {
        format_positional(value, options)
    }
    written(
        x,
        |value| write(value, &options),
        |value| write(value, &options),
        |value| write(value, &options),
    )
}

/// Write a number with one digit before the point and a power of ten.
#[export(
    signature = "(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None)"
)]
fn format_float_scientific(
    x: Scalar,
    precision: Count,
    unique: bool,
    trim: String,
    sign: bool,
    pad_left: Count,
    exp_digits: Count,
    min_digits: Count,
) -> Result<String> {
    let options = Options {
        precision: precision.0,
        unique,
        trim: Trim::from_code(&trim).map_err(error)?,
        sign,
        pad_left: pad_left.0.unwrap_or(0),
        exp_digits: exp_digits.0.unwrap_or(2),
        min_digits: min_digits.0,
        ..Options::default()
    };
    fn write<F: Float>(value: F, options: &Options) -> Result<String, FormatError> {
        format_scientific(value, options)
    }
    written(
        x,
        |value| write(value, &options),
        |value| write(value, &options),
        |value| write(value, &options),
    )
}
