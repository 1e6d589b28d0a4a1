use std::f64::consts::{FRAC_PI_2, PI};

use rustsci_healpix::coverage::{
    Cone, Covered, Ellipse, Polygon, Region, Zone, cover, flat, ranges, rectangle,
};
use rustsci_healpix::projection::lonlat_to_nested;
use rustsci_healpix::{Degrees, Depth, hierarchy};

#[test]
fn results_come_as_cells_and_ranges() {
    let cone = Cone::new(0.3, 0.2, 0.1).unwrap();
    let depth = Depth::new(6).unwrap();
    let covered = cover(&cone, depth);
    let area: u64 = ranges(&covered)
        .iter()
        .map(|range| range.end - range.start)
        .sum();
    assert_eq!(area, (flat(&covered, depth).len() as u64) << 46);
    assert!(covered.iter().all(|cell| cell.full || cell.depth == depth));
    let whole = cover(&Cone::new(0.0, 0.0, PI).unwrap(), depth);
    assert_eq!(whole.len(), 12);
    let parents = |cells: &[Covered]| {
        cells
            .iter()
            .map(|c| hierarchy::ancestor(c.cell, c.depth.get()))
            .collect::<Vec<_>>()
    };
    assert!(parents(&covered).is_sorted());
}

#[test]
fn what_is_no_region_is_refused() {
    assert!(Cone::new(f64::NAN, 0.0, 0.1).is_err());
    assert!(Cone::new(0.0, 2.0, 0.1).is_err());
    assert!(Cone::new(0.0, 0.0, -0.1).is_err());
    assert!(Ellipse::new(0.0, 0.0, 0.1, 0.2, 0.0).is_err());
    assert!(Zone::new(0.0, 0.5, 1.0, 0.2).is_err());
    let crossing = Polygon::new(&[0.0, 0.1, 0.0, 0.1], &[0.0, 0.1, 0.1, 0.0])
        .unwrap_err()
        .to_string();
    assert!(crossing.contains("must not cross"), "{crossing}");
    assert!(Polygon::new(&[0.0, 0.1], &[0.0, 0.1]).is_err());
    let mut cell = [0];
    assert!(lonlat_to_nested::<Degrees>(Depth::MAX, &[f64::NAN], &[0.0], &mut cell).is_err());
}

#[test]
fn regions_of_a_few_of_the_smallest_cells_hold_their_centres() {
    let mut random = super::random::Random::new(141_421_356);
    for round in 0..400 {
        let (lon, lat) = random.position();
        let size = random.between(2e-9, 2e-8);
        let mut cell = [0];
        let degrees = (lon.to_degrees(), lat.to_degrees().clamp(-90.0, 90.0));
        lonlat_to_nested::<Degrees>(Depth::MAX, &[degrees.0], &[degrees.1], &mut cell).unwrap();
        let (south, north) = ((lat - size).max(-FRAC_PI_2), (lat + size).min(FRAC_PI_2));
        let regions: [Box<dyn Region>; 4] = [
            Box::new(Cone::new(lon, lat, size).unwrap()),
            Box::new(Ellipse::new(lon, lat, size, 0.5 * size, 1.0).unwrap()),
            Box::new(rectangle(lon, lat, size, 0.7 * size, 0.3).unwrap()),
            Box::new(Zone::new(lon - size, south, lon + size, north).unwrap()),
        ];
        for (kind, region) in regions.iter().enumerate() {
            let found = ranges(&cover(&**region, Depth::MAX));
            let all: u64 = found.iter().map(|range| range.end - range.start).sum();
            assert!(all < 2000, "{round} {kind}: {all} cells");
            assert!(
                found.iter().any(|range| range.contains(&cell[0])),
                "{round} {kind}: ({lon}, {lat}) {size}"
            );
        }
    }
}
