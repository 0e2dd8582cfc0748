"""Talks: who sits at the table, over which text, by which rule. Data, read from TOML, checked and
frozen.

A file has a title, a question, [negotiation] and, where it sets dials, [parameters]
(docs/negotiation.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from sim import facts
from sim.dials.dial import Dial, Lever, dials_of
from sim.dials.negotiation import DEFAULTS, DIALS
from sim.errors import InputError, nearest
from sim.facts import DATA, Facts, label_of, shipped
from sim.facts import SHIPPED as SHIPPED_FACTS
from sim.negotiation.record import Record, read_record
from sim.reading import FILE as A_FILE
from sim.reading import (
    Section,
    as_list,
    as_path,
    check_number,
    check_table,
    check_whole,
    file_text,
    kind_at,
    literal,
)
from sim.scenario.files import FILE
from sim.scenario.text_talks import OPEN_CALL

CONSENSUS, MAJORITY, _ = RULES = ("consensus", "majority", OPEN_CALL)
GROWING_WEIGHT, COMPROMISE, BY_PROVISION, MOST_RESISTED, RED_LINES, ALTERNATING = CHAIRS = (
    "growing-weight",
    "compromise",
    "provision-by-provision",
    "most-resisted-first",
    "red-lines",
    "alternating-offers",
)
FIRST, DEADLINE = SETTLES = ("first", "deadline")
WORDS = {
    "rule": RULES,
    "chair": CHAIRS,
    "settle": SETTLES,
}  # what may be set beside dials, and to what
TRUTHS = ("amendments", "trades")
KEYS = (
    "provisions",
    "in_force",
    "tabled",
    "seats",
    "group",
    "voice",
    "rule",
    "chair",
    "settle",
    "deadline",
    "convenor",
    *TRUTHS,
)
PROVISION_KEYS = ("provision", "restraint", "burden", "position", "in_force", "tabled", "ambiguity")
MOST_DRAFTS, DRAFTS = 200, 40
ALL = "all"  # seats: every state


@dataclass(frozen=True)
class Subject:
    """A provision at the table. Loadings as in a code of conduct: restraint and burden in [0, 1],
    position in [-1, 1]; levels and *ambiguity* in [0, 1].
    """

    provision: str
    restraint: float
    burden: float
    position: float
    in_force: float
    tabled: float
    ambiguity: float = 0.0


@dataclass(frozen=True, eq=False)
class Talks:
    """Talks over a text: `seats` are states by iso3, firms and NGOs by name; those in `voice` have
    no vote. Without `amendments` a majority votes on the chair's drafts. `values` has each dial of
    negotiations, `facts` are those of the seats' world; `record` is how they ended, None where no
    such talks were held; `first` is what `as_first` gives.
    """

    name: str
    title: str
    question: str
    notes: str
    subjects: tuple[Subject, ...]
    seats: tuple[str, ...]
    voice: tuple[str, ...]
    rule: str
    chair: str
    settle: str
    deadline: int  # drafts
    convenor: str | None
    amendments: bool
    trades: bool
    values: Mapping[str, float]
    facts: Facts = SHIPPED_FACTS
    record: Record | None = None
    first: Talks | None = None  # before any change

    def __repr__(self) -> str:
        return (
            f"Talks({self.name}, {len(self.seats)} seats, {len(self.subjects)} provisions,"
            f" {self.rule})"
        )

    @property
    def dials(self) -> dict[str, Dial]:
        """Every number that `set` may change: the dials of negotiations, and the level at which
        each provision is tabled, and its ambiguity, by its number (tabled_1, ambiguity_1).
        """
        return {**DIALS, **_levers(self.subjects)}

    @property
    def settings(self) -> dict[str, Any]:
        """All that `set` may change, with its value."""
        words = {key: getattr(self, key) for key in (*WORDS, *TRUTHS, "deadline")}
        return {
            **words,
            **self.values,
            **{name: dial.default for name, dial in _levers(self.subjects).items()},
        }

    @property
    def as_first(self) -> Talks:
        """These talks before `with_changes` changed them."""
        return self.first or self

    @property
    def is_as_first(self) -> bool:
        """Whether nothing of them differs from that."""
        return self.settings == self.as_first.settings and self.seats == self.as_first.seats

    def share_of_tabled(self, levels: Iterable[float]) -> float:
        """The share that *levels*, one per provision, keep of what is tabled beyond the text in
        force, in [0, 1].
        """
        new = sum(max(0.0, subject.tabled - subject.in_force) for subject in self.subjects)
        left = sum(
            float(level) - one.in_force for level, one in zip(levels, self.subjects, strict=True)
        )
        return round(max(0.0, left / new), 4)

    @property
    def sha256(self) -> str:
        """SHA-256 of all that the talks say."""
        left_out = ("title", "question", "notes", "facts", "record", "first")
        content = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in left_out
        }
        content["subjects"] = [asdict(subject) for subject in self.subjects]
        if self.facts.own:
            content["facts"] = self.facts.sha256
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def with_changes(
        self,
        set: Mapping[str, Any] | None = None,
        without: Iterable[str] = (),
        where: str = "changes",
    ) -> Talks:
        """These talks with other `settings` (*set*), and *without* some seats. Another rule decides
        on amendments too, where *set* does not. InputError that begins with *where* for whatever
        does not fit.
        """
        settings = {} if set is None else set
        check_table(settings, f"{where}: set")
        empty = (
            (without,)
            if isinstance(without, str)
            else tuple(as_list(without, f"{where}: without", "seats"))
        )
        iso3 = {name: who for who, name in self.facts.state_names.items()}
        names = tuple(iso3.get(seat, seat) if isinstance(seat, str) else seat for seat in empty)
        for seat in names:
            if seat not in self.seats:
                expected = f"one of {', '.join(self.seats)}{nearest(seat, self.seats)}"
                raise InputError(
                    f"{where}: without is {literal(seat)}, which has no seat, expected {expected}"
                )
        section = Section(settings, where)
        other: dict[str, Any] = {
            key: section.one_of(key, words) for key, words in WORDS.items() if key in settings
        }
        if "rule" in other:
            other["amendments"] = other["rule"] == MAJORITY  # as in a file
        other |= {key: _truth(section, key) for key in TRUTHS if key in settings}
        if "deadline" in settings:
            other["deadline"] = _number_of_drafts(settings["deadline"], f"{where}: deadline")
        values, subjects = dict(self.values), list(self.subjects)
        for name, value in settings.items():
            if name in other:
                continue
            number = _dial(name, self, where).check(value, where)
            if name in DIALS:
                values[name] = number
            else:
                key, _, place = name.rpartition("_")
                levels: dict[str, Any] = {key: number}
                subjects[int(place) - 1] = replace(subjects[int(place) - 1], **levels)
        result = replace(
            self,
            seats=tuple(seat for seat in self.seats if seat not in names),
            voice=tuple(seat for seat in self.voice if seat not in names),
            subjects=tuple(subjects),
            values=values,
            first=self.as_first,
            **other,
        )
        _check(result, where)
        return result


def read_talks(file: Path, whole: Section, of: Facts) -> Talks:
    """The talks in the table *whole* of *file*, among stakeholders of the world *of*. InputError,
    in one sentence, where the content is wrong.
    """
    whole.only(("title", "question", "negotiation", "parameters", "record"))
    if "negotiation" not in whole:
        raise whole.wrong("negotiation", "a table [negotiation]")
    section = whole.section("negotiation")
    section.only(KEYS)
    parameters = whole.section("parameters")
    for key in parameters:
        if key not in DIALS:
            expected = f"one of {', '.join(DIALS)}{nearest(key, DIALS)}"
            raise InputError(f"{parameters.where}: there is no dial {key!r}, expected {expected}")
    values = {
        name: DIALS[name].check(value, parameters.where)
        for name, value in parameters.values.items()
    }
    notes = file.with_name("notes.md")
    has_notes = file.name == FILE and kind_at(notes, label_of(notes)) == A_FILE
    talks = checked_talks(
        section,
        name=file.absolute().parent.name if file.name == FILE else file.stem,
        title=whole.text("title"),
        question=whole.text("question"),
        notes=file_text(notes, label_of(notes), "notes") if has_notes else "",
        subjects=_subjects(section, file.parent),
        convenor=section.text("convenor") if "convenor" in section else None,
        values={**DEFAULTS, **values},
        of=of,
    )
    return replace(talks, record=read_record(whole.section("record"), talks.seats))


def checked_talks(
    section: Section,
    *,
    name: str,
    title: str,
    question: str,
    notes: str,
    subjects: tuple[Subject, ...],
    convenor: str | None,
    values: Mapping[str, float],
    of: Facts,
) -> Talks:
    """The talks over these *subjects*, with the seats and the procedure of *section*,
    [negotiation]. InputError where they do not fit each other.
    """
    rule = section.one_of("rule", RULES, CONSENSUS)
    seats, voice = _seats(section, of)
    talks = Talks(
        name=name,
        title=title,
        question=question,
        notes=notes,
        subjects=subjects,
        seats=seats,
        voice=voice,
        rule=rule,
        chair=section.one_of("chair", CHAIRS, GROWING_WEIGHT),
        settle=section.one_of("settle", SETTLES, DEADLINE),
        deadline=section.whole("deadline", 1, MOST_DRAFTS, DRAFTS),
        convenor=convenor,
        amendments=section.truth("amendments", rule == MAJORITY),
        trades=section.truth("trades", False),
        values=values,
        facts=of,
    )
    _check(talks, section.where)
    return talks


def _check(talks: Talks, where: str) -> None:
    """InputError that begins with *where* where the parts of *talks* do not fit each other."""
    voters = [seat for seat in talks.seats if seat not in talks.voice]
    if len(voters) < 2:
        raise InputError(
            f"{where}: found {'1 seat' if voters else 'no seats'} with a vote, expected two or more"
        )
    if talks.rule == OPEN_CALL and talks.convenor not in talks.seats:
        problem = (
            "no convenor"
            if talks.convenor is None
            else f"the convenor {talks.convenor!r}, which has no seat"
        )
        raise InputError(
            f"{where}: found {problem}, expected one of the seats under the rule {OPEN_CALL}"
        )
    if talks.rule != OPEN_CALL and talks.convenor is not None:
        raise InputError(
            f"{where}: found a convenor under the rule {talks.rule}, expected one under {OPEN_CALL}"
            " alone"
        )
    if talks.amendments and talks.rule != MAJORITY:
        raise InputError(
            f"{where}: found amendments under the rule {talks.rule}, expected them under {MAJORITY}"
            " alone"
        )
    if talks.chair == ALTERNATING and (
        len(talks.seats) != 2 or len(voters) != 2 or talks.rule != CONSENSUS
    ):
        problem = f"{len(talks.seats)} seats under the rule {talks.rule}"
        raise InputError(
            f"{where}: found {problem}, expected two with a vote, and {CONSENSUS}, for"
            f" {ALTERNATING}"
        )
    if all(subject.tabled <= subject.in_force for subject in talks.subjects):
        raise InputError(
            f"{where}: found no provision tabled above its level in force, expected at least one"
        )


def _seats(section: Section, of: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has a seat, votes first, then voices, and who has a voice alone."""
    if ("seats" in section) == ("group" in section):
        problem = "both seats and group" if "seats" in section else "neither seats nor group"
        raise InputError(f"{section.where}: found {problem}, expected one of the two")
    states = of.state_names
    if "group" in section:
        rows = shipped.rows_of("gge_seats")
        group = section.one_of("group", dict.fromkeys(row["group"] for row in rows))
        voters = tuple(row["iso3"] for row in rows if row["group"] == group)
        for who in voters:
            if who not in states:
                problem = (
                    f"the group {group}, in which {who} has a seat that is none of these facts"
                )
                raise InputError(f"{section.where}: found {problem}, expected one of their states")
    else:
        words = (ALL,) if section.values["seats"] == ALL else section.words("seats")
        voters = tuple(seat for word in words for seat in (states if word == ALL else (word,)))
    voice = section.words("voice") if section.values.get("voice") else ()
    stakeholders = {**states, **of.organisation_kinds}
    for key, names in (("seats", voters), ("voice", voice)):
        for name in names:
            if name not in stakeholders:
                expected = f"{ALL!r}, or the iso3 of states and names of firms and NGOs"
                raise section.wrong(key, expected + nearest(name, stakeholders))
    for name in voters:
        if voters.count(name) > 1:
            raise InputError(f"{section.where}: found the seat {name!r} twice, expected each once")
    for name in voice:
        if name in voters:
            raise InputError(
                f"{section.where}: voice has {name!r}, which has a vote too, expected either"
            )
    return (*voters, *voice), voice


