//! Numbers at given ranks, without sorting all.

/// From so many numbers on, a histogram of leading bits finds the few that have to be looked at.
const LARGE: usize = 1 << 13;
/// From so many ranks on, sorting is quicker.
const MANY: usize = 24;
/// Leading bits that the histogram counts: of a float sign, exponent and four of the mantissa.
const LEADING: u32 = 16;
/// Groups of numbers with the same leading bits.
const GROUPS: usize = 1 << LEADING;

/// Numbers that can be ranked.
trait Ranked: Copy {
    /// A whole number of the same order; both zeros of floats have the same.
    fn key(self) -> i64;

    /// The leading bits.
    fn group(self) -> usize;

    /// The group at a place in ascending order.
    fn group_at(place: usize) -> usize;
}

impl Ranked for f64 {
    #[inline(always)]
    fn key(self) -> i64 {
        let bits = (self + 0.0).to_bits() as i64;
        bits ^ ((bits >> 63) as u64 >> 1) as i64
    }

    #[inline(always)]
    fn group(self) -> usize {
        (self.to_bits() >> (64 - LEADING)) as usize
    }

    fn group_at(place: usize) -> usize {
        // Numbers below zero have the larger bits, and grow towards zero.
        if place < GROUPS / 2 {
            GROUPS - 1 - place
        } else {
            place - GROUPS / 2
        }
    }
}

impl Ranked for i64 {
    #[inline(always)]
    fn key(self) -> i64 {
        self
    }

    #[inline(always)]
    fn group(self) -> usize {
        (self as u64 >> (64 - LEADING)) as usize
    }

    fn group_at(place: usize) -> usize {
        place ^ (GROUPS / 2)
    }
}

/// The numbers at the given ranks (from zero, ascending) of the sorted numbers; nothing if there is a NaN, which has no
/// place.
///
/// Sorting is meant to be stable, as Python's is: of zeros of either sign, the one that came first is first.
///
/// ```
/// use rustsci_stats::order::at_ranks;
/// assert_eq!(at_ranks(&[3.0, 1.0, 2.0], &[0, 2]), Some(vec![1.0, 3.0]));
/// ```
///
/// # Panics
/// If a rank is not below the number of numbers.
#[must_use]
pub fn at_ranks(numbers: &[f64], ranks: &[usize]) -> Option<Vec<f64>> {
    let nan = numbers.iter().fold(false, |nan, x| nan | x.is_nan());
    if nan {
        return None;
    }
    let mut found: Vec<f64> = select(numbers, ranks).into_iter().map(number).collect();
    if found.contains(&0.0) {
        let below = numbers.iter().filter(|&&x| x < 0.0).count();
        let zeros: Vec<f64> = numbers.iter().copied().filter(|&x| x == 0.0).collect();
        for (value, rank) in found.iter_mut().zip(ranks) {
            if *value == 0.0 {
                *value = zeros[rank - below];
            }
        }
    }
    Some(found)
}

/// The whole numbers at the given ranks (from zero, ascending) of the sorted numbers.
///
/// # Panics
/// If a rank is not below the number of numbers.
#[must_use]
pub fn integers_at_ranks(numbers: &[i64], ranks: &[usize]) -> Vec<i64> {
    select(numbers, ranks)
}

/// The number of a key.
fn number(key: i64) -> f64 {
    f64::from_bits((key ^ ((key >> 63) as u64 >> 1) as i64) as u64)
}

/// The keys at the given ranks.
fn select<T: Ranked>(numbers: &[T], ranks: &[usize]) -> Vec<i64> {
    if numbers.len() >= LARGE && ranks.len() <= MANY {
        return select_by_histogram(numbers, ranks);
    }
    let mut keys: Vec<i64> = numbers.iter().map(|&x| x.key()).collect();
    if ranks.len() > MANY {
        keys.sort_unstable();
    } else {
        arrange(&mut keys, 0, ranks);
    }
    ranks.iter().map(|&rank| keys[rank]).collect()
}

