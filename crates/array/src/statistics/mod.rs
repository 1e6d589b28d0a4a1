//! Means and variances, counts, interpolation, correlation and rounding.

mod averaging;
mod bincount;
mod correlate;
mod exact;
mod histogram;
mod interp;
mod mean;
mod round;
mod squares;
mod trace;
mod variance;

pub use averaging::Averaging;
pub use bincount::bincount;
pub use correlate::{Overlap, correlate};
pub use histogram::count_in_uniform_bins;
pub use interp::interp;
pub use mean::mean;
pub use round::round;
pub use trace::trace;
pub use variance::{Spread, standard_deviation, variance};
