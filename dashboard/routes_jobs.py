"""The routes of the job table: start a long question, poll it, leave it, and take its answer away as a table.

Work is started by POST with JSON alone, and from this very host where a browser asks, so that no other site can start
it in somebody's name. Who waits is a random text that a page makes up when it is opened; nothing else is known of it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import flask

import sim
from dashboard.campaigns import TABLES, question_from, table_of
from dashboard.jobs import Jobs, QueueFullError
from dashboard.worker import Worker

LONGEST_BODY = 16_000  # bytes
FULL = "the queue is full: as many questions are waiting as may; ask again in a minute"
ELSEWHERE = "a question may be started from Parley's own pages only"
NO_JSON = "the question: found no JSON object with texts, expected one with kind, view, asked and visitor"
UNKNOWN = "there is no such question, or its answer was let go; start it again"
UNUSABLE = "the table of questions cannot be used just now; ask again in a moment"

Answer = tuple[dict[str, Any], int]


def register(server: flask.Flask, jobs: Jobs, worker: Worker) -> None:
    """The routes, on *server*, to *jobs*, of which *worker* takes care."""

    def told(key: str, visitor: str | None) -> Answer:
        job = jobs.find(key, visitor)
        if job is None:
            return {"message": UNKNOWN}, 404
        if job.state == "waiting":
            worker.wake()
        return job.as_json(), 200

    @server.post("/data/jobs")
    def start_job() -> flask.Response:
        def started() -> Answer:
            said = _said()
            question = question_from(said)
            job = jobs.ask(question.key, question.said, _visitor(said.get("visitor")))
            worker.wake()
            return job.as_json(), 200

        return _answered(started)

    @server.get("/data/jobs")
    def find_job() -> flask.Response:
        """How the question stands, without starting it or waiting for it."""

        def found() -> Answer:
            key = question_from(flask.request.args).key
            job = jobs.find(key)
            return ({"key": key, "state": "none"} if job is None else job.as_json()), 200

        return _answered(found)

    @server.get("/data/jobs/<key>")
    def poll_job(key: str) -> flask.Response:
        return _answered(lambda: told(key, _visitor(flask.request.args.get("visitor"))))

    @server.post("/data/jobs/<key>/leave")
    def leave_job(key: str) -> flask.Response:
        def left() -> Answer:
            job = jobs.leave(key, _visitor(_said().get("visitor")))
            return ({"message": UNKNOWN}, 404) if job is None else (job.as_json(), 200)

        return _answered(left)

    @server.get("/data/jobs/<key>/<name>.csv")
    def job_table(key: str, name: str) -> flask.Response:
        def found() -> Answer:
            if name not in TABLES:
                raise sim.InputError(f"the table: it is {name[:40]!r}, expected one of {', '.join(TABLES)}")
            job = jobs.find(key)
            text = table_of(job.result, name) if job is not None and job.result is not None else None
            return ({"message": UNKNOWN}, 404) if text is None else ({"text": text}, 200)

        response = _answered(found)
        if response.status_code == 200:
            response = flask.Response(response.get_json()["text"], mimetype="text/csv")
            response.headers["Content-Disposition"] = f"attachment; filename=parley-{name}.csv"
        return response


def _answered(answer: Callable[[], Answer]) -> flask.Response:
    """What *answer* says, or one sentence that says why there is none."""
    try:
        content, status = answer()
    except sim.InputError as problem:
        content, status = {"message": str(problem)}, 400
    except QueueFullError:
        content, status = {"message": FULL}, 429
    except sqlite3.Error:
        flask.current_app.logger.exception("the table of jobs cannot be used")
        content, status = {"message": UNUSABLE}, 503
    except PermissionError:
        content, status = {"message": ELSEWHERE}, 403
    response = flask.Response(json.dumps(content), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _said() -> Mapping[str, Any]:
    """The JSON object of this request's body; PermissionError where another site's page may have sent it."""
    request = flask.request
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:  # newer browsers say it, whatever a proxy between has made of the host
        elsewhere = site != "same-origin"
    else:
        elsewhere = origin is not None and urlsplit(origin).netloc != request.host
    if elsewhere:
        raise PermissionError
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
