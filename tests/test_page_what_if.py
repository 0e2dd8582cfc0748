"""What map, table and sources of the page Simulate say beside the Paris Call as it was, the files
of table and network, and the page on paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import BrowserContext, Page, expect
from visits import Visit, opened

import sim
from dashboard.data.words import ASSUMED
from dashboard.view import view_of

FEW = "worlds=6"
WHAT_IF = f"scenario=great-powers-sign&{FEW}"
SUPPOSED = {"USA", "CHN", "RUS"}


def table(client: FlaskClient, path: str) -> pd.DataFrame:
    """A download opened in pandas."""
    return pd.read_csv(io.BytesIO(client.get(f"/data/{path}").data), keep_default_na=False)


@pytest.mark.parametrize("month", [0, 62])
def test_the_shares_of_a_what_if_stand_beside_those_without_it(client, month):
    shares = table(client, f"shares.csv?{WHAT_IF}&round={month}").set_index("id")
    before = view_of(FEW).run()
    expected = before.courses()["signed"].iloc[month - before.scenario.first_round]
    np.testing.assert_allclose(shares["signed_without"], expected[shares.index], atol=1e-5)
    assert set(shares.index[shares["is_supposed"]]) == SUPPOSED
    assert "signed_without" not in table(client, f"shares.csv?{FEW}")


def test_the_file_of_the_network_holds_all_its_ties_and_says_that_they_are_assumed(client):
    rows, ties = table(client, f"network.csv?{FEW}"), sim.run(replicates=1).ties_by_layer()
    assert len(rows) == len(ties)
    assert rows["weight"].sum() == pytest.approx(ties["weight"].sum(), abs=1e-4)
    assert set(rows["basis"]) == {ASSUMED}
    assert (rows[["name", "name_of_heeded"]] != "").all(axis=None)
    assert {(row["scenario"], row["seed"], row["version"]) for row in rows.to_dict("records")} == {
        ("paris-call-2018", 1, sim.__version__)
    }
    assert rows[["source", "holds_for", "view"]].notna().all(axis=None)


@pytest.fixture(scope="module")
def visit(profile: BrowserContext, address: str) -> Iterator[Visit]:
    """The page with a what-if, opened once for the tests that follow, which run in this order."""
    with opened(profile, address, f"?{WHAT_IF}") as visit:
        expect(visit.page.locator("#story")).to_contain_text("Three sign. The model already had")
        yield visit


@pytest.mark.release
@pytest.mark.browser
def test_the_title_of_the_map_tells_what_the_change_does(visit):
    visit.page.get_by_role("tab", name="Map").click()
    title = visit.page.locator("#world-finding")
    # Those supposed to sign are no finding.
    expect(title).to_contain_text(re.compile(r"other states? becomes? .*less likely"))
    moved = visit.page.evaluate(
        """() => parley.record.names.filter(id => parley.people[id].kind === "state"
        && parley.as_it_was.moves(id) && !parley.as_it_was.is_supposed(id)).length"""
    )
    said = [int(number) for number in re.findall(r"\d+", title.text_content())]
    assert sum(said) == moved
    expect(visit.page.locator("#ringed-key")).to_have_text("supposed")
    visible = """() => [...document.querySelectorAll("#world [data-ringed]")]
        .filter(ring => getComputedStyle(ring).opacity > 0)"""
    visit.page.wait_for_function(
        f"({visible})().length > 0"
    )  # the map is drawn after its title is told
    rings = visit.page.evaluate(
        f"""() => ({visible})().map(ring => [ring, getComputedStyle(ring)])
        .map(([ring, {{stroke, fill}}]) => [ring.dataset.ringed, stroke, fill])"""
    )
    # A line between rims in the other colour, with nothing within.
    assert sorted(who for who, _, _ in rings) == ["CHN", "CHN", "RUS", "RUS", "USA", "USA"]
    assert len({stroke for _, stroke, _ in rings}) == 2
    assert {fill for _, _, fill in rings} == {"none"}
    outlined = visit.page.evaluate(
        """() => new Set([...document.querySelectorAll("#world .choroplethlocation")]
        .map(path => path.style.stroke)).size"""
    )
    assert outlined == 1  # as an outline of China would be one of Mongolia too


@pytest.mark.release
@pytest.mark.browser
def test_the_map_shows_who_comes_and_goes(visit):
    page = visit.page
    expect(page.locator("#world-unit")).to_contain_text(
        "Change in the share of 6 worlds in which each state"
    )
    expect(page.locator("#world-card .of-changes")).to_have_text("−50 or less0+50 or morepoints")
    expect(page.locator("#world-card .of-shares")).to_be_hidden()
    drawn = page.evaluate("""() => {
        const {data: [shapes]} = document.querySelector("#world .js-plotly-plot");
        const {change} = parley.as_it_was;
        const off = shapes.locations.map((id, k) => Math.abs(shapes.z[k] - change(id)));
        const china = shapes.z[shapes.locations.indexOf("CHN")];
        return {off: Math.max(...off), ends: [shapes.zmin, shapes.zmax], china};
    }""")
    assert (drawn["off"], drawn["ends"]) == (0, [-0.5, 0.5])
    assert drawn["china"] > 0.5
    assert "map=" not in page.url  # it opens so where something is changed
    page.locator("#world-share").get_by_text("Signed", exact=True).click()
    expect(page.locator("#world-card .of-shares")).to_be_visible()
    expect(page.locator("#world-finding")).to_have_text(
        re.compile(r"^\d+ of 193 states on the list: ")
    )
    assert "map=signed" in page.url  # and what the visitor has chosen stays
    assert page.evaluate("document.querySelector('#world .js-plotly-plot').data[0].zmin") == 0


@pytest.mark.release
@pytest.mark.browser
def test_the_table_opens_with_those_whose_share_the_change_moves_most(visit):
    page = visit.page
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("#table-unit")).to_contain_text(
        "Those supposed come first, then who changes most; under 10 points may be luck."
    )
    row = page.locator("#stakeholders [row-id=CHN]")
    expect(row.locator("[col-id=change]")).to_have_text("supposed")
    expect(row.locator("[col-id=without]")).to_contain_text("%")
    expect(page.locator("#stakeholders [col-id=considered]")).to_have_count(0)
    moved = page.evaluate(
        """() => [0, 1, 2, 3, 4]
        .map(k => document.querySelector(`#stakeholders [row-index="${k}"]`))
        .map(row => dashAgGridFunctions.parley_moved(row.getAttribute("row-id")))"""
    )
    assert moved == sorted(moved, reverse=True)
    for place in range(
        3
    ):  # those supposed come first, though the United States signed in many worlds anyway
        expect(page.locator(f"#stakeholders [row-index='{place}'] [col-id=change]")).to_have_text(
            "supposed"
        )
    most = page.locator("#stakeholders [row-index='3']")
    who, without, signed = (
        most.locator(f"[col-id={column}]").inner_text() for column in ("name", "without", "signed")
    )
    expect(page.locator("#table-finding")).to_have_text(
        f"Who changes most: {who}, {without} → {signed}"
    )
    expect(page.locator("#face-table a[href*='shares.csv']")).to_have_attribute(
        "href", re.compile("great-powers-sign")
    )


@pytest.mark.release
@pytest.mark.browser
def test_the_register_is_set_beside_the_world_without_the_change(visit):
    page = visit.page
    page.get_by_role("tab", name="Sources").click()
    expect(page.locator("#counts thead tr").first.locator("th")).to_have_text(
        ["States", "Firms", "NGOs"]
    )
    heads = page.locator("#counts thead tr").last.locator("th")
    for place, words in enumerate(("register", "nothing changed", "what-if"), start=1):
        expect(heads.nth(place)).to_have_text(words)
    last = page.locator("#counts tbody tr").last
    register, before, now = page.evaluate("""() => {
        const {record, baseline} = parley, {date, count} = record.register.state.at(-1);
        const t = record.dates.findLastIndex(other => other <= date), {decimal} = parley.format;
        const median = baseline.levels.state[baseline.dates.indexOf(record.dates[t])];
        const now = record.bands.listed.state.median[t];
        return [String(count), decimal(median, 0), decimal(now, 0)];
    }""")
    expect(last.locator("td").nth(0)).to_have_text(register)
    expect(last.locator("td").nth(1)).to_have_text(before)
    expect(last.locator("td").nth(2)).to_have_text(now)
    page.set_viewport_size({"width": 1280, "height": 720})
    counts = page.locator("#counts")
    assert counts.evaluate("box => box.scrollWidth <= box.clientWidth")  # no column is cut


@pytest.mark.release
@pytest.mark.browser
def test_without_a_change_the_table_has_its_stages_again(visit):
    page = visit.page
    page.get_by_role("tab", name="Table").click()
    page.locator("#suppositions .take-away").click()
    expect(page.locator("#table-unit")).to_contain_text(
        "First where worlds and register differ most."
    )
    expect(page.locator("#stakeholders .ag-header-cell[col-id=considered]")).to_be_visible()
    expect(page.locator("#stakeholders [col-id=change]")).to_have_count(0)
    page.get_by_role("tab", name="Map").click()
    expect(page.locator("#world-share").get_by_text("Change", exact=True)).to_be_hidden()


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_the_name_of_the_scenario_is_said_once(page: Page, open_page):
    open_page(f"?{WHAT_IF}", width=390)
    chip = page.locator(".supposition > span")
    expect(chip).to_have_text(re.compile("^scenario “The great powers sign”: from November 2018"))
    expect(chip.locator(".of-scenario")).to_be_hidden()  # the box below has it
    expect(chip).to_be_visible()


@pytest.mark.release
@pytest.mark.browser
def test_the_page_is_one_sheet_of_paper_and_says_what_its_numbers_are_of(page: Page, open_page):
    open_page(f"?{FEW}", width=1280)
    expect(page.locator("#harm")).to_contain_text("%")
    expect(page.locator(".kinds .trace").nth(8)).to_be_attached()
    page.wait_for_function(
        "() => !document.body.matches('.asking, .waiting') && !parley.story.is_telling()"
    )
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="print")
    for words in (
        "held by signatory states",
        "assumptions vary at once, each over what is plausible.",
    ):
        expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.release
@pytest.mark.browser
def test_the_map_gives_a_picture_of_europe(page: Page, open_page):
    open_page(f"?{FEW}&figure=map")
    menu = page.locator("#world-card .download")
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_text("PNG, Europe", exact=True).click()
    assert download.value.suggested_filename.startswith("parley-map-europe-")
    expect(page.get_by_role("button", name="Enlarge Europe")).to_have_attribute(
        "aria-pressed", "false"
    )


@pytest.mark.release
@pytest.mark.browser
def test_a_link_written_while_the_page_plays_by_itself_leads_to_the_end(page, open_page):
    open_page(f"?{FEW}", motion="no-preference")
    expect(page.locator("#round-number")).to_have_text(re.compile(r"month ([1-9]|[1-5]\d)$"))
    page.evaluate("parley.write_links()")  # as an answer does that comes on the way
    page.locator("#to-brief").click()  # nobody has chosen a month
    expect(page).to_have_url(re.compile(r"/brief(\?|$)"))
    assert "round=" not in page.url


@pytest.mark.release
@pytest.mark.browser
def test_where_conduct_is_withheld_nothing_is_said_of_what_it_assumes(page: Page, open_page):
    open_page(f"?{FEW}&branch=0:USA:signs")
    expect(page.locator("#harm")).to_have_text("not told")
    expect(page.locator("#conduct-more")).to_be_hidden()
