"""Evidence: the register against the model, what is fitted and what is assumed, and what is not known."""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

PATH, NAME = "/evidence", "Evidence"
KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}
NOT_KNOWN = (
    (
        "Contagion is not shown.", "not-known-peers",
        " One register can hardly tell the example of neighbours from what neighbours have in common (Manski 1993).",
    ),
    (
        "Reached or persuaded?", "",
        " The register says when a state appears, not whether anybody had asked it. That the poor were not reached, "
        "rather than not persuaded, is our reading; the other fits as well, or slightly better. It matters to a "
        "convenor, so move the attention gradient before you conclude.",
    ),
    (
        "Conduct is measured by nobody.", "",
        " Who keeps the code is known of no signatory. All of conduct is assumed, and no date or count on this page "
        "tests it.",
    ),
    (
        "Agreement in sample is a weak test.", "",
        " The weights were fitted to these very dates, and some motives, the convenor's among them, were chosen after "
        "seeing who signed.",
    ),
    (
        "The intervals hold luck alone.", "",
        " They are worlds under the fitted weights; what the weights leave open would widen them.",
    ),
    (
        "Out of sample: not on this page yet.", "",
        " The command parley backtest scores states and dates that the fit has not seen, with what was published "
        "before the launch.",
    ),
)  # fmt: skip


def layout() -> html.Main:
    """Headings and places; assets/evidence.js fills them from data/evidence."""
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Evidence"),
                    html.P(
                        "How well does the model tell what the register says of the Paris Call, how sure is it of its "
                        "weights, and what does nobody know?", className="lead",
                    ),
                    html.P("", id="evidence-message", className="message", role="alert", hidden=True),
                    html.P("", id="evidence-left-out", className="dimmed", hidden=True),
                    html.Div(
                        [_badge(), html.Span("", id="evidence-provenance", className="dimmed")], className="basis"
                    ),
                ],
                className="introduction",
            ),
            html.Div(
                [
                    _legend(),
                    html.Div([_dates(kind) for kind in KINDS], className="panels"),
                    html.Div(
                        [_tenths(), html.Div([_misses(), _entangled()], className="stack")], className="evidence-pair"
                    ),
                    _lenses(),
                    html.Div([_fitted(), _assumed()], className="evidence-pair even"),
                    html.Div([_not_known(), _turning_point()], className="evidence-pair even"),
                ],
                id="evidence", className="evidence",
            ),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash) -> None:
    """Nothing here calls back; assets/evidence.js asks once the page is there."""


def _badge(words: str = "fitted to the register") -> dmc.Badge:
    return dmc.Badge(words, variant="light", c="var(--text)", tt="none", size="lg")


def _card(title: str, subtitle: str, *content: Any, badge: str = "", label: str = "") -> html.Section:
    head = [html.H2(title), *([_badge(badge)] if badge else [])]
    return html.Section(
        [html.Div(head, className="card-head"), html.P(subtitle, className="dimmed"), *content],
        className="card", **{"aria-label": label or title},
    )  # fmt: skip


def _legend() -> html.Div:
    keys = {"point": "register", "tick": "median of the worlds", "half": "90 % of worlds"}
    entries = [html.Li([html.Span(className=f"key {key}"), words]) for key, words in keys.items()]
    downloads = [
        html.A("The dates (CSV)", href="data/evidence.csv", className="evidence-data"),
        html.A("Everything here (JSON)", href="data/evidence", className="evidence-data"),
    ]
    return html.Div([html.Ul(entries), html.Span(downloads, className="downloads")], className="legend")


def _dates(kind: str) -> html.Section:
    return html.Section(
        [
            html.H2(f"{KINDS[kind]} on the public list"),
            html.P([html.Strong("–", id=f"inside-{kind}", className="headline"),
                    html.Span(" dates of the register inside 90 % of worlds", className="dimmed")], className="inside"),
            html.P("", id=f"errors-{kind}", className="dimmed"),
            _graph(f"evidence-{kind}", f"{KINDS[kind]}: register and model at each date; the numbers are in the table"),
            _numbers(f"dates-{kind}", ("Date", "Register", "Median", "90 %", "Inside")),
        ],
        className="card", **{"aria-label": f"{KINDS[kind]}, register against model"},
    )  # fmt: skip


