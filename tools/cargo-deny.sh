#!/bin/sh
# Runs cargo-deny, if it is installed: building it takes longer than everything else that `make check` does.
set -eu

if ! command -v cargo-deny >/dev/null; then
    echo "cargo-deny is not installed, so licences, bans and sources are not looked at (cargo install --locked cargo-deny)"
    exit 0
fi
exec cargo-deny "$@"
