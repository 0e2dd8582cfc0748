"""The part of an analysis on what matters: Sobol' indices, elementary effects, scores, and the
share of chance.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.axis_words import words_of_dial
from sim.analysis.bootstrap import Rows, mean_over_replicates, spread
from sim.analysis.chance import chance, luck_share
from sim.analysis.convergence import Estimate, steps, verdict
from sim.analysis.effects import HARDLY, Cases
from sim.analysis.findings import ANSWER, CHANCE, ENOUGH, MATTERS, Findings
from sim.analysis.morris import Halves, Turn, effects_by_halves, elementary_effects
from sim.analysis.of_levers import ON_THE_WAY, add_steps, scores_of_cases
from sim.analysis.plain import who_signs
from sim.analysis.ranking import Decider, Move, headline, ranking_sentence, told_apart
from sim.analysis.scores import Scores, feature_scores, varied
from sim.analysis.sentences import (
    effects_sentence,
    matters_sentence,
    verdict_parts,
    verdict_sentence,
)
from sim.analysis.sobol import sobol_indices
from sim.analysis.study import Column, Side, Study
from sim.analysis.words import INTERVAL, lower_first
from sim.errors import InputError
from sim.experiments.intervals import Mean
from sim.experiments.outcomes import Array
from sim.number_formats import percent
from sim.sweeps.design import FACTORIAL, MORRIS, ONE_AT_A_TIME, SALTELLI, SAMPLERS

NOISE, INDICES, STEPS, HALVES = 21, 22, 23, 24  # purposes of random numbers
SOBOL, ELEMENTARY = "Sobol'", "elementary effects"
POOLED = "all"
WIDEST = 0.1  # half of the interval of an index
MEAN = "mean"
QUARTER = 0.25  # of the largest effect, that half of the interval of another may be
ENDS_OF_RANGE = np.array([0.0, 1.0])  # of the way through the range of an axis
BINS = 30  # of a histogram, at most
WALKS = "passes through all dials"  # trajectories of a morris design
OUTCOME, EFFECT = "outcome", "effect"
# Of what a share in a sentence is: of all that differs from setting to setting, or of what a dial
# can tell.
OF_ALL, OF_TOLD = "of the differences between settings", "of the differences that dials explain"


def analyse_axes(study: Study, column: Column, main: Cases | None, findings: Findings) -> None:
    """Add how much each axis matters for *column*, and for the effect of the lever in *main*."""
    _chance(study, column, findings)
    has_indices = False
    for side, other in ((study.levers, study.uncertainties), (study.uncertainties, study.levers)):
        if side.design not in (SALTELLI, MORRIS) or not side.axes:
            continue
        values = study.values(column.name)
        values = values if side is study.uncertainties else values.transpose(1, 0, 2)
        method = _sobol if side.design == SALTELLI else _morris
        has_indices = method(study, column, side, other, values, OUTCOME, findings) or has_indices
        if main is not None and side is study.uncertainties and len(main.differences) == side.size:
            method(study, column, side, None, main.differences[None], EFFECT, findings, main)
    if not has_indices:
        _scores(study, column, main, findings)


def _chance(study: Study, column: Column, findings: Findings) -> None:
    """The shares of variance over points that are independent of one another."""
    values = study.values(column.name)
    side = study.uncertainties
    if side.design == SALTELLI:  # the rows of A and B
        blocks = values.reshape(study.levers.size, -1, len(side.axes) + 2, study.replicates)
        values = np.concatenate([blocks[:, :, 0], blocks[:, :, -1]], axis=1)
    flat = values.reshape(-1, study.replicates)
    flat = flat[~np.isnan(flat).all(axis=1)]
    means = mean_over_replicates(flat)
    shares = chance(flat, study.common_luck, study.generator(NOISE))
    low, high = np.percentile(means, (5, 95))
    findings.add(
        "outcomes",
        column,
        label=column.title,
        part=column.part,
        unit=column.unit,
        points=len(flat),
        mean=float(means.mean()),
        p5=float(low),
        p95=float(high),
        lowest=float(means.min()),
        highest=float(means.max()),
        above=float((means > 0).mean()),
        between=shares.between,
        luck=shares.luck,
        own_luck=shares.own,
        chance=shares.share,
        low=shares.low,
        high=shares.high,
    )
    counts, edges = np.histogram(means, bins=min(BINS, max(len(means) // 5, 1)))
    for place, count in enumerate(counts.tolist()):
        findings.add(
            "histogram",
            column,
            start=float(edges[place]),
            end=float(edges[place + 1]),
            points=count,
        )
    if study.levers.size == 1 and study.uncertainties.design not in (SALTELLI, MORRIS):
        _level_steps(study, column, flat, findings)
    findings.find(CHANCE, column, luck_share(study, column, shares))


def _level_steps(study: Study, column: Column, flat: Array, findings: Findings) -> None:
    """How the mean over all points changes with fewer points and replicates."""
    generator = study.generator(STEPS)
    order = generator.permutation(len(flat))
    name = f"the mean of {lower_first(column.words)}"

    def mean(sample: Array, _: Rows) -> Array:
        return mean_over_replicates(mean_over_replicates(sample))[None]

    def measure(points: int, replicates: int) -> Estimate | None:
        part = flat[np.sort(order[:points])][:, :replicates]
        half = spread(mean, part, study.common_luck, generator, ON_THE_WAY)
        return Estimate(
            [name], mean(part, np.arange(len(part))), half.both, half.points, half.replicates
        )

    estimates = steps(measure, len(flat), study.replicates)
    add_steps(findings, column, MEAN, estimates)
    judged = verdict(estimates[-1].estimate, [HARDLY * float(np.nanstd(flat))])
    aim = "a fifth of how far they usually lie apart"
    text = verdict_sentence(judged, len(flat), study.replicates, "sets of assumptions", aim, column)
    findings.say(ENOUGH, column, text, parts=verdict_parts(judged, column))


def _sobol(
    study: Study,
    column: Column,
    side: Side,
    other: Side | None,
    values: Array,
    of: str,
    findings: Findings,
    main: Cases | None = None,
) -> bool:
    """Add Sobol' indices of *values* [G, N (D + 2), R]; whether there are any."""
    generator, names = study.generator(INDICES), list(side.names)
    result = sobol_indices(values, len(names), study.common_luck, generator)
    if result is None:
        name = lower_first(column.words)
        findings.notes.append(
            f"Too few rows of the base sample are whole for Sobol' indices of {name}."
        )
        return False
    _add(
        findings,
        column,
        SOBOL,
        of,
        other,
        names,
        ("S1", "ST"),
        result.values,
        result.spread.both,
        None,
        result.rows,
    )
    total = result.values[-1, 1]
    what, labels = _what(column, of, main), [study.words_of(name).label for name in names]
    shares, half = np.nan_to_num(total).tolist(), result.spread.both[-1, 1].tolist()
    how = f", by total Sobol' indices with their {INTERVAL}s"
    findings.say(MATTERS, column, matters_sentence(column, what, labels, shares, OF_ALL, how, half))
    if of == OUTCOME:

        def measure(rows: int, replicates: int) -> Estimate | None:
            part = values[:, : rows * (len(names) + 2), :replicates]
            each = sobol_indices(
                part, len(names), study.common_luck, study.generator(STEPS), ON_THE_WAY
            )
            if each is None:
                return None
            return Estimate(labels, each.values[-1, 1], *(half[-1, 1] for half in each.spread))

        estimates = steps(measure, side.sample, study.replicates)
        add_steps(findings, column, SOBOL, estimates)
        judged = verdict(estimates[-1].estimate, [WIDEST] * len(names))
        wide = int((2 * result.spread.both[-1] > np.abs(result.values[-1])).sum())
        aim = "a tenth of all differences"
        text = verdict_sentence(
            judged, result.rows, study.replicates, "rows of the base sample", aim
        )
        if wide:
            text += f" Of {2 * len(names)} indices {wide} have intervals wider than themselves."
        findings.say(ENOUGH, column, text, parts=verdict_parts(judged))
    return True


