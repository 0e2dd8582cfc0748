// The page Evidence: data/evidence of the view, as figures, tables and lists. It is asked once the page is there, and again
// when the lens, the worlds or the seed of the view change. Its `record` holds the document of evidence.
(() => {
  const {at, set, say, element, row, fill, put, address, latest, on, dispatch} = parley.dom;
  const {KINDS: KIND_TITLES, count, day, decimal, interval, lens, mean, percent, percent_interval, significant} = parley.format;
  const {section, block, legend} = parley.blocks, KINDS = Object.keys(KIND_TITLES);
  const LINKS = {right: ["The record (JSON)", "record.json"], conclusions: ["The conclusions (CSV)", "conclusions.csv"]};  // at the end of parts
  const questions = latest();
  let question = null, evidence = null;

  const within = (count, {low, high}) => low <= count && count <= high;
  const yes_or_no = truth => truth ? "yes" : "no";

  async function ask_evidence() {
    if (!at("evidence")) return;
    const query = location.search.slice(1).split("&").filter(part => part && !parley.beside_the_view.includes(part.split("=")[0])).join("&");
    if (query === question) return;
    question = query;
    for (const link of document.querySelectorAll(".evidence-data")) link.search = query;
    document.body.classList.add("asking");
    try {
      const content = await questions.ask(address("data/evidence", query));
      if (!content) return;  // a newer question is under way
      evidence = content;
      say("evidence-message");
      show();
    } catch (problem) {
      question = null;
      say("evidence-message", problem.message);
    }
    document.body.classList.remove("asking");
  }

  function show() {
    set("evidence-provenance", `${evidence.title}, ${evidence.worlds} worlds, seed ${evidence.seed}, ${lens(evidence.lens)}, Parley ${evidence.version}`);
    set("evidence-left-out", "The register lists one code, so this page shows the Paris Call as it was. The scenario and the changes in your link are left out; its lens, worlds and seed hold.");
    at("evidence-left-out").hidden = !evidence.left_out.length;
    for (const kind of KINDS) dates(kind, evidence.milestones[kind]);
    tenths(evidence.deciles);
    fill("misses", evidence.misses.map(words => element("li", {}, words)));
    scores();
    weights();
    assumptions(evidence.assumed);
    turning(evidence.milestones);
    wide(evidence);
    show_document(evidence.record);
    draw();
  }

  // The sections of the document of evidence, each as a part of the page; once, as it is of the server and not of the view.
  function show_document({message, document: whole}) {
    if (!document.querySelector("#evidence [data-said]")) {
      say("record-message", message && `The record of evidence cannot be shown: ${message}`);
      if (whole) add_document(whole);
      fill("parts", [...at("evidence").children].map(part => element("a", {href: `#${part.id}`}, part.querySelector("h2").textContent)));
      fill("dates-legend", [legend("dates-in-sample")]);
      dispatch("parley:cards");
    }
  }

  function add_document({name, title, blocks}) {
    const parts = blocks.filter(({kind}) => kind === "section"), first = blocks.filter(({kind}) => kind !== "section");
    for (const part of [{name, title, blocks: first}, ...parts]) {
      const place = at(`document-${part.name}`), content = section(part);
      if (part.name === "limits") place.replaceWith(block(part));
      else if (place) Object.assign(place, {hidden: false}).replaceChildren(...content);
      else at("basis").before(element("section", {id: part.name, className: "evidence-part"}, element("h2", {}, part.title), ...content));
    }
    for (const [part, [words, file]] of Object.entries(LINKS)) {
      at(part).append(element("p", {className: "dimmed"}, element("a", {href: `data/evidence/${file}`}, words)));
    }
  }

  const rows = (id, cells) => fill(id, cells.map(cells => row(...cells)));

  function dates(kind, {rows: milestones, inside, of, early_inside, early_of, mean_error, largest_error, largest_on, wide_inside}) {
    set(`inside-${kind}`, `${inside} of ${of}`);
    const side = largest_error > 0 ? "above" : "below";
    set(`errors-${kind}`, `Before the first anniversary ${early_inside} of ${early_of}. The median is off by ${mean(mean_error)} on average, at most by ${count(Math.abs(largest_error))} (${side} the register, ${day(largest_on)}).`);
    rows(`dates-${kind}`, milestones.map(({date, registered, median, low, high, inside, wide}) => [day(date), registered, count(median), interval(low, high), yes_or_no(inside),
      wide ? interval(wide.low, wide.high) : "–", wide ? yes_or_no(within(registered, wide)) : "–"]));
    set(`wide-inside-${kind}`, wide_inside === null ? "" : `${wide_inside} of ${of} with the weights' uncertainty.`);
  }

  // Which interval is which, and why the wide one may be missing.
  function wide({milestones, record: {in_sample, manifest}, lens}) {
    const has_wide = milestones.state.wide_inside !== null;
    at("dates").classList.toggle("no-wide", !has_wide);
    set("wide-note", has_wide
      ? `The fitted weights and their worlds are those of this view. The interval with the weights' uncertainty is that of the record: ${in_sample.draws} draws of the weights from the bootstrap, ${in_sample.worlds_of_a_draw} worlds each, seed ${manifest.seed}.`
      : in_sample ? `The sentences above are those of the record, under the lens full. This is ${lens || "a lens of one's own"}: the interval with the weights' uncertainty is shown for the lens full only.`
        : "The interval with the weights' uncertainty is missing, as the record of evidence cannot be read.");
  }

  function tenths(deciles) {
    const sizes = deciles.map(row => row.states), least = Math.min(...sizes), most = Math.max(...sizes);
    set("tenths-size", `Each tenth holds ${least === most ? least : `${least} or ${most}`} states; a bar spans the shares within it.`);
    rows("tenths", deciles.map(row => [row.decile, row.states, percent(row.simulated), percent_interval(row.lowest, row.highest), percent(row.observed)]));
  }

  function scores() {
    rows("scores", evidence.scores.map(row => [row.lens, row.motives, ...[...KINDS, "total"].map(kind => decimal(row[kind], 1))]));
    [...at("scores").rows].forEach((row, place) => {
      row.classList.toggle("is-here", evidence.scores[place].lens === evidence.lens);
      row.cells[0].append(element("span", {className: "dimmed"}, evidence.scores[place].title));
    });
    set("verdict", evidence.verdict);
  }

  // A dial of a list: its name and value, then what it means.
  const entry = (name, value, words) => element("li", {},
    element("span", {className: "dial-head"}, element("span", {className: "dial-name"}, name), element("span", {}, value)),
    element("span", {className: "dimmed"}, words));
  const estimate = ({value, standard_error, remark}) => `${significant(value)}${standard_error === null ? `, ${remark}` : ` ± ${significant(standard_error)}`}`;

  function weights() {
    const {fitted, entangled} = evidence, count = {};
    for (const {standard_error, remark} of fitted) {
      const how = standard_error !== null ? "with a standard error" : remark.startsWith("tied") ? "tied to another" : remark;
      count[how] = (count[how] ?? 0) + 1;
    }
    set("fitted-count", `${fitted.length} weights: ${Object.entries(count).map(([how, many]) => `${many} ${how}`).join(", ")}.`);
    const of_kind = kind => fitted.filter(weight => weight.kind === kind).map(weight => entry(weight.dial, estimate(weight), `${weight.meaning} (${weight.unit})`));
    fill("fitted", KINDS.flatMap(kind => [element("h4", {}, KIND_TITLES[kind]), element("ul", {}, ...of_kind(kind))]));
    const pairs = entangled.map(({pair, correlation}) => `${pair[0]} and ${pair[1]} (correlation ${decimal(correlation)})`);
    set("entangled", pairs.length ? `Read together, since one can make up for the other: ${pairs.join("; ")}.` : "No two estimates are correlated above 0.8.");
  }

  function assumptions(dials) {
    set("assumed-count", `${dials.length} dials, each with the range over which it may be moved.`);
    fill("assumed", [element("ul", {}, ...dials.map(({dial, value, between: [low, high], meaning, unit, source}) =>
      entry(dial, `${significant(value)} (${interval(low, high, significant)})`, `${meaning} (${unit}). Source: ${source}.`)))]);
  }

  function turning({state, firm}) {
    const first = state.rows[0], last = state.rows[state.rows.length - 1];
    const year = state.rows.find(row => row.date >= `${Number(first.date.slice(0, 4)) + 1}${first.date.slice(4)}`) ?? last;
    set("turning-first", `${first.registered} states and ${firm.rows[0].registered} firms were on board on the first day, ${year.registered} states at the first anniversary.`);
    set("turning-after", `After the first anniversary ${last.registered - year.registered} more states came until ${day(last.date)}, and neither China nor Russia is among the ${last.registered}.`);
  }

  function draw() {
    if (!evidence || !at("evidence")) return;
    const {at_dates, by_tenth} = parley.figures;
    for (const kind of KINDS) put(`evidence-${kind}`, {figure: at_dates(evidence.milestones[kind].rows)});
    put("evidence-tenths", {figure: by_tenth(evidence.deciles)});
    draw_panels();
  }

  // The panels of the document, once the figures above have brought their library.
  function draw_panels() {
    if (!window.Plotly) return setTimeout(draw_panels, 50);
    const {record} = evidence;
    for (const [panel, figure] of Object.entries(record.backtest ? parley.figures.of_record(record) : {})) {
      if (at(panel)) Plotly.react(panel, {...figure(), config: {displayModeBar: false, responsive: true}});
    }
  }

  on("parley:page parley:record", ask_evidence);
  on("parley:scheme", draw);
})();
