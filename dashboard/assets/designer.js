// The page Code designer: a text beside the present one, who comes and goes, the frontier, and conduct as ranges.
(() => {
  window.parley ??= {};
  const KINDS = ["state", "firm", "ngo"], RULES = ["monitoring", "sanctions"], SHOWN = 8, PAUSE = 400, AGAIN = 2000;
  const at = id => document.getElementById(id);
  const here = () => Boolean(at("designer")) && Boolean(parley.record?.text);
  const set = (id, words) => { const place = at(id); if (place) place.textContent = words; };
  const put = (component, props) => dash_clientside.set_props(component, props);
  const of_the_text = name => name.startsWith("ambition_") || RULES.includes(name);
  const percent = share => `${(100 * share).toFixed(0)}\u00a0%`;
  const range = ([low, high]) => `${low.toFixed(1)} to ${high.toFixed(1)}\u00a0%`;
  let by = "signatories_state", framed = null, frontier = null, harm = null, conduct = null, later = null, ticked = null, quiet = false;

  function element(tag, props = {}, ...content) {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...content);
    return made;
  }

  const signed = (value, digits) => { const size = Math.abs(value).toFixed(digits); return Number(size) === 0 ? "0" : `${value < 0 ? "−" : "+"}${size}`; };
  const whole = value => value.toFixed(value % 1 ? 1 : 0);

  function show() {
    if (!here()) return;
    const record = parley.record, rows = Object.fromEntries(record.differences.map(row => [row.key, row])), changed = record.query !== record.present_query;
    at("designer").classList.remove("refused");
    set("design-provenance", `${record.title}, ${record.worlds} worlds under each text and the same luck, seed ${record.seed}, lens ${record.lens || "of one's own"}, Parley ${record.version}`);
    for (const kind of KINDS) number(kind, rows[`signatories-${kind}`], whole, 1, "");
    number("power", rows.power_share, percent, 100, " pts");
    const {present, designed} = record.text;
    set("design-depth", designed.depth.toFixed(2));
    set("present-depth", present.depth.toFixed(2));
    for (const name of ["restraint", "burden"]) set(`depth-${name}`, [...new Set([present, designed].map(text => text[`depth_${name}`].toFixed(2)))].join(" → "));
    const told = kind => `${whole(rows[`signatories-${kind}`].first)} → ${whole(rows[`signatories-${kind}`].second)}`;
    set("design-said", changed ? `Present → designed: states ${told("state")}, firms ${told("firm")}, NGOs ${told("ngo")}; depth ${present.depth.toFixed(2)} → ${designed.depth.toFixed(2)}.`
      : "This is the present text. Move a provision, and its numbers change here.");
    at("designer").classList.toggle("is-present", !changed);
    at("reset-text").hidden = !changed;
    at("open-simulate").href = `./?${record.query}`;
    at("open-compare").href = `compare?${record.present_query}${record.present_query ? "&" : ""}with=${encodeURIComponent(record.query)}`;
    for (const link of document.querySelectorAll(".design-data")) link.search = record.query;
    for (const link of document.querySelectorAll(".frontier-data")) link.search = record.present_query;
    for (const way of ["up", "down"]) people(way, record[way], changed);
    controls(record);
    requestAnimationFrame(() => setTimeout(draw)); // the numbers first
    at("designer").dataset.slow = "yes";
    clearTimeout(later);
    later = setTimeout(ask_conduct, PAUSE);
    ask_frame();
  }

  function number(name, row, written, times, unit) {
    set(`design-${name}`, written(row.second));
    set(`present-${name}`, written(row.first));
    const digits = times === 100 ? 1 : 0;
    set(`change-${name}`, signed(times * row.difference, digits) + unit);
    set(`interval-${name}`, `${signed(times * row.low_90, digits)} to ${signed(times * row.high_90, digits)} in 90 % of pairs`);
  }

  // The tick at the present text, and who may sign; the sliders themselves follow assets/view.js.
  function controls({settings, text}) {
    const ticks = JSON.stringify(Object.entries(settings).filter(([name]) => of_the_text(name)));
    for (const [name, value] of ticks === ticked ? [] : Object.entries(settings)) {
      if (of_the_text(name) && document.getElementById(JSON.stringify({name, type: "dial"}))) put({name, type: "dial"}, {marks: [{value}]});
    }
    ticked = ticks;
    quiet = true;
    put("may-sign", {value: text.designed.may_sign});
    setTimeout(() => { quiet = false; }, 0);
    at("may-sign-box").classList.toggle("is-moved", Boolean(parley.view.may_sign));
  }

  function people(way, rows, changed) {
    set(`count-${way}`, rows.length ? `${rows.length} with a name` : "");
    const table = part => element("table", {}, element("thead", {}, element("tr", {}, ...["Who", "Present", "Designed"].map(words => element("th", {scope: "col", textContent: words})))),
      element("tbody", {}, ...part.map(one => element("tr", {}, element("th", {scope: "row"}, element("a", {href: `stakeholder?${parley.record.query}${parley.record.query ? "&" : ""}who=${encodeURIComponent(one.id)}`, textContent: one.name}), ...(one.kind === "state" ? [] : [element("span", {className: "dimmed", textContent: ` ${one.kind === "ngo" ? "NGO" : one.kind}`})])),
        element("td", {textContent: percent(one.first)}), element("td", {textContent: percent(one.second)})))));
    const nobody = element("p", {className: "dimmed", textContent: changed ? "Nobody with a name." : "Nobody yet: this is the present text."});
    const rest = rows.length > SHOWN ? [element("details", {}, element("summary", {textContent: `The other ${rows.length - SHOWN}`}), table(rows.slice(SHOWN)))] : [];
    at(`people-${way}`).replaceChildren(...(rows.length ? [table(rows.slice(0, SHOWN)), ...rest] : [nobody]));
  }

  function draw() {
    if (!here()) return;
    if (frontier) put("frontier", {figure: parley.figures.participation(frontier, parley.record, by)});
    const own = parley.record.query === parley.record.present_query ? null : conduct?.rows.find(row => row.outcome === "harm_prevented").designed;
    if (harm) put("harm", {figure: parley.figures.harm(harm, parley.record, own)});
    for (const graph of document.querySelectorAll("#frontier .js-plotly-plot")) if (!graph.dataset.listens) listen(graph);
  }

  function listen(graph) {
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({points: [point]}) => { if (point.customdata !== undefined) try_text(point.customdata); });
  }

  function try_text(place) {
    const rest = Object.fromEntries(Object.entries(parley.view.set).filter(([name]) => !name.startsWith("ambition_")));
    parley.view.set = {...rest, ...frontier.texts[place].set};
    parley.ask();
  }

  // What takes seconds is asked one after the other, conduct first, so that nobody takes more than one place in the
  // server's line; what is no longer wanted is not asked.
  const ORDER = ["conduct", "frontier", "harm"], wanted = {};
  let asking = false;
  async function want(name, task) {
    wanted[name] = task;
    if (asking) return;
    asking = true;
    for (let next; (next = ORDER.find(one => wanted[one]));) {
      const turn = wanted[next];
      delete wanted[next];
      if (here()) await turn();
    }
    asking = false;
    if (at("designer")) at("designer").dataset.slow = "no";
  }

  // Others may be asking for as much; then once more, while *still* holds.
  async function answer(path, question, still) {
    for (;;) {
      const given = await fetch(`${path}?${question}`), content = await given.json();
      if (given.ok) return content;
      if (given.status !== 503 || !still()) throw new Error(content.message);
      await new Promise(go_on => setTimeout(go_on, AGAIN));
    }
  }

  // The frontier and harm by depth: of the present text, whatever is designed beside it.
  function ask_frame() {
    const question = parley.record.present_query, still = () => here() && framed === question;
    if (question === framed) return;
    framed = question;
    [frontier, harm] = [null, null];
    set("frontier-state", "Simulating two dozen texts, some seconds …");
    set("harm-state", "Simulating conduct under five texts, after the frontier …");
    want("frontier", () => told("frontier-state", async () => {
      const found = await answer("data/frontier", question, still);
      if (!still()) return;
      frontier = found;
      set("frontier-state", "");
      set("frontier-provenance", `${frontier.worlds} worlds under each text, seed ${frontier.seed}; line: median, band: 90 % of worlds`);
      texts();
      draw();
      setTimeout(draw, 500); // the figure is there a little later than its data
    }));
    want("harm", () => told("harm-state", async () => {
      const found = await answer("data/frontier/harm", question, still);
      if (!still()) return;
      harm = found;
      set("harm-state", "");
      set("harm-provenance", `${harm.worlds} worlds at each combination of assumptions, seed ${harm.seed}`);
      draw();
    }));
  }

  // What *task* cannot have is said in its place.
  async function told(state, task) {
    try { await task(); } catch (problem) { framed = state === "conduct-state" ? framed : null; set(state, problem.message); }
  }

  function texts() {
    const head = ["Way", "What it asks", "Depth", "States", "Firms", "NGOs", "Power", ""];
    const rows = frontier.texts.map((text, place) => {
      const button = element("button", {className: "reset", textContent: "try"});
      button.dataset.tryText = place;
      const words = parley.figures.spelled(text, parley.record.text.present.ambitions);
      button.setAttribute("aria-label", `Try: ${text.way}, ${words}, depth ${text.depth.toFixed(2)}`);
      return element("tr", {}, element("th", {scope: "row", textContent: text.way}), ...[words, text.depth.toFixed(2), ...["signatories_state", "signatories_firm", "signatories_ngo"].map(name => text[name][1].toFixed(0)), percent(text.power_share[1])]
        .map(words => element("td", {textContent: words})), element("td", {}, button));
    });
    at("frontier-table").replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...head.map(words => element(words ? "th" : "td", words ? {scope: "col", textContent: words} : {})))), element("tbody", {}, ...rows)));
  }

  function ask_conduct() {
    if (!here()) return;
    const question = parley.record.query, still = () => here() && parley.record.query === question;
    set("conduct-state", "Simulating conduct over its assumptions, some seconds …");
    at("designer").classList.add("asking-conduct");
    want("conduct", () => told("conduct-state", async () => {
      const found = await answer("data/design/conduct", question, still);
      if (!still()) return;
      conduct = found;
      at("designer").classList.remove("asking-conduct");
      set("conduct-state", "");
      const ranges = conduct.rows.find(row => row.outcome === "harm_prevented");
      set("design-harm", range(ranges.designed));
      set("present-harm", range(ranges.present));
      set("change-harm", ranges.change.map(end => signed(end, 1)).join(" to "));
      set("conduct-provenance", `ranges over what nobody has measured: ${conduct.combinations} combinations of assumptions with ${conduct.worlds} worlds each, seed ${conduct.seed}, Parley ${conduct.version}`);
      const rows = conduct.rows.map(({present, designed, change, ...row}) => ({...row, ranges: [present, designed, change]}));
      at("conduct-table").replaceChildren(parley.ranges({heads: ["Present", "Designed", "Change"], rows, levels: 2}));
      draw();
    }));
  }

  document.addEventListener("parley:design", show);
  document.addEventListener("parley:page", () => { [framed, frontier, harm, conduct, ticked] = [null, null, null, null, null]; });
  document.addEventListener("parley:scheme", draw);
  document.addEventListener("parley:refused", () => {
    at("designer")?.classList.add("refused");
    if (at("reset-text")) at("reset-text").hidden = false; // the way out of a link that says no text
  });
  document.addEventListener("click", event => {
    const tried = event.target.closest?.("[data-try-text]");
    if (tried) try_text(Number(tried.dataset.tryText));
    if (event.target.id === "reset-text") {
      Object.assign(parley.view, {set: Object.fromEntries(Object.entries(parley.view.set).filter(([name]) => !of_the_text(name))), may_sign: ""});
      parley.ask();
    }
  });

  window.dash_clientside ??= {};
  Object.assign(dash_clientside.parley ??= {}, {
    heard_may_sign(kinds) {
      if (quiet || !here() || !kinds) return;
      const {present, designed} = parley.record.text, said = KINDS.map(kind => `${kind}s`).filter(kind => kinds.includes(kind)).join(",");
      set("may-sign-note", said ? "" : "A code needs somebody who may sign it.");
      if (!said) return put("may-sign", {value: designed.may_sign});
      parley.view.may_sign = said === present.may_sign.join(",") ? "" : said;
      parley.ask();
    },
    heard_frontier_by(value) { by = value; draw(); },
  });
})();
