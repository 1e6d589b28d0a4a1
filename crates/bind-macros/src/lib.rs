//! The [`export`] attribute: from one Rust function to one row of the binding table.

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, FnArg, Ident, ItemFn, Lit, LitStr, Meta, Token};

/// What stands between the parentheses of the attribute.
#[derive(Default)]
struct Options {
    module: Option<LitStr>,
    name: Option<LitStr>,
    signature: Option<LitStr>,
    dispatch: Option<LitStr>,
    after: Option<LitStr>,
    method: bool,
    function: bool,
    wraps: bool,
    attached: bool,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut options = Self::default();
        for meta in Punctuated::<OptionMeta, Token![,]>::parse_terminated(input)? {
            let OptionMeta { name, value } = meta;
            match (name.to_string().as_str(), value) {
                ("module", Some(text)) => options.module = Some(text),
                ("name", Some(text)) => options.name = Some(text),
                ("signature", Some(text)) => options.signature = Some(text),
                ("dispatch", Some(text)) => options.dispatch = Some(text),
                ("after", Some(text)) => options.after = Some(text),
                ("function", None) => options.function = true,
                ("wraps", None) => options.wraps = true,
                ("method", None) => options.method = true,
                ("attached", None) => options.attached = true,
                _ => {
                    return Err(syn::Error::new(
                        name.span(),
                        "expected module, name, signature, dispatch or after = \"…\", method, function, wraps, or attached",
                    ));
                }
            }
        }
        Ok(options)
    }
}

struct OptionMeta {
    name: Ident,
    value: Option<LitStr>,
}

impl Parse for OptionMeta {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self { name, value })
    }
}

/// Makes a row of the binding table from a function: a static of the function's name in capitals.
///
/// - `signature = "(a, axis=-1, *, out=None)"`: the parameters as Python sees them, one for each of the function's.
/// - `module = "linalg"`: the submodule; left out for the main namespace.
/// - `method`: a method of `ndarray`; the first parameter is the array.
/// - `method, function`: a method, and a function of the native module as well.
/// - `wraps`: the result goes through `__array_wrap__` of the array, if that is of a subclass.
/// - `after = "prototype"`: new arrays are of the class of that parameter's argument, unless `subok` says no.
/// - `name = "sum"`: the name, where it is not the function's own.
/// - `dispatch = "a, *arrays"`: the parameters whose `__array_function__` is asked.
/// - `attached`: the function works on objects of the host, so it never runs beside other Python threads.
///
/// The function's documentation is the row's. What a parameter may be is said by the trait `FromArgument`, what may
/// be returned by `IntoValue`.
#[proc_macro_attribute]
pub fn export(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let options = syn::parse_macro_input!(attribute as Options);
    let function = syn::parse_macro_input!(item as ItemFn);
    expand(&options, &function)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

fn expand(options: &Options, function: &ItemFn) -> syn::Result<Tokens> {
    let own_name = &function.sig.ident;
    let Some(signature) = &options.signature else {
        return Err(syn::Error::new(
            own_name.span(),
            "the signature is missing: #[export(signature = \"(a, axis=-1)\")]",
        ));
    };
    let name = options.name.as_ref().map_or_else(
        || own_name.to_string().trim_start_matches("r#").to_owned(),
        LitStr::value,
    );
    let module = options
        .module
        .as_ref()
        .map_or_else(String::new, LitStr::value);
    let method = options.method.then(|| quote!(.of_class("ndarray")));
    let function_too = options.function.then(|| quote!(.also_function()));
    let wraps = options.wraps.then(|| quote!(.wrapping()));
    let after = options.after.as_ref().map(|name| quote!(.after(#name)));
    let dispatch: Vec<String> = options
        .dispatch
        .as_ref()
        .map(|names| {
            names
                .value()
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect()
        })
        .unwrap_or_default();
    let row = format_ident!(
        "{}",
        own_name.to_string().trim_start_matches("r#").to_uppercase()
    );
    let doc = documentation(function);

    let (mut locals, mut types) = (Vec::new(), Vec::new());
    for (index, input) in function.sig.inputs.iter().enumerate() {
        let FnArg::Typed(input) = input else {
            return Err(syn::Error::new_spanned(
                input,
                "methods are plain functions of the array",
            ));
        };
        locals.push(format_ident!("argument_{index}"));
        types.push(&input.ty);
    }
    let indices = 0..locals.len();
    let call = if options.attached {
        quote!(::rustsci_bind::IntoValue::into_value(#own_name(#(#locals),*)))
    } else {
        quote! {{
            let elements = 0 #(+ ::rustsci_bind::FromArgument::elements(&#locals))*;
            arguments.run(elements, move || #own_name(#(#locals),*))
        }}
    };
    Ok(quote! {
        #function

        #[doc = concat!("The row of `", #name, "`.")]
        pub(crate) static #row: ::rustsci_bind::Function = ::rustsci_bind::Function {
            header: ::rustsci_bind::Header::new(#name, #signature, #doc)
                .of_module(#module)
                #method
                #function_too
                #wraps
                #after
                .dispatched(&[#(#dispatch),*]),
            call: |arguments| {
                #(let #locals = arguments.get::<#types>(#indices)?;)*
                #call
            },
        };
    })
}

/// The text of the function's doc comments.
fn documentation(function: &ItemFn) -> String {
    let lines = function.attrs.iter().filter_map(|attribute| {
        let Meta::NameValue(meta) = &attribute.meta else {
            return None;
        };
        match (&meta.value, meta.path.is_ident("doc")) {
            (Expr::Lit(literal), true) => match &literal.lit {
                Lit::Str(text) => {
                    let text = text.value();
                    Some(text.strip_prefix(' ').unwrap_or(&text).to_owned())
                }
                _ => None,
            },
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
