"""What downloads are called, so that none overwrites another, and words in them that a reader
needs.
"""

from __future__ import annotations

import io
import re
import struct

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from dashboard.data.tables import NO_LAUNCH_YET, SIGNED

FEW = "worlds=3"
BESIDE = "with=scenario%3Dgreat-powers-sign"


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"data/explain/history.csv?{FEW}&who=USA&by=13", "history-USA.csv"),
        (
            f"data/explain/history.csv?{FEW}&who=CHN&scenario=great-powers-sign",
            "history-CHN-great-powers-sign.csv",
        ),
        (f"data/explain.csv?{FEW}&who=USA&by=13", "motives-USA-2019-12.csv"),
        ("data/explain/changes.csv?who=USA&by=13", "changes-USA-2019-12.csv"),
        ("data/explain/changes.csv?who=USA&by=13&aim=in", "changes-USA-2019-12-in.csv"),
        (f"data/run.csv?{FEW}", "run-paris-call-2018.csv"),
        (f"data/run.csv?{FEW}&branch=0:USA:signs", "run-paris-call-2018-what-if.csv"),
        (
            f"data/manifest.json?{FEW}&set=attention_scale:2",
            "manifest-paris-call-2018-what-if.json",
        ),
        (
            f"data/explain.csv?{FEW}&who=CHN&by=13&branch=0:USA:signs",
            "motives-CHN-what-if-2019-12.csv",
        ),
        (f"data/shares.csv?{FEW}&round=3", "shares-paris-call-2018-2019-02.csv"),
        (f"data/manifest.json?{FEW}", "manifest-paris-call-2018.json"),
        (f"data/network.csv?{FEW}&scenario=great-powers-sign", "ties-great-powers-sign.csv"),
        (f"data/compare.csv?{FEW}&{BESIDE}", "compare-paris-call-2018-vs-great-powers-sign.csv"),
        (
            f"data/compare/curves.csv?{FEW}&{BESIDE}",
            "compare-paris-call-2018-vs-great-powers-sign-curves.csv",
        ),
        (f"brief/file?{FEW}&who=USA&by=13&aim=in", "brief-USA-2019-12.html"),
        (f"brief/file?{FEW}", "brief-paris-call-2018-2024-01.html"),
        ("brief/file?negotiation=replicates%3D6", "brief-un-gge-2017.html"),
    ],
)
def test_a_download_is_called_after_what_it_holds(client, path, name):
    assert (
        client.get(f"/{path}").headers["Content-Disposition"]
        == f"attachment; filename=parley-{name}"
    )


def test_who_has_signed_before_the_launch_is_ready_to(client):
    answer = client.get(f"/data/explain/history.csv?{FEW}&who=USA&by=13")
    history = pd.read_csv(io.BytesIO(answer.data))
    assert set(history.loc[history["round"] < 0, "signed_means"]) == {NO_LAUNCH_YET}
    assert set(history.loc[history["round"] >= 0, "signed_means"]) == {SIGNED}


def test_a_brief_of_a_page_as_it_opens_names_no_bare_slash(client):
    text = client.get("/brief/file").text
    assert "<code>parley dashboard</code>, which opens on it" in text
    assert "<code>/</code>" not in text


def test_differences_have_the_ranges_of_other_fits_where_there_are_such(client):
    def differences(query: str) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(client.get(f"/data/compare.csv?{FEW}&{query}").data))

    found = client.get(f"/data/compare?{FEW}&{BESIDE}").get_json()
    [wide] = client.get(f"/data/compare?{found['other_fits']}").get_json()["pairs"]
    rows = differences(BESIDE)
    for end in ("median", "low_90", "high_90"):
        assert rows[f"other_fits_{end}"].to_list() == pytest.approx(
            [row[end] for row in wide["differences"]]
        )
    text = f"{FEW}&set=ambition_1:0"
    design = pd.read_csv(io.BytesIO(client.get(f"/data/design.csv?{text}").data))
    others = client.get(f"/data/design?{text}").get_json()["other_fits"]
    [wide] = client.get(f"/data/compare?{others}").get_json()["pairs"]
    assert design["other_fits_low_90"].to_list() == pytest.approx(
        [row["low_90"] for row in wide["differences"]]
    )
    realist = differences(f"lens=realist&{BESIDE}%26lens%3Drealist")  # which has weights of its own
    assert realist["other_fits_median"].isna().all()


