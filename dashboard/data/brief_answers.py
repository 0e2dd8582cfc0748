"""What a brief says of the question of another page than Simulate: what would bring a stakeholder
in or keep it out, one view beside another, and what came of talks; as plain JSON, from what these
pages answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

import sim
from dashboard.controls import capital
from dashboard.data.brief import Beside
from dashboard.data.brief_subject import share_curve
from dashboard.data.compare import LETTERS
from dashboard.data.view_names import labels_of
from dashboard.data.words import FAMILIES, dial_words
from dashboard.view import View
from sim import number_formats as formats

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
MOST_UNWILLING, MOST_PROVISIONS = 6, 3
BESIDE_RESCUES = (
    4  # of the unwilling, where what would have saved the talks takes the room of the others
)
OFFERS = "transfer_efficiency"  # of side offers
HALF = 0.5  # of the worlds
LINES, LINES_OF_TIGHT, OF_CURVE = (
    31,
    37,
    12,
)  # of text that a sheet has room for; of them the curve of months takes
OF_DIVIDER, OF_EDGES = (
    1.3,
    0.5,
)  # lines that the head of the rows on weaker evidence takes, and the edges of each row
OF_SHEET, OF_LEAD, OF_HALF, OF_ROW = (
    105,
    95,
    50,
    30,
)  # letters in a line: of the sheet, larger, of half, of a row
LONG_FINDING = 150  # letters
ENOUGH, PERHAPS, NOT_ENOUGH, CANNOT_BE_JUDGED = (
    "enough",
    "perhaps",
    "not enough",
    "cannot be judged",
)  # verdicts
MIXED = "mixed"  # the doubt about a weight that no verdict hangs on
EDGE = 0.2  # of the width: nearer to an end, words begin or end at their line


# A stakeholder


def stakeholder_answer(
    brief: Mapping[str, Any], explained: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """The parts of a brief that answer what would bring a stakeholder in, or keep it out: the
    finding, a figure of what each change yields, those on weaker evidence as far as there is room,
    and how it stands month by month, on the dates of the *brief* of its view.
    """
    answer, aim = changes["answer"], changes["aim"]
    made = [each for each in changes["changes"] if each["change"] and _is_firm(each)]
    since = (
        date.fromisoformat(explained["supporter_since"]) if explained["supporter_since"] else None
    )
    place = changes["asked"]["by"] - brief["first_round"]
    in_vain = [
        change for change in changes["changes"] if change["without_effect"] and _is_firm(change)
    ]
    families: dict[str, list[str]] = {}
    for each in in_vain:
        families.setdefault(each["what"], []).append(FAMILIES[each["family"]])
    none = " ".join(
        f"{capital(formats.listing(names))}: {words}." for words, names in families.items()
    )
    first = [change for change in made if change["family"] in answer["first_families"]]
    footing = f"{first[0]['footing']}." if first and first[0]["footing"] else ""
    course = share_curve(explained["shares"]["signed"], brief, place, since)
    more = answer["why_asked"], answer["enough"], footing, answer["aside"], none, answer["untried"]
    leads = [words for _, words in answer["lines"]]
    told = _lines(OF_SHEET, " ".join(more)) + _lines(OF_LEAD, answer["caveat"], *leads)
    told += _lines_of_months(explained, course) + sum(_lines_of(each) for each in made)
    weaker = _weaker(changes)
    is_tight = len(answer["in_brief"]) > LONG_FINDING or _fitting(weaker, LINES - told) < len(
        weaker
    )
    room = _fitting(weaker, (LINES_OF_TIGHT if is_tight else LINES) - told)
    return {
        "finding": answer["in_brief"],
        "caveat": answer["caveat_in_model"],
        "in_fact": answer["caveat_in_fact"],
        "tells_of_supposed": answer["tells_of_supposed"],
        "asks": answer["question"],
        "lead": "",
        "lines": answer["lines_in_brief"],  # its foot has the rest
        "happened": explained["happened"],
        "in_words": explained["in_words"],
        "because": explained["because"],
        "more": " ".join(filter(None, (*more, _beside(weaker[room:])))),
        "paired": "",
        "basis": sim.BASES[answer["basis"]],
        "rests_on": answer["basis"],
        "why": answer["why"],
        "yields": yields(changes["signed_by"], aim, made, weaker[:room], answer),
        "is_tight": is_tight,
        "answered": changes["worlds"],
        "is_dated": bool(explained["supporter_is_dated"]),
        "assumes": _assumes(changes),
        "course": course,
    }


def _lines(letters: int, *parts: str) -> int:
    """How many lines of so many *letters* some *parts* take, about."""
    return sum(math.ceil(len(words) / letters) for words in parts)


def _lines_of(change: Mapping[str, Any]) -> int:
    """How many lines the row of a *change* takes."""
    row = _row(change)
    return _lines(
        OF_ROW, row["name"], f"{row['about']}; {row['price']}" if row["price"] else row["about"]
    )


def _lines_of_months(explained: Mapping[str, Any], course: Mapping[str, Any]) -> int:
    """How many lines the *course* of months takes, or what stands beside it."""
    beside = [f"{explained['happened']} {explained['in_words']}", explained["because"]]
    if course["always"]:
        return max(_lines(OF_HALF, each) for each in beside)
    return max(OF_CURVE, _lines(OF_HALF, *beside))


def _weaker(changes: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What no answer may rest on, that without effect too: first what moves it most."""
    tried = [each for each in changes["changes"] if each["change"] or each["without_effect"]]
    stays_out = changes["aim"] is not None and changes["aim"]["what"] == "stay out"
    return sorted(
        (each for each in tried if not _is_firm(each)),
        key=lambda each: each["share_after"],
        reverse=not stays_out,
    )


