//! The Python that is built into `rustsci-python`, as compiled code: the standard library, rustsci and the name `numpy`.
//!
//! Of the standard library that is what `build/choice.rs` chooses for the target: only what can work there, so that
//! the module for WASI stays small.

use rustpython_compiler_core::frozen::FrozenLib;

const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library"));

/// All modules, each compressed for itself.
#[cfg(not(target_os = "wasi"))]
pub fn library() -> &'static FrozenLib {
    FrozenLib::from_ref(BYTES)
}

/// All modules, from one compressed whole. What is unpacked stays for as long as the program runs.
///
/// # Panics
/// If the build has written something else, so that nothing could run.
#[cfg(target_os = "wasi")]
pub fn library() -> &'static FrozenLib {
    use ruzstd::decoding::FrameDecoder;

    let (size, packed) = BYTES.split_first_chunk().expect("a size comes first");
    let mut plain = vec![0; u32::from_le_bytes(*size) as usize];
    FrameDecoder::new()
        .decode_all(packed, &mut plain)
        .expect("the build has compressed the library");
    FrozenLib::from_ref(plain.leak())
}
