"""The page Negotiate: what came of talks over a text, one world of them draft by draft with the
chair's own text, and in folds what a chair can change and what is behind the answer.
assets/negotiate.js asks and follows, negotiate_answer.js tells what came of all worlds,
negotiate_table.js shows the seats and the text, and figures_negotiate.js draws.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, html

from dashboard.data.words import ASSUMED
from dashboard.folds import folds
from dashboard.pages import Services
from dashboard.pages.negotiate import routes
from dashboard.pages.negotiate.otherwise import (
    CONSENSUS,
    MAJORITY,
    NEAR,
    QUOTA_OF_TWO_THIRDS,
    TWO_THIRDS,
)
from dashboard.pages.negotiate.question import (
    MOST_REPLICATES,
    REPLICATES,
    SEED,
    TALKS,
    talks_on_offer,
)
from dashboard.shell import (
    BY_ANY_NAME,
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
WORLDS = "A world is one run of the talks under other luck."
MODES = {"watch": "Watch the drafts", "chair": "Take the chair"}
RULES = [
    {"value": CONSENSUS, "label": "consensus: all accept"},
    {"value": TWO_THIRDS, "label": "two thirds: two in three accept"},
    {"value": MAJORITY, "label": "majority: over half accept"},
]
CONTROLS = ("talks", "world", "mode", "rule", "without", "replicates", "seed")
ORDER = ["label", "input", "description", "error"]
DOWNLOADS = {"seats": "Seats", "provisions": "Provisions", "drafts": "Drafts"}


def layout() -> html.Main:
    """The answer, one world of it with the table and the text, and what else there is to see and to
    change.
    """
    return html.Main(
        [
            _head(),
            message(),
            html.Div(
                [_answer(), _stage(), _behind()],
                id="negotiate-shown",
                className="talks-shown",
                hidden=True,
            ),
            waiting_room("Negotiating in up to 200 simulated worlds …", 7, 3.5, 24),
        ],
        id="negotiate",
        className="column negotiate",
        **{
            "data-tells": "parley:negotiate",
            "data-own-provenance": "yes",
            "data-two-thirds": QUOTA_OF_TWO_THIRDS,
            "data-tolerance": NEAR,
        },
    )


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
            html.Div(
                [
                    html.H1("Negotiate: who agrees on which text"),
                    html.P("", id="negotiate-question", className="dimmed awaited"),
                ]
            ),
            dmc.Select(
                id="negotiate-talks",
                label="Talks",
                data=talks,
                value=TALKS,
                allowDeselect=False,
                className="talks-select",
            ),
        ],
        className="talks-head",
    )


def _answer() -> html.Section:
    """What came of the talks in all worlds, beside it what would have saved them, or who gains and
    who loses, and below it what is negotiated and what really happened.
    """
    return card(
        "What came of the talks",
        html.H2("", id="negotiate-answer", tabIndex=-1),
        html.Div(
            [
                html.P("", id="negotiate-cost"),
                html.Button(
                    "Back to the talks as they were",
                    id="negotiate-back",
                    type="button",
                    className="quiet",
                ),
                html.P("", id="negotiate-other-rules", className="other-rules"),
            ],
            id="negotiate-moved",
            className="talks-moved",
            hidden=True,
        ),
        html.Div(
            [
                html.Dl([], id="negotiate-parts", className="talks-parts"),
                html.Div([], id="negotiate-next", className="talks-next", hidden=True),
            ],
            className="talks-found",
        ),
        html.Details(
            [
                html.Summary(
                    [
                        "What is negotiated, and what really happened",
                        html.Span("", id="negotiate-record-title", className="dimmed"),
                    ]
                ),
                html.Div(
                    [
                        html.P("", id="negotiate-subject"),
                        html.P("", id="negotiate-happened"),
                        html.P("", id="negotiate-beside"),
                    ]
                ),
            ],
            id="negotiate-record",
            className="talks-record",
        ),
        html.Div(
            [
                badge(ASSUMED, outline=True),
                html.Span(WORLDS, className="dimmed"),
                html.Span("", id="negotiate-provenance", className="dimmed"),
                html.Button(
                    "Change the talks ↓", id="negotiate-change", type="button", className="quiet"
                ),
            ],
            className="basis",
        ),
        style="talks-answer",
    )


def _stage() -> html.Section:
    """One world: a draft or the chair's own text, who accepts it at the table, and how far each
    provision goes.
    """
    return card(
        "One world, draft by draft",
        html.Div(
            [
                html.H2(
                    [html.Span("", id="negotiate-draft"), ": ", html.Span("", id="negotiate-count")]
                ),
                segments("negotiate-mode", MODES, "What to do with the text"),
            ],
            className="talks-title",
        ),
        _bar(),
        html.P("", id="negotiate-state", className="talks-state"),
        html.Div(
            [
                _half(
                    "table",
                    "The table: who accepts this text",
                    html.P("", id="negotiate-reading", className="dimmed"),
                    html.Div([], id="negotiate-seats"),
                    html.P("", id="negotiate-seat", className="talks-seat", role="status"),
                    html.Dl([], id="negotiate-verdict", hidden=True),
                ),
                _half(
                    "text",
                    "The text: how far each provision goes",
                    html.P("", id="negotiate-text-note", className="dimmed"),
                    html.Div([], id="negotiate-levels"),
                    _chair(),
                ),
            ],
            className="talks-both",
        ),
        style="talks-stage",
    )


def _half(name: str, title: str, *content: Any) -> html.Details:
    """Half of the stage, under a *title* in whose place a script writes what is found; on a phone
    it is closed first.
    """
    return html.Details(
        [
            html.Summary(html.H3(title, id=f"negotiate-{name}-title")),
            html.Div(list(content), className="half-content"),
        ],
        id=f"negotiate-{name}-half",
        className=f"talks-{name} unfolded",
    )


def _chair() -> html.Div:
    """What a chair can do with a text."""
    buttons = {
        "negotiate-from-last": ("Start from the last draft", "quiet"),
        "negotiate-from-widest": ("Best text for the worst-off seat", "quiet"),
        "negotiate-from-tabled": ("All that is tabled", "quiet"),
    }
    return html.Div(
        [
            html.Div(
                [
                    html.Button(words, id=name, type="button", className=style)
                    for name, (words, style) in buttons.items()
                ],
                className="talks-buttons",
            ),
            html.P(
                "“Table it” takes all else off the table. Without a text, those who think alike can"
                " still agree among themselves on what is tabled; so refusing is worth more while"
                " more is tabled. From your text the seats negotiate on, and may agree on less.",
                className="dimmed",
            ),
        ],
        id="negotiate-chair",
        hidden=True,
    )


def _bar() -> html.Div:
    """The world and the draft on show, right above the table and the text that they change."""
    return html.Div(
        [
            dmc.NumberInput(
                id="negotiate-world",
                label="World on show",
                value=1,
                min=1,
                max=REPLICATES,
                debounce=400,
                allowDecimal=False,
                className="talks-world",
                description=html.Span("", id="negotiate-worlds"),
                inputWrapperOrder=["label", "input", "description"],
            ),
            html.Button(
                "Play",
                id="negotiate-play",
                type="button",
                className="main",
                **{"aria-pressed": "false"},
            ),
            html.Div([], id="negotiate-scrub", className="scrub"),
            html.Button(
                "Table it",
                id="negotiate-table-it",
                type="button",
                className="main",
                hidden=True,
                **{"aria-describedby": "negotiate-state"},
            ),
        ],
        className="play-bar talks-bar",
        role="group",
        **{"aria-label": "Draft on show"},
    )


def _behind() -> html.Div:
    """What else there is to change and to see: each a fold whose heading says what is found
    there.
    """
    return folds(
        _levers(),
        _tally(),
        _heat(),
        _room(),
        _tables(),
        words="Change the talks, or see what is behind the answer. Each line opens.",
    )


def _fold(name: str, title: str, about: str, *content: Any) -> html.Details:
    """A fold with a *title*, in whose place a script writes what is found, and below it what the
    fold is for.
    """
    head = [html.H2(title, id=f"negotiate-{name}-title"), html.P(about, className="fold-answer")]
    return html.Details([html.Summary(head), html.Div(list(content), className="fold-content")],
                        id=f"negotiate-{name}-fold", className="fold card")  # fmt: skip


def _levers() -> html.Details:
    """What a chair can change beside the text, in groups by what it is about."""
    groups = {
        "What a text needs, and who sits there": [
            dmc.Select(
                id="negotiate-rule",
                label="Rule",
                data=RULES,
                value=CONSENSUS,
                allowDeselect=False,
                description="Without consensus the seats first vote on changes to the text.",
                inputWrapperOrder=ORDER,
            ),
            dmc.MultiSelect(
                id="negotiate-without",
                label="Empty seats",
                data=[],
                value=[],
                searchable=True,
                filter=BY_ANY_NAME,
                clearable=True,
                inputWrapperOrder=ORDER,
                description="Who is not in the room.",
                nothingFoundMessage="Nobody of that name has a seat",
            ),
        ],
        "What seats can offer each other": [
            html.Div([], id="negotiate-offer"),
            dmc.Switch(
                id="negotiate-trades",
                label="Package trades",
                checked=False,
                description=(
                    "Two provisions move at once: a seat gives way on one and gains on the other."
                ),
            ),
        ],
        "How often, and with which luck": [
            dmc.NumberInput(
                id="negotiate-replicates",
                label="Worlds",
                value=REPLICATES,
                min=1,
                max=MOST_REPLICATES,
                debounce=400,
                allowDecimal=False,
                inputWrapperOrder=ORDER,
                description=f"How often the talks are run, 1 to {MOST_REPLICATES}.",
            ),
            dmc.NumberInput(
                id="negotiate-seed",
                label="Seed",
                value=SEED,
                min=0,
                debounce=400,
                allowDecimal=False,
                hideControls=True,
                inputWrapperOrder=ORDER,
                description="Another number, another draw of luck.",
            ),
        ],
    }
    fields = [
        html.Div(
            [html.H3(words), *content],
            className="lever-group",
            role="group",
            **{"aria-label": words},
        )
        for words, content in groups.items()
    ]
    return _fold(
        "levers",
        "Change the talks",
        "Leave seats empty, change the rule, allow side offers or trades, draw other luck.",
        html.Div(fields, className="talks-levers"),
        html.Div(
            [
                html.P("", id="negotiate-now", role="status"),
                html.Button(
                    "See the result ↑", id="negotiate-see", type="button", className="quiet"
                ),
            ],
            className="talks-now",
        ),
    )


def _tally() -> html.Details:
    return _fold(
        "tally",
        "Who accepts, draft by draft",
        "A chart: how many seats accept each draft, and why that changes.",
        html.P("", id="negotiate-tally-note"),
        html.Div(
            [
                figure(
                    "negotiate-tally",
                    "How many seats accept each draft; the numbers are in the download",
                ),
                keys(
                    {
                        "accepts": "accept, in the world on show",
                        "objects": "do not",
                        "of-all": "accept, mean of worlds",
                    }
                ),
            ],
            id="negotiate-tally-drawn",
        ),
        basis(badge(ASSUMED, small=True, outline=True), "", "negotiate-tally-provenance"),
    )


def _heat() -> html.Details:
    return _fold(
        "heat",
        "What hurts whom",
        "A map: what each provision gives to each seat or takes from it.",
        html.P("", id="negotiate-heat-note"),
        keys(
            {
                "too-far": "▲ hurts: it goes too far",
                "not-far-enough": "▽ hurts: it goes not far enough",
                "supports": "supports",
            }
        ),
        figure(
            "negotiate-heat",
            "What each provision costs each seat; the numbers are in the table below",
            "graph heat",
        ),
        html.Details(
            [
                html.Summary("The same as a table"),
                wide_table("negotiate-heat-table", "What hurts whom, as a table"),
            ]
        ),
        basis(badge(ASSUMED, small=True, outline=True), "", "negotiate-heat-provenance"),
    )


def _room() -> html.Details:
    about = "How near the best text for all comes, and why a weaker proposal can succeed."
    return _fold(
        "room",
        "Whether any text suits all",
        about,
        html.Div([], id="negotiate-room", className="talks-room"),
    )


def _tables() -> html.Details:
    links = [
        html.A(
            f"{words} (CSV)",
            href=f"data/negotiate/{name}.csv",
            className="negotiate-data",
            download="",
        )
        for name, words in DOWNLOADS.items()
    ]
    return _fold(
        "all",
        "All seats, over all worlds",
        "Tables: how each seat fares, what is left of each provision, and the files.",
        html.H3("Seats"),
        wide_table("negotiate-all", "All seats"),
        html.P("", id="negotiate-of-weight", className="dimmed"),
        html.H3("Provisions"),
        wide_table("negotiate-provisions", "All provisions"),
        html.P(links, className="downloads"),
        basis(badge(ASSUMED, outline=True), "", "negotiate-all-provenance"),
    )
