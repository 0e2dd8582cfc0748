"""Parley: states, firms and NGOs sign a code of conduct for cyberspace or stay out, keep it or act
against it.

The public names are those of `__all__`. Each is imported at its first use, so that `import parley`,
which is `import sim`, takes no time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.version import __version__

if TYPE_CHECKING:
    from sim import number_formats, typeface, words
    from sim.analysis.analysis import Analysis, analyse
    from sim.analysis.hysteresis import Hysteresis, hysteresis
    from sim.arguments import DEFAULTS
    from sim.cache_folder import CACHE_FOLDER
    from sim.classics.catalogue import available_classics
    from sim.classics.classic import Classic, classic
    from sim.classics.pictures import classic_pictures
    from sim.evidence.backtest import Backtest, backtest
    from sim.evidence.calibrate import Fit, calibrate
    from sim.evidence.record import Evidence, evidence_on_record
    from sim.evidence.texts.prediction import Prediction, predict
    from sim.experiments.approaches import approach
    from sim.experiments.basis import BASES, basis_of_signing, basis_of_what_if
    from sim.experiments.outcomes import OUTCOMES, Outcome
    from sim.facts import sizes_of_tables, sources
    from sim.facts.names_in_sentences import with_article
    from sim.facts.other_names import OTHER_NAMES, spelling
    from sim.kinds_and_statuses import (
        GROUP_WORDS,
        GROUPS,
        KIND_WORDS,
        KINDS,
        SINGULAR_WORDS,
        STATUSES,
        TRAITS,
    )
    from sim.lenses import LENSES
    from sim.lessons.catalogue import available_lessons
    from sim.lessons.files import load_lesson
    from sim.lessons.lesson import Lesson
    from sim.mesa.model import ParleyModel
    from sim.negotiation.files import available_talks, load_talks
    from sim.negotiation.talks import Talks
    from sim.parameters import DIALS
    from sim.result_cache import result_folder
    from sim.results.compare import (
        Comparison,
        LensComparison,
        compare,
        compare_lenses,
        log_scores,
        verdict,
    )
    from sim.results.explanation import Explanation, what_happened
    from sim.results.frontier import Frontier, frontier
    from sim.results.negotiate import Negotiation, negotiate
    from sim.results.outreach import Outreach, outreach
    from sim.results.participation import participation
    from sim.results.pivots import Pivots, pivots
    from sim.results.run import Run, explain, run
    from sim.results.stability import Stability, stability
    from sim.scenario import Event, Scenario, available, load
    from sim.sweeps.files import available_sweeps
    from sim.sweeps.problem import ema_model, problem
    from sim.sweeps.run_sweep import sweep
    from sim.sweeps.sweep import Sweep
    from sim.sweeps.sweep_file import load_sweep
    from sim.sweeps.sweep_result import SweepResult, open_sweep
    from sim.verification import Verification, verify

_MODULES = {
    "sim.analysis.analysis": ("Analysis", "analyse"),
    "sim.analysis.hysteresis": ("Hysteresis", "hysteresis"),
    "sim.classics.classic": ("Classic", "classic"),
    "sim.classics.catalogue": ("available_classics",),
    "sim.arguments": ("DEFAULTS",),
    "sim.classics.pictures": ("classic_pictures",),
    "sim.cache_folder": ("CACHE_FOLDER",),
    "sim.evidence.backtest": ("Backtest", "backtest"),
    "sim.evidence.calibrate": ("Fit", "calibrate"),
    "sim.evidence.record": ("Evidence", "evidence_on_record"),
    "sim.evidence.texts.prediction": ("Prediction", "predict"),
    "sim.experiments.approaches": ("approach",),
    "sim.experiments.basis": ("BASES", "basis_of_signing", "basis_of_what_if"),
    "sim.words.suppositions": ("why_not_fitted",),
    "sim.results.compare": (
        "Comparison",
        "LensComparison",
        "compare",
        "compare_lenses",
        "log_scores",
        "verdict",
    ),
    "sim.results.frontier": ("Frontier", "frontier"),
    "sim.results.participation": ("participation",),
    "sim.results.stability": ("Stability", "stability"),
    "sim.results.outreach": ("Outreach", "outreach"),
    "sim.results.pivots": ("Pivots", "pivots"),
    "sim.results.run": ("Run", "explain", "run"),
    "sim.lenses": ("LENSES",),
    "sim.lessons.catalogue": ("available_lessons",),
    "sim.lessons.files": ("load_lesson",),
    "sim.lessons.lesson": ("Lesson",),
    "sim.results.explanation": ("Explanation", "what_happened"),
    "sim.facts": ("sizes_of_tables", "sources"),
    "sim.facts.names_in_sentences": ("with_article",),
    "sim.facts.other_names": ("OTHER_NAMES", "spelling"),
    "sim.mesa.model": ("ParleyModel",),
    "sim.results.negotiate": ("Negotiation", "negotiate"),
    "sim.negotiation.files": ("available_talks", "load_talks"),
    "sim.negotiation.talks": ("Talks",),
    "sim.parameters": ("DIALS",),
    "sim.experiments.outcomes": ("OUTCOMES", "Outcome"),
    "sim.result_cache": ("result_folder",),
    "sim.scenario": ("Event", "Scenario", "available", "load"),
    "sim.sweeps.files": ("available_sweeps",),
    "sim.sweeps.problem": ("ema_model", "problem"),
    "sim.sweeps.run_sweep": ("sweep",),
    "sim.sweeps.sweep": ("Sweep",),
    "sim.sweeps.sweep_file": ("load_sweep",),
    "sim.sweeps.sweep_result": ("SweepResult", "open_sweep"),
    "sim.verification": ("Verification", "verify"),
    "sim.kinds_and_statuses": (
        "GROUPS",
        "GROUP_WORDS",
        "KINDS",
        "KIND_WORDS",
        "SINGULAR_WORDS",
        "STATUSES",
        "TRAITS",
    ),
}
_SUBMODULES = ("number_formats", "typeface", "words")

__all__ = [
    "BASES",
    "CACHE_FOLDER",
    "DEFAULTS",
    "DIALS",
    "GROUPS",
    "GROUP_WORDS",
    "KINDS",
    "KIND_WORDS",
    "LENSES",
    "OTHER_NAMES",
    "OUTCOMES",
    "SINGULAR_WORDS",
    "STATUSES",
    "TRAITS",
    "Analysis",
    "Backtest",
    "Classic",
    "Comparison",
    "Event",
    "Evidence",
    "Explanation",
    "Fit",
    "Frontier",
    "Hysteresis",
    "InputError",
    "LensComparison",
    "Lesson",
    "Negotiation",
    "Outcome",
    "Outreach",
    "ParleyModel",
    "Pivots",
    "Prediction",
    "Run",
    "Scenario",
    "Stability",
    "Sweep",
    "SweepResult",
    "Talks",
    "Verification",
    "__version__",
    "analyse",
    "approach",
    "available",
    "available_classics",
    "available_lessons",
    "available_sweeps",
    "available_talks",
    "backtest",
    "basis_of_signing",
    "basis_of_what_if",
    "calibrate",
    "classic",
    "classic_pictures",
    "compare",
    "compare_lenses",
    "ema_model",
    "evidence_on_record",
    "explain",
    "frontier",
    "hysteresis",
    "load",
    "load_lesson",
    "load_sweep",
    "load_talks",
    "log_scores",
    "negotiate",
    "number_formats",
    "open_sweep",
    "outreach",
    "participation",
    "pivots",
    "predict",
    "problem",
    "result_folder",
    "run",
    "sizes_of_tables",
    "sources",
    "spelling",
    "stability",
    "sweep",
    "typeface",
    "verdict",
    "verify",
    "what_happened",
    "why_not_fitted",
    "with_article",
    "words",
]


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return import_module(f"sim.{name}")
    for module, names in _MODULES.items():
        if name in names:
            globals()[name] = getattr(import_module(module), name)
            return globals()[name]
    raise AttributeError(f"Parley's package sim ({__file__}) has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
