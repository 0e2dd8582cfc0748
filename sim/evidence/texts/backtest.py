"""The backtest over instruments: who joins texts of families that the fit has never seen, beside
other models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from sim import facts
from sim.arguments import SEED, check_seed, check_workers
from sim.code_of_conduct import Code
from sim.evidence import scores
from sim.evidence.checkpoints import Checkpoints, Work
from sim.evidence.instruments import Instrument, instruments
from sim.evidence.maximise import Maximum
from sim.evidence.motive_values import Floats
from sim.evidence.texts.baselines import BASELINES
from sim.evidence.texts.data import MOTIVES, Rows, by_family_left_out, families, read_rows
from sim.evidence.texts.fit import CommonFit, fit_common, shares_of_number
from sim.evidence.texts.weights import FULL, redrawn_weights, scored_rows
from sim.scenario import load
from sim.scenario.extrapolation import LIKE
from sim.scenario.files import DEFAULT
from sim.scenario.text_weights import BEYOND, MIDDLE
from sim.threads import Progress

OURS, PARIS = "parley", "parley, fitted to the Paris Call alone"
MOVED_BY, RECODINGS = LIKE, 20  # of the loadings of a text, which are a judgement
DRAWS = 100
MISSES = 3
CAMPS = ("open", "between", "closed")  # of a text, by its openness
BETWEEN = (MIDDLE - BEYOND, MIDDLE + BEYOND)

Shares = dict[str, Floats]  # instrument -> [n]


@dataclass(frozen=True)
class InstrumentsBacktest:
    """The results. `content` is all of them, as `parley backtest --instruments --json` writes them
    (docs/json.md).
    """

    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The `content`."""
        return self.content


def instruments_backtest(
    seed: int = SEED, workers: int | None = None, progress: Progress | None = None
) -> InstrumentsBacktest:
    """Leave out each family of instruments, and score who is said to join it. A minute or two.

    After an interruption it goes on where it was. *progress* is called with the parts done and all
    parts.
    """
    seed, workers = check_seed(seed), check_workers(workers)
    rows = scored_rows()
    checkpoints = Checkpoints(f"instruments-{seed}", __name__)
    work: dict[str, Work] = {
        **{
            f"baseline {name}": partial(_of_baseline, baseline, rows)
            for name, baseline in BASELINES.items()
        },
        **{f"family {family}": partial(_without_family, family, rows) for family in families(rows)},
        **{
            f"recoded {number:02d}": partial(_recoded, rows, seed, number)
            for number in range(RECODINGS)
        },
        **{
            f"draw {number:03d}": partial(redrawn_weights, rows, FULL, seed, number)
            for number in range(DRAWS)
        },
        "votes from the others": partial(_from_some, rows, False),
        "the others from votes": partial(_from_some, rows, True),
        "paris": partial(_of_paris, rows),
        "fit": lambda: fit_common(rows).best.weights,
    }
    results = checkpoints.all_of(work, workers, progress)
    content = _content(rows, results, seed)
    checkpoints.forget()
    return InstrumentsBacktest(content)


def camp(code: Code) -> str:
    """One of CAMPS: whose text it is."""
    low, high = BETWEEN
    return "open" if code.openness >= high else "closed" if code.openness <= low else "between"


def left_out_shares(rows: Sequence[Rows]) -> Shares:
    """Instrument -> [n] the shares when the common weights are fitted without its family."""
    return by_family_left_out(rows, lambda others, family: _shares(family, fit_common(others)))


def _shares(rows: Sequence[Rows], fit: CommonFit) -> Shares:
    return {each.name: shares_of_number(each, fit) for each in rows}


def _plain(shares: Mapping[str, Floats]) -> dict[str, list[float]]:
    return {name: share.tolist() for name, share in shares.items()}


def _of_baseline(
    baseline: Callable[[Sequence[Rows]], Shares], rows: Sequence[Rows]
) -> dict[str, list[float]]:
    with threadpool_limits(1):
        return _plain(baseline(rows))


def _without_family(family: str, rows: Sequence[Rows]) -> dict[str, Any]:
    """The `shares` of the instruments of a *family* when the common `weights` are fitted without
    it.
    """
    fit = fit_common([each for each in rows if each.instrument.family != family])
    shares = _shares([each for each in rows if each.instrument.family == family], fit)
    return {"shares": _plain(shares), "weights": fit.best.weights}


