"""Whatever anybody sends, the server gives a plain answer: no fault of its own, no code, no markup said back."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.view import KEYS

MARKUP = "<script>alert(1)</script>"
LINES = "x%0d%0aSet-Cookie:%20a=b"
DEEP = "[" * 30_000 + "]" * 30_000
NUMBERS = ("nan", "NaN", "inf", "-inf", "1e999", "-11", "0x10", "٣", "1_000", "9" * 400, "",
           "%00", "+ 1")  # fmt: skip

QUERIES = (
    # markup, in keys, values and names
    *(f"{key}={quote(MARKUP)}" for key in (*KEYS, "who", "name", "with", "round", MARKUP)),
    f"set={quote(MARKUP)}:1", f"set=monitoring:{quote(MARKUP)}", f"choose=who:{quote(MARKUP)}",
    f"branch=1:{quote(MARKUP)}:signs", "scenario=%22onmouseover=alert(1)%20x=%22", "who=javascript:alert(1)",
    f"with={quote('scenario=' + MARKUP)}", f"with={quote('with=' + quote('with=a'))}",
    # numbers that are none, or absurd
    *(f"worlds={number}" for number in NUMBERS),
    *(f"worlds=1&set=monitoring:{number}" for number in NUMBERS),
    *(f"worlds=1&branch={number}:monitoring:0.5" for number in NUMBERS),
    *(f"seed={number}&worlds=1" for number in NUMBERS),
    *(f"who=USA&worlds=1&round={number}" for number in NUMBERS),
    "branch=1:monitoring:nan", "branch=0:trait:inf", "worlds=1&branch=999999999999:USA:signs",
    "set=monitoring:0.5&set=monitoring:0.6", "seed=18446744073709551616",
    # ways out
    "scenario=../../etc/passwd", "scenario=/etc/passwd", "scenario=..%2f..%2fscenario.toml", "scenario=file:///etc/passwd",
    "scenario=paris-call-2018%00.toml", "scenario=classics/watts-2002", "lens=../full", "name=../axelrod-1986",
    "scenario=CON", "scenario=.", "scenario=%2e%2e", "who=../USA", "who=__class__",
    "set=__class__:1", "choose=__init__:a",
    # encodings
    "%", "%%%", "%zz", "scenario=%ff%fe", "scenario=%c0%af", "scenario=%u0041", "a=%ed%a0%80", "who=%F0%9F%92%A9",
    "scenario=%e2%80%aegpj", "=", "worlds=1&&&&", "=&=&=", "a", "?", "#", ";", "scenario", "set=", "set=:",
    "set=a:", "set=:1",
    # much
    "a=" + "b" * 100_000, "&".join(["set=monitoring:0.5"] * 3_000), "&" * 15_000, "set=" + "a" * 3_900 + ":1",
    "&".join(f"branch={month}:monitoring:0.5" for month in range(60)), "who=" + "A" * 3_900, "with=&" * 100,
    "&".join(["with=" + quote("&".join(["set=monitoring:0.5"] * 60))] * 3), "branch=" + ":" * 3_000,
    # headers and formulas
    f"scenario={LINES}", f"who={LINES}", f"name={LINES}", "scenario==cmd|'/c calc'!A1", "who=%3D1%2B1", "set=@SUM(1):1",
)  # fmt: skip

BODIES = (
    b"", b"null", b"[]", b"1", b'"a"', b"{", b"\xff\xfe\x00", b"{}", DEEP.encode(), b'{"output":' + DEEP[:200].encode(),
    json.dumps({"output": None}).encode(), json.dumps({"output": MARKUP}).encode(),
    json.dumps({"output": "page.children"}).encode(),
    *(json.dumps({"output": "page.children", "outputs": {"id": "page", "property": "children"},
                  "inputs": [{"id": "location", "property": "pathname", "value": value}],
                  "changedPropIds": ["location.pathname"]}).encode()
      for value in (MARKUP, None, 1, [], {}, ["/"], "/" * 5_000, "/../../etc/passwd", "\x00", "\ud800", 1e308)),
    *(json.dumps({"output": "page.children", "outputs": {"id": "page", "property": "children"},
                  "inputs": [{"id": "location", "property": "pathname", "value": "/nowhere"}], **wrong}).encode()
      for wrong in ({"inputs": None}, {"inputs": [None]}, {"inputs": []}, {"inputs": [{"id": MARKUP}]}, {"inputs": {}},
                    {"inputs": [[{"id": "location", "property": "pathname"}]]}, {"outputs": []}, {"outputs": MARKUP},
                    {"outputs": {"id": {"a": 1}, "property": "children"}}, {"state": 1}, {"state": [1]},
                    {"state": [{"id": "a", "property": "b"}]}, {"changedPropIds": 1}, {"changedPropIds": [1]},
                    {"changedPropIds": [MARKUP]}, {"output": "..page.children.."}, {"output": ["page.children"]})),
    b"a" * 70_000, b'{"output": NaN}', b'{"output": "page.children", "output": 1}',
)  # fmt: skip

PATHS = (
    "/assets/../app.py", "/assets/..%2fapp.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd", "/assets/....//app.py",
    "/assets/..%5capp.py", "/assets/parley.css%00.js", "/static/../app.py", "/_dash-component-suites/dash/../dash.py",
    "/_dash-component-suites/os/path.py", "/_dash-component-suites/dash/..%2f..%2fflask/app.py",
    "/_dash-component-suites/" + MARKUP + "/a.js", "/_dash-component-suites/dash_ag_grid/%2e%2e/x.js",
    "/data/../health",
    "/" + MARKUP, "//evil.example/", "/%0d%0aSet-Cookie:a=b", "/" + "a/" * 3_000, "/.git/config", "/data/", "/data",
    "/_dash-layout?a=" + MARKUP, "/_reload-hash", "/" + "%ff" * 30, "/data/run.csv/../../x", "/console", "/health/x",
)  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Whoever asks the server, without a network."""
    return create_app().server.test_client()


