"""The files of lessons: Markdown with TOML front matter between two lines `+++`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.arguments import MOST_REPLICATES
from sim.classics.catalogue import description_of
from sim.classics.classic import classic_values
from sim.errors import InputError, nearest
from sim.facts import label_of
from sim.file_memory import FileMemory
from sim.lessons.catalogue import TWO_SIDES, card_of, lesson_files, parts
from sim.lessons.claim import RELATIONS, Claim
from sim.lessons.lesson import (
    CHANGES,
    CHOICE,
    CLASSIC,
    COURSES,
    HEADINGS,
    LEVELS,
    NUMBER,
    REFERENCE,
    SCENARIO,
    TALKS,
    Grid,
    Lesson,
    Option,
    Prediction,
    Setting,
)
from sim.lessons.quantity import Quantity
from sim.lessons.sources import KEYS, SOURCES, measure_of
from sim.negotiation.files import load_talks
from sim.parameters import DIALS
from sim.reading import FILE as A_FILE
from sim.reading import Section, as_path, kind_at, literal
from sim.scenario import load
from sim.scenario.dials_in_use import ALL_AMBITIONS

MOST_DIALS = 3
MOST_OUTCOMES = 3
NAME = re.compile(r"[a-z][a-z\d-]*")
COMPARISONS = {
    "scenario",
    "set",
    "choices",
    "lens",
    "talks",
    "without",
}  # keys that make another world
COMPARE = {"frontier", "lens"}  # sources that compare by themselves
LARGEST = 1e12  # numbers of a lesson
HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
KEYS_OF_LESSON = (
    "order",
    "title",
    "kind",
    "question",
    "minutes",
    "courses",
    "outcomes",
    "predict",
    "setting",
    "answer",
    "sides",
    "finding",
    "watch",
    "grid",
    "figure",
    "claim",
)

_LOADED: FileMemory[Lesson] = FileMemory(64)  # shipped lessons, by name


def load_lesson(name_or_path: str | Path) -> Lesson:
    """The lesson of that name, such as "launch", or the one in the Markdown file at that path.
    InputError, in one sentence, where there is none or its content is wrong.
    """
    path = as_path(
        name_or_path, "lesson", "a name that `parley lesson` lists or the path of a file"
    )
    files = lesson_files()
    if isinstance(name_or_path, str) and name_or_path in files:
        file = files[name_or_path]
        return _LOADED.recall(name_or_path, lambda: _lesson(file))
    if path.suffix != ".md" or kind_at(path, str(path)) != A_FILE:
        expected = (
            f"one of {', '.join(files)}, or the path of a .md file{nearest(path.stem, files)}"
        )
        raise InputError(f"{path}: found no such lesson, expected {expected}")
    return _lesson(path)


def _lesson(file: Path) -> Lesson:
    """The lesson in *file*."""
    label = label_of(file)
    whole, body = parts(file)
    whole.only(KEYS_OF_LESSON)
    card = card_of(whole, file.stem)
    kind = card.kind
    quantities = tuple(_quantity(section) for section in whole.sections("figure"))
    if not quantities:
        raise whole.wrong("figure", "at least one table [[figure]]")
    names = [quantity.name for quantity in quantities]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"{label}: found the figure {twice!r} twice, expected each name once")
    labels = [quantity.name for quantity in quantities if quantity.label]
    predict = _prediction(whole.section("predict"))
    watch = whole.words("watch")
    for name in watch:
        if name not in names:
            expected = f"figures: {', '.join(names)}{nearest(name, names)}"
            raise InputError(f"{label}: watch names {name!r}, expected {expected}")
    return Lesson(
        **vars(card),
        courses=_some_of(whole, "courses", COURSES),
        outcomes=_outcomes(whole),
        predict=predict,
        setting=_setting(whole.section("setting")),
        quantities=quantities,
        answer=_answer(whole, kind, predict, labels),
        sides=_sides(whole, kind, labels),
        finding=_finding(whole, labels) if "finding" in whole else "",
        watch=watch,
        claims=_claims(whole, kind, names),
        sections=_sections(body, label),
        grid=_grid(whole.section("grid"), labels) if "grid" in whole else None,
    )


def _grid(section: Section, names: list[str]) -> Grid:
    """What is revealed in rows and columns."""
    section.only(("columns", "rows"))
    columns, of_rows = section.words("columns"), section.section("rows")
    rows = {words: of_rows.words(words) for words in of_rows}
    for words, figures in rows.items():
        if len(figures) != len(columns) or not {*figures} <= {*names}:
            raise of_rows.wrong(
                words, f"a figure for each of {len(columns)} columns, some of {', '.join(names)}"
            )
    return Grid(columns, rows)


def _sections(body: str, label: str) -> Mapping[str, str]:
    """key -> Markdown below each heading, which have to be all of HEADINGS in their order."""
    pieces = HEADING.split(body)
    headings, texts = pieces[1::2], pieces[2::2]
    expected = list(HEADINGS.values())
    for place, heading in enumerate(expected):
        at = headings[place] if place < len(headings) else "the end"
        if at != heading:
            raise InputError(
                f"{label}: found {literal(at)} in place of heading {place + 1}, expected '##"
                f" {heading}'"
            )
        if not texts[place].strip():
            raise InputError(
                f"{label}: found nothing below '## {heading}', expected at least a sentence"
            )
    if len(headings) > len(expected):
        raise InputError(
            f"{label}: found the heading {literal(headings[len(expected)])} after the last,"
            " expected none"
        )
    return {key: text.strip() for key, text in zip(HEADINGS, texts, strict=True)}


def _some_of(section: Section, key: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The texts under *key*, each one of *words*."""
    words_here = section.words(key)
    for word in words_here:
        if word not in words:
            raise section.wrong(key, f"some of {', '.join(words)}{nearest(word, words)}")
    return words_here


