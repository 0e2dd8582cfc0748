"""The backtest: Parley's predictions of states and dates left out of the fit, beside models without
a simulator; and a negative control.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.arguments import SEED, check_seed, check_workers
from sim.evidence import later_dates, scores
from sim.evidence.baselines import baselines, read_features
from sim.evidence.calibrate import CONTAGION
from sim.evidence.checkpoints import Checkpoints, Work
from sim.evidence.comparisons import SCORE_WORDS, Comparison, comparisons
from sim.evidence.curves import forecasts
from sim.evidence.later_dates import (
    TimeSplit,
    time_split,
    under_fitted_weights,
    under_redrawn_weights,
)
from sim.evidence.motive_values import Floats
from sim.evidence.predict import (
    WORLDS,
    Question,
    parts_left_out,
    shares_of_left_out,
    splits,
    without_club,
)
from sim.evidence.register import StateDates, register
from sim.evidence.report.rendering import texts
from sim.evidence.states import expected_signatures, fit_states, state_evidence
from sim.extras import extra
from sim.lenses import LENSES, Lens
from sim.population import KINDS, STRICT, STRUCTURAL, Measures, build
from sim.results.manifest import manifest
from sim.scenario import Scenario, load
from sim.scenario.calendar import end_of_round
from sim.scenario.files import DEFAULT
from sim.threads import Progress

SHUFFLES, FIFTHS = 20, 5
PLAUSIBLE = (0.40, 0.60)  # of the mean AUC where nothing is to be found
WITHOUT_BLOC = {"bloc_votes": 0.0}


def auc_of_a_shuffle(question: Question, number: int) -> float:
    """The AUC on states left out, after the signatures were permuted at random; *number* seeds the
    permutation.
    """
    scenario = question.scenario.with_changes(set=WITHOUT_BLOC)
    dates = question.register.states
    deal = np.random.default_rng([question.seed, number]).permutation(len(dates.by))
    observed = replace(question.register, states=StateDates(dates.after[deal], dates.by[deal]))
    everybody = state_evidence(scenario, observed, None, question.measures)
    share = np.zeros(len(deal))
    weights = None
    for left_out in parts_left_out(len(deal), question.seed, FIFTHS).values():
        evidence = state_evidence(scenario, observed, ~left_out, question.measures)
        weights = fit_states(evidence, question.lens, start=weights).best.weights
        path = expected_signatures(everybody, weights)
        share[left_out] = path[
            left_out, question.register.last_signature - int(everybody.rounds[0])
        ]
    score = scores.auc(observed.signed, share)
    assert score is not None
    return score


INFORMATION: Mapping[str, Measures] = {"strict": STRICT, "structural": STRUCTURAL}
HEADLINE = "strict"


def verdict_of_control(shuffles: Sequence[float]) -> str:
    """Whether the AUC of the shuffles are plausible, in words."""
    low, high = PLAUSIBLE
    mean, number = float(np.mean(shuffles)), len(shuffles)
    words = texts("verdicts", mean=mean, shuffles=number, low=low, high=high)
    return words["control"][0]


def verdicts(every: Iterable[Comparison]) -> list[str]:
    """A sentence for each comparison: whether Parley does better, as well or worse, and how
    clearly.
    """
    values = {"comparisons": every, "SCORES": SCORE_WORDS, "TRIVIAL": scores.TRIVIAL}
    return texts("verdicts", **values)["models"]


@dataclass(frozen=True)
class Backtest:
    """The results of the backtest. `content` is all of them, as `parley backtest --json` writes
    them (docs/json.md).
    """

    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The `content`."""
        return self.content


def backtest(
    seed: int = SEED, workers: int | None = None, progress: Progress | None = None
) -> Backtest:
    """Leave out states, and later dates, and score the predictions of them. Some minutes on two
    processors.

    After an interruption it goes on where it was. *progress* is called with the parts done and all
    parts.
    """
    with extra("analysis", "backtest"):  # here and not after minutes of work
        import sklearn  # noqa: F401
    seed, workers = check_seed(seed), check_workers(workers)
    scenario = load(DEFAULT).without_hindsight()
    run = _Backtest(scenario, seed)
    checkpoints = Checkpoints(f"backtest-{scenario.sha256[:16]}-{seed}", __name__)
    first = run.first_work()
    later = len(later_dates.DAYS) * (later_dates.BATCHES + later_dates.DRAWS)
    total = len(first) + later
    results = checkpoints.all_of(first, workers, progress, total=total)
    second = run.second_work(results)
    results |= checkpoints.all_of(second, workers, progress, len(first), total)
    content = run.content(results)
    checkpoints.forget()
    return Backtest(content)


