"""What each part of a lesson is, as plain JSON, one for each step, so that none holds anything of a
later one: what stands before the commitment, what can be run after it, the figures to watch under
free settings, what is set beside the prediction, the texts of the steps after that, and what is for
the teacher.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from statistics import fmean
from typing import Any

import sim
from dashboard.data.record import first_dial
from dashboard.data.words import ASSUMED, EXTRAPOLATED, FITTED, WHAT_IF, dial_words
from dashboard.view import MOST_WORLDS, WHERE, View
from sim import number_formats as formats

KINDS = {  # of the answer: its badge, and what that means
    "record": ("On record", "A public record has the answer."),
    "theorem": ("Proved", "It is published, and our code reproduces it."),
    "assumption": ("Assumed", "It holds because we assume it, and only then."),
    "debate": ("Open", "There are reasons on both sides, and no answer key."),
}
BASES = {
    "register": "the public register",
    "record of talks": "the record of talks",
    "published": "published",
    "simulated, fitted": f"simulated, {FITTED}",
    "simulated, what if": f"simulated, {WHAT_IF}",
    "simulated, extrapolated": f"simulated, {EXTRAPOLATED}",
    "simulated, assumed": f"simulated, {ASSUMED}",
}
ON_OTHER_PAGES = ("designer",)  # pages that open the view of a lesson, too
FOLD = "### "  # begins the heading below which a section folds
TABLED = "tabled_"  # begins the name of a setting of talks: how much of a provision is tabled
BESIDE = {  # what a prediction is set beside, by the kind of answer
    "assumption": "what the model gives", "debate": "both sides",
}  # fmt: skip
KNOWN = "what is known"  # of every other kind
TEXTS = {  # part -> its sections, of those that are read after the reveal
    "explain": ("explain", "background"),
    "transfer": ("transfer",),
    "good_answer": ("good_answer",),
    "false": ("false",),
}


@functools.cache
def all_lessons() -> tuple[sim.Lesson, ...]:
    """The lessons that ship, in their order."""
    return tuple(sim.load_lesson(name) for name in sim.available_lessons())


def lesson_of(name: str) -> sim.Lesson:
    """The lesson called *name*, which ships; InputError, in one sentence, for any other."""
    shelf = {lesson.name: lesson for lesson in all_lessons()}
    if name not in shelf:
        raise sim.InputError(
            f"{WHERE}: lesson is {name[:40]!r}, expected one of {', '.join(shelf)}"
        )
    return shelf[name]


def opening_of(lesson: sim.Lesson) -> dict[str, Any]:
    """What a student sees before committing to a prediction, and nothing else."""
    predict = lesson.predict
    word, sentence = KINDS[lesson.kind]
    return {
        "name": lesson.name,
        "order": lesson.order,
        "title": lesson.title,
        "question": lesson.question,
        "kind": {
            "name": lesson.kind,
            "word": word,
            "sentence": sentence,
            "beside": BESIDE.get(lesson.kind, KNOWN),
            "has_sides": bool(lesson.sides),
        },
        "minutes": lesson.minutes,
        "text": lesson.sections["predict"],
        "predict": {
            "question": predict.question,
            "form": predict.form,
            "unit": predict.unit,
            "low": predict.low,
            "high": predict.high,
            "reasons": predict.reasons,
            "options": [{"name": option.name, "words": option.words} for option in predict.options],
        },
        "version": sim.__version__,
    }


def course_of(lesson: sim.Lesson) -> dict[str, Any]:
    """What comes after the commitment: what can be run."""
    return {
        "name": lesson.name,
        "texts": {"run": _before_the_fold(lesson.sections["run"])},
        "fold": _fold(lesson.sections["run"]),
        "setting": _setting(lesson.setting),
    }


def texts_of(part: str, lesson: sim.Lesson) -> dict[str, Any]:
    """The sections of a *part* after the reveal; with why it is so comes what one can do now."""
    return {
        "name": lesson.name,
        "texts": {name: lesson.sections[name] for name in TEXTS[part]},
        "outcomes": list(lesson.outcomes) if part == "explain" else [],
    }


def watched_of(
    lesson: sim.Lesson,
    dials: Mapping[str, float],
    choices: Mapping[str, str],
    is_revealed: bool = False,
) -> dict[str, Any]:
    """The figures to watch under the *dials* and *choices* of a student, of a lesson that compares
    two scenarios those in the *other*, too; their changes, from one scenario to the other, or since
    nothing was moved; and the pictures of classics, of the same settings. Where the numbers would
    tell the answer, their changes alone until it *is_revealed*. InputError for what the lesson
    leaves not free.
    """
    free = lesson.setting
    for name in (*dials, *choices):
        if name not in (*free.dials, *free.choices):
            expected = ", ".join((*free.dials, *free.choices)) or "none"
            raise sim.InputError(
                f"{WHERE}: {name[:40]} is not free in this lesson, expected {expected}"
            )
    values = {name: _value(name, text, free.choices[name]) for name, text in choices.items()}
    only_changes = free.shows == "changes" and not is_revealed
    is_moved, other = bool(dials or values), free.names[1] if free.titles else ""
    own = (dict(dials), values) if free.base == "scenario" else ({**dials, **values}, {})
    rows = _rows(lesson.simulate(*own))
    has_changes = other or (is_moved and (only_changes or free.base == "scenario"))
    return {
        "name": lesson.name,
        "rows": [_without_level(row) for row in rows] if only_changes else rows,
        "other": _rows(lesson.simulate(*own, scenario=other)) if other else [],
        "changes": _rows(lesson.changes(*own, scenario=other)) if has_changes else [],
        "pictures": [] if only_changes else list(lesson.pictures(own[0])),
        "values": _values(free),
    }


def _without_level(row: dict[str, Any]) -> dict[str, Any]:
    """*row* without its number; a difference, which tells no level, stands as it is."""
    if row["is_difference"]:
        return row
    return {**row, "value": None, "words": "", "interval": None, "spread": ""}


def revealed_of(lesson: sim.Lesson) -> dict[str, Any]:
    """What is set beside the prediction, computed, and of what kind the answer is."""
    reveal = lesson.reveal()
    return {
        "name": lesson.name,
        "rows": _rows(reveal.rows, _of_the_question(lesson), lesson.of_sides),
        "first": lesson.answer,
        "answer": reveal.answer,
        "answer_words": reveal.answer_words,
        "finding": reveal.finding,
        "sides": list(reveal.sides),
        "grid": lesson.grid
        and {
            "columns": list(lesson.grid.columns),
            "rows": [
                {"words": words, "names": list(names)} for words, names in lesson.grid.rows.items()
            ],
        },
        "text": lesson.sections["reveal"],
    }


def key_of(lesson: sim.Lesson) -> dict[str, Any]:
    """What is for the teacher."""
    return {
        "name": lesson.name,
        "key": lesson.sections["key"],
        "misconceptions": lesson.sections["misconceptions"],
    }


def _before_the_fold(text: str) -> str:
    return text.partition(FOLD)[0].strip()


def _fold(text: str) -> dict[str, str] | None:
    """What of a section stands below its heading of the third level, and folds; None where it has
    none.
    """
    heading, _, folded = text.partition(FOLD)[2].partition("\n")
    return {"heading": heading.strip(), "text": folded.strip()} if folded else None


def _of_the_question(lesson: sim.Lesson) -> set[str]:
    """The figures that are of what was asked: the answer, and those that a claim holds against
    it.
    """
    if not lesson.answer:
        return {one.name for one in lesson.quantities}
    return {lesson.answer} | {claim.of for claim in lesson.claims if claim.to == lesson.answer}


def _rows(
    figures: Sequence[Any], of_the_question: Collection[str] = (), of_sides: Collection[str] = ()
) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "label": one.label,
            "value": _plain(one.value),
            "unit": one.unit,
            "words": one.words,
            "basis": BASES[one.basis],
            "simulated": one.basis.startswith("simulated"),
            "interval": one.interval and [_plain(end) for end in one.interval],
            "spread": one.spread,
            "is_difference": one.signs,
            "is_asked": one.name in of_the_question,
            "is_of_sides": one.name in of_sides,
            "is_range": one.is_range,
        }
        for one in figures
    ]


def _plain(value: float | str) -> float | str | None:
    """*value* as JSON has it; None where no world has any."""
    return None if isinstance(value, float) and not isfinite(value) else value


def _setting(setting: Any) -> dict[str, Any]:
    """What step Run shows and leaves free: a scenario's dials and choices, and the views that its
    chart draws; the picture of a classic; or talks.
    """
    content: dict[str, Any] = {
        "base": setting.base, "names": [name.removeprefix("classics/") for name in setting.names],
        "more": _more(setting.view), "shows": setting.shows, "dials": [], "choices": [],
        "scenarios": [], "titles": list(setting.titles), "replicates": setting.replicates,
    }  # fmt: skip
    if setting.base == "scenario":
        views = [
            View(scenario=name, worlds=min(setting.replicates, MOST_WORLDS))
            for name in setting.names
        ]
        first = views[0].variant.with_changes(set=setting.fixed)
        content["fixed"] = dict(setting.fixed)
        titles = setting.titles or [view.variant.title for view in views]
        named = zip(titles, views, strict=True)
        content["scenarios"] = [{"title": title, "query": view.query()} for title, view in named]
        content["dials"] = [_dial(first, name, setting.words.get(name)) for name in setting.dials]
        content["choices"] = [
            {
                "name": name,
                "label": first.choices[name].question,
                "options": [
                    {"value": str(value), "words": _option(first, name, str(value))}
                    for value in values
                ],
                "value": ",".join(first.answers[name]),
            }
            for name, values in setting.choices.items()
        ]
    else:
        talks = sim.load_talks(setting.names[0]) if setting.base == "talks" else None
        content["choices"] = [
            {
                "name": name,
                "label": _label(name, talks),
                "value": _text(talks.settings[name], values) if talks else "",
                "options": [{"value": str(value), "words": _words(value)} for value in values],
            }
            for name, values in setting.choices.items()
        ]
    return content


def _more(view: str) -> dict[str, str] | None:
    """The page beside Simulate that *view* names, by its path and its name; None where it names
    Simulate itself.
    """
    path = view.partition("?")[0].removeprefix("/")
    return {"path": path, "name": path.capitalize()} if path in ON_OTHER_PAGES else None


def _dial(scenario: sim.Scenario, name: str, meaning: str | None) -> dict[str, Any]:
    """A free dial: its words, with the *meaning* that the lesson gives it, if any, its ends, its
    value at first, and the dials that it moves, itself alone but for the ambition of all
    provisions.
    """
    words = first_dial(scenario, name)
    value = fmean(scenario.settings[each] for each in words["moves"])
    return {**words, "meaning": meaning or words["meaning"], "value": value}


def _option(scenario: sim.Scenario, choice: str, name: str) -> str:
    titles = {option.name: option.title for option in scenario.choices[choice].options}
    return ", ".join(titles.get(part, part) for part in name.split(","))


def _values(setting: Any) -> dict[str, str]:
    """How the choices of a classic stand at first, which its run says; empty of anything else."""
    if setting.base != "classic":
        return {}
    parameters = sim.classic(setting.names[0]).parameters
    return {name: _text(parameters[name], values) for name, values in setting.choices.items()}


def _label(name: str, talks: sim.Talks | None) -> str:
    """What the setting *name* of a classic, or of *talks*, is."""
    number = name.removeprefix(TABLED)
    if talks and number != name:
        return f"How much is tabled on {talks.subjects[int(number) - 1].provision}"
    return dial_words(name)


def _text(value: Any, values: Sequence[Any]) -> str:
    """How the one of *values* that is *value* is written in a link; empty where none is."""
    return next((str(each) for each in values if each == value), "")


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else formats.setting(value)


def _value(name: str, text: str, values: Sequence[Any]) -> Any:
    """The one of *values* that *text* writes; InputError for any other."""
    for value in values:
        if str(value) == text:
            return value
    expected = ", ".join(map(str, values))
    raise sim.InputError(f"{WHERE}: {name} is {text[:40]!r}, expected one of {expected}")
