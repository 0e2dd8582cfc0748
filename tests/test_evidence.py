"""The record of evidence: what ships is about the weights that ship; how it is read, computed and
written.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from markdown_it import MarkdownIt

import sim
from dashboard import cli
from sim import cache_folder
from sim.errors import InputError
from sim.evidence import fit_file, in_sample, pipeline
from sim.evidence.record import Evidence, evidence_on_record
from sim.evidence.report import figures, page, rendering
from sim.request import Request
from sim.scenario.weights import shipped_weights
from sim.writing import json_text

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def shipped() -> Evidence:
    return sim.evidence_on_record()


# What ships.


def test_the_record_is_about_the_weights_that_ship(shipped: Evidence) -> None:
    fit = fit_file.read(shipped_weights("full"))
    assert shipped.content["manifest"]["weights"] == pipeline.weights_sha256(fit), (
        "run make evidence"
    )
    assert shipped.content["calibration"] == pipeline.calibration_of(fit)
    assert shipped.content["manifest"]["scenario"]["sha256"] == sim.load("paris-call-2018").sha256


def test_the_page_of_evidence_is_read_in_five_minutes() -> None:
    lines = (ROOT / "docs/evidence.md").read_text("utf-8").splitlines()
    prose = [line for line in lines if line[:1] not in ("|", "#", "!")]
    assert len(" ".join(prose).split()) <= 1200
    assert sum(line.startswith("| ---") for line in lines) <= 2
    assert [line for line in lines if re.search(r"AUC|Brier|likelihood", line)] == []


def test_the_first_screen_is_three_sentences_and_a_figure_and_leads_to_every_page() -> None:
    blocks = MarkdownIt().parse((ROOT / "docs/evidence.md").read_text("utf-8"))
    content = [
        block for block in blocks if block.type in ("heading_open", "inline", "list_item_open")
    ]
    figure = next(
        place
        for place, block in enumerate(content)
        if any(child.type == "image" for child in block.children or ())
    )
    first, rest = content[:figure], content[figure:]
    assert [block.type for block in first] == [
        "heading_open", "inline", *("list_item_open", "inline") * 3,
    ]  # fmt: skip
    assert sum(len(block.content.split()) for block in first) < 150
    links = {
        child.attrs["href"].partition("#")[0]
        for block in rest
        for child in block.children or ()
        if child.type == "link_open"
    }
    assert {f"evidence/{name}.md" for name in page.PAGES} <= links


def test_templates_are_loaded_with_the_first_sentence() -> None:
    program = (
        "import sys, parley; record = parley.evidence_on_record; print('jinja2' in sys.modules);"
        " record(); print('jinja2' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["False", "True"]


def test_a_heading_of_a_template_that_nothing_shows_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rendering, "texts_of", lambda name: Template("# sentence x\n\nUnread."))
    with pytest.raises(KeyError, match="sentence x"):
        rendering.blocks("any")


# Where it cannot be read.


def without(key: str, part: str = "") -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        del (content[part] if part else content)[key]

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            without("recovery"),
            "recovery is missing or no object, expected a record as `parley evidence` writes it",
        ),
        (without("transfer"), "transfer is missing or no list"),
        (without("time_split", "backtest"), "backtest has no time_split, expected a record"),
        (lambda content: content["transfer"][1].pop("auc"), "transfer number 2 has no auc"),
        (lambda content: content.update(in_sample=[]), "in_sample is missing or no object"),
        (
            lambda content: content["in_sample"].update(dates=[{}]),
            "its content cannot be read (KeyError(",
        ),
        (
            lambda content: content["backtest"].update(differences=None),
            "its content cannot be read (TypeError(",
        ),
    ],
)
def test_a_record_of_another_shape_is_refused(
    shipped: Evidence, tmp_path: Path, change: Callable[[dict[str, Any]], None], expected: str
) -> None:
    content = deepcopy(dict(shipped.content))
    change(content)
    path = tmp_path / "evidence.json"
    path.write_text(json_text(content), "utf-8")
    with pytest.raises(InputError, match=re.escape(expected)):
        evidence_on_record(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty"),
        ("{", "it is no JSON"),
        ("[]", "found JSON of another kind"),
        (None, "no such file"),
    ],
)
def test_a_record_that_is_torn_or_missing_is_refused(
    tmp_path: Path, text: str | None, expected: str
) -> None:
    path = tmp_path / "evidence.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=expected):
        evidence_on_record(path)


# How it comes about.


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Every piece answers at once with its name; which were asked for is noted."""
    asked: list[str] = []

    def piece(name: str) -> pipeline.Piece:
        def work(fit: Any, request: Request) -> Any:
            asked.append(name)
            if request.progress is not None:
                request.progress(1, 2)
            return {"seed": request.seed, "of": name}

        return work

    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)
    monkeypatch.setattr(pipeline, "PIECES", {name: piece(name) for name in pipeline.PIECES})
    return asked


