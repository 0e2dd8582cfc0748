// The page Simulate: the record's numbers, curves, states and log, at the round shown.
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
    rows(record);
  });
  for (const change of ["parley:scheme", "parley:beside"]) {
    document.addEventListener(change, () => { if (parley.record && document.getElementById("adoption-state")) draw(parley.record); });
  }
  document.addEventListener("parley:round", ({detail: t}) => {
    if (!document.getElementById("adoption-state") || !parley.record) return;
    headline(parley.record, t);
    cursor(parley.record, t);
    rows(parley.record);
  });

  function draw(record) {
    for (const kind of Object.keys(parley.figures.KINDS)) {
      dash_clientside.set_props(`adoption-${kind}`, {figure: parley.figures.adoption(record, kind, {beside: parley.beside})});
    }
  }

  function cursor(record, t) {
    for (const kind of Object.keys(parley.figures.KINDS)) {
      const graph = document.querySelector(`#adoption-${kind} .js-plotly-plot`);
      if (graph?.layout?.shapes?.length) {
        window.Plotly.relayout(graph, {"shapes[0].x0": record.dates[t], "shapes[0].x1": record.dates[t]});
      }
    }
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
    set("power-interval", `${percent(power.low_90[t])} to ${percent(power.high_90[t])}`);
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

  // The table follows the round shown; searching and sorting stay as they are.
  function rows(record) {
    if (!document.getElementById("stakeholders") || !parley.people) return;
    const t = parley.round(), update = record.names.map((name, place) => ({
      ...parley.people[name],
      signed: record.signed[t][place] / record.worlds,
      considered: (record.taken_up[t][place] - record.signed[t][place]) / record.worlds,
      not_reached: 1 - record.taken_up[t][place] / record.worlds,
    }));
    const grid = parley.grid();
    if (grid?.getRowNode(record.names[0])) grid.applyTransaction({update});
    else dash_clientside.set_props("stakeholders", {rowData: update});
  }

  // Asked before its time, the grid's library throws.
  parley.grid = () => { try { return window.dash_ag_grid.getApi("stakeholders"); } catch { return null; } };
  // What the grid is given before it is there gets lost, so it is given again, with time enough in between to take it.
  document.addEventListener("parley:people", function fill() {
    // Its place comes late, as its library is loaded when the page is there; the log's is there from the beginning.
    if (!document.getElementById("log") || parley.grid()?.getRowNode(Object.keys(parley.people)[0])) return;
    if (parley.record && parley.grid()) rows(parley.record);
    setTimeout(fill, parley.record && parley.grid() ? 2000 : 100);
  });
})();