def test_totals_by_month_hold_all_that_the_curves_draw_of_a_change(client):
    def totals(query: str) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(client.get(f"/data/run.csv?{query}").data))

    powers, before = f"{FEW}&scenario=great-powers-sign", totals(FEW)
    beside = client.get(f"/data/baseline?{powers}").get_json()
    wide = client.get(f"/data/baseline?{beside['other_fits']}").get_json()
    rows = totals(powers)
    for kind, of_kind in rows.groupby("kind"):
        shown = of_kind.set_index("date").loc[beside["dates"]]
        assert shown["median_without"].to_list() == beside["levels"][kind]
        for edge in ("median", "low_90", "high_90"):
            assert shown[f"change_{edge}"].to_list() == pytest.approx(
                beside["difference"][kind][edge]
            )
        for edge in ("low_90", "high_90"):
            assert shown[f"other_fits_change_{edge}"].to_list() == pytest.approx(
                wide["difference"][kind][edge]
            )
    assert rows["median_without"].to_list() == before["median"].to_list()
    added = [name for name in rows if name not in before]
    assert added == [
        "median_without",
        "change_median",
        "change_low_90",
        "change_high_90",
        "other_fits_change_low_90",
        "other_fits_change_high_90",
    ]
    of_lens = totals(f"{powers}&lens=realist")  # which has weights of its own
    assert [name for name in of_lens if name not in before] == added[:-2]


@pytest.mark.release
@pytest.mark.browser
def test_a_picture_numbers_both_lines_and_says_why_a_change_is_not_what_they_are_apart(
    page: Page, open_page
):
    open_page("?scenario=great-powers-sign", width=1280)
    expect(page.locator("#difference-firm .of-fits")).to_have_text(re.compile(r"\d"))
    drawn = {}
    for kind in ("state", "firm"):
        with page.expect_download() as download:
            page.locator(f"#panel-{kind} .download button", has_text="SVG").evaluate(
                "button => button.click()"
            )
        text = re.sub(r"<[^>]+>", " ", download.value.path().read_text(encoding="utf-8"))
        drawn[kind] = " ".join(text.split())
    [was] = re.findall(r"nothing changed ([\d,]+)", drawn["firm"])
    [(now, more)] = re.findall(
        r"Firms on the list, Jan 2024: ([\d,]+), (\d+) more than", drawn["firm"]
    )
    assert int(now) - int(was) != int(more)
    note = "the median of pairs of worlds, not the difference of the two medians."
    assert f"Dashed: simulated, nothing changed. {more}: {note}" in drawn["firm"]
    assert note not in drawn["state"]
    page.locator("[data-kind=firm]").click()
    label = page.locator("#adoption-firm .annotation", has_text="nothing changed")
    expect(label).to_have_text(f"nothing changed {was}")


@pytest.mark.release
@pytest.mark.browser
def test_a_picture_of_compared_views_says_whom_it_counts_and_where_the_register_is_from(
    page: Page, open_page
):
    open_page("compare?with=scenario%3Dgreat-powers-sign", width=1280)
    expect(page.locator("#compare-curves .main-svg").first).to_be_attached()
    expect(page.locator("#compare-reading .span-key").first).to_be_attached()
    menu = page.locator(".compare-card .download")
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.get_by_text("SVG").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert len(download.value.suggested_filename) <= 64
    assert (
        download.value.suggested_filename
        == "parley-compare-paris-call-2018-vs-great-powers-sign.svg"
    )
    assert re.search(r"\d+ more firms if the great powers sign", text)
    assert "The great powers sign (B) and The Paris Call, 2018 (A)" in text
    assert "Source: simulated by Parley" in text
    assert "drawn first" not in text
    assert "upright bar with ends" in text
    assert "on the list" in text


@pytest.mark.release
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.browser
def test_the_menu_of_downloads_lies_over_the_figure_which_keeps_its_height(
    page: Page, open_page, width
):
    open_page(f"?{FEW}", width=width)
    curve, panel = page.locator("#adoption-state"), page.locator("#panel-state")
    expect(curve.locator(".trace").first).to_be_attached()
    before = curve.bounding_box(), panel.bounding_box()
    panel.locator(".download summary").click()
    expect(panel.locator(".download").get_by_text("PNG")).to_be_visible()
    assert (curve.bounding_box(), panel.bounding_box()) == before


@pytest.mark.release
@pytest.mark.parametrize(
    ("query", "panel", "word", "name"),
    [
        ("round=12", "#panel-state", "SVG", "states-paris-call-2018-2024-01.svg"),
        (
            "round=12&set=monitoring:0.5",
            "#panel-state",
            "SVG",
            "states-paris-call-2018-what-if-2024-01.svg",
        ),
        ("round=12&figure=map", "#world-card", "SVG", "map-paris-call-2018-2019-11.svg"),
        (
            "scenario=great-powers-sign&map=change",
            "#world-card",
            "PNG, Europe",
            "map-europe-change-great-powers-sign-2024-01.png",
        ),
    ],
)
@pytest.mark.browser
def test_a_picture_is_called_after_what_is_drawn(page: Page, open_page, query, panel, word, name):
    open_page(f"?{FEW}&{query}", width=1280)
    card = page.locator(panel)
    expect(card.locator(".main-svg").first).to_be_attached()
    card.locator(".download summary").click()
    with page.expect_download() as download:
        card.locator(".download").get_by_text(word, exact=True).click()
    assert download.value.suggested_filename == f"parley-{name}"
    if panel == "#panel-state":  # whose curve is drawn to the end, whichever month is shown
        assert "States on the list, Jan 2024: " in download.value.path().read_text(encoding="utf-8")


