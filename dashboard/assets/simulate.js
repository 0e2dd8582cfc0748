// The page Simulate: the record's numbers, curves and log, at the round shown.
(() => {
  const {at, set, element, fill, put, on} = parley.dom, {KINDS, count, day, interval, lens, percent, percent_interval} = parley.format;
  const CLOSED = "may not sign";
  const here = () => Boolean(at("adoption-state") && parley.record);

  on("parley:record", record => {
    if (!here()) return;
    set("title", record.title);
    set("question", record.question);
    set("provenance", `${record.worlds} worlds, seed ${record.seed}, ${lens(record.lens)}${parley.view.may_sign ? `, open to ${parley.view.may_sign.replaceAll(",", " and ")} alone` : ""}, Parley ${record.version}`);
    open_to(record);
    draw(record);
    log(record);
  });
  on("parley:scheme parley:beside", () => { if (here()) draw(parley.record); });
  on("parley:round", t => {
    if (!here()) return;
    headline(parley.record, t);
    cursors();
  });

  // Kinds that may not sign have no curve, and without states there is neither a map nor a state outside.
  function open_to({may_sign}) {
    const states = may_sign.includes("state");
    for (const kind of Object.keys(KINDS)) {
      at(`panel-${kind}`).hidden = !may_sign.includes(kind);
      at(`worlds-${kind}`).hidden = !may_sign.includes(kind);
    }
    at("worlds-power").hidden = !states;
    for (const id of ["outside-card", "world-card"]) at(id).hidden = !states;
  }

  function draw(record) {
    for (const kind of record.may_sign) put(`adoption-${kind}`, {figure: parley.figures.adoption(record, kind, {beside: parley.beside})});
  }

  // The round shown, as a line over each graph: to move it costs nothing, while a new layout of the figure costs a frame.
  function cursors() {
    for (const graph of document.querySelectorAll(".panels .js-plotly-plot")) {
      if (!graph.dataset.listens && graph._fullLayout?._size) {
        graph.dataset.listens = "yes";
        graph.on("plotly_afterplot", () => measure(graph));
        measure(graph);
      } else cursor(graph);
    }
  }

  const areas = new WeakMap();
  function measure(graph) {
    const size = graph._fullLayout?._size, line = graph.closest(".curve")?.querySelector(".cursor");
    if (!size || !line) return;
    areas.set(graph, {line, left: graph.offsetLeft + size.l, width: size.w});
    Object.assign(line.style, {top: `${graph.offsetTop + size.t}px`, height: `${size.h}px`});
    cursor(graph);
  }

  function cursor(graph) {
    const record = parley.record, area = areas.get(graph);
    if (!record || !area) return;
    const [from, now, to] = [-record.first_round, parley.round(), record.dates.length - 1].map(t => Date.parse(record.dates[t]));
    area.line.hidden = now < from;
    area.line.style.transform = `translateX(${area.left + area.width * (now - from) / (to - from)}px)`;
  }

  function headline(record, t) {
    for (const kind of Object.keys(KINDS)) {
      const bands = record.bands.listed[kind];
      const open = record.may_sign.includes(kind);
      set(`listed-${kind}`, open ? count(bands.median[t]) : "–");
      set(`interval-${kind}`, open ? interval(bands.low_90[t], bands.high_90[t]) : CLOSED);
      set(`register-${kind}`, count(record.registered[kind][t]));
    }
    const power = record.bands.power_share, states_sign = record.may_sign.includes("state");
    set("power", states_sign ? percent(power.median[t]) : "–");
    set("power-interval", states_sign ? percent_interval(power.low_90[t], power.high_90[t]) : `states ${CLOSED}`);
    const states = record.names.filter(name => parley.people?.[name]?.kind === "state").length || 193;
    set("states-not_taken_up", count(states - record.bands.taken_up.state.median[t]));
    set("states-declined", count(record.bands.declined.state.median[t]));
    set("states-waiting", count(record.bands.waiting.state.median[t]));
  }

  function log({log, dates, first_round}) {
    const entry = ({round, words, why}) =>
      element("li", {}, element("button", {dataset: {round}}, day(dates[round - first_round])), ` ${words}${why ? ` (${why})` : ""}`);
    fill("log", log.length ? log.map(entry) : [element("li", {className: "dimmed"}, "Nothing happens from outside in this scenario.")]);
  }
})();
