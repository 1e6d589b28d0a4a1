use rustsci_healpix::Depth;
use rustsci_healpix::coverage::{Cone, Region, Union, difference, intersection};

use super::cones::circle;
use super::oracle::{Known, check};
use super::random::{Random, rounds};
use super::sphere::{Vector, angle, vector};

#[test]
fn unions_intersections_and_differences() {
    let mut random = Random::new(42_424_242);
    for round in 0..rounds(1000) {
        let (x, y) = random.position();
        let (r, s) = (random.log_between(1e-3, 0.5), random.log_between(1e-3, 0.5));
        let (u, v) = super::sphere::lonlat(super::sphere::around(
            x,
            y,
            random.between(0.0, r + s),
            random.between(0.0, 6.3),
        ));
        let (a, b) = (Cone::new(x, y, r).unwrap(), Cone::new(u, v, s).unwrap());
        let in_a = |p| angle(vector(x, y), p) - r;
        let in_b = |p| angle(vector(u, v), p) - s;
        let depth = Depth::new(random.between(2.0, 8.0) as u8).unwrap();
        let border = |place, within| {
            let mut points = circle(x, y, r, place, within);
            points.extend(circle(u, v, s, place, within));
            points
        };
        let test = |what: &str, region: &dyn Region, beyond: &dyn Fn(Vector) -> f64| {
            let known = Known {
                name: format!("{what} {round} ({x}, {y}) {r}, ({u}, {v}) {s}"),
                beyond,
                inside: Vec::new(),
                border: &border,
            };
            check(region, depth, &known);
        };
        let both = intersection(a.clone(), b.clone());
        test("union", &Union(a.clone(), b.clone()), &|p| {
            in_a(p).min(in_b(p))
        });
        test("intersection", &both, &|p| in_a(p).max(in_b(p)));
        test("difference", &difference(a, b), &|p| in_a(p).max(-in_b(p)));
    }
}
