// The page Compare: the view of the address, A, and those in its `with`, simulated with the same random streams.
(() => {
  const {at, set, say, busy, element, row, table, wide_table, fill, put, callbacks, address, readable, latest, on, on_click} = parley.dom;
  const {KINDS, change, change_interval, day, level, percent} = parley.format;
  const MOST = 4, LETTERS = "ABCD";
  const request = latest(), conduct_request = latest();
  let question = null, comparison = null, conduct = null;

  async function ask_comparison() {
    if (!at("compare")) return;
    const query = [parley.query(), ...parley.view.with.map(other => `with=${encodeURIComponent(other)}`)].filter(Boolean).join("&");
    at("compare-download").href = `data/compare.csv?${query}`;
    if (query === question && comparison) return show();
    question = query;
    busy("compare", true);
    set("compare-provenance", `simulating ${parley.view.with.length ? `${parley.view.with.length + 1} views` : "this view"} …`);
    if (!comparison) chips();
    try {
      const content = await request.ask(address("data/compare", query));
      if (!content) return;
      comparison = content;
      conduct = null;
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
    const nothing = element("p", {className: "dimmed"}, "Add a scenario or a lens above, and its differences from A are listed here.");
    fill("pairs", alone ? [nothing] : comparison.pairs.map(pair));
    for (const id of ["pairs-read", "conduct"]) at(id).hidden = alone;
    if (at("conduct").open) ask_conduct();
  }

  // What each letter stands for; where the server refuses one, its entry of the address, so that it can be removed.
  function chips() {
    if (!at("compare")) return;
    const names = comparison?.views.map(view => view.name) ?? ["This view", ...parley.view.with.map(other => other || "The Paris Call, 2018")];
    fill("compared", names.map((name, k) => element("li", {className: `side side-${k}`},
      element("strong", {}, LETTERS[k] ?? "?"), element("span", {}, name),
      k === 0 ? element("a", {href: `./${location.search}`, "aria-label": "Change view A on Simulate"}, "change")
        : element("button", {className: "reset", dataset: {removeView: k - 1}, "aria-label": `Remove view ${LETTERS[k] ?? ""}: ${name}`}, "remove"))));
    const full = parley.view.with.length >= MOST - 1;
    for (const name of ["scenario", "lens"]) put(`beside-${name}`, {disabled: full});
    Object.assign(at("beside-branchless"), {hidden: parley.view.branch.length === 0, disabled: full});
    at("compare-full").hidden = !full;
  }

  function draw() {
    for (const kind of Object.keys(KINDS)) put(`compare-${kind}`, {figure: parley.figures.comparison(comparison.views, kind)});
  }

  function pair({letter, differences, up, down, basis, why}, k) {
    const view = comparison.views[k + 1], [first, second] = [comparison.views[0], view].map(side => day(side.dates[side.dates.length - 1]));
    const when = first === second ? `on ${first}` : `at the end of each, A on ${first} and ${letter} on ${second}`;
    const rows = differences.map(({label, unit, first, second, difference, low_90, high_90}) =>
      row(label, level(first, unit), level(second, unit), element("strong", {}, change(difference, unit)),
        element("span", {className: "dimmed"}, change_interval(low_90, high_90, unit))));
    return element("section", {className: "card pair-card", "aria-label": `${letter} less A`},
      element("h2", {}, `${letter} less A`),
      element("p", {className: "dimmed"}, `${view.name}, beside A, ${when}.`),
      element("p", {className: "basis"}, parley.basis.tag({basis, why}),
        element("span", {className: "dimmed"}, `${comparison.worlds} pairs of worlds with the same luck, seed ${comparison.seed}`)),
      wide_table(`Differences, ${letter} less A`, table(["At the end, mean of worlds", "A", letter, "Difference", "In 90 % of pairs"], rows, {className: "differences"})),
      element("h3", {}, "Who changed sides"),
      element("p", {className: "dimmed"}, "Share of simulated worlds in which each has signed by the end."),
      element("div", {className: "moved-both"}, movers("More often", up, letter), movers("Less often", down, letter)));
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
      set("conduct-provenance", parley.conduct.provenance(content));
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

  // The view of the address with some of it changed, as a query of its own; its worlds and seed are those of A.
  function with_changed(change) {
    const parameters = new URLSearchParams(parley.query());
    for (const key of ["worlds", "seed"]) parameters.delete(key);
    change(parameters);
    return readable(parameters);
  }

  on("parley:record", ask_comparison);
  on("parley:page", () => { conduct = null; if (parley.record) ask_comparison(); });
  on("parley:scheme", () => { if (at("compare") && comparison) draw(); });
  document.addEventListener("toggle", event => { if (event.target.id === "conduct" && event.target.open) ask_conduct(); }, true);
  on_click("[data-remove-view]", button => {
    const place = Number(button.dataset.removeView);
    parley.view.with = parley.view.with.filter((_, k) => k !== place);
    parley.write();
    ask_comparison();
    at("beside-scenario")?.focus();
  });
  on_click("#beside-branchless", () => add(with_changed(parameters => parameters.delete("branch"))));

  callbacks({
    on_beside_scenario(scenario) {
      if (!scenario) return;
      put("beside-scenario", {value: null});
      const parameters = new URLSearchParams(scenario === "paris-call-2018" ? {} : {scenario});
      if (parley.view.lens) parameters.set("lens", parley.view.lens);
      add(parameters.toString());
    },
    on_beside_lens(lens) {
      if (!lens) return;
      put("beside-lens", {value: null});
      add(with_changed(parameters => parameters.set("lens", lens)));
    },
  });
})();
