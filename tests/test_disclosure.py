"""No answer tells the conduct of one stakeholder: known roads to it, and an adversary that looks
for others.

The adversary knows what no answer tells: how many operations each undertakes, and how many
practices it neglects (`Output.undertaken`, `Output.lapses`). It takes pairs of scenarios that
differ by what a few do, by dials that nothing or little rests on, or by both, and asks of each run
and of each difference that is told whether one stakeholder makes more of it than all others
together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_routes import OF_CONDUCT

import sim
from dashboard.data.words import GROUPS as WORDS
from sim.engine.outputs import WORLD_COLUMNS
from sim.experiments.outcomes import ALL
from sim.kinds_and_statuses import GROUPS, KINDS
from sim.results.disclosure import EVERYTHING

WORLDS = 4
OUTCOME = {"undertaken": "operations", "lapses": "lapses"}  # of what each does, by measure
CONDUCT = {outcome.name for outcome in sim.OUTCOMES.values() if not outcome.of_signing}
POWERS = WORDS["state_high"]
OF_TEXTS = ("present", "designed", "change")
BESIDE = "with=set%3Dexit_cost:14.000001"
NOBODY_ATTENDS: Mapping[str, Any] = {
    "attention_scale": 0,
    **{f"{kind}_attention_base": 0 for kind in KINDS},
}
IDLE = {"exit_cost": 14.000001}


def signs(*who: str, at: int = 0) -> list[dict[str, Any]]:
    return [{"round": at, "who": each, "signs": True} for each in who]


def conduct_of_each(run: sim.Run, measure: str) -> dict[str, np.ndarray]:
    """id -> [worlds] the operations that it undertakes, or the practices that it neglects."""
    ids, places = run.setting.population.ids, run.setting.population_arrays.on_record.tolist()
    numbers = getattr(run.conduct_worlds.worlds, measure).astype(np.int64)
    return {ids[place]: numbers[:, column] for column, place in enumerate(places)}


def dates(run: sim.Run) -> dict[str, list[list[int]]]:
    """id -> [signed or left, worlds] the rounds in which it does, which everybody is told."""
    ids, places = run.setting.population.ids, run.setting.population_arrays.on_record.tolist()
    worlds = run.conduct_worlds.worlds
    of_all = np.stack([worlds.signed_round[:, 0], worlds.left_round[:, 0]])
    return {ids[place]: of_all[:, :, column].tolist() for column, place in enumerate(places)}


def given_away(first: sim.Run, second: sim.Run, named: Set[str]) -> set[tuple[str, str]]:
    """(part, who) where a difference of a part that is told, in operations or in neglected
    practices, is more of one than of all others together, and one knows of whom: who is *named*, or
    signs or leaves otherwise.
    """
    known, now_known = dates(first), dates(second)
    apart = {who for who in known if who in named or known[who] != now_known[who]}
    untold = sim.Comparison(first, second).untold
    return {
        found
        for measure, outcome in OUTCOME.items()
        for before, after in [(conduct_of_each(first, measure), conduct_of_each(second, measure))]
        for found in largest(
            second,
            {who: after[who] - before[who] for who in before},
            apart,
            untold.of(outcome),
        )
    }


def given_away_alone(of: sim.Run) -> set[tuple[str, str]]:
    """(part, who) where the operations, or the neglected practices, of a part that is told are more
    of one than of all others together.
    """
    return {
        found
        for measure in OUTCOME
        for numbers in [conduct_of_each(of, measure)]
        for found in largest(of, numbers, {*numbers}, of.untold.of(OUTCOME[measure]))
    }


def largest(
    run: sim.Run, changes: Mapping[str, np.ndarray], apart: Set[str], untold: Set[str]
) -> set[tuple[str, str]]:
    """(part, who) where of the *changes* of a part that is told, one of those who can be told
    *apart* and has a real name has more than all others together.
    """
    people = run.setting.population
    group = dict(zip(people.ids, run.setting.population_arrays.people.group.tolist(), strict=True))
    is_real = dict(zip(people.ids, people.has_name.tolist(), strict=True))
    sizes = {who: abs(float(each.mean())) for who, each in changes.items()}
    found = set()
    for part in {*GROUPS, ALL} - untold:
        members = [who for who in sizes if part in (ALL, GROUPS[group[who]])]
        total = sum(sizes[who] for who in members)
        found |= {
            (part, who)
            for who in members
            if who in apart and is_real[who] and 2 * sizes[who] > total
        }
    return found


def scenario(
    set: Mapping[str, Any] | None = None, events: list[dict[str, Any]] | None = None
) -> sim.Scenario:
    return sim.load("paris-call-2018").with_changes(set=set or {}, events=events or [])


def run(of: sim.Scenario) -> sim.Run:
    return sim.run(of, replicates=WORLDS)


@pytest.fixture(scope="module")
def nobody() -> sim.Run:
    return run(scenario(NOBODY_ATTENDS))


@pytest.mark.parametrize("dials", [{}, IDLE], ids=["alone", "beside an idle dial"])
def test_one_signature_more_tells_nothing_whatever_dial_moves_beside_it(nobody, dials):
    second = run(scenario(NOBODY_ATTENDS | dials, signs("CHN")))
    assert sim.Comparison(nobody, second).withheld == EVERYTHING


def test_a_dial_that_moves_one_signature_tells_no_practices_of_whoever_signs():
    """From the second year on, monitoring changes the operations of many, and in a hundred worlds
    the signature of one state with many means.
    """
    later = [{"round": 12, "dial": "monitoring", "value": 0.5}]
    comparison = sim.Comparison(run(scenario()), run(scenario(events=later)))
    ranges = comparison.outcomes.set_index(["outcome", "part"])[["low", "high"]]
    assert "state_high" not in comparison.withheld
    assert ranges.loc[("operations", "state_high")].notna().all()
    assert ranges.loc[("lapses", "state_high")].isna().all()


def test_others_named_who_change_nothing_do_not_hide_one(nobody):
    idle = [
        {"round": 5, "who": who, "trait": "audience", "value": 0.5} for who in ("TUV", "NRU", "PLW")
    ]
    second = run(scenario(NOBODY_ATTENDS, [*signs("CHN"), *idle]))
    assert {"state_high", ALL} <= sim.Comparison(nobody, second).withheld


def test_a_group_that_is_withheld_does_not_follow_from_all_less_the_others(nobody):
    second = run(scenario(NOBODY_ATTENDS, signs("CHN", "TUV", "NRU", "PLW", "KIR")))
    withheld = sim.Comparison(nobody, second).withheld
    assert "state_high" in withheld
    assert withheld != {"state_high"}


def test_a_code_with_one_signatory_tells_nothing_of_conduct():
    only = run(scenario(NOBODY_ATTENDS, signs("CHN")))
    rows = only.outcomes[only.outcomes["basis"] == "assumed"].set_index(["outcome", "part"])
    assert rows.loc[("compliance", "state_high"), ["low", "high"]].isna().all()
    assert rows.loc[("harm_prevented", ALL), ["low", "high"]].isna().all()
    assert only.history("acted_against").query("group == 'all'")["value"].isna().all()


ONE_SIGNS = """
base = "paris-call-2018"
[parameters]
{dials}
[[events]]
round = 0
who = "CHN"
signs = true
"""


def test_a_sweep_keeps_no_conduct_of_worlds_with_one_signatory(tmp_path):
    file = tmp_path / "only.toml"
    dials = "\n".join(f"{dial} = 0" for dial in NOBODY_ATTENDS)
    file.write_text(ONE_SIGNS.format(dials=dials), encoding="utf-8")
    table = {"scenario": str(file), "replicates": 2, "levers": {"monitoring": [0, 0.5]}}
    outcomes = ["signatories", "operations", "compliance"]
    means = sim.sweep({**table, "outcomes": outcomes}, tmp_path / "out").means()
    of_one = ["operations_state_high", "operations_all", "compliance_state_high", "compliance_all"]
    assert means[of_one].isna().all(axis=None)
    assert means[["signatories_state", "operations_state_low"]].notna().all(axis=None)


def test_a_second_code_beside_the_first_is_compared_by_the_first():
    alone, beside = (
        run(sim.load("rival-codes").with_changes(set={"rival_open": is_open})) for is_open in (0, 1)
    )
    assert ALL not in sim.Comparison(alone, beside).withheld


def test_the_call_as_it_was_tells_of_every_group():
    assert sim.run(replicates=WORLDS).withheld == frozenset()


def test_neglected_practices_are_counted_as_their_groups_are():
    """Where all of a group are on record, as all states are."""
    told = sim.run(replicates=2)
    of_each = conduct_of_each(told, "lapses")
    ids, groups = told.setting.population.ids, told.setting.population_arrays.people.group
    columns = WORLD_COLUMNS.index("lapses_state_high")
    counted = told.conduct_worlds.worlds.worldwide[:, :, columns : columns + 3].sum(axis=1)
    for place in range(3):
        of_group = [of_each[who] for who, group in zip(ids, groups, strict=True) if group == place]
        assert np.sum(of_group, axis=0).tolist() == counted[:, place].tolist()
        assert counted[:, place].min() > 0


def test_operations_are_counted_as_they_are_told_by_name():
    named = sim.run(replicates=2, conduct_by_name=True)
    ids, on_record = named.setting.population.ids, named.setting.population_arrays.on_record
    for world in (0, 1):
        by_name = named.named_operations(world + 1)["simulated_author"].value_counts()
        counted = [by_name.get(ids[place], 0) for place in on_record]
        assert named.output.undertaken[world].tolist() == counted


NAMES = st.sampled_from(
    (
        *("CHN", "RUS", "USA", "IRN", "PRK", "IND", "FRA", "TUV", "NRU", "BRA"),
        *("Microsoft", "Google", "Access Now"),
    )
)
CHANGES = st.lists(
    st.one_of(
        st.builds(lambda who, at: signs(who, at=at)[0], NAMES, st.integers(0, 12)),
        st.builds(
            lambda who, value: {"round": 0, "who": who, "trait": "audience", "value": value},
            NAMES,
            st.sampled_from((0.0, 0.5, 1.0)),
        ),
        st.builds(
            lambda who: {"round": 0, "who": who, "outreach": 0.9, "until": 30},
            NAMES,
        ),
    ),
    max_size=5,
    unique_by=lambda event: subject(event),
)


def subject(event: Mapping[str, Any]) -> tuple[str, int, str]:
    """What an event is about, of which a scenario says one thing at a time."""
    what = next(key for key in ("signs", "trait", "outreach") if key in event)
    return event["who"], event["round"], what


DIALS = st.sampled_from(
    (
        {},
        IDLE,
        {"exit_cost": 3.0},
        {"population_scale": 1.0},
        {"monitoring": 0.000001},
        {"attention_scale": 0.001},
        {"attention_scale": 0.301},
        {"state_attention_base": 0.001},
    )
)
BASES = st.sampled_from((NOBODY_ATTENDS, {"attention_scale": 0.02}, {"attention_scale": 0.3}, {}))


@pytest.mark.long
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(base=BASES, dials=DIALS, before=CHANGES, after=CHANGES, shared=st.booleans())
def test_no_difference_that_is_told_is_one_stakeholders(base, dials, before, after, shared):
    of_both = {subject(event) for event in before} if shared else set()
    more = [event for event in after if subject(event) not in of_both]
    first = scenario(base, before if shared else [])
    second = scenario({**base, **dials}, [*before, *more] if shared else after)
    named = {event["who"] for event in (more if shared else after)}
    runs = run(first), run(second)
    assert given_away(*runs, named) == set()
    assert [given_away_alone(each) for each in runs] == [set(), set()]


BESIDE_NOBODY = (
    "compare/conduct?set=attention_scale:0&set=state_attention_base:0&worlds=2&with=set%3D"
    "attention_scale:0%26set%3Dstate_attention_base:0%26set%3Dexit_cost:14.000001%26branch%3D"
    "0:CHN:signs%26worlds%3D2"
)


def test_a_comparison_of_views_tells_nothing_of_one_signature_beside_an_idle_dial(client):
    rows = client.get(f"/data/{BESIDE_NOBODY}").get_json()["rows"]
    assert rows
    assert {end for row in rows for ends in row["ranges"] for end in ends} == {None}


ONLY_CHINA = "&".join(
    (*(f"set={dial}:0" for dial in NOBODY_ATTENDS), "branch=0:CHN:signs", "worlds=2")
)


def ends_of(content: Any, part: str | None = None) -> Iterator[Any]:
    """Every number in *content* that is conduct of states with most means, or of all together."""
    if isinstance(content, dict):
        of = str(content.get("group", content.get("part", ""))) or part
        is_conduct = content.get("outcome") in CONDUCT and of in (POWERS, ALL)
        for key, value in content.items():
            if is_conduct and key in ("low", "high", "was", "ranges", *OF_TEXTS):
                numbers = np.ravel(np.array(value, dtype=object)).tolist()
                yield from (number for number in numbers if not isinstance(number, bool))
            else:
                yield from ends_of(value, of)
    elif isinstance(content, list):
        for each in content:
            yield from ends_of(each, part)


@pytest.mark.parametrize("path", OF_CONDUCT)
def test_no_page_has_the_conduct_of_an_only_signatory(client, path):
    query = f"{ONLY_CHINA}&{BESIDE}" if "compare" in path else ONLY_CHINA
    ends = list(ends_of(client.get(f"{path}?{query}").get_json()))
    assert path == "/data/conduct" or ends
    assert set(ends) <= {None}


def test_a_scenario_of_one_great_power_has_no_conduct_to_show(client):
    answer = client.get("/data/conduct?scenario=great-powers-sign&choose=who:USA&worlds=2")
    content = answer.get_json()
    assert (content["rows"], content["headline"]) == ([], None)
    assert content["withheld"]
