"""The routes of class sessions: JSON under /class/api, their pages and what these load under
/class.

Whoever asks is known by the header `Authorization: Bearer TOKEN` alone. No cookie is set, and no
token is taken from an address, which would stay in histories and logs.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import flask
import segno

import sim
from dashboard import theme
from dashboard.admission import is_loopback
from dashboard.classroom import paper
from dashboard.classroom.attempts import Attempts
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.codes import as_code
from dashboard.classroom.pages import filled
from dashboard.classroom.people import Person
from dashboard.classroom.refusals import (
    BAD,
    NO_SUCH_CODE,
    NOT_YOURS,
    TOO_LARGE,
    UNKNOWN_TOKEN,
    ClassError,
)
from dashboard.classroom.room import Room
from dashboard.classroom.slides import slides
from dashboard.limits import current_limits
from dashboard.requests import CSV, JSON, address, body, is_from_another_site, refusal
from sim import typeface

TIME = "Parley-Time"  # header of every answer under API: the server's time, in seconds
API, STATIC, HOME = "/class/api/", "/class/static/", "/class"
HERE = Path(__file__).parent
PAGES = ("join", "seat", "console", "screen")
MOST_BYTES = 8192  # of a request: as many as the ballots of thirty seats on a text have
OPENED_AN_HOUR, WRONG_CODES_A_MINUTE = 20, 10
HOUR, MINUTE = 3600.0, 60.0
QUERIES = {  # path -> what its address may say
    f"{API}briefing": {"seat", "language"},
    "/class/qr.svg": {"code"},
    f"{HOME}/paper": {*paper.KEYS},
}


Groups = Mapping[str, Sequence[tuple[str, str]]]  # of other pages (path and name), by title


def register(server: flask.Flask, room: Room, groups: Groups = MappingProxyType({})) -> None:
    """The routes on *server*; the page on which a session opens leads to the pages of *groups*."""
    blueprint = flask.Blueprint("classroom", __name__)
    opened = Attempts(OPENED_AN_HOUR, HOUR, "refusal-opened-too-often")
    missed = Attempts(WRONG_CODES_A_MINUTE, MINUTE, "refusal-codes-too-often")
    _register_pages(blueprint, room, groups)

    @server.errorhandler(ClassError)
    def refused(problem: ClassError) -> flask.Response:
        answer = _private(refusal(str(problem), problem.status))
        if problem.status == UNKNOWN_TOKEN:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    @blueprint.errorhandler(sim.InputError)
    def wrong(problem: sim.InputError) -> flask.Response:
        return _private(refusal(str(problem), BAD))

    @blueprint.before_request
    def check() -> None:
        request = flask.request
        if not request.path.startswith(API) and request.path not in QUERIES:
            return
        if set(request.args) - QUERIES.get(request.path, set()):
            raise ClassError(BAD, "refusal-in-the-address")
        if is_from_another_site():
            raise ClassError(NOT_YOURS, "refusal-other-site")
        if (request.content_length or 0) > MOST_BYTES or len(body()) > MOST_BYTES:
            raise ClassError(TOO_LARGE, "refusal-too-large", most=str(MOST_BYTES))

    @blueprint.after_request
    def tell_time(answer: flask.Response) -> flask.Response:
        if flask.request.path.startswith(API):
            answer.headers[TIME] = str(round(room.store.clock(), 3))
        return answer

    @blueprint.get(f"{API}choices")
    def choices() -> flask.Response:
        return _json({**room.choices(), "join": _join(room), "phones": _reaches_phones(room)})

    @blueprint.post(f"{API}sessions")
    def sessions() -> flask.Response:
        now, sender, wish = (
            room.store.clock(),
            address(),
            _wish("scenario", "plan", "seats", "seed", "rule"),
        )
        opened.check(sender, now)
        code, secret = room.open(wish)
        opened.note(sender, now)
        room.simulate(code)
        return _json({"code": code, "secret": secret}, 201)

    @blueprint.post(f"{API}sessions/<code>/students")
    def students(code: str) -> flask.Response:
        now, sender, wish = room.store.clock(), address(), _wish("name", "token")
        missed.check(sender, now)
        try:
            token, number = room.join(code, wish.get("name"), sender, wish.get("token"))
        except ClassError as problem:
            if problem.status == NO_SUCH_CODE:
                missed.note(sender, now)
            raise
        return _json({"token": token, "number": number}, 201)

    @blueprint.get(f"{API}state")
    def state() -> flask.Response:
        person = _person(room)
        room.note(person)
        mark = room.mark(person)
        if flask.request.if_none_match.contains_weak(mark):
            answer = flask.Response(status=304)
        else:
            answer = _json(room.state(person, _join(room), _reaches_phones(room)))
        answer.set_etag(mark, weak=True)  # a strong one would be told apart by its compression
        return _private(answer)

    def changes(
        path: str, names: tuple[str, ...], change: Callable[[Person, Mapping[str, Any]], Any]
    ) -> None:
        """A route at *path* that takes *names* and makes a *change*, whose answer it gives."""

        def route() -> flask.Response:
            person = _person(room)
            return _json(change(person, _wish(*names)) or {"accepted": True})

        blueprint.add_url_rule(f"{API}{path}", path, route, methods=["POST"])

    changes("seat", ("seat",), lambda person, wish: room.seat(person, wish.get("seat")))
    changes(
        "decisions",
        ("step", "seat", "value"),
        lambda who, wish: room.decide(who, wish.get("step"), wish.get("value"), wish.get("seat")),
    )
    changes(
        "confirm",
        ("step", "seat"),
        lambda who, wish: room.confirm(who, wish.get("step"), wish.get("seat")),
    )
    changes("ballots", ("step", "ballots"), room.enter_ballots)
    changes("teacher", ("action", "step", "event", "student", "seat"), room.teach)
    changes("screen", (), lambda person, _: {"token": room.screen(person)})

    @blueprint.get(f"{API}briefing")
    def briefing() -> flask.Response:
        wish = flask.request.args
        return _json(
            room.briefing(_person(room), wish.get("seat", ""), wish.get("language", ENGLISH.code))
        )

    @blueprint.get(f"{API}export.csv")
    def export() -> flask.Response:
        answer = flask.Response(room.export(_person(room)), mimetype=CSV)
        answer.headers["Content-Disposition"] = "attachment; filename=parley-class.csv"
        return _private(answer)

    server.register_blueprint(blueprint)


def _register_pages(blueprint: flask.Blueprint, room: Room, groups: Groups) -> None:
    """The pages, what they load, and the QR code of an address to join at."""

    @blueprint.get(f"{HOME}/colours.css")
    def colours() -> flask.Response:
        answer = flask.Response(
            theme.variables_by_system() + theme.variables(), mimetype="text/css"
        )
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    @blueprint.get(f"{HOME}/typeface.css")
    def of_paper() -> flask.Response:
        return flask.Response(typeface.font_faces(), mimetype="text/css")

    def page(name: str, **values: object) -> flask.Response:
        answer = flask.Response(filled(name, ENGLISH, **values), mimetype="text/html")
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    blueprint.add_url_rule(HOME, "home", lambda: page("class", groups=groups))
    for name in PAGES:
        blueprint.add_url_rule(f"{HOME}/{name}", f"page-{name}", lambda name=name: page(name))

    @blueprint.get(f"{STATIC}<path:name>")
    def static(name: str) -> flask.Response:
        answer = flask.send_from_directory(HERE / "static", name)
        answer.headers["Cache-Control"] = (
            "no-cache"  # it is asked for again by its mark, which costs little
        )
        return answer

    @blueprint.get(f"{HOME}/paper")
    def sheets() -> flask.Response:
        return flask.Response(
            paper.Paper(flask.request.args.to_dict()).page(), mimetype="text/html"
        )

    @blueprint.get(f"{HOME}/slides.html")
    def download() -> flask.Response:
        answer = flask.Response(slides(), mimetype="text/html")
        answer.headers["Content-Disposition"] = "attachment; filename=parley-slides.html"
        return answer

    @blueprint.get("/class/qr.svg")
    def qr() -> flask.Response:
        code = as_code(flask.request.args.get("code", ""))
        if not code:
            raise ClassError(BAD, "refusal-code-form")
        picture = io.BytesIO()
        segno.make(f"{flask.request.scheme}://{_join(room)}#{code}", micro=False).save(
            picture, kind="svg", border=4, dark="#000", light="#fff", omitsize=True
        )
        return flask.Response(picture.getvalue(), mimetype="image/svg+xml")


def _join(room: Room) -> str:
    """The address at which phones join, as one types it: where this request found the server,
    unless that is a name of this computer for itself and another is known.
    """
    host = flask.request.host
    return f"{room.address if room.address and is_loopback(host) else host}{HOME}/join"


def _reaches_phones(room: Room) -> bool:
    """Whether another device finds the address at which one joins: of a server for this computer
    alone none does.
    """
    return not current_limits().own and not is_loopback(_join(room).partition("/")[0])


def _person(room: Room) -> Person:
    """Whoever asks; ClassError where nobody says so."""
    scheme, _, token = flask.request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not token.strip():
        raise ClassError(UNKNOWN_TOKEN, "refusal-no-token")
    return room.person(token.strip())


def _wish(*names: str) -> Mapping[str, Any]:
    """The JSON object of this request, which has no other keys than *names*."""
    try:
        wish = flask.request.get_json(silent=True) if flask.request.is_json else None
    except RecursionError:
        wish = None
    if not isinstance(wish, dict) or set(wish) - set(names):
        raise ClassError(
            BAD, "refusal-request" if names else "refusal-empty-request", names=", ".join(names)
        )
    return wish


def _json(content: Mapping[str, Any], status: int = 200) -> flask.Response:
    return _private(flask.Response(flask.json.dumps(content), status=status, mimetype=JSON))


def _private(answer: flask.Response) -> flask.Response:
    answer.headers["Cache-Control"] = "no-store, private"
    return answer
