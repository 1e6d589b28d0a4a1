#!/bin/sh
# Makes the virtual environment that every command of the Makefile uses.
#
#     tools/venv.sh .venv
#
# Nothing outside the checkout is changed. Set PYTHON to choose the interpreter.
set -eu

venv=$1

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && is_recent "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    echo "rustsci needs Python 3.11 or later, and none was found. On Debian: apt install python3 python3-pip" >&2
    return 1
}

python=$(find_python)
echo "==> Making the virtual environment $venv with $("$python" --version) ($python)"
rm -rf "$venv"
if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    "$python" -m venv "$venv"
elif "$python" -m pip --version >/dev/null 2>&1; then
    # Debian keeps ensurepip in the package python3-venv; virtualenv does without it.
    "$python" -m pip install --quiet --root-user-action=ignore --target .tools/virtualenv virtualenv
    PYTHONPATH=.tools/virtualenv "$python" -m virtualenv --quiet "$venv"
else
    echo "$python has neither pip nor venv. On Debian: apt install python3-pip python3-venv" >&2
    exit 1
fi

# pip learned about dependency groups in 25.1.
"$venv/bin/python" -m pip install --quiet --upgrade 'pip>=25.1'

# The checkout's own package, importable from anywhere in this environment.
"$venv/bin/python" - "$PWD/python" <<'EOF_PTH'
import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "rustsci-checkout.pth").write_text(sys.argv[1] + "\n")
EOF_PTH
