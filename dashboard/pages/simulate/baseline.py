"""A view beside the Paris Call as it was, under the same lens and the same luck: what it changes,
in pairs of worlds.

The page asks for it after the record of the view, so that the curves wait for one run and not for
two.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import numpy as np

import sim
from dashboard.cache import Runs
from dashboard.data.brief_pairs import Change, anyway_of, in_other_fits
from dashboard.data.compare import movers
from dashboard.data.pairs import coalitions_of, middle_and_ends, supposed, under_other_fits
from dashboard.data.record import bands, dates_of, provenance
from dashboard.data.suppositions import as_it_was
from dashboard.data.words import basis_and_why
from dashboard.view import View


def beside_baseline(view: View, runs: Runs) -> dict[str, Any]:
    """The median `levels` of the baseline, and *view* less it in pairs of worlds, at all rounds
    that both have, on `dates`. `supposed` has, by kind, whose choice the view supposes, and by the
    end the difference beyond them; `lead` begins the sentence that tells it where some of them
    chose so anyway. `other_fits` is the query of the view under other fits that the data allow,
    empty where it has none; `in_other_fits` says the differences by the end as those of other fits,
    in a sentence. `coalitions` says who joins and who leaves where many states do both.
    """
    baseline = as_it_was(view)
    first, own = runs.of(baseline), runs.of(view)
    start = max(run.scenario.first_round for run in (first, own))
    end = min(run.scenario.last_round for run in (first, own))

    def at_both(run: sim.Run, values: np.ndarray) -> np.ndarray:
        offset = run.scenario.first_round
        return values[:, start - offset : end - offset + 1]

    before, after = (at_both(run, run.values("listed")) for run in (first, own))
    power = [at_both(run, run.values("power_share"))[:, :, 0] for run in (first, own)]
    people = own.directory()
    told = supposed(baseline, view, dict(zip(people["id"], people["kind"], strict=True)))

    def beyond(kind: str) -> dict[str, Any]:
        theirs = [at_both(run, run.listed_among(told[kind]["who"]))[:, -1] for run in (first, own)]
        place = sim.KINDS.index(kind)
        return told[kind] | middle_and_ends(
            before[:, -1, place] - theirs[0], after[:, -1, place] - theirs[1]
        )

    difference = {
        **{
            kind: middle_and_ends(before[:, :, place], after[:, :, place])
            for place, kind in enumerate(sim.KINDS)
        },
        "power": middle_and_ends(*power),
    }
    by_the_end = {
        kind: {key: values[-1] for key, values in difference[kind].items()} for kind in sim.KINDS
    }
    others = {kind: beyond(kind) for kind in told}
    place = end - first.scenario.first_round
    for kind, each in others.items():
        each["lead"] = _lead(anyway_of(told[kind], by_the_end[kind], each, first, place))
    at_the_end = {
        kind: by_the_end[kind]
        for kind in view.variant.code.may_sign
        if kind in baseline.variant.code.may_sign
    }
    changes = {
        kind: Change(
            change, others.get(kind, change), others[kind]["words"] if kind in others else ""
        )
        for kind, change in at_the_end.items()
    }
    fits = under_other_fits(view)
    return {
        "query": view.query(),
        "baseline": baseline.query(),
        **basis_and_why(baseline.variant, view.variant),
        **provenance(view),
        "dates": dates_of(first)[start - first.scenario.first_round :][: end - start + 1],
        "levels": {
            kind: bands(before[:, :, place])["median"] for place, kind in enumerate(sim.KINDS)
        },
        "supposed": others,
        "difference": difference,
        "in_other_fits": in_other_fits(changes, next(iter(changes), "")),
        "other_fits": fits[0].query() if fits else "",
        "coalitions": _coalitions(
            first, own, {who for theirs in told.values() for who in theirs["who"]}
        ),
    }


def _lead(anyway: tuple[str, str, bool] | None) -> str:
    """What begins the sentence that says how the list changes, where some of those supposed chose
    so *anyway*.
    """
    if not anyway:
        return ""
    subject, had, signs = anyway
    does = "sign" if signs else "stay out"
    return (
        f"{subject[:1].upper()}{subject[1:]}. The model already had {had} {does} in most worlds, so"
    )


def _coalitions(
    first: sim.Run, second: sim.Run, told: Set[str]
) -> dict[str, dict[str, Any]] | None:
    """Which states *second* brings in and keeps out, but for those whose choice is *told*; None
    where either are few.
    """
    people = first.directory()
    weight = dict(zip(people["id"], people["weight"].tolist(), strict=True))
    names = dict(zip(people["id"], zip(people["name"], people["kind"], strict=True), strict=True))
    moved = movers(
        {"signed": first.signed, "people": names, "weight": weight}, {"signed": second.signed}
    )
    return coalitions_of(
        {way: [row for row in rows if row["id"] not in told] for way, rows in moved.items()}, weight
    )
