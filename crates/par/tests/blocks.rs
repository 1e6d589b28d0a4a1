//! What callers may rely on, from many threads at once.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rustsci_par::{for_each, for_each_block, with_threads};

fn on_threads<R>(threads: usize, body: impl FnOnce() -> R) -> R {
    with_threads(NonZeroUsize::new(threads).unwrap(), body)
}

#[test]
fn every_block_runs_once() {
    for threads in [1, 2, 3, 8] {
        for count in [0, 1, 2, 7, 1000] {
            let runs: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
            on_threads(threads, || {
                for_each_block(count, &|block| {
                    runs[block].fetch_add(1, Ordering::Relaxed);
                });
            });
            assert!(runs.iter().all(|runs| runs.load(Ordering::Relaxed) == 1));
        }
    }
}

#[test]
fn other_threads_take_part() {
    let helped = std::sync::Mutex::new(std::collections::HashSet::new());
    on_threads(4, || {
        for_each_block(40, &|_| {
            std::thread::sleep(Duration::from_millis(2));
            helped.lock().unwrap().insert(std::thread::current().id());
        });
    });
    assert!(helped.into_inner().unwrap().len() > 1);
}

#[test]
fn a_call_inside_a_block_runs_on_its_thread() {
    on_threads(4, || {
        for_each_block(16, &|_| {
            let this = std::thread::current().id();
            for_each_block(16, &|_| assert_eq!(std::thread::current().id(), this));
        });
    });
}

#[test]
fn a_panic_reaches_the_caller_and_the_pool_lives_on() {
    for _ in 0..20 {
        let result = catch_unwind(AssertUnwindSafe(|| {
            on_threads(4, || {
                for_each_block(100, &|block| assert_ne!(block, 50, "block fifty"))
            });
        }));
        let payload = result.unwrap_err();
        assert!(
            payload
                .downcast_ref::<String>()
                .unwrap()
                .contains("block fifty")
        );
    }
    every_block_runs_once();
}

#[test]
fn items_are_moved_into_their_blocks() {
    for threads in [1, 4] {
        let mut data = vec![0_usize; 1000];
        on_threads(threads, || {
            for_each(data.chunks_mut(7).enumerate().collect(), &|(
                block,
                piece,
            )| {
                piece.fill(block)
            });
        });
        assert!(data.iter().enumerate().all(|(i, block)| *block == i / 7));
    }
}

#[test]
fn many_callers_at_once() {
    std::thread::scope(|scope| {
        for caller in 0..16_usize {
            scope.spawn(move || {
                for round in 0..300 {
                    let count = (caller * 31 + round) % 40;
                    let sum = AtomicUsize::new(0);
                    on_threads(1 + round % 5, || {
                        for_each_block(count, &|block| {
                            sum.fetch_add(block + 1, Ordering::Relaxed);
                        });
                    });
                    assert_eq!(sum.into_inner(), count * (count + 1) / 2);
                }
            });
        }
    });
}
