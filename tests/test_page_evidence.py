"""The page Evidence in a browser: what it says first, its folds, and in them all of the document of
evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from visits import Visit, inaccessible, serving

import sim
from dashboard.app import create_app
from dashboard.data.plain_words import IN_SOURCES, plain, plain_document
from dashboard.pages.evidence.layout import OF_THE_RECORD
from sim import facts, number_formats

# A fixture of pytest-playwright's own, which we neither ask for nor can change.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Session-scoped fixtures defined as instance methods"
)

LINK = "worlds=3&seed=3"
WAY = "leave_one_region_out"
DRAWN = "#later-1-ngo .point"  # the last of the record's figures
# Names of the code, as a visitor would see them: snake_case, hashes, files, commands.
OF_THE_CODE = re.compile(
    r"\b[a-z]{2,}(?:_[a-z0-9]{2,})+\b|\b(?=[a-f]*\d)[0-9a-f]{12,}\b"
    r"|\.(?:py|csv|toml|md|json)\b|\bparley [a-z]+\b|--[a-z]"
)
FOLDS = (*OF_THE_RECORD, "limits")  # of parts of the document, each below its question
VISIBLE = "place => place.innerText"
FIRST = {"width": 1280, "height": 720}


@pytest.fixture(scope="module")
def record() -> sim.Evidence:
    return sim.evidence_on_record()


@pytest.fixture(scope="module")
def evidence(client) -> dict[str, Any]:
    return client.get(f"/data/evidence?{LINK}").get_json()


@pytest.fixture(scope="module")
def summary(record) -> dict[str, Any]:
    return record.summary


@pytest.fixture(scope="module")
def visit(profile: BrowserContext, address: str) -> Iterator[Visit]:
    """The page as it ships, with every fold closed; nothing may go wrong on it."""
    page = profile.new_page()
    visit = Visit(page, address, f"evidence?{LINK}#conclusions")
    page.set_viewport_size(FIRST)
    expect(page.locator("#every-state .point").first).to_be_attached()
    expect(page.locator("#conclusions .matrix")).to_be_in_viewport()  # where the address leads
    assert page.locator(".fold[open]").count() == 1
    page.goto(f"{address}evidence?{LINK}")
    expect(page.locator("#every-state .point").first).to_be_attached()
    yield visit
    assert (visit.wrong, page.locator("#evidence-message").inner_text()) == ([], "")
    page.close()


def open_all(page: Page) -> None:
    """Opens every fold, those within others too."""
    page.evaluate(
        "() => { for (const fold of document.querySelectorAll('main details')) fold.open = true; }"
    )


@pytest.fixture(scope="module")
def shown(visit: Visit) -> Page:
    """The page with every fold open."""
    open_all(visit.page)
    expect(visit.page.locator(DRAWN).first).to_be_attached()
    return visit.page


@pytest.mark.release
@pytest.mark.browser
def test_the_first_screen_holds_three_sentences_and_the_figure_and_the_page_is_short(
    visit, summary
):
    page = visit.page  # before the tests for which every fold is open
    expect(page.locator("#every-state .point")).to_have_count(193)
    for place, lead in enumerate(summary["leads"]):
        for part in ("number", "counts", "sentence"):
            expect(page.locator(f"#lead-{place}-{part}")).to_have_text(lead[part])
    expect(page.locator("#states-finding")).to_have_text(summary["findings"]["states"])
    bottoms = page.locator(".lead-sentence, #every-state").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    assert len(bottoms) == 4
    assert max(bottoms) <= FIRST["height"]
    expect(page.locator("#answer-checks")).not_to_be_empty()
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") < 3 * FIRST["height"]
    folds_open_by_address_keyboard_and_button_and_for_print(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.scrollHeight") < 5 * 844
    page.get_by_role("button", name="Open all").click()
    expect(page.locator(".folds .graph:visible")).to_have_count(0)
    page.locator("#instruments").get_by_role("button", name="Show the figures").click()
    expect(page.locator("#instruments-auc .point").first).to_be_visible()
    page.get_by_role("button", name="Close all").click()
    page.set_viewport_size(FIRST)


def folds_open_by_address_keyboard_and_button_and_for_print(page: Page) -> None:
    """Opens and closes the folds of a page on which all are closed."""
    page.evaluate("location.hash = 'later-1-ngo'")  # within a fold
    expect(page.locator("#unseen-dates")).to_have_attribute("open", "")
    expect(page.locator("#later-1-ngo .point").first).to_be_in_viewport()
    assert page.locator(".fold[open]").count() == 1
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".fold:not([open])").count() == 0
    assert (
        page.locator(".fold details[open]").count() == 0
    )  # tables that nobody opened would fill paper by the dozen
    assert page.locator("#models-auc .point").count() > 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".fold[open]").count() == 1
    page.locator("#checks > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#checks")).to_have_attribute("open", "")
    page.get_by_role("button", name="Open all").click()
    expect(page.locator(".fold:not([open])")).to_have_count(0)
    page.get_by_role("button", name="Close all").click()
    expect(page.locator(".fold[open]")).to_have_count(0)


@pytest.mark.release
@pytest.mark.browser
def test_every_figure_has_a_table_behind_it_and_numbers_to_take_along(shown, evidence):
    without = shown.locator("main div[role=img]").evaluate_all("""all => all.filter(one => {
        const card = one.closest(".card");
        return !card.querySelector("tbody tr") || !card.querySelector(".download")
            || !one.querySelector(".trace");
    }).map(one => one.ariaLabel)""")
    assert without == []
    assert shown.locator("main div[role=img]").count() == 15
    assert shown.locator("#every-state .point").count() == 193
    for kind in sim.KINDS:
        expect(shown.locator(f"#inside-{kind}")).to_have_text(
            f"{evidence['milestones'][kind]['inside']} of 13"
        )
        expect(shown.locator(f"#evidence-{kind} .scatterlayer .point")).to_have_count(26)
    expect(shown.locator("#misses li")).to_have_text(evidence["misses"])


SAID = (
    "all => all.map(one => [one.dataset.said, [...one.querySelectorAll('li, p > span')].map(i =>"
    " i.textContent)])"
)
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
    return list(blocks_of(plain_document(record.document.as_json())))


@pytest.mark.release
@pytest.mark.browser
def test_the_page_has_every_sentence_of_the_document(shown, blocks, record):
    said = shown.locator("[data-said]").evaluate_all(SAID)
    expected = [
        (block["name"], block["sentences"]) for block in blocks if block["kind"] == "sentences"
    ]
    of_the_record = {
        subject: [plain(one) for one in sentences]
        for subject, sentences in record.sentences.items()
    }
    assert {subject: sentences for subject, sentences in expected if subject} == of_the_record | {
        "conclusions": plain_document(record.sentences["conclusions"])
    }
    assert sorted(said) == sorted(
        [subject, [one.replace("`", "") for one in all_]] for subject, all_ in expected
    )


@pytest.mark.release
@pytest.mark.browser
def test_the_page_has_every_table_of_the_document(shown, blocks):
    tables = [block for block in blocks if block["kind"] == "table"]
    assert len({table["title"] for table in tables}) == len(tables) > 20
    for table in (table for table in tables if not table["marks"]):
        cells = [table["columns"], *table["rows"]]
        place = shown.get_by_label(f"Table: {table['title']}", exact=True).locator("tr")
        assert place.evaluate_all(CELLS) == cells
        assert place.first.locator("th[scope=col]").count() == sum(map(bool, table["columns"]))
    text = shown.locator("#evidence").text_content()
    # The note that sums a panel up is the panel's heading.
    notes = [(table["lead"], note) for table in tables for note in table["notes"]]
    notes = [note for lead, note in notes if not lead or not note.startswith(lead)]
    assert [note for note in notes if note not in text] == []


WORDS = "heads => heads.map(head => head.textContent)"


@pytest.mark.release
@pytest.mark.browser
def test_the_matrix_has_every_cell_under_plain_heads_and_says_in_words_where_a_row_differs(
    shown, blocks
):
    (table,) = [block for block in blocks if block["kind"] == "table" and block["marks"]]
    matrix = shown.locator(".matrix")
    words = {
        sign: f"{sign}{meaning}" for sign, meaning in table["marks"]
    }  # the second part for screen readers
    cells = matrix.locator("tbody tr").evaluate_all(CELLS)
    assert [row[:-1] for row in cells] == [
        [words.get(cell, cell) for cell in row[:-1]] for row in table["rows"]
    ]
    heads = [(subject, level) for subject, level in table["heads"] if subject]
    levels = [level for _, level in heads]
    assert matrix.locator("thead tr:last-child th").evaluate_all(WORDS) == levels
    spans = "heads => heads.map(head => [head.textContent, head.colSpan])"
    assumed = [subject for subject, _ in heads]
    assert matrix.locator("th[scope=colgroup]").evaluate_all(spans) == [
        [words, assumed.count(words)] for words in dict.fromkeys(assumed)
    ]
    for row, drawn in zip(table["rows"], cells, strict=True):
        exceptions = drawn[-1].removeprefix(row[-1])
        assert bool(exceptions) == (len(set(row[1:-1])) > 1), row[0]


@pytest.mark.release
@pytest.mark.browser
def test_a_narrow_screen_has_the_verdicts_and_their_exceptions_and_no_marks(shown):
    shown.set_viewport_size({"width": 390, "height": 844})
    matrix = shown.locator(".matrix")
    assert matrix.locator(".mark:visible").count() == 0
    expect(matrix.get_by_text("undecided: temptation to attack (weaker)")).to_be_visible()
    assert matrix.evaluate("place => place.scrollWidth <= place.clientWidth")
    shown.set_viewport_size(FIRST)


@pytest.mark.release
@pytest.mark.browser
def test_the_page_has_every_title_figure_and_basis_of_the_document(shown, blocks, record):
    titles = set(shown.locator("#evidence :is(h2, h3, h4, summary)").all_text_contents())
    inner = {
        block["title"]
        for block in blocks
        if block["kind"] == "section" and block["name"] not in FOLDS
    }
    assert inner <= titles
    text, badges = (
        shown.locator("#evidence").text_content(),
        shown.locator("#evidence .mantine-Badge-root"),
    )
    assert {block["basis"] for block in blocks if block.get("basis")} <= set(
        badges.all_text_contents()
    )
    for figure in (block for block in blocks if block["kind"] == "figure"):
        assert all(figure[part] in text for part in ("words", "source"))
        for panel in (table["name"] for table in figure["numbers"] if table["name"]):
            expect(shown.locator(f"#{panel} .trace").first).to_be_attached()
    headings = set(shown.locator("main h3").all_text_contents())
    drawn = [name for name in record.summary["findings"] if shown.locator(f"#{name}").count()]
    assert [name for name in drawn if record.summary["findings"][name] not in headings] == []


@pytest.mark.release
@pytest.mark.browser
def test_no_name_of_the_code_is_visible_but_where_the_page_says_how_it_was_made(shown, record):
    made = shown.locator("#made").evaluate(VISIBLE)
    assert record.content["manifest"]["weights"][:12] in made
    text = (
        shown.locator("main").evaluate(VISIBLE).replace(made, "").replace(f"docs/{IN_SOURCES}", "")
    )
    assert len(text) > 10_000
    assert OF_THE_CODE.findall(text) == []


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_every_fold_open_the_page_is_accessible_by_every_rule(shown, scheme):
    shown.emulate_media(color_scheme=scheme)
    expect(shown.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    assert inaccessible(shown) == []


@pytest.mark.release
@pytest.mark.browser
def test_axes_have_ticks_and_type_is_large_enough_on_every_figure(shown):
    figures, words = (
        shown.locator("main .js-plotly-plot"),
        shown.locator("main .js-plotly-plot text"),
    )
    ticks = figures.evaluate_all(
        "all => all.map(one => one.querySelectorAll('.xtick text').length)"
    )
    assert len(ticks) == 15
    assert min(ticks) >= 3
    sizes = words.evaluate_all("""all => all.filter(one => one.textContent.trim())
        .map(one => parseFloat(getComputedStyle(one).fontSize))""")
    assert min(sizes) >= 14
    assert [text for text in words.all_text_contents() if "…" in text] == []


@pytest.mark.release
@pytest.mark.browser
def test_the_tick_of_later_dates_is_the_middle_that_is_said(shown, record):
    dates = record.content["backtest"]["time_split"]["2019-09-16"]["dates"]
    ticks = shown.evaluate("document.getElementById('later-0-state').data[2].x")
    assert ticks == [row["with_uncertainty"]["median"] for row in dates if row["kind"] == "state"]


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("part", ["dates", "unseen-dates"])
def test_a_legend_says_which_interval_is_which(shown, part):
    keys = shown.locator(f"#{part} .legend li")
    assert keys.locator("> .key").evaluate_all("keys => keys.map(key => key.className)") == [
        "key point", "key tick", "key half", "key most",
    ]  # fmt: skip
    assert [
        ("fitted weights" in words, "uncertainty" in words)
        for words in keys.all_text_contents()[2:]
    ] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("kind", sim.KINDS)
def test_each_interval_in_sample_stands_under_its_heading(shown, evidence, record, kind):
    table = shown.locator("table", has=shown.locator(f"#dates-{kind}"))
    headings = [
        words for words in table.locator("thead th").all_text_contents() if "90\u00a0%" in words
    ]
    assert headings == ["90\u00a0%: fitted weights", "90\u00a0%: with their uncertainty"]
    known = [row for row in record.content["in_sample"]["dates"] if row["kind"] == kind]
    dates = evidence["milestones"][kind]["rows"]
    for cells, ours, theirs in zip(rows(shown, f"dates-{kind}"), dates, known, strict=True):
        day = number_formats.day(theirs["date"])
        assert (cells[0], cells[3], cells[5]) == (day, span(ours), span(theirs["with_uncertainty"]))
        assert cells[6] == ("yes" if theirs["with_uncertainty"]["low"] <= ours["registered"] <=
                            theirs["with_uncertainty"]["high"] else "no")  # fmt: skip


@pytest.mark.release
@pytest.mark.browser
def test_every_mark_of_a_conclusion_is_also_a_word(shown, record):
    conclusions = record.content["conclusions"]
    holds = {
        (cell["conclusion"], cell["assumption"]): cell["holds"] for cell in conclusions["cells"]
    }
    columns = [each["name"] for each in conclusions["assumptions"]]
    heard = shown.locator(".matrix .mark .heard").all_text_contents()
    assert heard == [
        holds[row["name"], column] for row in conclusions["conclusions"] for column in columns
    ]
    signs = shown.locator(".matrix .mark [aria-hidden]").all_text_contents()
    assert len(set(zip(signs, heard, strict=True))) == len(set(heard))
    card = shown.locator("section.card", has=shown.locator(".matrix"))
    assert card.locator(".mantine-Badge-root").all_text_contents() == ["assumed"]


@pytest.mark.release
@pytest.mark.browser
def test_no_conclusion_about_conduct_stands_beside_a_name(shown):
    text = shown.locator("#conclusions").text_content()
    names = {*facts.home_names(), *facts.home_names().values(), *facts.organisation_kinds()}
    assert "harm" in text
    assert [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)] == []


@pytest.mark.release
@pytest.mark.browser
def test_under_another_lens_the_page_says_for_which_the_wide_interval_is_shown(page, address):
    visit = Visit(page, address, f"evidence?{LINK}&lens=realist")
    expect(page.locator("#evidence [data-said]").first).to_be_attached()
    open_all(page)
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


@pytest.mark.release
@pytest.mark.browser
def test_where_a_baseline_wins_the_page_says_so(page, beaten):
    with serving(create_app()) as where:
        visit = Visit(page, where, f"evidence?{LINK}")
        expect(page.locator("#evidence [data-said]").first).to_be_attached()
        open_all(page)
        for score in ("auc", "brier"):
            first = (
                page.locator("section.card", has=page.locator(f"#models-{score}"))
                .locator("tbody tr")
                .first
            )
            expect(first).to_contain_text("flat ridge")
            expect(first).to_contain_text("better, clearly")
            expect(page.locator(f"#models-{score} .ytick text").first).to_be_attached()
        verdicts = [
            one for one in beaten.sentences["states"] if "flat ridge does better, clearly" in one
        ]
        assert len(verdicts) == 2
        for verdict in verdicts:
            expect(page.locator("[data-said=states]").get_by_text(verdict)).to_be_visible()
        assert visit.wrong == []


@pytest.mark.release
@pytest.mark.browser
def test_without_a_record_the_page_says_so_in_one_sentence_and_shows_the_rest(page, monkeypatch):
    def missing() -> sim.Evidence:
        raise sim.InputError("evidence.json: there is no such file, expected a record")

    monkeypatch.setattr(sim, "evidence_on_record", missing)
    with serving(create_app()) as where:
        visit = Visit(page, where, f"evidence?{LINK}", width=390)
        expect(page.locator("#record-message")).to_have_text(
            "The record of evidence cannot be shown: evidence.json: there is no such file, expected"
            " a record"
        )
        expect(page.locator("#scores tr")).to_have_count(6)
        open_all(page)
        expect(page.locator("#evidence-state .scatterlayer .point")).to_have_count(26)
        expect(page.locator("#first")).to_be_hidden()
        shown = page.locator(".fold:visible").evaluate_all("all => all.map(one => one.id)")
        assert shown == ["dates", "basis", "turning-point", "made"]
        assert page.locator("#evidence :is([data-said], a[href*=record]):visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert visit.wrong == []
