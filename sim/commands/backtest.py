"""`parley backtest`: what Parley says of states and dates that it has not seen, or of another instrument."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands import options
from sim.commands.backtest_tables import calibration_table, show
from sim.commands.printing import Target, console, reporting
from sim.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from sim.evidence.transfer import Transfer

Described = Annotated[
    str | None, typer.Option("--scenario", metavar="FILE", help="Score another instrument, with --signers.")
]
WhoSigned = Annotated[
    Path | None, typer.Option("--signers", metavar="FILE.csv", help="Who signed it: iso3, and signed_by if known.")
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="COLUMN",
        help="With --scenario: a membership in states.csv to take out of the facts, the weights fitted again without "
        "it; may be repeated.",
    ),
]


def backtest(
    scenario: Described = None,
    signers: WhoSigned = None,
    without: Without = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    json: options.Json = None,
) -> None:
    """Score what Parley says of states, and of dates, that it has not seen (some minutes); or, given a scenario that
    describes another instrument and its signers, what the same weights say of that. Interrupted, it goes on where it
    was.
    """
    target = Target(json)
    _, start, threads = options.luck(None, seed, workers)
    if scenario is not None:
        _of_another(scenario, signers, tuple(without or ()), start, threads, target)
        return
    for option, given, meaning in (
        ("--signers", signers, "the instrument they signed"),
        ("--without", without, "the instrument to score without it"),
    ):
        if given:
            raise InputError(f"{option}: found it alone, expected --scenario beside it, {meaning}")
    _of_the_paris_call(start, threads, target)


def _of_the_paris_call(seed: int, workers: int | None, target: Target) -> None:
    from sim.evidence.backtest import backtest as score

    with reporting("Leaving out and looking back") as report:
        done = score(seed, workers, report)
    target.emit(done.as_json)
    if target.prints:
        show(done.content, console())


def _of_another(
    scenario: str, signers: Path | None, without: tuple[str, ...], seed: int, workers: int | None, target: Target
) -> None:
    from sim.evidence.refit import refit
    from sim.evidence.signers import read_signers, signers_beside
    from sim.evidence.transfer import check, transfer
    from sim.population import leaving_out
    from sim.scenario import load

    left_out = leaving_out(without, "--without").left_out
    described = load(scenario)
    signed = read_signers(signers_beside(described) if signers is None else signers)
    check(described, signed)
    weights = None
    if left_out:
        with reporting("Fitting states, firms and NGOs again") as report:
            weights = refit(left_out, report)
    with reporting("Simulating") as report:
        done = transfer(
            described, signed, seed=seed, without=left_out, weights=weights, workers=workers, progress=report
        )
    target.emit(done.to_dict)
    if target.prints:
        _show_another(done, console())


def _show_another(done: Transfer, screen: Console) -> None:
    """Print how well the shares tell who signed, what to know of that, and where they miss."""
    screen.print(f"{done.instrument}: {done.signers} of {done.n} states signed", style="bold")
    screen.print(f"Read from {done.replicates} simulated worlds on {done.read_at}; seed {done.seed}.")
    auc = "undefined" if done.auc is None else f"{done.auc:.3f}"
    screen.print(f"AUC {auc}; Brier score {done.brier:.3f}, with one share for all {done.base_brier:.3f}.\n")
    for sentence in done.remarks:
        screen.print(sentence)
    screen.print("", calibration_table(done.calibration.rename(columns={"simulated": "predicted"}).to_dict("records")))
    screen.print("\nThe five largest misses", style="bold")
    for miss in done.misses:
        screen.print(f"  {miss}")
