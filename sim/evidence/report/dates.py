"""The public list at the register's dates: those that the weights were fitted to, and later
ones.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Any

from sim.dials.attention import Attention
from sim.evidence.report.document import Figure, Section, Sentences, Table
from sim.evidence.report.rendering import FITTED, capital, origin, texts
from sim.evidence.scores import NARROW, TRIVIAL, WIDE, WIDTHS
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import count, interval
from sim.number_formats import day as long_date

Record = Mapping[str, Any]

LATER = "later"
# The register's dates before and on the Call's first anniversary.
JUMP = ("2019-10-17", "2019-11-12")
ONE_SIDED = 1.645  # standard errors below which 5 % lie
# In short, why the wide interval is wide.
WEIGHTS_UNCERTAIN, ALL_UNCERTAIN = "weights uncertain", "all uncertain"
# As curves call what an interval holds.
CURVE_OF_PARLEY = {"expected": "median", "low": "low", "high": "high"}
SOURCE_WORDS = {NARROW: "Parley, fitted weights", WIDE: f"Parley, {ALL_UNCERTAIN}"}


class Foresight(StrEnum):
    """Whether an interval holds the number that came."""

    RIGHT = "right"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Ranking:
    """How well a *model* tells who came later."""

    model: str
    auc: float


@dataclass(frozen=True)
class Gradients:
    """The gradient under which what was known is most probable, the ends of nine tenths of the
    probability, the least and the most tried, and the one assumed elsewhere.
    """

    best: float
    low: float
    high: float
    least: float
    most: float
    default: float


@dataclass(frozen=True)
class Outside:
    """At how many dates the register lies above the wide interval of a *kind*, and below it."""

    kind: str
    above: int
    below: int


@dataclass(frozen=True)
class Day:
    """What was foreseen from what was *known_by* a day, and what came: of so many states that were
    *open*, how many signed *later*; of how many later dates of each kind the intervals hold how
    many.
    """

    known_by: str
    open: int
    later: int
    of: int
    number: Mapping[str, Record]
    number_verdicts: Mapping[str, Foresight]
    auc: Mapping[str, float]
    told_from_chance: int  # how many of the two
    learners: list[Ranking]
    trivial: list[Ranking]
    better: list[str]  # models that rank those who came later better
    inside: Record
    gradient: Gradients
    outside: list[Outside]
    last: list[Record]  # rows of the last date, a kind each
    curves: list[BesideCurves]


@dataclass(frozen=True)
class Jump:
    """How many were on the list *before* and *after* the Call's first anniversary, by kind."""

    before: str
    after: str
    counts: Mapping[str, tuple[int, int]]


def section_of_sample(record: Record) -> Section:
    """All on the dates that the weights were fitted to."""
    words, in_sample = _texts(record), record["in_sample"]
    titles = {
        kind: f"{capital(words)} at the register's dates" for kind, words in KIND_WORDS.items()
    }
    numbers = _tables(in_sample, titles, WEIGHTS_UNCERTAIN).values()
    return Section(
        "Dates it was fitted to",
        Sentences("in_sample", words["in_sample"]),
        Figure("dates-in-sample", words["figure dates-in-sample"], *numbers),
        name="dates",
        basis=FITTED,
    )


def section(record: Record) -> Section:
    """All on later dates: what was foreseen on each of the days, and what came."""
    words, days = _texts(record), record["backtest"]["time_split"]
    numbers = (
        table
        for place, forecast in enumerate(days.values())
        for table in _later_tables(forecast, place)
    )
    return Section(
        "Dates it has not seen",
        Sentences(LATER, words[LATER]),
        Figure("later-dates", words["figure later-dates"], *numbers),
        *(
            Section(
                f"Asked on {long_date(day)}", Sentences(f"{LATER} {day}", words[f"{LATER} {day}"])
            )
            for day in days
        ),
        name="unseen-dates",
        basis=f"{FITTED} until then",
    )


def _texts(record: Record) -> dict[str, list[str]]:
    """All that is said of dates; a record of a backtest alone has none that were fitted to."""
    days = record["backtest"]["time_split"]
    in_sample = record.get("in_sample")
    return texts(
        "dates",
        in_sample=in_sample,
        in_sample_last=last_rows(in_sample["dates"]) if in_sample else [],
        days=[day_of(forecast) for forecast in days.values()],
        jump=jump(days),
        worlds=record["backtest"]["worlds"],
        source=origin(record["manifest"]),
    )


