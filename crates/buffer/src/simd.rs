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

/// As [`vectorized`], with AVX-512 where the processor has it: for the few kernels that gain enough by its masks and its
/// width to be worth a third copy of their code.
///
/// ```
/// let (x, mut small) = (vec![1.0_f64; 100], vec![false; 100]);
/// rustsci_buffer::simd::widest(
///     #[inline(always)]
///     || small.iter_mut().zip(&x).for_each(|(small, &x)| *small = x < 2.0),
/// );
/// assert!(small[99]);
/// ```
#[inline]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if x86::has_avx512() {
        // SAFETY: the instruction sets that the function enables were detected on this processor.
        return unsafe { x86::avx512(work) };
    }
    vectorized(work)
}

/// As [`widest`], but only where `mul_add` is one instruction: for kernels that count on it, and are not compiled for other
/// processors. On those nothing is done.
///
/// ```
/// let mut x = 2.0_f64;
/// let done = rustsci_buffer::simd::fused_only(
///     #[inline(always)]
///     || x = x.mul_add(3.0, 1.0),
/// );
/// assert_eq!(x, if done.is_some() { 7.0 } else { 2.0 });
/// ```
#[inline]
pub fn fused_only<R>(work: impl FnOnce() -> R) -> Option<R> {
    #[cfg(target_arch = "x86_64")]
    if x86::has_avx512() {
        // SAFETY: the instruction sets that the function enables were detected on this processor.
        return Some(unsafe { x86::avx512(work) });
    } else if x86::has_avx2() {
        // SAFETY: as above.
        return Some(unsafe { x86::avx2(work) });
    }
    #[cfg(not(target_arch = "x86_64"))]
    if fused() {
        return Some(work());
    }
    None
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

    /// What this processor has.
    static LEVEL: AtomicU8 = AtomicU8::new(NOT_ASKED);

    const NOT_ASKED: u8 = 0;
    const BASELINE: u8 = 1;
    const AVX2: u8 = 2;
    const AVX512: u8 = 3;

    #[inline(always)]
    pub(super) fn has_avx2() -> bool {
        level() >= AVX2
    }

    #[inline(always)]
    pub(super) fn has_avx512() -> bool {
        level() >= AVX512
    }

    #[inline(always)]
    fn level() -> u8 {
        match LEVEL.load(Ordering::Relaxed) {
            NOT_ASKED => detect(),
            level => level,
        }
    }

    #[cold]
    fn detect() -> u8 {
        let avx2 = std::arch::is_x86_feature_detected!("avx2")
            && std::arch::is_x86_feature_detected!("fma")
            && std::arch::is_x86_feature_detected!("bmi1")
            && std::arch::is_x86_feature_detected!("bmi2")
            && std::arch::is_x86_feature_detected!("f16c")
            && std::arch::is_x86_feature_detected!("lzcnt")
            && std::arch::is_x86_feature_detected!("popcnt");
        let avx512 = std::arch::is_x86_feature_detected!("avx512f")
            && std::arch::is_x86_feature_detected!("avx512bw")
            && std::arch::is_x86_feature_detected!("avx512dq")
            && std::arch::is_x86_feature_detected!("avx512vl");
        let level = match (avx2, avx512) {
            (true, true) => AVX512,
            (true, false) => AVX2,
            _ => BASELINE,
        };
        LEVEL.store(level, Ordering::Relaxed);
        level
    }

    #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,lzcnt,popcnt")]
    pub(super) fn avx2<R>(work: impl FnOnce() -> R) -> R {
        work()
    }

    #[target_feature(enable = "avx2,fma,bmi1,bmi2,f16c,lzcnt,popcnt")]
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
    pub(super) fn avx512<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
}
