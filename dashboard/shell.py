"""The frame of every page: its name, the way to the others, a link to the view, light or dark."""

from __future__ import annotations

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.theme import MANTINE

NOTES = (
    "Each world is a run of the same model under other luck, and the bands hold luck alone: the uncertainty of the "
    "weights widens them, as the pale ones on the page Evidence show. The weights were fitted to this very register, "
    "so curves that pass by its points are a check on the model, not a forecast.",
    "The Paris Call is a political declaration that one supports; we say “sign” for short. Part of the step in "
    "November 2019 is a backlog that was published at once. Public authorities, a fourth kind on the register, are "
    "not modelled.",
)


def frame(pages: Sequence[tuple[str, str]]) -> dmc.MantineProvider:
    """The page that the address names, between the top, with links to all *pages* (path and name), and the notes."""
    links = [html.A(name, href=path, className="page-link", **{"data-keeps-view": "yes"}) for path, name in pages]
    toggle = dmc.ColorSchemeToggle(
        variant="subtle",
        color="gray",
        size="lg",
        **{"aria-label": "Switch between light and dark"},
        lightIcon=html.Span(className="icon sun"),
        darkIcon=html.Span(className="icon moon"),
    )
    share = html.Div(
        [
            html.Span("", id="shared", role="status", className="dimmed"),
            html.Button("Copy link", id="share", className="quiet", title="The link holds this whole view"),
        ],
        className="share",
    )
    return dmc.MantineProvider(
        [
            dcc.Location(id="location", refresh=False),
            html.Header(
                [html.Span("Parley", className="name"), html.Nav(links, **{"aria-label": "Pages"}), share, toggle],
                className="column top",
            ),
            html.Div(id="page"),
            html.Footer([html.P(words) for words in NOTES], className="column notes"),
        ],
        theme=MANTINE,
        defaultColorScheme="auto",
    )


def play_bar() -> html.Div:
    """The round shown, on whatever page shows one; assets/play.js moves it."""
    return html.Div(
        [
            html.Button("Play", id="play", **{"aria-pressed": "false"}),
            html.Div(id="scrub", className="scrub"),
            html.Div([html.Strong("", id="round-date"), html.Span("", id="round-number", className="dimmed")]),
        ],
        className="play-bar",
        role="group",
        **{"aria-label": "Round shown"},
    )
