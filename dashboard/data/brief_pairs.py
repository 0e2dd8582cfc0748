"""What a brief says of a view beside another, world by world: of which kind the list changes most, how many more or
fewer are on it, and how many beyond those whose choice is supposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sim
from dashboard.data.pairs import ENDS, paired, supposed
from dashboard.view import View
from sim import number_formats as formats

LOW, HIGH = ENDS
MOST = formats.percent(0.9)
ONE = re.compile(r"(up to )?1 \w+")  # words of a change of a single one


@dataclass(frozen=True)
class Change:
    """Of one kind, the change of the public list in pairs of worlds (`low_90`, `high_90`, `sign`) of everybody and of
    those whose choice is *not* supposed, and what is supposed of the others, in words; empty where nothing is.
    """

    everybody: Mapping[str, Any]
    others: Mapping[str, Any]
    supposed: str


def changes_of(
    view: View, beside: View, runs: tuple[sim.Run, sim.Run], kinds: Mapping[str, str], place: int
) -> dict[str, Change]:
    """Of each kind that may sign in both, the change from the run *beside* to that of *view* in the round at *place*.
    *kinds*: the kind of everybody with a name, by id.
    """
    told = supposed(beside, view, dict(kinds))
    both = set(view.variant.code.may_sign) & set(beside.variant.code.may_sign)
    found = {}
    for column, kind in enumerate(sim.KINDS):
        if kind not in both:
            continue
        after, before = (run.values("listed")[:, place, column].astype(float) for run in runs)
        own = told.get(kind)
        if own is None:
            found[kind] = Change(paired(before, after), paired(before, after), "")
            continue
        of_others = [all_of - run.listed_among(own["who"])[:, place]
                     for all_of, run in zip((before, after), reversed(runs), strict=True)]  # fmt: skip
        found[kind] = Change(paired(before, after), paired(*of_others), own["words"])
    return found


def main_kind(changes: Mapping[str, Change], default: str) -> str:
    """The first kind of which nearly all pairs hold more, or fewer, beyond those supposed; else the first that changes
    beyond them; else *default*.
    """
    clear = [kind for kind, each in changes.items() if formats.is_clear(each.others[LOW], each.others[HIGH])]
    signed = [kind for kind, each in changes.items() if each.others["sign"]]
    return next(iter([*clear, *signed]), default)


def in_pairs(changes: Mapping[str, Change], first: str) -> str:
    """What the view changes, world by world, in a sentence that begins with the kind called *first*; empty for none."""
    order = sorted(changes, key=lambda kind: kind != first)
    if not order:
        return ""
    alike = [kind for kind in order if _is_same(changes[kind].everybody) and not changes[kind].supposed]
    parts = [_part(kind, changes[kind]) for kind in order if kind not in alike]
    parts += [f"as many {formats.listing([sim.KIND_WORDS[kind] for kind in alike])}"] if alike else []
    return f"World by world, under the same luck, {MOST} of pairs hold {formats.listing(parts)}."


def _part(kind: str, change: Change) -> str:
    part = change_words(kind, change)
    if not change.supposed:
        return part
    others = "nobody else" if _is_same(change.others) else _words(change.others)
    return f"{part} ({others} beyond those {change.supposed})"


def change_words(kind: str, change: Change) -> str:
    """How many more or fewer there are of everybody of *kind*: "up to 19 more firms"."""
    said, words = _words(change.everybody), sim.KIND_WORDS[kind]
    return f"{said} {words.removesuffix('s') if ONE.fullmatch(said) else words}"


def nobody_follows(changes: Mapping[str, Change]) -> list[str]:
    """That beyond the states whose choice is supposed none joins or leaves, where any is; else nothing."""
    states = changes.get("state")
    return ["no other state follows"] if states and states.supposed and _is_same(states.others) else []


def _words(change: Mapping[str, Any]) -> str:
    return formats.change_in_words(change[LOW], change[HIGH])


def _is_same(change: Mapping[str, Any]) -> bool:
    return _words(change) == formats.change_in_words(0.0, 0.0)


def supposed_words(view: View, beside: View, kinds: Mapping[str, str]) -> dict[str, str]:
    """id -> what is supposed of those whose choice *view* gives and *beside* does not, or the other way round."""
    return {who: each["words"] for each in supposed(beside, view, dict(kinds)).values() for who in each["who"]}
