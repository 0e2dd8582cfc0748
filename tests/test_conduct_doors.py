"""Whatever the library answers about conduct passes one door, and is listed here.

In one scenario China alone has means to act against the code, and nobody lapses, so all conduct in
it is China's: whatever differs between two seeds tells of it. All public classes and functions that
simulate are asked twice, with the door and without it. What differs without it alone is guarded;
what differs with it, too, is listed by its reason. A new public name that carries conduct is in
neither list, and fails the test.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import InputError
from sim.kinds_and_statuses import KINDS
from sim.results import disclosure
from sim.writing import toml_text

pytestmark = pytest.mark.long
WORLDS = 2
FIRST = sim.load("paris-call-2018").first_round
SILENCE: Mapping[str, Any] = {
    "lapse_base": 0.0,
    "attention_scale": 0,
    **{f"{kind}_attention_base": 0 for kind in KINDS},
}
EVENTS: list[dict[str, Any]] = [
    {"round": 0, "who": "CHN", "signs": True},
    *({"round": FIRST, "kind": each, "trait": "offence", "value": 0.0} for each in KINDS),
    {"round": FIRST, "who": "CHN", "trait": "offence", "value": 0.9},
]
CHINA_ALONE = sim.load("paris-call-2018").with_changes(set=SILENCE, events=EVENTS)
NOBODY_SIGNS = sim.load("paris-call-2018").with_changes(
    set={**SILENCE, "exit_cost": 14.000001}, events=EVENTS[1:]
)
OF_CONDUCT = [name for name, outcome in sim.OUTCOMES.items() if not outcome.of_signing]

# Told for whoever is meant to see it, and nothing of conduct in it: seeds, files, what was asked.
NOT_ASKED = {"save", "simulate_assumptions", "find_changes", "explain", "manifest", "seed"} | {
    *("dataset", "hash", "parts", "sha256")
}
WITH_ARGUMENTS: Mapping[str, list[tuple[Any, ...]]] = {
    "Run.history": [(name,) for name in OF_CONDUCT],
    "Run.values": [(name,) for name in OF_CONDUCT],
    "Run.assumptions": [(name, "all") for name in OF_CONDUCT],
    "Run.listed_among": [(["CHN"],)],
    "Run.world": [(1,)],
    "Run.named_operations": [(1,)],
    "Analysis.records": [("points",)],
}

GUARDED = {
    *(f"Run.{name}" for name in ("as_json", "assumptions", "frames", "harm_prevented", "history")),
    *("Run.outcomes", "Comparison.as_json", "Comparison.outcomes"),
    *(f"Frontier.{name}" for name in ("as_json", "changes", "sentences", "table")),
    *("SweepResult.frame", "SweepResult.means"),
    *("hysteresis confidence", "hysteresis operations"),
}
# Arrays of single worlds, which no page, file or sentence shows: whoever takes them does so
# knowingly.
OF_WORLDS = {
    *(f"Run.{name}" for name in ("by_replicate", "conduct_worlds", "harm_by_replicate")),
    *("Run.over_assumptions", "Run.values", "Explanation.moment", "Explanation.at_the_date"),
    *("Stability.at_median", "Mesa model"),
}
# Numbers of signing: who weighs a signature has seen what everybody sees of others' conduct.
OF_SIGNING = {
    *(f"Explanation.{name}" for name in ("answer", "as_json", "changes_as_json", "standing")),
    *("Outreach.arguments", "Outreach.as_json", "Outreach.lists"),
    *("Stability.as_json", "Stability.table"),
}


def text(value: Any) -> str:
    """*value* as text in which what differs is seen, but for seeds."""
    if isinstance(value, pd.DataFrame):
        return value.to_csv(index=False)
    if isinstance(value, Mapping):
        return str({str(key): text(each) for key, each in value.items() if key != "seed"})
    if isinstance(value, (set, frozenset)):
        return str(sorted(map(str, value)))
    if isinstance(value, (list, tuple)):
        return str([text(each) for each in value])
    if isinstance(value, np.ndarray):
        return json.dumps(value.tolist(), default=str)
    return str(value)


def members(answer: Any) -> dict[str, str]:
    """What each public member of *answer* has to say, by the name of its class and its own."""
    found = {}
    kind = type(answer)
    for name in dir(kind):
        if name.startswith("_") or name in NOT_ASKED:
            continue
        own = f"{kind.__name__}.{name}"
        try:
            member = getattr(answer, name)
            if not inspect.isroutine(member):
                found[own] = text(member)
            elif own in WITH_ARGUMENTS:
                for arguments in WITH_ARGUMENTS[own]:
                    found[own] = found.get(own, "") + text(member(*arguments))
            else:
                found[own] = text(member())
        except InputError:
            pass  # it asks for conduct by name, or for a second code
    return found


def sweep(seed: int, folder: Path) -> sim.SweepResult:
    """A sweep of one dial in the scenario, with every outcome of conduct."""
    file = folder / "china.toml"
    write_scenario(file)
    table = {"scenario": str(file), "replicates": WORLDS, "seed": seed,
             "levers": {"monitoring": [0, 0.5]}, "outcomes": OF_CONDUCT}  # fmt: skip
    return sim.sweep(table, folder / "out")


def write_scenario(file: Path) -> None:
    """Writes CHINA_ALONE as a scenario file."""
    tables = {"parameters": dict(SILENCE), "events": EVENTS}
    file.write_text(f'base = "paris-call-2018"\n{toml_text(tables)}', encoding="utf-8")


def model_data(seed: int) -> pd.DataFrame:
    """What a Mesa model collects in a year."""
    model = sim.ParleyModel(CHINA_ALONE, seed=seed)
    model.run_for(12 - FIRST)
    return model.datacollector.get_model_vars_dataframe()


def hysteresis(seed: int, outcome: str) -> str:
    try:
        found = sim.hysteresis(
            "monitoring", outcome, CHINA_ALONE, steps=2, replicates=WORLDS, seed=seed
        )
    except InputError as refusal:
        return str(refusal)
    return text(found.frame) + found.sentence


# Every public function with luck in it, by what it answers about the scenario.
ASKED: Mapping[str, Callable[[int, Path], dict[str, str]]] = {
    "run": lambda seed, _: members(sim.run(CHINA_ALONE, replicates=WORLDS, seed=seed)),
    "compare": lambda seed, _: members(
        sim.compare(CHINA_ALONE, NOBODY_SIGNS, replicates=WORLDS, seed=seed)
    ),
    "frontier": lambda seed, _: members(
        sim.frontier(CHINA_ALONE, depths=3, replicates=WORLDS, seed=seed)
    ),
    "stability": lambda seed, _: members(sim.stability(CHINA_ALONE, replicates=WORLDS, seed=seed)),
    "pivots": lambda seed, _: members(
        sim.pivots(CHINA_ALONE, who=["FRA"], replicates=WORLDS, seed=seed)
    ),
    "outreach": lambda seed, _: members(
        sim.outreach(CHINA_ALONE, approaches=1, replicates=WORLDS, seed=seed)
    ),
    "explain": lambda seed, _: members(
        sim.explain(CHINA_ALONE, "CHN", replicates=WORLDS, seed=seed)
    ),
    "compare_lenses": lambda seed, _: members(
        sim.compare_lenses(CHINA_ALONE, replicates=WORLDS, seed=seed)
    ),
    "participation": lambda seed, _: {
        "participation": text(sim.participation(CHINA_ALONE, replicates=WORLDS, seed=seed))
    },
    "hysteresis": lambda seed, _: {
        f"hysteresis {name}": hysteresis(seed, name) for name in ("operations", "confidence")
    },
    "sweep": lambda seed, folder: members(sweep(seed, folder)),
    "ParleyModel": lambda seed, _: {"Mesa model": text(model_data(seed))},
}
# These know of no conduct: fits, talks, theorems and texts.
WITHOUT_CONDUCT = {"backtest", "calibrate", "classic", "negotiate", "predict", "load_sweep"}
# It hands single worlds to another library.
OF_OTHERS = {"ema_model"}


def test_every_public_function_with_luck_in_it_is_asked():
    with_seed = {
        name
        for name in sim.__all__
        if inspect.isfunction(getattr(sim, name))
        and "seed" in inspect.signature(getattr(sim, name)).parameters
    }
    assert with_seed | {"ParleyModel"} == {*ASKED} | WITHOUT_CONDUCT | OF_OTHERS


def differing(folder: Path) -> set[str]:
    """The members whose answers differ between two seeds."""
    found: list[dict[str, str]] = []
    for seed in (1, 2):
        own = folder / str(seed)
        own.mkdir()
        answers = [ask(seed, own) for ask in ASKED.values()]
        found.append({name: each for answer in answers for name, each in answer.items()})
    assert found[0].keys() == found[1].keys()
    return {name for name in found[0] if found[0][name] != found[1][name]}


def test_what_tells_of_conduct_is_guarded_or_listed(tmp_path, monkeypatch):
    (tmp_path / "guarded").mkdir()
    (tmp_path / "open").mkdir()
    guarded = differing(tmp_path / "guarded")
    monkeypatch.setattr(disclosure, "_parts", lambda *_: frozenset())
    monkeypatch.setattr(disclosure, "FEWEST", 0)
    opened = differing(tmp_path / "open")
    assert guarded == OF_WORLDS | OF_SIGNING
    assert opened - guarded == GUARDED