def pages(client: FlaskClient) -> list[str]:
    """Every address that answers by itself: all routes for reading without a part of the path left open."""
    rules = client.application.url_map.iter_rules()
    return [rule.rule for rule in rules if "GET" in rule.methods and not rule.arguments]


def faults_of(answer) -> list[str]:
    """What is wrong with *answer*."""
    wrong = []
    text = answer.data.decode(errors="replace")
    if answer.status_code >= 500:
        wrong.append(f"status {answer.status_code}")
    if answer.status_code >= 400 and re.search(r"Traceback|File \"|werkzeug|\.py\b(?!'|\?)", text):
        wrong.append(f"tells of the code: {text[:200]}")
    if answer.status_code >= 400:
        said = json.loads(text)["message"] if answer.mimetype == "application/json" else ""
        if not said or len(said.splitlines()) != 1 or len(said) > 900:
            wrong.append(f"no clear sentence: {text[:200]}")
    if answer.mimetype == "text/html" and MARKUP in text:
        wrong.append("says markup back")
    if answer.headers.get("X-Content-Type-Options") != "nosniff" or "Set-Cookie" in answer.headers:
        wrong.append(f"headers {dict(answer.headers)}")
    return wrong


def test_no_query_upsets_any_address(client):
    found = {}
    for path in pages(client):
        # Files are read by the same words as what they hold, and other pages by none.
        step = 10 if not path.startswith("/data/") else 3 if "." in path else 1
        for query in QUERIES[::step]:
            with client.get(path, query_string=query) as answer:
                if faults := faults_of(answer):
                    found[path, query[:60]] = faults
    assert len(QUERIES) + len(BODIES) + len(PATHS) > 200
    assert len([path for path in pages(client) if path.startswith("/data/")]) > 10
    assert found == {}


def test_no_body_upsets_the_pages(client):
    found = {}
    for body in BODIES:
        for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
            with client.post("/_dash-update-component", data=body, content_type=kind) as answer:
                if faults := faults_of(answer):
                    found[body[:60], kind] = faults
    assert found == {}


def test_no_path_leads_out(client):
    found = {}
    for path in PATHS:
        with client.get(path) as answer:
            faults = faults_of(answer)
            if b"import" in answer.data or b"root:" in answer.data:
                faults.append("leads out")
            if faults:
                found[path[:60]] = faults
    assert found == {}


def test_no_method_or_header_upsets_any_address(client):
    found = {}
    for path in [*pages(client), "/_dash-update-component"]:
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "MADEUP"):
            with client.open(path, method=method) as answer:
                if faults := faults_of(answer):
                    found[path, method] = faults
    for name, value in (("Accept", MARKUP), ("Accept-Encoding", "\x80" * 99), ("Host", "evil.example"),
                        ("Host", MARKUP),
                        ("X-Forwarded-Host", MARKUP), ("Range", "bytes=0-,1-,2-"), ("Cookie", "a=" + "b" * 9_000),
                        ("If-Modified-Since", "never"), ("Content-Length", "-1"), ("Accept", "a/b;q=nan")):  # fmt: skip
        for path in ("/", "/data/people", "/nowhere", "/assets/parley.css"):
            with client.get(path, headers={name: value}) as answer:
                if faults := faults_of(answer):
                    found[path, name, value[:20]] = faults
    assert found == {}


def test_no_cell_of_a_download_is_a_formula(client):
    # Harm takes seconds, and has no word of anybody in it.
    paths = [path for path in pages(client) if path.endswith(".csv") and "harm" not in path]
    assert len(paths) > 3
    for path in paths:
        own = {"explain": "&who=KEN", "compare": "&with=lens%3Dnull"}
        more = "".join(query for part, query in own.items() if part in path)
        answer = client.get(f"{path}?worlds=1&set=monitoring:0.5&branch=3:BRA:signs{more}")
        assert (path, answer.status_code, answer.mimetype) == (path, 200, "text/csv")
        assert "attachment" in answer.headers["Content-Disposition"]
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert [cell for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.])", cell)] == [], path
