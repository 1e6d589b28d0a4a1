//! Fits to rows that are never all in memory: in files, or on other machines.
//!
//! A fit is a fold over rows, pass after pass. The first pass learns what the formula needs to know: levels, knots,
//! means. Each other pass gives the sums of one step. An [`Accumulator`] is all that meets rows.

mod accumulator;
mod bytes;
mod learner;
mod samples;

pub use accumulator::{Accumulator, Parts};
