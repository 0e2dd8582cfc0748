"""Evidence: would the model have been right, on what it has seen and on what it has not, and what does nobody know?

What the record of evidence says is shown in its own sentences, those of docs/evidence.md; the rest is of the view.
assets/evidence.js and evidence_record.js fill it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash
from dash import html

from dashboard.pages import Services
from dashboard.pages.evidence import routes
from dashboard.pages.evidence.cards import badge, card, graph, legend, listed, numbers, said, table

PATH, NAME = "/evidence", "Evidence"
KINDS = {"state": "States", "firm": "Firms", "ngo": "NGOs"}
OF_DATES = ("Date", "Register", "Median", "90 %: fitted weights", "Inside", "90 %: with their uncertainty", "Inside")


def layout() -> html.Main:
    """Headings and places; assets/evidence.js and evidence_record.js fill them from data/evidence."""
    parts = {
        "right": ("Would it have been right?", _right()),
        "dates": ("Dates it was fitted to", _dates()),
        "unseen-states": ("States it has not seen", unseen_states()),
        "unseen-dates": ("Dates it has not seen", unseen_dates(KINDS)),
        "checks": ("Checks of the method", checks()),
        "elsewhere": ("Another instrument", elsewhere()),
        "conclusions": ("Conclusions about conduct", conclusions()),
        "basis": ("What it rests on, and what nobody knows", _basis()),
    }
    links = [html.A(title, href=f"#{name}", className=_whose(name)) for name, (title, _) in parts.items()]
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Evidence"),
                    html.P(
                        "Nobody knows what the next code of conduct will bring. What one can know is how this model "
                        "would have done on the last one, where it would have been wrong, and what it leaves open.",
                        className="lead",
                    ),
                    html.P("", id="evidence-message", className="message", role="alert", hidden=True),
                    html.P("", id="evidence-left-out", className="dimmed", hidden=True),
                    html.Nav(links, className="parts", **{"aria-label": "Parts of this page"}),
                ],
                className="introduction",
            ),
            html.Div(
                [_part(name, title, content) for name, (title, content) in parts.items()],
                id="evidence", className="evidence",
            ),
        ],
        className="column",
    )  # fmt: skip


def register(app: dash.Dash, services: Services) -> None:
    """Nothing here calls back; assets/evidence.js asks once the page is there."""
    routes.register(app.server, services.answers, services.runs)


def _whose(name: str) -> str:
    """The class of what is there only where the record of evidence is."""
    return "" if name in ("right", "dates", "basis") else "of-the-record"


def _part(name: str, title: str, content: list[Any]) -> html.Section:
    return html.Section([html.H2(title), *content], id=name, className=f"evidence-part {_whose(name)}".strip())


def _right() -> list[Any]:
    return [
        html.P("", id="record-message", className="message", role="alert", hidden=True),
        html.Div(said("headline", shown=10), className="card of-the-record headlines-said"),
        html.P(
            [
                html.Span("", id="record-provenance"), " ",
                html.A("The record (JSON)", href="data/evidence/record.json"),
            ],
            className="dimmed of-the-record",
        ),
    ]  # fmt: skip


def _dates() -> list[Any]:
    downloads = [
        html.A("The dates (CSV)", id="evidence-csv", href="data/evidence.csv", className="evidence-data"),
        html.A("Everything here (JSON)", href="data/evidence", className="evidence-data"),
    ]
    return [
        said("in_sample"),
        html.Div([badge(), html.Span("", id="evidence-provenance", className="dimmed"),
                  html.Span(downloads, className="downloads")], className="basis"),
        html.P("", id="wide-note", className="dimmed"),
        html.Div(legend(), className="legend"),
        html.Div([_kind(kind) for kind in KINDS], className="panels"),
        html.Details(
            [
                html.Summary("State by state, in the same worlds"),
                html.Div([_tenths(), _misses()], className="evidence-pair"),
            ],
            id="state-by-state", className="folded",
        ),
    ]  # fmt: skip


def _kind(kind: str) -> html.Section:
    words = KINDS[kind]
    return html.Section(
        [
            html.H3(f"{words} on the public list"),
            html.P([html.Strong("–", id=f"inside-{kind}", className="headline"),
                    html.Span(" dates inside, under the fitted weights", className="dimmed")], className="inside"),
            html.P("", id=f"wide-inside-{kind}"),
            html.P("", id=f"errors-{kind}", className="dimmed"),
            graph(f"evidence-{kind}", f"{words}: register and model at each date, with both intervals"),
            numbers(f"dates-{kind}", OF_DATES),
        ],
        className="card", **{"aria-label": f"{words}, register against model"},
    )  # fmt: skip


def _tenths() -> html.Section:
    return card(
        "Who signed, by tenth of the simulated share",
        "The 193 states, ordered by the share of simulated worlds in which each signs. On the diagonal as many signed "
        "as in the worlds.",
        graph("evidence-tenths", "Share on the register by tenth of the simulated share"),
        html.P("", id="tenths-size", className="dimmed"),
        numbers("tenths", ("Tenth", "States", "Simulated", "From – to", "Register")),
        rests_on="fitted to the register",
    )  # fmt: skip


def _misses() -> html.Section:
    return card(
        "The largest misses", "Share of simulated worlds in which each signs, beside what happened.",
        html.Ul([], id="misses", className="said"), rests_on="fitted to the register",
    )  # fmt: skip


def _basis() -> list[Any]:
    return [
        _lenses(),
        html.Div([_fitted(), _assumed()], className="evidence-pair even"),
        html.Div([_not_known(), _turning_point()], className="evidence-pair even"),
    ]


def _lenses() -> html.Section:
    return card(
        "Each theory's score on the register",
        "Log likelihood (natural logarithm) of the states' dates and of the counts of firms and NGOs, in the sample "
        "that the weights were fitted to. Larger is better. More weights can only help here, so a larger lens and a "
        "smaller one are no contest.",
        table("scores", ("Lens", "Motives weighed", "States", "Firms", "NGOs", "Total")),
        html.P("", id="verdict", className="verdict"), rests_on="fitted to the register, in sample",
    )  # fmt: skip


def _fitted() -> html.Section:
    return card(
        "What is fitted",
        "Weights with their standard errors: the spread of what the register leaves possible, and the penalty's pull.",
        html.P("", id="fitted-count"), listed("fitted", "Fitted weights"),
        html.P("", id="entangled", className="dimmed"), rests_on="fitted to the register",
    )  # fmt: skip


def _assumed() -> html.Section:
    return card(
        "What is assumed", "Uncertainties: what nobody has measured. Nothing on this page tests them.",
        html.P("", id="assumed-count"), listed("assumed", "Uncertainties"), rests_on="assumed",
    )  # fmt: skip


def _not_known() -> html.Section:
    return card("What nobody knows", "Read this before you quote a number.", said("limits", shown=10))


def _turning_point() -> html.Section:
    one = [html.Strong("If it was one, why did so little follow? "), html.Span("", id="turning-after")]
    none = [html.Strong("If it was not, why did so many come at once? "), html.Span("", id="turning-first")]
    either = [
        html.Strong("Either way, signing is not keeping. "),
        "Whether anybody acted otherwise because of the Call is what a turning point would "
        "mean, and nobody has measured it.",
    ]
    return card(
        "A turning point?",
        "So Microsoft's president said of the Call. Critics of voluntary declarations saw words without means. This "
        "page cannot decide between them; it can say what each would have to explain.",
        html.Ul([html.Li(points) for points in (one, none, either)], className="said"), rests_on="register",
    )  # fmt: skip


DAYS = 2  # on which later dates are asked about
UNSEEN = "fitted to the register, states left out"
OF_MODELS = ("Model", "Score", "Parley's less its", "90 % of the difference", "Parley does")
OF_LATER = ("Date", "Register", "Median", "90 %: fitted weights", "Inside",
            "Median: all uncertain", "90 %: all uncertain", "Inside")  # fmt: skip
SCORES = {"auc": "AUC", "brier": "Brier score"}


def unseen_states() -> list[Any]:
    """States left out of the fit, a sub-region at a time: Parley beside baselines, and how its shares are borne out."""
    return [
        said("states", shown=4),
        html.Div([_models("auc", "The chance that a signatory has a larger share than a state that is none. Larger is "
                          "better; 0.5 is chance."),
                  _models("brier", "The mean square of share less outcome. Smaller is better; 0 is best.")],
                 className="evidence-pair even"),
        html.Div([_bins(), _other_ways()], className="evidence-pair even"),
    ]  # fmt: skip


def unseen_dates(kinds: Mapping[str, str]) -> list[Any]:
    """What was foreseen on each of the days, of each of the *kinds* (name -> its words)."""
    days = [
        html.Div(
            [
                html.H3("", id=f"later-{day}"),
                said(f"later-{day}", shown=5),
                html.Div([_later(day, kind, words) for kind, words in kinds.items()], className="panels"),
            ],
            className="evidence-day",
        )
        for day in range(DAYS)
    ]  # fmt: skip
    return [said("later"), html.Div(legend("the weights' and the gradient's uncertainty"), className="legend"), *days]


def checks() -> list[Any]:
    """Whether the method finds what is not there, finds what is, and what the register cannot tell."""
    return [
        html.Div(
            [
                card("Negative control", "The backtest where there is nothing to be found: signatures dealt out at "
                     "random.", said("control"),
                     numbers("shuffles", ("Shuffle", "AUC")), label="Negative control"),
                card("Known weights, found again", "Worlds simulated under known weights, read as the register is, "
                     "and fitted again.", said("recovery", shown=2),
                     numbers("recovered", ("Weight", "Found again in"))),
            ],
            className="evidence-pair even",
        ),
        card("What the register cannot tell", "Weights that it leaves open, and whether it shows contagion.",
             said("calibration"),
             html.Details([html.Summary("Weight by weight"), html.Ul([], id="left-open", className="said")]),
             rests_on="fitted to the register"),
    ]  # fmt: skip


def elsewhere() -> list[Any]:
    """The same weights, put to another instrument."""
    headings = ("Instrument", "Weights", "AUC", "Brier score", "One share for all", "Signers", "States", "Read at")
    return [
        said("transfer"),
        card("Scores on other instruments", "Shares of simulated worlds beside who signed. The Brier score of one "
             "share for all states is what it has to beat.",
             table("transfers", headings),
             html.Details([html.Summary("Remarks, and the largest misses"),
                           html.Ul([], id="transfer-remarks", className="said")]),
             html.P("", id="transfer-provenance", className="dimmed"),
             rests_on="fitted to the register of another code"),
    ]  # fmt: skip


def conclusions() -> list[Any]:
    """Which conclusions about conduct survive which assumptions."""
    return [
        said("conclusions", shown=3),
        card("Which conclusion survives which assumption", "A row for each conclusion, a column for each assumption.",
             html.Ul([], id="marks", className="marks"),
             html.Div(html.Table([], id="matrix", className="matrix"), className="scrolled", tabIndex=0, role="group",
                      **{"aria-label": "Table: conclusions by assumptions"}),
             html.Details([html.Summary("When a conclusion holds, and what the assumptions are"),
                           html.P("", id="conclusions-method"), html.Ul([], id="assumptions-tried", className="said")]),
             html.P([html.Span("", id="conclusions-provenance"), " ",
                     html.A("The conclusions (CSV)", href="data/evidence/conclusions.csv")], className="dimmed"),
             rests_on="assumed"),
    ]  # fmt: skip


def _models(score: str, what: str) -> html.Section:
    words = SCORES[score]
    return card(
        f"States left out: {words}", what,
        graph(f"models-{score}", f"{words} of Parley and of each baseline", "middle"),
        html.P("Bar: 90 % of the other's score less Parley's, from Parley's line; one that crosses the line leaves "
               "open who does better.", className="dimmed"),
        numbers(f"scores-{score}", OF_MODELS),
        html.P("", id=f"models-{score}-provenance", className="dimmed"), rests_on=UNSEEN,
    )  # fmt: skip


def _bins() -> html.Section:
    return card(
        "States left out: do shares come true?",
        "States in five groups of equal size by their share. Point: the share of them on the register; bar: where 90 % "
        "of a perfect model's points would lie; on the dotted line both shares are the same.",
        graph("bins", "Share on the register by simulated share, beside a perfect model"),
        numbers("binned", ("Group", "States", "Simulated", "Register", "Perfect model, 90 %", "Inside")),
        html.P("", id="bins-provenance", className="dimmed"), rests_on=UNSEEN,
    )  # fmt: skip


def _other_ways() -> html.Section:
    return card(
        "Left out in other ways",
        "Strict: what was published before the launch. Structural: slow facts that describe 2018 as well. Beside "
        "Parley stands whichever other model does best.",
        table("other-ways", ("Left out", "Known", "AUC", "Best other", "Brier score", "Best other")),
        html.H4("What the other models are"), said("models", shown=10), rests_on=UNSEEN,
    )  # fmt: skip


def _later(day: int, kind: str, words: str) -> html.Section:
    name = f"later-{day}-{kind}"
    return html.Section(
        [
            html.H4(words, id=f"{name}-title"),
            html.P([html.Strong("–", id=f"{name}-inside", className="headline"),
                    html.Span(" dates inside, with weights and gradient uncertain", className="dimmed")],
                   className="inside"),
            html.P("", id=f"{name}-fitted"),
            graph(name, f"{words}: later dates of the register beside what was foreseen, with both intervals",
                  "middle"),
            numbers(f"{name}-numbers", OF_LATER),
            html.P("", id=f"{name}-provenance", className="dimmed"),
        ],
        className="card", **{"aria-label": f"{words}, later dates, day {day + 1}"},
    )  # fmt: skip


