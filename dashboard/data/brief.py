"""What a brief says of one view: a finding in words, the view beside its baseline, who came and who
left, the stakeholder asked about, and how to repeat it; signing only, as plain JSON.
"""

from __future__ import annotations

import json
import math
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sim
from dashboard.cache import Runs
from dashboard.controls import capital
from dashboard.data.brief_finding import about_words, finding
from dashboard.data.brief_pairs import (
    Change,
    changes_of,
    in_other_fits,
    in_pairs,
    main_kind,
    scenario_words,
    supposed_words,
    told_of,
)
from dashboard.data.brief_subject import subject
from dashboard.data.pairs import MOVED, moves, turns, under_other_fits
from dashboard.data.record import GREAT_POWERS, directory, is_treaty, names_apart, record_of
from dashboard.data.suppositions import baseline_of, suppositions_of, without_words
from dashboard.data.words import KINDS, basis_of, registered_since
from dashboard.view import MOST_WORLDS, View, event_of
from sim import number_formats as formats

MOST_CHANGES = 5  # named on the page
MOST_POWERFUL = 6
MOST_MOVED = 4  # in a column
ELSEWHERE = (
    "A treaty binds no state before it ratifies; how many would is assumed, and told on the page"
    " Simulate."
)
WITHOUT = "without"  # the head of a column of the baseline
WIDTH, HEIGHT, LEFT, RIGHT, ABOVE, BELOW = (
    430.0,
    214.0,
    34.0,
    40.0,
    8.0,
    24.0,
)  # of the curve, in pixels


@dataclass(frozen=True)
class Beside:
    """The *view* that stands beside another, its *name* in a sentence, and the heads of the columns
    of both.
    """

    view: View
    name: str
    this: str = "with it"
    that: str = WITHOUT


def beside_of(view: View) -> Beside | None:
    """The baseline of *view*; None where it supposes nothing."""
    baseline = baseline_of(view)
    return None if baseline is None else Beside(baseline, without_words(view))


