//! Random orders of rows that a seed decides.

/// Random orders, one after the other, by a generator of 64 bits of state (Steele, Lea & Flood 2014, *Fast splittable
/// pseudorandom number generators*).
#[derive(Clone, Debug)]
pub(crate) struct Permutations {
    state: u64,
}

impl Permutations {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a limit, all being equally likely (Lemire 2019).
    fn below(&mut self, limit: u64) -> u64 {
        loop {
            let wide = u128::from(self.bits()) * u128::from(limit);
            if wide as u64 >= limit.wrapping_neg() % limit {
                return (wide >> 64) as u64;
            }
        }
    }

    /// The next order of so many rows.
    pub(crate) fn next(&mut self, rows: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..rows as u32).collect();
        for place in (1..rows).rev() {
            order.swap(place, self.below(place as u64 + 1) as usize);
        }
        order
    }
}
