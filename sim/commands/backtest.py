"""`parley backtest`: what Parley says of states and dates that it has not seen, or of another instrument."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.commands import options
from sim.commands.printing import KIND_HEADINGS, Target, console, reporting, table
from sim.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

SPLITS = {
    "leave_one_region_out": "One of the 22 sub-regions left out",
    "leave_one_continent_out": "One of five continents left out",
    "ten_fold": "A tenth of the states left out",
}


def backtest(
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="FILE", help="Score another instrument, with --signers.")
    ] = None,
    signers: Annotated[
        Path | None, typer.Option("--signers", metavar="FILE.csv", help="Who signed it: iso3, and signed_by if known.")
    ] = None,
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
    if scenario is None:
        if signers is not None:
            raise InputError("--signers: found it alone, expected --scenario beside it, the instrument they signed")
        _of_the_paris_call(start, threads, target)
    else:
        _of_another(scenario, signers, start, threads, target)


def _of_the_paris_call(seed: int, workers: int | None, target: Target) -> None:
    from sim.evidence.backtest import backtest as score

    with reporting("Leaving out and looking back") as report:
        done = score(seed, workers, report)
    target.emit(done.as_json)
    if target.prints:
        _show(done.content, console())


def _of_another(scenario: str, signers: Path | None, seed: int, workers: int | None, target: Target) -> None:
    from sim.evidence.signers import read_signers, signers_beside
    from sim.evidence.transfer import transfer
    from sim.scenario import load

    described = load(scenario)
    signed = read_signers(signers_beside(described) if signers is None else signers)
    with reporting("Simulating") as report:
        done = transfer(described, signed, seed=seed, workers=workers, progress=report)
    content = done.to_dict()
    target.emit(lambda: content)
    if target.prints:
        told = content["transfer"]
        screen = console()
        screen.print(f"{told['instrument']}: {told['signers']} of {told['n']} states signed", style="bold")
        auc = "undefined" if told["auc"] is None else f"{told['auc']:.3f}"
        screen.print(f"AUC {auc}; Brier score {told['brier']:.3f}, with one share for all {told['base_brier']:.3f}.")
        for sentence in (*told["remarks"], *told["misses"]):
            screen.print(sentence)


def _show(content: dict[str, Any], screen: Console) -> None:
    for split, words in SPLITS.items():
        rows = [
            (model, *(f"{scores[name]:.3f}" for name in ("auc", "brier", "log_score")))
            for model, scores in content[split].items()
        ]
        screen.print(table(f"{words}  [strict]", ("model", "AUC", "Brier", "log score"), rows))
    for sentence in content["verdicts"]:
        screen.print(sentence)
    for day, told in content["time_split"].items():
        screen.print(f"\nKnown by {day}: {told['later']} of the {told['open']} other states came later.", style="bold")
        for which, words in (("fitted", "under the fitted weights"), ("with_uncertainty", "with their uncertainty")):
            number, auc = told["number"][which], told["auc"][which]
            screen.print(
                f"Foreseen {words}: {number['median']:.0f} ({number['low']:.0f}–{number['high']:.0f}); AUC {auc:.2f}."
            )
            inside = ", ".join(f"{told['inside'][kind][which]} {KIND_HEADINGS[kind]}" for kind in KIND_HEADINGS)
            screen.print(f"Of {told['of']} later dates of each kind inside: {inside}.")
    screen.print(f"\n{content['negative_control']['verdict']}")
