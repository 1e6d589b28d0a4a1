//! A Python interpreter with rustsci built in.

fn main() -> std::process::ExitCode {
    rustsci_rustpython::run()
}
