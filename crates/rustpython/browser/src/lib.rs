//! The numeric crates in a bare WebAssembly module (`wasm32-unknown-unknown`): no threads, no files, no clock.
//!
//! It exports a few computations whose results `smoke.mjs` knows; NaN stands for a failure.

use rustsci_array::ufunc::{Input, Options, Reduction};
use rustsci_array::{Array, DType, Order, Scalar, ufunc};
use rustsci_glm::design_matrix::{Block, Dense, Design};
use rustsci_glm::families::FamilySpec;
use rustsci_glm::{Irls, Model, Observations};
use rustsci_healpix::{Degrees, Depth, projection};
use rustsci_stats::exact::Moments;

/// The sum of the squares of 0, 1, … n - 1, of every second element of an array seen backwards.
fn sum_of_squares(n: usize) -> rustsci_array::Result<f64> {
    let (zero, one) = (Scalar::from(0.0), Scalar::from(1.0));
    let numbers = Array::arange(&zero, &one, 2 * n, &DType::Float64)?;
    let last = numbers.size().saturating_sub(2);
    let halves = numbers.with_layout(numbers.layout().sliced(0, last, -2, n));
    let ufunc =
        |name: &str| ufunc::get(name).ok_or_else(|| rustsci_array::Error::runtime("no such ufunc"));
    let half = Scalar::from(0.5);
    let halved = ufunc("multiply")?.call_one(
        &[Input::Array(&halves), Input::Scalar(half)],
        &Options::default(),
    )?;
    let squares = ufunc("square")?.call_one(&[Input::Array(&halved)], &Options::default())?;
    let sum = ufunc("add")?.reduce(&squares, &Reduction::default())?;
    Ok(sum.get(&[]).to())
}

/// As [`sum_of_squares`].
#[unsafe(no_mangle)]
pub extern "C" fn squares(n: u32) -> f64 {
    sum_of_squares(n as usize).unwrap_or(f64::NAN)
}

/// 1 if more memory than there is gives an error rather than a trap.
#[unsafe(no_mangle)]
pub extern "C" fn refuses_too_much() -> u32 {
    u32::from(Array::zeros(&[1 << 29, 2], &DType::Float64, Order::C).is_err())
}

/// The variance of 0.1, 0.2, … 0.1 n, with all digits of a sum that is rounded once.
#[unsafe(no_mangle)]
pub extern "C" fn variance(n: u32) -> f64 {
    let numbers: Vec<f64> = (1..=n).map(|i| f64::from(i) / 10.0).collect();
    let mut moments = Moments::new();
    moments.extend(&numbers);
    moments.variance(1).unwrap_or(f64::NAN)
}

/// The slope of a Poisson regression of exp(1 + x / 10) on x = 0, 1, … n - 1.
#[unsafe(no_mangle)]
pub extern "C" fn slope(n: u32) -> f64 {
    let x: Vec<f64> = (0..n).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| (1.0 + x / 10.0).exp()).collect();
    let blocks = vec![
        Block::Dense(Dense::Constant(1.0)),
        Block::Dense(Dense::Values(x.into())),
    ];
    let fitted = FamilySpec::Poisson.build().and_then(|family| {
        let link = family.default_link().build()?;
        let design = Design::new(y.len(), blocks);
        Irls::default().fit(&design, &Observations::new(y), &Model { family, link })
    });
    fitted.map_or(f64::NAN, |fit| fit.coefficients[1])
}

/// The HEALPix cell (nested numbering) of a position in degrees; NaN for a depth above 29.
#[unsafe(no_mangle)]
pub extern "C" fn cell(depth: u32, lon: f64, lat: f64) -> f64 {
    let mut cells = [0];
    let found = u8::try_from(depth)
        .ok()
        .and_then(|depth| Depth::new(depth).ok())
        .and_then(|depth| {
            projection::lonlat_to_nested::<Degrees>(depth, &[lon], &[lat], &mut cells).ok()
        });
    found.map_or(f64::NAN, |()| cells[0] as f64)
}
