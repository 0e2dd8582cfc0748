"""Would it have been right? Parley on states, and on dates, that it has not seen, beside what one would try without it;
and a negative control.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import facts
from sim.arguments import SEED, check_seed, check_workers
from sim.evidence import later_dates as time_split
from sim.evidence import later_dates as weights_of_a_day
from sim.evidence.baselines import baselines, read_features
from sim.evidence.calibrate import CONTAGION
from sim.evidence.checkpoints import Parts, Progress, Work
from sim.evidence.curves import forecasts
from sim.evidence.motive_values import Floats
from sim.evidence.predict import WORLDS, Question, parts_left_out, shares_of_the_unseen, splits
from sim.evidence.register import StateDates, register
from sim.evidence.scores import OURS, against_perfection, auc, differences, scored, verdicts
from sim.evidence.states.data import state_evidence
from sim.evidence.states.objective import expected_signatures, fit_states
from sim.experiments.manifest import manifest
from sim.parameters.lenses import LENSES, Lens
from sim.population import KINDS, STRICT, STRUCTURAL, Measures, build
from sim.scenario import Scenario, load
from sim.scenario.calendar import end_of_round
from sim.scenario.files import DEFAULT

SHUFFLES, FIFTHS = 20, 5
PLAUSIBLE = (0.40, 0.60)
EACH_FOR_ITSELF = {"bloc_votes": 0.0}


def auc_of_a_shuffle(asked: Question, number: int) -> float:
    """The AUC on states left out when signatures are dealt out anew, the *number* of the deal."""
    scenario = asked.scenario.with_changes(set=EACH_FOR_ITSELF)
    dates = asked.known.states
    deal = np.random.default_rng([asked.seed, number]).permutation(len(dates.by))
    shuffled = StateDates(dates.after[deal], dates.by[deal])
    known = replace(asked.known, states=shuffled)
    everybody = state_evidence(scenario, known, None, asked.measures)
    share = np.zeros(len(deal))
    weights = None
    for left_out in parts_left_out(len(deal), asked.seed, FIFTHS).values():
        evidence = state_evidence(scenario, known, ~left_out, asked.measures)
        weights = fit_states(evidence, asked.lens, start=weights).best.weights
        path = expected_signatures(everybody, weights)
        share[left_out] = path[left_out, asked.known.last_signature - int(everybody.rounds[0])]
    found = auc(known.signed, share)
    assert found is not None
    return found


def verdict(scores: list[float]) -> str:
    """Whether the shuffles look as they must, in words."""
    mean = float(np.mean(scores))
    low, high = PLAUSIBLE
    told = f"Over {len(scores)} shuffles of the signatures the mean AUC is {mean:.2f}"
    if low <= mean <= high:
        return f"{told}: what is not there is not found."
    return f"{told}, expected {low:.2f} to {high:.2f}: the backtest finds what cannot be there. Do not trust it."


INFORMATION: Mapping[str, Measures] = {"strict": STRICT, "structural": STRUCTURAL}
HEADLINE, HEADLINE_SPLIT = "strict", "leave_one_region_out"
WITHOUT_CONTAGION = "parley without contagion"


@dataclass(frozen=True)
class Backtest:
    """What the backtest found. `content` is all of it, as `parley backtest --json` writes it (docs/json.md)."""

    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON."""
        return self.content


def backtest(seed: int = SEED, workers: int | None = None, progress: Progress | None = None) -> Backtest:
    """Leave states out, and later dates, and score what is said of them. Some minutes on two processors.

    Interrupted, it goes on where it was. *progress* is called with the parts done and all parts.
    """
    seed, workers = check_seed(seed), check_workers(workers)
    scenario = load(DEFAULT).without_hindsight()
    run = _Backtest(scenario, seed)
    parts = Parts(f"backtest-{scenario.sha256[:16]}-{seed}", __name__)
    first = run.first_work()
    later = len(time_split.DAYS) * (time_split.BATCHES + time_split.DRAWS)
    total = len(first) + later
    done = parts.all_of(first, workers, None if progress is None else lambda n, _: progress(n, total))
    second = run.second_work(done)
    told = None if progress is None else lambda n, _: progress(len(first) + n, total)
    done |= parts.all_of(second, workers, told)
    content = run.content(done)
    parts.forget()
    return Backtest(content)


