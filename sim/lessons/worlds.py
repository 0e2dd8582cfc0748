"""The worlds of a lesson: runs, talks and classics under the same seed, each simulated once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.arguments import DEFAULTS
from sim.classics.classic import Classic, classic
from sim.experiments.frontier import AS_IT_IS, EVERYTHING, NOTHING
from sim.results.frontier import Frontier, frontier
from sim.results.negotiate import Negotiation, negotiate
from sim.results.run import Run, run
from sim.scenario import load
from sim.scenario.code import AMBITION
from sim.scenario.dials_in_use import ALL_AMBITIONS

FRONTIER = DEFAULTS["worlds of a frontier"].page  # worlds
SCALES = (NOTHING, AS_IT_IS, EVERYTHING)  # of a frontier


def each_ambition(scenario: str, dials: Mapping[str, Any]) -> dict[str, Any]:
    """*dials*, with the ambition of each provision of *scenario* in the place of that of all at
    once, if any.
    """
    if ALL_AMBITIONS not in dials:
        return dict(dials)
    levers = [name for name in load(scenario).dials if name.startswith(AMBITION)]
    others = {name: value for name, value in dials.items() if name != ALL_AMBITIONS}
    return others | dict.fromkeys(levers, dials[ALL_AMBITIONS])


@dataclass(frozen=True, eq=False)
class Worlds:
    """So many *replicates* with one *seed*; *set* and *choices*, which a student makes, count
    beside those of a quantity. *instead*: scenario -> the one that is run in its place.
    """

    replicates: int
    seed: int
    set: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Any] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    _memory: dict[str, Any] = field(default_factory=dict, repr=False)

    def run(
        self,
        scenario: str,
        set: Mapping[str, Any],
        choices: Mapping[str, Any],
        lens: str,
        conduct: bool,
    ) -> Run:
        """The run of *scenario* with these changes and the student's, as far as it has such
        choices; without *conduct* where nothing asks for it.
        """
        loaded = load(self.instead.get(scenario, scenario))
        own = {
            choice: option for choice, option in self.choices.items() if choice in loaded.choices
        }
        all_set, all_choices = {**set, **self.set}, {**choices, **own}
        key = (
            f"run {scenario} {sorted(all_set.items())} {sorted(all_choices.items())} {lens}"
            f" {conduct}"
        )
        if key not in self._memory:
            scenario_here = loaded.with_changes(set=all_set, choices=all_choices)
            under = scenario_here.with_lens(lens) if lens else scenario_here
            self._memory[key] = run(
                under, replicates=self.replicates, seed=self.seed, conduct=conduct
            )
        result: Run = self._memory[key]
        return result

    def frontier(self, scenario: str) -> Frontier:
        """The frontier of *scenario* under the text as it is, one that asks for nothing and one for
        everything; in at most as many worlds as a page draws one in.
        """
        key = f"frontier {scenario}"
        if key not in self._memory:
            replicates = min(self.replicates, FRONTIER)
            self._memory[key] = frontier(
                scenario,
                depths=SCALES,
                replicates=replicates,
                seed=self.seed,
                set=self.set,
                choices=self.choices,
            )
        result: Frontier = self._memory[key]
        return result

    def talks(self, name: str, set: Mapping[str, Any], without: tuple[str, ...]) -> Negotiation:
        """The talks *name* with these settings and the student's, *without* some seats."""
        settings = {**set, **self.set}
        key = f"talks {name} {sorted(settings.items())} {without}"
        if key not in self._memory:
            self._memory[key] = negotiate(
                name, replicates=self.replicates, seed=self.seed, set=settings, without=without
            )
        result: Negotiation = self._memory[key]
        return result

    def classic(self, name: str, set: Mapping[str, Any]) -> Classic:
        """The classic *name* with these dials and the student's, in as many replicates as its own
        file says.
        """
        dials = {**set, **self.set}
        key = f"classic {name} {sorted(dials.items())}"
        if key not in self._memory:
            self._memory[key] = classic(name, set=dials, seed=self.seed)
        result: Classic = self._memory[key]
        return result
