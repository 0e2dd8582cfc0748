"""Two scenarios, or one scenario under several lenses, under common random numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.arguments import REPLICATES, SEED, as_scenario
from sim.errors import InputError
from sim.experiments.basis import basis_of_signing
from sim.experiments.milestones import paired_milestones
from sim.experiments.outcomes import differences, finding_on, ranges
from sim.findings import Difference
from sim.kinds_and_statuses import KINDS
from sim.lenses import ALWAYS, LENSES, lenses_named
from sim.motives import NAMES
from sim.output_folder import OutputFolder, save
from sim.reading import literal
from sim.request import Request
from sim.results.disclosure import Withheld, withheld_between, without_untold
from sim.results.run import Run, run_of
from sim.results.run_findings import ComparisonFindings, suppositions
from sim.results.run_tables import difference_frame, outcome_frame
from sim.scenario import Scenario
from sim.scenario.files import DEFAULT
from sim.scenario.weights import read_fit, read_weights, shipped_weights
from sim.threads import Progress
from sim.version import __version__
from sim.words.compare import comparison_headline, order_of_lenses
from sim.writing import FORMATS, records


def compare(
    first: str | Path | Scenario,
    second: str | Path | Scenario,
    *,
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Simulate both scenarios with the same seed, as `parley.run` does, and pair them by replicate.

    A changed scenario is one too: `parley.load(name).with_changes(set={dial: value})`. InputError
    for what does not fit.
    """
    request = Request(as_scenario(first), replicates, seed, workers, progress)
    return comparison_of(request, as_scenario(second))


def comparison_of(request: Request, second: Scenario) -> Comparison:
    """What *request* asks for, beside the same of the *second* scenario."""
    number = request.replicates
    return Comparison(
        *(
            run_of(request.of(scenario).part(place * number, 2 * number))
            for place, scenario in enumerate((request.scenario, second))
        )
    )


