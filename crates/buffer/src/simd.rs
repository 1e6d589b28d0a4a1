//! The one place where code is compiled for newer instruction sets than the target's baseline.

/// Runs `work` compiled for the widest vector instructions this processor has.
///
/// The closure's body is inlined into a copy of this function built for AVX2 (with FMA and BMI), so plain
/// loops over slices are vectorised for it. Mark the closure and what it calls `#[inline(always)]`: whatever
/// is not inlined keeps the baseline's instructions.
///
/// ```
/// let (x, mut y) = (vec![1.0_f64; 100], vec![0.0_f64; 100]);
/// rustsci_buffer::simd::vectorized(
///     #[inline(always)]
///     || y.iter_mut().zip(&x).for_each(|(y, x)| *y = x + 1.0),
/// );
/// assert_eq!(y[99], 2.0);
/// ```
#[inline]
pub fn vectorized<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if x86::has_avx2() {
        // SAFETY: the instruction sets that the function enables were detected on this processor.
        return unsafe { x86::avx2(work) };
    }
    work()
}

/// Whether `mul_add` is one instruction inside [`vectorized`]; elsewhere it is a slow function call, which a
/// kernel that is not after the single rounding avoids.
#[inline]
pub fn fused() -> bool {
    #[cfg(target_arch = "x86_64")]
    return x86::has_avx2();
    #[cfg(not(target_arch = "x86_64"))]
    cfg!(target_arch = "aarch64")
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::sync::atomic::{AtomicU8, Ordering};

    /// 0: not asked yet; 1: no; 2: yes.
    static AVX2: AtomicU8 = AtomicU8::new(0);

    #[inline(always)]
    pub(super) fn has_avx2() -> bool {
        match AVX2.load(Ordering::Relaxed) {
            0 => detect(),
            answer => answer == 2,
        }
    }

    #[cold]
    fn detect() -> bool {
        let found = std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("fma")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("bmi2")
            && std::arch::is_x86_feature_detected!("f16c")
            && std::arch::is_x86_feature_detected!("lzcnt")
            && std::arch::is_x86_feature_detected!("popcnt");
        AVX2.store(1 + u8::from(found), Ordering::Relaxed);
        found
    }

    #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,lzcnt,popcnt")]
    pub(super) fn avx2<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
}
