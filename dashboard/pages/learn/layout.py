"""The page Learn: the shelf of lessons, and one lesson step by step. What a step holds comes after
the steps before it: assets/learn.js asks for it, assets/learn_answers.js keeps what a student says
in the browser alone, assets/learn_run.js simulates, assets/learn_reveal.js sets beside it what is
known, assets/figures_learn.js draws and assets/learn_sheet.js makes the sheet for paper.
"""

from __future__ import annotations

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import dcc, html

import sim
from dashboard.data.words import KINDS as OF_STAKEHOLDERS
from dashboard.pages import Services
from dashboard.pages.learn import routes
from dashboard.pages.learn.content import KINDS, KNOWN, all_lessons
from dashboard.shell import card, graph, message, signing_basis, waiting_room
from sim import number_formats as formats

PATH, NAME = "/learn", "Learn"
# The steps of a lesson, in their order: in the line of progress, and as the heading of the step.
STEPS = {
    "predict": ("Predict", "First: what do you expect?"),
    "run": ("Run", "Run it yourself"),
    "reveal": ("Reveal", f"What you said, beside {KNOWN}"),
    "explain": ("Explain", "Why is it so?"),
    "transfer": ("Transfer", "Now another case"),
    "false": ("Doubt", "What would make this false?"),
}
WAY = {
    "Predict": "Say what you expect, before anything is shown.",
    "Run": "Move two or three things, and watch what changes.",
    "Reveal": "Set your prediction beside what is known, and beside the model.",
}
AND_THEN = (
    "These are the first three of six steps. Then: explain it, try another case, and doubt it."
)
CAUTION = (
    "What is simulated is no answer key: it shows what follows from the assumptions of the model."
    " Where it differs from your prediction, either may be wrong."
)
TELLS_THE_ANSWER = (
    "The model's own numbers would tell the answer. Until you have seen it, only what changes is"
    " shown here: move something. After step Reveal, come back: the numbers stand here then."
)
KEPT = "Your answers stay in this browser: nothing is sent anywhere, and nobody needs an account."


def layout() -> html.Main:
    """The shelf, and below it the place for one lesson, of which the address says which is
    shown.
    """
    return html.Main(
        [
            _head(),
            message(),
            _shelf(),
            _lesson(),
            html.Section(
                [], id="lesson-sheet", className="lesson-sheet", **{"aria-hidden": "true"}
            ),
        ],
        id="learn",
        className="column learn",
        **{"data-tells": "parley:learn", "data-shows": ""},
    )


def register(app: dash.Dash, services: Services) -> None:
    """Answers for the page."""
    routes.register(app.server, services)


def _head() -> html.Div:
    """What one learns here and the button that begins, or the title of the lesson shown."""
    lessons = all_lessons()
    first, minutes = lessons[0], [lesson.minutes for lesson in lessons]
    return html.Div(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.A(
                                "← All lessons",
                                href="learn",
                                className="lesson-back",
                                **{"data-opens": ""},
                            ),
                            html.P("", id="lesson-meta", className="lesson-meta"),
                        ],
                        className="learn-head-row",
                    ),
                    html.H1("Say what you expect. Then look.", id="learn-title", tabIndex=-1),
                    html.P(
                        f"{formats.count(len(lessons))} short lessons on cyber diplomacy: who signs"
                        " a code of conduct, who blocks it, and what it changes. Each takes"
                        f" {_span(minutes)}.",
                        className="lead learn-lead",
                    ),
                    html.Div(
                        [
                            html.A(
                                "Start the first lesson",
                                href=_address(first),
                                id="learn-start",
                                className="main",
                                **{"data-opens": first.name},
                            ),
                            html.P(
                                [html.Strong(first.title), html.Span(f" {first.question}")],
                                id="learn-next",
                            ),
                        ],
                        className="learn-begin",
                    ),
                ]
            ),
            html.Div(
                [
                    html.Ol(
                        [_way(word, sentence) for word, sentence in WAY.items()],
                        className="learn-way",
                        **{"aria-label": "How a lesson begins"},
                    ),
                    html.P(AND_THEN, className="learn-way-rest"),
                ],
                className="learn-ways",
            ),
        ],
        className="learn-head",
    )


