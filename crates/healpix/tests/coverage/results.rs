use std::f64::consts::PI;

use rustsci_healpix::coverage::{Cone, Covered, Ellipse, Polygon, Zone, cover, flat, ranges};
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