class _Backtest:
    """The parts of the work, by name, and the record composed of their results."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.lens = LENSES[scenario.lens]
        self.register = register(scenario)
        self.regions = facts.states()["region"].to_numpy(np.str_)
        self.splits = splits(self.regions, seed)
        self.days = {
            f"{day}": time_split(scenario, day, self.lens, STRICT, seed) for day in later_dates.DAYS
        }

    def question(self, information: str, lens: Lens | None = None) -> Question:
        """The question to predict, with the facts that *information* allows."""
        return Question(
            self.scenario, self.register, lens or self.lens, INFORMATION[information], self.seed
        )

    def first_work(self) -> dict[str, Work]:
        """Every fold of every split, the baselines on them, the fits for later dates, and the
        shuffles.
        """
        work: dict[str, Work] = {}
        beside: dict[str, Work] = {}
        for information in INFORMATION:
            question = self.question(information)
            for split, folds in self.splits.items():
                for fold, left_out in folds.items():
                    work[f"{information}.{split}.{fold}"] = partial(
                        shares_of_left_out, question, left_out
                    )
                beside[f"{information}.{split}.baselines"] = partial(
                    self.baselines, question.measures, split
                )
        silent = self.question(HEADLINE, replace(self.lens, motives=self.lens.motives - CONTAGION))
        clubless, headline = without_club(self.question(HEADLINE)), scores.HEADLINE_SPLIT
        for fold, left_out in self.splits[headline].items():
            work[f"silent.{headline}.{fold}"] = partial(shares_of_left_out, silent, left_out)
            work[f"clubless.{headline}.{fold}"] = partial(shares_of_left_out, clubless, left_out)
        beside[f"clubless.{headline}.baselines"] = partial(
            self.baselines, clubless.measures, headline
        )
        for day, time in self.days.items():
            work[f"fitted.{day}"] = partial(later_dates.fit_of_day, time)
        for number in range(SHUFFLES):
            work[f"shuffle.{number:02d}"] = partial(
                auc_of_a_shuffle, self.question(HEADLINE), number
            )
        # may have to compile the model, while the baselines, which need none, go on beside it
        first = next(iter(work))
        return {first: work.pop(first)} | beside | work

    def second_work(self, results: Mapping[str, Any]) -> dict[str, Work]:
        """The worlds that begin with the register of a day, under the weights fitted on that day
        and under redrawn ones.
        """
        work: dict[str, Work] = {}
        for day, time in self.days.items():
            fit = results[f"fitted.{day}"]
            fitted = later_dates.at_gradient(time, fit["gradient"])
            for batch in range(later_dates.BATCHES):
                work[f"worlds-{batch:02d}.{day}"] = partial(
                    under_fitted_weights, fitted, fit["weights"], batch
                )
            for draw, (redrawn, weights) in enumerate(later_dates.bootstrap_draws(time, fit)):
                work[f"draw-{draw:03d}.{day}"] = partial(
                    under_redrawn_weights, redrawn, weights, draw
                )
        return work

    def baselines(self, measures: Measures, split: str) -> dict[str, list[float]]:
        """Baseline -> its shares [193] of states left out, by the facts of *measures*."""
        features = read_features(self.scenario, measures)
        signed = self.register.signed
        shares = {}
        for name, baseline in baselines(features).items():
            share = np.zeros(len(signed))
            for left_out in self.splits[split].values():
                share[left_out] = baseline(signed, ~left_out)[left_out]
            shares[name] = share.tolist()
        return shares

    def shares(self, results: Mapping[str, Any], source: str, split: str) -> Floats:
        """[193] the shares of states left out, put together from the folds of *source*."""
        share = np.zeros(len(self.regions))
        for fold, left_out in self.splits[split].items():
            share[left_out] = results[f"{source}.{split}.{fold}"]["share"]
        return share

    def of_baselines(
        self, results: Mapping[str, Any], source: str, split: str
    ) -> dict[str, Floats]:
        """Baseline -> its shares [193] of states left out, by the facts of *source*."""
        return {
            name: np.array(share) for name, share in results[f"{source}.{split}.baselines"].items()
        }

    def robustness(self, results: Mapping[str, Any]) -> dict[str, Any]:
        """Variant of the headline -> its `scores` over so many `states`, and `differences`: all
        models without the convenor's club, all with it on the states outside the Union, and both at
        once.
        """
        features, split = read_features(self.scenario), scores.HEADLINE_SPLIT
        everybody, outside = np.ones_like(features.union), ~features.union

        def variant(source: str, who: NDArray[np.bool_]) -> dict[str, Any]:
            shares = {
                scores.OURS: self.shares(results, source, split),
                **self.of_baselines(results, source, split),
            }
            signed, among = (
                self.register.signed[who],
                {model: share[who] for model, share in shares.items()},
            )
            return {
                "states": int(who.sum()),
                "scores": scores.scored(signed, among, WORLDS),
                "differences": scores.differences(
                    signed, among, WORLDS, features.groups[who], self.seed
                ),
            }

        return {
            "without_club": variant("clubless", everybody),
            "outside_union": variant(HEADLINE, outside),
            "without_club_outside_union": variant("clubless", outside),
        }

    def content(self, results: Mapping[str, Any]) -> dict[str, Any]:
        """The whole record."""
        by_information = {
            information: self.scores_by_split(results, information) for information in INFORMATION
        }
        headline = by_information.pop(HEADLINE)
        by_split = {split: headline[split]["scores"] for split in self.splits}
        differences = {split: headline[split]["differences"] for split in self.splits}
        shuffles = [results[f"shuffle.{number:02d}"] for number in range(SHUFFLES)]
        shares = self.shares(results, HEADLINE, scores.HEADLINE_SPLIT)
        return {
            **by_split,
            "differences": differences,
            "against_perfection": {
                split: headline[split]["against_perfection"] for split in self.splits
            },
            "ridges": {split: headline[split]["ridges"] for split in self.splits},
            "robustness": self.robustness(results),
            "structural": {
                split: of_split["scores"]
                for split, of_split in by_information["structural"].items()
            },
            "time_split": {day: self.later(results, day) for day in self.days},
            "negative_control": {
                "auc": shuffles,
                "mean_auc": float(np.mean(shuffles)),
                "verdict": verdict_of_control(shuffles),
            },
            "verdicts": verdicts(comparisons({**by_split, "differences": differences})),
            "states": [
                {"iso3": iso3, "signed": int(signed), "share": float(share)}
                for iso3, signed, share in zip(
                    facts.state_names(), self.register.signed, shares, strict=True
                )
            ],
            "manifest": manifest(self.scenario, WORLDS, self.seed, False, None),
        }

    def scores_by_split(self, results: Mapping[str, Any], information: str) -> dict[str, Any]:
        """Split -> scores, differences, calibration and the penalties chosen, under
        *information*.
        """
        signed = self.register.signed
        features = read_features(self.scenario, INFORMATION[information])
        by_split = {}
        for split, folds in self.splits.items():
            shares = {scores.OURS: self.shares(results, information, split)}
            if (information, split) == (HEADLINE, scores.HEADLINE_SPLIT):
                shares[scores.WITHOUT_CONTAGION] = self.shares(results, "silent", split)
                shares[scores.WITHOUT_CLUB] = self.shares(results, "clubless", split)
            shares |= self.of_baselines(results, information, split)
            by_model = scores.scored(signed, shares, WORLDS)
            gaps = scores.differences(signed, shares, WORLDS, features.groups, self.seed)
            by_split[split] = {
                "scores": by_model,
                "differences": gaps,
                "against_perfection": scores.against_perfection(
                    signed, shares[scores.OURS], WORLDS, features.union, self.seed
                ),
                "ridges": {
                    fold: results[f"{information}.{split}.{fold}"]["ridge"] for fold in folds
                },
            }
        return by_split

    def later(self, results: Mapping[str, Any], day: str) -> dict[str, Any]:
        """The forecast of that *day*, beside curves fitted to totals alone."""
        time, fit = self.days[day], results[f"fitted.{day}"]
        narrow, wide = (
            [
                result
                for part, result in results.items()
                if part.startswith(f"{name}-") and part.endswith(f".{day}")
            ]
            for name in ("worlds", "draw")
        )
        probable = later_dates.probabilities(fit["of_gradients"])
        return {
            **later_dates.forecast(time, narrow, wide),
            "ridge": fit["ridge"],
            "gradient": fit["gradient"],
            "gradients": [
                {"gradient": each, "probability": round(share, 6)}
                for each, share in probable.items()
            ],
            "curves": {kind: self.curves(time, kind) for kind in KINDS},
            "rankings": self.rankings(time),
        }

    def rankings(self, time: TimeSplit) -> dict[str, float | None]:
        """Baseline, fitted to who had signed by the day -> the AUC of its ranking of the others."""
        features = read_features(self.scenario, time.measures)
        everybody = np.ones(len(self.regions), dtype=bool)
        return {
            name: scores.auc(time.later, baseline(time.before.signed, everybody)[time.free])
            for name, baseline in baselines(features).items()
        }

    def curves(self, time: TimeSplit, kind: str) -> dict[str, Any]:
        """Curve -> its forecast of the totals of *kind* at the later dates."""
        marks = self.register.milestones
        kinds: NDArray[np.uint8] = build(self.scenario.parameters).kind
        campaign_from = end_of_round(self.scenario.code.launch, self.scenario.first_round - 1)
        potential = float((kinds == KINDS.index(kind)).sum())
        by_curve = forecasts(
            marks.dates, marks.counts[kind].tolist(), time.known_by, campaign_from, potential
        )
        return {
            name: {
                "expected": each.expected.tolist(),
                "low": each.low.tolist(),
                "high": each.high.tolist(),
            }
            for name, each in by_curve.items()
        }
