"""A negotiation: talks in many replicates, what came of them, who blocked and over what."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.arguments import (
    POINTS_OF_TALKS,
    REPLICATES,
    SEED,
    WORLDS_OF_POINT,
    as_scenario,
    check_points,
    check_replicates,
    check_seed,
    check_workers,
)
from sim.errors import InputError
from sim.findings import ASSUMED
from sim.negotiation.files import load_talks, talks_of
from sim.negotiation.procedure import negotiate_drafts
from sim.negotiation.result import ENDS, TalksResult
from sim.negotiation.robustness import TalksRobustness
from sim.negotiation.seat import SeatResult, seat_of
from sim.negotiation.seats import table_for
from sim.negotiation.talks import Talks
from sim.negotiation.ufuns import ufuns_of
from sim.number_formats import decimal
from sim.output_folder import OutputFolder, save
from sim.reading import check_table
from sim.scenario import Scenario
from sim.threads import Progress
from sim.version import __version__, made_with
from sim.words.language import say
from sim.words.negotiation import (
    Answer,
    answer,
    beside_record,
    robustness_sentences,
    seat_sentences,
)
from sim.writing import FORMATS, plain, records

TABLES = ("provisions", "seats", "drafts")  # that `save` writes
ASSUMPTIONS = "assumptions"  # the table of `over_assumptions`


def negotiate(
    scenario: str | Path | Scenario | Talks,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    without: str | Iterable[str] = (),
    choices: Mapping[str, Any] | None = None,
    facts: Any = None,
) -> Negotiation:
    """Negotiate the text of *scenario*: the name of talks that ship, such as "un-gge-2017", or of a
    scenario, the path of a file of either, a Scenario, or Talks.

    replicates: how often, each with other luck in what seats want. set: dials of negotiations,
    levels and ambiguity of provisions by number (tabled_11), and the words rule, chair, settle,
    amendments, trades, deadline (`Talks.settings`). without: seats that are left empty. choices:
    choice -> option, of a scenario. facts: those of a world of one's own, as `parley.load` takes
    them, for a name or a path.

    InputError, in one sentence, for whatever does not fit.
    """
    count, number = check_replicates(replicates), check_seed(seed)
    talks = _talks(scenario, choices, facts).with_changes(set, without)
    table = table_for(talks, count, number)
    return Negotiation(talks, count, number, table, negotiate_drafts(table, talks))


def _talks(
    scenario: str | Path | Scenario | Talks, choices: Mapping[str, Any] | None, facts: Any
) -> Talks:
    """The talks of *scenario* with other options of *choices*, in the world of *facts*; InputError
    where one of the two stands beside Talks.
    """
    if choices is not None:
        check_table(choices, "choices")
    if isinstance(scenario, Talks):
        if choices or facts is not None:
            other = "choices" if choices else "facts"
            raise InputError(
                f"negotiate: found {other} beside {scenario!r}, which has its own, expected no"
                f" {other}"
            )
        return scenario
    if choices or isinstance(scenario, Scenario):
        return talks_of(as_scenario(scenario, facts).with_choices(choices or {}))
    return load_talks(scenario, facts=facts)


@dataclass(frozen=True, eq=False)
class SeatExplanation(SeatResult):
    """Why one seat accepts or refuses, in words and as JSON."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why, and what would turn it, in plain words."""
        return seat_sentences(self)

    def as_json(self) -> dict[str, Any]:
        """The content of `parley explain --json` for a seat (docs/json.md)."""
        content = {
            "who": self.who,
            "name": self.name,
            "basis": ASSUMED,
            "accepts": self.accepts,
            "gain": self.gains.mean(),
            "sentences": self.sentences,
            "provisions": records(self.table()),
            "others_refuse": dict(zip(("before", "after"), self.others_refuse(), strict=True)),
            "manifest": manifest_of(self.result),
        }
        return dict(plain(content))


def manifest_of(result: TalksResult) -> dict[str, Any]:
    """All that it takes to negotiate again to the same numbers."""
    return {
        "parley": __version__,
        "talks": {"name": result.talks.name, "sha256": result.talks.sha256},
        "seed": result.seed,
        "replicates": result.replicates,
        "settings": result.talks.settings,
        "seats": result.talks.seats,
        "voice": result.talks.voice,
        "subjects": [asdict(subject) for subject in result.talks.subjects],
        "made_with": made_with(),
        "note": say("talks-note"),
    }


@dataclass(frozen=True, eq=False)
class Robustness(TalksRobustness):
    """What comes of talks under other assumptions, with its words and as JSON."""

    def __repr__(self) -> str:
        same = decimal(self.findings.same.estimate)
        return f"Robustness({self.result.talks.name}, points={self.points}, same={same})"

    @property
    def sentences(self) -> tuple[str, ...]:
        """How often the talks end the same way, what decides that, and who then refuses."""
        return robustness_sentences(self)

    def as_json(self) -> dict[str, Any]:
        """The content of `assumptions` in `parley negotiate --assumptions --json`
        (docs/json.md).
        """
        content = {
            "basis": ASSUMED,
            "points": self.points,
            "worlds": self.worlds,
            "sentences": self.sentences,
            "findings": self.findings.as_json(),
            "dials": records(self.dials()),
            "sets": records(self.table()),
        }
        return dict(plain(content))


