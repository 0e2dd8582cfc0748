"""What the model does in a session: the one world of its seed, with the choices of the seats as
events of the scenario.

A world is simulated once for each list of events. No part of it after the date of a step leaves
this module but in the debrief.
"""

from __future__ import annotations

import functools
import json
import threading
import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

import sim
from dashboard.cache import Store
from dashboard.data.record import bands, dates_of, names, register_of

WORLDS = 200  # beside the class's own in the debrief
MOST_KEPT, MOST_BANDS = 256, 32
SIGNED = "signed"
# Months in which whoever breaks the text does so once: the middle of the states that classes play,
# which act between once and 32 times in 36 months where the model decides.
EVERY = 9
LAUNCH = 0  # month in which the text is opened
Found = TypeVar("Found")
Levels = tuple[
    tuple[int, float], ...
]  # of a text: the ambition of each provision that differs, by its number


class Memory(Store[Found]):
    """What was simulated last, by key. One thing is simulated at a time, and whoever asks for it
    waits.
    """

    _simulating = threading.Lock()

    def value(self, key: Hashable, compute: Callable[[], Found]) -> Found:
        """What is kept under *key*, else what *compute* finds."""

        def alone() -> Found:
            with self._simulating:
                return compute()

        return super().value(key, alone)


@dataclass(frozen=True)
class Order:
    """What a team decides on its conduct from a month on: to keep what the code asks, or to break
    it, once in EVERY months.
    """

    month: int
    who: str
    keeps: bool

    def by_month(self, luck: int, last: int) -> dict[int, bool]:
        """Months up to *last*, and whether it keeps it from there on. In which month of each EVERY
        it breaks it is drawn from *luck*, a seed.
        """
        if self.keeps:
            return {self.month: True}
        starts = range(self.month, last + 1, EVERY)
        draws = np.random.default_rng([luck, *self.who.encode()]).integers(EVERY, size=len(starts))
        breaks = {start + int(draw) for start, draw in zip(starts, draws, strict=True)}
        turns = {self.month, *breaks, *(month + 1 for month in breaks)}
        return {month: month not in breaks for month in sorted(turns) if month <= last}


@dataclass(frozen=True)
class Operation:
    """An operation in one world: its month, who undertakes it, and whom its victim accuses in
    public, rightly or not; empty where it accuses nobody. These are real ids: they do not leave the
    server.
    """

    month: int
    author: str
    accused: str


@dataclass(frozen=True)
class Course:
    """The course of one world: the last day of each round, how many of each kind stand on the
    public list, and which of those with a name are signatories.
    """

    first_round: int
    dates: tuple[str, ...]
    listed: np.ndarray  # [rounds, kinds]
    signatories: Mapping[str, np.ndarray]  # id -> [rounds] whether it is one as the round ends
    power: np.ndarray  # [rounds] share of the states' material power that signatories hold

    def place(self, month: int) -> int:
        """The place of the round of *month*, or of the last one before it."""
        return min(max(month - self.first_round, 0), len(self.dates) - 1)

    def date(self, month: int) -> str:
        """The last day of *month*."""
        return self.dates[self.place(month)]

    def curve(self, month: int) -> list[list[Any]]:
        """[date, number on the list] of each round up to *month*."""
        totals = self.listed.sum(axis=1).astype(int).tolist()
        return [
            [day, total]
            for day, total in list(zip(self.dates, totals, strict=True))[: self.place(month) + 1]
        ]

    def has_signed(self, who: str, month: int) -> bool:
        """Whether *who* is a signatory as the round of *month* ends. Nobody is before the launch,
        whatever it has promised to the convenor by then.
        """
        return (
            month >= LAUNCH
            and who in self.signatories
            and bool(self.signatories[who][self.place(month)])
        )

    def power_at(self, month: int) -> float:
        """The share of the states' material power that signatories hold as the round of *month*
        ends.
        """
        return float(self.power[self.place(month)])

    def moved(self, month: int, since: int) -> tuple[list[str], list[str]]:
        """The names of those who joined between the ends of the months *since* and *month*, and of
        those who left, by the alphabet. The convenor, who has signed before the launch, joins with
        it like all others.
        """
        known = names()
        changes = {
            who: self.has_signed(who, month) - self.has_signed(who, since)
            for who in self.signatories
        }
        joined, left = (
            sorted((known[who] for who, change in changes.items() if change == sign), key=_as_filed)
            for sign in (1, -1)
        )
        return joined, left

    def counts(self, month: int) -> dict[str, int]:
        """How many of each kind stand on the list as the round of *month* ends."""
        return dict(
            zip(sim.KINDS, self.listed[self.place(month)].astype(int).tolist(), strict=True)
        )

    def at(self, month: int, since: int) -> dict[str, Any]:
        """The world as the state of a session shows it at the end of *month*."""
        counts = self.counts(month)
        joined, left = self.moved(month, since)
        return {
            "date": self.date(month), "counts": counts, "listed": sum(counts.values()),
            "joined": joined, "left": left, "curve": self.curve(month),
        }  # fmt: skip


