//! Headers: keywords and their values, on cards of 80 characters.

use super::BLOCK;
use crate::{Error, Result};

const CARD: usize = 80;

/// What a keyword says.
#[derive(Clone, Debug, PartialEq)]
pub enum CardValue {
    /// Text.
    Text(String),
    /// True or false.
    Logical(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
}

/// A keyword and its value.
pub type Card = (String, CardValue);

/// The cards of a header that have values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Keywords and values in order.
    pub cards: Vec<Card>,
}

impl Header {
    /// Reads the header that begins at a byte, and gives the byte after its blocks.
    ///
    /// # Errors
    /// If the file ends before the header does.
    pub fn read(bytes: &[u8], start: usize) -> Result<(Self, usize)> {
        let mut header = Self::default();
        let mut at = start;
        loop {
            let card = at.checked_add(CARD).and_then(|end| bytes.get(at..end)).ok_or_else(|| {
                Error::Parameter(format!(
                    "the FITS file ends after {} bytes, inside the header that begins at byte {start}",
                    bytes.len()
                ))
            })?;
            at += CARD;
            let keyword = String::from_utf8_lossy(&card[..8]).trim_end().to_owned();
            if keyword == "END" {
                let blocks = (at - start).div_ceil(BLOCK);
                return Ok((header, start + blocks * BLOCK));
            }
            if &card[8..10] == b"= "
                && let Some(value) = value_of(&String::from_utf8_lossy(&card[10..]))
            {
                header.cards.push((keyword, value));
            }
        }
    }

    /// The value of a keyword.
    pub fn get(&self, keyword: &str) -> Option<&CardValue> {
        self.cards
            .iter()
            .find(|(name, _)| name == keyword)
            .map(|(_, value)| value)
    }

    /// A value that has to be text.
    pub fn text(&self, keyword: &str) -> Option<&str> {
        match self.get(keyword) {
            Some(CardValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// A value that has to be a number.
    pub fn number(&self, keyword: &str) -> Option<f64> {
        match self.get(keyword)? {
            CardValue::Integer(value) => Some(*value as f64),
            CardValue::Real(value) => Some(*value),
            _ => None,
        }
    }

    /// A value that has to be there, and to be a size.
    ///
    /// # Errors
    /// If it is not.
    pub fn size(&self, keyword: &str) -> Result<usize> {
        match self.get(keyword) {
            Some(CardValue::Integer(value)) if *value >= 0 => Ok(*value as usize),
            other => Err(Error::Parameter(format!(
                "the FITS keyword {keyword} must be a size, not {other:?}"
            ))),
        }
    }
}

fn value_of(text: &str) -> Option<CardValue> {
    let text = text.trim_start();
    if let Some(quoted) = text.strip_prefix('\'') {
        let mut value = String::new();
        let mut characters = quoted.chars().peekable();
        while let Some(character) = characters.next() {
            // Two quotes stand for one; a single one ends the text.
            if character == '\'' && characters.next_if_eq(&'\'').is_none() {
                break;
            }
            value.push(character);
        }
        return Some(CardValue::Text(value.trim_end().to_owned()));
    }
    let plain = text.split('/').next().unwrap_or_default().trim();
    match plain {
        "T" => Some(CardValue::Logical(true)),
        "F" => Some(CardValue::Logical(false)),
        _ => plain.parse().map(CardValue::Integer).ok().or_else(|| {
            plain
                .replace(['D', 'd'], "E")
                .parse()
                .map(CardValue::Real)
                .ok()
        }),
    }
}

/// A card as the 80 characters of a file.
pub(super) fn card_text((keyword, value): &Card) -> Result<String> {
    let bad = |what: &str| Error::Parameter(format!("the FITS keyword {keyword:?} {what}"));
    let letters = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if keyword.is_empty() || keyword.len() > 8 || !keyword.chars().all(letters) {
        return Err(bad(
            "must have one to eight capitals, digits, dashes or underscores",
        ));
    }
    let value = match value {
        CardValue::Text(text) => format!("'{:<8}'", text.replace('\'', "''")),
        CardValue::Logical(value) => format!("{:>20}", if *value { "T" } else { "F" }),
        CardValue::Integer(value) => format!("{value:>20}"),
        CardValue::Real(value) if value.is_finite() => format!("{:>20}", format!("{value:E}")),
        CardValue::Real(_) => return Err(bad("must have a finite value")),
    };
    if !value.is_ascii() || value.len() > CARD - 10 {
        return Err(bad("must have a value of at most 68 ASCII characters"));
    }
    Ok(format!("{keyword:<8}= {value:<70}"))
}
