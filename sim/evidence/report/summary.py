"""The record of evidence in short, for readers without statistics: three answers, a sentence for
each question, the finding of each figure, and every state beside what was foreseen of it.

Every number and every direction is read from the record, so that a record that says otherwise gives
other sentences; these stand in the template `summary`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

import numpy as np

from sim import facts
from sim.evidence.report import dates
from sim.evidence.report.comparisons import (
    SCORE_WORDS,
    Comparison,
    Standing,
    best_rival,
    with_rivals,
)
from sim.evidence.report.conduct import support
from sim.evidence.report.document import Figure, Table
from sim.evidence.report.instruments import best_baseline
from sim.evidence.report.rendering import origin, pairs, texts
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
FROM_TEXTS, FROM_CALL = "other texts", "the Paris Call"
HEADS = ("weights from", "Parley", "simple statistics")
# Other codes where there is little room.
CODES = {"budapest": "Cybercrime Convention", "pall-mall-code-2025": "Pall Mall Code"}
MARKS = {"▲ ": "Parley clearly ahead", "▽ ": "Parley clearly behind"}  # before a score


@dataclass(frozen=True)
class KindOfDay:
    """How many counts of a *kind* its range holds; the *middle* of the last one, and what the
    register has there; whether the middle *is_off* though the range holds nearly all counts, and so
    hides it.
    """

    kind: str
    inside: int
    middle: float
    registered: int
    is_off: bool


@dataclass(frozen=True)
class FullerCurve:
    """A *curve* whose range holds so many counts of each of these *kinds*, more than Parley's."""

    curve: str
    inside: int
    kinds: list[str]
    own_inside: list[int]


@dataclass(frozen=True)
class DayInShort:
    """What was foreseen on a day of so many later dates, and the curves that do better."""

    known_by: str
    of: int
    kinds: list[KindOfDay]
    nearer: list[dates.BesideCurves]
    fuller: list[FullerCurve]

    def missed(self) -> list[KindOfDay]:
        """The kinds of which the range holds too few counts."""
        return [each for each in self.kinds if each.inside < PROMISE * self.of]


@dataclass(frozen=True)
class Missed:
    """The *kinds* about whose numbers it was wrong most often: so many times of all."""

    kinds: list[str]
    number: int
    of: int


@dataclass(frozen=True)
class Worst:
    """The text on which another model is furthest ahead, and clearly: both scores, and the range of
    Parley's, of 100 pairs.
    """

    short_title: str
    ours: float
    low: float
    high: float
    theirs: float


@dataclass(frozen=True)
class Texts:
    """Parley beside the best model without it on so many other texts: mean scores, how many texts
    tell them apart, and the model that reads the Call and no text.
    """

    of: int
    ours: Record
    theirs: Record
    blind: Record
    standing: Standing
    ahead: int
    behind: int
    worst: Worst | None


@dataclass(frozen=True)
class Code:
    """Parley on another code by the Call's weights, beside the best model without a simulator;
    memberships that were taken out of the facts for it.
    """

    title: str
    auc: float
    best: float
    without: Sequence[str]


@dataclass(frozen=True)
class Groups:
    """Of so many groups of states, those outside what luck allows, and those at its very edge."""

    of: int
    outside: list[Record]
    edge: list[Record]


@dataclass(frozen=True)
class Apart:
    """Of so many rivals, how many are clearly better, and how many clearly worse."""

    of: int
    better: int
    worse: int


@dataclass(frozen=True)
class Contest:
    """Pairs put right by Parley and by the best simple statistics, as shares, on one question."""

    question: str
    ours: float
    theirs: float


def contests(record: Record) -> list[Contest]:
    """States left out, with and without what was put in knowing who had signed; other texts; and
    other codes.
    """
    backtest, of_texts = record["backtest"], _on_texts(record["instruments"])
    best, variant = best_rival(backtest, "auc"), next(variants(backtest))
    club = next(each for each in variant.best if each.score == "auc")
    return [
        Contest("states", best.ours, best.theirs),
        Contest("without hindsight", club.ours, club.theirs),
        Contest(
            f"{of_texts.of} other texts", *(_mean(of) for of in (of_texts.ours, of_texts.theirs))
        ),
        *(
            Contest(
                CODES.get(each["name"]) or str(each["instrument"]),
                each["auc"],
                _best(each)["score"],
            )
            for each in unseen(record["transfer"])
        ),
    ]


def _of_code(code: Record) -> Contest:
    title = CODES.get(code["name"]) or str(code["instrument"])
    return Contest(title, code["auc"], _best(code)["score"])


def _mean(of: Record) -> float:
    return float(of["instruments"])


def first_figure(record: Record) -> Figure:
    """What the figure of the first page is called and shows."""
    return Figure("first", texts("summary", **values_of(record))["figure first"])


