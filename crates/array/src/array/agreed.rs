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
    if shape.len() < 2 || sources.iter().all(|source| source.is_c_contiguous()) {
        return Array::empty(shape, dtype, Order::C);
    }
    empty_in_order(shape, dtype, &agreed_order(shape.len(), sources))
}

/// A new array whose axes lie in memory in the given order, slowest first.
///
/// # Errors
/// If memory cannot be had.
pub fn empty_in_order(shape: &[usize], dtype: &DType, order: &[usize]) -> Result<Array> {
    let result = Array::empty(shape, dtype, Order::C)?;
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

/// A new array for the elements of several, whose axes are in the order of all their steps; those of an axis of length one
/// have no say, but to stand still along a longer one (a broadcast one) counts as the shortest of steps.
///
/// # Errors
/// If memory cannot be had.
pub(crate) fn empty_joined(shape: &[usize], dtype: &DType, sources: &[&Array]) -> Result<Array> {
    let mut order = Shape::new();
    for axis in 0..shape.len() {
        // Before the last axes that have shorter steps; where steps conflict, the order of the axes wins.
        let mut place = order.len();
        for (i, &slower) in order.iter().enumerate().rev() {
            match is_inside(slower, axis, shape.len(), sources, true) {
                Some(true) => place = i,
                Some(false) => break,
                None => {}
            }
        }
        order.insert(place, axis);
    }
    empty_in_order(shape, dtype, &order)
}

/// The axes, slowest first, in the memory order on which the sources agree.
///
/// From the last axis to the first, each is put inside of those already there, from the slowest on, that it has shorter
/// steps than. Axes along which a source does not move (broadcast ones) are not told apart by it.
pub fn agreed_order(ndim: usize, sources: &[&Array]) -> Shape {
    let mut order = Shape::new();
    for axis in (0..ndim).rev() {
        let mut place = 0;
        for (i, &slower) in order.iter().enumerate() {
            match is_inside(axis, slower, ndim, sources, false) {
                Some(true) => place = i + 1,
                Some(false) => break,
                None => {}
            }
        }
        order.insert(place, axis);
    }
    order
}

/// Whether all sources that tell two axes apart have shorter steps along the first; nothing if none does.
fn is_inside(
    first: usize,
    second: usize,
    ndim: usize,
    sources: &[&Array],
    broadcast_counts: bool,
) -> Option<bool> {
    let mut inside = None;
    for source in sources {
        let step = |axis: usize| {
            let axis = (axis + source.ndim()).checked_sub(ndim)?;
            let stride = source.strides()[axis].unsigned_abs();
            (source.shape()[axis] != 1 && (stride != 0 || broadcast_counts)).then_some(stride)
        };
        if let (Some(first), Some(second)) = (step(first), step(second)) {
            if first >= second {
                return Some(false);
            }
            inside = Some(true);
        }
    }
    inside
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
