//! Coefficients by name.

use super::recipe::Recipe;
use crate::error::{Error, Result};

impl Recipe {
    /// The name of the constant's coefficient.
    pub(crate) const CONSTANT: &'static str = "Intercept";

    /// The coefficients of a term, or the one of a name; `what` is who asks.
    pub(crate) fn columns_named(&self, name: &str, what: &str) -> Result<Vec<usize>> {
        let term = self.term_names.iter().position(|term| term == name);
        let columns = 0..self.names.len();
        let found: Vec<usize> = match term {
            Some(term) => columns.filter(|c| self.assign[*c] == term + 1).collect(),
            None => columns.filter(|c| self.names[*c] == name).collect(),
        };
        if found.is_empty() {
            return Err(Error::value(format!(
                "{what} names '{name}', which is neither a term nor a coefficient; the terms are {}",
                self.term_names.join(", ")
            )));
        }
        Ok(found)
    }

    /// How many coefficients a list of numbers begins after: none, or the constant, which may be left out of it.
    pub(crate) fn left_out(&self, length: usize, what: &str) -> Result<usize> {
        let k = self.names.len();
        let constant = usize::from(self.intercept);
        if length > k || k - length > constant {
            return Err(Error::value(format!(
                "{what} has {length} elements, but there are {k} coefficients: {}",
                self.names.join(", ")
            )));
        }
        Ok(k - length)
    }
}
