"""The manifest of a run: all that is needed to repeat it to the bit, its scenario included, and no
user names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim import facts
from sim.arguments import LARGEST_SEED, MOST_REPLICATES
from sim.code_of_conduct import PROVISION_COLUMNS, Code
from sim.dials import RIVAL_DIALS
from sim.dials.negotiation import DEFAULTS as TALKS_DEFAULTS
from sim.errors import InputError
from sim.experiments.basis import basis_of_signing
from sim.lenses import LENSES
from sim.output_folder import is_edited
from sim.parameters import CONDUCT_DIALS, DIALS, Fitted
from sim.reading import Section, json_object
from sim.scenario import Choice, Scenario, load
from sim.scenario.code import OPENNESS, Stated, values_of_levers
from sim.scenario.departure import departures
from sim.scenario.extrapolation import UNLIKE, Recorded
from sim.scenario.files import DEFAULT
from sim.scenario.rival import EVENTS, RIVAL, Rival
from sim.scenario.scenario import FULL, Layer, compose
from sim.scenario.text_talks import KEY
from sim.scenario.text_weights import weights_for
from sim.scenario.weights import shipped_weights
from sim.version import __version__, made_with
from sim.words.language import ENGLISH
from sim.words.suppositions import departure_words, extrapolation_words
from sim.writing import plain

EXPECTED = "a manifest as `parley run` writes it"
KEYS = (
    "parley",
    "scenario",
    "seed",
    "replicates",
    "conduct_by_name",
    "rule",
    "changed",
    "basis",
    "departures",
    "extrapolations",
    "dials",
    "facts",
    "ties",
    "chosen",
    "events",
    "made_with",
    "note",
    "files",
    "seal",
)


@dataclass(frozen=True)
class Repetition:
    """The run that a manifest describes."""

    scenario: Scenario
    replicates: int
    seed: int
    conduct_by_name: bool


def manifest(
    scenario: Scenario,
    replicates: int,
    seed: int,
    conduct_by_name: bool = False,
    rule: str | None = None,
) -> dict[str, Any]:
    """The manifest of so many *replicates* of *scenario*, as JSON knows it; *rule* names a
    researcher's own.

    `changed` holds the dials that differ from their default or their shipped fitted weight, `dials`
    all of them. `basis` is that of who signs (`parley.basis_of_signing`), `departures` holds what
    is other than in the Paris Call as it was, and `extrapolations` what is unlike the register to
    which the weights were fitted (`Scenario.extrapolations`). `scenario.table` is the whole
    scenario as a single file without base, and `events` its events. `facts` and `ties` name those
    of its world and have their hash; a manifest does not hold them.
    """
    content = {
        "parley": __version__,
        "scenario": {
            "name": scenario.name,
            "sha256": scenario.sha256,
            "base": scenario.base,
            "stated": None if scenario.stated is None else scenario.stated._asdict(),
            "table": _table(scenario),
        },
        "seed": seed,
        "replicates": replicates,
        "conduct_by_name": conduct_by_name,
        "rule": rule,
        "changed": changes(scenario),
        "basis": basis_of_signing(scenario),
        "departures": {
            what: departure_words(each, ENGLISH.say) for what, each in departures(scenario).items()
        },
        "extrapolations": extrapolation_words(scenario, ENGLISH.say),
        "dials": scenario.settings,
        "facts": _facts(scenario),
        "ties": None if scenario.ties is None else _ties(scenario.ties),
        "chosen": scenario.answers,
        "events": [event.table() for event in scenario.events],
        "made_with": made_with(),
        "note": ENGLISH.say("manifest-by-name") if conduct_by_name else _note(scenario),
    }
    return dict(plain(content))


def _note(scenario: Scenario) -> str:
    """What the numbers are."""
    return ENGLISH.say(
        "manifest-simulated",
        weights=scenario.weights_words,
        basis=basis_of_signing(scenario),
        unlike=list(scenario.extrapolations),
    )


def _facts(scenario: Scenario) -> dict[str, Any]:
    return {
        "label": scenario.facts.label,
        "sha256": scenario.facts.sha256,
        "tables": scenario.facts.tables,
    }


def _ties(ties: facts.Ties) -> dict[str, Any]:
    return {
        "label": ties.label,
        "sha256": ties.sha256,
        "sources": len(ties.sources),
        "ties": len(ties.rows),
    }


def changes(scenario: Scenario, lens: str = FULL) -> dict[str, float]:
    """Dials and levers of the text that differ from those that ship with *lens*; of weights, from
    those that hold for this text.
    """
    shipped = {name: dial.default for name, dial in {**DIALS, **RIVAL_DIALS}.items()}
    shipped |= weights_for(scenario.code, shipped_weights(lens)) | dict(LENSES[lens].dials)
    shipped |= {**values_of_levers(load(DEFAULT).code), **TALKS_DEFAULTS}
    return {name: value for name, value in scenario.settings.items() if shipped.get(name) != value}


def dials_set(scenario: Scenario) -> dict[str, float]:
    """The `changes` that were made to what ships with the scenario's lens; without weights where it
    has no lens, as these are those of a file.
    """
    dials = changes(scenario, scenario.lens or FULL)
    if scenario.stated is not None:
        dials.pop(OPENNESS, None)  # which nobody has set
    return {
        name: value
        for name, value in dials.items()
        if scenario.lens or not isinstance(DIALS.get(name), Fitted)
    }


def _table(scenario: Scenario) -> dict[str, Any]:
    """The scenario as a single file without its events: it has no base, gives every dial, and says
    which of them are uncertain all the same.
    """
    rival = scenario.rival
    return {
        **_weights(scenario),
        "title": scenario.title,
        "question": scenario.question,
        "first_round": scenario.first_round,
        "last_round": scenario.last_round,
        "parameters": {
            **{
                name: value
                for name, value in scenario.parameters.items()
                if name not in _by_text(scenario)
            },
            **(dict(scenario.talks.values) if scenario.talks else {}),
            **(
                {}
                if rival is None
                else {name: rival.values[name] for name in sorted(rival.own_dials)}
            ),
        },
        "uncertain": [name for name in CONDUCT_DIALS if name not in scenario.own_dials],
        "code": _code_table(scenario.code),
        **({} if rival is None else {RIVAL: _rival_table(rival)}),
        "choices": {name: _choice_table(choice) for name, choice in scenario.choices.items()},
        **({KEY: dict(scenario.talks.section.values)} if scenario.talks else {}),
    }


def _code_table(code: Code) -> dict[str, Any]:
    text = {
        "name": code.name,
        "launch": code.launch,
        "convenor": code.convenor,
        "convenor_club": code.convenor_club,
        "openness": code.openness,
        "public_rule": code.public_rule,
        "may_sign": [f"{kind}s" for kind in code.may_sign],
        "provisions": [
            {column: getattr(p, column) for column in PROVISION_COLUMNS} for p in code.provisions
        ],
    }
    return {key: value for key, value in text.items() if value is not None}


def _rival_table(rival: Rival) -> dict[str, Any]:
    return {**_code_table(rival.code), EVENTS: [event.table() for event in rival.events]}


def _by_text(scenario: Scenario) -> set[str]:
    """The weights that a table leaves out, as each world has its own: those that are drawn, and
    those that are of the fit for the text at hand, where talks decide on the text.
    """
    names = set(scenario.draws_of_weights)
    if scenario.talks is not None and scenario.talks.decides and scenario.lens:
        fitted = weights_for(scenario.code, scenario.weights_file)
        names |= {name for name, weight in fitted.items() if scenario.parameters[name] == weight}
    return names


def _weights(scenario: Scenario) -> dict[str, Any]:
    """Where the weights come from. Every dial that is not drawn has its value in the table; draws
    are those of a file.
    """
    draws = {"draws": True} if scenario.draws else {}
    if scenario.lens:
        return {"lens": scenario.lens, **draws}
    return {"weights": scenario.weights_file.name if scenario.draws else FULL, **draws}


def _choice_table(choice: Choice) -> dict[str, Any]:
    options = [
        {"name": option.name, "title": option.title, "value": option.value}
        for option in choice.options
    ]
    default = list(choice.default) if choice.several else choice.default[0]
    return {
        "question": choice.question,
        "options": options,
        "several": choice.several,
        "default": default,
    }


def read_manifest(path: Path, own_facts: Any = None, own_ties: Any = None) -> Repetition:
    """The run that the manifest in the file *path* describes, with *own_facts* and *own_ties*, as
    `parley.load` takes them, where it was run with such.

    InputError where it is no manifest, comes from another version or from a rule of a researcher's
    own, was edited, or was run with other facts or ties.
    """
    label = str(path)
    content = Section(_json_table(path, label), label)
    if "manifests" in content:
        several = ", ".join(content.section("manifests").values.values())
        raise InputError(
            f"{label}: found the manifest of a comparison, expected that of one run, as in"
            f" {several}"
        )
    if "talks" in content:
        raise InputError(f"{label}: found the manifest of a negotiation, expected that of a run")
    content.only(KEYS)
    made_by = content.text("parley")
    if made_by != __version__:
        raise InputError(
            f"{label}: it was made by Parley {made_by}, expected {__version__}, as versions may"
            " differ in their results"
        )
    description = content.section("scenario")
    description.only(("name", "sha256", "base", "stated", "table"))
    of = facts.read_facts(own_facts)
    ties = facts.read_ties(own_ties, of)
    _check_same(content, "facts", of.label if of.own else "", of.sha256, facts.data_sha256(), label)
    _check_same(
        content, "ties", ties.label if ties else "", ties.sha256 if ties else None, None, label
    )
    scenario = _scenario(content, description, label, of, ties)
    if not scenario.lens:
        scenario = replace(scenario, extrapolations=_extrapolations(content))
    expected = description.text("sha256")
    if scenario.sha256 != expected:
        raise InputError(
            f"{label}: its scenario has the hash {scenario.sha256[:12]}, expected {expected[:12]}"
            " as when it was run; the manifest or the data were changed since"
        )
    if content.values.get("rule") is not None:
        raise InputError(
            f"{label}: it was run with the decision rule {content.text('rule')}, which it does not"
            " hold, expected the model's own"
        )
    repetition = Repetition(
        scenario=scenario,
        replicates=content.whole("replicates", 1, MOST_REPLICATES),
        seed=content.whole("seed", 0, LARGEST_SEED),
        conduct_by_name=content.truth("conduct_by_name", False),
    )
    expected_manifest = manifest(
        repetition.scenario, repetition.replicates, repetition.seed, repetition.conduct_by_name
    )
    for key in ("dials", "changed", "extrapolations"):
        if content.values.get(key) != expected_manifest[key]:
            raise InputError(
                f"{label}: {key} is not what its scenario says, expected a manifest that nobody"
                " edited"
            )
    return repetition


def _json_table(path: Path, label: str) -> Mapping[str, Any]:
    content = json_object(path, label, EXPECTED)
    if is_edited(content):
        raise InputError(
            f"{label}: found it edited, as its seal does not fit, expected it as the run wrote it"
        )
    inner = content.get("manifest")
    return inner if isinstance(inner, dict) else content


def _check_same(
    content: Section, key: str, own: str, sha256: str | None, shipped: str | None, label: str
) -> None:
    """InputError where *sha256*, of the facts or ties at hand (*own*, empty where they ship), is
    not that of *key*.
    """
    if content.values.get(key) is None:
        expected, name = shipped, ""
    else:
        section = content.section(key)
        expected, name = section.text("sha256"), section.text("label")
    if sha256 == expected:
        return
    hand = f"the {key} {own}" if own else f"the {key} that ship"
    if expected == shipped:
        raise InputError(
            f"{label}: found {hand} beside it, expected none, as it was run with those that ship"
        )
    raise InputError(
        f"{label}: found {hand}, expected the {key} {name} with the hash"
        f" {expected[:12] if expected else ''}, with which it was run and which it does not hold;"
        f" give them by --{key}"
    )


def _extrapolations(content: Section) -> dict[str, Recorded]:
    """What the manifest says of a run under weights of one's own, as it does not hold what they
    were fitted to.
    """
    section = content.section("extrapolations")
    section.only(UNLIKE)
    return {what: Recorded(section.text(what)) for what in section}


def _scenario(
    content: Section, description: Section, label: str, of: facts.Facts, ties: facts.Ties | None
) -> Scenario:
    """The scenario, each event in a layer of its own, as one may overrule another of the same
    round.
    """
    table = description.section("table")
    events = [section.values for section in content.sections("events")]
    rival = table.section(RIVAL)
    text = {key: value for key, value in rival.values.items() if key != EVENTS}
    changes: list[dict[str, Any]] = [{"events": [event]} for event in events]
    changes += [{RIVAL: {EVENTS: [section.values]}} for section in rival.sections(EVENTS)]
    whole = {**table.values, **({RIVAL: text} if RIVAL in table else {})}
    layers = [Layer(label, Path(), each) for each in (whole, *changes)]
    return compose(
        name=description.text("name"),
        layers=tuple(layers),
        base=tuple(description.words("base")) if description.values.get("base") else (),
        path=None,
        notes="",
        answers=content.section("chosen").values,
        where=label,
        facts=of,
        ties=ties,
        stated=_stated(description),
    )


def _stated(description: Section) -> Stated | None:
    """The openness of the text before it changed its convenor; None where it did not."""
    if description.values.get("stated") is None:
        return None
    section = description.section("stated")
    section.only(Stated._fields)
    return Stated(section.number("openness", 0, 1), section.text("convenor"))
