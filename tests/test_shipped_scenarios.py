"""The scenarios that ship: each differs from its base in what it asks about, as its notes say."""

from __future__ import annotations

import json
import re
from statistics import fmean

import numpy as np
import pytest
from engine_outputs import EngineOutput, play

import sim
from sim.engine.outputs import Shadow
from sim.experiments.conduct_ranges import COMPONENTS, harm_prevented
from sim.mesa.views import State
from sim.results.manifest import manifest, read_manifest
from sim.scenario import Scenario, available, load
from sim.theory.retaliation import mean_offspring

PARIS = "paris-call-2018"
OTHERS = [name for name, _, _ in available() if name != PARIS]
FEW = 6


def variant(name: str, **choices: str) -> Scenario:
    """The shipped scenario *name* with other options taken."""
    return load(name).with_choices(choices)


def rises(column: str, first: EngineOutput, second: EngineOutput, share: float = 1.0) -> bool:
    """Whether *column*, over the whole run, is larger in at least this share of the second's
    worlds.
    """
    larger = second.column(column).sum(axis=1) > first.column(column).sum(axis=1)
    return float(larger.mean()) >= share


def harm(scenario: Scenario, replicates: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Harm prevented by *scenario*'s code and its components, one number per replicate, under its
    own dials.
    """
    inside = play(scenario, replicates=replicates, seed=seed)
    dates = Shadow(inside.output.signed_round, inside.output.left_round)
    outside = play(scenario, replicates=replicates, seed=seed, code_is_open=False, shadow=dates)
    criminal_share = scenario.parameters.criminal_share
    return harm_prevented(outside.output, inside.output, criminal_share, scenario.first_round)


@pytest.fixture(scope="module")
def paris() -> EngineOutput:
    return play(replicates=FEW)


@pytest.mark.parametrize("name", OTHERS)
def test_a_scenario_differs_from_its_base(name, paris):
    world = play(name, replicates=FEW)
    assert load(name).base == (PARIS,)
    assert not all(
        np.array_equal(a, b) for a, b in zip(world.output[:2], paris.output[:2], strict=True)
    )


@pytest.mark.parametrize("name", OTHERS)
def test_every_option_of_every_choice_is_a_scenario(name):
    for choice in load(name).choices.values():
        hashes = {
            load(name).with_choices({choice.name: option.name}).sha256 for option in choice.options
        }
        assert len(hashes) == len(choice.options)


@pytest.mark.parametrize("name", OTHERS)
def test_its_manifest_repeats_it_whatever_was_chosen(name, tmp_path):
    scenario = load(name)
    for choice in scenario.choices.values():
        scenario = scenario.with_choices({choice.name: choice.options[-1].name})
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest(scenario, 1, 1)), encoding="utf-8")
    assert read_manifest(file).scenario.sha256 == scenario.sha256


@pytest.mark.parametrize("name", OTHERS)
def test_its_notes_name_their_sources_or_invent_nothing(name):
    facts_of_their_own = name not in ("great-powers-sign", "no-microsoft", "states-only")
    assert ("**Sources.**" in load(name).notes) == facts_of_their_own


def test_without_the_link_officials_inside_a_platform_change_nothing_to_the_bit(paris):
    off = variant("co-regulation", link="off")
    assert off.sha256 == load(PARIS).sha256
    assert off.events == ()
    world = play(off, replicates=FEW)
    assert all(np.array_equal(a, b) for a, b in zip(world.output, paris.output, strict=True))


def test_with_the_link_the_platform_and_those_that_watch_sign_more_often():
    worlds = [play(variant("co-regulation", link=link), replicates=20) for link in ("off", "on")]
    for platform in ("Facebook", "Google", "Twitter", "Apple", "Amazon"):
        off, on = (world.signed(platform).mean() for world in worlds)
        assert on >= off
    off, on = (world.signed("Facebook").mean() for world in worlds)
    assert on > off


def test_without_microsoft_nobody_else_changes_where_nothing_leads_from_one_to_the_other():
    """Firms that follow its example, and its home state, are the only ways."""
    no_ways = {"firm_peers": 0, "state_home": 0, "firm_security": 0, "state_security": 0}
    whole, without = play(**no_ways), play("no-microsoft", **no_ways)
    others = np.array(whole.population.ids) != "Microsoft"
    for dates in ("taken_up_round", "signed_round", "listed_round", "left_round", "status"):
        a, b = (getattr(world.output, dates)[:, 0] for world in (whole, without))
        assert np.array_equal(a[:, others], b[:, others])
        assert dates == "left_round" or not np.array_equal(a, b)


def test_great_powers_that_sign_in_name_never_prevent_more_harm_than_in_earnest():
    in_name = variant("great-powers-sign", manner="in-name")
    for seed in range(5):
        earnest, name = (
            harm(s, 3, seed)["harm_prevented"] for s in (load("great-powers-sign"), in_name)
        )
        assert (name <= earnest).all()
        assert (name < earnest).any()


def test_without_the_ban_more_sign_and_firms_that_are_ready_strike_back_more_often():
    ready = {"firm_strike_back": 0.8}
    with_ban, without_ban = (
        play(replicates=FEW, **ready),
        play("hack-back", replicates=FEW, **ready),
    )
    assert rises("signed_state", with_ban, without_ban, share=0.8)
    assert rises("strikes", with_ban, without_ban)


def test_a_stricter_third_principle_is_signed_by_fewer_states():
    absent, strict = (
        play(variant("election-interference", wording=w), replicates=FEW)
        for w in ("absent", "strict")
    )
    assert rises("signed_state", strict, absent)


def test_whoever_has_signed_a_stricter_third_principle_is_held_back_more_and_breaks_it_more_often():
    same = {"state_restraint": 0, "state_burden": 0, "firm_burden": 0, "ngo_burden": 0}
    lax, strict = (
        play(variant("election-interference", wording=w), replicates=FEW, **same)
        for w in ("paris", "strict")
    )
    assert rises("operations", strict, lax)
    assert rises("acted_against", lax, strict)


def test_where_all_platforms_sign_firms_operate_less_and_more_often_against_the_code():
    free, everybody = (
        play(variant("election-interference", platforms=p), replicates=FEW) for p in ("free", "all")
    )
    assert rises("operations_firm", everybody, free)
    assert everybody.total("acted_against_firm") > free.total("acted_against_firm")


def test_a_vote_exposes_a_country_for_as_long_as_it_votes():
    model = sim.ParleyModel("election-interference")
    (india,) = model.agents.select(lambda agent: agent.id == "IND")
    exposure = {}
    while model.round < 10:
        model.step()
        exposure[model.round] = india.exposure
    assert [t for t, value in exposure.items() if value == 1.0] == [5, 6, 7]
    assert len(set(exposure.values())) == 2


def test_an_internet_war_needs_all_three_assumptions_at_once():
    def r(scenario: Scenario) -> float:
        dials = scenario.parameters
        return mean_offspring(
            dials.strike_back, dials.firebreak, dials.leave_cyberspace, dials.allies_join
        )

    war = load("internet-war")
    back = {"answer": "restrained", "firebreak": "holds", "allies": "stay-out"}
    alone = [r(war.with_choices({choice: option})) for choice, option in back.items()]
    assert r(load(PARIS)) == pytest.approx(r(war.with_choices(back)))
    assert max(r(load(PARIS)), *alone) < 1 < r(war)
    numbers = [float(number) for number in re.findall(r"\b[01]\.\d\d\b", war.notes)]
    assert numbers == [round(number, 2) for number in (r(load(PARIS)), r(war), *alone)]
    assert mean_offspring(1.0, 0.0, 0.0, 0.0) == 1


def test_in_an_internet_war_chains_run_away(paris):
    war = play("internet-war", replicates=FEW)
    assert rises("strikes", paris, war)
    assert (war.column("runaway").sum(axis=1) > 0).all()
    assert paris.total("runaway") == 0


def test_each_text_is_signed_by_those_who_stand_near_it():
    texts = ("paris", "californian", "chinese", "democratic")
    worlds = {text: play(variant("third-way", text=text), replicates=20) for text in texts}

    def share(text: str, who: str) -> float:
        return float(worlds[text].signed(who).mean())

    for who in ("Facebook", "Google", "USA"):
        assert share("californian", who) > share("paris", who)
    assert share("californian", "Reporters Without Borders") < share(
        "paris", "Reporters Without Borders"
    )
    assert all(
        share("chinese", who) > 0.5 > share("paris", who) for who in ("CHN", "RUS", "IRN", "SAU")
    )
    assert all(
        share("chinese", who) < 0.1 for who in ("USA", "GBR", "DEU", "FRA", "JPN", "CAN", "ITA")
    )
    assert all(share("democratic", who) > 0.9 for who in ("DEU", "FRA", "GBR"))
    assert share("democratic", "MNE") > share("paris", "MNE")
    assert max(share("democratic", who) for who in ("CHN", "RUS", "IRN")) < 0.1
    assert share("chinese", "Electronic Frontier Foundation") < share(
        "paris", "Electronic Frontier Foundation"
    )


def test_the_third_way_of_the_paris_call_is_the_paris_call():
    assert variant("third-way", text="paris").sha256 == load(PARIS).sha256


def test_a_treaty_restrains_later_and_fewer_and_sanctions_help(paris):
    bare = variant("binding-treaty", verified="no", sanctioned="no")
    sanctions = variant("binding-treaty", verified="no", sanctioned="yes")
    paris_call, without, with_sanctions = (
        harm(s, FEW)["restraint"] for s in (load(PARIS), bare, sanctions)
    )
    assert (paris_call > with_sanctions).all()
    assert (with_sanctions > without).all()
    assert rises("in_force", play("binding-treaty", replicates=FEW), paris)


def test_verification_finds_more_authors_and_some_of_those_found_are_struck():
    none, verification = (
        play(variant("binding-treaty", verified=v), replicates=FEW) for v in ("no", "yes")
    )
    assert rises("traced", none, verification)
    assert rises("strikes", none, verification)


def test_a_treaty_never_in_force_prevents_exactly_nothing():
    parts = harm(variant("binding-treaty", force="all"), FEW)
    assert (parts["harm_prevented"] == 0).all()
    assert (parts["harm_index"] == 100).all()


def test_what_a_treaty_prevents_is_the_sum_of_its_parts():
    parts = harm(load("binding-treaty"), FEW)
    assert sum(parts[name] for name in COMPONENTS) == pytest.approx(parts["harm_prevented"])


def test_signatories_that_name_together_name_more_and_are_trusted_less(paris):
    together = play("joint-attribution", replicates=FEW)
    assert rises("named", paris, together)
    assert together.total("acted_against") < paris.total("acted_against")
    assert together.column("confidence")[:, -1].mean() < paris.column("confidence")[:, -1].mean()


def test_capacity_brings_in_more_states_than_asking_alone(paris):
    outreach, aid = (
        play(variant("capacity-building", support=s), replicates=FEW)
        for s in ("outreach", "capacity")
    )
    assert rises("signed_state", paris, outreach)
    assert rises("signed_state", outreach, aid)
    assert rises("lapses", aid, outreach)


def test_support_takes_capacity_from_nobody():
    scenario = load("capacity-building")
    (support,) = [event for event in scenario.events if event.what == "trait"]
    states = sim.ParleyModel().agents_by_type[State]
    for state in states.select(lambda state: state.id in support.who):
        assert state.capacity < support.value


def test_reviews_bring_in_all_three_kinds_and_reports_restrain_and_escalate(paris):
    silent, public = (
        play(variant("follow-up", reports=r), replicates=FEW) for r in ("confidential", "published")
    )
    for kind in ("state", "firm", "ngo"):
        assert rises(f"signed_{kind}", paris, silent)
    assert rises("operations", public, silent)
    assert rises("strikes", silent, public)


def test_without_its_convenor_fewer_states_sign_and_the_earlier_it_leaves_the_fewer(paris):
    ends = [
        play(variant("convenor-leaves", when=when), replicates=FEW)
        .column("signed_state")[:, -1]
        .mean()
        for when in ("eve", "anniversary", "third-year")
    ]
    assert ends == sorted(ends)
    assert ends[-1] < paris.column("signed_state")[:, -1].mean()
    assert not play("convenor-leaves", replicates=FEW).signed("FRA").any()


def test_members_of_a_union_that_splits_sign_on_days_of_their_own(paris):
    def spread(world: EngineOutput) -> float:
        """Rounds on which members sign, per world; all of a world's members together make one."""
        rounds = world.output.signed_round[:, 0, world.population.bloc == 0]
        return fmean(len(set(of_world.tolist())) for of_world in rounds)

    assert spread(paris) < 2 < spread(play("eu-splits", replicates=FEW))


@pytest.mark.long
def test_a_rival_code_slows_the_call_and_the_text_of_the_other_camp_divides_more():
    frames = {}
    for text in ("group-of-all", "group-of-experts"):
        run = sim.run(variant("rival-codes", text=text), replicates=40, conduct=False)
        effect = run.effect_of_rival().set_index("kind")
        assert effect.loc["state", "high"] < 0
        assert effect.loc["firm", "high"] < 0
        assert effect.loc["ngo", "difference"] == 0
        frames[text] = run.codes().set_index("measure")["median"]
    of_all, of_experts = frames.values()
    assert of_all["both"] < of_experts["both"]
    assert of_all["fragmentation"] > of_experts["fragmentation"]


@pytest.mark.long
def test_a_rival_code_helps_where_one_commitment_paves_the_way_and_attention_is_undivided():
    paves = {"overlap_substitution": -1, "overlap_side_cost": 0, "attention_division": 0}
    for text in ("group-of-all", "group-of-experts"):
        run = sim.run(variant("rival-codes", text=text), replicates=40, set=paves, conduct=False)
        assert run.effect_of_rival().set_index("kind").loc["state", "low"] > 0
