"""The tables in docs/, each written from the code: dials, motives, lenses, examples of transfer,
classics, defaults, findings.

`python -m sim.document_tables docs/odd.md docs/lenses.md` writes the tables of these documents
anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from sim.arguments import DEFAULTS
from sim.classics.catalogue import available_classics
from sim.classics.classic import Classic, classic
from sim.dials import RIVAL_DIALS
from sim.dials.conduct import ASSUMED
from sim.dials.dial import REGISTER
from sim.dials.negotiation import DIALS as TALKS_DIALS
from sim.errors import InputError
from sim.evidence.report.document import markdown_table
from sim.evidence.transfer import EXAMPLES, Transfer, baselines_beside, examples
from sim.findings import Finding
from sim.lenses import LENSES
from sim.motives import MOTIVES
from sim.parameters import DIALS, Dial
from sim.reading import file_text
from sim.results.compare import log_scores, verdict
from sim.writing import records, write_text


def dial_tables() -> str:
    """A table for each group of dials, under its title; last the fitted ones, which have no
    default.
    """
    groups: dict[str, list[Dial]] = {}
    dials = (*DIALS.values(), *RIVAL_DIALS.values())
    for dial in sorted(dials, key=lambda dial: dial.role == "fitted"):
        title = "Fitted weights and rates" if dial.role == "fitted" else dial.group_title
        groups.setdefault(title, []).append(dial)
    return "\n\n".join(f"**{title}**\n\n{_dial_table(dials)}" for title, dials in groups.items())


def _dial_table(dials: list[Dial]) -> str:
    """The table of a group; without defaults and plausible ranges where its dials have none."""
    if all(dial.role == "fitted" for dial in dials):
        rows = [_with_source(dial, (_name(dial), dial.meaning, _span(dial))) for dial in dials]
        return markdown_table(("dial", "meaning", "range, unit", "source"), rows)
    rows = [
        _with_source(
            dial,
            (_name(dial), dial.meaning, dial.role, f"{dial.default:g}", _span(dial)),
            _plausible(dial),
        )
        for dial in dials
    ]
    return markdown_table(
        ("dial", "meaning", "role", "default", "range, unit", "plausible", "source"), rows
    )


def talks_dial_table() -> str:
    """The table of the dials of negotiations."""
    return _dial_table(list(TALKS_DIALS.values()))


def _name(dial: Dial) -> str:
    return f"`{dial.name}`" + (", structural" if dial.structural else "")


def _span(dial: Dial) -> str:
    low, high = dial.between
    return f"{low:g} to {high:g}, {dial.unit}"


def _with_source(dial: Dial, cells: tuple[str, ...], *more: str) -> tuple[str, ...]:
    """The cells of a row with its source, a dash where that is the usual one of its role."""
    return (*cells, *more, "–" if dial.source in (REGISTER, ASSUMED) else dial.source)


def _plausible(dial: Dial) -> str:
    """The plausible range of an uncertainty, and as what it is plausible; a dash for other
    dials.
    """
    if dial.plausible is None:
        return "–"
    low, high = dial.plausible
    return f"{low:g} to {high:g}; {dial.plausible_as}"


def motive_table() -> str:
    """A row for each motive and each way in which kinds have it: the kinds, its value in words,
    where it is from.
    """
    rows = []
    for motive in MOTIVES.values():
        link = f"[{motive.name.replace('_', ' ')}](../sim/motives/{motive.name}.py)"
        rows += [
            (link, kinds, value, motive.source or "–") for kinds, value in motive.formula.items()
        ]
    return markdown_table(("motive", "of", "value", "source"), rows)


def lens_table() -> str:
    """The lenses, the best first, and one sentence on the null lens."""
    headings = (
        "lens",
        "motives beside inclination",
        "source",
        "weights above 0",
        "states",
        "firms",
        "NGOs",
        "total",
    )
    rows = []
    for score in records(log_scores()):
        lens = LENSES[score["lens"]]
        motives = "all" if lens.name == "full" else ", ".join(sorted(lens.motives)) or "none"
        numbers = (f"{score[column]:.1f}" for column in ("state", "firm", "ngo", "total"))
        rows.append(
            (f"`{lens.name}`", motives, lens.source or "–", f"{score['motives']}", *numbers)
        )
    return markdown_table(headings, rows) + "\n\n" + verdict(log_scores())


def transfer_tables() -> str:
    """A table for each worked example of a transfer, with a row for each model; about ten
    seconds.
    """
    return "\n\n".join(
        _transfer_table(name, result)
        for (name, _), result in zip(EXAMPLES, examples(), strict=True)
    )


def _transfer_table(name: str, result: Transfer) -> str:
    taken_out = " and ".join(f"`{column}`" for column in result.without) or "nothing"
    caption = (
        f"**{name}**, {taken_out} taken out: {result.signers} signed,"
        f" {result.states['share'].sum():.0f} do in the mean world; the Brier score of one share"
        f" for all is {result.base_brier:.3f}."
    )
    rows = [["Parley", f"{result.auc:.3f}", "", f"{result.brier:.3f}", ""]]
    for model, scores in baselines_beside(result).items():
        cells = [model]
        for score in scores.values():
            gap = score["difference"]
            cells += [
                f"{score['score']:.3f}",
                f"{gap['value']:+.3f} ({gap['low']:+.3f} to {gap['high']:+.3f})",
            ]
        rows.append(cells)
    headings = ("model", "AUC", "Parley's less it", "Brier score", "Parley's less it")
    return f"{caption}\n\n{markdown_table(headings, rows)}"


def classics_table() -> str:
    """Every check of every classic as it ships; some minutes."""
    rows = [row for name, _, _ in available_classics() for row in check_rows(classic(name))]
    return markdown_table(
        ("classic", "what is checked", "expected", "simulated", "tolerance"), rows
    )


def check_rows(result: Classic) -> list[tuple[str, ...]]:
    """A row for each check of a classic."""
    return [
        (
            f"`{result.description.name}`",
            check.name,
            f"{check.expected:.4g}",
            f"{check.simulated:.4g}",
            f"± {check.tolerance:.2g}" if check.tolerance else "exact",
        )
        for check in result.checks
    ]


def defaults_table() -> str:
    """What nobody gives, at the command line and on pages."""
    rows = [(name, *map(_default, each[:2]), each.why or "–") for name, each in DEFAULTS.items()]
    return markdown_table(("what", "command line and Python", "pages", "why they differ"), rows)


def _default(value: Any) -> str:
    return "the last" if value is None else f"`{value}`"


def finding_table() -> str:
    """A row for each type of finding, the keys that all have first."""
    everywhere = {one.name for one in fields(Finding)}
    kinds: tuple[type[Finding], ...] = (Finding, *Finding.__subclasses__())
    rows = [
        (
            f"`{kind.__name__.lower()}`" if kind is not Finding else "every finding",
            " ".join((kind.__doc__ or "").split()),
            ", ".join(
                f"`{one.name}`"
                for one in fields(kind)
                if kind is Finding or one.name not in everywhere
            ),
        )
        for kind in kinds
    ]
    return markdown_table(("`finding`", "what it says", "keys of its own"), rows)


TABLES: dict[str, Callable[[], str]] = {
    "dials": dial_tables,
    "dials of talks": talks_dial_table,
    "motives": motive_table,
    "log scores": lens_table,
    "worked examples": transfer_tables,
    "classics": classics_table,
    "defaults": defaults_table,
    "findings": finding_table,
}


def marks(name: str) -> tuple[str, str]:
    """The two comments in Markdown around the table called *name*."""
    return f"<!-- table of {name}: begin -->", f"<!-- table of {name}: end -->"


def with_tables(text: str, where: str, tables: Mapping[str, Callable[[], str]] = TABLES) -> str:
    """The document *text* with each of *tables* that it has a place for written anew; InputError
    that begins with *where* if it has none, or a mark without its twin.
    """
    places = 0
    for name, table in tables.items():
        begin, end = marks(name)
        if begin not in text and end not in text:
            continue
        if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
            expected = f"{begin!r} and after it {end!r}, each once"
            raise InputError(
                f"{where}: found no place for the table of {name}, expected {expected}"
            )
        text = f"{text[: text.index(begin)]}{begin}\n\n{table()}\n\n{text[text.index(end) :]}"
        places += 1
    if places == 0:
        first, *others = tables
        expected = " or of ".join(
            [f"one between {marks(first)[0]!r} and {marks(first)[1]!r}", *others]
        )
        raise InputError(f"{where}: found no place for a table, expected {expected}")
    return text


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        write_text(
            Path(argument), with_tables(file_text(Path(argument), argument, "a document"), argument)
        )
