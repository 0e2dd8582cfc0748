"""The routes of the job table: start a long question, poll it, leave it, and take its answer away as a table.

Work is started by POST with JSON alone, and from this very host where a browser asks, so that no other site can start
it in somebody's name. Who waits is a random text that a page makes up when it is opened; nothing else is known of it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

import flask

import sim
from dashboard.bounds import bounds, problem_of, refused
from dashboard.campaigns import TABLES, CampaignQuestion, PivotsQuestion, question_from, table_of
from dashboard.jobs import WAITING, Job, Jobs, QueueFullError
from dashboard.replies import CSV, reply
from dashboard.worker import Worker

LONGEST_BODY = 16_000  # bytes
FULL = "the queue is full: as many questions are waiting as may; ask again in a minute"
ELSEWHERE = "a question may be started from Parley's own pages only"
NO_JSON = "the question: found no JSON object with texts, expected one with kind, view, asked and visitor"
UNKNOWN = "there is no such question, or its answer was let go; start it again"
UNUSABLE = "the table of questions cannot be used just now; ask again in a moment"


class ElsewhereError(Exception):
    """Another site's page may have sent this."""


def register(server: flask.Flask, jobs: Jobs, worker: Worker) -> None:
    """The routes, on *server*, to *jobs*, of which *worker* takes care."""

    @server.post("/data/jobs")
    def start_job() -> flask.Response:
        said = _said()
        question = _question(said)
        job = jobs.ask(question.key, question.said, _visitor(said.get("visitor")))
        worker.wake()
        return _told(job.as_json())

    @server.get("/data/jobs")
    def find_job() -> flask.Response:
        """How the question stands, without starting it or waiting for it."""
        key = _question(flask.request.args).key
        job = jobs.find(key)
        return _told({"key": key, "state": "none"} if job is None else job.as_json())

    @server.get("/data/jobs/<key>")
    def poll_job(key: str) -> flask.Response:
        job = jobs.find(key, _visitor(flask.request.args.get("visitor")))
        if job is not None and job.state == WAITING:
            worker.wake()
        return _known(job)

    @server.post("/data/jobs/<key>/leave")
    def leave_job(key: str) -> flask.Response:
        return _known(jobs.leave(key, _visitor(_said().get("visitor"))))

    @server.get("/data/jobs/<key>/<name>.csv")
    def job_table(key: str, name: str) -> flask.Response:
        if name not in TABLES:
            raise sim.InputError(f"the table: it is {name[:40]!r}, expected one of {', '.join(TABLES)}")
        job = jobs.find(key)
        text = table_of(job.result, name) if job is not None and job.result is not None else None
        return refused(UNKNOWN, 404) if text is None else reply(text, CSV, f"{name}.csv")

    @server.errorhandler(QueueFullError)
    def full(_: QueueFullError) -> flask.Response:
        return refused(FULL, 429)

    @server.errorhandler(ElsewhereError)
    def elsewhere(_: ElsewhereError) -> flask.Response:
        return refused(ELSEWHERE, 403)

    @server.errorhandler(sqlite3.Error)
    def unusable(problem: sqlite3.Error) -> flask.Response:
        server.logger.error("the table of jobs cannot be used", exc_info=problem)
        return refused(UNUSABLE, 503)


def _told(content: Mapping[str, Any]) -> flask.Response:
    """*content* as it is at this moment, and not later."""
    response = flask.Response(json.dumps(content), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _known(job: Job | None) -> flask.Response:
    return refused(UNKNOWN, 404) if job is None else _told(job.as_json())


def _question(said: Mapping[str, Any]) -> PivotsQuestion | CampaignQuestion:
    """The question that *said* holds, within the bounds of this server."""
    question = question_from(said)
    if problem := problem_of(question.view.query(), bounds()):
        raise sim.InputError(problem)
    return question


def _said() -> Mapping[str, Any]:
    """The JSON object of this request's body; ElsewhereError where another site's page may have sent it."""
    request = flask.request
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:  # newer browsers say it, whatever a proxy between has made of the host
        elsewhere = site != "same-origin"
    else:
        elsewhere = origin not in (None, f"http://{request.host}", f"https://{request.host}")
    if elsewhere:
        raise ElsewhereError
    if request.mimetype != "application/json" or (request.content_length or 0) > LONGEST_BODY:
        raise sim.InputError(f"{NO_JSON}, of type application/json and of at most {LONGEST_BODY} bytes")
    try:
        said = json.loads(request.stream.read(LONGEST_BODY))
    except (ValueError, RecursionError):
        raise sim.InputError(NO_JSON) from None
    if not isinstance(said, dict):
        raise sim.InputError(NO_JSON)
    return said


def _visitor(name: Any) -> str:
    if not (isinstance(name, str) and re.fullmatch(r"[0-9a-f]{8,64}", name)):
        raise sim.InputError("the question: found no visitor, expected 8 to 64 hexadecimal digits that a page made up")
    return name
