"""One decorator, `@compiled`: the function as machine code, cached on disk, and plain Python where NUMBA_DISABLE_JIT is
set.

numba keys its cache by the file that holds a function and does not notice a change in a function imported from another
file; and it fails at import where neither the installation nor a home directory can be written. Both are cured by
naming the cache folder after all sources.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def fingerprint(package: Path) -> str:
    """Sixteen hexadecimal digits that change with any source file of *package*, with numba and with Python."""
    digest = hashlib.sha256(f"{numba.__version__} {sys.version_info[:2]}".encode())
    for source in sorted(package.rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_folder(package: Path) -> Path:
    """Where compiled code is kept: the user's cache folder, or one that lives as long as this process where that cannot
    be written.
    """
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if os.path.isabs(home):
        folder = Path(home) / "parley" / fingerprint(package)
        if _writable(folder):
            return folder
    temporary = Path(tempfile.mkdtemp(prefix="parley-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return temporary


CACHE_FOLDER = cache_folder(Path(__file__).parent)
if not numba.config.DISABLE_JIT:
    numba.config.CACHE_DIR = str(CACHE_FOLDER)


def compiled(function: Function) -> Function:
    """*function* compiled at its first call, without the interpreter lock; results do not depend on whether it was.

    It may not make arrays: memory is the caller's, so references to it need not be counted, which would take two fifths
    of a run's time.
    """
    return numba.njit(cache=True, nogil=True, _nrt=False)(function)  # type: ignore[no-any-return]


def compiled_unchecked(function: Function) -> Function:
    """As `compiled`, for what never divides by 0: without looking, loops over it can do several at once."""
    return numba.njit(cache=True, nogil=True, _nrt=False, error_model="numpy")(function)  # type: ignore[no-any-return]


def compiled_into(function: Function) -> Function:
    """As `compiled`, but written out wherever it is called, for loops that would else not do several at once."""
    return numba.njit(cache=True, nogil=True, _nrt=False, inline="always")(function)  # type: ignore[no-any-return]


def compiled_here(function: Function) -> Function:
    """As `compiled`, but for this process only: for a researcher's own rule, whose source no fingerprint covers."""
    return numba.njit(nogil=True)(function)  # type: ignore[no-any-return]


def in_plain_python(function: Function) -> Function:
    """The formula of a compiled *function* as it is written, which takes whole arrays where it is plain arithmetic."""
    return getattr(function, "py_func", function)  # type: ignore[no-any-return]
