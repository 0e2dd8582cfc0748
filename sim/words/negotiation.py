"""What came of talks in plain sentences, for a reader who knows neither the model nor its words:
how they end, who refuses or gains, over which text, how sure that is, and whether there was a text
for all. The command line, the page and its brief all show these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.findings import Level, Members, Place, Verdict
from sim.negotiation.result import (
    FAR_APART,
    NEARLY_ALL,
    CallFindings,
    FailureFindings,
    RecordFinding,
    TalksFindings,
    TalksResult,
    TextFindings,
)
from sim.negotiation.robustness import TalksRobustness
from sim.negotiation.seat import SeatResult
from sim.negotiation.seats import seats_named
from sim.negotiation.talks import CONSENSUS, Talks
from sim.number_formats import setting
from sim.scenario.text_talks import OPEN_CALL
from sim.words.language import say

HALF, HUNDRED = 0.5, 100  # of the worlds; of percent
MOST_PROVISIONS, MOST_SPANS, LEAST, MOST_OTHERS = 3, 2, 2, 2
MOST_REASONS = 3  # of a seat
TWO_THIRDS, NEAR = 2 / 3, 0.001  # of the seats; texts and links have 0.667 or 0.6666


class Part(NamedTuple):
    """A part of an answer: what it is about, and a sentence or two."""

    lead: str
    words: str


class Answer(NamedTuple):
    """What came of talks: the *verdict* and the *outcome*, which together are the headline; the
    parts, the first on what is negotiated, the last on how sure the answer is; and what *room*
    there is for a text, a finding and what explains it.
    """

    verdict: str
    outcome: str
    headline: str
    parts: tuple[Part, ...]
    room: str
    room_in_words: tuple[str, ...]
    majority: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """The headline, the parts and the room."""
        return self.headline, *(part.words for part in self.parts), f"{self.room}."


def answer(result: TalksResult) -> Answer:
    """The findings on *result* in words."""
    talks, findings = result.talks, result.findings
    adopted = int(result.drafts.is_adopted.sum())
    end = {
        "rule": talks.rule,
        "end": _end(talks),
        "agreed": result.agreed > HALF,
        "always": result.agreed in (0, 1),
        "adopted": adopted,
        "worlds": result.replicates,
        **_majority(talks, findings),
    }
    ends = say("talks-part-sure"), _certainty(result, adopted)
    return Answer(
        verdict=say("talks-verdict", **end),
        outcome=say("talks-outcome", **end),
        headline=say("talks-headline", **end),
        parts=(
            Part(say("talks-part-scope"), _scope(talks, findings)),
            *_parts(result),
            Part(*ends),
        ),
        room=_room(talks, findings),
        room_in_words=_room_in_words(talks, findings),
        majority=findings.majority,
    )


def _end(talks: Talks) -> str:
    if talks.rule == CONSENSUS:
        return CONSENSUS
    is_two_thirds = abs(talks.values["quota_number"] - TWO_THIRDS) < NEAR
    return "two-thirds" if is_two_thirds else "majority"


def _majority(talks: Talks, findings: TalksFindings) -> dict[str, object]:
    """How many seats carry a text, and their least weight where the rule asks for one."""
    weight = talks.values["quota_weight"]
    votes = len(talks.seats) - len(talks.voice)
    return {"needed": findings.majority, "votes": votes, "weight": weight or None}


def _scope(talks: Talks, findings: TalksFindings) -> str:
    """Who negotiates over what, when a text stands, and on what it asks for most that is new."""
    voters = [seat for seat in talks.seats if seat not in talks.voice]
    new = [one for one in talks.subjects if one.tabled > one.in_force]
    most = sorted(new, key=lambda one: one.in_force - one.tabled)[:MOST_PROVISIONS]
    rule = {"rule": talks.rule, "deadline": talks.deadline, "amendments": talks.amendments}
    sentences = [
        say("talks-scope", voters=_people(voters, talks), provisions=len(talks.subjects)),
        say("talks-rule", **rule, **_majority(talks, findings)),
        say("talks-voices", voices=_people(talks.voice, talks)) if talks.voice else "",
        say("talks-tabled", provisions=[one.provision for one in most]),
    ]
    return " ".join(filter(None, sentences))


def _people(seats: Sequence[str], talks: Talks) -> list[str]:
    """How many states, and how many others, who go by their names."""
    states = sum(seat in talks.facts.state_names for seat in seats)
    others = len(seats) - states
    parts = [say("talks-states", states=states)] if states else []
    return [*parts, *([say("talks-organisations", organisations=others)] if others else [])]


def _parts(result: TalksResult) -> tuple[Part, ...]:
    """Who and what, of talks that nobody can block, that mostly succeed, or that mostly fail."""
    findings = result.findings
    call, failures, texts = findings.call, findings.failures, findings.texts
    if call is not None:
        return (Part(say("talks-part-suits"), _suits(result, call)),)
    if texts is not None and result.agreed > HALF:
        left = filter(None, (_share_left("talks-kept", texts), _cut(texts)))
        return (
            Part(say("talks-part-gains"), _gains(result, texts)),
            Part(say("talks-part-text"), " ".join(left)),
        )
    if failures is None:
        return ()
    dispute = _dispute(result, failures)
    if texts is not None:
        dispute = f"{dispute} {_share_left('talks-kept-too', texts)}"
    return (
        Part(say("talks-part-refusals"), _refusals(result, failures)),
        Part(say("talks-part-dispute"), dispute),
    )


def _suits(result: TalksResult, call: CallFindings) -> str:
    first = say("talks-suits", seats=call.suits.of, accept=call.suits.estimate)
    names = _names(result, call.unsuited)
    return f"{first} {say('talks-unsuited', names=names)}" if names else first


def _refusals(result: TalksResult, failures: FailureFindings) -> str:
    """How many refuse the text nearest to adoption, and for whom it goes too far, or not far
    enough, in most failures.
    """
    refuse, rule = failures.refusals, result.talks.rule
    first = say("talks-refusals", refuse=refuse.estimate, votes=refuse.of, rule=rule)
    sides = [
        say(f"talks-{side.measure.replace('_', '-')}", names=names)
        for side in (failures.too_far, failures.too_little)
        if (names := _names(result, side))
    ]
    if not sides:
        return first
    words = say("talks-both-sides", first=sides[0], second=sides[1]) if sides[1:] else sides[0]
    return f"{first} {say('talks-sides', sides=words)}"


def _dispute(result: TalksResult, failures: FailureFindings) -> str:
    """Over what the talks fail, and by how much."""
    dispute = failures.dispute
    cases = round(dispute.estimate * dispute.of)
    first = say("talks-dispute", provision=dispute.on, cases=cases, failures=dispute.of)
    nearest = say("talks-nearest", rule=result.talks.rule, loss=failures.least.estimate)
    return f"{first} {nearest}"


def _share_left(message: str, texts: TextFindings) -> str:
    """How much of what is new is left, in the mean and in nine of ten worlds."""
    luck = texts.share_left.luck
    span = luck if luck is not None and luck.high > luck.low else None
    return say(message, kept=texts.share_left.estimate, span=span)


def _cut(texts: TextFindings) -> str:
    """Of what least is left: two provisions, and those of which as little is left as of the
    second, in whole percent.
    """
    groups: dict[tuple[int, bool], list[Place]] = {}
    for number, place in enumerate(texts.cut.places):
        alike = int(HUNDRED * place.estimate + HALF), place.estimate > 0
        if number < LEAST or alike in groups:
            groups.setdefault(alike, []).append(place)
    parts = [
        say(
            "talks-cut",
            provisions=[place.name for place in places],
            kept=places[0].estimate,
            several=len(places) > 1,
        )
        for places in groups.values()
    ]
    return say("talks-least", parts=parts) if parts else ""


def _gains(result: TalksResult, texts: TextFindings) -> str:
    """Who wins by the text, most first, and who loses, most first."""
    names = _by_id(result.talks)
    ordered = [names[place.name] for place in texts.winners.places]
    winners = {
        "winners": say("talks-winners", names=ordered[:2]),
        "several": len(ordered) > 1,
        "last": say("talks-winners", names=ordered[-1:]),
    }
    for fate in (texts.outvoted, texts.paid):
        if fate.members:
            losers = _names(result, fate)
            return say("talks-worse", **winners, fate=fate.measure, losers=losers)
    return say("talks-nobody-worse", **winners)


def _certainty(result: TalksResult, adopted: int) -> str:
    """How far luck decides, which the worlds tell; whether the talks really ended so; and what
    neither tells.
    """
    return " ".join(
        filter(
            None,
            (_luck(result, adopted), _real_end(result.findings.record), say("talks-assumed")),
        )
    )


def _real_end(record: RecordFinding | None) -> str:
    if record is None:
        return ""
    if not record.is_right:
        return say("talks-model-wrong")
    return say("talks-as-recorded", agreed=record.agreed, otherwise=record.over_others)


def _luck(result: TalksResult, adopted: int) -> str:
    """How far luck decides whether there is a text; where nearly all worlds have one, which, and
    where nearly all fail, over what and by whom.
    """
    worlds, findings = result.replicates, result.findings
    if findings.text.verdict == Verdict.CANNOT_TELL:
        return say("talks-one-world")
    if findings.text.verdict == Verdict.PERHAPS:
        return say("talks-luck-decides", adopted=adopted, worlds=worlds)
    if findings.texts is not None and adopted > HALF * worlds:
        return _luck_of_text(findings.texts, adopted, worlds)
    failed = findings.failures
    differs = [
        one.measure
        for one in ((failed.dispute, failed.refusals) if failed else ())
        if one.verdict == Verdict.PERHAPS
    ]
    failures: object = worlds - adopted if adopted else "all"
    if not differs:
        return say("talks-fail-alike", failures=failures, worlds=worlds)
    what = differs[0] if len(differs) == 1 else "both"
    return say("talks-fail-otherwise", failures=failures, worlds=worlds, what=what)


def _luck_of_text(texts: TextFindings, adopted: int, worlds: int) -> str:
    """How far luck decides which text the worlds adopt, nearly all of them: on which provisions it
    goes much farther in some than in others.
    """
    places = texts.spread.places
    far = [place for place in places if place.estimate >= FAR_APART]
    having = {"adopted": "all" if adopted == worlds else adopted, "worlds": worlds}
    if not far:
        return say("talks-same-text", **having, same=not places)
    spans = [
        say("talks-span", provision=place.name, span=place.luck, first=place is far[0])
        for place in far[:MOST_SPANS]
    ]
    return say("talks-luck-of-text", **having, spans=spans, more=len(far) - len(spans))


def _room(talks: Talks, findings: TalksFindings) -> str:
    """In how many worlds there was a text that all would accept."""
    suits, worlds = int(findings.room_worlds.estimate), findings.room_worlds.worlds
    values = talks.values
    return say(
        "talks-room",
        club=values["club_reach"] > 0 and suits < worlds,
        suits="all" if suits == worlds else suits,
        worlds=worlds,
        apart=bool(values["transfer_efficiency"] or values["reservations"]),
    )


def _room_in_words(talks: Talks, findings: TalksFindings) -> tuple[str, ...]:
    """What such a text is, and how near the best one comes."""
    room = findings.room
    best = say(
        "talks-room-best", median=room.estimate, side=_side(room.estimate), ends=_room_ends(room)
    )
    has_clubs = talks.values["club_reach"] > 0
    is_empty = len(talks.seats) < len(talks.as_first.seats)
    return (
        say("talks-room-rule"),
        best,
        *([say("talks-room-clubs")] if has_clubs and room.estimate < 0 else []),
        *([say("talks-room-empty")] if has_clubs and is_empty else []),
    )


def _room_ends(room: Level) -> str | None:
    """The ends in nine of ten worlds, the side said once where both lie on it."""
    ends = room.luck
    if ends is None or ends.high <= ends.low:
        return None
    sides = _side(ends.low) if _side(ends.low) == _side(ends.high) else "apart"
    return say("talks-room-ends", low=ends.low, high=ends.high, sides=sides)


def _side(utility: float) -> str:
    return "better" if utility >= 0 else "worse"


def _by_id(talks: Talks) -> Mapping[str, str]:
    """The name of each seat."""
    return dict(zip(talks.seats, seats_named(talks.seats, talks.facts).names, strict=True))


def _names(result: TalksResult, members: Members) -> list[str]:
    names = _by_id(result.talks)
    return [names[who] for who in members.members]


def beside_record(result: TalksResult) -> dict[str, str]:
    """What really happened (`happened`, `sources`) and, of talks as they were, the model `beside`
    it in words, else nothing.
    """
    record = result.talks.record
    if record is None:
        return {"happened": say("talks-not-held"), "sources": "", "beside": ""}
    findings = result.findings.record
    beside = "" if findings is None else _beside(findings, result)
    return {"happened": record.happened, "sources": record.sources, "beside": beside}


def _beside(record: RecordFinding, result: TalksResult) -> str:
    worlds, failures = result.replicates, len(result.failures)
    if record.is_right and record.agreed:
        return say("talks-agree-too")
    if record.agreed:
        return say("talks-fail-here", failures=failures, worlds=worlds)
    if record.here:
        return say("talks-adopt-here", adopted=worlds - failures, worlds=worlds)
    if not (record.same or record.seldom or record.others):
        return say("talks-fail-too")
    names = _by_id(result.talks)
    parts = [_refusers([names[who] for who in record.same])] if record.same else []
    parts += [
        say("talks-seldom", name=names[one.who], cases=one.failures, failures=failures)
        for one in record.seldom
    ]
    if not record.over_others:
        return say("talks-same-seats", refusers=parts[0])
    others = [_others([names[who] for who in record.others])] if record.others else []
    return say("talks-other-seats", refusers="; ".join([", ".join(parts), *others]))


def _refusers(names: Sequence[str]) -> str:
    return say("talks-refusers", names=names, several=len(names) > 1)


def _others(names: Sequence[str]) -> str:
    message = "talks-most-often" if len(names) > MOST_OTHERS else "talks-other-names"
    return say("talks-others", others=len(names), named=say(message, names=names[:MOST_OTHERS]))


def robustness_sentences(robustness: TalksRobustness) -> tuple[str, ...]:
    """How the talks end under other assumptions, on which of these that depends, and who then
    refuses, over what.
    """
    talks, findings = robustness.result.talks, robustness.findings
    if talks.rule == OPEN_CALL:
        return (say("talks-robust-open-call"),)
    level = findings.right or findings.same
    first = say(
        "talks-robust",
        told=level.measure,
        cases=round(level.estimate * robustness.points),
        points=robustness.points,
        span=level.fits,
        dials=len(robustness.values),
        worlds=robustness.worlds,
    )
    return tuple(filter(None, (first, _deciding(robustness), _refusers_there(robustness))))


def _deciding(robustness: TalksRobustness) -> str:
    """On which of the assumptions the end depends."""
    findings = robustness.findings
    if findings.turn is None:
        return say("talks-robust-no-dial", same=bool(robustness.is_same.all()))
    rows = robustness.dials().set_index("dial").loc[list(robustness.deciding)]
    first, *others = rows.to_dict("records")
    return say(
        "talks-robust-deciding",
        label=first["label"],
        upper=float(first["upper"]),
        lower=float(first["lower"]),
        turn=findings.turn.estimate,
        value=float(first["value"]),
        others="some" if others else None,
        labels=[say("talks-robust-label", label=one["label"]) for one in others],
    )


def _refusers_there(robustness: TalksRobustness) -> str:
    """Of the sets of assumptions without a text, who refuses, and over what."""
    findings, names = robustness.findings, _by_id(robustness.result.talks)
    refusers, disputes = findings.refusers.places, findings.disputes.places
    if not disputes:
        return ""
    always = [names[place.name] for place in refusers if place.estimate >= NEARLY_ALL]
    others = [names[place.name] for place in refusers if place.estimate < NEARLY_ALL]
    return say(
        "talks-robust-refusers",
        always=always or None,
        several=len(always) > 1,
        sometimes=len(others) if others else None,
        first=others[:MOST_OTHERS],
        provision=disputes[0].name,
        share=disputes[0].estimate,
    )


def seat_sentences(seat: SeatResult) -> tuple[str, ...]:
    """Why a seat accepts or refuses, and what would turn it."""
    worlds, refuses = len(seat.gains), seat.refusals
    against, likes = seat.reasons(MOST_REASONS)
    sides = [
        say("seat-side", provision=one.provision, side=one.side.replace("_", "-"))
        for one in against
    ]
    reasons = [
        say("seat-against", sides="; ".join(sides)) if sides else "",
        say("seat-for", provisions=", ".join(likes)) if likes else "",
    ]
    sentences: Iterable[str] = (
        say("seat-accepts", name=seat.name, accepts=worlds - refuses, worlds=worlds),
        " ".join(filter(None, reasons)),
        _seat_change(seat) if refuses else "",
    )
    return tuple(filter(None, sentences))


def _seat_change(seat: SeatResult) -> str:
    """The smallest change of the text that would keep it."""
    change = seat.change
    if not change.worlds:
        return say("seat-no-text")
    moves = [
        say("seat-move", provision=name, way="up" if by > 0 else "down", by=abs(by))
        for name, by in change.moves[:MOST_REASONS]
    ]
    before, after = seat.others_refuse()
    return say(
        "seat-change",
        where="all" if change.worlds == seat.refusals else "some",
        exists=change.worlds,
        refuses=seat.refusals,
        moves=", ".join(moves) if moves else say("seat-no-move"),
        more=max(0, len(change.moves) - MOST_REASONS),
        before=before,
        after=after,
    )


def procedure(
    talks: Talks, changes: Mapping[str, Any], without: Sequence[str], worlds: int, seed: int
) -> tuple[str, ...]:
    """What is negotiated and how, before the findings: the title first, then what was changed, who
    stays away, and by which rule.
    """
    parts = [
        f"{name} {setting(value) if isinstance(value, float) else value}"
        for name, value in changes.items()
    ]
    title = say(
        "talks-title",
        title=talks.title,
        seats=len(talks.seats),
        provisions=len(talks.subjects),
    )
    rule = {
        "rule": talks.rule,
        "chair": talks.chair,
        "quota": talks.values["quota_number"],
        "weight": talks.values["quota_weight"],
        "amendments": talks.amendments,
    }
    return (
        title,
        *([say("talks-changes", changes="; ".join(parts))] if parts else []),
        *([say("talks-empty-seats", seats=", ".join(without))] if without else []),
        say("talks-worlds", worlds=worlds, seed=str(seed), **rule),
    )
