// The world map at the round shown: the share of the simulated worlds in which a state has signed,
// waits or has not taken it up; or how each state stands in one of these worlds. A point is on the
// register. A round recolours what changed, no more.
(() => {
  const {
    at,
    set,
    element,
    put,
    put_if_there,
    callbacks,
    address,
    ask,
    latest,
    on,
    on_click,
    once_a_frame,
    watch,
  } = parley.dom;
  const { STATUSES, count, day } = parley.format,
    { colour, layout: layout_of, along, shades } = parley.figures;
  // By the word of the address: the share that the map shows, and what a state does in that share
  // of the worlds.
  const SHARES = {
    signed: ["signed", "has signed"],
    waiting: ["considered", "has considered it and has not signed"],
    untouched: ["not_taken_up", "has not taken it up"],
  };
  const CHANGE = "change"; // the view of what is changed
  // a share of the worlds, in its deepest colour
  const most_change = () => Number(at("of-changes").dataset.most);
  const COLOURS = {
    not_taken_up: "not-taken-up",
    waiting: "waiting",
    declined: "declined",
    signed: "signed",
    left: "declined",
  };
  const NARROW = 500; // pixels
  // degrees east, in the Bering Strait: the edges of the map, by which no state is cut in two
  const SEAM = -169;
  // regions of the map where states lie close
  const EUROPE = /(Northern|Southern|Western|Eastern) Europe/;
  const WHOLE = { lon: [SEAM, SEAM + 360], lat: [-57, 81.2] },
    // degrees, of the map, whose upper edge bends up to the northernmost land, and of Europe
    // enlarged
    OF_EUROPE = { lon: [-24, 45], lat: [32.5, 71] };
  const HIGH = 830,
    // pixels, of a picture of Europe alone, which then has all of its width; and its corner in
    // which an edge of Greenland would stand
    GREENLAND = { x0: -0.01, x1: 0.15, y0: 0.885, y1: 1.01 };
  // degrees: the capital of whom Europe enlarged shows in part, without its middle
  const IN_EUROPE = { RUS: { lon: 37.6, lat: 55.8 } };
  const REGISTER = "register",
    RINGS = "rings"; // the names of the traces of points, and of the rings around them
  // pixels, of a ring and of the line within its rims
  const NARROW_RING = { size: 9, rim: 4.5, line: 2.25 };
  // Who has *signed* in the campaign has decided to, as nobody can before the launch.
  const launch = () => -parley.record.first_round;
  const signs = (words, t) => (t < launch() ? words.replace(/signed$/, "decided to sign") : words);
  // What the map shows of all worlds: what the visitor has asked for, else what is changed, where
  // something is, once it can be told.
  const usual = () => (parley.as_it_was.is_at_hand() ? CHANGE : "signed");
  const shown = () =>
    parley.view.map in SHARES
      ? parley.view.map
      : parley.view.map === CHANGE && parley.as_it_was.may_compare()
        ? CHANGE
        : usual();
  const share_name = () => (shown() in SHARES ? shown() : "signed");
  // Whether the map shows, in place of shares, by how much the view changes that of those who sign.
  const is_of_change = () => shown() === CHANGE && !single;
  const worlds = latest();
  const marks = new Map(),
    // by state, what is coloured; and the points and rings over these, with what says whether each
    // is seen
    over = [];
  let single = null,
    drawn = "",
    europe = false,
    dots = null,
    borders = null,
    touched = null,
    visible = true,
    stale = false,
    wordless = false;

  // The colours of the page, read once a drawing.
  let colours = {};
  function read_colours() {
    colours = single
      ? { statuses: STATUSES.map(({ name }) => colour(COLOURS[name])) }
      : { shades: is_of_change() ? ["third", "no-change", "simulated"].map(colour) : shades() };
  }

  // A share from 0 to 1, the change of one, or a status from 0 to 4; and its colour.
  const value = (id, t) =>
    single
      ? single.courses[id][t]
      : is_of_change()
        ? (parley.as_it_was.change(id, t) ?? 0)
        : parley.shares(id, t)[SHARES[share_name()][0]];
  const ends = () => (single ? [0, 4] : is_of_change() ? [-most_change(), most_change()] : [0, 1]);
  const within = (number, [low, high] = ends()) =>
    Math.min(1, Math.max(0, (number - low) / (high - low)));
  const fill = (number) =>
    single ? colours.statuses[number] : along(within(number), colours.shades);
  // As on the chart, the register stands beside the code that it lists alone.
  const has_register = () => Object.values(parley.record.register).some((points) => points.length);
  const on_register = (id, t) =>
    has_register() && (parley.people[id].supporter_since ?? "9999") <= parley.record.dates[t];

  // Whether a state is ringed, and whether any is.
  const is_ringed = (id) => parley.as_it_was.is_supposed(id);
  const has_rings = (among = () => true) =>
    parley.record.names.some(
      (id) => parley.people[id]?.kind === "state" && is_ringed(id) && among(id),
    );
  const rim = () => (single ? 0.5 : 0.3); // pixels, of a shape or a dot
  // What the key below a picture cannot say.
  parley.marks_of_map = () =>
    is_of_change() ? "The deepest colours hold every larger change too. " : "";

  function words(id, t) {
    const { name, supporter_since: since, supporter_is_dated: is_dated } = parley.people[id],
      share = parley.shares(id, t);
    const status = single && STATUSES[single.courses[id][t]];
    const worlds = parley.record.worlds,
      of = (part) => `in ${Math.round(worlds * part)} of ${worlds} worlds`,
      before = parley.as_it_was.share(id, t);
    return (
      `<b>${name}</b><br>` +
      (single
        ? `${status.name === "signed" ? signs("signed", t) : status.label} in world ` +
          `${single.number}<br>`
        : "") +
      (`${signs("signed", t)} ` +
        `${of(share.signed)}${before === null ? "" : `, without the change ${of(before)}`}<br>considered, ` +
        `not signed ${of(share.considered)}`) +
      `<br>not taken up ${of(share.not_taken_up)}` +
      (!has_register()
        ? ""
        : since
          ? "<br>on the register by " +
            `${day(since)}${on_register(id, t) ? "" : is_dated ? " (later)" : ", perhaps earlier"}`
          : "<br>never on the register")
    );
  }

  // States with a shape and states with a dot.
  function states_by_mark() {
    const states = parley.record.names.filter((id) => parley.people[id]?.kind === "state");
    return {
      shapes: states.filter((id) => !(id in dots)),
      points: states.filter((id) => id in dots),
    };
  }

  function world(t, wide = true) {
    const { shapes, points } = states_by_mark(),
      layout = layout_of({ hovermode: "closest", margin: { l: 0, r: 0, t: 0, b: 0 } }),
      part = europe ? OF_EUROPE : WHOLE;
    delete layout.xaxis;
    delete layout.yaxis;
    layout.geo = {
      scope: "world",
      resolution: 110,
      fitbounds: false,
      projection: { type: "natural earth", rotation: { lon: SEAM + 180 } },
      lonaxis: { range: part.lon },
      lataxis: { range: part.lat },
      bgcolor: "rgba(0,0,0,0)",
      visible: false,
      showland: true,
      landcolor: colour("grid"),
    };
    const steps = single ? colours.statuses : colours.shades,
      scale = steps.map((colour, k) => [k / (steps.length - 1), colour]);
    const line = { color: colour("dimmed"), width: rim() },
      all = (ids) => ({
        values: ids.map((id) => value(id, t)),
        words: ids.map((id) => words(id, t)),
      });
    const [area, dot] = [all(shapes), all(points)],
      [least, most] = ends();
    return {
      layout,
      data: [
        {
          type: "choropleth",
          locationmode: "ISO-3",
          locations: shapes,
          z: area.values,
          zmin: least,
          zmax: most,
          colorscale: scale,
          showscale: false,
          ...(!single && { colorbar: parley.map_key.scale() }),
          hoverinfo: "text",
          text: area.words,
          marker: { line },
        },
        {
          type: "scattergeo",
          mode: "markers",
          ids: points,
          ...at_dots(points),
          hoverinfo: "text",
          text: dot.words,
          marker: {
            symbol: "square",
            size: sizes(points, wide ? 8 : 5),
            opacity: 1,
            color: dot.values,
            cmin: least,
            cmax: most,
            colorscale: scale,
            line,
          },
        },
        open_borders({ color: colour("grid"), width: 1 }),
        open_borders({ color: colour("text"), width: 0.8, dash: "2px,2px" }),
        rings(shapes.filter(has_middle), wide, in_shapes),
        rings([...points, ...shapes.filter((id) => !has_middle(id))], wide, at_dots),
        register(shapes, t, wide, in_shapes),
        register(points, t, wide, at_dots),
      ],
    };
  }

  // Where a point of each state lies: in its shape, or on its dot.
  const in_shapes = (ids) => ({ locationmode: "ISO-3", locations: ids }),
    at_dots = (ids) => ({
      lon: ids.map((id) => place_of(id).lon),
      lat: ids.map((id) => place_of(id).lat),
    });
  const place_of = (id) => dots[id] ?? IN_EUROPE[id],
    has_middle = (id) => !(europe && id in IN_EUROPE);

  // Of the points of these states: smaller, with a thinner rim, where states are small and lie
  // close.
  const of_place = (ids, usual, close) =>
    ids.map((id) => (!europe && EUROPE.test(parley.people[id].region) ? close * usual : usual));
  const sizes = (ids, usual) => of_place(ids, usual, 0.56);

  // A point in each of these states that is on the register by then, at the place that *placed*
  // gives; it is seen from that day on.
  function register(states, t, wide, placed) {
    const ids = states.filter((id) => parley.people[id].supporter_since);
    return {
      type: "scattergeo",
      mode: "markers",
      name: REGISTER,
      ids,
      ...placed(ids),
      hoverinfo: "skip",
      meta: "no numbers",
      marker: {
        size: sizes(ids, wide ? 5 : 3.5),
        color: colour(single ? "text" : "register"),
        opacity: ids.map((id) => Number(on_register(id, t))),
        line: { color: colour("card"), width: of_place(ids, wide ? 1 : 0.6, 0.4) },
      },
    };
  }

  // A ring in or around each of these states whose choice is supposed, as an outline would run
  // along its neighbours: a line between rims, so that it is seen on every share. The rims are a
  // wider line below it.
  function rings(ids, wide, placed) {
    const { size, rim, line } = wide ? parley.map_key.RING : NARROW_RING,
      both = [...ids, ...ids],
      each = (of_rim, of_line) => [...ids.map(() => of_rim), ...ids.map(() => of_line)];
    return {
      type: "scattergeo",
      mode: "markers",
      name: RINGS,
      ids: both,
      ...placed(both),
      hoverinfo: "skip",
      meta: "no numbers",
      marker: {
        symbol: "circle-open",
        size: of_place(both, size, 0.75),
        color: each(colour("text"), colour("card")),
        opacity: both.map((id) => Number(is_ringed(id))),
        line: { width: each(rim, line) },
      },
    };
  }

  // The key below a picture, of the whole or of Europe alone.
  parley.key_of_map = (light, is_part) =>
    parley.map_key.row(light, {
      is_one: Boolean(single),
      most: is_of_change() && most_change(),
      has_register: has_register(),
      has_rings: has_rings((id) => !is_part || EUROPE.test(parley.people[id].region)),
    });

  // The borders that are not settled, which the shapes beside them draw like any other: dashes on a
  // ground.
  function open_borders(line) {
    const along_all = (axis) =>
      borders.flatMap((places) => [...places.map((place) => place[axis]), null]);
    return {
      type: "scattergeo",
      mode: "lines",
      lon: along_all(0),
      lat: along_all(1),
      line,
      hoverinfo: "skip",
      meta: "no numbers",
    };
  }

  const card = () => at("world-card");
  const box = () => at("world");
  const map_graph = () => document.querySelector("#world .js-plotly-plot:has(.choroplethlocation)");
  const ready = () =>
    box()?.clientWidth &&
    parley.record &&
    parley.people &&
    dots &&
    borders &&
    (!parley.view.world || single);

  function draw() {
    if (!ready()) return;
    drawn = kind_of_scale();
    read_colours();
    marks.clear();
    put("world", { figure: world(parley.round(), box().clientWidth > NARROW) });
    key();
    describe();
    listen();
  }

  // The elements that Plotly drew, by the state that each stands for. The look of a mark is written
  // into Plotly's own data of it as well, so that Plotly draws the same when the window changes.
  function find(graph) {
    marks.clear();
    over.length = 0;
    const found = (element, trace) => ({
      element,
      point: element.__data__,
      k: element.__data__.i,
      trace,
    });
    for (const element of graph.querySelectorAll(".choroplethlocation")) {
      const place = element.parentElement.__data__[0].trace.index,
        each = found(element, place);
      marks.set(graph.data[place].locations[each.k], each);
    }
    for (const element of graph.querySelectorAll(".scattergeo .point")) {
      const place = element.parentElement.__data__[0].trace.index,
        { name, ids } = graph.data[place],
        each = found(element, place),
        id = ids[each.k];
      if (name === REGISTER) over.push({ id, is: on_register, ...each });
      else if (name === RINGS) over.push({ id, is: is_ringed, ...each });
      else marks.set(id, each);
    }
    for (const [id, { element }] of marks) element.dataset.member = id;
    for (const { id, is, element } of over)
      element.dataset[is === on_register ? "listed" : "ringed"] = id;
  }

  function mark(graph, id, { element, point, k, trace }, t) {
    const data = graph.data[trace],
      numbers = trace ? data.marker.color : data.z,
      now = value(id, t);
    if (numbers[k] === now) return;
    const paint = fill(now);
    numbers[k] = now;
    Object.assign(point, trace ? { mc: now, mcc: paint } : { z: now });
    if (trace) element.style.fill = paint;
    else element.setAttribute("fill", paint);
  }

  // A point, or a ring around it.
  function mark_over(graph, { id, is, element, point, k, trace }, t) {
    const { opacity } = graph.data[trace].marker,
      now = Number(is(id, t));
    if (opacity[k] === now) return;
    opacity[k] = point.mo = now;
    element.style.opacity = now;
  }

  // Another round, or another share: no new figure, and no question to the server. Only while the
  // map is in sight.
  const follow = once_a_frame(restyle);

  // Another scale of colours is another figure.
  const kind_of_scale = () => (single ? "one" : is_of_change() ? CHANGE : "share");

  function restyle() {
    if (!ready()) return;
    if (drawn !== kind_of_scale()) return draw();
    describe();
    if (!marks.size) return map_graph() ? find_and_mark() : draw();
    stale = !visible;
    if (stale) return;
    const graph = map_graph(),
      t = parley.round();
    for (const [id, each] of marks) mark(graph, id, each, t);
    for (const each of over) mark_over(graph, each, t);
    wordless = true;
  }

  function find_and_mark() {
    find(map_graph());
    if (marks.size) restyle();
  }

  // The words under the pointer, written when there is a pointer.
  function write_words() {
    const graph = wordless && marks.size && map_graph();
    if (!graph) return;
    wordless = false;
    for (const [id, { point, k, trace }] of marks)
      graph.data[trace].text[k] = point.tx = words(id, parley.round());
  }

  // What a picture of Europe alone says in a sentence: of how many of its states the map shows most
  // worlds, or the world.
  function finding_of_europe() {
    const t = parley.round(),
      SIGNED = 3,
      states = parley.record.names.filter(
        (id) => parley.people[id]?.kind === "state" && EUROPE.test(parley.people[id].region),
      );
    const change = is_of_change() && parley.map_words.change_of(states, t);
    if (change) return change;
    const number = states.filter((id) =>
        single ? value(id, t) === SIGNED : value(id, t) > 0.5,
      ).length,
      does = single
        ? signs("have signed", t)
        : signs(SHARES[share_name()][1].replaceAll(/\bhas\b/g, "have"), t);
    return (
      `${number} of ${states.length} states ${does} in ` +
      `${single ? `world ${single.number}` : "more than half the worlds"}`
    );
  }

  // What the map says in a sentence.
  function finding(t) {
    const states = parley.record.names.filter((id) => parley.people[id]?.kind === "state"),
      SIGNED = 3;
    if (single)
      return (
        `${states.filter((id) => value(id, t) === SIGNED).length} of ${states.length} ` +
        `states ${signs("have signed", t)} in world ${single.number}`
      );
    const { change_of, where_most } = parley.map_words,
      change = is_of_change() && change_of(states, t);
    if (change) return change;
    if (is_of_change()) return "Comparing with what is simulated with nothing changed …";
    if (t < launch() && share_name() === "signed")
      return `Decided to sign once it opens: ${where_most(states, (id) => value(id, t))}`;
    const listed =
      `${count(parley.record.bands.listed.state.median[t])} of ${states.length} states ` +
      "on the list";
    return (
      {
        signed: `${listed}: `,
        waiting: "Considered and not signed: ",
        untouched: "Not taken up: ",
      }[share_name()] + where_most(states, (id) => value(id, t))
    );
  }

  function describe() {
    const { record } = parley,
      when = day(record.dates[parley.round()]);
    const words = single
      ? `How each state stands in world ${single.number} of ${record.worlds}, ${when}`
      : `${is_of_change() ? `Change in the share of ${record.worlds}` : `Share of the ${record.worlds} simulated`} ` +
        `worlds in which each state ${signs(SHARES[share_name()][1], parley.round())}, ${when}`;
    set(
      "world-unit",
      `${words}${is_of_change() ? parley.map_words.most_moved(parley.round()) : ""}${single ? "" : "; other fits may give far more or less"}.${parley.round() < launch() ? ` Nobody can sign before ${day(record.dates[launch()])}.` : ""}`,
    );
    set("world-finding", finding(parley.round()));
    at("ringed-key").hidden = !has_rings();
    at("listed-key").hidden = !has_register();
    at("world-image").setAttribute(
      "aria-label",
      `World map${europe ? ", Europe enlarged" : ""}. ${words}. The table of this ` +
        "figure holds the shares.",
    );
  }

  // The key and the controls, as the address has them.
  function key() {
    card().classList.toggle("is-one", Boolean(single));
    card().classList.toggle("is-of-change", is_of_change());
  }

  function controls() {
    card()?.classList.toggle("may-compare", parley.as_it_was.may_compare());
    put_if_there("world-share", { value: shown() });
    put_if_there("world-which", { value: parley.view.world ? "one" : "all" });
    put_if_there("world-number", {
      max: parley.record?.worlds ?? 200,
      ...(parley.view.world && { value: parley.view.world }),
    });
    set("world-of", `of ${parley.record?.worlds ?? "–"}`);
    card()?.classList.toggle("asks-one", Boolean(parley.view.world));
  }

  // Europe alone, where states lie too close on a map of the world, or all of it again.
  function enlarge(button) {
    europe = !europe;
    button.setAttribute("aria-pressed", europe);
    card().classList.toggle("is-europe", europe);
    draw();
  }

  // The same figure of Europe alone, for a picture, and its title.
  parley.map_shows = shown;
  parley.title_of_europe = () => `Simulated: ${parley.pairs.in_sentence(finding_of_europe())}`;
  parley.map_of_europe = () => {
    const before = europe;
    europe = true;
    const figure = world(parley.round(), true);
    Object.assign(figure.layout, {
      meta: { high: HIGH },
      shapes: [
        {
          ...GREENLAND,
          type: "rect",
          xref: "paper",
          yref: "paper",
          fillcolor: colour("card"),
          line: { width: 0 },
        },
      ],
    });
    europe = before;
    return figure;
  };

  // The one world of the address: the courses of its states, from the server, once for the view.
  async function ask_world() {
    if (!card() || !parley.record) return;
    const { record, view } = parley;
    if (view.world > record.worlds) {
      view.world = record.worlds;
      parley.write();
    }
    if (!view.world) return void (single = null);
    const where = address("data/world", record.query, `world=${view.world}`);
    if (single?.where === where) return;
    try {
      const content = await worlds.ask(where);
      if (!content || record !== parley.record || view.world !== content.world) return;
      single = {
        where,
        number: content.world,
        courses: spread(content.courses, record.dates.length),
      };
    } catch (problem) {
      view.world = null;
      single = null;
      set("world-unit", problem.message);
    }
  }

  // Changes of status, each [round, status], as one status for each round.
  function spread(courses, rounds) {
    return Object.fromEntries(
      Object.entries(courses).map(([id, changes]) => {
        const course = new Array(rounds).fill(0);
        for (const [from, status] of changes) course.fill(status, from);
        return [id, course];
      }),
    );
  }

  async function renew() {
    const before = single;
    controls();
    await ask_world();
    controls();
    if (before !== single || !marks.size) draw();
    else follow();
  }

  // Where nothing hovers, the first touch reads and the second opens.
  function opens(id) {
    if (matchMedia("(hover: none)").matches && touched !== id) {
      touched = id;
      return;
    }
    parley.open(id);
  }

  function listen() {
    const graph = map_graph();
    if (!graph) return void (box() && setTimeout(listen, 50));
    if (graph.dataset.listens) return;
    graph.dataset.listens = "yes";
    graph.on("plotly_click", ({ points: [point] }) => opens(point.location ?? point.id));
    graph.on("plotly_afterplot", () => {
      find(graph);
      restyle();
    });
    graph.addEventListener("mousemove", write_words, { capture: true });
    watch(graph, (is) => {
      visible = is;
      if (visible && stale) restyle();
    });
    find_and_mark();
  }

  on("parley:round", follow);
  on("parley:as-it-was", () => {
    controls();
    follow();
  });
  on("parley:page", () => {
    europe = false;
  });
  on_click("#world-europe", enlarge);
  on("parley:record", (record) => {
    if (record.names) renew();
  }); // else of a page that asks for something else
  on("parley:scheme", draw);
  on("parley:face", (face) => {
    if (face === "map")
      if (marks.size) follow();
      else draw();
  });

  // The hatching of what is not modelled; the style sheet names it.
  function hatch() {
    const holder = element("div", { className: "hatch", "aria-hidden": true });
    holder.innerHTML =
      '<svg><defs><pattern id="not-modelled" width="5" height="5" ' +
      'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
      '<rect width="5" height="5"/><path d="M0 0V5"/></pattern></defs></svg>';
    document.body.append(holder);
  }

  async function begin() {
    hatch();
    [dots, borders] = await Promise.all([
      ask("assets/topojson/small_states.json").then(({ states }) => states),
      ask("assets/topojson/open_borders.json").then(({ lines }) => lines),
    ]);
    const soon = () => new Promise((resume) => setTimeout(resume, 50));
    while (!parley.people) await soon();
    while (card() && !box()) await soon(); // its place comes with its library
    draw();
  }

  callbacks({
    on_share(share) {
      if (!parley.record || share === shown()) return;
      parley.view.map = share === usual() ? null : share;
      parley.write();
      follow();
    },
    on_worlds(which) {
      if (!parley.record || (which === "one") === Boolean(parley.view.world)) return;
      parley.view.world = which === "one" ? 1 : null;
      parley.write();
      renew();
    },
    on_world(number) {
      if (
        !parley.record ||
        !parley.view.world ||
        !Number.isInteger(number) ||
        number < 1 ||
        number === parley.view.world
      )
        return;
      parley.view.world = number;
      parley.write();
      renew();
    },
  });
  begin();
})();
