"""The page Sweeps: what a sweep is, the answer to a question as a finding and a figure, six
questions that are ready, results of the server's folder, and a small sweep of one's own.
assets/sweeps.js asks and shows, assets/figures_sweeps.js draws, in the words of
assets/figures_sweep_words.js.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import html

import sim
from dashboard.controls import scenario_options
from dashboard.data.own_sweep import (
    LEAST_POINTS,
    LEAST_WORLDS,
    MOST_OUTCOMES,
    MOST_POINTS,
    MOST_RUNS,
    MOST_UNCERTAINTIES,
    MOST_WORLDS,
    OUTCOME,
    POINTS,
    WORLDS,
)
from dashboard.data.ready_answers import (
    answers,
    bases,
    finding,
    harm_prevented_now,
    in_one_sentence,
)
from dashboard.data.ready_questions import FIRST as RANKED
from dashboard.data.ready_questions import ready_questions, ready_sweeps
from dashboard.data.sweep_questions import ready_sweep
from dashboard.data.words import ASSUMED, WHAT_IF
from dashboard.folds import folds
from dashboard.pages import Services
from dashboard.pages.sweeps import routes
from dashboard.pages.sweeps.dials import ENDS, first_values, levers, uncertainties
from dashboard.shell import badge, call_on_change, figure, message, wide_table
from dashboard.view import SCENARIO
from sim import number_formats as formats

PATH, NAME = "/sweeps", "Sweeps"
FIRST = "attribution-and-sanctions"  # whose lever and assumptions the form has at first
VALUES = "0, 1, 2"
MOST_FIRST = 3  # assumptions
NOT_YET = "Not simulated yet: press it, and a sentence and a figure come."


def layout() -> html.Main:
    """The answer to one question and a form for one's own; beside them, or below, all questions
    with their findings.
    """
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Sweeps: one question, many worlds"),
                    html.P(
                        "A sweep asks one question under many different assumptions, since nobody"
                        " knows which are true.",
                        className="lead",
                    ),
                    html.A(
                        "All questions, and one of your own",
                        href="#sweep-questions",
                        className="sweeps-jump",
                    ),
                    message(),
                ],
                className="sweeps-head",
            ),
            _run(),
            _answer(),
            _more(),
            _own(),
            html.Div([_questions(), _results()], className="sweeps-rail"),
        ],
        id="sweeps",
        className="column sweeps",
        **{"data-tells": "parley:sweeps"},
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/sweeps.js of the form and of what is shown; answers for the page."""
    call_on_change(app, "on_sweep_form", *(f"sweep-{name}" for name in _first_form()))
    call_on_change(app, "on_sweep_scenario", "sweep-scenario")
    call_on_change(app, "on_sweep_shown", "sweep-shown", "sweep-heat-x", "sweep-heat-y")
    routes.register(app.server, services)


def _questions() -> html.Div:
    """The questions that are ready, and the door to one of one's own."""
    ready = [_ready(name) for name in ready_sweeps()]
    return html.Div(
        [html.H2("Questions"), *ready, *_own_assumptions(), _own_door()],
        id="sweep-questions",
        className="card asks",
    )


def _own_assumptions() -> list[html.P]:
    """Why the answers have other levels of harm prevented than one another, and narrower ranges
    than other pages.
    """
    there = [answers()[question.key] for name, question in ready_questions().items()
             if name in ready_sweeps() and question.key in answers()]  # fmt: skip
    if not there:
        return []
    least, most = (formats.decimal(level, 1) for level in harm_prevented_now(there))
    return [
        html.P(
            "Each question varies assumptions of its own, so the present Call prevents on average"
            f" {least}{formats.TO}{most}{formats.NO_BREAK}% of harm here. Designer and Compare vary"
            " all at once: their ranges are wider.",
            className="asks-lead dimmed",
        )
    ]


def _ready(name: str) -> html.Section:
    """A ready sweep as its question, with what was found, or how long it takes to find out."""
    sweep = ready_sweep(name)
    answer = answers().get(ready_questions()[name].key)
    question = html.Button(
        sweep.question, type="button", className="ask-button", **{"data-ready": name}
    )
    found = (
        html.P(NOT_YET, className="ask-found")
        if answer is None
        else html.P(
            in_one_sentence(finding(answer)),
            className="ask-found",
            **{"data-found": finding(answer)},
        )
    )
    rests = (
        []
        if answer is None
        else [
            html.P(
                [
                    html.Span(sim.BASES[basis], className="tag", **{"data-rests": basis})
                    for basis in bases(answer)
                ],
                className="ask-found ask-rests",
            )
        ]
    )
    return html.Section(
        [html.H2(question, id=f"ready-{name}"), found, *rests],
        className="ask", **{"data-asks-sweep": f"ready={name}", "aria-labelledby": f"ready-{name}"},
    )  # fmt: skip


