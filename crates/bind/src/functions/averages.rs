//! Means, variances and standard deviations.

use rustsci_array::statistics::{self, Averaging, Spread};
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::{Axes, Target, Where};
use crate::value::{IntoValue, ScalarOrArray, Value};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&MEAN, &VAR, &STD];

/// The result as it is returned: one that was written to `out` is an array, whatever its axes.
fn result(result: Array, out: Option<&Target>) -> Result<Value> {
    match out {
        Some(_) => Ok(Value::Array(result)),
        None => ScalarOrArray(result).into_value(),
    }
}

/// Return the arithmetic mean along axes.
///
/// Parameters
/// ----------
/// axis : None, int or tuple of ints, optional
///     The axes to average along; all of them by default.
/// dtype : dtype, optional
///     The dtype to compute in: by default float64 for integers, float32 for float16, else the array's own.
/// out : ndarray, optional
///     The array to put the result in.
/// keepdims : bool, optional
///     Whether the axes averaged along stay, with length one.
/// where : array_like of bool, optional
///     Which elements to include.
///
/// Returns
/// -------
/// ndarray or scalar
///     The mean. That of no elements is NaN, with a warning.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.array([[1, 2], [3, 4]]).mean(axis=0)
/// array([2., 3.])
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None, keepdims=False, *, where=True)"
)]
fn mean(
    array: Array,
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    keepdims: bool,
    mask: Where,
) -> Result<Value> {
    let averaging = Averaging {
        axes: axis.map(|axes| axes.0.into_iter().collect()),
        dtype,
        out: out.as_ref().map(|out| &out.0),
        keepdims,
        mask: mask.0.as_ref(),
    };
    result(statistics::mean(&array, &averaging)?, out.as_ref())
}

/// The sum of squares is divided by the number of elements less this: `ddof`, or `correction`.
fn degrees(ddof: f64, correction: Option<f64>) -> Result<f64> {
    match correction {
        Some(_) if ddof != 0.0 => Err(Error::value(
            "ddof and correction can't be provided simultaneously.",
        )),
        Some(correction) => Ok(correction),
        None => Ok(ddof),
    }
}

/// Return the variance along axes: the mean squared distance from the mean.
///
/// Parameters
/// ----------
/// axis : None, int or tuple of ints, optional
///     The axes to look along; all of them by default.
/// dtype : dtype, optional
///     The dtype to compute in: by default float64 for integers, float32 for float16, else the array's own.
/// out : ndarray, optional
///     The array to put the result in.
/// ddof : float, optional
///     The sum of squares is divided by the number of elements less this.
/// keepdims : bool, optional
///     Whether the axes looked along stay, with length one.
/// where : array_like of bool, optional
///     Which elements to include.
/// mean : array_like, optional
///     The mean, if it is known already, with axes of length one where it was taken along.
/// correction : float, optional
///     The name of `ddof` in the array API standard; only one of them can be given.
///
/// Returns
/// -------
/// ndarray or scalar
///     The variance, real also of complex numbers.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.array([1.0, 2.0, 3.0, 4.0]).var()
/// np.float64(1.25)
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>, correction=<no value>)"
)]
fn var(
    array: Array,
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    ddof: f64,
    keepdims: bool,
    mask: Where,
    mean: Option<Array>,
    correction: Option<f64>,
) -> Result<Value> {
    let averaging = Averaging {
        axes: axis.map(|axes| axes.0.into_iter().collect()),
        dtype,
        out: out.as_ref().map(|out| &out.0),
        keepdims,
        mask: mask.0.as_ref(),
    };
    let spread = Spread {
        ddof: degrees(ddof, correction)?,
        mean: mean.as_ref(),
    };
    result(
        statistics::variance(&array, &averaging, &spread)?,
        out.as_ref(),
    )
}

/// Return the standard deviation along axes: the root of the mean squared distance from the mean.
///
/// Parameters
/// ----------
/// axis, dtype, out, ddof, keepdims, where, mean, correction
///     As for `var`.
///
/// Returns
/// -------
/// ndarray or scalar
///     The standard deviation, real also of complex numbers.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.array([[1.0, 3.0], [2.0, 6.0]]).std(axis=1)
/// array([1., 2.])
#[export(
    method,
    wraps,
    signature = "(self, /, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=<no value>, correction=<no value>)"
)]
fn std(
    array: Array,
    axis: Option<Axes>,
    dtype: Option<DType>,
    out: Option<Target>,
    ddof: f64,
    keepdims: bool,
    mask: Where,
    mean: Option<Array>,
    correction: Option<f64>,
) -> Result<Value> {
    let averaging = Averaging {
        axes: axis.map(|axes| axes.0.into_iter().collect()),
        dtype,
        out: out.as_ref().map(|out| &out.0),
        keepdims,
        mask: mask.0.as_ref(),
    };
    let spread = Spread {
        ddof: degrees(ddof, correction)?,
        mean: mean.as_ref(),
    };
    let deviation = statistics::standard_deviation(&array, &averaging, &spread)?;
    result(deviation, out.as_ref())
}
