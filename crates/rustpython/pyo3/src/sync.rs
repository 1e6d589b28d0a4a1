//! Values that are made once.

use std::sync::OnceLock;

use crate::Python;

/// A value that is made when it is first asked for.
pub struct PyOnceLock<T>(OnceLock<T>);

impl<T> PyOnceLock<T> {
    /// A place for a value.
    #[expect(
        clippy::new_without_default,
        reason = "PyO3's type, where it is used as a static only"
    )]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The value, made now if it has not been.
    pub fn get_or_try_init<E>(
        &self,
        _py: Python<'_>,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<&T, E> {
        if let Some(value) = self.0.get() {
            return Ok(value);
        }
        let value = make()?;
        Ok(self.0.get_or_init(|| value))
    }
}
