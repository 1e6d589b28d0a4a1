//! Spellings of dtypes.

use super::DType;

/// The dtype that a string names, in any of the ways NumPy takes: `"float64"`, `"f8"`, `"<f8"`, `"d"`, `"double"`.
///
/// Types whose precision this build does not have are the nearest that it has: `longdouble` is `float64`.
pub fn parse(text: &str) -> Option<DType> {
    let native = if cfg!(target_endian = "big") {
        '>'
    } else {
        '<'
    };
    let bare = text.strip_prefix(['=', '|', native]).unwrap_or(text);
    if let Some(found) = by_code(bare) {
        return Some(found);
    }
    // Names stand alone: "<float64" is no dtype.
    if bare.len() != text.len() {
        return None;
    }
    DType::ALL
        .iter()
        .find(|dtype| dtype.name() == text)
        .cloned()
        .or_else(|| by_alias(text))
}

/// One-letter codes, and a class letter with a size in bytes.
fn by_code(code: &str) -> Option<DType> {
    Some(match code {
        "?" | "b1" => DType::Bool,
        "b" | "i1" => DType::Int8,
        "B" | "u1" => DType::UInt8,
        "h" | "i2" => DType::Int16,
        "H" | "u2" => DType::UInt16,
        "i" | "i4" => DType::Int32,
        "I" | "u4" => DType::UInt32,
        "l" | "q" | "p" | "n" | "i8" => DType::Int64,
        "L" | "Q" | "P" | "N" | "u8" => DType::UInt64,
        "e" | "f2" => DType::Float16,
        "f" | "f4" => DType::Float32,
        "d" | "g" | "f8" => DType::Float64,
        "F" | "c8" => DType::Complex64,
        "D" | "G" | "c16" => DType::Complex128,
        _ => return None,
    })
}

/// C's and Python's names.
fn by_alias(name: &str) -> Option<DType> {
    Some(match name {
        "bool_" => DType::Bool,
        "byte" => DType::Int8,
        "ubyte" => DType::UInt8,
        "short" => DType::Int16,
        "ushort" => DType::UInt16,
        "intc" => DType::Int32,
        "uintc" => DType::UInt32,
        "int" | "int_" | "long" | "longlong" | "intp" => DType::Int64,
        "uint" | "ulong" | "ulonglong" | "uintp" => DType::UInt64,
        "half" => DType::Float16,
        "single" => DType::Float32,
        "float" | "double" | "longdouble" => DType::Float64,
        "csingle" => DType::Complex64,
        "complex" | "cdouble" | "clongdouble" => DType::Complex128,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dtype_is_found_by_its_name_code_and_typestr() {
        for dtype in DType::ALL {
            for spelling in [
                dtype.name().to_owned(),
                dtype.char().to_string(),
                dtype.typestr(),
            ] {
                assert_eq!(parse(&spelling).as_ref(), Some(dtype), "{spelling}");
            }
        }
        assert_eq!(parse("<float64"), None);
        assert_eq!(parse("f3"), None);
    }
}