def _outcomes(section: Section) -> tuple[str, ...]:
    outcomes = section.words("outcomes")
    if len(outcomes) > MOST_OUTCOMES:
        raise section.wrong("outcomes", f"from one to {MOST_OUTCOMES} texts")
    return outcomes


def _prediction(section: Section) -> Prediction:
    section.only(("question", "form", "unit", "low", "high", "options", "reasons"))
    question, form = section.text("question"), section.one_of("form", (NUMBER, CHOICE))
    reasons = section.truth("reasons", True)
    if form == CHOICE:
        options = tuple(_option(one) for one in section.sections("options"))
        if len(options) < 2 or len({option.name for option in options}) < len(options):
            raise section.wrong(
                "options", "two or more tables [[predict.options]], each with a name of its own"
            )
        return Prediction(question, form, options=options, reasons=reasons)
    low = section.number("low", -LARGEST, LARGEST)
    return Prediction(
        question,
        form,
        section.text("unit"),
        low,
        section.number("high", low, LARGEST),
        reasons=reasons,
    )


def _option(section: Section) -> Option:
    section.only(("name", "words", "low", "high"))
    ends = [
        section.number(key, -LARGEST, LARGEST) if key in section else None
        for key in ("low", "high")
    ]
    if (ends[0] is None) != (ends[1] is None):
        raise section.wrong("high" if ends[1] is None else "low", "low and high, or neither")
    return Option(section.text("name"), section.text("words"), *ends)


def _setting(section: Section) -> Setting:
    section.only(
        (
            "base",
            "names",
            "dials",
            "choices",
            "fixed",
            "replicates",
            "view",
            "shows",
            "titles",
            "words",
        )
    )
    base, names = section.one_of("base", (SCENARIO, CLASSIC, TALKS)), section.words("names")
    dials = section.words("dials") if "dials" in section else ()
    free = {key: _values(section.section("choices"), key) for key in section.section("choices")}
    fixed = dict(section.section("fixed").values)
    if len(dials) + len(free) > MOST_DIALS or (base != SCENARIO and (dials or fixed)):
        problem = f"{len(dials)} dials and {len(free)} choices of a {base}"
        expected = f"at most {MOST_DIALS} together, and dials and fixed ones of a scenario alone"
        raise InputError(f"{section.where}: found {problem}, expected {expected}")
    for dial in dials:
        if dial not in (*DIALS, ALL_AMBITIONS):
            expected = (
                f"{ALL_AMBITIONS}, or one that `parley parameters` lists{nearest(dial, DIALS)}"
            )
            raise InputError(f"{section.where}: there is no dial {dial!r}, expected {expected}")
    for name in names:
        _check_name(base, name, free, fixed, section.where)
    replicates = section.whole("replicates", 1, MOST_REPLICATES, 100)
    view, shows = section.text("view", "/"), section.one_of("shows", (LEVELS, CHANGES), LEVELS)
    titles = section.words("titles") if "titles" in section else ()
    if titles and (base != SCENARIO or not len(titles) == len(names) == 2):
        raise section.wrong("titles", "two, beside names of two scenarios")
    own = section.section("words")
    own.only(dials)
    words = {dial: own.text(dial) for dial in own}
    return Setting(base, names, dials, free, fixed, replicates, view, shows, titles, words)


def _values(section: Section, key: str) -> tuple[Any, ...]:
    """The values that a choice leaves free: two or more."""
    values = section.values[key]
    if not isinstance(values, list) or len(values) < 2:
        raise section.wrong(key, "a list of two or more options")
    return tuple(values)


