//! Vectors, and the cells of the sphere by the formulas of the paper (Górski et al. 2005, §5.3), apart from the crate's.

use std::f64::consts::FRAC_PI_4;

pub(crate) type Vector = [f64; 3];

pub(crate) fn vector(lon: f64, lat: f64) -> Vector {
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

pub(crate) fn cross(a: Vector, b: Vector) -> Vector {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

pub(crate) fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn unit(v: Vector) -> Vector {
    let length = dot(v, v).sqrt();
    v.map(|x| x / length)
}

pub(crate) fn angle(a: Vector, b: Vector) -> f64 {
    let c = cross(a, b);
    dot(c, c).sqrt().atan2(dot(a, b))
}

/// x a + y b + z c.
pub(crate) fn combined(x: f64, a: Vector, y: f64, b: Vector, z: f64, c: Vector) -> Vector {
    std::array::from_fn(|i| x * a[i] + y * b[i] + z * c[i])
}

/// The directions toward the east and the north.
pub(crate) fn east_and_north(lon: f64, lat: f64) -> (Vector, Vector) {
    (
        [-lon.sin(), lon.cos(), 0.0],
        [-lat.sin() * lon.cos(), -lat.sin() * lon.sin(), lat.cos()],
    )
}

/// The point a distance from another one in a direction, counted from the east against the clock.
pub(crate) fn around(lon: f64, lat: f64, distance: f64, turn: f64) -> Vector {
    let (east, north) = east_and_north(lon, lat);
    let (s, c) = distance.sin_cos();
    combined(
        c,
        vector(lon, lat),
        s * turn.cos(),
        east,
        s * turn.sin(),
        north,
    )
}

pub(crate) fn lonlat(v: Vector) -> (f64, f64) {
    (v[1].atan2(v[0]), v[2].atan2(v[0].hypot(v[1])))
}

/// A cell of the nested scheme: base cell, and the place of its southern corner in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Square {
    base: u64,
    x: f64,
    y: f64,
    pub(crate) size: f64,
}

impl Square {
    pub(crate) fn new(depth: u8, cell: u64) -> Self {
        let (mut x, mut y) = (0, 0);
        for bit in 0..depth {
            x |= (cell >> (2 * bit) & 1) << bit;
            y |= (cell >> (2 * bit + 1) & 1) << bit;
        }
        let size = 0.5_f64.powi(i32::from(depth));
        Self {
            base: cell >> (2 * depth),
            x: x as f64 * size,
            y: y as f64 * size,
            size,
        }
    }

    /// The point at a place from 0 to 1 along both edges.
    pub(crate) fn point(&self, dx: f64, dy: f64) -> Vector {
        let (x, y) = (self.x + dx * self.size, self.y + dy * self.size);
        let (row, column) = ((self.base / 4) as f64, (self.base % 4) as f64);
        // How far south of the north pole's ring the point is, from 0 to 4, in base cells.
        let down = row + 2.0 - x - y;
        let (across, z) = if down < 1.0 {
            (down, 1.0 - down * down / 3.0)
        } else if down > 3.0 {
            let up = 4.0 - down;
            (up, up * up / 3.0 - 1.0)
        } else {
            (1.0, (2.0 - down) * 2.0 / 3.0)
        };
        let middle = if row == 1.0 {
            2.0 * column
        } else {
            2.0 * column + 1.0
        };
        let lon = FRAC_PI_4
            * if across > 0.0 {
                middle + (x - y) / across
            } else {
                middle
            };
        let ring = if across < 1.0 {
            across * ((2.0 - across * across / 3.0) / 3.0).sqrt()
        } else {
            (1.0 - z * z).sqrt()
        };
        [ring * lon.cos(), ring * lon.sin(), z]
    }

    pub(crate) fn centre(&self) -> Vector {
        self.point(0.5, 0.5)
    }

    /// More than the distance of any point from the centre.
    pub(crate) fn radius(&self) -> f64 {
        1.1 * self.size
    }
}

/// The cell of the nested scheme that a point is in.
pub(crate) fn cell_at(depth: u8, v: Vector) -> u64 {
    let v = unit(v);
    let quarters = v[1].atan2(v[0]).rem_euclid(8.0 * FRAC_PI_4) / (2.0 * FRAC_PI_4);
    let nside = (1_u64 << depth) as f64;
    let z = v[2];
    let (base, x, y) = if z.abs() <= 2.0 / 3.0 {
        let (up, down) = (0.5 + quarters - 0.75 * z, 0.5 + quarters + 0.75 * z);
        let (p, q) = (up.floor(), down.floor());
        let base = if p == q {
            p % 4.0 + 4.0
        } else if p < q {
            p % 4.0
        } else {
            q % 4.0 + 8.0
        };
        (base, down - q, 1.0 - (up - p))
    } else {
        let column = quarters.floor().min(3.0);
        let part = quarters - column;
        // √(3 (1 − |z|)), without loss near the pole.
        let sigma = (3.0 * (v[0] * v[0] + v[1] * v[1]) / (1.0 + z.abs())).sqrt();
        let (east, west) = (part * sigma, (1.0 - part) * sigma);
        if z > 0.0 {
            (column, 1.0 - west, 1.0 - east)
        } else {
            (column + 8.0, east, west)
        }
    };
    let place = |at: f64| (at * nside).floor().clamp(0.0, nside - 1.0) as u64;
    let (i, j) = (place(x), place(y));
    let mut cell = base as u64;
    for bit in (0..depth).rev() {
        cell = cell << 2 | (j >> bit & 1) << 1 | i >> bit & 1;
    }
    cell
}
