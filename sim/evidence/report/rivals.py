"""Where models without a simulator do as well or better, for readers without statistics: on other texts, on other
codes, and on how many come later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.report.dates import BesideCurves, beside_curves
from sim.evidence.report.instruments import best_baseline
from sim.evidence.report.transfer import unseen
from sim.evidence.report.words import joined, long_date, model_name, pairs, quantity
from sim.evidence.texts.backtest import OURS, PARIS
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import interval, mean

Record = Mapping[str, Any]

CALL_SIDE = "open"  # the camp of texts for which runs use the Call's own weights
MEMBERSHIPS = {"budapest_party": "the Budapest Convention", "freedom_online_coalition": "the Freedom Online Coalition"}


def on_texts(part: Record) -> str:
    """How well states are ranked on other texts, and where another model is furthest ahead."""
    means, other = part["means"], best_baseline(part)
    return (
        f"On {len(part['instruments'])} other texts, left out of the fit, it tells which of two states joined in "
        f"{pairs(means[OURS]['instruments'])} of 100 pairs, a model that knows no theory in "
        f"{pairs(means[other]['instruments'])}.{_worst(part, other)} It does not foretell how many join."
    )


def on_more_of_texts(part: Record) -> Iterator[str]:
    """How well the weights rank that runs use, and between what the text lies on which another model is furthest ahead.
    """
    of_call, worst = part["means"][PARIS], _furthest_behind(part, best_baseline(part))
    yield (
        f"The Call's own weights, which runs use for texts of its side, tell it in {pairs(of_call['instruments'])} of "
        f"100 pairs, and in {pairs(of_call[CALL_SIDE])} on texts of that side."
    )
    if worst:
        low, high = (100 * worst["interval"][end] for end in ("low", "high"))
        yield f"On the {_name(worst)} a 90\u00a0% range is {interval(low, high)} of 100 pairs."


def finding_on_texts(part: Record) -> str:
    """The pairs put right, whether clearly more than by the best model without Parley, and on how many texts so.
    """
    means, other = part["means"], best_baseline(part)
    gaps = [each["differences"][other] for each in part["instruments"].values()]
    ahead, behind = sum(gap["low"] > 0 for gap in gaps), sum(gap["high"] < 0 for gap in gaps)
    gap, ours, theirs = part["differences"][other], means[OURS]["instruments"], means[other]["instruments"]
    verdict = "clearly more" if gap["low"] > 0 else "clearly fewer" if gap["high"] < 0 else "not clearly more"
    return (
        f"{pairs(ours)} of 100 pairs right, {verdict} than a model that knows no theory ({pairs(theirs)}). Text by "
        f"text, clearly ahead on {ahead} of {len(gaps)}, clearly behind on {behind}"
    )


def _worst(part: Record, other: str) -> str:
    """The text on which the *other* model is furthest ahead, where it is clearly ahead on any."""
    worst = _furthest_behind(part, other)
    if not worst:
        return ""
    return f" It is worse on the {_name(worst)} ({pairs(worst['auc'])} against {pairs(worst['baselines'][other])})."


def _furthest_behind(part: Record, other: str) -> Record | None:
    """The text on which the *other* model is furthest ahead, of those on which it is clearly ahead."""
    clear = [each for each in part["instruments"].values() if each["differences"][other]["high"] < 0]
    return min(clear, key=lambda each: each["differences"][other]["value"], default=None)


def _name(text: Record) -> str:
    return str(text["title"]).partition(" (")[0]


def on_curves(days: Mapping[str, Record]) -> str:
    """Where curves through the totals alone come nearer to later counts, or hold more of them in their range."""
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
                f"“{each.nearest}” is nearer to the {KIND_WORDS[each.kind]} ({mean(each.distance)} off on average, "
                f"Parley {mean(each.own_distance)})"
            )


def _fuller(forecast: Record) -> Iterator[str]:
    """A part for each curve and number of dates, of all kinds of which it holds so many."""
    by_curve: dict[tuple[str, int], list[BesideCurves]] = {}
    for each in beside_curves(forecast):
        if each.holds_more:
            by_curve.setdefault((each.fullest, each.inside), []).append(each)
    for (curve, inside), kinds in by_curve.items():
        counts, ours = joined(KIND_WORDS[each.kind] for each in kinds), joined(str(each.own_inside) for each in kinds)
        yield f"“{curve}” has {inside} of {forecast['of']} counts of {counts} in its range, Parley {ours}"


def on_another_code(transfers: Sequence[Record], texts: Record) -> str:
    """How well states are ranked on other codes, under which weights, on how many another model is better, and what
    the same have among the other *texts*.
    """
    own = unseen(transfers)
    beaten = [each for each in own if max(_scores(each).values()) > each["auc"]]
    ranked = joined(f"in {pairs(each['auc'])} on the {each['instrument']}{_without(each)}" for each in own)
    which = "on each of them" if len(beaten) == len(own) else f"on {len(beaten)} of these {len(own)}"
    return (
        f"With the Call's weights it tells which of two states joined, of 100 pairs, {ranked}. A model without a "
        f"simulator does better {which}.{_with_other_weights(own, texts)}"
    )


def _with_other_weights(codes: Sequence[Record], texts: Record) -> str:
    scores = [pairs(each["auc"]) for each in _among(codes, texts)]
    return f" By all other texts it is {joined(scores)}." if scores else ""


def _among(codes: Sequence[Record], texts: Record) -> list[Record]:
    """The *codes* that are among the other *texts*, as these are scored there."""
    return [texts["instruments"][each["name"]] for each in codes if each["name"] in texts["instruments"]]


def _without(code: Record) -> str:
    """That the weights were fitted to the Call again, in brackets."""
    if not code["refitted"]:
        return ""
    return f" (fitted again, without {quantity(len(code['without']), 'membership')} that give it away)"


def _memberships(code: Record) -> str:
    """What the weights had not seen when they were fitted to the Call again."""
    if not code["refitted"]:
        return ""
    names = joined(MEMBERSHIPS.get(column, column.replace("_", " ")) for column in code["without"])
    return f" The weights were fitted to the Call again, without membership of {names}."


def on_codes(transfers: Sequence[Record], texts: Record) -> Iterator[str]:
    """Each code that the model did not know of, beside the best model without a simulator; and why the same texts have
    other numbers among the other *texts*.
    """
    own = unseen(transfers)
    for each in own:
        scores = _scores(each)
        best, score = max(scores.items(), key=lambda item: item[1])
        yield (
            f"{each['instrument']}: {each['signers']} of {each['n']} states joined. Of 100 pairs it puts "
            f"{pairs(each['auc'])} right, and {model_name(best)}, without a simulator, {pairs(score)}."
            f"{_memberships(each)}"
        )
    both = _among(own, texts)
    if both:
        yield (
            f"Scored among the other texts, {'they have' if len(both) > 1 else 'it has'} "
            f"{joined(pairs(each['auc']) for each in both)}: there the text's family is left out, the weights "
            "come from all other texts, and nobody follows another's signature; here the weights are the Call's, and "
            "the months after the launch are played through."
        )


def _scores(code: Record) -> dict[str, float]:
    """Model without a simulator -> the share of pairs that it puts right."""
    return {name: scores["auc"]["score"] for name, scores in code["baselines"].items()}