def test_a_gathered_record_has_every_part(quick: list[str]) -> None:
    content = pipeline.gather(seed=3).content
    assert set(content) == set(sim.evidence_on_record().content)
    assert content["recovery"] == {"seed": 3, "of": "recovery"}
    assert content["manifest"]["seed"] == 3


def test_progress_only_grows_and_ends_at_all(quick: list[str]) -> None:
    told: list[tuple[int, int]] = []
    pipeline.gather(progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == sum(pipeline.SECONDS.values())
    assert set(pipeline.SECONDS) == set(pipeline.PIECES)


def test_an_interrupted_gathering_loses_no_piece_that_was_finished(
    quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    whole = dict(pipeline.PIECES)
    last = list(pipeline.SECONDS)[-1]
    monkeypatch.setattr(pipeline, "PIECES", {**whole, last: interrupted})
    with pytest.raises(KeyboardInterrupt):
        pipeline.gather()
    monkeypatch.setattr(pipeline, "PIECES", whole)
    quick.clear()
    pipeline.gather()
    assert quick == [last]


def test_dates_in_sample_stand_beside_both_intervals(
    weights: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_sample, "WORLDS", 10)
    monkeypatch.setattr(in_sample, "WORLDS_OF_A_DRAW", 3)
    drawn = {dial: [value, value] for dial, value in weights.items()}
    told = in_sample.in_sample(sim.load("paris-call-2018"), weights, drawn, seed=1)
    assert (told["draws"], told["of"]) == (2, {"state": 13, "firm": 13, "ngo": 13})
    run = sim.run(replicates=told["worlds"], seed=1, conduct=False).table()
    assert [row["fitted"]["median"] for row in told["dates"] if row["kind"] == "firm"] == run.loc[
        run["kind"] == "firm", "median"
    ].tolist()


# By command.

PAGES = ["evidence.md", *(f"evidence/{name}.md" for name in page.PAGES)]
FILES = [*PAGES, "evidence/models.svg"]


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["parley", "evidence", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_the_command_says_the_headline_and_what_it_wrote(
    shipped: Evidence,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(figures, "all_of", lambda *whole: {"models.svg": "<svg/>"})
    assert command(monkeypatch, "--from", "shipped", "--out", str(tmp_path / "new")) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert all(" ".join(sentence.split()) in said for sentence in shipped.sentences["headline"])
    assert f"{tmp_path}/new/evidence.md" in said
    assert not (tmp_path / "new/evidence.json").exists()
    assert sim.verify(tmp_path / "new").files == dict.fromkeys(FILES, "whole")


def test_the_files_in_docs_are_those_of_its_manifest() -> None:
    assert sim.verify(ROOT / "docs").faults == (), "run parley evidence --from shipped"


def test_the_command_computes_and_keeps_the_record_beside_the_page(
    shipped: Evidence,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked: list[int] = []

    def gathered(seed: int, workers: int | None, progress: Any) -> Evidence:
        asked.append(seed)
        return shipped

    monkeypatch.setattr(pipeline, "gather", gathered)
    monkeypatch.setattr(figures, "all_of", lambda *whole: {"models.svg": "<svg/>"})
    assert command(monkeypatch, "--out", str(tmp_path), "--seed", "4", "--json", "-") == 0
    assert asked == [4]
    assert json.loads(capsys.readouterr().out) == shipped.content
    assert json.loads((tmp_path / "evidence.json").read_text("utf-8")) == shipped.content
    assert (tmp_path / "evidence.md").is_file()


def test_a_record_in_the_folder_is_one_of_its_files_and_stays_when_the_page_is_written_anew(
    shipped: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "gather", lambda *how: shipped)
    monkeypatch.setattr(figures, "all_of", lambda *whole: {"models.svg": "<svg/>"})
    new, record = tmp_path / "new", tmp_path / "new" / "records" / "1.json"
    assert command(monkeypatch, "--out", str(new), "--record", str(record)) == 0
    files = dict.fromkeys(["records/1.json", *FILES], "whole")
    assert sim.verify(new).files == files
    assert command(monkeypatch, "--from", str(record), "--out", str(new)) == 0
    assert sim.verify(new).files == files
    assert json.loads(record.read_text("utf-8")) == shipped.content
