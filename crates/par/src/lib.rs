//! Threads in one place.
#![forbid(unsafe_code)]
