"""Writing of Parquet, CSV, JSON and TOML, under a temporary name that is then renamed, so that no file is half-written.

First values and texts, then files, then checks of folders and names.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("parquet", "csv", "json")


def plain(value: Any) -> Any:
    """*value* in the types of JSON: dates as 2018-11-12, arrays as lists, missing values and NaN as null."""
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
    """*content* as JSON, indented for people, with a line end."""
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
    """The rows of *frame* in the types of JSON."""
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
    long: Collection[str] = (),
) -> list[Path]:
    """Write each of *frames* in each of *formats*, then *documents* as JSON, into *folder*; the paths of the files.

    The frames called *long* are written in the first format only. Each file appears whole or not at all.
    """
    suffixes = known_formats(formats)
    writable_folder(folder)
    files = []
    for name, frame in frames.items():
        for suffix in suffixes[:1] if name in long else suffixes:
            files.append(folder / f"{name}.{suffix}")
            write_table(files[-1], frame)
    for name, content in documents.items():
        files.append(folder / f"{name}.json")
        write_text(files[-1], json_text(content))
    return files


def known_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """*formats*, where each is one of FORMATS; InputError otherwise."""
    names = tuple(formats)
    for name in names:
        if name not in FORMATS:
            raise InputError(
                f"format is {name!r}, expected one or more of {', '.join(FORMATS)}{nearest(name, FORMATS)}"
            )
    return names


def writable_folder(folder: Path) -> Path:
    """*folder*, made where it is missing; InputError where it cannot be made or nothing can be written into it."""
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
    if not _is_pipe_or_device(path):
        writable_folder(path.resolve().parent)
    return path


def _is_pipe_or_device(path: Path) -> bool:
    """Whether *path* exists and is no file; a file must not replace it."""
    return path.exists() and not path.is_file()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The name of a temporary file that replaces *path* at the end, and is deleted after an error.

    A link stays, and its target is replaced; a pipe or a device is written directly.
    """
    target = path if _is_pipe_or_device(path) else path.resolve()
    temporary = path if target is path else target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        if temporary is not path:
            os.replace(temporary, target)
    except OSError as problem:
        raise InputError(
            f"{path}: it cannot be written ({problem.strerror}), expected a place for a new file"
        ) from None
    finally:
        if temporary is not path:
            with suppress(OSError):
                temporary.unlink()
