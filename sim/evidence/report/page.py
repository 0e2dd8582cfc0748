"""docs/evidence.md: the record of evidence as a page to read, in the sentences of `said`, with figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.evidence.conclusions import as_markdown, counts_as_markdown
from sim.evidence.record import Evidence
from sim.evidence.report import figures
from sim.evidence.report.later_dates import LATER
from sim.evidence.report.states import HEADLINE_SPLIT, SCORE_WORDS, SPLIT_WORDS
from sim.evidence.report.words import day_written, model_name, score
from sim.evidence.scores import OURS
from sim.writing import write_text

PAGE, FOLDER = "evidence.md", "evidence"


def write_page(evidence: Evidence, folder: Path) -> list[Path]:
    """Write the page and its figures into *folder*, each whole or not at all, the page last; the files written."""
    drawn = figures.all_of(evidence.content)
    page = page_of(evidence)
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    files = {folder / FOLDER / name: text for name, text in drawn.items()} | {folder / PAGE: page}
    for path, text in files.items():
        write_text(path, text)
    return list(files)


def page_of(evidence: Evidence) -> str:
    """The page, in Markdown."""
    content, said = evidence.content, evidence.said
    days = content["backtest"]["time_split"]
    blocks = [
        "# Would it have been right?",
        _of_what(content),
        _bullets(_with_lead(sentence) for sentence in said["headline"]),
        "## States it has not seen",
        _figure("models.svg", "Scores of Parley and other models, with the intervals of their differences"),
        _bullets(said["states"]),
        _scores(content["backtest"]),
        " ".join(said["models"]),
        _figure("calibration.svg", "Predicted and observed shares of five groups of states"),
        "## Dates it has not seen",
        _figure("later-dates.svg", "Foreseen and registered totals after 16 September and after 31 December 2019"),
        _bullets(said[LATER]),
        *(part for day in days for part in (f"**Asked on {day_written(day)}**", _bullets(said[f"{LATER} {day}"]))),
        "## Another instrument",
        _bullets(said["transfer"]),
        "How, and how to add one: [transfer.md](transfer.md).",
        "## A negative control",
        _bullets(said["control"]),
        "## What the weights can say",
        _figure("dates-in-sample.svg", "The dates that the weights were fitted to, and both intervals"),
        _bullets([*said["in_sample"], *said["calibration"]]),
        _folded("Every weight that the register leaves open", _bullets(content["calibration"]["not_pinned_down"])),
        _figure("recovery.svg", "In how many simulated worlds each weight is found again"),
        _bullets(said["recovery"]),
        "## Conclusions about conduct, by assumption",
        _bullets(said["conclusions"]),
        counts_as_markdown(content["conclusions"]),
        _folded("Under which assumptions, and what they are", as_markdown(content["conclusions"]).rstrip()),
        "## What no score can make good",
        _bullets(said["limits"]),
        "Each choice with its reason: [decisions.md](decisions.md).",
    ]
    return "\n\n".join(blocks) + "\n"


def _of_what(content: Mapping[str, Any]) -> str:
    manifest = content["manifest"]
    return (
        "Everything on this page is computed: `parley evidence` makes it, sentences, tables and figures, from the "
        f"register, the shipped weights (`{manifest['weights'][:12]}`) and a seed ({manifest['seed']}), in about an "
        "hour. Names stand beside signing only. Where Parley is wrong, or another model does better, it says so."
    )


def _figure(name: str, words: str) -> str:
    return f"![{words}]({FOLDER}/{name})"


def _bullets(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _with_lead(sentence: str) -> str:
    """*sentence* with what it is about in bold."""
    lead, colon, rest = sentence.partition(":")
    return f"**{lead}{colon}**{rest}"


def _folded(title: str, block: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{block}\n\n</details>"


def _scores(backtest: Mapping[str, Any]) -> str:
    """All models under each way of leaving out."""
    splits = list(SPLIT_WORDS)
    names = sorted(backtest[HEADLINE_SPLIT], key=lambda model: (model != OURS, -backtest[HEADLINE_SPLIT][model]["auc"]))
    heading = ["Model", *(f"{words}, {SPLIT_WORDS[split]}" for split in splits for words in SCORE_WORDS.values())]
    rows = [
        [model_name(model), *(_cell(backtest[split].get(model), name) for split in splits for name in SCORE_WORDS)]
        for model in names
    ]
    lines = [heading, ["---", *("--:" for _ in heading[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(scores: Mapping[str, float] | None, name: str) -> str:
    return "" if scores is None else score(scores[name])
