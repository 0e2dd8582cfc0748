"""The server without a browser: turns, bounds, and what it says when something cannot be had or goes wrong."""

from __future__ import annotations

import json
import socket
import threading

import pytest
from flask.testing import FlaskClient

import sim
from dashboard import cache as of_answers
from dashboard.app import create_app
from dashboard.cache import BUSY, Answers, Turns
from dashboard.limits import OWN, PUBLIC
from dashboard.pages import stakeholder
from dashboard.pages.simulate import routes
from dashboard.requests import BusyError, GoneError, has_gone

FEW = "worlds=1"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Whoever asks the server, without a network."""
    return create_app().server.test_client()


@pytest.fixture(scope="module")
def stranger() -> FlaskClient:
    """Whoever asks a public server."""
    return create_app(PUBLIC).server.test_client()


def message(answer) -> str:
    return json.loads(answer.text)["message"]


@pytest.fixture
def held() -> Answers:
    """Answers of which a slow one is being computed until the test ends."""
    answers, begun, end = Answers(slow_waiting=1), threading.Event(), threading.Event()

    def compute() -> int:
        begun.set()
        return int(end.wait(60))

    slow = threading.Thread(target=answers.get, args=("slow", compute), kwargs={"slow": True})
    slow.start()
    assert begun.wait(60)
    yield answers
    end.set()
    slow.join()


def test_nobody_who_moves_a_dial_waits_for_a_slow_answer(held):
    assert held.get("quick", lambda: 2) == b"2"


@pytest.mark.parametrize("key", ["slow", "another"])
def test_who_comes_when_many_wait_is_asked_to_come_again(held, key):
    with pytest.raises(BusyError, match=BUSY):
        held.get(key, lambda: 2, slow=True)


def test_turns_come_in_the_order_of_asking():
    turns, order, waiting = Turns(1), [], []
    with turns.turn():
        for number in range(5):

            def wait(number: int = number) -> None:
                with turns.turn():
                    order.append(number)

            waiting.append(threading.Thread(target=wait))
            waiting[-1].start()
            while len(turns) <= number:
                threading.Event().wait(0.001)
    for thread in waiting:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_whoever_waits_too_long_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(of_answers, "LONGEST_WAIT", 0)
    monkeypatch.setattr(of_answers, "LOOK", 0.01)
    with pytest.raises(BusyError):
        Answers(at_once=0).get("never", lambda: 1)


def test_what_nobody_waits_for_is_not_begun(monkeypatch):
    computed: list[int] = []
    monkeypatch.setattr(of_answers, "has_gone", lambda: True)
    with pytest.raises(GoneError):
        Answers().get("one", lambda: computed.append(1))
    assert computed == []


def test_worlds_are_no_longer_simulated_once_the_browser_has_hung_up(client):
    answer = client.get(f"/data/run?{FEW}&seed=77", environ_overrides={"waitress.client_disconnected": lambda: True})
    assert answer.status_code == 503
    looks = iter([False, False])  # it goes while its worlds are being simulated
    answer = client.get("/data/run?worlds=60&seed=77",
                        environ_overrides={"waitress.client_disconnected": lambda: next(looks, True)})
    assert answer.status_code == 503
    assert client.get(f"/data/run?{FEW}&seed=77").status_code == 200


def test_gunicorn_shows_who_has_hung_up(client):
    ours, theirs = socket.socketpair()
    with ours, client.application.test_request_context(environ_overrides={"gunicorn.socket": ours}):
        assert not has_gone()
        theirs.close()
        assert has_gone()


def test_a_server_that_is_busy_says_when_to_come_again(monkeypatch):
    client = create_app().server.test_client()
    monkeypatch.setattr(Answers, "get", lambda *_, **__: (_ for _ in ()).throw(BusyError(BUSY)))
    answer = client.get("/data/explain/changes?who=USA")
    assert (answer.status_code, message(answer), answer.headers["Retry-After"]) == (503, BUSY, "5")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"worlds={PUBLIC.worlds + 1}", "worlds is 101, expected at most 100 on this public server"),
        ("&".join(["branch=1:BRA:signs"] * 5), "found 5 branches, expected at most 4 on this public server"),
        ("with=worlds%3D150", "worlds is 150, expected at most 100"),
        ("seed=" + "1" * 5000, "it has 5005 characters, expected at most 4000"),
    ],
)
def test_a_public_server_allows_less(client, stranger, query, expected):
    for path in ("run", "run.csv", "compare", "explain", "evidence"):
        answer = stranger.get(f"/data/{path}?{query}")
        assert answer.status_code == 400
        assert expected in message(answer)


def test_a_public_server_offers_no_more_worlds_than_it_allows(client, stranger):
    body = {"output": "page.children", "outputs": {"id": "page", "property": "children"},
            "inputs": [{"id": "location", "property": "pathname", "value": "/"}],
            "changedPropIds": ["location.pathname"]}  # fmt: skip
    for asking, within in ((client, OWN), (stranger, PUBLIC)):
        sent = asking.post("/_dash-update-component", json=body).text
        assert f'"max":{within.worlds},' in sent.replace(" ", "")


def test_thirteen_branches_are_refused(client):
    branches = "&".join(f"branch={month}:monitoring:0.5" for month in range(13))
    assert "found 13 branches, expected at most 12" in message(client.get(f"/data/run?{branches}"))


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
def test_what_cannot_be_had_gets_a_plain_sentence(client, method, path, status):
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert message(answer)
    page = client.open(path, method=method, headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == status
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


def test_what_goes_wrong_shows_no_code(monkeypatch, caplog):
    app = create_app().server
    client = app.test_client()

    def wrong(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(routes, "record_of", wrong)
    for accepted in ("application/json", "text/html"):
        answer = client.get(f"/data/run?{FEW}", headers={"Accept": accepted})
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert "the server's fault" in message(answer)
    assert "a secret" in caplog.text


def test_bundles_and_assets_are_kept_by_the_browser(client):
    sources = [part.split('"')[0] for part in client.get("/").text.split('src="')[1:]]
    assert len(sources) > 10
    for source in sources:
        with client.get(source) as answer:
            assert "max-age=31536000" in answer.headers["Cache-Control"], source


def test_the_server_for_others_is_made_by_name(monkeypatch):
    from dashboard import app

    asked: list[str] = []
    monkeypatch.setattr(app, "_warm", lambda served: asked.append(served.name))
    assert app.server(public=True).config["LIMITS"] == PUBLIC
    assert app.server().config["LIMITS"] == OWN
    assert not app.server().debug
    assert len(asked) == 3


def test_a_public_address_is_named_by_who_serves(monkeypatch):
    from dashboard import app

    served: list[tuple] = []
    monkeypatch.setattr(app, "serve", lambda *told: served.append(told))
    from sim import cli

    for host, public in (("127.0.0.1", False), ("localhost", False), ("::1", False), ("0.0.0.0", True)):
        cli.dashboard(host, "8050", public)
    assert served == [("127.0.0.1", 8050, False), ("localhost", 8050, False), ("::1", 8050, False),
                      ("0.0.0.0", 8050, True)]  # fmt: skip
    with pytest.raises(sim.InputError, match="--public"):
        cli.dashboard("192.0.2.1", "8050")


def test_changes_wait_in_the_line_of_slow_questions(monkeypatch):
    asked: list[bool] = []
    monkeypatch.setattr(Answers, "get", lambda _, key, compute, slow=False: asked.append(slow) or b"{}")
    client = create_app().server.test_client()
    for path in ("explain/changes?who=USA", "compare/conduct?with=lens%3Dnull", "classic?name=escalation"):
        assert client.get(f"/data/{path}").status_code == 200
    assert asked == [True] * 3
    assert stakeholder.MOST_WORLDS <= 100
