// The page Simulate: the record's numbers, curves and log, at the round shown.
(() => {
  window.parley ??= {};
  const set = (id, words) => { const place = document.getElementById(id); if (place) place.textContent = words; };
  const percent = share => `${(100 * share).toFixed(0)} %`;

  document.addEventListener("parley:record", ({detail: record}) => {
    if (!document.getElementById("adoption-state")) return;
    set("title", record.title);
    set("question", record.question);
    set("provenance", `${record.worlds} worlds, seed ${record.seed}, lens ${record.lens || "of one's own"}${parley.view.may_sign ? `, open to ${parley.view.may_sign.replaceAll(",", " and ")} alone` : ""}, Parley ${record.version}`);
    draw(record);
    log(record);
  });
  for (const change of ["parley:scheme", "parley:beside"]) {
    document.addEventListener(change, () => { if (parley.record && document.getElementById("adoption-state")) draw(parley.record); });
  }
  document.addEventListener("parley:round", ({detail: t}) => {
    if (!document.getElementById("adoption-state") || !parley.record) return;
    headline(parley.record, t);
    cursors();
  });

  function draw(record) {
    for (const kind of Object.keys(parley.figures.KINDS)) {
      dash_clientside.set_props(`adoption-${kind}`, {figure: parley.figures.adoption(record, kind, {beside: parley.beside})});
    }
  }

  // The round shown, as a line over each graph: to move it costs nothing, where to lay out the figure anew costs a frame.
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
    for (const kind of Object.keys(parley.figures.KINDS)) {
      const bands = record.bands.listed[kind], day = record.dates[t];
      set(`listed-${kind}`, bands.median[t].toFixed(0));
      set(`interval-${kind}`, parley.figures.span(bands, 90, t));
      const known = record.register[kind].filter(point => point.date <= day).pop();
      set(`register-${kind}`, known ? `${known.count}` : "–");
    }
    const power = record.bands.power_share;
    set("power", percent(power.median[t]));
    set("power-interval", `${(100 * power.low_90[t]).toFixed(0)}–${percent(power.high_90[t])}`);
    const states = record.names.filter(name => parley.people?.[name]?.kind === "state").length || 193;
    set("not-reached", (states - record.bands.taken_up.state.median[t]).toFixed(0));
    set("declined", record.bands.declined.state.median[t].toFixed(0));
    set("waiting", record.bands.waiting.state.median[t].toFixed(0));
  }

  function log(record) {
    const place = document.getElementById("log");
    place.replaceChildren(...(record.log.length ? record.log.map(entry => {
      const item = document.createElement("li"), button = document.createElement("button");
      button.dataset.round = entry.round;
      button.textContent = record.dates[entry.round - record.first_round];
      item.append(button, ` ${entry.words}${entry.why ? ` (${entry.why})` : ""}`);
      return item;
    }) : [Object.assign(document.createElement("li"), {textContent: "Nothing happens from outside in this scenario.", className: "dimmed"})]));
  }
})();
