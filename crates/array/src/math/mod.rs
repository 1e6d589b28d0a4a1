//! Elementary functions as slice kernels.