class _Backtest:
    """The parts of the work, by name, and what they come to."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.lens = LENSES[scenario.lens]
        self.known = register(scenario)
        self.regions = facts.states()["region"].to_numpy(np.str_)
        self.splits = splits(self.regions, seed)
        self.days = {f"{day}": time_split.split(scenario, day, self.lens, STRICT, seed) for day in time_split.DAYS}

    def asked(self, information: str, lens: Lens | None = None) -> Question:
        """Who has signed, with what is known under *information*."""
        return Question(self.scenario, self.known, lens or self.lens, INFORMATION[information], self.seed)

    def first_work(self) -> dict[str, Work]:
        """Every fold of every split, the baselines on them, the fits on which later dates rest, and the shuffles."""
        work: dict[str, Work] = {}
        beside: dict[str, Work] = {}
        for information in INFORMATION:
            asked = self.asked(information)
            for split, folds in self.splits.items():
                for fold, left_out in folds.items():
                    work[f"{information}.{split}.{fold}"] = partial(shares_of_the_unseen, asked, left_out)
                beside[f"{information}.{split}.baselines"] = partial(self.baselines, information, split)
        silent = replace(self.lens, motives=self.lens.motives - CONTAGION)
        for fold, left_out in self.splits[HEADLINE_SPLIT].items():
            name = f"silent.{HEADLINE_SPLIT}.{fold}"
            work[name] = partial(shares_of_the_unseen, self.asked(HEADLINE, silent), left_out)
        for day, asked_then in self.days.items():
            work[f"fitted.{day}"] = partial(weights_of_a_day.fitted, asked_then)
        for number in range(SHUFFLES):
            work[f"shuffle.{number:02d}"] = partial(auc_of_a_shuffle, self.asked(HEADLINE), number)
        first = next(iter(work))  # may have to compile the model, while what needs none goes on beside it
        return {first: work.pop(first)} | beside | work

    def second_work(self, done: Mapping[str, Any]) -> dict[str, Work]:
        """The worlds that begin with what was known on a day, under the weights of that day and redrawn ones."""
        work: dict[str, Work] = {}
        for day, asked in self.days.items():
            fit = done[f"fitted.{day}"]
            then = weights_of_a_day.at_gradient(asked, fit["gradient"])
            for batch in range(time_split.BATCHES):
                work[f"worlds-{batch:02d}.{day}"] = partial(
                    time_split.under_fitted_weights, then, fit["weights"], batch
                )
            for draw, (then, drawn) in enumerate(weights_of_a_day.redrawn(asked, fit)):
                work[f"draw-{draw:03d}.{day}"] = partial(_worlds_of_a_draw, then, drawn, draw)
        return work

    def baselines(self, information: str, split: str) -> dict[str, list[float]]:
        """Baseline -> its shares [193] of states left out."""
        features = read_features(self.scenario.parameters, self.scenario.code, INFORMATION[information])
        signed = self.known.signed
        found = {}
        for name, baseline in baselines(features).items():
            share = np.zeros(len(signed))
            for left_out in self.splits[split].values():
                share[left_out] = baseline(signed, ~left_out)[left_out]
            found[name] = share.tolist()
        return found

    def shares(self, done: Mapping[str, Any], source: str, split: str) -> Floats:
        """[193] the shares of states left out, put together from the folds of *source*."""
        share = np.zeros(len(self.regions))
        for fold, left_out in self.splits[split].items():
            share[left_out] = done[f"{source}.{split}.{fold}"]["share"]
        return share

    def content(self, done: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that was found."""
        by_information = {information: self.told(done, information) for information in INFORMATION}
        headline = by_information.pop(HEADLINE)
        scores = [done[f"shuffle.{number:02d}"] for number in range(SHUFFLES)]
        return {
            **{split: headline[split]["scores"] for split in self.splits},
            "differences": {split: headline[split]["differences"] for split in self.splits},
            "against_perfection": {split: headline[split]["against_perfection"] for split in self.splits},
            "ridges": {split: headline[split]["ridges"] for split in self.splits},
            "structural": {split: told["scores"] for split, told in by_information["structural"].items()},
            "time_split": {day: self.later(done, day) for day in self.days},
            "negative_control": {
                "auc": scores, "mean_auc": float(np.mean(scores)), "verdict": verdict(scores),
            },
            "verdicts": [sentence for split in self.splits for sentence in headline[split]["verdicts"]],
            "states": [
                {"iso3": iso3, "signed": int(signed), "share": float(share)}
                for iso3, signed, share in zip(
                    facts.state_names(),
                    self.known.signed,
                    self.shares(done, HEADLINE, HEADLINE_SPLIT),
                    strict=True,
                )
            ],
            "manifest": manifest(self.scenario, WORLDS, self.seed, False, None),
        }  # fmt: skip

    def told(self, done: Mapping[str, Any], information: str) -> dict[str, Any]:
        """Split -> scores, differences, calibration and the penalties chosen, under *information*."""
        signed = self.known.signed
        features = read_features(self.scenario.parameters, self.scenario.code, INFORMATION[information])
        found = {}
        for split, folds in self.splits.items():
            shares = {OURS: self.shares(done, information, split)}
            if (information, split) == (HEADLINE, HEADLINE_SPLIT):
                shares[WITHOUT_CONTAGION] = self.shares(done, "silent", split)
            shares |= {name: np.array(each) for name, each in done[f"{information}.{split}.baselines"].items()}
            scores = scored(signed, shares, WORLDS)
            gaps = differences(signed, shares, WORLDS, features.groups, self.seed)
            found[split] = {
                "scores": scores,
                "differences": gaps,
                "against_perfection": against_perfection(signed, shares[OURS], WORLDS, features.union, self.seed),
                "ridges": {fold: done[f"{information}.{split}.{fold}"]["ridge"] for fold in folds},
                "verdicts": verdicts(split, scores, gaps),
            }
        return found

    def later(self, done: Mapping[str, Any], day: str) -> dict[str, Any]:
        """What was foreseen on that *day*, beside the curves that see totals alone."""
        asked = self.days[day]
        plain, wide = (
            [result for part, result in done.items() if part.startswith(f"{name}-") and part.endswith(f".{day}")]
            for name in ("worlds", "draw")
        )
        fit = done[f"fitted.{day}"]
        found = time_split.forecast(asked, plain, wide) | {"ridge": fit["ridge"], "gradient": fit["gradient"]}
        probable = weights_of_a_day.probabilities(fit["of_gradients"])
        found["gradients"] = [{"gradient": each, "probability": round(share, 6)} for each, share in probable.items()]
        found["curves"] = {kind: self.curves(asked, kind) for kind in KINDS}
        found["rankings"] = self.rankings(asked)
        return found

    def rankings(self, asked: time_split.Split) -> dict[str, float | None]:
        """Baseline, fitted to who had signed by the day -> the AUC of its ranking of the others."""
        features = read_features(self.scenario.parameters, self.scenario.code, asked.measures)
        everybody = np.ones(len(self.regions), dtype=bool)
        return {
            name: auc(asked.later, baseline(asked.before.signed, everybody)[asked.free])
            for name, baseline in baselines(features).items()
        }

    def curves(self, asked: time_split.Split, kind: str) -> dict[str, Any]:
        """Curve -> what it foresees of the totals of *kind* at the later dates."""
        marks = self.known.milestones
        kinds: NDArray[np.uint8] = build(self.scenario.parameters).kind
        campaign_from = end_of_round(self.scenario.code.launch, self.scenario.first_round - 1)
        potential = float((kinds == KINDS.index(kind)).sum())
        told = forecasts(marks.dates, marks.counts[kind].tolist(), asked.known_by, campaign_from, potential)
        return {
            name: {"expected": each.expected.tolist(), "low": each.low.tolist(), "high": each.high.tolist()}
            for name, each in told.items()
        }


def _worlds_of_a_draw(asked: time_split.Split, drawn: Work, draw: int) -> dict[str, Any]:
    return time_split.under_redrawn_weights(asked, drawn(), draw)