def _subjects(section: Section, folder: Path) -> tuple[Subject, ...]:
    """The provisions: tables, or the name of a CSV file in scenarios/data or in *folder*, with the
    levels that in_force and tabled name.
    """
    file = section.values.get("provisions")
    if not isinstance(file, str):
        for key in ("in_force", "tabled"):
            if key in section:
                raise section.wrong(
                    key, "no such key beside provisions that are tables, which have their own"
                )
        subjects = [_subject(row) for row in section.sections("provisions")]
    else:
        path = as_path(file, f"{section.where}: provisions")
        rows = _rows(
            DATA / path if kind_at(DATA / path, section.where) == A_FILE else folder / path
        )
        low, high = (_levels(section, key, rows) for key in ("in_force", "tabled"))
        subjects = [
            Subject(
                row["provision"],
                row["restraint"],
                row["burden"],
                row["position"],
                low[place],
                high[place],
            )
            for place, row in enumerate(rows)
        ]
    if not subjects:
        raise section.wrong(
            "provisions", "a table in CSV, or tables [[negotiation.provisions]], at least one"
        )
    names = [subject.provision for subject in subjects]
    if len(set(names)) < len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise InputError(
            f"{section.where}: found the provision {repeated!r} twice, expected each once"
        )
    return tuple(subjects)


