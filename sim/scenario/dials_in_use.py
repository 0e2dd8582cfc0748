"""Which dials of a scenario do anything there, and which to show first.

A dial says beside its declaration under which values of others it is idle. Here these conditions
are read against one scenario: its settings, the events that change them, its weights, and who may
sign its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.dials.dial import Dial, Fitted
from sim.dials.negotiation import DIALS as TALKS_DIALS
from sim.parameters import DIALS
from sim.scenario.code import AMBITION

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

MOST_FIRST = 6
ROLES = ("lever", "uncertainty")  # of dials that are shown first
ALL_AMBITIONS = (
    "ambition"  # the ambition of all provisions at once, by the name of its axis in a sweep
)

# What moves signing most: the first of the ranking of the sweep what-moves-signing, by the
# elementary effect (Morris 1991) on the number of states, firms or NGOs that sign, as a share of
# the largest effect on the same kind. Before what nobody has measured stands what somebody decides
# on.
MOVERS = (
    "text_openness",
    ALL_AMBITIONS,
    "text_public_rule",
    "attention_scale",
    "state_attention_gradient",
    "organisations_attention_gradient",
    "bloc_votes",
)


@dataclass(frozen=True)
class NoSigner:
    """A dial is idle, as none of these kinds may sign."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class NoWeight:
    """It is idle, as the motives that it acts through have no weight."""


@dataclass(frozen=True)
class WhileAt:
    """It is idle while other dials are at these values, by label."""

    values: tuple[tuple[str, float], ...]


Idle = NoSigner | NoWeight | WhileAt


def why_idle(scenario: Scenario, dial: Dial) -> Idle | None:
    """Why moving *dial* changes nothing in *scenario*; None where it may change something.

    A condition on a dial that an event changes does not hold, nor does one on weights where worlds
    draw them or where a second code has its own.
    """
    codes = [scenario.code, *([scenario.open_rival.code] if scenario.open_rival else [])]
    if dial.of_kinds and not any(kind in code.may_sign for kind in dial.of_kinds for code in codes):
        return NoSigner(tuple(dial.of_kinds))
    dials = scenario.dials
    for condition in dial.idle:
        if all(_is_always(scenario, name, value) for name, value in condition.items()):
            if all(isinstance(dials[name], Fitted) for name in condition):
                return NoWeight()
            return WhileAt(tuple((dials[name].label, value) for name, value in condition.items()))
    return None


def _is_always(scenario: Scenario, name: str, value: float) -> bool:
    if isinstance(DIALS.get(name), Fitted) and (scenario.draws or scenario.open_rival):
        return False
    moves = [
        event.value for event in scenario.events if event.what == "dial" and event.name == name
    ]
    return all(each == value for each in (scenario.settings[name], *moves))


def first_dials(scenario: Scenario) -> list[str]:
    """The names of the six dials of *scenario* to show before all others: those that it moves
    itself, by a value or an event of its own, then those that move signing most, of which those
    come first that somebody decides on. None is idle. ALL_AMBITIONS is the ambition of all
    provisions at once.
    """
    dials = scenario.dials
    by_event = [event.name for event in scenario.events if event.what == "dial"]
    by_value = [name for layer in scenario.layers[1:] for name in layer.table.get("parameters", {})]
    here = {
        name: dial for name, dial in dials.items() if name not in TALKS_DIALS and dial.role in ROLES
    }
    own = dict.fromkeys([*by_event, *by_value])
    order = dict.fromkeys([*own, *MOVERS])
    moves = {name: [name] if name in here else [] for name in order}
    moves[ALL_AMBITIONS] = [name for name in here if name.startswith(AMBITION)]
    first = [
        name
        for name in order
        if any(why_idle(scenario, here[each]) is None for each in moves[name])
    ][:MOST_FIRST]
    return sorted(first, key=lambda name: name not in own and not here[moves[name][0]].is_decided)