@dataclass(frozen=True, eq=False)
class Comparison:
    """The *second* run minus the *first*, replicate by replicate with the same random draws."""

    first: Run
    second: Run

    def __post_init__(self) -> None:
        draws = [(side.seed, side.replicates) for side in (self.first, self.second)]
        if draws[0] != draws[1]:
            raise InputError(
                f"compare: found (seed, replicates) {draws[0]} and {draws[1]}, expected the same in"
                " both runs"
            )

    def __repr__(self) -> str:
        return f"Comparison({self.first}, {self.second})"

    @property
    def basis(self) -> str:
        """What differences in signing rest on: the basis of the side that is further from the
        register.
        """
        return basis_of_signing(self.first.scenario, self.second.scenario)

    def table(self) -> pd.DataFrame:
        """The public list at dated points: date, kind, first, second and difference (means over the
        pairs), low and high (5th and 95th percentile of the paired differences).
        """
        return paired_milestones(
            self.first.listed, self.second.listed, self.first.scenario, self.second.scenario
        )

    @cached_property
    def findings(self) -> ComparisonFindings:
        """All differences in outcomes, of which those in conduct are ranges, with what they rest
        on.
        """
        first, second = self.first, self.second
        conduct = ranges(second.over_assumptions, self.first.seed, first.over_assumptions)
        return ComparisonFindings(
            (*self.signing, *without_untold(conduct, self.untold)),
            suppositions(first.scenario, second.scenario),
        )

    @cached_property
    def signing(self) -> tuple[Difference, ...]:
        """How much more there is in the second of each part of each outcome of signing."""
        first, second = self.first, self.second
        of_fits = bool(first.scenario.draws or second.scenario.draws)
        return differences(first.by_replicate, second.by_replicate, self.basis, first.seed, of_fits)

    @property
    def headline(self) -> str:
        """How many more, or fewer, of the first kind that may sign in both are on the public list
        at the end, in a sentence; empty where no kind may sign in both.
        """
        kinds = [
            kind
            for kind in self.first.scenario.code.may_sign
            if kind in self.second.scenario.code.may_sign
        ]
        if not kinds:
            return ""
        return comparison_headline(finding_on(self.signing, "listed", kinds[0]))

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Differences in every outcome, with the columns of `Run.outcomes`.

        Of signing (`basis`): median and 90 % interval of the paired differences. Assumed: their
        range over the same sample of assumptions, and nothing for the parts that are `withheld`.
        """
        return outcome_frame(self.findings.outcomes)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """Signing by the end on both sides: outcome, part, label, unit, basis, then the columns of
        `table`.
        """
        return difference_frame(self.signing)

    @property
    def withheld(self) -> frozenset[str]:
        """The groups, or all, whose difference in conduct would be one stakeholder's, or already
        the conduct of a side; of single outcomes `untold` says it.
        """
        return self.untold.conduct

    @cached_property
    def untold(self) -> Withheld:
        """The parts of differences in conduct that would be one stakeholder's, or of which already
        a side would be (sim.results.disclosure).
        """
        between = withheld_between(self.first, self.second)
        return between.and_of(self.first.untold).and_of(self.second.untold)

    @cached_property
    def signed(self) -> dict[str, float]:
        """iso3 or name -> the share of simulated worlds with its signature in the second, minus
        that in the first; of all who are in both worlds, which facts of one's own may tell apart.
        """
        second = self.second.signed
        return {
            who: second[who] - share for who, share in self.first.signed.items() if who in second
        }

    def simulate_assumptions(self, progress: Progress | None = None) -> None:
        """Simulate what `outcomes` needs now, with reports of progress."""

        def half(before: int) -> Progress | None:
            return (
                None
                if progress is None
                else lambda count, total: progress(before * total + count, 2 * total)
            )

        self.first.simulate_assumptions(half(0))
        self.second.simulate_assumptions(half(1))

    def as_json(self) -> dict[str, Any]:
        """What `parley compare --json` writes (docs/json.md)."""
        return {
            "headline": self.headline,
            "findings": self.findings.as_json(),
            "milestones": records(self.table()),
            "signed": self.signed,
            "levels": records(self.levels),
            "outcomes": records(self.outcomes),
            "withheld": sorted(self.withheld),
            "withheld_practices": sorted(self.untold.practices),
            "manifests": {"first": self.first.manifest, "second": self.second.manifest},
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write the tables in each of *formats*, then both manifests, into *folder*; the files
        written. `manifest.json` names them and lists all files.
        """
        signed = pd.DataFrame({"who": list(self.signed), "difference": list(self.signed.values())})
        frames = {"milestones": self.table(), "outcomes": self.outcomes, "signed": signed}
        return _save(folder, frames, formats, {"first": self.first, "second": self.second})


NULL = "null"


def compare_lenses(
    scenario: str | Path | Scenario = DEFAULT,
    *,
    lenses: Iterable[str] = tuple(LENSES),
    replicates: int = REPLICATES,
    seed: int = SEED,
    workers: int | None = None,
    progress: Progress | None = None,
) -> LensComparison:
    """Simulate *scenario* once under each of *lenses*, with the same seed; InputError for what does
    not fit.
    """
    names = lenses_named(lenses, "lenses")
    if len(names) < 2 or len(set(names)) < len(names):
        raise InputError(
            f"lenses: found {', '.join(names) or 'none'}, expected at least two, each once"
        )
    return lens_comparison_of(
        Request(as_scenario(scenario), replicates, seed, workers, progress), names
    )


def lens_comparison_of(request: Request, lenses: Sequence[str] = tuple(LENSES)) -> LensComparison:
    """What *request* asks for, under each of *lenses*."""
    number = request.replicates
    runs = {
        name: run_of(
            request.of(request.scenario.with_lens(name)).part(place * number, len(lenses) * number)
        )
        for place, name in enumerate(lenses)
    }
    return LensComparison(runs)


