"""Files: written under a temporary name and renamed, so that nobody finds half of one; Parquet, CSV and JSON."""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("parquet", "csv", "json")


def plain(value: Any) -> Any:
    """*value* as JSON knows it: dates as 2018-11-12, arrays as lists, what is missing or no number as null."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, (str, bool, int, float)) else None


def json_text(content: Any) -> str:
    """*content* as JSON, for people to read too, with a line end."""
    return json.dumps(plain(content), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def toml_text(table: Mapping[str, Any]) -> str:
    """*table* as a scenario file writes it: tables of plain values, and lists of such tables."""
    parts = []
    for name, content in table.items():
        for part in content if isinstance(content, (list, tuple)) else [content]:
            heading = f"[{name}]" if part is content else f"[[{name}]]"
            lines = [f"{key} = {json.dumps(plain(value), ensure_ascii=False)}" for key, value in part.items()]
            parts.append("\n".join([heading, *lines, ""]))
    return "\n".join(parts)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of *frame* as JSON knows them."""
    return [plain(dict(zip(frame.columns, row, strict=True))) for row in frame.itertuples(index=False, name=None)]


def write_text(path: Path, content: str) -> None:
    """*content* as the file *path*, in UTF-8; InputError where it cannot be written."""
    with replacing(path) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="\n")


def write_table(path: Path, frame: pd.DataFrame) -> None:
    """*frame* as the file *path*, in the format, one of FORMATS, that its suffix names."""
    with replacing(path) as temporary:
        if path.suffix == ".parquet":
            frame.to_parquet(temporary, index=False)
        elif path.suffix == ".csv":
            frame.to_csv(temporary, index=False, lineterminator="\n")
        else:
            temporary.write_text(json_text(records(frame)), encoding="utf-8", newline="\n")


def save(
    folder: Path,
    frames: Mapping[str, pd.DataFrame],
    formats: Iterable[str],
    documents: Mapping[str, Any],
    long: str = "",
) -> list[Path]:
    """Write each of *frames* in each of *formats*, then *documents* as JSON, into *folder*; the files written.

    The frame called *long* is written in the first format only. Each file appears whole or not at all.
    """
    wanted = known_formats(formats)
    writable_folder(folder)
    written = []
    for name, frame in frames.items():
        for form in wanted[:1] if name == long else wanted:
            written.append(folder / f"{name}.{form}")
            write_table(written[-1], frame)
    for name, content in documents.items():
        written.append(folder / f"{name}.json")
        write_text(written[-1], json_text(content))
    return written


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """*formats*, where each is one of FORMATS; InputError otherwise."""
    found = tuple(formats)
    for name in found:
        if name not in FORMATS:
            raise InputError(
                f"format is {name!r}, expected one or more of {', '.join(FORMATS)}{nearest(name, FORMATS)}"
            )
    return found


def writable_folder(folder: Path) -> Path:
    """*folder*, made where it is missing; InputError where that cannot be, or where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except FileExistsError:
        raise InputError(f"{folder}: found a file, expected a folder to write into") from None
    except OSError as problem:
        raise InputError(
            f"{folder}: nothing can be written there ({problem.strerror}), expected a folder to write into"
        ) from None


def writable_file(path: Path) -> Path:
    """*path*, where a file can be written in its place; InputError otherwise."""
    if path.is_dir():
        raise InputError(f"{path}: found a folder, expected the name of a file to write")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {str(path.parent)!r}, expected one that exists")
    if not _takes_what_is_written(path):
        writable_folder(path.resolve().parent)
    return path


def _takes_what_is_written(path: Path) -> bool:
    """Whether *path* is no file but a pipe or a device, which must not be replaced by a file."""
    return path.exists() and not path.is_file()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The name of a new file that takes the place of *path* at the end, and is gone where anything went wrong.

    A link stays, and what it leads to is replaced; into a pipe or a device everything is written directly.
    """
    target = path if _takes_what_is_written(path) else path.resolve()
    written = path if target is path else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield written
        if written is not path:
            os.replace(written, target)
    except OSError as problem:
        raise InputError(
            f"{path}: it cannot be written ({problem.strerror}), expected a place for a new file"
        ) from None
    finally:
        if written is not path:
            with suppress(OSError):
                written.unlink()
