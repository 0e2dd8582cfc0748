"""Which states would join a text: the prediction in words and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.evidence.report.document import Paragraph, Section, Sentences, Table
from sim.evidence.report.instruments import CAMP_WORDS
from sim.evidence.report.words import joined, long_date, quantity
from sim.evidence.texts.backtest import MOVED_BY
from sim.facts import state_names
from sim.number_formats import percent, percent_interval

Record = Mapping[str, Any]

FIRST = 12  # states printed from each end
EXPLAINED = 3  # states from each end whose motives are shown
NAMES = {
    "open": "an open text",
    "between": "a text between the camps",
    "closed": "a state-led text",
}
VOTE = "vote"
KINDS_IN_WORDS = {
    "declaration": "declarations",
    "coalition": "coalitions",
    "treaty": "treaties",
    "vote": "votes",
}
MIDDLE = 0.5  # of openness
GAP = "…"
FEATURES = {
    "openness": "openness",
    "public_rule": "public rule",
    "restraint": "restraint",
    "burden": "burden",
}


def document(content: Record, who: Sequence[str] = (), every: bool = False) -> Section:
    """The *content* of a prediction: the motives of *who* (iso3), by default of the first and the
    last states; *every* state, or those at both ends and *who*.
    """
    lines = dict(_sentences(content))
    return Section(
        f"{content['title']}: who would {_verb(content)}",
        Sentences("prediction", [f"{lead} {rest}" for lead, rest in lines.items()], list(lines)),
        _ranking(content, who, every),
        _nearest(content),
        _motives(content, who),
        Section(
            "What this cannot say",
            Sentences(
                "limits",
                [f"{topic}: {sentence}" for topic, sentence in content["cannot_say"].items()],
                [f"{topic}:" for topic in content["cannot_say"]],
            ),
        ),
        Paragraph(_origin(content)),
    )


def _sentences(content: Record) -> Iterator[tuple[str, str]]:
    """What was read, how many may join, and how far the weights can be trusted on such a text:
    leads and sentences.
    """
    text, fitted, number = content["text"], content["fitted"], content["number"]
    yield "The text:", _text(content)
    if text["as_in_base"]:
        yield "As in the Paris Call:", f"{joined(text['as_in_base'])}."
    if content["asked"]["joined"] is None:
        yield (
            "How many:",
            (
                f"not foretold. As {KINDS_IN_WORDS[text['kind']]} go, {number['low']:.0f} to"
                f" {number['high']:.0f} of {content['n']} {_verb(content)} (90 %),"
                f" {number['median']:.0f} at the median; --joined tells the number."
            ),
        )
    else:
        yield (
            "How many:",
            f"{number['median']:.0f} of {content['n']}, as told; chances sum up to it.",
        )
    by = (
        f"by weights of motives fitted to {fitted['instruments']} instruments of"
        f" {fitted['families']} families"
    )
    if same := content["same"]:
        yield (
            "Who:",
            (
                f"this text, {same['title']}, is among the instruments that the weights are fitted"
                f" to. So its family, {same['family']}, was left out: {by}, none of it."
            ),
        )
    else:
        yield "Who:", f"{by}; this text is none of them."
    if answers := content["answers"]:
        yield (
            "What happened:",
            (
                f"{answers['joined']} of {content['n']} joined. In {100 * answers['auc']:.0f} of"
                " 100 pairs, one that joined and one that did not, the one that joined is ranked"
                f" higher (AUC {answers['auc']:.2f})."
            ),
        )
    yield "How far to trust it:", " ".join(_trust(content))


def _text(content: Record) -> str:
    text, names = content["text"], state_names()
    numbers = ", ".join(
        f"{words} {content['features'][name]:.2g}" for name, words in FEATURES.items()
    )
    convenor = "none" if text["convenor"] is None else names[text["convenor"]]
    club = f" (club: {text['convenor_club']})" if text["convenor_club"] else ""
    among = content["asked"]["among"]
    to_whom = f"put to {quantity(content['n'], 'state')}{f', members of {among}' if among else ''}"
    return (
        f"{NAMES[text['camp']]} ({numbers}; each from 0 to 1), a {text['kind']}, convenor:"
        f" {convenor}{club}, opened on {long_date(text['launch'])},"
        f" {to_whom}.{' An abstention counts as no.' if text['kind'] == VOTE else ''}"
    )


def _verb(content: Record) -> str:
    return "vote for it" if content["text"]["kind"] == VOTE else "join"


def _trust(content: Record) -> Iterator[str]:
    camp, nearest = content["text"]["camp"], content["nearest"][0]
    yield (
        f"{CAMP_WORDS[camp].capitalize()} that the fit had not seen were told with an AUC of "
        f"{content['means'][camp]:.2f} on average (0.5 is a coin toss, 1 is perfect)."
    )
    if abs(content["features"]["openness"] - MIDDLE) < MOVED_BY:
        yield (
            "The text is so near the middle that another reader may put it on the other side, which"
            " turns the order: see the intervals of ranks."
        )
    if content["is_extrapolated"]:
        yield (
            f"Extrapolated: the nearest instrument is {nearest['distance']:.2f} away, and none that"
            f" was fitted is farther than {content['widest_gap']:.2f} from the next."
        )
    if not content["of_this_kind_and_camp"]:
        yield (
            f"Extrapolated: no {content['text']['kind']} among those fitted is {NAMES[camp]}, so"
            " that the chances are a guess; the order is less of one."
        )


def _ranking(content: Record, who: Sequence[str], every: bool) -> Table:
    """A row per state, the likeliest first."""
    states, has_answers = content["states"], content["answers"] is not None
    last = len(states) - FIRST
    rows: list[tuple[str, ...]] = []
    for place, state in enumerate(states):
        if every or place < FIRST or place >= last or state["iso3"] in who:
            rows.append(_row(state, has_answers, state["iso3"] == content["text"]["convenor"]))
        elif rows and rows[-1][0] != GAP:
            rows.append((GAP, *[""] * (len(rows[0]) - 1)))
    columns = ("rank", "90 %", "state", "chance", "90 %", *(["joined"] if has_answers else []))
    notes = (
        f"90 %: {content['interval']}.",
        *([] if every else ["All states: --all, or --json FILE."]),
    )
    return Table(
        columns,
        "rrlrrl"[: len(columns)],
        rows,
        f"Who would {_verb(content)}, the likeliest first",
        notes,
    )


def _row(state: Record, has_answers: bool, convenes: bool) -> tuple[str, ...]:
    name = f"{state['name']}{', convenor' if convenes else ''}"
    cells = (
        f"{state['rank']}",
        f"{state['rank_low']}–{state['rank_high']}",
        name,
        percent(state["chance"]),
        percent_interval(state["low"], state["high"]),
    )
    return (*cells, "yes" if state["joined"] else "no") if has_answers else cells


def _nearest(content: Record) -> Table:
    rows = [
        (
            f"{each['distance']:.2f}",
            each["title"],
            each["kind"],
            each["camp"],
            each["convenor"] or "–",
            "–" if each["auc"] is None else f"{each['auc']:.2f}",
            f"{each['joined']}/{each['n']}",
        )
        for each in content["nearest"]
    ]
    columns = ("away", "instrument", "kind", "text", "convenor", "AUC", "joined")
    notes = (
        (
            "Away: in openness, public rule, restraint and burden together. AUC: how well who"
            " joined was told when its family was left out of the fit; joined, of how many asked."
        ),
    )
    return Table(
        columns, "rllllrr", rows, "The nearest instruments, and how well each was told", notes
    )


def _motives(content: Record, who: Sequence[str]) -> Table:
    """A row per motive that says anything: what it adds for some states, and on average."""
    parts, order = content["contributions"], [state["iso3"] for state in content["states"]]
    subjects = list(who) or list(dict.fromkeys([*order[:EXPLAINED], *order[-EXPLAINED:]]))
    vectors = [parts[iso3] for iso3 in subjects]
    vectors.append([sum(column) / len(parts) for column in zip(*parts.values(), strict=True)])
    places = [m for m in range(len(content["weights"])) if any(part[m] for part in parts.values())]
    places.sort(key=lambda m: -max(abs(parts[iso3][m]) for iso3 in subjects))
    rows = [
        (content["weights"][m]["meaning"], *(f"{column[m]:+.1f}" for column in vectors))
        for m in places
    ]
    rows.append(("in sum", *(f"{sum(column):+.1f}" for column in vectors)))
    columns = ("motive", *subjects, "mean")
    notes = ("Logits; mean: of all that are asked. --why ISO3 shows another state.",)
    return Table(columns, "l" + "r" * (len(columns) - 1), rows, "Why: what each motive adds", notes)


def _origin(content: Record) -> str:
    manifest = content["manifest"]
    return (
        f"Parley {manifest['parley']}, weights {manifest['weights'][:12]} and {manifest['draws']}"
        f" draws of them, codings of the text by seed {manifest['seed']}. [{content['basis']}]"
    )
