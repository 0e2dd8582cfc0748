"""Long work in parts: an interruption loses nothing that was finished."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim import compiled
from sim.evidence.checkpoints import Parts, Work


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    monkeypatch.setattr(compiled, "CACHE_FOLDER", tmp_path)
    return Parts("sums", __name__)


def counting(calls: list[int], fails_at: int | None = None) -> dict[str, Work]:
    """Work in ten parts, each of which notes that it was done."""

    def part(number: int) -> Callable[[], dict[str, float]]:
        def work() -> dict[str, float]:
            if number == fails_at:
                raise KeyboardInterrupt
            calls.append(number)
            return {"square": number**2 / 7}

        return work

    return {f"part-{number}": part(number) for number in range(10)}


def test_an_interrupted_work_loses_nothing_that_was_finished(kept: Parts) -> None:
    first: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        kept.all_of(counting(first, fails_at=6), workers=1)
    assert first[:6] == [0, 1, 2, 3, 4, 5]
    again: list[int] = []
    result = kept.all_of(counting(again), workers=1)
    assert set(range(6)).isdisjoint(again)
    assert result == {f"part-{number}": {"square": number**2 / 7} for number in range(10)}


def test_interrupted_or_not_the_result_is_the_same(kept: Parts) -> None:
    whole = Parts("other", __name__).all_of(counting([]), workers=2)
    with pytest.raises(KeyboardInterrupt):
        kept.all_of(counting([], fails_at=3), workers=2)
    assert list(kept.all_of(counting([]), workers=2).items()) == list(whole.items())


def test_a_torn_part_is_computed_anew(kept: Parts) -> None:
    whole = kept.all_of(counting([]), workers=1)
    (kept.folder / "part-4.json").write_text('{"square": 2.2', encoding="utf-8")
    calls: list[int] = []
    assert kept.all_of(counting(calls), workers=1) == whole
    assert calls == [4]


def test_a_full_disk_changes_nothing(kept: Parts) -> None:
    kept.folder.write_text("a file where the folder should be", encoding="utf-8")
    calls: list[int] = []
    assert kept.all_of(counting(calls), workers=1)["part-3"] == {"square": 9 / 7}
    assert sorted(calls) == list(range(10))


def test_work_that_has_ended_leaves_nothing(kept: Parts) -> None:
    kept.all_of(counting([]), workers=1)
    kept.forget()
    assert not kept.folder.exists()
    kept.forget()


def test_progress_counts_what_was_finished_before(kept: Parts) -> None:
    with pytest.raises(KeyboardInterrupt):
        kept.all_of(counting([], fails_at=6), workers=1)
    done_before = len(list(kept.folder.iterdir()))
    told: list[tuple[int, int]] = []
    kept.all_of(counting([]), workers=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 10) for done in range(done_before + 1, 11)]
