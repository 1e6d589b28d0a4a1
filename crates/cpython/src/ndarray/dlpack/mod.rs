//! DLPack: arrays lent to and borrowed from other libraries, version 1 of the protocol and what came before it.

mod export;
mod import;
mod tensor;

use pyo3::prelude::*;
use rustsci_bind::Header;

use self::export::export;
use self::import::import;
use self::tensor::CPU;
use crate::call::HostFunction;

pub(super) static METHODS: &[HostFunction] = &[
    HostFunction {
        header: Header::new(
            "__dlpack__",
            "(self, /, *, stream=None, max_version=None, dl_device=None, copy=None)",
            "Lend the memory as a DLPack capsule.",
        )
        .of_class("ndarray"),
        call: export,
    },
    HostFunction {
        header: Header::new(
            "__dlpack_device__",
            "(self, /)",
            "Return the DLPack device: the processor.",
        )
        .of_class("ndarray"),
        call: |call| Ok((CPU.kind, CPU.id).into_pyobject(call.py)?.into_any()),
    },
];

/// The function `from_dlpack`.
pub(crate) static FROM_DLPACK: HostFunction = HostFunction {
    header: Header::new(
        "from_dlpack",
        "(x, /, *, device=None, copy=None)",
        "Make an array of the memory that another library lends by DLPack.",
    ),
    call: import,
};
