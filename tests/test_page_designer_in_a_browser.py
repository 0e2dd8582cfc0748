"""The page Code designer in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from test_page_designer import DEEPER, STATE_LED
from test_pages import faults_by_scheme
from visits import Visit

from dashboard.data.words import EXTRAPOLATED, WHAT_IF

FEW = "worlds=8&set=temptation:1.4"  # as few as can tell a change from luck
ALL = [f"set=ambition_{principle}:1" for principle in range(1, 10)]
SIZE = "((far|somewhat|perhaps) )?"


def open_designer(open_page, *query: str, width: int = 1440) -> Visit:
    visit = open_page(f"designer?{'&'.join([FEW, *query])}", width=width)
    expect(visit.page.locator("#design-provenance")).to_contain_text("8 worlds under each text")
    return visit


def lies_in_its_range(page: Page, name: str) -> bool:
    """Whether the change of *name* lies in the range in sight beside it, whose ends have its
    sign.
    """
    change, span = (page.locator(f"#{of}-{name}").inner_text() for of in ("change", "interval"))
    low, high = re.fullmatch(r"\((\S+)\sto\s(\S+?)(?:\spoints)?\)", span).groups()
    first, middle, last = (
        float(words.replace("−", "-").split()[0]) for words in (low, change, high)
    )
    return first <= middle <= last and first * last > 0


def rest(page: Page) -> None:
    """Waits until the server has nothing more to simulate for the page."""
    expect(page.locator("#designer")).to_have_attribute("data-slow", "no", timeout=180_000)


@pytest.mark.long
@pytest.mark.browser
def test_a_provision_is_moved_by_keyboard_and_put_back(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    expect(page.locator("#design-depth")).to_have_text("0.51")
    expect(page.locator("#frontier .trace").first).to_be_attached()
    page.get_by_role("slider", name=re.compile("7. Cyber hygiene")).focus()
    page.keyboard.press("End")
    expect(page.locator("#design-depth")).to_have_text("0.56")
    expect(page.locator("#change-state")).to_contain_text("−")
    expect(page.locator("#design-said")).to_contain_text("fewer states")
    assert lies_in_its_range(page, "state")
    assert lies_in_its_range(page, "firm")
    said = page.locator("#design-said").inner_text()
    assert f"{page.locator('#change-firm').inner_text().strip('−')} fewer firms" in said
    expect(page).to_have_url(re.compile("set=ambition_7:1"))
    expect(page.get_by_role("region", name="Who would leave").get_by_role("row")).not_to_have_count(
        0
    )
    expect(page.locator("#people-moved")).to_contain_text(
        re.compile(r"ess likely to sign: .+ \(\d+\s→\s\d+\s%\)")
    )
    page.get_by_role("button", name="Back to the present text").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#design-depth")).to_have_text("0.51")
    assert ("ambition" in visit.query, "temptation" in visit.query) == (False, True)
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_the_position_is_moved_by_keyboard_and_put_back(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    badge, change = page.locator("[data-signing=page]"), page.locator("#change-state")
    expect(badge).to_have_text(WHAT_IF)
    expect(page.locator("#verdict-text_openness")).to_contain_text("show that it matters")
    openness = page.get_by_role(
        "slider", name=re.compile("Openness: 0 state control; 1 open, rights-based")
    )
    expect(openness).to_have_value("0.8")
    expect(page.locator("#plain-text_openness")).to_have_text("The data show that states mind it")
    for principle, degree in {
        5: "Less than half",
        1: "About half",
        2: "More than half",
    }.items():  # 0.4, 0.5 and 0.6
        expect(page.locator(f"#says-ambition_{principle}")).to_contain_text(f"{degree}: ")
    expect(page.locator("#design-powers")).to_contain_text(
        re.compile("^Great powers: .*China and Russia stay out in")
    )
    openness.press("Home")
    expect(badge).to_have_text(EXTRAPOLATED)
    expect(page.locator("[data-why=page]")).to_contain_text("openness is 0 instead of 0.8")
    expect(page.locator("#design-far")).to_have_text(
        "Far outside the data: trust the direction, not the number; other fits give wide ranges."
    )
    powers = page.locator("#design-powers")
    expect(powers).to_contain_text(re.compile("^Great powers: .*United States"))
    expect(
        powers.locator(".shares").first
    ).to_be_hidden()  # as all numbers: directions stand in sight
    table, lists = (
        page.locator(f"#design-answer {part}").bounding_box()["y"]
        for part in (".numbers-table", ".two")
    )
    assert table < lists < page.locator("#design-more").bounding_box()["y"]
    expect(page.locator("#design-said")).to_have_text(
        re.compile(rf"{SIZE}(fewer|more) \D+ \(extrapolated\)", re.I)
    )
    expect(change).to_have_text(
        re.compile(f"^{SIZE}fewer$")
    )  # the direction; its range, paler, behind a fold
    expect(page.locator("#interval-state")).to_be_hidden()
    page.get_by_text("More: the numbers").click()
    expect(page.locator("#interval-state")).to_be_visible()
    expect(powers.locator(".shares").first).to_be_visible()
    expect(page.locator("#interval-state")).to_have_text(re.compile(r"^[+−]?\d+\sto\s[+−]?\d+$"))
    for way, name in (("up", "North Korea"), ("down", "Canada")):
        expect(page.locator(f"#people-{way}")).to_contain_text(name)
        expect(page.locator(f"#people-{way} summary")).to_have_text("All names, by the best fit")
        expect((rows := page.locator(f"#people-{way} tbody tr")).first).to_be_hidden()
        states = rows.filter(has_not=page.locator(".dimmed")).count()
        names = [
            link.text_content()
            for link in rows.filter(has_not=page.locator(".dimmed")).locator("th a").all()
        ]
        counts = page.locator(f"#people-{way}-counts")
        expect(counts).to_have_text(
            re.compile(rf"^(Mostly states|States\D*)\. Farthest moved( of each)?: {names[0]}")
        )
        said = counts.text_content()
        assert not said.startswith(("Mostly states", "States.")) or said.endswith(
            f": {', '.join(names[:3])}"
        )
        expect(page.locator(f"#people-{way} details p")).to_have_text(
            re.compile(rf"^{states} state")
        )
        shares = [re.findall(r"\d+", row.locator("td").text_content()) for row in rows.all()]
        # Others may be likelier, or on the edge.
        assert all((int(a) > 50) != (int(b) > 50) and abs(int(a) - int(b)) >= 10 for a, b in shares)
    expect(
        page.locator("#people-named")
    ).to_be_hidden()  # it stands with the rest of why the lists do not add up
    expect(page.locator("#people-sum")).to_contain_text(
        re.compile(r"states, .*firms and .*NGOs\..* Only \d+ of .+ and all 193 states")
    )
    expect(page.locator("#design-depth")).to_have_text("0.51")
    expect(page).to_have_url(re.compile("set=text_openness:0"))
    page.get_by_role("button", name="Back to the present text").press("Enter")
    expect(badge).to_have_text(WHAT_IF)
    expect(page.locator("#design-far")).to_be_hidden()
    expect(page.locator("[data-why=page]")).to_contain_text("temptation at 1.4 (was 1.5)")
    assert ("text_" in visit.query, "temptation" in visit.query) == (False, True)
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_a_change_has_the_words_and_the_other_fits_of_compare(page: Page, open_page) -> None:
    open_designer(open_page, "set=ambition_1:0.9")
    said, fits = page.locator("#design-said"), page.locator("#design-fits")
    clear = re.match(r"(\d+ fewer) states", said.inner_text())
    expect(fits).to_have_text(
        re.compile("^With other fits that the data allow: .* states"), timeout=180_000
    )
    of_fits, ends = fits.text_content(), r"\(other fits: [^…)]+\)"
    expect(said).to_have_text(re.compile(ends))
    slider = page.get_by_role("slider", name=re.compile("1. Protect individuals"))
    slider.press("ArrowRight")  # another text has other ranges, at the same place
    expect(fits).to_have_text("With other fits that the data allow: being simulated …")
    expect(said).to_have_text(re.compile(r"\(other fits: …\)"))
    slider.press("ArrowLeft")
    expect(fits).to_have_text(of_fits, timeout=180_000)
    rest(page)
    page.get_by_role("link", name="Compare both texts").click()
    expect(page.locator("#compare-finding .other-fits")).to_have_text(of_fits, timeout=180_000)
    finding = page.locator("#compare-finding")
    expect(finding).to_contain_text(f"{clear[1]} states sign" if clear else "cannot tell")


@pytest.mark.release
@pytest.mark.browser
def test_a_rule_that_moves_nobody_is_told_by_what_it_does_to_harm(page: Page, open_page) -> None:
    open_designer(open_page, "set=sanctions:2", width=390)
    said = page.locator("#design-said")
    expect(said).to_contain_text(re.compile("^(Nobody|Hardly anybody) joins or leaves; "))
    known = (
        r"harm prevented .+\spoints \(assumed\)$|"
        r"(harm prevented would probably (fall|rise)|whether more harm is prevented is unclear) "
        r"\(assumed: .+\spoints\)$|"
        r"as much harm is prevented, or up to .+\spoints? (more|less) \(assumed\)$"
    )
    expect(said).to_contain_text(re.compile(known), timeout=180_000)
    expect(page.locator("#change-harm")).to_have_text(re.compile("points$"))
    for way in ("join", "leave"):
        expect(page.get_by_role("region", name=f"Who would {way}")).to_be_hidden()
    for kind in (
        "state",
        "firm",
        "ngo",
    ):  # both ranges stand beside the change, and are told nowhere else
        ranges = re.compile(r"^\((luck\s[^;…]+; )?other\sfits\s[^;…]+\)$")
        expect(page.locator(f"#interval-{kind}")).to_have_text(ranges, timeout=180_000)
    for part in ("#design-fits", "#plot-state", "#design-depth"):
        expect(page.locator(part)).to_be_hidden()
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_of_a_pressed_text_nothing_is_told_before_it_is_simulated(page: Page, open_page) -> None:
    open_designer(open_page)
    way, waits = page.locator("#way-harm"), page.locator("#designer .harm .waits")
    expect(way).to_have_text("as much", timeout=180_000)  # the present text beside itself
    expect(waits).to_be_hidden()
    rest(page)
    page.route("**/data/design/conduct?*", lambda route: None)  # an answer that does not come
    page.get_by_role("button", name="State-led").click()
    for said in ("The present text", "By the best fit"):  # at once, and once who signs is known
        expect(page.locator("#design-said")).to_contain_text(said)
        for part in ("#way-harm", "#present-harm", "#design-harm"):
            expect(page.locator(part)).to_be_hidden()
        expect(waits).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.release
@pytest.mark.browser
def test_harm_is_told_by_the_ends_of_its_range_as_they_are_written(page: Page, open_page) -> None:
    open_page("designer?worlds=2")
    told = {
        (-0.046, 2.476): (
            "as much harm is prevented, or up to 2.5 points more",
            "as much, or up to 2.5 points more",
        ),
        (-2.476, 0.046): (
            "as much harm is prevented, or up to 2.5 points less",
            "as much, or up to 2.5 points less",
        ),
        (0, 0): ("as much harm is prevented", "as much"),
        (-6.97, -2.22): (
            "harm prevented would fall by 2.2 to 7.0 points",
            "2.2 to 7.0 points less",
        ),
        (0.646, 3.53): ("harm prevented would rise by 0.6 to 3.5 points", "0.6 to 3.5 points more"),
        (-0.6, 0.64): (
            "whether more harm is prevented is unclear (assumed: −0.6 to +0.6 points)",
            "unclear: 0.6 points less to 0.6 more",
        ),
        (-5.6, 0.1): (
            "harm prevented would probably fall (assumed: −5.6 to +0.1 points)",
            "probably less: 5.6 points less to 0.1 more",
        ),
        (-0.4, 1.9): (
            "whether more harm is prevented is unclear (assumed: −0.4 to +1.9 points)",
            "unclear: 0.4 points less to 1.9 more",
        ),
    }
    for ends, (clause, in_a_row) in told.items():
        both = "ends => [parley.statements.harm(ends), parley.statements.harm_in_a_row(ends)]"
        said = page.evaluate(both, list(ends))
        assert [words.replace("\u00a0", " ").removesuffix(" (assumed)") for words in said] == [
            clause,
            in_a_row,
        ]


@pytest.mark.release
@pytest.mark.browser
def test_where_fewer_sign_and_nobody_leaves_the_page_says_whose_falls_these_are(
    page: Page, open_page
) -> None:
    open_page("designer?set=ambition_9:0.8", width=390)
    expect(page.locator("#design-provenance")).to_contain_text("50 worlds under each text")
    expect(page.locator("#design-said")).to_contain_text("fewer state")
    share = r"\(\d+\s→\s\d+\s%\)"
    expect(page.locator("#people-moved p").first).to_have_text(
        re.compile(
            r"^No single state clearly tips; many become slightly less likely, the United States"
            rf" most {share}\.$"
        )
    )
    moved = re.compile(rf"No state leaves; most moved: United States {share}")
    expect(page.locator("#design-line")).to_contain_text(moved)
    expect(page.get_by_text("how the lists add up")).to_be_visible()
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_far_outside_the_data_a_direction_is_never_surer_than_other_fits(
    page: Page, open_page
) -> None:
    open_designer(open_page, *ALL, width=390)
    fits, said = page.locator("#design-fits"), page.locator("#design-said")
    expect(said).to_have_text(
        "By the best fit fewer states, firms and NGOs would sign (extrapolated); "
        "other fits are being simulated …"
    )  # no size until these are here
    expect(fits).to_have_class(re.compile("is-drawn"), timeout=180_000)
    of_fits, directions = fits.text_content(), said.inner_text()
    for kind, name in {"state": "states", "firm": "firms", "ngo": "NGOs"}.items():
        may_be_none = bool(re.search(rf"\b0 to \d+ fewer {name}", of_fits))
        assert page.locator(f"#change-{kind}").inner_text().startswith("perhaps") is may_be_none
        assert bool(re.search(rf"perhaps fewer [^;]*{name}", directions, re.I)) is may_be_none
        ends = re.search(rf"(\S+ to \S+) fewer {name}", of_fits)[1]
        expect(page.locator(f"#fits-{kind}")).to_have_text(f"other fits: {ends}")
        expect(page.locator(f"#fits-{kind}")).to_be_visible()
    expect(page.locator("#design-line")).to_contain_text(
        " fewer (other fits) · United States would leave"
    )
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_one_coalition_for_another_is_told_high_up(page: Page, open_page) -> None:
    open_designer(open_page, "scenario=great-powers-sign", *STATE_LED)
    expect(page.locator("#design-coalitions")).to_have_text(re.compile(
        r"^One coalition for another: about \d+ states would leave, .+ and .+ among them; "
        r"about \d+ would join, .+ and .+ among them\.$"
    ))  # fmt: skip
    supposed = "Great powers: China, Russia and the United States are supposed to sign."
    expect(page.locator("#design-powers")).to_have_text(supposed)
    page.get_by_role("button", name="Back to the present text").press("Enter")
    expect(page.locator("#design-coalitions")).to_be_empty()
    expect(page.locator("#design-powers")).to_have_text(supposed)
    expect(page.locator("#ends-state")).to_have_text(re.compile(r"^\(\d+–\d+\)$"))
    rest(page)


WIDTHS = "places => places.map(place => Math.round(place.getBoundingClientRect().width))"
CUT = "place => place.scrollWidth > place.clientWidth"
HOLLOW = """([path]) => {
  const card = getComputedStyle(document.querySelector('.card'));
  return getComputedStyle(path).fill === card.backgroundColor;
}"""


@pytest.mark.release
@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_sliders_are_alike_and_no_column_of_provisions_is_cut(
    page: Page, open_page, width: int
) -> None:
    open_designer(open_page, "set=text_openness:0.1", "set=text_public_rule:0.9", width=width)
    widths = page.locator(".slide input").evaluate_all(WIDTHS)
    assert max(widths) - min(widths) <= 1
    page.get_by_text("What each provision binds and weighs").click()
    assert not page.locator(".provisions").evaluate(CUT)
    assert not page.locator("#design-answer").evaluate(CUT)
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_a_text_outside_the_data_is_hollow_on_the_frontier(page: Page, open_page) -> None:
    open_designer(open_page, "set=text_openness:0.1")
    words = page.locator("#frontier .annotation-text")
    expect(
        words.filter(has_text=re.compile("designed text.*openness.*outside the data"))
    ).to_be_visible()
    expect(words.filter(has_text="depth within the data")).to_be_visible()
    assert page.locator("#frontier .trace").last.locator("path.point").evaluate_all(HOLLOW)
    ticks = [int(tick) for tick in page.locator("#frontier .ytick text").all_text_contents()]
    assert max(ticks) >= page.locator("#frontier .js-plotly-plot").evaluate(
        "plot => Math.max(...plot.data[0].y)"
    )
    for key in ("edge", "far"):
        expect(page.locator(f"#designer .key.{key}")).to_be_visible()
    for way in (
        "all raised alike",
        "prohibitions first",
        "duties first",
    ):  # named in the figure, not in the legend
        expect(words.filter(has_text=way)).to_be_visible()
        expect(page.locator("#designer .keys").get_by_text(way)).to_have_count(0)
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_a_text_outside_the_data_is_accessible_with_all_folds_open(page: Page, open_page) -> None:
    for width in (1440, 390):
        visit = open_designer(open_page, "set=text_openness:0.1", width=width)
        page.evaluate(
            "for (const fold of document.querySelectorAll('.both details')) fold.open = true"
        )
        page.get_by_role("slider", name=re.compile("7. Cyber hygiene")).focus()
        assert faults_by_scheme(page, visit, width) == {"light": [], "dark": []}


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_a_line_says_what_a_moved_slider_changes(page: Page, open_page) -> None:
    open_designer(open_page, width=390)
    line = page.locator("#design-line")
    # At the first the foot of the answer is still in sight, at the seventh nothing of it.
    for provision in ("1. Protect individuals", "7. Cyber hygiene"):
        slider = page.get_by_role("slider", name=re.compile(provision))
        slider.press("End")
        expect(page.locator("#design-said")).not_to_be_in_viewport()
        expect(line).to_have_text(re.compile(r"States:\s\d+\sfewer"))
        expect(line).to_be_in_viewport(ratio=1)
        expect(slider).to_be_in_viewport(ratio=1)
        assert (
            slider.bounding_box()["y"] + slider.bounding_box()["height"] <= line.bounding_box()["y"]
        )
    page.set_viewport_size({"width": 320, "height": 256})  # a window at four times its size
    expect(line).to_be_hidden()
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_a_text_of_the_frontier_is_tried_at_the_present_position(page: Page, open_page) -> None:
    visit = open_designer(open_page, "set=text_openness:0.2", "set=monitoring:0.5")
    expect(page.locator("[data-signing=frontier]")).to_have_text(EXTRAPOLATED)
    page.get_by_text("The simulated texts, to try").click()
    page.get_by_role("button", name=re.compile("Try: all raised alike, nothing asked")).press(
        "Enter"
    )
    expect(page.locator("#design-depth")).to_have_text("0.00")
    assert ("text_openness" in visit.query, "monitoring:0.5" in visit.query) == (False, True)
    rest(page)


@pytest.mark.long
@pytest.mark.browser
def test_a_link_restores_the_text_and_opens_it_elsewhere(page: Page, open_page) -> None:
    visit = open_designer(open_page, DEEPER, "may_sign=states,firms", width=390)
    expect(page.get_by_role("slider", name=re.compile("1. Protect"))).to_have_value("0.9")
    expect(page.get_by_role("checkbox", name="NGOs")).not_to_be_checked()
    all_of_them = f"−{page.locator('#present-ngo').inner_text()}"
    expect(page.locator("#change-ngo")).to_have_text(all_of_them)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("checkbox", name="NGOs").press("Space")
    expect(page.locator("#change-ngo")).not_to_have_text(all_of_them)
    expect(page.locator("#change-ngo")).to_contain_text("−")
    assert "may_sign" not in visit.query
    rest(page)
    page.get_by_role("link", name="Compare both texts").click()
    card = page.get_by_role("region", name="B compared with A", exact=True)
    card.get_by_text("Every measure, B beside A").click()
    expect(card.get_by_role("row", name="NGOs that have signed")).to_be_visible()
    present, design = visit.query.split("with=")
    assert ("ambition" in present, "ambition_1:0.9" in design) == (False, True)


@pytest.mark.long
@pytest.mark.browser
def test_a_text_of_the_frontier_can_be_tried(page: Page, open_page) -> None:
    visit = open_designer(open_page)
    expect(page.locator("#frontier .trace").first).to_be_visible()
    said, points = page.locator("#frontier-headline"), page.locator("#frontier-numbers")
    expect(said).to_have_text(re.compile(
        r"^Within the data a deeper text costs signatories, from \d+ to \d+ states\. "
        r"Extrapolated: forbidding costs fewer states than asking for duties$"
    ))  # fmt: skip
    expect(points).to_have_text(
        re.compile(r"^Within the data \d+ states sign at depth 0\.38, \d+ at depth 0\.63\.$")
    )
    expect(page.locator("#frontier-beyond")).to_have_text(
        "Trust the direction of the hollow points, not their numbers: fewer states sign at depth 1"
        " than at depth 0."
    )
    assert (
        page.locator("#by-depth .trace").count() == 0
    )  # it takes long, so it waits until somebody opens it
    page.get_by_text("The simulated texts, to try").click()
    page.get_by_role("button", name=re.compile("Try: all raised alike, nothing asked")).press(
        "Enter"
    )
    expect(page.locator("#design-depth")).to_have_text("0.00")
    assert "set=ambition_9:0" in visit.query
    page.get_by_role("radiogroup", name="Whose participation").get_by_text("Material power").click()
    expect(page.locator("#frontier .ytitle")).to_have_text("% of material power")
    expect(page.locator("#frontier .xtitle")).to_have_text("depth: what the text asks for")
    page.get_by_text("What a deeper text does to conduct").click()
    expect(page.locator("#by-depth .trace").first).to_be_attached(
        timeout=600_000
    )  # nine texts in many worlds
    page.get_by_role("radiogroup", name="Which conduct").get_by_text("Compliance").click()
    expect(page.locator("#by-depth .ytitle")).to_have_text("compliance, %")
    expect(page.locator("#by-depth-title")).to_contain_text("compliance of signatories")
    expect(page.locator("#by-depth-said")).to_contain_text("With the same signatories it")
    rest(page)


@pytest.mark.release
@pytest.mark.browser
def test_there_is_a_way_out_of_a_link_that_says_no_text(page: Page, address: str) -> None:
    page.goto(f"{address}designer?{FEW}&scenario=no-microsoft&may_sign=states")
    expect(page.get_by_role("alert")).to_contain_text(
        "expected one of those who may sign this code (state)"
    )
    page.get_by_role("button", name="Back to the present text").click()
    expect(page.locator("#design-provenance")).to_contain_text("8 worlds under each text")
    expect(page.get_by_role("alert")).to_be_hidden()
    rest(page)
