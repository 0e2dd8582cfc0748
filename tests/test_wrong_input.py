"""What people hand over by mistake or on purpose: one sentence, exit code 2, and nothing
written.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from command_line import LONGEST, nothing_computed, parley

import sim
from dashboard.__main__ import main
from sim import reading
from sim.errors import INTERRUPTED, InputError
from sim.evidence.signers import read_members, read_signers
from sim.reading import MEGABYTE, MOST_BYTES_OF_TOML, MOST_NESTED, file_text
from sim.results.manifest import manifest, read_manifest
from sim.scenario import Event, Scenario, load

PARIS = load("paris-call-2018")
BASE = 'base = "states-only"\ntitle = "Mine"\n'
LONG_NAME, HUGE = "n" * 256, 10**5000
DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]


def refused(call: Callable[[], Any]) -> str:
    """The sentence by which *call* is refused."""
    with pytest.raises(InputError) as problem:
        call()
    sentence = str(problem.value)
    assert len(sentence) <= LONGEST
    sentence.encode("utf-8")
    return sentence


# Files


def written(folder: Path, text: str) -> Path:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return file


FILES: dict[str, tuple[str, str]] = {
    "a base of 256 characters": (
        f'base = "{LONG_NAME}.toml"\ntitle = "Mine"',
        "File name too long",
    ),
    "weights of 256 characters": (f'{BASE}weights = "{LONG_NAME}.toml"', "File name too long"),
    "provisions of 256 characters": (
        f'{BASE}[code]\nprovisions = "{LONG_NAME}.csv"',
        "File name too long",
    ),
    "NUL in a base": ('base = "a\\u0000.toml"\ntitle = "Mine"', "with a character of number 0"),
    "NUL in weights": (f'{BASE}weights = "a\\u0000.toml"', "with a character of number 0"),
    "NUL in provisions": (
        f'{BASE}[code]\nprovisions = "a\\u0000.csv"',
        "with a character of number 0",
    ),
    "a base in a circle of links": ('base = "circle.toml"\ntitle = "Mine"', "symbolic links"),
    "weights in a circle of links": (f'{BASE}weights = "circle.toml"', "symbolic links"),
    "tables nested 3,000 deep": (
        f"{BASE}[{'.'.join('a' * 3000)}]\n",
        f"nested more than {MOST_NESTED} deep",
    ),
    "keys nested 3,000 deep": (f"{BASE}title.{'.'.join('a' * 3000)} = 1", "found no valid TOML"),
    "dials nested 3,000 deep": (f"{BASE}[parameters.{'.'.join('a' * 3000)}]\n", "nested more than"),
    "lists nested 3,000 deep": (f"{BASE}a = {'[' * 3000}{']' * 3000}", "found no valid TOML"),
    "a number of 5,000 digits": (
        f"{BASE}[parameters]\nmonitoring = {'9' * 5000}",
        "a number of too many digits",
    ),
    "a key of a million characters": (f"{BASE}{'k' * 10**6} = 1", "found the key 'kkk"),
    "a dial of a million characters": (
        f"{BASE}[parameters]\n{'k' * 10**6} = 1",
        "there is no dial 'kkk",
    ),
    "a value of a million characters": (f'{BASE}lens = "{"k" * 10**6}"', "lens is 'kkk"),
    "more than a scenario has": (f"{BASE}# {'k' * MOST_BYTES_OF_TOML}", "found more than 4 MB"),
    "half a character": (f'{BASE}question = "\\ud800"', "found no valid TOML"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    text, expected = FILES[name]
    (tmp_path / "circle.toml").symlink_to(tmp_path / "back.toml")
    (tmp_path / "back.toml").symlink_to(tmp_path / "circle.toml")
    sentence = refused(lambda: load(written(tmp_path, text)))
    assert expected in sentence
    assert "expected" in sentence


def test_a_path_that_cannot_be_followed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "circle.toml").symlink_to(tmp_path / "circle.toml")
    for path in (LONG_NAME, tmp_path / f"{LONG_NAME}.toml", tmp_path / "circle.toml"):
        assert "cannot be followed" in refused(lambda path=path: load(path))
    assert "with a character of number 0" in refused(lambda: load("a\0b"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_may_not_be_searched_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    written(tmp_path / "closed", BASE)
    (tmp_path / "closed").chmod(0o600)
    try:
        assert "Permission denied" in refused(lambda: load(tmp_path / "closed" / "mine.toml"))
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_folder_that_the_system_closes_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stat = Path.stat

    def closed(path: Path, **options: bool) -> os.stat_result:
        if path.name == "mine.toml":
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", closed)
    assert "cannot be followed (Permission denied)" in refused(lambda: load(tmp_path / "mine.toml"))


def test_half_a_character_in_a_manifest_is_refused(tmp_path: Path) -> None:
    content = manifest(PARIS, 1, 1)
    content["scenario"]["table"]["title"] = "\ud800"
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(content), encoding="ascii")
    assert "expected one in Unicode" in refused(lambda: read_manifest(file))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="Unix")
def test_a_file_without_an_end_is_not_read_to_its_end() -> None:
    assert "found more than 2 MB" in refused(
        lambda: file_text(Path("/dev/zero"), "zero", "a text", 2 * MEGABYTE)
    )


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipe in which nobody writes, for which nobody waits long."""
    monkeypatch.setattr(reading, "PATIENCE", 0.05)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


