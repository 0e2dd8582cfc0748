"""What a picture shows or says can be found in the table beside it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pandas as pd
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

import dashboard
from dashboard.data.record import people
from dashboard.pages.designer.routes import DEPTHS, MEASURES, WAYS, frontier_table

FEW = "worlds=3&seed=2"


def table(client: FlaskClient, path: str) -> pd.DataFrame:
    return pd.read_csv(
        io.StringIO(client.get(f"/data/{path}").text), keep_default_na=False, na_values=[""]
    )


def test_the_curves_compared_have_the_ends_of_other_fits_at_each_difference(client):
    views = f"{FEW}&with=scenario%3Dgreat-powers-sign"
    curves, differences = (
        table(client, f"{path}?{views}") for path in ("compare/curves.csv", "compare.csv")
    )
    ends, is_difference = ["other_fits_low_90", "other_fits_high_90"], curves["view"] == "B less A"
    assert curves.loc[~is_difference, ends].isna().all(axis=None)
    last = curves[is_difference].groupby("kind")[ends].last()
    for kind, words in (("state", "States"), ("firm", "Firms"), ("ngo", "NGOs")):
        [told] = (
            differences.loc[differences["measure"] == f"{words} on the public list", ends]
            .to_numpy()
            .tolist()
        )
        assert last.loc[kind].tolist() == pytest.approx(told)


def test_the_shares_have_the_groups_by_which_the_map_is_titled(client):
    shares, rows = (
        table(client, f"shares.csv?{FEW}").set_index("id"),
        {row["id"]: row for row in people()},
    )
    for group in ("region", "regional_group"):
        assert {who: shares[group][who] for who in ("FRA", "CHN", "USA")} == {
            who: rows[who][group] for who in ("FRA", "CHN", "USA")
        }
    in_europe = shares.index[shares["europe"] & (shares["kind"] == "state")]
    assert set(in_europe) == {
        who for who, row in rows.items() if row["kind"] == "state" and "Europe" in row["region"]
    }
    assert {"FRA", "RUS"} <= set(in_europe)


def test_the_ways_of_the_frontier_are_called_as_in_its_picture(client):
    script = (Path(dashboard.__file__).parent / "assets/figures_designer.js").read_text(
        encoding="utf-8"
    )
    [words] = re.findall(r"const WAYS = \{(.*?)\};", script, re.DOTALL)
    assert dict(re.findall(r'"?([a-z][a-z ]*?)"?: "([a-z ]+)"', words)) == WAYS
    texts = [
        {
            "way": way,
            "present": False,
            "basis": "",
            **dict.fromkeys(DEPTHS, 0.5),
            "set": {},
            "frontier": [],
            **{name: [0, 1, 2] for name in MEASURES},
        }
        for way in WAYS
    ]
    rows = pd.read_csv(io.BytesIO(frontier_table({"texts": texts})))
    assert rows["way"].tolist() == list(WAYS.values())


RANGES = """() => {
    const {data, layout} = document.querySelector("#by-depth .js-plotly-plot");
    const fills = data.filter(({fill}) => fill).map(({fillcolor}) => fillcolor);
    return [fills, layout.annotations.map(({text}) => text)];
}"""


@pytest.mark.release
@pytest.mark.browser
def test_both_ranges_of_conduct_are_filled_and_named_and_the_present_text_is_marked(
    page: Page, open_page
):
    open_page("designer?worlds=8", width=1280)
    card = page.locator("#by-depth-card")
    card.locator("summary").first.click()
    expect(page.locator("#by-depth .trace").first).to_be_attached(
        timeout=600_000
    )  # nine texts in many worlds
    fills, words = page.evaluate(RANGES)
    assert len(set(fills)) == 2
    ranges = [
        "everybody decides anew: range of nine in ten",
        "present signatories, all bound: range of nine in ten",
    ]
    assert words == [*ranges, "the present text"]
    page.wait_for_function("menu => !menu.hidden", arg=card.locator("> .download").element_handle())
    with page.expect_download() as download:
        card.locator("> .download").get_by_text("SVG").dispatch_event("click")
    text = download.value.path().read_text(encoding="utf-8")
    assert [
        each
        for each in ("conduct is assumed", "nine in ten", "the present text")
        if each not in text
    ] == []
