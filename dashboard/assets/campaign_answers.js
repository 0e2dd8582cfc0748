// The answers of the page Pivots and campaign, as tables with bars: an answer in, rows out. The server ranks, nobody here.
(() => {
  window.parley ??= {};
  const at = id => document.getElementById(id);
  const KINDS = {state: "state", firm: "firm", ngo: "NGO"};
  const LISTS = {greedy: "This list", random: "As many at random", "region first": "One region after the other", "by size": "The most powerful first"};
  const MOST_NAMED = 4;
  const STATUSES = ["not_reached", "waits", "declines", "signed", "left"];

  function element(tag, props = {}, ...content) {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...content);
    return made;
  }
  const signed = (value, digits = 2) => {
    const size = Math.abs(value).toFixed(digits);
    return Number(size) === 0 ? (0).toFixed(digits) : `${value < 0 ? "−" : "+"}${size}`;
  };
  const interval = (low, high) => low === null ? "–" : `${signed(low)} to ${signed(high)}`;
  const percent = share => `${(100 * share).toFixed(0)} %`;
  const cell = (name, ...content) => element("td", {className: name}, ...content);
  const estimate = (mean, low, high) => [element("strong", {textContent: signed(mean)}), " ", element("span", {className: "dimmed", textContent: interval(low, high)})];
  const shared = (row, rows) => rows.some(other => other !== row && other.rank === row.rank) ? `=${row.rank}` : `${row.rank}`;

  function table(place, headings, rows) {
    const heads = headings.map(([name, words]) => element("th", {scope: "col", className: name, textContent: words}));
    at(place).replaceChildren(element("table", {className: "bars"}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
  }

  // A function that draws means with their intervals on one scale, which holds all of *spans* and 0.
  function scale(spans) {
    const ends = [0, ...spans.flat().filter(end => end !== null)], from = Math.min(...ends), to = Math.max(...ends);
    const room = (to - from || 1) * 0.03, left = value => 100 * (value - from + room) / (to - from + 2 * room || 1);
    const span = (name, low, high) => {
      const drawn = element("span", {className: name});
      drawn.style.left = `${left(low)}%`;
      drawn.style.width = `${left(high) - left(low)}%`;
      return drawn;
    };
    const point = (name, value) => { const drawn = element("span", {className: name}); drawn.style.left = `${left(value)}%`; return drawn; };
    return (mean, low, high, below = null) => {
      const drawn = element("div", {className: "track"}, point("zero", 0));
      if (low !== null) drawn.append(span("range", low, high));
      if (below && below.low !== null) drawn.append(span("range low", below.low, below.high), point("dot low", below.mean));
      drawn.append(point("dot", mean));
      drawn.setAttribute("aria-hidden", "true"); // the numbers stand beside it
      return drawn;
    };
  }

  // The name leads to its own page, with the view that was asked about.
  function person(who, name, more = "") {
    const said = new URLSearchParams(parley.query());
    said.set("who", who);
    return element("th", {scope: "row", className: "whom"}, element("a", {href: `stakeholder?${said}`, textContent: name}), element("span", {className: "dimmed", textContent: more}));
  }

  const provenance = ({title, lens, worlds, seed, version, interval}, judged = "") =>
    `${title}${lens && lens !== "full" ? `, lens ${lens}` : ""}: ${worlds} worlds, seed ${seed}${judged}, Parley ${version}. Intervals: ${interval}.`;

  // Who shares the first rank, in one sentence, where that is told by the worlds.
  function leaders(rows, contrast) {
    const first = rows.filter(row => row.rank === rows[0].rank), less = contrast.startsWith("stays out");
    if (rows.length === 1) return `${rows[0].name}: ${signed(rows[0].mean, 1)} others.`;
    if (first.length === rows.length) return "None of them is clearly different from all others, so all share one rank; more worlds may tell them apart.";
    if (first.length > MOST_NAMED) return `${first.length} candidates share the first rank: their intervals do not tell them apart.`;
    const names = first.map(row => `${row.name} (${signed(row.mean, 1)})`), last = names.pop(), alike = names.length ? "; these cannot be told apart" : "";
    const who = word => names.length ? `${names.join(", ")} ${word} ${last}` : last;
    return less ? `Most others are lost where ${who("or")} stays out${alike}.` : `${who("and")} ${names.length ? "move" : "moves"} most others${alike}.`;
  }

  function pivots(answer, contrast) {
    const rows = answer.pivots[contrast], kinds = Object.keys(KINDS);
    at("pivots-found").textContent = leaders(rows, contrast);
    at("pivots-provenance").textContent = provenance(answer);
    at("pivots-csv").href = `data/jobs/${answer.key}/pivots.csv`;
    at("pivots-assumes").textContent = `Every figure ${answer.assumes}.`;
    const draw = scale(rows.map(row => [row.mean, row.low, row.high, row.low_end_low, row.low_end_high]));
    const heads = [["rank", "Rank"], ["whom", "Candidate"], ["bar", "Others moved"], ["estimate", "95 % interval"], ["estimate low-end", "Peers at the low end"],
                   ["detail", "States"], ["detail", "Firms"], ["detail", "NGOs"], ["detail", "Places"]];
    table("pivots-table", heads, rows.map((row, k) => {
      const made = element("tr", {className: k && rows[k - 1].rank !== row.rank ? "next-rank" : ""},
        cell("rank", shared(row, rows)), person(row.who, row.name, ` ${KINDS[row.kind]}`),
        cell("bar", draw(row.mean, row.low, row.high, {mean: row.low_end_mean, low: row.low_end_low, high: row.low_end_high})),
        cell("estimate", ...estimate(row.mean, row.low, row.high)), cell("estimate low-end", ...estimate(row.low_end_mean, row.low_end_low, row.low_end_high)),
        ...kinds.map(kind => cell("detail", signed(row[kind]))), cell("detail", row.best === row.worst ? `${row.best}` : `${row.best}–${row.worst}`));
      return made;
    }));
    const peers = Object.entries(answer.peers_low_end).map(([name, value]) => `${name.replaceAll("_", " ")} ${Number(value.toPrecision(3))}`).join(", ");
    at("pivots-read").textContent = "Who is not clearly different shares a rank (=). Places are those at best and at worst. "
      + `Intervals are those of one comparison each. A candidate signs from month ${answer.from_round} on. Peers at their low end: ${peers}.`;
  }

  function campaign(answer) {
    const {asked, lists, approached} = answer, [greedy, random] = ["greedy", "random"].map(name => lists.find(row => row.list === name));
    at("campaign-provenance").textContent = provenance(answer, ` (chosen), ${asked.judged_on} fresh worlds (judged)`);
    for (const name of ["approached", "lists"]) at(`${name}-csv`).href = `data/jobs/${answer.key}/${name}.csv`;
    at("campaign-assumes").textContent = `What other states, firms and NGOs add ${answer.assumes}.`;
    const verdict = random.greedy_less_low > 0 ? "clearly more than" : random.greedy_less_high < 0 ? "clearly fewer than" : "not clearly more than";
    const states = Math.abs(greedy.gain) === 1 ? "state" : "states";
    at("campaign-found").replaceChildren(
      element("strong", {className: "headline", textContent: signed(greedy.gain, 1)}),
      ` ${states} by ${asked.approaches === 1 ? "one approach" : `${asked.approaches} approaches`} (95 %: ${interval(greedy.low, greedy.high)}), of which ${signed(greedy.approached, 1)} among the approached; ${verdict} as many at random, which bring ${signed(random.gain, 1)} (${interval(random.low, random.high)}).`);
    at("lists-read").textContent = `From the same ${asked.pool} states; ${asked.states - asked.pool} more sign in practically all worlds anyway. “This list, less it” is taken world by world: where its interval holds 0, the two lists cannot be told apart.`;
    let draw = scale(lists.map(row => [row.gain, row.low, row.high]));
    table("lists-table", [["whom", "List"], ["bar", "States gained"], ["estimate", "95 % interval"], ["estimate low-end", "This list, less it"], ["detail", "Firms"], ["detail", "NGOs"]],
      lists.map(row => element("tr", {}, element("th", {scope: "row", className: "whom", textContent: LISTS[row.list]}), cell("bar", draw(row.gain, row.low, row.high)),
        cell("estimate", ...estimate(row.gain, row.low, row.high)), cell("estimate low-end", ...(row.list === "greedy" ? ["–"] : estimate(row.greedy_less, row.greedy_less_low, row.greedy_less_high))),
        cell("detail", signed(row.firms)), cell("detail", signed(row.ngos)))));
    draw = scale(approached.map(row => [row.gain, row.low, row.high]));
    const heads = [["rank", "No."], ["whom", "State"], ["bar", "States gained"], ["estimate", "95 % interval"], ["detail", "Rank"], ["detail", "Itself"], ["stands", "Without an approach"],
                   ["standing", "Not reached"], ["standing", "Would decline"], ["detail", "Waits"], ["detail", "Has signed"]];
    table("approached-table", heads, approached.map(row => element("tr", {},
      cell("rank", `${row.order}`), person(row.who, row.name), cell("bar", draw(row.gain, row.low, row.high)), cell("estimate", ...estimate(row.gain, row.low, row.high)),
      cell("detail", shared(row, approached)), cell("detail", signed(row.itself)), cell("stands", stack(row)),
      cell("standing", percent(row.end_not_reached)), cell("standing", percent(row.end_declines)), cell("detail", percent(row.end_waits)), cell("detail", percent(row.end_signed)))));
    const mostly = status => approached.filter(row => row[`end_${status}`] > 0.5).length;
    at("campaign-read").textContent = `Of the ${approached.length}, ${mostly("not_reached")} have not been reached by the end in most worlds without an approach, and ${mostly("declines")} have been reached and decline. `
      + `They are approached for ${asked.months} months from month ${asked.from_round} on, each with ${asked.strength} a month added to its attention. The order is that of the choice; gains that are not clearly different share a rank (=).`;
    at("campaign-try").hidden = answer.try === null;
    if (answer.try !== null) at("campaign-try").href = `./?${answer.try}`;
  }

  function stack(row) {
    const drawn = element("div", {className: "stack-bar"});
    for (const status of STATUSES) {
      const part = element("span", {className: status.replace("_", "-")});
      part.style.width = `${100 * row[`end_${status}`]}%`;
      drawn.append(part);
    }
    drawn.setAttribute("aria-hidden", "true");
    return drawn;
  }

  parley.answers = {pivots, campaign};
})();
