"""Wrong command lines: one sentence on the standard error, exit code 2, nothing computed and nothing half-written."""

from __future__ import annotations

import os
import re
import sys
import threading
from pathlib import Path

import pytest

import sim
from sim import cli, writing
from sim.experiments.manifest import manifest
from sim.writing import json_text

WRONG = [
    # names
    (["rnu"], "parley: the command line: found the command 'rnu', expected one of list, run, compare"),
    (["run", "paris-cal-2018"], "did you mean 'paris-call-2018'?"),
    (["parameters", "nowhere"], "nowhere: found no such scenario"),
    (["compare", "paris-call-2018", "states-onyl"], "did you mean 'states-only'?"),
    (["compare", "paris-call-2018"], "parley: compare: found one scenario, expected two, or one with --lenses"),
    (["run", ""], "parley: scenario: found no name, expected one that `parley list` shows"),
    (["parameters", ""], "parley: scenario: found no name, expected one that `parley list` shows"),
    (["parameters", "a", "b"], "parley: parameters: found 'b' beside the arguments, expected [OPTIONS] [SCENARIO]"),
    (["list", "extra"], "parley: list: found 'extra' beside the arguments"),
    (["explain", "", "USA"], "parley: scenario: found no name, expected one that `parley list` shows"),
    (["compare"], "parley: compare: found none, expected two, or one with --lenses"),
    (["compare", "paris-call-2018", "states-only", "--lenses"], "found a second scenario beside --lenses"),
    (["compare", "--lenses", "--lens", "null"], "found --lens beside --lenses"),
    (["run", "classics/granovetter-1978", "--lens", "null"], "found --lens beside a classic"),
    (["run", "--lens", "realism"], "--lens: there is no lens 'realism', expected one of full, realist"),
    (["run", "--replicate", "3"], "run: found the option '--replicate', expected one that --help lists; did you mean"),
    (["run", "paris-call-2018", "states-only"], "parley: run: found 'states-only' beside the arguments, expected"),
    (["explain", "paris-call-2018"], "parley: explain: found too few arguments, expected"),
    (["explain", "paris-call-2018", "Kenia"], "there is no stakeholder 'Kenia', expected a state (USA), a firm or an"),
    (["explain", "paris-call-2018", "Microsft"], "did you mean 'Microsoft'?"),
    (["explain", "paris-call-2018", "firm DEU-999"], "there is no stakeholder 'firm DEU-999'"),
    (["explain", "paris-cal-2018", "USA"], "did you mean 'paris-call-2018'?"),
    # classics
    (["run", "classics/granoveter-1978"], "found no such classic, expected one of classics/axelrod-1986, classics/b"),
    (["run", "watts-2002"], "watts-2002: found no such scenario, expected one of"),
    (["run", "classics/bass-1969", "--set", "inovation=.1"], "no dial 'inovation' in classics/bass-1969, expected one"),
    (["run", "classics/bass-1969", "--set", "innovation=9"], "innovation is 9.0, expected a number from 0.001 to 2"),
    (["run", "classics/granovetter-1978", "--set", "people=2.5"], "people is 2.5, expected a whole number"),
    (["run", "classics/granovetter-1978", "--set", "raised_threshold=200"], "raised_threshold is 200, expected one of"),
    (["run", "classics/centola-macy-2007", "--set", "neighbours=3"], "neighbours is 3, expected an even number"),
    (["run", "classics/centola-macy-2007", "--set", "seeds=5"], "seeds is 5, expected no more than there are"),
    (["run", "classics/repeated-prisoners-dilemma", "--set", "reward_payoff=7"], "5, 7 and 1, expected T > R > P"),
    (["run", "classics/bass-1969", "--replicates", "0"], "--replicates is 0, expected a whole number from 1"),
    (["run", "classics/bass-1969", "--out", "new"], "found --out beside a classic, expected a classic without it"),
    (["run", "classics/bass-1969", "--seed", "1.5"], "--seed is '1.5', expected a whole number from 0"),
    (["run", "classics/bass-1969", "extra"], "parley: run: found 'extra' beside the arguments"),
    (["run", "classics/"], "classics/: found no such classic, expected one of"),
    (["run", "classics/bass-1969", "--choose", "who=USA"], "found --choose beside a classic"),
    (["run", "classics/bass-1969", "--conduct-by-name"], "found --conduct-by-name beside a classic"),
    (["run", "classics/bass-1969", "--json", "missing/run.json"], "there is no folder 'missing'"),
    (["compare", "classics/bass-1969", "states-only"], "classics/bass-1969: found a classic, expected a scenario"),
    (["compare", "states-only", "classics/bas-1969"], "did you mean 'classics/bass-1969'?"),
    (["parameters", "classics/bas-1969"], "did you mean 'classics/bass-1969'?"),
    # dials and choices
    (["run", "--set", "attribution_qualty=0.5"], "did you mean 'attribution_quality'?"),
    (["run", "--set", "attribution_quality=2"], "attribution_quality is 2.0, expected a number from 0 to 1"),
    (["run", "--set", "attribution_quality=nan"], "attribution_quality is nan, expected a number from 0 to 1"),
    (["run", "--set", "attribution_quality=-inf"], "attribution_quality is -inf, expected a number from 0 to 1"),
    (["run", "--set", "attribution_quality=high"], "attribution_quality is 'high', expected a number"),
    (["run", "--set", "bloc_votes=0.5"], "bloc_votes is 0.5, expected a whole number"),
    (["run", "--set", "attribution_quality"], "--set: found 'attribution_quality', expected NAME=VALUE"),
    (["run", "--set", "=0.5"], "--set: found '=0.5', expected NAME=VALUE"),
    (["run", "--set", "monitoring=0", "--set", "monitoring=1"], "--set: found monitoring twice"),
    (["run", "--set"], "found nothing after '--set', expected a value"),
    (["run", "great-powers-sign", "--choose", "whom=USA"], "did you mean 'who'?"),
    (["run", "great-powers-sign", "--choose", "who=FRA"], "who is 'FRA', expected one or more of USA, CHN, RUS"),
    (["run", "paris-call-2018", "--choose", "who=USA"], "expected none, as this scenario leaves nothing to choose"),
    (["compare", "states-only", "no-microsoft", "--choose", "who=USA"], "there is no choice 'who'"),
    # numbers
    (["run", "--replicates", "0"], "--replicates is 0, expected a whole number from 1"),
    (["run", "--replicates", "-5"], "--replicates is -5, expected a whole number from 1"),
    (["run", "--replicates", "1000001"], "--replicates is 1000001, expected a whole number from 1"),
    (["run", "--replicates", "many"], "--replicates is 'many', expected a whole number from 1"),
    (["run", "--seed", "-1"], "--seed is -1, expected a whole number from 0"),
    (["run", "--seed", "9223372036854775808"], "--seed is 9223372036854775808, expected a whole number"),
    (["run", "--seed", "1.5"], "--seed is '1.5', expected a whole number from 0"),
    (["explain", "paris-call-2018", "USA", "--round", "63"], "--round is 63, expected a whole number from -10 to 62"),
    (["explain", "paris-call-2018", "USA", "--round", "2017-01-01"], "or a date after 2017-12-12 and not after 2024-"),
    (["explain", "paris-call-2018", "USA", "--round", "launch"], "--round is 'launch', expected a whole number"),
    (["explain", "paris-call-2018", "USA", "--replicates", "0"], "--replicates is 0, expected a whole number from 1"),
    (["run", "--workers", "0"], "--workers is 0, expected a whole number from 1"),
    (["dashboard", "--port", "99999"], "--port is 99999, expected a whole number from 1 to 65535"),
    (["dashboard", "--port", "web"], "--port is 'web', expected a whole number from 1 to 65535"),
    (["dashboard", "--host", "0.0.0.0"], "--host is '0.0.0.0', which others may reach, expected a loopback address"),
    (["dashboard", "--host", "::"], "--host is '::', which others may reach, expected a loopback address such as"),
    (["dashboard", "--host", "parley.example"], "expected a loopback address such as 127.0.0.1, or --public beside it"),
    # pivots and outreach
    (["pivots"], "parley: pivots: found too few arguments, expected"),
    (["pivots", "paris-call-2018", "--who", "Frnace"], "--who: there is no stakeholder 'Frnace', expected a state"),
    (["pivots", "paris-call-2018", "--who", "USA,"], "--who: there is no stakeholder '', expected a state (USA)"),
    (["pivots", "paris-call-2018", "--who", "USA,United States"], "--who: found USA twice, expected each once"),
    (["pivots", "states-only", "--who", "Microsoft"], "--who: found Microsoft, expected one of those who may sign"),
    (["pivots", "paris-call-2018", "--who", "USA", "--most", "3"], "found --most beside --who, expected --who without"),
    (["pivots", "paris-call-2018", "--most", "0"], "--most is 0, expected a whole number from 1 to"),
    (["pivots", "paris-call-2018", "--most", "all"], "--most is 'all', expected a whole number from 1 to"),
    (["pivots", "paris-call-2018", "--round", "63"], "--round is 63, expected a whole number from -10 to 62"),
    (["pivots", "paris-call-2018", "--date", "12.11.2018"], "--date is '12.11.2018', expected a date such as"),
    (["pivots", "paris-call-2018", "--round", "1", "--date", "2019-01-01"], "--date: found --round beside it"),
    (["pivots", "paris-call-2018", "--replicates", "0"], "--replicates is 0, expected a whole number from 1"),
    (["outreach", "paris-call-2018", "--approaches", "0"], "--approaches is 0, expected a whole number from 1"),
    (["outreach", "paris-call-2018", "--approaches", "194"], "--approaches is 194, expected a whole number from 1"),
    (["outreach", "paris-call-2018", "--approaches", "193"], "approaches is 193, expected a whole number from 1"),
    (["outreach", "paris-call-2018", "--approaches", "few"], "--approaches is 'few', expected a whole number from 1"),
    (["outreach", "paris-call-2018", "--months", "0"], "--months is 0, expected a whole number from 1 to 63"),
    (["outreach", "paris-call-2018", "--from-round", "60", "--months", "4"], "--months is 4, expected a whole number"),
    (["outreach", "paris-call-2018", "--from-round", "-11"], "--from-round is -11, expected a whole number from -10"),
    (["outreach", "paris-call-2018", "--date", "1999-01-01"], "--date is '1999-01-01', expected a date such as"),
    (["outreach", "paris-call-2018", "--strength", "11"], "--strength is 11.0, expected a number from 0 to 10"),
    (["outreach", "paris-call-2018", "--strength", "-0.1"], "--strength is -0.1, expected a number from 0 to 10"),
    (["outreach", "paris-call-2018", "--strength", "nan"], "--strength is nan, expected a number from 0 to 10"),
    (["outreach", "paris-call-2018", "--strength", "strong"], "--strength is 'strong', expected a number from 0 to 10"),
    (["outreach", "paris-call-2018", "--out", "file.txt"], "file.txt: found a file, expected a folder"),
    # another instrument
    (["backtest", "--without", "eu"], "--without: found it alone, expected --scenario beside it, the instrument"),
    (["backtest", "--signers", "s.csv"], "--signers: found it alone, expected --scenario beside it, the instrument"),
    (["backtest", "--scenario", "transfer/pall-mall-2025", "--without", "budapest"], "did you mean 'budapest_party'?"),
    (["backtest", "--scenario", "transfer/pall-mall-2025", "--without", "gci_2017"], "there is no column 'gci_2017'"),
    (["backtest", "--scenario", "transfer/pall-mall-2025", "--without", "eu", "--without", "eu"], "found eu twice"),
    (["backtest", "--scenario", "transfer/pall-mall-2025", "--without"], "found nothing after '--without', expected a"),
    (["backtest", "--scenario", "transfer/budapest", "--without", "eu"], "transfer/budapest: found no such scenario"),
    (["backtest", "--scenario", "no-microsoft", "--signers", "u.csv", "--without", "eu"], "in a transfer only [code]"),
    # where to write
    (["run", "--out", "file.txt"], "file.txt: found a file, expected a folder to write into"),
    (["run", "--out", "file.txt/deeper"], "nothing can be written there"),
    (["run", "--out", "new", "--format", "xlsx"], "format is 'xlsx', expected one or more of parquet, csv, json"),
    (["run", "--out", "new", "--seed", "-1"], "--seed is -1"),
    (["run", "--format", "csv"], "the command line: found --format alone, expected --out beside it"),
    (["run", "--json", "missing/run.json"], "there is no folder 'missing'"),
    (["list", "--json", "."], "found a folder, expected the name of a file to write"),
    (["run", "--json"], "found nothing after '--json', expected a value"),
    (["calibrate", "--lens", "realism"], "there is no lens 'realism', expected one of full"),
    (["calibrate", "--out", "missing/weights.toml"], "there is no folder 'missing', expected one that exists"),
    # evidence
    (["evidence", "--from", "missing.json"], "missing.json: there is no such file, expected a record as `parley evid"),
    (["evidence", "--from", "edited.json"], "edited.json: manifest is missing or no object, expected a record"),
    (["evidence", "--from", "file.txt"], "file.txt: it is no JSON"),
    (["evidence", "--from", "shipped", "--seed", "2"], "found --seed beside --from, expected --from without it"),
    (["evidence", "--from", "shipped", "--record", "new.json"], "found --record beside --from"),
    (["evidence", "--from", "shipped", "--out", "file.txt"], "file.txt: found a file, expected a folder"),
    (["evidence", "--out", "file.txt"], "file.txt: found a file, expected a folder to write into"),
    (["evidence", "--out", ".", "--record", "missing/evidence.json"], "there is no folder 'missing'"),
    (["evidence", "--seed", "-1"], "--seed is -1, expected a whole number from 0"),
    # manifests
    (["run", "--from", "missing.json"], "missing.json: there is no such file"),
    (["run", "--from", "."], "found a directory"),
    (["run", "--from", "empty.toml"], "empty.toml: the file is empty"),
    (["run", "--from", "binary.toml"], "binary.toml: found a binary file"),
    (["run", "--from", "file.txt"], "file.txt: it is no JSON"),
    (["run", "--from", "edited.json"], "dials is not what its scenario says"),
    (["run", "--from", "edited.json", "--seed", "1"], "found --seed beside --from"),
    (["run", "states-only", "--from", "edited.json"], "found a scenario beside --from"),
    # scenario files
    (["run", "empty.toml"], "empty.toml: the file is empty"),
    (["run", "binary.toml"], "binary.toml: found a binary file"),
    (["run", "missing.toml"], "missing.toml: found no such scenario"),
    (["run", "."], "found a directory without scenario.toml"),
    (["run", "unknown.toml"], "unknown.toml: found the key 'parametres'"),
    (["compare", "unknown.toml", "states-only"], "did you mean 'parameters'?"),
]  # fmt: skip


