// The figures of the page Sweeps: an answer of the server in, Plotly figure out. Axes are the dials
// that differ from point to point; a point has the mean of each outcome over its worlds.
(() => {
  const { colour, marker, rule, in_lines, along, shades } = parley.figures,
    { BASES, capital, decimal, interval, is_percentage, is_share, listing, percent, significant } =
      parley.format,
    { words_of } = parley.pairs;
  const {
    rounded,
    steps,
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
    is_counted,
    is_yes_or_no,
    from_of,
    lever_in_words,
    present_in_words,
    depth_in_words,
    cuts,
    name_of_part,
    in_short,
    less_of,
    in_tenths,
    who_sign,
    of_what,
  } = parley.sweep_words;
  const {
    LETTERS,
    SIZE,
    LETTER,
    width_of,
    narrow,
    is_number,
    wrapped,
    layout,
    title,
    intervals,
    beside_present,
  } = parley.sweep_rows;
  const LONG_LABEL = 16; // letters of what is not said in every row
  // What begins the ends of a dial of the text, where the text was named just before.
  const OF_IT = { ambition: "it asks for", text_openness: "it is", text_public_rule: "it is for" };
  const MOST_BARS = 10,
    MOST_LINES = 120,
    MOST_AXES = 5,
    CLASSES = 9;
  const scale = () => shades().map((hex, k, all) => [k / (all.length - 1), hex]); // that of the map
  const effect = (value) => (value > 0 ? "+" : "") + rounded(value);
  const FEW = 2,
    // stakeholders: from how many on no part of one is told, as the sentence does not, and up to
    // how many are none
    NONE = 0.05;
  const of_count = (value) =>
    Math.abs(value) < NONE
      ? "0"
      : Math.abs(value) < FEW
        ? effect(value)
        : (value > 0 ? "+" : "") + decimal(value, 0);
  const unit_of = ({ label, unit }) =>
    unit && unit !== "stakeholders" ? `${label}, ${unit}` : label;

  const FEW_TICKS = 4,
    MORE_TICKS = 7; // of a value axis, which is low on paper; of one of many values
  const SHORT = { true: 14, false: 40 }; // letters of a value in words, on a phone and elsewhere

  // From low to high, in the colours of the map; the palest would not be seen as a line.
  const shade = (share) => along(0.2 + 0.8 * share, shades());

  // The colour of type on a shade of the scale: that of the text or of the card, whichever differs
  // more from it.
  const lightness = (rgb) =>
    rgb
      .match(/\d+/g)
      .map(Number)
      .reduce((sum, part, k) => sum + part * [0.2126, 0.7152, 0.0722][k], 0);
  function ink(share) {
    const [ground, text, card] = [
      along(share, shades()),
      ...["text", "card"].map((name) => along(0, [colour(name), colour(name)])),
    ].map(lightness);
    return colour(Math.abs(ground - text) > Math.abs(ground - card) ? "text" : "card");
  }

  // How high an outcome is, in the title of a figure: its mean over all settings, where all of them
  // are here.
  function level_of(answer, outcome) {
    const values = answer.rows[outcome].filter(is_number),
      { label, unit } = outcome_of(answer, outcome);
    if (answer.rows_of > values.length) return `${label}, setting by setting`;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length,
      below = values.filter((value) => value <= 0).length;
    return (
      `${label}: ${amount({ unit }, mean)} on ` +
      `average${below || !is_percentage(unit) ? "" : ", and above 0 under all assumptions tried"}`
    );
  }

  // A *figure* that holds its numbers as a *table*, for its download: whose basis each row says,
  // and the sweep that they are from.
  const told_of = (answer, outcome, unit) => {
    const found = outcome_of(answer, outcome);
    return { outcome: found.label, unit: unit || found.unit, basis: BASES[found.basis] };
  };
  function holding(
    answer,
    table,
    figure,
    same = { settings: answer.points, worlds_each: answer.replicates, worlds: answer.done },
  ) {
    const { name, scenario, seed, version, sha256 } = answer;
    figure.layout.meta = {
      ...figure.layout.meta,
      table,
      same: { ...same, scenario, sweep: name, seed, version, sha256 },
    };
    return figure;
  }

  // What each value of the lever does, then where its last one does less and more.
  function effects(answer, outcome) {
    const asked = answer.effects.filter((row) => row.outcome === outcome && row.asked),
      others = answer.effects.filter((row) => row.outcome === outcome && !row.asked),
      unit_of_effects = (asked[0] ?? others[0])?.unit;
    const parts = answer.regions.filter((row) => row.outcome === outcome),
      names = in_short(
        parts.map((row) => name_of_part(answer, row)),
        narrow() ? Infinity : LETTERS.label,
      ),
      regions = parts.map((row, k) => {
        const by = label_of(answer, row.by),
          name = names[k],
          is_named =
            k &&
            by.length > LONG_LABEL &&
            [name, names[0]].every((words) => words.startsWith(`${by} `));
        return {
          ...row,
          unit: unit_of_effects,
          is_part: true,
          name: is_named ? name.slice(by.length + 1) : name,
        };
      });
    const at_value = (row, k) => {
      const [words] = row.comparison.split(" instead of ");
      const said = gloss(answer, words),
        most = axis_of(answer, row.lever)?.between?.[1];
      return row.before === asked[0].before
        ? `${words.replace(`${row.label} at `, k && row.label.length > LONG_LABEL ? "" : `${row.label} `)}${said || !is_number(row.after) || !most ? said : ` of\u00a0${significant(most)}`}`
        : row.comparison;
    };
    const [last] = asked
        .slice(-1)
        .map(({ label, after }) =>
          is_number(after) ? `${label} at ${significant(after)}` : after,
        ),
      by = regions.length ? label_of(answer, regions[0].by) : "";
    const heads = regions.length ? [{ name: "", head: `${last}, by ${by}` }] : [];
    const own = answer.how_sure?.[outcome]
      ? (row) => ({ ...in_points(row), raw: row.mean, p5: null, p95: null })
      : // assumptions that hardly bear on it have no range
        (row) => ({ ...in_points(row), raw: row.mean });
    const rows = asked.length
      ? [...asked.map((row, k) => ({ ...row, name: at_value(row, k) })), ...heads, ...regions].map(
          own,
        )
      : others
          .map((row) => ({ ...in_points({ ...row, name: row.comparison }), raw: row.mean }))
          .sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
          .slice(0, MOST_BARS);
    if (!rows.length) return null;
    const unit = rows[0].unit || (asked[0] ?? rows[0]).unit,
      words = asked.length
        ? { less: less_of(outcome_of(answer, outcome)), of: of_what(outcome_of(answer, outcome)) }
        : { words: `difference${unit ? ` in ${unit}` : ""}` };
    const of_row = ({ before, after, comparison, mean, low, high, p5, p95, ...row }) => ({
      dial: row.is_part ? asked.at(-1).label : row.label,
      from: row.is_part ? asked.at(-1).before : before,
      to: row.is_part ? asked.at(-1).after : after,
      where: row.is_part ? row.region : "",
      ...told_of(answer, outcome, rows[0].unit),
      level_from: row.level,
      level_to: is_number(row.level) ? row.level + row.raw : null,
      difference: mean,
      low_95: low,
      high_95: high,
      assumptions_low_90: p5,
      assumptions_high_90: p95,
    });
    return holding(
      answer,
      rows.filter(({ head }) => !head).map(of_row),
      intervals(rows, words, ({ mean }) =>
        outcome_of(answer, outcome).unit === "stakeholders"
          ? of_count(mean)
          : (mean > 0 ? "+" : "") + (rows[0].unit === "points" ? in_tenths : rounded)(mean),
      ),
    );
  }

  // What each value of the lever changes of the present text: of each outcome that is told so, in
  // the order of the sentence.
  function from_here(answer) {
    const { rows, present } = answer.from_here,
      { lever } = answer,
      at = rows[Object.keys(rows)[0]].findIndex(({ value }) => value > present);
    const of_present = {
      name: `present text (${decimal(present, 2)})`,
      told: "counted from here",
      low: 0,
      high: 0,
      is_present: true,
    };
    const table = Object.entries(rows).flatMap(([name, own]) =>
      own.map(({ value, low, high, median }) => ({
        dial: label_of(answer, lever),
        from: "the present text",
        from_value: present,
        to: said_of(answer, lever, value),
        to_value: value,
        ...told_of(answer, name, is_percentage(outcome_of(answer, name).unit) ? "points" : ""),
        difference_median: median,
        low_90: low,
        high_90: high,
        pairs: answer.from_here[is_percentage(outcome_of(answer, name).unit) ? "sets" : "pairs"],
      })),
    );
    return holding(
      answer,
      table,
      beside_present(
        Object.entries(rows)
          .filter(([, own]) => own.length)
          .map(([name, own]) => {
            const outcome = outcome_of(answer, name),
              named_rows = own.map((row) => ({
                ...row,
                name: said_of(answer, lever, row.value),
                told: row.told.replace(/ points/g, ""),
              })); // which its heading says
            const heading = is_percentage(outcome.unit)
              ? `${outcome.label.replace(/ by the code$/, "")}, in points`
              : `${capital(words_of(name.replace(/^signatories_/, "")))} that sign`;
            return {
              heading,
              less: less_of(outcome),
              rows: at < 0 ? [...named_rows, of_present] : named_rows.toSpliced(at, 0, of_present),
            };
          }),
      ),
      {},
    );
  }

  // How often which mean: of an outcome that nothing is compared for.
  function spread(answer, outcome) {
    const values = answer.rows[outcome].filter(is_number),
      { mean, p5, p95 } = outcome_of(answer, outcome);
    const most = {
      type: "rect",
      x0: p5,
      x1: p95,
      y0: 0,
      y1: 1,
      yref: "paper",
      layer: "below",
      fillcolor: colour("dimmed"),
      opacity: 0.14,
      line: { width: 0 },
    };
    return {
      data: [
        {
          type: "histogram",
          x: values,
          nbinsx: 24,
          marker: { color: colour("half-the-worlds"), line: { color: colour("card"), width: 1 } },
          hovertemplate: "%{x}: %{y} settings<extra></extra>",
        },
      ],
      layout: layout({
        hovermode: "closest",
        ...(is_number(p5)
          ? { shapes: [most, rule(mean, { color: colour("text"), width: 2 })] }
          : {}),
        xaxis: { title: title(unit_of(outcome_of(answer, outcome)), 8), rangemode: "tozero" },
        ...above("number of settings"),
        yaxis: { showgrid: true },
      }),
    };
  }

  // Which rows tell what matters for *outcome*: indices by SALib over all points, else scores; of
  // the lever's effect first.
  function ranking(answer, outcome) {
    const indices = answer.sensitivity.filter(
      (row) => row.outcome === outcome && row.at === "all" && ["ST", "mu_star"].includes(row.index),
    );
    const of =
      indices.some((row) => row.of === "effect") ||
      answer.scores.some((row) => row.outcome === outcome && row.of === "effect")
        ? "effect"
        : "outcome";
    const rows = indices.length
      ? indices.filter((row) => row.of === of)
      : answer.scores
          .filter((row) => row.outcome === outcome && row.of === of)
          .map((row) => ({ ...row, value: row.score }));
    return [...rows].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  }

  // Scores of decision trees as shares of all of them, in percent, as the sentence has them;
  // indices as they are.
  const shares = (rows) =>
    rows[0]?.index
      ? rows
      : rows.map((row) => ({
          ...row,
          value: 100 * row.share,
          low: 100 * row.share_low,
          high: 100 * row.share_high,
        }));

  // A tornado: how much each axis matters, with its interval.
  function matters(answer, outcome) {
    const all = ranking(answer, outcome),
      rows = shares(all).slice(0, MOST_BARS);
    if (!rows.length) return null;
    const words =
      rows[0].index === "ST"
        ? "total Sobol’ index: share of variance"
        : rows[0].index
          ? "mean size of elementary effects"
          : "% of the differences that dials make";
    const value = (row) => Math.max(row.value ?? 0, 0),
      floor = rows[0].floor,
      written = rows[0].index ? rounded : (share) => decimal(share, 0);
    return {
      data: [
        {
          type: "bar",
          orientation: "h",
          y: rows.map((_, k) => k),
          x: rows.map(value),
          hoverinfo: "text",
          textposition: "none",
          marker: { color: rows.map((_, k) => colour(k < 3 ? "simulated" : "half-the-worlds")) },
          error_x: {
            type: "data",
            symmetric: false,
            thickness: 1.5,
            width: 4,
            color: colour("text"),
            array: rows.map((row) => Math.max((row.high ?? value(row)) - value(row), 0)),
            arrayminus: rows.map((row) =>
              Math.max(value(row) - Math.max(row.low ?? value(row), 0), 0),
            ),
          },
          text: rows.map(
            (row) =>
              `<b>${label_of(answer, row.axis)}</b><br>${written(value(row))}${rows[0].index ? "" : "\u00a0%"}, ` +
              `${rows[0].index ? "95\u00a0% interval" : "over five tries"} ` +
              `${interval(Math.max(row.low ?? value(row), 0), row.high ?? value(row), written)}`,
          ),
        },
      ],
      layout: layout({
        hovermode: "closest",
        bargap: 0.35,
        shapes: floor ? [rule(floor, { color: colour("text"), width: 1.5, dash: "dot" })] : [],
        xaxis: {
          title: title(words, 8, narrow() ? 20 : 60),
          showgrid: true,
          rangemode: "tozero",
          nticks: 5,
        },
        yaxis: {
          tickvals: rows.map((_, k) => k),
          ticktext: rows.map((row) => wrapped(label_of(answer, row.axis), narrow() ? 16 : 26)),
          range: [rows.length - 0.5, -0.5],
          showgrid: false,
          ticks: "",
          ticklabelstandoff: 8,
        },
      }),
    };
  }

  // How far each dial moves *outcome* through its range, by elementary effects, and in which
  // direction.
  const moved = (answer, outcome, index) =>
    answer.sensitivity.filter(
      (row) =>
        row.outcome === outcome && row.of === "outcome" && row.at === "all" && row.index === index,
    );
  const told_apart = (answer, outcome, clear) =>
    moved(answer, outcome, "mu_star")
      .filter((row) => row.clear === clear)
      .sort((a, b) => b.value - a.value);
  function way(answer, outcome, axis) {
    const { low, high } = moved(answer, outcome, "mu").find((row) => row.axis === axis);
    return low > 0 ? "more" : high < 0 ? "less" : "either";
  }
  function ends_of_range(answer, name) {
    const values = answer.rows[name],
      ends = [Math.min(...values), Math.max(...values)];
    return is_yes_or_no(answer, name) ? ["no", "yes"] : ends.map((end) => significant(end));
  }
  const range_of = (answer, name) => ends_of_range(answer, name).join(" to ");
  // A dial, and its two ends in words, from the lower one to the upper one; of a dial that goes
  // either way also what decides (`where`). `ends` is all of it.
  function ends_in_words(answer, outcome, axis) {
    const [, ...own] = ends_of(answer, axis),
      [from, to] = own.length ? own : ends_of_range(answer, axis);
    const [joins, where] =
      way(answer, outcome, axis) === "either" ? decided_by(answer, outcome, axis) : ["", ""];
    return { from, to, where, ends: `${from} → ${to}${joins}${where}` };
  }
  // On what it hangs which way a dial goes, where one dial decides, after what joins it.
  function decided_by(answer, outcome, axis) {
    const { turns_by, turns_up } = moved(answer, outcome, "mu_star").find(
        (row) => row.axis === axis,
      ),
      least = is_counted(outcome_of(answer, outcome)) ? "fewest" : "least";
    return !turns_by
      ? [", ", "as the other dials decide"]
      : turns_by === axis
        ? [": ", `${turns_up ? least : "most"} in between`]
        : [", ", `as ${label_of(answer, turns_by)} decides`];
  }
  // Whom an outcome counts, after "more".
  const counted = (outcome) => who_sign(outcome) || `of: ${outcome.label}`;
  // The same where the one that decides on a dial stands in a *half*.
  function ends_where(answer, axis, by, half) {
    const [, from, to] = ends_of(answer, axis),
      [clause, ...of_decider] = ends_of(answer, by),
      begins = axis in OF_IT && by in OF_IT ? OF_IT[by] : clause,
      where = `if ${begins} ${of_decider[half === "lower" ? 0 : 1]}`;
    return { from, to, where, ends: `${from} → ${to}, ${where}` };
  }
  // The bars of a dial: one, to the side on which its upper end is; of a dial that goes either way
  // one for each half of the one that decides, where an answer has both, else one on both sides of
  // none.
  function bars_of(answer, outcome, row) {
    const less = less_of(outcome_of(answer, outcome)),
      written = (value) => (value < 2 ? rounded(value) : decimal(value, 0)),
      { axis, turns_by: by } = row,
      words = capital(ends_of(answer, axis)[3] || label_of(answer, axis)),
      to = way(answer, outcome, axis);
    if (to === "more")
      return [
        {
          row,
          value: row.value,
          low: row.low,
          high: row.high,
          words,
          ...ends_in_words(answer, outcome, axis),
          told: `${written(row.value)}\u00a0more`,
        },
      ];
    if (to === "less")
      return [
        {
          row,
          value: -row.value,
          low: -row.high,
          high: -row.low,
          words,
          ...ends_in_words(answer, outcome, axis),
          told: `${written(row.value)}\u00a0${less}`,
        },
      ];
    const halves =
      is_number(row.lower_half_mean) &&
      by !== axis &&
      [axis, by].every((name) => ends_of(answer, name).length);
    if (!halves)
      return [
        {
          row,
          is_both: true,
          value: row.value,
          low: row.low,
          high: row.high,
          words,
          ...ends_in_words(answer, outcome, axis),
          told: `${written(row.value)}\u00a0more or ${less}`,
        },
      ];
    return ["lower", "upper"]
      .map((half) => {
        const [value, low, high] = ["mean", "low", "high"].map((key) => row[`${half}_half_${key}`]);
        return {
          row,
          value,
          low,
          high,
          words,
          ...ends_where(answer, axis, by, half),
          told: `${written(Math.abs(value))}\u00a0${value < 0 ? less : "more"}`,
        };
      })
      .sort((a, b) => b.value - a.value);
  }
  // The bar whose 95 % interval is widest: what it says, and half of the interval.
  function least_sure(answer, outcome) {
    const bars = told_apart(answer, outcome, true)
      .flatMap((row) => bars_of(answer, outcome, row))
      .map((bar) => ({ ...bar, wide: bar.high - bar.low }))
      .sort((a, b) => b.wide - a.wide);
    return bars.length
      ? {
          words: `${bars[0].words}: ${bars[0].ends}`,
          half: bars[0].wide < 4 ? rounded(bars[0].wide / 2) : decimal(bars[0].wide / 2, 0),
        }
      : null;
  }
  const has_halves = (answer, outcome) =>
    told_apart(answer, outcome, true).some((row) => bars_of(answer, outcome, row).length > 1);
  // A bar for each dial beside its sentence, on a phone below it and its number; at the foot those
  // of which luck may be a part.
  const is_small = (row) => row.low <= row.floor;
  const LABELS = 0.52,
    BESIDE = 1.15,
    GAP = 10,
    // share of the width that sentences take; bold letters beside others; pixels before a number;
    // where an axis ends, of the largest
    BEYOND = 1.1;
  function moves(answer, outcome) {
    const all = told_apart(answer, outcome, true),
      less = less_of(outcome_of(answer, outcome)),
      is_beside = !narrow();
    if (!all.length) return null;
    const large = all
        .filter((row) => !is_small(row))
        .flatMap((row) => bars_of(answer, outcome, row)),
      small = all.filter(is_small).flatMap((row) => bars_of(answer, outcome, row));
    const groups = [
      ["", large.filter((bar) => !bar.is_both)],
      [`More or ${less}:`, large.filter((bar) => bar.is_both)],
      ["Small, and luck may be part of it:", small],
    ].filter(([, own]) => own.length);
    const HEAD = is_beside ? 0.95 : 0.7,
      FIRST_HEAD = 0.45,
      bars = [],
      places = [],
      heads = []; // rows of room for the words above a group
    const most = is_beside ? Math.max(Math.floor((LABELS * width_of()) / LETTER), 30) : 39,
      text_of = ({ words, ends, told }) =>
        is_beside ? words : `${words} (${ends}):\u00a0${told.replaceAll(" ", "\u00a0")}`,
      lines = (bar) => in_lines(text_of(bar), most).length;
    let tall = 0;
    for (const [words, own] of groups) {
      if (words) {
        tall += tall ? HEAD : FIRST_HEAD;
        heads.push({ y: tall - (is_beside ? 0.78 : 0.5), words });
      }
      for (const bar of own) {
        if (!is_beside) tall += 0.36 * Math.max(lines(bar) - 2, 0);
        bars.push(bar);
        places.push(tall);
        tall += 1;
      }
    }
    const shade_of = ({ row }) =>
        colour(
          axis_of(answer, row.axis).decided === false
            ? "not-taken-up"
            : is_small(row)
              ? "most-worlds"
              : "half-the-worlds",
        ),
      at = is_beside ? 0 : 0.24;
    const both = bars.map((bar, k) => ({ bar, place: places[k] })).filter(({ bar }) => bar.is_both);
    // The ends of the axis: those of all bars and intervals; on a phone as far to either side.
    const right = Math.max(...bars.map(({ high }) => high), 0),
      left = Math.max(0, ...both.map(({ bar }) => bar.high), ...bars.map(({ low }) => -low));
    const room =
        Math.ceil(BESIDE * LETTER * Math.max(...bars.map(({ told }) => told.length))) + GAP,
      luck = all[0].floor,
      most_of_phone = BEYOND * Math.max(left, right);
    const bar_of = { type: "bar", orientation: "h", width: is_beside ? 0.5 : 0.34 },
      whisker = { type: "data", symmetric: false, thickness: 2, width: 6, color: colour("text") };
    const lines_of = [
      ...(left ? [rule(0, { color: colour("dimmed"), width: 1 })] : []),
      ...(left ? [-luck, luck] : [luck]).map((end) =>
        rule(end, { color: colour("register"), width: 1.5, dash: "dot" }),
      ),
    ];
    const heading = {
      showarrow: false,
      xref: "paper",
      x: 0,
      xanchor: is_beside ? "right" : "left",
      xshift: is_beside ? -8 : 0,
      yanchor: is_beside ? "middle" : "bottom",
      align: "left",
    };
    const [less_than, more_than] = [
      left ? `← ${less}\u2003` : "",
      `more ${counted(outcome_of(answer, outcome))}`,
    ];
    // Between which ends of its dial a bar is, and under which condition, where another dial
    // decides.
    const of_bar = ({ row, is_both, value, low, high, words, from, to, where, told }) => {
      const values = answer.rows[row.axis];
      return {
        dial: words,
        axis: row.axis,
        from,
        to,
        from_value: Math.min(...values),
        to_value: Math.max(...values),
        where,
        ...told_of(answer, outcome),
        difference: value,
        low_95: low,
        high_95: high,
        says: told,
        either_way: Boolean(is_both),
        luck_alone_reaches: row.floor,
      };
    };
    return holding(answer, bars.map(of_bar), {
      data: [
        {
          ...bar_of,
          y: both.map(({ place }) => place + at),
          x: both.map(({ bar }) => -bar.value),
          hoverinfo: "skip",
          meta: "no numbers",
          marker: { color: both.map(({ bar }) => shade_of(bar)) },
          error_x: {
            ...whisker,
            array: both.map(({ bar }) => bar.value - bar.low),
            arrayminus: both.map(({ bar }) => bar.high - bar.value),
          },
        },
        {
          ...bar_of,
          y: places.map((place) => place + at),
          x: bars.map(({ value }) => value),
          hoverinfo: "text",
          textposition: "none",
          marker: {
            color: bars.map(shade_of),
            line: {
              width: 1,
              color: bars.map((bar) =>
                is_small(bar.row) ? colour("half-the-worlds") : shade_of(bar),
              ),
            },
          }, // a pale one has an edge
          error_x: {
            ...whisker,
            array: bars.map(({ value, high }) => high - value),
            arrayminus: bars.map(({ value, low }) => value - low),
          },
          text: bars.map(
            ({ row, words, ends, told, low, high }) =>
              `<b>${wrapped(words, 50)}</b><br>${wrapped(ends, 50)}<br>${range_of(answer, row.axis)}<br>${told}<br>95\u00a0% ` +
              "interval " +
              `${interval(low, high, rounded)}${axis_of(answer, row.axis).meaning ? `<br>${wrapped(axis_of(answer, row.axis).meaning, 50)}` : ""}`,
          ),
        },
      ],
      layout: layout({
        hovermode: "closest",
        barmode: "overlay",
        meta: { rows: tall * (is_beside ? 1.16 : 1.45) },
        margin: {
          l: is_beside ? Math.max(8, ...heads.map(({ words }) => LETTER * words.length)) : 8,
          r: is_beside ? room : 0,
          t: 4,
          b: 0,
        }, // no narrower than the words above a group
        // On a phone the lines run through the bars alone, so that they cross no sentence.
        shapes: is_beside
          ? lines_of
          : places.flatMap((place) =>
              lines_of.map((line) => ({ ...line, yref: "y", y0: place + 0.03, y1: place + 0.45 })),
            ),
        annotations: [
          ...(is_beside
            ? []
            : bars.map((bar, k) => ({
                ...heading,
                y: places[k] + 0.04,
                text: wrapped(text_of(bar), most).replace(/:\u00a0(.+)$/, ":\u00a0<b>$1</b>"),
                font: { size: SIZE, color: colour("text") },
              }))),
          // All numbers stand in a column at the right end, where no bar and no line is.
          ...(!is_beside ? [] : bars).map((bar, k) => ({
            x: 1,
            xref: "paper",
            y: places[k] + at,
            text: `<b>${bar.told}</b>`,
            showarrow: false,
            xanchor: "left",
            xshift: GAP,
            font: { size: SIZE, color: colour("text") },
          })),
          ...heads.map(({ y, words }) => ({
            ...heading,
            y,
            text: `<b>${words}</b>`,
            font: { size: SIZE, color: colour("dimmed") },
          })),
        ],
        xaxis: {
          title: title(`${less_than}${more_than}${left ? " →" : ""}`, 6),
          showgrid: is_beside,
          range: is_beside
            ? [-BEYOND * left, BEYOND * right]
            : [left ? -most_of_phone : 0, most_of_phone],
          nticks: !is_beside ? 4 : left ? 7 : 5,
          zeroline: false,
          side: is_beside ? "bottom" : "top",
        },
        yaxis: {
          ...(is_beside
            ? {
                tickvals: places,
                ticktext: bars.map(
                  ({ words, ends }) =>
                    `${wrapped(words, most)}<br><span ` +
                    `style="color:${colour("dimmed")}">${wrapped(ends, most)}</span>`,
                ),
                ticklabelstandoff: 8,
              }
            : { showticklabels: false }),
          range: [tall - 0.45, -0.55],
          showgrid: false,
          ticks: "",
        },
      }),
    });
  }
  // Those that are not told apart from none, in words: how many, and which; null where there is
  // none.
  function untold(answer, outcome) {
    const names = told_apart(answer, outcome, false).map((row) => label_of(answer, row.axis));
    return names.length
      ? {
          title:
            `${names.length} of ${moved(answer, outcome, "mu_star").length} dials make ` +
            "no difference beyond luck",
          dials: `${capital(names.join("; "))}.`,
        }
      : null;
  }

  // The mean of an outcome over two axes; each cell knows its points, and its values in words that
  // have room in a title.
  function heat(answer, outcome, x, y) {
    const across = steps(answer.rows[x], (value) => said_of(answer, x, value, SHORT[narrow()])),
      upward = steps(answer.rows[y], (value) => said_of(answer, y, value, SHORT[narrow()])),
      cells = upward.names.map(() => across.names.map(() => []));
    answer.rows[outcome].forEach((value, k) => {
      if (is_number(value))
        cells[upward.at(answer.rows[y][k])][across.at(answer.rows[x][k])].push(k);
    });
    const mean = (places) =>
      places.length
        ? places.reduce((sum, k) => sum + answer.rows[outcome][k], 0) / places.length
        : null;
    const found = outcome_of(answer, outcome),
      z = cells.map((row) => row.map(mean)),
      there = z.flat().filter(is_number),
      [least, most] = [Math.min(...there), Math.max(...there)];
    const head = above(`↑ ${label_of(answer, y)}`),
      written = z.flatMap((row, j) =>
        row.map((value, i) =>
          value === null
            ? null
            : {
                x: i,
                y: j,
                text: narrow()
                  ? amount(found, value).replace(/\u00a0%$/, "")
                  : amount(found, value),
                showarrow: false,
                font: { size: SIZE, color: ink((value - least) / (most - least || 1)) },
              },
        ),
      );
    const [at_across, at_upward] = [x, y].map(
        (name) =>
          steps(answer.rows[name], (value) => said_of(answer, name, value, SHORT[false])).names,
      ),
      in_cells = z.flatMap((row, j) =>
        row.map((value, i) => ({
          across: label_of(answer, x),
          at_across: at_across[i],
          upward: label_of(answer, y),
          at_upward: at_upward[j],
          ...told_of(answer, outcome),
          mean: value,
          settings_in_cell: cells[j][i].length,
        })),
      );
    return holding(answer, in_cells, {
      data: [
        {
          type: "heatmap",
          z,
          xgap: 2,
          ygap: 2,
          colorscale: scale(),
          showscale: false,
          customdata: cells,
          hoverinfo: "text",
          hoverongaps: false,
          hovertext: cells.map((row, j) =>
            row.map(
              (places, i) =>
                `${label_of(answer, x)}: ${across.names[i]}<br>${label_of(answer, y)}: ` +
                `${upward.names[j]}<br><b>${found.label} ` +
                `${places.length ? amount(found, mean(places)) : "–"}</b><br>mean of ` +
                `${places.length} ${places.length === 1 ? "setting" : "settings"}`,
            ),
          ),
        },
      ],
      layout: layout({
        hovermode: "closest",
        margin: head.margin,
        annotations: [...head.annotations, ...written.filter(Boolean)],
        xaxis: {
          title: title(label_of(answer, x), 8),
          tickangle: 0,
          tickvals: across.names.map((_, k) => k),
          ticktext: across.names.map((name) =>
            narrow() ? wrapped(name, 9).replace(/(?<=\d)–(?=\d)/, "–<br>") : wrapped(name, 22),
          ),
        },
        yaxis: {
          tickvals: upward.names.map((_, k) => k),
          ticktext: upward.names.map((name) => wrapped(name, narrow() ? 12 : 20)),
          rangemode: "normal",
          showgrid: false,
        },
      }),
    });
  }

  // Where the outcome tips: along one axis a curve with its band, over two a map with a line of
  // such places.
  function tips(answer, outcome) {
    const rows = answer.map.filter((row) => row.outcome === outcome),
      places = answer.tips.filter((row) => row.outcome === outcome && is_number(row.place));
    if (!rows.length) return null;
    const { x, y } = rows[0],
      found = outcome_of(answer, outcome),
      told = (row) =>
        `<b>${found.label} ${amount(found, row?.value ?? 0)}</b><br>95\u00a0% interval ` +
        `${amounts(found, row?.low ?? row?.value ?? 0, row?.high ?? row?.value ?? 0)}`;
    if (!y) {
      const at = rows.map((row) => row.at_x),
        shapes = places
          .filter((tip) => is_number(tip.low))
          .map((tip) => ({
            type: "rect",
            x0: tip.low,
            x1: tip.high,
            y0: 0,
            y1: 1,
            yref: "paper",
            layer: "below",
            fillcolor: colour("dimmed"),
            opacity: 0.14,
            line: { width: 0 },
          }));
      return {
        data: [
          {
            x: [...at, ...[...at].reverse()],
            y: [
              ...rows.map((row) => row.high ?? row.value),
              ...rows.map((row) => row.low ?? row.value).reverse(),
            ],
            mode: "lines",
            line: { width: 0 },
            fill: "toself",
            fillcolor: colour("most-worlds"),
            hoverinfo: "skip",
            meta: "no numbers",
          },
          {
            x: at,
            y: rows.map((row) => row.value),
            mode: "lines+markers",
            line: { width: 2.5, color: colour("simulated") },
            marker: marker(9, "simulated"),
            hoverinfo: "text",
            text: rows.map(
              (row) => `${label_of(answer, x)} ${significant(row.at_x)}<br>${told(row)}`,
            ),
          },
        ],
        layout: layout({
          hovermode: "closest",
          shapes,
          ...above(unit_of(found)),
          xaxis: { title: title(label_of(answer, x), 8), showgrid: true },
          yaxis: { rangemode: "normal", nticks: FEW_TICKS },
        }),
      };
    }
    const sorted = (key) => [...new Set(rows.map((row) => row[key]))].sort((a, b) => a - b),
      xs = sorted("at_x"),
      ys = sorted("at_y");
    const value = new Map(rows.map((row) => [`${row.at_x} ${row.at_y}`, row]));
    const cell = (a, b) => value.get(`${a} ${b}`);
    return {
      data: [
        {
          type: "heatmap",
          x: xs,
          y: ys,
          z: ys.map((b) => xs.map((a) => cell(a, b)?.value ?? null)),
          xgap: 1,
          ygap: 1,
          colorscale: scale(),
          hoverinfo: "text",
          colorbar: {
            thickness: 10,
            outlinewidth: 0,
            tickfont: { color: colour("dimmed"), size: SIZE },
          },
          text: ys.map((b) =>
            xs.map(
              (a) =>
                `${label_of(answer, x)} ${significant(a)}<br>${label_of(answer, y)} ` +
                `${significant(b)}<br>${told(cell(a, b))}`,
            ),
          ),
        },
        {
          x: places.map((tip) => tip.place),
          y: places.map((tip) => tip.at_y),
          mode: "lines+markers",
          line: { width: 2.5, color: colour("text") },
          marker: marker(9, "text"),
          hoverinfo: "text",
          error_x: {
            type: "data",
            symmetric: false,
            thickness: 1.5,
            width: 4,
            color: colour("text"),
            array: places.map((tip) => (tip.high ?? tip.place) - tip.place),
            arrayminus: places.map((tip) => tip.place - (tip.low ?? tip.place)),
          },
          text: places.map(
            (tip) =>
              `tips at ${label_of(answer, x)} ` +
              `${significant(tip.place)}<br>${label_of(answer, y)} ` +
              `${significant(tip.at_y)}`,
          ),
        },
      ],
      layout: layout({
        hovermode: "closest",
        xaxis: { title: title(label_of(answer, x), 8) },
        yaxis: { title: title(label_of(answer, y), 8), rangemode: "normal", showgrid: false },
      }),
    };
  }

  // The cases that were searched, on the first two axes of the box, or on one against the outcome;
  // the box as a frame.
  function where(answer, outcome) {
    const limits = answer.boxes.filter((row) => row.outcome === outcome),
      cases = answer.cases.filter((row) => row.outcome === outcome);
    if (!limits.length || !cases.length) return null;
    const [first, second] = limits,
      y = second ? second.axis : "value",
      shape = {
        type: "rect",
        layer: "above",
        line: { color: colour("text"), width: 2 },
        fillcolor: colour("simulated"),
        opacity: 0.14,
        yref: "paper",
        y0: 0,
        y1: 1,
      };
    for (const [end, limit] of [["x", first], ...(second ? [["y", second]] : [])]) {
      const values = cases.map((row) => row[limit.axis]),
        texts = [...new Set(values)],
        inside = String(limit.values).split(", ");
      const places = limit.values
        ? texts
            .map((text, k) => [text, k])
            .filter(([text]) => inside.includes(String(text)))
            .map(([, k]) => k)
        : [];
      shape[`${end}ref`] = end;
      shape[`${end}0`] = limit.values
        ? Math.min(...places) - 0.4
        : (limit.low ?? Math.min(...values));
      shape[`${end}1`] = limit.values
        ? Math.max(...places) + 0.4
        : (limit.high ?? Math.max(...values));
    }
    const dots = (is_wanted, name, words) => {
      const own = cases.filter((row) => row.of_interest === is_wanted);
      return {
        x: own.map((row) => row[first.axis]),
        y: own.map((row) => row[y]),
        mode: "markers",
        name: words,
        marker: { ...marker(8, name, { opacity: 0.9 }, 1) },
        hoverinfo: "text",
        text: own.map(
          (row) =>
            `${label_of(answer, first.axis)} ` +
            `${value_of(answer, first.axis, row[first.axis])}${second ? `<br>${label_of(answer, second.axis)} ${value_of(answer, second.axis, row[second.axis])}` : ""}<br>${wrapped(first.what, 40)}: ` +
            `<b>${rounded(row.value ?? 0)}</b>`,
        ),
      };
    };
    return {
      data: [
        dots(false, "not-taken-up", "other cases"),
        dots(true, "simulated", "cases of interest"),
      ],
      layout: layout({
        hovermode: "closest",
        shapes: [shape],
        xaxis: { title: title(label_of(answer, first.axis), 8), showgrid: true },
        ...above(
          second
            ? label_of(answer, second.axis)
            : `${first.what}${points_of(outcome_of(answer, outcome))}`,
        ),
        yaxis: { rangemode: "normal", nticks: MORE_TICKS },
      }),
    };
  }

  // What a value axis shows, above it, where it can be read without turning one's head.
  function above(words, more = []) {
    const lines = [...in_lines(capital(words), narrow() ? 40 : 90), ...more];
    return {
      margin: { l: 0, r: 0, t: Math.ceil(SIZE * 1.35 * lines.length) + 10, b: 0 },
      annotations: [
        {
          xref: "paper",
          yref: "paper",
          x: 0,
          y: 1,
          xanchor: "left",
          yanchor: "bottom",
          yshift: 6,
          align: "left",
          showarrow: false,
          text: lines.join("<br>"),
          font: { size: SIZE, color: colour("dimmed") },
        },
      ],
    };
  }
  const points_of = ({ unit }) => (is_share(unit) || is_percentage(unit) ? ", in points" : "");

  // The largest of the quantities of which `enough` shows how they settle.
  const MOST_SETTLED = 3,
    LEAST_HIGH = 180; // pixels of its figure on paper, where labels are closest
  function settled(answer, outcome) {
    const rows = answer.convergence.filter((row) => row.outcome === outcome),
      last = new Map(rows.map((row) => [row.quantity, Math.abs(row.value ?? 0)]));
    return {
      rows,
      quantities: [...last.keys()].sort((a, b) => last.get(b) - last.get(a)).slice(0, MOST_SETTLED),
    };
  }
  // A quantity that is called as a dial is, as that dial is called everywhere.
  function called(answer, quantity) {
    const axis = answer.axes.find(({ label }) => label === quantity);
    return axis ? label_of(answer, axis.name) : quantity;
  }

  // The same quantities from parts of the points, and from parts of the worlds at each; several are
  // named at their ends.
  function enough(answer, outcome) {
    const { rows, quantities } = settled(answer, outcome);
    if (!rows.length) return null;
    const found = outcome_of(answer, outcome),
      values = rows
        .filter((row) => quantities.includes(row.quantity))
        .flatMap((row) => [0, row.low, row.high])
        .filter(is_number),
      span = Math.max(...values) - Math.min(...values) || 1;
    const is_one = quantities.length === 1,
      has_ends = !is_one && !narrow(),
      room = has_ends ? 1.9 : 0,
      of_line = (span * SIZE * 1.35) / LEAST_HIGH,
      top = Math.max(...values);
    const ends = !has_ends
      ? []
      : parley.figures.apart(
          quantities.map((quantity, k) => {
            const lines = in_lines(called(answer, quantity), 32);
            return {
              k,
              text: lines.join("<br>"),
              y: rows.filter((row) => row.quantity === quantity).pop().value ?? 0,
              tall: of_line * (lines.length + 0.2),
            };
          }),
        );
    const over = Math.max(0, ...ends.map(({ y, tall }) => y + tall / 2 - top));
    const size = (row) => `${row.points}\u00a0×\u00a0${row.replicates}`,
      sizes = [...new Set(rows.map(size))],
      names = ["simulated", "second", "third"];
    const data = quantities.map((quantity, k) => {
      const own = rows.filter((row) => row.quantity === quantity && is_number(row.value));
      return {
        name: quantity,
        x: own.map((row) => sizes.indexOf(size(row)) + 0.12 * (k - (quantities.length - 1) / 2)),
        y: own.map((row) => row.value),
        mode: "markers",
        marker: { color: colour(names[k]), size: 8 },
        hoverinfo: "text",
        error_y: {
          type: "data",
          array: own.map((row) => (row.high ?? row.value) - row.value),
          color: colour(names[k]),
          thickness: 2,
          width: 0,
        },
        text: own.map(
          (row) =>
            `${called(answer, quantity)}<br><b>${rounded(row.value)}</b><br>95\u00a0% ` +
            `interval ${interval(row.low, row.high, rounded)}<br>${row.points} sets of ` +
            `assumptions, ${row.replicates} worlds under each`,
        ),
      };
    });
    // On a phone there is no room at their ends: they are named above.
    const keys =
      is_one || has_ends
        ? []
        : quantities.flatMap((quantity, k) =>
            in_lines(`●\u00a0${called(answer, quantity)}`, 38).map(
              (line) => `<span style="color:${colour(names[k])}">${line}</span>`,
            ),
          );
    const of_what =
        rows[0].of === "elementary effects"
          ? "passes through all dials"
          : rows[0].of === "effect"
            ? "comparisons"
            : "sets of assumptions",
      head = above(
        is_one
          ? `${quantities[0]}${rows[0].of === "mean" ? unit_in_words(found) : points_of(found)}`
          : who_sign(found)
            ? `sizes alone: how many more or fewer ${counted(found)}, from one end of ` +
              "each dial to the other"
            : `how far each dial moves it: ${found.label}${points_of(found)}`,
        keys,
      );
    return {
      data,
      layout: layout({
        hovermode: "closest",
        ...head,
        annotations: [
          ...head.annotations,
          ...ends.map(({ k, text, y }) => ({
            x: sizes.length - 1,
            y: y - over,
            text,
            xanchor: "left",
            xshift: 24,
            align: "left",
            showarrow: false,
            font: { size: SIZE, color: colour(names[k]) },
          })),
        ],
        xaxis: {
          tickvals: [...sizes.keys()],
          ticktext: sizes,
          title: title(`${of_what} × worlds of each`, 8),
          range: [-0.5, sizes.length - 0.5 + room],
        },
        yaxis: { nticks: FEW_TICKS },
      }),
    };
  }
  const unit_in_words = ({ unit }) => (is_percentage(unit) ? `, ${unit}` : "");

  // Whether the one quantity that `enough` shows went one way as worlds were added, by more than it
  // is now known to, in a sentence.
  function drift(answer, outcome) {
    const { rows, quantities } = settled(answer, outcome),
      own = rows.filter((row) => is_number(row.value)),
      points = Math.max(...own.map((row) => row.points));
    const values = own
        .filter((row) => row.points === points)
        .sort((a, b) => a.replicates - b.replicates),
      last = values.at(-1),
      steps = values.slice(1).map((row, k) => Math.abs(row.value) - Math.abs(values[k].value));
    const is_far = last && Math.abs(last.value - values[0].value) > (last.high - last.low) / 2,
      one_way = steps.length > 1 && [1, -1].find((sign) => steps.every((step) => sign * step > 0));
    return quantities.length === 1 && is_far && one_way
      ? ` It has become ${one_way > 0 ? "larger" : "smaller"} as worlds were added.`
      : "";
  }
  // Which effects are less surely known than they differ from one set of assumptions to another, in
  // a sentence.
  function of_luck(answer, outcome) {
    const names = answer.effects
      .filter(
        (row) =>
          row.outcome === outcome &&
          row.asked &&
          row.cases > 1 &&
          row.high - row.low > row.p95 - row.p5,
      )
      .map((row) => value_of(answer, row.lever, row.after));
    return names.length
      ? ` ${listing(names)}: luck in so few worlds outweighs the assumptions, so the ` +
          "interval is the wider."
      : "";
  }

  // What `enough` shows, in words.
  const quantities_of = (answer, outcome) =>
    settled(answer, outcome)
      .quantities.map((quantity) => called(answer, quantity))
      .join("; ");

  // The axes to draw first: levers, then what matters most.
  function leading(answer, outcome, most = MOST_AXES) {
    const ranked = ranking(answer, outcome).map((row) => row.axis),
      names = answer.axes.map((axis) => axis.name);
    const levers = answer.lever
      ? [answer.lever]
      : answer.axes.filter((axis) => axis.lever).map((axis) => axis.name);
    const differs = (name) => new Set(answer.rows[name]).size > 1;
    return [...new Set([...levers, ...ranked, ...names])]
      .filter((name) => answer.rows[name] && differs(name))
      .slice(0, most);
  }

  // At most *most* of the points, evenly chosen along the outcome.
  function chosen(answer, outcome, most = MOST_LINES) {
    const order = answer.rows[outcome]
      .map((value, k) => [value, k])
      .filter(([value]) => is_number(value))
      .sort(([a], [b]) => a - b)
      .map(([, k]) => k);
    if (order.length <= most) return order;
    return [
      ...new Set(
        Array.from(
          { length: most },
          (_, k) => order[Math.round((k * (order.length - 1)) / (most - 1))],
        ),
      ),
    ];
  }

  const describe = (answer, outcome, k, axes) => [
    ...axes.map((name) => named(answer, name, answer.rows[name][k])),
    `${outcome_of(answer, outcome).label} ` +
      `${amount(outcome_of(answer, outcome), answer.rows[outcome][k])}`,
  ];

  const LETTERS_OF_AXIS = 14; // so many stand side by side on paper too
  // Parallel coordinates: a line for each point over the axes and the outcome, coloured by the
  // outcome.
  function lines(answer, outcome) {
    const axes = leading(answer, outcome, narrow() ? 2 : MOST_AXES),
      columns = [...axes, outcome],
      places = chosen(answer, outcome);
    const scales = columns.map((name) => {
      const values = [...new Set(answer.rows[name])].filter((value) => value !== null),
        numbers = values.every(is_number),
        sorted = numbers ? values.sort((a, b) => a - b) : values;
      const low = sorted[0],
        high = sorted[sorted.length - 1];
      return {
        ends: [low, high],
        share: (value) =>
          numbers
            ? high > low
              ? (value - low) / (high - low)
              : 0.5
            : sorted.indexOf(value) / Math.max(sorted.length - 1, 1),
      };
    });
    const classes = Array.from({ length: CLASSES }, () => []),
      last = scales[scales.length - 1];
    for (const k of places)
      classes[
        Math.min(Math.floor(last.share(answer.rows[outcome][k]) * CLASSES), CLASSES - 1)
      ].push(k);
    const data = classes
      .map((members, number) => ({
        x: members.flatMap(() => [...columns.keys(), null]),
        y: members.flatMap((k) => [
          ...columns.map((name, c) => scales[c].share(answer.rows[name][k])),
          null,
        ]),
        customdata: members.flatMap((k) => [...columns.map(() => [k]), null]),
        mode: "lines+markers",
        connectgaps: false,
        meta: "no numbers",
        line: { width: 1.25, color: shade(number / (CLASSES - 1)) },
        marker: { size: 5, color: shade(number / (CLASSES - 1)) },
        opacity: 0.75,
        hoverinfo: "text",
        text: members.flatMap((k) => {
          const text =
            "<b>Setting " +
            `${answer.rows.point[k]}</b><br>${describe(answer, outcome, k, axes).join("<br>")}`;
          return [...columns.map(() => text), ""];
        }),
      }))
      .filter((trace) => trace.x.length);
    const names = columns.map((name, c) =>
      c === columns.length - 1 ? outcome_of(answer, outcome).label : label_of(answer, name),
    );
    const words_at = (c, k) =>
      c === columns.length - 1
        ? amount(outcome_of(answer, outcome), scales[c].ends[k])
        : said_of(answer, columns[c], scales[c].ends[k]);
    const at_end = (c, k) => in_lines(words_at(c, k), LETTERS_OF_AXIS),
      tallest = (k) =>
        Math.ceil(SIZE * 1.3 * Math.max(...columns.map((_, c) => at_end(c, k).length))); // pixels
    const is_named = (c) =>
      // of an answer in words each has its name
      c < columns.length - 1 && answer.rows[columns[c]].some((value) => !is_number(value));
    const between_ends = columns.flatMap((name, c) =>
      !is_named(c)
        ? []
        : [...new Set(answer.rows[name])]
            .filter((value) => !scales[c].ends.includes(value))
            .map((value) => ({
              x: c,
              y: scales[c].share(value),
              text: in_lines(value_of(answer, name, value), LETTERS_OF_AXIS).join("<br>"),
              showarrow: false,
              xanchor: "left",
              xshift: 6,
              align: "left",
              bgcolor: colour("card"),
              font: { size: SIZE, color: colour("dimmed") },
            })),
    );
    const end = (c, k) => ({
      x: c,
      y: k,
      text: at_end(c, k).join("<br>"),
      showarrow: false,
      yanchor: k ? "bottom" : "top",
      yshift: k ? 3 : -3,
      font: { size: SIZE, color: colour("dimmed") },
    });
    const is_shown = new Set(places),
      settings = answer.rows.point.map((point, k) => ({
        point,
        ...Object.fromEntries(columns.map((name) => [name, answer.rows[name][k]])),
        shown: is_shown.has(k),
        ...told_of(answer, outcome),
      }));
    return holding(answer, settings, {
      data,
      layout: layout({
        hovermode: "closest",
        hoverdistance: 12,
        margin: { l: 52, r: 52, t: tallest(1) + 6, b: 0 },
        annotations: [...columns.flatMap((_, c) => [end(c, 0), end(c, 1)]), ...between_ends],
        shapes: columns.map((_, c) => ({
          ...rule(c, { color: colour("dimmed"), width: 1 }),
          y0: 0,
          y1: 1,
          yref: "y",
        })),
        xaxis: {
          tickvals: [...columns.keys()],
          ticktext: names.map((name) => wrapped(name, LETTERS_OF_AXIS)),
          tickangle: 0,
          range: [-0.2, columns.length - 0.8],
          ticklabelstandoff: tallest(0),
          ticks: "",
          showline: false,
        },
        yaxis: { visible: false, range: [-0.08, 1.08] },
      }),
    });
  }

  // How far single worlds differ, beside values of an outcome.
  const between = ({ unit }, sd) => (is_share(unit) ? percent(sd) : decimal(sd, 1));

  parley.sweep_figures = {
    from_here,
    amounts,
    least_sure,
    drift,
    of_luck,
    is_small,
    has_halves,
    told_apart,
    quantities_of,
    moves,
    untold,
    lever_in_words,
    present_in_words,
    depth_in_words,
    cuts,
    amount,
    between,
    from_of,
    level_of,
    value_of,
    effects,
    spread,
    matters,
    heat,
    tips,
    where,
    enough,
    lines,
    leading,
    chosen,
    ranking,
    label_of,
    outcome_of,
    describe,
  };
})();
