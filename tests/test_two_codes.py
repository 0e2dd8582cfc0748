"""Two codes in one world: one decision on each act, restrained by every code that binds, charged to
those it breaks.

These worlds are built on the arrays themselves, so that who signs which code is decided from
outside, and the dials by which one code moves the other are off (tests/test_rival_codes.py).
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from engine_outputs import EngineOutput, play

from sim.code_of_conduct import Code
from sim.engine import rounds as engine
from sim.engine.arrays import CHOICE, NEVER, EventArrays, empty_variables
from sim.engine.binding import power_behind, weigh_bound
from sim.engine.build import acts_of, code_arrays, engine_arrays
from sim.engine.membership import sign, weigh_signatories
from sim.engine.outputs import CODE_COLUMNS, NO_SHADOW, WORLD_COLUMNS, Output, empty_output
from sim.errors import InputError
from sim.scenario import load

PARIS = load("paris-call-2018")
CALL = PARIS.code
TEETH = {
    "monitoring": 1,
    "sanctions": 1,
    "joint_attribution": 1,
    "norm_rate": 0.1,
    "firm_strike_back": 0.5,
}
NOBODY_LEAVES = {"exit_attention": 0, "firm_backlog_share": 0, "ngo_backlog_share": 0}
CONDUCT = [
    column
    for column, name in enumerate(CODE_COLUMNS)
    if name.startswith(
        ("signed", "listed", "acted", "members", "power", "offence", "confidence", "norm")
    )
]

SIGNATORIES = (
    "by_members",
    "by_others",
    "members_with_means",
    "others_with_means",
)  # of one code or another

Dates = np.ndarray  # [N] the round in which each signs a code, NEVER for those who stay out


def choices(dates: dict[int, Dates]) -> EventArrays:
    """Who signs which code when, decided from outside; of codes that are not among *dates*
    everybody decides.
    """
    rows = [
        (PARIS.first_round, code, i, 0)
        for code, rounds in dates.items()
        for i in range(len(rounds))
    ]
    rows += [
        (int(t), code, i, 1)
        for code, rounds in dates.items()
        for i, t in enumerate(rounds)
        if t != NEVER
    ]
    table = np.array(sorted(rows, key=lambda row: row[0]), np.int64).reshape(-1, 4)
    ones = np.ones(len(table), np.int64)
    return EventArrays(
        round=table[:, 0].copy(),
        what=CHOICE * ones,
        code=table[:, 1].copy(),
        who=table[:, 2].copy(),
        name=0 * ones,
        value=table[:, 3].astype(float),
        earnest=ones,
    )


def outputs(
    *codes: Code,
    dates: tuple[dict[int, Dates], ...] = ({},),
    replicates: int = 1,
    seed: int = 1,
    **dials: float,
) -> tuple[EngineOutput, ...]:
    """The output of each of *codes*, in *replicates* worlds for each of *dates*."""
    scenario = PARIS.with_changes(set=dials)
    population, world, _, schedule, _ = engine_arrays(scenario)
    text = code_arrays(population, codes)
    out = empty_output(replicates * len(dates), len(schedule), len(codes), len(population.ids))
    state = empty_variables(world, text)
    for number, of_these in enumerate(dates):
        first, last = number * replicates, (number + 1) * replicates
        engine.play(
            world,
            text,
            state,
            schedule[None],
            choices(of_these),
            seed,
            seed,
            first,
            last,
            PARIS.first_round,
            True,
            engine.ALL_STAGES,
            NO_SHADOW,
            Output(*(array[first:last] for array in out)),
        )
    return tuple(EngineOutput(population, out, code) for code in range(len(codes)))


def ambitious(code: Code, ambition: float, *principles: int) -> Code:
    """*code* with another ambition in these provisions, or in all."""
    numbers = principles or tuple(p.principle for p in code.provisions)
    return replace(
        code,
        provisions=tuple(
            replace(p, ambition=ambition) if p.principle in numbers else p for p in code.provisions
        ),
    )


def everybody(signs: bool) -> Dates:
    """All sign in round 0, or nobody ever does."""
    return np.full(len(engine_arrays(PARIS)[0].ids), 0 if signs else NEVER)


@pytest.fixture(scope="module")
def all_sign() -> dict[int, Dates]:
    """Everybody signs both codes at the launch."""
    return {0: everybody(True), 1: everybody(True)}


def same_world(one: EngineOutput, other: EngineOutput) -> bool:
    """Whether operations, harm, practices and standing are the same to the bit."""
    return np.array_equal(one.output.worldwide, other.output.worldwide)


def same_code(one: EngineOutput, other: EngineOutput) -> bool:
    """Whether signatures, breaches, compliance, confidence and norms of these codes are the
    same.
    """
    return np.array_equal(
        one.output.per_code[:, :, one.code][:, :, CONDUCT],
        other.output.per_code[:, :, other.code][:, :, CONDUCT],
    )


def z(differences: np.ndarray) -> float:
    """How many standard errors their mean lies from 0; 0 where there is no difference at all."""
    error = differences.std(ddof=1) / len(differences) ** 0.5
    return float(differences.mean() / error) if error > 0 else 0.0


@pytest.fixture(scope="module", params=[{}, TEETH], ids=["declaration", "teeth"])
def dials(request: pytest.FixtureRequest) -> dict[str, float]:
    """The Paris Call's, and those of a code with monitoring, sanctions and joint attribution."""
    return {**NOBODY_LEAVES, **request.param}


