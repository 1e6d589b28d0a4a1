//! What an `nditer` is asked for by words.

use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};
use rustsci_array::Order;

/// What holds for the whole iteration.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    pub(super) multi_index: bool,
    pub(super) c_index: bool,
    pub(super) f_index: bool,
    pub(super) external_loop: bool,
    pub(super) buffered: bool,
    pub(super) grow_inner: bool,
    pub(super) delayed: bool,
    pub(super) ranged: bool,
    pub(super) reduce: bool,
    pub(super) zero_size: bool,
    pub(super) common_dtype: bool,
    pub(super) copy_if_overlap: bool,
}

impl Flags {
    /// The order of the flat index that is tracked, if one is.
    pub(super) fn index(self) -> Option<Order> {
        match (self.c_index, self.f_index) {
            (true, _) => Some(Order::C),
            (_, true) => Some(Order::F),
            _ => None,
        }
    }

    pub(super) fn parse(flags: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let mut found = Self::default();
        for word in words(flags)? {
            let place = match word.as_str() {
                "multi_index" => &mut found.multi_index,
                "c_index" => &mut found.c_index,
                "f_index" => &mut found.f_index,
                "external_loop" => &mut found.external_loop,
                "buffered" => &mut found.buffered,
                "growinner" => &mut found.grow_inner,
                "delay_bufalloc" => &mut found.delayed,
                "ranged" => &mut found.ranged,
                "reduce_ok" => &mut found.reduce,
                "zerosize_ok" => &mut found.zero_size,
                "common_dtype" => &mut found.common_dtype,
                "copy_if_overlap" => &mut found.copy_if_overlap,
                // No element is a reference here.
                "refs_ok" => continue,
                other => {
                    return Err(PyValueError::new_err(format!(
                        "Unexpected iterator global flag \"{other}\""
                    )));
                }
            };
            *place = true;
        }
        if found.c_index && found.f_index {
            return Err(PyValueError::new_err(
                "Iterator flags C_INDEX and F_INDEX cannot both be specified",
            ));
        }
        found.check_external_loop()?;
        Ok(found)
    }

    /// Refuses stretches of elements where one element's index is tracked, or where they may end anywhere.
    pub(super) fn check_external_loop(self) -> PyResult<()> {
        if self.external_loop && (self.multi_index || self.index().is_some()) {
            return Err(PyValueError::new_err(
                "Iterator flag EXTERNAL_LOOP cannot be used if an index or multi-index is being tracked",
            ));
        }
        if self.external_loop && self.ranged && !self.buffered {
            return Err(PyValueError::new_err(
                "Iterator flag RANGED cannot be used with the flag EXTERNAL_LOOP unless BUFFERED is also enabled",
            ));
        }
        Ok(())
    }
}

fn words(flags: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    let wrong =
        || PyValueError::new_err("Iterator global flags must be a list or tuple of strings");
    match flags {
        None => Ok(Vec::new()),
        Some(flags) => members(flags)
            .ok_or_else(wrong)?
            .iter()
            .map(|word| word.extract::<String>().map_err(|_| wrong()))
            .collect(),
    }
}

/// The members of a list or a tuple.
pub(super) fn members<'py>(object: &Bound<'py, PyAny>) -> Option<Vec<Bound<'py, PyAny>>> {
    if let Ok(list) = object.cast::<PyList>() {
        Some(list.iter().collect())
    } else {
        let tuple = object.cast::<PyTuple>().ok()?;
        Some(tuple.iter().collect())
    }
}

/// What holds for one operand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Use {
    pub(super) read: bool,
    pub(super) write: bool,
    pub(super) no_broadcast: bool,
    pub(super) contiguous: bool,
    pub(super) aligned: bool,
    pub(super) copy: bool,
    pub(super) write_back: bool,
    pub(super) allocate: bool,
    pub(super) no_subclass: bool,
    pub(super) elementwise: bool,
}

impl Use {
    /// What holds where nothing is said.
    fn default_for(given: bool) -> Self {
        Self {
            read: given,
            write: !given,
            allocate: !given,
            ..Self::default()
        }
    }

    fn parse(words: &[Bound<'_, PyAny>]) -> PyResult<Self> {
        let mut found = Self::default();
        let mut modes = 0;
        for word in words {
            let word: String = word.extract().map_err(|_| not_flags())?;
            match word.as_str() {
                "readonly" => (modes, found.read) = (modes + 1, true),
                "writeonly" => (modes, found.write) = (modes + 1, true),
                "readwrite" => {
                    (modes, found.read, found.write) = (modes + 1, true, true);
                }
                "no_broadcast" => found.no_broadcast = true,
                "contig" => found.contiguous = true,
                "aligned" => found.aligned = true,
                "copy" => found.copy = true,
                "updateifcopy" => found.write_back = true,
                "allocate" => found.allocate = true,
                "overlap_assume_elementwise" => found.elementwise = true,
                "no_subtype" => found.no_subclass = true,
                // Every dtype has the machine's byte order.
                "nbo" => {}
                "arraymask" | "writemasked" | "virtual" => {
                    return Err(PyNotImplementedError::new_err(format!(
                        "the operand flag '{word}' of nditer is not supported"
                    )));
                }
                other => {
                    return Err(PyValueError::new_err(format!(
                        "Unexpected per-op iterator flag \"{other}\""
                    )));
                }
            }
        }
        match modes {
            1 => Ok(found),
            0 => Err(PyValueError::new_err(
                "None of the iterator flags READWRITE, READONLY, or WRITEONLY were specified for an operand",
            )),
            _ => Err(PyValueError::new_err(
                "Only one of the iterator flags READWRITE, READONLY, and WRITEONLY may be specified for an operand",
            )),
        }
    }
}

/// What holds for each operand; `given` tells which are there and which are to be made.
pub(super) fn uses(
    flags: Option<&Bound<'_, PyAny>>,
    given: &[bool],
    whole: Flags,
) -> PyResult<Vec<Use>> {
    let Some(flags) = flags else {
        return Ok(given.iter().map(|&given| Use::default_for(given)).collect());
    };
    let items = members(flags).ok_or_else(not_flags)?;
    let words = items.iter().all(|item| item.is_instance_of::<PyString>());
    let uses: Vec<Use> = if words && (given.len() == 1 || !items.is_empty()) {
        vec![Use::parse(&items)?; given.len()]
    } else if items.len() == given.len() {
        let each = items
            .iter()
            .map(|item| Use::parse(&members(item).ok_or_else(not_flags)?));
        each.collect::<PyResult<_>>()?
    } else {
        return Err(not_flags());
    };
    for (one, &given) in uses.iter().zip(given) {
        let problem = if given {
            continue;
        } else if !one.allocate {
            "Iterator operand was NULL, but neither ALLOCATE nor VIRTUAL was specified"
        } else if !one.write {
            "Automatic allocation was requested for an iterator operand, but it wasn't flagged for writing"
        } else if one.read && whole.buffered && !whole.delayed {
            "Automatic allocation was requested for an iterator operand, and it was flagged as readable, but buffering \
             without delayed allocation was enabled"
        } else {
            continue;
        };
        return Err(PyValueError::new_err(problem));
    }
    Ok(uses)
}

fn not_flags() -> PyErr {
    PyValueError::new_err("op_flags must be a tuple or array of per-op flag-tuples")
}
