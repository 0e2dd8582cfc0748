"""Invented countries: under their names alone a class decides on conduct, so that no real name
stands beside it.

Each state that a team may play is one of them, and so are some that no team may; which is which
follows from the session's key, and nobody but the team of a seat is told.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dashboard.classroom.keys import Key
from dashboard.classroom.plan import KEEP
from dashboard.classroom.seats import NAMES_OF_THE_PRESS, ORDER, seats_of, settled
from dashboard.classroom.session import Session
from dashboard.classroom.world import Order, scenario_named
from dashboard.data.record import directory

NAMES = (
    "Arvenia",
    "Belmora",
    "Castavia",
    "Dorland",
    "Elvaria",
    "Ferrona",
    "Galdova",
    "Halmark",
    "Irvane",
    "Jorvania",
    "Kaldara",
    "Lomara",
    "Mervania",
    "Norland",
    "Orlavia",
    "Pelagor",
    "Quendor",
    "Ravonia",
    "Sudmark",
    "Tarvia",
    "Ulmaria",
    "Velmar",
    "Wendmark",
    "Xantara",
    "Yvoria",
    "Zemora",
    "Alvora",
    "Brenland",
    "Corvia",
    "Duneria",
    "Estmark",
    "Falland",
    "Grenvia",
    "Hestia",
)
FEWEST = 6  # countries, so that nobody sees at once who is who
STAND_INS = 2  # of them that no team may play, at least: a seat that is silent is one of three


def cast_of(session: Session, key: Key) -> Mapping[str, str]:
    """The invented name of each state in the game, by its id; of none where nobody decides on
    conduct.
    """
    if not any(step.kind == KEEP for step in session.steps):
        return {}
    return cast_of_seats(session.scenario, session.seats, key)


def orders(cast: Mapping[str, str], kept: Mapping[str, bool], month: int, key: Key) -> list[Order]:
    """What the countries of a *cast* do from *month* on, where teams have decided whether it is
    *kept*: one for which nobody did tosses a coin, so that nothing tells it from the others. Where
    all would do the same, one of these does otherwise, or else each team's secret would be told.
    """
    others = sorted(cast.keys() - kept.keys(), key=key.digest)
    keeps = {**kept, **{who: key.toss(f"keeps {who}") for who in others}}
    if others and len({*keeps.values()}) == 1:
        keeps[others[0]] = not keeps[others[0]]
    return [Order(month, who, keeps[who]) for who in sorted(keeps)]


@functools.lru_cache(maxsize=256)
def cast_of_seats(name: str, number: int, key: Key) -> Mapping[str, str]:
    """The invented names of a session of the scenario *name* with so many seats, by id."""
    scenario = scenario_named(name)
    if "state" not in scenario.code.may_sign:
        return {}
    playable = [seat.id for seat in seats_of(scenario, number) if seat.kind == "state"]
    kinds = dict(zip(directory()["id"], directory()["kind"], strict=True))
    others = [
        who for who in ORDER if who not in NAMES_OF_THE_PRESS and kinds.get(who) == "state"
        and who not in playable and who not in settled(scenario)
    ]  # fmt: skip
    states = [*playable, *others[: max(STAND_INS, FEWEST - len(playable))]]
    names = sorted(NAMES, key=lambda each: key.digest(each))
    return dict(zip(states, names[: len(states)], strict=True))
