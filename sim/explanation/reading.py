"""The verdict, in one sentence: not reached, waiting, declining and signing are different things."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sim.explanation.asked import Asked
from sim.explanation.course import STATUS_LABELS
from sim.explanation.wording import called
from sim.scenario import Event

PLURALS = {"state": "states", "firm": "firms", "ngo": "NGOs"}
POSSESSIVES = {"state": "the state's", "firm": "the firm's", "ngo": "the NGO's"}


def reading(asked: Asked, by_end: Mapping[str, float], last_day: date) -> str:
    """What happens in most worlds, or in more than anything else, by the shares *by_end*, on *last_day*."""
    usual = max(by_end, key=lambda name: by_end[name])
    share = f"{by_end['signed']:.2f} of the simulated worlds"
    if usual == "signed":
        return _sentence(asked, f"{called(asked.name)} has signed in {share} by {last_day}")
    found = f"{called(asked.name)} {STATUS_LABELS[usual]} in {by_end[usual]:.2f} of the simulated worlds"
    return _sentence(asked, f"{found}, and has signed in {by_end['signed']:.2f}, by {last_day}")


def reading_of_an_event(asked: Asked, event: Event) -> str:
    """Where the scenario's *event* decides, in the round asked about or later on."""
    decision = "signs" if event.value == 1 else "stays out"
    finding = f"{called(asked.name)} {decision} from round {event.round} on because an event of the scenario says so"
    return _sentence(asked, finding)


def reading_of_nothing(asked: Asked, may_sign: tuple[str, ...]) -> str:
    """Where its kind may not sign."""
    only = " and ".join(PLURALS[kind] for kind in may_sign)
    reason = f"as {PLURALS[asked.kind]} may not sign under this scenario, only {only}"
    return _sentence(asked, f"{called(asked.name)} has nothing to decide, {reason}")


def _sentence(asked: Asked, finding: str) -> str:
    return f"In this model {finding}; this is no evidence of {POSSESSIVES[asked.kind]} reasons."
