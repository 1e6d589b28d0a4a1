//! Bits of two numbers in turns.

/// Spreads the low 32 bits to the even places.
#[inline(always)]
pub(crate) fn spread(v: u64) -> u64 {
    let v = (v | (v << 16)) & 0x0000_FFFF_0000_FFFF;
    let v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF;
    let v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    let v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    (v | (v << 1)) & 0x5555_5555_5555_5555
}

/// Puts the bits of the high and the low half in turns, those of the low half in the even places. Both are below 2¹⁶.
#[inline(always)]
pub(crate) fn interleave_short(v: u64) -> u64 {
    let v = (v | (v << 8)) & 0x00FF_00FF_00FF_00FF;
    let v = (v | (v << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    let v = (v | (v << 2)) & 0x3333_3333_3333_3333;
    let v = (v | (v << 1)) & 0x5555_5555_5555_5555;
    (v & 0xFFFF_FFFF) | (v >> 31)
}

/// Gathers the bits at the even places.
#[inline(always)]
pub(crate) fn gather(v: u64) -> u64 {
    let v = v & 0x5555_5555_5555_5555;
    let v = (v | (v >> 1)) & 0x3333_3333_3333_3333;
    let v = (v | (v >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
    let v = (v | (v >> 4)) & 0x00FF_00FF_00FF_00FF;
    let v = (v | (v >> 8)) & 0x0000_FFFF_0000_FFFF;
    (v | (v >> 16)) & 0x0000_0000_FFFF_FFFF
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gathering_undoes_spreading() {
        for v in [0, 1, 2, 0x1234_5678, 0x1FFF_FFFF, 0xFFFF_FFFF] {
            assert_eq!(gather(spread(v)), v);
            assert_eq!(gather(spread(v) << 1), 0);
        }
        assert_eq!(spread(0b1011), 0b100_0101);
        for (low, high) in [(0, 0xFFFF), (0xFFFF, 0), (0x1234, 0xFEDC)] {
            assert_eq!(
                interleave_short(low | (high << 32)),
                spread(low) | (spread(high) << 1)
            );
        }
    }
}
