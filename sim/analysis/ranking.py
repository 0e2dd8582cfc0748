"""Which axes move an outcome most, by elementary effects: told apart from luck, and from one another, or not.

An axis is told apart from none where its interval lies above what luck alone would show, or where the mean of its
effects, of which luck cancels out, lies clearly off 0. Among those, the ones whose intervals overlap that of the first
share its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.analysis.plain import how_many, in_round_numbers
from sim.analysis.study import Column
from sim.analysis.words import INTERVAL, amount, badge, between, level, lower_first, upper_first
from sim.number_formats import NO_BREAK, listing

MOST_NAMED = 4  # in the first sentence
CLEARLY = 1.5  # times half of its interval that a mean lies off 0: of many axes one in twenty would lie beyond half


class Move(NamedTuple):
    """How far an axis, here by its *label*, moves an outcome through its range: the mean *size* of its effects, and
    their *mean*, with half of the interval of each.
    """

    label: str
    size: float
    half: float
    mean: float
    half_of_mean: float

    @property
    def low(self) -> float:
        """The lower end of the interval of its size."""
        return self.size - self.half

    @property
    def high(self) -> float:
        """The upper end."""
        return self.size + self.half

    def way(self, column: Column) -> str:
        """Whether there is more or less of *column* at the upper end of its range, where that can be told."""
        less = "fewer" if column.is_counted or column.unit == "stakeholders" else "less"
        if abs(self.mean) <= self.half_of_mean:
            return f"{less} or more"
        return "more" if self.mean > 0 else less


def told_apart(moves: Sequence[Move], floor: float) -> list[Move]:
    """Those of *moves* that luck alone, which shows effects of the size *floor*, does not make, the largest first."""
    clear = (move for move in moves if move.low > floor or abs(move.mean) > CLEARLY * move.half_of_mean)
    return sorted(clear, key=lambda move: -move.size)


def first_of(clear: Sequence[Move]) -> list[Move]:
    """Those of *clear*, the largest first, that cannot be told to matter less than the first."""
    return [move for move in clear if move.high >= clear[0].low]


def ranking_sentence(column: Column, moves: Sequence[Move], floor: float, row: Mapping[str, Any]) -> str:
    """Which of *moves* matter most for *column*, in round numbers, then in exact ones; *row*: how high it is over all
    points, in the table of outcomes.
    """
    clear, what, name = told_apart(moves, floor), how_many(column), lower_first(column.words)
    own = f"{upper_first(name)} is {level(row['mean'], column)} on average"
    average = f"{own}, and {between(row['p5'], row['p95'], column)} under nine in ten of the settings tried."
    if not clear:
        return f"None of {len(moves)} dials clearly moves {what}. {average} {badge(column)}"
    first, others = first_of(clear), [move for move in moves if move not in clear]
    named = [
        f"{move.label} ({in_round_numbers(move.size, column)}{NO_BREAK}{move.way(column)})" for move in first
    ]
    dials = "this dial" if len(named) == 1 else "these dials"
    plain = f"{upper_first(what)} depends most on {dials}: {listing(named, MOST_NAMED, 'and')}."
    sizes = [
        f"{move.label} {amount(move.size, column)} ({INTERVAL} {between(move.low, move.high, column)})"
        for move in clear
    ]
    exact = f"From one end of its range to the other, each of these moves {name} by so much: {'; '.join(sizes)}."
    which = f" Which of the first {len(first)} moves it most cannot be told." if len(first) > 1 else ""
    rest = (
        f" {len(others)} of {len(moves)} dials cannot be told apart from none, of which luck alone shows "
        f"{amount(floor, column)}: {'; '.join(move.label for move in others)}."
        if others
        else ""
    )
    return f"{plain} {exact}{which}{rest} {average} {badge(column)}"
