"""Outreach: lists of approaches, their gains, and how they are chosen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from command_outputs import parley
from test_names_and_conduct import in_frame, in_json, in_lines

import sim
from sim.experiments.approach_lists import LISTS, MarginalGains, at_random, fresh_seed, lazy_greedy
from sim.experiments.approaches import Campaign, candidates
from sim.experiments.influence import ASSUMES
from sim.experiments.simulate import Setting, SignaturesAlone, simulate, worlds_of
from sim.request import Request
from sim.results.outreach import PRACTICALLY_ALL
from sim.scenario import Scenario
from sim.writing import json_text

# Some states are willing and some are not, few take the matter up by themselves, and the Union
# signs early.
FEW_REACHED = {
    "state_attention_gradient": 8,
    "state_attention_base": 0.003,
    "state_attention_campaign": 0.05,
    "state_attention_launch": 1.0,
    "state_affinity": 4,
    "state_burden": 5,
    "state_inclination": -1.5,
    "rationality": 3,
}
UNION_SIGNS = {"round": -2, "group": "eu", "signs": True}
FEW = {"approaches": 3, "replicates": 6, "seed": 2}
FEWEST = {"approaches": 2, "replicates": 2}


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Half a year of a code for states alone that few take up; a world takes a millisecond."""
    file = tmp_path_factory.mktemp("scenario") / "short.toml"
    file.write_text('base = "states-only"\nfirst_round = -2\nlast_round = 6\n', encoding="utf-8")
    return sim.load(file).with_changes(set=FEW_REACHED, events=[UNION_SIGNS])


@pytest.fixture(scope="module")
def result(short: Scenario) -> sim.Outreach:
    return sim.outreach(short, **FEW)


def campaign_of(
    scenario: Scenario, start: int = 0, last: int = 2, strength: float = 0.8
) -> Campaign:
    return Campaign(scenario, Setting.from_scenario(scenario), start, last, strength)


def signatories(scenario: Scenario, events: list, replicates: int, seed: int) -> np.ndarray:
    """[replicates] states that have signed by the end, by the whole engine."""
    run = sim.run(scenario, events=events, replicates=replicates, seed=seed)
    return run.by_replicate["signatories", "state"]


def test_the_gains_are_those_of_the_scenario_with_the_approaches_as_events(short, result):
    base = signatories(short, [], result.worlds, fresh_seed(2))
    signed_after = signatories(short, result.events, result.worlds, fresh_seed(2))
    gains = result.judgement.lists[:, :, :2].sum(axis=2)
    assert np.array_equal(gains[:, LISTS.index("greedy")], signed_after - base)
    assert np.array_equal(result.judgement.gains.sum(axis=1), signed_after - base)
    for name in ("region first", "by size"):
        event = {"round": 0, "who": result.members[name], "outreach": 0.8, "until": 2}
        of_list = signatories(short, [event], result.worlds, fresh_seed(2))
        assert np.array_equal(gains[:, LISTS.index(name)], of_list - base)


def test_a_random_list_is_a_list_of_its_own_in_each_world(short, result):
    number, place = 3, LISTS.index("random")
    names, other = (at_random(result.pool, 3, fresh_seed(2), q) for q in (number, number + 1))
    assert names != other
    event = {"round": 0, "who": [c.who for c in names], "outreach": 0.8, "until": 2}
    more = signatories(short, [event], number + 1, fresh_seed(2)) - signatories(
        short, [], number + 1, fresh_seed(2)
    )
    assert result.judgement.lists[number, place, :2].sum() == more[number]


def test_only_worlds_that_can_differ_are_played_and_none_is_missed():
    """Five years, with exits, and a second approach beside a first."""
    feeds_back = {**FEW_REACHED, "state_peers": 8, "exit_attention": 0.2, "exit_cost": 0}
    scenario = sim.load("states-only").with_changes(set=feeds_back)
    campaign = campaign_of(scenario)
    first, second = (c for c in candidates(campaign.setting, 0) if c.who in ("IND", "KEN"))
    base = simulate(campaign.setting, 8, 4, SignaturesAlone())
    one = campaign.added_to(base, [first], 4)
    both = campaign.added_to(one, [first, second], 4)
    alone = simulate(campaign.setting_with([first]), 8, 4, SignaturesAlone())
    assert np.array_equal(one.signed_round, alone.signed_round)
    whole = simulate(campaign.setting_with([first, second]), 8, 4, SignaturesAlone())
    assert all(np.array_equal(a, b) for a, b in zip(both[2:], whole[2:], strict=True))
    assert (base.signed_round != both.signed_round).any()