def _morris(
    study: Study,
    column: Column,
    side: Side,
    other: Side | None,
    values: Array,
    of: str,
    findings: Findings,
    main: Cases | None = None,
) -> bool:
    """Add elementary effects of *values* [G, T (D + 1), R]; whether there are any."""
    names, shares = list(side.names), morris_shares(study, side)
    labels = [study.words_of(name).label for name in names]
    result = elementary_effects(values, shares, study.common_luck, study.generator(INDICES))
    if result is None:
        findings.notes.append(
            f"Too few trajectories are whole for elementary effects on {lower_first(column.words)}."
        )
        return False
    floor = float(result.floor.mean())
    size, half = result.values[-1, 1], result.spread.both[-1, 1]
    mean, half_of_mean = result.values[-1, 0], result.spread.both[-1, 0]
    halves = effects_by_halves(
        values, shares, result.turns, study.common_luck, study.generator(HALVES)
    )
    moves = []
    for place, axis in enumerate(side.axes):
        words, turn, decider = study.words_of(axis.name), result.turns[place], None
        if turn is not None:
            by = study.words_of(names[turn.axis])
            decider = Decider(by.label, by.rises, turn.rises, turn.axis == place)
        moves.append(
            Move(
                words.label,
                float(size[place]),
                float(half[place]),
                float(mean[place]),
                float(half_of_mean[place]),
                rise=words.rise(*axis.at(ENDS_OF_RANGE)),
                rises=words.rises,
                decided=words.decided,
                decider=decider,
                halves=halves[place],
            )
        )
    clear = told_apart(moves, floor)
    _add(
        findings,
        column,
        ELEMENTARY,
        of,
        other,
        names,
        ("mu", "mu_star", "sigma"),
        result.values,
        result.spread.both,
        floor,
        result.rows,
        [move in clear for move in moves],
        result.turns,
        halves,
    )
    if of == OUTCOME:
        if other is None or not other.axes:
            (row,) = findings.rows("outcomes", outcome=column.name)
            findings.say(
                ANSWER,
                column,
                ranking_sentence(column, moves, floor, row),
                headline(column, moves, floor),
            )
        else:
            sizes, half_of_each = [move.size for move in clear], [move.half for move in clear]
            labels_of_clear = [move.label for move in clear]
            findings.say(
                MATTERS, column, effects_sentence(column, labels_of_clear, sizes, half_of_each)
            )

        def measure(rows: int, replicates: int) -> Estimate | None:
            part = slice(rows * (len(names) + 1))
            each = elementary_effects(
                values[:, part, :replicates],
                shares[part],
                study.common_luck,
                study.generator(STEPS),
                ON_THE_WAY,
            )
            if each is None:
                return None
            return Estimate(labels, each.values[-1, 1], *(half[-1, 1] for half in each.spread))

        estimates = steps(measure, side.sample, study.replicates)
        add_steps(findings, column, ELEMENTARY, estimates)
        judged = verdict(estimates[-1].estimate, [QUARTER * float(size.max())] * len(names))
        aim = "a quarter of the largest effect"
        signatories = (
            column if who_signs(column) else None
        )  # of anything else sizes are told in no unit
        findings.say(
            ENOUGH,
            column,
            verdict_sentence(judged, result.rows, study.replicates, WALKS, aim, signatories),
            parts=verdict_parts(judged, signatories),
        )
    return True


