"""One of a view's simulated worlds: how each state and named organisation stands, round by round. Signing, no conduct.

    ?lens=realist&world=7
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import sim
from dashboard.record import FITTED
from dashboard.view import MOST_WORLDS, View, view_beside, whole

WORLD = "world"
STATUSES = ("not taken up", "waiting", "declined", "signed", "left")


@dataclass(frozen=True)
class OneWorld:
    """World *number*, 1 for the first, of those of *view*."""

    view: View
    number: int

    @property
    def key(self) -> str:
        """What tells this question from others."""
        return urlencode([("view", self.view.query()), (WORLD, self.number)])


def one_world_of(query: str) -> OneWorld:
    """The world that *query* asks for: that of a view, and `world`; InputError, in one sentence, where it is none."""
    view, number = view_beside(WORLD, query)
    return OneWorld(view, whole(WORLD, number, 1, min(view.worlds, MOST_WORLDS)))


def courses_of(asked: OneWorld, run: sim.Run) -> dict[str, Any]:
    """Of everybody with a name, the changes: [place among the dates, number of the status], from nothing on."""
    numbers = {status: number for number, status in enumerate(STATUSES)}
    courses = {}
    for who, course in run.world(asked.number).items():
        stands = [numbers[status] for status in course]
        changes = [place for place in range(1, len(stands)) if stands[place] != stands[place - 1]]
        courses[str(who)] = [[place, stands[place]] for place in ([0] if stands[0] else []) + changes]
    return {"world": asked.number, "worlds": run.replicates, "seed": run.seed, "basis": FITTED,
            "statuses": list(STATUSES), "courses": courses}  # fmt: skip
