// The view: the address holds it, the controls change it, the server answers it. Nothing else keeps
// it.
(() => {
  const {
    at,
    set,
    say,
    put: put_store,
    put_if_there: put,
    callbacks,
    address,
    readable,
    latest,
    dispatch,
  } = parley.dom;
  const { DEFAULTS, setting } = parley.format;
  const view = {
    ...DEFAULTS,
    set: {},
    choose: {},
    branch: [],
    round: null,
    with: [],
    who: null,
    by: null,
    aim: null,
    map: null,
    world: null,
    pivots: null,
    campaign: null,
    sweep: null,
    shown: null,
    negotiation: null,
    lesson: null,
    teacher: null,
    figure: null,
    present: null,
  };
  const USUAL = "USA"; // whom the page Stakeholder opens with
  const OWN = [
    "who",
    "by",
    "aim",
    "map",
    "world",
    "pivots",
    "campaign",
    "sweep",
    "shown",
    "negotiation",
    "lesson",
    "teacher",
    "figure",
    "present",
  ]; // parameters of single pages, beside the view
  const values = {
    scenario: DEFAULTS.scenario,
    lens: "full",
    weights: "fitted",
    worlds: DEFAULTS.worlds,
    seed: DEFAULTS.seed,
  }; // of the controls
  const open_roles = new Set(),
    ready = new Set(); // groups of dials, and dials whose controls show the view
  const records = latest();
  let settings = null,
    question = null,
    quiet = false,
    places = new Map(),
    unread = ""; // what of the address could not be read
  let is_read = null;
  const opened = new Promise((resolve) => {
    is_read = resolve;
  }); // once the address is read

  // The last part of the path, "" for Simulate; what that page asks the server for, where that is
  // not the run; and the event that its answer is told by.
  const page_name = () => location.pathname.split("/").pop();
  const ASKS = { designer: "data/design", sweeps: "data/sweeps", negotiate: "", learn: "" };
  const asks = () => ASKS[page_name()] ?? "data/run";
  const told = () => document.querySelector("[data-tells]")?.dataset.tells ?? "parley:record";

  const id = (type, rest) =>
    JSON.stringify({ ...rest, type }, Object.keys({ ...rest, type }).sort());

  function read() {
    const parameters = new URLSearchParams(location.search);
    for (const key of Object.keys(DEFAULTS)) view[key] = parameters.get(key) ?? DEFAULTS[key];
    const pairs = (key) =>
      Object.fromEntries(parameters.getAll(key).map((part) => part.split(/:(.*)/s).slice(0, 2)));
    [view.set, view.choose, view.branch] = [
      pairs("set"),
      pairs("choose"),
      parameters.getAll("branch"),
    ];
    view.with = parameters
      .getAll("with")
      .map((other) =>
        !other || other.includes("=") ? other : readable(new URLSearchParams({ scenario: other })),
      ); // or a scenario alone, as written by hand
    const round = parameters.get("round");
    view.round = /^-?\d{1,3}$/.test(round ?? "") ? Number(round) : null;
    unread = round !== null && view.round === null ? round : "";
    for (const key of OWN) view[key] = parameters.get(key);
    view.world = /^[1-9]\d{0,3}$/.test(view.world ?? "") ? Number(view.world) : null;
  }

  // The question to the server; with the round shown, the whole address: also the views that
  // Compare sets beside this one.
  function query({ round = false } = {}) {
    const parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(DEFAULTS))
      if (String(view[key]) !== String(value)) parameters.set(key, view[key]);
    for (const key of ["set", "choose"])
      for (const [name, value] of Object.entries(view[key]))
        parameters.append(key, `${name}:${value}`);
    for (const branch of view.branch) parameters.append("branch", branch);
    if (round && view.round !== null) parameters.set("round", view.round);
    if (round) for (const other of view.with) parameters.append("with", other);
    if (round) for (const key of OWN) if (view[key] !== null) parameters.set(key, view[key]);
    return readable(parameters);
  }

  function write() {
    const whole = query({ round: true });
    history.replaceState(null, "", whole ? `?${whole}` : location.pathname);
    write_links(whole);
  }

  // The links that take the view along.
  function write_links(whole = query({ round: true })) {
    for (const link of document.querySelectorAll("a[data-keeps-view]")) link.search = whole;
    for (const link of document.querySelectorAll("a[data-holds-view]")) {
      const holds = link.dataset.holdsView,
        round = holds !== "yes" && view.round !== null && `round=${view.round}`;
      link.search = link.pathname.endsWith("/brief")
        ? brief()
        : [query(), round].filter(Boolean).join("&");
    }
    name_brief();
  }

  // Where a page asks nothing of its own, its brief is not of that page, and is named after what it
  // is on.
  function name_brief() {
    const link = at("to-brief"),
      page = page_name(),
      is_own =
        ["stakeholder", "negotiate"].includes(page) || (page === "compare" && view.with.length > 0);
    if (!link) return;
    const about = is_own
      ? ""
      : parley.beside_the_call.is_baseline(view)
        ? "Brief on the Paris Call as it was"
        : "Brief on what is supposed";
    link.title = is_own
      ? "The question of this page, on one page to print or to send"
      : `${about}, on one page to print or to send`;
    if (about) link.setAttribute("aria-label", about);
    else link.removeAttribute("aria-label");
  }

  // What the brief of this page answers: its own question, on paper. It is of the whole run, and
  // not of the month that is shown, but for a question that has a date.
  function brief() {
    const page = page_name(),
      of_page = {
        stakeholder: {
          who: view.who ?? USUAL,
          round: view.round,
          by: view.by ?? view.round ?? 0,
          aim: view.aim,
        },
        compare: { with: view.with },
        negotiate: { negotiation: view.negotiation ?? "" },
      }[page];
    if (page === "negotiate") return new URLSearchParams(of_page).toString();
    const parts = of_page ?? { who: view.who },
      parameters = new URLSearchParams();
    for (const [key, value] of Object.entries(parts))
      for (const one of [value].flat()) if (one !== null) parameters.append(key, one);
    return [query(), readable(parameters)].filter(Boolean).join("&");
  }

  // The first question of a page, asked while the libraries are still on their way.
  let early = null;
  if (asks()) {
    read();
    const where = address(asks(), query());
    early = { where, answer: records.ask(where) };
    early.answer.catch(() => {});
  }

  async function ask() {
    write();
    dispatch("parley:view");
    if (!asks()) return dispatch(told()); // a page that shows no view asks for itself
    const now = query();
    if (now === question) return;
    question = now;
    document.body.classList.add("asking");
    try {
      const where = address(asks(), question);
      const answer = early?.where === where ? early.answer : null;
      early = null;
      const record = await (answer ?? records.ask(where));
      if (!record) return; // a newer question is under way
      show(record);
    } catch (problem) {
      question = null;
      say("message", problem.message);
      dispatch("parley:refused");
    }
    document.body.classList.remove("asking");
  }

  function show(record) {
    say("message", wrong_round(record));
    settings = record.settings;
    quiet = true;
    settle();
    for (const key of Object.keys(values)) {
      if (record[key] !== values[key]) put(key, { value: (values[key] = record[key]) });
    }
    follow_choices(record);
    setTimeout(() => {
      quiet = false;
    }, 0);
    count();
    parley.record = record;
    places = new Map((record.names ?? []).map((name, place) => [name, place]));
    dispatch(told(), record);
  }

  // Whose choices have controls; null where none have.
  function has_choices_of() {
    const box = document.querySelector(".choices");
    return box && JSON.parse(box.id).scenario;
  }

  function put_choices({ scenario, chosen }) {
    for (const [name, options] of Object.entries(chosen)) {
      const control = { name, scenario, type: "choice" };
      const several = at(JSON.stringify(control))?.closest(".mantine-MultiSelect-root");
      put(control, { value: several ? options : options[0] });
    }
  }

  // The controls of the choices of another scenario are fetched.
  function follow_choices({ scenario, chosen }) {
    if (!at("choices")) return;
    const has = has_choices_of(),
      is_other = has !== scenario;
    if (has) document.querySelector(".choices").hidden = is_other;
    if (is_other) put_store("choices-of", { data: { scenario, chosen } });
    else put_choices({ scenario, chosen });
  }

  // A sentence on a round of the address that this record has not; the last one is shown instead.
  function wrong_round({ first_round, dates }) {
    const last = first_round + dates?.length - 1,
      out = view.round !== null && (view.round < first_round || view.round > last);
    const found = unread || (out ? view.round : "");
    unread = "";
    if (out) view.round = null;
    return found === ""
      ? ""
      : `The link asks for round ${String(found).slice(0, 20)}, expected a whole number ` +
          `from ${first_round} to ${last}: the last one is shown.`;
  }

  // The shares of the simulated worlds in which *name* has signed, has considered it and not
  // signed, and has not taken it up, at the round of place *t*; null for whom the record does not
  // have.
  function shares(name, t = parley.round()) {
    const { record } = parley,
      place = places.get(name);
    if (place === undefined) return null;
    const { worlds } = record,
      [signed, taken_up] = [record.signed[t][place], record.taken_up[t][place]];
    return {
      signed: signed / worlds,
      considered: (taken_up - signed) / worlds,
      not_taken_up: (worlds - taken_up) / worlds,
    };
  }

  // Values that the page itself gave a control, by dial: Dash reports them later, perhaps when the
  // view has gone on, and then they are nobody's wish.
  const own = {};
  function give(name, value) {
    const values = (own[name] ??= []);
    if (!values.length || !same(values.at(-1), value)) values.push(value);
    put({ name, type: "dial" }, { value });
  }
  function is_own(name, value) {
    const values = own[name] ?? [],
      place = values.findIndex((each) => same(each, value));
    values.splice(0, place < 0 ? values.length : place + 1);
    return place >= 0;
  }

  // Every dial that has a control shows the value of the view.
  function settle() {
    for (const [name, value] of Object.entries(settings)) {
      if (!at(id("dial-box", { name }))) continue;
      const now = name in view.set ? Number(view.set[name]) : value;
      if (!same(now, slider_value(name))) give(name, now);
      mark(name, now);
      ready.add(name);
    }
  }

  // Setting a property costs some milliseconds, so only sliders that differ are set.
  const slider_value = (name) =>
    Number(
      at(id("dial-box", { name })).querySelector("[role=slider]")?.getAttribute("aria-valuenow") ??
        NaN,
    );

  function mark(name, value) {
    at(id("dial-box", { name }))?.classList.toggle("is-moved", name in view.set);
    set(id("dial-value", { name }), setting(value));
  }

  function count() {
    for (const place of document.querySelectorAll(".moved")) {
      const moved = place.dataset.names.split(" ").filter((name) => name in view.set).length;
      place.textContent = moved ? `${moved} moved` : "";
    }
    const all = at("reset-all");
    if (all) all.hidden = Object.keys(view.set).length === 0 && !view.may_sign && !view.convenor;
  }

  const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

  Object.assign(parley, {
    view,
    query,
    ask,
    write,
    write_links,
    page_name,
    shares,
    opened,
    record: null,
    usual: USUAL,
    beside_the_view: ["round", "with", ...OWN],
    begin() {
      read();
      is_read();
      dispatch("parley:view");
      ask();
    },
    reset(name) {
      if (name === undefined) Object.assign(view, { set: {}, convenor: "", may_sign: "" });
      else delete view.set[name];
      ask();
    },
    branch(entry) {
      view.branch = [...view.branch, entry];
      ask();
    },
    // Takes away what a supposition adds to the view: names of set, choose and branch, or the whole
    // of any other key.
    take_away(drop) {
      for (const [key, names] of Object.entries(drop)) {
        if (key === "branch") view.branch = view.branch.filter((entry) => !names.includes(entry));
        else if (key in DEFAULTS) view[key] = DEFAULTS[key];
        else for (const name of names) delete view[key][name];
      }
    },
    unbranch(place) {
      view.branch = view.branch.filter((_, k) => k !== place);
      ask();
    },
    // The link of the top to the page whose path *matches*.
    link_to: (matches) =>
      [...document.querySelectorAll(".page-link")].find((link) =>
        matches(new URL(link.href).pathname),
      ),
  });

  if (early) dispatch("parley:address");

  // The control that Dash reports, and its value.
  const trigger = () => ({
    control: dash_clientside.callback_context.triggered_id,
    value: dash_clientside.callback_context.triggered[0]?.value,
  });

  callbacks({
    on_dial() {
      const { control, value } = trigger();
      if (quiet || !settings || !ready.has(control?.name)) return;
      const { name } = control,
        base = settings[name];
      if (is_own(name, value)) return;
      if (same(value, name in view.set ? Number(view.set[name]) : base)) return;
      if (same(value, base)) delete view.set[name];
      else view.set[name] = Math.round(1e6 * value) / 1e6;
      mark(name, value);
      count();
      ask();
    },
    on_dial_group(roles) {
      return dash_clientside.callback_context.outputs_list.map(({ id: store }) => {
        const role = store.split("-")[1];
        if (!roles.includes(role) || open_roles.has(role)) return dash_clientside.no_update;
        open_roles.add(role);
        return true;
      });
    },
    on_dials() {
      if (!settings) return;
      quiet = true;
      setTimeout(() => {
        settle();
        if (parley.record && has_choices_of() === parley.record.scenario)
          put_choices(parley.record);
        dispatch("parley:dials");
        setTimeout(() => {
          quiet = false;
        }, 0);
      }, 0);
    },
    on_view(scenario, lens, weights, worlds, seed) {
      if (quiet || !settings) return;
      Object.assign(values, { scenario, lens, weights, worlds, seed });
      if (scenario !== view.scenario)
        Object.assign(view, {
          scenario,
          set: {},
          choose: {},
          branch: [],
          round: null,
          lens: "",
          convenor: "",
          may_sign: "",
        });
      else if (lens !== (view.lens || "full")) view.lens = lens;
      view.weights = weights === "fitted" ? DEFAULTS.weights : weights;
      if (worlds) view.worlds = Math.min(worlds, Number(at("worlds-limit").dataset.most));
      if (seed !== "" && seed !== null) view.seed = seed;
      ask();
    },
    on_choice() {
      const { control, value } = trigger();
      if (quiet || !settings || !control?.name || control.scenario !== view.scenario) return;
      const options = Array.isArray(value) ? value.join(",") : value;
      if (!options || options === (parley.record?.chosen[control.name] ?? []).join(",")) return;
      view.choose[control.name] = options;
      ask();
    },
    on_reset() {
      const { control, value } = trigger();
      if (control?.name && value) parley.reset(control.name);
    },
    on_reset_all(clicks) {
      if (clicks) parley.reset();
    },
  });
})();
