// The page A stakeholder: the explanation of one of them at the round shown, its history, and what would turn it.
(() => {
  const {at, set, say, busy, element, row, table, fill, put, callbacks, address, readable, latest, on, on_click} = parley.dom;
  const {BASES, KINDS, capital, day, fixed, lens} = parley.format;
  const USUAL = "USA", PAUSE = 200;  // an id; milliseconds
  const FAMILIES = {text: "The text", forum: "Who convenes", outreach: "Outreach", signature: "Others' signatures", capacity: "Capacity support"};
  const here = () => Boolean(at("told"));
  const signed = value => (value > 0 ? "+" : "") + fixed(value, 2);
  const questions = latest(), changes = latest();
  let explanation = null, simulating = false, timer = null, control = null;

  // The id of the stakeholder of the address; an unknown name goes to the server, which refuses it in words.
  function who() {
    const name = parley.view.who ?? USUAL, people = parley.people ?? {};
    if (name in people) return name;
    const small = name.toLowerCase();
    return Object.values(people).find(person => [person.id, person.name].some(name => name.toLowerCase() === small))?.id ?? name;
  }

  function question() {
    const parameters = new URLSearchParams({who: who(), round: parley.round() + parley.record.first_round});
    return [parley.query(), parameters.toString()].filter(Boolean).join("&");
  }

  function people() {
    if (!here() || !parley.people) return;
    const data = Object.entries(KINDS).map(([kind, group]) => ({
      group,
      items: Object.values(parley.people).filter(person => person.kind === kind).sort((a, b) => a.name.localeCompare(b.name))
        .map(({id, name}) => ({value: id, label: id === name ? name : `${name} (${id})`})),
    }));
    control = who();
    put("who", {data, value: control in parley.people ? control : null});
    if (parley.record) ask_soon();
  }

  // The newest question only, and not while the rounds are played.
  function ask_soon() {
    if (!here() || !parley.record || !parley.people) return;
    busy("told", true);
    clearTimeout(timer);
    timer = setTimeout(ask_explanation, PAUSE);
  }

  async function ask_explanation() {
    const query = question();
    if (query === explanation?.query) return busy("told", false);
    stop();
    try {
      const content = await questions.ask(address("data/explain", query));
      if (!content) return;
      explanation = {...content, query};
      say("who-message");
      at("told").hidden = false;
      show();
    } catch (problem) {
      explanation = null;
      at("told").hidden = true;
      say("who-message", problem.message);
    }
    busy("told", false);
  }

  function show() {
    const {kind, name, reading, date, worlds, seed, version, may_sign, query, traits, said_in_public} = explanation, {record} = parley, when = day(date);
    at("told").dataset.kind = kind;
    set("who-name", name);
    set("reading", reading);
    set("who-provenance", `${record.title}, ${worlds} worlds, seed ${seed}, ${lens(record.lens)}, Parley ${version}`);
    set("weighs-round", `as it deliberates in the month to ${when}.`);
    set("suppose-round", `(from ${day(record.dates[first_change() - record.first_round])})`);
    set("turn-round", `from ${when} on.`);
    at("suppose").hidden = !may_suppose();
    for (const part of document.querySelectorAll(".decides")) part.hidden = !may_sign;
    at("motives-csv").href = address("data/explain.csv", query);
    at("history-csv").href = address("data/explain/history.csv", query);
    fill("motives", may_sign ? motives(explanation) : []);
    for (const [trait, value] of Object.entries(traits)) {
      set(`trait-${trait}`, value.toFixed(2));
      at(`meter-${trait}`).style.width = `${100 * value}%`;
    }
    fill("said", positions(said_in_public));
    fill("changes", []);
    set("turn-state", "");
    if (may_sign) history();
  }

  // From no motive to V: where each bar ends, the next begins.
  function motives({contributions, value, value_low, value_high, value_together, chance, decided_with}) {
    const some = contributions.filter(motive => motive.value !== 0), none = contributions.filter(motive => motive.value === 0);
    const union = decided_with.length > 0;
    let sum = 0, low = Math.min(0, value_low), high = Math.max(0, value_high);
    const steps = some.map(motive => {
      const from = sum;
      sum += motive.value;
      low = Math.min(low, sum, from + motive.low);
      high = Math.max(high, sum, from + motive.high);
      return {...motive, from};
    });
    const place = value => 100 * (value - low) / (high - low || 1);
    const piece = (className, left, width) =>
      element("span", {className, style: {left: `${left}%`, ...(width !== undefined && {width: `${width}%`})}});
    const whisker = (from, to) => (to > from ? [piece("whisker", place(from), place(to) - place(from))] : []);
    const bar = (from, to, kind, ...more) => element("div", {className: "track"}, piece("zero", place(0)),
      piece(`step ${kind}`, place(Math.min(from, to)), Math.max(Math.abs(place(to) - place(from)), 0.3)), ...more);
    const cell = (className, ...content) => element("td", {className}, ...content);
    function line(name, label, value, track, together) {
      const line = row(label, cell("bar", track), cell("logits", signed(value)), ...(union ? [cell("logits", signed(together))] : []));
      line.dataset.motive = name;
      return line;
    }
    const rows = steps.map(({motive, meaning, value, together, speaks, from, low, high}) => line(motive, meaning, value,
      bar(from, from + value, speaks, ...whisker(from + low, from + high)), together));
    const total = line("V", "in sum, V", value, bar(0, value, "sum", ...whisker(value_low, value_high)), value_together);
    total.className = "total";
    const notes = [];
    if (union) notes.push(`The Union deliberates as one, on the mean V of its ${decided_with.length} members that decide: the chance is theirs.`);
    if (none.length) notes.push(`Adds nothing here: ${none.map(motive => motive.meaning).join("; ")}.`);
    if (some.some(motive => motive.high > motive.low)) notes.push("Thin lines: from the 5th to the 95th percentile of the worlds.");
    const sides = element("div", {className: "track-head"}, element("span", {style: {right: `${100 - place(0)}%`}}, "← against"), element("span", {style: {left: `${place(0)}%`}}, "for →"));
    const labels = ["motive", [sides, {className: "sides"}], "logits", ...(union ? ["the Union"] : [])];
    return [table(labels, [...rows, total], {className: "waterfall"}), element("p", {className: "chance"}, ...in_words(chance)),
      ...(notes.length ? [element("p", {className: "dimmed"}, notes.join(" "))] : [])];
  }

  const in_words = chance => chance === null ? ["An event of the scenario decides for it in this round."]
    : ["Chance that it signs when it takes the matter up in this month: ", element("strong", {}, chance.toFixed(2))];

  function positions(all) {
    if (!all.length) return [element("li", {className: "dimmed"}, "Nothing by it is on file here.")];
    return all.map(({date, who, said, url, source}) => element("li", {},
      element("span", {className: "dimmed"}, `${day(date)}, ${parley.people[who]?.name ?? "the European Union"}`), element("p", {}, said),
      /^https?:\/\//.test(url) ? element("a", {href: url, target: "_blank", rel: "noopener noreferrer"}, source) : element("span", {}, source)));
  }

  function history() {
    const {record} = parley, {who, kind, supporter_since: since} = explanation;
    const shares = record.dates.map((_, t) => parley.shares(who, t)), now = shares[parley.round()];
    put("history", {figure: parley.figures.history(record, shares, since)});
    set("history-now", `${day(record.dates[parley.round()])}: signed in ${now.signed.toFixed(2)} of ${record.worlds} simulated worlds, considered and not signed in ${now.considered.toFixed(2)}, not taken up in ${now.not_taken_up.toFixed(2)}.`);
    at("register-key").classList.toggle("nowhere", !since);
    set("register-says", since ? `on the register by ${day(since)}` : kind === "state" ? "never on the register" : "the register's dates are by country, not by name");
  }

  function cursor(t) {
    const graph = document.querySelector("#history .js-plotly-plot") ?? at("history"), date = parley.record.dates[t];
    if (graph?.layout?.shapes?.length) window.Plotly?.relayout(graph, {"shapes[0].x0": date, "shapes[0].x1": date});
  }

  // What would turn it: simulated at the press of a button, cancelled by it or by another question.
  async function turn() {
    if (simulating) return stop();
    const {query} = explanation;
    simulating = true;
    set("turn", "Stop");
    set("turn-state", "simulating…");
    fill("changes", []);
    try {
      const content = await changes.ask(address("data/explain/changes", query));
      if (!content || query !== explanation?.query) return;
      fill("changes", list_of(content));
      end("");
    } catch (problem) {
      end(problem.message);
    }
  }
  function stop() { if (simulating) { changes.cancel(); end("stopped"); } }
  function end(words) { simulating = false; set("turn", "What would turn it?"); set("turn-state", words); }

  function list_of({aim, worlds, changes}) {
    const note = words => element("p", {className: "dimmed"}, words);
    if (!aim) return [note("Nothing is sought: it decides nothing here, or an event of the scenario decides for it.")];
    return [note(`What would make it ${aim.what}; share of ${worlds} simulated worlds in which it has signed by the end, before → after.`),
      element("ul", {className: "changes"}, ...changes.map(change =>
        element("li", change.turns || change.once_reached ? {className: "turns"} : {}, ...parts_of(change))))];
  }

  function parts_of({family, what, note, change, share_before, share_after, turns, once_reached, file, basis}) {
    const parts = [element("h3", {}, FAMILIES[family] ?? family), element("p", {}, capital(what) + (note ? ` (${note})` : ""))];
    if (!change) return parts;
    const href = try_it(change), verdict = turns ? "turns it " : once_reached ? "would turn it once it is reached " : "does not turn it ";
    const shares = element("p", {className: "shares"},
      element("span", {}, `${share_before.toFixed(2)} → ${share_after.toFixed(2)} `), element("span", {className: "dimmed"}, verdict),
      ...(basis === "extrapolated" && explanation.basis !== basis ? [parley.basis.tag({basis: BASES[basis]}), " "] : []),
      ...(href ? [element("a", {href, "aria-label": `Try it: ${what}`}, "try it")] : []));
    const as_file = element("details", {},
      element("summary", {}, "as a scenario file says it"), element("pre", {tabIndex: 0}, element("code", {}, file)));
    return [...parts, shares, ...(href ? [] : [as_file])];
  }

  // The change as an address of Simulate; null where an address cannot hold it.
  function try_it(change) {
    const dials = Object.entries(change.parameters ?? {}), branches = [];
    for (const event of change.events ?? []) {
      if (event.who && "signs" in event) branches.push(...event.who.map(id => `${event.round}:${id}:${event.signs ? "signs" : "stays-out"}`));
      else if (event.dial) branches.push(`${event.round}:${event.dial}:${event.value}`);
      else return null;
    }
    if (change.code || branches.some(branch => branch.split(":").length !== 3)) return null;
    const parameters = new URLSearchParams(parley.query());
    const others = parameters.getAll("set").filter(part => !dials.some(([name]) => part.startsWith(`${name}:`)));
    const rest = parameters.getAll("branch").filter(branch => !branches.some(other => same_choice(other, branch)));
    parameters.delete("set");
    parameters.delete("branch");
    for (const part of [...others, ...dials.map(([name, value]) => `${name}:${value}`)]) parameters.append("set", part);
    for (const branch of [...rest, ...branches]) parameters.append("branch", branch);
    return `${home()}?${readable(parameters)}`;
  }

  const home = () => document.querySelector("[data-simulate]").dataset.simulate;
  const same_choice = (a, b) => a.split(":").slice(0, 2).join(":") === b.split(":").slice(0, 2).join(":");

  // The month from which a supposed choice holds: that of the explanation, or the launch, as the last month has no future.
  function first_change() {
    const {dates, first_round} = parley.record;
    return explanation.round < dates.length - 1 + first_round ? explanation.round : 0;
  }

  // An event of the scenario's own decides in its round; one of the address can be replaced.
  function may_suppose() {
    const round = first_change(), branch = `${round}:${explanation.who}`;
    return explanation.may_sign && (explanation.event?.round !== round || parley.view.branch.some(other => same_choice(branch, other)));
  }

  // A choice of its own from the round shown on, in the address; then on to Simulate.
  function suppose(choice) {
    const round = first_change(), branch = `${round}:${explanation.who}:${choice}`;
    parley.view.round = round === explanation.round ? round : null;
    parley.view.branch = parley.view.branch.filter(other => !same_choice(branch, other));
    parley.branch(branch);
    const link = parley.link_to(path => path === home());
    if (link) link.click(); else location.assign(`${home()}?${parley.query({round: true})}`);
  }

  on("parley:page parley:people", people);
  on("parley:record", () => { if (here()) { explanation = null; ask_soon(); } });
  on("parley:round", t => { if (here()) { cursor(t); ask_soon(); } });
  on("parley:scheme", () => { if (here() && explanation?.may_sign) history(); });
  on_click("#turn", () => { if (here() && explanation) turn(); });
  on_click("[data-suppose]", button => { if (here() && explanation) suppose(button.dataset.suppose); });

  callbacks({
    on_stakeholder(id) {
      if (!id || id === control) return;
      control = id;
      parley.view.who = id;
      parley.write();
      ask_soon();
    },
  }, "stakeholder");
})();
