"""The tables of docs/transfer.md, by scoring its examples; `python -m sim.evidence.transfer_table docs/transfer.md`
writes them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.evidence.signers import read_signers, signers_beside
from sim.evidence.transfer import Transfer, transfer
from sim.evidence.transfer_baselines import baselines_beside
from sim.parameter_table import with_table
from sim.scenario import load
from sim.textfile import file_text
from sim.writing import write_text

NAME = "worked examples"
HEADINGS = ("model", "AUC", "Parley's less it", "Brier score", "Parley's less it")
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
    """A table in Markdown for each example, with a row for each model."""
    return "\n\n".join(_table(name, done) for (name, _), done in zip(EXAMPLES, examples(), strict=True))


def _table(name: str, done: Transfer) -> str:
    taken_out = " and ".join(f"`{column}`" for column in done.without) or "nothing"
    caption = (
        f"**{name}**, {taken_out} taken out: {done.signers} signed, {done.states['share'].sum():.0f} do in the mean "
        f"world; the Brier score of one share for all is {done.base_brier:.3f}."
    )
    rows = [HEADINGS, ("---",) * len(HEADINGS), ("Parley", f"{done.auc:.3f}", "", f"{done.brier:.3f}", "")]
    for model, scores in baselines_beside(done).items():
        cells = [model]
        for told in scores.values():
            apart = told["difference"]
            cells += [f"{told['score']:.3f}", f"{apart['value']:+.3f} ({apart['low']:+.3f} to {apart['high']:+.3f})"]
        rows.append(tuple(cells))
    return "\n".join([caption, "", *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = with_table(file_text(Path(argument), argument, "a document"), argument, NAME, transfer_table())
        write_text(Path(argument), document)
