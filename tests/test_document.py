"""One document, several media: the page, the terminal, plain data and figures all show what the
record says.
"""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from rich.console import Console

import sim
from sim.commands.documents import show
from sim.evidence.record import Evidence
from sim.evidence.report import figures, page
from sim.evidence.report.document import Figure, Paragraph, Section, Sentences, Table
from sim.evidence.report.figures import LEAST_AUC
from sim.evidence.report.rendering import page as page_of
from sim.evidence.report.summary import first_figure
from sim.evidence.scores import HEADLINE_SPLIT, NARROW, WIDE
from sim.number_formats import decimal, interval

ROOT = Path(__file__).resolve().parent.parent
DAY, OTHER_DAY = "2019-09-16", "2019-12-31"


@pytest.fixture
def content() -> dict[str, Any]:
    """The shipped record, to be changed."""
    return deepcopy(dict(sim.evidence_on_record().content))


EXAMPLE = Section(
    "Title",
    Paragraph("See other.md."),
    Sentences.of("first", ["**Lead:** rest.", "Second."]),
    Sentences("more", ["Third."]),
    Section(
        "Part",
        Figure(
            "drawn",
            ("Drawn", "What it shows", "n = 1"),
            Table(("a", "b"), "lr", [("behind", "2")], "Behind it"),
        ),
        Table(("c", "d"), "lc", [("brief", "✓")], summary=True, marks=(("✓", "holds"),)),
        Section("Small", Sentences("", ["One.", "Two."], running=True), folded=True),
    ),
)


def printed(document: Section) -> str:
    screen = Console(file=StringIO(), width=5000, highlight=False, markup=False)
    show(document, screen)
    return screen.file.getvalue()


def written(*sections: Section, title: str = "Title") -> str:
    return page_of("part_page", name=title, sections=sections)


def test_a_page_draws_figures_links_names_and_folds() -> None:
    text = written(EXAMPLE)
    title, _, way_back, *_ = text.splitlines()
    assert (title, way_back) == (
        "# Title",
        "In five minutes: [evidence.md](../evidence.md)."
        " This page is written by `parley evidence`.",
    )
    assert "See [other.md](../other.md).\n\n- **Lead:** rest.\n- Second.\n" in text
    assert "## Part\n\n![What it shows](drawn.svg)" in text
    assert "<details><summary>The numbers</summary>\n\n**Behind it**\n\n| a | b |" in text
    assert "| c | d |\n| --- | :-: |\n| brief | ✓ |\n\n✓ holds." in text
    assert "<details><summary>Small</summary>\n\nOne. Two.\n\n</details>" in text


def test_the_terminal_shows_the_numbers_behind_a_figure_in_place_of_what_repeats_them() -> None:
    shown = printed(EXAMPLE)
    assert "behind" in shown
    assert "brief" not in shown
    places = [shown.index(words) for words in ("Lead: rest.", "Part", "Small", "One.", "Behind it")]
    assert places == sorted(places)


def test_a_document_is_plain_data_too() -> None:
    part = EXAMPLE.as_json()["blocks"][3]
    assert (part["kind"], part["title"], part["folded"]) == ("section", "Part", False)
    assert part["blocks"][0]["numbers"][0]["rows"] == [["behind", "2"]]
    assert dict(EXAMPLE.sentences()) == {"first": ["Lead: rest.", "Second."], "more": ["Third."]}


def test_the_pages_are_what_the_record_renders_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "all_of", lambda *whole: {})
    files = page.page_files(sim.evidence_on_record().content)
    stale = [name for name, text in files.items() if (ROOT / "docs" / name).read_text() != text]
    assert stale == [], "run parley evidence --from shipped"
    shown = re.findall(r"!\[[^]]+\]\((?:evidence/)?([a-z-]+)\.svg\)", "".join(files.values()))
    folder = {path.name for path in (ROOT / "docs/evidence").iterdir()}
    assert sorted(shown) == sorted(figures.FIGURES)
    assert folder == {*(f"{name}.svg" for name in shown), *(f"{name}.md" for name in page.PAGES)}


def test_every_part_of_the_document_is_on_one_page(content: dict[str, Any]) -> None:
    parts = [block.name for block in page.document(content).blocks if isinstance(block, Section)]
    assert sorted(parts) == sorted(part for of in page.PAGES.values() for part in of)


def test_pages_and_terminal_say_the_same_of_a_backtest(content: dict[str, Any]) -> None:
    on_pages = Evidence(content).sentences
    alone = {part: content[part] for part in ("backtest", "manifest")}  # what the command has
    on_terminal = dict(page.backtest_document(alone).sentences())
    subjects = {"states", "models", "later", f"later {DAY}", f"later {OTHER_DAY}", "control"}
    assert subjects <= set(on_terminal)
    assert {name: on_pages[name] for name in subjects} == {
        name: on_terminal[name] for name in subjects
    }


