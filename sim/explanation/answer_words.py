"""The answer to what would bring a stakeholder in, or keep it out, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.explanation import supposed_words
from sim.explanation.change import Change
from sim.explanation.conditions import if_and_who
from sim.explanation.decision import Target
from sim.explanation.footing import MIXED
from sim.explanation.miss import (
    IN_BRACKETS,
    OTHER_FITS,
    doubt,
    fact,
    miss_alone,
    miss_first,
    moves_each,
    share_with_range,
)
from sim.explanation.question import share_sought
from sim.explanation.sought_words import enough, goal, is_nearly_all, worlds_sought
from sim.explanation.standing import Standing
from sim.explanation.summary import capital, sentences, span_words
from sim.explanation.verdict import ENOUGH, PERHAPS, is_enough_by_other_weights, why_perhaps
from sim.explanation.weaker_words import at_most, is_left_open, left_out, only_weaker, strongest
from sim.number_formats import percent, worlds


@dataclass(frozen=True)
class Wording:
    """The words on *standing*, and on the changes *named* of all *changes* that would reach the
    *target*, where one is sought; *turns*: whether they are shown to.
    """

    standing: Standing
    target: Target | None = None
    named: tuple[Change, ...] = ()
    turns: bool = False
    changes: list[Change] | tuple[()] = ()

    @property
    def headline(self) -> str:
        """The answer, then the `caveat`, if any: sentences, the last without its full stop."""
        return f"{self.finding}{f'. {self.caveat}' if self.caveat else ''}"

    @property
    def caveat(self) -> str:
        """When it really joined, where that was later, and that evidence is mixed; after what is
        supposed, what that yields by the end, and what would go beyond it; else that only weaker
        evidence moves it, where so.
        """
        standing = self.standing
        if standing.supposed:
            beyond = self._beyond() if self._opens_with_supposed or self.alone else ""
            weaker = "" if self._opens_with_supposed else capital(self._weaker())
            by_end = supposed_words.by_the_end(standing) if self.alone else ""
            return ". ".join(
                filter(None, [by_end, supposed_words.fact_without(standing), beyond, weaker])
            )
        if self.opens_with_miss:
            return ""
        joined = standing.joined_later is not None and not standing.missed
        in_fact = f"In fact {fact(standing)}" if joined else capital(self._weaker())
        return ". ".join(filter(None, [in_fact, self._mixed()]))

    @property
    def alone(self) -> str:
        """What is supposed yields so much by itself, which opens the answer where that is no
        verdict on it.
        """
        is_told = self.target is None or self._opens_with_supposed or self.opens_with_miss
        return "" if is_told or not self.standing.supposed else supposed_words.alone(self.standing)

    @property
    def finding(self) -> str:
        """The answer to say aloud: that the model has it on the wrong side, where so; then the
        change, and in a sentence of its own what it yields, each share with its range over other
        weights; or in one that none is shown to be enough, or that nothing is sought.
        """
        miss = self._miss()
        before = percent(self.standing.share) if miss else self._before()
        answer = self._before_any_change() or capital(self._of_changes(before))
        return ". ".join(filter(None, [miss, answer]))

    @property
    def in_brief(self) -> str:
        """The finding as it stands over a figure that has the range of the share before: without
        that range, and said to be the model's.
        """
        of_changes = self._of_changes(percent(self.standing.share))
        finding = capital(of_changes) if self._tells_of_convenor else f"In the model, {of_changes}"
        return ". ".join(filter(None, [self._miss(), self._before_any_change() or finding]))

    def _miss(self) -> str:
        """That the model has it on the wrong side, where it does and the answer does not begin with
        that anyway.
        """
        is_told = self.opens_with_miss or not self.standing.missed
        return "" if is_told else miss_first(self.standing)

    def _before_any_change(self) -> str:
        """What is the answer without a word on changes: that nothing is sought, that the model
        misses it, or what is supposed; empty where changes are the answer.
        """
        if self.target is None:
            return self._nothing()
        if self.opens_with_miss:
            return miss_alone(self.standing)
        if self._opens_with_supposed:
            return supposed_words.finding(self.standing)
        return self.alone

    def _of_changes(self, before: str) -> str:
        """What is named would yield, not *before*, a share in words; or that nothing would be
        enough.
        """
        if self.names_what_turns:
            return self._would("it" if self._miss() else self.standing.name, before)
        return self._no_change()

    def _all_the_same(self) -> list[str]:
        """What the model would have of somebody whom it misses, which is no answer; nothing
        elsewhere.
        """
        if not self.opens_with_miss or not self.names_what_turns:
            return []
        return [f"{self.standing.name} {self.standing.signs} in {self._after()} if {self._ifs()}"]

    def _mixed(self) -> str:
        """That the evidence for what is named is mixed, and that its range and the one before
        overlap, where so.
        """
        if not self.names_what_turns or not any(
            change.footing.startswith(MIXED) for change in self.named
        ):
            return ""
        before, after = self.standing.of_weights, self.named[0].of_weights
        overlap = before and after and before.low < after.high and after.low < before.high
        return (
            "The evidence is"
            f" mixed{', and the two ranges overlap' if overlap and len(self.named) == 1 else ''}"
        )

    def _beyond(self) -> str:
        """What would do more than what is supposed, or that nothing is shown to."""
        if not self.names_what_turns:
            return f"Beyond that, {self._no_change('it')}"
        return f"Beyond that, {self._would('it', self._before())}"

    def _would(self, name: str, before: str) -> str:
        """In how many worlds it would sign with what is named, and that this is enough, or perhaps:
        if Kenya were approached, it would sign in 56 % of worlds, not 9 %: perhaps enough. *name*:
        what the stakeholder is called; *before*: in how many it signs without that.
        """
        conditions, who = if_and_who(self.named, name)
        yields = f"{who} would {self._sign} in {self._after()}, not {before}"
        is_plain = not is_nearly_all(self.target) and not self.standing.question.keeps_out
        what_for = "" if is_plain else f" to {goal(self.standing, self.target, 'it')}"
        return f"if {conditions}, {yields}: {self._how()}{what_for}"

    @property
    def _sign(self) -> str:
        return (
            self.standing.signs.removesuffix(" by then")
            .replace("signs", "sign")
            .replace("decides", "decide")
        )

    @property
    def names_what_turns(self) -> bool:
        """Whether the answer names a change that is enough, or perhaps."""
        return bool(self.named) and not self._is_only_nearest

    @property
    def _opens_with_supposed(self) -> bool:
        """Whether the verdict on what is supposed opens the answer, though more is sought."""
        return self.target is not None and supposed_words.comes_first(self.standing)

    @property
    def opens_with_miss(self) -> bool:
        """Whether the model has it on the wrong side, and either no other fit has it on the right
        one, or no change is shown to turn the decision: then no change is an answer.
        """
        standing = self.standing
        return (
            self.target is not None
            and standing.missed
            and not (standing.is_undecided and self.names_what_turns)
        )

    @property
    def told_of(self) -> tuple[Change, ...]:
        """The changes that the headline tells of, on which it rests: none where it tells of a
        miss.
        """
        return () if self.opens_with_miss else self.named

    @property
    def follows(self) -> str:
        """The `lines` in one paragraph."""
        return " ".join(f"{lead}: {words}" for lead, words in self.lines)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What the headline leaves out, each with its lead: what comes nearest where nothing is
        enough, how sure it is, the price, and how many worlds are asked.
        """
        standing = self.standing
        if self.target is None:
            return supposed_words.lines(standing) if standing.supposed else []
        price = self.named[0].price if len(self.named) == 1 else ""
        of_supposed = supposed_words.lines(standing) if self._opens_with_supposed else []
        sure, cost = (
            ("How sure beyond that", "The price beyond that")
            if of_supposed
            else ("How sure", "Its price")
        )
        is_told = bool(of_supposed) and not self.named
        lines = [
            *of_supposed,
            ("In the model only", sentences(*self._all_the_same())),
            (
                "Nearest" if len(self.named) < 2 else "Nearest, too close to be told apart",
                sentences(*self._nearest()),
            ),
            (sure, "" if is_told else sentences(*self._how_sure())),
            (cost, sentences(capital(price)) if price else ""),
            ("What is asked", enough(self.standing, self.target)),
        ]
        return [(lead, words) for lead, words in lines if words]

    def _nearest(self) -> list[str]:
        """What comes nearest, and what it yields, where nothing is enough; nothing elsewhere."""
        if not self.named or not self._is_only_nearest:
            return []
        hardly = (
            "" if any(change.is_large_move for change in self.named) else ", which hardly moves it"
        )
        return [f"if {self._ifs()}, it {self.standing.signs} in {self._after_and_before()}{hardly}"]

    @property
    def _example(self) -> Change | None:
        return None if self.named else strongest(self.standing, self.changes)

    def _weaker(self) -> str:
        """That only such changes move it as no answer may rest on, with the one that does most;
        else empty.
        """
        return "" if self._example is None else only_weaker(self._example, self.changes)

    def _how_sure(self) -> list[str]:
        """What the ranges of the answer hold, why it is only perhaps, and what the model cannot
        say.
        """
        standing, named = self.standing, self.named
        says = [self._ranges()] if named else self._unmoved()
        if len(named) > 1 and not self._is_only_nearest:
            says.append("Which of these is the smallest cannot be told")
        if self.target is not None and self._is_perhaps and not self.opens_with_miss:
            says.append(why_perhaps(self.target, named))
        is_told = self._opens_with_supposed or (self.opens_with_miss and not standing.is_undecided)
        if (standing.missed or standing.is_undecided) and not is_told:
            says.append(doubt(standing))
        return list(filter(None, says))

    def _unmoved(self) -> list[str]:
        """What other fits have of it before any change, where none is named, and what the brackets
        of the example hold.
        """
        of_weights, example = self.standing.of_weights, self._example
        if of_weights is None:
            return [f"No change {self._tried()} moves it more than luck does"]
        brackets = IN_BRACKETS if example is not None and example.of_weights is not None else ""
        if self.standing.is_in_all_fits:
            here = capital(self.standing.as_it_is)
            return [
                (
                    f"{here}, every other fit that the data allow gives"
                    f" {percent(self.standing.share)} too"
                ),
                brackets,
            ]
        return [
            f"{capital(OTHER_FITS)} give {span_words(*of_weights)} {self.standing.as_it_is}",
            brackets,
        ]

    def _ranges(self) -> str:
        """What the ranges beside the shares hold, and how far the one change that is named moves
        each fit; where no other weights were looked for, what luck gives.
        """
        if not self._is_beside_other_weights:
            if len(self.named) > 1:
                return ""
            by_luck = span_words(self.named[0].low, self.named[0].high)
            return f"{capital(supposed_words.luck(self.standing))} gives {by_luck}"
        return moves_each(
            "The change", self.named[0].gain_of_weights if len(self.named) == 1 else None
        )

    @property
    def _is_beside_other_weights(self) -> bool:
        """Whether other weights were looked for, under each change that is named."""
        return bool(self.named) and all(change.of_weights is not None for change in self.named)

    @property
    def _is_perhaps(self) -> bool:
        """Whether the answer names what is perhaps enough."""
        return bool(self.named) and not self._is_only_nearest and not self._is_enough

    def _ifs(self) -> str:
        return ", or if ".join(change.in_short for change in self.named)

    @property
    def _is_enough(self) -> bool:
        """Whether all that is named is enough under nearly all other weights."""
        return self.turns and all(self._is_sure(change) for change in self.named)

    def _how(self) -> str:
        """Whether what is named is enough, or perhaps, in its order: one may be the one and another
        the other.
        """
        sure = [self.turns and self._is_sure(change) for change in self.named]
        return " or ".join(
            dict.fromkeys(ENOUGH if each else f"{PERHAPS} {ENOUGH}" for each in sure)
        )

    def _no_change(self, name: str = "") -> str:
        """That nothing would be enough, and how far what was tried goes; of the convenor, that it
        is that. *name*: what the stakeholder is called, by default by its name.
        """
        standing, name = self.standing, name or self.standing.name
        none = (
            "nothing that the register can check" if is_left_open(self.changes) else "nothing tried"
        )
        if self._tells_of_convenor:
            own = "convenes this call" if standing.supposed else "launched the Call itself"
            return (
                f"{name} {own}, and in the model {none} would {goal(standing, self.target, 'it')}"
            )
        return (
            f"{none} would"
            f" {goal(standing, self.target, name)}{at_most(standing, self.target, self.changes)}"
        )

    @property
    def _tells_of_convenor(self) -> bool:
        """Whether the answer is that it convenes the call itself, which nothing would change."""
        return (
            self.standing.convenes
            and self.standing.question.keeps_out
            and not self.names_what_turns
        )

    def _tried(self) -> str:
        return "that the register can check" if self._has_weaker() else "tried here"

    @property
    def _is_only_nearest(self) -> bool:
        """Whether what is named is not enough, not even perhaps."""
        return not self.turns and not (
            self.named and all(self._is_beyond(each) for each in self.named)
        )

    def _after_and_before(self) -> str:
        """In how many worlds it has signed with each change that is named, instead of how many."""
        return f"{self._after()} instead of {self._before()}"

    def _before(self) -> str:
        """In how many worlds it has signed before any change."""
        of_weights = self.standing.of_weights if self._is_beside_other_weights else None
        return share_with_range(self.standing.share, of_weights, "")

    def _after(self) -> str:
        """In how many worlds it has signed with each change that is named, each with its range over
        other weights.
        """
        ends = dict.fromkeys((change.share_after, change.of_weights) for change in self.named)
        after = dict.fromkeys(
            share_with_range(*end, " of worlds" if k == 0 else "") for k, end in enumerate(ends)
        )
        return " or ".join(after)

    @property
    def sentence(self) -> str:
        """The answer at length."""
        sought = f"do so in {worlds_sought(self.target)}"
        if not self.named:
            return (
                f"{self._none_of_these()} is shown to {sought}: none moves it more than luck does."
            )
        whole = "; or ".join(change.what for change in self.named)
        if len(self.named) > 1:
            which = (
                "The smallest change that would" if self.turns
                else f"{self._none_of_these()} is shown to {sought}, and which comes nearest"
            )  # fmt: skip
            return f"{which} cannot be told apart: {whole}."
        (change,) = self.named
        after, before = percent(change.share_after), percent(change.share_before)
        luck = f"({span_words(change.low, change.high)} by {supposed_words.luck(self.standing)})"
        outcome = f"It has then signed in {after} of the worlds {luck} instead of {before}"
        if change.of_weights and self.standing.of_weights:
            then, now = span_words(*change.of_weights), span_words(*self.standing.of_weights)
            outcome += f"; under {OTHER_FITS}, {then} instead of {now}"
        outcome += self._price(change.price)
        if not self.turns:
            return (
                f"{self._none_of_these()} is shown to {sought}. What comes nearest: {whole}."
                f" {outcome}."
            )
        doubt = (
            ""
            if self._is_sure(change)
            else " Whether that is enough cannot be told under these other fits."
        )
        return f"The smallest change that would: {whole}. {outcome}.{doubt}"

    def _nothing(self) -> str:
        """The answer where nothing is sought."""
        standing, question = self.standing, self.standing.question
        if share_sought(question.aim, standing.share) is not None:
            return "What it decides is supposed, so nothing is sought"
        if standing.supposed:
            return supposed_words.finding(standing)
        if standing.missed:
            return f"Nothing more is sought: {self._already()} in nearly all worlds already"
        share = self._of_aim(standing.share)
        return f"Nothing is needed: {self._already()} in {share} of {self._all_worlds()} as it is"

    @property
    def aside(self) -> str:
        """What the answer leaves out, and why, where the headline does not say it already."""
        return left_out(self.standing, self.changes, self._example)

    def _all_worlds(self) -> str:
        return worlds(self.standing.trial.replicates)

    def _none_of_these(self) -> str:
        return f"None of these{' that the register can check' if self._has_weaker() else ''}"

    def _has_weaker(self) -> bool:
        """Whether a change moves it that the register cannot check."""
        return any(each.change and not each.is_offered and each.moves for each in self.changes)

    def _already(self) -> str:
        return "it stays out until then" if self.standing.question.keeps_out else "it signs by then"

    def _of_aim(self, share: float) -> str:
        return percent(1 - share if self.standing.question.keeps_out else share)

    def _is_beyond(self, change: Change) -> bool:
        """Whether the share with *change* is one that is sought, be it by luck, after a move that
        is none of luck.
        """
        is_beyond = self.target is not None and bool(
            self.target.has_shares(np.array(change.share_after))
        )
        return is_beyond and change.moves and change.is_large_move

    def _is_sure(self, change: Change) -> bool:
        """Whether *change* is enough under nearly all other weights too."""
        return self.target is None or is_enough_by_other_weights(self.target, change)

    def _price(self, words: str) -> str:
        return f"; {self._then(words)}" if words else ""

    def _then(self, price: str) -> str:
        return f"but then {price}" if price else ""
