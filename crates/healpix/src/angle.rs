//! Degrees and radians.

use std::f64::consts::{FRAC_PI_2, PI};

/// The unit of the angles in a slice.
pub trait AngleUnit: Copy + Send + Sync + 'static {
    /// A quarter of a turn in this unit.
    const QUARTER: f64;
    /// One unit in radians.
    const IN_RADIANS: f64;
    /// The unit's name.
    const NAME: &'static str;
}

/// Angles in degrees.
#[derive(Clone, Copy, Debug)]
pub struct Degrees;

/// Angles in radians.
#[derive(Clone, Copy, Debug)]
pub struct Radians;

impl AngleUnit for Degrees {
    const QUARTER: f64 = 90.0;
    const IN_RADIANS: f64 = PI / 180.0;
    const NAME: &'static str = "degrees";
}

impl AngleUnit for Radians {
    const QUARTER: f64 = FRAC_PI_2;
    const IN_RADIANS: f64 = 1.0;
    const NAME: &'static str = "radians";
}
