//! Elements as they are in files, without a header: `fromfile`.

use pyo3::exceptions::{PyOSError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rustsci_array::{Array, DType};
use rustsci_bind::Header;

use crate::call::{Call, HostFunction, IntoPyErr};
use crate::ndarray;

type Result<'py> = PyResult<Bound<'py, PyAny>>;

/// Calls `work` with a file: the one given, or the one of that name, which is closed in the end.
pub(crate) fn with_file<'py, T>(
    file: &Bound<'py, PyAny>,
    mode: &str,
    work: impl FnOnce(&Bound<'py, PyAny>) -> PyResult<T>,
) -> PyResult<T> {
    let py = file.py();
    if file.hasattr("read")? || file.hasattr("write")? {
        return work(file);
    }
    let path = py.import("os")?.getattr("fspath")?.call1((file,))?;
    let file = py.import("io")?.getattr("open")?.call1((path, mode))?;
    let result = work(&file);
    file.call_method0("close")?;
    result
}

fn fromfile<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let dtype = call.get::<Option<DType>>(1)?.unwrap_or(DType::Float64);
    let (count, separator, offset): (isize, String, isize) =
        (call.get(2)?, call.get(3)?, call.get(4)?);
    if !separator.is_empty() {
        if offset != 0 {
            return Err(PyTypeError::new_err(
                "'offset' argument only permitted for binary files",
            ));
        }
        return text(call, &dtype, count, &separator);
    }
    let bytes = with_file(call.required(0)?, "rb", |file| {
        // Only files of the system will do, and only if they have a position.
        file.call_method0("fileno")?;
        file.call_method0("tell")?;
        if offset != 0 {
            file.call_method1("seek", (offset, 1))?;
        }
        let item = dtype.item_size() as isize;
        let limit = if count < 0 {
            -1
        } else {
            count.saturating_mul(item)
        };
        let data = file.call_method1("read", (limit,))?;
        let Ok(bytes) = data.cast_into::<PyBytes>() else {
            return Err(PyTypeError::new_err(
                "the file gives text: open it in binary mode",
            ));
        };
        Ok(bytes)
    })?;
    let bytes = bytes.as_bytes();
    let whole = bytes.len() - bytes.len() % dtype.item_size();
    let array =
        Array::from_bytes(&bytes[..whole], &dtype).map_err(|error| error.into_py_err(py))?;
    ndarray::wrap(py, array)
}

/// Numbers written as text.
fn text<'py>(call: &Call<'_, 'py>, dtype: &DType, count: isize, separator: &str) -> Result<'py> {
    let py = call.py;
    let content = with_file(call.required(0)?, "r", |file| file.call_method0("read"))?;
    let content = match content.cast::<PyBytes>() {
        Ok(bytes) => bytes.call_method1("decode", ("latin-1",))?,
        Err(_) => content,
    };
    let keywords = pyo3::types::PyDict::new(py);
    keywords.set_item("sep", separator)?;
    keywords.set_item("count", count)?;
    keywords.set_item("dtype", crate::dtype::object(py, dtype))?;
    py.import("rustsci._native")?
        .getattr("fromstring")?
        .call((content,), Some(&keywords))
}

fn tofile<'py>(call: &Call<'_, 'py>) -> Result<'py> {
    let py = call.py;
    let own = call.required(0)?;
    let (separator, format): (String, String) = (call.get(2)?, call.get(3)?);
    let content = if separator.is_empty() {
        own.call_method0("tobytes")?
    } else {
        let items = own.call_method0("ravel")?.call_method0("tolist")?;
        let mut texts = Vec::new();
        for item in items.try_iter()? {
            let item = item?;
            let text = match format.as_str() {
                "" | "%s" => item.str()?.to_string(),
                _ => format
                    .clone()
                    .into_pyobject(py)?
                    .rem(item)?
                    .str()?
                    .to_string(),
            };
            texts.push(text);
        }
        PyBytes::new(py, texts.join(&separator).as_bytes()).into_any()
    };
    with_file(call.required(1)?, "wb", |file| {
        let written = match file.call_method1("write", (&content,)) {
            // A text file takes the text.
            Err(error) if error.is_instance_of::<PyTypeError>(py) && !separator.is_empty() => {
                file.call_method1("write", (content.call_method1("decode", ("latin-1",))?,))?
            }
            other => other?,
        };
        let expected = content.len()?;
        match written.extract::<usize>() {
            Ok(count) if count < expected => Err(PyOSError::new_err(format!(
                "{} requested and {} written",
                array_size(own),
                count / ndarray::array(own).item_size()
            ))),
            _ => Ok(()),
        }
    })?;
    Ok(py.None().into_bound(py))
}

fn array_size(own: &Bound<'_, PyAny>) -> usize {
    ndarray::array(own).size()
}

pub(crate) static FUNCTIONS: &[HostFunction] = &[HostFunction {
    header: Header::new(
        "fromfile",
        "(file, dtype=None, count=-1, sep='', offset=0, *, like=None)",
        "Read elements from a file that holds nothing else.",
    )
    .dispatched(&["like"]),
    call: fromfile,
}];

pub(crate) static METHODS: &[HostFunction] = &[HostFunction {
    header: Header::new(
        "tofile",
        "(self, fid, /, sep='', format='%s')",
        "Write the elements to a file, as bytes or as text.",
    )
    .of_class("ndarray"),
    call: tofile,
}];
