//! Any text is numbers or an error, in every type.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rustsci_array::DType;
use rustsci_array::text::{fromstring, parse_rows};

fuzz_target!(|input: (u8, Option<char>, &str)| {
    let (choice, delimiter, text) = input;
    let dtype = &DType::ALL[usize::from(choice) % DType::ALL.len()];
    let separator = delimiter.map_or_else(|| " ".to_owned(), String::from);
    let _ = fromstring(text, dtype, None, &separator);
    if let Ok(Some(table)) = parse_rows(text, dtype, delimiter, None) {
        assert_eq!(table.ndim(), 2);
        assert_eq!(table.dtype(), dtype);
    }
});