def test_tables_on_the_terminal_fit_into_a_hundred_columns(content: dict[str, Any]) -> None:
    lines = printed(page.backtest_document(content)).splitlines()
    assert max(len(line.rstrip()) for line in lines if not line.endswith(".")) <= 100


def line(shown: str, *words: str) -> str:
    """The first line of a table with all of these *words*."""
    return next(
        each
        for each in shown.splitlines()
        if not each.startswith("- ") and all(word in each for word in words)
    )


def test_tables_on_the_terminal_have_the_numbers_of_the_record(content: dict[str, Any]) -> None:
    backtest = content["backtest"]
    gap = {"value": -0.321, "low": -0.4, "high": -0.2, "draws": 9}
    backtest["differences"]["ten_fold"]["random forest"]["brier"] = gap
    backtest["ten_fold"]["random forest"]["brier"] = 0.543
    group = backtest["against_perfection"][HEADLINE_SPLIT]["calibration"][0]
    group |= {"predicted": 0.12, "observed": 0.34, "perfect_low": 0.56, "perfect_high": 0.78}
    inside = backtest["time_split"][DAY]["inside"]["state"][NARROW]
    shown = printed(page.backtest_document(content))
    assert "0.543*" in line(shown, "random forest", "−0.321 (−0.400 to −0.200)")
    assert "56–78\u00a0%" in line(shown, "12\u00a0%", "34\u00a0%")
    assert line(shown, "states", "fitted weights").endswith(f"{inside} of 10")
    assert line(shown, "no change").split()[2] == "68"  # as the register stood on that day


def tables(content: dict[str, Any], figure: str) -> dict[str, Table]:
    """The tables behind a figure's panels, by name."""
    described = next(each for each in page.document(content).figures() if each.name == figure)
    return {table.name: table for table in described.numbers if table.name}


def test_tables_of_later_dates_have_both_intervals_and_count_what_they_hold(
    content: dict[str, Any],
) -> None:
    by_name = tables(content, "later-dates")
    for place, forecast in enumerate(content["backtest"]["time_split"].values()):
        for kind in sim.KINDS:
            table, inside = by_name[f"later-{place}-{kind}"], forecast["inside"][kind]
            expected = [row for row in forecast["dates"] if row["kind"] == kind]
            spans = [
                tuple(interval(row[way]["low"], row[way]["high"]) for way in (NARROW, WIDE))
                for row in expected
            ]
            assert [(row[3], row[6]) for row in table.rows] == spans
            assert [[row[at] for row in table.rows].count("yes") for at in (4, 7)] == [
                inside[NARROW],
                inside[WIDE],
            ]
            assert table.lead == f"{inside[WIDE]} of {forecast['of']}"
            assert table.notes[0].startswith(table.lead)


@pytest.mark.parametrize(("score", "sign"), [("auc", -1), ("brier", 1)])
def test_models_stand_in_the_order_of_their_scores_each_with_its_verdict(
    content: dict[str, Any], score: str, sign: int
) -> None:
    scores = content["backtest"][HEADLINE_SPLIT]
    scores["flat ridge"][score] = scores["parley"][score] - 0.05 * sign
    content["backtest"]["differences"][HEADLINE_SPLIT]["flat ridge"][score] |= {
        "value": 0.05 * sign, "low": 0.05 * sign - 0.01, "high": 0.05 * sign + 0.01
    }  # fmt: skip
    rows = tables(content, "models")[f"models-{score}"].rows
    ranked = sorted((each[score] for each in scores.values()), key=lambda value: sign * value)
    assert [row[1] for row in rows] == [decimal(value, 3) for value in ranked]
    assert [row[0] for row in rows if row[-1].startswith("better")] == ["flat ridge"]
    assert next(row for row in rows if row[0] == "flat ridge")[-1] == "better, clearly"
    assert next(row for row in rows if row[0] == "parley")[2:] == ("", "", "")


# Figures.


def marks(axes: Any) -> list[tuple[float, float]]:
    """(row, value) of every dot in *axes*, in their order."""
    dots = [drawn for drawn in axes.lines if drawn.get_marker() == "o"]
    return [
        (float(np.ravel(drawn.get_ydata())[0]), float(np.ravel(drawn.get_xdata())[0]))
        for drawn in dots
    ]


def bars(axes: Any) -> list[tuple[float, float, float]]:
    """(row, low, high) of every interval in *axes*."""
    return [
        (bar.get_y() + bar.get_height() / 2, bar.get_x(), bar.get_x() + bar.get_width())
        for bar in axes.patches
    ]


def sheet(content: dict[str, Any], name: str) -> Any:
    """The figure of that *name*, drawn."""
    every = (first_figure(content), *page.document(content).figures())
    described = next(figure for figure in every if figure.name == name)
    return figures.FIGURES[name](content, described)


