// What the page Evidence shows of the record of evidence: its own sentences, and the numbers behind them.
(() => {
  const {at, set, make, list, rows, span, within, in_words, number, percent} = parley.evidence;
  const KINDS = ["state", "firm", "ngo"], PLURAL = {state: "States", firm: "Firms", ngo: "NGOs"};
  // The axis of the AUC begins a little below chance.
  const SCORES = {auc: {words: "AUC: larger is better", from: 0.48}, brier: {words: "Brier score: smaller is better"}};
  const OURS = "parley", OF_PARLEY = [OURS, "parley without contagion"];
  const HEADLINE = "leave_one_region_out", WAYS = [HEADLINE, "leave_one_continent_out", "ten_fold"];
  const WORDS = {leave_one_region_out: "one sub-region", leave_one_continent_out: "one continent", ten_fold: "a random tenth"};
  const MARKS = {"holds": "✓", "undecided": "?", "does not hold": "✗"};
  const three = value => value === null ? "undefined" : value.toFixed(3).replace("-", "−");

  function show_record(record) {
    const there = !record.message;
    at("evidence").classList.toggle("without-record", !there);
    for (const link of document.querySelectorAll(".parts .of-the-record")) link.hidden = !there;
    const place = at("record-message");
    place.hidden = there;
    place.textContent = there ? "" : `The record of evidence cannot be shown: ${record.message}`;
    for (const place of document.querySelectorAll("[data-said]")) say(place, sentences(record, place.dataset.said));
    if (!there) return;
    const {manifest, backtest} = record, whose = `Parley ${manifest.parley}, seed\u00a0${manifest.seed}`;
    set("record-provenance", `Computed once and kept beside the weights: ${whose}.`);
    states(backtest, whose);
    Object.entries(backtest.time_split).forEach(([day, found], place) => later(place, day, found, backtest.worlds, whose));
    rows("shuffles", backtest.negative_control.auc.map((auc, place) => [place + 1, three(auc)]));
    recovered(record.recovery);
    transfers(record.transfer);
    list("left-open", record.calibration.not_pinned_down);
    conclusions(record.conclusions);
  }

  // The first few, and the rest folded in.
  function say(place, words) {
    const [first, rest] = place.querySelectorAll("ul"), shown = Number(place.dataset.shown), items = words.map(place.dataset.said === "headline" ? with_lead : one => make("li", one));
    first.replaceChildren(...items.slice(0, shown));
    rest.replaceChildren(...items.slice(shown));
    rest.parentElement.hidden = items.length <= shown;
  }

  // A sentence with what it is about in bold.
  function with_lead(words) {
    const [, lead, rest] = words.match(/^([^:]*:)?(.*)$/s), item = make("li", rest);
    item.prepend(make("strong", lead ?? ""));
    return item;
  }

  // The sentences of a section; those on the later dates of a day go by its place.
  function sentences({said, backtest}, section) {
    const [, place] = section.match(/^later-(\d)$/) ?? [];
    return said?.[place ? `later ${Object.keys(backtest.time_split)[place]}` : section] ?? [];
  }

  // Models by one score, the best first; of all but Parley the difference.
  function by_score(backtest, score) {
    const better = score === "brier" ? (a, b) => a.score - b.score : (a, b) => b.score - a.score;
    return Object.entries(backtest[HEADLINE]).map(([model, scores]) => ({
      model, score: scores[score], gap: model === OURS ? null : backtest.differences[HEADLINE][model][score],
    })).sort(better);
  }

  function standing({value, low, high}, score) {
    if (value === 0) return "as well";
    const better = (value < 0) === (score === "brier"), clear = low > 0 || high < 0;
    return `${better ? "better" : "worse"}, ${clear ? "clearly" : "not clearly"}`;
  }

  function states(backtest, whose) {
    const {worlds} = backtest;
    for (const score of Object.keys(SCORES)) {
      rows(`scores-${score}`, by_score(backtest, score).map(({model, score: value, gap}) => [
        parley.figures.title_of(model), three(value),
        ...(gap ? [three(gap.value), gap.low === null ? "–" : `${three(gap.low)} to ${three(gap.high)}`, gap.value === null ? "–" : standing(gap, score)] : ["–", "–", "–"]),
      ]));
      set(`models-${score}-provenance`, `193 states, one sub-region left out at a time, ${worlds.a_fold} worlds each; intervals over resampled sub-regions; ${whose}.`);
    }
    const groups = backtest.against_perfection[HEADLINE].calibration;
    rows("binned", groups.map((one, place) => [place + 1, one.states, percent(one.predicted), percent(one.observed), `${percent(one.perfect_low)} to ${percent(one.perfect_high)}`,
      in_words(one.perfect_low <= one.observed && one.observed <= one.perfect_high)]));
    set("bins-provenance", `193 states, one sub-region left out at a time, ${worlds.a_fold} worlds each; ${whose}.`);
    const best = (scores, score) => Object.keys(scores).filter(model => !OF_PARLEY.includes(model) && scores[model][score] !== null)
      .reduce((one, other) => (scores[other][score] < scores[one][score]) === (score === "brier") ? other : one);
    const told = (scores, score) => [three(scores[OURS][score]), `${three(scores[best(scores, score)][score])}, ${parley.figures.named(best(scores, score))}`];
    const row = (way, known, scores) => [WORDS[way], known, ...told(scores, "auc"), ...told(scores, "brier")];
    rows("other-ways", [...WAYS.map(way => row(way, "strict", backtest[way])), ...WAYS.filter(way => backtest.structural[way]).map(way => row(way, "structural", backtest.structural[way]))]);
  }

  function later(place, day, found, worlds, whose) {
    const from = parley.figures.day(day);
    if (!at(`later-${place}`)) return;
    set(`later-${place}`, `Asked on ${from}`);
    for (const kind of KINDS) {
      const told = found.dates.filter(row => row.kind === kind), name = `later-${place}-${kind}`, inside = found.inside[kind];
      set(`${name}-title`, `${PLURAL[kind]} after ${from}`);
      set(`${name}-inside`, `${inside.with_uncertainty} of ${found.of}`);
      set(`${name}-fitted`, `${inside.fitted} of ${found.of} under the fitted weights.`);
      rows(`${name}-numbers`, told.map(row => [row.date, row.registered, number(row.fitted.median), span(row.fitted), in_words(within(row.registered, row.fitted)),
        number(row.with_uncertainty.median), span(row.with_uncertainty), in_words(within(row.registered, row.with_uncertainty))]));
      set(`${name}-provenance`, `Fitted weights: ${worlds.of_a_day} worlds; all uncertain: ${worlds.draws} draws of weights and gradient, ${worlds.of_a_draw} worlds each; ${whose}.`);
    }
  }

  function recovered({worlds, found}) {
    const shares = Object.entries(found).sort((a, b) => a[1] - b[1]);
    rows("recovered", shares.map(([dial, share]) => [dial.replaceAll("_", " "), `${Math.round(share * worlds)} of ${worlds}`]));
  }

  function transfers(instruments) {
    const weights = one => one.refitted ? `fitted again without ${one.without.join(", ").replaceAll("_", " ")}` : "as they ship";
    rows("transfers", instruments.map(one => [one.instrument, weights(one), three(one.auc), three(one.brier), three(one.base_brier), one.signers, one.n, one.read_at]));
    list("transfer-remarks", instruments.flatMap(one => [...one.remarks, ...one.misses].map(words => `${one.instrument}, weights ${weights(one)}: ${words}`)));
    set("transfer-provenance", instruments.map(one => `${one.replicates} worlds, seed\u00a0${one.seed}`).filter((words, place, all) => all.indexOf(words) === place).join("; "));
  }

  function conclusions({conclusions: claims, assumptions, cells, method, limits, replicates, seed}) {
    const found = Object.fromEntries(cells.map(cell => [`${cell.conclusion}|${cell.assumption}`, cell.holds]));
    const row = (...cells) => { const line = document.createElement("tr"); line.append(...cells); return line; };
    const head = document.createElement("thead"), body = document.createElement("tbody");
    head.append(row(make("th", "Conclusion", {scope: "col"}), ...assumptions.map(one => {
      const cell = make("th", "", {scope: "col", className: "upright"});
      cell.append(make("span", one.name));
      return cell;
    }), make("th", "Verdict", {scope: "col", className: "words"})));
    body.append(...claims.map(claim => row(make("th", claim.sentence, {scope: "row"}), ...assumptions.map(({name}) => mark(found[`${claim.name}|${name}`])), make("td", claim.verdict, {className: "words"}))));
    at("matrix").replaceChildren(head, body);
    at("matrix").style.setProperty("--columns", assumptions.length);
    set("conclusions-method", `${method} ${limits}`);
    at("marks").replaceChildren(...Object.entries(MARKS).map(([holds, sign]) => make("li", `${sign} ${holds}`)));
    at("assumptions-tried").replaceChildren(...assumptions.map(one => {
      const item = make("li", `: ${one.meaning}.`);
      item.prepend(make("strong", one.name));
      return item;
    }));
    set("conclusions-provenance", `${replicates} worlds of each kind under each assumption, seed\u00a0${seed}; kinds and groups, nobody by name.`);
  }

  function mark(holds) {
    const cell = make("td", "", {className: `mark ${holds.replaceAll(" ", "-")}`}), sign = make("span", MARKS[holds]);
    sign.setAttribute("aria-hidden", "true");
    cell.append(sign, make("span", holds, {className: "heard"}));
    return cell;
  }

  function draw_record({backtest}) {
    if (!backtest) return;
    const {models, bins, at_dates} = parley.figures, draw = (name, figure) => at(name) && dash_clientside.set_props(name, {figure});
    for (const [score, axis] of Object.entries(SCORES)) draw(`models-${score}`, models(by_score(backtest, score).filter(row => row.score !== null), backtest[HEADLINE][OURS][score], axis));
    draw("bins", bins(backtest.against_perfection[HEADLINE].calibration));
    Object.values(backtest.time_split).forEach((found, place) => {
      for (const kind of KINDS) {
        const told = found.dates.filter(row => row.kind === kind).map(row => ({date: row.date, registered: row.registered, ...row.fitted, wide: row.with_uncertainty}));
        draw(`later-${place}-${kind}`, at_dates(told, {from_zero: false}));
      }
    });
  }

  Object.assign(parley.evidence, {show_record, draw_record});
})();
