// The download menu of every figure: a picture that can be read without the page, and the numbers.
(() => {
  const { at, element, svg, address, on } = parley.dom,
    {
      DEFAULTS,
      KINDS,
      capital,
      change_in_words,
      day,
      listing,
      lens: lens_words,
      with_stop,
      without_stop,
    } = parley.format;
  const WIDTH = 1000, // pixels, as those below
    HEIGHT = 640,
    EDGE = 24,
    LINE = 136, // characters, as in TITLE and LONGEST
    TITLE = 84,
    WIDER = 1.2, // other type than the page's, at most
    LONGEST = 53,
    BORDER = 2; // pixels that Plotly draws around words
  const OF_CURVES = { wide: 850, high: 440 }; // pixels that the curves have of a picture
  const bands = () =>
    "Line: median of the worlds; bands: 50\u00a0% and " +
    `${at("bands-hold").textContent}${at("register-key").hidden ? "" : "; points: the register"}.`;
  const intervals = (median) =>
    `Point: the register; tick: median ${median}; bar: 90\u00a0% of worlds under the ` +
    "fitted weights";
  const OF_FITTED = intervals("under the fitted weights"),
    OF_BOTH = intervals("with both uncertain");
  const WIDE = "pale bar: 90\u00a0% with the weights' uncertainty too.",
    WIDEST = "pale bar: 90\u00a0% with the weights' and the gradient's uncertainty too.";
  const DIFFERENCES =
    "Diamond: Parley; bar: 90\u00a0% of the other's score less Parley's, from Parley's line.";
  const of_link = (id) => () => at(id) && `${at(id).pathname}${at(id).search}`;
  const month = () => `round=${parley.round() + parley.record.first_round}`;
  // Of the views compared.
  const curves = () => parley.compared_curves();
  function axis_of_curves() {
    const { kind, less_whom } = curves();
    return less_whom
      ? `more ${parley.pairs.words_of(kind)} on the list than in ${less_whom}`
      : `${KINDS[kind]} on the list`;
  }
  // The span of other fits at the end of a difference, where it stands alone, in words at its top.
  function label_of_fits({ shapes = [] }) {
    const spans = shapes.filter(
      ({ xsizemode, x0, x1, line }) => xsizemode === "pixel" && x0 === x1 && line.width < 2,
    );
    if (!curves().less_whom || spans.length !== 1) return [];
    const [{ x1, y0, y1, line }] = spans;
    return [
      {
        text: `other fits:<br>${change_in_words(Math.min(y0, y1), Math.max(y0, y1))}`,
        showarrow: false,
        xref: "paper",
        x: 1,
        xanchor: "left",
        xshift: x1 + 10,
        y: Math.max(y0, y1),
        yanchor: "top",
        align: "left",
        font: { size: 14, color: line.color },
      },
    ];
  }
  const always = () => true;
  const of_kinds = (prefix, unit, numbers, more = () => ({})) =>
    Object.fromEntries(
      Object.entries(KINDS).map(([kind, words]) => [
        `${prefix}-${kind}`,
        { unit: () => `${words} ${unit(kind)}`, numbers, of_register: always, ...more(kind) },
      ]),
    );
  // What a picture of the page Simulate is called after: what it is *of*, the scenario, whether
  // more is changed, and the month of the round *t*.
  const of_view = (of, t) =>
    [
      of,
      parley.record.scenario,
      parley.beside_the_call.is_baseline({ ...parley.view, scenario: DEFAULTS.scenario })
        ? ""
        : "what-if",
      parley.record.dates[t].slice(0, 7),
    ]
      .filter(Boolean)
      .join("-");
  const of_map = (part = "") =>
    of_view(
      [
        "map",
        part,
        parley.view.world
          ? `world-${parley.view.world}`
          : parley.map_shows() === "signed"
            ? ""
            : parley.map_shows(),
      ]
        .filter(Boolean)
        .join("-"),
      parley.round(),
    );

  const OF_SWEEP =
    "Source: simulated by Parley, where signing is fitted to the public list of " +
    "supporters, pariscall.international, and conduct is assumed.";
  const SWEPT = {
    finding: () =>
      document.querySelector("#sweep-sentences > :first-child")?.firstChild.textContent,
    keys: () => at("sweep-effects-keys"),
    unit: () =>
      `${at("sweep-effects-title").textContent}. ${at("sweep-effects-note").textContent}`.trim(),
  };
  // The numbers that a figure itself holds as a table, row by row, with what is the same in all of
  // them.
  const own_table = (place) =>
    (place?.querySelector(".js-plotly-plot") ?? place?.closest(".js-plotly-plot"))?.layout.meta
      ?.table;

  // Of somebody's history: what the line of the register is, and the day asked about, at its line.
  const key_of_register = () =>
    parley.history.has_register ? "; orange line: on the register from then on" : "";
  function name_of_day(light) {
    const { dates, first_round } = parley.record,
      t = Number(at("by").value) - first_round,
      is_late = t > 0.7 * dates.length;
    return {
      text: `asked: by ${day(dates[t])}`,
      showarrow: false,
      x: dates[t],
      y: 0,
      yref: "paper",
      yanchor: "bottom",
      yshift: 8,
      xanchor: is_late ? "right" : "left",
      xshift: is_late ? -8 : 8,
      bgcolor: "#ffffff",
      borderpad: 3,
      font: { size: 14, color: light("text") },
    };
  }

  const OF_SIGNING =
    "Source: simulated by Parley from the public list of supporters, pariscall.international.";
  const OF_TALKS =
    "Source: simulated by Parley from the texts on the table and UN votes; sides, " +
    "costs and patience are assumed.";
  const OF_EVIDENCE =
      "Source: Parley's forecasts beside the public list of supporters, pariscall.international.",
    OF_INSTRUMENTS =
      "Source: Parley's forecasts beside published lists of signatories and UN votes.";
  // What a figure's unit is and where its numbers are. Those of others are taken from what is
  // drawn.
  const FIGURES = {
    ...of_kinds(
      "adoption",
      (kind) =>
        "on the public list. " +
        `${bands()}${at("beside-key").hidden ? "" : ` Dashed: simulated, nothing changed.${parley.chart.note_of(kind)}`}${parley.figures.has_other_fits(parley.chart.picture_of(kind, OF_CURVES)) ? ` Upright bar: 90\u00a0% of the change from it by other fits that the data allow.` : ""}${at("event-key").hidden ? "" : " Dotted, upright: something happens."}`,
      () => address("data/run.csv", parley.query()),
      (kind) => ({
        finding: () => parley.record && parley.chart.title_of(kind),
        figure: () => parley.chart.picture_of(kind, OF_CURVES),
        file: () => of_view(KINDS[kind].toLowerCase(), parley.record.dates.length - 1),
        of_register: () => !at("register-key").hidden,
        csv: "CSV, all three",
      }),
    ),
    "compare-curves": {
      finding() {
        const { kind, sides } = curves() ?? {};
        return (
          at("compare-curves").dataset.finding ||
          (sides ? `${KINDS[kind]} on the public list: ${sides}` : "")
        );
      },
      of: () => curves().sides,
      of_register: () => curves().has_register,
      file: () => at("compare-download").dataset.file,
      source: OF_SIGNING,
      unit: () => curves().reading,
      axis: axis_of_curves,
      labels: label_of_fits,
      numbers: () => `data/compare/curves.csv${at("compare-download").search}`,
    },
    "evidence-tenths": {
      source: OF_SIGNING,
      unit: () =>
        `${at("evidence-tenths").closest(".card").querySelector("p.dimmed").textContent} ` +
        `${at("tenths-size").textContent}`,
    },
    "every-state": {
      source: OF_EVIDENCE,
      unit: () => "Labelled: the states on which it was furthest off.",
      numbers: () => "data/evidence/states.csv",
    },
    ...of_kinds(
      "evidence",
      () =>
        "at each date of the register. " +
        `${OF_FITTED}${document.querySelector(".no-wide") ? "." : `; ${WIDE}`} ` +
        `${at("wide-note").textContent}`,
      () => at("evidence-csv").href,
    ),
    ...of_kinds(
      "later-0",
      () => `at later dates of the register. ${OF_BOTH}; ${WIDEST}`,
      () => "data/evidence/later.csv",
    ),
    ...of_kinds(
      "later-1",
      () => `at later dates of the register. ${OF_BOTH}; ${WIDEST}`,
      () => "data/evidence/later.csv",
    ),
    "models-auc": {
      source: OF_EVIDENCE,
      unit: () => `AUC of each model. ${DIFFERENCES}`,
      numbers: () => "data/evidence/models.csv",
    },
    "models-brier": {
      source: OF_EVIDENCE,
      unit: () => `Brier score of each model. ${DIFFERENCES}`,
      numbers: () => "data/evidence/models.csv",
    },
    "instruments-auc": {
      source: OF_INSTRUMENTS,
      unit: () =>
        "AUC on each instrument, its family left out of the fit. Upright line: simple " +
        "statistics; bar: Parley's 90\u00a0% range; dot: Parley; ▲ clearly ahead, ▽ " +
        "clearly behind.",
      numbers: () => "data/evidence/instruments.csv",
    },
    bins: {
      of_register: always,
      unit: () =>
        "Five groups of states by their simulated share. Point: the share of them on " +
        "the register; bar: where 90\u00a0% of a perfect model's points would lie.",
      numbers: () => "data/evidence/calibration.csv",
    },
    frontier: {
      unit: () =>
        "Each point is a text with the present openness, public rule and rules. Blue " +
        "line and band: most signatories for what is asked, and 90\u00a0% of worlds; " +
        "thin: all raised alike; dashed: prohibitions first; dotted: duties first. " +
        "Filled: like the register's text; hollow: extrapolated.",
      source: OF_SIGNING,
      own: () => in_print("frontier-provenance"),
      lacks_version: true,
      numbers: () => document.querySelector("a[href*='data/frontier.csv']")?.href,
    },
    "by-depth": {
      is_there: () => graph_of(at("by-depth"))?.data.length,
      source: OF_SWEEP,
      numbers: () => document.querySelector("a[href*='data/frontier/conduct.csv']")?.href,
    },
    // Their own numbers have those figures that hold a table.
    ...Object.fromEntries(
      [
        ["effects", "points"],
        ["first", "effects"],
        ["matters", "scores"],
        ["heat", "points"],
        ["tips", "map"],
        ["where", "boxes"],
        ["enough", "convergence"],
        ["lines", "points"],
      ].map(([figure, table]) => [
        `sweep-${figure}`,
        {
          unit: () => in_print(`sweep-${figure}-note`),
          ...(figure === "effects"
            ? SWEPT
            : figure === "first"
              ? { keys: () => at("sweep-first-keys") }
              : {}),
          source: OF_SWEEP,
          numbers: () =>
            own_table(at(`sweep-${figure}`))
              ? ""
              : parley.sweep_table(table) ||
                (figure === "matters" ? parley.sweep_table("sensitivity") : ""),
        },
      ]),
    ),
    ...Object.fromEntries(
      [
        ["tally", "drafts", "Blue: accept; pink: do not; dotted: accept, in the mean of worlds."],
        [
          "heat",
          "blame",
          "Pink ▲ hurts as it goes too far, ochre ▽ as it goes not far enough; blue supports.",
        ],
      ].map(([figure, table, key]) => [
        `negotiate-${figure}`,
        {
          source: OF_TALKS,
          unit: () => `${in_print(`negotiate-${figure}-note`)} ${key}`,
          numbers: () => parley.negotiation_table_at(table),
        },
      ]),
    ),
    world: {
      finding: () => `Simulated: ${parley.pairs.in_sentence(at("world-finding").textContent)}`,
      unit: () => `${at("world-unit").textContent} ${parley.marks_of_map()}`.trim(),
      numbers: () => (parley.view.world ? "" : address("data/shares.csv", parley.query(), month())),
      get colours() {
        return parley.view.world
          ? ["signed", "waiting", "declined", "not-taken-up"]
          : parley.map_shows() === "change"
            ? ["third", "no-change", "simulated"]
            : [0, 1, 2, 3, 4].map((k) => `share-${k}`);
      },
      get source() {
        return `${at("listed-key").hidden ? "" : `${SOURCE} `}${BOUNDARIES}`;
      },
      file: of_map,
      marks: (...how) => parley.key_of_map(...how),
      finish: (...how) => parley.map_key.hatched(...how),
      part: {
        words: "PNG, Europe",
        place: "Europe",
        file: () => of_map("europe"),
        title: () => parley.title_of_europe(),
        figure: () => parley.map_of_europe(),
      },
    },
    // Drawn for the picture alone; the page has them as rows.
    ...Object.fromEntries(
      ["changes", "motives"].map((part) => [
        part,
        {
          figure: () => parley.stakeholder_picture.figure(part),
          is_there: () => parley.stakeholder_picture.is_told(part),
          title: () => parley.stakeholder_picture.title(part),
          unit: () => parley.stakeholder_picture.figure(part).unit,
          source: OF_SIGNING,
          own: () => at("who-provenance").textContent,
          numbers: of_link(`${part}-csv`),
          file: () => parley.stakeholder_picture.file(part),
        },
      ]),
    ),
    history: {
      title: () => parley.history?.title,
      of_register: () => parley.history.has_register,
      names: (light) => [name_of_day(light)],
      own: () => at("who-provenance").textContent,
      unit: () =>
        "Share of simulated worlds. Deep: signed; middle: considered, not signed; " +
        `pale: not taken up${key_of_register()}. ${at("history-now").textContent}`,
      numbers: of_link("history-csv"),
      file: () =>
        `history-${(parley.view.who ?? parley.usual).replace(/[^A-Za-z0-9]+/g, "-")}-${parley.record.dates[-parley.record.first_round].slice(0, 4)}-${parley.record.dates.at(-1).slice(0, 4)}`,
    },
  };

  // Those of the page Campaign are tables of bars. Below each stand its words of the page: what is
  // asked, what its columns mean, and what is assumed of those who follow.
  const in_campaign = {
    campaign: () => [
      at("campaign-answer").querySelector(".asks").textContent,
      at("campaign-sorted").textContent,
      at("campaign-top").querySelector("th.whom.of-register")
        ? "After a name: when it joined the public list in fact."
        : "",
      capital(at("campaign-assumption").textContent),
    ],
    pivots: () => [at("pivots-sorted").textContent, at("pivots-assumption").textContent],
  };
  for (const [question, table] of [
    ["campaign", "approached"],
    ["pivots", "pivots"],
  ])
    FIGURES[`${question}-top`] = {
      finding: () => at(`${question}-found`).textContent,
      unit: () =>
        [at(`${question}-other-fits`).textContent, ...in_campaign[question]()]
          .filter(Boolean)
          .join(" "),
      source: OF_SIGNING,
      file: () => at(`${question}-answer`).dataset.file,
      numbers: () => at(`${table}-csv`).href,
    };

  const card = (image) => image.closest(".card") ?? image.parentElement;
  const name = (image) => image.dataset.figure ?? image.querySelector("[id]")?.id ?? "";
  const graph_of = (image) => image.querySelector(".js-plotly-plot");
  const own_heading = (image) =>
    card(image).querySelector("h1, h2, h3, h4, [id$=-title]")?.textContent || "";
  const heading = (image) => FIGURES[name(image)]?.finding?.() || own_heading(image);
  const title = (image) =>
    without_stop(
      FIGURES[name(image)]?.title?.() ??
        [at("who-name")?.textContent, heading(image).trim()].filter(Boolean).join(": "),
    );
  // Of a long title whole words, as file systems and mails cut longer names.
  const slug = (words) =>
    `parley-${words
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .replace(
        new RegExp(`^(.{0,${LONGEST}})(-.*)?$`),
        (whole, kept) => kept || whole.slice(0, LONGEST),
      )}`;

  function file_of(image) {
    const own = FIGURES[name(image)]?.file?.();
    return own ? `parley-${own}` : slug(title(image));
  }

  function basis(image) {
    const table = own_table(image);
    if (table) return listing([...new Set(table.map((row) => row.basis))]);
    const badges = [...card(image).querySelectorAll(".mantine-Badge-root")].map(
      (badge) => badge.textContent,
    );
    return [...new Set(badges.length ? badges : [parley.basis.of_page()])].join(", ");
  }

  // The words of a place or an id, without what holds on the page alone, as a press does.
  function in_print(place) {
    const copy = (typeof place === "string" ? at(place) : place).cloneNode(true);
    for (const part of copy.querySelectorAll(".on-screen, .of-page")) part.remove();
    return copy.textContent;
  }
  function unit(image) {
    const first = card(image).querySelector("p.dimmed");
    return FIGURES[name(image)]?.unit?.() ?? (first ? in_print(first) : "");
  }

  function provenance(image) {
    const { title, lens, worlds, seed, version } = parley.record,
      { words: supposed, has_scenario } = parley.supposing(),
      rests_on = `${capital(basis(image))}.`;
    const supposing = supposed ? [`Supposing: ${supposed}.`] : [];
    const own =
        FIGURES[name(image)]?.own?.() ??
        (
          card(image).querySelector("[id$=provenance]") ??
          image.closest(".evidence-figure")?.querySelector(":scope > [id$=provenance]")
        )?.textContent,
      of_evidence = image.closest("#evidence") && (own ?? at("evidence-provenance").textContent);
    if (own && image.closest("[data-own-provenance], .stakeholder"))
      return [`${with_stop(own)} ${rests_on}`, ...supposing];
    if (of_evidence) return [`${with_stop(of_evidence)} ${rests_on}`];
    const by_parley = `; Parley ${version}`,
      said = own || `${worlds} simulated worlds, seed ${seed}`,
      by = own && !FIGURES[name(image)]?.lacks_version ? "" : by_parley;
    const of = FIGURES[name(image)]?.of?.(),
      motives = lens ? `, ${lens_words(lens)}` : "";
    if (!of && has_scenario) return [...supposing, `${said}${motives}${by}. ${rests_on}`];
    return [of ?? `${title}${motives}`, ...supposing, `${said}${by}. ${rests_on}`];
  }

  // Where the counts of a figure come from that draws the register.
  const SOURCE = "Source: public list of supporters, pariscall.international.",
    BOUNDARIES = "Shapes: Natural Earth; boundaries are for orientation alone.";
  const source = (image) =>
    FIGURES[name(image)]?.of_register?.()
      ? [SOURCE]
      : [FIGURES[name(image)]?.source].filter(Boolean);

  const escape = (words) => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  function wrap(words, longest = LINE) {
    const lines = [""];
    for (const word of words.split(/[^\S\u00a0]+/)) {
      if (lines[lines.length - 1].length + word.length > longest) lines.push("");
      lines[lines.length - 1] += (lines[lines.length - 1] ? " " : "") + word;
    }
    // what holds words together has done so
    return lines.map((line) => line.replaceAll("\u00a0", " "));
  }

  // From the colours of the scheme shown to those of paper: the palettes are the page's own
  // (theme.py).
  function colours(first) {
    const root = document.documentElement,
      scheme = root.dataset.mantineColorScheme;
    const names = [...document.styleSheets]
      .flatMap((sheet) => [...sheet.cssRules])
      .filter((rule) => rule.selectorText?.startsWith(":root[data-mantine-color-scheme"))
      .flatMap((rule) => [...rule.style])
      .filter((property) => property.startsWith("--") && !property.startsWith("--mantine"));
    names.sort((a, b) => first.includes(b.slice(2)) - first.includes(a.slice(2)));
    const read = () =>
      names.map((property) =>
        getComputedStyle(root).getPropertyValue(property).trim().toLowerCase(),
      );
    const from = read();
    root.dataset.mantineColorScheme = "light";
    const to = read();
    root.dataset.mantineColorScheme = scheme;
    // Where two names share a colour, the first is the one that the figure uses.
    return new Map(from.map((colour, k) => [colour, to[k]]).reverse());
  }

  // A copy of data or a layout with its colours mapped, those within words too.
  function recolour(part, map) {
    if (typeof part === "string")
      return (
        map.get(part.toLowerCase()) ??
        part.replace(/(?<=color:)[^"';]+/g, (own) => map.get(own.trim().toLowerCase()) ?? own)
      );
    if (Array.isArray(part)) return part.map((each) => recolour(each, map));
    if (part && typeof part === "object" && !ArrayBuffer.isView(part))
      return Object.fromEntries(
        Object.entries(part).map(([key, each]) => [key, recolour(each, map)]),
      );
    return part;
  }

  // Data and layout of a graph in the colours of paper, and the map from those of the scheme shown.
  function on_paper(
    graph,
    { data, layout } = at("sweeps") ? parley.sweep_in_picture(graph) : graph,
  ) {
    const map = colours(
      FIGURES[name(graph.closest("[role=img]") ?? graph.parentElement)]?.colours ?? [],
    );
    return { data: recolour(data, map), layout: recolour(layout, map), map };
  }

  // The room that names and numbers take on either side of the axes of a figure and below them, in
  // pixels.
  async function room_of(figure) {
    const place = element("div", { className: "on-paper" });
    document.body.append(place);
    await Plotly.newPlot(place, figure);
    const { l, r, b } = place._fullLayout._size,
      box = place.getBoundingClientRect(),
      from = box.left + l,
      until = box.left + WIDTH - r,
      to = box.top + figure.layout.height - b;
    const ends = (parts) =>
      [...place.querySelectorAll(parts)]
        .map((part) => part.getBoundingClientRect())
        .filter(({ width }) => width);
    const beside = [...place.querySelectorAll(".annotation")]
      .map((part) => part.getBoundingClientRect())
      .filter(({ width, left }) => width && left >= until);
    const room = {
      right: Math.max(0, ...beside.map(({ right }) => right - until)),
      left: Math.max(
        0,
        ...ends(".ytick text, .ytitle, .xtick text").map(({ left }) => from - left),
      ),
      below: Math.max(
        0,
        ...ends(".xtick text, .xtitle, .annotation").map(({ bottom }) => bottom - to),
      ),
    };
    Plotly.purge(place);
    place.remove();
    return room;
  }

  // Room above the axes for what stands there, and over it the key of its marks, where the figure
  // has one on the page.
  const ABOVE = 10; // pixels from there to its key
  function set_above(image, layout, light) {
    const { keys, names } = FIGURES[name(image)] ?? {},
      { margin, annotations = [], shapes = [] } = layout,
      own = annotations.filter(({ y, yanchor }) => y === 1 && yanchor === "bottom");
    const high = Math.ceil(
      Math.max(
        0,
        ...own.map(
          ({ text, yshift = 0, font = {} }) =>
            yshift + 1.35 * (font.size ?? 14) * text.split("<br>").length,
        ),
      ),
    );
    const key =
      keys &&
      parley.key_of(keys(), light, {
        left: EDGE - margin.l,
        foot: high + ABOVE,
        most: WIDTH - 2 * EDGE,
      });
    margin.t += key?.tall || high;
    layout.shapes = [...shapes, ...(key?.shapes ?? [])];
    layout.annotations = [...annotations, ...(names?.(light) ?? []), ...(key?.annotations ?? [])];
  }

  // What stands below a picture: its unit, its basis and provenance, its source.
  const said_below = (image) =>
    [unit(image), ...provenance(image), ...source(image)].flatMap((words) => wrap(words));

  // A table of bars as it is shown, on white, between the same.
  function picture_of_bars(image) {
    const head = wrap(title(image), TITLE),
      lines = said_below(image),
      from = 28 + 24 * head.length,
      foot = HEIGHT - 19 * lines.length - 8,
      map = colours([]),
      light = (colour) => map.get(parley.figures.colour(colour).toLowerCase());
    const text = (words, y, more) => svg("text", { x: EDGE, y, ...more }, words);
    return new XMLSerializer().serializeToString(
      svg(
        "svg",
        {
          width: WIDTH,
          height: HEIGHT,
          viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
          "font-family": "Inter, sans-serif",
        },
        svg("rect", { width: WIDTH, height: HEIGHT, fill: "#ffffff" }),
        ...head.map((words, k) =>
          text(words, 34 + 24 * k, { "font-size": 20, "font-weight": 700, fill: light("text") }),
        ),
        parley.bars_in_picture(image, { from, to: foot - 20, left: EDGE, right: WIDTH - EDGE }),
        ...lines.map((words, k) =>
          text(words, foot + 19 * k, { "font-size": 13, fill: light("dimmed") }),
        ),
      ),
    );
  }

  // The figure as it is shown, on white, between its title and its unit, basis and provenance.
  async function picture(image, part) {
    const { data, layout, map } = on_paper(
        graph_of(image) ?? image,
        part?.figure() ?? FIGURES[name(image)]?.figure?.(),
      ),
      light = (colour) => map.get(parley.figures.colour(colour).toLowerCase());
    const lines = said_below(image).map(escape),
      head = wrap(part ? `${part.place}. ${part.title()}` : title(image), TITLE);
    const { axis: words, labels, marks } = FIGURES[name(image)] ?? {},
      has_scale = data.some((trace) => trace.colorbar),
      axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key)),
      config = { topojsonURL: "assets/topojson/" };
    for (const trace of data) if (trace.colorbar) trace.showscale = true;
    for (const axis of axes) delete layout[axis].autorange;
    const { shapes = [], annotations = [], low = 0 } = marks?.(light, Boolean(part)) ?? {};
    if (words)
      layout.yaxis = {
        ...layout.yaxis,
        title: { text: words(), standoff: 12, font: { size: 14, color: light("dimmed") } },
      };
    if (labels) layout.annotations = [...(layout.annotations ?? []), ...labels(layout)];
    layout.annotations = [...(layout.annotations ?? []), ...annotations];
    layout.shapes = [...(layout.shapes ?? []), ...shapes];
    // its labels stand below the title
    if (layout.xaxis?.side === "top") layout.yaxis = { ...layout.yaxis, domain: [0, 0.76] };
    const margin = {
      l: 56,
      r: Math.max(EDGE, WIDER * (layout.margin?.r ?? 0)),
      t: (words ? 26 : marks && !part ? 20 : 40) + 24 * head.length,
      b: 60 + 20 + 19 * lines.length,
    };
    Object.assign(layout, {
      width: WIDTH,
      height: layout.meta?.high ?? HEIGHT,
      autosize: false,
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
      margin,
    });
    const {
        left,
        right,
        below: high,
      } = await room_of({
        data: recolour(data, new Map()),
        layout: recolour(layout, new Map()),
        config,
      }),
      below = (marks ? 46 + low : has_scale ? 60 : high) + 12;
    Object.assign(margin, {
      l: EDGE + WIDER * left,
      r: Math.max(margin.r, EDGE + right),
      b: below + 20 + 19 * lines.length,
    });
    for (const axis of axes) layout[axis].automargin = false;
    set_above(image, layout, light);
    Object.assign(layout, {
      title: {
        text: `<b>${head.map(escape).join("<br>")}</b>`,
        x: 0,
        xref: "container",
        pad: { l: EDGE, t: 20 + 12 * (head.length - 1) },
        y: 1,
        yref: "container",
        yanchor: "top",
        xanchor: "left",
        font: { size: 20, color: light("text") },
      },
      annotations: [
        ...(layout.annotations ?? []),
        {
          text: lines.join("<br>"),
          showarrow: false,
          xref: "paper",
          yref: "paper",
          x: 0,
          y: 0,
          xanchor: "left",
          yanchor: "top",
          xshift: EDGE - margin.l - BORDER,
          yshift: -below,
          align: "left",
          font: { size: 13, color: light("dimmed") },
        },
      ],
    });
    return { figure: { data, layout, config }, light };
  }

  // The numbers of the figure itself, where no table of the server's holds them.
  function figure_numbers(image) {
    const { table, same } = graph_of(image).layout.meta ?? {},
      rows = table ? table.map((row) => ({ ...row, ...same })) : points_of(image),
      names = Object.keys(rows[0] ?? {});
    const cell = (value) =>
      typeof value === "number"
        ? Math.round(1e9 * value) / 1e9
        : `"${String(value ?? "")
            .replace(/^[=+@\t\r-]/, "'$&")
            .replaceAll('"', '""')}"`;
    return [names, ...rows.map((row) => names.map((column) => row[column]))]
      .map((row) => row.map(cell).join(","))
      .join("\n");
  }

  // A row for each point that is drawn.
  function points_of(image) {
    const columns = ["x", "y", "z", "locations", "lon", "lat"],
      { worlds, seed, version } = parley.record;
    const plain = (words) =>
      (Array.isArray(words) ? words : []).map((text) =>
        String(text)
          .replace(/<br>/g, "; ")
          .replace(/<[^>]+>/g, ""),
      );
    return graph_of(image).data.flatMap((trace, place) =>
      trace.meta === "no numbers"
        ? []
        : Array.from(
            { length: Math.max(...columns.map((column) => trace[column]?.length ?? 0)) },
            (_, k) => ({
              trace: trace.name ?? place,
              ...Object.fromEntries(columns.map((column) => [column, trace[column]?.[k] ?? ""])),
              says: plain(trace.text)[k] ?? "",
              basis: basis(image),
              worlds,
              seed,
              version,
              supposing: parley.supposing().words,
              view: location.search.slice(1),
            }),
          ),
    );
  }

  function save(blob, file) {
    const link = element("a", { href: URL.createObjectURL(blob), download: file });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const text_of = (uri) => decodeURIComponent(uri.slice(uri.indexOf(",") + 1));

  // A figure may be there before the library that draws its picture.
  async function drawing_library() {
    while (!window.Plotly) await new Promise((resume) => setTimeout(resume, 50));
  }

  async function plotted(image, part) {
    await drawing_library();
    const { figure, light } = await picture(image, part),
      { finish = (svg) => svg } = FIGURES[name(image)] ?? {};
    return {
      high: figure.layout.height,
      drawn: finish(
        text_of(
          await Plotly.toImage(figure, {
            format: "svg",
            width: WIDTH,
            height: figure.layout.height,
          }),
        ),
        light,
      ),
    };
  }

  // A picture of the figure, or of a *part* of it, or its numbers.
  async function take(image, format, part = null) {
    const is_of_bars = "bars" in image.dataset,
      { is_there = () => is_of_bars || graph_of(image) } = FIGURES[name(image)] ?? {};
    if (!is_there() || !parley.record) return;
    if (format === "csv")
      return save(new Blob([figure_numbers(image)], { type: "text/csv" }), `${file_of(image)}.csv`);
    const { drawn, high } = is_of_bars
      ? { drawn: picture_of_bars(image), high: HEIGHT }
      : await plotted(image, part);
    const file = part ? `parley-${part.file()}` : file_of(image),
      vector = new Blob([drawn.replace(/<svg[^>]*>/, `$&${await face()}`)], {
        type: "image/svg+xml",
      });
    save(format === "svg" ? vector : await painted(vector, high), `${file}.${format}`);
  }

  // The type of the page as a part of a picture, so that it looks alike wherever it is opened;
  // nothing where it cannot be read.
  let embedded = null;
  async function face() {
    if (embedded !== null) return embedded;
    try {
      const font = new Uint8Array(await (await fetch("assets/inter.woff2")).arrayBuffer());
      const letters = Array.from(font, (byte) => String.fromCharCode(byte)).join("");
      return (embedded =
        "<style>@font-face { font-family: Inter; font-weight: 100 900; src: " +
        `url(data:font/woff2;base64,${btoa(letters)}) }</style>`);
    } catch {
      return "";
    }
  }

  // A picture of *svg*, which is so *high*, in pixels, twice as many as it has, so that it is sharp
  // on paper.
  async function painted(svg, high) {
    const picture = new Image(WIDTH, high),
      canvas = element("canvas", { width: 2 * WIDTH, height: 2 * high }),
      url = URL.createObjectURL(svg);
    picture.src = url;
    await picture.decode();
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(url);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  function menu(image) {
    const { numbers, part, csv = "CSV" } = FIGURES[name(image)] ?? {},
      button = (words, format, ...of) =>
        element("button", { type: "button", onclick: () => take(image, format, ...of) }, words);
    return element(
      "details",
      { className: "download" },
      element("summary", {}, "Download"),
      button("PNG", "png"),
      ...(part ? [button(part.words, "png", part)] : []),
      button("SVG", "svg"),
      numbers ? link_to(numbers, csv, image) : button(csv, "csv"),
    );
  }

  // A link to a table of the server, where that holds what is shown.
  function link_to(numbers, words, image) {
    const link = element("a", { href: "data/run.csv" }, words);
    link.addEventListener("click", (event) => {
      link.href = numbers() || link.href;
      if (!numbers()) {
        event.preventDefault();
        take(image, "csv");
      }
    });
    return link;
  }

  // Each menu says of what it is, which may have become another finding.
  function label(menu, words) {
    for (const part of menu.children)
      part.setAttribute("aria-label", [part.textContent, words].filter(Boolean).join(": "));
  }

  function offer() {
    for (const image of document.querySelectorAll(
      ".card :is(div[role=img], [data-bars], [data-picture])",
    )) {
      if (!name(image) || image.querySelector("canvas")) continue;
      if (!card(image).querySelector(":scope > .download")) card(image).append(menu(image));
      const menu_of = card(image).querySelector(":scope > .download"),
        { is_there } = FIGURES[name(image)] ?? {};
      if (is_there) menu_of.hidden = !is_there();
      label(menu_of, title(image));
    }
  }
  document.addEventListener(
    "toggle",
    (event) => {
      if (!event.target.matches?.(".download")) return;
      offer();
      // a menu at the lower edge opens below it
      if (event.target.open) event.target.lastElementChild.scrollIntoView({ block: "nearest" });
    },
    true,
  );
  on("parley:page parley:record parley:people parley:cards", offer);

  parley.on_paper = on_paper;
})();