def test_the_first_choice_is_the_best_single_one_under_the_draws_it_is_chosen_by(short, result):
    def mean(*events: dict) -> float:
        return signatories(short, list(events), result.replicates, 2).mean()

    base, some = mean(), result.pool[:20] + result.picks[:1]
    gains = {
        c.who: mean({"round": 0, "who": c.who, "outreach": 0.8, "until": 2}) - base for c in some
    }
    assert gains[result.picks[0].who] == pytest.approx(max(gains.values()))
    assert result.when_chosen[0] == pytest.approx(max(gains.values()))


def test_an_approach_without_strength_gains_nothing(short):
    result = sim.outreach(short, **FEWEST, strength=0)
    assert not result.judgement.lists.any()
    assert not result.judgement.gains.any()
    assert set(result.when_chosen) == {0.0}
    assert set(result.approached["rank"]) == {1}


def test_greedy_gains_more_than_random(short):
    lists = sim.outreach(short, approaches=8, replicates=8).lists.set_index("list")
    assert lists.loc["random", "greedy_less_low"] > 0
    assert lists.loc["greedy", "low"] > 0
    assert (lists.loc["greedy", "gain"] > lists["gain"].drop("greedy")).all()


@pytest.mark.long
def test_a_few_approaches_gain_more_than_random_ones_under_the_shipped_weights():
    lists = sim.outreach("paris-call-2018", approaches=3, replicates=20).lists.set_index("list")
    assert lists.loc["random", "greedy_less_low"] > 0


@pytest.mark.parametrize(
    "dials",
    [
        pytest.param({}, id="as fitted", marks=pytest.mark.long),
        pytest.param(FEW_REACHED, id="unreached", marks=pytest.mark.release),
    ],
)
def test_twenty_approaches_gain_more_than_random_ones(dials):
    lists = sim.outreach(
        "paris-call-2018", set=dials, events=[UNION_SIGNS] if dials else []
    ).lists.set_index("list")
    assert lists.loc["random", "greedy_less_low"] > 0


def test_whoever_signs_anyway_gains_nothing_by_an_approach_and_gets_none(short):
    always = short.with_changes(events=[{"round": -2, "who": ["IND", "CHN"], "signs": True}])
    campaign = campaign_of(always)
    everybody = candidates(campaign.setting, 0)
    request = Request(always, replicates=4, seed=2)
    base = worlds_of(request, campaign.setting, SignaturesAlone())
    choice = MarginalGains(request, campaign, everybody, base)
    places = [k for k, c in enumerate(everybody) if c.who in ("IND", "CHN")]
    assert choice.gains([], places) == [0, 0]
    pool = {c.who for c in sim.outreach(always, **FEWEST).pool}
    assert {"IND", "CHN"} & pool == set()
    assert PRACTICALLY_ALL < 1


def test_the_union_is_approached_as_one_where_it_votes_as_one(short):
    as_one, apart = (
        candidates(Setting.from_scenario(short.with_changes(set={"bloc_votes": v})), 0)
        for v in (1, 0)
    )
    union = [c for c in as_one if len(c.reaches) > 1]
    assert [len(c.reaches) for c in union] == [28]
    assert union[0].name.endswith("for the European Union")
    assert len(apart) == len(as_one) + 27 == 193
    assert all(c.reaches == (c.index,) for c in apart)


def test_for_the_union_speaks_its_largest_member_that_may_decide():
    def speaker(*abstainers: str) -> str:
        events = [{"round": 1, "who": list(abstainers), "signs": False}] if abstainers else []
        setting = Setting.from_scenario(sim.load("states-only").with_changes(events=events))
        return next(c.who for c in candidates(setting, 0) if len(c.reaches) > 1)

    first = speaker()
    assert speaker(first) not in (first, "MLT")


def test_an_approach_comes_on_top_of_the_scenariosown_outreach(short):
    own = [
        {"round": 0, "who": "KEN", "outreach": 0.3, "until": 1},
        {"round": 4, "who": "KEN", "outreach": 9.9},
    ]
    scenario = short.with_changes(events=own)
    campaign = campaign_of(scenario, start=1, last=4)
    kenya, togo = (c for c in candidates(campaign.setting, 1) if c.who in ("KEN", "TGO"))
    there = Campaign(scenario, campaign.setting_with([kenya, togo]), 1, 4, 0.8)
    assert there.own_outreach(kenya.index).tolist() == pytest.approx(
        [0, 0, 0.3, 1.1, 0.8, 0.8, 10, 9.9, 9.9]
    )
    assert there.own_outreach(togo.index).tolist() == pytest.approx(
        [0, 0, 0, 0.8, 0.8, 0.8, 0.8, 0, 0]
    )


