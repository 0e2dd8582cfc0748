"""The record of evidence in short, for readers without statistics: three answers, a sentence for
each question, the finding of each figure, and every state beside what was foreseen of it.

Every number and every direction is read from the record, so that a record that says otherwise gives
other sentences; these stand in the template `summary`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose
from typing import Any, NamedTuple

import numpy as np

from sim import facts
from sim.evidence.comparisons import (
    SCORE_WORDS,
    Comparison,
    Standing,
    best_rival,
    with_rivals,
)
from sim.evidence.report import dates, rendering
from sim.evidence.report.conduct import support
from sim.evidence.report.document import Figure
from sim.evidence.report.instruments import best_baseline
from sim.evidence.report.states import is_within_luck, largest_misses, variants
from sim.evidence.report.transfer import unseen
from sim.evidence.report.weights import BAR, contagion_on_record, too_rarely
from sim.evidence.scores import HEADLINE_SPLIT, HIGH, LOW, OURS, WIDE, resamples
from sim.evidence.texts.backtest import OURS as OURS_ON_TEXTS
from sim.evidence.texts.backtest import PARIS
from sim.kinds_and_statuses import KIND_WORDS

Record = Mapping[str, Any]

EVEN = 0.5  # share of worlds above which the model says that a state signs
PROMISE = 0.9  # share of counts that a range is to hold
FAR = 0.1  # of a count, by which the middle of a range misses it and has to say so
CALL_SIDE = "open"  # the camp of texts for which runs use the Call's own weights
# The model without Parley that learns from the Call, and not of the text.
TEXT_BLIND = "flat ridge of the Paris Call"
# Other codes where there is little room.
CODES = {"budapest": "Cybercrime Convention", "pall-mall-code-2025": "Pall Mall Code"}


class Contest(NamedTuple):
    """Pairs put right by Parley and by the best simple statistics, as shares, on one question."""

    question: str
    ours: float
    theirs: float


def contests(record: Record) -> list[Contest]:
    """States left out, with and without what was put in knowing who had signed; other texts; and
    other codes.
    """
    backtest, of_texts = record["backtest"], _on_texts(record["instruments"])
    best, (without_club, *_) = best_rival(backtest, "auc"), variants(backtest)
    club = next(each for each in without_club["best"] if each.score == "auc")
    means = (of_texts[whose]["instruments"] for whose in ("ours", "theirs"))
    return [
        Contest("states", best.ours, best.theirs),
        Contest("without hindsight", club.ours, club.theirs),
        Contest(f"{of_texts['of']} other texts", *means),
        *(
            Contest(
                CODES.get(each["name"]) or str(each["instrument"]),
                each["auc"],
                _best(each)["score"],
            )
            for each in unseen(record["transfer"])
        ),
    ]


def first_figure(record: Record) -> Figure:
    """What the figure of the first page is called and shows."""
    figure, *_ = rendering.blocks("summary", **values_of(record))
    assert isinstance(figure, Figure)
    return figure


def summary(record: Record) -> dict[str, Any]:
    """All of it, by its kind.

    `leads`: each a question, a number in large, what it counts, and a sentence. `answers` and
    `details`: a sentence and more of them, by the name of a part of the document, and for some
    parts a table in `tables`. `findings`: a sentence, by the name of a figure or of a panel.
    `states`: the name of each, the share of worlds in which it signs while its sub-region is left
    out (0 to 1), and whether it signed; and their `source`.
    """
    values = values_of(record)
    words = rendering.texts("summary", **values)
    _, *tables = rendering.blocks("summary", **values)
    parts: dict[str, dict[str, Any]] = {"lead": {}, "answer": {}, "details": {}, "finding": {}}
    for subject, sentences in words.items():
        kind, _, name = subject.partition(" ")
        if kind in parts:
            parts[kind][name] = sentences if kind in ("lead", "details") else sentences[0]
    names = facts.state_names()
    return {
        "leads": [
            dict(zip(("question", "number", "counts", "sentence"), lead, strict=True))
            for lead in parts["lead"].values()
        ],
        "answers": parts["answer"],
        "details": parts["details"],
        "tables": {
            part: table.as_json()
            for part, table in zip(("instruments", "elsewhere"), tables, strict=True)
        },
        "findings": parts["finding"],
        "states": [
            {"name": names[each["iso3"]], "share": each["share"], "signed": bool(each["signed"])}
            for each in record["backtest"]["states"]
        ],
        "source": words["source"][0],
    }


def values_of(record: Record) -> dict[str, Any]:
    """All values that the sentences need."""
    backtest, conclusions = record["backtest"], record["conclusions"]
    in_sample, recovery = record["in_sample"], record["recovery"]
    days = [_day(forecast) for forecast in backtest["time_split"].values()]
    worst_day = min(days, key=lambda day: min(each["inside"] for each in day["kinds"]) / day["of"])
    codes = [_code(each, record["instruments"]) for each in unseen(record["transfer"])]
    fitted = len(recovery["found"])
    return {
        **_on_states(record),
        **_beside_models(backtest),
        "without": {
            name: part["scores"][OURS]["auc"] for name, part in backtest["robustness"].items()
        },
        "worlds": backtest["worlds"]["a_fold"],
        "source": rendering.origin(record["manifest"]),
        "days": days,
        "worst_day": worst_day,
        "missed": _missed(worst_day),
        "curve_days": [day for day in days if day["nearer"] or day["fuller"]],
        "jump": dates.jump(backtest["time_split"]),
        "in_sample": {
            "of": sum(in_sample["of"].values()),
            "inside": sum(each[WIDE] for each in in_sample["inside"].values()),
        },
        "no_contagion": [
            kind
            for kind, of in contagion_on_record(record["calibration"]).items()
            if not of.is_shown
        ],
        "texts": _on_texts(record["instruments"]),
        "codes": codes,
        "beaten": sum(each["best"] > each["auc"] for each in codes),
        "control": backtest["negative_control"],
        "recovery_worlds": recovery["worlds"],
        "fitted": fitted,
        "again": fitted - len(too_rarely(recovery)),
        "open": len(record["calibration"]["not_pinned_down"]),
        "BAR": BAR,
        "conclusions": len(conclusions["conclusions"]),
        "assumptions": len(conclusions["assumptions"]),
        "support": support(conclusions),
    }


def _is_right(state: Record) -> bool:
    return bool((state["share"] > EVEN) == bool(state["signed"]))


def _on_states(record: Record) -> dict[str, Any]:
    """About how many states it is right, and between how many in 90 % of resamples of whole
    regions, the Union as one: the bootstrap behind every interval of the backtest, so that
    neighbours that sign alike do not make it narrow.
    """
    table, states, names = facts.states(), record["backtest"]["states"], facts.state_names()
    groups = [
        "EU" if table.at[each["iso3"], "eu"] else str(table.at[each["iso3"], "region"])
        for each in states
    ]
    right = np.array([_is_right(each) for each in states])
    shares = [right[places].mean() for places in resamples(groups, record["manifest"]["seed"])]
    low, high = np.percentile(shares, [LOW, HIGH]) * len(states)
    unexpected = [each for each in states if each["signed"] and not _is_right(each)]
    return {
        "states": len(states),
        "right": int(right.sum()),
        "right_low": low,
        "right_high": high,
        "stayed_out": sum(not each["signed"] for each in states),
        "unexpected": [
            {"name": names[each["iso3"]]}
            for each in sorted(unexpected, key=lambda one: one["share"])
        ],
        "misses": largest_misses(states),
    }


def _beside_models(backtest: Record) -> dict[str, Any]:
    """Parley beside the models that learn without a simulator, by each score and by either; and the
    groups of states by share: those outside what luck allows, and those at its very edge.
    """
    rivals = with_rivals(backtest, HEADLINE_SPLIT)
    groups = backtest["against_perfection"][HEADLINE_SPLIT]["calibration"]
    inside = [each for each in groups if is_within_luck(each)]
    return {
        "best": best_rival(backtest, "auc"),
        "closer": best_rival(backtest, "brier"),
        "by_score": {
            name: _apart([each for each in rivals if each.score == name]) for name in SCORE_WORDS
        },
        "apart": _apart(rivals),
        "groups": {
            "of": len(groups),
            "outside": [each for each in groups if each not in inside],
            "edge": [each for each in inside if _is_at_an_edge(each)],
        },
    }


def _apart(rivals: Sequence[Comparison]) -> dict[str, int]:
    """Of so many rivals, how many models are clearly `better` by some score, and `worse`."""

    def models(standing: Standing) -> int:
        return len({each.model for each in rivals if each.standing == standing})

    better, worse = models(Standing.CLEARLY_WORSE), models(Standing.CLEARLY_BETTER)
    return {"of": len(rivals), "better": better, "worse": worse}


def _is_at_an_edge(group: Mapping[str, float]) -> bool:
    """Whether what came lies on an end of the range of luck: one beyond which there is more, unlike
    none and all.
    """
    ends = (group["perfect_low"], group["perfect_high"])
    return any(0 < end < 1 and isclose(group["observed"], end) for end in ends)


def _day(forecast: Record) -> dict[str, Any]:
    """What was foreseen on a day of so many later dates, and the curves that do better: those that
    are `nearer` to a kind, and the `fuller`, each of which holds so many counts of some kinds.
    """
    curves = dates.beside_curves(forecast)
    fuller: dict[tuple[str, int], dict[str, Any]] = {}
    for each in curves:
        if each["holds_more"]:
            curve, inside = each["fullest"], each["inside"]
            new = {"curve": curve, "inside": inside, "kinds": [], "own_inside": []}
            of_curve = fuller.setdefault((curve, inside), new)
            of_curve["kinds"].append(each["kind"])
            of_curve["own_inside"].append(each["own_inside"])
    return {
        "known_by": forecast["known_by"],
        "of": forecast["of"],
        "kinds": [_kind_of_day(kind, forecast) for kind in KIND_WORDS],
        "nearer": [each for each in curves if each["is_nearer"]],
        "fuller": list(fuller.values()),
    }


def _kind_of_day(kind: str, forecast: Record) -> dict[str, Any]:
    """How many counts of a *kind* its range holds; the `middle` of the last one, and what the
    register has there; whether the middle `is_off` though the range holds nearly all counts, and so
    hides it.
    """
    inside = forecast["inside"][kind][WIDE]
    last = max(dates.rows_of(forecast["dates"], kind), key=lambda row: str(row["date"]))
    middle, registered = last[WIDE]["median"], last["registered"]
    is_off = abs(middle - registered) > FAR * registered and inside >= PROMISE * forecast["of"]
    return {
        "kind": kind,
        "inside": inside,
        "middle": middle,
        "registered": registered,
        "is_off": is_off,
    }


def _missed(day: Record) -> dict[str, Any] | None:
    """The `kinds` about whose numbers it was wrong most often on a *day*, so many times of all;
    None where the range of each holds enough counts.
    """
    of = day["of"]
    missed = [each for each in day["kinds"] if each["inside"] < PROMISE * of]
    if not missed:
        return None
    least = min(each["inside"] for each in missed)
    kinds = [each["kind"] for each in missed if each["inside"] == least]
    return {"kinds": kinds, "number": (of - least) * len(kinds), "of": of * len(kinds)}


def _on_texts(part: Record) -> dict[str, Any]:
    """Parley beside the best model without it on so many other texts: mean scores by camp, how many
    texts tell them apart, the one on which the other is furthest ahead, and the model that reads
    the Call and no text.
    """
    means, other, every = part["means"], best_baseline(part), part["instruments"].values()
    standings = [_standing(each["differences"][other]) for each in every]
    clear = [each for each in every if each["differences"][other]["high"] < 0]
    worst = min(clear, key=lambda each: each["differences"][other]["value"], default=None)
    return {
        "of": len(every),
        "open": sum(each["camp"] == CALL_SIDE for each in every),
        "ours": means[OURS_ON_TEXTS],
        "theirs": means[other],
        "paris": means[PARIS],
        "blind": means[TEXT_BLIND],
        "standing": _standing(part["differences"][other]),
        "ahead": standings.count(Standing.CLEARLY_BETTER),
        "behind": standings.count(Standing.CLEARLY_WORSE),
        "worst": worst and {**worst, "theirs": worst["baselines"][other]},
    }


def _standing(gap: Record) -> Standing:
    """Where Parley stands by a score of which larger is better, as the *gap* to another says."""
    return Comparison("", "auc", "", 0, 0, gap["value"], gap["low"], gap["high"]).standing


def _code(code: Record, part: Record) -> dict[str, Any]:
    """Parley on another *code* by the Call's weights, beside the best model without a simulator;
    memberships that were taken out of the facts for it; and the same by weights of other texts,
    where it is among them.
    """
    best, text = _best(code), part["instruments"].get(code["name"])
    other = best_baseline(part)
    return {
        "title": code["instrument"],
        "auc": code["auc"],
        "best": best["score"],
        "standing": _standing(best["difference"]),
        "without": code["without"] if code["refitted"] else (),
        "text": text
        and {
            "ours": text["auc"],
            "theirs": text["baselines"][other],
            "standing": _standing(text["differences"][other]),
        },
    }


def _best(code: Record) -> Record:
    """The pairs put right by the best model without a simulator: its score, and the difference."""
    scores: list[Record] = [scores["auc"] for scores in code["baselines"].values()]
    return max(scores, key=lambda each: each["score"])
