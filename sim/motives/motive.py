"""What a motive of signing is: a value of the world, a weight per kind of stakeholder, and
words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sim.dials.dial import INSTRUMENTS, LOGITS, REGISTER, Fitted
from sim.kinds_and_statuses import KINDS

MOST = 20.0  # logits
OF_A_TEXT = (
    "openness",
    "public rule",
    "restraint",
    "burden",
    "convenor",
)  # what a motive may look at


@dataclass(frozen=True)
class Weight:
    """The weight of a motive with one kind of stakeholder, as it is declared.

    meaning  what it is the weight of, in words that follow "weight of"; `words` has the whole where
             that does not fit
    between  its bounds, in logits
    start    where the search for it begins
    scale    the size of a notable change
    label    its name as people read it; without one, that of the dial with spaces
    """

    meaning: str
    between: tuple[float, float] = (0.0, MOST)
    start: float = 0.1
    scale: float = 1.0
    words: str = ""
    label: str = ""

    @property
    def subject(self) -> str:
        """What it is the weight of, in words."""
        return self.words or self.meaning

    def dial(self, name: str, source: str) -> Fitted:
        """The dial called *name*; *source* says what its value is fitted to."""
        dial = Fitted(
            between=self.between,
            unit=LOGITS,
            source=source,
            meaning=self.words or f"weight of {self.meaning}",
        )
        dial.name, dial.group, dial.group_title = name, "Motives", "Weights of motives"
        dial.label = self.label or name.replace("_", " ")
        return dial


@dataclass(frozen=True)
class Motive:
    """A motive of signing: one term x of V = Σ β x.

    name     of the motive; its weights are called state_name, firm_name and ngo_name
    place    among all motives, in lists and in sums
    value    (population, codes, variables, dials, code, i, if_all_signed) -> x, compiled: the value
             for stakeholder *i* of *code*; with *if_all_signed*, if everybody had signed
    weights  kind -> the weight that it has with that kind
    formula  kinds and the value in words, as docs/odd.md shows them, a row each
    source   where the theory is from
    lenses   theories that admit it, beside "full", which admits all
    effect   (population, codes, variables, dials, code, i, j) -> what the signature of *j* adds to
             x, compiled; None where x does not depend on others' signatures. A stakeholder's x is
             the sum over all who have signed, and what it is if nobody has.
    of_text  the property of the text that it looks at, one of OF_A_TEXT; empty for none
    one_text whether it can be fitted to a single text; if not, it is fitted to many instruments,
             and a fit to the register leaves its weight at 0
    by_list  the kinds that heed the public list alone, where x depends on others' signatures; in
             the fits firms and NGOs move others through it alone
    """

    name: str
    place: int
    value: Callable[..., float]
    weights: Mapping[str, Weight]
    formula: Mapping[str, str]
    source: str = ""
    lenses: tuple[str, ...] = ()
    effect: Callable[..., float] | None = None
    of_text: str = ""
    one_text: bool = True
    by_list: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError for kinds, properties of a text or bounds that there are not."""
        for kind in (*self.weights, *self.by_list):
            if kind not in KINDS:
                raise ValueError(
                    f"motive {self.name}: there is no kind {kind!r}, expected some of"
                    f" {', '.join(KINDS)}"
                )
        if self.of_text not in ("", *OF_A_TEXT):
            raise ValueError(
                f"motive {self.name}: of_text is {self.of_text!r}, expected one of"
                f" {', '.join(OF_A_TEXT)}"
            )
        if any(
            low > 0 or high < 0
            for low, high in (weight.between for weight in self.weights.values())
        ):
            raise ValueError(
                f"motive {self.name}: bounds leave out 0, expected 0 within them: it means no"
                " weight"
            )
        if not self.one_text and "state" not in self.weights:
            raise ValueError(
                f"motive {self.name}: of instruments states alone are known, expected a weight for"
                " states"
            )

    def dials(self) -> dict[str, Fitted]:
        """Name -> dial, of its weights."""
        names = {kind: f"{kind}_{self.name}" for kind in KINDS if kind in self.weights}
        source = REGISTER if self.one_text else INSTRUMENTS
        return {name: self.weights[kind].dial(name, source) for kind, name in names.items()}
