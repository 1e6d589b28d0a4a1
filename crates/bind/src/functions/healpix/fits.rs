//! FITS files with binary tables.

use rustsci_array::{Array, DType, Error, Result};
use rustsci_healpix::fits::{CardValue, Column, Table, Values, table_file, tables};

use super::blocks::failed;
use crate::convert::{Argument, FromArgument};
use crate::object::View;
use crate::value::Value;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&READ_TABLES, &WRITE_TABLE];

/// The bytes of a file.
struct File(Vec<u8>);

impl<'a> FromArgument<'a> for File {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Bytes(bytes) => Ok(Self(bytes.to_vec())),
            _ => Err(argument.expected("bytes")),
        }
    }

    fn elements(&self) -> usize {
        self.0.len()
    }
}

/// A keyword and its value.
struct Card(String, CardValue);

impl<'a> FromArgument<'a> for Card {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let expected = || argument.expected("pairs of a keyword and a value");
        let items = argument.object.items()?.ok_or_else(expected)?;
        let [keyword, value] = &items[..] else {
            return Err(expected());
        };
        let View::Str(keyword) = keyword.view() else {
            return Err(expected());
        };
        let value = match value.view() {
            View::Str(text) => CardValue::Text(text.to_owned()),
            View::Bool(value) => CardValue::Logical(value),
            View::Int(value) => CardValue::Integer(i64::try_from(value).map_err(|_| expected())?),
            View::Float(value) => CardValue::Real(value),
            _ => return Err(expected()),
        };
        Ok(Self(keyword.to_owned(), value))
    }
}

fn column_array(values: &Values) -> Result<Array> {
    match values {
        Values::U8(values) => Array::from_slice(values),
        Values::I16(values) => Array::from_slice(values),
        Values::I32(values) => Array::from_slice(values),
        Values::I64(values) => Array::from_slice(values),
        Values::F32(values) => Array::from_slice(values),
        Values::F64(values) => Array::from_slice(values),
    }
}

fn card_value(value: &CardValue) -> Value {
    match value {
        CardValue::Text(text) => Value::Str(text.clone()),
        CardValue::Logical(value) => Value::Bool(*value),
        CardValue::Integer(value) => Value::Int((*value).into()),
        CardValue::Real(value) => Value::Float(*value),
    }
}

fn described(table: &Table) -> Result<Value> {
    let cards = table
        .header
        .cards
        .iter()
        .map(|(keyword, value)| Value::Tuple(vec![Value::Str(keyword.clone()), card_value(value)]))
        .collect();
    let columns = table
        .columns
        .iter()
        .map(|column| {
            Ok(Value::Tuple(vec![
                Value::Str(column.name.clone()),
                Value::Int(column.repeat as i128),
                Value::Array(column_array(&column.values)?),
            ]))
        })
        .collect::<Result<_>>()?;
    Ok(Value::Tuple(vec![Value::List(cards), Value::List(columns)]))
}

/// Return the binary tables of a file: pairs of keywords and values, and names, widths and values of columns.
#[export(
    module = "healpix",
    name = "_healpix_fits_tables",
    signature = "(file)"
)]
fn read_tables(file: File) -> Result<Value> {
    let found = tables(&file.0).map_err(failed)?;
    found
        .iter()
        .map(described)
        .collect::<Result<_>>()
        .map(Value::List)
}

/// Return the bytes of a file with one binary table.
#[export(
    module = "healpix",
    name = "_healpix_fits_file",
    signature = "(cards, names, columns, repeat=1)"
)]
fn write_table(
    cards: Vec<Card>,
    names: Vec<String>,
    columns: Vec<Array>,
    repeat: usize,
) -> Result<Value> {
    let cards: Vec<_> = cards
        .into_iter()
        .map(|Card(keyword, value)| (keyword, value))
        .collect();
    let columns = names
        .into_iter()
        .zip(&columns)
        .map(|(name, array)| {
            Ok(Column {
                name,
                repeat,
                values: column_values(array)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    table_file(&cards, &columns)
        .map(Value::Bytes)
        .map_err(failed)
}

fn column_values(array: &Array) -> Result<Values> {
    Ok(match array.dtype() {
        DType::UInt8 => Values::U8(array.to_vec()?),
        DType::Int16 => Values::I16(array.to_vec()?),
        DType::Int32 => Values::I32(array.to_vec()?),
        DType::Int64 => Values::I64(array.to_vec()?),
        DType::Float32 => Values::F32(array.to_vec()?),
        DType::Float64 => Values::F64(array.to_vec()?),
        dtype => {
            return Err(Error::type_(format!(
                "a FITS table has no columns of {dtype}: use uint8, int16, int32, int64, float32 or float64"
            )));
        }
    })
}
