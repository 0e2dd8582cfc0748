"""The app: its pages registered one by one, its headers, and the server that `parley dashboard` starts."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import socket
from collections import OrderedDict
from typing import Any

import dash
import flask
import flask_compress
import waitress
from dash import Input, Output

import sim
from dashboard import errors, limits, theme
from dashboard.cache import Answers, Runs
from dashboard.jobs import Jobs
from dashboard.limits import OWN, PUBLIC, Bounds
from dashboard.pages import Page, Services, brief, campaign, compare, method, stakeholder
from dashboard.pages.designer import layout as designer
from dashboard.pages.evidence import layout as evidence
from dashboard.pages.simulate import layout as simulate
from dashboard.shell import frame
from dashboard.worker import Worker

INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" type="image/svg+xml" href="assets/parley.svg">
<link rel="preload" as="font" type="font/woff2" href="assets/inter.woff2" crossorigin>
{%css%}
<style>VARIABLES</style>
<script>
// Before the first paint, so that a dark page does not begin with a flash of light. Mantine keeps the choice under this
// name; where nothing can be kept, the system chooses.
(root => {
  let kept = "auto";
  try { kept = localStorage.getItem("mantine-color-scheme-value") ?? kept; } catch { }
  const dark = kept === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : kept === "dark";
  root.dataset.mantineColorScheme = dark ? "dark" : "light";
})(document.documentElement);
</script>
</head>
<body>
<noscript>Parley draws its curves with JavaScript, which is switched off here.</noscript>
{%app_entry%}
{%config%}{%scripts%}{%renderer%}
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

# They stay as they are while the process lives; the limit is for whoever makes addresses up.
LATE_BUNDLES = ("/_dash-component-suites/plotly/package_data/plotly.min.js",)  # which the page asks for by itself
BUNDLES, MOST_BUNDLES = "/_dash-component-suites/", 32

YEAR = 365 * 24 * 3600  # seconds


class CompressedBundles(OrderedDict[str, bytes]):
    """The bundles in the encodings asked for, so that nobody waits while four megabytes are compressed once more."""

    def set(self, key: str, content: bytes) -> None:
        """Keeps *content* if *key* names a bundle, and lets the oldest go."""
        if BUNDLES in key:
            self[key] = content
        if len(self) > MOST_BUNDLES:
            self.popitem(last=False)


PAGES: tuple[Page, ...] = (simulate, stakeholder, compare, designer, campaign, evidence, method)


def create_app(within: Bounds = OWN, *, jobs: Jobs | None = None) -> dash.Dash:
    """The app with all its pages, which answers *within* bounds, with its own table of *jobs* unless one is given."""
    app = dash.Dash(
        __name__,
        title="Parley",
        update_title=None,
        use_pages=False,
        suppress_callback_exceptions=True,
        pages_folder="",
        health_endpoint="health",
        index_string=INDEX.replace("VARIABLES", theme.variables()),
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config.update(
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_BR_LEVEL=6,  # a tenth less than the fourth, for a millisecond more of an answer
        COMPRESS_CACHE_BACKEND=CompressedBundles,
        COMPRESS_CACHE_KEY=lambda request: request.path,
    )
    flask_compress.Compress(app.server)
    limits.register(app.server, within)
    errors.register(app, [page.PATH for page in PAGES])
    jobs = jobs or Jobs()
    services = Services(Answers(slow_waiting=within.slow_waiting), Runs(), jobs, Worker(jobs))
    for page in PAGES:
        page.register(app, services)
    brief.register(app, services)
    app.layout = frame([(page.PATH, page.NAME) for page in PAGES])

    @app.callback(Output("page", "children"), Input("location", "pathname"))
    def page_at(path: str) -> Any:
        """The page at *path*; the first where there is none."""
        return next((page for page in PAGES if path == page.PATH), PAGES[0]).layout()

    headers = HEADERS | {"Content-Security-Policy": _content_security_policy(app)}

    @app.server.after_request
    def harden(response: flask.Response) -> flask.Response:
        response.headers.update(headers)
        if flask.request.path.startswith("/assets/") and response.status_code == 200:
            # Dash names the version of most assets in their addresses.
            kept = f"{YEAR}, immutable" if "m" in flask.request.args else "3600"
            response.headers["Cache-Control"] = f"public, max-age={kept}"
        return response

    return app


def _content_security_policy(app: dash.Dash) -> str:
    """Nothing from outside this host, and no script in the page but those that are in it now, known by their hashes."""
    inline = [script for script in re.findall(r"<script[^>]*>(.*?)</script>", app.index(), re.DOTALL) if script]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def server(public: bool = False) -> flask.Flask:
    """For a server of one's own: `gunicorn --threads 16 --no-control-socket "dashboard.app:server(public=True)"`."""
    app = create_app(PUBLIC if public else OWN).server
    _warm(app)
    return app


def _warm(app: flask.Flask) -> None:
    """Asks what every first visitor asks, so that nobody waits for the compiler or for the compression of bundles."""
    visitor = app.test_client()
    bundles = re.findall(rf'src="({BUNDLES}[^"]+)"', visitor.get("/").text)
    for path in ("/data/run", "/data/people", *bundles, *LATE_BUNDLES):
        visitor.get(path, headers={"Accept-Encoding": "br"}).close()


def serve(host: str, port: int, public: bool = False) -> None:
    """Serves the app until it is interrupted; where the address cannot be had, an InputError before any work."""
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with _listening(host, port) as door:
        print("Simulating the Paris Call ...", flush=True)
        waiting = waiting_server(server(public), sockets=[door])
        print(f"Parley is at {address} (Ctrl-C ends it)", flush=True)
        waiting.run()


def waiting_server(app: flask.Flask, **where: Any) -> Any:
    """The server that `parley dashboard` runs, at an address that waitress understands."""
    within: Bounds = app.config["BOUNDS"]
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line of questions is no news
    return waitress.create_server(
        app,
        **where,
        threads=16,
        ident="Parley",
        channel_request_lookahead=1,  # to notice a browser that hangs up
        connection_limit=within.connections,
        channel_timeout=within.idle,
        max_request_body_size=within.body,
        max_request_header_size=2 * (within.query + 8192),
    )


def _listening(host: str, port: int) -> socket.socket:
    """A socket at the address; whoever knocks while the worlds are simulated waits at the door."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise sim.InputError(f"cannot serve on {host}, port {port}: {error.strerror}; name another --port") from error
