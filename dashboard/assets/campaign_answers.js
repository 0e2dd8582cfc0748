// The answers of the page Pivots and campaign, as tables with bars: an answer in, rows out. The ranks are the server's.
(() => {
  const {at, set, element, cell, table, fill} = parley.dom;
  const {KIND, STATUSES, difference: signed, difference_interval: interval, mean, percent, setting} = parley.format;
  const LISTS = {greedy: "This list", random: "As many at random", "region first": "One region after the other", "by size": "The most powerful first"};
  const MOST_NAMED = 4, MOST_TICKS = 4, MOST_FIRST = 6, ESTIMATE = "Mean and interval";

  const column = (className, ...content) => cell({className}, ...content);
  const estimate = (mean, low, high) => [element("strong", {}, signed(mean)), " ", element("span", {className: "dimmed"}, interval(low, high))];
  const place = ({rank}, rows) => rows.filter(row => row.rank === rank).length > 1 ? `=${rank}` : `${rank}`;
  // Rows under headings, each a class of its column and a text.
  const bars = (id, headings, rows) => fill(id, [table(headings.map(([className, text, axis]) => [axis ? element("th", {scope: "col", className}, text, axis) : text, {className}]), rows, {className: "bars"})]);

  // A function that draws means with their intervals on one scale, which holds all of *spans* and 0, and the axis of that scale.
  function scale(spans) {
    const ends = [0, ...spans.flat().filter(end => end !== null)], from = Math.min(...ends), to = Math.max(...ends);
    const room = (to - from || 1) * 0.03, left = value => 100 * (value - from + room) / (to - from + 2 * room || 1);
    const span = (className, low, high) => element("span", {className, style: {left: `${left(low)}%`, width: `${left(high) - left(low)}%`}});
    const point = (className, value) => element("span", {className, style: {left: `${left(value)}%`}});
    const axis = element("span", {className: "axis", "aria-hidden": true}, ...ticks(from, to).map(value =>
      element("span", {className: value === 0 ? "at-zero" : "", style: {left: `${left(value)}%`}}, signed(value, Number.isInteger(value) ? 0 : 1))));
    // The numbers stand beside it, so screen readers pass it over.
    const draw = (mean, low, high, below = null) => element("div", {className: "track", "aria-hidden": true}, point("zero", 0),
      ...(low === null ? [] : [span("range", low, high)]),
      ...(below && below.low !== null ? [span("range low", below.low, below.high), point("dot low", below.mean)] : []), point("dot", mean));
    return {draw, axis};
  }

  // Numbers from *from* to *to*, 0 among them, at steps of 1, 2 or 5 times a power of ten.
  function ticks(from, to) {
    const size = Math.max((to - from) / MOST_TICKS, 0.1), power = 10 ** Math.floor(Math.log10(size));
    const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= size), first = Math.ceil(from / step);
    return Array.from({length: Math.floor(to / step) - first + 1}, (_, k) => Math.round(10 * (first + k) * step) / 10);
  }

  // The first rows, and what they are sorted by. Where all of them share one rank, that is said once and no column has it.
  function top(name, rows, all, what, {head, bar, of}) {
    const is_one = rows.length > 1 && rows.every(({rank}) => rank === rows[0].rank), {draw, axis} = scale(rows.map(row => [row[of], row.low, row.high]));
    bars(`${name}-top`, [...(is_one ? [] : [["rank", "Rank"]]), ["whom", head], ["bar", bar, axis], ["estimate", ESTIMATE]], rows.map(row => element("tr", {},
      ...(is_one ? [] : [column("rank", place(row, all))]), person(row.who, row.name, row.kind ? ` ${KIND[row.kind]}` : ""), column("bar", draw(row[of], row.low, row.high)), column("estimate", ...estimate(row[of], row.low, row.high)))));
    const of_all = all.length > rows.length ? `${rows.length} of ${all.length}, by` : "By";
    set(`${name}-sorted`, `${of_all} ${what}; ${is_one ? "these share one rank, as the worlds cannot tell them apart" : "who shares a rank (=) cannot be told apart"}.`);
  }

  // The head of a row: a name that leads to its own page, with the view of the question.
  function person(who, name, more = "") {
    const parameters = new URLSearchParams(parley.query());
    parameters.set("who", who);
    return element("th", {scope: "row", className: "whom"},
      element("a", {href: `stakeholder?${parameters}`}, name), element("span", {className: "dimmed"}, more));
  }

  const provenance = ({title, lens, worlds, seed, version}, judged = "") =>
    `${title}${lens && lens !== "full" ? `, lens ${lens}` : ""}: ${worlds} worlds, seed ${seed}${judged}, Parley ${version}.`;

  // Who shares the first rank, in one sentence, where the worlds can tell.
  function leaders(rows, contrast) {
    const first = rows.filter(row => row.rank === rows[0].rank), less = contrast.startsWith("stays out");
    if (rows.every(({mean, low, high}) => !mean && !low && !high)) return "Nobody's signature moves others here: no motive that looks at signatures has a weight among those who may sign.";
    if (rows.length === 1) return `${rows[0].name}: ${signed(rows[0].mean)} others.`;
    if (first.length === rows.length) return "None of them is clearly different from all others, so all share one rank; more worlds may tell them apart.";
    if (first.length > MOST_NAMED) return `${first.length} candidates share the first rank: their intervals do not tell them apart.`;
    const names = first.map(row => `${row.name} (${signed(row.mean)})`), last = names.pop();
    const of_kinds = row => Object.entries(KIND).filter(([kind]) => signed(row[kind]) !== "0").map(([kind, word]) => `${word}s ${signed(row[kind])}`).join(", ");
    const moved = Object.entries(KIND).filter(([kind]) => signed(first[0][kind]) !== "0"), rest = Object.keys(KIND).filter(kind => kind !== moved[0]?.[0] && first[0][kind]);
    const all = moved.length === 1 ? `, ${rest.length ? "nearly " : ""}all of them ${moved[0][1]}s` : "";
    const in_kinds = all ? `${mean(first[0].mean)} more sign` : `${mean(first[0].mean)} more sign (${of_kinds(first[0])})`;
    if (!names.length) return less ? `Most others are lost where ${first[0].name} stays out: ${signed(first[0].mean)} by the end (${of_kinds(first[0])}).`
      : `${first[0].name} moves most others${all}: where it signs${contrast.endsWith("stays out") ? " rather than staying out" : ""}, ${in_kinds} by the end.`;
    const who = word => `${names.join(", ")} ${word} ${last}`, alike = "these cannot be told apart";
    return less ? `Most others are lost where ${who("or")} stays out; ${alike}.` : `${who("and")} move most others; ${alike}.`;
  }

  function pivots(answer, contrast) {
    const rows = answer.pivots[contrast];
    set("pivots-found", leaders(rows, contrast));
    set("pivots-provenance", provenance(answer));
    parley.basis.show(answer, "pivots");
    set("pivots-assumes", `Every figure ${answer.assumes}.`);
    const {draw, axis} = scale(rows.map(row => [row.mean, row.low, row.high, row.low_end_low, row.low_end_high]));
    const headings = [
      ["rank", "Rank"], ["whom", "Candidate"], ["bar", "Others moved", axis], ["estimate", ESTIMATE],
      ["estimate low-end", "With less pull of neighbours"], ["detail", "States"], ["detail", "Firms"], ["detail", "NGOs"], ["detail", "Places"],
    ];
    bars("pivots-table", headings, rows.map((row, k) => element("tr", {className: k && rows[k - 1].rank !== row.rank ? "next-rank" : ""},
      column("rank", place(row, rows)), person(row.who, row.name, ` ${KIND[row.kind]}`),
      column("bar", draw(row.mean, row.low, row.high, {mean: row.low_end_mean, low: row.low_end_low, high: row.low_end_high})),
      column("estimate", ...estimate(row.mean, row.low, row.high)),
      column("estimate low-end", ...estimate(row.low_end_mean, row.low_end_low, row.low_end_high)),
      ...Object.keys(KIND).map(kind => column("detail", signed(row[kind]))),
      column("detail", row.best === row.worst ? `${row.best}` : `${row.best}–${row.worst}`))));
    const peers = Object.entries(answer.peers_low_end).map(([name, value]) => `${setting(value)} among ${KIND[name.replace(/_peers$/, "")]}s`).join(", ");
    top("pivots", rows.slice(0, MOST_FIRST), rows, "the others moved", {head: "Candidate", bar: "Others moved", of: "mean"});
    set("pivots-read", "Who is not clearly different shares a rank (=). Places are those at best and at worst. "
      + `Intervals are those of one comparison each. A candidate signs from month ${answer.from_round} on. With less pull of neighbours, their example weighs ${peers}.`);
  }

  function campaign(answer) {
    const {asked, lists, approached} = answer, [greedy, random] = ["greedy", "random"].map(name => lists.find(row => row.list === name));
    parley.basis.show(answer, "campaign");
    set("campaign-provenance", provenance(answer, ` (chosen), ${asked.judged_on} fresh worlds (judged)`));
    set("campaign-assumes", `What other states, firms and NGOs add ${answer.assumes}.`);
    const between = greedy.low === null ? "" : ` (${interval(greedy.low, greedy.high)})`;
    const approaches = asked.approaches === 1 ? "One approach brings" : `${asked.approaches} approaches bring`;
    const verdict = random.greedy_less_low > 0 ? "clearly more than" : random.greedy_less_high < 0 ? "clearly fewer than" : "not clearly more than";
    set("campaign-found", `${approaches} ${mean(greedy.gain)} more states by the end${between}, ${verdict} the ${mean(random.gain)} by as many at random.`);
    const best = [...approached].sort((a, b) => b.gain - a.gain).slice(0, MOST_FIRST);
    top("campaign", best, approached, "the states gained through each", {head: "State", bar: "States gained", of: "gain"});
    set("lists-read", `Of what this list brings, ${signed(greedy.approached)} are among the approached. From the same ${asked.pool} states; ${asked.states - asked.pool} more sign in practically all worlds anyway. “This list, less it” is taken world by world: where its interval holds 0, the two lists cannot be told apart.`);
    const of_all = scale(lists.map(row => [row.gain, row.low, row.high]));
    const of_lists = [
      ["whom", "List"], ["bar", "States gained", of_all.axis], ["estimate", ESTIMATE], ["estimate low-end", "This list, less it"], ["detail", "Firms"], ["detail", "NGOs"],
    ];
    bars("lists-table", of_lists, lists.map(row => element("tr", {},
      element("th", {scope: "row", className: "whom"}, LISTS[row.list]),
      column("bar", of_all.draw(row.gain, row.low, row.high)), column("estimate", ...estimate(row.gain, row.low, row.high)),
      column("estimate low-end", ...(row.list === "greedy" ? ["–"] : estimate(row.greedy_less, row.greedy_less_low, row.greedy_less_high))),
      column("detail", signed(row.firms)), column("detail", signed(row.ngos)))));
    const {draw, axis} = scale(approached.map(row => [row.gain, row.low, row.high]));
    const of_approaches = [
      ["rank", "No."], ["whom", "State"], ["bar", "States gained", axis], ["estimate", ESTIMATE], ["detail", "Rank"], ["detail", "Itself"],
      ["stands", "Without an approach"], ["standing", "Not taken up"], ["standing", "Declined"], ["detail", "Waiting"], ["detail", "Signed"],
    ];
    bars("approached-table", of_approaches, approached.map(row => element("tr", {},
      column("rank", `${row.order}`), person(row.who, row.name),
      column("bar", draw(row.gain, row.low, row.high)), column("estimate", ...estimate(row.gain, row.low, row.high)),
      column("detail", place(row, approached)), column("detail", signed(row.itself)), column("stands", stack(row)),
      column("standing", percent(row.end_not_reached)), column("standing", percent(row.end_declines)),
      column("detail", percent(row.end_waits)), column("detail", percent(row.end_signed)))));
    const mostly = status => approached.filter(row => row[`end_${status}`] > 0.5).length;
    set("campaign-read", `Of the ${approached.length}, ${mostly("not_reached")} have not taken the matter up by the end in most worlds without an approach, and ${mostly("declines")} have considered it and declined. `
      + `They are approached for ${asked.months} months from month ${asked.from_round} on, each with ${setting(asked.strength)} a month added to its attention. The order is that of the choice; gains that are not clearly different share a rank (=).`);
    at("campaign-try").hidden = answer.try === null;
    if (answer.try !== null) at("campaign-try").href = `./?${answer.try}`;
  }

  // The shares of the worlds in which a state stands at each status by the end, one beside the other.
  const stack = row => element("div", {className: "stack-bar", "aria-hidden": true},
    ...STATUSES.map(({name, column}) => element("span", {className: name.replaceAll("_", "-"), style: {width: `${100 * row[`end_${column}`]}%`}})));

  parley.answers = {pivots, campaign};
})();
