"""What the page Code designer asks for, as plain JSON and as tables: a designed text beside the
present one, the frontier around the present one, and conduct.

The text is what the view says of its position, ambitions, monitoring, sanctions and who may sign;
the present one is the scenario's, with all else that the view says. Both have the same random
streams. Signing is told by name, conduct by group and in ranges.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import flask
import numpy as np
import pandas as pd

import sim
from dashboard.cache import Store
from dashboard.data.compare import (
    comparison_of,
    conduct_rows,
    differences,
    movers,
    points_of,
    query_of,
    side_of,
    sides_of,
)
from dashboard.data.compare_tables import differences_table
from dashboard.data.pairs import (
    ENDS,
    MOST,
    MOVED,
    NEAR_HALF,
    choices_of,
    coalitions_of,
    crosses,
    is_near_half,
    moves,
    turns,
    under_other_fits,
)
from dashboard.data.record import GREAT_POWERS, dates_of, provenance, settings_of
from dashboard.data.tables import as_csv
from dashboard.data.words import ASSUMED_RANGES, basis_and_why, basis_of_worlds, worlds_of
from dashboard.pages import Services
from dashboard.pages.designer.position import POSITION, effects_of
from dashboard.requests import CSV, go_on, query, reply
from dashboard.view import View, view_of

RULES = ("monitoring", "sanctions")
HOLLOW = "Hollow points are unlike the text whose register the weights were fitted to."
DEPTHS = ("depth", "depth_restraint", "depth_burden")
FRONTIER_WORLDS = sim.DEFAULTS["worlds of a frontier"].page
FIRST_WAYS = ("together",)  # of the frontier's first answer
WAYS = {  # in the words of the figure
    "together": "all raised alike",
    "restraint first": "prohibitions first",
    "effort first": "duties first",
}
FIRSTS = (
    16  # of these answers that are kept, so that the whole ones need not simulate their texts again
)
EDGES = ("_low", "", "_high")
SCALES = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0]  # of the texts on the way together
BY_DEPTH = ("harm_prevented", "compliance", "departure")
OUTCOME = ("outcome", "label", "group", "unit")  # of conduct
UNTOLD = [None, None]
# What the frontier measures, and its key in a side of a comparison.
MEASURES = {
    **{f"signatories_{kind}": f"signatories-{kind}" for kind in sim.KINDS},
    "power_share": "power_share",
}

Content = Mapping[str, Any]


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""
    answers, runs = services.answers, services.runs
    firsts: Store[pd.DataFrame] = Store(FIRSTS)

    def sides(view: View) -> list[dict[str, Any]]:
        return sides_of([present_of(view), view], answers, runs)

    def design(view: View) -> bytes:
        # A moved slider asks for a new text ten times a second, whose side nobody asks for again.
        [present] = sides_of([present_of(view)], answers, runs)

        def compute() -> object:
            run = runs.of(view)
            return design_of([present, side_of(view, run)], view, run)

        return answers.get(f"design?{view.query()}", compute)

    def frontier(view: View) -> bytes:
        frame = frame_of(view)

        def compute() -> object:
            return frontier_of(frame, table_of(frame, firsts.find(frame.query())))

        return answers.get(f"frontier?{frame.query()}", compute, slow=True)

    def first(view: View) -> bytes:
        frame = frame_of(view)

        def compute() -> object:
            return frontier_of(
                frame, firsts.value(frame.query(), lambda: table_of(frame, ways=FIRST_WAYS))
            )

        return answers.get(f"frontier/first?{frame.query()}", compute, slow=True)

    def by_depth(view: View) -> bytes:
        frame = frame_of(view)
        return answers.get(
            f"frontier/conduct?{frame.query()}", lambda: conduct_by_depth_of(frame), slow=True
        )

    def conduct(view: View) -> bytes:
        def compute() -> object:
            return conduct_of(view, runs.of(present_of(view)), runs.of(view))

        return answers.get(f"design/conduct?{view.query()}", compute, slow=True)

    def differences(view: View) -> bytes:
        views = [present_of(view), view]
        both = [views, under_other_fits(*views)]
        return differences_table(
            *(comparison_of(sides_of(each, answers, runs), each) for each in both if each)
        )

    contents = {
        "design": design,
        "design/conduct": conduct,
        "frontier": frontier,
        "frontier/first": first,
        "frontier/conduct": by_depth,
    }
    tables: dict[str, Callable[[View], bytes]] = {
        "design": differences,
        "design/who": lambda view: who_table(sides(view), view),
        "design/conduct": lambda view: conduct_table(json.loads(conduct(view))),
        "frontier": lambda view: frontier_table(json.loads(frontier(view))),
        "frontier/conduct": lambda view: by_depth_table(json.loads(by_depth(view))),
    }

    def send(content: Callable[[View], bytes]) -> flask.Response:
        return reply(content(view_of(query())))

    def download(name: str) -> flask.Response:
        return reply(tables[name](view_of(query())), CSV, f"{name.replace('/', '-')}.csv")

    for name, content in contents.items():
        server.add_url_rule(f"/data/{name}", f"{name}.json", partial(send, content))
    for name in tables:
        server.add_url_rule(f"/data/{name}.csv", f"{name}.csv", partial(download, name))


def is_of_the_text(dial: str) -> bool:
    """Whether a dial belongs to the text of the code and its rules."""
    return dial.startswith("ambition_") or dial in (*POSITION, *RULES)


def present_of(view: View) -> View:
    """The same view under the scenario's own text."""
    dials = tuple(part for part in view.set if not is_of_the_text(part.partition(":")[0]))
    return replace(view, set=dials, may_sign="")


