//! What can go wrong with a model.

/// Result of this crate's operations.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed operation, by whose fault it is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An argument, or data, that the model cannot be fitted with.
    #[error("{0}")]
    Value(String),
    /// A formula that does not read as one, with the place.
    #[error("{message}\n    {formula}\n    {:>width$}", "^", width = position + 1)]
    Syntax {
        /// What was expected.
        message: String,
        /// The formula.
        formula: String,
        /// The place, in characters.
        position: usize,
    },
    /// Something that is not built.
    #[error("{0}")]
    Unsupported(String),
}

impl Error {
    /// An [`Error::Value`] with a message.
    #[cold]
    pub fn value(message: impl Into<String>) -> Self {
        Self::Value(message.into())
    }

    /// An [`Error::Unsupported`] with a message.
    #[cold]
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::Unsupported(message.into())
    }
}
