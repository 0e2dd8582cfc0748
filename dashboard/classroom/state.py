"""The state of a session as one person sees it. What other seats decide in the present step is in
nobody's.
"""

from __future__ import annotations

import functools
from typing import Any

from dashboard.classroom import answers, plan, world
from dashboard.classroom.briefing import text_of
from dashboard.classroom.catalogue import ENGLISH
from dashboard.classroom.codes import STUDENT, TEACHER
from dashboard.classroom.conduct import as_news, own_news, verdict
from dashboard.classroom.debrief import debrief, own_guesses, question_in
from dashboard.classroom.happenings import may_happen
from dashboard.classroom.on_paper import ballots_of
from dashboard.classroom.people import Person, Student
from dashboard.classroom.plan import DEBRIEF, EXIT, OF_A_STUDENT, PREDICT, choices_before
from dashboard.classroom.seats import MOST_IN_A_TEAM
from dashboard.classroom.snapshot import MOST_KEPT, Decision, Snapshot
from dashboard.classroom.text_talks import options_of_acceptance
from dashboard.classroom.text_views import talks_in, was_left_out


def state_of(
    snapshot: Snapshot, person: Person, now: float, seen: dict[int, float], join: str, phones: bool
) -> dict[str, Any]:
    """What *person* sees of the session of *snapshot*; *seen* has when each student last asked,
    *join* is the address to type, and *phones* says whether they find it.
    """
    if person.student is not None and person.student.waits:
        return _of_the_waiting(snapshot, person.student)
    in_debrief = snapshot.session.present.kind == DEBRIEF
    student = (
        None if person.student is None else snapshot.by_id.get(person.student.id, person.student)
    )
    own = {
        "role": person.role,
        "join": join,
        "phones": phones,
        "you": None
        if student is None
        else {name: getattr(student, name) for name in ("number", "name", "seat", "last_seat")},
        "mine": None if student is None else _mine(snapshot, student),
        "mine_before": None if student is None else _mine_before(snapshot, student),
        "options": _options(snapshot, student),
        "own_conduct": None if student is None else own_news(snapshot, student.seat),
        "own_guess": None
        if student is None or not in_debrief
        else own_guesses(snapshot, student.id),
        "verdict": None if student is None or not in_debrief else verdict(snapshot, student.seat),
    }
    teacher = _for_the_teacher(snapshot, now, seen) if person.role == TEACHER else {}
    return _of_everybody(snapshot) | own | teacher


def _of_the_waiting(snapshot: Snapshot, student: Student) -> dict[str, Any]:
    """What somebody sees whom the teacher has not let in: nothing of the class."""
    return {
        "role": STUDENT,
        "waits": True,
        "code": snapshot.session.code,
        "version": snapshot.session.version,
        "over": snapshot.session.over is not None,
        "you": {"number": student.number, "name": student.name},
    }


@functools.lru_cache(maxsize=MOST_KEPT)
def _of_everybody(snapshot: Snapshot) -> dict[str, Any]:
    """What is the same for all who ask."""
    session, step = snapshot.session, snapshot.session.present
    scenario = world.under_text(session.scenario, snapshot.text)
    return {
        "code": session.code,
        "title": scenario.title,
        "question": scenario.question,
        "text": text_of(scenario),
        "version": session.version,
        "over": session.over is not None,
        "locked": session.locked,
        "expires": session.expires,
        "plan": [
            {"kind": each.kind, "title": each.title, "left_out": was_left_out(snapshot, number)}
            for number, each in enumerate(session.steps)
        ],
        "paused": session.left is not None,
        "step": {
            "number": session.step,
            "kind": step.kind,
            "title": step.title,
            "words": step.words,
            "date": snapshot.course.date(step.month),
            "ends": session.ends,
            "left": session.left,
            "seconds": step.seconds,
        },
        "seats": [
            {
                "id": seat.id,
                "name": seat.name,
                "kind": seat.kind,
                "students": [each.name for each in snapshot.teams.get(seat.id, [])],
                "full": len(snapshot.teams.get(seat.id, [])) >= MOST_IN_A_TEAM,
                "signed": snapshot.signed_now(seat),
                "model": seat.id in session.released,
                "offered": seat.id in snapshot.offered,
                "asked": snapshot.is_asked(seat),
                "decided": snapshot.of_seat(seat.id) is not None,
            }
            for seat in snapshot.seats
        ],
        "answered": _answered(snapshot),
        "prediction": _prediction(snapshot),
        "exit": _exit(snapshot),
        "world": snapshot.world,
        "conduct": as_news(snapshot),
        "talks": talks_in(snapshot),
        "headlines": _headlines(snapshot),
        "event": _event(snapshot),
        "happened": _happened(snapshot),
        "debrief": debrief(snapshot) if step.kind == DEBRIEF else None,
    }


def _mine(snapshot: Snapshot, student: Student) -> dict[str, Any] | None:
    """What the student's seat decided in the present step, or what the student answered alone."""
    alone = snapshot.session.present.kind in OF_A_STUDENT
    made: Decision | None = None
    if alone:
        made = snapshot.of_student(student.id, snapshot.session.step)
    elif student.seat is not None:
        made = snapshot.of_seat(student.seat)
    if made is None:
        return None
    confirmed = [] if alone or student.seat is None else snapshot.agreeing(student.seat)
    return {"value": made.value, "by": snapshot.by_id[made.student].name, "confirmed": confirmed}


