"""Reading of input: text files, tables in them, and single values, checked for type and range.
Wrong input is an InputError, one sentence that names the place.
"""

from __future__ import annotations

import json
import math
import os
import selectors
import stat
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from numbers import Real
from operator import index
from os import PathLike, fsencode, fspath
from pathlib import Path
from typing import Any
from unicodedata import category

from sim import file_memory
from sim.errors import InputError, nearest

FILE, FOLDER, OTHER, NOTHING = (
    "a file",
    "a folder",
    "a pipe or a device",
    "nothing",
)  # what may be at a path
MEGABYTE = 2**20
PATIENCE = 5  # seconds, with a pipe from which nothing comes
MOST_BYTES = 256 * MEGABYTE  # of a file: a manifest, a table
MOST_BYTES_OF_TOML = (
    4 * MEGABYTE
)  # a hundred times the longest scenario that ships; more takes minutes to parse
MOST_NESTED = 20  # tables and lists in one another
UNPRINTED = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories of Unicode
TOO_LARGE = "a number of too many digits"


def as_path(value: Any, where: str, expected: str = "a path") -> Path:
    """*value*, a text or a path, as a path; InputError that begins with *where* for anything else,
    an empty text, or one that no system takes.
    """
    if not isinstance(value, (str, PathLike)) or not isinstance(text := fspath(value), str):
        raise InputError(f"{where} is {literal(value)}, expected {expected}")
    if not text.strip():
        raise InputError(f"{where}: found an empty text, expected {expected}")
    if "\0" in text:
        raise InputError(
            f"{where} is {literal(text)}, with a character of number 0, expected {expected}"
        )
    try:
        fsencode(text)
    except UnicodeEncodeError:
        raise InputError(
            f"{where} is {literal(text)}, with half a character, expected {expected}"
        ) from None
    return Path(text)


def kind_at(path: Path, where: str) -> str:
    """What is at *path*: one of FILE, FOLDER, OTHER (a pipe or a device) and NOTHING.

    InputError that begins with *where* where the system refuses to say: a name too long, links in a
    circle, a folder that one may not search.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return NOTHING
    except OSError as problem:
        raise InputError(
            f"{where}: the path cannot be followed ({problem.strerror}), expected another one"
        ) from None
    return FILE if stat.S_ISREG(mode) else FOLDER if stat.S_ISDIR(mode) else OTHER


def file_text(path: Path, label: str, expected: str, most: int = MOST_BYTES) -> str:
    """The text of *path*, without a byte-order mark.

    InputError, which calls the file *label*, where it is no file, cannot be read, is empty, has
    more than *most* bytes, is no text in UTF-8, or is a pipe on which nothing comes for a while.
    """
    kind = kind_at(path, label)
    if kind == FOLDER:
        raise InputError(f"{label}: found a directory, expected {expected}")
    file_memory.note(path)
    try:
        if kind == OTHER and os.name != "nt":  # on Windows no file is a pipe
            raw = _from_pipe(path, most + 1, label, expected)
        else:
            with path.open("rb") as file:
                raw = file.read(most + 1)
    except FileNotFoundError:
        raise InputError(f"{label}: there is no such file, expected {expected}") from None
    except OSError as problem:
        raise InputError(
            f"{label}: it cannot be read ({problem.strerror}), expected {expected}"
        ) from None
    if len(raw) > most:
        raise InputError(
            f"{label}: found more than {most / MEGABYTE:g} MB, expected {expected} of at most that"
        )
    if b"\0" in raw:
        raise InputError(f"{label}: found a binary file, expected {expected}")
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise InputError(
            f"{label}, line {line}: found bytes that are not UTF-8, expected {expected} in UTF-8"
        ) from None
    if not content.strip():
        raise InputError(f"{label}: the file is empty, expected {expected}")
    return content


def _from_pipe(path: Path, most: int, label: str, expected: str) -> bytes:
    """What comes from a pipe or a device, *most* bytes of it at most. Whoever opens a pipe waits
    for its writer, so it is opened without waiting, and each part is awaited for a while.
    """
    raw = bytearray()
    pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with selectors.PollSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(raw) < most:
                if not selector.select(PATIENCE):
                    raise InputError(
                        f"{label}: nothing came from it for {PATIENCE} seconds, expected {expected}"
                    )
                part = os.read(pipe, min(most - len(raw), MEGABYTE))
                if not part:
                    break
                raw += part
    finally:
        os.close(pipe)
    return bytes(raw)


def toml_table(file: Path, label: str) -> Mapping[str, Any]:
    """The content of the TOML file *file*, called *label* in messages."""
    return toml_of(toml_text(file, label), label)


def toml_text(file: Path, label: str) -> str:
    """The text of the TOML file *file*, called *label* in messages."""
    return file_text(file, label, "a table in TOML", MOST_BYTES_OF_TOML)


def toml_of(content: str, label: str) -> Mapping[str, Any]:
    """The table in the *content* of a TOML file that is called *label* in messages."""
    try:
        table = tomllib.loads(content)
    except (
        ValueError,
        RecursionError,
    ) as problem:  # a number of 5,000 digits is no TOMLDecodeError
        expected = 'lines such as title = "The Paris Call", each key once'
        raise InputError(
            f"{label}: found no valid TOML ({_reason(problem)}), expected {expected}"
        ) from None
    check_table(table, label)
    return table


def json_object(path: Path, label: str, expected: str) -> dict[str, Any]:
    """The JSON object in the file *path*; InputError where it is no JSON or no object."""
    text = file_text(path, label, expected)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InputError(
            f"{label}: it is no JSON ({_reason(problem)}), expected {expected}"
        ) from None
    if not isinstance(content, dict):
        raise InputError(f"{label}: found JSON of another kind, expected {expected}")
    check_table(content, label)
    return content


def _reason(problem: Exception) -> str:
    """Why a file cannot be read, without advice on how to program."""
    return TOO_LARGE if "int_max_str_digits" in str(problem) else str(problem)


def check_table(value: Any, where: str) -> None:
    """InputError that begins with *where* where *value* is no table, has a key that is no text or
    no text in Unicode, or is nested more than MOST_NESTED deep.
    """
    if not isinstance(value, Mapping):
        raise InputError(f"{where}: found {literal(value)}, expected a table of keys and values")
    pending: list[tuple[Any, int]] = [(value, 0)]
    while pending:
        part, depth = pending.pop()
        if depth > MOST_NESTED:
            raise InputError(
                f"{where}: found values nested more than {MOST_NESTED} deep, expected fewer"
            )
        if isinstance(part, Mapping):
            for key in part:
                if not isinstance(key, str):
                    raise InputError(f"{where}: found the key {literal(key)}, expected a text")
            pending += [(each, depth) for each in part]
            pending += [(each, depth + 1) for each in part.values()]
        elif isinstance(part, (list, tuple)):
            pending += [(each, depth + 1) for each in part]
        elif isinstance(part, str) and not is_unicode(part):
            raise InputError(f"{where}: found the text {literal(part)}, expected one in Unicode")


def is_unicode(text: str) -> bool:
    """Whether *text* can be written to a file: it has no half of a character alone."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


