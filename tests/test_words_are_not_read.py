"""No script of the dashboard, and no module of it or of sim, reads back the English that was
rendered, to decide or to compose something: what is decided stands in values, kinds and keys beside
the words.

What can be told mechanically: a search, a comparison or a cut by English words or by the signs
between sentences, and one of the text that a page shows. Identifiers, units of data, classes and
what visitors type in are no such words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DASHBOARD = ROOT / "dashboard"
SCRIPTS = sorted(
    path
    for path in (*(DASHBOARD / "assets").glob("*.js"), *DASHBOARD.glob("classroom/static/*.js"))
    if path.name != "fluent-bundle.js"
)
MODULES = sorted((*DASHBOARD.rglob("*.py"), *(ROOT / "sim").rglob("*.py")))

# Between words, at the end of a word, or between sentences and their parts.
ENGLISH = re.compile(r"[A-Za-z”)] |[ (][A-Za-z]|^[.,;:] $|^[A-Z][a-z]+$")
IN_A_PATTERN = re.compile(r"[A-Za-z”)] | [A-Za-z]|\b(?:more|fewer|less|many|most|none|nobody)\b")
CUTS = (
    "startswith",
    "endswith",
    "split",
    "rsplit",
    "partition",
    "rpartition",
    "removeprefix",
    "removesuffix",
    "replace",
    "find",
    "index",
)
OF_SCRIPTS = re.compile(
    r"\.(?:startsWith|endsWith|includes|indexOf|replace|replaceAll|split|match|search)\(\s*"
    r"(\"(?:[^\"\\\n]|\\.)*\"|`[^`\n]*`|/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"
)
TESTED = re.compile(
    r"(?:^|[(,=:?&|!;{}])\s*(/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"
    r"\.(?:test|exec)\(",
    re.MULTILINE,
)
SHOWN = re.compile(
    r"(?:textContent|innerText)\??\s*\??\."
    r"(?:startsWith|endsWith|includes|match|replace|replaceAll|search|slice|split|substring)\("
    r"|\.(?:test|exec)\([^()]*(?:textContent|innerText)"
    r"|(?:textContent|innerText) [!=]== (?:\"|[A-Z_]+\b)"
)


# What is left, by file: how many places, and why.
OF_DATA = "names, codes and texts of data"
OF_SWEEPS = (
    "sim.analysis words effects, parts of assumptions and outcomes, and sends no values of these"
)
OF_LESSONS = "a lesson's figures come as words, with a unit that a learner types"
OF_DECLARED = "what sim declares of a dial or an outcome, as a part of another sentence"
OF_USERS = "what users write in files and on the command line"
OF_MARKDOWN = "Markdown and other marks of files"
EXCEPTIONS: Mapping[str, tuple[int, str]] = {
    "assets/basis.js": (1, "a basis and its worlds are one cell in files, and so in answers"),
    "assets/combobox.js": (1, OF_DATA),
    "assets/download_keys.js": (1, "a class"),
    "assets/figures_compare.js": (1, "an article before a label that stands beside a letter"),
    "assets/figures_evidence.js": (2, OF_DATA),
    "assets/figures_learn.js": (3, OF_LESSONS),
    "assets/figures_stakeholder.js": (1, "“the 3” is “all 3” where a sentence begins with it"),
    "assets/figures_sweep_words.js": (3, OF_SWEEPS),
    "assets/figures_sweeps.js": (5, OF_SWEEPS),
    "assets/learn_run.js": (2, OF_LESSONS),
    "assets/map_key.js": (1, "the source of a picture"),
    "assets/method.js": (2, "the seed in a command that is to be copied"),
    "assets/negotiate_answer.js": (1, OF_DATA),
    "assets/simulate.js": (1, OF_DATA),
    "assets/stakeholder.js": (1, OF_DATA),
    "assets/stakeholder_picture.js": (1, "a sentence becomes a part of another"),
    "assets/stakeholder_table.js": (1, OF_DATA),
    "assets/sweep_first.js": (2, OF_SWEEPS),
    "assets/sweeps.js": (1, OF_SWEEPS),
    "classroom/static/paper.js": (1, "an address"),
    "classroom/answers.py": (2, "a key of an answer"),
    "data/compare.py": (1, "the name of a file"),
    "data/plain_words.py": (5, "documents of the project, shown without its files and commands"),
    "data/ready_answers.py": (5, OF_SWEEPS),
    "data/suppositions.py": (1, OF_DECLARED),
    "data/sweep_answers.py": (1, OF_DECLARED),
    "data/sweep_headlines.py": (4, OF_SWEEPS),
    "data/tables.py": (1, OF_DATA),
    "pages/designer/layout.py": (1, OF_DECLARED),
    "pages/designer/position.py": (1, OF_DECLARED),
    "pages/evidence/routes.py": (1, OF_DECLARED),
    "pages/method.py": (2, "documents of the project"),
    "pages/sweeps/layout.py": (1, OF_DECLARED),
    "report/cards.py": (1, "the name of a method"),
    "report/figures.py": (1, OF_SWEEPS),
    "report/maps.py": (1, OF_DATA),
    "sim/analysis/plain.py": (6, OF_SWEEPS),
    "sim/analysis/study.py": (1, OF_SWEEPS),
    "sim/code_of_conduct.py": (2, OF_USERS),
    "sim/commands/options.py": (2, "only its sentence has what click found on the command line"),
    "sim/evidence/report/rendering.py": (2, OF_MARKDOWN),
    "sim/evidence/report/sheet.py": (1, OF_MARKDOWN),
    "sim/evidence/texts/prediction.py": (1, OF_DECLARED),
    "sim/facts/facts.py": (2, OF_USERS),
    "sim/facts/names_in_sentences.py": (2, "names of states, which take an article"),
    "sim/lessons/files.py": (1, OF_MARKDOWN),
    "sim/lessons/sheet.py": (1, OF_MARKDOWN),
    "sim/scenario/scenario.py": (1, OF_MARKDOWN),
    "sim/scenario/weights.py": (1, "a key of a file of weights, which names two of them"),
}


def of_script(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each place where a script reads words."""
    for pattern in (OF_SCRIPTS, TESTED):
        for found in pattern.finditer(text):
            literal = found[1]
            english = IN_A_PATTERN if literal.startswith("/") else ENGLISH
            if english.search(re.sub(r"\(\?(?:<?[=!]|:)?", "(", literal).strip('"`/')):
                yield text.count("\n", 0, found.start()) + 1, found[0]
    for found in SHOWN.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


