"""Parley as a Mesa model: a ParleyModel plays the engine's rounds, and its agents are views onto
the engine's arrays.

model = ParleyModel("paris-call-2018", rng=1)
model.run_for(20)
model.agents.select(lambda agent: agent.signed).groupby("region").count()
model.datacollector.get_model_vars_dataframe()
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import mesa

from sim.arguments import LARGEST_SEED, scenario_with_changes
from sim.dials import RIVAL_DIALS
from sim.engine.build import event_arrays
from sim.engine.rule import Rule
from sim.errors import InputError, nearest
from sim.experiments.simulate import Replicate, Setting
from sim.mesa.collection import OutcomeCollector
from sim.mesa.luck import UNSAID, luck_of, seed_of
from sim.mesa.readings import NAMES, Counts, readings
from sim.mesa.views import AGENT_TYPES, Stakeholder
from sim.parameters import DIALS
from sim.reading import check_truth, check_whole, literal
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round

NOT_PLAYED = dict.fromkeys(NAMES, float("nan"))
SIGNING = ("id", "status", "signed", "listed")


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
    """One simulated world of a scenario: number *replicate*, 1 for the first, of `parley.run` with
    the seed *rng*.

    scenario: the name of a shipped one, the path of a file, or a Scenario; *set*, *events*,
    *choices*, *lens*, *weights*, *facts*, *ties* and *choose* are those of `parley.run`. Any dial
    may also be an argument of its own, such as monitoring=0.5. InputError for whatever does not
    fit.

    rng: 0 to 2**63 - 1, by default 1. Whatever else seeds a generator of NumPy stands for a seed
    that is drawn from it, None for a fresh one; the attribute `seed` has it. The argument seed is
    the older name for rng.

    Iteration i of `mesa.batch_run`, which counts from 0, is replicate i + 1, unless *replicate* is
    among its parameters; a seed that batch_run has from its own rng (Mesa 3.4) is that of replicate
    1.

    Each step is one round, a month; `round` is the last one played, `running` says whether another
    follows. After each round `datacollector` records `outcomes`: those of `parley.OUTCOMES` that
    have a history, whose `basis` says which are of signing (`parley.basis_of_signing` of the
    scenario) and which assumed; with *collect_agents*, also who has signed. Before the first round
    `outcomes` are NaN.

    Where a second code is open, agents and outcomes are of the first; what the second does to it is
    in them.

    conduct_by_name: agents also tell simulated_standing, simulated_norm and so on: simulated, not
    evidence about any state or firm.
    """

    # Mesa 3.5 keeps an experimental class of its own under this name; here it is Parley's.
    scenario: Scenario = None  # type: ignore[assignment]

    def __init__(
        self,
        scenario: str | Path | Scenario = "paris-call-2018",
        *,
        rng: Any = UNSAID,
        seed: Any = None,
        replicate: int | None = None,
        set: Mapping[str, Any] | None = None,
        events: Iterable[Event | Mapping[str, Any]] = (),
        choices: Mapping[str, Any] | None = None,
        lens: str | None = None,
        weights: str | None = None,
        facts: Any = None,
        ties: Any = None,
        choose: Rule | None = None,
        conduct_by_name: bool = False,
        collect_agents: bool = False,
        **dials: Any,
    ) -> None:
        self.seed, self.replicate = luck_of(rng, seed, replicate)
        super().__init__(rng=self.seed)
        _check_whole_tables(set=set, choices=choices, events=events)
        set = _with_dials(set, dials)
        self.scenario = scenario_with_changes(
            scenario, set, events, choices, lens, weights, facts, ties
        )
        self.conduct_by_name = check_truth(conduct_by_name, "conduct_by_name")
        collects = check_truth(collect_agents, "collect_agents")

        self._setting = _setting(_Alike(self.scenario.sha256, self.scenario)).of_replicate(
            self.replicate - 1
        )
        self._counts = Counts(1, self._setting.group_sizes)  # of the round
        self._rule = choose
        self._begin()
        self._decisions: dict[str, dict[str, Any]] = {}

        self.round = self.scenario.first_round - 1
        self.outcomes: dict[str, float] = dict(NOT_PLAYED)
        self._ahead: list[
            list[float]
        ] = []  # outcomes of rounds that are played but not told, the next one last
        self._introduced = False
        self.datacollector = OutcomeCollector(
            NAMES, {name: name for name in SIGNING} if collects else None
        )

    def _begin(self) -> None:
        """Make the world, before its first round."""
        self._world = Replicate(self._setting, self.seed, self.replicate - 1, self._rule)
        self._state = self._world.state
        self._members = {name: table[0] for name, table in self._state.member._asdict().items()}

    def __repr__(self) -> str:
        return (
            f"ParleyModel({self.scenario.name}, replicate={self.replicate}, rng={self.seed},"
            f" round={self.round})"
        )

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
        """Make the views at their first use, of the world as it is after the last round that was
        told: a run that only counts does not need them, and is played in one go.
        """
        if not self._introduced:
            self._introduced = True
            if self._ahead:
                self._ahead = []
                self._world.play_until(self.round)
            for index, kind in enumerate(self._setting.population.kind):
                AGENT_TYPES[kind](self, index)

    def step(self) -> None:
        """Play the coming round and collect it; InputError when the last one has been played.

        The first step of a world at which nobody looks plays all rounds in one go, in a third of
        the time, and the others tell them one by one. Whoever looks at `agents` finds the world as
        it is after this round, and from then on each step plays its own.
        """
        self._apply_decisions()
        self.round = self._coming_round()
        if not self._introduced and not self._ahead:
            self._play_ahead()
        values = self._ahead.pop() if self._ahead else self._play()
        self.outcomes = dict(zip(NAMES, values, strict=True))
        self.running = self.round < self.scenario.last_round
        self.datacollector.collect(self)

    def run_for(self, duration: int) -> None:
        """Play *duration* rounds, or as many as are left."""
        last = min(
            self.round + check_whole(duration, 0, LARGEST_SEED, "duration"),
            self.scenario.last_round,
        )
        while self.running and self.round < last:
            self.step()

    def run_until(self, end_time: int) -> None:
        """Play until so many steps have been made, or the last round is over."""
        self.run_for(max(0, check_whole(end_time, 0, LARGEST_SEED, "end_time") - self.steps))

    def run_model(self) -> None:
        """Play all rounds that are left."""
        self.run_for(self.scenario.last_round - self.round)

    def reset_rng(self, rng: Any = None) -> None:
        """Give a model that has not played the luck of the seed *rng*, and Mesa's generators
        theirs; None is its own seed. InputError where rounds have been played with another.
        """
        self._reset("rng", rng)

    def reset_randomizer(self, seed: Any = None) -> None:
        """The older name of `reset_rng`."""
        self._reset("seed", seed)

    def _reset(self, name: str, rng: Any) -> None:
        seed = self.seed if rng is None else seed_of(rng, name)
        if seed != self.seed and self.round >= self.scenario.first_round:
            raise InputError(
                f"{name}: found {literal(rng)} after round {self.round}, expected it before the"
                " first round, as all luck of a world follows from one seed"
            )
        self.random.seed(seed)
        super().reset_rng(seed)
        if seed != self.seed:
            self.seed = seed
            self._begin()

    def _play(self) -> list[float]:
        """The outcomes of the round, once played."""
        worldwide = self._world.play(self.round)
        self._counts.per_code[0] = self._world.count(self.round, worldwide)
        self._counts.worldwide[0] = worldwide
        values: list[float] = readings(self._counts)[0].tolist()
        return values

    def _play_ahead(self) -> None:
        """Play all rounds in one go."""
        per_code, worldwide = self._world.play_until(self.scenario.last_round)
        counts = Counts(len(per_code), self._setting.group_sizes)
        counts.per_code[:], counts.worldwide[:] = per_code, worldwide
        self._ahead = readings(counts)[::-1].tolist()

    def _coming_round(self) -> int:
        if self.round >= self.scenario.last_round:
            raise InputError(
                f"ParleyModel: found a call after round {self.round}, the last one, expected it"
                " before"
            )
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


def _check_whole_tables(**arguments: Any) -> None:
    """InputError for what is left of a table, or of a list of events, once `mesa.batch_run` has
    taken it apart.
    """
    for name, value in arguments.items():
        if isinstance(value, str if name != "events" else Mapping):
            expected = "a list of tables" if name == "events" else "a table of keys and values"
            raise InputError(
                f"{name}: found {literal(value)}, expected {expected}; mesa.batch_run takes it"
                " apart, unless it stands in a list of all that are to be tried"
            )


def _with_dials(
    set: Mapping[str, Any] | None, dials: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """*set* and the *dials* that were arguments of their own; InputError for what is no dial, or in
    both.
    """
    for name in dials:
        if name not in DIALS and name not in RIVAL_DIALS:
            raise InputError(
                f"ParleyModel: found {name}, expected one of its arguments or a"
                f" dial{nearest(name, DIALS)}"
            )
        if isinstance(set, Mapping) and name in set:
            raise InputError(f"{name}: found it in set as well, expected it once")
    return {**({} if set is None else set), **dials} if dials else set
