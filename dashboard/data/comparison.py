"""Several views under the same luck: what each changes beside the first, world by world, as plain JSON.

    ?lens=realist&with=scenario%3Dgreat-powers-sign&with=lens%3Dnull

Each `with` holds the query of another view. Signing is compared by name, conduct by group and as ranges alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np

import sim
from dashboard.data.record import CHOICES, FITTED, bands, dates_of
from dashboard.requests import go_on
from dashboard.view import LONGEST, WHERE, View, pairs_of, view_of

WITH = "with"
MOST_VIEWS = 4
LETTERS = "ABCD"
MOST_MOVED = 10
CONDUCT_WORLDS = 30
MOST_NAMED = 3  # changes that the name of a view spells out
PERCENTILES = (5, 50, 95)
KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}
GROUPS = {
    "state_high": "most capable third of states", "state_middle": "middle third", "state_low": "least capable third",
    "firm": "firms", "ngo": "NGOs", "all": "all",
}  # fmt: skip
ASSUMED = "assumed: ranges over what nobody has measured"


@dataclass(frozen=True)
class Measure:
    """One row of the table of differences: where the number of each world comes from, and how it is written."""

    key: str
    label: str
    unit: str


MEASURES = (
    *(Measure(f"signatories-{kind}", f"{words} that have signed", "stakeholders") for kind, words in KINDS.items()),
    Measure("power_share", "Share of material power", "share"),
    *(Measure(f"not_taken_up-{kind}", f"{words}: not taken up", "stakeholders") for kind, words in KINDS.items()),
)


def views_of(query: str) -> list[View]:
    """The views that *query* asks for, the page's own first, all with its worlds and its seed.

    InputError, in one sentence, where one of them is none or where they are more than MOST_VIEWS.
    """
    pairs = pairs_of(query, MOST_VIEWS * LONGEST)
    others = [value for key, value in pairs if key == WITH]
    if len(others) >= MOST_VIEWS:
        raise sim.InputError(f"{WHERE}: found {len(others) + 1} views, expected at most {MOST_VIEWS}")
    first = view_of(urlencode([pair for pair in pairs if pair[0] != WITH]))
    return [first, *(replace(view_of(other), worlds=first.worlds, seed=first.seed) for other in others)]


def key_of(views: Sequence[View]) -> str:
    """What tells this question from others."""
    return urlencode([("view", view.query()) for view in views])


def side_of(view: View, run: sim.Run) -> dict[str, Any]:
    """All of one view that a comparison needs; kept, so that one more view costs one more run."""
    sizes = run.setting.group_sizes
    by_kind = dict(zip(sim.KINDS, (sizes[:3].sum(), *sizes[3:]), strict=True))
    at_the_end = {f"signatories-{kind}": run.by_replicate["signatories", kind] for kind in sim.KINDS}
    at_the_end["power_share"] = run.by_replicate["power_share", "all"]
    for kind, number in by_kind.items():
        at_the_end[f"not_taken_up-{kind}"] = number - run.by_replicate["taken_up", kind]
    listed = run.values("listed")[:, -view.asked.first_round :]
    people = run.directory()
    return {
        "query": view.query(),
        "name": name_of(view, dict(zip(people["id"], people["name"], strict=True))),
        "scenario": view.asked.name,
        "lens": view.asked.lens,
        "dates": dates_of(run)[-view.asked.first_round :],
        "listed": {kind: bands(listed[:, :, place]) for place, kind in enumerate(sim.KINDS)},
        "at_the_end": {key: numbers.tolist() for key, numbers in at_the_end.items()},
        "signed": run.signed,
        "people": dict(zip(people["id"], zip(people["name"], people["kind"], strict=True), strict=True)),
    }  # fmt: skip


def name_of(view: View, names: Mapping[str, str]) -> str:
    """The view in a few plain words: its scenario, then what was changed; *names* are those of ids."""
    asked = view.asked
    taken = [
        option.title
        for name, choice in asked.choices.items() if asked.chosen[name] != tuple(choice.default)
        for option in choice.options if option.name in asked.chosen[name]
    ]  # fmt: skip
    dials = [re.sub("^ambition_", "provision ", part).replace(":", " ").replace("_", " ") for part in view.set]
    dials += [f"open to {view.may_sign.replace(',', ', ')} alone"] if view.may_sign else []
    branches = [_branch_in_words(branch, names) for branch in view.branch]
    changes = [*([f"lens {view.lens}"] if view.lens else []), *taken, *dials, *branches]
    more = [f"{len(changes) - MOST_NAMED} changes more"] if len(changes) > MOST_NAMED else []
    return "; ".join([asked.title, *changes[:MOST_NAMED], *more])


def _branch_in_words(branch: str, names: Mapping[str, str]) -> str:
    number, what, value = branch.split(":")
    said = CHOICES.get(value)
    who = ", ".join(names.get(one, one) for one in what.split(","))
    words = f"{who} {said}" if said else f"{what.replace('_', ' ')} becomes {value}"
    return f"{words} from month {number}"


def comparison_of(sides: Sequence[dict[str, Any]], views: Sequence[View]) -> dict[str, Any]:
    """What the page shows of *sides*, in the order of *views*: curves, paired differences, who changed sides."""
    first = sides[0]
    return {
        "worlds": views[0].worlds,
        "seed": views[0].seed,
        "version": sim.__version__,
        "basis": FITTED,
        "views": [
            {"letter": letter, **{key: side[key] for key in ("query", "name", "scenario", "lens", "dates", "listed")}}
            for letter, side in zip(LETTERS, sides, strict=False)
        ],
        "pairs": [
            {"letter": letter, "differences": _differences(first, side), **_most(moved(first, side))}
            for letter, side in zip(LETTERS[1:], sides[1:], strict=False)
        ],
    }


def _differences(first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
    """Second less first at the end, each world less the one of the same luck: median and 90 % of the worlds."""
    rows = []
    for measure in MEASURES:
        a, b = (np.array(side["at_the_end"][measure.key]) for side in (first, second))
        low, middle, high = np.percentile(b - a, PERCENTILES).tolist()
        rows.append({
            **vars(measure), "first": float(np.median(a)), "second": float(np.median(b)),
            "difference": middle, "low_90": low, "high_90": high,
        })  # fmt: skip
    return rows


def moved(first: dict[str, Any], second: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Whose share of worlds signed moved, up and down, the most first."""
    rows = []
    for who, share in first["signed"].items():
        there = second["signed"].get(who)
        if there is not None and who in first["people"] and there != share:
            name, kind = first["people"][who]
            rows.append({"id": who, "name": name, "kind": kind, "first": share, "second": there})
    rows.sort(key=lambda row: (-abs(row["second"] - row["first"]), row["name"]))
    return {
        "up": [row for row in rows if row["second"] > row["first"]],
        "down": [row for row in rows if row["second"] < row["first"]],
    }


