"""The fitted weights: what the register leaves open, whether it shows contagion, and whether known
ones are recovered; and what no score can make good.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.calibrate import Fit
from sim.evidence.report.document import Figure, Section, Sentences, Table
from sim.evidence.report.words import joined, origin, quantity
from sim.evidence.states.data import MOVING
from sim.evidence.states.fit import MOST_ATTENTION, SHARE_SPREAD, SLOWEST
from sim.kinds_and_statuses import KIND_WORDS
from sim.motives import BETWEEN_TEXTS
from sim.scenario.weights import TIED

Record = Mapping[str, Any]

# log likelihood that one more weight has to bring (about the 5 % level of a likelihood-ratio test)
CLEAR = 2.0
NOT_SHOWN = "contagion is not shown by this register."
BAR = 0.9  # share of simulated worlds in which a weight is to be recovered


def not_pinned_down(fit: Fit) -> list[str]:
    """A sentence on every weight whose interval reaches 0, that a bound holds back, or that has a
    twin.
    """
    sentences = []
    for dial, value in fit.weights.items():
        low, high = fit.intervals.get(dial, (0.0, 0.0))
        if dial in BETWEEN_TEXTS and value == 0:
            continue  # one register is not asked
        if dial in TIED:
            sentences.append(f"{dial} is not fitted by itself: it follows from {TIED[dial]}.")
        elif dial in fit.at_bound and value == 0:
            sentences.append(
                f"{dial} gets no weight; resampled, the register gives it up to {high:.3g}."
            )
        elif dial in fit.at_bound:
            sentences.append(
                f"{dial} lies at its bound, {value:g}, which is ours: the register alone would go"
                " beyond it."
            )
        elif dial in fit.intervals and low <= 0 <= high:
            sentences.append(
                f"{dial}, {value:.3g}, cannot be told from 0: resampled, it is {low:.3g} to"
                f" {high:.3g}."
            )
    sentences += [
        f"{first} and {second} can hardly be told apart (correlation {correlation:.2f})."
        for first, second, correlation in fit.hard_to_tell_apart
    ]
    return sentences


def contagion(fit: Fit) -> dict[str, str]:
    """kind -> whether the register shows that others' signatures moved it, in words."""
    return {kind: _contagion(fit, kind, words) for kind, words in KIND_WORDS.items()}


def _contagion(fit: Fit, kind: str, words: str) -> str:
    gain = fit.log_likelihood[kind] - fit.without_contagion[kind]
    dials = [f"{kind}_{motive}" for motive in MOVING if fit.weights.get(f"{kind}_{motive}", 0) > 0]
    if not dials:
        return (
            f"Nothing that moves with others' signatures gets a weight among {words}: {NOT_SHOWN}"
        )
    raises = (
        f"What moves with others' signatures raises the log likelihood of {words} by {gain:.1f}"
    )
    if gain < CLEAR * len(dials):
        return f"{raises}, for {len(dials)} more weights: {NOT_SHOWN}"
    return (
        f"{raises}, through {', '.join(dials)}: they go together, and the register cannot say which"
        " led."
    )


def calibration_sentences(calibration: Record, recovery: Record) -> list[str]:
    """What the register shows of contagion, and how much it leaves open."""
    return [
        *(calibration["contagion"][kind] for kind in KIND_WORDS),
        (
            f"Of {len(recovery['found'])} fitted weights the register leaves"
            f" {len(left_open(calibration))} open: they cannot be told from 0, lie at a bound, or"
            " follow from another."
        ),
    ]


def left_open(calibration: Record) -> list[str]:
    """The dials, each once, that the sentences on what is not pinned down begin with."""
    alone = [
        sentence for sentence in calibration["not_pinned_down"] if "told apart" not in sentence
    ]
    return list(dict.fromkeys(sentence.split()[0].rstrip(",") for sentence in alone))


def too_rarely(recovery: Record) -> list[str]:
    """The dials that are recovered in fewer worlds than BAR asks, the worst first."""
    shares = recovery["found"]
    return sorted((dial for dial in shares if shares[dial] < BAR), key=lambda dial: shares[dial])


