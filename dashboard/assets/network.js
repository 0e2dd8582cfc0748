// The influence network: everybody with a name on a circle, by sub-region, with the strongest ties as curves, or all ties
// of the one chosen. Its places come from the server; a round only changes colours.
(() => {
  window.parley ??= {};
  const CIVIDIS = ["#00204C", "#00346E", "#3C4A6B", "#5B5F6D", "#757575", "#92917A", "#B0A574", "#D1BF66", "#FFE945"];
  const GAP = 2, RIM = 11, BINS = 8, NEAR = 14, FEW = 8, LABELLED = 460;  // places between regions; then pixels, but for bins and rows
  const at = id => document.getElementById(id);
  let net = null, asked = null, canvas = null, size = 0, layer = "all", chosen = null, told = null, hovered = null, seen = true, frame = null;
  let nodes = [], number = new Map(), places = new Map(), curves = [], whole = {heeds: false, heeded_by: false};

  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const name = id => parley.people?.[id]?.name ?? id;
  const font = (pixels, weight = 400) => `${weight} ${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  const percent = share => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
  function share(id) {
    const {record} = parley, place = places.get(id);
    return place === undefined ? 0 : record.signed[parley.round()][place] / record.worlds;
  }

  async function ask() {
    if (!at("network") || !parley.record) return;
    // Not with the record: who draws first is who is asked for first.
    const query = parley.record.query;
    if (asked === query) return;
    asked = query;
    const answer = await fetch(`data/network?${query}`), content = await answer.json();
    if (!answer.ok || asked !== query) return;
    net = content;
    number = new Map(net.ids.map((id, k) => [id, k]));
    place();
    if (chosen) choose(chosen); else follow();
    fill();
  }

  function fill() {
    if (!at("network") || !net || !parley.people) return;
    place();  // who is a state is known now
    follow();
    const data = net.ids.map(id => ({value: id, label: name(id)})).sort((a, b) => a.label.localeCompare(b.label));
    dash_clientside.set_props("network-who", {data, disabled: false});
    list();
  }

  // Where everybody stands, for the present width.
  function place() {
    const holder = at("network");
    if (!holder || !net) return;
    if (!canvas?.isConnected) {
      canvas = make("canvas", {className: "network-canvas"});
      canvas.setAttribute("role", "img");
      holder.replaceChildren(canvas, make("p", {className: "network-read", hidden: true}));
      canvas.addEventListener("pointermove", point);
      canvas.addEventListener("pointerleave", () => read(null));
      canvas.addEventListener("click", event => { const id = nearest(event); if (id) pick(id); });
      new ResizeObserver(() => { if (holder.clientWidth && holder.clientWidth !== size) { place(); draw(); } }).observe(holder);
      new IntersectionObserver(entries => { seen = entries[entries.length - 1].isIntersecting; if (seen) follow(); }, {rootMargin: "50px"}).observe(holder);
    }
    size = holder.clientWidth;
    const dense = window.devicePixelRatio || 1, middle = size / 2, pen = canvas.getContext("2d");
    Object.assign(canvas, {width: size * dense, height: size * dense});
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.font = font(11);
    const room = size < LABELLED ? 4 : Math.max(...net.regions.flatMap(([region]) => lines(region)).map(line => pen.measureText(line).width)) + 8;
    const radius = middle - room - RIM;
    const step = 2 * Math.PI / (net.ids.length + GAP * net.regions.length);
    nodes = [];
    let angle = -Math.PI / 2;
    for (const [region, members] of net.regions) {
      const centre = angle + step * (members - 1) / 2;
      for (let k = 0; k < members; k++) {
        const turn = angle + step * k;
        const [x, y] = [Math.cos(turn), Math.sin(turn)], state = parley.people?.[net.ids[nodes.length]]?.kind === "state";
        nodes.push({turn, centre, region, first: k === 0, out: [x, y], long: state ? RIM : 0.55 * RIM, x: middle + radius * x, y: middle + radius * y});
      }
      angle += step * (members + GAP);
    }
    net.middle = middle;
    net.radius = radius;
    net.bar = Math.max(1.2, radius * step * 0.72);
    curves = net.ties.map(([to, from, through, weight]) => ({to, from, layer: Object.keys(net.layers)[through], weight, path: curve(from, to)}));
  }

  // Ties of two regions run together through the middle; the nearer the regions, the less they bend to it.
  function curve(from, to) {
    const [a, b] = [nodes[from], nodes[to]], apart = Math.abs(Math.atan2(Math.sin(a.centre - b.centre), Math.cos(a.centre - b.centre)));
    const inner = net.radius * (0.84 - 0.72 * Math.min(1, apart / 1.8));
    const bend = turn => [net.middle + inner * Math.cos(turn), net.middle + inner * Math.sin(turn)];
    return [a.x, a.y, ...bend(apart ? a.centre : a.turn), ...bend(apart ? b.centre : b.turn), b.x, b.y];
  }
  const trace = (pen, [x, y, ...rest]) => { pen.moveTo(x, y); pen.bezierCurveTo(...rest); };

  function follow() {
    frame ??= requestAnimationFrame(() => { frame = null; if (seen) draw(); });
  }

  function draw() {
    if (!canvas?.isConnected || !net || !parley.record || !nodes.length) return;
    const pen = canvas.getContext("2d"), {colour} = parley.figures, [lit, dim, text, card] = ["simulated", "dimmed", "text", "card"].map(colour);
    pen.clearRect(0, 0, size, size);
    const shares = net.ids.map(share), mine = new Set();
    const shown = curves.filter(one => layer === "all" || one.layer === layer);
    const bins = Array.from({length: BINS + 1}, () => []);
    for (const one of shown) bins[Math.round(BINS * shares[one.from])].push(one.path);
    pen.lineWidth = 0.7;
    bins.forEach((paths, bin) => {
      if (!paths.length) return;
      pen.strokeStyle = bin ? lit : dim;
      pen.globalAlpha = (bin ? 0.1 + 0.4 * bin / BINS : 0.13) * (chosen ? 0.15 : 1);
      pen.beginPath();
      for (const path of paths) trace(pen, path);
      pen.stroke();
    });
    if (chosen && told?.who === chosen) {
      for (const [list, dash] of [["heeded_by", [3, 3]], ["heeds", []]]) {
        pen.setLineDash(dash);
        for (const [id, weight, through] of told[list]) {
          if (!number.has(id) || (layer !== "all" && !through.includes(layer))) continue;
          mine.add(id);
          const [from, to] = list === "heeds" ? [id, chosen] : [chosen, id];
          pen.strokeStyle = list === "heeds" ? lit : dim;
          pen.globalAlpha = 0.25 + 0.6 * Math.min(1, weight * 8);
          pen.lineWidth = 0.6 + Math.min(3, weight * 18);
          pen.beginPath();
          trace(pen, curve(number.get(from), number.get(to)));
          pen.stroke();
        }
      }
      pen.setLineDash([]);
    }
    pen.globalAlpha = 1;
    nodes.forEach((node, k) => {
      const id = net.ids[k], marked = id === chosen || id === hovered, {x, y, out, long} = node;
      pen.globalAlpha = chosen && id !== chosen && !mine.has(id) ? 0.3 : 1;
      for (const [wide, ends, ink] of [[net.bar + (marked ? 3 : 0.9), marked ? 2 : 0.45, marked ? text : dim], [net.bar, 0, along(shares[k])]]) {
        pen.strokeStyle = ink;
        pen.lineWidth = wide;
        pen.beginPath();
        pen.moveTo(x + out[0] * (1 - ends), y + out[1] * (1 - ends));
        pen.lineTo(x + out[0] * (long + ends), y + out[1] * (long + ends));
        pen.stroke();
      }
    });
    pen.globalAlpha = 1;
    if (size >= LABELLED) label(pen, dim);
    if (chosen) call(pen, chosen, text, card);
    describe();
  }

  const lines = region => region.split(/(?<= and) /);

  const scale = [];
  function along(number) {
    const k = Math.round(100 * number);
    if (!scale[k]) {
      const place = k / 100 * (CIVIDIS.length - 1), low = Math.min(Math.floor(place), CIVIDIS.length - 2);
      const [from, to] = [CIVIDIS[low], CIVIDIS[low + 1]].map(colour => [1, 3, 5].map(start => parseInt(colour.slice(start, start + 2), 16)));
      scale[k] = `rgb(${from.map((value, c) => Math.round(value + (place - low) * (to[c] - value))).join(",")})`;
    }
    return scale[k];
  }

  function label(pen, dim) {
    pen.fillStyle = dim;
    pen.font = font(11);
    pen.textBaseline = "middle";
    for (const {centre, region} of nodes.filter(node => node.first)) {
      const turned = Math.cos(centre) < -0.001;
      pen.save();
      pen.translate(net.middle, net.middle);
      pen.rotate(turned ? centre + Math.PI : centre);
      pen.textAlign = turned ? "right" : "left";
      const said = lines(region);
      said.forEach((line, k) => pen.fillText(line, (turned ? -1 : 1) * (net.radius + RIM + 6), 12 * (k - (said.length - 1) / 2)));
      pen.restore();
    }
  }

  function call(pen, id, text, card) {
    const {x, y} = nodes[number.get(id)], words = name(id);
    pen.font = font(13, 600);
    const wide = pen.measureText(words).width, left = Math.min(Math.max(x - wide / 2, 4), size - wide - 4), top = y < net.middle ? y + 20 : y - 20;
    Object.assign(pen, {textAlign: "left", textBaseline: "middle", fillStyle: card, globalAlpha: 0.85});
    pen.fillRect(left - 4, top - 10, wide + 8, 20);
    Object.assign(pen, {globalAlpha: 1, fillStyle: text});
    pen.fillText(words, left, top);
  }

  function describe() {
    const {record} = parley, when = parley.figures.day(record.dates[parley.round()]);
    const words = `States and named organisations by the share of the ${record.worlds} simulated worlds in which each has signed, ${when}; seed ${record.seed}.`;
    const place = at("network-unit");
    if (place.textContent !== words) {
      place.textContent = words;
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
      if (far < least) [best, least] = [net.ids[k], far];
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
      const node = nodes[number.get(id)];
      place.textContent = `${name(id)}: signed ${percent(share(id))}`;
      Object.assign(place.style, {left: `${node.x}px`, top: `${node.y}px`});
      place.classList.toggle("to-the-left", node.x > net.middle);
    }
    follow();
  }

  // By the circle or by a name in the list: the control follows, and tells the rest.
  function pick(id) { dash_clientside.set_props("network-who", {value: id}); choose(id); }

  async function choose(id) {
    chosen = id || null;
    whole = {heeds: false, heeded_by: false};
    if (!chosen) { told = null; list(); return follow(); }
    const query = [parley.record.query, `who=${encodeURIComponent(chosen)}`].filter(Boolean).join("&");
    const answer = await fetch(`data/network/ties?${query}`), content = await answer.json();
    if (!answer.ok || content.who !== chosen) return;
    told = content;
    list();
    follow();
  }

  function table(title, columns, rows) {
    const head = make("thead", {}, make("tr", {}, ...columns.map(words => make("th", {scope: "col", textContent: words}))));
    const holder = make("div", {className: "wide-table", tabIndex: 0}, make("table", {}, head, make("tbody", {}, ...rows)));
    holder.setAttribute("role", "region");
    holder.setAttribute("aria-label", title);
    return holder;
  }

  // One row: a name that chooses, what is told of the tie, and the share that follows the round.
  function row(id, ...cells) {
    const who = make("button", {className: "reset", textContent: name(id)}), now = make("td", {textContent: percent(share(id))});
    who.dataset.tie = id;
    now.dataset.share = id;
    return make("tr", {}, make("th", {scope: "row"}, who), ...cells, now);
  }

  function list() {
    if (!net || !parley.people) return;
    at("network-hint").hidden = Boolean(told);
    at("network-ties").replaceChildren(...(told ? ["heeds", "heeded_by"].map(ties) : [most()]));
  }

  function most() {
    const rows = net.most_heeded.map(([id, by, weight]) => row(id, make("td", {textContent: by}), make("td", {textContent: weight.toFixed(2)})));
    return make("section", {}, make("h3", {textContent: "Heeded most"}), table("Heeded most", ["who", "by", "sum of weights", "signed"], rows));
  }

  function ties(side) {
    const title = side === "heeds" ? `${name(told.who)} heeds` : `Heed ${name(told.who)}`;
    const all = told[side].filter(([, , through]) => layer === "all" || through.includes(layer));
    const rows = all.slice(0, whole[side] ? all.length : FEW).map(([id, weight, through]) => row(id,
      make("td", {className: "dimmed", textContent: through.map(one => net.layers[one]).join(", ")}), make("td", {textContent: percent(weight)})));
    const found = make("section", {}, make("h3", {textContent: `${title}: ${all.length}`}));
    if (all.length) found.append(table(title, ["who", "through", "weight", "signed"], rows));
    if (all.length > rows.length) {
      const more = make("button", {className: "reset", textContent: `Show all ${all.length}`});
      more.dataset.whole = side;
      found.append(more);
    }
    return found;
  }

  document.addEventListener("parley:record", ({detail: record}) => {
    if (!record.names) return;  // of a page that asks for something else
    places = new Map(record.names.map((id, k) => [id, k]));
    setTimeout(ask, net ? 0 : 300);
    follow();
  });
  document.addEventListener("parley:people", fill);
  document.addEventListener("parley:round", follow);
  document.addEventListener("parley:scheme", follow);
  document.addEventListener("click", event => {
    const tie = event.target.closest?.("[data-tie]"), all = event.target.closest?.("[data-whole]");
    if (tie) pick(tie.dataset.tie);
    if (all) {
      whole[all.dataset.whole] = true;
      list();
      at("network-ties").children[all.dataset.whole === "heeds" ? 0 : 1].querySelector(".wide-table").focus();
    }
  });

  window.dash_clientside ??= {};
  Object.assign(dash_clientside.parley ??= {}, {
    heard_layer(value) { layer = value; if (net) { list(); follow(); } },
    heard_network_who(id) { if (net && (id || null) !== chosen) choose(id); },
  });
})();
