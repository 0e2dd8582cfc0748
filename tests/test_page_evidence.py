"""The page Evidence: numbers of the run and of the record, and in a browser all of the document of evidence."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from visits import Visit, serving

import sim
from dashboard.app import create_app
from dashboard.pages.evidence.routes import TABLES, left_out_of
from dashboard.view import view_of
from sim import facts

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings("ignore:Session-scoped fixtures defined as instance methods")

LINK = "worlds=3&seed=3"
WAY = "leave_one_region_out"
DRAWN = "#later-1-ngo .point"  # the last of the record's figures
REPORT = Path(__file__).resolve().parent.parent / "docs/evidence.md"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """A client of the server, without a network."""
    return create_app().server.test_client()


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=3, seed=3)


@pytest.fixture(scope="module")
def record() -> sim.Evidence:
    return sim.evidence_on_record()


@pytest.fixture(scope="module")
def evidence(client) -> dict[str, Any]:
    return client.get(f"/data/evidence?{LINK}").get_json()


# The view


@pytest.mark.parametrize("kind", sim.KINDS)
def test_as_many_dates_are_inside_as_in_the_table_of_the_run(evidence, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    inside = table["registered"].between(table["low"], table["high"])
    assert (evidence["milestones"][kind]["inside"], evidence["milestones"][kind]["of"]) == (inside.sum(), 13)
    assert [row["median"] for row in evidence["milestones"][kind]["rows"]] == table["median"].tolist()


@pytest.mark.parametrize("kind", sim.KINDS)
def test_the_error_of_the_medians_is_their_distance_from_the_register(evidence, run, kind):
    table = run.table().loc[lambda table: table["kind"] == kind]
    errors = (table["median"] - table["registered"]).abs()
    assert evidence["milestones"][kind]["mean_error"] == pytest.approx(errors.mean())


def test_tenths_and_misses_are_the_runs(evidence, run):
    observed = run.deciles()["observed"].tolist()
    assert [row["observed"] for row in evidence["deciles"]] == pytest.approx(observed, abs=1e-6)
    assert sum(row["states"] for row in evidence["deciles"]) == 193
    assert evidence["misses"] == run.misses()


def test_the_scores_are_those_of_the_lenses_with_their_verdict(evidence):
    scores = sim.log_scores()
    assert [row["total"] for row in evidence["scores"]] == pytest.approx(scores["total"].tolist())
    assert evidence["verdict"] == sim.verdict(scores)


def test_what_is_fitted_and_what_is_assumed_are_all_dials_of_these_roles(evidence):
    roles = [dial.role for dial in sim.DIALS.values()]
    assert (len(evidence["fitted"]), len(evidence["assumed"])) == (roles.count("fitted"), roles.count("uncertainty"))


def test_a_weight_has_a_standard_error_or_a_reason_for_having_none(evidence):
    assert all((weight["standard_error"] is None) == bool(weight["remark"]) for weight in evidence["fitted"])


def test_a_motive_that_a_lens_silences_is_no_part_of_it():
    remarks = {weight.name: weight.remark for weight in sim.load("paris-call-2018").with_lens("realist").fitted()}
    assert remarks["state_peers"] == "no part of this lens"
    assert remarks["state_restraint"] != "no part of this lens"


def test_pairs_that_are_hard_to_tell_apart_are_fitted_weights_the_most_entangled_first():
    pairs = sim.load("paris-call-2018").hard_to_tell_apart()
    assert {sim.DIALS[name].role for first, second, _ in pairs for name in (first, second)} <= {"fitted"}
    assert [abs(pair[2]) for pair in pairs] == sorted((abs(pair[2]) for pair in pairs), reverse=True)


def test_a_link_to_another_world_shows_the_paris_call_as_it_was_and_says_so(client, evidence):
    elsewhere = client.get(f"/data/evidence?scenario=states-only&set=monitoring:0.5&{LINK}").get_json()
    assert elsewhere["left_out"] == ["scenario", "set"]
    assert elsewhere["milestones"] == evidence["milestones"]
    assert left_out_of(view_of(LINK)) == evidence["left_out"] == []


def test_the_dates_can_be_downloaded_with_what_it_takes_to_repeat_them(client):
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence.csv?{LINK}").data))
    assert len(table) == 3 * 13
    assert (table[["basis", "worlds", "seed"]] == ["fitted to the register", 3, 3]).all(axis=None)


# The record


def test_the_record_can_be_taken_along_as_it_ships(client, record):
    assert client.get("/data/evidence/record.json").get_json() == record.content


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_record_has_every_row_and_its_seed(client, record, name):
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence/{name}.csv").data))
    assert set(table["seed"]) == {record.content["manifest"]["seed"]}
    days = record.content["backtest"]["time_split"].values()
    cells = record.content["conclusions"]["cells"]
    expected = {"conclusions": len(cells), "later": 2 * sum(len(day["dates"]) for day in days)}
    assert len(table) == expected.get(name, len(table)) > 10


def test_a_lens_other_than_full_gets_no_wide_interval(client, evidence):
    other = client.get(f"/data/evidence?{LINK}&lens=realist").get_json()
    for kind in sim.KINDS:
        assert [row["wide"] for row in other["milestones"][kind]["rows"]] == [None] * 13
        assert other["milestones"][kind]["wide_inside"] is None
        assert None not in [row["wide"] for row in evidence["milestones"][kind]["rows"]]
    table = pd.read_csv(io.BytesIO(client.get(f"/data/evidence.csv?{LINK}&lens=realist").data))
    assert table["low_with_uncertainty"].isna().all()


# In a browser


@pytest.fixture(scope="module")
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """The page as it ships; nothing may go wrong on it."""
    page = browser.new_page()
    visit = Visit(page, address, f"evidence?{LINK}")
    expect(page.locator(DRAWN).first).to_be_attached()
    yield visit
    assert (visit.wrong, page.locator("#evidence-message").inner_text()) == ([], "")
    page.close()


@pytest.fixture(scope="module")
def shown(visit: Visit) -> Page:
    return visit.page


@pytest.mark.browser
def test_every_figure_has_a_table_behind_it_and_numbers_to_take_along(shown, evidence):
    without = shown.locator("#evidence div[role=img]").evaluate_all("""all => all.filter(one => {
        const card = one.closest(".card");
        return !card.querySelector("tbody tr") || !card.querySelector(".download") || !one.querySelector(".trace");
    }).map(one => one.ariaLabel)""")
    assert without == []
    assert shown.locator("#evidence div[role=img]").count() == 14
    for kind in sim.KINDS:
        expect(shown.locator(f"#inside-{kind}")).to_have_text(f"{evidence['milestones'][kind]['inside']} of 13")
        expect(shown.locator(f"#evidence-{kind} .scatterlayer .point")).to_have_count(26)
    expect(shown.locator("#misses li")).to_have_text(evidence["misses"])


SAID = "all => all.map(one => [one.dataset.said, [...one.querySelectorAll('li, p > span')].map(i => i.textContent)])"
CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"


def rows(page: Page, table: str) -> list[list[str]]:
    """The cells of the rows of that *table*."""
    return page.locator(f"#{table} tr").evaluate_all(CELLS)


def span(interval: dict[str, float]) -> str:
    return "–".join(str(int(interval[end] + 0.5)) for end in ("low", "high"))  # as browsers round


def blocks_of(section: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every block of the document, tables behind figures among them."""
    for block in section["blocks"]:
        yield block
        yield from blocks_of(block) if block["kind"] == "section" else block.get("numbers", [])


