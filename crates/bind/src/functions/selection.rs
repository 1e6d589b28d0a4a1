//! Elements picked by index or by condition, and written the same way.

use rustsci_array::dtype::Casting;
use rustsci_array::selection::{self, Counts, Mode};
use rustsci_array::ufunc::Input;
use rustsci_array::{Array, Error, Order, Result};

use crate::convert::{Axes, Operand, Positions, Sizes, Target, Where};
use crate::{Function, IntoValue, Object, ScalarOrArray, Value, View, export};

pub(crate) static ROWS: &[&Function] = &[
    &WHERE,
    &NONZERO,
    &TAKE,
    &PUT,
    &PUTMASK,
    &PLACE,
    &CHOOSE,
    &COMPRESS,
    &COMPRESSED,
    &REPEAT,
    &COPYTO,
    &COUNT_NONZERO,
    &UNRAVEL_INDEX,
    &RAVEL_MULTI_INDEX,
];

fn out(out: &Option<Target>) -> Option<&Array> {
    out.as_ref().map(|out| &out.0)
}

/// Return elements of `x` where a condition holds and of `y` elsewhere; or where it holds, if they are not given.
#[export(
    name = "where",
    signature = "(condition, x=<no value>, y=<no value>, /)",
    dispatch = "condition, x, y"
)]
fn r#where(condition: Array, x: Option<Choice>, y: Option<Choice>) -> Result<Value> {
    match (x, y) {
        (Some(x), Some(y)) => {
            selection::select(&condition, &x.0.input(), &y.0.input())?.into_value()
        }
        (None, None) => nonzero(condition)?.into_value(),
        _ => Err(Error::value(
            "either both or neither of x and y should be given",
        )),
    }
}

/// An operand for which None is not the same as nothing.
struct Choice(Operand);

impl<'a> crate::FromArgument<'a> for Choice {
    fn from_argument(argument: &crate::Argument<'a>) -> Result<Self> {
        Operand::from_argument(argument).map(Self)
    }

    fn elements(&self) -> usize {
        self.0.elements()
    }
}

/// Return the indices of the elements that are not zero, one array for each axis.
#[export(method, function, signature = "(a, /)", after = "")]
fn nonzero(array: Array) -> Result<Vec<Array>> {
    if array.ndim() == 0 {
        return Err(Error::value(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead. If the context \
             of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.",
        ));
    }
    selection::nonzero(&array)
}

/// Return the elements at indices along an axis.
#[export(
    method,
    function,
    signature = "(a, indices, /, axis=None, out=None, mode='raise')"
)]
fn take(
    array: Array,
    indices: Positions,
    axis: Option<isize>,
    target: Option<Target>,
    mode: Mode,
) -> Result<ScalarOrArray> {
    selection::take(&array, &indices.0, axis, out(&target), mode).map(ScalarOrArray)
}

/// Values to write to an array: what is no array is read as the dtype of that one.
fn to_write(values: &dyn Object, target: &Array) -> Result<Array> {
    match values.view() {
        View::Array(values) => Ok(values),
        _ => values.to_array(Some(target.dtype())),
    }
}

/// Set the elements at positions of the flattened array.
#[export(
    method,
    signature = "(self, indices, values, /, mode='raise')",
    attached
)]
fn put(array: Target, indices: Positions, values: &dyn Object, mode: Mode) -> Result<()> {
    if array.0.size() == 0 && indices.0.size() > 0 {
        return Err(Error::index("cannot replace elements of an empty array"));
    }
    selection::put(&array.0, &indices.0, &to_write(values, &array.0)?, mode)
}

/// Set the elements where a mask holds, from values that are repeated as needed.
#[export(
    signature = "(a, /, mask, values)",
    dispatch = "a, mask, values",
    attached
)]
fn putmask(a: Target, mask: Array, values: &dyn Object) -> Result<()> {
    selection::putmask(&a.0, &mask, &to_write(values, &a.0)?)
}

/// Set the elements where a mask holds from the first values on.
#[export(name = "_place", signature = "(arr, mask, vals)")]
fn place(array: Target, mask: Array, values: Array) -> Result<()> {
    selection::place(&array.0, &mask, &values)
}

