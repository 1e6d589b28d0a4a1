//! The core crates in a bare WebAssembly module (`wasm32-unknown-unknown`): no threads, no files, no clock.
//!
//! It exports a few computations whose results `smoke.mjs` knows.

use rustsci_array::ufunc::{Input, Options, Reduction};
use rustsci_array::{Array, DType, Result, Scalar, ufunc};

/// The sum of the squares of 0, 1, … n - 1, of every second element of an array seen backwards.
fn sum_of_squares(n: usize) -> Result<f64> {
    let (zero, one) = (Scalar::from(0.0), Scalar::from(1.0));
    let numbers = Array::arange(&zero, &one, 2 * n, &DType::Float64)?;
    let last = numbers.size().saturating_sub(2);
    let halves = numbers.with_layout(numbers.layout().sliced(0, last, -2, n));
    let ufunc = |name: &str| ufunc::get(name).ok_or_else(|| rustsci_array::Error::runtime("no such ufunc"));
    let half = Scalar::from(0.5);
    let halved = ufunc("multiply")?.call_one(
        &[Input::Array(&halves), Input::Scalar(half)],
        &Options::default(),
    )?;
    let squares = ufunc("square")?.call_one(&[Input::Array(&halved)], &Options::default())?;
    let sum = ufunc("add")?.reduce(&squares, &Reduction::default())?;
    Ok(sum.get(&[]).to())
}

/// As [`sum_of_squares`]; -1 for a failure.
#[unsafe(no_mangle)]
pub extern "C" fn squares(n: u32) -> f64 {
    sum_of_squares(n as usize).unwrap_or(-1.0)
}

/// 1 if more memory than there is gives an error rather than a trap.
#[unsafe(no_mangle)]
pub extern "C" fn refuses_too_much() -> u32 {
    u32::from(Array::zeros(&[1 << 29, 2], &DType::Float64, rustsci_array::Order::C).is_err())
}
