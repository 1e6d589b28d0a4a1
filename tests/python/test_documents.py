"""Every Python snippet of the README and the guide runs and shows what it says.

A block fenced as ``python`` is an interactive session if it starts with ``>>>``, and otherwise a script that
has to run. The blocks of one document share their names, from top to bottom, as a reader would type them.
"""

from __future__ import annotations

import contextlib
import doctest
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """The Python blocks of a document, each with the number of its first line."""
    for match in _BLOCK.finditer(text):
        yield text.count("\n", 0, match.start(1)), match[1]


def run_session(source: str, names: dict[str, Any], where: str, line: int) -> list[str]:
    """What an interactive session prints other than it says it does."""
    complaints: list[str] = []
    test = doctest.DocTestParser().get_doctest(source, names, where, where, line)
    runner = doctest.DocTestRunner(optionflags=_FLAGS, verbose=False)
    runner.run(test, out=complaints.append, clear_globs=False)
    names.update(test.globs)
    return complaints


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_snippets(document: Path, tmp_path: Path) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    complaints: list[str] = []
    with contextlib.chdir(tmp_path):
        for line, source in blocks(document.read_text()):
            if source.startswith(">>>"):
                complaints += run_session(source, names, document.name, line)
            else:
                exec(compile("\n" * line + source, str(document), "exec"), names)

    assert not complaints, "".join(complaints)