def test_a_gain_is_made_of_the_approached_and_of_others(result):
    rows = result.approached
    assert (rows["itself"] + rows["others"]).tolist() == pytest.approx(rows["gain"].tolist())
    lists = result.lists.set_index("list")
    assert (lists["approached"] + lists["others"]).tolist() == pytest.approx(lists["gain"].tolist())
    assert lists.loc["greedy", "gain"] == pytest.approx(rows["gain"].sum())
    assert not lists.loc["greedy", ["greedy_less", "greedy_less_low", "greedy_less_high"]].any()


def test_where_nobody_heeds_anybody_all_gains_are_of_the_approached(short):
    result = sim.outreach(
        short.with_changes(set={"state_peers": 0, "state_patron": 0, "state_security": 0}), **FEWEST
    )
    assert not result.approached[["others", "others_low", "others_high"]].any(axis=None)


def test_not_reached_is_told_apart_from_would_decline(result):
    run = sim.run(result.scenario, replicates=result.worlds, seed=fresh_seed(2))
    i = result.picks[0].index
    row = result.approached.iloc[0]
    assert row["end_not_reached"] == (run.output.taken_up_round[:, 0, i] > 100).mean()
    assert row["end_declines"] == (run.output.status[:, 0, i] == 2).mean()
    assert row["before_not_reached"] == (run.output.taken_up_round[:, 0, i] >= 0).mean()
    for when in ("before", "end"):
        assert sum(
            row[f"{when}_{status.column}"] for status in sim.STATUSES.values()
        ) == pytest.approx(1)


def test_before_the_first_round_nobody_is_reached(short):
    rows = sim.outreach(short, **FEWEST, from_round=-2).approached
    assert set(rows["before_not_reached"]) == {1.0}


def test_workers_change_nothing(short):
    one, three = (sim.outreach(short, **FEWEST, workers=workers) for workers in (1, 3))
    assert one.as_json() == three.as_json()


def test_a_list_is_judged_under_other_draws_than_it_is_chosen_by(result):
    assert result.arguments["seed_of_judgement"] == fresh_seed(2) != 2
    assert result.worlds == 2 * result.replicates
    assert len({fresh_seed(seed) for seed in range(100)}) == 100


def test_progress_rises_to_its_end(short):
    reports: list[tuple[int, int]] = []
    sim.outreach(
        short, **FEWEST, progress=lambda count, total: reports.append((count, total)), workers=1
    )
    assert [count for count, _ in reports] == sorted(count for count, _ in reports)
    assert reports[-1][0] == reports[-1][1]
    assert len({total for _, total in reports}) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"approaches": 0}, "approaches is 0, expected a whole number from 1 to 166"),
        ({"approaches": 193}, "approaches is 193, expected a whole number from 1 to 166"),
        ({"months": 8}, "months is 8, expected a whole number from 1 to 7"),
        ({"strength": 11}, "strength is 11, expected a number from 0 to 10"),
        ({"strength": float("nan")}, "strength is nan, expected a number from 0 to 10"),
        ({"from_round": -9}, "from_round is -9, expected a whole number from -2 to 6"),
        ({"date": "2017-01-01"}, "date is '2017-01-01', expected a date such as 2018-11-12"),
    ],
)
def test_what_makes_no_sense_is_refused(short, arguments, message):
    with pytest.raises(sim.InputError, match=message):
        sim.outreach(short, replicates=1, **arguments)


def test_more_approaches_than_there_are_states_to_win_are_refused(short):
    scenario = short.with_changes(events=[{"round": 0, "group": "african_union", "signs": True}])
    with pytest.raises(
        sim.InputError,
        match=r"approaches is 160, expected at most \d+, as the others of 166 states",
    ):
        sim.outreach(scenario, approaches=160, replicates=1)


def test_a_code_that_states_may_not_sign_has_nobody_to_approach(tmp_path):
    file = tmp_path / "firms.toml"
    file.write_text('base = "paris-call-2018"\n[code]\nmay_sign = ["firms"]\n', encoding="utf-8")
    with pytest.raises(sim.InputError, match="states may not sign this code"):
        sim.outreach(file, replicates=1)


