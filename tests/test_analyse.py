"""`parley analyse` on runs of the simulator: sentences, tables, JSON, and a page that needs nothing
else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import parley
from playwright.sync_api import Page

import sim
from dashboard.data.ready_answers import answers
from dashboard.data.ready_questions import ready_questions
from dashboard.report.page import page
from sim.analysis.convergence import Estimate, verdict
from sim.analysis.findings import TABLES
from sim.analysis.words import rounded
from sim.errors import InputError
from sim.findings import Verdict
from sim.scenario.files import DEFAULT
from sim.sweeps.files import available_sweeps
from sim.sweeps.sweep_file import load_sweep

ANSWER = {"outcome": "harm_prevented", "lever": "sanctions", "by": "attribution_quality"}
SMALL = {
    "scenario": DEFAULT,
    "title": "Small",
    "question": "Do sanctions prevent harm?",
    "replicates": 3,
    "outcomes": ["signatories", "harm_prevented"],
    "levers": {"sanctions": [0, 2]},
    "uncertainties": {
        "attribution_quality": {"from": 0.1, "to": 0.6},
        "design": "latin hypercube",
        "points": 4,
    },
    "answer": ANSWER,
}
PREDICTION = re.compile(r"\b(will|forecast|predict\w*|probab\w*|likely|expect\w*)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> sim.SweepResult:
    return sim.sweep(SMALL, tmp_path_factory.mktemp("sweep") / "out", workers=1)


@pytest.fixture(scope="module")
def analysis(done: sim.SweepResult) -> sim.Analysis:
    return sim.analyse(done)


def test_the_effect_of_a_lever_is_the_paired_difference_of_runs(done, analysis):
    runs = done.frame().pivot_table(
        index=["attribution_quality", "replicate"], columns="sanctions", values="harm_prevented"
    )
    (row,) = analysis.tables["effects"].to_dict("records")
    assert (row["before"], row["after"], row["cases"]) == (0, 2, 4)
    assert row["mean"] == pytest.approx((runs[2.0] - runs[0.0]).mean())
    assert row["worlds_above"] == pytest.approx((runs[2.0] > runs[0.0]).mean())
    assert f"{rounded(row['mean'])}\u00a0points higher" in analysis.answer


def test_an_outcome_means_the_same_group_wherever_it_is_named(tmp_path):
    levers = {"sanctions": [0, 1]}
    table = {"replicates": 1, "outcomes": ["compliance", "signatories"], "levers": levers}
    done = sim.sweep(table, tmp_path / "out", workers=1)
    by_default, by_name = sim.analyse(done), sim.analyse(done, outcome="compliance")
    assert by_default.query.columns == by_name.query.columns
    assert [column.name for column in by_name.query.columns] == ["compliance_all"]
    where = sim.analyse(done, where="compliance < 0.5").query.where
    assert where.name == "compliance_all"
    (of_states,) = sim.analyse(done, outcome="signatories").query.columns
    assert of_states.name == "signatories_state"


def test_regions_are_means_of_the_cases_in_them(done, analysis):
    runs = done.means(["harm_prevented"]).pivot_table(
        index="attribution_quality", columns="sanctions", values="harm_prevented"
    )
    differences = (runs[2.0] - runs[0.0]).sort_index()
    assert analysis.tables["regions"]["mean"].tolist() == pytest.approx(
        differences.tolist()
    )  # few values, one part each


def test_the_table_answer_changes_no_number_of_a_sweep():
    without = {key: value for key, value in SMALL.items() if key != "answer"}
    assert load_sweep(SMALL).sha256 == load_sweep(without).sha256


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ({"outcome": "harm"}, r"\[answer\]: outcome is 'harm', expected some of signatories"),
        (
            {"outcome": ["signatories_state", "power_share"]},
            r"outcome is .*power_share.*, expected some of",
        ),
        (
            {"lever": "sanction"},
            r"lever is 'sanction', expected one of the axes .*did you mean 'sanctions'",
        ),
        ({"by": "temptation"}, r"by is 'temptation', expected one of the axes"),
        ({"lever": 3}, r"lever is 3"),
        ({"threshold": 3}, r"\[answer\]"),
    ],
)
def test_a_wrong_answer_is_refused_before_anything_is_simulated(answer, named):
    with pytest.raises(InputError, match=named):
        load_sweep({**SMALL, "answer": answer})


def test_every_sentence_table_and_figure_says_what_it_rests_on(done):
    both = sim.analyse(done, outcome=["harm_prevented", "signatories_state"])
    bases = {"harm_prevented": "assumed", "signatories_state": "what_if"}
    assert {each.outcome: each.basis for each in both.sentences} == bases
    for each in both.sentences:
        if each.kind != "enough":
            assert each.text.endswith(f"[{sim.BASES[each.basis]}]")
    for frame in both.tables.values():
        assert [bases[name] for name in frame["outcome"]] == frame["basis"].tolist()
    html = page(both)
    assert html.count('class="badge assumed"') >= 3
    assert html.count('class="badge what_if"') >= 3


@pytest.mark.parametrize(
    ("from_points", "from_replicates", "add", "times", "stays"),
    [
        (0.0, 11.5, "replicates", 1.1, False),  # a tenth more, not twice as many
        (0.0, 33.0, "replicates", 9, False),
        (
            9.0,
            19.9,
            "replicates",
            10,
            True,
        ),  # of (19.9² + 9²) / 11² = 4 times, as what the points make stays
    ],
)
def test_so_many_more_worlds_are_needed_as_narrow_an_interval_to_its_target(
    from_points, from_replicates, add, times, stays
):
    half = float(np.hypot(from_points, from_replicates))
    estimate = Estimate(
        ["x"], *(np.array([value]) for value in (50.0, half, from_points, from_replicates))
    )
    found = verdict(estimate, [11.0])
    assert (found.enough, found.add, found.times, found.stays) == (False, add, times, stays)
    assert verdict(estimate, [half]).enough


def test_no_sentence_foretells_anything(analysis):
    assert [each.text for each in analysis.sentences if PREDICTION.search(each.text)] == []


@pytest.mark.parametrize(
    ("points", "cases"), [(6, 2), (4, 0)]
)  # of eight, four for each value of the lever
def test_an_unfinished_sweep_is_analysed_as_far_as_it_is_done(done, tmp_path, points, cases):
    for name in ("sweep.json", "points.parquet"):
        (tmp_path / name).write_bytes((done.folder / name).read_bytes())
    (tmp_path / "runs").mkdir()
    runs = points * done.replicates
    file = f"runs/{0:012d}-{runs:012d}.parquet"
    done.frame().iloc[:runs].to_parquet(tmp_path / file, index=False)
    line = {"first": 0, "last": runs, "file": file, "bytes": 1, "sha256": ""}
    (tmp_path / "ledger.jsonl").write_text(json.dumps(line) + "\n")
    part = sim.analyse(tmp_path)
    assert (
        part.notes[0]
        == f"The sweep is not finished: {runs} of 24 runs are done, and only those count."
    )
    assert part.tables["outcomes"]["points"].tolist() == [points]
    assert (
        part.tables["effects"]["cases"].tolist() == [cases]
        if cases
        else "effects" not in part.tables
    )
    assert ("No two points are done yet that differ by sanctions alone." in part.notes) == (
        cases == 0
    )
    assert part.answer


def test_the_command_prints_the_answer_first_and_the_hash_last(done):
    end = parley("analyse", str(done.folder))
    assert end.code == 0
    lines = [line for line in end.out.splitlines() if line]
    assert lines[0] == "Small: Do sanctions prevent harm?"
    plain, exact = " ".join(" ".join(lines[1:4]).split()).split(". ")[:2]
    assert plain.startswith("Yes: with the strongest sanctions, the code prevents")
    assert exact.startswith(
        "With sanctions at 2 (the strongest) instead of 0 (none), harm prevented by the code is"
    )
    assert done.hash in lines[-1]


def test_json_is_strict_and_has_every_table_and_the_same_answer(done, analysis):
    end = parley("analyse", str(done.folder), "--json", "-")
    content = json.loads(end.out, parse_constant=lambda text: pytest.fail(f"{text} is no JSON"))
    assert content == analysis.as_json()
    assert {*TABLES} - {"cases"} <= set(content)
    assert content["sentences"][0]["kind"] == "answer"


def test_a_folder_holds_tables_a_page_and_a_manifest_that_can_be_verified(done, tmp_path):
    end = parley("analyse", str(done.folder), "--out", str(tmp_path / "answer"), "--format", "csv")
    assert end.code == 0
    assert {path.name for path in (tmp_path / "answer").iterdir()} >= {
        "effects.csv",
        "report.html",
        "analysis.json",
        "manifest.json",
    }
    assert parley("verify", str(tmp_path / "answer")).code == 0
    assert pd.read_csv(tmp_path / "answer" / "effects.csv")["mean"][0] > 0
    again = parley("analyse", str(done.folder), "--out", str(tmp_path / "again"), "--format", "csv")
    assert again.code == 0
    anew = parley("analyse", str(done.folder), "--out", str(tmp_path / "again"), "--format", "csv")
    assert anew.code == 0
    for path in (tmp_path / "answer").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: found no sweep there"),
        (("{folder}", "--outcome", "harm"), "outcome is 'harm'"),
        (("{folder}", "--lever", "attribution_quality"), "lever is attribution_quality"),
        (
            ("{folder}", "--where", "harm_prevented"),
            "where is 'harm_prevented', expected an outcome",
        ),
        (("{folder}", "--format", "csv"), "found --format alone"),
    ],
)
def test_wrong_input_is_one_sentence(done, arguments, said):
    end = parley("analyse", *(each.format(folder=done.folder) for each in arguments))
    assert end.is_refusal
    assert said in end.err


def test_the_page_holds_all_it_needs(analysis):
    html = page(analysis)
    without_plotly = re.sub(r"<script>(?!\s*\"use strict\").*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", without_plotly)
    assert analysis.study.sha256 in html
    assert analysis.study.question in html


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_opens_with_no_network_and_fits(analysis, tmp_path, page: Page, width, scheme):
    from dashboard.report.page import page as page_of

    file = Path(tmp_path / "report.html")
    file.write_text(page_of(analysis), encoding="utf-8")
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(file.as_uri())
    page.wait_for_selector(".graph .main-svg")
    assert problems == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".graph:has(.main-svg)").count() == page.locator(".graph").count()


def test_hysteresis_is_the_difference_at_the_same_value_in_the_same_months():
    found = sim.hysteresis(
        "sanctions", "confidence", low=0, high=2, steps=3, months=12, replicates=4
    )
    frame = found.frame
    assert frame["value"].tolist() == [0, 1, 2]
    assert (frame["from_above"] - frame["from_below"]).tolist() == pytest.approx(
        frame["difference"].tolist()
    )
    assert found.finding.estimate == frame["difference"][1]
    assert found.finding.luck.low <= found.finding.estimate <= found.finding.luck.high
    assert found.sentence.endswith("[assumed]")
    still = sim.hysteresis(
        "naming_dependence", "signatories_state", steps=2, months=12, replicates=2
    )
    assert np.abs(still.frame["difference"]).max() == 0  # whom victims name moves no signature
    assert still.finding.verdict is Verdict.NOTHING
    assert "not clearly another one" in still.sentence


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("sanction", "confidence"), "there is no dial 'sanction'"),
        (("sanctions", "confidenc"), "outcome is 'confidenc', expected one of"),
        (("sanctions", "harm_prevented"), "outcome is 'harm_prevented', expected one of"),
    ],
)
def test_hysteresis_of_what_is_not_there_is_refused(arguments, named):
    with pytest.raises(InputError, match=named):
        sim.hysteresis(*arguments)


@pytest.mark.parametrize("name", [name for name, _, _ in available_sweeps()])
def test_every_ready_sweep_asks_a_question_that_its_axes_can_answer(name):
    ready = load_sweep(name)
    assert ready.question.endswith("?")
    assert ready.answer["outcome"]
    assert ready.runs <= 10_000


@pytest.mark.release
@pytest.mark.parametrize(
    "name", ["attribution-and-sanctions", "depth-and-breadth", "monitoring", "which-great-power"]
)
def test_no_other_seed_turns_a_clear_effect_of_a_ready_sweep_around(name, tmp_path):
    """Another seed beside that of the answer that ships, in a part of its worlds, as all of them
    take minutes.
    """
    shipped = answers()[ready_questions()[name].key]
    signs = {
        (row["outcome"], row["after"]): row["mean"] > 0
        for row in shipped["effects"]
        if row["clear"]
    }
    analysis = sim.analyse(sim.sweep(name, tmp_path, seed=shipped["seed"] + 1, replicates=6))
    assert [each for each in analysis.sentences if each.kind == "answer"]
    clear = {
        (row.outcome, row.after): row.mean > 0
        for row in analysis.tables["effects"].itertuples()
        if row.clear
    }
    assert signs.keys() & clear.keys()
    assert [
        effect for effect in signs.keys() & clear.keys() if signs[effect] != clear[effect]
    ] == []
