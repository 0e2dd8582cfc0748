"""The brief: the question of a page on one page of paper, for somebody who decides and has two
minutes. As a page it has no script but for its button; as a file it needs nothing else.

An address with `negotiation` is of talks, one with `with` sets a second view beside the first, one
with `by` or `aim` asks what would bring `who` in or keep it out; any other is of its view. A brief
is of the whole run, up to its end, whatever month a page shows (`round`), unless `by` asks for one.
dashboard/data/brief.py and brief_answers.py say what is on each.
"""

from __future__ import annotations

import base64
import functools
import ipaddress
import json
import shlex
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import dash
import flask

import sim
from dashboard.data.brief import Beside, brief_of, command_of, options_of_code_and_events
from dashboard.data.brief_answers import (
    beside_first,
    comparison_answer,
    stakeholder_answer,
    talks_answer,
)
from dashboard.data.brief_treaty import of_treaty
from dashboard.data.compare import MOST_VIEWS, views_of
from dashboard.data.explanations import changes_of, explained_at_hand, explanation_of, question_of
from dashboard.data.record import directory, is_treaty
from dashboard.data.tables import file_name, month_of, scenario_of, unusual
from dashboard.pages import Services
from dashboard.pages.negotiate.answers import talks_of
from dashboard.pages.negotiate.question import question_of as talks_asked
from dashboard.pages.simulate.conduct import conduct_of
from dashboard.requests import BusyError, query, reply
from dashboard.theme import PALETTES
from dashboard.view import (
    LONGEST,
    LONGEST_NAME,
    WHERE,
    View,
    at_most_one,
    split_query,
    view_and_round,
)
from sim import number_formats as formats

LONGEST_LINK = 200  # characters that a page has room for
FONT = Path(__file__).parent / "assets" / "inter.woff2"
HTML = "text/html"


def register(app: dash.Dash, services: Services) -> None:
    """The page /brief, and /brief/file, which is the same to keep or to send, on the server of
    *app*.
    """

    def render(as_file: bool) -> str:
        asked = query()
        of_view, values = split_query(asked, "negotiation", longest=MOST_VIEWS * LONGEST)
        talks = values["negotiation"]
        content = (
            of_talks(at_most_one("negotiation", talks), services)
            if talks
            else of_view_asked(of_view, services)
        )
        root = flask.request.url_root
        shared = {
            "colours": vars(PALETTES["light"]),
            "own_machine": is_own(root),
            "as_file": as_file,
            "link": link_of("/" if is_own(root) else root, content["page"], content["address"]),
            "back": (
                link_of("./", content["page"], content["address"], longest=MOST_VIEWS * LONGEST)
                or "./"
            ),
            "file": f"brief/file?{flask.request.query_string.decode('ascii', 'replace')}",
            "font": _font() if as_file else "",
            "made": (
                "" if as_file else formats.day(date.today().isoformat())
            ),  # a file is the same on any day
        }
        return flask.render_template(
            "brief_talks.html" if talks else "brief.html", **content, **shared
        )

    @app.server.get("/brief")
    def brief() -> flask.Response:
        return reply(render(as_file=False), HTML)

    @app.server.get("/brief/file")
    def brief_file() -> flask.Response:
        return reply(render(as_file=True), HTML, file_of(query()))


def file_of(asked: str) -> str:
    """What the brief of *asked* is called as a file: its page, whom and which month it is of, so
    that none overwrites another.
    """
    of_view, values = split_query(asked, "negotiation", longest=MOST_VIEWS * LONGEST)
    if values["negotiation"]:
        talks, _ = talks_asked(at_most_one("negotiation", values["negotiation"]))
        return file_name("brief", talks.talks, ends=".html")
    rest, values = split_query(of_view, "with", "by", "aim", "who", longest=MOST_VIEWS * LONGEST)
    if values["with"]:
        compared, _ = split_query(of_view, "round", "who", longest=MOST_VIEWS * LONGEST)
        return file_name("brief", *(view.scenario for view in views_of(compared)), ends=".html")
    if values["by"] or values["aim"]:
        question = question_of(of_view)
        view, month, who = question.view, question.by, question.who
    else:
        view, _ = view_and_round(rest)
        month, who = view.variant.last_round, _id_of(at_most_one("who", values["who"]))
    scenario = unusual(view) if who else scenario_of(view)
    return file_name("brief", who, scenario, month_of(view, month), ends=".html")


def of_view_asked(asked: str, services: Services) -> dict[str, Any]:
    """The brief of the view that *asked* describes, or of the question on it."""
    _, values = split_query(asked, "with", "by", "aim", longest=MOST_VIEWS * LONGEST)
    if values["with"]:
        return of_comparison(asked, services)
    if values["by"] or values["aim"]:
        return of_stakeholder(asked, services)
    rest, values = split_query(asked, "who")
    view, _ = view_and_round(rest)
    month, who = view.variant.last_round, _id_of(at_most_one("who", values["who"]))
    parts = [view.query(), urlencode({"who": who}) if who else ""]
    address, explained = (
        "&".join(filter(None, parts)),
        explained_at_hand(view, who, month) if who else None,
    )
    content = _of_view(services, view, month, who, explained=explained)
    if is_treaty(view.variant) and not who:
        content |= _of_treaty(services, view, content)
    return content | {"page": "", "address": address}


