use std::f64::consts::TAU;

use rustsci_healpix::Depth;
use rustsci_healpix::coverage::{Cone, cover};

use super::oracle::{Known, check};
use super::random::{Random, rounds};
use super::sphere::{Vector, angle, around, vector};

/// Points of a circle near a place: all around, and close together on the side of the place.
pub(crate) fn circle(lon: f64, lat: f64, radius: f64, place: Vector, within: f64) -> Vec<Vector> {
    let here = super::sphere::east_and_north(lon, lat);
    let toward = super::sphere::dot(place, here.1).atan2(super::sphere::dot(place, here.0));
    let width = (2.0 * within / radius.sin().abs()).min(3.2);
    (-500..=500)
        .map(|k| around(lon, lat, radius, toward + width * f64::from(k) / 500.0))
        .collect()
}

#[test]
fn cones() {
    let mut random = Random::new(88_172_645_463_325_252);
    for round in 0..rounds(5000) {
        let (lon, lat) = random.position();
        let radius = random.log_between(1e-6, 170_f64.to_radians());
        let depth = random.depth_for(radius);
        let centre = vector(lon, lat);
        let inside = (0..200)
            .map(|k| {
                let part = if k % 2 == 0 {
                    1.0 - 1e-10
                } else {
                    random.uniform().sqrt()
                };
                around(lon, lat, radius * part, random.between(0.0, TAU))
            })
            .chain([centre])
            .collect();
        let known = Known {
            name: format!("cone {round} ({lon}, {lat}) {radius}"),
            beyond: &|point| angle(centre, point) - radius,
            inside,
            border: &|place, within| circle(lon, lat, radius, place, within),
        };
        check(&Cone::new(lon, lat, radius).unwrap(), depth, &known);
    }
}

#[test]
fn the_cell_that_others_drop_is_found() {
    let [lon, lat, radius] = [
        234.270_131_759_355_37_f64,
        23.506_257_992_201_775,
        7.124_546_773_666_140_5,
    ]
    .map(f64::to_radians);
    let cone = Cone::new(lon, lat, radius).unwrap();
    let cells = cover(&cone, Depth::new(3).unwrap());
    assert!(cells.iter().any(|cell| cell.cell == 152));
}
