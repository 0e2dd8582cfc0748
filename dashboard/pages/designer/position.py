"""What the weights say of a text's position: how sure it is that openness and public rule move who
signs, in words.

A single register hardly tells what a text does, as it has one text; many instruments have many. So
each lever gets the weights common to many instruments, then those of the register alone, all from
the file of weights of the view.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import sim
from sim import number_formats as formats

POSITION = ("text_openness", "text_public_rule")  # levers
ENDS = {"text_openness": ("state control", "open, rights-based"),
        "text_public_rule": ("private self-rule", "public authority")}  # fmt: skip
OPENNESS, PUBLIC_RULE = (
    "openness",
    "public rule",
)  # properties of a text, as motives name what they look at

READ = (
    "A weight says how much a motive counts in the choice to sign: at 0 it does nothing, a larger"
    f" one moves more (its unit is the logit). In brackets are {formats.percent(0.9)} of its draws;"
    " a range that begins at 0 may be nothing."
)
MOVES, NOT_SHOWN = (
    "The data show that states mind it",
    "The data cannot tell whether states mind it",
)
UNKNOWN = "Unknown under this lens whether states mind it"
NO_COMMON = "Under this lens no weight from other instruments says what it does."
TURNS = "what draws a state to a text on one side of the middle keeps it from one on the other"


class Effect(NamedTuple):
    """What is known of a lever: in a few words, in a sentence on what many instruments show, and as
    weights.
    """

    plain: str
    verdict: str
    numbers: str


class Estimate(NamedTuple):
    """A weight of a motive that looks at the lever, with the ends of 90 % of its draws."""

    dial: str
    value: float
    low: float
    high: float

    def in_words(self, name: str) -> str:
        """After *name*: the weight, and its ends in brackets."""
        ends = formats.interval(self.low, self.high, formats.mean, formats.TO)
        return f"{name} {formats.mean(self.value)} ({ends})"


def effects_of(scenario: sim.Scenario) -> dict[str, Effect]:
    """Lever -> what the weights of *scenario* say of it."""
    return {"text_openness": _of_openness(scenario), "text_public_rule": _of_public_rule(scenario)}


def _of_openness(scenario: sim.Scenario) -> Effect:
    common, register = _estimates(scenario, OPENNESS)
    if not common:
        plain, verdict = UNKNOWN, NO_COMMON
    elif _clear(common):
        plain, verdict = MOVES, f"{_instruments()} show that it matters: {TURNS}."
    else:
        plain, verdict = NOT_SHOWN, f"{_instruments()} do not show that it matters."
    return Effect(plain, verdict, _numbers(common, _clear(register), _motive))


def _of_public_rule(scenario: sim.Scenario) -> Effect:
    common, register = _estimates(scenario, PUBLIC_RULE)
    numbers = _numbers(common, register, _kind)
    if not common:
        return Effect(UNKNOWN, NO_COMMON, numbers)
    shows, plain = ("show", MOVES) if _clear(common) else ("do not show", NOT_SHOWN)
    return Effect(plain, f"{_instruments()} {shows} that it matters to states.", numbers)


def _estimates(scenario: sim.Scenario, what: str) -> tuple[list[Estimate], list[Estimate]]:
    """The common weights, and those of the register, of motives that look at *what*, where they
    have draws.
    """
    common, register = (
        [Estimate(each.name, each.value, each.low, each.high) for each in weights
         if each.of_text == what and each.low is not None and each.high is not None]
        for weights in (scenario.common(), scenario.fitted())
    )  # fmt: skip
    return common, register


def _clear(estimates: list[Estimate]) -> list[Estimate]:
    """Those that the draws tell from nothing."""
    return [each for each in estimates if each.low > 0]


def _numbers(common: list[Estimate], register: list[Estimate], name: Callable[[str], str]) -> str:
    """The weights from instruments, then those of the register alone, in one line; *name* says what
    each is of.
    """
    first, second = (
        ", ".join(each.in_words(name(each.dial)) for each in some) for some in (common, register)
    )
    of_register = f"The register alone: {second or 'nothing'}."
    return f"{first[:1].upper()}{first[1:]}. {of_register}" if first else of_register


def _motive(dial: str) -> str:
    """What the motive of a weight is about."""
    return sim.DIALS[dial].meaning.removeprefix("weight of ")


def _kind(dial: str) -> str:
    """Whose weight it is."""
    return sim.KIND_WORDS[dial.partition("_")[0]]


@functools.cache
def _instruments() -> str:
    """How many instruments the common weights were fitted to, as a sentence begins."""
    try:
        return f"{len(sim.evidence_on_record().content['instruments']['instruments'])} instruments"
    except sim.InputError:
        return "Many instruments"
