#!/bin/sh
# Runs each target of fuzz/fuzz_targets for so many seconds: tools/cargo-fuzz.sh 60
set -eu

seconds=$1
if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "cargo-fuzz is not installed: cargo install --locked cargo-fuzz" >&2
    exit 1
fi
# Sanitizers are not stable yet; this lets the stable compiler take them.
export RUSTC_BOOTSTRAP=1
for target in fuzz/fuzz_targets/*.rs; do
    name=$(basename "$target" .rs)
    printf '\n==> %s\n' "$name"
    cargo fuzz run "$name" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096
done
