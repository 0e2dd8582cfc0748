"""The page Stakeholder in a browser: its answer, what it names, and what can be tried and
supposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from visits import Visit

from dashboard.data.provision_words import degree
from dashboard.pages import stakeholder
from sim.number_formats import percent

PATH = stakeholder.PATH.removeprefix("/")
FEW = "worlds=10"
LATE = 90_000  # milliseconds, for the whole answer


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Page]:
    """The page of the USA at the launch; nothing may go wrong there or leave the host."""
    visit = Visit(page, address, f"{PATH}?{FEW}&round=0&who=United+States")
    expect(page.locator("#told")).to_be_visible()
    yield page
    if PATH in page.url:
        assert visit.wrong == []


@pytest.mark.long
@pytest.mark.browser
def test_the_page_says_what_happened_what_the_model_has_and_what_would_bring_it_in(visit):
    expect(visit.locator("#happened")).to_contain_text("joined by 11 November 2021")
    number = re.compile(r"signed by 12 November 2018 in \d+\s% of 200 worlds")
    expect(visit.locator("#in-words")).to_contain_text(number)
    expect(visit.locator("#in-words")).not_to_contain_text(
        "when it takes the matter up"
    )  # of another kind of number
    expect(visit.locator("#reading")).to_contain_text("no evidence")
    expect(visit.locator("[data-aim=in]")).to_have_attribute("aria-pressed", "true")
    expect(visit.locator("#who-provenance")).to_contain_text("200 worlds", timeout=LATE)
    expect(visit.locator("#turn-state")).to_have_text("", timeout=LATE)
    expect(visit.locator("#changes .try").first).to_have_attribute(
        "href", re.compile("who=USA.*by=0.*aim=in")
    )
    shares = (
        r"\d+\s% of worlds \(\d+\sto\s\d+\s%\): perhaps enough\. Without the change it signs by"
        r" then in \d+\s% of worlds \(\d+\sto\s\d+\s%\)\. In fact"
    )
    perhaps = re.compile(
        rf"^If the text asked nothing on “.*”, the United States would sign in {shares}"
    )
    expect(visit.locator("#answer")).to_have_text(perhaps)
    expect(visit.locator("#answer .caveat")).to_contain_text(
        "In fact it stayed out until November\u00a02021."
    )
    expect(visit.locator("#because")).to_contain_text(
        "what holds it back most is the offensive means"
    )
    expect(visit.locator("#sureness")).not_to_have_attribute("open", "")
    expect(visit.locator("#follows")).to_contain_text("of other fits that the data allow")
    expect(visit.locator("#follows")).to_contain_text(
        "The model cannot say what would really have brought it in"
    )
    before = visit.locator("#changes > .shares-plot .before")
    expect(before.locator("h3")).to_have_text("As it is")
    expect(before.locator(".of-weights")).to_have_count(1)
    expect(before.locator(".interval, .try, .verdict")).to_have_count(0)
    rows = visit.locator("#changes li:has(.share-track):not(.before)")
    verdicts = rows.locator(".verdict").all_text_contents()
    assert verdicts[0] == "perhaps"
    other = r"(not enough|hardly moves it \(\+\d\spoints\))"
    assert [words for words in verdicts[1:] if not re.fullmatch(other, words)] == []
    row = visit.locator("#changes > .shares-plot li.turns")
    expect(row).to_contain_text("ambition from 0.5 to 0")  # how much less, and what is then asked
    expect(row).to_contain_text(
        "It then asks nothing instead of about half: silent on harm to people and infrastructure"
        " (our judgement)"
    )
    firm = visit.locator("#changes > .shares-plot li:not(.before):has(.try)")
    expect(firm.locator(".interval-words")).to_have_count(firm.count())
    expect(firm).not_to_contain_text([re.compile("weak evidence|extrapolated")] * firm.count())
    expect(visit.locator("[data-signing=who]")).to_have_text("what if, under fitted weights")
    expect(firm.locator(".of-weights")).to_have_count(firm.count())
    expect(visit.locator("#changes .beyond")).not_to_have_attribute("open", "")
    expect(visit.locator("#changes .beyond summary")).to_contain_text(
        "Weaker evidence, left out of the answer"
    )
    expect(visit.locator("#why summary h2")).to_have_text(
        "Why does the United States sign, or stay out?"
    )
    expect(visit.locator("#in-words")).to_contain_text(
        "and by 11 November 2021, when it really joined, in"
    )
    yielded = firm.locator(".shares strong").all_inner_texts()
    numbers = [int(re.match(r"\d+", each)[0]) for each in yielded]
    assert numbers == sorted(
        numbers, reverse=True
    )  # what yields most comes first, where it is what is named
    expect(visit.locator("#follows")).to_contain_text("What is asked: Enough is more than 50")
    expect(visit.locator("#changes")).to_contain_text(
        "Not tried: capacity support, as support goes only to those"
    )
    expect(visit.locator("#to-brief")).to_have_attribute(
        "href", re.compile("who=United.States&round=0&by=0")
    )
    ticks = visit.locator("#changes > .shares-plot .share-axis .tick")
    expect(ticks).to_have_text([percent(k / 4) for k in range(5)])
    box = visit.locator("#changes > .shares-plot .mark.sought").bounding_box()
    assert box is not None
    assert box["width"] < 300  # no wider than its words, which stand at their line

    # The date and the aim are asked by keyboard, and stand in the address; another date is no other
    # question.
    labels = visit.locator("#by option").all_inner_texts()
    first = [
        "12 November 2018, the launch",
        "end of 2018 (12 December)",
        "12 November 2019, a year on",
    ]
    assert labels[:4] == [*first, "end of 2019 (12 December)"]
    visit.locator("#by").select_option("13")
    expect(visit.locator("#answer-who-months")).to_contain_text("12 December 2019")
    expect(visit.locator("#weighs-round")).to_contain_text("12 December 2019")
    expect(visit.locator("[data-aim=in]")).to_have_attribute("aria-pressed", "true")
    assert "by=13&aim=in" in visit.url
    visit.locator("[data-aim=out]").focus()
    visit.keyboard.press("Enter")
    expect(visit.locator("[data-aim=out]")).to_have_attribute("aria-pressed", "true")
    assert "by=13&aim=out" in visit.url


@pytest.mark.long
@pytest.mark.browser
def test_a_first_estimate_comes_before_the_answer_and_the_share_before_any_change_stays(visit):
    visit.evaluate("""() => {
        window.seen = [];
        new MutationObserver(() => {
            const told = document.getElementById("told");
            const share = told.querySelector("#changes .before strong");
            const words = document.getElementById("answer").textContent;
            if (share && words) window.seen.push([told.dataset.estimate, share.textContent, words]);
        }).observe(document.getElementById("told"),
            {subtree: true, childList: true, attributes: true});
    }""")
    visit.locator("#who").focus()
    visit.keyboard.press("Control+a")
    visit.keyboard.type("Serbia")
    visit.keyboard.press("Enter")
    expect(visit.locator("#answer")).to_contain_text("Serbia", timeout=LATE)
    expect(visit.locator("#turn-state")).to_have_text("", timeout=LATE)
    seen = [each for each in visit.evaluate("() => window.seen") if "Serbia" in each[2]]
    assert [is_estimate for is_estimate, *_ in seen] == sorted(
        (each[0] for each in seen), reverse=True
    )
    estimates = [words for is_estimate, _, words in seen if is_estimate == "yes"]
    assert estimates
    assert estimates[0].startswith(
        "First estimate, from 100 worlds: Serbia has signed by then in about "
    )
    assert len({share for _, share, _ in seen}) == 1


@pytest.mark.long
@pytest.mark.browser
def test_an_answer_that_ships_is_shown_without_an_estimate_and_its_brief_prints_on_one_page(
    page, address
):
    page.add_init_script("""new MutationObserver(() => {
        const told = document.getElementById("told");
        if (told && !told.hidden) (window.estimates ??= new Set()).add(told.dataset.estimate);
    }).observe(document, {subtree: true, childList: true, attributes: true});""")
    page.goto(f"{address}{PATH}?{FEW}&who=USA&by=13")
    answer = page.locator("#answer")
    first = (
        r"^The model wrongly has the United States in by then: in fact it stayed out until"
        r" November\s2021\."
    )
    expect(answer).to_have_text(re.compile(first))
    expect(answer).to_contain_text(
        "If the text asked less on “protect individuals and infrastructure”"
    )
    expect(answer).to_contain_text("Without the change it signs by then in 65\u00a0% of worlds")
    expect(page.locator("#changes .share-axis").first).to_be_in_viewport(
        ratio=1
    )  # so all rows, at once
    page.locator("#sureness > summary").click()
    leads = page.locator("#follows strong").all_inner_texts()
    assert [lead.strip() for lead in leads] == ["How sure:", "What is asked:"]
    expect(page.locator("#answer-why")).to_contain_text(
        "as the matter comes up often, by then it has done so in 65"
    )
    bar = f"nearly always in: over {percent(0.9)}"
    expect(page.locator("#changes .mark").first).to_have_text(bar)
    mark, plot = (
        page.locator(f"#changes .{name}").first.bounding_box() for name in ("mark", "share-track")
    )
    assert mark["x"] + mark["width"] == pytest.approx(
        plot["x"] + plot["width"], abs=1
    )  # not over the numbers
    keys = [key.bounding_box()["y"] for key in page.locator("#changes > .keys li").all()]
    assert len(keys) == 5
    assert max(keys) - min(keys) < 6  # in one line
    asks = (
        "t would then ask for a tenth of the full demand (“no operation that harms them, whatever"
        " the reason”)"
    )
    expect(page.locator("#changes > .shares-plot li.turns")).to_contain_text(f"I{asks}")
    assert page.evaluate("() => [...window.estimates]") == ["no"]
    levels = [step / 20 for step in range(21)]
    of_designer = page.evaluate(
        "all => all.map(level => parley.degrees.degree(level, 'provision'))", levels
    )
    assert [
        {"left out": "nothing", "in full": "all"}.get(words, words) for words in of_designer
    ] == [degree(level) for level in levels]
    page.goto(f"{address}/brief?{FEW}&who=USA&by=13")
    expect(page.locator(".yields .turns")).to_contain_text(f"i{asks}")
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type */Page\b", pdf)) == 1


@pytest.mark.long
@pytest.mark.browser
def test_what_is_tried_brings_what_was_said(visit, address):
    visit.goto(f"{address}{PATH}?{FEW}&who=USA&by=13&aim=in")
    expect(visit.locator("#who-provenance")).to_contain_text("200 worlds", timeout=LATE)
    expect(visit.locator("#turn-state")).to_have_text("", timeout=LATE)
    first = visit.locator("#changes li:not(.before) .shares").first
    said, span = first.locator("strong").inner_text(), first.locator(".interval-words").inner_text()
    was, had = (
        visit.locator("#changes .before .shares")
        .first.locator("strong, .interval-words")
        .all_inner_texts()
    )
    moved = re.search(r"moves the share by (\S+ to \S+)", visit.locator("#follows").text_content())[
        1
    ]
    visit.locator("#changes .try").first.click()
    expect(visit.locator("#answer")).to_contain_text(
        "Supposing a text with ambition of", timeout=LATE
    )
    expect(visit.locator("#answer")).to_contain_text(
        f"in {said} of 200 worlds ({span}): perhaps enough"
    )
    expect(visit.locator("#answer")).to_contain_text(
        f"Without that it signs by then in {was} of worlds ({had})"
    )
    words = f"The supposition moves the share by {moved}"
    expect(visit.locator("#follows")).to_contain_text(words)
    expect(visit.locator("#changes .before .shares strong")).to_have_text([was, said])
    is_blue = re.compile(r"before\s+turns")  # as it is perhaps enough
    expect(visit.locator("#changes .before").last).to_have_class(is_blue)
    expect(visit.locator("#changes .before .enough")).to_have_count(2)
    expect(visit.locator("#changes > .keys")).to_contain_text(f"the Paris Call as it was, {was}")
    expect(visit.locator("#follows")).to_contain_text("The brackets hold ")
    back = visit.get_by_role("link", name="Back to the United States as it was")
    expect(back).to_have_attribute("href", re.compile(r"who=USA&by=13&aim=in$"))
    assert (
        back.locator("xpath=..").get_attribute("id") == "in-words"
    )  # above the answer, by what is supposed
    expect(visit.locator("#answer-who-changes")).to_have_text(
        "No further change is tried: it is in already."
    )
    expect(visit.locator("#who-provenance")).to_contain_text("200 worlds", timeout=LATE)
    signed = re.compile(r"Signed in \d+\s% of worlds by 12 December 2019, in \d+\s% by the end")
    expect(visit.locator("#answer-who-months")).to_contain_text(signed)


@pytest.mark.long
@pytest.mark.browser
def test_the_usa_is_held_back_by_restraint_and_another_is_chosen_by_keyboard(visit):
    expect(visit.locator("#answer-why")).to_contain_text(
        "A single motive against signing, the offensive means that restraint would give up,"
        " outweighs all 5 motives for signing."
    )
    expect(visit.locator("#answer-why")).not_to_contain_text(
        "Each time"
    )  # as it is out by then too
    visit.get_by_role("button", name="Open all").click()
    visit.get_by_role("button", name="Show the numbers").click()
    rows = visit.locator(".waterfall tbody tr[data-motive]").all()
    values = {
        row.get_attribute("data-motive"): float(
            row.locator(".logits").first.inner_text().replace("−", "-")
        )
        for row in rows
    }
    assert min(values, key=values.get) == "restraint"
    assert sum(value for motive, value in values.items() if motive != "V") == pytest.approx(
        values["V"], abs=0.06
    )
    expect(visit.locator(".waterfall .sides")).to_contain_text("against signing")
    expect(visit.locator(".waterfall .odds .tick").last).to_have_text("even odds")
    expect(visit.locator("#history .js-fill")).to_have_count(3)
    visit.locator("#who").focus()
    visit.keyboard.press("Control+a")
    visit.keyboard.type("Kenya")
    expect(visit.get_by_role("option", name="Kenya (KEN)")).to_be_visible()
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Kenya")
    assert "who=KEN" in visit.url


@pytest.mark.long
@pytest.mark.browser
def test_a_signature_can_be_supposed_by_keyboard_and_nothing_else_can(visit):
    expect(visit.locator("[data-suppose]")).to_have_text(["signs", "stays out"])
    visit.get_by_role("button", name="signs", exact=True).focus()
    visit.keyboard.press("Enter")
    visit.wait_for_url("**/?*branch=0:USA:signs*")
    expect(visit.locator("#branches")).to_contain_text("United States signs")
    expect(visit.locator("#to-brief")).not_to_have_attribute("href", re.compile("round="))
    expect(visit.locator("#round-date")).to_have_text(
        "12 January 2024"
    )  # what follows is seen at the end


@pytest.mark.long
@pytest.mark.browser
def test_whoever_may_not_sign_has_nothing_to_weigh(visit, address):
    visit.goto(f"{address}{PATH}?{FEW}&scenario=states-only&who=Microsoft")
    expect(visit.get_by_text("nothing to decide")).to_be_visible()
    for part in ("#suppose", "#motives", "#history", "#answer"):
        expect(visit.locator(part)).to_be_hidden()
