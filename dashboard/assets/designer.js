// The page Code designer: sliders of a text, and live beside them who would join and who would
// leave; below, the frontier and conduct as ranges. A moved slider is answered twice: at once from
// the first worlds, then from all of them.
(() => {
  const {
    at,
    set,
    element,
    row,
    table,
    fill,
    put,
    callbacks,
    address,
    dispatch,
    readable,
    ask,
    on,
    on_click,
    watch,
  } = parley.dom;
  const {
      BASES,
      KINDS,
      capital,
      count,
      decimal,
      extent,
      interval,
      lens,
      level,
      on_one_line,
      percent,
      percent_interval,
    } = parley.format,
    { words_of } = parley.pairs;
  const SHORT_BASES = {
    fitted: "fitted",
    what_if: "what if",
    extrapolated: "extrapolated",
    assumed: "assumed",
  };
  const POSITION = ["text_openness", "text_public_rule"],
    RULES = ["monitoring", "sanctions"];
  const FIRST = 10,
    NINETY = percent(0.9); // worlds of the first answer
  const SETTLED = 220,
    PAUSE = 500,
    LATER = 500; // milliseconds
  const here = () => Boolean(at("designer")) && Boolean(parley.record?.text);
  const is_wording = (name) => name.startsWith("ambition_") || POSITION.includes(name);
  const of_the_text = (name) => is_wording(name) || RULES.includes(name);
  const range = ([low, high]) =>
    low === 0 && high === 0 ? percent(0) : `${extent(low, high, "%")}\u00a0%`;
  let by = "signatories_state",
    what = "harm_prevented/all",
    frame = null,
    frontier = null,
    by_depth = null,
    conduct = null,
    quiet = false;

  // The sliders

  const sliders = () => document.querySelectorAll("#designer .slide input");

  function build() {
    for (const place of document.querySelectorAll("#designer .slide:empty")) {
      const { lever: name, ...data } = place.dataset;
      place.append(...parley.dials.slider({ name, ...data }, moved));
      // at once, as these words may take another line
      parley.degrees.write(name, Number(data.value), Number(data.high));
    }
    // The headline, as the foot of the answer may still be in sight when all that it says is not.
    if (at("design-said"))
      watch(at("design-said"), (seen) => at("designer")?.classList.toggle("shows-answer", seen));
  }

  function moved(name, value) {
    if (!here()) return;
    parley.dials.put(name, value);
    mark(name);
    changed();
  }

  function mark(name) {
    const value = parley.dials.value_of(name);
    at(`lever-${name}`).classList.toggle("is-moved", name in parley.view.set);
    set(`value-${name}`, parley.dials.written(value));
    parley.degrees.write(name, value, Number(at(`lever-${name}`).querySelector("input").max));
  }

  // All sliders as the view has them, and the ticks at the present text.
  function settle() {
    for (const slider of sliders()) {
      const name = slider.dataset.of;
      parley.dials.settle(slider, parley.dials.value_of(name), parley.record.settings[name]);
      mark(name);
    }
    for (const button of document.querySelectorAll("[data-try]"))
      button.setAttribute("aria-pressed", is_tried(levers_of(button)));
  }

  const levers_of = (button) =>
    Object.fromEntries(
      button.dataset.try
        .split(",")
        .map((part) => part.split(":"))
        .map(([name, value]) => [name, Number(value)]),
    );
  function is_tried(levers) {
    const moved = Object.keys(parley.view.set).filter(of_the_text),
      names = Object.keys(levers);
    return (
      !parley.view.may_sign &&
      moved.length === names.length &&
      names.every((name) => parley.dials.value_of(name) === levers[name])
    );
  }

  // The text as the sliders have it is asked for: of the first worlds at once, of all when they
  // have come to rest.
  let full = null,
    looking = false,
    look_at = null;
  const has_first = () => Number(parley.view.worlds) > FIRST;
  function changed() {
    clearTimeout(full);
    look_at = null;
    parley.fits.cancel();
    if (parley.record.query === parley.query()) {
      show_answer(parley.record);
      return ask_at_rest();
    }
    at("design-answer").setAttribute("aria-busy", true);
    tell_harm(parley.query());
    set("design-computing", "Computing …");
    full = setTimeout(() => parley.ask(), has_first() ? SETTLED : 0);
    if (has_first()) look();
  }

  function first_question() {
    const parameters = new URLSearchParams(parley.query());
    parameters.set("worlds", FIRST);
    return readable(parameters);
  }

  // One question at a time, and the newest next: so the numbers follow the hand.
  async function look() {
    look_at = first_question();
    if (looking) return;
    looking = true;
    while (look_at && here()) {
      const question = look_at;
      look_at = null;
      try {
        const first = await ask(
          address("data/design", question),
          {},
          () => here() && look_at === null,
        );
        if (here() && parley.record.query !== parley.query())
          show_answer(first, parley.view.worlds);
      } catch (problem) {
        if (!problem.status) throw problem; // the full question says what the server refuses
      }
    }
    looking = false;
  }

  // The answer

  function show() {
    if (!here()) return;
    const { record } = parley;
    at("designer").classList.remove("refused");
    settle();
    show_answer(record);
    set("frame-said", `${record.title}, ${record.worlds} worlds, ${lens(record.lens)}`);
    at("reset-text").hidden = record.query === record.present_query;
    at("open-simulate").href = address("./", record.query);
    at("open-compare").href = address(
      "compare",
      record.present_query,
      `with=${encodeURIComponent(record.query)}`,
    );
    for (const [name, { plain, verdict, numbers }] of Object.entries(record.effects)) {
      set(`plain-${name}`, plain);
      set(`verdict-${name}`, verdict);
      set(`numbers-${name}`, numbers);
    }
    may_sign(record.text);
    requestAnimationFrame(() => setTimeout(draw)); // the numbers first
    ask_frame();
    at("designer").dataset.slow = "yes";
    clearTimeout(pause);
    pause = setTimeout(ask_at_rest, PAUSE);
  }
  let pause = null;

  // A file of numbers has a link once these are simulated, for the *question* that has them.
  function offer(path, question) {
    const link = document.querySelector(`#designer [data-file="${path}"]`);
    if (question === null) link.removeAttribute("href");
    else link.href = address(path, question);
  }

  // What a text changes, from all worlds or, with *of*, from the first of so many.
  function show_answer(answer, of = null) {
    const is_changed = answer.query !== answer.present_query,
      { present, designed } = answer.text;
    const change = numbers_of(answer);
    const is_far = is_changed && parley.basis.word(answer) === BASES.extrapolated,
      has_other_rules = RULES.some((name) => designed[name] !== present[name]),
      is_still = is_changed && parley.finding.moves_nobody(change, answer, has_other_rules);
    at("designer").classList.add("is-answered");
    at("designer").classList.toggle("is-present", !is_changed);
    at("designer").classList.toggle("is-far", is_far);
    at("design-answer").setAttribute("aria-busy", of !== null);
    for (const path of ["data/design.csv", "data/design/who.csv"])
      offer(path, is_changed && of === null ? answer.query : null);
    set("design-computing", of ? `From ${answer.worlds} of ${of} worlds …` : "");
    at("design-far").hidden = !is_far;
    set("design-far", at("design-far").dataset[answer.other_fits ? "ranges" : "alone"]);
    const wide = parley.fits.changes_of(answer),
      awaits = parley.fits.awaits(answer);
    const are_coming = parley.fits.is_coming(answer),
      is_near = is_changed && !is_far && !is_still;
    for (const [name, is] of Object.entries({ "is-still": is_still, "is-near": is_near }))
      at("designer").classList.toggle(name, is);
    const by_scenario = !is_changed && parley.aside.finding(answer);
    const parts = by_scenario
      ? [by_scenario]
      : is_still
        ? parley.finding.of_conduct(
            change,
            conduct?.designed_view === answer.query ? conduct : null,
          )
        : parley.finding[!is_changed ? "present" : is_far ? "in_directions" : "in_numbers"](
            change,
            wide,
            are_coming,
            awaits,
          );
    const said = parley.finding.as_text(parts);
    if (at("design-said").textContent !== said)
      fill("design-said", parley.finding.with_ranges(parts));
    set(
      "design-coalitions",
      is_changed
        ? [
            parley.statements.coalitions(answer, false),
            is_far && answer.coalitions ? parley.finding.in_sum(change.state, wide?.state) : "",
          ]
            .filter(Boolean)
            .join(" ")
        : "",
    );
    fill("design-powers", parley.finding.powers(answer, is_changed));
    fill(
      "design-line",
      !is_changed
        ? []
        : is_still
          ? [element("strong", {}, said)]
          : is_far
            ? [
                element("strong", {}, said),
                element("span", {}, far_in_a_line(change, answer, wide)),
              ]
            : in_a_line(change, answer),
    );
    const worlds =
      `${answer.worlds} worlds under each text and the same luck, seed ${answer.seed}, ` +
      `${lens(answer.lens)}, Parley ${answer.version}`;
    set(
      "design-provenance",
      of ? `The first ${answer.worlds} of ${of} worlds; the others follow` : worlds,
    );
    parley.basis.show(answer);
    tell_harm(answer.query);
    for (const name of [...Object.keys(KINDS), "power"])
      number(
        name,
        change[name],
        { is_changed, is_far, is_still, is_near },
        wide?.[name],
        awaits,
        are_coming,
      );
    for (const [side, text] of Object.entries({ present, design: designed }))
      set(`${side}-depth`, decimal(text.depth));
    at("designer").classList.toggle(
      "is-as-deep",
      is_changed && decimal(present.depth) === decimal(designed.depth),
    );
    parley.change_plot.show(change, answer.everybody, is_changed, wide, are_coming);
    parley.joining.show(answer, is_changed, is_far);
    for (const [name, [low, high]] of Object.entries(answer.levels))
      set(
        `ends-${name}`,
        is_changed ? "" : `(${(name === "power" ? percent_interval : interval)(low, high)})`,
      );
    parley.fits.show(
      answer,
      is_changed,
      is_still || (is_near && parley.finding.is_all_clear(change)),
    );
  }

  // "States: 9 fewer", and so of each kind; below it who joins and who leaves, where somebody with
  // a name does.
  function in_a_line(change, answer) {
    const changes = Object.keys(KINDS).map((kind) =>
      on_one_line(`${capital(words_of(kind))}: ${parley.finding.change_in_a_line(change[kind])}`),
    );
    const names = Object.entries({ up: "Would join", down: "Would leave" })
      .filter(([way]) => answer[way].some(({ turns }) => turns))
      .map(([way, words]) => `${words}: ${parley.joining.in_line(answer[way])}`);
    return [
      element("strong", {}, ...changes.map((words) => element("span", {}, words))),
      element("span", {}, names.join(" · ") || parley.joining.most_in_line(answer)),
    ];
  }

  // Of a text far outside the data: how many states by other fits, once these are here, and which
  // great powers turn.
  function far_in_a_line(change, answer, wide) {
    const { ends, side } = parley.finding.direction_of(change.state, "", wide?.state, !wide);
    return [
      ends && `States: ${ends}${side ? ` ${side}` : ""} (other fits)`,
      parley.finding.powers_in_a_line(answer),
    ]
      .filter(Boolean)
      .map(on_one_line)
      .join(" · ");
  }

  // The median of the worlds under the present text, and the median and the range of the change in
  // pairs of worlds.
  function numbers_of({ differences }) {
    const numbers = (key) => {
      const {
        first_median: first,
        median,
        low_90,
        high_90,
        sign,
      } = differences.find((row) => row.key === key);
      return { first, median, low_90, high_90, sign };
    };
    return {
      ...Object.fromEntries(
        Object.keys(KINDS).map((kind) => [kind, numbers(`signatories-${kind}`)]),
      ),
      power: numbers("power_share"),
    };
  }

  // Of a text far outside the data the direction of the change stands in sight, and its range paler
  // beside it; where there is no room for the line of shares, the ends of other fits, as of a text
  // near the data. Of a text that moves nobody both ranges stand there.
  function number(
    name,
    change,
    { is_changed, is_far, is_still, is_near },
    wide,
    awaits,
    are_coming,
  ) {
    const unit = name === "power" ? "share" : "",
      { told, direction_of, changed_by, range_of, both_ranges } = parley.finding,
      { way, ends } = direction_of(change, unit, wide, awaits);
    set(`present-${name}`, level(change.first, unit));
    set(`change-${name}`, !is_changed ? "" : is_far ? way : changed_by(change, unit));
    const fits = is_far ? ends : is_near && wide ? range_of(wide, unit) : "";
    set(
      `fits-${name}`,
      fits || (awaits && (is_far || is_near)) ? `other fits: ${on_one_line(fits) || "…"}` : "",
    );
    set(
      `interval-${name}`,
      !is_changed
        ? ""
        : is_far
          ? range_of(change, unit)
          : is_still
            ? both_ranges(change, unit, wide, are_coming)
            : told(change, unit).is_same
              ? ""
              : `(${range_of(change, unit)})`,
    );
  }

  function may_sign({ designed }) {
    quiet = true;
    put("may-sign", { value: designed.may_sign });
    set(
      "may-sign-said",
      capital(
        Object.keys(KINDS)
          .filter((kind) => designed.may_sign.includes(`${kind}s`))
          .map(words_of)
          .join(", "),
      ),
    );
    setTimeout(() => {
      quiet = false;
    }, 0);
    at("may-sign-box").classList.toggle("is-moved", Boolean(parley.view.may_sign));
  }

  // The figures below

  function draw() {
    if (!here()) return;
    if (frontier) {
      put("frontier", { figure: parley.figures.participation(frontier, parley.record, by) });
      for (const [place, words] of Object.entries(frontier.words[by]))
        set(`frontier-${place}`, words);
      for (const [key, is_drawn] of Object.entries(parley.figures.participation_keys(frontier)))
        document.querySelector(`#designer .key.${key}`).parentElement.hidden = !is_drawn;
    }
    const own =
      parley.record.query === parley.record.present_query
        ? null
        : conduct?.rows.find((row) => row.outcome === "harm_prevented").designed;
    if (by_depth) {
      put("by-depth", { figure: parley.figures.by_depth(by_depth, parley.record, what, own) });
      const [title, ...others] = by_depth.said[what];
      set("by-depth-title", title);
      set("by-depth-said", others.join(" "));
    }
    for (const graph of document.querySelectorAll("#frontier .js-plotly-plot"))
      if (!graph.dataset.listens) listen(graph);
  }

  function listen(graph) {
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({ points: [point] }) => {
      if (point.customdata !== undefined) try_text(frontier.texts[point.customdata].set);
    });
  }

  // The present text but for these *levers*; its rules stay as they are where only the wording is
  // tried.
  function try_text(levers, of = is_wording) {
    parley.view.set = Object.fromEntries(
      Object.entries(parley.view.set).filter(([name]) => !of(name)),
    );
    for (const [name, value] of Object.entries(levers)) parley.dials.put(name, value);
    settle();
    changed();
  }

  // Questions that take seconds are asked one after the other, so that a page takes one place in
  // the server's queue; a question that a newer one of its name replaces is not asked.
  const ORDER = ["first", "frontier", "conduct", "aside", "fits", "by-depth"],
    tasks = {};
  let at_work = false;
  async function queue(name, task) {
    tasks[name] = task;
    if (at_work) return;
    at_work = true;
    for (let next; (next = ORDER.find((name) => tasks[name]));) {
      const turn = tasks[next];
      delete tasks[next];
      if (here()) await turn();
    }
    at_work = false;
    if (at("designer")) at("designer").dataset.slow = "no";
  }

  // Queues a question whose answer goes to *show* if the question still *holds* then; meanwhile the
  // *place* has *words*.
  function ask_slowly(name, place, path, question, words, holds, show) {
    wait_at(place, words);
    return queue(name, async () => {
      try {
        const content = await ask(address(path, question), {}, holds);
        if (!holds()) return;
        wait_at(place, "");
        show(content);
      } catch (problem) {
        if (!holds()) return;
        if (place === "frontier") frame = null; // the others are asked for again by who wants them
        wait_at(place, problem.message, true);
      }
    });
  }

  function wait_at(place, words, is_over = false) {
    set(`${place}-state`, words);
    if (!at(`${place}-waiting`)) return;
    at(`${place}-waiting`).hidden = !words;
    at(`${place}-progress`).hidden = is_over;
    at(`${place}-waiting`)
      .closest(".card")
      .classList.toggle(
        "is-waiting",
        Boolean(words) && !is_over && !{ frontier, "by-depth": by_depth }[place],
      );
  }

  // The frontier of the present text, whatever is designed beside it: first the texts on one way,
  // then those on all.
  function ask_frame() {
    const question = parley.record.present_query,
      holds = () => here() && frame === question;
    if (question === frame) return;
    [frame, frontier, by_depth] = [question, null, null];
    for (const file of ["frontier", "frontier/conduct"]) offer(`data/${file}.csv`, null);
    at("frontier-progress").removeAttribute("value");
    const show = (content) => {
      frontier = content;
      const { length } = content.texts,
        { of } = content,
        is_whole = length === of;
      offer("data/frontier.csv", is_whole ? question : null);
      Object.assign(at("frontier-progress"), { max: of, value: length });
      wait_at(
        "frontier",
        is_whole ? "" : `${length} of ${of} texts are simulated; the others follow`,
      );
      fill("frontier-provenance", [
        `${frontier.worlds} worlds under each text`,
        element(
          "span",
          { className: "of-page" },
          ", so numbers may differ a little from those above",
        ),
        `; seed ${frontier.seed}; line: ` +
          `median${is_whole ? `, band around the frontier: ${NINETY} of worlds` : ""}`,
      ]);
      parley.basis.show(frontier, "frontier");
      texts();
      draw();
      setTimeout(draw, LATER); // the figure is there a little later than its data
    };
    ask_slowly(
      "first",
      "frontier",
      "data/frontier/first",
      question,
      "Simulating two dozen texts",
      holds,
      show,
    );
    ask_slowly(
      "frontier",
      "frontier",
      "data/frontier",
      question,
      "Simulating two dozen texts",
      holds,
      show,
    );
    if (at("by-depth-card").open) ask_by_depth();
  }

  // Conduct by depth takes longest, so it is asked for by whoever opens its fold.
  let by_depth_asked = null;
  function ask_by_depth() {
    if (!here() || (by_depth_asked === frame && by_depth)) return;
    const question = frame ?? parley.record.present_query,
      holds = () => here() && frame === question;
    by_depth_asked = question;
    at("designer").dataset.slow = "yes";
    ask_slowly(
      "by-depth",
      "by-depth",
      "data/frontier/conduct",
      question,
      "Simulating nine texts over all assumptions: ten seconds on a fast computer, " +
        "some minutes on a slow one",
      holds,
      (content) => {
        by_depth = content;
        offer("data/frontier/conduct.csv", question);
        set(
          "by-depth-provenance",
          `${content.worlds} worlds of each text in which all assumptions vary at ` +
            `once, seed ${content.seed}`,
        );
        draw();
        setTimeout(() => {
          draw();
          dispatch("parley:cards");
        }, LATER); // a picture can be taken from now on
      },
    );
  }

  function texts() {
    const rows = frontier.texts.map((text, place) => {
      const words = parley.figures.spelled(text, parley.record.text.present.ambitions),
        depth = decimal(text.depth, 2),
        signatories = Object.keys(KINDS).map((kind) => count(text[`signatories_${kind}`][1]));
      const way = parley.figures.WAYS[text.way],
        button = {
          className: "reset",
          dataset: { tryText: place },
          "aria-label": `Try: ${way}, ${words}, depth ${depth}`,
        };
      return row(
        way,
        words,
        SHORT_BASES[parley.basis.key(parley.basis.word(text))],
        depth,
        ...signatories,
        percent(text.power_share[1]),
        element("button", button, "try"),
      );
    });
    fill("frontier-table", [
      table(
        [
          "Way",
          "What it asks",
          "Basis",
          "Depth",
          "States",
          "Firms",
          "NGOs",
          "Material power",
          element("td"),
        ],
        rows,
      ),
    ]);
  }

  function ask_at_rest() {
    if (!here()) return;
    ask_conduct();
    if (parley.fits.is_asked(parley.record))
      queue("fits", async () => {
        const { record } = parley;
        await parley.fits.ask(record);
        if (parley.fits.stands(record)) show_answer(record);
      });
    queue("aside", () => parley.aside.ask(parley.record));
  }

  // Harm prevented stands there only under the text for which it was simulated; of any other it is
  // still to come.
  function tell_harm(query) {
    const is_known = conduct?.designed_view === query;
    at("designer").classList.toggle("knows-conduct", is_known);
    offer("data/design/conduct.csv", is_known ? query : null);
  }

  function ask_conduct() {
    if (!here()) return;
    const question = parley.record.query,
      holds = () => here() && parley.record.query === question;
    ask_slowly(
      "conduct",
      "conduct",
      "data/design/conduct",
      question,
      "Simulating conduct over its assumptions, some seconds …",
      holds,
      (content) => {
        conduct = content;
        tell_harm(question);
        const { present, designed, change } = conduct.rows.find(
          (row) => row.outcome === "harm_prevented",
        );
        set("present-harm", range(present));
        set("design-harm", range(designed));
        set("way-harm", parley.statements.harm_in_a_row(change));
        set("change-harm", `${extent(...change, "%", true)} points`);
        set("conduct-provenance", parley.conduct.provenance(conduct));
        const rows = conduct.rows.map(({ present, designed, change, ...row }) => ({
          ...row,
          ranges: [present, designed, change],
        }));
        fill("conduct-table", [
          parley.conduct.ranges({ labels: ["Present", "Designed", "Change"], rows, levels: 2 }),
        ]);
        // of a rule that moves nobody the headline tells conduct
        if (parley.fits.stands(parley.record)) show_answer(parley.record);
        draw();
      },
    );
  }

  on("parley:design", show);
  on("parley:page", () => {
    [frame, frontier, by_depth, conduct, by_depth_asked] = [null, null, null, null, null];
    build();
  });
  on("parley:scheme", draw);
  on("parley:refused", () => {
    at("designer")?.classList.add("refused");
    // the way out of a link that names no text
    if (at("reset-text")) at("reset-text").hidden = false;
  });
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.id === "by-depth-card" && target.open) ask_by_depth();
    },
    true,
  );
  on_click("[data-try-text]", (button) =>
    try_text(frontier.texts[Number(button.dataset.tryText)].set),
  );
  on_click("[data-try]", (button) => {
    if (!here()) return;
    parley.view.may_sign = "";
    try_text(levers_of(button), of_the_text);
  });
  on_click("#reset-text", () => {
    Object.assign(parley.view, {
      set: Object.fromEntries(
        Object.entries(parley.view.set).filter(([name]) => !of_the_text(name)),
      ),
      may_sign: "",
    });
    parley.ask();
  });

  callbacks({
    on_may_sign(kinds) {
      if (quiet || !here() || !kinds) return;
      const { present, designed } = parley.record.text;
      const signers = Object.keys(KINDS)
        .map((kind) => `${kind}s`)
        .filter((kind) => kinds.includes(kind))
        .join(",");
      set("may-sign-note", signers ? "" : "A code needs somebody who may sign it.");
      if (!signers) return put("may-sign", { value: designed.may_sign });
      parley.view.may_sign = signers === present.may_sign.join(",") ? "" : signers;
      parley.ask();
    },
    on_frontier_by(value) {
      by = value;
      draw();
    },
    on_conduct_by(value) {
      what = value;
      draw();
    },
  });
})();
