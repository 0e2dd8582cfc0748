"""The command line: what it prints and writes, JSON as Python returns it, and one sentence for
whatever is wrong.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath

import sim
from dashboard import cli
from sim import facts, number_formats
from sim.lessons.catalogue import cards
from sim.output_folder import with_files
from sim.results.manifest import manifest
from sim.writing import json_text

ROOT = Path(__file__).resolve().parent.parent
FEW = ("--replicates", "2")
RUN = ("run", *FEW)
COMPARE = ("compare", "paris-call-2018", "great-powers-sign", *FEW)


@pytest.fixture
def parley(capsys, monkeypatch):
    """Runs a command in this process: its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parley", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        streams = capsys.readouterr()
        return int(end.value.code or 0), streams.out, streams.err

    return run


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=2)


def test_help_names_every_command(parley):
    code, out, _ = parley("--help")
    assert code == 0
    assert all(command in out for command in cli.COMMANDS)
    assert parley() == (code, out, "")


def test_version_is_that_of_the_package(parley):
    assert parley("version") == (0, f"parley {sim.__version__}\n", "")


def test_a_dash_for_json_leaves_the_standard_output_to_the_json_alone(parley):
    _, out, err = parley("list", "--json", "-")
    groups = {
        "scenarios": sim.available(),
        "talks": sim.available_talks(),
        "classics": sim.available_classics(),
        "sweeps": sim.available_sweeps(),
        "lessons": [(card.name, card.title, card.question) for card in cards()],
    }
    assert [tuple(row.values()) for row in json.loads(out)] == [
        (*row, g) for g, rows in groups.items() for row in rows
    ]
    assert list(json.loads(out)[0]) == ["name", "title", "question", "group"]
    assert err == ""


def test_list_prints_names_and_titles(commands):
    out = commands("list").printed
    assert all(name in out and title in out for name, title, _ in sim.available())


def test_parameters_hold_every_dial_with_the_value_of_the_scenario(commands):
    scenario = sim.load("states-only")
    values = {row["name"]: row["value"] for row in commands("parameters", "states-only").json}
    assert values == scenario.settings


def test_the_dials_of_a_classic_are_listed_by_its_name(commands):
    values = {
        row["name"]: row["value"] for row in commands("parameters", "classics/bass-1969").json
    }
    assert values["imitation"] == 0.38


def test_run_has_in_json_what_python_returns(commands, run):
    content = commands(*RUN).json
    assert content == json.loads(json.dumps(content, allow_nan=False))
    first = run.table().iloc[0][["median", "low", "high"]]
    assert content["milestones"][0] == {
        "date": "2018-11-12",
        "kind": "state",
        "registered": 51,
        **first,
    }
    assert content["signed"] == run.signed
    assert content["manifest"] == run.manifest


def test_the_printed_run_begins_with_what_it_is(commands):
    out = commands(*RUN).printed
    lines = out.splitlines()
    assert all(
        part in lines[0]
        for part in (sim.load("paris-call-2018").title, "2 simulated worlds", "seed 1")
    )
    assert "not a forecast" in lines[1]
    dates = [number_formats.day(day) for day in facts.milestones()["date"]]
    assert [
        " ".join(line.split()[:3]) for line in lines if re.match(r"\d+ \w+ 20\d\d ", line)
    ] == dates
    assert "[fitted to the register]" in out
    assert "[assumed: ranges" in out


def test_states_are_printed_one_by_one_with_an_option_only(commands):
    assert set(commands(*RUN).printed.split()) & set(facts.state_names()) == set()
    with_all = commands("run", "binding-treaty", "--lens", "realist", "--all", *FEW)
    assert set(with_all.printed.split()) >= set(facts.state_names())


def test_settings_and_choices_reach_the_scenario(commands):
    settings = ("--set", "attribution_quality=0.8", "--set", "ambition_1=0.9", "--seed", "9")
    output = commands(
        "run", "great-powers-sign", "--replicates", "1", *settings, "--choose", "who=USA,CHN"
    )
    assert output.json["manifest"]["changed"] == {"attribution_quality": 0.8, "ambition_1": 0.9}
    assert output.json["manifest"]["chosen"]["who"] == ["USA", "CHN"]
    assert commands("run", "--from", str(output.tables / "manifest.json")).json == output.json


