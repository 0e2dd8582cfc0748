"""What the page Code designer asks for: a designed text beside the present one, the frontier, and conduct, as plain
JSON: who would come and go, how deep it is, and conduct.

The text is what the view says of ambitions, monitoring, sanctions and who may sign; the present one is the scenario's,
with all else that the view says. Both have the same luck. Signing is told by name, conduct by group and in ranges.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import flask
import numpy as np
import pandas as pd

import sim
from dashboard.cache import Answers, Runs
from dashboard.data.comparison import ASSUMED, GROUPS, comparison_of, moved, side_of, table_of
from dashboard.data.record import FITTED, dates_of, settings_of
from dashboard.requests import CSV, go_on, query, reply
from dashboard.view import View, view_of

RULES = ("monitoring", "sanctions")
FRONTIER_WORLDS = 20
HARM_WORLDS = 5  # what a run plays at each combination of assumptions
HARM = ("harm_prevented", "restraint", "protection", "retaliation")
EDGES = ("_low", "", "_high")
# What the frontier measures, and what a side of a comparison calls it.
MEASURES = {**{f"signatories_{kind}": f"signatories-{kind}" for kind in sim.KINDS}, "power_share": "power_share"}


def is_of_the_text(dial: str) -> bool:
    """Whether a dial belongs to the text of the code and its rules."""
    return dial.startswith("ambition_") or dial in RULES


def present_of(view: View) -> View:
    """The same view under the scenario's own text."""
    kept = tuple(part for part in view.set if not is_of_the_text(part.partition(":")[0]))
    return replace(view, set=kept, may_sign="")


def frame_of(view: View) -> View:
    """What the frontier of *view* depends on: its present text, in as many worlds as the frontier has."""
    return replace(present_of(view), worlds=min(view.worlds, FRONTIER_WORLDS))


def text_of(scenario: sim.Scenario) -> dict[str, Any]:
    """A text: the ambition of each provision, its rules, and how deep it is."""
    code = scenario.code
    return {
        "ambitions": {str(provision.principle): provision.ambition for provision in code.provisions},
        **{rule: scenario.settings[rule] for rule in RULES},
        "may_sign": [f"{kind}s" for kind in code.may_sign],
        "depth": code.depth,
        "depth_restraint": code.depth_restraint,
        "depth_burden": code.depth_burden,
    }


def design_of(sides: Sequence[dict[str, Any]], view: View, run: sim.Run) -> dict[str, Any]:
    """What the page shows of the present and the designed text's *sides*, and where its controls begin."""
    present = present_of(view)
    pair = comparison_of(sides, [present, view])["pairs"][0]
    scenario = view.asked
    return {
        "query": view.query(),
        "present_query": present.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "lens": scenario.lens,
        "worlds": view.worlds,
        "seed": view.seed,
        "version": sim.__version__,
        "basis": FITTED,
        "settings": settings_of(view),
        "chosen": {name: list(taken) for name, taken in scenario.chosen.items()},
        "first_round": scenario.first_round,
        "dates": dates_of(run),
        "text": {"present": text_of(present.asked), "designed": text_of(scenario)},
        "differences": pair["differences"],
        **moved(*sides),
        "points": {name: _point(side) for name, side in zip(("present", "designed"), sides, strict=True)},
    }


def _point(side: Mapping[str, Any]) -> dict[str, float]:
    """The medians in the worlds of the frontier, so that a text lies where the frontier would have it."""
    numbers = side["at_the_end"]
    return {name: float(np.median(numbers[key][:FRONTIER_WORLDS])) for name, key in MEASURES.items()}


def who_of(sides: Sequence[dict[str, Any]], view: View) -> str:
    """Everybody with a name and the share of worlds in which each signs either text, as CSV."""
    present, designed = sides
    rows = [
        (who, *present["people"][who], share, designed["signed"][who], designed["signed"][who] - share)
        for who, share in present["signed"].items() if who in present["people"]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["who", "name", "kind", "present", "designed", "change"]).round(6)
    table = table.sort_values("change", key=abs, ascending=False, kind="stable")
    views = {"present_view": present_of(view).query(), "designed_view": view.query()}
    return str(table.assign(**_provenance(FITTED, view), **views).to_csv(index=False))


def frontier_of(frame: View) -> dict[str, Any]:
    """The frontier around the present text of *frame*, and what the link of each of its texts says."""
    table = sim.frontier(frame.asked, replicates=frame.worlds, seed=frame.seed, progress=go_on)
    present = frame.asked.settings
    ambitions = [column for column in map(str, table) if column.startswith("ambition_")]
    texts = [
        {
            "way": row["way"],
            "present": bool(row["present"]),
            **{key: float(row[key]) for key in ("depth", "depth_restraint", "depth_burden")},
            "set": {name: round(row[name], 6) for name in ambitions if abs(row[name] - present[name]) > 1e-9},
            **{name: [float(row[f"{name}{edge}"]) for edge in EDGES] for name in MEASURES},
            "frontier": [name for name in MEASURES if row[f"{name}_frontier"]],
        }
        for row in table.to_dict("records")
    ]
    return {"texts": texts, "view": frame.query()} | _provenance(FITTED, frame)


