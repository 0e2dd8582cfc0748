"""What a brief says of the stakeholder that its address names: in how many worlds it signs, month
by month, beside what really happened; as plain JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sim
from dashboard.data.pairs import MOST
from sim import number_formats as formats

MOST_MOTIVES = 2  # on either side
UNNAMED = "inclination"  # what no named motive explains
WIDTH, HEIGHT, LEFT, RIGHT, ABOVE, BELOW = (
    430.0,
    190.0,
    46.0,
    52.0,
    8.0,
    24.0,
)  # of the curve, in pixels
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)


def subject(
    who: str,
    run: sim.Run,
    without: Mapping[str, float] | None,
    record: Mapping[str, Any],
    people: Any,
    place: int,
    explained: Mapping[str, Any] | None,
    baseline: str,
) -> dict[str, Any]:
    """The stakeholder asked about: in how many worlds it signs, beside the *baseline* or what
    really happened; in the worlds in which it is *explained* on its page, where these are at hand.
    """
    name, kind = people["name"][who], people["kind"][who]
    in_sentence = sim.with_article(name) if kind == "state" else name
    titled = in_sentence[:1].upper() + in_sentence[1:]
    if kind not in record["may_sign"]:
        return {"name": name, "finding": "", "words": "It may not sign this code."}
    number, column = record["worlds"], record["names"].index(who)
    signed = [row[column] / number for row in record["signed"]]
    taken = record["taken_up"][place][column] / number
    fits, range_of_fits = None, ""
    if explained is not None:
        of_page, number, fits = explained["shares"], explained["worlds"], explained["other_fits"]
        signed, taken = list(of_page["signed"]), 1 - of_page["not_taken_up"][place]
    if fits is not None:
        span = formats.percent_interval(fits[0], fits[1], between=formats.TO)
        range_of_fits = f" ({span} with other fits that the data allow)"
    since, share = people["supporter_since"][who], formats.percent(signed[place])
    shown = date.fromisoformat(record["dates"][place])
    day = f"{shown:%B}{formats.NO_BREAK}{shown.year}"
    beside, fact = "", sim.what_happened(run.scenario, who)
    if without is not None:
        before = formats.percent(without.get(who, 0.0))
        beside = f", as in {baseline}" if before == share else f", against {before} in {baseline}"
    elif kind == "state" and fact:
        beside = f"; in fact it {_joined(people, who)}"
    return {
        "name": name,
        "is_of_page": explained is not None,
        "worlds": number,
        "finding": (
            f"{titled}: in by {day} in {share} of {formats.worlds(number)}{range_of_fits}{beside}"
        ),
        "doubt": (
            f"The model is a poor judge of {in_sentence} here: its other fits leave open whether it"
            " is in or out."
            if fits is not None and fits[0] <= MOST <= fits[1]
            else ""
        ),
        "fact": fact,
        "taken": (
            "It has taken the matter up in every one of these worlds."
            if taken == 1
            else (
                "It has taken the matter up, as it must before it can sign, in"
                f" {formats.percent(taken)} of these worlds."
            )
        ),
        "weighs": _weighs(run, who, place + run.scenario.first_round),
        "curve": share_curve(signed, record, place, since),
    }


def share_curve(
    signed: Sequence[float], record: Mapping[str, Any], place: int, since: date | None
) -> dict[str, Any]:
    """The share of worlds in which it has *signed* from the launch on, as shapes of an SVG picture
    of WIDTH by HEIGHT, with the day *since* which it is on the register.
    """
    start = -record["first_round"]
    days = [date.fromisoformat(day).toordinal() for day in record["dates"]][start:]
    shares = signed[start:]

    def x(day: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - days[0]) / (days[-1] - days[0]), 1)

    def y(share: float) -> float:
        return round(ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - share), 1)

    corners = [(x(days[0]), y(shares[0]))]
    for day, last, share in zip(days[1:], shares, shares[1:], strict=False):
        corners += [(x(day), y(last)), (x(day), y(share))]
    line = "M" + "L".join(f"{a} {b}" for a, b in corners)
    joined = (
        None
        if since is None or not days[0] <= since.toordinal() <= days[-1]
        else x(since.toordinal())
    )
    return {
        "always": formats.percent(shares[0]) if set(shares) in ({0.0}, {1.0}) else "",
        "line": line,
        "area": f"{line}L{x(days[-1])} {y(0)}L{x(days[0])} {y(0)}Z",
        "joined": joined,
        "levels": [(y(level), formats.percent(level)) for level in LEVELS],
        "years": [
            (x(date(year, 1, 1).toordinal()), str(year))
            for year in range(2018, 2100)
            if days[0] <= date(year, 1, 1).toordinal() <= days[-1]
        ],
        "end": formats.percent(shares[-1]),
        "end_height": y(shares[-1]),
        "shown": x(days[place - start]) if 0 <= place - start < len(days) - 1 else None,
        "now": formats.percent(signed[place]) if x(days[max(0, place - start)]) > 2 * LEFT else "",
        "now_height": y(signed[place]),
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "bottom": HEIGHT - BELOW,
    }


def _weighs(run: sim.Run, who: str, month: int) -> str:
    """The motives that weigh most for and against signing when it deliberates in that *month*, in a
    sentence.
    """
    table = run.explain(who, month).table()
    table = table[table["motive"] != UNNAMED].sort_values("value")
    against, favour = (
        [str(meaning) for meaning in rows["meaning"]]
        for rows in (
            table[table["value"] < 0][:MOST_MOTIVES],
            table[table["value"] > 0][: -MOST_MOTIVES - 1 : -1],
        )
    )
    parts = [f"{' and '.join(names)} {'weigh' if len(names) > 1 else 'weighs'} most {side}"
             for names, side in ((favour, "for it"), (against, "against"))
             if names]  # fmt: skip
    return f"When it deliberates then, {', '.join(parts)}." if parts else ""


def _joined(people: Any, who: str) -> str:
    """What a state did: joined in November 2021; had joined by September 2019, where it may have
    joined before; never joined.
    """
    day = people["supporter_since"][who]
    if not day:
        return "never joined"
    return (
        f"{'joined in' if people['supporter_is_dated'][who] else 'had joined by'}"
        f" {month_words(day.isoformat())}"
    )


def month_words(day: str) -> str:
    """2018-11-12 as November 2018."""
    return f"{date.fromisoformat(day):%B %Y}"