def recovery_sentences(recovery: Record) -> list[str]:
    """Which weights are recovered from worlds that were simulated under them."""
    shares, below = recovery["found"], too_rarely(recovery)
    sentences = [
        (
            f"{quantity(recovery['worlds'], 'world')} were simulated under the shipped weights and"
            f" fitted again, with standard errors from {recovery['draws']} draws of the bootstrap"
            " in each."
        ),
        (
            f"The truth lies within two standard errors in at least {100 * BAR:.0f} % of these"
            f" worlds for {len(shares) - len(below)} of {len(shares)} weights; one that its bound"
            " holds at the same value in both counts as found."
        ),
    ]
    if not below:
        return [*sentences, "No weight falls short of that."]
    rare = joined(f"{dial} {100 * shares[dial]:.0f}" for dial in below)
    return [*sentences, f"Found less often, in so many % of them, the worst first: {rare}."]


def recovery_figure(record: Record) -> Figure:
    """How often each weight is recovered, with the numbers, the rarest first."""
    recovery = record["recovery"]
    rarest = sorted(recovery["found"].items(), key=lambda each: each[1])
    rows = [(dial, f"{100 * share:.0f}") for dial, share in rarest]
    return Figure(
        "recovery",
        "Does the fit find weights that are known?",
        "Share of simulated worlds in which the true weight lies within two standard errors of the"
        " fitted one, %",
        f"n = {recovery['worlds']} worlds, {recovery['draws']} draws of the bootstrap in each; "
        f"{origin(record['manifest'])}.",
        Table(
            ("weight", "worlds, %"),
            "lr",
            rows,
            "In how many simulated worlds each weight is found again",
        ),
    )


def document(fit: Fit) -> Section:
    """What a *fit* comes to: every weight, with its standard error and the ends of its interval
    where it has them, and what the register cannot say.
    """
    common = fit.common
    of_texts = _rows(common.values, common.standard_errors, common.intervals)
    return Section(
        "Weights fitted to the register",
        Table(COLUMNS, "lrrr", _rows(fit.weights, fit.standard_errors, fit.intervals)),
        Sentences("calibration", [*not_pinned_down(fit), *contagion(fit).values()]),
        *(
            [Table(COLUMNS, "lrrr", of_texts, "Common weights, for texts of the other side")]
            if of_texts
            else []
        ),
    )


COLUMNS = ("dial", "weight", "standard error", "90 %")


def _rows(
    weights: Mapping[str, float],
    errors: Mapping[str, float],
    intervals: Mapping[str, tuple[float, float]],
) -> list[tuple[str, ...]]:
    """Dial, weight, and where it has them its standard error and the ends of its interval."""
    rows: list[tuple[str, ...]] = []
    for dial, value in weights.items():
        error = f"{errors[dial]:.2g}" if dial in errors else ""
        interval = "{:.3g} to {:.3g}".format(*intervals[dial]) if dial in intervals else ""
        rows.append((dial, f"{value:g}", error, interval))
    return rows


LIMITS = (
    (
        "The convenor's motives (votes with it, its club, its bloc) and attention through its club"
        " were chosen after seeing who signed, and the text of the Call was coded by people who"
        " knew. What the club lends is measured above; what the others lend no leaving out can"
        " undo."
    ),
    (
        "Three settings of the fit were made with the scores of leaving regions out in sight:"
        f" launch attention of at most {MOST_ATTENTION:g} a month, a pulse that fades at"
        f" {SLOWEST:g} a month or faster, and a spread of {SHARE_SPREAD:g} around one half for the"
        " share of wealth in capacity."
    ),
    (
        "The seven features of the flat ridge are Parley's own, written with the answer in sight,"
        " so that it is no naive rival: what Parley gains over it is what simulating adds. The"
        " Gaussian process has them too."
    ),
    (
        "Whether somebody stayed out because nobody asked or because it was not persuaded, the"
        " register does not say; it is assumed that attention falls steeply with lacking capacity."
    ),
    (
        "The states' objective is a composite pseudo-likelihood and no likelihood; draws and"
        " intervals are those of a bootstrap of it, which can be too narrow."
    ),
    (
        "Standard errors count the penalty's pull beside the draws, and may be wider than the"
        " intervals. How they are made was settled with simulated worlds in sight, so that finding"
        " weights again is no blind test of them."
    ),
    (
        "One list of one code is one history: neighbours sign alike and the Union signs as one, so"
        " that there are far fewer independent cases than 193."
    ),
    (
        "Conduct (operations, compliance, harm, confidence) is measured by nobody and fitted to"
        " nothing. No score here speaks for it."
    ),
)