def _mine_before(snapshot: Snapshot, student: Student) -> dict[str, Any] | None:
    """What the student's seat did in the last choice that is over; by nobody where the model played
    for it, or where what it decided before `holds`.
    """
    session = snapshot.session
    before = choices_before(session.steps, session.step)
    seat = None if student.seat is None else session.place(student.seat)
    if not before or seat is None or seat.is_press:
        return None
    number, month = before[-1], session.steps[before[-1]].month
    made = next(
        (each for each in snapshot.decisions if (each.step, each.seat) == (number, seat.id)), None
    )
    if made is not None:
        value, by = made.value, snapshot.by_id[made.student].name
    else:
        was, signed = (snapshot.course.has_signed(seat.id, each) for each in (month - 1, month))
        value, by = (
            {
                (0, 0): answers.STAY_OUT,
                (0, 1): answers.SIGN,
                (1, 1): answers.STAY,
                (1, 0): answers.LEAVE,
            }[(int(was), int(signed))],
            None,
        )
    holds = by is None and any(
        each.seat == seat.id and each.step < number for each in snapshot.decisions
    )
    return {
        "step": number, "date": snapshot.course.date(month), "value": value,
        "words": ENGLISH.say(f"answer-{value}.done"), "by": by, "holds": holds,
    }  # fmt: skip


def _answered(snapshot: Snapshot) -> dict[str, int] | None:
    """How many of the students have answered a step in which each answers alone; None in other
    steps.
    """
    session = snapshot.session
    if session.present.kind not in OF_A_STUDENT:
        return None
    made = [each for each in snapshot.decisions if each.step == session.step and each.seat is None]
    return {"students": len(snapshot.students), "in": len(made)}


def _prediction(snapshot: Snapshot) -> dict[str, Any] | None:
    return (
        question_in(snapshot, snapshot.session.step)
        if snapshot.session.present.kind == PREDICT
        else None
    )


def _exit(snapshot: Snapshot) -> dict[str, Any] | None:
    if snapshot.session.present.kind != EXIT:
        return None
    return {
        **question_in(snapshot, snapshot.session.step),
        "feeling": ENGLISH.say("ballot-exit-mood"),
        "moods": answers.moods(),
    }


def _options(snapshot: Snapshot, student: Student | None) -> list[dict[str, str]]:
    """What the student's seat may choose; of the teacher's and the screen's view, none."""
    seat = None if student is None or student.seat is None else snapshot.session.place(student.seat)
    if seat is None or not snapshot.is_asked(seat):
        return []
    match snapshot.session.present.kind:
        case plan.CHOOSE:
            return answers.options(snapshot.has_signed(seat.id))
        case plan.ACCEPT:
            return options_of_acceptance()
        case plan.KEEP:
            return answers.options_of_conduct(snapshot.has_signed(seat.id))
        case plan.ACCUSE:
            return answers.options_of_accusers(snapshot.cast.values(), snapshot.cast.get(seat.id))
        case _:
            return []


def _headlines(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The headlines up to now, the newest first."""
    names = {seat.id: seat.name for seat in snapshot.seats}
    return [{"seat": names[each.seat or ""], "words": each.value, "step": each.step}
            for each in reversed(snapshot.headlines)]  # fmt: skip


def _event(snapshot: Snapshot) -> dict[str, str] | None:
    """What happened last."""
    if not snapshot.happenings:
        return None
    return {"words": snapshot.happenings[max(snapshot.happenings)].words}


def _happened(snapshot: Snapshot) -> list[dict[str, Any]]:
    """All that has happened so far, since when it acts, and whether it is news in the present
    step.
    """
    steps, recent = snapshot.session.steps, snapshot.recent
    return [
        {"step": number, "date": snapshot.course.date(steps[number].month + 1), "words": each.words,
         "new": number in recent}
        for number, each in sorted(snapshot.happenings.items())
    ]  # fmt: skip


def _for_the_teacher(snapshot: Snapshot, now: float, seen: dict[int, float]) -> dict[str, Any]:
    session = snapshot.session
    over = session.present.kind == DEBRIEF
    happened = {happening.id for happening in snapshot.happenings.values()}
    return {
        "students": [
            {
                "number": each.number,
                "name": each.name,
                "seat": each.seat,
                "seen": None if each.id not in seen else max(0, round(now - seen[each.id])),
                "decided": _mine(snapshot, each) is not None,
                "on_paper": each.on_paper,
            }
            for each in snapshot.students
        ],
        "waiting": [{"number": each.number, "name": each.name} for each in snapshot.waiting],
        "may_happen": may_happen(session.steps, session.step),
        "events": [
            {"id": each.id, "words": each.words}
            for each in session.happenings
            if each.id not in happened
        ],
        "ballots": ballots_of(snapshot),
        "settings": {
            "scenario": session.scenario,
            "plan": session.plan,
            "seats": session.seats,
            **({"seed": session.seed, "command": session.command} if over else {}),
        },
    }
