"""Who is let in: places and turns by address, kept answers beside a full line, and jobs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import flask
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard import admission
from dashboard.app import create_app
from dashboard.cache import Answers
from dashboard.jobs import Jobs
from dashboard.limits import OWN, PUBLIC
from dashboard.pages.simulate import routes
from dashboard.requests import BusyError, GoneError, address, hold, release
from dashboard.turns import BUSY, BUSY_WITH_YOURS, Bounds, Line, fair_order

ONE, OTHER, THIRD = "192.0.2.1", "192.0.2.2", "192.0.2.3"
SOON = 60  # seconds that a busy computer may take


def message(response) -> str:
    return json.loads(response.text)["message"]


@pytest.fixture(scope="module")
def app() -> flask.Flask:
    """A small app whose requests have addresses."""
    return flask.Flask("small")


def from_(app: flask.Flask, sender: str, **environ: object):
    return app.test_request_context(environ_overrides={"REMOTE_ADDR": sender, **environ})


# Whose a request is


@pytest.mark.parametrize(
    ("sender", "whose"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_request_counts_for_its_address_or_its_network_of_64_bits(app, sender, whose):
    with from_(app, sender):
        assert address() == whose


@pytest.mark.parametrize(
    ("proxies", "whose"),
    [(0, "127.0.0.1"), (1, "198.51.100.2"), (2, "198.51.100.1"), (4, "127.0.0.1")],
)
def test_whom_a_proxy_names_is_believed_only_where_the_server_was_told_of_it(proxies, whose):
    server = create_app(replace(PUBLIC, proxies=proxies)).server
    server.add_url_rule("/whose", view_func=address)
    forwarded = "203.0.113.9, 198.51.100.1, 198.51.100.2"
    with server.app_context():
        path = server.test_client().get(
            "/whose", headers={"X-Forwarded-For": forwarded, "X-Forwarded-Host": "evil"}
        )
    assert path.text == whose


# Fair order


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9)), max_size=12),
    st.lists(st.sampled_from("abcd"), max_size=3),
)
def test_everybody_is_served_once_and_no_address_twice_before_another_that_waits(waiting, running):
    order = fair_order(waiting, running)
    assert sorted(order) == list(range(len(waiting)))
    if not running:
        addresses = [waiting[place][0] for place in order]
        first_round = addresses[: len(set(addresses))]
        assert len(set(first_round)) == len(first_round)


def test_of_one_address_who_came_first_is_first_and_whoever_runs_comes_later():
    assert fair_order([("a", 3), ("a", 1), ("a", 2)]) == [1, 2, 0]
    assert fair_order([("a", 1), ("b", 2)], running=["a"]) == [1, 0]
    assert fair_order([("a", 1), ("b", 2)], ended={"a": 3}) == [1, 0]
    assert fair_order([("a", 1), ("b", 4)], ended={"a": 3}) == [
        0,
        1,
    ]  # and so nobody waits for ever


class Work:
    """Computations of one line, each in a thread of its own, that end when they are told to."""

    def __init__(self, app: flask.Flask, answers: Answers) -> None:
        self.app, self.answers = app, answers
        self.begun: list[str] = []
        self.refused: list[str] = []
        self._ends: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self._changed = threading.Condition()

    def ask(
        self, sender: str, key: str, gone: Callable[[], bool] = lambda: False, slow: bool = False
    ) -> None:
        """*sender* asks for *key*; returns once that waits, is computed or was refused."""
        line = self.answers._slow if slow else self.answers._quick
        before, end = len(line), self._ends.setdefault(key, threading.Event())

        def compute() -> str:
            with self._changed:
                self.begun.append(key)
                self._changed.notify_all()
            assert end.wait(SOON)
            return key

        def get() -> None:
            with from_(self.app, sender, **{"waitress.client_disconnected": gone}):
                flask.current_app.config["LIMITS"] = OWN
                try:
                    self.answers.get(key, compute, slow=slow)
                except BusyError as problem:
                    self.refused.append(f"{key}: {problem}")
                except GoneError:
                    pass
                finally:
                    release()

        self._threads.append(threading.Thread(target=get))
        self._threads[-1].start()
        until(lambda: len(line) > before or not self._threads[-1].is_alive())
        until(lambda: not self._threads[-1].is_alive() or key in self.begun or len(line.turns) > 0)

    def end(self, key: str) -> None:
        """Ends the computation of *key*."""
        self._ends[key].set()

    def wait_for(self, *begun: str) -> None:
        """Until what has begun is *begun*, in that order."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.begun) >= len(begun), SOON)
        assert self.begun == list(begun)

    def close(self) -> None:
        for event in self._ends.values():
            event.set()
        for thread in self._threads:
            thread.join(SOON)


