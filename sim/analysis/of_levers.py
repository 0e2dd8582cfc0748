"""The part of an analysis on levers: what each does to an outcome, where, and whether there are
enough worlds to say so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim.analysis.axis_words import ANSWER_TO
from sim.analysis.bootstrap import Rows, mean_over_replicates, spread
from sim.analysis.convergence import Estimate, steps, verdict
from sim.analysis.effects import (
    Cases,
    Effect,
    effect,
    ordered,
    over_sets,
    pairs,
    part_of,
    regions,
)
from sim.analysis.findings import ANSWER, ENOUGH, Findings
from sim.analysis.peak import with_peak
from sim.analysis.plain import Price, gain_of, lost_signatories
from sim.analysis.question import Question
from sim.analysis.scores import Scores, feature_scores, varied
from sim.analysis.sentences import (
    best_sentence,
    depends_sentence,
    effect_sentence,
    verdict_parts,
    verdict_sentence,
)
from sim.analysis.study import Column, Study
from sim.experiments.outcomes import Array

LEVERS, REGIONS, STEPS, AXIS = 1, 2, 3, 4  # purposes of random numbers
LITTLE = 0.05  # score, below which no axis is told apart by
QUARTER, TWENTIETH = (
    0.25,
    0.05,
)  # of an effect, and of the deviation of single worlds, that an interval may be
NEARLY_ALL = 0.9  # of the variance of an effect over the assumptions
ON_THE_WAY = 100  # resamples of a part of the whole
EFFECT = "effect"


def analyse_levers(
    study: Study, query: Question, column: Column, findings: Findings
) -> Cases | None:
    """Add the effects of all levers on *column*; the comparison that answers the question, where a
    lever is asked about.
    """
    main = None
    if query.lever:
        main = _main_lever(study, query, column, findings)
    _other_levers(study, query, column, findings)
    return main


def _main_lever(study: Study, query: Question, column: Column, findings: Findings) -> Cases | None:
    comparisons = pairs(study, column, query.lever)
    if not comparisons:
        findings.notes.append(
            f"No two points are done yet that differ by {study.words_of(query.lever).label} alone."
        )
        return None
    generator = study.generator(LEVERS)
    are_texts = not study.axes[query.lever].has_numbers and len(comparisons) > 1
    over = () if are_texts else (*study.levers.names, *query.rivals)
    wholes = [over_sets(cases, over) for cases in comparisons]
    effects = [effect(cases, study.common_luck, generator) for cases in wholes]
    for cases, each in zip(comparisons, effects, strict=True):
        _add_effect(findings, column, cases, each, main=True)
    if are_texts:
        return _ranked(study, column, comparisons, effects, findings)
    cases, each = comparisons[-1], effects[-1]
    by = query.by if query.by in cases.frame else _telling_axis(study, cases)
    parts = _regions(study, column, cases, by, findings)
    label = by and study.words_of(by).label
    is_first = column == query.columns[0]
    question = study.question if is_first else ""  # its yes or no is about the first outcome
    price = _price(study, query, question)
    has_parts = bool(query.by) and is_first
    sentence, in_short = (
        effect_sentence(
            column, cases, one, parts, label, one.cases == 1, has_parts, question, price
        )
        for one in (each, each.without_range)
    )
    findings.say(ANSWER, column, sentence, without_ranges=in_short)
    if price is not None:
        findings.gain = gain_of(column, cases, each, price)
    _convergence(study, column, wholes[-1], each, findings)
    return cases


def _price(study: Study, query: Question, question: str) -> Price | None:
    """What the lever loses of what is asked about beside the first outcome, where the *question*
    names that price.
    """
    for column in query.columns[1:] if question else ():
        comparisons = pairs(study, column, query.lever)
        if comparisons and (price := lost_signatories(question, column, comparisons[-1])):
            return price
    return None


def _ranked(
    study: Study,
    column: Column,
    comparisons: list[Cases],
    effects: list[Effect],
    findings: Findings,
) -> Cases:
    """The answer of a lever whose values are texts, of which *comparisons* have these *effects*."""
    first = comparisons[0]
    levels = [
        (first.before, first.level),
        *((cases.after, cases.level + cases.means.mean()) for cases in comparisons),
    ]
    ranked = sorted(((value, float(level)) for value, level in levels), key=lambda row: -row[1])
    by_value = {cases.after: cases.differences for cases in comparisons}
    by_value[first.before] = np.zeros_like(first.differences)
    best = by_value[ranked[0][0]]
    generator = study.generator(AXIS)
    to_next, to_last = (
        replace(first, before=value, after=ranked[0][0], differences=best - by_value[value])
        for value, _ in (ranked[1], ranked[-1])
    )
    gaps = [effect(cases, study.common_luck, generator) for cases in (to_next, to_last)]
    depends = (
        _on_what(study, column.for_interval(gaps[-1].low, gaps[-1].high), to_next)
        if gaps[0].clear
        else ""
    )
    sentence, in_short = (
        best_sentence(column, ranked, first.words, some, depends)
        for some in (gaps, [each.without_range for each in gaps])
    )
    headline = (sentence.partition(depends)[0].rstrip(), depends) if depends else None
    findings.say(ANSWER, column, sentence, headline, in_short)
    if ranked[0][0] == first.before:
        cases, each = to_last, gaps[-1]
    else:  # what follows compares with what all effects are compared with
        cases, each = next(
            both for both in zip(comparisons, effects, strict=True) if both[0].after == ranked[0][0]
        )
    _convergence(study, column, cases, each, findings)
    return cases


def _on_what(study: Study, column: Column, cases: Cases) -> str:
    """The sentence on the question of the scenario on whose answer nearly all of how far *cases*
    differ depends; empty where there is none.
    """
    means, generator = cases.means, study.generator(REGIONS)
    for name in cases.frame.columns if cases.vary else ():
        axis = study.axes[name]
        if axis.has_numbers or cases.frame[name].nunique() < 2:
            continue
        by_answer = {
            value: (cases.frame[name] == value).to_numpy()
            for value in ordered(axis, cases.frame[name])
        }
        between = sum(
            some.sum() * (means[some].mean() - means.mean()) ** 2 for some in by_answer.values()
        )
        if between >= NEARLY_ALL * np.sum((means - means.mean()) ** 2):
            words = study.words_of(name)
            by_words = {
                words.value(value): effect(part_of(cases, some), study.common_luck, generator)
                for value, some in by_answer.items()
            }
            return depends_sentence(column, words.label.removeprefix(ANSWER_TO), by_words)
    return ""


def _telling_axis(study: Study, cases: Cases) -> str:
    """The axis that tells most about how large the effect is in a case; none where no axis tells
    anything.
    """
    if not cases.vary:
        return ""
    scores = scores_of_cases(cases, study.seed)
    if scores is None or scores.explained <= 0 or scores.mean.max() < LITTLE:
        return ""
    return scores.names[int(np.argmax(scores.mean))]


@lru_cache(maxsize=4)
def scores_of_cases(cases: Cases, seed: int) -> Scores | None:
    """How much each axis tells about the size of the effect in a case; None where there are too few
    cases or axes.
    """
    axes = varied(cases.frame)
    if axes.empty:
        return None
    return feature_scores(axes, cases.means, np.arange(len(axes)), seed % 2**31)


def _regions(study: Study, column: Column, cases: Cases, by: str, findings: Findings) -> list[Any]:
    if not by or cases.frame[by].nunique() < 2:
        return []
    generator, parts = study.generator(REGIONS), []
    several = regions(study.axes[by], study.words_of(by), cases.frame[by])
    for region in with_peak(study, cases, several):
        part = part_of(cases, region.members)
        parts.append((region, effect(part, study.common_luck, generator)))
    for region, each in parts:
        findings.add(
            "regions",
            column,
            lever=cases.lever,
            before=cases.before,
            after=cases.after,
            by=by,
            region=region.words,
            state=region.state,
            limits=region.limits,
            start=region.start,
            end=region.end,
            mean=each.mean,
            low=each.low,
            high=each.high,
            p5=each.p5,
            p95=each.p95,
            cases=each.cases,
            peak=region.is_peak,
            stands_out=region.stands_out,
        )
    return parts


def _other_levers(study: Study, query: Question, column: Column, findings: Findings) -> None:
    """Each other lever on a grid, from its lowest value to its highest."""
    generator = study.generator(LEVERS + 10)
    for name in query.others:
        comparisons = pairs(study, column, name)
        if comparisons:
            whole = over_sets(comparisons[-1], (*study.levers.names, *query.rivals))
            each = effect(whole, study.common_luck, generator)
            _add_effect(findings, column, comparisons[-1], each, main=False)


def _add_effect(findings: Findings, column: Column, cases: Cases, each: Effect, main: bool) -> None:
    findings.add(
        "effects",
        column,
        lever=cases.lever,
        label=cases.words.label,
        comparison=cases.comparison,
        before=cases.before,
        after=cases.after,
        asked=main,
        unit=column.table_unit,
        mean=each.mean,
        low=each.low,
        high=each.high,
        p5=each.p5,
        p95=each.p95,
        above=each.above,
        worlds_above=each.worlds_above,
        cases=each.cases,
        chance=each.chance,
        clear=each.clear,
        hardly=each.hardly,
        level=cases.level,
    )


def _convergence(
    study: Study, column: Column, cases: Cases, whole: Effect, findings: Findings
) -> None:
    """How the effect changes with fewer points and replicates."""
    generator = study.generator(STEPS)
    order = generator.permutation(len(cases.frame))
    name = f"the effect of {cases.comparison}"
    differences = cases.differences

    def mean(sample: Array, _: Rows) -> Array:
        return mean_over_replicates(mean_over_replicates(sample))[None]

    last = Estimate(
        [name],
        np.array([whole.mean]),
        np.array([(whole.high - whole.low) / 2]),
        np.array([whole.from_points]),
        np.array([whole.from_replicates]),
    )

    def measure(points: int, replicates: int) -> Estimate | None:
        if (points, replicates) == differences.shape:
            return last
        part = differences[np.sort(order[:points])][:, :replicates]
        if np.isnan(part).all():
            return None
        half = spread(mean, part, study.common_luck, generator, ON_THE_WAY)
        return Estimate(
            [name], mean(part, np.arange(len(part))), half.both, half.points, half.replicates
        )

    add_steps(findings, column, EFFECT, steps(measure, len(differences), study.replicates))
    target = max(QUARTER * abs(whole.mean), TWENTIETH * cases.deviation)
    judged = verdict(last, [target])
    of_itself = target > TWENTIETH * cases.deviation
    aim = "a quarter of it" if of_itself else "a twentieth of how far single worlds differ"
    text = verdict_sentence(judged, len(differences), study.replicates, "comparisons", aim, column)
    findings.say(ENOUGH, column, text, parts=verdict_parts(judged, column))


def add_steps(findings: Findings, column: Column, of: str, taken_steps: list[Any]) -> None:
    """Add each of the steps to the table of convergence."""
    for step in taken_steps:
        for place, quantity in enumerate(step.estimate.names):
            value, half = float(step.estimate.values[place]), float(step.estimate.half[place])
            findings.add(
                "convergence",
                column,
                of=of,
                quantity=quantity,
                points=step.points,
                replicates=step.replicates,
                value=value,
                low=value - half,
                high=value + half,
            )
