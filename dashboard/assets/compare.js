// The page Compare: the view of the address, A, and those that its `with` name, under the same luck.
(() => {
  window.parley ??= {};
  const MOST = 4, LETTERS = "ABCD";
  const at = id => document.getElementById(id);
  const put = (component, props) => dash_clientside.set_props(component, props);
  let under_way = null, asked = null, compared = null, conduct = null;

  const query = () => [parley.query(), ...parley.view.with.map(other => `with=${encodeURIComponent(other)}`)].filter(Boolean).join("&");

  function element(tag, props = {}, ...content) {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...content);
    return made;
  }

  function say(message) {
    const place = at("message");
    if (place) { place.textContent = message ?? ""; place.hidden = !message; }
  }

  async function ask() {
    if (!at("compare")) return;
    const question = query();
    at("compare-download").href = `data/compare.csv?${question}`;
    if (question === asked && compared) return show();
    asked = question;
    under_way?.abort();
    const mine = under_way = new AbortController();
    at("compare").setAttribute("aria-busy", "true");
    at("compare-provenance").textContent = `simulating ${parley.view.with.length ? `${parley.view.with.length + 1} views` : "this view"} …`;
    if (!compared) chips();
    try {
      const answer = await fetch(`data/compare?${question}`, {signal: mine.signal});
      const content = await answer.json();
      if (!answer.ok) throw new Error(content.message);
      compared = content;
      conduct = null;
      say("");
      show();
    } catch (problem) {
      if (problem.name === "AbortError") return;
      asked = null;
      compared = null;
      say(problem.message);
      at("compare")?.classList.add("refused");
      chips();
    }
    at("compare")?.setAttribute("aria-busy", "false");
  }

  function show() {
    at("compare").classList.remove("refused");
    at("compare-provenance").textContent = `${compared.worlds} worlds in each view, seed ${compared.seed}, Parley ${compared.version}`;
    chips();
    draw();
    at("pairs").replaceChildren(...(compared.pairs.length ? compared.pairs.map(pair) : [nothing()]));
    at("pairs-read").hidden = compared.pairs.length === 0;
    at("conduct").hidden = compared.pairs.length === 0;
    if (at("conduct").open) ask_conduct();
  }

  const nothing = () => element("p", {className: "dimmed", textContent: "Add a scenario or a lens above, and its differences from A are listed here."});

  // What each letter stands for; where the server refused one, what the address says of it, so that it can be removed.
  function chips() {
    if (!at("compare")) return;
    const names = compared?.views.map(view => view.name) ?? ["This view", ...parley.view.with.map(other => other || "The Paris Call, 2018")];
    at("compared").replaceChildren(...names.map((name, k) => {
      const item = element("li", {className: `side side-${k}`}, element("strong", {textContent: LETTERS[k] ?? "?"}), element("span", {textContent: name}));
      if (k === 0) {
        item.append(element("a", {href: `./${location.search}`, textContent: "change"}));
        item.lastChild.setAttribute("aria-label", "Change view A on Simulate");
      } else {
        const button = element("button", {className: "reset", textContent: "remove"});
        button.dataset.removeView = k - 1;
        button.setAttribute("aria-label", `Remove view ${LETTERS[k] ?? ""}: ${name}`);
        item.append(button);
      }
      return item;
    }));
    const full = parley.view.with.length >= MOST - 1;
    for (const name of ["scenario", "lens"]) put(`beside-${name}`, {disabled: full});
    at("beside-branchless").hidden = parley.view.branch.length === 0;
    at("beside-branchless").disabled = full;
    at("compare-full").hidden = !full;
  }

  function draw() {
    for (const kind of Object.keys(parley.figures.KINDS)) put(`compare-${kind}`, {figure: parley.figures.compared(compared.views, kind)});
  }

  const number = (value, unit) => unit === "share" ? `${(100 * value).toFixed(1)} %` : value.toFixed(value % 1 ? 1 : 0);
  const signed = (value, unit) => {
    const size = Math.abs(unit === "share" ? 100 * value : value), text = size.toFixed(unit === "share" || (size < 100 && size % 1) ? 1 : 0);
    return Number(text) === 0 ? "0" : `${value < 0 ? "−" : "+"}${text}`;
  };
  const points = unit => unit === "share" ? " pts" : "";
  const percent = share => `${(100 * share).toFixed(0)} %`;
  const header = (...words) => element("thead", {}, element("tr", {}, ...words.map(word => element("th", {scope: "col", textContent: word}))));
  const row = (head, ...cells) => element("tr", {}, element("th", {scope: "row", textContent: head}), ...cells.map(cell => element("td", {}, cell)));

  function pair({letter, differences, up, down}, k) {
    const view = compared.views[k + 1], first = compared.views[0], end = day => parley.figures.day(day);
    const ends = [first, view].map(side => side.dates[side.dates.length - 1]);
    const when = ends[0] === ends[1] ? `on ${end(ends[0])}` : `at the end of each, A on ${end(ends[0])} and ${letter} on ${end(ends[1])}`;
    const rows = differences.map(({label, unit, first, second, difference, low_90, high_90}) =>
      row(label, number(first, unit), number(second, unit), element("strong", {textContent: signed(difference, unit) + points(unit)}),
        element("span", {className: "dimmed", textContent: `${signed(low_90, unit)} to ${signed(high_90, unit)}`})));
    const card = element("section", {className: "card pair-card"},
      element("h2", {textContent: `${letter} less A`}),
      element("p", {className: "dimmed", textContent: `${view.name}, beside A, ${when}.`}),
      element("p", {className: "basis"}, element("span", {className: "tag", textContent: "fitted to the register"}),
        element("span", {className: "dimmed", textContent: `${compared.worlds} pairs of worlds with the same luck, seed ${compared.seed}`})),
      element("div", {className: "wide-table"}, element("table", {className: "differences"}, header("At the end", "A", letter, "Difference", "In 90 % of pairs"), element("tbody", {}, ...rows))),
      element("h3", {textContent: "Who changed sides"}),
      element("p", {className: "dimmed", textContent: "Share of simulated worlds in which each has signed by the end."}),
      element("div", {className: "moved-both"}, movers("More often", up, letter), movers("Less often", down, letter)));
    card.setAttribute("aria-label", `${letter} less A`);
    const region = card.querySelector(".wide-table");
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", `Differences, ${letter} less A`);
    return card;
  }

  function movers(title, people, letter) {
    if (people.length === 0) return element("p", {className: "dimmed", textContent: `${title}: nobody with a name.`});
    return element("table", {}, header(title, "A", letter),
      element("tbody", {}, ...people.map(one => row(one.name, percent(one.first), percent(one.second)))));
  }

  async function ask_conduct() {
    if (!compared || compared.pairs.length === 0 || conduct === asked) return;
    const question = conduct = asked, state = at("conduct-state");
    state.textContent = "Simulating conduct over its assumptions, some seconds …";
    at("conduct-table").replaceChildren();
    try {
      const answer = await fetch(`data/compare/conduct?${question}`);
      const content = await answer.json();
      if (question !== asked || !at("conduct")) return;
      if (!answer.ok) throw new Error(content.message);
      state.textContent = "";
      at("conduct-provenance").textContent = `ranges over what nobody has measured: ${content.combinations} combinations of assumptions with ${content.worlds} worlds each, seed ${content.seed}, Parley ${content.version}`;
      at("conduct-table").replaceChildren(ranges({heads: content.letters.map(letter => `${letter} less A`), rows: content.rows}));
    } catch (problem) {
      conduct = null;
      state.textContent = problem.message;
    }
  }

  // Ranges over assumptions, by group, under *heads*; the first *levels* of each row are no differences.
  function ranges({heads, rows, levels = 0}) {
    const digits = unit => unit.startsWith("share") || unit.startsWith("mean") ? 2 : 1;
    const text = (value, unit, level) => { const size = Math.abs(value).toFixed(digits(unit)); return Number(size) === 0 ? "0" : `${value < 0 ? "−" : level ? "" : "+"}${size}`; };
    const range = ([low, high], unit, level) => {
      if (low === null) return "–";
      const ends = [text(low, unit, level), text(high, unit, level)];
      if (level && ends[0] === ends[1]) return ends[0];
      return ends.every(end => end === "0") ? "no change" : `${ends[0]} to ${ends[1]}`;
    };
    const body = [];
    for (const [place, {label, group, unit, ranges}] of rows.entries()) {
      const cells = ranges.map((one, k) => range(one, unit, k < levels)), title = element("div", {textContent: label}, element("span", {className: "dimmed", textContent: ` (${unit})`}));
      if (group === "all" && rows[place - 1]?.label !== label) {
        const alone = row("", ...cells);
        alone.firstChild.append(title);
        body.push(element("tbody", {className: "alone"}, alone));
        continue;
      }
      if (rows[place - 1]?.label !== label) {
        body.push(element("tbody", {}, element("tr", {}, element("th", {colSpan: heads.length + 1, scope: "rowgroup"}, title))));
      }
      body[body.length - 1].append(row(group, ...cells));
    }
    return element("table", {className: "ranges"}, header("By group", ...heads), ...body);
  }

  function add(other) {
    if (parley.view.with.length >= MOST - 1) return;
    parley.view.with = [...parley.view.with, other];
    parley.write();
    ask();
  }

  // The view of the address with some of it changed, as a query of its own; luck is that of A.
  function with_changed(change) {
    const said = new URLSearchParams(parley.query());
    for (const key of ["worlds", "seed"]) said.delete(key);
    change(said);
    return said.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  }

  document.addEventListener("parley:record", ask);
  document.addEventListener("parley:page", () => { conduct = null; if (at("compare") && parley.record) ask(); });
  document.addEventListener("parley:scheme", () => { if (at("compare") && compared) draw(); });
  document.addEventListener("toggle", event => { if (event.target.id === "conduct" && event.target.open) ask_conduct(); }, true);
  document.addEventListener("click", event => {
    const remove = event.target.closest?.("[data-remove-view]");
    if (remove) {
      const gone = Number(remove.dataset.removeView);
      parley.view.with = parley.view.with.filter((_, k) => k !== gone);
      parley.write();
      ask();
      at("beside-scenario")?.focus();
    }
    if (event.target.id === "beside-branchless") add(with_changed(said => said.delete("branch")));
  });

  Object.assign(parley, {ranges});

  window.dash_clientside ??= {};
  dash_clientside.parley = {
    ...dash_clientside.parley,
    heard_beside_scenario(scenario) {
      if (!scenario) return;
      put("beside-scenario", {value: null});
      const said = new URLSearchParams({scenario});
      if (scenario === "paris-call-2018") said.delete("scenario");
      if (parley.view.lens) said.set("lens", parley.view.lens);
      add(said.toString());
    },
    heard_beside_lens(lens) {
      if (!lens) return;
      put("beside-lens", {value: null});
      add(with_changed(said => said.set("lens", lens)));
    },
  };
})();
