//! Binary tables.

use super::BLOCK;
use super::header::Header;
use crate::{Error, Result};

/// The values of a column, those of a row one after another.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant is named after its type")]
pub enum Values {
    U8(Vec<u8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

impl Values {
    /// The letter of the type, and the number of bytes of a value.
    pub(super) fn format(&self) -> (char, usize) {
        match self {
            Self::U8(_) => ('B', 1),
            Self::I16(_) => ('I', 2),
            Self::I32(_) => ('J', 4),
            Self::I64(_) => ('K', 8),
            Self::F32(_) => ('E', 4),
            Self::F64(_) => ('D', 8),
        }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        match self {
            Self::U8(values) => values.len(),
            Self::I16(values) => values.len(),
            Self::I32(values) => values.len(),
            Self::I64(values) => values.len(),
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name; empty if it has none.
    pub name: String,
    /// How many values a row has.
    pub repeat: usize,
    /// The values.
    pub values: Values,
}

/// A table with its header. Columns of text and of complex numbers are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The header.
    pub header: Header,
    /// The columns in order.
    pub columns: Vec<Column>,
}

/// The binary tables of a file.
///
/// # Errors
/// If it is no FITS file, ends too early, or a table contradicts itself.
///
/// ```
/// use rustsci_healpix::fits::{Column, Values, table_file, tables};
/// let column = Column { name: "FLUX".to_owned(), repeat: 1, values: Values::F64(vec![1.0, 2.5]) };
/// let file = table_file(&[], &[column.clone()])?;
/// assert_eq!(tables(&file)?[0].columns, [column]);
/// assert!(tables(&file[..4000]).is_err());
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
pub fn tables(bytes: &[u8]) -> Result<Vec<Table>> {
    if !bytes.starts_with(b"SIMPLE  =") {
        return Err(Error::Parameter(
            "this is no FITS file: it does not begin with SIMPLE".to_owned(),
        ));
    }
    let mut found = Vec::new();
    let mut at = 0;
    // What follows the last extension and is none is to be ignored (§3.5).
    while at == 0
        || bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(b"XTENSION"))
    {
        let (header, data) = Header::read(bytes, at)?;
        let length = data_length(&header)?;
        let end = data
            .checked_add(length)
            .ok_or_else(|| too_short(bytes.len()))?;
        if header.text("XTENSION") == Some("BINTABLE") {
            let data = bytes.get(data..end).ok_or_else(|| too_short(bytes.len()))?;
            found.push(table(header, data)?);
        }
        at = end
            .checked_next_multiple_of(BLOCK)
            .ok_or_else(|| too_short(bytes.len()))?;
    }
    Ok(found)
}

fn too_short(length: usize) -> Error {
    Error::Parameter(format!(
        "the FITS file ends after {length} bytes, inside its data"
    ))
}

/// How many bytes of data follow a header.
fn data_length(header: &Header) -> Result<usize> {
    let axes = header.size("NAXIS")?;
    if axes == 0 {
        return Ok(0);
    }
    let bits = match header.number("BITPIX") {
        Some(bits) => bits.abs() as usize,
        None => header.size("BITPIX")?,
    };
    let mut length = 1_usize;
    for axis in 1..=axes.min(999) {
        length = length
            .checked_mul(header.size(&format!("NAXIS{axis}"))?)
            .ok_or_else(|| too_short(usize::MAX))?;
    }
    let extra = header.size("PCOUNT").unwrap_or(0);
    length
        .checked_add(extra)
        .and_then(|length| length.checked_mul(bits / 8))
        .ok_or_else(|| too_short(usize::MAX))
}

/// A column's place in the rows.
struct Layout {
    offset: usize,
    repeat: usize,
    kind: char,
    size: usize,
}

fn table(header: Header, data: &[u8]) -> Result<Table> {
    let (width, rows) = (header.size("NAXIS1")?, header.size("NAXIS2")?);
    let mut columns = Vec::new();
    let mut offset = 0_usize;
    for number in 1..=header.size("TFIELDS")? {
        let keyword = format!("TFORM{number}");
        let format = header.text(&keyword).unwrap_or_default().trim();
        let bad = || {
            Error::Parameter(format!(
                "the FITS keyword {keyword} is {format:?}, which is no format"
            ))
        };
        let digits = format.find(|c: char| !c.is_ascii_digit()).ok_or_else(bad)?;
        let repeat = if digits == 0 {
            1
        } else {
            format[..digits].parse().map_err(|_| bad())?
        };
        let kind = format[digits..].chars().next().ok_or_else(bad)?;
        let size = match kind {
            'L' | 'B' | 'A' => 1,
            'I' => 2,
            'J' | 'E' => 4,
            'K' | 'D' | 'C' | 'P' => 8,
            'M' | 'Q' => 16,
            'X' => 0,
            _ => return Err(bad()),
        };
        let bytes = if kind == 'X' {
            usize::div_ceil(repeat, 8)
        } else {
            usize::checked_mul(size, repeat).ok_or_else(bad)?
        };
        let layout = Layout {
            offset,
            repeat,
            kind,
            size,
        };
        offset = offset
            .checked_add(bytes)
            .filter(|&end| end <= width)
            .ok_or_else(|| {
                Error::Parameter(format!(
                    "the columns of the FITS table are wider than its rows of {width} bytes"
                ))
            })?;
        let name = header
            .text(&format!("TTYPE{number}"))
            .unwrap_or_default()
            .to_owned();
        if let Some(values) = values(data, width, rows, &layout) {
            let scale = header.number(&format!("TSCAL{number}")).unwrap_or(1.0);
            let zero = header.number(&format!("TZERO{number}")).unwrap_or(0.0);
            columns.push(Column {
                name,
                repeat,
                values: scaled(values, scale, zero),
            });
        }
    }
    Ok(Table { header, columns })
}

/// The bytes of a column's values, in order.
fn pieces<'a, const N: usize>(
    data: &'a [u8],
    width: usize,
    rows: usize,
    layout: &'a Layout,
) -> impl Iterator<Item = [u8; N]> + 'a {
    (0..rows).flat_map(move |row| {
        let start = row * width + layout.offset;
        let (pieces, _) = data[start..start + layout.repeat * layout.size].as_chunks::<N>();
        pieces.iter().copied()
    })
}

