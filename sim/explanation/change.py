"""Feasible changes, each with what it yields in the simulated worlds, and ways: a kind of change in
ten rungs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.experiments.outcomes import Array
from sim.explanation.question import is_large, points_moved
from sim.explanation.resampling import Interval

RUNGS = 10  # tenths of the feasible range


@dataclass(frozen=True)
class Change:
    """The smallest change of its `family` that turns the decision, or the largest feasible one
    where none does.

    `what`: in words; `lever`: which one of the family, whatever its size; `size` in `unit`;
    `range_used`: the share of the feasible range, in [0, 1]. `value` (logits) and `chance` are
    those of the round with nothing else changed; `motives`: motive -> contribution before and
    after. `share_before` and `share_after`: the share of worlds signed by the date without the
    `change` and with it, the whole scenario simulated anew; `low` and `high`: the interval of the
    latter over resampled worlds; `gain_low` and `gain_high`: that of their difference, world by
    world. `of_weights`: that of `share_after` over other weights that the data leave possible,
    where it was looked for, and `gain_of_weights` that of the difference, each weight with and
    without the change. `change` is written as in a scenario file. None where there is nothing to
    change. `price`: who is lost with it, and `verdict`: whether it is enough, in words;
    `verdict_in_words`: the same at length, with how far it moves the share where that is hardly,
    and how much is asked where it falls short.

    `without_effect`: what was tried of a family of which there is no change to name, as it moves
    the share no more than luck does, or hardly; `share_after`, `low` and `high` are then of that.

    `basis`: of `share_after`, which a change of the text may have extrapolated; empty where there
    is none. `footing`: how well the weight on which it leans is known, in words; empty where
    nothing is to be said. `told_from_zero`: whether that weight is; `borne`: whether the record can
    bear it, as it is no extrapolation; without either no answer rests on the change. `turns`: as
    many worlds as are sought show the other decision, in nine of ten samples of them, and it is a
    large move, beyond luck; `once_reached`: it takes the matter up in few worlds, but more often
    than not signs in these; `moves`: it moves the share beyond luck; `first`: the share of samples
    in which it is the smallest change of those on which an answer may rest.
    """

    family: str
    what: str
    lever: str = ""
    turns: bool = False
    once_reached: bool = False
    moves: bool = False
    size: float | None = None
    unit: str = ""
    range_used: float | None = None
    value: float | None = None
    chance: float | None = None
    motives: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    note: str = ""
    change: Mapping[str, Any] | None = None
    share_before: float | None = None
    share_after: float | None = None
    low: float | None = None
    high: float | None = None
    gain_low: float | None = None
    gain_high: float | None = None
    basis: str = ""
    footing: str = ""
    told_from_zero: bool = True
    borne: bool = True
    first: float = 0.0
    of_weights: Interval | None = None
    gain_of_weights: Interval | None = None
    price: str = ""
    verdict: str = ""
    verdict_in_words: str = ""
    without_effect: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether an answer may rest on it."""
        return self.change is not None and self.told_from_zero and self.borne

    @property
    def is_large_move(self) -> bool:
        """Whether it moves the share of worlds far enough to matter."""
        if self.share_before is None or self.share_after is None:
            return False
        return bool(is_large(self.share_before, self.share_after))

    @property
    def points(self) -> float:
        """How far it moves the share of worlds, in the points between the percentages that people
        read.
        """
        before, after = self.share_before or 0.0, self.share_after or 0.0
        return float(points_moved(before, after)) / 100

    @property
    def in_short(self) -> str:
        """`what` without its size, which stands in brackets."""
        return self.what.partition(" (")[0]

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        return {
            "family": self.family,
            "what": self.what,
            "in_short": self.in_short,
            "lever": self.lever,
            "turns": self.turns,
            "once_reached": self.once_reached,
            "moves": self.moves,
            "first": self.first,
            "size": self.size,
            "unit": self.unit,
            "range_used": self.range_used,
            "value_after": self.value,
            "chance_after": self.chance,
            "moved": [
                {"motive": m, "before": before, "after": after}
                for m, (before, after) in self.motives.items()
            ],
            "note": self.note,
            "change": self.change,
            "share_before": self.share_before,
            "share_after": self.share_after,
            "low": self.low,
            "high": self.high,
            "gain_low": self.gain_low,
            "gain_high": self.gain_high,
            "basis": self.basis,
            "footing": self.footing,
            "told_from_zero": self.told_from_zero,
            "borne": self.borne,
            "price": self.price,
            "verdict": self.verdict,
            "verdict_in_words": self.verdict_in_words,
            "without_effect": self.without_effect,
            "of_weights": None if self.of_weights is None else list(self.of_weights),
            "gain_of_weights": None if self.gain_of_weights is None else list(self.gain_of_weights),
        }


@dataclass(frozen=True)
class Way:
    """A kind of change in *rungs* of growing size, the last being the largest feasible one.

    Each function takes the number of a rung, from 1 on: `change` returns its change,
    `contributions` those of the deciders under it [worlds, motives]. `turns` is a guess from the
    round that is explained alone. A change that is no *matter_of_degree* has nothing between two
    rungs.
    """

    rungs: int
    change: Callable[[int], Change]
    contributions: Callable[[int], Array]
    turns: Callable[[int], bool]
    matter_of_degree: bool = True

    @property
    def least_guess(self) -> int | None:
        """The smallest rung that is guessed to turn the decision, if every larger one is too; None
        where the last is not.
        """
        if not self.turns(self.rungs):
            return None
        low, high = 0, self.rungs
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.turns(middle) else (middle, high)
        return high
