"""Baselines: predictions of who signs from the facts alone, without a simulator (docs/evidence.md).

Each baseline sees which states of the training fold signed, and gives every state a share. Its
penalty is chosen within the training fold, by the log score over inner folds of whole regions. No
baseline knows of others' signatures, of ties or of dates.

Two things were chosen with knowledge of the register. The features of `flat ridge` are Parley's
own, whose formulas were written after seeing it. So this baseline matters most: Parley's lead over
it is due to simulation alone, while its lead over the others is in part due to the choice of
features. And GDP per head and closeness to the convenor were added to the columns of states.csv,
which improves the wide ridge. The forest is not tuned. The Gaussian process has Parley's features
too, and the ensemble averages all that learn, so that neither was put together by its scores.

The base rate of a fold is lower where more of the region left out signed. Pooled over folds it
ranks regions in reverse order, so its AUC lies far below one half. This is an artefact of leaving
regions out, not an error.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from sim import facts
from sim.evidence.motive_values import Floats, MotiveValues, motives_of
from sim.evidence.scores import TRIVIAL, log_score
from sim.evidence.states import EVEN_SHARE
from sim.extras import extra
from sim.motives import MOTIVES, ON_SIGNATURES
from sim.population import STRICT, Measures
from sim.scenario import Scenario

Bools = NDArray[np.bool_]
Baseline = Callable[[NDArray, Bools], Floats]

# What one text can tell; more would burden a flat model with the same numbers twice.
OF_STATES = tuple(
    name
    for name in motives_of("state")
    if name != "inclination" and name not in ON_SIGNATURES and MOTIVES[name].one_text
)
FIGURES = (
    "idealpoint_2017",
    "freedom_2017",
    "gci_2017",
    "internet_users_pct_2017",
    "gdp_usd_bn_2017",
    "population_m_2017",
    "sponsored_operations_to_2018",
)
LATER_FIGURES = ("freedom_2018", "internet_users_pct_2018", "gdp_usd_bn_2018", "population_m_2018")
IN_LOGS = ("gdp", "population")  # columns that begin so are spread over orders of magnitude
COUNTS = ("sponsored",)  # the same, and often 0: log(1 + n)
SHARES = ("power",)  # the same, and 0 for some: the square root, as in Parley's traits
EQUAL_SHARES = {"capacity_wealth_share": EVEN_SHARE}
RIDGES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
HARDLY_ANY = (
    1e-3  # keeps a logistic finite where the freedom score separates signatories from others
)
INNER_FOLDS = 5
WORLDS = 1000  # for the ends of the inner log score
TREES, LEAF, FOREST_SEED = 300, 3, 1
ROUGHNESS = 1.5  # of the Matern kernel: functions that can be differentiated once


@dataclass(frozen=True, eq=False)
class Features:
    """The features of the baselines, one row per state, by iso3. They contain nothing of the
    register.
    """

    regions: NDArray[np.str_]  # [S] UN sub-region
    union: Bools  # [S] members of the European Union
    freedom: Floats  # [S, 1]
    static: Floats  # [S, 7] the motives that others' signatures do not move
    covariates: Floats  # [S, names]
    covariate_names: tuple[str, ...]

    @property
    def groups(self) -> NDArray[np.str_]:
        """[S] labels for the bootstrap: the sub-region, and one for the Union."""
        return np.where(self.union, "EU", self.regions)


def read_features(scenario: Scenario, measures: Measures = STRICT) -> Features:
    """The features under *measures*: STRICT, or others, which add the figures of 2018 or the index
    of capability to the covariates and change the motives as they change Parley's. Capacity takes
    wealth and size in equal shares, so that no fitted weight enters; memberships that *measures*
    leave out are in no feature.
    """
    table = measures.read(facts.states())
    seats = len(table)
    values = MotiveValues(scenario, scenario.parameters.with_values(EQUAL_SHARES), measures)
    static = {name: values.still[name][:seats] for name in OF_STATES}
    columns = table_columns(measures)
    covariates = [straightened(name, table[name].to_numpy(np.float64)) for name in columns]
    covariates += [
        np.log((table["gdp_usd_bn"] / table["population_m"]).to_numpy(np.float64)),
        static["convenor_votes"],
    ]
    return Features(
        regions=table["region"].to_numpy(np.str_),
        union=values.population.memberships["eu"] == 1,
        freedom=table[["freedom"]].to_numpy(np.float64),
        static=np.stack(list(static.values()), axis=1),
        covariates=np.stack(covariates, axis=1),
        covariate_names=(*columns, "gdp_per_head", "convenor_votes"),
    )


def table_columns(measures: Measures) -> tuple[str, ...]:
    """All columns of states.csv with a number or a membership that *measures* allow."""
    later = LATER_FIGURES if measures.year == 2018 else ()
    power = ("power_cinc_2018",) if measures.power == "cinc" else ()
    return (
        *FIGURES,
        *later,
        *power,
        *(name for name in facts.MEMBERSHIPS if name not in measures.left_out),
    )


def baselines(features: Features) -> Mapping[str, Baseline]:
    """Name -> the baseline: from signed [S], 0 or 1, and who is trained on [S], a share for each of
    the S states. The TRIVIAL come first, the ensemble of all others last.
    """
    base_rate, freedom_alone = TRIVIAL
    members = learners(features)
    return {
        base_rate: _base_rate,
        freedom_alone: lambda signed, trained: logistic(
            features.freedom, signed, trained, HARDLY_ANY
        ),
        **members,
        "ensemble": lambda signed, trained: mean_share(members, signed, trained),
    }


def learners(features: Features) -> Mapping[str, Baseline]:
    """Name -> the baseline, of those that learn from more than one figure; all of them are members
    of the ensemble.
    """
    return {
        "flat ridge": lambda signed, trained: flat_ridge(
            features.static, features.regions, signed, trained
        ),
        f"flat ridge, {len(features.covariate_names)} covariates": lambda signed, trained: (
            flat_ridge(features.covariates, features.regions, signed, trained)
        ),
        "random forest": lambda signed, trained: random_forest(
            features.covariates, signed, trained
        ),
        "Gaussian process": lambda signed, trained: gaussian_process(
            features.static, signed, trained
        ),
    }


def logistic(values: Floats, signed: NDArray, trained: Bools, ridge: float) -> Floats:
    """[S] shares by a logistic regression on *values* [S, k], each standardised among those
    *trained* on.

    The penalty is half of *ridge* times the squares of the weights, without the constant. Where all
    or none of those trained on signed, everybody gets the base rate.
    """
    with extra("analysis", "baselines"):
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

    if len(np.unique(signed[trained])) < 2:
        return _base_rate(signed, trained)
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=1 / ridge, solver="newton-cholesky", max_iter=1000)
    )
    return np.asarray(model.fit(values[trained], signed[trained]).predict_proba(values)[:, 1])


def flat_ridge(
    values: Floats, regions: NDArray[np.str_], signed: NDArray, trained: Bools
) -> Floats:
    """[S] shares by a ridge logistic, its penalty the best of RIDGES when whole *regions* of those
    trained on are left out in turn.
    """
    return logistic(values, signed, trained, chosen_ridge(values, regions, signed, trained))


def chosen_ridge(
    values: Floats, regions: NDArray[np.str_], signed: NDArray, trained: Bools
) -> float:
    """The penalty of RIDGES with the best log score over inner folds of whole regions; of equally
    good ones, and where there is only one region, the largest.
    """
    with extra("analysis", "baselines"):
        from sklearn.model_selection import GroupKFold

    rows = np.flatnonzero(trained)
    folds = min(INNER_FOLDS, len(np.unique(regions[rows])))
    if folds < 2:
        return RIDGES[-1]
    splits = list(GroupKFold(folds).split(rows, groups=regions[rows]))

    def held_out(ridge: float) -> float:
        share = np.zeros(len(trained))
        for _, left_out in splits:
            rest = trained.copy()
            rest[rows[left_out]] = False
            share[rows[left_out]] = logistic(values, signed, rest, ridge)[rows[left_out]]
        return log_score(signed[rows], share[rows], WORLDS)

    return max(reversed(RIDGES), key=held_out)


def random_forest(values: Floats, signed: NDArray, trained: Bools) -> Floats:
    """[S] shares by a random forest (Breiman 2001) as it comes, with leaves of at least LEAF
    states.
    """
    with extra("analysis", "baselines"):
        from sklearn.ensemble import RandomForestClassifier

    if len(np.unique(signed[trained])) < 2:
        return _base_rate(signed, trained)
    model = RandomForestClassifier(TREES, min_samples_leaf=LEAF, random_state=FOREST_SEED)
    return np.asarray(model.fit(values[trained], signed[trained]).predict_proba(values)[:, 1])


def gaussian_process(values: Floats, signed: NDArray, trained: Bools) -> Floats:
    """[S] shares by a Gaussian process classifier (Rasmussen and Williams 2006, chapter 3) on
    *values* [S, k], each standardised among those *trained* on. Of three kernels (straight lines,
    smooth, rougher) it has the one under which those trained on are most probable, the parameters
    of each set by that too.
    """
    with extra("analysis", "baselines"):
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.gaussian_process import GaussianProcessClassifier
        from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct, Matern
        from sklearn.preprocessing import StandardScaler

    if len(np.unique(signed[trained])) < 2:
        return _base_rate(signed, trained)
    scaled = StandardScaler().fit(values[trained]).transform(values)
    kernels = (ConstantKernel() * shape for shape in (DotProduct(), RBF(), Matern(nu=ROUGHNESS)))
    with threadpool_limits(1, "blas"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a kernel of no use ends at a bound
        models = [
            GaussianProcessClassifier(kernel).fit(scaled[trained], signed[trained])
            for kernel in kernels
        ]
    best = max(models, key=lambda model: model.log_marginal_likelihood_value_)
    return np.asarray(best.predict_proba(scaled)[:, 1])


def mean_share(members: Mapping[str, Baseline], signed: NDArray, trained: Bools) -> Floats:
    """[S] the mean of the shares of the *members*, each counting alike (Bates and Granger 1969)."""
    return np.mean([baseline(signed, trained) for baseline in members.values()], axis=0)


def _base_rate(signed: NDArray, trained: Bools) -> Floats:
    """[S] the share of those trained on that signed, for everybody."""
    return np.full(len(signed), float(np.mean(signed[trained])))


def straightened(column: str, values: Floats) -> Floats:
    """*values* in logs, or as square roots, where the column is skewed."""
    if column.startswith(COUNTS):
        return np.log1p(values)
    if column.startswith(SHARES):
        return np.sqrt(values)
    return np.log(values) if column.startswith(IN_LOGS) else values
