"""From the table to signatures: a scenario whose text is negotiated first, in each world, and then
opens.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from command_line import parley
from hypothesis import given, settings
from hypothesis import strategies as st
from negotiating_tables import random_tables

import sim
from sim.engine.outputs import Output
from sim.experiments.simulate import AllOutputs, Setting, SignaturesAlone, simulate
from sim.negotiation.seat import smallest_change
from sim.number_formats import mean
from sim.results.opening import with_text
from sim.theory.bargaining import accepts, openness_of_text

ROUTE, PARIS = "un-route", "paris-call-2018"
FAILS = {"failing_cost": -0.02}  # who walks gains: most talks fail
WORLDS = 12


@cache
def route(**arguments) -> sim.Run:
    return sim.run(ROUTE, replicates=WORLDS, **arguments)


@cache
def half_failed() -> sim.Run:
    run = sim.run("un-route", replicates=WORLDS, set={"failing_cost": 0.001})
    assert 0 < run.negotiation.agreed < 1, "some talks fail, and some do not"
    return run


def same(one: Output, two: Output, world: int | slice = slice(None)) -> bool:
    return all(np.array_equal(a[world], b[world]) for a, b in zip(one, two, strict=True))


def test_a_world_is_that_of_the_text_on_which_its_talks_agreed():
    """To the bit, whatever the text of other worlds."""
    for world in (0, 5, 11):
        levels = route().negotiation.drafts.final_texts[world]
        alone = sim.run(ROUTE, replicates=WORLDS, text=levels.tolist())
        assert alone.negotiation is None
        assert same(route().output, alone.output, world)
        assert not same(route().output, alone.output, (world + 1) % WORLDS)


def test_so_it_is_with_draws_of_the_weights():
    drawn = sim.run(ROUTE, replicates=4, weights="draws", conduct=False)
    levels = drawn.negotiation.drafts.final_texts[3].tolist()
    alone = sim.run(ROUTE, replicates=4, weights="draws", conduct=False, text=levels)
    assert same(drawn.output, alone.output, 3)
    assert not same(drawn.output, sim.run(ROUTE, replicates=4, conduct=False).output, 3)


def test_a_text_across_the_middle_has_the_weights_of_its_side():
    """What is left of the Paris text is the ban on hack-back, which is of the other side."""
    levels = [0.0] * 7 + [0.6, 0.0]
    text = with_text(sim.load(ROUTE), levels)
    assert text.code.openness < 0.5
    assert text.parameters["state_affinity"] != sim.load(ROUTE).parameters["state_affinity"]


def test_where_talks_fail_that_world_is_the_one_without_the_code():
    run = half_failed()
    observe = AllOutputs(code_is_open=False)
    without = simulate(Setting.from_scenario(sim.load(PARIS)), WORLDS, 1, observe)
    for world in run.negotiation.failures:
        assert same(run.output, without, world)
        assert run.by_replicate["signatories", "state"][world] == 0
        assert run.harm_by_replicate["harm_prevented"][world] == 0.0
    for world in np.flatnonzero(run.negotiation.drafts.is_adopted):
        assert run.by_replicate["signatories", "state"][world] > 0


def test_signatures_alone_are_those_of_the_whole_run():
    run = half_failed()
    alone = simulate(run.setting, WORLDS, 1, SignaturesAlone())
    assert np.array_equal(alone.status, run.output.status[:, 0])
    assert np.array_equal(alone.signed_round, run.output.signed_round[:, 0])


def test_the_tabled_text_is_the_scenario_without_talks():
    """To the bit, and with its hash; so it is where the convenor's text stands, and nobody
    negotiates.
    """
    paris = sim.run(PARIS, replicates=WORLDS)
    call = sim.load(ROUTE).with_table({"negotiation": {"rule": "open-call"}})
    for fixed in (
        sim.run(ROUTE, replicates=WORLDS, text="tabled"),
        sim.run(call, replicates=WORLDS),
    ):
        assert fixed.negotiation is None
        assert same(fixed.output, paris.output)
        assert fixed.scenario.sha256 == paris.scenario.sha256
        assert fixed.basis == "fitted"


def test_talks_make_it_extrapolated_and_keep_the_register_away():
    assert route().basis == "extrapolated"
    assert "negotiation" in route().scenario.extrapolations
    assert route().table()["registered"].isna().all()
    assert route().misses() == []
    assert route().scenario.sha256 != sim.load(PARIS).sha256


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_text_that_asks_for_less_is_signed_by_more_states(seed):
    talked = sim.run(ROUTE, replicates=40, seed=seed, conduct=False)
    tabled = sim.run(ROUTE, replicates=40, seed=seed, conduct=False, text="tabled")
    assert talked.negotiation.tabled_share.mean() < 0.6
    assert (
        talked.by_replicate["signatories", "state"].mean()
        > tabled.by_replicate["signatories", "state"].mean() + 20
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_bargain_of_the_great_powers_brings_moscow_nearer_than_beijing(seed):
    bargain = sim.run("grand-bargain", replicates=60, seed=seed, conduct=False)
    paris = sim.run(PARIS, replicates=60, seed=seed, conduct=False)
    assert bargain.negotiation.agreed > 0.95
    assert bargain.signed["USA"] > 0.9
    assert paris.signed["RUS"] + 0.2 < bargain.signed["RUS"]
    assert paris.signed["CHN"] < bargain.signed["CHN"] < 0.5


def test_a_voice_blocks_nothing_and_a_vote_may():
    voice, vote = (
        sim.negotiate(sim.load("multistakeholder-seat").with_choices({"seat": seat}), replicates=5)
        for seat in ("voice", "vote")
    )
    assert voice.talks.seats == vote.talks.seats
    assert (int(voice.at_table.votes.sum()), int(vote.at_table.votes.sum())) == (193, 207)
    assert "Microsoft" not in voice.blockers


def test_a_vote_on_the_treaty_needs_no_consensus():
    voted = sim.run("binding-treaty", choices={"text": "vote"}, replicates=5, conduct=False)
    assert voted.negotiation.agreed == 1
    assert voted.negotiation.talks.values["quota_number"] == 0.667
    assert sim.run("binding-treaty", replicates=2, conduct=False).negotiation is None


@given(
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 1), st.floats(0, 1)), min_size=1),
)
def test_openness_stays_between_its_ends_and_the_tabled_text_keeps_its_own(openness, provisions):
    positions, tabled, shares = np.array(provisions).T
    text = openness_of_text(openness, positions, tabled, tabled * shares)
    assert 0 <= text <= 1
    assert openness_of_text(openness, positions, tabled, tabled) == pytest.approx(
        openness, abs=1e-6
    )
    if abs((positions * tabled).sum()) > 1e-6:
        assert openness_of_text(openness, positions, tabled, 0 * tabled) == pytest.approx(0.5)


@pytest.mark.long
def test_a_manifest_repeats_talks_and_run(tmp_path):
    wanted = ["run", ROUTE, "-n", "3", "--set", "failing_cost=0.01", "--set", "state_peers=1"]
    assert parley(*wanted, "--out", tmp_path / "one").code == 0
    assert (
        parley("run", "--from", tmp_path / "one/manifest.json", "--out", tmp_path / "two").code == 0
    )
    one, two = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one == two
    assert json.loads(one["manifest.json"])["changed"]["failing_cost"] == 0.01


@pytest.mark.long
def test_the_command_tells_of_the_talks_first():
    assert sim.run(ROUTE, replicates=3).as_json()["negotiation"]["agreed"] == 1
    printed = " ".join(parley("run", ROUTE, "-n", "3").out.split())
    assert printed.index("a text is adopted in 3 of 3 simulated worlds") < printed.index(
        "On the public list"
    )
    assert "The register is of another text" in printed


@pytest.mark.parametrize(
    "ask",
    [
        lambda: sim.pivots(ROUTE), lambda: sim.outreach(ROUTE), lambda: sim.ParleyModel(ROUTE),
        lambda: sim.predict(ROUTE), lambda: route().explain("USA"),
        lambda: sim.sweep({"scenario": ROUTE, "levers": {"sanctions": [0, 1]}}),
    ],
)  # fmt: skip
def test_what_needs_one_text_for_all_says_so(ask):
    with pytest.raises(
        sim.InputError, match="found talks that decide on its text in each world, expected one text"
    ):
        ask()


WRONG = {
    "seats": ({"seats": ["FRA", "XXX"]}, "seats is"),
    "one-vote": ({"seats": ["FRA"]}, "found 1 seat with a vote, expected two or more"),
    "twice": ({"seats": ["all", "FRA"]}, "found the seat 'FRA' twice"),
    "voice": ({"voice": ["FRA"]}, "which has a vote too"),
    "key": ({"tabled": 1}, "found the key 'tabled'"),
    "text": ({"text": "agreed"}, "text is 'agreed', expected one of negotiated, tabled"),
    "in_force": ({"in_force": [0.1, 0.2]}, "expected a level from 0 to 1, or a list of 9 levels"),
    "rule": (
        {"rule": "unanimity"},
        "rule is 'unanimity', expected one of consensus, majority, open-call",
    ),
    "both": ({"seats": "all", "group": "2017"}, "found both seats and group"),
    "nothing": ({"in_force": 1}, "found no provision tabled above its level in force"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_talks_end_in_one_sentence(name):
    table, message = WRONG[name]
    with pytest.raises(sim.InputError, match=message) as error:
        sim.run(sim.load(PARIS).with_table({"negotiation": table}), replicates=1)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["run", ROUTE, "--text", "all"],
            "--text is 'all', expected negotiated, tabled, or 9 levels from 0 to 1",
        ),
        (
            ["run", ROUTE, "--text", "0.1,0.2"],
            "expected negotiated, tabled, or 9 levels from 0 to 1",
        ),
        (
            ["run", ROUTE, "--text", "0.1,b"],
            "--text: found 'b' among the levels, expected numbers from 0 to 1",
        ),
        (["run", PARIS, "--text", "tabled"], "paris-call-2018 has no talks over its text"),
        (
            ["run", PARIS, "--set", "failing_cost=0.1"],
            "a dial of negotiations, without a table [negotiation]",
        ),
        (
            ["run", "un-gge-2017"],
            "found talks over a text that is no code of conduct, expected a scenario",
        ),
        (["explain", "un-gge-2017", "DNK"], "who is 'DNK', which has no seat"),
        (["explain", "un-gge-2017", "CUB", "--lens", "realist"], "found --lens beside talks"),
        (["negotiate", "un-gge-2017", "--choose", "a=b"], "found --choose beside talks"),
        (["explain", ROUTE, "USA", "--round", "0"], "found --round beside talks over a text"),
        (["explain", ROUTE, "USA", "--lens", "realist"], "found --lens beside talks over a text"),
    ],
)
def test_wrong_commands_end_in_one_sentence(arguments, message):
    printed = parley(*arguments)
    assert printed.is_refusal
    assert message in printed.err


# Why a seat accepts or refuses


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 6), st.integers(1, 6))
def test_the_smallest_change_is_accepted_and_no_text_nearer_is(seed, seats, provisions):
    stream = np.random.default_rng(seed)
    table = random_tables(seats, provisions, 3, (-0.02, 0.02), seed)
    texts = stream.uniform(table.low, table.high, (3, provisions))
    kept, exists = smallest_change(table, 0, texts)
    gains = table.gains(kept)[:, 0]
    already = accepts(table.gains(texts)[:, 0])
    assert np.array_equal(kept[already], texts[already])
    assert (gains[exists] >= 0).all()
    others = stream.uniform(table.low, table.high, (300, 3, provisions))
    for other in others:
        taken = accepts(table.gains(other)[:, 0])
        assert not (taken & ~exists).any()
        distance, least = (((each - texts) ** 2).sum(axis=1) for each in (other, kept))
        assert (distance[taken] >= least[taken] - 1e-12).all()


def test_cuba_would_have_stayed_for_less_law():
    cuba = sim.negotiate("un-gge-2017", replicates=40).explain("Cuba")
    rows = cuba.table().set_index("provision")
    assert cuba.accepts == 0
    before, after = cuba.others_refuse()
    assert after > before + 0.5, "who wants that law then goes"
    assert f"{mean(before)} refuse before it and {mean(after)} after it" in cuba.sentences[-1]
    contested = ["humanitarian law", "self-defence", "countermeasures"]
    assert (rows.loc[contested, "kept_by"] < rows.loc[contested, "text"] - 0.02).all()
    assert set(rows["against"].nlargest(3).index) == set(contested)
    assert "Cuba accepts the final text in 0 of 40 simulated worlds" in cuba.sentences[0]
    assert "no evidence of anybody's reasons" in cuba.sentences[0]


def test_what_speaks_against_a_text_adds_up():
    negotiation = sim.negotiate("un-gge-2017", replicates=20)
    for who in ("RUS", "USA"):
        seat = negotiation.explain(who)
        cost = negotiation.talks.values["failing_cost"]
        assert seat.table()["against"].sum() - cost == pytest.approx(-seat.gains.mean(), abs=1e-9)


def test_a_seat_that_always_accepts_needs_no_change():
    china = sim.negotiate(ROUTE, replicates=5).explain("CHN")
    assert china.accepts == 1
    assert china.table()["kept_by"].isna().all()
    assert np.isnan(china.others_refuse()).all()
    assert not any("smallest change" in sentence for sentence in china.sentences)


def test_no_text_keeps_a_seat_that_gains_by_failing():
    """Who wants no talks at all is kept by nothing within the table."""
    stubborn = sim.negotiate("un-gge-2017", replicates=5, set={"failing_cost": -0.2}).explain("USA")
    assert stubborn.accepts == 0
    assert "No text within what is in force and what is tabled would keep it." in stubborn.sentences
    assert stubborn.table()["kept_by"].isna().all()


# A world of one's own


def test_seats_are_those_of_the_facts_at_hand():
    states = sim.load(PARIS).facts.frame_of("states")
    states.loc[states["iso3"] == "CUB", "freedom_2017"] = 95
    free = sim.negotiate("un-gge-2017", replicates=20, facts=states)
    assert free.talks.sha256 != sim.load_talks("un-gge-2017").sha256
    assert "CUB" not in dict(list(free.blockers.items())[:5])
    assert sim.negotiate("un-gge-2017", replicates=20).blockers["CUB"] == 1


def test_negotiations_are_kept_and_verified(tmp_path):
    negotiation = sim.negotiate("un-gge-2015", replicates=5)
    negotiation.save(tmp_path / "kept")
    assert sim.verify(tmp_path / "kept").is_whole
    assert sim.verify(tmp_path / "kept").runs[""]["scenario"] == "un-gge-2015"


def test_one_setting_serves_any_number_of_workers():
    one, two = (sim.run(ROUTE, replicates=WORLDS, workers=workers) for workers in (1, 3))
    assert same(one.output, two.output)
    assert same(replace(one).output, route().output)


def test_seats_are_left_empty_by_name_and_words_are_truths():
    names = parley(
        "negotiate", "un-gge-2017", "-n", "2", "--without", "Cuba", "--without", "CHN,Russia"
    )
    assert "22 seats" not in names.err
    assert "Without Cuba, CHN, Russia." in names.out
    assert "22 seats" in names.out
    swap = parley("negotiate", "un-gge-2017", "-n", "2", "--set", "trades=true")
    assert swap.code == 0


@pytest.mark.long
def test_a_run_that_no_talks_precede_says_so():
    fixed = parley("run", ROUTE, "-n", "2", "--text", "tabled")
    assert "Its text is fixed: no talks come before it." in fixed.out
    failed = parley("run", ROUTE, "-n", "2", "--set", "failing_cost=-0.2")
    assert "So no code opens in any world" in failed.out


def test_the_manifest_of_a_negotiation_is_none_of_a_run(tmp_path):
    sim.negotiate("un-gge-2015", replicates=2).save(tmp_path / "kept")
    refused = parley("run", "--from", str(tmp_path / "kept" / "manifest.json"))
    assert refused.is_refusal
    assert "found the manifest of a negotiation, expected that of a run" in refused.err


def test_choices_of_a_scenario_are_those_of_its_talks():
    two = sim.negotiate("grand-bargain", replicates=2, choices={"room": "two"})
    assert two.talks.seats == ("USA", "CHN")
    with pytest.raises(sim.InputError, match="found choices beside"):
        sim.negotiate(sim.load_talks("un-gge-2017"), replicates=2, choices={"room": "two"})
