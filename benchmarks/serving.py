"""The server that the benchmarks of the dashboard visit: the command itself, in a process of its
own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def served(*options: str) -> Iterator[tuple[str, int]]:
    """The address of a dashboard that has compiled the model, started with *options*, and the id of
    its process.

    It ends with the block.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli", "dashboard", "--port", str(port), *options]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        for line in started.stdout:
            if line.startswith("Parley is at"):
                break
        try:
            yield f"http://127.0.0.1:{port}/", started.pid
        finally:
            started.terminate()


def megabytes(process: int) -> float | None:
    """What the process holds in memory; None where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return None
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )


def processor_seconds(process: int) -> float | None:
    """What the process has taken of the processors so far; None where the system does not say."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def judged(what: str, value: float, bar: float, unit: str) -> str:
    """One line: what was measured, its bar, and whether it holds."""
    return f"{what:34}{value:10.2f} {unit:3} bar {bar:6.2f}  {'holds' if value < bar else 'FAILS'}"
