//! Interpolation and correlation of sequences of numbers.

use rustsci_array::statistics::{self, Overlap};
use rustsci_array::{Array, Result, Scalar};

use crate::convert::{Argument, Doubles, FromArgument};
use crate::object::View;
use crate::{Function, ScalarOrArray, export};

pub(crate) static ROWS: &[&Function] = &[&INTERP, &CORRELATE];

/// Interpolate linearly between known values of a function.
///
/// Parameters
/// ----------
/// x : array_like
///     Where to evaluate.
/// xp : array_like of floats, with one axis
///     Where the values are known, in rising order.
/// fp : array_like, with one axis
///     The values, real or complex.
/// left, right : optional
///     The values before the first point and after the last; by default those at the points.
///
/// Returns
/// -------
/// ndarray or scalar
///     The values, in the shape of `x`.
///
/// Examples
/// --------
/// >>> from rustsci._native import interp
/// >>> interp(2.5, [1, 2, 3], [3, 2, 0])
/// np.float64(1.0)
#[export(signature = "(x, xp, fp, left=None, right=None)")]
fn interp(
    x: Doubles,
    xp: Doubles,
    fp: Array,
    left: Option<Scalar>,
    right: Option<Scalar>,
) -> Result<ScalarOrArray> {
    statistics::interp(&x.0, &xp.0, &fp, left, right).map(ScalarOrArray)
}

impl<'a> FromArgument<'a> for Overlap {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str(name) => Self::parse(name),
            _ => Self::from_number(argument.object.to_index()?),
        }
    }
}

/// Correlate two sequences: sum up the products of one with the conjugate of the other, which is moved along it.
///
/// Parameters
/// ----------
/// a, v : array_like, with one axis
///     The sequences.
/// mode : {'valid', 'same', 'full'}, optional
///     How far one may reach beyond the other: not at all, so far that there are as many results as the longer one has
///     elements, or as far as they overlap.
///
/// Returns
/// -------
/// ndarray
///     The sums.
///
/// Examples
/// --------
/// >>> from rustsci._native import correlate
/// >>> correlate([1, 2, 3], [0, 1, 0.5], 'full')
/// array([0.5, 2. , 3.5, 3. , 0. ])
#[export(signature = "(a, v, mode='valid')")]
fn correlate(a: Array, v: Array, overlap: Overlap) -> Result<Array> {
    statistics::correlate(&a, &v, overlap)
}
