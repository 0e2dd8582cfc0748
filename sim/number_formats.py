"""Numbers, differences, intervals, dates and lists as people read them: on a page, in a brief, at
the command line.

Every text for people takes its numbers from here; files keep full precision.
dashboard/assets/aa-format.js is the mirror of this module, name by name, and
tests/test_number_formats.py feeds both the same values. The rules:

- Halves go away from zero, of the decimal number that a person sees: 2.675 is 2.68 and 0.285 is 29
  %, though the floats below them are a little less. The shortest decimal that reads as the float is
  first taken to twelve digits, as sums of floats leave noise after those (28.499999999999996 is
  28.5), and a share becomes a percentage by its decimal point.
- A count is whole, and so are means over worlds that stand beside each other (`level`, `change`),
  as nobody signs by tenths. A mean of counts by itself (`mean`) has one decimal; anything else
  three significant digits, or the decimals of its column.
- Between two views a difference is what 90 % of the pairs of worlds hold, in words
  (`change_in_words`). One number for it (`clear_change`) is unclear, and no number, where these are
  not all on one side of none.
- 0 % means none and 100 % all: what only comes near is <1 % or >99 %. A no-break space stands
  before the sign.
- The minus sign is −, a dash – stands for what is missing, a comma parts thousands. A zero has no
  sign.
- An interval has an en dash without spaces in tables and figures, and "to" in sentences; where an
  end may be negative, as in all differences, it has "to" everywhere.
- A day is 12 November 2018; in files 2018-11-12.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from math import isfinite, isnan
from typing import Literal

MISSING = DASH = "–"
MINUS = "−"
NO_BREAK = "\u00a0"
TO = " to "
UNCLEAR = "unclear"
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
HALF = 0.5
LEAST, MOST = -4, 9  # powers of ten between which significant digits are written without one

_SIDES = {"less": "fewer", "same": "as many"}  # of counts
_NOISE = Context(prec=12, rounding=ROUND_HALF_UP)
_EXACT = Context(prec=700, rounding=ROUND_HALF_UP)


def decimal(value: float | None, places: int = 2) -> str:
    """*value* with so many decimals: 0.285 is 0.29 with two."""
    return _text(value, lambda exact: _plain(exact, places))


def count(value: float | None) -> str:
    """A number of stakeholders, worlds or points, and a median or percentile of such: 370,
    1,000.
    """
    return decimal(value, 0)


def mean(value: float | None) -> str:
    """A mean of counts: 17.8; less than 0.05 and not nothing is <0.1."""
    return _text(value, lambda exact: _bounded(exact, 1, Decimal(0)))


def significant(value: float | None, digits: int = 3) -> str:
    """*value* with so many significant digits and all those before the point: 17.8, 0.0123, 1,235,
    1.2 × 10⁻⁵.
    """
    return _text(value, lambda exact: _significant(exact, digits))


def setting(value: float | None) -> str:
    """The value of a dial, or another number that somebody chose: as it was chosen, to six
    digits.
    """
    return significant(value, 6)


def percent(share: float | None, places: int = 0) -> str:
    """A share of all in percent: 48 %; <1 % and >99 % where it only comes near none and all."""
    return _with_unit(_in_percent(share, places), "%")


def worlds(number: int) -> str:
    """So many simulated worlds: 200 worlds."""
    return _quantity(number, "world")


def of_worlds(share: float, number: int) -> str:
    """A share of so many simulated worlds as their number: 146 of 200 worlds, none of 50 worlds,
    all 50 worlds.
    """
    if share == 1:
        return f"all {worlds(number)}" if number > 1 else worlds(number)
    return f"{count(share * number) if share > 0 else 'none'} of {worlds(number)}"


def difference(value: float | None, places: int = 1) -> str:
    """A difference with its sign and so many decimals: +4.6, −0.3; 0 where it rounds to that."""
    return _text(value, lambda exact: _signed(exact, places))


def points(value: float | None, places: int = 1) -> str:
    """A difference of two shares, in percentage points: +4.6 points, −1 point."""
    return _with_points(_in_points(value, places))


def effect(value: float | None) -> str:
    """A difference in a unit that may be small, with its sign and three significant digits:
    +0.0123.
    """
    text = significant(value)
    return f"+{text}" if value is not None and value > 0 else text


def effect_interval(low: float | None, high: float | None) -> str:
    """An interval of such differences: +0.0123 to +0.05."""
    return interval(low, high, effect, TO)


def interval(
    low: float | None,
    high: float | None,
    number: Callable[[float | None], str] = count,
    between: str = DASH,
) -> str:
    """From *low* to *high*, each as *number* writes it, in a table: 62–79; with TO *between* them
    in a sentence. Ends that read alike are one number, and a negative one takes TO.
    """
    ends = number(low), number(high)
    if MISSING in ends:
        return MISSING
    if ends[0] == ends[1]:
        return ends[0]
    return (TO if MINUS in ends[0] + ends[1] else between).join(ends)


def percent_interval(
    low: float | None, high: float | None, places: int = 0, between: str = DASH
) -> str:
    """An interval of shares in percent, with one sign: 48–61 %. An end is a bound, so it may round
    to 0 or 100.
    """
    ends = [_percentage(share, places) for share in (low, high)]
    if ends[0] != ends[1]:
        return _with_unit(interval(low, high, partial(_percentage, places=places), between), "%")
    return percent(high if high is not None and high < HALF else low, places)


def difference_interval(low: float | None, high: float | None, places: int = 1) -> str:
    """An interval of differences: −0.5 to +3.2."""
    return interval(low, high, partial(difference, places=places), TO)


def points_interval(low: float | None, high: float | None, places: int = 1) -> str:
    """An interval of differences of shares: −0.5 to +3.2 points."""
    return _with_points(interval(low, high, partial(_in_points, places=places), TO))


def level(value: float | None, unit: str = "") -> str:
    """A mean over worlds in its *unit*, whole: of a share in percent, of counts as `count`."""
    return percent(value) if _is_share(unit) else count(value)


def change(value: float | None, unit: str = "") -> str:
    """A difference of two such levels, whole too."""
    return points(value, 0) if _is_share(unit) else difference(value, 0)


def change_interval(low: float | None, high: float | None, unit: str = "") -> str:
    """An interval of such differences."""
    return points_interval(low, high, 0) if _is_share(unit) else difference_interval(low, high, 0)


def is_clear(low: float | None, high: float | None) -> bool:
    """Whether all of an interval of differences is on one side of none."""
    return (low is not None and low > 0) or (high is not None and high < 0)


def clear_change(value: float | None, low: float | None, high: float | None, unit: str = "") -> str:
    """A `change` where it is clear from 90 % of the pairs, *low* to *high*; 0 where these are none;
    else unclear.
    """
    return change(value, unit) if is_clear(low, high) else "0" if low == high == 0 else UNCLEAR


@dataclass(frozen=True)
class ChangeRange:
    """An interval of changes as it is written: its ends, whole counts or, of shares, points."""

    least: float
    most: float
    is_share: bool = False

    @property
    def direction(self) -> Literal["more", "less", "same", "either"]:
        """Which way all of it goes: "same" where both ends are none, "either" where they lie on
        both sides.
        """
        if self.least < 0 < self.most:
            return "either"
        return "more" if self.most > 0 else "less" if self.least < 0 else "same"

    @property
    def near(self) -> float:
        """The size of the end that is nearer to none."""
        return min(abs(self.least), abs(self.most))

    @property
    def far(self) -> float:
        """The size of the other end."""
        return max(abs(self.least), abs(self.most))

    @property
    def is_one(self) -> bool:
        """Whether it is of a single stakeholder."""
        return not self.is_share and self.direction in ("more", "less") and self.far == 1


def rounded(value: float, places: int = 0, in_points: bool = False) -> float:
    """*value* as it is written with so many decimals, as a number; of a share, *in_points*."""
    if not isfinite(value):
        return value
    return float(_rounded(_exact(value).scaleb(2 if in_points else 0), places)) + 0.0


def change_range(low: float | None, high: float | None, unit: str = "") -> ChangeRange | None:
    """The interval of changes from *low* to *high*, as it is written; None where one is missing."""
    if low is None or high is None or isnan(low) or isnan(high):
        return None
    shares = _is_share(unit)
    least, most = sorted(rounded(end, in_points=shares) for end in (low, high))
    return ChangeRange(least, most, shares)


def side_in_words(changes: ChangeRange) -> str:
    """The word for the direction of *changes*, which do not lie on both sides."""
    sides = {"less": "less", "same": "as much"} if changes.is_share else _SIDES
    return sides.get(changes.direction, "more")


def range_in_words(
    changes: ChangeRange | None, *, from_none: bool = False, side: bool = True
) -> str:
    """*changes* in words: 2 to 3 more, up to 4 fewer, 1 fewer to 9 more, as many; of shares in
    points. *from_none*: where they begin at none, 0 to 4 fewer. Without their *side*: 2 to 3.
    """
    if changes is None:
        return MISSING

    def of(size: float) -> str:
        word = "point" if size == 1 else "points"
        return _with_unit(count(size), word) if changes.is_share else count(size)

    if changes.direction == "same":
        return side_in_words(changes)
    if changes.direction == "either":
        less = "less" if changes.is_share else "fewer"
        return f"{of(-changes.least)} {less}{TO}{of(changes.most)} more"
    near, far = changes.near, changes.far
    begins = "" if near == far else f"{count(near)}{TO}" if near or from_none else "up to "
    return f"{begins}{of(far)}{f' {side_in_words(changes)}' if side else ''}"


def change_in_words(low: float | None, high: float | None, unit: str = "") -> str:
    """An interval of changes in words, as `range_in_words`."""
    return range_in_words(change_range(low, high, unit))


def more_or_fewer(value: float | None) -> str:
    """A difference of counts in words: 3 more, 2 fewer, as many."""
    number = count(None if value is None else abs(value))
    if number in (MISSING, "0") or value is None:
        return "as many" if number == "0" else MISSING
    return f"{number} {'more' if value > 0 else 'fewer'}"


def extent(low: float | None, high: float | None, unit: str = "", signs: bool = False) -> str:
    """A range in its *unit*, or of differences, with *signs*: of a share in percent; else with no
    decimals from 100 on, two where both ends are smaller than 1 and no percentages ("% of ..."),
    and one elsewhere.
    """
    if low is None or high is None or isnan(low) or isnan(high):
        return MISSING
    if _is_share(unit):
        return points_interval(low, high) if signs else percent_interval(low, high)
    largest = max(abs(low), abs(high))
    places = 0 if largest >= 100 else 2 if largest < 1 and not unit.startswith("%") else 1
    return interval(
        low, high, partial(difference if signs else decimal, places=places), TO if signs else DASH
    )


def _is_share(unit: str) -> bool:
    return unit.startswith("share")


def day(when: date | str) -> str:
    """A date, or its text 2018-11-12, in words: 12 November 2018."""
    read = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{read.day} {read:%B} {read.year}"


def short_day(when: date | str) -> str:
    """As `day`, where there is little room: 12 Nov 2018."""
    read = date.fromisoformat(when) if isinstance(when, str) else when
    return f"{read.day} {read:%b} {read.year}"


def duration(seconds: float | None) -> str:
    """How long something takes: 12 seconds, 3 minutes, 2 hours."""
    if seconds is None or isnan(seconds):
        return MISSING
    for length, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * length:
            return _quantity(seconds / length, word)
    return _quantity(max(seconds, 1), "second")


def size(of: float | None) -> str:
    """How much room something takes, from bytes: 1.2 MB."""
    if of is None or isnan(of):
        return MISSING
    for unit in ("bytes", "kB", "MB", "GB"):
        if of < 1000:
            return f"{significant(of)} {unit}"
        of /= 1000
    return f"{significant(of)} TB"


def _quantity(number: float, word: str) -> str:
    text = count(number)
    return f"{text} {word}{'' if text == '1' else 's'}"


def _text(value: float | None, words: Callable[[Decimal], str]) -> str:
    """The *words* for the decimal number that *value* is; a dash where it is missing."""
    if value is None or isnan(value):
        return MISSING
    if not isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    return words(_exact(value))


def _exact(value: float) -> Decimal:
    """The decimal number that a person sees in *value*."""
    return _NOISE.create_decimal(repr(float(value)))


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def _plain(exact: Decimal, places: int) -> str:
    number = _rounded(exact, places)
    return f"{MINUS if number < 0 else ''}{number.copy_abs():,f}"


def _bounded(exact: Decimal, places: int, *ends: Decimal) -> str:
    """With so many decimals, but for each of the *ends* alone, which is whole, that very number."""
    number = _rounded(exact, places)
    for end in ends:
        if exact == end:
            return _plain(end, 0)
        if number == end:
            least = Decimal(1).scaleb(-places)
            return (
                f"<{_plain(end + least, places)}"
                if exact > end
                else f">{_plain(end - least, places)}"
            )
    return _plain(exact, places)


def _in_percent(share: float | None, places: int = 0) -> str:
    return _text(share, lambda exact: _bounded(exact.scaleb(2), places, Decimal(0), Decimal(100)))


def _percentage(share: float | None, places: int) -> str:
    return _text(share, lambda exact: _plain(exact.scaleb(2), places))


def _in_points(value: float | None, places: int) -> str:
    return _text(value, lambda exact: _signed(exact.scaleb(2), places))


def _with_points(words: str) -> str:
    """A difference of shares, or an interval of such, with its unit: −1 point, +2 points."""
    return _with_unit(words, "point" if words.lstrip(f"+{MINUS}") == "1" else "points")


def _with_unit(words: str, unit: str) -> str:
    return words if words == MISSING or words.endswith("∞") else f"{words}{NO_BREAK}{unit}"


def _significant(exact: Decimal, digits: int) -> str:
    if not exact:
        return "0"
    number = _rounded(
        exact, digits - 1 - exact.adjusted()
    )  # which may have one digit more: 9.99 is 10.0
    power = number.adjusted()
    if LEAST <= power < MOST:
        whole = number if power < digits else _rounded(exact, 0)
        text = _plain(whole, max(digits - 1 - power, 0))
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa = _significant(number.scaleb(-power), digits)
    return f"{mantissa} × 10{str(power).translate(SUPERSCRIPTS)}"


def _signed(exact: Decimal, places: int) -> str:
    number = _rounded(exact, places)
    return "0" if not number else f"{'+' if number > 0 else MINUS}{number.copy_abs():,f}"


def listing(
    words: Sequence[str], most: int | None = None, last: str = "and", separator: str = ", "
) -> str:
    """A, B and C, with the word *last* before the last; of more than *most*, the first few and how
    many more; empty of none.
    """
    parts = list(words[:most])
    if len(words) > len(parts):
        return f"{separator.join(parts)} and {len(words) - len(parts)} more"
    return (
        f" {last} ".join([separator.join(parts[:-1]), parts[-1]])
        if len(parts) > 1
        else "".join(parts)
    )
