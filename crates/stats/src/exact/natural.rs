//! Natural numbers of any size, as far as exact sums need them.

use std::cmp::Ordering;

/// A natural number: digits of 64 bits, the least first, the last not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Natural(Vec<u64>);

impl Natural {
    /// The number of the given digits, the least first.
    pub(crate) fn from_digits(mut digits: Vec<u64>) -> Self {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        Self(digits)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// How many bits the number has.
    pub(crate) fn bits(&self) -> u64 {
        self.0.last().map_or(0, |top| {
            64 * self.0.len() as u64 - u64::from(top.leading_zeros())
        })
    }

    /// The number as a whole one of 128 bits, if it is.
    pub(crate) fn to_u128(&self) -> Option<u128> {
        match self.0[..] {
            [] => Some(0),
            [low] => Some(low.into()),
            [low, high] => Some(u128::from(high) << 64 | u128::from(low)),
            _ => None,
        }
    }

    /// The number shifted to the left.
    pub(crate) fn shifted(&self, bits: u64) -> Self {
        if self.is_zero() {
            return Self::default();
        }
        let (digits, bits) = ((bits / 64) as usize, bits % 64);
        let mut shifted = vec![0; digits];
        shifted.extend(&self.0);
        if bits > 0 {
            let mut carry = 0;
            for digit in &mut shifted[digits..] {
                let next = *digit >> (64 - bits);
                *digit = *digit << bits | carry;
                carry = next;
            }
            shifted.push(carry);
        }
        Self::from_digits(shifted)
    }

    /// Adds digits, the least first, shifted to the left.
    pub(crate) fn add_shifted(&mut self, digits: &[u64], bits: u64) {
        let (start, bits) = ((bits / 64) as usize, bits % 64);
        let length = self.0.len().max(start + digits.len() + 1) + 1;
        self.0.resize(length, 0);
        let mut carry = 0_u128;
        let (mut rest, mut index) = (0, start);
        for &digit in digits.iter().chain(&[0]) {
            let shifted = u128::from(digit) << bits;
            carry += u128::from(self.0[index]) + u128::from(shifted as u64 | rest);
            self.0[index] = carry as u64;
            carry >>= 64;
            rest = (shifted >> 64) as u64;
            index += 1;
        }
        while carry > 0 {
            carry += u128::from(self.0[index]);
            self.0[index] = carry as u64;
            carry >>= 64;
            index += 1;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Doubles the number.
    fn double(&mut self) {
        let mut carry = 0;
        for digit in &mut self.0 {
            let next = *digit >> 63;
            *digit = *digit << 1 | carry;
            carry = next;
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// Takes away a number that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (index, digit) in self.0.iter_mut().enumerate() {
            let take = other.0.get(index).copied().unwrap_or(0);
            let (rest, first) = digit.overflowing_sub(take);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            *digit = rest;
            borrow = first || second;
        }
        debug_assert!(!borrow, "a natural number below zero");
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// The sum of two numbers.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let (longer, shorter) = if self.0.len() >= other.0.len() {
            (self, other)
        } else {
            (other, self)
        };
        let mut digits = longer.0.clone();
        let mut carry = false;
        for (index, digit) in digits.iter_mut().enumerate() {
            let (sum, first) = digit.overflowing_add(shorter.0.get(index).copied().unwrap_or(0));
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *digit = sum;
            carry = first || second;
        }
        if carry {
            digits.push(1);
        }
        Self(digits)
    }

    /// The difference of two numbers, and whether it is negative.
    pub(crate) fn difference(&self, other: &Self) -> (bool, Self) {
        let negative = *self < *other;
        let (larger, smaller) = if negative {
            (other, self)
        } else {
            (self, other)
        };
        let mut rest = larger.clone();
        rest.subtract(smaller);
        (negative, rest)
    }

    /// The product of two numbers.
    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut digits = vec![0; self.0.len() + other.0.len()];
        for (offset, &a) in self.0.iter().enumerate() {
            let mut carry = 0;
            for (index, &b) in other.0.iter().enumerate() {
                let sum =
                    u128::from(a) * u128::from(b) + u128::from(digits[offset + index]) + carry;
                digits[offset + index] = sum as u64;
                carry = sum >> 64;
            }
            digits[offset + other.0.len()] = carry as u64;
        }
        Self::from_digits(digits)
    }

    /// The leading bits of a quotient: `(q, e, rest)` with `self / divisor` = (q + θ)·2ᵉ, where q has `bits` or one
    /// fewer, and 0 ≤ θ < 1 is zero if there is no rest. Neither number may be zero.
    pub(crate) fn leading_quotient(&self, divisor: &Self, bits: u32) -> (u128, i64, bool) {
        let aligned = self.bits() as i64 - divisor.bits() as i64;
        let mut rest = self.shifted(aligned.min(0).unsigned_abs());
        let divisor = divisor.shifted(aligned.max(0).unsigned_abs());
        let mut quotient = 0;
        for step in 0..bits {
            if step > 0 {
                rest.double();
            }
            quotient <<= 1;
            if rest >= divisor {
                rest.subtract(&divisor);
                quotient |= 1;
            }
        }
        (quotient, aligned + 1 - i64::from(bits), !rest.is_zero())
    }
}

impl From<u128> for Natural {
    fn from(value: u128) -> Self {
        Self::from_digits(vec![value as u64, (value >> 64) as u64])
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Natural;

    fn natural(value: u128) -> Natural {
        Natural::from(value)
    }

    proptest! {
        #[test]
        fn arithmetic_is_that_of_numbers(a in any::<u128>(), b in any::<u64>(), shift in 0_u64..130) {
            let (a, b) = (a >> 66, u128::from(b));
            prop_assert_eq!(natural(a).times(&natural(b)).to_u128(), Some(a * b));
            prop_assert_eq!(natural(a).plus(&natural(b)).to_u128(), Some(a + b));
            let (negative, size) = natural(a).difference(&natural(b));
            prop_assert_eq!((negative, size.to_u128()), (a < b, Some(a.abs_diff(b))));
            prop_assert_eq!(natural(a).cmp(&natural(b)), a.cmp(&b));
            let mut sum = natural(b);
            sum.add_shifted(&[a as u64, 0], shift);
            prop_assert_eq!(sum, natural(b).plus(&natural(u128::from(a as u64)).shifted(shift)));
            // What is shifted divides back.
            if a > 0 {
                let (quotient, exponent, rest) = natural(a).shifted(shift).leading_quotient(&natural(a), 10);
                prop_assert_eq!((quotient, exponent, rest), (1 << 9, shift as i64 - 9, false));
            }
        }

        #[test]
        fn quotients_are_bracketed(a in 1_u128.., b in 1_u64..) {
            let divisor = u128::from(b);
            let (quotient, exponent, rest) = natural(a).leading_quotient(&natural(divisor), 50);
            prop_assert!(quotient >= 1 << 48);
            // q·b·2ᵉ ≤ a < (q + 1)·b·2ᵉ, with both sides multiplied until they are whole.
            let (up, down) = (exponent.max(0) as u64, (-exponent).max(0) as u64);
            let target = natural(a).shifted(down);
            let least = natural(quotient).times(&natural(divisor)).shifted(up);
            let beyond = natural(quotient + 1).times(&natural(divisor)).shifted(up);
            prop_assert!(least <= target && target < beyond);
            prop_assert_eq!(rest, least != target);
        }
    }
}
