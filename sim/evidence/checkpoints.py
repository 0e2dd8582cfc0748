"""Long work in parts: each is kept on disk as soon as it is finished, so that an interruption loses none of them.

A part is found again by the name of the work and its own, as long as neither the code that does the work nor the data
change (`sim/result_cache.py`). Work that ends takes its parts away.
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
from sim.experiments.simulate import usable_processors
from sim.result_cache import result_folder
from sim.writing import replacing

Progress = Callable[[int, int], None]  # (parts done, parts in all)
Work = Callable[[], Any]  # returns what JSON can hold


class Parts:
    """The finished parts of the work called *name*, which says what was asked; *module* does the work."""

    def __init__(self, name: str, module: str) -> None:
        self.folder = result_folder("parts", module) / name

    def all_of(
        self, work: Mapping[str, Work], workers: int | None = None, progress: Progress | None = None
    ) -> dict[str, Any]:
        """The result of each part of *work*, by its name and in that order, on as many threads as there are *workers*
        (by default one per processor).
        """
        found = {name: self._kept(name) for name in work}
        missing = [name for name, result in found.items() if result is None]
        done = len(work) - len(missing)
        threads = workers or usable_processors()
        with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads) as pool:  # parts are many, their arrays small
            under_way = {pool.submit(work[name]): name for name in missing}
            try:
                for future in as_completed(under_way):
                    found[under_way[future]] = self._keep(under_way[future], future.result())
                    done += 1
                    if progress is not None:
                        progress(done, len(work))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return found

    def one(self, name: str, work: Work) -> Any:
        """The result of one part, done on the thread that calls, which may be interrupted in it."""
        kept = self._kept(name)
        return self._keep(name, work()) if kept is None else kept

    def forget(self) -> None:
        """Take the parts away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _kept(self, name: str) -> Any:
        """What was kept of a part; None where nothing was, or where it cannot be read."""
        try:
            return json.loads(self._path(name).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def _keep(self, name: str, result: Any) -> Any:
        """*result* as it is read again. Where nothing can be written, as on a full disk, the work goes on without."""
        content = json.dumps(result)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._path(name)) as temporary:
                temporary.write_text(content, encoding="utf-8")
        except (OSError, InputError):
            pass
        return json.loads(content)
