"""How robust talks are: what would come of them under other assumptions about what nobody has
measured. Every dial of them varies at once over its plausible range, under the same luck in every
set of assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.dials.dial import Dial
from sim.dials.hypercube import latin_hypercube
from sim.dials.negotiation import DIALS, PATIENCE_DIALS
from sim.findings import (
    ASSUMED,
    Finding,
    Interval,
    Level,
    Place,
    Ranking,
    Threshold,
    Unit,
    Verdict,
)
from sim.negotiation.procedure import negotiate_drafts
from sim.negotiation.proportions import of_difference, of_share
from sim.negotiation.result import ENDS, HALF, TalksResult, sure
from sim.negotiation.seats import table_for
from sim.negotiation.table import Floats
from sim.negotiation.talks import ALTERNATING, Talks
from sim.threads import Progress, in_threads

COVERAGE = 0.99  # of the interval of what a dial does: eight or so are asked at once
RESAMPLES = 200  # of the points, for the interval of where the talks turn


class End(NamedTuple):
    """What comes of talks at one point: the share of worlds with a text; seat -> the share of
    failures in which it refuses; the provision that divides most, None without failures; and each
    provision's share of the blame.
    """

    agreed: float
    blockers: Mapping[str, float]
    dispute: str | None
    blame: Floats


@dataclass(frozen=True)
class RobustnessFindings:
    """What is found about talks under other assumptions. same, right: the share of points in which
    they end as under those of the model, and as on record, where that is known. deciding: the dials
    on which the end depends, by how much more often its upper half has a text than its lower. turn:
    where the first of them turns the end. Of the points without a text, in which share a seat
    refuses in most worlds (refusers), a provision divides most (disputes), and the mean share that
    it has of the blame, with that in nine of ten points.
    """

    same: Level
    right: Level | None
    deciding: Ranking
    turn: Threshold | None
    refusers: Ranking
    disputes: Ranking
    blame: Ranking

    def as_json(self) -> dict[str, Any]:
        """Each finding by its name, those that say nothing left out."""
        return {name: one.as_json() for name, one in vars(self).items() if isinstance(one, Finding)}


def assumed_dials(talks: Talks) -> dict[str, Dial]:
    """The dials of *talks* that nobody has measured and that may move something there: those that
    are idle are left out, and those to which a file or a user has given another value than theirs.
    """
    return {
        name: dial
        for name, dial in DIALS.items()
        if dial.plausible is not None
        and talks.values[name] == dial.default
        and not any(
            all(talks.values[other] == value for other, value in condition.items())
            for condition in dial.idle
        )
        and (name not in PATIENCE_DIALS or talks.chair == ALTERNATING)
    }


@dataclass(frozen=True, eq=False)
class TalksRobustness:
    """The talks of *result* under P other sets of assumptions, in so many *worlds* each. *values*:
    dial -> [P]; *deciding*: the dials that alone turn the end of some point, of those whose halves
    differ.
    """

    result: TalksResult
    worlds: int
    values: Mapping[str, Floats]
    ends: tuple[End, ...]
    deciding: tuple[str, ...]

    basis = ASSUMED

    @classmethod
    def of(
        cls,
        result: TalksResult,
        points: int,
        worlds: int,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """The talks of *result* at so many *points*, with its seed; *workers*, threads, change no
        number.
        """
        talks, seed = result.talks, result.seed
        assumed = assumed_dials(talks)
        sample = latin_hypercube(DIALS, points, seed)
        values = {name: sample[name] for name in assumed}

        def end(number: int, **others: float) -> End:
            point = {name: float(each[number]) for name, each in values.items()}
            return _end(talks, {**point, **others}, worlds, seed)

        jobs = [partial(end, number) for number in range(points)]
        ends = tuple(in_threads(jobs, workers, progress))
        first = cls(result, worlds, values, ends, ())

        def turns(name: str) -> bool:
            """Whether moving this dial alone to its farther end turns the end of some point."""
            low, high = assumed[name].plausible or assumed[name].between
            return any(
                (end(number, **{name: high if value < (low + high) / 2 else low}).agreed > HALF)
                != has_text
                for number, (value, has_text) in enumerate(
                    zip(values[name], first.has_text, strict=True)
                )
            )

        halves = first.dials()
        apart = halves[(halves["interval_low"] > 0) | (halves["interval_high"] < 0)]["dial"]
        return replace(first, deciding=tuple(name for name in apart if turns(name)))

    @property
    def points(self) -> int:
        """P, the sets of assumptions."""
        return len(self.ends)

    @cached_property
    def has_text(self) -> NDArray[np.bool_]:
        """[P] whether most worlds have a text."""
        return np.array([end.agreed > HALF for end in self.ends])

    @property
    def is_same(self) -> NDArray[np.bool_]:
        """[P] whether the talks end as they do under the assumptions of the model."""
        same: NDArray[np.bool_] = self.has_text == (self.result.agreed > HALF)
        return same

    def dials(self) -> pd.DataFrame:
        """A row per dial that varies, those on which the end depends most first: dial, label, low,
        high, value (that of the model), lower and upper (the share of points with a text in either
        half of its range), difference (upper less lower), interval_low, interval_high (that of the
        difference, 99 %), basis.
        """
        rows = []
        for name, values in self.values.items():
            dial = DIALS[name]
            low, high = dial.plausible or dial.between
            upper = values >= (low + high) / 2
            above, of_above = int(self.has_text[upper].sum()), max(1, int(upper.sum()))
            below, of_below = int(self.has_text[~upper].sum()), max(1, int((~upper).sum()))
            interval = of_difference((above, of_above), (below, of_below), COVERAGE)
            rows.append(
                {
                    "dial": name,
                    "label": dial.label,
                    "low": low,
                    "high": high,
                    "value": self.result.talks.values[name],
                    "lower": below / of_below,
                    "upper": above / of_above,
                    "difference": above / of_above - below / of_below,
                    "interval_low": interval.low,
                    "interval_high": interval.high,
                    "basis": ASSUMED,
                }
            )
        frame = pd.DataFrame(rows)
        return frame.sort_values(
            "difference", key=lambda column: -column.abs(), kind="stable", ignore_index=True
        )

    def table(self) -> pd.DataFrame:
        """A row per set of assumptions: point (from 1), the value of each dial that varies, agreed
        (the share of worlds with a text), as_by_default, refusers (the ids of the seats that refuse
        in most failures), dispute (the provision that divides most), basis.
        """
        columns = {
            "agreed": [end.agreed for end in self.ends],
            "as_by_default": self.is_same,
            "refusers": [" ".join(_refusers(end)) for end in self.ends],
            "dispute": [end.dispute for end in self.ends],
        }
        frame = pd.DataFrame({"point": range(1, self.points + 1), **self.values, **columns})
        return frame.assign(basis=ASSUMED)

    @cached_property
    def findings(self) -> RobustnessFindings:
        """What is found about them."""
        record, same = self.result.talks.record, int(self.is_same.sum())
        is_held = record is not None and self.result.talks.is_as_first
        right = int((self.has_text == (record is not None and record.agreed)).sum())
        failed = [end for end, text in zip(self.ends, self.has_text, strict=True) if not text]
        rows = self.dials().set_index("dial").loc[list(self.deciding)]
        deciding = [
            Place(
                str(name),
                float(row["difference"]),
                fits=Interval(row["interval_low"], row["interval_high"], COVERAGE),
            )
            for name, row in rows.iterrows()
        ]
        refusers = {who: [who in _refusers(end) for end in failed] for who in self._seats}
        disputes = {name: [end.dispute == name for end in failed] for name in self._provisions}
        blame = {
            name: [float(end.blame[place]) for end in failed]
            for place, name in enumerate(self._provisions)
        }
        return RobustnessFindings(
            same=self._level("same", same),
            right=self._level("right", right) if is_held else None,
            deciding=self._ranking("deciding", deciding),
            turn=self._turn(deciding[0].name) if deciding else None,
            refusers=self._ranking("refusers", _means(refusers)),
            disputes=self._ranking("disputes", _means(disputes)),
            blame=self._ranking("blame", _means(blame, with_ends=True)),
        )

    @property
    def _seats(self) -> tuple[str, ...]:
        return self.result.talks.seats

    @property
    def _provisions(self) -> list[str]:
        return [subject.provision for subject in self.result.talks.subjects]

    def _basis(self, measure: str, verdict: Verdict) -> dict[str, Any]:
        return {
            "measure": measure,
            "unit": Unit.SHARE,
            "verdict": verdict,
            "basis": ASSUMED,
            "worlds": self.worlds,
            "seed": self.result.seed,
        }

    def _level(self, measure: str, cases: int) -> Level:
        share = cases / self.points
        return Level(
            **self._basis(measure, sure(share, self.points)),
            estimate=share,
            fits=of_share(cases, self.points),
            of=self.points,
        )

    def _ranking(self, measure: str, places: list[Place]) -> Ranking:
        verdict = Verdict.CLEAR if places else Verdict.NOTHING
        return Ranking(**self._basis(measure, verdict), places=tuple(places))

    def _turn(self, name: str) -> Threshold:
        """At which value of the dial *name* the talks turn: the one that parts the points with a
        text best from those without (Youden 1950), and its interval over samples of the points
        drawn anew.
        """
        values, stream = self.values[name], np.random.default_rng(self.result.seed)
        estimate = _cut(values, self.has_text)
        numbers = stream.integers(self.points, size=(RESAMPLES, self.points))
        cuts = [
            _cut(values[each], self.has_text[each])
            for each in numbers
            if 0 < self.has_text[each].sum() < self.points
        ]
        low, high = np.quantile(cuts, ENDS) if cuts else (estimate, estimate)
        basis = {**self._basis("turn", Verdict.CLEAR), "unit": Unit.DIAL}
        return Threshold(
            **basis, dial=name, estimate=estimate, fits=Interval(float(low), float(high))
        )


def _end(talks: Talks, point: Mapping[str, float], worlds: int, seed: int) -> End:
    """What comes of *talks* with the values of dials of *point*."""
    there = replace(talks, values={**talks.values, **point})
    table = table_for(there, worlds, seed)
    result = TalksResult(there, worlds, seed, table, negotiate_drafts(table, there))
    dispute = next(iter(result.provisions), None)
    return End(result.agreed, result.blockers, dispute, result.blame_shares)


def _refusers(end: End) -> list[str]:
    """The seats that refuse in most failures, most often first."""
    return [who for who, share in end.blockers.items() if share > HALF]


def _means(cases: Mapping[str, list[Any]], with_ends: bool = False) -> list[Place]:
    """A place for each name of *cases* with a mean above 0, most first."""
    places = []
    for name, values in cases.items():
        if values and (mean := float(np.mean(values))) > 0:
            low, high = np.quantile(np.asarray(values, dtype=float), ENDS)
            places.append(
                Place(name, mean, fits=Interval(float(low), float(high)) if with_ends else None)
            )
    return sorted(places, key=lambda place: -place.estimate)


def _cut(values: Floats, is_true: NDArray[np.bool_]) -> float:
    """The value that parts those for which something is true best from the others: above it, or
    below it, is the larger share of the first and the smaller share of the second.
    """
    order = np.argsort(values, kind="stable")
    ordered, truths = values[order], is_true[order]
    above = 1.0 - np.cumsum(truths) / truths.sum()
    others = 1.0 - np.cumsum(~truths) / (~truths).sum()
    place = int(np.abs(above - others)[:-1].argmax())
    return float((ordered[place] + ordered[place + 1]) / 2.0)
