//! Memory that objects lend (PEP 3118), in both directions.

use std::ffi::{CStr, CString, c_int, c_void};
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use rustpython_vm::builtins::{PyMemoryView, PyType};
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::protocol::{BufferDescriptor, BufferFlags, BufferMethods, PyBuffer};
use rustpython_vm::{
    Context, Py as VmPy, PyObject, PyObjectRef, PyPayload, PyRef, PyResult as VmResult,
    VirtualMachine,
};

use super::memory::with_shape;

/// Memory that an object lends, as a memory view describes it.
pub(crate) struct Lent<'py> {
    view: Bound<'py, PyAny>,
    address: *mut u8,
    format: CString,
    description: BufferDescriptor,
    shape: Vec<isize>,
    strides: Vec<isize>,
    suboffsets: Vec<isize>,
}

impl<'py> Lent<'py> {
    /// Asks an object for its memory.
    pub(crate) fn of(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let py = object.py();
        let vm = py.vm();
        let buffer = PyBuffer::from_object(vm, object.object(), BufferFlags::FULL_RO)?;
        // RustPython's memory views know no complex numbers.
        let view: PyObjectRef = match PyMemoryView::from_buffer(buffer.clone(), vm) {
            Ok(view) => view.into_pyobject(vm),
            Err(_) => {
                let keeper = Keeper(buffer.clone());
                PyRef::new_ref(keeper, vm.ctx.types.object_type.to_owned(), None).into()
            }
        };
        let description = buffer.desc.clone();
        // The memory stays where it is for as long as it is lent, which the view sees to.
        let address = buffer.obj_bytes().as_ptr().cast_mut();
        let axes = || description.dim_desc.iter();
        Ok(Self {
            view: Bound::wrap(py, view),
            address: address.wrapping_offset(description.offset),
            format: CString::new(description.format.as_bytes())?,
            shape: axes().map(|&(n, _, _)| n as isize).collect(),
            strides: axes().map(|&(_, stride, _)| stride).collect(),
            suboffsets: axes().map(|&(_, _, offset)| offset).collect(),
            description,
        })
    }

    /// Where the first element is.
    pub(crate) fn address(&self) -> *mut u8 {
        self.address
    }

    /// Bytes of all elements.
    pub(crate) fn bytes(&self) -> usize {
        self.description.len
    }

    /// Bytes of one element.
    pub(crate) fn item_size(&self) -> usize {
        self.description.itemsize
    }

    /// Whether elements may be written.
    pub(crate) fn is_writeable(&self) -> bool {
        !self.description.readonly
    }

    /// The `struct` code of the elements.
    pub(crate) fn format(&self) -> &CStr {
        &self.format
    }

    /// The number of axes.
    pub(crate) fn ndim(&self) -> usize {
        self.shape.len()
    }

    /// The lengths of the axes.
    pub(crate) fn shape(&self) -> Option<&[isize]> {
        Some(&self.shape)
    }

    /// The steps along the axes.
    pub(crate) fn strides(&self) -> Option<&[isize]> {
        Some(&self.strides)
    }

    /// Whether elements are reached by pointers on the way.
    pub(crate) fn is_indirect(&self) -> bool {
        self.suboffsets.iter().any(|&offset| offset > 0)
    }

    /// Whether the elements lie packed in either order.
    pub(crate) fn is_contiguous(&self) -> bool {
        let reversed = BufferDescriptor {
            dim_desc: self.description.dim_desc.iter().rev().copied().collect(),
            ..self.description.clone()
        };
        self.description.is_contiguous() || reversed.is_contiguous()
    }

    /// The object that keeps the memory.
    pub(crate) fn into_owner(self) -> Bound<'py, PyAny> {
        self.view
    }
}

/// Keeps memory that was lent.
#[derive(Debug)]
struct Keeper(#[expect(dead_code, reason = "held only to be dropped")] PyBuffer);

impl MaybeTraverse for Keeper {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl PyPayload for Keeper {
    fn class(context: &Context) -> &'static VmPy<PyType> {
        context.types.object_type
    }
}

type GetBuffer = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::Py_buffer, c_int) -> c_int;
type ReleaseBuffer = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::Py_buffer);

/// The functions by which instances of a class lend their memory.
#[derive(Clone, Copy)]
pub(super) struct Lender {
    get: GetBuffer,
    release: Option<ReleaseBuffer>,
}

impl Lender {
    /// # Safety
    /// The functions must be of these types.
    pub(super) unsafe fn new(get: *mut c_void, release: Option<*mut c_void>) -> Self {
        // SAFETY: promised by the caller.
        unsafe {
            Self {
                get: std::mem::transmute::<*mut c_void, GetBuffer>(get),
                release: release
                    .map(|release| std::mem::transmute::<*mut c_void, ReleaseBuffer>(release)),
            }
        }
    }
}

/// Memory that an instance has lent.
struct Loan {
    view: ffi::Py_buffer,
    /// Where the memory begins that the elements lie in, and how many bytes it has.
    start: *mut u8,
    bytes: usize,
    lender: Lender,
}

// SAFETY: the addresses are those of memory that any thread may use, and that the instance keeps.
unsafe impl Send for Loan {}
// SAFETY: as above.
unsafe impl Sync for Loan {}

