"""Facts of one's own: another edition, other firms, a world of one's own; strict about what does
not fit, equal to those that ship where nothing differs, and never in the way of another run.
"""

from __future__ import annotations

import pickle
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from dashboard import cli
from sim import facts
from sim.evidence.calibrate import calibrate
from sim.evidence.transfer import transfer
from sim.facts import SHIPPED, read_facts
from sim.results.manifest import read_manifest
from sim.writing import json_text

OWN = ("states", "other_homes", "organisations", "positions")
CODES = ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG")
NAMES = ("Arden", "Bohemia", "Cythera", "Dystopia", "Elbonia", "Freedonia", "Grand Fenwick")
FEW = 3


def same(first: sim.Run, second: sim.Run) -> bool:
    """Whether two runs have the same record, to the bit."""
    return all(np.array_equal(a, b) for a, b in zip(first.output, second.output, strict=True))


def edition(iso3: str = "FRA", freedom: float = 0.0) -> pd.DataFrame:
    """The states that ship, with another score of freedom for one of them."""
    states = facts.frame_of("states")
    states.loc[states["iso3"] == iso3, "freedom_2017"] = freedom
    return states


def world_frames() -> dict[str, pd.DataFrame]:
    """Seven states of nowhere in two regions, without alliances, with one firm that has a name."""
    states = facts.frame_of("states").head(len(CODES)).copy()
    states["iso3"], states["name"] = CODES, NAMES
    states["region"] = ["Here", "Here", "Here", "There", "There", "There", "There"]
    states[list(facts.MEMBERSHIPS)] = 0
    states["freedom_2017"] = [10, 30, 50, 70, 90, np.nan, 60]
    firm = {
        "name": "Acme",
        "kind": "firm",
        "iso3": "AAA",
        "sector": "software",
        "consumer_facing": 1,
        "size_rank": 1,
    }
    homes = facts.frame_of("other_homes").head(0)
    return {"states": states, "other_homes": homes, "organisations": pd.DataFrame([firm])}


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    """A scenario in the world of nowhere, whose base has a convenor that is not there."""
    file = tmp_path / "class.toml"
    file.write_text(
        'base = "paris-call-2018"\ntitle = "A class"\n[code]\nconvenor = "EEE"\n'
        '[[events]]\nround = 3\nwho = ["Arden", "Acme"]\nsigns = true\n',
        encoding="utf-8",
    )
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the tables that may be one's own, as they ship."""
    place = tmp_path / "mine"
    place.mkdir()
    for table in OWN:
        shutil.copy(facts.DATA / f"{table}.csv", place)
    return place


@pytest.fixture(scope="module")
def shipped() -> sim.Run:
    return sim.run(replicates=FEW)


# What may be given


def test_a_copy_of_all_that_ships_is_no_world_of_ones_own(folder, shipped):
    for source in (folder, facts.DATA, {table: facts.frame_of(table) for table in OWN}):
        assert read_facts(source) is SHIPPED
    run = sim.run(replicates=FEW, facts=folder)
    assert run.manifest == shipped.manifest


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_and_columns_nor_how_numbers_are_written_matters(random):
    states = edition()
    columns = random.sample(list(states.columns), len(states.columns))
    other = states.sample(frac=1, random_state=random.randrange(1000))[columns].astype(
        {"freedom_2017": float}
    )
    assert read_facts(other) == read_facts(states)
    assert read_facts(other).sha256 == read_facts(states).sha256


def test_a_file_and_its_frame_say_the_same(folder):
    edition().to_csv(folder / "states.csv", index=False)
    assert read_facts(folder) == read_facts(edition())
    assert read_facts(folder).sha256 == read_facts(edition()).sha256


def test_the_states_as_a_function_returns_them_may_be_given_back(shipped):
    assert same(sim.run(replicates=FEW, facts=facts.states()), shipped)


def test_a_freer_saudi_arabia_is_nearer_to_an_open_text(shipped):
    own = sim.run(replicates=FEW, facts=edition("SAU", 100.0))
    near, far = (
        {c.motive: c.value for c in run.explain("SAU").contributions}["affinity"]
        for run in (own, shipped)
    )
    assert near > 0 > far


def test_my_own_list_of_firms_replaces_the_other():
    firms = (
        facts.frame_of("organisations")
        .query("name == 'Microsoft'")
        .assign(name="Initech", size_rank=1)
    )
    run = sim.run(replicates=FEW, facts={"organisations": firms})
    assert set(run.signed) == {*facts.state_names(), "Initech"}
    assert run.explain("initech").as_json(changes=False)["said_in_public"] == []
    assert run.table()["registered"].notna().all(), "its states are those of the register"


