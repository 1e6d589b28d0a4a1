//! Says of the host what PyO3's build script says of CPython.

fn main() {
    // RustPython has no global lock, so what instances keep must be fit for readers beside a writer.
    println!("cargo::rustc-check-cfg=cfg(Py_GIL_DISABLED)");
    println!("cargo::rustc-cfg=Py_GIL_DISABLED");
}
