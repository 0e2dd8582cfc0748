"""The part of an analysis on worlds: in which of them an outcome falls short, where it tips, and
where there are two kinds.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.analysis.bootstrap import draw_replicates, mean_over_replicates
from sim.analysis.discovery import Condition, can_be_found, discover
from sim.analysis.effects import Cases
from sim.analysis.findings import TIPPING, WHERE, Findings
from sim.analysis.question import Question
from sim.analysis.sentences import box_parts, box_sentence, tip_sentence
from sim.analysis.study import Column, Study
from sim.analysis.tipping import (
    FEWEST_WORLDS,
    axes_of_maps,
    grid,
    groups_of_worlds,
    tips,
    two_groups,
)
from sim.analysis.words import lower_first
from sim.experiments.outcomes import Array
from sim.sweeps.design import MORRIS

BOXES, TIPS, MAP, POINTS = 31, 32, 33, 34  # purposes of random numbers
QUARTER = 25  # percent of cases that are the lowest
MOST_POINTS = 200  # at which groups of worlds are looked for
RESAMPLES = 100


def analyse_worlds(
    study: Study, query: Question, column: Column, main: Cases | None, findings: Findings
) -> None:
    """Add boxes, tips and groups of *column*."""
    if query.where is None or query.where.name == column.name or column is query.columns[0]:
        _boxes(study, query, column, main, findings)
    _tips(study, query, column, findings)
    _groups(study, column, findings)


def _boxes(
    study: Study, query: Question, column: Column, main: Cases | None, findings: Findings
) -> None:
    designs = (study.levers.design, study.uncertainties.design)
    if main is None and query.where is None and MORRIS in designs:
        # the points of a trajectory are neighbours, and no sample in which a box could be told from
        # chance
        return
    frame, values, rule, what, subject = _cases(study, query, column, main)
    of_interest = rule.holds(mean_over_replicates(values))
    box = None
    if can_be_found(of_interest):
        box = discover(frame, values, rule, study.common_luck, study.generator(BOXES))
    elif query.where is None:
        return
    effect = None if main is None or what == subject.words else float(main.means.mean())
    findings.say(
        WHERE,
        subject,
        box_sentence(subject, what, rule, box, len(frame), study.words_of),
        parts=box_parts(subject, what, rule, box, effect, study.words_of),
    )
    if box is None:
        return
    for limit in box.limits:
        findings.add(
            "boxes",
            subject,
            condition=str(rule),
            what=what,
            axis=limit.axis,
            low=limit.low,
            high=limit.high,
            values=", ".join(limit.values),
            quasi_p=limit.quasi_p,
            coverage=box.coverage[0],
            coverage_low=box.coverage[1],
            coverage_high=box.coverage[2],
            density=box.density[0],
            density_low=box.density[1],
            density_high=box.density[2],
            of_all=box.base,
            worlds=box.worlds,
            worlds_elsewhere=box.worlds_outside,
        )
    means = mean_over_replicates(values)
    for place, row in enumerate(frame.to_dict("records")):
        findings.add(
            "cases",
            subject,
            **{f"{name}": value for name, value in row.items()},
            value=float(means[place]),
            of_interest=bool(of_interest[place]),
            in_box=bool(box.members[place]),
        )


def _cases(
    study: Study, query: Question, column: Column, main: Cases | None
) -> tuple[pd.DataFrame, Array, Condition, str, Column]:
    """The cases to look at, their values [cases, R], what is wanted of them, in words, and the
    column that it is of.
    """
    if query.where is None and main is not None and len(main.frame) > 1:
        means = main.means
        rises = means.mean() > 0
        rule = Condition(column.name, "<" if rises else ">", 0.0)
        if not can_be_found(rule.holds(means)):
            percentile = QUARTER if rises else 100 - QUARTER
            rule = rule._replace(threshold=float(np.percentile(means, percentile)))
        what = f"the effect of {main.comparison} on {lower_first(column.words)}"
        return main.frame, main.differences, rule, what, column
    subject = column if query.where is None else study.columns[query.where.name]
    flat = study.values(subject.name).reshape(-1, study.replicates)
    is_there = ~np.isnan(flat).all(axis=1)
    means = mean_over_replicates(flat[is_there])
    rule = query.where or Condition(subject.name, "<", float(np.percentile(means, QUARTER)))
    points = study.points().iloc[np.flatnonzero(is_there)].reset_index(drop=True)
    return points, flat[is_there], rule, subject.words, subject


def _tips(study: Study, query: Question, column: Column, findings: Findings) -> None:
    names = axes_of_maps(study, [query.lever, query.by])
    if not names:
        return
    of, generator = grid(study, column.name, names), study.generator(TIPS)
    if np.isnan(of.values).any():
        findings.notes.append(
            f"The map of {lower_first(column.words)} has points that are not done yet."
        )
        return
    threshold = (
        query.where.threshold
        if query.where is not None and query.where.name == column.name
        else None
    )
    for place, tip in enumerate(each := tips(of, threshold, study.common_luck, generator)):
        findings.add(
            "tips",
            column,
            x=of.x,
            y=of.y,
            at_y=float(of.at_y[place]),
            threshold=threshold,
            place=tip.place,
            low=tip.low,
            high=tip.high,
            share=tip.share,
            rises=tip.rises,
        )
    findings.say(TIPPING, column, tip_sentence(column, of, each, threshold, study.words_of))
    half = _half(of.values, study, study.generator(MAP))
    middle = mean_over_replicates(of.values)
    for x, at_x in enumerate(of.at_x):
        for y, at_y in enumerate(of.at_y):
            value, width = float(middle[x, y]), float(half[x, y])
            findings.add(
                "map",
                column,
                x=of.x,
                y=of.y,
                at_x=float(at_x),
                at_y=float(at_y),
                value=value,
                low=value - width,
                high=value + width,
            )


def _half(values: Array, study: Study, generator: np.random.Generator) -> Array:
    """[X, Y] half of the 95 % interval of each mean on a grid, from replicates."""
    if study.replicates < 2:
        return np.full(values.shape[:-1], np.nan)
    again = [
        mean_over_replicates(draw_replicates(values, study.common_luck, generator))
        for _ in range(RESAMPLES)
    ]
    return 1.96 * np.std(again, axis=0, ddof=1)


def _groups(study: Study, column: Column, findings: Findings) -> None:
    """At up to MOST_POINTS points, evenly chosen."""
    flat = study.values(column.name).reshape(-1, study.replicates)
    at = np.flatnonzero(~np.isnan(flat).any(axis=1))
    if study.replicates < FEWEST_WORLDS or not len(at):
        return
    at = at[np.unique(np.linspace(0, len(at) - 1, min(len(at), MOST_POINTS)).astype(int))]
    each = [two_groups(flat[point], study.seed % 2**31) for point in at]
    for point, one in zip(at.tolist(), each, strict=True):
        if one.two:
            findings.add(
                "regimes",
                column,
                point=point,
                lower=one.low,
                higher=one.high,
                share_higher=one.share_high,
                apart=one.apart,
                criterion=one.criterion,
            )
    groups = groups_of_worlds(study, column, each)
    findings.find(TIPPING, column, groups, parts={"groups": groups.two})