def _way(word: str, sentence: str) -> html.Li:
    return html.Li(
        [html.Div([], className="learn-way-picture", **{"data-way": word, "aria-hidden": "true"}),
         html.Div([html.Strong(word), html.Span(sentence)])]
    )  # fmt: skip


def _shelf() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.H2("The lessons"),
                    html.P("", id="learn-done", className="dimmed", role="status"),
                ],
                className="learn-shelf-head",
            ),
            html.Dl(
                [
                    html.Div([html.Dt(kind_badge(kind)), html.Dd(sentence)])
                    for kind, (_, sentence) in KINDS.items()
                ],
                className="learn-kinds",
                **{"aria-label": "What kind of answer a lesson has"},
            ),
            html.Ul(
                [*(_card(*each) for each in enumerate(all_lessons(), start=1)), _class()],
                className="learn-cards",
            ),
            _answers(),
        ],
        id="learn-shelf",
    )


def _card(place: int, lesson: sim.Lesson) -> html.Li:
    return html.Li(
        html.A(
            [
                html.Span(
                    formats.count(place), className="learn-number", **{"aria-hidden": "true"}
                ),
                html.H3(lesson.title),
                html.P(lesson.question),
                html.Div(
                    [
                        kind_badge(lesson.kind),
                        html.Span(_minutes(lesson)),
                        html.Span("", className="learn-state"),
                    ],
                    className="learn-card-foot",
                ),
            ],
            href=_address(lesson),
            className="learn-card",
            **{"data-opens": lesson.name},
        )
    )


def _class() -> html.Li:
    """The way to a session for a class, beside the lessons for one alone."""
    return html.Li(
        html.A(
            [
                html.H3("With a class?"),
                html.P(
                    "Open a session: teams take the seats of states, firms, NGOs and the press on"
                    " their phones."
                ),
                html.Span("Open a class session →", className="learn-class-way"),
            ],
            href="class",
            className="learn-class",
        )
    )


def kind_badge(kind: str) -> html.Span:
    """Of what *kind* the answer of a lesson is."""
    return html.Span(KINDS[kind][0], className=f"kind-of-answer is-{kind}", title=KINDS[kind][1])


def _answers() -> html.Section:
    """What the browser keeps: as a file to take along, and forgotten on request."""
    return card(
        "Your answers",
        html.H2("Your answers"),
        html.P(KEPT, id="learn-kept"),
        html.P("", id="learn-held", className="dimmed", role="status"),
        html.Div(
            [
                dmc.TextInput(
                    id="learn-who", label="Your name, for the file only (may stay empty)"
                ),
                html.Button(
                    "Download my answers", id="learn-download", className="quiet", type="button"
                ),
                html.Button("Forget all", id="learn-forget", className="quiet", type="button"),
            ],
            className="learn-answers-row",
        ),
        id="learn-answers",
        style="learn-answers",
    )


def _lesson() -> html.Article:
    return html.Article(
        [
            html.Ol(
                [
                    html.Li(
                        html.Button(
                            [
                                html.Span(formats.count(place), className="lesson-dot"),
                                html.Span(word),
                            ],
                            type="button",
                            **{"data-goes": step},
                        )
                    )
                    for place, (step, (word, _)) in enumerate(STEPS.items(), start=1)
                ],
                className="lesson-steps",
                **{"aria-label": "Steps of this lesson"},
            ),
            html.P("", id="lesson-place", className="lesson-place"),
            html.Div([_step(step) for step in STEPS] + [_end()], id="lesson-shown", hidden=True),
            waiting_room("Opening the lesson …", 4, 16),
            html.Div(
                [_background(), _for_the_teacher()],
                id="lesson-folds",
                className="lesson-folds",
                hidden=True,
            ),
        ],
        id="lesson",
        className="lesson",
        hidden=True,
        **{"aria-label": "One lesson"},
    )


