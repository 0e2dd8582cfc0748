"""The typeface of sheets on paper: Inter in two fixed weights, which a browser embeds in a PDF.

They are instances of the variable font of the pages (dashboard/assets/inter.woff2), which a browser
cannot embed: it writes each letter as a drawing.
"""

from __future__ import annotations

import base64
from pathlib import Path

FAMILY = "Inter on paper"
FOLDER = Path(__file__).parent
WEIGHTS = {"inter-regular.woff2": "100 500", "inter-semibold.woff2": "501 900"}


def font_faces() -> str:
    """The rules of CSS that bring the typeface along, so that a file needs nothing beside it."""
    return "\n".join(_face(file, weights) for file, weights in WEIGHTS.items())


def _face(file: str, weights: str) -> str:
    font = base64.b64encode((FOLDER / file).read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weights};'
        f' src: url(data:font/woff2;base64,{font}) format("woff2") }}'
    )
