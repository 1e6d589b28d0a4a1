use std::f64::consts::{FRAC_PI_2, TAU};

use rustsci_healpix::coverage::Zone;

use super::oracle::{Known, check};
use super::random::{Random, rounds};
use super::sphere::{Vector, lonlat, vector};

/// How far a point is beyond the nearest limit, seen from inside; a zone that ends at a pole does not end there.
fn beyond_zone((west, width): (f64, f64), (south, north): (f64, f64), p: Vector) -> f64 {
    let (lon, lat) = lonlat(p);
    let east = (lon - west).rem_euclid(TAU);
    let aside = if width >= TAU {
        f64::NEG_INFINITY
    } else if east <= width {
        -(east.min(width - east))
    } else {
        (east - width).min(TAU - east)
    };
    let up = if north >= FRAC_PI_2 {
        f64::NEG_INFINITY
    } else {
        lat - north
    };
    let down = if south <= -FRAC_PI_2 {
        f64::NEG_INFINITY
    } else {
        south - lat
    };
    // Meridians come together at the poles.
    up.max(down).max(aside * lat.cos())
}

/// Points of the limits near a place.
fn limits(
    (west, width): (f64, f64),
    (south, north): (f64, f64),
    place: Vector,
    within: f64,
) -> Vec<Vector> {
    let (lon, lat) = lonlat(place);
    let east = (lon - west).rem_euclid(TAU);
    let mut points = Vec::new();
    for step in -400..=400 {
        let part = f64::from(step) / 400.0;
        let up = lat + within * part;
        let aside = east + (within / lat.cos().max(0.05)).min(3.2) * part;
        if (south..=north).contains(&up) && width < TAU {
            points.extend([vector(west, up), vector(west + width, up)]);
        }
        if aside.rem_euclid(TAU) <= width {
            points.extend([vector(west + aside, south), vector(west + aside, north)]);
        }
    }
    points
}

#[test]
fn zones() {
    let mut random = Random::new(31_415_926_535);
    for round in 0..rounds(1000) {
        let (west, _) = random.position();
        let width = random.log_between(1e-6, TAU);
        let (a, b) = (
            random.between(-1.0, 1.0).asin(),
            random.between(-1.0, 1.0).asin(),
        );
        let thin = random.log_between(1e-6, 0.5);
        let (south, north) = match round % 10 {
            0 => (-FRAC_PI_2, a),
            1 => (a, FRAC_PI_2),
            2 => (a, (2.0_f64 / 3.0).asin()),
            3..=5 => (a, (a + thin).min(FRAC_PI_2)),
            _ => (a.min(b), a.max(b)),
        };
        if south >= north {
            continue;
        }
        let east = if round % 7 == 0 { west } else { west + width };
        let width = if round % 7 == 0 { TAU } else { width };
        let (lons, lats) = ((west, width), (south, north));
        let inside = (0..200)
            .map(|_| {
                vector(
                    west + width * random.uniform(),
                    random.between(south, north),
                )
            })
            .collect();
        let known = Known {
            name: format!("zone {round} {lons:?} {lats:?}"),
            beyond: &|p| beyond_zone(lons, lats, p),
            inside,
            border: &|place, within| limits(lons, lats, place, within),
        };
        let depth = random.depth_for((north - south).max(width * 0.5));
        check(&Zone::new(west, south, east, north).unwrap(), depth, &known);
    }
}
