"""The headline's card on conduct, a range that opens its assumptions, and what fills it, after the page, by
assets/conduct.js: ranges over what is assumed, by group, and what is assumed. Nobody has measured any of it.

It is not told where it would be one stakeholder's: where the link itself decides for somebody by name, and for the
parts in which this view differs from the default scenario, with the same dials, by one stakeholder's doing
(sim.experiments.disclosure). Whoever lays two answers over each other learns no more than Compare tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import dash_mantine_components as dmc
import pandas as pd
from dash import html

import sim
from dashboard.cache import Runs
from dashboard.controls import in_words
from dashboard.data.comparison import ASSUMED, GROUPS
from dashboard.view import SIGNS, STAYS_OUT, View


def conduct_card() -> html.Section:
    """The harm prevented, as a range over what nobody has measured, and what that is."""
    return html.Section(
        [
            html.Div([html.H2("Harm prevented"), dmc.Badge("assumed", variant="outline", c="var(--text)", tt="none")],
                     className="with-badge"),
            html.Strong("–", id="harm", className="headline"),
            html.P("", id="harm-unit", className="dimmed", role="status"),
            html.Details(
                [
                    html.Summary("What this assumes"),
                    html.P("Nobody has measured conduct, so the worlds are simulated at each combination of:"),
                    html.Ul([], id="assumptions"),
                    html.Div([], id="conduct-rows"),
                    html.P([html.Span("", id="conduct-provenance"), " ",
                            html.A("Method", href="method", **{"data-keeps-view": "yes"}), " holds the formulas."],
                           className="dimmed"),
                ],
                id="conduct-more", className="conduct-more", hidden=True,
            ),
        ],
        id="conduct-card", className="card number wide", **{"aria-label": "Conduct, assumed"},
    )  # fmt: skip


HARM = ("harm_prevented", "restraint", "protection", "retaliation")
BY_GROUP = ("compliance",)
WITHHELD_BY_LINK = (
    "The link decides for somebody by name. Laid beside the same view without it, what changes in conduct would be "
    "that one's, so no conduct is told here."
)
WITHHELD_BY_SCENARIO = (
    "This scenario differs from the Paris Call by what one or two do. Laid beside it, what changes in conduct would be "
    "theirs, so it is not told here."
)


def conduct_of(view: View, runs: Runs) -> dict[str, Any]:
    """The harm prevented, its parts, and compliance by group, each as a range; what they rest on; what is withheld."""
    run = runs.of(view)
    told: dict[str, Any] = {
        "query": view.query(), "basis": ASSUMED, "seed": run.seed, "version": sim.__version__,
        "assumptions": _assumptions(run), "rows": [], "headline": None, "withheld": None,
    }  # fmt: skip
    if any(branch.rpartition(":")[2] in (SIGNS, STAYS_OUT) for branch in view.branch):
        return told | {"withheld": WITHHELD_BY_LINK}
    withheld = sim.Comparison(runs.of(_plain(view)), run).withheld
    run = replace(run, workers=1)  # on one processor, so that whoever moves a dial meanwhile has another
    table = run.outcomes
    measured = table[~table["low"].isna() & ~table["part"].isin(withheld)]
    measured = pd.concat([measured[measured["outcome"] == outcome] for outcome in (*HARM, *BY_GROUP)])
    columns = ["outcome", "part", "label", "unit", "low", "high"]
    rows: list[dict[str, Any]] = []
    for row in measured[columns].to_dict("records"):
        rows.append({**{str(key): value for key, value in row.items()}, "group": GROUPS[row["part"]]})
    headline = next((row for row in rows if row["outcome"] == HARM[0]), None)
    corners = run.at_corners
    return told | {
        "rows": rows,
        "headline": headline,
        "combinations": len({tuple(corner["harm_prevented", "all"].tolist()) for corner in corners}),
        "worlds": len(corners[0]["harm_prevented", "all"]),
        "withheld": None if headline else WITHHELD_BY_SCENARIO,
    }


def _plain(view: View) -> View:
    """The default scenario with the dials, lens, worlds and seed of *view*."""
    return View(lens=view.lens, set=view.set, worlds=view.worlds, seed=view.seed)


def _assumptions(run: sim.Run) -> list[dict[str, Any]]:
    """The dials over which the ranges go: name, meaning, source, lowest and highest value, and the usual range."""
    return [
        {"dial": name, "label": in_words(name), "meaning": sim.DIALS[name].meaning, "unit": sim.DIALS[name].unit,
         "source": sim.DIALS[name].source, "low": low, "high": high}
        for name, (low, high) in run.assumptions().items()
    ]  # fmt: skip


