"""What comes of talks in many replicates, as values: who accepts, who blocks and over what, and how
much of the text is left. What is found about them: whether they end with a text, who gains, how far
luck decides, and how the model compares with the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import InputError
from sim.findings import (
    ASSUMED,
    Blame,
    Finding,
    Interval,
    Level,
    Members,
    Place,
    Ranking,
    Unit,
    Verdict,
)
from sim.negotiation.procedure import Drafts, paid, passes
from sim.negotiation.seats import seats_named
from sim.negotiation.table import Floats, Table
from sim.negotiation.talks import MAJORITY, Talks
from sim.negotiation.zone import Zone
from sim.reading import as_list, check_number, check_whole
from sim.scenario.text_talks import OPEN_CALL
from sim.theory import bargaining

ENDS = (0.05, 0.95)  # of intervals over replicates
UNWILLING = ("who", "name", "share", "blocks", "paid", "outvoted", "too_far", "too_little", "over")
HALF, NEARLY_ALL = 0.5, 0.9  # of the worlds, or of the failures
SUBSTANTIAL = 0.95  # of what was tabled: a provision that keeps more is hardly cut
# of what was tabled: where a provision goes so much farther in some worlds, luck decides over it
FAR_APART = 0.2
NOISE = 6  # decimals, below which floats tell nothing: what is as in force is at 0


@dataclass(frozen=True)
class Seldom:
    """A seat that the sources name as having refused, and in how many failures it does so here."""

    who: str
    failures: int


@dataclass(frozen=True)
class RecordFinding:
    """How the model compares with what really happened: whether the talks `agreed` there and `here`
    in most worlds; of failures, the seats that refuse here as the sources say (`same`), those that
    the sources name and that seldom do (`seldom`), and others that refuse too (`others`), those
    that do so most often first.
    """

    agreed: bool
    here: bool
    same: tuple[str, ...] = ()
    seldom: tuple[Seldom, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the talks end here as they did."""
        return self.agreed == self.here

    @property
    def over_others(self) -> bool:
        """Whether they fail as they did, but not over the same seats."""
        return bool(self.seldom or self.others)


@dataclass(frozen=True)
class CallFindings:
    """Of an open call: seats that would accept the convenor's text, in the mean, and those that
    would not in half of the worlds or more, whom it suits least first.
    """

    suits: Level
    unsuited: Members


@dataclass(frozen=True)
class FailureFindings:
    """Of failures: seats that refuse the text nearest to adoption, in the mean; for whom it goes
    too far, or not far enough, in most; the provision that divides most; and what that text is
    worth to the seat that likes it least.
    """

    refusals: Level
    too_far: Members
    too_little: Members
    dispute: Blame
    least: Level


@dataclass(frozen=True)
class TextFindings:
    """Of texts that are adopted: the share kept of what was tabled at first; the provisions that
    lose by it, those of which least is left first; how far luck moves each, most first; winners by
    gain; and seats that are worse off, as they are outvoted or paid.
    """

    share_left: Level
    cut: Ranking
    spread: Ranking
    winners: Ranking
    outvoted: Members
    paid: Members


@dataclass(frozen=True)
class TalksFindings:
    """All that is found about talks. text: the share of worlds with a text, clear where nearly all
    or nearly none has one. majority: the fewest seats that carry a text, 0 but under a vote. room:
    what the text that is best for the seat that likes it least is worth to it. room_worlds: in how
    many worlds that suits all.
    """

    text: Level
    majority: int
    room: Level
    room_worlds: Level
    call: CallFindings | None
    failures: FailureFindings | None
    texts: TextFindings | None
    record: RecordFinding | None

    def as_json(self) -> dict[str, Any]:
        """Each finding by its name, those that say nothing left out."""
        parts = (self.call, self.failures, self.texts)
        named = [vars(self), *(vars(part) for part in parts if part is not None)]
        return {
            name: one.as_json()
            for part in named
            for name, one in part.items()
            if isinstance(one, Finding)
        }


