use std::f64::consts::{PI, TAU};
use std::ops::Range;

use rustsci_healpix::coverage::{
    Complement, Cone, Ellipse, Polygon, Region, Touch, Union, Zone, nested_cells, rectangle,
    ring_cells,
};
use rustsci_healpix::projection::ring_to_vectors;
use rustsci_healpix::scheme::{nested_to_ring, ring_to_nested};
use rustsci_healpix::{Depth, Error};

use super::random::{Random, rounds};
use super::sphere::{around, lonlat};

fn flat(ranges: &[Range<u64>]) -> Vec<u64> {
    assert!(ranges.iter().all(|range| range.start < range.end));
    assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
    ranges.iter().cloned().flatten().collect()
}

fn points(nside: u64, offsets: (f64, f64)) -> Vec<[f64; 3]> {
    let cells: Vec<u64> = (0..12 * nside * nside).collect();
    let (mut x, mut y, mut z) = (
        vec![0.0; cells.len()],
        vec![0.0; cells.len()],
        vec![0.0; cells.len()],
    );
    ring_to_vectors(nside, &cells, offsets, &mut x, &mut y, &mut z).unwrap();
    (0..cells.len()).map(|k| [x[k], y[k], z[k]]).collect()
}

/// The cells with a place of theirs in the region.
fn with_place(region: &dyn Region, nside: u64, offsets: (f64, f64)) -> Vec<u64> {
    (0..)
        .zip(points(nside, offsets))
        .filter(|(_, point)| region.contains(point))
        .map(|(cell, _)| cell)
        .collect()
}

fn random_region(random: &mut Random) -> Result<Box<dyn Region>, Error> {
    let (lon, lat) = random.position();
    let size = random.log_between(0.01, 3.0);
    Ok(match (random.uniform() * 7.0) as u8 {
        0 | 1 => Box::new(Cone::new(lon, lat, size)?),
        2 => Box::new(Zone::new(
            lon,
            lat.min(1.0) - 0.3 * random.uniform() - 1e-3,
            lon + size,
            lat,
        )?),
        3 => Box::new(rectangle(
            lon,
            lat,
            size.min(1.4),
            0.3,
            random.between(0.0, PI),
        )?),
        4 => Box::new(Ellipse::new(
            lon,
            lat,
            size.min(1.4),
            0.3 * size.min(1.4),
            1.0,
        )?),
        5 => Box::new(Union(
            Cone::new(lon, lat, 0.2 * size)?,
            Cone::new(lon + 1.0, 0.1, 0.3)?,
        )),
        _ => {
            let corners = (0..7).map(|k| {
                let turn = TAU * (f64::from(k) + random.between(0.0, 0.8)) / 7.0;
                lonlat(around(
                    lon,
                    lat,
                    size.min(1.2) * random.between(0.3, 1.0),
                    turn,
                ))
            });
            let (lons, lats): (Vec<_>, Vec<_>) = corners.unzip();
            let polygon = Polygon::new(&lons, &lats)?;
            if random.uniform() < 0.3 {
                Box::new(Complement(polygon))
            } else {
                Box::new(polygon)
            }
        }
    })
}

#[test]
fn cells_by_their_centres_are_those_of_brute_force() {
    let mut random = Random::new(271_828_182_845);
    for round in 0..rounds(4000) {
        let Ok(region) = random_region(&mut random) else {
            continue;
        };
        let nside = [1, 2, 3, 5, 8, 17, 32, 50][round % 8];
        let found = flat(&ring_cells(&*region, nside, Touch::Centred));
        let expected = with_place(&*region, nside, (0.5, 0.5));
        assert_eq!(found, expected, "round {round}, nside {nside}");
        let touched = flat(&ring_cells(&*region, nside, Touch::Overlapping));
        let is_there = |cell: &u64| touched.binary_search(cell).is_ok();
        for offsets in [(0.5, 0.5), (0.1, 0.2), (0.9, 0.1), (0.2, 0.8), (0.7, 0.9)] {
            assert!(
                with_place(&*region, nside, offsets).iter().all(is_there),
                "round {round}, nside {nside}"
            );
        }
        let Some(depth) = Depth::of_nside(nside) else {
            continue;
        };
        for (touch, ring) in [(Touch::Centred, found), (Touch::Overlapping, touched)] {
            let nested = flat(&nested_cells(&*region, depth, touch));
            let (mut renumbered, mut back) = (vec![0; nested.len()], vec![0; nested.len()]);
            nested_to_ring(depth, &nested, &mut renumbered).unwrap();
            ring_to_nested(depth, &renumbered, &mut back).unwrap();
            renumbered.sort_unstable();
            assert_eq!(renumbered, ring, "round {round}, nside {nside}, {touch:?}");
        }
    }
}

#[test]
fn a_zone_of_many_rings_is_one_range() {
    let zone = Zone::new(0.0, -0.5, TAU, 0.5).unwrap();
    let found = ring_cells(&zone, 1 << 12, Touch::Centred);
    assert_eq!(found.len(), 1);
    let cells = (found[0].end - found[0].start) as f64;
    let expected = 12.0 * f64::from(1 << 24) * 0.5_f64.sin();
    assert!((cells / expected - 1.0).abs() < 1e-3);
}

#[test]
fn centres_on_the_limits_of_a_zone_are_in_it_in_every_scheme() {
    let depth = Depth::new(3).unwrap();
    for row in 1..31_u32 {
        // Rings of the belt have their centres at z = 4/3 − 2 row / (3 nside).
        let z: f64 = 4.0 / 3.0 - 2.0 * f64::from(row) / 24.0;
        if z.abs() > 2.0 / 3.0 {
            continue;
        }
        let zone = Zone::new(0.0, z.asin() - 0.2, TAU, z.asin()).unwrap();
        let ring = flat(&ring_cells(&zone, 8, Touch::Centred));
        let nested = flat(&nested_cells(&zone, depth, Touch::Centred));
        assert_eq!(ring.len(), nested.len(), "ring {row}");
        let mut first = [0];
        nested_to_ring(depth, &nested[..1], &mut first).unwrap();
        assert!(ring.contains(&first[0]));
    }
}
