//! Rings of cells.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::projection::SQRT_6;
use crate::trigonometry::asin;
use crate::whole::{integer, product};

/// One ring of cells.
#[derive(Clone, Copy)]
pub(crate) struct Ring {
    pub(crate) first: u64,
    pub(crate) cells: f64,
    /// Where the first cell's centre is, in cells from longitude zero.
    pub(crate) shift: f64,
    /// Distance of the centres from the north pole, in radians.
    pub(crate) colatitude: f64,
}

impl Ring {
    /// Ring `ring` from the north, from 1 to 4 nside − 1; what it gives for others is not used.
    #[inline(always)]
    pub(crate) fn new(nside: u64, ring: f64) -> Self {
        let n = nside as f64;
        let north = ring < 2.0 * n;
        let from_pole = if north { ring } else { 4.0 * n - ring };
        let in_cap = from_pole < n;
        // In a cap 1 − |z| = r²/(3 nside²), by half angles, so that small ones keep their digits.
        let angle = asin(if in_cap {
            from_pole * (1.0 / (n * SQRT_6))
        } else {
            (2.0 * n - ring) * (2.0 / (3.0 * n))
        });
        let from_north = if north { 2.0 * angle } else { PI - 2.0 * angle };
        // Every other ring of the belt begins half a cell later.
        let half = 0.5 * (from_pole - n);
        let is_shifted = in_cap | (half == half.floor());

        let number = integer(from_pole);
        let top = 2 * product(number, number.wrapping_sub(1));
        let bottom = (12 * nside * nside).wrapping_sub(2 * product(number, number + 1));
        let belt = (2 * nside * (nside - 1))
            .wrapping_add(product(integer(ring).wrapping_sub(nside), 4 * nside));
        let cap = if north { top } else { bottom };
        Self {
            first: if in_cap { cap } else { belt },
            cells: 4.0 * if in_cap { from_pole } else { n },
            shift: if is_shifted { 0.5 } else { 0.0 },
            colatitude: if in_cap {
                from_north
            } else {
                FRAC_PI_2 - angle
            },
        }
    }

    /// The two cells of the ring around a longitude (in turns, 0 to 1) and the second one's weight.
    #[inline(always)]
    pub(crate) fn beside(&self, turns: f64) -> (u64, u64, f64) {
        let place = turns * self.cells - self.shift;
        let whole = place.floor();
        // From −1 to as many as there are cells.
        let west = if whole < 0.0 { self.cells - 1.0 } else { whole };
        let west = if west >= self.cells { 0.0 } else { west };
        let next = west + 1.0;
        let east = if next >= self.cells { 0.0 } else { next };
        (
            self.first.wrapping_add(integer(west)),
            self.first.wrapping_add(integer(east)),
            place - whole,
        )
    }
}
