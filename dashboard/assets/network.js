// The influence network: everybody with a name on a circle, by sub-region. Of one, who is chosen,
// at first the most heeded, the ten strongest ties stand out and lead to names at the rim; all
// others are faint, but for those of whoever is pointed at. Places on the circle come from the
// server; a round changes the colours alone.
(() => {
  const {
    at,
    set,
    element,
    cell,
    row,
    table,
    wide_table,
    fill,
    put,
    callbacks,
    address,
    latest,
    or_null,
    on,
    on_click,
    once_a_frame,
    watch,
  } = parley.dom;
  const {
      capital,
      percent: in_percent,
      day,
      listing,
      name_of,
      options,
      possessive,
    } = parley.format,
    { apart, colour, along, shades } = parley.figures;
  const GAP = 2,
    RIM = 11,
    BINS = 8,
    NEAR = 14,
    FEW = 6,
    LABELLED = 440,
    TYPE = 14,
    STRONG = 10,
    SPELT = 3,
    CODE = 9; // places between regions; then pixels, but for bins, rows, ties, names and letters
  // of all weight: where the ten that weigh most carry less, nobody matters much
  const FEW_WEIGH = 0.2;
  let network = null,
    question = null,
    canvas = null,
    size = [0, 0],
    layer = "all",
    who = null,
    ties = null,
    hovered = null,
    visible = true;
  let nodes = [],
    place_of = new Map(),
    strong = [],
    curves = [],
    unfolded = { heeds: false, heeded_by: false };

  const font = (pixels, weight = 400) =>
    `${weight} ${pixels}px ${getComputedStyle(document.body).fontFamily}`;
  const of_weight = (share) => in_percent(share, share < 0.0995 ? 1 : 0),
    percent = (share) => in_percent(share);
  const share = (id) => parley.shares(id)?.signed ?? 0;
  const follow = once_a_frame(() => {
    if (visible) draw();
  });
  const is_narrow = () => size[0] < LABELLED;

  const networks = latest(),
    ties_of_one = latest();
  async function ask_network() {
    if (!at("network") || !parley.record || question === parley.record.query) return;
    const query = (question = parley.record.query);
    const content = await or_null(networks.ask(address("data/network", query)));
    if (!content || question !== query) return;
    network = content;
    place_of = new Map(network.ids.map((id, k) => [id, k]));
    place();
    choose(who);
    show_names();
  }

  // Whose ties stand out, and its name as it stands in a sentence.
  const subject = () => who ?? network.most_heeded[0][0];
  const in_sentence = (id) => `${network.articles.includes(id) ? "the " : ""}${name_of(id)}`;
  const of_whom = (id) => possessive(in_sentence(id));

  // The strongest ties that lead from it, through the layer shown: [place on the circle, weight].
  function find_strong() {
    const through_layer =
      ties?.who === subject()
        ? ties.heeded_by.filter(
            ([id, , through]) => place_of.has(id) && (layer === "all" || through.includes(layer)),
          )
        : [];
    strong = through_layer.slice(0, STRONG).map(([id, weight]) => [place_of.get(id), weight]);
  }
  const labelled = () => [
    ...(place_of.has(subject()) ? [place_of.get(subject())] : []),
    ...strong.map(([k]) => k),
  ];

  function show_names() {
    if (!at("network") || !network || !parley.people) return;
    place(); // who is a state is known now
    follow();
    put("network-who", { data: options(network.ids) });
    list();
    // what is typed before the control holds its options would be lost
    setTimeout(put, 50, "network-who", { disabled: false });
  }

  // Where everybody stands, for the present width.
  function place() {
    const holder = at("network");
    if (!holder || !network) return;
    if (!canvas?.isConnected) {
      canvas = element("canvas", { className: "network-canvas", role: "img" });
      holder.replaceChildren(canvas, element("p", { className: "network-read", hidden: true }));
      canvas.addEventListener("pointermove", point);
      canvas.addEventListener("pointerleave", () => read(null));
      canvas.addEventListener("click", (event) => {
        const id = nearest(event);
        if (id) pick(id);
      });
      new ResizeObserver(() => {
        if (
          holder.clientWidth &&
          [holder.clientWidth, holder.clientHeight].some((each, k) => each !== size[k])
        ) {
          place();
          draw();
          list();
        }
      }).observe(holder);
      watch(
        holder,
        (is) => {
          visible = is;
          if (visible) follow();
        },
        "50px",
      );
    }
    if (!holder.clientWidth) return; // its face is not shown
    size = [holder.clientWidth, holder.clientHeight];
    const [wide, high] = size,
      dense = window.devicePixelRatio || 1,
      pen = canvas.getContext("2d");
    Object.assign(canvas, { width: wide * dense, height: high * dense });
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    const step = (2 * Math.PI) / (network.ids.length + GAP * network.regions.length);
    nodes = [];
    let angle = -Math.PI / 2;
    for (const [region, members] of network.regions) {
      const centre = angle + (step * (members - 1)) / 2;
      for (let k = 0; k < members; k++) {
        const turn = angle + step * k;
        const [x, y] = [Math.cos(turn), Math.sin(turn)],
          state = parley.people?.[network.ids[nodes.length]]?.kind === "state";
        nodes.push({ turn, centre, region, out: [x, y], long: state ? RIM : 0.55 * RIM });
      }
      angle += step * (members + GAP);
    }
    const { radius, middle } = room(pen, wide, high);
    for (const node of nodes)
      Object.assign(node, {
        x: middle[0] + radius * node.out[0],
        y: middle[1] + radius * node.out[1],
      });
    Object.assign(network, { middle, radius });
    network.bar = Math.max(1.2, radius * step * 0.72);
    curves = network.ties.map(([to, from, through, weight]) => ({
      to,
      from,
      layer: Object.keys(network.layers)[through],
      weight,
      path: curve(from, to),
    }));
  }

  // The largest circle that leaves room for the names on either side of it, and where its middle
  // is.
  function room(pen, wide, high) {
    pen.font = font(TYPE, 700);
    const labels = labelled().map((k) => ({
      x: nodes[k].out[0],
      wide: pen.measureText(words_of(k)).width + 8,
    }));
    for (let radius = high / 2 - RIM - 8; ; radius -= 2) {
      const [left, right] = [-1, 1].map((side) =>
        Math.max(
          radius + RIM + 2,
          ...labels
            .filter(({ x }) => x * side > 0)
            .map((each) => Math.abs(each.x) * (radius + RIM + 14) + each.wide),
        ),
      );
      if (left + right <= wide || radius < 40)
        return { radius, middle: [left + (wide - left - right) / 2, high / 2] };
    }
  }
  // A name, or, where there is no room for names, the code of a state and the beginning of any
  // other; the list below has both.
  const words_of = (k) => (is_narrow() ? network.ids[k].slice(0, CODE) : name_of(network.ids[k]));

  // Ties of two regions run together through the middle; the nearer the regions, the less they bend
  // to it.
  function curve(from, to) {
    const [a, b] = [nodes[from], nodes[to]],
      apart = Math.abs(Math.atan2(Math.sin(a.centre - b.centre), Math.cos(a.centre - b.centre)));
    const inner = network.radius * (0.84 - 0.72 * Math.min(1, apart / 1.8));
    const bend = (turn) => [
      network.middle[0] + inner * Math.cos(turn),
      network.middle[1] + inner * Math.sin(turn),
    ];
    return [
      a.x,
      a.y,
      ...bend(apart ? a.centre : a.turn),
      ...bend(apart ? b.centre : b.turn),
      b.x,
      b.y,
    ];
  }
  const trace = (pen, [x, y, ...rest]) => {
    pen.moveTo(x, y);
    pen.bezierCurveTo(...rest);
  };

  function draw() {
    if (!canvas?.isConnected || !network || !parley.record || !nodes.length) return;
    const pen = canvas.getContext("2d"),
      [lit, dim, text] = ["simulated", "dimmed", "text"].map(colour);
    pen.clearRect(0, 0, ...size);
    const shares = network.ids.map(share),
      scale = shades(),
      partners = new Set(),
      pointed = place_of.get(hovered);
    const is_pointed = ({ from, to }) => from === pointed || to === pointed;
    const [plain, marked] = [[], []].map(() => Array.from({ length: BINS + 1 }, () => []));
    for (const curve of curves)
      if (layer === "all" || curve.layer === layer)
        (is_pointed(curve) ? marked : plain)[Math.round(BINS * shares[curve.from])].push(
          curve.path,
        );
    for (const [bins, wide, least, more] of [
      [plain, 0.6, 0.028, 0.02],
      [marked, 1.4, 0.4, 0.4],
    ]) {
      pen.lineWidth = wide;
      bins.forEach((paths, bin) => {
        if (!paths.length) return;
        pen.strokeStyle = dim;
        pen.globalAlpha = least + (more * bin) / BINS;
        pen.beginPath();
        for (const path of paths) trace(pen, path);
        pen.stroke();
      });
    }
    if (who && ties?.who === who)
      for (const side of ["heeds", "heeded_by"]) for (const [id] of ties[side]) partners.add(id);
    const from = place_of.get(subject()),
      most = strong[0]?.[1];
    pen.strokeStyle = lit;
    pen.lineCap = "round";
    for (const [to, weight] of strong) {
      pen.globalAlpha = 0.85;
      pen.lineWidth = 1.6 + 4.4 * Math.sqrt(weight / most);
      pen.beginPath();
      trace(pen, curve(from, to));
      pen.stroke();
    }
    pen.lineCap = "butt";
    pen.globalAlpha = 1;
    nodes.forEach((node, k) => {
      const id = network.ids[k],
        marked = id === subject() || id === hovered,
        { x, y, out, long } = node;
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
    describe();
  }

  // The names of the one whose ties stand out and of those to whom they lead.
  function label(pen, text, dim) {
    const [left, top] = network.middle,
      tall = TYPE * 1.25,
      far = network.radius + RIM;
    pen.textBaseline = "middle";
    for (const side of [-1, 1]) {
      const ours = labelled()
        .filter((k) => (nodes[k].out[0] < 0 ? -1 : 1) === side)
        .map((k) => ({ k, tall, y: top + (far + 10) * nodes[k].out[1] }));
      for (const { k, y } of within(apart(ours), tall)) {
        const { out, long } = nodes[k];
        const x = left + side * Math.sqrt(Math.max((far + 12) ** 2 - (y - top) ** 2, 100));
        pen.strokeStyle = dim;
        pen.lineWidth = 0.8;
        pen.beginPath();
        pen.moveTo(left + (network.radius + long) * out[0], top + (network.radius + long) * out[1]);
        pen.lineTo(x - side * 2, y);
        pen.stroke();
        pen.fillStyle = text;
        pen.textAlign = side < 0 ? "right" : "left";
        pen.font = font(TYPE, network.ids[k] === subject() ? 700 : 500);
        pen.fillText(words_of(k), x + side * 3, y);
      }
    }
  }

  // Labels from the top on, each so *tall*, none of them beyond the canvas.
  function within(labels, tall) {
    let least = tall / 2,
      most = size[1] - tall / 2;
    for (const label of labels) {
      label.y = Math.max(label.y, least);
      least = label.y + tall;
    }
    for (const label of [...labels].reverse()) {
      label.y = Math.min(label.y, most);
      most = label.y - tall;
    }
    return labels;
  }

  function describe() {
    const { record } = parley,
      launch = -record.first_round,
      when = day(record.dates[parley.round()]);
    const signed =
      parley.round() < launch ? `decided to sign on ${day(record.dates[launch])}` : "signed";
    const width = strong.length
      ? `Width of a line: ${of_whom(subject())} part in all examples that count for the ` +
        `one it leads to, at most ${in_percent(strong[0][1])}. `
      : "";
    const words =
      `${width}Colour: share of the ${record.worlds} worlds in which each has ${signed}, ` +
      `${when}. Round the circle by region.`;
    if (
      at("network-unit").textContent !== words ||
      at("network-finding").textContent !== finding()
    ) {
      set("network-unit", words);
      set("network-finding", finding());
      set("network-key", `${of_whom(subject())} strongest ties`);
      canvas.setAttribute(
        "aria-label",
        `Influence network on a circle. ${finding()}. ${words} Choose somebody to read ` +
          "its ties as a list.",
      );
    }
    for (const cell of document.querySelectorAll("#network-ties [data-share]")) {
      const now = percent(share(cell.dataset.share));
      if (cell.textContent !== now) cell.textContent = now;
    }
  }

  // Whose ties stand out, how many, and to whom the first of them lead.
  function finding() {
    if (ties?.who !== subject()) return `${capital(of_whom(subject()))} strongest ties`;
    if (!strong.length) return `Nobody here heeds ${in_sentence(subject())}`;
    const names = strong.slice(0, SPELT).map(([k]) => in_sentence(network.ids[k])),
      more = strong.length - names.length;
    return (
      `${capital(of_whom(subject()))} ${strong.length === STRONG ? "ten " : ""}strongest ` +
      `ties: ${listing([...names, ...(more ? [`${more} more`] : [])])}`
    );
  }

  function nearest(event) {
    const { left, top } = canvas.getBoundingClientRect(),
      [x, y] = [event.clientX - left, event.clientY - top];
    let best = null,
      least = NEAR;
    nodes.forEach((node, k) => {
      const far = Math.hypot(
        node.x + (node.out[0] * RIM) / 2 - x,
        node.y + (node.out[1] * RIM) / 2 - y,
      );
      if (far < least) [best, least] = [network.ids[k], far];
    });
    return best;
  }
  function point(event) {
    read(nearest(event));
  }
  function read(id) {
    if (id === hovered) return;
    hovered = id;
    canvas.style.cursor = id ? "pointer" : "";
    const place = at("network").querySelector(".network-read");
    place.hidden = !id;
    if (id) {
      const node = nodes[place_of.get(id)];
      const { region } = node,
        [, by] = network.most_heeded.find(([each]) => each === id) ?? [];
      const { worlds } = parley.record;
      place.textContent =
        `${name_of(id)}, ${region}: signed in ${Math.round(worlds * share(id))} of ` +
        `${worlds} worlds${by ? `, heeded by ${by}` : ""}`;
      Object.assign(place.style, { left: `${node.x}px`, top: `${node.y}px` });
      place.classList.toggle("to-the-left", node.x > network.middle[0]);
    }
    follow();
  }

  // By the circle or by a name in a list; the control follows.
  function pick(id) {
    put("network-who", { value: id });
    choose(id);
  }

  async function choose(id) {
    who = id || null;
    unfolded = { heeds: false, heeded_by: false };
    const of = subject();
    if (!who) list();
    const content = await or_null(
      ties_of_one.ask(
        address("data/network/ties", parley.record.query, `who=${encodeURIComponent(of)}`),
      ),
    );
    if (content?.who !== of || of !== subject()) return;
    ties = content;
    show_ties();
  }

  function show_ties() {
    find_strong();
    place();
    list();
    follow();
  }

  const signed_in = () => `of ${parley.record.worlds} worlds`;

  // One row: a name that chooses, some cells about the tie, and the share that follows the round.
  const person = (id, ...cells) =>
    row(
      element("button", { className: "reset", dataset: { tie: id } }, name_of(id)),
      ...cells,
      cell({ dataset: { share: id } }, percent(share(id))),
    );

  function list() {
    if (!network || !parley.people) return;
    const codes =
      is_narrow() && strong.length
        ? [
            element(
              "p",
              { className: "network-codes" },
              ...strong.flatMap(([k], place) => [
                place ? ", " : "",
                element("strong", {}, words_of(k)),
                ...(words_of(k) === name_of(network.ids[k]) ? [] : [` ${name_of(network.ids[k])}`]),
              ]),
            ),
          ]
        : [];
    fill("network-ties", [
      ...codes,
      ...(who && ties?.who === who ? ["heeds", "heeded_by"].map(ties_of) : [heeded_most()]),
    ]);
  }

  function heeded_most() {
    const all =
      network.most_heeded.reduce((sum, [, , weight]) => sum + weight, 0) / network.share_of_most;
    const ranked = (id, rank, weight) => {
      const line = person(id, in_percent(weight / all, 1));
      line.firstChild.prepend(element("span", { className: "rank" }, rank));
      return line;
    };
    const rows = network.most_heeded.map(([id, , weight], k) => ranked(id, k + 1, weight)),
      powers = network.powers.map(([id, rank, , weight]) => ranked(id, rank, weight));
    powers[0]?.classList.add("of-power");
    const few = network.powers.map(([id, , by]) =>
      element(
        "p",
        { className: "dimmed" },
        `${name_of(id)} has much power, but shares few organisations: ${by} heed it.`,
      ),
    );
    const lead =
      `${network.share_of_most < FEW_WEIGH ? "In the assumed ties no one matters much: the" : "The"} ` +
      `ten that weigh most carry ${in_percent(network.share_of_most)} of all weight.`;
    return element(
      "section",
      {},
      element("p", { className: "dimmed" }, lead),
      wide_table(
        "Heeded most",
        table(["by weight of example", "of all", signed_in()], [...rows, ...powers]),
      ),
      ...few,
    );
  }

  function ties_of(side) {
    const title = side === "heeds" ? `${name_of(ties.who)} heeds` : `Heed ${name_of(ties.who)}`;
    const all = ties[side].filter(([, , through]) => layer === "all" || through.includes(layer));
    const rows = all
      .slice(0, unfolded[side] ? all.length : FEW)
      .map(([id, weight, through]) =>
        person(
          id,
          cell(
            { title: through.map((layer) => network.layers[layer]).join(", ") },
            of_weight(weight),
          ),
        ),
      );
    return element(
      "section",
      {},
      element("h3", {}, `${title}: ${all.length}`),
      ...(all.length ? [wide_table(title, table(["who", "weight", signed_in()], rows))] : []),
      ...(all.length > rows.length
        ? [
            element(
              "button",
              { className: "reset", dataset: { whole: side } },
              `Show all ${all.length}`,
            ),
          ]
        : []),
    );
  }

  on("parley:record", (record) => {
    if (!record.names) return; // of a page that asks for something else
    if (parley.faces.shown() === "network") ask_network();
    follow();
  });
  on("parley:face", (face) => {
    if (face === "network") {
      ask_network();
      place();
      follow();
    }
  });
  on("parley:people", show_names);
  on("parley:round parley:scheme", follow);
  on_click("[data-tie]", (button) => pick(button.dataset.tie));
  on_click("[data-whole]", (button) => {
    const side = button.dataset.whole;
    unfolded[side] = true;
    list();
    const sections = at("network-ties").querySelectorAll("section");
    sections[side === "heeds" ? 0 : 1].querySelector(".wide-table").focus();
  });

  callbacks({
    on_layer(value) {
      layer = value;
      if (network) show_ties();
    },
    on_network_who(id) {
      if (network && (id || null) !== who) choose(id);
    },
  });
})();
