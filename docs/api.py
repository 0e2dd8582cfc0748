"""docs/api.md: the public names of parley, from their docstrings, each that can be called with an
example that is run.

`python -m docs.api` writes it. docs/api.toml holds the order, the examples, and what names without
a docstring are.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Any

import sim
from docs.imports import ROOT
from sim.writing import write_text

SOURCE, PAGE = ROOT / "docs" / "api.toml", ROOT / "docs" / "api.md"
WIDTH = 110  # letters of a signature in one line
HEAD = """# The public names

Whatever stands in `parley.__all__`, from its docstring, and an example of each name that can be
called. `import parley` is `import sim`, by the name of its folder, and every module of it can be
had either way; it is found beside folders and files of yours that are called sim, too, which
`import sim` is not. A type checker knows the names of this page as those of `parley`, and a module
inside as that of `sim`. This page is written by `make docs`, the order and the examples in
[api.toml](api.toml); a test runs them. What the words mean stands in [glossary.md](glossary.md),
what `as_json` gives in [json.md](json.md).
"""


def source() -> dict[str, Any]:
    """What api.toml holds."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def argument(parameter: inspect.Parameter, *, annotated: bool) -> str:
    """One argument as it is written in a signature, a path in it as it lies in the repository."""
    default = parameter.default
    if isinstance(default, Path):
        default = Path(default).relative_to(ROOT).as_posix()
    words = f"{parameter.name}: {parameter.annotation}" if annotated else parameter.name
    equals = " = " if annotated else "="
    return words if default is inspect.Parameter.empty else f"{words}{equals}{default!r}"


def arguments(of: Any, *, annotated: bool) -> list[str]:
    """The arguments of a function or a class, `*` before those that go by keyword alone."""
    parameters = [p for p in inspect.signature(of).parameters.values() if p.name != "self"]
    shown = [argument(parameter, annotated=annotated) for parameter in parameters]
    kinds = [parameter.kind for parameter in parameters]
    if inspect.Parameter.KEYWORD_ONLY in kinds:
        shown.insert(kinds.index(inspect.Parameter.KEYWORD_ONLY), "*")
    return shown


def signature(name: str, of: Any) -> str:
    """*name* with the arguments that it takes, one a line where they are many."""
    shown = arguments(of, annotated=True)
    line = f"{name}({', '.join(shown)})"
    return line if len(line) <= WIDTH else f"{name}(\n    " + ",\n    ".join(shown) + ",\n)"


def prose(of: Any) -> str:
    """A docstring as Markdown: its lists stay lists, its tables stay as they are written."""
    text = inspect.getdoc(of) or ""
    blocks = []
    for block in text.strip().split("\n\n"):
        aligned = re.search(r"\S {3,}\S", block)
        blocks.append(f"```text\n{block}\n```" if aligned else in_code(block))
    return "\n\n".join(blocks)


def in_code(text: str) -> str:
    """*text* with the names of arguments as code, and public names as whoever imports parley has
    them.
    """
    named = re.sub(rf"`sim\.(?=({'|'.join(sim.__all__)})\b)", "`parley.", text)
    return re.sub(r"\*(\w+)\*", r"`\1`", named)


def members(of: type) -> list[str]:
    """What a class offers beside what it inherits: its fields, then a line for each property and
    method.
    """
    fields = getattr(of, "__dataclass_fields__", {})
    lines = [f"- fields: {', '.join(f'`{name}`' for name in fields)}"] if fields else []
    for name, member in vars(of).items():
        if name.startswith("_") or name in fields:
            continue
        function = getattr(member, "fget", None) or getattr(member, "func", None) or member
        if inspect.isfunction(function):
            first = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
            call = (
                f"{name}({', '.join(arguments(function, annotated=False))})"
                if function is member
                else name
            )
            lines.append(f"- `{call}`: {in_code(first)}")
    return lines


def entry(name: str, told: dict[str, Any]) -> str:
    """The section on one public name."""
    of = getattr(sim, name)
    parts = [f"### `{name}`"]
    if name in told["constants"]:
        return "\n\n".join([*parts, told["constants"][name]]) + "\n"
    if inspect.isfunction(of) or name == "ParleyModel":
        parts.append(f"```python\n{signature(f'parley.{name}', of)}\n```")
    parts.append(prose(of))
    if inspect.isclass(of) and (lines := members(of)):
        parts.append("\n".join(lines))
    parts.append(f"```python\n{told['examples'][name].strip()}\n```")
    return "\n\n".join(parts) + "\n"


def page() -> str:
    """The whole document."""
    told = source()
    parts = [HEAD]
    for group in told["group"]:
        parts += [f"## {group['title']}\n", *(entry(name, told) for name in group["names"])]
    return "\n".join(parts)


if __name__ == "__main__":
    write_text(PAGE, page())
