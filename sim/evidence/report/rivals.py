"""Where models without a simulator do as well or better, for readers without statistics: on other
texts, on other codes, and on how many come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.report.dates import BesideCurves, beside_curves
from sim.evidence.report.document import Table
from sim.evidence.report.instruments import best_baseline
from sim.evidence.report.transfer import unseen
from sim.evidence.report.words import joined, long_date, pairs
from sim.evidence.texts.backtest import OURS, PARIS
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import interval, mean

Record = Mapping[str, Any]

CALL_SIDE = "open"  # the camp of texts for which runs use the Call's own weights
# the model without Parley that learns from the Call, and not of the text
TEXT_BLIND = "flat ridge of the Paris Call"
FROM_TEXTS, FROM_CALL = "other texts", "the Paris Call"
HEADS = ("weights from", "Parley", "simple statistics")
MARKS = {"▲ ": "Parley clearly ahead", "▽ ": "Parley clearly behind"}  # before a score
MEMBERSHIPS = {
    "budapest_party": "the Budapest Convention",
    "freedom_online_coalition": "the Freedom Online Coalition",
}


def on_texts(part: Record) -> str:
    """How well states are ranked on other texts, and where another model is furthest ahead."""
    means, other = part["means"], best_baseline(part)
    return (
        f"On average over {len(part['instruments'])} other texts, each left out of the fit, Parley"
        f" puts {pairs(means[OURS]['instruments'])} of 100 pairs right (one state that joined, one"
        " that did not), simple statistics"
        f" {pairs(means[other]['instruments'])}.{_worst(part, other)} How many join, Parley does"
        " not foretell."
    )


def on_more_of_texts(part: Record) -> Iterator[str]:
    """Which weights runs use, and what simple statistics are."""
    yield (
        "Runs use the weights from the Paris Call for texts on its side, the open ones, and the"
        " weights from other texts for state-led ones."
    )
    yield (
        "Simple statistics are regressions without a simulator. Those from other texts read whose"
        " text it is, those from the Call do not: on state-led texts they put"
        f" {pairs(part['means'][TEXT_BLIND]['closed'])} of 100 pairs right."
    )


def table_of_weights(part: Record) -> Table:
    """The pairs put right over all texts and over those of the Call's side, by weights of other
    texts and of the Call.
    """
    means, texts = part["means"], part["instruments"].values()
    own_side = sum(each["camp"] == CALL_SIDE for each in texts)
    groups = {"instruments": f"all {len(texts)}", CALL_SIDE: f"the {own_side} open ones"}
    rows = [
        ("" if place else words, weights, pairs(means[ours][key]), pairs(means[theirs][key]))
        for key, words in groups.items()
        for place, (weights, ours, theirs) in enumerate(
            ((FROM_TEXTS, OURS, best_baseline(part)), (FROM_CALL, PARIS, TEXT_BLIND))
        )
    ]
    return Table(("texts", *HEADS), "llrr", rows, "Of 100 pairs, put right on average")


def finding_on_texts(part: Record) -> str:
    """The pairs put right, whether clearly more than by the best model without Parley, and on how
    many texts so.
    """
    means, other = part["means"], best_baseline(part)
    gaps = [each["differences"][other] for each in part["instruments"].values()]
    ahead, behind = sum(gap["low"] > 0 for gap in gaps), sum(gap["high"] < 0 for gap in gaps)
    gap, ours, theirs = (
        part["differences"][other],
        means[OURS]["instruments"],
        means[other]["instruments"],
    )
    verdict = (
        "clearly more"
        if gap["low"] > 0
        else "clearly fewer"
        if gap["high"] < 0
        else "not clearly more"
    )
    return (
        f"{pairs(ours)} of 100 pairs right, {verdict} than simple statistics ({pairs(theirs)})."
        f" Text by text, clearly ahead on {ahead} of {len(gaps)}, clearly behind on {behind}"
    )


def _worst(part: Record, other: str) -> str:
    """The text on which the *other* model is furthest ahead, where it is clearly ahead on any."""
    worst = _furthest_behind(part, other)
    if not worst:
        return ""
    low, high = (100 * worst["interval"][end] for end in ("low", "high"))
    return (
        f" On the {_name(worst)} Parley is clearly worse: {pairs(worst['auc'])} (90\u00a0% range "
        f"{interval(low, high)}) against {pairs(worst['baselines'][other])}."
    )


def _furthest_behind(part: Record, other: str) -> Record | None:
    """The text on which the *other* model is furthest ahead, of those on which it is clearly
    ahead.
    """
    clear = [
        each for each in part["instruments"].values() if each["differences"][other]["high"] < 0
    ]
    return min(clear, key=lambda each: each["differences"][other]["value"], default=None)


def _name(text: Record) -> str:
    return str(text["title"]).partition(" (")[0]


def on_curves(days: Mapping[str, Record]) -> str:
    """Where curves through the totals alone come nearer to later counts, or hold more of them in
    their range.
    """
    parts_of_days = [
        f"asked on {long_date(day)}, {'; '.join(parts)}"
        for day, forecast in days.items() if (parts := [*_nearer(forecast), *_fuller(forecast)])
    ]  # fmt: skip
    if not parts_of_days:
        return "No curve through the totals alone does better."
    return f"Curves through the totals alone do better in places: {'. And '.join(parts_of_days)}."


def _nearer(forecast: Record) -> Iterator[str]:
    for each in beside_curves(forecast):
        if each.is_nearer:
            yield (
                f"“{each.nearest}” is nearer to the {KIND_WORDS[each.kind]} ({mean(each.distance)}"
                f" off on average, Parley {mean(each.own_distance)})"
            )


def _fuller(forecast: Record) -> Iterator[str]:
    """A part for each curve and number of dates, of all kinds of which it holds so many."""
    by_curve: dict[tuple[str, int], list[BesideCurves]] = {}
    for each in beside_curves(forecast):
        if each.holds_more:
            by_curve.setdefault((each.fullest, each.inside), []).append(each)
    for (curve, inside), kinds in by_curve.items():
        counts, ours = (
            joined(KIND_WORDS[each.kind] for each in kinds),
            joined(str(each.own_inside) for each in kinds),
        )
        yield (
            f"“{curve}” has {inside} of {forecast['of']} counts of {counts} in its range, Parley"
            f" {ours}"
        )


def on_another_code(transfers: Sequence[Record], texts: Record) -> str:
    """How well states are ranked on other codes by the Call's weights, beside the best model
    without a simulator, and what the same have among the other *texts*.
    """
    own = unseen(transfers)
    beaten = [each for each in own if _best(each)["score"] > each["auc"]]
    ranked = joined(
        f"{pairs(each['auc'])} on the {each['instrument']} (simple statistics"
        f" {pairs(_best(each)['score'])})"
        for each in own
    )
    which = "each" if len(beaten) == len(own) else f"{len(beaten)} of these {len(own)}"
    return (
        f"With weights from the Paris Call, of 100 pairs Parley puts right {ranked}. Simple"
        f" statistics do better on {which}.{_with_other_weights(own, texts)}"
    )


def _with_other_weights(codes: Sequence[Record], texts: Record) -> str:
    scores = [pairs(each["auc"]) for each in _among(codes, texts)]
    return f" With weights from other texts Parley puts right {joined(scores)}." if scores else ""


def _among(codes: Sequence[Record], texts: Record) -> list[Record]:
    """The *codes* that are among the other *texts*, as these are scored there."""
    return [
        texts["instruments"][each["name"]] for each in codes if each["name"] in texts["instruments"]
    ]


def on_codes(transfers: Sequence[Record], texts: Record) -> Iterator[str]:
    """Why the same text has one number by the Call's weights and another among the other
    *texts*.
    """
    own = unseen(transfers)
    if _among(own, texts):
        yield (
            f"Weights from {FROM_TEXTS}: fitted to all texts but those of the same family, and"
            f" nobody follows another's signature. Weights from {FROM_CALL}: fitted to the Call"
            " alone, and the months after the launch are played through."
        )
        yield (
            "In each row simple statistics learn from what Parley learns from: two models, so two"
            " numbers. The model from other texts is the best over all texts, the one from the Call"
            " the best on that text."
        )
    for each in own:
        if each["refitted"]:
            names = joined(
                MEMBERSHIPS.get(column, column.replace("_", " ")) for column in each["without"]
            )
            yield (
                f"On the {each['instrument']} Parley is not told who belongs to {names}, which"
                " would give the answer away; the weights from the Call were fitted again without"
                " them."
            )


def table_of_codes(transfers: Sequence[Record], texts: Record) -> Table:
    """Each code that the model did not know of, by weights of the other *texts*, where it is among
    them, and of the Call.
    """
    other, rows = best_baseline(texts), []
    for code in unseen(transfers):
        best, text = _best(code), texts["instruments"].get(code["name"])
        scores = [(FROM_CALL, code["auc"], best["score"], best["difference"])]
        if text:
            scores.insert(
                0, (FROM_TEXTS, text["auc"], text["baselines"][other], text["differences"][other])
            )
        for place, (weights, ours, theirs, gap) in enumerate(scores):
            name = "" if place else code["instrument"]
            rows.append((name, weights, f"{_clearly(gap)}{pairs(ours)}", pairs(theirs)))
    marks = {
        sign: words
        for sign, words in MARKS.items()
        if any(sign in cell for row in rows for cell in row)
    }
    notes = tuple(f"{sign.strip()} {words}." for sign, words in marks.items())
    return Table(("text", *HEADS), "llrr", rows, "Of 100 pairs, put right", notes)


def _clearly(gap: Record) -> str:
    """The mark where the range of Parley's score less the other's leaves out none."""
    ahead, behind = MARKS
    return ahead if gap["low"] > 0 else behind if gap["high"] < 0 else ""


def _best(code: Record) -> Record:
    """The pairs put right by the best model without a simulator: its score, and the difference."""
    scores: list[Record] = [scores["auc"] for scores in code["baselines"].values()]
    return max(scores, key=lambda each: each["score"])