def summary(record: Record) -> dict[str, Any]:
    """All of it, by its kind.

    `leads`: each a question, a number in large, what it counts, and a sentence. `answers` and
    `details`: a sentence and more of them, by the name of a part of the document, and for some
    parts a table in `tables`. `findings`: a sentence, by the name of a figure or of a panel.
    `states`: the name of each, the share of worlds in which it signs while its sub-region is left
    out (0 to 1), and whether it signed; and their `source`.
    """
    words = texts("summary", **values_of(record))
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
        "tables": {part: table.as_json() for part, table in _tables(record)},
        "findings": parts["finding"],
        "states": [
            {"name": names[each["iso3"]], "share": each["share"], "signed": bool(each["signed"])}
            for each in record["backtest"]["states"]
        ],
        "source": words["source"][0],
    }


def values_of(record: Record) -> dict[str, Any]:
    """All values that the sentences need."""
    backtest, conclusions, in_sample = (
        record["backtest"],
        record["conclusions"],
        record["in_sample"],
    )
    days = [_day(forecast) for forecast in backtest["time_split"].values()]
    worst_day = min(days, key=lambda day: min(each.inside for each in day.kinds) / day.of)
    fitted = len(record["recovery"]["found"])
    return {
        **_on_states(record),
        **_beside_models(backtest),
        "without": {
            name: part["scores"][OURS]["auc"] for name, part in backtest["robustness"].items()
        },
        "worlds": backtest["worlds"]["a_fold"],
        "source": origin(record["manifest"]),
        "days": days,
        "worst_day": worst_day,
        "missed": _missed(worst_day),
        "curve_days": [day for day in days if day.nearer or day.fuller],
        "jump": dates.jump(backtest["time_split"]),
        "in_sample": {
            "of": sum(in_sample["of"].values()),
            "inside": sum(each[WIDE] for each in in_sample["inside"].values()),
        },
        "contagion": list(KIND_WORDS),
        "no_contagion": [
            kind
            for kind, of in contagion_on_record(record["calibration"]).items()
            if not of.is_shown
        ],
        "texts": _on_texts(record["instruments"]),
        **_on_codes(record["transfer"], record["instruments"]),
        "control": backtest["negative_control"],
        "recovery_worlds": record["recovery"]["worlds"],
        "fitted": fitted,
        "again": fitted - len(too_rarely(record["recovery"])),
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
    unexpected = (each for each in states if each["signed"] and not _is_right(each))
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
    groups of states by share.
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
        "clearly_better": len(_models(rivals, Standing.CLEARLY_WORSE)),
        "clearly_worse": len(_models(rivals, Standing.CLEARLY_BETTER)),
        "groups": Groups(
            len(groups),
            [each for each in groups if each not in inside],
            [each for each in inside if _is_at_an_edge(each)],
        ),
    }


def _models(rivals: Sequence[Comparison], standing: Standing) -> set[str]:
    """The models beside which Parley stands so by some score."""
    return {each.model for each in rivals if each.standing == standing}


def _apart(rivals: Sequence[Comparison]) -> Apart:
    better, worse = (
        len(_models(rivals, standing))
        for standing in (Standing.CLEARLY_WORSE, Standing.CLEARLY_BETTER)
    )
    return Apart(len(rivals), better, worse)


def _is_at_an_edge(group: Mapping[str, float]) -> bool:
    """Whether what came lies on an end of the range of luck: one beyond which there is more, unlike
    none and all.
    """
    ends = (group["perfect_low"], group["perfect_high"])
    return any(0 < end < 1 and isclose(group["observed"], end) for end in ends)


def _day(forecast: Record) -> DayInShort:
    curves = dates.beside_curves(forecast)
    by_curve: dict[tuple[str, int], list[dates.BesideCurves]] = {}
    for each in curves:
        if each.holds_more:
            by_curve.setdefault((each.fullest, each.inside), []).append(each)
    return DayInShort(
        forecast["known_by"],
        forecast["of"],
        [_kind_of_day(kind, forecast) for kind in KIND_WORDS],
        [each for each in curves if each.is_nearer],
        [
            FullerCurve(curve, inside, [each.kind for each in of], [each.own_inside for each in of])
            for (curve, inside), of in by_curve.items()
        ],
    )


def _kind_of_day(kind: str, forecast: Record) -> KindOfDay:
    inside = forecast["inside"][kind][WIDE]
    last = max(dates.rows_of(forecast["dates"], kind), key=lambda row: str(row["date"]))
    middle, registered = last[WIDE]["median"], last["registered"]
    is_far = abs(middle - registered) > FAR * registered
    return KindOfDay(
        kind, inside, middle, registered, is_far and inside >= PROMISE * forecast["of"]
    )