def _of_treaty(services: Services, view: View, content: Mapping[str, Any]) -> dict[str, str]:
    """The parts of the brief *content* of a treaty that tell whom it binds; none where conduct is
    withheld, or too many wait for it.
    """
    runs, baselines = services.runs, services.baselines
    try:
        conduct = services.conduct.get(view.query(), lambda: conduct_of(view, runs, baselines))
    except BusyError:
        return {}
    told = of_treaty(json.loads(conduct), content["signed"])
    if not told["bound"]:
        return {}
    return {
        "finding": f"{content['finding']}. {told['bound']}",
        "harm": told["harm"],
        "elsewhere": "",
    }


def of_stakeholder(asked: str, services: Services) -> dict[str, Any]:
    """The brief of what would bring a stakeholder in, or keep it out, in the worlds of the page's
    whole answer.
    """
    question, answers, runs = question_of(asked), services.answers, services.runs
    explained = json.loads(
        answers.get(f"explain {question.key}", lambda: explanation_of(question, runs))
    )
    if not explained["may_sign"]:
        return _of_view(services, question.view, question.by, question.who) | {
            "page": "stakeholder",
            "address": asked,
        }
    is_long = question.ready is None
    changes = json.loads(
        answers.get(f"changes {question.key}", lambda: changes_of(question, runs), slow=is_long)
    )
    content = _of_view(services, question.view, question.by, "")
    content |= stakeholder_answer(content, explained, changes)
    options = ["--by", str(question.by), "--aim", changes["asked"]["aim"]]
    options += options_of_code_and_events(question.view)
    command = command_of(question.view, "explain", question.who, *options)
    return content | {
        "command": command,
        "in_manifest": False,
        "page": "stakeholder",
        "address": asked,
    }


def of_comparison(asked: str, services: Services) -> dict[str, Any]:
    """The brief that sets B beside A, and says the findings of C and D, by the end."""
    rest, _ = split_query(asked, "round", "who", longest=MOST_VIEWS * LONGEST)
    views = views_of(rest)
    month = min(view.variant.last_round for view in views)
    beside = beside_first(views)
    briefs = [_of_view(services, view, month, "", beside) for view in views[1:]]
    content = briefs[0] | comparison_answer(
        briefs[0], views, [each["finding"] for each in briefs[1:]]
    )
    commands = "; ".join(command_of(view) for view in views)
    branched = any(view.branch or view.may_sign for view in views)
    return content | {
        "command": commands,
        "in_manifest": branched,
        "page": "compare",
        "address": asked,
    }


def of_talks(asked: str, services: Services) -> dict[str, Any]:
    """The brief of the talks that *asked* describes, the value of `negotiation` in an address."""
    talks, _ = talks_asked(asked)

    def compute() -> dict[str, Any]:
        return talks_answer(talks_of(talks, talks.negotiation()))

    key = f"brief negotiate?{talks.query(world=False)}"
    content = json.loads(services.answers.get(key, compute, slow=talks.is_slow))
    link = urlencode({"negotiation": asked}) if asked else ""
    command = [
        "parley",
        "negotiate",
        talks.talks,
        "--replicates",
        str(talks.replicates),
        "--seed",
        str(talks.seed),
    ]
    for part in talks.set:
        command += ["--set", part.replace(":", "=", 1)]
    return content | {
        "page": "negotiate",
        "address": link,
        "command": "" if talks.without else shlex.join(command),
    }


def _of_view(
    services: Services, view: View, month: int, who: str, beside: Beside | None = None,
    explained: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The brief of *view*, from memory where it is kept."""
    key = (
        f"brief {month} {who} {beside.view.query() if beside else ''}"
        f" {beside.name if beside else ''}?{view.query()}"
    )
    content: dict[str, Any] = json.loads(
        services.answers.get(
            key, lambda: brief_of(view, services.runs, month, who, beside, explained)
        )
    )
    return content


def _id_of(name: str) -> str:
    """The id of whom *name* names; empty for none, InputError for a name that nobody has."""
    if not name:
        return ""
    people = directory()
    for who, known in zip(people["id"], people["name"], strict=True):
        if name.casefold() in (who.casefold(), known.casefold()):
            return str(who)
    raise sim.InputError(
        f"{WHERE}: nobody is called {name[:LONGEST_NAME][:40]!r}, neither a state (USA) nor a firm"
        " or an NGO"
    )


def link_of(root: str, page: str, query: str, longest: int = LONGEST_LINK) -> str:
    """The link to *page* with its *query* on the server at *root*; empty where paper has no room
    for it.
    """
    link = f"{root}{page}?{query}" if query else f"{root}{page}"
    return link if len(link) <= longest else ""


def is_own(root: str) -> bool:
    """Whether the address *root* is of this machine alone, so that others cannot open it."""
    host = root.partition("://")[2].partition("/")[0].rpartition("@")[2]
    host = (
        host[1 : host.index("]")]
        if host.startswith("[") and "]" in host
        else host.partition(":")[0]
    )
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@functools.cache
def _font() -> str:
    return base64.b64encode(FONT.read_bytes()).decode()
