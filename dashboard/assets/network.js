// The influence network: everybody with a name on a circle, by sub-region, with the strongest ties as curves, or all ties
// of the one chosen. Places on the circle come from the server; a round changes the colours alone.
(() => {
  const {at, set, element, cell, row, table, wide_table, fill, put, callbacks, address, latest, or_null, on, on_click, once_a_frame, watch} = parley.dom;
  const {decimal, percent: in_percent, day, name_of, options} = parley.format, {colour, along, shades} = parley.figures;
  const GAP = 2, RIM = 11, BINS = 8, NEAR = 14, FEW = 8, LABELLED = 460;  // places between regions; then pixels, but for bins and rows
  let network = null, question = null, canvas = null, size = 0, layer = "all", who = null, ties = null, hovered = null, visible = true;
  let nodes = [], place_of = new Map(), curves = [], unfolded = {heeds: false, heeded_by: false};

  const font = (pixels, weight = 400) => `${weight} ${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  const of_weight = share => in_percent(share, share < 0.0995 ? 1 : 0), percent = share => in_percent(share);
  const share = id => parley.shares(id)?.signed ?? 0;
  const follow = once_a_frame(() => { if (visible) draw(); });

  const networks = latest(), ties_of_one = latest();
  async function ask_network() {
    if (!at("network") || !parley.record || question === parley.record.query) return;
    const query = question = parley.record.query;
    const content = await or_null(networks.ask(address("data/network", query)));
    if (!content || question !== query) return;
    network = content;
    place_of = new Map(network.ids.map((id, k) => [id, k]));
    place();
    if (who) choose(who); else follow();
    show_names();
  }

  function show_names() {
    if (!at("network") || !network || !parley.people) return;
    place();  // who is a state is known now
    follow();
    put("network-who", {data: options(network.ids), disabled: false});
    list();
  }

  // Where everybody stands, for the present width.
  function place() {
    const holder = at("network");
    if (!holder || !network) return;
    if (!canvas?.isConnected) {
      canvas = element("canvas", {className: "network-canvas", role: "img"});
      holder.replaceChildren(canvas, element("p", {className: "network-read", hidden: true}));
      canvas.addEventListener("pointermove", point);
      canvas.addEventListener("pointerleave", () => read(null));
      canvas.addEventListener("click", event => { const id = nearest(event); if (id) pick(id); });
      new ResizeObserver(() => { if (holder.clientWidth && holder.clientWidth !== size) { place(); draw(); } }).observe(holder);
      watch(holder, is => { visible = is; if (visible) follow(); }, "50px");
    }
    if (!holder.clientWidth) return;  // its face is not shown
    size = holder.clientWidth;
    const dense = window.devicePixelRatio || 1, middle = size / 2, pen = canvas.getContext("2d");
    Object.assign(canvas, {width: size * dense, height: size * dense});
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.font = font(13);
    const room = size < LABELLED ? 20 : Math.max(...network.regions.flatMap(([region]) => lines(region)).map(line => pen.measureText(line).width)) + 8;
    const radius = middle - room - RIM;
    const step = 2 * Math.PI / (network.ids.length + GAP * network.regions.length);
    nodes = [];
    let angle = -Math.PI / 2;
    for (const [region, members] of network.regions) {
      const centre = angle + step * (members - 1) / 2;
      for (let k = 0; k < members; k++) {
        const turn = angle + step * k;
        const [x, y] = [Math.cos(turn), Math.sin(turn)], state = parley.people?.[network.ids[nodes.length]]?.kind === "state";
        nodes.push({turn, centre, region, first: k === 0, out: [x, y], long: state ? RIM : 0.55 * RIM, x: middle + radius * x, y: middle + radius * y});
      }
      angle += step * (members + GAP);
    }
    network.middle = middle;
    network.radius = radius;
    network.bar = Math.max(1.2, radius * step * 0.72);
    curves = network.ties.map(([to, from, through, weight]) => ({to, from, layer: Object.keys(network.layers)[through], weight, path: curve(from, to)}));
  }

  // Ties of two regions run together through the middle; the nearer the regions, the less they bend to it.
  function curve(from, to) {
    const [a, b] = [nodes[from], nodes[to]], apart = Math.abs(Math.atan2(Math.sin(a.centre - b.centre), Math.cos(a.centre - b.centre)));
    const inner = network.radius * (0.84 - 0.72 * Math.min(1, apart / 1.8));
    const bend = turn => [network.middle + inner * Math.cos(turn), network.middle + inner * Math.sin(turn)];
    return [a.x, a.y, ...bend(apart ? a.centre : a.turn), ...bend(apart ? b.centre : b.turn), b.x, b.y];
  }
  const trace = (pen, [x, y, ...rest]) => { pen.moveTo(x, y); pen.bezierCurveTo(...rest); };

  function draw() {
    if (!canvas?.isConnected || !network || !parley.record || !nodes.length) return;
    const pen = canvas.getContext("2d"), [lit, dim, text, card] = ["simulated", "dimmed", "text", "card"].map(colour);
    pen.clearRect(0, 0, size, size);
    const shares = network.ids.map(share), scale = shades(), partners = new Set();
    const bins = Array.from({length: BINS + 1}, () => []);
    for (const curve of curves) if (layer === "all" || curve.layer === layer) bins[Math.round(BINS * shares[curve.from])].push(curve.path);
    pen.lineWidth = 0.7;
    bins.forEach((paths, bin) => {
      if (!paths.length) return;
      pen.strokeStyle = bin ? lit : dim;
      pen.globalAlpha = (bin ? 0.1 + 0.4 * bin / BINS : 0.13) * (who ? 0.15 : 1);
      pen.beginPath();
      for (const path of paths) trace(pen, path);
      pen.stroke();
    });
    if (who && ties?.who === who) {
      for (const [list, dash] of [["heeded_by", [3, 3]], ["heeds", []]]) {
        pen.setLineDash(dash);
        for (const [id, weight, through] of ties[list]) {
          if (!place_of.has(id) || (layer !== "all" && !through.includes(layer))) continue;
          partners.add(id);
          const [from, to] = list === "heeds" ? [id, who] : [who, id];
          pen.strokeStyle = list === "heeds" ? lit : dim;
          pen.globalAlpha = 0.25 + 0.6 * Math.min(1, weight * 8);
          pen.lineWidth = 0.6 + Math.min(3, weight * 18);
          pen.beginPath();
          trace(pen, curve(place_of.get(from), place_of.get(to)));
          pen.stroke();
        }
      }
      pen.setLineDash([]);
    }
    pen.globalAlpha = 1;
    nodes.forEach((node, k) => {
      const id = network.ids[k], marked = id === who || id === hovered, {x, y, out, long} = node;
      pen.globalAlpha = who && id !== who && !partners.has(id) ? 0.3 : 1;
      const outline = marked ? [network.bar + 3, 2, text] : [network.bar + 0.9, 0.45, dim];
      for (const [wide, ends, ink] of [outline, [network.bar, 0, along(shares[k], scale)]]) {
        pen.strokeStyle = ink;
        pen.lineWidth = wide;
        pen.beginPath();
        pen.moveTo(x + out[0] * (1 - ends), y + out[1] * (1 - ends));
        pen.lineTo(x + out[0] * (long + ends), y + out[1] * (long + ends));
        pen.stroke();
      }
    });
    pen.globalAlpha = 1;
    label(pen, text, dim);
    if (who) name_on_circle(pen, who, text, card);
    describe();
  }

  const lines = region => region.split(/(?<= and) /);

  // The regions by their names, or, where there is no room for these, by numbers, which a list below explains.
  function label(pen, text, dim) {
    const numbered = size < LABELLED, list = at("network-regions");
    pen.fillStyle = numbered ? text : dim;
    pen.font = font(13, numbered ? 600 : 400);
    pen.textBaseline = "middle";
    if (list.hidden === numbered) {
      list.hidden = !numbered;
      fill("network-regions", network.regions.map(([region]) => element("li", {}, region)));
    }
    for (const [place, {centre, region}] of nodes.filter(node => node.first).entries()) {
      if (numbered) {
        const far = network.radius + RIM + 10;
        pen.textAlign = "center";
        pen.fillText(place + 1, network.middle + far * Math.cos(centre), network.middle + far * Math.sin(centre));
        continue;
      }
      const turned = Math.cos(centre) < -0.001;
      pen.save();
      pen.translate(network.middle, network.middle);
      pen.rotate(turned ? centre + Math.PI : centre);
      pen.textAlign = turned ? "right" : "left";
      lines(region).forEach((line, k, all) => pen.fillText(line, (turned ? -1 : 1) * (network.radius + RIM + 6), 14 * (k - (all.length - 1) / 2)));
      pen.restore();
    }
  }

  function name_on_circle(pen, id, text, card) {
    const {x, y} = nodes[place_of.get(id)], words = name_of(id);
    pen.font = font(13, 600);
    const wide = pen.measureText(words).width, left = Math.min(Math.max(x - wide / 2, 4), size - wide - 4);
    const top = y < network.middle ? y + 20 : y - 20;
    Object.assign(pen, {textAlign: "left", textBaseline: "middle", fillStyle: card, globalAlpha: 0.85});
    pen.fillRect(left - 4, top - 10, wide + 8, 20);
    Object.assign(pen, {globalAlpha: 1, fillStyle: text});
    pen.fillText(words, left, top);
  }

  function describe() {
    const {record} = parley, when = day(record.dates[parley.round()]);
    const words = `States and named organisations by the share of the ${record.worlds} simulated worlds in which each has signed, ${when}; seed ${record.seed}.`;
    if (at("network-unit").textContent !== words) {
      set("network-unit", words);
      canvas.setAttribute("aria-label", `Influence network on a circle. ${words} Choose somebody to read its ties as a list.`);
    }
    for (const cell of document.querySelectorAll("#network-ties [data-share]")) {
      const now = percent(share(cell.dataset.share));
      if (cell.textContent !== now) cell.textContent = now;
    }
  }

  function nearest(event) {
    const {left, top} = canvas.getBoundingClientRect(), [x, y] = [event.clientX - left, event.clientY - top];
    let best = null, least = NEAR;
    nodes.forEach((node, k) => {
      const far = Math.hypot(node.x + node.out[0] * RIM / 2 - x, node.y + node.out[1] * RIM / 2 - y);
      if (far < least) [best, least] = [network.ids[k], far];
    });
    return best;
  }
  function point(event) { read(nearest(event)); }
  function read(id) {
    if (id === hovered) return;
    hovered = id;
    canvas.style.cursor = id ? "pointer" : "";
    const place = at("network").querySelector(".network-read");
    place.hidden = !id;
    if (id) {
      const node = nodes[place_of.get(id)];
      place.textContent = `${name_of(id)}: signed ${percent(share(id))}`;
      Object.assign(place.style, {left: `${node.x}px`, top: `${node.y}px`});
      place.classList.toggle("to-the-left", node.x > network.middle);
    }
    follow();
  }

  // By the circle or by a name in a list; the control follows.
  function pick(id) { put("network-who", {value: id}); choose(id); }

  async function choose(id) {
    who = id || null;
    unfolded = {heeds: false, heeded_by: false};
    if (!who) { ties = null; list(); return follow(); }
    const content = await or_null(ties_of_one.ask(address("data/network/ties", parley.record.query, `who=${encodeURIComponent(who)}`)));
    if (content?.who !== who) return;
    ties = content;
    list();
    follow();
  }

  // One row: a name that chooses, some cells about the tie, and the share that follows the round.
  const person = (id, ...cells) => row(element("button", {className: "reset", dataset: {tie: id}}, name_of(id)), ...cells,
    cell({dataset: {share: id}}, percent(share(id))));

  function list() {
    if (!network || !parley.people) return;
    at("network-hint").hidden = Boolean(ties);
    fill("network-ties", ties ? ["heeds", "heeded_by"].map(ties_of) : [heeded_most()]);
  }

  function heeded_most() {
    const rows = network.most_heeded.map(([id, by, weight]) => person(id, by, decimal(weight)));
    const title = "Heeded most";
    return element("section", {}, element("h3", {}, title), wide_table(title, table(["who", "by", "sum of weights", "signed"], rows)));
  }

  function ties_of(side) {
    const title = side === "heeds" ? `${name_of(ties.who)} heeds` : `Heed ${name_of(ties.who)}`;
    const all = ties[side].filter(([, , through]) => layer === "all" || through.includes(layer));
    const rows = all.slice(0, unfolded[side] ? all.length : FEW).map(([id, weight, through]) =>
      person(id, cell({className: "dimmed"}, through.map(layer => network.layers[layer]).join(", ")), of_weight(weight)));
    return element("section", {}, element("h3", {}, `${title}: ${all.length}`),
      ...(all.length ? [wide_table(title, table(["who", ["through", {className: "through"}], "weight", "signed"], rows))] : []),
      ...(all.length > rows.length ? [element("button", {className: "reset", dataset: {whole: side}}, `Show all ${all.length}`)] : []));
  }

  on("parley:record", record => {
    if (!record.names) return;  // of a page that asks for something else
    if (parley.faces.shown() === "network") ask_network();
    follow();
  });
  on("parley:face", face => { if (face === "network") { ask_network(); place(); follow(); } });
  on("parley:people", show_names);
  on("parley:round parley:scheme", follow);
  on_click("[data-tie]", button => pick(button.dataset.tie));
  on_click("[data-whole]", button => {
    const side = button.dataset.whole;
    unfolded[side] = true;
    list();
    at("network-ties").children[side === "heeds" ? 0 : 1].querySelector(".wide-table").focus();
  });

  callbacks({
    on_layer(value) { layer = value; if (network) { list(); follow(); } },
    on_network_who(id) { if (network && (id || null) !== who) choose(id); },
  });
})();
