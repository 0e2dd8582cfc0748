"""Approaches: `outreach` events of some months to a state, and the worlds in which they can make a
difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arguments import MONTHS, STRENGTH
from sim.engine.arrays import CHOICE, OUTREACH
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Numbers, Setting, SignaturesAlone, Worlds, simulate
from sim.parameters import DIALS
from sim.population import STATE
from sim.reading import check_number, check_whole
from sim.scenario import Scenario
from sim.scenario.calendar import EARLIEST_ROUND, LATEST_ROUND
from sim.scenario.event import MOST_OUTREACH

BLOC_VOTES = list(DIALS).index("bloc_votes")


def approach(
    who: str | Sequence[str],
    start: int,
    last_round: int,
    months: int = MONTHS,
    strength: float = STRENGTH,
) -> dict[str, Any]:
    """An approach to *who* as [[events]] of a scenario file: for so many *months* from round
    *start* on, but not beyond *last_round*, *strength* (0 to 10, a rate a month) is added to
    attention. InputError for numbers that do not fit; a scenario checks *who*.
    """
    start = check_whole(start, EARLIEST_ROUND, LATEST_ROUND, "start")
    last = check_whole(last_round, start, LATEST_ROUND, "last_round")
    end = start + check_whole(months, 1, LATEST_ROUND - EARLIEST_ROUND, "months") - 1
    strength = check_number(strength, 0, MOST_OUTREACH, "strength")
    return {"round": start, "who": who, "outreach": strength, "until": min(end, last)}


@dataclass(frozen=True)
class Candidate:
    """A state that may be approached, or the European Union as one, represented by its largest
    member for which the scenario does not decide.
    """

    index: int
    who: str  # iso3
    name: str
    region: str
    weight: float
    reaches: tuple[int, ...]  # whom the approach makes decide: itself, or all members of the bloc


def candidates(setting: Setting, start: int) -> list[Candidate]:
    """Every state, and the bloc as one where it votes as one in round *start*; by falling material
    power.
    """
    population, bloc = setting.population, setting.population_arrays.bloc_members
    as_one = setting.schedule[start - setting.first_round, BLOC_VOTES] > 0 and bloc.size > 0
    weight = population.trait("weight")
    decided_for = setting.events.who[setting.events.what == CHOICE]
    speaker = max(bloc.tolist(), key=lambda i: (i not in decided_for, weight[i])) if as_one else -1
    result = []
    for i in np.flatnonzero(population.kind == STATE).tolist():
        if as_one and population.bloc[i] >= 0 and i != speaker:
            continue
        name = (
            f"{population.names[i]}, for the European Union"
            if i == speaker
            else population.names[i]
        )
        reaches = tuple(bloc.tolist()) if i == speaker else (i,)
        result.append(
            Candidate(i, population.ids[i], name, population.region[i], float(weight[i]), reaches)
        )
    return sorted(result, key=lambda candidate: -candidate.weight)


@dataclass(frozen=True)
class Campaign:
    """Approaches in the scenario's rounds *start* to *last*, each adding *strength*, a rate a
    month, to attention.
    """

    scenario: Scenario
    setting: Setting
    start: int
    last: int
    strength: float

    def events(self, approached: Sequence[Candidate]) -> list[dict[str, Any]]:
        """The approaches as [[events]] of a scenario file, on top of any outreach that the scenario
        itself has.
        """
        window = slice(
            self.start - self.setting.first_round, self.last - self.setting.first_round + 1
        )
        events: list[dict[str, Any]] = []
        without_own = []
        for candidate in approached:
            own = self.own_outreach(candidate.index)
            if not own[window].any():
                without_own.append(candidate.who)
                continue
            rates = np.minimum(own[window] + self.strength, MOST_OUTREACH).tolist()
            events += [
                self._outreach(t, candidate.who, rate)
                for t, rate in enumerate(rates, start=self.start)
            ]
            events += [
                self._outreach(self.last + 1, candidate.who, rate)
                for rate in own[window.stop :][:1].tolist()
            ]
        if without_own:
            months = self.last - self.start + 1
            events.insert(0, approach(without_own, self.start, self.last, months, self.strength))
        return events

    def _outreach(self, t: int, who: str, rate: float) -> dict[str, Any]:
        return {"round": t, "who": who, "outreach": rate}

    def own_outreach(self, i: int) -> Array:
        """[R] the outreach to *i* in each round of the scenario as it is."""
        rates = np.zeros(len(self.setting.schedule))
        events = self.setting.events
        for e in np.flatnonzero((events.what == OUTREACH) & (events.who == i)):
            rates[max(0, events.round[e] - self.setting.first_round) :] = events.value[e]
        return rates

    def setting_with(self, approached: Sequence[Candidate]) -> Setting:
        """The scenario's world with these approaches in it."""
        return (
            self.setting.with_events(self.scenario, self.events(approached))
            if approached
            else self.setting
        )

    def play(self, approached: Sequence[Candidate], numbers: Numbers, seed: int) -> Worlds:
        """The replicates *numbers* of the scenario's world with these approaches in it, on the
        thread that calls.
        """
        return simulate(self.setting_with(approached), numbers, seed, SignaturesAlone(), workers=1)

    def added_to(
        self, before: Worlds, approached: Sequence[Candidate], seed: int, workers: int | None = 1
    ) -> Worlds:
        """The worlds *before*, where all of *approached* but the last are approached, with the last
        one added.

        Only worlds that can differ are played to their end. An approach matters only to those whom
        it makes decide, until one of them signs. So a world stays the same where all of these are
        signatories anyway, and where in every round until the approaches are over the number of
        signatory states is the same.
        """
        setting, observe = self.setting_with(approached), SignaturesAlone()
        differing = before.some(~before.signed_from(self.start, self.last, approached[-1].reaches))
        months = self.last - self.setting.first_round + 1
        if 2 * months <= len(self.setting.schedule):
            short = simulate(
                setting.until(self.last), differing.numbers, seed, observe, workers=workers
            )
            differing = differing.some(
                (short.states_signed != differing.states_signed[:, :months]).any(axis=1)
            )
        return before.with_replaced(
            simulate(setting, differing.numbers, seed, observe, workers=workers)
        )
