"""What stands below the text and its answer on the page Code designer: the frontier around the
present text, and conduct, which is assumed.
"""

from __future__ import annotations

from dash import html

from dashboard.data.words import ASSUMED, KINDS, MATERIAL_POWER, RANGES
from dashboard.shell import basis, card, figure, keys, segments, signing_basis, wide_table
from sim import number_formats as formats

CONDUCT_BY = {  # outcome and part of conduct against depth
    "harm_prevented/all": "Harm",
    "compliance/all": "Compliance",
    "departure/operations": "Operations",
    "departure/practices": "Practices",
}


def below(*first: html.Details) -> html.Div:
    """What comes *first*, the frontier, conduct by depth, and conduct under both texts."""
    return html.Div([*first, _frontier(), _conduct_by_depth(), _conduct()], className="more")


def file_link(path: str, words: str) -> html.A:
    """A link to numbers, which assets/designer.js makes one once they are simulated: until then
    nothing is there.
    """
    return html.A(words, className="file-link", **{"data-file": path})


def _waiting(name: str, words: str) -> html.Div:
    """What stands in the place of a figure until its first answer: how far it is, and its
    outline.
    """
    return html.Div(
        [
            html.P(words, id=f"{name}-state", className="dimmed", role="status"),
            html.Progress(id=f"{name}-progress", **{"aria-label": words}),
        ],
        className="waiting", id=f"{name}-waiting",
    )  # fmt: skip


def _download(path: str, words: str) -> html.P:
    return html.P([file_link(path, words)], className="downloads")


def _frontier() -> html.Section:
    by = {f"signatories_{kind}": words for kind, words in KINDS.items()} | {
        "power_share": MATERIAL_POWER
    }
    legend = {
        "way edge": (
            f"the frontier: most signatories for what is asked; pale: {formats.percent(0.9)} of"
            " worlds"
        ),
        "point near": "a text like the register's",
        "point far": "unlike it, by its depth or its mix",
    }
    return card(
        "The frontier",
        html.H2("What a deeper text costs in signatories", id="frontier-headline"),
        html.P(
            [
                html.Span("", id="frontier-numbers"),
                " ",
                html.Span("", id="frontier-beyond"),
                " Each point is a text with the present openness, public rule and rules",
                html.Span("; click one to try it", className="on-screen"),
                ".",
            ],
            className="dimmed",
        ),
        segments("frontier-by", by, "Whose participation", size="sm"),
        _waiting("frontier", "Simulating two dozen texts"),
        figure(
            "frontier",
            "Signatories against the depth of the text; the numbers are in the table below",
            "graph tall",
        ),
        keys(legend),
        signing_basis(None, "frontier-provenance", answer="frontier"),
        html.Details(
            [
                html.Summary("The simulated texts, to try"),
                wide_table("frontier-table", "The simulated texts"),
            ]
        ),
        _download("data/frontier.csv", "Frontier (CSV)"),
        style="is-waiting",
    )


def _conduct_by_depth() -> html.Details:
    """Simulated once it is opened, as it takes longest."""
    return html.Details(
        [
            html.Summary(
                [
                    html.Span("What a deeper text does to conduct", id="by-depth-title"),
                    html.Span(
                        ": the harm it prevents, compliance, operations and neglect, from a text"
                        " that asks for nothing to one that asks for all",
                        className="dimmed promise",
                    ),
                ]
            ),
            html.P(
                "All provisions together: with the signatories of the present text, and with"
                " everybody deciding anew. Between the lines of each: nine in ten of the sets of"
                " assumptions on what nobody has measured.",
                className="dimmed",
            ),
            segments("conduct-by", CONDUCT_BY, "Which conduct", size="sm"),
            _waiting("by-depth", "Simulating nine texts over all assumptions"),
            figure(
                "by-depth",
                "Conduct against the depth of the text; the numbers are in the download",
                "graph tall",
            ),
            basis(ASSUMED, "", "by-depth-provenance"),
            html.Details(
                [html.Summary("In words"), html.P("", id="by-depth-said", className="dimmed")]
            ),
            _download("data/frontier/conduct.csv", "Conduct by depth (CSV)"),
        ],
        id="by-depth-card",
        className="card",
    )


def _conduct() -> html.Details:
    return html.Details(
        [
            html.Summary(
                [
                    "Conduct under both texts",
                    html.Span(": harm, promises kept, operations", className="dimmed promise"),
                ]
            ),
            basis(ASSUMED, "", "conduct-provenance"),
            html.P(RANGES, className="dimmed"),
            html.P("", id="conduct-state", className="dimmed", role="status"),
            wide_table("conduct-table", "Conduct, by group"),
            _download("data/design/conduct.csv", "Conduct (CSV)"),
        ],
        id="design-conduct",
        className="card",
    )
