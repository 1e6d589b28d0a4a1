//! Tuples and lists.

use rustpython_vm::{PyObject, PyObjectRef};

use super::{PyAny, PyList, PyTuple};
use crate::{Borrowed, Bound, IntoPyObject, PyResult, Python};

/// The objects of what is given.
fn objects<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    items: impl IntoIterator<Item = T>,
) -> PyResult<Vec<PyObjectRef>> {
    items
        .into_iter()
        .map(|item| Ok(item.into_pyobject(py)?.into_object()))
        .collect()
}

impl PyTuple {
    /// A tuple.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py, T: IntoPyObject<'py>>(
        py: Python<'py>,
        items: impl IntoIterator<Item = T>,
    ) -> PyResult<Bound<'py, Self>> {
        Ok(Bound::wrap(
            py,
            py.vm().ctx.new_tuple(objects(py, items)?).into(),
        ))
    }

    /// The empty tuple.
    pub fn empty(py: Python<'_>) -> Bound<'_, Self> {
        Bound::wrap(py, py.vm().ctx.new_tuple(Vec::new()).into())
    }
}

impl<'py> Bound<'py, PyTuple> {
    pub(crate) fn members(&self) -> &[PyObjectRef] {
        self.payload().as_slice()
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members().len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    /// The member at a position.
    pub fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.members().get(index) {
            Some(item) => Ok(Bound::wrap(self.py(), item.clone())),
            None => Err(crate::exceptions::PyIndexError::new_err(
                "tuple index out of range",
            )),
        }
    }

    /// The members.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Bound<'py, PyAny>> + DoubleEndedIterator {
        let py = self.py();
        let members = self.members().to_vec();
        members.into_iter().map(move |item| Bound::wrap(py, item))
    }

    /// The members, without references of their own.
    pub fn iter_borrowed<'a>(
        &'a self,
    ) -> impl ExactSizeIterator<Item = Borrowed<'a, 'py, PyAny>> + 'a {
        let py = self.py();
        self.members().iter().map(move |item| {
            let address = std::ptr::from_ref::<PyObject>(item).cast_mut().cast();
            // SAFETY: the tuple keeps its members.
            unsafe { Borrowed::from_ptr(py, address) }
        })
    }

    /// The members from one position to another.
    pub fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyTuple> {
        let high = high.min(self.len());
        let members = self.members()[low.min(high)..high].to_vec();
        Bound::wrap(self.py(), self.py().vm().ctx.new_tuple(members).into())
    }
}

impl<'py> IntoIterator for Bound<'py, PyTuple> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = std::vec::IntoIter<Bound<'py, PyAny>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl PyList {
    /// A list.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py, T: IntoPyObject<'py>>(
        py: Python<'py>,
        items: impl IntoIterator<Item = T>,
    ) -> PyResult<Bound<'py, Self>> {
        Ok(Bound::wrap(
            py,
            py.vm().ctx.new_list(objects(py, items)?).into(),
        ))
    }
}

impl<'py> Bound<'py, PyList> {
    /// The number of members.
    pub fn len(&self) -> usize {
        self.payload().borrow_vec().len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The member at a position.
    pub fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let item = self.payload().borrow_vec().get(index).cloned();
        match item {
            Some(item) => Ok(Bound::wrap(self.py(), item)),
            None => Err(crate::exceptions::PyIndexError::new_err(
                "list index out of range",
            )),
        }
    }

    /// The members there are now.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Bound<'py, PyAny>> {
        let py = self.py();
        let members = self.payload().borrow_vec().to_vec();
        members.into_iter().map(move |item| Bound::wrap(py, item))
    }
}
