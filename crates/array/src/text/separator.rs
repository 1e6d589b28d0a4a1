//! What stands between numbers in text.

/// A separator: white space around it and in it stands for any white space, even none.
pub(super) struct Separator {
    /// The parts between white space; none if there is nothing else.
    parts: Vec<String>,
}

/// What follows a number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next<'a> {
    /// Another number, at the start of this text.
    Number(&'a str),
    /// Nothing more.
    End,
    /// Something that is no separator.
    Unmatched,
}

impl Separator {
    pub(super) fn new(text: &str) -> Self {
        Self {
            parts: text.split_ascii_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Passes over one separator; text may end anywhere in it.
    pub(super) fn skip<'a>(&self, text: &'a str) -> Next<'a> {
        let mut rest = text.trim_ascii_start();
        for part in &self.parts {
            if rest.is_empty() {
                return Next::End;
            }
            match rest.strip_prefix(part.as_str()) {
                Some(after) => rest = after.trim_ascii_start(),
                None if part.starts_with(rest) => return Next::End,
                None => return Next::Unmatched,
            }
        }
        if rest.is_empty() {
            Next::End
        } else if rest.len() == text.len() {
            Next::Unmatched
        } else {
            Next::Number(rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_stands_for_any() {
        let comma = Separator::new(",");
        assert_eq!(comma.skip(" ,\n 5"), Next::Number("5"));
        assert_eq!(comma.skip(",5"), Next::Number("5"));
        assert_eq!(comma.skip(" , "), Next::End);
        assert_eq!(comma.skip(" 5"), Next::Unmatched);
        let space = Separator::new(" ");
        assert_eq!(space.skip("\t5"), Next::Number("5"));
        assert_eq!(space.skip("x"), Next::Unmatched);
        assert_eq!(Separator::new("; ;").skip(";;2"), Next::Number("2"));
    }
}
