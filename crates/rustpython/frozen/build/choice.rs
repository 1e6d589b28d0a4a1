//! Which modules of the standard library are built in.

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

/// What cannot work in WASI, where there are no processes, threads, terminals, networks, browsers and shared libraries,
/// or tells of the interpreter rather than of a program's data.
const LEFT_OUT_IN_WASI: &[&str] = &[
    "_apple_support",
    "_osx_support",
    "_pyio",
    "_pyrepl",
    "asyncio",
    "bdb",
    "cProfile",
    "concurrent",
    "ctypes",
    "dbm",
    "doctest",
    "ftplib",
    "http",
    "imaplib",
    "mailbox",
    "mimetypes",
    "modulefinder",
    "multiprocessing",
    "nturl2path",
    "pdb",
    "pickletools",
    "plistlib",
    "poplib",
    "profile",
    "pstats",
    "pty",
    "pydoc_data",
    "smtplib",
    "ssl",
    "tarfile",
    "trace",
    "tracemalloc",
    "tty",
    "urllib.request",
    "urllib.robotparser",
    "webbrowser",
    "wsgiref",
    "xmlrpc",
    "zipapp",
];

/// The encodings of text that files in WASI may be in: the rest are tables of single countries, and fill a megabyte.
const ENCODINGS_IN_WASI: &[&str] = &[
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

/// What is there all the same: `help` shows its pages by it.
const KEPT_IN_WASI: &[&str] = &["_pyrepl", "_pyrepl.pager", "_pyrepl.trace"];

/// Whether a module of the standard library is built in, by its dotted name.
pub fn is_chosen(module: &str, wasi: bool) -> bool {
    if is_of(module, LEFT_OUT) {
        return false;
    }
    if !wasi || KEPT_IN_WASI.contains(&module) {
        return true;
    }
    let kept_encoding = module
        .strip_prefix("encodings.")
        .is_none_or(|name| name.starts_with("utf_") || ENCODINGS_IN_WASI.contains(&name));
    kept_encoding && !is_of(module, LEFT_OUT_IN_WASI)
}

/// Whether a module is one of these, or in a package that is.
fn is_of(module: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        module
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
