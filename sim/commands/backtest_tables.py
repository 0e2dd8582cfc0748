"""What `parley backtest` prints of states and dates that were not seen: tables, a hundred columns wide at most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sim.commands.printing import table
from sim.stakeholders import KIND_WORDS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SPLITS = {
    "leave_one_region_out": "One of the 22 sub-regions left out",
    "leave_one_continent_out": "One of five continents left out",
    "ten_fold": "A tenth of the states left out",
}
ENDS = {"expected": "median", "low": "low", "high": "high"}  # as the curves call them, and as Parley's forecasts do
FORESEEN = {"fitted": "under the fitted weights", "with_uncertainty": "with weights and gradient uncertain"}
WAYS = {"fitted": "Parley, luck alone", "with_uncertainty": "Parley, all uncertain"}
BETTER = "Parley does better"
CLEARLY = f"{BETTER}, clearly."


def show(content: Mapping[str, Any], screen: Console) -> None:
    """Print the scores on states left out, then what was foreseen of later dates, then the negative control."""
    screen.print("States left out: how well the share of simulated worlds tells who signed", style="bold")
    screen.print("Large is good: AUC, log score. Small is good: Brier, so that Parley does better below 0. An interval")
    screen.print("runs from the 5th to the 95th percentile over resampled sub-regions, the Union as one. A star marks")
    screen.print("a score that differs from Parley's clearly: the interval of the difference leaves 0 out.\n")
    for split in SPLITS:
        screen.print(_scores(content, split), "")
    screen.print(_structural(content["structural"]), "")
    split, words = next(iter(SPLITS.items()))
    borne_out = content["against_perfection"][split]
    screen.print(calibration_table(borne_out["calibration"], f"Parley's shares and what came  [{words.lower()}]"))
    screen.print(f"{_perfect(borne_out['perfect_model'])}\n")
    for sentence in _summed_up(content["verdicts"]):
        screen.print(sentence)
    for told in content["time_split"].values():
        screen.print("")
        _show_later(told, screen)
    screen.print(f"\n{content['negative_control']['verdict']}")


def calibration_table(
    bins: Iterable[Mapping[str, Any]], title: str = "States in five groups, by the share of worlds in which they sign"
) -> Table:
    """Groups of states by their share: what was said of them, what came, and what would come if the shares were right.
    """
    rows = [
        (
            f"{each['states']}",
            f"{each['predicted']:.2f}",
            f"{each['observed']:.2f}",
            f"{each['perfect_low']:.2f}–{each['perfect_high']:.2f}",
        )
        for each in bins
    ]
    return table(title, ("states", "share of worlds", "share that signed", "if the shares were right"), rows, left=0)


def _scores(content: Mapping[str, Any], split: str) -> Table:
    """Each model's scores under *split*, and how far Parley's Brier score lies from its."""
    rows = []
    for model, scores in content[split].items():
        gaps = content["differences"][split].get(model, {})
        marked = (f"{scores[name]:.3f}{_star(gaps.get(name))}" for name in ("auc", "brier", "log_score"))
        brier = gaps.get("brier")
        apart = "" if brier is None else f"{brier['value']:+.3f} ({brier['low']:+.3f} to {brier['high']:+.3f})"
        rows.append((model, *marked, apart))
    columns = ("model", "AUC", "Brier", "log score", "Parley's Brier less this one's")
    return table(f"{SPLITS[split]}  [known before the launch]", columns, rows)


def _star(gap: Mapping[str, Any] | None) -> str:
    """A star where the interval of a difference leaves 0 out, else as much room."""
    clear = gap is not None and gap["value"] is not None and (gap["low"] > 0 or gap["high"] < 0)
    return "*" if clear else " "


def _structural(splits: Mapping[str, Mapping[str, Any]]) -> Table:
    """Every model's AUC and Brier score with the facts that describe 2018, whenever they were published."""
    models = {model: None for scores in splits.values() for model in scores}
    rows = [
        (model, *(f"{splits[split][model]['auc']:.3f} {splits[split][model]['brier']:.3f}" for split in SPLITS))
        for model in models
    ]
    columns = ("AUC and Brier of", "sub-region out", "continent out", "tenth out")
    return table("The same with slow facts of 2018, published later  [structural]", columns, rows)


def _perfect(scores: Mapping[str, Mapping[str, float]]) -> str:
    auc, brier = (
        f"{scores[name]['mean']:.3f} ({scores[name]['low']:.3f} to {scores[name]['high']:.3f})"
        for name in ("auc", "brier")
    )
    return f"A perfect model of this size: AUC {auc}, Brier score {brier}."


def _summed_up(verdicts: list[str]) -> list[str]:
    """How often Parley does better, and how often clearly; then every verdict that says otherwise."""
    otherwise = [sentence for sentence in verdicts if BETTER not in sentence]
    clear = sum(sentence.endswith(CLEARLY) for sentence in verdicts)
    better, all_ = len(verdicts) - len(otherwise), len(verdicts)
    told = f"Of {all_} comparisons of AUC or Brier score Parley does better in {better}, clearly so in {clear}."
    return [told, *otherwise]


def _show_later(told: Mapping[str, Any], screen: Console) -> None:
    """Print what was foreseen on one day: how many states, which, and the public list at the last date."""
    from sim.evidence.report.later_dates import rankings

    screen.print(
        f"Known by {told['known_by']}: {told['later']} of the {told['open']} other states came later.", style="bold"
    )
    for which, words in FORESEEN.items():
        number, auc = told["number"][which], told["auc"][which]
        states = f"{number['median']:.0f} states ({number['low']:.0f}–{number['high']:.0f})"
        screen.print(f"Foreseen {words}: {states}; AUC {auc:.2f}.")
    screen.print(rankings(told))
    screen.print("", _totals(told))


def _totals(told: Mapping[str, Any]) -> Table:
    """Kind by kind: the register's last total, what Parley and the curves foresaw of it, and how many dates lie inside.
    """
    rows = []
    for kind, words in KIND_WORDS.items():
        dates = [row for row in told["dates"] if row["kind"] == kind]
        registered = [row["registered"] for row in dates]
        ways = {
            name: {end: [row[which][part] for row in dates] for end, part in ENDS.items()}
            for which, name in WAYS.items()
        }
        for name, way in (ways | told["curves"][kind]).items():
            inside = sum(
                low <= total <= high for low, total, high in zip(way["low"], registered, way["high"], strict=True)
            )
            rows.append(
                (
                    words if name == WAYS["fitted"] else "",
                    name,
                    f"{way['expected'][-1]:.0f}",
                    f"{way['low'][-1]:.0f}–{way['high'][-1]:.0f}",
                    f"{registered[-1]}",
                    f"{inside} of {told['of']}",
                )
            )
    columns = ("", "foreseen by", "expected", "interval", "register", "dates inside")
    return table(f"On the public list on {told['dates'][-1]['date']}", columns, rows, left=2)
