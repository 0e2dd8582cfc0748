// The page Compare: the view of the address, A, and those in its `with`, simulated with the same random streams.
(() => {
  const {at, set, say, busy, element, row, table, wide_table, fill, put, callbacks, address, readable, latest, on, on_click} = parley.dom;
  const {KINDS, change_interval, clear_change, count, day, interval, is_clear, level, more_or_fewer, percent, TO} = parley.format;
  const MOST = 4, LETTERS = "ABCD", NAMED = 3, NINETY = percent(0.9);
  const request = latest(), conduct_request = latest();
  let question = null, comparison = null, conduct = null, was_full = false;
  let kind = null;  // that was chosen, if any was

  async function ask_comparison() {
    if (!at("compare")) return;
    const query = [parley.query(), ...parley.view.with.map(other => `with=${encodeURIComponent(other)}`)].filter(Boolean).join("&");
    at("compare-download").href = `data/compare.csv?${query}`;
    offer();
    if (query === question) return comparison && show();
    question = query;
    busy("compare", true);
    set("compare-provenance", `simulating ${parley.view.with.length ? `${parley.view.with.length + 1} views` : "this view"} …`);
    if (!comparison) chips();
    try {
      const content = await request.ask(address("data/compare", query));
      if (!content) return;
      comparison = content;
      conduct = null;
      offer();
      say("message");
      show();
    } catch (problem) {
      question = comparison = null;
      say("message", problem.message);
      at("compare")?.classList.add("refused");
      chips();
    }
    busy("compare", false);
  }

  function show() {
    at("compare").classList.remove("refused");
    parley.basis.show(comparison);
    set("compare-provenance", `${comparison.worlds} worlds in each view, seed ${comparison.seed}, Parley ${comparison.version}`);
    chips();
    draw();
    const alone = comparison.pairs.length === 0;
    fill("pairs", comparison.pairs.map(pair));
    for (const id of ["pairs-read", "conduct", "compare-download"]) at(id).hidden = alone;
    if (at("conduct").open) ask_conduct();
  }

  // What each letter stands for; where the server refuses one, its entry of the address, so that it can be removed.
  function chips() {
    if (!at("compare")) return;
    const names = comparison?.views.map(view => view.name) ?? ["This view", ...parley.view.with.map(other => other || "The Paris Call, 2018")];
    fill("compared", names.map((name, k) => element("li", {className: `side side-${k}`},
      element("strong", {}, LETTERS[k] ?? "?"), element("span", {}, name),
      ...(k === 0 ? [element("a", {href: `./${location.search}`, "aria-label": "Change view A on Simulate"}, "change")]
        : [...(comparison?.views[k] ? [element("a", {href: address("./", comparison.views[k].query), "aria-label": `Open view ${LETTERS[k]} in Simulate`}, "open")] : []),
          element("button", {className: "reset", dataset: {removeView: k - 1}, "aria-label": `Remove view ${LETTERS[k] ?? ""}: ${name}`}, "remove")]))));
    const full = parley.view.with.length >= MOST - 1;
    // A list that is open stays as it is, unless it has to close.
    if (full !== was_full) for (const name of ["scenario", "lens"]) put(`beside-${name}`, {disabled: full});
    was_full = full;
    Object.assign(at("beside-branchless"), {hidden: parley.view.branch.length === 0, disabled: full});
    at("compare-full").hidden = !full;
  }

  // What is ready to be set beside A, while nothing is: not what A is already, and A as it ships where it was changed.
  function offer() {
    const {scenario} = parley.view, changed = with_changed(parameters => { for (const key of ["scenario", "lens"]) parameters.delete(key); }) !== "";
    const [first, ...others] = [...document.querySelectorAll("[data-beside]")], kept = others.filter(button => button.dataset.beside !== scenario);
    for (const button of [first, ...others]) button.hidden = !kept.includes(button);
    if (changed || scenario !== first.dataset.beside) {
      first.hidden = false;
      if (kept.length > 2) kept[kept.length - 1].hidden = true;
    }
    at("compare-ready").hidden = parley.view.with.length > 0;
  }

  // The kind shown: the one chosen, else the first that a view clearly changes, or changes at all, else states.
  const row_of = ({differences}, kind) => differences.find(({key}) => key === `listed-${kind}`);
  const is_moved = kind => comparison.pairs.some(pair => ["difference", "low_90", "high_90"].some(end => row_of(pair, kind)[end] !== 0));
  const is_changed = kind => comparison.pairs.some(pair => is_clear(row_of(pair, kind).low_90, row_of(pair, kind).high_90));
  const kind_shown = () => kind ?? Object.keys(KINDS).find(is_changed) ?? Object.keys(KINDS).find(is_moved) ?? Object.keys(KINDS)[0];
  // A kind within a sentence: names such as NGOs keep their capitals.
  const words_of = kind => KINDS[kind].replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase());
  const last_day = view => day(view.dates[view.dates.length - 1]);

  function draw() {
    const shown = kind_shown(), {views, pairs, worlds} = comparison, words = words_of(shown);
    put("compare-kind", {value: shown});
    const sentences = pairs.map((pair, k) => [Math.abs(row_of(pair, shown).difference), finding(pair, views[k + 1], shown)]);
    const [first, ...others] = sentences.length ? sentences.sort(([a], [b]) => b - a).map(([, text]) => text) : [alone(views[0])];
    set("compare-finding", first);
    fill("compare-findings", others.map(text => element("p", {}, text)));
    const band = views.length === 1 ? "band" : "bands", whose = views.length > 2 ? " of A" : "", points = parley.figures.registered(views, shown) ? " Points: the register." : "";
    set("compare-reading", `${KINDS[shown]} on the public list, month by month. Line: mean of ${worlds} worlds; ${band}: ${NINETY} of the worlds${whose}.${points}`);
    put("compare-curves", {figure: parley.figures.comparison(views, shown, words)});
  }

  const listing = words => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

  function alone(view) {
    const last = view.dates.length - 1, counts = listing(Object.keys(KINDS).map(kind => `${count(view.listed[kind].mean[last])} ${words_of(kind)}`));
    const registered = Object.keys(KINDS).map(kind => parley.figures.registered([view], kind)).filter(Boolean).map(points => count(points[points.length - 1].count));
    return `${view.label}: ${counts} are on the public list by ${last_day(view)}, on average${registered.length ? `; the register counts ${listing(registered)}` : ""}.`;
  }

  // What another view changes of the public list, in one sentence: a number only where it is clear.
  function finding(pair, view, kind) {
    const {difference, low_90, high_90} = row_of(pair, kind), words = words_of(kind), first = comparison.views[0];
    const when = `on the public list ${last_day(first) === last_day(view) ? `by ${last_day(view)}` : "by the end of each"}`;
    if (low_90 === 0 && high_90 === 0) return `${view.label}: as many ${words} as in A ${when}, in nearly every world.`;
    if (!is_clear(low_90, high_90)) return `${view.label}: no clear difference in ${words} ${when}.`;
    const ends = [low_90, high_90].map(Math.abs).sort((a, b) => a - b);
    return `${view.label}: ${more_or_fewer(difference)} ${words} than in A ${when} (${NINETY} of worlds: ${interval(...ends, count, TO)}).`;
  }

  // Whom another view moves, in a line.
  function whom({up, down, moved}) {
    const some = (rows, number) => number ? listing([...rows.slice(0, NAMED).map(one => one.name), ...(number > NAMED ? [`${count(number - NAMED)} more`] : [])].slice(0, number)) : "nobody";
    if (!moved.up && !moved.down) return "Hardly anybody with a name signs more or less often";
    const [more, less] = [some(up, moved.up), some(down, moved.down)], verb = number => number > 1 ? "sign" : "signs";
    return `${moved.up ? more : "Nobody"} ${verb(moved.up)} more often; ${less} less often`;
  }

  function pair({letter, differences, up, down, moved, basis, why}, k) {
    const view = comparison.views[k + 1], [first, second] = [comparison.views[0], view].map(last_day);
    const when = first === second ? `on ${first}` : `at the end of each, A on ${first} and ${letter} on ${second}`;
    const rows = differences.map(({label, unit, first, second, difference, low_90, high_90}) =>
      row(label, level(first, unit), level(second, unit), element("strong", {}, clear_change(difference, low_90, high_90, unit)),
        element("span", {className: "dimmed"}, change_interval(low_90, high_90, unit))));
    return element("section", {className: "card pair-card", "aria-label": `${letter} less A`},
      element("h2", {}, whom({up, down, moved})),
      element("p", {className: "dimmed"}, `${letter}, ${view.name}, beside A, ${when}: share of worlds in which each has signed; the names that move most.`),
      element("p", {className: "basis"}, parley.basis.tag({basis, why}),
        element("span", {className: "dimmed"}, `${comparison.worlds} pairs of worlds with the same luck, seed ${comparison.seed}`)),
      element("div", {className: "moved-both"}, movers("More often", up, letter), movers("Less often", down, letter)),
      element("h3", {}, `How many: ${letter} less A`),
      wide_table(`Differences, ${letter} less A`, table(["At the end, mean of worlds", "A", letter, "Difference", `In ${NINETY} of pairs`], rows, {className: "differences"})));
  }

  function movers(title, people, letter) {
    if (people.length === 0) return element("p", {className: "dimmed"}, `${title}: nobody with a name.`);
    return table([title, "A", letter], people.map(one => row(one.name, percent(one.first), percent(one.second))));
  }

  async function ask_conduct() {
    if (!comparison || comparison.pairs.length === 0 || conduct === question) return;
    const query = conduct = question, state = at("conduct-state");
    state.textContent = "Simulating conduct over its assumptions, some seconds …";
    fill("conduct-table", []);
    try {
      const content = await conduct_request.ask(address("data/compare/conduct", query));
      if (!content || query !== question || !at("conduct")) return;
      state.textContent = "";
      const fewer = content.worlds < content.asked ? `; ${content.worlds} of the ${content.asked} worlds asked for` : "";
      set("conduct-provenance", parley.conduct.provenance(content) + fewer);
      fill("conduct-table", [parley.conduct.ranges({labels: content.letters.map(letter => `${letter} less A`), rows: content.rows})]);
    } catch (problem) {
      conduct = null;
      state.textContent = problem.message;
    }
  }

  function add(other) {
    if (parley.view.with.length >= MOST - 1) return;
    parley.view.with = [...parley.view.with, other];
    parley.write();
    ask_comparison();
  }

  // A scenario as it ships, under the lens of A.
  function beside(scenario) {
    const parameters = new URLSearchParams(scenario === "paris-call-2018" ? {} : {scenario});
    if (parley.view.lens) parameters.set("lens", parley.view.lens);
    add(parameters.toString());
  }

  // The view of the address with some of it changed, as a query of its own; its worlds and seed are those of A.
  function with_changed(change) {
    const parameters = new URLSearchParams(parley.query());
    for (const key of ["worlds", "seed"]) parameters.delete(key);
    change(parameters);
    return readable(parameters);
  }

  on("parley:view parley:record", ask_comparison);
  on("parley:page", () => { conduct = null; });
  on("parley:scheme", () => { if (at("compare") && comparison) draw(); });
  document.addEventListener("toggle", event => { if (event.target.id === "conduct" && event.target.open) ask_conduct(); }, true);
  on_click("[data-remove-view]", button => {
    const place = Number(button.dataset.removeView);
    parley.view.with = parley.view.with.filter((_, k) => k !== place);
    parley.write();
    ask_comparison();
    at("beside-scenario")?.focus();
  });
  on_click("[data-beside]", button => { beside(button.dataset.beside); at("compared").querySelector("[data-remove-view]")?.focus(); });
  on_click("#beside-branchless", () => add(with_changed(parameters => parameters.delete("branch"))));

  callbacks({
    on_beside_scenario(scenario) {
      if (!scenario) return;
      put("beside-scenario", {value: null});
      beside(scenario);
    },
    on_compare_kind(value) {
      if (!comparison || value === kind_shown()) return;
      kind = value;
      draw();
    },
    on_beside_lens(lens) {
      if (!lens) return;
      put("beside-lens", {value: null});
      add(with_changed(parameters => parameters.set("lens", lens)));
    },
  });
})();
