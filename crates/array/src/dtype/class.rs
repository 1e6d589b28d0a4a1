//! The classes of dtypes, in the order in which one may become another.

use super::DType;

/// Bool, unsigned, signed, floating, complex: each may be cast to a later one as the "same kind".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the variants are the classes' names")]
pub enum Class {
    Bool,
    Unsigned,
    Signed,
    Floating,
    Complex,
}

impl Class {
    /// NumPy's kind character: one of `b u i f c`.
    pub const fn char(self) -> char {
        match self {
            Self::Bool => 'b',
            Self::Unsigned => 'u',
            Self::Signed => 'i',
            Self::Floating => 'f',
            Self::Complex => 'c',
        }
    }
}

impl DType {
    /// Which class the dtype belongs to.
    #[inline]
    pub const fn class(&self) -> Class {
        match self {
            Self::Bool => Class::Bool,
            Self::UInt8 | Self::UInt16 | Self::UInt32 | Self::UInt64 => Class::Unsigned,
            Self::Int8 | Self::Int16 | Self::Int32 | Self::Int64 => Class::Signed,
            Self::Float16 | Self::Float32 | Self::Float64 => Class::Floating,
            Self::Complex64 | Self::Complex128 => Class::Complex,
        }
    }

    /// Whether this is a signed or unsigned integer.
    pub const fn is_integer(&self) -> bool {
        matches!(self.class(), Class::Signed | Class::Unsigned)
    }

    /// Whether this is a floating-point or complex type.
    pub const fn is_inexact(&self) -> bool {
        matches!(self.class(), Class::Floating | Class::Complex)
    }

    /// Whether this is a complex type.
    pub const fn is_complex(&self) -> bool {
        matches!(self.class(), Class::Complex)
    }
}
