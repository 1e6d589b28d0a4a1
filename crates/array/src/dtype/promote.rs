//! Promotion: the type that two operands have in common (NEP 50).

use smallvec::SmallVec;

use super::{Class, DType};

/// A Python number's claim on the result type: it takes part by its class only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// A Python `int`.
    Int,
    /// A Python `float`.
    Float,
    /// A Python `complex`.
    Complex,
}

/// The signed integer of a size in bytes, or float64 beyond the largest.
const fn signed(size: usize) -> DType {
    match size {
        1 => DType::Int8,
        2 => DType::Int16,
        4 => DType::Int32,
        8 => DType::Int64,
        _ => DType::Float64,
    }
}

/// The float of a size in bytes.
const fn float(size: usize) -> DType {
    match size {
        2 => DType::Float16,
        4 => DType::Float32,
        _ => DType::Float64,
    }
}

/// The size of the smallest float that holds every value of the dtype (or comes closest).
const fn float_size(dtype: &DType) -> usize {
    match dtype.class() {
        Class::Bool => 2,
        Class::Unsigned | Class::Signed => match dtype.item_size() {
            1 => 2,
            2 => 4,
            _ => 8,
        },
        Class::Floating => dtype.item_size(),
        Class::Complex => dtype.item_size() / 2,
    }
}

/// The smallest type to which both can be cast safely.
pub fn promote(a: &DType, b: &DType) -> DType {
    if a == b {
        return a.clone();
    }
    let (low, high) = if a.class() <= b.class() {
        (a, b)
    } else {
        (b, a)
    };
    match (low.class(), high.class()) {
        (Class::Bool, _) => high.clone(),
        (x, y) if x == y => if low.item_size() > high.item_size() {
            low
        } else {
            high
        }
        .clone(),
        (Class::Unsigned, Class::Signed) => signed(high.item_size().max(2 * low.item_size())),
        (_, Class::Floating) => float(float_size(low).max(high.item_size())),
        _ => match float_size(low).max(high.item_size() / 2) {
            8 => DType::Complex128,
            _ => DType::Complex64,
        },
    }
}

/// The type that any number of types have in common, if there is one at all: those of the highest class decide together
/// what the others are cast to, each by itself.
pub fn promote_all<'a>(dtypes: impl IntoIterator<Item = &'a DType>) -> Option<DType> {
    let mut dtypes: SmallVec<[&DType; 4]> = dtypes.into_iter().collect();
    dtypes.sort_by_key(|dtype| std::cmp::Reverse(dtype.class()));
    let (first, rest) = dtypes.split_first()?;
    Some(
        rest.iter()
            .fold((*first).clone(), |common, dtype| promote(&common, dtype)),
    )
}

/// The common type of an array's type and a Python number.
pub fn promote_weak(dtype: &DType, weak: Weak) -> DType {
    match (dtype.class(), weak) {
        (Class::Bool, Weak::Int) => DType::Int64,
        (_, Weak::Int) => dtype.clone(),
        (Class::Bool | Class::Unsigned | Class::Signed, Weak::Float) => DType::Float64,
        (_, Weak::Float) => dtype.clone(),
        (Class::Bool | Class::Unsigned | Class::Signed, Weak::Complex) => DType::Complex128,
        (Class::Floating, Weak::Complex) => match dtype.item_size() {
            8 => DType::Complex128,
            _ => DType::Complex64,
        },
        (Class::Complex, Weak::Complex) => dtype.clone(),
    }
}

impl Weak {
    /// The name of the Python type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Float => "float",
            Self::Complex => "complex",
        }
    }

    /// The type of a Python number that meets no array: NumPy's defaults.
    pub const fn default_dtype(self) -> DType {
        match self {
            Self::Int => DType::Int64,
            Self::Float => DType::Float64,
            Self::Complex => DType::Complex128,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DType::*;

    #[test]
    fn promotion_keeps_every_value() {
        let cases = [
            (UInt8, Int8, Int16),
            (UInt32, Int64, Int64),
            (UInt64, Int8, Float64),
            (Int8, Float16, Float16),
            (UInt16, Float16, Float32),
            (Int32, Float32, Float64),
            (Bool, Float16, Float16),
            (Int64, Complex64, Complex128),
            (Float16, Complex64, Complex64),
            (Float64, Complex64, Complex128),
        ];
        for (a, b, common) in cases {
            assert_eq!(promote(&a, &b), common);
            assert_eq!(promote(&b, &a), common);
        }
    }

    #[test]
    fn small_integers_that_meet_a_float_do_not_meet_each_other() {
        assert_eq!(promote_all([&Int16, &UInt16, &Float32]), Some(Float32));
        assert_eq!(promote_all([&Int16, &UInt16, &Int8]), Some(Int32));
        assert_eq!(promote_all([&UInt8, &Int16, &Complex64]), Some(Complex64));
        assert_eq!(promote_all([]), None);
    }

    #[test]
    fn python_numbers_are_weak() {
        assert_eq!(promote_weak(&UInt8, Weak::Int), UInt8);
        assert_eq!(promote_weak(&Float32, Weak::Float), Float32);
        assert_eq!(promote_weak(&Int8, Weak::Float), Float64);
        assert_eq!(promote_weak(&Float16, Weak::Complex), Complex64);
    }
}
