"""The command line, which stands above simulations and pages: it opens the latter where a command
needs them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TextIO

import typer

from sim.commands.addresses import check_host, is_loopback
from sim.commands.analyse import analyse_with
from sim.commands.classroom import class_with
from sim.commands.compare import compare
from sim.commands.evidence import backtest, calibrate, evidence
from sim.commands.explain import explain
from sim.commands.frontier import frontier
from sim.commands.lesson import lesson
from sim.commands.negotiate import negotiate
from sim.commands.options import LAST_PORT, USAGE_ERROR, sentence, whole, with_options
from sim.commands.outreach import outreach
from sim.commands.pivots import pivots
from sim.commands.predict import predict
from sim.commands.run import parameters, run, scenarios
from sim.commands.stability import stability
from sim.commands.sweep import sweep
from sim.commands.verify import verify
from sim.errors import INTERRUPTED, WRONG_INPUT, InputError
from sim.extras import extra
from sim.reading import check_whole
from sim.version import __version__
from sim.writing import reason

MOST_PROXIES = 9


def page_of_analysis(analysis: Any) -> str:
    """The report of an analysis, as the dashboard draws it."""
    with extra("dashboard", "report"):
        from dashboard.report.page import page

    return page(analysis)


def serve_class(*arguments: Any) -> None:
    """Opens and serves a class session, as the dashboard does."""
    with extra("dashboard", "class"):
        from dashboard.app import serve_class

    serve_class(*arguments)


def sheets_of_class(wish: dict[str, Any]) -> str:
    """The role cards and ballots of a class session, as the dashboard prints them."""
    with extra("dashboard", "class"):
        from dashboard.classroom.paper import file_of

    return file_of(wish)


def slides_of_class() -> str:
    """The slides for a class session."""
    with extra("dashboard", "class"):
        from dashboard.classroom.slides import slides

    return slides()


app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
BY_NAME: dict[str, Callable[..., None]] = {
    "list": scenarios,
    "run": run,
    "compare": compare,
    "explain": explain,
    "pivots": pivots,
    "outreach": outreach,
    "frontier": frontier,
    "stability": stability,
    "predict": predict,
    "negotiate": negotiate,
    "lesson": lesson,
    "sweep": sweep,
    "analyse": analyse_with(page_of_analysis),
    "calibrate": calibrate,
    "backtest": backtest,
    "evidence": evidence,
    "parameters": parameters,
    "verify": verify,
    "class": class_with(serve_class, sheets_of_class, slides_of_class),
}
for each, command_of in BY_NAME.items():
    app.command(each)(with_options(command_of))


def print_version(wanted: bool = True) -> None:
    """Print the version; *wanted* is the option `--version`, which then ends the command."""
    if wanted:
        typer.echo(f"parley {__version__}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def parley(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=print_version, is_eager=True, help="Print the version, and end."
        ),
    ] = False,
) -> None:
    """States, firms and NGOs sign a code of conduct for cyberspace or stay out, keep it or act
    against it.
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("version")
def version() -> None:
    """Print the version."""
    print_version()


@app.command("dashboard")
def dashboard(
    host: Annotated[str, typer.Option("--host", help="The address to serve on.")] = "127.0.0.1",
    port: Annotated[
        str, typer.Option("--port", metavar="NUMBER", help="The port to serve on.")
    ] = "8050",
    public: Annotated[
        bool,
        typer.Option(
            "--public", help="Serve others too: needed for any other --host, with tighter bounds."
        ),
    ] = False,
    proxies: Annotated[
        str,
        typer.Option(
            "--proxies",
            metavar="NUMBER",
            help="How many proxies of yours stand before it (docs/deploy.md).",
        ),
    ] = "0",
    sweeps: Annotated[
        str | None,
        typer.Option(
            "--sweeps",
            metavar="FOLDER",
            help="Results of `parley sweep` to show: a folder of one, or of several.",
        ),
    ] = None,
) -> None:
    """Serve the dashboard until it is interrupted."""
    check_host(host)
    number = check_whole(whole(port), 1, LAST_PORT, "--port")
    before = check_whole(whole(proxies), 0, MOST_PROXIES, "--proxies")
    if before and not public:
        raise InputError(f"--proxies is {before} without --public, expected --public beside it")
    if not public and not is_loopback(host):
        raise InputError(
            f"--host is {host!r}, which others may reach, expected a loopback address such as"
            " 127.0.0.1, or --public beside it"
        )

    with extra("dashboard", "dashboard"):
        from dashboard.app import serve

    serve(host, number, public, before, sweeps)


COMMANDS = [command.name for command in app.registered_commands if command.name]


class OutputError(InputError):
    """The standard output cannot be written."""


class StandardOutput:
    """The *stream* of the standard output, which says in one sentence where it cannot be
    written.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        with self._sentence():
            return self.stream.write(text)

    def flush(self) -> None:
        with self._sentence():
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    @contextmanager
    def _sentence(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            sentence = (
                f"it cannot be written ({reason(problem)}), expected room for what is printed"
            )
            raise OutputError(f"the standard output: {sentence}") from problem


def main() -> None:
    """Run the command line; wrong input of any kind is one sentence on the standard error and exit
    code 2.

    Being terminated is being interrupted, unless whoever started this ignores it.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
    output, terminated = sys.stdout, signal.getsignal(signal.SIGTERM)
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():  # a file or another program reads UTF-8, wherever this runs
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        sys.stdout = StandardOutput(output)  # type: ignore[assignment]
        if terminated is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except OutputError as problem:
        with open(os.devnull, "wb") as nowhere:  # into which goes what is still to be printed
            os.dup2(nowhere.fileno(), output.fileno())
        code = (
            0 if isinstance(problem.__cause__, BrokenPipeError) else report_problem(str(problem))
        )  # as by `| head`
    except InputError as problem:
        code = report_problem(str(problem))
    except USAGE_ERROR as problem:
        code = report_problem(str(InputError(sentence(problem, COMMANDS))))
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    finally:
        sys.stdout = output
        if terminated is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, terminated)
    if code == INTERRUPTED:
        print("parley: interrupted", file=sys.stderr)
    sys.exit(code or 0)


def report_problem(sentence: str) -> int:
    """Print one sentence; the exit code that goes with it."""
    print(f"parley: {' '.join(sentence.split())}", file=sys.stderr)
    return WRONG_INPUT


if __name__ == "__main__":
    main()
