//! Positions inside base cells.

use crate::angle::AngleUnit;
use crate::trigonometry::{asin, cos_sin_of_quarter_turns, quarter_turns, sin};
use crate::whole::{float, integer};

/// asin(2/3), the latitude where the equatorial part of the projection ends, in radians.
pub(crate) const TRANSITION: f64 = 0.729_727_656_226_966_3;

/// √6: the polar part shrinks with σ = √(3(1 − |z|)) = √6 · sin of half the distance from the pole.
pub(crate) const SQRT_6: f64 = 2.449_489_742_783_178;

/// A position inside a base cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InFacet {
    /// The base cell, 0 to 11.
    pub(crate) base: u64,
    /// How far toward the north-east corner, 0 to 1.
    pub(crate) x: f64,
    /// How far toward the north-west corner, 0 to 1.
    pub(crate) y: f64,
}

/// How far north a position is, as the projection needs it.
struct Height {
    polar: bool,
    south: bool,
    /// z · 3/4 in the equatorial part, σ in a polar one.
    measure: f64,
}

impl InFacet {
    /// The position at a longitude and a latitude.
    #[inline(always)]
    pub(crate) fn of_lonlat<U: AngleUnit>(lon: f64, lat: f64) -> Self {
        let size = lat.abs();
        let polar = size > TRANSITION / U::IN_RADIANS;
        let argument = if polar {
            (U::QUARTER - size) * 0.5
        } else {
            size
        };
        let s = sin(argument * U::IN_RADIANS);
        let height = Height {
            polar,
            south: lat < 0.0,
            measure: s * if polar { SQRT_6 } else { 0.75 },
        };
        Self::project(lon / U::QUARTER, &height)
    }

    /// The position in the direction of a vector, which may have any length.
    #[inline(always)]
    pub(crate) fn of_vector(x: f64, y: f64, z: f64) -> Self {
        // Divided by the largest coordinate first, so that no square over- or underflows.
        let largest = x.abs().max(y.abs()).max(z.abs());
        let (x, y, z) = (x / largest, y / largest, z / largest);
        let across = x * x + y * y;
        let length = (across + z * z).sqrt();
        let sine = z.abs() / length;
        let polar = sine > 2.0 / 3.0;
        let sigma = (3.0 * across / (length * (length + z.abs()))).sqrt();
        let height = Height {
            polar,
            south: z < 0.0,
            measure: if polar { sigma } else { 0.75 * sine },
        };
        Self::project(quarter_turns(x, y), &height)
    }

    /// The position at a longitude in quarter turns and a height.
    #[inline(always)]
    fn project(turns: f64, height: &Height) -> Self {
        let whole = turns.floor();
        let part = turns - whole;
        let quarter = whole - 4.0 * (whole * 0.25).floor();

        // The equatorial part is cut by two families of diagonals.
        let up = if height.south {
            -height.measure
        } else {
            height.measure
        };
        let (rising, falling) = (part + 0.5 + up, up - part + 0.5);
        let (east, south) = (rising >= 1.0, falling < 0.0);
        let x = if east { rising - 1.0 } else { rising };
        let y = if south { falling + 1.0 } else { falling };
        let row = 1.0 - f64::from(u8::from(east)) + f64::from(u8::from(south));
        let step = f64::from(u8::from(east & south));

        // A polar part shrinks toward the pole, so that each quarter of it is a triangle.
        let (from_east, from_west) = (height.measure * (1.0 - part), height.measure * part);
        let (polar_x, polar_y) = if height.south {
            (from_west, from_east)
        } else {
            (1.0 - from_east, 1.0 - from_west)
        };
        let polar_row = if height.south { 2.0 } else { 0.0 };

        let (x, y) = if height.polar {
            (polar_x, polar_y)
        } else {
            (x, y)
        };
        let (row, step) = if height.polar {
            (polar_row, 0.0)
        } else {
            (row, step)
        };
        let column = quarter + step;
        let column = if column >= 4.0 { 0.0 } else { column };
        Self {
            base: integer(4.0 * row + column),
            x,
            y,
        }
    }

