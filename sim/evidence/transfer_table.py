"""The tables of docs/transfer.md, by scoring its examples; `python -m sim.evidence.transfer_table docs/transfer.md`
writes them.

Beside Parley stand the baselines of the backtest, fitted to the Paris Call's register too. They know nothing of the
other instrument, not even its description: whoever signed the one is taken to sign the other.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from sim.evidence.baselines import baselines, read_features
from sim.evidence.motive_values import Floats
from sim.evidence.scores import Score, auc, brier, difference
from sim.evidence.signers import read_signers, signers_beside
from sim.evidence.targets import register
from sim.evidence.transfer import Transfer, transfer
from sim.parameter_table import with_table
from sim.population import leaving_out
from sim.scenario import load
from sim.scenario.files import DEFAULT
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
    signed, share = done.states["signed"].to_numpy(int), done.states["share"].to_numpy(float)
    caption = (
        f"**{name}**, {taken_out} taken out: {done.signers} signed, {share.sum():.0f} do in the mean world; "
        f"the Brier score of one share for all is {done.base_brier:.3f}."
    )
    paris = load(DEFAULT).without_hindsight()
    features = read_features(paris.parameters, paris.code, leaving_out(done.without, "without"))
    everybody = np.ones(len(signed), dtype=bool)
    known = register(paris).signed
    rows = [HEADINGS, ("---",) * len(HEADINGS), ("Parley", f"{done.auc:.3f}", "", f"{done.brier:.3f}", "")]
    for model, baseline in baselines(features).items():
        theirs = baseline(known, everybody)

        def beside(score: Score, theirs: Floats = theirs) -> tuple[str, str]:
            apart = difference(signed, share, theirs, score, features.groups, done.seed)
            return f"{score(signed, theirs):.3f}", f"{apart.value:+.3f} ({apart.low:+.3f} to {apart.high:+.3f})"

        rows.append((model, *beside(auc), *beside(brier)))
    return "\n".join([caption, "", *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        document = with_table(file_text(Path(argument), argument, "a document"), argument, NAME, transfer_table())
        write_text(Path(argument), document)
