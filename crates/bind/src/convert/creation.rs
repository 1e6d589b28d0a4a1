//! Arguments of creation functions that every one of them takes.

use rustsci_array::{Error, Result};

use super::{Argument, FromArgument};
use crate::object::View;

/// `device=`: there is one.
#[derive(Clone, Copy, Debug)]
pub struct Device;

impl<'a> FromArgument<'a> for Device {
    fn from_argument(argument: &Argument<'a>) -> Result<Self> {
        match argument.object.view() {
            View::None | View::Str("cpu") => Ok(Self),
            other => {
                let received = match other {
                    View::Str(name) => name.to_owned(),
                    _ => argument.object.repr(),
                };
                Err(Error::value(format!(
                    "Device not understood. Only \"cpu\" is allowed, but received: {received}"
                )))
            }
        }
    }
}

/// `like=`: the host has asked it already, and it did not take over.
#[derive(Clone, Copy, Debug)]
pub struct Like;

impl<'a> FromArgument<'a> for Like {
    fn from_argument(_: &Argument<'a>) -> Result<Self> {
        Ok(Self)
    }
}
