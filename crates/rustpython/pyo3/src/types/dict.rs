//! Dictionaries.

use super::{PyAny, PyDict};
use crate::{Bound, IntoPyObject, PyResult, Python};

impl PyDict {
    /// An empty dictionary.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new(py: Python<'_>) -> Bound<'_, Self> {
        Bound::wrap(py, py.vm().ctx.new_dict().into())
    }
}

impl<'py> Bound<'py, PyDict> {
    /// Sets a member.
    pub fn set_item(
        &self,
        key: impl IntoPyObject<'py>,
        value: impl IntoPyObject<'py>,
    ) -> PyResult<()> {
        let py = self.py();
        let key = key.into_pyobject(py)?.into_object();
        let value = value.into_pyobject(py)?.into_object();
        Ok(self.payload().set_item(&*key, value, py.vm())?)
    }

    /// The member for a key, if there is one.
    pub fn get_item(&self, key: impl IntoPyObject<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = self.py();
        let key = key.into_pyobject(py)?.into_object();
        let found = self.payload().get_item_opt(&*key, py.vm())?;
        Ok(found.map(|found| Bound::wrap(py, found)))
    }

    /// Whether there is a member for a key.
    pub fn contains(&self, key: impl IntoPyObject<'py>) -> PyResult<bool> {
        Ok(self.get_item(key)?.is_some())
    }

    /// Removes a member.
    pub fn del_item(&self, key: impl IntoPyObject<'py>) -> PyResult<()> {
        let key = key.into_pyobject(self.py())?.into_object();
        Ok(self.payload().del_item(&*key, self.py().vm())?)
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.payload().__len__()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy.
    pub fn copy(&self) -> PyResult<Self> {
        Ok(self.call_method0("copy")?.cast_into()?)
    }

    /// The same as a mapping.
    pub fn as_mapping(&self) -> &Self {
        self
    }

    /// Takes over the members of a mapping.
    pub fn update(&self, other: &Self) -> PyResult<()> {
        self.call_method1("update", (other,)).map(drop)
    }

    /// The members there are now.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let py = self.py();
        let members = self.payload().items_vec();
        members
            .into_iter()
            .map(move |(key, value)| (Bound::wrap(py, key), Bound::wrap(py, value)))
    }
}
