"""Exporting a function touches no file of a host: each takes whatever the table in crates/bind has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rustsci import _native, ndarray

ROOT = Path(__file__).parents[2]
FUNCTIONS = ROOT / "crates" / "bind" / "src" / "functions"
HOSTS = [ROOT / "crates" / "cpython" / "src", ROOT / "crates" / "rustpython"]

# `#[export(method, signature = …)]`, documentation and other attributes, `fn name`.
EXPORT = re.compile(
    r"^#\[export\((.*?)\)\]\n(?:(?:///|#\[|//).*\n)*(?:pub )?fn (\w+)", re.MULTILINE | re.DOTALL
)

pytestmark = pytest.mark.skipif(not FUNCTIONS.exists(), reason="the sources are not here")


def exported() -> list[tuple[str, str]]:
    """The name of each function in crates/bind that is exported, and how it is."""
    found = []
    for path in sorted(FUNCTIONS.rglob("*.rs")):
        for options, name in EXPORT.findall(path.read_text(encoding="utf-8")):
            given = re.search(r'\bname = "(\w+)"', options)
            found.append((given[1] if given else name, options))
    return found


def sources() -> list[Path]:
    return [
        path for host in HOSTS for path in host.rglob("*.rs") if "target" not in path.relative_to(host).parts
    ]


def test_every_exported_function_is_there() -> None:
    functions = exported()
    missing = [
        name
        for name, options in functions
        if not hasattr(ndarray if re.search(r"\bmethod\b", options) else _native, name)
    ]

    assert len(functions) > 100
    assert missing == []


def test_hosts_know_the_table_but_no_row_of_it() -> None:
    mentions = [
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"rustsci_bind::functions|\bbind::functions", path.read_text(encoding="utf-8"))
    ]
    readers = [path for path in sources() if "rustsci_bind::table::TABLE" in path.read_text(encoding="utf-8")]

    assert mentions == []
    assert readers, "no host reads the table"
