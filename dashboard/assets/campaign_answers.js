// The answers of the page Campaign, as tables with bars: an answer in, rows out. The places are the server's.
(() => {
  const {at, set, element, cell, table, fill} = parley.dom;
  const {KIND, STATUSES, TO, capital, count, difference: signed, difference_interval: interval, interval: range, listing, mean, percent, setting} = parley.format;
  const LISTS = {greedy: "This list", random: "As many at random", "region first": "One region after the other", "by size": "The most powerful first"};
  const MOST_NAMED = 4, MOST_TICKS = 4, MOST_FIRST = 10, FEW = 6, NEVER = "never", SEEN = 0.1, ESTIMATE = "Mean and interval";
  const SOURCE = / \([^()]+ \d{4}\)$/;  // of what an answer assumes; the fold has it

  const column = (className, ...content) => cell({className}, ...content);
  const estimate = (mean, low, high) => [element("strong", {}, signed(mean)), " ", element("span", {className: "dimmed"}, interval(low, high))];
  // From behind all who are clearly ahead to before all who are clearly behind.
  const places = ({best, worst}) => range(best, worst);
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
    // What each kind adds, one part beside the other, and the interval of all of them.
    const parts = (row, low, high) => {
      const ends = {1: 0, "-1": 0};
      return element("div", {className: "track", "aria-hidden": true}, point("zero", 0), ...Object.keys(KIND).filter(kind => row[kind]).map(kind => {
        const side = Math.sign(row[kind]), from = ends[side];
        ends[side] += row[kind];
        return span(`part of-${kind}`, Math.min(from, ends[side]), Math.max(from, ends[side]));
      }), ...(low === null ? [] : [span("whisker", low, high)]));
    };
    const step = (before, total) => [point("zero", 0), span("before", Math.min(0, before), Math.max(0, before)), span("step", Math.min(before, total), Math.max(before, total))];
    return {draw, axis, step, parts};
  }

  // Numbers from *from* to *to*, 0 among them, at steps of 1, 2 or 5 times a power of ten.
  function ticks(from, to) {
    const size = Math.max((to - from) / MOST_TICKS, 0.1), power = 10 ** Math.floor(Math.log10(size));
    const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= size), first = Math.ceil(from / step);
    return Array.from({length: Math.floor(to / step) - first + 1}, (_, k) => Math.round(10 * (first + k) * step) / 10);
  }

  // The first candidates, and what their order says.
  function top(rows, said) {
    const {parts, axis} = scale(rows.map(row => [row.mean, row.low, row.high, Object.keys(KIND).reduce((sum, kind) => sum + Math.max(row[kind], 0), 0)]));
    bars("pivots-top", [["rank", "Place"], ["whom", "Candidate"], ["bar", "Others that follow", axis], ["estimate", ESTIMATE]], rows.map(row => element("tr", {},
      column("rank", places(row)), person(row.who, row.name, ` ${KIND[row.kind]}`),
      column("bar", parts(row, row.low, row.high)), column("estimate", ...estimate(row.mean, row.low, row.high)))));
    for (const kind of Object.keys(KIND)) document.querySelector(`#pivots-answer .key.of-${kind}`).parentElement.hidden = rows.every(row => Math.abs(row[kind]) < SEEN);
    set("pivots-sorted", said);
  }

  // A list that grows: each row with what it adds, where the total stood before it, and where it stands with it.
  function growing(rows) {
    let total = 0;
    return rows.map(row => ({row, before: total, total: total += row.gain}));
  }
  // The steps of a list, each drawn from the total before it to the total with it.
  function stairs(rows) {
    const {axis, step} = scale(rows.map(({total}) => [total]));
    return {axis, draw: ({before, total}) => element("div", {className: "track", "aria-hidden": true}, ...step(before, total))};
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

  const assumed = ({assumes}) => assumes.replace(SOURCE, "");
  const whose = name => `${name}’${name.endsWith("s") ? "" : "s"}`;
  // The number of others of a *kind* that a signature brings, or that its absence loses, as a mean and its interval.
  function brought(row, kind, less) {
    const [value, ...ends] = [row[kind], row[`${kind}_low`], row[`${kind}_high`]].map(each => each === null ? null : less ? -each : each);
    const [low, high] = less ? ends.reverse() : ends;
    return {value, low, high};
  }

  // Which kinds follow nobody, and who brings most others of which kind, in one sentence, where the worlds can tell.
  function leaders(rows, contrast) {
    const less = contrast.startsWith("stays out"), kinds = Object.keys(KIND).filter(kind => rows.some(row => row[kind]));
    if (!kinds.length) return "Nobody's signature moves others here: no motive that looks at signatures has a weight among those who may sign.";
    const is_less_than_one = row => kind => { const {value, low, high} = brought(row, kind, less); return Math.max(Math.abs(low ?? value), Math.abs(high ?? value)) < 1; };
    const still = kinds.filter(kind => rows.every(row => is_less_than_one(row)(kind))), deed = less ? "absence" : "signature", [verb, verbs] = less ? ["lose", "loses"] : ["bring", "brings"], end = less ? "" : " along";
    const nobody = still.length ? `Nobody’s ${deed} ${verbs} even one other ${listing(still.map(kind => KIND[kind]), "or")}${end}` : "";
    const told = kinds.filter(kind => !still.includes(kind)), first = rows.filter(({best}) => best === 1), [top] = first;
    if (!told.length) return `${nobody}.`;
    const both = ahead => nobody ? `${nobody}; ${ahead}.` : `${capital(ahead)}.`;
    if (rows.length > 1 && first.length === rows.length) return both("none of them is clearly ahead of another, and more worlds may tell them apart");
    if (first.length > MOST_NAMED) return both(`${first.length} candidates come first and cannot be told apart`);
    if (first.length > 1) return both(`most ${listing(told.map(kind => `${KIND[kind]}s`))} ${less ? "are lost with" : "come with"} ${listing(first.map(({name}) => name), "or")}, which cannot be told apart`);
    const number = kind => {
      const more = count(brought(top, kind, less).value);
      return `${more === "0" ? "no" : `some ${more}`} ${KIND[kind]}${more === "1" ? "" : "s"}`;
    };
    return both(`${whose(top.name)}${nobody ? "" : ` ${deed}`} ${verbs} ${listing(told.map(number))}${nobody ? "" : end}, against ${contrast === "signs less stays out" ? "a world where it never signs" : "the world as it is"}`);
  }

  function pivots(answer, contrast) {
    const rows = answer.pivots[contrast];
    set("pivots-found", leaders(rows, contrast));
    set("pivots-provenance", provenance(answer));
    parley.basis.show(answer, "pivots");
    set("pivots-assumes", `This ${assumed(answer)}: those who are alike may sign alike without looking at each other.`);
    const {draw, axis} = scale(rows.map(row => [row.mean, row.low, row.high, row.low_end_low, row.low_end_high]));
    const headings = [
      ["rank", "Place"], ["whom", "Candidate"], ["bar", "Others that follow", axis], ["estimate", ESTIMATE],
      ["estimate low-end", "With less pull of neighbours"], ["detail", "States"], ["detail", "Firms"], ["detail", "NGOs"],
    ];
    bars("pivots-table", headings, rows.map((row, k) => element("tr", {className: k && rows[k - 1].rank !== row.rank ? "next-rank" : ""},
      column("rank", places(row)), person(row.who, row.name, ` ${KIND[row.kind]}`),
      column("bar", draw(row.mean, row.low, row.high, {mean: row.low_end_mean, low: row.low_end_low, high: row.low_end_high})),
      column("estimate", ...estimate(row.mean, row.low, row.high)),
      column("estimate low-end", ...estimate(row.low_end_mean, row.low_end_low, row.low_end_high)),
      ...Object.keys(KIND).map(kind => column("detail", signed(row[kind]))))));
    const peers = Object.entries(answer.peers_low_end).map(([name, value]) => `${setting(value)} among ${KIND[name.replace(/_peers$/, "")]}s`).join(", ");
    const of_all = rows.length > MOST_FIRST ? `The first ${MOST_FIRST} of ${rows.length} candidates, by` : "By";
    top(rows.slice(0, MOST_FIRST), `${of_all} how many others they bring. Those who share places, such as 3–4, cannot be told apart.`);
    set("pivots-read", "Below a heavy line everybody is clearly behind everybody above it. "
      + `Intervals are those of one comparison each. A candidate signs from month ${answer.from_round} on. With less pull of neighbours, their example weighs ${peers}.`);
  }

  // How many of those to approach first joined in fact, and of all; empty where the register lists another code.
  function joined(rows) {
    const in_fact = rows.filter(({on_the_register: when}) => when && when !== NEVER), first = rows.slice(0, FEW), of_first = in_fact.filter(row => first.includes(row));
    if (!rows[0]?.on_the_register) return "";
    const names = of_first.length ? `: ${listing(of_first.map(({name}) => name))}` : "", of_all = rows.length > FEW ? `${names ? "; of" : ", of"} all ${count(rows.length)}, ${count(in_fact.length)}` : "";
    return `${of_first.length ? count(of_first.length) : "None"} of these ${count(first.length)} joined in fact${names}${of_all}. `;
  }

  function campaign(answer) {
    const {asked, lists, approached} = answer, [greedy, random] = ["greedy", "random"].map(name => lists.find(row => row.list === name));
    parley.basis.show(answer, "campaign");
    set("campaign-provenance", provenance(answer, `, judged on ${asked.judged_on} others`));
    const between = greedy.low === null ? "" : ` (${range(greedy.low, greedy.high, mean, TO)})`, is_one = asked.approaches === 1, at_random = `${is_one ? "one" : "as many"} at random`;
    const verdict = random.greedy_less_low > 0 ? "clearly more" : random.greedy_less_high < 0 ? "clearly fewer" : "not clearly more";
    const grown = growing(approached), few = grown[FEW - 1], all = grown.length > FEW ? `All ${count(grown.length)} bring` : is_one ? "It brings" : "They bring";
    // First what somebody with a few approaches to make would like to know.
    set("campaign-found", few && grown.length > FEW
      ? `Approach ${listing(approached.slice(0, FEW).map(({name}) => name))} first, in any order: these ${count(FEW)} of the ${count(grown.length)} below bring ${mean(few.total)} more signatures of states by the end.`
      : `Approaching ${is_one ? approached[0].name : listing(approached.map(({name}) => name))} brings ${mean(greedy.gain)} more signatures of states by the end.`);
    set("campaign-assumes", `${joined(approached)}${all} ${mean(greedy.gain)}${between}, ${verdict} than ${at_random}, which bring${is_one ? "s" : ""} ${mean(random.gain)}. The approached themselves give ${mean(greedy.approached)} of these; what others add ${assumed(answer)}.`);
    const first = grown.slice(0, MOST_FIRST), {axis: of_stairs, draw: stair} = stairs(first);
    const judged = count(asked.judged_on);
    set("campaign-sorted", `${grown.length > first.length ? `The first ${first.length} of ${grown.length} steps` : "Step by step"}: each state joins those above it. All are approached in the same months, so the order only says which was picked first, in ${count(answer.worlds)} worlds; what each adds is measured in ${judged} others, so a later one may add more. Numbers are rounded, so a total may look 0.1 off the sum of its steps. “Signs anyway”: in so many of the ${judged} the state has signed by the end without any approach.`);
    const of_register = Boolean(approached[0]?.on_the_register);
    bars("campaign-top", [["rank", "Step"], ["whom", of_register ? "State, and on the register" : "State"], ["anyway", "Signs anyway"], ["bar", "Signatures gained so far", of_stairs], ["estimate", "Adds, and interval"], ["total", "Total"]], first.map(({row, before, total}) => element("tr", {},
      column("rank", `${row.order}`), person(row.who, row.name, row.on_the_register ?? ""), column("anyway", percent(row.end_signed)), column("bar", stair({before, total})),
      column("estimate", ...estimate(row.gain, row.low, row.high)), column("total", element("strong", {}, signed(total))))));
    set("lists-read", `From the same ${asked.pool} states; ${asked.states - asked.pool} more sign in practically all worlds anyway. The lead of this list over another is taken world by world: where its interval holds 0, the two cannot be told apart.`);
    const all_lists = scale(lists.map(row => [row.gain, row.low, row.high]));
    const of_lists = [
      ["whom", "List"], ["bar", "Signatures gained", all_lists.axis], ["estimate", ESTIMATE], ["estimate low-end", "Lead of this list"], ["detail", "Firms"], ["detail", "NGOs"],
    ];
    bars("lists-table", of_lists, lists.map(row => element("tr", {},
      element("th", {scope: "row", className: "whom"}, LISTS[row.list]),
      column("bar", all_lists.draw(row.gain, row.low, row.high)), column("estimate", ...estimate(row.gain, row.low, row.high)),
      column("estimate low-end", ...(row.list === "greedy" ? ["–"] : estimate(row.greedy_less, row.greedy_less_low, row.greedy_less_high))),
      column("detail", signed(row.firms)), column("detail", signed(row.ngos)))));
    const {draw, axis} = scale(approached.map(row => [row.gain, row.low, row.high]));
    const of_approaches = [
      ["rank", "Step"], ["whom", "State"], ["bar", "Signatures that it adds", axis], ["estimate", ESTIMATE], ["detail", "When chosen"], ["detail", "Place by gain"], ["detail", "Itself"],
      ["stands", "Without an approach"], ["standing", "Not taken up"], ["standing", "Declined"], ["detail", "Waiting"], ["detail", "Signed"],
    ];
    bars("approached-table", of_approaches, approached.map(row => element("tr", {},
      column("rank", `${row.order}`), person(row.who, row.name),
      column("bar", draw(row.gain, row.low, row.high)), column("estimate", ...estimate(row.gain, row.low, row.high)),
      column("detail", signed(row.gain_when_chosen)), column("detail", places(row)), column("detail", signed(row.itself)), column("stands", stack(row)),
      column("standing", percent(row.end_not_reached)), column("standing", percent(row.end_declines)),
      column("detail", percent(row.end_waits)), column("detail", percent(row.end_signed)))));
    const mostly = status => approached.filter(row => row[`end_${status}`] > 0.5).length;
    set("campaign-read", `The order was chosen in ${count(answer.worlds)} worlds, and what a step adds is measured in ${judged} others, so a later one can add more. Other pages count the first ${count(answer.worlds)}, so by luck their shares of worlds in which a state signs are some others. Of the ${approached.length}, ${mostly("not_reached")} have not taken the matter up by the end in most worlds without an approach, and ${mostly("declines")} have considered it and declined. `
      + `They are approached for ${asked.months} months from month ${asked.from_round} on, each with ${setting(asked.strength)} a month added to its attention. The order is that of the choice, by what a state added in the worlds of the choice, given those above it (“when chosen”: too large, as the best of many is picked); a place by gain is behind all whose gain is clearly larger and before all whose gain is clearly smaller.`);
    at("campaign-try").hidden = answer.try === null;
    if (answer.try !== null) at("campaign-try").href = `./?${answer.try}`;
  }

  // The shares of the worlds in which a state stands at each status by the end, one beside the other.
  const stack = row => element("div", {className: "stack-bar", "aria-hidden": true},
    ...STATUSES.map(({name, column}) => element("span", {className: name.replaceAll("_", "-"), style: {width: `${100 * row[`end_${column}`]}%`}})));

  parley.answers = {pivots, campaign};
})();
