//! Binding a call's arguments to the parameters of a signature.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use pyo3::{Borrowed, ffi};
use rustsci_bind::{Argument, FromArgument, Header, Host, ParameterKind, Signature};
use smallvec::SmallVec;

use super::errors::IntoPyErr;
use super::object::Object;
use crate::c_api::{Held, borrowed};

/// The arguments of a call, by parameter.
pub(crate) struct Bindings<'py> {
    pub(crate) arguments: SmallVec<[Option<Object<'py>>; 8]>,
    /// Keeps the tuple of further positional arguments alive.
    _rest: Option<Bound<'py, PyTuple>>,
    /// The arguments as they were passed: the positional ones, then those with the names in the tuple.
    passed: &'py [*mut ffi::PyObject],
    keywords: Option<Borrowed<'py, 'py, PyTuple>>,
}

/// A function's signature, with the names of its parameters as Python strings.
pub(crate) struct Parameters {
    pub(crate) signature: Signature,
    names: Box<[Held]>,
    /// The parameters whose arguments may take over the call; whether their members are asked instead.
    pub(crate) dispatch: Box<[(usize, bool)]>,
    /// The parameter of the array that the result is written to.
    pub(crate) out: Option<usize>,
    /// The parameter whose argument's class new arrays have, and the one that can say no to that.
    pub(crate) after: Option<usize>,
    pub(crate) subok: Option<usize>,
    /// Whether results go through `__array_wrap__` of the array whose method was called.
    pub(crate) wraps: bool,
    /// Whether this is a method, of arrays and of scalars.
    pub(crate) is_method: bool,
}

impl Parameters {
    /// Reads the signature of a function.
    pub(crate) fn new(py: Python<'_>, header: &Header) -> Self {
        let signature = Signature::parse(header.signature);
        let name = |name: &str| Held::new(PyString::intern(py, name).into_any());
        let names = signature
            .parameters
            .iter()
            .map(|parameter| name(parameter.name))
            .collect();
        let find = |name: &str| {
            signature
                .parameters
                .iter()
                .position(|parameter| parameter.name == name)
        };
        let dispatch = header.dispatch.iter().filter_map(|name| {
            let bare = name.trim_start_matches('*');
            find(bare).map(|index| (index, bare.len() < name.len()))
        });
        Self {
            names,
            dispatch: dispatch.collect(),
            out: find("out"),
            after: match header.after {
                Some(name) => find(name),
                None => header.class.map(|_| 0),
            },
            subok: find("subok"),
            wraps: header.wraps,
            is_method: header.class.is_some(),
            signature,
        }
    }
}

