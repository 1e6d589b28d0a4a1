//! The table: every ufunc, one function each that describes it, in files by field.

mod arithmetic;
mod comparison;
mod division;
mod divisors;
mod elementary;
mod families;
mod floating;
mod logic;
mod powers;
mod signs;

pub(super) use families::{half2, narrow};

use rustsci_buffer::fpstatus;

use super::Ufunc;

/// All ufuncs. A new one is a function in the file of its field, and a name here.
pub(super) fn all() -> Vec<Ufunc> {
    let arithmetic = [
        arithmetic::add,
        arithmetic::subtract,
        arithmetic::multiply,
        division::divide,
        division::floor_divide,
        division::remainder,
        division::fmod,
        division::divmod,
        powers::power,
        powers::float_power,
        signs::negative,
        signs::positive,
        signs::absolute,
        signs::fabs,
        signs::sign,
        signs::conjugate,
        powers::square,
        division::reciprocal,
        divisors::gcd,
        divisors::lcm,
        signs::heaviside,
    ];
    let comparison = [
        comparison::equal,
        comparison::not_equal,
        comparison::less,
        comparison::less_equal,
        comparison::greater,
        comparison::greater_equal,
        comparison::maximum,
        comparison::minimum,
        comparison::fmax,
        comparison::fmin,
        comparison::clip,
    ];
    let logic = [
        logic::logical_and,
        logic::logical_or,
        logic::logical_xor,
        logic::logical_not,
        logic::bitwise_and,
        logic::bitwise_or,
        logic::bitwise_xor,
        logic::invert,
        logic::left_shift,
        logic::right_shift,
        logic::bitwise_count,
    ];
    let floating = [
        floating::isnan,
        floating::isinf,
        floating::isfinite,
        floating::signbit,
        floating::copysign,
        floating::nextafter,
        floating::spacing,
        floating::modf,
        floating::frexp,
        floating::ldexp,
        floating::floor,
        floating::ceil,
        floating::trunc,
        floating::rint,
        floating::hypot,
    ];
    let elementary = [
        elementary::sqrt,
        elementary::cbrt,
        elementary::exp,
        elementary::exp2,
        elementary::expm1,
        elementary::log,
        elementary::log2,
        elementary::log10,
        elementary::log1p,
        elementary::logaddexp,
        elementary::logaddexp2,
        elementary::sin,
        elementary::cos,
        elementary::tan,
        elementary::arcsin,
        elementary::arccos,
        elementary::arctan,
        elementary::arctan2,
        elementary::sinh,
        elementary::cosh,
        elementary::tanh,
        elementary::arcsinh,
        elementary::arccosh,
        elementary::arctanh,
        elementary::degrees,
        elementary::radians,
        elementary::rad2deg,
        elementary::deg2rad,
    ];
    let fields: [&[fn() -> Ufunc]; 5] = [&arithmetic, &comparison, &logic, &floating, &elementary];
    fields
        .into_iter()
        .flatten()
        .map(|describe| match fpstatus::KEPT {
            true => describe(),
            false => describe().without_flags(),
        })
        .collect()
}
