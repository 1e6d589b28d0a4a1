//! How many threads a call may use.

use std::num::NonZeroUsize;

use rustsci_array::{Error, Result};

use crate::{Function, export};

pub(crate) static ROWS: &[&Function] = &[&GET_NUM_THREADS, &SET_NUM_THREADS, &OVERRIDE_THREADS];

fn positive(threads: isize) -> Result<NonZeroUsize> {
    usize::try_from(threads)
        .ok()
        .and_then(NonZeroUsize::new)
        .ok_or_else(|| {
            Error::value(format!(
                "the number of threads must be positive, not {threads}"
            ))
        })
}

/// Return how many threads a call may use.
#[export(signature = "()")]
fn get_num_threads() -> usize {
    rustsci_par::num_threads()
}

/// Set how many threads a call may use, for the whole process.
#[export(signature = "(threads, /)")]
fn set_num_threads(threads: isize) -> Result<()> {
    rustsci_par::set_num_threads(positive(threads)?);
    Ok(())
}

/// Set how many threads a call made on this thread may use, and return what was set before; None is as the process has it.
#[export(name = "_override_threads", signature = "(threads, /)")]
fn override_threads(threads: Option<isize>) -> Result<Option<usize>> {
    let threads = threads.map(positive).transpose()?;
    Ok(rustsci_par::override_threads(threads).map(NonZeroUsize::get))
}