@dataclass(frozen=True)
class World:
    """The first world of *seed* in *scenario*, with these *events* more, with *orders*, and with
    its *text* at other levels. What it comes to is simulated once. Its conduct has the luck of
    *conduct_seed*, None for that of the seed.
    """

    scenario: str
    seed: int
    events: Sequence[Mapping[str, Any]] = ()
    orders: Sequence[Order] = ()
    text: Levels = ()
    conduct_seed: int | None = None

    def course(self) -> Course:
        """Its course."""
        return _COURSES.value(self._key, self._simulated_course)

    def operations(self) -> tuple[Operation, ...]:
        """All operations in it."""
        return _OPERATIONS.value(self._key, self._simulated_operations)

    @property
    def _key(self) -> tuple[Any, ...]:
        return (
            self.scenario,
            self.seed,
            json.dumps(list(self.events), sort_keys=True),
            tuple(self.orders),
            self.text,
            self.conduct_seed,
        )

    def _run(self) -> sim.Run:
        """Its run. Orders are no tables: in those no real name may stand beside conduct."""
        scenario = under_text(self.scenario, self.text).with_changes(events=self.events)
        luck = self.seed if self.conduct_seed is None else self.conduct_seed
        told = [
            sim.Event(month, "conduct", (order.who,), float(keeps))
            for order in self.orders
            for month, keeps in order.by_month(luck, scenario.last_round).items()
        ]
        by_month = sorted((*scenario.events, *told), key=lambda event: event.round)
        scenario = replace(scenario, events=tuple(by_month)) if told else scenario
        return sim.run(
            scenario,
            replicates=1,
            seed=self.seed,
            conduct=False,
            conduct_by_name=True,
            conduct_seed=self.conduct_seed,
            workers=1,
        )

    def _simulated_operations(self) -> tuple[Operation, ...]:
        table = self._run().named_operations(1)
        accused = table["simulated_traced_to"].where(table["simulated_named"], "")
        columns = (table["round"].tolist(), table["simulated_author"].tolist(), accused.tolist())
        return tuple(Operation(*row) for row in zip(*columns, strict=True))

    def _simulated_course(self) -> Course:
        run = self._run()
        status = run.world(
            1
        )  # the dates of a run are the last ones, of whoever signed, left and signed anew
        return Course(
            run.scenario.first_round, tuple(dates_of(run)), run.listed[0],
            {str(who): (status[who] == SIGNED).to_numpy() for who in status.columns},
            run.values("power_share")[0, :, 0],
        )  # fmt: skip


def scenario_named(name: object) -> sim.Scenario:
    """The shipped scenario *name*; InputError where there is none."""
    if not isinstance(name, str) or name not in _names():
        raise sim.InputError(
            f"scenario: there is none of this name, expected one of {', '.join(_names())}"
        )
    return _loaded(name)


def simulated(scenario: str, seed: int, text: Levels = ()) -> dict[str, Any]:
    """So many worlds of *scenario* without the choices of the class, with its *text* at other
    levels: dates, and the band of those on the list by round.
    """
    return _BANDS.value((scenario, seed, text), lambda: _bands(scenario, seed, text))


@functools.lru_cache(maxsize=64)
def under_text(scenario: str, text: Levels = ()) -> sim.Scenario:
    """The shipped *scenario* with its *text* at other levels, as the page Designer changes them."""
    return _loaded(scenario).with_changes(
        set={f"ambition_{principle}": level for principle, level in text}
    )


def register(scenario: str) -> dict[str, list[dict[str, Any]]]:
    """The dated counts of the register by kind; none where it lists another code than that of
    *scenario*.
    """
    return _REGISTERS.value((scenario,), lambda: _register(scenario))


def record(scenario: str) -> list[list[Any]]:
    """[date, number] of the register's dated counts, of all kinds."""
    totals: dict[str, int] = {}
    for points in register(scenario).values():
        for point in points:
            totals[point["date"]] = totals.get(point["date"], 0) + point["count"]
    return [[day, total] for day, total in sorted(totals.items())]


def registered(scenario: str, kind: str, date: str) -> int | None:
    """How many of *kind* the register listed by *date*; None where it lists another code."""
    counts = [point["count"] for point in register(scenario)[kind] if point["date"] <= date]
    return counts[-1] if counts else None


_REGISTERS = Memory[dict[str, list[dict[str, Any]]]](MOST_BANDS)
_COURSES, _BANDS = Memory[Course](MOST_KEPT), Memory[dict[str, Any]](MOST_BANDS)
_OPERATIONS = Memory[tuple[Operation, ...]](MOST_KEPT)


def _as_filed(name: str) -> str:
    """*name* as a list in the order of the alphabet files it: without marks on its letters."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each)
    ).casefold()


@functools.cache
def _names() -> tuple[str, ...]:
    """The names of the shipped scenarios, whose files are read for them."""
    return tuple(name for name, *_ in sim.available())


@functools.lru_cache(maxsize=32)
def _loaded(name: str) -> sim.Scenario:
    return sim.load(name)


def _bands(scenario: str, seed: int, text: Levels) -> dict[str, Any]:
    run = sim.run(under_text(scenario, text), replicates=WORLDS, seed=seed, conduct=False)
    edges = bands(run.listed.sum(axis=2))
    return {
        "dates": dates_of(run),
        "low": edges["low_90"],
        "middle": edges["median"],
        "high": edges["high_90"],
    }


def _register(scenario: str) -> dict[str, list[dict[str, Any]]]:
    return register_of(sim.run(_loaded(scenario), replicates=1, conduct=False, workers=1))
