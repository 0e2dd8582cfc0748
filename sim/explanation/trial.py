"""The simulated worlds in which it is counted whether a stakeholder has signed by a date, under one
scenario; and how far that depends on which worlds were drawn, and on the weights.

The worlds are drawn again, with replacement, many times (the bootstrap; Efron 1979), and what holds
in nearly all of these draws is called decided. Other weights are those that the data leave possible
(sim/scenario/draws.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sim.engine.rounds import DATES_STAGES
from sim.errors import InputError
from sim.experiments.outcomes import PERCENTILES, Array
from sim.experiments.simulate import Numbers, Setting, SignaturesAlone, simulate
from sim.request import Request
from sim.scenario import Scenario
from sim.threads import Progress

WORLDS_OF_DRAW = (
    4  # of other luck each, enough to take the part of luck out of the differences between draws
)
# other scenarios, about twice as many as a question asks about; of 1.4 MB each, with draws of
# weights
KEPT = 32
SAMPLES = 1000
DECIDED = 0.9  # of the samples
STREAM = 19  # keeps these draws apart from those of other experiments with the same seed


class Interval(NamedTuple):
    """The 5th and 95th percentile over the samples."""

    low: float
    high: float


class Samples:
    """So many *worlds*, drawn again SAMPLES times by a *seed*: one seed, one result."""

    def __init__(self, worlds: int, seed: int) -> None:
        self.worlds, self.seed = worlds, seed

    @cached_property
    def _counts(self) -> Array:
        """[samples, worlds] how often each world is drawn, as a share of the sample."""
        places = np.random.default_rng([STREAM, self.seed]).integers(
            0, self.worlds, (SAMPLES, self.worlds)
        )
        cells = (places + self.worlds * np.arange(SAMPLES)[:, None]).ravel()
        counts = np.bincount(cells, minlength=SAMPLES * self.worlds).reshape(SAMPLES, self.worlds)
        shares: Array = counts / self.worlds
        return shares

    def means(self, values: NDArray[Any]) -> Array:
        """[samples] the mean of *values* [worlds] in each sample."""
        means: Array = self._counts @ np.asarray(values, dtype=np.float64)
        return means


@lru_cache(maxsize=4)  # those in which changes are chosen, and judged
def samples_of(worlds: int, seed: int) -> Samples:
    """The `Samples` of so many worlds by this seed."""
    return Samples(worlds, seed)


def interval(means: Array) -> Interval:
    """The interval of *means* [samples]."""
    low, high = (float(np.percentile(means, q)) for q in (PERCENTILES[0], PERCENTILES[-1]))
    return Interval(low, high)


def is_decided(holds: NDArray[np.bool_]) -> bool:
    """Whether something *holds* [samples] in so many of them that it is called decided."""
    return float(np.mean(holds)) >= DECIDED


class Simulation(Protocol):
    """What an explanation rests on: a run, as far as it is looked at here."""

    @property
    def request(self) -> Request:
        """What was asked for."""

    @property
    def setting(self) -> Setting:
        """What was played."""


@dataclass(frozen=True, eq=False)
class Signings:
    """Who signs in the worlds of *request*, from the number *first* on, played until round *by* is
    over, whomever it is asked about. *like*: the same of another scenario, whose stakeholders and
    ties may be the same.
    """

    request: Request
    by: int
    first: int = 0
    like: Signings | None = None

    @property
    def scenario(self) -> Scenario:
        """What is simulated."""
        return self.request.scenario

    @property
    def replicates(self) -> int:
        """How many worlds."""
        return self.request.replicates

    def with_table(self, table: Mapping[str, Any]) -> Scenario:
        """Its scenario with *table* added, read once, so that whoever asks for the same one finds
        the same worlds.
        """
        first = self if self.like is None or self.like.scenario is not self.scenario else self.like
        return first._read(json.dumps(table, sort_keys=True))

    @cached_property
    def _read(self) -> Callable[[str], Scenario]:
        return lru_cache(2 * KEPT)(
            lambda table: self.scenario.with_table(json.loads(table), "explain")
        )

    def under(self, scenario: Scenario) -> Signings:
        """The same worlds under another *scenario*; those of the last ones are kept, as many
        stakeholders have changes in common.
        """
        return self._under(scenario)

    @cached_property
    def _under(self) -> Callable[[Scenario], Signings]:
        return lru_cache(KEPT)(
            lambda scenario: replace(
                self, request=self.request.of(scenario), like=self.like or self
            )
        )

    def elsewhere(self, most: int) -> Signings:
        """At most so many worlds of other luck than these."""
        if most not in self._elsewhere:
            fewer = replace(self.request, replicates=min(self.replicates, most))
            self._elsewhere[most] = replace(
                self, request=fewer, first=self.first + self.replicates, like=self.like or self
            )
        return self._elsewhere[most]

    @cached_property
    def _elsewhere(self) -> dict[int, Signings]:
        return {}

    def play(self, progress: Progress | None) -> None:
        """Simulate its worlds, where that is not done, with reports of progress."""
        if "signatories" not in self.__dict__:
            self.__dict__["signatories"] = self._simulate(progress)

    @cached_property
    def whole_setting(self) -> Setting:
        """What is played, with all rounds."""
        if self.like is None:
            return Setting.from_scenario(self.scenario)
        return self.like.whole_setting.under(self.scenario, self.like.scenario)

    @cached_property
    def setting(self) -> Setting:
        """What is played, until the date."""
        return self.whole_setting.until(self.by)

    @property
    def numbers(self) -> Numbers:
        """Of the replicates."""
        return np.arange(self.first, self.first + self.replicates)

    @cached_property
    def signatories(self) -> NDArray[np.bool_]:
        """[worlds, N] who is a signatory at the date."""
        return self._simulate(None)

    def _simulate(self, progress: Progress | None) -> NDArray[np.bool_]:
        worlds = simulate(
            self.setting, self.numbers, self.request.seed, SignaturesAlone(DATES_STAGES),
            rule=self.request.rule, workers=self.request.workers, progress=progress,
        )  # fmt: skip
        return np.asarray((worlds.signed_round <= self.by) & (worlds.left_round > self.by))

    @cached_property
    def by_draw(self) -> NDArray[np.bool_] | None:
        """[worlds of a draw, draws, N] who is, under each draw of the weights, which the data leave
        possible too. None where there are fewer worlds than draws, and where no weight is drawn.
        """
        try:
            scenario = self.scenario.with_draws()
        except InputError:  # weights of one's own, with no draws beside them
            return None
        draws = max((len(values) for values in scenario.draws_of_weights.values()), default=0)
        if not 0 < draws <= self.replicates:
            return None
        under_draws = self.under(scenario)
        worlds = replace(under_draws.request, replicates=WORLDS_OF_DRAW * draws)
        signatories = replace(under_draws, request=worlds).signatories
        return signatories.reshape(WORLDS_OF_DRAW, draws, -1)

    @cached_property
    def share_of_each(self) -> Array:
        """[N] the share of worlds in which each one is."""
        shares: Array = self.signatories.mean(axis=0)
        return shares

    @property
    def samples(self) -> Samples:
        """The worlds, drawn again."""
        return samples_of(self.replicates, self.request.seed)


# Of each run those by the date that was asked about last, as the next question is often about
# another stakeholder.
_LAST: WeakKeyDictionary[Simulation, tuple[Hashable, Signings]] = WeakKeyDictionary()


def signings_of(run: Simulation, by: int) -> Signings:
    """Who signs in the worlds of *run* until round *by* is over."""
    last = _LAST.get(run)
    if last is None or last[0] != by:
        last = by, Signings(run.request, by)
        _LAST[run] = last
    return last[1]


@dataclass(frozen=True, eq=False)
class Trial:
    """Whether the stakeholder with the id *who* signs in the worlds of *signings*. A trial of
    another scenario has the same luck, world by world.
    """

    signings: Signings
    who: str

    def under(self, scenario: Scenario) -> Trial:
        """The same worlds under another *scenario*."""
        return replace(self, signings=self.signings.under(scenario))

    def elsewhere(self, most: int) -> Trial:
        """At most so many worlds of other luck than these."""
        return replace(self, signings=self.signings.elsewhere(most))

    def play(self, progress: Progress | None) -> Trial:
        """Itself, once its worlds are simulated with reports of progress."""
        self.signings.play(progress)
        return self

    @property
    def scenario(self) -> Scenario:
        """What is simulated."""
        return self.signings.scenario

    @property
    def replicates(self) -> int:
        """How many worlds."""
        return self.signings.replicates

    @property
    def setting(self) -> Setting:
        """What is played, until the date."""
        return self.signings.setting

    @property
    def signatories(self) -> NDArray[np.bool_]:
        """[worlds, N] who is a signatory at the date."""
        return self.signings.signatories

    @cached_property
    def _place(self) -> int:
        return self.setting.population.ids.index(self.who)

    @cached_property
    def signed(self) -> NDArray[np.bool_]:
        """[worlds] whether the stakeholder is."""
        return self.signatories[:, self._place]

    @property
    def signed_by_draw(self) -> NDArray[np.bool_] | None:
        """[worlds of a draw, draws] whether it is, under each draw of the weights."""
        by_draw = self.signings.by_draw
        return None if by_draw is None else by_draw[:, :, self._place]

    @property
    def share_signed(self) -> float:
        """The share of worlds in which it is."""
        return float(np.mean(self.signed))

    @property
    def share_of_each(self) -> Array:
        """[N] the share of worlds in which each one is."""
        return self.signings.share_of_each

    @property
    def samples(self) -> Samples:
        """The worlds, drawn again."""
        return self.signings.samples


def under_other_weights(trial: Trial) -> Interval | None:
    """The 5th and 95th percentile, over the draws of the weights, of the share of worlds signed by
    the date of *trial*; no narrower than luck alone leaves them. None where there are fewer worlds
    than draws, as in a first answer, and where no weight is drawn.
    """
    signed = trial.signed_by_draw
    return None if signed is None else _no_narrower(signed, trial, trial.signed)


def gain_under_other_weights(before: Trial, after: Trial) -> Interval | None:
    """The same of how much larger the share is *after* a change than *before*, under the same draws
    and with the same luck; None where one of the two has no draws, or others.
    """
    had, has = before.signed_by_draw, after.signed_by_draw
    if had is None or has is None or had.shape != has.shape:
        return None
    return _no_narrower(has.astype(float) - had, after, after.signed.astype(float) - before.signed)


def _no_narrower(
    of_draws: Array | NDArray[np.bool_], trial: Trial, of_luck: NDArray[Any]
) -> Interval:
    """The interval of *of_draws* [worlds of a draw, draws] over the draws, that of *of_luck*
    [worlds] included.
    """
    over_draws, luck = (
        interval(shares_without_luck(of_draws)),
        interval(trial.samples.means(of_luck)),
    )
    return Interval(min(over_draws.low, luck.low), max(over_draws.high, luck.high))


def shares_without_luck(of_draws: Array | NDArray[np.bool_]) -> Array:
    """[draws] the mean over the worlds of each draw in *of_draws* [worlds of a draw, draws], drawn
    together until they vary no more than they do beyond luck: by the variance between draws less
    that of a mean of so few worlds.
    """
    values = np.asarray(of_draws, dtype=np.float64)
    means: Array = values.mean(axis=0)
    variance, luck = float(means.var()), float(values.var(axis=0, ddof=1).mean()) / len(values)
    factor = np.sqrt(max(0.0, variance - luck) / variance) if variance > 0 else 0.0
    together: Array = means.mean() + factor * (means - means.mean())
    return together
