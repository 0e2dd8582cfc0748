"""All outcomes of a round, read off its counts in one pass: the numbers of
`sim.experiments.outcomes.series`.

R rounds, P columns of outcomes. A column is the sum of at most five counts, one for each group,
over the sum of others.
"""

from __future__ import annotations

import numpy as np

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS
from sim.experiments.outcomes import ALL, MEASURED, Array, Outcome, column_names
from sim.kinds_and_statuses import GROUPS

COUNTS = (*CODE_COLUMNS, *WORLD_COLUMNS)
SIZES = len(COUNTS)  # from here on the sizes of the groups, then 1, then 0
ONE, NOTHING = SIZES + len(GROUPS), SIZES + len(GROUPS) + 1


NAMES = tuple(name for outcome in MEASURED for name in column_names(outcome))


def _places(column: str, outcome: Outcome, part: str) -> list[int]:
    """[5] the places of the counts of *column* that add up to *part* of *outcome*."""
    if not outcome.by:
        counts = [column]
    else:
        counts = [f"{column}_{group}" for group in (GROUPS if part == ALL else (part,))]
    return _padded([COUNTS.index(count) for count in counts])


def _wholes(outcome: Outcome, part: str) -> list[int]:
    """[5] the places of what *part* of *outcome* is a share of."""
    if outcome.share_of == "group":
        return _padded([SIZES + g for g, group in enumerate(GROUPS) if part in (group, ALL)])
    return _places(outcome.share_of, outcome, part) if outcome.share_of else _padded([ONE])


def _padded(places: list[int]) -> list[int]:
    return places + [NOTHING] * (len(GROUPS) - len(places))


PARTS = [(outcome, part) for outcome in MEASURED for part in outcome.parts]
PLACES = np.array(  # [2, P, 5] of the parts and of the wholes
    [
        [_places(outcome.column, outcome, part) for outcome, part in PARTS],
        [_wholes(outcome, part) for outcome, part in PARTS],
    ]
)


class Counts:
    """What is counted in *rounds* rounds, in one table that `readings` reads, with the sizes of the
    groups [5].
    """

    def __init__(self, rounds: int, group_sizes: Array) -> None:
        self.table = np.zeros((rounds, NOTHING + 1))
        self.table[:, SIZES:] = (*group_sizes, 1.0, 0.0)
        self.per_code = self.table[:, : len(CODE_COLUMNS)]  # of the first code
        self.worldwide = self.table[:, len(CODE_COLUMNS) : SIZES]


def readings(counts: Counts) -> Array:
    """[R, P] the outcomes in the order of NAMES; NaN where one is a share of nothing."""
    sums = counts.table[:, PLACES].sum(axis=3)
    parts, wholes = sums[:, 0], sums[:, 1]
    return np.divide(parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0)
