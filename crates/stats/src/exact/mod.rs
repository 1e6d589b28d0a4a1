//! Sums without rounding, and results that are rounded once.

mod bins;
mod integers;
mod moments;
mod natural;
mod power_sum;
mod rounding;
mod shape;
mod state;
mod totals;

pub use integers::{Exact, IntegerMoments};
pub use moments::Moments;
pub use rounding::{Overflow, true_quotient};
