//! Penalties on coefficients, and paths of them.

mod groups;
mod path;
mod penalty;

pub use groups::Groups;
pub use path::{PathPoint, PathRequest, fit_path};
pub use penalty::{Factors, Penalty};
