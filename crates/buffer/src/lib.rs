//! Memory, layouts and safe typed iteration.
//!
//! This crate holds all the `unsafe` code of the core; every other crate forbids it.
//!
//! - [`Buffer`]: a shared block of bytes, ours or a foreign owner's.
//! - [`Layout`]: how an array lies in a block; pure functions on shapes and strides.
//! - [`Plan`]: one elementwise operation over any mix of layouts, run block by block.
//! - [`Reader`] and [`Writer`]: an array's elements as packed typed blocks, in C order.
//! - [`loan`] and [`published`]: what a thread pool needs beyond the standard library.
//! - [`fpstatus`]: the processor's floating-point flags; [`simd`]: wider instructions.

pub mod block;
mod blocks;
mod bytes;
mod copy;
pub mod element;
mod fold;
pub mod fpstatus;
mod io;
pub mod layout;
pub mod loan;
mod memory;
pub mod overlap;
mod plan;
pub mod published;
mod scratch;
pub mod simd;
mod single;
mod strided;
mod truncate;

pub use block::{Block, Kernel};
pub use blocks::{Side, compress_row, copy_blocks, take_row};
pub use bytes::copy_bytes;
pub use copy::copy;
pub use element::{Bool, Complex, Element, Kind, f16};
pub use fold::{Fold, Grouping, fold_packed, halfway};
pub use io::{Reader, Writer, load, store};
pub use layout::{Layout, Order, Shape, Strides};
pub use memory::{ALIGNMENT, Buffer, OutOfMemory};
pub use plan::{Operand, Part, Plan, run_packed};
pub use scratch::Scratch;
pub use single::{Value, call_once};
pub use truncate::Truncate;
