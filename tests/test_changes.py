"""What would bring a stakeholder in by a date, or keep it out: changes, their search, and what luck
leaves of them.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

import sim
from sim.explanation.decision import chance_for, implied_occasions
from sim.explanation.levers import FAMILIES, Change
from sim.explanation.trial import shares_without_luck
from sim.motives import NAMES
from sim.scenario.text_weights import read_common
from sim.scenario.weights import shipped_weights
from sim.words.explanation import evidence_words, lever_words, occasion
from sim.writing import toml_text


@pytest.fixture(scope="module")
def run() -> sim.Run:
    return sim.run(replicates=12, seed=1)


@pytest.fixture(scope="module")
def more() -> sim.Run:
    return sim.run(replicates=100, seed=1, conduct=False)


def by_motive(explanation: sim.Explanation) -> dict[str, float]:
    return {c.motive: c.value for c in explanation.contributions}


TEXT = {
    "affinity",
    "record",
    "restraint",
    "burden",
}  # motives that look at the text, of those of the register
ACROSS = TEXT | {dial.removeprefix("state_") for dial in read_common(shipped_weights("full"))}

QUIET = {f"state_attention_{part}": 0.0 for part in ("campaign", "launch", "anniversary")}

BY = 13  # the end of 2019
EXAMPLES = [("USA", {}), ("KEN", {}), ("CHN", {}), ("NOR", QUIET | {"state_attention_base": 0.03})]


@pytest.fixture(scope="module", params=EXAMPLES, ids=[who for who, _ in EXAMPLES])
def example(request, run) -> sim.Explanation:
    who, dials = request.param
    if dials:
        return sim.explain("paris-call-2018", who, by=BY, replicates=12, set=dials)
    return run.explain(who, by=BY, aim="out" if who == "USA" else None)


def test_each_family_of_levers_has_its_say(example):
    assert {change.family for change in example.changes} == {family.name for family in FAMILIES}


def test_changes_on_which_an_answer_may_rest_come_first_and_of_these_those_that_turn_the_decision(
    example,
):
    made = [change for change in example.changes if change.change]
    places = [(not change.is_offered, not change.turns) for change in made]
    assert places == sorted(places)
    assert all(0 < change.range_used <= 1 for change in made if change.turns)
    assert example.smallest_change in (None, *(change for change in made if change.turns))


def test_a_change_is_a_scenario_file_that_gives_the_share_it_says(example, tmp_path):
    change = next(change for change in example.changes if change.change)
    dials = {name: example.run.scenario.settings[name] for name in (*QUIET, "state_attention_base")}
    file = tmp_path / "changed.toml"
    file.write_text(f'base = "paris-call-2018"\n\n{toml_text(change.change)}', encoding="utf-8")
    assert (
        sim.explain(file, example.subject.who, by=BY, replicates=12, set=dials).signed_by
        == change.share_after
    )
    assert change.share_before == example.signed_by


@pytest.mark.parametrize("family", [family.name for family in FAMILIES])
def test_every_change_is_written_as_a_scenario_file_reads_it(example, family, tmp_path):
    change = next(change for change in example.changes if change.family == family).change or {}
    file = tmp_path / "changed.toml"
    file.write_text(f'base = "paris-call-2018"\n\n{toml_text(change)}', encoding="utf-8")
    assert sim.load(file).sha256 == sim.load("paris-call-2018").with_table(change).sha256


def test_a_change_that_turns_the_decision_moves_the_share_of_worlds_that_way(example):
    out = example.target.action == "stay out"
    turning = [change for change in example.changes if change.turns]
    assert all((change.share_after < change.share_before) == out for change in turning)
    assert all(
        (change.chance < example.at_the_date.chance) == out for change in turning if change.motives
    )


def test_who_would_sign_and_is_not_reached_is_turned_by_outreach_and_by_no_other_reason():
    willing = QUIET | {"state_attention_base": 0.03, "state_inclination": 6}
    explanation = sim.explain("paris-call-2018", "KEN", replicates=12, set=willing)
    families = {change.family: change for change in explanation.changes}
    assert explanation.target.action == "be reached"
    assert families["outreach"].share_before <= 0.5 < families["outreach"].share_after
    assert {family for family, change in families.items() if change.change} <= {
        "outreach",
        "capacity",
    }


def test_outreach_moves_no_value(example):
    outreach = next(change for change in example.changes if change.family == "outreach")
    assert outreach.motives == {}
    assert outreach.value in (
        None,
        example.at_the_date.value_together,
    )  # of the month by whose end it is asked
    approach = [{"round": 0, "who": "KEN", "outreach": 2.0, "until": 2}]
    explanations = [
        sim.explain("states-only", "KEN", replicates=2, events=events) for events in (approach, ())
    ]
    assert by_motive(explanations[0]) == by_motive(explanations[1])


def test_a_change_of_the_text_moves_what_looks_at_the_text_and_nothing_else(example):
    text = next(change for change in example.changes if change.family == "text")
    crosses_the_middle = (text.change or {}).get("parameters", {}).get(
        "text_openness", 1.0
    ) < 0.5  # other weights hold
    assert set(text.motives) <= (ACROSS if crosses_the_middle else TEXT)
    assert bool(text.motives) == (text.change is not None)


@pytest.mark.parametrize(
    ("change", "motives"),
    [
        ({"parameters": {"ambition_1": 0.1}}, {"restraint", "burden"}),
        ({"parameters": {"ambition_6": 1.0}}, {"burden"}),
        ({"code": {"openness": 0.5}}, {"affinity", "record"}),
        ({"code": {"convenor": "GBR", "convenor_club": "", "openness": 0.8}}, {"convenor_votes"}),
        (
            {"code": {"convenor": "GBR", "convenor_club": ""}},
            {"convenor_votes", "affinity", "record"},
        ),  # read anew
    ],
)
def test_before_anybody_has_signed_a_change_moves_exactly_the_motives_that_look_at_it(
    change, motives
):
    scenario = sim.load("paris-call-2018")
    before, after = (
        by_motive(sim.explain(s, "USA", round=-10, replicates=1))
        for s in (scenario, scenario.with_table(change))
    )
    assert {name for name in before if before[name] != after[name]} == motives


def test_a_text_that_asks_for_less_weighs_as_the_search_says(example):
    text = next(change for change in example.changes if change.family == "text")
    text_scenario = example.run.scenario.with_table(
        text.change or {}
    )  # none where luck moves it as far
    there = sim.explain(text_scenario, example.subject.who, replicates=1)
    assert all(
        there.weighing.own[0, NAMES.index(name)] == after
        for name, (_, after) in text.motives.items()
    )


def test_a_change_says_so_where_it_leans_on_a_weight_that_the_register_cannot_tell_from_zero(
    example,
):
    weights = {weight.name: weight for weight in example.run.scenario.fitted()}
    for change in example.changes:
        gaps = {motive: abs(after - before) for motive, (before, after) in change.motives.items()}
        most = weights.get(f"state_{max(gaps, key=gaps.get)}") if gaps else None
        if (
            most is None or example.run.scenario.with_table(change.change).code.openness < 0.5
        ):  # other weights hold
            continue
        is_weak = evidence_words(change.footing).startswith("Weak evidence")
        assert is_weak == (most.low <= 0 <= most.high), change.lever
        assert change.told_from_zero == (not most.low <= 0 <= most.high)
    unmoved = [change for change in example.changes if not change.motives and change.change]
    assert all(change.footing.doubt is None for change in unmoved)


def test_a_weight_set_by_hand_is_no_finding_of_the_register():
    by_hand = {"state_affinity": 6.0, "state_record": 0.0, "state_inclination": -3.0}
    explanation = sim.explain("paris-call-2018", "USA", by=BY, replicates=12, set=by_hand)
    text = next(change for change in explanation.changes if change.family == "text")
    assert (
        max(text.motives, key=lambda motive: abs(text.motives[motive][1] - text.motives[motive][0]))
        == "affinity"
    )
    assert text.footing.doubt is None


@pytest.mark.long
@pytest.mark.parametrize(("by", "aim"), [(0, "in"), (BY, "in"), (BY, "out")])
def test_no_answer_on_the_usa_rests_on_a_weight_that_is_not_told_from_zero(more, by, aim):
    explanation = more.explain("USA", by=by, aim=aim)
    (text,) = (change for change in explanation.changes if change.family == "text")
    weights = {weight.name: weight for weight in explanation.run.scenario.fitted()}
    gaps = {motive: abs(after - before) for motive, (before, after) in text.motives.items()}
    most = weights[f"state_{max(gaps, key=gaps.get)}"]
    assert text.moves
    assert text.told_from_zero
    assert not most.low <= 0 <= most.high
    weak = [change for change in explanation.changes if not change.told_from_zero]
    assert explanation.answer.named
    assert all(change.told_from_zero and change.borne for change in explanation.answer.named)
    assert all(change.first == 0 for change in weak)
    assert [
        change.lever
        for change in weak
        if (lever_words(change) in explanation.answer.aside) != change.turns
    ] == []


def test_where_the_text_moves_it_by_weights_not_told_from_zero_alone_the_answer_says_so():
    blind = {
        "state_restraint": 0.0,
        "state_burden": 0.0,
        "state_record": 0.0,
        "state_inclination": -6,
    }
    explanation = sim.explain("paris-call-2018", "USA", replicates=12, set=blind)
    text = next(change for change in explanation.changes if change.family == "text")
    assert lever_words(text) == "the text moves towards openness and private self-rule"
    assert text.change["parameters"]["text_public_rule"] < explanation.run.scenario.code.public_rule
    assert text.moves
    assert not text.told_from_zero
    assert explanation.answer.named == ()
    assert explanation.answer.aside.startswith("Nothing in the text is shown to move it.")


@pytest.mark.parametrize(("share", "spread"), [(0.5, 0.0), (0.5, 0.2), (0.3, 0.1)])
def test_what_luck_adds_to_the_differences_between_weights_is_taken_out(share, spread):
    random = np.random.default_rng(1)
    of_draws = share + spread * np.where(np.arange(400) % 2, 1, -1)
    shares = shares_without_luck(random.random((4, 400)) < of_draws)
    assert shares.mean() == pytest.approx(share, abs=0.03)
    assert shares.std() == pytest.approx(spread, abs=0.08)
    assert 0 <= shares.min() <= shares.max() <= 1


def test_the_answer_holds_what_other_weights_would_give_where_there_is_a_world_for_each_draw(
    run, more
):
    few = run.explain("Airbus").answer
    assert few.standing.of_weights is None
    assert "Other luck alone gives" in few.follows
    answer = more.explain("Airbus").answer
    (change,) = answer.named
    assert change.of_weights.low < change.low
    assert change.of_weights.high > change.high
    assert answer.standing.of_weights.low <= change.share_before <= answer.standing.of_weights.high
    assert "The brackets hold 90\u00a0% of other fits that the data allow" in answer.follows
    shares = r"\d+\s% of worlds \(\d+\sto\s\d+\s%\)"
    assert re.match(
        rf"If .*\b(Airbus|it) would sign in {shares}: (perhaps )?enough", answer.headline
    )


@pytest.mark.parametrize("who", ["Microsoft", "KICTANet"])
def test_firms_and_ngos_heed_no_convenor(who):
    assert "forum" not in {
        change.family for change in sim.explain("paris-call-2018", who, replicates=4).changes
    }


def signature_that_moves(who: str, **weights: float) -> Change:
    """The change of others' signatures that is found for *who* under these *weights*."""
    explanation = sim.explain("paris-call-2018", who, by=BY, replicates=12, set=weights)
    return next(change for change in explanation.changes if change.family == "signature")


