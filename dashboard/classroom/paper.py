"""A class session on paper: the teacher's sheet, role cards, ballots and sheets to copy, as a page
to print on A4 or Letter.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import sim
from dashboard.classroom.ballots import BALLOTS, Question, may_stand
from dashboard.classroom.briefing import briefing, language_of, text_of
from dashboard.classroom.catalogue import ENGLISH, LANGUAGES
from dashboard.classroom.documents import document_pages
from dashboard.classroom.pages import filled
from dashboard.classroom.plan import PLANS, SECRET, Step, title_of
from dashboard.classroom.refusals import BAD, ClassError
from dashboard.classroom.seats import SIZES, Seat, seats_of
from dashboard.classroom.session import USUAL
from dashboard.classroom.world import scenario_named
from sim import typeface

HERE = Path(__file__).parent
PARTS = ("all", "teacher", "cards", "ballots", "copies")
KEYS = ("scenario", "plan", "seats", "language", "part")  # of a wish, all of which may be missing
COLUMNS = ("number", "step", "time", "read-out", "ballots-of")  # of the teacher's table of steps
BOX = '<i class="tick"></i>'


class Paper:
    """What is to be printed, by a *wish* with KEYS; ClassError or InputError where it cannot be."""

    def __init__(self, wish: Mapping[str, Any]) -> None:
        wish = {**USUAL, "language": ENGLISH.code, "part": "all", **wish}
        self.scenario = scenario_named(wish["scenario"])
        self.plan, self.part, size = str(wish["plan"]), str(wish["part"]), str(wish["seats"])
        if self.plan not in PLANS:
            raise ClassError(BAD, "refusal-no-plan", plans=", ".join(PLANS))
        if size not in map(str, SIZES):
            raise ClassError(
                BAD, "refusal-no-size", sizes=", ".join(map(str, SIZES[:-1])), last=str(SIZES[-1])
            )
        if self.part not in PARTS:
            raise ClassError(BAD, "refusal-no-sheet", parts=", ".join(PARTS))
        self.language = language_of(wish["language"])
        self.seats = seats_of(self.scenario, int(size))
        self.steps = PLANS[self.plan]

    @property
    def title(self) -> str:
        """What the sheets are for."""
        return ENGLISH.say(
            "paper-for",
            scenario=self.scenario.title,
            plan=title_of(self.plan),
            seats=len(self.seats),
        )

    def sheets(self) -> str:
        """The sheets, as HTML."""
        parts = {
            "teacher": self._teacher,
            "cards": self._cards,
            "ballots": self._ballots,
            "copies": self._copies,
        }
        return "\n".join(make() for name, make in parts.items() if self.part in ("all", name))

    def page(self) -> str:
        """The page of the server, with what may be chosen."""
        sizes = [(str(size), str(size)) for size in SIZES]
        scenarios = [
            (name, title) for name, title, _ in sim.available() if len(_seats(name)) == SIZES[-1]
        ]
        selects = (
            _select(
                "part", [(part, ENGLISH.say(f"paper-part-{part}")) for part in PARTS], self.part
            ),
            _select(
                "language", [(key, of.title) for key, of in LANGUAGES.items()], self.language.code
            ),
            _select("plan", [(plan, title_of(plan)) for plan in PLANS], self.plan),
            _select("seats", sizes, str(len(self.seats))),
            _select("scenario", scenarios, self.scenario.name),
        )
        return filled("paper", ENGLISH, selects="".join(selects), sheets=self.sheets())

    def file(self) -> str:
        """The same as a file that needs nothing else."""
        style = (HERE / "static" / "paper.css").read_text(encoding="utf-8")
        title = escape(f"{self.title} · Parley")
        head = (
            '<meta charset="utf-8"><meta name="viewport"'
            f' content="width=device-width"><title>{title}</title>'
            f"<style>{typeface.font_faces()}\n{style}</style>"
        )
        body = f'<main class="sheets">\n{self.sheets()}\n</main>'
        return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'

    def _teacher(self) -> str:
        say = ENGLISH.say
        rows = "".join(
            f"<tr><td>{number}</td><td><b>{escape(step.title)}</b></td><td>{_time(step)}</td>"
            f"<td>{escape(_read_out(step))}</td><td>{escape(self._whose(step))}</td></tr>"
            for number, step in enumerate(self.steps)
        )  # fmt: skip
        columns = [(number, step) for number, step in enumerate(self.steps) if step.kind in BALLOTS]
        head = "".join(
            f"<th><span>{number}. {escape(step.title)}</span></th>" for number, step in columns
        )
        cells = {
            seat: "".join(
                f"<td>{'' if BALLOTS[step.kind].whom(seat) else '–'}</td>" for _, step in columns
            )
            for seat in self.seats
        }
        record = "".join(
            f"<tr><th>{escape(seat.name)}</th>{row}</tr>" for seat, row in cells.items()
        )
        guide = document_pages("on-paper")[1]
        heads = "".join(f"<th>{escape(say(f'paper-{name}'))}</th>" for name in COLUMNS)
        return (
            f'<section class="sheet"><h2>{escape(self.title)}</h2>{guide}'
            "<table"
            f' class="steps"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>'
            f'<section class="sheet"><h2>{escape(say("paper-record"))}</h2>'
            f"<p>{escape(say('paper-record.words'))}</p>"
            "<table"
            f' class="record"><thead><tr><th>{escape(say("paper-seat"))}</th>{head}</tr></thead>'
            f"<tbody>{record}</tbody></table>"
            "</section>"
        )

    def _whose(self, step: Step) -> str:
        """Whose ballots there are in *step*; what is decided in secret has none, so that its
        teacher does not learn it.
        """
        if step.kind in SECRET:
            return ENGLISH.say(f"paper-none-{step.kind}")
        ballot = BALLOTS.get(step.kind)
        whose = [] if ballot is None else [seat for seat in self.seats if ballot.whom(seat)]
        if not whose:
            return "–"
        most = len(whose) > len(self.seats) / 2
        return (
            ENGLISH.say("paper-each-team")
            if most
            else ENGLISH.listed([seat.name for seat in whose])
        )

    def _cards(self) -> str:
        cards = "\n".join(self._card(seat) for seat in self.seats)
        return f'<section class="sheet cards" lang="{self.language.code}">{cards}</section>'

    def _card(self, seat: Seat) -> str:
        say, content = self.language.say, briefing(self.scenario, seat, self.language)
        text = escape(" ".join(text_of(self.scenario, self.language)))
        aims = say("card-aims-press" if seat.is_press else "card-aims")
        basis = f'<p class="basis">{escape(content["basis"])}</p>' if content["basis"] else ""
        return (
            f'<article class="seat-card"><header><h2>{escape(content["name"])}</h2>'
            f"<span>{escape(say(f'card-{seat.kind}'))}</span></header>"
            f'<p class="asks"><b>{escape(say("card-text"))}.</b> {text}</p><div class="halves">'
            f"<div><h3>{escape(say('card-public'))}</h3>{_points(content['public'])}</div>"
            "<div"
            f' class="private"><h3>{escape(aims)}</h3>{_points(content["aims"])}{basis}</div></div>'
            f"<footer><p>{escape(say('card-rule'))}</p>"
            f'<p class="names">{escape(say("card-names"))}<i></i></p></footer></article>'
        )

    def _ballots(self) -> str:
        """A page or more for each step in which most seats have a ballot, and one for what few
        have, as the press.
        """
        slips = {
            number: self._slips(number)
            for number, step in enumerate(self.steps)
            if step.kind in BALLOTS
        }
        most = {number: some for number, some in slips.items() if len(some) > len(self.seats) / 2}
        of_few = [slip for number, some in slips.items() if number not in most for slip in some]
        pages = [*most.values(), *([of_few] if of_few else [])]
        return "\n".join(
            f'<section class="sheet ballots" lang="{self.language.code}">{"".join(some)}</section>'
            for some in pages
        )

    def _slips(self, number: int) -> list[str]:
        """The ballots of the step *number*, one for each seat that has one."""
        step = self.steps[number]
        name = self.language.say(f"step-{step.key}")
        ballot, title = BALLOTS[step.kind], escape(f"{number}. {name}")
        questions = ballot.ask(self.scenario, self.language)
        how = (
            self.language.say("ballot-amend-how") if any(one.optional for one in questions) else ""
        )
        return [
            f'<article class="ballot"><header><h2>{escape(self.language.word(seat.name))}</h2>'
            f"<span>{title}</span></header>"
            + (f"<p>{escape(how)}</p>{_rows(questions)}" if how else "".join(
                f"<p>{escape(each.words)}</p>{self._answer(each, number)}" for each in questions
            ))
            + "</article>"
            for seat in self.seats if ballot.whom(seat)
        ]  # fmt: skip

    def _answer(self, asked: Question, number: int) -> str:
        """The place on a ballot for the answer to what is *asked*."""
        if not asked.choices:
            units = ("", "") if asked.longest else (asked.unit,)
            return "".join(f'<p class="line"><i></i>{escape(unit)}</p>' for unit in units)
        stands = may_stand(self.steps, number)
        alike = all(each.signed is None for each in asked.choices)
        groups = []
        for signed in stands[:1] if alike else stands:
            key = "ballot-choose-signed" if signed else "ballot-choose-unsigned"
            head = (
                f"<b>{escape(self.language.say(key))}</b>" if len(stands) > 1 and not alike else ""
            )
            boxes = "".join(f"<li>{BOX}{escape(each.words)}</li>" for each in asked.put_to(signed))
            groups.append(f"<div>{head}<ul>{boxes}</ul></div>")
        return f'<div class="boxes{" many" if alike else ""}">{"".join(groups)}</div>'

    def _copies(self) -> str:
        return "\n".join(
            f'<section class="sheet copy">{page}</section>' for page in document_pages("sheets")[1:]
        )


def file_of(wish: Mapping[str, Any]) -> str:
    """The file of the sheets for a *wish*; InputError where it cannot be."""
    try:
        return Paper(wish).file()
    except ClassError as problem:
        raise sim.InputError(f"class: {problem}") from problem


@functools.cache
def _seats(scenario: str) -> tuple[Seat, ...]:
    return seats_of(scenario_named(scenario), SIZES[-1])


def _rows(questions: Sequence[Question]) -> str:
    """A row for each of *questions*, with a box below each answer that any of them has, in the
    order of their keys.
    """
    answers = sorted(
        {(each.key, each.value, each.words) for one in questions for each in one.choices}
    )
    head = "".join(f"<th>{escape(words)}</th>" for _, _, words in answers)
    rows = "".join(
        f"<tr><th>{escape(one.words)}</th>"
        + "".join(
            f"<td>{BOX if value in {each.value for each in one.choices} else ''}</td>"
            for _, value, _ in answers
        )
        + "</tr>"
        for one in questions
    )
    return (
        "<table"
        f' class="wishes"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _read_out(step: Step) -> str:
    """What a teacher reads out in *step*."""
    return ENGLISH.say(f"paper-none-{step.kind}.words") if step.kind in SECRET else step.words


def _time(step: Step) -> str:
    return "" if step.seconds is None else escape(sim.number_formats.duration(step.seconds))


def _points(words: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in words)}</ul>"


def _select(name: str, options: Iterable[tuple[str, str]], chosen: str) -> str:
    inner = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == chosen)}>{escape(words)}</option>'
        for value, words in options
    )
    label = escape(ENGLISH.say(f"paper-choose-{name}"))
    field = f'<label for="{name}">{label}</label><select id="{name}" name="{name}">{inner}</select>'
    return f'<div class="field">{field}</div>'
