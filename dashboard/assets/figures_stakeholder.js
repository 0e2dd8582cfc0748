// The figures of the page A stakeholder: its shares of the worlds by month, what a change yields,
// and what each motive adds.
(() => {
  const { element, row, table } = parley.dom,
    OF_CONVENOR = ["convenor_votes", "convenor_bloc", "convenor_club"],
    { count, day, difference, difference_interval, percent } = parley.format;
  const { colour, layout, rule, years, QUARTERS } = parley.figures;
  const STATUSES = {
    // words at the end of the area, its colour, and whether the words fit on it
    signed: ["signed", "simulated"],
    considered: ["considered,<br>not signed", "half-the-worlds"],
    not_taken_up: ["not<br>taken up", "most-worlds"],
  };
  const LEAST = 0.07,
    BAND = 0.15,
    NARROW = 640; // share of the height that words need, at the end and within; pixels
  function short_years(dates) {
    const { tickvals, ticktext } = years(dates);
    return { tickvals, ticktext: ticktext.map((year) => `’${year.slice(2)}`) };
  }
  const signed = (value) => difference(value, 2);

  // One stakeholder's *shares* of the worlds by status at all rounds, one on another, with their
  // names at the end; the day of the question, and that *since* which it is on the register, or,
  // where that is not *dated*, by which it was.
  function history(dates, shares, { by, since, is_dated, launch }) {
    const last = dates.length - 1,
      annotations = [],
      upright = (date, name, width, dash = "solid") =>
        rule(date, { color: colour(name), width, dash });
    let below = 0,
      under = dates.map(() => 0);
    const data = Object.entries(STATUSES).map(([status, [words, fill]]) => {
      const y = shares[status],
        end = y[last],
        most = y.indexOf(Math.max(...y));
      if (end < LEAST && y[most] >= BAND)
        annotations.push({
          x: dates[most],
          y: under[most] + y[most],
          text: words.replace("<br>", " "),
          showarrow: false,
          xanchor: most > last / 2 ? "right" : "left",
          yanchor: "top",
          xshift: most > last / 2 ? -6 : 6,
          font: { size: 14, color: colour("text") },
        });
      if (end >= LEAST)
        annotations.push({
          x: 1,
          xref: "paper",
          y: below + end / 2,
          text: words,
          showarrow: false,
          xanchor: "left",
          xshift: 8,
          align: "left",
          font: { size: 14, color: colour("text") },
        });
      below += end;
      under = under.map((sum, t) => sum + y[t]);
      return {
        x: dates,
        y,
        stackgroup: "all",
        mode: "lines",
        line: { width: 1, shape: "hv", color: colour(fill) },
        fillcolor: colour(fill),
        hoverinfo: "text",
        text: y.map(
          (value, t) =>
            `${status === "signed" ? `<b>${day(dates[t])}</b><br>` : ""}${words.replace("<br>", " ")} ` +
            `${percent(value, 1)}`,
        ),
      };
    });
    const mark = (date, words, name, xanchor) =>
      annotations.push({
        x: date,
        y: 1,
        yref: "paper",
        yanchor: "bottom",
        text: words,
        showarrow: false,
        xanchor,
        font: { size: 14, color: colour(name) },
      });
    const shapes = [upright(launch, "text", 1, "dot"), upright(by, "text", 1.5)];
    if (since) {
      shapes.push(upright(since, "register", 3));
      mark(
        since,
        is_dated ? "on the register" : "on the register by then",
        "register",
        since > dates[Math.round(0.7 * last)] ? "right" : "left",
      );
    }
    if (!since || since > dates[Math.min(last, 30)])
      mark(launch, "launch", "dimmed", launch > dates[0] ? "center" : "left");
    return {
      data,
      layout: layout({
        margin: { l: 0, r: 96, t: 26, b: 0 },
        annotations,
        shapes,
        xaxis: {
          ...years(dates),
          ...(innerWidth < NARROW && short_years(dates)),
          tickangle: 0,
          tickfont: { color: colour("dimmed"), size: 14 },
        },
        yaxis: {
          range: [0, 1],
          tickvals: QUARTERS,
          ticktext: QUARTERS.map((value) => percent(value)),
          tickfont: { color: colour("dimmed"), size: 14 },
        },
      }),
    };
  }

  const piece = (className, left, width) =>
    element("span", {
      className,
      style: { left: `${left}%`, ...(width !== undefined && { width: `${width}%` }) },
    });

  // What changes yield, a row each below the shares *before* any, where these are *repeated*: the
  // share of worlds with it and its interval, beside the one that is sought, if any is, beyond
  // which lies enough; thin, what other weights would give. Below a divider, where they are
  // *divided*, those that stand *apart*, on weaker evidence: their marks are hollow, as no answer
  // rests on them.
  function shares_plot({
    before,
    aim = null,
    rows = [],
    apart = [],
    divided = true,
    repeated = true,
  }) {
    const is_beside = before.length + rows.length + apart.length > 1; // else the mark is of itself
    const ground = () => [
      ...sought_of(aim),
      ...QUARTERS.map((value) => piece("line", 100 * value)),
      ...(is_beside ? [piece("line as-it-is", 100 * before[0].change.share_after)] : []),
    ];
    const span = (kind, ends) =>
      ends ? [piece(kind, 100 * ends[0], 100 * (ends[1] - ends[0]))] : [];
    const in_fact = (fact) =>
      fact ? [element("span", { className: `in-fact is-${fact}` }, `in fact: ${fact}`)] : [];
    const track = ({ luck, share_after, of_weights, fact }) =>
      element(
        "div",
        { className: "share-track", "aria-hidden": "true" },
        ...ground(),
        ...span("interval", luck),
        ...span("of-weights", of_weights),
        piece(is_narrow(of_weights) ? "after is-small" : "after", 100 * share_after),
        ...in_fact(fact),
      );
    const ticks = element(
      "div",
      { className: "share-axis", "aria-hidden": "true" },
      ...QUARTERS.map((value) => tick(value)),
    );
    const line = (part) =>
      element(
        "li",
        {
          className: [
            before.includes(part) ? "before" : "",
            apart.includes(part) ? "apart" : "",
            may_be_enough(part.change) ? "turns" : "",
          ]
            .join(" ")
            .trim(),
        },
        part.label,
        track(part.change),
        part.shares,
        part.link,
      );
    const divider = element(
      "li",
      { className: "divider" },
      element("p", {}, `On weaker evidence only${unchecked(apart.map((part) => part.change))}`),
    );
    return element(
      "div",
      { className: "shares-plot" },
      ...marks_of(aim),
      element(
        "ul",
        { className: "changes" },
        ...[...(repeated ? before : []), ...rows].map(line),
        ...(apart.length && divided ? [divider] : []),
        ...apart.map(line),
      ),
      ticks,
    );
  }
  // of the width: under a dot of full size the two ends would look like two lines
  const NARROW_SPANS = [0.03, 0.1];
  const is_narrow = (ends) =>
    Boolean(ends) && ends[1] - ends[0] > NARROW_SPANS[0] && ends[1] - ends[0] < NARROW_SPANS[1];
  // Above changes on weaker evidence, that the register cannot check them.
  const unchecked = (some) =>
    some.some(({ borne, verdict }) => !borne && verdict === "cannot be judged")
      ? ": the model gives this; the register cannot check it"
      : "";
  // Whether an answer may rest on a change that is enough, or perhaps.
  const may_be_enough = ({ verdict, told_from_zero, borne }) =>
    ["enough", "perhaps"].includes(verdict) && told_from_zero && borne;
  function sought_of(aim) {
    if (!aim) return [];
    const { what, share } = aim,
      [least, most] = what === "stay out" ? [0, share] : [share, 1];
    return [piece("enough", 100 * least, 100 * (most - least)), piece("line sought", 100 * share)];
  }
  function marks_of(aim) {
    if (!aim) return [];
    const { what, share } = aim,
      side = what === "stay out" ? "is-below" : "is-above",
      edge = share < EDGE ? "at-start" : share > 1 - EDGE ? "at-end" : side;
    return [
      element(
        "div",
        { className: "share-marks" },
        element(
          "span",
          { className: `mark sought ${edge}`, style: { left: `${100 * share}%` } },
          enough_words(what === "stay out", share),
        ),
      ),
    ];
  }
  const enough_words = (out, share) =>
    share === 0.5
      ? `${out ? "kept out: under" : "brought in: over"} ${percent(share)}`
      : `nearly always ${out ? "out: under" : "in: over"} ${percent(share)}`;
  // share of the width: nearer to an end, words have no room on the side that is sought
  const EDGE = 0.2;
  const tick = (value) =>
    element("span", { className: "tick", style: { left: `${100 * value}%` } }, percent(value));

  // How strong a motive speaks, in words.
  const STRENGTHS = [
    [3, "strongly"],
    [1, "clearly"],
    [0.3, "somewhat"],
    [0, "a little"],
  ];
  const strength = (value) =>
    `${STRENGTHS.find(([least]) => Math.abs(value) >= least)[1]} ${value > 0 ? "for" : "against"}`;

  // What decides by the sum of the motives: one that outweighs all that speak the other way, or
  // several together. What the model does not explain is no motive.
  const is_motive = ({ motive }) => motive !== "inclination";
  const all_of = (kind) => parley.format.KINDS[kind].toLowerCase().replace("ngos", "NGOs");
  // What the general leaning is, which the model takes as it is.
  const leaning_in_words = ({ kind }) =>
    `The general leaning is one constant of the model for all ${all_of(kind)}: it ` +
    "stands for what none of these motives explains.";
  // Who decide together do so on their mean, so that it is the mean that is told and drawn; of the
  // convenor, and of those who decide with it, that it is the convenor, as one motive.
  function motives_of(explanation) {
    const { contributions, decided_with, convenes } = explanation;
    const is_union = decided_with.length > 0,
      is_own = ({ motive }) => convenes && OF_CONVENOR.includes(motive),
      own = contributions.filter(is_own);
    const sum = (name) => own.reduce((all, motive) => all + motive[name], 0),
      parts = Object.fromEntries(
        ["value", "together", "low", "high"].map((name) => [name, sum(name)]),
      );
    const all = own.length
      ? [
          {
            ...own[0],
            ...parts,
            meaning: is_union
              ? `that one of its members, ${explanation.said}, is ` + "the convenor"
              : "that it is the convenor",
          },
          ...contributions.filter((motive) => !is_own(motive)),
        ]
      : contributions;
    const drawn = all.map((motive) => ({
      ...motive,
      own: motive.value,
      ...(is_union && { value: motive.together, low: motive.together, high: motive.together }),
    }));
    return drawn
      .map((motive) => ({ ...motive, speaks: motive.value > 0 ? "for" : "against" }))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  }
  function what_outweighs(explanation) {
    const { value: own_value, value_together, decided_with, kind } = explanation,
      contributions = motives_of(explanation);
    const is_union = decided_with.length > 0,
      value = is_union ? value_together : own_value;
    const side = value > 0 ? 1 : -1,
      words = ["against signing", "", "for signing"],
      size = (motive) => Math.abs(motive.value);
    const [own, other] = [side, -side].map((each) =>
      contributions.filter((motive) => each * motive.value > 0).sort((a, b) => size(b) - size(a)),
    );
    const unexplained =
      "a " +
      "general " +
      `${(contributions.find((motive) => !is_motive(motive))?.value ?? 0) < 0 ? "reluctance" : "willingness"} ` +
      `of ${all_of(kind)}`;
    if (!own.length) return "No motive weighs here.";
    const [most] = own,
      against = other.reduce((sum, motive) => sum + size(motive), 0),
      meaning = (motive) => (is_motive(motive) ? motive.meaning : unexplained);
    // All on one side: the 2 motives for signing, and what is not explained where that is on it.
    function all(some, which) {
      const named = some.filter(is_motive).length,
        motives = named === 1 ? `the one motive ${which}` : `the ${count(named)} motives ${which}`;
      return named === some.length
        ? motives
        : named
          ? `${motives} and ${unexplained}`
          : unexplained;
    }
    const [mine, theirs] = [all(own, words[1 + side]), all(other, words[1 - side])];
    if (!other.length)
      return `All that weighs is ${words[1 + side]}, most of all ${meaning(most)}.`;
    if (size(most) > against) {
      return is_motive(most)
        ? `A single motive ${words[1 + side]}, ${most.meaning}, outweighs ` +
            `${theirs.replace(/^the (?=\d)/, "all ")}.`
        : `${parley.format.capital(unexplained)} outweighs ${theirs}.`;
    }
    if (!is_motive(most))
      return (
        `Together ${mine} outweigh ${theirs}; that ` +
        `${most.value < 0 ? "reluctance" : "willingness"} weighs most.`
      );
    return `Together ${mine} outweigh ${theirs}; the strongest is ${most.meaning}.`;
  }

  // From no motive to their sum: where each bar ends, the next begins. Numbers are there, and
  // unfolded by the page.
  function waterfall(explanation) {
    const { value: own_value, value_together, decided_with } = explanation,
      some = motives_of(explanation).filter((motive) => motive.value !== 0),
      union = decided_with.length > 0;
    const [value, value_low, value_high] = union
      ? [value_together, value_together, value_together]
      : [own_value, explanation.value_low, explanation.value_high];
    let sum = 0,
      low = Math.min(0, value_low),
      high = Math.max(0, value_high);
    const steps = some.map((motive) => {
      const from = sum;
      sum += motive.value;
      low = Math.min(low, sum, from + motive.low);
      high = Math.max(high, sum, from + motive.high);
      return { ...motive, from };
    });
    [low, high] = [Math.floor(low), Math.ceil(high)];
    const place = (value) => (100 * (value - low)) / (high - low || 1);
    const whisker = (from, to) =>
      to > from ? [piece("whisker", place(from), place(to) - place(from))] : [];
    const bar = (from, to, kind, ...more) =>
      element(
        "div",
        { className: "track" },
        piece("zero", place(0)),
        piece(
          `step ${kind}`,
          place(Math.min(from, to)),
          Math.max(Math.abs(place(to) - place(from)), 0.3),
        ),
        ...more,
      );
    const cell = (className, ...content) => element("td", { className }, ...content);
    function line(name, label, value, track, words, together, interval) {
      const numbers = [signed(value), ...(union ? [signed(together)] : []), interval];
      const line = row(
        label,
        cell("bar", track),
        cell("speaks", words),
        ...numbers.map((number) => cell("logits", number)),
      );
      line.dataset.motive = name;
      return line;
    }
    const rows = steps.map(({ motive, meaning, own, value, together, speaks, from, low, high }) =>
      line(
        motive,
        meaning,
        own,
        bar(from, from + value, speaks, ...whisker(from + low, from + high)),
        strength(value),
        together,
        low < high ? difference_interval(low, high, 2) : "",
      ),
    );
    const total = line(
      "V",
      "in sum",
      own_value,
      bar(0, value, "sum", ...whisker(value_low, value_high)),
      value > 0 ? "for signing" : "against signing",
      value_together,
      value_low < value_high ? difference_interval(value_low, value_high, 2) : "",
    );
    total.className = "total";
    const ticks = [];
    for (let tick = low; tick <= high; tick += Math.max(1, Math.round((high - low) / 6)))
      ticks.push(
        element(
          "span",
          { className: "tick", style: { left: `${place(tick)}%` } },
          signed_whole(tick),
        ),
      );
    const beside = (name, words, ...track) =>
      element(
        "tr",
        { className: `axis ${name}`, "aria-hidden": "true" },
        cell("axis-of", words),
        cell("bar", element("div", { className: "share-axis" }, ...track)),
        ...Array(3 + union)
          .fill()
          .map(() => cell("")),
      );
    const axis = beside("logits", "logits", ...ticks),
      sides = beside(
        "sides",
        "",
        element("span", {}, "← against signing"),
        element("span", {}, "for signing →"),
      );
    const odds = is_rationality_moved()
      ? []
      : [
          beside(
            "odds",
            "odds of signing",
            ...odds_between(low, high).map(({ at, words }) =>
              element(
                "span",
                { className: `tick ${end_of(place(at))}`, style: { left: `${place(at)}%` } },
                words,
              ),
            ),
          ),
        ];
    const labels = [
      ...["motive", "bar", "how it speaks"].map((words) => [words, { className: "hidden-label" }]),
      ...["logits", ...(union ? ["the Union"] : []), `${percent(0.9)} of worlds`].map((words) => [
        words,
        { className: "logits" },
      ]),
    ];
    return table(labels, [sides, ...rows, total, ...odds, axis], { className: "waterfall" });
  }

  // Ticks of powers of ten between two log odds; these are the odds of signing where rationality is
  // 1, as it is unless moved.
  const MOST_TICKS = 6,
    NEAR_END = 12; // percent of the width
  const end_of = (place) =>
    place < NEAR_END ? "at-start" : place > 100 - NEAR_END ? "at-end" : "";
  const is_rationality_moved = () =>
    "rationality" in parley.view.set ||
    parley.view.branch.some((part) => part.includes(":rationality:"));
  function odds_between(low, high) {
    const [first, last] = [Math.ceil(low / Math.LN10), Math.floor(high / Math.LN10)],
      stride = Math.max(1, Math.ceil((last - first) / MOST_TICKS));
    return Array(last - first + 1)
      .fill()
      .map((_, k) => first + k)
      .filter((power) => power % stride === 0)
      .map((power) => ({
        at: power * Math.LN10,
        words:
          power === 0
            ? "even odds"
            : power > 0
              ? `${count(10 ** power)} to 1`
              : `1 to ${count(10 ** -power)}`,
      }));
  }
  const signed_whole = (tick) => difference(tick, 0);

  Object.assign(parley.figures, {
    history,
    shares_plot,
    unchecked,
    may_be_enough,
    motives_of,
    leaning_in_words,
    what_outweighs,
    waterfall,
  });
})();
