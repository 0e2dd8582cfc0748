"""The routes of the page Learn: a lesson comes in parts, so that a browser holds nothing of the
answer before its student has committed to a prediction.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import flask

import sim
from dashboard.pages import Services
from dashboard.pages.learn.content import (
    TEXTS,
    course_of,
    key_of,
    lesson_of,
    opening_of,
    revealed_of,
    texts_of,
    watched_of,
)
from dashboard.requests import query, reply
from dashboard.view import WHERE, at_most_one, keys_and_values, number_of, pairs_of

PARTS: dict[str, Callable[[sim.Lesson], dict[str, Any]]] = {
    "opening": opening_of, "course": course_of, "revealed": revealed_of, "key": key_of,
    **{part: partial(texts_of, part) for part in TEXTS},
}  # fmt: skip
SIMULATED = "revealed"
LESSON, SET, CHOOSE, AFTER = KEYS = ("lesson", "set", "choose", "after")
REVEAL = "reveal"  # the step after which numbers that tell the answer are shown


def register(server: flask.Flask, services: Services) -> None:
    """The routes on *server*, from *services*."""

    def answer(part: str) -> flask.Response:
        lesson, _ = _request(LESSON)
        key = f"lesson/{part}?{lesson.name}"
        return reply(
            services.answers.get(key, partial(PARTS[part], lesson), slow=part == SIMULATED)
        )

    @server.get("/data/lesson/prepared")
    def prepared() -> flask.Response:
        """Simulates what will be revealed while a student runs, and tells nothing of it."""
        lesson, _ = _request(LESSON)
        answer(SIMULATED)
        return flask.jsonify(name=lesson.name)

    for part in PARTS:
        server.add_url_rule(f"/data/lesson/{part}", f"lesson-{part}", partial(answer, part))

    @server.get("/data/lesson/watched")
    def watched() -> flask.Response:
        lesson, values = _request(*KEYS)
        dials = {name: number_of(name, text) for name, text in pairs_of(SET, values[SET])}
        choices = dict(pairs_of(CHOOSE, values[CHOOSE]))
        after = at_most_one(AFTER, values[AFTER])
        if after not in ("", REVEAL):
            raise sim.InputError(f"{WHERE}: {AFTER} is {after[:40]!r}, expected {REVEAL} or none")
        moved = f"{sorted(dials.items())} {sorted(choices.items())}"
        key = f"lesson/watched?{lesson.name} {moved} {after}"
        made = partial(watched_of, lesson, dials, choices, after == REVEAL)
        return reply(services.answers.get(key, made))


def _request(*keys: str) -> tuple[sim.Lesson, dict[str, list[str]]]:
    """The lesson that this request names, and the values of each of *keys*; InputError where it
    names another key.
    """
    values: dict[str, list[str]] = {key: [] for key in keys}
    for key, value in keys_and_values(query(), WHERE):
        if key not in values:
            raise sim.InputError(
                f"{WHERE}: found the key {key[:40]!r}, expected one of {', '.join(keys)}"
            )
        values[key].append(value)
    return lesson_of(at_most_one(LESSON, values[LESSON])), values
