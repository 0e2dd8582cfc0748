"""`parley lesson`: list the lessons, walk through one of them in the terminal, or write its
sheet.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.arguments import SEED
from sim.commands import options
from sim.commands.printing import Column, Record, Target, console, record_table, reporting
from sim.errors import InputError
from sim.lessons.catalogue import KINDS_OF_LESSON, cards
from sim.number_formats import setting
from sim.reading import check_number
from sim.writing import writable_file, write_text

if TYPE_CHECKING:
    from rich.console import Console

    from sim.lessons.figure import Value
    from sim.lessons.lesson import Lesson, Prediction

BEFORE = ("predict", "run")  # sections that come before anything is revealed

LessonName = Annotated[
    str | None,
    typer.Argument(
        metavar="LESSON", help="A lesson that `parley lesson` lists, or the path of a .md file."
    ),
]
Predict = Annotated[
    str | None,
    typer.Option(
        "--predict", metavar="VALUE", help="The prediction: a number, or the name of an option."
    ),
]
Replicates = Annotated[int | None, options.replicates_option("the lesson's own")]
Teacher = Annotated[
    bool,
    typer.Option(
        "--teacher", help="Add what is for the teacher alone: the answer key, misconceptions."
    ),
]
Sheet = Annotated[
    Path | None,
    options.path_option(
        "--out", metavar="FILE", help="Write a sheet to print instead: a .md or an .html file."
    ),
]


def lesson(
    name: LessonName = None,
    predict: Predict = None,
    set_: options.Settings = None,
    choose: options.Choices = None,
    replicates: Replicates = None,
    seed: options.Seed = None,
    teacher: Teacher = False,
    json: options.Json = None,
    out: Sheet = None,
) -> None:
    """Walk through a lesson: predict, run, see what the record says; or list the lessons."""
    if name is None:
        others = {
            "--predict": predict is not None,
            "--set": set_,
            "--choose": choose,
            "--replicates": replicates is not None,
            "--seed": seed is not None,
            "--teacher": teacher,
            "--out": out,
        }
        options.only_alone("no lesson", others)
        Target(json).deliver([vars(card) for card in cards()], show_cards)
        return
    if out is not None:
        options.only_alone(
            "--out", {"--predict": predict is not None, "--set": set_, "--choose": choose}
        )
        _sheet_file(out, json)
    target = Target(json)

    from sim.lessons.files import load_lesson

    loaded = load_lesson(name)
    worlds = loaded.setting.replicates if replicates is None else replicates
    start = SEED if seed is None else seed
    settings, answers = options.words_and_numbers(set_), options.choices(choose)
    if out is not None:
        from sim.lessons.sheet import sheet

        with reporting("Simulating"):
            reveal = loaded.reveal(replicates=worlds, seed=start) if teacher else None
        text = sheet(loaded, reveal, out.suffix)
        write_text(out, text)
        return
    walk = target.prints and sys.stdin.isatty() and sys.stdout.isatty()
    prediction = _value(loaded.predict, predict, "--predict") if predict is not None else None
    simulate = partial(loaded.simulate, replicates=worlds, seed=start)
    if walk:
        prediction = _ask(loaded) if prediction is None else prediction
        _try(loaded, partial(_before_reveal(loaded), replicates=worlds, seed=start))
    with reporting("Simulating"):
        watch = simulate(settings, answers)
        reveal = loaded.reveal(replicates=worlds, seed=start)
    content = {
        "name": loaded.name,
        "title": loaded.title,
        "kind": loaded.kind,
        "question": loaded.question,
        "minutes": loaded.minutes,
        "courses": loaded.courses,
        "outcomes": loaded.outcomes,
        "prediction": prediction,
        "watch": [figure.as_json() for figure in watch],
        "figures": [figure.as_json() for figure in reveal.rows],
        "answer": reveal.answer,
        "sides": reveal.sides,
        "claims": [{"words": claim.words, "side": claim.side} for claim in loaded.claims],
        "sections": _sections(loaded, teacher),
        "replicates": worlds,
        "seed": start,
    }
    target.deliver(content, partial(show_lesson, of=loaded, result=(watch, reveal), is_walk=walk))


def show_cards(content: list[Record], screen: Console) -> None:
    """Print a row per lesson."""
    columns: list[Column] = [
        ("name", "{name}"),
        ("title", "{title}"),
        ("question", "{question}"),
        ("kind", "{kind}"),
        ("minutes", lambda row: setting(row["minutes"])),
    ]
    screen.print(record_table("Lessons", columns, content, left=4), "")
    for kind, words in KINDS_OF_LESSON.items():
        screen.print(f"{kind}: {words}")


def show_lesson(content: Record, screen: Console, of: Lesson, result: Any, is_walk: bool) -> None:
    """Print a lesson, from what is revealed on where it *is_walk*, in which the steps before have
    been taken.
    """
    watch, reveal = result
    if not is_walk:
        _head(of, screen)
    for key, text in content["sections"].items():
        if is_walk and key in BEFORE:
            continue
        _show_section(key, text, screen)
        if key == "predict":
            screen.print(of.predict.question, style="bold")
        elif key == "run":
            _show_free(of, screen)
            _show_figures(watch, screen)
            screen.print(
                f"Other settings: parley lesson {of.name} --set NAME=VALUE, or --choose NAME=OPTION"
            )
        elif key == "reveal":
            _show_figures(reveal.rows, screen)
            for side in reveal.sides:
                screen.print(f"- {side}")
            if content["prediction"] is not None:
                screen.print(reveal.beside(content["prediction"]), style="bold")
            elif reveal.answer is not None:
                screen.print(f"The answer: {reveal.answer_words}.", style="bold")


def _show_section(key: str, text: str, screen: Console) -> None:
    from rich.markdown import Markdown

    from sim.lessons.lesson import HEADINGS

    screen.print()
    screen.print(HEADINGS[key], style="bold")
    screen.print(Markdown(text))


def _show_free(of: Lesson, screen: Console) -> None:
    from sim.lessons.free_settings import free_settings

    for one in free_settings(of):
        screen.print(f"  {one.name}: {one.words}: {one.range_words}")


def _head(of: Lesson, screen: Console) -> None:
    screen.print(of.title, style="bold")
    screen.print(of.question)
    screen.print(
        f"About {setting(of.minutes)} minutes. Beside your prediction stands"
        f" {KINDS_OF_LESSON[of.kind]}."
    )


def _show_figures(figures: Any, screen: Console) -> None:
    columns: list[Column] = [
        ("", "{label}"),
        ("value", "{words}"),
        ("spread", "{spread}"),
        ("rests on", "{basis}"),
    ]
    rows = [
        {"label": one.label, "words": one.words, "spread": one.spread, "basis": one.basis}
        for one in figures
    ]
    screen.print("", record_table("", columns, rows), "")


def _sections(of: Lesson, teacher: bool) -> dict[str, str]:
    """The sections in their order, those of the teacher among them if so."""
    from sim.lessons.lesson import OF_THE_TEACHER

    return {key: text for key, text in of.sections.items() if teacher or key not in OF_THE_TEACHER}


def _ask(of: Lesson) -> Value:
    """The prediction that is typed in, asked for until it is one; a line on why is asked for too,
    and stays there.
    """
    screen, predict = console(), of.predict
    _head(of, screen)
    _show_section("predict", of.sections["predict"], screen)
    screen.print(predict.question, style="bold")
    for option in predict.options:
        screen.print(f"  {option.name}: {option.words}")
    unit = f" ({predict.unit})" if predict.unit else ""
    while True:
        try:
            value = _value(predict, typer.prompt(f"Your prediction{unit}"), "your prediction")
            break
        except InputError as problem:
            screen.print(str(problem))
    if predict.reasons:
        typer.prompt("Why", default="", show_default=False)
    return value


def _before_reveal(of: Lesson) -> Callable[..., Any]:
    """What a walk simulates before the reveal: the figures to watch, or, where they would tell the
    answer, what changes alone.
    """
    from sim.lessons.lesson import CHANGES

    return of.changes if of.setting.shows == CHANGES else of.simulate


def _try(of: Lesson, simulate: Callable[..., Any]) -> None:
    """Simulate under one setting after the other that is typed in, until none is."""
    screen = console()
    _show_section("run", of.sections["run"], screen)
    _show_free(of, screen)
    words = ""
    while True:
        pairs = words.split()
        try:
            is_choice = of.setting.base == "scenario"
            of_choices = [
                pair for pair in pairs if is_choice and pair.partition("=")[0] in of.setting.choices
            ]
            settings = options.words_and_numbers(pair for pair in pairs if pair not in of_choices)
            _show_figures(simulate(settings, options.choices(of_choices)), screen)
        except InputError as problem:
            screen.print(str(problem))
        words = typer.prompt(
            "Another setting, NAME=VALUE, or nothing to go on", default="", show_default=False
        )
        if not words.strip():
            return


def _value(predict: Prediction, text: str, where: str) -> Value:
    """The prediction in *text*; InputError that begins with *where* where it is none."""
    names = [option.name for option in predict.options]
    if not names:
        return check_number(options.number(text.strip()), predict.low, predict.high, where)
    if text.strip() not in names:
        raise InputError(f"{where} is {text!r}, expected one of {', '.join(names)}")
    return text.strip()


def _sheet_file(out: Path, json: str | None) -> None:
    """InputError where no sheet can be written to *out*."""
    from sim.lessons.sheet import HTML, MARKDOWN

    if json is not None:
        raise InputError(
            f"{options.COMMAND_LINE}: found --json beside --out, expected one of the two"
        )
    if out.suffix not in (MARKDOWN, HTML):
        raise InputError(
            f"--out is {str(out)!r}, expected a file that ends in {MARKDOWN} or {HTML}"
        )
    writable_file(out)
