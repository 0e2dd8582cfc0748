"""Thirty other instruments: who is said to join texts of families that the fit has never seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from sim.evidence.report.document import Figure, Paragraph, Section, Sentences, Table
from sim.evidence.report.rendering import capital, model_name, score, texts
from sim.evidence.texts.backtest import CAMPS, MOVED_BY, OURS, PARIS
from sim.motives import MOTIVES
from sim.motives.motive import OF_A_TEXT
from sim.number_formats import decimal, interval

Record = Mapping[str, Any]

BASIS = "fitted to other instruments"
# By our coding; and the same in a table, in one word.
CAMP_WORDS = {"open": "open texts", "between": "texts between", "closed": "state-led texts"}
SIDE_WORDS = {"open": "open", "between": "between", "closed": "state-led"}
PART, PANEL = "instruments", "instruments-auc"
TENTHS, HUNDREDTHS = partial(decimal, places=1), partial(decimal, places=2)


class EffectVerdict(StrEnum):
    """Whether what a text does is told from nothing: whatever family is left out, with all families
    only, or not at all.
    """

    CLEAR = "clear"
    ONE_FAMILY = "one_family"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Mainstay:
    """The *family* without which the weight of a *motive* changes most, and what it is *without*
    it.
    """

    motive: str
    family: str
    without: float


@dataclass(frozen=True)
class Effect:
    """What a text does, by the motives whose *weights* say how much."""

    name: str
    verdict: EffectVerdict
    weights: list[str]
    rests_on: list[Mainstay]


def best_baseline(part: Record) -> str:
    """The name of the model without Parley with the best mean AUC over instruments."""
    others = [name for name in part["means"] if name not in (OURS, PARIS)]
    return max(others, key=lambda name: part["means"][name]["instruments"])


def in_order(part: Record) -> list[Record]:
    """The instruments by camp, and within one by AUC, the best first, each with its `name`."""
    rows = [{"name": name, **each} for name, each in part["instruments"].items()]
    return sorted(rows, key=lambda each: (CAMPS.index(each["camp"]), -each["auc"]))


def effects(part: Record) -> Iterator[Effect]:
    """For each effect of a text whether it is told from 0, and on which family it rests most."""
    for name in OF_A_TEXT:
        motives = [
            motive
            for motive, of in MOTIVES.items()
            if of.of_text == name and f"state_{motive}" in part["weights"]
        ]
        weights = {motive: part["weights"][f"state_{motive}"] for motive in motives}
        clear = {motive: weight for motive, weight in weights.items() if weight["low"] > 0}
        sure = any(min(weight["without"].values()) > 0 for weight in clear.values())
        verdict = EffectVerdict.ONE_FAMILY if clear else EffectVerdict.UNCLEAR
        rests_on = [_mainstay(motive, weight) for motive, weight in clear.items()]
        yield Effect(name, EffectVerdict.CLEAR if sure else verdict, motives, rests_on)


def _mainstay(motive: str, weight: Record) -> Mainstay:
    family = max(weight["without"], key=lambda name: abs(weight["without"][name] - weight["value"]))
    return Mainstay(motive, family, weight["without"][family])


def section(record: Record, source: str) -> Section:
    """All on other instruments: sentences, the figure with its numbers, text effects, and
    models.
    """
    part, best = record[PART], best_baseline(record[PART])
    every = part["instruments"].values()
    united = [each["union_as_one"] for each in every if each["union_as_one"] is not None]
    words = texts(
        "instruments",
        part=part,
        ours=part["means"][OURS],
        paris=part["means"][PARIS],
        best=best,
        difference=part["differences"][best],
        families=len({each["family"] for each in every}),
        least=min(every, key=lambda each: each["auc"]),
        union_as_one=sum(united) / len(united),
        rows=in_order(part),
        effects=list(effects(part)),
        source=source,
        CAMPS=CAMP_WORDS,
        MOVED_BY=MOVED_BY,
        tenths=TENTHS,
        hundredths=HUNDREDTHS,
    )
    return Section(
        "Other texts",
        Sentences(PART, words["instruments"]),
        Figure(PART, words["figure instruments"], _scores(part, *words["notes instruments"])),
        _models(part, *words["notes models"]),
        Section("The largest misses", Sentences("", words["misses"]), folded=True),
        Section(
            "What in a text tells, and what pins it down", Sentences("effects", words["effects"])
        ),
        *map(Paragraph, words["coding"]),
        name=PART,
        basis=BASIS,
    )


def document(part: Record, source: str) -> Section:
    """The section alone, as `parley backtest --instruments` prints it."""
    return Section("Parley on instruments that it has not seen", section({PART: part}, source))


def _scores(part: Record, *notes: str) -> Table:
    """A row for each instrument: who joined, and how well that was told."""
    best = best_baseline(part)
    rows = [
        (
            each["title"],
            each["kind"],
            SIDE_WORDS[each["camp"]],
            f"{each['joined']}",
            f"{each['n']}",
            score(each["auc"]),
            interval(each["interval"]["low"], each["interval"]["high"], HUNDREDTHS),
            score(each["baselines"][best]),
            score(each["brier"]),
        )
        for each in in_order(part)
    ]
    columns = (
        "instrument",
        "kind",
        "text",
        "joined",
        "at risk",
        "AUC",
        "90 %",
        f"AUC of {best}",
        "Brier score",
    )
    return Table(
        columns, "lllrrrrrr", rows, "Instrument by instrument", notes, name=PANEL, technical=True
    )


def _models(part: Record, *notes: str) -> Table:
    rows = [
        (
            capital(model_name(name)),
            *(score(means[key]) for key in ("instruments", "families", *CAMPS, "least")),
        )
        for name, means in part["means"].items()
    ]
    columns = ("model", "over instruments", "over families", *CAMP_WORDS.values(), "worst text")
    return Table(columns, "lrrrrrr", rows, "Mean AUC of each model", notes)
