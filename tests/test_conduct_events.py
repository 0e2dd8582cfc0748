"""Events that decide conduct: who is told to keep a code or to break it does, and nobody real is
named beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import sim
from sim import facts
from sim.engine.arrays import LONG_AGO
from sim.experiments.simulate import Replicate, Setting
from sim.kinds_and_statuses import TRAIT
from sim.scenario import Event, Scenario, load
from sim.words import event_words

PARIS, ROUND = "paris-call-2018", 6
TOLD = ("USA", "FRA", "KEN")  # by hand, as no file and no table may name them
KEEP, BREAK = 1.0, 0.0


@pytest.fixture(scope="module")
def paris() -> Scenario:
    """The Paris Call, of which those who are told are signatories from the launch on."""
    scenario = load(PARIS).with_changes(events=[{"round": 0, "who": list(TOLD), "signs": True}])
    return replace(scenario, last_round=ROUND + 3)


def told(scenario: Scenario, *events: tuple[int, Sequence[str], float]) -> Scenario:
    more = (Event(t, "conduct", tuple(who), value) for t, who, value in events)
    return replace(scenario, events=(*scenario.events, *more))


def world_of(scenario: Scenario) -> Replicate:
    return Replicate(Setting.from_scenario(scenario), 1, 0)


def places(world: Replicate, names: Sequence[str] = TOLD) -> list[int]:
    return [world.setting.population.ids.index(name) for name in names]


def operations(world: Replicate) -> list[tuple[int, int, int]]:
    """This month's operations: author, act and victim."""
    state = world.state
    return [
        (int(each.author), int(each.act), int(each.victim))
        for each in state.operation[: state.size[0]]
    ]


def last_against(world: Replicate) -> list[int]:
    return [int(each) for each in world.state.member.last_against[0, places(world)]]


def test_who_is_told_to_break_the_code_is_a_defector_in_that_round_and_in_those_after_it(paris):
    world = world_of(told(paris, (ROUND, TOLD, BREAK)))
    for t in world.rounds:
        world.play(t)
        if t >= ROUND:
            assert last_against(world) == [t] * len(TOLD)
            authors = [author for author, *_ in operations(world)]
            assert [authors.count(place) for place in places(world)] == [1] * len(TOLD)


def test_who_is_told_to_keep_it_is_none(paris):
    world = world_of(told(paris, (0, TOLD, KEEP)))
    for t in world.rounds:
        world.play(t)
        assert {author for author, *_ in operations(world)}.isdisjoint(places(world))
    assert last_against(world) == [LONG_AGO] * len(TOLD)


def test_what_was_told_holds_until_the_opposite_is_told(paris):
    world = world_of(told(paris, (0, TOLD, BREAK), (ROUND, TOLD, KEEP)))
    for t in world.rounds:
        world.play(t)
    assert last_against(world) == [ROUND - 1] * len(TOLD)


def test_others_decide_by_their_own_draws(paris):
    """In the round in which it is told, all others do the same under either event, and as without
    one.
    """
    found = []
    for events in ([], [(ROUND, TOLD, KEEP)], [(ROUND, TOLD, BREAK)]):
        world = world_of(told(paris, *events))
        for t in range(world.setting.first_round, ROUND + 1):
            world.play(t)
        own = set(places(world))
        found.append([each for each in operations(world) if each[0] not in own])
    assert len(found[0]) > 10
    assert found[1] == found[0]
    assert found[2] == found[0]


def test_whoever_has_not_signed_acts_against_nothing(paris):
    """It may be told to undertake what the code asks others to leave; it has promised nothing."""
    outside = replace(paris, events=(Event(paris.first_round, "choice", TOLD, 0.0),))
    world = world_of(told(outside, (ROUND, TOLD, BREAK)))
    for t in range(world.setting.first_round, ROUND + 1):
        world.play(t)
    assert {author for author, *_ in operations(world)} > set(places(world))
    assert last_against(world) == [LONG_AGO] * len(TOLD)


def test_nobody_breaks_a_code_without_means(paris):
    harmless = replace(paris, events=(*paris.events, Event(0, "trait", TOLD, 0.0, "offence")))
    world = world_of(told(harmless, (ROUND, TOLD, BREAK)))
    for t in range(world.setting.first_round, ROUND + 1):
        world.play(t)
    assert np.all(world.state.traits[TRAIT.offence, places(world)] == 0.0)
    assert {author for author, *_ in operations(world)}.isdisjoint(places(world))


def test_in_a_world_without_the_code_there_is_nothing_to_keep(paris):
    worlds = []
    for events in ([], [(0, TOLD, BREAK)]):
        setting = Setting.from_scenario(told(paris, *events))._replace(code_is_open=False)
        world = Replicate(setting, 1, 0)
        for t in world.rounds:
            world.play(t)
        worlds.append(operations(world))
    assert worlds[0] == worlds[1]


def test_a_code_that_all_states_keep_is_never_broken_by_one():
    kept, broken = (
        sim.run(PARIS, replicates=2, events=[{"round": 0, "kind": "state", "keeps": keeps}])
        for keeps in (True, False)
    )
    against = [run.values("acted_against")[:, -1] for run in (kept, broken)]
    states = [place for place, group in enumerate(sim.GROUPS) if group.startswith("state")]
    assert against[0][:, states].sum() == 0
    assert np.all(against[1][:, states].sum(axis=1) > 0)


