//! Pixels of the sphere: the kernels of `rustsci-healpix` over arrays, on several threads.

mod arguments;
mod blocks;
pub(crate) mod cells;
pub(crate) mod coverage;
pub(crate) mod fits;
pub(crate) mod moc;
pub(crate) mod neighbours;
pub(crate) mod plane;
pub(crate) mod positions;
pub(crate) mod vertices;
