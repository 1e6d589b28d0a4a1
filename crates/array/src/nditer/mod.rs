//! Iteration over the elements of several arrays at once, in an order that suits their memory: the plan of NumPy's
//! `nditer`.
//!
//! [`Axes`] are what is iterated over, and how each operand steps along them; a [`Cursor`] is a place in them; a [`Chunk`]
//! is a stretch of elements from a place on that is handed out as one.

mod axes;
mod chunk;
mod cursor;

pub use axes::{Axes, Origin};
pub use chunk::Chunk;
pub use cursor::Cursor;

/// In which order elements are visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// The last axis fastest.
    C,
    /// The first axis fastest.
    F,
    /// As the operands lie in memory; axes along which all of them run backwards are turned round if that is allowed.
    Memory {
        /// Whether axes may be turned round.
        turn: bool,
    },
}