def test_the_tables_are_written_in_the_formats_of_the_option(commands):
    tables = ("milestones", "outcomes", "assumptions", "signed")
    files = {f"{table}.{form}" for table in tables for form in ("csv", "json")} | {
        "history.csv", "ties.csv", "manifest.json",
    }  # fmt: skip
    assert {path.name for path in commands(*RUN).tables.iterdir()} == files


def test_conduct_by_name_is_in_the_files_with_an_option_and_never_on_the_screen(commands):
    plain = commands("run", "--replicates", "1")
    by_name = commands("run", "--replicates", "1", "--conduct-by-name")
    assert by_name.printed == plain.printed
    assert "named_conduct" not in plain.json
    assert by_name.json["manifest"]["note"] == "simulated, not evidence about any state or firm"
    assert {row["kind"] for row in by_name.json["named_conduct"]} == {"state", "firm"}


def test_a_classic_has_in_json_what_python_returns(commands):
    settings = ("--set", "strike_back=0.6", "--seed", "5", "--replicates", "4")
    classic = sim.classic("escalation", set={"strike_back": 0.6}, seed=5, replicates=4)
    assert commands("run", "classics/escalation", *settings).json == classic.as_json()


def test_a_classic_prints_its_question_and_its_checks(commands):
    out = commands(
        "run", "classics/repeated-prisoners-dilemma", "--set", "temptation_payoff=6"
    ).printed
    check = sim.classic("repeated-prisoners-dilemma", set={"temptation_payoff": 6}).checks[0]
    (line,) = [line for line in out.splitlines() if check.name in line]
    numbers = [
        number_formats.significant(getattr(check, key), 4)
        for key in ("expected", "simulated", "tolerance")
    ]
    assert line.split()[-len(" ".join(numbers).split()) - 1 :] == [
        *" ".join(numbers).split(),
        "yes",
    ]


def test_compare_has_in_json_what_python_returns(commands, run):
    content = commands(*COMPARE).json
    comparison = sim.Comparison(run, sim.run("great-powers-sign", replicates=2))
    assert content["signed"] == comparison.signed
    assert content["manifests"]["second"] == comparison.second.manifest
    assert {row["outcome"] for row in content["outcomes"]} == set(sim.OUTCOMES)


def test_compare_sets_both_sides_or_the_second_alone(commands):
    both = ("--set", "monitoring=0.5", "--set-second", "sanctions=1")
    manifests = commands("compare", "short.toml", "short.toml", *FEW, *both).json["manifests"]
    assert manifests["first"]["changed"] == {"monitoring": 0.5}
    assert manifests["second"]["changed"] == {"monitoring": 0.5, "sanctions": 1}


def test_compare_prints_and_writes(commands):
    output = commands(*COMPARE)
    titles = [sim.load(name).title for name in COMPARE[1:3]]
    assert all(part in output.printed for part in (*titles, "[what if", "[assumed: ranges"))
    files = {path.name for path in output.tables.iterdir()}
    assert {"manifest-first.json", "manifest-second.json", "outcomes.csv"} <= files


WRITING = {
    RUN: [""],
    COMPARE: ["first", "second"],
    ("compare", "short.toml", "--lenses", "--replicates", "1"): [*sim.LENSES],
    ("pivots", "short.toml", "--most", "2", *FEW): [""],
    ("outreach", "short.toml", "--approaches", "1", *FEW): [""],
    ("frontier", "short.toml", "--depths", "3", *FEW): [""],
    ("stability", "short.toml", *FEW): [""],
}


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_whatever_a_command_writes_is_verified(command, commands):
    verification = sim.verify(commands(*command).tables)
    assert (verification.faults, verification.others) == ((), ())
    assert sorted(verification.runs) == sorted(WRITING[command])
    assert all(run["parley"] == sim.__version__ for run in verification.runs.values())


def test_the_manifest_of_a_comparison_says_where_those_of_its_runs_are(commands, parley):
    code, _, err = parley("run", "--from", str(commands(*COMPARE).tables / "manifest.json"))
    assert code == 2
    assert (
        "found the manifest of a comparison, expected that of one run, as in manifest-first.json"
        in err
    )
    assert (
        commands("run", "--from", str(commands(*COMPARE).tables / "manifest-first.json")).json
        == commands(*RUN).json
    )


