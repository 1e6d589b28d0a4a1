//! Python's own types, as marks on [`Bound`].

use rustpython_vm::builtins::{self, PyType as VmType};
use rustpython_vm::{AsObject, Py as VmPy, PyObject, PyObjectRef, VirtualMachine};

use crate::{Borrowed, Bound, IntoPyObject, PyErr, PyResult, Python, ffi};

/// A mark that objects can be tested for.
pub trait TypeCheck {
    /// Python's name of it.
    const NAME: &'static str;

    /// Whether the object is an instance of the class or a subclass.
    fn is_instance(object: &PyObject, vm: &VirtualMachine) -> bool;

    /// Whether the object is an instance of the class itself.
    fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool;
}

/// A mark that stands for a class.
pub trait TypeInfo {
    /// The class.
    fn class(vm: &VirtualMachine) -> &'static VmPy<VmType>;
}

/// Every mark but [`PyAny`].
pub trait NotAny {}

/// Any object.
pub struct PyAny;

impl TypeCheck for PyAny {
    const NAME: &'static str = "object";

    fn is_instance(_: &PyObject, _: &VirtualMachine) -> bool {
        true
    }

    fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
        object.class().is(vm.ctx.types.object_type)
    }
}

impl TypeInfo for PyAny {
    fn class(vm: &VirtualMachine) -> &'static VmPy<VmType> {
        vm.ctx.types.object_type
    }
}

macro_rules! types {
    ($($name:ident => $field:ident, $payload:ty, $python:literal;)*) => {$(
        #[doc = concat!("Python's `", $python, "`.")]
        pub struct $name;

        impl NotAny for $name {}

        impl TypeInfo for $name {
            fn class(vm: &VirtualMachine) -> &'static VmPy<VmType> {
                vm.ctx.types.$field
            }
        }

        impl TypeCheck for $name {
            const NAME: &'static str = $python;

            fn is_instance(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.class().is(Self::class(vm)) || object.class().fast_issubclass(Self::class(vm))
            }

            fn is_exact(object: &PyObject, vm: &VirtualMachine) -> bool {
                object.class().is(Self::class(vm))
            }
        }

        impl Bound<'_, $name> {
            /// RustPython's payload.
            #[allow(dead_code, reason = "some types are only tested for")]
            fn payload(&self) -> &VmPy<$payload> {
                // SAFETY: objects are marked once they have been tested.
                unsafe { self.object().downcast_unchecked_ref() }
            }
        }
    )*};
}

types! {
    PyBool => bool_type, builtins::PyInt, "bool";
    PyBytes => bytes_type, builtins::PyBytes, "bytes";
    PyComplex => complex_type, builtins::PyComplex, "complex";
    PyDict => dict_type, builtins::PyDict, "dict";
    PyEllipsis => ellipsis_type, builtins::PyEllipsis, "ellipsis";
    PyFloat => float_type, builtins::PyFloat, "float";
    PyInt => int_type, builtins::PyInt, "int";
    PyList => list_type, builtins::PyList, "list";
    PyModule => module_type, builtins::PyModule, "module";
    PySlice => slice_type, builtins::PySlice, "slice";
    PyString => str_type, builtins::PyStr, "str";
    PyTuple => tuple_type, builtins::PyTuple, "tuple";
    PyType => type_type, VmType, "type";
}

/// An iterator.
pub struct PyIterator;

impl NotAny for PyIterator {}

impl<'py> Iterator for Bound<'py, PyIterator> {
    type Item = PyResult<Bound<'py, PyAny>>;

    fn next(&mut self) -> Option<Self::Item> {
        use rustpython_vm::protocol::{PyIter, PyIterReturn};
        match PyIter::new(self.object().to_owned()).next(self.py().vm()) {
            Ok(PyIterReturn::Return(item)) => Some(Ok(Bound::wrap(self.py(), item))),
            Ok(PyIterReturn::StopIteration(_)) => None,
            Err(error) => Some(Err(error.into())),
        }
    }
}

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

impl PyString {
    /// Text.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py>(py: Python<'py>, text: &str) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.new_str(text).into())
    }

    /// Text of which there is one object.
    pub fn intern<'py>(py: Python<'py>, text: &str) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.intern_str(text).to_owned().into())
    }
}

