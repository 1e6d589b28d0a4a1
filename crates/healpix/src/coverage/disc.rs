//! Discs around cells.

use super::vector::Vector;

/// A disc on the sphere, with what regions need to know of its radius.
#[derive(Clone, Copy, Debug)]
pub struct Disc {
    pub(crate) centre: Vector,
    /// In radians.
    pub(crate) radius: f64,
    /// Sine and cosine of half the radius.
    pub(crate) half: (f64, f64),
    /// The sine of the radius.
    pub(crate) sine: f64,
}

impl Disc {
    /// The disc around a point (a unit vector) with a radius in radians.
    pub fn new(centre: [f64; 3], radius: f64) -> Self {
        Self {
            centre,
            radius,
            half: (0.5 * radius).sin_cos(),
            sine: radius.sin(),
        }
    }

    /// A disc of the same radius around another point.
    #[inline(always)]
    pub(crate) fn around(&self, centre: Vector) -> Self {
        Self { centre, ..*self }
    }

    /// The square of the chord from the centre to the rim.
    #[inline(always)]
    pub(crate) fn chord_squared(&self) -> f64 {
        4.0 * self.half.0 * self.half.0
    }
}
