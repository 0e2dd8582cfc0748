// The page Code designer: a text beside the present one, who signs under one of them alone, the frontier, and conduct as
// ranges.
(() => {
  const {at, set, element, row, table, fill, put, put_if_there, callbacks, address, ask, on, on_click} = parley.dom;
  const {KIND, KINDS, capital, change: changed_by, change_interval, count, decimal, extent, lens, level, percent} = parley.format;
  const POSITION = ["text_openness", "text_public_rule"], RULES = ["monitoring", "sanctions"], SHOWN = 8, PAUSE = 400, LATER = 500;  // rows; milliseconds
  const here = () => Boolean(at("designer")) && Boolean(parley.record?.text);
  const is_wording = name => name.startsWith("ambition_") || POSITION.includes(name);
  const of_the_text = name => is_wording(name) || RULES.includes(name);
  const range = ([low, high]) => `${extent(low, high)}\u00a0%`;
  let by = "signatories_state", what = "harm_prevented/all", frame = null, frontier = null, by_depth = null, conduct = null, timer = null, ticks = null, quiet = false;

  function show() {
    if (!here()) return;
    const {record} = parley, changed = record.query !== record.present_query;
    const rows = Object.fromEntries(record.differences.map(row => [row.key, row]));
    at("designer").classList.remove("refused");
    set("design-provenance", `${record.title}, ${record.worlds} worlds under each text and the same luck, seed ${record.seed}, ${lens(record.lens)}, Parley ${record.version}`);
    for (const kind of Object.keys(KINDS)) number(kind, rows[`signatories-${kind}`]);
    number("power", rows.power_share);
    const {present, designed} = record.text;
    set("design-depth", decimal(designed.depth));
    set("present-depth", decimal(present.depth));
    for (const name of ["restraint", "burden"]) {
      set(`depth-${name}`, [...new Set([present, designed].map(text => decimal(text[`depth_${name}`])))].join(" → "));
    }
    const both = kind => `${level(rows[`signatories-${kind}`].first)} → ${level(rows[`signatories-${kind}`].second)}`;
    set("design-said", changed ? `Present → designed: states ${both("state")}, firms ${both("firm")}, NGOs ${both("ngo")}; depth ${decimal(present.depth)} → ${decimal(designed.depth)}.${record.why && ` ${capital(parley.basis.word(record))}.`}`
      : "This is the present text. Move its position or a provision, and its numbers change here.");
    at("designer").classList.toggle("is-present", !changed);
    at("reset-text").hidden = !changed;
    at("open-simulate").href = address("./", record.query);
    at("open-compare").href = address("compare", record.present_query, `with=${encodeURIComponent(record.query)}`);
    for (const link of document.querySelectorAll(".design-data")) link.search = record.query;
    for (const link of document.querySelectorAll(".frontier-data")) link.search = record.present_query;
    for (const [name, {verdict, numbers}] of Object.entries(record.effects)) {
      set(`verdict-${name}`, verdict);
      set(`numbers-${name}`, numbers);
    }
    for (const way of ["up", "down"]) people(way, record[way], changed);
    controls(record);
    requestAnimationFrame(() => setTimeout(draw)); // the numbers first
    at("designer").dataset.slow = "yes";
    clearTimeout(timer);
    timer = setTimeout(ask_conduct, PAUSE);
    ask_frame();
  }

  function number(name, {unit, first, second, difference, low_90, high_90}) {
    set(`design-${name}`, level(second, unit));
    set(`present-${name}`, level(first, unit));
    set(`change-${name}`, changed_by(difference, unit));
    set(`interval-${name}`, `${change_interval(low_90, high_90, unit)} in 90 % of pairs`);
  }

  // The tick at the present text, and who may sign; the sliders themselves follow assets/view.js.
  function controls({settings, text}) {
    const present = Object.entries(settings).filter(([name]) => of_the_text(name)), key = JSON.stringify(present);
    if (key !== ticks) for (const [name, value] of present) put_if_there({name, type: "dial"}, {marks: [{value}]});
    ticks = key;
    quiet = true;
    put("may-sign", {value: text.designed.may_sign});
    setTimeout(() => { quiet = false; }, 0);
    at("may-sign-box").classList.toggle("is-moved", Boolean(parley.view.may_sign));
  }

  function people(way, rows, changed) {
    set(`count-${way}`, rows.length ? `${rows.length} with a name` : "");
    const person = ({id, name, kind, first, second}) => row([
      element("a", {href: address("stakeholder", parley.record.query, `who=${encodeURIComponent(id)}`)}, name),
      ...(kind === "state" ? [] : [element("span", {className: "dimmed"}, ` ${KIND[kind]}`)]),
    ], percent(first), percent(second));
    const part = rows => table(["Who", "Present", "Designed"], rows.map(person));
    const rest = rows.slice(SHOWN), nobody = changed ? "Nobody with a name." : "Nobody yet: this is the present text.";
    fill(`people-${way}`, [
      rows.length ? part(rows.slice(0, SHOWN)) : element("p", {className: "dimmed"}, nobody),
      ...(rest.length ? [element("details", {}, element("summary", {}, `The other ${rest.length}`), part(rest))] : []),
    ]);
  }

  function draw() {
    if (!here()) return;
    if (frontier) put("frontier", {figure: parley.figures.participation(frontier, parley.record, by)});
    const own = parley.record.query === parley.record.present_query ? null : conduct?.rows.find(row => row.outcome === "harm_prevented").designed;
    if (by_depth) put("by-depth", {figure: parley.figures.by_depth(by_depth, parley.record, what, own)});
    if (by_depth) set("by-depth-said", parley.figures.by_depth_in_words(by_depth, what));
    for (const graph of document.querySelectorAll("#frontier .js-plotly-plot")) if (!graph.dataset.listens) listen(graph);
  }

  function listen(graph) {
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({points: [point]}) => { if (point.customdata !== undefined) try_text(point.customdata); });
  }

  function try_text(place) {
    const rest = Object.fromEntries(Object.entries(parley.view.set).filter(([name]) => !is_wording(name)));
    parley.view.set = {...rest, ...frontier.texts[place].set};
    parley.ask();
  }

  // Questions that take seconds are asked one after the other, conduct first, so that a page takes one place in the server's
  // queue; a question that a newer one of its name replaces is not asked.
  const ORDER = ["conduct", "frontier", "by-depth"], tasks = {};
  let at_work = false;
  async function queue(name, task) {
    tasks[name] = task;
    if (at_work) return;
    at_work = true;
    for (let next; (next = ORDER.find(name => tasks[name]));) {
      const turn = tasks[next];
      delete tasks[next];
      if (here()) await turn();
    }
    at_work = false;
    if (at("designer")) at("designer").dataset.slow = "no";
  }

  // Queues a question whose answer goes to *show* if the question still *holds* then; meanwhile its place has *words*.
  function ask_slowly(name, path, question, words, holds, show) {
    set(`${name}-state`, words);
    return queue(name, async () => {
      try {
        const content = await ask(address(path, question), {}, holds);
        if (!holds()) return;
        set(`${name}-state`, "");
        show(content);
      } catch (problem) {
        if (!holds()) return;
        if (name !== "conduct") frame = null;
        set(`${name}-state`, problem.message);
      }
    });
  }

  // The frontier and conduct by depth: of the present text, whatever is designed beside it.
  function ask_frame() {
    const question = parley.record.present_query, holds = () => here() && frame === question;
    if (question === frame) return;
    frame = question;
    [frontier, by_depth] = [null, null];
    ask_slowly("frontier", "data/frontier", question, "Simulating two dozen texts, some seconds …", holds, content => {
      frontier = content;
      set("frontier-provenance", `${frontier.worlds} worlds under each text, seed ${frontier.seed}; line: median, band: 90 % of worlds`);
      parley.basis.show(frontier, "frontier");
      texts();
      draw();
      setTimeout(draw, LATER); // the figure is there a little later than its data
    });
    ask_slowly("by-depth", "data/frontier/conduct", question, "Simulating conduct under nine texts, after the frontier …", holds, content => {
      by_depth = content;
      set("by-depth-provenance", `${content.worlds} worlds of each text in which all assumptions vary at once, seed ${content.seed}`);
      draw();
    });
  }

  function texts() {
    const rows = frontier.texts.map((text, place) => {
      const words = parley.figures.spelled(text, parley.record.text.present.ambitions), depth = decimal(text.depth);
      const signatories = Object.keys(KINDS).map(kind => count(text[`signatories_${kind}`][1]));
      const button = {className: "reset", dataset: {tryText: place}, "aria-label": `Try: ${text.way}, ${words}, depth ${depth}`};
      return row(text.way, words, parley.basis.word(text).split(" ")[0], depth, ...signatories, percent(text.power_share[1]), element("button", button, "try"));
    });
    fill("frontier-table", [table(["Way", "What it asks", "Basis", "Depth", "States", "Firms", "NGOs", "Power", element("td")], rows)]);
  }

  function ask_conduct() {
    if (!here()) return;
    const question = parley.record.query, holds = () => here() && parley.record.query === question;
    at("designer").classList.add("asking-conduct");
    ask_slowly("conduct", "data/design/conduct", question, "Simulating conduct over its assumptions, some seconds …", holds, content => {
      conduct = content;
      at("designer").classList.remove("asking-conduct");
      const {present, designed, change} = conduct.rows.find(row => row.outcome === "harm_prevented");
      set("design-harm", range(designed));
      set("present-harm", range(present));
      set("change-harm", extent(...change, "", true));
      set("conduct-provenance", parley.conduct.provenance(conduct));
      const rows = conduct.rows.map(({present, designed, change, ...row}) => ({...row, ranges: [present, designed, change]}));
      fill("conduct-table", [parley.conduct.ranges({labels: ["Present", "Designed", "Change"], rows, levels: 2})]);
      draw();
    });
  }

  on("parley:design", show);
  on("parley:page", () => { [frame, frontier, by_depth, conduct, ticks] = [null, null, null, null, null]; });
  on("parley:scheme", draw);
  on("parley:refused", () => {
    at("designer")?.classList.add("refused");
    if (at("reset-text")) at("reset-text").hidden = false; // the way out of a link that names no text
  });
  on_click("[data-try-text]", button => try_text(Number(button.dataset.tryText)));
  on_click("#reset-text", () => {
    Object.assign(parley.view, {set: Object.fromEntries(Object.entries(parley.view.set).filter(([name]) => !of_the_text(name))), may_sign: ""});
    parley.ask();
  });

  callbacks({
    on_may_sign(kinds) {
      if (quiet || !here() || !kinds) return;
      const {present, designed} = parley.record.text;
      const signers = Object.keys(KINDS).map(kind => `${kind}s`).filter(kind => kinds.includes(kind)).join(",");
      set("may-sign-note", signers ? "" : "A code needs somebody who may sign it.");
      if (!signers) return put("may-sign", {value: designed.may_sign});
      parley.view.may_sign = signers === present.may_sign.join(",") ? "" : signers;
      parley.ask();
    },
    on_frontier_by(value) { by = value; draw(); },
    on_conduct_by(value) { what = value; draw(); },
  });
})();
