"""The fitted weights: what the register leaves open, whether it shows contagion, and whether known
ones are recovered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.calibrate import Fit
from sim.evidence.identification import Contagion, Show, contagion, not_pinned_down
from sim.evidence.report import rendering
from sim.evidence.report.document import Block, Section
from sim.kinds_and_statuses import KIND_WORDS

Record = Mapping[str, Any]

BAR = 0.9  # share of simulated worlds in which a weight is to be recovered


def contagion_on_record(calibration: Record) -> dict[str, Contagion]:
    """kind -> whether the register shows contagion, as the record has it."""
    return {
        kind: Contagion(Show(of["verdict"]), of["gain"], tuple(of["dials"]))
        for kind, of in ((kind, calibration["contagion"][kind]) for kind in KIND_WORDS)
    }


def too_rarely(recovery: Record) -> list[str]:
    """The dials that are recovered in fewer worlds than BAR asks, the worst first."""
    shares = recovery["found"]
    return sorted((dial for dial in shares if shares[dial] < BAR), key=lambda dial: shares[dial])


def sections(record: Record) -> list[Block]:
    """Known weights, found again, and what the register cannot tell."""
    calibration, recovery = record["calibration"], record["recovery"]
    return rendering.blocks(
        "weights",
        fit=None,
        contagion=contagion_on_record(calibration),
        open=calibration["not_pinned_down"],
        twins=calibration["hard_to_tell_apart"],
        recovery=recovery,
        rare=too_rarely(recovery),
        BAR=BAR,
        source=rendering.origin(record["manifest"]),
    )


def document(fit: Fit) -> Section:
    """What a *fit* comes to: every weight, with its standard error and the ends of its interval
    where it has them, what the register leaves open, and whether it shows contagion.
    """
    return rendering.section(
        "weights",
        fit=fit,
        contagion=contagion(fit),
        open=not_pinned_down(fit),
        twins=fit.hard_to_tell_apart,
    )
