"""Thirty other instruments: who is said to join texts of families that the fit has never seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

from sim.evidence.report import rendering
from sim.evidence.report.document import Section
from sim.evidence.texts.backtest import CAMPS, MOVED_BY, OURS, PARIS
from sim.motives import MOTIVES
from sim.motives.motive import OF_A_TEXT
from sim.number_formats import decimal

Record = Mapping[str, Any]

CAMP_WORDS = {"open": "open texts", "between": "texts between", "closed": "state-led texts"}


class EffectVerdict(StrEnum):
    """Whether what a text does is told from nothing: whatever family is left out, with all families
    only, or not at all.
    """

    CLEAR = "clear"
    ONE_FAMILY = "one_family"
    UNCLEAR = "unclear"


def best_baseline(part: Record) -> str:
    """The name of the model without Parley with the best mean AUC over instruments."""
    others = [name for name in part["means"] if name not in (OURS, PARIS)]
    return max(others, key=lambda name: part["means"][name]["instruments"])


def in_order(part: Record) -> list[Record]:
    """The instruments by camp, and within one by AUC, the best first, each with its `name`."""
    rows = [{"name": name, **each} for name, each in part["instruments"].items()]
    return sorted(rows, key=lambda each: (CAMPS.index(each["camp"]), -each["auc"]))


def effects(part: Record) -> Iterator[dict[str, Any]]:
    """For each effect of a text, by the motives whose `weights` say how much, whether it is told
    from 0, and for each that is the `family` on which it `rests_on` most: without it the weight
    changes most.
    """
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
        yield {
            "name": name,
            "verdict": EffectVerdict.CLEAR if sure else verdict,
            "weights": motives,
            "rests_on": [_mainstay(motive, weight) for motive, weight in clear.items()],
        }


def _mainstay(motive: str, weight: Record) -> dict[str, Any]:
    without = weight["without"]
    family = max(without, key=lambda name: abs(without[name] - weight["value"]))
    return {"motive": motive, "family": family, "without": without[family]}


def section(part: Record, source: str) -> Section:
    """All on other instruments, the *part* of a record: sentences, the figure with its numbers,
    text effects, and models.
    """
    best, every = best_baseline(part), part["instruments"].values()
    united = [each["union_as_one"] for each in every if each["union_as_one"] is not None]
    return rendering.section(
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
        tenths=partial(decimal, places=1),
        hundredths=partial(decimal, places=2),
    )


def document(part: Record, source: str) -> Section:
    """The section alone, as `parley backtest --instruments` prints it."""
    return Section("Parley on instruments that it has not seen", section(part, source))
