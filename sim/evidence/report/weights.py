"""The fitted weights: what the register leaves open, whether it shows contagion, and whether known
ones are recovered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.evidence.calibrate import Fit
from sim.evidence.identification import Contagion, Show, contagion, not_pinned_down
from sim.evidence.report.document import Block, Figure, Section, Sentences, Table
from sim.evidence.report.rendering import FITTED, origin, pairs, texts
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import TO, interval, setting, significant

Record = Mapping[str, Any]

BAR = 0.9  # share of simulated worlds in which a weight is to be recovered
COLUMNS = ("dial", "weight", "standard error", "90 %")


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


def sections(record: Record) -> Iterator[Section]:
    """Known weights, found again, and what the register cannot tell."""
    calibration, recovery = record["calibration"], record["recovery"]
    words = texts(
        "weights",
        contagion=contagion_on_record(calibration),
        open=calibration["not_pinned_down"],
        twins=calibration["hard_to_tell_apart"],
        recovery=recovery,
        rare=too_rarely(recovery),
        BAR=BAR,
        source=origin(record["manifest"]),
    )
    numbers = _shares(recovery["found"])
    yield Section(
        "Known weights, found again",
        Sentences("recovery", words["recovery"]),
        Figure("recovery", words["figure recovery"], numbers),
    )
    yield Section(
        "What the register cannot tell",
        Sentences("calibration", words["calibration"]),
        Section("Weight by weight", Sentences("", words["weight by weight"]), folded=True),
        basis=FITTED,
    )


def _shares(shares: Mapping[str, float]) -> Table:
    """In how many simulated worlds each weight is recovered, the rarest first."""
    rarest = sorted(shares.items(), key=lambda each: each[1])
    rows = [(dial, pairs(share)) for dial, share in rarest]
    title = "In how many simulated worlds each weight is found again"
    return Table(("weight", "worlds, %"), "lr", rows, title)


def document(fit: Fit) -> Section:
    """What a *fit* comes to: every weight, with its standard error and the ends of its interval
    where it has them, and what the register cannot say.
    """
    common, blocks = fit.common, list[Block]()
    of_texts = _rows(common.values, common.standard_errors, common.intervals)
    if of_texts:
        title = "Common weights, for texts of the other side"
        blocks.append(Table(COLUMNS, "lrrr", of_texts, title))
    return Section(
        "Weights fitted to the register",
        Table(COLUMNS, "lrrr", _rows(fit.weights, fit.standard_errors, fit.intervals)),
        Sentences("calibration", sentences(fit)),
        *blocks,
    )


def sentences(fit: Fit) -> list[str]:
    """What the register leaves open of a *fit*, and whether it shows contagion."""
    words = texts(
        "weights",
        contagion=contagion(fit),
        open=not_pinned_down(fit),
        twins=fit.hard_to_tell_apart,
        recovery=None,
    )
    return [*words["weight by weight"], *words["calibration"]]


def _rows(
    weights: Mapping[str, float],
    errors: Mapping[str, float],
    intervals: Mapping[str, tuple[float, float]],
) -> list[tuple[str, ...]]:
    """Dial, weight, and where it has them its standard error and the ends of its interval."""
    return [
        (
            dial,
            setting(value),
            significant(errors[dial], 2) if dial in errors else "",
            interval(*intervals[dial], significant, TO) if dial in intervals else "",
        )
        for dial, value in weights.items()
    ]