@pytest.mark.skipif(os.name == "nt", reason="Unix")
@pytest.mark.parametrize("option", ["--ties", "--from"])
def test_a_pipe_into_which_nobody_writes_is_refused(pipe: Path, option: str) -> None:
    printed = parley("run", option, str(pipe))
    assert printed.is_refusal
    assert f"{pipe}: nothing came from it for 0.05 seconds, expected" in printed.err


@pytest.mark.skipif(os.name == "nt", reason="Unix")
def test_a_pipe_for_a_table_in_parquet_is_refused(pipe: Path) -> None:
    table = pipe.rename(pipe.with_suffix(".parquet"))
    assert "found a pipe or a device" in refused(lambda: load("states-only", ties=table))


@pytest.mark.skipif(os.name == "nt", reason="Unix")
def test_a_pipe_into_which_somebody_writes_is_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    text = BASE + "# A comment.\n" * 100_000  # more than a pipe holds at once
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(text,))
    writer.start()
    assert file_text(tmp_path / "pipe", "pipe", "a text") == text
    writer.join()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "line", [["calibrate", "--out", "/dev/full"], ["run", "--json", "/dev/full"]]
)
def test_a_device_without_room_is_refused_before_anything_is_computed(line: list[str]) -> None:
    with nothing_computed():
        printed = parley(*line)
    assert printed.is_refusal, printed
    assert "/dev/full: it cannot be written (No space left on device)" in printed.err


def test_draws_that_cannot_be_written_are_refused_before_weights_are_fitted(tmp_path: Path) -> None:
    (tmp_path / "mine-draws.csv").mkdir()
    with nothing_computed():
        printed = parley("calibrate", "--out", str(tmp_path / "mine.toml"))
    assert printed.is_refusal, printed
    assert "mine-draws.csv: found a folder" in printed.err


# Arguments in Python

WRONG: tuple[Any, ...] = (
    5,
    1.5,
    float("nan"),
    b"x",
    "",
    " ",
    "a\0b",
    "\ud800",
    LONG_NAME,
    [],
    [None],
    {},
    {"a": 1},
    object(),
    HUGE,
    -HUGE,
    DEEP,
    np.array(2.5),
    np.array([1, 2]),
    np.bool_(True),
    np.float32(0.5),
)


def changed(**changes: Any) -> Scenario:
    return PARIS.with_changes(**changes)


