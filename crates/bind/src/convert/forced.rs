//! Arguments that become arrays of one dtype.
//!
//! An array has a dtype of its own, which the function judges; anything else is read as the dtype that is needed, as
//! if it had been asked for.

use rustsci_array::{Array, DType, Result};

use super::{Argument, FromArgument};
use crate::object::View;

macro_rules! forced {
    ($($(#[$doc:meta])* $name:ident => $dtype:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub Array);

        impl<'a> FromArgument<'a> for $name {
            #[inline]
            fn from_argument(argument: &Argument<'a>) -> Result<Self> {
                match argument.object.view() {
                    View::Array(array) => Ok(Self(array)),
                    _ => argument.object.to_array(Some(&DType::$dtype)).map(Self),
                }
            }

            fn elements(&self) -> usize {
                self.0.size()
            }
        }
    )*};
}

forced! {
    /// Numbers to compute with in double precision.
    Doubles => Float64,
}
