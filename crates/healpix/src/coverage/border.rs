//! The border of a region inside a small disc, where it is simple enough for a formula.

use super::jet::Jet;
use super::vector::{Vector, dot, scaled, sum};

/// Points where a formula is negative are inside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A great circle: minus the height above its plane, whose unit normal points inside.
    Plane(Vector),
    /// A circle: the square of the chord from the centre, less the rim's.
    Circle { centre: Vector, rim: f64 },
    /// An elliptical cone: u² + v² − n² in the directions of three vectors.
    Quadric([Vector; 3]),
}

/// A shape, or what is outside of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Border {
    shape: Shape,
    sign: f64,
    /// A formula nearer to zero than this does not tell inside from outside.
    slack: f64,
}

impl Border {
    pub(crate) fn new(shape: Shape, slack: f64) -> Self {
        Self {
            shape,
            sign: 1.0,
            slack,
        }
    }

    /// The same border of what is outside.
    pub(crate) fn opposite(self) -> Self {
        Self {
            sign: -self.sign,
            ..self
        }
    }

    /// The formula as a polynomial around a place; none if that is not nearly exact for cells of a size.
    fn near(&self, jet: &Jet, smallest: f64) -> Option<Quadratic> {
        let [first, second, third] = jet.bounds;
        let reach = jet.reach;
        let cubic = reach * reach * reach / 6.0;
        let (found, left_out, rounding) = match &self.shape {
            Shape::Plane(normal) => (
                Quadratic::linear(jet, normal, -1.0, -dot(normal, &jet.point)),
                third * cubic,
                1e-15,
            ),
            Shape::Circle { centre, rim } => {
                // |p − c|² is 2 − 2 c·p, but for its digits where p is near c.
                let away = sum(&jet.point, &scaled(centre, -1.0));
                let square = dot(&away, &away);
                let exact = Quadratic::linear(jet, centre, -2.0, square - rim);
                let slopes = Quadratic::linear(jet, &away, 2.0, 0.0);
                let found = Quadratic {
                    s: slopes.s,
                    d: slopes.d,
                    ..exact
                };
                (found, 2.0 * third * cubic, 1e-15 * (square.sqrt() + rim))
            }
            Shape::Quadric(axes) => {
                let mut found = Quadratic::default();
                let (mut left_out, mut rounding) = (0.0, 0.0);
                for (axis, sign) in axes.iter().zip([1.0, 1.0, -1.0]) {
                    let line = Quadratic::linear(jet, axis, 1.0, dot(axis, &jet.point));
                    found.add_square(&line, sign);
                    let steep = dot(axis, axis).sqrt();
                    let most = line.value.abs() + steep * first * reach;
                    // (l²)''' = 2 (l l''' + 3 l' l'').
                    left_out += 2.0 * steep * (most * third + 3.0 * steep * first * second) * cubic;
                    rounding += 1e-15 * steep * most;
                }
                (found, left_out, rounding)
            }
        };
        let slope = found.s.abs().max(found.d.abs());
        (left_out <= NEARLY * slope * smallest).then(|| Quadratic {
            error: left_out + rounding + self.slack,
            ..found.times(self.sign)
        })
    }
}

/// What a polynomial leaves out is at most this part of what it changes by across the smallest cells.
const NEARLY: f64 = 0.04;

/// A polynomial of second degree in Δs and Δd.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quadratic {
    value: f64,
    s: f64,
    d: f64,
    /// Second derivatives.
    ss: f64,
    sd: f64,
    dd: f64,
    /// How far from the formula it may be.
    error: f64,
}

impl Quadratic {
    /// `factor` times the part of a position in a direction, but for the value.
    fn linear(jet: &Jet, direction: &Vector, factor: f64, value: f64) -> Self {
        let along = |derivative: &Vector| factor * dot(direction, derivative);
        Self {
            value,
            s: along(&jet.s),
            d: along(&jet.d),
            ss: along(&jet.ss),
            sd: along(&jet.sd),
            dd: along(&jet.dd),
            error: 0.0,
        }
    }

