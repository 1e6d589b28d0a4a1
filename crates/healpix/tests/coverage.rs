//! Coverages against brute force: points of cells, and points of regions.

use rustsci_healpix::coverage::*;
use rustsci_healpix::projection::{lonlat_to_nested, nested_to_lonlat};
use rustsci_healpix::{Degrees, Depth, Radians, hierarchy};
use std::collections::HashMap;
use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// How many random regions of each kind: few enough for every day, or as many as `COVERAGE_ROUNDS` says.
fn rounds() -> usize {
    let asked = std::env::var("COVERAGE_ROUNDS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(300)
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// A position: one in four at a pole or on the seam.
    fn position(&mut self) -> (f64, f64) {
        let lon = self.between(0.0, TAU);
        let lat = self.between(-1.0, 1.0).asin();
        match (self.uniform() * 16.0) as u8 {
            0 => (lon, FRAC_PI_2),
            1 => (lon, -FRAC_PI_2),
            2 => (0.0, lat),
            3 => (TAU, lat),
            _ => (lon, lat),
        }
    }

    fn log_between(&mut self, low: f64, high: f64) -> f64 {
        self.between(low.ln(), high.ln()).exp()
    }
}

fn vector(lon: f64, lat: f64) -> [f64; 3] {
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn angle(a: [f64; 3], b: [f64; 3]) -> f64 {
    let c = cross(a, b);
    dot(c, c).sqrt().atan2(dot(a, b))
}

/// Points all over a cell, its edges and corners included.
fn points_of(depth: Depth, cell: u64, each_way: u32) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for i in 0..=each_way {
        for j in 0..=each_way {
            let offsets = (
                f64::from(i) / f64::from(each_way),
                f64::from(j) / f64::from(each_way),
            );
            let (mut lon, mut lat) = ([0.0], [0.0]);
            nested_to_lonlat::<Radians>(depth, &[cell], offsets, &mut lon, &mut lat).unwrap();
            points.push((lon[0], lat[0]));
        }
    }
    points
}

fn cell_at(depth: Depth, lon: f64, lat: f64) -> u64 {
    let mut cell = [0];
    lonlat_to_nested::<Radians>(
        depth,
        &[lon],
        &[lat.clamp(-FRAC_PI_2, FRAC_PI_2)],
        &mut cell,
    )
    .unwrap();
    cell[0]
}

/// How far beyond the region's border a point is: negative inside, and not less than the distance in size.
type Beyond<'a> = &'a dyn Fn(f64, f64) -> f64;

/// Checks a coverage: no cell missing that holds one of `samples` (points of the region) or has a point of its own in
/// the region; no cell called full of which a point is not.
fn check(
    name: &str,
    region: &dyn Region,
    depth: Depth,
    beyond: Beyond<'_>,
    samples: &[(f64, f64)],
) {
    let covered = cover(region, depth);
    let flags: HashMap<u64, bool> = flat(&covered, depth).into_iter().collect();
    for &(lon, lat) in samples {
        assert!(
            flags.contains_key(&cell_at(depth, lon, lat)),
            "{name}: ({lon}, {lat}) is not covered"
        );
    }
    let near: Vec<u64> = if depth.get() <= 3 {
        (0..depth.cells()).collect()
    } else {
        // Cells around those that are partly covered: others are decided by their neighbours.
        let mut around = [0; 9];
        let mut cells: Vec<u64> = covered
            .iter()
            .filter(|cell| !cell.full)
            .take(60)
            .flat_map(|cell| {
                rustsci_healpix::neighbours::neighbours(depth, &[cell.cell], &mut around).unwrap();
                around
            })
            .filter_map(|cell| u64::try_from(cell).ok())
            .collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    };
    for cell in near {
        let flag = flags.get(&cell);
        for (lon, lat) in points_of(depth, cell, 6) {
            let beyond = beyond(lon, lat);
            if flag.is_none() {
                assert!(
                    beyond > -1e-12,
                    "{name}: cell {cell} is missing, and overlaps by {}",
                    -beyond
                );
            }
            if flag == Some(&true) {
                assert!(
                    beyond < 1e-12,
                    "{name}: cell {cell} is not full, but sticks out by {beyond}"
                );
            }
        }
    }
}

fn depth_for(random: &mut Random, size: f64) -> Depth {
    let deepest = if size > 0.5 {
        5.0
    } else if size > 0.05 {
        7.0
    } else {
        9.99
    };
    Depth::new(random.between(2.0, deepest) as u8).unwrap()
}

#[test]
fn cones() {
    let mut random = Random(88_172_645_463_325_252);
    for round in 0..rounds() {
        let (lon, lat) = random.position();
        let radius = random.log_between(1e-6, 170_f64.to_radians());
        let depth = depth_for(&mut random, radius);
        let centre = vector(lon, lat);
        let (east, north) = (
            [-lon.sin(), lon.cos(), 0.0],
            [-lat.sin() * lon.cos(), -lat.sin() * lon.sin(), lat.cos()],
        );
        let samples: Vec<_> = (0..200)
            .map(|k| {
                let (part, turn) = (
                    if k % 2 == 0 {
                        1.0 - 1e-10
                    } else {
                        random.uniform().sqrt()
                    },
                    random.between(0.0, TAU),
                );
                let (s, c) = (radius * part).sin_cos();
                let v: [f64; 3] = std::array::from_fn(|i| {
                    c * centre[i] + s * (turn.cos() * east[i] + turn.sin() * north[i])
                });
                (v[1].atan2(v[0]), v[2].atan2(v[0].hypot(v[1])))
            })
            .collect();
        let cone = Cone::new(lon, lat, radius).unwrap();
        check(
            &format!("cone {round} ({lon}, {lat}) {radius} {depth:?}"),
            &cone,
            depth,
            &|lon, lat| angle(centre, vector(lon, lat)) - radius,
            &samples,
        );
    }
}

#[test]
fn the_cell_that_others_drop_is_found() {
    let cone = Cone::new(
        234.270_131_759_355_37_f64.to_radians(),
        23.506_257_992_201_775_f64.to_radians(),
        7.124_546_773_666_140_5_f64.to_radians(),
    )
    .unwrap();
    assert!(
        cover(&cone, Depth::new(3).unwrap())
            .iter()
            .any(|cell| cell.cell == 152)
    );
}

#[test]
fn ellipses() {
    let mut random = Random(123_456_789_123);
    for round in 0..rounds() {
        let (lon, lat) = random.position();
        let a = random.log_between(1e-6, 80_f64.to_radians());
        let b = a * random.between(0.02, 1.0);
        let pa = random.between(0.0, PI);
        let depth = depth_for(&mut random, a);
        let n = vector(lon, lat);
        let (east, north) = (
            [-lon.sin(), lon.cos(), 0.0],
            [-lat.sin() * lon.cos(), -lat.sin() * lon.sin(), lat.cos()],
        );
        let along: [f64; 3] = std::array::from_fn(|i| pa.cos() * north[i] + pa.sin() * east[i]);
        let across: [f64; 3] = std::array::from_fn(|i| pa.cos() * east[i] - pa.sin() * north[i]);
        let samples: Vec<_> = (0..200)
            .map(|k| {
                let (part, turn) = (
                    if k % 2 == 0 {
                        1.0 - 1e-9
                    } else {
                        random.uniform().sqrt()
                    },
                    random.between(0.0, TAU),
                );
                let (u, w) = (part * a.tan() * turn.cos(), part * b.tan() * turn.sin());
                let v: [f64; 3] = std::array::from_fn(|i| n[i] + u * along[i] + w * across[i]);
                (v[1].atan2(v[0]), v[2].atan2(v[0].hypot(v[1])))
            })
            .collect();
        // The measure's slope is at least 1/tan a: an upper bound of the angle beyond.
        let beyond = |lon, lat| {
            let p = vector(lon, lat);
            let (u, w, h) = (dot(p, along) / a.tan(), dot(p, across) / b.tan(), dot(p, n));
            (u.hypot(w) - h) * b.tan().min(1.0)
        };
        let ellipse = Ellipse::new(lon, lat, a, b, pa).unwrap();
        check(
            &format!("ellipse {round} ({lon}, {lat}) {a} {b} {pa} {depth:?}"),
            &ellipse,
            depth,
            &beyond,
            &samples,
        );
    }
}

/// A star-shaped polygon around a point, and the angle and radius of its corners.
fn star(random: &mut Random, size: f64) -> (f64, f64, Vec<(f64, f64)>) {
    let (lon, lat) = random.position();
    let count = 3 + (random.uniform() * 9.0) as usize;
    let (n, east, north) = (
        vector(lon, lat),
        [-lon.sin(), lon.cos(), 0.0],
        [-lat.sin() * lon.cos(), -lat.sin() * lon.sin(), lat.cos()],
    );
    let corners = (0..count)
        .map(|k| {
            let turn = TAU * (k as f64 + random.between(0.0, 0.8)) / count as f64;
            let (s, c) = (size * random.between(0.3, 1.0)).sin_cos();
            let v: [f64; 3] = std::array::from_fn(|i| {
                c * n[i] + s * (turn.cos() * east[i] + turn.sin() * north[i])
            });
            (v[1].atan2(v[0]), v[2].atan2(v[0].hypot(v[1])))
        })
        .collect();
    (lon, lat, corners)
}

#[test]
fn polygons_and_what_is_around_them() {
    let mut random = Random(987_654_321_987);
    for round in 0..rounds() / 2 {
        let size = random.log_between(1e-6, 60_f64.to_radians());
        let (lon, lat, corners) = star(&mut random, size);
        let depth = depth_for(&mut random, size);
        let n = vector(lon, lat);
        let vectors: Vec<_> = corners.iter().map(|&(lon, lat)| vector(lon, lat)).collect();
        // Inside if in one of the triangles of the centre and a side: how far beyond the nearest of them.
        let beyond = |lon, lat| {
            let p = vector(lon, lat);
            let all = (0..vectors.len()).map(|k| {
                let (a, b) = (vectors[k], vectors[(k + 1) % vectors.len()]);
                let unit = |v: [f64; 3]| v.map(|x| x / dot(v, v).sqrt());
                let sides = [unit(cross(n, a)), unit(cross(a, b)), unit(cross(b, n))];
                let flip = dot(cross(n, a), b).signum();
                // The two inner sides count as inside by a margin, so that no point falls between triangles.
                let inner = 1e-13;
                (-flip * dot(sides[1], p))
                    .max(-flip * dot(sides[0], p) - inner)
                    .max(-flip * dot(sides[2], p) - inner)
            });
            all.fold(f64::INFINITY, f64::min)
        };
        let convex_enough = (0..vectors.len()).all(|k| {
            dot(cross(vectors[k], vectors[(k + 1) % vectors.len()]), n) > 0.0
                || dot(cross(vectors[k], vectors[(k + 1) % vectors.len()]), n) < 0.0
        });
        assert!(convex_enough);
        let samples: Vec<_> = (0..200)
            .map(|_| {
                let k = (random.uniform() * vectors.len() as f64) as usize;
                let (a, b) = (vectors[k], vectors[(k + 1) % vectors.len()]);
                let (u, v) = (random.uniform(), random.uniform());
                let (u, v) = if u + v > 1.0 {
                    (1.0 - u, 1.0 - v)
                } else {
                    (u, v)
                };
                let p: [f64; 3] =
                    std::array::from_fn(|i| (1.0 - u - v).mul_add(n[i], u * a[i] + v * b[i]));
                (p[1].atan2(p[0]), p[2].atan2(p[0].hypot(p[1])))
            })
            .collect();
        let (lons, lats): (Vec<_>, Vec<_>) = corners.iter().copied().unzip();
        let Ok(polygon) = Polygon::new(&lons, &lats) else {
            panic!("polygon {round}: {corners:?}")
        };
        let name = format!("polygon {round} around ({lon}, {lat}) {size} {depth:?}: {corners:?}");
        // A side spans less than half a turn as seen from the centre, or the star is not one of triangles.
        let turns_ok = (0..vectors.len()).all(|k| {
            let (a, b) = (vectors[k], vectors[(k + 1) % vectors.len()]);
            dot(cross(n, a), b) * dot(cross(n, vectors[0]), vectors[1]) > 0.0
        });
        if turns_ok {
            check(&name, &polygon, depth, &beyond, &samples);
            if depth.get() <= 5 {
                check(
                    &name,
                    &Complement(polygon),
                    depth,
                    &|lon, lat| -beyond(lon, lat),
                    &[],
                );
            }
        }
    }
}

#[test]
fn zones_and_boxes() {
    let mut random = Random(555_666_777_888);
    for round in 0..rounds() {
        let (lon, _) = random.position();
        let width = random.log_between(1e-6, TAU);
        let (a, b) = (
            random.between(-1.0, 1.0).asin(),
            random.between(-1.0, 1.0).asin(),
        );
        let (south, north) = match round % 8 {
            0 => (-FRAC_PI_2, a),
            1 => (a, FRAC_PI_2),
            _ => (a.min(b), a.max(b)),
        };
        let depth = depth_for(&mut random, (north - south).max(0.3));
        let zone = Zone::new(lon, south, lon + width, north).unwrap();
        let beyond = |at: f64, lat: f64| {
            let east = (at - lon).rem_euclid(TAU);
            let aside = if east <= width {
                -(east.min(width - east))
            } else {
                (east - width).min(TAU - east)
            };
            let aside = if width >= TAU {
                -1.0
            } else {
                aside * lat.cos()
            };
            let up = lat - north;
            let down = south - lat;
            let up = if north >= FRAC_PI_2 { -1.0 } else { up };
            let down = if south <= -FRAC_PI_2 { -1.0 } else { down };
            // A cell that has nothing but a pole in common with the zone only touches it.
            if lat.cos() < 1e-9 {
                0.0
            } else {
                up.max(down).max(aside)
            }
        };
        let samples: Vec<_> = (0..200)
            .map(|_| (lon + width * random.uniform(), random.between(south, north)))
            .collect();
        check(
            &format!("zone {round} {lon} {width} {south} {north} {depth:?}"),
            &zone,
            depth,
            &beyond,
            &samples,
        );

        let (x, y) = random.position();
        let (p, q) = (random.log_between(1e-5, 1.3), random.log_between(1e-5, 1.3));
        let turn = random.between(0.0, PI);
        let region = rectangle(x, y, p, q, turn).unwrap();
        let n = vector(x, y);
        let (e, f) = (
            [-x.sin(), x.cos(), 0.0],
            [-y.sin() * x.cos(), -y.sin() * x.sin(), y.cos()],
        );
        let along: [f64; 3] = std::array::from_fn(|i| turn.cos() * f[i] + turn.sin() * e[i]);
        let across: [f64; 3] = std::array::from_fn(|i| turn.cos() * e[i] - turn.sin() * f[i]);
        let beyond = |lon, lat| {
            let v = vector(lon, lat);
            let (u, w, h) = (dot(v, along), dot(v, across), dot(v, n));
            (u.abs() * p.cos() - h * p.sin()).max(w.abs() * q.cos() - h * q.sin())
        };
        let samples: Vec<_> = (0..100)
            .map(|_| {
                let (u, w) = (
                    random.between(-1.0, 1.0) * p.tan(),
                    random.between(-1.0, 1.0) * q.tan(),
                );
                let v: [f64; 3] = std::array::from_fn(|i| n[i] + u * along[i] + w * across[i]);
                (v[1].atan2(v[0]), v[2].atan2(v[0].hypot(v[1])))
            })
            .collect();
        let depth = depth_for(&mut random, p.max(q));
        check(
            &format!("box {round} ({x}, {y}) {p} {q} {turn} {depth:?}"),
            &region,
            depth,
            &beyond,
            &samples,
        );
    }
}

#[test]
fn sets_of_regions() {
    let mut random = Random(42_424_242);
    for round in 0..rounds() / 4 {
        let (lon, lat) = random.position();
        let (r, s) = (random.between(0.05, 0.5), random.between(0.05, 0.5));
        let (other_lon, other_lat) = (
            lon + random.between(-0.5, 0.5),
            (lat + random.between(-0.5, 0.5)).clamp(-1.5, 1.5),
        );
        let (a, b) = (
            Cone::new(lon, lat, r).unwrap(),
            Cone::new(other_lon, other_lat, s).unwrap(),
        );
        let in_a = |x, y| angle(vector(lon, lat), vector(x, y)) - r;
        let in_b = |x, y| angle(vector(other_lon, other_lat), vector(x, y)) - s;
        let depth = Depth::new(random.between(2.0, 6.0) as u8).unwrap();
        let name = format!("{round} ({lon}, {lat}) {r}, ({other_lon}, {other_lat}) {s}");
        check(
            &format!("union {name}"),
            &Union(a.clone(), b.clone()),
            depth,
            &|x, y| in_a(x, y).min(in_b(x, y)),
            &[],
        );
        check(
            &format!("intersection {name}"),
            &intersection(a.clone(), b.clone()),
            depth,
            &|x, y| in_a(x, y).max(in_b(x, y)),
            &[],
        );
        check(
            &format!("difference {name}"),
            &difference(a, b),
            depth,
            &|x, y| in_a(x, y).max(-in_b(x, y)),
            &[],
        );
    }
}

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
