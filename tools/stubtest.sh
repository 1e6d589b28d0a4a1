#!/bin/sh
# Compares the stubs of the extension with the extension: tools/stubtest.sh PYTHON
set -eu

MYPYPATH=python exec "$1" -m mypy.stubtest rustsci._native --mypy-config-file pyproject.toml \
    --allowlist tests/stubtest-allowlist.txt --ignore-disjoint-bases
