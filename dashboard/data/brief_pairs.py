"""What a brief says of a view beside another, in pairs of worlds with the same luck: of which kind
the list changes most, how many more or fewer are on it, who of those whose choice is supposed chose
so anyway, and how many follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sim
from dashboard.data import pairs
from dashboard.data.pairs import ENDS, FAR, supposed
from dashboard.data.record import GREAT_POWERS, directory
from dashboard.data.suppositions import month_words
from dashboard.view import SIGNS, STAYS_OUT, View
from sim import number_formats as formats

LOW, HIGH = ENDS
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MOST = formats.percent(0.9)
ONE = re.compile(r"(up to )?1 \w+")  # words of a change of a single one
TO_BOTH = re.compile(" (fewer|less) to ")  # of pairs that hold more and fewer
SHORTLY = "With other fits"
OTHER_FITS = f"{SHORTLY} that the data allow"
SAME, UNCLEAR = formats.change_in_words(0.0, 0.0), "no clear change"


@dataclass(frozen=True)
class Change:
    """Of one kind, the change of the public list in pairs of worlds (`median`, `low_90`, `high_90`,
    `sign`) of everybody and of those whose choice is *not* supposed, and what is supposed of the
    others, in words; empty where nothing is. `lead`: the words of `lead_of`.
    """

    everybody: Mapping[str, Any]
    others: Mapping[str, Any]
    supposed: str
    lead: str = ""


def changes_of(
    view: View, beside: View, runs: tuple[sim.Run, sim.Run], kinds: Mapping[str, str], place: int
) -> dict[str, Change]:
    """Of each kind that may sign in both, the change from the run *beside* to that of *view* in the
    round at *place*. *kinds*: the kind of everybody with a name, by id.
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
            found[kind] = Change(
                pairs.middle_and_ends(before, after), pairs.middle_and_ends(before, after), ""
            )
            continue
        of_others = [
            all_of - run.listed_among(own["who"])[:, place]
            for all_of, run in zip((before, after), reversed(runs), strict=True)
        ]
        changed = pairs.middle_and_ends(before, after), pairs.middle_and_ends(*of_others)
        found[kind] = Change(*changed, own["words"], lead_of(own, *changed, runs[1], place))
    return found


def lead_of(
    own: Mapping[str, Any],
    everybody: Mapping[str, Any],
    others: Mapping[str, Any],
    beside: sim.Run,
    place: int,
) -> str:
    """What a sentence begins with whose end is the change of *everybody*, where it is fewer than
    those *own* whose choice is supposed, since some of them stand so in most worlds of the run
    *beside* it anyway by the round at *place*: who they are. Empty where that does not explain the
    change.
    """
    anyway = anyway_of(own, everybody, others, beside, place)
    if not anyway:
        return ""
    subject, had, signs = anyway
    return f"{subject}; since the model had {had} {'in' if signs else 'out'} mostly anyway, that is"


def anyway_of(
    own: Mapping[str, Any],
    everybody: Mapping[str, Any],
    others: Mapping[str, Any],
    beside: sim.Run,
    place: int,
) -> tuple[str, str, bool] | None:
    """Of `lead_of`: who are supposed to do what, which of them do so anyway, and whether they sign;
    None where that does not explain the change.
    """
    choice, who = own["choice"], own["who"]
    if choice not in (SIGNS, STAYS_OUT) or not (_is_same(others) or _is_mostly_none(others)):
        return None
    share, signs = beside.courses()["signed"].iloc[place], choice == SIGNS
    anyway = [each for each in who if bool(share[each] > pairs.MOST) is signs]
    changed = (len(who) - len(anyway)) * (1 if signs else -1)
    if not anyway or not _reads_alike(everybody["median"], changed):
        return None
    verb = "sign" if signs else "stay out"
    if len(who) == 1:
        subject, had = f"{_name(who[0])} {'signs' if signs else 'stays out'}", "it"
    else:
        number = NUMBERS[len(who)] if len(who) < len(NUMBERS) else formats.count(len(who))
        subject, had = f"{number} {verb}", formats.listing([_name(each) for each in anyway])
        had = "all of them" if len(anyway) == len(who) else had
    return subject, had, signs


def _name(who: str) -> str:
    """A great power by the seat of its government, any other by its name."""
    people = directory().set_index("id")
    name = str(people["name"][who])
    return GREAT_POWERS.get(who) or (
        sim.with_article(name) if people["kind"][who] == "state" else name
    )


