"""What a brief says of a view beside another, in pairs of worlds with the same luck: of which kind
the list changes most, how many more or fewer are on it, who of those whose choice is supposed chose
so anyway, and how many follow.
"""

from __future__ import annotations

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
SHORTLY = "With other fits"
OTHER_FITS = f"{SHORTLY} that the data allow"
UNCLEAR = "no clear change"


@dataclass(frozen=True)
class Told:
    """What is told of a change in pairs of worlds, as assets/aa-pairs.js has it: its `spread`, the
    range of 90 % of them, and its `middle`, the median, None where its sign is not told, as pairs
    hold more and fewer or are too few.
    """

    spread: formats.ChangeRange
    middle: formats.ChangeRange | None

    @property
    def is_same(self) -> bool:
        """Whether nearly all pairs are alike."""
        return self.spread.direction == "same"

    @property
    def is_unclear(self) -> bool:
        """Whether they are not alike, and no change is told."""
        return self.middle is None and not self.is_same

    @property
    def is_level(self) -> bool:
        """Whether they are alike, nearly all or in the median."""
        return self.is_same or (self.middle is not None and self.middle.direction == "same")

    @property
    def is_one(self) -> bool:
        """Whether its words tell of a single stakeholder."""
        return self.middle is not None and self.middle.is_one

    @property
    def side(self) -> str:
        """The word for its direction; empty where it has none."""
        return "" if self.middle is None or self.is_level else formats.side_in_words(self.middle)

    @property
    def words(self) -> str:
        """Its median: "12 more"; "as many"; no clear change."""
        return UNCLEAR if self.is_unclear else formats.range_in_words(self.middle or self.spread)

    @property
    def ends(self) -> str:
        """The ends of 90 % of the pairs, as "5 to 19", empty where they say no more than the words:
        in full, with their side, where the words do not have it.
        """
        if self.is_same or self.spread == self.middle:
            return ""
        shares_side = self.middle is not None and self.middle.direction == self.spread.direction
        return formats.range_in_words(self.spread, from_none=shares_side, side=not shares_side)


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
    return formats.rounded(first) == formats.rounded(second)


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


def told_of(change: Mapping[str, Any]) -> Told:
    """What is told of a *change*."""
    spread = _range(change[LOW], change[HIGH])
    is_told = change["sign"] and spread.direction not in ("same", "either")
    return Told(spread, _range(change["median"], change["median"]) if is_told else None)


def _range(low: float, high: float) -> formats.ChangeRange:
    found = formats.change_range(low, high)
    if found is None:
        raise ValueError(f"the change from {low} to {high}: found no number")
    return found


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
    has_ranges = any(told_of(each.everybody).ends or each.supposed for each in changes.values())
    brackets = f" (in brackets {MOST} of them)" if has_ranges else ""
    return f"In pairs of worlds with the same luck{brackets}: {formats.listing(parts)}."


def in_other_fits(changes: Mapping[str, Change], first: str, lead: str = OTHER_FITS) -> str:
    """The `ranges_of` the pairs under other fits in a sentence with this *lead*; empty where
    nothing changes.
    """
    ranges = ranges_of(changes, first)
    return f"{lead}: {ranges}." if ranges else ""


def ranges_of(changes: Mapping[str, Change], first: str) -> str:
    """The ends of the pairs of the kind called *first* and then of each other that changes, as "2
    to 12 more states (0 to 9 beyond those supposed to sign) and 18 to 119 more firms"; empty where
    nothing changes.
    """
    order = sorted(changes, key=lambda kind: kind != first)
    moved = [
        kind for kind in order if not _is_same(changes[kind].everybody) or changes[kind].supposed
    ]
    named = [kind for kind in order if moved and (kind == first or kind in moved)]
    return formats.listing([_ends_in_words(kind, changes[kind]) for kind in named])


def _ends_in_words(kind: str, change: Change) -> str:
    """The ends of a *change* of a *kind*, and in brackets those beyond whose choice is supposed."""
    told, notes = told_of(change.everybody), []
    if change.supposed:
        of_others = told_of(change.others).spread
        side = of_others.direction in ("either", "same") or (
            formats.side_in_words(of_others) != _last_side(told.spread)
        )
        others = (
            "nobody else"
            if of_others.direction == "same"
            else formats.range_in_words(of_others, from_none=True, side=side)
        )
        notes.append(f"{others} beyond those {change.supposed}")
    if told.is_unclear:
        notes.append(UNCLEAR)
    brackets = f" ({'; '.join(notes)})" if notes else ""
    is_one = told.spread.is_one and told.spread.near == told.spread.far
    return f"{ends_of(change.everybody)} {one_or_many(kind, is_one)}{brackets}"


