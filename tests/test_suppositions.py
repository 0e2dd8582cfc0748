"""What a view supposes is seen: chips on every page on which it acts, the baseline on the chart,
and words on paper.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import sim
from dashboard.app import PAGES
from dashboard.data.suppositions import baseline_of, supposing, suppositions_of
from dashboard.data.view_names import labels_of
from dashboard.shell import ACTING
from dashboard.view import View, view_of

FEW = "worlds=3"
USA = "branch=0:USA:signs"
ALL = (
    f"scenario=great-powers-sign&choose=who:USA&lens=realist&may_sign=states&set=monitoring:0.5&set=ambition_8:0&{USA}"
    "&weights=draws"
)


def words(query: str) -> list[str]:
    return [each.words for each in suppositions_of(view_of(query))]


# In words


def test_the_paris_call_as_it_was_supposes_nothing():
    assert words("worlds=3&seed=4") == []
    assert supposing(view_of("")) == ""
    assert baseline_of(view_of("worlds=3&seed=4")) is None


def test_everything_in_which_a_view_departs_is_named_with_its_month():
    said = "; ".join(words(ALL))
    for part in (
        "scenario “The great powers sign”",
        "lens realist",
        "Which of the great powers sign? the United States",
        "only states may sign",
        "ambition of “no private hack-back” 0 instead of 0.6",
        "monitoring 0.5 instead of 0",
        "United States signs from November 2018",
        "drawn anew",
    ):
        assert part in said
    assert words("branch=12:BRA,KEN:approached") == ["Brazil, Kenya approached from November 2019"]
    assert words("branch=-2:monitoring:0.5") == ["monitoring becomes 0.5 from September 2018"]


def test_a_scenario_says_what_its_events_suppose_and_from_when():
    powers, *_ = words("scenario=great-powers-sign")
    assert (
        powers
        == "scenario “The great powers sign”: from November 2018 the United States, China and"
        " Russia sign"
    )
    chosen = (
        "scenario=great-powers-sign&choose=who:USA&choose=when:anniversary&choose=manner:in-name"
    )
    first, *_ = words(f"{chosen}&{USA}")  # a branch has a chip of its own
    assert first.endswith("from November 2019 the United States signs, in name only")
    assert words("scenario=capacity-building") == [
        "scenario “Capacity is built”"
    ]  # too many to be told in a chip


def test_another_convenor_is_named_with_what_comes_of_club_and_text():
    (chip,) = suppositions_of(view_of("convenor=GAB"))
    assert chip.words == "Gabon convenes instead of France"
    assert chip.drop == {"convenor": []}
    assert "read as its own, at openness 0.35 instead of 0.80" in chip.more
    (other,) = suppositions_of(view_of("convenor=GBR"))
    assert "with no club to bring along" in other.more


def test_many_dials_are_one_chip_that_lists_them_all():
    names = ("monitoring", "sanctions", "temptation", "attribution_quality")
    view = view_of("&".join(f"set={name}:{0.9 if name != 'temptation' else 1.5}" for name in names))
    (chip,) = suppositions_of(view)
    assert chip.words == "4 dials moved"
    assert chip.drop == {"set": list(names)}
    assert all(name.replace("_", " ") in chip.more for name in names)
    assert chip.more == supposing(view)


def test_what_moves_all_provisions_alike_is_one_supposition_as_it_is_one_dial():
    levers = [name for name in sim.load("paris-call-2018").settings if name.startswith("ambition_")]
    asked = "&".join(f"set={name}:0.32" for name in levers)
    (chip,) = suppositions_of(view_of(asked))
    assert (chip.words, chip.drop) == (
        "ambition of all provisions 0.32 instead of 0.52",
        {"set": levers},
    )
    assert str(labels_of([view_of(asked), view_of("")])[0]) == "ambition of all provisions 0.32"
    own = "&".join(
        f"set={name}:0.6" for name in levers if name != "ambition_8"
    )  # which asks for as much already
    assert words(own) == ["ambition of all provisions 0.6 instead of 0.52"]
    other = asked.replace("ambition_9:0.32", "ambition_9:0.4")
    assert words(f"{other}&set=monitoring:0.5") == [
        "another text, 9 changes",
        "monitoring 0.5 instead of 0",
    ]


def test_whatever_is_supposed_can_be_taken_away_until_the_baseline_is_left():
    """As assets/view.js does it: an empty list stands for the whole of a key."""
    view = view_of(f"{ALL}&convenor=CHE")
    parts = dict.fromkeys(("scenario", "lens", "weights", "convenor", "may_sign"), "") | {
        key: list(getattr(view, key)) for key in ("set", "choose", "branch")
    }
    for each in suppositions_of(view):
        for key, names in each.drop.items():
            gone = (
                [part for part in parts[key] if part in names or part.partition(":")[0] in names]
                if names
                else []
            )
            parts[key] = (
                [part for part in parts[key] if part not in gone]
                if key in ("set", "choose", "branch")
                else ""
            )
    assert not any(parts.values())


def test_the_baseline_is_the_paris_call_under_the_same_weights_and_luck():
    view = view_of(f"{ALL}&worlds=7&seed=3")
    assert baseline_of(view) == View(lens="realist", weights="draws", worlds=7, seed=3)


def test_a_basis_other_than_fitted_goes_with_a_supposition_or_a_scenario(client):
    for name, _, _ in sim.available():
        content = client.get(f"/data/suppositions?scenario={name}").get_json()
        assert (content["basis"] == "fitted to the register") == (content["suppositions"] == [])


def test_acting_pages_are_pages():
    assert set(ACTING) <= {page.PATH for page in PAGES}


# On pages


@pytest.mark.long
@pytest.mark.browser
def test_a_chip_is_on_every_page_on_which_it_acts_and_is_taken_away_by_keyboard(
    page: Page, open_page
):
    chips = page.locator(".supposition")
    visit = open_page(f"?{FEW}&{USA}&set=monitoring:0.5", width=390)
    expect(chips).to_have_text(
        [re.compile("monitoring 0.5"), re.compile("United States signs from November 2018")]
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#beside-key")).to_contain_text("simulated, nothing changed")
    for name, shown in (("Compare", 2), ("Designer", 2), ("Evidence", 0), ("Method", 0)):
        page.locator("#pages").click()
        link = page.locator(".page-link", has_text=name)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        expect(page.locator("#page h1").first).not_to_have_text("")
        expect(chips).to_have_count(shown)
    page.locator("#pages").click()
    page.locator(".page-link").first.click()
    page.get_by_role("button", name="Take away: monitoring").press("Enter")
    expect(chips).to_have_count(1)
    expect(page.get_by_role("button", name="Take away: the United States")).to_be_focused()
    assert "set=" not in visit.query
    assert "branch=0:USA:signs" in visit.query
    page.keyboard.press("Enter")
    expect(page.locator("#suppositions")).to_be_hidden()
    expect(page.locator("#beside-key")).to_be_hidden()
    assert "branch" not in visit.query


@pytest.mark.long
@pytest.mark.browser
def test_the_brief_is_a_link_on_every_page_and_a_link_that_others_cannot_open_says_so(
    page: Page, open_page
):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(f"stakeholder?{FEW}&{USA}&who=BRA")
    brief = page.get_by_role("link", name="Brief", exact=True)
    expect(brief).to_have_attribute("href", re.compile("who=BRA"))
    expect(page.locator("#who-name")).to_have_text("Brazil")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#shared")).to_contain_text("this machine only")
    assert page.evaluate("parley.reach('parley.example.org')") == ""
    assert page.evaluate("parley.reach('192.168.1.5')") == "network"
    with page.expect_download() as download:
        page.get_by_role("link", name="its brief as a file").click()
    alone = page.context.new_page()
    alone.goto(download.value.path().as_uri())
    assert "Brazil" in alone.inner_text("body")
    assert "United States signs from November 2018" in alone.inner_text("body")


# On paper

PRINTED = """() => window.addEventListener("beforeprint", () => {
  const fills = [...document.querySelectorAll(".on-paper .choroplethlocation")].map(e => [e.__data__.loc, e.getAttribute("fill") || e.style.fill]).filter(([, fill]) => fill !== "rgba(0, 0, 0, 0)");  // not the outlines
  window.printed = {text: document.body.innerText, line: document.getElementById("print-line").textContent, fills: Object.fromEntries(fills),
    scheme: document.documentElement.dataset.mantineColorScheme};
})"""  # after the page's own listener  # noqa: E501

BOTTOM = (
    "() => Math.max(...[...document.querySelectorAll('.kinds *')].map(e =>"
    " e.getBoundingClientRect().bottom))"
)


@pytest.mark.release
@pytest.mark.browser
def test_paper_shows_the_scenario_that_is_shown_without_scrolling_to_it(page: Page, open_page):
    open_page(f"?{FEW}&figure=map&map=signed", scheme="dark")
    expect(page.locator("#world .choroplethlocation").first).to_be_attached()
    expect(page.locator("#world-unit")).not_to_be_empty()
    page.evaluate(PRINTED)
    there = f"?{FEW}&figure=map&map=signed&scenario=great-powers-sign"
    page.evaluate(f"history.replaceState(null, '', '{there}'); parley.begin()")
    expect(page.locator("#title")).to_have_text("The great powers sign")
    expect(page.locator(".supposition")).to_contain_text("The great powers sign")
    paper = page.pdf(prefer_css_page_size=True)
    printed = page.evaluate("window.printed")
    share = page.evaluate("['RUS', 'USA', 'CHN', 'IRN'].map(id => parley.shares(id).signed)")
    assert share[:3] == [1, 1, 1]
    assert share[3] < 1
    fills = [printed["fills"][id_] for id_ in ("RUS", "USA", "CHN", "IRN")]
    assert fills[0] == fills[1] == fills[2] != fills[3]
    assert "The great powers sign" in printed["line"]
    assert "what if, under fitted weights" in printed["text"]
    assert printed["scheme"] == "light"
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= 2
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    expect(page.locator(".on-paper")).to_have_count(0)

    page.get_by_role("tab", name="Chart").click()
    expect(page.locator("#panel-ngo .trace").first).to_be_attached()
    page.emulate_media(media="print")
    expect(page.locator(".kinds .on-paper")).to_have_count(3)
    assert page.evaluate(BOTTOM) <= page.evaluate(
        "document.querySelector('.legend-row').getBoundingClientRect().top"
    )


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chips_and_what_comes_of_copying_are_for_everybody(page: Page, open_page, scheme: str):
    open_page(f"method?{ALL}&{FEW}", scheme, width=390)
    page.goto(page.url.replace("method", "stakeholder"))
    expect(page.locator(".supposition").first).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#shared")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (
        Axe()
        .run(page, {"include": [["#suppositions"], ["#shared"], [".top"]]})
        .response["violations"]
        == []
    )
