// What is looked at: the address says it, the controls change it, the server answers it. Nothing else is kept anywhere.
(() => {
  const usual = {scenario: "paris-call-2018", lens: "", may_sign: "", worlds: 50, seed: 1};
  const view = {
    ...usual, set: {}, choose: {}, branch: [], round: null, with: [], who: null, map: null, world: null, pivots: null, campaign: null,
  };
  const OWN = ["who", "map", "world", "pivots", "campaign"]; // what single pages ask beside the view
  const held = {scenario: usual.scenario, lens: "full", worlds: usual.worlds, seed: usual.seed}; // what the controls hold
  const opened = new Set(), settled = new Set(); // groups of dials, and dials that stand where the view has them
  let settings = null, defaults = {}, under_way = null, asked = null, quiet = false;

  const id = (type, rest) => JSON.stringify({...rest, type}, Object.keys({...rest, type}).sort());
  // Not every page has every control.
  const put = (component, props) => {
    if (document.getElementById(typeof component === "string" ? component : JSON.stringify(component))) dash_clientside.set_props(component, props);
  };

  function read() {
    const said = new URLSearchParams(location.search);
    for (const key of ["scenario", "lens", "may_sign"]) view[key] = said.get(key) ?? usual[key];
    for (const key of ["worlds", "seed"]) view[key] = said.has(key) ? said.get(key) : usual[key];
    const pairs = key => Object.fromEntries(said.getAll(key).map(part => part.split(/:(.*)/s).slice(0, 2)));
    [view.set, view.choose, view.branch] = [pairs("set"), pairs("choose"), said.getAll("branch")];
    view.with = said.getAll("with");
    view.round = said.has("round") ? Number(said.get("round")) : null;
    for (const key of OWN) view[key] = said.get(key);
    view.world = /^[1-9]\d{0,3}$/.test(view.world ?? "") ? Number(view.world) : null;
  }

  // What the server is asked; with the round shown, what the address holds: also the views that Compare sets beside this one.
  function query({round = false} = {}) {
    const said = new URLSearchParams();
    for (const key of ["scenario", "lens", "may_sign", "worlds", "seed"]) if (String(view[key]) !== String(usual[key])) said.set(key, view[key]);
    for (const key of ["set", "choose"]) for (const [name, value] of Object.entries(view[key])) said.append(key, `${name}:${value}`);
    for (const branch of view.branch) said.append("branch", branch);
    if (round && view.round !== null) said.set("round", view.round);
    if (round) for (const other of view.with) said.append("with", other);
    if (round) for (const key of OWN) if (view[key] !== null) said.set(key, view[key]);
    return said.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  }

  function write() {
    const there = query({round: true});
    history.replaceState(null, "", there ? `?${there}` : location.pathname);
    for (const link of document.querySelectorAll("a[data-keeps-view]")) {
      link.search = there;
    }
    for (const link of document.querySelectorAll("a[data-holds-view]")) {
      const at = link.dataset.holdsView === "round" && view.round !== null ? `round=${view.round}` : "";
      link.search = [query(), at].filter(Boolean).join("&");
    }
  }

  // The home page's first question, put while the libraries are still on their way.
  let early = null;
  if (location.pathname === "/") {
    read();
    const there = `data/run?${query()}`;
    early = {there, answer: fetch(there)};
    early.answer.catch(() => {});
  }

  // One question at a time: a newer one calls the older off.
  async function ask() {
    write();
    const question = query();
    if (question === asked) return;
    asked = question;
    under_way?.abort();
    under_way = new AbortController();
    document.body.classList.add("asking");
    try {
      // What a page asks for, where that is not the run itself.
      const path = document.querySelector("[data-asks]")?.dataset.asks ?? "data/run";
      const there = `${path}?${question}`, first = early;
      early = null;
      const answer = await (first?.there === there ? first.answer : fetch(there, {signal: under_way.signal}));
      const record = await answer.json();
      if (question !== asked) return;  // a newer one is under way
      if (!answer.ok) throw new Error(record.message);
      show(record);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      asked = null;
      say(problem.message);
      document.dispatchEvent(new Event("parley:refused"));
    }
    document.body.classList.remove("asking");
  }

  function say(message) {
    const place = document.getElementById("message");
    if (place) { place.textContent = message ?? ""; place.hidden = !message; }
  }

  function show(record) {
    say("");
    settings = record.settings;
    quiet = true;
    settle();
    for (const key of Object.keys(held)) {
      if (record[key] !== held[key]) put(key, {value: held[key] = record[key]});
    }
    for (const box of document.querySelectorAll(".choices")) {
      box.hidden = JSON.parse(box.id).scenario !== record.scenario;
    }
    for (const [name, taken] of Object.entries(record.chosen)) {
      const control = {name, scenario: record.scenario, type: "choice"};
      defaults[JSON.stringify(control)] ??= null;
      const several = document.getElementById(JSON.stringify(control))?.closest(".mantine-MultiSelect-root");
      put(control, {value: several ? taken : taken[0]});
    }
    setTimeout(() => { quiet = false; }, 0);
    count();
    parley.record = record;
    const event = document.querySelector("[data-asks]")?.dataset.tells ?? "parley:record";
    document.dispatchEvent(new CustomEvent(event, {detail: record}));
  }

  // Every dial that has a control stands where the view has it.
  function settle() {
    for (const [name, value] of Object.entries(settings)) {
      if (!document.getElementById(id("dial-box", {name}))) continue;
      const here = name in view.set ? Number(view.set[name]) : value;
      if (!same(here, stands_at(name))) put({name, type: "dial"}, {value: here});
      mark(name, here);
      settled.add(name);
    }
  }

  // Where the slider of a dial stands. Setting a property costs some milliseconds, so only what differs is set.
  const stands_at = name => Number(document.getElementById(id("dial-box", {name})).querySelector("[role=slider]")?.getAttribute("aria-valuenow") ?? NaN);

  function mark(name, value) {
    const moved = name in view.set, box = document.getElementById(id("dial-box", {name}));
    box?.classList.toggle("is-moved", moved);
    const place = document.getElementById(id("dial-value", {name}));
    if (place) place.textContent = String(Number(value.toPrecision(4)));
  }

  function count() {
    for (const place of document.querySelectorAll(".moved")) {
      const moved = place.dataset.names.split(" ").filter(name => name in view.set).length;
      place.textContent = moved ? `${moved} moved` : "";
    }
    const all = document.getElementById("reset-all");
    if (all) all.hidden = Object.keys(view.set).length === 0 && !view.may_sign;
  }

  const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

  Object.assign(window.parley ??= {}, {
    view, query, ask, write, record: null, beside_the_view: ["round", "with", ...OWN],
    reset(name) { if (name === undefined) Object.assign(view, {set: {}, may_sign: ""}); else delete view.set[name]; ask(); },
    branch(text) { view.branch = [...view.branch, text]; ask(); },
    unbranch(place) { view.branch = view.branch.filter((_, k) => k !== place); ask(); },
  });

  window.dash_clientside ??= {};
  dash_clientside.parley = {
    ...dash_clientside.parley,
    heard_dial(values) {
      const told = dash_clientside.callback_context.triggered_id;
      if (quiet || !settings || !settled.has(told?.name)) return;
      const value = dash_clientside.callback_context.triggered[0].value, base = settings[told.name];
      const now = told.name in view.set ? Number(view.set[told.name]) : base;
      if (same(value, now)) return;
      if (same(value, base)) delete view.set[told.name]; else view.set[told.name] = Number(value.toPrecision(6));
      mark(told.name, value);
      count();
      ask();
    },
    heard_opened(roles) {
      return dash_clientside.callback_context.outputs_list.map(({id: store}) => {
        const role = store.split("-")[1];
        if (!roles.includes(role) || opened.has(role)) return dash_clientside.no_update;
        opened.add(role);
        return true;
      });
    },
    heard_filled() {
      if (!settings) return;
      quiet = true;
      setTimeout(() => { settle(); setTimeout(() => { quiet = false; }, 0); }, 0);
    },
    heard_asked(scenario, lens, worlds, seed) {
      if (quiet || !settings) return;
      Object.assign(held, {scenario, lens, worlds, seed});
      if (scenario !== view.scenario) Object.assign(view, {scenario, set: {}, choose: {}, branch: [], round: null, lens: "", may_sign: ""});
      else if (lens !== (view.lens || "full")) view.lens = lens;
      if (worlds) view.worlds = worlds;
      if (seed !== "" && seed !== null) view.seed = seed;
      ask();
    },
    heard_choice(values) {
      const told = dash_clientside.callback_context.triggered_id;
      if (quiet || !settings || !told?.name || told.scenario !== view.scenario) return;
      const value = dash_clientside.callback_context.triggered[0].value, taken = Array.isArray(value) ? value.join(",") : value;
      if (!taken || taken === (parley.record?.chosen[told.name] ?? []).join(",")) return;
      view.choose[told.name] = taken;
      ask();
    },
    heard_reset() {
      const told = dash_clientside.callback_context.triggered_id;
      if (told?.name && dash_clientside.callback_context.triggered[0].value) parley.reset(told.name);
    },
    heard_reset_all(clicks) { if (clicks) parley.reset(); },
    begin() { read(); ask(); },
  };
})();
