"""The server without a browser: caches, queues, limits, refusals, headers, and many visitors at
once.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from ports import free_port
from visits import answer, serving

import sim
from benchmarks.visitors import crowd, foreign_numbers
from dashboard import app, cache, turns
from dashboard.app import PAGES, create_app, serve
from dashboard.cache import Answers, Runs
from dashboard.limits import OWN, PUBLIC
from dashboard.pages.simulate import routes
from dashboard.requests import BusyError, GoneError, has_gone
from dashboard.turns import BUSY, Bounds, Turns
from dashboard.view import View

FEW = "worlds=1"


@pytest.fixture(scope="module")
def stranger() -> FlaskClient:
    """A client of a public server."""
    return create_app(PUBLIC).server.test_client()


def message(response) -> str:
    return json.loads(response.text)["message"]


# Caches


def test_an_answer_is_computed_once_for_all_who_ask_at_the_same_time():
    answers, calls, begin = Answers(), [], threading.Barrier(5)

    def ask() -> None:
        begin.wait()
        answers.get("one", lambda: calls.append(1) or {"a": 1})

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_answers_are_few_and_errors_are_not_kept():
    answers = Answers(entries=3)
    for number in range(10):
        assert answers.get(str(number), lambda number=number: number) == str(number).encode()
    assert len(answers) == 3
    with pytest.raises(ZeroDivisionError):
        answers.get("wrong", lambda: 1 / 0)
    assert answers.get("wrong", lambda: 2) == b"2"


def test_a_key_is_computed_by_one_thread_at_a_time_after_a_failure_too():
    answers, fail, second, third, end = (
        Answers(quick=Bounds(9, 9, 9, 9)),
        *(threading.Event() for _ in range(4)),
    )

    def compute_and_fail() -> None:
        fail.wait(60)
        raise ZeroDivisionError

    def ask(compute) -> threading.Thread:
        def get() -> None:
            with suppress(ZeroDivisionError):
                answers.get("one", compute)

        thread = threading.Thread(target=get)
        thread.start()
        return thread

    threads = [ask(compute_and_fail), ask(lambda: second.set() or end.wait(60))]
    fail.set()
    assert second.wait(60)
    threads.append(ask(lambda: third.set()))
    assert not third.wait(0.3)
    end.set()
    for thread in threads:
        thread.join()
    assert not third.is_set()


@pytest.mark.parametrize("limits", [{"entries": 2}, {"worlds": 5}])
def test_runs_are_simulated_once_and_the_least_recently_used_go_first(monkeypatch, limits):
    runs, seeds = Runs(**limits), []
    scenario = SimpleNamespace(parameters=SimpleNamespace(population_scale=1.0))
    monkeypatch.setattr(
        View,
        "run",
        lambda view: (
            seeds.append(view.seed)
            or SimpleNamespace(seed=view.seed, replicates=2, scenario=scenario)
        ),
    )
    assert [runs.of(View(seed=seed, worlds=2)).seed for seed in (1, 2, 1, 3, 1, 2)] == [
        1,
        2,
        1,
        3,
        1,
        2,
    ]
    assert seeds == [1, 2, 3, 2]
    assert len(runs) == 2


# Queues


@pytest.fixture
def busy() -> Answers:
    """Answers; one of them is slow and is computed until the test ends."""
    answers, start, end = Answers(slow=Bounds(1, 1, 1, 1)), threading.Event(), threading.Event()

    def compute() -> int:
        start.set()
        return int(end.wait(60))

    slow = threading.Thread(target=answers.get, args=("slow", compute), kwargs={"slow": True})
    slow.start()
    assert start.wait(60)
    yield answers
    end.set()
    slow.join()


def test_a_quick_answer_does_not_wait_for_a_slow_one(busy):
    assert busy.get("quick", lambda: 2) == b"2"


@pytest.mark.parametrize("key", ["slow", "another"])
def test_a_request_beyond_the_queue_is_refused(busy, key):
    with pytest.raises(BusyError):
        busy.get(key, lambda: 2, slow=True)


def test_turns_come_in_the_order_of_requests():
    line, order, threads = Turns(1, 1), [], []
    with line.turn():
        for number in range(5):

            def wait(number: int = number) -> None:
                with line.turn():
                    order.append(number)

            threads.append(threading.Thread(target=wait))
            threads[-1].start()
            while len(line) <= number:
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_waiting_for_a_turn_has_an_end(monkeypatch):
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0)
    monkeypatch.setattr(turns, "LOOK", 0.01)
    with pytest.raises(BusyError):
        Answers(quick=Bounds(1, 1, 0, 0)).get("never", lambda: 1)


def test_nothing_is_computed_for_a_visitor_who_has_gone(monkeypatch):
    calls: list[int] = []
    monkeypatch.setattr(turns, "has_gone", lambda: True)
    with pytest.raises(GoneError):
        Answers().get("one", lambda: calls.append(1))
    assert calls == []


def test_a_simulation_ends_when_its_visitor_goes(client):
    response = client.get(
        f"/data/run?{FEW}&seed=77", environ_overrides={"waitress.client_disconnected": lambda: True}
    )
    assert response.status_code == 503
    looks = iter([False, False])  # the visitor goes while the worlds are simulated
    response = client.get(
        "/data/run?worlds=60&seed=77",
        environ_overrides={"waitress.client_disconnected": lambda: next(looks, True)},
    )
    assert response.status_code == 503
    assert client.get(f"/data/run?{FEW}&seed=77").status_code == 200


def test_a_closed_connection_is_noticed_under_gunicorn(client):
    ours, theirs = socket.socketpair()
    with ours, client.application.test_request_context(environ_overrides={"gunicorn.socket": ours}):
        assert not has_gone()
        theirs.close()
        assert has_gone()


def test_slow_questions_wait_in_a_queue_of_their_own(monkeypatch):
    slow_keys: list[bool] = []
    monkeypatch.setattr(
        Answers, "get", lambda _, key, compute, slow=False: slow_keys.append(slow) or b"{}"
    )
    client = create_app().server.test_client()
    for path in (
        "explain/changes?who=FRA",
        "compare/conduct?with=lens%3Dnull",
        "classic?name=escalation",
    ):
        assert client.get(f"/data/{path}").status_code == 200
    assert slow_keys == [True] * 3


# Limits


@pytest.mark.parametrize(
    ("query", "word"),
    [
        (f"worlds={PUBLIC.worlds + 1}", "worlds is 101"),
        ("&".join(["branch=1:BRA:signs"] * 5), "5 branches"),
        ("with=worlds%3D150", "worlds is 150"),
        ("seed=" + "1" * 5000, "5005 characters"),
    ],
)
def test_a_public_server_allows_less_on_every_route(stranger, query, word):
    for path in ("run", "run.csv", "compare", "explain", "evidence"):
        response = stranger.get(f"/data/{path}?{query}")
        assert response.status_code == 400
        assert word in message(response)


def test_the_control_of_worlds_ends_at_the_limit_of_the_server(client, stranger):
    body = {"output": "page.children", "outputs": {"id": "page", "property": "children"},
            "inputs": [{"id": "location", "property": "pathname", "value": "/"}],
            "changedPropIds": ["location.pathname"]}  # fmt: skip
    for visitor, limits in ((client, OWN), (stranger, PUBLIC)):
        page = visitor.post("/_dash-update-component", json=body).text
        assert f'"max":{limits.worlds},' in page.replace(" ", "")


# Refusals


def test_a_busy_server_says_when_to_come_again(monkeypatch):
    client = create_app().server.test_client()
    seconds = iter([5, 5, None])
    monkeypatch.setattr(
        Answers, "get", lambda *_, **__: (_ for _ in ()).throw(BusyError(BUSY, next(seconds)))
    )
    response = client.get("/data/explain/changes?who=USA")
    assert (response.status_code, message(response), response.headers["Retry-After"]) == (
        503,
        BUSY,
        "5",
    )
    page = client.get("/brief", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Refresh"]) == (503, "5")
    assert BUSY[1:] in page.text
    never = client.get(
        "/data/explain/changes?who=USA"
    )  # what takes too long takes as long the next time
    assert never.status_code == 503
    assert "Retry-After" not in never.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/data/nowhere", 404),
        ("GET", "/assets/nowhere.js", 404),
        ("POST", "/data/run", 405),
        ("DELETE", "/", 405),
        ("PUT", "/_dash-update-component", 405),
    ],
)
def test_a_refusal_is_a_sentence_as_json_or_as_a_page(client, method, path, status):
    response = client.open(path, method=method)
    assert response.status_code == status
    assert message(response)
    page = client.open(path, method=method, headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == status
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_an_address_that_is_none_leads_to_every_page(client):
    page = client.get("/nowhere", headers={"Accept": "text/html"}).text
    assert "There is nothing at this address" in page
    assert [each.PATH for each in PAGES if f'<a href="{each.PATH}">' not in page] == []


def test_an_error_of_the_server_is_logged_and_shows_no_code(monkeypatch, caplog):
    client = create_app().server.test_client()

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(routes, "record_of", fail)
    for accept in ("application/json", "text/html"):
        response = client.get(f"/data/run?{FEW}", headers={"Accept": accept})
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Traceback" not in response.text
        assert message(response)
    assert "a secret" in caplog.text


# Headers, and the server as it is started


def test_the_page_may_load_nothing_from_elsewhere(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy


def test_bundles_may_stay_in_the_browser_for_a_year(client):
    sources = [part.split('"')[0] for part in client.get("/").text.split('src="')[1:]]
    assert len(sources) > 10
    for source in sources:
        with client.get(source) as response:
            assert "max-age=31536000" in response.headers["Cache-Control"], source


def test_answers_stay_in_the_visitors_browser_alone(client):
    for path in ("/data/people", "/data/run.csv?worlds=1"):
        assert client.get(path).headers["Cache-Control"].startswith("private, ")


def test_the_server_says_that_it_is_well(client):
    response = client.get("/health")
    assert (response.status_code, response.data) == (200, b"OK")


def test_an_address_in_use_is_refused_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(sim.InputError, match=f"127.0.0.1, port {port}: .* --port"):
            serve("127.0.0.1", port)


@pytest.mark.parametrize(("host", "reason"), [
    ("nope.invalid", "cannot be resolved"),
    ("nope..invalid", "cannot be resolved"),
    ("192.0.2.1", "this machine has no such address"),
])  # fmt: skip
def test_a_host_that_is_not_this_machine_is_named_and_no_port_is_blamed(host, reason):
    with pytest.raises(sim.InputError, match=f"{host}: .*{reason}; name another --host"):
        serve(host, 8050, public=True)


def test_a_server_of_ones_own_is_made_with_its_limits_and_warmed(monkeypatch):
    names: list[str] = []
    monkeypatch.setattr(app, "_warm", lambda server: names.append(server.name))
    assert app.server(public=True).config["LIMITS"] == PUBLIC
    assert app.server().config["LIMITS"] == OWN
    assert len(names) == 2


def test_a_public_address_needs_public(monkeypatch):
    from dashboard import app

    calls: list[tuple] = []
    monkeypatch.setattr(app, "serve", lambda *arguments: calls.append(arguments))
    from dashboard import cli

    for host, public in (
        ("127.0.0.1", False),
        ("localhost", False),
        ("::1", False),
        ("0.0.0.0", True),
    ):
        cli.dashboard(host, "8050", public)
    cli.dashboard("127.0.0.1", "8050", True, "1")
    cli.dashboard("127.0.0.1", "8050", sweeps="results")
    assert calls == [
        ("127.0.0.1", 8050, False, 0, None),
        ("localhost", 8050, False, 0, None),
        ("::1", 8050, False, 0, None),
        ("0.0.0.0", 8050, True, 0, None),
        ("127.0.0.1", 8050, True, 1, None),
        ("127.0.0.1", 8050, False, 0, "results"),
    ]
    with pytest.raises(sim.InputError, match="--proxies is 1 without --public"):
        cli.dashboard("127.0.0.1", "8050", False, "1")
    with pytest.raises(sim.InputError, match="--public"):
        cli.dashboard("192.0.2.1", "8050")


@pytest.mark.long
@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no signal that interrupts another process alone"
)
def test_the_command_serves_the_page_until_it_is_interrupted(root):
    port = free_port()
    command = [sys.executable, "-m", "dashboard.cli", "dashboard", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        lines = [process.stdout.readline(), process.stdout.readline()]
        assert f"http://127.0.0.1:{port}" in lines[1]
        with answer(f"http://127.0.0.1:{port}/") as response:
            assert "Parley" in response.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


@pytest.mark.long
def test_no_visitor_gets_an_error_or_somebody_elses_worlds(monkeypatch):
    stores: list[Answers | Runs] = []
    for store in (Answers, Runs):
        begin = store.__init__

        def note(self, *arguments, begin=begin, **more) -> None:
            begin(self, *arguments, **more)
            stores.append(self)

        monkeypatch.setattr(store, "__init__", note)
    with serving(create_app()) as address:
        report = crowd(address, visitors=12, seconds=15, every=1, worlds=2)
    assert report.errors == []
    assert report.foreign == []
    assert len(report.medians) > 24
    assert foreign_numbers(report) == []
    assert all(len(store) <= cache.ANSWERS for store in stores)
