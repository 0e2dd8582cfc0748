"""The page Method: every dial, document and classic, how to cite, and the page in a browser."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect
from visits import inaccessible

import sim
from dashboard.data.words import ASSUMED, FITTED
from dashboard.pages import method
from dashboard.pages.method import PAGES_OF_PARTS, QUICK, STEPS, citation, document, sections


@pytest.mark.parametrize("name", ["nonsense", "", "watts-2002", "../../etc", "x" * 10_000])
def test_a_classic_that_is_not_offered_is_refused_in_one_sentence(client, name):
    response = client.get("/data/classic", query_string={"name": name})
    assert response.status_code == 400
    assert len(response.get_json()["message"]) < 200
    assert all(quick in response.get_json()["message"] for quick in QUICK)


@pytest.mark.parametrize("name", ["barrett-1994", "repeated-prisoners-dilemma"])
def test_a_classic_comes_out_as_the_literature_has_it(client, name):
    result = client.get("/data/classic", query_string={"name": name}).get_json()
    assert result["within"]
    assert [check["expected"] for check in result["checks"]] == [
        check.expected for check in sim.classic(name).checks
    ]


def test_the_classics_with_a_button_are_on_the_shelf():
    assert {f"classics/{name}" for name in QUICK} <= {
        name for name, _, _ in sim.available_classics()
    }


@pytest.fixture(scope="module")
def page_text() -> str:
    """The page as it is sent."""
    return json.dumps(
        method.layout().to_plotly_json(), default=lambda component: component.to_plotly_json()
    )


def test_every_dial_is_in_the_table_of_parameters_as_it_was_declared(client):
    rows = client.get("/data/dials").get_json()
    assert [row["name"] for row in rows] == list(sim.load("paris-call-2018").dials)
    assert {row["name"] for row in rows} >= set(sim.DIALS)
    assert [row["source"] for row in rows if row["name"] in sim.DIALS] == [
        dial.source for dial in sim.DIALS.values()
    ]


def test_the_page_holds_the_protocol_the_sources_and_every_classic(page_text):
    for title, _ in [*sections(document("odd.md"))[1:], *sections(sim.sources())[1:]]:
        assert title == "Dials" or json.dumps(title) in page_text
    assert [
        title for _, title, _ in sim.available_classics() if json.dumps(title) not in page_text
    ] == []


def test_the_page_has_every_motive_with_its_source():
    (submodels,) = [text for title, text in sections(document("odd.md")) if title.startswith("7.")]
    named = re.findall(
        r"^\| ([a-z ]+) \| [\w, ]+ \| .+ \| .+ \|$", submodels.replace("\u00a0", " "), re.MULTILINE
    )
    motives = {
        dial.partition("_")[2].replace("_", " ")
        for dial, each in sim.DIALS.items()
        if each.group == "Motives"
    }
    assert motives <= set(named)


def test_documents_lead_to_no_file_that_the_page_has_not():
    texts = [text for _, text in [*sections(document("odd.md")), *sections(sim.sources())]]
    assert [text for text in texts if re.search(r"\]\((?!https?:)|<!--", text)] == []


def test_tables_of_facts_have_titles_and_sizes_and_days_are_said():
    parts = sections(sim.sources())
    titles = [title for title, _ in parts]
    assert "States of the United Nations (193 rows)" in titles
    assert "What groups of the United Nations spoke of (13 rows)" in titles
    assert sum(title.endswith(" rows)") for title in titles) == len(sim.sizes_of_tables())
    texts = [text for _, text in [*parts, *sections(document("odd.md"))]]
    assert [text for text in texts if re.search(r"\d{4}-\d{2}-\d{2}", text)] == []
    assert any("before the launch on 12 November 2018" in text for text in texts)


def test_intervals_in_documents_are_no_links():
    (entities,) = [text for title, text in sections(document("odd.md")) if title.startswith("2.")]
    assert r"all in \[0, 1]" in entities
    assert sections("Range [0, 1], `[x]` and [away](https://example.org)") == [
        ("", r"Range \[0, 1], `[x]` and [away](https://example.org)")
    ]


def test_the_citation_is_that_of_the_citation_file():
    title = re.search(r'^title: "(.+)"$', document("CITATION.cff"), re.MULTILINE)[1]
    assert all(
        title in text and sim.__version__ in text for text in citation(sim.__version__).values()
    )


def test_the_citation_has_a_year_and_no_address_that_the_project_has_not():
    text, bibtex = citation(sim.__version__).values()
    year = re.search(r"^date-released: (\d{4})", document("CITATION.cff"), re.MULTILINE)[1]
    assert f"({year})" in text
    assert f"year = {{{year}}}" in bibtex
    assert "http" not in text + bibtex or "url:" in document("CITATION.cff")


def test_the_citation_has_the_seed_that_it_promises_and_says_that_there_is_no_address(page_text):
    assert all("seed 7" in text for text in citation(sim.__version__, 7).values())
    assert ("it has no public address yet" in page_text) == ("url:" not in document("CITATION.cff"))


def test_what_the_scenario_sets_is_not_called_fitted(page_text):
    first, second, third = (
        page_text.index(f'"{words}"') for words in ("step 1", "step 2", "steps 3 to 6")
    )
    assert page_text.index(method.GIVEN) < first < page_text.index(FITTED, first) < second
    assert second < page_text.index(f'"{ASSUMED}"', second) < third


def test_what_is_assumed_is_told_from_what_is_fitted(page_text):
    assert '"data-rests": "assumed"' in page_text


def test_documents_name_nothing_of_the_code(client):
    of_the_code = re.compile(
        r"\b[a-z]{2,}(?:_[a-z0-9]{2,})+\b|\.(?:py|csv|toml|md|json)\b|\bparley [a-z]+\b|\bsim/"
    )
    texts = [
        text
        for part in [*sections(document("odd.md"))[1:], *sections(sim.sources())]
        for text in part
    ]
    assert [found for text in texts for found in of_the_code.findall(text)] == []
    dials = client.get("/data/dials").get_json()
    words = [dial[part] for dial in dials for part in ("unit", "meaning", "source")]
    assert [found for text in words for found in of_the_code.findall(text)] == []


def test_every_classic_has_a_claim_a_reference_and_a_picture_of_what_it_gives(client):
    shelf = client.get("/data/classics").get_json()
    assert [each["name"] for each in shelf] == [name for name, _, _ in sim.available_classics()]
    for each in shelf:
        assert each["claim"].endswith(".")
        assert re.search(r"\((19|20)\d\d\)", each["reference"])
        traces = each["picture"]["traces"]
        assert any(trace["simulated"] for trace in traces)
        assert all(len(trace["x"]) == len(trace["y"]) > 0 for trace in traces)
        assert all(check["within"] for check in each["checks"])


def test_steps_of_the_picture_are_those_of_a_round_in_their_order():
    (overview,) = [text for title, text in sections(document("odd.md")) if title.startswith("3.")]
    places = [overview.lower().index(f"**{step}**") for step in STEPS]
    assert places == sorted(places)


@pytest.mark.release
@pytest.mark.browser
def test_method_begins_with_three_sentences_and_a_picture_and_names_nothing_of_the_code(
    page, open_page
):
    open_page("method")
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator(".step-picture svg")).to_have_count(len(STEPS))
    expect(page.locator("#answer-classics")).to_contain_text(f"{len(sim.available_classics())} of")
    bottoms = page.locator(".lead-sentence, .steps").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    assert len(bottoms) == 4
    assert max(bottoms) <= 720
    assert page.evaluate("document.documentElement.scrollHeight") < 2.5 * 720
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".part:not([open])").count() == 0
    expect(page.locator(".picture svg")).to_have_count(len(sim.available_classics()))
    pictures = page.locator(".picture svg")
    marks = pictures.evaluate_all(
        "all => all.map(one => [one.querySelectorAll('text').length, one.clientWidth])"
    )
    assert all(texts >= 8 and wide > 250 for texts, wide in marks)
    assert inaccessible(page) == []
    text = page.locator("main").evaluate("place => place.innerText")
    page.get_by_role("button", name="Close all").click()
    prints_every_part(page)
    assert (
        re.findall(
            r"\b[a-z]{2,}(?:_[a-z0-9]{2,})+\b|\.(?:py|csv|toml|md)\b|\bparley [a-z]+\b", text
        )
        == []
    )


def prints_every_part(page: Page) -> None:
    """A button prints what is closed within the folds too, and every dial."""
    page.evaluate("() => { window.print = () => { window.asked = true; }; }")
    page.get_by_role("button", name=f"Print with every part (some {PAGES_OF_PARTS} pages)").click()
    assert page.evaluate("window.asked")
    rows = page.locator("#dial-rows tr")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    expect(rows.last).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0
    expect(rows.last).to_be_hidden()
    page.emulate_media(media="screen")


@pytest.mark.release
@pytest.mark.browser
def test_contents_lead_to_each_part_where_all_are_open_and_the_print_has_as_many_pages_as_it_says(
    page, open_page
):
    open_page("method", width=1280)
    expect(page.locator("#answer-classics")).to_contain_text(f"{len(sim.available_classics())} of")
    expect(page.locator("#dial-rows tr").first).to_be_attached()
    contents = page.locator("#protocol .contents")
    page.locator("#protocol > summary").click()
    expect(contents).to_be_hidden()  # as the closed parts are a list themselves
    page.get_by_role("button", name="Open all").click()
    expect(contents).to_be_visible()
    expect(
        page.locator("#part-7-4 h3")
    ).to_be_visible()  # Markdown arrives after the part around it
    lines = contents.locator("a")
    titles = page.locator("#protocol :is(.part > summary, .markdown h3)").all_inner_texts()
    assert lines.all_inner_texts() == [title.partition(" (")[0] for title in titles]
    assert all(page.locator(line.get_attribute("href")).count() == 1 for line in lines.all())
    lines.get_by_text("7.4 Attribute").click()
    expect(page.locator("#part-7-4 h3")).to_be_in_viewport()
    page.evaluate("() => { document.documentElement.dataset.parts = 'printed'; }")
    pages = len(re.findall(rb"/Type */Page\b", page.pdf(prefer_css_page_size=True)))
    assert abs(pages - PAGES_OF_PARTS) <= 3


def test_short_cells_of_tables_stay_on_one_line():
    (variables,) = [text for title, text in sections(document("odd.md")) if title.startswith("2.")]
    assert "| by\u00a0events |" in variables
    assert "| by events |" not in variables
    assert "| means to take the matter up and to comply |" in variables


@pytest.mark.release
@pytest.mark.browser
def test_method_finds_a_dial_and_runs_a_classic(page, open_page):
    open_page("method#classics", width=390)
    expect(page.locator("#classics")).to_have_attribute("open", "")
    expect(page.locator("#picture-barrett-1994 svg")).to_be_visible()
    page.locator("#parameters > summary").click()
    expect(page.locator("#dial-rows tr")).to_have_count(len(sim.load("paris-call-2018").dials))
    page.get_by_label("Search").fill("other states' example")
    expect(page.locator("#dial-rows tr:visible [scope=row]")).to_contain_text(
        ["weight of other states' example"]
    )
    page.get_by_role("button", name=re.compile("Run it: Barrett")).click()
    expect(page.locator("#classic-barrett-1994 tbody tr")).to_have_count(2)
    expect(page.locator("#classic-barrett-1994")).to_contain_text("✓ yes")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
