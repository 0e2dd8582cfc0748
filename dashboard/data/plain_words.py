"""Documents of the project in plain words, for pages that visitors read: they name no file, command
or variable of the code. Numbers stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sim
from dashboard.data.words import dial_words
from sim import number_formats as formats

# Columns and symbols whose names say little to a visitor.
NAMES: Mapping[str, str] = {
    "budapest_party": "membership of the Budapest Convention",
    "freedom_online_coalition": "membership of the Freedom Online Coalition",
}
FOLDERS = "sim|scenarios|docs|dashboard|tests|weights"
IDENTIFIER = re.compile(
    r"\b[a-z][a-z0-9]+(?:_[a-z0-9]{2,})+\b"
)  # but no subscript such as m_k or a_ik
SPECIAL = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
PATH = re.compile(rf"`?\b(?:{FOLDERS})/[\w./-]*`?")
CHOICES, IN_SOURCES = (
    "decisions.md",
    "decisions.md in the project’s repository",
)  # a file that readers may want to find
FILE = re.compile(r"`?\b([\w-]+)\.(?:csv|toml|py|md|json|cff)\b`?")
COMMAND = re.compile(
    r"`(?:parley|make) [^`]*`|\bparley (?:evidence|backtest|predict|run|sources)\b[\w /-]*"
)
OPTION = re.compile(
    r"(?: [A-Z][^.]*)? ?--[a-z][\w-]*[^.]*\."
)  # the sentence that names an option of the command line
HASH = re.compile(r"\s?\(`?[0-9a-f]{12,}`?\)|\b(?=[a-f]*\d)[0-9a-f]{12,}\b")
ARGUMENT = re.compile(r'`?\b([a-z]+)="([a-z]+)"`?')
ALONE = re.compile(rf" `(?:{FOLDERS})/[^`]*`(?=\n|$)")  # a file after the end of a sentence
IN_BRACKETS = re.compile(r"\s?\(([^()]*)\)")
BASELINE = re.compile(r"\bb0\b")  # what restrains everyone, code or no code
TITLES = ("kind", "name", "align")  # keys of a document that no visitor reads
# The tables of facts by plain titles.
TABLES: Mapping[str, str] = {
    "states": "States of the United Nations",
    "other_homes": "Homes without a seat in the United Nations",
    "organisations": "Firms and NGOs by name",
    "paris_call_states": "States that support the Paris Call",
    "paris_call_organisations_by_country": (
        "Firms, NGOs and authorities on the register, by country"
    ),
    "paris_call_organisation_reports": "Reports on who joined among firms and NGOs",
    "paris_call_milestones": "How many had signed, date by date",
    "positions": "Public statements",
    "paris_call_provisions": "The nine principles of the Paris Call",
    "gge_provisions": "What groups of the United Nations spoke of",
    "gge_seats": "Who sat in which group of governmental experts",
}
HEADING_OF_TABLE = re.compile(rf"^## ({'|'.join(TABLES)})\.csv$", re.MULTILINE)
FILE_OF_TABLE = re.compile(rf"`?\b(?:scenarios/data/)?({'|'.join(TABLES)})\.csv\b`?")


def plain(text: str) -> str:
    """*text* in plain words: a dial or column by its words, a file or a command by what it is."""
    text = OPTION.sub("", COMMAND.sub("the command line", HASH.sub("", text)))
    text = re.sub(r"\bparley\b", "Parley", text)
    text = ARGUMENT.sub(r"\1: \2", ALONE.sub("", IN_BRACKETS.sub(_without_files, text)))
    text = PATH.sub(
        "a file of the project", re.sub(r"the column (\w+) of [\w-]+\.csv", r"\1", text)
    )
    text = re.sub(
        r"(?<=\. )(?:the command|a file of the project)", lambda match: match[0].capitalize(), text
    )
    text = FILE.sub(lambda match: f"“{dial_words(match[1])}”", text)
    return IDENTIFIER.sub(
        lambda match: dial_words(match[0]).replace("ngo ", "NGO "), SPECIAL.sub(_named, text)
    )


def with_titles(markdown: str) -> str:
    """The *markdown* of a document in which tables have titles in place of the names of their
    files; in headings each with its number of rows.
    """
    sizes = sim.sizes_of_tables()

    def heading(match: re.Match[str]) -> str:
        return f"## {TABLES[match[1]]} ({formats.count(sizes[match[1]])} rows)"

    return FILE_OF_TABLE.sub(
        lambda match: f"“{TABLES[match[1]]}”", HEADING_OF_TABLE.sub(heading, markdown)
    )


def plain_document(part: Any) -> Any:
    """A *part* of a document, as its JSON has it, in plain words; one file is named, and where it
    is.
    """
    if isinstance(part, str):
        words = [plain(BASELINE.sub("restraint anyway", each)) for each in part.split(CHOICES)]
        return IN_SOURCES.join(words)
    if isinstance(part, Mapping):
        return {
            key: value if key in TITLES else plain_document(value) for key, value in part.items()
        }
    return [plain_document(each) for each in part] if isinstance(part, (list, tuple)) else part


def _named(match: re.Match[str]) -> str:
    return NAMES[match[0]]


def _without_files(match: re.Match[str]) -> str:
    """What stands in brackets without the files that it names; nothing where it names files
    alone.
    """
    if not PATH.search(match[0]):
        return match[0]
    rest = [
        part
        for part in re.split(r"[,;] ", match[1])
        if not PATH.search(part) and "a file" not in part
    ]
    return f" ({', '.join(rest)})" if rest else ""
