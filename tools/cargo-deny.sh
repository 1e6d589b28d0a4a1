#!/bin/sh
# Runs cargo-deny: the one on PATH if there is one, else one built once into .tools.
set -eu

version=0.20
deny=$(command -v cargo-deny || echo .tools/bin/cargo-deny)
if ! [ -x "$deny" ]; then
    echo "==> Building cargo-deny into .tools (a few minutes, once)"
    cargo install --quiet --locked --root .tools --version "^$version" cargo-deny
fi
exec "$deny" "$@"
