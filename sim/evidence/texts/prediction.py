"""Which states would join a text, from its description: the common weights put to a draft.

- *Which.* V is the sum of the motives under the common weights. Where the draft is one of the
  instruments that these were fitted to, they are fitted again without its family.
- *How many* is not foretold by a description. A chance is the mean over inclinations and attention
  of instruments of this kind: the mean of the kind, and its spread as instruments are found to lie
  about it (docs/decisions.md). Or the number is given, and chances sum up to it.
- *Intervals* are over worlds: each has one of the draws of the common weights, another coding of
  the draft, and one of the numbers that join. A number is the same under all weights and codings:
  these say who joins, not how many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import dist
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm, rankdata

from sim import facts
from sim.arguments import SEED, check_seed, check_shipped_facts, scenario_with_changes
from sim.code_of_conduct import Code
from sim.evidence import scores
from sim.evidence.instruments import JOINED, NOT_ASKED, Instrument
from sim.evidence.motive_values import Floats
from sim.evidence.record import EXPECTED, RECORD
from sim.evidence.report.rendering import texts
from sim.evidence.texts.backtest import BETWEEN, CAMPS, MOVED_BY, OURS, camp, recoded
from sim.evidence.texts.data import MOTIVES, Rows, families, read_rows
from sim.evidence.texts.draft import draft, features_of_base, twin
from sim.evidence.texts.fit import (
    CommonFit,
    chances,
    fit_common,
    shares_of_number,
    spread_of_instruments,
    spreads_of_number,
    values_of,
)
from sim.evidence.texts.weights import FULL, scored_rows
from sim.evidence.transfer import DATA_OF, check_only_the_code_differs
from sim.experiments.simulate import check_text
from sim.motives import MOTIVES as DECLARED
from sim.parameters import DIALS
from sim.reading import check_whole, json_object
from sim.results.manifest import manifest
from sim.scenario import Scenario, load
from sim.scenario.draws import COMMON, draws_beside, read_draws
from sim.scenario.files import DEFAULT
from sim.scenario.text_weights import features_of, read_common
from sim.scenario.weights import shipped_weights
from sim.writing import records

NUMBERS = 20  # of states that join, in each draw: equally likely
NEAREST = 5
BASIS = "fitted to other instruments"
NOTE = "from common weights of motives, fitted to other instruments; no forecast of how many join"
INTERVAL = (
    "from the 5th to the 95th percentile of worlds, each with other weights, another coding of the"
    " text, and, where no number is given, another number that joins"
)


def predict(
    scenario: str | Path | Scenario,
    *,
    kind: str | None = None,
    joined: int | None = None,
    among: str | None = None,
    seed: int = SEED,
    set: Mapping[str, Any] | None = None,
    choices: Mapping[str, Any] | None = None,
) -> Prediction:
    """Say which states would join the text of *scenario*, a name or the path of a file, as in
    `parley.run`. Some seconds.

    *kind* is declaration, coalition, treaty or vote (None: as the table [instrument] of its file
    says, else a declaration); *joined* how many states join, from 1 to one less than are asked
    (None: not known); *among* a membership in states.csv whose members alone are asked, all of them
    in the room. *set* may change the text, as in `text_openness`, and *choices* take options of the
    scenario. *seed* is of the codings of the text.

    InputError, in one sentence, for whatever does not fit, and where the scenario differs from the
    Paris Call in more than its text: events and other dials play no part here.
    """
    seed = check_seed(seed)
    loaded = scenario_with_changes(scenario, set, (), choices, None)
    check_text(loaded)
    check_shipped_facts(loaded, "predict")
    check_only_the_code_differs(loaded, "a prediction")
    text = draft(loaded, kind, among)
    if joined is not None:
        joined = check_whole(joined, 1, text.at_risk - 1, "joined")
    same = twin(text, _instruments())
    fitted, fit = _fit("" if same is None else same.instrument.family)
    return Prediction(loaded, text, joined, among, seed, same, fitted, fit)


@dataclass(frozen=True, eq=False)
class Prediction:
    """Who would join a text: `states` ranks them, `number` says how many might, `contributions`
    why.

    text    the draft; of an instrument whose text was not changed, with the answers of its states
    joined  how many join, where that was given
    same    the instrument among those fitted that is this very text; its family is not in the `fit`
    fitted  the instruments that the fit saw
    """

    scenario: Scenario
    text: Instrument
    joined: int | None
    among: str | None
    seed: int
    same: Rows | None = field(repr=False)
    fitted: tuple[Rows, ...] = field(repr=False)
    fit: CommonFit = field(repr=False)

    interval = INTERVAL
    basis = BASIS

    def __repr__(self) -> str:
        number = "" if self.joined is None else f", joined={self.joined}"
        return (
            f"Prediction({self.scenario.name}, {self.text.kind}, {self.text.at_risk}"
            f" states{number}, seed={self.seed})"
        )

    @cached_property
    def states(self) -> pd.DataFrame:
        """A row for each state that is asked, the likeliest first: `rank`, `rank_low`, `rank_high`,
        `iso3`, `name`, `chance` (to join, 0 to 1), `low`, `high`, and `joined`: whether it did,
        None where that is not known.
        """
        chance = self.chances.to_numpy()
        worlds = self._worlds(self._by_number.sum(axis=1))
        ranks = rankdata(-worlds, method="min", axis=-1)
        order = np.lexsort((-values_of(self._rows, self.fit.weights), -chance))
        ends = (scores.LOW, scores.HIGH)
        low, high = np.percentile(worlds, ends, axis=(0, 1))
        rank_low, rank_high = np.percentile(ranks, ends, axis=(0, 1), method="nearest").astype(int)
        names = facts.state_names()
        joined = self._rows.joined.astype(bool) if self.has_answers else [None] * len(order)
        table = pd.DataFrame(
            {
                "rank_low": rank_low,
                "rank_high": rank_high,
                "iso3": self.chances.index,
                "name": [names[iso3] for iso3 in self.chances.index],
                "chance": chance,
                "low": low,
                "high": high,
                "joined": joined,
            }
        ).iloc[order]
        table.insert(0, "rank", np.arange(1, len(order) + 1))
        return table.reset_index(drop=True)

    @cached_property
    def chances(self) -> pd.Series[float]:
        """iso3 -> the chance to join, 0 to 1, by iso3."""
        names = list(facts.state_names())
        iso3 = pd.Index([names[place] for place in self._rows.places], name="iso3")
        return pd.Series(self._by_number.mean(axis=0), index=iso3, name="chance")

    @cached_property
    def number(self) -> dict[str, float]:
        """How many join, in expectation: `low`, `median` and `high`, the 5th, 50th and 95th
        percentile of instruments of this kind; all the same where it was given.
        """
        if self.joined is not None:
            return dict.fromkeys(("low", "median", "high"), float(self.joined))
        value, spread = values_of(self._rows, self.fit.weights), self._spread
        quantiles = {"low": scores.LOW, "median": 50, "high": scores.HIGH}
        return {
            name: float(
                chances(self._rows, self.fit, value, spread * norm.ppf(percent / 100)).sum()
            )
            for name, percent in quantiles.items()
        }

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """iso3 -> what each motive adds to the value of joining, in logits; as many rows as states
        are asked.
        """
        parts = self._rows.values * self.fit.weights
        return pd.DataFrame(parts, index=self.chances.index, columns=list(MOTIVES))

    @property
    def has_answers(self) -> bool:
        """Whether it is known who joined."""
        return bool((self.text.answers == JOINED).any())

    @cached_property
    def auc(self) -> float | None:
        """The share of pairs, one that joined and one that did not, that are ranked rightly; None
        where it is not known who joined. Of chances that sum up to the number that joined, as in
        `parley backtest --instruments`.
        """
        return (
            scores.auc(self._rows.joined, shares_of_number(self._rows, self.fit))
            if self.has_answers
            else None
        )

    @cached_property
    def nearest(self) -> list[dict[str, Any]]:
        """The instruments fitted whose texts are nearest: `name`, `title`, `kind`, `camp`,
        `convenor`, `distance`, and how well each was told when its family was left out, on the
        shipped record: `auc`, `joined`, `n`.
        """
        record = _record()["instruments"]
        return [
            _neighbour(away, each, record)
            for away, each in by_distance(self.text, self.fitted)[:NEAREST]
        ]

    @cached_property
    def is_extrapolated(self) -> bool:
        """Whether the text is farther from all instruments fitted than any of these is from those
        of other families.
        """
        return bool(self.nearest[0]["distance"] > widest_gap(self.fitted))

    @property
    def camp(self) -> str:
        """Whose text it is: `open`, `between` or `closed`."""
        return camp(self.scenario.code)

    @property
    def limits(self) -> dict[str, str]:
        """What it cannot say: a topic in some words -> a sentence."""
        return limits(self.scenario.code, [each.instrument for each in self.fitted])

    def as_json(self) -> dict[str, Any]:
        """All of it, as `parley predict --json` writes it."""
        code, twin_of = self.scenario.code, self.same
        as_there = (
            features_of_base(code, load(DEFAULT).code) if DEFAULT in self.scenario.base else []
        )
        return {
            "title": self.scenario.title,
            "text": {
                "name": code.name,
                "launch": code.launch.isoformat(),
                "convenor": code.convenor,
                "convenor_club": code.convenor_club,
                "kind": self.text.kind,
                "camp": self.camp,
                "as_in_base": as_there,
            },
            "features": features_of(code)._asdict(),
            "n": self.text.at_risk,
            "number": self.number,
            "states": records(self.states),
            "contributions": dict(
                zip(self.chances.index, self.contributions.to_numpy().tolist(), strict=True)
            ),
            "weights": self._weights_in_words(),
            "fitted": {"instruments": len(self.fitted), "families": len(families(self.fitted))},
            "same": (
                None
                if twin_of is None
                else {
                    "name": twin_of.name,
                    "title": twin_of.instrument.scenario.title,
                    "family": twin_of.instrument.family,
                }
            ),
            "answers": None if self.auc is None else {"joined": self.text.joined, "auc": self.auc},
            "nearest": self.nearest,
            "widest_gap": widest_gap(self.fitted),
            "is_extrapolated": self.is_extrapolated,
            "of_this_kind_and_camp": sum(
                (each.instrument.kind, camp(each.instrument.scenario.code))
                == (self.text.kind, self.camp)
                for each in self.fitted
            ),
            "means": _record()["means"][OURS],
            "cannot_say": self.limits,
            "interval": self.interval,
            "basis": self.basis,
            "asked": {
                "command": "predict",
                "kind": self.text.kind,
                "joined": self.joined,
                "among": self.among,
            },
            "manifest": self.manifest,
        }

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All that it takes to repeat it, as JSON knows it."""
        whole = manifest(self.scenario, len(self._draws), self.seed)
        parts = {key: whole[key] for key in ("parley", "scenario", "chosen", "seed", "made_with")}
        return {
            **parts,
            "draws": len(self._draws),
            "data_sha256": facts.data_sha256(),
            "weights": _sha256(),
            "note": NOTE,
        }

    @cached_property
    def _rows(self) -> Rows:
        return read_rows(self.text)

    @cached_property
    def _spread(self) -> float:
        return spread_of_instruments(self.fitted, self.fit)

    @cached_property
    def _spreads(self) -> Floats:
        """[numbers] the spreads of inclination and attention, one for each number that joins."""
        if self.joined is not None:
            value = values_of(self._rows, self.fit.weights)
            return np.array([spreads_of_number(self._rows, self.fit, value, self.joined)])
        return np.asarray(self._spread * norm.ppf((np.arange(NUMBERS) + 0.5) / NUMBERS))

    @cached_property
    def _by_number(self) -> Floats:
        """[numbers, n] the chances under the weights of the `fit` and the text as it is coded."""
        value = values_of(self._rows, self.fit.weights)
        return np.stack(
            [chances(self._rows, self.fit, value, spreads) for spreads in self._spreads]
        )

    @cached_property
    def _draws(self) -> Floats:
        """[draws, motives] weights that the instruments leave possible: the draws on file lie about
        the weights on file; here they lie about those of the `fit`, within the bounds.
        """
        path = shipped_weights(FULL.name)
        on_file, columns = read_common(path), read_draws(draws_beside(path))
        columns_about_fit = [
            np.clip(
                np.array(columns[f"{COMMON}state_{motive}"]) - on_file[f"state_{motive}"] + weight,
                *DECLARED[motive].weights["state"].between,
            )
            for motive, weight in zip(MOTIVES, self.fit.weights, strict=True)
        ]
        return np.stack(columns_about_fit, axis=1)

    def _worlds(self, numbers: Floats) -> Floats:
        """[draws, numbers, n] the chances under each of the `_draws`, with a coding of its own, for
        each of *numbers* that join in expectation.
        """
        worlds = np.empty((len(self._draws), len(numbers), len(self._rows.places)))
        for k, weights in enumerate(self._draws):
            rng = np.random.default_rng([self.seed, 3, k])
            value = read_rows(self.text, recoded(self.text, rng)).values @ weights
            for j, number in enumerate(numbers):
                spreads = spreads_of_number(self._rows, self.fit, value, float(number))
                worlds[k, j] = chances(self._rows, self.fit, value, spreads)
        return worlds

    def _weights_in_words(self) -> list[dict[str, Any]]:
        low, high = np.percentile(self._draws, (scores.LOW, scores.HIGH), axis=0).tolist()
        dials = [DIALS[f"state_{motive}"] for motive in MOTIVES]
        return [
            {
                "motive": motive,
                "meaning": dial.meaning.removeprefix("weight of "),
                "weight": float(weight),
                "low": low[m],
                "high": high[m],
            }
            for m, (motive, dial, weight) in enumerate(
                zip(MOTIVES, dials, self.fit.weights, strict=True)
            )
        ]