def _step(step: str) -> html.Section:
    """One step: its heading, its content, and the way on."""
    _, heading = STEPS[step]
    content = {
        "predict": _predict,
        "run": _run,
        "reveal": _reveal,
        "explain": _text_alone,
        "transfer": _transfer,
        "false": _doubt,
    }[step](step)
    return html.Section(
        [html.H2(heading, id=f"lesson-heading-{step}", tabIndex=-1), *content,
         html.P("", id=f"lesson-problem-{step}", className="message", role="alert", hidden=True),
         html.Div([], id=f"lesson-way-{step}", className="lesson-way")],
        className=f"card lesson-step is-{step}", id=f"lesson-step-{step}", hidden=True,
        **{"aria-labelledby": f"lesson-heading-{step}"},
    )  # fmt: skip


def text(name: str) -> html.Div:
    """A place for a section of the lesson."""
    return html.Div(
        dcc.Markdown("", id=f"lesson-text-{name}", link_target="_blank"), className="lesson-text"
    )


def _text_alone(step: str) -> list[Any]:
    return [text(step)]


def _predict(step: str) -> list[Any]:
    return [text(step), html.Div([], id="lesson-prediction")]


def _run(step: str) -> list[Any]:
    return [
        text(step),
        html.Details(
            [html.Summary("", id="lesson-fold-title"), text("fold")],
            id="lesson-fold",
            className="lesson-others",
            hidden=True,
        ),
        html.Div(
            [
                html.Div([], id="lesson-controls", className="lesson-controls"),
                html.Div(
                    [
                        html.P(
                            TELLS_THE_ANSWER,
                            id="lesson-changes",
                            className="lesson-changes",
                            hidden=True,
                        ),
                        html.Div([], id="lesson-watched", className="lesson-watched"),
                        waiting_room("Simulating …", 5),
                        html.P("", id="lesson-watched-basis", className="lesson-basis"),
                        _chart(),
                        html.Div([], id="lesson-other", className="lesson-other"),
                    ],
                    className="lesson-results",
                ),
            ],
            id="lesson-stage",
            className="lesson-stage",
            hidden=True,
        ),
        html.P("", id="lesson-more", className="lesson-more"),
    ]


def _chart() -> html.Details:
    """How the list grows in the scenario of the lesson; its own badge says what it rests on. It
    folds where two scenarios are compared by their figures.
    """
    legend = {"half": "50 %", "most": "90 % of worlds"}
    return html.Details(
        [
            html.Summary("Who signs, month by month"),
            html.Div(
                [
                    html.Div([], id="lesson-scenarios"),
                    html.P("", id="lesson-finding", className="lesson-finding", role="status"),
                    html.Div(
                        [],
                        id="lesson-kinds",
                        className="lesson-pick",
                        role="group",
                        **{"aria-label": "Whose list is drawn"},
                    ),
                ],
                className="lesson-chart-head",
            ),
            html.Figure(
                graph("lesson-adoption"),
                role="img",
                **{
                    "aria-label": (
                        f"{', '.join(OF_STAKEHOLDERS.values())} on the list, month by month"
                    )
                },
            ),
            html.Ul(
                [
                    *(
                        html.Li([html.Span(className=f"key {key}"), words])
                        for key, words in legend.items()
                    ),
                    html.Li(
                        [html.Span(className="key beside"), "before you moved anything"],
                        id="lesson-key-beside",
                        hidden=True,
                    ),
                    html.Li(
                        [html.Span(className="key point"), "register"],
                        id="lesson-key-register",
                        hidden=True,
                    ),
                ],
                className="keys",
            ),
            signing_basis(None, "lesson-provenance", answer="lesson"),
        ],
        id="lesson-chart",
        className="lesson-chart",
        open=True,
    )


