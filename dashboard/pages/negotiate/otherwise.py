"""What differs from the talks as they ship, as a question, and what they gave before; under a vote,
what the other rules would give; and what the weight of a seat is.
"""

from __future__ import annotations

from dataclasses import replace

import sim
from dashboard.pages.negotiate.question import Question, loaded
from sim import number_formats as formats

RULE, QUOTA, WEIGHT = "rule", "quota_number", "quota_weight"
OFFERS, SHARE_OF_POWER = "transfer_efficiency", "power_share"
CONSENSUS, MAJORITY, TWO_THIRDS = "consensus", "majority", "two thirds"
# Of the seats, as a link holds them: a shade less, so that rounding asks for no seat more.
QUOTA_OF_TWO_THIRDS, NEAR = 0.6666, 0.001
OVER_HALF = 0.5
MOST_NAMES = 3
OF_CHANGED = "What if {}?"
RULES = {CONSENSUS: "the rule were consensus", MAJORITY: "the rule were a majority",
         TWO_THIRDS: "the rule were two thirds"}  # fmt: skip


def rule_of(talks: sim.Talks) -> str:
    """The rule of *talks* as the page offers it: two thirds are a majority with a quota. Of another
    quota its share.
    """
    quota = talks.settings[QUOTA]
    if talks.rule != MAJORITY or quota <= OVER_HALF:
        return talks.rule
    return (
        TWO_THIRDS
        if abs(quota - QUOTA_OF_TWO_THIRDS) < NEAR
        else f"a vote of {formats.percent(quota)}"
    )


def question_of_changed(asked: Question, talks: sim.Talks) -> str:
    """What *talks* that differ from those that ship ask: what if each of the changes were so."""
    original = loaded(asked.talks)
    differs = {name for name, value in talks.settings.items() if value != original.settings[name]}
    clauses = [_of_rule(talks)] if rule_of(talks) != rule_of(original) else []
    if empty := [seat for seat in original.seats if seat not in talks.seats]:
        clauses.append(_of_empty(asked, empty))
    if any(name.startswith("tabled_") for name in differs):
        clauses.append("another text were tabled")
    if OFFERS in differs:
        clauses.append("those who gain could pay those who lose")
    if "trades" in differs:
        clauses.append(f"provisions were {'' if talks.trades else 'not '}traded in packages")
    return OF_CHANGED.format(formats.listing(clauses or ["these talks ran otherwise"]))


def _of_rule(talks: sim.Talks) -> str:
    rule = rule_of(talks)
    return RULES.get(rule, f"the rule were {rule}")


def _of_empty(asked: Question, empty: list[str]) -> str:
    if len(empty) > MOST_NAMES:
        return f"{len(empty)} seats were empty"
    return f"{_names(asked, empty)} stayed away"


def _names(asked: Question, seats: list[str]) -> str:
    names = sim.negotiate(loaded(asked.talks), replicates=1).seats().set_index("who")["name"]
    return formats.listing([sim.with_article(names[seat]) for seat in seats])


def before_and_now(asked: Question, negotiation: sim.Negotiation) -> str:
    """Of talks that are changed, what came of them as they ship, with the same luck, and what comes
    of them now. Empty of talks as they ship, and of those that take long.
    """
    then = _as_they_ship(asked)
    if then is None:
        return ""
    left = then.share_left()
    kept = "" if left is None else f", which keeps {formats.percent(left)} of what was tabled"
    return f"Before: {_outcome(then)}{kept}. Now: {_outcome(negotiation)}."


def _as_they_ship(asked: Question) -> sim.Negotiation | None:
    """The talks of *asked* as they ship, with the same luck; None where these are what is asked, or
    take long.
    """
    before = replace(asked, set=(), without="", world=1)
    if before == replace(asked, world=1) or before.is_slow or asked.is_slow:
        return None
    return before.negotiation()


def still_no_text(asked: Question, negotiation: sim.Negotiation) -> dict[str, str] | None:
    """Of talks that are changed and have no text in any world, as before: what the change does to
    how many seats refuse, as a `headline` and, for a phone, in `short`. None of all others.
    """
    then = _as_they_ship(asked)
    if then is None or then.drafts.is_adopted.any() or negotiation.drafts.is_adopted.any():
        return None
    (refuse, votes), (refused, voted) = _refusing(negotiation), _refusing(then)
    empty = [seat for seat in then.talks.seats if seat not in negotiation.talks.seats]
    without = f"Without {_names(asked, empty)}" if empty and len(empty) <= MOST_NAMES else ""
    change = "as before" if (refuse, votes) == (refused, voted) else f"not {refused} of {voted}"
    worlds = negotiation.replicates
    return {
        "headline": (
            f"{without + ' still' if without else 'Still'} no text in any of {worlds} worlds; on"
            f" average {refuse} of {votes} seats refuse, {change}."
        ),
        "short": (
            f"{without or 'Changed'}: text in 0 of {worlds}, {refuse} refuse (before {refused})"
        ),
    }