def _reads_alike(first: float, second: float) -> bool:
    return formats.change_in_words(first, first) == formats.change_in_words(second, second)


def main_kind(changes: Mapping[str, Change], default: str) -> str:
    """The first kind of which nearly all pairs hold more, or fewer, beyond those supposed; else the
    first that changes beyond them; else *default*.
    """
    clear = [
        kind
        for kind, each in changes.items()
        if formats.is_clear(each.others[LOW], each.others[HIGH])
    ]
    signed = [kind for kind, each in changes.items() if each.others["sign"]]
    return next(iter([*clear, *signed]), default)


def middle_and_ends(change: Mapping[str, Any]) -> tuple[str, str]:
    """A *change* in words: its median, as "12 more", and the ends of 90 % of the pairs, as "5 to
    19", empty where they say no more. No clear change where the pairs hold more and fewer, or are
    too few to tell. As assets/aa-pairs.js and baseline.js have it.
    """
    both = formats.change_in_words(change[LOW], change[HIGH])
    if both == SAME:
        return SAME, ""
    if not change["sign"] or TO_BOTH.search(both):
        return UNCLEAR, both
    words = formats.change_in_words(change["median"], change["median"])
    side = f" {words.split()[-1]}"
    if both == words:
        return words, ""
    return words, (
        both.replace("up to ", "0 to ").removesuffix(side) if both.endswith(side) else both
    )


def in_pairs(changes: Mapping[str, Change], first: str) -> str:
    """What the view changes in pairs of worlds, in a sentence that begins with the kind called
    *first*; empty for none.
    """
    order = sorted(changes, key=lambda kind: kind != first)
    if not order:
        return ""
    alike = [
        kind for kind in order if _is_same(changes[kind].everybody) and not changes[kind].supposed
    ]
    parts = [_part(kind, changes[kind]) for kind in order if kind not in alike]
    parts += (
        [f"as many {formats.listing([sim.KIND_WORDS[kind] for kind in alike])}"] if alike else []
    )
    brackets = f" (in brackets {MOST} of them)" if any("(" in part for part in parts) else ""
    return f"In pairs of worlds with the same luck{brackets}: {formats.listing(parts)}."


def in_other_fits(changes: Mapping[str, Change], first: str, lead: str = OTHER_FITS) -> str:
    """The ends of the pairs under other fits in a sentence with this *lead*, of the kind called
    *first* and then of each other that changes, as "2 to 12 more states (0 to 9 beyond those
    supposed to sign) and 18 to 119 more firms"; empty where nothing changes.
    """
    order = sorted(changes, key=lambda kind: kind != first)
    moved = [
        kind for kind in order if not _is_same(changes[kind].everybody) or changes[kind].supposed
    ]
    named = [kind for kind in order if moved and (kind == first or kind in moved)]
    ranges = formats.listing([_range(kind, changes[kind]) for kind in named])
    return f"{lead}: {ranges}." if ranges else ""


def _range(kind: str, change: Change) -> str:
    ends, notes = ends_of(change.everybody), []
    if change.supposed:
        side = f" {ends.split()[-1]}"
        others = "nobody else" if _is_same(change.others) else ends_of(change.others)
        others = others if TO_BOTH.search(others) else others.removesuffix(side)
        notes.append(f"{others} beyond those {change.supposed}")
    if middle_and_ends(change.everybody)[0] == UNCLEAR:
        notes.append(UNCLEAR)
    brackets = f" ({'; '.join(notes)})" if notes else ""
    return f"{ends} {_one_or_many(ends, sim.KIND_WORDS[kind])}{brackets}"


def ends_of(change: Mapping[str, Any]) -> str:
    """The ends of 90 % of the pairs in words, from none where they begin there: 0 to 9 more."""
    return formats.change_in_words(change[LOW], change[HIGH]).replace("up to ", "0 to ")


def size_of(first: float, median: float) -> str:
    """How far a number moves from its *first* value by the *median* of its changes, without a
    number; as assets/aa-statements.js has it.
    """
    small, large = sorted((first, first + median))
    return f"{'far' if large >= FAR * small else 'somewhat'} {'fewer' if median < 0 else 'more'}"


