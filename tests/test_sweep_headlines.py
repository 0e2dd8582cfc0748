"""The headlines of answers to sweeps: in a line or two, with one decimal, as the figure below
them.
"""

import re

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import sim
from dashboard.data.ready_answers import answers, finding, in_one_sentence
from dashboard.data.ready_questions import FIRST, ready_questions, ready_sweeps
from sim.kinds_and_statuses import KINDS
from sim.number_formats import MINUS, count

SANCTIONS = (
    "With the strongest sanctions, the code prevents 2.5 points more harm (1.0 to 3.1); where"
    " attribution is poor, 1.9 (0.8 to 2.7)."
)
WATCHED = (
    "With all the monitoring that signatories can do, the code prevents 1.7 points less harm (0.5"
    " to 3.1); where attribution is poor, 2.6 (2.0 to 3.3); where it is good, 0.9 (0.4 to 1.2)."
)
DIALS = (
    "Four dials move 33 to 46 states each, none clearly ahead: how often the poorest hear,"
    " ambition, openness and campaign."
)


@pytest.mark.parametrize(
    ("name", "said"),
    [("attribution-and-sanctions", SANCTIONS), ("monitoring", WATCHED), (FIRST, DIALS)],
)
def test_a_verdict_has_its_difference_and_its_range_in_one_sentence(name, said):
    found = finding(answers()[ready_questions()[name].key])
    assert found == said
    assert "(" not in in_one_sentence(found)


DEPENDS = "depends almost only on"


def test_who_brings_more_is_told_by_the_answer_on_which_nearly_all_of_it_depends():
    answer = answers()[ready_questions()["which-great-power"].key]
    claim, depends = answer["sentences"][0]["headline"]
    assert "nine in ten" not in claim
    rows = pd.DataFrame(
        {name: answer["rows"][name] for name in ("choose_who", "choose_when", "others_firm")}
    )
    means = rows.groupby(["choose_when", "choose_who"])["others_firm"].mean().unstack()
    gains = (means["CHN"] - means["USA"]).sort_values(ascending=False)
    titles = next(axis["titles"] for axis in answer["axes"] if axis["name"] == "choose_when")
    told = [
        rf"{count(gain)} \({re.escape(titles[when])}; \d+ to \d+\)" for when, gain in gains.items()
    ]
    assert re.search(f": {told[0]}, {told[1]} or {told[2]}\\.$", depends)


def test_the_reason_of_who_brings_more_has_the_firms_of_the_model():
    population = sim.run("great-powers-sign", replicates=1).setting.population
    home = np.array(population.home_iso3)[np.array(population.kind) == KINDS.index("firm")]
    of_usa, of_china, of_russia = (int((home == state).sum()) for state in ("USA", "CHN", "RUS"))
    ours = f"{of_usa} are of the United States, {of_china} of China and {of_russia} of Russia."
    answer = answers()[ready_questions()["which-great-power"].key]
    assert f"of {count(len(home))} in the model {ours}" in answer["because"]


def test_where_no_answer_of_the_scenario_decides_none_is_named():
    for name in ready_sweeps():
        sentences = answers()[ready_questions()[name].key]["sentences"]
        others = sentences[1:] if name == "which-great-power" else sentences
        assert not [each["text"] for each in others if DEPENDS in each["text"]]


@pytest.mark.release
@pytest.mark.browser
def test_the_figure_and_the_parts_have_the_decimals_of_the_headline(page: Page, open_page):
    open_page("sweeps?sweep=ready%3Dmonitoring")
    expect(page.locator("#sweep-sentences .found").first).to_contain_text(WATCHED)
    parts = [re.compile(r"\+1\.0"), re.compile(f"^More retaliation{MINUS}2.8")]
    expect(page.locator("#sweep-also tbody tr")).to_have_text(parts)
    expect(page.locator("#sweep-also thead th").first).to_have_text(f"Of the {MINUS}1.7, by")
    expect(page.locator("#sweep-effects .annotation-text")).to_contain_text([f"{MINUS}0.9"])
    assert page.locator("#sweep-exact").get_attribute("open") is None
