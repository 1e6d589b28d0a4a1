//! A factor as one number: what the response is on average at its level, or how often the level occurs.
//!
//! The average of a row's level must not know the row's own response, or the model learns the response from itself. So
//! rows are put in a random order, and each is encoded by the rows before it; the average over several orders is less
//! noisy (Prokhorenkova et al. 2018, *CatBoost: unbiased boosting with categorical features*, section 3.2). New rows are
//! encoded by all rows that the encoder has seen.

mod frequency;
mod ordered;
mod permutation;

pub use frequency::FrequencyEncoder;
pub use ordered::{Ordering, TargetEncoder, Targets};
pub(crate) use permutation::Permutations;