def frame_of(view: View) -> View:
    """What the frontier of *view* depends on: its present text, in as many worlds as the frontier
    has.
    """
    return replace(present_of(view), worlds=min(view.worlds, FRONTIER_WORLDS))


def text_of(scenario: sim.Scenario) -> dict[str, Any]:
    """A text: the ambition of each provision, its position, its rules, and its depths."""
    code = scenario.code
    return {
        "ambitions": {
            str(provision.principle): provision.ambition for provision in code.provisions
        },
        **{lever: scenario.settings[lever] for lever in (*POSITION, *RULES)},
        "may_sign": [f"{kind}s" for kind in code.may_sign],
        **{depth: getattr(code, depth) for depth in DEPTHS},
    }


def design_of(sides: Sequence[dict[str, Any]], view: View, run: sim.Run) -> dict[str, Any]:
    """What the page shows of the present and the designed text's *sides*, and where its controls
    begin.
    """
    present, scenario = present_of(view), view.variant
    return {
        "query": view.query(),
        "present_query": present.query(),
        "scenario": scenario.name,
        "title": scenario.title,
        "lens": scenario.lens,
        "weights": view.weights or "fitted",
        "worlds": view.worlds,
        "seed": view.seed,
        "version": sim.__version__,
        **basis_and_why(scenario, present.variant),
        "settings": settings_of(view),
        "idle": sim.words.why_idle(scenario),
        "chosen": {name: list(options) for name, options in scenario.answers.items()},
        "first_round": scenario.first_round,
        "dates": dates_of(run),
        "effects": {lever: effect._asdict() for lever, effect in effects_of(scenario).items()},
        "text": {"present": text_of(present.variant), "designed": text_of(scenario)},
        "differences": differences(*sides),
        "levels": levels_of(sides[0]),
        "other_fits": query_of(under_other_fits(present, view)),
        **(moved := _movers(*sides)),
        "moved": MOVED,
        "near_half": NEAR_HALF,
        "coalitions": coalitions_of(moved, sides[0]["weight"]),
        "powers": powers_of(sides[0], sides[1], choices_of(view)),
        **named_of(sides[0], run),
        "points": {
            name: _point(side) for name, side in zip(("present", "designed"), sides, strict=True)
        },
    }


def levels_of(side: Content) -> dict[str, list[float]]:
    """The ends of 90 % of the worlds of a *side*, by kind, and of power."""
    keys = {**{kind: f"signatories-{kind}" for kind in sim.KINDS}, "power": "power_share"}
    return {
        name: np.percentile(side["at_the_end"][key], list(ENDS.values())).tolist()
        for name, key in keys.items()
    }