def test_an_ally_follows_its_patron_where_patrons_weigh():
    signature = signature_that_moves("ALB", state_patron=20, state_inclination=-12)
    assert lever_words(signature) == "its patron, the United States, signs"
    assert "patron" in signature.motives
    assert signature.share_after > signature.share_before


def test_a_firm_follows_its_home_state_where_that_weighs():
    signature = signature_that_moves("Huawei", firm_home=20, firm_inclination=-12)
    assert lever_words(signature) == "its home state, China, signs"
    assert set(signature.motives) == {"home"}
    assert signature.turns


def test_the_chance_that_tells_is_one_half_for_who_decides_once_and_less_for_who_does_so_often():
    assert chance_for(0.5, 1) == 0.5
    assert chance_for(0.5, 5) < chance_for(0.5, 2) < 0.5 < chance_for(0.9, 2)
    assert implied_occasions(1 - (1 - 0.2) ** 3, 0.2) == pytest.approx(3)


def test_whom_nobody_tells_has_no_occasion():
    nothing = QUIET | {"state_attention_base": 0.0}
    explanation = sim.explain("paris-call-2018", "KEN", replicates=3, set=nothing)
    assert explanation.target.occasions == 0
    assert explanation.by_end["not_taken_up"] == 1
    assert f"Kenya {sim.STATUSES['not_taken_up'].label} in 100\u00a0%" in explanation.reading


