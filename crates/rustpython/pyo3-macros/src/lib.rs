//! `#[pyclass]` and `#[pymethods]` for RustPython, as far as rustsci's classes use them.

mod class;
mod methods;

use proc_macro::TokenStream;

/// Makes a struct a class: `#[pyclass(name = "…", module = "…")]`.
#[proc_macro_attribute]
pub fn pyclass(arguments: TokenStream, item: TokenStream) -> TokenStream {
    class::expand(arguments.into(), item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Gives a class the functions of an `impl` block as methods, getters and setters.
#[proc_macro_attribute]
pub fn pymethods(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    methods::expand(item.into())
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