# Each takes one argument, which is none of WRONG.
CALLS: dict[str, Callable[[Any], Any]] = {
    "load": load,
    "run": lambda value: sim.run(value, replicates=1),
    "explain": lambda value: sim.explain(value, "USA", replicates=1),
    "explain who": lambda value: sim.explain("states-only", value, replicates=1),
    "compare": lambda value: sim.compare("states-only", value, replicates=1),
    "classic": sim.classic,
    "lens": lambda value: sim.run(lens=value, replicates=1),
    "lenses": lambda value: sim.compare_lenses("states-only", lenses=value, replicates=1),
    "weights": lambda value: sim.run(weights=value, replicates=1),
    "facts": lambda value: load("states-only", facts=value),
    "ties": lambda value: load("states-only", ties=value),
    "a dial": lambda value: changed(set={value if isinstance(value, str) else 5: 1}),
    "a choice": lambda value: load("great-powers-sign").with_choices({"who": value}),
    "an event": lambda value: changed(events=[value]),
    "what of an event": lambda value: Event(round=1, what=value, who=("USA",), value=1.0),
    "who of an event": lambda value: changed(events=[{"round": 1, "who": value, "signs": True}]),
    "kind of a text": lambda value: sim.predict("third-way", kind=value),
    "members of a text": lambda value: sim.predict("third-way", among=value),
    "record of evidence": sim.evidence_on_record,
    "signers": read_signers,
    "members": lambda value: read_members(value, ("firm",)),
    "candidates": lambda value: sim.pivots("states-only", who=value, replicates=1),
    "choose": lambda value: sim.run("states-only", replicates=1, choose=value),
    "basis of signing": sim.basis_of_signing,
    "basis of what if": lambda value: sim.basis_of_what_if(PARIS, value),
    "why not fitted": sim.why_not_fitted,
    "verdict": sim.verdict,
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_an_argument_of_another_type_is_refused_in_one_sentence(name: str) -> None:
    for value in WRONG:
        assert "expected" in refused(lambda value=value: CALLS[name](value)), value


@pytest.mark.parametrize("function", [sim.spelling, sim.with_article])
def test_what_is_no_text_has_no_spelling_and_no_article(function: Callable[[Any], str]) -> None:
    for value in WRONG:
        if not isinstance(value, str):
            assert "expected a text" in refused(lambda value=value: function(value)), value


def test_what_is_no_number_of_texts_and_does_not_rise_is_refused() -> None:
    wrong = ({0, 1, 2}, {0: 1}, {0: 1, 1: 2}.keys(), [2, 1], [0.5, "1"], np.array(2.5), "0,1", None)
    for depths in wrong:
        assert "depths is" in refused(lambda depths=depths: sim.frontier(depths=depths))


NUMBERS: dict[str, Callable[[Any], Any]] = {
    "replicates": lambda value: sim.run("states-only", replicates=value),
    "seed": lambda value: sim.run("states-only", replicates=1, seed=value),
    "workers": lambda value: sim.run("states-only", replicates=1, workers=value),
    "round": lambda value: sim.explain("states-only", "USA", round=value, replicates=1),
    "months": lambda value: sim.approach("USA", 0, 62, months=value),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_whole_number_is_refused(name: str) -> None:
    for value in WRONG[1:]:
        assert "expected" in refused(lambda value=value: NUMBERS[name](value)), value


@pytest.mark.parametrize("name", ["round", "by", "aim"])
def test_a_wrong_question_is_refused_before_anything_is_simulated(name: str) -> None:
    with nothing_computed():
        assert f"{name} is 'x'" in refused(
            lambda: sim.explain("states-only", "USA", **{name: "x"})  # type: ignore[arg-type]
        )


def test_what_is_no_number_is_no_value_of_a_dial_or_an_event() -> None:
    for value in (float("nan"), HUGE, np.array(2.5), np.bool_(True), "0.5", True, None):
        assert "monitoring is" in refused(lambda value=value: changed(set={"monitoring": value}))
        with pytest.raises(InputError, match="event: value is"):
            Event(round=1, what="dial", who=(), value=value, name="monitoring")


@pytest.mark.parametrize("value", [5, 1.5, b"x", "x", ["x"], np.array([1, 2]), object()])
def test_what_is_no_table_is_refused(value: Any) -> None:
    assert "expected a table" in refused(lambda: changed(set=value))
    assert "expected a table" in refused(lambda: changed(choices=value))
    assert "expected a table" in refused(lambda: PARIS.with_table(value))
    assert "expected a table" in refused(lambda: sim.classic("bass-1969", set=value))


def test_numbers_of_numpy_are_numbers() -> None:
    assert changed(set={"monitoring": np.float32(0.5)}).parameters["monitoring"] == 0.5
    assert changed(set={"monitoring": np.int64(1)}).parameters["monitoring"] == 1.0
    assert (
        sim.run("states-only", replicates=np.int64(2), seed=np.uint8(3), conduct=False).replicates
        == 2
    )


def test_paths_may_be_texts(tmp_path: Path) -> None:
    file = tmp_path / "signers.csv"
    file.write_text("iso3\nFRA\n", encoding="utf-8")
    assert read_signers(str(file)) == {"FRA": None}
    record = Path(sim.__file__).parent.parent / "scenarios" / "data" / "evidence.json"
    assert sim.evidence_on_record(str(record)).content["manifest"]


def fails_later(value: float, rationality: float) -> float:
    if 2.0 < value < 25.0:
        raise ZeroDivisionError
    return 0.5


@pytest.mark.long
def test_a_rule_that_fails_on_a_value_of_the_model_is_told_in_one_sentence() -> None:
    sentence = refused(
        lambda: sim.run("states-only", replicates=2, choose=fails_later, conduct=False)
    )
    assert "choose: it fails on a value of the model with ZeroDivisionError" in sentence


# The command line

LONG = "9" * 5000
LINES: dict[str, list[str]] = {
    "an empty scenario": ["run", ""],
    "a scenario of spaces": ["run", "  "],
    "a scenario of 256 characters": ["run", LONG_NAME],
    "no scenario of UTF-8": ["run", "\udcff.toml"],
    "an empty dial": ["run", "states-only", "--set", "=1"],
    "an empty setting": ["run", "states-only", "--set", ""],
    "an empty --out": ["run", "states-only", "-n", "1", "--out", ""],
    "an --out of 256 characters": ["run", "states-only", "-n", "1", "--out", LONG_NAME],
    "an empty --json": ["run", "states-only", "-n", "1", "--json", ""],
    "a --json of 256 characters": ["run", "states-only", "-n", "1", "--json", LONG_NAME],
    "an empty --from": ["run", "--from", ""],
    "empty facts": ["run", "states-only", "-n", "1", "--facts", ""],
    "empty ties": ["run", "states-only", "-n", "1", "--ties", ""],
    "an empty folder of evidence": ["evidence", "--from", "shipped", "--out", ""],
    "an empty record": ["evidence", "--record", ""],
    "an empty file of weights": ["calibrate", "--out", ""],
    "an empty stakeholder": ["explain", "states-only", ""],
    "5,000 digits of replicates": ["run", "states-only", "-n", LONG],
    "5,000 digits of a seed": ["run", "states-only", "--seed", LONG],
    "5,000 digits of a dial": ["run", "states-only", "--set", f"monitoring={LONG}"],
    "5,000 digits of a round": ["explain", "states-only", "USA", "--round", LONG],
    "a dial of 100,000 characters": ["run", "states-only", "--set", f"{'k' * 100_000}=1"],
    "a command of 100,000 characters": ["k" * 100_000],
    "an option of 100,000 characters": ["run", f"--{'k' * 100_000}"],
    "conduct by name, written nowhere": ["run", "states-only", "-n", "1", "--conduct-by-name"],
    "facts of a classic": ["parameters", "classics/bass-1969", "--facts", "."],
    "a prediction on a sheet": ["lesson", "anniversary", "--out", "s.md", "--predict", "1"],
    "an empty prediction of no lesson": ["lesson", "--predict", ""],
    "an empty host": ["dashboard", "--public", "--host", ""],
    "an empty seat": ["negotiate", "un-gge-2017", "--without", ""],
    "a circle of links for --json": ["run", "states-only", "-n", "1", "--json", "circle"],
    "a circle of links for --out": ["run", "states-only", "-n", "1", "--out", "circle"],
}


@pytest.mark.parametrize("name", LINES)
def test_a_wrong_command_line_is_refused_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("circle").symlink_to("circle")
    printed = parley(*LINES[name])
    assert printed.is_refusal, printed
    assert "expected" in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["circle"]


class Loading:
    """A module during whose import somebody presses Ctrl-C."""

    def __getattr__(self, name: str) -> None:
        raise KeyboardInterrupt


def test_ctrl_c_while_the_command_still_loads_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "dashboard.cli", Loading())
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == INTERRUPTED
    assert capsys.readouterr() == ("", "parley: interrupted\n")


def test_a_huge_sentence_is_cut_in_the_middle() -> None:
    sentence = str(InputError(f"here: found {'x' * 10**6}, expected less"))
    assert sentence.startswith("here: found xxx")
    assert sentence.endswith("xxx, expected less")
    assert len(sentence) <= LONGEST
    assert sys.getsizeof(sentence) < 3 * LONGEST


# Ranges

RANGE = re.compile(r"expected a (?:whole )?number from (-?[\d.e+]+) to (-?\d[\d.e+]*\d|\d)")
# Options that take a number, each with a line that ends where its value is missing.
NUMERIC: dict[str, list[str]] = {
    "-n": ["run", "-n"],
    "--seed": ["run", "--seed"],
    "--workers": ["run", "--workers"],
    "--round of explain": ["explain", "states-only", "USA", "--round"],
    "--by": ["explain", "states-only", "USA", "--by"],
    "--round of pivots": ["pivots", "states-only", "--round"],
    "--most": ["pivots", "states-only", "--most"],
    "--approaches": ["outreach", "states-only", "--approaches"],
    "--from-round": ["outreach", "states-only", "--months", "1", "--from-round"],
    "--months": ["outreach", "states-only", "--months"],
    "--strength": ["outreach", "states-only", "--strength"],
    "--depths": ["frontier", "states-only", "--depths"],
    "--joined": ["predict", "third-way", "--joined"],
    "--port of class": ["class", "--port"],
    "--port": ["dashboard", "--port"],
    "--proxies": ["dashboard", "--public", "--proxies"],
}


@pytest.mark.parametrize("name", NUMERIC)
def test_the_range_in_a_message_is_the_one_that_holds(name: str) -> None:
    def range_for(value: str) -> tuple[float, float] | None:
        with nothing_computed():
            found = RANGE.search(parley(*NUMERIC[name], value).err)
        return None if found is None else (float(found[1]), float(found[2]))

    stated = range_for("x")
    assert stated is not None
    low, high = (int(end) if end == int(end) else end for end in stated)
    if name == "--seed":  # which no float holds
        high = 2**63 - 1
    assert [range_for(f"{value}") for value in (low, high)] == [None, None]
    assert [range_for(f"{value}") for value in (low - 1, high + 1)] == [stated, stated]


def test_the_range_of_a_dial_in_a_message_is_the_one_that_holds() -> None:
    for name, dial in PARIS.dials.items():
        low, high = dial.between
        for end in (low, high):
            assert changed(set={name: end}).settings[name] == end
        for beyond in (np.nextafter(low, -np.inf), np.nextafter(high, np.inf)):
            stated = RANGE.search(
                refused(lambda name=name, beyond=beyond: changed(set={name: beyond}))
            )
            assert stated is not None
            assert (float(stated[1]), float(stated[2])) == (low, high)
