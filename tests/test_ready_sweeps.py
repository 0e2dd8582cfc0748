"""The sweeps that are ready, and the answers to them that ship: in words for people, with the
numbers of the engine, and at once on the page.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_sweep_from_here import fewer_by_compare
from test_sweep_headlines import DIALS

import sim
from dashboard.app import create_app
from dashboard.data.compare import views_of
from dashboard.data.ready_answers import FOLDER, answers, bases, finding, harm_prevented_now
from dashboard.data.ready_questions import ready_explanations, ready_questions, ready_sweeps
from dashboard.data.sweep_questions import ready_sweep
from dashboard.data.sweep_signing import HARDLY_BEAR, on_signing
from dashboard.jobs import DONE, Jobs
from dashboard.pages.sweeps.dials import ENDS
from dashboard.view import View
from dashboard.worker import Worker
from sim.number_formats import MINUS, decimal
from sim.scenario.dials_in_use import MOVERS

FIRST = "what-moves-signing"


@pytest.fixture
def client(tmp_path, monkeypatch) -> FlaskClient:
    """A client of a server whose worker sleeps."""
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    return create_app(jobs=Jobs(tmp_path)).server.test_client()


# Answers that ship


def test_every_ready_question_has_an_answer_that_ships_and_needs_no_simulation(client):
    questions = ready_questions()
    explanations = ready_explanations()
    assert {path.stem for path in FOLDER.glob("*.json")} == {*questions, *explanations}
    assert set(answers()) == {each.key for each in questions.values()} | {
        each.digest for each in explanations.values()
    }
    for question in questions.values():
        job = client.get("/data/jobs", query_string=question.content).get_json()
        assert (job["state"], job["key"]) == (DONE, question.key)


IDENTIFIER = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[A-Z]{3}\b")


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available_sweeps()])
def test_a_ready_sweep_is_answered_in_words_for_people(name):
    answer = answers()[ready_questions()[name].key]
    texts = [each["text"] for each in answer["sentences"]] + [finding(answer), answer["question"]]
    texts += [each["label"] for part in ("axes", "outcomes") for each in answer[part]]
    texts += [
        row[key]
        for part, key in (("effects", "comparison"), ("regions", "region"))
        for row in answer[part]
    ]
    assert [found for text in texts for found in IDENTIFIER.findall(text)] == []


@pytest.mark.parametrize("name", [name for name, _, _ in sim.available_sweeps()])
def test_a_ready_sweep_is_answered_first_in_a_sentence_that_can_be_read_aloud(name):
    sentences = [each["text"] for each in answers()[ready_questions()[name].key]["sentences"]]
    first, *others = re.split(r"(?<=\.) (?=[A-Z])", sentences[0])
    assert "interval" not in first
    assert any("interval" in each or "on average" in each for each in others[:2])


@pytest.mark.parametrize(
    ("name", "start"),
    [
        (
            "attribution-and-sanctions",
            "Yes, and also where attribution is poor: with the strongest sanctions, ",
        ),
        ("monitoring", "No: with all the monitoring that signatories can do, "),
        (
            "depth-and-breadth",
            "Yes, though it loses 75 of 119 signing states: with a text that asks for all instead ",
        ),
        ("what-survives", "The code prevents "),  # compares nothing
    ],
)
def test_a_question_that_takes_yes_or_no_is_answered_so_with_both_amounts(name, start):
    answer = answers()[ready_questions()[name].key]
    text, effects = (
        answer["sentences"][0]["text"],
        [row for row in answer["effects"] if row["asked"]],
    )
    assert text.startswith(start)
    if effects:
        amounts = re.search(r"prevents ([\d.]+)\s% of harm instead of ([\d.]+)\s%", text)
        after, before = (float(amount) for amount in amounts.groups())
        assert after - before == pytest.approx(
            effects[2 if name != "depth-and-breadth" else 3]["mean"], abs=0.11
        )


@pytest.mark.parametrize("name", ["attribution-and-sanctions", "depth-and-breadth", "monitoring"])
def test_a_finding_and_the_list_of_questions_have_the_range_over_the_assumptions_in_brackets(name):
    answer = answers()[ready_questions()[name].key]
    texts = {
        each["outcome"]: each["text"] for each in answer["sentences"] if each["kind"] == "answer"
    }
    for outcome in set(texts) - {*answer["how_sure"]}:
        effect = [row for row in answer["effects"] if row["asked"] and row["outcome"] == outcome][
            -1
        ]
        first, exact = re.split(r"(?<=\.) (?=[A-Z])", texts[outcome], maxsplit=1)
        ends = re.search(
            r"([\d.]+) to ([\d.]+) in nine in ten sets of assumptions\)", first
        ).groups()
        most = sorted(abs(effect[end]) for end in ("p5", "p95"))
        assert [float(end) for end in ends] == pytest.approx(most, abs=0.06)
        assert f"the difference is {' to '.join(ends)}" in exact
        assert "95\xa0% interval" in exact
    whole = {"from_first": answer["sentences"][0]["text"]}
    assert " in nine in ten sets of assumptions)" in answer.get("from_here", whole)["from_first"]


@pytest.mark.parametrize(
    ("name", "outcome", "read"),
    [
        (
            "attribution-and-sanctions",
            "harm_prevented",
            lambda run: run.harm_by_replicate["harm_prevented"],
        ),
        (
            "which-great-power",
            "signatories_state",
            lambda run: run.by_replicate["signatories", "state"],
        ),
        (
            "what-moves-signing",
            "signatories_state",
            lambda run: run.by_replicate["signatories", "state"],
        ),
    ],
)
def test_an_answer_that_ships_has_the_numbers_of_the_engine(name, outcome, read):
    rows, sweep = answers()[ready_questions()[name].key]["rows"], ready_sweep(name)
    (scenario,) = sweep.scenarios.values()
    dials, choices = {}, {}
    for axis in (*sweep.levers.axes, *sweep.uncertainties.axes):
        if axis.kind == "choice":
            choices[axis.name.removeprefix("choose_")] = rows[axis.name][0]
        else:
            dials |= axis.settings(rows[axis.name][0])
    run = sim.run(
        scenario.with_changes(set=dials, choices=choices),
        replicates=sweep.replicates,
        seed=sweep.seed,
    )
    assert np.mean(read(run)) == pytest.approx(rows[outcome][0], rel=1e-5)


def test_the_first_question_is_which_dial_matters_most():
    assert ready_sweeps()[0] == FIRST
    assert next(iter(ready_questions())) == FIRST
    assert len(ready_sweeps()) == len(sim.available_sweeps())


def test_the_first_answer_ranks_dials_and_says_which_cannot_be_told_from_none():
    answer = answers()[ready_questions()[FIRST].key]
    rows = [
        row
        for row in answer["sensitivity"]
        if row["outcome"] == "signatories_state" and row["index"] == "mu_star"
    ]
    told = sorted((row for row in rows if row["clear"]), key=lambda row: -row["value"])
    others = [row for row in rows if not row["clear"]]
    labels = {axis["name"]: axis["label"] for axis in answer["axes"]}
    text = next(
        each["text"] for each in answer["sentences"] if each["outcome"] == "signatories_state"
    )
    first, _, exact = text.partition(". ")
    decided, _, guessed = first.partition("of what nobody has measured, ")
    assert "of what can be decided, if all provisions ask for much instead of little, " in decided
    assert guessed.startswith("if states without means hear far less of it, ")
    assert [axis["name"] for axis in answer["axes"] if axis["decided"] is None] == []
    assert f"{len(others)} of {len(rows)} dials cannot be told apart from none" in exact
    none = exact.partition("cannot be told apart from none")[2]
    assert [row["axis"] for row in others if labels[row["axis"]] not in none] == []
    assert {"sanctions", "monitoring"} <= {
        row["axis"] for row in others
    }  # for which nobody signs in this model
    assert all(row["low"] <= row["floor"] for row in others)
    places = [exact.index(labels[row["axis"]]) for row in told]
    assert places == sorted(places)


def test_every_dial_that_is_ranked_has_words_for_both_ends_of_its_range():
    answer = answers()[ready_questions()[FIRST].key]
    assert {axis["name"] for axis in answer["axes"]} == set(ENDS)
    loudness = answer["rows"]["attention_scale"]
    assert (min(loudness), max(loudness)) == (0.5, 2)  # "half as loud" and "twice as loud"


def test_the_dials_that_come_first_are_those_of_the_ranking_that_ships():
    """By the largest effect on one kind, as a share of what moves that kind most."""
    answer = answers()[ready_questions()[FIRST].key]
    rows = [row for row in answer["sensitivity"] if row["index"] == "mu_star" and row["clear"]]
    outcomes = {row["outcome"] for row in rows}
    most = {
        outcome: max(row["value"] for row in rows if row["outcome"] == outcome)
        for outcome in outcomes
    }
    effects: dict[str, float] = {}
    for row in rows:
        effects[row["axis"]] = max(effects.get(row["axis"], 0), row["value"] / most[row["outcome"]])
    assert {*sorted(effects, key=lambda axis: -effects[axis])[: len(MOVERS)]} == {*MOVERS}
    assert {*sorted(effects, key=lambda axis: -effects[axis])[:6]} == {
        *sim.load("paris-call-2018").first_dials
    }


def test_assumptions_that_hardly_bear_on_who_signs_give_no_range_of_how_many():
    answer = answers()[ready_questions()["depth-and-breadth"].key]
    texts = {
        each["outcome"]: each["text"] for each in answer["sentences"] if each["kind"] == "answer"
    }
    first, exact = re.split(r"(?<=\.) (?=[A-Z])", texts["signatories_state"], maxsplit=1)
    assert first.endswith("fewer states sign: 44 rather than 119.")
    assert "95\xa0% interval" in exact  # which says how surely the mean is known
    assert "nine in ten" not in exact
    assert exact.endswith(f"{HARDLY_BEAR}.")
    assert "nine in ten of the assumptions" in texts["harm_prevented"]  # on which they do bear
    (whole,) = (
        each
        for each in answer["sentences"]
        if each["kind"] == "answer" and "harm" in each["outcome"]
    )
    assert re.search("assumptions tried|sets of assumptions", whole["without_ranges"]) is None
    rows = answer["rows"]
    pairs = zip(rows["signatories_state"], rows["ambition_1"], strict=True)
    at_all = [value for value, ambition in pairs if ambition == 1]
    assert max(at_all) - min(at_all) < 1 < np.std(rows["harm_prevented"])
    assert HARDLY_BEAR not in finding(answer)
    said = answer["how_sure"]["signatories_state"]
    before, after = views_of(said["compare"])
    levels = [
        {view.variant.settings[f"ambition_{k}"] for k in range(1, 10)} for view in (before, after)
    ]
    assert levels == [{0.2}, {1}]
    fewer = fewer_by_compare(before, after)
    assert (
        said["words"] == f"{HARDLY_BEAR}. With other fits that the data allow: {fewer} states; see"
    )
    assert bases(answer) == ["assumed", "extrapolated"]


def test_the_list_says_how_much_the_present_call_prevents_by_the_answers_themselves():
    shipped = {
        name: answers()[question.key]
        for name, question in ready_questions().items()
        if name in ready_sweeps()
    }
    least, most = (f"{level:.1f}" for level in harm_prevented_now(shipped.values()))
    assert (
        f" instead of {least}\xa0%" in shipped["attribution-and-sanctions"]["sentences"][0]["text"]
    )
    assert f"prevents {most}\xa0% of harm on average" in finding(shipped["what-survives"])


def test_assumptions_that_bear_on_who_signs_keep_their_range():
    """Attention of the poor moves how many states sign, and when they sign how many firms
    follow.
    """
    answer = answers()[ready_questions()["which-great-power"].key]
    assert answer["how_sure"] == {}
    assert any("nine in ten of the assumptions" in each["text"] for each in answer["sentences"])


@pytest.mark.parametrize("change", [{"common": False}, {"link": {"query": None}}])
def test_settings_of_their_own_luck_are_not_judged_and_no_address_is_no_link(change):
    answer = answers()[ready_questions()["depth-and-breadth"].key]
    said = on_signing(answer | change)["how_sure"]
    assert [each["words"] for each in said.values()] == (
        [] if "common" in change else [f"{HARDLY_BEAR}."]
    )


# The page


@pytest.mark.release
@pytest.mark.browser
def test_the_list_of_questions_says_what_each_finding_rests_on_and_where_it_is_told_how_sure_it_is(
    page: Page, open_page
):
    open_page("sweeps")
    listed = page.locator("[data-asks-sweep='ready=depth-and-breadth']")
    expect(listed.locator(".tag")).to_have_text([sim.BASES["assumed"], sim.BASES["extrapolated"]])
    expect(listed).to_contain_text(
        "From the present text, perhaps a little: a text that asks for all prevents 0 to "
    )
    fits = "With other fits that the data allow: 23 to 99 fewer states; see Compare."
    expect(page.locator("#sweep-questions .asks-lead")).to_contain_text(
        "the present Call prevents on average"
    )
    listed.locator("button").press("Enter")
    told = page.locator("#sweep-first-said .found")
    below = page.locator("#sweep-first-said > p").first
    expect(page.locator("#sweep-sentences .found-part")).to_contain_text(
        "prevents no less harm than the present one"
    )
    page.locator("#sweep-first-card > summary").click()
    expect(below).to_contain_text(
        "From a text that asks for little, yes, though it loses about 75 of 119 signing "
    )
    expect(page.locator("#sweep-sentences .found .tag")).to_have_text(
        [sim.BASES["assumed"], sim.BASES["extrapolated"]]
    )
    expect(told).to_contain_text(fits)
    expect(page.locator("#sweep-first-said .of-another").get_by_role("link")).to_have_text(
        "Learn, “Deep or broad?”"
    )
    expect(page.locator("#sweep-also").get_by_role("link")).to_have_text("Compare")
    expect(page.locator("#sweep-effects-keys li")).to_have_count(3)
    expect(page.locator("#sweep-where-card")).to_be_hidden()  # no rule was found
    told.get_by_role("link", name="Compare").click()
    expect(page.locator("#compare")).to_contain_text(
        "with other fits that the data allow", timeout=60_000
    )


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_a_question_of_the_list_leads_to_the_heading_of_its_answer(
    page: Page, open_page
):
    visit = open_page("sweeps", width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#sweep-effects .annotation-text").first).to_be_attached()
    for name in ("monitoring", "depth-and-breadth"):
        page.locator(f"[data-ready={name}]").click()
        expect(page.locator("#sweep-question")).to_have_text(sim.load_sweep(name).question)
        expect(page.locator("#sweep-question")).to_be_focused()
        visit.settle()
        assert 0 <= page.locator("#sweep-question").bounding_box()["y"] < 844 / 3


@pytest.mark.release
@pytest.mark.browser
def test_the_figure_counts_from_the_present_text_as_the_sentence_above_it_does(
    page: Page, open_page
):
    open_page("sweeps?sweep=ready%3Ddepth-and-breadth")
    expect(page.locator("#sweep-effects-title")).to_contain_text("counted from the present text")
    rows = answers()[ready_questions()["depth-and-breadth"].key]["from_here"]["rows"]
    said = page.locator("#sweep-effects .annotation-text")
    for own, heading in zip(
        rows.values(), ("Harm prevented, in points", "States that sign"), strict=True
    ):
        expect(said).to_contain_text(
            [heading, *(row["told"].replace(" points", "") for row in own)]
        )
    told = page.locator("#sweep-sentences .found").inner_text()
    assert "0 to 2.5 points more" in told.replace("\xa0", " ")
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("#sweep-effects .js-plotly-plot")]
        .flatMap(({data}) => data.filter(({mode}) => mode === "lines").map(({x}) => x))"""
    )
    assert drawn == [[row["low"], row["high"]] for own in rows.values() for row in own]
    ambition = decimal(np.mean([View().variant.settings[f"ambition_{k}"] for k in range(1, 10)]), 2)
    expect(page.locator("#sweep-more")).to_contain_text(f"ask for {ambition} on average")
    assumed = page.locator("#sweep-answer").get_by_text(sim.BASES["assumed"], exact=True)
    expect(assumed.locator("visible=true")).to_have_count(1)


