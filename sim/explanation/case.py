"""Everything that the search for changes looks at: who, when, what is weighed, and what would be another decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from sim import engine
from sim.experiments.replicates import Progress, replicate, setting
from sim.explanation.aim import MOST, SIGN, STAY_OUT, Aim
from sim.explanation.asked import Asked
from sim.explanation.change import Change, Way
from sim.explanation.weighing import Moment, Weighing, added_up, mean_of_worlds
from sim.own_rule import with_rule
from sim.record import Array
from sim.scenario import Scenario
from sim.state import NEVER, SIGNED
from sim.theory.motives import NAMES


@dataclass(frozen=True, eq=False)
class Case:
    """One explanation's scenario, round, worlds and aim; `share_signed` and `taken_up_round` [worlds] by the end."""

    scenario: Scenario
    of: Moment
    asked: Asked
    weighed: Weighing
    aim: Aim
    share_signed: float
    taken_up_round: np.ndarray[Any, Any]
    replicates: int
    seed: int
    workers: int | None

    @property
    def keeps_out(self) -> bool:
        """Whether a change is sought that would keep it out."""
        return self.aim.what == STAY_OUT

    @property
    def reasons_matter(self) -> bool:
        """Whether other motives could turn it: not where it would sign anyway and is only not reached."""
        return self.aim.what in (SIGN, STAY_OUT)

    @property
    def not_reached(self) -> bool:
        """Whether it could come to sign, but does not take the matter up in most worlds."""
        return self.aim.what == SIGN and float(np.mean(self.taken_up_round == NEVER)) > MOST

    @cached_property
    def terms(self) -> Array:
        """[motives] of the deciders in one world, before any change."""
        return self.of.terms()

    def with_terms(self, terms: Array) -> Array:
        """[worlds, motives] what is weighed where the contributions of one world become *terms*.

        Only those motives may move that are the same in all worlds.
        """
        return np.where(terms != self.terms, terms, self.weighed.together)

    def chance(self, together: Array) -> float:
        """The chance to sign, when the matter is taken up, for contributions [worlds, motives]."""
        return self.of.chance(added_up(together))

    def way(
        self,
        steps: int,
        described: Callable[[int], Change],
        weighed: Callable[[int], Array],
        turns: Callable[[int], bool] | None = None,
    ) -> Way:
        """A way that turns the decision, where *turns* does not say it, by what is weighed."""
        return Way(steps, described, weighed, turns or (lambda step: self.aim.met(self.chance(weighed(step)))))

    def taken(self, way: Way, step: int) -> Change:
        """The change of a *step*, with what the deciders then weigh."""
        together = way.weighed(step)
        before, after = self.weighed.means_together, mean_of_worlds(together)
        moved = {NAMES[m]: (float(before[m]), float(after[m])) for m in range(len(NAMES)) if before[m] != after[m]}
        return replace(way.described(step), value=float(added_up(after)), chance=self.chance(together), moved=moved)

    def share_with(self, table: Mapping[str, Any], progress: Progress | None = None) -> float:
        """The share of worlds in which it has signed by the end when the scenario says *table* too, same luck."""
        given = setting(self.scenario.with_table(table, "explain"))
        play = with_rule(engine.play, self.of.rule)
        out = replicate(given, self.replicates, self.seed, play=play, workers=self.workers, progress=progress)
        return float(np.mean(out.status[:, 0, self.asked.index] == SIGNED))