def test_statements_of_ones_own_stand_beside_an_explanation_and_move_no_hash(shipped):
    words = facts.frame_of("positions").head(1).assign(who="NPL", said="Nepal said so.")
    own = sim.run(replicates=FEW, facts={"positions": words})
    assert [statement.said for statement in own.explain("NPL").said_in_public] == ["Nepal said so."]
    assert own.scenario.sha256 == shipped.scenario.sha256
    assert same(own, shipped)


# A world of one's own


def test_a_world_of_seven_states_is_simulated_explained_and_asked(scenario_file):
    run = sim.run(scenario_file, replicates=FEW, facts=world_frames())
    assert set(run.signed) == {*CODES, "Acme"}
    assert run.outcomes["low"].notna().any()
    assert run.signed["AAA"] == 1.0, "an event has it sign"
    assert list(run.deciles()["states"]) == [1] * len(CODES)
    assert run.misses() == []
    assert run.table()["registered"].isna().all(), "the register is of other states"
    assert run.directory()["supporter_since"].isna().all()
    assert run.explain("Freedonia").changes
    own = {"facts": world_frames(), "replicates": 2}
    assert len(sim.pivots(scenario_file, most=3, **own).table()) == 3
    assert len(sim.outreach(scenario_file, approaches=1, **own).approached) == 1
    assert sim.explain(scenario_file, "Acme", **own).subject.name == "Acme"


def test_states_that_are_all_alike_make_a_world_too(scenario_file):
    frames = world_frames()
    same_for_all = frames["states"].columns[3:]
    frames["states"][same_for_all] = frames["states"][same_for_all].iloc[0].to_numpy()
    frames["states"]["sponsored_operations_to_2018"] = 0
    population = sim.run(scenario_file, replicates=1, facts=frames).setting.population
    assert np.isfinite(population.traits).all()
    assert np.isfinite(population.friends).all()


def test_the_scenarios_that_ship_say_whom_they_miss_in_another_world():
    with pytest.raises(
        sim.InputError, match="convenor is 'FRA', expected the iso3 of a state, such as AAA"
    ):
        sim.run(facts=world_frames())


def test_an_event_of_a_group_without_members_is_refused(scenario_file):
    events = [{"round": 0, "group": "nato", "signs": True}]
    with pytest.raises(sim.InputError, match="no state is in the group 'nato'"):
        sim.run(scenario_file, facts=world_frames(), events=events)


# What is refused


def cell(table: str, row: int, column: str, value: Any) -> Callable[[Path], None]:
    """Another *value* in a table of a folder."""

    def change(folder: Path) -> None:
        frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        frame.loc[row, column] = value
        frame.to_csv(folder / f"{table}.csv", index=False)

    return change


def rows(table: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Path], None]:
    """Other rows or columns in a table of a folder."""

    def apply(folder: Path) -> None:
        frame = pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)
        change(frame).to_csv(folder / f"{table}.csv", index=False)

    return apply