def _size_in(first: float, change: Mapping[str, Any]) -> str:
    """The size of a *change* that both its ends have; without a size where one is far and the other
    is not, and "perhaps" where one of them is no change; as assets/aa-statements.js has it.
    """
    least, most = sorted((change["low_90"], change["high_90"]), key=abs)
    plain = "fewer" if most < 0 else "more"
    if formats.count(abs(least)) == "0":
        return f"perhaps {plain}"
    one, other = size_of(first, least), size_of(first, most)
    return one if one == other else plain


def direction(first: float, change: Change, wide: Change | None) -> tuple[str, str]:
    """Which way a *change* goes from the *first* level on, as "somewhat more", beyond those whose
    choice is supposed: by the best fit or, where there are others, by the *wide* change under
    these; and the ends of that, empty where there are none.
    """
    other = change.others if wide is None else wide.others
    (words, _), ends = middle_and_ends(other), ends_of(other)
    if words == SAME and ends == SAME:
        return SAME, ""
    if words not in (SAME, UNCLEAR):
        ends = ends if TO_BOTH.search(ends) else ends.removesuffix(f" {words.split()[-1]}")
        words = _size_in(first, other)
    way = f"mostly {SAME}" if words == SAME else words
    return way, "" if wide is None else ends


def other_fits_give(change: Mapping[str, Any], said: str) -> str:
    """What the *change* under other fits is, after what the best fit has *said* of it; empty where
    it is as much.
    """
    ends = ends_of(change)
    if ends == said:
        return ""
    unclear = (
        f": {UNCLEAR}"
        if UNCLEAR not in (said, ends) and middle_and_ends(change)[0] == UNCLEAR
        else ""
    )
    return f"; other fits give {ends}{unclear}"


def _part(kind: str, change: Change) -> str:
    (words, ends), many = middle_and_ends(change.everybody), sim.KIND_WORDS[kind]
    part = f"{words} in {many}" if words == UNCLEAR else f"{words} {_one_or_many(words, many)}"
    beyond = f"{_beyond(change.others)} beyond those {change.supposed}" if change.supposed else ""
    brackets = "; ".join(filter(None, [ends, beyond]))
    return f"{part} ({brackets})" if brackets else part


def _one_or_many(words: str, many: str) -> str:
    return many.removesuffix("s") if ONE.fullmatch(words) else many


def _beyond(others: Mapping[str, Any]) -> str:
    if _is_same(others) or _is_mostly_none(others):
        return "nobody else" if _is_same(others) else "mostly nobody else"
    words, ends = middle_and_ends(others)
    return f"{words}, {ends}," if ends else words


def nobody_follows(changes: Mapping[str, Change], of_other_fits: Mapping[str, Change]) -> str:
    """That beyond the states whose choice is supposed none joins or leaves, or none in most worlds;
    else empty. Where some do under other fits, how many.
    """
    states, others = changes.get("state"), of_other_fits.get("state")
    if (
        not states
        or not states.supposed
        or not (_is_same(states.others) or _is_mostly_none(states.others))
    ):
        return ""
    if others is not None and not _is_same(others.others):
        return (
            f"no other state follows (other fits: {ends_of(others.others).removesuffix(' more')})"
        )
    return (
        "no other state follows"
        if _is_same(states.others)
        else "in most worlds no other state follows"
    )


def _is_mostly_none(change: Mapping[str, Any]) -> bool:
    """Whether the median is none, and 90 % of the pairs lie on one side of it."""
    return (
        formats.change_in_words(change["median"], change["median"]) == SAME
        and change[LOW] * change[HIGH] >= 0
    )


def _is_same(change: Mapping[str, Any]) -> bool:
    return middle_and_ends(change) == (SAME, "")


def supposed_words(view: View, beside: View, kinds: Mapping[str, str]) -> dict[str, str]:
    """id -> what is supposed of those whose choice *view* gives and *beside* does not, or the other
    way round.
    """
    return {
        who: each["words"]
        for each in supposed(beside, view, dict(kinds)).values()
        for who in each["who"]
    }


def scenario_words(view: View) -> str:
    """Who signs or stays out by an event of the scenario of *view*, and from when; empty where it
    has other events, or none.
    """
    own = replace(view, branch=()).variant
    if not own.events or any(event.what != "choice" for event in own.events):
        return ""
    names = own.facts.home_names
    return "; ".join(
        f"{event.words(names)} from {month_words(view, event.round)}" for event in own.events
    )
