"""The cards of the page Evidence that show the record of evidence, and what all of its cards are made of.

assets/evidence.js and evidence_record.js fill them.
"""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.data.words import ASSUMED, FITTED, KINDS
from dashboard.shell import badge, figure, scrolled_table
from dashboard.shell import card as plain_card

DAYS = 2  # on which later dates are asked about
UNSEEN = f"{FITTED}, states left out"
OF_MODELS = ("Model", "Score", "Parley's less its", "90 % of the difference", "Parley does")
OF_LATER = ("Date", "Register", "Median", "90 %: fitted weights", "Inside",
            "Median: all uncertain", "90 %: all uncertain", "Inside")  # fmt: skip
SCORES = {"auc": "AUC", "brier": "Brier score"}


def card(title: str, subtitle: str, *content: Any, rests_on: str = "") -> html.Section:
    """A card with a title, a subtitle, and a badge for what it *rests_on*."""
    head = [html.H3(title), *([badge(rests_on)] if rests_on else [])]
    return plain_card(title, html.Div(head, className="card-head"), html.P(subtitle, className="dimmed"), *content)


def chart(name: str, words: str, size: str = "tall") -> html.Div:
    """An empty figure, whose numbers are in the table behind it."""
    return figure(name, f"{words}; the numbers are in the table", f"graph {size}")


def numbers(name: str, headings: tuple[str, ...]) -> html.Details:
    """The table behind a figure, folded."""
    return html.Details([html.Summary("The numbers"), scrolled_table(name, headings)])


def listing(name: str, label: str) -> html.Div:
    """A place for a long list, which scrolls inside its card."""
    return html.Div([], id=name, className="listed", tabIndex=0, role="group", **{"aria-label": label})


def sentences(section: str, visible: int = 6) -> html.Div:
    """The sentences of that *section* of the record of evidence; those after the *visible* ones are folded."""
    rest = html.Details([html.Summary("More on this"), html.Ul([], className="said")], hidden=True)
    return html.Div([html.Ul([], className="said"), rest], **{"data-said": section, "data-shown": str(visible)})


def legend(uncertain: str = "the weights' uncertainty") -> html.Div:
    """Which interval is which, in every figure of dates; the wide one holds what is *uncertain* too."""
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
    return html.Div(html.Ul(entries), className="legend")


def unseen_states() -> list[Any]:
    """States left out of the fit, a sub-region at a time: Parley beside baselines, and how its shares are borne out."""
    return [
        sentences("states", visible=4),
        html.Div([_models("auc", "The chance that a signatory has a larger share than a state that is none. Larger is "
                          "better; 0.5 is chance."),
                  _models("brier", "The mean square of share less outcome. Smaller is better; 0 is best.")],
                 className="evidence-pair even"),
        html.Div([_bins(), _other_ways()], className="evidence-pair even"),
    ]  # fmt: skip


def unseen_dates() -> list[Any]:
    """What was foreseen on each of the days, of each kind."""
    days = [
        html.Div(
            [
                html.H3("", id=f"later-{day}"),
                sentences(f"later-{day}", visible=5),
                html.Div([_later(day, kind, words) for kind, words in KINDS.items()], className="panels"),
            ],
            className="evidence-day",
        )
        for day in range(DAYS)
    ]  # fmt: skip
    return [sentences("later"), legend("the weights' and the gradient's uncertainty"), *days]


def checks() -> list[Any]:
    """Whether the method finds what is not there, finds what is, and what the register cannot tell."""
    return [
        html.Div(
            [
                card("Negative control", "The backtest where there is nothing to be found: signatures dealt out at "
                     "random.", sentences("control"),
                     numbers("shuffles", ("Shuffle", "AUC"))),
                card("Known weights, found again", "Worlds simulated under known weights, read as the register is, "
                     "and fitted again.", sentences("recovery", visible=2),
                     numbers("recovered", ("Weight", "Found again in"))),
            ],
            className="evidence-pair even",
        ),
        card("What the register cannot tell", "Weights that it leaves open, and whether it shows contagion.",
             sentences("calibration"),
             html.Details([html.Summary("Weight by weight"), html.Ul([], id="left-open", className="said")]),
             rests_on=FITTED),
    ]  # fmt: skip


def elsewhere() -> list[Any]:
    """The same weights, put to another instrument."""
    headings = ("Instrument", "Weights", "AUC", "Brier score", "One share for all", "Signers", "States", "Read at")
    return [
        sentences("transfer"),
        card("Scores on other instruments", "Shares of simulated worlds beside who signed. The Brier score of one "
             "share for all states is what it has to beat.",
             scrolled_table("transfers", headings),
             html.Details([html.Summary("Remarks, and the largest misses"),
                           html.Ul([], id="transfer-remarks", className="said")]),
             html.P("", id="transfer-provenance", className="dimmed"),
             rests_on=f"{FITTED} of another code"),
    ]  # fmt: skip


def conclusions() -> list[Any]:
    """Which conclusions about conduct survive which assumptions."""
    return [
        sentences("conclusions", visible=3),
        card("Which conclusion survives which assumption", "A row for each conclusion, a column for each assumption.",
             html.Ul([], id="marks", className="marks"),
             html.Div(html.Table([], id="matrix", className="matrix"), className="scrolled", tabIndex=0, role="group",
                      **{"aria-label": "Table: conclusions by assumptions"}),
             html.Details([html.Summary("When a conclusion holds, and what the assumptions are"),
                           html.P("", id="conclusions-method"), html.Ul([], id="assumptions-tried", className="said")]),
             html.P([html.Span("", id="conclusions-provenance"), " ",
                     html.A("The conclusions (CSV)", href="data/evidence/conclusions.csv")], className="dimmed"),
             rests_on=ASSUMED),
    ]  # fmt: skip


def _models(score: str, what: str) -> html.Section:
    words = SCORES[score]
    return card(
        f"States left out: {words}", what,
        chart(f"models-{score}", f"{words} of Parley and of each baseline", "middle"),
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
        chart("bins", "Share on the register by simulated share, beside a perfect model"),
        numbers("binned", ("Group", "States", "Simulated", "Register", "Perfect model, 90 %", "Inside")),
        html.P("", id="bins-provenance", className="dimmed"), rests_on=UNSEEN,
    )  # fmt: skip


def _other_ways() -> html.Section:
    return card(
        "Left out in other ways",
        "Strict: what was published before the launch. Structural: slow facts that describe 2018 as well. Beside "
        "Parley stands whichever other model does best.",
        scrolled_table("other-ways", ("Left out", "Known", "AUC", "Best other", "Brier score", "Best other")),
        html.H4("What the other models are"), sentences("models", visible=10), rests_on=UNSEEN,
    )  # fmt: skip


def _later(day: int, kind: str, words: str) -> html.Section:
    name = f"later-{day}-{kind}"
    return plain_card(
        f"{words}, later dates, day {day + 1}",
        html.H4(words, id=f"{name}-title"),
        html.P([html.Strong("–", id=f"{name}-inside", className="headline"),
                html.Span(" dates inside, with weights and gradient uncertain", className="dimmed")],
               className="inside"),
        html.P("", id=f"{name}-fitted"),
        chart(name, f"{words}: later dates of the register beside what was foreseen, with both intervals", "middle"),
        numbers(f"{name}-numbers", OF_LATER),
        html.P("", id=f"{name}-provenance", className="dimmed"),
    )  # fmt: skip