impl<'py> Bindings<'py> {
    /// Binds the arguments of a vectorcall.
    ///
    /// # Safety
    /// `arguments` must hold `count` live objects and one more for each name in `keywords` (null or a tuple of
    /// strings), and all must outlive the bindings.
    pub(crate) unsafe fn new(
        py: Python<'py>,
        header: &'static Header,
        parameters: &Parameters,
        arguments: *const *mut ffi::PyObject,
        count: usize,
        keywords: *mut ffi::PyObject,
    ) -> PyResult<Self> {
        let signature = &parameters.signature;
        // SAFETY: promised by the caller.
        let argument = |index: usize| unsafe { Object(borrowed(py, *arguments.add(index))) };
        let mut bound: SmallVec<[Option<Object<'py>>; 8]> =
            SmallVec::from_elem(None, signature.parameters.len());
        let direct = count.min(signature.positional);
        for (index, slot) in bound[..direct].iter_mut().enumerate() {
            *slot = Some(argument(index));
        }
        let mut rest = None;
        if let Some(parameter) = signature.rest {
            let further = (direct..count).map(|index| argument(index).0);
            let tuple = PyTuple::new(py, further.collect::<SmallVec<[_; 4]>>())?;
            // SAFETY: the tuple is kept beside the bindings.
            bound[parameter] = Some(Object(unsafe { borrowed(py, tuple.as_ptr()) }));
            rest = Some(tuple);
        } else if count > direct {
            return Err(too_many(header, signature, count));
        }
        let keywords = if keywords.is_null() {
            None
        } else {
            // SAFETY: the keywords are a tuple of strings.
            Some(unsafe { borrowed(py, keywords).cast_unchecked::<PyTuple>() })
        };
        if let Some(keywords) = keywords {
            for (position, keyword) in keywords.iter().enumerate() {
                let Some(index) = find(header, parameters, &keyword)? else {
                    continue;
                };
                if bound[index].replace(argument(count + position)).is_some() {
                    return Err(PyTypeError::new_err(format!(
                        "{}() got multiple values for argument '{}'",
                        header.name, signature.parameters[index].name
                    )));
                }
            }
        }
        let all = count + keywords.map_or(0, |keywords| keywords.len());
        Ok(Self {
            arguments: bound,
            _rest: rest,
            passed: if all == 0 {
                &[]
            } else {
                // SAFETY: promised by the caller.
                unsafe { std::slice::from_raw_parts(arguments, all) }
            },
            keywords,
        })
    }

    /// The arguments as they were passed, as a tuple and a dictionary.
    pub(crate) fn as_passed(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let named = PyDict::new(py);
        let count = self.passed.len() - self.keywords.map_or(0, |keywords| keywords.len());
        // SAFETY: the arguments are live objects that outlive the bindings (see `new`).
        let object = |&object: &*mut ffi::PyObject| unsafe { borrowed(py, object) };
        if let Some(keywords) = self.keywords {
            for (name, value) in keywords.iter().zip(&self.passed[count..]) {
                named.set_item(name, object(value))?;
            }
        }
        let positional: Vec<_> = self.passed[..count].iter().map(object).collect();
        Ok((PyTuple::new(py, positional)?, named))
    }
}

/// The parameter that a keyword names; nothing where any further one is taken.
fn find(
    header: &'static Header,
    parameters: &Parameters,
    keyword: &Bound<'_, PyAny>,
) -> PyResult<Option<usize>> {
    let py = keyword.py();
    let (names, parameters) = (&parameters.names, &parameters.signature.parameters);
    let by_name = |index: &usize| {
        matches!(
            parameters[*index].kind,
            ParameterKind::Positional | ParameterKind::Keyword
        )
    };
    // Keywords in source code are interned, so nearly always the very same object.
    let same = (0..names.len()).find(|&index| names[index].is(keyword));
    if let Some(index) = same.filter(by_name) {
        return Ok(Some(index));
    }
    for index in (0..names.len()).filter(by_name) {
        if names[index].bind(py).eq(keyword)? {
            return Ok(Some(index));
        }
    }
    if parameters
        .last()
        .is_some_and(|last| last.kind == ParameterKind::Keywords)
    {
        return Ok(None);
    }
    Err(PyTypeError::new_err(format!(
        "{}() got an unexpected keyword argument '{}'",
        header.name,
        keyword.str()?
    )))
}

#[cold]
fn too_many(header: &'static Header, signature: &Signature, given: usize) -> PyErr {
    let own = usize::from(header.class.is_some());
    let (most, given) = (signature.positional - own, given - own);
    let least = signature.parameters[own..own + most]
        .iter()
        .filter(|parameter| parameter.default.is_none())
        .count();
    let takes = if least == most {
        format!("{most}")
    } else {
        format!("from {least} to {most}")
    };
    let plural = if most == 1 { "" } else { "s" };
    PyTypeError::new_err(format!(
        "{}() takes {takes} positional argument{plural} but {given} were given",
        header.name
    ))
}

/// One call with its bound arguments, as functions of this crate see it.
pub(crate) struct Call<'a, 'py> {
    pub(crate) py: Python<'py>,
    pub(crate) header: &'static Header,
    pub(crate) signature: &'a Signature,
    pub(crate) bindings: &'a Bindings<'py>,
}

impl<'a, 'py> Call<'a, 'py> {
    /// The argument of a parameter, if one was given.
    pub(crate) fn given(&self, index: usize) -> Option<&'a Bound<'py, PyAny>> {
        self.bindings.arguments[index]
            .as_ref()
            .map(|object| &*object.0)
    }

    /// The argument of a parameter, if one other than None was given.
    pub(crate) fn not_none(&self, index: usize) -> Option<&'a Bound<'py, PyAny>> {
        self.given(index).filter(|object| !object.is_none())
    }

    /// The argument of a parameter that has no default.
    pub(crate) fn required(&self, index: usize) -> PyResult<&'a Bound<'py, PyAny>> {
        self.given(index).ok_or_else(|| self.missing(index))
    }

    #[cold]
    fn missing(&self, index: usize) -> PyErr {
        PyTypeError::new_err(format!(
            "{}() missing required argument '{}' (pos {index})",
            self.header.name, self.signature.parameters[index].name,
        ))
    }

    /// The argument of a parameter (or its default), converted.
    pub(crate) fn get<T: FromArgument<'a>>(&self, index: usize) -> PyResult<T> {
        let parameter = &self.signature.parameters[index];
        let object: &'a dyn rustsci_bind::Object =
            match (&self.bindings.arguments[index], &parameter.default) {
                (Some(object), _) => object,
                (None, Some(default)) => default,
                (None, None) => return Err(self.missing(index)),
            };
        T::from_argument(&Argument {
            object,
            name: parameter.name,
            function: self.header.name,
        })
        .map_err(|error| error.into_py_err(self.py))
    }
}

impl Host for Call<'_, '_> {
    #[inline]
    fn argument(&self, parameter: usize) -> Option<&dyn rustsci_bind::Object> {
        self.bindings.arguments[parameter]
            .as_ref()
            .map(|object| object as &dyn rustsci_bind::Object)
    }

    fn detached(&self, work: &mut (dyn FnMut() + Send)) {
        self.py.detach(work);
    }
}
