"""The sentences that answer a sweep's question. They speak of simulated worlds, and end with what their numbers rest
on.

None of them says what will be: a number is that of the model, over the worlds that the sweep has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.analysis.convergence import Verdict
from sim.analysis.discovery import Box, Condition, limit_words
from sim.analysis.effects import PERCENTILES, Cases, Effect, Region
from sim.analysis.regimes import Regimes
from sim.analysis.study import Column
from sim.analysis.tipping import Grid, Tip
from sim.analysis.words import (
    amount,
    badge,
    comparison_words,
    higher,
    lever_words,
    lower_first,
    span,
    upper_first,
    with_unit,
)
from sim.number_formats import TO, percent, percent_interval, setting, significant

OVER = f"{PERCENTILES[0]} to {PERCENTILES[1]} % over the uncertainties"
MOST_AXES = 3  # named in a sentence
LITTLE = 0.05  # of the variance, below which an axis is not named
FALSE_ALARMS = 0.05  # of points, where worlds of one kind may look like two


def effect_sentence(
    column: Column, cases: Cases, result: Effect, parts: Sequence[tuple[Region, Effect]], by: str, alone: bool
) -> str:
    """What the lever does to *column*: its mean effect with both intervals, and where it is smaller and larger. alone:
    whether there is a single point of the uncertainties.
    """
    name = lower_first(column.words)
    if not result.clear:
        low, high = map(significant, (result.low, result.high))
        between = "" if alone else f"; {OVER}: {span(result.p5, result.p95)}"
        claim = (
            f"with {comparison_words(cases)}, {name} is not clearly another one: "
            f"{amount(significant(result.mean), column)} (95 % interval {low} to {high}{between})"
        )
        return f"{upper_first(claim)}{region_words(parts, by, 1)}. {badge(column)}"
    sign = 1 if result.mean > 0 else -1  # a lower one is told by how much it is lower
    size, low, high = map(significant, (sign * result.mean, *sorted((sign * result.low, sign * result.high))))
    p5, p95 = sorted((sign * result.p5, sign * result.p95))
    between = "" if alone else f"; {OVER}: {span(p5, p95)}"
    claim = (
        f"with {comparison_words(cases)}, {name} is {amount(size, column)} {higher(result.mean)} "
        f"(95 % interval {low} to {high}{between})"
    )
    if result.hardly:
        claim += ", hardly more than nothing beside how single worlds differ"
    if not alone:
        share = result.above if sign > 0 else 1 - result.above
        claim += f", and {higher(result.mean)} at {percent(share)} of the points"
    return f"{upper_first(claim)}{region_words(parts, by, sign)}. {badge(column)}"


def region_words(parts: Sequence[tuple[Region, Effect]], by: str, sign: int) -> str:
    """The effect times *sign* in the outer regions of an axis; whether they differ by more than chance is said too."""
    if len(parts) < 2:
        return ""
    (first, low), (last, high) = parts[0], parts[-1]
    sizes = tuple(map(significant, (sign * low.mean, sign * high.mean)))
    apart = low.high < high.low or high.high < low.low
    verdict = "" if apart else f", which is no clear difference by {by}"
    return f"; it is {sizes[0]} {first.words} and {sizes[1]} {last.words}{verdict}"


def best_sentence(column: Column, ranked: Sequence[tuple[Any, float]], label: str, gaps: Sequence[Effect]) -> str:
    """Of a lever whose values are texts: under which *column* is highest, and by how much more than under the next and
    the lowest. ranked: (value, mean) from the highest on; gaps: to the next one and to the lowest.
    """
    (best, level), (lowest, _) = ranked[0], ranked[-1]
    claim = f"{lower_first(column.words)} is highest with {lever_words(label, best)} ({significant(level)})"
    if not gaps[0].clear:
        claim = (
            f"{lower_first(column.words)} is about as high with {lever_words(label, best)} ({significant(level)}) as "
            f"with {ranked[1][0]} ({significant(ranked[1][1])})"
        )
    elif len(ranked) > 2:
        claim += f", {amount(significant(gaps[0].mean), column)} more than with {ranked[1][0]}"
    gap = gaps[-1]
    size, low, high = map(significant, (gap.mean, gap.low, gap.high))
    claim += (
        f", and {size} more than with {lowest}, where it is lowest (95 % interval {low} to {high}; {OVER}: "
        f"{span(gap.p5, gap.p95)})"
    )
    if gap.hardly:
        claim += ", hardly more than nothing beside how single worlds differ"
    return f"{upper_first(claim)}. {badge(column)}"


def level_sentence(column: Column, row: Mapping[str, Any], compares: bool) -> str:
    """How high *column* is over all points, by its *row* of the table of outcomes; of an outcome that *compares* two
    worlds, how often it is above 0.
    """
    words = f"{upper_first(lower_first(column.words))} is {with_unit(significant(row['mean']), column.unit)} on average"
    if row["points"] > 1:
        words += f" ({OVER}: {span(row['p5'], row['p95'])})"
    if compares:
        words += f", and above 0 at {percent(row['above'])} of the points"
    return f"{words}. {badge(column)}"


def matters_sentence(column: Column, of: str, names: Sequence[str], shares: Sequence[float], how: str) -> str:
    """Which axes matter most, by *shares* of variance; *of*: what they matter for."""
    order = sorted(range(len(names)), key=lambda place: -shares[place])
    places = [place for place in order[:MOST_AXES] if shares[place] >= LITTLE]
    if not places:
        return f"No axis is found to matter for {of}, {how}. {badge(column)}"
    parts = [f"{names[place]} ({percent(min(shares[place], 1.0))})" for place in places]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"What matters most for {of} is {listed}, {how}. {badge(column)}"


def effects_sentence(column: Column, names: Sequence[str], sizes: Sequence[float], half: Sequence[float]) -> str:
    """Which axes move *column* most through their range, by elementary effects or one at a time."""
    order = sorted(range(len(names)), key=lambda place: -abs(sizes[place]))[:MOST_AXES]
    name = upper_first(lower_first(column.words))
    if not order:
        return f"No axis moves {lower_first(column.words)} by more than chance alone. {badge(column)}"
    parts = [f"{names[place]} ({significant(sizes[place])} ± {significant(half[place], 1)})" for place in order]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{amount(f'{name} moves most with {listed}', column)}, each through its range. {badge(column)}"


def box_sentence(column: Column, what: str, rule: Condition, box: Box | None, cases: int) -> str:
    """In which worlds the *rule* is found; *what* is the left side of it in words."""
    side = "below" if "<" in rule.sign else "above"
    claim = f"{upper_first(lower_first(what))} is {side} {amount(significant(rule.threshold), column)}"
    if box is None:
        return f"{claim} in no region of the axes that is clearer than chance ({cases} cases). {badge(column)}"
    limits = " and ".join(limit_words(limit) for limit in box.limits)
    return (
        f"{claim} mostly where {limits}: so in {percent(box.density[0])} of the cases there, against "
        f"{percent(box.base)} of all, and {percent(box.coverage[0])} of all such cases lie there; of single worlds "
        f"there {percent(box.worlds)}, elsewhere {percent(box.worlds_outside)}. {badge(column)}"
    )


def chance_sentence(column: Column, share: float, low: float, high: float, replicates: int) -> str:
    """How much of the variance of single worlds is chance."""
    if np.isnan(share):
        name = lower_first(column.words)
        return f"How much of {name} is chance cannot be told from a single world at each point. {badge(column)}"
    return (
        f"Chance makes {percent(share)} of the variance of single worlds in {lower_first(column.words)} (95 % interval "
        f"{percent_interval(low, high, between=TO)}, from {replicates} worlds at each point). {badge(column)}"
    )


def tip_sentence(column: Column, of: Grid, result: Sequence[Tip], threshold: float | None) -> str:
    """Where the outcome crosses the *threshold* along x, or changes most steeply."""
    what = f"crosses {significant(threshold)}" if threshold is not None else "changes most steeply"
    name = upper_first(lower_first(column.words))
    ends = [place for place, tip in enumerate(result) if not np.isnan(tip.place)]
    if not ends:
        return f"{name} {what} nowhere along {of.x}. {badge(column)}"
    parts = [_tip_words(of.x, result[place], threshold) for place in dict.fromkeys((ends[0], ends[-1]))]
    if len(parts) == 1:
        return f"{name} {what} {parts[0]}. {badge(column)}"
    first, last = (f"{of.y} is {setting(of.at_y[place])}" for place in (ends[0], ends[-1]))
    return f"{name} {what} {parts[0]} where {first}, and {parts[1]} where {last}. {badge(column)}"


def _tip_words(x: str, tip: Tip, threshold: float | None) -> str:
    if threshold is not None:
        interval = "" if np.isnan(tip.low) else f" (95 % interval {span(tip.low, tip.high)})"
        return f"at {x} {significant(tip.place)}{interval}"
    sure = "" if np.isnan(tip.share) else f" (so in {percent(tip.share)} of resamples)"
    return f"between {setting(tip.low)} and {setting(tip.high)} of {x}{sure}"


def regimes_sentence(column: Column, result: Sequence[Regimes]) -> str:
    """At how many points the worlds fall into two groups."""
    two = [each for each in result if each.two]
    name = lower_first(column.words)
    if len(two) <= FALSE_ALARMS * len(result):
        some = f"At {len(two)}" if two else "At none"
        more = ", no more than chance would find" if two else ""
        return f"{some} of {len(result)} points worlds fall into two groups by {name}{more}. {badge(column)}"
    widest = max(two, key=lambda each: each.apart)
    return (
        f"At {len(two)} of {len(result)} points worlds fall into two groups by {name}, at one of them about "
        f"{significant(widest.low)} in some and {significant(widest.high)} in {percent(widest.share_high)}: a mean "
        f"there is of neither. {badge(column)}"
    )


def verdict_sentence(result: Verdict, points: int, replicates: int, what: str) -> str:
    """Whether *points* (of what kind) and *replicates* are enough."""
    has = f"{points} {what} of {replicates} {'world' if replicates == 1 else 'worlds'}"
    if result.enough:
        widest = f"{result.quantity}, ± {significant(result.half)}"
        return f"Enough: with {has} every interval is narrow enough (the widest: {widest})."
    if np.isnan(result.half):
        return f"Not enough: with {has} {result.quantity} cannot be told."
    half, target = significant(result.half), significant(result.target)
    widest = f"the widest interval, of {result.quantity}, is ± {half}, more than {target}"
    more = (
        f"about {result.times} times as many {result.add} would do"
        if result.times
        else f"it takes many more {result.add}"
    )
    return f"Not enough: with {has} {widest}; {more}."
