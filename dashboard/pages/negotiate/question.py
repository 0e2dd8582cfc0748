"""What a link of the page Negotiate asks: which talks, with what changed, and what of them is on
show.

    ?talks=un-gge-2017&set=rule:majority&set=tabled_13:0&without=CUB,CHN&replicates=200&seed=1&world=3&draft=12

In the address of the page all of this is the one value of `negotiation`, beside the view of the
other pages. A link holds what differs from the talks as they ship; each part is checked, and what
one visitor can ask for is bounded.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.view import WHERE, keys_and_values, whole
from sim import number_formats as formats

TALKS = "un-gge-2017"
REPLICATES, SEED = sim.DEFAULTS["worlds of talks"].page, sim.DEFAULTS["seed"].page
KEYS = (
    "talks",
    "set",
    "without",
    "replicates",
    "seed",
    "world",
)  # of what is negotiated, and the world on show
SHOWN = ("draft", "levels")  # what a link has beside them
MOST_REPLICATES, MOST_SEED = 200, 2**63 - 1
# seats times worlds times drafts, which take three seconds; talks that ship have fewer
MOST_SEAT_DRAFTS = 1_700_000
MOST_TRADED = 10_000  # seats times worlds, where provisions are traded: as many seconds
SLOW = 10_000  # seats times worlds, from where negotiating takes more than a second or two
# sets of assumptions; of talks that take long fewer, which take a quarter of a minute
POINTS, POINTS_OF_SLOW = sim.DEFAULTS["sets of assumptions about talks"].page, 40
MOST_DRAFTS = 200
LONGEST_NAME = 100


@dataclass(frozen=True)
class Question:
    """Talks of a link. `set` and `without` hold texts as in the link; `changed` is the talks with
    all of it.
    """

    talks: str = TALKS
    set: tuple[str, ...] = ()
    without: str = ""
    replicates: int = REPLICATES
    seed: int = SEED
    world: int = 1
    changed: sim.Talks = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "changed", _talks_of(self))

    def query(self, *, world: bool = True) -> str:
        """The query of the link, without defaults; without the *world* on show, what is negotiated
        alone.
        """
        pairs: list[tuple[str, Any]] = []
        for key in KEYS if world else KEYS[:-1]:
            value = getattr(self, key)
            if key == "set":
                pairs += [(key, part) for part in value]
            elif value != Question.__dataclass_fields__[key].default:
                pairs.append((key, value))
        return urlencode(pairs, safe=":,")

    def negotiation(self) -> sim.Negotiation:
        """The talks, negotiated."""
        return sim.negotiate(self.changed, replicates=self.replicates, seed=self.seed)

    def set_of_tabled(self, levels: tuple[float, ...]) -> tuple[str, ...]:
        """What is `set` once a text of these *levels* is tabled in place of that of the talks."""
        first = [max(subject.in_force, subject.tabled) for subject in loaded(self.talks).subjects]
        others = tuple(part for part in self.set if not part.startswith("tabled_"))
        moved = tuple(
            f"tabled_{number}:{formats.setting(level)}"
            for number, (level, before) in enumerate(zip(levels, first, strict=True), start=1)
            if level != before
        )  # fmt: skip
        return others + moved

    def tabling(self, levels: tuple[float, ...]) -> Question:
        """The same talks with a text of these *levels* tabled in place of theirs, as "Table it"
        asks them.
        """
        return replace(self, set=self.set_of_tabled(levels))

    @property
    def is_slow(self) -> bool:
        """Whether negotiating takes more than a second or two."""
        return len(self.changed.seats) * self.replicates > SLOW or self.changed.trades

    @property
    def points(self) -> int:
        """Under how many sets of assumptions the talks are tried."""
        return POINTS_OF_SLOW if self.is_slow else POINTS


@dataclass(frozen=True)
class OnShow:
    """What a link has on show: a draft, or the text of whoever takes the chair, by its levels; None
    for the final text.
    """

    draft: int | None = None
    levels: tuple[float, ...] | None = None

    def check(self, drafts: int) -> None:
        """InputError where there are fewer *drafts*."""
        if self.draft is not None and self.draft > drafts:
            raise sim.InputError(
                f"{WHERE}: draft is {self.draft}, expected a whole number from 1 to {drafts}"
            )


@functools.lru_cache(maxsize=256)
def question_of(query: str) -> tuple[Question, OnShow]:
    """What *query* asks, without its question mark; InputError, in one sentence, where it is
    nothing.
    """
    values: dict[str, Any] = {}
    for key, value in keys_and_values(query, WHERE):
        if key not in (*KEYS, *SHOWN):
            raise sim.InputError(
                f"{WHERE}: found the key {key[:40]!r}, expected one of {', '.join((*KEYS, *SHOWN))}"
            )
        if key == "set":
            values[key] = (*values.get(key, ()), value)
        elif key in values:
            raise sim.InputError(f"{WHERE}: found {key} twice, expected it once")
        else:
            values[key] = value
    ends = {"replicates": (1, MOST_REPLICATES), "seed": (0, MOST_SEED), "draft": (1, MOST_DRAFTS)}
    for key, (low, high) in ends.items():
        if key in values:
            values[key] = whole(key, values[key], low, high)
    if "world" in values:
        values["world"] = whole("world", values["world"], 1, values.get("replicates", REPLICATES))
    draft, levels = (values.pop(key, None) for key in SHOWN)
    asked = Question(**values)
    return asked, OnShow(draft, None if levels is None else _levels(levels, asked.changed))


@functools.cache
def talks_on_offer() -> dict[str, str]:
    """The name of all talks that ship, with their titles."""
    return {name: title for name, title, _ in sim.available_talks()}


@functools.cache
def loaded(name: str) -> sim.Talks:
    """Talks that ship, as they ship."""
    return sim.load_talks(name)


def _talks_of(asked: Question) -> sim.Talks:
    """The talks with all that is *asked*. Only talks that ship can be named."""
    if asked.talks not in talks_on_offer():
        expected = ", ".join(talks_on_offer())
        raise sim.InputError(f"{WHERE}: talks is {asked.talks[:40]!r}, expected one of {expected}")
    talks, without = loaded(asked.talks), tuple(seat for seat in asked.without.split(",") if seat)
    for seat in without:
        if seat not in talks.seats:
            raise sim.InputError(
                f"{WHERE}: without is {seat[:40]!r}, expected seats of {asked.talks}, such as "
                f"{','.join(talks.seats[:2])}"
            )
    changed = talks.with_changes(_settings(asked.set), without, WHERE)
    seats = len(changed.seats)
    most = MOST_SEAT_DRAFTS // (seats * changed.deadline)
    if asked.replicates > most:
        raise sim.InputError(
            f"{WHERE}: found {asked.replicates} worlds (replicates), expected at most {most} here,"
            f" of talks with {seats} seats and {changed.deadline} drafts"
        )
    if changed.trades and asked.replicates > MOST_TRADED // seats:
        raise sim.InputError(
            f"{WHERE}: found {asked.replicates} worlds (replicates), expected at most "
            f"{MOST_TRADED // seats} here, where {seats} seats trade provisions"
        )
    return changed


def _settings(parts: tuple[str, ...]) -> dict[str, Any]:
    """NAME:VALUE as the settings of talks: numbers, and words as they are."""
    settings: dict[str, Any] = {}
    for part in parts:
        name, colon, value = part.partition(":")
        if not (name and colon and value) or len(part) > LONGEST_NAME:
            raise sim.InputError(f"{WHERE}: set is {part[:40]!r}, expected NAME:VALUE")
        if name in settings:
            raise sim.InputError(f"{WHERE}: found set of {name[:40]} twice, expected it once")
        try:
            settings[name] = float(value)
        except ValueError:
            settings[name] = value
    return settings


def _levels(text: str, talks: sim.Talks) -> tuple[float, ...]:
    """A level for each provision of *talks*, between that in force and that tabled."""
    parts = text.split(",")
    if len(parts) != len(talks.subjects):
        raise sim.InputError(
            f"{WHERE}: found {len(parts)} levels, expected {len(talks.subjects)}, one per provision"
        )
    levels = []
    for number, (part, subject) in enumerate(zip(parts, talks.subjects, strict=True), start=1):
        low, high = subject.in_force, max(subject.in_force, subject.tabled)
        try:
            level = float(part)
        except ValueError:
            level = float("nan")
        if not low <= level <= high:
            expected = (
                f"from {formats.setting(low)}, which is in force, to {formats.setting(high)}, which"
                " is tabled"
            )
            raise sim.InputError(
                f"{WHERE}: level {number} is {part[:40]!r}, expected a number {expected}"
            )
        levels.append(level)
    return tuple(levels)
