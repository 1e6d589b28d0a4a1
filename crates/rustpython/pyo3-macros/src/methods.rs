//! `#[pymethods]`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ImplItem, ImplItemFn, ItemImpl, Pat, Result, ReturnType, Type};

use crate::class::documentation;

/// What a function of the block is to the class.
enum Role {
    New,
    Getter(String),
    Setter(String),
    Method(String),
}

fn has(function: &ImplItemFn, name: &str) -> bool {
    function
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

fn role(function: &ImplItemFn) -> Role {
    let name = function.sig.ident.to_string();
    let bare = |prefix: &str| name.strip_prefix(prefix).unwrap_or(&name).to_owned();
    if has(function, "new") {
        Role::New
    } else if has(function, "getter") {
        Role::Getter(bare("get_"))
    } else if has(function, "setter") {
        Role::Setter(bare("set_"))
    } else {
        Role::Method(name)
    }
}

/// A type as text without spaces and lifetimes.
fn plain(kind: &impl ToTokens) -> String {
    let mut text = kind.to_token_stream().to_string().replace(' ', "");
    for lifetime in ["'_,", "'py,", "'_", "'py"] {
        text = text.replace(lifetime, "");
    }
    text.replace("<>", "")
}

/// How a function's argument is made: statements before the call, and the expression passed.
fn argument(
    index: &mut usize,
    function: &str,
    input: &FnArg,
) -> Result<(TokenStream, TokenStream)> {
    let input = match input {
        FnArg::Receiver(receiver) if receiver.mutability.is_some() => {
            return Ok((
                quote!(let mut this = ::pyo3::class::borrow_mut::<Self>(&own)?;),
                quote!(&mut this),
            ));
        }
        FnArg::Receiver(_) => {
            return Ok((
                quote!(let this = ::pyo3::class::borrow::<Self>(&own)?;),
                quote!(&this),
            ));
        }
        FnArg::Typed(input) => input,
    };
    let kind = plain(&input.ty);
    let Pat::Ident(pattern) = &*input.pat else {
        return Err(syn::Error::new_spanned(input, "a parameter needs a name"));
    };
    let name = pattern.ident.to_string();
    let name = name.trim_start_matches('_').to_owned();
    match kind.as_str() {
        "Python" => return Ok((quote!(), quote!(py))),
        "Bound<Self>" => return Ok((quote!(), quote!(own.clone().cast_into::<Self>()?))),
        _ => {}
    }
    let place = format_ident!("argument_{}", *index);
    let position = *index;
    *index += 1;
    let take = quote!(let #place = arguments.take(#position, #name););
    let required =
        quote!(#take let #place = #place.ok_or_else(|| ::pyo3::class::missing(#function, #name))?;);
    let ty = &input.ty;
    Ok(match kind.as_str() {
        "&Bound<PyAny>" | "&Object" => (required, quote!(&#place)),
        "&Bound<PyTuple>" => (
            quote!(let #place = arguments.rest(#position, py)?;),
            quote!(&#place),
        ),
        "Option<&Bound<PyAny>>" | "Option<&Object>" => (
            quote!(#take let #place = #place.filter(|object| !object.is_none());),
            quote!(#place.as_ref()),
        ),
        "&str" => (
            quote!(#required let #place: String = #place.extract()?;),
            quote!(&#place),
        ),
        kind if kind.starts_with("Option<") => (
            take,
            quote!(match &#place { Some(object) => object.extract::<#ty>()?, None => None }),
        ),
        _ => (required, quote!(#place.extract::<#ty>()?)),
    })
}

/// The statement that calls the function, and its result as an object.
fn entry(function: &ImplItemFn) -> Result<TokenStream> {
    let ident = &function.sig.ident;
    let role = role(function);
    let shown = match &role {
        Role::New => "__new__".to_owned(),
        Role::Getter(name) | Role::Setter(name) | Role::Method(name) => name.clone(),
    };
    let doc = documentation(&function.attrs);
    if shown == "__richcmp__" {
        return Ok(quote! {
            entries.extend(::pyo3::class::comparisons(|own, other, operation| {
                let this = ::pyo3::class::borrow::<Self>(own)?;
                Self::#ident(&this, other, operation)
            }));
        });
    }
    let mut index = 0;
    let (mut before, mut passed) = (Vec::new(), Vec::new());
    for input in &function.sig.inputs {
        let (statements, expression) = argument(&mut index, &shown, input)?;
        before.push(statements);
        passed.push(expression);
    }
    let returned = match &function.sig.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, kind) => plain(kind),
    };
    let call = quote!(Self::#ident(#(#passed),*));
    let result = match (&role, returned.as_str()) {
        (Role::New, _) => quote! {
            ::pyo3::class::instance(py, &class, ::pyo3::class::Fallible::result(#call)?)
        },
        (_, "()") => quote! { #call; Ok(py.None().into_bound(py)) },
        (_, "PyResult<()>") => quote! { #call?; Ok(py.None().into_bound(py)) },
        _ if shown == "__next__" => quote!(::pyo3::class::next(py, #call)),
        _ => quote!(::pyo3::class::Output::object(#call, py)),
    };
    let body = quote! {
        #(#before)*
        arguments.finish(#shown)?;
        #result
    };
    let kind = match role {
        Role::New => {
            return Ok(quote! {
                entries.push(::pyo3::class::Entry::new(|class, mut arguments| {
                    let py = class.py();
                    #body
                }));
            });
        }
        Role::Getter(_) => quote!(getter),
        Role::Setter(_) => quote!(setter),
        Role::Method(_) => quote!(method),
    };
    Ok(quote! {
        entries.push(::pyo3::class::Entry::#kind(#shown, #doc, |own, mut arguments| {
            let py = own.py();
            #body
        }));
    })
}

pub(crate) fn expand(item: TokenStream) -> Result<TokenStream> {
    let mut item: ItemImpl = syn::parse2(item)?;
    let Type::Path(own) = &*item.self_ty else {
        return Err(syn::Error::new_spanned(
            &item.self_ty,
            "not the name of a class",
        ));
    };
    let own = own.clone();
    let mut entries = Vec::new();
    for member in &mut item.items {
        if let ImplItem::Fn(function) = member {
            entries.push(entry(function)?);
            function.attrs.retain(|attribute| {
                !["getter", "setter", "new", "pyo3"]
                    .iter()
                    .any(|name| attribute.path().is_ident(name))
            });
        }
    }
    Ok(quote! {
        #item

        impl #own {
            fn __pyo3_entries() -> Vec<::pyo3::class::Entry> {
                let mut entries = Vec::new();
                #(#entries)*
                entries
            }
        }
    })
}
