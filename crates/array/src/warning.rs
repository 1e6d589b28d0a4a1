//! Warnings that an operation leaves for the interpreter, which issues them when the call returns.

use std::cell::RefCell;

use crate::DType;

/// The category of a [`Warning`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// `RuntimeWarning`.
    Runtime,
    /// `DeprecationWarning`.
    Deprecation,
    /// `ComplexWarning`.
    Complex,
}

/// A warning on its way to the interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind of warning it is.
    pub category: Category,
    /// What it says.
    pub message: &'static str,
}

thread_local! {
    static PENDING: RefCell<Vec<Warning>> = const { RefCell::new(Vec::new()) };
}

/// Leaves a warning.
#[cold]
pub fn warn(category: Category, message: &'static str) {
    PENDING.with_borrow_mut(|pending| pending.push(Warning { category, message }));
}

/// Tells, once a call, that imaginary parts are lost.
#[cold]
pub fn warn_discarded() {
    let warning = Warning {
        category: Category::Complex,
        message: "Casting complex values to real discards the imaginary part",
    };
    PENDING.with_borrow_mut(|pending| {
        if !pending.contains(&warning) {
            pending.push(warning);
        }
    });
}

/// Leaves a warning if elements lose their imaginary parts on the way from one dtype to another.
#[inline]
pub(crate) fn warn_of_cast(from: &DType, to: &DType) {
    if from.is_complex() && !to.is_complex() && *to != DType::Bool {
        warn_discarded();
    }
}

/// The warnings left on this thread since the last call, in order.
pub fn take_warnings() -> Vec<Warning> {
    PENDING.with_borrow_mut(std::mem::take)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_are_given_once() {
        warn(Category::Runtime, "Mean of empty slice");
        assert_eq!(take_warnings()[0].message, "Mean of empty slice");
        assert!(take_warnings().is_empty());
    }
}
