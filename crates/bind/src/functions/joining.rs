//! Arrays put together.

use rustsci_array::dtype::Casting;
use rustsci_array::joining::{self, Joining};
use rustsci_array::ufunc::Input;
use rustsci_array::{Array, DType, Error, Result};

use crate::convert::{Operand, Target};
use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&CONCATENATE];

/// Join arrays along an existing axis.
#[export(
    signature = "(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind')",
    dispatch = "*arrays, out"
)]
fn concatenate(
    arrays: Vec<Operand>,
    axis: Option<isize>,
    out: Option<Target>,
    dtype: Option<DType>,
    casting: Casting,
) -> Result<Array> {
    if out.is_some() && dtype.is_some() {
        return Err(Error::type_(
            "concatenate() only takes `out` or `dtype` as an argument, but both were provided.",
        ));
    }
    let inputs: Vec<Input<'_>> = arrays.iter().map(Operand::input).collect();
    joining::concatenate(
        &inputs,
        &Joining {
            axis,
            out: out.as_ref().map(|out| &out.0),
            dtype,
            casting,
        },
    )
}
