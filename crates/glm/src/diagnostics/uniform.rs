//! Random numbers that a seed decides.

/// Uniform numbers in (0, 1): SplitMix64 (Steele, Lea & Flood 2014).
///
/// ```
/// use rustsci_glm::diagnostics::Uniform;
/// let mut random = Uniform::new(7);
/// let u = random.next();
/// assert!(u > 0.0 && u < 1.0 && u != random.next());
/// ```
#[derive(Clone, Debug)]
pub struct Uniform {
    state: u64,
}

impl Uniform {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number, never 0 nor 1.
    #[expect(
        clippy::should_implement_trait,
        reason = "there is always a next one, so it is no iterator's"
    )]
    pub fn next(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        ((z >> 12) as f64 + 0.5) * (0.5_f64).powi(52)
    }
}