def _reveal(step: str) -> list[Any]:
    return [
        html.Div(
            [
                html.P("", id="lesson-said", className="lesson-said"),
                html.P("", id="lesson-of-ranges", className="lesson-said"),
                html.Ul([], id="lesson-ranges", className="lesson-beside"),
                html.P("", id="lesson-verdict", className="lesson-verdict"),
                html.Div([], id="lesson-sides", className="lesson-sides"),
                html.Div([], id="lesson-grid"),
                html.Ul([], id="lesson-beside", className="lesson-beside"),
                html.Details(
                    [html.Summary("", id="lesson-others-title"),
                     html.Ul([], id="lesson-other-figures", className="lesson-beside")],
                    id="lesson-others", className="lesson-others", hidden=True,
                ),
                html.P(CAUTION, id="lesson-caution", className="dimmed", hidden=True),
                text(step),
            ],
            id="lesson-revealed", hidden=True,
        ),
        waiting_room("Running the worlds that your prediction is set beside …", 3, 8),
    ]  # fmt: skip


def _transfer(step: str) -> list[Any]:
    return [
        text(step),
        html.Div([], id="lesson-answer-transfer"),
        html.Div(
            [
                html.H3("One good answer"),
                text("good_answer"),
                html.P(
                    "Yours may be another, and as good. What does it have that this one lacks?",
                    className="dimmed",
                ),
            ],
            id="lesson-good-answer",
            className="lesson-doubts",
            hidden=True,
        ),
    ]


def _doubt(step: str) -> list[Any]:
    return [
        html.P(
            "Before you read on: what would you have to see to change your mind?",
            className="lesson-ask",
        ),
        html.Div([], id="lesson-answer-false"),
        html.Div(
            [html.H3("What would speak against it"), text(step)],
            id="lesson-doubts",
            className="lesson-doubts",
            hidden=True,
        ),
    ]


def _end() -> html.Section:
    return html.Section(
        [
            html.H2("", id="lesson-heading-done", tabIndex=-1),
            html.P("You can now:", id="lesson-outcomes-lead"),
            html.Ul([], id="lesson-outcomes", className="lesson-outcomes"),
            html.Dl([], id="lesson-answers", className="lesson-answers"),
            html.Div([], id="lesson-way-done", className="lesson-way"),
            html.Div([], id="lesson-after", className="lesson-after"),
        ],
        className="card lesson-step is-done", id="lesson-step-done", hidden=True,
        **{"aria-labelledby": "lesson-heading-done"},
    )  # fmt: skip


def _background() -> html.Details:
    return html.Details(
        [html.Summary("Background: one page, with its sources"), text("background")],
        id="lesson-background", className="lesson-fold", hidden=True,
    )  # fmt: skip


def _for_the_teacher() -> html.Details:
    return html.Details(
        [
            html.Summary("For the teacher: notes"),
            html.P("", id="lesson-problem-teacher", className="message", role="alert", hidden=True),
            html.Div(
                [
                    html.H3("Answer key"),
                    html.P("", id="lesson-answer", className="lesson-answer"),
                    text("key"),
                    html.H3("Common misconceptions, each with a reply"),
                    text("misconceptions"),
                    html.Button(
                        "Print a sheet for the class",
                        id="lesson-print-class",
                        className="quiet",
                        type="button",
                    ),
                ],
                id="lesson-teacher-shown",
                hidden=True,
            ),
            waiting_room("Fetching the key …", 6),
        ],
        id="lesson-teacher",
        className="lesson-fold",
        hidden=True,
    )


def _span(minutes: list[int]) -> str:
    ends = formats.interval(min(minutes), max(minutes), between=formats.TO)
    return f"{ends}{formats.NO_BREAK}minutes"


def _minutes(lesson: sim.Lesson) -> str:
    return f"{formats.count(lesson.minutes)}{formats.NO_BREAK}min"


def _address(lesson: sim.Lesson) -> str:
    return f"learn?lesson={lesson.name}"
