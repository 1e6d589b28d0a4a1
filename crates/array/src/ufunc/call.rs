//! Calling a ufunc.

use rustsci_buffer::layout::broadcast_shapes;
use rustsci_buffer::{Kernel, Operand, Order, Plan, Shape, fpstatus, run_packed};
use smallvec::{SmallVec, smallvec};

use super::conditions::cast_reports;
use super::{Input, Loop, Options, Ufunc};
use crate::array::{CopyOrder, empty_agreed, shape_text};
use crate::dtype::cast_kernel;
use crate::exec::{report, run, with_status};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar};

/// Elements up to which a call without arrangements is tried first; beyond, threads are worth more.
const PACKED_LIMIT: usize = 1 << 16;

/// The results of a call.
pub type Outputs = SmallVec<[Array; 2]>;

/// An input, ready to be an operand.
enum Ready {
    Array(Array),
    Scalar(Scalar),
}

impl Ufunc {
    /// Applies the operation elementwise to broadcast inputs.
    ///
    /// # Errors
    /// If no loop takes the types, a cast is not allowed, shapes do not fit, or an output is read-only.
    pub fn call(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Result<Outputs> {
        match self.call_packed(inputs, options) {
            Some(result) => result.map(|output| smallvec![output]),
            None => self.call_general(inputs, options),
        }
    }

    /// As [`Ufunc::call`], for an operation with one result.
    ///
    /// # Errors
    /// As for [`Ufunc::call`], and if there are two results.
    #[inline]
    pub fn call_one(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Result<Array> {
        if let Some(result) = self.call_packed(inputs, options) {
            return result;
        }
        let mut outputs = self.call_general(inputs, options)?;
        if outputs.len() == 1 {
            Ok(outputs.swap_remove(0))
        } else {
            Err(Error::type_(format!(
                "{} has {} results",
                self.name,
                outputs.len()
            )))
        }
    }

    #[inline(never)]
    fn call_general(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Result<Outputs> {
        let strong: SmallVec<[Input<'_>; 3]>;
        let inputs = match inputs {
            // Nothing else says what type a Python number is to have.
            [input] if input.weak().is_some() => {
                strong = smallvec![input.with_own_dtype()];
                &strong[..]
            }
            inputs => inputs,
        };
        let row = match self.same_type_loop(inputs, options) {
            Some(row) => row,
            None if self.compares && options.signature.is_none() => {
                match self.compare_beyond(inputs, options)? {
                    Some(outputs) => return Ok(outputs),
                    None => self.resolve(inputs, None, options.casting)?,
                }
            }
            None => self.resolve(inputs, options.signature.as_ref(), options.casting)?,
        };
        let row = match options.signature {
            None => self.beside_python_numbers(row, inputs),
            Some(_) => row,
        };
        self.run_loop(row, inputs, options)
    }

    /// The commonest calls, in which nothing needs to be arranged: small packed arrays of one shape and type, perhaps with
    /// a Python number. `None` if this is another one.
    #[inline]
    fn call_packed(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Option<Result<Array>> {
        if self.nout != 1
            || self.guard.is_some()
            || options.mask.is_some()
            || options.order == CopyOrder::F
            || options.signature.is_some()
        {
            return None;
        }
        let first = match inputs {
            [Input::Array(first), ..] | [_, Input::Array(first)] => *first,
            _ => return None,
        };
        let row = self.loop_of(first.dtype())?;
        let count = first.size();
        if count >= PACKED_LIMIT || !first.is_c_contiguous() {
            return None;
        }
        let output = match options.out[0] {
            None => match Array::empty(first.shape(), &row.outputs[0], Order::C) {
                Ok(output) => output,
                Err(error) => return Some(Err(error)),
            },
            Some(out) => {
                let fits = *out.dtype() == row.outputs[0]
                    && out.shape() == first.shape()
                    && out.is_c_contiguous()
                    && out.is_writeable();
                if !fits {
                    return None;
                }
                out.clone()
            }
        };
        let mut numbers = [0.0; 2];
        let [left, right] = &mut numbers;
        fpstatus::clear();
        let done = match inputs {
            [_] => run_packed(&[first.operand()], &output.operand(), count, &*row.kernel),
            [a, b] => {
                let b = packed_operand(b, first, right)?;
                match (a, &row.fold) {
                    // The output is the first input: updated where it is.
                    (Input::Array(a), Some(update)) if a.same_elements(&output) => {
                        run_packed(&[b], &output.operand(), count, &**update)
                    }
                    _ => {
                        let a = packed_operand(a, first, left)?;
                        run_packed(&[a, b], &output.operand(), count, &*row.kernel)
                    }
                }
            }
            _ => false,
        };
        if !done {
            return None;
        }
        if self.reports {
            report(fpstatus::take(), self.name);
        }
        Some(Ok(output))
    }

    /// The loop for arrays that all have one type: the usual case, found without a search through casts.
    #[inline]
    fn same_type_loop(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Option<&Loop> {
        if options.signature.is_some() {
            return None;
        }
        let Input::Array(first) = inputs[0] else {
            return None;
        };
        let same = |input: &Input<'_>| matches!(input, Input::Array(other) if other.dtype() == first.dtype());
        if !inputs[1..].iter().all(same) {
            return None;
        }
        self.loop_of(first.dtype())
    }

    /// Where integers are operands of floats' arithmetic (as in division), a Python integer need not fit their type.
    fn beside_python_numbers<'a>(&'a self, row: &'a Loop, inputs: &[Input<'_>]) -> &'a Loop {
        let python = inputs.iter().any(|input| matches!(input, Input::Int(_)));
        let floats = row.inputs[0].is_integer() && row.outputs[0] == DType::Float64;
        match self.loop_of(&DType::Float64) {
            Some(double) if python && floats && self.nin > 1 => double,
            _ => row,
        }
    }

    fn run_loop(&self, row: &Loop, inputs: &[Input<'_>], options: &Options<'_>) -> Result<Outputs> {
        let given: SmallVec<[Option<DType>; 2]> = options.out[..self.nout]
            .iter()
            .map(|out| out.map(|out| out.dtype().clone()))
            .collect();
        let signature = options.signature.as_ref();
        self.check_casts(inputs, row, &given, options.casting, signature)?;
        let shape = self.result_shape(inputs, options)?;
        for out in options.out.iter().flatten() {
            out.check_writeable("output array")?;
        }
        let mut outputs = Outputs::new();
        for (i, dtype) in row.outputs.iter().enumerate() {
            outputs.push(match options.out[i] {
                // Elements that share memory would be read after others were written: compute beside it, and copy.
                Some(out) if out.overlaps_itself() => out.copied(CopyOrder::C)?,
                Some(out) => out.clone(),
                None => new_result(&shape, inputs, dtype, options.order)?,
            });
        }
        let ready = self.prepare(row, inputs, &outputs)?;
        if let Some(guard) = self.guard
            && !shape.contains(&0)
        {
            let arrays: Vec<Array> = ready
                .iter()
                .map(|input| match input {
                    Ready::Array(array) => Ok(array.clone()),
                    Ready::Scalar(scalar) => Array::from_scalar(scalar),
                })
                .collect::<Result<_>>()?;
            guard(&arrays, row)?;
        }
        let mask = match options.mask {
            Some(mask) => Some(separated(mask, &outputs)?),
            None => None,
        };
        if mask.is_some() {
            reread(row, &options.out)?;
        }
        fpstatus::clear();
        if !self.reports
            && outputs
                .iter()
                .zip(&row.outputs)
                .any(|(out, own)| cast_reports(own, out.dtype()))
        {
            return execute_apart(row, &ready, outputs, mask.as_ref(), &shape);
        }
        execute(row, &ready, &outputs, mask.as_ref(), &shape)?;
        if self.reports {
            report(fpstatus::take(), self.name);
        }
        for (output, given) in outputs.iter_mut().zip(options.out.iter().copied()) {
            if let Some(given) = given
                && !given.shares_buffer(output)
            {
                given.assign(output)?;
                *output = given.clone();
            }
        }
        Ok(outputs)
    }

    /// The shape that inputs, outputs and mask have in common.
    fn result_shape(&self, inputs: &[Input<'_>], options: &Options<'_>) -> Result<Shape> {
        let first = inputs[0].shape();
        let plain = options.mask.is_none() && options.out.iter().all(Option::is_none);
        if plain
            && inputs[1..]
                .iter()
                .all(|input| input.shape() == first || input.shape().is_empty())
        {
            return Ok(first.into());
        }
        let outs = || options.out.iter().flatten();
        let mut shapes: SmallVec<[&[usize]; 8]> = inputs.iter().map(Input::shape).collect();
        shapes.extend(options.mask.map(Array::shape));
        let together = broadcast_shapes(shapes.iter().copied());
        let all = broadcast_shapes(shapes.iter().copied().chain(outs().map(|out| out.shape())));
        let Some(shape) = all else {
            let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
            if let (Some(shape), Some(out)) = (together, outs().next()) {
                return Err(Error::value(format!(
                    "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                    text(out.shape()),
                    text(&shape)
                )));
            }
            let shapes: Vec<String> = shapes
                .iter()
                .copied()
                .chain(outs().map(|out| out.shape()))
                .map(text)
                .collect();
            return Err(Error::value(format!(
                "operands could not be broadcast together with shapes {} ",
                shapes.join(" ")
            )));
        };
        for out in outs() {
            if out.shape() != &shape[..] {
                let text = |shape: &[usize]| shape_text(shape).replace(", ", ",");
                return Err(Error::value(format!(
                    "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
                    text(out.shape()),
                    text(&shape)
                )));
            }
        }
        Ok(shape)
    }

    /// Inputs apart from the outputs (unless they are the very same elements), and values in the loop's types.
    fn prepare(
        &self,
        row: &Loop,
        inputs: &[Input<'_>],
        outputs: &[Array],
    ) -> Result<SmallVec<[Ready; 4]>> {
        inputs
            .iter()
            .zip(&row.inputs)
            .map(|(input, dtype)| match input {
                // Of an operation that reports nothing the casts do all the same.
                Input::Array(array) if !self.reports && cast_reports(array.dtype(), dtype) => {
                    Ok(Ready::Array(array.as_dtype(dtype)?))
                }
                Input::Array(array) => Ok(Ready::Array(separated(array, outputs)?)),
                Input::Complex(_) if !dtype.is_complex() => {
                    warn_of_cast(&DType::Complex128, dtype);
                    Ok(Ready::Scalar(with_status(|| input.to_scalar(dtype))?))
                }
                other => {
                    if let Input::Scalar(value) = other {
                        warn_of_cast(&value.dtype(), dtype);
                    }
                    Ok(Ready::Scalar(with_status(|| other.to_scalar(dtype))?))
                }
            })
            .collect()
    }

    /// Comparisons of integers of two kinds, and of Python integers that an array's type cannot hold, by value.
    fn compare_beyond(
        &self,
        inputs: &[Input<'_>],
        options: &Options<'_>,
    ) -> Result<Option<Outputs>> {
        for (i, other) in [(0, 1), (1, 0)] {
            let Input::Int(value) = inputs[i] else {
                continue;
            };
            let Some(dtype) = inputs[other].dtype().filter(DType::is_integer) else {
                continue;
            };
            let (low, high) = super::input::integer_range(&dtype);
            if (low..=high).contains(&value) {
                continue;
            }
            // Beyond one end of the range every element compares the same way, as it does with that end taken one
            // class up: compare as numbers that surely hold the order.
            let stand_in = Input::Float(if value < low {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
            let mut replaced: SmallVec<[Input<'_>; 2]> = inputs.iter().cloned().collect();
            replaced[i] = stand_in;
            let row =
                self.resolve_dtypes(&[DType::Float64, DType::Float64], None, options.casting)?;
            return self
                .run_loop(
                    row,
                    &replaced,
                    &Options {
                        casting: crate::dtype::Casting::Unsafe,
                        ..options.clone()
                    },
                )
                .map(Some);
        }
        Ok(None)
    }
}

/// An input that can be read while the outputs are written.
#[inline]
fn separated(input: &Array, outputs: &[Array]) -> Result<Array> {
    let mut input = input.clone();
    for output in outputs {
        // A new result shares memory with nothing; only given ones need the look.
        let foreign = input.buffer().is_foreign() || output.buffer().is_foreign();
        if foreign || input.shares_buffer(output) {
            input = input.apart_from(output)?;
        }
    }
    Ok(input)
}

/// With a mask, elements of given outputs are read to be written back: in the loop's type, with what that cast reports.
fn reread(row: &Loop, out: &[Option<&Array>; 2]) -> Result<()> {
    for (out, own) in out.iter().zip(&row.outputs) {
        if let Some(out) = out
            && out.dtype() != own
        {
            warn_of_cast(out.dtype(), own);
            if cast_reports(out.dtype(), own) {
                out.as_dtype(own)?;
            }
        }
    }
    Ok(())
}

/// Runs a loop into new arrays, whose elements are then cast to the outputs.
fn execute_apart(
    row: &Loop,
    ready: &[Ready],
    outputs: Outputs,
    mask: Option<&Array>,
    shape: &[usize],
) -> Result<Outputs> {
    let own = row
        .outputs
        .iter()
        .map(|dtype| Array::empty(shape, dtype, Order::C))
        .collect::<Result<Outputs>>()?;
    execute(row, ready, &own, None, shape)?;
    for (out, own) in outputs.iter().zip(&own) {
        match mask {
            Some(mask) => out.assign_where(own, mask)?,
            None => out.assign(own)?,
        }
    }
    Ok(outputs)
}

/// A new array for results of a shape, laid out like the inputs where the order says so.
fn new_result(
    shape: &[usize],
    inputs: &[Input<'_>],
    dtype: &DType,
    order: CopyOrder,
) -> Result<Array> {
    let arrays = || {
        inputs.iter().filter_map(|input| {
            if let Input::Array(array) = input {
                Some(*array)
            } else {
                None
            }
        })
    };
    let packed = match order {
        CopyOrder::C => Order::C,
        CopyOrder::F => Order::F,
        _ if shape.len() < 2 || arrays().all(Array::is_c_contiguous) => Order::C,
        CopyOrder::A => {
            if arrays().all(Array::is_f_contiguous) {
                Order::F
            } else {
                Order::C
            }
        }
        CopyOrder::K => {
            let sources: SmallVec<[&Array; 4]> = arrays().collect();
            return empty_agreed(shape, dtype, &sources);
        }
    };
    Array::empty(shape, dtype, packed)
}

/// Runs a loop over operands, cast where their types are not the loop's.
fn execute(
    row: &Loop,
    inputs: &[Ready],
    outputs: &[Array],
    mask: Option<&Array>,
    shape: &[usize],
) -> Result<()> {
    if mask.is_none()
        && let Some((update, other)) = in_place(row, inputs, outputs)
    {
        let other = match other {
            Ready::Array(array) => array.operand(),
            Ready::Scalar(scalar) => scalar.operand(),
        };
        let plan = Plan::new(shape, &[other], &[outputs[0].operand()], None);
        return run(plan, update);
    }
    let inputs: SmallVec<[Operand<'_>; 4]> = inputs
        .iter()
        .zip(&row.inputs)
        .map(|(input, dtype)| match input {
            Ready::Array(array) if array.dtype() == dtype => array.operand(),
            Ready::Array(array) => array
                .operand()
                .cast(dtype.kind(), cast_kernel(array.dtype(), dtype)),
            Ready::Scalar(scalar) => scalar.operand(),
        })
        .collect();
    let outputs: SmallVec<[Operand<'_>; 2]> = outputs
        .iter()
        .zip(&row.outputs)
        .map(|(out, dtype)| match out.dtype() == dtype {
            true => out.operand(),
            false => out
                .operand()
                .cast(dtype.kind(), cast_kernel(dtype, out.dtype())),
        })
        .collect();
    let mask = mask.map(Array::operand);
    run(
        Plan::new(shape, &inputs, &outputs, mask.as_ref()),
        &*row.kernel,
    )
}

/// An input as it lies, if it is packed like the first array, or a number that the loop can take as it is.
#[inline]
fn packed_operand<'a>(input: &Input<'a>, first: &Array, place: &'a mut f64) -> Option<Operand<'a>> {
    *place = match *input {
        Input::Array(array) => {
            let alike = array.dtype() == first.dtype()
                && array.shape() == first.shape()
                && array.is_c_contiguous();
            return alike.then(|| array.operand());
        }
        Input::Float(value) => value,
        Input::Int(value) => value as f64,
        _ => return None,
    };
    (*first.dtype() == DType::Float64).then_some(Operand::value(place))
}

/// Where the output is the first input itself (`a += b`): the kernel that updates it in place, and the other input.
fn in_place<'a>(
    row: &'a Loop,
    inputs: &'a [Ready],
    outputs: &[Array],
) -> Option<(&'a Kernel<'static>, &'a Ready)> {
    let ([Ready::Array(first), other], [output]) = (inputs, outputs) else {
        return None;
    };
    let update = row.fold.as_deref().filter(|_| row.in_place)?;
    let plain = |array: &Array| *array.dtype() == row.inputs[0];
    let apart = match other {
        Ready::Array(other) => {
            plain(other) && !other.shares_buffer(output) && !other.buffer().is_foreign()
        }
        Ready::Scalar(_) => true,
    };
    let same = plain(first) && plain(output) && first.same_elements(output);
    // The kernel must see the output where it is: packed, and beside nothing that is broadcast but one value.
    let direct = |array: &Array| {
        array.shape() == output.shape() && array.is_c_contiguous() && array.is_aligned()
    };
    let lies = match other {
        Ready::Array(other) => direct(output) && direct(other),
        Ready::Scalar(_) => direct(output),
    };
    (apart && same && lies && output.ndim() > 0).then_some((update, other))
}
