// The figures of the page A stakeholder that the page itself draws, as pictures to keep: the same
// rows, drawn by Plotly when a picture is asked for.
(() => {
  const { capital, count, day, percent, percent_interval, TO } = parley.format,
    { colour, layout, rule, QUARTERS } = parley.figures;
  const LONGEST = 42,
    LONGEST_VERDICT = 28,
    GAP = null,
    MARGIN = 0.02,
    // letters in a line of a label, and of a verdict; between two pieces of one trace; of the axis,
    // for a point at its end; of logits
    MOST_TICKS = 8;
  const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  function wrapped(words, longest = LONGEST) {
    const lines = [""];
    for (const word of words.split(" ")) {
      if (`${lines.at(-1)} ${word}`.length > longest) lines.push("");
      lines.push(`${lines.pop()} ${word}`.trim());
    }
    return lines.map(escape).join("<br>");
  }
  const dimmed = () => ({ color: colour("dimmed"), size: 14 });
  const beside = (y, text) => ({
    x: 1,
    xref: "paper",
    y,
    text,
    showarrow: false,
    xanchor: "left",
    xshift: 12,
    align: "left",
    font: { size: 14, color: colour("text") },
  });
  const labels = (names) => ({
    range: [names.length - 0.5, -0.5],
    tickvals: names.map((_, k) => k),
    ticktext: names.map((words) => wrapped(words)),
    tickfont: { size: 14, color: colour("text") },
    showgrid: false,
  });

  // What each change yields: a row for the shares before any, then one for each change, those on
  // weaker evidence last and hollow.
  function changes(content) {
    const { rows_before, mark_of, aim_of, verdict_of } = parley.stakeholder_rows,
      aim = aim_of(content),
      is_firm = ({ borne, told_from_zero }) => borne && told_from_zero;
    const before = rows_before(content).map(({ change, title }) => ({
      title,
      share: change.share_after,
      fits: change.of_weights,
      words: "",
      is_firm: true,
    }));
    const tried = content.changes
      .filter(({ share_after }) => share_after !== null)
      .map((change) => ({
        title: capital(change.without_effect || change.in_short),
        share: change.share_after,
        luck: [change.low, change.high],
        fits: change.of_weights,
        words: verdict_of(change),
        is_firm: is_firm(change),
        is_enough: parley.figures.may_be_enough(change),
      }));
    const rows = [
      ...before,
      ...tried.filter((row) => row.is_firm),
      ...tried.filter((row) => !row.is_firm),
    ];
    const spans = (kind, line) => ({
      x: rows.flatMap((row) => (row[kind] ? [...row[kind], GAP] : [])),
      y: rows.flatMap((row, k) => (row[kind] ? [k, k, GAP] : [])),
      mode: "lines",
      line,
      hoverinfo: "skip",
    });
    const colour_of = (row) => colour(row.is_enough ? "simulated" : "dimmed");
    const dots = {
      x: rows.map(({ share }) => share),
      y: rows.map((_, k) => k),
      mode: "markers",
      marker: {
        size: 14,
        color: rows.map((row) => (row.is_firm ? colour_of(row) : colour("card"))),
        line: { width: 2, color: rows.map(colour_of) },
      },
      hoverinfo: "skip",
    };
    const is_out = aim?.what === "stay out",
      shapes = [
        {
          ...rule(rows[0].share, { color: colour("dimmed"), width: 2, dash: "dash" }),
          layer: "below",
        },
      ];
    if (aim)
      shapes.push(
        {
          type: "rect",
          xref: "x",
          yref: "paper",
          x0: is_out ? -MARGIN : aim.share,
          x1: is_out ? aim.share : 1 + MARGIN,
          y0: 0,
          y1: 1,
          fillcolor: colour("most-worlds"),
          opacity: 0.55,
          line: { width: 0 },
          layer: "below",
        },
        rule(aim.share, { color: colour("text"), width: 2 }),
      );
    const said = ({ share, fits, words }) =>
      [
        `<b>${percent(share)}</b>${fits && percent_interval(...fits) !== percent(share) ? ` ${percent_interval(...fits, 0, TO)}` : ""}`,
        words && wrapped(words, LONGEST_VERDICT),
      ]
        .filter(Boolean)
        .join("<br>");
    const keys = [
      `Points: signed by ${day(content.asked.day)}, share of ${count(content.worlds)} worlds`,
      ...(rows.some(({ is_enough }) => is_enough) ? ["blue: enough, or perhaps"] : []),
      ...(rows.every((row) => row.is_firm)
        ? []
        : ["hollow: weaker evidence, left out of the answer"]),
      `dashed: ${mark_of(content)}`,
      ...(aim
        ? [`shaded: ${is_out ? "kept out, under" : "brought in, over"} ${percent(aim.share)}`]
        : []),
      ...(rows.some(({ luck }) => luck?.[1] > luck?.[0]) ? ["pale bars: 90\u00a0% over luck"] : []),
      ...(rows.some(({ fits }) => fits?.[1] > fits?.[0])
        ? ["thin lines and spans: 90\u00a0% of other fits"]
        : []),
    ];
    return {
      data: [
        spans("luck", { color: colour("half-the-worlds"), width: 7 }),
        spans("fits", { color: colour("text"), width: 2 }),
        dots,
      ],
      unit: [`${keys.join("; ")}.`, content.answer.caveat && `${content.answer.caveat}.`].join(" "),
      layout: layout({
        margin: { l: 0, r: 200, t: 26, b: 0 },
        shapes,
        annotations: rows.map((row, k) => beside(k, said(row))),
        yaxis: labels(rows.map(({ title }) => title)),
        xaxis: {
          range: [-MARGIN, 1 + MARGIN],
          tickvals: QUARTERS,
          ticktext: QUARTERS.map((value) => percent(value)),
          tickfont: dimmed(),
          showgrid: true,
        },
      }),
    };
  }

  // What each motive adds: each bar starts where the last one ended, and the last is their sum.
  function motives(explanation) {
    const some = parley.figures.motives_of(explanation).filter(({ value }) => value !== 0),
      is_union = explanation.decided_with.length > 0;
    const [value, value_low, value_high] = ["value", "value_low", "value_high"].map(
      (name) => explanation[is_union ? "value_together" : name],
    );
    let sum = 0;
    const steps = some.map(({ meaning, value, low, high }) => {
      const from = sum;
      sum += value;
      return { title: meaning, from, value, ends: [from + low, from + high] };
    });
    const rows = [
        ...steps,
        { title: "in sum", from: 0, value, ends: [value_low, value_high], is_sum: true },
      ],
      { difference } = parley.format;
    const fill = ({ is_sum, value }) => colour(is_sum ? "text" : value > 0 ? "simulated" : "card"),
      edge = ({ is_sum, value }) => colour(is_sum ? "text" : value > 0 ? "simulated" : "dimmed");
    const bars = {
      type: "bar",
      orientation: "h",
      y: rows.map((_, k) => k),
      x: rows.map(({ value }) => value),
      base: rows.map(({ from }) => from),
      width: 0.6,
      marker: { color: rows.map(fill), line: { width: 2, color: rows.map(edge) } },
      hoverinfo: "skip",
    };
    const wide = rows.map(({ ends: [low, high] }) => high > low),
      whiskers = {
        x: rows.flatMap(({ ends }, k) => (wide[k] ? [...ends, GAP] : [])),
        y: rows.flatMap((_, k) => (wide[k] ? [k, k, GAP] : [])),
        mode: "lines",
        line: { color: colour("text"), width: 2 },
        hoverinfo: "skip",
      };
    const reach = rows.flatMap(({ from, value, ends }) => [from, from + value, ...ends]),
      least = Math.floor(Math.min(...reach)),
      step = Math.ceil((Math.max(...reach) - least) / MOST_TICKS);
    const ticks = Array.from(
      { length: MOST_TICKS + 1 },
      (_, k) => step * (Math.ceil(least / step) + k),
    );
    return {
      data: [bars, whiskers],
      unit: (
        `What each motive adds in the model on ${day(explanation.date)}. Read downwards: ` +
        "to the right a motive speaks for signing, to the left against, in logits, from " +
        "even odds. Each bar starts where the last one ended. " +
        `${wide.some(Boolean) ? "Thin lines: from the 5th to the 95th percentile of the worlds." : ""}`
      ).trim(),
      layout: layout({
        margin: { l: 0, r: 70, t: 26, b: 0 },
        shapes: [rule(0, { color: colour("dimmed"), width: 1 })],
        annotations: rows.map((row, k) => beside(k, difference(row.value, 2))),
        yaxis: labels(rows.map(({ title }) => title)),
        xaxis: {
          title: { text: "against signing ← logits → for signing", standoff: 10, font: dimmed() },
          tickfont: dimmed(),
          showgrid: true,
          tickvals: ticks,
          ticktext: ticks.map((value) => difference(value, 0)),
          zeroline: false,
        },
      }),
    };
  }

  // What is asked about, as the page has it: the explanation and the answer, which take the place
  // of each other's.
  let told = { explanation: null, content: null };
  const tell = (explanation, content) => {
    told = { explanation, content };
    parley.dom.dispatch("parley:cards");
  };
  const is_told = (part) =>
    Boolean(
      told.explanation?.may_sign &&
      (part === "motives" || (told.content && !told.content.is_estimate)),
    );
  const figure = (part) => (part === "motives" ? motives(told.explanation) : changes(told.content));
  const title_of_motives = (explanation) =>
    `Why ${explanation.said} signs, or stays out: ` +
    `${parley.figures.what_outweighs(explanation).replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}`;
  const title = (part) =>
    is_told(part)
      ? part === "motives"
        ? title_of_motives(told.explanation)
        : told.content.answer.finding
      : "";
  const file = (part) =>
    is_told(part)
      ? `${part}-${told.explanation.who.replace(/[^A-Za-z0-9]+/g, "-")}-${told.explanation.date.slice(0, 7)}`
      : part;
  parley.stakeholder_picture = { tell, is_told, figure, title, file };
})();