@pytest.fixture(scope="module")
def edited() -> str:
    """A manifest in which somebody has changed a dial."""
    original = manifest(sim.load("paris-call-2018"), 1, 1)
    return json_text({**original, "dials": {**original["dials"], "monitoring": 1}})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch, edited: str) -> Path:
    """The current folder, with files that people may take for scenarios and manifests."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("some text\n", encoding="utf-8")
    (tmp_path / "empty.toml").touch()
    (tmp_path / "u.csv").write_text("iso3\nUSA\n", encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"\x00\x01\x02\xff")
    (tmp_path / "unknown.toml").write_text('base = "states-only"\n[parametres]\n', encoding="utf-8")
    (tmp_path / "edited.json").write_text(edited, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("arguments", "expected"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_a_wrong_command_line_is_refused_in_one_sentence(arguments, expected, folder, monkeypatch, capsys):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(sys, "argv", ["parley", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.startswith("parley: ")
    assert said.err.count("\n") == 1
    assert expected in said.err
    assert re.search("found|is |no |nothing|empty", said.err)
    assert re.search("expected|did you mean", said.err)
    assert {path: path.read_bytes() for path in folder.rglob("*")} == before


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path, monkeypatch):
    target = tmp_path / "run.json"
    target.write_text("as it was", encoding="utf-8")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", no_space)
    with pytest.raises(sim.InputError, match=r"cannot be written .No space left on device."):
        writing.write_text(target, "half")
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    assert target.read_text(encoding="utf-8") == "as it was"


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_pipe_and_a_link_stay_what_they_are(tmp_path):
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    link.symlink_to(file)
    heard = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    writing.write_text(pipe, "said")
    writing.write_text(link, "kept")
    reader.join()
    assert heard == ["said"]
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "kept"