def _own_door() -> html.Section:
    return html.Section(
        [
            html.H2("A question of your own", id="own-door-title"),
            html.P(
                "Choose what to compare and what is uncertain. How long it takes is said before you"
                " ask, and the sweep can be taken along as a file.",
                className="dimmed",
            ),
            html.Div(
                html.Button(
                    "Make a sweep",
                    id="sweep-make",
                    type="button",
                    className="quiet",
                    **{"aria-expanded": "false", "aria-controls": "sweep-own"},
                ),
                className="ask-row",
            ),
        ],
        className="ask door",
        **{"aria-labelledby": "own-door-title"},
    )


def _results() -> html.Section:
    return html.Section(
        [
            html.H2("Results to open", id="sweep-results-title"),
            html.Ul([], id="sweep-results-list"),
        ],
        id="sweep-results",
        className="card",
        hidden=True,
        **{"aria-labelledby": "sweep-results-title"},
    )


def _own() -> html.Section:
    """The form of one's own sweep, what it would be, and the same as a file."""
    first = _first_form()
    order = ["label", "input", "description", "error"]
    words = {"inputWrapperOrder": order, "debounce": 300}
    form = [
        dmc.Select(
            id="sweep-scenario",
            label="Base scenario",
            data=scenario_options(),
            value=SCENARIO,
            allowDeselect=False,
            searchable=True,
            description=" ",
            inputWrapperOrder=order,
        ),
        _lever_fields(
            "", "Compare", first["lever"], VALUES, 'Values such as "0, 1, 2" or "0 to 1 in 5".'
        ),
        _lever_fields(
            "-2", "and, if you like, a second", None, "", "With two, a map shows where it tips."
        ),
        dmc.MultiSelect(
            id="sweep-uncertainty",
            label=f"Uncertain (up to {MOST_UNCERTAINTIES})",
            data=uncertainties(),
            value=first["uncertainty"],
            searchable=True,
            maxValues=MOST_UNCERTAINTIES,
            clearable=True,
            description="Each over its plausible range.",
            inputWrapperOrder=order,
        ),
        html.Div(
            [
                dmc.NumberInput(
                    id="sweep-points",
                    label="Sets of assumptions",
                    value=POINTS,
                    min=LEAST_POINTS,
                    max=MOST_POINTS,
                    allowDecimal=False,
                    description="each another guess",
                    **words,
                ),
                dmc.NumberInput(
                    id="sweep-worlds",
                    label="Worlds",
                    value=WORLDS,
                    min=LEAST_WORLDS,
                    max=MOST_WORLDS,
                    allowDecimal=False,
                    description="under each of them",
                    **words,
                ),
            ],
            className="pair",
        ),
        dmc.MultiSelect(
            id="sweep-outcome",
            label=f"Look at (up to {MOST_OUTCOMES})",
            data=_outcomes(),
            value=[OUTCOME],
            searchable=True,
            maxValues=MOST_OUTCOMES,
            description="The first is shown first.",
            inputWrapperOrder=order,
        ),
    ]
    return html.Section(
        [
            html.H2("Make a sweep", id="sweep-own-title", tabIndex=-1),
            html.P(
                "Every value that is compared meets the same assumptions and the same luck. At"
                f" most {formats.count(MOST_RUNS)} worlds here; the command line takes any number.",
                className="dimmed",
            ),
            html.Div(form, className="question-form"),
            html.Div(
                [
                    html.Button(
                        "Ask",
                        id="sweep-own-ask",
                        type="button",
                        className="main",
                        **{"aria-describedby": "sweep-own-title"},
                    ),
                    html.Span("", id="sweep-plan", className="dimmed", role="status"),
                    html.A("", href="#sweep-answer", id="sweep-see", hidden=True),
                ],
                className="question-run",
            ),
            html.Details(
                [
                    html.Summary("The same as a file, to make it larger"),
                    html.P(
                        "Save it as mine.toml, change what you like, and simulate any number of"
                        " worlds:",
                        className="dimmed",
                    ),
                    _code("sweep-toml", "The sweep file"),
                    _code("sweep-command", "The commands"),
                    html.Button(
                        "Copy the file",
                        type="button",
                        className="quiet",
                        **{"data-copies": "sweep-toml"},
                    ),
                ],
                className="as-file",
            ),
        ],
        id="sweep-own",
        className="card question",
        hidden=True,
        **{
            "aria-labelledby": "sweep-own-title",
            "data-form": json.dumps(first),
            "data-ranges": json.dumps(first_values()),
        },
    )


