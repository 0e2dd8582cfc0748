"""Kinds, groups, traits and statuses of stakeholders, each with its words (docs/odd.md, section
2).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from typing import NamedTuple

KINDS = ("state", "firm", "ngo")
STATE, FIRM, NGO = range(len(KINDS))  # in the arrays of sim.population and sim.engine
GROUPS = (
    "state_high",
    "state_middle",
    "state_low",
    "firm",
    "ngo",
)  # states in thirds by offensive means

TRAITS = ("openness", "public_rule", "offence", "exposure", "capacity", "audience", "weight")
TRAIT = namedtuple("TRAIT", TRAITS)(*range(len(TRAITS)))  # type: ignore[misc]

SINGULAR_WORDS = {"state": "state", "firm": "firm", "ngo": "NGO"}
KIND_WORDS = {kind: f"{word}s" for kind, word in SINGULAR_WORDS.items()}
GROUP_WORDS = {
    "state_high": "most capable third of states",
    "state_middle": "middle third",
    "state_low": "least capable third",
    "firm": KIND_WORDS["firm"],
    "ngo": KIND_WORDS["ngo"],
}


class Status(NamedTuple):
    """The status of a stakeholder under a code."""

    number: int  # in the arrays of sim.engine
    word: str  # in a cell or a legend
    label: str  # after somebody's name
    column: str  # in the columns of `sim.outreach`


STATUSES: Mapping[str, Status] = {
    "not_taken_up": Status(0, "not taken up", "has not taken it up", "not_reached"),
    "waiting": Status(1, "waiting", "considered it and waits", "waits"),
    "declined": Status(2, "declined", "considered it and declined", "declines"),
    "signed": Status(3, "signed", "has signed", "signed"),
    "left": Status(4, "left", "signed and left", "left"),
}