def frontier_table(found: Mapping[str, Any]) -> str:
    """The frontier as CSV: a row per text, with its ambitions where they differ from the present text's."""
    rows = []
    for text in found["texts"]:
        row = {key: text[key] for key in ("way", "present", "depth", "depth_restraint", "depth_burden")}
        for name in MEASURES:
            edges = zip(EDGES, text[name], strict=True)
            row |= {f"{name}{edge}": value for edge, value in edges} | {f"{name}_frontier": name in text["frontier"]}
        rows.append(row | {"changes": " ".join(f"{name}:{value:g}" for name, value in text["set"].items())})
    return _table(rows, found)


def harm_by_depth_of(frame: View) -> dict[str, Any]:
    """Harm prevented by texts from nothing to everything, each a range over the assumptions."""
    table = sim.harm_prevented_by_depth(frame.asked, seed=frame.seed, progress=go_on)
    told = _provenance(ASSUMED, replace(frame, worlds=HARM_WORLDS))
    return {"texts": table.to_dict("records"), "view": frame.query()} | told


def harm_table(found: Mapping[str, Any]) -> str:
    """The same as CSV."""
    return _table([{**text, "unit": "% of harm without the code"} for text in found["texts"]], found)


def conduct_of(view: View, first: sim.Run, second: sim.Run) -> dict[str, Any]:
    """Conduct under the *first*, present, text and the *second*, designed: ranges over the assumptions, by group."""
    for run in (first, second):
        run.simulate_corners(progress=go_on)
    tables = [first.outcomes, second.outcomes, sim.Comparison(first, second).outcomes]
    rows = []
    for place, row in enumerate(tables[0].itertuples()):
        if row.basis == "assumed":
            present, designed, change = ([_number(t.low[place]), _number(t.high[place])] for t in tables)
            told = {"outcome": row.outcome, "label": row.label, "group": GROUPS[str(row.part)], "unit": row.unit}
            rows.append({**told, "present": present, "designed": designed, "change": change})
    worlds = len(next(iter(first.at_corners[0].values())))
    told = _provenance(ASSUMED, replace(view, worlds=worlds)) | {"combinations": len(first.at_corners)}
    return {"rows": rows, "present_view": present_of(view).query(), "designed_view": view.query()} | told


def conduct_table(found: Mapping[str, Any]) -> str:
    """The same as CSV."""
    rows = []
    for row in found["rows"]:
        ends = {f"{of}_{end}": row[of][k] for of in ("present", "designed", "change")
                for k, end in enumerate(("low", "high"))}  # fmt: skip
        rows.append({key: row[key] for key in ("outcome", "label", "group", "unit")} | ends)
    return _table(rows, found)


def _table(rows: list[dict[str, Any]], found: Mapping[str, Any]) -> str:
    told = {key: found[key] for key in found if key not in ("rows", "texts")}
    return str(pd.DataFrame(rows).assign(**told).to_csv(index=False))


def _provenance(basis: str, view: View) -> dict[str, Any]:
    return {"basis": basis, "scenario": view.scenario, "worlds": view.worlds, "seed": view.seed,
            "version": sim.__version__}  # fmt: skip


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def register(server: flask.Flask, answers: Answers, runs: Runs) -> None:
    """The routes, on *server*, from *answers* and *runs* where they are there."""

    def side(view: View) -> dict[str, Any]:
        return side_of(view, runs.of(view))

    def sides(view: View) -> list[dict[str, Any]]:
        # One after the other, and none inside another's turn: who waits for a turn while holding one waits for ever.
        return [json.loads(answers.get(f"side?{one.query()}", partial(side, one))) for one in (present_of(view), view)]

    def design(view: View) -> bytes:
        found = sides(view)
        return answers.get(f"design?{view.query()}", lambda: design_of(found, view, runs.of(view)))

    def frontier(view: View) -> bytes:
        frame = frame_of(view)
        return answers.get(f"frontier?{frame.query()}", lambda: frontier_of(frame), slow=True)

    def harm(view: View) -> bytes:
        frame = frame_of(view)
        return answers.get(f"harm?{frame.query()}", lambda: harm_by_depth_of(frame), slow=True)

    def conduct(view: View) -> bytes:
        def compute() -> object:
            return conduct_of(view, runs.of(present_of(view)), runs.of(view))

        return answers.get(f"design/conduct?{view.query()}", compute, slow=True)

    def differences(view: View) -> str:
        return table_of(comparison_of(sides(view), [present_of(view), view]))

    tables: dict[str, Callable[[View], str]] = {
        "design": differences,
        "design/who": lambda view: who_of(sides(view), view),
        "design/conduct": lambda view: conduct_table(json.loads(conduct(view))),
        "frontier": lambda view: frontier_table(json.loads(frontier(view))),
        "frontier/harm": lambda view: harm_table(json.loads(harm(view))),
    }

    @server.get("/data/design")
    def designed() -> flask.Response:
        return reply(design(view_of(query())))

    @server.get("/data/design/conduct")
    def conduct_ranges() -> flask.Response:
        return reply(conduct(view_of(query())))

    @server.get("/data/frontier")
    def frontier_texts() -> flask.Response:
        return reply(frontier(view_of(query())))

    @server.get("/data/frontier/harm")
    def harm_by_depth() -> flask.Response:
        return reply(harm(view_of(query())))

    def download(name: str) -> flask.Response:
        return reply(tables[name](view_of(query())), CSV, f"{name.replace('/', '-')}.csv")

    for name in tables:
        server.add_url_rule(f"/data/{name}.csv", name.replace("/", "_"), partial(download, name))


