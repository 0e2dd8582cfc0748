"""The page Code designer: what another comparison answers better is said in a line, with a link to
that comparison.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_page_designer_in_a_browser import rest

FEW = "worlds=10"


@pytest.mark.release
@pytest.mark.browser
def test_another_scenario_is_set_beside_the_paris_call_as_it_was(page: Page, open_page) -> None:
    open_page(f"designer?{FEW}&scenario=great-powers-sign")
    line = page.locator("#design-scenario")
    expect(line).to_have_text(
        re.compile(
            r"^In all, \d+ more states: China and Russia; the United States mostly signs anyway\."
            r" Compare with the Paris "
            r"Call as it was$"
        ),
        timeout=180_000,
    )
    below = page.locator("#design-scenario ~ .numbers-table ~ #design-of-pairs")
    expect(below).to_have_text(
        re.compile(
            r"^Material power beside the Paris Call as it was: \d+\spoints? more.*\. Differences"
            r" are medians over pairs of "
        )
    )
    headline = re.compile(
        r"^If the great powers sign, (no other state follows in (any|\d) of 10 worlds|10 worlds"
        r" cannot tell whether "
        r"other states follow).*; .* firms sign.*[^.]$"
    )
    expect(page.locator("#design-said")).to_have_text(headline)
    expect(page.locator("#change-harm")).to_have_text("0 points", timeout=180_000)
    expect(page.locator("#design-said")).to_have_text(
        headline
    )  # conduct, which comes late, does not take it back
    rest(page)
    line.get_by_role("link").click()
    expect(page.locator("#compare-finding")).to_contain_text("If the great powers sign (B), ")
    open_page(f"designer?{FEW}")
    expect(page.locator("#design-provenance")).to_contain_text("10 worlds under each text")
    expect(line).to_be_hidden()  # it is the Paris Call as it was
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_monitoring_and_sanctions_are_told_apart(page: Page, open_page) -> None:
    open_page(f"designer?{FEW}&set=sanctions:2")
    apart = page.locator("#design-apart")
    expect(page.locator("#design-provenance")).to_contain_text("10 worlds under each text")
    expect(apart).to_be_hidden()
    page.get_by_role("button", name="Monitoring and sanctions").click()
    rows = apart.get_by_role("row")
    expect(rows).to_have_text([
        re.compile("Harm prevented"), re.compile(r"^Sanctions alone.*(more|less).*fewer$"),
        re.compile(r"^Monitoring alone.*(more|less).*more$"), re.compile("^Both"),
    ], timeout=180_000)  # fmt: skip
    rest(page)
    apart.get_by_role("link").click()
    rules = ("sanctions", "monitoring", "sanctions and full monitoring")
    conditions = [re.compile(f"^With .*{words}") for words in rules]
    expect(page.locator("#compare-finding .line")).to_have_text(conditions)


@pytest.mark.release
@pytest.mark.browser
def test_an_exchange_far_outside_the_data_has_its_sum_and_harm_one_decimal(
    page: Page, open_page
) -> None:
    open_page("designer?worlds=2")
    told = page.evaluate("""() => {
        const of = (median, low_90, high_90) => ({first: 83, median, low_90, high_90, sign: -1});
        const best = of(-20, -26, -9);
        const {in_sum} = parley.finding;
        return [in_sum(best, of(-20, -42, -4)), in_sum(best, undefined),
            parley.statements.harm([-0.12, 0.7])].map(words => words.replaceAll("\u00a0", " "));
    }""")
    assert told == [
        "In sum, counting smaller moves too, fewer states sign.", "",
        "harm prevented would probably rise (assumed: −0.1 to +0.7 points)",
    ]  # fmt: skip


@pytest.mark.release
@pytest.mark.browser
def test_a_change_that_may_be_none_is_no_flat_number(page: Page, open_page) -> None:
    open_page("designer?worlds=2")
    said = page.evaluate("""() => {
        const change = (median, low_90, high_90) =>
            ({first: 80, median, low_90, high_90, sign: Math.sign(median)});
        const firm = change(-7, -17, -3), ngo = change(0, 0, 0);
        const of = state => ({state: change(...state), firm, ngo});
        const still = {state: change(-1, -2, 0), firm: change(0, 0, 2), ngo: change(0, 0, 0)};
        const nobody = {up: [], down: []};
        const {as_text, in_numbers, moves_nobody, of_conduct} = parley.finding;
        return [as_text(in_numbers(of([-1, -3, 0]))), as_text(in_numbers(of([-2, -3, -1]))),
            moves_nobody(still, nobody, false), moves_nobody(of([-1, -2, 0]), nobody, false),
            as_text(of_conduct(still, null))];
    }""")
    assert said == [
        "7 fewer firms and perhaps 1 fewer state than under the present text; as many NGOs",
        "2 fewer states and 7 fewer firms than under the present text; as many NGOs",
        True, False, "Hardly anybody joins or leaves",
    ]  # fmt: skip
