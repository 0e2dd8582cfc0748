"""The question put to a sweep: which outcomes, which lever, told apart by what, and which worlds to
look for.

It is in the table [answer] of the sweep's file, or in the arguments of `parley.analyse`; without
either a default follows from the design.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.discovery import Condition, condition
from sim.analysis.effects import can_be_paired, ordered
from sim.analysis.study import Column, Study
from sim.errors import InputError
from sim.sweeps.answer import BY, LEVER, OUTCOME, WHERE
from sim.sweeps.design import GIVEN, ONE_AT_A_TIME

FIRST = "harm_prevented"  # the outcome of a sweep that names none, where it is kept
MANY = 40  # values, above which an axis is not compared value by value


class Question(NamedTuple):
    """What is asked: *lever* and *by* are empty, *where* is None, where there is nothing to compare
    or to look for. others: further levers on a grid, each compared as well.
    """

    columns: tuple[Column, ...]
    lever: str
    by: str
    where: Condition | None
    others: tuple[str, ...]


def question(
    study: Study,
    outcome: str | list[str] | None = None,
    lever: str | None = None,
    by: str | None = None,
    where: str | None = None,
) -> Question:
    """The question of the arguments, else of the sweep's [answer], else of its design. InputError
    where the sweep has no such outcome or axis.
    """
    names = outcome if outcome is not None else study.answer.get(OUTCOME)
    if names is None:
        names = FIRST if FIRST in study.columns else next(iter(study.columns))
    columns = tuple(
        study.column(name, OUTCOME) for name in ([names] if isinstance(names, str) else names)
    )
    if not columns:
        raise InputError("outcome: found none, expected at least one")
    named = lever if lever is not None else study.answer.get(LEVER)
    on_grid = [
        name for name in study.levers.names if can_be_paired(study, name) and _few(study, name)
    ]
    if study.levers.design == GIVEN:
        on_grid = on_grid[:1]  # the others go with it
    if named is not None:
        study.axis(named, LEVER)
        if not can_be_paired(study, named):
            raise InputError(
                f"{LEVER} is {named}, which design {_design(study, named)!r} has at other points"
                " each, expected one on a grid"
            )
    elif on_grid and study.levers.design != ONE_AT_A_TIME:
        named = on_grid[0]
    by_axis = by if by is not None else study.answer.get(BY)
    if by_axis is not None:
        study.axis(by_axis, BY)
        if by_axis == named:
            raise InputError(f"{BY} is {by_axis}, which is the lever, expected another axis")
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
        tuple(name for name in on_grid if name != named and not _goes_with(study, name, named)),
    )


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