@cache
def _instruments() -> tuple[Rows, ...]:
    """The rows of all instruments that are fitted."""
    return tuple(scored_rows())


@cache
def _fit(without: str) -> tuple[tuple[Rows, ...], CommonFit]:
    """The instruments that are not of the family *without*, and the fit to them."""
    fitted = tuple(each for each in _instruments() if each.instrument.family != without)
    return fitted, fit_common(fitted)


@cache
def _record() -> Mapping[str, Any]:
    """The part of the shipped record on instruments."""
    return dict(json_object(RECORD, facts.label_of(RECORD), EXPECTED)["instruments"])


def distance(first: Code, second: Code) -> float:
    """The distance of two texts in openness, public rule, restraint and burden (Euclid's)."""
    return round(dist(features_of(first), features_of(second)), 6)


def by_distance(text: Instrument, others: Sequence[Rows]) -> list[tuple[float, Rows]]:
    """All *others* with their distance from *text*, from 0 to 2, the nearest first; of those
    equally far, the ones of its kind first.
    """
    code = text.scenario.code
    pairs = [(distance(code, each.instrument.scenario.code), each) for each in others]
    return sorted(
        pairs, key=lambda pair: (pair[0], pair[1].instrument.kind != text.kind, pair[1].name)
    )


def widest_gap(rows: Sequence[Rows]) -> float:
    """How far the instrument that is farthest from all others lies from the nearest of another
    family.
    """
    texts_of_families = [(each.instrument.scenario.code, each.instrument.family) for each in rows]
    return max(
        min(distance(code, other) for other, of in texts_of_families if of != family)
        for code, family in texts_of_families
    )


