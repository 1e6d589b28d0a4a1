//! Powers.

use rustsci_buffer::Complex;

use super::families::*;
use crate::dtype::Class;
use crate::math::complex;
use crate::math::vector::{ElementaryOfTwo, Power};
use crate::ufunc::Ufunc;
use crate::{Array, DType, Error, Result};

pub(super) fn square() -> Ufunc {
    let u = Ufunc::new("square", 1, 1, "The element-wise square.");
    let u = integers!(u, unary, |a| a.wrapping_mul(a));
    complexes!(floats1!(u, |a| a * a), unary, |a| a * a)
}

/// Integer powers by repeated squaring, wrapping; the exponent is not negative.
macro_rules! integer_power {
    ($base:expr, $exponent:expr) => {{
        let (mut base, mut exponent, mut result) = ($base, $exponent, 1);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = base.wrapping_mul(result);
            }
            base = base.wrapping_mul(base);
            exponent >>= 1;
        }
        result
    }};
}

fn no_negative_exponents(operands: &[Array]) -> Result<()> {
    let exponents = operands[1].as_dtype(&DType::Int64)?.to_vec::<i64>()?;
    if exponents.iter().any(|&exponent| exponent < 0) {
        return Err(Error::value(
            "Integers to negative integer powers are not allowed.",
        ));
    }
    Ok(())
}

pub(super) fn power() -> Ufunc {
    let u = Ufunc::new(
        "power",
        2,
        1,
        "The first argument raised to the power of the second.",
    );
    let u = integers!(u, closed, |a, b| integer_power!(a, b));
    let u = u.guarded(
        |row| row.inputs[1].class() == Class::Signed,
        no_negative_exponents,
    );
    u.closed(half2(<Power as ElementaryOfTwo<f32>>::any))
        .elementary_of_two::<f32, Power>()
        .elementary_of_two::<f64, Power>()
        .closed(|a: Complex<f32>, b: Complex<f32>| complex::power_single(a, b))
        .closed(complex::power)
}

pub(super) fn float_power() -> Ufunc {
    Ufunc::new(
        "float_power",
        2,
        1,
        "As power, always computed in double precision.",
    )
    .elementary_of_two::<f64, Power>()
    .closed(complex::power)
}