def until(holds: Callable[[], bool]) -> None:
    for _ in range(SOON * 200):
        if holds():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it never came to that")


@pytest.fixture
def work(app) -> Iterator[Callable[..., Work]]:
    started: list[Work] = []

    def start(**lines: Bounds) -> Work:
        started.append(Work(app, Answers(**lines)))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_addresses_take_turns(work):
    one = work(quick=Bounds(places=9, places_each=4, at_once=1, at_once_each=1))
    for sender, key in (
        (ONE, "a1"),
        (ONE, "a2"),
        (ONE, "a3"),
        (OTHER, "b1"),
        (THIRD, "c1"),
        (OTHER, "b2"),
    ):
        one.ask(sender, key)
    order = ["a1", "b1", "c1", "a2", "b2", "a3"]
    for begun, (key, _) in enumerate(pairwise(order), 1):
        one.wait_for(*order[:begun])
        one.end(key)
    one.wait_for(*order)


def test_one_address_never_computes_in_the_last_turn_of_a_public_server(work):
    one = work(quick=PUBLIC.quick)
    one.ask(ONE, "a1")
    one.ask(ONE, "a2")
    one.ask(OTHER, "b1")
    one.wait_for("a1", "b1")


def test_one_address_has_few_places_and_leaves_the_others_theirs(work):
    one = work(quick=PUBLIC.quick)
    for number in range(5):
        one.ask(ONE, f"a{number}")
    assert one.refused == [f"a{number}: {BUSY_WITH_YOURS}" for number in (3, 4)]
    for number in range(PUBLIC.quick.places - PUBLIC.quick.places_each):
        one.ask(f"198.51.100.{number}", f"b{number}")
    assert len(one.refused) == 2
    one.ask(THIRD, "c")
    assert one.refused[2:] == [f"c: {BUSY}"]
    assert one.answers.find("kept") is None


def test_of_many_who_ask_the_same_one_computes_and_the_line_stays_short(work):
    one = work(quick=PUBLIC.quick)
    for number in range(PUBLIC.quick.places + 12):
        one.ask(f"198.51.100.{number}", "same")
    assert one.begun == ["same"]
    assert len(one.answers._quick) == PUBLIC.quick.places
    assert len(one.refused) == 12
    one.close()
    assert one.begun == ["same"]
    assert one.answers.get("same", lambda: 1 / 0) == b'"same"'


def test_whoever_hung_up_for_a_newer_question_is_not_in_its_way(work):
    one, gone = work(quick=PUBLIC.quick), threading.Event()
    for number in range(PUBLIC.quick.places_each):
        one.ask(ONE, f"old{number}", gone=gone.is_set)
    gone.set()
    one.ask(ONE, "new")
    assert one.refused == []


def test_a_browser_with_many_tabs_on_its_own_machine_is_not_refused(work):
    one = work(quick=OWN.quick)
    for number in range(6):  # as many as a browser asks at once of one server
        one.ask("127.0.0.1", f"{number}")
    assert one.refused == []


def test_slow_questions_of_one_address_leave_a_place_to_another(work):
    one = work(slow=PUBLIC.slow)
    one.ask(ONE, "a1", slow=True)
    one.ask(ONE, "a2", slow=True)
    one.ask(OTHER, "b1", slow=True)
    assert one.refused == [f"a2: {BUSY_WITH_YOURS}"]
    one.ask(ONE, "quick")
    one.wait_for("a1", "quick")


def test_all_lines_together_leave_threads_for_files_and_kept_answers():
    from dashboard.connections import THREADS

    for limits in (OWN, PUBLIC):
        assert limits.new.places <= THREADS - 3
        assert limits.quick.places < limits.new.places
        assert limits.slow.places + limits.conduct.places < limits.new.places


def test_a_place_is_kept_to_the_end_of_its_request_and_no_longer(app):
    line = Line(Bounds(places=1, places_each=1))
    with from_(app, ONE):
        for _ in range(3):
            with line.place():
                assert len(line) == 1
        assert len(line) == 1
        release()
        assert len(line) == 0
    with line.place():
        assert len(line) == 1
    assert len(line) == 0