def _first_form() -> dict[str, Any]:
    """What the form has at first: field -> value, in the order in which assets/sweeps.js is told of
    them.
    """
    sweep = ready_sweep(FIRST)
    return {
        "lever": sweep.levers.axes[0].name, "values": VALUES, "lever-2": None, "values-2": "",
        "uncertainty": [axis.name for axis in sweep.uncertainties.axes][:MOST_FIRST],
        "points": POINTS, "worlds": WORLDS, "outcome": [OUTCOME],
    }  # fmt: skip


def _code(name: str, label: str) -> html.Pre:
    return html.Pre("", id=name, tabIndex=0, role="region", **{"aria-label": label})


def _lever_fields(suffix: str, label: str, value: str | None, values: str, words: str) -> html.Div:
    order = ["label", "input", "description", "error"]
    return html.Div(
        [
            dmc.Select(
                id=f"sweep-lever{suffix}",
                label=label,
                data=levers(),
                value=value,
                searchable=True,
                clearable=True,
                inputWrapperOrder=order,
            ),
            dmc.TextInput(
                id=f"sweep-values{suffix}",
                label="at",
                value=values,
                debounce=300,
                description=words,
                inputWrapperOrder=order,
                inputProps={"spellCheck": "false"},
            ),
        ],
        className="pair lever",
    )


def _outcomes() -> list[dict[str, Any]]:
    groups = [(f"Signing: {WHAT_IF}", False), (f"Conduct: {ASSUMED}", True)]
    return [
        {
            "group": words,
            "items": [
                {
                    "value": outcome.name,
                    "label": sim.words.outcome_title(outcome.name),
                }
                for outcome in sim.OUTCOMES.values()
                if (outcome.basis == "assumed") == assumed
            ],
        }
        for words, assumed in groups
    ]


def _run() -> html.Section:
    """The question under way: how far it is, and the way out."""
    return html.Section(
        [
            html.H2("", id="sweep-asked"),
            html.Div(
                [
                    html.Button(
                        "Ask",
                        id="sweep-start",
                        type="button",
                        className="main",
                        hidden=True,
                        **{"aria-describedby": "sweep-asked"},
                    ),
                    html.Button(
                        "Cancel",
                        id="sweep-cancel",
                        type="button",
                        className="quiet",
                        hidden=True,
                        **{"aria-describedby": "sweep-asked"},
                    ),
                    html.Progress(
                        id="sweep-progress", hidden=True, **{"aria-label": "Progress of the sweep"}
                    ),
                    html.Span("", id="sweep-state", role="status"),
                    html.Span("", id="sweep-count", className="dimmed"),
                ],
                className="question-run",
            ),
            message("sweep-problem"),
        ],
        id="sweep-card",
        className="card question",
        hidden=True,
        **{"aria-labelledby": "sweep-asked"},
    )


def _answer() -> html.Div:
    """The answer in a sentence and a figure, and what it is about."""
    return html.Div(
        [
            html.H2("", id="sweep-question", tabIndex=-1),
            html.Div([], id="sweep-sentences", className="sweep-sentences"),
            html.Div(
                [
                    html.Div(
                        [
                            html.P("", id="sweep-effects-title"),
                            dmc.Select(
                                id="sweep-shown",
                                data=[],
                                allowDeselect=False,
                                **{"aria-label": "Outcome in the figures"},
                            ),
                            _tag(),
                        ],
                        className="sweep-drawn",
                    ),
                    _keys("effects"),
                    figure("sweep-effects", "What comes of it; its numbers are in the download"),
                    html.P("", id="sweep-effects-note", className="dimmed"),
                    html.Details(
                        [
                            html.Summary("", id="sweep-untold-title"),
                            html.P("", id="sweep-untold-dials"),
                        ],
                        id="sweep-untold",
                        className="dimmed",
                        hidden=True,
                    ),
                ],
                id="sweep-effects-card",
                **{"data-ends": json.dumps({RANKED: ENDS})},
            ),
            html.Div([], id="sweep-also", className="sweep-sentences"),
            html.Details(
                [
                    html.Summary("In exact numbers"),
                    html.Div([], id="sweep-more", className="sweep-sentences"),
                ],
                id="sweep-exact",
            ),
            html.Ul([], id="sweep-notes", className="sweep-notes"),
            html.P("", id="sweep-effects-provenance", className="dimmed"),
            html.Div(
                [
                    html.A("Download every setting (CSV)", href="", id="sweep-take", download=""),
                ],
                className="sweep-next",
            ),
        ],
        id="sweep-answer",
        className="card answer",
        hidden=True,
        role="region",
        **{"data-own-provenance": "yes", "aria-label": "Answer"},
    )


