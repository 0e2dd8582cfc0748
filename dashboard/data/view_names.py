"""Views in a few plain words: as a name, as what tells one from others, and as the beginning of a
sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sim
from dashboard.data.pairs import choices_of
from dashboard.data.record import names
from dashboard.data.suppositions import ambitions_of, months_words
from dashboard.data.words import ALL_AMBITIONS, AMBITION, action_of, branch_words, dial_words
from dashboard.view import APPROACHED, OUTREACH, SCENARIO, SIGNS, View
from sim import number_formats as formats

MOST_CHANGES = 3  # in the name of a view
MOST_PROVISIONS = 2  # each named, of a text
SENTENCES = (  # scenarios whose title is a sentence
    "capacity-building",
    "convenor-leaves",
    "eu-splits",
    "great-powers-sign",
    "hack-back",
    "joint-attribution",
    "states-only",
)
# Texts and rules with a name of their own, with which the page Code designer begins: what they set,
# and what the name of a view adds in brackets.
STATE_LED = {"text_openness": 0.1, "text_public_rule": 0.9}
STRONGEST_SANCTIONS, FULL_MONITORING = {"sanctions": 2.0}, {"monitoring": 1.0}
PRESETS: Mapping[str, tuple[Mapping[str, float], str]] = {
    "a state-led text": (STATE_LED, "openness 0.1, public rule 0.9"),
    "the strongest sanctions": (STRONGEST_SANCTIONS, "2"),
    "full monitoring": (FULL_MONITORING, "1"),
}
AS_THEY_ARE = ("no-microsoft",)  # scenarios whose title begins a sentence as it is
LENS, CONVENOR, OPEN_TO, EVENT, LEVEL = "lens", "convenor", "open to", "event", "level"


@dataclass(frozen=True)
class Part:
    """A change of a view in a few plain *words*, of which *kind*: a LENS, a CONVENOR, whom the code
    is OPEN_TO, an EVENT, or any other LEVEL. `condition`: the words of an event after "if".
    """

    words: str
    kind: str = LEVEL
    condition: str = ""


@dataclass(frozen=True)
class Label:
    """What tells a view from others: the *title* of its scenario, empty where its *parts* are
    enough; and these, what it changes.
    """

    title: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "; ".join([*filter(None, [self.title]), *(part.words for part in self.parts)])


def name_of(view: View) -> str:
    """The view in a few plain words: its scenario, then what is changed, with the numbers of what
    has a name.
    """
    return str(Label(view.variant.title, _changes_of(view, with_numbers=True)))


def labels_of(views: Sequence[View], with_numbers: bool = False) -> list[Label]:
    """What tells each of *views* from the others, as short as it can be said: the title of its
    scenario, or, where others have that title as well, and of the Paris Call as it was, what is
    changed in it; *with_numbers* as `name_of`.
    """
    titles = [view.variant.title for view in views]
    labels = []
    for view, title in zip(views, titles, strict=True):
        changes = _changes_of(view, with_numbers)
        is_said = titles.count(title) > 1 or view.variant.name == SCENARIO
        labels.append(Label("" if changes and is_said else title, changes))
    return labels


def choosers_named(view: View) -> list[str]:
    """Whoever chooses in *view* because a branch or an option of it says so, by id: its label may
    name them.
    """
    return sorted(set(choices_of(view)) - set(choices_of(replace(view, branch=(), choose=()))))


def condition_of(view: View, label: Label) -> str:
    """The *label* of *view* as the beginning of a sentence: "If the United States signs in November
    2018".
    """
    title, parts, scenario = label.title, label.parts, view.variant.name
    if title:
        head = title[0].lower() + title[1:]
        begins = "If" if scenario in SENTENCES else "In" if scenario == SCENARIO else "With"
        return _and_more(title if scenario in AS_THEY_ARE else f"{begins} {head}", parts)
    first, more = parts[0], parts[1:]
    if all(part.kind == EVENT for part in parts):
        return f"If {formats.listing([part.condition for part in parts])}"
    if first.kind == LENS:
        return _and_more(f"Under the {view.lens} lens", more)
    if first.kind in (CONVENOR, OPEN_TO):
        return _and_more(first.words[0].upper() + first.words[1:], more)
    levels = [part.words for part in parts if part.kind != EVENT]
    return _and_more(
        f"With {formats.listing(levels)}", [part for part in parts if part.kind == EVENT]
    )


def _and_more(first: str, changes: Sequence[Part]) -> str:
    """*first*, the beginning of a sentence, and what else changes: an event happens, the rest is as
    it is.
    """
    levels = [part.words for part in changes if part.kind != EVENT]
    events = [part.condition for part in changes if part.kind == EVENT]
    more = [
        f"{word} {formats.listing(some)}"
        for word, some in (("with", levels), ("if", events))
        if some
    ]
    return ", and ".join([first, *more])


def _branches_of(view: View) -> list[Part]:
    """What the branches of *view* suppose, and from which month; approaches are a level."""
    told = []
    for branch in view.branch:
        months, words = branch_words(branch, names())
        action, when = action_of(branch), months_words(view, months)
        dated = f"{words} from {when}"
        if action in (APPROACHED, OUTREACH):
            told.append(Part(dated))
        else:
            condition = f"{words} {'in' if action == SIGNS else 'from'} {when}"
            told.append(Part(dated, EVENT, condition))
    return told


def _changes_of(view: View, with_numbers: bool = False) -> tuple[Part, ...]:
    """What *view* changes in its scenario, in a few plain words; *with_numbers*: of what has a
    name, too.
    """
    scenario = view.variant
    options = [
        option.title
        for name, choice in scenario.choices.items()
        if scenario.answers[name] != tuple(choice.default)
        for option in choice.options
        if option.name in scenario.answers[name]
    ]
    open_to = f"open to {view.may_sign.replace(',', ', ')} alone"
    changes = [
        *([Part(f"lens {view.lens}", LENS)] if view.lens else []),
        *([Part("draws of the weights")] if view.weights else []),
        *(Part(words, CONVENOR) for words in _convenor_changed(view)),
        *map(Part, [*options, *_provisions_changed(view), *_dials_changed(view, with_numbers)]),
        *([Part(open_to, OPEN_TO)] if view.may_sign else []),
        *_branches_of(view),
    ]
    rest = len(changes) - MOST_CHANGES
    more = [Part(f"{rest} changes more")] if rest > 0 else []
    return (*changes[:MOST_CHANGES], *more)


def _convenor_changed(view: View) -> list[str]:
    """Who convenes in *view*, where it is another than in its scenario."""
    shipped = replace(view, convenor="").variant.code.convenor
    return (
        [f"convened by {sim.with_article(names()[view.convenor])}"]
        if view.convenor not in ("", shipped)
        else []
    )


def _dials_changed(view: View, with_numbers: bool) -> list[str]:
    """What *view* sets beside its provisions: what has a name by that, any other dial with its
    value.
    """
    rest = {name: value for name, _, value in (part.partition(":") for part in view.set)
            if not name.startswith(AMBITION)}  # fmt: skip
    named = []
    for words, (levels, numbers) in PRESETS.items():
        if all(name in rest and float(rest[name]) == level for name, level in levels.items()):
            named.append(f"{words} ({numbers})" if with_numbers else words)
            rest = {name: value for name, value in rest.items() if name not in levels}
    return [*named, *(f"{dial_words(name)} {value}" for name, value in rest.items())]


def _provisions_changed(view: View) -> list[str]:
    """What *view* asks of provisions: of a text that asks for all, or for nothing, just that; of
    one that asks for as much in each, how much; of many provisions how many there are.
    """
    changed = [part.partition(":") for part in view.set if part.startswith(AMBITION)]
    asked = {provision.ambition for provision in view.variant.code.provisions}
    if changed and len(asked) == 1 and asked <= {0.0, 1.0}:
        return [f"a text that asks for {'all' if asked == {1.0} else 'nothing'}"]
    if len(changed) > 1 and len(levels := set(ambitions_of(view.variant.settings))) == 1:
        return [f"{ALL_AMBITIONS} {formats.setting(levels.pop())}"]
    if len(changed) > MOST_PROVISIONS:
        return [f"a text with {len(changed)} provisions changed"]
    return [f"{dial_words(name)}, at {value}" for name, _, value in changed]
