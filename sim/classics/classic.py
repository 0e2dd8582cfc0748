"""A classic: a model of the literature with a known result, which is simulated here and compared
with it.

First the parts, a check and the replicates of a simulation, then the result of a classic, then the
function that runs one. A module of a classic has DIALS and a function `checks`.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from importlib import import_module
from math import sqrt
from typing import Any, TypeVar

import pandas as pd

from sim.arguments import SEED, check_replicates, check_seed, check_workers
from sim.classics.catalogue import Description, description_of
from sim.errors import InputError, nearest
from sim.parameters import Dial, Values
from sim.reading import check_table
from sim.threads import Progress, in_threads
from sim.version import __version__, made_with
from sim.writing import plain

Result = TypeVar("Result")

NOTE = (
    "a classic of the literature, simulated beside what is known of it; nothing in it is about"
    " anybody"
)


@dataclass(frozen=True)
class Check:
    """A known number, from a closed form or from a publication, and the same number as
    simulated.
    """

    name: str
    expected: float
    simulated: float
    tolerance: float  # 0 where the two have to be equal

    @property
    def within(self) -> bool:
        """Whether they differ by no more than the tolerance."""
        return bool(abs(self.simulated - self.expected) <= self.tolerance)


@dataclass(frozen=True)
class Replication:
    """The seed of a classic and its replicates, computed in *workers* threads, by default one per
    processor.
    """

    seed: int
    replicates: int
    workers: int | None = None
    progress: Progress | None = None

    def each(self, simulate: Callable[[int], Result]) -> list[Result]:
        """*simulate* (replicate) for each replicate, in order; an interruption waits for those that
        are running.
        """
        jobs = [partial(simulate, number) for number in range(self.replicates)]
        return in_threads(jobs, self.workers, self.progress)

    def tolerance(self, share: float) -> float:
        """How far a share of the replicates may differ from *share*: three standard errors and one
        replicate; 0 where it is 0 or 1.
        """
        error = sqrt(share * (1.0 - share) / self.replicates)
        return 3 * error + 1 / self.replicates if error > 0 else 0.0


@dataclass(frozen=True, eq=False)
class Classic:
    """The result of a classic: its checks under its *parameters*; *remarks* have what cannot be
    checked, and other observations.
    """

    description: Description
    parameters: Values
    seed: int
    replicates: int
    checks: tuple[Check, ...]
    remarks: tuple[str, ...]

    def __repr__(self) -> str:
        within = sum(check.within for check in self.checks)
        return (
            f"Classic({self.description.name}, seed={self.seed}, {within} of {len(self.checks)}"
            " checks within)"
        )

    @property
    def within(self) -> bool:
        """Whether every check is within its tolerance."""
        return all(check.within for check in self.checks)

    @property
    def manifest(self) -> dict[str, Any]:
        """The provenance of the numbers: all that it takes to compute them again."""
        return {
            "parley": __version__,
            "classic": self.description.name,
            "seed": self.seed,
            "replicates": self.replicates,
            "parameters": dict(self.parameters),
            "made_with": made_with(),
            "note": NOTE,
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """A dictionary for each check: name, expected, simulated, tolerance, within."""
        for check in self.checks:
            yield {**asdict(check), "within": check.within}

    def table(self) -> pd.DataFrame:
        """The checks, a row each: name, expected, simulated, tolerance, within."""
        return pd.DataFrame(
            self.rows(), columns=["name", "expected", "simulated", "tolerance", "within"]
        )

    def as_json(self) -> dict[str, Any]:
        """The content of `parley run classics/NAME --json` (docs/json.md)."""
        return dict(
            plain({"checks": list(self.rows()), "remarks": self.remarks, "manifest": self.manifest})
        )

    def _repr_html_(self) -> str:
        """The classic as a notebook shows it."""
        title = html.escape(self.description.title)
        remarks = "".join(f"<p>{html.escape(remark)}</p>" for remark in self.remarks)
        return f"<p><b>{title}</b></p>{self.table().to_html(index=False, border=0)}{remarks}"


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
    """Run the classic called *name*, such as "granovetter-1978", and compare it with its known
    result.

    set: dial -> value, of the dials that the classic declares (`classic_dials`); the known result
    follows them. seed and workers as in `parley.run`; replicates: None for the number in the
    classic's own file.

    InputError, in one sentence that begins with *where* for a dial, for whatever does not fit.
    """
    description = description_of(name)
    number = description.replicates if replicates is None else check_replicates(replicates)
    replication = Replication(check_seed(seed), number, check_workers(workers), progress)
    parameters = classic_values(description.name, {} if set is None else set, where)
    results = list(module_of(description.name).checks(parameters, replication))
    checks = tuple(result for result in results if isinstance(result, Check))
    remarks = tuple(result for result in results if isinstance(result, str))
    return Classic(description, parameters, replication.seed, number, checks, remarks)


def classic_dials(name: str) -> dict[str, Dial]:
    """The dials that a classic declares, by name."""
    return dict(module_of(description_of(name).name).DIALS)


def classic_values(name: str, values: Mapping[str, Any], where: str) -> Values:
    """The value of every dial of a classic: the one in *values*, else its default; InputError for
    what does not fit.
    """
    dials = classic_dials(name)
    check_table(values, where)
    for dial in values:
        if dial not in dials:
            expected = f"one of {', '.join(dials)}{nearest(dial, dials)}"
            raise InputError(f"{where}: there is no dial {dial!r} in {name}, expected {expected}")
    return Values(dials, {**{name: dial.default for name, dial in dials.items()}, **values}, where)


def module_of(name: str) -> Any:
    """The module of the classic *name*: sim/classics/granovetter_1978.py for
    classics/granovetter-1978.
    """
    return import_module(f"sim.{name.replace('/', '.').replace('-', '_')}")
