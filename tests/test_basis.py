"""What numbers on signing rest on: fitted to the register in the Paris Call as it was, a what-if
under the fitted weights where it departs from that, extrapolated where something is unlike the
register; conduct is assumed in any. No page, table, file or line says otherwise.
"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from test_routes import BESIDE, NO_VIEW, OF_CONDUCT, routes

import sim
from dashboard.data.questions import question_from, table_of
from dashboard.data.words import EXTRAPOLATED, FITTED, WHAT_IF
from sim.experiments.milestones import milestones
from sim.scenario import Scenario
from sim.scenario.extrapolation import LIKE

PARIS = sim.load("paris-call-2018")
CHINESE = sim.load("third-way").with_choices({"text": "chinese"})
VIEW = "worlds=2&scenario=third-way&choose=text:chinese"
FEW = ("--replicates", "2")
OF_THE_REGISTER = ("/data/evidence", "/data/dials", "/data/classic", "/data/jobs", "/data/people")


def moved(**levers: float) -> Scenario:
    """The Paris Call with other levers of its text."""
    return PARIS.with_changes(set=levers)


# Which texts


def test_the_paris_call_is_fitted_and_a_text_across_the_middle_is_not():
    assert sim.basis_of_signing(PARIS) == "fitted"
    assert sim.basis_of_signing(CHINESE) == "extrapolated"
    assert sim.basis_of_signing(moved(text_openness=0.2)) == "extrapolated"


@pytest.mark.parametrize("lever", ["text_openness", "text_public_rule"])
def test_a_text_is_like_that_of_the_register_as_long_as_careful_readers_might_code_it_so(lever):
    here = PARIS.settings[lever]
    assert sim.basis_of_signing(moved(**{lever: here})) == "fitted"
    assert sim.basis_of_signing(moved(**{lever: here - LIKE})) == "what_if"
    assert sim.basis_of_signing(moved(**{lever: here - LIKE - 0.01})) == "extrapolated"


def test_a_text_that_asks_for_all_or_for_nothing_is_no_longer_that_of_the_register():
    for ambition in (0.0, 1.0):
        scenario = moved(**{f"ambition_{number}": ambition for number in range(1, 10)})
        assert sim.basis_of_signing(scenario) == "extrapolated"
        features = scenario.extrapolations["text"].features
        assert [(each.feature, each.here) for each in features] == [
            ("restraint", ambition),
            ("burden", ambition),
        ]


def test_one_side_is_enough_to_make_a_comparison_extrapolated():
    assert (
        sim.basis_of_signing(PARIS, CHINESE)
        == sim.basis_of_signing(CHINESE, PARIS)
        == "extrapolated"
    )
    assert sim.basis_of_signing(PARIS, PARIS) == "fitted"


def test_the_reason_says_in_what_the_text_differs_and_whose_weights_hold():
    assert PARIS.extrapolations == {}
    across = CHINESE.extrapolations["text"]
    assert across.features == (("openness", 0.1, 0.8), ("public_rule", 0.9, 0.6))
    assert across.share_of_common == 1
    assert moved(text_public_rule=0.9).extrapolations["text"].share_of_common == 0
    assert moved(text_openness=0.45).extrapolations["text"].share_of_common == 0.5


def test_a_text_with_another_convenor_is_extrapolated():
    russian = PARIS.with_table({"code": {"convenor": "RUS", "openness": 0.8}})
    assert list(russian.extrapolations) == ["convenor"]
    unlike = russian.extrapolations["convenor"]
    assert (unlike.here, unlike.there) == (("Russia", ""), ("France", "francophonie"))
    assert list(PARIS.with_table({"code": {"convenor": "RUS"}}).extrapolations) == [
        "convenor",
        "text",
    ]


def test_a_weight_set_by_hand_is_not_fitted_whether_at_the_start_or_by_an_event():
    assert list(moved(state_peers=0.5).extrapolations) == ["weights"]
    assert moved(state_peers=0.5).extrapolations["weights"].names == ("state_peers",)
    at_once = {"round": 3, "dial": "state_peers", "value": 0.3}
    later = PARIS.with_changes(events=[at_once])
    assert later.extrapolations == moved(state_peers=0.5).extrapolations
    assert list(sim.load("convenor-leaves").extrapolations) == ["weights"]
    assert not moved(state_peers=PARIS.parameters["state_peers"]).is_extrapolated
    assert not moved(monitoring=0.9).is_extrapolated


def test_every_lens_is_fitted_with_its_own_weights():
    assert not any(PARIS.with_lens(name).is_extrapolated for name in sim.LENSES)


def test_worlds_of_another_text_are_not_held_against_the_register():
    for scenario in (moved(text_openness=0.4), PARIS.with_table({"code": {"convenor": "RUS"}})):
        assert all(
            count is None for milestone in milestones(scenario) for count in milestone.registered
        )
    assert milestones(moved(state_peers=0.5))[0].registered == milestones(PARIS)[0].registered


def test_the_common_weights_have_the_intervals_of_their_file():
    weights = {weight.name: weight for weight in PARIS.common()}
    assert set(weights) >= {"state_direction", "state_ideal_point", "state_affinity"}
    assert all(weight.low <= weight.value <= weight.high for weight in weights.values())


# What nobody has seen


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (["USA"], "which has seen the United States sign in November 2021, not before."),
        (["FRA"], "which has seen France sign in November 2018."),
        (["CHN"], "which has seen nothing of the kind."),
        (
            ["USA", "CHN"],
            "nothing of the kind, except that the United States signed in November 2021.",
        ),
    ],
)
def test_of_a_supposed_signature_it_is_said_when_the_register_has_seen_it(who, words):
    scenario = PARIS.with_changes(events=[{"round": 0, "who": who, "signs": True}])
    assert sim.why_not_fitted(scenario).endswith(words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"set": {"monitoring": 0.5}}, "monitoring at 0.5 (was 0)"),
        ({"set": {"ambition_8": 0}}, "ambition of “no private hack-back” at 0, not 0.6"),
        (
            {"events": [{"round": 0, "who": "USA", "signs": True}]},
            "United States signs from November 2018",
        ),
    ],
)
def test_a_world_that_the_register_has_not_seen_is_a_what_if_and_says_in_what(change, words):
    scenario = PARIS.with_changes(**change)
    assert sim.basis_of_signing(scenario) == "what_if"
    assert words in sim.why_not_fitted(scenario)
    assert (
        sim.basis_of_signing(PARIS, scenario) == sim.basis_of_signing(scenario, PARIS) == "what_if"
    )


def test_who_may_sign_makes_a_what_if():
    states_only = sim.load("states-only")
    assert sim.basis_of_signing(states_only) == "what_if"
    assert "only states may sign" in sim.why_not_fitted(states_only)


def test_a_scenario_that_changes_nothing_is_the_paris_call():
    for name, choices in (("third-way", {"text": "paris"}), ("co-regulation", {"link": "off"})):
        scenario = sim.load(name).with_choices(choices)
        assert (sim.basis_of_signing(scenario), sim.why_not_fitted(scenario)) == ("fitted", "")
    assert sim.basis_of_signing(PARIS.with_draws()) == "fitted"


def test_every_other_scenario_that_ships_is_a_what_if_or_extrapolated():
    bases = {name: sim.basis_of_signing(sim.load(name)) for name, _, _ in sim.available()}
    assert [name for name, basis in bases.items() if basis == "fitted"] == ["paris-call-2018"]
    assert {name for name, basis in bases.items() if basis == "extrapolated"} == {
        "convenor-leaves", "rival-codes", "third-way",
    }  # fmt: skip


def test_what_is_unlike_the_register_outweighs_what_merely_did_not_happen():
    scenario = CHINESE.with_changes(set={"monitoring": 0.5})
    assert sim.basis_of_signing(scenario) == "extrapolated"
    assert sim.why_not_fitted(moved(monitoring=0.5), scenario) == sim.why_not_fitted(scenario)


def test_whoever_supposes_signatures_or_approaches_asks_what_if():
    assert sim.basis_of_what_if(PARIS) == "what_if"
    assert sim.basis_of_what_if(CHINESE) == "extrapolated"
    assert bases(sim.pivots(PARIS, who=["CHN"], replicates=1).table()) == {"what_if"}


def test_a_manifest_says_what_its_run_rests_on_and_in_what_it_departs():
    manifest = sim.run("great-powers-sign", replicates=1).manifest
    assert manifest["basis"] == "what_if"
    assert manifest["departures"] == {
        "events": "the United States, China and Russia sign from November 2018"
    }
    assert "what-if" in manifest["note"]
    assert sim.run(PARIS, replicates=1).manifest["departures"] == {}


# Results in Python


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(CHINESE, replicates=2)


def bases(frame) -> set[str]:
    return set(frame["basis"])


def test_signing_is_extrapolated_and_conduct_assumed_in_every_table_of_a_run(run):
    for outcome in sim.OUTCOMES.values():
        expected = {"fitted": "extrapolated"}.get(outcome.basis, outcome.basis)
        assert bases(run.outcomes.query("outcome == @outcome.name")) == {expected}
        if outcome.column:
            assert bases(run.history(outcome.name)) == {expected}
    frames = run.frames()
    assert bases(frames["history"]) == {"extrapolated", "assumed"}
    assert bases(frames["milestones"]) == bases(frames["signed"]) == {"extrapolated"}
    assert "extrapolated" in run.manifest["note"]


def test_an_extrapolated_outcome_has_its_median_and_interval(run):
    rows = run.outcomes.query("basis == 'extrapolated'")
    assert rows[["median", "low", "high"]].notna().all(axis=None)


def test_a_comparison_tells_signing_from_conduct_under_any_text(run):
    present = sim.run(PARIS, replicates=2)
    rows = sim.Comparison(present, run).outcomes
    assert bases(rows[rows["outcome"] == "signatories"]) == {"extrapolated"}
    assert bases(rows) == {"extrapolated", "assumed"}


def test_lenses_on_another_text_are_extrapolated_and_their_scores_are_not():
    content = sim.compare_lenses(CHINESE, lenses=["full", "null"], replicates=1).as_json()
    assert content["basis"] == "extrapolated"
    assert "basis" not in content["scores"][0]


def test_questions_about_another_text_are_extrapolated():
    pivots = sim.pivots(CHINESE, who=["CHN"], replicates=2)
    assert bases(pivots.table()) == bases(pivots.differences) == {"extrapolated"}
    outreach = sim.outreach(CHINESE, approaches=1, replicates=2)
    assert bases(outreach.approached) == bases(outreach.lists) == {"extrapolated"}


def test_an_explanation_is_extrapolated_with_its_run_and_a_change_with_the_text_it_leads_to(run):
    assert run.explain("CHN").basis == "extrapolated"
    explanation = sim.run(PARIS, replicates=4).explain("USA")
    assert explanation.basis == "fitted"
    for change in explanation.changes:
        if change.change is not None:
            assert change.basis == sim.basis_of_signing(PARIS.with_table(change.change))


def test_a_frontier_is_fitted_near_the_present_text_and_extrapolated_at_its_ends():
    texts = sim.participation(PARIS, replicates=1).sort_values("depth")
    assert bases(texts[texts["present"]]) == {"fitted"}
    assert texts["basis"].iloc[0] == texts["basis"].iloc[-1] == "extrapolated"


# The command line


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("run", FEW),
        ("explain", ("CHN", *FEW)),
        ("pivots", ("--who", "CHN", *FEW)),
        ("outreach", ("--approaches", "1", *FEW)),
        ("frontier", ("--depths", "3", *FEW)),
        ("stability", FEW),
        ("compare", ("paris-call-2018", *FEW)),
    ],
)
def test_no_command_calls_another_text_fitted(commands, command, options):
    printed = commands(command, "third-way", *options, "--choose", "text=chinese").printed
    assert FITTED not in printed
    assert "[fitted" not in printed
    assert f"[{EXTRAPOLATED}]" in printed
    assert "openness is 0.1 instead of 0.8" in " ".join(printed.split())


def test_the_paris_call_is_called_fitted_and_nothing_else(commands):
    printed = commands("run", "paris-call-2018", *FEW).printed
    assert f"[{FITTED}]" in printed
    assert EXTRAPOLATED not in printed


# Routes and downloads


def answers_to(client: FlaskClient, view: str) -> dict[str, str]:
    """The text of every answer on signing to a question about *view*, in JSON, CSV and HTML, by its
    address; beside it Compare has the same with monitoring.
    """
    paths = [path for path in routes(client) if path.startswith(("/data/", "/brief"))]
    ours = [
        path
        for path in paths
        if path not in NO_VIEW and not path.startswith((*OF_THE_REGISTER, *OF_CONDUCT))
    ]
    beside = BESIDE | {
        "compare": f"&with={quote(f'{view}&set=monitoring:0.5'.removeprefix('worlds=2&'))}"
    }
    own = {path: "".join(query for part, query in beside.items() if part in path) for path in ours}
    answers = {path: client.get(f"{path}?{view}{own[path]}") for path in ours}
    return {path: answer.text for path, answer in answers.items() if not path.endswith("parquet")}


@pytest.mark.long
def test_no_answer_about_another_text_says_fitted_to_the_register(client):
    answers = answers_to(client, VIEW)
    assert [path for path, text in answers.items() if FITTED in text] == []
    telling = [path for path, text in answers.items() if EXTRAPOLATED in text]
    assert {
        "/data/run",
        "/data/run.csv",
        "/data/shares.csv",
        "/data/world",
        "/data/compare",
        "/data/compare.csv",
        "/data/compare/curves.csv",
        "/data/design",
        "/data/design.csv",
        "/data/design/who.csv",
        "/data/frontier",
        "/data/frontier.csv",
        "/data/explain.csv",
        "/brief",
    } <= set(telling)


def test_answers_about_the_paris_call_say_so(client):
    answers = answers_to(client, "worlds=2")
    for path in ("/data/run", "/data/run.csv", "/data/shares.csv", "/data/design", "/brief"):
        assert FITTED in answers[path], path
        assert EXTRAPOLATED not in answers[path], path
        assert WHAT_IF not in answers[path], path
    assert WHAT_IF in answers["/data/compare.csv"]  # beside it stands a view with monitoring


@pytest.mark.long
def test_no_answer_about_a_world_that_did_not_happen_says_fitted_to_the_register(client):
    answers = answers_to(client, "worlds=2&branch=0:USA:signs")
    assert [path for path, text in answers.items() if FITTED in text] == []
    telling = [path for path, text in answers.items() if WHAT_IF in text]
    assert {
        "/data/run",
        "/data/run.csv",
        "/data/shares.csv",
        "/data/world",
        "/data/compare",
        "/data/compare.csv",
        "/data/compare/curves.csv",
        "/data/design",
        "/data/design.csv",
        "/data/design/who.csv",
        "/data/explain.csv",
        "/data/suppositions",
        "/brief",
        "/brief/file",
    } <= set(telling)


def test_a_designed_text_across_the_middle_makes_the_page_extrapolated(client):
    content = client.get("/data/design?worlds=2&set=text_openness:0.2").get_json()
    assert content["basis"].startswith(EXTRAPOLATED)
    assert "openness is 0.2 instead of 0.8" in content["why"]


def test_each_pair_of_views_has_a_basis_of_its_own(client):
    other = "scenario%3Dthird-way%26choose%3Dtext:chinese"
    content = client.get(f"/data/compare?worlds=2&with={other}&with=lens%3Dnull").get_json()
    assert [view["basis"] for view in content["views"]] == [FITTED, EXTRAPOLATED, FITTED]
    assert [pair["basis"].split(":")[0] for pair in content["pairs"]] == [EXTRAPOLATED, FITTED]
    assert content["why"].startswith("B: It is convened by China")


@pytest.mark.parametrize(
    ("kind", "asked", "names"),
    [("pivots", "who=CHN", ["pivots"]), ("campaign", "approaches=1", ["approached", "lists"])],
)
def test_the_answers_of_long_questions_are_extrapolated(kind, asked, names):
    answer = json.loads(
        json.dumps(question_from({"kind": kind, "view": VIEW, "asked": asked}).answer())
    )
    tables = [table_of(answer, name).decode() for name in names]
    assert answer["why"] == sim.why_not_fitted(CHINESE)
    assert [
        text for text in [json.dumps(answer), *tables] if FITTED in text or EXTRAPOLATED not in text
    ] == []


# Pages


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "stakeholder", "compare", "designer"])
def test_every_badge_of_a_page_says_extrapolated_and_one_sentence_why(page: Page, open_page, path):
    open_page(f"{path}?{VIEW}", width=390)
    badges = page.locator("[data-signing=page]")
    expect(badges.first).to_have_text(EXTRAPOLATED)
    assert {text.removeprefix("shares: ") for text in badges.all_text_contents()} == {EXTRAPOLATED}
    answer = "who" if path == "stakeholder" else "page"  # there the badge is that of the headline
    expect(page.locator(f"[data-why={answer}]")).to_contain_text("openness is 0.1 instead of 0.8")
    expect(page.locator("#page").get_by_text(FITTED).locator("visible=true")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.long
@pytest.mark.browser
def test_the_badges_of_the_paris_call_say_fitted_until_something_is_supposed(page: Page, open_page):
    open_page("?worlds=2&set=monitoring:0.5")
    badges = page.locator("[data-signing=page]")
    expect(badges.first).to_have_text(WHAT_IF)
    expect(page.locator("[data-why=page]")).to_contain_text("monitoring at 0.5 (was 0)")
    page.get_by_role("button", name="Take away: monitoring").click()
    expect(badges.first).to_have_text(FITTED)
    assert {text.removeprefix("shares: ") for text in badges.all_text_contents()} == {FITTED}
    expect(page.locator("[data-why=page]")).to_be_hidden()
