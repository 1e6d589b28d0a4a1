//! The methods that slots stand for.

use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3::ffi;
use pyo3::prelude::*;
use rustpython_vm::builtins::{PyStaticMethod, PyType};
use rustpython_vm::function::{FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{
    Py as VmPy, PyObject, PyObjectRef, PyPayload, PyResult as VmResult, VirtualMachine,
};

use super::memory::with_shape;

type Object = *mut ffi::PyObject;
type Unary = unsafe extern "C" fn(Object) -> Object;
type Binary = unsafe extern "C" fn(Object, Object) -> Object;
type Ternary = unsafe extern "C" fn(Object, Object, Object) -> Object;
type Inquiry = unsafe extern "C" fn(Object) -> c_int;
type Length = unsafe extern "C" fn(Object) -> isize;
type Hash = unsafe extern "C" fn(Object) -> ffi::Py_hash_t;
type Contains = unsafe extern "C" fn(Object, Object) -> c_int;
type Assign = unsafe extern "C" fn(Object, Object, Object) -> c_int;
type Compare = unsafe extern "C" fn(Object, Object, c_int) -> Object;
type New = unsafe extern "C" fn(*mut ffi::PyTypeObject, Object, Object) -> Object;

fn address(object: &PyObject) -> Object {
    ptr::from_ref(object).cast_mut().cast()
}

/// The object that a slot gave, or the exception that it left.
fn given(vm: &VirtualMachine, object: Object) -> VmResult {
    // SAFETY: slots give a new reference, or null and leave an exception.
    unsafe { Bound::from_owned_ptr_or_err(Python::of(vm), object) }
        .map(Bound::into_object)
        .map_err(PyErr::into_exception)
}

/// The number that a slot gave; below zero it has left an exception.
fn number<T: PartialEq + From<i8>>(vm: &VirtualMachine, value: T) -> VmResult<T> {
    if value == T::from(-1)
        && let Some(error) = PyErr::take(Python::of(vm))
    {
        return Err(error.into_exception());
    }
    Ok(value)
}

/// A method of a class that takes so many arguments, the instance among them, or up to so many.
fn method(
    vm: &VirtualMachine,
    class: &'static VmPy<PyType>,
    name: &'static str,
    (least, most): (usize, usize),
    body: impl Fn(&[PyObjectRef], &VirtualMachine) -> VmResult + Send + Sync + 'static,
) -> (&'static str, PyObjectRef) {
    let function = move |arguments: FuncArgs, vm: &VirtualMachine| {
        let count = arguments.args.len();
        if !(least..=most).contains(&count) || !arguments.kwargs.is_empty() {
            return Err(vm.new_type_error(format!(
                "expected {} argument{}, got {}",
                least.saturating_sub(1),
                if least == 2 { "" } else { "s" },
                count.saturating_sub(1)
            )));
        }
        body(&arguments.args, vm)
    };
    (name, vm.new_method(name, class, function).into())
}

macro_rules! table {
    ($($slot:ident: $($name:literal)*;)*) => {
        &[$((ffi::$slot, &[$($name),*])),*]
    };
}

type Names = &'static [(c_int, &'static [&'static str])];

/// Slots of one operand.
const UNARY: Names = table! {
    Py_nb_negative: "__neg__"; Py_nb_positive: "__pos__"; Py_nb_absolute: "__abs__"; Py_nb_invert: "__invert__";
    Py_nb_int: "__int__"; Py_nb_float: "__float__"; Py_nb_index: "__index__"; Py_tp_repr: "__repr__";
    Py_tp_str: "__str__"; Py_tp_iter: "__iter__";
};

/// Slots of two operands, which are asked whichever of the two is an instance.
const BINARY: Names = table! {
    Py_nb_add: "__add__" "__radd__"; Py_nb_subtract: "__sub__" "__rsub__"; Py_nb_multiply: "__mul__" "__rmul__";
    Py_nb_remainder: "__mod__" "__rmod__"; Py_nb_divmod: "__divmod__" "__rdivmod__";
    Py_nb_true_divide: "__truediv__" "__rtruediv__"; Py_nb_floor_divide: "__floordiv__" "__rfloordiv__";
    Py_nb_lshift: "__lshift__" "__rlshift__"; Py_nb_rshift: "__rshift__" "__rrshift__";
    Py_nb_and: "__and__" "__rand__"; Py_nb_or: "__or__" "__ror__"; Py_nb_xor: "__xor__" "__rxor__";
    Py_nb_matrix_multiply: "__matmul__" "__rmatmul__";
    Py_nb_inplace_add: "__iadd__"; Py_nb_inplace_subtract: "__isub__"; Py_nb_inplace_multiply: "__imul__";
    Py_nb_inplace_remainder: "__imod__"; Py_nb_inplace_true_divide: "__itruediv__";
    Py_nb_inplace_floor_divide: "__ifloordiv__"; Py_nb_inplace_lshift: "__ilshift__";
    Py_nb_inplace_rshift: "__irshift__"; Py_nb_inplace_and: "__iand__"; Py_nb_inplace_or: "__ior__";
    Py_nb_inplace_xor: "__ixor__"; Py_nb_inplace_matrix_multiply: "__imatmul__"; Py_mp_subscript: "__getitem__";
};

const COMPARISONS: [(&str, c_int); 6] = [
    ("__lt__", ffi::Py_LT),
    ("__le__", ffi::Py_LE),
    ("__eq__", ffi::Py_EQ),
    ("__ne__", ffi::Py_NE),
    ("__gt__", ffi::Py_GT),
    ("__ge__", ffi::Py_GE),
];

fn names(table: Names, slot: c_int) -> Option<&'static [&'static str]> {
    table
        .iter()
        .find(|(own, _)| *own == slot)
        .map(|(_, names)| *names)
}

/// The methods that a slot stands for.
///
/// # Safety
/// The function must be of the type that the slot asks for, written for instances of the class.
pub(super) unsafe fn of_slot(
    vm: &VirtualMachine,
    class: &'static VmPy<PyType>,
    slot: c_int,
    function: *mut c_void,
) -> Vec<(&'static str, PyObjectRef)> {
    // SAFETY: in all that follows, the function is of the slot's type, and is called with live objects.
    macro_rules! function {
        ($kind:ty) => {
            unsafe { std::mem::transmute::<*mut c_void, $kind>(function) }
        };
    }
    if let Some(names) = names(UNARY, slot) {
        let function = function!(Unary);
        let make = |name| {
            method(vm, class, name, (1, 1), move |own, vm| {
                // SAFETY: see above.
                given(vm, unsafe { function(address(&own[0])) })
            })
        };
        return names.iter().copied().map(make).collect();
    }
    if let Some(names) = names(BINARY, slot) {
        let function = function!(Binary);
        let make = |(index, &name)| {
            method(vm, class, name, (2, 2), move |own, vm| {
                let (a, b) = if index == 0 {
                    (&own[0], &own[1])
                } else {
                    (&own[1], &own[0])
                };
                // SAFETY: see above.
                given(vm, unsafe { function(address(a), address(b)) })
            })
        };
        return names.iter().enumerate().map(make).collect();
    }
    match slot {
        ffi::Py_nb_power | ffi::Py_nb_inplace_power => {
            let function = function!(Ternary);
            let direct: &[(&str, bool)] = match slot {
                ffi::Py_nb_power => &[("__pow__", false), ("__rpow__", true)],
                _ => &[("__ipow__", false)],
            };
            let make = |&(name, swapped): &(&'static str, bool)| {
                method(vm, class, name, (2, 3), move |own, vm| {
                    let (a, b) = if swapped {
                        (&own[1], &own[0])
                    } else {
                        (&own[0], &own[1])
                    };
                    let none = vm.ctx.none();
                    let modulus = own.get(2).unwrap_or(&none);
                    // SAFETY: see above.
                    given(vm, unsafe {
                        function(address(a), address(b), address(modulus))
                    })
                })
            };
            direct.iter().map(make).collect()
        }
        ffi::Py_nb_bool => {
            let function = function!(Inquiry);
            vec![method(vm, class, "__bool__", (1, 1), move |own, vm| {
                // SAFETY: see above.
                let truth = number(vm, unsafe { function(address(&own[0])) } as isize)?;
                Ok(vm.ctx.new_bool(truth != 0).into())
            })]
        }
        ffi::Py_sq_length | ffi::Py_mp_length => {
            let function = function!(Length);
            vec![method(vm, class, "__len__", (1, 1), move |own, vm| {
                // SAFETY: see above.
                let length = number(vm, unsafe { function(address(&own[0])) })?;
                Ok(vm.ctx.new_int(length).into())
            })]
        }
        ffi::Py_tp_hash => {
            if function == ffi::PyObject_HashNotImplemented {
                return vec![("__hash__", vm.ctx.none())];
            }
            let function = function!(Hash);
            vec![method(vm, class, "__hash__", (1, 1), move |own, vm| {
                // SAFETY: see above.
                let hash = number(vm, unsafe { function(address(&own[0])) })?;
                Ok(vm.ctx.new_int(hash).into())
            })]
        }
        ffi::Py_sq_contains => {
            let function = function!(Contains);
            vec![method(vm, class, "__contains__", (2, 2), move |own, vm| {
                // SAFETY: see above.
                let truth = unsafe { function(address(&own[0]), address(&own[1])) };
                Ok(vm.ctx.new_bool(number(vm, truth as isize)? != 0).into())
            })]
        }
        ffi::Py_mp_ass_subscript => {
            let function = function!(Assign);
            let set = method(vm, class, "__setitem__", (3, 3), move |own, vm| {
                let (a, key, value) = (address(&own[0]), address(&own[1]), address(&own[2]));
                // SAFETY: see above.
                number(vm, unsafe { function(a, key, value) } as isize)?;
                Ok(vm.ctx.none())
            });
            let delete = method(vm, class, "__delitem__", (2, 2), move |own, vm| {
                let (a, key) = (address(&own[0]), address(&own[1]));
                // SAFETY: see above; null asks for a deletion.
                number(vm, unsafe { function(a, key, ptr::null_mut()) } as isize)?;
                Ok(vm.ctx.none())
            });
            vec![set, delete]
        }
        ffi::Py_tp_richcompare => {
            let function = function!(Compare);
            let make = |(name, operation)| {
                method(vm, class, name, (2, 2), move |own, vm| {
                    // SAFETY: see above.
                    given(vm, unsafe {
                        function(address(&own[0]), address(&own[1]), operation)
                    })
                })
            };
            COMPARISONS.into_iter().map(make).collect()
        }
        ffi::Py_tp_new => {
            let function = function!(New);
            vec![("__new__", maker(vm, function))]
        }
        ffi::Py_tp_call => {
            let function = |arguments: FuncArgs, vm: &VirtualMachine| {
                let FuncArgs { mut args, kwargs } = arguments;
                if args.is_empty() {
                    return Err(vm.new_type_error("__call__() takes an instance first"));
                }
                let own = args.remove(0);
                call(&own, FuncArgs::new(args, kwargs), vm)
            };
            let doc = ItemDoc::static_text(
                "__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function.",
            );
            let flags = PyMethodFlags::METHOD;
            let definition = vm.ctx.new_method_def("__call__", function, flags, doc);
            vec![("__call__", definition.build_method(class, vm).into())]
        }
        _ => Vec::new(),
    }
}

/// `__new__`, which is handed a class, a tuple and a dictionary.
fn maker(vm: &VirtualMachine, function: New) -> PyObjectRef {
    let make = move |arguments: FuncArgs, vm: &VirtualMachine| {
        let FuncArgs { mut args, kwargs } = arguments;
        if args.is_empty() || args[0].downcast_ref::<PyType>().is_none() {
            return Err(vm.new_type_error("__new__() takes a class first"));
        }
        let class = args.remove(0);
        let positional: PyObjectRef = vm.ctx.new_tuple(args).into();
        let named = vm.ctx.new_dict();
        for (name, value) in kwargs {
            named.set_item(&*vm.ctx.new_str(name), value, vm)?;
        }
        let named: PyObjectRef = named.into();
        // SAFETY: the slot takes a class, a tuple and a dictionary.
        given(vm, unsafe {
            function(
                address(&class).cast(),
                address(&positional),
                address(&named),
            )
        })
    };
    PyStaticMethod::new(vm.new_function("__new__", make).into())
        .into_ref(&vm.ctx)
        .into()
}

/// Has instances that can be indexed not be iterated for that: a mapping is no sequence.
pub(super) fn refuse_iteration(class: &VmPy<PyType>) {
    class.slots().iter.store(Some(|object, vm| {
        let name = object.class().slot_name();
        Err(vm.new_type_error(format!("'{name}' object is not iterable")))
    }));
}

/// Sets the slots that RustPython is to reach without a method: calls, binding, and the lending of memory.
pub(super) fn set_directly(class: &VmPy<PyType>, slot: c_int) {
    let slots = class.slots();
    match slot {
        ffi::Py_tp_call => slots.call.store(Some(call)),
        ffi::Py_tp_descr_get => slots.descr_get.store(Some(bind)),
        ffi::Py_bf_getbuffer => slots.as_buffer.store(Some(super::buffer::lend)),
        _ => {}
    }
}

/// Calls an instance by its `vectorcall`.
fn call(callable: &PyObject, arguments: FuncArgs, vm: &VirtualMachine) -> VmResult {
    let offset = with_shape(callable.class(), |shape| shape.vectorcall).flatten();
    let Some(offset) = offset else {
        return Err(vm.new_type_error(format!(
            "'{}' object is not callable",
            callable.class().name()
        )));
    };
    // SAFETY: the class says that its instances keep the function there.
    let function = unsafe {
        address(callable)
            .cast::<u8>()
            .add(offset)
            .cast::<ffi::vectorcallfunc>()
            .read()
    };
    let FuncArgs { args, kwargs } = arguments;
    let count = args.len();
    let mut objects: Vec<Object> = args.iter().map(|object| address(object)).collect();
    let mut names: Vec<PyObjectRef> = Vec::new();
    let mut values: Vec<PyObjectRef> = Vec::new();
    for (name, value) in kwargs {
        // The names that signatures have are interned, and are compared by identity first.
        names.push(vm.ctx.intern_str(name.to_string()).to_owned().into());
        objects.push(address(&value));
        values.push(value);
    }
    let names: Option<PyObjectRef> = (!names.is_empty()).then(|| vm.ctx.new_tuple(names).into());
    let names_address = names
        .as_ref()
        .map_or(ptr::null_mut(), |names| address(names));
    // SAFETY: the function takes the addresses of live objects, positional ones first.
    given(vm, unsafe {
        function(address(callable), objects.as_ptr(), count, names_address)
    })
}

/// Binds a function to an instance, as functions written in Python are.
fn bind(
    function: &PyObject,
    instance: Option<&PyObject>,
    _class: Option<&PyObject>,
    vm: &VirtualMachine,
) -> VmResult {
    match instance {
        Some(instance) if !vm.is_none(instance) => {
            let method = rustpython_vm::builtins::PyBoundMethod::new(
                instance.to_owned(),
                function.to_owned(),
            );
            Ok(rustpython_vm::PyPayload::into_pyobject(method, vm))
        }
        _ => Ok(function.to_owned()),
    }
}
