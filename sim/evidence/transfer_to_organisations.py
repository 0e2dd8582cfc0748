"""Transfer to codes that firms and NGOs sign: the shares of simulated worlds beside the list of
members.

Only organisations with a name are scored (organisations.csv): of the others the model knows how
many there are, and not which. The weights of firms and NGOs were fitted to counts by country and
date, and to no name, so that who signs among the named is nothing that they were told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sim import facts
from sim.errors import InputError
from sim.evidence import scores
from sim.evidence.report.rendering import texts
from sim.evidence.signers import Signers
from sim.evidence.transfer import check_description, in_plain_types, misses_of, worlds_of_transfer
from sim.experiments.outcomes import ALL
from sim.kinds_and_statuses import KIND_WORDS, KINDS
from sim.population import leaving_out
from sim.request import Request
from sim.scenario import Scenario
from sim.threads import Progress
from sim.writing import records

WHO = {**KIND_WORDS, ALL: "firms and NGOs"}
COLUMNS = ("kind", "n", "signers", "expected", "auc", "brier", "base_brier")


@dataclass(frozen=True, eq=False)
class OrganisationTransfer:
    """How well the shares of simulated worlds predict which organisations with a name signed the
    instrument.

    scores         a row for each kind that may sign, and for all where both may: kind, n (how
                   many), signers, expected (how many sign in the mean world), auc (NaN where all or
                   none signed), brier, and base_brier, of the share of them that signed, given to
                   each
    organisations  name, kind, share (of simulated worlds in which it has signed by *read_at*),
                   signed (True or False)
    misses         the organisations whose share lies farthest from what happened, a sentence each
    remarks        caveats to these numbers, a sentence each

    The other fields are those of `Transfer`.
    """

    instrument: str
    scores: pd.DataFrame
    organisations: pd.DataFrame
    misses: tuple[str, ...]
    remarks: tuple[str, ...]
    read_round: int
    read_at: date
    without: tuple[str, ...]
    refitted: bool
    weights: Mapping[str, float]
    replicates: int
    seed: int

    def to_dict(self) -> dict[str, Any]:
        """All of it under the key `transfer_to_organisations`, in plain types for JSON."""
        return {"transfer_to_organisations": in_plain_types(self, ("scores", "organisations"))}


def transfer_to_organisations(
    scenario: Scenario,
    members: Signers,
    *,
    replicates: int = 200,
    seed: int = 1,
    without: Iterable[str] = (),
    weights: Mapping[str, float] | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> OrganisationTransfer:
    """Score *scenario*, which describes another instrument, by its *members*: name -> the day of
    signing or None.

    The other arguments are those of `transfer`. InputError where the scenario changes more than the
    code's description, where neither firms nor NGOs may sign, or where a day lies before the
    launch.
    """
    check_members(scenario, members)
    request = Request(scenario, replicates, seed, workers, progress)
    worlds = worlds_of_transfer(request, members, leaving_out(without, "without"), weights)
    kinds = {
        name: kind
        for name, kind in facts.organisation_kinds().items()
        if kind in scenario.code.may_sign
    }
    organisations = pd.DataFrame(
        {
            "name": list(kinds),
            "kind": list(kinds.values()),
            "share": [worlds.shares[name] for name in kinds],
            "signed": [name in members for name in kinds],
        }
    )
    by_kind = _scores(organisations)
    remarks = texts("remarks", rows=records(by_kind), late=worlds.late, WHO=WHO)
    return OrganisationTransfer(
        scores=by_kind,
        organisations=organisations,
        misses=misses_of(organisations),
        remarks=tuple(remarks["organisations"]),
        **worlds.fields,
    )


def check_members(scenario: Scenario, members: Signers) -> None:
    """InputError unless *scenario* describes another code and nothing else, which firms or NGOs may
    sign, and the last of its *members* did so after the launch.
    """
    if set(scenario.code.may_sign) <= {"state"}:
        raise InputError(
            f"{scenario.name}, [code]: may_sign has neither firms nor ngos, expected some of them"
            " for a list of members"
        )
    check_description(scenario, members)


def _scores(organisations: pd.DataFrame) -> pd.DataFrame:
    groups = {kind: organisations[organisations["kind"] == kind] for kind in KINDS}
    groups = {kind: group for kind, group in groups.items() if len(group)}
    if len(groups) > 1:
        groups[ALL] = organisations
    rows = []
    for kind, group in groups.items():
        signed, share = group["signed"].to_numpy(bool), group["share"].to_numpy(np.float64)
        auc = scores.auc(signed, share)
        base = scores.brier(signed, np.full(len(group), signed.mean()))
        numbers = (len(group), int(signed.sum()), float(share.sum()))
        rows.append(
            (kind, *numbers, np.nan if auc is None else auc, scores.brier(signed, share), base)
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))
