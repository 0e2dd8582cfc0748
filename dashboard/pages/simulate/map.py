"""The world map, which assets/map.js draws and which follows the round: the shares of all worlds,
what a view changes of them, or one world.

    ?lens=realist&world=7
    ?scenario=great-powers-sign&map=signed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import dash
import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.data.words import SHARES, basis_of_worlds
from dashboard.shell import call_on_change, card, graph, segments
from dashboard.view import MOST_WORLDS, View, view_and_value, whole
from sim import number_formats as formats

WORLD = "world"
SHARES_ON_MAP = {  # by the word of the address
    word: SHARES[share].capitalize()
    for word, share in {
        "signed": "signed",
        "waiting": "considered",
        "untouched": "not_taken_up",
    }.items()
}
STATUSES_ON_MAP = {"signed": "signed", "waiting": "waiting", "declined": "declined, or left",
                   "not-taken-up": "not taken up"}  # fmt: skip
IN_SHORT = {"waiting": "Considered only"}  # for the switch, which has one line of a phone
CHANGE_ON_MAP = {
    "change": "Change"
}  # beside the Paris Call as it was, where a view changes something of it
MOST_CHANGE = 0.5  # of the worlds, in the deepest colour
WORLDS_ON_MAP = {"all": "All worlds", "one": "One world"}
DISCLAIMER = (
    "Shapes from Natural Earth, boundaries after the practice of the United Nations: they serve"
    " orientation alone and say nothing about the legal status of a territory. The model has the"
    " 193 members of the United Nations; hatched areas are not modelled on their own, and members"
    " too small for this scale are squares."
)


def world_card() -> html.Section:
    """The map, which share it shows, its key, and what its boundaries do not mean."""
    # Plotly would ask a host of its own for the geometry.
    figure = graph("world", "world", scrollZoom=False, topojsonURL="assets/topojson/")
    return card(
        "World map",
        html.H2("The world, state by state", id="world-finding"),
        html.P("", id="world-unit", className="dimmed"),
        html.Div(
            [
                html.Div(
                    [
                        segments("world-which", WORLDS_ON_MAP, "Worlds on the map", size="sm"),
                        html.Button(
                            "Enlarge Europe",
                            id="world-europe",
                            className="quiet",
                            **{"aria-pressed": "false"},
                        ),
                        segments(
                            "world-share",
                            SHARES_ON_MAP | IN_SHORT | CHANGE_ON_MAP,
                            "Share shown on the map",
                            size="sm",
                        ),
                        html.Div(
                            [
                                dmc.NumberInput(
                                    id="world-number",
                                    min=1,
                                    value=1,
                                    allowDecimal=False,
                                    clampBehavior="strict",
                                    size="sm",
                                    **{"aria-label": "Number of the world"},
                                ),
                                html.Span("", id="world-of", className="dimmed"),
                            ],
                            className="world-number",
                        ),
                    ],
                    className="world-asks",
                ),
                html.Div(figure, id="world-image", role="img", **{"aria-label": "World map"}),
                _key(),
            ],
            className="world-body",
        ),
        id="world-card",
    )


def _key() -> html.Ul:
    """What colours, points and hatching mean, and on request what boundaries do not."""
    statuses = [html.Li([html.Span(className=f"key one-state {status}"), words], className="of-one")
                for status, words in STATUSES_ON_MAP.items()]  # fmt: skip
    less, more = (f"{formats.difference(100 * end, 0)} or {words}"
                  for end, words in ((-MOST_CHANGE, "less"), (MOST_CHANGE, "more")))  # fmt: skip
    return html.Ul(
        [
            html.Li(
                _scale("world-scale", ["0", "50", formats.percent(1)]), className="of-all of-shares"
            ),
            html.Li(
                _scale("world-scale of-change", [less, formats.difference(0, 0), more], "points"),
                id="of-changes",
                className="of-all of-changes",
                **{"data-most": MOST_CHANGE},
            ),
            *statuses,
            html.Li([html.Span(className="key listed"), "on the register"], id="listed-key"),
            html.Li([html.Span(className="key ringed"), "supposed"], id="ringed-key", hidden=True),
            html.Li([html.Span(className="key small-state"), "small state"]),
            html.Li([html.Span(className="key not-modelled"), "not modelled"]),
            html.Li([html.Span(className="key open-border"), "border not settled"]),
            html.Li(html.Details([html.Summary("About the boundaries"), html.P(DISCLAIMER)])),
        ],
        className="world-key",
    )


def _scale(name: str, numbers: list[str], unit: str = "") -> list[html.Span]:
    """A scale of colours with its two ends and its middle below it, and beside it their *unit*, if
    they have none.
    """
    below = html.Span([html.Span(number) for number in numbers], className="numbers-of-scale")
    return [html.Span([html.Span(className=name), below], className="whole-scale"), html.Span(unit)]


def register(app: dash.Dash) -> None:
    """Has assets/map.js called when a switch changes."""
    for control, function in (
        ("world-share", "share"),
        ("world-which", "worlds"),
        ("world-number", "world"),
    ):
        call_on_change(app, f"on_{function}", control)


@dataclass(frozen=True)
class OneWorld:
    """World *number*, 1 for the first, of those of *view*."""

    view: View
    number: int

    @property
    def key(self) -> str:
        """The same for the same world, and no other's."""
        return urlencode([("view", self.view.query()), (WORLD, self.number)])


def one_world_of(query: str) -> OneWorld:
    """The world that *query* asks for: that of a view, and `world`; InputError, in one sentence,
    where it is none.
    """
    view, number = view_and_value(query, WORLD)
    return OneWorld(view, whole(WORLD, number, 1, min(view.worlds, MOST_WORLDS)))


def courses_of(world: OneWorld, run: sim.Run) -> dict[str, Any]:
    """The statuses of everybody with a name in one world, as changes: [place among the dates,
    number of the status].
    """
    numbers = {status.word: status.number for status in sim.STATUSES.values()}
    courses = {}
    for who, course in run.world(world.number).items():
        statuses = [numbers[status] for status in course]
        changes = [
            place for place in range(1, len(statuses)) if statuses[place] != statuses[place - 1]
        ]
        courses[str(who)] = [
            [place, statuses[place]] for place in ([0] if statuses[0] else []) + changes
        ]
    return {
        "world": world.number,
        "worlds": run.replicates,
        "seed": run.seed,
        "basis": basis_of_worlds(run.scenario),
        "statuses": list(numbers),
        "courses": courses,
    }