@pytest.fixture(scope="module")
def blocks(record: sim.Evidence) -> list[dict[str, Any]]:
    return list(blocks_of(record.document.as_json()))


@pytest.mark.browser
def test_the_page_has_every_sentence_of_the_document(shown, blocks, record):
    said = shown.locator("[data-said]").evaluate_all(SAID)
    expected = [(block["name"], block["sentences"]) for block in blocks if block["kind"] == "sentences"]
    assert {subject: sentences for subject, sentences in expected if subject} == record.sentences
    plain = [[subject, [one.replace("`", "") for one in sentences]] for subject, sentences in expected]
    assert sorted(said) == sorted(plain)
    report = re.sub(r"\*\*|`", "", REPORT.read_text("utf-8"))
    assert [one for _, sentences in said for one in sentences if one not in report] == []


@pytest.mark.browser
def test_the_page_has_every_table_of_the_document(shown, blocks):
    tables = [block for block in blocks if block["kind"] == "table"]
    assert len({table["title"] for table in tables}) == len(tables) > 20
    for table in tables:
        words = {sign: f"{sign}{meaning}" for sign, meaning in table["marks"]}  # the second part for screen readers
        cells = [table["columns"], *([words.get(cell, cell) for cell in row] for row in table["rows"])]
        place = shown.get_by_label(f"Table: {table['title']}", exact=True).locator("tr")
        assert place.evaluate_all(CELLS) == cells
        assert place.first.locator("th[scope=col]").count() == len(table["columns"])
    text = shown.locator("#evidence").text_content()
    assert [note for table in tables for note in table["notes"] if note not in text] == []