REQUIRED: Any = object()


def literal(value: Any) -> str:
    """*value* as messages write it: as in a scenario file, with at most sixty characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 10**40:
        return "a number of more than forty digits"
    if isinstance(value, (str, bytes)):
        value = value[:61]
    elif isinstance(value, Real) and hasattr(value, "item"):  # of NumPy
        value = value.item()
    try:
        text = value.isoformat() if isinstance(value, date) else repr(value)
    except (RecursionError, ValueError):  # of lists in lists, or with such a number in it
        return f"a {type(value).__name__} that is too long to be shown"
    return text if len(text) <= 60 else f"{text[:57]}..."


def printable(text: str) -> str:
    """*text* for people: control characters and halves of characters as escapes, by which no
    terminal goes.
    """
    return "".join(
        letter.encode("unicode_escape").decode() if category(letter) in UNPRINTED else letter
        for letter in text
    )


def as_list(values: Any, where: str, of: str) -> list[Any]:
    """*values* as a list; InputError that begins with *where* for a text, a table, or what has no
    members.
    """
    try:
        if not isinstance(values, (str, bytes, Mapping)):
            return list(values)
    except TypeError:
        pass
    raise InputError(f"{where} is {literal(values)}, expected a list of {of}")


def as_date(value: Any) -> date | None:
    """*value* as a date: a date itself or a text such as 2018-11-12; None where it is neither."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2018-11-12"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def as_number(value: Any) -> float:
    """*value* as a number, be it of Python or of NumPy; not a number where it is none, as true and
    false are, or where it is beyond all bounds.
    """
    if isinstance(value, bool) or not isinstance(value, Real):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.nan


def check_text(value: Any, name: str) -> str:
    """*value* where it is a text; InputError that begins with *name* otherwise."""
    if not isinstance(value, str):
        raise InputError(f"{name} is {literal(value)}, expected a text")
    return value


def check_truth(value: Any, name: str) -> bool:
    """*value* where it is true or false, be it of Python or of NumPy; InputError that begins with
    *name* otherwise.
    """
    truth = value.item() if getattr(value, "shape", None) == () else value
    if not isinstance(truth, bool):
        raise InputError(f"{name} is {literal(value)}, expected True or False")
    return truth


def check_number(value: Any, low: float, high: float, name: str) -> float:
    """*value* as a number from *low* to *high*; InputError that begins with *name* otherwise."""
    number = as_number(value)
    if not low <= number <= high:  # so is not a number
        raise InputError(f"{name} is {literal(value)}, expected a number from {low:g} to {high:g}")
    return number