/// Return elements of several arrays, each from the one that the index array names.
#[export(
    method,
    function,
    signature = "(a, /, *choices, out=None, mode='raise')",
    attached
)]
fn choose(
    array: Array,
    choices: &dyn Object,
    target: Option<Target>,
    mode: Mode,
) -> Result<ScalarOrArray> {
    let items = choices.items()?.unwrap_or_default();
    let inner = match &items[..] {
        [only] => only.items()?,
        _ => None,
    };
    let convert = |object: &dyn Object| {
        crate::FromArgument::from_argument(&crate::Argument {
            object,
            name: "choices",
            function: "choose",
        })
    };
    let choices: Vec<Operand> = inner
        .as_ref()
        .unwrap_or(&items)
        .iter()
        .map(|object| convert(object.as_ref()))
        .collect::<Result<_>>()?;
    let inputs: Vec<Input<'_>> = choices.iter().map(Operand::input).collect();
    selection::choose(&array, &inputs, out(&target), mode).map(ScalarOrArray)
}

/// Return the slices along an axis for which a condition holds.
#[export(method, signature = "(self, condition, /, axis=None, out=None)")]
fn compress(
    array: Array,
    condition: Array,
    axis: Option<isize>,
    target: Option<Target>,
) -> Result<Array> {
    selection::compress(&condition, &array, axis, out(&target))
}

/// Return the slices of an array along an axis for which a condition holds.
#[export(name = "compress", signature = "(condition, a, axis=None, out=None)")]
fn compressed(
    condition: Array,
    array: Array,
    axis: Option<isize>,
    target: Option<Target>,
) -> Result<Array> {
    selection::compress(&condition, &array, axis, out(&target))
}

/// Return the elements repeated.
#[export(method, function, signature = "(a, repeats, /, axis=None)")]
fn repeat(array: Array, repeats: Positions, axis: Option<isize>) -> Result<Array> {
    selection::repeat(&array, &Counts::Each(&repeats.0), axis)
}

/// Copy values into an array, where a mask holds if there is one.
#[export(
    signature = "(dst, src, casting='same_kind', where=True)",
    dispatch = "dst, src, where"
)]
fn copyto(target: Target, source: Operand, casting: Casting, mask: Where) -> Result<()> {
    selection::copyto(&target.0, &source.input(), casting, mask.0.as_ref())
}

/// Count the elements that are not zero.
#[export(signature = "(a, axis=None, *, keepdims=False)", dispatch = "a")]
fn count_nonzero(array: Array, axis: Option<Axes>, keepdims: bool) -> Result<Value> {
    let axes = axis.map(|axes| axes.0);
    let plain = axes.is_none() && !keepdims;
    let count = selection::count_nonzero(&array, axes.as_deref(), keepdims)?;
    if plain {
        return count.get(&[]).into_value();
    }
    ScalarOrArray(count).into_value()
}

/// Turn positions of a flattened array into indices along its axes.
#[export(signature = "(indices, shape, order='C')", dispatch = "indices")]
fn unravel_index(indices: Array, shape: Sizes, order: Order) -> Result<Value> {
    let found = selection::unravel_index(&indices, &shape.shape()?, order)?;
    let found: Vec<ScalarOrArray> = found.into_iter().map(ScalarOrArray).collect();
    found.into_value()
}

/// Turn indices along the axes of an array into positions of the flattened array.
#[export(
    signature = "(multi_index, dims, mode='raise', order='C')",
    dispatch = "*multi_index"
)]
fn ravel_multi_index(
    multi_index: Vec<Array>,
    dims: Sizes,
    mode: Modes,
    order: Order,
) -> Result<ScalarOrArray> {
    let shape = dims.shape()?;
    let modes = match mode {
        Modes::All(mode) => vec![mode; shape.len()],
        Modes::Each(modes) => modes,
    };
    selection::ravel_multi_index(&multi_index, &shape, &modes, order).map(ScalarOrArray)
}

/// What becomes of indices out of bounds, along each axis.
enum Modes {
    /// The same for all axes.
    All(Mode),
    /// A mode for each.
    Each(Vec<Mode>),
}

impl<'a> crate::FromArgument<'a> for Modes {
    fn from_argument(argument: &crate::Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Sequence => Vec::from_argument(argument).map(Self::Each),
            _ => Mode::from_argument(argument).map(Self::All),
        }
    }
}
