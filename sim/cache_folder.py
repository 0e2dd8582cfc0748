"""The user's cache folder: compiled code and results of long work, in folders that only this user
may open, and that are removed when out of use.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

DAYS_UNUSED = 30  # after which a folder of the cache is removed
OWN_FOLDER = 0o700  # rights of a folder, whatever the umask is: names of students may lie in it


def _make(folder: Path) -> None:
    """Makes *folder*, and each folder above it that is missing, for this user alone."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(OWN_FOLDER, exist_ok=True)


def _writable(folder: Path) -> bool:
    try:
        _make(folder)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """The folder of compiled code and results: the user's cache folder or, where that is not
    writable, a temporary one for this process.
    """
    home = (
        os.environ.get("LOCALAPPDATA")
        or os.environ.get("XDG_CACHE_HOME")
        or os.path.expanduser("~/.cache")
    )
    if os.path.isabs(home) and _writable(Path(home) / "parley"):
        return Path(home) / "parley"
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary / "parley"


CACHE_FOLDER = cache_folder()


def used_folder(kind: str, name: str, *, same: str = "", most: int = 0) -> Path:
    """The folder *name* of the cache, among those of one *kind*, marked as used today. It is
    missing where it cannot be made.

    Where it is new, folders of its kind without use for DAYS_UNUSED days are removed, and of those
    whose names match the pattern *same*, if there is one, all but the *most* that were used last.
    """
    folder = CACHE_FOLDER / kind / name
    with suppress(OSError):  # on a read-only disk nothing is marked or removed
        if folder.is_dir():
            os.utime(folder)
            folder.chmod(OWN_FOLDER)  # an older Parley left it open to others
        else:
            folder.unlink(missing_ok=True)  # where something else has its name
            _make(folder)
            _remove_unused(folder, same, most)
    return folder


def _remove_unused(folder: Path, same: str, most: int) -> None:
    oldest = time.time() - DAYS_UNUSED * 86400
    used = {other: _last_use(other) for other in folder.parent.iterdir()}
    alike = (
        sorted(folder.parent.glob(same), key=lambda other: -used.get(other, 0.0)) if same else []
    )
    for other in {*(other for other, last in used.items() if last < oldest), *alike[most:]} - {
        folder
    }:
        shutil.rmtree(other, ignore_errors=True)


def _last_use(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process has removed it
        return time.time()
