"""The page Negotiate: what came of talks over a text, the table draft by draft, what hurts whom, and the chair's own
text. assets/negotiate.js asks and follows, assets/negotiate_table.js shows the seats and the text,
assets/figures_negotiate.js draws.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, html

from dashboard.data.words import ASSUMED
from dashboard.pages import Services
from dashboard.pages.negotiate import routes
from dashboard.pages.negotiate.question import MOST_REPLICATES, REPLICATES, SEED, TALKS, talks_on_offer
from dashboard.shell import (
    badge,
    basis,
    call_on_change,
    card,
    figure,
    keys,
    message,
    segments,
    waiting_room,
    wide_table,
)

PATH, NAME = "/negotiate", "Negotiate"
NOTE = (
    "What seats want follows from their traits by formulas that nobody has measured: no evidence of any state's "
    "reasons."
)
WORLDS = (
    "Each world is one run of the talks under other luck in what seats want and attend to. Nothing on this page is "
    "fitted to a register, and none of it is a forecast."
)
MODES = {"watch": "Watch the drafts", "chair": "Take the chair"}
RULES = [
    {"value": "consensus", "label": "consensus: all accept"},
    {"value": "majority", "label": "majority: over half accept"},
]
CONTROLS = ("talks", "world", "mode", "rule", "without", "replicates", "seed")
ORDER = ["label", "input", "description", "error"]
DOWNLOADS = {"seats": "Seats", "provisions": "Provisions", "drafts": "Drafts"}


def layout() -> html.Main:
    """The answer, the table with the text beside it, what else a chair can change, and the figures."""
    return html.Main(
        [
            _head(),
            _record(),
            message(),
            html.Div([_answer(), _bar(), _stage(), _levers(), _more()], id="negotiate-shown", className="talks-shown",
                     hidden=True),
            waiting_room("Negotiating in up to 200 simulated worlds …", 7, 3.5, 24),
            html.P(WORLDS, className="dimmed talks-worlds"),
        ],
        id="negotiate", className="column negotiate",
        **{"data-tells": "parley:negotiate", "data-own-provenance": "yes"},
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/negotiate.js of what is chosen; answers for the page."""
    for name in CONTROLS:
        call_on_change(app, f"on_negotiate_{name}", f"negotiate-{name}")
    call_on_change(app, "on_negotiate_trades", Input("negotiate-trades", "checked"))
    routes.register(app.server, services)


def _head() -> html.Div:
    talks = [{"value": name, "label": title} for name, title in talks_on_offer().items()]
    return html.Div(
        [
            html.Div([html.H1("Negotiate"), html.P("", id="negotiate-question", className="dimmed awaited")]),
            dmc.Select(id="negotiate-talks", label="Talks", data=talks, value=TALKS, allowDeselect=False,
                       className="talks-select"),
        ],
        className="talks-head",
    )  # fmt: skip


def _record() -> html.Div:
    """What the public record says, and beside it what the model makes of the same talks."""
    return html.Div(
        [
            html.P([html.Strong("What really happened: "), html.Span("", id="negotiate-happened"), " ",
                    html.Span("", id="negotiate-sources", className="dimmed")]),
            html.P("", id="negotiate-beside"),
        ],
        id="negotiate-record", className="talks-record", hidden=True,
    )  # fmt: skip


def _answer() -> html.Section:
    return card(
        "What came of the talks",
        html.H2("", id="negotiate-answer", tabIndex=-1),
        html.Div(
            [html.Div([], id="negotiate-why", className="talks-why"),
             html.Div([], id="negotiate-rescues", className="talks-rescues", hidden=True)],
            className="talks-found",
        ),
        html.Div(
            [badge(ASSUMED, outline=True), html.Span(NOTE, className="dimmed"),
             html.Span("", id="negotiate-provenance", className="dimmed")],
            className="basis",
        ),
        html.Div(
            [
                html.P("", id="negotiate-cost"),
                html.Button("Back to the talks as they were", id="negotiate-back", type="button", className="quiet"),
            ],
            id="negotiate-moved", className="talks-moved", hidden=True,
        ),
        style="talks-answer",
    )  # fmt: skip


def _stage() -> html.Div:
    return html.Div(
        [
            card(
                "The table",
                html.Div([html.H2("The table"), html.Strong("", id="negotiate-count")], className="talks-title"),
                html.P("", id="negotiate-reading", className="dimmed"),
                html.Div([], id="negotiate-seats"),
                html.P("", id="negotiate-seat", className="talks-seat", role="status"),
                html.Dl([], id="negotiate-verdict", hidden=True),
                style="talks-table",
            ),
            card(
                "The text",
                html.Div([html.H2("The text"), segments("negotiate-mode", MODES, "What to do with the text")],
                         className="talks-title"),
                html.P("", id="negotiate-text-note", className="dimmed"),
                html.Div([], id="negotiate-levels"),
                _chair(),
                style="talks-text",
            ),
        ],
        className="talks-stage",
    )  # fmt: skip


def _chair() -> html.Div:
    """What a chair can do with a text."""
    buttons = {
        "negotiate-from-last": ("Start from the last draft", "quiet"),
        "negotiate-from-widest": ("Best text for the worst-off seat", "quiet"),
        "negotiate-from-tabled": ("All that is tabled", "quiet"),
    }
    return html.Div(
        [
            html.Div([html.Button(words, id=name, type="button", className=style)
                      for name, (words, style) in buttons.items()], className="talks-buttons"),
            html.P("While more than your text is on the table, those who want more can hope for a text among "
                   "themselves, and refuse yours. “Table it” takes the rest off the table, for them too; the seats "
                   "then negotiate on from your text, and may agree on less.", className="dimmed"),
        ],
        id="negotiate-chair", hidden=True,
    )  # fmt: skip


