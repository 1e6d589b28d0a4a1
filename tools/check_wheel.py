"""Checks the newest wheel in a folder: its size, what is in it, and that it asks for nothing."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

MOST_MEGABYTES = 8.0


def complaints(wheel: Path) -> list[str]:
    """What is wrong with the wheel."""
    megabytes = wheel.stat().st_size / 1e6
    print(f"{wheel.name}: {megabytes:.2f} MB (at most {MOST_MEGABYTES})")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        requirements = [
            line for line in archive.read(metadata).decode().splitlines() if line.startswith("Requires-Dist")
        ]
    found = [f"{megabytes:.2f} MB is too large"] if megabytes > MOST_MEGABYTES else []
    found += [f"asks for {requirement}" for requirement in requirements]
    found += [
        f"lacks {what}"
        for what, pattern in (("py.typed", "rustsci/py.typed"), ("the package", "rustsci/__init__.py"))
        if pattern not in names
    ]
    extensions = [
        name for name in names if name.startswith("rustsci/_native.") and name.endswith((".so", ".pyd"))
    ]
    if len(extensions) != 1:
        found.append(f"has {len(extensions)} extensions: {extensions}")
    return found


def main() -> int:
    """Check the newest wheel of the folder named on the command line."""
    wheel = max(Path(sys.argv[1]).glob("*.whl"), key=lambda path: path.stat().st_mtime)
    found = complaints(wheel)
    for complaint in found:
        print(f"{wheel.name}: {complaint}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
