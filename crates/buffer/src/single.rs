//! One value of any type, and kernels called on single values.

use smallvec::SmallVec;

use crate::block::{self, Block, Kernel, MAX_INPUTS, MAX_OUTPUTS};
use crate::element::{Element, Kind};

/// One value of any element type.
#[derive(Clone, Copy)]
#[repr(C, align(16))]
pub struct Value([u8; 16]);

impl Value {
    /// A value of all zero bytes.
    pub(crate) const ZERO: Self = Self([0; 16]);

    /// A value from an element.
    #[inline]
    pub fn new<T: Element>(value: T) -> Self {
        let mut result = Self::ZERO;
        // SAFETY: elements are at most 16 bytes of plain data.
        unsafe { result.as_mut_ptr().cast::<T>().write(value) };
        result
    }

    /// The value as an element of the type it was made from.
    #[inline]
    pub fn get<T: Element>(&self) -> T {
        // SAFETY: 16 aligned bytes hold any element, and every bit pattern is one.
        unsafe { self.0.as_ptr().cast::<T>().read() }
    }

    #[inline]
    pub(crate) fn as_mut_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr()
    }

    /// The value as a block of one element.
    pub(crate) fn lane(&mut self, kind: Kind) -> block::Lane {
        block::Lane {
            address: self.as_mut_ptr(),
            len: 1,
            kind,
        }
    }
}

/// Calls an elementwise kernel on single values, and gives its first output.
///
/// # Panics
/// If there are too many inputs.
pub fn call_once(kernel: &Kernel<'_>, inputs: &[(Value, Kind)], output: Kind) -> Value {
    let mut values: SmallVec<[Value; MAX_INPUTS]> =
        inputs.iter().map(|(value, _)| *value).collect();
    let mut lanes = [block::Lane::NONE; MAX_INPUTS];
    for ((lane, value), (_, kind)) in lanes.iter_mut().zip(&mut values).zip(inputs) {
        *lane = value.lane(*kind);
    }
    let mut result = Value::ZERO;
    let mut outputs = [block::Lane::NONE; MAX_OUTPUTS];
    outputs[0] = result.lane(output);
    // SAFETY: all lanes are aligned values of this function's own.
    kernel(&mut unsafe { Block::new(1, lanes, outputs) });
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_run_on_single_values() {
        let add = |block: &mut Block<'_>| {
            let (a, b, out) = block.binary::<i32, i32, i32>();
            out[0] = a[0] + b[0];
        };
        let inputs = [
            (Value::new(2_i32), Kind::I32),
            (Value::new(3_i32), Kind::I32),
        ];
        assert_eq!(call_once(&add, &inputs, Kind::I32).get::<i32>(), 5);
    }
}
