//! Element types as the buffer protocol writes them (PEP 3118).

use std::ffi::CStr;

use rustsci_array::DType;

/// The format of a dtype's elements.
pub(super) const fn format(dtype: &DType) -> &'static CStr {
    match dtype {
        DType::Bool => c"?",
        DType::Int8 => c"b",
        DType::UInt8 => c"B",
        DType::Int16 => c"h",
        DType::UInt16 => c"H",
        DType::Int32 => c"i",
        DType::UInt32 => c"I",
        DType::Int64 => {
            if cfg!(windows) {
                c"q"
            } else {
                c"l"
            }
        }
        DType::UInt64 => {
            if cfg!(windows) {
                c"Q"
            } else {
                c"L"
            }
        }
        DType::Float16 => c"e",
        DType::Float32 => c"f",
        DType::Float64 => c"d",
        DType::Complex64 => c"Zf",
        DType::Complex128 => c"Zd",
    }
}

/// The dtype of elements of a format and size, if there is one.
///
/// Sizes of C's integers depend on the platform, so the size decides among types of one class. In standard mode (`=`,
/// `<`, `>`) the byte order must be this machine's.
pub(super) fn parse(format: &str, size: usize) -> Option<DType> {
    let native = if cfg!(target_endian = "big") { ['>', '!'] } else { ['<', '<'] };
    let code = format.strip_prefix(['@', '=', '^']).or_else(|| format.strip_prefix(native)).unwrap_or(format);
    let name = match (code, size) {
        ("?", 1) => "?",
        ("b", 1) => "i1",
        ("B" | "c", 1) => "u1",
        ("h" | "i" | "l" | "q" | "n", 2) => "i2",
        ("H" | "I" | "L" | "Q" | "N", 2) => "u2",
        ("i" | "l" | "q" | "n", 4) => "i4",
        ("I" | "L" | "Q" | "N", 4) => "u4",
        ("i" | "l" | "q" | "n", 8) => "i8",
        ("I" | "L" | "Q" | "N" | "P", 8) => "u8",
        ("e", 2) => "f2",
        ("f", 4) => "f4",
        ("d" | "g", 8) => "f8",
        ("Zf", 8) => "c8",
        ("Zd" | "Zg", 16) => "c16",
        _ => return None,
    };
    rustsci_array::dtype::parse(name)
}
