//! Moments as bytes, to be kept or sent to another process.

use super::bins::Bin;
use super::moments::Moments;
use super::power_sum::{FIELDS, HigherPowers};

/// The first byte: which powers follow.
const SQUARES: u8 = 2;
const FOURTHS: u8 = 4;

impl Moments {
    /// The state as bytes, the same on every machine.
    ///
    /// ```
    /// use rustsci_stats::exact::Moments;
    /// let mut moments = Moments::new();
    /// moments.extend(&[0.5, 2.0]);
    /// let copy = Moments::from_bytes(&moments.to_bytes()).unwrap();
    /// assert_eq!(copy.mean(), 1.25);
    /// ```
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![if self.higher.is_some() {
            FOURTHS
        } else {
            SQUARES
        }];
        bytes.extend(self.count.to_le_bytes());
        bytes.push(self.special.is_some().into());
        bytes.extend(self.special.unwrap_or(0.0).to_le_bytes());
        for (index, bin) in self.bins.iter().enumerate() {
            if *bin == Bin::default() {
                continue;
            }
            let (field, mut bin) = (self.first + index, *bin);
            // One state has one form, however full the bins are.
            bin.carry();
            bytes.extend((field as u64).to_le_bytes());
            bytes.extend(bin.sum.to_le_bytes());
            bytes.extend(bin.squares.to_le_bytes());
            bytes.extend(bin.carried.to_le_bytes());
            if let Some(higher) = &self.higher {
                higher
                    .digits(field)
                    .for_each(|digit| bytes.extend(digit.to_le_bytes()));
            }
        }
        bytes
    }

    /// The state that [`Moments::to_bytes`] wrote; nothing if the bytes are no such state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let kind = take::<1>(&mut rest)?[0];
        let mut moments = match kind {
            SQUARES => Self::new(),
            FOURTHS => Self::with_higher_powers(),
            _ => return None,
        };
        moments.count = u64::from_le_bytes(take(&mut rest)?);
        let is_special = take::<1>(&mut rest)?[0] == 1;
        let special = f64::from_le_bytes(take(&mut rest)?);
        moments.special = is_special.then_some(special);
        while !rest.is_empty() {
            let field = usize::try_from(u64::from_le_bytes(take(&mut rest)?)).ok()?;
            if field >= FIELDS - 1 {
                return None;
            }
            moments.cover(field, field);
            moments.bins[field - moments.first] = Bin {
                sum: i128::from_le_bytes(take(&mut rest)?),
                squares: u128::from_le_bytes(take(&mut rest)?),
                carried: u128::from_le_bytes(take(&mut rest)?),
            };
            if let Some(higher) = &mut moments.higher {
                for digit in higher.digits_mut(field) {
                    *digit = u64::from_le_bytes(take(&mut rest)?);
                }
            }
        }
        // Others' bytes may say that bins are full.
        moments.bins.iter_mut().for_each(Bin::carry);
        moments.added = 1;
        Some(moments)
    }
}

/// The next bytes.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk()?;
    *rest = others;
    Some(*first)
}

impl HigherPowers {
    /// All digits of one exponent field.
    fn digits(&self, field: usize) -> impl Iterator<Item = u64> + '_ {
        let [above, below] = &self.cubes;
        above[field]
            .iter()
            .chain(&below[field])
            .chain(&self.fourths[field])
            .copied()
    }

    fn digits_mut(&mut self, field: usize) -> impl Iterator<Item = &mut u64> + '_ {
        let [above, below] = &mut self.cubes;
        above[field]
            .iter_mut()
            .chain(&mut below[field])
            .chain(&mut self.fourths[field])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_go_and_come_back() {
        let mut moments = Moments::with_higher_powers();
        moments.extend(&[1e300, -2.5, 1e-310, 0.0, f64::INFINITY]);
        let mut copy = Moments::from_bytes(&moments.to_bytes()).unwrap();
        assert_eq!(copy.to_bytes(), moments.to_bytes());
        assert_eq!(copy.mean(), f64::INFINITY);
        copy.extend(&[3.0]);
        assert_eq!(copy.count(), 6);
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = Moments::new().to_bytes();
        assert!(Moments::from_bytes(&bytes[..5]).is_none());
        assert!(Moments::from_bytes(&[9; 40]).is_none());
        let mut far = bytes;
        far.extend([0xff; 56]);
        assert!(Moments::from_bytes(&far).is_none());
    }
}
