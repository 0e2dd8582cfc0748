// How numbers, dates, kinds and people are formatted, alike on all pages. Numbers and dates are a
// mirror of sim/number_formats.py, which says the rules: what is there has the same name and the
// same result here.
(() => {
  const {
    kind: KIND,
    kinds: KINDS,
    statuses: STATUSES,
    bases: BASES,
    defaults: DEFAULTS,
    dials: DIALS,
    far: FAR,
    moved: MOVED,
  } = JSON.parse(parley.dom.at("vocabulary").textContent);

  const MISSING = "–",
    DASH = "–",
    MINUS = "−",
    NO_BREAK = "\u00a0",
    TO = " to ",
    UNCLEAR = "unclear",
    SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const NOISE = 12,
    LEAST = -4,
    MOST = 9; // digits; powers of ten between which significant digits are written without one

  // The decimal number that a person sees in *value*: sign × 0.DIGITS × 10^point, the digits an
  // empty text for 0.
  function exact(value) {
    const [mantissa, exponent] = Math.abs(value).toExponential().split("e"),
      all = mantissa.replace(".", "");
    const digits = all.length > NOISE ? up_or_down(all, NOISE) : all,
      carry = digits.length > Math.min(all.length, NOISE) ? 1 : 0;
    return stripped({ negative: value < 0, digits, point: Number(exponent) + 1 + carry });
  }
  function stripped({ negative, digits, point }) {
    let end = digits.length;
    while (end > 0 && digits[end - 1] === "0") end--;
    return end > 0
      ? { negative, digits: digits.slice(0, end), point }
      : { negative: false, digits: "", point: 0 };
  }
  // The first *keep* of the digits, as a whole number, and one more where the next is 5 or larger.
  const up_or_down = (digits, keep) =>
    digits[keep] < "5" ? digits.slice(0, keep) || "0" : String(Number(digits.slice(0, keep)) + 1);
  // The whole number nearest to 10^places times the size of a number, as a text.
  function scaled({ digits, point }, places) {
    const keep = point + places;
    if (!digits || keep < 0) return "0";
    return keep >= digits.length
      ? digits + "0".repeat(keep - digits.length)
      : up_or_down(digits, keep);
  }
  const shifted = ({ negative, digits, point }, by) => ({
    negative,
    digits,
    point: digits ? point + by : 0,
  });
  const is_zero = (number) => number === "0";
  // The size of a number with so many decimals, with commas between thousands.
  function unsigned(number, places) {
    const text = scaled(number, places).padStart(places + 1, "0"),
      end = text.length - places;
    const whole = text.slice(0, end),
      parts = end > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
    return places > 0 ? `${parts}.${text.slice(end)}` : parts;
  }
  const plain = (number, places) =>
    (number.negative && !is_zero(scaled(number, places)) ? MINUS : "") + unsigned(number, places);
  const with_sign = (number, places) =>
    is_zero(scaled(number, places))
      ? "0"
      : (number.negative ? MINUS : "+") + unsigned(number, places);
  const HUNDRED = { negative: false, digits: "1", point: 3 };
  // With so many decimals, but 0 and, of a percentage, 100 only for that very number.
  function bounded(number, places, is_percentage) {
    if (!number.digits) return "0";
    const size = scaled(number, places),
      beside = (digits, point) => unsigned({ digits, point }, places);
    if (is_zero(size))
      return number.negative
        ? `>${MINUS}${beside("1", 1 - places)}`
        : `<${beside("1", 1 - places)}`;
    if (!is_percentage || number.negative || size !== scaled(HUNDRED, places))
      return plain(number, places);
    if (number.digits === "1" && number.point === 3) return "100";
    return number.point === 3
      ? `<${beside(`10${"0".repeat(places)}1`, 3)}`
      : `>${beside("9".repeat(2 + places), 2)}`;
  }
  function of_digits(number, digits) {
    if (!number.digits) return "0";
    const kept = number.digits.length > digits ? up_or_down(number.digits, digits) : number.digits;
    const carry = kept.length > Math.min(number.digits.length, digits) ? 1 : 0;
    const near = stripped({ negative: number.negative, digits: kept, point: number.point + carry }),
      power = near.point - 1;
    if (power >= LEAST && power < MOST) {
      const text = plain(power < digits ? near : number, Math.max(digits - 1 - power, 0));
      return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
    }
    return `${of_digits(shifted(near, -power), digits)} × 10${String(power)
      .replace("-", "⁻")
      .replace(/\d/g, (digit) => SUPERSCRIPTS[digit])}`;
  }
  const is_missing = (value) => value === null || value === undefined || Number.isNaN(value);
  function text(value, words) {
    if (is_missing(value)) return MISSING;
    if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
    return words(exact(value));
  }

  const decimal = (value, places = 2) => text(value, (number) => plain(number, places));
  const count = (value) => decimal(value, 0);
  const mean = (value) => text(value, (number) => bounded(number, 1, false));
  const significant = (value, digits = 3) => text(value, (number) => of_digits(number, digits));
  const setting = (value) => significant(value, 6);
  const in_percent = (share, places = 0) =>
    text(share, (number) => bounded(shifted(number, 2), places, true));
  const effect = (value) => (value > 0 ? "+" : "") + significant(value);
  const with_unit = (words, unit) =>
    words === MISSING || words.endsWith("∞") ? words : `${words}${NO_BREAK}${unit}`;
  const percent = (share, places = 0) => with_unit(in_percent(share, places), "%");
  const difference = (value, places = 1) => text(value, (number) => with_sign(number, places));
  const in_points = (value, places) =>
    text(value, (number) => with_sign(shifted(number, 2), places));
  const with_points = (words) => with_unit(words, /^[+−]?1$/.test(words) ? "point" : "points");
  const points = (value, places = 1) => with_points(in_points(value, places));
  const interval = (low, high, number = count, between = DASH) => {
    const ends = [low, high].map((end) => number(end));
    if (ends.includes(MISSING)) return MISSING;
    return ends[0] === ends[1] ? ends[0] : ends.join(ends.join("").includes(MINUS) ? TO : between);
  };
  const effect_interval = (low, high) => interval(low, high, effect, TO);
  function percent_interval(low, high, places = 0, between = DASH) {
    const percentage = (share) => text(share, (number) => plain(shifted(number, 2), places));
    if (percentage(low) !== percentage(high))
      return with_unit(interval(low, high, percentage, between), "%");
    return percent(high < 0.5 ? high : low, places);
  }
  const difference_interval = (low, high, places = 1) =>
    interval(low, high, (value) => difference(value, places), TO);
  const points_interval = (low, high, places = 1) =>
    with_points(interval(low, high, (value) => in_points(value, places), TO));
  // Whether numbers of a *unit* are shares, in [0, 1], or percentages: "share of ...", "% of ...".
  const is_share = (unit) => unit.startsWith("share");
  const is_percentage = (unit) => unit.startsWith("%");
  const level = (value, unit = "") => (is_share(unit) ? percent(value) : count(value));
  const change = (value, unit = "") => (is_share(unit) ? points(value, 0) : difference(value, 0));
  const change_interval = (low, high, unit = "") =>
    is_share(unit) ? points_interval(low, high, 0) : difference_interval(low, high, 0);
  const is_clear = (low, high) => low > 0 || high < 0;
  const clear_change = (value, low, high, unit = "") =>
    is_clear(low, high) ? change(value, unit) : low === 0 && high === 0 ? "0" : UNCLEAR;
  // *value* as it is written with so many decimals, as a number; of a share, *in_points*.
  function rounded(value, places = 0, in_points = false) {
    if (!Number.isFinite(value)) return value;
    const number = shifted(exact(value), in_points ? 2 : 0),
      size = Number(scaled(number, places)) / 10 ** places;
    return number.negative && size > 0 ? -size : size;
  }
  // An interval of changes as it is written, in its parts: its `direction` ("more", "less", "same"
  // where both ends are none, "either" where they lie on both sides), its ends `least` and `most`,
  // whole counts or points; on one side, the sizes of the `near` and of the `far` end. `is_one`: a
  // single stakeholder. Null where an end is missing.
  function change_range(low, high, unit = "") {
    if (is_missing(low) || is_missing(high)) return null;
    const of_shares = is_share(unit),
      [least, most] = [low, high].map((end) => rounded(end, 0, of_shares)).sort((a, b) => a - b);
    const direction =
      least < 0 && most > 0 ? "either" : most > 0 ? "more" : least < 0 ? "less" : "same";
    const [near, far] = [least, most].map(Math.abs).sort((a, b) => a - b),
      is_one = !of_shares && (direction === "more" || direction === "less") && far === 1;
    return { direction, least, most, near, far, is_share: of_shares, is_one };
  }
  // The word for the direction of such a range, but for one that lies on both sides.
  const SIDES = {
    false: { more: "more", less: "fewer", same: "as many" },
    true: { more: "more", less: "less", same: "as much" },
  };
  const side_in_words = ({ direction, is_share: of_shares }) => SIDES[of_shares][direction];
  // Such a range in words: 2 to 3 more, up to 4 fewer, 1 fewer to 9 more, as many. *from_none*:
  // where it begins at none, 0 to 4. Without its *side*: 2 to 3.
  function range_in_words(range, { from_none = false, side = true } = {}) {
    if (!range) return MISSING;
    const { direction, least, most, near, far, is_share: of_shares } = range,
      size = (number) =>
        of_shares ? with_unit(count(number), number === 1 ? "point" : "points") : count(number);
    if (direction === "same") return side_in_words(range);
    if (direction === "either")
      return `${size(-least)} ${SIDES[of_shares].less}${TO}${size(most)} more`;
    const begins = near === far ? "" : near === 0 && !from_none ? "up to " : `${count(near)}${TO}`;
    return `${begins}${size(far)}${side ? ` ${side_in_words(range)}` : ""}`;
  }
  const change_in_words = (low, high, unit = "") => range_in_words(change_range(low, high, unit));
  function more_or_fewer(value) {
    const number = count(value === null || value === undefined ? null : Math.abs(value));
    return number === MISSING
      ? MISSING
      : number === "0"
        ? "as many"
        : `${number} ${value > 0 ? "more" : "fewer"}`;
  }
  // The decimals of an `extent`.
  function places_of_extent(low, high, unit = "") {
    const largest = Math.max(Math.abs(low), Math.abs(high));
    return largest >= 100 ? 0 : largest < 1 && !is_percentage(unit) ? 2 : 1;
  }
  function extent(low, high, unit = "", signs = false) {
    if (is_missing(low) || is_missing(high)) return MISSING;
    if (is_share(unit)) return signs ? points_interval(low, high) : percent_interval(low, high);
    const places = places_of_extent(low, high, unit);
    return interval(
      low,
      high,
      (value) => (signs ? difference(value, places) : decimal(value, places)),
      signs ? TO : DASH,
    );
  }
  const quantity = (number, word) => `${count(number)} ${word}${count(number) === "1" ? "" : "s"}`;
  const worlds = (number) => quantity(number, "world");
  const of_worlds = (share, number) =>
    share === 1
      ? number > 1
        ? `all ${worlds(number)}`
        : worlds(number)
      : `${share > 0 ? count(share * number) : "none"} of ${worlds(number)}`;
  function duration(seconds) {
    if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return MISSING;
    for (const [length, word] of [
      [86400, "day"],
      [3600, "hour"],
      [60, "minute"],
    ])
      if (seconds >= 1.5 * length) return quantity(seconds / length, word);
    return quantity(Math.max(seconds, 1), "second");
  }
  // Dates such as 2018-11-12 in words.
  const MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ];
  const SHORT = 3; // letters of a month where there is little room
  function parts_of_date(date) {
    const [year, number, day_of_month] = date.split("-").map(Number),
      name = MONTHS[number - 1];
    return { year, day_of_month, name, short_name: name.slice(0, SHORT) };
  }
  function day(date) {
    const { year, day_of_month, name } = parts_of_date(date);
    return `${day_of_month} ${name} ${year}`;
  }
  function short_day(date) {
    const { year, day_of_month, short_name } = parts_of_date(date);
    return `${day_of_month} ${short_name} ${year}`;
  }
  function day_of_year(date) {
    const { day_of_month, name } = parts_of_date(date);
    return `${day_of_month} ${name}`;
  }
  function month(date) {
    const { year, name } = parts_of_date(date);
    return `${name} ${year}`;
  }
  function short_month(date, between = " ") {
    const { year, short_name } = parts_of_date(date);
    return `${short_name}${between}${year}`;
  }

  // A, B and C, with the word *last* before the last.
  const listing = (words, last = "and") =>
    words.length > 1
      ? `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`
      : words.join("");
  // Words with a full stop at their end, and without one.
  const without_stop = (words) => words?.replace(/\.$/, ""),
    with_stop = (words) => (words && !/[.!?]$/.test(words) ? `${words}.` : words);
  const possessive = (name) => `${name}${name.endsWith("s") ? "’" : "’s"}`;
  // Words that stand on one line.
  const on_one_line = (words) => words.replaceAll(" ", NO_BREAK);
  // As sim.spelling: in small letters without accents.
  const spelling = (name) => name.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const capital = (text) => text && text[0].toUpperCase() + text.slice(1),
    small = (text) => text && text[0].toLowerCase() + text.slice(1);
  const spaced = (name) => DIALS[name] ?? name.replaceAll("_", " "); // a dial by its label
  // What bands and intervals hold under such *weights* of a view.
  const holds = (weights) => (weights === "draws" ? "luck and weights" : "luck alone");
  const lens = (name) => (name === "full" ? "all motives" : `lens ${name || "of one's own"}`);
  const name_of = (id) => parley.people?.[id]?.name ?? id;
  // Everybody with a name, or those *ids*, in the order of names, as the options of a control.
  const options = (ids = Object.keys(parley.people)) =>
    ids
      .map((id) => ({ value: id, label: name_of(id) }))
      .sort((a, b) => a.label.localeCompare(b.label));

  // Numbers in the hundreds and above to as few digits as fit what nobody has measured.
  const MANY = 100,
    FEW_DIGITS = 2;
  const in_few_digits = (value) =>
    value === null || Math.abs(value) < MANY ? value : Number(value.toPrecision(FEW_DIGITS));

  parley.format = {
    KIND,
    KINDS,
    STATUSES,
    BASES,
    DEFAULTS,
    FAR,
    MOVED,
    MISSING,
    TO,
    decimal,
    count,
    mean,
    significant,
    setting,
    in_percent,
    percent,
    with_unit,
    worlds,
    of_worlds,
    difference,
    points,
    effect,
    interval,
    effect_interval,
    percent_interval,
    difference_interval,
    points_interval,
    level,
    change,
    change_interval,
    is_share,
    is_percentage,
    is_clear,
    clear_change,
    rounded,
    change_range,
    side_in_words,
    range_in_words,
    change_in_words,
    more_or_fewer,
    places_of_extent,
    extent,
    in_few_digits,
    duration,
    day,
    day_of_year,
    short_day,
    month,
    short_month,
    listing,
    with_stop,
    without_stop,
    possessive,
    on_one_line,
    capital,
    small,
    spelling,
    spaced,
    holds,
    lens,
    name_of,
    options,
  };
})();
