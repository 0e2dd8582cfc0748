"""A table of a scenario file that knows where it stands, so that every wrong value is reported with its place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sim.errors import InputError, nearest

_REQUIRED: Any = object()


def shown(value: Any) -> str:
    """*value* as a message quotes it: in the spelling of a scenario file, and never longer than a line can bear."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def as_date(value: Any) -> date | None:
    """*value* as a date, be it one already or written as 2018-11-12; None where it is neither."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2018-11-12"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


class Section:
    """The keys and values of one table, read by type. A reader without a default asks for a key that must be there."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def only(self, known: Iterable[str]) -> None:
        """InputError where the section has a key that is not *known*."""
        expected = list(known)
        for key in self.values:
            if key not in expected:
                raise InputError(
                    f"{self.where}: found the key {key!r}, expected only {', '.join(expected)}{nearest(key, expected)}")

    def wrong(self, key: str, expected: str) -> InputError:
        """The error that *key* is missing or is not what was expected."""
        found = f"is {shown(self.values[key])}" if key in self.values else "is missing"
        return InputError(f"{self.where}: {key} {found}, expected {expected}")

    def _found(self, key: str, default: Any, expected: str) -> Any:
        if key in self.values:
            return self.values[key]
        if default is _REQUIRED:
            raise self.wrong(key, expected)
        return default

    def text(self, key: str, default: Any = _REQUIRED) -> str:
        value = self._found(key, default, "a text")
        if key in self.values and (not isinstance(value, str) or not value.strip()):
            raise self.wrong(key, "a text that is not empty")
        return value

    def one_of(self, key: str, words: Iterable[str], default: Any = _REQUIRED) -> str:
        known = list(words)
        expected = f"one of {', '.join(known)}"
        value = self._found(key, default, expected)
        if key in self.values and value not in known:
            raise self.wrong(key, f"{expected}{nearest(value, known)}")
        return value

    def number(self, key: str, low: float, high: float, default: Any = _REQUIRED) -> float:
        expected = f"a number from {low:g} to {high:g}"
        value = self._found(key, default, expected)
        if key not in self.values:
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or math.isnan(value) or not low <= value <= high:
            raise self.wrong(key, expected)
        return float(value)

    def whole(self, key: str, low: int, high: int, default: Any = _REQUIRED) -> int:
        expected = f"a whole number from {low} to {high}"
        value = self._found(key, default, expected)
        if key in self.values and (isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high):
            raise self.wrong(key, expected)
        return value

    def truth(self, key: str, default: Any = _REQUIRED) -> bool:
        value = self._found(key, default, "true or false")
        if key in self.values and not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def day(self, key: str, default: Any = _REQUIRED) -> date:
        expected = "a date such as 2018-11-12, from 1900 to 2199"
        value = self._found(key, default, expected)
        if key not in self.values:
            return value
        day = as_date(value)
        if day is None or not 1900 <= day.year < 2200:
            raise self.wrong(key, expected)
        return day

    def words(self, key: str, default: Any = _REQUIRED) -> tuple[str, ...]:
        """One text or a list of texts, none twice."""
        expected = "a text or a list of different texts"
        value = self._found(key, default, expected)
        if key not in self.values:
            return value
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not listed or not all(isinstance(word, str) and word for word in listed):
            raise self.wrong(key, expected)
        if len(set(listed)) < len(listed):
            raise self.wrong(key, expected)
        return tuple(listed)

    def section(self, key: str) -> Section:
        """The table called *key*, empty where it is not there."""
        value = self._found(key, {}, "a table")
        if not isinstance(value, Mapping):
            raise self.wrong(key, f"a table [{key}]")
        return Section(value, f"{self.where}, [{key}]")

    def sections(self, key: str) -> list[Section]:
        """The tables of the array called *key*, none where it is not there."""
        value = self._found(key, [], "tables")
        if not isinstance(value, list) or not all(isinstance(table, Mapping) for table in value):
            raise self.wrong(key, f"tables [[{key}]]")
        return [Section(table, f"{self.where}, [[{key}]] number {n}") for n, table in enumerate(value, start=1)]
