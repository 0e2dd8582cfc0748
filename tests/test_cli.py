"""The command line: what is said where, and that it says the same as the Python face."""

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
FEW = ("--replicates", "3")


@pytest.fixture
def parley(capsys, monkeypatch):
    """Runs a command in this process: its exit code, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["parley", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_help_names_every_command(parley):
    code, out, _ = parley("--help")
    assert code == 0
    assert all(command in out for command in ("list", "run", "compare", "parameters", "version", "dashboard"))
    assert parley() == (code, out, "")


def test_version_is_that_of_the_package(parley):
    assert parley("version") == (0, f"parley {sim.__version__}\n", "")


def test_list_names_every_scenario_the_default_first(parley):
    _, out, _ = parley("list", "--json", "-")
    groups = {"scenarios": sim.available(), "classics": sim.available_classics()}
    assert [tuple(row.values()) for row in json.loads(out)] == [(*row, g) for g, rows in groups.items() for row in rows]
    assert list(json.loads(out)[0]) == ["name", "title", "question", "group"]


def test_list_prints_names_and_titles(parley):
    _, out, _ = parley("list")
    assert all(name in out and title in out for name, title, _ in sim.available())


def test_parameters_hold_every_dial_with_the_value_of_the_scenario(parley):
    _, out, _ = parley("parameters", "states-only", "--json", "-")
    scenario = sim.load("states-only")
    assert {row["name"]: row["value"] for row in json.loads(out)} == scenario.settings


def test_run_says_in_json_what_python_says(parley):
    _, out, err = parley("run", "paris-call-2018", *FEW, "--seed", "4", "--json", "-")
    said = json.loads(out)
    run = sim.run("paris-call-2018", replicates=3, seed=4)
    assert said == json.loads(json.dumps(said, allow_nan=False))
    assert said["milestones"][0] == {
        "date": "2018-11-12",
        "kind": "state",
        "registered": 51,
        **run.table().iloc[0][["median", "low", "high"]],
    }
    assert said["signed"] == run.signed
    assert said["manifest"] == run.manifest
    assert err == ""


def test_a_classic_runs_by_its_name_and_says_in_json_what_python_says(parley):
    settings = ("--set", "strike_back=0.6", "--seed", "5", "--replicates", "4")
    _, out, err = parley("run", "classics/escalation", *settings, "--json", "-")
    done = sim.classic("escalation", set={"strike_back": 0.6}, seed=5, replicates=4)
    assert json.loads(out) == done.as_json()
    assert err == ""


def test_a_classic_prints_its_question_and_its_checks(parley):
    _, out, _ = parley("run", "classics/repeated-prisoners-dilemma", "--set", "temptation_payoff=6")
    lines = [line.split() for line in out.splitlines()]
    assert out.startswith("The repeated prisoners' dilemma")
    assert ["expected", "simulated", "tolerance", "within"] in lines
    assert ["critical", "discount", "factor,", "p", "=", "1", "0.6", "0.6", "1e-09", "yes"] in lines


def test_the_dials_of_a_classic_are_listed_by_its_name(parley):
    _, out, _ = parley("parameters", "classics/bass-1969", "--json", "-")
    assert {row["name"]: row["value"] for row in json.loads(out)}["imitation"] == 0.38


def test_settings_and_choices_reach_the_scenario(parley):
    settings = ("--set", "attribution_quality=0.8", "--set", "ambition_1=0.9")
    _, out, _ = parley("run", "great-powers-sign", *FEW, *settings, "--choose", "who=USA,CHN", "--json", "-")
    manifest = json.loads(out)["manifest"]
    assert manifest["changed"] == {"attribution_quality": 0.8, "ambition_1": 0.9}
    assert manifest["chosen"]["who"] == ["USA", "CHN"]


def test_the_printed_run_says_first_what_it_is(parley):
    _, out, _ = parley("run", *FEW)
    lines = out.splitlines()
    assert lines[0] == "The Paris Call, 2018: 3 simulated worlds, seed 1"
    assert lines[1] == "These are worlds under the fitted weights, not a forecast."
    dates = [f"{day}" for day in facts.milestones()["date"]]
    assert [line.split()[0] for line in lines if line[:2] == "20"] == dates
    assert "[fitted to the register]" in out
    assert "[assumed: ranges over what nobody has measured; no evidence about anybody]" in out


def test_states_are_printed_one_by_one_only_when_asked(parley):
    few, everyone = (set(parley("run", *FEW, *flag)[1].split()) for flag in ((), ("--all",)))
    assert few & set(facts.state_names()) == set()
    assert everyone >= set(facts.state_names())


def test_a_run_is_repeated_from_the_manifest_it_wrote(parley, tmp_path):
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    parley("run", *FEW, "--seed", "9", "--set", "monitoring=0.5", "--json", str(first), "--out", str(tmp_path / "out"))
    parley("run", "--from", str(tmp_path / "out" / "manifest.json"), "--json", str(again))
    assert first.read_bytes() == again.read_bytes()


def test_the_tables_are_written_in_the_formats_asked_for(parley, tmp_path):
    parley("run", *FEW, "--out", str(tmp_path), "--format", "csv, json")
    tables = ("milestones", "outcomes", "signed")
    expected = {f"{table}.{form}" for table in tables for form in ("csv", "json")} | {"history.csv", "manifest.json"}
    assert {path.name for path in tmp_path.iterdir()} == expected


def test_conduct_by_name_is_in_the_files_when_asked_for_and_never_on_the_screen(parley, tmp_path):
    fixed = ("--set", "baseline_share=0.4", "--set", "temptation=1.4", "--set", "attribution_quality=0.4")
    plain = parley("run", "--replicates", "1", *fixed)
    asked = parley("run", "--replicates", "1", *fixed, "--conduct-by-name", "--json", str(tmp_path / "run.json"))
    said = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert asked == plain
    assert said["manifest"]["note"] == "simulated, not evidence about any state or firm"
    assert {row["kind"] for row in said["named_conduct"]} == {"state", "firm"}


def test_compare_says_in_json_what_python_says(parley):
    _, out, _ = parley("compare", "paris-call-2018", "no-microsoft", *FEW, "--json", "-")
    said, done = json.loads(out), sim.compare("paris-call-2018", "no-microsoft", replicates=3)
    assert said["signed"] == done.signed
    assert said["manifests"]["second"] == done.second.manifest
    assert len(said["outcomes"]) == len(done.outcomes)


def test_compare_sets_both_sides_or_the_second_alone(parley):
    both = ("--set", "monitoring=0.5", "--set-second", "sanctions=1")
    _, out, _ = parley("compare", "states-only", "states-only", *FEW, *both, "--json", "-")
    manifests = json.loads(out)["manifests"]
    assert manifests["first"]["changed"] == {"monitoring": 0.5}
    assert manifests["second"]["changed"] == {"monitoring": 0.5, "sanctions": 1}


def test_compare_prints_and_writes(parley, tmp_path):
    _, out, _ = parley("compare", "paris-call-2018", "great-powers-sign", *FEW, "--out", str(tmp_path))
    assert out.startswith("The great powers sign, less The Paris Call, 2018\n")
    assert "[fitted]" in out
    assert "[assumed: ranges over what nobody has measured]" in out
    assert {"manifest-first.json", "manifest-second.json", "outcomes.parquet"} <= {p.name for p in tmp_path.iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_an_interruption_is_said_in_a_word_and_leaves_no_file(tmp_path):
    out = tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, "-m", "sim.cli", "run", "--replicates", "50000", "--out", str(out)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not out.exists() and running.poll() is None:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert (running.returncode, said.strip()) == (130, "parley: interrupted")
    assert list(out.iterdir()) == []


def test_the_documentation_of_the_json_names_every_key_and_every_outcome(parley):
    words = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    rows = [f"| `{o.name}`: {o.label} | {o.basis} | {o.by or '–'} | {o.unit} |" for o in sim.OUTCOMES.values()]
    assert [row for row in rows if row not in words] == []
    said = [json.loads(parley(*command, "--json", "-")[1]) for command in (("run", *FEW), ("parameters",), ("list",))]
    keys = {key for part in (said[0], said[0]["manifest"], said[1][0], said[2][0]) for key in part}
    for table in ("milestones", "outcomes", "deciles"):
        keys |= set(said[0][table][0])
    assert [key for key in keys if f"`{key}`" not in words] == []


def test_what_other_programs_read_is_utf_8_wherever_it_is_written(tmp_path):
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
        command = [sys.executable, "-m", "sim.cli", "run", *FEW, "--json", "-"]
        run = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, check=True)
        said = json.loads(run.stdout)
        numbers = [row[key] for row in (*said["milestones"], *said["outcomes"]) for key in ("median", "low", "high")]
        return [number for number in (*numbers, *said["signed"].values()) if number is not None]

    used = [name for name in _multiarray_umath.__cpu_dispatch__ if _multiarray_umath.__cpu_features__[name]]
    assert milestones(NPY_DISABLE_CPU_FEATURES=",".join(used)) == pytest.approx(milestones(), rel=1e-6)
