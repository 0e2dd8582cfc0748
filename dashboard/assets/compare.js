// The page Compare: the view of the address, A, and those in its `with`, simulated with the same random streams.
(() => {
  const {at, set, say, busy, element, row, table, wide_table, fill, put, callbacks, address, readable, latest, on, on_click} = parley.dom;
  const {KIND, KINDS, capital, change_in_words, count, day, holds, level, listing, options, percent} = parley.format, {in_sentence, of_median, words_of} = parley.pairs;
  const CLOSE = 0.1;  // of the longest list, under which two lines hide each other
  const MOST = 4, LETTERS = "ABCD", NAMED = 3, NINETY = percent(0.9), LUCK = "may be luck", PAIRWISE = "pair by pair";
  const request = latest(), conduct_request = latest();
  let question = null, comparison = null, conduct = null, was_full = false;
  let kind = null;  // that was chosen, if any was

  async function ask_comparison() {
    if (!at("compare")) return;
    const query = [parley.query(), ...parley.view.with.map(other => `with=${encodeURIComponent(other)}`)].filter(Boolean).join("&");
    at("compare-download").href = `data/compare.csv?${query}`;
    offer();
    if (query === question) return comparison && show();
    question = query;
    busy("compare", true);
    set("compare-provenance", `simulating ${parley.view.with.length ? `${parley.view.with.length + 1} views` : "this view"} …`);
    if (!comparison) chips();
    try {
      const content = await request.ask(address("data/compare", query));
      if (!content) return;
      comparison = content;
      conduct = null;
      offer();
      say("message");
      show();
    } catch (problem) {
      question = comparison = null;
      say("message", problem.message);
      at("compare")?.classList.add("refused");
      chips();
    }
    busy("compare", false);
  }

  function show() {
    at("compare").classList.remove("refused");
    parley.basis.show(comparison);
    set("compare-provenance", `${comparison.worlds} worlds in each view, seed ${comparison.seed}, Parley ${comparison.version}`);
    chips();
    draw();
    const alone = comparison.pairs.length === 0;
    fill("pairs", comparison.pairs.map(pair));
    for (const id of ["pairs-read", "conduct", "compare-download"]) at(id).hidden = alone;
    if (at("conduct").open) ask_conduct();
  }

  // What each letter stands for; where the server refuses one, its entry of the address, so that it can be removed.
  function chips() {
    if (!at("compare")) return;
    const names = comparison?.views.map(view => view.name) ?? ["This view", ...parley.view.with.map(other => other || "The Paris Call, 2018")];
    fill("compared", names.map((name, k) => element("li", {className: `side side-${k}`},
      element("strong", {}, LETTERS[k] ?? "?"), element("span", {}, name),
      ...(k === 0 ? [element("a", {href: `./${location.search}`, "aria-label": "Change view A on Simulate"}, "change")]
        : [...(comparison?.views[k] ? [element("a", {href: address("./", comparison.views[k].query), "aria-label": `Open view ${LETTERS[k]} in Simulate`}, "open")] : []),
          element("button", {className: "reset", dataset: {removeView: k - 1}, "aria-label": `Remove view ${LETTERS[k] ?? ""}: ${name}`}, "remove")]))));
    const full = parley.view.with.length >= MOST - 1;
    // A list that is open stays as it is, unless it has to close.
    if (full !== was_full) for (const name of ["scenario", "lens", "convenor"]) put(`beside-${name}`, {disabled: full});
    was_full = full;
    Object.assign(at("beside-branchless"), {hidden: parley.view.branch.length === 0, disabled: full});
    at("compare-full").hidden = !full;
  }

  // What is ready to be set beside A: not what A is already, and A as it ships where it was changed. What stands beside it is marked.
  function offer() {
    const {scenario} = parley.view, changed = with_changed(parameters => { for (const key of ["scenario", "lens"]) parameters.delete(key); }) !== "";
    const [first, ...others] = [...document.querySelectorAll("[data-beside]")], kept = others.filter(button => button.dataset.beside !== scenario);
    for (const button of [first, ...others]) {
      const is_beside = parley.view.with.includes(as_it_ships(button.dataset.beside));
      button.hidden = !kept.includes(button);
      button.setAttribute("aria-pressed", is_beside);
      button.disabled = !is_beside && parley.view.with.length >= MOST - 1;
    }
    if (changed || scenario !== first.dataset.beside) {
      first.hidden = false;
      if (kept.length > 2) kept[kept.length - 1].hidden = true;
    }
    at("compare").classList.toggle("is-alone", parley.view.with.length === 0);
  }

  // The kind told first: the one chosen, else states, which most ask about; where they may not sign in every view, the first
  // that may. The kind shown is the same, unless nobody chose it and it differs in few pairs: then the first that differs.
  const row_of = ({differences}, kind) => differences.find(({key}) => key === `listed-${kind}`);
  const change_of = (pair, kind) => pair.supposed[kind] ?? row_of(pair, kind);
  const is_open = (view, kind) => view.may_sign.includes(kind);
  const open_in_all = kind => comparison.views.every(view => is_open(view, kind));
  const kind_first = () => kind ?? Object.keys(KINDS).find(open_in_all) ?? Object.keys(KINDS)[0];
  const differs = each => comparison.pairs.some(pair => { const {is_told, is_same} = told(change_of(pair, each)); return is_told && !is_same && change_of(pair, each).median !== 0; });
  const kind_shown = () => kind ?? [kind_first(), ...Object.keys(KINDS).filter(open_in_all)].find(differs) ?? kind_first();
  const last_day = view => day(view.dates[view.dates.length - 1]);

  function draw() {
    const {views, pairs} = comparison, alone = pairs.length === 0, shown = kind_shown(), lead = kind_first();
    put("compare-kind", {value: shown});
    if (alone) return fill("compare-finding", []);
    const size = pair => told(change_of(pair, lead)).is_told ? Math.abs(change_of(pair, lead).median) : 0;
    const [first] = [...pairs.keys()].sort((a, b) => size(pairs[b]) - size(pairs[a])), pair = pairs[first];
    fill("compare-finding", finding(pair, first + 1, lead));
    set("compare-sure", `${how_sure(pair, first + 1, lead)}${why_first(lead)}`);
    fill("compare-findings", [glance(shown)]);
    at("pairs-luck").hidden = ![...document.querySelectorAll("#compare-findings strong, #pairs strong")].some(each => each.textContent === LUCK);
    const {figure, reading} = is_drawn_as_difference(shown) ? difference(shown) : levels(shown);
    set("compare-reading", reading);
    put("compare-curves", {figure});
  }

  // All views over each other.
  function levels(shown) {
    const {views, worlds} = comparison, points = parley.figures.registered(views, shown) ? " Points: the register." : "";
    const [band, whose] = views.length > 2 ? ["band", "those of A"] : ["bands", "them"];
    return {figure: parley.figures.comparison(views, shown, words_of(shown)),
      reading: `${KINDS[shown]} on the public list, month by month. Line: median of ${worlds} worlds; ${band}: ${NINETY} of ${whose}, ${held()}.${points}`};
  }

  // Two views whose lines would hide each other are drawn as what the one has more than the other.
  function is_drawn_as_difference(shown) {
    const {views, pairs: [pair, ...more]} = comparison;
    if (more.length || pair.by_month.dates.length < 2 || !open_in_all(shown) || views[0].dates[0] !== views[1].dates[0]) return false;
    const [a, b] = views.map(view => view.listed[shown].median), {low_90, high_90} = pair.by_month[shown];
    const farthest = Math.max(...a.slice(0, b.length).map((value, t) => Math.abs(b[t] - value)));
    return farthest < CLOSE * Math.max(...a, ...b) && [...low_90, ...high_90].some(Boolean);
  }

  function difference(shown) {
    const {views, worlds, pairs: [pair]} = comparison, own = pair.supposed[shown], row = row_of(pair, shown), {words} = told(row);
    return {figure: parley.figures.difference(pair.by_month, shown, `${LETTERS[1]} less A: ${words}${words === LUCK ? "" : ` ${words_of(shown, words)}`}`),
      reading: `${KINDS[shown]} on the public list, month by month: what ${LETTERS[1]} has more than A, ${PAIRWISE}${own ? `, with those ${own.words}` : ""}. Line: median of ${worlds} pairs; band: ${NINETY} of them, ${held()}.`};
  }

  // What the bands and the intervals of the pairs hold.
  function held() {
    const all = [...new Set(comparison.weights.map(holds))];
    return all.length > 1 ? "luck, and weights where a view draws them" : all[0];
  }


  // Why another kind than states stands first, where nobody chose it.
  function why_first(shown) {
    const [usual] = Object.keys(KINDS);
    return kind || shown === usual ? "" : ` ${KINDS[shown]} come first here, as ${words_of(usual)} may not sign in every view.`;
  }

  // A change in words: its median and its ends; one that so few worlds cannot tell from luck is called that.
  function told(change, unit = "") {
    const each = of_median(change, unit);
    return each.is_told || each.is_same ? each : {...each, words: LUCK};
  }
  const ranged = ({words, ends}) => `${words}${ends && ` (${ends})`}`;

  const letter = place => element("b", {className: `view-name side-${place}`}, LETTERS[place]);
  const closed_in = (view, kind) => [comparison.views[0], view].filter(each => !is_open(each, kind)).map(each => each.letter);

  // What another view changes of the public list, in one sentence: what it supposes; what follows of a *kind*, beyond those
  // whose choice is supposed; and of which other kinds there clearly are more or fewer.
  function finding(pair, place, kind) {
    const {condition} = comparison.views[place], sides = views_told(pair, place, kind);
    return [element("span", {className: `view-name side-${place}`}, condition, " (", element("b", {}, LETTERS[place]), ")"), `, ${sides}.`];
  }

  function views_told(pair, place, kind) {
    const closed = closed_in(comparison.views[place], kind);
    if (closed.length) return `${words_of(kind)} may not sign in ${listing(closed)}, so they are not compared`;
    const first = consequence(pair, kind), range = ends => ends && ` (${ends})`;
    const others = Object.keys(KINDS).filter(each => each !== kind && open_in_all(each)).map(each => ({each, own: pair.supposed[each], ...told(change_of(pair, each))})).filter(({is_told, is_same}) => is_told && !is_same);
    const rest = others.map(({each, own, words, ends}, k) => {
      const is_one = /^1 /.test(words), verb = first.verb ? `do${is_one ? "es" : ""}` : `sign${is_one ? "s" : ""}`, before = first.ends || others.slice(0, k).some(other => other.ends);
      const whom = words.startsWith("as ") ? `mostly as many ${words_of(each)}` : own ? words.replace(" ", ` ${words_of(each, words)} beyond those ${own.words}, `) : `${words} ${words_of(each, words)}`;
      return `${whom} ${verb}${range(ends && !before ? `${ends}, ${PAIRWISE}` : ends)}`;
    });
    return [`${first.text}${range(first.ends && `${first.ends}, ${PAIRWISE}`)}`, ...(rest.length ? [listing(rest)] : [])].join("; ");
  }

  // What follows of a *kind*: in words, with the ends, and whether they have a verb that what else follows can share.
  function consequence(pair, kind) {
    const own = pair.supposed[kind], {words, ends, is_same, is_told} = told(change_of(pair, kind)), many = words_of(kind), is_level = words.startsWith("as ");
    if (!is_same && !is_told) return {text: own ? `${comparison.worlds} worlds cannot tell whether other ${many} follow` : `${comparison.worlds} worlds cannot tell whether more or fewer ${many} sign`, ends: "", verb: false};
    if (own && (is_same || is_level)) return {text: `${is_same ? "" : "mostly "}no other ${KIND[kind]} follows`, ends, verb: true};
    if (is_same || is_level) return {text: `${is_same ? "" : "mostly "}as many ${many} sign`, ends, verb: true};
    const one = words_of(kind, words), is_one = one === KIND[kind];
    if (!own) return {text: `${words} ${one} sign${is_one ? "s" : ""}`, ends, verb: true};
    return words.endsWith(" more") ? {text: `${words.slice(0, -" more".length)} other ${one} follow${is_one ? "s" : ""}`, ends, verb: true} : {text: `${words} other ${one} sign${is_one ? "s" : ""}`, ends, verb: true};
  }

  // How often pairs of worlds agree on a change.
  function agreed({pairs_more: more, pairs_fewer: fewer}) {
    const {worlds} = comparison, ways = [["more", more], ["fewer", fewer], ["alike", worlds - more - fewer]].filter(([, number]) => number).sort(([, a], [, b]) => b - a);
    const [[first, most], ...others] = ways;
    return `${first} in ${most === worlds ? `all ${count(worlds)}` : `${count(most)} of ${count(worlds)}`} pairs${others.map(([way, number]) => `, ${way} in ${count(number)}`).join("")}`;
  }

  // When the list is counted, beside which view; and how often pairs agree on a kind.
  function how_sure(pair, place, kind) {
    const view = comparison.views[place], [first] = comparison.views, {is_told, is_same} = told(change_of(pair, kind)), own = pair.supposed[kind];
    if (closed_in(view, kind).length) return "";
    const when = last_day(first) === last_day(view) ? `by ${last_day(view)}` : "by the end of each";
    const whom = `${own ? "other " : ""}${words_of(kind)}`, both_ways = Object.values(pair.agreement[kind]).every(Boolean);
    const doubt = is_told || is_same ? "" : ` What differs may be luck, as ${both_ways ? "it goes both ways" : "so few differ"}.`;
    return `On the public list ${when}, beside A, ${first.label}; ranges hold ${NINETY} of the pairs. ${capital(whom)}: ${agreed(pair.agreement[kind])}.${doubt}`;
  }

  // That medians differ by another number than pairs do; empty where they differ by the same.
  function medians_apart(each, unit = "") {
    const {first_median, second_median} = each, {words, is_told, is_same} = told(each, unit), apart = change_in_words(second_median - first_median, second_median - first_median, unit);
    return (is_told || is_same) && apart !== words ? `; the medians ${apart.startsWith("as ") ? "are alike" : `differ by ${apart.replace(/ \w+$/, "")}`}` : "";
  }

  // How many there are in each view, what differs from A, and how sure that is: of all kinds beside one other view, of the kind
  // shown beside several.
  function glance(shown) {
    const {views, pairs} = comparison;
    const level_in = (view, kind) => is_open(view, kind) ? count(view.listed[kind].median[view.dates.length - 1]) : "–";
    const change = (pair, place, kind) => {
      const own = pair.supposed[kind], now = told(change_of(pair, kind)), closed = closed_in(views[place], kind), all = row_of(pair, kind);
      if (closed.length) return element("td", {}, `may not sign in ${listing(closed)}`);
      const sure = agreed(pair.agreement[kind]), beyond_them = `beyond those ${own?.words}, ${sure}; with those ${own?.words}, ${ranged(told(all))}`;
      return element("td", {}, element("strong", {}, now.words), now.ends && ` (${now.ends})`, element("span", {className: "dimmed"}, own ? beyond_them : sure, medians_apart(all)));
    };
    const [labels, rows] = pairs.length === 1
      ? [["Median", letter(0), letter(1), element("span", {}, letter(1), " beside ", letter(0))], Object.keys(KINDS).map(kind => row(KINDS[kind], level_in(views[0], kind), level_in(views[1], kind), change(pairs[0], 1, kind)))]
      : [[`${KINDS[shown]} on the list`, "median", element("span", {}, "beside ", letter(0))], views.map((view, place) => row([letter(place), ` ${capital(view.label)}`], level_in(view, shown), place ? change(pairs[place - 1], place, shown) : ""))];
    return table(labels, rows);
  }

  // Whom another view moves, in a line.
  function whom({up, down, moved, supposed}) {
    const named = rows => rows.filter(one => !one.supposed);
    const some = (rows, number) => number ? listing([...named(rows).slice(0, NAMED).map(one => one.said), ...(number > NAMED ? [others(number - NAMED)] : [])].slice(0, number + 1)) : "nobody", others = rest => `${count(rest)} other${rest > 1 ? "s" : ""}`;
    if (!moved.up && !moved.down) return `Hardly anybody ${Object.keys(supposed).length ? "else " : ""}with a name signs more or less often`;
    const [more, less] = [some(up, moved.up), some(down, moved.down)], verb = number => number > 1 ? "sign" : "signs";
    return `${capital(more)} ${verb(moved.up)} more often; ${less} ${verb(moved.down)} less often`;
  }

  function pair({letter: own, differences, up, down, moved, supposed, basis, why}, k) {
    const view = comparison.views[k + 1], [first, second] = [comparison.views[0], view].map(last_day);
    const when = first === second ? `on ${first}` : `at the end of each, A on ${first} and ${own} on ${second}`;
    const all = without_repeats(differences, closed_to(view)).map(each => ({...each, ...told(each, each.unit)})), alike = all.filter(({is_same}) => is_same);
    const rows = all.filter(({is_same}) => !is_same).map(each => {
      const {key, label, unit, first_median, second_median, words, ends} = each;
      const shut = closed_to(view).find(kind => key === `signatories-${kind}`), shown = (side, median) => shut && !is_open(side, shut) ? "–" : level(median, unit);
      const more = shut ? [] : [ends && ` (${ends})`, element("span", {className: "dimmed"}, medians_apart(each, unit))];
      return row(label, shown(comparison.views[0], first_median), shown(view, second_median), element("span", {}, element("strong", {}, shut ? `${words_of(shut)} may not sign` : words), ...more));
    });
    return element("section", {className: "card pair-card", "aria-label": `${own} less A`},
      element("h2", {}, whom({up, down, moved, supposed})),
      element("p", {className: "dimmed"}, `${comparison.pairs.length > 1 ? `${own}, ${view.label}: share` : "Share"} of ${comparison.worlds} worlds in which each has signed ${when}; the names that move most.`),
      ...(comparison.pairs.length > 1 ? [element("p", {className: "basis"}, parley.basis.tag({basis, why}))] : []),
      ...moved_both(k + 1, ["More often", up], ["Less often", down]),
      element("h3", {}, "How many: ", letter(k + 1), " beside ", letter(0)),
      ...(rows.length ? [wide_table(`Differences, ${own} less A`, table(["At the end, median of worlds", letter(0), letter(k + 1), element("span", {}, letter(k + 1), ` less A, ${PAIRWISE} (${NINETY})`)], rows, {className: "differences"}))] : []),
      ...(alike.length ? [element("p", {className: "dimmed alike"}, `Alike in nearly every pair: ${listing(alike.map(({label, unit, first_median}) => `${in_sentence(label)} (${level(first_median, unit)})`))}.`)] : []));
  }

  // The kinds that may not sign in A or in *view*: no number follows from that.
  const closed_to = view => Object.keys(KINDS).filter(kind => ![comparison.views[0], view].every(each => is_open(each, kind)));

  // The differences in a row each: where the public list is as long as those that have signed are many, that is one, and so is
  // a kind that is *closed*.
  function without_repeats(all, closed) {
    const differences = all.filter(({key}) => !closed.some(kind => [`listed-${kind}`, `not_taken_up-${kind}`].includes(key)));
    const is_alike = (a, b) => ["first_median", "second_median", "low_90", "high_90"].every(end => a[end] === b[end]);
    const listed = ({key}) => differences.find(each => each.key === key.replace("signatories-", "listed-"));
    const repeats = new Set(differences.filter(each => listed(each) && listed(each) !== each && is_alike(each, listed(each))).map(listed));
    return differences.filter(each => !repeats.has(each)).map(each => repeats.has(listed(each)) ? {...each, label: `${each.label}, all on the list`} : each);
  }

  // Those who move, both ways beside each other; where all move one way, they have the whole width.
  function moved_both(place, ...ways) {
    const some = ways.filter(([, people]) => people.length), none = ways.filter(([, people]) => !people.length);
    const halves = ([title, people]) => { const half = Math.ceil(people.length / 2); return [[title, people.slice(0, half)], [title, people.slice(half)]].filter(([, part]) => part.length); };
    return [element("div", {className: "moved-both"}, ...(some.length === 1 ? halves(some[0]) : some).map(([title, people]) => movers(title, people, place))),
      ...none.map(([title]) => element("p", {className: "dimmed"}, `${title}: nobody with a name.`))];
  }

  function movers(title, people, place) {
    return table([title, letter(0), letter(place)], people.map(one => row([one.name, ...(one.supposed ? [element("span", {className: "dimmed"}, ` ${one.supposed}`)] : [])], percent(one.first), percent(one.second))));
  }

  async function ask_conduct() {
    if (!comparison || comparison.pairs.length === 0 || conduct === question) return;
    const query = conduct = question, state = at("conduct-state");
    state.textContent = "Simulating conduct over its assumptions, some seconds …";
    fill("conduct-table", []);
    try {
      const content = await conduct_request.ask(address("data/compare/conduct", query));
      if (!content || query !== question || !at("conduct")) return;
      state.textContent = "";
      const fewer = content.worlds < content.asked ? `; ${content.worlds} of the ${content.asked} worlds asked for` : "";
      set("conduct-provenance", parley.conduct.provenance(content) + fewer);
      fill("conduct-table", [parley.conduct.ranges({labels: content.letters.map(letter => `${letter} less A`), rows: content.rows})]);
    } catch (problem) {
      conduct = null;
      state.textContent = problem.message;
    }
  }

  function add(other) {
    if (parley.view.with.length >= MOST - 1) return;
    parley.view.with = [...parley.view.with, other];
    parley.write();
    ask_comparison();
  }

  // A scenario as it ships, under the lens of A, as an entry of the address.
  function as_it_ships(scenario) {
    const parameters = new URLSearchParams(scenario === "paris-call-2018" ? {} : {scenario});
    if (parley.view.lens) parameters.set("lens", parley.view.lens);
    return parameters.toString();
  }

  function remove(place) {
    parley.view.with = parley.view.with.filter((_, k) => k !== place);
    parley.write();
    ask_comparison();
  }

  // The view of the address with some of it changed, as a query of its own; its worlds and seed are those of A.
  function with_changed(change) {
    const parameters = new URLSearchParams(parley.query());
    for (const key of ["worlds", "seed"]) parameters.delete(key);
    change(parameters);
    return readable(parameters);
  }

  // Every state may convene but the one that does in A, as far as the address says.
  function states() {
    if (!at("compare") || !parley.people) return;
    const all = Object.keys(parley.people).filter(id => parley.people[id].kind === "state" && id !== parley.view.convenor);
    put("beside-convenor", {data: options(all)});
  }

  function pictures() {
    for (const place of document.querySelectorAll("[data-pictures]")) if (!place.childElementCount) place.append(parley.figures.change(place.dataset.pictures));
  }

  on("parley:page", pictures);
  on("parley:view parley:record", ask_comparison);
  on("parley:people parley:page", states);
  on("parley:page", () => { conduct = null; });
  on("parley:scheme", () => { if (at("compare") && comparison) draw(); });
  document.addEventListener("toggle", event => { if (event.target.id === "conduct" && event.target.open) ask_conduct(); }, true);
  on_click("[data-remove-view]", button => {
    remove(Number(button.dataset.removeView));
    at("beside-scenario")?.focus();
  });
  on_click("[data-beside]", button => {
    const entry = as_it_ships(button.dataset.beside), place = parley.view.with.indexOf(entry);
    if (place < 0) add(entry); else remove(place);
  });
  on_click("#beside-branchless", () => add(with_changed(parameters => parameters.delete("branch"))));

  callbacks({
    on_beside_scenario(scenario) {
      if (!scenario) return;
      put("beside-scenario", {value: null});
      add(as_it_ships(scenario));
    },
    on_compare_kind(value) {
      if (!comparison || value === kind_shown()) return;
      kind = value;
      draw();
    },
    on_beside_convenor(convenor) {
      if (!convenor) return;
      put("beside-convenor", {value: null});
      add(with_changed(parameters => parameters.set("convenor", convenor)));
    },
    on_beside_lens(lens) {
      if (!lens) return;
      put("beside-lens", {value: null});
      add(with_changed(parameters => parameters.set("lens", lens)));
    },
  });
})();
