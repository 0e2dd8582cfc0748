"""Models without Parley that say who joins an instrument, from one that does not read the text to
two that do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from sim import facts
from sim.evidence.baselines import (
    chosen_ridge,
    flat_ridge,
    logistic,
    read_features,
    straightened,
    table_columns,
)
from sim.evidence.instruments import KINDS
from sim.evidence.motive_values import Floats
from sim.evidence.register import register
from sim.evidence.scores import auc
from sim.evidence.texts.data import MOTIVES, Rows, by_family_left_out, measures_for
from sim.extras import extra
from sim.motives.direction import side
from sim.population import STRICT
from sim.scenario import load
from sim.scenario.files import DEFAULT

TREES_SEED = 1


def closeness_to_convenor(rows: Sequence[Rows]) -> dict[str, Floats]:
    """Instrument -> [n] closeness in UN votes to whoever convened it."""
    place = MOTIVES.index("convenor_votes")
    return {each.name: each.values[:, place] for each in rows}


def text_blind_ridge(rows: Sequence[Rows]) -> dict[str, Floats]:
    """Instrument -> [n] the shares of a ridge logistic fitted to the Paris Call, which knows
    nothing of the text.
    """
    paris = load(DEFAULT).without_hindsight()
    signed = register(paris).signed
    everybody = np.ones(len(signed), dtype=bool)
    shares = {}
    for each in rows:
        features = read_features(paris, measures_for(each.instrument))
        shares[each.name] = flat_ridge(features.static, features.regions, signed, everybody)[
            each.places
        ]
    return shares


def place_in_assembly(rows: Sequence[Rows]) -> dict[str, Floats]:
    """Instrument -> [n] the ideal point in the General Assembly, with the sign under which its
    family is told better: hindsight in its favour.
    """
    points = facts.states()["idealpoint_2017"].to_numpy(np.float64)
    scores: dict[str, list[float]] = {}
    for each in rows:
        scores.setdefault(each.instrument.family, []).append(
            auc(each.joined, points[each.places]) or 0.0
        )
    signs = {
        family: 1.0 if np.mean(of_family) >= 0.5 else -1.0 for family, of_family in scores.items()
    }
    return {each.name: signs[each.instrument.family] * points[each.places] for each in rows}


def side_ridge(rows: Sequence[Rows]) -> dict[str, Floats]:
    """Instrument -> [n] shares of a ridge logistic on all figures and memberships of a state, about
    their means, each times the side of the text, its family left out; the penalty is the best of
    RIDGES when families of those trained on are left out in turn.
    """
    tables = {
        each.name: _about_means(each) * side(each.instrument.scenario.code.openness)
        for each in rows
    }

    def shares_of(others: Sequence[Rows], family: Sequence[Rows]) -> dict[str, Floats]:
        values = np.concatenate([tables[each.name] for each in (*others, *family)])
        joined = np.concatenate([each.joined for each in (*others, *family)])
        families = np.concatenate(
            [np.full(len(each.places), each.instrument.family) for each in (*others, *family)]
        )
        trained = families != family[0].instrument.family
        share = logistic(values, joined, trained, chosen_ridge(values, families, joined, trained))
        ends = np.cumsum([len(each.places) for each in family])
        return dict(
            zip((each.name for each in family), np.split(share[~trained], ends[:-1]), strict=True)
        )

    return by_family_left_out(rows, shares_of)


def boosted_trees(rows: Sequence[Rows]) -> dict[str, Floats]:
    """Instrument -> [n] shares of gradient boosting (Friedman 2001) on states and texts, its family
    left out: all figures and memberships of a state, position, depths and kind of the text, and
    closeness to its convenor.
    """
    with extra("analysis", "baselines"):
        from sklearn.ensemble import HistGradientBoostingClassifier

    tables = {each.name: _states_and_text(each) for each in rows}

    def shares_of(others: Sequence[Rows], family: Sequence[Rows]) -> dict[str, Floats]:
        trees = HistGradientBoostingClassifier(random_state=TREES_SEED)
        trees.fit(
            np.concatenate([tables[each.name] for each in others]),
            np.concatenate([each.joined for each in others]),
        )
        return {each.name: trees.predict_proba(tables[each.name])[:, 1] for each in family}

    return by_family_left_out(rows, shares_of)


def _states(rows: Rows) -> Floats:
    """[193, columns] all figures and memberships of states, skewed ones straightened."""
    table = measures_for(rows.instrument).read(facts.states())
    columns = [
        straightened(name, table[name].to_numpy(np.float64)) for name in table_columns(STRICT)
    ]
    return np.stack(columns, axis=1)


def _about_means(rows: Rows) -> Floats:
    """[n, columns] the same of those at risk, about the mean of all states, in standard
    deviations.
    """
    states = _states(rows)
    return ((states - states.mean(axis=0)) / np.maximum(states.std(axis=0), 1e-9))[rows.places]


def _states_and_text(rows: Rows) -> Floats:
    """[n, columns] of the trees."""
    code, states = rows.instrument.scenario.code, _states(rows)[rows.places]
    text = [code.openness, code.public_rule, code.depth_restraint, code.depth_burden]
    text += [float(rows.instrument.kind == kind) for kind in KINDS]
    closeness = rows.values[:, MOTIVES.index("convenor_votes")]
    return np.column_stack([states, closeness, np.tile(text, (len(states), 1))])


BASELINES: Mapping[str, Callable[[Sequence[Rows]], dict[str, Floats]]] = {
    "flat ridge of the Paris Call": text_blind_ridge,
    "closeness to the convenor": closeness_to_convenor,
    "place in UN votes, told the side": place_in_assembly,
    "boosted trees": boosted_trees,
    "ridge on the text's side": side_ridge,
}
