//! Files with one table.

use super::BLOCK;
use super::header::{Card, CardValue, card_text};
use super::table::{Column, Values};
use crate::{Error, Result};

/// The bytes of a file with one binary table: its columns, and further cards of its header.
///
/// # Errors
/// If columns have different numbers of rows, or a card cannot be written.
pub fn table_file(cards: &[Card], columns: &[Column]) -> Result<Vec<u8>> {
    let rows = columns
        .first()
        .map_or(0, |column| column.values.len() / column.repeat.max(1));
    for column in columns {
        if column.repeat == 0 || column.values.len() != rows * column.repeat {
            return Err(Error::Parameter(format!(
                "column {:?} of the FITS table has {} values, which are not {rows} rows of {}",
                column.name,
                column.values.len(),
                column.repeat
            )));
        }
    }
    let width: usize = columns
        .iter()
        .map(|column| column.repeat * column.values.format().1)
        .sum();

    let text = |keyword: &str, value: &str| (keyword.to_owned(), CardValue::Text(value.to_owned()));
    let size = |keyword: &str, value: usize| (keyword.to_owned(), CardValue::Integer(value as i64));
    let mut file = Vec::new();
    let primary = [
        ("SIMPLE".to_owned(), CardValue::Logical(true)),
        size("BITPIX", 8),
        size("NAXIS", 0),
        ("EXTEND".to_owned(), CardValue::Logical(true)),
    ];
    write_header(&mut file, &primary)?;

    let mut header = vec![
        text("XTENSION", "BINTABLE"),
        size("BITPIX", 8),
        size("NAXIS", 2),
        size("NAXIS1", width),
        size("NAXIS2", rows),
        size("PCOUNT", 0),
        size("GCOUNT", 1),
        size("TFIELDS", columns.len()),
    ];
    for (number, column) in (1..).zip(columns) {
        header.push(text(&format!("TTYPE{number}"), &column.name));
        header.push(text(
            &format!("TFORM{number}"),
            &format!("{}{}", column.repeat, column.values.format().0),
        ));
    }
    header.extend_from_slice(cards);
    write_header(&mut file, &header)?;
    for row in 0..rows {
        for column in columns {
            write_values(&mut file, column, row);
        }
    }
    file.resize(file.len().next_multiple_of(BLOCK), 0);
    Ok(file)
}

fn write_header(file: &mut Vec<u8>, cards: &[Card]) -> Result<()> {
    for card in cards {
        file.extend_from_slice(card_text(card)?.as_bytes());
    }
    file.extend_from_slice(format!("{:<80}", "END").as_bytes());
    file.resize(file.len().next_multiple_of(BLOCK), b' ');
    Ok(())
}

fn write_values(file: &mut Vec<u8>, column: &Column, row: usize) {
    let range = row * column.repeat..(row + 1) * column.repeat;
    macro_rules! each {
        ($values:expr) => {
            $values[range]
                .iter()
                .for_each(|value| file.extend_from_slice(&value.to_be_bytes()))
        };
    }
    match &column.values {
        Values::U8(values) => file.extend_from_slice(&values[range]),
        Values::I16(values) => each!(values),
        Values::I32(values) => each!(values),
        Values::I64(values) => each!(values),
        Values::F32(values) => each!(values),
        Values::F64(values) => each!(values),
    }
}
