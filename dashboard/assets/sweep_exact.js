// The exact numbers behind an answer of the page Sweeps: a table for each outcome, and what stands
// in no table.
(() => {
  const { element, table, wide_table, row } = parley.dom,
    { TO, capital, interval } = parley.format,
    figures = parley.sweep_figures,
    { amount, how_many, label_of, outcome_of, rounded, value_of } = parley.sweep_words;
  // how sentences begin whose numbers stand in a table
  const IN_TABLE = /^(With |From the lower end |In thirds |The difference is |How many )/;
  const is_number = (value) => typeof value === "number";
  const signed = (value) => (value > 0 ? "+" : "") + rounded(value);
  // A difference far within its interval has no digits of its own.
  const LITTLE = 0.02; // of the half of its interval
  const is_little = (each) =>
    Math.abs(each.difference) < (LITTLE * (each.high_95 - each.low_95)) / 2;

  // What a setting of the lever changes, or a dial from one of its ends to the other.
  function table_of(answer, outcome) {
    const rows = (figures.effects(answer, outcome) ?? figures.moves(answer, outcome))?.layout.meta
      .table;
    if (!rows?.length) return null;
    const found = outcome_of(answer, outcome),
      is_compared = Boolean(answer.lever),
      has_most = rows.some((each) => is_number(each.assumptions_low_90)),
      has_levels = rows.some((each) => is_number(each.level_to));
    const told = (value) =>
        is_number(value) || value
          ? is_compared
            ? value_of(answer, answer.lever, value)
            : String(value)
          : "",
      unit = rows[0].unit === "points" || rows[0].unit === "share" ? ", points" : "",
      scale = rows[0].unit === "share" ? 100 : 1;
    const name = (each) =>
        `${is_compared ? "" : `${each.dial}: `}${told(each.from)} → ` +
        `${told(each.to)}${each.where ? `, ${each.where}` : ""}`,
      between = (low, high, written = signed) =>
        is_number(low) ? interval(scale * low, scale * high, written, TO) : "–";
    const heads = [
      is_compared ? capital(label_of(answer, answer.lever)) : "Dial, from end to end",
      ...(has_levels ? ["from → to"] : []),
      `difference${unit}`,
      "95\u00a0% interval",
      ...(has_most ? ["nine in ten"] : []),
    ];
    const cells = (each) => [
      name(each),
      ...(has_levels
        ? [
            is_number(each.level_to)
              ? `${amount(found, each.level_from)} → ${amount(found, each.level_to)}`
              : "–",
          ]
        : []),
      `${each.either_way ? "±\u00a0" : ""}${is_little(each) ? "0" : (each.either_way ? rounded : signed)(scale * each.difference)}`,
      between(each.low_95, each.high_95, each.either_way ? rounded : signed),
      ...(has_most ? [between(each.assumptions_low_90, each.assumptions_high_90)] : []),
    ];
    return [
      element("p", {}, element("strong", {}, capital(how_many(found)))),
      wide_table(
        `Table: ${how_many(found)}`,
        table(
          heads,
          rows.map((each) => row(...cells(each))),
        ),
      ),
    ];
  }

  // Dials as they are called in the figure.
  const called = (answer, text) =>
    answer.axes.reduce(
      (words, { name, label }) => words.replaceAll(label, label_of(answer, name)),
      text,
    );

  // Of the *answers*, each with its sentences *first* and *rest*, all that is exact.
  function numbers(answer, answers, first_of) {
    const seen = new Set();
    return answers.flatMap(({ outcome, rest }) => {
      const own = seen.has(outcome) ? null : table_of(answer, outcome),
        words = own
          ? first_of(rest)
              .filter((each) => !IN_TABLE.test(each))
              .join(" ")
          : rest;
      seen.add(outcome);
      return [...(own ?? []), ...(words ? [element("p", {}, called(answer, words))] : [])];
    });
  }

  parley.sweep_exact = { numbers };
})();