@pytest.mark.browser
def test_the_page_has_every_title_figure_and_basis_of_the_document(shown, blocks):
    titles = set(shown.locator("#evidence :is(h2, h3, h4, summary)").all_text_contents())
    assert [block["title"] for block in blocks if block["kind"] == "section" and block["title"] not in titles] == []
    text, badges = shown.locator("#evidence").text_content(), shown.locator("#evidence .mantine-Badge-root")
    assert {block["basis"] for block in blocks if block.get("basis")} <= set(badges.all_text_contents())
    for figure in (block for block in blocks if block["kind"] == "figure"):
        assert all(figure[part] in text for part in ("title", "words", "source"))
        for panel in (table["name"] for table in figure["numbers"] if table["name"]):
            expect(shown.locator(f"#{panel} .trace").first).to_be_attached()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("part", ["dates", "unseen-dates"])
def test_a_legend_says_which_interval_is_which(shown, part):
    keys = shown.locator(f"#{part} .legend li")
    assert keys.locator("> .key").evaluate_all("keys => keys.map(key => key.className)") == [
        "key point", "key tick", "key half", "key most",
    ]  # fmt: skip
    assert [("fitted weights" in words, "uncertainty" in words) for words in keys.all_text_contents()[2:]] == [
        (True, False), (False, True),
    ]  # fmt: skip


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("kind", sim.KINDS)
def test_each_interval_in_sample_stands_under_its_heading(shown, evidence, record, kind):
    table = shown.locator("table", has=shown.locator(f"#dates-{kind}"))
    headings = [words for words in table.locator("thead th").all_text_contents() if "90 %" in words]
    assert headings == ["90 %: fitted weights", "90 %: with their uncertainty"]
    known = [row for row in record.content["in_sample"]["dates"] if row["kind"] == kind]
    dates = evidence["milestones"][kind]["rows"]
    for cells, ours, theirs in zip(rows(shown, f"dates-{kind}"), dates, known, strict=True):
        assert (cells[0], cells[3], cells[5]) == (theirs["date"], span(ours), span(theirs["with_uncertainty"]))
        assert cells[6] == ("yes" if theirs["with_uncertainty"]["low"] <= ours["registered"] <=
                            theirs["with_uncertainty"]["high"] else "no")  # fmt: skip


@pytest.mark.long
@pytest.mark.browser
def test_every_mark_of_a_conclusion_is_also_a_word(shown, record):
    conclusions = record.content["conclusions"]
    holds = {(cell["conclusion"], cell["assumption"]): cell["holds"] for cell in conclusions["cells"]}
    columns = [each["name"] for each in conclusions["assumptions"]]
    heard = shown.locator(".matrix .mark .heard").all_text_contents()
    assert heard == [holds[row["name"], column] for row in conclusions["conclusions"] for column in columns]
    signs = shown.locator(".matrix .mark [aria-hidden]").all_text_contents()
    assert len(set(zip(signs, heard, strict=True))) == len(set(heard))
    card = shown.locator("section.card", has=shown.locator(".matrix"))
    assert card.locator(".mantine-Badge-root").all_text_contents() == ["assumed"]


