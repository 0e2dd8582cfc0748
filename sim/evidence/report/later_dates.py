"""Dates that the model has not seen, in words: how many came after a day, and who."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from sim.evidence.report.words import by_kind, counted, day_written, holds, listed, model_name, span
from sim.parameters.attention import Attention
from sim.stakeholders import KIND_WORDS

LATER = "later"
BASE_RATE = "base rate"  # ranks nobody
JUMP = ("2019-10-17", "2019-11-12")  # the register's dates before and on the Call's first anniversary
TAIL = 1.645  # standard errors below which 5 % lie
WIDTH_WORDS = {
    "fitted": "under the fitted weights (the narrow interval)",
    "with_uncertainty": "with weights and gradient uncertain (the wide one)",
}


def of_later_dates(in_sample: Mapping[str, Any], days: Mapping[str, Any]) -> list[str]:
    """Which interval is which, and what nobody could have foreseen."""
    registered = {(row["kind"], row["date"]): row["registered"] for row in in_sample["dates"]}
    jump = listed(
        f"{KIND_WORDS[kind]} from {registered[kind, JUMP[0]]} to {registered[kind, JUMP[1]]}" for kind in KIND_WORDS
    )
    return [
        f"On {listed(map(day_written, days))} the weights were fitted to what was known by then, and the worlds begin "
        "with those who had signed. Totals add up, so that neighbouring dates stand or fall together.",
        "How steeply states' attention falls with lacking capacity, the gradient, is assumed with all of the register "
        "in view. A forecast may not know that: the gradient was chosen as the penalty was, by what was known. The "
        "rule itself was made knowing who came.",
        "The narrow interval holds 90 % of worlds under the weights as fitted; the wide one lets the weights vary too, "
        "as the bootstrap draws them, and the gradient, each as far as what was known makes it probable. In both a "
        "first anniversary that is still to come is anything between silent and as loud as the launch.",
        f"Between {day_written(JUMP[0])} and {day_written(JUMP[1])} the register went up at once: {jump}. That the "
        "forum would meet again was announced; how loud its anniversary would be, and that a backlog of names would "
        "probably be published with it, nobody could have foreseen.",
    ]


def of_a_day(told: Mapping[str, Any]) -> list[str]:
    """Who and how many came after the day that *told* is about."""
    day = day_written(told["known_by"])
    return [
        f"By {day}, {told['open']} states had not signed; {told['later']} of them came later.",
        *(_number(told, which) for which in WIDTH_WORDS),
        f"Who it would be: AUC {told['auc']['fitted']:.2f} under the fitted weights, "
        f"{told['auc']['with_uncertainty']:.2f} with both uncertain; {_against_chance(told)}.",
        rankings(told),
        f"Of {told['of']} later dates of each kind, the narrow interval holds {by_kind(told['inside'], 'fitted')}; the "
        f"wide one {by_kind(told['inside'], 'with_uncertainty')}.",
        _gradient(told["gradient"], told["gradients"]),
        *_outside(told),
        _widths(told["dates"]),
        *_curves(told),
    ]


def _gradient(chosen: float, probable: Sequence[Mapping[str, float]]) -> str:
    """The gradient that was chosen, and what was known of all."""
    below = list(accumulate(each["probability"] for each in probable))
    low, high = (probable[bisect(below, end)]["gradient"] for end in (0.05, 0.95))
    assumed = Attention.state_attention_gradient.default
    return (
        f"What was known was most probable under a gradient of {chosen:g} (at 0 everybody takes the matter up alike; "
        f"assumed elsewhere: {assumed:g}). With a probability of 90 % it lay between {low:g} and "
        f"{high:g}, where all from {probable[0]['gradient']:g} to {probable[-1]['gradient']:g} were held as probable "
        "before."
    )


def _number(told: Mapping[str, Any], which: str) -> str:
    interval = told["number"][which]
    if holds(interval, told["later"]):
        found = f"which holds the {told['later']} that came"
    else:
        found = f"too {'many' if interval['low'] > told['later'] else 'few'}: {told['later']} came"
    return f"Foreseen {WIDTH_WORDS[which]}: {span(interval)}, {found}."


def _against_chance(told: Mapping[str, Any]) -> str:
    """Whether a ranking can be told from chance by so few states."""
    later, others = told["later"], told["open"] - told["later"]
    sure = [auc - TAIL * standard_error(auc, later, others) > 0.5 for auc in told["auc"].values()]
    if all(sure):
        return f"{counted(later, 'state')} are enough to tell both from chance"
    return f"{counted(later, 'state')} cannot tell {'one of them' if any(sure) else 'them'} from chance"


def rankings(told: Mapping[str, Any]) -> str:
    """Whether a model without a simulator ranks those who came later better than the worlds do."""
    ours = told["auc"]["with_uncertainty"]
    others = {name: value for name, value in told["rankings"].items() if name != BASE_RATE}
    listing = listed(f"{model_name(name)} {value:.2f}" for name, value in others.items())
    better = [model_name(name) for name, value in others.items() if value > ours]
    verdict = f"{listed(better)} {'do' if len(better) > 1 else 'does'} better" if better else "none does better"
    return f"Models without a simulator, fitted to who had signed by then, have AUC {listing}: {verdict}."


def standard_error(auc: float, signatories: int, others: int) -> float:
    """That of an AUC (Hanley and McNeil 1982)."""
    pair, same = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (signatories - 1) * (pair - auc**2) + (others - 1) * (same - auc**2)
    return float((max(spread, 0.0) / (signatories * others)) ** 0.5)


def _outside(told: Mapping[str, Any]) -> list[str]:
    """Where the register leaves even the wide interval, and on which side."""
    found = []
    for kind, words in KIND_WORDS.items():
        rows = [row for row in told["dates"] if row["kind"] == kind]
        above = sum(row["registered"] > row["with_uncertainty"]["high"] for row in rows)
        below = sum(row["registered"] < row["with_uncertainty"]["low"] for row in rows)
        sides = [f"above it on {above}" if above else "", f"below it on {below}" if below else ""]
        if above or below:
            found.append(f"{words} lie {' and '.join(filter(None, sides))}")
    if not found:
        return []
    return [f"Where the wide interval fails: {'; '.join(found)} dates."]


def _widths(rows: Sequence[Mapping[str, Any]]) -> str:
    """How much the wide interval says at the last date: one that holds everything says nothing."""
    last = {row["kind"]: row for row in rows}
    told = listed(
        f"{row['with_uncertainty']['low']:.0f} to {row['with_uncertainty']['high']:.0f} {KIND_WORDS[kind]} "
        f"({row['registered']} came)"
        for kind, row in last.items()
    )
    return f"At the last date the wide interval is {told}."


def _curves(told: Mapping[str, Any]) -> list[str]:
    """Kind by kind, whether a curve through the totals alone comes nearer, or holds more dates, than the worlds."""
    nearer, fuller = [], []
    for kind, curves in told["curves"].items():
        happened = _happened(told, kind)
        medians = [row["with_uncertainty"]["median"] for row in told["dates"] if row["kind"] == kind]
        ours = _distance(medians, happened)
        distances = {name: _distance(curve["expected"], happened) for name, curve in curves.items()}
        best = min(distances, key=lambda name: distances[name])
        who = f"the curve {best} is nearer" if distances[best] < ours else "no curve is nearer"
        nearer.append(f"{KIND_WORDS[kind]}: {who} ({distances[best]:.1f} to Parley's {ours:.1f})")
        held = {name: _held(curve, happened) for name, curve in curves.items()}
        fullest, inside = max(held, key=lambda name: held[name]), told["inside"][kind]["with_uncertainty"]
        who = f"the curve {fullest} holds more" if held[fullest] > inside else "no curve holds more"
        fuller.append(f"{KIND_WORDS[kind]}: {who} ({held[fullest]} to Parley's {inside})")
    return [
        f"Beside curves that see totals alone, by mean distance from the register: {'; '.join(nearer)}.",
        f"By later dates within the 90 % interval: {'; '.join(fuller)}.",
    ]


def fuller_curves(told: Mapping[str, Any]) -> list[str]:
    """The kinds of which a curve holds more dates than the wide interval."""
    return [
        kind
        for kind, curves in told["curves"].items()
        if max(_held(curve, _happened(told, kind)) for curve in curves.values())
        > told["inside"][kind]["with_uncertainty"]
    ]


def _happened(told: Mapping[str, Any], kind: str) -> list[float]:
    return [row["registered"] for row in told["dates"] if row["kind"] == kind]


def _held(curve: Mapping[str, Sequence[float]], happened: Sequence[float]) -> int:
    ends = zip(curve["low"], happened, curve["high"], strict=True)
    return sum(low <= value <= high for low, value, high in ends)


def _distance(foreseen: Sequence[float], happened: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(foreseen, happened, strict=True)) / len(happened)
