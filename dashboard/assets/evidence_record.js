// What the page Evidence shows of the record of evidence: its own sentences, and the numbers behind them.
(() => {
  const {at, set, say, element, header, cell, row, fill, put_if_there} = parley.dom;
  const {KINDS: KIND_TITLES, day, fixed, rounded, percent, spaced} = parley.words;
  const {KINDS, list, rows, interval, within, yes_or_no} = parley.evidence;
  // The axis of the AUC begins a little below chance.
  const SCORES = {auc: {words: "AUC: larger is better", from: 0.48}, brier: {words: "Brier score: smaller is better"}};
  const OURS = "parley", OF_PARLEY = [OURS, "parley without contagion"];
  const HEADLINE = "leave_one_region_out", WAYS = [HEADLINE, "leave_one_continent_out", "ten_fold"];
  const WORDS = {leave_one_region_out: "one sub-region", leave_one_continent_out: "one continent", ten_fold: "a random tenth"};
  const MARKS = {"holds": "✓", "undecided": "?", "does not hold": "✗"};
  const three = value => value === null ? "undefined" : fixed(value, 3);
  const bold = (words, rest) => element("li", {}, element("strong", {}, words), rest);

  function show_record(record) {
    const there = !record.message;
    at("evidence").classList.toggle("without-record", !there);
    for (const link of document.querySelectorAll(".parts .of-the-record")) link.hidden = !there;
    say("record-message", there ? "" : `The record of evidence cannot be shown: ${record.message}`);
    for (const place of document.querySelectorAll("[data-said]")) fold(place, sentences(record, place.dataset.said));
    if (!there) return;
    const {manifest, backtest} = record, source = `Parley ${manifest.parley}, seed\u00a0${manifest.seed}`;
    set("record-provenance", `Computed once and kept beside the weights: ${source}.`);
    states(backtest, source);
    Object.entries(backtest.time_split).forEach(([date, results], place) => later(place, date, results, backtest.worlds, source));
    rows("shuffles", backtest.negative_control.auc.map((auc, place) => [place + 1, three(auc)]));
    recovery(record.recovery);
    transfers(record.transfer);
    list("left-open", record.calibration.not_pinned_down);
    conclusions(record.conclusions);
  }

  // The first few sentences, and the rest folded in.
  function fold(place, sentences) {
    const [first, rest] = place.querySelectorAll("ul"), shown = Number(place.dataset.shown);
    const items = sentences.map(place.dataset.said === "headline" ? with_lead : words => element("li", {}, words));
    first.replaceChildren(...items.slice(0, shown));
    rest.replaceChildren(...items.slice(shown));
    rest.parentElement.hidden = items.length <= shown;
  }

  // A sentence whose subject, before the colon, is bold.
  function with_lead(words) {
    const [, lead, rest] = words.match(/^([^:]*:)?(.*)$/s);
    return bold(lead ?? "", rest);
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

  function states(backtest, source) {
    const {model_name, model_title} = parley.figures;
    const folds = `193 states, one sub-region left out at a time, ${backtest.worlds.a_fold} worlds each`;
    for (const score of Object.keys(SCORES)) {
      rows(`scores-${score}`, by_score(backtest, score).map(({model, score: value, gap}) => [
        model_title(model), three(value),
        ...(gap ? [three(gap.value), gap.low === null ? "–" : `${three(gap.low)} to ${three(gap.high)}`, gap.value === null ? "–" : standing(gap, score)] : ["–", "–", "–"]),
      ]));
      set(`models-${score}-provenance`, `${folds}; intervals over resampled sub-regions; ${source}.`);
    }
    rows("binned", backtest.against_perfection[HEADLINE].calibration.map(({states, predicted, observed, perfect_low: low, perfect_high: high}, place) =>
      [place + 1, states, percent(predicted), percent(observed), `${percent(low)} to ${percent(high)}`, yes_or_no(within(observed, {low, high}))]));
    set("bins-provenance", `${folds}; ${source}.`);
    const best = (scores, score) => Object.keys(scores).filter(model => !OF_PARLEY.includes(model) && scores[model][score] !== null)
      .reduce((one, other) => (scores[other][score] < scores[one][score]) === (score === "brier") ? other : one);
    const both = (scores, score) => [three(scores[OURS][score]), `${three(scores[best(scores, score)][score])}, ${model_name(best(scores, score))}`];
    const line = (way, known, scores) => [WORDS[way], known, ...both(scores, "auc"), ...both(scores, "brier")];
    const structural = WAYS.filter(way => backtest.structural[way]).map(way => line(way, "structural", backtest.structural[way]));
    rows("other-ways", [...WAYS.map(way => line(way, "strict", backtest[way])), ...structural]);
  }

  function later(place, date, {dates, inside, of}, worlds, source) {
    if (!at(`later-${place}`)) return;
    set(`later-${place}`, `Asked on ${day(date)}`);
    for (const kind of KINDS) {
      const name = `later-${place}-${kind}`;
      set(`${name}-title`, `${KIND_TITLES[kind]} after ${day(date)}`);
      set(`${name}-inside`, `${inside[kind].with_uncertainty} of ${of}`);
      set(`${name}-fitted`, `${inside[kind].fitted} of ${of} under the fitted weights.`);
      rows(`${name}-numbers`, dates.filter(row => row.kind === kind).map(({date, registered, ...row}) =>
        [date, registered, ...[row.fitted, row.with_uncertainty].flatMap(ends => [rounded(ends.median), interval(ends), yes_or_no(within(registered, ends))])]));
      set(`${name}-provenance`, `Fitted weights: ${worlds.of_a_day} worlds; all uncertain: ${worlds.draws} draws of weights and gradient, ${worlds.of_a_draw} worlds each; ${source}.`);
    }
  }

  function recovery({worlds, found: shares}) {
    const dials = Object.entries(shares).sort((a, b) => a[1] - b[1]);
    rows("recovered", dials.map(([dial, share]) => [spaced(dial), `${Math.round(share * worlds)} of ${worlds}`]));
  }

  function transfers(instruments) {
    const weights = ({refitted, without}) => refitted ? `fitted again without ${spaced(without.join(", "))}` : "as they ship";
    rows("transfers", instruments.map(({instrument, auc, brier, base_brier, signers, n, read_at, ...rest}) =>
      [instrument, weights(rest), three(auc), three(brier), three(base_brier), signers, n, read_at]));
    list("transfer-remarks", instruments.flatMap(({instrument, remarks, misses, ...rest}) =>
      [...remarks, ...misses].map(words => `${instrument}, weights ${weights(rest)}: ${words}`)));
    set("transfer-provenance", [...new Set(instruments.map(({replicates, seed}) => `${replicates} worlds, seed\u00a0${seed}`))].join("; "));
  }

  function conclusions({conclusions: claims, assumptions, cells, method, limits, replicates, seed}) {
    const holds = Object.fromEntries(cells.map(cell => [`${cell.conclusion}|${cell.assumption}`, cell.holds])), words = {className: "words"};
    fill("matrix", [
      header("Conclusion", ...assumptions.map(({name}) => [element("span", {}, name), {className: "upright"}]), ["Verdict", words]),
      element("tbody", {}, ...claims.map(({name: claim, sentence, verdict}) =>
        row(sentence, ...assumptions.map(({name}) => mark(holds[`${claim}|${name}`])), cell(words, verdict)))),
    ]);
    at("matrix").style.setProperty("--columns", assumptions.length);
    set("conclusions-method", `${method} ${limits}`);
    list("marks", Object.entries(MARKS).map(([holds, sign]) => `${sign} ${holds}`));
    fill("assumptions-tried", assumptions.map(({name, meaning}) => bold(name, `: ${meaning}.`)));
    set("conclusions-provenance", `${replicates} worlds of each kind under each assumption, seed\u00a0${seed}; kinds and groups, nobody by name.`);
  }

  const mark = holds => cell({className: `mark ${holds.replaceAll(" ", "-")}`},
    element("span", {"aria-hidden": true}, MARKS[holds]), element("span", {className: "heard"}, holds));

  function draw_record({backtest}) {
    if (!backtest) return;
    const {models, bins, at_dates} = parley.figures, draw = (name, figure) => put_if_there(name, {figure});
    for (const [score, axis] of Object.entries(SCORES)) {
      draw(`models-${score}`, models(by_score(backtest, score).filter(row => row.score !== null), backtest[HEADLINE][OURS][score], axis));
    }
    draw("bins", bins(backtest.against_perfection[HEADLINE].calibration));
    Object.values(backtest.time_split).forEach(({dates}, place) => {
      for (const kind of KINDS) {
        const rows = dates.filter(row => row.kind === kind), both = ({date, registered, fitted, with_uncertainty: wide}) => ({date, registered, ...fitted, wide});
        draw(`later-${place}-${kind}`, at_dates(rows.map(both), {from_zero: false}));
      }
    });
  }

  Object.assign(parley.evidence, {show_record, draw_record});
})();
