"""A negotiation: talks in many replicates, what came of them, who blocked and over what."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.arguments import REPLICATES, SEED, as_scenario, check_replicates, check_seed
from sim.errors import InputError
from sim.experiments.basis import ASSUMED
from sim.experiments.manifest import made_with
from sim.experiments.negotiation_sentences import Answer, negotiation_answer
from sim.experiments.seat import SeatExplanation, explain_seat
from sim.experiments.talks_on_record import beside_record
from sim.experiments.unwilling_seats import unwilling_seats
from sim.negotiation.files import load_talks, talks_of
from sim.negotiation.procedure import Drafts, negotiate_drafts, paid, passes
from sim.negotiation.seats import seats_named, table_for
from sim.negotiation.table import Floats, Table
from sim.negotiation.talks import Talks
from sim.negotiation.ufuns import ufuns_of
from sim.negotiation.zone import Zone
from sim.output_folder import OutputFolder, save
from sim.reading import as_list, check_number, check_table, check_whole
from sim.scenario import Scenario
from sim.theory import bargaining
from sim.version import __version__
from sim.writing import FORMATS, plain, records

NOTE = (
    "simulated and assumed: what seats want follows from traits by formulas that nobody has"
    " measured; no evidence of any state's reasons"
)
TABLES = ("provisions", "seats", "drafts")  # that `save` writes
ENDS = (0.05, 0.95)  # of intervals over replicates


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
class Negotiation:
    """Talks in many replicates. All of it is simulated and assumed; a stance at the table is the
    acceptance of a text.
    """

    talks: Talks
    replicates: int
    seed: int
    at_table: Table = field(repr=False)
    drafts: Drafts = field(repr=False)

    basis = ASSUMED

    def __repr__(self) -> str:
        luck = f"replicates={self.replicates}, seed={self.seed}"
        return f"Negotiation({self.talks.name}, {luck}, agreed={self.agreed:.2f})"

    def _repr_html_(self) -> str:
        """The negotiation as a notebook shows it."""
        sentences = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.sentences)
        table = self.table().to_html(index=False, border=0)
        return f"<p><b>{html.escape(self.talks.title)}</b></p>{sentences}{table}"

    @property
    def agreed(self) -> float:
        """The share of replicates in which a text is adopted."""
        return float(self.drafts.is_adopted.mean())

    @cached_property
    def failures(self) -> NDArray[np.intp]:
        """The replicates without a text, by number."""
        return np.flatnonzero(~self.drafts.is_adopted)

    @cached_property
    def _blame(self) -> Floats:
        """[failure, seat, provision] what each provision of the text nearest to adoption adds to r
        - U, 0 for whoever accepts.
        """
        part = self.at_table.of(self.failures)
        return part.blame(self.drafts.final_texts[self.failures]) * self._blocks[..., None]

    @cached_property
    def _blocks(self) -> NDArray[np.bool_]:
        """[failure, seat] who has a vote and does not accept the text nearest to adoption."""
        return ~bargaining.accepts(self.drafts.final_gains[self.failures]) & self.at_table.votes

    @property
    def blockers(self) -> dict[str, float]:
        """Seat -> the share of failures in which it does not accept the text nearest to adoption,
        most often first; empty where the talks never fail.
        """
        shares = (
            self._blocks.mean(axis=0) if len(self.failures) else np.zeros(len(self.talks.seats))
        )
        order = np.argsort(-shares, kind="stable")
        return {self.talks.seats[seat]: float(shares[seat]) for seat in order if shares[seat] > 0}

    @cached_property
    def _blocking(self) -> NDArray[np.intp]:
        """[failure] the provision that adds most to what those who block hold against the text."""
        return self._blame.sum(axis=1).argmax(axis=1)

    @property
    def provisions(self) -> dict[str, float]:
        """Provision -> the share of failures in which it weighs most for those who block, most
        often first; the shares sum to 1, and there is none where the talks never fail.
        """
        counts = np.bincount(self._blocking, minlength=len(self.talks.subjects))
        order = np.argsort(-counts, kind="stable")
        return {
            self.talks.subjects[k].provision: float(counts[k] / len(self.failures))
            for k in order
            if counts[k] > 0
        }

    @property
    def tabled_share(self) -> Floats:
        """[replicate] how much of what was tabled beyond the text in force the final text keeps, in
        [0, 1].
        """
        low, high = self.at_table.low, self.at_table.high
        share: Floats = (self.drafts.final_texts - low).sum(axis=1) / (high - low).sum()
        return share

    @cached_property
    def slack(self) -> Floats:
        """[replicate] how far the seat that has least to gain stays above its reservation value at
        the text best for it, in U; below 0 no text can be adopted by consensus
        (`sim.negotiation.zone`).
        """
        return np.array(
            [Zone(self.at_table, replicate).slack() for replicate in range(self.replicates)]
        )

    @cached_property
    def efficiency(self) -> Floats:
        """[replicate] the share that the gains from the text are of those on the Pareto frontier
        along the same ray; not a number where no text is adopted or a seat loses.
        """
        texts = self.drafts.final_texts
        return np.array(
            [
                (
                    Zone(self.at_table, number).efficiency(texts[number])
                    if self.drafts.is_adopted[number]
                    else np.nan
                )
                for number in range(self.replicates)
            ]
        )

    def gains(self, levels: Iterable[float]) -> Floats:
        """[replicate, seat] U - r of the text with these *levels*, one per provision from 0 to 1,
        at this table: a seat accepts it where its gain is not below 0. InputError for anything
        else.
        """
        values, count = as_list(levels, "levels", "numbers"), len(self.talks.subjects)
        if len(values) != count:
            raise InputError(f"levels: found {len(values)}, expected {count}, one per provision")
        places = enumerate(values, start=1)
        return self.at_table.gains(
            np.array([check_number(value, 0, 1, f"levels: {place}") for place, value in places])
        )

    def adopts(self, levels: Iterable[float]) -> NDArray[np.bool_]:
        """[replicate] whether the text with these *levels* would be adopted by the rule of the
        talks, were it put before the seats as it is.
        """
        return passes(self.at_table, self.talks, self.gains(levels))

    def solutions(self, replicate: int = 1) -> pd.DataFrame:
        """The text of one replicate, from 1 on, beside solutions of the literature among seats with
        a vote: a row per provision with provision, in_force, tabled, text, nash (the weighted Nash
        point), kalai_smorodinsky, widest (the text of the largest slack), basis. Where the zone of
        agreement is empty all three are the last.
        """
        number = check_whole(replicate, 1, self.replicates, "replicate") - 1
        zone, count = Zone(self.at_table, number), int(self.at_table.votes.sum())
        columns = {
            "provision": [subject.provision for subject in self.talks.subjects],
            "in_force": self.at_table.low,
            "tabled": self.at_table.high,
            "text": self.drafts.final_texts[number],
            "nash": zone.nash(),
            "kalai_smorodinsky": zone.kalai_smorodinsky(),
            "widest": zone.farthest(np.zeros(count), np.ones(count))[0],
        }
        return pd.DataFrame(columns).assign(basis=ASSUMED)

    def explain(self, who: str) -> SeatExplanation:
        """Why the seat *who*, by iso3 or name, accepts the final text or refuses it, and the
        smallest change that would have kept it. InputError where it has no seat.
        """
        return explain_seat(self, who)

    def ufuns(self, replicate: int = 1) -> tuple[Any, list[Any]]:
        """The table of one replicate, from 1 on, for NegMAS: its outcome space, and a utility
        function with a reserved value for each seat with a vote (docs/negotiation.md). InputError
        where the extra `negmas` is not installed.
        """
        return ufuns_of(self.talks, self.at_table, replicate)

    def table(self) -> pd.DataFrame:
        """A row per provision: number, provision, in_force, tabled, text (the mean level adopted,
        or, where none ever is, nearest to adoption), low and high (of nine replicates in ten),
        blocks (the share of failures in which it weighs most), blame (its part, in U, of what those
        who block hold against the text, the mean of failures), basis.
        """
        adopted = self.drafts.is_adopted
        texts = self.drafts.final_texts[adopted if adopted.any() else slice(None)]
        low, high = np.quantile(texts, ENDS, axis=0)
        blame = (
            self._blame.sum(axis=1).mean(axis=0) if len(self.failures) else np.zeros(texts.shape[1])
        )
        shares = self.provisions
        rows = [
            {
                "number": k + 1,
                "provision": subject.provision,
                "in_force": subject.in_force,
                "tabled": subject.tabled,
                "text": float(texts[:, k].mean()),
                "low": float(low[k]),
                "high": float(high[k]),
                "blocks": shares.get(subject.provision, 0.0),
                "blame": float(blame[k]),
                "basis": ASSUMED,
            }
            for k, subject in enumerate(self.talks.subjects)
        ]
        return pd.DataFrame(rows)

    def seats(self) -> pd.DataFrame:
        """A row per seat, those that block most often first, of these those that lose most: who,
        name, vote, weight, accepts (the share of replicates in which it accepts the final text),
        blocks (the share of failures in which it does not), too_far and too_little (of those, in
        which the provision that it resists most lies above, or below, what it wants), over (the
        provision that it resists most, in the mean of failures), gain (U - r, the mean), basis.
        """
        gains, names = (
            self.drafts.final_gains,
            seats_named(self.talks.seats, self.talks.facts).names,
        )
        accepts, count = bargaining.accepts(gains).mean(axis=0), max(1, len(self.failures))
        resisted = self._blame.argmax(axis=2)
        texts = np.take_along_axis(self.drafts.final_texts[self.failures], resisted, axis=1)
        wants = np.take_along_axis(
            self.at_table.ideals[self.failures], resisted[..., None], axis=2
        )[..., 0]
        above, blame = texts > wants, self._blame.sum(axis=0)
        rows = [
            {
                "who": who,
                "name": names[seat],
                "vote": bool(self.at_table.votes[seat]),
                "weight": float(self.at_table.weights[seat]),
                "accepts": float(accepts[seat]),
                "blocks": float(self._blocks[:, seat].sum() / count),
                "too_far": float((self._blocks & above)[:, seat].sum() / count),
                "too_little": float((self._blocks & ~above)[:, seat].sum() / count),
                "over": (
                    self.talks.subjects[blame[seat].argmax()].provision
                    if self._blocks[:, seat].any()
                    else None
                ),
                "gain": float(gains[:, seat].mean()),
                "basis": ASSUMED,
            }
            for seat, who in enumerate(self.talks.seats)
        ]
        return pd.DataFrame(rows).sort_values(
            ["blocks", "gain"], ascending=[False, True], ignore_index=True
        )

    def path(self) -> pd.DataFrame:
        """A row per draft, until all negotiations have ended: draft (from 1, the text tabled),
        adopted (the share of replicates that have a text by then), objections (the mean number of
        seats with a vote that object), least_gain (the mean of the least U - r among them), level
        (the mean level of the text), resisted (the provision that objectors resist most), basis.
        """
        votes, rows = self.at_table.votes, []
        is_adopted = np.zeros(self.replicates, dtype=np.bool_)
        for number, (texts, gains) in enumerate(
            zip(self.drafts.texts, self.drafts.gains, strict=True)
        ):
            is_adopted |= self.drafts.is_adopted & (self.drafts.final <= number)
            objects = (gains < 0) & votes
            resistance = (self.at_table.blame(texts) * objects[..., None]).sum(axis=(0, 1))
            rows.append(
                {
                    "draft": number + 1,
                    "adopted": float(is_adopted.mean()),
                    "objections": float(objects.sum(axis=1).mean()),
                    "least_gain": float(gains[:, votes].min(axis=1).mean()),
                    "level": float(texts.mean()),
                    "resisted": (
                        self.talks.subjects[resistance.argmax()].provision
                        if objects.any()
                        else None
                    ),
                    "basis": ASSUMED,
                }
            )
        return pd.DataFrame(rows)

    def paid(self, gains: Floats) -> NDArray[np.bool_]:
        """[replicate, seat] who accepts texts with these *gains*, U - r, because others pay for it
        alone.
        """
        return paid(self.at_table, self.talks, gains)

    def unwilling(self) -> pd.DataFrame:
        """A row per seat with a vote that the final text does not suit in some replicate, most
        often first, of these those that lose most: who, name, share (of replicates), blocks, paid
        and outvoted (of those, without a text, and with one that it accepts as others pay for it,
        or that is adopted against it), too_far and too_little (of those, in which the provision
        that it resists most lies above, or below, what it wants), over (that provision, in the
        mean), basis.
        """
        return unwilling_seats(self)

    @cached_property
    def gains_of_text(self) -> dict[str, float]:
        """Seat -> U - r of the text, the mean of the replicates that adopt one; empty where none
        does.
        """
        adopted = self.drafts.is_adopted
        if not adopted.any():
            return {}
        means = self.drafts.final_gains[adopted].mean(axis=0)
        return {
            who: round(float(gain), 6) for who, gain in zip(self.talks.seats, means, strict=True)
        }

    def share_left(self, of: Talks | None = None) -> float | None:
        """How much the texts adopted keep, in the mean, of what these talks tabled before any
        change, or of what the talks *of* table, in [0, 1]; None where none is adopted.
        """
        adopted = self.drafts.is_adopted
        tabled = self.talks.as_first if of is None else of
        return (
            tabled.share_of_tabled(self.drafts.final_texts[adopted].mean(axis=0))
            if adopted.any()
            else None
        )

    @cached_property
    def answer(self) -> Answer:
        """What came of the talks, in plain words: a headline, and its parts."""
        return negotiation_answer(self)

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
        return {
            "parley": __version__,
            "talks": {"name": self.talks.name, "sha256": self.talks.sha256},
            "seed": self.seed,
            "replicates": self.replicates,
            "settings": self.talks.settings,
            "seats": self.talks.seats,
            "voice": self.talks.voice,
            "subjects": [asdict(subject) for subject in self.talks.subjects],
            "made_with": made_with(),
            "note": NOTE,
        }

    def frames(self) -> dict[str, pd.DataFrame]:
        """What `save` writes, by name: provisions (`table`), seats, and drafts (`path`)."""
        return dict(zip(TABLES, (self.table(), self.seats(), self.path()), strict=True))

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write `frames` in each of *formats*, then manifest.json, into *folder*, as `Run.save`
        does; the files written. InputError, and the folder is as it was, where that cannot be.
        """
        return save(folder, self.frames(), formats, self.manifest)

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
            "blockers": self.blockers,
            "provisions": self.provisions,
            "levels": records(self.table()),
            "seats": records(self.seats()),
            "drafts": records(self.path()),
            "manifest": self.manifest,
        }
        return dict(plain(content))
