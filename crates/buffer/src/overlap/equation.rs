//! Linear equations in bounded non-negative integers: is `Σ stepₖ·xₖ = target` with `0 <= xₖ <= mostₖ` solvable?
//!
//! Terms whose multiples fill each other's gaps are merged first. What is left is searched depth first from
//! the largest step down, where the rest must both reach the remainder (range) and be able to hit it (greatest
//! common divisor); the latter leaves one residue class for each unknown.

use smallvec::SmallVec;

use super::Overlap;

#[derive(Clone, Copy, Debug)]
struct Term {
    step: i128,
    most: i128,
}

/// An equation under construction.
#[derive(Debug)]
pub(super) struct Equation {
    terms: SmallVec<[Term; 8]>,
    target: i128,
}

/// How many branches of the search may still be followed to their end.
#[derive(Debug)]
pub(super) struct Work(Option<u64>);

impl Work {
    /// The limit given, if any.
    pub(super) fn new(limit: Option<u64>) -> Self {
        Self(limit)
    }

    /// Whether nothing more may be looked at.
    fn is_spent(&self) -> bool {
        self.0 == Some(0)
    }

    /// Counts one end of a branch; false if there was none left to count.
    fn spend(&mut self) -> bool {
        match &mut self.0 {
            None => true,
            Some(0) => false,
            Some(left) => {
                *left -= 1;
                true
            }
        }
    }
}

impl Equation {
    /// An equation without unknowns yet.
    pub(super) fn new(target: i128) -> Self {
        Self {
            terms: SmallVec::new(),
            target,
        }
    }

    /// Adds `step·x` with `0 <= x <= most`, for a step of zero or more.
    pub(super) fn add(&mut self, step: i128, most: i128) {
        if step > 0 && most > 0 {
            self.terms.push(Term { step, most });
        }
    }

    /// Whether there is a solution.
    pub(super) fn solvable(mut self, work: &mut Work) -> Overlap {
        if self.target < 0 {
            return Overlap::No;
        }
        if work.is_spent() {
            return Overlap::TooHard;
        }
        self.merge();
        self.terms
            .sort_unstable_by_key(|term| std::cmp::Reverse(term.step));
        let mut rests: SmallVec<[Rest; 8]> = SmallVec::from_elem(
            Rest {
                divisor: 0,
                reach: 0,
            },
            self.terms.len() + 1,
        );
        for (k, term) in self.terms.iter().enumerate().rev() {
            rests[k] = Rest {
                divisor: gcd(term.step, rests[k + 1].divisor),
                reach: rests[k + 1]
                    .reach
                    .saturating_add(term.step.saturating_mul(term.most)),
            };
        }
        if !rests[0].admits(self.target) {
            return Overlap::No;
        }
        search(&self.terms, &rests, self.target, work)
    }

    /// Replaces `step·x + multiple·step·y` by `step·z` wherever the values of x leave no gap between the
    /// multiples, so that z takes every value up to the largest.
    fn merge(&mut self) {
        self.terms.sort_unstable_by_key(|term| term.step);
        let mut index = 1;
        while index < self.terms.len() {
            let Term { step, most } = self.terms[index];
            let filler = self.terms[..index].iter().position(|finer| {
                step % finer.step == 0 && step / finer.step <= finer.most.saturating_add(1)
            });
            if let Some(filler) = filler {
                let finer = &mut self.terms[filler];
                finer.most = finer
                    .most
                    .saturating_add((step / finer.step).saturating_mul(most));
                self.terms.remove(index);
                // The finer term reaches further now: those passed over before may fit in.
                index = filler + 1;
            } else {
                index += 1;
            }
        }
    }
}

/// What the terms from some index on can do together.
#[derive(Clone, Copy, Debug)]
struct Rest {
    /// The greatest common divisor of their steps; 0 if there are none.
    divisor: i128,
    /// Their largest value.
    reach: i128,
}

impl Rest {
    /// Whether nothing speaks against `value`: all that can be said without a search.
    fn admits(self, value: i128) -> bool {
        (0..=self.reach).contains(&value) && (value == 0 || value % self.divisor == 0)
    }
}

/// Searches for values of `terms` that sum to `target`, which `rests[0]` admits; `rests[k]` is about `terms[k..]`.
fn search(terms: &[Term], rests: &[Rest], target: i128, work: &mut Work) -> Overlap {
    // The last term, or none: the residue class and the range it was left are all there is to fulfil.
    let [Term { step, most }, deeper @ ..] = terms else {
        return Overlap::Yes;
    };
    if deeper.is_empty() {
        return Overlap::Yes;
    }
    let (here, rest) = (rests[0].divisor, rests[1]);
    // The rest reaches from zero to its reach …
    let lowest = ((target - rest.reach).max(0) + step - 1) / step;
    let highest = (target / step).min(*most);
    // … and hits multiples of its divisor: step·x ≡ target (mod rest.divisor).
    let modulus = rest.divisor / here;
    let class = (target / here % modulus) * inverse(step / here % modulus, modulus) % modulus;
    let mut x = lowest + (class - lowest).rem_euclid(modulus);
    if (x > highest || deeper.len() == 1) && !work.spend() {
        return Overlap::TooHard;
    }
    while x <= highest {
        match search(deeper, &rests[1..], target - step * x, work) {
            Overlap::No => x += modulus,
            answer => return answer,
        }
    }
    Overlap::No
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The inverse of `value` modulo `modulus`, to which it is prime.
fn inverse(value: i128, modulus: i128) -> i128 {
    let (mut r, mut next_r) = (modulus, value);
    let (mut t, mut next_t) = (0, 1);
    while next_r != 0 {
        let quotient = r / next_r;
        (r, next_r) = (next_r, r - quotient * next_r);
        (t, next_t) = (next_t, t - quotient * next_t);
    }
    t.rem_euclid(modulus)
}
