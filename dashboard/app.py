"""The app: its pages, its headers, and the server that `parley dashboard` starts."""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import dash
import flask
import flask_compress
import scipy.stats  # noqa: F401  # its modules import each other: two threads that first do so at once see half of it
from dash import Input, Output

import sim
from dashboard import admission, brief, bundles, errors, theme
from dashboard.cache import BASELINES, Answers, Runs, Store
from dashboard.classroom import routes as classroom
from dashboard.classroom import store as class_store
from dashboard.classroom.plan import PLANS, has_talks
from dashboard.classroom.refusals import ClassError
from dashboard.classroom.room import Room
from dashboard.classroom.session import USUAL
from dashboard.connections import http_server
from dashboard.data import questions, suppositions
from dashboard.data.words import vocabulary
from dashboard.jobs import Jobs
from dashboard.limits import CLASS, OWN, PUBLIC, Limits
from dashboard.pages import Page, Services, campaign, compare, method, stakeholder
from dashboard.pages.designer import layout as designer
from dashboard.pages.evidence import layout as evidence
from dashboard.pages.learn import layout as learn
from dashboard.pages.negotiate import layout as negotiate
from dashboard.pages.simulate import layout as simulate
from dashboard.pages.sweeps import layout as sweeps
from dashboard.results import Results
from dashboard.shell import foot, frame, groups_of
from dashboard.worker import Worker

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="assets/parley.svg">
<link rel="preload" as="font" type="font/woff2" href="assets/inter.woff2" crossorigin>
{%css%}
STYLES
<style>VARIABLES</style>
<script>
// Before the first paint, so that a dark page does not begin with a flash of light. Mantine stores
// the choice under this name; where nothing can be stored, the system chooses.
(root => {
  let scheme = "auto";
  try { scheme = localStorage.getItem("mantine-color-scheme-value") ?? scheme; } catch { }
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = scheme === "auto" ? system.matches : scheme === "dark";
  root.dataset.mantineColorScheme = dark ? "dark" : "light";
})(document.documentElement);
</script>
</head>
<body>
<noscript>Parley draws its curves with JavaScript, which is switched off here.
Its <a href="brief">brief</a> does without: a finding on one page.</noscript>
{%app_entry%}
<script type="application/json" id="vocabulary">VOCABULARY</script>
{%config%}{%scripts%}
SCRIPTS
{%renderer%}
</body>
</html>
"""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

YEAR = 365 * 24 * 3600  # seconds


PAGES: tuple[Page, ...] = (
    simulate, stakeholder, compare, designer, negotiate, campaign, sweeps, evidence, learn, method,
)  # fmt: skip


def create_app(
    limits: Limits = OWN,
    *,
    jobs: Jobs | None = None,
    results: Results | None = None,
    room: Room | None = None,
) -> dash.Dash:
    """The app with all its pages, held to *limits*, with the default table of *jobs* or that one,
    the *results* of sweeps that the page Sweeps lists, and the default *room* of class sessions or
    that one.
    """
    app = dash.Dash(
        __name__,
        title="Parley",
        update_title=None,
        use_pages=False,
        suppress_callback_exceptions=True,
        pages_folder="",
        health_endpoint="health",
        include_assets_files=False,  # they come as one
        index_string=_index(),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config.update(
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=6,  # a tenth less than the fourth, for a millisecond more of an answer
        COMPRESS_CACHE_BACKEND=bundles.CompressedBundles,
        COMPRESS_CACHE_KEY=lambda request: request.path,
    )
    flask_compress.Compress(app.server)
    admission.register(app.server, limits)
    errors.register(app, [(page.PATH, page.NAME) for page in PAGES])
    jobs = jobs or Jobs(sim.result_folder("jobs", questions.__name__), each=limits.jobs_each)
    services = Services(
        answers=Answers.within(limits),
        runs=Runs(),
        conduct=Answers(quick=limits.conduct),
        baselines=Store(BASELINES),
        jobs=jobs,
        worker=Worker(jobs),
        results=results or Results(),
    )
    for page in PAGES:
        page.register(app, services)
    bundles.register(app.server)
    brief.register(app, services)
    suppositions.register(app.server)
    classroom.register(
        app.server, room or class_room(), groups_of([(page.PATH, page.NAME) for page in PAGES])
    )
    app.layout = frame([(page.PATH, page.NAME) for page in PAGES])

    @app.callback(Output("page", "children"), Input("location", "pathname"))
    def page_at(path: str) -> list[Any]:
        """The page at *path* and its foot; the first where there is none."""
        page = next((page for page in PAGES if path == page.PATH), PAGES[0])
        return [page.layout(), foot(page.PATH)]

    headers = HEADERS | {"Content-Security-Policy": _content_security_policy(app)}
    app.server.config["HEADERS"] = headers  # for what the web server answers by itself, too

    @app.server.after_request
    def harden(response: flask.Response) -> flask.Response:
        response.headers.update(headers)
        if flask.request.path.startswith("/assets/") and response.status_code == 200:
            # The version is in the addresses of most.
            age = f"{YEAR}, immutable" if "m" in flask.request.args else "3600"
            response.headers["Cache-Control"] = f"public, max-age={age}"
        return response

    return app


def _index() -> str:
    """The frame of every page, with what is the same on all of them."""
    parts = {
        "STYLES": bundles.tag("css"), "SCRIPTS": bundles.tag("js"), "VARIABLES": theme.variables(),
        "VOCABULARY": json.dumps(vocabulary()),
    }  # fmt: skip
    return re.sub("|".join(parts), lambda found: parts[found[0]], INDEX)


def class_room(file: str | Path | None = None, address: str = "") -> Room:
    """The class sessions in *file*, by default in one of the user's cache folder, at that *address*
    for phones.
    """
    if file is None:
        file = sim.result_folder("class-sessions", class_store.__name__) / class_store.NAME
    return Room(class_store.Store(Path(file)), address)


def _content_security_policy(app: dash.Dash) -> str:
    """The policy that allows nothing from outside this host, and no inline scripts but those of the
    frame, by hash.
    """
    inline = [
        script
        for script in re.findall(r"<script[^>]*>(.*?)</script>", app.index(), re.DOTALL)
        if script
    ]
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline
    ]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src"
        " 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    )


def server(
    public: bool = False,
    proxies: int = 0,
    sweeps: str | Path | None = None,
    sessions: str | Path | None = None,
) -> flask.Flask:
    """For a server of one's own, behind so many *proxies*, with the results of *sweeps* in that
    folder and the class sessions in that file: docs/deploy.md, for instance

    `gunicorn --workers 2 --threads 32 --no-control-socket "dashboard.app:server(public=True,
    proxies=1)"`.
    """
    results = Results() if sweeps is None else Results.within(sweeps)
    limits = replace(PUBLIC if public else OWN, proxies=proxies)
    app = create_app(limits, results=results, room=class_room(sessions)).server
    _warm(app)
    return app


def _warm(app: flask.Flask) -> None:
    """Answers what every first visit asks, so that nobody waits for the compiler or for the
    compression of bundles.
    """
    client = app.test_client()
    for path in ("/data/run", "/data/people", *bundles.addresses(client.get("/").text)):
        client.get(path, headers={"Accept-Encoding": "br"}).close()


def serve(
    host: str, port: int, public: bool = False, proxies: int = 0, sweeps: str | Path | None = None
) -> None:
    """Serves the app until it is interrupted; InputError, before any work, where the address is
    unknown or not free, or where the folder *sweeps* holds no results.
    """
    if sweeps is not None:
        Results.within(sweeps)
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with _bind(host, port) as address_socket:
        print("Simulating the Paris Call ...", flush=True)
        waitress_server = http_server(server(public, proxies, sweeps), sockets=[address_socket])
        print(f"Parley is at {address} (Ctrl-C ends it)", flush=True)
        waitress_server.run()


def serve_class(
    host: str,
    port: int,
    address: str,
    wish: Mapping[str, Any],
    file: str | Path | None,
    welcome: Callable[[str, str], None],
) -> None:
    """Opens the class session of the *wish* in *file*, hands its code and the teacher's secret to
    *welcome*, and serves it with the app until it is interrupted; phones come to *address*.
    InputError where that cannot be.
    """
    _check_rule(wish)
    room = class_room(file, address)
    with _bind(host, port) as address_socket:
        try:
            code, secret = room.open(wish)
        except ClassError as problem:
            raise sim.InputError(f"class: {problem}") from problem
        print("Simulating the world of the class ...", flush=True)
        room.simulate(code)
        for remark in room.store.remarks:
            print(f"Note: {remark}", flush=True)
        app = create_app(CLASS, room=room).server
        _warm(app)
        waitress_server = http_server(app, sockets=[address_socket])
        welcome(code, secret)
        waitress_server.run()


def _check_rule(wish: Mapping[str, Any]) -> None:
    """InputError where *wish* has a rule, and its plan no talks that would go by it."""
    plan = str(wish.get("plan", USUAL["plan"]))
    if "rule" in wish and plan in PLANS and not has_talks(PLANS[plan]):
        others = " or ".join(name for name, steps in PLANS.items() if has_talks(steps))
        raise sim.InputError(
            f"--rule: found it with the plan {plan}, in which nobody talks over the text, expected"
            f" --plan {others} beside it"
        )


def _bind(host: str, port: int) -> socket.socket:
    """A socket at the address, where early visitors wait until the worlds are simulated."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.getaddrinfo(host or None, port, family)
    except (socket.gaierror, UnicodeError) as error:  # nobody knows the name, or it cannot be one
        raise sim.InputError(
            f"cannot serve on {host}: the name cannot be resolved; name another --host"
        ) from error
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            reason = "this machine has no such address"
            raise sim.InputError(
                f"cannot serve on {host}: {reason}; name another --host"
            ) from error
        is_busy = error.errno == errno.EADDRINUSE
        why = "another program has it, another Parley perhaps" if is_busy else error.strerror
        raise sim.InputError(
            f"cannot serve on {host}, port {port}: {why}; name another --port"
        ) from error