def _missed(day: DayInShort) -> Missed | None:
    """The kinds of that *day* of which the range holds fewest counts, where it holds too few."""
    if not (missed := day.missed()):
        return None
    least = min(each.inside for each in missed)
    alike = [each.kind for each in missed if each.inside == least]
    return Missed(alike, (day.of - least) * len(alike), day.of * len(alike))


def _on_texts(part: Record) -> Texts:
    means, other = part["means"], best_baseline(part)
    standings = [_standing(each["differences"][other]) for each in part["instruments"].values()]
    clear = [
        each for each in part["instruments"].values() if each["differences"][other]["high"] < 0
    ]
    worst = min(clear, key=lambda each: each["differences"][other]["value"], default=None)
    return Texts(
        of=len(standings),
        ours=means[OURS_ON_TEXTS],
        theirs=means[other],
        blind=means[TEXT_BLIND],
        standing=_standing(part["differences"][other]),
        ahead=standings.count(Standing.CLEARLY_BETTER),
        behind=standings.count(Standing.CLEARLY_WORSE),
        worst=None if worst is None else _worst(worst, other),
    )


def _standing(gap: Record) -> Standing:
    """Where Parley stands by a score of which larger is better, as the *gap* to another says."""
    return Comparison("", "auc", "", 0, 0, gap["value"], gap["low"], gap["high"]).standing


def _worst(text: Record, other: str) -> Worst:
    low, high = (100 * text["interval"][end] for end in ("low", "high"))
    title = str(text["title"]).partition(" (")[0]
    return Worst(title, text["auc"], low, high, text["baselines"][other])


def _on_codes(transfers: Sequence[Record], texts_of_record: Record) -> dict[str, Any]:
    """How well states are ranked on other codes by the Call's weights, and what the same have
    among the other texts.
    """
    own, instruments = unseen(transfers), texts_of_record["instruments"]
    codes = [
        Code(
            each["instrument"],
            each["auc"],
            _best(each)["score"],
            each["without"] if each["refitted"] else (),
        )
        for each in own
    ]
    return {
        "codes": codes,
        "beaten": sum(each.best > each.auc for each in codes),
        "among_texts": [
            instruments[each["name"]]["auc"] for each in own if each["name"] in instruments
        ],
    }


def _best(code: Record) -> Record:
    """The pairs put right by the best model without a simulator: its score, and the difference."""
    scores: list[Record] = [scores["auc"] for scores in code["baselines"].values()]
    return max(scores, key=lambda each: each["score"])


def _tables(record: Record) -> Iterator[tuple[str, Table]]:
    yield "instruments", _table_of_weights(record["instruments"])
    yield "elsewhere", _table_of_codes(record["transfer"], record["instruments"])


def _table_of_weights(part: Record) -> Table:
    """The pairs put right over all texts and over those of the Call's side, by weights of other
    texts and of the Call.
    """
    means, every = part["means"], part["instruments"].values()
    own_side = sum(each["camp"] == CALL_SIDE for each in every)
    groups = {"instruments": f"all {len(every)}", CALL_SIDE: f"the {own_side} open ones"}
    rows = [
        ("" if place else words, weights, pairs(means[ours][key]), pairs(means[theirs][key]))
        for key, words in groups.items()
        for place, (weights, ours, theirs) in enumerate(
            ((FROM_TEXTS, OURS_ON_TEXTS, best_baseline(part)), (FROM_CALL, PARIS, TEXT_BLIND))
        )
    ]
    return Table(("texts", *HEADS), "llrr", rows, "Of 100 pairs, put right on average")


def _table_of_codes(transfers: Sequence[Record], part: Record) -> Table:
    """Each code that the model did not know of, by weights of the other texts, where it is among
    them, and of the Call.
    """
    other, rows = best_baseline(part), []
    standings = set()
    for code in unseen(transfers):
        best, text = _best(code), part["instruments"].get(code["name"])
        scores = [(FROM_CALL, code["auc"], best["score"], best["difference"])]
        if text:
            own = text["auc"], text["baselines"][other], text["differences"][other]
            scores.insert(0, (FROM_TEXTS, *own))
        for place, (weights, ours, theirs, gap) in enumerate(scores):
            name, mark = "" if place else code["instrument"], _mark(gap)
            standings.add(mark)
            rows.append((name, weights, f"{mark}{pairs(ours)}", pairs(theirs)))
    notes = tuple(f"{sign.strip()} {words}." for sign, words in MARKS.items() if sign in standings)
    return Table(("text", *HEADS), "llrr", rows, "Of 100 pairs, put right", notes)


def _mark(gap: Record) -> str:
    """The mark where the range of Parley's score less the other's leaves out none."""
    ahead, behind = MARKS
    return {Standing.CLEARLY_BETTER: ahead, Standing.CLEARLY_WORSE: behind}.get(_standing(gap), "")
