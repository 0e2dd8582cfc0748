// The fold of the page Sweeps on what a sweep finds from its first setting on, where its answer
// counts from the present text.
(() => {
  const { set, element, fill, table, row } = parley.dom,
    { BASES, TO, capital, interval } = parley.format,
    figures = parley.sweep_figures;
  // What the lines, bars and dots of effects say: how surely something is known, how far
  // assumptions differ, and where it is of a part of them.
  const MEAN = ["sweep-mean", "mean, and its 95\u00a0% interval: how surely it is known"],
    MOST = ["sweep-most", "nine in ten of the assumptions: how far they differ"],
    PART = ["sweep-part", "open: in a part of them"];
  const keys_of_effects = (answer, outcome) => [
    MEAN,
    ...(answer.how_sure?.[outcome] ? [] : [MOST]),
    ...(answer.regions.some((row) => row.outcome === outcome) ? [PART] : []),
  ];
  const put_keys = (name, keys) =>
    fill(
      `sweep-${name}-keys`,
      keys.map(([sign, words]) =>
        element("li", {}, element("span", { className: `key ${sign}` }), words),
      ),
    );

  // What is said there of an *outcome*: the sentences in *paragraphs*, then what is exact in them.
  function say(answer, outcome, paragraphs, exact) {
    set(
      "sweep-first-title",
      outcome === answer.outcomes[0].name ? answer.from_here.first_found : answer.from_here.first,
    );
    // what the signing states in it rest on, besides the tag of the fold
    const { also } = answer.sentences.find(({ kind }) => kind === "answer");
    return [
      element(
        "p",
        {},
        answer.from_here.from_first,
        ...(also ? [" ", parley.basis.tag({ basis: BASES[also], why: "" })] : []),
      ),
      ...paragraphs,
      element("details", {}, element("summary", {}, "In exact numbers"), ...exact),
    ];
  }
  const note = (answer, outcome) =>
    `${capital(parley.sweep_words.how_many(figures.outcome_of(answer, outcome)))}, ` +
    `${figures.from_of(answer, outcome)}. Both sides of each comparison have the same luck.`;

  // Whether the figure of the answer counts *outcome* from the present text, and what stands above
  // it then.
  const counts = (answer, outcome) => Boolean(answer.from_here?.rows[outcome]?.length);
  const title = (answer) =>
    `What comes of ${figures.label_of(answer, answer.lever)}, counted from the present text`;
  // What the marks of the figure of one outcome say, beside which nothing is compared.
  const keys_of_spread = ({ unit, mean, p5, p95 }) =>
    typeof p5 !== "number"
      ? []
      : [
          ["sweep-mean-line", `mean: ${figures.amount({ unit }, mean)}`],
          ["sweep-shade", `nine in ten of the assumptions: ${figures.amounts({ unit }, p5, p95)}`],
        ];
  const KEYS = [
    ["sweep-bar", "nine in ten: how far it goes"],
    ["sweep-dot", "median of who signs"],
    ["sweep-luck", "the present text"],
  ];

  // Parts of the harm prevented beside the first answer, as rows of points; null where the *others*
  // are something else.
  function table_of(answer, others) {
    const rows = others.map(({ outcome }) =>
      answer.effects.filter((row) => row.outcome === outcome && row.asked).pop(),
    );
    if (
      !rows.length ||
      answer.from_here ||
      !rows.every((row) => row?.unit === "points" && typeof row.p5 === "number")
    )
      return null;
    const { in_tenths } = parley.sweep_words,
      signed = (value) => (value > 0 ? "+" : "") + in_tenths(value);
    const whole = answer.effects
        .filter((row) => row.outcome === answer.outcomes[0].name && row.asked)
        .pop(),
      of_whole =
        typeof whole?.mean === "number" ? `Of the ${signed(whole.mean)}, by` : "Of this, by";
    const source = ({ outcome, mean }) =>
      figures
        .outcome_of(answer, outcome)
        .label.replace(/^Harm prevented by /, "")
        // less of it avoided is more of it
        .replace(/^(.+) avoided$/, (words, what) => (mean < 0 ? `more ${what}` : words));
    return element(
      "div",
      {},
      table(
        [of_whole, "in points", "nine in ten"],
        rows.map((each) =>
          row(capital(source(each)), signed(each.mean), interval(each.p5, each.p95, signed, TO)),
        ),
      ),
      element("p", { className: "dimmed" }, "Rounded: the parts need not add up."),
    );
  }

  parley.sweep_first = {
    table_of,
    say,
    put_keys,
    keys_of_effects,
    note,
    counts,
    title,
    keys_of_spread,
    KEYS,
  };
})();