    /// Adds the square of another one, times a sign.
    fn add_square(&mut self, line: &Self, sign: f64) {
        let twice = 2.0 * sign;
        self.value += sign * line.value * line.value;
        self.s += twice * line.value * line.s;
        self.d += twice * line.value * line.d;
        self.ss += twice * (line.s * line.s + line.value * line.ss);
        self.sd += twice * (line.s * line.d + line.value * line.sd);
        self.dd += twice * (line.d * line.d + line.value * line.dd);
    }

    fn times(self, sign: f64) -> Self {
        Self {
            value: sign * self.value,
            s: sign * self.s,
            d: sign * self.d,
            ss: sign * self.ss,
            sd: sign * self.sd,
            dd: sign * self.dd,
            error: self.error,
        }
    }

    /// An upper bound of what the second derivatives and the error add up to within `reach`.
    pub(crate) fn doubt(&self, reach: f64) -> f64 {
        let bend = self.ss.abs().max(self.sd.abs()).max(self.dd.abs());
        self.error + 0.5 * bend * reach * reach
    }

    /// How a cell lies to the border: its middle, how far it reaches, and the doubt.
    #[inline(always)]
    pub(crate) fn judge(&self, (s, d): (f64, f64), reach: f64, doubt: f64) -> Verdict {
        let (s_slope, d_slope) = (
            self.s + self.ss * s + self.sd * d,
            self.d + self.sd * s + self.dd * d,
        );
        let value = self.value + 0.5 * (s * (self.s + s_slope) + d * (self.d + d_slope));
        let change = reach * s_slope.abs().max(d_slope.abs());
        if value.abs() > change + doubt {
            if value < 0.0 {
                Verdict::Inside
            } else {
                Verdict::Outside
            }
        } else if value.abs() < change - doubt {
            Verdict::Crossing
        } else {
            Verdict::Unsure
        }
    }
}

/// How a cell lies to a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Outside,
    Inside,
    Crossing,
    /// Any of these.
    Unsure,
}

/// One or two borders inside a disc.
#[derive(Clone, Copy, Debug)]
pub struct Borders {
    first: Border,
    second: Option<Border>,
    /// Whether the region is what is inside both; else it is what is inside either.
    both: bool,
}

impl Borders {
    pub(crate) fn one(border: Border) -> Self {
        Self {
            first: border,
            second: None,
            both: true,
        }
    }

    pub(crate) fn two(first: Border, second: Border, both: bool) -> Self {
        Self {
            first,
            second: Some(second),
            both,
        }
    }

    /// The borders of what is outside.
    pub(crate) fn opposite(self) -> Self {
        Self {
            first: self.first.opposite(),
            second: self.second.map(Border::opposite),
            both: !self.both,
        }
    }

    /// The borders as polynomials around a place; none if those are not nearly exact for cells of a size.
    pub(crate) fn near(&self, jet: &Jet, smallest: f64) -> Option<Formulas> {
        let first = self.first.near(jet, smallest)?;
        let second = match &self.second {
            Some(border) => Some(border.near(jet, smallest)?),
            None => None,
        };
        Some(Formulas {
            first,
            second,
            both: self.both,
        })
    }
}

/// One or two borders as polynomials.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Formulas {
    pub(crate) first: Quadratic,
    pub(crate) second: Option<Quadratic>,
    pub(crate) both: bool,
}

impl Verdict {
    /// How a cell lies to what is inside both of two borders.
    #[inline(always)]
    pub(crate) fn and(self, other: Self) -> Self {
        use Verdict::{Inside, Outside, Unsure};
        match (self, other) {
            (Outside, _) | (_, Outside) => Outside,
            (Inside, verdict) | (verdict, Inside) => verdict,
            _ => Unsure,
        }
    }

    /// How a cell lies to what is inside either of two borders.
    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        use Verdict::{Inside, Outside, Unsure};
        match (self, other) {
            (Inside, _) | (_, Inside) => Inside,
            (Outside, verdict) | (verdict, Outside) => verdict,
            _ => Unsure,
        }
    }
}
