//! Bilinear weights among the four cells that share the corner nearest to a position.

use crate::angle::AngleUnit;
use crate::neighbours::moved;
use crate::projection::{InFacet, check_lonlat, same_length};
use crate::scheme::nested;
use crate::whole::integer;
use crate::{Depth, Result};

/// Finds for each position the four cells (nested) that share the corner of its cell nearest to it, and their
/// weights, which add up to one; in the order south, north-east side, north-west side, north of that corner.
///
/// Where only three cells meet, the weight of the missing one is shared by the two beside it; its place holds the
/// position's own cell with weight zero.
///
/// # Errors
/// For the first position that is not on the sphere, or lengths that do not fit.
///
/// ```
/// use rustsci_healpix::{Degrees, Depth, interpolation::nested_weights};
/// let (mut cells, mut weights) = ([0; 4], [0.0; 4]);
/// nested_weights::<Degrees>(Depth::new(2)?, &[10.0], &[5.0], &mut cells, &mut weights)?;
/// assert_eq!(cells, [70, 71, 76, 77]);
/// assert_eq!(weights.iter().sum::<f64>(), 1.0);
/// # Ok::<(), rustsci_healpix::Error>(())
/// ```
#[inline(always)]
pub fn nested_weights<U: AngleUnit>(
    depth: Depth,
    lon: &[f64],
    lat: &[f64],
    cells: &mut [u64],
    weights: &mut [f64],
) -> Result<()> {
    check_lonlat::<U>(lon, lat)?;
    same_length("cells", 4 * lon.len(), cells.len())?;
    same_length("weights", 4 * lon.len(), weights.len())?;
    let nside = depth.nside() as f64;
    let pieces = cells
        .as_chunks_mut::<4>()
        .0
        .iter_mut()
        .zip(weights.as_chunks_mut::<4>().0);
    for ((&lon, &lat), (cells, weights)) in lon.iter().zip(lat).zip(pieces) {
        let place = InFacet::of_lonlat::<U>(lon, lat);
        // The corner's place among the centres of cells, which are half a cell off.
        let (x, y) = (place.x * nside - 0.5, place.y * nside - 0.5);
        let (i, j) = (x.floor().min(nside - 1.0), y.floor().min(nside - 1.0));
        let (dx, dy) = (x - i, y - j);
        *weights = [
            (1.0 - dx) * (1.0 - dy),
            dx * (1.0 - dy),
            (1.0 - dx) * dy,
            dx * dy,
        ];
        let inside = (i >= 0.0) & (j >= 0.0) & (i < nside - 1.0) & (j < nside - 1.0);
        if inside {
            let (i, j) = (integer(i), integer(j));
            let first = nested::join(depth, place.base, 0, 0);
            let (i, next_i) = (
                nested::join(depth, 0, i, 0),
                nested::join(depth, 0, i + 1, 0),
            );
            let (j, next_j) = (
                nested::join(depth, 0, 0, j),
                nested::join(depth, 0, 0, j + 1),
            );
            *cells = [
                first | i | j,
                first | next_i | j,
                first | i | next_j,
                first | next_i | next_j,
            ];
        } else {
            across_base_cells(depth, place.base, (i as i64, j as i64), cells, weights);
        }
    }
    Ok(())
}

/// The four cells where some are in other base cells.
fn across_base_cells(
    depth: Depth,
    base: u64,
    (i, j): (i64, i64),
    cells: &mut [u64; 4],
    weights: &mut [f64; 4],
) {
    for (place, (i, j)) in [(i, j), (i + 1, j), (i, j + 1), (i + 1, j + 1)]
        .into_iter()
        .enumerate()
    {
        match moved(depth.nside(), base, i, j) {
            Some((base, i, j)) => cells[place] = nested::join(depth, base, i, j),
            None => {
                // Opposite the missing cell is the position's own; the other two are beside it.
                let own = 3 - place;
                let share = 0.5 * weights[place];
                for beside in (0..4).filter(|&other| other != place && other != own) {
                    weights[beside] += share;
                }
                weights[place] = 0.0;
                let last = depth.nside() as i64 - 1;
                let inside = |v: i64| v.clamp(0, last) as u64;
                cells[place] = nested::join(depth, base, inside(i), inside(j));
            }
        }
    }
}