def text(name: str, content: bytes) -> Callable[[Path], None]:
    """A file with this *content*."""
    return lambda folder: (folder / name).write_bytes(content) and None


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "no number": (
        cell("states", 0, "freedom_2017", "free"),
        r"states\.csv, line 2, column freedom_2017: found 'free', expected a number from -4 to 100",
    ),
    "out of range": (
        cell("states", 1, "internet_users_pct_2017", "101"),
        r"line 3, column internet_users_pct_2017: found '101', expected a number from 0 to 100",
    ),
    "negative": (
        cell("states", 1, "population_m_2017", "-3"),
        r"column population_m_2017: found '-3'",
    ),
    "infinite": (
        cell("states", 1, "gdp_usd_bn_2017", "inf"),
        r"column gdp_usd_bn_2017: found 'inf'",
    ),
    "no flag": (cell("states", 1, "eu", "2"), r"line 3, column eu: found '2', expected 0 or 1"),
    "no code": (
        cell("states", 1, "iso3", "fr"),
        r"line 3, column iso3: found 'fr', expected three capital letters",
    ),
    "no vote": (
        cell("states", 1, "unga_73_27_oewg", "maybe"),
        "expected one of yes, no, abstain, absent",
    ),
    "empty cell": (
        cell("states", 1, "name", ""),
        "line 3, column name: the cell is empty, expected a text",
    ),
    "state twice": (
        rows("states", lambda frame: pd.concat([frame, frame.head(1)])),
        r"line 195, column iso3: found AFG a second time, expected each iso3 once",
    ),
    "missing column": (
        rows("states", lambda frame: frame.drop(columns="nato")),
        "the column 'nato' is missing",
    ),
    "unknown column": (
        rows("states", lambda frame: frame.assign(mood=1)),
        "found 'mood' as a column",
    ),
    "one state": (
        rows("states", lambda frame: frame.head(1)),
        "there is no home|expected at least 2",
    ),
    "a figure that no state has": (
        rows("states", lambda frame: frame.assign(freedom_2017="")),
        "column freedom_2017: the cell is empty in all states",
    ),
    "two of one name": (
        cell("organisations", 0, "name", "France"),
        r"organisations\.csv, row France, column name: found 'France' a second time",
    ),
    "a name like a number": (
        cell("organisations", 0, "name", "firm DEU-001"),
        "found 'firm DEU-001', expected a name that scenario files do not use",
    ),
    "unknown home": (
        cell("organisations", 0, "iso3", "XYZ"),
        r"organisations\.csv, column iso3: there is no home 'XYZ', expected one of states\.csv",
    ),
    "firms of states that are gone": (
        rows("states", lambda frame: frame[frame["iso3"] != "USA"]),
        "there is no home 'USA'.*states of one's own need organisations of their own",
    ),
    "rank twice": (
        rows("organisations", lambda frame: frame.assign(size_rank="1")),
        "column size_rank: found 1, 1",
    ),
    "sector of others": (
        cell("organisations", 0, "sector", "advocacy"),
        "column sector: found 'advocacy'",
    ),
    "home that is a state": (
        cell("other_homes", 0, "iso3", "FRA"),
        r"other_homes\.csv, column iso3: found FRA, expected none that is in states\.csv",
    ),
    "speaker unknown": (
        cell("positions", 0, "who", "Kasperski"),
        r"positions\.csv, row Kasperski .*column who",
    ),
    "header alone": (rows("states", lambda frame: frame.head(0)), "found a header without rows"),
    "empty file": (
        text("states.csv", b""),
        r"states\.csv: the file is empty, expected a table in CSV",
    ),
    "binary": (text("states.csv", b"iso3\0"), "found a binary file"),
    "not UTF-8": (text("states.csv", b"iso3,name\n\xff"), "line 2: found bytes that are not UTF-8"),
    "misspelt table": (
        text("state.csv", b"iso3\n"),
        r"found a table of that name.*did you mean 'states\.csv'",
    ),
    "another register": (
        text("paris_call_states.csv", b"iso3,not_yet_on,signed_by,basis\nFRA,,2018-11-12,x\n"),
        "found another table than the one that ships, expected the same or none",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_with_file_row_and_column(fault, folder):
    change, sentence = FAULTS[fault]
    change(folder)
    with pytest.raises(sim.InputError, match=sentence) as error:
        read_facts(folder)
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "nowhere",
            (
                "facts is 'nowhere': there is no such folder, expected a folder with some of"
                " states.csv"
            ),
        ),
        (Path(__file__), "found a file, expected a folder"),
        (Path(__file__).parent / "golden", "found none of these tables in it"),
        ({}, "facts: found no table"),
        (
            {"state": pd.DataFrame()},
            "facts: found a table 'state', expected some of .*; did you mean 'states'",
        ),
        ({"states": [1]}, r"facts, states: found \[1\], expected a folder, or pandas frames"),
        (3, "facts, states: found 3, expected a folder, or pandas frames"),
        (pd.DataFrame({"iso3": ["FRA"]}), "facts, states, header: the column 'name' is missing"),
        (
            {"organisations": facts.frame_of("organisations").assign(size_rank=0)},
            (
                "facts, organisations, row 1, column size_rank: found '0', expected a whole number"
                " from 1 to 1000"
            ),
        ),
    ],
)
def test_what_is_no_world_is_refused(source, sentence):
    with pytest.raises(sim.InputError, match=sentence):
        read_facts(source)


@given(
    column=st.sampled_from(["freedom_2017", "gdp_usd_bn_2017", "nato", "power_cinc_2018", "iso3"]),
    value=st.one_of(
        st.floats(min_value=1e7),
        st.floats(max_value=-1e7),
        st.text("abxyzÄ!?", min_size=4, max_size=6),
    ),
)
def test_no_value_out_of_range_gets_through(column, value):
    states = facts.frame_of("states").astype({column: object})
    states.at[0, column] = value
    with pytest.raises(sim.InputError, match=f"column {column}: (found|the cell is empty)"):
        read_facts(states)


def test_the_command_line_ends_with_exit_code_2_and_writes_nothing(
    folder, tmp_path, monkeypatch, capsys
):
    FAULTS["no number"][0](folder)
    out = tmp_path / "out.json"
    for command in (["run", "paris-call-2018"], ["explain", "paris-call-2018", "FRA"],
                    ["pivots", "paris-call-2018"], ["outreach", "paris-call-2018"],
                    ["compare", "paris-call-2018", "states-only"]):  # fmt: skip
        monkeypatch.setattr(
            sys, "argv", ["parley", *command, "--facts", str(folder), "--json", str(out)]
        )
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert end.value.code == 2
        assert "column freedom_2017: found 'free'" in capsys.readouterr().err
        assert not out.exists()


