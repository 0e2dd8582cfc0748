"""The pages of class sessions: templates of Jinja in `templates`, filled with the messages of a
language.
"""

from __future__ import annotations

import functools
from pathlib import Path

import jinja2

from dashboard.classroom.catalogue import ENGLISH, Language, source


def filled(page: str, language: Language, **values: object) -> str:
    """The *page* of that name, in that *language*. A page says `say(KEY)` for a message, and
    `source(FILE, ...)` for the files of messages that its scripts ask for. What frames it names its
    title and its script after it.
    """
    return (
        _templates()
        .get_template(f"{page}.html")
        .render(
            page=page,
            say=language.say,
            source=functools.partial(_messages, language),
            language=language,
            **values,
        )
    )


def _messages(language: Language, *files: str) -> str:
    """The *files* as a script reads them: in English, then what *language* has of them, which takes
    their place.
    """
    return "\n".join(source(each, *files) for each in dict.fromkeys((ENGLISH, language)))


@functools.cache
def _templates() -> jinja2.Environment:
    files = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    return jinja2.Environment(loader=files, autoescape=True, undefined=jinja2.StrictUndefined)
