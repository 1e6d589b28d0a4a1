//! Cut points that divide numbers into groups of equal size, with the arithmetic of Python's `statistics.quantiles`.

use super::ranks::{at_ranks, integers_at_ranks};
use crate::exact::true_quotient;

/// Where a cut point lies: between the number of a rank and the next, `delta` groupths of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutPoint {
    /// The rank of the number below.
    pub rank: usize,
    /// The weight of the number above, of `groups` in all; outside that range beyond the outermost numbers.
    pub delta: i64,
}

/// A rule for cut points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutPoints {
    /// Numbers are a sample of a population that may reach beyond them (Hyndman and Fan's sixth definition).
    Exclusive,
    /// Numbers are the population (the seventh).
    Inclusive,
}

impl CutPoints {
    /// Where `groups` groups of `count` numbers, of which there are at least two, are divided.
    pub fn places(self, count: usize, groups: u64) -> impl Iterator<Item = CutPoint> {
        let (groups, count) = (i128::from(groups), count as i128);
        (1..groups).map(move |index| match self {
            Self::Exclusive => {
                let rank = (index * (count + 1) / groups).clamp(1, count - 1);
                let delta = index * (count + 1) - rank * groups;
                CutPoint {
                    rank: rank as usize - 1,
                    delta: delta as i64,
                }
            }
            Self::Inclusive => {
                let position = index * (count - 1);
                CutPoint {
                    rank: (position / groups) as usize,
                    delta: (position % groups) as i64,
                }
            }
        })
    }
}

/// The ranks that cut points lie between.
fn ranks_of(places: &[CutPoint]) -> Vec<usize> {
    let mut ranks: Vec<usize> = places
        .iter()
        .flat_map(|place| [place.rank, place.rank + 1])
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

/// What each cut point lies between.
fn between<T: Copy>(
    places: &[CutPoint],
    ranks: &[usize],
    values: &[T],
) -> impl Iterator<Item = (i64, T, T)> {
    places.iter().map(move |place| {
        // Every rank is among them, and the next is next.
        let index = ranks.partition_point(|&rank| rank < place.rank);
        (place.delta, values[index], values[index + 1])
    })
}

/// The cut points of at least two floating-point numbers; nothing if one is NaN.
///
/// ```
/// use rustsci_stats::order::{CutPoints, cut_points_of_floats};
/// let numbers = [1.0, 3.0, 5.0, 7.0, 9.0, 10.0, 13.0, 84.0, 528.0];
/// assert_eq!(cut_points_of_floats(&numbers, 4, CutPoints::Exclusive), Some(vec![4.0, 9.0, 48.5]));
/// ```
#[must_use]
pub fn cut_points_of_floats(numbers: &[f64], groups: u64, rule: CutPoints) -> Option<Vec<f64>> {
    let places: Vec<CutPoint> = rule.places(numbers.len(), groups).collect();
    let ranks = ranks_of(&places);
    let values = at_ranks(numbers, &ranks)?;
    let all = groups as f64;
    let cut = |(delta, below, above): (i64, f64, f64)| {
        (below * (groups as i64 - delta) as f64 + above * delta as f64) / all
    };
    Some(between(&places, &ranks, &values).map(cut).collect())
}

/// The cut points of at least two whole numbers, each rounded once.
#[must_use]
pub fn cut_points_of_integers(numbers: &[i64], groups: u64, rule: CutPoints) -> Vec<f64> {
    let places: Vec<CutPoint> = rule.places(numbers.len(), groups).collect();
    let ranks = ranks_of(&places);
    let values = integers_at_ranks(numbers, &ranks);
    let cut = |(delta, below, above): (i64, i64, i64)| {
        let weighted = i128::from(below) * i128::from(groups as i64 - delta)
            + i128::from(above) * i128::from(delta);
        true_quotient(weighted, groups)
    };
    between(&places, &ranks, &values).map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_points_lie_beyond_few_numbers_where_the_rule_says_so() {
        assert_eq!(
            cut_points_of_floats(&[1.0, 2.0], 4, CutPoints::Exclusive),
            Some(vec![0.75, 1.5, 2.25])
        );
        assert_eq!(
            cut_points_of_floats(&[1.0, 2.0], 4, CutPoints::Inclusive),
            Some(vec![1.25, 1.5, 1.75])
        );
        assert_eq!(
            cut_points_of_integers(&[2, 1], 4, CutPoints::Exclusive),
            [0.75, 1.5, 2.25]
        );
    }

    #[test]
    fn whole_numbers_are_rounded_once() {
        let large = (1 << 62) + 1;
        assert_eq!(
            cut_points_of_integers(&[large, large], 2, CutPoints::Inclusive),
            [2f64.powi(62)]
        );
        assert_eq!(
            cut_points_of_integers(&[i64::MAX, i64::MIN], 2, CutPoints::Inclusive),
            [-0.5]
        );
    }
}