def check_whole(value: Any, low: int, high: int, name: str) -> int:
    """*value* as a whole number from *low* to *high*; InputError that begins with *name*
    otherwise.
    """
    number = None if isinstance(value, bool) else as_whole(value)
    if number is None or not low <= number <= high:
        raise InputError(
            f"{name} is {literal(value)}, expected a whole number from {low} to {high}"
        )
    return number


def as_whole(value: Any) -> int | None:
    """*value* as a whole number, if it is one; None for a text or a number with a fraction."""
    try:
        return index(value)
    except TypeError:
        return None


class Section:
    """The keys and values of the table *name* in a file, or in another source that messages call
    *file*.

    Each reader returns the value of one key in its type. Where the key is missing it returns the
    default; without a default, or for a value of another type or out of range, it raises an
    InputError.
    """

    def __init__(
        self, values: Mapping[str, Any], file: str, name: str = "", number: int = 0
    ) -> None:
        self.values = values
        self.file = file
        self.name = name
        self.where = file
        if number:
            self.where = f"{file}, [[{name}]] number {number}"
        elif name:
            self.where = f"{file}, [{name}]"

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def only(self, keys: Iterable[str]) -> None:
        """InputError where the table has another key than *keys*."""
        expected = list(keys)
        for key in self.values:
            if key not in expected:
                message = (
                    f"{self.where}: found the key {key!r}, expected only {', '.join(expected)}"
                )
                raise InputError(message + nearest(key, expected))

    def wrong(self, key: str, expected: str) -> InputError:
        """The InputError that *key* is missing or not as *expected*."""
        problem = f"is {literal(self.values[key])}" if key in self.values else "is missing"
        return InputError(f"{self.where}: {key} {problem}, expected {expected}")

    def text(self, key: str, default: Any = REQUIRED) -> str:
        """A text that is not empty."""
        expected = "a text that is not empty"
        value: str = self._value(key, default, expected)
        if key in self and not (isinstance(value, str) and value.strip()):
            raise self.wrong(key, expected)
        return value

    def one_of(self, key: str, words: Iterable[str], default: Any = REQUIRED) -> str:
        """One of *words*."""
        options = list(words)
        expected = f"one of {', '.join(options)}"
        value: str = self._value(key, default, expected)
        if key in self and value not in options:
            raise self.wrong(key, expected + nearest(value, options))
        return value

    def number(self, key: str, low: float, high: float, default: Any = REQUIRED) -> float:
        """A number from *low* to *high*."""
        value = self._value(key, default, f"a number from {low:g} to {high:g}")
        return (
            check_number(value, low, high, f"{self.where}: {key}") if key in self else float(value)
        )

    def whole(self, key: str, low: int, high: int, default: Any = REQUIRED) -> int:
        """A whole number from *low* to *high*."""
        value: int = self._value(key, default, f"a whole number from {low} to {high}")
        return check_whole(value, low, high, f"{self.where}: {key}") if key in self else value

    def truth(self, key: str, default: Any = REQUIRED) -> bool:
        """True or false."""
        expected = "true or false"
        value: bool = self._value(key, default, expected)
        if key in self and not isinstance(value, bool):
            raise self.wrong(key, expected)
        return value

    def day(self, key: str, default: Any = REQUIRED) -> date:
        """A date, as TOML writes it or as a text."""
        expected = "a date such as 2018-11-12, from 1900 to 2199"
        value = self._value(key, default, expected)
        day = as_date(value)
        if day is None or not 1900 <= day.year < 2200:
            raise self.wrong(key, expected)
        return day

    def words(self, key: str) -> tuple[str, ...]:
        """One text, or a list of different ones."""
        expected = "a text or a list of different texts"
        value = self._value(key, REQUIRED, expected)
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, (list, tuple)) or not all(
            isinstance(word, str) and word for word in words
        ):
            raise self.wrong(key, expected)
        if not words or len(set(words)) < len(words):
            raise self.wrong(key, expected)
        return tuple(words)

    def section(self, key: str) -> Section:
        """The table called *key*, empty where there is none."""
        name = f"{self.name}.{key}" if self.name else key
        value = self.values.get(key, {})
        if not isinstance(value, Mapping):
            raise self.wrong(key, f"a table [{name}]")
        return Section(value, self.file, name)

    def sections(self, key: str) -> list[Section]:
        """The tables of the array called *key*, none where there is none."""
        name = f"{self.name}.{key}" if self.name else key
        value = self.values.get(key, [])
        if not isinstance(value, (list, tuple)) or not all(
            isinstance(table, Mapping) for table in value
        ):
            raise self.wrong(key, f"tables [[{name}]]")
        return [Section(table, self.file, name, n) for n, table in enumerate(value, start=1)]

    def _value(self, key: str, default: Any, expected: str) -> Any:
        if key not in self and default is REQUIRED:
            raise self.wrong(key, expected)
        return self.values.get(key, default)
