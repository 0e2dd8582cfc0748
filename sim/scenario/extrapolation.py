"""In what a scenario is unlike the register to which its weights were fitted, so that who signs is
extrapolated: its world, its population, its text, its convenor, talks over it, or weights that
somebody has set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.code_of_conduct import Code
from sim.facts import Facts
from sim.facts.names_in_sentences import with_article
from sim.number_formats import percent, setting, significant
from sim.parameters import DIALS, Fitted
from sim.scenario.code import Stated
from sim.scenario.event import Event
from sim.scenario.rival import RIVAL, Rival
from sim.scenario.text_talks import WHY_NEGOTIATED, TextTalks
from sim.scenario.text_weights import features_of, read_common, read_text, share_of_common
from sim.scenario.weights import file_of_weights

# What may be unlike the register's.
UNLIKE = WORLD, POPULATION, CONVENOR, TEXT, NEGOTIATION, WEIGHTS, BESIDE = (
    "world", "population", "convenor", "text", "negotiation", "weights", RIVAL,
)  # fmt: skip
LIKE = 0.2  # of each feature: as far apart as two careful readers may code the same text
ROUNDING = 1e-9  # of the difference of two features
FEATURES = {  # in words
    "openness": "openness", "public_rule": "public rule", "restraint": "all prohibitions together",
    "burden": "all duties together",
}  # fmt: skip
OTHER_WORLD = (
    "The weights were fitted in the world of the register, and these facts are of another."
)
MOST_WEIGHTS = 3  # named in one sentence


def extrapolations(
    facts: Facts,
    code: Code,
    path: Path,
    fitted: Mapping[str, float],
    values: Mapping[str, float],
    events: Iterable[Event],
    stated: Stated | None = None,
    talks: TextTalks | None = None,
    rival: Rival | None = None,
) -> dict[str, str]:
    """What is unlike the register of the file of weights *path* -> what that means, in short
    sentences; empty where nothing is. *fitted* and *values* are the weights of the fit for *code*,
    and those that hold at the start; *stated* is the openness of the text beside an earlier
    convenor, *talks* are those over the text.
    """
    reasons = {
        WORLD: OTHER_WORLD if facts.own else "",
        POPULATION: unlike_population(values["population_scale"]),
        CONVENOR: unlike_convenor(code, path, stated, facts.state_names),
        TEXT: unlike_text(code, path),
        NEGOTIATION: WHY_NEGOTIATED if talks is not None and talks.decides else "",
        WEIGHTS: unlike_weights(fitted, values, events),
        BESIDE: beside_another(rival),
    }
    return {what: words for what, words in reasons.items() if words}


def unlike_features(code: Code, path: Path) -> dict[str, tuple[float, float]]:
    """The features, in words, in which *code* is unlike the text whose register the file *path* was
    fitted to, each with its value in *code* and in that text; none where the file names no text, as
    it counts as fitted to *code*.
    """
    of_register = read_text(path)
    if of_register is None:
        return {}
    pairs = zip(FEATURES.values(), features_of(code), of_register, strict=True)
    return {
        words: (here, there) for words, here, there in pairs if abs(here - there) > LIKE + ROUNDING
    }


def unlike_text(code: Code, path: Path) -> str:
    """What it means that *code* has `unlike_features`, in three short sentences; empty where it has
    none.
    """
    differences = [
        f"{words}{_verb(words, number == 0)} {significant(here, 2)} instead of"
        f" {significant(there, 2)}"
        for number, (words, (here, there)) in enumerate(unlike_features(code, path).items())
    ]
    of_register = read_text(path)
    if not differences or of_register is None:
        return ""
    share = (
        round(share_of_common(code.openness, of_register.openness), 6) if read_common(path) else 0.0
    )
    if share == 0.0:
        weights = "The weights are the register's own, which holds no such text"
    elif share == 1.0:
        weights = (
            "It stands across the middle, where states have weights fitted to many instruments"
        )
    else:
        weights = (
            f"Across the middle, states' weights are {percent(share)} those fitted to many"
            " instruments"
        )
    return (
        "This text is unlike the one whose register the weights were fitted to. On scales from 0"
        f" to 1, {', '.join(differences)}. {weights}. Who signs before whom is told better than how"
        " many sign."
    )


def _verb(words: str, is_first: bool) -> str:
    """What stands between a feature in *words* and its value; the verb is told of the first one
    alone.
    """
    if words.startswith("all "):
        return " are at" if is_first else " at"
    return " is" if is_first else ""


def unlike_population(scale: float) -> str:
    """What it means that there are *scale* times as many potential firms and NGOs; empty for 1."""
    if scale == 1.0:
        return ""
    return (
        "The weights were fitted in a world with some 2,000 potential firms and NGOs; this one has"
        f" {setting(scale)} times as many, each of which counts as 1/{setting(scale)} in all"
        " numbers of firms and NGOs, and luck among them evens out."
    )


def unlike_convenor(code: Code, path: Path, stated: Stated | None, names: Mapping[str, str]) -> str:
    """What it means that *code* has another convenor or club than the text of the register, or is
    read otherwise than it was *stated*, with the *names* of states by iso3; empty where neither is
    so, or where the file *path* names no convenor.
    """

    def who(state: str | None, club: str | None) -> str:
        name = with_article(names.get(state, state)) if state else "nobody"
        return f"{name}{f' with its club {club}' if club else ''}"

    fit = file_of_weights(path).section("fit")
    convenor, club = fit.text("convenor", ""), fit.text("convenor_club", "")
    same = convenor in ("", code.convenor) and (
        "convenor_club" not in fit or club == (code.convenor_club or "")
    )
    if same and stated is None:
        return ""
    here, of_register = who(code.convenor, code.convenor_club), who(convenor, club)
    words = f"It is convened by {here}; the text of the register, by {of_register}."
    if stated is None:
        return f"{words} What a convenor moves is hardly told apart from what texts say."
    then, now = significant(stated.openness, 2), significant(code.openness, 2)
    return (
        f"{words} Assumed: the same text, whose openness is {then} beside"
        f" {who(stated.convenor, None)}, reads as {now} beside {who(code.convenor, None)}."
    )


def beside_another(rival: Rival | None) -> str:
    """What it means that a second code is open beside the first; empty where none is."""
    if rival is None or not rival.is_open:
        return ""
    return (
        f"A second code is open beside it, {rival.code.name}: who signs that one is extrapolated,"
        " and what two codes do to each other is assumed, as no register tells it. Numbers are of"
        " the first where nothing else is said."
    )


def unlike_weights(
    fitted: Mapping[str, float], values: Mapping[str, float], events: Iterable[Event]
) -> str:
    """Which weights of the fit are *fitted* no longer, by *values* that somebody has set or by an
    event.
    """
    at_start = [
        name
        for name, weight in fitted.items()
        if isinstance(DIALS[name], Fitted) and values[name] != weight
    ]
    later = [
        event.name
        for event in events
        if event.what == "dial" and isinstance(DIALS.get(event.name), Fitted)
    ]
    names = list(dict.fromkeys([*at_start, *later]))
    if not names:
        return ""
    more = len(names) - MOST_WEIGHTS
    labels = [DIALS[name].label for name in names[:MOST_WEIGHTS]]
    words = ", ".join([*labels, *([f"{more} more"] if more > 0 else [])])
    return f"Not every weight is as it was fitted: {words}."