@dataclass(frozen=True, eq=False)
class TalksResult:
    """Talks in many replicates. All of it is simulated and assumed; a stance at the table is the
    acceptance of a text.
    """

    talks: Talks
    replicates: int
    seed: int
    at_table: Table = field(repr=False)
    drafts: Drafts = field(repr=False)

    basis = ASSUMED

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
    def blame_shares(self) -> Floats:
        """[provision] its share of all that those who block hold against the text nearest to
        adoption, over all failures; what speaks for the text there does not count. The shares sum
        to 1; all are 0 where the talks never fail.
        """
        objections: Floats = np.maximum(self._blame, 0.0).sum(axis=(0, 1))
        return objections / objections.sum() if objections.any() else objections

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

    def table(self) -> pd.DataFrame:
        """A row per provision: number, provision, in_force, tabled, text (the mean level adopted,
        or, where none ever is, nearest to adoption), low and high (of nine replicates in ten),
        blocks (the share of failures in which it weighs most), blame (its part, in U, of what those
        who block hold against the text, the mean of failures), blame_share (its share of all that
        those who block hold against it, `blame_shares`), basis.
        """
        adopted = self.drafts.is_adopted
        texts = self.drafts.final_texts[adopted if adopted.any() else slice(None)]
        low, high = np.quantile(texts, ENDS, axis=0)
        blame = (
            self._blame.sum(axis=1).mean(axis=0) if len(self.failures) else np.zeros(texts.shape[1])
        )
        shares, blame_shares = self.provisions, self.blame_shares
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
                "blame_share": float(blame_shares[k]),
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
        talks, table, drafts = self.talks, self.at_table, self.drafts
        names, adopted = seats_named(talks.seats, talks.facts).names, drafts.is_adopted[:, None]
        loses = ~bargaining.accepts(drafts.final_gains) & table.votes
        paid = self.paid(drafts.final_gains) & adopted
        blame = table.blame(drafts.final_texts) * loses[..., None]
        most = blame.argmax(axis=2)
        levels = np.take_along_axis(drafts.final_texts, most, axis=1)
        above = levels > np.take_along_axis(table.ideals, most[..., None], axis=2)[..., 0]
        cases = {
            "share": loses,
            "blocks": loses & ~adopted,
            "paid": paid,
            "outvoted": loses & adopted & ~paid,
            "too_far": loses & above,
            "too_little": loses & ~above,
        }
        shares = {name: truths.mean(axis=0) for name, truths in cases.items()}
        means = drafts.final_gains.mean(axis=0)
        rows = [
            {
                "who": who,
                "name": names[seat],
                **{name: float(values[seat]) for name, values in shares.items()},
                "over": talks.subjects[blame[:, seat].sum(axis=0).argmax()].provision,
                "gain": float(means[seat]),
            }
            for seat, who in enumerate(talks.seats)
            if loses[:, seat].any()
        ]
        frame = pd.DataFrame(rows, columns=(*UNWILLING, "gain"))
        order = frame.sort_values(["share", "gain"], ascending=[False, True], ignore_index=True)
        return order.drop(columns="gain").assign(basis=ASSUMED)

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
    def findings(self) -> TalksFindings:
        """What is found about them."""
        return findings_of(self)


def findings_of(result: TalksResult) -> TalksFindings:
    """What is found about the talks of *result*."""
    slack, rule = result.slack, result.talks.rule
    make = partial(_level, result)
    has_failed = rule != OPEN_CALL and len(result.failures) > 0
    return TalksFindings(
        text=make("text", Unit.SHARE, result.agreed, sure(result.agreed, result.replicates)),
        majority=carrying(result.talks),
        room=make("room", Unit.UTILITY, float(np.median(slack)), luck=_ends(slack)),
        room_worlds=make("room_worlds", Unit.COUNT, int((slack >= 0).sum()), of=result.replicates),
        call=_of_call(result) if rule == OPEN_CALL else None,
        failures=_of_failures(result) if has_failed else None,
        texts=_of_texts(result) if result.drafts.is_adopted.any() else None,
        record=_record(result),
    )


def carrying(talks: Talks) -> int:
    """The fewest seats with a vote that carry a text, under a majority rule; 0 under another."""
    if talks.rule != MAJORITY:
        return 0
    votes = len(talks.seats) - len(talks.voice)
    quota = talks.values["quota_number"]
    return next(n for n in range(votes + 1) if n > HALF * votes and n / votes >= quota)


def _level(
    result: TalksResult,
    measure: str,
    unit: Unit,
    estimate: float,
    verdict: Verdict = Verdict.CLEAR,
    luck: Interval | None = None,
    of: int | None = None,
) -> Level:
    return Level(**_basis(result, measure, unit, verdict), estimate=estimate, luck=luck, of=of)


def _basis(
    result: TalksResult, measure: str, unit: Unit, verdict: Verdict = Verdict.CLEAR
) -> dict[str, Any]:
    """What all findings about *result* share, with what they measure."""
    return {
        "measure": measure,
        "unit": unit,
        "verdict": verdict,
        "basis": ASSUMED,
        "worlds": result.replicates,
        "seed": result.seed,
    }


def sure(share: float, cases: int) -> Verdict:
    """How sure it is that something is so which is in that *share* of *cases*: clear where it is in
    nearly all of them, or in nearly none.
    """
    if cases == 1:
        return Verdict.CANNOT_TELL
    return Verdict.CLEAR if max(share, 1 - share) >= NEARLY_ALL else Verdict.PERHAPS


def _ends(values: Any) -> Interval | None:
    """The interval of nine in ten *values*; None of one alone."""
    return Interval(*(float(end) for end in np.quantile(values, ENDS))) if len(values) > 1 else None


def _members(result: TalksResult, measure: str, who: Iterable[str]) -> Members:
    members = tuple(who)
    verdict = Verdict.CLEAR if members else Verdict.NOTHING
    return Members(**_basis(result, measure, Unit.COUNT, verdict), members=members)


