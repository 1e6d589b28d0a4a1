//! The shape of a call.

use rustsci_buffer::Shape;
use rustsci_buffer::layout::broadcast_shapes;
use smallvec::SmallVec;

use crate::array::shape_text;
use crate::ufunc::{Input, Options, Ufunc};
use crate::{Array, Error, Result};

impl Ufunc {
    /// The shape that inputs, outputs and mask have in common.
    pub(super) fn result_shape(
        &self,
        inputs: &[Input<'_>],
        options: &Options<'_>,
    ) -> Result<Shape> {
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
}
