"""What the page Campaign finds, with other fits that the data allow."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import sim
from dashboard.data.questions import question_from
from dashboard.view import view_of
from sim.number_formats import change_in_words

PIVOTS = {"kind": "pivots", "view": "worlds=2", "asked": "who=USA&who=FRA&from=2"}
CAMPAIGN = {"kind": "campaign", "view": "scenario=states-only&worlds=2", "asked": "approaches=2"}


def in_words(gaps: np.ndarray) -> str:
    return change_in_words(*np.percentile(gaps, (5, 95))).replace("up to ", "0 to ")


def test_a_signature_brings_what_the_library_says_of_each_world():
    told: dict[str, Any] = question_from(PIVOTS).answer()["pivots"]
    wider = view_of("worlds=2&weights=draws").variant
    pivots = sim.pivots(wider, who=["FRA", "USA"], from_round=2, replicates=2)
    said = {row["who"]: row["other_fits"] for row in told["signs less stays out"]}
    for place, index in enumerate(pivots.candidates):
        _, stays_out, signs = pivots.counts[place, 0]  # [as it is, stays out, signs; world; kind]
        assert f"{in_words(signs[:, 1] - stays_out[:, 1])} firm" in said[pivots.setting.population.ids[index]]


def test_approaches_bring_what_the_library_says_of_the_worlds_that_they_are_judged_on():
    answer = question_from(CAMPAIGN).answer()
    outreach = sim.outreach("states-only", approaches=2, replicates=2)
    same = {"replicates": outreach.arguments["judged_on"], "seed": outreach.arguments["seed_of_judgement"]}
    wider = view_of("scenario=states-only&worlds=2&weights=draws").variant
    before, after = (sim.run(wider, events=events, **same).by_replicate["signatories", "state"]
                     for events in ((), outreach.events))  # fmt: skip
    assert answer["other_fits"].startswith(f"With other fits that the data allow: {in_words(after - before)} state")


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


@pytest.mark.browser
def test_what_is_found_is_said_of_the_best_fit_with_a_line_on_other_fits(page: Page, open_page):
    open_page("campaign")
    expect(page.locator("#pivots-found")).to_have_text(re.compile("^By the best fit, none of these 20 signatures"))
    line = r"^With other fits that the data allow: .+ more firms.*, with China’s signature\.$"
    expect(page.locator("#pivots-other-fits")).to_have_text(re.compile(line))
    found = r"^By the best fit, the 10 states below bring [^(]+ \(\d+ to \d+ with other fits\)[^(]+$"
    expect(page.locator("#campaign-found")).to_have_text(re.compile(found))
    line = r"^With other fits that the data allow: \d+ to \d+ more states.*\.$"
    expect(page.locator("#campaign-other-fits")).to_have_text(re.compile(line))
    expect(page.get_by_text("Sweeps asks something else")).to_be_visible()


@pytest.mark.browser
def test_where_there_are_no_other_fits_nothing_is_said_of_the_best_one(page: Page, open_page):
    open_page("campaign?worlds=2&lens=realist&pivots=who%3DCHN")
    expect(page.locator("#pivots-start")).to_be_visible()
    page.locator("#pivots-start").press("Enter")
    expect(page.locator("#pivots-found")).not_to_be_empty(timeout=240_000)
    expect(page.locator("#pivots-found")).not_to_contain_text("best fit")
    expect(page.locator("#pivots-other-fits")).to_be_hidden()
