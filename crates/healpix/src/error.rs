//! What can be wrong with a request.

use std::fmt;

/// The result of this crate's functions.
pub type Result<T> = std::result::Result<T, Error>;

/// What was wrong with a request, and where.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A depth above 29.
    Depth(i64),
    /// A number of cells along a base cell's edge that is not between 1 and 2²⁹.
    Nside(i64),
    /// A longitude that is not finite.
    Longitude {
        /// The first such element.
        index: usize,
        /// What was given.
        value: f64,
    },
    /// A latitude that is not finite, or beyond a pole.
    Latitude {
        /// The first such element.
        index: usize,
        /// What was given.
        value: f64,
        /// The unit it was given in.
        unit: &'static str,
    },
    /// A vector that is not finite, or has no direction.
    Vector {
        /// The first such element.
        index: usize,
        /// What was given.
        value: [f64; 3],
    },
    /// A position outside the projection plane.
    Plane {
        /// The first such element.
        index: usize,
        /// What was given.
        value: [f64; 2],
    },
    /// A cell number that the scheme does not have.
    Cell {
        /// The first such element.
        index: usize,
        /// What was given.
        cell: u64,
        /// The number of cells.
        count: u64,
    },
    /// A number that is no `uniq` or `zuniq`.
    Uniq {
        /// The first such element.
        index: usize,
        /// What was given.
        value: u64,
        /// The name of the scheme.
        scheme: &'static str,
    },
    /// Slices whose lengths do not fit together.
    Lengths {
        /// What was to be as long.
        what: &'static str,
        /// The length expected.
        expected: usize,
        /// The length given.
        given: usize,
    },
    /// A parameter that makes no sense; the text says which and why.
    Parameter(String),
}

impl Error {
    /// The same error where what was looked at is a part of a longer slice that begins at `start`.
    #[must_use]
    pub fn shifted(mut self, start: usize) -> Self {
        match &mut self {
            Self::Longitude { index, .. }
            | Self::Latitude { index, .. }
            | Self::Vector { index, .. }
            | Self::Plane { index, .. }
            | Self::Cell { index, .. }
            | Self::Uniq { index, .. } => *index += start,
            Self::Depth(_) | Self::Nside(_) | Self::Lengths { .. } | Self::Parameter(_) => {}
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depth(depth) => {
                write!(f, "Depth must be in the [0, 29] closed range, not {depth}")
            }
            Self::Nside(nside) => write!(f, "nside must be between 1 and 2**29, not {nside}"),
            Self::Longitude { index, value } => {
                write!(
                    f,
                    "longitudes must be finite, but element {index} is {value}"
                )
            }
            Self::Latitude { index, value, unit } => write!(
                f,
                "latitudes must be between {} {unit}, but element {index} is {value}",
                if *unit == "degrees" {
                    "-90 and 90"
                } else {
                    "-pi/2 and pi/2"
                }
            ),
            Self::Vector {
                index,
                value: [x, y, z],
            } => write!(
                f,
                "vectors must be finite and not zero, but element {index} is ({x}, {y}, {z})"
            ),
            Self::Plane {
                index,
                value: [x, y],
            } => write!(
                f,
                "(x, y) must be in the projection plane, but element {index} is ({x}, {y})"
            ),
            Self::Cell { index, cell, count } => write!(
                f,
                "The input HEALPix array contains values out of [0, {}]: element {index} is {cell}",
                count - 1
            ),
            Self::Uniq {
                index,
                value,
                scheme,
            } => {
                write!(
                    f,
                    "element {index} is {value}, which is no {scheme} number of a cell"
                )
            }
            Self::Lengths {
                what,
                expected,
                given,
            } => {
                write!(f, "{what} must have {expected} elements, not {given}")
            }
            Self::Parameter(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Error {}
