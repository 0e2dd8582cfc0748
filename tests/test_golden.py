"""One golden record per scenario. `make golden` writes them anew; the changelog then says "Results
change".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from engine_outputs import play

from sim.engine.outputs import CODE_COLUMNS, WORLD_COLUMNS
from sim.scenario import available

GOLDEN = Path(__file__).parent / "golden"
REPLICATES, SEED = 5, 1
SCENARIOS = [name for name, _, _ in available()]


def record_of(name: str) -> dict[str, list[float]]:
    """Every column at the end of each replicate (codes) or summed over its rounds (world)."""
    output = play(name, replicates=REPLICATES, seed=SEED).output
    last, sums = output.per_code[:, -1, 0], output.worldwide.sum(axis=1)
    return {c: last[:, i].tolist() for i, c in enumerate(CODE_COLUMNS)} | {
        f"{c} (sum)": sums[:, i].tolist() for i, c in enumerate(WORLD_COLUMNS)
    }


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_gives_the_record_it_gave(name: str, refresh_golden: bool) -> None:
    file = GOLDEN / f"{name}.json"
    record = record_of(name)
    if refresh_golden:
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")
    golden = json.loads(file.read_text(encoding="utf-8"))
    assert record.keys() == golden.keys()
    for column, values in golden.items():
        assert record[column] == pytest.approx(values, rel=1e-6, abs=1e-9), column


def test_no_golden_record_is_left_over() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == sorted(SCENARIOS)
