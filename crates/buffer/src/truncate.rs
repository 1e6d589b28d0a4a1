//! Floats as integers: the least integer where the value does not fit, which raises the invalid condition.

/// Conversions that leave out the fraction.
pub trait Truncate {
    /// As a 32-bit integer.
    fn to_i32(self) -> i32;
    /// As a 64-bit integer.
    fn to_i64(self) -> i64;
    /// As an unsigned 64-bit integer; negative values wrap around.
    fn to_u64(self) -> u64;
}

/// The instructions of x86 do just that.
#[cfg(target_arch = "x86_64")]
mod instructions {
    use std::arch::x86_64::*;

    #[inline(always)]
    pub(super) fn f64_i32(x: f64) -> i32 {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { _mm_cvttsd_si32(_mm_set_sd(x)) }
    }

    #[inline(always)]
    pub(super) fn f64_i64(x: f64) -> i64 {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { _mm_cvttsd_si64(_mm_set_sd(x)) }
    }

    #[inline(always)]
    pub(super) fn f32_i32(x: f32) -> i32 {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { _mm_cvttss_si32(_mm_set_ss(x)) }
    }

    #[inline(always)]
    pub(super) fn f32_i64(x: f32) -> i64 {
        // SAFETY: every x86-64 processor has SSE2.
        unsafe { _mm_cvttss_si64(_mm_set_ss(x)) }
    }
}

/// Elsewhere the range is looked at first.
#[cfg(not(target_arch = "x86_64"))]
mod instructions {
    use crate::fpstatus::{Status, raise};

    /// Reports a value that its integer type cannot hold.
    #[cold]
    #[inline(never)]
    fn out_of_range<T>(value: T) -> T {
        raise(Status::INVALID);
        value
    }

    #[inline(always)]
    pub(super) fn f64_i32(x: f64) -> i32 {
        if x > -2_147_483_649.0 && x < 2_147_483_648.0 {
            x as i32
        } else {
            out_of_range(i32::MIN)
        }
    }

    #[inline(always)]
    pub(super) fn f64_i64(x: f64) -> i64 {
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        if (-LIMIT..LIMIT).contains(&x) {
            x as i64
        } else {
            out_of_range(i64::MIN)
        }
    }

    #[inline(always)]
    pub(super) fn f32_i32(x: f32) -> i32 {
        f64_i32(f64::from(x))
    }

    #[inline(always)]
    pub(super) fn f32_i64(x: f32) -> i64 {
        f64_i64(f64::from(x))
    }
}

macro_rules! truncate {
    ($float:ty, $to_i32:ident, $to_i64:ident) => {
        impl Truncate for $float {
            #[inline(always)]
            fn to_i32(self) -> i32 {
                instructions::$to_i32(self)
            }

            #[inline(always)]
            fn to_i64(self) -> i64 {
                instructions::$to_i64(self)
            }

            #[inline(always)]
            fn to_u64(self) -> u64 {
                const LIMIT: $float = 9_223_372_036_854_775_808.0;
                if self >= LIMIT {
                    (self - LIMIT).to_i64() as u64 ^ (1 << 63)
                } else {
                    self.to_i64() as u64
                }
            }
        }
    };
}

truncate!(f32, f32_i32, f32_i64);
truncate!(f64, f64_i32, f64_i64);
