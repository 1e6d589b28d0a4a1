//! The worker threads.

use std::any::Any;
use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rustsci_buffer::loan::{self, Loan};
use rustsci_buffer::published::Published;

/// More workers than this are never started, whatever number of threads is asked for.
const MOST_WORKERS: usize = 255;

/// How often an idle worker looks for work before it goes to sleep: a microsecond or two, so that calls in
/// close succession find it awake.
const LOOKS_BEFORE_SLEEP: usize = 50;

thread_local! {
    /// Whether this thread is running a block.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is running a block, so that it must not wait for other threads.
pub(crate) fn is_inside() -> bool {
    INSIDE.get()
}

/// Runs the blocks on this thread and on `threads - 1` workers, if so many can be had.
pub(crate) fn run(count: usize, threads: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let caught: Mutex<Option<Box<dyn Any + Send>>> = Mutex::new(None);
    let share = || {
        let outside = INSIDE.replace(true);
        while let Some(block) =
            Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&block| block < count)
        {
            if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| work(block))) {
                next.store(count, Ordering::Relaxed);
                lock(&caught).get_or_insert(payload);
            }
        }
        INSIDE.set(outside);
    };
    loan::lend(&share, |loan| {
        Pool::current().offer(loan, threads - 1);
        share();
    });
    if let Some(payload) = caught.into_inner().unwrap_or_else(PoisonError::into_inner) {
        panic::resume_unwind(payload);
    }
}

/// Locks a mutex whose data stays sound even if a thread panicked while it held it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Pool {
    /// The process the workers live in. A forked child has a copy of the pool without any worker, and with
    /// its lock in whatever state it was: the child makes a pool of its own.
    process: u32,
    queue: Mutex<Queue>,
    /// Signalled when an offer is made.
    offered: Condvar,
    /// The number of offers in the queue, to be looked at without the lock.
    waiting: AtomicUsize,
}

#[derive(Default)]
struct Queue {
    /// One loan for each worker that is invited to help with it.
    offers: VecDeque<Loan>,
    workers: usize,
    asleep: usize,
}

impl Pool {
    /// The pool of this process.
    fn current() -> &'static Self {
        static POOL: Published<Pool> = Published::empty();
        let process = std::process::id();
        POOL.get_or_replace(
            |pool| pool.process != process,
            || Self {
                process,
                queue: Mutex::default(),
                offered: Condvar::new(),
                waiting: AtomicUsize::new(0),
            },
        )
    }

    /// Invites `helpers` workers to run the task, starting what is missing of them.
    fn offer(&'static self, loan: &Loan, helpers: usize) {
        let helpers = helpers.min(MOST_WORKERS);
        let mut queue = lock(&self.queue);
        // What is over and was not taken up: all workers were busy elsewhere.
        queue.offers.retain(|offer| !offer.is_revoked());
        while queue.workers < helpers && self.start_worker(queue.workers) {
            queue.workers += 1;
        }
        queue
            .offers
            .extend(std::iter::repeat_n(loan, helpers).cloned());
        self.waiting.store(queue.offers.len(), Ordering::Relaxed);
        let sleepers = queue.asleep.min(helpers);
        drop(queue);
        (0..sleepers).for_each(|_| self.offered.notify_one());
    }

    /// Starts a worker; false if the system refuses, and the work is then shared among fewer.
    fn start_worker(&'static self, index: usize) -> bool {
        thread::Builder::new()
            .name(format!("rustsci-{index}"))
            .spawn(move || self.serve())
            .is_ok()
    }

    fn serve(&self) {
        loop {
            let mut looks = 0;
            while self.waiting.load(Ordering::Relaxed) == 0 && looks < LOOKS_BEFORE_SLEEP {
                looks += 1;
                std::hint::spin_loop();
            }
            let mut queue = lock(&self.queue);
            let offer = loop {
                if let Some(offer) = queue.offers.pop_front() {
                    break offer;
                }
                queue.asleep += 1;
                queue = self
                    .offered
                    .wait(queue)
                    .unwrap_or_else(PoisonError::into_inner);
                queue.asleep -= 1;
            };
            self.waiting.store(queue.offers.len(), Ordering::Relaxed);
            drop(queue);
            offer.run();
        }
    }
}
