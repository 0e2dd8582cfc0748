"""Views in a few plain words: as a name, as what tells one from others, and as the beginning of a
sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sim
from dashboard.data.record import names
from dashboard.data.suppositions import ambitions_of, months_words
from dashboard.data.words import ALL_AMBITIONS, AMBITION, CHOICES, branch_words, dial_words
from dashboard.view import SCENARIO, SIGNS, View
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
PLAIN = ("convened ", "open to ")  # how changes begin that begin a sentence as they are


def name_of(view: View) -> str:
    """The view in a few plain words: its scenario, then what is changed, with the numbers of what
    has a name.
    """
    return "; ".join([view.variant.title, *_changes_of(view, with_numbers=True)])


def labels_of(views: Sequence[View], with_numbers: bool = False) -> list[str]:
    """What tells each of *views* from the others, as short as it can be said: the title of its
    scenario, or, where others have that title as well, and of the Paris Call as it was, what is
    changed in it; *with_numbers* as `name_of`.
    """
    titles = [view.variant.title for view in views]
    labels = []
    for view, title in zip(views, titles, strict=True):
        changes = _changes_of(view, with_numbers)
        is_said = titles.count(title) > 1 or view.variant.name == SCENARIO
        labels.append("; ".join(changes if changes and is_said else [title, *changes]))
    return labels


def condition_of(view: View, label: str) -> str:
    """The *label* of *view* as the beginning of a sentence: "If the United States signs in November
    2018".
    """
    title, scenario, parts = view.variant.title, view.variant.name, label.split("; ")
    signs = CHOICES[SIGNS]
    dated = {
        f"{words} from {when}": f"{words} {'in' if words.endswith(signs) else 'from'} {when}"
        for words, when in _branches_of(view) if " approached" not in words
    }  # fmt: skip
    if set(parts) <= set(dated):
        return f"If {formats.listing([dated[part] for part in parts])}"
    if parts[0] == f"lens {view.lens}":
        return _and_more(f"Under the {view.lens} lens", parts[1:], dated)
    if parts[0].startswith(PLAIN):
        return _and_more(parts[0][0].upper() + parts[0][1:], parts[1:], dated)
    if parts[0] != title:
        levels = [part for part in parts if part not in dated]
        return _and_more(
            f"With {formats.listing(levels)}", [part for part in parts if part in dated], dated
        )
    head = title[0].lower() + title[1:]
    begins = "If" if scenario in SENTENCES else "In" if scenario == SCENARIO else "With"
    first = title if title.startswith("Without") else f"{begins} {head}"
    return _and_more(first, parts[1:], dated)


def _and_more(first: str, changes: Sequence[str], dated: Mapping[str, str]) -> str:
    """*first*, the beginning of a sentence, and what else changes: what is *dated* happens, the
    rest is as it is.
    """
    levels = [change for change in changes if change not in dated]
    events = [dated[change] for change in changes if change in dated]
    more = [
        f"{word} {formats.listing(some)}"
        for word, some in (("with", levels), ("if", events))
        if some
    ]
    return ", and ".join([first, *more])


def _branches_of(view: View) -> list[tuple[str, str]]:
    """What the branches of *view* suppose, in words, and from which month."""
    told = [branch_words(one, names()) for one in view.branch]
    return [(words, months_words(view, months)) for months, words in told]


def _changes_of(view: View, with_numbers: bool = False) -> list[str]:
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
    dials = [*_provisions_changed(view), *_dials_changed(view, with_numbers)]
    dials += [f"open to {view.may_sign.replace(',', ', ')} alone"] if view.may_sign else []
    branches = [f"{words} from {when}" for words, when in _branches_of(view)]
    weights = ["draws of the weights"] if view.weights else []
    lens = [f"lens {view.lens}"] if view.lens else []
    changes = [*lens, *weights, *_convenor_changed(view), *options, *dials, *branches]
    more = [f"{len(changes) - MOST_CHANGES} changes more"] if len(changes) > MOST_CHANGES else []
    return [*changes[:MOST_CHANGES], *more]


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
