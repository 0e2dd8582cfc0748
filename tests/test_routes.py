"""Every route: an answer says what it rests on and has no conduct beside a name; a bad request gets
one sentence, no error of the server, none of its code and none of its own markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pandas as pd
import pytest
from flask.testing import FlaskClient
from test_names_and_conduct import CONDUCT, LABELS, in_frame, in_json
from werkzeug.test import TestResponse

import sim
from dashboard.pages.learn.routes import PARTS
from dashboard.view import KEYS
from sim.experiments import assumptions

# A view, and what single routes need beside the view.
VIEW = "worlds=2&set=ambition_1:0.9&set=monitoring:0.5"
BESIDE = {
    "explain": "&who=KEN",
    "ties": "&who=RUS",
    "world": "&world=1",
    "compare": "&with=lens%3Dnull",
}
NO_VIEW = {
    "/data/classic": "name=barrett-1994",
    "/data/jobs": "kind=pivots&view=&asked=",
    "/data/sweeps/plan": "sweep=lever%3Dsanctions:0,1",
    **dict.fromkeys(
        (
            "/data/negotiate",
            "/data/negotiate/assumptions",
            "/data/negotiate/widest",
            *(f"/data/negotiate/{name}.csv" for name in ("seats", "provisions", "drafts", "blame")),
        ),
        "replicates=2",
    ),
    "/data/negotiate/text": "replicates=2&talks=un-route&levels=0,0,0,0,0,0,0,0,0",
    "/data/negotiate/tabled": "replicates=2&talks=un-route&levels=0.2,0,0,0,0,0,0,0,0",
    **{
        f"/data/lesson/{part}": "lesson=club-or-public-good"
        for part in (*PARTS, "prepared", "watched")
    },
}
NETWORK = "/data/network.csv"  # assumed
OF_TALKS = "/data/negotiate"  # assumed, and about what seats accept
# Routes that tell of conduct, by group; all others tell of signing alone, or describe the model in
# words.
OF_CONDUCT = (
    "/data/conduct",
    "/data/compare/conduct",
    "/data/design/conduct",
    "/data/frontier/conduct",
)
IN_WORDS = (
    "/data/dials",
    "/data/evidence",
    "/data/classic",
    "/data/lesson",
    "/data/sweeps/plan",
    "/brief",
    "/brief/file",
)

MARKUP = "<script>alert(1)</script>"
LINES = "x%0d%0aSet-Cookie:%20a=b"
DEEP = "[" * 30_000 + "]" * 30_000
NUMBERS = ("nan", "NaN", "inf", "-inf", "1e999", "-11", "0x10", "٣", "1_000", "9" * 400, "",
           "%00", "+ 1")  # fmt: skip

QUERIES = (
    # markup, in keys, values and names
    *(f"{key}={quote(MARKUP)}" for key in (*KEYS, "who", "name", "with", "round", MARKUP)),
    f"set={quote(MARKUP)}:1",
    f"set=monitoring:{quote(MARKUP)}",
    f"choose=who:{quote(MARKUP)}",
    f"branch=1:{quote(MARKUP)}:signs",
    "scenario=%22onmouseover=alert(1)%20x=%22",
    "who=javascript:alert(1)",
    f"with={quote('scenario=' + MARKUP)}",
    f"with={quote('with=' + quote('with=a'))}",
    # numbers that are none, or absurd
    *(f"worlds={number}" for number in NUMBERS),
    *(f"worlds=1&set=monitoring:{number}" for number in NUMBERS),
    *(f"worlds=1&branch={number}:monitoring:0.5" for number in NUMBERS),
    *(f"seed={number}&worlds=1" for number in NUMBERS),
    *(f"who=USA&worlds=1&round={number}" for number in NUMBERS),
    *(f"sweep={quote(f'lever=sanctions:0,{number}')}" for number in NUMBERS),
    *(f"replicates=2&levels={','.join([number] * 13)}" for number in NUMBERS),
    *(f"replicates=2&draft={number}" for number in NUMBERS),
    *(f"replicates=2&set=transfer_efficiency:{number}" for number in NUMBERS),
    f"talks={quote(MARKUP)}",
    f"without={quote(MARKUP)}",
    f"set=rule:{quote(MARKUP)}",
    "talks=../un-gge-2017",
    "talks=oewg-2021&without=XYZ",
    "replicates=2&set=deadline:1e9",
    "replicates=2&set=trades:7",
    *(f"sweep={quote(f'lever=sanctions:0,1&worlds={number}')}" for number in NUMBERS),
    f"sweep={quote(f'lever={MARKUP}:0,1')}",
    f"sweep={quote(f'ready={MARKUP}')}",
    "sweep=result%3D..%2F..%2Fetc",
    "branch=1:monitoring:nan",
    "branch=0:trait:inf",
    "worlds=1&branch=999999999999:USA:signs",
    "set=monitoring:0.5&set=monitoring:0.6",
    "seed=18446744073709551616",
    # ways out
    "scenario=../../etc/passwd",
    "scenario=/etc/passwd",
    "scenario=..%2f..%2fscenario.toml",
    "scenario=file:///etc/passwd",
    "scenario=paris-call-2018%00.toml",
    "scenario=classics/watts-2002",
    "lens=../full",
    "name=../axelrod-1986",
    "scenario=CON",
    "scenario=.",
    "scenario=%2e%2e",
    "who=../USA",
    "who=__class__",
    "set=__class__:1",
    "choose=__init__:a",
    # encodings
    "%",
    "%%%",
    "%zz",
    "scenario=%ff%fe",
    "scenario=%c0%af",
    "scenario=%u0041",
    "a=%ed%a0%80",
    "who=%F0%9F%92%A9",
    "scenario=%e2%80%aegpj",
    "=",
    "worlds=1&&&&",
    "=&=&=",
    "a",
    "?",
    "#",
    ";",
    "scenario",
    "set=",
    "set=:",
    "set=a:",
    "set=:1",
    # much
    "a=" + "b" * 100_000,
    "&".join(["set=monitoring:0.5"] * 3_000),
    "&" * 15_000,
    "set=" + "a" * 3_900 + ":1",
    "&".join(f"branch={month}:monitoring:0.5" for month in range(60)),
    "who=" + "A" * 3_900,
    "with=&" * 100,
    "&".join(["with=" + quote("&".join(["set=monitoring:0.5"] * 60))] * 3),
    "branch=" + ":" * 3_000,
    # headers and formulas
    f"scenario={LINES}",
    f"who={LINES}",
    f"name={LINES}",
    "scenario==cmd|'/c calc'!A1",
    "who=%3D1%2B1",
    "set=@SUM(1):1",
)

BODIES = (
    b"",
    b"null",
    b"[]",
    b"1",
    b'"a"',
    b"{",
    b"\xff\xfe\x00",
    b"{}",
    DEEP.encode(),
    b'{"output":' + DEEP[:200].encode(),
    json.dumps({"output": None}).encode(),
    json.dumps({"output": MARKUP}).encode(),
    json.dumps({"output": "page.children"}).encode(),
    *(
        json.dumps(
            {
                "output": "page.children",
                "outputs": {"id": "page", "property": "children"},
                "inputs": [{"id": "location", "property": "pathname", "value": value}],
                "changedPropIds": ["location.pathname"],
            }
        ).encode()
        for value in (
            MARKUP,
            None,
            1,
            [],
            {},
            ["/"],
            "/" * 5_000,
            "/../../etc/passwd",
            "\x00",
            "\ud800",
            1e308,
        )
    ),
    *(
        json.dumps(
            {
                "output": "page.children",
                "outputs": {"id": "page", "property": "children"},
                "inputs": [{"id": "location", "property": "pathname", "value": "/nowhere"}],
                **fault,
            }
        ).encode()
        for fault in (
            {"inputs": None},
            {"inputs": [None]},
            {"inputs": []},
            {"inputs": [{"id": MARKUP}]},
            {"inputs": {}},
            {"inputs": [[{"id": "location", "property": "pathname"}]]},
            {"outputs": []},
            {"outputs": MARKUP},
            {"outputs": {"id": {"a": 1}, "property": "children"}},
            {"state": 1},
            {"state": [1]},
            {"state": [{"id": "a", "property": "b"}]},
            {"changedPropIds": 1},
            {"changedPropIds": [1]},
            {"changedPropIds": [MARKUP]},
            {"output": "..page.children.."},
            {"output": ["page.children"]},
        )
    ),
    b"a" * 70_000,
    b'{"output": NaN}',
    b'{"output": "page.children", "output": 1}',
)

PATHS = (
    "/assets/../app.py",
    "/assets/..%2fapp.py",
    "/assets/%2e%2e/app.py",
    "/assets//etc/passwd",
    "/assets/....//app.py",
    "/assets/..%5capp.py",
    "/assets/parley.css%00.js",
    "/static/../app.py",
    "/_dash-component-suites/dash/../dash.py",
    "/_dash-component-suites/os/path.py",
    "/_dash-component-suites/dash/..%2f..%2fflask/app.py",
    "/_dash-component-suites/" + MARKUP + "/a.js",
    "/_dash-component-suites/dash_ag_grid/%2e%2e/x.js",
    "/data/../health",
    "/" + MARKUP,
    "//evil.example/",
    "/%0d%0aSet-Cookie:a=b",
    "/" + "a/" * 3_000,
    "/.git/config",
    "/data/",
    "/data",
    "/_dash-layout?a=" + MARKUP,
    "/_reload-hash",
    "/" + "%ff" * 30,
    "/data/run.csv/../../x",
    "/console",
    "/health/x",
)


def routes(client: FlaskClient) -> list[str]:
    """Every address without variable parts."""
    rules = client.application.url_map.iter_rules()
    return [rule.rule for rule in rules if "GET" in rule.methods and not rule.arguments]


# Good questions


@pytest.fixture(scope="module")
def answers(client: FlaskClient) -> dict[str, TestResponse]:
    """The answer of every data route, and of the brief, to a question that makes sense."""
    paths = [path for path in routes(client) if path.startswith(("/data/", "/brief"))]
    own = {path: "".join(query for part, query in BESIDE.items() if part in path) for path in paths}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assumptions, "POINTS", 50)  # of the hundred at which conduct is simulated
        return {path: client.get(f"{path}?{NO_VIEW.get(path, VIEW + own[path])}") for path in paths}


def tables(answers: dict[str, TestResponse]) -> Iterator[tuple[str, pd.DataFrame]]:
    return (
        (path, pd.read_csv(io.BytesIO(answer.data)))
        for path, answer in answers.items()
        if path.endswith(".csv")
    )


def test_every_route_answers(answers):
    assert len(answers) > 30
    assert {
        path: answer.status_code for path, answer in answers.items() if answer.status_code != 200
    } == {}


def test_conduct_has_routes_of_its_own(answers):
    apart = (*OF_CONDUCT, *IN_WORDS)
    texts = {
        path: answer.text for path, answer in answers.items()
        if not path.startswith(apart) and answer.mimetype in ("application/json", "text/csv")
    }  # fmt: skip
    # A motive of signing, and a part of the text, are called restraint as well.
    words = [*(f'"{name}"' for name in CONDUCT - {"restraint"}), *LABELS]
    assert len(texts) > 15
    assert [(path, word) for path, text in texts.items() for word in words if word in text] == []


def test_no_route_joins_a_name_to_conduct(answers):
    contents = {path: answer.get_json() for path, answer in answers.items() if answer.is_json}
    assert {
        path: names for path, content in contents.items() if (names := list(in_json(content)))
    } == {}
    assert {path: names for path, table in tables(answers) if (names := in_frame(table))} == {}


def ranges_in(rows: list[dict[str, Any]]) -> Iterator[tuple[float | None, float | None]]:
    """The two ends of every range in *rows*, in whichever of the three forms."""
    for row in rows:
        if "low" in row:
            yield row["low"], row["high"]
        else:
            yield from row.get("ranges") or [row[key] for key in ("present", "designed", "change")]


def test_conduct_is_a_range_that_is_called_assumed(answers):
    for path in OF_CONDUCT:
        content = answers[path].get_json()
        assert content["basis"].startswith("assumed")
        ranges = list(ranges_in(content.get("rows") or content["texts"]))
        assert ranges
        assert all(low <= high for low, high in ranges if low is not None)


def test_every_row_of_a_download_says_what_it_rests_on_and_how_to_repeat_it(answers):
    for path, table in tables(answers):
        bases = (*sim.BASES.values(), "fitted to other instruments")
        rests_on = table["basis"].str.startswith(bases)
        assert rests_on.all(), path
        is_assumed = path.startswith((*OF_CONDUCT, OF_TALKS, "/data/evidence/conclusions", NETWORK))
        assert table["basis"].str.startswith("assumed").all() == is_assumed, path
        assert table["seed"].notna().all(), path
        assert "attachment" in answers[path].headers["Content-Disposition"]


def test_no_cell_of_a_download_is_a_formula(answers):
    for path, answer in answers.items():
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
            assert [cell for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.])", cell)] == [], path


# All others


def faults_of(answer: TestResponse) -> list[str]:
    """What is wrong with *answer*."""
    faults, text = [], answer.data.decode(errors="replace")
    if answer.status_code >= 500:
        faults.append(f"status {answer.status_code}")
    if answer.status_code >= 400 and re.search(r"Traceback|File \"|werkzeug|\.py\b(?!'|\?)", text):
        faults.append(f"tells of the code: {text[:200]}")
    if answer.status_code >= 400:
        sentence = json.loads(text)["message"] if answer.mimetype == "application/json" else ""
        if not sentence or len(sentence.splitlines()) != 1 or len(sentence) > 900:
            faults.append(f"no clear sentence: {text[:200]}")
    if answer.mimetype == "text/html" and MARKUP in text:
        faults.append("says markup back")
    if answer.headers.get("X-Content-Type-Options") != "nosniff" or "Set-Cookie" in answer.headers:
        faults.append(f"headers {dict(answer.headers)}")
    return faults


def test_no_query_upsets_any_address(client):
    faulty: dict[Any, list[str]] = {}
    for path in routes(client):
        # Downloads read the same words as what they hold, and other pages none.
        step = 10 if not path.startswith("/data/") else 3 if "." in path else 1
        for query in QUERIES[::step]:
            with client.get(path, query_string=query) as answer:
                if faults := faults_of(answer):
                    faulty[path, query[:60]] = faults
    assert faulty == {}


def test_no_body_upsets_the_pages(client):
    faulty = {}
    for body in BODIES:
        for kind in (
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "",
        ):
            with client.post("/_dash-update-component", data=body, content_type=kind) as answer:
                if faults := faults_of(answer):
                    faulty[body[:60], kind] = faults
    assert faulty == {}


def test_no_path_leads_out(client):
    faulty = {}
    for path in PATHS:
        with client.get(path) as answer:
            faults = faults_of(answer)
            if b"import" in answer.data or b"root:" in answer.data:
                faults.append("leads out")
            if faults:
                faulty[path[:60]] = faults
    assert faulty == {}


def test_no_method_or_header_upsets_any_address(client):
    faulty = {}
    for path in [*routes(client), "/_dash-update-component"]:
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "MADEUP"):
            with client.open(path, method=method) as answer:
                if faults := faults_of(answer):
                    faulty[path, method] = faults
    for name, value in (
        ("Accept", MARKUP),
        ("Accept-Encoding", "\x80" * 99),
        ("Host", "evil.example"),
        ("Host", MARKUP),
        ("X-Forwarded-Host", MARKUP),
        ("Range", "bytes=0-,1-,2-"),
        ("Cookie", "a=" + "b" * 9_000),
        ("If-Modified-Since", "never"),
        ("Content-Length", "-1"),
        ("Accept", "a/b;q=nan"),
    ):
        for path in ("/", "/data/people", "/nowhere", "/assets/parley.css"):
            with client.get(path, headers={name: value}) as answer:
                if faults := faults_of(answer):
                    faulty[path, name, value[:20]] = faults
    assert faulty == {}
