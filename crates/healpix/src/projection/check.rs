//! Finding what cannot be projected, before anything is.

use crate::angle::AngleUnit;
use crate::{Error, Result};

/// Checks that longitudes are finite and latitudes on the sphere.
///
/// # Errors
/// For the first element that is not, or lengths that differ.
#[inline(always)]
pub fn check_lonlat<U: AngleUnit>(lon: &[f64], lat: &[f64]) -> Result<()> {
    same_length("latitudes", lon.len(), lat.len())?;
    let good = lon.iter().zip(lat).fold(true, |good, (lon, lat)| {
        good & (lat.abs() <= U::QUARTER) & (lon.abs() < f64::INFINITY)
    });
    if good {
        Ok(())
    } else {
        Err(first_bad_lonlat::<U>(lon, lat))
    }
}

#[cold]
fn first_bad_lonlat<U: AngleUnit>(lon: &[f64], lat: &[f64]) -> Error {
    for (index, (&lon, &lat)) in lon.iter().zip(lat).enumerate() {
        if !lon.is_finite() {
            return Error::Longitude { index, value: lon };
        }
        if lat.is_nan() || lat.abs() > U::QUARTER {
            return Error::Latitude {
                index,
                value: lat,
                unit: U::NAME,
            };
        }
    }
    Error::Parameter("coordinates changed while they were read".to_owned())
}

/// Checks that cell numbers are below `count`.
///
/// # Errors
/// For the first one that is not.
#[inline(always)]
pub fn check_cells(cells: &[u64], count: u64) -> Result<()> {
    // The highest bit is set where a number is too large: cheaper on vectors than comparing.
    let last = count.wrapping_sub(1);
    let bits = cells
        .iter()
        .fold(0, |bits, &cell| bits | cell | last.wrapping_sub(cell));
    if bits >> 63 == 0 {
        return Ok(());
    }
    match cells.iter().position(|&cell| cell >= count) {
        None => Ok(()),
        Some(index) => Err(Error::Cell {
            index,
            cell: cells[index],
            count,
        }),
    }
}

/// Checks that a slice is as long as another.
#[inline(always)]
pub(crate) fn same_length(what: &'static str, expected: usize, given: usize) -> Result<()> {
    if expected == given {
        return Ok(());
    }
    Err(Error::Lengths {
        what,
        expected,
        given,
    })
}

/// Checks a number of cells along an edge of a base cell.
#[inline(always)]
pub(crate) fn check_nside(nside: u64) -> Result<()> {
    if (1..=1 << 29).contains(&nside) {
        return Ok(());
    }
    Err(Error::Nside(i64::try_from(nside).unwrap_or(i64::MAX)))
}
