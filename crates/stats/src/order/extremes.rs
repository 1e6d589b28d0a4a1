//! The smallest and the largest number.

/// Numbers that are compared side by side.
const LANES: usize = 8;

/// The smallest and the largest of some numbers, where NaN counts for nothing; infinities the wrong way round if there
/// is no number.
///
/// ```
/// assert_eq!(rustsci_stats::order::extremes(&[2.0, -1.0, 7.0]), (-1.0, 7.0));
/// ```
#[must_use]
pub fn extremes(numbers: &[f64]) -> (f64, f64) {
    let (mut least, mut most) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES]);
    let mut look = |lane: usize, x: f64| {
        least[lane] = if x < least[lane] { x } else { least[lane] };
        most[lane] = if x > most[lane] { x } else { most[lane] };
    };
    let mut chunks = numbers.chunks_exact(LANES);
    for chunk in &mut chunks {
        for (lane, &x) in chunk.iter().enumerate() {
            look(lane, x);
        }
    }
    for &x in chunks.remainder() {
        look(0, x);
    }
    (
        least.into_iter().fold(f64::INFINITY, f64::min),
        most.into_iter().fold(f64::NEG_INFINITY, f64::max),
    )
}