def last_rows(rows: Sequence[Record]) -> list[Record]:
    """The row of the last date of each kind."""
    return list({row["kind"]: row for row in rows}.values())


def jump(days: Mapping[str, Record]) -> Jump:
    """What nobody could have foreseen."""
    registered = {
        (row["kind"], row["date"]): row["registered"]
        for forecast in days.values()
        for row in forecast["dates"]
    }
    before, after = JUMP
    counts = {kind: (registered[kind, before], registered[kind, after]) for kind in KIND_WORDS}
    return Jump(before, after, counts)


def day_of(forecast: Record) -> Day:
    """What a *forecast* of a record comes to."""
    base_rate, *trivial = TRIVIAL  # the base rate ranks nobody
    others = {name: auc for name, auc in forecast["rankings"].items() if name != base_rate}
    rankings = [Ranking(name, auc) for name, auc in others.items()]
    return Day(
        **{key: forecast[key] for key in ("known_by", "open", "later", "of", "number", "auc")},
        number_verdicts={
            which: _foresight(forecast["later"], of) for which, of in forecast["number"].items()
        },
        told_from_chance=_told_from_chance(forecast),
        learners=[each for each in rankings if each.model not in trivial],
        trivial=[each for each in rankings if each.model in trivial],
        better=[each.model for each in rankings if each.auc > forecast["auc"][WIDE]],
        inside=forecast["inside"],
        gradient=_gradients(forecast["gradient"], forecast["gradients"]),
        outside=[each for each in _outside(forecast["dates"]) if each.above or each.below],
        last=last_rows(forecast["dates"]),
        curves=beside_curves(forecast),
    )


def _foresight(later: int, number: Mapping[str, float]) -> Foresight:
    if number["low"] > later:
        return Foresight.TOO_MANY
    return Foresight.TOO_FEW if number["high"] < later else Foresight.RIGHT


def _told_from_chance(forecast: Record) -> int:
    """How many of the rankings can be told from chance by so few states."""
    later, others = forecast["later"], forecast["open"] - forecast["later"]
    return sum(
        auc - ONE_SIDED * standard_error(auc, later, others) > 0.5
        for auc in forecast["auc"].values()
    )


def standard_error(auc: float, signatories: int, others: int) -> float:
    """That of an AUC (Hanley and McNeil 1982)."""
    pair, same = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (signatories - 1) * (pair - auc**2) + (others - 1) * (same - auc**2)
    return float((max(spread, 0.0) / (signatories * others)) ** 0.5)


def _gradients(best: float, probable: Sequence[Mapping[str, float]]) -> Gradients:
    below = list(accumulate(each["probability"] for each in probable))
    low, high = (probable[bisect(below, end)]["gradient"] for end in (0.05, 0.95))
    ends = probable[0]["gradient"], probable[-1]["gradient"]
    default = Attention.state_attention_gradient.default
    assert default is not None
    return Gradients(best, low, high, *ends, default)


def _outside(rows: Sequence[Record]) -> Iterator[Outside]:
    """Where the register leaves even the wide interval, and on which side."""
    for kind in KIND_WORDS:
        of_kind = rows_of(rows, kind)
        above = sum(row["registered"] > row[WIDE]["high"] for row in of_kind)
        yield Outside(kind, above, sum(row["registered"] < row[WIDE]["low"] for row in of_kind))


@dataclass(frozen=True)
class BesideCurves:
    """Of one *kind*, the curve through totals alone that is nearest to the register, and the one
    whose interval holds most dates, each beside the wide interval of the worlds.
    """

    kind: str
    nearest: str
    distance: float  # mean, of its expected totals from the register's
    own_distance: float
    fullest: str
    inside: int  # dates that its interval holds
    own_inside: int

    @property
    def is_nearer(self) -> bool:
        """Whether that curve is nearer than the worlds."""
        return self.distance < self.own_distance

    @property
    def holds_more(self) -> bool:
        """Whether that curve holds more dates than the worlds."""
        return self.inside > self.own_inside


def beside_curves(forecast: Record) -> list[BesideCurves]:
    """The *forecast* of each kind beside the curves."""
    return [_beside(forecast, kind, curves) for kind, curves in forecast["curves"].items()]