def _most(people: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {way: rows[:MOST_MOVED] for way, rows in people.items()}


def conduct_of(views: Sequence[View]) -> dict[str, Any]:
    """What each view changes in conduct beside the first, by group: a range over the assumptions, and no name."""
    bounded = [replace(view, worlds=min(view.worlds, CONDUCT_WORLDS)) for view in views]
    first, *others = [view.run() for view in bounded]
    for run in (first, *others):
        run.simulate_corners(progress=go_on)
    tables = [sim.Comparison(first, other).outcomes for other in others]
    rows = []
    for place, row in enumerate(tables[0].itertuples() if tables else ()):
        if row.basis == "assumed":
            ranges = [[_number(table.low[place]), _number(table.high[place])] for table in tables]
            rows.append({"label": row.label, "group": GROUPS[str(row.part)], "unit": row.unit, "ranges": ranges})
    return {
        "letters": list(LETTERS[1 : len(views)]), "combinations": len(first.at_corners),
        "worlds": len(next(iter(first.at_corners[0].values()))), "seed": first.seed, "basis": ASSUMED,
        "version": sim.__version__, "rows": rows,
    }  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def curves_of(compared: dict[str, Any]) -> str:
    """The curves as CSV: a row per view, kind and round, with what it takes to repeat it."""
    edges = list(compared["views"][0]["listed"]["state"])
    rows = [f"view,kind,date,{','.join(edges)},basis,worlds,seed,link"]
    for view in compared["views"]:
        for kind, listed in view["listed"].items():
            for place, day in enumerate(view["dates"]):
                cells = [view["letter"], kind, day, *(listed[edge][place] for edge in edges)]
                cells += ["fitted to the register", compared["worlds"], compared["seed"]]
                rows.append(",".join(f"{cell}" for cell in cells) + f',"{view["query"]}"')
    return "\n".join(rows) + "\n"


def table_of(compared: dict[str, Any]) -> str:
    """The differences as CSV: a row per pair and measure, with what it takes to repeat it."""
    columns = ("first", "second", "difference", "low_90", "high_90")
    rows = [f"pair,measure,unit,{','.join(columns)},basis,worlds,seed,first_view,second_view"]
    views = {view["letter"]: view["query"] for view in compared["views"]}
    for pair in compared["pairs"]:
        for row in pair["differences"]:
            cells = [f"{pair['letter']} less A", row["label"], row["unit"], *(f"{row[key]:g}" for key in columns)]
            cells += ["fitted to the register", compared["worlds"], compared["seed"]]
            rows.append(",".join(f"{cell}" for cell in cells) + f',"{views["A"]}","{views[pair["letter"]]}"')
    return "\n".join(rows) + "\n"