# Names and conduct


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            {"who": "USA", "keeps": False},
            "found the conduct of United States, expected that of a kind",
        ),
        (
            {"who": ["firm DEU-017", "Microsoft"], "keeps": True},
            "found the conduct of Microsoft, expected that",
        ),
        (
            {"group": "brics", "keeps": False},
            "found the conduct of Brazil, expected that of a kind",
        ),
        ({"kind": "state", "keeps": 0}, "keeps is 0, expected true or false"),
        ({"keeps": True}, "found nobody, expected exactly one of who, group, kind"),
        (
            {"kind": "state", "keeps": True, "until": 9},
            "found until, expected it only beside outreach or trait",
        ),
        (
            {"kind": "state", "keeps": True, "signs": True},
            "found signs and keeps, expected exactly one of",
        ),
    ],
)
def test_a_file_decides_the_conduct_of_nobody_real(table, found):
    with pytest.raises(sim.InputError, match=found):
        load(PARIS).with_changes(events=[{"round": ROUND, **table}])


@pytest.mark.parametrize(
    ("who", "event", "words"),
    [
        ({"kind": "state"}, ("every state",), "Every state breaks what the code asks"),
        ({"who": ["firm DEU-017", "ngo FRA-003"]}, ("firm DEU-017", "ngo FRA-003"),
         "firm DEU-017 and ngo FRA-003 break what the code asks"),
    ],
)  # fmt: skip
def test_a_kind_and_the_nameless_may_be_told(who, event, words):
    (read,) = load(PARIS).with_changes(events=[{"round": ROUND, **who, "keeps": False}]).events
    assert (read, event_words(read)) == (Event(ROUND, "conduct", event, BREAK), words)
    assert load(PARIS).with_changes(events=[read]).events == (read,)


def test_the_invented_states_of_a_world_of_ones_own_may_be_told_and_real_ones_among_them_not():
    states = facts.frame_of("states").head(3)
    states["iso3"], states["name"] = ["QQA", "QQF", "KEN"], ["Norland", "France", "Sudmark"]
    firm = {
        "name": "Acme",
        "kind": "firm",
        "iso3": "QQA",
        "sector": "software",
        "consumer_facing": 1,
        "size_rank": 1,
    }
    own = {
        "states": states,
        "other_homes": facts.frame_of("other_homes").head(0),
        "organisations": pd.DataFrame([firm]),
    }
    world = load(PARIS).with_table({"code": {"convenor": "", "convenor_club": ""}}).with_facts(own)
    (event,) = world.with_changes(
        events=[{"round": ROUND, "who": ["Norland", "Acme"], "keeps": False}]
    ).events
    assert event.who == ("QQA", "Acme")
    for real, found in (
        ("QQF", "France"),
        ("Sudmark", "Sudmark"),
    ):  # the one has a real name, the other a real code
        with pytest.raises(sim.InputError, match=f"found the conduct of {found}"):
            world.with_changes(events=[{"round": ROUND, "who": real, "keeps": False}])


def test_what_is_decided_by_hand_is_neither_told_nor_written(paris, tmp_path):
    event = Event(ROUND, "conduct", TOLD, BREAK)
    assert event_words(event, {"USA": "United States"}) == "somebody breaks what the code asks"
    for refused in (event.table, lambda: load(PARIS).with_changes(events=[event])):
        with pytest.raises(sim.InputError, match="found the conduct of USA"):
            refused()
    run = sim.run(told(paris, (ROUND, TOLD, BREAK)), replicates=1)
    with pytest.raises(sim.InputError, match="found the conduct of USA"):
        run.save(tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_no_table_gains_a_column_on_conduct_beside_a_name(paris):
    plain, decided = (
        sim.run(told(paris, *events), replicates=1, conduct=False)
        for events in ([], [(ROUND, TOLD, BREAK)])
    )
    tables = [
        {
            "signed": run.signed,
            "courses": run.courses()["signed"],
            "world": run.world(1),
            "directory": run.directory(),
            "ties": run.ties(),
            "layers": run.ties_by_layer(),
        }
        for run in (plain, decided)
    ]
    for name, table in tables[0].items():
        assert list(getattr(table, "columns", table)) == list(
            getattr(tables[1][name], "columns", table)
        ), name


def test_operations_by_name_are_for_whoever_asks_for_them(paris):
    scenario = told(paris, (0, TOLD, BREAK))
    with pytest.raises(sim.InputError, match="conduct_by_name=False, expected True"):
        sim.run(scenario, replicates=1).named_operations(1)
    run = sim.run(scenario, replicates=2, conduct_by_name=True)
    table = run.named_operations(2)
    assert all(name == "round" or name.startswith("simulated_") for name in table)
    for who in TOLD:
        own = table[table["simulated_author"] == who]
        assert own["round"].tolist() == list(range(ROUND + 4))
        assert own["simulated_against"].all()
    wrongly = table[
        table["simulated_named"] & (table["simulated_traced_to"] != table["simulated_author"])
    ]
    for rows, outcome in ((table, "operations"), (wrongly, "wrongly_blamed")):
        counted = (
            run.history(outcome)
            .query("replicate == 2 and group == 'all'")
            .set_index("round")["value"]
        )
        assert rows["round"].value_counts().to_dict() == counted[counted > 0].to_dict()
