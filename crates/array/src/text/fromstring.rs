//! Numbers one after the other.

use super::element::TextElement;
use super::separator::{Next, Separator};
use crate::{Array, DType, Error, Result};

/// Reads numbers that a separator stands between: all of them, or the first `count`.
///
/// ```
/// use rustsci_array::{DType, text::fromstring};
/// let a = fromstring("1, 2,3", &DType::Float64, None, ",")?;
/// assert_eq!(a.to_vec::<f64>()?, [1.0, 2.0, 3.0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there is no separator, something in the text is neither a number nor a separator, or there are fewer numbers.
pub fn fromstring(
    text: &str,
    dtype: &DType,
    count: Option<usize>,
    separator: &str,
) -> Result<Array> {
    if separator.is_empty() {
        return Err(Error::value(
            "The binary mode of fromstring is removed, use frombuffer instead",
        ));
    }
    let separator = Separator::new(separator);
    dispatch!(dtype, T => {
        let numbers = read::<T>(text, count, &separator)?;
        match count {
            Some(count) if numbers.len() < count => Err(Error::value(format!(
                "{count} items requested but only {} read",
                numbers.len()
            ))),
            _ => Array::from_slice(&numbers),
        }
    })
}

fn read<T: TextElement>(text: &str, count: Option<usize>, separator: &Separator) -> Result<Vec<T>> {
    let mut numbers = Vec::new();
    let mut rest = text.trim_ascii_start();
    while !rest.is_empty() && count.is_none_or(|count| numbers.len() < count) {
        let Some((number, length)) = T::scan(rest) else {
            return Err(unmatched(rest));
        };
        numbers.push(number);
        if count == Some(numbers.len()) {
            break;
        }
        rest = match separator.skip(&rest[length..]) {
            Next::Number(rest) => rest,
            Next::End => "",
            Next::Unmatched => return Err(unmatched(&rest[length..])),
        };
    }
    Ok(numbers)
}

#[cold]
fn unmatched(rest: &str) -> Error {
    let start: String = rest.chars().take(20).collect();
    Error::value(format!(
        "string or file could not be read to its end due to unmatched data: {start:?} is neither a number of this type \
         nor a separator"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dtype::{Bool, Complex};

    fn integers(text: &str, count: Option<usize>, separator: &str) -> Result<Vec<i64>> {
        fromstring(text, &DType::Int64, count, separator)?.to_vec()
    }

    #[test]
    fn numbers_of_every_kind() {
        assert_eq!(integers(" 1\n2\t3 ", None, " ").unwrap(), [1, 2, 3]);
        assert_eq!(integers("1ab 2ab3ab", None, "ab").unwrap(), [1, 2, 3]);
        let truth = fromstring("0.5 0", &DType::Bool, None, " ").unwrap();
        assert_eq!(truth.to_vec::<Bool>().unwrap(), [Bool::TRUE, Bool::FALSE]);
        let complex = fromstring("1+2j 3", &DType::Complex128, None, " ").unwrap();
        assert_eq!(
            complex.to_vec::<Complex<f64>>().unwrap(),
            [Complex::new(1.0, 2.0), Complex::new(3.0, 0.0)]
        );
    }

    #[test]
    fn counts_stop_early_and_are_checked() {
        assert_eq!(integers("1 2 x", Some(2), " ").unwrap(), [1, 2]);
        assert_eq!(integers("1 2", Some(0), " ").unwrap(), []);
        assert!(integers("1 2", Some(3), " ").is_err());
    }

    #[test]
    fn anything_else_is_refused() {
        for (text, separator) in [
            ("1,2,x", ","),
            ("1,,2", ","),
            (",1", ","),
            ("1.5 2", " "),
            ("a", " "),
        ] {
            let error = integers(text, None, separator).unwrap_err().to_string();
            assert!(error.contains("unmatched data"), "{text}");
        }
        assert_eq!(integers("", None, " ").unwrap(), []);
        assert!(integers("1", None, "").is_err());
    }
}
