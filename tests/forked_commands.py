"""The command in processes of its own, each forked from one that has everything imported and
compiled.

So a test that ends a hundred of them waits for the work of each and not for its start. `python
forked_commands.py` forks what it reads from its standard input, one line of JSON each, after it has
carried out the commands of its first line.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 200  # seconds that a command may take; then it says where it stands, and ends


class ForkedCommand:
    """One command under way; `pid` is that of its process, which leads a group of its own."""

    def __init__(self, ask: Callable[[Any], Any], arguments: Sequence[str], report: Path) -> None:
        self._ask, self._report = ask, report
        self.pid: int = ask(
            {"arguments": [*arguments], "output": f"{report}.out", "report": f"{report}"}
        )
        self.code: int | None = None

    def poll(self) -> int | None:
        """Its exit code, as of `subprocess.Popen`; None before its end."""
        if self.code is None:
            self.code = self._ask({"ended": self.pid})
        return self.code

    def send_signal(self, number: int) -> None:
        """Send a signal to it alone, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def end(self) -> tuple[int, str, str]:
        """Its exit code, standard output and standard error, once it has ended."""
        latest = time.monotonic() + LONGEST + 60
        while (code := self.poll()) is None:
            assert time.monotonic() < latest
            time.sleep(0.005)
        texts = [Path(name) for name in (f"{self._report}.out", f"{self._report}")]
        return code, texts[0].read_text("utf-8"), texts[1].read_text("utf-8")


@contextmanager
def forked_commands(folder: Path, *first: Sequence[str]) -> Iterator[Callable[..., ForkedCommand]]:
    """A function that starts `parley` with its arguments; the *first* commands are carried out
    before.
    """
    server = subprocess.Popen(
        [sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    lock, reports = threading.Lock(), iter(range(10**6))

    def ask(question: Any) -> Any:
        assert server.stdin
        assert server.stdout
        with lock:
            server.stdin.write(json.dumps(question) + "\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())

    def start(*arguments: str) -> ForkedCommand:
        return ForkedCommand(ask, arguments, folder / f"report{next(reports)}")

    try:
        assert ask([[*command] for command in first]) == [0] * len(first)
        yield start
    finally:
        server.communicate(timeout=LONGEST)


def carry_out(arguments: list[str], files: list[int]) -> NoReturn:
    """In a process that was forked, whose standard streams become the files: it ends with the
    command's exit code.
    """
    code = 1
    try:
        from dashboard import cli

        os.setpgid(0, 0)
        faulthandler.dump_traceback_later(LONGEST, exit=True, file=files[2])
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.argv = ["parley", *arguments]
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


def fork(arguments: list[str], output: str, report: str) -> int:
    """Its files are there before it is, so that one that is ended at once leaves them too."""
    files = [
        os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        for name in (os.devnull, output, report)
    ]
    pid = os.fork()
    if pid == 0:
        carry_out(arguments, files)
    with suppress(OSError):  # whoever of the two comes first; one that has ended has no group
        os.setpgid(pid, pid)
    for file in files:
        os.close(file)
    return pid


def ended(pid: int) -> int | None:
    """The exit code of the process; None before its end."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def carried_out_here(arguments: list[str]) -> int:
    """The exit code of a command in this process, which prints nothing."""
    from command_line import parley

    return parley(*arguments).code


def serve() -> None:
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        question = json.loads(line)
        if isinstance(question, list):
            reply: Any = [carried_out_here(command) for command in question]
        else:
            reply = ended(question["ended"]) if "ended" in question else fork(**question)
        print(json.dumps(reply), file=replies, flush=True)


if __name__ == "__main__":
    serve()