def morris_shares(study: Study, side: Side) -> Array:
    """[points, axes] where the points of *side* lie in the unit cube; InputError where they are of
    another sample.
    """
    shares = SAMPLERS[MORRIS](len(side.axes), side.sample, study.seed)
    for place, axis in enumerate(side.axes):
        if axis.at(shares[:, place]) != side.frame[axis.name].tolist():
            raise InputError(
                f"{study.name}: found other values of {axis.name} than design {MORRIS!r} has for"
                f" seed {study.seed}, expected the points of this version of SALib"
            )
    return shares


def _add(
    findings: Findings,
    column: Column,
    method: str,
    of: str,
    other: Side | None,
    names: list[str],
    kinds: tuple[str, ...],
    values: Array,
    half: Array,
    floor: float | None,
    rows: int,
    clear: list[bool] | None = None,
    turns: list[Turn | None] | None = None,
    halves: list[Halves | None] | None = None,
) -> None:
    crossing = (
        [_place(other, place) for place in range(len(values) - 1)]
        if other is not None
        else [POOLED]
    )
    for place, at in enumerate([*crossing, POOLED]):
        if (at == POOLED or len(crossing) == 1) and place < len(values) - 1:
            continue  # a single crossing point is the pooled one
        for number, kind in enumerate(kinds):
            for axis, name in enumerate(names):
                value, width = float(values[place, number, axis]), float(half[place, number, axis])
                turn, parts = turns[axis] if turns else None, halves[axis] if halves else None
                by_half = {
                    f"{part}_half_{key}": getattr(getattr(parts, part), key) if parts else None
                    for part in Halves._fields for key in Mean._fields
                }  # fmt: skip
                findings.add(
                    "sensitivity",
                    column,
                    method=method,
                    of=of,
                    at=at,
                    axis=name,
                    index=kind,
                    value=value,
                    low=value - width,
                    high=value + width,
                    floor=floor,
                    rows=rows,
                    wide=bool(2 * width > abs(value)),
                    clear=clear[axis] if clear else None,
                    turns_by=names[turn.axis] if turn else None,
                    turns_up=turn.rises if turn else None,
                    **by_half,
                )


