//! Running plans: over threads where it pays, with the floating-point conditions collected.

use std::cell::Cell;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, OnceLock};

use rustsci_buffer::fpstatus::{self, Status};
use rustsci_buffer::{Kernel, OutOfMemory, Plan};

use crate::Result;

/// Elements from which a plain elementwise operation is worth more than one thread. Measured: to wake another one and to
/// wait for it costs some ten microseconds, in which a core adds 30,000 numbers.
const LEAST: usize = 1 << 17;

/// Elements up to which work on packed operands is done at once, without a plan; beyond, threads are worth more.
pub(crate) const PACKED_LIMIT: usize = 1 << 16;

/// Elements of the blocks that threads take: so few that none waits long for the last.
const BLOCK: usize = 1 << 15;

thread_local! {
    static PENDING: Cell<(Status, &'static str)> = const { Cell::new((Status::NONE, "")) };
}

/// Runs a plan, over several threads if it is large.
///
/// # Errors
/// If there is no memory for scratch blocks.
#[inline]
pub fn run(plan: Plan<'_>, kernel: &Kernel<'_>) -> Result<()> {
    if plan.size() >= LEAST && rustsci_par::num_threads() > 1 {
        run_parallel(&plan, kernel)
    } else {
        Ok(plan.run(kernel)?)
    }
}

#[cold]
fn run_parallel(plan: &Plan<'_>, kernel: &Kernel<'_>) -> Result<()> {
    let parts: Vec<_> = plan
        .parts(BLOCK)
        .map(|part| Mutex::new(Some(part)))
        .collect();
    for_each_block(parts.len(), &|i| {
        let part = parts[i].lock().ok().and_then(|mut part| part.take());
        part.map_or(Ok(()), |part| part.run(kernel))
    })
}

/// Calls `work(0), work(1), …` over the threads; the conditions that arise on any of them end up on this one.
///
/// # Errors
/// The first failure of any call; the others run all the same.
pub fn for_each_block(
    count: usize,
    work: &(dyn Fn(usize) -> Result<(), OutOfMemory> + Sync),
) -> Result<()> {
    let conditions = AtomicU8::new(0);
    let failure = OnceLock::new();
    rustsci_par::for_each_block(count, &|i| {
        let before = fpstatus::take();
        fpstatus::clear();
        if let Err(error) = work(i) {
            failure.get_or_init(|| error);
        }
        conditions.fetch_or(fpstatus::take().union(before).bits(), Ordering::Relaxed);
    });
    let status = Status::from_bits(conditions.into_inner());
    if !status.is_none() {
        fpstatus::raise(status);
    }
    failure
        .into_inner()
        .map_or(Ok(()), |error| Err(error.into()))
}

/// Runs `work` and reports the floating-point conditions that it leaves, as met in a cast.
#[inline]
pub fn with_status<R>(work: impl FnOnce() -> R) -> R {
    fpstatus::clear();
    let result = work();
    report(fpstatus::take(), "cast");
    result
}

/// Leaves conditions for the interpreter, which turns them into warnings or errors when the call returns.
#[inline]
pub fn report(status: Status, what: &'static str) {
    if !status.is_none() {
        PENDING.set((PENDING.get().0.union(status), what));
    }
}

/// The conditions reported on this thread since the last call, and what met them.
#[inline]
pub fn take_reported() -> Option<(Status, &'static str)> {
    let (status, what) = PENDING.get();
    if status.is_none() {
        return None;
    }
    PENDING.set((Status::NONE, ""));
    Some((status, what))
}
