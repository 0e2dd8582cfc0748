"""The files of machine code, by function and fingerprint: what no damaged file and no full disk can
stop.

numba's own cache compares only the file of a function, and does not notice a change of a function
or constant in another file; so each function has a folder named by its fingerprint. Nor does numba
expect that a file is torn or that a disk is full: here a file has its hash, what cannot be read is
compiled anew, and what cannot be written is kept in memory alone, with a warning.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile, NullCache

from sim.cache_folder import used_folder

KEPT = (
    4  # folders of one function: the present code, and some before it or of another copy of Parley
)
DIGEST = hashlib.sha256().digest_size

log = logging.getLogger(__name__)


class HashedFile(IndexDataCacheFile):  # type: ignore[misc]
    """numba's files of one function; those of machine code begin with their hash. ValueError for a
    damaged one.
    """

    def _dump(self, content: Any) -> bytes:
        return bytes(super()._dump(content))

    def _save_data(self, name: str, data: Any) -> None:
        content = self._dump(data)
        with self._open_for_write(self._data_path(name)) as file:
            file.write(hashlib.sha256(content).digest() + content)

    def _load_data(self, name: str) -> Any:
        content = Path(self._data_path(name)).read_bytes()
        digest, content = content[:DIGEST], content[DIGEST:]
        if hashlib.sha256(content).digest() != digest:
            raise ValueError(f"{name} is damaged")
        return pickle.loads(content)


class MachineCode(FunctionCache):  # type: ignore[misc]
    """numba's cache of one function, which fails at nothing."""

    def __init__(self, function: Callable[..., Any], reads: type[CompileResultCacheImpl]) -> None:
        self._impl_class = reads
        super().__init__(function)
        self._cache_file = HashedFile(
            self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp()
        )

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled function for the types of *signature*; None where no file can be read."""
        try:
            return super().load_overload(signature, target)
        except Exception:  # whatever torn bytes lead to
            shutil.rmtree(self._cache_path, ignore_errors=True)
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Write the *compiled* function for the types of *signature*, where that can be."""
        try:
            super().save_overload(signature, compiled)
        except OSError as problem:
            _warn(problem.strerror or str(problem))


def machine_code(
    function: Callable[..., Any], name: str, fingerprint: str, reads: type[CompileResultCacheImpl]
) -> Any:
    """The cache of the machine code of *function*, called *name*, in numba's form; *reads* makes
    code of a file.
    """
    folder = used_folder("compiled", f"{name}-{fingerprint}", same=f"{name}-*", most=KEPT)
    others = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        return (
            MachineCode(function, reads) if folder.is_dir() else _none("there is no folder for it")
        )
    except RuntimeError as problem:  # no place where numba may write
        return _none(str(problem))
    finally:
        numba.config.CACHE_DIR = others


def _none(reason: str) -> Any:
    _warn(reason)
    return NullCache()


@cache  # once for each reason
def _warn(reason: str) -> None:
    log.warning(
        "parley: compiled code cannot be kept on disk (%s), so that the next start takes longer",
        reason,
    )
