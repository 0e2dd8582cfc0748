// The page Evidence: first data/evidence/summary, as sentences, a figure of all states and an
// answer for each fold; then data/evidence of the view, as figures, tables and lists, asked again
// when the lens, the worlds or the seed of the view change. Its `record` holds the document of
// evidence. A figure is drawn once its fold is open.
(() => {
  const { at, set, say, element, row, fill, put, address, ask, latest, on, dispatch } = parley.dom;
  const {
    KINDS: KIND_TITLES,
    count,
    day,
    decimal,
    interval,
    lens,
    mean,
    percent,
    percent_interval,
    significant,
  } = parley.format;
  const { section, legend } = parley.blocks,
    KINDS = Object.keys(KIND_TITLES);
  // Parts in which sentences and tables are for statisticians, who find them behind the figures.
  const TECHNICAL = [
    "unseen-states",
    "unseen-dates",
    "dates",
    "instruments",
    "elsewhere",
    "checks",
  ];
  const HOW_TO_READ =
    "AUC: of 100 pairs of one state that signed and one that did not, the number that " +
    "is put right, as a share; 0.5 is a coin toss. Brier score: the mean square of " +
    "share less outcome; smaller is better.";
  // By what test a text has a mark: the range of the difference leaves out none, over the same
  // draws for both models.
  const CLEARLY =
    "Clearly: regions of states are drawn anew at random, and one model is ahead in at " +
    `least ${percent(0.95)} of these draws. Both models are judged on the same draws, so ` +
    "the upright line may lie within Parley's own range. Whether a text is open or " +
    "state-led: our coding.";
  const questions = latest();
  let question = null,
    evidence = null,
    summary = null;

  const within = (count, { low, high }) => low <= count && count <= high;
  const yes_or_no = (truth) => (truth ? "yes" : "no");

  async function ask_summary() {
    if (!at("evidence") || summary) return show_summary();
    try {
      summary = await ask("data/evidence/summary");
    } catch (problem) {
      return say("evidence-message", problem.message);
    }
    show_summary();
  }

  function show_summary() {
    if (!at("first") || !summary) return;
    say(
      "record-message",
      summary.message && `The record of evidence cannot be shown: ${summary.message}`,
    );
    at("first").hidden = Boolean(summary.message);
    if (summary.message) return;
    for (const [place, lead] of summary.leads.entries()) {
      for (const part of ["number", "counts", "sentence"]) set(`lead-${place}-${part}`, lead[part]);
    }
    for (const [part, words] of Object.entries(summary.answers)) set(`answer-${part}`, words);
    set("states-finding", summary.findings.states);
    set(
      "states-provenance",
      "A dot is a state: above the line those that signed, below it those that did " +
        `not. Shaded: where the model was wrong. ${summary.states.length} states, ` +
        `${summary.source}`,
    );
    rows(
      "states-rows",
      [...summary.states]
        .sort((a, b) => b.share - a.share)
        .map(({ name, share, signed }) => [
          name,
          percent(share),
          signed ? "signed" : "did not sign",
        ]),
    );
    draw();
  }

  async function ask_evidence() {
    if (!at("evidence")) return;
    const told = ask_summary();
    const query = location.search
      .slice(1)
      .split("&")
      .filter((part) => part && !parley.beside_the_view.includes(part.split("=")[0]))
      .join("&");
    if (query === question) return;
    question = query;
    for (const link of document.querySelectorAll(".evidence-data")) link.search = query;
    document.body.classList.add("asking");
    try {
      const content = await questions.ask(address("data/evidence", query));
      await told;
      if (!content) return; // a newer question is under way
      evidence = content;
      say("evidence-message");
      show();
    } catch (problem) {
      question = null;
      say("evidence-message", problem.message);
    }
    document.body.classList.remove("asking");
  }

  function show() {
    set(
      "evidence-provenance",
      `${evidence.title}, ${evidence.worlds} worlds, seed ${evidence.seed}, ` +
        `${lens(evidence.lens)}, Parley ${evidence.version}`,
    );
    set(
      "evidence-left-out",
      "The register lists one code, so this page shows the Paris Call as it was. The " +
        "scenario and the changes in your link are left out; its lens, worlds and seed hold.",
    );
    at("evidence-left-out").hidden = !evidence.left_out.length;
    for (const kind of KINDS) dates(kind, evidence.milestones[kind]);
    tenths(evidence.deciles);
    set(
      "misses-worlds",
      `Share of ${count(evidence.worlds)} simulated worlds in which each signs, beside ` +
        "what happened.",
    );
    fill(
      "misses",
      evidence.misses.map((words) => element("li", {}, words)),
    );
    scores();
    weights();
    assumptions(evidence.assumed);
    turning(evidence.milestones);
    wide(evidence);
    show_document(evidence.record);
    draw();
  }

  // The sections of the document of evidence, each in its fold; once, as it is of the server and
  // not of the view.
  function show_document({ message, document: whole, made }) {
    if (document.querySelector("#evidence [data-said]")) return;
    say("record-message", message && `The record of evidence cannot be shown: ${message}`);
    for (const place of document.querySelectorAll("#evidence [id^=document-]"))
      place.closest(".fold").hidden = Boolean(message) && place.closest(".fold").id !== "dates";
    for (const link of document.querySelectorAll("#made a:not(.evidence-data)"))
      link.hidden = Boolean(message);
    fill("dates-legend", [legend("dates-in-sample")]);
    if (whole) add_document(whole);
    fill(
      "made-how",
      made
        ? [
            element(
              "p",
              {},
              ...made
                .split("`")
                .map((words, place) => (place % 2 ? element("code", {}, words) : words)),
            ),
          ]
        : [],
    );
    dispatch("parley:cards");
    dispatch("parley:folds");
  }

  function add_document({ name, title, blocks }) {
    const parts = blocks.filter(({ kind }) => kind === "section"),
      first = blocks.filter(({ kind, name }) => kind === "sentences" && name);
    for (const part of [{ name, title, blocks: first }, ...parts])
      at(`document-${part.name}`).replaceChildren(...content_of(part));
    // What a panel shows stands above it, in place of what it is of.
    for (const [panel, words] of Object.entries(summary?.findings ?? {})) {
      const heading = at(panel)?.closest(".card:not(.fold)")?.querySelector("h3");
      if (heading) heading.textContent = words;
    }
    at("instruments-auc")?.parentElement.after(
      element("p", { className: "dimmed", id: "instruments-clearly" }, CLEARLY),
    );
  }

  // Figures, then all else, folded in where it is for statisticians.
  function content_of(part) {
    if (!TECHNICAL.includes(part.name)) return section(part);
    const is_figure = ({ kind, numbers }) => kind === "figure" && numbers.some(({ name }) => name);
    const drawn = part.blocks
        .filter(is_figure)
        .map((block) => ({ ...block, title: summary?.findings?.[block.name] ?? block.title })),
      rest = part.blocks.filter((block) => !is_figure(block));
    const told = (summary?.details?.[part.name] ?? []).map((words) => element("li", {}, words)),
      table = summary?.tables?.[part.name];
    const said = told.length ? [element("ul", { className: "said" }, ...told)] : [];
    const more = element(
      "details",
      { className: "technical" },
      element("summary", {}, "In the words of statistics"),
      element("p", { className: "dimmed" }, HOW_TO_READ),
      ...section({ ...part, blocks: rest }),
    );
    return [
      ...(table
        ? [element("div", { className: "with-reasons" }, parley.blocks.block(table), ...said)]
        : said),
      ...section({ ...part, blocks: drawn }),
      more,
    ];
  }

  const rows = (id, cells) =>
    fill(
      id,
      cells.map((cells) => row(...cells)),
    );

  function dates(
    kind,
    {
      rows: milestones,
      inside,
      of,
      early_inside,
      early_of,
      mean_error,
      largest_error,
      largest_on,
      wide_inside,
    },
  ) {
    set(`inside-${kind}`, `${inside} of ${of}`);
    const side = largest_error > 0 ? "above" : "below";
    set(
      `errors-${kind}`,
      `Before the first anniversary ${early_inside} of ${early_of}. The median is off ` +
        `by ${mean(mean_error)} on average, at most by ${count(Math.abs(largest_error))} ` +
        `(${side} the register, ${day(largest_on)}).`,
    );
    rows(
      `dates-${kind}`,
      milestones.map(({ date, registered, median, low, high, inside, wide }) => [
        day(date),
        registered,
        count(median),
        interval(low, high),
        yes_or_no(inside),
        wide ? interval(wide.low, wide.high) : "–",
        wide ? yes_or_no(within(registered, wide)) : "–",
      ]),
    );
    set(
      `wide-inside-${kind}`,
      wide_inside === null ? "" : `${wide_inside} of ${of} with the weights' uncertainty.`,
    );
  }

  // Which interval is which, and why the wide one may be missing.
  function wide({ milestones, record: { in_sample, manifest }, lens }) {
    const has_wide = milestones.state.wide_inside !== null;
    at("dates").classList.toggle("no-wide", !has_wide);
    set(
      "wide-note",
      has_wide
        ? "The fitted weights and their worlds are those of this view. The interval with " +
            `the weights' uncertainty is that of the record: ${in_sample.draws} draws of ` +
            `the weights from the bootstrap, ${in_sample.worlds_of_a_draw} worlds each, ` +
            `seed ${manifest.seed}.`
        : in_sample
          ? "The sentences above are those of the record, under the lens full. This is " +
            `${lens || "a lens of one's own"}: the interval with the weights' ` +
            "uncertainty is shown for the lens full only."
          : "The interval with the weights' uncertainty is missing, as the record of " +
            "evidence cannot be read.",
    );
  }

  function tenths(deciles) {
    const sizes = deciles.map((row) => row.states),
      least = Math.min(...sizes),
      most = Math.max(...sizes);
    set(
      "tenths-size",
      `Each tenth holds ${least === most ? least : `${least} or ${most}`} states; a ` +
        "bar spans the shares within it.",
    );
    const [lowest, highest] = [deciles[0], deciles[deciles.length - 1]];
    set(
      "tenths-finding",
      `Of the states it holds least likely ${percent(lowest.observed)} signed, of ` +
        `those it holds most likely ${percent(highest.observed)}`,
    );
    rows(
      "tenths",
      deciles.map((row) => [
        row.decile,
        row.states,
        percent(row.simulated),
        percent_interval(row.lowest, row.highest),
        percent(row.observed),
      ]),
    );
  }

  function scores() {
    rows(
      "scores",
      evidence.scores.map((row) => [
        row.lens,
        row.motives,
        ...[...KINDS, "total"].map((kind) => decimal(row[kind], 1)),
      ]),
    );
    [...at("scores").rows].forEach((row, place) => {
      row.classList.toggle("is-here", evidence.scores[place].lens === evidence.lens);
      row.cells[0].append(element("span", { className: "dimmed" }, evidence.scores[place].title));
    });
    set("verdict", evidence.verdict);
  }

  // A dial of a list: its name and value, then what it means.
  const entry = (name, value, words) =>
    element(
      "li",
      {},
      element(
        "span",
        { className: "dial-head" },
        element("span", { className: "dial-name" }, name),
        element("span", {}, value),
      ),
      element("span", { className: "dimmed" }, words),
    );
  const estimate = ({ value, standard_error, remark }) =>
    `${significant(value)}${standard_error === null ? `, ${remark}` : ` ± ${significant(standard_error)}`}`;

  function weights() {
    const { fitted, entangled } = evidence,
      count = {};
    for (const { standard_error, reason, remark } of fitted) {
      const how =
        standard_error !== null
          ? "with a standard error"
          : reason === "tied"
            ? "tied to another"
            : remark;
      count[how] = (count[how] ?? 0) + 1;
    }
    set(
      "fitted-count",
      `${fitted.length} weights: ${Object.entries(count)
        .map(([how, many]) => `${many} ${how}`)
        .join(", ")}.`,
    );
    const of_kind = (kind) =>
      fitted
        .filter((weight) => weight.kind === kind)
        .map((weight) =>
          entry(weight.dial, estimate(weight), `${weight.meaning} (${weight.unit})`),
        );
    fill(
      "fitted",
      KINDS.flatMap((kind) => [
        element("h4", {}, KIND_TITLES[kind]),
        element("ul", {}, ...of_kind(kind)),
      ]),
    );
    const pairs = entangled.map(
      ({ pair, correlation }) => `${pair[0]} and ${pair[1]} (correlation ${decimal(correlation)})`,
    );
    set(
      "entangled",
      pairs.length
        ? `Read together, since one can make up for the other: ${pairs.join("; ")}.`
        : "No two estimates are correlated above 0.8.",
    );
  }

  function assumptions(dials) {
    set("assumed-count", `${dials.length} dials, each with the range over which it may be moved.`);
    fill("assumed", [
      element(
        "ul",
        {},
        ...dials.map(({ dial, value, between: [low, high], meaning, unit, source }) =>
          entry(
            dial,
            `${significant(value)} (${interval(low, high, significant)})`,
            `${meaning} (${unit}). Source: ${source}.`,
          ),
        ),
      ),
    ]);
  }

  function turning({ state, firm }) {
    const first = state.rows[0],
      last = state.rows[state.rows.length - 1];
    const year =
      state.rows.find(
        (row) => row.date >= `${Number(first.date.slice(0, 4)) + 1}${first.date.slice(4)}`,
      ) ?? last;
    set(
      "turning-first",
      `${first.registered} states and ${firm.rows[0].registered} firms were on board ` +
        `on the first day, ${year.registered} states at the first anniversary.`,
    );
    set(
      "turning-after",
      `After the first anniversary ${last.registered - year.registered} more states ` +
        `came until ${day(last.date)}, and neither China nor Russia is among the ` +
        `${last.registered}.`,
    );
  }

  // Figures in open folds, which are new or whose view or scheme is; the others wait until their
  // fold opens.
  const drawn = new Map();
  // else dots and titles would lie at infinity
  const has_room = (place) => place.clientWidth > 0 && place.clientHeight > 0;
  function draw() {
    if (!at("evidence")) return;
    const first = at("every-state");
    if (summary?.states && !has_room(first)) return setTimeout(draw, 50);
    if (summary?.states && is_new(first, summary))
      put("every-state", {
        figure: parley.figures.every_state(summary.states, first.clientWidth, first.clientHeight),
      });
    if (!evidence) return;
    if (!window.Plotly) return setTimeout(draw, 50);
    for (const [panel, figure] of Object.entries(figures())) {
      const place = at(panel);
      if (!place || place.closest("details:not([open]), [hidden], .without-figures")) continue;
      if (!has_room(place)) {
        setTimeout(draw, 50);
        continue;
      } // open, and not laid out yet
      if (!is_new(place, evidence)) continue;
      Plotly.react(place, { ...figure(), config: { displayModeBar: false, responsive: true } });
    }
  }

  // Whether the place has not been drawn from this content, in this scheme and width, yet; asked
  // once.
  function is_new(place, content) {
    const look = `${document.documentElement.dataset.mantineColorScheme} ${place.clientWidth}`,
      before = drawn.get(place);
    drawn.set(place, { look, content });
    return before?.look !== look || before.content !== content;
  }

  function figures() {
    const { record, milestones, deciles } = evidence,
      { at_dates, by_tenth, of_record } = parley.figures,
      { worlds, seed, version, query } = parley.record;
    const of_view = KINDS.map((kind) => [
      `evidence-${kind}`,
      () => at_dates(milestones[kind].rows),
    ]);
    return {
      ...Object.fromEntries(of_view),
      "evidence-tenths": () =>
        by_tenth(deciles, parley.basis.of_page(), { worlds, seed, version, view: query }),
      ...(record.backtest ? of_record(record) : {}),
    };
  }

  on("parley:page parley:record", ask_evidence);
  on("parley:scheme parley:fold", draw);
  window.addEventListener("resize", parley.dom.once_a_frame(draw));
})();
