"""The command line. Only `sim/__main__.py` imports it, and only it opens the dashboard, where a command needs it."""

from __future__ import annotations

import sys
from ipaddress import ip_address
from typing import Annotated

import typer

from sim.commands.compare import compare
from sim.commands.evidence import backtest, calibrate, evidence
from sim.commands.explain import explain
from sim.commands.options import USAGE_ERROR, sentence, whole
from sim.commands.outreach import outreach
from sim.commands.pivots import pivots
from sim.commands.predict import predict
from sim.commands.run import parameters, run, scenarios
from sim.errors import INTERRUPTED, WRONG_INPUT, InputError
from sim.reading import check_whole
from sim.version import __version__

LAST_PORT = 65535

app = typer.Typer(
    add_completion=False, context_settings={"help_option_names": ["-h", "--help"]}, pretty_exceptions_enable=False
)
app.command("list")(scenarios)
app.command("run")(run)
app.command("compare")(compare)
app.command("explain")(explain)
app.command("pivots")(pivots)
app.command("outreach")(outreach)
app.command("predict")(predict)
app.command("calibrate")(calibrate)
app.command("backtest")(backtest)
app.command("evidence")(evidence)
app.command("parameters")(parameters)


@app.callback(invoke_without_command=True)
def parley(context: typer.Context) -> None:
    """States, firms and NGOs sign a code of conduct for cyberspace or stay out, keep it or act against it."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("version")
def version() -> None:
    """Print the version."""
    typer.echo(f"parley {__version__}")


@app.command("dashboard")
def dashboard(
    host: Annotated[str, typer.Option("--host", help="The address to serve on.")] = "127.0.0.1",
    port: Annotated[str, typer.Option("--port", metavar="NUMBER", help="The port to serve on.")] = "8050",
    public: Annotated[
        bool, typer.Option("--public", help="Serve others too: needed for any other --host, with tighter bounds.")
    ] = False,
) -> None:
    """Serve the dashboard until it is interrupted."""
    number = check_whole(whole(port), 1, LAST_PORT, "--port")
    if not public and not _is_own(host):
        raise InputError(
            f"--host is {host!r}, which others may reach, expected a loopback address such as 127.0.0.1, "
            "or --public beside it"
        )

    from dashboard.app import serve

    serve(host, number, public)


def _is_own(host: str) -> bool:
    """Whether only this computer can reach *host*."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


COMMANDS = [command.name for command in app.registered_commands if command.name]


def main() -> None:
    """Run the command line; wrong input of any kind is one sentence on the standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():  # a file or another program reads UTF-8, wherever this runs
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        code = app(standalone_mode=False)
    except InputError as problem:
        code = report_problem(str(problem))
    except USAGE_ERROR as problem:
        code = report_problem(str(InputError(sentence(problem, COMMANDS))))
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    if code == INTERRUPTED:
        print("parley: interrupted", file=sys.stderr)
    sys.exit(code or 0)


def report_problem(sentence: str) -> int:
    """Print one sentence; the exit code that goes with it."""
    print(f"parley: {' '.join(sentence.split())}", file=sys.stderr)
    return WRONG_INPUT


if __name__ == "__main__":
    main()
