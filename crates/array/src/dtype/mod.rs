//! Element types: their names and numbers, how they promote, and how they cast.

mod cast;
mod class;
mod parse;
mod promote;

pub use cast::{Cast, Casting, can_cast, cast_kernel, convert};
pub use class::Class;
pub use parse::parse;
pub use promote::{Weak, promote, promote_all, promote_weak};

pub use rustsci_buffer::{Bool, Complex, f16};
use rustsci_buffer::{Element, Kind};

/// Calls a macro with the one list of dtypes: variant, Rust type, name, NumPy's type character, NumPy's type number.
///
/// Everything that must exist once for each dtype is made from this list.
#[macro_export]
macro_rules! for_each_dtype {
    ($callback:ident) => {
        $callback! {
            (Bool, rustsci_buffer::Bool, "bool", '?', 0),
            (Int8, i8, "int8", 'b', 1),
            (UInt8, u8, "uint8", 'B', 2),
            (Int16, i16, "int16", 'h', 3),
            (UInt16, u16, "uint16", 'H', 4),
            (Int32, i32, "int32", 'i', 5),
            (UInt32, u32, "uint32", 'I', 6),
            (Int64, i64, "int64", 'l', 7),
            (UInt64, u64, "uint64", 'L', 8),
            (Float16, rustsci_buffer::f16, "float16", 'e', 23),
            (Float32, f32, "float32", 'f', 11),
            (Float64, f64, "float64", 'd', 12),
            (Complex64, rustsci_buffer::Complex<f32>, "complex64", 'F', 14),
            (Complex128, rustsci_buffer::Complex<f64>, "complex128", 'D', 15),
        }
    };
}

macro_rules! define {
    ($(($variant:ident, $type:ty, $name:literal, $char:literal, $number:literal)),* $(,)?) => {
        /// The type of an array's elements.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each variant bears its dtype's name")]
        pub enum DType {
            $($variant),*
        }

        impl DType {
            /// All dtypes, in NumPy's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// NumPy's name: `"float64"`.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// NumPy's one-letter code: `'d'`.
            pub const fn char(&self) -> char {
                match self { $(Self::$variant => $char),* }
            }

            /// NumPy's type number.
            pub const fn number(&self) -> u8 {
                match self { $(Self::$variant => $number),* }
            }

            /// The dtype's place in [`DType::ALL`], whose order is that of the machine types.
            #[inline(always)]
            pub const fn index(&self) -> usize {
                self.kind() as usize
            }

            /// The machine type of one element.
            #[inline(always)]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$variant => <$type as Element>::KIND),* }
            }
        }

        $(impl Number for $type {
            const DTYPE: DType = DType::$variant;

            #[inline]
            fn to_scalar(self) -> $crate::Scalar {
                $crate::Scalar::$variant(self)
            }
        })*
    };
}

/// A Rust type that is some dtype's element.
pub trait Number: Element + Cast<f64> + Cast<Bool> + Cast<Complex<f64>> {
    /// The dtype.
    const DTYPE: DType;

    /// The value with its dtype.
    fn to_scalar(self) -> crate::Scalar;
}

for_each_dtype!(define);

impl DType {
    /// Size of one element in bytes.
    #[inline(always)]
    pub const fn item_size(&self) -> usize {
        self.kind().size()
    }

    /// Alignment of one element in bytes.
    pub const fn alignment(&self) -> usize {
        self.kind().alignment()
    }

    /// The array protocol's typestr: `"<f8"`, `"|b1"`.
    pub fn typestr(&self) -> String {
        let order = match self.item_size() {
            1 => '|',
            _ if cfg!(target_endian = "big") => '>',
            _ => '<',
        };
        format!("{order}{}{}", self.class().char(), self.item_size())
    }

    /// The real type of a complex dtype's parts; a real dtype is its own.
    #[must_use]
    pub const fn real(&self) -> Self {
        match self {
            Self::Complex64 => Self::Float32,
            Self::Complex128 => Self::Float64,
            Self::Bool => Self::Bool,
            Self::Int8 => Self::Int8,
            Self::UInt8 => Self::UInt8,
            Self::Int16 => Self::Int16,
            Self::UInt16 => Self::UInt16,
            Self::Int32 => Self::Int32,
            Self::UInt32 => Self::UInt32,
            Self::Int64 => Self::Int64,
            Self::UInt64 => Self::UInt64,
            Self::Float16 => Self::Float16,
            Self::Float32 => Self::Float32,
            Self::Float64 => Self::Float64,
        }
    }
}

impl std::fmt::Display for DType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