def _neighbour(away: float, rows: Rows, record: Mapping[str, Any]) -> dict[str, Any]:
    text, names = rows.instrument, facts.state_names()
    code, on_record = text.scenario.code, record.get(text.name, {})
    return {
        "name": f"instruments/{text.name}",
        "title": text.scenario.title,
        "kind": text.kind,
        "camp": camp(code),
        "convenor": code.convenor and names[code.convenor],
        "distance": away,
        "auc": on_record.get("auc"),
        "joined": text.joined,
        "n": text.at_risk,
    }


def limits(code: Code, fitted: Sequence[Instrument]) -> dict[str, str]:
    """A topic in some words -> a sentence, on what a prediction of who joins *code* cannot say, by
    a fit to the instruments *fitted*.
    """
    shares = [each.joined / each.at_risk for each in fitted]
    closed = [each.scenario.code for each in fitted if camp(each.scenario.code) == CAMPS[-1]]
    convenors = [each.convenor for each in closed if each.convenor is not None]
    most = max(convenors, key=convenors.count)
    words = texts(
        "limits",
        code=code,
        least=min(shares),
        most=max(shares),
        answers=[answer for each in fitted if (answer := _answer_of_convenor(each)) is not None],
        closed=len(closed),
        convened=convenors.count(most),
        convenor=facts.state_names()[most],
        STATE_LED=BETWEEN[0],
        MOVED_BY=MOVED_BY,
        DATA_OF=DATA_OF,
    )
    return {topic: sentence for topic, (sentence,) in words.items()}


def _answer_of_convenor(text: Instrument) -> bool | None:
    """Whether the convenor joined; None where it was not asked, or where there is none."""
    convenor = text.scenario.code.convenor
    if convenor is None:
        return None
    answer = text.answers[list(facts.state_names()).index(convenor)]
    return None if answer == NOT_ASKED else bool(answer == JOINED)


def _sha256() -> str:
    """The hash of the file of common weights and of its draws."""
    path = shipped_weights(FULL.name)
    files = (path, draws_beside(path))
    return hashlib.sha256(
        b"".join(file.read_bytes().replace(b"\r\n", b"\n") for file in files)
    ).hexdigest()
