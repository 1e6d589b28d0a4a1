//! What a web page calls: conversions and coverage, as plain functions of numbers.
//!
//! `make wasm-healpix` builds it for `wasm32-unknown-unknown` and checks its size. Angles are in degrees. A coverage is
//! kept until the next one, and its cells are asked for one by one. What is no position, depth or region gives
//! 2⁶⁴ − 1, or not a number.
#![allow(
    unsafe_code,
    reason = "exported names must be unique in the program, which the compiler cannot check; nothing else is unsafe"
)]
#![allow(
    missing_docs,
    reason = "the crate is a program; its functions are documented"
)]

use std::cell::RefCell;

use rustsci_healpix::coverage::{Cone, Covered, Ellipse, Polygon, Region, Zone, cover, rectangle};
use rustsci_healpix::{Degrees, Depth, neighbours, projection, scheme, vertices};

const NONE: u64 = u64::MAX;

thread_local! {
    static COVERED: RefCell<Vec<Covered>> = const { RefCell::new(Vec::new()) };
    static CORNERS: RefCell<(Vec<f64>, Vec<f64>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

fn depth(depth: u32) -> Option<Depth> {
    Depth::new(u8::try_from(depth).ok()?).ok()
}

/// The nested cell that a position is in.
#[unsafe(no_mangle)]
pub extern "C" fn lonlat_to_nested(lon: f64, lat: f64, at: u32) -> u64 {
    let mut cell = [NONE];
    let found =
        depth(at).map(|at| projection::lonlat_to_nested::<Degrees>(at, &[lon], &[lat], &mut cell));
    if let Some(Ok(())) = found {
        cell[0]
    } else {
        NONE
    }
}

fn centre(cell: u64, at: u32) -> (f64, f64) {
    let (mut lon, mut lat) = ([f64::NAN], [f64::NAN]);
    if let Some(at) = depth(at) {
        // Where the number is no cell, the results stay as they are.
        let _ =
            projection::nested_to_lonlat::<Degrees>(at, &[cell], (0.5, 0.5), &mut lon, &mut lat);
    }
    (lon[0], lat[0])
}

/// The longitude of a nested cell's centre.
#[unsafe(no_mangle)]
pub extern "C" fn nested_to_lon(cell: u64, at: u32) -> f64 {
    centre(cell, at).0
}

/// The latitude of a nested cell's centre.
#[unsafe(no_mangle)]
pub extern "C" fn nested_to_lat(cell: u64, at: u32) -> f64 {
    centre(cell, at).1
}

fn vertex(cell: u64, at: u32, corner: u32) -> (f64, f64) {
    let (mut lon, mut lat) = ([f64::NAN; 4], [f64::NAN; 4]);
    if let Some(at) = depth(at) {
        // Where the number is no cell, the results stay as they are.
        let _ = vertices::nested_vertices::<Degrees>(at, &[cell], 1, &mut lon, &mut lat);
    }
    (lon[(corner % 4) as usize], lat[(corner % 4) as usize])
}

/// The longitude of a corner of a nested cell: 0 is south, 1 east, 2 north, 3 west.
#[unsafe(no_mangle)]
pub extern "C" fn vertex_lon(cell: u64, at: u32, corner: u32) -> f64 {
    vertex(cell, at, corner).0
}

/// The latitude of a corner of a nested cell.
#[unsafe(no_mangle)]
pub extern "C" fn vertex_lat(cell: u64, at: u32, corner: u32) -> f64 {
    vertex(cell, at, corner).1
}

/// A nested cell's number in the ring scheme.
#[unsafe(no_mangle)]
pub extern "C" fn nested_to_ring(cell: u64, at: u32) -> u64 {
    let mut out = [NONE];
    let found = depth(at).map(|at| scheme::nested_to_ring(at, &[cell], &mut out));
    if let Some(Ok(())) = found {
        out[0]
    } else {
        NONE
    }
}

/// A ring cell's number in the nested scheme.
#[unsafe(no_mangle)]
pub extern "C" fn ring_to_nested(cell: u64, at: u32) -> u64 {
    let mut out = [NONE];
    let found = depth(at).map(|at| scheme::ring_to_nested(at, &[cell], &mut out));
    if let Some(Ok(())) = found {
        out[0]
    } else {
        NONE
    }
}

/// One of nine cells around a nested cell, from the south to the north; −1 if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn neighbour(cell: u64, at: u32, place: u32) -> i64 {
    let mut out = [-1; 9];
    if let Some(at) = depth(at) {
        // Where the number is no cell, the results stay as they are.
        let _ = neighbours::neighbours(at, &[cell], &mut out);
    }
    out[(place % 9) as usize]
}

/// Keeps the coverage of a region, and gives the number of its cells.
fn keep<R: Region>(region: rustsci_healpix::Result<R>, at: u32) -> u64 {
    let (Ok(region), Some(at)) = (region, depth(at)) else {
        return NONE;
    };
    COVERED.with_borrow_mut(|kept| {
        *kept = cover(&region, at);
        kept.len() as u64
    })
}

/// Covers a cone.
#[unsafe(no_mangle)]
pub extern "C" fn cover_cone(lon: f64, lat: f64, radius: f64, at: u32) -> u64 {
    keep(
        Cone::new(lon.to_radians(), lat.to_radians(), radius.to_radians()),
        at,
    )
}

/// Covers an elliptical cone.
#[unsafe(no_mangle)]
pub extern "C" fn cover_ellipse(lon: f64, lat: f64, a: f64, b: f64, angle: f64, at: u32) -> u64 {
    let [lon, lat, a, b, angle] = [lon, lat, a, b, angle].map(f64::to_radians);
    keep(Ellipse::new(lon, lat, a, b, angle), at)
}

/// Covers a box.
#[unsafe(no_mangle)]
pub extern "C" fn cover_box(lon: f64, lat: f64, a: f64, b: f64, angle: f64, at: u32) -> u64 {
    let [lon, lat, a, b, angle] = [lon, lat, a, b, angle].map(f64::to_radians);
    keep(rectangle(lon, lat, a, b, angle), at)
}

/// Covers a zone.
#[unsafe(no_mangle)]
pub extern "C" fn cover_zone(west: f64, south: f64, east: f64, north: f64, at: u32) -> u64 {
    let [west, south, east, north] = [west, south, east, north].map(f64::to_radians);
    keep(Zone::new(west, south, east, north), at)
}

/// Adds a corner to the polygon that is covered next.
#[unsafe(no_mangle)]
pub extern "C" fn add_corner(lon: f64, lat: f64) {
    CORNERS.with_borrow_mut(|(lons, lats)| {
        lons.push(lon.to_radians());
        lats.push(lat.to_radians());
    });
}

/// Covers the polygon of all corners that were added since the last one.
#[unsafe(no_mangle)]
pub extern "C" fn cover_polygon(at: u32) -> u64 {
    let (lons, lats) = CORNERS.take();
    keep(Polygon::new(&lons, &lats), at)
}

fn covered(index: u32) -> Option<Covered> {
    COVERED.with_borrow(|kept| kept.get(index as usize).copied())
}

/// A cell of the coverage that is kept.
#[unsafe(no_mangle)]
pub extern "C" fn covered_cell(index: u32) -> u64 {
    covered(index).map_or(NONE, |covered| covered.cell)
}

/// The depth of a cell of the coverage that is kept, and 32 more if the region contains it.
#[unsafe(no_mangle)]
pub extern "C" fn covered_depth(index: u32) -> u32 {
    covered(index).map_or(u32::MAX, |covered| {
        u32::from(covered.depth.get()) + if covered.full { 32 } else { 0 }
    })
}
