//! The cells that a region of the sky overlaps.
//!
//! One descent of the tree of cells serves every [`Region`]. It asks the region about discs around cells on the way
//! down, which is cheap, and about cells themselves at the last depth, which is exact: a cell is in the result if and
//! only if it overlaps the region, and flagged as full if and only if it lies inside. Overlaps are decided to
//! [`TOLERANCE`]; a cell that is nearer to the region than that counts as overlapping.
//!
//! ```
//! use rustsci_healpix::{Depth, coverage::{Cone, cover}};
//! let cone = Cone::new(0.0, 0.0, 10_f64.to_radians())?;
//! let cells = cover(&cone, Depth::new(3)?);
//! assert_eq!(cells.len(), 14);
//! let full: Vec<u64> = cells.iter().filter(|cell| cell.full).map(|cell| cell.cell).collect();
//! assert_eq!(full, [271, 304]);
//! # Ok::<(), rustsci_healpix::Error>(())
//! ```

mod arc;
mod block;
mod border;
mod boxed;
mod cell;
mod combined;
mod cone;
mod descent;
mod disc;
mod edge;
mod ellipse;
mod jet;
mod parallels;
mod polygon;
mod query;
mod region;
mod sides;
mod vector;
mod zone;

pub use border::Borders;
pub use boxed::rectangle;
pub use cell::Cell;
pub use combined::{Complement, Union, difference, intersection};
pub use cone::Cone;
pub use descent::{Covered, cover, flat, ranges};
pub use disc::Disc;
pub use ellipse::Ellipse;
pub use polygon::Polygon;
pub use query::{Touch, nested_cells, ring_cells};
pub use region::{Region, Relation};
pub use zone::Zone;

/// How exactly overlaps are decided, in radians.
pub const TOLERANCE: f64 = 1e-13;
