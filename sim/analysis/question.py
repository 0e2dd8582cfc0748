"""The question put to a sweep: which outcomes, which lever, told apart by what, and which worlds to
look for.

It is in the table [answer] of the sweep's file, or in the arguments of `parley.analyse`; without
either a default follows from the design.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.analysis.discovery import Condition, condition
from sim.analysis.effects import can_be_paired, ordered
from sim.analysis.study import Column, Study
from sim.errors import InputError
from sim.experiments.outcomes import OUTCOMES
from sim.sweeps.answer import BY, LEVER, OUTCOME, WHERE
from sim.sweeps.design import GIVEN, ONE_AT_A_TIME

FIRST = "harm_prevented"  # the outcome of a sweep that names none, where it is kept
MANY = 40  # values, above which an axis is not compared value by value


class Question(NamedTuple):
    """What is asked: *lever* and *by* are empty, *where* is None, where there is nothing to compare
    or to look for. others: further levers on a grid, each compared as well. rivals: levers to be
    told apart by how far each moves the outcome, where the question is about several.
    """

    columns: tuple[Column, ...]
    lever: str
    by: str
    where: Condition | None
    others: tuple[str, ...]
    rivals: tuple[str, ...] = ()


def question(
    study: Study,
    outcome: str | list[str] | None = None,
    lever: str | Sequence[str] | None = None,
    by: str | None = None,
    where: str | None = None,
) -> Question:
    """The question of the arguments, else of the sweep's [answer], else of its design. InputError
    where the sweep has no such outcome or axis.
    """
    names = outcome if outcome is not None else study.answer.get(OUTCOME)
    if names is None:
        first = next(iter(study.columns.values()))
        alone = first.outcome if first.outcome in OUTCOMES else first.name
        names = FIRST if FIRST in study.columns else alone
    columns = tuple(
        study.column(name, OUTCOME) for name in ([names] if isinstance(names, str) else names)
    )
    if not columns:
        raise InputError("outcome: found none, expected at least one")
    by_axis = by if by is not None else study.answer.get(BY)
    if by_axis is not None:
        study.axis(by_axis, BY)
    on_grid = [
        name
        for name in study.levers.names
        if name != by_axis and can_be_paired(study, name) and _few(study, name)
    ]
    if study.levers.design == GIVEN:
        on_grid = on_grid[:1]  # the others go with it
    named_levers = _named_levers(study, lever if lever is not None else study.answer.get(LEVER))
    if by_axis in named_levers:
        raise InputError(f"{BY} is {by_axis}, which is the lever, expected another axis")
    rivals = named_levers or on_grid
    named = rivals[0] if rivals else None
    if not named_levers and study.levers.design == ONE_AT_A_TIME and len(on_grid) > 1:
        named = None  # the first of them is no more asked about than the others
    text = where if where is not None else study.answer.get(WHERE)
    rule = None
    if text is not None:
        rule = condition(text, WHERE)
        rule = rule._replace(name=study.column(rule.name, WHERE).name)
    return Question(
        columns,
        named or "",
        by_axis or "",
        rule,
        tuple(
            name
            for name in dict.fromkeys([*rivals, *on_grid])
            if name != named and not _goes_with(study, name, named)
        ),
        tuple(rivals) if len(rivals) > 1 else (),
    )


def _named_levers(study: Study, lever: str | Sequence[str] | None) -> list[str]:
    """The levers that somebody names; InputError for one that cannot be compared."""
    names = [lever] if isinstance(lever, str) else list(dict.fromkeys(lever or ()))
    for name in names:
        study.axis(name, LEVER)
        if not can_be_paired(study, name):
            raise InputError(
                f"{LEVER} is {name}, which design {_design(study, name)!r} has at other points"
                " each, expected one on a grid"
            )
    return names


def _goes_with(study: Study, name: str, lever: str | None) -> bool:
    """Whether *name* has no values of its own beside those of *lever*, as points are given one by
    one.
    """
    return (
        study.levers.design == GIVEN and lever in study.levers.names and name in study.levers.names
    )


def _few(study: Study, lever: str) -> bool:
    side = study.levers if lever in study.levers.names else study.uncertainties
    return 1 < len(ordered(study.axes[lever], side.frame[lever])) <= MANY


def _design(study: Study, name: str) -> str:
    return study.levers.design if name in study.levers.names else study.uncertainties.design