@pytest.fixture(scope="module")
def one(dials: dict[str, float]) -> EngineOutput:
    """Two worlds with one code."""
    return play(replicates=2, **dials)


@pytest.fixture(scope="module")
def dates(one: EngineOutput) -> tuple[Dates, ...]:
    """The dates of signing in each of them."""
    return tuple(one.output.signed_round[:, 0].astype(np.int64))


def test_the_same_text_twice_with_the_same_signatories_is_one_code(dials, one, dates):
    first, second = outputs(CALL, CALL, dates=tuple({1: rounds} for rounds in dates), **dials)
    assert same_world(first, one)
    assert same_code(first, one)
    assert same_code(second, one)
    assert one.total("operations") > 0 < one.total("acted_against")


def test_a_code_that_is_signed_does_the_same_beside_one_that_is_not(dials, one, dates):
    nobody = everybody(False)
    first, second = outputs(
        CALL, CALL, dates=tuple({0: nobody, 1: rounds} for rounds in dates), **dials
    )
    assert same_world(second, one)
    assert same_code(second, one)
    assert first.total("signed") == first.total("acted_against") == 0


def test_a_second_code_that_nobody_signs_changes_nothing(dials, one):
    first, second = outputs(CALL, CALL, dates=({1: everybody(False)},) * 2, **dials)
    assert same_world(first, one)
    assert same_code(first, one)
    assert second.total("members_with_means") == second.total("acted_against") == 0


def test_a_second_code_that_asks_nothing_collects_no_breach_and_changes_nothing(dials, one):
    first, second = outputs(CALL, ambitious(CALL, 0), dates=({1: everybody(True)},) * 2, **dials)
    assert second.total("members_with_means") > 0 == second.total("acted_against")
    for column in ("members_keeping", "members_seen_keeping"):
        assert np.array_equal(second.column(column), second.column("members_with_means"))
    columns = [
        column for column, name in enumerate(WORLD_COLUMNS) if not name.endswith(SIGNATORIES)
    ]
    assert np.array_equal(
        first.output.worldwide[:, :, columns], one.output.worldwide[:, :, columns]
    )
    assert same_code(first, one)


def test_each_of_two_codes_is_signed_as_one_code_is():
    alone = play(replicates=20, seed=3)
    first, second = outputs(CALL, CALL, replicates=20, seed=3)
    for kind in ("state", "firm", "ngo"):
        counts = [output.column(f"signed_{kind}")[:, -1] for output in (alone, first, second)]
        assert abs(z(counts[1] - counts[0])) < 3
        assert abs(z(counts[2] - counts[0])) < 3


def test_two_codes_are_one_decision_on_each_act():
    alone = play(replicates=5, seed=3)
    both, _ = outputs(CALL, CALL, replicates=5, seed=3)
    assert 0.9 < both.total("operations") / alone.total("operations") <= 1
    assert 0.9 < both.total("harm_gross") / alone.total("harm_gross") <= 1


def test_a_breach_is_charged_to_the_code_that_forbids_it(all_sign):
    spares_infrastructure = ambitious(ambitious(CALL, 1), 0, 1)
    infrastructure_alone = ambitious(ambitious(CALL, 0), 1, 1)
    first, second = outputs(spares_infrastructure, infrastructure_alone, dates=(all_sign,) * 2)
    # Of the principles that forbid operations, the first binds states alone.
    assert second.total("acted_against_state") > 0 == second.total("acted_against_firm")
    assert first.total("acted_against_firm") > 0
    together, _ = outputs(ambitious(CALL, 1), ambitious(CALL, 0), dates=(all_sign,) * 2)
    assert first.total("acted_against_state") < together.total("acted_against_state")


def only_provisions(code: Code, *principles: int) -> Code:
    """*code* without its other provisions."""
    return replace(code, provisions=tuple(p for p in code.provisions if p.principle in principles))