def test_every_output_says_what_it_assumes_and_joins_no_name_to_conduct(result, tmp_path):
    files = {path.name: path.read_text(encoding="utf-8") for path in result.save(tmp_path, ["csv"])}
    assert set(files) == {"approached.csv", "lists.csv", "manifest.json"}
    assert all(ASSUMES in content for content in files.values())
    assert list(in_json(json.loads(json.dumps(result.as_json())))) == []
    assert in_frame(result.approached) == []
    assert in_frame(result.lists) == []


def test_the_documentation_names_every_key(result):
    words = (Path(__file__).resolve().parent.parent / "docs" / "json.md").read_text(
        encoding="utf-8"
    )
    content = result.as_json()
    keys = {*content, *content["asked"], *content["approached"][0], *content["lists"][0]}
    assert [key for key in keys if f"`{key}`" not in words] == []


def scenario_file(folder: Path) -> str:
    """The short scenario as a file of its own."""
    dials = "".join(f"{name} = {value}\n" for name, value in FEW_REACHED.items())
    head = 'base = "states-only"\nfirst_round = -2\nlast_round = 6\n'
    events = '[[events]]\nround = -2\ngroup = "eu"\nsigns = true\n'
    (folder / "short.toml").write_text(f"{head}[parameters]\n{dials}{events}", encoding="utf-8")
    return str(folder / "short.toml")


def test_the_command_says_in_json_what_python_says(short, monkeypatch, capsys, tmp_path):
    arguments = ("--approaches", "2", "--replicates", "2", "--seed", "2", "--json", "-")
    content = json.loads(
        parley(monkeypatch, capsys, "outreach", scenario_file(tmp_path), *arguments)
    )
    content_of_python = json.loads(json_text(sim.outreach(short, **FEWEST, seed=2).as_json()))
    assert list(in_json(content)) == []
    assert {**content, "manifest": content["manifest"]["scenario"]["sha256"]} == {
        **content_of_python,
        "manifest": content_of_python["manifest"]["scenario"]["sha256"],
    }


def test_the_command_prints_what_the_figures_rest_on(monkeypatch, capsys, tmp_path):
    few = (
        "--approaches",
        "2",
        "--replicates",
        "2",
        "--date",
        "2018-12-01",
        "--months",
        "2",
        "--strength",
        "0.5",
    )
    output = parley(
        monkeypatch,
        capsys,
        "outreach",
        scenario_file(tmp_path),
        *few,
        "--out",
        str(tmp_path / "out"),
    )
    content = " ".join(output.split())
    assert ASSUMES in content
    assert "[extrapolated from the fit]" in content
    facts = (
        "2 of 166 states",
        "over 2 months from round 1 on",
        "0.5 a month",
        "2 simulated worlds",
        "seed 1",
        *LISTS,
    )
    assert [fact for fact in facts if fact not in content] == []
    assert in_lines(output) == []
    assert {"approached.parquet", "lists.json", "manifest.json"} <= {
        p.name for p in (tmp_path / "out").iterdir()
    }


def test_the_events_of_the_answer_make_a_scenario(short, result):
    assert result.events == [
        {"round": 0, "who": [c.who for c in result.picks], "outreach": 0.8, "until": 2}
    ]
    assert short.with_changes(events=result.events).events[-1].what == "outreach"


COVERS = [{1, 2, 3}, {3, 4}, {1, 2}, {5}, {4, 5, 6}, set()]


def gains_of_cover(choice, candidates_of_choice):
    cover = set().union(*(COVERS[c] for c in choice))
    return [float(len(COVERS[c] - cover)) for c in candidates_of_choice]


def test_lazy_evaluation_chooses_what_greed_does_and_tries_fewer():
    trials = []

    def count(choice, some):
        trials.extend(some)
        return gains_of_cover(choice, some)

    lazily = lazy_greedy(len(COVERS), 4, count)
    greedily: list[int] = []
    while len(greedily) < 4:
        rest = [c for c in range(len(COVERS)) if c not in greedily]
        greedily.append(rest[int(np.argmax(gains_of_cover(greedily, rest)))])
    assert [c for c, _ in lazily] == greedily
    assert [gain for _, gain in lazily] == [3, 3, 0, 0]
    assert len(trials) < 6 + 5 + 4 + 3
