"""The table [rival] of a scenario file: read like [code], layer by layer, and refused in one
sentence where wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.errors import InputError
from sim.scenario import load

CALL = load("paris-call-2018")
BASE = 'base = "paris-call-2018"\n[rival]\n'
WHOLE = (
    'name = "Second"\nlaunch = 2018-12-05\nconvenor = "RUS"\nopenness = 0.3\npublic_rule = 0.8\n'
    'may_sign = ["states"]\nrestraint = 0.4\nburden = 0.2\n'
)
FAULTS = {
    "unknown key": (BASE + WHOLE + "opennes = 1\n", "mine.toml, [rival]: found the key 'opennes'"),
    "a key is missing": (
        BASE + WHOLE.replace("openness = 0.3\n", ""),
        "mine.toml, [rival]: openness is missing",
    ),
    "the same name twice": (
        BASE + WHOLE.replace('"Second"', f'"{CALL.code.name}"'),
        "expected another name than that of the first code",
    ),
    "it opens after the last round": (
        BASE + WHOLE.replace("2018-12-05", "2030-01-01"),
        "mine.toml, [rival]: launch is 2030-01-01, expected a date",
    ),
    "it opened before the first round": (
        BASE + WHOLE.replace("2018-12-05", "2015-01-01"),
        "launch is 2015-01-01",
    ),
    "unknown convenor": (
        BASE + WHOLE.replace("RUS", "XXX"),
        "[rival]: convenor is 'XXX', expected the iso3",
    ),
    "nobody may sign": (
        BASE + WHOLE.replace('["states"]', "[]"),
        "mine.toml, [rival]: may_sign is []",
    ),
    "no table": (
        'base = "paris-call-2018"\nrival = 1\n',
        "mine.toml: rival is 1, expected a table [rival]",
    ),
    "its dial without it": (
        'base = "paris-call-2018"\n[parameters]\nrival_open = 0\n',
        "found rival_open, expected it only beside",
    ),
    "half open": (
        BASE + WHOLE + "[parameters]\nrival_open = 0.5\n",
        "rival_open is 0.5, expected a whole number",
    ),
    "out of range": (
        BASE + WHOLE + "[parameters]\nattention_division = 2\n",
        "attention_division is 2, expected",
    ),
    "an event of a dial": (
        BASE + WHOLE + '[[rival.events]]\nround = 1\ndial = "monitoring"\nvalue = 1\n',
        "dial is 'monitoring'",
    ),
    "an event of one that may not sign": (
        BASE + WHOLE + '[[rival.events]]\nround = 1\nkind = "firm"\nsigns = true\n',
        "one of those who may sign",
    ),
    "a dial of it in an event": (
        BASE + WHOLE + '[[events]]\nround = 1\ndial = "rival_open"\nvalue = 0\n',
        "there is no dial 'rival_open'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_second_code_is_refused_in_one_sentence(fault: str, tmp_path: Path) -> None:
    content, message = FAULTS[fault]
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as problem:
        load(tmp_path / "mine.toml")
    assert message in str(problem.value)
    assert "\n" not in str(problem.value)


def test_talks_over_the_first_text_and_a_second_code_are_not_had_together(tmp_path: Path) -> None:
    talks = '[negotiation]\nin_force = 0\ngroup = "2017"\n'
    (tmp_path / "mine.toml").write_text(BASE + WHOLE + talks, encoding="utf-8")
    with pytest.raises(InputError, match="beside a second code, expected one of the two"):
        sim.run(tmp_path / "mine.toml", replicates=1)
    off = load(tmp_path / "mine.toml").with_changes(set={"rival_open": 0})
    assert sim.run(off, replicates=1, conduct=False).negotiation is not None
    tabled = load(tmp_path / "mine.toml").with_table({"negotiation": {"text": "tabled"}})
    assert len(sim.run(tabled, replicates=1, conduct=False).codes())


def test_a_layer_overrides_the_second_code_key_by_key(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(BASE + WHOLE, encoding="utf-8")
    (tmp_path / "two.toml").write_text(
        'base = "one.toml"\n[rival]\npublic_rule = 0.5\n', encoding="utf-8"
    )
    one, two = (load(tmp_path / name).rival.code for name in ("one.toml", "two.toml"))
    assert (two.public_rule, two.openness, two.convenor) == (0.5, one.openness, one.convenor)
    (tmp_path / "three.toml").write_text(
        'base = "one.toml"\n[rival]\nconvenor = "FRA"\n', encoding="utf-8"
    )
    assert (
        load(tmp_path / "three.toml").rival.code.openness > one.openness
    )  # read with the new convenor in mind
