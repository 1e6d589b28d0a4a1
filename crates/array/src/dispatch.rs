//! From a dtype known at run time to a Rust type known at compile time: once a call, never per element.

/// Evaluates an expression with a type name bound to the Rust type of a dtype's elements.
///
/// ```
/// use rustsci_array::{DType, dispatch};
/// let size = dispatch!(DType::Float32, T => size_of::<T>());
/// assert_eq!(size, 4);
/// ```
#[macro_export]
macro_rules! dispatch {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::DType::Bool => {
                type $T = $crate::dtype::Bool;
                $body
            }
            $crate::DType::Int8 => {
                type $T = i8;
                $body
            }
            $crate::DType::UInt8 => {
                type $T = u8;
                $body
            }
            $crate::DType::Int16 => {
                type $T = i16;
                $body
            }
            $crate::DType::UInt16 => {
                type $T = u16;
                $body
            }
            $crate::DType::Int32 => {
                type $T = i32;
                $body
            }
            $crate::DType::UInt32 => {
                type $T = u32;
                $body
            }
            $crate::DType::Int64 => {
                type $T = i64;
                $body
            }
            $crate::DType::UInt64 => {
                type $T = u64;
                $body
            }
            $crate::DType::Float16 => {
                type $T = $crate::dtype::f16;
                $body
            }
            $crate::DType::Float32 => {
                type $T = f32;
                $body
            }
            $crate::DType::Float64 => {
                type $T = f64;
                $body
            }
            $crate::DType::Complex64 => {
                type $T = $crate::dtype::Complex<f32>;
                $body
            }
            $crate::DType::Complex128 => {
                type $T = $crate::dtype::Complex<f64>;
                $body
            }
        }
    };
}

/// Evaluates an expression with a type name bound to an element type of the given size in bytes: for work that moves
/// elements without looking into them.
#[macro_export]
macro_rules! dispatch_size {
    ($size:expr, $T:ident => $body:expr) => {
        match $size {
            1 => {
                type $T = u8;
                $body
            }
            2 => {
                type $T = u16;
                $body
            }
            4 => {
                type $T = u32;
                $body
            }
            8 => {
                type $T = u64;
                $body
            }
            _ => {
                type $T = $crate::dtype::Complex<f64>;
                $body
            }
        }
    };
}
