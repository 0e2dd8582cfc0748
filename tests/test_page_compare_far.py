"""The page Compare where its numbers must not be read by themselves: far outside the data, where
one coalition takes the place of another, and where a rule moves nobody, so that conduct is told.
"""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from test_page_compare import FEW, GREAT_POWERS, answer, expect_spans

import sim
from dashboard.data.pairs import MANY, coalitions_of, turns
from dashboard.pages.designer.layout import TRIES

STATE_LED = "with=" + quote("set=text_openness:0.1&set=text_public_rule:0.9")
ALL_ASKED = "with=" + quote("&".join(f"set=ambition_{principle}:1" for principle in range(1, 10)))
SANCTIONS = "with=" + quote("set=sanctions:2")


def test_of_those_who_move_as_far_the_most_powerful_comes_first(client):
    [pair] = answer(client, STATE_LED)["pairs"]
    people = sim.run(replicates=1).directory()
    power = dict(zip(people["id"], people["weight"], strict=True))
    wholly = [row for row in pair["down"] if (row["first"], row["second"]) == (1, 0)]
    states = [row for row in wholly if row["kind"] == "state"]
    assert wholly[: len(states)] == states == sorted(states, key=lambda row: -power[row["id"]])
    assert {"DEU", "FRA", "JPN"} <= {row["id"] for row in states[:5]}


def test_one_coalition_for_another_counts_the_states_that_join_and_leave(client):
    [pair], [still] = (answer(client, view)["pairs"] for view in (STATE_LED, SANCTIONS))
    for way in ("up", "down"):
        states = [
            row
            for row in pair[way]
            if row["kind"] == "state" and turns(row["first"], row["second"])
        ]
        assert pair["coalitions"][way]["number"] == len(states) >= MANY
        assert {*pair["coalitions"][way]["named"]} <= {row["said"] for row in states}
    assert (still["coalitions"], still["turns"]) == (None, 0)


@pytest.mark.parametrize(("number", "is_told"), [(MANY, True), (MANY - 1, False)])
def test_few_who_join_are_no_other_coalition(number, is_told):
    def rows(before: int, after: int, number: int) -> list[dict]:
        return [
            {"id": f"{k}", "said": f"state {k}", "kind": "state", "first": before, "second": after}
            for k in range(number)
        ]

    moved = {"up": rows(0, 1, number), "down": rows(1, 0, MANY)}
    found = coalitions_of(moved, {f"{k}": float(k) for k in range(MANY)})
    assert (found is not None) is is_told
    if found is not None:
        assert found["down"] == {"number": MANY, "named": [f"state {MANY - k}" for k in (1, 2, 3)]}


@pytest.mark.long
def test_conduct_goes_over_sets_of_assumptions_however_many_worlds_are_asked_for(client):
    few, more = (
        client.get(f"/data/compare/conduct?worlds={worlds}&{GREAT_POWERS}").json
        for worlds in (5, 40)
    )
    told = [(a["ranges"], b["ranges"]) for a, b in zip(few["rows"], more["rows"], strict=True)
            if [None, None] not in (*a["ranges"], *b["ranges"])]  # fmt: skip
    assert told
    assert all(a == b for a, b in told)
    assert few["points"] == more["points"] > 40


def test_a_text_to_begin_with_has_the_name_that_the_designer_gives_it(client):
    state_led = "&".join(f"set={name}:{level:g}" for name, level in TRIES["State-led"].items())
    [_, view] = answer(client, f"with={quote(state_led)}")["views"]
    assert view["label"] == "a state-led text"
    assert view["name"] == "The Paris Call, 2018; a state-led text (openness 0.1, public rule 0.9)"


# In a browser


@pytest.mark.release
@pytest.mark.browser
def test_what_is_extrapolated_is_told_by_direction_and_the_ranges_of_other_fits(
    page: Page, open_page
):
    """The best fit's numbers stay in the table, and the badge is on the first screen beside the
    sentence.
    """
    open_page(f"compare?{FEW}&{ALL_ASKED}", width=1280)
    page.set_viewport_size({"width": 1280, "height": 720})
    finding = page.locator("#compare-finding")
    ranged = r"\d+ to \d+"
    expect(finding.locator("h2")).to_have_text(
        re.compile(
            rf"^Extrapolated, with a text that asks for all \(B\): ({ranged} fewer states"
            r" sign|(far|somewhat) fewer states "
            rf"sign, {ranged}) with other fits that the data allow; "
        )
    )
    expect(finding.locator(".other-fits")).to_have_count(0)  # as the sentence has it
    expect(finding.locator(".tag")).to_have_text("extrapolated from the fit")
    box = finding.locator(".rests").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 720
    row = page.locator("#compare-findings").get_by_role("row", name="States")
    expect(row).to_have_text(
        re.compile(rf"^States\d+{ranged} fewerbest fit: \d+ fewer \({ranged}\)$")
    )
    wide = row.locator("strong").inner_text().removesuffix(" fewer")
    expect(finding.locator("h2")).to_contain_text(re.compile(rf"\b{wide}\b"))
    expect_spans(page, 1)  # of other fits, at the end of the curves
    expect(page.locator("#compare-reading")).to_contain_text("B with other fits, from the end of A")
    expect(
        page.locator("#compare-curves .annotation-text", has_text="B: asks for all")
    ).to_contain_text("best fit")
    expect(finding.locator(".in-sum")).to_have_count(0)
    card = page.get_by_role("region", name="B compared with A", exact=True)
    expect(card.get_by_role("heading", level=2)).to_have_text(re.compile("^[^:]* often$"))
    expect(card.locator(".tag")).to_have_count(0)  # it stands above, under the sentence
    expect(finding.locator(".of-harm")).to_contain_text("(assumed", timeout=180_000)
    expect(card.locator(".power")).to_have_text(re.compile(r"with other fits \(best fit: .* less"))
    said = finding.locator("h2").inner_text()
    firms_and_ngos = said.partition("; ")[2]
    assert ("(0 to " in firms_and_ngos) is ("perhaps" in firms_and_ngos), (
        said
    )  # no size where no change is possible


