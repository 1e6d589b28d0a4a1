//! `#[pyclass]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ItemStruct, Meta, Result, Token};

/// The text of a `name = "…"` argument.
fn text(arguments: &Punctuated<Meta, Token![,]>, name: &str) -> Option<Expr> {
    arguments.iter().find_map(|argument| match argument {
        Meta::NameValue(pair) if pair.path.is_ident(name) => Some(pair.value.clone()),
        _ => None,
    })
}

/// The attributes' documentation, as one expression.
pub(crate) fn documentation(attributes: &[syn::Attribute]) -> TokenStream {
    let lines = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(&pair.value),
            _ => None,
        });
    quote!(concat!("", #(#lines, "\n",)*))
}

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let arguments = Punctuated::<Meta, Token![,]>::parse_terminated.parse2(arguments)?;
    let item: ItemStruct = syn::parse2(item)?;
    let ident = &item.ident;
    let name = match text(&arguments, "name") {
        Some(name) => quote!(#name),
        None => quote!(stringify!(#ident)),
    };
    let module = match text(&arguments, "module") {
        Some(module) => quote!(#module),
        None => quote!("builtins"),
    };
    let doc = documentation(&item.attrs);
    Ok(quote! {
        #item

        impl ::pyo3::class::PyClass for #ident {
            const NAME: &'static str = #name;
            const MODULE: &'static str = #module;
            const DOC: &'static str = #doc;

            fn place() -> &'static ::pyo3::class::Place {
                static PLACE: ::pyo3::class::Place = ::pyo3::class::Place::empty();
                &PLACE
            }

            fn entries() -> Vec<::pyo3::class::Entry> {
                // The methods of `#[pymethods]` come before those of the trait, which are none.
                #[allow(unused_imports)]
                use ::pyo3::class::NoMethods as _;
                Self::__pyo3_entries()
            }
        }

        impl<'py> ::pyo3::IntoPyObject<'py> for #ident {
            fn into_pyobject(
                self,
                py: ::pyo3::Python<'py>,
            ) -> ::pyo3::PyResult<::pyo3::Bound<'py, ::pyo3::PyAny>> {
                ::pyo3::Bound::new(py, self).map(::pyo3::Bound::into_any)
            }
        }
    })
}