@pytest.mark.long
@pytest.mark.browser
def test_no_conclusion_about_conduct_stands_beside_a_name(shown):
    text = shown.locator("#conclusions").text_content()
    names = {*facts.home_names(), *facts.home_names().values(), *facts.organisation_kinds()}
    assert "harm" in text
    assert [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)] == []


@pytest.mark.long
@pytest.mark.browser
def test_the_links_at_the_top_lead_to_every_part_in_its_order(shown):
    links, parts = shown.locator(".parts a"), shown.locator("#evidence > section")
    targets = links.evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert targets == parts.evaluate_all("all => all.map(one => one.id)")
    assert links.all_text_contents() == parts.locator("> h2").all_text_contents()


@pytest.mark.long
@pytest.mark.browser
def test_under_another_lens_the_page_says_for_which_the_wide_interval_is_shown(page, address):
    visit = Visit(page, address, f"evidence?{LINK}&lens=realist")
    expect(page.locator("#wide-note")).to_contain_text("shown for the lens full only")
    expect(page.locator("#dates .legend .most")).to_be_hidden()
    expect(page.locator("#evidence-state .barlayer .trace")).to_have_count(1)
    expect(page.locator("#later-0-state .barlayer .trace")).to_have_count(2)
    assert visit.wrong == []


@pytest.fixture
def beaten(record: sim.Evidence, monkeypatch: pytest.MonkeyPatch) -> sim.Evidence:
    """A record in which the flat ridge does clearly better than Parley."""
    content = deepcopy(dict(record.content))
    backtest = content["backtest"]
    for score, sign in (("auc", 1), ("brier", -1)):
        backtest[WAY]["flat ridge"][score] = backtest[WAY]["parley"][score] + 0.05 * sign
        gap = {"value": -0.05 * sign, "low": -0.05 * sign - 0.01, "high": -0.05 * sign + 0.01}
        backtest["differences"][WAY]["flat ridge"][score] |= gap
    doctored = sim.Evidence(content)
    monkeypatch.setattr(sim, "evidence_on_record", lambda: doctored)
    return doctored


@pytest.mark.long
@pytest.mark.browser
def test_where_a_baseline_wins_the_page_says_so(page, beaten):
    with serving(create_app()) as where:
        visit = Visit(page, where, f"evidence?{LINK}")
        for score in ("auc", "brier"):
            first = page.locator("section.card", has=page.locator(f"#models-{score}")).locator("tbody tr").first
            expect(first).to_contain_text("flat ridge")
            expect(first).to_contain_text("better, clearly")
            expect(page.locator(f"#models-{score} .ytick text").first).to_be_attached()
        verdicts = [one for one in beaten.sentences["states"] if "flat ridge does better, clearly" in one]
        assert len(verdicts) == 2
        for verdict in verdicts:
            expect(page.locator("[data-said=states] > .said").get_by_text(verdict)).to_be_visible()
        assert visit.wrong == []


@pytest.mark.long
@pytest.mark.browser
def test_without_a_record_the_page_says_so_in_one_sentence_and_shows_the_rest(page, monkeypatch):
    def missing() -> sim.Evidence:
        raise sim.InputError("evidence.json: there is no such file, expected a record")

    monkeypatch.setattr(sim, "evidence_on_record", missing)
    with serving(create_app()) as where:
        visit = Visit(page, where, f"evidence?{LINK}", width=390)
        expect(page.locator("#record-message")).to_have_text(
            "The record of evidence cannot be shown: evidence.json: there is no such file, expected a record"
        )
        expect(page.locator("#evidence-state .scatterlayer .point")).to_have_count(26)
        expect(page.locator("#scores tr")).to_have_count(6)
        assert page.locator("#evidence > section:visible > h2").count() == page.locator(".parts a:visible").count() == 3
        assert page.locator("#evidence :is([data-said], a[href*=record])").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert visit.wrong == []
