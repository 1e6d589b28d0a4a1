//! Values that five independent implementations agree on.

use rustsci_healpix::projection::*;
use rustsci_healpix::scheme::*;
use rustsci_healpix::{Degrees, Depth, Radians};

fn depth(depth: u8) -> Depth {
    Depth::new(depth).unwrap()
}

#[test]
fn nested_cells_of_positions() {
    let rows: [(f64, f64, [u64; 4]); 6] = [
        (0.0, 0.0, [4, 1216, 79691776, 1369094286720630784]),
        (
            45.0,
            41.8103148957786,
            [0, 192, 12582912, 216172782113783808],
        ),
        (33.3, -22.1, [8, 2275, 149132821, 2562082370485243015]),
        (180.0, -90.0, [10, 2560, 167772160, 2882303761517117440]),
        (359.999, 89.999, [3, 1023, 67108863, 1152921504462102005]),
        (
            266.41683,
            -29.00781,
            [7, 1801, 118088263, 2028740913184699884],
        ),
    ];
    for (lon, lat, cells) in rows {
        for (at, cell) in [0, 4, 12, 29].into_iter().zip(cells) {
            let mut found = [0];
            lonlat_to_nested::<Degrees>(depth(at), &[lon], &[lat], &mut found).unwrap();
            assert_eq!(found, [cell], "({lon}, {lat}) at depth {at}");
            let (lon, lat) = (lon.to_radians(), lat.to_radians());
            lonlat_to_nested::<Radians>(depth(at), &[lon], &[lat], &mut found).unwrap();
            assert_eq!(found, [cell], "({lon}, {lat}) rad at depth {at}");
            let v = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
            vectors_to_nested(depth(at), &[v[0]], &[v[1]], &[v[2]], &mut found).unwrap();
            if at < 29 {
                assert_eq!(found, [cell], "{v:?} at depth {at}");
            }
        }
    }
}

#[test]
fn centres_are_in_their_cells() {
    for at in 0..=4 {
        let cells: Vec<u64> = (0..depth(at).cells()).collect();
        let (mut lon, mut lat) = (vec![0.0; cells.len()], vec![0.0; cells.len()]);
        nested_to_lonlat::<Degrees>(depth(at), &cells, (0.5, 0.5), &mut lon, &mut lat).unwrap();
        let mut found = vec![0; cells.len()];
        lonlat_to_nested::<Degrees>(depth(at), &lon, &lat, &mut found).unwrap();
        assert_eq!(found, cells);
        let (mut x, mut y, mut z) = (lon.clone(), lon.clone(), lon.clone());
        nested_to_vectors(depth(at), &cells, (0.5, 0.5), &mut x, &mut y, &mut z).unwrap();
        vectors_to_nested(depth(at), &x, &y, &z, &mut found).unwrap();
        assert_eq!(found, cells);
        for k in 0..cells.len() {
            let (lon, lat) = (lon[k].to_radians(), lat[k].to_radians());
            assert!((x[k] - lat.cos() * lon.cos()).abs() < 1e-15);
            assert!((y[k] - lat.cos() * lon.sin()).abs() < 1e-15);
            assert!((z[k] - lat.sin()).abs() < 1e-15);
        }
        nested_to_xy(depth(at), &cells, &mut x, &mut y).unwrap();
        xy_to_lonlat::<Degrees>(&x.clone(), &y.clone(), &mut lon, &mut lat).unwrap();
        lonlat_to_nested::<Degrees>(depth(at), &lon, &lat, &mut found).unwrap();
        assert_eq!(found, cells);
    }
}

#[test]
fn rings_of_any_size() {
    for nside in 1..=20 {
        let cells: Vec<u64> = (0..12 * nside * nside).collect();
        for &cell in &cells {
            let (base, i, j) = ring::split(nside, cell);
            assert!(base < 12 && i < nside && j < nside, "{nside} {cell}");
            assert_eq!(ring::join(nside, base, i, j), cell);
        }
        let (mut lon, mut lat) = (vec![0.0; cells.len()], vec![0.0; cells.len()]);
        ring_to_lonlat::<Degrees>(nside, &cells, (0.5, 0.5), &mut lon, &mut lat).unwrap();
        assert!(lat.is_sorted_by(|a, b| a >= &(b - 1e-13)));
        let mut found = vec![0; cells.len()];
        lonlat_to_ring::<Degrees>(nside, &lon, &lat, &mut found).unwrap();
        assert_eq!(found, cells);
    }
}

#[test]
fn schemes_lead_back() {
    for at in 0..=29 {
        let count = depth(at).cells();
        let cells: Vec<u64> = (0..1000_u64)
            .map(|k| k.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64) % count)
            .chain([0, count - 1])
            .collect();
        let (mut out, mut back) = (vec![0; cells.len()], vec![0; cells.len()]);
        nested_to_ring(depth(at), &cells, &mut out).unwrap();
        ring_to_nested(depth(at), &out, &mut back).unwrap();
        assert_eq!(back, cells);
        for &cell in &cells {
            assert_eq!(
                uniq::decode(uniq::encode(depth(at), cell)).unwrap(),
                (depth(at), cell)
            );
            assert_eq!(
                zuniq::decode(zuniq::encode(depth(at), cell)).unwrap(),
                (depth(at), cell)
            );
        }
    }
}

#[test]
fn bad_input_is_named() {
    let mut cells = [0; 2];
    let error = |lon, lat| {
        lonlat_to_nested::<Degrees>(depth(3), &[0.0, lon], &[0.0, lat], &mut [0; 2])
            .unwrap_err()
            .to_string()
    };
    assert!(error(f64::NAN, 0.0).contains("element 1"));
    assert!(error(0.0, 90.5).contains("element 1 is 90.5"));
    assert!(error(0.0, f64::INFINITY).contains("inf"));
    assert!(
        nested_to_ring(depth(0), &[0, 12], &mut cells)
            .unwrap_err()
            .to_string()
            .contains("element 1 is 12")
    );
    assert!(vectors_to_nested(depth(0), &[0.0], &[0.0], &[0.0], &mut [0]).is_err());
    assert!(lonlat_to_nested::<Degrees>(depth(3), &[0.0], &[0.0, 1.0], &mut cells).is_err());
    assert!(lonlat_to_ring::<Degrees>(0, &[0.0], &[0.0], &mut [0]).is_err());
}
