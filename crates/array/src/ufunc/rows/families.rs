//! Adding the same loop for a family of types.
//!
//! Each macro repeats one line for each type of its family: `integers!(ufunc, closed, |a, b| a.wrapping_add(b))` adds
//! `.closed(|a: i8, b: i8| …)`, `.closed(|a: u8, b: u8| …)` and so on. Half-precision floats compute in single precision.

use rustsci_buffer::f16;

/// Adds a loop for each listed type, one after the other.
macro_rules! each {
    ($ufunc:expr, $method:ident, [$T:ty $(, $rest:ty)*], |$($x:ident),*| $body:expr) => {
        each!($ufunc.$method(|$($x: $T),*| $body), $method, [$($rest),*], |$($x),*| $body)
    };
    ($ufunc:expr, $method:ident, [], |$($x:ident),*| $body:expr) => {
        $ufunc
    };
}

/// Adds a loop for each integer type.
macro_rules! integers {
    ($ufunc:expr, $method:ident, |$($x:ident),*| $body:expr) => {
        each!($ufunc, $method, [i8, u8, i16, u16, i32, u32, i64, u64], |$($x),*| $body)
    };
}

/// Adds a loop for each signed integer type, then for each unsigned one; NumPy's order is that of [`integers!`], which
/// does not matter where both are exact.
macro_rules! signed_and_unsigned {
    ($ufunc:expr, $method:ident, |$($x:ident),*| $signed:expr, $unsigned:expr) => {{
        let ufunc = $ufunc;
        let ufunc = each!(ufunc, $method, [i8], |$($x),*| $signed);
        let ufunc = each!(ufunc, $method, [u8], |$($x),*| $unsigned);
        let ufunc = each!(ufunc, $method, [i16], |$($x),*| $signed);
        let ufunc = each!(ufunc, $method, [u16], |$($x),*| $unsigned);
        let ufunc = each!(ufunc, $method, [i32], |$($x),*| $signed);
        let ufunc = each!(ufunc, $method, [u32], |$($x),*| $unsigned);
        let ufunc = each!(ufunc, $method, [i64], |$($x),*| $signed);
        each!(ufunc, $method, [u64], |$($x),*| $unsigned)
    }};
}

/// Adds a loop of one argument for each float type; the body gives a float.
macro_rules! floats1 {
    ($ufunc:expr, |$x:ident| $body:expr) => {
        $ufunc
            .unary($crate::ufunc::rows::families::half1(|$x: f32| $body))
            .unary(|$x: f32| $body)
            .unary(|$x: f64| $body)
    };
}

/// Adds a closed loop of two arguments for each float type.
macro_rules! floats2 {
    ($ufunc:expr, |$x:ident, $y:ident| $body:expr) => {
        $ufunc
            .closed($crate::ufunc::rows::families::half2(|$x: f32, $y: f32| {
                $body
            }))
            .closed(|$x: f32, $y: f32| $body)
            .closed(|$x: f64, $y: f64| $body)
    };
}

/// Adds a loop for each complex type.
macro_rules! complexes {
    ($ufunc:expr, $method:ident, |$($x:ident),*| $body:expr) => {
        each!($ufunc, $method, [rustsci_buffer::Complex<f32>, rustsci_buffer::Complex<f64>], |$($x),*| $body)
    };
}

/// A function of single precision as one of half precision.
pub(crate) fn half1(f: impl Fn(f32) -> f32 + Copy) -> impl Fn(f16) -> f16 + Copy {
    #[inline(always)]
    move |x| narrow(f(x.to_f32()))
}

/// A function of two single-precision numbers as one of half precision.
pub(crate) fn half2(f: impl Fn(f32, f32) -> f32 + Copy) -> impl Fn(f16, f16) -> f16 + Copy {
    #[inline(always)]
    move |x, y| narrow(f(x.to_f32(), y.to_f32()))
}

/// Rounds to half precision, reporting what becomes too large or too small.
pub(crate) fn narrow(x: f32) -> f16 {
    crate::dtype::Cast::<f16>::cast(x)
}

pub(crate) use {complexes, each, floats1, floats2, integers, signed_and_unsigned};
