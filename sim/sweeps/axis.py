"""The axes of a sweep: what differs from point to point, each a list of values or a range.

sanctions = [0, 0.5, 1]                             a list
monitoring = { from = 0, to = 1 }                   a range
monitoring = { from = 0, to = 1, steps = 5 }        a range that a grid takes in so many steps, both
                                                    ends included
temptation = "plausible"                            the plausible range of an uncertainty; "legal"
                                                    is all it may be
temptation = { range = "plausible", steps = 5 }
ambition = { from = 0.2, to = 1 }                   the ambition of all provisions of the text, at
                                                    once
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.dials.dial import Dial, Lever
from sim.reading import Section, as_list, check_whole, literal

DIAL, SCENARIO, LENS, CHOICE, WEIGHTS = (
    "dial",
    "scenario",
    "lens",
    "choice",
    "weights",
)  # kinds of axes
PLAUSIBLE, LEGAL = "plausible", "legal"  # names of ranges
CHOOSE = "choose_"  # before the name of a choice, in the name of its column
AMBITION = "ambition"  # the axis that moves the ambition of all provisions at once
MOST_STEPS = 10_000
EXPECTED = (
    "a list of values, { from = LOW, to = HIGH } with or without steps = NUMBER, or one of the"
    ' ranges "plausible" and "legal"'
)


@dataclass(frozen=True)
class Axis:
    """One thing that differs from point to point, in the column *name*.

    kind: DIAL, SCENARIO, LENS, CHOICE (named CHOOSE and the choice) or WEIGHTS (the number of a
    draw, from 1 on). values: those of a list; empty for a range from *low* to *high*, which a grid
    takes in *steps* (0: none are said). whole: whether the values of a range are whole numbers.
    moves: the dials that it sets all to the same value, where they are others than the one of its
    name.
    """

    name: str
    kind: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    steps: int = 0
    whole: bool = False
    moves: tuple[str, ...] = ()

    @property
    def is_range(self) -> bool:
        """Whether it is a range, and not a list."""
        return not self.values

    @property
    def has_numbers(self) -> bool:
        """Whether its values are numbers, so that it has a direction."""
        return self.kind == DIAL

    def settings(self, value: Any) -> dict[str, Any]:
        """Dial -> its value, where this axis of dials has *value*."""
        return dict.fromkeys(self.moves or (self.name,), value)

    def grid(self) -> list[Any]:
        """Its values one by one: those of the list, or the steps of the range; the two ends where
        no steps are said.
        """
        if self.values:
            return list(self.values)
        evenly = np.linspace(self.low, self.high, self.steps or 2)
        return sorted(
            {float(round(value)) if self.whole else float(round(value, 12)) for value in evenly}
        )

    def at(self, shares: NDArray[np.float64]) -> list[Any]:
        """Its values at *shares* of the way from its low to its high end, in [0, 1]; of a list,
        each value takes an equal part of the way, and so does each whole number.
        """
        if self.values:
            places = np.minimum((shares * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[place] for place in places]
        if self.whole:
            number = self.high - self.low + 1
            return list((self.low + np.minimum(np.floor(shares * number), number - 1)).tolist())
        return list((self.low + shares * (self.high - self.low)).tolist())

    def as_json(self) -> dict[str, Any]:
        """What a manifest says of it."""
        how = {"values": list(self.values)} if self.values else {"from": self.low, "to": self.high}
        steps = {"steps": self.steps} if self.steps else {}
        moves = {"moves": list(self.moves)} if self.moves else {}
        return {"name": self.name, "kind": self.kind, **how, **steps, **moves}


def dial_axis(section: Section, dial: Dial) -> Axis:
    """The axis that *section* gives *dial* under its name; InputError where it is none, or leaves
    the dial's range.
    """
    value = section.values[dial.name]
    if isinstance(value, str):
        return _range(section, dial, *named_range(section, dial, value), steps=0)
    if isinstance(value, Mapping):
        return _range_of_table(
            section, dial, Section(value, section.file, f"{section.name}.{dial.name}")
        )
    if not isinstance(value, (list, tuple)):
        raise section.wrong(dial.name, EXPECTED)
    numbers = [dial.check(each, section.where) for each in value]
    if not numbers or len(set(numbers)) < len(numbers):
        raise section.wrong(dial.name, f"{EXPECTED}; a list of different values")
    return Axis(dial.name, DIAL, values=tuple(numbers))


def named_range(section: Section, dial: Dial, name: Any) -> tuple[float, float]:
    """The range of *dial* that is called *name*: PLAUSIBLE or LEGAL."""
    if name == LEGAL:
        return dial.between
    if name != PLAUSIBLE:
        raise section.wrong(dial.name, EXPECTED)
    if dial.plausible is None:
        raise section.wrong(
            dial.name,
            f"a range of its own, as {dial.name} is {_article(dial)} without a plausible one",
        )
    return dial.plausible


def _article(dial: Dial) -> str:
    words = {"lever": "a lever", "fitted": "a fitted weight", "resolution": "a resolution"}
    return words.get(dial.role, "an uncertainty")


def _range_of_table(section: Section, dial: Dial, table: Section) -> Axis:
    table.only(("from", "to", "range", "steps"))
    steps = table.whole("steps", 2, MOST_STEPS, 0)
    if "range" in table:
        if "from" in table or "to" in table:
            raise section.wrong(dial.name, "either range or from and to")
        section_of_name = Section({dial.name: table.values["range"]}, section.file, section.name)
        return _range(
            section, dial, *named_range(section_of_name, dial, table.values["range"]), steps=steps
        )
    for end in ("from", "to"):
        if end not in table:
            raise section.wrong(dial.name, EXPECTED)
    low, high = (dial.check(table.values[end], table.where) for end in ("from", "to"))
    return _range(section, dial, low, high, steps)


def _range(section: Section, dial: Dial, low: float, high: float, steps: int) -> Axis:
    if not low < high:
        raise section.wrong(dial.name, "a range whose from lies below its to")
    return Axis(dial.name, DIAL, low=float(low), high=float(high), steps=steps, whole=dial.whole)


def ambition_axis(section: Section, dials: Mapping[str, Dial]) -> Axis:
    """The axis of AMBITION in *section*: one value for the ambition of every provision among
    *dials*.
    """
    moves = {name: dial for name, dial in dials.items() if name.startswith(f"{AMBITION}_")}
    if not moves:
        raise section.wrong(AMBITION, "no such axis, as the text has no provisions")
    first = next(iter(moves.values()))
    of_all = Lever(first.default, first.between, first.unit, "how ambitious all provisions are")
    of_all.name = AMBITION
    return replace(dial_axis(section, of_all), moves=tuple(moves))


def list_axis(section: Section, key: str, name: str, kind: str, readings: Iterable[Any]) -> Axis:
    """The axis of the list under *key* with the values *readings*; InputError where it has fewer
    than one, or the same twice.
    """
    values = tuple(readings)
    if not values or len(set(values)) < len(values):
        raise section.wrong(key, "a list of different values")
    return Axis(name, kind, values=values)


def draws_axis(section: Section, key: str, most_draws: int) -> Axis:
    """The axis of `weights = "20 draws"`: the first so many of the *most_draws* draws of the
    weights.
    """
    text = section.text(key)
    number, _, word = text.partition(" ")
    if word not in ("draws", "draw") or not number.isdecimal():
        raise section.wrong(
            key, f'a number of draws of the weights, such as "20 draws", at most {most_draws}'
        )
    most = check_whole(
        int(number[:9]), 1, most_draws, f"{section.where}: {key}, the number of draws"
    )
    return Axis(key, WEIGHTS, values=tuple(range(1, most + 1)))


def values_in_list(section: Section, key: str) -> Sequence[Any]:
    """The list under *key*."""
    value = section.values[key]
    return as_list(
        [value] if isinstance(value, str) else value,
        f"{section.where}: {key}",
        f"values, not {literal(value)}",
    )
