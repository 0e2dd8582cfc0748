"""What the weights say of a text's position: how sure it is that openness and public rule move who signs, in words.

A single register hardly tells what a text does, as it has one text; many instruments have many. So each sentence gives
the weights common to many instruments, then those of the register alone, all from the file of weights of the view.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sim

POSITION = ("text_openness", "text_public_rule")  # levers
ENDS = {"text_openness": ("state control", "open, rights-based"),
        "text_public_rule": ("private self-rule", "public authority")}  # fmt: skip

# The weights through which each lever moves a state, in the words of somebody who talks to them.
OF_OPENNESS = {
    "state_ideal_point": "votes in the General Assembly", "state_record": "earlier commitments",
    "state_direction": "own openness",
}  # fmt: skip
OF_PUBLIC_RULE = {"state_affinity": "states", "firm_affinity": "firms", "ngo_affinity": "NGOs"}
READ = "Numbers are weights in logits, in brackets 90 % of their draws; where that begins at 0, it may be nothing."

NO_COMMON = "Under this lens no weight from other instruments says what it does."

Estimate = tuple[float, float, float]  # weight, low, high


class Effect(NamedTuple):
    """What is known of a lever: whether many instruments show that it matters, in a sentence, and the weights."""

    verdict: str
    numbers: str


def effects_of(scenario: sim.Scenario) -> dict[str, Effect]:
    """Lever -> what the weights of *scenario* say of it."""
    common, register = _estimates(scenario.common()), _estimates(scenario.fitted())
    return {"text_openness": _of_openness(common, register), "text_public_rule": _of_public_rule(common, register)}


def _of_openness(common: Mapping[str, Estimate], register: Mapping[str, Estimate]) -> Effect:
    told, numbers = _listed(common, OF_OPENNESS, told=True), _listed(common, OF_OPENNESS)
    if not numbers:
        verdict = NO_COMMON
    elif told:
        turns = "across the middle, what draws a state to the text turns around"
        verdict = f"{_instruments()} show that it matters: {turns}."
    else:
        verdict = f"{_instruments()} do not show that it matters."
    return Effect(verdict, _numbers(numbers, _listed(register, OF_OPENNESS, told=True)))


def _of_public_rule(common: Mapping[str, Estimate], register: Mapping[str, Estimate]) -> Effect:
    numbers = _listed(common, OF_PUBLIC_RULE)
    if not numbers:
        verdict = NO_COMMON
    else:
        shows = "show" if _listed(common, OF_PUBLIC_RULE, told=True) else "do not show"
        verdict = f"{_instruments()} {shows} that it matters to states."
    return Effect(verdict, _numbers(numbers, _listed(register, OF_PUBLIC_RULE)))


def _numbers(common: str, register: str) -> str:
    """The weights from instruments, then those of the register alone, in one line."""
    of_register = f"The register alone: {register or 'nothing'}."
    return f"{common[:1].upper()}{common[1:]}. {of_register}" if common else of_register


def _listed(estimates: Mapping[str, Estimate], words: Mapping[str, str], told: bool | None = None) -> str:
    """Those of *words* that have an estimate, each with it: all, or those alone whose range is above 0, or is not."""
    some = {name: estimates[name] for name in words if name in estimates}
    return ", ".join(f"{words[name]} {_number(each)}" for name, each in some.items() if told in (None, each[1] > 0))


def _number(estimate: Estimate) -> str:
    value, low, high = (f"{number:.1f}" if number else "0" for number in estimate)
    return f"{value} ({low} to {high})"


def _estimates(weights: Sequence[Any]) -> dict[str, Estimate]:
    """Dial -> its weight and the ends of 90 % of its draws, of those *weights* that have draws."""
    return {each.name: (each.value, each.low, each.high) for each in weights if each.low is not None}


@functools.cache
def _instruments() -> str:
    """How many instruments the common weights were fitted to, as a sentence begins."""
    try:
        return f"{len(sim.evidence_on_record().content['instruments']['instruments'])} instruments"
    except sim.InputError:
        return "Many instruments"
