"""A command in this process: its exit code and what it prints, without a fixture, as property tests
need it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from dashboard import cli

LONGEST = 1500  # characters of a sentence


class Printed(NamedTuple):
    """The end of a command."""

    code: int
    out: str
    err: str

    @property
    def is_refusal(self) -> bool:
        """Whether it is one sentence on the standard error and exit code 2."""
        one = (
            self.err.startswith("parley: ")
            and self.err.endswith("\n")
            and self.err.count("\n") == 1
        )
        return self.code == cli.WRONG_INPUT and not self.out and one and len(self.err) <= LONGEST


def parley(*arguments: str) -> Printed:
    """The end of `parley` with *arguments*."""
    streams = [
        io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
        for _ in range(2)
    ]
    with (
        patch.object(sys, "argv", ["parley", *arguments]), patch.object(sys, "stdout", streams[0]),
        patch.object(sys, "stderr", streams[1]),
    ):  # fmt: skip
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Printed(code, *texts)


@contextmanager
def nothing_computed() -> Iterator[None]:
    """A context in which long work is interrupted as soon as it begins: whatever gets so far was
    accepted.
    """

    def begin(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    work = (
        "sim.experiments.simulate.in_threads",
        "sim.classics.classic.in_threads",
        "sim.sweeps.run_sweep.trial",
        "sim.evidence.calibrate.fit_all",
        "sim.evidence.texts.prediction._fit",
        "sim.evidence.pipeline.gather",
        "sim.evidence.checkpoints.Checkpoints.all_of",
        "sim.evidence.texts.backtest.instruments_backtest",
        "sim.evidence.transfer.transfer",
        "sim.evidence.transfer_to_organisations.transfer_to_organisations",
        "dashboard.app.serve",
        "dashboard.app.serve_class",
    )
    patches = [patch(name, begin) for name in work]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()
