"""Texts of the report, from templates of Jinja over values.

A template of sentences is written like Markdown: below each heading stand the sentences on one
subject, a paragraph each; `**words:**` at the beginning of a sentence are its lead. Numbers are
written by the functions of `sim.number_formats`, which are filters here, so that a template decides
how a number reads. A value that a template asks for and nobody gives is an error.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim import number_formats
from sim.evidence.report.document import markdown_table
from sim.kinds_and_statuses import KIND_WORDS

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FITTED = "fitted to the register"  # what numbers rest on
NAME_OF_DOCUMENT = re.compile(r"\b[\w-]+\.md\b")
# Where a paragraph goes on in the next line, which is no row, list, heading, fold or figure.
CONTINUED = re.compile(r"(?<=[^\n])\n *(?=[^\s|#<!-])")
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


@functools.cache
def texts_of(template: str) -> Template:
    """The *template* of that name, ready to be rendered."""
    return _environment().get_template(f"{template}.jinja")


def texts(template: str, **values: Any) -> dict[str, list[str]]:
    """Subject -> its sentences, as the *template* says them of *values*."""
    _, *parts = HEADING.split(texts_of(template).render(values))
    return {
        subject: [folded for each in re.split(r"\n\s*\n", text) if (folded := _folded(each))]
        for subject, text in zip(parts[::2], parts[1::2], strict=True)
    }


def page(template: str, **values: Any) -> str:
    """A whole page of Markdown: a line for each paragraph, one empty line between its parts."""
    text = CONTINUED.sub(" ", texts_of(template).render(values))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def origin(manifest: Mapping[str, Any]) -> str:
    """The seed and the version behind numbers."""
    return f"seed {manifest['seed']}, Parley {manifest['parley']}"


def score(value: float) -> str:
    """A score with three digits."""
    return number_formats.decimal(value, 3)


def pairs(share: float) -> str:
    """A share of pairs that are put right, as so many of a hundred."""
    return number_formats.count(100 * share)


def capital(words: str) -> str:
    """The *words* with a capital letter at their beginning."""
    return f"{words[:1].upper()}{words[1:]}"


def quantity(number: int, one: str) -> str:
    """1 world, 2 worlds."""
    return f"{number} {one if number == 1 else f'{one}s'}"


def model_name(model: str) -> str:
    """The name of a *model* as it can stand among others: flat ridge (27 covariates)."""
    name, _, more = model.partition(", ")
    return f"{name} ({more})" if more else name


def _folded(text: str) -> str:
    """*text* in one line; spaces that may not break stay."""
    return re.sub(r"[ \n]+", " ", text).strip(" \n")


@functools.cache
def _environment() -> Environment:
    """Jinja, which whoever reads no text of a report need not load."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__name__.rpartition(".")[0]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters |= {
        name: function
        for name, function in inspect.getmembers(number_formats, inspect.isfunction)
        if not name.startswith("_")
    }
    environment.filters |= {
        "capital": capital,
        "linked": lambda text: NAME_OF_DOCUMENT.sub(r"[\g<0>](../\g<0>)", text),
        "markdown_table": markdown_table,
        "kind": lambda kind: KIND_WORDS[kind],
        "model": model_name,
        "pairs": pairs,
        "quantity": quantity,
        "score": score,
    }
    environment.globals |= {"KINDS": tuple(KIND_WORDS), "SIGNIFICANT": number_formats.significant}
    return environment