def test_a_change_turns_only_what_most_worlds_then_show(example):
    for change in example.changes:
        if change.share_after is not None:
            assert not change.turns or example.target.has_shares(np.array(change.share_after))
        assert not (change.turns and change.once_reached)


def test_where_no_motive_looks_at_the_convenor_another_one_is_no_change():
    changes = sim.explain("paris-call-2018", "USA", replicates=4, lens="realist").changes
    forum = next(change for change in changes if change.family == "forum")
    assert (forum.change, forum.motives, forum.turns) == (None, {}, False)


# The question


@pytest.mark.parametrize(("who", "aim"), [("CHN", "in"), ("KEN", "in"), ("FRA", "out")])
def test_who_has_not_signed_by_the_date_is_asked_in_and_who_has_is_asked_out(run, who, aim):
    explanation = run.explain(who)
    assert explanation.question.aim == aim
    assert (explanation.signed_by > 0.5) == (aim == "out")


def test_a_question_may_be_turned_and_then_asks_nearly_all_worlds(run):
    turned = run.explain("USA", by=BY, aim="in")
    assert turned.signed_by > 0.5
    assert (turned.target.action, turned.target.share) == ("sign", 0.9)
    assert run.explain("CHN", aim="out").target is None
    assert "Nothing is needed" in run.explain("CHN", aim="out").answer.sentence


