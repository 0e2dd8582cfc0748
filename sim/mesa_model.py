"""The Mesa face: a ParleyModel plays the engine's rounds, and its agents are views onto the engine's arrays.

Whoever knows Mesa knows Parley:

    model = ParleyModel("paris-call-2018", rng=1)
    model.run_for(20)
    model.agents_by_type[State].select(lambda state: state.signed).groupby("region").count()
    model.datacollector.get_model_vars_dataframe()
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim import engine
from sim.calendar import end_of_round
from sim.errors import InputError
from sim.scenario import Event, Scenario, load
from sim.stakeholders import KINDS, TRAITS
from sim.state import DECLINED, LEFT, NEVER, NOT_TAKEN_UP, SIGNED, WAITING, empty_state
from sim.tallies import CODE_COLUMNS, WORLD_COLUMNS
from sim.world import compiled_events, worlds

STATUS = {NOT_TAKEN_UP: "not taken up", WAITING: "waiting", DECLINED: "declined", SIGNED: "signed", LEFT: "left"}
OUTCOMES = (*CODE_COLUMNS, *WORLD_COLUMNS)
SIGNING = ("id", "status", "signed", "listed")
LARGEST_SEED, LARGEST_REPLICATE = 2**63 - 1, 2**31 - 1  # of luck.four_draws


def _round_or_none(round_number: int) -> int | None:
    """A round as an agent tells it: None for what has not happened."""
    return None if abs(round_number) == NEVER else int(round_number)


# Simulated conduct of one stakeholder, by the name it has in model.md: [0, 1], or the round in which it last happened.
CONDUCT: Mapping[str, Callable[[Stakeholder], float | int | None]] = {
    "standing": lambda agent: float(agent.model._state.standing[agent.index]),
    "norm": lambda agent: float(agent._member("norm")),
    "protection": lambda agent: float(agent.model._state.protection[agent.index]),
    "last_acted_against": lambda agent: _round_or_none(agent._member("last_against")),
    "last_named": lambda agent: _round_or_none(agent._member("last_seen")),
}


def _trait(name: str) -> property:
    row = TRAITS.index(name)
    return property(lambda agent: float(agent.model._state.traits[row, agent.index]), doc=f"Its {name}, in [0, 1].")


def _fact(name: str, doc: str) -> property:
    return property(lambda agent: getattr(agent.model._population, name)[agent.index], doc=doc)


def _flag(name: str, doc: str) -> property:
    return property(lambda agent: bool(agent._member(name)), doc=doc)


def _date(name: str, doc: str) -> property:
    return property(lambda agent: _round_or_none(agent._member(name)), doc=f"{doc}; None if it has not.")


class Stakeholder(mesa.Agent):
    """A state, firm or NGO as the engine holds it. Everything can be read; what it does is changed by events only."""

    def __init__(self, model: ParleyModel, index: int) -> None:
        # Agent.__init__ is left out: in Mesa 3.3 it keeps every model alive, in a dict of the class.
        self.model, self.index, self.unique_id, self.pos = model, index, index + 1, None
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
    taken_up_round = _date("taken_up_round", "Round in which it first took the matter up")
    signed_round = _date("signed_round", "Round in which it last signed")
    listed_round = _date("listed_round", "Round in which its signature was last published")
    left_round = _date("left_round", "Round in which it left, if it has not signed again")

    @property
    def kind(self) -> str:
        """ "state", "firm" or "ngo"."""
        return KINDS[self.model._population.kind[self.index]]

    @property
    def taken_up(self) -> bool:
        """Whether it has ever taken the matter up."""
        return self.taken_up_round is not None

    @property
    def status(self) -> str:
        """ "not taken up", "waiting", "declined", "signed" or "left"."""
        return STATUS[int(self._member("status"))]

    def sign(self, earnest: bool = True) -> None:
        """From the coming round on it signs, in earnest or only in name (its conduct does not change): an event."""
        self.model._decide(self.id, {"signs": True, "earnest": earnest})

    def stay_out(self) -> None:
        """From the coming round on it does not sign, and leaves if it had signed: an event."""
        self.model._decide(self.id, {"signs": False})

    def __getattr__(self, name: str) -> float | int | None:
        """Simulated conduct, where the model was asked for it, as simulated_standing and so on for all of CONDUCT."""
        conduct = name.removeprefix("simulated_")
        if conduct not in CONDUCT:
            raise AttributeError(f"a {type(self).__name__} has no attribute {name!r}")
        if name == conduct or not self.model.conduct_by_name:
            raise AttributeError(
                f"{conduct} is simulated conduct, joined to no name unless ParleyModel(conduct_by_name=True) asks for "
                f"it, and then called simulated_{conduct}"
            )
        return CONDUCT[conduct](self)


class State(Stakeholder):
    """A member state of the United Nations."""

    @property
    def patron(self) -> str | None:
        """Iso3 of the allied great power."""
        population = self.model._population
        patron = population.patron[self.index]
        return population.ids[patron] if patron >= 0 else None


class Firm(Stakeholder):
    """A firm that could sign."""


class NGO(Stakeholder):
    """A non-governmental organisation that could sign."""


AGENT_TYPES = (State, Firm, NGO)  # in the order of KINDS


class ParleyModel(mesa.Model):
    """One simulated world of a scenario: replicate *replicate* of the run that seed *rng* makes.

    scenario: the name of a shipped one, the path of a file, or a Scenario; *set*, *events* and *choices* change it as
    in Scenario.with_changes. rng: 0 to 2**63 - 1; replicate: 0 to 2**31 - 1. InputError for whatever does not fit.

    Each step is one round, a month; `round` is the last one played, `running` says whether another follows. Outcomes
    are collected in `datacollector`, one row a round, equal to those of a run; with *collect_agents* also each agent's
    signing.

    conduct_by_name: agents also tell simulated_standing, simulated_norm and so on: simulated, not evidence about any
    state or firm.
    """

    # Mesa 3.5 keeps an experimental class of its own under this name; here it is Parley's.
    scenario: Scenario = None  # type: ignore[assignment]

    def __init__(
        self,
        scenario: str | Path | Scenario = "paris-call-2018",
        *,
        rng: int = 1,
        replicate: int = 0,
        set: Mapping[str, Any] | None = None,
        events: Iterable[Event | Mapping[str, Any]] = (),
        choices: Mapping[str, Any] | None = None,
        conduct_by_name: bool = False,
        collect_agents: bool = False,
    ) -> None:
        self.seed = _whole("rng", rng, LARGEST_SEED)
        self.replicate = _whole("replicate", replicate, LARGEST_REPLICATE)
        super().__init__(rng=self.seed)
        played = scenario if isinstance(scenario, Scenario) else load(scenario)
        self.scenario = played.with_changes(set, events, choices, where="ParleyModel")
        self.conduct_by_name = conduct_by_name

        self._population, self._world, self._text, self._schedule, self._happenings = worlds(self.scenario)
        self._state = empty_state(self._world, self._text)
        self._members = self._state.member[0].view(np.ndarray)
        self._decisions: dict[str, dict[str, Any]] = {}
        engine.start(self._world, self._state, self._schedule[0], self.seed, self.replicate)

        self.round = self.scenario.first_round - 1
        self.counts = dict.fromkeys(OUTCOMES, float("nan"))
        for index, kind in enumerate(self._population.kind):
            AGENT_TYPES[kind](self, index)
        self.datacollector = mesa.DataCollector(
            model_reporters={"round": "round", **{name: partial(_count, name=name) for name in OUTCOMES}},
            agent_reporters={name: name for name in SIGNING} if collect_agents else None,
        )

    @property
    def date(self) -> datetime.date:
        """The last day of the last round played."""
        return end_of_round(self.scenario.code.launch, self.round)

    def step(self) -> None:
        """Play the coming round, stage by stage, and collect it; InputError when the last one has been played."""
        self._heed_decisions()
        self.round = self._coming_round()
        dials = self._schedule[self.round - self.scenario.first_round]
        per_code, worldwide = np.zeros((1, len(CODE_COLUMNS))), np.zeros(len(WORLD_COLUMNS))
        engine.one_round(
            self._world,
            self._text,
            self._state,
            dials,
            self._happenings,
            self.seed,
            self.replicate,
            self.round,
            True,
            engine.ALL_STAGES,
            worldwide,
        )
        engine.count_round(self._world, self._text, self._state, dials, self.round, per_code, worldwide)
        self.counts = dict(zip(OUTCOMES, [*per_code[0].tolist(), *worldwide.tolist()], strict=True))
        self.running = self.round < self.scenario.last_round
        self.datacollector.collect(self)

    def run_for(self, duration: int) -> None:
        """Play *duration* rounds, or as many as are left."""
        for _ in range(_whole("duration", duration, LARGEST_SEED)):
            if not self.running:
                break
            self.step()

    def _coming_round(self) -> int:
        if self.round >= self.scenario.last_round:
            raise InputError(f"ParleyModel: found a call after round {self.round}, the last one, expected it before")
        return self.round + 1

    def _decide(self, who: str, choice: Mapping[str, Any]) -> None:
        self._decisions[who] = {"round": self._coming_round(), "who": [who], **choice}

    def _heed_decisions(self) -> None:
        """Make events of what agents were told since the last round."""
        if self._decisions:
            decisions, self._decisions = list(self._decisions.values()), {}
            self.scenario = self.scenario.with_changes(events=decisions, where="ParleyModel")
            self._happenings = compiled_events(self._population, self.scenario)


def _count(model: ParleyModel, name: str) -> float:
    return model.counts[name]


def _whole(name: str, value: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or not 0 <= value <= most:
        raise InputError(f"ParleyModel: {name} is {value!r}, expected a whole number from 0 to {most}")
    return int(value)
