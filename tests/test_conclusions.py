"""Conclusions about conduct under each assumption: their signs, their verdicts, and that they name
nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

import sim
from sim import facts
from sim.engine.outputs import CODE
from sim.evidence.claims import (
    ASSUMPTIONS,
    CALL,
    CLAIMS,
    WORLDS,
    Assumption,
    Claim,
    World,
    less,
    less_harm,
    of_the_call,
)
from sim.evidence.conclusions import (
    DOES_NOT,
    HOLDS,
    REPLICATES,
    UNDECIDED,
    Conclusions,
    conclusions,
    verdict,
)
from sim.evidence.report import conduct
from sim.evidence.report.document import Table
from sim.experiments.outcomes import ALL
from sim.experiments.simulate import AllOutputs, Setting, simulate
from sim.population import Measures
from sim.results.disclosure import FEWEST

REAL = {*facts.home_names(), *facts.home_names().values(), *facts.organisation_kinds()}
UNDER = {assumption.name: assumption for assumption in ASSUMPTIONS}
SHIPPED, ALL_ANYWAY = "as it ships", "all hold back anyway: 100\u00a0%"
DEFAULT, NO_SHARE, NO_RESTRAINT = (
    UNDER[name] for name in (SHIPPED, ALL_ANYWAY, f"{ALL_ANYWAY}, without norms")
)
RESTRAINT = of_the_call(
    "restraint", "The code restrains.", "% of harm", lambda of: of["restraint", ALL]
)


@pytest.fixture(scope="module")
def few() -> Conclusions:
    """All claims under three assumptions in one world, for tests that need no more worlds."""
    return conclusions(replicates=1, workers=1, assumptions=[DEFAULT, NO_SHARE, NO_RESTRAINT])


def values_under(claim: Claim, *assumptions: Assumption, replicates: int = 4) -> pd.DataFrame:
    return conclusions(replicates, claims=[claim], assumptions=assumptions).frame.set_index(
        "assumption"
    )


def test_a_scenario_compared_with_itself_concludes_nothing() -> None:
    itself = [
        less("operations", "Nothing lowers operations.", "operations", CALL, CALL),
        less_harm("harm", "", CALL),
    ]
    table = conclusions(2, claims=itself, assumptions=[DEFAULT, NO_SHARE])
    assert set(table.frame["holds"]) == {UNDECIDED}
    assert (table.frame[["value", "low", "high", "share"]] == 0).all(axis=None)
    assert set(table.verdicts.values()) == {"undecided in all"}


def test_the_opposite_of_what_holds_does_not_hold() -> None:
    prevents = CLAIMS[0]
    opposite = Claim(
        "opposite", "The code does harm.", prevents.unit, (CALL,), lambda of: -prevents.effect(of)
    )
    table = conclusions(4, claims=[prevents, opposite], assumptions=[DEFAULT])
    assert table.frame["holds"].to_list() == [HOLDS, DOES_NOT]
    assert table.verdicts == {"prevents": "holds in all", "opposite": "fails in all"}


def test_where_everything_binds_all_alike_the_code_restrains_by_the_norm_alone() -> None:
    restraint = values_under(RESTRAINT, DEFAULT, NO_SHARE, NO_RESTRAINT)
    assert 0 < restraint.loc[NO_SHARE.name, "value"] < restraint.loc[DEFAULT.name, "value"]
    assert (restraint.loc[NO_RESTRAINT.name, ["low", "high"]] == 0).all()


def test_what_is_left_then_is_protection(few: Conclusions) -> None:
    assert few.cells["restraint"][NO_RESTRAINT.name] == DOES_NOT
    assert few.cells["prevents"][NO_RESTRAINT.name] == HOLDS


def test_the_table_is_the_same_with_one_worker_and_with_two() -> None:
    tables = [
        conclusions(3, workers=n, claims=CLAIMS[:8], assumptions=[DEFAULT]).frame for n in (1, 2)
    ]
    pd.testing.assert_frame_equal(*tables, check_exact=True)


def test_another_seed_gives_another_table_of_the_same_shape(few: Conclusions) -> None:
    other = conclusions(1, seed=2, assumptions=[DEFAULT]).frame
    same = few.frame[few.frame["assumption"] == DEFAULT.name].reset_index(drop=True)
    assert other["conclusion"].equals(same["conclusion"])
    assert not other["value"].equals(same["value"])


def test_the_measure_of_offence_says_who_has_means() -> None:
    call = sim.load("paris-call-2018")
    means = {
        offence: Setting.from_scenario(call, Measures(offence=offence)).population_arrays.with_means
        for offence in ("operations", "power")
    }
    assert set(means["operations"]) < set(means["power"])


@pytest.mark.long
def test_each_assumption_moves_some_conclusion() -> None:
    values = conclusions(1).frame.pivot(index="conclusion", columns="assumption", values="value")
    assert [name for name in values if values[name].equals(values[DEFAULT.name])] == [DEFAULT.name]


def test_each_claim_is_told_by_some_world(few: Conclusions) -> None:
    assert few.frame["value"].notna().all()
    assert (few.frame.groupby("conclusion")["value"].nunique() > 1).all()


def test_each_world_serves_a_claim() -> None:
    assert {world for claim in CLAIMS for world in claim.worlds} | {"no code"} == set(WORLDS)


def strings(content: Any) -> Iterator[str]:
    """Every string in *content*, also keys."""
    if isinstance(content, dict):
        for key, part in content.items():
            yield from (key, *strings(part))
    elif isinstance(content, list):
        for part in content:
            yield from strings(part)
    elif isinstance(content, str):
        yield content


def real_names(content: Any) -> list[str]:
    words = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in REAL}
    return [name for text in strings(content) for name, word in words.items() if word.search(text)]


def test_no_state_firm_or_ngo_is_named(few: Conclusions) -> None:
    assert real_names({"cells": [{"sentence": "Operations by France fall"}]}) == ["France"]
    assert real_names([few.as_json(), [each.meaning for each in ASSUMPTIONS]]) == []
    assert real_names(conduct.section(few.as_json()).as_json()) == []


PAIRS = {pair for claim in CLAIMS for pair in combinations(claim.worlds, 2)}


@pytest.mark.parametrize(
    "pair", sorted(pair for pair in PAIRS if all(WORLDS[world].code_is_open for world in pair))
)
def test_no_conclusion_tells_the_conduct_of_one(pair: tuple[str, str]) -> None:
    """The rule of statistical disclosure that comparisons obey (sim.results.disclosure)."""
    assert (
        ALL not in sim.compare(*(WORLDS[world].under({}) for world in pair), replicates=2).withheld
    )


def test_a_single_great_power_would_be_told_by_it() -> None:
    in_name, in_earnest = (
        World("great-powers-sign", {"manner": manner, "who": "USA"}).under({})
        for manner in ("in-name", "in-earnest")
    )
    assert ALL in sim.compare(in_name, in_earnest, replicates=2).withheld


def test_a_share_of_signatories_is_one_of_several() -> None:
    fewest = Measures(offence="operations")
    setting = Setting.from_scenario(sim.load("paris-call-2018"), fewest)
    members = simulate(setting, 5, 1, AllOutputs()).per_code[
        :, -1, 0, CODE.members_with_means_state_high
    ]
    assert members.min() >= FEWEST


def matrix(conclusions: Conclusions) -> Table:
    """The table of conclusions by assumptions, as the report shows it."""
    return next(
        block for block in conduct.section(conclusions.as_json()).blocks if isinstance(block, Table)
    )


def test_conduct_is_called_assumed_everywhere(few: Conclusions) -> None:
    assert set(few.frame["basis"]) == {few.as_json()["basis"]} == {"assumed"}
    assert "Conduct is assumed" in " ".join(matrix(few).notes)
    about_one_kind_of_conduct = [
        claim.sentence for claim in CLAIMS if re.search("act against|compliance", claim.sentence)
    ]
    assert about_one_kind_of_conduct
    assert all("(simulated)" in sentence for sentence in about_one_kind_of_conduct)


def test_marks_are_words_that_can_be_read_out(few: Conclusions) -> None:
    table = matrix(few)
    assert len(table.rows) == len(CLAIMS)
    assert {len(row) for row in table.rows} == {len(table.columns)} == {2 + len(few.assumptions)}
    words = dict(table.marks)
    assert {mark for row in table.rows for mark in row[1:-1]} <= set(words)
    assert set(words.values()) == {"holds", "does not hold", "undecided"}
    assert [row[-1] for row in table.rows] == list(few.verdicts.values())


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"a": HOLDS, "b": HOLDS, "c": HOLDS}, "holds in all"),
        ({"a": HOLDS, "b": UNDECIDED, "c": HOLDS}, "holds in 2 of 3, undecided in 1"),
        (
            {"a": HOLDS, "b": UNDECIDED, "c": DOES_NOT},
            "holds in 1 of 3, undecided in 1, fails in 1",
        ),
        ({"a": DOES_NOT, "b": UNDECIDED, "c": UNDECIDED}, "undecided in 2 of 3, fails in 1"),
        ({"a": UNDECIDED, "b": UNDECIDED, "c": UNDECIDED}, "undecided in all"),
        ({"a": DOES_NOT, "b": DOES_NOT, "c": DOES_NOT}, "fails in all"),
    ],
)
def test_verdicts_say_what_the_cells_say(cells: dict[str, str], words: str) -> None:
    assert verdict(cells) == words


def test_progress_is_told_after_each_world() -> None:
    reports: list[tuple[int, int]] = []
    conclusions(
        1, progress=lambda *of: reports.append(of), claims=[RESTRAINT], assumptions=ASSUMPTIONS[:3]
    )
    assert reports == [(count, 6) for count in range(1, 7)]


@pytest.mark.long
def test_some_conclusions_hold_whatever_is_assumed_and_some_do_not() -> None:
    verdicts = conclusions().verdicts
    assert REPLICATES >= 20  # below, an end of the interval is the lowest or the highest world
    assert verdicts["prevents"] == verdicts["attribution"] == "holds in all"
    assert verdicts["hack-back"] == "undecided in all"
    assert verdicts["treaty"].startswith("fails in 11 of 12")
    assert any(words.startswith("holds in 11 of 12") for words in verdicts.values())
