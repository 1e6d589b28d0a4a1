#!/bin/sh
# Sees to it that a Rust toolchain is there, with the targets that are asked for.
#
#     tools/rust-toolchain.sh 1.97.0 [wasm32-wasip1 …]
#
# rustup installs what is missing; without rustup, what would be needed is said.
set -eu

version=$1
shift

has_target() {
    [ -d "$(rustc "+$version" --print sysroot)/lib/rustlib/$1" ]
}

missing=
cargo "+$version" --version >/dev/null 2>&1 || missing="Rust $version"
for target in "$@"; do
    if [ -n "$missing" ] || ! has_target "$target"; then
        missing="$missing, its target $target"
    fi
done
[ -n "$missing" ] || exit 0
missing=${missing#, }

if ! command -v rustup >/dev/null; then
    echo "missing: $missing, which RustPython 0.6 is built with. Install rustup (https://rustup.rs), which fetches it" >&2
    exit 1
fi
echo "==> Installing with rustup: $missing"
set -- $(printf -- '--target %s ' "$@")
if [ "$1" = --target ] && [ "$#" -eq 1 ]; then
    set --
fi
if ! rustup toolchain install "$version" --profile minimal "$@"; then
    echo "missing: $missing, and rustup could not install it (see above)" >&2
    exit 1
fi
