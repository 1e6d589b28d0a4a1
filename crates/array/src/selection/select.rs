//! One of two arrays, element by element (`where` with three arguments).

use rustsci_buffer::layout::broadcast_shapes;
use rustsci_buffer::{Block, Operand, Plan, simd};

use super::blend::Blend;
use crate::array::{empty_agreed, narrow_text};
use crate::dtype::{Bool, cast_kernel};
use crate::exec::{run, with_status};
use crate::ufunc::{Input, common_dtype};
use crate::{Array, DType, Error, Result};

/// The elements of the first input where a condition holds, of the second elsewhere; all three are broadcast.
///
/// ```
/// use rustsci_array::{Array, selection::select, ufunc::Input};
/// let a = Array::from_slice(&[1_i8, 0, 3])?;
/// let chosen = select(&a, &Input::Array(&a), &Input::Int(-1))?;
/// assert_eq!(chosen.to_vec::<i8>()?, [1, -1, 3]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If the shapes do not fit, or a Python integer has more than 64 bits.
pub fn select(condition: &Array, x: &Input<'_>, y: &Input<'_>) -> Result<Array> {
    let dtype = common_dtype(&[x.clone(), y.clone()]);
    let (x, y) = (x.to_array(&dtype)?, y.to_array(&dtype)?);
    let shapes = [condition.shape(), x.shape(), y.shape()];
    let Some(shape) = broadcast_shapes(shapes) else {
        return Err(Error::value(format!(
            "operands could not be broadcast together with shapes {} ",
            shapes.map(narrow_text).join(" ")
        )));
    };
    let result = empty_agreed(&shape, &dtype, &[condition, &x, &y])?;
    let inputs = [
        operand(condition, &DType::Bool),
        operand(&x, &dtype),
        operand(&y, &dtype),
    ];
    let plan = Plan::new(&shape, &inputs, &[result.operand()], None);
    with_status(|| dispatch!(dtype, T => run(plan, &select_block::<T>)))?;
    Ok(result)
}

/// An array as an operand of a given type.
fn operand<'a>(array: &'a Array, used: &DType) -> Operand<'a> {
    if array.dtype() == used {
        array.operand()
    } else {
        let kernel = cast_kernel(array.dtype(), used);
        array.operand().cast(used.kind(), kernel)
    }
}

/// The kernel: any of the three inputs may be one value.
pub(crate) fn select_block<T: Blend>(block: &mut Block<'_>) {
    let (truth, x, y, out) = block.ternary::<Bool, T, T, T>();
    let truths = out.iter_mut().zip(truth);
    match (truth, x, y) {
        (&[truth], x, y) => {
            let chosen = if truth.get() { x } else { y };
            match *chosen {
                [value] => out.fill(value),
                _ => out.copy_from_slice(chosen),
            }
        }
        (_, &[x], &[y]) => simd::widest(
            #[inline(always)]
            || truths.for_each(|(out, &truth)| *out = T::blend(truth, x, y)),
        ),
        (_, x, &[y]) => simd::widest(
            #[inline(always)]
            || {
                truths
                    .zip(x)
                    .for_each(|((out, &truth), &x)| *out = T::blend(truth, x, y))
            },
        ),
        (_, &[x], y) => simd::widest(
            #[inline(always)]
            || {
                truths
                    .zip(y)
                    .for_each(|((out, &truth), &y)| *out = T::blend(truth, x, y))
            },
        ),
        (_, x, y) => simd::widest(
            #[inline(always)]
            || {
                truths
                    .zip(x.iter().zip(y))
                    .for_each(|((out, &truth), (&x, &y))| *out = T::blend(truth, x, y))
            },
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Order;

    #[test]
    fn all_three_are_broadcast_and_promoted() {
        let condition = Array::from_shape(&[2, 1], &[0.0, f64::NAN]).unwrap();
        let x = Array::from_slice(&[1_i16, 2, 3]).unwrap();
        let chosen = select(&condition, &Input::Array(&x), &Input::Float(0.5)).unwrap();
        assert_eq!(
            (
                chosen.dtype(),
                chosen.shape(),
                chosen.to_vec::<f64>().unwrap()
            ),
            (
                &DType::Float64,
                &[2, 3][..],
                vec![0.5, 0.5, 0.5, 1.0, 2.0, 3.0]
            )
        );
        let wrapped = select(&condition, &Input::Int(300), &Input::Scalar(1_u8.into())).unwrap();
        assert_eq!(wrapped.to_vec::<u8>().unwrap(), [1, 44]);
    }

    #[test]
    fn layouts_do_not_matter() {
        let a = Array::from_shape(&[30, 40], &(0..1200).collect::<Vec<i64>>()).unwrap();
        let f = a.copied(Order::F).unwrap();
        let odd = Array::from_slice(&[0_u8, 1])
            .unwrap()
            .broadcast_to(&[30, 20, 2])
            .unwrap();
        let odd = odd.reshaped(&[30, 40], Order::C).unwrap();
        let chosen = select(&odd, &Input::Array(&a), &Input::Array(&f)).unwrap();
        assert_eq!(chosen.to_vec::<i64>().unwrap(), a.to_vec::<i64>().unwrap());
    }

    #[test]
    fn shapes_must_fit() {
        let (a, b) = (
            Array::from_slice(&[1_i64, 2]).unwrap(),
            Array::from_slice(&[1_i64, 2, 3]).unwrap(),
        );
        let error = select(&a, &Input::Array(&b), &Input::Int(2)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "operands could not be broadcast together with shapes (2,) (3,) () "
        );
    }
}
