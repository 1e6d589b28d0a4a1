//! Coverages against brute force.
//!
//! Every day a part of the random regions is looked at. `COVERAGE_ALL=1` looks at all of them, and `COVERAGE_SEED=7` at
//! others.

mod cones;
mod ellipses;
mod oracle;
mod polygons;
mod queries;
mod random;
mod results;
mod sets;
mod sphere;
mod zones;