def _beside(forecast: Record, kind: str, curves: Mapping[str, Record]) -> BesideCurves:
    rows = rows_of(forecast["dates"], kind)
    distances = {name: _distance(curve["expected"], rows) for name, curve in curves.items()}
    inside = {name: _inside(curve, rows) for name, curve in curves.items()}
    nearest, fullest = (
        min(distances, key=lambda name: distances[name]),
        max(inside, key=lambda name: inside[name]),
    )
    ours = _distance([row[WIDE]["median"] for row in rows], rows)
    return BesideCurves(
        kind,
        nearest,
        distances[nearest],
        ours,
        fullest,
        inside[fullest],
        forecast["inside"][kind][WIDE],
    )


def rows_of(rows: Sequence[Record], kind: str) -> list[Record]:
    """The rows of one *kind*, a date each."""
    return [row for row in rows if row["kind"] == kind]


def _inside(curve: Mapping[str, Sequence[float]], rows: Sequence[Record]) -> int:
    """How many of the register's totals lie within the interval of a *curve*."""
    intervals = zip(curve["low"], rows, curve["high"], strict=True)
    return sum(low <= row["registered"] <= high for low, row, high in intervals)


def _distance(foreseen: Sequence[float], rows: Sequence[Record]) -> float:
    return sum(
        abs(value - row["registered"]) for value, row in zip(foreseen, rows, strict=True)
    ) / len(rows)


def _later_tables(forecast: Record, place: int) -> Iterator[Table]:
    """The tables behind the day at that *place* among the days."""
    day = long_date(forecast["known_by"])
    titles = {kind: f"{capital(words)} after {day}" for kind, words in KIND_WORDS.items()}
    for kind, table in _tables(forecast, titles, ALL_UNCERTAIN).items():
        yield replace(table, name=f"{LATER}-{place}-{kind}")
    last = long_date(forecast["dates"][-1]["date"])
    yield _last_date_table(forecast, f"The public list on {last}, as foreseen on {day}")


def _tables(part: Record, titles: Mapping[str, str], uncertain: str) -> dict[str, Table]:
    """kind -> a row for each date: the register, and both intervals, the wide one with what is
    *uncertain*.
    """
    columns = (
        "date",
        "register",
        "narrow: median",
        "90 %",
        "inside",
        "wide: median",
        "90 %",
        "inside",
    )
    tables = {}
    for kind, title in titles.items():
        rows, of = rows_of(part["dates"], kind), len(rows_of(part["dates"], kind))
        inside = {which: f"{part['inside'][kind][which]} of {of}" for which in WIDTHS}
        notes = (
            f"{inside[WIDE]} dates inside the wide interval ({uncertain}).",
            f"{inside[NARROW]} inside the narrow one (fitted weights).",
        )
        cells = [
            (long_date(row["date"]), f"{row['registered']}",
             *(cell for which in WIDTHS for cell in _foreseen(row, which)))
            for row in rows
        ]  # fmt: skip
        tables[kind] = Table(columns, "l" + "r" * 7, cells, title, notes, lead=inside[WIDE])
    return tables


def _foreseen(row: Record, which: str) -> tuple[str, str, str]:
    """Median and ends of an interval, and whether it holds what the register has."""
    of = row[which]
    inside = of["low"] <= row["registered"] <= of["high"]
    return count(of["median"]), interval(of["low"], of["high"]), "yes" if inside else "no"


def _last_date_table(forecast: Record, title: str) -> Table:
    """Kind by kind what Parley and the curves foresaw of the last date, and how many dates lie
    inside.
    """
    cells = []
    for kind, words in KIND_WORDS.items():
        rows = rows_of(forecast["dates"], kind)
        ours = {
            name: {of: [row[which][end] for row in rows] for of, end in CURVE_OF_PARLEY.items()}
            for which, name in SOURCE_WORDS.items()
        }
        for name, curve in (ours | forecast["curves"][kind]).items():
            last = {part: values[-1] for part, values in curve.items()}
            inside = f"{_inside(curve, rows)} of {forecast['of']}"
            which = words if name == SOURCE_WORDS[NARROW] else ""
            cells.append(
                (
                    which,
                    name,
                    count(last["expected"]),
                    interval(last["low"], last["high"]),
                    f"{rows[-1]['registered']}",
                    inside,
                )
            )
    columns = ("", "foreseen by", "expected", "interval", "register", "dates inside")
    return Table(columns, "llrrrr", cells, title)
