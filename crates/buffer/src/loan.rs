//! Lending a borrowed task to threads that outlive it.
//!
//! The workers of a thread pool live as long as the process, so what they are handed must be `'static`; the
//! work that callers want done borrows their locals. [`lend`] bridges the two: other threads run the task
//! through a [`Loan`] while the lender is inside `lend`, and the loan is worth nothing afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Thread};

/// Set in [`Shared::state`] once the lender wants the task back; the lower bits count the threads inside it.
const REVOKED: usize = 1 << (usize::BITS - 1);

/// How often the lender looks before it goes to sleep: for some twenty microseconds, in which helpers mostly finish the
/// blocks they have begun. To sleep and to be woken takes as long.
const LOOKS_BEFORE_SLEEP: usize = 1000;

struct Shared {
    /// Valid while `state` is not `REVOKED`, or while a thread that entered before that has not left.
    task: *const (dyn Fn() + Sync + 'static),
    state: AtomicUsize,
    lender: Thread,
}

// SAFETY: `task` points to a closure that is `Sync`, and is followed only by `Loan::run`, which holds it
// valid; the other fields are `Send + Sync` themselves.
unsafe impl Send for Shared {}
// SAFETY: as for `Send`.
unsafe impl Sync for Shared {}

/// A task that some other thread has lent, for as long as it does.
#[derive(Clone)]
pub struct Loan(Arc<Shared>);

impl Loan {
    /// Runs the task on this thread, or gives false without running it if the lender has taken it back.
    ///
    /// A panic of the task unwinds out of this call, and the lender is not told.
    pub fn run(&self) -> bool {
        let enter = |state: usize| (state & REVOKED == 0).then_some(state + 1);
        if self
            .0
            .state
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, enter)
            .is_err()
        {
            return false;
        }
        let _visit = Visit(&self.0);
        // SAFETY: this thread is counted in `state` and was so before the lender revoked the task, so
        // `lend`, whose argument `task` points to, does not return before `_visit` is dropped.
        unsafe { (*self.0.task)() };
        true
    }

    /// Whether the lender has taken the task back, so that [`run`](Self::run) has nothing left to do.
    pub fn is_revoked(&self) -> bool {
        self.0.state.load(Ordering::Relaxed) & REVOKED != 0
    }
}

impl std::fmt::Debug for Loan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loan")
            .field("revoked", &self.is_revoked())
            .finish_non_exhaustive()
    }
}

/// A thread inside the task; leaving it, by return or by panic, wakes a lender that waits for the last one.
struct Visit<'a>(&'a Shared);

impl Drop for Visit<'_> {
    fn drop(&mut self) {
        if self.0.state.fetch_sub(1, Ordering::Release) == REVOKED + 1 {
            self.0.lender.unpark();
        }
    }
}

/// Takes the task back when the lender leaves, by return or by panic.
struct Revoke<'a>(&'a Shared);

impl Drop for Revoke<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.fetch_or(REVOKED, Ordering::Acquire) | REVOKED;
        let mut looks = 0;
        while state != REVOKED {
            if looks < LOOKS_BEFORE_SLEEP {
                looks += 1;
                std::hint::spin_loop();
            } else {
                thread::park();
            }
            state = self.0.state.load(Ordering::Acquire);
        }
    }
}

/// Calls `body` with a loan of `task` that it may pass to other threads, and takes the task back.
///
/// Copies of the loan may live for ever. When `lend` returns, no thread is inside the task any more and
/// none can enter it.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// let (runs, kept) = (AtomicU32::new(0), std::sync::Mutex::new(None));
/// let task = || { runs.fetch_add(1, Ordering::Relaxed); };
/// rustsci_buffer::loan::lend(&task, |loan| {
///     assert!(loan.run());
///     *kept.lock().unwrap() = Some(loan.clone());
/// });
/// assert!(!kept.into_inner().unwrap().unwrap().run());
/// assert_eq!(runs.into_inner(), 1);
/// ```
pub fn lend<R>(task: &(dyn Fn() + Sync), body: impl FnOnce(&Loan) -> R) -> R {
    let task: *const (dyn Fn() + Sync + '_) = task;
    // SAFETY: the two types differ in the lifetime bound alone. `Loan::run` follows the pointer only while
    // `Revoke`, dropped before this function returns however it does, still has to wait for it.
    let task = unsafe {
        std::mem::transmute::<*const (dyn Fn() + Sync + '_), *const (dyn Fn() + Sync + 'static)>(
            task,
        )
    };
    let loan = Loan(Arc::new(Shared {
        task,
        state: AtomicUsize::new(0),
        lender: thread::current(),
    }));
    let _revoke = Revoke(&loan.0);
    body(&loan)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    #[test]
    fn the_lender_waits_for_a_thread_inside_the_task() {
        let inside = AtomicUsize::new(0);
        let (entered, has_entered) = mpsc::channel();
        let helper = {
            let task = || {
                inside.store(1, Ordering::Relaxed);
                entered.send(()).unwrap();
                thread::sleep(Duration::from_millis(20));
                inside.store(2, Ordering::Relaxed);
            };
            let (pass, passed) = mpsc::channel::<Loan>();
            let helper = thread::spawn(move || passed.recv().unwrap().run());
            lend(&task, |loan| {
                pass.send(loan.clone()).unwrap();
                has_entered.recv().unwrap();
            });
            helper
        };
        assert_eq!(inside.load(Ordering::Relaxed), 2);
        assert!(helper.join().unwrap());
    }

    #[test]
    fn a_panicking_body_takes_the_task_back() {
        let mut kept = None;
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            lend(&|| (), |loan| {
                kept = Some(loan.clone());
                panic!("on purpose");
            })
        }));
        assert!(result.is_err());
        assert!(!kept.unwrap().run());
    }

    #[test]
    fn a_panicking_helper_leaves_the_task() {
        lend(&|| panic!("on purpose"), |loan| {
            let loan = loan.clone();
            assert!(thread::spawn(move || loan.run()).join().is_err());
        });
    }

    #[test]
    fn many_loans_in_a_row() {
        let (pass, passed) = mpsc::channel::<Loan>();
        let helper = thread::spawn(move || passed.iter().filter(Loan::run).count());
        let rounds = if cfg!(miri) { 20 } else { 2000 };
        let mut sum = 0;
        for round in 0..rounds {
            let shares = AtomicUsize::new(0);
            let task = || {
                shares.fetch_add(round, Ordering::Relaxed);
            };
            lend(&task, |loan| {
                pass.send(loan.clone()).unwrap();
                loan.run();
            });
            sum += usize::from(shares.into_inner() >= round);
        }
        drop(pass);
        assert_eq!(sum, rounds);
        assert!(helper.join().unwrap() <= rounds);
    }
}
