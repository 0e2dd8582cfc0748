// The step Run of a lesson: what is free in it, the figures to watch under it, and its picture: how
// the list grows in a scenario, what a classic gives, or who blocks a text. The lesson has a view
// of its own: the address keeps the other.
(() => {
  const {
    at,
    set,
    say,
    busy,
    element,
    fill,
    put,
    address,
    ask,
    latest,
    on,
    on_click,
    once_a_frame,
  } = parley.dom;
  const { KINDS, capital, count, day, interval, significant, spaced } = parley.format;
  const SETTLED = 180; // milliseconds in which a slider comes to rest
  const records = latest(),
    watches = latest();
  let lesson = null,
    setting = null,
    free = null,
    kind = "state",
    place = 0; // the lesson, what is free and its values, what the chart shows
  let record = null,
    first = {},
    watched = null,
    before = null,
    timer = null,
    runs = 0, // simulations that were begun
    shown_levels = null; // whether `before` holds numbers, or what changes alone

  // Until the reveal of a lesson that asks for what the model was fitted to, there stands only what
  // changes.
  const is_revealed = () => (parley.learner.of(lesson.name).reached ?? 0) > 1;
  const tells_changes = () => setting.shows === "changes" && !is_revealed();
  const is_moved = () => Object.keys(free.set).length + Object.keys(free.choose).length > 0;
  // What is moved, as the lesson calls it, or with each dial that it *moves*.
  const moves_of = (name) => setting.dials.find((dial) => dial.name === name)?.moves ?? [name];
  const parts = (each = false) => [
    ...Object.entries(free.set).flatMap(([name, value]) =>
      (each ? moves_of(name) : [name]).map((one) => `set=${one}:${value}`),
    ),
    ...Object.entries(free.choose).map(
      ([name, value]) => `choose=${name}:${encodeURIComponent(value)}`,
    ),
  ];

  function begin(of, its) {
    const was = `${lesson?.name} ${shown_levels}`;
    [lesson, setting] = [of, its];
    shown_levels = !tells_changes();
    if (was !== `${of.name} ${shown_levels}`) {
      const kept = parley.learner.of(of.name).run ?? {};
      free = { set: { ...kept.set }, choose: { ...kept.choose } };
      [record, first, watched, before, place] = [null, {}, null, null, 0];
      kind =
        Object.keys(KINDS).find(
          (each) => of.predict.unit === parley.pairs.in_sentence(KINDS[each]),
        ) ?? "state";
      at("lesson-chart").open = !setting.titles.length;
      at("lesson-chart").classList.toggle("folds", setting.titles.length > 0);
      for (const id of ["lesson-watched", "lesson-other", "lesson-kinds"]) fill(id, []);
      set("lesson-finding", "");
    }
    at("lesson-stage").hidden = false;
    at("lesson-chart").hidden = setting.base !== "scenario" || tells_changes();
    at("lesson-changes").hidden = !tells_changes();
    at("lesson-stage").classList.toggle(
      "has-controls",
      setting.dials.length + setting.choices.length > 0,
    );
    controls();
    more();
    return simulate();
  }

  // What is free: dials as sliders, choices as buttons of which one is pressed; and which of
  // several scenarios is drawn.
  function controls() {
    const dials = setting.dials.map(
      ({ name, label, meaning, role, unit, low, high, whole, value, ends }) =>
        element(
          "div",
          { className: "lesson-dial first-dial", dataset: { lessonDial: name } },
          element(
            "div",
            { className: "dial-head" },
            element("span", { className: "dial-name" }, capital(label)),
            element("span", { className: "dial-value" }),
          ),
          element(
            "p",
            { className: "dial-first" },
            element("span", {}),
            element(
              "button",
              {
                type: "button",
                className: "reset",
                dataset: { lessonReset: name },
                "aria-label": `Reset ${label}`,
              },
              "reset",
            ),
          ),
          element(
            "div",
            { className: "slide" },
            ...parley.dials.slider(
              {
                name,
                low,
                high,
                step: whole ? 1 : (high - low) / 100,
                value: free.set[name] ?? value,
                label: capital(label),
              },
              moved,
            ),
          ),
          ...(ends.length
            ? [
                element(
                  "div",
                  { className: "dial-ends" },
                  ...ends.map((words) => element("span", {}, words)),
                ),
              ]
            : []),
          ...(parley.dials.in_tenths(unit) ? [element("p", { className: "dial-unit" })] : []),
          element(
            "p",
            {},
            ...(parley.dials.in_tenths(unit) || is_of_two_sides({ low, high })
              ? []
              : [`${capital(meaning)}. `]),
            element("span", { className: "role" }, role),
          ),
        ),
    );
    const choices = setting.choices.map(({ name, label, options, value }) =>
      pick(capital(label), options, chosen({ name, value }), "lessonChoice", name),
    );
    const scenarios =
      setting.scenarios.length > 1
        ? [
            pick(
              "What the chart shows",
              setting.scenarios.map(({ title }, k) => ({ value: String(k), words: title })),
              String(place),
              "lessonScenario",
              "",
            ),
          ]
        : [];
    fill("lesson-scenarios", scenarios);
    fill("lesson-controls", [...choices, ...dials]);
    at("lesson-controls").children[dials.length ? choices.length : 0]?.classList.add("is-first");
    marks();
  }

  const chosen = ({ name, value }) => free.choose[name] ?? value;
  const pick = (label, options, chosen, key, name) =>
    element(
      "div",
      { className: "lesson-pick", role: "group", "aria-label": label },
      element("p", { className: "dial-name" }, label),
      element(
        "div",
        {},
        ...options.map(({ value, words }) =>
          element(
            "button",
            {
              type: "button",
              "aria-pressed": value === chosen,
              dataset: { [key]: value, of: name },
            },
            words,
          ),
        ),
      ),
    );

  function marks() {
    for (const dial of setting.dials) {
      const { name, value, unit } = dial,
        box = document.querySelector(`[data-lesson-dial="${name}"]`),
        now = free.set[name] ?? value,
        said = words_of(dial);
      box.classList.toggle("is-moved", name in free.set);
      parley.dials.say_value(box, now, unit, said);
      box.querySelector(".dial-first > span").textContent = is_of_two_sides(dial)
        ? ""
        : `at first ${said(value)}`;
      parley.dials.settle(box.querySelector("input"), now, value);
    }
  }

  // How a value of a dial is said: how steeply attention falls by a tenth of means, and what may
  // lie on either side of nothing by how far it is from where it was fitted, as its number alone
  // tells nothing.
  const is_of_two_sides = ({ low, high }) => low < 0 && high > 0;
  function words_of(dial) {
    if (parley.dials.in_tenths(dial.unit))
      return (value) => `${parley.dials.tenth_less(value)} less`;
    if (!is_of_two_sides(dial))
      // a mean of several as on Simulate
      return (value) => significant(dial.moves.length > 1 ? Math.round(100 * value) / 100 : value);
    return (value) =>
      value === dial.value
        ? "as fitted"
        : `${significant(Math.abs(value - dial.value), 2)} ` +
          `${value < dial.value ? "below" : "above"} the fit`;
  }

  function moved(name, value) {
    const { value: own } = setting.dials.find((dial) => dial.name === name),
      rounded = Math.round(1e6 * value) / 1e6;
    if (Math.abs(rounded - own) < 1e-9) delete free.set[name];
    else free.set[name] = rounded;
    marks();
    wait();
    clearTimeout(timer);
    timer = setTimeout(again, SETTLED);
  }

  function again() {
    wait();
    parley.learner.keep(lesson.name, { run: free });
    simulate().catch((problem) => say("lesson-problem-run", capital(problem.message)));
  }

  // The link to the page that shows more, with what is moved here.
  function more() {
    if (tells_changes()) return fill("lesson-more", []);
    const words = {
      scenario: "Open this in Simulate, where every dial is free",
      classic: "All classics, each with its picture",
      talks: "Open these talks in Negotiate",
    }[setting.base];
    const where =
      setting.base === "scenario"
        ? address("./", query())
        : setting.base === "classic"
          ? "method#classics"
          : `negotiate?negotiation=${encodeURIComponent(talks_query(setting.names[0]))}`;
    const other = setting.more
      ? [
          element(
            "a",
            { href: address(setting.more.path, query()) },
            `Open it in ${setting.more.name}, where each principle has its own ambition`,
          ),
        ]
      : [];
    fill("lesson-more", [element("a", { href: where }, words), ...other]);
  }

  // The view that is drawn, with what the lesson fixes and, if *own*, what is moved.
  function query(own = true) {
    const fixed = Object.entries(setting.fixed)
      .filter(([name]) => !own || !(name in free.set))
      .map(([name, value]) => `set=${name}:${value}`);
    return [setting.scenarios[place].query, ...fixed, ...(own ? parts(true) : [])]
      .filter(Boolean)
      .join("&");
  }
  const talks_query = (name) =>
    [
      `talks=${name}`,
      `replicates=${Math.min(200, setting.replicates)}`,
      ...parts().map((part) => part.replace("choose=", "set=")),
    ].join("&");

  async function simulate() {
    const run = ++runs;
    say("lesson-problem-run");
    busy("lesson-stage", true);
    more();
    const shown = {
      scenario: tells_changes() ? () => null : chart,
      classic: () => null, // its picture comes with the figures to watch
      talks: talks,
    }[setting.base];
    try {
      await Promise.all([watch(), shown()]);
    } finally {
      if (run === runs) {
        busy("lesson-stage", false);
        at("lesson-stage").classList.remove("is-waiting");
      }
    }
  }

  // Numbers of before a move, and what they rest on, are gone until those of after it are there.
  function wait() {
    at("lesson-stage").classList.add("is-waiting");
    for (const number of document.querySelectorAll("#lesson-watched strong"))
      number.textContent = "…";
    for (const notes of document.querySelectorAll("#lesson-watched .lesson-notes"))
      notes.textContent = "\u00a0";
    set("lesson-finding", "…");
    set("lesson-watched-basis", "\u00a0");
  }

  // The figures to watch, beside what they are before anything is moved.
  async function watch() {
    const of = lesson.name,
      after = is_revealed() ? ["after=reveal"] : [],
      where = (more) => address("data/lesson/watched", `lesson=${of}`, ...after, ...more);
    if (!before) {
      before = await ask(where([]));
      if (lesson.name !== of) return;
      for (const choice of setting.choices) choice.value ||= before.values[choice.name] ?? "";
      for (const one of document.querySelectorAll("[data-lesson-choice]"))
        press(one, chosen(setting.choices.find(({ name }) => name === one.dataset.of)));
    }
    watches.cancel();
    const now = is_moved() ? await watches.ask(where(parts())) : before;
    if (!now || lesson.name !== of) return;
    watched = now;
    const [{ basis }] = watched.rows,
      of_all = watched.rows.every(({ spread }) => spread.startsWith(MEDIAN)) ? MEDIAN : "";
    const lines = watched.rows.map((row, k) =>
      line(row, before.rows[k], watched.changes[k], of_all, row.basis === basis ? "" : row.basis),
    );
    fill("lesson-watched", [
      setting.titles.length
        ? parley.lesson_figures.of_two(setting.titles, watched, is_moved() ? before : null)
        : element("dl", {}, ...lines),
    ]);
    pictures();
    const range = watched.rows.find(({ is_range }) => is_range);
    set(
      "lesson-watched-basis",
      setting.titles.length
        ? ""
        : capital(
            `${tells_changes() ? "" : of_all}${basis}${range ? `; ranges ${range.spread}` : ""}`,
          ),
    );
  }

  // A figure to watch in a line: what it is, how large, and below it where worlds lie but for what
  // is said *of_all* or of ranges, what it *was* at first, or by how much each set of assumptions,
  // or each world, *changes*, and what it rests on where that is another *basis*.
  const MEDIAN = "median; ";
  function line(row, was, changes, of_all, basis) {
    const is_change = tells_changes(),
      first =
        row.words === was.words
          ? "as at first"
          : `at first ${was.value === null ? "none" : was.words}`;
    const by_luck = (spread) =>
      spread.replace("nine in ten worlds:", "nine in ten worlds, by luck alone:");
    const notes = is_change
      ? [
          is_moved() && !row.is_difference ? "from what it was at first" : "",
          changes && !row.is_difference ? by_luck(changes.spread.slice(MEDIAN.length)) : "",
        ]
      : [
          row.is_range ? "" : by_luck(row.spread.slice(of_all.length)),
          is_moved() ? first : "",
          changes?.is_range ? `each set of assumptions beside itself: ${changes.words}` : "",
        ];
    return element(
      "div",
      { className: "lesson-watch" },
      element("dt", {}, row.label),
      element(
        "dd",
        {},
        element("strong", {}, is_change ? change_of(row, changes) : row.words),
        element(
          "span",
          { className: "lesson-notes" },
          [...notes, basis].filter(Boolean).join(" · "),
        ),
      ),
    );
  }

  // By how much of its first value a number has changed; a difference, which tells no level, stands
  // as it is.
  function change_of({ words, is_difference }, changes) {
    if (is_difference) return words;
    return changes?.value ? changes.words : "as at first";
  }

  // The chart of adoption. The register's points appear in it once its step has revealed them.
  async function chart() {
    if (!at("lesson-chart").open) return;
    const of = lesson.name,
      at_place = place;
    first[at_place] ??= await ask(address("data/run", query(false)));
    records.cancel();
    const now = is_moved() ? await records.ask(address("data/run", query())) : first[at_place];
    if (!now || lesson.name !== of || at_place !== place) return;
    record = now;
    if (!record.may_sign.includes(kind)) kind = record.may_sign[0];
    draw();
  }

  function draw() {
    if (!record || !setting || setting.base !== "scenario" || !at("lesson-adoption")) return;
    const graph = at("lesson-adoption"),
      was = first[place];
    if (!graph.clientWidth) return;
    fill(
      "lesson-kinds",
      record.may_sign.length > 1
        ? record.may_sign.map((each) =>
            element(
              "button",
              { type: "button", "aria-pressed": each === kind, dataset: { lessonKind: each } },
              KINDS[each],
            ),
          )
        : [],
    );
    const then = was.bands.listed[kind].median,
      start = -was.first_round,
      shown = is_revealed()
        ? record
        : { ...record, register: Object.fromEntries(Object.keys(KINDS).map((each) => [each, []])) };
    const beside = is_moved()
      ? { name: "at\u00a0first", dates: was.dates.slice(start), median: then.slice(start) }
      : null;
    const figure = parley.figures.adoption(shown, kind, {
      beside,
      wide: graph.clientWidth,
      high: graph.clientHeight,
    });
    figure.layout.annotations.push(...begin_of_programme(figure));
    put("lesson-adoption", { figure });
    // The median stands at the end of its line.
    const range = ({
      dates,
      bands: {
        listed: {
          [kind]: { low_90, high_90 },
        },
      },
    }) => interval(low_90[dates.length - 1], high_90[dates.length - 1], count, " to ");
    const now = range(record),
      at_first = now === range(was) ? "as at first" : `at first ${range(was)}`;
    set(
      "lesson-finding",
      `${KINDS[kind]} on the list by ${day(record.dates[record.dates.length - 1])}, in ` +
        `nine of ten worlds: ${now}${is_moved() ? `; ${at_first}` : ""}.`,
    );
    set("lesson-provenance", `${record.worlds} worlds, seed ${record.seed}`);
    at("lesson-key-register").hidden = !is_revealed();
    at("lesson-key-beside").hidden = !beside;
    const why = setting.dials.reduce(named, record.why);
    parley.basis.show({ ...record, why }, "lesson");
  }

  // Why a view rests on what it does, with a dial as the lesson calls it, and its values as its
  // slider says them; of a dial that moves the ambition of all provisions no provision by its name.
  const OF_PROVISIONS =
    /ambition of “[^”]+” at [\d.]+, not [\d.]+(?:(?:, | and )ambition of “[^”]+” at [\d.]+, not [\d.]+)*(?: and \d+ more)?/;
  function named(words, dial) {
    const { name, label, value, unit, moves } = dial,
      said = words_of(dial),
      now = free.set[name] ?? value;
    if (moves.length > 1)
      return words.replace(
        OF_PROVISIONS,
        `each of the ${moves.length} provisions at ${said(now)} (the Call: ` +
          `${said(value)} on average)`,
      );
    const told = words.replaceAll(spaced(name), label);
    return parley.dials.in_tenths(unit)
      ? told.replaceAll(
          `${label} at ${significant(now)} (was ${significant(value)})`,
          `${label}: ${said(now)}, not ${said(value)}`,
        )
      : told;
  }

  // The name of the line from which somebody is approached, at its foot, where the curves leave
  // most room.
  function begin_of_programme({
    layout: {
      annotations: [launch],
    },
  }) {
    const begins = record.log.find(({ what }) => what === "outreach");
    return begins
      ? [
          {
            ...launch,
            x: record.dates[begins.round - record.first_round],
            y: 0,
            yanchor: "bottom",
            yshift: 2,
            text: "programme begins",
          },
        ]
      : [];
  }

  // The pictures of classics, of the same simulation as the figures to watch.
  function pictures() {
    if (setting.base !== "classic") return;
    fill(
      "lesson-other",
      watched.pictures.map(({ reference }, k) =>
        element(
          "figure",
          {},
          element("div", { className: "picture", id: `lesson-picture-${k}` }),
          element(
            "figcaption",
            { className: "dimmed" },
            `Solid: simulated here; dashed or hollow: known of it. As published: ${reference}`,
          ),
        ),
      ),
    );
    draw_pictures();
  }

  function draw_pictures() {
    for (const [k, { claim, picture: of }] of (watched?.pictures ?? []).entries()) {
      const place = at(`lesson-picture-${k}`),
        width = place?.clientWidth;
      if (!width || place.dataset.width === String(width)) continue;
      place.dataset.width = width;
      place.setAttribute("role", "img");
      place.setAttribute("aria-label", `${claim} ${of.up} by ${of.across}.`);
      place.replaceChildren(parley.pictures.classic(of, width));
    }
  }

  // Talks after talks, as each takes its seconds.
  async function talks() {
    const of = lesson.name,
      asked = parts().join();
    for (const [k, name] of setting.names.entries()) {
      const content = await ask(address("data/negotiate", talks_query(name)));
      if (lesson.name !== of || asked !== parts().join()) return;
      const made = parley.lesson_figures.talks(content),
        old = at("lesson-other").children[k];
      if (old) old.replaceWith(made);
      else at("lesson-other").append(made);
    }
  }

  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (
        target.id === "lesson-chart" &&
        target.open &&
        lesson &&
        target.classList.contains("folds")
      )
        simulate().catch((problem) => say("lesson-problem-run", capital(problem.message)));
    },
    true,
  );
  on("parley:scheme", () => {
    if (lesson) draw();
  });
  addEventListener(
    "resize",
    once_a_frame(() => {
      if (lesson && at("lesson-adoption")) {
        draw();
        draw_pictures();
      }
    }),
  );
  on_click("[data-lesson-kind]", (one) => {
    kind = one.dataset.lessonKind;
    draw();
    document.querySelector(`[data-lesson-kind=${kind}]`)?.focus();
  });
  on_click("[data-lesson-choice]", (one) => {
    const { of, lessonChoice: value } = one.dataset,
      choice = setting.choices.find(({ name }) => name === of);
    if (value === choice.value || free.choose[of] === value) delete free.choose[of];
    else free.choose[of] = value;
    press(one, chosen(choice));
    again();
  });
  on_click("[data-lesson-scenario]", (one) => {
    place = Number(one.dataset.lessonScenario);
    press(one, one.dataset.lessonScenario);
    again();
  });
  const press = (one, value) => {
    for (const each of one.parentElement.children)
      each.setAttribute(
        "aria-pressed",
        (each.dataset.lessonChoice ?? each.dataset.lessonScenario) === value,
      );
  };
  on_click("[data-lesson-reset]", (one) => {
    delete free.set[one.dataset.lessonReset];
    marks();
    again();
  });

  parley.lesson_run = { begin };
})();