def _fitting(weaker: Sequence[Mapping[str, Any]], lines: float) -> int:
    """How many of the rows of *weaker* changes fit into so many *lines*, below their divider."""
    taken = accumulate((_lines_of(each) + OF_EDGES for each in weaker), initial=OF_DIVIDER)
    return sum(each <= lines for each in taken) - 1 if lines >= OF_DIVIDER else 0


def _is_firm(change: Mapping[str, Any]) -> bool:
    return bool(change["borne"] and change["told_from_zero"])


ASSUMPTIONS = {  # family of a change that is told of -> what trying it assumes
    "text": "what a text asks, in numbers, is our coding",
    "outreach": "an approach moves no motive",
    "forum": "a text is read as its convenor’s own",
    "signature": "ties, not likeness, move others",
    "capacity": "support counts as its own capacity",
}


def _assumes(changes: Mapping[str, Any]) -> str:
    """What this answer assumes, in a sentence: of the changes that it names, else of those that
    were tried.
    """
    made = [change["family"] for change in changes["changes"] if change["change"]]
    told = [family for family in made if family in changes["answer"]["first_families"]] or made
    parts = ["one change at a time", "how strong a change is tried is our judgement"]
    return (
        f"Here: {'; '.join([*parts, *(ASSUMPTIONS[family] for family in told)])}." if made else ""
    )


def _beside(weaker: Sequence[Mapping[str, Any]]) -> str:
    """How many changes on *weaker* evidence stand on the page alone, as the sheet has no room for
    them.
    """
    if not weaker:
        return ""
    more = "1 more change" if len(weaker) == 1 else f"{len(weaker)} more changes"
    return f"Parley’s page shows {more}, on weaker evidence."


