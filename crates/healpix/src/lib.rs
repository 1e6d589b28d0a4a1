//! The sphere in equal-area pixels.
//!
//! HEALPix (Górski et al. 2005, ApJ 622, 759) cuts the sphere into 12 base cells and each cell into four, up to 29
//! times. This crate converts between positions and cells in all numberings, finds neighbours, corners and weights,
//! and covers regions of the sky by cells, exactly. It works on plain slices, starts no threads, depends on nothing,
//! and fits into a web page.
//!
//! ```
//! use rustsci_healpix::{Degrees, Depth, projection};
//! let depth = Depth::new(4)?;
//! let mut cells = [0];
//! projection::lonlat_to_nested::<Degrees>(depth, &[33.3], &[-22.1], &mut cells)?;
//! assert_eq!(cells, [2275]);
//! # Ok::<(), rustsci_healpix::Error>(())
//! ```
//!
//! The functions over slices are branch-free loops marked `#[inline(always)]`: called from a function compiled for a
//! newer instruction set, they use it.
#![forbid(unsafe_code)]

mod angle;
pub mod coverage;
mod depth;
mod error;
pub mod fits;
pub mod hierarchy;
pub mod interpolation;
pub mod moc;
pub mod neighbours;
pub mod projection;
pub mod scheme;
mod trigonometry;
pub mod vertices;
mod whole;

pub use angle::{AngleUnit, Degrees, Radians};
pub use depth::Depth;
pub use error::{Error, Result};
