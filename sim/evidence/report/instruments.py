"""Thirty other instruments: who is said to join texts of families that the fit has never seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.evidence.report.document import Figure, Paragraph, Section, Sentences, Table
from sim.evidence.report.words import capital, ends, joined, model_name, score
from sim.evidence.texts.backtest import CAMPS, MOVED_BY, OURS, PARIS
from sim.motives import MOTIVES
from sim.motives.motive import OF_A_TEXT
from sim.number_formats import difference, difference_interval

Record = Mapping[str, Any]

BASIS = "fitted to other instruments"
CAMP_WORDS = {
    "open": "open texts",
    "between": "texts between",
    "closed": "state-led texts",
}  # by our coding
SIDE_WORDS = {
    "open": "open",
    "between": "between",
    "closed": "state-led",
}  # the same in a table, in one word
PART, PANEL = "instruments", "instruments-auc"


def best_baseline(part: Record) -> str:
    """The name of the model without Parley with the best mean AUC over instruments."""
    others = [name for name in part["means"] if name not in (OURS, PARIS)]
    return max(others, key=lambda name: part["means"][name]["instruments"])


def in_order(part: Record) -> list[Record]:
    """The instruments by camp, and within one by AUC, the best first, each with its `name`."""
    rows = [{"name": name, **each} for name, each in part["instruments"].items()]
    return sorted(rows, key=lambda each: (CAMPS.index(each["camp"]), -each["auc"]))


def headline(part: Record) -> str:
    """What the common weights say of texts that they have not seen, in one sentence."""
    ours, paris, best = part["means"][OURS], part["means"][PARIS], best_baseline(part)
    return (
        "Other texts: weights fitted to other families of texts rank a state that joined above one"
        f" that did not in {_of_100(ours)} of 100 pairs, on average over {len(part['instruments'])}"
        f" instruments; the best model without Parley ({best}) in {_of_100(part['means'][best])};"
        f" the Call's own weights, which runs use for open texts, in {_of_100(paris)}. How many"
        " join is not foretold."
    )


def _of_100(means: Record) -> str:
    return f"{100 * means['instruments']:.0f}"


def section(record: Record, source: str) -> Section:
    """All on other instruments: sentences, the figure with its numbers, text effects, and
    models.
    """
    part = record[PART]
    return Section(
        "Other texts",
        Sentences(PART, list(_sentences(part))),
        _figure(part, source),
        _models(part),
        Section("The largest misses", Sentences("", list(_misses(part))), folded=True),
        Section(
            "What in a text tells, and what pins it down",
            Sentences("effects", list(_effects(part))),
        ),
        Paragraph(
            "What each text asks, and how it was coded, stands with it in scenarios/instruments."
        ),
        name=PART,
        basis=BASIS,
    )


def document(part: Record, source: str) -> Section:
    """The section alone, as `parley backtest --instruments` prints it."""
    return Section("Parley on instruments that it has not seen", section({PART: part}, source))


def _sentences(part: Record) -> Iterator[str]:
    ours, instruments = part["means"][OURS], part["instruments"].values()
    families = {each["family"] for each in instruments}
    least = min(instruments, key=lambda each: each["auc"])
    best = best_baseline(part)
    gap = part["differences"][best]
    yield (
        f"{len(instruments)} instruments in {len(families)} families of near-duplicate texts: each"
        " family was left out of the fit in turn. To join is to sign or ratify, or to vote for; an"
        " abstention counts as no, absence is left out. AUC is the share of pairs, one that joined"
        " and one that did not, that are ranked rightly: 0.5 is a coin toss."
    )
    yield (
        f"The mean AUC is {score(ours['instruments'])} over instruments and"
        f" {score(ours['families'])} over families;"
        f" {joined(f'{score(ours[camp])} for {words}' for camp, words in CAMP_WORDS.items())}. The"
        f" least is that of {least['title']}: {score(least['auc'])}, 90 %"
        f" {ends(least['interval'], digits=2)}."
    )
    yield (
        f"The best model without Parley, {best}, has {score(part['means'][best]['instruments'])}:"
        f" Parley less it is {difference(gap['value'], 3)} (90 % interval"
        f" {difference_interval(gap['low'], gap['high'], 3)}, families drawn anew). The other does"
        f" better on {gap['other_better']} of {len(instruments)}."
    )
    yield (
        "Runs use these weights for texts of the other side than the Call's. Its own, fitted to it"
        f" alone, have {score(part['means'][PARIS]['instruments'])}."
    )
    yield (
        "Rival resolutions of one year stand in different families. But with all votes left out"
        f" the mean AUC on votes is {score(part['kinds']['votes from the others'])}, and with all"
        f" else left out that on the others is {score(part['kinds']['the others from votes'])}."
    )
    united = [each["union_as_one"] for each in instruments if each["union_as_one"] is not None]
    yield f"With the Union counted once, the mean AUC is {score(sum(united) / len(united))}."
    yield (
        "Each text was coded by people who knew who joined. Miscoding all loadings at random by up"
        f" to {MOVED_BY:g}, {part['recodings']} times, lowers the mean AUC to"
        f" {score(part['recoded']['low'])} to {score(part['recoded']['high'])}; what hindsight"
        " lends to the coding itself is not measured. Three motives, direction, the ideal point"
        " and reassurance, were chosen with these scores in sight."
    )
    yield f"Described and not scored, as their notes say why: {joined(part['unscored'])}."


def _figure(part: Record, source: str) -> Figure:
    best = best_baseline(part)
    rows = [
        (
            each["title"],
            each["kind"],
            SIDE_WORDS[each["camp"]],
            f"{each['joined']}",
            f"{each['n']}",
            score(each["auc"]),
            ends(each["interval"], digits=2),
            score(each["baselines"][best]),
            score(each["brier"]),
        )
        for each in in_order(part)
    ]
    columns = (
        "instrument",
        "kind",
        "text",
        "joined",
        "at risk",
        "AUC",
        "90 %",
        f"AUC of {best}",
        "Brier score",
    )
    notes = (
        (
            "Of 100 pairs of a state that joined and one that did not, in so many the first has the"
            " larger share: 50 is chance. 90 %: over resampled sub-regions, the Union as one. Brier"
            " scores are of shares that sum up to the number that joined."
        ),
    )
    table = Table(columns, "lllrrrrrr", rows, "Instrument by instrument", notes, name=PANEL)
    return Figure(
        PART,
        "Who joins which text, not how many",
        "Pairs of states ranked rightly (AUC) on each instrument, its family left out of the fit;"
        " texts by our coding",
        f"n = {len(rows)} instruments, {source}",
        table,
    )


def _models(part: Record) -> Table:
    rows = [
        (
            capital(model_name(name)),
            *(score(means[key]) for key in ("instruments", "families", *CAMPS, "least")),
        )
        for name, means in part["means"].items()
    ]
    columns = ("model", "over instruments", "over families", *CAMP_WORDS.values(), "worst text")
    notes = (
        (
            "Flat ridge of the Paris Call: Parley's features, fitted to who signed it, the text"
            " unknown. Closeness to the convenor: in UN votes. Place in UN votes: told which side"
            " favours each family. Boosted trees: on states and texts, families left out. Ridge on"
            " the text's side: on all figures of a state, each times whose text it is, families"
            " left out; it knows no theory, and does as well where the difference is not clear."
        ),
    )
    return Table(columns, "lrrrrrr", rows, "Mean AUC of each model", notes)


def _misses(part: Record) -> Iterator[str]:
    for each in in_order(part):
        states = (
            f"{miss['name']} (share {miss['share']:.2f},"
            f" {'joined' if miss['joined'] else 'did not'})"
            for miss in each["misses"]
        )
        yield f"{each['title']}: {joined(states)}."


def _effects(part: Record) -> Iterator[str]:
    """For each effect of a text: its weights, whether they are told from 0, and on which family
    they rest most.
    """
    yield (
        f"Weights of motives, in brackets 90 % of {part['draws']} draws in which families "
        "count differently. Clear: above 0 in these and without any one family."
    )
    for effect in OF_A_TEXT:
        motives = [
            name
            for name, of in MOTIVES.items()
            if of.of_text == effect and f"state_{name}" in part["weights"]
        ]
        weights = {
            motive.replace("_", " "): part["weights"][f"state_{motive}"] for motive in motives
        }
        numbers = joined(
            f"{motive} {weight['value']:.1f} ({ends(weight, digits=1)})"
            for motive, weight in weights.items()
        )
        clear = {motive: weight for motive, weight in weights.items() if weight["low"] > 0}
        sure = any(min(weight["without"].values()) > 0 for weight in clear.values())
        verdict = (
            "clearly matters" if sure else "rests on one family" if clear else "is not clear from 0"
        )
        rests = [f"{motive} rests most on {_rests_on(weight)}" for motive, weight in clear.items()]
        yield (
            f"{capital(effect)} {verdict}: {numbers}."
            f" {capital(f'{joined(rests)}.') if rests else ''}".strip()
        )


def _rests_on(weight: Record) -> str:
    """The family without which a weight changes most, and what it is then."""
    family = max(weight["without"], key=lambda name: abs(weight["without"][name] - weight["value"]))
    return f"the family {family} (without it {weight['without'][family]:.1f})"
