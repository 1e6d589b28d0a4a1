use std::f64::consts::{PI, TAU};

use rustsci_healpix::coverage::Ellipse;

use super::oracle::{Known, check};
use super::random::{Random, rounds};
use super::sphere::{Vector, combined, dot, east_and_north, unit, vector};

#[test]
fn ellipses() {
    let mut random = Random::new(123_456_789_123);
    for round in 0..rounds(2000) {
        let (lon, lat) = random.position();
        let a = random.log_between(1e-6, 80_f64.to_radians());
        let b = a * random.between(0.02, 1.0);
        let turn = random.between(0.0, PI);
        let n = vector(lon, lat);
        let (east, north) = east_and_north(lon, lat);
        let along = combined(turn.cos(), north, turn.sin(), east, 0.0, n);
        let across = combined(turn.cos(), east, -turn.sin(), north, 0.0, n);
        let at = |part: f64, angle: f64| {
            let (u, v) = (part * a.tan() * angle.cos(), part * b.tan() * angle.sin());
            unit(combined(1.0, n, u, along, v, across))
        };
        // The formula, divided by how fast it grows: near the border, the distance from it.
        let beyond = |p: Vector| {
            let (u, v, h) = (dot(p, along) / a.tan(), dot(p, across) / b.tan(), dot(p, n));
            let slope = combined(
                2.0 * u / a.tan(),
                along,
                2.0 * v / b.tan(),
                across,
                -2.0 * h.abs(),
                n,
            );
            let radial = dot(slope, p);
            let steep = (dot(slope, slope) - radial * radial).max(0.0).sqrt();
            (u * u + v * v - h * h.abs()) / (steep + 1e-3)
        };
        let inside = (0..200)
            .map(|k| {
                let part = if k % 2 == 0 {
                    1.0 - 1e-9
                } else {
                    random.uniform().sqrt()
                };
                at(part, random.between(0.0, TAU))
            })
            .chain([n])
            .collect();
        let known = Known {
            name: format!("ellipse {round} ({lon}, {lat}) {a} {b} {turn}"),
            beyond: &beyond,
            inside,
            border: &|_, _| {
                (0..20_000)
                    .map(|k| at(1.0, f64::from(k) / 20_000.0 * TAU))
                    .collect()
            },
        };
        let ellipse = Ellipse::new(lon, lat, a, b, turn).unwrap();
        check(&ellipse, random.depth_for(a), &known);
    }
}
