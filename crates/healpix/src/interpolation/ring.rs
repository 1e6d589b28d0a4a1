//! Weights among the two nearest cells of the ring above a position and of the ring below it.

use std::f64::consts::{FRAC_PI_2, PI};

use crate::Result;
use crate::angle::AngleUnit;
use crate::projection::{SQRT_6, TRANSITION, check_lonlat, check_nside, same_length};
use crate::scheme::rings::Ring;
use crate::trigonometry::sin;

/// The number of rings whose centres are at or above a latitude, given in radians.
#[inline(always)]
fn rings_above(nside: u64, lat: f64) -> f64 {
    let n = nside as f64;
    let size = lat.abs();
    let polar = size > TRANSITION;
    let height = sin(if polar { 0.5 * (FRAC_PI_2 - size) } else { lat });
    // σ · nside rings from a pole, as far as the polar part of the projection reaches.
    let from_pole = n * SQRT_6 * height.abs();
    let belt = n * (2.0 - 1.5 * height);
    let cap = if lat > 0.0 {
        from_pole
    } else {
        4.0 * n - from_pole
    };
    let rings = if polar { cap } else { belt };
    rings.floor().max(0.0).min(4.0 * n - 1.0)
}

/// Positions that are looked at together.
const BATCH: usize = 64;

/// The cells and weights of some positions.
struct Batch {
    cells: [[u64; BATCH]; 4],
    weights: [[f64; BATCH]; 4],
}

impl Batch {
    const EMPTY: Self = Self {
        cells: [[0; BATCH]; 4],
        weights: [[0.0; BATCH]; 4],
    };

    /// Looks at up to `BATCH` positions.
    #[inline(always)]
    fn fill<U: AngleUnit>(&mut self, nside: u64, lon: &[f64], lat: &[f64]) {
        let last = 4.0 * nside as f64 - 1.0;
        let mut near_pole = false;
        let [c0, c1, c2, c3] = &mut self.cells;
        let [w0, w1, w2, w3] = &mut self.weights;
        let cells = c0.iter_mut().zip(c1).zip(c2).zip(c3);
        let weights = w0.iter_mut().zip(w1).zip(w2).zip(w3);
        let places = lon.iter().zip(lat).zip(cells).zip(weights);
        for (((&lon, &lat), (((c0, c1), c2), c3)), (((w0, w1), w2), w3)) in places {
            let (turns, lat) = place::<U>(lon, lat);
            let above = rings_above(nside, lat);
            near_pole |= (above == 0.0) | (above == last);
            let (upper, lower) = (Ring::new(nside, above), Ring::new(nside, above + 1.0));
            let down = (FRAC_PI_2 - lat - upper.colatitude) / (lower.colatitude - upper.colatitude);
            let (west, east, part) = upper.beside(turns);
            (*c0, *c1) = (west, east);
            (*w0, *w1) = ((1.0 - part) * (1.0 - down), part * (1.0 - down));
            let (west, east, part) = lower.beside(turns);
            (*c2, *c3) = (west, east);
            (*w2, *w3) = ((1.0 - part) * down, part * down);
        }
        if near_pole {
            self.fill_at_poles::<U>(nside, lon, lat);
        }
    }

    /// Looks again at positions beyond the first or the last ring.
    #[cold]
    fn fill_at_poles<U: AngleUnit>(&mut self, nside: u64, lon: &[f64], lat: &[f64]) {
        for (k, (&lon, &lat)) in lon.iter().zip(lat).enumerate() {
            let (turns, lat) = place::<U>(lon, lat);
            if let Some((cells, weights)) = at_pole(nside, turns, lat) {
                for place in 0..4 {
                    self.cells[place][k] = cells[place];
                    self.weights[place][k] = weights[place];
                }
            }
        }
    }
}

/// Longitude in turns, from 0 to 1, and latitude in radians.
#[inline(always)]
fn place<U: AngleUnit>(lon: f64, lat: f64) -> (f64, f64) {
    let turns = lon / (4.0 * U::QUARTER);
    (turns - turns.floor(), lat * U::IN_RADIANS)
}

/// Cells and weights beyond the first or the last ring: the pole's value is the mean of the four cells around it.
fn at_pole(nside: u64, turns: f64, lat: f64) -> Option<([u64; 4], [f64; 4])> {
    let last = 4.0 * nside as f64 - 1.0;
    let above = rings_above(nside, lat);
    let north = above == 0.0;
    if !north && above != last {
        return None;
    }
    let ring = Ring::new(nside, if north { 1.0 } else { last });
    let (west, east, part) = ring.beside(turns);
    let (distance, of_ring) = if north {
        (FRAC_PI_2 - lat, ring.colatitude)
    } else {
        (FRAC_PI_2 + lat, PI - ring.colatitude)
    };
    let away = distance / of_ring;
    let pole = 0.25 * (1.0 - away);
    let across = |cell: u64| (cell - ring.first + 2) % 4 + ring.first;
    let (here, there) = (
        [(1.0 - part) * away + pole, part * away + pole],
        [across(west), across(east)],
    );
    Some(if north {
        (
            [there[0], there[1], west, east],
            [pole, pole, here[0], here[1]],
        )
    } else {
        (
            [west, east, there[0], there[1]],
            [here[0], here[1], pole, pole],
        )
    })
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
        .chunks_mut(BATCH)
        .zip(weights.as_chunks_mut::<4>().0.chunks_mut(BATCH));
    let mut batch = Batch::EMPTY;
    for ((lon, lat), (cells, weights)) in lon.chunks(BATCH).zip(lat.chunks(BATCH)).zip(pieces) {
        batch.fill::<U>(nside, lon, lat);
        interleave(&batch.cells, cells);
        interleave(&batch.weights, weights);
    }
    Ok(())
}

/// Puts the four values of each position beside each other.
#[inline(always)]
fn interleave<T: Copy>([a, b, c, d]: &[[T; BATCH]; 4], out: &mut [[T; 4]]) {
    for ((((out, &a), &b), &c), &d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
        let [first, second, third, fourth] = out;
        (*first, *second, *third, *fourth) = (a, b, c, d);
    }
}

/// The same as [`ring_weights`], the first of the four of all positions first, then the second, and so on.
///
/// # Errors
/// As for [`ring_weights`].
#[inline(always)]
pub fn ring_weights_by_place<U: AngleUnit>(
    nside: u64,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [&mut [u64]; 4],
    weights: [&mut [f64]; 4],
) -> Result<()> {
    check_nside(nside)?;
    check_lonlat::<U>(lon, lat)?;
    for (cells, weights) in cells.iter().zip(&weights) {
        same_length("cells", lon.len(), cells.len())?;
        same_length("weights", lon.len(), weights.len())?;
    }
    let mut batch = Batch::EMPTY;
    for (index, (lon, lat)) in lon.chunks(BATCH).zip(lat.chunks(BATCH)).enumerate() {
        batch.fill::<U>(nside, lon, lat);
        let here = index * BATCH..index * BATCH + lon.len();
        for place in 0..4 {
            cells[place][here.clone()].copy_from_slice(&batch.cells[place][..lon.len()]);
            weights[place][here.clone()].copy_from_slice(&batch.weights[place][..lon.len()]);
        }
    }
    Ok(())
}