def _bar() -> html.Div:
    """The world and the draft on show, or the chair's text, right above the table that they change."""
    return html.Div(
        [
            dmc.NumberInput(id="negotiate-world", label="World on show", value=1, min=1, max=REPLICATES, debounce=400,
                            allowDecimal=False, className="talks-world",
                            description=html.Span("", id="negotiate-worlds"),
                            inputWrapperOrder=["label", "input", "description"]),
            html.Button("Play", id="negotiate-play", type="button", className="main", **{"aria-pressed": "false"}),
            html.Div([], id="negotiate-scrub", className="scrub"),
            html.Div([html.Strong("", id="negotiate-draft"), html.Span("", id="negotiate-state", className="dimmed")],
                     className="talks-says"),
            html.Button("Table it", id="negotiate-table-it", type="button", className="main", hidden=True,
                        **{"aria-describedby": "negotiate-state"}),
        ],
        className="play-bar talks-bar", role="group", **{"aria-label": "Draft on show"},
    )  # fmt: skip


def _levers() -> html.Section:
    """What a chair can change beside the text."""
    return _fold(
        "Change the talks",
        [html.H2("Change the talks"), html.P("", id="negotiate-now", className="dimmed", role="status")],
        html.Div(
            [
                dmc.MultiSelect(id="negotiate-without", label="Empty seats", data=[], value=[], searchable=True,
                                clearable=True, description="Who is not in the room.", inputWrapperOrder=ORDER,
                                nothingFoundMessage="Nobody of that name has a seat"),
                dmc.Select(id="negotiate-rule", label="Rule", data=RULES, value="consensus", allowDeselect=False,
                           description="With a majority the seats vote on open amendments first.",
                           inputWrapperOrder=ORDER),
                html.Div([], id="negotiate-offer"),
                dmc.Switch(id="negotiate-trades", label="Package trades", checked=False,
                           description="Two provisions move at once, where no seat loses by it."),
                html.Div(
                    [
                        dmc.NumberInput(id="negotiate-replicates", label=f"Worlds (1 to {MOST_REPLICATES})",
                                        value=REPLICATES, min=1, max=MOST_REPLICATES, debounce=400,
                                        allowDecimal=False),
                        dmc.NumberInput(id="negotiate-seed", label="Seed", value=SEED, min=0, debounce=400,
                                        allowDecimal=False, hideControls=True),
                    ],
                    className="pair",
                ),
            ],
            className="talks-levers",
        ),
        style="talks-levers-card",
    )  # fmt: skip


def _fold(label: str, head: list[Any], *content: Any, style: str = "") -> html.Section:
    """A card that can be folded to its *head*; assets/negotiate.js folds it on a phone."""
    return card(label, html.Details([html.Summary(head), *content], open=True, className="talks-fold"), style=style)


def _more() -> html.Div:
    """The figures, and the tables."""
    return html.Div([html.Div([_tally(), _tables()], className="talks-column"), _heat()], className="talks-figures")


def _tally() -> html.Section:
    return card(
        "Who accepts, draft by draft",
        _titled("Who accepts, draft by draft", "negotiate-tally-title"),
        html.P("", id="negotiate-tally-note", className="dimmed"),
        html.P("", id="negotiate-room", className="dimmed"),
        html.Div(
            [
                figure("negotiate-tally", "How many seats accept each draft; the numbers are in the download"),
                keys({"accepts": "accept, in the world on show", "objects": "do not",
                      "of-all": "accept, mean of worlds"}),
            ],
            id="negotiate-tally-drawn",
        ),
        html.P("", id="negotiate-tally-provenance", className="dimmed"),
    )


def _heat() -> html.Section:
    return _fold(
        "What hurts whom",
        [html.H2("What hurts whom", id="negotiate-heat-title"), badge(ASSUMED, small=True, outline=True)],
        html.P("", id="negotiate-heat-note", className="dimmed"),
        keys({"too-far": "▲ hurts: it goes too far", "not-far-enough": "▽ hurts: it goes not far enough",
              "supports": "supports"}),
        figure("negotiate-heat", "What each provision costs each seat; the numbers are in the table below",
               "graph heat"),
        html.P("", id="negotiate-heat-provenance", className="dimmed"),
        html.Details([html.Summary("The same as a table"),
                      wide_table("negotiate-heat-table", "What hurts whom, as a table")]),
    )  # fmt: skip


def _titled(title: str, name: str) -> html.Div:
    """A title, in whose place *name* the finding of the figure comes, and its badge."""
    return html.Div([html.H2(title, id=name), badge(ASSUMED, small=True, outline=True)], className="with-badge")


def _tables() -> html.Section:
    links = [html.A(f"{words} (CSV)", href=f"data/negotiate/{name}.csv", className="negotiate-data", download="")
             for name, words in DOWNLOADS.items()]  # fmt: skip
    return card(
        "All seats, over all worlds",
        html.Details([html.Summary("All seats, over all worlds"), wide_table("negotiate-all", "All seats")]),
        html.P(links, className="downloads"),
        basis(badge(ASSUMED, outline=True), "", "negotiate-all-provenance"),
    )

