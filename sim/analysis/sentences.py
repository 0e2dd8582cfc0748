"""The sentences that answer a sweep's question. They speak of simulated worlds, and end with what
their numbers rest on.

None of them says what will be: a number is that of the model, over the worlds that the sweep has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.analysis.axis_words import AxisWords
from sim.analysis.convergence import Verdict
from sim.analysis.discovery import Box, Condition, limit_words
from sim.analysis.effects import PARTS, Cases, Effect, Region
from sim.analysis.plain import (
    Price,
    over_assumptions,
    plain_effect,
    plain_level,
    plain_likeness,
    whom_counted,
)
from sim.analysis.study import Column
from sim.analysis.tipping import Grid, Tip
from sim.analysis.words import (
    INTERVAL,
    amount,
    badge,
    between,
    from_to,
    higher,
    level,
    lower_first,
    size,
    span,
    upper_first,
    with_points,
)
from sim.number_formats import (
    NO_BREAK,
    TO,
    listing,
    percent,
    percent_interval,
    setting,
    significant,
)
from sim.sweeps.block import OTHERS

MOST_OF_THEM = "under nine in ten of the assumptions tried"  # PERCENTILES of sim.analysis.effects
MOST_AXES = 3  # named in a sentence
BOTH_OTHERS = 3  # values of a lever, of which two are beaten by as much
STAKEHOLDERS = "stakeholders"  # the unit of counts of others
ALONE = {"comparisons": "comparison"}  # what there may be one of
LITTLE = 0.05  # of the variance, below which an axis is not named
HARDLY = ", hardly more than nothing: single worlds differ far more"

Words = Callable[[str], AxisWords]


def effect_sentence(
    column: Column,
    cases: Cases,
    result: Effect,
    parts: Sequence[tuple[Region, Effect]],
    by: str,
    alone: bool,
    is_asked: bool = False,
    question: str = "",
    price: Price | None = None,
) -> str:
    """What the lever does to *column*: its mean effect with both intervals, and where it is smaller
    and larger. by: the axis of *parts*, in words, and whether the *question* of the sweep
    *is_asked* by it; price: what the lever loses, where the question names that price; alone:
    whether there is a single point of the uncertainties.
    """
    plain = plain_effect(column, cases, result, parts if is_asked else (), question, price)
    name = lower_first(column.words)
    column = column.for_interval(result.low, result.high)
    if not result.clear:
        claim = (
            f"with {cases.in_full}, {name} is not clearly another one:"
            f" {amount(result.mean, column)} ({INTERVAL}"
            f" {between(result.low, result.high, column)})"
        )
        span_of_most = with_points(between(result.p5, result.p95, column), column)
        often = f" {upper_first(MOST_OF_THEM)} the difference is {span_of_most}."
        return (
            f"{plain} {_joined(claim, '' if alone else often, region_words(column, parts, by, 1))}"
            f" {badge(column)}"
        )
    sign = 1 if result.mean > 0 else -1  # a lower one is told by how much it is lower
    low, high = sorted((sign * result.low, sign * result.high))
    p5, p95 = sorted((sign * result.p5, sign * result.p95))
    levels = from_to(cases.level, cases.level + result.mean, column)
    claim = f"with {cases.in_full}, {name} is {levels}: "
    if column.whole:  # the difference of two rounded numbers is not always the rounded difference
        claim += f"{between(low, high, column)} {'more' if sign > 0 else 'fewer'} ({INTERVAL})"
    else:
        claim += (
            f"{amount(sign * result.mean, column)} {higher(result.mean)} ({INTERVAL}"
            f" {between(low, high, column)})"
        )
    if result.hardly:
        claim += HARDLY
    share = result.above if sign > 0 else 1 - result.above
    more = ("more" if sign > 0 else "fewer") if column.whole else higher(result.mean)
    often = (
        f" {upper_first(MOST_OF_THEM)} the difference is"
        f" {with_points(between(p5, p95, column), column)}, and under {_share_of_all(share)} of"
        f" them {'there are' if column.whole else 'it is'} {more}."
    )
    return (
        f"{plain} {_joined(claim, '' if alone else often, region_words(column, parts, by, sign))}"
        f" {badge(column)}"
    )


def _share_of_all(share: float) -> str:
    return "all" if share == 1 else percent(share)


def _joined(claim: str, often: str, where: str) -> str:
    """A claim as a sentence, then how often it holds and *where* it is more."""
    return f"{upper_first(claim)}.{often}{where}"


def region_words(column: Column, parts: Sequence[tuple[Region, Effect]], by: str, sign: int) -> str:
    """The effect times *sign* in the regions of an axis that stand out; whether they differ by more
    than chance is said too.
    """
    if len(parts) < 2:
        return ""
    (first, low), (last, high) = parts[0], parts[-1]
    sizes = amount(sign * low.mean, column), amount(sign * high.mean, column)
    apart = low.high < high.low or high.high < low.low
    between_ends = "".join(
        f", {amount(sign * each.mean, column)} {region.words}"
        for region, each in parts[1:-1]
        if region.stands_out
    )
    has_peak = any(region.is_peak for region, _ in parts)
    verdict = "" if apart or has_peak else f": no clear difference by {by}"
    if len(parts) == PARTS and first.start != first.end:
        return (
            f" In thirds of the assumptions by {by}, the difference is {sizes[0]} in the lowest,"
            f" {first.words}{between_ends}, and {sizes[1]} in the highest, {last.words}{verdict}."
        )
    return (
        f" The difference is {sizes[0]} {first.words}{between_ends} and {sizes[1]} {last.words}"
        f"{verdict}."
    )


def depends_sentence(column: Column, question: str, by_answer: Mapping[str, Effect]) -> str:
    """That how much more there is of *column* depends on a *question* of the scenario, and how much
    under each answer, with its interval, the largest difference first.
    """
    ordered = sorted(by_answer.items(), key=lambda row: -row[1].mean)
    parts = [
        f"{amount(each.mean, column)} ({answer}; {between(each.low, each.high, column)})"
        for answer, each in ordered
    ]
    how = "How many more" if column.is_counted or column.unit == STAKEHOLDERS else "How much more"
    return f"{how} depends almost only on {question}: {listing(parts, last='or')}."


def best_sentence(
    column: Column, ranked: Sequence[tuple[Any, float]], words: AxisWords, gaps: Sequence[Effect],
    depends: str = "",
) -> str:  # fmt: skip
    """Of a lever whose values are texts: under which *column* is highest, and by how much more than
    under the next and the lowest. ranked: (value, mean) from the highest on; gaps: to the next one
    and to the lowest; *depends*: the sentence on what the first of them depends on: its interval is
    told then, not its range over the assumptions.
    """
    (best, top), (lowest, _), gap = ranked[0], ranked[-1], gaps[-1]
    column = column.for_interval(gap.low, gap.high)
    name, next_best = lower_first(column.words), words.value(ranked[1][0])
    others, whose = "of the other " if column.outcome == OTHERS else "", whom_counted(column)
    more = f"more {others}{whose} sign" if whose else f"{name} is highest"
    claim = f"{more} with {words.value(best)}: {level(top, column)}"
    if not gaps[0].clear:
        claim = (
            f"{name} is about as high with {words.value(best)} ({level(top, column)}) as with"
            f" {next_best} ({level(ranked[1][1], column)})"
        )
    elif len(ranked) > 2:
        in_all = " in all" if column.is_counted or column.unit == STAKEHOLDERS else ""
        ahead = amount(gaps[0].mean, column)
        ends = (
            between(gaps[0].low, gaps[0].high, column)
            if depends
            else over_assumptions(column, gaps[0])
        )
        alike = len(ranked) == BOTH_OTHERS and amount(gap.mean, column) == ahead
        than = f"than with {next_best}{f' or {words.value(lowest)}' if alike else ''}"
        claim = (
            f"with {words.value(best)} {level(top, column)} {others}{whose} sign, {ahead} more"
            f"{f' ({ends})' if ends else ''} {than}" if whose
            else f"{claim}{in_all}, {ahead} more {than}{f' ({ends})' if ends else ''}"
        )  # fmt: skip
    counts = column.is_counted or column.unit == STAKEHOLDERS
    if not gap.clear:
        interval = f"{INTERVAL} {between(gap.low, gap.high, column)}"
        by = (
            "less than one"
            if counts and gap.high < 1
            else f"{amount(gap.mean, column)} ({interval})"
        )
        return (
            f"{plain_likeness(column, top)}The highest, with {words.value(best)}, and the lowest,"
            f" with {words.value(lowest)}, differ by {by}, no more than chance makes."
            f" {badge(column)}"
        )
    fewer = "fewer" if counts else "less"
    less = (
        f"{'there are' if counts else 'it is'} {amount(gap.mean, column)} {fewer} than with"
        f" {words.value(best)}"
    )
    of_most = "" if gap.cases == 1 else f"; {MOST_OF_THEM} {between(gap.p5, gap.p95, column)}"
    return (
        f"{upper_first(claim)}. {f'{depends} ' if depends else ''}With {words.value(lowest)} {less}"
        f" ({INTERVAL}"
        f" {between(gap.low, gap.high, column)}{of_most}){HARDLY if gap.hardly else ''}."
        f" {badge(column)}"
    )


def level_sentence(column: Column, row: Mapping[str, Any], compares: bool) -> str:
    """How high *column* is over all points, by its *row* of the table of outcomes; of an outcome
    that *compares* two worlds, how often it is above 0.
    """
    plain = plain_level(column, row, compares)
    words = (
        f"{plain}{upper_first(lower_first(column.words))} is {level(row['mean'], column)} on"
        " average."
    )
    parts = []
    if row["points"] > 1:
        parts.append(f"{MOST_OF_THEM} it is {between(row['p5'], row['p95'], column)}")
    if compares:
        parts.append(f"under {_share_of_all(row['above'])} of them it is above 0")
    more = f" {upper_first(', and '.join(parts))}." if parts else ""
    return f"{words}{more} {badge(column)}"


def matters_sentence(
    column: Column, of: str, names: Sequence[str], shares: Sequence[float], of_what: str, how: str,
    half: Sequence[float] = (),
) -> str:  # fmt: skip
    """Which axes matter most, by *shares* *of_what*; *of*: what they matter for; *how*: the end of
    the sentence; *half* of the interval of each share, where it has one.
    """
    order = sorted(range(len(names)), key=lambda place: -shares[place])
    places = [place for place in order[:MOST_AXES] if shares[place] >= LITTLE]
    if not places:
        return f"No dial is found to matter for {of}{how}. {badge(column)}"
    percentages = [
        percent(min(shares[place], 1.0))
        + (_ends_of_share(shares[place], half[place]) if half else "")
        for place in places
    ]
    first, *others = (names[place] for place in places)
    parts = [
        f"{first} explains {percentages[0]}",
        *map(" ".join, zip(others, percentages[1:], strict=True)),
    ]
    return f"What matters most for {of}: {of_what}, {listing(parts)}{how}. {badge(column)}"


def _ends_of_share(share: float, half: float) -> str:
    low, high = max(share - half, 0.0), min(share + half, 1.0)
    return "" if np.isnan(half) else f" ({percent_interval(low, high, between=TO)})"


def effects_sentence(
    column: Column, names: Sequence[str], sizes: Sequence[float], half: Sequence[float]
) -> str:
    """Which axes move *column* most through their range, by elementary effects or one at a time."""
    order = sorted(range(len(names)), key=lambda place: -abs(sizes[place]))[:MOST_AXES]
    name = upper_first(lower_first(column.words))
    if not order:
        return (
            f"No dial moves {lower_first(column.words)} by more than chance alone. {badge(column)}"
        )
    parts = [
        f"{names[place]} ({size(sizes[place], column)} ± {size(half[place], column, 1)})"
        for place in order
    ]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return (
        f"{with_points(f'{name} moves most with {listed}', column)}, each through its range."
        f" {badge(column)}"
    )


def box_sentence(
    column: Column, what: str, rule: Condition, box: Box | None, cases: int, words: Words
) -> str:
    """In which worlds the *rule* is found; *what* is the left side of it in words."""
    side = "below" if "<" in rule.sign else "above"
    in_words = level if what == column.words else amount
    claim = f"{upper_first(lower_first(what))} is {side} {in_words(rule.threshold, column)}"
    if box is None:
        return (
            f"{claim} in no part of what is assumed that is clearer than chance ({cases} cases)."
            f" {badge(column)}"
        )
    limits = " and ".join(limit_words(limit, words(limit.axis)) for limit in box.limits)
    fall = (
        ", a smaller fall or none,"
        if side == "above" and rule.threshold < 0 and what != column.words
        else ""
    )
    return (
        f"{claim}{fall} mostly where {limits}: so it is in {percent(box.density[0])} of the sets of"
        f" assumptions tried there, and in {percent(box.base)} of all sets."
        f" {percent(box.coverage[0])} of all such sets lie there. Of single worlds it holds in"
        f" {percent(box.worlds)} there and in {percent(box.worlds_outside)} elsewhere."
        f" {badge(column)}"
    )


def box_parts(
    column: Column, what: str, rule: Condition, box: Box | None, effect: float | None, words: Words
) -> dict[str, Any]:
    """What `box_sentence` tells, in parts: what is `sought`, in words, of the outcome or of the
    *effect* on it (`of_effect`); whether it is `found`, and then whether it is "largest",
    "smallest" or "reversed" in these worlds (`extreme`), their `limits` and the `share` of them, in
    words.
    """
    is_below = "<" in rule.sign
    in_words = level if what == column.words else amount
    is_reversed = effect is not None and rule.threshold == 0
    is_smallest = is_below == (effect is None or effect > 0)
    extreme = "reversed" if is_reversed else "smallest" if is_smallest else "largest"
    return {
        "sought": f"{'below' if is_below else 'above'} {in_words(rule.threshold, column)}",
        "found": box is not None,
        "of_effect": effect is not None,
        "extreme": extreme if box else "",
        "limits": [limit_words(each, words(each.axis), shortly=True) for each in box.limits]
        if box
        else [],
        "share": percent(box.density[0]) if box else "",
    }


def tip_sentence(
    column: Column, of: Grid, result: Sequence[Tip], threshold: float | None, words: Words
) -> str:
    """Where the outcome crosses the *threshold* along x, or changes most steeply."""
    what = (
        f"crosses {level(threshold, column)}" if threshold is not None else "changes most steeply"
    )
    name = upper_first(lower_first(column.words))
    ends = [place for place, tip in enumerate(result) if not np.isnan(tip.place)]
    if not ends:
        return f"{name} {what} nowhere along {words(of.x).label}. {badge(column)}"
    parts = [
        _tip_words(words(of.x).label, result[place], threshold)
        for place in dict.fromkeys((ends[0], ends[-1]))
    ]
    if len(parts) == 1:
        return f"{name} {what} {parts[0]}. {badge(column)}"
    first, last = (
        f"{words(of.y).label} is {setting(of.at_y[place])}" for place in (ends[0], ends[-1])
    )
    return f"{name} {what} {parts[0]} where {first}, and {parts[1]} where {last}. {badge(column)}"


def _tip_words(x: str, tip: Tip, threshold: float | None) -> str:
    if threshold is not None:
        interval = "" if np.isnan(tip.low) else f" ({INTERVAL} {span(tip.low, tip.high)})"
        return f"at {x} {significant(tip.place)}{interval}"
    share = "all" if tip.share == 1 else f"{percent(tip.share)} of"
    sure = "" if np.isnan(tip.share) else f" (in {share} repeated draws of the worlds)"
    return f"between {setting(tip.low)} and {setting(tip.high)} of {x}{sure}"


def verdict_parts(result: Verdict, column: Column | None = None) -> dict[str, Any]:
    """What `verdict_sentence` tells, in parts: whether there are enough; to how much the number is
    `known`, in words, empty where that cannot be told; and whether that is one number `alone`, or
    the least certain of several.
    """
    width = ""
    if not np.isnan(result.half):
        half = significant((column.scale if column else 1) * result.half, 2)
        width = f"±{NO_BREAK}{_in_unit(half, column) if column else half}"
    return {"enough": result.enough, "known": width, "alone": result.alone}


def verdict_sentence(
    result: Verdict, points: int, replicates: int, what: str, aim: str, column: Column | None = None
) -> str:
    """Whether *points* (of *what* kind) and *replicates* are enough to know each number within
    *aim*, the target in words; intervals are told in the unit of *column*, or, of indices, in none.
    """
    of_what = ALONE.get(what, what) if points == 1 else what
    has = f"{points} {of_what} of {replicates} {'world' if replicates == 1 else 'worlds'} each"
    if np.isnan(result.half):
        return f"Not enough: with {has}, {result.quantity} cannot be told."
    half, target = (
        _in_unit(significant(column.scale * width, 2), column) if column else significant(width, 2)
        for width in (result.half, result.target)
    )
    which = (
        result.quantity
        if result.alone
        else f"even the least certain number, for {result.quantity},"
    )
    if result.enough:
        within = f"which is within {aim} (±{NO_BREAK}{target})"
        return f"Enough: with {has}, {which} is known to ±{NO_BREAK}{half}, {within}."
    more = f"about {significant(result.times, 3)} times as many" if result.times else "many more"
    add = {"points": what, "replicates": "worlds under each"}.get(result.add, f"{what} and worlds")
    which = result.quantity if result.alone else f"the least certain number, for {result.quantity},"
    of_other = what if result.add == "replicates" else "worlds under each"
    stays = (
        f", as part of it comes from how few {of_other} there are"
        if result.times and result.stays
        else ""
    )
    return (
        f"Not enough: with {has}, {which} is known only to ±{NO_BREAK}{half}. To know it within"
        f" {aim} (±{NO_BREAK}{target}) takes {more} {add}{stays}."
    )


def _in_unit(text: str, column: Column) -> str:
    """A difference of *column* with its unit, of a count of signatories whom it counts."""
    whose = whom_counted(column)
    return f"{text}{NO_BREAK}{whose}" if whose else with_points(text, column)
