"""What the page Campaign finds, with other fits that the data allow."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import sim
from dashboard.data.questions import question_from, table_of
from dashboard.data.ready_answers import answers
from dashboard.view import view_of
from sim.number_formats import change_in_words, difference, interval, mean, percent

FOUND = (
    "By the best fit, China’s signature brings 22.5 others (14 to 89 with other fits), nearly all"
    " firms."
)
PIVOTS = {"kind": "pivots", "view": "worlds=2", "asked": "who=USA&who=FRA&from=2"}
CAMPAIGN = {"kind": "campaign", "view": "scenario=states-only&worlds=2", "asked": "approaches=2"}


def shipped(kind: str) -> dict[str, Any]:
    return answers()[question_from({"kind": kind, "view": "", "asked": ""}).key]


def in_words(gaps: np.ndarray) -> str:
    return change_in_words(*np.percentile(gaps, (5, 95))).replace("up to ", "0 to ")


def test_a_signature_brings_what_the_library_says_of_each_world():
    told: dict[str, Any] = question_from(PIVOTS).answer()["pivots"]
    wider = view_of("worlds=2&weights=draws").variant
    pivots = sim.pivots(wider, who=["FRA", "USA"], from_round=2, replicates=2)
    rows = {row["who"]: row for row in told["signs less stays out"]}
    gaps = (
        pivots.counts[:, 0, 2] - pivots.counts[:, 0, 1]
    )  # [as it is, stays out, signs; world; kind]
    most = gaps.sum(axis=2).max(axis=0)
    for index, gap in zip(pivots.candidates, gaps, strict=True):
        row, others = rows[pivots.setting.population.ids[index]], gap.sum(axis=1)
        assert f"{in_words(gap[:, 1])} firm" in row["other_fits"]
        assert [row["other_fits_low"], row["other_fits_high"]] == pytest.approx(
            np.percentile(others, (5, 95))
        )
        assert row["other_fits_first"] == (others == most).mean()


def test_a_place_with_other_fits_is_that_of_nine_in_ten_worlds():
    """The best fit sets China apart from the United States; not all fits do."""
    rows = {row["who"]: row for row in shipped("pivots")["pivots"]["signs less stays out"]}
    assert rows["CHN"]["worst"] < rows["USA"]["best"]
    assert rows["CHN"]["other_fits_worst"] >= rows["USA"]["other_fits_best"]
    assert rows["CHN"]["other_fits_first"] > 1 / 2
    losses = shipped("pivots")["pivots"]["stays out less as it is"]
    assert losses[0]["other_fits_best"] == 1
    assert losses[0]["other_fits_high"] <= 0


def test_approaches_bring_what_the_library_says_of_the_worlds_that_they_are_judged_on():
    answer = question_from(CAMPAIGN).answer()
    outreach = sim.outreach("states-only", approaches=2, replicates=2)
    same = {
        "replicates": outreach.arguments["judged_on"],
        "seed": outreach.arguments["seed_of_judgement"],
    }
    wider = view_of("scenario=states-only&worlds=2&weights=draws").variant
    before, after = (sim.run(wider, events=events, **same).by_replicate["signatories", "state"]
                     for events in ((), outreach.events))  # fmt: skip
    words = in_words(after - before)
    assert answer["other_fits"].startswith(f"{words} state")
    assert answer["other_fits_states"] == words.removesuffix(" more")
    assert answer["other_fits_organisations"] == ""  # which may not sign this code
    table = pd.read_csv(BytesIO(table_of(answer, "lists") or b"")).set_index("list")
    ends = table[["other_fits_states_low", "other_fits_states_high"]]
    assert ends.loc["this list"].tolist() == pytest.approx(np.percentile(after - before, (5, 95)))
    assert ends.drop("this list").isna().all(axis=None)
    assert table.loc["this list", "other_fits_firms_high"] == 0


@pytest.mark.parametrize("content", [PIVOTS, CAMPAIGN], ids=["pivots", "campaign"])
def test_other_weights_than_the_fitted_ones_have_no_other_fits(content):
    answer = question_from(content | {"view": f"{content['view']}&lens=realist"}).answer()
    rows = answer["pivots"]["signs less stays out"] if "pivots" in answer else [answer]
    assert [row["other_fits"] for row in rows] == [None] * len(rows)


@pytest.mark.parametrize("lens", ["", "&lens=realist"])
def test_progress_ends_with_the_work_with_and_without_other_fits(lens):
    shares: list[float] = []
    question = question_from(PIVOTS | {"view": f"worlds=2{lens}"})
    question.answer(lambda done, total: shares.append(done / total))
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.release
@pytest.mark.browser
def test_what_is_found_is_said_of_the_best_fit_with_a_line_on_other_fits(page: Page, open_page):
    open_page("campaign")
    expect(page.locator("#pivots-found")).to_have_text(FOUND)
    line = (
        r"^By the best fit, none of these 20 signatures brings even one other state on average; "
        r"with other fits that the data allow, with China’s signature: 0 to \d+ more states, .+"
        r" more firms.*\.$"
    )
    expect(page.locator("#pivots-other-fits")).to_have_text(re.compile(line))
    found = (
        r"^By the best fit, approaching these 10 states brings [^(]+ by the end \(\d+\sto\s\d+ with"
        r" other fits\)\.$"
    )
    expect(page.locator("#campaign-found")).to_have_text(re.compile(found))
    line = (
        r"^With other fits that the data allow: \d+ to \d+ more firms[^0-9]*(\d+ to \d+ more"
        r" NGOs)?\.$"
    )
    expect(page.locator("#campaign-other-fits")).to_have_text(re.compile(line))
    # in the finding, and at the total
    of_states = f"{shipped('campaign')['other_fits_states']} with other fits"
    said = page.locator("#campaign-card").inner_text().replace("\u00a0", " ")
    assert said.count(of_states) == 2
    first = shipped("pivots")["pivots"]["signs less stays out"][0]  # in the finding as in its row
    expect(page.locator("#pivots-found")).to_contain_text(mean(first["mean"]))
    expect(page.get_by_text("Sweeps asks something else")).to_be_visible()
    row = page.locator("#pivots-top tbody tr").first
    expect(row.locator(".rank")).to_have_text(
        interval(first["other_fits_best"], first["other_fits_worst"])
    )
    expect(page.locator("#pivots-sorted")).to_contain_text(
        f"in {percent(first['other_fits_first'])} of the worlds"
    )
    expect(page.locator("#pivots-top .fits")).to_have_count(10)
    gain = difference(shipped("campaign")["lists"][0]["gain"])
    expect(page.locator("#campaign-top .all")).to_have_text(f"All 10{of_states}{gain}")


@pytest.mark.release
@pytest.mark.browser
def test_where_there_are_no_other_fits_nothing_is_said_of_the_best_one(page: Page, open_page):
    open_page("campaign?worlds=2&lens=realist&pivots=who%3DCHN")
    expect(page.locator("#pivots-start")).to_be_visible()
    page.locator("#pivots-start").press("Enter")
    expect(page.locator("#pivots-found")).not_to_be_empty(timeout=240_000)
    expect(page.locator("#pivots-found")).not_to_contain_text("best fit")
    expect(page.locator("#pivots-other-fits")).to_be_hidden()
