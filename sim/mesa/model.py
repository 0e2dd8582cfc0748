"""Parley as a Mesa model: a ParleyModel plays the engine's rounds, and its agents are views onto the engine's arrays.

model = ParleyModel("paris-call-2018", rng=1)
model.run_for(20)
model.agents.select(lambda agent: agent.signed).groupby("region").count()
model.datacollector.get_model_vars_dataframe()
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.arguments import MOST_REPLICATES, as_scenario, check_seed
from sim.engine import rounds as engine
from sim.engine.build import event_arrays
from sim.engine.outputs import Output, empty_output
from sim.engine.rule import Rule
from sim.errors import InputError
from sim.experiments.outcomes import MEASURED, Outcome, series
from sim.experiments.simulate import Replicate, Setting
from sim.mesa.views import AGENT_TYPES, Stakeholder
from sim.reading import check_whole
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round

SIGNING = ("id", "status", "signed", "listed")


def columns(outcome: Outcome) -> list[str]:
    """Names of the columns of *outcome*: signatories_state, compliance_all, or power_share, which has no parts."""
    return [f"{outcome.name}_{part}" if outcome.by else outcome.name for part in outcome.parts]


@dataclass(frozen=True)
class _Alike:
    """A scenario as a cache key: equal for scenarios with the same hash."""

    sha256: str
    scenario: Scenario = field(compare=False)


@lru_cache(maxsize=4)
def _setting(alike: _Alike) -> Setting:
    """The constant arrays, most of a model's memory, once for all models of a scenario."""
    return Setting.from_scenario(alike.scenario)


class ParleyModel(mesa.Model):
    """One simulated world of a scenario: number *replicate*, 1 for the first, of `sim.run` with the seed *rng*.

    scenario: the name of a shipped one, the path of a file, or a Scenario; *set*, *events*, *choices*,
    *facts*, *ties* and *choose* are those of `sim.run`. rng: 0 to 2**63 - 1. InputError for whatever does not fit.

    Each step is one round, a month; `round` is the last one played, `running` says whether another follows. After each
    round `datacollector` records `outcomes`: those of `sim.OUTCOMES` that have a history, whose `basis` says which
    are of signing (`sim.basis_of_signing` of the scenario) and which assumed; with *collect_agents*, also who has
    signed.

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
        replicate: int = 1,
        set: Mapping[str, Any] | None = None,
        events: Iterable[Event | Mapping[str, Any]] = (),
        choices: Mapping[str, Any] | None = None,
        facts: Any = None,
        ties: Any = None,
        choose: Rule | None = None,
        conduct_by_name: bool = False,
        collect_agents: bool = False,
    ) -> None:
        self.seed = check_seed(rng, "rng")
        self.replicate = check_whole(replicate, 1, MOST_REPLICATES, "replicate")
        super().__init__(rng=self.seed)
        self.scenario = as_scenario(scenario, facts, ties).with_changes(set=set, events=events, choices=choices)
        self.conduct_by_name = conduct_by_name

        self._setting = _setting(_Alike(self.scenario.sha256, self.scenario)).of_replicate(self.replicate - 1)
        self._group_sizes = self._setting.group_sizes
        self._world = Replicate(self._setting, self.seed, self.replicate - 1, choose)
        self._state = self._world.state
        self._members = self._state.member[0].view(np.ndarray)
        self._decisions: dict[str, dict[str, Any]] = {}

        self.round = self.scenario.first_round - 1
        self.outcomes: dict[str, float] = {}
        self._introduced = False
        names = [name for outcome in MEASURED for name in columns(outcome)]
        self.datacollector = mesa.DataCollector(
            model_reporters={"round": "round", **{name: partial(_outcome, name=name) for name in names}},
            agent_reporters={name: name for name in SIGNING} if collect_agents else None,
        )

    def __repr__(self) -> str:
        return f"ParleyModel({self.scenario.name}, replicate={self.replicate}, rng={self.seed}, round={self.round})"

    @property
    def date(self) -> datetime.date:
        """The last day of the last round played."""
        return end_of_round(self.scenario.code.launch, self.round)

    @property
    def agents(self) -> Any:
        """Everybody, as an AgentSet."""
        self._introduce()
        return super().agents

    @property
    def agents_by_type(self) -> dict[type[Stakeholder], Any]:
        """State, Firm, NGO -> an AgentSet."""
        self._introduce()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type[Stakeholder]]:
        """State, Firm, NGO."""
        self._introduce()
        return super().agent_types

    def _introduce(self) -> None:
        """Make the views at their first use: a run that only counts does not need them."""
        if not self._introduced:
            self._introduced = True
            for index, kind in enumerate(self._setting.population.kind):
                AGENT_TYPES[kind](self, index)

    def step(self) -> None:
        """Play the coming round, stage by stage, and collect it; InputError when the last one has been played."""
        self._apply_decisions()
        self.round = self._coming_round()
        setting, counts = self._setting, empty_output(1, 1, 1, 0)
        per_code, worldwide = counts.per_code[0, 0], counts.worldwide[0, 0]
        worldwide[:] = self._world.play(self.round)
        dials = self._world.dials(self.round)
        people, codes = setting.population_arrays, setting.codes
        engine.count_round(people, codes, self._state, dials, self.round, per_code, worldwide)
        self.outcomes = dict(self._read(counts))
        self.running = self.round < self.scenario.last_round
        self.datacollector.collect(self)

    def run_for(self, duration: int) -> None:
        """Play *duration* rounds, or as many as are left."""
        for _ in range(duration):
            if not self.running:
                break
            self.step()

    def _read(self, counts: Output) -> Iterator[tuple[str, float]]:
        """The round's outcomes, by column, from what was counted."""
        for outcome in MEASURED:
            values = series(outcome, counts, self._group_sizes)[0, 0].tolist()
            yield from zip(columns(outcome), values, strict=True)

    def _coming_round(self) -> int:
        if self.round >= self.scenario.last_round:
            raise InputError(f"ParleyModel: found a call after round {self.round}, the last one, expected it before")
        return self.round + 1

    def _decide(self, who: str, choice: Mapping[str, Any]) -> None:
        self._decisions[who] = {"round": self._coming_round(), "who": who, **choice}

    def _apply_decisions(self) -> None:
        """Make events of what agents decided since the last round."""
        if self._decisions:
            decisions, self._decisions = list(self._decisions.values()), {}
            self.scenario = self.scenario.with_changes(events=decisions)
            events = event_arrays(self._setting.population, self.scenario)
            self._world.setting = self._setting = self._setting._replace(events=events)


def _outcome(model: ParleyModel, name: str) -> float:
    return model.outcomes[name]
