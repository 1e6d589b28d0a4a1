//! Compiles the Python that is built in: rustsci's, the name `numpy`, and a part of the standard library.

#[path = "build/choice.rs"]
mod choice;
#[path = "build/library.rs"]
mod library;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use library::Library;

/// The folders of Python that are rustsci's own.
const OWN: [&str; 2] = ["../lib", "../../../python"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let wasi = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "wasi");
    let mut library = Library::default();
    // Nobody reads the descriptions of the standard library in a module that has to be small.
    let bare = wasi;
    library.add(Path::new(rustpython_pylib::LIB_PATH), bare, &|module| {
        choice::is_chosen(module, wasi)
    })?;
    for folder in OWN {
        library.add(Path::new(folder), false, &|_| true)?;
        watch(Path::new(folder))?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    // Where size counts, the library is compressed as a whole, to less than half of what its modules would be.
    let bytes = if wasi {
        library.compressed()?
    } else {
        library.in_modules()
    };
    fs::write(out.join("library"), bytes)?;
    Ok(())
}

/// Has Python that changes compiled anew. What else lies in its folders (caches, the extension) is not looked at.
fn watch(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            watch(&path)?;
        } else if library::is_python(&path) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    Ok(())
}