def test_what_cannot_be_held_is_not_released(app):
    def fail():
        raise BusyError(BUSY)

    with from_(app, ONE):
        for _ in range(2):
            with pytest.raises(BusyError), hold("key", fail):
                pass
        release()


# Through the routes


@pytest.fixture
def full() -> FlaskClient:
    """A client of a public server in which nobody has a place for a new question; two were answered
    before.
    """
    client = create_app(PUBLIC).server.test_client()
    assert client.get("/data/run?worlds=1&seed=5").status_code == 200
    assert client.get("/data/people").status_code == 200
    line = next(
        cell.cell_contents
        for hook in client.application.before_request_funcs[None]
        for cell in hook.__closure__ or ()
        if isinstance(cell.cell_contents, Line)
    )
    line.bounds = replace(line.bounds, places=0)
    return client


def test_files_and_kept_answers_wait_in_no_line(full):
    assert full.get("/data/run?worlds=1&seed=6").status_code == 503
    for path in ("/health", "/", "/assets/parley.css", "/data/run?worlds=1&seed=5", "/data/people"):
        with full.get(path) as response:
            assert response.status_code == 200


def test_a_refusal_says_when_to_come_again_and_reads_nothing(full, monkeypatch):
    monkeypatch.setattr(routes, "view_of", lambda _: 1 / 0)
    response = full.get("/data/run?worlds=1&seed=6")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    assert message(response) == BUSY


def test_whoever_was_refused_has_nothing_read_for_a_moment(monkeypatch):
    monkeypatch.setattr(admission, "PAUSE", 1e6)
    monkeypatch.setattr(Answers, "get", lambda self, *_, **__: self._quick.place().__enter__())
    client = create_app(replace(PUBLIC, quick=Bounds(0, 0))).server.test_client()
    refusals = [
        client.get(f"/data/run?worlds=1&seed={seed}", environ_overrides={"REMOTE_ADDR": sender})
        for seed, sender in enumerate((ONE, ONE, OTHER))
    ]
    assert [message(one) for one in refusals] == [BUSY_WITH_YOURS, BUSY_WITH_YOURS, BUSY_WITH_YOURS]
    monkeypatch.setattr(routes, "view_of", lambda _: 1 / 0)
    assert client.get("/data/run?seed=9", environ_overrides={"REMOTE_ADDR": ONE}).status_code == 503
    assert (
        client.get("/data/run?seed=9", environ_overrides={"REMOTE_ADDR": THIRD}).status_code == 500
    )


# Jobs


def test_jobs_of_addresses_take_turns(tmp_path):
    jobs = Jobs(tmp_path, each=2)
    for whose, key in ((ONE, "a1"), (ONE, "a2"), (OTHER, "b1")):
        jobs.ask(key, {}, "0123456789", whose)
    assert [jobs.find(key).before for key in ("a1", "b1", "a2")] == [0, 1, 2]
    order = []
    while job := jobs.claim("worker"):
        order.append(job.key)
        if job.key == "a1":
            jobs.ask("c1", {}, "0123456789", THIRD)
        jobs.end(job.key, "worker", {})
    assert order == ["a1", "b1", "c1", "a2"]


def test_one_address_has_few_jobs_and_no_trace_of_it_is_left(tmp_path):
    from dashboard.jobs import QueueFullError

    jobs = Jobs(tmp_path, each=2)
    for key in ("a1", "a2"):
        jobs.ask(key, {}, "0123456789", ONE)
    jobs.claim("worker")
    with pytest.raises(QueueFullError) as refusal:
        jobs.ask("a3", {}, "0123456789", ONE)
    assert refusal.value.is_of_one
    assert (
        jobs.ask("a1", {}, "fedcba98", ONE).key == "a1"
    )  # one that is there already needs no room
    assert jobs.ask("b1", {}, "0123456789", OTHER).state == "waiting"
    jobs.end("a1", "worker", {})
    assert jobs.ask("a3", {}, "0123456789", ONE).state == "waiting"
    for key in ("a2", "a3", "b1"):
        jobs.claim("worker")
        jobs.end(key, "worker", {})
        jobs.leave(key, "0123456789")
    assert ONE.encode() not in jobs.path.read_bytes()
