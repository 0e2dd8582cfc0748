"""The files of machine code, by function and fingerprint: what no damaged file and no full disk can
stop.

numba's own cache compares only the file of a function: it does not notice a change of a function or
a constant in another file, and compiles all anew after a change of words. Nor does it expect that a
file is torn, that a disk is full or that two processes write at once. Here each function has a
folder named by its fingerprint, with one file for each combination of types of arguments, which
begins with its hash. What cannot be read is compiled anew, and what cannot be written is kept in
memory alone, with a warning.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from numba.core import types
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from sim.cache_folder import used_folder
from sim.fingerprints import fingerprint, of_function

KEPT = (
    4  # folders of one function: the present code, and some before it or of another copy of Parley
)
DIGEST = hashlib.sha256().digest_size

log = logging.getLogger(__name__)


class MachineCode(NullCache):  # type: ignore[misc]
    """numba's cache of one function, which fails at nothing. *fingerprint* is asked at the first
    use, when all modules are imported: before that a function's module may lack names that it
    reads. *reads* makes of numba's context of compilation the one that reads a file.
    """

    def __init__(
        self, name: str, fingerprint: Callable[[], str], reads: Callable[[Any], Any]
    ) -> None:
        self._name, self._fingerprint, self._reads = name, fingerprint, reads

    @cached_property
    def _folder(self) -> Path:
        name = f"{self._name}-{self._fingerprint()}"
        return used_folder("compiled", name, same=f"{self._name}-*", most=KEPT)

    def load_overload(self, signature: tuple[Any, ...], context: Any) -> Any:
        """The compiled function for the types of a *signature*; None where no file can be read."""
        context.refresh()
        try:
            content = self._file(signature, context.codegen()).read_bytes()
            if hashlib.sha256(content[DIGEST:]).digest() != content[:DIGEST]:
                raise ValueError("a file of machine code is damaged")
            result = CompileResult._rebuild(self._reads(context), *pickle.loads(content[DIGEST:]))
            return result._replace(target_context=context)
        except FileNotFoundError:
            return None
        except Exception:  # whatever torn bytes lead to
            shutil.rmtree(self._folder, ignore_errors=True)
            return None

    def save_overload(self, signature: tuple[Any, ...], compiled: Any) -> None:
        """Write the *compiled* function for the types of a *signature*, where that can be."""
        if compiled.library.has_dynamic_globals:  # it holds addresses of this process
            return
        content = dumps(compiled._reduce())
        try:
            _write(
                self._file(signature, compiled.codegen),
                hashlib.sha256(content).digest() + content,
            )
        except OSError as problem:
            _warn(problem.strerror or str(problem))

    def _file(self, signature: tuple[Any, ...], codegen: Any) -> Path:
        """The file of the code for the types of a *signature* and this processor."""
        processor = (repr(part) for part in codegen.magic_tuple())
        return self._folder / f"{fingerprint([*map(_text, signature), *processor])}.code"


def _text(argument: Any) -> str:
    """All that machine code may depend on in the type of an *argument*, which for a named tuple is
    more than its name in numba.
    """
    if isinstance(argument, types.Dispatcher):  # whose name in numba is an address
        function = argument.dispatcher
        return f"{of_function(function)} {getattr(function, 'decorator', '')}"
    if isinstance(argument, types.containers.BaseTuple):
        fields = getattr(argument, "fields", ())
        return f"{argument} {fields} {[_text(member) for member in argument.types]}"
    return str(argument)


def _write(file: Path, content: bytes) -> None:
    """Write the *file* in another place and rename it, so that it is whole whenever it is there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    place, draft = tempfile.mkstemp(dir=file.parent)
    try:
        with open(place, "wb") as stream:
            stream.write(content)
        os.replace(draft, file)
    except OSError:
        with suppress(OSError):
            os.unlink(draft)
        raise


@cache  # once for each reason
def _warn(reason: str) -> None:
    log.warning(
        "parley: compiled code cannot be kept on disk (%s), so that the next start takes longer",
        reason,
    )
