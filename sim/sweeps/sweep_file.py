"""A sweep as a TOML file, or a table of the same keys, describes it (docs/sweeps.md)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.arguments import DEFAULTS, LARGEST_SEED, MOST_REPLICATES, SEED, as_scenario, check_signers
from sim.dials.dial import Dial, Uncertainty, dial_named
from sim.errors import InputError, nearest
from sim.experiments.outcomes import OUTCOMES, column_names
from sim.facts.shipped import label_of
from sim.lenses import LENSES, lens_named
from sim.parameters import DIALS
from sim.reading import Section, as_path, check_table, literal, toml_table
from sim.scenario import Scenario, available, load
from sim.scenario.draws import draws_for
from sim.scenario.files import DEFAULT, other_instruments
from sim.sweeps.answer import ANSWER, read_answer
from sim.sweeps.axis import (
    AMBITION,
    CHOICE,
    CHOOSE,
    LEGAL,
    LENS,
    PLAUSIBLE,
    SCENARIO,
    Axis,
    ambition_axis,
    dial_axis,
    draws_axis,
    list_axis,
    values_in_list,
)
from sim.sweeps.block import others_names
from sim.sweeps.design import (
    DESIGNS,
    FACTORIAL,
    GIVEN,
    LATIN,
    MOST_POINTS,
    SAMPLES,
    Design,
    check_points,
)
from sim.sweeps.files import sweep_file
from sim.sweeps.given_points import given_axes, given_columns
from sim.sweeps.sweep import LEVERS, UNCERTAINTIES, Part, Sweep

REPLICATES = DEFAULTS["worlds of a sweep, at each point"].command
KEYS = (
    "title",
    "question",
    "scenario",
    "lens",
    "parameters",
    "choices",
    "replicates",
    "seed",
    "common_random_numbers",
    "outcomes",
    "signers",
    LEVERS,
    UNCERTAINTIES,
    ANSWER,
)
OF_A_PART = ("design", "points", "scenarios", "lenses", "choices", "weights", "every", AMBITION)
KEPT = ("signatories", "harm_prevented")  # outcomes, where the file names none
MOST_RUNS = 10**12
MOST_KEYED = 2**31  # replicates that a random stream tells apart


def load_sweep(
    sweep: str | Path | Mapping[str, Any] | Sweep,
    *,
    replicates: int | None = None,
    seed: int | None = None,
) -> Sweep:
    """The sweep of a name that `parley list` shows, of the TOML file at a path, or of a table with
    the keys of such a file, of which `scenario` may be a Scenario; with other *replicates* and
    another *seed* where they are given.

    InputError, in one sentence, for whatever does not fit.
    """
    if isinstance(sweep, Sweep):
        return sweep
    if isinstance(sweep, Mapping):
        scenario = sweep.get("scenario") if isinstance(sweep.get("scenario"), Scenario) else None
        table = {
            key: value for key, value in sweep.items() if scenario is None or key != "scenario"
        }
        check_table(table, "sweep")
        section, folder, name = Section(table, "sweep"), Path(), "sweep"
    else:
        file = sweep_file(sweep)
        section, folder, name, scenario = (
            Section(toml_table(file, label_of(file)), label_of(file)),
            file.parent,
            file.stem,
            None,
        )
    changes = {
        key: value
        for key, value in (("replicates", replicates), ("seed", seed))
        if value is not None
    }
    return _read(Section({**section.values, **changes}, section.file), folder, name, scenario)


def _read(section: Section, folder: Path, name: str, scenario: Scenario | None) -> Sweep:
    section.only(KEYS)
    base = scenario or _scenario(
        section, "scenario", section.values.get("scenario", DEFAULT), folder
    )
    scenarios = _scenarios(section, folder, base)
    levers, uncertainties = (
        _part(section, key, folder, scenarios) for key in (LEVERS, UNCERTAINTIES)
    )
    _check_axes(section, levers, uncertainties)
    sweep = Sweep(
        name=name,
        title=section.text("title", base.title),
        question=section.text("question", base.question),
        scenarios=scenarios,
        levers=levers,
        uncertainties=uncertainties,
        replicates=section.whole("replicates", 1, MOST_REPLICATES, REPLICATES),
        seed=section.whole("seed", 0, LARGEST_SEED, SEED),
        common_random_numbers=section.truth("common_random_numbers", True),
        outcomes=_outcomes(section),
        signers=_signers(section, scenarios),
        answer=_answer(section, levers, uncertainties),
    )
    _check_size(section, sweep)
    _check_names(section, sweep)
    return sweep


def _check_names(section: Section, sweep: Sweep) -> None:
    """InputError where outcomes of conduct stand beside an axis along which worlds differ by what
    one or two do.
    """
    conduct = [name for name in sweep.outcomes if not OUTCOMES[name].of_signing]
    if not conduct:
        return
    from sim.results.disclosure import differ_by_few

    for axis in sweep.axes:
        if any(
            differ_by_few(one, other)
            for one, other in combinations(_along(axis, sweep.scenarios), 2)
        ):
            raise InputError(
                f"{section.where}: found {conduct[0]} among the outcomes beside {axis.name}, whose"
                " values differ by what one or two do by name, so that a change in conduct would"
                ' be theirs; expected outcomes of signing alone, as in outcomes = ["signatories"]'
            )


def _along(axis: Axis, scenarios: Mapping[str, Scenario]) -> list[Scenario]:
    """The scenarios of the values of *axis*, where it is one of choices or of scenarios."""
    if axis.kind == SCENARIO:
        return [scenarios[name] for name in axis.values]
    if axis.kind != CHOICE:
        return []
    choice, base = axis.name.removeprefix(CHOOSE), next(iter(scenarios.values()))
    return [base.with_choices({choice: option}) for option in axis.values]


def _scenario(section: Section, key: str, name: Any, folder: Path) -> Scenario:
    """The scenario called *name*, or at that path from *folder* on, as the file's keys change
    it.
    """
    where = f"{section.where}: {key}"
    if not isinstance(name, str) or not name.strip():
        raise InputError(
            f"{where} is {literal(name)}, expected the name of a scenario or the path of its file"
        )
    names = {*(each for each, _, _ in available()), *other_instruments()}
    loaded = as_scenario(load(name if name in names else folder / as_path(name, where)))
    if "lens" in section:
        loaded = loaded.with_lens(lens_named(section.text("lens"), f"{section.where}: lens").name)
    return loaded.with_changes(
        set=section.section("parameters").values,
        choices=section.section("choices").values,
        where=section.where,
    )


def _scenarios(section: Section, folder: Path, base: Scenario) -> dict[str, Scenario]:
    """The scenarios of the axis `scenarios`, by name; where there is none, *base*."""
    for part in (LEVERS, UNCERTAINTIES):
        inner = section.section(part)
        if "scenarios" in inner:
            listed = [
                _scenario(section, f"{part}: scenarios", name, folder)
                for name in values_in_list(inner, "scenarios")
            ]
            names = [scenario.name for scenario in listed]
            if not names or len(set(names)) < len(names):
                raise inner.wrong("scenarios", "a list of scenarios with different names")
            return dict(zip(names, listed, strict=True))
    return {base.name: base}


def _part(section: Section, key: str, folder: Path, scenarios: Mapping[str, Scenario]) -> Part:
    """The axes of the table *key*, in its order, and its design."""
    inner = section.section(key)
    if inner.values.get("design") == GIVEN:
        return _own_points(inner, folder, scenarios)
    dials = _dials(inner, scenarios)
    axes: list[Axis] = []
    for name in inner:
        if name in ("design", "points", "every"):
            continue
        axes += (
            _special_axes(inner, name, scenarios)
            if name in OF_A_PART
            else [dial_axis(inner, dials[name])]
        )
    if "every" in inner:
        axes += _every_uncertainty(inner, _names_with_lines(section, folder, scenarios))
    return Part(tuple(axes), _design(inner, axes))


def _names_with_lines(
    section: Section, folder: Path, scenarios: Mapping[str, Scenario]
) -> set[str]:
    """What has a line, or a column of points, of its own in either table of axes or among the
    parameters.
    """
    names = {*section.section("parameters")}
    for key in (LEVERS, UNCERTAINTIES):
        inner = section.section(key)
        is_given = inner.values.get("design") == GIVEN
        names |= {*(_own_points(inner, folder, scenarios).own_values if is_given else inner)}
    return names


def _own_points(section: Section, folder: Path, scenarios: Mapping[str, Scenario]) -> Part:
    section.only(("design", "file"))
    if "file" not in section:
        raise section.wrong("file", "the path of a table of points")
    columns = given_columns(
        section.values["file"], folder, _dials_of_all(scenarios), f"{section.where}: file"
    )
    return Part(given_axes(columns), Design(GIVEN, len(next(iter(columns.values())))), columns)


def _dials_of_all(scenarios: Mapping[str, Scenario]) -> dict[str, Dial]:
    """Name -> dial, of those that every one of *scenarios* has."""
    first, *others = (scenario.dials for scenario in scenarios.values())
    return {name: dial for name, dial in first.items() if all(name in each for each in others)}


def _dials(section: Section, scenarios: Mapping[str, Scenario]) -> dict[str, Dial]:
    """Name -> dial of each key of *section* that is one, in every one of *scenarios*."""
    dials: dict[str, Dial] = {}
    for name in section:
        if name in OF_A_PART:
            continue
        for scenario in scenarios.values():
            if name not in scenario.dials:
                keys = nearest(name, OF_A_PART)
                if keys and keys == nearest(name, (*scenario.dials, *OF_A_PART)):
                    raise InputError(
                        f"{section.where}: found the key {name!r}, expected a dial or one of "
                        f"{', '.join(OF_A_PART)}{keys}"
                    )
            dials[name] = dial_named(name, scenario.dials, section.where)
    return dials


def _special_axes(section: Section, key: str, scenarios: Mapping[str, Scenario]) -> list[Axis]:
    """The axes of a key that names no dial."""
    if key == "scenarios":
        return [list_axis(section, key, SCENARIO, SCENARIO, scenarios)]
    if key == "lenses":
        value = section.values[key]
        names = list(LENSES) if value == "all" else values_in_list(section, key)
        return [
            list_axis(
                section,
                key,
                LENS,
                LENS,
                (lens_named(name, f"{section.where}: lenses").name for name in names),
            )
        ]
    if key == "weights":
        number = min(
            len(next(iter(draws_for(scenario.code, scenario.weights_file).values())))
            for scenario in scenarios.values()
        )
        return [draws_axis(section, key, number)]
    if key == AMBITION:
        return [ambition_axis(section, _dials_of_all(scenarios))]
    inner, axes = section.section("choices"), []
    for name in inner:
        readings = []
        for option in values_in_list(inner, name):
            for scenario in scenarios.values():
                answer = scenario.with_choices({name: option}, inner.where).answers[name]
            readings.append(",".join(answer))
        axes.append(list_axis(inner, name, f"{CHOOSE}{name}", CHOICE, readings))
    return axes


def _every_uncertainty(section: Section, named: set[str]) -> list[Axis]:
    """An axis for every uncertainty that is not *named* by a line of its own, in whatever table of
    the file: `every = "plausible"`, or "legal".
    """
    kind = section.one_of("every", (PLAUSIBLE, LEGAL))
    others = [
        dial for name, dial in DIALS.items() if isinstance(dial, Uncertainty) and name not in named
    ]
    return [
        dial_axis(Section({dial.name: kind}, section.file, section.name), dial) for dial in others
    ]


def _design(section: Section, axes: list[Axis]) -> Design:
    others = [design for design in DESIGNS if design != GIVEN]
    default = LATIN if any(axis.is_range and not axis.steps for axis in axes) else FACTORIAL
    name = section.one_of("design", others, default)
    if name not in SAMPLES:
        if "points" in section:
            raise section.wrong(
                "points", f"none, as design = {name!r} takes all combinations of its values"
            )
        if name == FACTORIAL:
            for axis in axes:
                if axis.is_range and not axis.steps:
                    raise section.wrong(
                        axis.name, f"a list of values, or a range with steps, for design = {name!r}"
                    )
        return Design(name)
    return check_points(name, section.whole("points", 1, MOST_POINTS), section.where)


def _check_axes(section: Section, levers: Part, uncertainties: Part) -> None:
    """InputError where there is no axis, or one is in both parts."""
    names = [axis.name for axis in (*levers.axes, *uncertainties.axes)]
    if not names:
        raise InputError(
            f"{section.where}: found nothing that differs, expected axes in [{LEVERS}] or"
            f" [{UNCERTAINTIES}]"
        )
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                f"{section.where}: {name} is both in [{LEVERS}] and in [{UNCERTAINTIES}], expected"
                " it in one"
            )
        if name in section.section("parameters"):
            raise InputError(
                f"{section.where}: {name} is an axis and in [parameters], expected it in one"
            )


def _outcomes(section: Section) -> tuple[str, ...]:
    names = section.words("outcomes") if "outcomes" in section else KEPT
    if names == ("all",):
        return tuple(OUTCOMES)
    for name in names:
        if name not in OUTCOMES:
            raise section.wrong(
                "outcomes", f'"all" or some of {", ".join(OUTCOMES)}{nearest(name, OUTCOMES)}'
            )
    return names


def _answer(section: Section, levers: Part, uncertainties: Part) -> dict[str, Any]:
    names = _outcomes(section)
    columns = [column for name in names for column in column_names(OUTCOMES[name])]
    columns += others_names(names, section.words("signers") if "signers" in section else ())
    axes = [axis.name for axis in (*levers.axes, *uncertainties.axes)]
    return read_answer(section.section(ANSWER), axes, list(dict.fromkeys([*names, *columns])))


def _signers(section: Section, scenarios: Mapping[str, Scenario]) -> tuple[str, ...]:
    if "signers" not in section:
        return ()
    names = section.words("signers")
    for scenario in scenarios.values():
        signers = check_signers(scenario, names, f"{section.where}: signers")
    return tuple(signers)


def _check_size(section: Section, sweep: Sweep) -> None:
    for part in (sweep.levers, sweep.uncertainties):
        if part.size > MOST_POINTS:
            raise InputError(
                f"{section.where}: found {part.size} points, expected at most {MOST_POINTS}"
            )
    most = MOST_RUNS if sweep.common_random_numbers else MOST_KEYED
    if sweep.runs > most:
        raise InputError(
            f"{section.where}: found {sweep.points} points of {sweep.replicates} replicates, which"
            f" are {sweep.runs} runs, expected at most {most}"
        )
