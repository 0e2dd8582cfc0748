"""The weights fitted again without some of the facts, so that these can be asked about: who is party to a treaty, say.

What is taken out is nobody's, in the fit as in the worlds. A motive that then has the same value for everybody gets no
weight, since nothing can be known of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from threadpoolctl import threadpool_limits

from sim.evidence.calibrate import fit_all
from sim.evidence.parts import Progress
from sim.evidence.targets import register
from sim.lenses import LENSES
from sim.population import leaving_out
from sim.scenario import load
from sim.scenario.files import DEFAULT


def refit(without: Iterable[str], progress: Progress | None = None) -> dict[str, float]:
    """Dial -> weight, six significant digits, of all that are fitted, from the Paris Call's register without the
    memberships *without*: columns of states.csv, among them `budapest_party` and `freedom_online_coalition`.

    A few seconds, and no luck. *progress* is called with the kinds of stakeholder done and all kinds. InputError for a
    column that is no membership, or comes twice.
    """
    measures = leaving_out(without, "without")
    scenario = load(DEFAULT).without_hindsight()
    with threadpool_limits(1, "blas"):  # as everywhere in the fits: their arrays are small
        return fit_all(scenario, register(scenario), LENSES[scenario.lens], measures, progress=progress).values
