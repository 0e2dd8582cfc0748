"""The page Campaign: whose signature moves most others, and where a convenor's approaches gain
most.

Its routes are those of the table of jobs: start a long question, poll it, leave it, download its
answer. Work is started by POST with JSON alone; the server refuses whatever a page of another site
sends (dashboard/admission.py). A visitor is a random text that a page makes up when it is opened;
nothing else is known of anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import html

import sim
from dashboard.data.questions import (
    APPROACHES,
    CANDIDATES,
    CONTRASTS,
    MONTHS,
    MOST_APPROACHES,
    MOST_CANDIDATES,
    MOST_NAMED,
    MOST_TRIALS,
    MOST_WORLDS,
    TABLES,
    Question,
    file_of,
    question_from,
    table_of,
)
from dashboard.data.ready_answers import answers
from dashboard.data.record import directory, names
from dashboard.data.words import registered_since
from dashboard.database import UnusableError
from dashboard.jobs import DONE, WAITING, Job, Jobs, QueueFullError
from dashboard.limits import current_limits, problem_of
from dashboard.pages import Services
from dashboard.requests import CSV, JSON, address, body, refusal, reply
from dashboard.results import Results
from dashboard.shell import (
    BY_ANY_NAME,
    call_on_change,
    keys,
    message,
    segments,
    signing_basis,
    wide_table,
)
from dashboard.view import View
from sim import number_formats as formats

PATH, NAME, ORDER = "/campaign", "Campaign", ["label", "input", "description"]
LONGEST_BODY = 16_000  # bytes
GREAT_POWERS = "sweeps?sweep=ready%3Dwhich-great-power"
WHOM = "Which states should a convenor approach?"
WHOSE = "Whose signature moves most others?"
FULL = "the queue is full: as many questions are waiting as may; ask again in a minute"
YOURS = (
    "as many questions from your network are waiting or being simulated as may; ask again when one"
    " is answered"
)
AT_FIRST_SIGHT = "Those whose signature weighs most at first sight; a quarter are firms and NGOs."
SURELY = (
    f"Intervals: 95{formats.NO_BREAK}%, how surely a mean of the worlds is known. Ranges with other"
    f" fits, and bands on other pages, hold 90{formats.NO_BREAK}% of the worlds: how far they"
    " differ."
)
MEANS = {"mean": "mean and interval"}
REGISTER = "on_the_register"  # the column that says when a state joined in fact
REGISTRATION = ["supporter_since", "supporter_is_dated"]  # of a state in the directory
ADDS = {"gain": "mean", "luck": f"luck: 95{formats.NO_BREAK}% interval"}  # marks of all first rows
FOLLOWING = {
    "gain": ADDS["gain"],
    "of-state": "states",
    "of-firm": "firms",
    "of-ngo": "NGOs",
    "luck": ADDS["luck"],
    "fits": f"90{formats.NO_BREAK}% of other fits",
}
NO_JSON = (
    "the question: found no JSON object with texts, expected one with kind, view, asked and visitor"
)
UNKNOWN = "there is no such question, or its answer was let go; start it again"
UNUSABLE = "the table of questions cannot be used just now; ask again in a moment"


def layout() -> html.Main:
    """The view that is asked about, then the two questions, each with its answer, its form and its
    progress.
    """
    return html.Main(
        [
            html.Div(
                [
                    html.H1("Campaign: whom to win"),
                    html.P(
                        [
                            "Asked of: ",
                            html.Strong("", id="campaign-view", className="awaited"),
                            " ",
                            html.A(
                                "change it on Simulate", href="./", **{"data-keeps-view": "yes"}
                            ),
                        ],
                        className="asked-of",
                    ),
                ],
                className="campaign-head",
            ),
            message(),
            html.A(WHOSE, href="#pivots-card", className="campaign-jump"),
            html.Div([_campaign(), _pivots()], className="questions"),
        ],
        id="campaign",
        className="column campaign",
        **{
            "data-most": json.dumps({"trials": MOST_TRIALS, "worlds": MOST_WORLDS}),
            "data-articles": ",".join(
                who for who, name in names().items() if sim.with_article(name) != name
            ),
        },
    )


def register(app: dash.Dash, services: Services) -> None:
    """Tells assets/campaign.js of the forms, and answers for the table of jobs."""
    call_on_change(app, "on_pivots", "pivots-most", "pivots-who", "pivots-from")
    call_on_change(app, "on_campaign", "campaign-approaches", "campaign-from")
    call_on_change(app, "on_contrast", "pivots-contrast")
    server, jobs, worker = app.server, services.jobs, services.worker

    @server.post("/data/jobs")
    def start_job() -> flask.Response:
        content = _content()
        question = _question_of(content, services.results)
        visitor = _visitor(content.get("visitor"))
        job = _at_hand(question.key)
        if job is None:
            job = jobs.ask(question.key, question.content, visitor, address())
            worker.wake()
        return _now(_worded(job, question))

    @server.get("/data/jobs")
    def find_job() -> flask.Response:
        """The job of a question, which is not started or waited for."""
        question = _question_of(flask.request.args, services.results)
        job = _find(jobs, question.key)
        return _now(
            {"key": question.key, "state": "none"} if job is None else _worded(job, question)
        )

    @server.get("/data/jobs/<key>")
    def poll_job(key: str) -> flask.Response:
        job = _at_hand(key) or jobs.find(key, _visitor(flask.request.args.get("visitor")))
        if job is None:
            return refusal(UNKNOWN, 404)
        if job.state == WAITING:
            worker.wake()
        return _now(_worded(job, _same_question(job, services.results)))

    @server.post("/data/jobs/<key>/leave")
    def leave_job(key: str) -> flask.Response:
        return _job_or_refusal(jobs.leave(key, _visitor(_content().get("visitor"))))

    @server.get("/data/jobs/<key>/<name>.csv")
    def job_table(key: str, name: str) -> flask.Response:
        if name not in TABLES:
            raise sim.InputError(
                f"the table: it is {name[:40]!r}, expected one of {', '.join(TABLES)}"
            )
        job = _find(jobs, key)
        answer = (
            None
            if job is None
            else _worded(job, _same_question(job, services.results)).get("result")
        )
        table = None if answer is None else table_of(answer, name)
        return (
            refusal(UNKNOWN, 404)
            if table is None
            else reply(table, CSV, file_of(answer or {}, name))
        )

    @server.errorhandler(QueueFullError)
    def full(problem: QueueFullError) -> flask.Response:
        return refusal(YOURS if problem.is_of_one else FULL, 429)

    @server.errorhandler(UnusableError)
    def unusable(problem: UnusableError) -> flask.Response:
        server.logger.error("the table of jobs cannot be used", exc_info=problem)
        return refusal(UNUSABLE, 503)


def _pivots() -> html.Section:
    form = [
        _number(
            "pivots-most", "How many candidates", CANDIDATES, 1, MOST_CANDIDATES, AT_FIRST_SIGHT
        ),
        dmc.MultiSelect(
            id="pivots-who",
            label="Or by name",
            data=[],
            placeholder="By name",
            searchable=True,
            limit=60,
            filter=BY_ANY_NAME,
            maxValues=MOST_NAMED,
            selectFirstOptionOnChange=True,
            nothingFoundMessage="Nobody has this name",
            inputWrapperOrder=ORDER,
        ),
        _from("pivots", "A candidate signs from month"),
    ]
    answer = [
        _top(
            "pivots",
            "The first candidates",
            html.P("", id="pivots-order", className="row-order"),
            keys(FOLLOWING),
        ),
        html.P(
            [
                html.A("Sweeps", href=GREAT_POWERS),
                " asks something else: one great power’s signature beside another’s.",
            ],
            className="dimmed of-sweeps",
        ),
        _whole(
            "How to read it, and all candidates",
            html.P(SURELY, className="dimmed"),
            html.Div(
                [
                    html.Span(
                        "Others that sign by the end where the candidate",
                        id="pivots-contrast-label",
                    ),
                    segments(
                        "pivots-contrast",
                        CONTRASTS,
                        className="contrast",
                        **{"aria-labelledby": "pivots-contrast-label"},
                    ),
                ],
                className="contrast-head",
            ),
            keys({**MEANS, "low": "with less pull of neighbours"}),
            wide_table("pivots-table", "Candidates by place"),
            html.P("", id="pivots-read", className="dimmed"),
            html.P(
                [
                    "Each is set beside its own staying out, and numbers are means. Compare sets a"
                    " signature beside the call as it is, where many a candidate signs anyway, and"
                    " tells the middle pair of worlds, so its numbers are often smaller. Sweeps has"
                    " the United States in from November 2021 in all worlds, so there the lead of"
                    " one over another is another number."
                ],
                className="dimmed",
            ),
            html.P(
                "A register can hardly tell the example of neighbours from what neighbours have in"
                " common, so the second interval shows what is left with as little pull of"
                " neighbours as the register allows: two standard errors less. That those who are"
                " alike sign alike without looking at each other is the reflection problem (Manski"
                " 1993).",
                className="caution",
            ),
        ),
    ]
    return _question(
        "pivots",
        WHOSE,
        [
            "Each candidate signs in one set of simulated worlds and stays out in the other, all"
            " else alike. Counted are the others that have signed by the end, never the candidate."
        ],
        form,
        answer,
        {"pivots": "The ranking (CSV)"},
    )


def _campaign() -> html.Section:
    form = [
        _number("campaign-approaches", "How many approaches", APPROACHES, 1, MOST_APPROACHES,
                f"To one state each, for {MONTHS} months."),
        _from("campaign", "They begin in month"),
    ]  # fmt: skip
    statuses = {name.replace("_", "-"): status.label for name, status in sim.STATUSES.items()}
    answer = [
        html.Div(
            [
                _top(
                    "campaign",
                    "Whom to approach",
                    html.P("", id="campaign-order", className="row-order"),
                    keys(ADDS),
                ),
                html.P(
                    html.A("Open Simulate with these approaches", id="campaign-try", href="./"),
                    id="campaign-try-line",
                ),
            ]
        ),
        _whole(
            "How to read it, other lists beside it, and where each state stands",
            html.P(SURELY, className="dimmed"),
            html.H3("Lists of equal length"),
            html.P("", id="lists-read", className="dimmed"),
            keys(MEANS),
            wide_table("lists-table", "Lists of equal length, side by side"),
            html.H3("Whom to approach"),
            html.P(
                "Listed as they were picked, which is no order to keep. The striped bar says where"
                " the state stands by the end in worlds without any approach: one that has not been"
                " reached can be won by a visit, one that would decline needs another text.",
                className="dimmed",
            ),
            keys(statuses),
            wide_table("approached-table", "Whom to approach, and where each stands"),
            html.P("", id="campaign-read", className="dimmed"),
        ),
    ]
    return _question(
        "campaign",
        WHOM,
        [
            html.Span(
                f"To approach a state is to seek it out for {MONTHS} months: nine in ten then take"
                " the matter up.",
                className="asks",
            ),
            " Compared are the same simulated worlds with and without the approaches.",
        ],
        form,
        answer,
        {"approached": "The approaches (CSV)", "lists": "The lists (CSV)"},
    )


def _question(
    name: str,
    title: str,
    subtitle: list[Any],
    form: list[Any],
    answer: list[Any],
    tables: dict[str, str],
) -> html.Section:
    first, *rest = answer
    downloads = [
        html.A(words, href="", id=f"{table}-csv", download="") for table, words in tables.items()
    ]
    return html.Section(
        [
            html.H2(title, id=f"{name}-title"),
            html.Div(
                [
                    html.H3("", id=f"{name}-found", className="found", tabIndex=-1),
                    first,
                    html.P("", id=f"{name}-other-fits", className="other-fits", hidden=True),
                    html.P("", id=f"{name}-assumes", className="assumes"),
                    html.Div([], id=f"{name}-next", className="next-question"),
                    html.P(
                        [*subtitle, " ", html.Span("", id=f"{name}-sorted")],
                        className="dimmed about",
                    ),
                    signing_basis(
                        None,
                        f"{name}-provenance",
                        html.Span(downloads, className="downloads"),
                        answer=name,
                    ),
                    *rest,
                ],
                id=f"{name}-answer",
                className="answer",
                hidden=True,
            ),
            html.Details(
                [
                    html.Summary("Ask it otherwise"),
                    html.P(subtitle, className="dimmed"),
                    html.Div(form, className="question-form"),
                    html.P("", id=f"{name}-plan", className="dimmed plan awaited"),
                    html.Button(
                        ["Ask", html.Span(" this instead", className="instead")],
                        id=f"{name}-start",
                        type="button",
                        className="main",
                        **{"aria-describedby": f"{name}-title"},
                    ),
                ],
                id=f"{name}-form",
                className="ask-otherwise",
            ),
            html.Div(
                [
                    html.Button(
                        "Cancel",
                        id=f"{name}-cancel",
                        type="button",
                        className="quiet",
                        hidden=True,
                        **{"aria-describedby": f"{name}-title"},
                    ),
                    html.Progress(
                        id=f"{name}-progress", hidden=True, **{"aria-label": f"Progress: {title}"}
                    ),
                    html.Span("", id=f"{name}-state", role="status"),
                    html.Span("", id=f"{name}-count", className="dimmed"),
                ],
                className="question-run",
            ),
            html.Button(
                "Open this question",
                id=f"{name}-open",
                type="button",
                className="quiet open-question",
            ),
            message(f"{name}-problem"),
        ],
        className="card question",
        id=f"{name}-card",
        **{"aria-labelledby": f"{name}-title", "data-own-provenance": "yes"},
    )


def _top(name: str, label: str, *read: Any) -> html.Div:
    """How to *read* the marks, the first rows of an answer, and a button for those that a phone
    leaves out.
    """
    return html.Div(
        [
            *read,
            wide_table(f"{name}-top", label),
            html.Button(
                "", id=f"{name}-more", type="button", className="quiet more-rows", hidden=True
            ),
        ],
        **{"data-figure": f"{name}-top", "data-bars": "yes"},
    )


def _whole(title: str, *content: Any) -> html.Details:
    """All of an answer, behind its first rows."""
    return html.Details(
        [html.Summary(title), html.Div(list(content), className="whole-content")], className="whole"
    )


def _number(name: str, label: str, value: int, low: int, high: int, words: str) -> dmc.NumberInput:
    return _input(name, f"{label} ({low} to {high})", value, words, min=low, max=high)


def _from(name: str, label: str) -> dmc.NumberInput:
    return _input(f"{name}-from", label, 0, "Month 0 ends on the day of the launch.")


def _input(name: str, label: str, value: int, words: str, **more: Any) -> dmc.NumberInput:
    return dmc.NumberInput(
        id=name,
        label=label,
        value=value,
        allowDecimal=False,
        clampBehavior="strict",
        description=words,
        inputWrapperOrder=ORDER,
        **more,
    )


def _now(content: Mapping[str, Any]) -> flask.Response:
    """*content*, which holds at this moment and is not kept by the browser."""
    response = flask.Response(json.dumps(content), mimetype=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def _job_or_refusal(job: Job | None) -> flask.Response:
    return refusal(UNKNOWN, 404) if job is None else _now(job.as_json())


def _question_of(content: Mapping[str, Any], results: Results) -> Question:
    """The question in *content*, within the limits of this server, of which *results* it may
    name.
    """
    question = question_from(content, results)
    if problem := problem_of(question.view.query(), current_limits()):
        raise sim.InputError(problem)
    return question


def _at_hand(key: str) -> Job | None:
    """The job of the question with this *key* where its answer ships, which needs no simulation."""
    answer = answers().get(key)
    if answer is None:
        return None
    return Job(
        key,
        question={},
        state=DONE,
        done=0,
        total=0,
        seconds_left=None,
        before=0,
        message="",
        result=answer,
    )


def _find(jobs: Jobs, key: str) -> Job | None:
    return _at_hand(key) or jobs.find(key)


def _worded(job: Job, question: Question | None) -> dict[str, Any]:
    """The *job* as JSON; its answer repeats the *question* as this visitor spells it, who may not
    have asked first.
    """
    content = job.as_json()
    if question is not None and "result" in content:
        result = content["result"] | question.wording(content["result"])
        content["result"] = result | _in_fact(question, result)
    return content


def _in_fact(question: Question, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The states that an *answer* approaches, each with when it joined in fact; empty where nobody
    is approached, or the register lists another code.
    """
    rows = answer.get("approached", [])
    people = directory().set_index("id")
    is_of_register = question.view.variant.code.launch == View().variant.code.launch
    if not is_of_register or not all(row["who"] in people.index for row in rows):
        return {}
    told = [
        row | {REGISTER: registered_since(*people.loc[row["who"], REGISTRATION])} for row in rows
    ]
    return {"approached": told} if told else {}


def _same_question(job: Job, results: Results) -> Question | None:
    """The question that stands in this request beside the key of *job*, where it is that job's."""
    if job.result is None or "kind" not in flask.request.args:
        return None
    question = _question_of(flask.request.args, results)
    return question if question.key == job.key else None


def _content() -> Mapping[str, Any]:
    """The JSON object of this request's body."""
    request = flask.request
    if request.mimetype != JSON or (request.content_length or 0) > LONGEST_BODY:
        raise sim.InputError(
            f"{NO_JSON}, of type application/json and of at most {LONGEST_BODY} bytes"
        )
    text = body()
    try:
        content = json.loads(text) if len(text) <= LONGEST_BODY else None
    except (ValueError, RecursionError):
        raise sim.InputError(NO_JSON) from None
    if not isinstance(content, dict):
        raise sim.InputError(NO_JSON)
    return content


def _visitor(name: Any) -> str:
    if not (isinstance(name, str) and re.fullmatch(r"[0-9a-f]{8,64}", name)):
        raise sim.InputError(
            "the question: found no visitor, expected 8 to 64 hexadecimal digits that a page"
            " made up"
        )
    return name
