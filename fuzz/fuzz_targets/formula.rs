//! Any text is a formula or an error, and a formula's text says the same formula.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rustsci_glm::formula::{expand, parse};

fuzz_target!(|text: &str| {
    let Ok(formula) = parse(text) else { return };
    let printed = match &formula.response {
        Some(response) => format!("{response} ~ {}", formula.predictors),
        None => format!("~ {}", formula.predictors),
    };
    let again = parse(&printed).unwrap_or_else(|error| panic!("{printed:?}: {error}"));
    assert_eq!(again.predictors, formula.predictors, "{printed:?}");
    let _ = expand(&formula, &["a".to_owned(), "b".to_owned()]);
});