def test_the_documentation_of_the_json_names_every_key_and_every_outcome(commands):
    words = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = [
        f"| `{o.name}`: {o.label} | {o.basis} | {o.by or '–'} | {o.unit} |"
        for o in sim.OUTCOMES.values()
    ]
    assert [row for row in rows if row not in words] == []
    run, parameters, scenarios = (
        commands(*command).json for command in (RUN, ("parameters",), ("list",))
    )
    objects = (run, run["manifest"], parameters[0], scenarios[0])
    keys = {key for part in objects for key in part}
    for table in ("milestones", "outcomes", "deciles"):
        keys |= set(run[table][0])
    assert [key for key in keys if f"`{key}`" not in words] == []


def test_the_standard_output_is_utf_8_for_any_other_program(tmp_path):
    scenario = tmp_path / "geneva.toml"
    scenario.write_text(
        'base = "states-only"\ntitle = "Le Palais Wilson, Genève – Привет"\n', encoding="utf-8"
    )
    process = subprocess.run(
        [sys.executable, "-m", "dashboard.cli", "parameters", str(scenario)],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=True,
    )  # fmt: skip
    assert process.stdout.decode("utf-8").startswith("Le Palais Wilson, Genève – Привет")


@pytest.mark.long
def test_other_processors_give_the_same_to_six_digits():
    def milestones(**environment: str) -> list[float]:
        command = [sys.executable, "-m", "dashboard.cli", "run", "--replicates", "3", "--json", "-"]
        run = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True
        )
        content = json.loads(run.stdout)
        rows = (*content["milestones"], *content["outcomes"])
        numbers = [row[key] for row in rows for key in ("median", "low", "high")]
        return [number for number in (*numbers, *content["signed"].values()) if number is not None]

    features = [
        name
        for name in _multiarray_umath.__cpu_dispatch__
        if _multiarray_umath.__cpu_features__[name]
    ]
    assert milestones(NPY_DISABLE_CPU_FEATURES=",".join(features)) == pytest.approx(
        milestones(), rel=1e-6
    )


# Wrong command lines: one sentence on the standard error, exit code 2, nothing computed and nothing
# half-written.

