"""A manifest repeats its run to the bit, and an edited one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import sim
from sim import facts
from sim.results.manifest import read_manifest
from sim.writing import json_text

ROOT = Path(__file__).resolve().parent.parent


def repetition_of(run: sim.Run, folder: Path) -> sim.Run:
    """The run that the manifest of *run*, written to a file, repeats."""
    file = folder / "manifest.json"
    file.write_text(json_text(run.manifest), encoding="utf-8")
    repetition = read_manifest(file)
    return sim.run(
        repetition.scenario,
        replicates=repetition.replicates,
        seed=repetition.seed,
        conduct_by_name=repetition.conduct_by_name,
    )


def edit(run: sim.Run, folder: Path, **changes: object) -> Path:
    """A file with the manifest of *run* and some *changes*."""
    file = folder / "manifest.json"
    file.write_text(json_text({**run.manifest, **changes}), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=2, seed=5, set={"attribution_quality": 0.8, "ambition_3": 0.9})


@pytest.fixture
def users_file(tmp_path: Path) -> Path:
    """A scenario with its own provisions and weights, and two events of which one overrules the
    other.
    """
    (tmp_path / "mine.csv").write_text(
        (facts.DATA / "paris_call_provisions.csv")
        .read_text(encoding="utf-8")
        .replace("6,", "16,", 1),
        encoding="utf-8",
    )
    weights = (facts.DATA / "weights" / "full.toml").read_text(encoding="utf-8")
    (tmp_path / "mine-weights.toml").write_text(weights, encoding="utf-8")
    base = tmp_path / "base.toml"
    base.write_text(
        'base = "great-powers-sign"\ntitle = "Mine"\nweights ='
        ' "mine-weights.toml"\n[code]\nprovisions = "mine.csv"\n[[events]]\nround = 3\nkind ='
        ' "firm"\nsigns = false\n[[events]]\ndate = 2020-01-01\ndial = "monitoring"\nvalue = 0.5\n',
        encoding="utf-8",
    )
    file = tmp_path / "mine.toml"
    file.write_text(
        'base = "base.toml"\n[[events]]\nround = 3\nkind = "firm"\nsigns = true\n', encoding="utf-8"
    )
    return file


def test_a_run_is_repeated_to_the_bit(run, tmp_path):
    again = repetition_of(run, tmp_path)
    assert all(np.array_equal(a, b) for a, b in zip(run.output, again.output, strict=True))
    assert again.manifest == run.manifest


def test_a_run_of_a_users_own_files_is_repeated_without_them(users_file, tmp_path):
    mine = sim.run(users_file, replicates=2, choices={"who": "CHN", "when": "anniversary"})
    for file in tmp_path.glob("*.*"):
        file.unlink()
    again = repetition_of(mine, tmp_path)
    assert all(np.array_equal(a, b) for a, b in zip(mine.output, again.output, strict=True))
    assert again.manifest == mine.manifest


def test_what_a_run_of_ones_own_weights_rests_on_is_repeated_without_their_file(
    users_file, tmp_path
):
    mine = sim.load(users_file).with_table({"code": {"convenor": "RUS"}})
    run = sim.run(mine, replicates=1, choices={"who": "CHN"})
    (tmp_path / "mine-weights.toml").unlink()
    assert list(run.manifest["extrapolations"]) == ["convenor", "text"]
    again = repetition_of(run, tmp_path)
    assert again.manifest == run.manifest
    assert again.basis == run.basis == "extrapolated"


def test_an_edited_reason_is_refused(run, tmp_path):
    with pytest.raises(sim.InputError, match="extrapolations is not what its scenario says"):
        read_manifest(edit(run, tmp_path, extrapolations={"text": "it is another"}))


def test_it_says_what_was_changed_and_what_everything_was(run):
    assert run.manifest["changed"] == {"attribution_quality": 0.8, "ambition_3": 0.9}
    assert set(run.manifest["dials"]) == set(run.scenario.dials)


def test_it_says_what_the_run_was_made_with_and_that_it_is_simulated(run):
    assert set(run.manifest["made_with"]) == {"python", "platform", "numpy", "numba", "pandas"}
    assert run.manifest["parley"] == sim.__version__
    assert run.manifest["note"].startswith("simulated")


def test_it_holds_no_path_of_the_machine(users_file):
    text = json_text(sim.run(users_file, replicates=1).manifest)
    assert str(users_file.parent) not in text
    assert str(ROOT) not in text


def test_a_file_with_everything_holds_a_manifest_too(run, tmp_path):
    file = tmp_path / "run.json"
    file.write_text(json_text({"manifest": run.manifest}), encoding="utf-8")
    assert read_manifest(file).seed == 5


def test_an_edited_dial_is_refused(run, tmp_path):
    file = edit(run, tmp_path, dials={**run.manifest["dials"], "temptation": 2.0})
    with pytest.raises(sim.InputError, match="dials is not what its scenario says"):
        read_manifest(file)


def test_an_edited_scenario_is_refused(run, tmp_path):
    scenario = json.loads(json_text(run.manifest["scenario"]))
    scenario["table"]["parameters"]["temptation"] = 2.0
    with pytest.raises(
        sim.InputError, match=r"its scenario has the hash .*, expected .* as when it was run"
    ):
        read_manifest(edit(run, tmp_path, scenario=scenario))


def test_another_version_is_refused(run, tmp_path):
    with pytest.raises(sim.InputError, match=r"made by Parley 9\.9\.9, expected"):
        read_manifest(edit(run, tmp_path, parley="9.9.9"))


def test_a_run_with_a_rule_of_ones_own_is_refused(run, tmp_path):
    with pytest.raises(sim.InputError, match="decision rule mine, which it does not hold"):
        read_manifest(edit(run, tmp_path, rule="mine"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the file is empty"),
        (b"\0\1\2", "found a binary file"),
        (b"\xff\xfe", "not UTF-8"),
        (b"{", "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "found JSON of another kind"),
        (b"{}", "parley is missing"),
        (b'{"manifest": 3}', "found the key 'manifest'"),
        (b'{"parley": 1}', "parley is 1, expected a text"),
    ],
)
def test_what_is_no_manifest_is_refused(content, expected, tmp_path):
    file = tmp_path / "manifest.json"
    file.write_bytes(content)
    with pytest.raises(sim.InputError, match=expected):
        read_manifest(file)
