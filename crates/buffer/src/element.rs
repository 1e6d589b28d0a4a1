//! The types an array can hold, as the machine sees them.

pub use half::f16;
pub use num_complex::Complex;

/// A truth value as it lies in array memory: one byte, zero for false, anything else for true.
///
/// Rust's `bool` may hold only 0 and 1, which memory handed to us by others does not promise.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct Bool(pub u8);

impl Bool {
    /// The true value, in its canonical byte.
    pub const TRUE: Self = Self(1);
    /// The false value.
    pub const FALSE: Self = Self(0);

    /// The truth of this byte.
    #[inline(always)]
    pub fn get(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Bool {
    #[inline(always)]
    fn from(value: bool) -> Self {
        Self(u8::from(value))
    }
}

impl PartialEq for Bool {
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Bool {}

impl PartialOrd for Bool {
    #[inline(always)]
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bool {
    #[inline(always)]
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.get().cmp(&other.get())
    }
}

impl std::fmt::Debug for Bool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.get().fmt(f)
    }
}

/// Which machine type an [`Element`] is; erased blocks carry it so that they can be read back safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "each variant is named after its type")]
pub enum Kind {
    Bool,
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
    F16,
    F32,
    F64,
    C64,
    C128,
}

impl Kind {
    /// Size of one element in bytes.
    #[inline]
    pub const fn size(self) -> usize {
        match self {
            Self::Bool | Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 | Self::F16 => 2,
            Self::I32 | Self::U32 | Self::F32 => 4,
            Self::I64 | Self::U64 | Self::F64 | Self::C64 => 8,
            Self::C128 => 16,
        }
    }

    /// Alignment of one element in bytes.
    #[inline]
    pub const fn alignment(self) -> usize {
        match self {
            Self::C64 => 4,
            Self::C128 => 8,
            other => other.size(),
        }
    }
}

/// A machine type that array memory may hold.
///
/// # Safety
/// Every bit pattern of `size_of::<Self>()` bytes must be a valid value, there must be no padding,
/// and `KIND` must name this very type (its size and alignment included).
pub unsafe trait Element:
    Copy + Default + PartialEq + Send + Sync + std::fmt::Debug + 'static
{
    /// The tag of this type.
    const KIND: Kind;
}

macro_rules! elements {
    ($($type:ty => $kind:ident),* $(,)?) => {$(
        // SAFETY: plain numbers (or pairs of them) without padding, valid for every bit pattern.
        unsafe impl Element for $type {
            const KIND: Kind = Kind::$kind;
        }
        const _: () = assert!(
            size_of::<$type>() == Kind::$kind.size() && align_of::<$type>() == Kind::$kind.alignment()
        );
    )*};
}

elements! {
    Bool => Bool, i8 => I8, u8 => U8, i16 => I16, u16 => U16, i32 => I32, u32 => U32, i64 => I64, u64 => U64,
    f16 => F16, f32 => F32, f64 => F64, Complex<f32> => C64, Complex<f64> => C128,
}