@pytest.mark.parametrize("name", figures.FIGURES)
def test_a_shipped_figure_has_every_label_of_the_record(content: dict[str, Any], name: str) -> None:
    figure = sheet(content, name).figure
    labels = [each.get_text() for each in figure.texts]
    labels += [
        each.get_text() for axes in figure.axes for each in (*axes.texts, *axes.get_yticklabels())
    ]
    assert any(
        "n = " in label and f"seed {content['manifest']['seed']}, Parley" in label
        for label in labels
    )
    shipped = unescape((ROOT / f"docs/evidence/{name}.svg").read_text("utf-8"))
    stale = [label for label in labels if label and f">{label}<" not in shipped]
    assert stale == [], "run parley evidence --from shipped"


def test_dots_and_intervals_of_models_lie_where_the_record_says(content: dict[str, Any]) -> None:
    scores, gaps = (
        content["backtest"][HEADLINE_SPLIT],
        content["backtest"]["differences"][HEADLINE_SPLIT],
    )
    ranked = sorted(scores, key=lambda model: -scores[model]["auc"])
    auc, brier = sheet(content, "models").figure.axes
    labels = [label.get_text().lower() for label in auc.get_yticklabels()]
    assert labels == [
        model.replace(", 27 covariates", " (27 covariates)").lower() for model in ranked
    ]
    assert marks(brier) == [(at, scores[model]["brier"]) for at, model in enumerate(ranked)]
    better = [
        (at, scores[model]["auc"])
        for at, model in enumerate(ranked)
        if scores[model]["auc"] >= LEAST_AUC
    ]
    assert marks(auc) == better
    ours = scores["parley"]["brier"]
    expected = [
        (at, ours - gaps[model]["brier"]["high"], ours - gaps[model]["brier"]["low"])
        for at, model in enumerate(ranked) if model in gaps
    ]  # fmt: skip
    assert np.allclose(bars(brier), expected)


def test_the_first_figure_has_every_state_on_its_side_and_every_pair_of_scores(
    content: dict[str, Any],
) -> None:
    states, contests = sheet(content, "first").figure.axes
    signed = sum(each["signed"] for each in content["backtest"]["states"])
    heights = [height for height, _ in marks(states)]
    assert (sum(height > 0 for height in heights), len(heights)) == (signed, 193)
    best = 100 * content["backtest"][HEADLINE_SPLIT]["parley"]["auc"]
    assert marks(contests)[1] == (0, best)


def test_groups_of_states_lie_where_the_record_says(content: dict[str, Any]) -> None:
    groups = content["backtest"]["against_perfection"][HEADLINE_SPLIT]["calibration"]
    (axes,) = sheet(content, "calibration").figure.axes
    both = [
        (at, group[which]) for at, group in enumerate(groups) for which in ("predicted", "observed")
    ]
    assert marks(axes) == both
    assert np.allclose(
        bars(axes), [(at, g["perfect_low"], g["perfect_high"]) for at, g in enumerate(groups)]
    )


@pytest.mark.parametrize("name", ["dates-in-sample", "later-dates"])
def test_dates_lie_where_the_record_says(content: dict[str, Any], name: str) -> None:
    sources = (
        list(content["backtest"]["time_split"].values())
        if name == "later-dates"
        else [content["in_sample"]]
    )
    panels = sheet(content, name).figure.axes
    by_panel = [
        [row for row in source["dates"] if row["kind"] == kind]
        for source in sources
        for kind in sim.KINDS
    ]
    for axes, rows in zip(panels, by_panel, strict=True):
        assert marks(axes) == [(at, row["registered"]) for at, row in enumerate(rows)]
        intervals = [(at, row[which]) for at, row in enumerate(rows) for which in (WIDE, NARROW)]
        assert np.allclose(
            bars(axes), [(at, interval["low"], interval["high"]) for at, interval in intervals]
        )
    first = [label.get_text() for label in panels[0].get_yticklabels()]
    assert [re.sub(r"\D", "", label[-4:]) for label in first] == [
        row["date"][:4] for row in by_panel[0]
    ]


def test_every_weight_has_its_share_of_worlds(content: dict[str, Any]) -> None:
    content["recovery"]["found"]["state_peers"] = 0.31
    axes = sheet(content, "recovery").figure.axes
    shares = {
        f"{kind}_{label.get_text().replace(' ', '_')}": value / 100
        for kind, panel in zip(sim.KINDS, axes, strict=True)
        for label, (_, value) in zip(panel.get_yticklabels(), marks(panel), strict=True)
    }
    named = {
        name if name in content["recovery"]["found"] else name.split("_", 1)[1]: v
        for name, v in shares.items()
    }
    assert named == pytest.approx(content["recovery"]["found"])


def test_text_in_figures_stays_text_without_date_and_without_somebodys_own_settings(
    content: dict[str, Any],
) -> None:
    drawn = sheet(content, "calibration").svg()
    assert ">Are the shares borne out?<" in drawn
    assert "dc:date" not in drawn
    with matplotlib.rc_context(
        {"font.size": 30, "axes.grid": True, "lines.linewidth": 9, "savefig.dpi": 10}
    ):
        assert sheet(content, "calibration").svg() == drawn
