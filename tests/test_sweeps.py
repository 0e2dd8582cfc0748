"""Sweeps: designs, points, and the same numbers as `sim.run`, whoever plays them, in whatever
pieces.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Container
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import parley
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.experiments.outcomes import MEASURED, column_names
from sim.parameters import DIALS
from sim.scenario.draws import draws_beside, read_draws
from sim.scenario.weights import shipped_weights
from sim.sweeps.points import Points
from sim.sweeps.run_sweep import Trial
from sim.sweeps.sweep_file import load_sweep
from sim.sweeps.sweep_folder import LEDGER, RUNS, Part, hash_of_numbers

SMALL = {
    "scenario": "great-powers-sign",
    "replicates": 3,
    "outcomes": ["signatories", "harm_prevented", "operations"],
    "levers": {"sanctions": [0, 1.5]},
    "uncertainties": {
        "attribution_quality": {"from": 0.1, "to": 0.6},
        "design": "latin hypercube",
        "points": 3,
    },
}


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> sim.SweepResult:
    return sim.sweep(SMALL, tmp_path_factory.mktemp("sweep") / "out", workers=1)


# Points


def test_every_point_of_the_levers_meets_every_point_of_the_uncertainties(done):
    points = done.points
    assert len(points) == 6
    for _, group in points.groupby("sanctions"):
        assert group["attribution_quality"].tolist() == points["attribution_quality"].tolist()[:3]


def run_of(points: Points, point: int) -> sim.Run:
    return sim.run(
        points.scenario(point), replicates=points.sweep.replicates, seed=points.sweep.seed
    )


def test_one_axis_moves_the_ambition_of_all_provisions(tmp_path):
    table = {
        "replicates": 2,
        "outcomes": ["signatories"],
        "levers": {"ambition": [0.2, 1], "attention_scale": [1, 2]},
    }
    result = sim.sweep(table, tmp_path / "out")
    points = result.means(["signatories_state"])
    assert points["ambition"].tolist() == [0.2, 0.2, 1, 1]
    every = {f"ambition_{principle}": 1 for principle in range(1, 10)}
    run = sim.run(sim.load("paris-call-2018").with_changes(set=every), replicates=2, seed=1)
    assert points["signatories_state"][2] == run.by_replicate["signatories", "state"].mean()
    assert {row["basis"] for row in result.columns.to_dict("records")} == {"extrapolated"}


MIXED = {
    "scenario": "great-powers-sign",
    "replicates": 2,
    "outcomes": "all",
    "signers": ["USA", "Microsoft"],
    "levers": {
        "sanctions": [0, 1.5],
        "choices": {"who": ["USA", "CHN,RUS"], "when": ["anniversary"]},
        "lenses": ["full", "realist"],
        "text_openness": [0.5],
    },
    "uncertainties": {
        "attribution_quality": {"from": 0.1, "to": 0.6},
        "capacity_wealth_share": {"from": 0.2, "to": 0.8},
        "weights": "20 draws",
        "design": "sobol",
        "points": 2,
    },
}


def test_a_point_is_a_run_of_its_scenario():
    """Whatever its axes are: dials, choices, lenses, levers of the text, shapes of the population,
    draws of weights.
    """
    points, result = Points(load_sweep(MIXED)), sim.sweep(MIXED)
    frame = result.frame()
    for point in (0, 3, 6, 15):
        run, rows = run_of(points, point), frame[frame["point"] == point]
        for outcome in MEASURED:
            for column, part in zip(column_names(outcome), outcome.parts, strict=True):
                assert np.array_equal(
                    rows[column], run.by_replicate[outcome.name, part], equal_nan=True
                ), column
        assert rows["harm_prevented"].tolist() == run.harm_by_replicate["harm_prevented"].tolist()
        assert rows["signed_USA"].mean() == run.signed["USA"]
        for kind, who in (("state", "USA"), ("firm", "Microsoft")):
            assert np.array_equal(
                rows[f"others_{kind}"], rows[f"signatories_{kind}"] - rows[f"signed_{who}"]
            )
        assert np.array_equal(rows["others_ngo"], rows["signatories_ngo"])


def test_a_point_has_the_weights_of_the_draw_whose_number_it_says():
    file = read_draws(draws_beside(shipped_weights("full")))
    points = Points(load_sweep({"scenario": "paris-call-2018", "levers": {"weights": "100 draws"}}))
    assert [points.values(point)["weights"] for point in range(100)] == list(range(1, 101))
    drawn = [name for name in file if name in DIALS and not DIALS[name].structural]
    for number in (1, 2, 100):
        dials = dict(zip(DIALS, points.dials(number - 1).tolist(), strict=True))
        assert [dials[name] for name in drawn] == [file[name][number - 1] for name in drawn]


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([name for name, dial in DIALS.items() if not dial.structural]), st.floats(0, 1)
)
def test_every_dial_reaches_compiled_code_as_in_a_run(name, share):
    low, high = DIALS[name].between
    value = low + share * (high - low)
    points = Points(
        load_sweep({"levers": {name: [float(round(value)) if DIALS[name].whole else value]}})
    )
    assert points.dials(0).tolist() == list(points.scenario(0).parameters.values())
    assert points.scenario(0).parameters[name] == points.values(0)[name]


def test_an_event_overrules_an_axis_from_its_round_on():
    sweep = load_sweep({"scenario": load_with_event(), "levers": {"sanctions": [2.0]}})
    schedule = Points(sweep).world(0).setting.schedule(Points(sweep).dials(0))
    column = list(DIALS).index("sanctions")
    assert schedule[:, column].tolist() == [2.0] * 15 + [0.5] * 58


def load_with_event() -> sim.Scenario:
    return sim.load("paris-call-2018").with_changes(
        events=[{"round": 5, "dial": "sanctions", "value": 0.5}]
    )


def test_without_common_random_numbers_each_point_has_draws_of_its_own():
    table = {
        "replicates": 2,
        "outcomes": ["operations"],
        "levers": {"wrongful_trace": [0.02, 0.020000001]},
    }
    same, own = (sim.sweep({**table, "common_random_numbers": common}) for common in (True, False))
    assert same.frame()["replicate"].tolist() == [1, 2, 1, 2]
    assert own.frame()["replicate"].tolist() == [1, 2, 3, 4]
    together, apart = (
        result.frame()["operations_all"].to_numpy().reshape(2, 2) for result in (same, own)
    )
    assert together[0].tolist() == together[1].tolist() == apart[0].tolist() != apart[1].tolist()
    assert (
        apart.ravel().tolist() == sim.run(replicates=4).by_replicate["operations", "all"].tolist()
    )


# The same numbers, always


@pytest.mark.parametrize("executor", ["threads", "own"])
def test_the_hash_depends_on_no_executor(done, tmp_path, executor):
    with ThreadPoolExecutor(2) as own:
        result = sim.sweep(
            SMALL, tmp_path / "out", executor=own if executor == "own" else executor, workers=2
        )
    assert result.hash == done.hash


class Broken(ThreadPoolExecutor):
    """An executor that refuses each of *refusals*, counted from 0, of what it is given: it has lost
    a worker.
    """

    def __init__(self, refusals: Container[int]) -> None:
        super().__init__(2)
        self.refusals, self.count = refusals, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.count += 1
        if self.count - 1 in self.refusals:
            raise BrokenExecutor
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize("refusals", [{0}, {1, 2, 4}, {3, 5, 8}], ids=str)
def test_a_worker_that_is_lost_before_it_is_given_a_chunk_costs_nothing(
    done, tmp_path, monkeypatch, refusals
):
    monkeypatch.setattr("sim.sweeps.run_sweep.trial", lambda points: Trial(0.5, 100.0))
    with Broken(refusals) as own:
        assert sim.sweep(SMALL, tmp_path / "out", executor=own, workers=2).hash == done.hash
    assert own.count > max(refusals)


def test_an_executor_that_takes_no_chunk_is_given_up(tmp_path):
    with (
        Broken(range(10**6)) as own,
        pytest.raises(sim.InputError, match=r"workers ended 4 times before they finished a chunk"),
    ):
        sim.sweep(SMALL, tmp_path / "out", executor=own)


@pytest.mark.long
@pytest.mark.parametrize("executor", ["processes", "dask"])
def test_the_hash_depends_on_no_process(done, tmp_path, executor):
    if executor == "dask":
        pytest.importorskip("distributed")
    assert sim.sweep(SMALL, tmp_path / "out", executor=executor, workers=2).hash == done.hash


@pytest.mark.long
def test_a_sweep_by_dask_needs_no_port_of_its_own(done):
    """The port of Dask's own status page is another program's, as it is where two sweeps run side
    by side.
    """
    pytest.importorskip("distributed")
    with ExitStack() as other_program:
        with suppress(OSError):
            other_program.enter_context(socket.create_server(("", 8787)))
        assert sim.sweep(SMALL, executor="dask", workers=2).hash == done.hash


@pytest.mark.parametrize("size", [1, 4, 18])
def test_the_hash_depends_on_no_chunk(done, tmp_path, monkeypatch, size):
    monkeypatch.setattr("sim.sweeps.run_sweep.trial", lambda points: Trial(1.0 / size, 100.0))
    result = sim.sweep(SMALL, tmp_path / "out", workers=1)
    assert result.hash == done.hash
    assert result.frame().equals(done.frame())


def test_another_seed_has_another_hash(done):
    assert sim.sweep({**SMALL, "seed": 2}).hash != done.hash


def test_the_hash_knows_what_the_numbers_are_called(tmp_path):
    parts = [Part(0, 1, f"{name}.parquet", 0, "") for name in ("operations", "harm")]
    for part in parts:
        table = pa.table({part.file.partition(".")[0]: [1.0]})
        pq.write_table(table, tmp_path / part.file)
    one, other = (hash_of_numbers(tmp_path, [part]) for part in parts)
    assert one != other


def test_the_hash_tells_a_changed_number(done, tmp_path):
    import pyarrow as pa

    from sim.sweeps.sweep_folder import row_bytes

    table = pa.Table.from_pandas(done.frame())
    changed = done.frame().assign(harm_prevented=lambda frame: frame["harm_prevented"] + 1e-12)
    assert row_bytes(table) == row_bytes(pa.Table.from_pandas(done.frame()))
    assert row_bytes(table) != row_bytes(pa.Table.from_pandas(changed))


# On disk


def test_a_sweep_goes_on_from_where_it_was_left(done, tmp_path, monkeypatch):
    """Here after eight of its runs, as an interruption leaves it."""
    out, after = tmp_path / "out", []

    def stop(count: int, total: int) -> None:
        after.append(count)
        if count >= 8:
            raise KeyboardInterrupt

    monkeypatch.setattr("sim.sweeps.run_sweep.trial", lambda points: Trial(0.5, 100.0))
    with pytest.raises(KeyboardInterrupt):
        sim.sweep(SMALL, out, workers=1, progress=stop)
    left = sim.open_sweep(out)
    kept = left.runs_complete
    assert 8 <= kept < left.runs
    assert not left.is_finished
    counts: list[int] = []
    result = sim.sweep(SMALL, out, workers=1, progress=lambda count, total: counts.append(count))
    assert min(counts) > kept
    assert result.hash == done.hash


def harmed(out: Path, done: sim.SweepResult, how: str) -> None:
    """The finished sweep copied to *out*, with its last file harmed and no manifest."""
    import shutil

    shutil.copytree(done.folder, out)
    (out / "manifest.json").unlink()
    last = sorted((out / RUNS).iterdir())[-1]
    lines = (out / LEDGER).read_bytes().splitlines(keepends=True)
    if how == "torn":
        last.write_bytes(last.read_bytes()[:-20])
    elif how == "zeros":
        last.write_bytes(b"\0" * last.stat().st_size)
    elif how == "missing":
        last.unlink()
    elif how == "no line":
        (out / LEDGER).write_bytes(b"".join(lines[:-1]))
    elif how == "half a line":
        (out / LEDGER).write_bytes(b"".join(lines)[:-30])
    elif how == "stray":
        (last.parent / "000000000000-000000000001.parquet").write_bytes(last.read_bytes())
    elif how == "twice":
        (out / LEDGER).write_bytes(b"".join([*lines, lines[-1]]))


@pytest.mark.parametrize(
    "how", ["torn", "zeros", "missing", "no line", "half a line", "stray", "twice"]
)
def test_what_is_not_whole_is_done_again(done, tmp_path, how):
    harmed(tmp_path / "out", done, how)
    again = sim.sweep(SMALL, tmp_path / "out", workers=1)
    assert again.hash == done.hash
    files = sorted(path.name for path in (again.folder / RUNS).iterdir())
    assert files == [Path(part.file).name for part in again.parts]


def test_a_finished_sweep_is_not_done_again(done):
    counts: list[int] = []
    assert (
        sim.sweep(SMALL, done.folder, progress=lambda count, total: counts.append(count)).hash
        == done.hash
    )
    assert counts == []


def test_two_sweeps_do_not_share_a_folder(done):
    with pytest.raises(sim.InputError, match="found another sweep there"):
        sim.sweep({**SMALL, "seed": 2}, done.folder)


def test_a_folder_of_something_else_stays_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(sim.InputError, match=r"found notes\.txt there, which is of no sweep"):
        sim.sweep(SMALL, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_second_writer_is_refused(tmp_path):
    def second(count: int, total: int) -> None:
        with pytest.raises(sim.InputError, match="another sweep is being written there"):
            sim.sweep(SMALL, tmp_path / "out")
        refused.append(count)

    refused: list[int] = []
    sim.sweep(SMALL, tmp_path / "out", workers=1, progress=second)
    assert refused


def test_a_finished_sweep_can_be_verified(done, tmp_path):
    verification = sim.verify(done.folder)
    assert verification.is_whole
    assert verification.others == ()
    assert verification.runs["great-powers-sign"]["seed"] == 1
    harmed(tmp_path / "out", done, "torn")
    with pytest.raises(sim.InputError, match="found a sweep that is not finished"):
        sim.verify(tmp_path / "out")


def test_a_run_does_not_take_the_place_of_a_sweep(done):
    before = sorted(path.name for path in done.folder.iterdir())
    with pytest.raises(
        sim.InputError, match=r"found manifest\.json, which is not as a run wrote it"
    ):
        sim.run(replicates=1).save(done.folder)
    assert sorted(path.name for path in done.folder.iterdir()) == before


def test_every_number_has_its_basis(done):
    assert done.columns.set_index("name")["basis"].to_dict() == {
        **dict.fromkeys(("signatories_state", "signatories_firm", "signatories_ngo"), "what_if"),
        **dict.fromkeys(("harm_prevented", *(column_names(sim.OUTCOMES["operations"]))), "assumed"),
    }
    closed = load_sweep({**SMALL, "levers": {"text_openness": [0.2, 0.8]}})
    from sim.sweeps.columns import columns_of

    assert {row["basis"] for row in columns_of(closed) if row["outcome"] == "signatories"} == {
        "extrapolated"
    }


def test_means_are_those_of_the_frame(done):
    frame = done.frame().groupby("point")["harm_prevented"].agg(["mean", "std"])
    means = done.means(["harm_prevented"])
    np.testing.assert_allclose(means["harm_prevented"], frame["mean"], rtol=1e-12)
    np.testing.assert_allclose(means["harm_prevented_sd"], frame["std"], rtol=1e-6)


# The command


def test_the_command_says_hash_runs_and_seconds(done, tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(
        'scenario = "great-powers-sign"\nreplicates = 3\noutcomes = ["signatories",'
        ' "harm_prevented", "operations"]\n[levers]\nsanctions = [0, 1.5]\n[uncertainties]\ndesign'
        ' = "latin hypercube"\npoints = 3\nattribution_quality = { from = 0.1, to = 0.6 }\n'
    )
    code, output, report = parley("sweep", str(file), "-o", str(tmp_path / "out"), "--json", "-")
    assert (code, report) == (0, "")
    content = json.loads(output)
    assert content["hash"] == done.hash
    assert content["runs"] == 18
    assert content["seconds"] > 0
    code, output, _ = parley("sweep", str(file), "-o", str(tmp_path / "out"), "--status")
    assert "18 of 18 runs are done (100\u00a0%)" in output
    code, output, _ = parley("sweep", str(file), "--dry-run")
    assert "18 runs: 6 points of 3 worlds each" in output
