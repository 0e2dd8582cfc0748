"""What a deeper text costs in signatories: findings on the texts that `sim.participation` has
simulated, for those that are like the register's text, and for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiments.outcomes import ALL
from sim.findings import EXTRAPOLATED
from sim.kinds_and_statuses import KINDS

TOGETHER, RESTRAINT_FIRST, EFFORT_FIRST = "together", "restraint first", "effort first"
WAYS = (TOGETHER, RESTRAINT_FIRST, EFFORT_FIRST)
EDGES = ("_low", "", "_high")  # of the worlds, as in PERCENTILES
SHOWN = {
    **{f"signatories_{kind}": ("signatories", kind) for kind in KINDS},
    "power_share": ("power_share", ALL),
}

Text = Mapping[Any, Any]  # a row of the table of texts


@dataclass(frozen=True)
class TextLevel:
    """How many sign a text of this *depth*, or what share of power they have: in the middle of the
    worlds, *low* and *high* the ends of 90 % of them; and whether it is extrapolated.
    """

    depth: float
    low: float
    estimate: float
    high: float
    is_extrapolated: bool

    def is_clearly_above(self, other: TextLevel) -> bool:
        """Whether the middle of each lies outside the other's interval, this one's above."""
        return self.estimate > other.high and other.estimate < self.low


@dataclass(frozen=True)
class ParticipationFindings:
    """What a deeper text does to one *measure* of participation: the shallowest and the deepest
    text within the data (*inside*; none where the present text lies there alone), the shallowest
    and the deepest of *all*, and the texts as deep as the present one that ask for prohibitions
    (*restraint*) or for duties (*effort*) first, None before these are simulated.
    """

    measure: str
    inside: tuple[TextLevel, TextLevel] | None
    all: tuple[TextLevel, TextLevel]
    restraint: TextLevel | None
    effort: TextLevel | None


def participation_findings(texts: Sequence[Text], measure: str) -> ParticipationFindings:
    """The findings on a *measure* of SHOWN from the rows of `sim.participation`."""
    by_depth = sorted(texts, key=_depth)
    within = [
        text for text in by_depth if text["way"] == TOGETHER and text["basis"] != EXTRAPOLATED
    ]
    ends = min(texts, key=_depth), max(texts, key=_depth)
    depth = next(text["depth"] for text in texts if text["present"])
    restraint, effort = (
        _read_off(texts, ends, way, depth, measure) for way in (RESTRAINT_FIRST, EFFORT_FIRST)
    )
    first, last = (_level(text, measure) for text in ends)
    inside = (_level(within[0], measure), _level(within[-1], measure)) if within[1:] else None
    return ParticipationFindings(measure, inside, (first, last), restraint, effort)


def _depth(text: Text) -> float:
    return float(text["depth"])


def _level(text: Text, measure: str) -> TextLevel:
    low, middle, high = (float(text[f"{measure}{edge}"]) for edge in EDGES)
    return TextLevel(_depth(text), low, middle, high, text["basis"] == EXTRAPOLATED)


def _read_off(
    texts: Sequence[Text], ends: Sequence[Text], way: str, depth: float, measure: str
) -> TextLevel | None:
    """What the line of a *way*, between the texts that ask for least and for most, has at a
    *depth*; None where no text of its own is simulated.
    """
    own = [text for text in texts if text["way"] == way and text not in ends]
    if not own:
        return None
    line = [_level(text, measure) for text in sorted([*own, *ends], key=_depth)]
    depths = [each.depth for each in line]
    place = int(np.searchsorted(depths, depth))
    is_far = any(each.is_extrapolated for each in line[max(place - 1, 0) : place + 1])
    low, middle, high = (
        float(np.interp(depth, depths, values))
        for values in zip(*((each.low, each.estimate, each.high) for each in line), strict=True)
    )
    return TextLevel(depth, low, middle, high, is_far)
