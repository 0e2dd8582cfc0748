"""What would count as another decision of somebody: to sign, to be reached, or to stay out.

The decision is what it does in most simulated worlds. Whoever declined may take the matter up again, so how high its
chance has to be on each occasion depends on how many occasions there are: one half where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.explanation.occasions import implied, occasions, telling_chance
from sim.explanation.weighing import Moment

SIGN, BE_REACHED, STAY_OUT = "sign", "be reached", "stay out"
MOST = 0.5  # of the simulated worlds; a chance of one half


@dataclass(frozen=True)
class Aim:
    """`what`: one of the three above. `chance`: what the chance to sign, when it takes the matter up, has to reach, or
    to fall below for staying out. `occasions`: how often it takes the matter up as long as it has not signed.
    """

    what: str
    chance: float
    occasions: float

    def met(self, chance: float) -> bool:
        """Whether a *chance* to sign is on the other side."""
        return chance < self.chance if self.what == STAY_OUT else chance >= self.chance

    def in_most(self, share: float) -> bool:
        """Whether a *share* of worlds signed by the end is on the other side of one half."""
        return share < MOST if self.what == STAY_OUT else share > MOST


def aim(of: Moment, share_signed: float, chance: float, replicates: int, seed: int) -> Aim:
    """What would be another decision for somebody who signs in *share_signed* of the worlds by the end, and with this
    *chance* when it takes the matter up in the round that is explained.

    Who signs in most worlds could stay out. Who does not could come to sign; or, where its chance is one half or more
    already, be reached. Its chance differs between rounds, so beside the occasions themselves their number counts that
    its record implies; the more demanding of the two holds, and nothing more than one half is asked.
    """
    counted = occasions(of, replicates, seed)
    recorded = implied(share_signed, chance)
    if share_signed > MOST:
        number = max(counted, recorded)
        return Aim(STAY_OUT, telling_chance(number), number)
    if chance >= MOST:
        return Aim(BE_REACHED, MOST, counted)
    number = min(counted, recorded or counted)
    return Aim(SIGN, min(MOST, telling_chance(number)), number)
