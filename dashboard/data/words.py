"""The words of the pages for kinds, statuses, groups, dials, events and branches, and for what a
number rests on.

Keys are those of the JSON answers and of the scripts in assets/.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import sim
from dashboard.data.pairs import FAR, MOVED
from dashboard.view import APPROACHED, CAPACITY, OUTREACH, SIGNS, STAYS_OUT, View
from sim import number_formats as formats

SYMBOL = re.compile(r"^[a-z]\d: ")  # such as b0

# Of changes, as an answer on a stakeholder seeks them, in the middle of a sentence.
FAMILIES: Mapping[str, str] = {
    "text": "the text",
    "forum": "who convenes",
    "outreach": "outreach",
    "signature": "others’ signatures",
    "capacity": "capacity support",
}

KINDS = {kind: words[0].upper() + words[1:] for kind, words in sim.KIND_WORDS.items()}
GROUPS = {**sim.GROUP_WORDS, "all": "all"}  # the only parts by which conduct is shown

# Shares of the worlds by status, which add up to one. Who has left counts as one that has
# considered it.
SHARES = {
    "signed": "signed",
    "considered": "considered, not signed",
    "not_taken_up": sim.STATUSES["not_taken_up"].word,
}

# How levers of provisions begin, and what the dial that moves them all is called.
AMBITION, ALL_AMBITIONS = "ambition_", "ambition of all provisions"

# What a number rests on: in a badge or a cell, and in full.
FITTED, WHAT_IF, EXTRAPOLATED, ASSUMED = sim.BASES.values()
WORLDS = "worlds under the fitted weights"  # those of its text, whatever they were fitted to
FITTED_WORLDS = f"{FITTED}: {WORLDS}"
ASSUMED_RANGES = f"{ASSUMED}: ranges over what nobody has measured"
RANGES = (
    f"Nobody has measured conduct. Each range holds {formats.percent(0.9)} of worlds in which all"
    " assumptions about it vary at once; it belongs to a group, never to anybody by name. In bold:"
    " more, or less, throughout the range."
)

# The share of material power that signatories hold, by its one name, and what it is made of; a test
# holds the numbers against the states.
MATERIAL_POWER = "Material power"
WHAT_POWER_COUNTS = f"What “{MATERIAL_POWER.lower()}” counts"
POWER = (
    "Each state counts by the square root of its size: the mean of its shares of all states' GDP"
    " and of their population in 2017 (World Bank). The root holds giants down: the United States,"
    f" China and Russia have {formats.percent(0.1)} of all power here, where size itself would give"
    f" them {formats.percent(0.33)}. So it moves less than one expects when one of them signs."
)

UNITS = {
    "logits": "weight in a choice",
    "log points": "steepness",
    "log points, standard deviation": "spread",
}
ROLES = {
    "lever": "a decision",
    "uncertainty": "not measured",
    "resolution": "resolution",
}  # what a dial on a page is
ENDS = {  # what it is like at the lowest and at the highest value of a dial
    "ambition": ("asks for nothing", "asks for all"),
    "text_openness": ("state control", "open, rights-based"),
    "text_public_rule": ("private self-rule", "public rule"),
    "attention_scale": ("no campaign", "four times as loud"),
    "state_attention_gradient": ("they hear as much", "they hear far less"),
    "organisations_attention_gradient": ("they hear as much", "they hear far less"),
    "bloc_votes": ("each member alone", "the Union as one"),
    "state_inclination": ("sign less readily", "sign more readily"),
    "firm_inclination": ("sign less readily", "sign more readily"),
    "ngo_inclination": ("sign less readily", "sign more readily"),
    "rationality": ("a coin toss decides", "motives alone decide"),
    "norm_weight": ("they weigh nothing", "they weigh much"),
    "monitoring": ("none", "all that they can"),
    "sanctions": ("none", "the strongest"),
    "joint_attribution": ("the victim alone", "with all its friends"),
}
CHOICES = {SIGNS: "signs", STAYS_OUT: "stays out", APPROACHED: "approached"}  # of a branch


def basis_of(*scenarios: sim.Scenario) -> str:
    """What numbers on signing under *scenarios* rest on, in a badge or a cell."""
    return sim.BASES[sim.basis_of_signing(*scenarios)]


def basis_of_worlds(*scenarios: sim.Scenario) -> str:
    """The same in full."""
    return f"{basis_of(*scenarios)}: {worlds_of(*scenarios)}"


def worlds_of(*scenarios: sim.Scenario) -> str:
    """What worlds these are, by their weights: those of the first whose words are other than
    `WORLDS`.
    """
    words = [f"worlds under {scenario.weights_words}" for scenario in scenarios]
    return next((each for each in words if each != WORLDS), WORLDS)


def basis_and_why(*scenarios: sim.Scenario) -> dict[str, str]:
    """The parts of an answer on signing from which assets/basis.js writes its badges: the basis in
    full, and why it is no fit to the register; empty where it is one.
    """
    return {"basis": basis_of_worlds(*scenarios), "why": sim.why_not_fitted(*scenarios)}


def what_if_and_why(scenario: sim.Scenario) -> dict[str, str]:
    """The same of an answer that compares *scenario* with what did not happen in it."""
    basis = sim.BASES[sim.basis_of_what_if(scenario)]
    return {"basis": f"{basis}: {worlds_of(scenario)}", "why": sim.why_not_fitted(scenario)}


def vocabulary() -> dict[str, Any]:
    """The words of `sim` that the scripts in assets/ use: kinds in the singular and as titles,
    statuses by number, what numbers rest on; and from where on a change is called far, or a share
    of worlds moved.
    """
    return {
        "kind": sim.SINGULAR_WORDS,
        "kinds": KINDS,
        "bases": dict(sim.BASES),
        "defaults": defaults(),
        "far": FAR,
        "moved": MOVED,
        "dials": {
            name: dial.label
            for name, dial in _dials().items()
            if dial.label != name.replace("_", " ")
        },
        "statuses": [{"name": name, **status._asdict()} for name, status in sim.STATUSES.items()],
    }


def defaults() -> dict[str, Any]:
    """What an address leaves out: the parameters of a view with the values that they have then."""
    view = View()
    keys = ("scenario", "lens", "weights", "convenor", "may_sign", "worlds", "seed")
    return {key: getattr(view, key) for key in keys}


def dial_words(name: str) -> str:
    """The name of a dial as people read it in the middle of a sentence: its label, as it is
    declared.
    """
    dials = _dials()
    return dials[name].label if name in dials else name.replace("_", " ")


def dial_meaning(dial: Any) -> str:
    """What a *dial* means, without the symbol that formulas have for it."""
    return SYMBOL.sub("", dial.meaning)


def role_words(dial: Any) -> str:
    """What a *dial* is, in a tag beside it."""
    return "1 fits the register" if dial.is_of_the_fit else ROLES[dial.role]


def unit_words(unit: str) -> str:
    """The *unit* of a dial as people read it; those of the formula of a chance say nothing to
    most.
    """
    return UNITS.get(unit, unit)


@functools.cache
def _dials() -> Mapping[str, Any]:
    """Every dial that a view may set, by name: those of all scenarios that ship."""
    return {
        name: dial for each, _, _ in sim.available() for name, dial in sim.load(each).dials.items()
    }


def action_of(branch: str) -> str:
    """What a branch of a link does: SIGNS, STAYS_OUT, APPROACHED, CAPACITY, OUTREACH, or the value
    that a dial becomes.
    """
    return branch.split(":")[2].partition("=")[0]


def branch_words(branch: str, names: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The month from which a branch of a link acts, and that until which it does, where it ends;
    and what it does; *names* are those of ids.
    """
    month, what, action = branch.split(":")
    who = ", ".join(sim.with_article(names.get(each, each)) for each in what.split(","))
    name, _, value = action.partition("=")
    if name in CHOICES:
        return (month,), f"{who} {CHOICES[name]}"
    if name == CAPACITY:
        return (month,), f"capacity of {who} becomes {value}"
    if name == OUTREACH:
        rate, _, until = value.partition(",")
        return (
            (month, until) if until else (month,)
        ), f"{who} approached at a rate of {rate} a month"
    return (month,), f"{dial_words(what)} becomes {action}"


def registered_since(day: date | None, is_dated: bool) -> str:
    """Since when somebody is on the register: since Nov 2018; by Sep 2019, where it may have joined
    before; never.
    """
    return f"{'since' if is_dated else 'by'} {day:%b %Y}" if day else "never"
