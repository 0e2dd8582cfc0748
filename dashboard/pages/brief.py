"""The brief: one view on one page of paper, for somebody who decides and has two minutes. As a page it has no script
but for its button; as a file it needs nothing else. dashboard/data/brief.py says what is on it.
"""

from __future__ import annotations

import base64
import functools
import ipaddress
import json
from pathlib import Path

import dash
import flask

import sim
from dashboard.data.brief import brief_of
from dashboard.data.record import directory
from dashboard.pages import Services
from dashboard.requests import query, reply
from dashboard.theme import PALETTES
from dashboard.view import LONGEST_NAME, WHERE, at_most_one, split_query, view_and_round

LONGEST_LINK = 200  # characters that a page has room for
FONT = Path(__file__).parent.parent / "assets" / "inter.woff2"
HTML = "text/html"


def register(app: dash.Dash, services: Services) -> None:
    """The page /brief, and /brief/file, which is the same to keep or to send, on the server of *app*."""

    def render(as_file: bool) -> str:
        of_view, values = split_query(query(), "who")
        view, month = view_and_round(of_view)
        who = _id_of(at_most_one("who", values["who"]))
        key = f"brief {month} {who}?{view.query()}"
        content = json.loads(services.answers.get(key, lambda: brief_of(view, services.runs, month, who)))
        last = month == view.variant.last_round
        root = flask.request.url_root
        shared = {
            "colours": vars(PALETTES["light"]),
            "link": link_of("/" if is_own(root) else root, content["query"], month, last),
            "back": link_of("./", content["query"], month, last, longest=10_000) or "./", "own_machine": is_own(root),
            "file": f"brief/file?{flask.request.query_string.decode('ascii', 'replace')}", "as_file": as_file,
            "font": _font() if as_file else "",
        }  # fmt: skip
        return flask.render_template("brief.html", **content, **shared)

    @app.server.get("/brief")
    def brief() -> flask.Response:
        return reply(render(as_file=False), HTML)

    @app.server.get("/brief/file")
    def brief_file() -> flask.Response:
        return reply(render(as_file=True), HTML, "brief.html")


def _id_of(name: str) -> str:
    """The id of whom *name* names; empty for none, InputError for a name that nobody has."""
    if not name:
        return ""
    people = directory()
    for who, known in zip(people["id"], people["name"], strict=True):
        if name.casefold() in (who.casefold(), known.casefold()):
            return str(who)
    raise sim.InputError(
        f"{WHERE}: who is {name[:LONGEST_NAME][:40]!r}, expected a state (USA), or a firm or an NGO with a name"
    )


def link_of(root: str, query: str, round_shown: int, last: bool, longest: int = LONGEST_LINK) -> str:
    """The link to the view on the server at *root*; empty where paper has no room for it."""
    parts = "&".join(part for part in (query, "" if last else f"round={round_shown}") if part)
    link = f"{root}?{parts}" if parts else root
    return link if len(link) <= longest else ""


def is_own(root: str) -> bool:
    """Whether the address *root* is of this machine alone, so that others cannot open it."""
    host = root.partition("://")[2].partition("/")[0].rpartition("@")[2]
    host = host[1 : host.index("]")] if host.startswith("[") and "]" in host else host.partition(":")[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@functools.cache
def _font() -> str:
    return base64.b64encode(FONT.read_bytes()).decode()
