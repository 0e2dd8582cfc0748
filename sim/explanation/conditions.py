"""A change as a condition: what somebody could do, "the text asks nothing", as "the text asked
nothing" after an if.
"""

from __future__ import annotations

from sim.explanation.change import Change

# Every verb of a change in short (sim/explanation/levers), the longer before those that they hold.
SUPPOSED = {
    " is approached": " were approached",
    " are approached": " were approached",
    " asks ": " asked ",
    " moves ": " moved ",
    " raises ": " raised ",
    " convenes": " convened",
    " stays out": " stayed out",
    " stay out": " stayed out",
    " signs": " signed",
    " sign": " signed",
}


def condition(change: Change) -> str:
    """*change* in short, as it is supposed: it were approached."""
    words = change.in_short
    verb = next((each for each in SUPPOSED if each in words), "")
    return words.replace(verb, SUPPOSED[verb], 1) if verb else words


def if_and_who(changes: tuple[Change, ...], name: str) -> tuple[str, str]:
    """The conditions of *changes*, and what the stakeholder called *name* is called after them: a
    pronoun where its name is in the condition, as in "if Kenya were approached, it".
    """
    first, *others = [condition(change) for change in changes]
    if first.startswith("it "):
        first, name = f"{name}{first.removeprefix('it')}", "it"
    return ", or if ".join([first, *others]), name
