"""Outputs of the command line, called from Python: what a command prints, and the files that it
writes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import sim
from dashboard import cli

WRITE_TABLES = {"run", "compare", "pivots", "outreach", "frontier", "stability", "analyse"}
SMALL_SWEEP = "small-sweep"


def parley(monkeypatch, capsys, *arguments: str) -> str:
    """What the command prints."""
    monkeypatch.setattr(sys, "argv", ["parley", *arguments])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert not end.value.code
    return capsys.readouterr().out


@dataclass(frozen=True)
class Output:
    """The output of one command, all of it in files of a *folder*."""

    folder: Path

    @property
    def printed(self) -> str:
        """The standard output."""
        return (self.folder / "printed.txt").read_text(encoding="utf-8")

    @property
    def json(self) -> Any:
        """The content of --json."""
        return json.loads((self.folder / "all.json").read_text(encoding="utf-8"))

    @property
    def jsons(self) -> list[Any]:
        """The content of --json and of every table and manifest in JSON."""
        return [json.loads(text) for text in self.texts(".json")]

    @property
    def tables(self) -> Path:
        """The folder of --out."""
        return self.folder / "out"

    def texts(self, *suffixes: str) -> list[str]:
        """The content of every file with one of *suffixes*."""
        return [
            path.read_text("utf-8")
            for path in sorted(self.folder.rglob("*"))
            if path.suffix in suffixes
        ]


class Commands:
    """Runs each command once in a session, with all its files, for all tests and workers.

    A command may name "short.toml", the Paris Call with half a year after its launch, and
    "small-sweep", a folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.short = folder / "short.toml"
        self.short.write_text(
            'base = "paris-call-2018"\ntitle = "Half a year"\nlast_round = 6\n', encoding="utf-8"
        )

    def __call__(self, *arguments: str) -> Output:
        """The output of `parley` with these *arguments*."""
        folder = self.folder / hashlib.sha256(repr(arguments).encode()).hexdigest()[:16]
        if not folder.exists():
            draft = Path(tempfile.mkdtemp(dir=self.folder))
            (draft / "out").mkdir()
            words = [str(self.short) if word == self.short.name else word for word in arguments]
            words = [self._sweep() if word == SMALL_SWEEP else word for word in words]
            (draft / "printed.txt").write_text(
                _standard_output([*words, *_files(arguments, draft)]), encoding="utf-8"
            )
            with contextlib.suppress(OSError):  # another worker was quicker
                os.rename(draft, folder)
        return Output(folder)

    def _sweep(self) -> str:
        """The folder of a small sweep, which is simulated where it is missing."""
        folder = self.folder / SMALL_SWEEP
        if not folder.exists():
            draft = Path(tempfile.mkdtemp(dir=self.folder))
            axes = {"levers": {"sanctions": [0, 2]}, "uncertainties": {"temptation": [1, 2]}}
            sim.sweep({"replicates": 2, **axes}, draft)
            with contextlib.suppress(OSError):  # another worker was quicker
                os.rename(draft, folder)
        return str(folder)


def _files(arguments: tuple[str, ...], folder: Path) -> list[str]:
    """The options by which a command writes all that it can into *folder*."""
    command, *others = arguments
    options = [] if command == "version" else ["--json", str(folder / "all.json")]
    if command == "evidence":
        options += ["--out", str(folder / "out")]
    elif command == "calibrate":
        options += ["--out", str(folder / "out" / "weights.toml")]
    elif command == "sweep":
        options += ["--out", str(folder / "out" / "sweep")]
    elif command in WRITE_TABLES and not others[0].startswith("classics/"):
        options += ["--out", str(folder / "out"), "--format", "csv,json"]
    return options


def _standard_output(arguments: list[str]) -> str:
    """The standard output of a command that succeeds and reports nothing on the standard error."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    with (
        mock.patch.object(sys, "argv", ["parley", *arguments]),
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
        pytest.raises(SystemExit) as end,
    ):
        cli.main()
    text, problems = (_content(stream) for stream in streams)
    assert (end.value.code, problems) == (0, "")
    return text


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