def _movers(first: dict[str, Any], second: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The `movers` from *first* to *second*, with what `_turn` says of each."""
    moved = movers(first, second)
    return {
        way: [row | _turn(row["first"], row["second"]) for row in rows]
        for way, rows in moved.items()
    }


def _turn(before: float, after: float) -> dict[str, bool]:
    """Whether somebody `moves` far; whether it `turns`, that is, moves far across one half of the
    worlds, and then whether it ends `near_half`; and whether it is on the `edge`, as it crosses one
    half by less.
    """
    joins_or_leaves = turns(before, after)
    is_edge = crosses(before, after) and not joins_or_leaves
    return {"turns": joins_or_leaves, "moves": moves(before, after), "edge": is_edge,
            "near_half": joins_or_leaves and is_near_half(after)}  # fmt: skip


def powers_of(
    present: Content, designed: Content, choices: Mapping[str, str]
) -> list[dict[str, Any]]:
    """In what share of worlds each great power signs the *present* and the *designed* text, whether
    or not it moves, and what the view supposes of it, by *choices*; empty where that is nothing.
    """
    return [
        {
            "name": present["people"][who][0],
            "said": sim.with_article(present["people"][who][0]),
            "first": before,
            "second": after,
            "in_most": after > MOST,
            "supposed": choices.get(who, ""),
            **_turn(before, after),
        }
        for who in sorted(GREAT_POWERS)
        if who in present["people"]
        for before, after in [(present["signed"][who], designed["signed"][who])]
    ]


def named_of(side: Content, run: sim.Run) -> dict[str, dict[str, int]]:
    """By kind, how many of *run* have a name, as in its *side*, and how many there are."""
    kinds = [kind for _, kind in side["people"].values()]
    sizes = run.setting.group_sizes
    everybody = dict(zip(sim.KINDS, map(int, (sizes[:3].sum(), *sizes[3:])), strict=True))
    return {"with_name": {kind: kinds.count(kind) for kind in sim.KINDS}, "everybody": everybody}


def _point(side: Content) -> dict[str, float]:
    """The medians in the worlds of the frontier, so that a text lies where the frontier would have
    it.
    """
    numbers = side["at_the_end"]
    return {
        name: float(np.median(numbers[key][:FRONTIER_WORLDS])) for name, key in MEASURES.items()
    }


def who_table(sides: Sequence[dict[str, Any]], view: View) -> bytes:
    """Everybody with a name and the share of worlds in which each signs either text, as CSV."""
    present, designed = sides
    rows = [
        (
            who,
            *present["people"][who],
            share,
            designed["signed"][who],
            designed["signed"][who] - share,
        )
        for who, share in present["signed"].items()
        if who in present["people"]
    ]
    table = pd.DataFrame(
        rows, columns=["who", "name", "kind", "present", "designed", "change"]
    ).round(6)
    table = table.sort_values("change", key=abs, ascending=False, kind="stable")
    views = {"present_view": present_of(view).query(), "designed_view": view.query()}
    basis = basis_of_worlds(view.variant, present_of(view).variant)
    return as_csv(table, basis=basis, **provenance(view), **views)


def table_of(
    frame: View, earlier: pd.DataFrame | None = None, ways: Sequence[str] | None = None
) -> pd.DataFrame:
    """The texts around the present one of *frame* on all *ways*, or on some; those of an *earlier*
    answer are not simulated again.
    """
    luck = {"replicates": frame.worlds, "seed": frame.seed}
    return sim.participation(frame.variant, ways=ways, progress=go_on, earlier=earlier, **luck)


def frontier_of(frame: View, table: pd.DataFrame) -> dict[str, Any]:
    """The frontier around the present text of *frame* from the *table* of texts, and what the link
    of each says.
    """
    present, worlds = frame.variant.settings, worlds_of(frame.variant)
    ambitions = [column for column in map(str, table) if column.startswith("ambition_")]
    texts = [
        {
            "way": row["way"],
            "present": bool(row["present"]),
            "basis": f"{sim.BASES[row['basis']]}: {worlds}",
            **{depth: float(row[depth]) for depth in DEPTHS},
            "set": {
                name: round(row[name], 6)
                for name in ambitions
                if abs(row[name] - present[name]) > 1e-9
            },
            **{name: [float(row[f"{name}{edge}"]) for edge in EDGES] for name in MEASURES},
            "frontier": [name for name in MEASURES if row[f"{name}_frontier"]],
        }
        for row in table.to_dict("records")
    ]
    furthest = max(table["basis"], key=list(sim.BASES).index)
    rests_on = {
        "basis": f"{sim.BASES[furthest]}: {worlds}",
        "why": HOLLOW if furthest == "extrapolated" else sim.why_not_fitted(frame.variant),
    }
    return {
        "texts": texts,
        "of": table.attrs["of"],
        "view": frame.query(),
        **rests_on,
        **provenance(frame),
    }


def frontier_table(content: Content) -> bytes:
    """The frontier as CSV: a row per text, with its ambitions where they differ from the present
    text's.
    """
    rows = []
    for text in content["texts"]:
        row = {"way": WAYS[text["way"]]} | {key: text[key] for key in ("present", "basis", *DEPTHS)}
        for name in MEASURES:
            edges = zip(EDGES, text[name], strict=True)
            row |= {f"{name}{edge}": value for edge, value in edges} | {
                f"{name}_frontier": name in text["frontier"]
            }
        rows.append(
            row | {"changes": " ".join(f"{name}:{value:g}" for name, value in text["set"].items())}
        )
    return _csv(rows, {key: content[key] for key in content if key not in ("basis", "why", "of")})


def conduct_by_depth_of(frame: View) -> dict[str, Any]:
    """Conduct under texts from nothing to everything, at fixed and at free membership, each a range
    over the assumptions.
    """
    frontier = sim.frontier(
        frame.variant, depths=SCALES, replicates=1, seed=frame.seed, progress=go_on
    )
    table = frontier.table()
    table = table[table["outcome"].isin(BY_DEPTH) & ~table["part"].isin(sim.GROUPS)]
    rows = table.drop(columns=["middle", "basis"]).replace({np.nan: None})
    worlds = int(frontier.arguments["points_of_assumptions"])
    return {
        "texts": rows.assign(present=table["scale"] == 1.0).to_dict("records"),
        "sentences": frontier.sentences,
        "view": frame.query(),
        "basis": ASSUMED_RANGES,
        **provenance(replace(frame, worlds=worlds)),
    }


def by_depth_table(content: Content) -> bytes:
    """Conduct by depth, as CSV."""
    return _csv(content["texts"], {key: content[key] for key in content if key != "sentences"})


def conduct_of(view: View, first: sim.Run, second: sim.Run) -> dict[str, Any]:
    """Conduct under the *first*, present, text and the *second*, designed: ranges over the
    assumptions, by group. Where their change is withheld, so is the second of them, from which it
    would follow.
    """
    rows = []
    for row in conduct_rows([first, second], [first, second, sim.Comparison(first, second)]):
        present, designed, change = row["ranges"]
        told = designed if change != UNTOLD else UNTOLD
        of_texts = {"present": present, "designed": told, "change": change}
        rows.append({key: row[key] for key in OUTCOME} | of_texts)
    return {
        "rows": rows, "present_view": present_of(view).query(), "designed_view": view.query(),
        "basis": ASSUMED_RANGES, **provenance(replace(view, worlds=points_of(first))),
    }  # fmt: skip


def conduct_table(content: Content) -> bytes:
    """Conduct as CSV: a row per outcome and group."""
    rows = []
    for row in content["rows"]:
        ends = {f"{of}_{end}": row[of][k] for of in ("present", "designed", "change")
                for k, end in enumerate(("low", "high"))}  # fmt: skip
        rows.append({key: row[key] for key in OUTCOME} | ends)
    return _csv(rows, content)


def _csv(rows: Sequence[Content], content: Content) -> bytes:
    return as_csv(rows, **{key: content[key] for key in content if key not in ("rows", "texts")})
