// The page A stakeholder: what happened and what the model has, what would bring it in by a date or
// keep it out, and why. A first estimate comes at once, and the whole answer, which goes on from
// there, takes its place.
(() => {
  const {
    at,
    set,
    say,
    busy,
    element,
    fill,
    put,
    callbacks,
    address,
    readable,
    latest,
    or_null,
    on,
    on_click,
  } = parley.dom;
  const {
    BASES,
    DEFAULTS,
    KINDS,
    TO,
    capital,
    count,
    day,
    day_of_year,
    decimal,
    lens,
    of_worlds,
    percent,
    percent_interval,
    spelling,
    with_stop,
  } = parley.format;
  const PAUSE = 200; // milliseconds
  // A graph that comes with the first answer, as the page would wait for the library that draws it.
  function graph_in(place, figure) {
    const { props, ...graph } = JSON.parse(place.dataset.graph);
    put(place.id, { children: { ...graph, props: { ...props, figure } } });
  }
  const here = () => Boolean(at("told"));
  const reasons = latest(),
    searches = latest(),
    facts = latest();
  let explanation = null,
    changes = null,
    asked = null,
    timer = null,
    control = null,
    unfolded = false;
  let early = null; // what is asked first, asked for with the page

  // The id of the stakeholder of the address; an unknown name goes to the server, which refuses it
  // in words.
  function who() {
    const name = parley.view.who ?? parley.usual,
      people = parley.people ?? {};
    if (name in people) return name;
    const sought = spelling(name),
      is_called = (known) => spelling(known) === sought;
    return (
      Object.values(people).find(({ id, name: own, other_names }) =>
        [id, own, ...other_names.split(", ")].some(is_called),
      )?.id ?? name
    );
  }

  // The question of the address: by the date of this page, else that which other pages show, else
  // the launch.
  function question(more = {}) {
    const { round, by, aim } = parley.view,
      parts = { who: who(), round, by, aim, ...more };
    const parameters = new URLSearchParams(
      Object.entries(parts).filter(([, value]) => value !== null && value !== ""),
    );
    return [parley.query(), parameters.toString()].filter(Boolean).join("&");
  }

  function people() {
    if (!here() || !parley.people) return;
    const data = Object.entries(KINDS).map(([kind, group]) => ({
      group,
      items: Object.values(parley.people)
        .filter((person) => person.kind === kind)
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ id, name }) => ({ value: id, label: id === name ? name : `${name} (${id})` })),
    }));
    control = who();
    put("who", { data, value: control in parley.people ? control : null });
    if (!(control in parley.people)) return offer(control);
    begin();
    if (parley.record) ask_soon();
  }

  const MOST_OFFERED = 3,
    LEAST_LIKENESS = 0.25; // of those whose names are most like one that nobody has
  function offer(name) {
    asked = null;
    set("turn-state", "");
    set("who-name", "A stakeholder");
    happen("", "");
    const parts = (words) =>
        new Set([...` ${words.toLowerCase()} `].map((letter, k, all) => letter + all[k + 1])),
      own = parts(name.slice(0, LONGEST));
    const likeness = ({ name }) => {
      const theirs = parts(name),
        both = [...own].filter((part) => theirs.has(part));
      return (2 * both.length) / (own.size + theirs.size);
    };
    const near = Object.values(parley.people)
      .map((person) => ({ person, like: likeness(person) }))
      .filter(({ like }) => like > LEAST_LIKENESS)
      .sort((a, b) => b.like - a.like)
      .slice(0, MOST_OFFERED)
      .map(({ person }) => person);
    refuse(
      `Nobody here is called “${name.slice(0, LONGEST)}”. ` +
        `${near.length ? "Did you mean" : "Choose a state, a firm or an NGO by its name, above."}`,
    );
    if (near.length)
      at("who-message").append(
        " ",
        ...near.flatMap(({ id, name }, k) => [
          ...(k ? [k === near.length - 1 ? " or " : ", "] : []),
          element("button", { type: "button", className: "near", dataset: { near: id } }, name),
        ]),
        "?",
      );
  }
  const LONGEST = 40,
    LONG_HEADLINE = 140,
    YEAR = 12; // letters of a name; of a headline; months

  // Who it is and what really happened, which need no simulation; whom nobody knows is refused with
  // the question.
  async function begin() {
    const id = who(),
      { name } = parley.people[id] ?? {};
    if (!name || !here()) return;
    set("who-name", name);
    if (explanation?.who !== id) set("in-words", "");
    const content = await or_null(
      facts.ask(
        address(
          "data/explain/happened",
          [parley.query(), `who=${encodeURIComponent(id)}`].filter(Boolean).join("&"),
        ),
      ),
    );
    // else it stands there, with its source
    if (content && id === who() && here() && explanation?.who !== id) happen(content.happened);
  }
  function happen(words, in_words, source = null, why_not_dated = "") {
    parley.sources.undated(why_not_dated);
    if (in_words !== undefined) set("in-words", in_words);
    fill("happened", parley.sources.sourced(words, source));
    [at("happened-line").hidden, at("happened-part").hidden] = [
      !words,
      !words && !at("in-words").textContent,
    ];
  }

  function ask_soon() {
    // the newest question only
    if (
      !here() ||
      !parley.record ||
      !parley.people ||
      !(who() in parley.people) ||
      question() === asked
    )
      return;
    busy("told", true);
    clearTimeout(timer);
    timer = setTimeout(ask_all, early ? 0 : PAUSE);
  }

  // What there is to tell about *query*, and the first estimate of the changes that are sought.
  function first_answer(query) {
    const told = reasons.ask(address("data/explain", query)),
      sought = searches.ask(address("data/explain/first", query));
    for (const part of [told, sought]) part.catch(() => {});
    return { told, sought, query };
  }

  // That to the question of the address, while the page itself is still on its way.
  function ask_early() {
    if (parley.page_name() === "stakeholder") early = first_answer(question());
  }

  async function ask_all() {
    const query = question();
    asked = query;
    set("turn-state", "simulating a first answer…");
    try {
      const { told, sought } = early?.query === query ? early : first_answer(query);
      early = null;
      const explained = current(await told, query);
      if (!explained) return;
      const ready = explained.ships ? current(await sought, query) : null;
      show_explanation(explained, query);
      busy("told", false);
      parley.place.go();
      let found = ready ?? current(await sought, query);
      if (!found) return;
      if (found.is_estimate) {
        const whole = searches.ask(address("data/explain/changes", query));
        show_changes(found);
        set(
          "turn-state",
          "a first estimate; the whole answer, with how sure it is, is being simulated…",
        );
        found = current(await whole, query);
        if (!found) return;
      }
      show_changes(found);
      set("turn-state", "");
      parley.place.go(true);
    } catch (problem) {
      if (query !== asked) return;
      asked = null;
      set("turn-state", "");
      if (problem.is_busy && explanation)
        set("turn-state", "the server is busy, so this first estimate stays");
      else refuse(problem.message);
    }
    busy("told", false);
    if (explanation?.may_sign && !at("history")) history();
    parley.stakeholder_picture.tell(explanation, changes);
  }

  // *content*, or null where another question has taken its place.
  function current(content, query) {
    if (!content || query !== asked || !here()) return null;
    say("who-message");
    return content;
  }

  function refuse(words) {
    explanation = changes = null;
    at("told").hidden = at("who-wait").hidden = true;
    say("who-message", words);
  }

  function show_explanation(content, query) {
    if (explanation?.query !== query) {
      changes = null;
      fill("changes", [waiting()]);
      for (const part of ["details", "follows"]) fill(part, []);
      for (const name of [
        "asked-in-words",
        "answer",
        "footing",
        "answer-who-changes",
        "suppose-round",
      ])
        set(name, "");
      at("told").dataset.estimate = "yes";
      parley.basis.show(parley.record, "who");
    }
    explanation = { ...content, query };
    const {
        kind,
        name,
        happened,
        happened_source,
        in_words,
        because,
        reading,
        date,
        worlds,
        seed,
        version,
        may_sign,
        traits,
        said_in_public,
        event,
        occasion,
        decided_with,
        chance,
      } = explanation,
      { record } = parley;
    [at("told").hidden, at("who-wait").hidden] = [false, true];
    at("told").dataset.kind = kind;
    set("who-name", name);
    happen(happened, in_words || reading, happened_source, content.why_not_dated);
    set("because", because);
    fill("whom-to-approach", parley.place.whom_to_approach(explanation));
    set(
      "reading",
      in_words ? `This is no evidence of the ${parley.format.KIND[kind]}'s reasons.` : "",
    );
    set(
      "who-provenance",
      `${record.title}, ${count(worlds)} worlds, seed ${seed}, ${lens(record.lens)}, ` +
        `Parley ${version}`,
    );
    set("weighs-round", `as it deliberates in the month to ${day(date)}.`);
    set("occasion", explanation.despite ? "" : occasion); // which says the same chance
    set("suppose-round", day(record.dates[first_change() - record.first_round]));
    for (const part of document.querySelectorAll(
      ".stakeholder .decides, #why, #who-months, #who-changes",
    ))
      part.hidden = !may_sign;
    at("suppose").hidden = !may_suppose();
    for (const button of document.querySelectorAll("[data-suppose]"))
      button.hidden = parley.view.branch.includes(
        `${first_change()}:${explanation.who}:${button.dataset.suppose}`,
      );
    for (const [part, table] of [
      ["motives", "explain"],
      ["history", "explain/history"],
      ["changes", "explain/changes"],
    ])
      at(`${part}-csv`).href = address(`data/${table}.csv`, query);
    for (const [trait, value] of Object.entries(traits)) {
      set(`trait-${trait}`, decimal(value));
      at(`meter-${trait}`).style.width = `${100 * value}%`;
    }
    document.querySelector("#why > summary h2").textContent = decided_with.length
      ? `Why does the European Union, deciding as one, ${chance > 0.5 ? "sign" : "stay out"}?`
      : `Why does ${explanation.said} sign, or stay out?`;
    set(
      "answer-who-traits",
      kind === "state"
        ? "Its seven traits, from public figures of 2017."
        : "Its seven traits, drawn around those of its home country.",
    );
    fill("said", parley.sources.positions(said_in_public));
    set(
      "answer-who-said",
      said_in_public.length
        ? `${count(said_in_public.length)} on file, ` +
            `${said_in_public.length === 1 ? `of ${day(said_in_public[0].date)}, with its source` : "with their sources"}; ` +
            "the model uses none of it."
        : "Nothing by it is on file here.",
    );
    if (!may_sign) return;
    show_asked(event);
    motives();
    history(false);
  }

  // The question as buttons, and the dates by which it can be asked.
  function show_asked(event) {
    const { aim, by } = explanation.asked,
      { dates, first_round } = parley.record;
    for (const button of document.querySelectorAll("[data-aim]"))
      button.setAttribute("aria-pressed", button.dataset.aim === aim);
    set("by-word", aim === "in" ? "by" : "past");
    const last = dates.length - 1 + first_round,
      is_december = (t) => dates[t - first_round].slice(5, 7) === "12";
    const ends = dates.map((_, k) => k + first_round).filter((t) => t > 0 && is_december(t));
    const rounds = [...new Set([0, ...(YEAR < last ? [YEAR] : []), ...ends, by, last])].sort(
        (a, b) => a - b,
      ),
      special = { 0: "the launch", [YEAR]: "a year on", [last]: "the end" };
    function words(t) {
      const date = dates[t - first_round];
      if (special[t]) return `${day(date)}, ${special[t]}`;
      return t > 0 && is_december(t)
        ? `end of ${date.slice(0, 4)} (${day_of_year(date)})`
        : day(date);
    }
    fill("by-place", [
      element(
        "select",
        { id: "by", "aria-label": "By when" },
        ...rounds.map((t) => element("option", { value: t, selected: t === by }, words(t))),
      ),
    ]);
    if (event) {
      fill("changes", []);
      set("answer", "What it decides is supposed, so nothing is sought.");
    }
  }

  // In the place of the headline, of the figure and of what is below it, of their height, so that
  // nothing below moves as they come.
  const waiting = () =>
    element(
      "div",
      { className: "wait-for-changes" },
      element("p", { className: "wait" }, "Simulating the changes that somebody could make…"),
      ...Array(3)
        .fill()
        .map(() => element("div", { className: "shape" })),
    );

  // The answer, and a row for how it stands, without what is supposed too, and for each change that
  // moves it; below, what the record cannot bear, and why there is none of the other kinds. An
  // estimate claims no intervals, and nothing of it can be tried.
  function show_changes(content) {
    changes = content;
    const {
        answer,
        aim,
        is_estimate = false,
        asked: { day: date },
      } = content,
      worlds = content.search_worlds ?? content.worlds;
    at("told").dataset.estimate = is_estimate ? "yes" : "no";
    show_headline(
      is_estimate
        ? `First estimate, from ${count(worlds)} worlds: ${answer.estimate}`
        : answer.finding,
      is_estimate ? "" : answer.caveat,
    );
    const rests_on = () =>
      parley.basis.show({ basis: BASES[answer.basis], why: answer.why }, "who");
    if (answer.misses) parley.basis.show(parley.record, "who");
    else rests_on();
    const lines = is_estimate ? [] : answer.lines.map(line_of),
      is_apart = answer.misses || !lines.length;
    fill("follows", is_apart ? [] : lines);
    at("sureness").hidden = is_apart;
    set("asked-in-words", answer.question);
    const made = content.changes.filter((change) => change.change).sort(order(content)),
      first = first_of(content);
    const tried = [...made, ...content.changes.filter((change) => change.without_effect)],
      is_firm = ({ borne, told_from_zero }) => borne && told_from_zero;
    const rows = tried.filter(is_firm),
      weaker = tried.filter((change) => !is_firm(change));
    const is_one = weaker.length > 0 && !rows.some(({ change }) => change),
      shown = is_one ? tried : rows; // one figure, where nothing else moves it
    set("footing", !is_estimate && first?.footing ? `${with_stop(first.footing)} ` : "");
    const has_luck = (some) => !is_estimate && some.some(({ low, high }) => is_wide([low, high])),
      has_fits = (some) => some.some(({ of_weights }) => is_wide(of_weights));
    const of_luck = [
        "of-luck",
        `${percent(0.9)} over ${parley.view.weights ? "luck and weights" : "luck"}`,
      ],
      of_fits = ["of-fits", `${percent(0.9)} of other fits`];
    const in_main = [
      ...(has_luck(shown) ? [of_luck] : []),
      ...(is_wide(answer.weights_before) || has_fits(shown) ? [of_fits] : []),
    ];
    const below = [
      ...(has_luck(weaker) ? [of_luck] : []),
      ...(has_fits(weaker) ? [of_fits] : []),
    ].filter((key) => !in_main.includes(key));
    const of_weaker = ["of-change is-apart", "weaker evidence: no answer rests on it"];
    const keys = (all) =>
      element(
        "ul",
        { className: "keys dimmed" },
        ...all.map(([key, words]) =>
          element("li", {}, element("span", { className: `key ${key}` }), words),
        ),
      );
    const { rows_before, row_of, mark_of, aim_of } = parley.stakeholder_rows;
    const of_share = ["of-change", `signed by ${day(date)}, share of ${count(worlds)} worlds`];
    const caption = keys([
      of_share,
      ...(!is_estimate &&
      [...rows, ...rows_before(content).map(({ change }) => change)].some(
        parley.figures.may_be_enough,
      )
        ? [["of-change is-enough", "enough, or perhaps"]]
        : []),
      ...(is_one ? [of_weaker] : []),
      ["of-before", mark_of(content)],
      ...in_main,
    ]);
    const more = [
      is_estimate || !aim ? "" : answer.why_asked,
      is_estimate ? answer.enough : "",
      answer.misses ? "" : answer.untried,
      other_worlds(worlds),
    ]
      .filter(Boolean)
      .join(" ");
    const row = (change) => row_of(change, { basis: explanation.basis, link: here_with });
    const plot = (some, apart = [], divided = true) =>
      parley.figures.shares_plot({
        before: rows_before(content),
        aim: aim_of(content),
        rows: some.map(row),
        apart: apart.map(row),
        divided,
        repeated: !answer.misses,
      });
    const fold = (words, ...parts) =>
      element("details", { className: "beyond" }, element("summary", {}, words), ...parts);
    const figure = [
      plot(rows, is_one ? weaker : []),
      caption,
      ...(weaker.length && !is_one
        ? [
            fold(
              "Weaker evidence, left out of the answer: " +
                `${count(weaker.length)}\u00a0more${parley.figures.unchecked(weaker)}`,
              plot([], weaker, false),
              keys([of_weaker, ...below]),
            ),
          ]
        : []),
      ...(more ? [element("p", { className: "dimmed" }, more)] : []),
    ];
    // Of somebody whom the model misses, what it says of changes is no answer, and stands folded,
    // below how it has it as it is: until that is open, the badge is of the picture of the miss.
    function missed() {
      const folded = fold(
        `What was tried, in the model only: ${count(tried.length)} ` +
          `${tried.length === 1 ? "change" : "changes"}`,
        ...figure,
        element("div", { className: "reasons" }, ...lines),
      );
      folded.addEventListener("toggle", () => {
        if (folded.open) rests_on();
        else parley.basis.show(parley.record, "who");
      });
      return [
        parley.figures.shares_plot({ before: rows_before(content) }),
        keys([
          of_share,
          ...(is_wide(answer.weights_before) ? [of_fits] : []),
          ["of-fact", "what really happened"],
        ]),
        parley.place.elsewhere(explanation.said_in_public.length),
        folded,
      ];
    }
    if (answer.without !== null)
      fill("in-words", [
        explanation.in_words || explanation.reading,
        " ",
        element("a", { href: here_with("") }, `Back to ${explanation.said} as it was`),
      ]);
    fill("changes", answer.misses ? missed() : figure);
    if (!aim)
      set(
        "answer-who-changes",
        `No further change is tried: it is ${content.asked.aim === "out" ? "out" : "in"} already.`,
      );
    else
      set(
        "answer-who-changes",
        tried.length
          ? `${count(tried.length)} ${tried.length === 1 ? "change" : "changes"}, with ` +
              "size and assumptions."
          : "None was found that moves it.",
      );
    fill(
      "details",
      tried.map((change) => detail_of(worlds, change)),
    );
  }

  // The answer; in lesser type what goes beyond what is supposed, what the model has on the wrong
  // side, or when it joined.
  function show_headline(finding, caveat) {
    at("answer").classList.toggle("is-long", finding.length > LONG_HEADLINE);
    fill("answer", [
      with_stop(finding),
      ...(caveat ? [" ", element("span", { className: "caveat" }, with_stop(caveat))] : []),
    ]);
  }

  // That Simulate counts other worlds, so that nobody looks for an error.
  const other_worlds = (here) =>
    parley.record.worlds === here
      ? ""
      : `Simulate counts ${count(parley.record.worlds)} worlds, this page ` +
        `${count(here)}, so a share may differ by some points.`;

  // Whether an interval is drawn: not where both ends are the share itself.
  const is_wide = (ends) => Boolean(ends) && ends[1] > ends[0];
  const line_of = ([lead, words]) => element("p", {}, element("strong", {}, `${lead}: `), words);

  // What the answer names comes first, then what yields most.
  const order =
    ({ answer, aim }) =>
    (a, b) => {
      const is_named = ({ family }) => answer.first_families.includes(family),
        side = aim.what === "stay out" ? 1 : -1;
      return is_named(b) - is_named(a) || side * (a.share_after - b.share_after);
    };

  // The change that the answer names first.
  const first_of = ({ answer, changes }) =>
    changes.find((change) => change.change && answer.first_families.includes(change.family));

  // What a change is in full.
  function detail_of(
    worlds,
    {
      what,
      in_short,
      size_in_words,
      asks,
      note,
      footing,
      share_before,
      share_after,
      low,
      high,
      basis,
      price,
      tried,
      without_effect,
      verdict_in_words,
    },
  ) {
    const size = without_effect ? verdict_in_words : size_in_words;
    const said = [
      size,
      asks,
      price && `but then ${price}`,
      note,
      footing,
      `from ${percent(share_before)} to ${percent(share_after)} of ` +
        `${parley.format.worlds(worlds)}, ${percent_interval(low, high, 0, TO)} when the ` +
        "worlds are drawn again",
    ];
    const badges =
      basis === "extrapolated" && explanation.basis !== basis
        ? [parley.basis.tag({ basis: BASES[basis] })]
        : [];
    return element(
      "section",
      {},
      element("h3", {}, capital(without_effect || in_short), ...badges),
      ...said.filter(Boolean).map((words) => element("p", {}, with_stop(capital(words)))),
      ...(tried === null
        ? []
        : [
            element(
              "a",
              { href: home_with(tried), "aria-label": `See it on Simulate: ${what}` },
              "See it on Simulate",
            ),
          ]),
    );
  }

  // This page with the change in its address, the same question asked; and Simulate at the day of
  // the question.
  const here_with = (tried) =>
    link(location.pathname, tried, {
      who: changes.who,
      by: changes.asked.by,
      aim: changes.asked.aim,
    });
  const home_with = (tried) => link(home(), tried, { round: changes.asked.by });
  function link(path, tried, more) {
    const parameters = new URLSearchParams(tried),
      { worlds } = parley.view;
    if (String(worlds) !== String(DEFAULTS.worlds)) parameters.set("worlds", worlds);
    for (const [key, value] of Object.entries(more)) parameters.set(key, value);
    return `${path}?${readable(parameters)}`;
  }

  function motives() {
    const { decided_with } = explanation,
      contributions = parley.figures.motives_of(explanation);
    set(
      "answer-why",
      [parley.figures.what_outweighs(explanation), explanation.despite].filter(Boolean).join(" "),
    );
    const none = contributions.filter((motive) => motive.value === 0),
      notes = [];
    if (decided_with.length)
      notes.push(
        `The mean is of the ${decided_with.length} members that decide, and so is the chance.`,
      );
    if (contributions.some(({ motive, value }) => motive === "inclination" && value !== 0))
      notes.push(parley.figures.leaning_in_words(explanation));
    if (contributions.some((motive) => motive.high > motive.low))
      notes.push("Thin lines: from the 5th to the 95th percentile of the worlds.");
    if (none.length)
      notes.push(`Adds nothing here: ${none.map((motive) => motive.meaning).join("; ")}.`);
    const drawn = parley.figures.waterfall(explanation);
    drawn.classList.toggle("in-logits", unfolded);
    fill("motives", [
      drawn,
      ...(notes.length ? [element("p", { className: "dimmed" }, notes.join(" "))] : []),
    ]);
  }

  // From the launch on; where an earlier day is asked for, whoever has decided to. A figure that
  // nobody sees waits for the whole answer: to load what draws it takes processors from those that
  // simulate.
  function history(is_due = true) {
    const { dates, first_round } = parley.record,
      {
        shares,
        asked: { by, day: date },
        supporter_since: since,
        supporter_is_dated: is_dated,
        worlds,
      } = explanation;
    const launch = dates[-first_round],
      t = by - first_round,
      last = dates.length - 1,
      start = by < 0 ? 0 : -first_round;
    const from_start = Object.fromEntries(
      Object.entries(shares).map(([status, all]) => [status, all.slice(start)]),
    );
    const is_flat = (at("history-place").hidden = [0, 1].some((level) =>
      from_start.signed.every((share) => share === level),
    ));
    const figure = parley.figures.history(dates.slice(start), from_start, {
      by: date,
      since,
      is_dated,
      launch,
    });
    if (at("history")) put("history", { figure });
    else if (is_due || at("who-months").open) graph_in(at("history-place"), figure);
    const has = by < 0 ? "decided to sign" : "signed";
    const [then, end] = [t, last].map((place) => shares.signed[place]),
      when =
        t < last && end === then
          ? `, by ${day(date)} and at the end.`
          : ` by ${day(date)}${t < last ? `, in ${percent(end)} by the end` : ""}.`;
    const in_worlds = (of) =>
      `${has} in ${then === 0 || then === 1 ? of_worlds(then, worlds) : `${percent(then)} of ${of}`}`;
    set("answer-who-months", `${capital(in_worlds("worlds"))}${when}`);
    // What a picture of the history says, which stands alone; and whether it has the register.
    parley.history = {
      title: capital(`${explanation.said} has ${in_worlds("simulated worlds")}${when}`),
      has_register: Boolean(since),
    };
    const others =
      then === 1
        ? ""
        : `, not taken up in ${percent(shares.not_taken_up[t])}, considered and not ` +
          "signed in the rest";
    set(
      "history-now",
      is_flat
        ? `${capital(has)} in ${of_worlds(then, worlds)}: ${percent(then)} in every month from ` +
            `${day(dates[start])} on.`
        : `${day(date)}, the black line: ${has} in ` +
            `${then === 1 ? of_worlds(1, worlds) : `${percent(then)} of ${worlds} simulated worlds`}${others}.`,
    );
  }

  const home = () => document.querySelector("[data-simulate]").dataset.simulate;
  const same_choice = (a, b) =>
    a.split(":").slice(0, 2).join(":") === b.split(":").slice(0, 2).join(":");

  // The month from which a supposed choice holds: that of the question, or the launch, as the last
  // month has no future.
  function first_change() {
    const { dates, first_round } = parley.record;
    return explanation.round < dates.length - 1 + first_round ? explanation.round : 0;
  }

  // An event of the scenario's own decides in its round; one of the address can be replaced.
  function may_suppose() {
    const round = first_change(),
      branch = `${round}:${explanation.who}`;
    return (
      explanation.may_sign &&
      (explanation.event?.round !== round ||
        parley.view.branch.some((other) => same_choice(branch, other)))
    );
  }

  // A choice of its own from the round explained on, in the address; then on to Simulate.
  function suppose(choice) {
    const round = first_change(),
      branch = `${round}:${explanation.who}:${choice}`;
    parley.view.round = null; // what follows is seen at the end
    parley.view.branch = parley.view.branch.filter((other) => !same_choice(branch, other));
    parley.branch(branch);
    const link = parley.link_to((path) => path === home());
    if (link) link.click();
    else location.assign(`${home()}?${parley.query({ round: true })}`);
  }

  function ask_for(key, value) {
    parley.view[key] = value;
    parley.write();
    ask_soon();
  }

  on("parley:page", () => {
    asked = null;
    people();
  });
  on("parley:people", people);
  on("parley:address", ask_early);
  on("parley:record", () => {
    if (here()) {
      asked = null;
      ask_soon();
    }
  });
  on("parley:scheme parley:fold", () => {
    if (here() && explanation?.may_sign) history();
  });
  on("parley:refused", () => {
    if (here()) at("who-wait").hidden = true;
  });
  on_click("[data-aim]", (button) => {
    if (here() && explanation) ask_for("aim", button.dataset.aim);
  });
  on_click("[data-near]", (button) => {
    [parley.view.who, parley.view.aim] = [button.dataset.near, null];
    parley.write();
    say("who-message");
    at("who-wait").hidden = false;
    people();
  });
  on_click("[data-suppose]", (button) => {
    if (here() && explanation) suppose(button.dataset.suppose);
  });
  on_click("#logits", (button) => {
    unfolded = !unfolded;
    button.setAttribute("aria-expanded", unfolded);
    button.textContent = unfolded ? "Hide the numbers" : "Show the numbers, in logits";
    document.querySelector(".waterfall")?.classList.toggle("in-logits", unfolded);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "by" || !here()) return;
    if (explanation) parley.view.aim = explanation.asked.aim; // another date is no other question
    ask_for("by", target.value);
  });

  callbacks(
    {
      on_stakeholder(id) {
        if (!id || id === control) return;
        control = id;
        // what is asked of one is not what is asked of another
        [parley.view.who, parley.view.aim] = [id, null];
        parley.write();
        begin();
        ask_soon();
      },
    },
    "stakeholder",
  );
})();