def _from_some(rows: Sequence[Rows], votes: bool) -> dict[str, list[float]]:
    """The shares of all other instruments by a fit to votes alone, or to all but votes."""
    fit = fit_common([each for each in rows if (each.instrument.kind == "vote") == votes])
    return _plain(
        _shares([each for each in rows if (each.instrument.kind == "vote") != votes], fit)
    )


def _of_paris(rows: Sequence[Rows]) -> dict[str, list[float]]:
    """The shares by the shipped weights of the Paris Call, which have seen no other instrument."""
    parameters = load(DEFAULT).parameters
    fit = CommonFit(
        Maximum({f"state_{motive}": parameters[f"state_{motive}"] for motive in MOTIVES}, 0.0)
    )
    return _plain(_shares(rows, fit))


def _recoded(rows: Sequence[Rows], seed: int, number: int) -> dict[str, float]:
    """Instrument -> the AUC when all loadings of all texts are coded anew, by up to MOVED_BY either
    way.
    """
    rng = np.random.default_rng([seed, 2, number])
    anew = [read_rows(each.instrument, recoded(each.instrument, rng)) for each in rows]
    shares = left_out_shares(anew)
    return {each.name: _auc(each.joined, shares[each.name]) for each in anew}


def recoded(instrument: Instrument, rng: np.random.Generator) -> Code:
    """The code of *instrument* with position and ambitions moved at random by up to MOVED_BY,
    within [0, 1].
    """
    code = instrument.scenario.code

    def move(loading: float) -> float:
        return float(np.clip(loading + rng.uniform(-MOVED_BY, MOVED_BY), 0, 1))

    code = replace(code, openness=move(code.openness), public_rule=move(code.public_rule))
    for provision in code.provisions:
        code = code.with_ambition(provision.principle, move(provision.ambition))
    return code


def _auc(joined: NDArray[np.int64], share: Floats) -> float:
    score = scores.auc(joined, share)
    assert score is not None  # an instrument has some that joined and some that did not
    return score


def union_as_one(rows: Rows, share: Floats) -> tuple[NDArray[np.int64], Floats]:
    """[deciders] whether each joined, and its *share*, where the Union's members that were at risk
    are one: it joined where most of them did, and has their mean share.
    """
    others, union = ~rows.in_union, rows.in_union
    if not union.any():
        return rows.joined, share
    joined = np.append(rows.joined[others], int(rows.joined[union].mean() > 0.5))
    return joined, np.append(share[others], share[union].mean())


def _content(rows: Sequence[Rows], results: Mapping[str, Any], seed: int) -> dict[str, Any]:
    """The whole record."""
    models: dict[str, Shares] = {OURS: {}}
    for family in families(rows):
        models[OURS] |= {
            name: np.array(share) for name, share in results[f"family {family}"]["shares"].items()
        }
    models[PARIS] = {name: np.array(share) for name, share in results["paris"].items()}
    for name in BASELINES:
        models[name] = {
            each: np.array(share) for each, share in results[f"baseline {name}"].items()
        }
    recodings = [results[f"recoded {number:02d}"] for number in range(RECODINGS)]
    draws = [results[f"draw {number:03d}"] for number in range(DRAWS)]
    by_instrument = {each.name: _of_instrument(each, models, recodings, seed) for each in rows}
    return {
        "instruments": by_instrument,
        "means": _means(rows, models),
        "differences": {
            name: _of_means(rows, models, name, seed) for name in models if name != OURS
        },
        "unscored": [each.scenario.title for each in instruments() if not each.scored],
        "kinds": {
            part: float(
                np.mean(
                    [
                        _auc(each.joined, np.array(results[part][each.name]))
                        for each in rows
                        if each.name in results[part]
                    ]
                )
            )
            for part in ("votes from the others", "the others from votes")
        },
        "recoded": _ends([float(np.mean(list(each.values()))) for each in recodings]),
        "calibration": _calibration(rows, models[OURS], seed),
        "weights": {
            dial: {
                "value": results["fit"][dial],
                **_ends([draw[dial] for draw in draws]),
                "without": {
                    family: results[f"family {family}"]["weights"][dial]
                    for family in families(rows)
                },
            }
            for dial in (f"state_{motive}" for motive in MOTIVES)
        },
        "draws": DRAWS,
        "recodings": RECODINGS,
        "seed": seed,
    }


