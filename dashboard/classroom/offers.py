"""What a teacher may choose from when a session is opened."""

from __future__ import annotations

import functools
from typing import Any

import sim
from dashboard.classroom.plan import OFFERS
from dashboard.classroom.seats import SIZES, seats_of
from dashboard.classroom.world import scenario_named


@functools.cache
def offers() -> dict[str, Any]:
    """The scenarios, plans and numbers of seats; of the scenarios those that have seats enough for every class."""
    return {
        "scenarios": [
            {"id": name, "title": title, "words": question} for name, title, question in sim.available()
            if len(seats_of(scenario_named(name), SIZES[-1])) == SIZES[-1]
        ],
        "plans": [{"id": plan, "title": title, "words": words} for plan, (title, words) in OFFERS.items()],
        "seats": list(SIZES),
    }  # fmt: skip
