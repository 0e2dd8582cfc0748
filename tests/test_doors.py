"""The doors to other tools: every example of docs/sweeps.md runs, in its order, and is short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent / "docs" / "sweeps.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
SWEEPS = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
LONGEST = 25


def test_no_example_is_long():
    assert len(EXAMPLES) == 6
    assert all(len(example.splitlines()) <= LONGEST for example in EXAMPLES)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # of other tools
def test_every_example_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for example in EXAMPLES:
        exec(compile(example, str(PAGE), "exec"), {"__name__": "__main__"})


def test_the_sweep_file_of_the_page_is_one(tmp_path):
    import sim

    for number, text in enumerate(SWEEPS):
        (tmp_path / f"{number}.toml").write_text(text)
        assert sim.load_sweep(tmp_path / f"{number}.toml").runs == 8000
