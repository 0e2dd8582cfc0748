"""What a classic is made of: checks of what is simulated against what is known, and the luck to simulate it with."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib import import_module
from math import sqrt
from typing import Any, TypeVar

import pandas as pd

from sim.arguments import SEED, check_replicates, check_seed, check_workers
from sim.classics.catalogue import Description, described
from sim.errors import InputError, nearest
from sim.experiments.manifest import made_with
from sim.experiments.simulate import Progress, in_threads
from sim.parameters import Dial, Values
from sim.version import __version__
from sim.writing import plain

Result = TypeVar("Result")


@dataclass(frozen=True)
class Check:
    """One number that is known, from a closed form or from a publication, beside what was simulated."""

    name: str
    expected: float
    simulated: float
    tolerance: float  # 0 where the two have to be the same

    @property
    def within(self) -> bool:
        """Whether they differ by no more than the tolerance."""
        return bool(abs(self.simulated - self.expected) <= self.tolerance)


@dataclass(frozen=True)
class Luck:
    """The seed of a classic and its replicates, spread over *workers* threads, by default one per processor."""

    seed: int
    replicates: int
    workers: int | None = None
    progress: Progress | None = None

    def each(self, one: Callable[[int], Result]) -> list[Result]:
        """*one* (replicate) for each replicate, in order; an interruption ends it after those under way."""
        return in_threads([partial(one, number) for number in range(self.replicates)], self.workers, self.progress)

    def tolerance(self, share: float) -> float:
        """By how much a share of the replicates may differ from *share*: three standard errors and one replicate, and
        nothing where it is 0 or 1.
        """
        error = sqrt(share * (1.0 - share) / self.replicates)
        return 3 * error + 1 / self.replicates if error > 0 else 0.0


SIMULATED = "a classic of the literature, simulated beside what is known of it; nothing in it is about anybody"


def classic(
    name: str,
    *,
    set: Mapping[str, Any] | None = None,
    seed: int = SEED,
    replicates: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    where: str = "set",
) -> Classic:
    """Run the classic called *name*, such as "granovetter-1978", and check it against what is known.

    set: dial -> value, of the dials that the classic declares (`classic_dials`); what is expected follows them.
    seed and workers as in `sim.run`; replicates: None for as many as the classic asks for itself.

    InputError, in one sentence that begins with *where* for a dial, for whatever does not fit.
    """
    description = described(name)
    number = description.replicates if replicates is None else check_replicates(replicates)
    luck = Luck(check_seed(seed), number, check_workers(workers), progress)
    values = with_values(description.name, dict(set or {}), where)
    results = list(_module(description.name).checks(values, luck))
    checks = tuple(result for result in results if isinstance(result, Check))
    remarks = tuple(result for result in results if isinstance(result, str))
    return Classic(description, values, luck.seed, number, checks, remarks)


def classic_dials(name: str) -> dict[str, Dial]:
    """The dials that a classic declares, by name."""
    return dict(_module(described(name).name).DIALS)


def with_values(name: str, settings: Mapping[str, Any], where: str) -> Values:
    """The value of every dial of a classic: that of *settings*, else its default; InputError for what does not fit."""
    dials = classic_dials(name)
    for dial in settings:
        if dial not in dials:
            expected = f"one of {', '.join(dials)}{nearest(dial, dials)}"
            raise InputError(f"{where}: there is no dial {dial!r} in {name}, expected {expected}")
    return Values(dials, {**{dial: known.default for dial, known in dials.items()}, **settings}, where)


def _module(name: str) -> Any:
    """classics/granovetter-1978 lies in sim/classics/granovetter_1978.py."""
    return import_module(f"sim.{name.replace('/', '.').replace('-', '_')}")


@dataclass(frozen=True, eq=False)
class Classic:
    """Checks of one classic under its *parameters*; *remarks* say what could not be checked, or what else was seen."""

    description: Description = field(repr=False)
    parameters: Values
    seed: int
    replicates: int
    checks: tuple[Check, ...]
    remarks: tuple[str, ...]

    def __repr__(self) -> str:
        luck = f"replicates={self.replicates}, seed={self.seed}"
        return f"Classic({self.description.name}, {luck}, checks={len(self.checks)}, within={self.within})"

    @property
    def within(self) -> bool:
        """Whether every check is within its tolerance."""
        return all(check.within for check in self.checks)

    @property
    def manifest(self) -> dict[str, Any]:
        """Where the numbers come from: all that it takes to have them again."""
        return {
            "parley": __version__,
            "classic": self.description.name,
            "seed": self.seed,
            "replicates": self.replicates,
            "parameters": dict(self.parameters),
            "made_with": made_with(),
            "note": SIMULATED,
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """A dictionary for each check: name, expected, simulated, tolerance, within."""
        for check in self.checks:
            yield {**asdict(check), "within": check.within}

    def table(self) -> pd.DataFrame:
        """The checks, a row each: name, expected, simulated, tolerance, within."""
        return pd.DataFrame(self.rows(), columns=["name", "expected", "simulated", "tolerance", "within"])

    def as_json(self) -> dict[str, Any]:
        """What `parley run classics/NAME --json` writes (docs/json.md)."""
        return dict(plain({"checks": list(self.rows()), "remarks": self.remarks, "manifest": self.manifest}))

    def _repr_html_(self) -> str:
        """How a notebook shows a classic."""
        title = html.escape(self.description.title)
        remarks = "".join(f"<p>{html.escape(remark)}</p>" for remark in self.remarks)
        return f"<p><b>{title}</b></p>{self.table().to_html(index=False, border=0)}{remarks}"
