"""Method: the model as its protocol describes it, every dial, where the facts come from, the classics, how to cite."""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

import sim
from dashboard.documents import citation, document, sections
from dashboard.routes_evidence import QUICK

PATH, NAME = "/method", "Method"
ROLES = {"": "all roles", "lever": "levers", "uncertainty": "uncertainties", "fitted": "fitted weights"}
HEADINGS = ("Dial", "Role", "Default", "Range", "Unit", "Meaning", "Source")
PARTS = {"protocol": "Protocol", "parameters": "Parameters", "sources": "Data", "classics": "Classics", "cite": "Cite"}
PREFIX = "classics/"


def layout() -> html.Main:
    """All but the rows of the dials, which are many; assets/method.js brings these, runs the classics and copies."""
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Method"),
                    html.P(
                        "What the model is made of, where its facts come from, and how to check it.", className="lead"
                    ),
                    html.Nav(
                        [html.A(words, href=f"#{name}") for name, words in PARTS.items()],
                        className="parts", **{"aria-label": "Parts of this page"},
                    ),
                ],
                className="introduction",
            ),
            html.Div([_protocol(), _parameters(), _sources(), _classics(), _cite()], className="evidence"),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash) -> None:
    """Nothing here calls back; assets/method.js does the rest in the browser."""


def _card(name: str, title: str, subtitle: str, *content: Any) -> html.Section:
    return html.Section(
        [html.H2(title), html.P(subtitle, className="dimmed"), *content],
        id=name, className="card", **{"aria-label": title},
    )  # fmt: skip


def _read(text: str, label: str) -> html.Div:
    """A piece of a document; what is wider than the page scrolls inside it, by keyboard too."""
    return html.Div(dcc.Markdown(text), className="markdown", tabIndex=0, role="group", **{"aria-label": label})


def _folded(parts: list[tuple[str, str]]) -> list[html.Details]:
    return [html.Details([html.Summary(title), _read(text, title)], className="part") for title, text in parts if text]


def _protocol() -> html.Section:
    parts = sections(document("odd.md"))[1:]
    shown = [(title, text) for title, text in parts if title != "Dials"]
    return _card(
        "protocol", "The model, after the ODD protocol",
        "Overview, design concepts, details (Grimm et al. 2020). It describes the code as it is, and each formula "
        "names its file.", *_folded(shown),
    )  # fmt: skip


def _parameters() -> html.Section:
    head = [html.Th(words, scope="col") for words in HEADINGS]
    roles = [html.Option(words, value=role) for role, words in ROLES.items()]
    return _card(
        "parameters", "Parameters",
        "Every dial of the model, as it stands in the default scenario. Levers are what somebody could decide, "
        "uncertainties what nobody has measured, fitted weights come from the register.",
        html.Div(
            [
                dmc.TextInput(id="dial-search", label="Search", placeholder="burden, anniversary", size="sm"),
                html.Label(["Show", html.Select(roles, id="dial-role")]),
                html.Span("", id="dial-count", className="dimmed", role="status"),
            ],
            className="filter",
        ),
        html.Div(
            html.Table([html.Thead(html.Tr(head)), html.Tbody([], id="dial-rows")]),
            className="scrolled dial-table", tabIndex=0, role="group", **{"aria-label": "Table of parameters"},
        ),
    )  # fmt: skip


def _sources() -> html.Section:
    (_, before), *parts = sections(sim.sources())
    return _card(
        "sources", "Where the facts come from",
        "Column by column: who published it, what it refers to, when it was published, and what it may be used for.",
        _read(before, "What the columns say"), *_folded(parts),
    )  # fmt: skip


def _classics() -> html.Section:
    return _card(
        "classics", "The classics",
        "Results of the literature that the same code comes to as well, beside what is known of them. Those with a "
        "button take some seconds; the others, up to minutes, run from the command line.",
        html.Ul([_classic(*row) for row in sim.available_classics()], className="classics"),
    )  # fmt: skip


def _classic(name: str, title: str, question: str) -> html.Li:
    short = name.removeprefix(PREFIX)
    run = (
        html.Button("Run it", className="run", **{"data-classic": short, "aria-label": f"Run it: {title}"})
        if short in QUICK else html.Code(f"parley run {name}")
    )  # fmt: skip
    return html.Li(
        [
            html.Div([html.H3(title), html.P(question, className="dimmed")]),
            run,
            html.Div([], id=f"classic-{short}", className="classic-result", role="status"),
        ]
    )


def _cite() -> html.Section:
    forms = [
        html.Div(
            [
                html.Div([html.H3(form), html.Button("Copy", className="run", **{"data-copies": f"citation-{form}",
                          "aria-label": f"Copy: {form}"})], className="dial-head"),
                html.Pre(text, id=f"citation-{form}"),
            ],
            className="citation",
        )
        for form, text in citation(sim.__version__).items()
    ]  # fmt: skip
    return _card(
        "cite", "How to cite", "Name the version, and the seed of your runs: every record says both.", *forms,
        html.P("", id="copied", className="dimmed", role="status"),
    )  # fmt: skip
