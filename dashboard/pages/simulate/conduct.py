"""Conduct in one view: the card, which assets/conduct.js fills after the page, and ranges over the
assumptions, by group. Nobody has measured any of it.

Conduct is withheld where it would be one stakeholder's (sim.results.disclosure): where the link
itself decides for somebody by name, and for the groups of which this view alone, or beside the
default scenario with the same dials, tells what one does.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
from dash import html

import sim
from dashboard.cache import Runs, Store
from dashboard.data.compare import points_of
from dashboard.data.record import RATIFICATION, RULES_ON_CONDUCT, is_of_conduct, is_treaty
from dashboard.data.suppositions import as_it_was, baseline_of
from dashboard.data.words import (
    ASSUMED,
    ASSUMED_RANGES,
    GROUPS,
    dial_meaning,
    dial_words,
    unit_words,
)
from dashboard.shell import badge, card
from dashboard.view import SIGNS, STAYS_OUT, View, default_beside
from sim import number_formats as formats

ALL = "all"  # stakeholders
HARM = ("harm_prevented", "restraint", "protection", "retaliation")
BY_GROUP = ("compliance",)
WITHHELD_BY_LINK = (
    "The link decides for somebody by name. Laid beside the same view without it, what changes in"
    " conduct would be that one's, so no conduct is told here."
)
WITHHELD_BY_SCENARIO = (
    "This scenario differs from the Paris Call by what one or two do. Laid beside it, what changes"
    " in conduct would be theirs, so it is not told here."
)


def conduct_card() -> html.Section:
    """The harm prevented, as a range over what nobody has measured, and what that is."""
    return card(
        "Conduct, assumed",
        html.Div(
            [html.H2("Harm prevented"), badge(ASSUMED, small=True, outline=True)],
            className="with-badge",
        ),
        html.Strong("–", id="harm", className="headline"),
        html.P("", id="harm-unit", className="dimmed", role="status"),
        html.P("", id="difference-harm", className="difference", hidden=True),
        html.Details(
            [
                html.Summary("What this assumes"),
                html.Div([], id="conduct-rows"),
                html.P("", id="assumptions-lead"),
                html.Ul([], id="assumptions"),
                html.Details(
                    [
                        html.Summary("", id="assumptions-others-title"),
                        html.Ul([], id="assumptions-others"),
                    ],
                    id="assumptions-others-card",
                ),
                html.P(
                    [
                        html.Span("", id="conduct-provenance"),
                        " ",
                        html.A("Method", href="method", **{"data-keeps-view": "yes"}),
                        " holds the formulas.",
                    ],
                    className="dimmed",
                ),
            ],
            id="conduct-more",
            className="conduct-more",
            hidden=True,
        ),
        id="conduct-card",
        style="number wide",
    )


def ratified_card() -> html.Section:
    """How many states ratify a treaty, which assets/harm.js fills; it is there of a treaty
    alone.
    """
    return card(
        "States that ratify the treaty",
        html.Div(
            [html.H2("Ratified"), badge(ASSUMED, small=True, outline=True)], className="with-badge"
        ),
        html.P("", id="ratified", className="median-and-ends"),
        html.P("", id="ratified-binds", className="difference"),
        id="ratified-card",
        style="number",
        hidden=True,
    )


def conduct_of(view: View, runs: Runs, baselines: Store[sim.Run]) -> dict[str, Any]:
    """Harm prevented, its parts, and compliance by group, each as a range; the assumptions; and why
    any is withheld. The harm prevented stands `beside` that of the Paris Call as it was, whose run
    is kept among *baselines*, with the change between the two, where that is told; of a treaty it
    says how many states have `ratified` it.
    """
    run = runs.of(view)
    content: dict[str, Any] = {
        "query": view.query(),
        "basis": ASSUMED_RANGES,
        "seed": run.seed,
        "version": sim.__version__,
        "assumptions": [],
        "rows": [],
        "headline": None,
        "withheld": None,
        "beside": None,
        "ratified": None,
    }
    if any(branch.rpartition(":")[2] in (SIGNS, STAYS_OUT) for branch in view.branch):
        return content | {"withheld": WITHHELD_BY_LINK}
    first = baselines.value(
        as_it_was(view).query(), lambda: _of_one_processor(runs.of(as_it_was(view)))
    )
    run = first if view == as_it_was(view) else _of_one_processor(run)
    default = default_beside(view)
    plain = {view: run, as_it_was(view): first}.get(default) or _of_one_processor(runs.of(default))
    untold, table = sim.Comparison(plain, run).untold, run.outcomes
    cells = zip(table["outcome"], table["part"], strict=True)
    table = table[[part not in untold.of(name) for name, part in cells]].dropna(subset="low")
    table = pd.concat([table[table["outcome"] == outcome] for outcome in (*HARM, *BY_GROUP)])
    rows: list[dict[str, Any]] = [
        {**{str(key): value for key, value in row.items()}, "group": GROUPS[row["part"]]}
        for row in table[["outcome", "part", "label", "unit", "low", "high"]].to_dict("records")
    ]
    headline = next((row for row in rows if row["outcome"] == HARM[0]), None)
    is_bound = headline is not None and is_treaty(view.variant)
    return content | {
        "rows": rows,
        "headline": headline,
        "assumptions": _assumptions(run, tell=headline is not None),
        "points": points_of(run),
        "withheld": None if headline else WITHHELD_BY_SCENARIO,
        "beside": (
            _beside(first, run) if headline and baseline_of(view) == as_it_was(view) else None
        ),
        "ratified": _ratified(run, first, _as_a_declaration(view, runs)) if is_bound else None,
    }


def _of_one_processor(run: sim.Run) -> sim.Run:
    """The same run, whose conduct takes one processor, so that a dial moved meanwhile has
    another.
    """
    return replace(run, request=replace(run.request, workers=1))


def _beside(first: sim.Run, second: sim.Run) -> dict[str, list[float]] | None:
    """The ends of the harm that the *first* run prevents, and of what the *second* changes of it
    over the same assumptions; None where that would be one stakeholder's doing.
    """
    ends = [_ends(result.outcomes) for result in (first, sim.Comparison(first, second))]
    is_told = not any(math.isnan(end) for each in ends for end in each)
    return dict(zip(("was", "change"), ends, strict=True)) if is_told else None


def _as_a_declaration(view: View, runs: Runs) -> sim.Run:
    """The run of *view* with all the same, but that its code binds whoever has signed it."""
    others = [part for part in view.set if part.partition(":")[0] != RATIFICATION]
    return _of_one_processor(runs.of(replace(view, set=(*others, f"{RATIFICATION}:0"))))


def _ratified(run: sim.Run, first: sim.Run, declaration: sim.Run) -> dict[str, Any]:
    """The ends of how many states ratify a treaty by the end of *run*, whether it is ever in force,
    what else that acts on conduct is other than in the *first* run, so that harm does not follow
    from ratification alone, and the ends of what `binding` only those who ratify changes of the
    harm prevented, beside the same as a *declaration*.
    """
    low, high = _ends(run.outcomes, "ratified")
    was, now = first.scenario.settings, run.scenario.settings
    others = [
        name for name in now if now[name] != was.get(name) and is_of_conduct(run.scenario, name)
    ]
    own = [dial_words(name) for name in RULES_ON_CONDUCT if name in others]
    beside = [f"its {formats.listing(own)}"] * bool(own) + ["all else that is changed"] * (
        len(others) > len(own)
    )
    return {"low": low, "high": high, "is_in_force": _ends(run.outcomes, "in_force")[1] > 0,
            "beside": formats.listing(beside),
            "binding": _or_none(_ends(sim.Comparison(declaration, run).outcomes))}  # fmt: skip


def _or_none(ends: list[float]) -> list[float] | None:
    return None if any(math.isnan(end) for end in ends) else ends


def _ends(outcomes: pd.DataFrame, name: str = HARM[0]) -> list[float]:
    row = outcomes[(outcomes["outcome"] == name) & (outcomes["part"] == ALL)].iloc[0]
    return [float(row["low"]), float(row["high"])]


def _assumptions(run: sim.Run, tell: bool) -> list[dict[str, Any]]:
    """The dials over which the ranges go: name, meaning, unit, source, the lowest and highest
    value, and, where the harm prevented may be told, whether it clearly depends on them and which
    way.
    """
    columns = run.assumptions()[["dial", "low", "high", "effect", "clear"]].to_numpy().tolist()
    return [
        {
            "dial": name,
            "label": dial_words(name),
            "meaning": dial_meaning(sim.DIALS[name]),
            "unit": unit_words(sim.DIALS[name].unit),
            "source": sim.DIALS[name].source,
            "low": low,
            "high": high,
            "more": effect > 0 if tell and clear else None,
        }
        for name, low, high, effect, clear in columns
    ]
