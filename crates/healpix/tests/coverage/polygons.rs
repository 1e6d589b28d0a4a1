use std::f64::consts::TAU;

use rustsci_healpix::coverage::{Complement, Polygon, rectangle};
use std::f64::consts::PI;

use super::oracle::{Known, check};
use super::random::{Random, rounds};
use super::sphere::{
    Vector, angle, around, combined, cross, dot, east_and_north, lonlat, unit, vector,
};

/// Corners around a point, in order: a star whose sides are all seen from there.
fn star(random: &mut Random, lon: f64, lat: f64, size: f64) -> Vec<Vector> {
    let count = 3 + (random.uniform() * if random.uniform() < 0.2 { 60.0 } else { 9.0 }) as usize;
    (0..count)
        .map(|k| {
            let turn = TAU * (k as f64 + random.between(0.0, 0.8)) / count as f64;
            around(lon, lat, size * random.between(0.3, 1.0), turn)
        })
        .collect()
}

/// Points of the sides near a place.
fn sides(corners: &[Vector], place: Vector, within: f64) -> Vec<Vector> {
    let mut points = corners.to_vec();
    for (k, &a) in corners.iter().enumerate() {
        let b = corners[(k + 1) % corners.len()];
        let length = angle(a, b);
        let onward = unit(combined(1.0, b, -dot(a, b), a, 0.0, a));
        let nearest = dot(place, onward).atan2(dot(place, a));
        for step in -300..=300 {
            let along = nearest + within * f64::from(step) / 300.0;
            if (0.0..=length).contains(&along) {
                points.push(combined(along.cos(), a, along.sin(), onward, 0.0, a));
            }
        }
    }
    points
}

/// How far a point is beyond the nearest of the triangles that the centre makes with each side.
fn beyond_star(centre: Vector, corners: &[Vector], p: Vector) -> f64 {
    let all = (0..corners.len()).map(|k| {
        let (a, b) = (corners[k], corners[(k + 1) % corners.len()]);
        // The inner sides count as inside by a margin, so that no point falls between triangles.
        let inner = 1e-13;
        (-dot(unit(cross(a, b)), p))
            .max(-dot(unit(cross(centre, a)), p) - inner)
            .max(-dot(unit(cross(b, centre)), p) - inner)
    });
    all.fold(f64::INFINITY, f64::min)
}

#[test]
fn polygons_and_what_is_around_them() {
    let mut random = Random::new(987_654_321_987);
    let mut checked = 0;
    while checked < rounds(2000) {
        let size = random.log_between(1e-6, 75_f64.to_radians());
        let (lon, lat) = random.position();
        let corners = star(&mut random, lon, lat, size);
        let centre = vector(lon, lat);
        let turns = |k: usize| dot(cross(centre, corners[k]), corners[(k + 1) % corners.len()]);
        // A side spans less than half a turn as seen from the centre, or the star is not one of triangles.
        if (0..corners.len()).any(|k| turns(k) <= 0.0) {
            continue;
        }
        checked += 1;
        let (lons, lats): (Vec<_>, Vec<_>) = corners.iter().map(|&corner| lonlat(corner)).unzip();
        let polygon = if checked % 3 == 0 {
            Polygon::even_odd(&lons, &lats)
        } else {
            Polygon::new(&lons, &lats)
        };
        let polygon = polygon.unwrap_or_else(|error| panic!("{error}: {corners:?}"));
        let inside = (0..200)
            .map(|_| {
                let k = (random.uniform() * corners.len() as f64) as usize;
                let (u, v) = (random.uniform(), random.uniform());
                let (u, v) = if u + v > 1.0 {
                    (1.0 - u, 1.0 - v)
                } else {
                    (u, v)
                };
                let next = corners[(k + 1) % corners.len()];
                combined(1.0 - u - v, centre, u, corners[k], v, next)
            })
            .collect();
        let beyond = |p| beyond_star(centre, &corners, p);
        let border = |place, within| sides(&corners, place, within);
        let known = Known {
            name: format!("polygon {checked} around ({lon}, {lat}) {size}: {lons:?} {lats:?}"),
            beyond: &beyond,
            inside,
            border: &border,
        };
        let depth = random.depth_for(size);
        check(&polygon, depth, &known);
        if depth.get() <= 6 {
            let around = Known {
                name: format!("around {}", known.name),
                beyond: &|p| -beyond(p),
                inside: vec![centre.map(|x| -x)],
                border: &border,
            };
            check(&Complement(polygon), depth, &around);
        }
    }
}

#[test]
fn boxes() {
    let mut random = Random::new(555_666_777_888);
    for round in 0..rounds(1000) {
        let (lon, lat) = random.position();
        let (a, b) = (random.log_between(1e-6, 1.3), random.log_between(1e-6, 1.3));
        let turn = random.between(0.0, PI);
        let n = vector(lon, lat);
        let (east, north) = east_and_north(lon, lat);
        let along = combined(turn.cos(), north, turn.sin(), east, 0.0, n);
        let across = combined(turn.cos(), east, -turn.sin(), north, 0.0, n);
        let at = |u: f64, v: f64| unit(combined(1.0, n, u * a.tan(), along, v * b.tan(), across));
        let corners = [at(1.0, 1.0), at(1.0, -1.0), at(-1.0, -1.0), at(-1.0, 1.0)];
        let beyond = |p: Vector| {
            let (u, v, h) = (dot(p, along), dot(p, across), dot(p, n));
            (u.abs() * a.cos() - h * a.sin()).max(v.abs() * b.cos() - h * b.sin())
        };
        let inside = (0..100)
            .map(|_| at(random.between(-1.0, 1.0), random.between(-1.0, 1.0)))
            .collect();
        let known = Known {
            name: format!("box {round} ({lon}, {lat}) {a} {b} {turn}"),
            beyond: &beyond,
            inside,
            border: &|place, within| sides(&corners, place, within),
        };
        let depth = random.depth_for(a.max(b));
        check(&rectangle(lon, lat, a, b, turn).unwrap(), depth, &known);
    }
}
