"""The worked examples of docs/transfer.md in a table: `python -m sim.evidence.transfer_table docs/transfer.md` writes
it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim import facts
from sim.evidence.scores import Difference, auc, difference
from sim.evidence.signers import read_signers, signers_beside
from sim.evidence.transfer import Transfer, transfer
from sim.parameter_table import with_table
from sim.scenario import load
from sim.textfile import file_text
from sim.writing import write_text

NAME = "worked examples"
HEADINGS = (
    "instrument", "taken out", "AUC", "of freedom alone", "difference", "Brier score", "of one share for all",
    "signed", "in the mean world",
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


def beside_freedom(done: Transfer) -> Difference:
    """The AUC of the shares less that of ranking states by their freedom alone, over resampled sub-regions."""
    states = facts.states().loc[done.states["iso3"]]
    signed, share = done.states["signed"].to_numpy(int), done.states["share"].to_numpy(float)
    freedom, regions = states["freedom_2017"].to_numpy(float), states["region"].to_numpy(str)
    return difference(signed, share, freedom, auc, regions, done.seed)


def _cells(name: str, done: Transfer) -> tuple[str, ...]:
    apart = beside_freedom(done)
    assert done.auc is not None
    assert apart.value is not None
    taken_out = ", ".join(f"`{column}`" for column in done.without) or "nothing"
    return (
        f"`{name}`",
        taken_out,
        f"{done.auc:.3f}",
        f"{done.auc - apart.value:.3f}",
        f"{apart.value:.3f} ({apart.low:.3f} to {apart.high:.3f})",
        f"{done.brier:.3f}",
        f"{done.base_brier:.3f}",
        f"{done.signers}",
        f"{done.states['share'].sum():.0f}",
    )


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = with_table(file_text(Path(argument), argument, "a document"), argument, NAME, transfer_table())
        write_text(Path(argument), document)