def brief_of(
    view: View, runs: Runs, round_shown: int, who: str = "", beside: Beside | None = None,
    explained: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """All that the page holds but its address, as plain JSON. *who*: the stakeholder asked about,
    by id, as *explained* on its page, where that is at hand; *beside*: the view beside it, by
    default its baseline, where the headline is that of the page Simulate.
    """
    is_comparison = beside is not None
    beside = beside or beside_of(view)
    run, of_beside, other = runs.of(view), None, None
    fits = [] if beside is None else under_other_fits(view, beside.view)
    record, place = record_of(view, run), round_shown - view.variant.first_round
    if beside is not None:
        other = runs.of(beside.view)
        of_beside = record_of(beside.view, other)
    may_sign = record["may_sign"]
    usual = "state" if "state" in may_sign else may_sign[0]
    people = directory().set_index("id")
    kinds = {str(who): str(kind) for who, kind in people["kind"].items()}
    moves = (
        {}
        if beside is None or other is None
        else changes_of(view, beside.view, (run, other), kinds, place)
    )
    others: dict[str, Change] = {}
    shares_of_fits: list[dict[str, float]] = []
    if fits:
        wide, wide_beside = fits
        others = changes_of(wide, wide_beside, (runs.of(wide), runs.of(wide_beside)), kinds, place)
        shares_of_fits = [shares_at(runs.of(each), place) for each in fits]
    main = main_kind(moves, usual) if is_comparison else usual
    without = None if of_beside is None else shares_of(of_beside, place)
    shares = shares_of(record, place)
    supposed = suppositions_of(view)
    changes = [
        (scenario_words(view) if "scenario" in each.drop else "") or each.words for each in supposed
    ]
    scenarios = (view.variant,) if beside is None else (view.variant, beside.view.variant)
    name, is_far = (
        "" if beside is None else beside.name,
        sim.basis_of_signing(*scenarios) == "extrapolated",
    )
    numbers = [_headline(record, moves, kind, place) for kind in KINDS]
    return {
        "title": record["title"],
        "question": record["question"],
        "lens": record["lens"],
        "worlds": run.replicates,
        "seed": run.seed,
        "version": sim.__version__,
        "day": formats.day(record["dates"][place]),
        "last_day": formats.day(record["dates"][-1]),
        "round": round_shown,
        "dates": record["dates"],
        "first_round": record["first_round"],
        "basis": basis_of(*scenarios),
        "rests_on": sim.basis_of_signing(*scenarios),
        "why": sim.why_not_fitted(*scenarios),
        "holds": "luck and the weights’ uncertainty" if view.weights else "luck alone",
        "changes": changes[:MOST_CHANGES],
        "more_changes": max(0, len(changes) - MOST_CHANGES),
        "in_full": "; ".join(each.at_once or each.more for each in supposed if each.more),
        "besides": beside is not None,
        "baseline": name,
        "this": "median" if beside is None else beside.this,
        "that": "" if beside is None else beside.that,
        "about": about_words(record["title"]),
        "on_register": usual == "state" and bool(record["register"][usual]),
        **finding(record, of_beside, name, main, place, moves, others, is_far),
        "paired": in_pairs(moves, main),
        "other_fits": in_other_fits(others, main),
        "numbers": numbers,
        "has_register": any(row["register"] != formats.MISSING for row in numbers),
        "signed": record["bands"]["listed"][usual]["median"][place],
        "main": KINDS[main],
        "curve": curve(record, of_beside, main, place, others.get(main), moves.get(main)),
        "outside": _outside(record, place) if "state" in may_sign else "",
        "elsewhere": ELSEWHERE if is_treaty(view.variant) else "",
        "harm": "",
        "moved": (
            parted(shares, people, record, place)
            if without is None or beside is None
            else movers(
                shares,
                without,
                people,
                may_sign,
                beside,
                supposed_words(view, beside.view, kinds),
                run.replicates,
                shares_of_fits,
                are_named=not is_far,
            )
        ),
        "powerful": _powerful(shares, without, people, usual),
        "states_sign": "state" in may_sign,
        "unlike": _unlike_page(run.replicates, view),
        "whom": " and ".join(sim.KIND_WORDS[kind] for kind in may_sign),
        "asked": (
            subject(who, run, without, record, people, place, explained, name) if who else None
        ),
        "command": command_of(view),
        "in_manifest": bool(view.branch or view.may_sign),
        "query": view.query(),
    }


# Who


def shares_of(record: Mapping[str, Any], place: int) -> dict[str, float]:
    """id -> the share of worlds in which it has signed by the round at *place*."""
    return {
        who: n / record["worlds"]
        for who, n in zip(record["names"], record["signed"][place], strict=True)
    }


def shares_at(run: sim.Run, place: int) -> dict[str, float]:
    """id -> the share of the worlds of *run* in which it has signed by the round at *place*."""
    signed = run.courses()["signed"]
    return dict(zip(map(str, signed.columns), signed.to_numpy()[place].tolist(), strict=True))


def movers(
    shares: Mapping[str, float],
    without: Mapping[str, float],
    people: Any,
    may_sign: Sequence[str],
    beside: Beside,
    supposed: Mapping[str, str],
    worlds: int,
    of_fits: Sequence[Mapping[str, float]],
    *,
    are_named: bool,
) -> dict[str, Any]:
    """Who is likelier, or less likely, to sign than in the view *beside* it, the largest difference
    first, with the shares *of_fits*, of both under other fits, where these are known; all of whom
    something is *supposed* are in a column of their own. And who of them comes or leaves, by name
    where the data can bear it.
    """
    present = {who: share for who, share in shares.items() if people["kind"][who] in may_sign}
    gaps = {who: share - without.get(who, 0.0) for who, share in present.items()}
    bound = [who for who in supposed if who in gaps]
    free = [
        who for who in gaps if who not in supposed and moves(without.get(who, 0.0), present[who])
    ]
    for each in (bound, free):
        each.sort(key=lambda who: (-round(abs(gaps[who]), 9), who))
    up, down = ([who for who in free if (gaps[who] > 0) is rises] for rises in (True, False))
    come, leave = (
        [who for who in some if turns(without.get(who, 0.0), present[who])] for some in (up, down)
    )

    def named(ids: Sequence[str]) -> str:
        """All of a few, else the first by name and how many more."""
        if not ids or not are_named:
            return str(len(ids)) if ids else "nobody"
        words = [
            (
                sim.with_article(people["name"][who])
                if people["kind"][who] == "state"
                else people["name"][who]
            )
            for who in ids
        ]
        return formats.listing(words, None if len(words) <= MOST_MOVED + 1 else MOST_MOVED)

    def rows(ids: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {
                "name": people["name"][who],
                "share": formats.percent(shares[who]),
                "before": formats.percent(without.get(who, 0.0)),
                "fits": [formats.percent(each[who]) for each in of_fits],
            }
            for who in ids
        ]

    by_words = {
        words: [who for who in bound if supposed[who] == words]
        for words in dict.fromkeys(supposed.values())
    }
    between = [_column(capital(words), rows(ids), "") for words, ids in by_words.items() if ids]
    share = f"Share of {formats.worlds(worlds)} in which each has signed"
    least = f"by {formats.percent(MOVED)} of worlds or more"
    likelier = ("Likelier to sign", rows(up), f"Nobody is likelier to sign {least}.")
    unlikelier = ("Less likely to sign", rows(down), f"Nobody is less likely to sign {least}.")
    return {
        "columns": [_column(*likelier), *between, _column(*unlikelier)],
        "after": beside.this,
        "before": beside.that,
        "note": (
            f"{share}: who moves {least}. From half of the worlds or fewer to most: {named(come)};"
            f" the other way round: {named(leave)}."
        ),
    }


def parted(
    shares: Mapping[str, float], people: Any, record: Mapping[str, Any], place: int
) -> dict[str, Any]:
    """Where worlds and register part: states that sign in most worlds and never did, and those that
    did and seldom do.
    """
    never, seldom = names_apart(shares, people)

    def rows(ids: Sequence[str]) -> list[dict[str, str]]:
        return [
            {
                "name": people["name"][who],
                "share": formats.percent(shares[who]),
                "before": registered_since(
                    people["supporter_since"][who], people["supporter_is_dated"][who]
                ),
            }
            for who in ids
        ]

    number, day = formats.worlds(record["worlds"]), formats.day(record["dates"][place])
    return {
        "columns": [
            _column("Expected, never came", rows(never), "Nobody was expected who never came."),
            _column("Came unexpectedly", rows(seldom), "Nobody came who was not expected."),
        ],
        "after": "share",
        "before": "register",
        "note": (
            f"Share of {number} in which each state has signed by {day}. The shares on the page"
            " Evidence differ: there each state is predicted by weights fitted to the other parts"
            " of the world alone."
        ),
    }


def _column(title: str, rows: Sequence[Mapping[str, Any]], nobody: str) -> dict[str, Any]:
    """A column of those who moved, the first of its *rows* and how many there are more; *nobody*:
    where it has none.
    """
    return {
        "title": title, "rows": rows[:MOST_MOVED], "then": rows[MOST_MOVED : 2 * MOST_MOVED],
        "all": len(rows), "nobody": "" if rows else nobody,
    }  # fmt: skip


def _powerful(
    shares: Mapping[str, float], without: Mapping[str, float] | None, people: Any, kind: str
) -> list[dict[str, str]]:
    """The great powers, then the largest others of *kind*, by material power: in how many worlds
    each signs.
    """
    ids = [who for who in shares if people["kind"][who] == kind]
    ids.sort(key=lambda who: (who not in GREAT_POWERS, -people["weight"][who]))
    return [
        {
            "name": people["name"][who],
            "share": formats.percent(shares[who]),
            "before": "" if without is None else formats.percent(without.get(who, 0.0)),
            "since": registered_since(
                people["supporter_since"][who], people["supporter_is_dated"][who]
            ),
        }
        for who in ids[:MOST_POWERFUL]
    ]


def _unlike_page(worlds: int, view: View) -> str:
    """Why the shares of so many *worlds* are not those of the page of a stakeholder, which has more
    of them.
    """
    most = int(MOST_WORLDS / view.variant.parameters.population_scale)
    more = (
        f"The page Stakeholder counts {formats.worlds(most)}, so its shares may differ by a few"
        " points."
    )
    return "" if worlds == most else more


def _outside(record: Mapping[str, Any], place: int) -> str:
    """How the states outside stand in the median world."""
    bands, states = record["bands"], sum(directory()["kind"] == "state")
    wait, declined = (
        formats.count(bands[status]["state"]["median"][place]) for status in ("waiting", "declined")
    )
    untouched = formats.count(states - bands["taken_up"]["state"]["median"][place])
    return (
        f"Of the states outside, {untouched} have not taken the matter up, {wait} wait and"
        f" {declined} declined (each a median)."
    )


def command_of(view: View, command: str = "run", *more: str) -> str:
    """The *command* that simulates the view, without its branches and who may sign; *more*: its
    arguments after the scenario.
    """
    words = [
        "parley",
        command,
        view.scenario,
        *more,
        "--replicates",
        str(view.worlds),
        "--seed",
        str(view.seed),
    ]
    words += ["--lens", view.lens] if view.lens else []
    words += ["--weights", view.weights] if view.weights else []
    words += ["--set", f"convenor={view.convenor}"] if view.convenor else []
    for option, parts in (("--set", view.set), ("--choose", view.choose)):
        for part in parts:
            words += [option, part.replace(":", "=", 1)]
    return shlex.join(words)


def options_of_code_and_events(view: View) -> list[str]:
    """The options of `parley explain` for what `command_of` leaves out: who may sign, and the
    branches as events.
    """
    of_code = ["--set", f"may_sign={view.may_sign}"] if view.may_sign else []
    events = [event_of(branch, view.variant) for branch in view.branch]
    pairs = [
        ", ".join(f"{key} = {json.dumps(value)}" for key, value in event.items())
        for event in events
    ]
    return of_code + [word for event in pairs for word in ("--event", event)]


# Numbers


def _headline(
    record: Mapping[str, Any], changes: Mapping[str, Change], kind: str, place: int
) -> dict[str, str]:
    none = formats.MISSING
    row = {
        "kind": KINDS[kind],
        "median": none,
        "most": "may not sign",
        "change": "",
        "ends": "",
        "register": none,
    }
    if kind in changes:
        told = told_of(changes[kind].everybody)
        row["change"] = told.words
        # of an unclear change too long for a cell, and said above
        row["ends"] = "" if told.is_unclear else told.ends
    if kind in record["may_sign"]:
        bands = record["bands"]["listed"][kind]
        row["median"] = formats.count(bands["median"][place])
        row["most"] = formats.interval(bands["low_90"][place], bands["high_90"][place])
        row["register"] = formats.count(record["registered"][kind][place])
    return row


def curve(
    record: Mapping[str, Any],
    beside: Mapping[str, Any] | None,
    kind: str,
    place: int,
    of_fits: Change | None = None,
    change: Change | None = None,
) -> dict[str, Any]:
    """The public list of one *kind* from the launch on, as shapes of an SVG picture of WIDTH by
    HEIGHT; with the median of the baseline *beside* it, from where on the change *of_fits*, under
    other fits, reaches, where the end is shown, and the last numbers of the median, the register
    and, where it is just the *change* away, of the baseline.
    """
    start = -record["first_round"]
    days = [date.fromisoformat(day).toordinal() for day in record["dates"]][start:]
    bands = {edge: values[start:] for edge, values in record["bands"]["listed"][kind].items()}
    before = None if beside is None else beside["bands"]["listed"][kind]["median"][start:]
    points = [
        (date.fromisoformat(point["date"]).toordinal(), point["count"])
        for point in record["register"][kind]
    ]
    is_end = place == len(record["dates"]) - 1
    fits = [] if before is None or of_fits is None or not is_end else [
        before[-1] + of_fits.everybody[edge] for edge in ("low_90", "high_90")]  # fmt: skip
    fits = fits if len({formats.count(each) for each in fits}) == 2 else []
    top = 1.06 * max(
        1, *bands["high_90"], *fits, *(before or ()), *(number for _, number in points)
    )

    def x(day: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - days[0]) / (days[-1] - days[0]), 1)

    def y(number: float) -> float:
        return round(ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - number / top), 1)

    def steps(values: Sequence[float]) -> list[tuple[float, float]]:
        corners = [(x(days[0]), y(values[0]))]
        for day, last, value in zip(days[1:], values, values[1:], strict=False):
            corners += [(x(day), y(last)), (x(day), y(value))]
        return corners

    def path(corners: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{a} {b}" for a, b in corners)

    def area(share: int) -> str:
        return path([*steps(bands[f"low_{share}"]), *reversed(steps(bands[f"high_{share}"]))]) + "Z"

    step = next(size for size in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if top / size <= 5)
    years = [(x(date(year, 1, 1).toordinal()), str(year)) for year in range(2018, 2100)
             if days[0] <= date(year, 1, 1).toordinal() <= days[-1]]  # fmt: skip
    registered = next((number for day, number in reversed(points) if days[0] <= day), None)
    last = {"median": bands["median"][-1], "register": registered}
    if (
        before is not None
        and change is not None
        and is_end
        and _is_apart(last["median"], before[-1], change)
    ):
        last["before"] = before[-1]
    last = {name: number for name, number in last.items() if number is not None}
    return {
        "most": area(90),
        "half": area(50),
        "median": path(steps(bands["median"])),
        "before": "" if before is None else path(steps(before)),
        "fits": [y(each) for each in fits],
        "points": [(x(min(day, days[-1])), y(number)) for day, number in points if days[0] <= day],
        "levels": [(y(level), str(level)) for level in range(0, int(top) + 1, step)],
        "years": years,
        "labels": _apart({name: y(number) for name, number in last.items()}, 15.0),
        "numbers": {name: formats.count(number) for name, number in last.items()},
        "shown": x(days[place - start]) if 0 <= place - start < len(days) - 1 else None,
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "bottom": HEIGHT - BELOW,
    }


def _is_apart(number: float, before: float, change: Change) -> bool:
    """Whether *number* is as many more or fewer than *before* as the *change* in pairs of worlds
    says, so that both can stand beside it; the difference of two medians may be another.
    """
    apart = float(math.floor(number + 0.5) - math.floor(before + 0.5))
    told = told_of(change.everybody)
    return not told.is_unclear and (told.middle or told.spread).least == apart


def _apart(ends: Mapping[str, float], room: float) -> dict[str, float]:
    """The heights of labels in order, *room* apart where they would touch, around their common
    middle.
    """
    heaps: list[list[str]] = []
    for name in sorted(ends, key=lambda name: ends[name]):
        heaps.append([name])
        while len(heaps) > 1 and _middle(heaps[-1], ends) - _middle(heaps[-2], ends) < room * (
            len(heaps[-1]) + len(heaps[-2])) / 2:  # fmt: skip
            heaps[-2:] = [heaps[-2] + heaps[-1]]
    return {
        name: _middle(heap, ends) + room * (place - (len(heap) - 1) / 2)
        for heap in heaps for place, name in enumerate(heap)
    }  # fmt: skip


def _middle(heap: Sequence[str], ends: Mapping[str, float]) -> float:
    return sum(ends[name] for name in heap) / len(heap)
