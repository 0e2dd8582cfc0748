"""The figures of docs/evidence.md. The same record gives the same bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.evidence.comparisons import SCORE_WORDS
from sim.evidence.report.dates import JUMP
from sim.evidence.report.document import Figure, Section
from sim.evidence.report.instruments import CAMP_WORDS, best_baseline, in_order
from sim.evidence.report.rendering import capital, model_name, pairs, score
from sim.evidence.report.sheet import BLUE, FAINT, GREY, PALE_BLUE, RED, RULE, SMALL, Sheet
from sim.evidence.report.summary import EVEN, contests, first_figure
from sim.evidence.report.weights import BAR
from sim.evidence.scores import HEADLINE_SPLIT, NARROW, OURS, WIDE
from sim.kinds_and_statuses import KIND_WORDS
from sim.number_formats import day as long_date
from sim.number_formats import decimal, setting, short_day
from sim.scenario.weights import kind_of

Record = Mapping[str, Any]

BINS_LEFT, BINS_PANEL, BINS_ROW = 2.05, 6.3, 0.34
NAMES = ("lowest shares", "second", "third", "fourth", "highest shares")


def calibration(record: Record, figure: Figure) -> Sheet:
    """Five groups, the one with the lowest shares on top."""
    groups = record["backtest"]["against_perfection"][HEADLINE_SPLIT]["calibration"]
    sheet = Sheet(1.55 + BINS_ROW * len(groups), figure)
    band = ("pale", PALE_BLUE, "where the register would be if the shares were the chances")
    sheet.key(("dot", RED, "register"), ("dot", BLUE, "Parley, mean share"), band)
    axes = sheet.panel(BINS_LEFT, 0.95, BINS_PANEL, BINS_ROW * len(groups))
    names = (
        NAMES
        if len(groups) == len(NAMES)
        else [f"group {place + 1}" for place in range(len(groups))]
    )
    sheet.rows(
        axes,
        [f"{name} ({group['states']} states)" for name, group in zip(names, groups, strict=True)],
    )
    axes.set_xlim(-0.02, 1.02)
    axes.set_xticks(
        [0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"], fontsize=SMALL
    )
    for at, group in enumerate(groups):
        sheet.bar(axes, at, group["perfect_low"], group["perfect_high"], pale=True)
        sheet.dot(axes, at, group["predicted"], BLUE)
        sheet.dot(axes, at, group["observed"], RED)
    return sheet


RECOVERY_LEFT, RECOVERY_PANEL, RECOVERY_COLUMN, RECOVERY_ROW = 1.85, 0.95, 2.9, 0.19


def recovery(record: Record, figure: Figure) -> Sheet:
    """A dot per weight, kind by kind, beside the line at nine in ten."""
    shares = record["recovery"]["found"]
    by_kind = {kind: [name for name in shares if kind_of(name) == kind] for kind in KIND_WORDS}
    most = max(len(names) for names in by_kind.values())
    sheet = Sheet(1.75 + RECOVERY_ROW * most, figure)
    bar = f"{pairs(BAR)} %"
    sheet.key(("dot", BLUE, f"at least {bar}"), ("dot", RED, "less often"), ("line", FAINT, bar))
    for place, (kind, words) in enumerate(KIND_WORDS.items()):
        names = by_kind[kind]
        left = RECOVERY_LEFT + place * RECOVERY_COLUMN
        sheet.text_at(left, 1.06, capital(words), weight="bold", size=SMALL)
        axes = sheet.panel(left, 1.12, RECOVERY_PANEL, RECOVERY_ROW * len(names))
        sheet.rows(axes, [name.removeprefix(f"{kind}_").replace("_", " ") for name in names])
        axes.set_xlim(-4, 104)
        axes.set_xticks([0, 50, 100], ["0", "50", "100"], fontsize=SMALL)
        axes.axvline(100 * BAR, color=FAINT, linewidth=1)
        for at, name in enumerate(names):
            colour = BLUE if shares[name] >= BAR else RED
            axes.plot([0, 100 * shares[name]], [at, at], color=RULE, linewidth=1.5)
            sheet.dot(axes, at, 100 * shares[name], colour)
    return sheet


KEY = (("dot", RED, "register"), ("strong", BLUE, "90 % of worlds, fitted weights"))
WEIGHTS_UNCERTAIN = ("pale", PALE_BLUE, "90 % of worlds, with the weights' uncertainty")
ALL_UNCERTAIN = (
    "pale",
    PALE_BLUE,
    "90 % of worlds, with the weights' and the gradient's uncertainty",
)
YET_TO_COME = (
    "the first anniversary is still to come: anything between silent and as loud as the launch"
)
DATES_LEFT, DATES_BETWEEN, DATES_RIGHT, DATES_ROW = 1.25, 0.2, 0.2, 0.19
DATES_PANEL = (8.8 - DATES_LEFT - DATES_RIGHT - 2 * DATES_BETWEEN) / 3


def dates_in_sample(record: Record, figure: Figure) -> Sheet:
    """The dates that the weights were fitted to."""
    in_sample = record["in_sample"]
    dates = list(dict.fromkeys(row["date"] for row in in_sample["dates"]))
    sheet = Sheet(1.75 + DATES_ROW * len(dates), figure)
    sheet.key(*KEY, WEIGHTS_UNCERTAIN)
    _panels(sheet, 1.12, in_sample["dates"], dates, in_sample["inside"])
    return sheet


def later_dates(record: Record, figure: Figure) -> Sheet:
    """The dates that came after each of the days from which they were foreseen."""
    days = record["backtest"]["time_split"]
    heights = {day: 0.95 + DATES_ROW * forecast["of"] for day, forecast in days.items()}
    sheet = Sheet(1.05 + sum(heights.values()), figure)
    sheet.key(*KEY, ALL_UNCERTAIN)
    top = 1.0
    for day, forecast in days.items():
        dates = list(dict.fromkeys(row["date"] for row in forecast["dates"]))
        sheet.text_at(0.15, top + 0.1, f"Known by {long_date(day)}", weight="bold")
        if day < JUMP[1]:
            sheet.text_at(2.55, top + 0.1, YET_TO_COME, size=SMALL, color=FAINT)
        _panels(sheet, top + 0.42, forecast["dates"], dates, forecast["inside"])
        top += heights[day]
    return sheet


def _panels(
    sheet: Sheet, top: float, rows: Sequence[Record], dates: Sequence[str], inside: Record
) -> None:
    """A panel per kind, side by side, their first row *top* inches below the upper edge."""
    for place, (kind, words) in enumerate(KIND_WORDS.items()):
        left = DATES_LEFT + place * (DATES_PANEL + DATES_BETWEEN)
        sheet.text_at(left, top - 0.06, capital(words), weight="bold", size=SMALL)
        counts = (
            f"inside: {inside[kind][NARROW]} narrow, {inside[kind][WIDE]} wide, of {len(dates)}"
        )
        sheet.text_at(left + DATES_PANEL, top - 0.06, counts, size=SMALL, color=FAINT, ha="right")
        axes = sheet.panel(left, top, DATES_PANEL, DATES_ROW * len(dates))
        sheet.rows(axes, list(map(short_day, dates)) if place == 0 else [""] * len(dates))
        for row in (row for row in rows if row["kind"] == kind):
            at = dates.index(row["date"])
            for which in (WIDE, NARROW):
                sheet.bar(axes, at, row[which]["low"], row[which]["high"], pale=which == WIDE)
            sheet.dot(axes, at, row["registered"], RED)


MODELS_LEFT, MODELS_PANEL, MODELS_BETWEEN, MODELS_ROW = 2.05, 2.65, 0.75, 0.3
LEAST_AUC = 0.5  # of the panel; a model that ranks states in reverse gets its number and no dot
BETTER = {"auc": "larger is better", "brier": "smaller is better"}


def models(record: Record, figure: Figure) -> Sheet:
    """Every model by both scores, with the interval of its difference from Parley."""
    backtest = record["backtest"]
    scores, gaps = backtest[HEADLINE_SPLIT], backtest["differences"][HEADLINE_SPLIT]
    names = sorted(scores, key=lambda name: -scores[name]["auc"])
    sheet = Sheet(1.75 + MODELS_ROW * len(names), figure)
    interval = (
        "strong",
        GREY,
        "90 % interval of the difference: not clear where it crosses Parley's line",
    )
    sheet.key(("dot", BLUE, "Parley"), ("dot", FAINT, "another model"), interval)
    for place, (name, words) in enumerate(SCORE_WORDS.items()):
        left = MODELS_LEFT + place * (MODELS_PANEL + MODELS_BETWEEN)
        sheet.text_at(left, 1.06, f"{words} ({BETTER[name]})", weight="bold", size=SMALL)
        axes = sheet.panel(left, 1.12, MODELS_PANEL, MODELS_ROW * len(names))
        sheet.rows(
            axes,
            [capital(model_name(model)) for model in names] if place == 0 else [""] * len(names),
        )
        ours = scores[OURS][name]
        axes.axvline(ours, color=BLUE, linewidth=1)
        for at, model in enumerate(names):
            value = scores[model][name]
            if model != OURS:
                low, high = ours - gaps[model][name]["high"], ours - gaps[model][name]["low"]
                sheet.bar(axes, at, low, high, colour=GREY)
            if name != "auc" or value >= LEAST_AUC:
                sheet.dot(axes, at, value, BLUE if model == OURS else FAINT, size=7)
            else:
                sheet.text_inside(axes, at, f"below {setting(LEAST_AUC)}")
            sheet.text_beside(axes, at, score(value), bold=model == OURS)
        if name == "auc":
            axes.set_xlim(left=LEAST_AUC)
    return sheet


CAMP_COLOURS = {"open": BLUE, "between": FAINT, "closed": RED}
INSTRUMENTS_LEFT, INSTRUMENTS_PANEL, INSTRUMENTS_ROW = 3.4, 4.2, 0.2


def instruments(record: Record, figure: Figure) -> Sheet:
    """An instrument a row, by whose text it is: Parley's AUC, the best other model's, and the
    interval.
    """
    part = record["instruments"]
    rows, best = in_order(part), best_baseline(part)
    sheet = Sheet(1.6 + INSTRUMENTS_ROW * len(rows), figure)
    camps = [("dot", CAMP_COLOURS[camp], CAMP_WORDS[camp]) for camp in CAMP_COLOURS]
    sheet.key(*camps, ("dot", GREY, f"rival: {best}"), ("pale", RULE, "90 % range"))
    axes = sheet.panel(INSTRUMENTS_LEFT, 0.95, INSTRUMENTS_PANEL, INSTRUMENTS_ROW * len(rows))
    sheet.rows(axes, [each["title"] for each in rows])
    axes.axvline(0.5, color=FAINT, linewidth=0.8)
    sheet.text_at(INSTRUMENTS_LEFT + INSTRUMENTS_PANEL + 0.14, 0.93, "AUC", size=SMALL, color=FAINT)
    sheet.text_at(
        INSTRUMENTS_LEFT + INSTRUMENTS_PANEL + 0.42, 0.93, "joined", size=SMALL, color=FAINT
    )
    axes.set_xlim(min(0.3, *(each["baselines"][best] for each in rows)) - 0.02, 1.02)
    for at, each in enumerate(rows):
        sheet.bar(
            axes, at, each["interval"]["low"], each["interval"]["high"], pale=True, colour=GREY
        )
        sheet.dot(axes, at, each["baselines"][best], GREY)
        sheet.dot(axes, at, each["auc"], CAMP_COLOURS[each["camp"]], size=7)
        sheet.text_beside(axes, at, decimal(each["auc"]), bold=True)
        sheet.text_beside(axes, at, f"{each['joined']}/{each['n']}", right=0.42)
    return sheet


STATES_LEFT, STATES_PANEL, CONTESTS_LEFT, CONTESTS_PANEL = 0.45, 3.8, 6.35, 1.75
FIRST_HEIGHT, BIN = 2.3, 0.05  # inches; share of worlds


def first(record: Record, figure: Figure) -> Sheet:
    """Left every state at the share of worlds in which it signs, up where it signed and down where
    it did not; right the pairs put right, beside the best simple statistics.
    """
    sheet = Sheet(1.75 + FIRST_HEIGHT, figure)
    marks = ("dot", BLUE, "right"), ("dot", RED, "wrong"), ("dot", GREY, "simple statistics")
    sheet.key(*marks)
    sheet.text_at(STATES_LEFT, 1.06, "Up: signed. Down: did not.", weight="bold", size=SMALL)
    axes = sheet.panel(STATES_LEFT, 1.12, STATES_PANEL, FIRST_HEIGHT)
    heights: Counter[tuple[float, bool]] = Counter()
    for state in sorted(record["backtest"]["states"], key=lambda each: float(each["share"])):
        place = min(int(state["share"] / BIN), int(1 / BIN) - 1), bool(state["signed"])
        heights[place] += 1
        is_right = (state["share"] > EVEN) == bool(state["signed"])
        height = heights[place] if state["signed"] else -heights[place]
        sheet.dot(axes, height, (place[0] + 0.5) * BIN, BLUE if is_right else RED, size=4.5)
    axes.axhline(0, color=FAINT, linewidth=0.8)
    axes.axvline(EVEN, color=FAINT, linewidth=0.8)
    axes.set_yticks([])
    axes.set_xticks([0, 0.5, 1], ["in no world", "signs in half", "in all"], fontsize=SMALL)
    axes.set_xlim(-0.02, 1.02)
    rows = contests(record)
    sheet.text_at(CONTESTS_LEFT, 1.06, "Pairs put right, of 100", weight="bold", size=SMALL)
    axes = sheet.panel(CONTESTS_LEFT, 1.12, CONTESTS_PANEL, FIRST_HEIGHT)
    sheet.rows(axes, [each.question for each in rows])
    axes.set_xlim(48, 102)
    axes.set_xticks([50, 75, 100], ["50: a coin", "75", "100"], fontsize=SMALL)
    for at, each in enumerate(rows):
        sheet.dot(axes, at, 100 * each.theirs, GREY, size=9)
        sheet.dot(axes, at, 100 * each.ours, BLUE)
        sheet.text_beside(axes, at, f"{pairs(each.ours)} to {pairs(each.theirs)}", bold=True)
    return sheet


FIGURES: Mapping[str, Callable[[Record, Figure], Sheet]] = {
    "first": first,
    "dates-in-sample": dates_in_sample,
    "models": models,
    "calibration": calibration,
    "later-dates": later_dates,
    "recovery": recovery,
    "instruments": instruments,
}


def all_of(record: Record, document: Section) -> dict[str, str]:
    """File name -> SVG of every figure of the *document*; InputError where matplotlib is
    missing.
    """
    return {
        f"{figure.name}.svg": FIGURES[figure.name](record, figure).svg()
        for figure in (first_figure(record), *document.figures())
    }
