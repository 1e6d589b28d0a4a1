//! A library of compiled modules, in the form in which RustPython reads them.

use std::error::Error;
use std::fs;
use std::path::Path;

use rustpython_compiler::{CodeObject, CompileOpts, Mode, compile};
use rustpython_compiler_core::frozen::{FrozenCodeObject, FrozenLib, FrozenModule};
use rustpython_compiler_core::marshal;

/// What RustPython's compiler calls an optimisation: to leave out assertions and docstrings.
const WITHOUT_DOCSTRINGS: u8 = 2;
/// Zstandard's highest level: some seconds, once in a build.
const HARDEST: i32 = 22;

/// Compiled modules by their dotted names, in an order that does not depend on the machine.
#[derive(Default)]
pub struct Library {
    modules: Vec<Module>,
}

struct Module {
    name: String,
    package: bool,
    code: CodeObject,
}

impl Library {
    /// Compiles the Python files of a folder that are chosen; `bare` leaves out docstrings and assertions.
    pub fn add(
        &mut self,
        folder: &Path,
        bare: bool,
        is_chosen: &dyn Fn(&str) -> bool,
    ) -> Result<(), Box<dyn Error>> {
        let options = CompileOpts {
            optimize: if bare { WITHOUT_DOCSTRINGS } else { 0 },
            // Columns are for tracebacks that show source lines, which frozen modules have none of.
            debug_ranges: false,
            ..CompileOpts::default()
        };
        self.add_folder(folder, "", &options, is_chosen)
    }

    fn add_folder(
        &mut self,
        folder: &Path,
        parent: &str,
        options: &CompileOpts,
        is_chosen: &dyn Fn(&str) -> bool,
    ) -> Result<(), Box<dyn Error>> {
        let mut paths = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let stem = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .ok_or_else(|| format!("a name that is not UTF-8: {}", path.display()))?;
            let package = stem == "__init__";
            let name = match (parent, package) {
                (_, true) => parent.to_owned(),
                ("", false) => stem.to_owned(),
                (_, false) => format!("{parent}.{stem}"),
            };
            if path.is_dir() {
                self.add_folder(&path, &name, options, is_chosen)?;
            } else if is_python(&path) && is_chosen(&name) {
                let source = fs::read_to_string(&path)?;
                let source = source.trim_start_matches('\u{feff}');
                let code = compile(source, Mode::Exec, &name, options.clone())
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                self.modules.push(Module {
                    name,
                    package,
                    code,
                });
            }
        }
        Ok(())
    }

    /// The library with each module compressed for itself: what is read when a module is imported.
    pub fn in_modules(&self) -> Vec<u8> {
        self.encoded(FrozenCodeObject::encode)
    }

    /// The library compressed as a whole, after its size in four bytes: all of it is read at the start.
    pub fn compressed(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let plain = self.encoded(stored);
        let mut bytes = u32::try_from(plain.len())?.to_le_bytes().to_vec();
        zstd::stream::copy_encode(&*plain, &mut bytes, HARDEST)?;
        Ok(bytes)
    }

    fn encoded(&self, encode: fn(&CodeObject) -> FrozenCodeObject<Vec<u8>>) -> Vec<u8> {
        let modules = self.modules.iter().map(|module| {
            let frozen = FrozenModule {
                code: encode(&module.code),
                package: module.package,
            };
            (module.name.as_str(), frozen)
        });
        FrozenLib::encode(modules).bytes
    }
}

/// A code object as an LZ4 block of literals alone, which RustPython's reader takes as any other.
fn stored(code: &CodeObject) -> FrozenCodeObject<Vec<u8>> {
    let mut plain = Vec::new();
    marshal::serialize_code(&mut plain, code);
    let size = u32::try_from(plain.len()).expect("a module of less than 4 GiB");
    let mut bytes = size.to_le_bytes().to_vec();
    // A token that says "literals, and more of them than it can count", then their number less 15 in bytes.
    match plain.len().checked_sub(15) {
        None => bytes.push((plain.len() as u8) << 4),
        Some(rest) => {
            bytes.push(0xf0);
            bytes.extend(std::iter::repeat_n(255, rest / 255));
            bytes.push((rest % 255) as u8);
        }
    }
    bytes.append(&mut plain);
    FrozenCodeObject { bytes }
}

pub fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}
