"""The table of worked examples in docs/transfer.md; `python -m sim.evidence.transfer_table docs/transfer.md` writes it."""

from __future__ import annotations

import sys
from pathlib import Path

from sim import facts
from sim.evidence.scores import auc
from sim.evidence.signers import read_signers, signers_beside
from sim.evidence.transfer import Transfer, transfer
from sim.parameter_table import with_table
from sim.scenario import load
from sim.textfile import file_text
from sim.writing import write_text

NAME = "worked examples"
HEADINGS = (
    "instrument", "signed", "taken out", "AUC", "AUC of freedom alone", "Brier score", "one share for all",
    "sign in the mean world",
)  # fmt: skip
RECORD = ("budapest_party", "freedom_online_coalition")  # all that makes a state's record
EXAMPLES = (
    ("transfer/budapest-convention", RECORD),
    ("transfer/budapest-convention", ()),
    ("transfer/pall-mall-2025", ()),
)


def examples() -> list[Transfer]:
    """Every worked example, scored: about ten seconds."""
    found = []
    for name, without in EXAMPLES:
        scenario = load(name)
        found.append(transfer(scenario, read_signers(signers_beside(scenario)), without=without))
    return found


def transfer_table() -> str:
    """A table in Markdown, a row for each example."""
    rows = [HEADINGS, ("---",) * len(HEADINGS)]
    rows += [_cells(name, done) for (name, _), done in zip(EXAMPLES, examples(), strict=True)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def freedom_alone(done: Transfer) -> float | None:
    """The AUC of telling the signers by freedom in 2017, and by nothing else."""
    freedom = facts.states()["freedom_2017"].loc[done.states["iso3"]].to_numpy(float)
    return auc(done.states["signed"].to_numpy(bool), freedom)


def _cells(name: str, done: Transfer) -> tuple[str, ...]:
    taken_out = ", ".join(f"`{column}`" for column in done.without) or "nothing"
    scores = (done.auc, freedom_alone(done), done.brier, done.base_brier)
    mean_world = f"{done.states['share'].sum():.0f}"
    return (f"`{name}`", f"{done.signers}", taken_out, *(f"{score:.3f}" for score in scores), mean_world)


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = with_table(file_text(Path(argument), argument, "a document"), argument, NAME, transfer_table())
        write_text(Path(argument), document)