def _graph(name: str, words: str) -> html.Div:
    graph = dcc.Graph(id=name, config={"displayModeBar": False}, responsive=True, className="graph tall")
    return html.Div(graph, role="img", **{"aria-label": words})


def _numbers(name: str, headings: tuple[str, ...]) -> html.Details:
    return html.Details([html.Summary("The numbers"), _table(name, headings)])


def _table(name: str, headings: tuple[str, ...]) -> html.Div:
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in headings]))
    return html.Div(
        html.Table([head, html.Tbody([], id=name)]), className="scrolled", tabIndex=0, role="group",
        **{"aria-label": f"Table: {', '.join(headings)}"},
    )  # fmt: skip


def _tenths() -> html.Section:
    return _card(
        "Who signed, by tenth of the simulated share",
        "The 193 states, ordered by the share of simulated worlds in which each signs. On the diagonal as many signed "
        "as in the worlds.",
        _graph("evidence-tenths", "Share on the register by tenth of the simulated share; the numbers are in the "
        "table"),
        html.P("", id="tenths-size", className="dimmed"),
        _numbers("tenths", ("Tenth", "States", "Simulated", "From – to", "Register")),
        badge="fitted to the register",
    )  # fmt: skip


def _misses() -> html.Section:
    return _card(
        "The largest misses", "Share of simulated worlds in which each signs, beside what happened.",
        html.Ul([], id="misses", className="said"), badge="fitted to the register",
    )  # fmt: skip


def _lenses() -> html.Section:
    return _card(
        "Each theory's score on the register",
        "Log likelihood (natural logarithm) of the states' dates and of the counts of firms and NGOs, in the sample "
        "that the weights were fitted to. Larger is better. More weights can only help here, so a larger lens and a "
        "smaller one are no contest.",
        _table("scores", ("Lens", "Motives weighed", "States", "Firms", "NGOs", "Total")),
        html.P("", id="verdict", className="verdict"), badge="fitted to the register, in sample",
    )  # fmt: skip


def _fitted() -> html.Section:
    return _card(
        "What is fitted",
        "Weights with their standard errors: the spread of what the register leaves possible, and the bias.",
        html.P("", id="fitted-count"), _listed("fitted", "Fitted weights"), badge="fitted to the register",
    )  # fmt: skip


def _assumed() -> html.Section:
    return _card(
        "What is assumed", "Uncertainties: what nobody has measured. Nothing on this page tests them.",
        html.P("", id="assumed-count"), _listed("assumed", "Uncertainties"), badge="assumed",
    )  # fmt: skip


def _listed(name: str, label: str) -> html.Div:
    return html.Div([], id=name, className="listed", tabIndex=0, role="group", **{"aria-label": label})


def _entangled() -> html.Section:
    return _card(
        "Weights that the register can hardly tell apart",
        "Where two estimates are correlated, one weight can make up for the other: read them together, not each alone.",
        html.Ul([], id="entangled", className="said"), badge="fitted to the register",
    )  # fmt: skip


def _not_known() -> html.Section:
    points = [
        html.Li([html.Strong(claim), html.Span("", id=place) if place else "", reason])
        for claim, place, reason in NOT_KNOWN
    ]
    return _card("What is not known", "Read this before you quote a number.", html.Ul(points, className="said"))


def _turning_point() -> html.Section:
    one = [html.Strong("If it was one, why did so little follow? "), html.Span("", id="turning-after")]
    none = [html.Strong("If it was not, why did so many come at once? "), html.Span("", id="turning-first")]
    either = [
        html.Strong("Either way, signing is not keeping. "),
        "Whether anybody acted otherwise because of the Call is what a turning point would "
        "mean, and nobody has measured it.",
    ]
    return _card(
        "A turning point?",
        "So Microsoft's president said of the Call. Critics of voluntary declarations saw words without means. This "
        "page cannot decide between them; it can say what each would have to explain.",
        html.Ul([html.Li(points) for points in (one, none, either)], className="said"), badge="register",
    )  # fmt: skip
