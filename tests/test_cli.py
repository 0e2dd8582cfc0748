"""The command line: what is printed where, and that its JSON has what the Python interface returns."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath

import sim
from sim import cli, facts

ROOT = Path(__file__).resolve().parent.parent
FEW = ("--replicates", "2")
RUN = ("run", *FEW)
COMPARE = ("compare", "paris-call-2018", "great-powers-sign", *FEW)


@pytest.fixture
def parley(capsys, monkeypatch):
    """Runs a command in this process: its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parley", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        streams = capsys.readouterr()
        return int(ended.value.code or 0), streams.out, streams.err

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
    groups = {"scenarios": sim.available(), "classics": sim.available_classics()}
    assert [tuple(row.values()) for row in json.loads(out)] == [(*row, g) for g, rows in groups.items() for row in rows]
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
    values = {row["name"]: row["value"] for row in commands("parameters", "classics/bass-1969").json}
    assert values["imitation"] == 0.38


def test_run_has_in_json_what_python_returns(commands, run):
    content = commands(*RUN).json
    assert content == json.loads(json.dumps(content, allow_nan=False))
    first = run.table().iloc[0][["median", "low", "high"]]
    assert content["milestones"][0] == {"date": "2018-11-12", "kind": "state", "registered": 51, **first}
    assert content["signed"] == run.signed
    assert content["manifest"] == run.manifest


def test_the_printed_run_begins_with_what_it_is(commands):
    out = commands(*RUN).printed
    lines = out.splitlines()
    assert lines[0] == "The Paris Call, 2018: 2 simulated worlds, seed 1"
    assert lines[1] == "These are worlds under the fitted weights, not a forecast."
    dates = [f"{day}" for day in facts.milestones()["date"]]
    assert [line.split()[0] for line in lines if line[:2] == "20"] == dates
    assert "[fitted to the register]" in out
    assert "[assumed: ranges over what nobody has measured; no evidence about anybody]" in out


def test_states_are_printed_one_by_one_with_an_option_only(commands):
    assert set(commands(*RUN).printed.split()) & set(facts.state_names()) == set()
    with_all = commands("run", "binding-treaty", "--lens", "realist", "--all", *FEW)
    assert set(with_all.printed.split()) >= set(facts.state_names())


def test_settings_and_choices_reach_the_scenario(commands):
    settings = ("--set", "attribution_quality=0.8", "--set", "ambition_1=0.9", "--seed", "9")
    output = commands("run", "great-powers-sign", "--replicates", "1", *settings, "--choose", "who=USA,CHN")
    manifest = output.json["manifest"]
    assert manifest["changed"] == {"attribution_quality": 0.8, "ambition_1": 0.9}
    assert manifest["chosen"]["who"] == ["USA", "CHN"]
    repeated = commands("run", "--from", str(output.tables / "manifest.json"))
    assert repeated.json == output.json


def test_the_tables_are_written_in_the_formats_of_the_option(commands):
    tables = ("milestones", "outcomes", "signed")
    expected = {f"{table}.{form}" for table in tables for form in ("csv", "json")} | {"history.csv", "manifest.json"}
    assert {path.name for path in commands(*RUN).tables.iterdir()} == expected


def test_conduct_by_name_is_in_the_files_with_an_option_and_never_on_the_screen(commands):
    fixed = ("--set", "baseline_share=0.4", "--set", "temptation=1.4", "--set", "attribution_quality=0.4")
    plain = commands("run", "--replicates", "1", *fixed)
    by_name = commands("run", "--replicates", "1", *fixed, "--conduct-by-name")
    assert by_name.printed == plain.printed
    assert "named_conduct" not in plain.json
    assert by_name.json["manifest"]["note"] == "simulated, not evidence about any state or firm"
    assert {row["kind"] for row in by_name.json["named_conduct"]} == {"state", "firm"}


def test_a_classic_has_in_json_what_python_returns(commands):
    settings = ("--set", "strike_back=0.6", "--seed", "5", "--replicates", "4")
    classic = sim.classic("escalation", set={"strike_back": 0.6}, seed=5, replicates=4)
    assert commands("run", "classics/escalation", *settings).json == classic.as_json()


def test_a_classic_prints_its_question_and_its_checks(commands):
    out = commands("run", "classics/repeated-prisoners-dilemma", "--set", "temptation_payoff=6").printed
    lines = [line.split() for line in out.splitlines()]
    assert out.startswith("The repeated prisoners' dilemma")
    assert ["expected", "simulated", "tolerance", "within"] in lines
    assert ["critical", "discount", "factor,", "p", "=", "1", "0.6", "0.6", "1e-09", "yes"] in lines


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
    assert output.printed.startswith("The great powers sign, less The Paris Call, 2018\n")
    assert "[fitted]" in output.printed
    assert "[assumed: ranges over what nobody has measured]" in output.printed
    files = {path.name for path in output.tables.iterdir()}
    assert {"manifest-first.json", "manifest-second.json", "outcomes.csv"} <= files


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_an_interruption_is_reported_in_a_word_and_leaves_no_file(tmp_path):
    out = tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, "-m", "sim.cli", "run", "--replicates", "50000", "--out", str(out)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not out.exists() and running.poll() is None:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, report = running.communicate(timeout=300)
    assert (running.returncode, report.strip()) == (130, "parley: interrupted")
    assert list(out.iterdir()) == []


def test_the_documentation_of_the_json_names_every_key_and_every_outcome(commands):
    words = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = [f"| `{o.name}`: {o.label} | {o.basis} | {o.by or '–'} | {o.unit} |" for o in sim.OUTCOMES.values()]
    assert [row for row in rows if row not in words] == []
    run, parameters, listed = (commands(*command).json for command in (RUN, ("parameters",), ("list",)))
    objects = (run, run["manifest"], parameters[0], listed[0])
    keys = {key for part in objects for key in part}
    for table in ("milestones", "outcomes", "deciles"):
        keys |= set(run[table][0])
    assert [key for key in keys if f"`{key}`" not in words] == []


def test_the_standard_output_is_utf_8_for_any_other_program(tmp_path):
    scenario = tmp_path / "geneva.toml"
    scenario.write_text('base = "states-only"\ntitle = "Le Palais Wilson, Genève – Привет"\n', encoding="utf-8")
    written = subprocess.run(
        [sys.executable, "-m", "sim.cli", "parameters", str(scenario)],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=True,
    )  # fmt: skip
    assert written.stdout.decode("utf-8").startswith("Le Palais Wilson, Genève – Привет")


@pytest.mark.long
def test_other_processors_give_the_same_to_six_digits():
    def milestones(**environment: str) -> list[float]:
        command = [sys.executable, "-m", "sim.cli", "run", "--replicates", "3", "--json", "-"]
        run = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True)
        content = json.loads(run.stdout)
        rows = (*content["milestones"], *content["outcomes"])
        numbers = [row[key] for row in rows for key in ("median", "low", "high")]
        return [number for number in (*numbers, *content["signed"].values()) if number is not None]

    used = [name for name in _multiarray_umath.__cpu_dispatch__ if _multiarray_umath.__cpu_features__[name]]
    assert milestones(NPY_DISABLE_CPU_FEATURES=",".join(used)) == pytest.approx(milestones(), rel=1e-6)