def _subject(row: Section) -> Subject:
    row.only(PROVISION_KEYS)
    return Subject(
        provision=row.text("provision"),
        restraint=row.number("restraint", 0, 1),
        burden=row.number("burden", 0, 1),
        position=row.number("position", -1, 1),
        in_force=row.number("in_force", 0, 1),
        tabled=row.number("tabled", 0, 1),
        ambiguity=row.number("ambiguity", 0, 1, 0.0),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    """The provisions in a CSV file: a table of the United Nations' subjects, or of a code of
    conduct.
    """
    if path.name == "gge_provisions.csv" and path.parent == DATA:
        return [dict(row) for row in shipped.rows_of("gge_provisions")]
    return [{"provision": one.short_name, **asdict(one)} for one in facts.provisions(path)]


def _levels(section: Section, key: str, rows: list[dict[str, Any]]) -> list[float]:
    """A level for each of *rows*: that in the column that *key* names, one number for all, or a
    list of numbers.
    """
    value = section.values.get(key)
    columns = [
        name for name in rows[0] if name == "ambition" or name.startswith(("level_", "tabled_"))
    ]
    if isinstance(value, str) and value in columns:
        return [float(row[value]) for row in rows]
    return levels_of(section, key, len(rows), columns)


def levels_of(section: Section, key: str, count: int, words: Iterable[str] = ()) -> list[float]:
    """The *count* levels that *key* gives: one number for all, or a list. InputError otherwise,
    which expects one of *words* too.
    """
    value, others = section.values.get(key), list(words)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [section.number(key, 0, 1)] * count
    if isinstance(value, (list, tuple)) and len(value) == count:
        return [check_number(each, 0, 1, f"{section.where}: {key}") for each in value]
    one_of = f"one of {', '.join(others)}, " if others else ""
    raise section.wrong(
        key, f"{one_of}a level from 0 to 1, or a list of {count} levels{nearest(value, others)}"
    )


def _levers(subjects: Iterable[Subject]) -> dict[str, Dial]:
    """The dials of the text at the table, by number of the provision."""
    levers: dict[str, Any] = {}
    for number, subject in enumerate(subjects, start=1):
        levers[f"tabled_{number}"] = Lever(
            subject.tabled,
            unit="level",
            source="the text tabled",
            meaning=f"how far it goes on {subject.provision}",
        )
        levers[f"ambiguity_{number}"] = Lever(
            subject.ambiguity,
            unit="share",
            source="the text tabled",
            meaning=f"how far the wording on {subject.provision} leaves open what changes",
        )
    return dials_of(type("Text", (), levers))


def _dial(name: str, talks: Talks, where: str) -> Dial:
    names = [*WORDS, *TRUTHS, "deadline", *talks.dials]
    if name not in talks.dials:
        expected = f"one of {', '.join(names)}{nearest(name, names)}"
        raise InputError(f"{where}: there is no dial {name!r} of talks, expected {expected}")
    return talks.dials[name]


def _number_of_drafts(value: Any, name: str) -> int:
    whole = (
        int(value) if isinstance(value, float) and value.is_integer() else value
    )  # as --set gives it
    return check_whole(whole, 1, MOST_DRAFTS, name)


def _truth(section: Section, key: str) -> bool:
    value = section.values[key]
    if value in (0, 1, "true", "false"):  # as --set gives it
        return value in (1, "true")
    return section.truth(key)