def _of_instrument(
    rows: Rows, models: Mapping[str, Shares], recodings: Sequence[Mapping[str, float]], seed: int
) -> dict[str, Any]:
    """The scores on one instrument."""
    share, code, groups = models[OURS][rows.name], rows.instrument.scenario.code, _groups(rows)
    resampled = scores.resamples(groups, seed)
    by_model = {
        name: scores.scores_over(resampled, scores.auc, rows.joined, shares[rows.name])
        for name, shares in models.items()
    }
    united = union_as_one(rows, share)
    return {
        "title": rows.instrument.scenario.title,
        "family": rows.instrument.family,
        "kind": rows.instrument.kind,
        "camp": camp(code),
        "launch": code.launch.isoformat(),
        "n": len(rows.places),
        "joined": int(rows.joined.sum()),
        "auc": _auc(rows.joined, share),
        "interval": _ends([score for score in by_model[OURS][1:] if score is not None]),
        "brier": scores.brier(rows.joined, share),
        "base_brier": scores.brier(rows.joined, np.full(len(share), rows.joined.mean())),
        "union_as_one": scores.auc(*united),
        "recoded": _ends([each[rows.name] for each in recodings]),
        "misses": _misses(rows, share),
        "paris": _auc(rows.joined, models[PARIS][rows.name]),
        "baselines": {name: _auc(rows.joined, models[name][rows.name]) for name in BASELINES},
        "differences": {
            name: scores.less(by_model[OURS], by_model[name])._asdict()
            for name in models
            if name != OURS
        },
    }


def _groups(rows: Rows) -> NDArray[np.str_]:
    """[n] labels for the bootstrap: the sub-region, and one for the Union."""
    return np.where(rows.in_union, "EU", facts.states()["region"].to_numpy(np.str_)[rows.places])


def _means(rows: Sequence[Rows], models: Mapping[str, Shares]) -> dict[str, dict[str, float]]:
    """Model -> mean AUC over instruments, over families, over the texts of each camp, and the
    least.
    """
    means = {}
    for name, shares in models.items():
        by_name = {each.name: _auc(each.joined, shares[each.name]) for each in rows}
        of_families = [
            np.mean([by_name[each.name] for each in rows if each.instrument.family == family])
            for family in families(rows)
        ]
        camps = {
            of: float(
                np.mean(
                    [
                        by_name[each.name]
                        for each in rows
                        if camp(each.instrument.scenario.code) == of
                    ]
                )
            )
            for of in CAMPS
        }
        least = min(by_name.values())
        means[name] = {
            "instruments": float(np.mean(list(by_name.values()))),
            "families": float(np.mean(of_families)),
            "least": least,
            **camps,
        }
    return means


def _of_means(
    rows: Sequence[Rows], models: Mapping[str, Shares], other: str, seed: int
) -> dict[str, float | int]:
    """The mean AUC over instruments less that of the *other* model, its ends when families are
    drawn with replacement, and on how many instruments the other is better.
    """
    gaps = np.array(
        [
            _auc(each.joined, models[OURS][each.name]) - _auc(each.joined, models[other][each.name])
            for each in rows
        ]
    )
    labels = [each.instrument.family for each in rows]
    means = [float(gaps[places].mean()) for places in scores.resamples(labels, seed)]
    return {"value": float(gaps.mean()), **_ends(means), "other_better": int((gaps < 0).sum())}


def _misses(rows: Rows, share: Floats) -> list[dict[str, Any]]:
    """The states whose share lies farthest from what they did: iso3, name, share, and whether they
    joined.
    """
    names = list(facts.state_names().items())
    worst = np.argsort(-np.abs(share - rows.joined), kind="stable")[:MISSES]
    return [
        {
            "iso3": names[rows.places[k]][0],
            "name": names[rows.places[k]][1],
            "share": float(share[k]),
            "joined": int(rows.joined[k]),
        }
        for k in worst
    ]


def _calibration(rows: Sequence[Rows], shares: Shares, seed: int) -> list[dict[str, float]]:
    """Five groups of equally many answers by their share, over all instruments."""
    joined = np.concatenate([each.joined for each in rows])
    share = np.concatenate([shares[each.name] for each in rows])
    return [each._asdict() for each in scores.calibration(joined, share, seed)]


def _ends(values: Sequence[float]) -> dict[str, float]:
    """The 5th and the 95th percentile."""
    low, high = np.percentile(values, [scores.LOW, scores.HIGH]).tolist()
    return {"low": low, "high": high}
