"""The files of a fit: its weights, with [fit] for people and the page Evidence, and its draws."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from sim import facts
from sim.arguments import LARGEST_SEED
from sim.errors import InputError
from sim.evidence.calibrate import CONVENED_BY, Fit
from sim.evidence.texts.weights import Common
from sim.reading import Section, toml_table
from sim.scenario.draws import COMMON, draws_beside, read_draws
from sim.scenario.files import DEFAULT
from sim.scenario.text_weights import read_common, read_text
from sim.scenario.weights import hard_to_tell_apart, read_fit, read_weights
from sim.writing import write_text

NUMBERS = (
    "log_likelihood",
    "log_likelihood_without_contagion",
    "penalty",
    "standard_errors",
    "low",
    "high",
    *(f"{COMMON}{name}" for name in ("standard_errors", "low", "high")),
)


def as_toml(fit: Fit) -> str:
    """*fit* as a file of weights."""
    lens = "" if fit.lens == "full" else f" --lens {fit.lens}"
    scenario = "" if fit.scenario == DEFAULT else f" {fit.scenario}"
    convenor = [f'{key} = "{value}"' for key, value in fit.convened_by.items() if value]
    lines = [
        (
            f"# Fitted to the register of supporters by `parley calibrate{scenario}{lens}`; do not"
            " edit by hand."
        ),
        "",
        "[weights]",
        *_lines((name, f"{value!r}") for name, value in fit.weights.items()),
        *_common_lines(fit.common),
        "",
        "[fit]",
        f'lens = "{fit.lens}"',
        f'scenario = "{fit.scenario}"',
        *convenor,
        f"date = {fit.fitted_on.isoformat()}",
        f'data_sha256 = "{fit.data_sha256}"',
        f"seed = {fit.seed}  # of the bootstraps alone: the weights rest on no luck",
        f"draws = {len(next(iter(fit.draws.values()), ()))}",
        f"at_bound = {json.dumps(fit.at_bound)}",
    ]
    for name, by_kind in (
        ("log_likelihood", fit.log_likelihood),
        ("log_likelihood_without_contagion", fit.without_contagion),
        ("penalty", fit.penalty),
    ):
        lines += [
            "",
            f"[fit.{name}]",
            *_lines((kind, f"{value:.3f}") for kind, value in by_kind.items()),
        ]
    how = "spread of the draws, and the penalty's pull"
    lines += ["", f"[fit.standard_errors]  # {how}; none for a weight at its bound"]
    lines += _lines((dial, f"{error:.3g}") for dial, error in fit.standard_errors.items())
    for name, end in (("low", 0), ("high", 1)):
        lines += ["", f"[fit.{name}]  # {('5th', '95th')[end]} percentile of the draws"]
        lines += _lines((dial, f"{ends[end]:.4g}") for dial, ends in fit.intervals.items())
    lines += [
        "",
        "[fit.hard_to_tell_apart]  # pairs of weights whose estimates are correlated, and how",
    ]
    lines += [
        f'"{first}, {second}" = {correlation}'
        for first, second, correlation in fit.hard_to_tell_apart
    ]
    lines += ["", "[fit.text]  # of the code whose register it is"]
    lines += _lines((name, f"{value!r}") for name, value in fit.text._asdict().items())
    lines += _uncertainty_lines(fit.common)
    return "\n".join(lines) + "\n"


def _common_lines(common: Common) -> list[str]:
    """The table [common]; none where there are no common weights."""
    if not common.values:
        return []
    head = (
        "# of states' motives, fitted to many instruments: for texts of the other side than the"
        " register's"
    )
    return [
        "",
        f"[common]  {head}",
        *_lines((dial, f"{value!r}") for dial, value in common.values.items()),
    ]


def _uncertainty_lines(common: Common) -> list[str]:
    lines = []
    for name, what, numbers in (
        (
            "standard_errors",
            "spread of the draws, in each of which families of instruments count for more or less",
            common.standard_errors,
        ),
        (
            "low",
            "5th percentile of the draws",
            {dial: ends[0] for dial, ends in common.intervals.items()},
        ),
        (
            "high",
            "95th percentile of the draws",
            {dial: ends[1] for dial, ends in common.intervals.items()},
        ),
    ):
        if numbers:
            lines += ["", f"[fit.{COMMON}{name}]  # {what}"]
            lines += _lines((dial, f"{value:.4g}") for dial, value in numbers.items())
    return lines


def draws_as_csv(fit: Fit) -> str:
    """The draws of the bootstraps: a column per dial, those of common weights with COMMON before
    their names, a row each.
    """
    columns = {
        **fit.draws,
        **{f"{COMMON}{dial}": values for dial, values in fit.common.draws.items()},
    }
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(columns)
    table.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()


def read(path: Path) -> Fit:
    """The fit in the file *path* and the draws beside it; InputError where either is missing or
    incomplete.
    """
    label = facts.label_of(path)
    file = Section(toml_table(path, label), label)
    fit = file.section("fit")
    numbers = {name: read_fit(path, name) for name in NUMBERS}
    text = read_text(path)
    if text is None:
        raise InputError(
            f"{label}, [fit]: the table text is missing, expected the features of the code"
        )
    draws = read_draws(draws_beside(path))
    common = Common(
        read_common(path),
        numbers[f"{COMMON}standard_errors"],
        _ends(numbers[f"{COMMON}low"], numbers[f"{COMMON}high"]),
        {
            name.removeprefix(COMMON): values
            for name, values in draws.items()
            if name.startswith(COMMON)
        },
    )
    return Fit(
        lens=fit.text("lens"),
        scenario=fit.text("scenario"),
        convened_by={key: fit.text(key, "") for key in CONVENED_BY},
        fitted_on=fit.day("date"),
        data_sha256=fit.text("data_sha256"),
        seed=fit.whole("seed", 0, LARGEST_SEED),
        weights=read_weights(path),
        log_likelihood=numbers["log_likelihood"],
        without_contagion=numbers["log_likelihood_without_contagion"],
        penalty=numbers["penalty"],
        at_bound=fit.words("at_bound"),
        standard_errors=numbers["standard_errors"],
        intervals=_ends(numbers["low"], numbers["high"]),
        hard_to_tell_apart=tuple(hard_to_tell_apart(path)),
        draws={dial: values for dial, values in draws.items() if not dial.startswith(COMMON)},
        text=text,
        common=common,
    )


def _ends(low: Mapping[str, float], high: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    return {dial: (low[dial], high[dial]) for dial in low if dial in high}


def write(fit: Fit, path: Path) -> list[Path]:
    """Write *fit* to *path* and its draws beside it, each whole or not at all; the files written.
    InputError where that cannot be.
    """
    write_text(draws_beside(path), draws_as_csv(fit))
    write_text(path, as_toml(fit))
    return [path, draws_beside(path)]


def _lines(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name} = {value}" for name, value in pairs]
