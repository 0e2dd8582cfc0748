"""The files of a fit: its weights, with [fit] for people and the page Evidence, and its draws."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from sim import facts
from sim.arguments import LARGEST_SEED
from sim.errors import InputError
from sim.evidence.calibrate import CONVENED_BY, Fit
from sim.evidence.report.rendering import texts_of
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
    common = fit.common.intervals
    return texts_of("fit_file").render(
        fit=fit,
        draws=len(next(iter(fit.draws.values()), ())),
        at_bound=json.dumps(fit.at_bound),
        low={dial: low for dial, (low, _) in fit.intervals.items()},
        high={dial: high for dial, (_, high) in fit.intervals.items()},
        common_low={dial: low for dial, (low, _) in common.items()},
        common_high={dial: high for dial, (_, high) in common.items()},
        COMMON=COMMON,
        DEFAULT=DEFAULT,
    )


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
