"""Common weights as files of fits have them: the motives of a lens, and an inclination.

A text of no known kind has the mean inclination of all families of instruments. How many join a
text is not foretold by its description, and their spread is several logits; so the mean says no
more than that this text is as attractive as most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.evidence.instruments import instruments
from sim.evidence.maximise import rounded
from sim.evidence.texts.data import MOTIVES, Rows, families, read_rows
from sim.evidence.texts.fit import fit_common, inclination_to
from sim.lenses import LENSES, Lens
from sim.motives import MOTIVES as DECLARED

INCLINATION = "state_inclination"
FULL = LENSES["full"]


@dataclass(frozen=True)
class Common:
    """Common weights: `values` (dial -> weight), their standard errors, the 5th and 95th percentile
    and the values of the bootstrap's draws. All are empty where a lens has no motive that a single
    text cannot tell.
    """

    values: dict[str, float]
    standard_errors: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    draws: Mapping[str, Sequence[float]]


def scored_rows() -> list[Rows]:
    """The rows of all instruments of which it is known who was asked."""
    return [read_rows(each) for each in instruments() if each.scored]


def common_weights(
    rows: Sequence[Rows], lens: Lens, by_family: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Dial -> weight of the motives of *lens*, and the inclination; *by_family*: what each family
    counts for, 1 by default. Empty where the lens has no motive that a single text cannot tell: its
    weights hold for all texts.
    """
    motives = [motive for motive in MOTIVES if lens.has(motive)]
    if all(DECLARED[motive].one_text for motive in motives):
        return {}
    counts_for = by_family or dict.fromkeys(families(rows), 1.0)
    factors = {each.name: counts_for[each.instrument.family] for each in rows}
    at = fit_common(rows, motives=motives, factors=factors).best
    means = [
        np.mean(
            [
                at.weights[inclination_to(each.name)]
                for each in rows
                if each.instrument.family == family
            ]
        )
        for family in counts_for
    ]
    inclination = rounded(float(np.average(means, weights=list(counts_for.values()))))
    return {
        INCLINATION: inclination,
        **{f"state_{motive}": at.weights[f"state_{motive}"] for motive in MOTIVES},
    }


def redrawn_weights(rows: Sequence[Rows], lens: Lens, seed: int, draw: int) -> dict[str, float]:
    """The `common_weights` when what each family counts for is drawn (a weighted likelihood
    bootstrap: Newton and Raftery 1994).
    """
    names = families(rows)
    counts_for = np.random.default_rng([seed, 1, draw]).exponential(size=len(names))
    return common_weights(rows, lens, dict(zip(names, counts_for.tolist(), strict=True)))
