"""The public list at the register's dates: those that the weights were fitted to, and later
ones.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, NamedTuple

from sim.dials.attention import Attention
from sim.evidence.report.document import Figure, Section, Sentences, Table
from sim.evidence.report.words import (
    FITTED,
    capital,
    ends,
    inside_by_kind,
    joined,
    long_date,
    model_name,
    origin,
    quantity,
)
from sim.evidence.scores import NARROW, TRIVIAL, WIDE
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import TO, count
from sim.number_formats import interval as span

Record = Mapping[str, Any]

LATER = "later"
JUMP = (
    "2019-10-17",
    "2019-11-12",
)  # the register's dates before and on the Call's first anniversary
ONE_SIDED = 1.645  # standard errors below which 5 % lie
WIDTH_WORDS = {
    NARROW: "under the fitted weights (the narrow interval)",
    WIDE: "with weights and gradient uncertain (the wide one)",
}
WEIGHTS_UNCERTAIN, ALL_UNCERTAIN = (
    "weights uncertain",
    "all uncertain",
)  # in short, why the wide interval is wide
CURVE_OF_PARLEY = {
    "expected": "median",
    "low": "low",
    "high": "high",
}  # as curves call what an interval holds
SOURCE_WORDS = {NARROW: "Parley, fitted weights", WIDE: f"Parley, {ALL_UNCERTAIN}"}


def in_sample_section(record: Record) -> Section:
    """All on the dates that the weights were fitted to."""
    in_sample = record["in_sample"]
    titles = {
        kind: f"{capital(words)} at the register's dates" for kind, words in KIND_WORDS.items()
    }
    return Section(
        "Dates it was fitted to",
        Sentences("in_sample", in_sample_sentences(in_sample)),
        Figure(
            "dates-in-sample",
            "The dates that the weights were fitted to",
            "Stakeholders on the public list, by kind, at the register's dates",
            f"n = {in_sample['of']['state']} dates of each kind; {in_sample['worlds']} worlds under"
            f" the fitted weights, {in_sample['draws']} x {in_sample['worlds_of_a_draw']} under"
            f" redrawn ones; {origin(record['manifest'])}. Fitted to, so no test.",
            *_tables(in_sample, titles, WEIGHTS_UNCERTAIN).values(),
        ),
        name="dates",
        basis=FITTED,
    )


def in_sample_sentences(in_sample: Record) -> list[str]:
    """How many of the dates that the weights were fitted to lie in either interval, and how wide
    these are.
    """
    of = joined(f"{in_sample['of'][kind]} of {words}" for kind, words in KIND_WORDS.items())
    last = {row["kind"]: row for row in in_sample["dates"]}
    widths = joined(
        f"{_width(row[NARROW])} and {_width(row[WIDE])} {KIND_WORDS[kind]}"
        for kind, row in last.items()
    )
    return [
        f"These are the dates that the weights were fitted to, so that this is no test: {of}.",
        (
            f"The narrow interval ({in_sample['worlds']} worlds under the fitted weights) holds"
            f" {inside_by_kind(in_sample['inside'], NARROW)}; the wide one ({in_sample['draws']}"
            f" draws of the weights, {in_sample['worlds_of_a_draw']} worlds each)"
            f" {inside_by_kind(in_sample['inside'], WIDE)}."
        ),
        f"At the last date the narrow and the wide interval span {widths}.",
    ]


def _width(interval: Mapping[str, float]) -> str:
    return f"{interval['high'] - interval['low']:.0f}"


def section(record: Record) -> Section:
    """All on later dates: what was foreseen on each of the days, and what came."""
    days, worlds = record["backtest"]["time_split"], record["backtest"]["worlds"]
    tables = [
        table
        for place, forecast in enumerate(days.values())
        for table in _later_tables(forecast, place)
    ]
    return Section(
        "Dates it has not seen",
        Sentences(LATER, sentences(days)),
        Figure(
            "later-dates",
            "Dates that the fit has not seen",
            "Stakeholders on the public list, by kind, foreseen from what was known on two days",
            f"n = {' and '.join(str(forecast['of']) for forecast in days.values())} later dates of"
            f" each kind; {worlds['of_a_day']} worlds under the fitted weights, {worlds['draws']} x"
            f" {worlds['of_a_draw']} under redrawn ones and gradients;"
            f" {origin(record['manifest'])}.",
            *tables,
        ),
        *(
            Section(
                f"Asked on {long_date(day)}",
                Sentences(f"{LATER} {day}", sentences_of_a_day(forecast)),
            )
            for day, forecast in days.items()
        ),
        name="unseen-dates",
        basis=f"{FITTED} until then",
    )


def sentences(days: Mapping[str, Record]) -> list[str]:
    """Which interval is which, and what nobody could have foreseen."""
    registered = {
        (row["kind"], row["date"]): row["registered"]
        for forecast in days.values()
        for row in forecast["dates"]
    }
    jump = joined(
        f"{words} from {registered[kind, JUMP[0]]} to {registered[kind, JUMP[1]]}"
        for kind, words in KIND_WORDS.items()
    )
    return [
        (
            f"On {joined(map(long_date, days))} the weights were fitted to what was known by then,"
            " and the worlds begin with those who had signed. Totals add up, so that neighbouring"
            " dates stand or fall together."
        ),
        (
            "How steeply states' attention falls with lacking capacity, the gradient, is assumed"
            " with all of the register in view. A forecast may not know that: the gradient was"
            " chosen as the penalty was, by what was known. The rule itself was made knowing who"
            " came."
        ),
        (
            "The narrow interval holds 90 % of worlds under the weights as fitted; the wide one"
            " lets the weights vary too, as the bootstrap draws them, and the gradient, each as far"
            " as what was known makes it probable. In both a first anniversary that is still to"
            " come is anything between silent and as loud as the launch."
        ),
        (
            f"Between {long_date(JUMP[0])} and {long_date(JUMP[1])} the register went up at once:"
            f" {jump}. That the forum would meet again was announced; how loud its anniversary"
            " would be, and that a backlog of names would probably be published with it, nobody"
            " could have foreseen."
        ),
    ]


def sentences_of_a_day(forecast: Record) -> list[str]:
    """Who and how many came after the day of the *forecast*."""
    day = long_date(forecast["known_by"])
    return [
        (
            f"By {day}, {forecast['open']} states had not signed; {forecast['later']} of them came"
            " later."
        ),
        *(_number(forecast, which) for which in WIDTH_WORDS),
        (
            f"Who it would be: AUC {forecast['auc'][NARROW]:.2f} under the fitted weights, "
            f"{forecast['auc'][WIDE]:.2f} with both uncertain; {_against_chance(forecast)}."
        ),
        _rankings(forecast),
        (
            f"Of {forecast['of']} later dates of each kind, the narrow interval holds"
            f" {inside_by_kind(forecast['inside'], NARROW)}; the wide one"
            f" {inside_by_kind(forecast['inside'], WIDE)}."
        ),
        _gradient(forecast["gradient"], forecast["gradients"]),
        *_outside(forecast),
        _widths(forecast["dates"]),
        *_beside_curves(forecast),
    ]


def _number(forecast: Record, which: str) -> str:
    interval = forecast["number"][which]
    if interval["low"] <= forecast["later"] <= interval["high"]:
        verdict = f"which holds the {forecast['later']} that came"
    else:
        verdict = (
            f"too {'many' if interval['low'] > forecast['later'] else 'few'}: {forecast['later']}"
            " came"
        )
    number = f"{count(interval['median'])} ({span(interval['low'], interval['high'], between=TO)})"
    return f"Foreseen {WIDTH_WORDS[which]}: {number}, {verdict}."


def _against_chance(forecast: Record) -> str:
    """Whether a ranking can be told from chance by so few states."""
    later, others = forecast["later"], forecast["open"] - forecast["later"]
    clear = [
        auc - ONE_SIDED * standard_error(auc, later, others) > 0.5
        for auc in forecast["auc"].values()
    ]
    if all(clear):
        return f"{quantity(later, 'state')} are enough to tell both from chance"
    return (
        f"{quantity(later, 'state')} cannot tell {'one of them' if any(clear) else 'them'} from"
        " chance"
    )


def standard_error(auc: float, signatories: int, others: int) -> float:
    """That of an AUC (Hanley and McNeil 1982)."""
    pair, same = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (signatories - 1) * (pair - auc**2) + (others - 1) * (same - auc**2)
    return float((max(spread, 0.0) / (signatories * others)) ** 0.5)


def _rankings(forecast: Record) -> str:
    """Whether a model without a simulator ranks those who came later better than the worlds do."""
    ours, (base_rate, *trivial) = forecast["auc"][WIDE], TRIVIAL  # the base rate ranks nobody
    others = {name: value for name, value in forecast["rankings"].items() if name != base_rate}
    learn = joined(
        f"{model_name(name)} {value:.2f}" for name, value in others.items() if name not in trivial
    )
    rest = joined(
        f"{name}, which is trivial, {value:.2f}"
        for name, value in others.items()
        if name in trivial
    )
    better = [model_name(name) for name, value in others.items() if value > ours]
    verdict = f"{joined(better)} {'do' if len(better) > 1 else 'does'} better"
    return (
        f"Models without a simulator, fitted to who had signed by then, have AUC {learn}, and"
        f" {rest}: {verdict}."
    )


def _gradient(best: float, probable: Sequence[Mapping[str, float]]) -> str:
    """The gradient that was chosen, and how probable what was known makes all of them."""
    below = list(accumulate(each["probability"] for each in probable))
    low, high = (probable[bisect(below, end)]["gradient"] for end in (0.05, 0.95))
    assumed = Attention.state_attention_gradient.default
    return (
        f"What was known was most probable under a gradient of {best:g} (at 0 everybody takes the"
        f" matter up alike; assumed elsewhere: {assumed:g}). With a probability of 90 % it lay"
        f" between {low:g} and {high:g}, where all from {probable[0]['gradient']:g} to"
        f" {probable[-1]['gradient']:g} were held as probable before."
    )


def _outside(forecast: Record) -> list[str]:
    """Where the register leaves even the wide interval, and on which side."""
    failures = []
    for kind, words in KIND_WORDS.items():
        rows = rows_of(forecast["dates"], kind)
        above = sum(row["registered"] > row[WIDE]["high"] for row in rows)
        below = sum(row["registered"] < row[WIDE]["low"] for row in rows)
        sides = [f"above it on {above}" if above else "", f"below it on {below}" if below else ""]
        if above or below:
            failures.append(f"{words} lie {' and '.join(filter(None, sides))}")
    return [f"Where the wide interval fails: {'; '.join(failures)} dates."] if failures else []


def _widths(rows: Sequence[Record]) -> str:
    """How much the wide interval says at the last date: one that holds everything says nothing."""
    last = {row["kind"]: row for row in rows}
    intervals = joined(
        f"{row[WIDE]['low']:.0f} to {row[WIDE]['high']:.0f} {KIND_WORDS[kind]} ({row['registered']}"
        " came)"
        for kind, row in last.items()
    )
    return f"At the last date the wide interval is {intervals}."


class BesideCurves(NamedTuple):
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


def _beside_curves(forecast: Record) -> list[str]:
    """Kind by kind, whether a curve through the totals alone comes nearer, or holds more dates,
    than the worlds.
    """
    nearer, fuller = [], []
    for each in beside_curves(forecast):
        who = f"the curve {each.nearest} is nearer" if each.is_nearer else "no curve is nearer"
        distances = f"{each.distance:.1f} to Parley's {each.own_distance:.1f}"
        nearer.append(f"{KIND_WORDS[each.kind]}: {who} ({distances})")
        who = f"the curve {each.fullest} holds more" if each.holds_more else "no curve holds more"
        fuller.append(
            f"{KIND_WORDS[each.kind]}: {who} ({each.inside} to Parley's {each.own_inside})"
        )
    return [
        (
            "Beside curves that see totals alone, by mean distance from the register:"
            f" {'; '.join(nearer)}."
        ),
        f"By later dates within the 90 % interval: {'; '.join(fuller)}.",
    ]


def fuller_curves(forecast: Record) -> list[str]:
    """The kinds of which a curve holds more dates than the wide interval."""
    return [each.kind for each in beside_curves(forecast) if each.holds_more]


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
        inside = {which: f"{part['inside'][kind][which]} of {of}" for which in (NARROW, WIDE)}
        notes = (
            f"{inside[WIDE]} dates inside the wide interval ({uncertain}).",
            f"{inside[NARROW]} inside the narrow one (fitted weights).",
        )
        cells = [
            (long_date(row["date"]), f"{row['registered']}",
             *(cell for which in (NARROW, WIDE) for cell in _foreseen(row, which)))
            for row in rows
        ]  # fmt: skip
        tables[kind] = Table(columns, "l" + "r" * 7, cells, title, notes, lead=inside[WIDE])
    return tables


def _foreseen(row: Record, which: str) -> tuple[str, str, str]:
    """Median and ends of an interval, and whether it holds what the register has."""
    interval = row[which]
    inside = interval["low"] <= row["registered"] <= interval["high"]
    return count(interval["median"]), ends(interval), "yes" if inside else "no"


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
                    ends(last),
                    f"{rows[-1]['registered']}",
                    inside,
                )
            )
    columns = ("", "foreseen by", "expected", "interval", "register", "dates inside")
    return Table(columns, "llrrrr", cells, title)
