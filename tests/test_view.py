"""A view: its link, the controls that make it, the record that pages show of it, and its words."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from dashboard.controls import dial_controls, groups, shown_dials
from dashboard.data.record import dials_of, record_of, regional_group
from dashboard.data.words import branch_words, dial_words
from dashboard.view import View, range_on_pages, split_query, view_and_round, view_of
from sim import number_formats
from sim.words import event_words

LINK = (
    "scenario=great-powers-sign&lens=realist&set=monitoring:0.5&set=ambition_8:0&may_sign=states,ngos&choose=who:USA,CHN"
    "&branch=12:BRA:signs&worlds=3&seed=7"
)


# The link


def test_a_link_survives_the_round_trip():
    assert view_of(LINK).query() == LINK
    assert view_of(view_of(LINK).query()) == view_of(LINK)


def test_a_link_holds_no_defaults():
    assert view_of("scenario=paris-call-2018&seed=1").query() == view_of("").query() == ""


def test_a_link_may_say_who_may_sign():
    assert view_of("may_sign=states").variant.sha256 == sim.load("states-only").sha256


def test_a_view_is_the_scenario_that_the_same_words_make():
    view = view_of("set=monitoring:0.5&branch=12:BRA:stays-out&branch=20:sanctions:1")
    by_hand = sim.load("paris-call-2018").with_changes(
        set={"monitoring": 0.5},
        events=[
            {"round": 12, "who": "BRA", "signs": False},
            {"round": 20, "dial": "sanctions", "value": 1.0},
        ],
    )
    assert view.variant.sha256 == by_hand.sha256


@pytest.mark.parametrize(("start", "until"), [(0, 2), (61, 62), (62, 62)])
def test_an_approach_is_the_outreach_of_a_scenario_file_with_the_strength_of_the_command(
    start, until
):
    strength = inspect.signature(sim.outreach).parameters["strength"].default
    event = {"round": start, "who": ["KEN", "NPL"], "outreach": strength, "until": until}
    view = view_of(f"branch={start}:KEN,NPL:approached")
    assert view.variant.sha256 == sim.load("paris-call-2018").with_changes(events=[event]).sha256
    assert view.query() == f"branch={start}:KEN,NPL:approached"


def test_what_stands_beside_a_view_is_no_part_of_it():
    of_view, values = split_query(
        "who=Access+Now&worlds=3&with=lens%3Dnull&with=&seed=2", "who", "with"
    )
    assert (of_view, values) == (
        "worlds=3&seed=2",
        {"who": ["Access Now"], "with": ["lens=null", ""]},
    )
    assert view_and_round("worlds=3&round=-2") == (view_of("worlds=3"), -2)
    assert view_and_round("worlds=3") == (view_of("worlds=3"), 62)


def test_a_link_may_give_each_world_a_draw_of_the_weights():
    view = view_of("lens=realist&weights=draws&worlds=3")
    assert view.variant.draws
    assert view.query() == "lens=realist&weights=draws&worlds=3"
    record = record_of(view, view.run())
    assert record["basis"] == "fitted to the register: worlds under draws of the fitted weights"
    fitted = view_of("lens=realist&worlds=3")
    assert record["bands"] != record_of(fitted, fitted.run())["bands"]


# Each with a word that the sentence names.
FAULTS = {
    "scenario=../../etc/passwd": "'../../etc/passwd'",
    "scenario=classics/bass-1969": "'classics/bass-1969'",
    "lens=realism": "'realism'",
    "weights=drawn": "weights is 'drawn', expected draws",
    "set=monitoring": "NAME:VALUE",
    "set=monitoring:high": "'high'",
    "set=monitoring:nan": "monitoring",
    "set=monitoring:1e999": "monitoring",
    "set=population_scale:4.5": "population_scale is 4.5, expected at most 4 on a page",
    "set=population_scale:490": "population_scale is 490, expected at most 4 on a page",
    "set=population_scale:1e9": "expected a number from 1 to 500",
    "set=population_scale:nan": "expected a number from 1 to 500",
    "set=population_scale:4&worlds=51": "worlds is 51, expected at most 50 with population_scale 4",
    "set=monitoring:0&set=monitoring:1": "twice",
    "set=<script>:1": "'<script>'",
    "set=ambition_10:1": "'ambition_10'",
    "may_sign=state": "'state'",
    "may_sign=states,": "may_sign",
    "may_sign=ngos&branch=1:BRA:signs": "BRA",
    "choose=who:USA": "'who'",
    "worlds=0": "'0'",
    "worlds=100000": "'100000'",
    "worlds=1e3": "'1e3'",
    "worlds=--5": "'--5'",
    "seed=-1": "'-1'",
    "seed=" + "9" * 5000: "5005 characters",
    "seed=1&seed=2": "seed twice",
    "branch=12:BRA": "'12:BRA'",
    "branch=0:USA:signed": "it asks that the United States 'signed'",
    "branch=63:BRA:approached": "'63'",
    "branch=1:Atlantis:approached": "'Atlantis'",
    "branch=1:KEN,:approached": "who",
    "branch=1:KEN,KEN:approached": "who",
    "branch=99:BRA:signs": "'99'",
    "branch=1:Atlantis:signs": "'Atlantis'",
    "&".join(f"branch={month}:monitoring:0.5" for month in range(13)): "13 branches",
    "colour=red": "'colour'",
    "scenario": "found 'scenario', expected a key and its value",
    "lens%3Drealist": "'lens=realist'",
    "seed=1&&worlds=3": "found ''",
    "&".join(f"branch={month}:BRA:signs" for month in range(62)): "at most 60",
}


@pytest.mark.parametrize(("query", "word"), FAULTS.items(), ids=[query[:40] for query in FAULTS])
def test_a_wrong_link_is_refused_in_one_sentence_that_names_what_is_wrong(query, word):
    with pytest.raises(sim.InputError) as problem:
        view_of(query)
    assert word in str(problem.value)
    assert len(str(problem.value).splitlines()) == 1


@given(st.text(max_size=200))
def test_any_text_is_a_view_or_an_input_error(text):
    with suppress(sim.InputError):
        assert view_of(text).query() is not None


# The controls


def test_every_dial_has_a_control_and_does_in_the_link_what_it_says():
    controls = [control for group in groups() for control in dial_controls(group)]
    page = json.dumps(controls, default=lambda part: part.to_plotly_json())
    usual = view_of("").variant
    for name in (name for group in groups() for name in shown_dials(group)):
        assert f'{{"type": "dial", "name": "{name}"}}' in page
        low, high = range_on_pages(usual.dials[name])
        view = view_of(f"set={name}:{low if usual.settings[name] != low else high:g}")
        assert view.variant.settings[name] in (low, high)
        changed = {
            other
            for other in usual.settings
            if view.variant.settings[other] != usual.settings[other]
        }
        of_its_side = (
            {weight.name for weight in usual.common()} if name == "text_openness" else set()
        )
        assert changed - of_its_side == {name}
        assert view_of(view.query()) == view


def test_a_dial_stands_in_one_group_and_none_is_called_by_the_name_of_the_model():
    names = [name for group in groups() for name in shown_dials(group)]
    assert len(names) == len(set(names))
    assert set(names) == {
        name for name, dial in view_of("").variant.dials.items() if dial.role != "fitted"
    }
    assert dial_words("ambition_8") == "provision 8, no private hack-back"
    assert all("_" not in dial_words(name) for name in names)


def test_the_record_has_the_six_dials_of_its_scenario_and_those_that_do_nothing():
    run = sim.run(replicates=1)
    told = dials_of(view_of("scenario=hack-back&set=attribution_quality:1"), run)
    assert [dial["name"] for dial in told["first"]] == sim.load("hack-back").first_dials
    assert [dial["name"] for dial in told["moved_dials"]] == [
        "attribution_quality"
    ]  # which is none of the six
    both = dials_of(view_of("set=ambition_1:1&set=text_openness:0.7"), run)["moved_dials"]
    assert [dial["name"] for dial in both] == ["ambition_1"]  # one of nine; the six show the other
    assert both[0]["ends"] == ["asks for nothing", "asks for all"]
    all_nine = "&".join(f"set=ambition_{number}:1" for number in range(1, 10))
    assert dials_of(view_of(all_nine), run)["moved_dials"] == []  # the six show these together
    assert "monitoring" in told["idle"]
    assert "monitoring" not in dials_of(view_of(""), run)["idle"]


def test_a_dial_of_the_texts_position_says_why_it_moves_whom_where_nearness_weighs():
    run = sim.run(replicates=1)
    near = {dial["name"]: dial["why"] for dial in dials_of(view_of(""), run)["first"]}
    assert [name for name, why in near.items() if why] == [
        "text_openness",
        "ambition",
        "text_public_rule",
    ]
    openness, kinds = (
        run.setting.population.traits[sim.TRAITS.index("openness")],
        run.setting.population.kind,
    )
    below = (openness[kinds == sim.KINDS.index("ngo")] < 0.8).mean()
    assert f"{number_formats.percent(below)} of NGOs" in near["text_openness"]
    assert below > 0.5  # so a text less open is nearer to most of them
    assert "States with commitments" in near["text_openness"]
    realist = {
        dial["name"]: dial["why"] for dial in dials_of(view_of("lens=realist"), run)["first"]
    }
    assert [name for name, why in realist.items() if why] == ["ambition"]


@pytest.mark.long
def test_a_dial_of_conduct_says_that_it_hardly_moves_who_signs():
    moved = (
        "set=monitoring:0.5&set=sanctions:1&set=temptation:1&set=operation_base:0&set=bloc_votes:0"
    )
    told = {
        dial["name"]: dial
        for dial in dials_of(view_of(moved), sim.run(replicates=1))["moved_dials"]
    }
    of_conduct = {name: dial["why"] for name, dial in told.items() if dial["of_conduct"]}
    assert list(of_conduct) == ["monitoring", "sanctions", "temptation"]
    assert of_conduct["sanctions"] == "Why: this acts on what is done, hardly on who signs."
    harms_too = " More of it brings more strikes in retaliation, which harm too (assumed)."
    assert of_conduct["monitoring"] == of_conduct["sanctions"] + harms_too
    watched = [
        sim.run(replicates=20, set={"monitoring": level}).outcomes.set_index("outcome")
        for level in (0, 0.5, 1)
    ]
    for end in ("low", "high"):  # of nine in ten sets of assumptions
        none, half, full = (outcomes.loc["strikes", end] for outcomes in watched)
        assert none < half < full
    sweeps = {name: dial["sweep"] for name, dial in told.items() if dial["sweep"]}
    assert set(sweeps.values()) <= {name for name, _, _ in sim.available_sweeps()}
    assert set(sweeps) == {"monitoring", "sanctions"}
    first = sim.run(replicates=4).listed[:, -1]
    for name in of_conduct:
        high = sim.DIALS[name].between[1]
        assert abs(sim.run(replicates=4, set={name: high}).listed[:, -1] - first).max() <= 2


def test_the_ambition_of_all_provisions_says_whom_it_costs_what():
    def why(address):
        view = view_of(address)
        told = dials_of(view, sim.run(view.variant, replicates=1))["first"]
        return next(dial["why"] for dial in told if dial["name"] == "ambition")

    both = (
        "restraint gives up offensive means of states and effort needs means that some states,"
        " firms and NGOs lack"
    )
    assert both in why("")
    assert why("may_sign=ngos").endswith(
        "it costs to sign it: effort needs means that some NGOs lack."
    )


def test_every_option_of_every_choice_is_what_the_link_chooses():
    for name, _, _ in sim.available():
        for choice in sim.load(name).choices.values():
            for option in choice.options:
                view = view_of(f"scenario={name}&choose={choice.name}:{option.name}")
                assert view.variant.answers[choice.name] == (option.name,)


@pytest.mark.parametrize("lens", list(sim.LENSES))
def test_every_lens_of_a_link_is_that_of_its_scenario(lens):
    assert view_of(f"lens={lens}").variant.lens == lens


# The record


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return view_of("worlds=4").run()


def test_the_record_holds_the_numbers_of_the_run(run):
    record = record_of(view_of("worlds=4"), run)
    assert json.loads(json.dumps(record)) == record
    at_end = {name: record["signed"][-1][place] / 4 for place, name in enumerate(record["names"])}
    assert at_end == pytest.approx(run.signed)
    states = run.table().query("kind == 'state'").iloc[-1]
    assert record["bands"]["listed"]["state"]["median"][-1] == states["median"]
    assert record["register"]["state"][-1] == {"date": "2024-01-19", "count": 81}


def test_nobody_has_signed_who_has_not_taken_it_up(run):
    record = record_of(view_of("worlds=4"), run)
    assert (np.array(record["signed"]) <= np.array(record["taken_up"])).all()


def test_regional_groups_have_as_many_members_as_the_list_of_the_united_nations(run):
    people = run.directory()
    states = people[people["kind"] == "state"]
    assert Counter(map(regional_group, states["id"], states["region"])) == {
        "African": 54,
        "Asia-Pacific": 54,
        "Eastern European": 23,
        "Latin American and Caribbean": 33,
        "Western European and others": 29,
    }


# The words


def test_every_event_of_every_scenario_has_plain_words():
    for name, _, _ in sim.available():
        for words in (event_words(event) for event in sim.load(name).events):
            assert words
            assert "_" not in words


def test_events_are_worded_with_names_and_number():
    names = {"BRA": "Brazil", "IND": "India"}
    alone, *_ = view_of("branch=12:BRA:signs").variant.events
    assert event_words(alone, names) == "Brazil signs"
    both = replace(alone, who=("BRA", "IND"), value=0.0)
    assert event_words(both, names) == "Brazil and India stay out"
    assert (
        event_words(replace(alone, earnest=False, until=20), names)
        == "Brazil signs, in name only, until month 20"
    )
    assert event_words(replace(alone, who=("every firm",)), names) == "Every firm signs"


@pytest.mark.parametrize(
    ("branch", "words"),
    [
        ("12:BRA:signs", "Brazil signs"),
        ("12:BRA:stays-out", "Brazil stays out"),
        ("12:BRA,KEN:approached", "Brazil, KEN approached"),
        ("12:attribution_quality:0.5", "attribution quality becomes 0.5"),
    ],
)
def test_a_branch_is_worded_as_what_it_does(branch, words):
    assert branch_words(branch, {"BRA": "Brazil"}) == (("12",), words)


def test_a_view_is_what_its_link_says_and_nothing_else():
    assert View(seed=2, worlds=1) == view_of("seed=2&worlds=1") != View(seed=3, worlds=1)


@pytest.mark.parametrize(
    ("query", "hint"),
    [("set=state_restrant:1", "did you mean 'state_restraint'?"),
     ("branch=0:xyz:1", "the page Simulate lists the dials")],
)  # fmt: skip
def test_a_dial_that_there_is_none_of_is_refused_without_a_word_of_the_command_line(query, hint):
    with pytest.raises(sim.InputError, match="this scenario has no dial") as refused:
        view_of(query)
    assert hint in str(refused.value)
    assert "parley" not in str(refused.value)
