"""Checkpoints of long work: an interruption loses no finished part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim import cache_folder
from sim.evidence.checkpoints import Checkpoints, Work


@pytest.fixture
def checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkpoints:
    monkeypatch.setattr(cache_folder, "CACHE_FOLDER", tmp_path)
    return Checkpoints("sums", __name__)


def counting(calls: list[int], fails_at: int | None = None) -> dict[str, Work]:
    """Work in ten parts; *calls* gets the number of each that is computed."""

    def part(number: int) -> Callable[[], dict[str, float]]:
        def work() -> dict[str, float]:
            if number == fails_at:
                raise KeyboardInterrupt
            calls.append(number)
            return {"square": number**2 / 7}

        return work

    return {f"part-{number}": part(number) for number in range(10)}


def test_an_interrupted_work_loses_nothing_that_was_finished(checkpoints: Checkpoints) -> None:
    first: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        checkpoints.all_of(counting(first, fails_at=6), workers=1)
    assert first[:6] == [0, 1, 2, 3, 4, 5]
    again: list[int] = []
    result = checkpoints.all_of(counting(again), workers=1)
    assert set(range(6)).isdisjoint(again)
    assert result == {f"part-{number}": {"square": number**2 / 7} for number in range(10)}


def test_interrupted_or_not_the_result_is_the_same(checkpoints: Checkpoints) -> None:
    whole = Checkpoints("other", __name__).all_of(counting([]), workers=2)
    with pytest.raises(KeyboardInterrupt):
        checkpoints.all_of(counting([], fails_at=3), workers=2)
    assert list(checkpoints.all_of(counting([]), workers=2).items()) == list(whole.items())


def test_a_torn_part_is_computed_anew(checkpoints: Checkpoints) -> None:
    whole = checkpoints.all_of(counting([]), workers=1)
    (checkpoints.folder / "part-4.json").write_text('{"square": 2.2', encoding="utf-8")
    calls: list[int] = []
    assert checkpoints.all_of(counting(calls), workers=1) == whole
    assert calls == [4]


def test_a_full_disk_changes_nothing(checkpoints: Checkpoints) -> None:
    checkpoints.folder.write_text("a file where the folder should be", encoding="utf-8")
    calls: list[int] = []
    assert checkpoints.all_of(counting(calls), workers=1)["part-3"] == {"square": 9 / 7}
    assert sorted(calls) == list(range(10))


def test_work_that_has_ended_leaves_nothing(checkpoints: Checkpoints) -> None:
    checkpoints.all_of(counting([]), workers=1)
    checkpoints.forget()
    assert not checkpoints.folder.exists()
    checkpoints.forget()


def test_progress_begins_with_what_was_finished_before(checkpoints: Checkpoints) -> None:
    with pytest.raises(KeyboardInterrupt):
        checkpoints.all_of(counting([], fails_at=6), workers=1)
    before = len(list(checkpoints.folder.iterdir()))
    reports: list[tuple[int, int]] = []
    checkpoints.all_of(
        counting([]), workers=1, progress=lambda count, total: reports.append((count, total))
    )
    assert reports == [(count, 10) for count in range(before, 11)]
