//! A formula's text as tokens.

use crate::error::{Error, Result};

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(f64),
    Text(String),
    /// An operator, bracket or separator.
    Symbol(&'static str),
    /// The end.
    End,
}

/// Longer symbols before those that they begin with.
const SYMBOLS: &[&str] = &[
    "%in%", "%%", "**", "//", "==", "!=", "<=", ">=", "~", "+", "-", "*", "/", ":", "^", "(", ")",
    "[", "]", ",", "=", "<", ">", "&", "|", "!", "%",
];

/// The error for a place in a formula.
#[cold]
pub(super) fn syntax(formula: &str, position: usize, message: impl Into<String>) -> Error {
    Error::Syntax {
        message: message.into(),
        formula: formula.to_owned(),
        position,
    }
}

/// The tokens, each with its place in characters.
pub(super) fn tokens(formula: &str) -> Result<Vec<(Token, usize)>> {
    let characters: Vec<char> = formula.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < characters.len() {
        let start = at;
        let first = characters[at];
        if first.is_whitespace() {
            at += 1;
            continue;
        }
        let take_while = |at: &mut usize, accept: &dyn Fn(char) -> bool| {
            let from = *at;
            while characters.get(*at).is_some_and(|c| accept(*c)) {
                *at += 1;
            }
            characters[from..*at].iter().collect::<String>()
        };
        let token = if first.is_alphabetic() || first == '_' {
            Token::Name(take_while(&mut at, &|c| {
                c.is_alphanumeric() || c == '_' || c == '.'
            }))
        } else if first.is_ascii_digit()
            || (first == '.' && characters.get(at + 1).is_some_and(char::is_ascii_digit))
        {
            Token::Number(number(formula, &characters, &mut at)?)
        } else if matches!(first, '\'' | '"' | '`') {
            at += 1;
            let text = take_while(&mut at, &|c| c != first);
            if at == characters.len() {
                return Err(syntax(
                    formula,
                    start,
                    format!("no closing {first} for this one"),
                ));
            }
            at += 1;
            if first == '`' {
                Token::Name(text)
            } else {
                Token::Text(text)
            }
        } else if first == '.' {
            at += 1;
            Token::Symbol(".")
        } else {
            let rest: String = characters[at..].iter().take(4).collect();
            let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) else {
                return Err(syntax(
                    formula,
                    start,
                    format!("unexpected character {first:?}"),
                ));
            };
            at += symbol.chars().count();
            Token::Symbol(symbol)
        };
        found.push((token, start));
    }
    found.push((Token::End, characters.len()));
    Ok(found)
}

fn number(formula: &str, characters: &[char], at: &mut usize) -> Result<f64> {
    let start = *at;
    while let Some(&c) = characters.get(*at) {
        let exponent_sign =
            matches!(c, '+' | '-') && matches!(characters.get(*at - 1), Some('e' | 'E'));
        if !(c.is_ascii_digit()
            || c == '.'
            || c == 'e'
            || c == 'E'
            || (exponent_sign && *at > start))
        {
            break;
        }
        *at += 1;
    }
    let text: String = characters[start..*at].iter().collect();
    text.parse()
        .map_err(|_| syntax(formula, start, format!("{text} is not a number")))
}
