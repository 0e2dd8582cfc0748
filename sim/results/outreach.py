"""Outreach: which states to approach, in which order, so that most states sign by the end.

The list is chosen in the worlds of one seed and judged in those of another, since part of what made
it best in the first worlds is chance.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import (
    APPROACHES,
    LAUNCH,
    MONTHS,
    OUTREACH_REPLICATES,
    SEED,
    STRENGTH,
    scenario_with_changes,
    starting_round,
)
from sim.errors import InputError
from sim.experiments.approach_lists import (
    AT_ONCE,
    BY_SIZE,
    GREEDY,
    LISTS,
    PARTS_OF_GAIN,
    REGION_FIRST,
    Judgement,
    MarginalGains,
    by_size,
    fresh_seed,
    judge,
    lazy_greedy,
    region_first,
)
from sim.experiments.approaches import Campaign, Candidate, candidates
from sim.experiments.basis import basis_of_what_if
from sim.experiments.influence import ASSUMES
from sim.experiments.intervals import METHOD, mean_interval, shared_ranks
from sim.experiments.simulate import Setting, SignaturesAlone, worlds_of
from sim.kinds_and_statuses import STATUSES
from sim.output_folder import OutputFolder, save
from sim.reading import check_number, check_whole
from sim.request import Request
from sim.results.manifest import manifest
from sim.scenario import Event, Scenario
from sim.scenario.event import MOST_OUTREACH
from sim.scenario.files import DEFAULT
from sim.threads import Progress, in_threads
from sim.writing import FORMATS, records

# a state that signs in a larger share of worlds is not approached: there is little to gain
PRACTICALLY_ALL = 0.95
JUDGED = (
    2  # fresh worlds for each world of the choice: they cost less, and the conclusion rests on them
)
AT_A_TIME = 5  # fresh worlds judged between two reports of progress


def outreach(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    approaches: int = APPROACHES,
    from_round: int | None = None,
    date: datetime.date | str | None = None,
    months: int = MONTHS,
    strength: float = STRENGTH,
    replicates: int = OUTREACH_REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    events: Iterable[Event | Mapping[str, Any]] = (),
    choices: Mapping[str, Any] | None = None,
    lens: str | None = None,
    facts: Any = None,
    ties: Any = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outreach:
    """Choose so many states to approach that most states of *scenario* sign by the end, and judge
    the choice.

    An approach adds *strength* (0 to 10, a rate a month) to a state's attention for so many
    *months*, from round *from_round*, or that of *date*, on, by default from the launch. The list
    is chosen on *replicates* worlds of *seed*, one state after the other, whichever adds most
    signatory states; and judged on twice as many of `fresh_seed`. The other arguments are those of
    `parley.run`.

    InputError, in one sentence, for whatever does not fit.
    """
    loaded = scenario_with_changes(scenario, set, events, choices, lens, facts=facts, ties=ties)
    start = starting_round(loaded, from_round, date)
    return outreach_of(
        Request(loaded, replicates, seed, workers, progress),
        approaches=approaches,
        start=start,
        months=months,
        strength=strength,
    )


def outreach_of(
    request: Request,
    *,
    approaches: int = APPROACHES,
    start: int = LAUNCH,
    months: int = MONTHS,
    strength: float = STRENGTH,
    prefix: str = "",
) -> Outreach:
    """The outreach from round *start* on in what *request* asks for; the other arguments are those
    of `outreach`, before whose names messages have the *prefix*.
    """
    loaded, seed = request.scenario, request.seed
    if "state" not in loaded.code.may_sign:
        raise InputError("outreach: states may not sign this code, expected one that they may sign")
    longest = loaded.last_round - start + 1
    last = start + check_whole(months, 1, longest, f"{prefix}months") - 1
    setting = Setting.from_scenario(loaded)
    campaign = Campaign(
        loaded, setting, start, last, check_number(strength, 0, MOST_OUTREACH, f"{prefix}strength")
    )
    everybody = candidates(campaign.setting, start)
    check_whole(approaches, 1, len(everybody), f"{prefix}approaches")

    base = worlds_of(request.with_progress(None), setting, SignaturesAlone())
    pool = [c for c in everybody if base.signed[:, c.index].mean() < PRACTICALLY_ALL]
    if approaches > len(pool):
        raise InputError(
            f"{prefix}approaches is {approaches}, expected at most {len(pool)}, as the others of"
            f" {len(everybody)} states sign in practically all worlds"
        )
    fresh = fresh_seed(seed)
    worlds = np.arange(JUDGED * request.replicates)
    parts = np.array_split(worlds, -(-len(worlds) // AT_A_TIME))
    choosing = len(pool) + AT_ONCE * approaches
    total = choosing + len(parts)
    marginal = MarginalGains(request.part(0, total), campaign, pool, base)
    ranking = lazy_greedy(len(pool), approaches, marginal.gains)
    picks = [pool[c] for c, _ in ranking]
    rest = request.part(choosing, total)
    jobs = [partial(judge, campaign, picks, pool, fresh, part) for part in parts]
    judgement = Judgement.joined(in_threads(jobs, rest.workers, rest.progress))
    gains = tuple(gain for _, gain in ranking)
    return Outreach(
        campaign=campaign,
        picks=tuple(picks),
        pool=tuple(pool),
        when_chosen=gains,
        states=len(everybody),
        replicates=request.replicates,
        seed=seed,
        judgement=judgement,
    )


@dataclass(frozen=True, eq=False)
class Outreach:
    """The list of states to approach, in the order of choice, and its gains in fresh worlds.

    All of it is about signing, and so fitted to the register or extrapolated from that fit
    (`basis`). The part of others in a gain assumes that ties, not likeness, moved them.
    """

    campaign: Campaign = field(repr=False)
    picks: tuple[Candidate, ...]
    pool: tuple[Candidate, ...] = field(repr=False)
    when_chosen: tuple[float, ...] = field(repr=False)
    states: int
    replicates: int
    seed: int
    judgement: Judgement = field(repr=False)

    interval = METHOD
    assumes = ASSUMES

    def __repr__(self) -> str:
        what = (
            f"{self.scenario.name}, approaches={len(self.picks)}, from_round={self.campaign.start}"
        )
        return f"Outreach({what}, replicates={self.replicates}, seed={self.seed})"

    @property
    def basis(self) -> str:
        """What its numbers rest on: `what_if`, as it supposes approaches, or `extrapolated`, as
        those of a run.
        """
        return basis_of_what_if(self.scenario)

    @property
    def worlds(self) -> int:
        """How many fresh worlds it was judged on."""
        return len(self.judgement.gains)

    @property
    def scenario(self) -> Scenario:
        """The scenario in which nobody is approached."""
        return self.campaign.scenario

    @property
    def events(self) -> list[dict[str, Any]]:
        """The approaches as [[events]] of a scenario file, for `parley.run(..., events=...)`."""
        return self.campaign.events(self.picks)

    @cached_property
    def approached(self) -> pd.DataFrame:
        """A row per approach, in the order of the choice; gains are states that sign by the end,
        added to the rows above.

        order, rank, best and worst (`shared_ranks` of the gains), who, name, gain, low, high, then
        gain, low and high of itself (of the approached) and of others, gain_when_chosen (in the
        worlds it was chosen in: too large), then shares of fresh worlds without any approach,
        before_ its first month and at the end_: not_reached, waits, declines, signed, left; basis,
        assumes.
        """
        judgement = self.judgement
        order, ranks = shared_ranks(judgement.gains.T)
        rank_of = dict(zip(order.tolist(), ranks, strict=True))
        rows = []
        for k, candidate in enumerate(self.picks):
            gain, itself = judgement.gains[:, k], judgement.itself[:, k]
            means = [
                part for values in (gain, itself, gain - itself) for part in mean_interval(values)
            ]
            shares = [
                float((when[:, candidate.index] == status.number).mean())
                for when in (judgement.before, judgement.end)
                for status in STATUSES.values()
            ]
            identity = (k + 1, *rank_of[k], candidate.who, candidate.name)
            rows.append((*identity, *means, self.when_chosen[k], *shares, self.basis, ASSUMES))
        means_of = ["gain", "low", "high", *_with_ends("itself"), *_with_ends("others")]
        shares_of = [
            f"{when}_{status.column}" for when in ("before", "end") for status in STATUSES.values()
        ]
        columns = [
            "order",
            "rank",
            "best",
            "worst",
            "who",
            "name",
            *means_of,
            "gain_when_chosen",
            *shares_of,
        ]
        return pd.DataFrame(rows, columns=[*columns, "basis", "assumes"])

    @cached_property
    def lists(self) -> pd.DataFrame:
        """A row per list of equal length (sim/experiments/approach_lists.py), the greedy one first.

        list, gain (states that sign by the end), low, high, then the mean and the ends of the
        interval of approached and others (which add up to the gain), firms and ngos, and of
        greedy_less (the greedy list's gain less this one's, in worlds with the same random draws);
        who (none for the random ones), basis, assumes.
        """
        lists = self.judgement.lists
        gains = lists[:, :, : PARTS_OF_GAIN.index("others") + 1].sum(axis=2)
        rows = []
        for place, name in enumerate(LISTS):
            parts = [
                gains[:, place],
                *lists[:, place].T,
                gains[:, LISTS.index(GREEDY)] - gains[:, place],
            ]
            means = [number for values in parts for number in mean_interval(values)]
            rows.append((name, *means, ", ".join(self.members.get(name, ())), self.basis, ASSUMES))
        means_of = [
            column for part in (*PARTS_OF_GAIN, "greedy_less") for column in _with_ends(part)
        ]
        return pd.DataFrame(
            rows, columns=["list", "gain", "low", "high", *means_of, "who", "basis", "assumes"]
        )

    @property
    def members(self) -> dict[str, list[str]]:
        """List -> iso3 of those on it, in order; the random lists, one per world, are not among
        them.
        """
        length = len(self.picks)
        lists = {
            GREEDY: self.picks,
            REGION_FIRST: region_first(self.pool, length),
            BY_SIZE: by_size(self.pool, length),
        }
        return {name: [candidate.who for candidate in whom] for name, whom in lists.items()}

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments besides the scenario, and numbers that follow from them."""
        return {
            "command": "outreach",
            "approaches": len(self.picks),
            "from_round": self.campaign.start,
            "months": self.campaign.last - self.campaign.start + 1,
            "strength": self.campaign.strength,
            "states": self.states,
            "pool": len(self.pool),
            "judged_on": self.worlds,
            "seed_of_judgement": fresh_seed(self.seed),
        }

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """The manifest of the scenario in which nobody is approached."""
        return manifest(self.scenario, self.replicates, self.seed)

    def as_json(self) -> dict[str, Any]:
        """What `parley outreach --json` writes (docs/json.md)."""
        return {
            "approached": records(self.approached),
            "lists": records(self.lists),
            **self._document(),
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write both tables in each of *formats*, then manifest.json, into *folder*; the files
        written.
        """
        frames = {"approached": self.approached, "lists": self.lists}
        return save(folder, frames, formats, self._document())

    def _document(self) -> dict[str, Any]:
        return {
            "events": self.events,
            "assumes": ASSUMES,
            "interval": METHOD,
            "asked": self.arguments,
            "manifest": self.manifest,
        }


def _with_ends(name: str) -> list[str]:
    return [name, f"{name}_low", f"{name}_high"]
