"""`parley class`: what it prints for a teacher, and whether phones can reach this computer."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path

import pytest
from command_line import parley
from ports import free_port
from typer import Typer
from typer.testing import CliRunner

from dashboard import app
from dashboard.classroom.plan import PLANS
from dashboard.classroom.room import Room
from dashboard.classroom.seats import SIZES
from dashboard.classroom.store import Store
from dashboard.limits import CLASS
from sim.commands import addresses, classroom


@pytest.fixture
def at_school(monkeypatch):
    """A computer with one address in a network."""
    monkeypatch.setattr(addresses, "own_addresses", lambda: ["192.168.1.20"])


def test_a_check_says_where_phones_find_this_computer(at_school):
    port = free_port()
    printed = parley("class", "--check", "--port", str(port))
    assert printed.code == 0
    assert f"http://192.168.1.20:{port}/class/join" in printed.out
    assert f"Port {port}: free" in printed.out
    assert printed.out.count("█") > 100  # the QR code


@pytest.mark.parametrize(
    ("found", "arguments", "words"),
    [
        ([], [], "found no network"),
        (
            ["192.168.1.20"],
            ["--host", "127.0.0.1"],
            "which only this computer reaches, expected 0.0.0.0",
        ),
        (["192.168.1.20"], ["--host", "192.0.2.77"], "it is none of this computer"),
        (["192.168.1.20"], ["--port", "0"], "--port is 0, expected a whole number from 1 to 65535"),
    ],
)
def test_a_check_says_why_no_phone_finds_it(monkeypatch, found, arguments, words):
    monkeypatch.setattr(addresses, "own_addresses", lambda: found)
    printed = parley("class", "--check", *arguments)
    assert printed.is_refusal
    assert words in printed.err


def test_a_check_says_that_another_program_has_the_port(at_school):
    with socket.create_server(("0.0.0.0", 0)) as other:
        printed = parley("class", "--check", "--port", str(other.getsockname()[1]))
    assert printed.is_refusal
    assert "another program has it; name another --port" in printed.err


def test_own_addresses_are_of_this_computer_and_none_of_the_loopback():
    for address in addresses.own_addresses():
        socket.create_server((address, 0)).close()
        assert not addresses.is_loopback(address)


def test_a_teacher_gets_a_link_with_the_secret_where_no_server_reads_it(at_school, tmp_path):
    calls = []

    def serve(*arguments):
        calls.append(arguments[:-1])
        arguments[-1]("K7M2QX", "tSECRET")

    command = Typer()
    command.command()(classroom.class_with(serve, lambda wish: "", lambda: ""))
    file = tmp_path / "class.sqlite"
    result = CliRunner().invoke(
        command, ["--plan", "15", "--seats", "6", "--port", "8123", "--store", str(file)]
    )
    assert re.search(r"http://192\.168\.1\.20:8123/class/console#K7M2QX\.tSECRET\n", result.output)
    assert "http://192.168.1.20:8123/class/join\n" in result.output
    wish = {"scenario": "paris-call-2018", "plan": "15", "seats": 6}
    assert calls == [("0.0.0.0", 8123, "192.168.1.20:8123", wish, file)]


def test_a_session_is_served_with_the_limits_of_a_class(monkeypatch, tmp_path):
    rooms, welcomed = [], []

    class Served:
        server = "the server"

        def run(self) -> None:
            welcomed.append("served")

    def create_app(limits, *, room):
        assert limits == CLASS
        rooms.append(room)
        return Served

    monkeypatch.setattr(app, "create_app", create_app)
    monkeypatch.setattr(app, "_warm", lambda server: None)
    monkeypatch.setattr(app, "http_server", lambda server, sockets: Served())
    wish = {"scenario": "paris-call-2018", "plan": "15", "seats": 6, "seed": 3}
    app.serve_class("127.0.0.1", free_port(), "192.168.1.20:80", wish, tmp_path / "c.sqlite",
                    lambda *session: welcomed.append(session))  # fmt: skip
    (code, secret), served = welcomed
    assert served == "served"
    room: Room = rooms[0]
    state = room.state(room.person(secret))
    settings = {
        name: wish[name] for name in ("scenario", "plan", "seats")
    }  # the seed is told after the game
    assert (state["code"], state["settings"]) == (code, settings)
    assert room.person(secret).session.seed == 3
    assert room.address == "192.168.1.20:80"


@pytest.mark.parametrize(("arguments", "words"), [
    (["--plan", "45"], "there is no such plan; expected one of 15, 50, 50-real"),
    (["--seats", "7"], "a session has 6, 12, 20 or 30 seats"),
    (["nowhere"], "scenario: there is none of this name"),
])  # fmt: skip
def test_a_wrong_session_is_refused_in_a_sentence(tmp_path, arguments, words):
    printed = parley(
        "class", *arguments, "--port", str(free_port()), "--store", str(tmp_path / "c.sqlite")
    )
    assert printed.is_refusal
    assert words in printed.err


def test_help_names_every_plan_and_size_and_what_is_usual():
    words = " ".join(parley("class", "--help").out.replace("│", " ").split())
    assert f"{', '.join([*PLANS][:-1])} or {[*PLANS][-1]}." in words
    assert f"{', '.join(map(str, SIZES))}." in words
    assert "[default: 50]" in words
    assert "[default: 12]" in words


@pytest.mark.parametrize(("arguments", "words"), [
    (["--plan", "15", "--rule", "consensus"], "--rule: found it with the plan 15"),
    (["--rule", "two-thirds"], "expected --plan 150 or 150-real beside it"),
    (["--language", "fr"], "--language: found it without --print, expected --print beside it"),
    (["--slides", "s.html", "--language", "fr"], "found --language beside --slides"),
    (["--slides", "s.html", "--plan", "15"], "found --plan beside --slides"),
    (["--print", "p.html", "--rule", "consensus"], "found --rule beside --print"),
    (["--print", "p.html", "--seed", "3"], "found --seed beside --print"),
    (["--check", "--print", "p.html"], "found --print beside --check"),
    (["states-only", "--check"], "found SCENARIO beside --check"),
    (["--host", ""], "--host is '', expected an address such as 127.0.0.1"),
    (["--seed", "-1"], "the seed is a whole number from 0 to 2147483647"),
    (["--seed", "2147483648"], "the seed is a whole number from 0 to 2147483647"),
    (["--seed", "x"], "the seed is a whole number from 0 to 2147483647"),
])  # fmt: skip
def test_what_would_do_nothing_or_is_out_of_range_is_refused(
    tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    own = [] if {"--check", "--print", "--slides"} & {*arguments} else ["--store", "c.sqlite"]
    printed = parley("class", *arguments, *own, *(["--port", str(free_port())] if own else []))
    assert printed.is_refusal
    assert words in printed.err
    assert not [*tmp_path.glob("*.html")]


@pytest.mark.parametrize("seed", [0, 2**31 - 1])
def test_the_seed_of_a_session_may_be_at_either_end(tmp_path, seed):
    room = Room(Store(tmp_path / "c.sqlite"))
    _, secret = room.open({"seed": seed})
    assert room.person(secret).session.seed == seed


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        pytest.param(
            lambda path: os.mkfifo(path), marks=pytest.mark.skipif(os.name == "nt", reason="Unix")
        ),
    ],
    ids=["a folder", "a pipe"],
)
def test_a_store_that_is_no_file_is_refused_in_a_sentence(tmp_path, make):
    make(tmp_path / "store")
    printed = parley("class", "--port", str(free_port()), "--store", str(tmp_path / "store"))
    assert printed.is_refusal
    assert "the file of class sessions cannot be written" in printed.err