fn values(data: &[u8], width: usize, rows: usize, layout: &Layout) -> Option<Values> {
    Some(match layout.kind {
        'B' => Values::U8(
            pieces::<1>(data, width, rows, layout)
                .map(|[byte]| byte)
                .collect(),
        ),
        'L' => Values::U8(
            pieces::<1>(data, width, rows, layout)
                .map(|[byte]| u8::from(byte == b'T'))
                .collect(),
        ),
        'I' => Values::I16(
            pieces(data, width, rows, layout)
                .map(i16::from_be_bytes)
                .collect(),
        ),
        'J' => Values::I32(
            pieces(data, width, rows, layout)
                .map(i32::from_be_bytes)
                .collect(),
        ),
        'K' => Values::I64(
            pieces(data, width, rows, layout)
                .map(i64::from_be_bytes)
                .collect(),
        ),
        'E' => Values::F32(
            pieces(data, width, rows, layout)
                .map(f32::from_be_bytes)
                .collect(),
        ),
        'D' => Values::F64(
            pieces(data, width, rows, layout)
                .map(f64::from_be_bytes)
                .collect(),
        ),
        _ => return None,
    })
}

/// Values that were stored with a scale and an offset.
fn scaled(values: Values, scale: f64, zero: f64) -> Values {
    if scale == 1.0 && zero == 0.0 {
        return values;
    }
    let apply = |value: f64| value * scale + zero;
    Values::F64(match values {
        Values::U8(values) => values.into_iter().map(|v| apply(v.into())).collect(),
        Values::I16(values) => values.into_iter().map(|v| apply(v.into())).collect(),
        Values::I32(values) => values.into_iter().map(|v| apply(v.into())).collect(),
        Values::I64(values) => values.into_iter().map(|v| apply(v as f64)).collect(),
        Values::F32(values) => values.into_iter().map(|v| apply(v.into())).collect(),
        Values::F64(values) => values.into_iter().map(apply).collect(),
    })
}
