//! What RustPython's parser asks of the crate `unicode_names2`, by the tables that RustPython's `unicodedata` has.
//!
//! The parser asks for an older version of that crate than the rest, so its tables would be there twice.

#![no_std]

pub use rustpython_unicode::lookup_character as character;

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn names_and_aliases_are_found() {
        assert_eq!(character("BULLET"), Some('\u{2022}'));
        assert_eq!(character("BYTE ORDER MARK"), Some('\u{feff}'));
        assert_eq!(character("no such name"), None);
    }
}
