"""The files of a fit: its weights, with [fit] for people and the page Evidence, and its draws."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

from sim import facts
from sim.arguments import LARGEST_SEED
from sim.errors import InputError
from sim.evidence.calibrate import Fit
from sim.reading import Section, file_text, toml_table
from sim.scenario.files import DEFAULT
from sim.scenario.weights import hard_to_tell_apart, read_fit, read_weights
from sim.writing import write_text

NUMBERS = ("log_likelihood", "log_likelihood_without_contagion", "penalty", "standard_errors", "low", "high")


def as_toml(fit: Fit) -> str:
    """*fit* as a file of weights."""
    lens = "" if fit.lens == "full" else f" --lens {fit.lens}"
    scenario = "" if fit.scenario == DEFAULT else f" {fit.scenario}"
    lines = [
        f"# Fitted to the register of supporters by `parley calibrate{scenario}{lens}`; do not edit by hand.", "",
        "[weights]", *_lines((name, f"{value!r}") for name, value in fit.weights.items()),
        "", "[fit]", f'lens = "{fit.lens}"', f'scenario = "{fit.scenario}"', f"date = {fit.fitted_on.isoformat()}",
        f'data_sha256 = "{fit.data_sha256}"',
        f"seed = {fit.seed}  # of the bootstraps alone: the weights rest on no luck",
        f"draws = {len(next(iter(fit.draws.values()), ()))}",
        f"at_bound = {json.dumps(fit.at_bound)}",
    ]  # fmt: skip
    for name, by_kind in (
        ("log_likelihood", fit.log_likelihood),
        ("log_likelihood_without_contagion", fit.without_contagion),
        ("penalty", fit.penalty),
    ):
        lines += ["", f"[fit.{name}]", *_lines((kind, f"{value:.3f}") for kind, value in by_kind.items())]
    how = "spread of the draws, and the penalty's pull"
    lines += ["", f"[fit.standard_errors]  # {how}; none for a weight at its bound"]
    lines += _lines((dial, f"{error:.3g}") for dial, error in fit.standard_errors.items())
    for name, end in (("low", 0), ("high", 1)):
        lines += ["", f"[fit.{name}]  # {('5th', '95th')[end]} percentile of the draws"]
        lines += _lines((dial, f"{ends[end]:.4g}") for dial, ends in fit.intervals.items())
    lines += ["", "[fit.hard_to_tell_apart]  # pairs of weights whose estimates are correlated, and how"]
    lines += [f'"{first}, {second}" = {correlation}' for first, second, correlation in fit.hard_to_tell_apart]
    return "\n".join(lines) + "\n"


def draws_as_csv(fit: Fit) -> str:
    """The draws of the bootstrap: a column per dial, a row each."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(fit.draws)
    table.writerows(zip(*fit.draws.values(), strict=True))
    return text.getvalue()


def draws_beside(weights: Path) -> Path:
    """Where the draws of the fit in the file *weights* lie."""
    return weights.with_name(f"{weights.stem}-draws.csv")


def read(path: Path) -> Fit:
    """The fit in the file *path* and the draws beside it; InputError where either is missing or incomplete."""
    label = facts.label_of(path)
    file = Section(toml_table(path, label), label)
    fit = file.section("fit")
    numbers = {name: read_fit(path, name) for name in NUMBERS}
    low, high = numbers["low"], numbers["high"]
    return Fit(
        lens=fit.text("lens"),
        scenario=fit.text("scenario"),
        fitted_on=fit.day("date"),
        data_sha256=fit.text("data_sha256"),
        seed=fit.whole("seed", 0, LARGEST_SEED),
        weights=read_weights(path),
        log_likelihood=numbers["log_likelihood"],
        without_contagion=numbers["log_likelihood_without_contagion"],
        penalty=numbers["penalty"],
        at_bound=fit.words("at_bound"),
        standard_errors=numbers["standard_errors"],
        intervals={dial: (low[dial], high[dial]) for dial in low if dial in high},
        hard_to_tell_apart=tuple(hard_to_tell_apart(path)),
        draws=read_draws(draws_beside(path)),
    )


def read_draws(path: Path) -> dict[str, list[float]]:
    """The draws of the bootstrap in the CSV file *path*: dial -> one value per draw."""
    label = facts.label_of(path)
    header, *rows = csv.reader(file_text(path, label, "draws of weights").splitlines())
    try:
        return {dial: [float(row[place]) for row in rows] for place, dial in enumerate(header)}
    except (IndexError, ValueError):
        raise InputError(f"{label}: found a cell that is missing or no number, expected a value per dial") from None


def write(fit: Fit, path: Path) -> list[Path]:
    """Write *fit* to *path* and its draws beside it, each whole or not at all; the files written. InputError where that
    cannot be.
    """
    write_text(draws_beside(path), draws_as_csv(fit))
    write_text(path, as_toml(fit))
    return [path, draws_beside(path)]


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name} = {value}" for name, value in pairs]
