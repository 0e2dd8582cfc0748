"""The page Sweeps: the results that it lists, its routes, and the page in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_pages import faults_by_scheme
from test_sweep_questions import BASE, OWN, QUESTION, READY, table_of_own
from visits import serving

import sim
from dashboard import worker
from dashboard.app import create_app
from dashboard.data.own_sweep import MOST_RUNS
from dashboard.data.questions import question_from
from dashboard.data.sweep_answers import answer_of
from dashboard.jobs import CANCELLED, DONE, WAITING, Jobs
from dashboard.limits import PUBLIC
from dashboard.results import Results
from dashboard.worker import Worker
from sim.number_formats import count

ME, YOU = "0123456789abcdef", "fedcba9876543210"
LONGEST = 240_000  # milliseconds that a busy computer may take, the compiler's share included


@pytest.fixture(scope="module")
def result() -> sim.SweepResult:
    """The sweep of one's own, by the library."""
    return sim.sweep(table_of_own(question_from(QUESTION)))


# Results in a folder of the server


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with a result that is whole, and one that is not."""
    place = tmp_path_factory.mktemp("results")
    sim.sweep(
        {"replicates": 2, "outcomes": ["listed"], "levers": {"attention_scale": [0.5, 1]}},
        place / "whole",
    )

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sim.sweep(
            {
                "replicates": 20,
                "outcomes": ["listed"],
                "title": "Half",
                "question": "What of a half?",
                "levers": {"attention_scale": {"from": 0, "to": 2, "steps": 200}},
            },
            place / "half",
            progress=stop,
        )
    return place


@pytest.mark.long
def test_a_folder_of_results_is_listed_by_name_with_what_is_done(folder):
    rows = {row["name"]: row for row in Results.within(folder).listing()}
    assert set(rows) == {"half", "whole"}
    assert rows["whole"]["done"] == rows["whole"]["runs"] == 4
    assert 0 < rows["half"]["done"] < rows["half"]["runs"] == 4000
    assert rows["half"]["question"] == "What of a half?"
    assert [row["name"] for row in Results.within(folder / "whole").listing()] == ["whole"]


@pytest.mark.long
def test_an_unfinished_result_is_answered_as_far_as_it_is_done_and_says_so(folder):
    question = question_from(READY | {"asked": "result=half"}, Results.within(folder))
    again = question_from(
        json.loads(json.dumps(question.content)), folder=question.content["folder"]
    )
    assert again.key == question.key
    answer = again.answer()
    assert "not finished" in answer["notes"][0]
    assert str(folder) not in json.dumps(answer)


@pytest.mark.long
def test_a_result_that_went_away_is_one_sentence_that_tells_no_path(folder, tmp_path):
    place = tmp_path / "all"
    shutil.copytree(folder, place)
    results = Results.within(place)
    shutil.rmtree(place / "whole")
    with pytest.raises(sim.InputError) as problem:
        _ = question_from(READY | {"asked": "result=whole"}, results).key
    assert str(tmp_path) not in str(problem.value)
    row = next(row for row in results.listing() if row["name"] == "whole")
    assert row["problem"]
    assert str(tmp_path) not in row["problem"]


def damaged(folder: Path, place: Path, change: Any) -> Path:
    shutil.copytree(folder / "whole", place / "whole")
    file = place / "whole" / "sweep.json"
    file.write_text(change(file.read_text()))
    return place


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: text[:200],
        lambda text: "[]",
        lambda text: text.replace('"replicates"', '"x"'),
        lambda text: text.replace('"points"', '"x"'),
        lambda text: text.replace('"axes"', '"x"'),
        lambda text: text.replace('"basis"', '"x"'),
    ],
)
def test_a_damaged_result_is_refused_in_one_sentence(folder, tmp_path, change):
    with pytest.raises(sim.InputError) as problem:
        Results.within(damaged(folder, tmp_path, change))
    assert len(str(problem.value).splitlines()) == 1


@pytest.mark.long
@pytest.mark.parametrize("place", [".", "none", ""])
def test_a_folder_without_results_ends_the_command_in_one_sentence(tmp_path, root, place):
    command = [
        sys.executable,
        "-m",
        "parley",
        "dashboard",
        "--sweeps",
        str(tmp_path / place) if place else "",
    ]
    process = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert process.returncode == 2
    assert len(process.stderr.strip().splitlines()) == 1
    assert "--sweeps" in process.stderr


# Its routes


@pytest.fixture
def jobs(tmp_path) -> Jobs:
    return Jobs(tmp_path)


@pytest.fixture
def client(jobs, folder, monkeypatch) -> FlaskClient:
    """A client of a server whose worker sleeps, and which shows results."""
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    return create_app(jobs=jobs, results=Results.within(folder)).server.test_client()


def test_the_same_sweep_of_two_visitors_is_one_job(client):
    first = client.post("/data/jobs", json=QUESTION | {"visitor": ME}).get_json()
    second = client.post("/data/jobs", json=QUESTION | {"visitor": YOU}).get_json()
    assert first["state"] == second["state"] == WAITING
    assert first["key"] == second["key"]
    assert (
        client.post(f"/data/jobs/{first['key']}/leave", json={"visitor": ME}).get_json()["state"]
        == WAITING
    )
    assert (
        client.post(f"/data/jobs/{first['key']}/leave", json={"visitor": YOU}).get_json()["state"]
        == CANCELLED
    )


def test_no_visitor_names_a_folder(client, folder):
    question = READY | {"visitor": ME, "asked": "result=elsewhere", "folder": str(folder / "whole")}
    response = client.post("/data/jobs", json=question)
    assert response.status_code == 400
    assert "'elsewhere'" in response.get_json()["message"]
    assert str(folder) not in response.text
    for path in ("/data/sweeps", "/data/jobs?kind=sweep&view=&asked=result%3Dwhole"):
        assert str(folder) not in client.get(path).text


def test_a_public_server_shows_no_results_unless_it_is_told_to(jobs, monkeypatch):
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    client = create_app(PUBLIC, jobs=jobs).server.test_client()
    assert client.get("/data/sweeps").get_json()["results"] == []
    assert (
        client.post("/data/jobs", json=READY | {"visitor": ME, "asked": "result=whole"}).status_code
        == 400
    )
    assert client.post("/data/jobs", json=READY | {"visitor": ME}).get_json()["state"] == DONE


def test_a_sweep_that_is_too_large_is_refused_in_one_sentence(client):
    asked = "lever=sanctions:0 to 1 in 20&lever=monitoring:0 to 1 in 20&worlds=100"
    for response in (
        client.post("/data/jobs", json=QUESTION | {"visitor": ME, "asked": asked}),
        client.get("/data/jobs", query_string=QUESTION | {"asked": asked}),
    ):
        assert response.status_code == 400
        assert f"at most {MOST_RUNS:,}" in response.get_json()["message"]


def test_the_tables_of_an_answer_can_be_downloaded(client, jobs, result):
    key = question_from(QUESTION).key
    jobs.ask(key, QUESTION, ME)
    jobs.claim("worker")
    jobs.end(key, "worker", answer_of(result))
    for name in ("points", "effects"):
        response = client.get(f"/data/jobs/{key}/{name}.csv")
        assert response.status_code == 200
        assert "attachment" in response.headers["Content-Disposition"]
    assert client.get(f"/data/jobs/{key}/boxes.csv").status_code == 404
    assert client.get(f"/data/jobs/{key}/people.csv").status_code == 400


# The page


@pytest.fixture
def address_with_results(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(worker, "LOW_PRIORITY", 0)  # as in conftest
    with serving(create_app(jobs=Jobs(tmp_path), results=Results.within(folder))) as url:
        yield url


@pytest.mark.long
@pytest.mark.browser
def test_a_sweep_of_ones_own_is_asked_by_keyboard_and_a_point_opens_in_simulate(
    page: Page, open_page, result
):
    visit = open_page(f"sweeps?{BASE}&{urlencode({'sweep': OWN})}")
    expect(page.get_by_role("textbox", name="at").first).to_have_value("0,2")
    expect(page.locator("#sweep-plan")).to_contain_text("8 settings of 3 worlds each: 24 worlds")
    expect(page.locator("#sweep-base, #sweep-own")).to_contain_text("lens realist")
    page.get_by_text("The same as a file").click()
    shown = tomllib.loads(page.locator("#sweep-toml").inner_text())
    assert shown == table_of_own(question_from(QUESTION))
    page.locator("#sweep-own-ask").press("Enter")
    expect(page.locator("#sweep-question")).to_contain_text(
        "What comes of sanctions", timeout=LONGEST
    )
    expect(page.locator("#sweep-see")).to_have_text("See the answer ↑")
    expect(page.locator("#sweep-question")).to_be_in_viewport()
    found = re.split(
        r"(?<=\.) (?=[A-Z])", sim.analyse(result).sentences[0].text.rpartition(" [")[0]
    )[0]
    expect(page.locator("#sweep-sentences .found").first).to_contain_text(found)
    expect(page.locator("#sweep-facts")).to_contain_text(
        "24 simulated worlds: 8 settings of 3 worlds each"
    )
    page.get_by_role("button", name="Open all").click()
    for name in ("effects", "heat", "lines"):
        expect(page.locator(f"#sweep-{name} :is(.trace, .hm)").first).to_be_attached()
    point = page.locator("#sweep-points-table a").first
    number = int(re.search(r"\d+", point.inner_text())[0])
    point.press("Enter")
    expect(page.locator("#provenance")).to_contain_text("draw of chance 5, lens realist")
    rows = result.frame(["listed_state", "listed_firm", "listed_ngo"]).query(f"point == {number}")
    for kind in sim.KINDS:
        median = np.median(rows[f"listed_{kind}"])
        expect(page.locator(f"#listed-{kind}")).to_have_text(count(median))
    assert "set=sanctions:" in visit.query
    assert "seed=5" in visit.query


@pytest.mark.long
@pytest.mark.browser
def test_what_is_wrong_in_the_form_is_said_at_its_field(page: Page, open_page):
    open_page("sweeps", width=390)
    expect(page.locator("#sweep-question")).not_to_be_empty()  # the answer above it is there
    page.get_by_role("button", name="Make a sweep").press("Enter")
    field = page.get_by_role("textbox", name="at").first
    field.fill("0, 9")
    expect(page.get_by_text("Sanctions is 9, expected a number from 0 to 2")).to_be_visible()
    expect(page.locator("#sweep-own-ask")).to_be_disabled()
    field.fill("0 to 2 in 3")
    expect(page.locator("#sweep-own-ask")).to_be_enabled()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.release
@pytest.mark.browser
def test_a_result_of_the_folder_is_opened_and_an_unfinished_one_says_so(
    page: Page, address_with_results
):
    page.goto(f"{address_with_results}sweeps")
    rows = page.locator("#sweep-results-list li")
    expect(rows).to_contain_text([re.compile("unfinished"), re.compile("4 worlds")])
    rows.last.get_by_role("button", name="Open whole").click()
    found = "4 simulated worlds: 2 settings of 2 worlds each"
    expect(page.locator("#sweep-facts")).to_contain_text(found, timeout=LONGEST)
    assert "sweep=result%3Dwhole" in page.url


@pytest.mark.long
@pytest.mark.browser
def test_a_question_is_cancelled_and_asked_again(page: Page, open_page):
    open_page(f"sweeps?{BASE}&{urlencode({'sweep': OWN.replace('worlds=3', 'worlds=90')})}")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_have_count(1)
    page.locator("#sweep-own-ask").press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#sweep-problem")).to_contain_text("cancelled")
    expect(page.locator("#sweep-own-ask")).to_be_focused()
    expect(page.locator("#sweep-answer")).to_be_hidden()
    page.locator("#sweep-own-ask").press("Enter")
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()


@pytest.mark.long
@pytest.mark.browser
def test_a_cell_that_is_clicked_offers_its_points(page: Page, open_page):
    open_page(f"sweeps?{BASE}&{urlencode({'sweep': OWN})}")
    page.locator("#sweep-own-ask").click()
    expect(page.locator("#sweep-rest")).to_be_visible(timeout=LONGEST)
    page.get_by_role("button", name="Open all").click()
    expect(page.locator("#sweep-heat .hm").first).to_be_attached(timeout=LONGEST)
    expect(page.locator("#sweep-heat .js-plotly-plot[data-listens]")).to_be_attached()
    cells = page.locator("#sweep-heat .nsewdrag")
    cells.scroll_into_view_if_needed()
    box = cells.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.1)
    expect(page.locator("#sweep-heat .hoverlayer .hovertext")).to_contain_text(
        re.compile(r"\d\.\d\s%\s*mean of \d")
    )
    page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.1)
    link = page.locator("#sweep-picked a").first
    expect(link).to_be_focused()
    expect(link).to_contain_text("Setting")
    link.press("Enter")
    expect(page.locator("#title")).to_have_text("The Paris Call, 2018")


@pytest.mark.release
@pytest.mark.browser
def test_an_answer_is_accessible_in_every_look_and_its_figures_can_be_taken_along(
    page: Page, open_page
):
    visit = open_page(f"sweeps?{BASE}&{urlencode({'sweep': OWN})}")
    page.locator("#sweep-own-ask").click()
    expect(page.locator("#sweep-rest")).to_be_visible(timeout=LONGEST)
    page.get_by_role("button", name="Open all").click()
    expect(page.locator("#sweep-heat .hm").first).to_be_attached(timeout=LONGEST)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert faults_by_scheme(page, visit, width) == {"light": [], "dark": []}
    files = {}
    menu = page.locator("#sweep-heat-card .download")
    menu.locator("summary").click()
    for kind in ("PNG", "SVG", "CSV"):
        with page.expect_download() as download:
            menu.get_by_text(kind, exact=True).click()
        files[kind] = Path(download.value.path()).read_bytes()
    assert files["PNG"].startswith(b"\x89PNG")
    words = unquote(files["SVG"].decode()).replace("\u00a0", " ")
    for part in ("Most harm is prevented", "24 simulated worlds", "seed 5", "Assumed"):
        assert part in words
    assert len(pd.read_csv(BytesIO(files["CSV"]))) == 8
    expect(page.locator("#sweeps .card:not([hidden]) > .download:visible")).to_have_count(4)


@pytest.mark.long
@pytest.mark.browser
def test_the_outcome_and_the_dials_of_a_figure_stand_in_the_address(page: Page, open_page):
    open_page(
        f"sweeps?{BASE}&{urlencode({'sweep': OWN, 'shown': 'listed_state,temptation,sanctions'})}"
    )
    page.locator("#sweep-own-ask").click()
    expect(page.locator("#sweep-rest")).to_be_visible(timeout=LONGEST)
    page.get_by_role("button", name="Open all").click()
    expect(page.locator("#sweep-heat .hm").first).to_be_attached(timeout=LONGEST)
    expect(page.locator("#sweep-shown")).to_have_value("On the public list: states")
    expect(page.locator("#sweep-heat-x")).to_have_value("temptation")
    expect(page.locator("#sweep-heat-card .sweep-basis")).to_have_text(sim.BASES["what_if"])
