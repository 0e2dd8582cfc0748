"""The card with the world map; assets/world.js draws it and follows the round. Beside the shares of all worlds it shows
one of them: how each state and named organisation stands, round by round. Signing, no conduct.

    ?lens=realist&world=7
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html

import sim
from dashboard.data.record import FITTED
from dashboard.view import MOST_WORLDS, View, view_beside, whole

WHICH = {"all": "All worlds", "one": "One world"}
SHARES = {"signed": "Signed", "waiting": "Considered, has not signed", "untouched": "Not taken up"}

STANDS = {
    "signed": "signed", "waiting": "considered and waits", "declined": "considered and declined, or left",
    "untouched": "not taken up",
}  # fmt: skip

# Plotly would ask a host of its own for the geometry.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "topojsonURL": "assets/topojson/"}

DISCLAIMER = (
    "Shapes follow the simplified geodata of the United Nations and serve orientation alone: no boundary, name or "
    "hatching here says anything about the legal status of a territory. The model has the 193 members of the United "
    "Nations; hatched areas are not modelled on their own, and members too small for this scale are dots."
)


def world_card() -> html.Section:
    """The map, which share it shows, its key, and what its boundaries do not mean."""
    return html.Section(
        [
            html.Div([
                html.Div([html.H2("The world, state by state"), html.P("", id="world-unit", className="dimmed")]),
                html.Div([
                    _switch("world-which", WHICH, "all", "Worlds on the map"),
                    _switch("world-share", SHARES, "signed", "Share shown on the map"),
                    html.Div([
                        dmc.NumberInput(id="world-number", min=1, value=1, allowDecimal=False, clampBehavior="strict",
                                        size="sm", **{"aria-label": "Number of the world"}),
                        html.Span("", id="world-of", className="dimmed"),
                    ], className="world-number"),
                ], className="world-switches"),
            ], className="world-head"),
            html.Div(
                dcc.Graph(id="world", config=CONFIG, responsive=True, className="world"),
                id="world-image", role="img", **{"aria-label": "World map"},
            ),
            html.Ul([
                html.Li([
                    html.Span("0 %"), html.Span(id="world-scale", className="world-scale"), "100 % of worlds",
                ], className="of-all"),
                *(html.Li([html.Span(className=f"key one-state {name}"), words], className="of-one")
                  for name, words in STANDS.items()),
                html.Li([html.Span(className="key listed"), "on the register at the round shown"]),
                html.Li([html.Span(className="key not-modelled"), "not modelled"]),
                html.Li(dmc.Badge("fitted to the register", variant="light", c="var(--text)", tt="none")),
            ], className="world-key"),
            html.P(DISCLAIMER, className="dimmed"),
        ],
        id="world-card", className="card", **{"aria-label": "World map"},
    )  # fmt: skip


def _switch(name: str, values: dict[str, str], value: str, label: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=name, value=value, size="sm", className="world-share",
        data=[{"value": each, "label": words} for each, words in values.items()], **{"aria-label": label},
    )  # fmt: skip


def register(app: dash.Dash) -> None:
    """The switches tell assets/world.js, in the browser."""
    for control, heard in (("world-share", "share"), ("world-which", "which"), ("world-number", "world")):
        app.clientside_callback(
            ClientsideFunction("parley", f"heard_{heard}"), Input(control, "value"), prevent_initial_call=True
        )


WORLD = "world"
STATUSES = ("not taken up", "waiting", "declined", "signed", "left")


@dataclass(frozen=True)
class OneWorld:
    """World *number*, 1 for the first, of those of *view*."""

    view: View
    number: int

    @property
    def key(self) -> str:
        """What tells this question from others."""
        return urlencode([("view", self.view.query()), (WORLD, self.number)])


def one_world_of(query: str) -> OneWorld:
    """The world that *query* asks for: that of a view, and `world`; InputError, in one sentence, where it is none."""
    view, number = view_beside(WORLD, query)
    return OneWorld(view, whole(WORLD, number, 1, min(view.worlds, MOST_WORLDS)))


def courses_of(asked: OneWorld, run: sim.Run) -> dict[str, Any]:
    """Of everybody with a name, the changes: [place among the dates, number of the status], from nothing on."""
    numbers = {status: number for number, status in enumerate(STATUSES)}
    courses = {}
    for who, course in run.world(asked.number).items():
        stands = [numbers[status] for status in course]
        changes = [place for place in range(1, len(stands)) if stands[place] != stands[place - 1]]
        courses[str(who)] = [[place, stands[place]] for place in ([0] if stands[0] else []) + changes]
    return {"world": asked.number, "worlds": run.replicates, "seed": run.seed, "basis": FITTED,
            "statuses": list(STATUSES), "courses": courses}  # fmt: skip