/// Puts the keys of the ranks where they belong; `offset` is the rank of the first key.
fn arrange(keys: &mut [i64], offset: usize, ranks: &[usize]) {
    let middle = ranks.len() / 2;
    let Some(&rank) = ranks.get(middle) else {
        return;
    };
    let (below, _, above) = keys.select_nth_unstable(rank - offset);
    let earlier = &ranks[..ranks.partition_point(|&other| other < rank)];
    let later = &ranks[ranks.partition_point(|&other| other <= rank)..];
    arrange(below, offset, earlier);
    arrange(above, rank + 1, later);
}

/// Counts numbers by their leading bits, then looks only into the few groups where the ranks fall.
fn select_by_histogram<T: Ranked>(numbers: &[T], ranks: &[usize]) -> Vec<i64> {
    // Two, since neighbours often fall into the same group, and would wait for each other.
    let mut counts = [vec![0_u32; GROUPS], vec![0_u32; GROUPS]];
    let [even, odd] = &mut counts;
    let mut pairs = numbers.chunks_exact(2);
    for pair in &mut pairs {
        even[pair[0].group()] += 1;
        odd[pair[1].group()] += 1;
    }
    for &x in pairs.remainder() {
        even[x.group()] += 1;
    }
    // Of each group where a rank falls, the rank of its first key, and its keys.
    const ELSEWHERE: u8 = u8::MAX;
    let mut slots = vec![ELSEWHERE; GROUPS];
    let mut groups: Vec<(usize, Vec<i64>)> = Vec::new();
    let mut wanted = ranks.iter().peekable();
    let mut first = 0;
    for group in (0..GROUPS).map(T::group_at) {
        let count = (even[group] + odd[group]) as usize;
        if wanted.peek().is_some_and(|&&rank| rank < first + count) {
            slots[group] = groups.len() as u8;
            groups.push((first, Vec::with_capacity(count)));
            while wanted.next_if(|&&rank| rank < first + count).is_some() {}
        }
        first += count;
    }
    for &x in numbers {
        let slot = slots[x.group()];
        if slot != ELSEWHERE {
            groups[usize::from(slot)].1.push(x.key());
        }
    }
    let mut found = Vec::with_capacity(ranks.len());
    let mut rest = ranks;
    for (first, mut keys) in groups {
        let (own, later) = rest.split_at(rest.partition_point(|&rank| rank < first + keys.len()));
        arrange(&mut keys, first, own);
        found.extend(own.iter().map(|rank| keys[rank - first]));
        rest = later;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn zeros_keep_their_order() {
        let found = at_ranks(&[1.0, 0.0, -0.0, -1.0, 0.0], &[0, 1, 2, 3, 4]).unwrap();
        let signs: Vec<bool> = found.iter().map(|x| x.is_sign_negative()).collect();
        assert_eq!(signs, [true, false, true, false, false]);
        assert_eq!(at_ranks(&[1.0, f64::NAN], &[0]), None);
    }

    #[test]
    fn many_whole_numbers_are_ranked() {
        let numbers: Vec<i64> = (0..20_000_i64)
            .map(|i| (i * 7919 % 20_000 - 10_000) << 40)
            .collect();
        let found = integers_at_ranks(&numbers, &[0, 9_999, 10_000, 19_999]);
        assert_eq!(found, [-10_000 << 40, -1 << 40, 0, 9_999 << 40]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn ranks_are_those_of_sorting(
            numbers in prop::collection::vec(prop_oneof![any::<f64>(), -3.0..3.0, Just(0.0), Just(-0.0)], 1..300),
            copies in prop_oneof![Just(1_usize), Just(200)],
            ranks in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        ) {
            let numbers: Vec<f64> = numbers.into_iter().filter(|x| !x.is_nan()).collect();
            prop_assume!(!numbers.is_empty());
            let numbers = numbers.repeat(copies);
            let mut ranks: Vec<usize> = ranks.iter().map(|rank| rank.index(numbers.len())).collect();
            ranks.sort_unstable();
            ranks.dedup();
            let mut sorted = numbers.clone();
            sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
            let expected: Vec<u64> = ranks.iter().map(|&rank| sorted[rank].to_bits()).collect();
            let found: Vec<u64> = at_ranks(&numbers, &ranks).unwrap().iter().map(|x| x.to_bits()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
