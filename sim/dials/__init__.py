"""All dials of the model; `AT` has the column of each in the array that compiled code reads."""

from __future__ import annotations

from collections import namedtuple

from sim.dials.attention import Attention
from sim.dials.conduct import Attribution, Conduct, Harm, Learning, Response
from sim.dials.dial import Dial, Fitted, Lever, Uncertainty, Values, dial_named, dials_of
from sim.dials.motives import Motives
from sim.dials.text_rules import TextRules

DIALS: dict[str, Dial] = dials_of(TextRules, Motives, Attention, Conduct, Harm, Attribution, Response, Learning)

AT = namedtuple("AT", list(DIALS))(*range(len(DIALS)))  # type: ignore[misc]

__all__ = ["AT", "DIALS", "Dial", "Fitted", "Lever", "Uncertainty", "Values", "dial_named"]
