//! Objects as text, for messages and for debugging.

use std::fmt;

use rustpython_vm::AsObject;

use super::Bound;

/// The object as text, as Python's `str` gives it.
impl<T> fmt::Display for Bound<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object.str(self.py().vm()) {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<unprintable {} object>", self.object.class().name()),
        }
    }
}

impl<T> fmt::Debug for Bound<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.object.repr(self.py().vm()) {
            Ok(text) => f.write_str(&text.to_string_lossy()),
            Err(_) => write!(f, "<unprintable {} object>", self.object.class().name()),
        }
    }
}
