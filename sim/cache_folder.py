"""The user's cache folder: compiled code and results of long work, in folders that are removed when out of use."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

DAYS_UNUSED = 30  # after which a folder of the cache is removed


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder() -> Path:
    """The folder of compiled code and results: the user's cache folder or, where that is not writable, a temporary one
    for this process.
    """
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(home) and _writable(Path(home) / "parley"):
        return Path(home) / "parley"
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary / "parley"


CACHE_FOLDER = cache_folder()


def used_folder(kind: str, name: str) -> Path:
    """The folder *name* of the cache, among those of one *kind*, marked as used today.

    Where it is new, folders of its kind without use for DAYS_UNUSED days are removed.
    """
    folder = CACHE_FOLDER / kind / name
    with suppress(OSError):  # on a read-only disk nothing is marked or removed
        if folder.exists():
            os.utime(folder)
        else:
            folder.mkdir(parents=True)
            oldest = time.time() - DAYS_UNUSED * 86400
            for other in folder.parent.iterdir():
                if other.stat().st_mtime < oldest:
                    shutil.rmtree(other, ignore_errors=True)
    return folder
