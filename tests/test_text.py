"""The text of a code: whom it binds, how deep it goes."""

from dataclasses import replace

import pytest

from sim import facts
from sim.code_of_conduct import Code, Provision
from sim.scenario import load

PRINCIPLES = {provision.principle: provision for provision in facts.provisions()}


@pytest.fixture
def code() -> Code:
    return load("paris-call-2018").code


def with_ambition(code: Code, ambition: float) -> Code:
    return replace(code, provisions=tuple(replace(p, ambition=ambition) for p in code.provisions))


def test_the_paris_call_has_nine_principles():
    assert list(PRINCIPLES) == list(range(1, 10))


@pytest.mark.parametrize(
    ("principle", "bound"),
    [
        (1, {"state"}),
        (2, {"state", "firm"}),
        (3, {"state", "platform"}),
        (6, {"firm"}),
        (7, {"state", "firm", "ngo"}),
        (8, {"firm"}),
    ],
)
def test_a_principle_binds_those_whom_its_row_names(principle, bound):
    assert PRINCIPLES[principle].bound == bound


def test_only_the_principle_against_private_hack_back_has_states_prevent_others():
    assert [n for n, provision in PRINCIPLES.items() if provision.prevented_by_states] == [8]


def test_platforms_are_bound_as_platforms_and_as_firms():
    assert [n for n, p in PRINCIPLES.items() if p.binds_a("firm", platform=True)] == [2, 3, 4, 5, 6, 7, 8, 9]
    assert not PRINCIPLES[3].binds_a("firm")


def test_breaking_is_an_operation_a_lapse_or_a_strike_back():
    conduct = {n: provision.conduct for n, provision in PRINCIPLES.items()}
    assert {n for n, what in conduct.items() if what == "operation"} == {1, 2, 3, 4, 5}
    assert {n for n, what in conduct.items() if what == "practice"} == {6, 7, 9}
    assert conduct[8] == "strike-back"


def test_a_text_without_ambition_has_no_depth_and_one_of_full_ambition_is_of_full_depth(code):
    assert with_ambition(code, 0).depth_restraint == with_ambition(code, 0).depth_burden == 0
    assert with_ambition(code, 1).depth_restraint == pytest.approx(1)
    assert with_ambition(code, 1).depth_burden == pytest.approx(1)


def test_depth_weighs_ambition_by_what_a_principle_asks_for(code):
    assert code.depth_restraint == pytest.approx(2.14 / 4.1)  # Σ R m / Σ R over the nine rows, by hand
    assert code.depth_burden == pytest.approx(1.5 / 3.0)


def test_principles_that_ask_for_no_restraint_do_not_deepen_it(code):
    assert code.with_ambition(6, 1).depth_restraint == code.depth_restraint
    assert code.with_ambition(6, 1).depth_burden > code.depth_burden


def test_a_text_that_asks_for_nothing_has_depth_0():
    nothing = Provision(1, "be kind", "all", 0, 0, 0, 1, "being unkind", "practice")
    code = Code("Kindness", load("paris-call-2018").code.launch, None, None, 0.5, 0.5, ("state",), (nothing,))
    assert (code.depth_restraint, code.depth_burden) == (0, 0)
