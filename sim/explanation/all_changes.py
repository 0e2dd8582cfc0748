"""The changes of all families that would turn a decision: chosen in worlds of other luck, then
judged in its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from sim.explanation.answer import with_weights
from sim.explanation.change import Change, Way
from sim.explanation.decision import Decision
from sim.explanation.judging import judged
from sim.explanation.levers import FAMILIES
from sim.explanation.search import Finding, none_of, ranked, search, without_luck
from sim.threads import Progress, share_of

CHOOSING = 100  # worlds at most, in which a change is looked for


@dataclass(frozen=True, eq=False)
class AllChanges:
    """For each family of levers the smallest change that turns the *decision*, or the largest
    feasible one; none of those families that cannot act here, and why. Each part is computed at its
    first use.
    """

    decision: Decision

    @cached_property
    def elsewhere(self) -> Decision:
        """The same decision in the worlds in which a change is chosen."""
        return self.decision.elsewhere(CHOOSING)

    @cached_property
    def _why_not(self) -> dict[ModuleType, str]:
        """Family that cannot act here -> why."""
        return {
            family: words
            for family in FAMILIES
            if (words := family.why_not(self.decision)) is not None
        }

    @cached_property
    def _ways(self) -> list[list[Way]]:
        """[families] the ways of those that can."""
        return [
            ways
            for family in FAMILIES
            if family not in self._why_not and (ways := family.ways(self.decision))
        ]

    @cached_property
    def candidates(self) -> list[Finding]:
        """[families] what each has to offer, in the worlds that choose it."""
        return self._choose(None)

    def choose(self, progress: Progress | None) -> None:
        """Computes `candidates`, with reports of progress while each change is simulated."""
        if "candidates" not in self.__dict__:
            self.__dict__["candidates"] = self._choose(progress)

    def _choose(self, progress: Progress | None) -> list[Finding]:
        number = len(self._ways)
        parts = [share_of(progress, place * CHOOSING, number * CHOOSING) for place in range(number)]
        return [search(self.elsewhere, *each) for each in zip(self._ways, parts, strict=True)]

    @cached_property
    def first(self) -> list[Change]:
        """The changes as the worlds that choose them have them, which simulates nothing more:
        neither intervals over other weights nor verdicts.
        """
        elsewhere = self.elsewhere
        return self._made_first(
            self._in_order([judged(elsewhere, finding) for finding in self.candidates])
        )

    @cached_property
    def whole(self) -> list[Change]:
        """The changes as other worlds judge them, with what other weights would give of each. Those
        that turn the decision come first, by the share of their feasible range that they use.
        """
        decision = self.decision
        changes = self._in_order([judged(decision, finding) for finding in self.candidates])
        return self._made_first(
            [without_luck(decision, each) for each in with_weights(decision, changes)]
        )

    def _in_order(self, findings: list[Finding]) -> list[Change]:
        return [without_luck(self.decision, change) for change in ranked(self.elsewhere, findings)]

    def _made_first(self, changes: list[Change]) -> list[Change]:
        none = [
            none_of(self.decision, family.FAMILY, words) for family, words in self._why_not.items()
        ]
        return [
            *(each for each in changes if each.change),
            *(each for each in changes if not each.change),
            *none,
        ]