def test_texts_may_hold_different_provisions(all_sign):
    """Two texts that divide the provisions of one give the same world as that one."""
    whole = ambitious(CALL, 1)
    rest = [p.principle for p in CALL.provisions if p.principle != 1]
    (one,) = outputs(whole, dates=({0: everybody(True)},) * 2, norm_weight=0)
    first, second = outputs(
        only_provisions(whole, 1),
        only_provisions(whole, *rest),
        dates=(all_sign,) * 2,
        norm_weight=0,
    )
    assert same_world(first, one)
    assert 0 < first.total("acted_against") < one.total("acted_against")
    assert 0 < second.total("acted_against") < one.total("acted_against")


def test_compliance_is_each_codes_own(all_sign):
    """Of two texts with the same signatories the one that asks for more is broken more often, and
    by the same acts.
    """
    deep, shallow = outputs(ambitious(CALL, 1), ambitious(CALL, 0.2), dates=(all_sign,) * 2)
    assert (shallow.column("acted_against") <= deep.column("acted_against")).all()
    assert 0 < shallow.total("acted_against") < deep.total("acted_against")
    assert shallow.total("members_keeping") > deep.total("members_keeping")


def test_whoever_is_named_is_seen_to_break_the_code_that_forbids_the_act(all_sign):
    practices, operations = only_provisions(CALL, 6, 7, 9), only_provisions(CALL, 1, 2, 3, 4, 5)
    first, second = outputs(practices, operations, dates=(all_sign,))
    assert np.array_equal(first.column("members_seen_keeping"), first.column("members_with_means"))
    assert second.total("members_seen_keeping") < second.total("members_with_means")


def test_firms_are_held_by_a_ban_on_striking_back_in_either_code(all_sign):
    ban, no_ban = ambitious(CALL, 1, 8), ambitious(CALL, 0, 8)
    strikes = {}
    for pair in itertools.product((ban, no_ban), repeat=2):
        strikes[pair] = outputs(*pair, dates=(all_sign,) * 2, firm_strike_back=1)[0].total(
            "strikes"
        )
    assert (
        strikes[ban, ban] == strikes[ban, no_ban] == strikes[no_ban, ban] < strikes[no_ban, no_ban]
    )


def test_a_firm_that_strikes_back_breaks_the_code_that_bans_it(all_sign):
    nothing = ambitious(CALL, 0)
    dials = {"firm_strike_back": 1, "baseline_share": 1}
    first, second = outputs(nothing, ambitious(nothing, 1, 8), dates=(all_sign,) * 2, **dials)
    assert first.total("acted_against") == 0
    assert second.total("acted_against_firm") == second.total("acted_against") > 0


def test_practices_are_asked_for_once_and_pledged_to_whoever_asks(all_sign):
    asks, does_not = CALL, ambitious(CALL, 0, 6, 7, 9)
    lapses = {}
    for pair in itertools.product((asks, does_not), repeat=2):
        lapses[pair] = outputs(*pair, dates=(all_sign,))[0].total("lapses")
    assert (
        lapses[asks, asks]
        == lapses[asks, does_not]
        == lapses[does_not, asks]
        < lapses[does_not, does_not]
    )


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (("USA", "FRA"), ("CHN",), ("USA", "FRA", "CHN")),
        (("USA", "FRA"), ("FRA", "USA"), ("USA", "FRA")),
    ],
    ids=["different signatories", "the same signatories"],
)
def test_signatories_of_two_codes_are_counted_once_each(first, second, together):
    population, world, _, schedule, _ = engine_arrays(PARIS)
    text = code_arrays(population, (CALL, CALL))
    state, dials = empty_variables(world, text), schedule[0]
    engine.start(world, state, dials, 1, 0)
    for code, signatories in enumerate((first, second)):
        for who in signatories:
            sign(state, world, code, population.ids.index(who), 0)
        weigh_signatories(state, world, code)
        weigh_bound(world, state, dials, code)
    weight = population.trait("weight")[:193]
    share = sum(weight[population.ids.index(who)] for who in together) / weight.sum()
    assert power_behind(world, state, dials, np.ones(2, np.uint8)) == pytest.approx(share)
    assert power_behind(world, state, dials, np.zeros(2, np.uint8)) == 0


def test_one_act_has_one_loading_on_restraint():
    other = replace(
        CALL, provisions=tuple(replace(p, restraint=p.restraint / 2) for p in CALL.provisions)
    )
    with pytest.raises(
        InputError, match=r"restraint of principle 1 is 0.45, expected 0.9 as in the other code"
    ):
        acts_of((CALL, other))


def test_provisions_of_one_code_that_describe_the_same_breach_are_acts_of_their_own():
    alike = replace(
        CALL, provisions=tuple(replace(p, breaking_it_is="silence") for p in CALL.provisions)
    )
    assert len(acts_of((alike, alike))) == len(CALL.provisions)