def constants_of(tree: ast.Module) -> dict[str, str]:
    """The texts that stand as constants at the top of a module, by name; of a pattern its own."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        (target,), value = node.targets[:1], node.value
        names, values = (
            (target.elts, value.elts)
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            else ([target], [value])
        )
        for name, each in zip(names, values, strict=False):
            if isinstance(name, ast.Name) and (text := literal_of(each, {})) is not None:
                found[name.id] = text
    return found


def literal_of(node: ast.expr, constants: Mapping[str, str]) -> str | None:
    """The text that *node* is, with a blank for each part that is computed; None of others."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(each.value) if isinstance(each, ast.Constant) else "…" for each in node.values
        )
    if isinstance(node, ast.Tuple):
        return "\n".join(filter(None, (literal_of(each, constants) for each in node.elts)))
    return None


def of_module(text: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each place where a module reads words."""
    tree = ast.parse(text)
    constants = constants_of(tree)
    for node in ast.walk(tree):
        read: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            is_pattern = isinstance(of, ast.Name) and of.id == "re"
            read = node.args[:1] if is_pattern or node.func.attr in CUTS else []
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            read = [node.left]
        for each in read:
            literal = literal_of(each, constants)
            if literal and any(ENGLISH.search(part) for part in literal.split("\n")):
                yield node.lineno, ast.unparse(node)


def read_in(path: Path) -> list[str]:
    """Each place where a file reads words, as "name: the code"."""
    text = path.read_text(encoding="utf-8")
    found = of_script(text) if path.suffix == ".js" else of_module(text)
    return [f"{name_of(path)}:{line}: {code}" for line, code in sorted(set(found))]


def name_of(path: Path) -> str:
    """The path of a file from the dashboard; of one of sim from the whole."""
    return path.relative_to(DASHBOARD if DASHBOARD in path.parents else ROOT).as_posix()


def test_nobody_reads_english_that_was_rendered():
    found = {name_of(path): places for path in (*SCRIPTS, *MODULES) if (places := read_in(path))}
    more = [
        place
        for name, places in found.items()
        for place in places
        if len(places) > EXCEPTIONS.get(name, (0, ""))[0]
    ]
    assert more == []


def test_no_exception_is_kept_that_is_needed_no_more():
    paths = {name_of(path): path for path in (*SCRIPTS, *MODULES)}
    number = {name: len(read_in(paths[name])) if name in paths else 0 for name in EXCEPTIONS}
    assert number == {name: places for name, (places, _) in EXCEPTIONS.items()}


@pytest.mark.parametrize(
    "script",
    [
        'words.startsWith("as ")',
        'both.replace("up to ", "0 to ")',
        'said.some((each) => each.textContent.startsWith("Not enough"))',
        "said_of_curves().match(/ more than ([A-D]),/)",
        "/ (more|fewer)$/.test(words)",
        "[a].some((each) => each.textContent === LUCK)",
        'text.split(". ")',
    ],
)
def test_a_script_that_reads_words_is_found(script):
    assert list(of_script(script))


@pytest.mark.parametrize(
    "script",
    [
        'name.startsWith("ambition_")',
        'keys.includes("set")',
        "place.textContent !== words",
        'key.replace("signatories-", "listed-")',
        "/^\\d+$/.test(typed)",
    ],
)
def test_a_script_that_reads_keys_is_not(script):
    assert not list(of_script(script))


@pytest.mark.parametrize(
    "module",
    [
        're.compile(" (fewer|less) to ")',
        'ends.removesuffix(" more")',
        'text.partition(". ")',
        'LEAD = "With other fits"\ntext.startswith(LEAD)',
        'is_it = "two groups" in text',
    ],
)
def test_a_module_that_reads_words_is_found(module):
    assert list(of_module(module))


@pytest.mark.parametrize(
    "module", ['name.removeprefix("tabled_")', 'part.partition(":")', 'has = "state" in kinds']
)
def test_a_module_that_reads_keys_is_not(module):
    assert not list(of_module(module))