def _more() -> html.Div:
    """What else the worlds say, each behind a fold, and where the numbers come from."""
    return html.Div(
        [
            html.Div([], id="sweep-picked", className="picked", hidden=True, role="status"),
            folds(
                _card(
                    "first",
                    "What the sweep itself finds, from its first setting on",
                    "tall",
                    above=_keys("first"),
                ),
                _card("matters", "Which assumptions matter most", "tall"),
                _card("where", "In which worlds it is so", "tall"),
                _card("tips", "Where it tips", "tall"),
                _card(
                    "heat",
                    "A map of two dials: what comes of each pair of their values",
                    "tall",
                    above=_pickers(),
                ),
                _card(
                    "enough", "The same from fewer worlds: whether the numbers have settled", "tall"
                ),
                _card(
                    "lines",
                    "Every set of assumptions as a line through the values of its dials",
                    "tall",
                    title="All settings at once",
                ),
                _fold(
                    "points",
                    "A table, from most to least; each opens in Simulate",
                    "The settings, one by one",
                    html.Div(_tag(), className="card-head"),
                    html.P("", id="sweep-points-note", className="dimmed"),
                    wide_table("sweep-points-table", "Table: points"),
                ),
                _fold(
                    "about",
                    "To download, to repeat, to make larger",
                    "The numbers behind this answer",
                    html.P("", id="sweep-facts", className="dimmed"),
                    html.Div([], id="sweep-downloads", className="downloads"),
                    html.P("On the command line:", className="dimmed"),
                    html.Div(
                        [
                            _code("answer-command", "The commands of this answer"),
                            _code("answer-toml", "The sweep file of this answer"),
                        ],
                        className="as-file",
                    ),
                ),
                words="More on this answer: each line opens.",
            ),
        ],
        id="sweep-rest",
        **{"data-own-provenance": "yes"},
    )


def _fold(name: str, words: str, title: str, *content: Any) -> html.Details:
    """A fold whose *title* assets/sweeps.js may replace by what is found; *words*: what lies behind
    it.
    """
    head = html.Summary(
        [html.H2(title, id=f"sweep-{name}-title"), html.P(words, className="fold-answer")],
    )
    return html.Details(
        [head, html.Div(list(content), className="fold-content")],
        id=f"sweep-{name}-card",
        className="fold card",
    )


def _card(name: str, words: str, size: str, above: Any = None, title: str = "") -> html.Details:
    """A fold with a figure, its badge, what is found in it, how to read it and what it is of."""
    return _fold(
        name,
        words,
        title or words,
        html.Div([html.Div([], id=f"sweep-{name}-said"), _tag()], className="card-head"),
        *([above] if above is not None else []),
        figure(
            f"sweep-{name}", f"{title or words}; its numbers are in the download", f"graph {size}"
        ),
        html.P("", id=f"sweep-{name}-note", className="dimmed"),
        html.P("", id=f"sweep-{name}-provenance", className="dimmed"),
    )


def _keys(name: str) -> html.Ul:
    """The signs of a figure, each with its words, which the scripts write."""
    return html.Ul(
        [], id=f"sweep-{name}-keys", className="keys", **{"aria-label": "How to read the figure"}
    )


def _tag() -> dmc.Badge:
    """What the numbers of a card rest on, which assets/sweeps.js writes."""
    return badge(html.Span("", className="sweep-basis"), small=True)


def _pickers() -> html.Div:
    ends: Sequence[tuple[str, str]] = (("x", "across"), ("y", "upward"))
    selects = [
        dmc.Select(id=f"sweep-heat-{end}", label=words, data=[], allowDeselect=False)
        for end, words in ends
    ]
    return html.Div(selects, className="pair")