def _place(side: Side, place: int) -> str:
    """A point of *side* in words."""
    if not side.axes:
        return POOLED
    return ", ".join(
        f"{name} = {words_of_dial(name).value(side.frame[name].iloc[place])}" for name in side.names
    )


def _what(column: Column, of: str, main: Cases | None) -> str:
    if of == OUTCOME or main is None:
        return lower_first(column.words)
    return f"the effect of {main.comparison} on {lower_first(column.words)}"


def _scores(study: Study, column: Column, main: Cases | None, findings: Findings) -> None:
    """Scores of the outcome over all points, and of the lever's effect over its cases."""
    designs = {side.design for side in (study.levers, study.uncertainties) if side.axes}
    if designs <= {FACTORIAL, ONE_AT_A_TIME} and main is None:
        return
    subjects = [(OUTCOME, _scores_of_points(study, column))]
    if main is not None and main.vary:
        subjects.append((EFFECT, scores_of_cases(main, study.seed)))
    for of, scores in subjects:
        if scores is None:
            continue
        for place, name in enumerate(scores.names):
            findings.add(
                "scores",
                column,
                of=of,
                axis=name,
                score=float(scores.mean[place]),
                low=float(scores.low[place]),
                high=float(scores.high[place]),
                share=float(scores.shares[0][place]),
                share_low=float(scores.shares[1][place]),
                share_high=float(scores.shares[2][place]),
                explained=scores.explained,
            )
        if of == OUTCOME and main is not None:
            continue
        share = percent(max(scores.explained, 0))
        how = (
            f". So say decision trees, which explain {share} of the differences between settings"
            " new to them"
        )
        if scores.explained <= 0:
            how = ", as decision trees explain none of the differences between settings new to them"
        shares = scores.shares[0].tolist()
        named_shares = shares if scores.explained > 0 else [0.0] * len(shares)
        labels, what = (
            [study.words_of(name).label for name in scores.names],
            _what(column, of, main),
        )
        findings.say(
            MATTERS, column, matters_sentence(column, what, labels, named_shares, OF_TOLD, how)
        )


def _scores_of_points(study: Study, column: Column) -> Scores | None:
    """How much each axis tells about *column*, over all points; None where there are too few of
    them, or of axes.
    """
    axes, means = varied(study.points()), mean_over_replicates(study.values(column.name)).ravel()
    groups = np.tile(np.arange(study.uncertainties.size), study.levers.size)
    if len(axes.columns) < 2:
        return None
    return feature_scores(axes, means, groups, study.seed % 2**31)
