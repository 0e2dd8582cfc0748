"""What a comparison says: of two scenarios under the same luck, or of one under several lenses."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.basis import why_not_fitted
from sim.findings import Difference
from sim.kinds_and_statuses import KIND_WORDS, SINGULAR_WORDS
from sim.number_formats import rounded
from sim.scenario import Scenario
from sim.words.language import say
from sim.words.run import changes

PLACES = ("first", "second")


def about_comparison(
    first: Scenario, second: Scenario, worlds: int, seed: int, where: str
) -> tuple[str, ...]:
    """What is compared: the title first, then the worlds, what was changed on each side by layers
    from *where*, why who signs is no fit to the register if so, and how its tables are read.
    """
    sides = (first, second)
    lines = [(place, changes(side, where)) for place, side in zip(PLACES, sides, strict=True)]
    lines += [(place, why_not_fitted(side)) for place, side in zip(PLACES, sides, strict=True)]
    return (
        say("compare-title", first=first.title, second=second.title),
        say("compare-worlds", worlds=worlds, weights=first.weights_words, seed=str(seed)),
        *(say("compare-side", place=place, what=what) for place, what in lines if what),
        say("compare-reading", fits=bool(first.draws)),
    )


def signers_of_one(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """Who may sign on one side alone."""
    pairs = (("first", first, second), ("second", second, first))
    alone = {
        place: [KIND_WORDS[kind] for kind in one.code.may_sign if kind not in other.code.may_sign]
        for place, one, other in pairs
    }
    return tuple(
        say("compare-signers", place=place, kinds=kinds) for place, kinds in alone.items() if kinds
    )


def comparison_headline(listed: Difference) -> str:
    """How many more, or fewer, of one kind are on the public list at the end, and how sure that
    is.
    """
    kind = listed.part or ""
    return say(
        "compare-headline",
        verdict=listed.verdict,
        by=int(rounded(abs(listed.estimate))),
        more=listed.estimate > 0,
        who=KIND_WORDS[kind],
        one=SINGULAR_WORDS[kind],
        ends=listed.ends,
    )


def about_lenses(scenario: Scenario, lenses: int, worlds: int, seed: int) -> tuple[str, ...]:
    """What is compared where each lens simulates *scenario*: the title first."""
    return (
        say("lenses-title", title=scenario.title, lenses=lenses),
        say("lenses-worlds", worlds=worlds, seed=str(seed)),
        say("lenses-weights"),
    )


def order_of_lenses(order: Sequence[str], null: str) -> str:
    """Whether the *null* lens tells the register worst, of lenses in *order*, the best first."""
    worse = order[order.index(null) + 1 :] if null in order else []
    place = "none" if null not in order else "other" if worse else "last"
    return say("lenses-order", place=place, best=order[0], worse=worse)