def _of_call(result: TalksResult) -> CallFindings:
    """Whom the convenor's text would suit, where nobody can block; whom it suits least first."""
    seats = result.seats().sort_values(["accepts", "gain"])
    accept = float(seats["accepts"].sum())
    return CallFindings(
        _level(result, "suits", Unit.COUNT, accept, of=len(seats)),
        _members(result, "unsuited", seats.loc[seats["accepts"] < HALF, "who"]),
    )


def _of_failures(result: TalksResult) -> FailureFindings:
    """Who refuses the text nearest to adoption, over what, and by how much."""
    votes, failures = result.at_table.votes, len(result.failures)
    gains = result.drafts.final_gains[result.failures]
    seats = result.seats().sort_values("weight", ascending=False, kind="stable")
    refuse = ((gains < 0) & votes).sum(axis=1)
    wavers = ((seats["blocks"] > 1 - NEARLY_ALL) & (seats["blocks"] < NEARLY_ALL)).any()
    steady = Verdict.PERHAPS if wavers else Verdict.CLEAR
    refusals = _level(
        result, "refusals", Unit.COUNT, float(refuse.mean()), steady, _ends(refuse),
        int(votes.sum()),
    )  # fmt: skip
    provision, share = next(iter(result.provisions.items()))
    dispute = Blame(
        **_basis(result, "dispute", Unit.SHARE, sure(share, failures)),
        on=provision,
        estimate=share,
        of=failures,
    )
    least = gains[:, votes].min(axis=1)
    sides = {
        side: _members(result, side, seats.loc[seats[side] > HALF, "who"])
        for side in ("too_far", "too_little")
    }
    return FailureFindings(
        refusals=refusals,
        dispute=dispute,
        least=_level(result, "least", Unit.UTILITY, float(least.mean()), luck=_ends(least)),
        **sides,
    )


def _of_texts(result: TalksResult) -> TextFindings:
    """What the texts adopted keep, how far luck moves them, and who gains by them."""
    texts, first = result.drafts.final_texts[result.drafts.is_adopted], result.talks.as_first
    shares = [first.share_of_tabled(text) for text in texts]
    scale = on_scale(first, texts)
    lefts = {name: max(0.0, float(values.mean())) for name, values in scale.items()}
    cut = sorted((one for one in lefts if lefts[one] < SUBSTANTIAL), key=lambda one: lefts[one])
    ends = {
        name: Interval(*(float(end) for end in np.quantile(values, ENDS)))
        for name, values in scale.items()
    }
    apart = {name: one.high - one.low for name, one in ends.items()}
    by_spread = sorted((one for one in apart if apart[one] > 0), key=lambda one: -apart[one])
    voters, gains = np.array(result.talks.seats)[result.at_table.votes], result.gains_of_text
    unwilling = result.unwilling()

    def worse(case: str) -> Members:
        rows = unwilling.loc[unwilling[case] >= HALF, "who"]
        return _members(result, case, sorted(rows, key=lambda who: gains[who]))

    def ranking(measure: str, unit: Unit, places: Iterable[Place]) -> Ranking:
        rows = tuple(places)
        verdict = Verdict.CLEAR if rows else Verdict.NOTHING
        return Ranking(**_basis(result, measure, unit, verdict), places=rows)

    share_left = first.share_of_tabled(texts.mean(axis=0))
    spread = (Place(one, apart[one], ends[one]) for one in by_spread)
    winners = (Place(str(who), gains[who]) for who in sorted(voters, key=lambda who: -gains[who]))
    return TextFindings(
        share_left=_level(result, "share_left", Unit.SHARE, share_left, luck=_ends(shares)),
        cut=ranking("cut", Unit.SHARE, (Place(one, lefts[one], ends[one]) for one in cut)),
        spread=ranking("spread", Unit.SHARE, spread),
        winners=ranking("winners", Unit.UTILITY, winners),
        outvoted=worse("outvoted"),
        paid=worse("paid"),
    )


def on_scale(first: Talks, texts: Floats) -> Mapping[str, Floats]:
    """Provision -> how far each of *texts* goes on it: 0 as in force, 1 as tabled at *first*; of
    all that may move.
    """
    return {
        one.provision: ((texts[:, place] - one.in_force) / (one.tabled - one.in_force)).round(NOISE)
        for place, one in enumerate(first.subjects)
        if one.tabled > one.in_force
    }


def _record(result: TalksResult) -> RecordFinding | None:
    """How the talks compare with the record; None of talks that were changed, or never held."""
    record = result.talks.record
    if record is None or not result.talks.is_as_first:
        return None
    here = result.agreed > HALF
    if record.agreed or here or not record.refused:
        return RecordFinding(record.agreed, here)
    failures = len(result.failures)
    seats = result.seats().sort_values("weight", ascending=False, kind="stable")
    is_named, often = seats["who"].isin(record.refused), seats["blocks"] > HALF
    seldom = tuple(
        Seldom(row["who"], round(row["blocks"] * failures))
        for row in seats[is_named & ~often].to_dict("records")
    )
    others = seats[~is_named & often].sort_values("blocks", ascending=False, kind="stable")
    same = tuple(seats.loc[is_named & often, "who"])
    return RecordFinding(record.agreed, here, same, seldom, tuple(others["who"]))
