//! The memory order of a result that is made from several arrays.

use rustsci_buffer::layout::packed_strides;
use rustsci_buffer::{Layout, Order, Shape, Strides};

use super::Array;
use crate::{DType, Result};

/// A new array whose axes are in the memory order on which the sources agree; where they do not, C order wins.
///
/// Sources may have fewer axes than the shape: they lie at its end.
///
/// # Errors
/// If memory cannot be had.
pub(crate) fn empty_agreed(shape: &[usize], dtype: &DType, sources: &[&Array]) -> Result<Array> {
    let result = Array::empty(shape, dtype, Order::C)?;
    if shape.len() < 2 || sources.iter().all(|source| source.is_c_contiguous()) {
        return Ok(result);
    }
    let mut order: Shape = (0..shape.len()).collect();
    for i in 1..order.len() {
        let mut j = i;
        while j > 0 && is_inverted(order[j - 1], order[j], shape.len(), sources) {
            order.swap(j - 1, j);
            j -= 1;
        }
    }
    let ordered: Shape = order.iter().map(|&axis| shape[axis]).collect();
    let packed = packed_strides(&ordered, dtype.item_size(), Order::C);
    let mut strides = Strides::from_elem(0, shape.len());
    for (&axis, &stride) in order.iter().zip(&packed) {
        strides[axis] = stride;
    }
    Ok(result.with_layout(Layout {
        strides,
        ..result.layout().clone()
    }))
}

/// Whether all sources that tell two axes apart have shorter steps along the first.
fn is_inverted(first: usize, second: usize, ndim: usize, sources: &[&Array]) -> bool {
    let mut inverted = false;
    for source in sources {
        let step = |axis: usize| {
            let axis = (axis + source.ndim()).checked_sub(ndim)?;
            let stride = source.strides()[axis].unsigned_abs();
            (source.shape()[axis] != 1 && stride != 0).then_some(stride)
        };
        if let (Some(first), Some(second)) = (step(first), step(second)) {
            if first >= second {
                return false;
            }
            inverted = true;
        }
    }
    inverted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_give_c_order_and_broadcast_axes_have_no_say() {
        let c = Array::zeros(&[3, 4], &DType::Float64, Order::C).unwrap();
        let f = Array::zeros(&[3, 4], &DType::Float64, Order::F).unwrap();
        let row = Array::zeros(&[4], &DType::Float64, Order::C).unwrap();
        let strides = |sources: &[&Array]| {
            let result = empty_agreed(&[3, 4], &DType::Float64, sources).unwrap();
            (result.strides()[0], result.strides()[1])
        };
        assert_eq!(strides(&[&f, &c]), (32, 8));
        assert_eq!(strides(&[&f, &row]), (8, 24));
        assert_eq!(strides(&[&f, &f]), (8, 24));
    }

    #[test]
    fn any_permutation_is_followed() {
        let a = Array::zeros(&[2, 3, 4], &DType::Float64, Order::C).unwrap();
        let turned = a.permuted(&[1, 2, 0]);
        let result = empty_agreed(&[3, 4, 2], &DType::Int8, &[&turned]).unwrap();
        assert_eq!(result.strides(), [4, 1, 12]);
    }
}
