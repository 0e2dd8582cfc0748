"""A request: what every simulation is asked with, checked once and handed down whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sim.arguments import (
    REPLICATES,
    SEED,
    check_conduct_seed,
    check_replicates,
    check_seed,
    check_workers,
)
from sim.scenario import Scenario
from sim.threads import Progress, share_of

if TYPE_CHECKING:
    from sim.engine.rule import Rule  # which takes the numerical packages to start


@dataclass(frozen=True, eq=False)
class Request:
    """So many *replicates* of *scenario*, whose dials, choices, lens and weights are as they were
    asked for, with the random draws of *seed*.

    workers: threads, by default one per processor; they change no result. progress(done, total) is
    called now and then. rule: a decision rule in place of the model's. conduct_seed: a secret one
    for what is done, traced and answered, so that these do not follow from what is public; no
    manifest tells it. InputError, in one sentence, for numbers out of range.
    """

    scenario: Scenario
    replicates: int = REPLICATES
    seed: int = SEED
    workers: int | None = None
    progress: Progress | None = field(default=None, repr=False)
    rule: Rule | None = None
    conduct_seed: int | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name, check in (
            ("replicates", check_replicates),
            ("seed", check_seed),
            ("workers", check_workers),
            ("conduct_seed", check_conduct_seed),
        ):
            object.__setattr__(self, name, check(getattr(self, name)))

    def of(self, scenario: Scenario) -> Request:
        """The same of another *scenario*: with the same luck."""
        return replace(self, scenario=scenario)

    def with_progress(self, progress: Progress | None) -> Request:
        """The same, with reports to *progress*, or with none."""
        return replace(self, progress=progress)

    def part(self, before: int, total: int) -> Request:
        """The same as a part of more work, whose progress is reported as that of the whole:
        *before* units are done, *total* is all.
        """
        return self.with_progress(share_of(self.progress, before, total))
