"""The questions of the page Sweeps: a sweep that is ready, one in a folder of the server, and a
small one of one's own.

Each stands in the address as a query of its own, `sweep`, beside the view:

    ready=monitoring
    result=attribution
    lever=sanctions:0,1,2&uncertainty=temptation&points=24&worlds=10&outcome=harm_prevented

A ready sweep has fewer worlds at each point than its file says, so that it takes about half a
minute; its points are the same.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.data.own_sweep import LEAST_WORLDS, WHERE, OwnSweep, own_sweep
from dashboard.data.sweep_answers import Progress, answer_of, key_of, simulated_answer
from dashboard.results import MOST_RUNS, Results, open_at, without_path
from dashboard.view import View, keys_and_values, view_of

READY, RESULT = "ready", "result"
RUNS_OF_READY = 1_800  # about as many, shared among the points of a ready sweep


@dataclass(frozen=True)
class NamedSweep:
    """The sweep called *name*."""

    name: str

    @property
    def view(self) -> View:
        """The default one: such a sweep has a scenario of its own."""
        return view_of("")

    def wording(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """Nothing: it is asked by its name."""
        return {}


@dataclass(frozen=True)
class ReadySweep(NamedSweep):
    """A sweep that ships, in fewer worlds at each point."""

    @property
    def key(self) -> str:
        """A digest of all on which its answer depends."""
        return key_of(self.name, ready_sweep(self.name).sha256)

    @property
    def content(self) -> dict[str, str]:
        """The question as `sweep_question` reads it."""
        return {"kind": "sweep", "view": "", "asked": urlencode({READY: self.name})}

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        """Simulates and analyses it."""
        sweep = ready_sweep(self.name)
        whole_sweep = sim.load_sweep(self.name)
        fewer = f" -n {sweep.replicates}" if sweep.replicates < whole_sweep.replicates else ""
        return simulated_answer(sweep, progress) | {
            "whole": {"replicates": whole_sweep.replicates, "runs": whole_sweep.runs},
            "command": (
                f"parley sweep {self.name}{fewer} --out {self.name}\nparley analyse {self.name}"
            ),
        }


@dataclass(frozen=True)
class OpenSweep(NamedSweep):
    """The sweep called *name* in *folder*, as far as it is done."""

    folder: Path

    @property
    def key(self) -> str:
        """A digest of all on which its answer depends."""
        result = open_at(self.name, self.folder)
        return key_of(self.name, str(self.folder), result.sha256, result.runs_complete)

    @property
    def content(self) -> dict[str, str]:
        """The question as `sweep_question` reads it, with its folder, which no answer tells."""
        asked = urlencode({RESULT: self.name})
        return {"kind": "sweep", "view": "", "asked": asked, "folder": str(self.folder)}

    def answer(self, progress: Progress | None = None) -> dict[str, Any]:
        """Analyses what is there; InputError where that is nothing, or too much for a page."""
        result = open_at(self.name, self.folder)
        if progress is not None:
            progress(result.runs_complete, result.runs_complete)
        if result.runs_complete > MOST_RUNS:
            raise sim.InputError(
                f"{WHERE} {self.name}: {result.runs_complete} runs are done, expected at most"
                f" {MOST_RUNS} on a page; `parley analyse` takes any number"
            )
        try:
            answer = answer_of(result)
        except sim.InputError as problem:
            raise without_path(problem, self.name, self.folder) from None
        return answer | {"command": f"parley analyse {self.name}", "whole": None}


SweepQuestion = ReadySweep | OpenSweep | OwnSweep


def sweep_question(
    query: str, asked: str, results: Results, folder: str | None = None
) -> SweepQuestion:
    """The question that *asked* says, of the view of *query* where it is one's own. *results*:
    those that may be named; *folder*: where a result lies, for the process that answers. InputError
    where there is no such question.
    """
    pairs = keys_and_values(asked, WHERE)
    keys = [key for key, _ in pairs]
    if READY in keys or RESULT in keys:
        if len(pairs) != 1:
            raise sim.InputError(
                f"{WHERE}: found {', '.join(keys)[:80]}, expected {READY} or {RESULT} alone"
            )
        ((key, name),) = pairs
        if key == READY:
            ready_sweep(name)
            return ReadySweep(name)
        if folder is not None:
            return OpenSweep(name, Path(folder))
        results.open(name)
        return OpenSweep(name, results.path(name))
    return own_sweep(query, pairs)


@functools.lru_cache(maxsize=8)
def ready_sweep(name: str) -> sim.Sweep:
    """The ready sweep called *name*, with as many worlds at each point as make about RUNS_OF_READY
    runs.
    """
    names = [each for each, _, _ in sim.available_sweeps()]
    if name not in names:
        raise sim.InputError(
            f"{WHERE}: {READY} is {name[:40]!r}, expected one of {', '.join(names)}"
        )
    sweep = sim.load_sweep(name)
    worlds = min(sweep.replicates, max(RUNS_OF_READY // sweep.points, LEAST_WORLDS))
    return sim.load_sweep(name, replicates=worlds)
