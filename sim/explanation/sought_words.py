"""What is sought of a stakeholder, in words: the question, how many worlds would be enough and why
so many, and the goal within a sentence.
"""

from __future__ import annotations

from sim.explanation.decision import Target
from sim.explanation.question import LEAST_MOVE, MOST
from sim.explanation.standing import Standing
from sim.number_formats import count, day, percent


def question_in_words(standing: Standing) -> str:
    """What would bring Kenya in by 12 November 2018?"""
    until = day(standing.question.day)
    if standing.question.keeps_out:
        return f"What would keep {standing.name} out past {until}?"
    return f"What would bring {standing.name} in by {until}?"


def why_asked(standing: Standing) -> str:
    """Why it is asked what would keep it out, or what would bring it in though it is in most
    worlds, where nobody asked for that.
    """
    if standing.question.keeps_out:
        return "The question is what would keep it out, as it has signed in most worlds by then."
    if standing.share > MOST:
        return "The question is what would bring it in, as in fact it was out by then."
    return ""


def is_nearly_all(target: Target | None) -> bool:
    """Whether nearly all worlds are sought, and not only most."""
    return target is not None and target.share != MOST


def worlds_sought(target: Target | None) -> str:
    """Most worlds, or nearly all."""
    return f"{'nearly all' if is_nearly_all(target) else 'most'} worlds"


def goal(standing: Standing, target: Target | None, name: str) -> str:
    """Bring *name* in, or keep it out, and of how many worlds where that is not most."""
    nearly_all = is_nearly_all(target)
    if standing.question.keeps_out:
        return f"keep {name} out{' of nearly all worlds' if nearly_all else ''}"
    return f"bring {name} in{'to nearly all worlds' if nearly_all else ''}"


def enough(standing: Standing, target: Target | None) -> str:
    """How many worlds are sought, and why so many; nothing where nothing is sought."""
    if target is None:
        return ""
    sought, here = percent(target.share), standing.as_it_is
    more = "fewer" if target.keeps_out else "more"
    clear = f"{sought} of the worlds, and at least {count(100 * LEAST_MOVE)} points {more}"
    does = "stays out" if target.keeps_out else "signs"
    if is_nearly_all(target):
        return (
            f"It {does} in most worlds {here}, so enough is {more} than {clear}: it then does in"
            " nearly all."
        )
    return f"Enough is {more} than {clear} than {here}: it then {does} in most."
