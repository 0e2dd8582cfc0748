"""Pivots: whose signature makes most others sign. One stakeholder at a time is made to sign, or to
stay out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import (
    LAUNCH,
    PIVOTS,
    PIVOTS_REPLICATES,
    SEED,
    check_signers,
    place_of,
    scenario_with_changes,
    starting_round,
)
from sim.engine.arrays import NEVER
from sim.engine.build import dial_schedule, draw_rows
from sim.errors import InputError
from sim.experiments.approaches import BLOC_VOTES
from sim.experiments.basis import basis_of_what_if
from sim.experiments.influence import ASSUMES, known_signers, weightiest, weights_on_signatures
from sim.experiments.intervals import METHOD, mean_interval, shared_ranks
from sim.experiments.outcomes import ALL, Array
from sim.experiments.simulate import Setting, SignaturesAlone, Worlds, simulate, worlds_of
from sim.facts.facts import EVERY
from sim.output_folder import OutputFolder, save
from sim.population import KINDS
from sim.reading import as_list, check_whole
from sim.request import Request
from sim.results.manifest import manifest
from sim.scenario import Event, Scenario
from sim.scenario.event import kind_of
from sim.scenario.files import DEFAULT
from sim.scenario.weights import read_fit
from sim.threads import Progress, in_threads
from sim.writing import FORMATS, records

PEERS = ("state_peers", "firm_peers", "ngo_peers")
STANDARD_ERRORS = 2
ESTIMATE, LOW_END = "estimate", "low end"  # of the peers' weights
AS_IT_IS, STAYS_OUT, SIGNS = range(3)
CONTRASTS = {
    "signs less stays out": (SIGNS, STAYS_OUT),
    "signs less as it is": (SIGNS, AS_IT_IS),
    "stays out less as it is": (STAYS_OUT, AS_IT_IS),
}
USUAL = "signs less stays out"


def pivots(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    who: str | Iterable[str] | None = None,
    most: int | None = None,
    from_round: int | None = None,
    date: datetime.date | str | None = None,
    replicates: int = PIVOTS_REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Pivots:
    """For each candidate, simulate *scenario* with it signing and with it staying out, under the
    same random draws.

    who: the candidates, as scenario files name them; else the *most* (1 or more) whose signature
    weighs most at first sight (sim/experiments/influence.py). A candidate signs from round
    *from_round*, or that of *date*, on, by default from the launch; it stays out from the first
    round on. The other arguments are those of `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, facts=facts, ties=ties)
    start = starting_round(loaded, from_round, date)
    request = Request(loaded, replicates, seed, workers, progress)
    return pivots_of(request, who=who, most=most, start=start)


def pivots_of(
    request: Request,
    *,
    who: str | Iterable[str] | None = None,
    most: int | None = None,
    start: int = LAUNCH,
    prefix: str = "",
) -> Pivots:
    """The pivots of what *request* asks for, whose candidates sign from round *start* on; *who* and
    *most* as in `pivots`, before whose name messages have the *prefix*.
    """
    loaded = request.scenario
    if who is not None and most is not None:
        raise InputError("pivots: found most beside who, expected one of the two")
    if not loaded.code.may_sign:
        raise InputError("pivots: nobody may sign this code, expected at least one kind that may")
    names = (
        None
        if who is None
        else check_signers(loaded, [who] if isinstance(who, str) else as_list(who, "who", "names"))
    )
    setting = Setting.from_scenario(loaded)
    if names is not None:
        candidates = [place_of(setting.population, name, "who") for name in names]
    else:
        everybody = len(known_signers(setting))
        several = min(PIVOTS, everybody) if most is None else most
        number = check_whole(several, 1, everybody, f"{prefix}most")
        candidates = weightiest(loaded, setting, number)
    counts = _simulate(request, setting, candidates, start)
    return Pivots(
        loaded, setting, tuple(candidates), start, request.replicates, request.seed, counts
    )


def low_end_of_peers(scenario: Scenario) -> Scenario:
    """*scenario* with the weights of peers two standard errors lower, at least 0; a weight at its
    bound stays.
    """
    errors = read_fit(scenario.weights_file, "standard_errors")
    low = {
        name: max(0.0, scenario.parameters[name] - STANDARD_ERRORS * errors.get(name, 0.0))
        for name in PEERS
    }
    return scenario.with_changes(set=low)


@dataclass(frozen=True)
class Trial:
    """One candidate that is made to sign, or to stay out, in *setting*; *base* are the worlds as
    they are.
    """

    scenario: Scenario
    setting: Setting
    base: Worlds
    index: int
    start: int
    seed: int

    def counts(self) -> Array:
        """[as it is, stays out, signs; world; kind] how many others are signatories at the end."""
        as_it_is = self.base
        stays_out, signs = self.worlds(False), self.worlds(True)
        return np.stack([self._others(worlds) for worlds in (as_it_is, stays_out, signs)])

    def worlds(self, signs: bool) -> Worlds:
        """The same worlds where it *signs*, or stays out; those in which that makes no difference
        are not played.
        """
        differs = ~(self.signs_anyway() if signs else self.never_signs())
        return self._play(self.choice_as_events(signs), differs)

    def choice_as_events(self, signs: bool) -> list[dict[str, Any]]:
        """Its choice as [[events]] of a scenario file, repeated in rounds in which the scenario
        decides for it.
        """
        first = self.start if signs else self.scenario.first_round
        rounds = sorted({first, *(t for t in self._rounds_of_events() if t > first)})
        return [{"round": t, "who": self._id, "signs": signs} for t in rounds]

    @property
    def _id(self) -> str:
        return self.setting.population.ids[self.index]

    def _rounds_of_events(self) -> list[int]:
        """The rounds in which the scenario decides for it."""
        names = (self._id, EVERY + kind_of(self._id, self.scenario.facts))
        return [
            e.round
            for e in self.scenario.events
            if e.what == "choice" and not {*names}.isdisjoint(e.who)
        ]

    def never_signs(self) -> NDArray[np.bool_]:
        """[Q] where it never signs, so that staying out makes no difference. Nowhere for a member
        of a bloc that votes as one, since its absence changes the mean of the others.
        """
        never = self.base.signed_round[:, self.index] == NEVER
        in_bloc = (
            self.setting.population.bloc[self.index] >= 0
            and self.setting.schedule[:, BLOC_VOTES].any()
        )
        return np.zeros_like(never) if in_bloc else never

    def signs_anyway(self) -> NDArray[np.bool_]:
        """[Q] where it signs by itself before it would be made to, and never leaves, so that
        nothing differs.
        """
        stays = self.base.signed_from(self.start, NEVER - 1, [self.index])
        return np.zeros_like(stays) if self._rounds_of_events() else stays

    def _play(self, events: list[dict[str, Any]], differing: NDArray[np.bool_]) -> Worlds:
        setting, numbers = (
            self.setting.with_events(self.scenario, events),
            self.base.numbers[differing],
        )
        return self.base.with_replaced(
            simulate(setting, numbers, self.seed, SignaturesAlone(), workers=1)
        )

    def _others(self, worlds: Worlds) -> Array:
        """[Q, kind] signatories other than itself."""
        signed = worlds.signed.copy()
        signed[:, self.index] = False
        kind = self.setting.population.kind
        return np.stack(
            [signed[:, kind == k].sum(axis=1) for k in range(len(KINDS))], axis=1
        ).astype(np.float64)


def _simulate(request: Request, setting: Setting, candidates: Sequence[int], start: int) -> Array:
    """[candidate; estimate, low end of peers; as it is, stays out, signs; world; kind] signatories
    other than it.
    """
    scenario = request.scenario
    lower = low_end_of_peers(scenario)
    ends = [(scenario, setting)]
    if lower.parameters != scenario.parameters:
        ends.append(
            (lower, setting._replace(schedule=dial_schedule(lower), draws=draw_rows(lower)))
        )
    counts: list[Array] = []
    for scenario_there, setting_there in ends:
        base = worlds_of(request.with_progress(None), setting_there, SignaturesAlone())
        trials = [
            Trial(scenario_there, setting_there, base, index, start, request.seed)
            for index in candidates
        ]
        part = request.part(len(counts) * len(trials), len(ends) * len(trials))
        jobs = [trial.counts for trial in trials]
        counts.append(np.stack(in_threads(jobs, part.workers, part.progress)))
    return np.stack([counts[0], counts[-1]], axis=1)


@dataclass(frozen=True, eq=False)
class Pivots:
    """How many others each candidate's signature moves, by common random numbers.

    `counts` [candidate; estimate, low end of peers; as it is, stays out, signs; world; kind]:
    signatories other than the candidate at the end. All of it is about signing, and so fitted to
    the register or extrapolated from that fit (`basis`); it assumes that ties, not likeness, moved
    them.
    """

    scenario: Scenario
    setting: Setting = field(repr=False)
    candidates: tuple[int, ...]
    from_round: int
    replicates: int
    seed: int
    counts: Array = field(repr=False)

    interval = METHOD
    assumes = ASSUMES

    def __repr__(self) -> str:
        what = (
            f"{self.scenario.name}, candidates={len(self.candidates)}, from_round={self.from_round}"
        )
        return f"Pivots({what}, replicates={self.replicates}, seed={self.seed})"

    @property
    def basis(self) -> str:
        """What its numbers rest on: `what_if`, as it supposes who signs, or `extrapolated`, as
        those of a run.
        """
        return basis_of_what_if(self.scenario)

    def table(self, contrast: str = USUAL) -> pd.DataFrame:
        """A row per candidate, by rank: how many others sign where it signs, less where it stays
        out, or another of CONTRASTS; in the last of these, where others sign less, the candidate
        with the largest loss comes first.

        rank, best and worst (`shared_ranks`), who, name, kind, mean, low and high (all others),
        state, firm and ngo (the mean by kind), signs and stays_out (the mean where it does, less
        the scenario as it is), low_end_mean, low_end_low and low_end_high (of all others at the low
        end of the peers' weights), basis, assumes.
        """
        others = self.counts.sum(axis=4)
        first, second = CONTRASTS[contrast]
        differences = others[:, :, first] - others[:, :, second]
        by_kind = (self.counts[:, 0, first] - self.counts[:, 0, second]).mean(axis=1)
        against = (others[:, 0, (SIGNS, STAYS_OUT)] - others[:, 0, :1]).mean(axis=2)
        order, ranks = shared_ranks(differences[:, 0] if first == SIGNS else -differences[:, 0])
        rows = []
        for rank, place in zip(ranks, order, strict=True):
            estimate, low_end = (mean_interval(worlds) for worlds in differences[place])
            means = (*estimate, *by_kind[place].tolist(), *against[place].tolist(), *low_end)
            rows.append((*rank, *self._identity(place), *means, self.basis, ASSUMES))
        identity = ["rank", "best", "worst", "who", "name", "kind"]
        low_end_of = [f"low_end_{part}" for part in ("mean", "low", "high")]
        columns = [
            *identity,
            "mean",
            "low",
            "high",
            *KINDS,
            "signs",
            "stays_out",
            *low_end_of,
            "basis",
            "assumes",
        ]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """All differences, tidy: who, name, kind, contrast (one of CONTRASTS), peers (estimate or
        low end), others (state, firm, ngo or all), mean, low, high, basis, assumes.
        """
        rows = []
        for place in range(len(self.candidates)):
            for contrast, (first, second) in CONTRASTS.items():
                for end, peers in enumerate((ESTIMATE, LOW_END)):
                    difference = self.counts[place, end, first] - self.counts[place, end, second]
                    parts = {
                        ALL: difference.sum(axis=1),
                        **dict(zip(KINDS, difference.T, strict=True)),
                    }
                    for others, values in parts.items():
                        labels = (*self._identity(place), contrast, peers, others)
                        rows.append((*labels, *mean_interval(values), self.basis, ASSUMES))
        columns = [
            "who",
            "name",
            "kind",
            "contrast",
            "peers",
            "others",
            "mean",
            "low",
            "high",
            "basis",
            "assumes",
        ]
        return pd.DataFrame(rows, columns=columns)

    def _identity(self, place: int) -> tuple[str, str, str]:
        index, population = self.candidates[place], self.setting.population
        return population.ids[index], population.names[index], KINDS[population.kind[index]]

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments besides the scenario."""
        lower = low_end_of_peers(self.scenario).parameters
        return {
            "command": "pivots",
            "who": [self.setting.population.ids[index] for index in self.candidates],
            "from_round": self.from_round,
            "peers_low_end": {name: lower[name] for name in PEERS},
        }

    @property
    def weights_on_signatures(self) -> dict[str, float]:
        """The dials by which others' signatures weigh with those who may sign, each with its
        weight; none is 0.
        """
        return weights_on_signatures(self.scenario)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario as it is."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley pivots --json` writes (docs/json.md)."""
        return {
            "pivots": records(self.table()),
            "moved": records(self.differences),
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
            "manifest": self.manifest,
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        document = {
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
            "manifest": self.manifest,
        }
        return save(folder, {"pivots": self.table(), "moved": self.differences}, formats, document)
