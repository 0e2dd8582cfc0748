"""State, Firm and NGO as Mesa agents: views onto the engine's arrays, with conduct only on
request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from sim.engine.arrays import NEVER
from sim.errors import InputError
from sim.kinds_and_statuses import KINDS, STATUSES, TRAITS

if TYPE_CHECKING:
    from sim.mesa.model import ParleyModel

WORDS = {status.number: status.word for status in STATUSES.values()}
CONDUCT = ("standing", "norm", "protection", "last_acted_against", "last_named")


def _round_or_none(round_number: int) -> int | None:
    """*round_number*, or None where the event has not happened."""
    return None if abs(round_number) == NEVER else int(round_number)


def _trait(name: str) -> property:
    row = TRAITS.index(name)
    return property(
        lambda agent: float(agent.model._state.traits[row, agent.index]),
        doc=f"Its {name}, in [0, 1].",
    )


def _fact(name: str, doc: str) -> property:
    return property(
        lambda agent: getattr(agent.model._setting.population, name)[agent.index], doc=doc
    )


def _flag(name: str, doc: str) -> property:
    return property(lambda agent: bool(agent._member(name)), doc=doc)


def _date(name: str, doc: str) -> property:
    return property(
        lambda agent: _round_or_none(agent._member(name)), doc=f"{doc}; None if it has not."
    )


class Stakeholder(mesa.Agent):
    """A state, firm or NGO as the engine holds it. Everything can be read; what it does is changed
    by events only.
    """

    def __init__(self, model: ParleyModel, index: int) -> None:
        # Agent.__init__ is left out: in Mesa 3.3 it keeps every model alive, in a dict of the
        # class.
        self.model: ParleyModel = model
        self.index = index
        self.unique_id = index + 1
        self.pos = None
        model.register_agent(self)

    def _member(self, field: str) -> Any:
        return self.model._members[field][self.index]

    id = _fact("ids", "A state's iso3, an organisation's name, or as in 'firm DEU-017'.")
    name = _fact("names", "As people call it.")
    home = _fact("home_iso3", "Its home country; a state's is itself.")
    region = _fact("region", "UN sub-region of its home.")
    sector = _fact("sector", "Sector of a firm, type of an NGO; empty for a state.")

    openness = _trait("openness")
    public_rule = _trait("public_rule")
    offence = _trait("offence")
    exposure = _trait("exposure")
    capacity = _trait("capacity")
    audience = _trait("audience")
    weight = _trait("weight")

    signed = _flag("signed", "Whether it is a signatory now.")
    listed = _flag("listed", "Whether it is on the public list now.")
    ratified = _flag("ratified", "Whether it has ratified: a state, where the code is a treaty.")
    taken_up_round = _date("taken_up_round", "Round in which it first took the matter up")
    signed_round = _date("signed_round", "Round in which it last signed")
    listed_round = _date("listed_round", "Round in which its signature was last published")
    left_round = _date("left_round", "Round in which it left, if it has not signed again")

    @property
    def kind(self) -> str:
        """One of `parley.KINDS`."""
        return KINDS[self.model._setting.population.kind[self.index]]

    @property
    def taken_up(self) -> bool:
        """Whether it has ever taken the matter up."""
        return self.taken_up_round is not None

    @property
    def status(self) -> str:
        """How it stands to the code, as `parley.STATUSES` words it: "not taken up", "waiting",
        "declined", "signed" or "left".
        """
        return WORDS[int(self._member("status"))]

    def sign(self, earnest: bool = True) -> None:
        """From the coming round on it signs, in earnest or only in name (its conduct does not
        change): an event.
        """
        self.model._decide(self.id, {"signs": True, "earnest": earnest})

    def stay_out(self) -> None:
        """From the coming round on it does not sign, and leaves if it had signed: an event."""
        self.model._decide(self.id, {"signs": False})

    def remove(self) -> None:
        """Refused, with an InputError: who there is follows from public facts, and an event can
        keep anybody out.
        """
        raise InputError(
            f"{self.id}: found a call of remove(), expected stay_out(), as the engine removes"
            " nobody"
        )

    def __getattr__(self, name: str) -> float | int | None:
        """Simulated conduct, where the model was asked for it: simulated_standing and so on for all
        of CONDUCT.
        """
        conduct = name.removeprefix("simulated_")
        if conduct not in CONDUCT:
            raise AttributeError(f"a {type(self).__name__} has no attribute {name!r}")
        if name == conduct or not self.model.conduct_by_name:
            raise AttributeError(
                f"{conduct} is simulated conduct, joined to no name unless"
                " ParleyModel(conduct_by_name=True) asks for it, and then called"
                f" simulated_{conduct}"
            )
        return self._conduct()[conduct]

    def _conduct(self) -> dict[str, float | int | None]:
        """All of CONDUCT: numbers in [0, 1], and the rounds in which it last acted against the code
        and was named.
        """
        return {
            "standing": float(self.model._state.standing[self.index]),
            "norm": float(self._member("norm")),
            "protection": float(self.model._state.protection[self.index]),
            "last_acted_against": _round_or_none(self._member("last_against")),
            "last_named": _round_or_none(self._member("last_seen")),
        }


class State(Stakeholder):
    """A member state of the United Nations."""

    @property
    def patron(self) -> str | None:
        """Iso3 of the allied great power."""
        population = self.model._setting.population
        patron = population.patron[self.index]
        return population.ids[patron] if patron >= 0 else None


class Firm(Stakeholder):
    """A firm that could sign."""


class NGO(Stakeholder):
    """A non-governmental organisation that could sign."""


AGENT_TYPES = (State, Firm, NGO)  # in the order of KINDS
