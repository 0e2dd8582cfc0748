// The world map: every state in the colour of its share of the simulated worlds at the round shown, beside the register.
(() => {
  window.parley ??= {};
  // Cividis (Nuñez, Anderton and Renslow 2018), which is read alike under the three kinds of colour blindness.
  const CIVIDIS = ["#00204C", "#00346E", "#3C4A6B", "#5B5F6D", "#757575", "#92917A", "#B0A574", "#D1BF66", "#FFE945"];
  const SCALE = CIVIDIS.map((colour, k) => [k / (CIVIDIS.length - 1), colour]);
  const SHOWN = {signed: "has signed", waiting: "has considered it and has not signed", untouched: "has not taken it up"};
  const NARROW = 500;  // pixels
  const percent = share => `${(100 * share).toFixed(0)} %`;
  let shown = "signed", dots = null, read = null, frame = null, stale = false;

  // Of one state at one round: its three shares of the worlds, which add up to one.
  function shares(record, place, t) {
    const [signed, taken] = [record.signed[t][place], record.taken_up[t][place]];
    return {signed: signed / record.worlds, waiting: (taken - signed) / record.worlds, untouched: 1 - taken / record.worlds};
  }

  const days = new Map();  // in words, which take a while
  function day(date) {
    if (!days.has(date)) days.set(date, parley.figures.day(date));
    return days.get(date);
  }

  function reading(person, share, listed) {
    return `<b>${person.name}</b><br>signed ${percent(share.signed)}<br>considered, has not signed ${percent(share.waiting)}`
      + `<br>not taken up ${percent(share.untouched)}<br>`
      + (person.supporter_since ? `on the register by ${day(person.supporter_since)}${listed ? "" : " (later)"}` : "never on the register");
  }

  // What the shapes (or dots) of *ids* look like at round t.
  function looks(record, people, ids, t, what) {
    const places = new Map(record.names.map((name, place) => [name, place]));
    const dark = document.documentElement.dataset.mantineColorScheme === "dark";
    const [outline, border] = ["register", dark ? "dimmed" : "card"].map(parley.figures.colour);
    const found = {shares: [], lines: [], widths: [], words: []};
    for (const id of ids) {
      const share = shares(record, places.get(id), t), since = people[id].supporter_since;
      const listed = since !== null && since <= record.dates[t];
      found.shares.push(share[what]);
      found.lines.push(listed ? outline : border);
      found.widths.push(listed ? 1.1 : 0.4);
      found.words.push(reading(people[id], share, listed));
    }
    return found;
  }

  // Those with a shape and those with a dot. Whoever is on the register is drawn last, the earliest on top, so that no
  // neighbour covers its outline.
  function drawn(record, people, dots) {
    const since = id => people[id].supporter_since ?? "9999";
    const states = record.names.filter(id => people[id]?.kind === "state").sort((a, b) => (since(b) > since(a)) - (since(b) < since(a)));
    return {shapes: states.filter(id => !(id in dots)), points: states.filter(id => id in dots)};
  }

  function world(record, people, dots, t, what, wide = true) {
    const {shapes, points} = drawn(record, people, dots);
    const [area, dot] = [shapes, points].map(ids => looks(record, people, ids, t, what));
    const layout = parley.figures.layout({hovermode: "closest", margin: {l: 0, r: 0, t: 0, b: 0}});
    layout.hoverlabel.font.family = layout.font.family;
    delete layout.xaxis;
    delete layout.yaxis;
    layout.geo = {
      scope: "world", resolution: 110, fitbounds: false, projection: {type: "natural earth"}, lataxis: {range: [-57, 84]},
      bgcolor: "rgba(0,0,0,0)", visible: false, showland: true, landcolor: parley.figures.colour("grid"),
    };
    return {layout, data: [
      {type: "choropleth", locationmode: "ISO-3", locations: shapes, z: area.shares, zmin: 0, zmax: 1, colorscale: SCALE,
       showscale: false, hoverinfo: "text", text: area.words, marker: {line: {color: area.lines, width: area.widths}}},
      {type: "scattergeo", mode: "markers", ids: points, lon: points.map(id => dots[id].lon), lat: points.map(id => dots[id].lat),
       hoverinfo: "text", text: dot.words,
       marker: {size: wide ? 8 : 5, opacity: 1, color: dot.shares, cmin: 0, cmax: 1, colorscale: SCALE, line: {color: dot.lines, width: dot.widths}}},
    ]};
  }

  const box = () => document.getElementById("world");
  const plotted = () => document.querySelector("#world .js-plotly-plot:has(.choroplethlocation)");
  const ready = () => box() && parley.record && parley.people && dots;

  function draw() {
    if (!ready()) return;
    dash_clientside.set_props("world", {figure: world(parley.record, parley.people, dots, parley.round(), shown, box().clientWidth > NARROW)});
    describe();
    listen();
  }

  // One round further, or another share: no new figure, and nobody is asked. Once a frame, however fast the rounds go by,
  // and only while somebody can see it.
  function follow() {
    frame ??= requestAnimationFrame(() => { frame = null; restyle(); });
  }

  function restyle() {
    if (!ready()) return;
    const graph = plotted();
    if (!graph) return draw();
    const {top, bottom} = graph.getBoundingClientRect();
    stale = bottom < 0 || top > innerHeight;
    if (stale) return describe();
    const {record, people} = parley, t = parley.round();
    const [area, dot] = [graph.data[0].locations, graph.data[1].ids].map(ids => looks(record, people, ids, t, shown));
    window.Plotly.restyle(graph, {
      z: [area.shares, undefined], "marker.color": [undefined, dot.shares], text: [area.words, dot.words],
      "marker.line.color": [area.lines, dot.lines], "marker.line.width": [area.widths, dot.widths],
    });
    describe();
  }

  function describe() {
    const {record} = parley;
    const words = `Share of the ${record.worlds} simulated worlds in which each state ${SHOWN[shown]}, ${day(record.dates[parley.round()])}`;
    document.getElementById("world-unit").textContent = `${words}; seed ${record.seed}.`;
    document.getElementById("world-image").setAttribute("aria-label", `World map. ${words}. The table below holds these shares.`);
    document.getElementById("world-scale").style.background = `linear-gradient(to right, ${CIVIDIS.join(", ")})`;
  }

  // A click opens the state's page. Where nothing hovers, the first touch reads and the second opens.
  function opens(id) {
    if (matchMedia("(hover: none)").matches && read !== id) { read = id; return; }
    const view = parley.query({round: true});
    location.assign(`stakeholder?${view}${view ? "&" : ""}who=${id}`);
  }

  function listen() {
    const graph = plotted();
    if (!graph) return void (box() && setTimeout(listen, 50));
    if (graph.dataset.listens) return;
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({points: [point]}) => opens(point.location ?? point.id));
  }

  document.addEventListener("parley:round", follow);
  for (const moved of ["scroll", "resize"]) addEventListener(moved, () => { if (stale) follow(); }, {passive: true});
  document.addEventListener("parley:scheme", draw);
  document.addEventListener("parley:page", draw);

  // The hatching of what is not modelled; the style sheet names it.
  function hatch() {
    const holder = document.createElement("div");
    holder.className = "hatch";
    holder.setAttribute("aria-hidden", "true");
    holder.innerHTML = '<svg><defs><pattern id="not-modelled" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
      + '<rect width="5" height="5"/><path d="M0 0V5"/></pattern></defs></svg>';
    document.body.append(holder);
  }

  async function begin() {
    hatch();
    dots = (await (await fetch("assets/topojson/small_states.json")).json()).states;
    while (!parley.people) await new Promise(later => setTimeout(later, 50));
    draw();
  }

  window.dash_clientside ??= {};
  (dash_clientside.parley ??= {}).heard_world = what => { shown = what; follow(); };
  parley.figures.world = world;
  begin();
})();
