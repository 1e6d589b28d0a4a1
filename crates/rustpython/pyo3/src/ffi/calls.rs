//! Sequences, iterators and methods made of objects.

use rustpython_vm::AsObject;

use super::{PyObject, object, py, result};

pub unsafe fn PySequence_Repeat(address: *mut PyObject, count: isize) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) };
    result(
        object
            .try_sequence(py().vm())
            .and_then(|sequence| sequence.repeat(count, py().vm())),
    )
}

pub unsafe fn PySeqIter_New(address: *mut PyObject) -> *mut PyObject {
    use rustpython_vm::PyPayload;
    use rustpython_vm::builtins::PySequenceIterator;
    // SAFETY: promised by the caller.
    let object = unsafe { object(address) }.to_owned();
    let vm = py().vm();
    result(PySequenceIterator::new(object, vm).map(|iterator| iterator.into_pyobject(vm)))
}

pub unsafe fn PyClassMethod_New(address: *mut PyObject) -> *mut PyObject {
    use rustpython_vm::PyPayload;
    // SAFETY: promised by the caller.
    let function = unsafe { object(address) }.to_owned();
    let method = rustpython_vm::builtins::PyClassMethod::from(function).into_ref(&py().vm().ctx);
    result(Ok(method.into()))
}

pub unsafe fn PyMethod_New(function: *mut PyObject, instance: *mut PyObject) -> *mut PyObject {
    // SAFETY: promised by the caller.
    let (function, instance) = unsafe { (object(function), object(instance)) };
    let vm = py().vm();
    let method = vm.ctx.types.bound_method_type.as_object();
    result(method.call((function.to_owned(), instance.to_owned()), vm))
}
