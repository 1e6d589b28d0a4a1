#!/bin/sh
# Build crates/healpix alone for web pages, and check that it stays small: conversions and coverage in 300 kB.
set -eu
target=wasm32-unknown-unknown
limit=300000
cd "$(dirname "$0")/.."
if ! rustup target list --installed 2>/dev/null | grep -q "^$target$"; then
  rustup target add "$target"
fi
cargo build --package rustsci-healpix --example web --profile small --target "$target"
size=$(wc -c < "${CARGO_TARGET_DIR:-target}/$target/small/examples/web.wasm")
echo "healpix for web pages: $size bytes of $limit"
test "$size" -le "$limit"
