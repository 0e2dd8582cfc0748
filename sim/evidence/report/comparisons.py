"""Parley beside another model: both scores, how far they differ, and who does better.

A rival is a baseline that learns from more than one figure. To do better than the trivial ones
proves nothing, so that they are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.evidence.report.words import model_name
from sim.evidence.scores import HEADLINE_SPLIT, OF_PARLEY, OURS, SMALL_IS_GOOD, TRIVIAL
from sim.number_formats import difference, difference_interval

Record = Mapping[str, Any]

SPLIT_WORDS = {
    "leave_one_region_out": "one sub-region left out",
    "leave_one_continent_out": "one continent left out",
    "ten_fold": "a tenth left out",
}
SCORE_WORDS = {"auc": "AUC", "brier": "Brier score"}


class Comparison(NamedTuple):
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


def verdict(comparison: Comparison) -> str:
    """Who does better, and whether clearly."""
    if comparison.value == 0:
        return "neither does better"
    who = "Parley" if comparison.better else model_name(comparison.model)
    return f"{who} does better, {'clearly' if comparison.clear else 'not clearly'}"


def beside(comparison: Comparison) -> str:
    """Parley's score less the other model's, and who does better."""
    return f"Parley less it is {gap_words(comparison)}: {verdict(comparison)}."


def gap_words(each: Comparison) -> str:
    """Parley's score less the other's, with the interval."""
    return (
        f"{difference(each.value, 3)} (90 % interval {difference_interval(each.low, each.high, 3)})"
    )


def worse_or_better(comparison: Comparison) -> str:
    """How the other model does, and whether clearly."""
    if comparison.value == 0:
        return "the same"
    return (
        f"{'worse' if comparison.better else 'better'},"
        f" {'clearly' if comparison.clear else 'not clearly'}"
    )
