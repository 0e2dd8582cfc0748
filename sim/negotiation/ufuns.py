"""The door to NegMAS (Mohammad, Nakadai and Greenwald 2021), a library of automated negotiation:
the seats of a table as its utility functions, so that its mechanisms, strategies and solution
concepts can be tried on our talks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.extras import extra
from sim.negotiation.table import Table
from sim.negotiation.talks import Talks
from sim.reading import check_whole


def ufuns_of(talks: Talks, table: Table, replicate: int) -> tuple[Any, list[Any]]:
    """The outcome space and a utility function for each seat with a vote, in *replicate*, from 1
    on.

    An issue is a provision that may move, between the level in force and the one tabled; a value
    function is our loss, a parabola; the reserved value is r. Side offers and reservations are left
    out. InputError where NegMAS is not there.
    """
    number = check_whole(replicate, 1, table.replicates, "replicate") - 1
    with extra("negmas", "ufuns"):
        from negmas import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction, QuadraticFun
    moves = np.flatnonzero(table.high > table.low)
    issues = [
        make_issue((float(table.low[k]), float(table.high[k])), talks.subjects[k].provision)
        for k in moves
    ]
    space, functions = make_os(issues), []
    for seat in np.flatnonzero(table.votes):
        saliences, ideals = table.effective[number, seat], table.ideals[number, seat]
        stays = saliences * (table.low - ideals) ** 2
        stays[moves] = 0.0
        parabolas = np.stack([-saliences, 2 * saliences * ideals, -saliences * ideals**2], axis=1)
        values = [QuadraticFun(*map(float, parabolas[k])) for k in moves]
        functions.append(
            LinearAdditiveUtilityFunction(
                values,
                bias=1.0 - float(table.unmoved[number, seat]) - float(stays.sum()),
                reserved_value=float(table.reservation[number, seat]),
                outcome_space=space,
                name=talks.seats[seat],
            )
        )
    return space, functions
