//! Weights among the two nearest cells of the ring above a position and of the ring below it.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::Result;
use crate::angle::AngleUnit;
use crate::projection::{SQRT_6, TRANSITION, check_lonlat, check_nside, same_length};
use crate::trigonometry::{asin, sin};

/// One ring of cells.
struct Ring {
    first: u64,
    cells: u64,
    /// Where the first cell's centre is, in cells from longitude zero.
    shift: f64,
    /// Distance of the centres from the north pole, in radians.
    colatitude: f64,
}

impl Ring {
    /// Ring `ring` from the north, from 1 to 4 nside − 1.
    #[inline(always)]
    fn new(nside: u64, ring: u64) -> Self {
        let n = nside as f64;
        let from_pole = ring.min(4 * nside - ring);
        if from_pole >= nside {
            let z = (2.0 * n - ring as f64) * 2.0 / (3.0 * n);
            return Self {
                first: 2 * nside * (nside - 1) + (ring - nside) * 4 * nside,
                cells: 4 * nside,
                shift: if (ring - nside).is_multiple_of(2) {
                    0.5
                } else {
                    0.0
                },
                colatitude: FRAC_PI_2 - asin(z),
            };
        }
        // 1 − |z| = r²/(3 nside²), by half angles, so that small ones keep their digits.
        let distance = 2.0 * asin(from_pole as f64 / (n * SQRT_6));
        let north = ring < nside;
        let before = 2 * from_pole * (from_pole - 1);
        Self {
            first: if north {
                before
            } else {
                12 * nside * nside - before - 4 * from_pole
            },
            cells: 4 * from_pole,
            shift: 0.5,
            colatitude: if north { distance } else { PI - distance },
        }
    }

    /// The two cells of the ring around a longitude (in turns, 0 to 1) and the second one's weight.
    #[inline(always)]
    fn beside(&self, turns: f64) -> (u64, u64, f64) {
        let place = turns * self.cells as f64 - self.shift;
        let whole = place.floor();
        // From −1 to as many as there are cells.
        let wrapped = |cell: i64| match cell {
            cell if cell < 0 => self.cells - 1,
            cell if cell.cast_unsigned() >= self.cells => cell.cast_unsigned() - self.cells,
            cell => cell.cast_unsigned(),
        };
        let (west, east) = (wrapped(whole as i64), wrapped(whole as i64 + 1));
        (self.first + west, self.first + east, place - whole)
    }
}

/// The number of rings whose centres are at or above a latitude, given in radians.
#[inline(always)]
fn rings_above(nside: u64, lat: f64) -> u64 {
    let n = nside as f64;
    // σ · nside rings from a pole, as far as the polar part of the projection reaches.
    let from_pole = n * SQRT_6 * sin(0.5 * (FRAC_PI_2 - lat.abs()).min(FRAC_PI_2));
    let rings = if lat.abs() <= TRANSITION {
        (n * (2.0 - 1.5 * sin(lat))).floor()
    } else if lat > 0.0 {
        from_pole.floor()
    } else {
        (4.0 * n - from_pole).floor()
    };
    (rings.max(0.0) as u64).min(4 * nside - 1)
}

/// Finds for each position two neighbouring cells (ring) of the ring above and two of the ring below, and their
/// weights, which add up to one. Beyond the last ring, the pole's value is the mean of the four cells around it.
///
/// # Errors
/// For the first position that is not on the sphere, lengths that do not fit, or `nside` out of range.
///
/// ```
/// use rustsci_healpix::{Degrees, interpolation::ring_weights};
/// let (mut cells, mut weights) = ([0; 4], [0.0; 4]);
/// ring_weights::<Degrees>(4, &[10.0], &[5.0], &mut cells, &mut weights)?;
/// assert_eq!(cells, [72, 73, 103, 88]);
/// assert!((weights[3] - 0.45224217).abs() < 1e-8);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn ring_weights<U: AngleUnit>(
    nside: u64,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
    weights: &mut [f64],
) -> Result<()> {
    check_nside(nside)?;
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", 4 * lon.len(), cells.len())?;
    same_length("weights", 4 * lon.len(), weights.len())?;
    let pieces = cells
        .as_chunks_mut::<4>()
        .0
        .iter_mut()
        .zip(weights.as_chunks_mut::<4>().0);
    for ((&lon, &lat), (cells, weights)) in lon.iter().zip(lat).zip(pieces) {
        let turns = lon / (4.0 * U::QUARTER);
        let turns = turns - turns.floor();
        let lat = lat * U::IN_RADIANS;
        (*cells, *weights) = weights_at(nside, turns, lat);
    }
    Ok(())
}

#[inline(always)]
fn weights_at(nside: u64, turns: f64, lat: f64) -> ([u64; 4], [f64; 4]) {
    let last = 4 * nside - 1;
    let colatitude = FRAC_PI_2 - lat;
    let above = rings_above(nside, lat);
    let pair = |ring: u64| {
        let ring = Ring::new(nside, ring);
        (ring.beside(turns), ring.colatitude)
    };
    if above == 0 {
        let ((west, east, part), distance) = pair(1);
        let down = colatitude / distance;
        let pole = 0.25 * (1.0 - down);
        let across = |cell: u64| (cell + 2) % 4;
        return (
            [across(west), across(east), west, east],
            [pole, pole, (1.0 - part) * down + pole, part * down + pole],
        );
    }
    if above == last {
        let ((west, east, part), distance) = pair(last);
        let up = (PI - colatitude) / (PI - distance);
        let pole = 0.25 * (1.0 - up);
        let first = 12 * nside * nside - 4;
        let across = |cell: u64| (cell - first + 2) % 4 + first;
        return (
            [west, east, across(west), across(east)],
            [(1.0 - part) * up + pole, part * up + pole, pole, pole],
        );
    }
    let ((w1, e1, part1), top) = pair(above);
    let ((w2, e2, part2), bottom) = pair(above + 1);
    let down = (colatitude - top) / (bottom - top);
    (
        [w1, e1, w2, e2],
        [
            (1.0 - part1) * (1.0 - down),
            part1 * (1.0 - down),
            (1.0 - part2) * down,
            part2 * down,
        ],
    )
}
