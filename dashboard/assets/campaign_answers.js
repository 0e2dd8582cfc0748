// The answers of the page Campaign, as tables with bars: an answer in, rows out. The places are the
// server's.
(() => {
  const { at, set, element, cell, table, fill } = parley.dom;
  const {
    KIND,
    STATUSES,
    TO,
    capital,
    count,
    difference: signed,
    difference_interval: interval,
    interval: range,
    listing,
    mean,
    on_one_line,
    percent,
    possessive,
    setting,
  } = parley.format;
  const LISTS = {
    greedy: "This list",
    random: "As many at random",
    "region first": "One region after the other",
    "by size": "The most powerful first",
  };
  const MOST_NAMED = 4,
    MOST_TICKS = 4,
    LEAST_TICKS = 3,
    MOST_FIRST = 10,
    FEW = 5,
    NEVER = "never",
    SEEN = 0.1,
    NEAR_END = 94,
    NEARLY_ALL = 0.9,
    ESTIMATE = "Mean and interval";
  const ASSUMES = "assumes that ties, not likeness, moved them"; // by Manski, as the fold has it
  // Contrasts, as the server calls them, of those who lose others by staying out, and of those who
  // are set beside their own absence.
  const LOSES = "stays out less as it is",
    BESIDE_ABSENCE = "signs less stays out";

  const column = (className, ...content) => cell({ className }, ...content);
  const number_with = (mean, ends) => [
    element("strong", {}, signed(mean)),
    " ",
    element("span", { className: "dimmed" }, ends),
  ];
  const estimate = (mean, low, high) => number_with(mean, interval(low, high));
  // From behind all who are clearly ahead to before all who are clearly behind.
  const places = ({ best, worst }) => range(best, worst);
  // Rows under headings, each a class of its column and a text.
  const bars = (id, headings, rows) =>
    fill(id, [
      table(
        headings.map(([className, text, axis]) => [
          axis ? element("th", { scope: "col", className }, text, axis) : text,
          { className },
        ]),
        rows,
        { className: "bars" },
      ),
    ]);

  // A function that draws means with their intervals on one scale, which holds all of *spans* and
  // 0, and the axis of that scale.
  function scale(spans) {
    const ends = [0, ...spans.flat().filter((end) => end !== null)],
      from = Math.min(...ends),
      to = Math.max(...ends);
    const room = (to - from || 1) * 0.03,
      left = (value) => (100 * (value - from + room)) / (to - from + 2 * room || 1);
    const span = (className, low, high) =>
      element("span", {
        className,
        style: { left: `${left(low)}%`, width: `${left(high) - left(low)}%` },
      });
    const point = (className, value) =>
      element("span", { className, style: { left: `${left(value)}%` } });
    const axis = element(
      "span",
      { className: "axis", "aria-hidden": true },
      ...ticks(from, to).map((value) =>
        element(
          "span",
          { className: left(value) > NEAR_END ? "at-end" : "", style: { left: `${left(value)}%` } },
          signed(value, Number.isInteger(value) ? 0 : 1),
        ),
      ),
    );
    // The numbers stand beside it, so screen readers pass it over.
    const draw = (mean, low, high, below = null) =>
      element(
        "div",
        { className: "track", "aria-hidden": true },
        point("zero", 0),
        ...(low === null ? [] : [span("range", low, high)]),
        ...(below && below.low !== null
          ? [span("range low", below.low, below.high), point("dot low", below.mean)]
          : []),
        point("dot", mean),
      );
    // Values of one sign beside each other, as [class, value]; below them the interval of their
    // sum, and the range with other fits.
    const parts = (values, low, high, below = [null, null]) => {
      const ends = { 1: 0, "-1": 0 };
      return element(
        "div",
        { className: "track", "aria-hidden": true },
        ...values
          .filter(([, value]) => value)
          .map(([name, value]) => {
            const side = Math.sign(value),
              from = ends[side];
            ends[side] += value;
            return span(`part ${name}`, Math.min(from, ends[side]), Math.max(from, ends[side]));
          }),
        ...(low === null ? [] : [span("luck", low, high)]),
        ...(below[0] === null ? [] : [span("fits", ...below)]),
        point("zero", 0),
      ); // above the bars, which begin at it
    };
    return { draw, axis, parts };
  }

  // Numbers from *from* to *to*, 0 among them, at steps of 1, 2 or 5 times a power of ten, or 2.5
  // where that has one decimal at most; at a smaller step where these would be few.
  function ticks(from, to) {
    const size = Math.max((to - from) / MOST_TICKS, 0.1),
      power = 10 ** Math.floor(Math.log10(size));
    const steps = [1, 2, ...(power < 1 ? [] : [2.5]), 5, 10].map((each) => each * power),
      place = steps.findIndex((each) => each >= size);
    const at_step = (step) => {
      const first = Math.ceil(from / step);
      return Array.from(
        { length: Math.floor(to / step) - first + 1 },
        (_, k) => Math.round(10 * (first + k) * step) / 10,
      );
    };
    const widest = at_step(steps[place]);
    return place && widest.length < LEAST_TICKS ? at_step(steps[place - 1]) : widest;
  }

  // What a signature brings with other fits that the data allow, in number and in place; null where
  // there are none.
  const of_fits = (row) => [row.other_fits_low ?? null, row.other_fits_high ?? null];
  const with_fits = (row) => interval(...of_fits(row), 0);
  const places_of_fits = (row) => range(row.other_fits_best, row.other_fits_worst);

  // The first candidates, and what their order says: where there are other fits, these have the
  // numbers and the places, since how surely a mean of the best fit is known is far less than how
  // far the fits differ.
  function top(rows, said, has_fits) {
    const only = main_kind(rows),
      is_of_one = only !== undefined;
    const values = (row) =>
      is_of_one ? [["gain", row.mean]] : Object.keys(KIND).map((kind) => [`of-${kind}`, row[kind]]);
    const below = (row) => (has_fits ? of_fits(row) : [null, null]),
      // far less than how far fits differ
      luck = (row) => (has_fits ? [null, null] : [row.low, row.high]);
    const { parts, axis } = scale(
      rows.map((row) => [
        row.mean,
        ...luck(row),
        ...below(row),
        values(row).reduce((sum, [, value]) => sum + Math.max(value, 0), 0),
      ]),
    );
    const followers = `Others that follow${is_of_one ? `, mostly ${KIND[only]}s` : ""}`;
    bars(
      "pivots-top",
      [
        ["rank", "Place"],
        ["whom", "Candidate"],
        ["bar", followers, axis],
        ["estimate", has_fits ? "Best fit, other fits" : ESTIMATE],
      ],
      rows.map((row) =>
        element(
          "tr",
          {},
          column("rank", has_fits ? places_of_fits(row) : places(row)),
          person(row.who, row.name, ` ${KIND[row.kind]}`),
          column("bar", parts(values(row), ...luck(row), below(row))),
          column(
            "estimate",
            ...(has_fits
              ? number_with(row.mean, with_fits(row))
              : estimate(row.mean, row.low, row.high)),
          ),
        ),
      ),
    );
    const show = (name, is_shown) => {
      document.querySelector(`#pivots-answer .key.${name}`).parentElement.hidden = !is_shown;
    };
    for (const kind of Object.keys(KIND))
      show(`of-${kind}`, !is_of_one && rows.some((row) => Math.abs(row[kind]) >= SEEN));
    show("gain", is_of_one);
    show("fits", has_fits);
    show("luck", !has_fits);
    set(
      "pivots-order",
      rows.length === 1
        ? ""
        : has_fits
          ? "In the order of the best fit; with other fits places differ."
          : "By size: who brings or loses most others first.",
    );
    set("pivots-sorted", said);
    more_rows("pivots", rows);
  }

  // How the candidates are sorted, and how far their places can be told.
  function order_said(rows, has_fits, less) {
    const of_all =
      rows.length > MOST_FIRST
        ? `The first ${MOST_FIRST} of ${rows.length} candidates are shown`
        : "";
    if (!has_fits)
      return (
        `${of_all ? `${of_all}; those` : "Those"} who share places, such as 3–4, cannot ` +
        "be told apart."
      );
    const [{ other_fits_first: share }] = rows,
      most = less ? "loses" : "brings";
    const leader =
      rows.length > 1
        ? ` With them, nobody ${most} more than ${in_sentence(rows[0])} in ` +
          `${percent(share)} of the worlds.`
        : "";
    return (
      `${of_all ? `${of_all}. ` : ""}Places are those of nine in ten worlds with other ` +
      `fits.${leader}`
    );
  }

  // On a phone the first few rows, and a button for the others.
  function more_rows(name, rows) {
    const button = at(`${name}-more`),
      more = rows.length - FEW;
    button.hidden = more <= 0;
    button.textContent = `${count(more)} more`;
    at(`${name}-top`).classList.add("is-short");
    button.onclick = () => {
      at(`${name}-top`).classList.remove("is-short");
      button.hidden = true;
    };
  }

  // The head of a row: a name that leads to its own page, with the view of the question.
  function person(who, name, more = "") {
    const parameters = new URLSearchParams(parley.query());
    parameters.set("who", who);
    return element(
      "th",
      { scope: "row", className: "whom" },
      element("a", { href: `stakeholder?${parameters}` }, name),
      element("span", { className: "dimmed" }, more),
    );
  }

  const provenance = ({ title, lens, worlds, seed, version }, judged = "") =>
    `${title}${lens && lens !== "full" ? `, lens ${lens}` : ""}: ${worlds} worlds, ` +
    `seed ${seed}${judged}, Parley ${version}.`;

  const in_sentence = ({ who, name }) =>
    at("campaign").dataset.articles.split(",").includes(who) ? `the ${name}` : name;
  const whose = (row) => possessive(in_sentence(row));
  // The number of others of a *kind* that a signature brings, or that its absence loses, as a mean
  // and its interval.
  function brought(row, kind, less) {
    const [value, ...ends] = [row[kind], row[`${kind}_low`], row[`${kind}_high`]].map((each) =>
      each === null ? null : less ? -each : each,
    );
    const [low, high] = less ? ends.reverse() : ends;
    return { value, low, high };
  }

  // With whom a signature of each kind weighs: the dial of its weight, and whom it moves.
  const FOLLOWERS = {
    state: {
      state_peers: "other states",
      state_patron: "the states allied to it",
      firm_home: "its own firms",
      ngo_home: "its own NGOs",
    },
    firm: {
      firm_peers: "other firms",
      state_home: "its home state, as one of the many firms there",
    },
    ngo: { ngo_peers: "other NGOs", state_home: "its home state, as one of the many NGOs there" },
  };
  // Whom a signature of a *kind* can move, by these *weights*.
  const followers_of = (kind, weights) =>
    Object.entries(FOLLOWERS[kind])
      .filter(([dial]) => weights[dial])
      .map(([, words]) => words);
  const weighs_with = (kind, weights, noun) =>
    `${kind === "ngo" ? "an" : "a"} ${KIND[kind]}’s${noun} weighs with ` +
    `${listing(followers_of(kind, weights)) || "nobody"}`;
  // Why candidates of these *kinds* bring nobody, where signatures of some kind do weigh with
  // somebody.
  function why_nobody(kinds, weights) {
    const followers = (kind) => followers_of(kind, weights),
      told = (kind, noun) => weighs_with(kind, weights, noun);
    const first = kinds.map((kind, k) => told(kind, k ? "" : " signature")),
      is_state_apart = !kinds.includes("state") && followers("state").length;
    return `${capital(listing(first))}${is_state_apart ? `; ${told("state", "")}, and can so bring others` : ""}.`;
  }
  // That candidates bring nobody in any world, within a sentence (`said`), whether by how the model
  // is built (`is_built_in`), and why, where a signature could (`reasons`).
  function nobody_moved(rows, contrast, { weights_on_signatures: weights, worlds }) {
    if (!Object.keys(weights ?? {}).length)
      return {
        said:
          "nobody’s signature moves others here: no motive that looks at signatures has " +
          "a weight among those who may sign.",
        is_built_in: false,
        reasons: [],
      };
    const [deed, verb] = contrast === LOSES ? ["absence", "loses"] : ["signature", "brings"];
    const never = `0 in all ${count(worlds)} worlds`,
      [{ kind }] = rows,
      // whom no single one of its kind moves
      is_of_all = kind !== "state" && !weights[`${kind}_peers`] && verb === "brings";
    const one = is_of_all
      ? `In this model a single ${KIND[kind]} brings nobody, by construction: in none of ` +
        `${count(worlds)} worlds does anybody follow ${in_sentence(rows[0])}`
      : `${whose(rows[0])} ${deed} ${verb} nobody else: ${never}`;
    const is_of_one = rows.length === 1,
      none = `none of these ${count(rows.length)} ${deed}s ${verb} anybody else: ${never}`;
    return {
      said: `${is_of_one ? one : none}.`,
      is_built_in: is_of_one && is_of_all,
      reasons: [why_nobody([...new Set(rows.map(({ kind }) => kind))], weights)],
    };
  }

  // The kind that nearly all others are of whom *rows* bring, where there is one.
  function main_kind(rows) {
    const sum_of = (part) => rows.reduce((sum, row) => sum + Math.abs(row[part]), 0),
      all = sum_of("mean");
    return Object.keys(KIND).find((kind) => all && sum_of(kind) >= NEARLY_ALL * all);
  }

  // How many others a *row* brings, as its row of the table has it, with the range of other fits
  // where there are such; and of which kinds.
  function others_of(row, kinds, less) {
    const number = less ? -row.mean : row.mean,
      ends = of_fits(row).map((end) => (less && end !== null ? -end : end)),
      [low, high] = less ? ends.reverse() : ends;
    const main = main_kind([row]),
      whom = main ? `nearly all ${KIND[main]}s` : listing(kinds.map((kind) => `${KIND[kind]}s`));
    return (
      `${mean(number)} ` +
      (`other${mean(number) === mean(1) ? "" : "s"}${low === null ? "" : ` (${on_one_line(range(low, high, count, TO))} with other fits)`}, ` +
        `${whom}`)
    );
  }

  // Who brings most others, where the worlds can tell: `said`; `nobody`: the kinds of which nobody
  // is brought, both within a sentence; `reasons`: why nobody at all is, if so; and whether what is
  // said follows from how the model is built (`is_built_in`).
  function leaders(rows, contrast, answer) {
    const less = contrast === LOSES,
      kinds = Object.keys(KIND).filter((kind) => rows.some((row) => row[kind]));
    if (!kinds.length) return { nobody: "", ...nobody_moved(rows, contrast, answer) };
    const is_less_than_one = (row) => (kind) => {
      const { value, low, high } = brought(row, kind, less);
      return Math.max(Math.abs(low ?? value), Math.abs(high ?? value)) < 1;
    };
    const still = kinds.filter((kind) => rows.every((row) => is_less_than_one(row)(kind))),
      deed = less ? "absence" : "signature",
      verbs = less ? "loses" : "brings",
      end = less ? "" : " along";
    const none = rows.length === 1 ? "" : `none of these ${count(rows.length)} ${deed}s ${verbs} `,
      others = listing(
        still.map((kind) => KIND[kind]),
        "or",
      );
    const nobody = !still.length
      ? ""
      : none
        ? `${none}even one other ${others} on average`
        : `${whose(rows[0])} ${deed} ${verbs} not even one other ` + `${others}${end} on average`;
    const told = kinds.filter((kind) => !still.includes(kind)),
      first = rows.filter(({ best }) => best === 1),
      [top] = first;
    if (!told.length) return { said: `${nobody}.`, nobody: "", reasons: [], is_built_in: false };
    const both = (ahead) => ({ said: `${ahead}.`, nobody, reasons: [], is_built_in: false });
    if (rows.length > 1 && first.length === rows.length)
      return both("none of them is clearly ahead of another, and more worlds may tell them apart");
    if (first.length > MOST_NAMED)
      return both(`${first.length} candidates come first and cannot be told apart`);
    if (first.length > 1)
      return both(
        `most ${listing(told.map((kind) => `${KIND[kind]}s`))} ` +
          `${less ? "are lost with" : "come with"} ` +
          `${listing(first.map(in_sentence), "or")}, which cannot be told apart`,
      );
    return both(
      `${whose(top)} ${deed} ${verbs} ` +
        `${others_of(top, told, less)}${contrast === BESIDE_ABSENCE ? "" : ", against the world as it is"}`,
    );
  }

  // What is *said* within a sentence, as that of the best fit where others can be told beside it.
  const by_best_fit = (said, wider) =>
    wider === null ? capital(said) : `By the best fit, ${said}`;
  // What the best fit gives of those it brings *nobody* of, and what the *wider* other fits give of
  // a *deed*, in one sentence, so that neither seems to deny the other.
  function show_other_fits(id, wider, deed = "", nobody = "") {
    const of_fits =
      wider === null ? "" : `with other fits that the data allow${deed}: ${wider || "nobody"}`;
    const words = nobody
      ? [by_best_fit(nobody, wider), of_fits].filter(Boolean).join("; ")
      : capital(of_fits);
    at(id).hidden = !words;
    set(id, words && `${words}.`);
  }

  function pivots(answer, contrast) {
    const rows = answer.pivots[contrast],
      [first] = rows,
      { other_fits = null } = first,
      { said, nobody, reasons, is_built_in } = leaders(rows, contrast, answer),
      wider = is_built_in ? null : other_fits;
    show_other_fits(
      "pivots-other-fits",
      wider,
      rows.length > 1
        ? `, ${contrast === LOSES ? "without" : "with"} ${whose(first)} signature`
        : "",
      nobody,
    );
    set("pivots-found", by_best_fit(said, wider));
    // One who brings nobody has no ranking.
    const moves_nobody = Object.values(answer.pivots).every(
      (all) => all.length === 1 && !Object.keys(KIND).some((kind) => all[0][kind]),
    );
    at("pivots-answer").classList.toggle("moves-nobody", moves_nobody);
    set("pivots-provenance", provenance(answer));
    parley.basis.show(answer, "pivots");
    at("pivots-answer").dataset.file = answer.file;
    const [{ kind: of_first, mean: of_the_first }] = rows,
      is_moved = of_the_first && Object.keys(answer.weights_on_signatures ?? {}).length;
    if (is_moved)
      reasons.unshift(
        by_best_fit(`${weighs_with(of_first, answer.weights_on_signatures, " signature")}.`, wider),
      );
    fill("pivots-assumes", [
      reasons.map((reason) => `${reason} `).join(""),
      element(
        "span",
        { id: "pivots-assumption" },
        moves_nobody
          ? ""
          : `This ${ASSUMES}: those who are alike may sign alike without looking at each other.`,
      ),
    ]);
    const has_fits = rows.every((row) => of_fits(row)[0] !== null);
    const { draw, axis } = scale(
      rows.map((row) => [row.mean, row.low, row.high, row.low_end_low, row.low_end_high]),
    );
    const headings = [
      ["rank", "Place"],
      ["whom", "Candidate"],
      ["bar", "Others that follow", axis],
      ["estimate", ESTIMATE],
      ["estimate low-end", "With less pull of neighbours"],
      ["detail", "States"],
      ["detail", "Firms"],
      ["detail", "NGOs"],
      ...(has_fits
        ? [
            ["detail", "Other fits"],
            ["detail", "Place with these"],
          ]
        : []),
    ];
    bars(
      "pivots-table",
      headings,
      rows.map((row, k) =>
        element(
          "tr",
          { className: k && rows[k - 1].rank !== row.rank ? "next-rank" : "" },
          column("rank", places(row)),
          person(row.who, row.name, ` ${KIND[row.kind]}`),
          column(
            "bar",
            draw(row.mean, row.low, row.high, {
              mean: row.low_end_mean,
              low: row.low_end_low,
              high: row.low_end_high,
            }),
          ),
          column("estimate", ...estimate(row.mean, row.low, row.high)),
          column(
            "estimate low-end",
            ...estimate(row.low_end_mean, row.low_end_low, row.low_end_high),
          ),
          ...Object.keys(KIND).map((kind) => column("detail", signed(row[kind]))),
          ...(has_fits
            ? [column("detail", with_fits(row)), column("detail", places_of_fits(row))]
            : []),
        ),
      ),
    );
    const peers = Object.entries(answer.peers_low_end)
      .map(([name, value]) => `${setting(value)} among ${KIND[name.replace(/_peers$/, "")]}s`)
      .join(", ");
    top(rows.slice(0, MOST_FIRST), order_said(rows, has_fits, contrast === LOSES), has_fits);
    set(
      "pivots-read",
      "In the table below, places are those of the best fit: below a heavy line " +
        "everybody is clearly behind everybody above it, however the luck falls. " +
        ("Intervals are those of one comparison each. A candidate signs from month " +
          `${answer.from_round} on. With less pull of neighbours, their example weighs ` +
          `${peers}.`),
    );
  }

  // How many of those to approach joined in fact; empty where the register lists another code.
  function joined(rows) {
    const in_fact = rows.filter(({ on_the_register: when }) => when && when !== NEVER);
    if (!rows[0]?.on_the_register) return "";
    if (rows.length === 1) return `${in_fact.length ? "It joined" : "It never joined"} in fact. `;
    return (
      `${in_fact.length ? count(in_fact.length) : "None"} of these ${count(rows.length)} ` +
      "joined " +
      `in fact${in_fact.length ? `: ${listing(in_fact.map(({ name }) => name))}` : ""}. `
    );
  }

  // When they are approached, and which of them adds most, as far as that can be told.
  function approaches(rows, { begins, asked }) {
    if (rows.length === 1)
      return `It is approached for ${count(asked.months)} months, from ${begins} on. `;
    const first = rows.filter(({ best }) => best === 1);
    return (
      `All are approached in the same ${count(asked.months)} months, from ${begins} on, ` +
      "in no order; " +
      `${first.length === 1 ? `${first[0].name} adds most` : "which of them adds most cannot be told"}. `
    );
  }

  function campaign(answer) {
    const {
        asked,
        lists,
        approached,
        other_fits: wider = null,
        other_fits_states: states = null,
        other_fits_organisations: organisations = null,
      } = answer,
      [greedy, random] = ["greedy", "random"].map((name) => lists.find((row) => row.list === name));
    parley.basis.show(answer, "campaign");
    at("campaign-answer").dataset.file = answer.file;
    set("campaign-provenance", provenance(answer, `, judged on ${asked.judged_on} others`));
    const within = (low, high) =>
        low === null || wider !== null ? "" : ` (${range(low, high, mean, TO)})`,
      number = count(approached.length),
      is_one = approached.length === 1;
    const others = is_one ? "than one at random" : `than ${number} at random`,
      { greedy_less: lead, greedy_less_low: low, greedy_less_high: high } = random;
    const verdict =
      low > 0
        ? `${mean(lead)}${within(low, high)} more ${others}`
        : high < 0
          ? `${mean(-lead)}${within(-high, -low)} fewer ${others}`
          : `not clearly more ${others}`;
    const beside_random = by_best_fit(`that is ${verdict}.`, wider);
    const names = listing(approached.map(in_sentence)); // of many the table has the names
    show_other_fits("campaign-other-fits", organisations || null); // of states the finding tells it
    set(
      "campaign-found",
      by_best_fit(
        `${approached.length > MOST_NAMED ? `approaching these ${number} states brings` : `approach ${names}: ${is_one ? "it brings" : "they bring"}`} ` +
          `${mean(greedy.gain)} more signatures of states by the ` +
          `end${within(greedy.low, greedy.high)}${states === null ? "" : ` (${on_one_line(states)} with other fits)`}.`,
        wider,
      ),
    );
    fill("campaign-assumes", [
      `${approaches(approached, answer)}${joined(approached)}The approached themselves ` +
        `give ${mean(greedy.approached)} of the ${mean(greedy.gain)}; `,
      element("span", { id: "campaign-assumption" }, `what others add ${ASSUMES}.`),
    ]);
    const first = approached.toSorted((one, other) => other.gain - one.gain).slice(0, MOST_FIRST),
      { axis: of_gains, parts } = scale(first.map(({ gain, low, high }) => [gain, low, high]));
    const judged = count(asked.judged_on),
      all = is_one
        ? []
        : [
            element(
              "tr",
              { className: "all" },
              element("th", { scope: "row", className: "whom" }, `All ${number}`),
              column("anyway"),
              column("bar", states === null ? "" : `${states} with other fits`),
              column("estimate", element("strong", {}, signed(greedy.gain))),
            ),
          ];
    set(
      "campaign-order",
      (
        `${beside_random} ` +
        `${is_one ? "" : `Picked in ${count(answer.worlds)} worlds, judged in ${judged} fresh ones.`}`
      ).trim(),
    );
    set(
      "campaign-sorted",
      `${approached.length > first.length ? `The ${first.length} of ${number} that add most are shown. ` : ""}“Signs ` +
        `anyway”: in so many of the ${judged} worlds without any approach.`,
    );
    const of_register = Boolean(approached[0]?.on_the_register);
    bars(
      "campaign-top",
      [
        [
          of_register ? "whom of-register" : "whom",
          `State, by what it adds${of_register ? ", and on the register" : ""}`,
        ],
        ["anyway", "Signs anyway"],
        ["bar", "Signatures that it adds", of_gains],
        ["estimate", "Adds"],
      ],
      [
        ...first.map((row) =>
          element(
            "tr",
            {},
            person(row.who, row.name, row.on_the_register ?? ""),
            column("anyway", percent(row.end_signed)),
            column("bar", parts([["gain", row.gain]], row.low, row.high)),
            column("estimate", element("strong", {}, signed(row.gain))),
          ),
        ),
        ...all,
      ],
    );
    set(
      "lists-read",
      `From the same ${asked.pool} states; ${asked.states - asked.pool} more sign in ` +
        "practically all worlds anyway. The lead of this list over another is taken " +
        "world by world: where its interval holds 0, the two cannot be told apart.",
    );
    const all_lists = scale(lists.map((row) => [row.gain, row.low, row.high]));
    const of_lists = [
      ["whom", "List"],
      ["bar", "Signatures gained", all_lists.axis],
      ["estimate", ESTIMATE],
      ["estimate low-end", "Lead of this list"],
      ["detail", "Firms"],
      ["detail", "NGOs"],
    ];
    bars(
      "lists-table",
      of_lists,
      lists.map((row) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", className: "whom" }, LISTS[row.list]),
          column("bar", all_lists.draw(row.gain, row.low, row.high)),
          column("estimate", ...estimate(row.gain, row.low, row.high)),
          column(
            "estimate low-end",
            ...(row.list === "greedy"
              ? ["–"]
              : estimate(row.greedy_less, row.greedy_less_low, row.greedy_less_high)),
          ),
          column("detail", signed(row.firms)),
          column("detail", signed(row.ngos)),
        ),
      ),
    );
    const { draw, axis } = scale(approached.map((row) => [row.gain, row.low, row.high]));
    const of_approaches = [
      ["whom", "State, in the order picked"],
      ["bar", "Signatures that it adds", axis],
      ["estimate", ESTIMATE],
      ["detail", "When chosen"],
      ["detail", "Place by gain"],
      ["detail", "Itself"],
      ["stands", "Without an approach"],
      ["standing", "Not taken up"],
      ["standing", "Declined"],
      ["detail", "Waiting"],
      ["detail", "Signed"],
    ];
    bars(
      "approached-table",
      of_approaches,
      approached.map((row) =>
        element(
          "tr",
          {},
          person(row.who, row.name),
          column("bar", draw(row.gain, row.low, row.high)),
          column("estimate", ...estimate(row.gain, row.low, row.high)),
          column("detail", signed(row.gain_when_chosen)),
          column("detail", places(row)),
          column("detail", signed(row.itself)),
          column("stands", stack(row)),
          column("standing", percent(row.end_not_reached)),
          column("standing", percent(row.end_declines)),
          column("detail", percent(row.end_waits)),
          column("detail", percent(row.end_signed)),
        ),
      ),
    );
    const mostly = (status) => approached.filter((row) => row[`end_${status}`] > 0.5).length;
    set(
      "campaign-read",
      "The list grows by the state that adds most signatures of states by the end in " +
        `${count(answer.worlds)} worlds, given those picked before it (“when chosen”: ` +
        "too large, as the best of many is picked); one that signs anyway adds little. " +
        `What each adds is measured in ${judged} other worlds, so one that was picked ` +
        "later can add more; a place by gain is behind all whose gain is clearly larger " +
        "and before all whose gain is clearly smaller. Numbers are rounded, so a total " +
        `may look 0.1 off their sum. Other pages count the first ${count(answer.worlds)} ` +
        "worlds, so by luck their shares of worlds in which a state signs are some " +
        "others. " +
        (`All are approached for ${asked.months} months from month ${asked.from_round} ` +
          `on, each with ${setting(asked.strength)} a month added to its attention. Of ` +
          `the ${number}, ${mostly("not_reached")} have not taken the matter up by the ` +
          `end in most worlds without an approach, and ${mostly("declines")} have ` +
          "considered it and declined."),
    );
    more_rows("campaign", first);
    at("campaign-try").hidden = answer.try === null;
    if (answer.try !== null) at("campaign-try").href = `./?${answer.try}`;
  }

  // The shares of the worlds in which a state stands at each status by the end, one beside the
  // other.
  const stack = (row) =>
    element(
      "div",
      { className: "stack-bar", "aria-hidden": true },
      ...STATUSES.map(({ name, column }) =>
        element("span", {
          className: name.replaceAll("_", "-"),
          style: { width: `${100 * row[`end_${column}`]}%` },
        }),
      ),
    );

  parley.answers = { pivots, campaign, in_sentence };
})();
