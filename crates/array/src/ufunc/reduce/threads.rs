//! Sharing a reduction among threads.

use std::sync::OnceLock;

use rustsci_buffer::{Fold, Value, halfway};

use crate::Result;
use crate::exec::for_each_block;

/// Elements from which a reduction is worth more than one thread, and the least that a thread takes.
const BLOCK: usize = 1 << 17;

/// Runs a fold, over several threads if it is large: each takes some of the accumulators, or some of the one row.
pub(super) fn run_fold(fold: &Fold<'_>) -> Result<()> {
    let (kept, reduced, threads) = (fold.kept(), fold.reduced(), rustsci_par::num_threads());
    if threads == 1 || kept.saturating_mul(reduced) < 2 * BLOCK {
        return Ok(fold.run(0, kept)?);
    }
    if kept >= 2 * threads {
        let block = if fold.is_across() {
            2048
        } else {
            (BLOCK / reduced).max(1)
        }
        .min(kept.div_ceil(threads));
        return for_each_block(kept.div_ceil(block), &|i| {
            fold.run(i * block, ((i + 1) * block).min(kept))
        });
    }
    if !fold.can_group() || fold.is_across() {
        return Ok(fold.run(0, kept)?);
    }
    for k in 0..kept {
        let mut cuts = Vec::new();
        cut(0, reduced, fold, &mut cuts);
        let parts: Vec<OnceLock<Value>> = cuts.iter().map(|_| OnceLock::new()).collect();
        for_each_block(cuts.len(), &|i| {
            let value = fold.partial(k, cuts[i].0, cuts[i].1)?;
            parts[i].get_or_init(|| value);
            Ok(())
        })?;
        fold.add_to(
            k,
            join(
                0,
                reduced,
                fold,
                &mut parts.into_iter().filter_map(OnceLock::into_inner),
            ),
        );
    }
    Ok(())
}

/// Cuts a row into parts for threads, only where it would be cut anyway.
fn cut(from: usize, to: usize, fold: &Fold<'_>, cuts: &mut Vec<(usize, usize)>) {
    if to - from <= BLOCK {
        cuts.push((from, to));
        return;
    }
    let middle = from + halfway(to - from, fold.kind());
    cut(from, middle, fold, cuts);
    cut(middle, to, fold, cuts);
}

/// Puts the parts of a row together as they were cut.
fn join(from: usize, to: usize, fold: &Fold<'_>, parts: &mut impl Iterator<Item = Value>) -> Value {
    if to - from <= BLOCK {
        return parts.next().unwrap_or(Value::new(0_u8));
    }
    let middle = from + halfway(to - from, fold.kind());
    let left = join(from, middle, fold, parts);
    fold.combine(left, join(middle, to, fold, parts))
}
