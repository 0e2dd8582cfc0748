"""Which axes move an outcome most, by elementary effects: told apart from luck, and from one
another, or not.

An axis is told apart from none where its interval lies above what luck alone would show, or where
the mean of its effects, of which luck cancels out, lies clearly off 0. Among those, the ones whose
intervals overlap that of the first share its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.analysis.axis_words import Rise
from sim.analysis.morris import Halves
from sim.analysis.plain import how_many, in_round_numbers, who_signs
from sim.analysis.study import Column
from sim.analysis.words import INTERVAL, amount, badge, between, level, lower_first, upper_first
from sim.experiments.intervals import Mean
from sim.number_formats import NO_BREAK, count, listing

MOST_NAMED = 4  # in the first sentence
NUMBERS: Mapping[int, str] = {
    2: "Two",
    3: "Three",
    4: "Four",
    5: "Five",
    6: "Six",
}  # that begin a sentence
# times half of its interval that a mean lies off 0: of many axes one in twenty would lie beyond
# half
CLEARLY = 1.5


# What is told apart in the first sentence: what a convenor or others could choose, and what is a
# guess.
GROUPS: Mapping[bool | None, str] = {
    True: "what can be decided",
    False: "what nobody has measured",
    None: "what is neither decided nor guessed",
}


class Decider(NamedTuple):
    """What decides whether there is more or less where a dial goes to its upper end: a dial called
    *label*, of the words *rises* where it has some; *more*: whether there is more where that one
    stands high; is_own: whether it is the dial itself, whose effect differs by where it begins.
    """

    label: str
    rises: Rise | None
    more: bool
    is_own: bool


class Move(NamedTuple):
    """How far an axis, here by its *label*, moves an outcome through its range: the mean *size* of
    its effects, and their *mean*, with half of the interval of each. rise: that it goes to its
    upper end, as a condition; rises: the same in words of its own, where it has some; decided:
    whether somebody could decide on it, as its words have it; decider: what decides which way it
    goes, where one dial does; halves: its mean effect where that one stands low and where it stands
    high, where both are known.
    """

    label: str
    size: float
    half: float
    mean: float
    half_of_mean: float
    rise: str = ""
    rises: Rise | None = None
    decided: bool | None = None
    decider: Decider | None = None
    halves: Halves | None = None

    @property
    def low(self) -> float:
        """The lower end of the interval of its size."""
        return self.size - self.half

    @property
    def high(self) -> float:
        """The upper end."""
        return self.size + self.half

    @property
    def is_either_way(self) -> bool:
        """Whether the other axes decide if there is more or less at the upper end of its range."""
        return abs(self.mean) <= self.half_of_mean

    def way(self, column: Column) -> str:
        """Whether there is more or less of *column* at the upper end of its range, where that can
        be told.
        """
        less = _less(column)
        if self.is_either_way:
            return f"more or {less}"
        return "more" if self.mean > 0 else less

    def sentence(self, column: Column) -> str:
        """What comes of *column* where it goes to its upper end: "if the campaign is far louder, 33
        more".
        """
        depends = f", {self._on_what(column)}" if self.is_either_way else ""
        return (
            f"{self.rise},"
            f" {in_round_numbers(self.size, column)}{NO_BREAK}{self.way(column)}{depends}"
        )

    def exactly(self, column: Column) -> str:
        """The same with intervals; of a dial that goes either way with what it does where its
        decider stands high, and where that one stands low.
        """
        size, ends = (
            f"{amount(self.size, column)} {self.way(column)}",
            between(self.low, self.high, column),
        )
        has_halves = self.is_either_way and self.halves is not None and self.decider is not None
        on_what = f", {self._on_what(column)}" if self.is_either_way and not has_halves else ""
        all_of_it = f"{self.label} {size}{on_what} ({INTERVAL} {ends})"
        if not has_halves or self.halves is None or self.decider is None:
            return all_of_it
        rises, label = self.decider.rises, self.decider.label
        high = rises.upper if rises else f"{label} is high"
        low = rises.opposite if rises and rises.opposite else f"{label} is low"
        lower, upper = self.halves
        return (
            f"{all_of_it}: {_in_half(upper, column)} where {high}, {_in_half(lower, column)} where"
            f" {low}"
        )

    def _on_what(self, column: Column) -> str:
        if self.decider is None:
            return "depending on the other dials"
        if self.decider.is_own:
            return f"{_least(column) if self.decider.more else 'most'} in between"
        return f"depending on {self.decider.label}"

    def either(self, column: Column, sign: str, alone: bool) -> str:
        """Of a dial that goes either way, on what that hangs, as a sentence; *sign*: what those who
        sign do; *alone*: whether the sentence before is about this dial alone.
        """
        rises, less = self.rises, _less(column)
        if rises is None:
            raise ValueError(f"{self.label} has no words for its ends")
        if self.decider is None:
            return (
                f"If {rises.upper}, more{sign} under some settings of the other dials, {less} under"
                " others."
            )
        if self.decider.is_own:
            middle, ends = (_least(column), "more") if self.decider.more else ("most", less)
            whose = f" {who_signs(column)}" if who_signs(column) else ""
            subject = "It" if alone else upper_first(rises.subject)
            return (
                f"{subject} brings {middle}{whose} halfway through its range, {ends} at either end."
            )
        if self.decider.rises is None:
            return f"If {rises.upper}, more or {less}{sign}, depending on {self.decider.label}."
        there, elsewhere = ("more", less) if self.decider.more else (less, "more")
        opposite = self.decider.rises.opposite
        rest = f"{elsewhere} where {opposite}" if opposite else f"otherwise {elsewhere}"
        return f"If {rises.upper}, {there}{sign} where {self.decider.rises.upper}, {rest}."


def _in_half(mean: Mean, column: Column) -> str:
    sign = 1 if mean.mean > 0 else -1
    low, high = sorted((sign * mean.low, sign * mean.high))
    ends = between(low, high, column)
    return f"{amount(abs(mean.mean), column)} {'more' if sign > 0 else _less(column)} ({ends})"


def _less(column: Column) -> str:
    return "fewer" if column.is_counted or column.unit == "stakeholders" else "less"


def _least(column: Column) -> str:
    return "fewest" if _less(column) == "fewer" else "least"


def told_apart(moves: Sequence[Move], floor: float) -> list[Move]:
    """Those of *moves* that luck alone, which shows effects of the size *floor*, does not make, the
    largest first.
    """
    clear = (
        move for move in moves if move.low > floor or abs(move.mean) > CLEARLY * move.half_of_mean
    )
    return sorted(clear, key=lambda move: -move.size)


def first_of(clear: Sequence[Move]) -> list[Move]:
    """Those of *clear*, the largest first, that cannot be told to matter less than the first."""
    return [move for move in clear if move.high >= clear[0].low]


def ranking_sentence(
    column: Column, moves: Sequence[Move], floor: float, row: Mapping[str, Any]
) -> str:
    """Which of *moves* matter most for *column*, in round numbers, then in exact ones; *row*: how
    high it is over all points, in the table of outcomes.
    """
    clear, what, name = told_apart(moves, floor), how_many(column), lower_first(column.words)
    own = f"{upper_first(name)} is {level(row['mean'], column)} on average"
    average = (
        f"{own}, and {between(row['p5'], row['p95'], column)} under nine in ten of the settings"
        " tried."
    )
    if not clear:
        return f"None of {len(moves)} dials clearly moves {what}. {average} {badge(column)}"
    first, others = first_of(clear), [move for move in moves if move not in clear]
    plain = _plain(first, what, column)
    sizes = "; ".join(move.exactly(column) for move in clear)
    exact = (
        f"From the lower end of its range to the upper one, each of these moves {name} by so much:"
        f" {sizes}."
    )
    which = (
        f" Which of the first {len(first)} moves it most cannot be told." if len(first) > 1 else ""
    )
    rest = (
        f" {len(others)} of {len(moves)} dials cannot be told apart from none, of which luck alone"
        f" shows {amount(floor, column)}: {'; '.join(move.label for move in others)}."
        if others
        else ""
    )
    return f"{plain} {exact}{which}{rest} {average} {badge(column)}"


def _plain(first: Sequence[Move], what: str, column: Column) -> str:
    """Which axes are the *first*, those to decide on before those that nobody has measured, and
    what each does.
    """
    named = first[:MOST_NAMED]
    groups = {
        words: [move for move in named if move.decided is decided]
        for decided, words in GROUPS.items()
    }
    has_groups = any(move.decided is not None for move in named)
    parts = [
        (f"of {words}, " if has_groups else "") + "; ".join(move.sentence(column) for move in moves)
        for words, moves in groups.items() if moves
    ]  # fmt: skip
    more = f"; and {len(first) - len(named)} more" if len(first) > len(named) else ""
    dials = f"{count(len(first))} dials" if len(first) > 1 else "one dial"
    return f"{upper_first(what)} depends most on {dials}: {'; '.join(parts)}{more}."


def headline(column: Column, moves: Sequence[Move], floor: float) -> tuple[str, str] | None:
    """The same in two short sentences without numbers: what matters most, the largest first, and at
    which ends there is more or less of *column*; None where nothing clearly moves it, or a dial
    that does has no words of its own.
    """
    clear = told_apart(moves, floor)
    rises = (
        [(move, move.rises) for move in first_of(clear)[:MOST_NAMED] if move.rises] if clear else []
    )
    if not clear or len(rises) < min(len(first_of(clear)), MOST_NAMED):
        return None
    subjects, whose, less = [rise.subject for _, rise in rises], who_signs(column), _less(column)
    signatories = f" {whose}" if whose else ""
    sign = " sign" if whose else ""
    ways: list[str] = []
    for way in (less, "more"):
        if ends := [rise.upper for move, rise in rises if move.way(column) == way]:
            ways.append(
                f"{way}{'' if ways else signatories}{sign} if {listing(ends, last='or if')}"
            )
    sentences = [f"{upper_first('; '.join(ways))}."] if ways else []
    either = (move for move, _ in rises if move.is_either_way)
    sentences += [
        move.either(column, sign if ways else signatories + sign, len(rises) == 1)
        for move in either
    ]
    if (number := len(first_of(clear))) == 1:
        return f"{upper_first(subjects[0])} matters most for {how_many(column)}.", " ".join(
            sentences
        )
    named = "" if number == len(subjects) else "among them "
    first = (
        f"{NUMBERS.get(number, count(number))} dials matter most for {how_many(column)}, none"
        " clearly ahead"
    )
    return f"{first}: {named}{listing(subjects)}.", " ".join(sentences)
