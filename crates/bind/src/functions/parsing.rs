//! Arrays from text.

use rustsci_array::text;
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::{Argument, FromArgument, Like};
use crate::object::View;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&FROMSTRING, &PARSE_ROWS];

/// Text, or bytes that stand for it.
struct Text(String);

impl<'a> FromArgument<'a> for Text {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str(text) => Ok(Self(text.to_owned())),
            // Each byte is a character: what is not ASCII matches nothing anyway.
            View::Bytes(bytes) => Ok(Self(bytes.iter().map(|&byte| char::from(byte)).collect())),
            _ => Err(argument.expected("str or bytes")),
        }
    }

    fn elements(&self) -> usize {
        self.0.len()
    }
}

/// Read an array with one axis from text.
///
/// Parameters
/// ----------
/// string : str
///     The text.
/// dtype : dtype, optional
///     The dtype of the array.
/// count : int, optional
///     How many numbers to read; -1 reads all.
/// sep : str
///     What stands between the numbers. White space in it stands for any white space, even none.
/// like : array_like, optional
///     An object of another array library, which then makes the array.
///
/// Returns
/// -------
/// ndarray
///     The numbers.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.fromstring('1, 2', dtype=int, sep=',')
/// array([1, 2])
#[export(
    signature = "(string, dtype=None, count=-1, *, sep='', like=None)",
    dispatch = "like"
)]
fn fromstring(
    string: Text,
    dtype: Option<DType>,
    count: isize,
    separator: String,
    _like: Like,
) -> Result<Array> {
    let dtype = dtype.unwrap_or(DType::Float64);
    text::fromstring(&string.0, &dtype, usize::try_from(count).ok(), &separator)
}

/// One character.
struct Character(char);

impl<'a> FromArgument<'a> for Character {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let text = String::from_argument(argument)?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(Self(character)),
            _ => Err(Error::value(format!(
                "{} must be one character, not {text:?}",
                argument.name
            ))),
        }
    }
}

/// Read a table of numbers, a row a line; None if the text is not perfectly regular.
#[export(
    name = "_parse_rows",
    signature = "(text, dtype, delimiter=None, columns=None)"
)]
fn parse_rows(
    text: Text,
    dtype: DType,
    delimiter: Option<Character>,
    columns: Option<Vec<usize>>,
) -> Result<Option<Array>> {
    let delimiter = delimiter.map(|delimiter| delimiter.0);
    text::parse_rows(&text.0, &dtype, delimiter, columns.as_deref())
}