    /// The cell's place along both edges, at `nside` cells an edge, and the offsets inside it.
    #[inline(always)]
    pub(crate) fn split(&self, nside: f64) -> (f64, f64, f64, f64) {
        let (x, y) = (self.x * nside, self.y * nside);
        // Rounding may put a position on the far edge of its base cell.
        let (i, j) = (
            x.floor().max(0.0).min(nside - 1.0),
            y.floor().max(0.0).min(nside - 1.0),
        );
        (i, j, x - i, y - j)
    }

    /// Row of base cells (0, 1, 2 from the north) and column (0 to 3), as numbers.
    #[inline(always)]
    fn row_and_column(&self) -> (f64, f64) {
        (float(self.base >> 2), float(self.base & 3))
    }

    /// Longitude in quarter turns (from −1/2 to 4), the signed asin argument of the latitude, and whether that is of
    /// half the distance from the pole.
    #[inline(always)]
    fn unproject(&self) -> (f64, f64, bool, f64) {
        let (row, column) = self.row_and_column();
        let (sum, difference) = (self.x + self.y, self.x - self.y);
        let north = 2.0 - sum;
        let sigma = if row == 0.0 { north } else { sum };
        let polar = (row != 1.0) & (sigma < 1.0);
        let shift = if row == 1.0 { 0.0 } else { 0.5 };
        // At the pole itself all longitudes are right, and the middle of the base cell is given.
        let scale = if polar & (sigma > 0.0) { sigma } else { 1.0 };
        let turns = column + shift + difference * 0.5 / scale;
        (turns, sum - row, polar, sigma)
    }

    /// Longitude and latitude.
    #[inline(always)]
    pub(crate) fn to_lonlat<U: AngleUnit>(self) -> (f64, f64) {
        let (turns, sum, polar, sigma) = self.unproject();
        let turns = if turns < 0.0 { turns + 4.0 } else { turns };
        let turns = if turns >= 4.0 { turns - 4.0 } else { turns };
        let argument = if polar {
            sigma * (1.0 / SQRT_6)
        } else {
            sum * (2.0 / 3.0)
        };
        let angle = asin(argument);
        let from_pole = (U::QUARTER - 2.0 * angle / U::IN_RADIANS).copysign(sum);
        let lat = if polar {
            from_pole
        } else {
            angle / U::IN_RADIANS
        };
        (turns * U::QUARTER, lat)
    }

    /// The unit vector.
    #[inline(always)]
    pub(crate) fn to_vector(self) -> [f64; 3] {
        let (turns, sum, polar, sigma) = self.unproject();
        let drop = sigma * sigma / 3.0;
        let z = if polar {
            (1.0 - drop).copysign(sum)
        } else {
            sum * (2.0 / 3.0)
        };
        let square = if polar {
            drop * (2.0 - drop)
        } else {
            1.0 - z * z
        };
        let (c, s) = cos_sin_of_quarter_turns(turns);
        let across = square.sqrt();
        [across * c, across * s, z]
    }

    /// The position in the plane of projection: x from 0 to 8, y from −2 to 2.
    #[inline(always)]
    pub(crate) fn to_plane(self) -> (f64, f64) {
        let (row, column) = self.row_and_column();
        let shift = if row == 1.0 { 0.0 } else { 1.0 };
        let x = 2.0 * column + shift + (self.x - self.y);
        (if x < 0.0 { x + 8.0 } else { x }, self.x + self.y - row)
    }

    /// The position at a point of the plane of projection.
    #[inline(always)]
    pub(crate) fn of_plane(x: f64, y: f64) -> Self {
        let turns = x * 0.5;
        let height = y.abs();
        let whole = turns.floor();
        let polar = height > 1.0;
        // Inside a polar triangle the distance from its middle is stretched to the whole quarter.
        let sigma = 2.0 - height;
        let middle = turns - whole - 0.5;
        let stretched = if sigma > 0.0 {
            (middle / sigma).clamp(-0.5, 0.5)
        } else {
            0.0
        };
        let part = if polar {
            whole + 0.5 + stretched
        } else {
            turns
        };
        // A point on the eastern edge of its triangle stays in the triangle.
        let part = if polar & (part >= whole + 1.0) {
            (whole + 1.0).next_down()
        } else {
            part
        };
        let height = Height {
            polar,
            south: y < 0.0,
            measure: if polar { sigma } else { height * 0.5 },
        };
        Self::project(part, &height)
    }
}
