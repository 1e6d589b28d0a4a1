//! `ndarray.flags`.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;

use super::{array, base, change};
use crate::call::IntoPyErr;

/// How an array's elements lie in memory, by attribute or by NumPy's names.
#[pyclass(name = "flagsobj", module = "rustsci", frozen)]
pub(crate) struct Flags(Py<PyAny>);

/// The flags of an array.
pub(super) fn of<'py>(own: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    Flags(own.clone().unbind()).into_bound_py_any(own.py())
}

/// Allows or forbids writing to an array.
pub(super) fn set_writeable(own: &Bound<'_, PyAny>, writeable: bool) -> PyResult<()> {
    let mut current = array(own).clone();
    if writeable && !current.is_writeable() {
        // Memory is writeable if its owner says so.
        let mut owner = base(own);
        while let Some(object) = &owner
            && super::is_instance(object)
        {
            if array(object).is_writeable() {
                break;
            }
            match base(object) {
                Some(next) => owner = Some(next),
                None => break,
            }
        }
        let refused = owner.is_some_and(|owner| {
            super::is_instance(&owner) && base(&owner).is_some() && !array(&owner).is_writeable()
        });
        if refused {
            return Err(PyValueError::new_err(
                "cannot set WRITEABLE flag to True of this array",
            ));
        }
    }
    current
        .set_writeable(writeable)
        .map_err(|error| error.into_py_err(own.py()))?;
    change(own, current);
    Ok(())
}

impl Flags {
    fn own<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        self.0.bind(py).clone()
    }
}

#[pymethods]
impl Flags {
    /// Whether the elements lie packed in C order.
    #[getter]
    fn c_contiguous(&self, py: Python<'_>) -> bool {
        array(&self.own(py)).is_c_contiguous()
    }

    /// Whether the elements lie packed in Fortran order.
    #[getter]
    fn f_contiguous(&self, py: Python<'_>) -> bool {
        array(&self.own(py)).is_f_contiguous()
    }

    /// Whether the elements lie packed in Fortran order.
    #[getter]
    fn fortran(&self, py: Python<'_>) -> bool {
        self.f_contiguous(py)
    }

    /// Whether the elements lie packed in C order.
    #[getter]
    fn contiguous(&self, py: Python<'_>) -> bool {
        self.c_contiguous(py)
    }

    /// Whether the elements lie packed in Fortran order and not in C order.
    #[getter]
    fn fnc(&self, py: Python<'_>) -> bool {
        self.f_contiguous(py) && !self.c_contiguous(py)
    }

    /// Whether the elements lie packed in either order.
    #[getter]
    fn forc(&self, py: Python<'_>) -> bool {
        self.f_contiguous(py) || self.c_contiguous(py)
    }

    /// Whether the array owns its memory.
    #[getter]
    fn owndata(&self, py: Python<'_>) -> bool {
        let own = self.own(py);
        base(&own).is_none() && !array(&own).buffer().is_foreign()
    }

    /// Whether elements can be changed.
    #[getter]
    fn get_writeable(&self, py: Python<'_>) -> bool {
        array(&self.own(py)).is_writeable()
    }

    #[setter]
    fn set_writeable(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        set_writeable(&self.own(py), value.is_truthy()?)
    }

    /// Whether every element lies at a multiple of its alignment.
    #[getter]
    fn get_aligned(&self, py: Python<'_>) -> bool {
        array(&self.own(py)).is_aligned()
    }

    #[setter]
    fn set_aligned(&self, py: Python<'_>, value: bool) -> PyResult<()> {
        if value && !self.get_aligned(py) {
            return Err(PyValueError::new_err(
                "cannot set aligned flag of mis-aligned array to True",
            ));
        }
        Ok(())
    }

    /// Whether the array is a copy to be written back; there are none such.
    #[getter]
    fn get_writebackifcopy(&self) -> bool {
        false
    }

    #[setter]
    fn set_writebackifcopy(&self, value: bool) -> PyResult<()> {
        if value {
            return Err(PyValueError::new_err(
                "cannot set WRITEBACKIFCOPY flag to True",
            ));
        }
        Ok(())
    }

    /// Whether the array behaves well: aligned and writeable.
    #[getter]
    fn behaved(&self, py: Python<'_>) -> bool {
        self.get_aligned(py) && self.get_writeable(py)
    }

    /// Well behaved, and packed in C order.
    #[getter]
    fn carray(&self, py: Python<'_>) -> bool {
        self.behaved(py) && self.c_contiguous(py)
    }

    /// Well behaved, and packed in Fortran order but not in C order.
    #[getter]
    fn farray(&self, py: Python<'_>) -> bool {
        self.behaved(py) && self.fnc(py)
    }

    /// The flags as NumPy's bits.
    #[getter]
    fn num(&self, py: Python<'_>) -> u32 {
        u32::from(self.c_contiguous(py))
            | u32::from(self.f_contiguous(py)) << 1
            | u32::from(self.owndata(py)) << 2
            | u32::from(self.get_aligned(py)) << 8
            | u32::from(self.get_writeable(py)) << 10
    }

    fn __getitem__(&self, py: Python<'_>, name: &str) -> PyResult<bool> {
        Ok(match name {
            "C" | "C_CONTIGUOUS" | "CONTIGUOUS" => self.c_contiguous(py),
            "F" | "F_CONTIGUOUS" | "FORTRAN" => self.f_contiguous(py),
            "O" | "OWNDATA" => self.owndata(py),
            "W" | "WRITEABLE" => self.get_writeable(py),
            "A" | "ALIGNED" => self.get_aligned(py),
            "X" | "WRITEBACKIFCOPY" => false,
            "B" | "BEHAVED" => self.behaved(py),
            "CA" | "CARRAY" => self.carray(py),
            "FA" | "FARRAY" => self.farray(py),
            "FNC" => self.fnc(py),
            "FORC" => self.forc(py),
            _ => return Err(PyKeyError::new_err("Unknown flag")),
        })
    }

    fn __setitem__(&self, py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        match name {
            "W" | "WRITEABLE" => self.set_writeable(py, value),
            "A" | "ALIGNED" => self.set_aligned(py, value.is_truthy()?),
            "X" | "WRITEBACKIFCOPY" => self.set_writebackifcopy(value.is_truthy()?),
            _ => Err(PyKeyError::new_err("Unknown flag")),
        }
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| other.get().num(py) == self.num(py))
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let truth = |value: bool| if value { "True" } else { "False" };
        format!(
            "  C_CONTIGUOUS : {}\n  F_CONTIGUOUS : {}\n  OWNDATA : {}\n  WRITEABLE : {}\n  ALIGNED : {}\n  \
             WRITEBACKIFCOPY : False\n",
            truth(self.c_contiguous(py)),
            truth(self.f_contiguous(py)),
            truth(self.owndata(py)),
            truth(self.get_writeable(py)),
            truth(self.get_aligned(py)),
        )
    }
}
