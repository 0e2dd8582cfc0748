"""The public list at the register's dates: those that the weights were fitted to, and later
ones.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from sim.dials.attention import Attention
from sim.evidence.report import rendering
from sim.evidence.report.document import Block
from sim.evidence.scores import TRIVIAL, WIDE, WIDTHS
from sim.kinds_and_statuses import KIND_WORDS

Record = Mapping[str, Any]

# The register's dates before and on the Call's first anniversary.
JUMP = ("2019-10-17", "2019-11-12")
PARTS = {"expected": "median", "low": "low", "high": "high"}  # of a curve, and of an interval
ONE_SIDED = 1.645  # standard errors below which 5 % lie


def sections(record: Record) -> list[Block]:
    """All on the dates that the weights were fitted to, which a record of a backtest alone lacks;
    and all on later dates: what was foreseen on each of the days, and what came.
    """
    days, in_sample = record["backtest"]["time_split"], record.get("in_sample")
    return rendering.blocks(
        "dates",
        in_sample=in_sample,
        in_sample_last=last_rows(in_sample["dates"]) if in_sample else [],
        days=[_day(forecast) for forecast in days.values()],
        jump=jump(days),
        worlds=record["backtest"]["worlds"],
        source=rendering.origin(record["manifest"]),
    )


def last_rows(rows: Sequence[Record]) -> list[Record]:
    """The row of the last date of each kind."""
    return list({row["kind"]: row for row in rows}.values())


def jump(days: Mapping[str, Record]) -> dict[str, Any]:
    """What nobody could have foreseen: how many were on the list `before` and `after` the Call's
    first anniversary, by kind in `counts`.
    """
    registered = {
        (row["kind"], row["date"]): row["registered"]
        for forecast in days.values()
        for row in forecast["dates"]
    }
    before, after = JUMP
    counts = {kind: (registered[kind, before], registered[kind, after]) for kind in KIND_WORDS}
    return {"before": before, "after": after, "counts": counts}


def _day(forecast: Record) -> dict[str, Any]:
    """What a *forecast* of a record comes to, beside all that it holds."""
    base_rate, *trivial = TRIVIAL  # the base rate ranks nobody
    rankings = [
        {"model": name, "auc": auc}
        for name, auc in forecast["rankings"].items()
        if name != base_rate
    ]
    return {
        **forecast,
        "told_from_chance": _told_from_chance(forecast),  # how many of the two rankings
        "learners": [each for each in rankings if each["model"] not in trivial],
        "trivial": [each for each in rankings if each["model"] in trivial],
        # models that rank those who came later better
        "better": [each["model"] for each in rankings if each["auc"] > forecast["auc"][WIDE]],
        "gradient": _gradients(forecast["gradient"], forecast["gradients"]),
        "outside": _outside(forecast["dates"]),
        "last": last_rows(forecast["dates"]),
        "foreseen": [one for kind in KIND_WORDS for one in _last_date(forecast, kind)],
        "curves": beside_curves(forecast),
    }


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


def _gradients(best: float, probable: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """The gradient under which what was known is most probable, the ends of nine tenths of the
    probability, the least and the most tried, and the one assumed elsewhere.
    """
    below = list(accumulate(each["probability"] for each in probable))
    low, high = (probable[bisect(below, end)]["gradient"] for end in (0.05, 0.95))
    ends = {"least": probable[0]["gradient"], "most": probable[-1]["gradient"]}
    default = Attention.state_attention_gradient.default
    return {"best": best, "low": low, "high": high, **ends, "default": default}


def _outside(rows: Sequence[Record]) -> list[dict[str, Any]]:
    """At how many dates the register lies above the wide interval of a kind, and below it, where it
    leaves that at all.
    """
    by_kind = []
    for kind in KIND_WORDS:
        of_kind = rows_of(rows, kind)
        above = sum(row["registered"] > row[WIDE]["high"] for row in of_kind)
        below = sum(row["registered"] < row[WIDE]["low"] for row in of_kind)
        if above or below:
            by_kind.append({"kind": kind, "above": above, "below": below})
    return by_kind


def beside_curves(forecast: Record) -> list[dict[str, Any]]:
    """Of each kind, the curve through totals alone that is `nearest` to the register, by the mean
    `distance` of its expected totals, and the one whose interval holds most dates, the `fullest`
    with so many `inside`; each beside the wide interval of the worlds.
    """
    beside = []
    for kind, curves in forecast["curves"].items():
        rows = rows_of(forecast["dates"], kind)
        distances = {name: _distance(curve["expected"], rows) for name, curve in curves.items()}
        inside = {name: _inside(curve, rows) for name, curve in curves.items()}
        nearest = min(distances, key=distances.__getitem__)
        fullest = max(inside, key=inside.__getitem__)
        ours = _distance([row[WIDE]["median"] for row in rows], rows)
        own_inside = forecast["inside"][kind][WIDE]
        beside.append(
            {
                "kind": kind,
                "nearest": nearest,
                "distance": distances[nearest],
                "own_distance": ours,
                "is_nearer": distances[nearest] < ours,
                "fullest": fullest,
                "inside": inside[fullest],
                "own_inside": own_inside,
                "holds_more": inside[fullest] > own_inside,
            }
        )
    return beside


def rows_of(rows: Sequence[Record], kind: str) -> list[Record]:
    """The rows of one *kind*, a date each."""
    return [row for row in rows if row["kind"] == kind]


def _inside(curve: Mapping[str, Sequence[float]], rows: Sequence[Record]) -> int:
    """How many of the register's totals lie within the interval of a *curve*."""
    intervals = zip(curve["low"], rows, curve["high"], strict=True)
    return sum(low <= row["registered"] <= high for low, row, high in intervals)


def _distance(foreseen: Sequence[float], rows: Sequence[Record]) -> float:
    pairs = zip(foreseen, rows, strict=True)
    return sum(abs(value - row["registered"]) for value, row in pairs) / len(rows)


def _last_date(forecast: Record, kind: str) -> list[dict[str, Any]]:
    """What Parley, under each interval, and the curves foresaw of the last date, and how many dates
    lie inside; the *kind* stands in the first row alone.
    """
    rows = rows_of(forecast["dates"], kind)
    ours = {
        which: {part: [row[which][end] for row in rows] for part, end in PARTS.items()}
        for which in WIDTHS
    }
    return [
        {
            "kind": "" if place else kind,
            "source": source,
            **{part: values[-1] for part, values in curve.items()},
            "registered": rows[-1]["registered"],
            "inside": _inside(curve, rows),
        }
        for place, (source, curve) in enumerate((ours | forecast["curves"][kind]).items())
    ]
