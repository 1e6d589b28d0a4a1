//! The crate `unicode_names2` in the version that RustPython's parser asks for, by that which the rest of it has.

#![no_std]

pub use newer::character;
