"""A sheet of white paper to draw on: colours, type, title, notes, and the SVG that comes of it.

Everything is set in inches from the upper left corner, so that no place depends on how wide some
font is: text stays text, in whatever sans serif the reader's system has.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any

from sim.evidence.report import document
from sim.extras import extra

RED, GREY, PALE_BLUE, BLUE = (
    "#D55E00",
    "#BFC5CC",
    "#56B4E9",
    "#0072B2",
)  # Okabe and Ito 2008, and a grey
PALE = 0.45  # opacity of what is wide
INK, FAINT, RULE = "#1F2933", "#52606D", "#E4E7EB"
WIDTH = 8.8
FONT, FONTS = "DejaVu Sans", "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
SIZE, SMALL, TITLE = 9.0, 8.0, 11.5
LETTER = 0.062  # inches that a small letter takes, about
STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "parley",
    "font.family": FONT,
    "font.size": SIZE,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "path.simplify": False,
}


def drawing() -> Any:
    """matplotlib, of which no window is opened."""
    with extra("analysis", "figures"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import matplotlib
        import matplotlib.style
    return matplotlib


class Sheet:
    """A *figure* of a *height* in inches, with its title, what it shows, and its source at the
    foot.
    """

    def __init__(self, height: float, figure: document.Figure) -> None:
        self.matplotlib = drawing()
        with self.matplotlib.style.context(["default", STYLE]):
            from matplotlib.figure import Figure

            self.height = height
            self.figure = Figure(figsize=(WIDTH, height), facecolor="white")
        self.text_at(0.15, 0.28, figure.title, size=TITLE, weight="bold")
        self.text_at(0.15, 0.50, figure.words, color=FAINT)
        self.text_at(0.15, height - 0.12, figure.source, size=SMALL, color=FAINT)

    def text_at(self, x: float, y: float, text: str, **how: Any) -> None:
        """*text* with its base line *y* inches below the upper edge, *x* from the left."""
        usual: dict[str, Any] = {"size": SIZE, "color": INK, "family": FONT, "va": "baseline"}
        self.figure.text(x / WIDTH, 1 - y / self.height, text, **(usual | how))

    def panel(self, x: float, y: float, width: float, height: float) -> Any:
        """Axes with only faint vertical lines, their upper left corner at *x*, *y*, in inches."""
        with self.matplotlib.style.context(["default", STYLE]):
            place = (x / WIDTH, 1 - (y + height) / self.height, width / WIDTH, height / self.height)
            axes = self.figure.add_axes(place)
            axes.set_facecolor("white")
            for side in ("top", "right", "left", "bottom"):
                axes.spines[side].set_visible(False)
            axes.grid(axis="x", color=RULE, linewidth=0.8)
            axes.set_axisbelow(True)
            axes.use_sticky_edges = False
            axes.tick_params(labelsize=SMALL)
            return axes

    def rows(self, axes: Any, labels: Sequence[str], ends: float = 0.6) -> None:
        """One row per label, the first on top."""
        with self.matplotlib.style.context(["default", STYLE]):
            axes.set_ylim(len(labels) - 1 + ends, -ends)
            axes.set_yticks(range(len(labels)), labels, fontsize=SMALL)

    def bar(
        self, axes: Any, row: int, low: float, high: float, pale: bool = False, colour: str = ""
    ) -> None:
        """An interval in a *row*: wide and pale, or narrow and strong."""
        thick, usual = (0.62, PALE_BLUE) if pale else (0.26, BLUE)
        style: dict[str, Any] = {"color": colour or usual, "alpha": PALE if pale else 1}
        if not pale:
            style |= {
                "edgecolor": colour or usual,
                "linewidth": 1.2,
            }  # an interval of no width shows too
        axes.barh(row, high - low, thick, low, **style)

    def dot(self, axes: Any, row: int, value: float, colour: str, size: float = 5.5) -> None:
        """A *value* in a *row*."""
        axes.plot(value, row, "o", color=colour, markersize=size, markeredgecolor="white", zorder=3)

    def text_beside(
        self, axes: Any, row: int, text: str, bold: bool = False, right: float = 0.0
    ) -> None:
        """*text* to the right of the panel, in a *row*, so many inches farther to the *right*."""
        with self.matplotlib.style.context(["default", STYLE]):
            place, weight = axes.get_yaxis_transform(), "bold" if bold else "normal"
            x = 1.03 + right / (axes.get_position().width * WIDTH)
            axes.text(
                x,
                row,
                text,
                transform=place,
                size=SMALL,
                weight=weight,
                color=INK,
                va="center_baseline",
            )

    def text_inside(self, axes: Any, row: int, text: str) -> None:
        """*text* in place of a mark that lies left of the panel, in a *row*."""
        with self.matplotlib.style.context(["default", STYLE]):
            place = axes.get_yaxis_transform()
            axes.text(
                0.01, row, text, transform=place, size=SMALL, color=FAINT, va="center_baseline"
            )

    def key(self, *marks: tuple[str, str, str]) -> None:
        """What marks mean, in one line: (shape, colour, words) each; shape is "dot", "pale",
        "strong" or "line".
        """
        x, y = 0.15, 0.76
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        for shape, colour, words in marks:
            middle = 1 - (y - 0.045) / self.height
            if shape == "dot":
                at = [(x + 0.11) / WIDTH]
                mark = Line2D(
                    at, [middle], marker="o", markersize=6, color=colour, linestyle="none"
                )
                self.figure.add_artist(mark)
            elif shape == "line":
                ends = [x / WIDTH, (x + 0.22) / WIDTH]
                self.figure.add_artist(Line2D(ends, [middle, middle], color=colour, linewidth=1.2))
            else:
                thick = 0.12 if shape == "pale" else 0.05
                corner = (x / WIDTH, middle - thick / 2 / self.height)
                size = 0.22 / WIDTH, thick / self.height
                opacity = PALE if shape == "pale" and colour == PALE_BLUE else 1
                self.figure.add_artist(
                    Rectangle(corner, *size, facecolor=colour, alpha=opacity, linewidth=0)
                )
            self.text_at(x + 0.30, y, words, size=SMALL, color=FAINT)
            x += 0.30 + LETTER * len(words) + 0.3

    def svg(self) -> str:
        """The figure as SVG, without date or maker."""
        with self.matplotlib.style.context(["default", STYLE]):
            svg = io.StringIO()
            self.figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        text = re.sub(r"'DejaVu Sans'", FONTS, svg.getvalue())
        return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
