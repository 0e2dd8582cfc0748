"""What the cards of the page Evidence are made of; scripts in assets/ fill them in."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

HEADINGS = {2: html.H2, 3: html.H3, 4: html.H4}


def badge(words: str = "fitted to the register") -> dmc.Badge:
    """What something rests on."""
    return dmc.Badge(words, variant="light", c="var(--text)", tt="none", size="lg")


def card(title: str, subtitle: str, *content: Any, rests_on: str = "", label: str = "", level: int = 3) -> html.Section:
    """A card whose title is a heading of that *level*; screen readers hear the *label*, where it has one."""
    head = [HEADINGS[level](title), *([badge(rests_on)] if rests_on else [])]
    return html.Section(
        [html.Div(head, className="card-head"), html.P(subtitle, className="dimmed"), *content],
        className="card", **{"aria-label": label or title},
    )  # fmt: skip


def graph(name: str, words: str, size: str = "tall") -> html.Div:
    """A place for the figure *name*: an image for screen readers, whose numbers are in the table behind it."""
    figure = dcc.Graph(id=name, config={"displayModeBar": False}, responsive=True, className=f"graph {size}")
    return html.Div(figure, role="img", **{"aria-label": f"{words}; the numbers are in the table"})


def numbers(name: str, headings: tuple[str, ...], summary: str = "The numbers") -> html.Details:
    """The table *name*, folded in."""
    return html.Details([html.Summary(summary), table(name, headings)])


def table(name: str, headings: tuple[str, ...]) -> html.Div:
    """An empty table *name*, which scrolls inside its card where that is too narrow."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in headings]))
    return html.Div(
        html.Table([head, html.Tbody([], id=name)]), className="scrolled", tabIndex=0, role="group",
        **{"aria-label": f"Table: {', '.join(headings)}"},
    )  # fmt: skip


def listed(name: str, label: str) -> html.Div:
    """A long list *name*, which scrolls inside its card."""
    return html.Div([], id=name, className="listed", tabIndex=0, role="group", **{"aria-label": label})


def said(section: str, shown: int = 6) -> html.Div:
    """The sentences of that *section* of the record of evidence, in its words; what comes after so many *shown* is
    folded in.
    """
    rest = html.Details([html.Summary("More on this"), html.Ul([], className="said")], hidden=True)
    return html.Div([html.Ul([], className="said"), rest], **{"data-said": section, "data-shown": str(shown)})


def legend(uncertain: str = "the weights' uncertainty") -> html.Ul:
    """Which interval is which, in every figure of dates, where the wide one holds what is *uncertain* too."""
    keys = {
        "point": "register",
        "tick": "median of the worlds",
        "half": "90 % of worlds under the fitted weights: luck alone",
        "most": f"90 % with {uncertain} too",
    }
    entries = [
        html.Li([html.Span(className=f"key {key}"), words], className="of-wide" if key == "most" else "")
        for key, words in keys.items()
    ]
    return html.Ul(entries)