@pytest.mark.release
@pytest.mark.browser
def test_on_a_phone_the_bars_of_a_ranking_take_the_width_and_numbers_stand_behind_sentences(
    page: Page, open_page
):
    open_page("sweeps", width=390)
    said = page.locator("#sweep-effects .annotation-text")
    expect(said).to_contain_text(
        [re.compile(r"^How often the poorest states hear.+:\s\d+\sfewer$")]
    )
    (left, right), bars = page.evaluate("""() => {
        const graph = document.querySelector("#sweep-effects .js-plotly-plot");
        const {x, error_x} = graph.data[1];
        return [graph.layout.xaxis.range, {x, more: error_x.array}];
    }""")
    furthest = max(value + more for value, more in zip(bars["x"], bars["more"], strict=True))
    assert furthest < right < 1.2 * furthest
    assert left == -right
    expect(page.locator("#sweep-effects g.xtick")).to_have_text([f"{MINUS}50", "0", "50"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.release
@pytest.mark.browser
def test_that_campaign_asks_something_else_stands_in_sight_in_one_line(page: Page, open_page):
    open_page("sweeps?sweep=ready%3Dwhich-great-power")
    line = page.locator("#sweep-also .of-another")
    expect(line).to_contain_text("The page Campaign asks something else")
    expect(line.get_by_role("link")).to_have_attribute("href", "campaign")
    expect(page.locator("#sweep-notes")).not_to_contain_text("Campaign")
    assert line.bounding_box()["height"] < 30


@pytest.mark.release
@pytest.mark.browser
def test_a_ranking_has_a_bar_for_each_dial_that_is_told_and_names_the_others(page: Page, open_page):
    open_page("sweeps")
    said = page.locator("#sweep-effects .annotation-text")  # how many more, a heading
    expect(said.first).to_be_attached()
    rows = [
        row for row in answers()[ready_questions()[FIRST].key]["sensitivity"]
        if row["outcome"] == "signatories_state" and row["index"] == "mu_star"
    ]  # fmt: skip
    split = 1  # goes either way, with a bar for each half of what decides
    bars = sum(row["clear"] for row in rows) + split
    sentences = page.locator("#sweep-effects .ytick")
    expect(sentences).to_have_count(bars)
    expect(said).to_have_count(bars + 1)
    expect(sentences.first).to_have_text(
        re.compile("poorest states hear.*somewhat less often → far less often")
    )
    expect(sentences.nth(1)).to_have_text(
        re.compile("The ambition of all provisions.*little → much")
    )
    either = [f"for state control → open, if it asks for {how}" for how in ("little", "much")]
    expect(sentences).to_contain_text(either)
    some = [re.compile(r"^\d+\smore$"), re.compile(r"^\d+\sfewer$")]
    expect(said).to_contain_text([*some, "Small, and luck may be part of it:"])
    (openness,) = (row for row in rows if row["axis"] == "text_openness")
    half = (
        openness["lower_half_high"] - openness["lower_half_low"]
    ) / 2  # the widest line that is drawn
    least_sure = re.compile(
        rf"The least certain of these bars, “Openness of .+, if .+ ±\s{half:.0f}\sstates\."
    )
    expect(page.locator("#sweep-more")).to_contain_text(least_sure)
    expect(page.locator("#sweep-notes li")).to_have_count(0)
    ends, lines = page.evaluate("""() => {
        const {xaxis, shapes} = document.querySelector("#sweep-effects .js-plotly-plot").layout;
        return [xaxis.range, shapes.filter(({line}) => line.dash === "dot").map(({x0}) => x0)];
    }""")
    assert lines == [-rows[0]["floor"], rows[0]["floor"]]  # luck reaches as far to either side
    assert -65 < ends[0] < ends[1] < 65
    listed = page.locator("[data-found]").first
    expect(listed).to_have_text(DIALS)
    expect(page.locator("#sweep-effects .xtitle")).to_have_text(
        re.compile("^← fewer.more states sign →$")
    )
    expect(page.locator("#sweep-effects-keys")).to_contain_text("luck alone reaches this far")
    expect(page.locator("#sweep-effects-keys")).to_contain_text("nobody has measured it")
    how_many = page.locator("#sweep-effects .annotation-text").filter(
        has_text=re.compile(r"^\d+\s(more|fewer)$")
    )
    expect(how_many).to_have_count(bars)
    axis = page.locator("#sweep-effects .nsewdrag").first.bounding_box()
    for number in how_many.all():  # beside the plot, where they cross no bar and no line
        assert number.bounding_box()["x"] >= axis["x"] + axis["width"]
    how = (
        "Fewer states sign if states without means hear far less of it or .+; more sign if the"
        " campaign is far louder. If the text is open, fewer sign where all provisions ask for"
        " much, more where they ask for little."
    )
    expect(page.locator("#sweep-sentences .found")).to_contain_text(re.compile(f"^{DIALS}"))
    expect(page.locator("#sweep-more > .found-part")).to_contain_text(
        re.compile(how)
    )  # and those on others, below
    expect(page.locator("#sweep-more .found")).to_contain_text(
        ["firms each, none clear", "for how many NGOs sign"]
    )
    untold = re.compile(r"\d+ of \d+ dials make no difference beyond luck")
    expect(page.locator("#sweep-untold summary")).to_have_text(untold)
    expect(page.locator("#sweep-matters-card")).to_be_hidden()
    page.get_by_role("button", name="Open all").click()
    link = page.locator("#sweep-points-table a").first.get_attribute("href")
    assert len(re.findall(r"set=ambition_\d", link)) == 9


@pytest.mark.release
@pytest.mark.browser
def test_the_page_opens_with_an_answer_and_every_ready_question_has_one_at_once(
    page: Page, open_page
):
    open_page("sweeps")
    expect(page.locator("#sweep-question")).to_have_text(
        sim.load_sweep("what-moves-signing").question
    )
    expect(page.locator("#sweep-answer")).not_to_have_class(re.compile("is-waiting"))
    expect(page.locator("#sweep-effects .annotation-text").first).to_be_attached()
    assert (
        page.evaluate(
            "() => document.querySelector('#sweep-effects').getBoundingClientRect().bottom"
        )
        <= 800
    )
    page.locator("[data-ready=attribution-and-sanctions]").press("Enter")
    expect(page.locator("#sweep-effects .ytick").nth(2)).to_have_text("sanctions 2 (the strongest)")
    expect(page.locator("#sweep-effects .ytick").first).to_have_text("sanctions 0.5 of 2")
    keys = [re.compile(words) for words in ("95.% interval", "nine in ten", "^open")]
    expect(page.locator("#sweep-effects-keys li")).to_have_text(keys)
    expect(page.locator("#sweep-effects-note")).to_contain_text(
        "what a named violator expects to lose"
    )
    expect(page.locator("#sweep-where-title")).to_contain_text(
        "The effect is smallest where attribution is poor"
    )
    expect(page.locator("#sweep-where-note")).to_contain_text("three parts of as many each")
    page.locator("[data-ready=monitoring]").press(
        "Enter"
    )  # under which less is prevented, least of all there
    expect(page.locator("#sweep-where-title")).to_contain_text(
        "The effect is smallest where attribution is good"
    )
    page.locator("[data-ready=which-great-power]").press("Enter")
    expect(page.locator("#sweep-sentences")).to_contain_text("China")
    expect(page.locator("#sweep-sentences .tag").first).to_have_text(sim.BASES["what_if"])
    page.get_by_role("button", name="Open all").click()
    for name in (
        "matters",
        "enough",
    ):  # all of it sets China beside the same one as the first figure
        expect(page.locator(f"#sweep-{name}-said")).to_contain_text(
            "the effect of China instead of the United States"
        )
    shares = page.evaluate("() => document.querySelector('#sweep-matters .js-plotly-plot').data[0]")
    ends = [
        value + more for value, more in zip(shares["x"], shares["error_x"]["array"], strict=True)
    ]
    assert all(0 <= end <= 100.001 for end in ends)  # a share is no more than the whole
    expect(page.locator("#sweep-heat-note")).to_contain_text("may be chance")
    page.emulate_media(media="print")
    expect(page.get_by_text("Click a cell")).to_be_hidden()
    expect(page.get_by_text("Click a line")).to_be_hidden()
    page.emulate_media(media="screen")
    page.reload()
    expect(page.locator("#sweep-sentences")).to_contain_text("China")