@pytest.mark.parametrize(
    ("by", "expected"),
    [(None, 0), (13, 13), ("13", 13), ("2019-12-31", 13), ("2018-12-12", 1), ("2030-01-01", 62)],
)
def test_a_date_is_that_of_the_last_round_that_ends_by_then(run, by, expected):
    assert run.explain("USA", by=by).by == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            {"by": -1},
            "by is -1, expected a whole number from 0, the round that is explained, to 62",
        ),
        ({"round": 5, "by": "2018-12-12"}, "by is '2018-12-12', expected a whole number from 5"),
        ({"by": "soon"}, "by is 'soon'"),
        ({"aim": "up"}, "aim is 'up', expected one of in, out"),
    ],
)
def test_a_wrong_date_or_aim_is_refused_in_one_sentence(run, arguments, expected):
    with pytest.raises(sim.InputError, match=expected):
        run.explain("USA", **arguments)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "in no world"), (0.02, "in fewer than 1 of 20 worlds"), (0.31, "in 3 of 10 worlds"),
        (0.97, "in more than 19 of 20 worlds"), (1.0, "in every world"),
    ],
)  # fmt: skip
def test_a_chance_is_told_as_people_count(share, words):
    assert f"it signs {words}" in occasion(share, date(2018, 11, 12), 0.0)


@pytest.mark.parametrize(
    ("who", "aim", "words"),
    [
        ("USA", "in", "signs in most worlds as it is, so enough is more than 90 %"),
        ("USA", "out", "fewer than 50"),
        ("CHN", "in", "more than 50"),
        ("DEU", "out", "fewer than 50"),
    ],
)
def test_how_many_worlds_are_sought_is_said_with_its_reason(run, who, aim, words):
    answer = run.explain(who, by=BY, aim=aim).answer
    assert words in answer.enough
    assert ("most worlds as it is" in answer.enough) == (
        run.explain(who, by=BY, aim=aim).target.share in (0.9, 0.1)
    )


def test_nobody_has_signed_before_the_launch(run):
    assert "has decided to sign by 12 June 2018" in run.explain("CAN", -5).in_words
    assert "really joined" not in run.explain("CAN", -5).in_words
    assert "has signed by 12 November 2018" in run.explain("CAN", 0).in_words


# What luck leaves


def test_what_is_told_apart_is_first_in_nine_of_ten_samples_and_a_tie_is_said(example):
    answer = example.answer
    firsts = [change.first for change in answer.named]
    assert (len(firsts) == 1) == (bool(firsts) and firsts[0] >= 0.9)
    assert (len(firsts) > 1) == ("cannot be told apart" in answer.sentence)
    assert all(change.moves for change in answer.named)


def test_an_interval_holds_the_share_and_a_change_that_moves_nothing_is_not_named(example):
    for change in example.changes:
        if change.change:
            assert change.low <= change.share_after <= change.high
            assert change.moves == (
                change.gain_high < 0 if example.question.keeps_out else change.gain_low > 0
            )
            assert change.moves or change.once_reached
            assert change.moves or change.family != "forum"


def test_a_convenor_that_is_named_would_sign_itself(run):
    for who, by in (("USA", 13), ("BRA", 13), ("ISR", 13)):
        forum = next(
            change for change in run.explain(who, by=by).changes if change.family == "forum"
        )
        assert (
            forum.change is None
            or run.explain(forum.change["code"]["convenor"], by=by).signed_by > 0.5
        )


def test_nobody_supports_the_capacity_of_a_state_that_has_more_than_most(run):
    support = {
        who: next(c for c in run.explain(who).changes if c.family == "capacity")
        for who in ("CHN", "KEN")
    }
    assert support["CHN"].change is None
    assert support["KEN"].change is not None
