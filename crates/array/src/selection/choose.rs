//! Elements from several arrays, an index saying for each from which.

use rustsci_buffer::{Order, Reader, Shape};

use super::mode::{Mode, as_indices};
use crate::array::narrow_text;
use crate::dtype::{Casting, Number};
use crate::ufunc::{Input, common_dtype};
use crate::warning::warn_of_cast;
use crate::{Array, Error, Result};

/// Elements put together in one go.
const CHUNK: usize = 1024;

/// The most arrays to choose from.
const MOST_CHOICES: usize = 64;

/// Puts an array together from several: where the broadcast index is `i`, the element comes from the i-th choice.
///
/// ```
/// use rustsci_array::{Array, selection::{Mode, choose}, ufunc::Input};
/// let which = Array::from_slice(&[0_i64, 1, 0])?;
/// let tens = Array::from_slice(&[10_i64, 20, 30])?;
/// let chosen = choose(&which, &[Input::Int(0), Input::Array(&tens)], None, Mode::Raise)?;
/// assert_eq!(chosen.to_vec::<i64>()?, [0, 20, 0]);
/// # Ok::<(), rustsci_array::Error>(())
/// ```
///
/// # Errors
/// If there are no choices or too many, shapes do not fit, or an index belongs to no choice and the mode is to raise.
pub fn choose(
    which: &Array,
    choices: &[Input<'_>],
    out: Option<&Array>,
    mode: Mode,
) -> Result<Array> {
    if choices.is_empty() {
        return Err(Error::value("0-length sequence."));
    }
    if choices.len() >= MOST_CHOICES {
        return Err(Error::value(format!(
            "Need at least 0 and at most {MOST_CHOICES} array objects."
        )));
    }
    let dtype = common_dtype(choices);
    let mut arrays = choices
        .iter()
        .map(|choice| choice.to_array(&dtype))
        .collect::<Result<Vec<Array>>>()?;
    let which = as_indices(which, Casting::Safe)?;
    arrays.push(which);
    let shape = common_shape(&arrays)?;
    let mut arrays = arrays
        .iter()
        .map(|array| array.broadcast_to(&shape))
        .collect::<Result<Vec<Array>>>()?;
    let Some(which) = arrays.pop() else {
        return Err(Error::value("0-length sequence."));
    };
    for array in &mut arrays {
        *array = array.as_dtype(&dtype)?;
    }
    let result = Array::empty(&shape, &dtype, Order::C)?;
    dispatch_size!(dtype.item_size(), T => fill::<T>(&result, &which, &arrays, mode))?;
    let Some(out) = out else {
        return Ok(result);
    };
    if out.shape() != &shape[..] {
        return Err(Error::type_("choose: invalid shape for output array."));
    }
    out.check_writeable("output array")?;
    warn_of_cast(&dtype, out.dtype());
    out.assign(&result)?;
    Ok(out.clone())
}

/// The shape that all arrays have in common.
fn common_shape(arrays: &[Array]) -> Result<Shape> {
    let mut shape = Shape::new();
    let mut first: Vec<usize> = Vec::new();
    for (number, array) in arrays.iter().enumerate() {
        while shape.len() < array.ndim() {
            shape.insert(0, 1);
            first.insert(0, number);
        }
        let lead = shape.len() - array.ndim();
        for (axis, &n) in array.shape().iter().enumerate() {
            let (have, decided) = (&mut shape[lead + axis], &mut first[lead + axis]);
            if *have == 1 && n != 1 {
                (*have, *decided) = (n, number);
            } else if n != 1 && n != *have {
                return Err(Error::value(format!(
                    "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {decided} \
                     with shape {} and arg {number} with shape {}.",
                    narrow_text(arrays[*decided].shape()),
                    narrow_text(array.shape())
                )));
            }
        }
    }
    Ok(shape)
}

fn fill<T: Number>(result: &Array, which: &Array, choices: &[Array], mode: Mode) -> Result<()> {
    let (result, count) = (result.viewed(&T::DTYPE)?, choices.len());
    let views = choices
        .iter()
        .map(|choice| choice.viewed(&T::DTYPE))
        .collect::<Result<Vec<Array>>>()?;
    let mut readers: Vec<Reader<'_, T>> = views.iter().map(Array::reader).collect();
    let (mut which, mut writer) = (which.reader::<i64>(), result.writer::<T>()?);
    let mut start = 0;
    while start < result.size() {
        let length = CHUNK.min(result.size() - start);
        let which = which.block(start, length)?;
        let mut blocks = Vec::with_capacity(count);
        for reader in &mut readers {
            blocks.push(reader.block(start, length)?);
        }
        writer.update(start, length, |elements| {
            for (i, (element, &index)) in elements.iter_mut().zip(which).enumerate() {
                // Unlike elsewhere, an index below zero does not count from the end.
                let choice = match mode {
                    Mode::Raise => usize::try_from(index).ok().filter(|&i| i < count),
                    _ => mode.position(index, count),
                };
                let Some(choice) = choice else {
                    return Err(Error::value("invalid entry in choice array"));
                };
                *element = blocks[choice][i];
            }
            Ok(())
        })??;
        start += length;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;

    #[test]
    fn indices_and_choices_are_broadcast() {
        let which = Array::from_shape(&[2, 1], &[1_i8, 0]).unwrap();
        let (a, b) = (
            Array::from_slice(&[1_i8, 2]).unwrap(),
            Array::from_slice(&[0.5_f32, 1.5]).unwrap(),
        );
        let chosen = choose(
            &which,
            &[Input::Array(&a), Input::Array(&b)],
            None,
            Mode::Raise,
        )
        .unwrap();
        assert_eq!(
            (chosen.dtype(), chosen.to_vec::<f32>().unwrap()),
            (&DType::Float32, vec![0.5, 1.5, 1.0, 2.0])
        );
    }

    #[test]
    fn numbers_of_no_choice_follow_the_mode() {
        let which = Array::from_slice(&[0_i64, 5, -3]).unwrap();
        let choices = [Input::Int(10), Input::Int(20)];
        let chosen = |mode| choose(&which, &choices, None, mode);
        assert_eq!(
            chosen(Mode::Wrap).unwrap().to_vec::<i64>().unwrap(),
            [10, 20, 20]
        );
        assert_eq!(
            chosen(Mode::Clip).unwrap().to_vec::<i64>().unwrap(),
            [10, 20, 10]
        );
        assert_eq!(
            chosen(Mode::Raise).unwrap_err().to_string(),
            "invalid entry in choice array"
        );
    }

    #[test]
    fn shapes_that_do_not_fit_are_named() {
        let (a, b) = (
            Array::from_slice(&[1_i64, 2]).unwrap(),
            Array::from_slice(&[1_i64, 2, 3]).unwrap(),
        );
        let error = choose(&a, &[Input::Array(&b)], None, Mode::Raise).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("Mismatch is between arg 0 with shape (3,) and arg 1 with shape (2,).")
        );
    }
}
