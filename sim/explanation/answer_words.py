"""The answer to what would bring a stakeholder in, or keep it out, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiments.basis import EXTRAPOLATED, basis_of_signing
from sim.explanation.change import Change
from sim.explanation.decision import Target
from sim.explanation.first_estimate import estimate
from sim.explanation.levers import text
from sim.explanation.miss import EACH_ON_ITS_OWN, OTHER_FITS, as_it_is, doubt, gives_of, miss, moves_each
from sim.explanation.question import LEAST_MOVE, MOST, share_sought
from sim.explanation.registration import joined_in
from sim.explanation.standing import Standing
from sim.explanation.summary import capital, sentences, span_words
from sim.explanation.verdict import (
    CANNOT_BE_JUDGED,
    ENOUGH,
    HARDLY,
    NOT_ENOUGH,
    PERHAPS,
    is_enough_by_other_weights,
    why_perhaps,
)
from sim.number_formats import count, day, percent, worlds


def question_in_words(standing: Standing) -> str:
    """What would bring Kenya in by 12 November 2018?"""
    until = day(standing.question.day)
    if standing.question.keeps_out:
        return f"What would keep {standing.name} out until {until}?"
    return f"What would bring {standing.name} in by {until}?"


@dataclass(frozen=True)
class Wording:
    """The words on *standing*, and on the changes *named* of all *changes* that would reach the *target*, where one is
    sought; *turns*: whether they are shown to.
    """

    standing: Standing
    target: Target | None = None
    named: tuple[Change, ...] = ()
    turns: bool = False
    changes: list[Change] | tuple[()] = ()

    @property
    def headline(self) -> str:
        """The answer in one sentence to say aloud: where the model has it on the wrong side, that, and the answer all
        the same; else the change, what it yields, and how unsure the model is of the start, or when it really joined,
        if later.
        """
        standing = self.standing
        if standing.missed:
            return "; ".join(filter(None, (miss(standing), self._after_miss())))
        if self.target is None:
            return self._nothing()
        if not self.named or self._is_only_nearest:
            words = self._no_change()
        else:
            words = self._with_change(f"{standing.name} {standing.has}")
            if standing.is_undecided and standing.of_weights:
                start = percent(standing.share)
                return capital(f"{words}; but that {start} could be {span_words(*standing.of_weights)}")
        later = standing.joined_later
        return capital(words if later is None else f"{words}; in fact {joined_in(later)}")

    @property
    def follows(self) -> str:
        """What follows from the headline: its `lines`, if any; else why nearly all worlds are sought, where they are,
        then what other weights would give, and the price.
        """
        if lines := self.lines:
            return " ".join(f"{lead}: {words}" for lead, words in lines)
        standing = self.standing
        says = [self.enough] if self._is_nearly_all_sought else []
        if self.target is None and standing.supposed:
            says += filter(None, [self._how_sure_supposed(), capital(self._then(standing.price))])
        return sentences(*says, *self._of_named())

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Where the model misses, other weights leave open on which side it stands, or the answer is perhaps: how it
        stands, with the change, how sure that is, and what is asked, each with its lead; none elsewhere.
        """
        standing, is_open = self.standing, self.standing.is_undecided
        if self.target is None and standing.supposed:
            return self._lines_of_supposed()
        is_doubtful = standing.missed or (is_open and self.target is not None)
        if not is_doubtful and not self._is_perhaps:
            return []
        is_one = len(self.named) == 1 and not self._is_only_nearest
        in_headline = self.target is not None and (not self.named or self._is_only_nearest)
        says = [] if is_one or in_headline or not standing.missed else [capital(self._with_no_numbers())]
        lines = [
            ("As it is", sentences(as_it_is(standing)) if standing.missed and not is_open else ""),
            ("With the change" if is_one else "With a change", sentences(*says, *self._of_named())),
            ("How sure", sentences(*self._perhaps_only, *([doubt(standing)] if is_doubtful else []))),
            ("What is asked", self.enough if self._is_nearly_all_sought else ""),
        ]
        return [(lead, words) for lead, words in lines if words]

    @property
    def _is_perhaps(self) -> bool:
        """Whether the answer names what is perhaps enough."""
        return bool(self.named) and not self._is_only_nearest and self._how() != ENOUGH

    @property
    def _perhaps_only(self) -> list[str]:
        """Why what is named is only perhaps enough; nothing where it is enough, or not even perhaps."""
        if self.target is None or not self._is_perhaps:
            return []
        return list(filter(None, [why_perhaps(self.target, self.named)]))

    def _lines_of_supposed(self) -> list[tuple[str, str]]:
        """How sure it is that what is supposed is enough, and its price, where that is perhaps; none elsewhere."""
        if self.standing.is_chosen or PERHAPS not in self._verdict_on_supposed():
            return []
        lines = [("How sure", sentences(self._how_sure_supposed()))]
        return [*lines, ("Its price", sentences(capital(self.standing.price)))] if self.standing.price else lines

    def _after_miss(self) -> str:
        """What the change that is named would make of the share that the model misses with, or that none is shown to be
        enough; empty where nothing is sought.
        """
        if self.target is None:
            return ""
        if not self.named or self._is_only_nearest:
            return self._no_change("it")
        ifs = ", or ".join(f"if {change.in_short}" for change in self.named)
        after = " or ".join(dict.fromkeys(percent(change.share_after) for change in self.named))
        spans = [change.of_weights for change in self.named if change.of_weights]
        would = "that would be" if self.standing.is_undecided else f"it {self.standing.has} in"
        of_worlds = "" if self.standing.is_undecided else " of worlds"
        span = f", {span_words(*spans[0])}" if len(self.named) == len(spans) == 1 else ""
        return f"{ifs}, {would} {after}{of_worlds}{span}"

    def _with_no_numbers(self) -> str:
        """Which changes are enough, or perhaps, or that none is, without numbers."""
        if self.target is None:
            return self._nothing()
        return self._no_change() if not self.named or self._is_only_nearest else self._with_change("")

    def _with_change(self, has: str) -> str:
        """That what is named is enough, or perhaps, and, where it is said who *has* then signed, in how many worlds."""
        how = self._how() if len(self.named) == 1 or self._how() != ENOUGH else f"each of these is {ENOUGH}"
        ifs = ", or ".join(f"if {change.in_short}" for change in self.named)
        return f"{how}: {ifs}{f', {has} {self._after_and_before()}' if has else ''}"

    def _how(self) -> str:
        """Whether what is named is enough, or perhaps."""
        is_sure = self.turns and all(self._is_sure(change) for change in self.named)
        return ENOUGH if is_sure else f"{PERHAPS} {ENOUGH}"

    def _no_change(self, name: str = "") -> str:
        """That no change is shown to be enough, or even to move it; of the convenor, that it is that. *name*: what the
        stakeholder is called, by default by its name.
        """
        standing, name = self.standing, name or self.standing.name
        tried = self._tried()
        if standing.convenes and standing.question.keeps_out:
            own = "convenes this call" if standing.supposed else "launched this call itself"
            return f"{name} {own}, and no change {tried} is shown to keep it out"
        if not self.named:
            return f"nothing {tried} would have {self._goal(name, keep='kept', bring='brought')}"
        return f"no change {tried} is shown to {self._goal(name)}"

    def _tried(self) -> str:
        return "that the register can judge" if self._has_weaker() else "tried here"

    def _of_named(self) -> list[str]:
        """What else is to be said of the changes that are named."""
        standing, named = self.standing, self.named
        if not named:
            return [] if self.target is None else [f"No change {self._tried()} moves it more than luck does"]
        says, is_one = [], len(named) == 1
        if self._is_only_nearest:
            ifs = ", or ".join(f"if {change.in_short}" for change in named)
            hardly = "" if any(change.is_large_move for change in named) else ", which hardly moves it"
            near = "Nearest" if is_one else "These come nearest, too close to be told apart"
            says.append(f"{near}: {ifs}, it {standing.has} {self._after_and_before()}{hardly}")
        elif standing.missed and is_one:
            says.append(capital(self._with_change(f"it {standing.has}")))
        elif standing.missed:
            says.append(f"It {standing.has} {self._after_and_before()}")
        gives, of_weights = "", [change.of_weights for change in named if change.of_weights]
        if len(of_weights) == len(named):
            is_open = standing.is_undecided or standing.missed
            again = standing.missed and not standing.is_undecided
            gives = gives_of(of_weights, None if is_open else standing.of_weights, again)
            if is_one and (gain := named[0].gain_of_weights):
                gives += f"; the change {moves_each(gain)} ({EACH_ON_ITS_OWN})"
        elif is_one:
            gives = f"{self._luck()} gives {span_words(named[0].low, named[0].high)}"
        if gives:
            says = [f"{says[0]}; {gives}"] if says else [capital(gives)]
        if not is_one:
            return says if self._is_only_nearest else [*says, "Which of these is the smallest cannot be told"]
        return [*says, *filter(None, [capital(self._then(named[0].price))])]

    @property
    def _is_only_nearest(self) -> bool:
        """Whether what is named is not enough, not even perhaps."""
        return not self.turns and not (len(self.named) == 1 and self._is_beyond(self.named[0]))

    def _after_and_before(self) -> str:
        """In how many worlds it has signed with each change that is named, instead of how many."""
        after = " or ".join(dict.fromkeys(percent(change.share_after) for change in self.named))
        return f"in {after} of worlds instead of {percent(self.standing.share)}"

    @property
    def sentence(self) -> str:
        """The answer at length."""
        sought = f"do so in {self._worlds()}"
        if not self.named:
            return f"{self._none_of_these()} is shown to {sought}: none moves it more than luck does."
        whole = "; or ".join(change.what for change in self.named)
        if len(self.named) > 1:
            which = (
                "The smallest change that would" if self.turns
                else f"{self._none_of_these()} would {sought}, and which comes nearest"
            )  # fmt: skip
            return f"{which} cannot be told apart: {whole}."
        (change,) = self.named
        after, before = percent(change.share_after), percent(change.share_before)
        luck = f"({span_words(change.low, change.high)} by {self._luck()})"
        outcome = f"It has then signed in {after} of the worlds {luck} instead of {before}"
        if change.of_weights and self.standing.of_weights:
            then, now = span_words(*change.of_weights), span_words(*self.standing.of_weights)
            outcome += f"; under {OTHER_FITS}, {then} instead of {now}"
        outcome += self._price(change.price)
        if not self.turns:
            return f"{self._none_of_these()} is shown to {sought}. What comes nearest: {whole}. {outcome}."
        doubt = "" if self._is_sure(change) else " Whether that is enough cannot be told under these other fits."
        return f"The smallest change that would: {whole}. {outcome}.{doubt}"

    def _nothing(self) -> str:
        """The answer where nothing is sought."""
        standing, question = self.standing, self.standing.question
        if share_sought(question.aim, standing.share) is not None:
            return "What it decides is supposed, so nothing is sought."
        if standing.supposed:
            return self._of_supposed()
        if standing.missed:
            return f"Nothing more is sought: {self._already()} in nearly all worlds already."
        share = self._of_aim(standing.share)
        return f"Nothing is needed: {self._already()} in {share} of {self._all_worlds()} as it is."

    def _of_supposed(self) -> str:
        """What is supposed, what it yields beside the same without it, and whether it is enough; where its own choice
        is supposed, that, and how it stands without.
        """
        standing, without = self.standing, self.standing.without
        share = "" if without is None else percent(without.share)
        if standing.is_chosen:
            beside = f"; without that, it {standing.has} in {share} of {self._all_worlds()}" if without else ""
            return f"As supposed, {standing.supposed}{beside}"
        in_all = f"in {percent(standing.share)} of {self._all_worlds()}"
        words = f"Supposing {standing.supposed}: {standing.name} {standing.has} {in_all}"
        says = [] if without is None else [f"without that in {share}", self._verdict_on_supposed()]
        return f"{words}, {': '.join(filter(None, says))}" if says else words

    def _how_sure_supposed(self) -> str:
        """Over what the shares of what is supposed spread, and how far that moves it in the same worlds."""
        standing, (mine, other) = self.standing, self.standing.spans
        by = capital(OTHER_FITS if standing.is_beside_other_weights else self._luck())
        gives = "give" if standing.is_beside_other_weights else "gives"
        if other is None:
            return f"{by} {gives} {span_words(*mine)}"
        if standing.is_chosen:
            return f"Without that, {by[:1].lower()}{by[1:]} {gives} {span_words(*other)}"
        moves = f"; that {moves_each(gain)} ({EACH_ON_ITS_OWN})" if (gain := standing.gain_of_weights) else ""
        return f"{by} {gives} {span_words(*mine)}, without that {span_words(*other)}{moves}"

    def _verdict_on_supposed(self) -> str:
        """Whether what is supposed is enough by what would be sought without it, as `verdict` judges a change; empty
        where nothing would be sought.
        """
        standing, question = self.standing, self.standing.question
        sought = None if standing.without is None else share_sought(question.aim, standing.without.share)
        if sought is None:
            return ""
        span, _ = standing.spans
        holds = span.high < sought if question.keeps_out else span.low > sought
        is_beyond = standing.share < sought if question.keeps_out else standing.share > sought
        if not is_beyond or not standing.is_large_move:
            return HARDLY if not standing.is_large_move else NOT_ENOUGH
        if basis_of_signing(standing.trial.scenario) == EXTRAPOLATED:
            return f"whether that is enough {CANNOT_BE_JUDGED}"
        is_sure = holds and standing.is_told_apart
        return ENOUGH if is_sure else f"{PERHAPS} {ENOUGH}"

    @property
    def estimate(self) -> str:
        """What a few worlds say."""
        return estimate(self.standing, self.target is not None, self.named, self.changes, self.turns)

    @property
    def aside(self) -> str:
        """What the answer leaves out: that nothing in the text is shown to move it where what would leans on a weight
        that is not told from zero; what would turn the decision by such a weight alone, and by an extrapolation.
        """
        real = [change for change in self.changes if change.change]
        weak = [change for change in real if not change.told_from_zero]
        sentences = []
        if any(each.family == text.FAMILY for each in weak):
            sentences.append("Nothing in the text is shown to move it.")
        if turning := [each.in_short for each in weak if each.turns]:
            lean = "it leans on a weight" if len(turning) == 1 else "they lean on weights"
            sentences.append(f"Left out of the answer, as {lean} that may be zero: {'; '.join(turning)}.")
        far = [each for each in real if each.told_from_zero and not each.borne and each.turns]
        if far:
            them = "it" if len(far) == 1 else "them"
            words = "; ".join(each.in_short for each in far)
            sentences.append(f"Left out of the answer, as the register cannot judge {them}: {words}.")
        return " ".join(sentences)

    @property
    def enough(self) -> str:
        """How many worlds are sought, and why so many."""
        if self.target is None:
            return ""
        sought, here = percent(self.target.share), self.standing.as_it_is
        more = "fewer" if self.target.keeps_out else "more"
        clear = f"{sought} of the worlds, and at least {count(100 * LEAST_MOVE)} points {more}"
        does = "stays out" if self.target.keeps_out else "signs"
        if self._is_nearly_all_sought:
            return f"It {does} in most worlds {here}, so enough is {more} than {clear}: it then does in nearly all."
        return f"Enough is {more} than {clear} than {here}: it then {does} in most."

    @property
    def _is_nearly_all_sought(self) -> bool:
        """Whether it does what is sought in most worlds already, so that only nearly all are enough."""
        return self.target is not None and self.target.share != MOST

    @property
    def why_asked(self) -> str:
        """Why it is asked what would keep it out, or what would bring it in though it is in most worlds, where nobody
        asked for that.
        """
        if self.standing.question.keeps_out:
            return "The question is what would keep it out, as it has signed in most worlds by then."
        if self.standing.share > MOST:
            return "The question is what would bring it in, as in fact it was out by then."
        return ""

    def _goal(self, name: str, keep: str = "keep", bring: str = "bring") -> str:
        nearly_all = self._is_nearly_all_sought
        if self.standing.question.keeps_out:
            return f"{keep} {name} out{' of nearly all worlds' if nearly_all else ''}"
        return f"{bring} {name} in{'to nearly all worlds' if nearly_all else ''}"

    def _all_worlds(self) -> str:
        return worlds(self.standing.trial.replicates)

    def _worlds(self) -> str:
        return f"{'nearly all' if self._is_nearly_all_sought else 'most'} worlds"

    def _none_of_these(self) -> str:
        return f"None of these{' that the register can judge' if self._has_weaker() else ''}"

    def _has_weaker(self) -> bool:
        """Whether a change moves it that the register cannot judge."""
        return any(each.change and not each.is_offered and each.moves for each in self.changes)

    def _already(self) -> str:
        return "it stays out until then" if self.standing.question.keeps_out else "it signs by then"

    def _of_aim(self, share: float) -> str:
        return percent(1 - share if self.standing.question.keeps_out else share)

    def _is_beyond(self, change: Change) -> bool:
        """Whether the share with *change* is one that is sought, be it by luck, after a move that is none of luck."""
        is_beyond = self.target is not None and bool(self.target.has_shares(np.array(change.share_after)))
        return is_beyond and change.moves and change.is_large_move

    def _is_sure(self, change: Change) -> bool:
        """Whether *change* is enough under nearly all other weights too."""
        return self.target is None or is_enough_by_other_weights(self.target, change)

    def _luck(self) -> str:
        has_draws = self.standing.trial.scenario.draws
        return "other luck, each world with weights of its own" if has_draws else "other luck alone"

    def _price(self, words: str) -> str:
        return f"; {self._then(words)}" if words else ""

    def _then(self, price: str) -> str:
        return f"but then {price}" if price else ""
