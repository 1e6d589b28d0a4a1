//! How often values occur.

use rustsci_array::statistics;
use rustsci_array::warning::{Category, warn};
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::{Argument, Doubles, FromArgument};
use crate::object::View;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&BINCOUNT, &COUNT_IN_UNIFORM_BINS];

/// Values to count: an array is taken as it is, anything else read as integers.
struct Values(Array);

impl<'a> FromArgument<'a> for Values {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        let array = argument.object.to_array(None)?;
        let given = matches!(argument.object.view(), View::Array(_));
        if given || array.dtype().is_integer() || *array.dtype() == DType::Bool {
            return Ok(Self(array));
        }
        if array.size() > 0 {
            warn(
                Category::Deprecation,
                "Non-integer input passed to bincount. In a future version of NumPy, this will be an error. (Deprecated \
                 NumPy 2.1)",
            );
        }
        argument.object.to_array(Some(&DType::Int64)).map(Self)
    }

    fn elements(&self) -> usize {
        self.0.size()
    }
}

/// The least number of bins.
struct Least(usize);

impl<'a> FromArgument<'a> for Least {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        if let View::None = argument.object.view() {
            return Err(Error::type_("use 0 instead of None for minlength"));
        }
        usize::try_from(argument.object.to_index()?)
            .map(Self)
            .map_err(|_| Error::value("'minlength' must not be negative"))
    }
}

/// Count how often each of 0, 1, 2, … occurs.
///
/// Parameters
/// ----------
/// x : array_like of nonnegative ints, with one axis
///     The values.
/// weights : array_like, optional
///     What each value counts; one by default.
/// minlength : int, optional
///     The least number of counts to return.
///
/// Returns
/// -------
/// ndarray
///     The counts, or the sums of the weights, one more than the largest value.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.bincount([0, 1, 1, 3])
/// array([1, 2, 0, 1])
#[export(
    signature = "(x, /, weights=None, minlength=0)",
    dispatch = "x, weights"
)]
fn bincount(x: Values, weights: Option<Doubles>, least: Least) -> Result<Array> {
    statistics::bincount(&x.0, weights.as_ref().map(|weights| &weights.0), least.0)
}

/// Count how many values fall into each of the bins of equal width between rising edges, or add up their weights.
#[export(
    name = "_count_in_uniform_bins",
    signature = "(values, edges, weights=None)"
)]
fn count_in_uniform_bins(values: Array, edges: Array, weights: Option<Array>) -> Result<Array> {
    statistics::count_in_uniform_bins(&values, &edges, weights.as_ref())
}
