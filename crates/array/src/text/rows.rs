//! Tables of numbers.

use rustsci_buffer::Order;

use super::element::TextElement;
use crate::{Array, DType, Result};

/// Reads lines of as many numbers each, which a delimiter or (`None`) white space stands between, as the rows of an
/// array; of `columns`, if given, only those.
///
/// Only regular text is read: `None` means that a line is empty or of another length, or a field is no number of the
/// type, and that a slower and more careful reader has to say what is to be done.
///
/// ```
/// use rustsci_array::{DType, text::parse_rows};
/// let table = parse_rows("1 2\n3 4\n", &DType::Float32, None, None)?.expect("a regular table");
/// assert_eq!((table.shape(), table.to_vec::<f32>()?), (&[2, 2][..], vec![1.0, 2.0, 3.0, 4.0]));
/// assert!(parse_rows("1 2\n3\n", &DType::Float32, None, None)?.is_none());
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If memory cannot be had.
pub fn parse_rows(
    text: &str,
    dtype: &DType,
    delimiter: Option<char>,
    columns: Option<&[usize]>,
) -> Result<Option<Array>> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    // What else may be white space or a digit is for the careful reader.
    if text.is_empty() || !text.is_ascii() {
        return Ok(None);
    }
    dispatch!(dtype, T => {
        let mut table = Table::<T>::new(columns);
        let regular = text.split('\n').all(|line| match delimiter {
            Some(delimiter) => table.add(line.split(delimiter)),
            None => table.add(line.split_ascii_whitespace()),
        });
        if !regular {
            return Ok(None);
        }
        let shape = [table.rows, table.numbers.len() / table.rows.max(1)];
        let array = Array::empty(&shape, dtype, Order::C)?;
        array.writer::<T>()?.update(0, table.numbers.len(), |to: &mut [T]| {
            to.copy_from_slice(&table.numbers);
        })?;
        Ok(Some(array))
    })
}

/// The numbers read so far.
struct Table<'c, T> {
    numbers: Vec<T>,
    rows: usize,
    /// How many fields a line has.
    width: Option<usize>,
    /// Which of them are wanted.
    columns: Option<&'c [usize]>,
    /// The numbers of one line, where they are wanted in another order.
    line: Vec<Option<T>>,
}

impl<'c, T: TextElement> Table<'c, T> {
    fn new(columns: Option<&'c [usize]>) -> Self {
        Self {
            numbers: Vec::new(),
            rows: 0,
            width: None,
            columns,
            line: Vec::new(),
        }
    }

    /// Adds a line, unless it is not regular.
    fn add<'t>(&mut self, fields: impl Iterator<Item = &'t str>) -> bool {
        let mut count = 0;
        self.line.clear();
        for field in fields {
            match self.columns {
                Some(columns) => {
                    let wanted = columns.contains(&count);
                    self.line.push(wanted.then(|| T::parse(field)).flatten());
                }
                None => match T::parse(field) {
                    Some(number) => self.numbers.push(number),
                    None => return false,
                },
            }
            count += 1;
        }
        self.rows += 1;
        if count == 0 || *self.width.get_or_insert(count) != count {
            return false;
        }
        self.columns.unwrap_or_default().iter().all(|&column| {
            let number = self.line.get(column).copied().flatten();
            self.numbers.extend(number);
            number.is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: Option<char>, columns: Option<&[usize]>) -> Option<Vec<f64>> {
        let table = parse_rows(text, &DType::Float64, delimiter, columns).unwrap();
        table.map(|table| table.to_vec().unwrap())
    }

    #[test]
    fn regular_tables_are_read() {
        assert_eq!(
            rows(" 1  2 \n3\t-4e1", None, None),
            Some(vec![1.0, 2.0, 3.0, -40.0])
        );
        assert_eq!(
            rows("1, 2\n nan,4\n", Some(','), Some(&[1])),
            Some(vec![2.0, 4.0])
        );
        assert_eq!(
            rows("a,2,3\n", Some(','), Some(&[2, 1])),
            Some(vec![3.0, 2.0])
        );
    }

    #[test]
    fn anything_irregular_is_left_to_others() {
        for text in ["", "\n", "1 2\n\n3 4", "1 2\n3", "1 x", "1 \u{0662}"] {
            assert_eq!(rows(text, None, None), None, "{text:?}");
        }
        assert_eq!(rows("1,,2", Some(','), None), None);
        assert_eq!(rows("1,2", Some(','), Some(&[2])), None);
        assert!(
            parse_rows("300", &DType::Int8, None, None)
                .unwrap()
                .is_none()
        );
    }
}
