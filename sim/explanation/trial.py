"""The simulated worlds in which it is counted whether a stakeholder has signed by a date, under one scenario."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.engine.rule import Rule
from sim.errors import InputError
from sim.experiments.outcomes import Array
from sim.experiments.simulate import Setting, SignaturesAlone, Worlds, simulate
from sim.experiments.threads import Progress
from sim.explanation.resampling import Samples
from sim.scenario import Scenario

WORLDS_OF_DRAW = 4  # of other luck each, enough to take the part of luck out of the differences between draws


@dataclass(frozen=True, eq=False)
class Trial:
    """So many *replicates* of *scenario*, from the number *first* on, played until round *by* is over; *who* is the id
    of the stakeholder. A trial of another scenario has the same luck, world by world.
    """

    scenario: Scenario
    who: str
    by: int
    replicates: int
    seed: int
    rule: Rule | None = None
    workers: int | None = None
    first: int = 0

    def under(self, scenario: Scenario) -> Trial:
        """The same worlds under another *scenario*."""
        return replace(self, scenario=scenario)

    def elsewhere(self, most: int) -> Trial:
        """At most so many worlds of other luck than these."""
        return replace(self, first=self.first + self.replicates, replicates=min(self.replicates, most))

    def play(self, progress: Progress | None) -> Trial:
        """Itself, once its worlds are simulated with reports of progress."""
        if "worlds" not in self.__dict__:
            self.__dict__["worlds"] = self._simulate(progress)
        return self

    @cached_property
    def setting(self) -> Setting:
        """What is played, until the date."""
        return Setting.from_scenario(self.scenario).until(self.by)

    @cached_property
    def worlds(self) -> Worlds:
        """Who signs in them."""
        return self._simulate(None)

    def _simulate(self, progress: Progress | None) -> Worlds:
        numbers = np.arange(self.first, self.first + self.replicates)
        return simulate(
            self.setting, numbers, self.seed, SignaturesAlone(), rule=self.rule, workers=self.workers,
            progress=progress,
        )  # fmt: skip

    @cached_property
    def signatories(self) -> NDArray[np.bool_]:
        """[worlds, N] who is a signatory at the date."""
        return np.asarray((self.worlds.signed_round <= self.by) & (self.worlds.left_round > self.by))

    @cached_property
    def signed(self) -> NDArray[np.bool_]:
        """[worlds] whether the stakeholder is."""
        return self.signatories[:, self.setting.population.ids.index(self.who)]

    @cached_property
    def signed_by_draw(self) -> NDArray[np.bool_] | None:
        """[worlds of a draw, draws] whether it is, under each draw of the weights, which the data leave possible too.
        None where there are fewer worlds than draws, and where no weight is drawn.
        """
        try:
            scenario = self.scenario.with_draws()
        except InputError:  # weights of one's own, with no draws beside them
            return None
        draws = max((len(values) for values in scenario.draws_of_weights.values()), default=0)
        if not 0 < draws <= self.replicates:
            return None
        signed = replace(self, scenario=scenario, replicates=WORLDS_OF_DRAW * draws).signed
        return signed.reshape(WORLDS_OF_DRAW, draws)

    @property
    def share_signed(self) -> float:
        """The share of worlds in which it is."""
        return float(np.mean(self.signed))

    @cached_property
    def share_of_each(self) -> Array:
        """[N] the share of worlds in which each one is."""
        shares: Array = self.signatories.mean(axis=0)
        return shares

    @cached_property
    def samples(self) -> Samples:
        """The worlds, drawn again."""
        return Samples(self.replicates, self.seed)
