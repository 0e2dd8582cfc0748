"""Parley beside another model: both scores, how far they differ, and who does better.

A rival is a baseline that learns from more than one figure. To do better than the trivial ones
proves nothing, so that they are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sim.evidence.scores import HEADLINE_SPLIT, OF_PARLEY, OURS, SMALL_IS_GOOD, TRIVIAL

Record = Mapping[str, Any]

SPLIT_WORDS = {
    "leave_one_region_out": "one sub-region left out",
    "leave_one_continent_out": "one continent left out",
    "ten_fold": "a tenth left out",
}
SCORE_WORDS = {"auc": "AUC", "brier": "Brier score"}


class Standing(StrEnum):
    """How Parley does beside another model; clearly where the interval leaves no difference out."""

    CLEARLY_BETTER = "clearly_better"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    CLEARLY_WORSE = "clearly_worse"


@dataclass(frozen=True)
class Comparison:
    """Parley beside another *model* by one score, under one way of leaving out: both scores, and
    Parley's less the other with the ends of its interval.
    """

    split: str
    score: str
    model: str
    ours: float
    theirs: float
    value: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """Whether Parley does better."""
        return self.value != 0 and (self.value < 0) == (self.score in SMALL_IS_GOOD)

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves 0 out."""
        return self.low > 0 or self.high < 0

    @property
    def standing(self) -> Standing:
        """Who does better, and whether clearly."""
        if self.value == 0:
            return Standing.SAME
        if self.better:
            return Standing.CLEARLY_BETTER if self.clear else Standing.BETTER
        return Standing.CLEARLY_WORSE if self.clear else Standing.WORSE


def beside_each(scores: Record, differences: Record, split: str = "") -> Iterator[Comparison]:
    """Parley beside every other model, by AUC and by Brier score, from the *scores* of all models
    and from the *differences* of Parley's less each other's.
    """
    for model, gaps in differences.items():
        for name in SCORE_WORDS:
            gap = gaps[name]
            if gap["value"] is not None:
                interval = gap["value"], gap["low"], gap["high"]
                yield Comparison(
                    split, name, model, scores[OURS][name], scores[model][name], *interval
                )


def comparisons(backtest: Record) -> Iterator[Comparison]:
    """Parley beside every other model, under every way of leaving out."""
    for split in SPLIT_WORDS:
        yield from beside_each(backtest[split], backtest["differences"][split], split)


def is_rival(model: str) -> bool:
    """Whether it is worth something to do better than *model*: neither Parley in another form nor
    trivial.
    """
    return model not in (*OF_PARLEY, *TRIVIAL)


def with_rivals(backtest: Record, split: str = "", name: str = "") -> list[Comparison]:
    """The comparisons with rivals alone, of one *split* and score, if given."""
    return [
        each
        for each in comparisons(backtest)
        if is_rival(each.model) and split in ("", each.split) and name in ("", each.score)
    ]


def best_of(among: list[Comparison]) -> Comparison:
    """The comparison with the model that does best, *among* those by one score."""
    best = min if among[0].score in SMALL_IS_GOOD else max
    return best(among, key=lambda each: each.theirs)


def best_rival(backtest: Record, name: str) -> Comparison:
    """The rival that is best by the score *name*, of states whose sub-region was left out."""
    return best_of(with_rivals(backtest, HEADLINE_SPLIT, name))