# One world and another


def test_another_edition_moves_the_hash_and_the_manifest_says_whose_facts_they_are(folder, shipped):
    edition().to_csv(folder / "states.csv", index=False)
    own = sim.run(replicates=FEW, facts=folder)
    assert own.scenario.sha256 != shipped.scenario.sha256
    assert own.manifest["facts"] == {
        "label": "mine",
        "sha256": own.scenario.facts.sha256,
        "tables": ["states"],
    }
    assert shipped.manifest["facts"] == {
        "label": "shipped",
        "sha256": facts.data_sha256(),
        "tables": [],
    }
    assert str(folder.parent) not in json_text(own.manifest)


def test_a_run_is_repeated_with_the_same_facts_and_with_no_others(folder, tmp_path):
    edition().to_csv(folder / "states.csv", index=False)
    own = sim.run(replicates=FEW, facts=folder)
    file = tmp_path / "manifest.json"
    file.write_text(json_text(own.manifest), encoding="utf-8")
    again = read_manifest(file, folder)
    assert same(sim.run(again.scenario, replicates=again.replicates, seed=again.seed), own)
    with pytest.raises(
        sim.InputError, match=r"found the facts that ship, expected the facts mine .* by --facts"
    ):
        read_manifest(file)
    with pytest.raises(
        sim.InputError, match="found the facts frames: states, expected the facts mine"
    ):
        read_manifest(file, edition("DEU"))
    file.write_text(json_text(sim.run(replicates=1).manifest), encoding="utf-8")
    with pytest.raises(sim.InputError, match="found the facts mine beside it, expected none"):
        read_manifest(file, folder)


def test_two_worlds_in_one_process_do_not_meet(shipped):
    first, second = ({"replicates": FEW, "facts": edition("FRA", score)} for score in (0.0, 40.0))
    alone = [sim.run(**first), sim.run(**second)]
    assert not same(*alone)
    together: dict[int, sim.Run] = {}

    def work(place: int, arguments: dict[str, Any]) -> None:
        together[place] = sim.run(**arguments)

    threads = [
        threading.Thread(target=work, args=each)
        for each in enumerate([second, first, {"replicates": FEW}])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert same(together[0], alone[1])
    assert same(together[1], alone[0])
    assert same(together[2], shipped)
    assert facts.states().loc["FRA", "freedom_2017"] > 80


def test_a_mesa_model_keeps_worlds_apart_too():
    models = [sim.ParleyModel(facts=source) for source in (None, edition("FRA"), None)]
    for model in models:
        model.run_for(12)
    openness = [
        next(agent for agent in model.agents if agent.id == "FRA").openness for model in models
    ]
    assert openness[0] == openness[2] > openness[1] == 0.0


def test_a_world_can_be_sent_to_another_process():
    scenario = sim.load("paris-call-2018", facts=edition())
    copy = pickle.loads(pickle.dumps(scenario))
    assert (copy.sha256, copy.facts.label) == (scenario.sha256, scenario.facts.label)


def test_a_comparison_pairs_those_who_are_in_both_worlds():
    firms = (
        facts.frame_of("organisations")
        .query("name == 'Microsoft'")
        .assign(name="Initech", size_rank=1)
    )
    own = sim.load("paris-call-2018", facts={"organisations": firms})
    comparison = sim.compare("paris-call-2018", own, replicates=2)
    assert set(comparison.signed) == set(facts.state_names())


def test_one_states_other_facts_do_not_give_its_conduct_away():
    comparison = sim.compare(
        "paris-call-2018", sim.load("paris-call-2018", facts=edition("SLB", 78.0)), replicates=2
    )
    assert set(comparison.signed.values()) == {0.0}, "nobody signs who did not"
    assert "state_low" in comparison.withheld


def test_fits_and_evidence_take_no_facts_of_ones_own():
    own = sim.load("paris-call-2018", facts=edition())
    for function in (lambda: calibrate(own), lambda: transfer(own, {"FRA": None})):
        with pytest.raises(
            sim.InputError, match="found the facts frames: states, expected those that ship"
        ):
            function()


def test_in_a_world_of_ones_own_nothing_is_fitted_to_the_register(scenario_file):
    run = sim.run(scenario_file, replicates=1, facts=world_frames())
    assert set(run.outcomes["basis"]) == {"extrapolated", "assumed"}
    assert "world" in run.scenario.extrapolations
    assert sim.basis_of_signing(sim.load(scenario_file, facts=world_frames())) == "extrapolated"
