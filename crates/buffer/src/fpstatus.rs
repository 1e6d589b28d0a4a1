//! The processor's floating-point status flags.
//!
//! The flags are read around a whole call: [`clear`] before the kernels run, [`take`] after. Processors
//! without flags (WebAssembly) report what kernels raise by hand, and nothing else.

/// A set of floating-point conditions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(u8);

impl Status {
    /// No condition.
    pub const NONE: Self = Self(0);
    /// A finite number was divided by zero, or a function had a pole.
    pub const DIVIDE: Self = Self(1);
    /// A result was too large for its type.
    pub const OVER: Self = Self(2);
    /// A result was too small for its type to hold precisely.
    pub const UNDER: Self = Self(4);
    /// An operation had no meaningful result.
    pub const INVALID: Self = Self(8);

    /// The conditions of both.
    #[inline(always)]
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any condition of `other` is in this set.
    #[inline(always)]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no condition occurred.
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The set as bits: divide 1, over 2, under 4, invalid 8.
    #[inline(always)]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set with the given bits (see [`Status::bits`]).
    #[inline(always)]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 15)
    }
}

/// Whether the processor keeps flags.
pub const KEPT: bool = cfg!(any(target_arch = "x86_64", target_arch = "aarch64"));

/// Forgets all conditions.
#[inline(always)]
pub fn clear() {
    machine::clear();
}

/// The conditions since the last [`clear`].
#[inline(always)]
pub fn take() -> Status {
    machine::read()
}

/// Raises conditions by hand, for kernels that find them without arithmetic (integer division by zero, say).
#[inline]
pub fn raise(status: Status) {
    machine::raise(status);
}

#[cfg(target_arch = "x86_64")]
mod machine {
    use std::arch::asm;

    use super::Status;

    /// The exception bits of the control and status register.
    const FLAGS: u32 = 0x3f;

    #[inline(always)]
    fn control() -> u32 {
        let mut register = 0_u32;
        // SAFETY: stores the register into a local.
        unsafe { asm!("stmxcsr [{}]", in(reg) &mut register, options(nostack, preserves_flags)) };
        register
    }

    #[inline(always)]
    fn set(register: u32) {
        // SAFETY: only sticky status bits differ from the register's present value.
        unsafe { asm!("ldmxcsr [{}]", in(reg) &register, options(nostack, preserves_flags)) };
    }

    #[inline(always)]
    pub(super) fn clear() {
        let register = control();
        if register & FLAGS != 0 {
            set(register & !FLAGS);
        }
    }

    #[inline(always)]
    pub(super) fn read() -> Status {
        let flags = control();
        // Bits: 0 invalid, 1 denormal, 2 divide by zero, 3 overflow, 4 underflow, 5 inexact.
        let bits =
            (flags >> 2 & 1) | (flags >> 3 & 1) << 1 | (flags >> 4 & 1) << 2 | (flags & 1) << 3;
        Status::from_bits(bits as u8)
    }

    pub(super) fn raise(status: Status) {
        let bits = u32::from(status.bits());
        set(control()
            | (bits & 1) << 2
            | (bits >> 1 & 1) << 3
            | (bits >> 2 & 1) << 4
            | (bits >> 3 & 1));
    }
}

#[cfg(target_arch = "aarch64")]
mod machine {
    use std::arch::asm;

    use super::Status;

    #[inline(always)]
    fn control() -> u64 {
        let register: u64;
        // SAFETY: reads the floating-point status register.
        unsafe {
            asm!("mrs {}, fpsr", out(reg) register, options(nomem, nostack, preserves_flags))
        };
        register
    }

    #[inline(always)]
    fn set(register: u64) {
        // SAFETY: only the sticky status bits are changed.
        unsafe { asm!("msr fpsr, {}", in(reg) register, options(nostack, preserves_flags)) };
    }

    #[inline(always)]
    pub(super) fn clear() {
        set(control() & !0x9f);
    }

    #[inline(always)]
    pub(super) fn read() -> Status {
        let flags = control();
        // Bits: 0 invalid, 1 divide by zero, 2 overflow, 3 underflow.
        let bits =
            (flags >> 1 & 1) | (flags >> 2 & 1) << 1 | (flags >> 3 & 1) << 2 | (flags & 1) << 3;
        Status::from_bits(bits as u8)
    }

    pub(super) fn raise(status: Status) {
        let bits = u64::from(status.bits());
        set(control()
            | (bits & 1) << 1
            | (bits >> 1 & 1) << 2
            | (bits >> 2 & 1) << 3
            | (bits >> 3 & 1));
    }
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
mod machine {
    use std::cell::Cell;

    use super::Status;

    thread_local! {
        static RAISED: Cell<Status> = const { Cell::new(Status::NONE) };
    }

    pub(super) fn clear() {
        RAISED.set(Status::NONE);
    }

    pub(super) fn read() -> Status {
        RAISED.get()
    }

    pub(super) fn raise(status: Status) {
        RAISED.set(RAISED.get().union(status));
    }
}

#[cfg(all(test, any(target_arch = "x86_64", target_arch = "aarch64")))]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[test]
    fn arithmetic_leaves_its_conditions() {
        clear();
        black_box(black_box(1.0_f64) / black_box(0.0));
        assert_eq!(take(), Status::DIVIDE);
        clear();
        black_box(black_box(f64::MAX) * black_box(2.0));
        assert_eq!(take(), Status::OVER);
        clear();
        black_box(black_box(0.0_f64) / black_box(0.0));
        assert_eq!(take(), Status::INVALID);
        clear();
        assert!(take().is_none());
    }

    #[test]
    fn conditions_can_be_raised_by_hand() {
        clear();
        raise(Status::DIVIDE.union(Status::INVALID));
        assert_eq!(take(), Status::DIVIDE.union(Status::INVALID));
        clear();
    }
}