def _last_side(spread: formats.ChangeRange) -> str:
    """The side with which the words of a *spread* end."""
    return "more" if spread.direction == "either" else formats.side_in_words(spread)


def ends_of(change: Mapping[str, Any]) -> str:
    """The ends of 90 % of the pairs in words, from none where they begin there: 0 to 9 more."""
    return formats.range_in_words(_range(change[LOW], change[HIGH]), from_none=True)


def size_of(first: float, change: float) -> str:
    """How far a number moves from its *first* value by a *change*, without a number; as
    assets/aa-statements.js has it.
    """
    small, large = sorted((first, first + change))
    return "far" if large >= FAR * small else "somewhat"


def _size_in(first: float, change: Mapping[str, Any]) -> str:
    """The size of a *change* that both its ends have; empty where one is far and the other is not,
    and "perhaps" where one of them is no change; as assets/aa-statements.js has it.
    """
    if told_of(change).spread.near == 0:
        return "perhaps"
    one, other = size_of(first, change[LOW]), size_of(first, change[HIGH])
    return one if one == other else ""


@dataclass(frozen=True)
class Direction:
    """Which `way` a change goes in words, as "somewhat more", and its `ends` under other fits,
    empty where there are none; whether it goes no clear way, or no way, and else whether it goes to
    more or fewer.
    """

    way: str
    ends: str
    is_unclear: bool = False
    is_level: bool = False

    @property
    def has_side(self) -> bool:
        """Whether it goes to more or to fewer."""
        return not self.is_unclear and not self.is_level


def direction(first: float, change: Change, wide: Change | None) -> Direction:
    """Which way a *change* goes from the *first* level on, beyond those whose choice is supposed:
    by the best fit or, where there are others, by the *wide* change under these.
    """
    other = change.others if wide is None else wide.others
    told = told_of(other)
    if told.is_same:
        return Direction(told.words, "", is_level=True)
    way = (
        f"{_size_in(first, other)} {told.side}".strip()
        if told.side
        else f"mostly {told.words}"
        if told.is_level
        else told.words
    )
    ends = formats.range_in_words(told.spread, from_none=True, side=not told.side)
    return Direction(way, "" if wide is None else ends, told.is_unclear, told.is_level)


def other_fits_give(change: Mapping[str, Any], best: Mapping[str, Any]) -> str:
    """What the *change* under other fits is, after what is told of the *best* fit; empty where it
    is as much.
    """
    told, said = told_of(change), told_of(best)
    if told.spread == (said.middle or (said.spread if said.is_same else None)):
        return ""
    unclear = f": {UNCLEAR}" if told.is_unclear and not said.is_unclear else ""
    return f"; other fits give {ends_of(change)}{unclear}"


def _part(kind: str, change: Change) -> str:
    told = told_of(change.everybody)
    many = one_or_many(kind, told.is_one)
    part = f"{told.words} in {many}" if told.is_unclear else f"{told.words} {many}"
    beyond = f"{_beyond(change.others)} beyond those {change.supposed}" if change.supposed else ""
    brackets = "; ".join(filter(None, [told.ends, beyond]))
    return f"{part} ({brackets})" if brackets else part


def one_or_many(kind: str, is_one: bool) -> str:
    """What a *kind* is called in a sentence: of one, or of many."""
    return sim.SINGULAR_WORDS[kind] if is_one else sim.KIND_WORDS[kind]


def _beyond(others: Mapping[str, Any]) -> str:
    told = told_of(others)
    if told.is_same or _is_mostly_none(others):
        return "nobody else" if told.is_same else "mostly nobody else"
    return f"{told.words}, {told.ends}," if told.ends else told.words


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
        spread = told_of(others.others).spread
        ends = formats.range_in_words(spread, from_none=True, side=spread.direction != "more")
        return f"no other state follows (other fits: {ends})"
    return (
        "no other state follows"
        if _is_same(states.others)
        else "in most worlds no other state follows"
    )


def _is_mostly_none(change: Mapping[str, Any]) -> bool:
    """Whether the median is none, and 90 % of the pairs lie on one side of it."""
    return formats.rounded(change["median"]) == 0 and change[LOW] * change[HIGH] >= 0


def _is_same(change: Mapping[str, Any]) -> bool:
    return told_of(change).is_same


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
        f"{sim.words.event_words(event, names)} from {month_words(view, event.round)}"
        for event in own.events
    )
