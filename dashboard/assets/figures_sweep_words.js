// What stands in the figures of the page Sweeps: dials, their values and outcomes, as people read
// them.
(() => {
  const {
      KINDS,
      count,
      decimal,
      interval,
      is_percentage,
      is_share,
      on_one_line,
      percent,
      percent_interval,
      rounded: to_places,
      setting,
      significant,
      spaced,
    } = parley.format,
    { words_of } = parley.pairs;
  const MOST_VALUES = 8; // from which on those of a dial are no longer told one by one
  const MOST_STEPS = 5; // of a dial whose values are told in ranges
  const WHOLE = 100; // from which on no decimal is told
  const LEAST_TENTH = 0.095; // from which on one decimal tells a number
  // As exactly as a sweep can tell it, as sim.analysis writes its sentences.
  const rounded = (value) =>
    Math.abs(value) >= 1 && Math.abs(value) < WHOLE
      ? decimal(value, 1)
      : significant(value, Math.abs(value) >= WHOLE ? 3 : 2);
  // Points of harm, as a headline has them: one decimal, but of what would read as none or nearly
  // so.
  const in_tenths = (value) => (Math.abs(value) < LEAST_TENTH ? rounded(value) : decimal(value, 1));
  const is_number = (value) => typeof value === "number";
  // Decimals that tell about a hundred steps of something so *wide* apart.
  const places_of = (wide) => Math.max(1 - Math.floor(Math.log10(wide)), 0);
  // A number that was drawn from a range, or is a step through it, is told as exactly as that range
  // is wide; a value that somebody chose has all its digits. What is or is not has words.
  const has_few_digits = (number) => Math.abs(1000 * number - Math.round(1000 * number)) < 1e-6;
  const is_yes_or_no = (answer, name) => axis_of(answer, name)?.unit === "0 or 1";
  function number_of(answer, name, value) {
    if (is_yes_or_no(answer, name)) return value ? "yes" : "no";
    const all = [...new Set(answer.rows[name])],
      is_chosen = all.length <= MOST_VALUES && all.every(has_few_digits);
    const places = places_of(Math.max(...all) - Math.min(...all));
    return is_chosen
      ? significant(value)
      : all.length <= MOST_VALUES
        ? setting(to_places(value, places))
        : decimal(value, places);
  }
  const value_of = (answer, name, value) =>
    is_number(value)
      ? number_of(answer, name, value)
      : String(value)
          .split(",")
          .map((part) => axis_of(answer, name)?.titles?.[part] ?? part)
          .join(" and ");
  // A dial with a value: "monitoring 0.5", "the EU decides as one: yes".
  const named = (answer, name, value) =>
    `${label_of(answer, name)}${is_yes_or_no(answer, name) ? ":" : ""} ` +
    `${value_of(answer, name, value)}`;
  // A value at an axis, with what it says where that has words, at *most* so many letters: "far
  // less of it (10)", "none (0)".
  function said_of(answer, name, value, most = 40) {
    const words = word_of(answer, name, value),
      number = value_of(answer, name, value);
    return !words || words.length > most
      ? number
      : is_yes_or_no(answer, name)
        ? words
        : `${words} (${number})`;
  }
  const ends_of = (answer, name) =>
    JSON.parse(document.getElementById("sweep-effects-card").dataset.ends)[answer.name]?.[name] ??
    [];
  function word_of(answer, name, value) {
    if (!is_number(value)) return "";
    const [, low, high] = ends_of(answer, name),
      values = answer.rows[name],
      label = label_of(answer, name);
    if (low) return value === Math.min(...values) ? low : value === Math.max(...values) ? high : "";
    return (
      gloss(answer, `${label} at ${significant(value)}`) ||
      (name === answer.lever ? gloss(answer, `instead of ${significant(value)}`) : "")
    ).replace(/^ \(|\)$/g, "");
  }
  // A value of an outcome with its unit, where that is short: a share in percent. Of a count no
  // part of one is told.
  const of_outcome = (unit) => (value) =>
    unit === "stakeholders" && Math.abs(value) >= 10 ? decimal(value, 0) : rounded(value);
  const amounts = ({ unit }, low, high) =>
    is_share(unit)
      ? percent_interval(low, high)
      : `${interval(low, high, of_outcome(unit))}${is_percentage(unit) ? "\u00a0%" : ""}`;
  const amount = ({ unit }, value) =>
    is_share(unit)
      ? percent(value)
      : `${of_outcome(unit)(value)}${is_percentage(unit) ? "\u00a0%" : ""}`;

  const axis_of = (answer, name) => answer.axes.find((axis) => axis.name === name);
  // A lever that moves others along is called as its effects call all of them, a choice by its
  // question, and a dial as its row in the first figure.
  const label_of = (answer, name) =>
    (
      ends_of(answer, name)[3] ||
      (answer.effects.find((row) => row.lever === name)?.label ??
        axis_of(answer, name)?.label ??
        spaced(name))
    ).replace(/^the answer to /, "");
  // An outcome; what counts others than some is called so in short, as whom it leaves out stands in
  // the question.
  function outcome_of(answer, name) {
    const found = answer.outcomes.find((each) => each.name === name);
    return (
      found && {
        ...found,
        label: found.label.replace(/^Signatories other than .*(?=: )/, "Other signatories"),
      }
    );
  }

  // A share is drawn in percent, and a difference of shares in points.
  const in_points = (row) =>
    row.unit !== "share"
      ? row
      : {
          ...row,
          unit: "points",
          ...Object.fromEntries(
            ["mean", "low", "high", "p5", "p95"].map((key) => [
              key,
              is_number(row[key]) ? 100 * row[key] : row[key],
            ]),
          ),
        };
  // What a value of the lever is called, as a sentence of the answer has it in brackets: " (none)"
  // of sanctions at 0.
  function gloss(answer, words) {
    const [, found] =
        answer.sentences
          .map(({ text }) => text.split(`${words} (`))
          .find((parts) => parts.length > 1) ?? [],
      inside = found?.split(")")[0];
    return inside && !/\d/.test(inside) ? ` (${inside})` : "";
  }

  // What the effects are compared with, and their unit.
  function from_of(answer, outcome) {
    const { before, comparison, label, unit } = answer.effects.find(
        (row) => row.outcome === outcome && row.asked,
      ),
      words = comparison.split(" instead of ")[1];
    const now = answer.from_here?.present ?? axis_of(answer, answer.lever)?.now,
      said = is_number(before) ? gloss(answer, `instead of ${words}`) : "";
    const now_at = () => `it stands at ${answer.from_here ? decimal(now, 2) : significant(now)}`,
      stands =
        !is_number(now) || !is_number(before)
          ? said
          : now === before
            ? `${said}, as it stands`
            : said
              ? said.replace(/\)$/, `; ${now_at()})`)
              : ` (${now_at()})`;
    return (
      `${unit ? `in ${in_points({ unit }).unit}, ` : ""}compared with ` +
      `${is_number(before) ? `${label} at ${words}` : words}${stands}`
    );
  }

  // What the lever of the effects is, in a sentence: from none to the most, and what that means.
  function lever_in_words(answer, outcome) {
    const { lever, label } =
        answer.effects.find((row) => row.outcome === outcome && row.asked) ?? {},
      { meaning, between } = axis_of(answer, lever) ?? {};
    if (!meaning || !between?.length || label !== axis_of(answer, lever).label) return "";
    return (
      `${label[0].toUpperCase()}${label.slice(1)}, from ` +
      `${between.map((end) => `${significant(end)}${gloss(answer, `${label} at ${significant(end)}`) || gloss(answer, `instead of ${significant(end)}`)}`).join(" to ")}: ` +
      `${meaning}. `
    );
  }

  // What the marks of a figure that counts from the present text say, and what its numbers are of.
  const present_in_words = ({ from_here: { sets, pairs } }) =>
    `Dotted line: the present text. Bars: harm under nine in ten of ${count(sets)} ` +
    "sets of assumptions, all varied at once; who signs in nine in ten of " +
    `${count(pairs)} pairs of worlds, with other fits that the data allow, as on ` +
    "Compare. Dot: the median of these pairs; what is assumed has none.";

  // How much the present text asks for, by the measure of the lever and by that of the page Code
  // designer.
  const depth_in_words = ({ from_here: { present, depth } }) =>
    `The provisions of the present text ask for ${decimal(present, 2)} on average, ` +
    "from 0 (nothing) to 1 (all). Designer weighs them by what each asks in restraint " +
    `and effort, and so calls its depth ${decimal(depth, 2)}.`;

  // Where the assumptions are cut into thirds for the effects, in words; empty where they are not.
  function cuts(answer, outcome) {
    const parts = answer.regions.filter((row) => row.outcome === outcome);
    return parts.length === 3 && is_number(parts[0].start) && parts[0].start < parts[0].end
      ? `${significant(parts[0].end)} and ${significant(parts[1].end)}`
      : "";
  }

  // A part of the assumptions: by a word where its dial has one at both ends, else by its limits.
  function name_of_part(answer, { by, outcome, state, limits }) {
    const parts = answer.regions.filter((row) => row.outcome === outcome && row.by === by),
      are_named = [parts[0], parts.at(-1)].every((part) => part.state);
    if (!are_named) return `${label_of(answer, by)} ${limits}`;
    const between = limits && ` (${on_one_line(limits)})`;
    return `${state ? `where ${state}` : "in between"}${between}`;
  }

  // *names* of parts without the words that all begin and end with, where one is longer than
  // *most*: "little (below 0.41)".
  function in_short(names, most) {
    if (names.every((name) => name.length <= most)) return names;
    const parts = names.map((name) => /^(.*?)( \([^()]+\))?$/.exec(name)),
      words = parts.map(([, said]) => said.split(" "));
    const is_common = (place) =>
      words.every((each) => each.length > 1 && each.at(place) === words[0].at(place));
    let [head, tail] = [0, 0];
    while (is_common(head)) head++;
    while (is_common(-1 - tail)) tail++;
    return words.every((each) => each.length > head + tail)
      ? words.map(
          (each, k) => `${each.slice(head, each.length - tail).join(" ")}${parts[k][2] ?? ""}`,
        )
      : names;
  }

  // Whom an outcome counts: "states", "other firms"; empty of any other. And that they sign.
  function whose({ name }) {
    const [, of, kind] = /^(signatories|others)_(.+)$/.exec(name) ?? [];
    return KINDS[kind] ? `${of === "others" ? "other " : ""}${words_of(kind)}` : "";
  }
  const who_sign = (outcome) => (whose(outcome) ? `${whose(outcome)} sign` : "");
  // An outcome by itself: "how many states sign", else what it is called.
  const how_many = (outcome) =>
    who_sign(outcome) ? `how many ${who_sign(outcome)}` : outcome.label;
  // What there is more or less of: "states sign", "harm prevented"; empty of what has no such
  // words.
  const of_what = (outcome) =>
    outcome.name === "harm_prevented" ? "harm prevented" : who_sign(outcome);

  const is_counted = ({ unit }) => unit === "stakeholders",
    less_of = (outcome) => (is_counted(outcome) ? "fewer" : "less");

  // An axis in steps: each of its values where there are few, else ranges of equal width. *at* says
  // in which a value lies.
  function steps(values, words) {
    const all = [...new Set(values)],
      numbers = all.every(is_number);
    if (!numbers || all.length <= MOST_VALUES) {
      const sorted = numbers ? all.sort((a, b) => a - b) : all;
      return { names: sorted.map(words), at: (value) => sorted.indexOf(value) };
    }
    const low = Math.min(...all),
      width = (Math.max(...all) - low) / MOST_STEPS,
      edge = (k) => low + k * width;
    const places = places_of(2 * width);
    return {
      names: Array.from({ length: MOST_STEPS }, (_, k) =>
        interval(edge(k), edge(k + 1), (end) => decimal(end, places)),
      ),
      at: (value) => Math.min(Math.floor((value - low) / width), MOST_STEPS - 1),
    };
  }

  // The settings in each cell of a map of two dials; half of the 95 % interval of the mean of the
  // middle cell, from the settings in it; and how far *apart* two means that are as surely known
  // may be by chance. NaN where no cell has two settings.
  function cells_of(answer, outcome, x, y) {
    const groups = new Map(),
      key = (name) => {
        const { at } = steps(answer.rows[name], String);
        return (k) => at(answer.rows[name][k]);
      },
      [of_x, of_y] = [key(x), key(y)];
    answer.rows[outcome].forEach((value, k) => {
      if (is_number(value))
        groups.set(`${of_x(k)} ${of_y(k)}`, [
          ...(groups.get(`${of_x(k)} ${of_y(k)}`) ?? []),
          value,
        ]);
    });
    const halves = [...groups.values()]
      .filter((values) => values.length > 1)
      .map((values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return (
          1.96 *
          Math.sqrt(
            values.reduce((sum, value) => sum + (value - mean) ** 2, 0) /
              (values.length - 1) /
              values.length,
          )
        );
      })
      .sort((a, b) => a - b);
    const half = halves[Math.floor(halves.length / 2)] ?? NaN;
    return { groups, half, apart: Math.SQRT2 * half };
  }

  // How surely the mean of a cell is known, in words, and how cells differ, where the lever is on
  // one axis and what is uncertain on the other.
  function cells_in_words(answer, outcome, x, y) {
    const { groups, half, apart } = cells_of(answer, outcome, x, y);
    if (!half) return "";
    const { unit } = outcome_of(answer, outcome),
      all = [...groups.values()].map((values) => values.length),
      [fewest, most] = [Math.min(...all), Math.max(...all)];
    const size = (wide) =>
      is_share(unit)
        ? `${rounded(100 * wide)} points`
        : is_percentage(unit)
          ? `${rounded(wide)} points`
          : wide >= 10
            ? decimal(wide, 0)
            : rounded(wide);
    const cell =
        ` A cell is the mean of ${fewest === most ? fewest : `${fewest} to ${most}`} ` + "settings",
      alike = [x, y].indexOf(answer.lever),
      [along, over] = alike
        ? ["one above the other", "side by side"]
        : ["side by side", "one above the other"];
    if (answer.sensitivity.some((row) => row.index === "mu"))
      return `${cell}, so that small differences may be chance.`; // its settings are neighbours
    const chance = `a difference below ${size(apart)}`;
    return (
      `${cell}, ±\u00a0${size(half)} (95\u00a0% ` +
      `interval).${alike < 0 ? ` So ${chance} may be chance.` : ` Cells ${along} hold the same settings but for the dial named there; cells ${over} hold others, so that ${chance} between these may be chance.`}`
    );
  }

  parley.sweep_words = {
    steps,
    cells_of,
    cells_in_words,
    rounded,
    is_number,
    value_of,
    named,
    said_of,
    ends_of,
    amounts,
    amount,
    axis_of,
    label_of,
    outcome_of,
    in_points,
    gloss,
    from_of,
    lever_in_words,
    present_in_words,
    depth_in_words,
    cuts,
    name_of_part,
    in_short,
    is_counted,
    is_yes_or_no,
    less_of,
    in_tenths,
    whose,
    who_sign,
    how_many,
    of_what,
  };
})();