FAULTS = [
    # names
    (
        ["rnu"],
        "parley: the command line: found the command 'rnu', expected one of list, run, compare",
    ),
    (["run", "paris-cal-2018"], "did you mean 'paris-call-2018'?"),
    (["parameters", "nowhere"], "nowhere: found no such scenario"),
    (["compare", "paris-call-2018", "states-onyl"], "did you mean 'states-only'?"),
    (
        ["compare", "paris-call-2018"],
        "parley: compare: found one scenario, expected two, or one with --lenses",
    ),
    (
        ["run", ""],
        "parley: scenario: found an empty text, expected a name that `parley list` shows",
    ),
    (
        ["parameters", "a", "b"],
        "parley: parameters: found 'b' beside the arguments, expected [OPTIONS] [SCENARIO]",
    ),
    (["list", "extra"], "parley: list: found 'extra' beside the arguments"),
    (["compare"], "parley: compare: found none, expected two, or one with --lenses"),
    (
        ["compare", "paris-call-2018", "states-only", "--lenses"],
        "found a second scenario beside --lenses",
    ),
    (["compare", "--lenses", "--lens", "null"], "found --lens beside --lenses"),
    (["run", "classics/granovetter-1978", "--lens", "null"], "found --lens beside a classic"),
    (
        ["run", "--lens", "realism"],
        "--lens: there is no lens 'realism', expected one of full, realist",
    ),
    (
        ["run", "--replicate", "3"],
        "run: found the option '--replicate', expected one that --help lists; did you mean",
    ),
    (["explain", "paris-call-2018"], "parley: explain: found too few arguments, expected"),
    (
        ["explain", "paris-call-2018", "Kenia"],
        "there is no stakeholder 'Kenia', expected a state (USA), a firm or an",
    ),
    # classics
    (
        ["run", "classics/granoveter-1978"],
        "found no such classic, expected one of classics/axelrod-1986, classics/b",
    ),
    (["run", "watts-2002"], "watts-2002: found no such scenario, expected one of"),
    (
        ["run", "classics/bass-1969", "--set", "innovation=9"],
        "innovation is 9.0, expected a number from 0.001 to 2",
    ),
    (
        ["run", "classics/granovetter-1978", "--set", "people=2.5"],
        "people is 2.5, expected a whole number",
    ),
    (
        ["run", "classics/centola-macy-2007", "--set", "neighbours=3"],
        "neighbours is 3, expected an even number",
    ),
    (
        ["run", "classics/repeated-prisoners-dilemma", "--set", "reward_payoff=7"],
        "5, 7 and 1, expected T > R > P",
    ),
    (
        ["run", "classics/bass-1969", "--replicates", "0"],
        "--replicates is 0, expected a whole number from 1",
    ),
    (
        ["run", "classics/bass-1969", "--out", "new"],
        "found --out beside a classic, expected a classic without it",
    ),
    (["run", "classics/"], "classics/: found no such classic, expected one of"),
    (["run", "classics/bass-1969", "--choose", "who=USA"], "found --choose beside a classic"),
    (
        ["run", "classics/bass-1969", "--conduct-by-name"],
        "found --conduct-by-name beside a classic",
    ),
    (["run", "classics/bass-1969", "--json", "missing/run.json"], "there is no folder 'missing'"),
    (
        ["compare", "classics/bass-1969", "states-only"],
        "classics/bass-1969: found a classic, expected a scenario",
    ),
    (["parameters", "classics/bas-1969"], "did you mean 'classics/bass-1969'?"),
    # dials and choices
    (["run", "--set", "attribution_qualty=0.5"], "did you mean 'attribution_quality'?"),
    (
        ["run", "--set", "attribution_quality=2"],
        "attribution_quality is 2.0, expected a number from 0 to 1",
    ),
    (
        ["run", "--set", "attribution_quality=nan"],
        "attribution_quality is nan, expected a number from 0 to 1",
    ),
    (
        ["run", "--set", "attribution_quality=high"],
        "attribution_quality is 'high', expected a number",
    ),
    (
        ["run", "--set", "attribution_quality"],
        "--set: found 'attribution_quality', expected NAME=VALUE",
    ),
    (["run", "--set", "=0.5"], "--set: found '=0.5', expected NAME=VALUE"),
    (["run", "--set", "monitoring=0", "--set", "monitoring=1"], "--set: found monitoring twice"),
    (["run", "--set"], "found nothing after '--set', expected a value"),
    (["run", "great-powers-sign", "--choose", "whom=USA"], "did you mean 'who'?"),
    (["compare", "states-only", "no-microsoft", "--choose", "who=USA"], "there is no choice 'who'"),
    # numbers
    (["run", "--replicates", "0"], "--replicates is 0, expected a whole number from 1"),
    (["run", "--replicates", "1000001"], "--replicates is 1000001, expected a whole number from 1"),
    (["run", "--replicates", "many"], "--replicates is 'many', expected a whole number from 1"),
    (["run", "--seed", "-1"], "--seed is -1, expected a whole number from 0"),
    (["run", "--seed", "1.5"], "--seed is '1.5', expected a whole number from 0"),
    (
        ["explain", "paris-call-2018", "USA", "--round", "63"],
        "--round is 63, expected a whole number from -10 to 62",
    ),
    (["run", "--workers", "0"], "--workers is 0, expected a whole number from 1"),
    (["dashboard", "--port", "99999"], "--port is 99999, expected a whole number from 1 to 65535"),
    (["dashboard", "--port", "web"], "--port is 'web', expected a whole number from 1 to 65535"),
    (
        ["dashboard", "--host", "0.0.0.0"],
        "--host is '0.0.0.0', which others may reach, expected a loopback address",
    ),
    (
        ["dashboard", "--host", "::"],
        "--host is '::', which others may reach, expected a loopback address such as",
    ),
    (
        ["dashboard", "--host", "parley.example"],
        "expected a loopback address such as 127.0.0.1, or --public beside it",
    ),
    # pivots and outreach
    (["pivots"], "parley: pivots: found too few arguments, expected"),
    (
        ["pivots", "paris-call-2018", "--who", "Frnace"],
        "--who: there is no stakeholder 'Frnace', expected a state",
    ),
    (
        ["pivots", "paris-call-2018", "--who", "USA,"],
        "--who: there is no stakeholder '', expected a state (USA)",
    ),
    (
        ["pivots", "paris-call-2018", "--who", "USA", "--most", "3"],
        "found --most beside --who, expected --who without",
    ),
    (
        ["pivots", "paris-call-2018", "--most", "0"],
        "--most is 0, expected a whole number from 1 to",
    ),
    (
        ["pivots", "paris-call-2018", "--most", "all"],
        "--most is 'all', expected a whole number from 1 to",
    ),
    (
        ["pivots", "paris-call-2018", "--date", "12.11.2018"],
        "--date is '12.11.2018', expected a date such as",
    ),
    (
        ["pivots", "paris-call-2018", "--round", "1", "--date", "2019-01-01"],
        "--date: found --round beside it",
    ),
    (
        ["outreach", "paris-call-2018", "--approaches", "0"],
        "--approaches is 0, expected a whole number from 1",
    ),
    (
        ["outreach", "paris-call-2018", "--approaches", "few"],
        "--approaches is 'few', expected a whole number from 1",
    ),
    (
        ["outreach", "paris-call-2018", "--from-round", "60", "--months", "4"],
        "--months is 4, expected a whole number",
    ),
    (
        ["outreach", "paris-call-2018", "--from-round", "-11"],
        "--from-round is -11, expected a whole number from -10",
    ),
    (
        ["outreach", "paris-call-2018", "--strength", "11"],
        "--strength is 11.0, expected a number from 0 to 10",
    ),
    (
        ["outreach", "paris-call-2018", "--strength", "strong"],
        "--strength is 'strong', expected a number from 0 to 10",
    ),
    (
        ["outreach", "paris-call-2018", "--out", "file.txt"],
        "file.txt: found a file, expected a folder",
    ),
    # another instrument
    (
        ["backtest", "--without", "eu"],
        "--without: found it alone, expected --scenario beside it, the instrument",
    ),
    (
        ["backtest", "--signers", "s.csv"],
        "--signers: found it alone, expected --scenario beside it, the instrument",
    ),
    (
        ["backtest", "--scenario", "instruments/dfi", "--without", "budapest"],
        "did you mean 'budapest_party'?",
    ),
    (
        ["backtest", "--scenario", "instruments/dfi", "--without"],
        "found nothing after '--without', expected a",
    ),
    (
        ["backtest", "--scenario", "instruments/budapst", "--without", "eu"],
        "budapst: found no such scenario",
    ),
    (
        ["backtest", "--scenario", "no-microsoft", "--signers", "u.csv", "--without", "eu"],
        "in a transfer only [code]",
    ),
    # where to write
    (["run", "--out", "file.txt"], "file.txt: found a file, expected a folder to write into"),
    (["run", "--out", "file.txt/deeper"], "nothing can be written there"),
    (
        ["run", "--out", "new", "--format", "xlsx"],
        "format is 'xlsx', expected one or more of parquet, csv, json",
    ),
    (["run", "--out", "new", "--seed", "-1"], "--seed is -1"),
    (
        ["run", "--format", "csv"],
        "the command line: found --format alone, expected --out beside it",
    ),
    (["run", "--json", "missing/run.json"], "there is no folder 'missing'"),
    (["list", "--json", "."], "found a folder, expected the name of a file to write"),
    (["run", "--json"], "found nothing after '--json', expected a value"),
    (
        ["run", "--out", "old"],
        "old: found manifest.json, which is not as a run wrote it, expected an empty folder",
    ),
    (["verify", "nowhere"], "nowhere: found nothing, expected a folder that holds a run"),
    (["verify", ""], "FOLDER: found an empty text, expected a folder that holds a run"),
    (
        ["verify", "old", "--json", "old/manifest.json"],
        "--json: found 'old/manifest.json', in the folder to verify",
    ),
    (
        ["run", "--out", "new", "--json", "new/a:b.json"],
        "new: found the name 'a:b.json' for a file in it, expected",
    ),
    (
        ["run", "--out", "new", "--json", "new/.parley/x.json"],
        "found the name '.parley/x.json' for a file in it",
    ),
    (
        ["run", "--out", "new", "--json", "new/signed.csv"],
        "--json: found new/signed.csv, the name of a table of --out",
    ),
    (
        ["run", "--out", "new", "--json", "new"],
        "new: found the folder to write into, expected a file in it",
    ),
    (
        ["verify", "old"],
        "manifest.json: it lists no files, expected a manifest as `parley run --out` writes it",
    ),
    (["calibrate", "--lens", "realism"], "there is no lens 'realism', expected one of full"),
    (
        ["calibrate", "--out", "missing/weights.toml"],
        "there is no folder 'missing', expected one that exists",
    ),
    # evidence
    (
        ["evidence", "--from", "missing.json"],
        "missing.json: there is no such file, expected a record as `parley evid",
    ),
    (
        ["evidence", "--from", "edited.json"],
        "edited.json: manifest is missing or no object, expected a record",
    ),
    (["evidence", "--from", "file.txt"], "file.txt: it is no JSON"),
    (
        ["evidence", "--from", "shipped", "--seed", "2"],
        "found --seed beside --from, expected --from without it",
    ),
    (["evidence", "--from", "shipped", "--record", "new.json"], "found --record beside --from"),
    (
        ["evidence", "--from", "shipped", "--out", "file.txt"],
        "file.txt: found a file, expected a folder",
    ),
    (["evidence", "--out", "file.txt"], "file.txt: found a file, expected a folder to write into"),
    (
        ["evidence", "--out", "new", "--record", "missing/evidence.json"],
        "there is no folder 'missing'",
    ),
    (["evidence", "--seed", "-1"], "--seed is -1, expected a whole number from 0"),
    # manifests
    (["run", "--from", "missing.json"], "missing.json: there is no such file"),
    (["run", "--from", "."], "found a directory"),
    (["run", "--from", "empty.toml"], "empty.toml: the file is empty"),
    (["run", "--from", "binary.toml"], "binary.toml: found a binary file"),
    (["run", "--from", "file.txt"], "file.txt: it is no JSON"),
    (
        ["run", "--from", "sealed.json"],
        "sealed.json: found it edited, as its seal does not fit, expected it as the",
    ),
    (["run", "--from", "edited.json"], "dials is not what its scenario says"),
    (["run", "--from", "edited.json", "--seed", "1"], "found --seed beside --from"),
    (["run", "states-only", "--from", "edited.json"], "found a scenario beside --from"),
    # scenario files
    (["run", "empty.toml"], "empty.toml: the file is empty"),
    (["run", "binary.toml"], "binary.toml: found a binary file"),
    (["run", "missing.toml"], "missing.toml: found no such scenario"),
    (["run", "."], "found a directory without scenario.toml"),
    (["run", "unknown.toml"], "unknown.toml: found the key 'parametres'"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The current folder, with files that people may take for scenarios and manifests; in one a
    dial was changed.
    """
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file.txt").write_text("some text\n", encoding="utf-8")
    (tmp_path / "empty.toml").touch()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "manifest.json").write_text("{}\n", encoding="utf-8")
    (tmp_path / "u.csv").write_text("iso3\nUSA\n", encoding="utf-8")
    (tmp_path / "binary.toml").write_bytes(b"\x00\x01\x02\xff")
    (tmp_path / "unknown.toml").write_text('base = "states-only"\n[parametres]\n', encoding="utf-8")
    original = manifest(sim.load("paris-call-2018"), 1, 1)
    edited = {**original, "dials": {**original["dials"], "monitoring": 1}}
    (tmp_path / "edited.json").write_text(json_text(edited), encoding="utf-8")
    (tmp_path / "sealed.json").write_text(
        json_text({**with_files(original, {}), "seed": 2}), encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "sentence"), FAULTS, ids=[" ".join(arguments) for arguments, _ in FAULTS]
)
def test_a_wrong_command_line_is_refused_in_one_sentence(arguments, sentence, folder, parley):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    code, out, err = parley(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("parley: ")
    assert sentence in err
    assert re.search("found|is |no |nothing|empty", err)
    assert re.search("expected|did you mean", err)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {"old"}
