//! Sums that do not depend on the order or the grouping of what is added up.

use serde::{Deserialize, Serialize};

/// Many sums side by side, each in three parts: the sum, what rounding took from it, and what rounding took from that.
///
/// Together they hold some 150 bits, so that nothing is lost of numbers whose sizes are within a factor of 2⁹⁰ of each
/// other, and the value is the exact sum, rounded once. That is why partial sums of partitions may be merged in any
/// grouping and give the same bits (Ogita, Rump & Oishi 2005, *Accurate sum and dot product*, algorithm 4.8).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sums {
    parts: [Vec<f64>; 3],
}

/// The sum of two numbers, and what rounding takes from it (Knuth 1969, section 4.2.2, theorem B).
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

impl Sums {
    /// So many sums of nothing.
    pub(crate) fn new(count: usize) -> Self {
        Self {
            parts: [vec![0.0; count], vec![0.0; count], vec![0.0; count]],
        }
    }

    /// How many sums there are.
    pub(crate) fn len(&self) -> usize {
        self.parts[0].len()
    }

    /// Adds a number to each sum.
    pub(crate) fn add(&mut self, terms: &[f64]) {
        let [high, middle, low] = &mut self.parts;
        let (high, middle, low) = (
            &mut high[..terms.len()],
            &mut middle[..terms.len()],
            &mut low[..terms.len()],
        );
        rustsci_buffer::simd::vectorized(
            #[inline(always)]
            || {
                for index in 0..terms.len() {
                    let (sum, rest) = two_sum(high[index], terms[index]);
                    let (next, last) = two_sum(middle[index], rest);
                    high[index] = sum;
                    middle[index] = next;
                    low[index] += last;
                }
            },
        );
    }

    /// Adds other sums to these.
    pub(crate) fn merge(&mut self, other: &Self) {
        for part in &other.parts {
            self.add(part);
        }
    }

    /// The sums, each rounded once.
    pub(crate) fn values(&self) -> Vec<f64> {
        (0..self.len())
            .map(|index| {
                let [high, middle, low] = [0, 1, 2].map(|part| self.parts[part][index]);
                let (sum, rest) = two_sum(high, middle);
                if !sum.is_finite() {
                    return high;
                }
                sum + (rest + low)
            })
            .collect()
    }

    /// The parts one after the other.
    pub(crate) fn to_flat(&self) -> Vec<f64> {
        self.parts.concat()
    }

    /// Sums from [`Sums::to_flat`]; `None` if there are not so many.
    pub(crate) fn from_flat(flat: &[f64], count: usize) -> Option<Self> {
        (flat.len() == 3 * count).then(|| Self {
            parts: [0, 1, 2].map(|part| flat[part * count..(part + 1) * count].to_vec()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(terms: &[f64]) -> Sums {
        let mut sums = Sums::new(1);
        terms.iter().for_each(|term| sums.add(&[*term]));
        sums
    }

    #[test]
    fn a_sum_is_rounded_once() {
        assert_eq!(added(&[1e16, 1.0, 1.0, -1e16]).values(), [2.0]);
        assert_eq!(added(&[0.1; 10]).values(), [1.0]);
    }

    #[test]
    fn any_grouping_gives_the_same_bits() {
        let terms: Vec<f64> = (1..40)
            .map(|i| (f64::from(i) * 0.7).sin() * 10_f64.powi(i % 17 - 8))
            .collect();
        let whole = added(&terms).values();
        for cut in 1..terms.len() {
            let mut left = added(&terms[..cut]);
            left.merge(&added(&terms[cut..]));
            assert_eq!(left.values(), whole);
            let mut turned = added(&terms[cut..]);
            turned.merge(&added(&terms[..cut]));
            assert_eq!(turned.values(), whole);
        }
    }

    #[test]
    fn what_overflows_stays_so() {
        assert_eq!(added(&[f64::MAX, f64::MAX]).values(), [f64::INFINITY]);
    }

    #[test]
    fn flat_parts_make_the_same_sums() {
        let sums = added(&[0.1, 0.2, 0.3]);
        assert_eq!(Sums::from_flat(&sums.to_flat(), 1), Some(sums));
        assert_eq!(Sums::from_flat(&[1.0], 1), None);
    }
}
