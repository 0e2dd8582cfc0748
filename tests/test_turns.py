"""What would turn a decision: the smallest change that somebody could make, borne out by simulation."""

from __future__ import annotations

import pytest

import sim
from sim.explanation.decision import chance_for_half, implied_occasions
from sim.explanation.levers import FAMILIES
from sim.theory.motives import NAMES
from sim.writing import toml_text

TEXT = {"affinity", "restraint", "burden"}
QUIET = {f"state_attention_{part}": 0.0 for part in ("campaign", "launch", "anniversary")}
EXAMPLES = [("USA", {}), ("KEN", {}), ("CHN", {}), ("NOR", QUIET | {"state_attention_base": 0.03})]


@pytest.fixture(scope="module", params=EXAMPLES, ids=[who for who, _ in EXAMPLES])
def example(request) -> sim.Explanation:
    who, dials = request.param
    return sim.explain("paris-call-2018", who, replicates=12, set=dials)


def by_motive(explanation: sim.Explanation) -> dict[str, float]:
    return {c.motive: c.value for c in explanation.contributions}


def test_each_family_of_levers_has_its_say(example):
    assert {change.family for change in example.changes} == {family.FAMILY for family in FAMILIES}


def test_changes_that_turn_the_decision_come_first_by_the_share_of_their_range(example):
    turning = [change for change in example.changes if change.turns]
    assert turning == example.changes[: len(turning)]
    assert [c.range_used for c in turning] == sorted(c.range_used for c in turning)
    assert all(0 < c.range_used <= 1 for c in turning)
    assert example.smallest_change == next(iter(turning), None)


def test_a_change_is_a_scenario_file_that_gives_the_share_it_says(example, tmp_path):
    change = next(change for change in example.changes if change.change)
    dials = {name: example.run.scenario.settings[name] for name in (*QUIET, "state_attention_base")}
    file = tmp_path / "changed.toml"
    file.write_text(f'base = "paris-call-2018"\n\n{toml_text(change.change)}', encoding="utf-8")
    assert sim.run(file, replicates=12, set=dials).signed[example.subject.who] == change.share_after
    assert change.share_before == example.by_end["signed"]


@pytest.mark.parametrize("family", [family.FAMILY for family in FAMILIES])
def test_every_change_is_written_as_a_scenario_file_reads_it(example, family, tmp_path):
    change = next(change for change in example.changes if change.family == family).change or {}
    file = tmp_path / "changed.toml"
    file.write_text(f'base = "paris-call-2018"\n\n{toml_text(change)}', encoding="utf-8")
    assert sim.load(file).sha256 == sim.load("paris-call-2018").with_table(change).sha256


def test_a_change_that_turns_the_decision_moves_the_share_of_worlds_that_way(example):
    out = example.target.action == "stay out"
    turning = [change for change in example.changes if change.turns]
    assert all((change.share_after < change.share_before) == out for change in turning)
    assert all((change.chance < example.chance) == out for change in turning if change.moved)


def test_who_would_sign_and_is_not_reached_is_turned_by_outreach_and_by_no_other_reason():
    willing = QUIET | {"state_attention_base": 0.03, "state_inclination": 6}
    missed = sim.explain("paris-call-2018", "KEN", replicates=12, set=willing)
    families = {change.family: change for change in missed.changes}
    assert missed.target.action == "be reached"
    assert families["outreach"].share_before <= 0.5 < families["outreach"].share_after
    assert {family for family, change in families.items() if change.change} == {"outreach", "capacity"}


def test_outreach_moves_no_value(example):
    outreach = next(change for change in example.changes if change.family == "outreach")
    assert outreach.moved == {}
    assert outreach.value in (None, example.value_together)
    told = [{"round": 0, "who": "KEN", "outreach": 2.0, "until": 2}]
    asked, left = (sim.explain("states-only", "KEN", replicates=2, events=e) for e in (told, ()))
    assert by_motive(asked) == by_motive(left)


def test_a_change_of_the_text_moves_what_looks_at_the_text_and_nothing_else(example):
    text = next(change for change in example.changes if change.family == "text")
    assert set(text.moved) <= TEXT
    assert bool(text.moved) == (example.target.action != "be reached")  # who would sign as it is needs no other text


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        ({"parameters": {"ambition_1": 0.1}}, {"restraint", "burden"}),
        ({"parameters": {"ambition_6": 1.0}}, {"burden"}),
        ({"code": {"openness": 0.5}}, {"affinity"}),
        ({"code": {"convenor": "GBR", "convenor_club": ""}}, {"convenor_votes"}),
    ],
)
def test_before_anybody_has_signed_a_change_moves_exactly_the_motives_that_look_at_it(change, moved):
    scenario = sim.load("paris-call-2018")
    before, after = (
        by_motive(sim.explain(s, "USA", round=-10, replicates=1)) for s in (scenario, scenario.with_table(change))
    )
    assert {name for name in before if before[name] != after[name]} == moved


def test_a_text_that_asks_for_less_weighs_as_the_search_says(example):
    text = next(change for change in example.changes if change.family == "text")
    changed = example.run.scenario.with_table(text.change or {})
    there = sim.explain(changed, example.subject.who, replicates=1)
    assert all(there.weighing.own[0, NAMES.index(name)] == after for name, (_, after) in text.moved.items())


@pytest.mark.parametrize("who", ["Microsoft", "KICTANet"])
def test_firms_and_ngos_heed_no_convenor(who):
    assert "forum" not in {change.family for change in sim.explain("paris-call-2018", who, replicates=4).changes}


def test_an_ally_follows_its_patron_where_patrons_weigh():
    heavy = {"state_patron": 20, "state_inclination": -12}
    signature = next(
        change for change in sim.explain("paris-call-2018", "ALB", replicates=4, set=heavy).changes
        if change.family == "signature"
    )  # fmt: skip
    assert signature.what == "its patron, the United States, signs"
    assert "patron" in signature.moved
    assert signature.share_after > signature.share_before


def test_a_firm_follows_its_home_state_where_that_weighs():
    heavy = {"firm_home": 20, "firm_inclination": -12}
    signature = next(
        change for change in sim.explain("paris-call-2018", "Huawei", replicates=4, set=heavy).changes
        if change.family == "signature"
    )  # fmt: skip
    assert signature.what == "its home state, China, signs"
    assert set(signature.moved) == {"home"}
    assert signature.turns


def test_the_chance_that_tells_is_one_half_for_who_decides_once_and_less_for_who_does_so_often():
    assert chance_for_half(1) == 0.5
    assert chance_for_half(5) < chance_for_half(2) < 0.5
    assert implied_occasions(1 - (1 - 0.2) ** 3, 0.2) == pytest.approx(3)


def test_whom_nobody_tells_has_no_occasion():
    nothing = QUIET | {"state_attention_base": 0.0}
    unheard = sim.explain("paris-call-2018", "KEN", replicates=3, set=nothing)
    assert unheard.target.occasions == 0
    assert unheard.by_end["not_taken_up"] == 1
    assert unheard.reading.startswith("In this model Kenya has not taken it up in 1.00 of the simulated worlds")


def test_a_change_turns_only_what_most_worlds_then_show(example):
    for change in example.changes:
        if change.share_after is not None:
            assert change.turns == example.target.has_share(change.share_after)
        assert not (change.turns and change.once_reached)


def test_where_no_motive_looks_at_the_convenor_another_one_is_no_change():
    changes = sim.explain("paris-call-2018", "USA", replicates=4, lens="realist").changes
    forum = next(change for change in changes if change.family == "forum")
    assert forum.what == "no motive that has a weight here looks at it"
    assert forum.change is None
