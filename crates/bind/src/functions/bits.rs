//! Bits as elements, and the order of bytes.

use rustsci_array::bits::{self, BitOrder};
use rustsci_array::{Array, Result};

use crate::convert::{Argument, FromArgument};
use crate::object::View;
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&PACKBITS, &UNPACKBITS, &BYTESWAP];

impl<'a> FromArgument<'a> for BitOrder {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::Str(name) => Self::parse(name),
            _ => Err(argument.expected("str")),
        }
    }
}

/// Pack truth values into the bits of bytes.
///
/// Parameters
/// ----------
/// a : array_like of ints or bools
///     What is not zero is a set bit.
/// axis : int, optional
///     The axis to pack along; None packs the flattened array.
/// bitorder : {'big', 'little'}, optional
///     Whether the first element is the most or the least significant bit.
///
/// Returns
/// -------
/// ndarray of uint8
///     The bytes; the last ones are filled up with zeros.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.packbits([1, 0, 1])
/// array([160], dtype=uint8)
#[export(signature = "(a, /, axis=None, bitorder='big')", dispatch = "a")]
fn packbits(a: Array, axis: Option<isize>, order: BitOrder) -> Result<Array> {
    bits::packbits(&a, axis, order)
}

/// Unpack the bits of bytes.
///
/// Parameters
/// ----------
/// a : ndarray of uint8
///     The bytes.
/// axis : int, optional
///     The axis to unpack along; None unpacks the flattened array.
/// count : int, optional
///     How many elements to return, zeros being added if there are fewer; a negative number is how many to leave out.
/// bitorder : {'big', 'little'}, optional
///     Whether the first element is the most or the least significant bit.
///
/// Returns
/// -------
/// ndarray of uint8
///     Elements of 0 and 1.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.unpackbits(np.array([5], dtype=np.uint8), count=-5, bitorder='little')
/// array([1, 0, 1], dtype=uint8)
#[export(
    signature = "(a, /, axis=None, count=None, bitorder='big')",
    dispatch = "a"
)]
fn unpackbits(
    a: Array,
    axis: Option<isize>,
    count: Option<isize>,
    order: BitOrder,
) -> Result<Array> {
    bits::unpackbits(&a, axis, count, order)
}

/// Reverse the bytes of each element.
///
/// Parameters
/// ----------
/// inplace : bool, optional
///     Whether to change the array itself.
///
/// Returns
/// -------
/// ndarray
///     The array, or a copy.
///
/// Examples
/// --------
/// >>> import rustsci as np
/// >>> np.array([1, 256], dtype=np.int16).byteswap()
/// array([256,   1], dtype=int16)
#[export(method, signature = "(self, /, inplace=False)")]
fn byteswap(array: Array, inplace: bool) -> Result<Array> {
    bits::byteswap(&array, inplace)
}
