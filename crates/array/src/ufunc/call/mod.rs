//! Calling a ufunc.

mod execute;
mod packed;
mod shape;
mod values;

use self::execute::{execute, execute_apart, new_result};
use rustsci_buffer::fpstatus;
use smallvec::{SmallVec, smallvec};

use super::conditions::cast_reports;
use super::{Input, Loop, Options, Ufunc};
use crate::array::CopyOrder;
use crate::exec::{report, with_status};
use crate::indexing::{self, Index};
use crate::warning::warn_of_cast;
use crate::{Array, DType, Error, Result, Scalar};

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
        if let Some(guard) = row.guard
            && !shape.contains(&0)
        {
            guard(&taken(&ready, &shape, options.mask)?)?;
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
        if let [Input::Int(a), Input::Int(b)] = *inputs {
            let order = [Input::Int(a.cmp(&b) as i128), Input::Int(0)];
            let row = self.resolve(&order, None, options.casting)?;
            return self.run_loop(row, &order, options).map(Some);
        }
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
            let given = options.out.map(|out| out.map(|out| out.dtype().clone()));
            self.check_casts(&[], row, &given, options.casting, None)?;
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

/// The elements that a loop takes of its inputs: those at which a mask holds, if there is one.
fn taken(ready: &[Ready], shape: &[usize], mask: Option<&Array>) -> Result<Vec<Array>> {
    let mask = mask.map(|mask| mask.broadcast_to(shape)).transpose()?;
    ready
        .iter()
        .map(|input| {
            let array = match input {
                Ready::Array(array) => array.clone(),
                Ready::Scalar(scalar) => Array::from_scalar(scalar)?,
            };
            match &mask {
                None => Ok(array),
                Some(mask) => {
                    indexing::get(&array.broadcast_to(shape)?, &[Index::Array(mask.clone())])
                }
            }
        })
        .collect()
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