def yields(
    before: float, aim: Mapping[str, Any] | None, changes: Sequence[Mapping[str, Any]],
    weaker: Sequence[Mapping[str, Any]], answer: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The figure of an *answer*: a row for the share *before*, one for that without what is
    supposed, and one for each of *changes*, on one axis of shares of worlds, with the share that is
    sought by the *aim*, if any, and where they are known the intervals under other weights than the
    fitted ones; of the changes first the one that is named, then by what each yields; last, apart,
    those on *weaker* evidence. Places are percentages of its width.
    """
    stays_out = aim is not None and aim["what"] == "stay out"

    def place_of(change: Mapping[str, Any]) -> tuple[bool, float]:
        yielded = change["share_after"] if stays_out else -change["share_after"]
        return change["family"] not in answer["first_families"], yielded

    rows = [
        _row(change)
        | {
            "verdict": _verdict(change, aim),
            "is_enough": change["verdict"] in (ENOUGH, PERHAPS),
        }
        for change in sorted(changes, key=place_of)
    ]
    apart = [
        _row(each)
        | {
            "verdict": (
                each["verdict_in_words"] if each["without_effect"] else _judged(each["verdict"])
            )
        }
        for each in weaker
    ]
    about = f"nothing{' else' if answer['supposed'] else ''} changed"
    first = [_unchanged(answer["as_it_is"], about, before, answer["weights_before"])]
    if answer["without"] is not None:
        words = ("the Paris Call as it was", "without what is supposed")
        first.append(_unchanged(*words, answer["without"], answer["weights_without"]))
    return {
        "of_weights": any(row["of_weights"] for row in [*first, *rows, *apart]),
        "rows": [*first, *rows],
        "apart": apart,
        "of_luck": any(change["high"] > change["low"] for change in [*changes, *weaker]),
        "ticks": [(_place(share), formats.percent(share)) for share in QUARTERS],
        "before": _place(before),
        "before_words": answer["as_it_is"] if [*first, *rows, *apart][1:] else "",
        "sought": None if aim is None else _sought(aim["share"], stays_out),
    }


def _row(change: Mapping[str, Any]) -> dict[str, Any]:
    """A row of that figure for a *change*, in few words for one on weaker evidence."""
    is_firm, rests = _is_firm(change), _rests(change)
    about = (
        FAMILIES[change["family"]],
        *((change["asks"], rests) if is_firm else (rests or "weak evidence",)),
    )
    price = change["price"] and (change["price"] if is_firm else "fewer others sign")
    return {
        "name": capital(change["without_effect"] or change["in_short"]),
        "about": "; ".join(filter(None, about)),
        "price": f"but then {price}" if price else "",
        "after": formats.percent(change["share_after"]),
        "interval": _wide(change["of_weights"], change["share_after"]),
        "x": _place(change["share_after"]),
        "low": _place(change["low"]),
        "span": _place(change["high"] - change["low"]),
        "of_weights": _stretch(change["of_weights"]),
    }


def _unchanged(
    name: str, about: str, share: float, of_weights: Sequence[float] | None
) -> dict[str, Any]:
    """A row of that figure for a *share* before any change."""
    return {
        "name": capital(name),
        "about": about,
        "after": formats.percent(share),
        "interval": _wide(of_weights, share),
        "x": _place(share),
        "is_before": True,
        "of_weights": _stretch(of_weights),
    }


def _sought(share: float, stays_out: bool) -> dict[str, Any]:
    """The *share* that is sought, and the stretch beyond it, which is enough, with its words in it,
    or at its end.
    """
    way, than = ("out", "under") if stays_out else ("in", "over")
    how = (
        f"{'kept out' if stays_out else 'brought in'}:"
        if share == HALF
        else f"nearly always {way}:"
    )
    anchor, at = (
        ("start", 0.0) if share < EDGE else ("end", 1.0) if share > 1 - EDGE else (None, share)
    )
    return {
        "x": _place(share),
        "enough": (0.0, _place(share)) if stays_out else (_place(share), _place(1 - share)),
        "words": f"{how} {than} {formats.percent(share)}",
        "at": _place(at),
        "anchor": anchor or ("end" if stays_out else "start"),
    }


def _judged(verdict: str) -> str:
    """A *verdict* on a change, but for one that the model cannot judge, as is said above all
    these.
    """
    return "" if verdict == CANNOT_BE_JUDGED else verdict


def _verdict(change: Mapping[str, Any], aim: Mapping[str, Any] | None) -> str:
    """Whether a *change* is enough, in words; and where it is not by less than is written, that
    more is asked.
    """
    words: str = change["verdict"]
    if (
        words != NOT_ENOUGH
        or aim is None
        or formats.percent(change["share_after"]) != formats.percent(aim["share"])
    ):
        return words
    return f"{words}: {'fewer' if aim['what'] == 'stay out' else 'more'} is asked"


def _wide(ends: Sequence[float] | None, share: float) -> str:
    """An interval over other weights; empty where none was looked for, and where it says no more
    than the *share*.
    """
    if not ends:
        return ""
    low, high = ends
    words = formats.percent_interval(low, high, between=formats.TO)
    return "" if words == formats.percent(share) else words


def _stretch(ends: Sequence[float] | None) -> tuple[float, float] | None:
    """Where an interval begins in the figure, and its width."""
    return (_place(ends[0]), _place(ends[1] - ends[0])) if ends and ends[1] > ends[0] else None


def _place(share: float) -> float:
    return round(100 * share, 2)


def _rests(change: Mapping[str, Any]) -> str:
    """What a change rests on, in a few words: extrapolated, how well the weight is known on which
    it leans, and that it is enough only for who is reached.
    """
    parts = ["extrapolated"] if change["basis"] == "extrapolated" else []
    if change["doubt"]:
        parts.append("mixed evidence" if change["doubt"] == MIXED else "weak evidence")
    parts += ["it would have to be reached as well"] if change["once_reached"] else []
    return ", ".join(parts)


# One view beside another


def beside_first(views: Sequence[View]) -> Beside:
    """The first of *views*, as it stands beside the others of the page Compare."""
    return Beside(views[0], f"A, {labels_of(views)[0]}", this="B", that="A")


def comparison_answer(
    brief: Mapping[str, Any], views: Sequence[View], others: Sequence[str]
) -> dict[str, Any]:
    """The parts of a brief that set B beside A, from the brief of B and the findings of the
    *others*, C and D.
    """
    labels = dict(zip(LETTERS, map(str, labels_of(views)), strict=False))
    first, *supposed, second = brief["moved"]["columns"]
    columns = [
        first
        | {
            "title": "More in B than in A",
            "nobody": first["nobody"] and "Nobody signs more often in B.",
        },
        *supposed,
        second
        | {
            "title": "Fewer in B than in A",
            "nobody": second["nobody"] and "Nobody signs less often in B.",
        },
    ]
    more = [
        f"{letter}, {labels[letter]}: {words}."
        for letter, words in zip(LETTERS[2:], others, strict=False)
    ]
    return {
        "finding": f"B, {labels['B']}. {brief['finding']}", "sides": list(labels.items()),
        "lead": " ".join([brief["lead"], *more]), "moved": brief["moved"] | {"columns": columns},
    }  # fmt: skip


# Talks


def talks_answer(talks: Mapping[str, Any]) -> dict[str, Any]:
    """What a brief says of *talks*, as the page Negotiate tells them: the outcome and its parts,
    how much room there is, whom the text does not suit and over what, and the provisions that
    matter most.
    """
    told, unwilling = talks["told"], talks["unwilling"]
    *parts, certainty = told["parts"]
    most = BESIDE_RESCUES if talks["rescues"] else MOST_UNWILLING
    return {
        "title": talks["title"],
        "question": talks["question"],
        "finding": f"{told['verdict']}: {told['outcome']}",
        "parts": parts,
        "certainty": certainty["words"],
        "room": told["room"]["finding"],
        "slack": " ".join(told["room"]["paragraphs"][-1 if talks["rescues"] else 1 :]),
        "rescues": _rescues(talks),
        "changes": changes_of(talks),
        "rule": talks["rule"],
        "worlds": talks["replicates"],
        "seed": talks["seed"],
        "version": talks["version"],
        "deadline": talks["deadline"],
        "seats": len(talks["seats"]),
        "unwilling": [
            {
                "name": seat["name"],
                "share": formats.percent(seat["share"]),
                "width": round(100 * seat["share"], 1),
                "over": seat["over"],
                "side": _side(seat),
            }
            for seat in unwilling[:most]
        ],
        "more": max(0, len(unwilling) - most),
        **_unwilling_in_words(talks),
        **_provisions(talks),
    }


def _rescues(talks: Mapping[str, Any]) -> str:
    """What would have saved talks that fail, each with in how many worlds a text is then adopted,
    what it keeps, and what that supposes.
    """
    changes = [
        f"{each['words']} ({each['adopted']}, keeps {formats.percent(each['kept'])}"
        f"{f'; {supposes}' if (supposes := each['supposes']) else ''})"
        for each in talks["rescues"]
        if each["adopted"] > talks["adopted"]
    ]
    return capital(f"{'; '.join(changes)}.") if changes else ""


def _provisions(talks: Mapping[str, Any]) -> dict[str, Any]:
    """The provisions that divide seats most, or, where no talks fail, that ask for most that is
    new: their levels.
    """
    new = [each for each in talks["provisions"] if each["high"] > each["low"]]
    first = sorted(new, key=lambda each: (-each["blocks"], each["low"] - each["high"]))[
        :MOST_PROVISIONS
    ]
    return {
        "provisions": [
            {
                "name": each["provision"],
                "in_force": formats.percent(each["low"]),
                "tabled": formats.percent(each["high"]),
                "text": formats.percent(each["text_mean"]),
                "span": formats.percent_interval(each["text_low"], each["text_high"]),
            }
            for each in first
        ],
        "of_provisions": (
            "What divides most" if any(each["blocks"] for each in first) else "What asks for most"
        ),
        "of_text": "text adopted" if talks["adopted"] else "nearest draft",
        "more_provisions": len(talks["provisions"]) - len(first),
    }


def changes_of(talks: Mapping[str, Any]) -> list[str]:
    """What differs from the talks as they ship, in words."""
    now, shipped = talks["settings"], talks["original"]
    names = {each["value"]: each["label"] for each in talks["everybody"]}
    moved = [name for name in shipped if now[name] != shipped[name]]
    tabled = sum(name.startswith("tabled_") for name in moved)
    words = (
        [f"another text is tabled, on {tabled} provision{'' if tabled == 1 else 's'}"]
        if tabled
        else []
    )
    words += (
        [f"without {', '.join(names.get(who, who) for who in talks['without'])}"]
        if talks["without"]
        else []
    )
    rule = f"{'a vote, ' if now['rule'] == 'majority' else ''}by {now['rule']}"
    words += [rule] if "rule" in moved else []
    words += (
        [f"side offers, of which {formats.percent(now[OFFERS])} arrives"] if OFFERS in moved else []
    )
    return words + [
        f"{dial_words(name)}"
        f" {formats.setting(now[name]) if isinstance(now[name], (int, float)) else now[name]}"
        for name in moved
        if not name.startswith("tabled_") and name not in ("rule", "amendments", OFFERS)
    ]


def _unwilling_in_words(talks: Mapping[str, Any]) -> dict[str, str]:
    """A title for the seats that the text does not suit, and what becomes of them where it is
    adopted.
    """
    cases = {
        case: sum(seat[case] > 0 for seat in talks["unwilling"]) for case in ("paid", "outvoted")
    }
    seats = sum(seat["vote"] for seat in talks["seats"])
    if cases["paid"]:
        return {
            "of_unwilling": "Who accepts the text for payment alone, and over what",
            "fate": (
                f"{cases['paid']} of {seats} seats lose by the text and accept it where others pay"
                " them for it: side offers bring them in, not the text."
            ),
        }
    if cases["outvoted"]:
        by = (
            "Nobody can block an open call"
            if talks["rule"] == "open-call"
            else "A vote adopts the text against them"
        )
        return {
            "of_unwilling": "Who does not accept the text, and over what",
            "fate": (
                f"{by}: {cases['outvoted']} of {seats} seats lose by it in some world, and it"
                " stands all the same."
            ),
        }
    return {"of_unwilling": "Who does not accept the text, and over what", "fate": ""}


def _side(seat: Mapping[str, Any]) -> str:
    """Whether the text goes too far for a *seat* or not far enough, where it does not suit it."""
    return "too far" if seat["too_far"] >= seat["too_little"] else "not far enough"