@pytest.mark.release
@pytest.mark.browser
def test_the_title_of_a_map_is_its_finding_and_what_is_supposed_stands_below(page: Page, open_page):
    open_page(f"?{FEW}&set=monitoring:0.5&figure=map", width=1280)
    card = page.locator("#world-card")
    expect(card.locator(".main-svg").first).to_be_attached()
    card.locator(".download summary").click()
    with page.expect_download() as download:
        card.locator(".download").get_by_text("SVG", exact=True).click()
    text = re.sub("<[^>]+>", "|", download.value.path().read_text(encoding="utf-8"))
    assert text.index("Supposing: ") > text.index("Simulated: ")
    assert text.count("Supposing: ") == 1
    card.locator(".download summary").click()
    with page.expect_download() as download:
        card.locator(".download").get_by_text("PNG, Europe", exact=True).dispatch_event("click")
    wide, high = struct.unpack(
        ">II", download.value.path().read_bytes()[16:24]
    )  # of Europe, in its own proportions
    assert wide / high == pytest.approx(1000 / 830, abs=0.01)


@pytest.mark.release
@pytest.mark.browser
def test_a_menu_at_the_lower_edge_of_a_phone_opens_in_sight(page: Page, open_page):
    open_page(f"?{FEW}", width=390)
    menu = page.locator("#panel-state .download")
    expect(page.locator("#adoption-state .trace").first).to_be_attached()
    menu.evaluate("menu => scrollBy(0, menu.getBoundingClientRect().bottom - innerHeight)")
    menu.locator("summary").click()
    expect(menu.get_by_text("CSV, all three")).to_be_in_viewport(ratio=1)


@pytest.mark.release
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.browser
def test_the_bars_of_a_campaign_are_taken_along_as_a_picture_in_the_colours_of_paper(
    page: Page, open_page, scheme
):
    open_page("campaign", scheme, width=390)
    for question, file, words in (
        (
            "campaign",
            "whom-to-approach-paris-call-2018-10-states",
            [
                "Kenya",
                "All 10",
                "+4.6",
                "judged on 100 others",
                "To approach a state is",
                "“Signs anyway”",
                "After a name",
                "What others add assumes that ties",
            ],
        ),
        (
            "pivots",
            "whose-signature-paris-call-2018-20-candidates",
            ["United Kingdom", "90 % of other fits", "Places are", "This assumes that ties"],
        ),
    ):
        expect(page.locator(f"#{question}-top .part")).to_have_count(10)
        menu = page.locator(f"#{question}-card > .download")
        menu.locator("summary").click()
        for kind in ("PNG", "SVG", "CSV"):
            with page.expect_download() as download:
                menu.get_by_text(kind, exact=True).click()
            assert download.value.suggested_filename == f"parley-{file}.{kind.lower()}"
            if kind == "SVG":
                text = download.value.path().read_text(encoding="utf-8").replace("\u00a0", " ")
                expected = [
                    *words,
                    "By the best fit",
                    "What if, under fitted weights",
                    "Source: simulated by Parley",
                ]
                assert [each for each in expected if each not in text] == []
                assert (
                    text.count("rgb(0, 114, 178)") == 10 + 1
                )  # bars and their key, whatever the scheme


@pytest.mark.release
@pytest.mark.parametrize(
    ("path", "figures"),
    [("designer", ["frontier"]), ("stakeholder?who=USA&by=13", ["changes", "motives"])],
)
@pytest.mark.browser
def test_a_picture_of_what_is_simulated_says_from_which_list(page: Page, open_page, path, figures):
    open_page(path, width=1280)
    for figure in figures:
        menu = page.locator(".card", has=page.locator(f"#{figure}")).last.locator("> .download")
        if figure == "frontier":  # which is simulated after the page is there
            expect(page.locator("#frontier .trace").first).to_be_attached()
        page.wait_for_function("menu => !menu.hidden", arg=menu.element_handle())
        with page.expect_download() as download:
            menu.get_by_text("SVG").dispatch_event("click")
        text = download.value.path().read_text(encoding="utf-8")
        assert "Source: simulated by Parley from the public list of supporters" in text