impl std::fmt::Debug for Loan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Loan")
    }
}

impl MaybeTraverse for Loan {
    fn try_traverse(&self, _: &mut TraverseFn<'_>) {}
}

impl PyPayload for Loan {
    fn class(context: &Context) -> &'static VmPy<PyType> {
        context.types.object_type
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        let object = self.view.obj;
        // SAFETY: the instance has lent the memory once, and gets it back once.
        unsafe {
            if let Some(release) = self.lender.release {
                release(object, &raw mut self.view);
            }
            ffi::Py_XDECREF(object);
        }
    }
}

static METHODS: BufferMethods = BufferMethods {
    obj_bytes: |buffer| {
        let loan = buffer.obj_as::<Loan>();
        // SAFETY: the instance keeps the memory for as long as the loan lasts.
        let bytes: &[u8] = unsafe { std::slice::from_raw_parts(loan.start, loan.bytes) };
        bytes.into()
    },
    obj_bytes_mut: |buffer| {
        let loan = buffer.obj_as::<Loan>();
        // SAFETY: as above; asked of memory that may be written only.
        let bytes: &mut [u8] = unsafe { std::slice::from_raw_parts_mut(loan.start, loan.bytes) };
        bytes.into()
    },
    release: |_| {},
    retain: |_| {},
};

/// What a class's instances do when asked for their memory.
pub(super) fn lend(
    object: &PyObject,
    flags: BufferFlags,
    vm: &VirtualMachine,
) -> VmResult<PyBuffer> {
    let lender = with_shape(object.class(), |shape| shape.lender).flatten();
    let Some(lender) = lender else {
        return Err(vm.new_type_error("a class without memory to lend"));
    };
    let mut view = ffi::Py_buffer {
        buf: ptr::null_mut(),
        obj: ptr::null_mut(),
        len: 0,
        itemsize: 0,
        readonly: 0,
        ndim: 0,
        format: ptr::null_mut(),
        shape: ptr::null_mut(),
        strides: ptr::null_mut(),
        suboffsets: ptr::null_mut(),
        internal: ptr::null_mut(),
    };
    let address = ptr::from_ref(object).cast_mut().cast();
    // SAFETY: the function is the class's own, and the description is there to be filled.
    if unsafe { (lender.get)(address, &raw mut view, flags.bits() as c_int) } != 0 {
        return Err(PyErr::fetch(Python::of(vm)).into_exception());
    }
    let description = describe(&view);
    // The elements may lie before the first of them.
    let (mut low, mut high) = (0, description.itemsize as isize);
    for &(n, stride, _) in &description.dim_desc {
        let last = stride * (n as isize - 1).max(0);
        low += last.min(0);
        high += last.max(0);
    }
    let empty = description.dim_desc.iter().any(|&(n, _, _)| n == 0);
    let start = if view.buf.is_null() {
        ptr::NonNull::dangling().as_ptr()
    } else {
        view.buf.cast::<u8>().wrapping_offset(low)
    };
    let loan = Loan {
        view,
        start,
        bytes: if empty {
            0
        } else {
            (high - low).unsigned_abs()
        },
        lender,
    };
    let loan: PyObjectRef = PyRef::new_ref(loan, vm.ctx.types.object_type.to_owned(), None).into();
    let description = BufferDescriptor {
        offset: if empty { 0 } else { -low },
        ..description
    };
    Ok(PyBuffer::new(loan, description, &METHODS))
}

/// CPython's description of memory as RustPython has it.
fn describe(view: &ffi::Py_buffer) -> BufferDescriptor {
    let ndim = view.ndim as usize;
    // SAFETY: a table of a description has an entry for each axis, unless it is null.
    let table = |table: *mut isize| unsafe {
        (!table.is_null() && ndim > 0).then(|| std::slice::from_raw_parts(table, ndim))
    };
    let itemsize = view.itemsize as usize;
    let dim_desc = match (table(view.shape), table(view.strides)) {
        (Some(shape), Some(strides)) => shape
            .iter()
            .zip(strides)
            // A step that is never taken may be anything; RustPython wants it not to be zero.
            .map(|(&n, &stride)| (n as usize, if n <= 1 { view.itemsize } else { stride }, 0))
            .collect(),
        (Some(shape), None) => {
            let mut stride = view.itemsize;
            let mut axes: Vec<_> = shape
                .iter()
                .rev()
                .map(|&n| {
                    let own = stride;
                    stride *= n;
                    (n as usize, own, 0)
                })
                .collect();
            axes.reverse();
            axes
        }
        (None, _) if ndim == 0 => Vec::new(),
        (None, _) => vec![(view.len as usize / itemsize.max(1), view.itemsize, 0)],
    };
    let format = if view.format.is_null() {
        "B".to_owned()
    } else {
        // SAFETY: a format ends with a zero, and lives as long as the loan.
        unsafe { CStr::from_ptr(view.format) }
            .to_string_lossy()
            .into_owned()
    };
    BufferDescriptor {
        len: view.len as usize,
        offset: 0,
        readonly: view.readonly != 0,
        itemsize,
        format: format.into(),
        dim_desc,
    }
}
