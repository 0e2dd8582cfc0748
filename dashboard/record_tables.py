"""The numbers behind the figures of the record of evidence, as tables: every row says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

Content = Mapping[str, Any]
UNSEEN = "fitted to the register, states left out"
WAYS = ("leave_one_region_out", "leave_one_continent_out", "ten_fold")
SCORES = ("auc", "brier", "log_score")


def models(content: Content) -> pd.DataFrame:
    """A row per way of leaving out, what was known, and model: its scores, and what Parley's are less them."""
    backtest = content["backtest"]
    rows = []
    for known, told in (("strict", backtest), ("structural", backtest["structural"])):
        for way in (way for way in WAYS if way in told):
            gaps = backtest["differences"][way] if known == "strict" else {}
            for model, scores in told[way].items():
                scored = {name: scores[name] for name in SCORES}
                rows.append({"left_out": way, "known": known, "model": model, **scored, **_gaps(gaps.get(model))})
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def calibration(content: Content) -> pd.DataFrame:
    """A row per way of leaving out and group of states: their shares, and where a perfect model's would lie."""
    told = content["backtest"]["against_perfection"]
    rows = [{"left_out": way, **group} for way, found in told.items() for group in found["calibration"]]
    return _with_basis(pd.DataFrame(rows), content, UNSEEN)


def later(content: Content) -> pd.DataFrame:
    """A row per day, kind, later date and interval: those under the fitted weights, and with their uncertainty."""
    days = content["backtest"]["time_split"]
    rows = [{"known_by": day, **row} for day, found in days.items() for row in _by_interval(found["dates"])]
    return _with_basis(pd.DataFrame(rows), content, "fitted to the register as it was known by then")


def conclusions(content: Content) -> pd.DataFrame:
    """A row per conclusion and assumption; nobody by name."""
    told = content["conclusions"]
    sentences = {each["name"]: each["sentence"] for each in told["conclusions"]}
    cells = pd.DataFrame(told["cells"]).assign(worlds=told["replicates"], seed=told["seed"])
    return cells.assign(sentence=cells["conclusion"].map(sentences))


TABLES: Mapping[str, Callable[[Content], pd.DataFrame]] = {
    "models": models,
    "calibration": calibration,
    "later": later,
    "conclusions": conclusions,
}


def _gaps(by_score: Mapping[str, Mapping[str, float]] | None) -> dict[str, float | None]:
    ends = ("value", "low", "high")
    return {f"{name}_less_{end}": by_score[name][end] if by_score else None for name in SCORES for end in ends}


def _by_interval(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        for interval in ("fitted", "with_uncertainty"):
            dated = {key: row[key] for key in ("kind", "date", "registered")}
            yield {**dated, "interval": interval, **row[interval]}


def _with_basis(table: pd.DataFrame, content: Content, basis: str) -> pd.DataFrame:
    manifest = content["manifest"]
    return table.assign(basis=basis, seed=manifest["seed"], version=manifest["parley"])
