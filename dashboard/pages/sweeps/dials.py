"""The dials on the page Sweeps: as options of its form, the values that they are first compared at,
and what it is like at either end of its range in the sweep that ranks dials.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple

import sim
from dashboard.data.words import dial_words
from dashboard.view import SCENARIO
from sim import number_formats as formats


class Ends(NamedTuple):
    """How a clause on a dial *begins*, and how it ends where the dial is *low* and where it is
    *high*; what its *row* in a figure is called, where the label of the dial does not go with
    these.
    """

    begins: str
    low: str
    high: str
    row: str = ""


# Of the ranges of what-moves-signing: a sweep with others says its values instead.
ENDS: Mapping[str, Ends] = {
    "ambition": Ends("the text asks for", "little", "much"),
    "text_openness": Ends("the text is", "for state control", "open"),
    "text_public_rule": Ends("the text is for", "private self-rule", "public rule"),
    "attention_scale": Ends("the campaign is", "half as loud", "twice as loud"),
    "bloc_votes": Ends("EU members decide", "each alone", "as one"),
    "ratification_needed": Ends("the code is", "a declaration", "a treaty"),
    "monitoring": Ends("signatories monitor", "nothing", "all they can"),
    "sanctions": Ends("sanctions are", "none", "the strongest"),
    "joint_attribution": Ends(
        "attackers are named by", "the victim alone", "the victim’s friends too"
    ),
    "state_attention_gradient": Ends(
        "the poorest states hear",
        "somewhat less often",
        "far less often",
        "how often the poorest states hear",
    ),
    "organisations_attention_gradient": Ends(
        "poor firms and NGOs hear",
        "somewhat less often",
        "far less often",
        "how often poor firms and NGOs hear",
    ),
    "security_club_share": Ends("restraint is for", "everybody", "fellow signatories"),
    "organisations_layer_share": Ends("states look at", "their region", "shared organisations"),
}


def first_values() -> dict[str, str]:
    """The values at which each dial is first compared: the ends of its plausible range and what
    lies halfway.
    """
    values = {}
    for dial in (*_dials("lever"), *_dials("uncertainty")):
        low, high = dial.plausible or dial.between
        middle = (low + high) // 2 if dial.whole else (low + high) / 2
        values[dial.name] = ", ".join(formats.setting(value) for value in (low, middle, high))
    return {name: text.replace(formats.MINUS, "-") for name, text in values.items()}


def _dials(role: str) -> list[Any]:
    return [dial for dial in sim.load(SCENARIO).dials.values() if dial.role == role]


def _option(dial: Any) -> dict[str, str]:
    return {"value": dial.name, "label": dial_words(dial.name)}


def uncertainties() -> list[dict[str, Any]]:
    """What can be uncertain, as options by group."""
    grouped = groupby(
        sorted(_dials("uncertainty"), key=lambda dial: str(dial.group)),
        key=lambda dial: str(dial.group),
    )
    return [
        {"group": _group(group), "items": [_option(dial) for dial in dials]}
        for group, dials in grouped
    ]


def _group(name: str) -> str:
    return next(dial.group_title for dial in _dials("uncertainty") if dial.group == name)


def levers() -> list[dict[str, Any]]:
    """What can be compared, as options: first what somebody could decide."""
    decided = {
        "group": "What somebody could decide",
        "items": [_option(dial) for dial in _dials("lever")],
    }
    return [
        decided,
        {
            "group": "What nobody has measured",
            "items": [_option(dial) for dial in _dials("uncertainty")],
        },
    ]
