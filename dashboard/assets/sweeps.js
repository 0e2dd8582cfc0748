// The page Sweeps: a question over many worlds, asked as a job of the server, and its answer. The
// address holds the question.
(() => {
  const { at, set, say, element, fill, put, callbacks, latest, address, on, on_click } = parley.dom;
  const { BASES, capital, count, duration, spaced } = parley.format,
    figures = parley.sweep_figures,
    { listen, unpick } = parley.sweep_points,
    of_first = parley.sweep_first,
    titles = parley.sweep_titles,
    { how_many, whose } = parley.sweep_words;
  const TABLES = {
    points: "",
    effects: "What it changes",
    regions: "Where it changes more",
    sensitivity: "What matters",
    scores: "What matters, by trees",
    map: "Over two dials",
    tips: "Where it tips",
    boxes: "In which worlds",
  };
  const LATER = 400,
    SHORT = 72; // milliseconds; letters of what stands right below a finding
  const FIELDS = {
    lever: "values",
    "lever-2": "values-2",
    uncertainty: "uncertainty",
    points: "points",
    worlds: "worlds",
    outcome: "outcome",
    scenario: "scenario",
  };
  const job = parley.jobs.follower("sweep", show, {
    ending: "Simulated; working out what it says",
    counted: "worlds",
    focus: "sweep-question",
    begin: () => (is_own() ? "sweep-own-ask" : "sweep-start"),
  });
  const plans = latest();
  let shown_first = null,
    form = null,
    answer = null,
    shown = null,
    picks = { x: null, y: null },
    page = null,
    quiet = true,
    heard = null,
    plan = null,
    has_begun = false,
    settled = null;

  // What the lines and bars of a ranking say.
  const MOVE_KEYS = [
    ["sweep-bar", "mean over all else"],
    ["sweep-line", "95\u00a0% interval"],
    ["sweep-luck", "luck alone reaches this far"],
  ];
  const OF_DECISIONS = [
    ["sweep-bar", "it can be decided"],
    ["sweep-bar guessed", "nobody has measured it"],
    ...MOVE_KEYS.slice(1),
  ];
  // Pages that notes name, each with its address.
  const NAMED = {
      "page Campaign": "campaign",
      "Learn, “Deep or broad?”": "learn?lesson=depth-breadth",
    },
    NAMES = /(page Campaign| \(Learn, “Deep or broad\?”\))/,
    is_of_another = (words) => NAMES.test(words);
  const first_of = (text) => text.split(/(?<=\.) (?=[A-Z])/);
  const here = () => Boolean(at("sweeps"));
  const of_ready = () =>
    Object.fromEntries(
      [...document.querySelectorAll("[data-ready]")].map((button) => [
        button.dataset.ready,
        button.closest(".ask").querySelector("h2").textContent,
      ]),
    );

  // What is asked: its query, and its kind and name.
  function asked() {
    const parameters = new URLSearchParams(parley.view.sweep ?? "");
    for (const kind of ["ready", "result"])
      if (parameters.has(kind)) return { kind, name: parameters.get(kind) };
    return parley.view.sweep === null ? null : { kind: "own" };
  }
  const is_own = () => asked()?.kind === "own";
  const question = () => ({
    kind: "sweep",
    view: is_own() ? parley.query() : "",
    asked: parley.view.sweep ?? shown_first,
  });

  function words_of({ kind, name }) {
    if (kind === "ready") return of_ready()[name] ?? name;
    return kind === "result"
      ? parley.record?.results.find((row) => row.name === name)?.question || name
      : "A question of your own";
  }

  function mark() {
    const now = parley.view.sweep ?? shown_first;
    for (const card of document.querySelectorAll("[data-asks-sweep]")) {
      const is_asked = card.dataset.asksSweep === now;
      card.classList.toggle("is-asked", is_asked);
      card.querySelector("button")?.setAttribute("aria-current", is_asked);
    }
    const what = asked(),
      place = at("sweep-answer"),
      is_foreseen = !place.hidden && place.classList.contains("is-waiting");
    at("sweep-card").hidden =
      // the question stands above its answer
      !what || (!job.waits() && (is_foreseen || (answer !== null && job.job?.state === "done")));
    at("sweep-card").classList.toggle("is-own", is_own()); // asked by the button of its form
    if (what) set("sweep-asked", words_of(what));
  }

  function forget() {
    job.leave();
    [answer, shown, picks] = [null, null, { x: null, y: null }];
    unpick();
    say("sweep-problem");
    at("sweep-answer").hidden = true;
    foresee();
  }

  // What a question found, while its figures are fetched: the sentence stands in the list of
  // questions.
  function foresee() {
    if (!here() || answer) return;
    const now =
      parley.view.sweep ??
      String(new URLSearchParams({ ready: document.querySelector("[data-ready]").dataset.ready }));
    const place = [...document.querySelectorAll("[data-asks-sweep]")].find(
        (each) => each.dataset.asksSweep === now,
      ),
      found = place?.querySelector("[data-found]");
    if (!found) return;
    set("sweep-question", place.querySelector("h2").textContent);
    fill("sweep-sentences", [
      element("p", { className: "found" }, first_of(found.dataset.found)[0]),
    ]);
    for (const name of [
      "also",
      "more",
      "notes",
      "effects-title",
      "effects-note",
      "effects-provenance",
    ])
      at(`sweep-${name}`).replaceChildren();
    at("sweep-answer").hidden = false;
    at("sweep-answer").classList.add("is-waiting");
    mark();
  }

  // the values that a dial is first compared at
  const ranges = () => JSON.parse(at("sweep-own").dataset.ranges);
  const is_asked = (query) =>
    // however spelled
    String(new URLSearchParams(query)) === String(new URLSearchParams(parley.view.sweep ?? ""));

  async function start(query) {
    has_begun = true;
    await parley.opened; // a press counts from the moment the button can be seen
    if (!here()) return;
    if (!is_asked(query) || !job.waits()) forget();
    if (!is_asked(query)) parley.view.shown = null; // an outcome and two dials of another answer
    shown_first = null;
    parley.view.sweep = query;
    parley.write();
    foresee();
    mark();
    const own = parley.sweep_own.asked(is_own());
    await job.start(question());
    own.follow();
    mark();
  }

  // The question of the address: into the form where it is one's own, then its job, where the
  // server has one. An address without a question shows the answer to the first one, where the
  // server has it.
  async function restore() {
    const what = asked();
    shown_first = what
      ? null
      : String(
          new URLSearchParams({ ready: document.querySelector("[data-ready]").dataset.ready }),
        );
    mark();
    if (what?.kind === "own") {
      open_own(true);
      fill_form();
    }
    if (has_begun) return; // somebody pressed a button before the page was whole
    try {
      const job_now = await job.find(question());
      if (!here()) return;
      if (!job_now && what)
        set(
          "sweep-state",
          `Not asked yet: press Ask${is_own() ? " below" : ""}, and a sentence and a figure come.`,
        );
    } catch (problem) {
      say("sweep-problem", capital(problem.message));
    }
    mark();
  }

  // The results of the server's folder.
  function results() {
    const rows = parley.record.results;
    at("sweep-results").hidden = !rows.length;
    fill(
      "sweep-results-list",
      rows.map(({ name, title, question, points, replicates, runs, done, problem }) => {
        const state = problem
          ? problem
          : done < runs
            ? `unfinished: ${count(done)} of ${count(runs)} worlds`
            : `${count(runs)} worlds: ${count(points)} settings of ${replicates} worlds each`;
        const query = String(new URLSearchParams({ result: name }));
        return element(
          "li",
          { className: "ask", dataset: { asksSweep: query } },
          element(
            "div",
            {},
            element("strong", {}, spaced(name)),
            ` ${question || title}`,
            element("span", { className: "dimmed" }, ` ${state}`),
          ),
          ...(problem || !done
            ? []
            : [
                element(
                  "button",
                  {
                    type: "button",
                    className: "quiet",
                    dataset: { result: query },
                    "aria-label": `Open ${name}`,
                  },
                  "Open",
                ),
              ]),
        );
      }),
    );
  }

  function open_own(is_open) {
    at("sweep-own").hidden = !is_open;
    at("sweep-make").setAttribute("aria-expanded", is_open);
    if (is_open) set_base();
  }

  function set_base() {
    const { beside } = parley.record;
    put("sweep-scenario", {
      value: parley.record.scenario,
      description: beside.length
        ? `With ${beside.join(", ")}, as on Simulate.`
        : "As it ships; dials moved on Simulate count here.",
    });
  }

  // While controls are set by this page itself, what they say is kept for later: somebody may be
  // typing already.
  function settle() {
    quiet = true;
    settled = new Promise((resolve) =>
      setTimeout(() => {
        quiet = false;
        if (form && heard) Object.assign(form, heard);
        heard = null;
        resolve();
        make_plan();
      }, LATER),
    );
  }

  function fill_form() {
    const parameters = new URLSearchParams(parley.view.sweep),
      levers = parameters.getAll("lever").map((text) => text.split(/:(.*)/s));
    heard = null;
    form = {
      lever: levers[0]?.[0] ?? null,
      values: levers[0]?.[1] ?? "",
      "lever-2": levers[1]?.[0] ?? null,
      "values-2": levers[1]?.[1] ?? "",
      uncertainty: parameters.getAll("uncertainty"),
      points: Number(parameters.get("points")) || form.points,
      worlds: Number(parameters.get("worlds")) || form.worlds,
      outcome: parameters.getAll("outcome").length ? parameters.getAll("outcome") : form.outcome,
    };
    settle();
    for (const [name, value] of Object.entries(form)) put(`sweep-${name}`, { value });
  }

  function query_of_form() {
    const parameters = new URLSearchParams();
    for (const end of ["", "-2"])
      if (form[`lever${end}`])
        parameters.append("lever", `${form[`lever${end}`]}:${form[`values${end}`] ?? ""}`);
    for (const name of form.uncertainty ?? []) parameters.append("uncertainty", name);
    for (const name of form.outcome ?? []) parameters.append("outcome", name);
    if (form.uncertainty?.length) parameters.set("points", form.points ?? "");
    parameters.set("worlds", form.worlds ?? "");
    return String(parameters);
  }

  async function make_plan() {
    if (!here() || at("sweep-own").hidden || !form) return;
    const query = query_of_form();
    try {
      plan = await plans.ask(
        address("data/sweeps/plan", parley.query(), `sweep=${encodeURIComponent(query)}`),
      );
    } catch (problem) {
      return set("sweep-plan", problem.message);
    }
    if (!plan || !here()) return;
    const { problem } = plan;
    for (const [field, control] of Object.entries(FIELDS))
      put(`sweep-${control}`, {
        error: problem?.field === field ? capital(problem.message) : false,
      });
    at("sweep-own-ask").disabled = Boolean(problem);
    set(
      "sweep-plan",
      problem
        ? ""
        : `${count(plan.points)} settings of ${plan.worlds} worlds each: ` +
            `${count(plan.runs)} worlds, about ` +
            `${duration(Math.max(Math.round(plan.seconds / 5) * 5, 5))} to simulate and as ` +
            "much or more to work out what they say.",
    );
    if (problem) return;
    set("sweep-toml", plan.toml);
    set("sweep-command", plan.command);
    if (asked()?.kind === "own" && query !== parley.view.sweep && !job.waits() && !answer) {
      parley.view.sweep = query;
      parley.write();
    }
  }

  // The answer

  function show(content) {
    const is_new = content.key !== answer?.key;
    answer = content;
    at("sweep-card").hidden = true;
    at("sweep-answer").classList.remove("is-waiting");
    if (is_new) {
      const [outcome, x, y] = (parley.view.shown ?? "").split(","),
        names = answer.axes.map((axis) => axis.name);
      shown = figures.outcome_of(answer, outcome) ? outcome : answer.outcomes[0].name;
      const first = figures.leading(answer, shown);
      picks = {
        x: first[0] ?? null,
        y: first.find((name) => name === answer.by && name !== first[0]) ?? first[1] ?? null,
      };
      if (names.includes(x) && names.includes(y)) picks = { x, y };
      unpick();
    }
    tell();
    const whole =
      answer.whole && answer.whole.replicates > answer.replicates
        ? ` The whole sweep has ${answer.whole.replicates} worlds under each, ` +
          `${count(answer.whole.runs)} in all.`
        : "";
    set(
      "sweep-facts",
      `${facts()}. They say what follows in this model from what is assumed, and ` +
        `nothing about the one world that there is.${whole}`,
    );
    fill("sweep-downloads", [
      ...Object.keys(TABLES)
        .filter((name) => name === "points" || answer[name].length)
        .map((name) =>
          element(
            "a",
            { href: job.table(name), download: "" },
            name === "points" ? parley.sweep_points.in_words(answer) : `${TABLES[name]} (CSV)`,
          ),
        ),
      element("a", { href: job.table("columns"), download: "" }, "What the columns mean (CSV)"),
    ]);
    set("answer-command", answer.command);
    Object.assign(at("answer-toml"), { textContent: answer.toml ?? "", hidden: !answer.toml });
    settle();
    const compared = answer.outcomes.filter(
      ({ name }) => !answer.lever || name === shown || last_effect(name),
    ); // else nothing of the question
    put("sweep-shown", {
      data: compared.map(({ name }) => ({
        value: name,
        label: figures.outcome_of(answer, name).label,
      })),
      value: shown,
    });
    document
      .querySelector(".sweep-drawn")
      .classList.toggle("is-of-one", compared.length === 1 || of_first.counts(answer, shown));
    at("sweep-take").href = job.table("points");
    mark();
    draw();
    parley.dom.dispatch("parley:cards");
    parley.sweep_own.done();
  }

  // What was found, above the figure; below it how, what else was found, and the exact numbers. Of
  // rankings the one of the outcome shown is the finding.
  function tell() {
    const tag = (basis) => parley.basis.tag({ basis: BASES[basis], why: "" });
    set("sweep-question", answer.question);
    const answers = answer.sentences
        .filter((each) => each.kind === "answer")
        .map(({ text, ...more }) => {
          const [first, ...others] = first_of(text);
          return { ...more, first, rest: others.join(" ") };
        }),
      is_short = ({ rest }) => rest.length < SHORT;
    if (answers[0]?.headline && !answer.lever)
      answers.sort((a, b) => (b.outcome === shown) - (a.outcome === shown));
    const [found, ...also] = answers.map((each, k) =>
      element(
        "p",
        { className: k ? "found also" : "found" },
        ...with_tag(
          headline(each, k),
          k && each.basis === answers[0].basis
            ? []
            : [each.basis, ...(each.also ? [each.also] : [])].flatMap((basis) => [" ", tag(basis)]),
        ),
        ...(is_short(each) ? [element("span", { className: "found-rest" }, each.rest)] : []),
        ...how_sure(each),
      ),
    );
    const notes = answer.notes.map(first_of),
      of_others = notes.flat().filter(is_of_another),
      linked = (words) =>
        words.split(NAMES).map((part) => {
          const name = part.replace(/^ \((.+)\)$/, "$1");
          return !NAMED[name]
            ? part
            : name === part
              ? element("a", { href: NAMED[name] }, name)
              : element(
                  "span",
                  { className: "on-screen" },
                  " (",
                  element("a", { href: NAMED[name] }, name),
                  ")",
                );
        });
    const second = answers[0].headline?.[1]
        ? [element("p", { className: "found-part" }, answers[0].headline[1])]
        : [],
      is_ranked = Boolean(answers[0].headline) && !answer.lever,
      table = of_first.table_of(answer, answers.slice(1)),
      exact = parley.sweep_exact.numbers(
        answer,
        answers.filter((each) => !is_short(each)),
        first_of,
      ),
      here_too = answer.from_here;
    const beside = [
      ...(table ? [table] : is_ranked ? [] : also),
      ...of_others.map((words) => element("p", { className: "of-another" }, ...linked(words))),
      ...means(answers[0].outcome).map((words) => element("p", { className: "dimmed" }, words)),
    ];
    fill("sweep-sentences", [
      found,
      ...(here_too ? second : []),
      ...(answer.because ? [element("p", { className: "found-part" }, answer.because)] : []),
      ...(here_too || is_ranked ? [] : second),
    ]);
    fill("sweep-also", here_too ? [element("p", {}, ...from_here())] : [...beside]);
    fill("sweep-first-said", here_too ? of_first.say(answer, shown, beside, exact) : []);
    const told = [
      ...notes.map((all) => all.filter((words) => !is_of_another(words)).join(" ")),
      ...least_sure(answers[0].outcome),
    ].filter(Boolean);
    fill("sweep-notes", is_ranked ? [] : told.map((note) => element("li", {}, ...linked(note))));
    fill(
      "sweep-more",
      here_too
        ? [element("p", {}, figures.depth_in_words(answer))]
        : [
            ...(is_ranked
              ? [...second, ...also, ...told.map((note) => element("p", {}, ...linked(note)))]
              : []),
            ...exact,
          ],
    );
  }

  // A sentence in short, where the answer has it so: what is found, and but for the first, a line
  // on how. Any other as it is.
  const headline = ({ first, headline: short }, k) =>
    !short
      ? [first]
      : k
        ? [short[0], element("span", { className: "found-part" }, short[1])]
        : [short[0]];
  const how_sure = ({ outcome }) => {
    const { words, compare } = answer.how_sure?.[outcome] ?? {};
    return !words
      ? []
      : [
          element(
            "span",
            { className: "found-rest" },
            words,
            ...(compare === null
              ? []
              : [" ", element("a", { href: `compare?${compare}` }, "Compare"), "."]),
          ),
        ];
  };
  // Where Compare sets what the last setting changes of the present text, which the first setting
  // is not.
  const from_here = () =>
    answer.from_here
      ? [
          `${answer.from_here.words} `,
          element("a", { href: `compare?${answer.from_here.compare}` }, "Compare"),
          ".",
        ]
      : [];
  const with_tag = ([head, ...parts], tag) => [
    head,
    ...tag,
    ...parts.flatMap((part) => [" ", part]),
  ];

  // What the numbers of an answer are, and of bars which is the least certain, where more worlds
  // would tell.
  const last_effect = (outcome) =>
    answer.effects.filter((row) => row.outcome === outcome && row.asked).pop();
  function means(outcome) {
    const cases = last_effect(outcome)?.cases;
    if (!(cases > 1)) return [];
    const mean = `Each number is the mean over the ${count(cases)} sets of assumptions tried.`;
    const range = answer.how_sure?.[outcome] ? "" : ` ${where_ranges_are(outcome)}`;
    return [mean + range];
  }
  function where_ranges_are(outcome) {
    const has_brackets = answer.sentences.some(
      (each) =>
        each.kind === "answer" &&
        each.outcome === outcome &&
        (each.headline?.[0] ?? each.text).includes("("),
    );
    const has_interval = answer.sentences[0].headline?.[1] && !answer.from_here;
    const brackets = has_interval
      ? "In round brackets: the 95\u00a0% interval; pale"
      : "In round brackets, and pale";
    return `${has_brackets ? brackets : "Pale"} in the figure: nine in ten of them.`;
  }
  function least_sure(outcome) {
    const bar = last_effect(outcome) ? null : figures.least_sure(answer, outcome);
    const who = whose(figures.outcome_of(answer, outcome)),
      unit = who && `\u00a0${who}`;
    return titles.is_short(answer, outcome) && bar
      ? [`The least certain of these bars, “${bar.words}”, is known to ±\u00a0${bar.half}${unit}.`]
      : [];
  }

  const facts = () =>
    `${answer.scenario}. ` +
    `${count(answer.done)}${answer.done < answer.runs ? ` of ${count(answer.runs)}` : ""} ` +
    `simulated worlds: ${count(answer.points)} settings of ${answer.replicates} worlds ` +
    `each${answer.common ? ", all under the same luck" : ""}; seed ${answer.seed}, ` +
    `Parley ${answer.version}`;

  const said = (kind, outcome = shown) =>
    answer.sentences
      .filter((each) => each.kind === kind && each.outcome === outcome)
      .map(({ text }) => element("p", {}, text));

  function caption_of_effects() {
    return (
      `${figures.lever_in_words(answer, shown)}Both sides of each comparison have the same ` +
      `luck.${figures.of_luck(answer, shown)}` +
      `${titles.is_short(answer, shown) ? " More worlds would make it surer: see below." : ""}`
    );
  }
  function caption_of_moves() {
    const halves = figures.has_halves(answer, shown)
      ? "; where another dial decides which way it goes, one bar for each half of that one’s range"
      : "";
    const small = figures.told_apart(answer, shown, true).some(figures.is_small)
      ? " A small bar is shown only where the differences do not cancel out, as those of luck would."
      : "";
    return (
      "Each bar: the mean difference between the two ends of a dial, while all other dials stand " +
      `anywhere in their ranges${halves}.${small}`
    );
  }
  function caption_of_matters(ranked, outcome) {
    const effect = ranked?.of === "effect";
    const subject = effect
      ? `For the effect on: ${how_many(outcome)}, ${figures.from_of(answer, shown)}.`
      : `For: ${how_many(outcome)}.`;
    const index = ranked?.index === "ST" ? "total Sobol’ indices" : "mean elementary effects";
    const bars = ranked?.index
      ? "Bars: how far it moves with each dial, while all others stand anywhere (in the words of " +
        `statistics: ${index}). Lines: how surely that is known, 95\u00a0% intervals.`
      : "Bars: how much worse decision trees guess settings that are new to them once they do not " +
        "know the dial, as a share of all dials together. Lines: how surely it is known, from the " +
        "lowest share to the highest in five tries; in each try the shares of all dials make " +
        "100\u00a0%.";
    return `${subject} ${bars}`;
  }

  function draw() {
    if (!here() || !answer || at("sweep-answer").hidden) return;
    // figures are there a little later than their data
    for (const wait of [LATER, 4 * LATER]) setTimeout(listen, wait);
    const outcome = figures.outcome_of(answer, shown),
      asked = outcome.asked,
      has_effects = asked && answer.effects.some((row) => row.outcome === shown);
    for (const badge of document.querySelectorAll("#sweeps .sweep-basis")) {
      badge.textContent = BASES[outcome.basis];
      badge.closest(".mantine-Badge-root").dataset.rests = outcome.basis;
    }
    // The sentence above the first figure says the same, where it rests on the same.
    document.querySelector(".sweep-drawn .mantine-Badge-root").hidden =
      answer.sentences.find(({ kind }) => kind === "answer")?.basis === outcome.basis;
    const axes = figures
      .leading(answer, shown, 99)
      .map((name) => ({ value: name, label: figures.label_of(answer, name) }));
    for (const end of ["x", "y"]) put(`sweep-heat-${end}`, { data: axes, value: picks[end] });
    const thirds = figures.cuts(answer, shown),
      of_unit = outcome.unit && outcome.unit !== "stakeholders" ? `, ${outcome.unit}` : "";
    const cut =
      answer.rows_of > answer.rows.point.length
        ? ` ${answer.rows.point.length} of ${count(answer.rows_of)} settings are shown, ` +
          "evenly chosen."
        : "";
    const moves = !has_effects && asked ? figures.moves(answer, shown) : null;
    const from_present = of_first.counts(answer, shown);
    of_first.put_keys(
      "first",
      answer.from_here && has_effects ? of_first.keys_of_effects(answer, shown) : [],
    );
    card(
      "first",
      answer.from_here && has_effects ? figures.effects(answer, shown) : null,
      null,
      answer.from_here && has_effects ? of_first.note(answer, shown) : "",
      Boolean(answer.from_here),
    );
    card(
      "effects",
      from_present
        ? figures.from_here(answer)
        : has_effects
          ? figures.effects(answer, shown)
          : (moves ?? figures.spread(answer, shown)),
      null,
      from_present
        ? figures.present_in_words(answer)
        : has_effects
          ? caption_of_effects()
          : moves
            ? caption_of_moves()
            : `${outcome.label}: means over the worlds under each setting.${cut}`,
    );
    const untold = moves && figures.untold(answer, shown);
    at("sweep-untold").hidden = !untold;
    set("sweep-untold-title", untold?.title ?? "");
    set("sweep-untold-dials", untold?.dials ?? "");
    of_first.put_keys(
      "effects",
      from_present
        ? of_first.KEYS
        : has_effects
          ? of_first.keys_of_effects(answer, shown)
          : moves
            ? answer.axes.some(({ decided }) => typeof decided === "boolean")
              ? OF_DECISIONS
              : MOVE_KEYS
            : of_first.keys_of_spread(outcome),
    );
    const [ranked] = figures.ranking(answer, shown),
      change = answer.effects.filter((row) => row.outcome === shown && row.asked).pop();
    const level = has_effects ? null : figures.level_of(answer, shown);
    if (from_present)
      set(
        "sweep-effects-provenance",
        `${answer.scenario}. Harm in ${count(answer.from_here.sets)} worlds, one for ` +
          `each set of assumptions; who signs in ${count(answer.from_here.pairs)} pairs ` +
          `of worlds; seed ${answer.seed}, Parley ${answer.version}.`,
      );
    set(
      "sweep-effects-title",
      from_present
        ? of_first.title(answer)
        : change
          ? `${capital(how_many(outcome))}, ${figures.from_of(answer, shown)}`
          : moves
            ? `${capital(how_many(outcome))}, from one end of a dial to the other`
            : (level ?? "What comes of it"),
    );
    const map =
      picks.x && picks.y && picks.x !== picks.y
        ? figures.heat(answer, shown, picks.x, picks.y)
        : null;
    const cells = map ? parley.sweep_words.cells_in_words(answer, shown, picks.x, picks.y) : "";
    const unlike_thirds = thirds
      ? `, so they differ from ${thirds}, which cut the same assumptions into three parts of as ` +
        "many each for the first figure"
      : "";
    const passes = answer.lever
      ? ""
      : " A pass moves every dial once. Each is a size over the whole range of the dial, whatever " +
        "its direction.";
    set("sweep-matters-title", titles.matters(answer, shown));
    set(
      "sweep-heat-title",
      map
        ? titles.heat(answer, shown, map.layout.meta.table, {
            apart: parley.sweep_words.cells_of(answer, shown, picks.x, picks.y).apart,
            other: picks.x === answer.lever ? "at_upward" : "at_across",
          })
        : "Two dials together",
    );
    card(
      "matters",
      asked && !moves ? figures.matters(answer, shown) : null,
      said("matters"),
      caption_of_matters(ranked, outcome),
    );
    card(
      "heat",
      map,
      [],
      `${capital(how_many(outcome))}${of_unit}: the mean over the settings in each cell, ` +
        `rounded.${cut}${cells}`,
      true,
      " Click a cell to open one of its settings in Simulate.",
    );
    card(
      "tips",
      asked ? figures.tips(answer, shown) : null,
      said("tipping").slice(0, 1),
      `${capital(how_many(outcome))}${of_unit}. Shaded or marked: where it changes ` +
        "most or crosses, with its interval; 95\u00a0% intervals are from the worlds " +
        "under each setting.",
    );
    set("sweep-tips-title", titles.tips(answer, shown));
    // A search that nobody asked for, for the smallest effects, is left out where it finds nothing.
    const found_where = titles.where(answer, shown, has_effects);
    set("sweep-where-title", found_where || "In which worlds it is so");
    set("sweep-enough-title", titles.enough(answer, shown));
    set("sweep-lines-title", titles.lines(answer, shown));
    card(
      "where",
      asked ? figures.where(answer, shown) : null,
      said("where"),
      "Frame: where the sentence says it is. Blue: the cases that it is about. The " +
        "frame’s edges are found by a search for the fewest others within (in the words " +
        "of statistics: patient rule induction, by the EMA " +
        `Workbench)${unlike_thirds}.`,
      Boolean(found_where),
    );
    card(
      "enough",
      asked ? figures.enough(answer, shown) : null,
      [...said("enough"), ...said("chance")],
      `${capital(figures.quantities_of(answer, shown))}: the same from a quarter, half ` +
        "and all of the assumptions tried, and of the worlds under each; lines: " +
        "95\u00a0% intervals, themselves rough where there are " +
        `few.${figures.drift(answer, shown)}${passes}`,
    );
    for (const words of document.querySelectorAll("#sweep-rest .fold-answer"))
      // each heading once
      words.hidden = words.textContent === words.previousElementSibling.textContent;
    const number = figures.chosen(answer, shown).length;
    card(
      "lines",
      figures.lines(answer, shown),
      [],
      "A line is a setting, with a value for " +
        `${innerWidth < 640 ? "two of the dials; the download has all" : "each dial that differs"}; ` +
        "its colour is the last column, from faint (low) to strong (high). " +
        `${number < answer.rows_of ? `${number} of ${count(answer.rows_of)} are shown, evenly chosen.` : `All ${number} are shown.`}`,
      false,
      " Click a line to open it in Simulate.",
    );
    parley.sweep_points.show(answer, shown);
  }

  // One figure with what is said about it; hidden without both. *click*: what a click on it does,
  // which paper leaves out.
  function card(name, figure, sentences, note, stays = false, click = "") {
    const around = at(`sweep-${name}-card`);
    around.hidden = !figure && !stays;
    if (sentences) fill(`sweep-${name}-said`, sentences);
    const place = at(`sweep-${name}`).closest("[role=img]");
    place.hidden =
      at(`sweep-${name}-note`).hidden =
      at(`sweep-${name}-provenance`).hidden =
        !figure;
    fill(`sweep-${name}-note`, [
      note,
      ...(click && answer.link.query !== null
        ? [element("span", { className: "on-screen" }, click)]
        : []),
    ]);
    set(`sweep-${name}-provenance`, `${facts()}.`);
    if (!figure || around.open === false) return; // a fold has no room for it yet
    const { tickvals, ticktext = [] } = figure.layout.yaxis,
      lines = Math.max(...ticktext.map((text) => text.split("<br>").length), 2);
    place.style.setProperty(
      "--rows",
      figure.layout.meta?.rows ?? (tickvals ? tickvals.length * (1 + 0.25 * (lines - 2)) : 6),
    ); // of names that take lines on a phone
    put(`sweep-${name}`, { figure });
  }

  function appear() {
    if (!here() || !parley.record?.results) return;
    results();
    if (at("sweeps") === page) {
      set_base();
      return make_plan();
    }
    page = at("sweeps");
    form = JSON.parse(at("sweep-own").dataset.form);
    settle();
    restore();
  }

  on("parley:sweeps", appear);
  on("parley:scheme parley:fold parley:sweep-width", draw);
  on("parley:view", foresee);
  on_click("[data-ready]", (button) =>
    start(String(new URLSearchParams({ ready: button.dataset.ready }))),
  );
  on_click("[data-result]", (button) => start(button.dataset.result));
  on_click("#sweep-start", () => start(parley.view.sweep));
  on_click("#sweep-cancel", () => job.cancel());
  on_click("#sweep-own-ask", async () => {
    await settled;
    await make_plan(); // of the form as it is now
    if (plan && !plan.problem) start(query_of_form());
  });
  on_click("#sweep-unpick", unpick);
  function make_own(is_open) {
    open_own(is_open);
    if (is_open) {
      make_plan();
      at("sweep-own").scrollIntoView({ block: "nearest" });
    }
  }
  on_click("#sweep-make", () => make_own(at("sweep-own").hidden));
  on_click("[data-copies]", async (button) => {
    try {
      await navigator.clipboard.writeText(at(button.dataset.copies).textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(at(button.dataset.copies)); // for copying by hand
    }
  });

  callbacks({
    on_sweep_form(lever, values, second, values_2, uncertainty, points, worlds, outcome) {
      heard = {
        lever,
        values,
        "lever-2": second,
        "values-2": values_2,
        uncertainty: uncertainty ?? [],
        points,
        worlds,
        outcome: outcome ?? [],
      };
      if (quiet || !form) return;
      for (const end of ["", "-2"])
        if (heard[`lever${end}`] && heard[`lever${end}`] !== form[`lever${end}`])
          put(`sweep-values${end}`, {
            value: (heard[`values${end}`] = ranges()[heard[`lever${end}`]]),
          }); // those of another dial
      Object.assign(form, heard);
      heard = null;
      make_plan();
    },
    on_sweep_scenario(scenario) {
      if (quiet || !scenario || scenario === parley.record?.scenario) return;
      Object.assign(parley.view, {
        scenario,
        set: {},
        choose: {},
        branch: [],
        round: null,
        lens: "",
        may_sign: "",
      });
      parley.ask();
    },
    on_sweep_shown(outcome, x, y) {
      const is_same =
        (!outcome || outcome === shown) && (!x || x === picks.x) && (!y || y === picks.y);
      if (quiet || !answer || is_same) return; // drawing sets these controls too
      if (outcome) shown = outcome;
      if (x) picks.x = x;
      if (y) picks.y = y;
      parley.view.shown = [shown, picks.x, picks.y].join(",");
      parley.write();
      tell();
      draw();
    },
  });

  // The table behind a figure of the answer, for its download.
  parley.sweep_table = (name) =>
    answer && (name === "points" || answer[name]?.length) ? job.table(name) : "";
})();
