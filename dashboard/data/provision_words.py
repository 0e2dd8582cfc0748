"""What provisions say, in plain words: on the pages Designer and Stakeholder, and in a brief on a
stakeholder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sim
from sim import number_formats as formats

# What the two ends of each provision's ambition say, in plain words. Ours: the Call itself has one
# wording of each.
ENDS = {
    1: (
        "silent on harm to people and infrastructure",
        "no operation that harms them, whatever the reason",
    ),
    2: ("silent on routing, naming and cables", "nobody touches them, in peace or conflict"),
    3: ("silent on elections", "no interference, and platforms stop it"),
    4: ("silent on theft of trade secrets", "no theft for advantage, by anybody"),
    5: ("tools may be sold to anyone", "no tool leaves without control"),
    6: ("products ship as they are", "secure from design to end of life"),
    7: ("everyone as they please", "basic protection everywhere, all the time"),
    8: ("firms may strike back", "no firm does, and states see to it"),
    9: ("no follow-up", "all follow up, report and name their own side"),
}

PARTS = {0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 0.5: "half", 0.75: "three quarters"}
SOME, HALF, MOST_OF_IT, NEAR_HALF = 1 / 3, 0.5, 2 / 3, 0.06


def degree(ambition: float) -> str:
    """How much of what a provision could ask it does, in words: as the page Designer has it between
    its ends.
    """
    if ambition <= 0:
        return "nothing"
    if ambition >= 1:
        return "all"
    if abs(ambition - HALF) < NEAR_HALF:
        return "about half"
    if ambition < HALF:
        return "a little" if ambition < SOME else "less than half"
    return "more than half" if ambition < MOST_OF_IT else "most"


def asked_of(change: Mapping[str, Any] | None, scenario: sim.Scenario) -> str:
    """How much the one provision that a *change* moves asks in *scenario* and with it, and what
    asking everything, or nothing, says; empty where the change moves none, or several. The words
    name an end of ambition, so of anything between the ends the full demand is told as what it
    would be: alone, the words would make a tenth of a prohibition as absolute as all of it.
    """
    moved = (change or {}).get("parameters", {})
    if sum(name.startswith("ambition_") for name in moved) > 1:
        return ""
    for provision in scenario.code.provisions:
        after = moved.get(f"ambition_{provision.principle}")
        if after is None or provision.principle not in ENDS:
            continue
        least, most = ENDS[provision.principle]
        if after <= 0 or after >= 1:
            before, then = degree(provision.ambition), degree(after)
            return (
                f"it then asks {then} instead of {before}: {least if after <= 0 else most} (our"
                " judgement)"
            )
        return (
            f"it would then ask for {part(after)} of the full demand (“{most}”), by our judgement"
        )
    return ""


def part(ambition: float) -> str:
    """An *ambition* between the ends as a part of the full demand: a tenth, or 30 %."""
    return PARTS.get(ambition) or formats.percent(ambition)
