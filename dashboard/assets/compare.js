// The page Compare: the view of the address, A, and those in its `with`, simulated with the same
// random streams.
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
  const { KINDS, capital, listing, options, percent } = parley.format,
    { words_of } = parley.pairs;
  const CLOSE = 0.1; // of the longest list, under which two lines hide each other
  const SETTLES = 150; // milliseconds until a window has its size
  const MOST = 4,
    LONGEST = 40,
    LETTERS = "ABCD",
    NINETY = percent(0.9),
    PAIRWISE = "pair by pair";
  const request = latest(),
    conduct_request = latest(),
    wider_request = latest(),
    example_request = latest();
  let question = null,
    comparison = null,
    conduct = null,
    conduct_shown = null,
    was_full = false,
    wide = innerWidth,
    resized = null;
  let is_opened = false,
    // the fold of conduct, by no press; the curves, by a press, where nobody moves
    is_unfolded = false;
  let kind = null; // that was chosen, if any was
  let left_out = []; // what of the link could not be read

  async function ask_comparison() {
    if (!at("compare")) return;
    const query = [
      parley.query(),
      ...parley.view.with.map((other) => `with=${encodeURIComponent(other)}`),
    ]
      .filter(Boolean)
      .join("&");
    at("compare-download").href = `data/compare.csv?${query}`;
    offer();
    if (query === question) return comparison && show();
    question = query;
    is_unfolded = false;
    for (const each of [wider_request, conduct_request, example_request]) each.cancel();
    busy("compare", true);
    set(
      "compare-provenance",
      "simulating " +
        `${parley.view.with.length ? `${parley.view.with.length + 1} views` : "this view"} …`,
    );
    if (!comparison) chips(["", ...parley.view.with].map(() => "…"));
    try {
      const content = await request.ask(address("data/compare", query));
      if (!content) return;
      comparison = content;
      offer();
      say("message");
      show();
      // where nobody moves, harm is the finding
      const [first, then] = is_alike() ? [ask_harm, ask_other_fits] : [ask_other_fits, ask_harm];
      first(content).then(() => then(content));
      ask_example();
    } catch (problem) {
      question = comparison = null;
      if (problem.unread?.length) return leave_out(problem.unread);
      say("message", problem.message);
      at("compare")?.classList.add("refused");
      chips(["This view", ...parley.view.with.map((other) => other || "The Paris Call, 2018")]);
      set("view-a", "the view of this link");
    }
    busy("compare", false);
  }

  // What of the link the server cannot read does not stand beside A, nor in the address any more.
  function leave_out(entries) {
    left_out = entries;
    parley.view.with = parley.view.with.filter((other) => !entries.includes(other));
    parley.write();
    ask_comparison();
  }
  function tell_left_out() {
    const is_alone = parley.view.with.length === 0,
      named = listing(
        left_out.map(
          (entry) => `“${entry.length > LONGEST ? `${entry.slice(0, LONGEST)}…` : entry}”`,
        ),
      );
    const words = is_alone
      ? `This link names no view that can be compared, but ${named}.`
      : `What else this link names, ${named}, cannot be compared, so it is left out.`;
    say("message", words);
    if (is_alone)
      at("message").append(element("span", { className: "on-screen" }, " Press one of these:"));
  }

  // The same pairs under other fits, asked for once those of the best fit are told.
  async function ask_other_fits(of_best) {
    if (!of_best.other_fits || !of_best.pairs.length) return;
    const content = await or_null(wider_request.ask(address("data/compare", of_best.other_fits)));
    if (comparison !== of_best || !at("compare")) return;
    of_best.wider = content?.pairs ?? null;
    parley.compare_tables.fill_power(of_best);
    draw();
  }

  // Where nothing stands beside the Paris Call as it was, what the first comparison offered finds:
  // one more run, and the likeliest press.
  async function ask_example() {
    const place = at("compare-example"),
      button = [...document.querySelectorAll("[data-beside]")].find((each) => !each.hidden);
    place.hidden =
      parley.view.with.length > 0 || !parley.beside_the_call.is_baseline(parley.view) || !button;
    if (place.hidden) return;
    const query = [parley.query(), `with=${encodeURIComponent(entry_of(button))}`]
      .filter(Boolean)
      .join("&");
    const is_here = () => at("compare-example") && !parley.view.with.length;
    const tell = (content) =>
      fill("compare-example", [
        "For example, " +
          `${parley.pairs.in_sentence(parley.comparing.of(content).alone(Object.keys(KINDS)[0]))} `,
        parley.basis.tag(content.pairs[0]),
      ]);
    const content = await or_null(example_request.ask(address("data/compare", query)));
    if (!is_here()) return;
    place.hidden = !content;
    if (!content) return;
    tell(content);
    const wide =
      content.other_fits &&
      (await or_null(example_request.ask(address("data/compare", content.other_fits))));
    if (wide && is_here()) tell({ ...content, wider: wide.pairs });
  }

  // Where a view moves nobody, or lies far outside the data, what all do to harm, which is asked
  // for without a press; where a range is not here, null.
  async function ask_harm(of_best) {
    if (comparison !== of_best || !parley.comparing.of(of_best).tells_harm()) return;
    const content = await or_null(conduct_of(question));
    if (comparison !== of_best || !at("compare")) return;
    const of_all = (name) =>
      content?.rows.find(({ outcome, group }) => outcome === name && group === "all");
    const by_letter = (row) =>
      row ? Object.fromEntries(content.letters.map((letter, k) => [letter, row.ranges[k]])) : null;
    const prevented = of_all("harm_prevented");
    if (!prevented) conduct = null;
    Object.assign(of_best, {
      conduct: by_letter(prevented),
      strikes: by_letter(of_all("strikes")),
    });
    draw();
    if (prevented && is_alike() && !at("conduct").open) at("conduct").open = is_opened = true;
  }

  // Whether no view changes who signs: then conduct comes first, and is open once it is known.
  const is_alike = () =>
    comparison.pairs.length > 0 && comparison.pairs.every(parley.comparing.of(comparison).is_still);

  function show() {
    at("compare").classList.remove("refused");
    if (left_out.length) tell_left_out();
    at("compare-download").dataset.file = comparison.file;
    parley.basis.show(comparison);
    set(
      "compare-provenance",
      `${comparison.worlds} ${comparison.of_worlds} in each view, seed ${comparison.seed}, Parley ` +
        `${comparison.version}`,
    );
    chips();
    at("compare").classList.toggle("is-alike", is_alike());
    draw();
    const alone = comparison.pairs.length === 0;
    fill("pairs", parley.compare_tables.cards(comparison));
    for (const id of ["pairs-read", "conduct", "compare-download"]) at(id).hidden = alone;
    if (is_opened) at("conduct").open = is_opened = false;
    const above = is_alike() ? at("pairs").previousElementSibling : at("power-counts");
    if (above !== at("conduct") && above.nextElementSibling !== at("conduct"))
      above.after(at("conduct"));
    if (at("conduct").open) ask_conduct();
  }

  // What each letter stands for; before that is here, what they are called *meanwhile*: where the
  // server refuses one, its entry of the address, so that it can be removed.
  function chips(meanwhile) {
    if (!at("compare")) return;
    const names = comparison ? comparison.views.map((view) => capital(view.called)) : meanwhile;
    fill(
      "compared",
      names.map((name, k) =>
        element(
          "li",
          { className: `side side-${k}` },
          element("strong", {}, LETTERS[k] ?? "?"),
          element("span", { title: comparison?.views[k]?.name ?? "" }, name),
          ...(k === 0
            ? [
                element(
                  "a",
                  { href: `./${location.search}`, "aria-label": "Change view A on Simulate" },
                  "change",
                ),
              ]
            : [
                ...(comparison?.views[k]
                  ? [
                      element(
                        "a",
                        {
                          href: address("./", comparison.views[k].query),
                          "aria-label": `Open view ${LETTERS[k]} in Simulate`,
                        },
                        "open",
                      ),
                    ]
                  : []),
                element(
                  "button",
                  {
                    className: "reset",
                    dataset: { removeView: k - 1 },
                    "aria-label": `Remove view ${LETTERS[k] ?? ""}: ${name}`,
                  },
                  "remove",
                ),
              ]),
        ),
      ),
    );
    set("view-a", comparison?.views[0].name ?? "");
    const full = parley.view.with.length >= MOST - 1;
    // A list that is open stays as it is, unless it has to close.
    if (full !== was_full)
      for (const name of ["scenario", "lens", "convenor"])
        put(`beside-${name}`, { disabled: full });
    was_full = full;
    Object.assign(at("beside-branchless"), {
      hidden: parley.view.branch.length === 0 || parley.view.with.includes(without_branch()),
      disabled: full,
    });
    Object.assign(at("beside-monitored"), {
      hidden:
        !(parley.view.set.sanctions > 0) ||
        "monitoring" in parley.view.set ||
        parley.view.with.includes(with_monitoring()),
      disabled: full,
    });
    at("compare-full").hidden = !full;
  }

  // What is ready to be set beside A: not what A is already, and A as it ships where it was
  // changed. What stands beside it is marked.
  function offer() {
    const { scenario } = parley.view,
      changed =
        with_changed((parameters) => {
          for (const key of ["scenario", "lens"]) parameters.delete(key);
        }) !== "";
    const [first, ...others] = [...document.querySelectorAll("[data-beside]")];
    const kept = others.filter(({ dataset: { beside, sets } }) =>
      sets
        ? Object.keys(JSON.parse(sets)).every((name) => !(name in parley.view.set))
        : beside !== scenario,
    );
    for (const button of [first, ...others]) {
      const is_beside = parley.view.with.includes(entry_of(button));
      button.hidden = !kept.includes(button);
      button.setAttribute("aria-pressed", is_beside);
      button.disabled = !is_beside && parley.view.with.length >= MOST - 1;
    }
    if (changed || scenario !== first.dataset.beside) {
      first.hidden = false;
      if (kept.length === others.length) kept[kept.length - 1].hidden = true;
    }
    at("compare").classList.toggle("is-alone", parley.view.with.length === 0);
  }

  // The kind told first: the one chosen, else states, which most ask about; where they may not sign
  // in every view, the first that may. The kind shown is the same, unless nobody chose it and no
  // sentence tells a change of it: then the one that differs in most views, and most clearly.
  const kind_first = () => kind ?? Object.keys(KINDS).find(open_in_all) ?? Object.keys(KINDS)[0];
  const open_in_all = (kind) => parley.comparing.of(comparison).open_in_all(kind);
  const differing = (each) =>
    comparison.pairs.filter((pair) => {
      const change = parley.comparing.change_of(pair, each),
        { is_told, is_same } = parley.comparing.told(change);
      return is_told && !is_same && change.median !== 0;
    }).length;
  // In how many more pairs of worlds it goes one way than the other, by the view where those are
  // most.
  const clearness = (each) =>
    Math.max(
      ...comparison.pairs.map(({ agreement }) =>
        Math.abs(agreement[each].pairs_more - agreement[each].pairs_fewer),
      ),
    );
  const clearest = () =>
    Object.keys(KINDS)
      .filter((each) => open_in_all(each) && differing(each))
      .sort((a, b) => differing(b) - differing(a) || clearness(b) - clearness(a))[0];
  const is_headline = (each) =>
    differing(each) > 0 ||
    comparison.pairs.some(({ coalitions }) => coalitions && each === "state");
  const kind_shown = () =>
    kind ?? (is_headline(kind_first()) ? kind_first() : (clearest() ?? kind_first()));

  function draw() {
    const { pairs } = comparison,
      shown = kind_shown(),
      lead = kind_first(),
      { finding, how_sure, anyway } = parley.comparing.of(comparison);
    put("compare-kind", { value: shown });
    if (pairs.length === 0) return fill("compare-finding", []);
    fill("compare-finding", finding(lead));
    at("compare-finding").classList.toggle("of-several", pairs.length > 1);
    set("compare-sure", `${how_sure(lead)}${why_first(lead)}`);
    const choice = pairs.find((pair) => anyway(pair));
    draw_harm();
    at("compare-elsewhere").hidden = choice?.anyway.who.length !== 1 || !choice.anyway.signs;
    fill("compare-findings", [parley.compare_tables.glance(comparison, shown)]);
    at("pairs-luck").hidden = !document.querySelector(
      "#compare-findings .is-luck, #pairs .is-luck",
    );
    const {
      figure: { names, ...figure },
      reading,
    } = is_drawn_as_difference(shown) ? difference(shown) : levels(shown);
    fill("compare-reading", [...why_shown(shown), ...reading.map(drawn)]);
    fill(
      "compare-key",
      names.map(({ place, words }) =>
        element(
          "li",
          {},
          element("i", {
            className: place === null ? "key-point" : `key-line side-${place}`,
            "aria-hidden": "true",
          }),
          words,
        ),
      ),
    );
    at("compare-curves").dataset.finding = parley.comparing.of(comparison).title(shown);
    put("compare-curves", { figure });
  }

  // Harm prevented, wherever it is asked for: where none moves anybody in the place of the curves,
  // which wait for a press, else below them.
  function draw_harm() {
    const harm = at("compare-harm"),
      is_folded = is_alike() && comparison.conduct !== null && !is_unfolded,
      figure = document.querySelector(".compare-figure");
    fill(
      "compare-harm",
      comparison.conduct
        ? parley.figures.harm(comparison, parley.comparing.of(comparison).is_named_with_harm)
        : [],
    );
    at("compare").classList.toggle("is-folded", is_folded);
    const open = Object.keys(KINDS).filter(open_in_all),
      among =
        open.length < Object.keys(KINDS).length
          ? `Among ${listing(open.map((each) => words_of(each)))}, who`
          : "Who";
    set("compare-flat-words", `${among} signs hardly changes, so the curves lie on each other.`);
    at("compare-flat").hidden = !is_folded;
    if (is_alike()) at("compare-finding").after(harm);
    else figure.after(harm);
  }

  // All views over each other; of one far outside the data, where the one beside would come to with
  // other fits.
  function levels(shown) {
    const { views, pairs, worlds, reference } = comparison,
      points = parley.figures.registered(views, shown) ? " Points: the register." : "",
      { ends_in_other_fits, held } = parley.comparing.of(comparison);
    const [band, whose] =
        views.length > 2 ? ["band", `those of ${LETTERS[reference]}`] : ["bands", "them"],
      { median } = views[reference].listed[shown],
      level = median[median.length - 1];
    const others = Object.fromEntries(
      pairs
        .map((pair) => [pair, ends_in_other_fits(pair, shown)])
        .filter(([, ends]) => ends && ends[0] !== ends[1])
        .map(([pair, ends]) => [
          pair.place,
          {
            ends: ends.map((end) => Math.max(level + end, 0)),
            is_best: parley.comparing.is_far(pair),
          },
        ]),
    );
    return {
      figure: parley.figures.comparison(views, shown, words_of(shown), reference, others),
      reading: [
        `${KINDS[shown]} on the public list. Line: median of ${worlds} worlds; ` +
          `${band}: ${NINETY} of ${whose}, ${held()}`,
        ...(views.length > 2 ? ["; ", key("luck"), " that of the others, at the end"] : []),
        ...(Object.keys(others).length
          ? [
              "; ",
              key("other"),
              ` ${pairs.length > 1 ? "each" : pairs[0].letter} with other fits, from ` +
                `the end of ${LETTERS[reference]}`,
            ]
          : []),
        `.${points}`,
      ],
    };
  }

  // Views whose lines would hide each other are drawn as what each has more than the one beside.
  function is_drawn_as_difference(shown) {
    const { views, pairs, reference } = comparison,
      beside = views[reference];
    if (
      !open_in_all(shown) ||
      pairs.some(
        (pair) => pair.by_month.dates.length < 2 || views[pair.place].dates[0] !== beside.dates[0],
      )
    )
      return false;
    const a = beside.listed[shown].median,
      is_close = ({ place }) => {
        const b = views[place].listed[shown].median;
        return (
          Math.max(...a.slice(0, b.length).map((value, t) => Math.abs(b[t] - value))) <
          CLOSE * Math.max(...a, ...b)
        );
      };
    return (
      pairs.every(is_close) &&
      pairs.some(({ by_month }) =>
        [...by_month[shown].low_90, ...by_month[shown].high_90].some(Boolean),
      )
    );
  }

  function difference(shown) {
    const { worlds, reference, pairs, views } = comparison,
      { told, row_of } = parley.comparing,
      { ends_in_other_fits, held } = parley.comparing.of(comparison),
      [{ letter, beside, supposed }] = pairs,
      is_one = pairs.length === 1,
      own = is_one ? supposed[shown] : null;
    const lines = pairs.map((pair) => {
      const { words, is_told, is_level } = told(row_of(pair, shown)),
        has_side = is_told && !is_level,
        line = {
          ...pair,
          other_fits: ends_in_other_fits(pair, shown),
          label: views[pair.place].label,
        };
      const lies_on = !is_one && pair.by_month[shown].median.every((value) => value === 0),
        alike = `${pair.letter} lies on ${pair.beside}`;
      return lies_on
        ? { ...line, short: alike, words: alike }
        : {
            ...line,
            short: `${pair.letter}: ${words}`,
            words: `${is_one && has_side ? "" : `${pair.letter}: `}${words}${has_side ? ` than ${pair.beside}` : ""}`,
          };
    });
    return {
      figure: parley.figures.difference(lines, shown, reference),
      reading: [
        `${KINDS[shown]} on the public list, month by month: what ` +
          `${is_one ? `${letter} has` : "each view has"} more than ${beside}, ` +
          `${PAIRWISE}${own ? `, with those ${own.words}` : ""}. Line: median of ` +
          `${worlds} pairs; `,
        ...(is_one ? ["band: "] : [key("luck"), " "]),
        `${NINETY} of them, ${held()}`,
        ...(lines.some(({ other_fits }) => other_fits)
          ? ["; ", key("other"), ` ${NINETY} with other fits`]
          : []),
        ".",
      ],
    };
  }

  // What a span at the end of a line looks like, within the words that say what it holds; in a
  // picture it is named.
  const SPANS = { luck: "thick upright bar:", other: "upright bar with ends:" };
  const key = (name) => ({ key: name });
  const drawn = (part) =>
    part.key ? element("span", { className: `span-key ${part.key}`, "aria-hidden": "true" }) : part;

  // What the curves show, for a picture of them: the kind, the views, how to read it, and beside
  // which view they are drawn as differences, if so; null where nothing is drawn.
  function curves() {
    if (!comparison?.pairs.length) return null;
    const { views, reference } = comparison,
      kind = kind_shown(),
      is_difference = is_drawn_as_difference(kind),
      { reading } = is_difference ? difference(kind) : levels(kind);
    const named = views.toReversed().map(({ label, letter }) => `${capital(label)} (${letter})`);
    return {
      kind,
      sides: listing(named),
      reading: reading.map((part) => (part.key ? SPANS[part.key] : part)).join(""),
      less_whom: is_difference ? views[reference].letter : null,
      has_register: !is_difference && parley.figures.registered(views, kind),
    };
  }

  // Why another kind than states stands first, where nobody chose it.
  function why_first(shown) {
    const [usual] = Object.keys(KINDS);
    return kind || shown === usual
      ? ""
      : ` ${KINDS[shown]} come first here, as ${words_of(usual)} may not sign in every view.`;
  }

  // Why the figure opens on another kind than the finding, where nobody chose it.
  function why_shown(shown) {
    return kind || shown === kind_first()
      ? []
      : [
          element("strong", {}, `${KINDS[shown]} change most clearly, so they are drawn first.`),
          " ",
        ];
  }

  // What the views of *query* change in conduct, asked for once.
  function conduct_of(query) {
    if (conduct?.query !== query)
      conduct = { query, answer: conduct_request.ask(address("data/compare/conduct", query)) };
    return conduct.answer;
  }

  async function ask_conduct() {
    if (!comparison || comparison.pairs.length === 0 || conduct_shown === question) return;
    const query = (conduct_shown = question),
      state = at("conduct-state");
    state.textContent = "Simulating conduct over its assumptions, some seconds …";
    fill("conduct-table", []);
    try {
      const content = await conduct_of(query);
      if (!content || query !== question || !at("conduct")) return;
      state.textContent = "";
      set("conduct-provenance", parley.conduct.provenance(content));
      fill("conduct-table", [
        parley.conduct.ranges({
          labels: [
            content.beside,
            ...content.letters.map((letter) => `${letter} compared with ${content.beside}`),
          ],
          rows: content.rows.map((each) => ({ ...each, ranges: [each.was, ...each.ranges] })),
          levels: 1,
        }),
      ]);
    } catch (problem) {
      conduct = conduct_shown = null;
      state.textContent = problem.message;
    }
  }

  function add(other) {
    if (parley.view.with.length >= MOST - 1) return;
    parley.view.with = [...parley.view.with, other];
    left_out = [];
    parley.write();
    ask_comparison();
  }

  // A scenario as it ships, under the lens of A, as an entry of the address.
  function as_it_ships(scenario) {
    const parameters = new URLSearchParams(scenario === "paris-call-2018" ? {} : { scenario });
    if (parley.view.lens) parameters.set("lens", parley.view.lens);
    return parameters.toString();
  }

  // What a button offers, as an entry of the address: a scenario, or what its rules change of A.
  function entry_of({ dataset: { beside, sets } }) {
    return sets ? with_sets(JSON.parse(sets)) : as_it_ships(beside);
  }

  function remove(place) {
    parley.view.with = parley.view.with.filter((_, k) => k !== place);
    left_out = [];
    parley.write();
    ask_comparison();
  }

  // The view of the address with some of it changed, as a query of its own; its worlds and seed are
  // those of A.
  function with_changed(change) {
    const parameters = new URLSearchParams(parley.query());
    for (const key of ["worlds", "seed"]) parameters.delete(key);
    change(parameters);
    return readable(parameters);
  }

  const without_branch = () => with_changed((parameters) => parameters.delete("branch"));

  const with_sets = (sets) =>
    with_changed((parameters) => {
      for (const [name, value] of Object.entries(sets))
        parameters.append("set", `${name}:${value}`);
    });

  // Sanctions alone beside sanctions with monitoring, its sister among the rules of a text.
  const with_monitoring = () => with_sets(JSON.parse(at("beside-monitored").dataset.sets));

  // Every state may convene but the one that does in A, as far as the address says.
  function states() {
    if (!at("compare") || !parley.people) return;
    const all = Object.keys(parley.people).filter(
      (id) => parley.people[id].kind === "state" && id !== parley.view.convenor,
    );
    put("beside-convenor", { data: options(all) });
  }

  function pictures() {
    for (const place of document.querySelectorAll("[data-pictures]"))
      if (!place.childElementCount) place.append(parley.figures.change(place.dataset.pictures));
  }

  parley.compared_curves = curves;
  on("parley:page", pictures);
  on("parley:view parley:record", ask_comparison);
  on("parley:people parley:page", states);
  on("parley:page", () => {
    conduct = conduct_shown = null;
    left_out = [];
  });
  on("parley:refused", () => at("compare")?.classList.add("is-unread")); // A itself
  on("parley:scheme", () => {
    if (at("compare") && comparison) draw();
  });
  // Another width has other ticks, and names above the figure or beside it.
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      if (innerWidth === wide) return;
      wide = innerWidth;
      if (at("compare") && comparison) draw();
    }, SETTLES);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.id === "conduct" && event.target.open) ask_conduct();
    },
    true,
  );
  on_click("[data-remove-view]", (button) => {
    remove(Number(button.dataset.removeView));
    at("beside-scenario")?.focus();
  });
  on_click("[data-beside]", (button) => {
    const entry = entry_of(button),
      place = parley.view.with.indexOf(entry);
    if (place < 0) add(entry);
    else remove(place);
  });
  on_click("#compare-unfold", () => {
    is_unfolded = true;
    draw();
    at("compare-kind").querySelector("input:checked")?.focus();
  });
  on_click("#beside-branchless", () => add(without_branch()));
  on_click("#beside-monitored", () => add(with_monitoring()));

  callbacks({
    on_beside_scenario(scenario) {
      if (!scenario) return;
      put("beside-scenario", { value: null });
      add(as_it_ships(scenario));
    },
    on_compare_kind(value) {
      if (!comparison || value === kind_shown()) return;
      kind = value;
      draw();
    },
    on_beside_convenor(convenor) {
      if (!convenor) return;
      put("beside-convenor", { value: null });
      add(with_changed((parameters) => parameters.set("convenor", convenor)));
    },
    on_beside_lens(lens) {
      if (!lens) return;
      put("beside-lens", { value: null });
      add(with_changed((parameters) => parameters.set("lens", lens)));
    },
  });
})();
