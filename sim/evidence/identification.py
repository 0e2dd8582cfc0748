"""What the register identifies: which weights it leaves open, and whether others' signatures
show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sim.evidence.calibrate import Fit
from sim.evidence.states import MOVING
from sim.kinds_and_statuses import KIND_WORDS
from sim.motives import BETWEEN_TEXTS
from sim.scenario.weights import TIED

# log likelihood that one more weight has to bring (about the 5 % level of a likelihood-ratio test)
CLEAR = 2.0


class Reason(StrEnum):
    """Why a weight is open."""

    TIED = "tied"  # it follows from another
    NOTHING = "nothing"  # it gets no weight, and a redrawn register may give it some
    BOUND = "bound"  # it lies at a bound of ours
    UNCLEAR = "unclear"  # its interval reaches 0


@dataclass(frozen=True)
class OpenWeight:
    """A weight that the register does not pin down: its value, the ends of its interval over
    redrawn registers (0 and 0 where it has none), and the dial from which it *follows*.
    """

    dial: str
    reason: Reason
    value: float
    low: float
    high: float
    follows: str | None = None


class Show(StrEnum):
    """Whether the register shows that others' signatures move a kind."""

    SHOWN = "shown"
    NOT_SHOWN = "not_shown"  # what they bring is too little
    NO_WEIGHT = "no_weight"  # they get no weight


@dataclass(frozen=True)
class Contagion:
    """Whether others' signatures show, what they add to the log likelihood, and by which dials."""

    verdict: Show
    gain: float
    dials: tuple[str, ...]

    @property
    def is_shown(self) -> bool:
        """Whether signatures go together, whichever led."""
        return self.verdict == Show.SHOWN


def not_pinned_down(fit: Fit) -> list[OpenWeight]:
    """Every weight whose interval reaches 0, that a bound holds back, or that follows from
    another.
    """
    return list(_open(fit))


def _open(fit: Fit) -> Iterator[OpenWeight]:
    for dial, value in fit.weights.items():
        low, high = fit.intervals.get(dial, (0.0, 0.0))
        if dial in BETWEEN_TEXTS and value == 0:
            continue  # one register is not asked
        if dial in TIED:
            yield OpenWeight(dial, Reason.TIED, value, low, high, TIED[dial])
        elif dial in fit.at_bound:
            yield OpenWeight(dial, Reason.BOUND if value else Reason.NOTHING, value, low, high)
        elif dial in fit.intervals and low <= 0 <= high:
            yield OpenWeight(dial, Reason.UNCLEAR, value, low, high)


def contagion(fit: Fit) -> dict[str, Contagion]:
    """kind -> whether the register shows that others' signatures moved it."""
    return {kind: _contagion(fit, kind) for kind in KIND_WORDS}


def _contagion(fit: Fit, kind: str) -> Contagion:
    gain = fit.log_likelihood[kind] - fit.without_contagion[kind]
    names = (f"{kind}_{motive}" for motive in MOVING)
    dials = tuple(name for name in names if fit.weights.get(name, 0) > 0)
    if not dials:
        return Contagion(Show.NO_WEIGHT, gain, dials)
    return Contagion(Show.SHOWN if gain >= CLEAR * len(dials) else Show.NOT_SHOWN, gain, dials)
