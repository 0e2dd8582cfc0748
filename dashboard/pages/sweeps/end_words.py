"""What it is like at either end of a dial's range, in the words of a figure that ranks dials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Ends(NamedTuple):
    """How a clause on a dial *begins*, and how it ends where the dial is *low* and where it is *high*."""

    begins: str
    low: str
    high: str


ENDS: Mapping[str, Ends] = {
    "ambition": Ends("the text asks for", "little", "much"),
    "text_openness": Ends("the text is", "for state control", "open"),
    "text_public_rule": Ends("the text is for", "private self-rule", "public rule"),
    "attention_scale": Ends("the campaign is", "half as loud", "twice as loud"),
    "bloc_votes": Ends("EU members decide", "each alone", "as one"),
    "ratification_needed": Ends("the code is", "a declaration", "a treaty"),
    "monitoring": Ends("signatories monitor", "nothing", "all they can"),
    "sanctions": Ends("sanctions are", "none", "the strongest"),
    "joint_attribution": Ends("attackers are named by", "the victim alone", "all its friends"),
    "state_attention_gradient": Ends("states without means hear", "less of it", "far less of it"),
    "organisations_attention_gradient": Ends("firms and NGOs without means hear", "less of it", "far less of it"),
    "security_club_share": Ends("restraint is for", "everybody", "fellow signatories"),
    "organisations_layer_share": Ends("states look at", "their region", "shared organisations"),
}