def _refusing(negotiation: sim.Negotiation) -> tuple[str, int]:
    """How many seats refuse on average, as a number in words, and how many have a vote."""
    refuse = negotiation.seats().query("vote")["blocks"].sum()
    return formats.count(float(refuse)), int(negotiation.at_table.votes.sum())


def _outcome(negotiation: sim.Negotiation) -> str:
    """In how many worlds there is a text; where in none, how many seats refuse on average."""
    adopted, worlds = int(negotiation.drafts.is_adopted.sum()), negotiation.replicates
    if adopted:
        return f"a text in {adopted} of {worlds} worlds"
    refuse, votes = _refusing(negotiation)
    return f"no text in any of {worlds} worlds; on average {refuse} of {votes} seats refuse"


def other_rules(asked: Question, negotiation: sim.Negotiation) -> str:
    """Under a majority, or two thirds, what the other of both gives, and what consensus does. Empty
    under another rule, and where a vote does not follow amendments alone: these do not look at the
    quota, so that the text put to the vote is the same, and only whether it carries can differ.
    """
    talks, rule = negotiation.talks, rule_of(negotiation.talks)
    if (
        rule not in (MAJORITY, TWO_THIRDS)
        or not talks.amendments
        or talks.trades
        or talks.settings[WEIGHT]
    ):
        return ""
    drafts, votes, worlds = negotiation.drafts, negotiation.at_table.votes, negotiation.replicates
    seats, accept = int(votes.sum()), (drafts.final_gains[:, votes] >= 0).sum(axis=1)
    other = TWO_THIRDS if rule == MAJORITY else MAJORITY
    needed = _with_rule(replace(asked, replicates=1, world=1), other).answer.majority
    adopted, carried = int(drafts.is_adopted.sum()), int((accept >= needed).sum())
    name = (
        f"{'Two thirds' if other == TWO_THIRDS else 'A simple majority'} ({needed} of {seats}"
        " seats)"
    )
    if needed == negotiation.answer.majority:
        said = f"{name} is the same vote here, as it asks for as many seats"
    elif carried != adopted:
        here = adopted or "none"
        said = (
            f"{name} would adopt this text in {carried or 'none'} of {worlds} worlds, instead of"
            f" {here}"
        )
    elif adopted:
        on_average = " on average" if accept.min() < accept.max() else ""
        said = (
            f"{name} gives the same text: {formats.count(float(accept.mean()))} accept"
            f" it{on_average} either way"
        )
    else:
        said = f"{name} gives no text either"
    return f"{said}{'.' if asked.is_slow else _of_consensus(asked, adopted)}"


def _of_consensus(asked: Question, adopted: int) -> str:
    """What the same talks come to by consensus, beside a vote that has *adopted* a text in so many
    worlds.
    """
    then = _with_rule(asked, CONSENSUS)
    agreed = int(then.drafts.is_adopted.sum())
    if not agreed:
        return "; only consensus blocks it." if adopted else ", nor does consensus."
    in_worlds, kept = f"{agreed} of {then.replicates} worlds", formats.percent(then.share_left())
    if agreed <= OVER_HALF * then.replicates:
        return f". Consensus has a text in {in_worlds} alone; it keeps {kept}."
    return f". Consensus has a text too, in {in_worlds}; it keeps {kept}."


def _with_rule(asked: Question, rule: str) -> sim.Negotiation:
    """The same talks by another *rule*."""
    kept = tuple(part for part in asked.set if part.partition(":")[0] not in (RULE, QUOTA))
    by_rule = (f"{RULE}:{CONSENSUS if rule == CONSENSUS else MAJORITY}",)
    quota = (f"{QUOTA}:{QUOTA_OF_TWO_THIRDS}",) if rule == TWO_THIRDS else ()
    return replace(asked, set=kept + by_rule + quota).negotiation()


def of_weight(talks: sim.Talks) -> str:
    """What the weight of a seat is, and what it is for, under the rule of *talks*."""
    share = talks.settings[SHARE_OF_POWER]
    alike, by_power = formats.percent(1 - share), formats.percent(share)
    made = f"{alike} of all weight is shared alike, {by_power} goes by material power"
    if talks.settings[WEIGHT]:
        return f"The vote counts seats and their weight: {made}."
    if talks.rule == CONSENSUS:
        blocks = "" if talks.settings[OFFERS] else "Any seat can block, whatever its weight. "
        return f"{blocks}Drafts give more to seats that weigh more: {made}."
    return (
        "Every seat has one vote. Weight matters only for what seats that agree could do without a"
        f" text: {made}."
    )
