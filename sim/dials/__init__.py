"""The dials of the world in which stakeholders decide; `WORLD_AT` has the column of each, for
compiled code.

The weights of motives are declared with the motives (`sim.motives`), and `sim.parameters` has all
dials together.
"""

from __future__ import annotations

from collections import namedtuple

from sim.dials.attention import Attention
from sim.dials.conduct import Attribution, Conduct, Harm, Learning, Response
from sim.dials.dial import Dial, dials_of
from sim.dials.rival import Rival
from sim.dials.signing import Signing
from sim.dials.text_rules import TextRules

CONDUCT_DIALS: dict[str, Dial] = dials_of(
    Conduct, Harm, Attribution, Response, Learning
)  # all assumed
WORLD_DIALS: dict[str, Dial] = {**dials_of(TextRules, Signing, Attention), **CONDUCT_DIALS}
RIVAL_DIALS: dict[str, Dial] = dials_of(Rival)  # of scenarios with a second code

WORLD_AT = namedtuple("WORLD_AT", list(WORLD_DIALS))(*range(len(WORLD_DIALS)))  # type: ignore[misc]
