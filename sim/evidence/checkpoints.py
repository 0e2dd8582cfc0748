"""Checkpoints of long work: each part is saved on disk as soon as it is finished, so that an
interruption loses none.

A part is read again under the name of the work and its own, as long as neither the code that does
the work nor the data change (`sim/result_cache.py`). Work that ends removes its checkpoints.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from sim.errors import InputError
from sim.result_cache import result_folder
from sim.threads import Progress, usable_processors
from sim.writing import replacing

Work = Callable[[], Any]  # returns what JSON can hold


class Checkpoints:
    """The finished parts of the work called *name*, which contains its arguments; *module* does the
    work.
    """

    def __init__(self, name: str, module: str) -> None:
        self.folder = result_folder("checkpoints", module) / name

    def all_of(
        self,
        work: Mapping[str, Work],
        workers: int | None = None,
        progress: Progress | None = None,
        before: int = 0,
        total: int | None = None,
    ) -> dict[str, Any]:
        """The result of each part of *work*, by its name and in that order, on as many threads as
        there are *workers* (by default one per processor). *progress* is told first how many there
        are already, beside those finished *before*, of a *total* (all of *work*).
        """
        results = {name: self._read(name) for name in work}
        missing = [name for name, result in results.items() if result is None]
        count, total = before + len(work) - len(missing), total or len(work)
        if progress is not None:
            progress(count, total)
        threads = workers or usable_processors()
        # parts are many, their arrays small
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads) as pool:
            under_way = {pool.submit(work[name]): name for name in missing}
            try:
                for future in as_completed(under_way):
                    results[under_way[future]] = self._write(under_way[future], future.result())
                    count += 1
                    if progress is not None:
                        progress(count, total)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return results

    def one(self, name: str, work: Work) -> Any:
        """The result of one part, computed on the calling thread."""
        result = self._read(name)
        return self._write(name, work()) if result is None else result

    def forget(self) -> None:
        """Remove the checkpoints."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _read(self, name: str) -> Any:
        """The saved result of a part; None where there is none that can be read."""
        try:
            return json.loads(self._path(name).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _write(self, name: str, result: Any) -> Any:
        """Save *result* and return it as it is read again. Where it cannot be saved (full disk),
        work goes on.
        """
        content = json.dumps(result)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._path(name)) as temporary:
                temporary.write_text(content, encoding="utf-8")
        except (OSError, InputError):
            pass
        return json.loads(content)