@dataclass(frozen=True, eq=False)
class Negotiation(TalksResult):
    """What came of talks, with its words, tables and files."""

    def __repr__(self) -> str:
        luck = f"replicates={self.replicates}, seed={self.seed}"
        return f"Negotiation({self.talks.name}, {luck}, agreed={self.agreed:.2f})"

    def _repr_html_(self) -> str:
        """The negotiation as a notebook shows it."""
        sentences = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.sentences)
        table = self.table().to_html(index=False, border=0)
        return f"<p><b>{html.escape(self.talks.title)}</b></p>{sentences}{table}"

    def explain(self, who: str) -> SeatExplanation:
        """Why the seat *who*, by iso3 or name, accepts the final text or refuses it, and the
        smallest change that would have kept it. InputError where it has no seat.
        """
        return SeatExplanation(self, *seat_of(self.talks, who))

    def over_assumptions(
        self,
        points: int = POINTS_OF_TALKS,
        *,
        replicates: int = WORLDS_OF_POINT,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Robustness:
        """The same talks under so many other sets of assumptions (*points*), of a Latin hypercube
        over the plausible ranges of all that nobody has measured there and no file or user has
        given another value, in so many worlds (*replicates*) of the same luck at each. workers:
        threads, by default one per processor; they change no result. progress(done, total) is
        called now and then. InputError for numbers out of range.
        """
        return Robustness.of(
            self,
            check_points(points),
            check_replicates(replicates),
            check_workers(workers),
            progress,
        )

    def ufuns(self, replicate: int = 1) -> tuple[Any, list[Any]]:
        """The table of one replicate, from 1 on, for NegMAS: its outcome space, and a utility
        function with a reserved value for each seat with a vote (docs/negotiation.md). InputError
        where the extra `negmas` is not installed.
        """
        return ufuns_of(self.talks, self.at_table, replicate)

    @cached_property
    def answer(self) -> Answer:
        """What came of the talks, in plain words: a headline, and its parts."""
        return answer(self)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same as sentences: the headline, the parts, the room for a text."""
        return self.answer.sentences

    @property
    def beside_record(self) -> dict[str, str]:
        """What really happened (`happened`, `sources`), and where talks as they were differ from it
        (`beside`).
        """
        return beside_record(self)

    @property
    def manifest(self) -> dict[str, Any]:
        """All that it takes to negotiate again to the same numbers."""
        return manifest_of(self)

    def frames(self) -> dict[str, pd.DataFrame]:
        """What `save` writes, by name: provisions (`table`), seats, and drafts (`path`)."""
        return dict(zip(TABLES, (self.table(), self.seats(), self.path()), strict=True))

    def save(
        self,
        folder: str | Path | OutputFolder,
        formats: Iterable[str] = FORMATS,
        robustness: Robustness | None = None,
    ) -> list[Path]:
        """Write `frames` in each of *formats*, with them the table of the *robustness* of these
        talks where it is given, then manifest.json, into *folder*, as `Run.save` does; the files
        written. InputError, and the folder is as it was, where that cannot be.
        """
        frames, manifest = self.frames(), self.manifest
        if robustness is not None:
            frames[ASSUMPTIONS] = robustness.table()
            manifest[ASSUMPTIONS] = {"points": robustness.points, "worlds": robustness.worlds}
        return save(folder, frames, formats, manifest)

    @property
    def summary(self) -> dict[str, Any]:
        """The part of `as_json` that a run tells of the talks before it: agreed, sentences,
        blockers, provisions.
        """
        keys = ("agreed", "basis", "sentences", "tabled_share", "blockers", "provisions")
        return {key: value for key, value in self.as_json().items() if key in keys}

    def as_json(self) -> dict[str, Any]:
        """The content of `parley negotiate --json` (docs/json.md)."""
        low, high = np.quantile(self.slack, ENDS)
        content = {
            "agreed": self.agreed,
            "basis": ASSUMED,
            "sentences": self.sentences,
            "tabled_share": (
                self.tabled_share[self.drafts.is_adopted].mean() if self.agreed > 0 else None
            ),
            "slack": {
                "median": np.median(self.slack),
                "low": low,
                "high": high,
                "not_empty": (self.slack >= 0).mean(),
            },
            "findings": self.findings.as_json(),
            "blockers": self.blockers,
            "provisions": self.provisions,
            "levels": records(self.table()),
            "seats": records(self.seats()),
            "drafts": records(self.path()),
            "manifest": self.manifest,
        }
        return dict(plain(content))
