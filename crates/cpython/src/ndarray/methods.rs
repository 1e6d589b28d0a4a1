//! Methods that are neither rows of the common table nor part of a protocol.

use crate::call::HostFunction;

pub(super) static METHODS: &[HostFunction] = &[];
