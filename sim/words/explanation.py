"""Why a stakeholder signs or stays out, and what would turn that, in plain sentences: the answer
with its headline, the changes with what they yield, and what the model has beside what really
happened. The command line, the page of a stakeholder and its brief all show these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from sim.experiments.milestones import has_register
from sim.explanation.answer import AnswerFindings
from sim.explanation.levers import (
    Change,
    ConvenorLever,
    Footing,
    OutreachLever,
    PositionLever,
    Price,
    ProvisionLever,
    SignatureLever,
    WholeTextLever,
    Why,
)
from sim.explanation.question import LEAST_MOVE, MOST, Subject, points_moved
from sim.explanation.standing import (
    FULL,
    Standing,
    Supposition,
    had_joined,
    last_reading,
    nameless_at_launch,
    registration,
)
from sim.explanation.trial import Interval
from sim.explanation.weighing import OTHER_CODE, Contribution
from sim.facts import Registration
from sim.facts.names_in_sentences import with_article
from sim.kinds_and_statuses import KIND_WORDS, SINGULAR_WORDS, STATUSES
from sim.motives import MOTIVES
from sim.scenario import Event, Scenario
from sim.scenario.calendar import end_of_round
from sim.scenario.departure import as_it_was
from sim.words.language import say
from sim.words.suppositions import departure_words, why_not_fitted

IN_FITS = 0.9  # of other fits, which the ranges beside shares hold
POINTS = 100 * LEAST_MOVE
NAMED = 3  # states that are lost
LEAST_LUCK = 0.015  # of a share: less is not worth a word
SELDOM, OFTEN = 0.05, 0.95  # of occasions
YEAR = 12  # months
VOTES, INCLINATION = "convenor_votes", "inclination"
OF_CONVENOR = (VOTES, "convenor_bloc", "convenor_club")  # motives that look at who convenes
CHOICE = "choice"  # of events


# Changes


def lever_words(change: Change, form: str = "is", name: str = "") -> str:
    """What a *change* does, without its size: in the *form* "if", as it is supposed. *name*: of the
    stakeholder, where it goes by it.
    """
    lever: Any = change.lever
    values: dict[str, object] = {"form": form}
    match lever:
        case None:
            return why_words(change, name)
        case ProvisionLever():
            size = (
                "nothing" if lever.after == 0 else "less" if lever.after < lever.before else "more"
            )
            values |= {"provision": lever.name, "size": size}
        case WholeTextLever():
            values |= {"size": "all" if lever.after else "nothing"}
        case PositionLever():
            values |= {"sides": _sides(lever)}
        case ConvenorLever():
            if change.is_in_vain:
                return say("lever-another-convenor")
            values |= {"convenor": lever.name, "alike": lever.is_alike, "present": lever.present}
        case OutreachLever():
            values |= vars(lever) | {
                "more": lever.is_more,
                "launch": lever.from_launch,
                "one-year": lever.start.year == lever.until.year,
                "named": bool(name),
                "name": name,
            }
        case SignatureLever():
            several = len(lever.names) > 1
            values |= {"people": lever.names, "signs": lever.signs, "several": several}
            values |= {"tie": lever.tie or None}
    return say(f"lever-{lever.kind.replace('_', '-')}", **values)


def _sides(lever: PositionLever) -> list[str]:
    """What a position moves towards."""
    sides = (
        (lever.openness, "openness", "control"),
        (lever.public_rule, "rule", "self_rule"),
    )
    return [
        say("position-side", side=up if after > before else down)
        for (before, after), up, down in sides
        if after != before
    ]


def what(change: Change, name: str) -> str:
    """What a *change* does and how far, or why there is none, for a stakeholder of this *name*."""
    if change.change is None:
        return why_words(change, name)
    lever, size = lever_words(change), size_words(change)
    return say("lever-with-size", lever=lever, size=size) if size else lever


def size_words(change: Change, in_brief: bool = False) -> str:
    """How far a *change* goes, *in_brief* without the number of a provision; empty where it is
    none, or has no size.
    """
    lever: Any = change.lever
    if change.change is None or isinstance(lever, ConvenorLever | SignatureLever):
        return ""
    values = dict(vars(lever))
    if in_brief and isinstance(lever, ProvisionLever):
        values["number"] = None
    if isinstance(lever, PositionLever):
        values["openness"], values["new_openness"] = lever.openness
        values["rule"], values["new_rule"] = lever.public_rule
    return say(f"size-{lever.kind.replace('_', '-')}", **values)


def note_words(change: Change) -> str:
    """What a *change* assumes."""
    lever, notes = change.lever, []
    if isinstance(lever, ConvenorLever) and lever.openness is not None:
        before, after = lever.openness
        notes = [say("assumes-convenor", before=before, after=after)]
    elif isinstance(lever, OutreachLever):
        notes = [say("assumes-outreach")]
    elif isinstance(lever, SignatureLever):
        notes = [say("assumes-signature")]
    return "; ".join([*notes, *([say("assumes-reach")] if change.once_reached else [])])


def why_words(change: Change, name: str) -> str:
    """Why there is no *change* of its family for a stakeholder of this *name*."""
    return say("no-lever", why=change.why, family=change.family, name=name, points=round(POINTS))


def evidence_words(footing: Footing) -> str:
    """How well the weight is known on which a change leans; empty where there is no doubt."""
    if footing.doubt is None:
        return ""
    effect = footing.of_text.replace(" ", "_")
    return say("evidence", doubt=footing.doubt, meaning=footing.meaning, effect=effect)


def price_words(price: Price) -> str:
    """Who is lost with a change, as a clause; empty where nobody is."""
    named = [with_article(name) for name in price.states[:NAMED]]
    if more := len(price.states) - len(named):
        named.append(say("price-of-more", more=more))
    kinds = [
        say("price-of-kind", share=share, kind=KIND_WORDS[kind])
        for kind, share in price.others.items()
    ]
    several = len(price.states) > 1
    parts = [say("price-of-states", states=named, several=several)] if named else []
    parts += [say("price-of-kinds", kinds=kinds)] if kinds else []
    return _joined("price-of-both", parts)


def verdict_words(change: Change, target: Any, *, is_missed: bool = False) -> str:
    """Whether a *change* is enough: where it hardly moves the share, by how much, and where it
    falls short of the *target* by less than is written, that more is asked. *is_missed*: the model
    has the stakeholder on the wrong side.
    """
    judgement: str | None = None if change.verdict is None else change.verdict.name.lower()
    asks = "no"
    if change.is_in_vain:
        is_unclear = "unclear" if change.is_large_move else "hardly"
        judgement = "vain" if change.why == Why.LUCK else is_unclear
    elif change.verdict is None:
        return ""
    elif is_missed:
        judgement = change.verdict.of_a_miss.name.lower()
    elif change.share_after is not None and not points_moved(change.share_after, target.share):
        asks = "fewer" if target.keeps_out else "more"
    return say("judgement", judgement=judgement, points=change.points, asks=asks)


def change_as_json(change: Change, findings: AnswerFindings) -> dict[str, Any]:
    """A *change* as `parley explain --json` writes it."""
    name, target, is_missed = findings.standing.subject.name, findings.target, _is_missed(findings)
    verdict = change.verdict and (change.verdict.of_a_miss if is_missed else change.verdict)
    in_short = lever_words(change) if change.change else why_words(change, name)
    lever = change.lever if change.change else None
    return {
        "family": change.family,
        "what": what(change, name),
        "in_short": in_short,
        "size_in_words": size_words(change),
        "size_in_brief": size_words(change, in_brief=True),
        "lever": "" if lever is None else lever.key,
        "turns": change.turns,
        "once_reached": change.once_reached,
        "moves": change.moves,
        "first": change.first,
        "size": change.size,
        "unit": "" if lever is None else lever.unit,
        "range_used": change.range_used,
        "value_after": change.value,
        "chance_after": change.chance,
        "moved": [
            {"motive": motive, "before": before, "after": after}
            for motive, (before, after) in change.motives.items()
        ],
        "note": note_words(change) if change.change else "",
        "change": change.change,
        "share_before": change.share_before,
        "share_after": change.share_after,
        "low": change.low,
        "high": change.high,
        "gain_low": change.gain_low,
        "gain_high": change.gain_high,
        "basis": change.basis,
        "footing": evidence_words(change.footing) if change.change else "",
        "doubt": change.footing.doubt or "",
        "told_from_zero": change.told_from_zero,
        "borne": change.borne,
        "price": price_words(change.price),
        "verdict": verdict or "",
        "verdict_in_words": verdict_words(change, target, is_missed=is_missed),
        "without_effect": lever_words(change) if change.is_in_vain else "",
        "of_weights": _ends(change.of_weights),
        "gain_of_weights": _ends(change.gain_of_weights),
    }


def _is_missed(findings: AnswerFindings) -> bool:
    """Whether the model has the stakeholder on the wrong side, so that nothing is enough in
    fact.
    """
    return findings.misses or findings.standing.misses_without


def _ends(interval: Interval | None) -> list[float] | None:
    return None if interval is None else list(interval)


# The answer

Part = tuple[str, bool]  # a sentence, and whether a brief has it, or says it as the model's


@dataclass(frozen=True)
class Answer:
    """What is said of the *findings*: the *question*; the answer as a headline, which is the
    `finding` and, where it has one, the `caveat`, the sentences after it; `in_brief`: the finding
    for the head of a brief; `sentence`: the answer at length; `alone`: the finding where that is
    how far what is supposed moves it, though more is sought; `lines`: what the headline leaves out,
    each with its lead; `lines_in_brief`: of these what a figure with a legend does not say;
    `aside`: what the answer leaves out, and why; `untried`: which changes are not tried, and why
    not; `enough`: how many worlds are sought, and why; `why_asked`: why it is this question, where
    nobody asked for it; `why`: why the headline rests on no better basis. The headline has no full
    stop at its end.
    """

    findings: AnswerFindings
    question: str
    sentence: str
    finding: str
    in_brief: str
    caveats: tuple[Part, ...]
    alone: str
    lines: tuple[tuple[str, str], ...]
    lines_in_brief: tuple[tuple[str, str], ...]
    aside: str
    untried: str
    enough: str
    why_asked: str
    why: str

    @property
    def standing(self) -> Standing:
        """How the stakeholder stands before any change."""
        return self.findings.standing

    @property
    def named(self) -> tuple[Change, ...]:
        """The changes that it names."""
        return self.findings.named

    @property
    def caveat(self) -> str:
        """The `caveats` one after the other; each says whether it tells of the model, and not of
        what happened in fact.
        """
        return ". ".join(words for words, _ in self.caveats)

    @property
    def headline(self) -> str:
        """The finding and the caveat."""
        return ". ".join(filter(None, (self.finding, self.caveat)))

    @property
    def follows(self) -> str:
        """The `lines` in one paragraph."""
        return " ".join(f"{lead}: {words}" for lead, words in self.lines)

    def as_json(self) -> dict[str, Any]:
        """As `parley explain --json` writes it."""
        findings, standing = self.findings, self.findings.standing
        named, without = findings.named, standing.without
        return {
            "question": self.question,
            "sentence": self.sentence,
            "headline": self.headline,
            "finding": self.finding,
            "in_brief": self.in_brief,
            "brackets": say("brackets", most=IN_FITS),
            "caveat": self.caveat,
            "caveat_in_fact": ". ".join(words for words, is_model in self.caveats if not is_model),
            "caveat_in_model": ". ".join(words for words, is_model in self.caveats if is_model),
            "tells_of_supposed": findings.tells_of_supposed,
            "alone": self.alone,
            "misses": findings.misses,
            "turns": findings.turns,
            "follows": self.follows,
            "lines": [list(line) for line in self.lines],
            "lines_in_brief": [list(line) for line in self.lines_in_brief],
            "aside": self.aside,
            "untried": self.untried,
            "enough": self.enough,
            "why_asked": self.why_asked,
            **_standing_as_json(findings, self.why),
            "in_all_fits": standing.is_in_all_fits,
            "weights_without": None if without is None else _ends(without.of_weights),
            "weights_before": _ends(standing.of_weights),
            "weights_after": _ends(named[0].of_weights) if len(named) == 1 else None,
            **_verdict_as_json(standing),
        }


def estimate_as_json(findings: AnswerFindings) -> dict[str, Any]:
    """The part of the answer as JSON that a first estimate has, under the same names."""
    words = _Wording(findings)
    return {
        "question": words.say("question", day=findings.standing.question.day),
        "estimate": words.estimate(),
        "enough": words.enough(),
        "untried": words.untried(),
        "why_asked": words.why_asked(),
        "misses": findings.misses,
        **_standing_as_json(findings, words.why()),
    }


def _standing_as_json(findings: AnswerFindings, why: str) -> dict[str, Any]:
    standing, without = findings.standing, findings.standing.without
    supposed = standing.supposed
    return {
        "basis": findings.basis,
        "why": why,
        "supposed": supposition_words(supposed),
        "as_it_is": say("as-it-is", supposed=bool(supposed)),
        "without": None if without is None else without.share,
        "first_families": [change.family for change in findings.named],
    }


def _verdict_as_json(standing: Standing) -> dict[str, Any]:
    """The verdict on what is supposed, and what would be sought without it, as the `aim` of an
    explanation is written.
    """
    sought, verdict = standing.share_sought_without, standing.verdict
    aim = "stay out" if standing.question.keeps_out else "sign"
    return {
        "aim_without": None if sought is None else {"what": aim, "share": sought},
        "verdict": verdict or "",
        "verdict_in_words": ""
        if verdict is None
        else say("judgement-of-supposition", judgement=verdict.name.lower()),
        "misses_without": standing.misses_without,
    }


def answer(findings: AnswerFindings) -> Answer:
    """The *findings* in words."""
    words = _Wording(findings)
    lines = words.lines()
    return Answer(
        findings,
        question=words.say("question", day=findings.standing.question.day),
        sentence=words.in_full(),
        finding=words.finding(),
        in_brief=words.finding("model"),
        caveats=words.caveats(),
        alone=words.supposing() if findings.opens_with_share else "",
        lines=tuple((lead, _sentences(each for each, _ in parts)) for lead, parts in lines),
        lines_in_brief=tuple(
            (lead, _sentences(each for each, is_needed in parts if is_needed))
            for lead, parts in lines
            if any(is_needed for _, is_needed in parts)
        ),
        aside=words.aside(),
        untried=words.untried(),
        enough=words.enough(),
        why_asked=words.why_asked(),
        why=words.why(),
    )


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(filter(None, parts))


def _joined(message: str, parts: Sequence[str]) -> str:
    """*parts* one after the other, each two of them by the *message*; empty of none."""
    return reduce(lambda first, second: say(message, first=first, second=second), parts or [""])


def share_words(share: float | None, span: Interval | None = None, worlds: int | None = 0) -> str:
    """A *share* of so many *worlds*, with its range over other weights where that says more: 65 %
    of worlds (17 to 92 %). 0: the number is not told; None: nor that they are worlds.
    """
    says_more = span is not None and any(points_moved(share or 0.0, end) for end in span)
    of = None if worlds is None else "all" if worlds else "worlds"
    return say("share", share=share, span=span if says_more else None, of=of, worlds=worlds)


def supposition_words(supposed: Supposition) -> str:
    """What is supposed; empty where nothing is."""
    parts = []
    if supposed.convenor is not None:
        convenor = supposed.convenor or "nobody"
        parts.append(
            say(
                "supposed-convenor",
                convenor=convenor,
                anyone=bool(supposed.convenor),
                anew=supposed.is_read_anew,
            )
        )
    if supposed.club is not None:
        parts.append(say("supposed-club", club=supposed.club or None))
    parts += map(departure_words, supposed.departures)
    if supposed.lens is not None:
        parts.append(say("supposed-lens", lens=supposed.lens or None))
    if supposed.has_draws:
        parts.append(say("supposed-draws"))
    return "; ".join(parts)


def _about(standing: Standing) -> dict[str, object]:
    """What messages on a stakeholder have in common."""
    question, later = standing.question, standing.joined_later
    has_joined = standing.had_joined
    turned = "really" if has_joined != question.keeps_out else "would_really"
    return {
        "name": standing.subject.name,
        "named": True,
        "early": question.by < 0,
        "out": question.keeps_out,
        "supposed": bool(standing.supposed),
        "worlds": standing.trial.replicates,
        "draws": bool(standing.trial.scenario.draws),
        "share": standing.share,
        "most": IN_FITS,
        "was_in": bool(has_joined),
        "joined": "in" if has_joined else "out" if later is None else "later",
        "day": later or question.day,
        "turned": "would" if has_joined is None else turned,
    }


class _Wording:
    """The words on *findings*."""

    def __init__(self, findings: AnswerFindings) -> None:
        self.findings, self.standing = findings, findings.standing
        self.target, self.named = findings.target, findings.named

    def say(self, key: str, of: Standing | None = None, /, **values: object) -> str:
        """The message *key* about the stakeholder, as it stands, or by another standing *of* it."""
        findings = self.findings
        about = _about(of or self.standing) | {
            "weaker": findings.has_weaker,
            "open": findings.leaves_open,
            "all": findings.seeks_nearly_all,
        }
        return say(key, **about | values)

    # The headline

    def finding(self, opening: str = "plain") -> str:
        """The answer to say aloud: that the model has it on the wrong side, where so; then the
        change and what it yields; or in a sentence that none is shown to be enough, or that nothing
        is sought. *opening*: of a change, as a brief has it "model".
        """
        findings = self.findings
        miss = self.standing.missed and not findings.misses
        if findings.misses:
            words = self._miss_alone()
        elif findings.tells_of_supposed:
            words = self.supposing()
        elif self.target is None:
            words = self._nothing_sought()
        else:
            words = self._of_changes(opening, named=not miss)
        return f"{self.say('miss-first')}. {words}" if miss else words

    def caveats(self) -> tuple[Part, ...]:
        """What the finding rests on: how it stands without the change, or without what is supposed;
        when it really joined, where that was later; what would go beyond what is supposed; that
        only weaker evidence moves it, and that evidence is mixed, where so.
        """
        findings, standing = self.findings, self.standing
        if findings.misses:
            return ()
        opens = findings.opens_with_supposed or findings.opens_with_share
        parts = [self._without_supposed()] if findings.tells_of_supposed else []
        if findings.names_what_turns and not opens:
            parts.append(self._without_change())
        if findings.opens_with_share:
            parts.append(self._by_the_end())
        in_fact, place = self._in_fact(), len(parts)
        parts.append(in_fact)
        if opens:
            parts.append(self._of_changes("beyond", named=False))
        if not findings.opens_with_supposed and (standing.supposed or not in_fact):
            parts.append(self._weaker())
        if findings.has_mixed_evidence and not standing.supposed:
            parts.append(self.say("mixed-evidence", overlap=findings.ranges_overlap))
        return tuple((words, k != place) for k, words in enumerate(parts) if words)

    def _nothing_sought(self) -> str:
        findings, standing = self.findings, self.standing
        why = "missed" if standing.missed else "nothing"
        out = standing.question.keeps_out
        return self.say(
            "nothing-sought",
            why="supposed" if findings.decides_nothing else why,
            share=1 - standing.share if out else standing.share,
        )

    def _miss_alone(self) -> str:
        standing = self.standing
        entry = registration(standing.subject, standing.trial.scenario)
        is_first = entry is not None and entry.at_launch
        share = share_words(standing.share, standing.of_weights)
        launch = {"joined": "launch"} if is_first else {}
        return self.say("miss-alone", share=share, **launch)

    def supposing(self) -> str:
        """What is supposed and what it yields, with the verdict on it, or that the model is no
        judge of it; where its own choice is supposed, that, and how it stands without.
        """
        standing, without = self.standing, self.standing.without
        supposition = supposition_words(standing.supposed)
        if standing.is_chosen:
            share = None if without is None else without.share
            return self.say("supposing-choice", supposition=supposition, share=share)
        by_share, misses = self.findings.opens_with_share, standing.misses_without
        span = standing.spans[0] if standing.is_beside_other_weights else None
        verdict = None if by_share or misses else standing.verdict
        words = self.say(
            "supposing",
            supposition=supposition,
            several=standing.supposed.is_several,
            named=not standing.supposed.is_of_it,
            verb="has" if by_share else "signs",
            launch=standing.question.by == 0,
            day=standing.question.day,
            share=share_words(standing.share, span, 0 if by_share else standing.trial.replicates),
            judgement=verdict and verdict.name.lower(),
        )
        is_told = misses and not by_share
        return self.say("supposing-of-miss", supposing=words) if is_told else words

    def _without_supposed(self) -> str:
        standing, without = self.standing, self.standing.before
        if without is None:
            return ""
        span = standing.spans[1] if standing.is_beside_other_weights else None
        return self.say(
            "without-supposed",
            share=share_words(without.share, span),
            gain=standing.gain_of_weights if self.findings.opens_with_share else None,
        )

    def _by_the_end(self) -> str:
        """The same by the end, where that is later than the date, under the fitted weights."""
        end = self.standing.at_end
        if end is None or end.without is None:
            return ""
        before, day = end.without.share, end.question.day
        same = not points_moved(end.share, before)
        return self.say("by-the-end", share=end.share, before=before, same=same, day=day)

    def _in_fact(self) -> str:
        """How it was in fact, where it joined later, and where the model has it on the other side
        in the Paris Call as it was.
        """
        standing, before = self.standing, self.standing.before
        if standing.supposed:
            if before is None or not before.missed:
                return ""
            return self.say("miss-leans" if before.is_undecided else "in-fact", before)
        is_later = standing.joined_later is not None and not standing.missed
        return self.say("in-fact") if is_later else ""

    def _of_changes(self, opening: str, *, named: bool) -> str:
        """What is named would yield, and whether that is enough, or perhaps; or that nothing would
        be enough, and how far what was tried goes. *named*: the stakeholder goes by its name.
        """
        findings, goal = self.findings, self.say("goal", named=False)
        if findings.tells_of_convenor:
            return self.say("convenor-stays", opening=opening, goal=goal, named=named)
        if not findings.names_what_turns:
            utmost = None if findings.utmost is None else share_words(*findings.utmost)
            goal = self.say("goal", named=named)
            return self.say("nothing-would", opening=opening, goal=goal, utmost=utmost)
        lever = self.named[0].lever
        is_of_it = isinstance(lever, OutreachLever) and lever.members == 1
        name = self.standing.subject.name if named and is_of_it else ""
        first, *others = self.named
        conditions = [lever_words(first, "if", name)]
        conditions += [lever_words(each, "if") for each in others]
        ends = {(each.share_after or 0.0, each.of_weights) for each in self.named}
        shares = [share for share, _ in ends]
        how = {
            (True,): "enough",
            (False,): "perhaps",
            (True, False): "enough_first",
            (False, True): "perhaps_first",
        }
        is_plain = not findings.seeks_nearly_all and not self.standing.question.keeps_out
        return self.say(
            "would",
            opening=opening,
            conditions=_joined("or-if", conditions),
            named=named and not is_of_it,
            shares=share_words(*ends.pop())
            if len(ends) == 1
            else say("shares-between", span=Interval(min(shares), max(shares))),
            how=how[findings.verdicts],
            goal=None if is_plain else goal,
        )

    def _without_change(self) -> str:
        share = share_words(self.standing.share, self._range_before())
        return self.say("without-change", several=len(self.named) > 1, share=share)

    def _range_before(self) -> Interval | None:
        return self.standing.of_weights if self.findings.is_beside_other_weights else None

    def _weaker(self) -> str:
        """That only such changes move it as no answer may rest on, with the one that does most."""
        findings, example = self.findings, self.findings.example
        if example is None:
            return ""
        return self.say(
            "weaker",
            several=len(findings.far_moves) > 1,
            share=share_words(example.share_after, example.of_weights),
            condition=lever_words(example, "if"),
            borne=example.borne,
        )

    # What follows

    def in_full(self) -> str:
        """The answer at length; the headline where nothing is sought."""
        findings, named = self.findings, self.named
        if self.target is None:
            return ". ".join([self.finding(), *(words for words, _ in self.caveats())])
        whole = [what(each, self.standing.subject.name) for each in named]
        values: dict[str, object] = {"turns": findings.turns, "whole": _joined("in-full-or", whole)}
        if len(named) == 1:
            (change,), fits = named, named[0].of_weights
            before = self.standing.of_weights
            values |= {
                "share": change.share_after,
                "luck": Interval(change.low or 0.0, change.high or 0.0),
                "before": change.share_before,
                "fits": fits and before and fits,
                "fits_before": before,
                "price": price_words(change.price) or None,
                "sure": not findings.turns or findings.is_sure(change),
            }
        number = "several" if len(named) > 1 else "one" if named else "none"
        return self.say("in-full", number=number, **values)

    def lines(self) -> list[tuple[str, list[Part]]]:
        """What the headline leaves out, each with its lead: what comes nearest where nothing is
        enough, how sure it is, the price, and how many worlds are asked.
        """
        findings, named = self.findings, self.named
        if self.target is None:
            return self._lines_of_supposed() if self.standing.supposed else []
        of_supposed = self._lines_of_supposed() if findings.opens_with_supposed else []
        beyond, several = bool(of_supposed), len(named) > 1
        price = _of_price(named[0].price) if findings.single else []
        lines = [
            *of_supposed,
            (say("lead-model"), self._in_the_model()),
            (say("lead-nearest", several=several), self._nearest()),
            (say("lead-sure", beyond=beyond), [] if beyond and not named else self._how_sure()),
            (say("lead-price", beyond=beyond), price),
            (say("lead-asked"), [(self.enough(), False)]),
        ]
        return [(lead, parts) for lead, parts in lines if parts]

    def _lines_of_supposed(self) -> list[tuple[str, list[Part]]]:
        """How sure it is that what is supposed moves it so far, and its price."""
        standing, before = self.standing, self.standing.before
        (mine, other), fits = standing.spans, standing.is_beside_other_weights
        if fits and before is not None:
            parts = _moves_each("supposition", standing.gain_of_weights)
        else:
            others = "chosen" if standing.is_chosen else "some"
            beside = None if other is None else others
            parts = [(self.say("spread", beside=beside, fits=fits, span=mine, other=other), True)]
        if before is not None and (before.missed or before.is_undecided):
            parts.append((self.say("cannot-say", before, undecided=before.is_undecided), True))
        lines = [(say("lead-sure", beyond=False), parts)]
        price = _of_price(standing.price)
        return [*lines, (say("lead-price", beyond=False), price)] if price else lines

    def _conditions(self) -> str:
        return _joined("or-if", [lever_words(each) for each in self.named])

    def _shares(self) -> str:
        """In how many worlds it has signed with each change that is named, with its range over
        other weights.
        """
        ends = dict.fromkeys((each.share_after, each.of_weights) for each in self.named)
        words = [share_words(*end, None if k else 0) for k, end in enumerate(ends)]
        return _joined("or-another", list(dict.fromkeys(words)))

    def _in_the_model(self) -> list[Part]:
        """What the model would have of somebody whom it misses, which is no answer."""
        if not self.findings.misses or not self.findings.names_what_turns:
            return []
        shares, conditions = self._shares(), self._conditions()
        return [(self.say("in-the-model", shares=shares, conditions=conditions), True)]

    def _nearest(self) -> list[Part]:
        """What comes nearest, and what it yields, where nothing is enough."""
        if not self.named or self.findings.names_what_turns:
            return []
        words = self.say(
            "nearest",
            conditions=self._conditions(),
            shares=self._shares(),
            before=share_words(self.standing.share, self._range_before(), None),
            far=any(each.is_large_move for each in self.named),
        )
        return [(words, True)]

    def _how_sure(self) -> list[Part]:
        """What the ranges of the answer hold, why it is only perhaps, and what the model cannot
        say.
        """
        findings, standing = self.findings, self.standing
        parts = self._ranges() if self.named else self._unmoved()
        if len(self.named) > 1 and findings.names_what_turns:
            parts = [(self.say("with-each", shares=self._shares()), True), *parts]
            parts.append((say("which-is-smallest"), True))
        if findings.is_perhaps and not findings.misses:
            parts += self._why_perhaps()
        is_told = findings.misses and not standing.is_undecided
        doubts = standing.missed or standing.is_undecided
        if doubts and not is_told and not findings.opens_with_supposed:
            parts.append((self.say("cannot-say", undecided=standing.is_undecided), True))
        return parts

    def _ranges(self) -> list[Part]:
        """What the ranges beside the shares hold, and how far the one change that is named moves
        each fit; where no other weights were looked for, what luck gives.
        """
        first, single = self.named[0], self.findings.single
        if self.findings.is_beside_other_weights:
            return _moves_each("change", first.gain_of_weights if single else None)
        span = Interval(first.low or 0.0, first.high or 0.0)
        return [(self.say("spread", beside=None, fits=False, span=span), True)] if single else []

    def _unmoved(self) -> list[Part]:
        """What other fits have of it before any change, where none is named, and what the brackets
        of the example hold.
        """
        span, example = self.standing.of_weights, self.findings.example
        if span is None:
            return [(self.say("nothing-moves"), True)]
        if self.standing.is_in_all_fits:
            first = (self.say("fits-agree"), True)
            has_range = example is not None and example.of_weights is not None
            return [first, *(_moves_each("change", None) if has_range else [])]
        has_range = example is not None and example.of_weights is not None
        first = (self.say("fits-give", span=span), True)
        return [first, *(_moves_each("change", None) if has_range else [])]

    def _why_perhaps(self) -> list[Part]:
        """Why what is named is only perhaps enough."""
        findings, reasons = self.findings, {}
        if findings.falls_short or findings.goes_both_ways:
            ways = "short" if findings.falls_short else "both"
            sought = self.target and self.target.share
            reasons["fits"] = self.say("why-perhaps-fits", ways=ways, sought=sought)
        if spans := [say("span-of-luck", span=span) for span in findings.by_luck]:
            reasons["luck"] = say("why-perhaps-luck", spans=_joined("or-another", spans))
        reason = "both" if len(reasons) > 1 else next(iter(reasons), None)
        return [(say("why-perhaps", reason=reason, **reasons), True)] if reason else []

    def enough(self) -> str:
        """How many worlds are sought, and why so many; nothing where nothing is sought."""
        if self.target is None:
            return ""
        return self.say("what-is-asked", sought=self.target.share, points=round(POINTS))

    def why_asked(self) -> str:
        """Why it is asked what would keep it out, or what would bring it in though it is in most
        worlds, where nobody asked for that.
        """
        standing = self.standing
        is_plain = not standing.question.keeps_out and standing.share <= MOST
        return "" if self.findings.is_asked or is_plain else self.say("why-asked")

    def why(self) -> str:
        """Why the headline rests on no better basis."""
        why = why_not_fitted(*self.findings.scenarios)
        is_none = self.target is None or why
        return why if is_none else say("one-at-a-time")

    def untried(self) -> str:
        """Which families of changes are not tried, and why not; those with the same reason are
        named together.
        """
        none = [each for each in self.findings.changes if each.lever is None]
        families: dict[Why | None, list[Change]] = {}
        for each in none:
            families.setdefault(each.why, []).append(each)
        parts = [
            say(
                "not-tried-as",
                families=[say("not-tried-family", family=each.family) for each in changes],
                why=why_words(changes[0], self.standing.subject.name),
            )
            for changes in families.values()
        ]
        return say("not-tried", families="; ".join(parts)) if parts else ""

    def aside(self) -> str:
        """What the answer leaves out: that nothing in the text is shown to move it where what would
        leans on a weight that is not told from zero; what would turn the decision by such a weight
        alone, and by an extrapolation.
        """
        sentences = [say("text-is-weak")] if self.findings.is_text_weak else []
        weak, far = self.findings.left_out
        for message, changes in (("left-out-weak", weak), ("left-out-far", far)):
            yields = [
                self.say(
                    "left-out-yield",
                    lever=lever_words(each),
                    share=share_words(each.share_after, each.of_weights),
                )
                for each in changes
            ]
            if yields:
                sentences.append(say(message, yields="; ".join(yields), several=len(yields) > 1))
        return " ".join(sentences)

    def estimate(self) -> str:
        """In how many worlds it has signed, and what changes give so far; one of those that are
        named goes by its words only where other worlds will hardly take it back.
        """
        findings, ahead = self.findings, self.findings.stands_out
        moving = [
            each
            for each in findings.changes
            if each.is_offered and each.moves and each.share_after is not None
        ]
        shares = [each.share_after or 0.0 for each in moving]
        luck = max([(each.high or 0.0) - (each.low or 0.0) for each in moving], default=0.0) / 2
        return self.say(
            "estimate",
            share=_bounded(self.standing.share),
            seen="one" if ahead else "some" if moving else "nothing",
            lever=ahead and lever_words(ahead),
            weaker=any(each.change and each.moves for each in findings.changes),
            several=len(moving) > 1,
            span=Interval(min(shares), max(shares)) if shares else None,
            luck=100 * luck if luck >= LEAST_LUCK else None,
        )


def _bounded(share: float) -> float | str:
    """A *share*, by its name where it is none or all."""
    return {0.0: "none", 1.0: "all"}.get(share, share)


def _of_price(price: Price) -> list[Part]:
    return [(say("price-sentence", price=price_words(price)), True)] if price else []


def _moves_each(moved_by: str, gain: Interval | None) -> list[Part]:
    """How far something moves the share under each of other fits, where that was looked for, and
    what the brackets hold: the ends of two ranges need not differ by that.
    """
    brackets = (say("brackets", most=IN_FITS), False)
    if gain is None:
        return [brackets]
    return [(say("moves-each", what=moved_by, gain=gain, most=IN_FITS), True), brackets]


# What the model has, beside what really happened


def reading(
    subject: Subject, by_end: Mapping[str, float], worlds: int, last_day: date, event: Event | None
) -> str:
    """The most frequent status at the end, by the shares *by_end* of so many *worlds*, on
    *last_day*, or the *event* that decides for it; and that this is no evidence of anybody's
    reasons.
    """
    if event is not None:
        words = say("reading-event", name=subject.name, signs=event.value == 1, day=last_day)
        return _reading(subject, words)
    usual = max(by_end, key=lambda name: by_end[name])
    return _reading(
        subject,
        say(
            "reading-signs" if usual == "signed" else "reading-otherwise",
            name=subject.name,
            share=by_end["signed"],
            status=STATUSES[usual].label,
            most=by_end[usual],
            worlds=worlds,
            day=last_day,
        ),
    )


def reading_of_nobody(subject: Subject, may_sign: Sequence[str]) -> str:
    """That its kind may not sign."""
    may, kinds = [KIND_WORDS[kind] for kind in may_sign], KIND_WORDS[subject.kind]
    return _reading(subject, say("reading-nothing", name=subject.name, kinds=kinds, may=may))


def _reading(subject: Subject, words: str) -> str:
    return say("reading", words=words, kind=SINGULAR_WORDS[subject.kind])


def in_worlds(standing: Standing, share_by: Callable[[date], float]) -> str:
    """In how many worlds it has signed by the date, with what is supposed, and, where it is known
    to have joined by another day, by that; where it is not known to have joined, or the model has
    it out although it had, by the end: *share_by* has the share by a day.
    """
    subject, scenario, worlds = standing.subject, standing.trial.scenario, standing.trial.replicates
    until, launch = standing.question.day, scenario.code.launch
    end, share = end_of_round(launch, scenario.last_round), share_by(until)
    entry = registration(subject, scenario)
    joined = None if entry is None else entry.by
    when, other = "until", end
    if not standing.supposed:  # else the answer, or the shares month by month, tell the end
        is_known = had_joined(subject, scenario, until) is not None
        if joined is None:
            when = "both" if has_register(scenario) and until < end else "until"
        elif joined <= launch or not is_known:
            when = "both" if is_known and share <= MOST and until < end else "until"
        else:
            when, other = "joined" if joined >= until else "before", joined
    then = share if when == "until" else share_by(other)
    whole, short = (then, share) if when == "before" else (share, then)
    return say(
        "in-worlds",
        supposed=bool(standing.supposed),
        early=until < launch,
        when="all_before" if when == "before" and then == 1 else when,
        day=until,
        other=other,
        dated=entry is not None and entry.is_dated,
        whole=say("of-worlds", share=_bounded(whole), worlds=worlds),
        short=say("of-the-same", share=_bounded(short)),
    )


def because(
    contributions: Sequence[Contribution],
    by_round: Mapping[str, float],
    convenor: str,
    *,
    is_together: bool,
    convenes: bool,
) -> str:
    """Why it is in, or out, in the model: the largest of the *contributions* on that side, beside
    the largest on the other; and where most worlds do not reach it, that. *is_together*: it decides
    with others, on their mean. *convenes*: what draws others to the *convenor*, a state by its
    name, is then that it is the convenor, or one of those who decide.
    """
    against, for_ = (pick(contributions, key=lambda each: each.together) for pick in (min, max))
    is_in, words = by_round["signed"] > MOST, []
    if for_.together > 0:
        member = "motive-member-convenes" if is_together else "motive-convenes"
        is_own = convenes and for_.motive in OF_CONVENOR
        motive = say(member, convenor=convenor) if is_own else _plainly(for_, convenor, convenes)
        words.append(say("because-for", motive=motive))
    if against.together < 0:
        words.append(say("because-against", motive=_plainly(against, convenor)))
    reason = _joined("because-both", words if is_in else words[::-1])
    if reason and is_together:
        reason = say("because-averages", reason=reason)
    if not is_in and by_round["not_taken_up"] > MOST:
        reason = say("because-reached", share=by_round["not_taken_up"], reason=reason)
    return say("because", reason=reason) if reason else ""


def _plainly(contribution: Contribution, convenor: str, convenes: bool = False) -> str:
    """The meaning of a *contribution* in a sentence: the constant of a kind is no motive that
    anybody could name, and likeness in votes is a matter of degree, so a state far from the
    *convenor* has some too.
    """
    if convenes:
        return meaning(contribution)
    if contribution.motive == INCLINATION:
        kinds = KIND_WORDS[contribution.kind]
        return say("motive-leaning", reluctant=contribution.together < 0, kinds=kinds)
    if contribution.motive == VOTES and convenor:
        return say("motive-votes", convenor=convenor)
    return meaning(contribution)


def meaning(contribution: Contribution) -> str:
    """What the motive of a *contribution* is about."""
    if contribution.motive == OTHER_CODE:
        return say("motive-other-code")
    return MOTIVES[contribution.motive].weights[contribution.kind].subject


def occasion(chance: float, day: date, signed: float) -> str:
    """How often it signs when it takes the matter up in the month to *day*, by its *chance*, and
    why the share of worlds in which it has *signed* is another number, unless that can grow no
    more.
    """
    often = {0.0: "never", 1.0: "always"}.get(chance, _often(chance))
    times = say("occasion-worlds", often=often, tenths=10 * chance)
    return say("occasion", day=day, times=times, all=signed == 1)


def despite(chance: float, by_round: Mapping[str, float]) -> str:
    """Why the share of worlds in which it has signed is on the other side of one half than its
    *chance* on each occasion; empty where both are on one side.
    """
    signed, come_up = by_round["signed"], 1 - by_round["not_taken_up"]
    if (chance > MOST) == (signed > MOST):
        return ""
    return say(
        "despite",
        often=_often(chance),
        tenths=10 * chance,
        signed=signed > MOST,
        share=signed,
        come_up=come_up,
    )


def _often(chance: float) -> str:
    """How often something with this *chance* happens, as people count."""
    return "seldom" if chance < SELDOM else "mostly" if chance > OFTEN else "some"


def happened(subject: Subject, scenario: Scenario) -> str:
    """Whether and when the *subject* joined, in one sentence or two; empty where the code or the
    world of *scenario* is another.
    """
    if not has_register(scenario):
        return ""
    entry, launch = registration(subject, scenario), scenario.code.launch
    if subject.kind != "state":
        return _happened_to_organisation(subject, entry, launch)
    if entry is None or entry.by is None:
        return say("happened-never", name=subject.name, day=last_reading())
    is_first = subject.who == as_it_was(FULL).code.convenor
    message = "happened-dated" if entry.is_dated else "happened-by"
    if entry.at_launch:
        message = "happened-convenor" if is_first else "happened-launch"
    return say(message, name=subject.name, day=entry.by, **_time_after(launch, entry.by))


def _happened_to_organisation(subject: Subject, entry: Registration | None, launch: date) -> str:
    values: dict[str, object] = {"name": subject.name, "kind": SINGULAR_WORDS[subject.kind]}
    if entry is None:
        return say("happened-unknown", **values)
    values["source"] = entry.source
    if entry.by is None:
        return say("happened-not-yet", day=entry.after, **values)
    when = "launch" if entry.at_launch else "dated" if entry.is_dated else "by"
    after = _time_after(launch, entry.by)
    return say("happened-organisation", when=when, day=entry.by, **after, **values)


def _time_after(launch: date, when: date) -> dict[str, object]:
    """How long after the *launch* something was."""
    months = (when.year - launch.year) * YEAR + when.month - launch.month
    if months < YEAR:
        return {"unit": "months" if months else "weeks", "number": months}
    return {"unit": "years", "number": round(months / YEAR)}


def register_as_json(subject: Subject, scenario: Scenario) -> dict[str, Any]:
    """What really happened, who reports it, and why its day is not known, as `parley explain
    --json` writes it.
    """
    entry = registration(subject, scenario)
    has_source = entry is not None and entry.source
    return {
        "happened": happened(subject, scenario),
        "happened_source": {"words": entry.source, "url": entry.url}
        if entry is not None and has_source
        else None,
        "why_not_dated": _why_not_dated(subject, entry),
    }


def _why_not_dated(subject: Subject, entry: Registration | None) -> str:
    """Why the day is not known on which a state joined; empty where it is, and of others."""
    if subject.kind != "state" or entry is None or entry.by is None:
        return ""
    if entry.is_dated or entry.at_launch:
        return ""
    nameless, later = nameless_at_launch()
    values = {"later": later, "nameless": nameless, "name": subject.name}
    return say("why-not-dated", day=entry.by, **values)
