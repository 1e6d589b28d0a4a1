//! Memory shared with other libraries: the buffer protocol, `__array_interface__`, and DLPack.

mod array_interface;
mod buffer_export;
mod buffer_import;
mod dlpack;
mod dlpack_abi;
mod foreign;
mod format;

pub(crate) use array_interface::{from_array_interface, to_array_interface};
pub(crate) use buffer_export::{get_buffer, release_buffer};
pub(crate) use buffer_import::from_buffer;
pub(crate) use dlpack::FUNCTIONS;
