// The world map at the round shown: the share of the simulated worlds in which a state has signed, waits or has not taken
// it up; or how each state stands in one of these worlds. Beside it the register. A round recolours what changed, no more.
(() => {
  window.parley ??= {};
  // Cividis (Nuñez, Anderton and Renslow 2018), which is read alike under the three kinds of colour blindness.
  const CIVIDIS = ["#00204C", "#00346E", "#3C4A6B", "#5B5F6D", "#757575", "#92917A", "#B0A574", "#D1BF66", "#FFE945"];
  const SHOWN = {signed: "has signed", waiting: "has considered it and has not signed", untouched: "has not taken it up"};
  const STANDS = ["has not taken it up", "has considered it and waits", "has considered it and declined", "has signed", "had signed and left"];
  const COLOURS = ["untouched", "waiting", "declined", "signed", "declined"];
  const NARROW = 500;  // pixels
  const percent = share => `${(100 * share).toFixed(0)} %`;
  const shown = () => parley.view.map in SHOWN ? parley.view.map : "signed";
  let one = null, asking = null, dots = null, read = null, frame = null, seen = true, stale = false, wordless = false, marks = new Map(), places = new Map();

  const days = new Map();  // in words, which take a while
  function day(date) {
    if (!days.has(date)) days.set(date, parley.figures.day(date));
    return days.get(date);
  }

  // Of one state at round t: its three shares of the worlds, which add up to one.
  function shares(id, t) {
    const {record} = parley, place = places.get(id), [signed, taken] = [record.signed[t][place], record.taken_up[t][place]];
    return {signed: signed / record.worlds, waiting: (taken - signed) / record.worlds, untouched: 1 - taken / record.worlds};
  }

  const channels = colour => [1, 3, 5].map(from => parseInt(colour.slice(from, from + 2), 16));
  function along(scale, share) {
    const place = share * (scale.length - 1), k = Math.min(Math.floor(place), scale.length - 2);
    const [from, to] = [channels(scale[k]), channels(scale[k + 1])];
    return `rgb(${from.map((low, c) => Math.round(low + (place - k) * (to[c] - low))).join(", ")})`;
  }

  // The colours of the page, read once a drawing.
  let ink = {};
  function dip() {
    const dark = document.documentElement.dataset.mantineColorScheme === "dark", {colour} = parley.figures;
    ink = one ? {outline: colour("text"), border: colour("dimmed"), stands: COLOURS.map(colour)}
      : {outline: colour("register"), border: colour(dark ? "dimmed" : "card"), stands: null};
  }

  // A share from 0 to 1, or how it stands, from 0 to 4; and what that looks like.
  const value = (id, t) => one ? one.courses[id][t] : shares(id, t)[shown()];
  const fill = number => one ? ink.stands[number] : along(CIVIDIS, number);
  const listed = (id, t) => (parley.people[id].supporter_since ?? "9999") <= parley.record.dates[t];
  const outline = (id, t) => listed(id, t) ? [ink.outline, one ? 1.4 : 1.1] : [ink.border, one ? 0.6 : 0.4];

  function words(id, t) {
    const {name, supporter_since: since} = parley.people[id], share = shares(id, t);
    return `<b>${name}</b><br>` + (one ? `${STANDS[one.courses[id][t]]} in world ${one.number}<br>` : "")
      + `signed ${percent(share.signed)}${one ? " of worlds" : ""}<br>considered, has not signed ${percent(share.waiting)}`
      + `<br>not taken up ${percent(share.untouched)}<br>`
      + (since ? `on the register by ${day(since)}${listed(id, t) ? "" : " (later)"}` : "never on the register");
  }

  // Those with a shape and those with a dot. Whoever is on the register is drawn last, the earliest on top, so that no
  // neighbour covers its outline.
  function drawn() {
    const since = id => parley.people[id].supporter_since ?? "9999";
    const states = parley.record.names.filter(id => parley.people[id]?.kind === "state").sort((a, b) => (since(b) > since(a)) - (since(b) < since(a)));
    return {shapes: states.filter(id => !(id in dots)), points: states.filter(id => id in dots)};
  }

  function world(t, wide = true) {
    const {shapes, points} = drawn(), layout = parley.figures.layout({hovermode: "closest", margin: {l: 0, r: 0, t: 0, b: 0}});
    layout.hoverlabel.font.family = layout.font.family;
    delete layout.xaxis;
    delete layout.yaxis;
    layout.geo = {
      scope: "world", resolution: 110, fitbounds: false, projection: {type: "natural earth"}, lataxis: {range: [-57, 84]},
      bgcolor: "rgba(0,0,0,0)", visible: false, showland: true, landcolor: parley.figures.colour("grid"),
    };
    const scale = one ? ink.stands.map((colour, k) => [k / 4, colour]) : CIVIDIS.map((colour, k) => [k / (CIVIDIS.length - 1), colour]);
    const all = ids => ({values: ids.map(id => value(id, t)), words: ids.map(id => words(id, t)),
      line: {color: ids.map(id => outline(id, t)[0]), width: ids.map(id => outline(id, t)[1])}});
    const [area, dot] = [all(shapes), all(points)], most = one ? 4 : 1;
    return {layout, data: [
      {type: "choropleth", locationmode: "ISO-3", locations: shapes, z: area.values, zmin: 0, zmax: most, colorscale: scale,
       showscale: false, hoverinfo: "text", text: area.words, marker: {line: area.line}},
      {type: "scattergeo", mode: "markers", ids: points, lon: points.map(id => dots[id].lon), lat: points.map(id => dots[id].lat),
       hoverinfo: "text", text: dot.words,
       marker: {size: wide ? 8 : 5, opacity: 1, color: dot.values, cmin: 0, cmax: most, colorscale: scale, line: dot.line}},
    ]};
  }

  const card = () => document.getElementById("world-card");
  const box = () => document.getElementById("world");
  const plotted = () => document.querySelector("#world .js-plotly-plot:has(.choroplethlocation)");
  const ready = () => box() && parley.record && parley.people && dots && (!parley.view.world || one);

  function draw() {
    if (!ready()) return;
    dip();
    marks.clear();
    dash_clientside.set_props("world", {figure: world(parley.round(), box().clientWidth > NARROW)});
    key();
    describe();
    listen();
  }

  // The elements that Plotly drew, by the state that each stands for. What a mark looks like is written into what Plotly
  // keeps of it as well, so that it draws the same when the window changes.
  function find(graph) {
    marks.clear();
    const [area, dot] = graph.data;
    for (const [selector, ids, trace] of [[".choroplethlocation", area.locations, 0], [".scattergeo .point", dot.ids, 1]]) {
      graph.querySelectorAll(selector).forEach(element => {
        const point = element.__data__, k = point.i;
        marks.set(ids[k], {element, point, k, trace});
      });
    }
  }

  function mark(graph, id, {element, point, k, trace}, t) {
    const given = graph.data[trace], numbers = trace ? given.marker.color : given.z, line = given.marker.line;
    const now = value(id, t), [colour, width] = outline(id, t);
    if (numbers[k] !== now) {
      const painted = fill(now);
      numbers[k] = now;
      Object.assign(point, trace ? {mc: now, mcc: painted} : {z: now});
      if (trace) element.style.fill = painted; else element.setAttribute("fill", painted);
    }
    if (line.width[k] !== width || line.color[k] !== colour) {
      Object.assign(point, {mlc: colour, mlw: width, ...(trace && {mlcc: colour})});
      [line.color[k], line.width[k]] = [colour, width];
      Object.assign(element.style, {stroke: colour, strokeWidth: `${width}px`});
    }
  }

  // One round further, or another share: no new figure, and nobody is asked. Once a frame, however fast the rounds go by,
  // and only while somebody can see it.
  function follow() {
    frame ??= requestAnimationFrame(() => { frame = null; restyle(); });
  }

  function restyle() {
    if (!ready()) return;
    describe();
    if (!marks.size) return plotted() ? find_and_mark() : draw();
    stale = !seen;
    if (stale) return;
    const graph = plotted(), t = parley.round();
    for (const [id, each] of marks) mark(graph, id, each, t);
    wordless = true;
  }

  function find_and_mark() { find(plotted()); if (marks.size) restyle(); }

  // What is read under the pointer is written when there is a pointer.
  function spell() {
    const graph = wordless && marks.size && plotted();
    if (!graph) return;
    wordless = false;
    for (const [id, {point, k, trace}] of marks) graph.data[trace].text[k] = point.tx = words(id, parley.round());
  }

  function describe() {
    const {record} = parley, when = day(record.dates[parley.round()]);
    const told = one ? `How each state stands in world ${one.number} of ${record.worlds}, ${when}`
      : `Share of the ${record.worlds} simulated worlds in which each state ${SHOWN[shown()]}, ${when}`;
    document.getElementById("world-unit").textContent = `${told}; seed ${record.seed}.`;
    document.getElementById("world-image").setAttribute("aria-label", `World map. ${told}. The table below holds the shares.`);
  }

  // The key and the controls, as the address has them.
  function key() {
    document.getElementById("world-scale").style.background = `linear-gradient(to right, ${CIVIDIS.join(", ")})`;
    card().classList.toggle("is-one", Boolean(one));
  }

  function controls() {
    const set = (id, props) => document.getElementById(id) && dash_clientside.set_props(id, props);
    set("world-share", {value: shown()});
    set("world-which", {value: parley.view.world ? "one" : "all"});
    set("world-number", {max: parley.record?.worlds ?? 200, ...(parley.view.world && {value: parley.view.world})});
    const place = document.getElementById("world-of");
    if (place) place.textContent = `of ${parley.record?.worlds ?? "–"}`;
    card()?.classList.toggle("asks-one", Boolean(parley.view.world));
  }

  // The one world that the address names: its states' courses, from the server, once for the view.
  async function ask() {
    if (!card() || !parley.record) return;
    const {record, view} = parley;
    if (view.world > record.worlds) { view.world = record.worlds; parley.write(); }
    const query = [record.query, `world=${view.world}`].filter(Boolean).join("&");
    if (!view.world) return void (one = null);
    if (one?.query === query) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`data/world?${query}`, {signal: asking.signal}), content = await answer.json();
      if (!answer.ok) throw new Error(content.message);
      if (record !== parley.record || view.world !== content.world) return;
      one = {query, number: content.world, courses: spread(content.courses, record.dates.length)};
    } catch (problem) {
      if (problem.name === "AbortError") return;
      view.world = null;
      one = null;
      document.getElementById("world-unit").textContent = problem.message;
    }
  }

  // [[place, status], …], from which place on, as one status for each round.
  function spread(courses, rounds) {
    return Object.fromEntries(Object.entries(courses).map(([id, changes]) => {
      const course = new Array(rounds).fill(0);
      for (const [from, status] of changes) course.fill(status, from);
      return [id, course];
    }));
  }

  async function renew() {
    const before = one;
    controls();
    await ask();
    controls();
    if (before !== one || !marks.size) draw(); else follow();
  }

  // Where nothing hovers, the first touch reads and the second opens.
  function opens(id) {
    if (matchMedia("(hover: none)").matches && read !== id) { read = id; return; }
    parley.open(id);
  }

  function listen() {
    const graph = plotted();
    if (!graph) return void (box() && setTimeout(listen, 50));
    if (graph.dataset.listens) return;
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({points: [point]}) => opens(point.location ?? point.id));
    graph.on("plotly_afterplot", () => { find(graph); restyle(); });
    graph.addEventListener("mousemove", spell, {capture: true});
    new IntersectionObserver(entries => {
      seen = entries[entries.length - 1].isIntersecting;
      if (seen && stale) restyle();
    }).observe(graph);
    find_and_mark();
  }

  document.addEventListener("parley:round", follow);
  document.addEventListener("parley:record", ({detail: record}) => {
    if (!record.names) return;  // of a page that asks for something else
    places = new Map(record.names.map((name, place) => [name, place]));
    renew();
  });
  document.addEventListener("parley:scheme", draw);

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
    const soon = () => new Promise(later => setTimeout(later, 50));
    while (!parley.people) await soon();
    while (card() && !box()) await soon();  // its place comes with its library
    draw();
  }

  window.dash_clientside ??= {};
  Object.assign(dash_clientside.parley ??= {}, {
    heard_share(what) {
      if (!parley.record || what === shown()) return;
      parley.view.map = what === "signed" ? null : what;
      parley.write();
      follow();
    },
    heard_which(which) {
      if (!parley.record || (which === "one") === Boolean(parley.view.world)) return;
      parley.view.world = which === "one" ? 1 : null;
      parley.write();
      renew();
    },
    heard_world(number) {
      if (!parley.record || !parley.view.world || !Number.isInteger(number) || number < 1 || number === parley.view.world) return;
      parley.view.world = number;
      parley.write();
      renew();
    },
  });
  begin();
})();
