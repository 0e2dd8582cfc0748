// The page Evidence: what data/evidence says of the view, as figures, tables and lists. It asks once its elements are
// there, and again whenever the lens, the worlds or the seed of the view change; evidence_record.js shows the record.
(() => {
  window.parley ??= {};
  const KINDS = ["state", "firm", "ngo"], PLURAL = {state: "States", firm: "Firms", ngo: "NGOs"};
  let asked = null, shown = null;

  const at = id => document.getElementById(id);
  const set = (id, words) => { const place = at(id); if (place) place.textContent = words; };
  const make = (tag, words, more = {}) => Object.assign(document.createElement(tag), {textContent: words, ...more});
  const whole = number => number.toFixed(0).replace("-", "−");
  const number = value => String(Number(value.toPrecision(3))).replace("-", "−");
  const percent = share => `${(100 * share).toFixed(0)} %`;
  const within = (count, {low, high}) => low <= count && count <= high;
  const in_words = truth => truth ? "yes" : "no";
  const span = ({low, high}) => `${whole(low)}–${whole(high)}`;

  async function ask() {
    if (!at("evidence")) return;
    const query = location.search.replace(/^\?/, "").split("&").filter(part => part && !parley.beside_the_view.includes(part.split("=")[0])).join("&");
    if (query === asked) return;
    asked = query;
    for (const link of document.querySelectorAll(".evidence-data")) link.search = query;
    document.body.classList.add("asking");
    try {
      const answer = await fetch(`data/evidence?${query}`), evidence = await answer.json();
      if (query !== asked) return;
      if (!answer.ok) throw new Error(evidence.message);
      say("");
      show(evidence);
    } catch (problem) {
      asked = null;
      say(problem.message);
    }
    document.body.classList.remove("asking");
  }

  function say(message) {
    const place = at("evidence-message");
    if (place) { place.textContent = message; place.hidden = !message; }
  }

  function show(evidence) {
    shown = evidence;
    set("evidence-provenance", `${evidence.title}, ${evidence.worlds} worlds, seed ${evidence.seed}, lens ${evidence.lens || "of one's own"}, Parley ${evidence.version}`);
    const place = at("evidence-left-out");
    place.hidden = !evidence.left_out.length;
    place.textContent = "The register lists one code, so this page shows the Paris Call as it was. The scenario and the changes in your link are left out; its lens, worlds and seed hold.";
    for (const kind of KINDS) dates(kind, evidence.milestones[kind]);
    tenths(evidence.deciles);
    list("misses", evidence.misses);
    scores(evidence);
    fitted(evidence);
    assumed(evidence.assumed);
    turning(evidence.milestones);
    wide(evidence);
    draw();
    parley.evidence.show_record(evidence.record);
  }

  function list(id, sentences, otherwise = "None.") {
    at(id).replaceChildren(...(sentences.length ? sentences : [otherwise]).map(words => make("li", words)));
  }

  function rows(id, cells) {
    at(id).replaceChildren(...cells.map(([first, ...rest]) => {
      const row = document.createElement("tr");
      row.append(make("th", first, {scope: "row"}), ...rest.map(words => make("td", words)));
      return row;
    }));
  }

  function dates(kind, told) {
    set(`inside-${kind}`, `${told.inside} of ${told.of}`);
    const off = told.largest_error > 0 ? "above" : "below";
    set(`errors-${kind}`, `Before the first anniversary ${told.early_inside} of ${told.early_of}. The median is off by ${told.mean_error.toFixed(1)} on average, at most by ${number(Math.abs(told.largest_error))} (${off} the register, ${parley.figures.day(told.largest_on)}).`);
    rows(`dates-${kind}`, told.rows.map(row => [row.date, row.registered, number(row.median), span(row), in_words(row.inside), row.wide ? span(row.wide) : "–", row.wide ? in_words(within(row.registered, row.wide)) : "–"]));
    set(`wide-inside-${kind}`, told.wide_inside === null ? "" : `${told.wide_inside} of ${told.of} with the weights' uncertainty.`);
  }

  // Which interval is which, and why the wide one may be missing.
  function wide({milestones, record, lens}) {
    const here = milestones.state.wide_inside !== null, {in_sample: kept, manifest} = record;
    at("dates").classList.toggle("no-wide", !here);
    set("wide-note", here
      ? `The fitted weights and their worlds are those of this view. The interval with the weights' uncertainty is that of the record: ${kept.draws} draws of the weights from the bootstrap, ${kept.worlds_of_a_draw} worlds each, seed ${manifest.seed}.`
      : kept ? `The sentences above are those of the record, under the lens full. This is ${lens || "a lens of one's own"}: the interval with the weights' uncertainty is shown for the lens full only.`
        : "The interval with the weights' uncertainty is missing, as the record of evidence cannot be read.");
  }

  function tenths(deciles) {
    const sizes = deciles.map(row => row.states), least = Math.min(...sizes), most = Math.max(...sizes);
    set("tenths-size", `Each tenth holds ${least === most ? least : `${least} or ${most}`} states; a bar spans the shares within it.`);
    rows("tenths", deciles.map(row => [row.decile, row.states, percent(row.simulated), `${whole(100 * row.lowest)}–${percent(row.highest)}`, percent(row.observed)]));
  }

  function scores(evidence) {
    rows("scores", evidence.scores.map(row => [row.lens, row.motives, ...["state", "firm", "ngo", "total"].map(kind => row[kind].toFixed(1).replace("-", "−"))]));
    [...at("scores").rows].forEach((row, place) => {
      row.classList.toggle("is-here", evidence.scores[place].lens === evidence.lens);
      row.cells[0].append(make("span", evidence.scores[place].title, {className: "dimmed"}));
    });
    set("verdict", evidence.verdict);
  }

  const worth = weight => `${number(weight.value)}${weight.standard_error === null ? `, ${weight.remark}` : ` ± ${number(weight.standard_error)}`}`;

  function entry(name, value, words) {
    const item = document.createElement("li"), head = make("span", "", {className: "dial-head"});
    head.append(make("span", name, {className: "dial-name"}), make("span", value));
    item.append(head, make("span", words, {className: "dimmed"}));
    return item;
  }

  function fitted(evidence) {
    const count = {};
    for (const {standard_error, remark} of evidence.fitted) {
      const how = standard_error !== null ? "with a standard error" : remark.startsWith("tied") ? "tied to another" : remark;
      count[how] = (count[how] ?? 0) + 1;
    }
    set("fitted-count", `${evidence.fitted.length} weights: ${Object.entries(count).map(([how, many]) => `${many} ${how}`).join(", ")}.`);
    at("fitted").replaceChildren(...KINDS.flatMap(kind => {
      const weights = document.createElement("ul");
      weights.append(...evidence.fitted.filter(weight => weight.kind === kind).map(weight => entry(weight.dial, worth(weight), `${weight.meaning} (${weight.unit})`)));
      return [make("h4", PLURAL[kind]), weights];
    }));
    const pairs = evidence.entangled.map(({pair, correlation}) => `${pair[0]} and ${pair[1]} (correlation ${correlation.toFixed(2).replace("-", "−")})`);
    set("entangled", pairs.length ? `Read together, since one can make up for the other: ${pairs.join("; ")}.` : "No two estimates are correlated above 0.8.");
  }

  function assumed(dials) {
    set("assumed-count", `${dials.length} dials, each with the range over which it may be moved.`);
    const all = document.createElement("ul");
    all.append(...dials.map(dial => entry(dial.dial, `${number(dial.value)} (${number(dial.between[0])} to ${number(dial.between[1])})`, `${dial.meaning} (${dial.unit}). Source: ${dial.source}.`)));
    at("assumed").replaceChildren(all);
  }

  function turning({state, firm}) {
    const first = state.rows[0], last = state.rows[state.rows.length - 1];
    const year = state.rows.find(row => row.date >= `${Number(first.date.slice(0, 4)) + 1}${first.date.slice(4)}`) ?? last;
    set("turning-first", `${first.registered} states and ${firm.rows[0].registered} firms were on board on the first day, ${year.registered} states at the first anniversary.`);
    set("turning-after", `After the first anniversary ${last.registered - year.registered} more states came until ${parley.figures.day(last.date)}, and neither China nor Russia is among the ${last.registered}.`);
  }

  function draw() {
    if (!shown || !at("evidence")) return;
    const {at_dates, by_tenth} = parley.figures;
    for (const kind of KINDS) dash_clientside.set_props(`evidence-${kind}`, {figure: at_dates(shown.milestones[kind].rows)});
    dash_clientside.set_props("evidence-tenths", {figure: by_tenth(shown.deciles)});
    parley.evidence.draw_record(shown.record);
  }

  window.parley.evidence = {at, set, make, list, rows, span, within, in_words, number, percent};
  document.addEventListener("parley:page", ask);
  document.addEventListener("parley:record", ask);
  document.addEventListener("parley:scheme", draw);
})();