def log_scores(lenses: Iterable[str] = tuple(LENSES)) -> pd.DataFrame:
    """Log likelihood of the register under each lens, each fitted with its own motives.

    Columns: lens, motives (how many have a weight), state, firm and ngo (natural logarithms, in the
    sample of the fit), total; the best first.
    """
    rows = []
    for name in lenses_named(lenses, "lenses"):
        file = shipped_weights(name)
        score = read_fit(file, "log_likelihood")
        rows.append(
            (name, _weighted_motives(file), *(score[kind] for kind in KINDS), sum(score.values()))
        )
    scores = pd.DataFrame(rows, columns=["lens", "motives", *KINDS, "total"])
    return scores.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def verdict(scores: pd.DataFrame) -> str:
    """One sentence on whether the register is likelier under every theory than under none, from
    `log_scores`. InputError where *scores* are no such table.
    """
    order = list(scores["lens"]) if isinstance(scores, pd.DataFrame) and "lens" in scores else []
    if not order or not all(isinstance(name, str) and name in LENSES for name in order):
        raise InputError(
            f"scores is {literal(scores)}, expected a table as parley.log_scores returns one"
        )
    return order_of_lenses(order, NULL)


def _weighted_motives(file: Path) -> int:
    """How many weights of motives other than inclination are not 0 in *file*, over all kinds."""
    motive_dials = {
        f"{kind}_{motive}" for kind in KINDS for motive in NAMES if motive not in ALWAYS
    }
    return sum(value != 0 for dial, value in read_weights(file).items() if dial in motive_dials)


@dataclass(frozen=True, eq=False)
class LensComparison:
    """Runs of one scenario, by lens. Only signing is compared: conduct is assumed, whatever the
    lens.
    """

    runs: dict[str, Run]

    def __repr__(self) -> str:
        return f"LensComparison({next(iter(self.runs.values()))}, lenses={', '.join(self.runs)})"

    @property
    def basis(self) -> str:
        """What its numbers on signing rest on: the one furthest from the register under any
        lens.
        """
        return basis_of_signing(*(run.scenario for run in self.runs.values()))

    @cached_property
    def scores(self) -> pd.DataFrame:
        """As `log_scores`, for the lenses at hand."""
        return log_scores(list(self.runs))

    def table(self) -> pd.DataFrame:
        """The public list at the register's dates: lens, then the columns of `Run.table`."""
        return pd.concat(
            [run.table().assign(lens=name) for name, run in self.runs.items()], ignore_index=True
        )[["lens", "date", "kind", "registered", "median", "low", "high"]]

    @cached_property
    def signed(self) -> pd.DataFrame:
        """Share of simulated worlds in which each has signed by the end: who, one column per lens,
        spread (the largest less the smallest).
        """
        shares = pd.DataFrame({name: run.signed for name, run in self.runs.items()})
        spread = shares.max(axis=1) - shares.min(axis=1)
        return shares.assign(spread=spread).rename_axis("who").reset_index()

    def as_json(self) -> dict[str, Any]:
        """What `parley compare --lenses --json` writes (docs/json.md)."""
        return {
            "basis": self.basis,
            "scores": records(self.scores),
            "verdict": verdict(self.scores),
            "milestones": records(self.table()),
            "signed": records(self.signed),
            "manifests": {name: run.manifest for name, run in self.runs.items()},
        }

    def save(
        self, folder: str | Path | OutputFolder, formats: Iterable[str] = FORMATS
    ) -> list[Path]:
        """Write the tables in each of *formats*, then a manifest per lens, into *folder*; the files
        written. `manifest.json` names them and lists all files.
        """
        frames = {"scores": self.scores, "milestones": self.table(), "signed": self.signed}
        return _save(folder, frames, formats, self.runs)


def _save(
    folder: str | Path | OutputFolder,
    frames: Mapping[str, pd.DataFrame],
    formats: Iterable[str],
    runs: Mapping[str, Run],
) -> list[Path]:
    """Write *frames*, and of each of *runs* the manifest, into *folder*."""
    names = {name: f"manifest-{name}" for name in runs}
    manifest = {
        "parley": __version__,
        "manifests": {name: f"{file}.json" for name, file in names.items()},
    }
    return save(
        folder, frames, formats, manifest, {names[name]: run.manifest for name, run in runs.items()}
    )
