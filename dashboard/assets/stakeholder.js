// The page A stakeholder: the explanation of one of them at the round shown, its history, and what would turn it.
(() => {
  window.parley ??= {};
  const USUAL = "USA", PAUSE = 200;
  const KINDS = {state: "States", firm: "Firms", ngo: "NGOs"};
  const FAMILIES = {text: "The text", forum: "Who convenes", outreach: "Outreach", signature: "Others' signatures", capacity: "Capacity support"};
  const at = id => document.getElementById(id);
  const here = () => Boolean(at("told"));
  const set = (id, words) => { const place = at(id); if (place) place.textContent = words; };
  const number = (value, digits = 2) => value.toFixed(digits).replace("-", "−");
  const signed = value => (value > 0 ? "+" : "") + number(value);
  let told = null, asking = null, turning = null, waiting = null, shown = null;

  function make(tag, {className, text, ...rest} = {}, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    for (const [name, value] of Object.entries(rest)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  // An id for whatever the address says; what nobody is called goes to the server, which says so.
  function who() {
    const said = parley.view.who ?? USUAL, people = parley.people ?? {};
    if (said in people) return said;
    const small = said.toLowerCase();
    return Object.values(people).find(one => [one.id, one.name].some(name => name.toLowerCase() === small))?.id ?? said;
  }
  const round = () => parley.round() + parley.record.first_round;

  function question(extra = {}) {
    const said = new URLSearchParams({who: who(), round: round(), ...extra});
    return [parley.query(), said.toString()].filter(Boolean).join("&");
  }

  function people() {
    if (!here() || !parley.people) return;
    const data = Object.entries(KINDS).map(([kind, group]) => ({
      group,
      items: Object.values(parley.people).filter(one => one.kind === kind).sort((a, b) => a.name.localeCompare(b.name))
        .map(one => ({value: one.id, label: one.id === one.name ? one.name : `${one.name} (${one.id})`})),
    }));
    shown = who();
    dash_clientside.set_props("who", {data, value: shown in parley.people ? shown : null});
    if (parley.record) ask();
  }

  const busy = is => at("told")?.setAttribute("aria-busy", is);

  // The newest question only, and not while the round still runs.
  function ask() {
    if (!here() || !parley.record || !parley.people) return;
    busy(true);
    clearTimeout(waiting);
    waiting = setTimeout(put_it, PAUSE);
  }

  async function put_it() {
    const asked = question();
    if (asked === told?.asked) return busy(false);
    stop();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`data/explain?${asked}`, {signal: asking.signal});
      const content = await answer.json();
      if (!answer.ok) throw new Error(content.message);
      told = {...content, asked};
      say("");
      at("told").hidden = false;
      show();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      told = null;
      at("told").hidden = true;
      say(problem.message);
    }
    busy(false);
  }

  function say(message) {
    const place = at("who-message");
    if (place) { place.textContent = message; place.hidden = !message; }
  }

  function show() {
    const when = parley.figures.day(told.date);
    at("told").dataset.kind = told.kind;
    set("who-name", told.name);
    set("reading", told.reading);
    set("who-provenance", `${parley.record.title}, ${told.worlds} worlds, seed ${told.seed}, lens ${parley.record.lens || "of one's own"}, Parley ${told.version}`);
    set("weighs-round", `as it deliberates in the month to ${when}.`);
    set("suppose-round", `(from ${parley.figures.day(parley.record.dates[supposed_from() - parley.record.first_round])})`);
    set("turn-round", `from ${when} on.`);
    at("suppose").hidden = !may_suppose();
    for (const part of document.querySelectorAll(".decides")) part.hidden = !told.may_sign;
    at("motives-csv").href = `data/explain.csv?${told.asked}`;
    at("history-csv").href = `data/explain/history.csv?${told.asked}`;
    at("motives").replaceChildren(...(told.may_sign ? motives(told) : []));
    for (const [trait, value] of Object.entries(told.traits)) {
      set(`trait-${trait}`, value.toFixed(2));
      at(`meter-${trait}`).style.width = `${100 * value}%`;
    }
    at("said").replaceChildren(...said(told.said_in_public));
    forget();
    if (told.may_sign) history();
  }

  // From no motive to V: where each bar ends, the next begins.
  function motives(content) {
    const some = content.contributions.filter(one => one.value !== 0), none = content.contributions.filter(one => one.value === 0);
    const union = content.decided_with.length > 0;
    let sum = 0, low = Math.min(0, content.value), high = Math.max(0, content.value);
    const steps = some.map(one => {
      const from = sum;
      sum += one.value;
      low = Math.min(low, sum, from + one.low);
      high = Math.max(high, sum, from + one.high);
      return {...one, from};
    });
    const span = high - low || 1, place = value => 100 * (value - low) / span;
    const bar = (from, to, kind, ...more) => {
      const track = make("div", {className: "track"}, make("span", {className: "zero"}), make("span", {className: `step ${kind}`}), ...more);
      track.children[0].style.left = `${place(0)}%`;
      Object.assign(track.children[1].style, {left: `${place(Math.min(from, to))}%`, width: `${Math.max(Math.abs(place(to) - place(from)), 0.3)}%`});
      return track;
    };
    const row = (name, label, value, track, together) => make("tr", {"data-motive": name},
      make("th", {scope: "row", text: label}), make("td", {className: "bar"}, track), make("td", {className: "logits", text: signed(value)}),
      ...(union ? [make("td", {className: "logits", text: signed(together)})] : []));
    const rows = steps.map(one => {
      const more = [];
      if (one.high > one.low) {
        const whisker = make("span", {className: "whisker"});
        Object.assign(whisker.style, {left: `${place(one.from + one.low)}%`, width: `${place(one.high) - place(one.low)}%`});
        more.push(whisker);
      }
      return row(one.motive, one.meaning, one.value, bar(one.from, one.from + one.value, one.speaks, ...more), one.together);
    });
    const total = row("V", "in sum, V", content.value, bar(0, content.value, "sum"), content.value_together);
    total.className = "total";
    const head = make("thead", {}, make("tr", {}, make("th", {scope: "col", text: "motive"}), make("th", {scope: "col", className: "sides", text: "← against · for →"}),
      make("th", {scope: "col", text: "logits"}), ...(union ? [make("th", {scope: "col", text: "the Union"})] : [])));
    const found = [make("table", {className: "waterfall"}, head, make("tbody", {}, ...rows, total))];
    found.push(make("p", {className: "chance"}, ...chance(content)));
    const notes = [];
    if (union) notes.push(`The Union deliberates as one, on the mean V of its ${content.decided_with.length} members that decide: the chance is theirs.`);
    if (none.length) notes.push(`Adds nothing here: ${none.map(one => one.meaning).join("; ")}.`);
    if (some.some(one => one.high > one.low)) notes.push("Thin lines: from the 5th to the 95th percentile of the worlds.");
    if (notes.length) found.push(make("p", {className: "dimmed", text: notes.join(" ")}));
    return found;
  }

  function chance(content) {
    if (content.chance === null) return ["An event of the scenario decides for it in this round."];
    return ["Chance that it signs when it takes the matter up in this month: ", make("strong", {text: content.chance.toFixed(2)})];
  }

  function said(positions) {
    if (!positions.length) return [make("li", {className: "dimmed", text: "Nothing by it is on file here."})];
    return positions.map(one => make("li", {},
      make("span", {className: "dimmed", text: `${parley.figures.day(one.date)}, ${parley.people[one.who]?.name ?? "the European Union"}`}),
      make("p", {text: one.said}),
      /^https?:\/\//.test(one.url) ? make("a", {href: one.url, target: "_blank", rel: "noopener noreferrer", text: one.source}) : make("span", {text: one.source})));
  }

  // Shares of the simulated worlds, of one on another; the register's date, and the round shown.
  function stands(record, place, since) {
    const worlds = record.worlds, share = {
      signed: record.signed.map(row => row[place] / worlds),
      considered: record.taken_up.map((row, t) => (row[place] - record.signed[t][place]) / worlds),
      not_taken_up: record.taken_up.map(row => 1 - row[place] / worlds),
    };
    const words = {signed: "signed", considered: "considered, not signed", not_taken_up: "not taken up"};
    const fills = {signed: "simulated", considered: "half-the-worlds", not_taken_up: "most-worlds"};
    const x = record.dates, {colour, day, layout} = parley.figures;
    const data = Object.entries(share).map(([name, y]) => ({
      x, y, stackgroup: "all", mode: "lines", line: {width: 1, shape: "hv", color: colour(fills[name])}, fillcolor: colour(fills[name]), hoverinfo: "text",
      text: y.map((value, t) => `${name === "signed" ? `<b>${day(x[t])}</b><br>` : ""}${words[name]} ${value.toFixed(2)}`),
    }));
    const rule = (date, name, dash, width) => ({type: "line", xref: "x", yref: "paper", x0: date, x1: date, y0: 0, y1: 1, line: {color: colour(name), width, dash}});
    const years = [...new Set(x.map(date => date.slice(0, 4)))].slice(1);
    return {data, share, layout: layout({
      xaxis: {tickvals: years.map(year => `${year}-01-01`), ticktext: years, range: [x[0], x[x.length - 1]], ticklabelstandoff: 6},
      yaxis: {range: [0, 1], tickvals: [0, 0.25, 0.5, 0.75, 1], tickformat: ".2f"},
      shapes: [rule(x[parley.round()], "text", "solid", 1.5), ...(since ? [rule(since, "register", "solid", 3)] : [])],
    })};
  }

  function history() {
    const record = parley.record, place = record.names.indexOf(told.who), since = told.supporter_since;
    const figure = stands(record, place, since), t = parley.round();
    dash_clientside.set_props("history", {figure: {data: figure.data, layout: figure.layout}});
    const shares = Object.values(figure.share).map(row => row[t].toFixed(2));
    set("history-now", `${parley.figures.day(record.dates[t])}: signed in ${shares[0]} of ${record.worlds} simulated worlds, considered and not signed in ${shares[1]}, not taken up in ${shares[2]}.`);
    at("register-key").classList.toggle("nowhere", !since);
    set("register-says", since ? `on the register by ${parley.figures.day(since)}` : told.kind === "state" ? "never on the register" : "the register's dates are by country, not by name");
  }

  function cursor(t) {
    const graph = document.querySelector("#history .js-plotly-plot") ?? at("history");
    if (graph?.layout?.shapes?.length) window.Plotly?.relayout(graph, {"shapes[0].x0": parley.record.dates[t], "shapes[0].x1": parley.record.dates[t]});
  }

  // What would turn it: asked for by the button alone, called off by it or by another question.
  async function turn() {
    if (turning) return stop();
    const asked = told.asked;
    turning = new AbortController();
    set("turn", "Stop");
    set("turn-state", "simulating…");
    at("changes").replaceChildren();
    try {
      const answer = await fetch(`data/explain/changes?${asked}`, {signal: turning.signal});
      const content = await answer.json();
      if (!answer.ok) throw new Error(content.message);
      if (asked !== told?.asked) return;
      at("changes").replaceChildren(...changes(content));
      done("");
    } catch (problem) {
      if (problem.name !== "AbortError") done(problem.message);
    }
  }
  function stop() { if (turning) { turning.abort(); done("stopped"); } }
  function done(words) { turning = null; set("turn", "What would turn it?"); set("turn-state", words); }
  function forget() { at("changes").replaceChildren(); set("turn-state", ""); }

  function changes(content) {
    if (!content.aim) return [make("p", {className: "dimmed", text: "Nothing is sought: it decides nothing here, or an event of the scenario decides for it."})];
    const intro = make("p", {className: "dimmed", text: `What would make it ${content.aim.what}; share of ${content.worlds} simulated worlds in which it has signed by the end, before → after.`});
    return [intro, make("ul", {className: "changes"}, ...content.changes.map(change => make("li", {className: change.turns || change.once_reached ? "turns" : ""}, ...one_change(change))))];
  }

  function one_change(change) {
    const parts = [make("h3", {text: FAMILIES[change.family] ?? change.family})];
    parts.push(make("p", {text: change.what.charAt(0).toUpperCase() + change.what.slice(1) + (change.note ? ` (${change.note})` : "")}));
    if (!change.change) return parts;
    const shares = make("p", {className: "shares"}, make("span", {text: `${change.share_before.toFixed(2)} → ${change.share_after.toFixed(2)} `}),
      make("span", {className: "dimmed", text: change.turns ? "turns it " : change.once_reached ? "would turn it once it is reached " : "does not turn it "}));
    parts.push(shares);
    const address = try_it(change.change);
    if (address) shares.append(make("a", {href: address, text: "try it", "aria-label": `Try it: ${change.what}`}));
    else parts.push(make("details", {}, make("summary", {text: "as a scenario file says it"}), make("pre", {tabindex: 0}, make("code", {text: change.file}))));
    return parts;
  }

  // The change as an address of Simulate; null where an address cannot say it.
  function try_it(change) {
    const dials = Object.entries(change.parameters ?? {}), branches = [];
    for (const event of change.events ?? []) {
      if (event.who && "signs" in event) branches.push(...event.who.map(one => `${event.round}:${one}:${event.signs ? "signs" : "stays-out"}`));
      else if (event.dial) branches.push(`${event.round}:${event.dial}:${event.value}`);
      else return null;
    }
    if (change.code || [...branches].some(branch => branch.split(":").length !== 3)) return null;
    const address = new URLSearchParams(parley.query());
    const others = address.getAll("set").filter(part => !dials.some(([name]) => part.startsWith(`${name}:`)));
    const kept = address.getAll("branch").filter(branch => !branches.some(one => same_choice(one, branch)));
    address.delete("set");
    address.delete("branch");
    for (const part of [...others, ...dials.map(([name, value]) => `${name}:${value}`)]) address.append("set", part);
    for (const branch of [...kept, ...branches]) address.append("branch", branch);
    return `${home()}?${address.toString().replaceAll("%3A", ":").replaceAll("%2C", ",")}`;
  }

  const home = () => document.querySelector("[data-simulate]").dataset.simulate;
  const same_choice = (a, b) => a.split(":").slice(0, 2).join(":") === b.split(":").slice(0, 2).join(":");

  // The last month has no future: there, what is supposed begins with the launch.
  function supposed_from() {
    const {dates, first_round} = parley.record;
    return told.round < dates.length - 1 + first_round ? told.round : 0;
  }

  // An event of the scenario's own in this round cannot be gainsaid in it; one of the address can be replaced.
  function may_suppose() {
    const round = supposed_from(), branch = `${round}:${told.who}`;
    return told.may_sign && (told.event?.round !== round || parley.view.branch.some(other => same_choice(branch, other)));
  }

  // A choice of its own from the round shown on, in the address; then on to Simulate.
  function suppose(choice) {
    const round = supposed_from(), branch = `${round}:${told.who}:${choice}`;
    parley.view.round = round === told.round ? round : null;
    parley.view.branch = parley.view.branch.filter(other => !same_choice(branch, other));
    parley.branch(branch);
    const link = [...document.querySelectorAll(".page-link")].find(one => new URL(one.href).pathname === home());
    if (link) link.click(); else location.assign(`${home()}?${parley.query({round: true})}`);
  }

  document.addEventListener("parley:page", people);
  document.addEventListener("parley:people", people);
  document.addEventListener("parley:record", () => { if (here()) { told = null; ask(); } });
  document.addEventListener("parley:round", ({detail: t}) => { if (here()) { cursor(t); ask(); } });
  document.addEventListener("parley:scheme", () => { if (here() && told?.may_sign) history(); });
  document.addEventListener("click", event => {
    if (!here() || !told) return;
    if (event.target.closest?.("#turn")) turn();
    const choice = event.target.closest?.("[data-suppose]");
    if (choice) suppose(choice.dataset.suppose);
  });

  window.dash_clientside ??= {};
  dash_clientside.stakeholder = {
    heard_who(value) {
      if (!value || value === shown) return;
      shown = value;
      parley.view.who = value;
      parley.write();
      ask();
    },
  };
})();
