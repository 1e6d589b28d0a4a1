//! Chooses the part of the standard library that is built in.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What works nowhere here: it needs Tk, SQLite or pip's wheels; or it is of no use to a program.
const LEFT_OUT: &[&str] = &[
    "_aix_support",
    "_android_support",
    "_ios_support",
    "antigravity",
    "ensurepip",
    "idlelib",
    "sqlite3",
    "this",
    "tkinter",
    "turtle",
    "turtledemo",
    "venv",
];

/// What cannot work in WASI, where there are no processes, terminals, servers, browsers and shared libraries.
const LEFT_OUT_IN_WASI: &[&str] = &[
    "_apple_support",
    "_osx_support",
    "_pyrepl",
    "asyncio",
    "ctypes",
    "dbm",
    "ftplib",
    "imaplib",
    "mailbox",
    "modulefinder",
    "multiprocessing",
    "nturl2path",
    "pdb",
    "poplib",
    "pty",
    "pydoc_data",
    "smtplib",
    "ssl",
    "tarfile",
    "tty",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
    "zipapp",
];

/// The encodings of text that files in WASI may be in: the rest are tables of single countries, and fill a megabyte.
const ENCODINGS_IN_WASI: &[&str] = &[
    "__init__",
    "aliases",
    "ascii",
    "base64_codec",
    "charmap",
    "cp1252",
    "cp437",
    "hex_codec",
    "idna",
    "iso8859_1",
    "iso8859_15",
    "latin_1",
    "punycode",
    "raw_unicode_escape",
    "rot_13",
    "undefined",
    "unicode_escape",
    "zlib_codec",
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Python that changes is compiled anew. What else lies in its folders (caches, the extension) is not looked at.
    for folder in ["../lib", "../../../python"] {
        watch(Path::new(folder))?;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let wasi = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "wasi");
    let chosen = out.join("library");
    if chosen.exists() {
        fs::remove_dir_all(&chosen)?;
    }
    fs::create_dir(&chosen)?;
    for entry in fs::read_dir(rustpython_pylib::LIB_PATH)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if LEFT_OUT.contains(&name) || (wasi && LEFT_OUT_IN_WASI.contains(&name)) {
            continue;
        }
        copy(&path, &chosen.join(path.file_name().unwrap_or_default()))?;
    }
    if wasi {
        keep_encodings(&chosen.join("encodings"))?;
    }
    fs::write(
        out.join("frozen.rs"),
        "py_freeze!(dir = \"library\", crate_name = \"rustpython_compiler_core\")",
    )
}

/// Leaves out what need not be there of a package with a file for each encoding.
fn keep_encodings(package: &Path) -> io::Result<()> {
    for entry in fs::read_dir(package)? {
        let path = entry?.path();
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if !name.starts_with("utf_") && !ENCODINGS_IN_WASI.contains(&name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Copies Python sources, and folders of them.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_dir() {
        fs::create_dir(to)?;
        for entry in fs::read_dir(from)? {
            let path = entry?.path();
            copy(&path, &to.join(path.file_name().unwrap_or_default()))?;
        }
    } else if is_python(from) {
        fs::copy(from, to)?;
    }
    Ok(())
}

fn watch(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            watch(&path)?;
        } else if is_python(&path) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    Ok(())
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}