def _check_name(
    base: str, name: str, free: Mapping[str, Any], fixed: Mapping[str, Any], where: str
) -> None:
    """InputError where there is no such scenario, classic or talks, or it has none of the *free*
    settings.
    """
    if base == SCENARIO:
        scenario = load(name).with_changes(set=fixed, where=where)
        for choice, values in free.items():
            for value in values:
                scenario.with_changes(choices={choice: value}, where=where)
    elif base == CLASSIC:
        full = description_of(name).name
        for dial, values in free.items():
            for value in values:
                classic_values(full, {dial: value}, where)
    else:
        talks = load_talks(name)
        for key, values in free.items():
            for value in values:
                talks.with_changes({key: value}, where=where)


def _quantity(section: Section) -> Quantity:
    """The quantity in a table [[figure]]; `less` in it is one more of the same source, with what
    differs.
    """
    source = section.one_of("source", SOURCES)
    section.only(("name", "label", "unit", "values", "difference", "source", "less", *KEYS[source]))
    less, signs = None, source in COMPARE
    if "less" in section:
        other = section.section("less")
        other.only(KEYS[source])
        signs = bool(COMPARISONS & other.values.keys())
        own = {key: section.values[key] for key in ("source", *KEYS[source]) if key in section}
        less = measure_of(Section({**own, **other.values}, section.file, f"{section.name}.less"))
    values = section.section("values").values or None
    signs = section.truth("difference", signs)
    words = None if values is None else _words_of_numbers(section.section("values"))
    label, unit = section.text("label", ""), section.text("unit", "")
    name = section.text("name")
    if not NAME.fullmatch(name):
        raise section.wrong("name", "small letters, digits and hyphens, such as launch-day")
    return Quantity(name, label, unit, measure_of(section), less, signs, words)


def _words_of_numbers(section: Section) -> dict[float, str]:
    """The words for numbers in a table: 0 = "none"."""
    words = {}
    for key in section:
        number = _number_in(key)
        if number is None:
            raise InputError(f"{section.where}: found the key {key!r}, expected a number")
        words[number] = section.text(key)
    return words


def _number_in(text: str) -> float | None:
    """The number that *text* is, None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _answer(section: Section, kind: str, predict: Prediction, names: list[str]) -> str:
    """The figure of the answer, which a record and a theorem have, and no other kind."""
    if kind in TWO_SIDES:
        if "answer" in section:
            raise section.wrong("answer", f"no answer, as a lesson of kind {kind} has two sides")
        return ""
    answer = section.one_of("answer", names)
    if predict.form == CHOICE and all(option.low is None for option in predict.options):
        raise InputError(
            f"{section.where}: no option of [predict] says low and high, expected them of the"
            " answer's"
        )
    return answer


def _sides(section: Section, kind: str, names: list[str]) -> tuple[str, ...]:
    """The sentences of the two sides; {name} in them is the figure of that name."""
    if kind not in TWO_SIDES:
        if "sides" in section:
            raise section.wrong("sides", f"no sides, as a lesson of kind {kind} has an answer")
        return ()
    sides = section.words("sides")
    if len(sides) != 2:
        raise section.wrong("sides", "two sentences")
    for side in sides:
        _names_figures(section, "sides name", side, names)
    return sides


def _finding(section: Section, names: list[str]) -> str:
    """The sentence of what comes of it; {name} in it is the figure of that name."""
    finding = section.text("finding")
    _names_figures(section, "finding names", finding, names)
    return finding


def _names_figures(section: Section, what: str, sentence: str, names: list[str]) -> None:
    for name, _ in REFERENCE.findall(sentence):
        if name not in names:
            raise InputError(
                f"{section.where}: {what} the figure {name!r}, expected one of {', '.join(names)}"
            )


def _claims(section: Section, kind: str, names: list[str]) -> tuple[Claim, ...]:
    claims = tuple(_claim(each, names) for each in section.sections("claim"))
    if not claims:
        raise section.wrong("claim", "at least one table [[claim]]")
    if kind in TWO_SIDES and len({claim.side for claim in claims} - {""}) != 2:
        raise InputError(
            f"{section.where}: the claims show {len({c.side for c in claims} - {''})} sides,"
            " expected two"
        )
    return claims


def _claim(section: Section, names: list[str]) -> Claim:
    section.only(("words", "figure", "side", *RELATIONS))
    relations = [key for key in RELATIONS if key in section]
    if len(relations) != 1:
        raise InputError(
            f"{section.where}: found {len(relations)} relations, expected one of"
            f" {', '.join(RELATIONS)}"
        )
    relation = relations[0]
    to = section.values[relation]
    to = (
        section.one_of(relation, names)
        if isinstance(to, str)
        else section.number(relation, -LARGEST, LARGEST)
    )
    words, figure = section.text("words"), section.one_of("figure", names)
    return Claim(words, figure, relation, to, section.text("side", ""))