impl Bound<'_, PyString> {
    /// The text.
    pub fn to_str(&self) -> PyResult<&str> {
        self.payload()
            .to_str()
            .ok_or_else(crate::convert::surrogates)
    }
}

impl PartialEq<str> for Bound<'_, PyString> {
    fn eq(&self, other: &str) -> bool {
        self.payload().to_str() == Some(other)
    }
}

impl PartialEq<&str> for Bound<'_, PyString> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PyBytes {
    /// Bytes.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new<'py>(py: Python<'py>, bytes: &[u8]) -> Bound<'py, Self> {
        Bound::wrap(py, py.vm().ctx.new_bytes(bytes.to_vec()).into())
    }
}

impl Bound<'_, PyBytes> {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.payload().as_bytes()
    }
}

impl PyFloat {
    /// A number.
    #[expect(clippy::new_ret_no_self, reason = "PyO3's name")]
    pub fn new(py: Python<'_>, value: f64) -> Bound<'_, Self> {
        Bound::wrap(py, py.vm().ctx.new_float(value).into())
    }
}

impl Bound<'_, PyFloat> {
    /// The number.
    pub fn value(&self) -> f64 {
        self.payload().to_f64()
    }
}

impl PyComplex {
    /// A number.
    pub fn from_doubles(py: Python<'_>, real: f64, imag: f64) -> Bound<'_, Self> {
        let value = num_complex::Complex64::new(real, imag);
        Bound::wrap(py, py.vm().ctx.new_complex(value).into())
    }
}

impl Bound<'_, PyComplex> {
    /// The real part.
    pub fn real(&self) -> f64 {
        self.payload().as_complex().re
    }

    /// The imaginary part.
    pub fn imag(&self) -> f64 {
        self.payload().as_complex().im
    }
}

impl<'py> Bound<'py, PyType> {
    /// RustPython's class.
    pub fn class(&self) -> &VmPy<VmType> {
        self.payload()
    }

    /// The class's address, as [`Bound::get_type_ptr`] gives it.
    pub fn as_type_ptr(&self) -> *mut ffi::PyTypeObject {
        ffi::type_address(self.py(), self.payload())
    }

    /// The name.
    pub fn name(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.getattr("__name__")?.cast_into()?)
    }

    /// The module that the class is from.
    pub fn module(&self) -> PyResult<Bound<'py, PyString>> {
        Ok(self.getattr("__module__")?.cast_into()?)
    }

    /// The name with that of the module, unless it is `builtins`.
    pub fn fully_qualified_name(&self) -> PyResult<Bound<'py, PyString>> {
        let name = self.getattr("__qualname__")?;
        let module = self.getattr("__module__")?;
        let module = module.to_string();
        let full = match module.as_str() {
            "builtins" | "__main__" => name.to_string(),
            module => format!("{module}.{name}"),
        };
        Ok(PyString::new(self.py(), &full))
    }

    /// Whether the class is another or a subclass of it.
    pub fn is_subclass(&self, other: &Bound<'py, PyAny>) -> PyResult<bool> {
        Ok(self.object().is_subclass(other.object(), self.py().vm())?)
    }

    /// Whether the class is that of `T` or a subclass of it.
    pub fn is_subclass_of<T: TypeInfo>(&self) -> PyResult<bool> {
        Ok(self.payload().fast_issubclass(T::class(self.py().vm())))
    }
}

impl<'py> Bound<'py, PyModule> {
    /// Adds an attribute.
    pub fn add(&self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<()> {
        self.setattr(name, value)
    }

    /// Adds a class that [`crate::pyclass`] made.
    pub fn add_class<T: crate::class::PyClass>(&self) -> PyResult<()> {
        let class: PyObjectRef = crate::class::class::<T>(self.py())?.to_owned().into();
        self.setattr(T::NAME, Bound::<PyAny>::wrap(self.py(), class))
    }
}

/// An error for an argument that was not given.
#[cold]
pub(crate) fn missing(function: &str, name: &str) -> PyErr {
    crate::exceptions::PyTypeError::new_err(format!(
        "{function}() missing 1 required positional argument: '{name}'"
    ))
}
