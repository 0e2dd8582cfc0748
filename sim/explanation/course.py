"""How somebody stands, as shares of simulated worlds, and when it signs in those in which it does."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from sim.calendar import end_of_round
from sim.experiments.outcomes import PERCENTILES
from sim.state import DECLINED, LEFT, NEVER, NOT_TAKEN_UP, SIGNED, WAITING

STATUSES = {
    "not_taken_up": NOT_TAKEN_UP, "waiting": WAITING, "declined": DECLINED, "signed": SIGNED, "left": LEFT,
}  # fmt: skip
STATUS_LABELS = {
    "not_taken_up": "has not taken it up",
    "waiting": "considered it and waits",
    "declined": "considered it and declined",
    "signed": "has signed",
    "left": "signed and left",
}


def shares(status: np.ndarray[Any, Any]) -> dict[str, float]:
    """Of each of STATUSES, the share of worlds in which it is the *status* [worlds]."""
    return {name: float(np.mean(status == code)) for name, code in STATUSES.items()}


def when(rounds: np.ndarray[Any, Any], launch: date) -> dict[str, Any] | None:
    """The 5th, 50th and 95th percentile of *rounds* [worlds] among worlds in which it happens, each with its date.

    None where it happens in no world.
    """
    happened = rounds[rounds != NEVER]
    if not happened.size:
        return None
    read = np.percentile(happened, PERCENTILES, method="inverted_cdf").astype(int).tolist()
    return {
        name: {"round": t, "date": end_of_round(launch, t)}
        for name, t in zip(("low", "median", "high"), read, strict=True)
    }
