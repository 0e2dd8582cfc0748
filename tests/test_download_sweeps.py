"""Downloads of the pages Sweeps and Evidence, and of the chief figure of the page A stakeholder."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

import sim
from dashboard.data.ready_questions import ready_sweeps
from dashboard.data.words import FAMILIES

DEPTH = f"sweep={quote('ready=depth-and-breadth', safe='')}"


def settings_of(client: FlaskClient, name: str) -> tuple[pd.DataFrame, str]:
    """The settings of a ready sweep as they are downloaded, and what the file is called."""
    question = {"kind": "sweep", "view": "", "asked": f"ready={name}"}
    job = client.get("/data/jobs", query_string=question).get_json()
    answer = client.get(f"/data/jobs/{job['key']}/points.csv", query_string=question)
    return pd.read_csv(io.BytesIO(answer.data)), answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ready_sweeps())
def test_the_settings_of_a_sweep_are_called_after_it_and_say_how_many_there_are(client, name):
    rows, disposition = settings_of(client, name)
    sweep = sim.load_sweep(name)
    assert disposition == f"attachment; filename=parley-sweep-{name}-settings.csv"
    assert set(rows["settings"]) == {sweep.points}
    assert set(rows["settings_in_this_file"]) == {len(rows)}
    assert rows["point"].is_unique


def test_every_setting_of_the_sweep_that_the_page_opens_with_is_in_its_file(client):
    rows, _ = settings_of(client, ready_sweeps()[0])
    assert rows["point"].to_list() == list(range(588))
    assert (set(rows["worlds_each"]), set(rows["worlds"])) == ({3}, {1764})


def test_each_column_of_a_sweeps_tables_has_a_meaning(client):
    question = {"kind": "sweep", "view": "", "asked": "ready=depth-and-breadth"}
    job = client.get("/data/jobs", query_string=question).get_json()

    def read(name: str) -> pd.DataFrame:
        return pd.read_csv(
            io.BytesIO(
                client.get(f"/data/jobs/{job['key']}/{name}.csv", query_string=question).data
            )
        )

    columns, effects = read("columns"), read("effects").set_index("outcome")
    assert columns["meaning"].notna().all()
    for table, name in {"settings": "points", "effects": "effects", "scores": "scores"}.items():
        assert columns.loc[columns["table"] == table, "column"].to_list() == list(read(name)), table
    assert {"shown", "worlds_each", "worlds"} <= set(
        columns.loc[columns["table"] == "the table of a figure", "column"]
    )
    bases = columns.set_index("column")["basis"]
    assert bases["signatories_state_sd"] == sim.BASES["extrapolated"]
    assert (effects.loc["signatories_state", "unit"] == "stakeholders").all()
    assert effects.loc["signatories_state", "other_fits_low_90"].iloc[-1] < -90
    assert set(read("scores")["label"]) >= {"the ambition of all 9 provisions"}


def test_what_each_change_yields_is_a_table_with_its_ranges_and_its_verdict(client):
    question = "who=USA&by=13"
    rows = pd.read_csv(io.BytesIO(client.get(f"/data/explain/changes.csv?{question}").data))
    found = client.get(f"/data/explain/changes?{question}").get_json()
    tried = [change for change in found["changes"] if change["change"] or change["without_effect"]]
    assert rows["family"].to_list() == [FAMILIES[change["family"]] for change in tried]
    assert rows["change"].to_list() == [
        change["without_effect"] or change["what"] for change in tried
    ]
    for column, key in {
        "share_before": "share_before",
        "share_after": "share_after",
        "low_90": "low",
        "high_90": "high",
    }.items():
        assert rows[column].to_list() == pytest.approx([change[key] for change in tried]), column
    first = tried[0]
    assert rows.loc[0, ["other_fits_low_90", "other_fits_high_90"]].to_list() == pytest.approx(
        first["of_weights"]
    )
    assert rows["basis"].to_list() == [sim.BASES[change["basis"]] for change in tried]
    assert rows["verdict"].to_list() == [change["verdict_in_words"] for change in tried]
    assert rows["price"].notna().all()
    assert (rows["why_no_other_fits"].isna() == rows["other_fits_low_90"].notna()).all()
    assert set(zip(rows["name"], rows["aim"], rows["by"], strict=True)) == {
        ("United States", "bring it in", "2019-12-12")
    }
    assert set(rows["version"]) == {sim.__version__}


@pytest.mark.long
def test_a_table_of_changes_has_its_columns_where_nothing_is_tried(client):
    query = "worlds=3&who=USA&by=62&scenario=states-only"
    rows = pd.read_csv(io.BytesIO(client.get(f"/data/explain/changes.csv?{query}").data))
    assert {"family", "share_after", "verdict", "basis"} <= set(rows)


def taken(page: Page, card: str, *words: str) -> list[Path]:
    """What the first menu of downloads in a *card* saves, for each of *words*."""
    menu, files = page.locator(f"{card} .download").first, []
    expect(page.locator(f"{card} :is(.main-svg, [data-picture])").first).to_be_attached()
    menu.locator("summary").click()
    for word in words:
        with page.expect_download() as download:
            menu.get_by_text(word, exact=True).click()
        files.append(download.value.path())
    return files


def words_of(picture: Path) -> str:
    """What stands in a picture, as plain words."""
    return " ".join(re.sub(r"<[^>]+>", " ", picture.read_text(encoding="utf-8")).split())


@pytest.mark.release
@pytest.mark.browser
def test_the_picture_of_a_sweep_has_its_key_and_its_source_and_its_table_says_between_what(
    page: Page, open_page
):
    open_page("sweeps", width=1280)
    expect(page.locator("#sweep-effects-keys li")).to_have_count(4)
    picture, numbers = taken(page, "#sweep-answer", "SVG", "CSV")
    text, table = words_of(picture), pd.read_csv(numbers)
    for key in page.locator("#sweep-effects-keys li").all_inner_texts():
        assert key.strip().replace("\N{NO-BREAK SPACE}", " ") in text
    assert "Source: simulated by Parley" in text
    assert {"dial", "from", "to", "outcome", "difference", "low_95", "high_95"} <= set(table)
    assert not {"trace", "x", "y", "z", "locations", "lon", "lat"} & set(table)
    assert not table.astype(str).apply(lambda column: column.str.contains(";")).to_numpy().any()
    assert (table["low_95"] < table["difference"]).all()
    assert (table["difference"] < table["high_95"]).all()
    assert set(zip(table["settings"], table["worlds_each"], table["worlds"], strict=True)) == {
        (588, 3, 1764)
    }
    first = table.iloc[0]
    assert (first["from"], first["to"], first["from_value"], first["to_value"]) == (
        "somewhat less often",
        "far less often",
        6,
        10,
    )


@pytest.mark.release
@pytest.mark.browser
def test_the_table_of_the_lines_says_which_settings_are_drawn(page: Page, open_page):
    open_page("sweeps", width=1280)
    expect(page.locator("#sweep-effects-keys li")).to_have_count(4)
    page.locator("#sweep-lines-card > summary").click()
    expect(page.locator("#sweep-lines-card .trace").first).to_be_attached()
    (numbers,) = taken(page, "#sweep-lines-card", "CSV")
    table = pd.read_csv(numbers)
    assert (len(table), table["shown"].sum()) == (588, 120)
    assert table["point"].is_unique
    assert set(zip(table["worlds_each"], table["worlds"], strict=True)) == {(3, 1764)}


@pytest.mark.release
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.browser
def test_the_picture_of_a_trade_names_both_bases_and_is_no_narrower_from_a_phone(
    page: Page, open_page, width
):
    open_page(f"sweeps?{DEPTH}", width=width)
    picture, numbers = taken(page, "#sweep-answer", "SVG", "CSV")
    text, table = words_of(picture), pd.read_csv(numbers)
    assert "Assumed and extrapolated" in text
    assert "At 0.4:" not in text  # as a row is named on a phone, above its bar
    assert set(table["basis"]) == {"assumed", "extrapolated from the fit"}
    assert set(table["from"]) == {"the present text"}
    assert table.groupby("basis")["pairs"].unique().map(list).to_dict() == {
        "assumed": [100], "extrapolated from the fit": [50]
    }  # fmt: skip
    page.goto("about:blank")
    page.set_content(picture.read_text(encoding="utf-8"))
    title = page.locator(".gtitle").bounding_box()
    for words in ("nine in ten: how far it goes", "Harm prevented, in points", "States that sign"):
        box = page.locator(".annotation-text", has_text=words).bounding_box()
        assert box["y"] >= title["y"] + title["height"] + 20, words


@pytest.mark.release
@pytest.mark.browser
def test_a_history_says_in_words_what_is_found_and_names_the_day_asked_about(page: Page, open_page):
    open_page("stakeholder?who=USA&by=13", width=1280)
    page.locator("#who-months > summary").click()
    (picture,) = taken(page, "#who-months", "SVG")
    text = words_of(picture)
    assert re.search(
        r"The United States has signed in \d+ % of simulated worlds by 12 December 2019", text
    )
    assert "asked: by 12 December 2019" in text
    assert "orange line: on the register from then on" in text
    (picture,) = taken(page, ".answer-card", "SVG")
    text = words_of(picture)
    assert (
        "If the text asked less on “protect individuals and infrastructure”, the United States"
        " would" in text
    )
    assert "It is approached from October to December 2019" in text
    assert re.search(r"dashed: as it is, 65\s%; shaded: brought in, over 90\s%", text)
    with page.expect_download() as download:
        page.locator(".answer-card > .download a").click()
    assert download.value.suggested_filename == "parley-changes-USA-2019-12.csv"
    page.locator("#why > summary").click()
    (picture,) = taken(page, "#why", "SVG")
    text = words_of(picture)
    assert (
        "Why the United States signs, or stays out: a single motive against signing, the offensive"
        " means" in text
    )
    assert "What each motive adds in the model on 12 December 2019." in text
    assert "against signing ← logits → for signing" in text
    assert "the offensive means that restraint" in text


@pytest.mark.release
@pytest.mark.browser
def test_a_history_names_no_line_that_it_does_not_have(page: Page, open_page):
    open_page("stakeholder?who=CHN&by=13&worlds=20", width=1280)
    page.locator("#who-months > summary").click()
    (picture,) = taken(page, "#who-months", "SVG")
    assert "orange line" not in words_of(picture)


@pytest.mark.release
@pytest.mark.browser
def test_the_tenths_of_evidence_have_their_own_table_and_the_source(page: Page, open_page):
    open_page("evidence?worlds=20", width=1280)
    expect(page.locator("#every-state .point").first).to_be_attached()
    page.evaluate(
        "() => document.querySelectorAll('main details:not(.download)').forEach(one => { one.open ="
        " true; })"
    )
    expect(page.locator("#evidence-tenths .trace").first).to_be_attached()
    page.locator("#evidence-tenths").evaluate("one => { one.closest('.card').id = 'of-tenths'; }")
    table, picture = taken(page, "#of-tenths", "CSV", "SVG")
    rows = pd.read_csv(table)
    assert rows["tenth"].tolist() == list(range(1, 11))
    assert {
        "states",
        "simulated",
        "lowest",
        "highest",
        "on_register",
        "basis",
        "worlds",
        "seed",
    } <= set(rows)
    assert set(rows["worlds"]) == {20}
    assert "Source: simulated by Parley from the public list of supporters" in words_of(picture)
