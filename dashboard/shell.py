"""The frame of every page, with the links to all of them, and the parts that several pages
share.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, dcc, html

from dashboard.data.words import ASSUMED, FITTED, WORLDS
from dashboard.theme import MANTINE

# What stands at the foot of a page: what it cannot say, where the page does not say so itself.
FEET = {
    "/": (
        "To “sign” is short for supporting the Call, which is a political declaration. The weights"
        " were fitted to its register, so it proves little that curves pass by its points, and they"
        " are no forecast."
    ),
    "/stakeholder": (
        "To “sign” is short for supporting the Call, which is a political declaration. A share of"
        " worlds is no forecast."
    ),
    "/sweeps": (
        "This follows in the model from what is assumed, and says nothing about the one world that"
        " there is."
    ),
}

GROUPS: dict[str, Sequence[str]] = {  # of pages, by name, in the order of the top
    "Ask the model": ("Simulate", "Stakeholder", "Compare", "Designer", "Negotiate"),
    "Answers ready to read": ("Campaign", "Sweeps"),
    "How far to trust it": ("Evidence", "Method"),
    "Learn and teach": ("Learn", "Class"),
}
CLASS = ("class", "Class")  # where sessions for a class open, which is no page of the app

# The keys of an address that act on a page which does not show all of a view; on others all of them
# act.
ACTING = {"/negotiate": [], "/learn": [], "/method": [], "/evidence": ["lens", "weights"]}


def foot(path: str) -> html.Footer:
    """The foot of the page at *path*, which is empty where the page needs none."""
    return html.Footer(FEET.get(path, ""), className="column notes")


def frame(pages: Sequence[tuple[str, str]]) -> dmc.MantineProvider:
    """The page that the address names, below the top, which has links to all *pages* (path and
    name) and to class sessions.
    """
    navigation = html.Nav(
        [
            # On a small screen, the page shown, which opens the list of all (assets/pages.js).
            html.Button(
                "Pages", id="pages", **{"aria-expanded": "false", "aria-controls": "page-links"}
            ),
            html.Ul([_group(*each) for each in groups_of(pages).items()], id="page-links"),
        ],
        **{"aria-label": "Pages"},
    )
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
            html.A(
                "Brief",
                href="brief",
                id="to-brief",
                **{"data-holds-view": "brief"},
                title="This scenario, with what is supposed, on one page to print or to send",
            ),
            html.Button(
                "Copy link", id="share", className="quiet", title="The link holds this whole view"
            ),
        ],
        className="share",
    )
    return dmc.MantineProvider(
        [
            dcc.Location(id="location", refresh=False),
            html.A("Skip to the content", href="#page", className="skip"),
            html.A("Skip to Play", href="#play", className="skip"),
            html.Header(
                [html.Span("Parley", className="name"), navigation, share, toggle,
                 html.Div(className="progress-line", **{"aria-hidden": "true"})],
                className="column top",
            ),
            html.P("", id="print-line"),
            html.P("", id="shared", className="column shared", role="status"),
            html.Section([], id="suppositions", className="suppositions", hidden=True,
                     **{"data-acts": json.dumps(ACTING), "aria-label": "What is supposed"}),
            html.Div(id="page"),
        ],
        theme=MANTINE,
        defaultColorScheme="auto",
    )  # fmt: skip


def groups_of(pages: Sequence[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """*pages* (path and name) and class sessions, by the title of their group."""
    paths = {name: path for path, name in (*pages, CLASS)}
    return {
        title: [(paths[name], name) for name in names if name in paths]
        for title, names in GROUPS.items()
    }


def _group(title: str, pages: Sequence[tuple[str, str]]) -> html.Li:
    """Links to a group of *pages*; its *title* is seen on a small screen, and is a tooltip on
    others.
    """
    links = [
        (
            html.A(name, href=path, className="page-link", title="Open a session for a class")
            if (path, name) == CLASS
            else html.A(name, href=path, className="page-link", **{"data-keeps-view": "yes"})
        )
        for path, name in pages
    ]
    items = html.Ul([html.Li(link) for link in links], **{"aria-label": title})
    return html.Li([html.Span(title, className="group-of-pages"), items], title=title)


def call_on_change(
    app: dash.Dash, function: str, *inputs: str | Input, namespace: str = "parley"
) -> None:
    """Has a *function* of the scripts in assets/ called when one of *inputs* changes: an Input, or
    a value by id.
    """
    listens = [Input(each, "value") if isinstance(each, str) else each for each in inputs]
    app.clientside_callback(
        ClientsideFunction(namespace, function), *listens, prevent_initial_call=True
    )


def card(label: str, *content: Any, style: str = "", **more: Any) -> html.Section:
    """A card; screen readers read its *label*, and *style* is one more class of the style sheet."""
    return html.Section(
        list(content), className=f"card {style}".strip(), **{"aria-label": label}, **more
    )


def badge(words: Any, *, small: bool = False, outline: bool = False) -> dmc.Badge:
    """What something rests on; whatever is assumed looks alike everywhere (parley.css)."""
    size = {} if small else {"size": "lg"}
    rests = {"data-rests": "assumed"} if isinstance(words, str) and ASSUMED in words else {}
    return dmc.Badge(
        words,
        variant="outline" if outline else "light",
        c="var(--text)",
        tt="none",
        **size,
        **rests,
    )


def signing_badge(*, answer: str = "page", lead: str = "", small: bool = False) -> dmc.Badge:
    """What numbers on signing rest on, after the words *lead*: assets/basis.js writes what the
    *answer* of that name says, and until then it is invisible.
    """
    return badge(html.Span(FITTED, **{"data-signing": answer, "data-lead": lead}), small=small)


def signing_basis(
    worlds: str | None, provenance: str, *content: Any, answer: str = "page", **more: Any
) -> html.Div:
    """As `basis`, with the badge of signing, what worlds these are (after the words *worlds*, if
    not None), more *content*, and below it why the *answer* is no fit to the register, where it is
    not.
    """
    row = basis(signing_badge(answer=answer), "", provenance, **more)
    if worlds is not None:
        named = {"data-worlds": answer, "data-lead": worlds}
        row.children.insert(1, html.Span(f"{worlds}{WORLDS}; ", className="dimmed", **named))
    row.children += [*content, html.Span("", className="why", hidden=True, **{"data-why": answer})]
    return row


def basis(words_of_badge: str | dmc.Badge, words: str, provenance: str, **more: Any) -> html.Div:
    """A badge, or one with such words, with *words* beside it, and an empty place called
    *provenance* for worlds, seed and version.
    """
    spans = [html.Span(words, className="dimmed")] if words else []
    place = html.Span("", id=provenance, className="dimmed", **more)
    mark = badge(words_of_badge) if isinstance(words_of_badge, str) else words_of_badge
    return html.Div([mark, *spans, place], className="basis")


BY_ANY_NAME = {"function": "by_any_name"}  # how typing finds a stakeholder (assets/combobox.js)


def message(name: str = "message", style: str = "message") -> html.P:
    """A place for a sentence on what went wrong, which screen readers read at once."""
    return html.P("", id=name, className=style, role="alert", hidden=True)


def graph(name: str, style: str = "graph", **config: Any) -> dcc.Graph:
    """An empty figure without a toolbar; scripts in assets/ draw it."""
    return dcc.Graph(
        id=name, config={"displayModeBar": False, **config}, responsive=True, className=style
    )


def figure(name: str, label: str, style: str = "graph") -> html.Div:
    """An empty figure, which is one image for screen readers."""
    return html.Div(graph(name, style), role="img", **{"aria-label": label})


def keys(entries: Mapping[str, str], name: str = "keys") -> html.Ul:
    """A legend: the class of each key, and its words."""
    items = [html.Li([html.Span(className=f"key {key}"), words]) for key, words in entries.items()]
    return html.Ul(items, className=name)


def waiting_room(words: str, *heights: float) -> html.Div:
    """What stands where content will be: *words* on what is under way, and shapes of so many rem.
    The style sheet shows it while what stands before it is hidden or empty.
    """
    shapes = [html.Div(className="shape", style={"height": f"{height}rem"}) for height in heights]
    return html.Div([html.P(words, className="dimmed"), *shapes], className="waiting-room")


def wide_table(name: str, label: str) -> html.Div:
    """A place for a table that scrolls sideways inside its card."""
    return html.Div(
        [], id=name, className="wide-table", tabIndex=0, role="region", **{"aria-label": label}
    )


def scrolled_table(
    name: str, headings: Sequence[str], label: str = "", style: str = ""
) -> html.Div:
    """An empty table with *headings*, whose rows go into *name*; it scrolls inside its card."""
    head = html.Thead(html.Tr([html.Th(heading, scope="col") for heading in headings]))
    return html.Div(
        html.Table([head, html.Tbody([], id=name)]),
        className=f"scrolled {style}".strip(),
        tabIndex=0,
        role="group",
        **{"aria-label": label or f"Table: {', '.join(headings)}"},
    )


def segments(
    name: str, options: Mapping[str, str], label: str = "", **more: Any
) -> dmc.SegmentedControl:
    """A choice of one of *options* (value -> words), of which the first is taken."""
    data = [{"value": value, "label": words} for value, words in options.items()]
    labelled = {"aria-label": label} if label else {}
    return dmc.SegmentedControl(id=name, data=data, value=next(iter(options)), **labelled, **more)


def play_bar() -> html.Div:
    """The round shown, on any page that shows one; assets/play.js moves it."""
    return html.Div(
        [
            html.Button("Play", id="play", **{"aria-pressed": "false"}),
            html.Div(id="scrub", className="scrub"),
            html.Div(
                [
                    html.Strong("", id="round-date"),
                    html.Span("", id="round-number", className="dimmed"),
                ]
            ),
        ],
        className="play-bar",
        role="group",
        **{"aria-label": "Round shown"},
    )