BEFORE_AND_AFTER = """async query => {
    const answer = async query => (await fetch(`data/compare?${query}`)).json();
    const of_best = await answer(query);
    const {pairs} = await answer(of_best.other_fits);
    const of_block = block => block.querySelector("h2").textContent;
    const sentences = of => parley.comparing.of(of).finding("state").map(of_block);
    const said = of => sentences(of).join(" ");
    return [said(of_best), said({...of_best, wider: pairs}), said({...of_best, wider: null})];
}"""


@pytest.mark.release
@pytest.mark.browser
def test_while_other_fits_are_awaited_the_finding_has_only_what_stays(page: Page, open_page):
    """Their ranges are added to it, and it takes nothing back; where none come, it has the ranges
    by luck.
    """
    open_page(f"compare?{FEW}")
    before, after, alone = page.evaluate(BEFORE_AND_AFTER, f"{FEW}&{GREAT_POWERS}")
    brackets = r" \([^)]*\d[^)]*\)"
    assert before == after == re.sub(brackets, "", alone)  # the ranges of other fits stand below it
    assert re.search(r"\(\d+ to \d+\)\.$", alone)
    before, after, _ = page.evaluate(BEFORE_AND_AFTER, f"{FEW}&{ALL_ASKED}")
    assert before == "Extrapolated, with a text that asks for all (B) …"
    assert after.startswith(before.removesuffix(" …"))
    before, after, _ = page.evaluate(BEFORE_AND_AFTER, f"{FEW}&{SANCTIONS}")
    assert (
        before == after == "With the strongest sanctions (B), nobody joins or leaves."
    )  # and harm once it is known


@pytest.mark.release
@pytest.mark.browser
def test_one_coalition_for_another_is_told(page: Page, open_page):
    open_page(f"compare?{FEW}&{STATE_LED}&{GREAT_POWERS}")
    first, second = (page.locator("#compare-finding .of-view").nth(place) for place in (0, 1))
    expect(first.locator("h2")).to_have_text(
        re.compile(
            r"^Extrapolated, with .* \(B\): one coalition for another\. About \d+ states would"
            r" leave, .*Japan.* among "
            r"them; about \d+ would join, .*Iran.* among them\.$"
        )
    )
    expect(first.locator(".in-sum")).to_have_text(re.compile(
        r"^In sum, counting smaller moves too, .* states sign: .* with other fits \(best fit: \d+"
    ))  # fmt: skip
    expect(first.locator(".tag")).to_have_text("extrapolated from the fit")
    expect(second.locator("h2")).to_have_text(re.compile("^If the great powers sign"))
    expect(second.locator(".other-fits")).to_have_text(re.compile("^With other fits: "))
    expect(second.locator(".tag")).to_have_text("what if, under fitted weights")


@pytest.mark.release
@pytest.mark.browser
def test_of_a_rule_that_moves_nobody_harm_is_told_without_a_press(page: Page, open_page):
    open_page(f"compare?{FEW}&{SANCTIONS}")
    expect(page.locator("#compare-finding h2")).to_have_text(re.compile(
        r"^With the strongest sanctions \(B\), nobody joins or leaves; "
        r"(harm prevented would (rise|fall) by [\d. to]+\spoints? \(assumed\)"
        r"|(harm prevented would probably (fall|rise)|whether more harm is prevented is unclear) "
        r"\(assumed: [+−\d. to]+\spoints\)"
        r"|as much harm is prevented, or up to [\d.]+\spoints? (more|less) \(assumed\))\.$"
    ))  # fmt: skip
    expect(page.locator("#compare-curves")).to_be_hidden()
    axis = page.locator("#compare-harm .harm-axis text")
    expect(axis.first).to_be_visible()
    assert "as A" in axis.all_text_contents()
    page.get_by_role("button", name="Show who signs, month by month").click()
    expect(page.locator("#compare-curves .annotation-text", has_text="B: ")).to_contain_text(
        "lies on A"
    )
    conduct = page.locator("#conduct")  # open, and before whom the rule moves, as it moves nobody
    expect(conduct.locator("tbody").first).to_contain_text("Harm prevented")
    expect(page.locator("#conduct-provenance")).to_have_text(re.compile(
        r"^\d+ sets of assumptions, each in a world of its own luck; seed 1, Parley [\d.]+$"
    ))  # fmt: skip
    for numbers in re.findall(r"\d{3,}", conduct.locator("tbody").all_inner_texts()[2]):
        assert numbers.endswith("0"), "of what nobody has measured, two digits are told"
    expect(page.locator("#conduct[open] ~ #pairs").get_by_role("heading", level=2)).to_have_text(
        "No named state, firm or NGO signs more or less often"
    )


@pytest.mark.release
@pytest.mark.browser
def test_the_entry_has_a_finding(page: Page, open_page):
    open_page(f"compare?{FEW}")
    example = page.locator("#compare-example")
    expect(example).to_have_text(
        re.compile("^For example, if the great powers sign, .*what if, under fitted weights$")
    )
    page.get_by_role("button", name=re.compile("^The great powers sign")).click()
    expect(example).not_to_be_visible()
