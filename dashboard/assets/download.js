// Every figure can be taken along: as a picture that says by itself what it shows, and as numbers.
(() => {
  const WIDTH = 1000, HEIGHT = 640, LINE = 118;  // pixels, pixels, characters
  const BANDS = "Line: median of the worlds; bands: 50 % and 90 % of worlds; points: the register.";
  const INTERVALS = "Point: the register; tick: median of the worlds; bar: 90 % of worlds under the fitted weights", WIDE = "pale bar: 90 % with the weights' uncertainty too.",
    WIDEST = "pale bar: 90 % with the weights' and the gradient's uncertainty too.";
  const DIFFERENCES = "Diamond: Parley; bar: 90 % of the other's score less Parley's, from Parley's line.";
  const copied = id => () => { const link = document.getElementById(id); return link && `${link.pathname}${link.search}`; };
  const month = () => `round=${parley.round() + parley.record.first_round}`;
  const asked = (path, more = () => "") => () => `${path}?${[parley.query(), more()].filter(Boolean).join("&")}`;
  const sides = () => [...document.querySelectorAll("#compared .side")].map(side => `${side.querySelector("strong").textContent}: ${side.querySelector("span").textContent}`).join(". ");
  const KINDS = {state: "States", firm: "Firms", ngo: "NGOs"};
  const of_kinds = (prefix, unit, numbers) => Object.fromEntries(Object.entries(KINDS).map(([kind, words]) => [`${prefix}-${kind}`, {unit: () => `${words} ${unit()}`, numbers}]));

  // What a figure's unit is and where its numbers are. Those of others are taken from what is drawn.
  const FIGURES = {
    ...of_kinds("adoption", () => `on the public list. ${BANDS}`, asked("data/run.csv")),
    ...of_kinds("compare", () => `on the public list. Line: median of the worlds; band: 90 % of the worlds of A. ${sides()}.`,
      () => `data/compare/curves.csv${document.getElementById("compare-download").search}`),
    ...of_kinds("evidence", () => `at each date of the register. ${INTERVALS}${document.querySelector(".no-wide") ? "." : `; ${WIDE}`} ${document.getElementById("wide-note").textContent}`, () => document.getElementById("evidence-csv").href),
    ...of_kinds("later-0", () => `at later dates of the register. ${INTERVALS}; ${WIDEST}`, () => "data/evidence/later.csv"),
    ...of_kinds("later-1", () => `at later dates of the register. ${INTERVALS}; ${WIDEST}`, () => "data/evidence/later.csv"),
    "models-auc": {unit: () => `AUC of each model. ${DIFFERENCES}`, numbers: () => "data/evidence/models.csv"},
    "models-brier": {unit: () => `Brier score of each model. ${DIFFERENCES}`, numbers: () => "data/evidence/models.csv"},
    bins: {unit: () => "Five groups of states by their simulated share. Point: the share of them on the register; bar: where 90 % of a perfect model's points would lie.", numbers: () => "data/evidence/calibration.csv"},
    world: {
      unit: () => `${document.getElementById("world-unit").textContent} ${parley.view.world ? "Blue: signed; sky: considered and waits; vermilion: declined; grey: not taken up." : "Dark: 0 %, bright: 100 %."} Outlined: on the register.`,
      numbers: () => parley.view.world ? "" : asked("data/shares.csv", month)(),
      colours: ["signed", "waiting", "declined", "untouched"],
    },
    history: {unit: () => "Share of simulated worlds. Deep: signed; middle: considered, not signed; pale: not taken up; line across: on the register.", numbers: copied("history-csv")},
  };

  const card = image => image.closest(".card") ?? image.parentElement;
  const name = image => image.querySelector("[id]")?.id ?? "";
  const plotted = image => image.querySelector(".js-plotly-plot");
  const title = image => [document.getElementById("who-name"), card(image).querySelector("h1, h2, h3, h4")].filter(Boolean).map(one => one.textContent).join(": ");
  const slug = words => `parley-${words.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;

  function basis(image) {
    const said = [...card(image).querySelectorAll(".mantine-Badge-root")].map(one => one.textContent);
    return [...new Set(said.length ? said : ["fitted to the register"])].join(", ");
  }

  function unit(image) {
    return FIGURES[name(image)]?.unit() ?? card(image).querySelector("p.dimmed")?.textContent ?? "";
  }

  // How the view differs from its scenario, as the address says it.
  function changes() {
    const {view} = parley, said = Object.entries(view.set).map(([dial, value]) => `${dial.replaceAll("_", " ")} ${value}`);
    const branches = view.branch.map(branch => branch.split(":")).map(([round, what, value]) => `from month ${round} ${parley.people?.[what]?.name ?? what.replaceAll("_", " ")} ${value.replace("-", " ")}`);
    return [...said, ...branches].join("; ");
  }

  function provenance(image) {
    const record = parley.record, changed = changes(), on_trust = `${basis(image)[0].toUpperCase()}${basis(image).slice(1)}.`;
    const own = image.closest("#evidence") && (card(image).querySelector("[id$=provenance]") ?? document.getElementById("evidence-provenance"));
    if (own) return [`${own.textContent.replace(/\.$/, "")}. ${on_trust}`];
    // Some cards have worlds of their own.
    const worlds = card(image).querySelector("[id$=provenance]")?.textContent || `${record.worlds} simulated worlds, seed ${record.seed}`;
    return [
      `${record.title}${record.lens ? `, lens ${record.lens}` : ""}${changed ? `; changed: ${changed}` : ""}`,
      `${worlds}; Parley ${record.version}. ${on_trust}`,
    ];
  }

  const safe = words => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  function wrapped(words) {
    const lines = [""];
    for (const word of words.split(/\s+/)) {
      if (lines[lines.length - 1].length + word.length > LINE) lines.push("");
      lines[lines.length - 1] += (lines[lines.length - 1] ? " " : "") + word;
    }
    return lines;
  }

  // From the colours of the scheme shown to those of paper: the palettes are the page's own (theme.py).
  function colours(first) {
    const root = document.documentElement, shown = root.dataset.mantineColorScheme;
    const names = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).filter(rule => rule.selectorText?.startsWith(":root[data-mantine-color-scheme"))
      .flatMap(rule => [...rule.style]).filter(one => one.startsWith("--") && !one.startsWith("--mantine"));
    names.sort((a, b) => first.includes(b.slice(2)) - first.includes(a.slice(2)));
    const read = () => names.map(one => getComputedStyle(root).getPropertyValue(one).trim().toLowerCase());
    const from = read();
    root.dataset.mantineColorScheme = "light";
    const to = read();
    root.dataset.mantineColorScheme = shown;
    // Where two names share a colour, the first is the one that the figure uses.
    return new Map(from.map((colour, k) => [colour, to[k]]).reverse());
  }

  function recoloured(part, map) {
    if (typeof part === "string") return map.get(part.toLowerCase()) ?? part;
    if (Array.isArray(part)) return part.map(one => recoloured(one, map));
    if (part && typeof part === "object" && !ArrayBuffer.isView(part)) return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, recoloured(one, map)]));
    return part;
  }

  // The figure as drawn, on white, between its title and what it takes to read and repeat it.
  function picture(image) {
    const graph = plotted(image), map = colours(FIGURES[name(image)]?.colours ?? []), light = colour => map.get(parley.figures.colour(colour).toLowerCase());
    const data = recoloured(graph.data, map), layout = recoloured(graph.layout, map);
    const lines = [...wrapped(unit(image)), ...provenance(image).flatMap(wrapped)].map(safe), below = layout.xaxis?.title?.text ? 60 : 36;
    for (const axis of Object.keys(layout).filter(key => /^[xy]axis/.test(key))) delete layout[axis].autorange;
    Object.assign(layout, {
      width: WIDTH, height: HEIGHT, autosize: false, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff",
      title: {text: `<b>${safe(title(image))}</b>`, x: 0, xref: "container", pad: {l: 24}, y: 1, yref: "container", yanchor: "top", xanchor: "left", font: {size: 20, color: light("text")}},
      margin: {l: 56, r: Math.max(24, layout.margin?.r ?? 0), t: 64, b: below + 20 + 19 * lines.length},
      annotations: [...(layout.annotations ?? []), {
        text: lines.join("<br>"), showarrow: false, xref: "paper", yref: "paper", x: 0, y: 0, xanchor: "left", yanchor: "top", xshift: -34, yshift: -below, align: "left", font: {size: 13, color: light("dimmed")},
      }],
    });
    layout.title.pad.t = 20;
    return {data, layout, config: {topojsonURL: "assets/topojson/"}};
  }

  // Numbers as drawn, where no table of the server's holds them.
  function drawn(image) {
    const columns = ["x", "y", "z", "locations", "lon", "lat"], rows = [["trace", ...columns, "says", "basis", "view"]];
    const says = words => (Array.isArray(words) ? words : []).map(text => String(text).replace(/<br>/g, "; ").replace(/<[^>]+>/g, ""));
    for (const [place, trace] of plotted(image).data.entries()) {
      const length = Math.max(...columns.map(column => trace[column]?.length ?? 0));
      for (let k = 0; k < length; k++) {
        rows.push([trace.name ?? place, ...columns.map(column => trace[column]?.[k] ?? ""), says(trace.text)[k] ?? "", basis(image), location.search.slice(1)]);
      }
    }
    const cell = value => typeof value === "number" ? value : `"${String(value).replace(/^[=+@\t\r-]/, "'$&").replaceAll('"', '""')}"`;
    return rows.map(row => row.map(cell).join(",")).join("\n");
  }

  function save(blob, file) {
    const link = Object.assign(document.createElement("a"), {href: URL.createObjectURL(blob), download: file});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const decoded = uri => {
    const [head, body] = uri.split(/,(.*)/s);
    return head.endsWith("base64") ? Uint8Array.from(atob(body), one => one.charCodeAt(0)) : decodeURIComponent(body);
  };

  async function take(image, format) {
    if (!plotted(image) || !parley.record) return;
    if (format === "csv") return save(new Blob([drawn(image)], {type: "text/csv"}), `${slug(title(image))}.csv`);
    const uri = await Plotly.toImage(picture(image), {format, width: WIDTH, height: HEIGHT, scale: format === "png" ? 2 : 1});
    save(new Blob([decoded(uri)], {type: uri.slice(5).split(/[;,]/)[0]}), `${slug(title(image))}.${format}`);
  }

  function menu(image) {
    const box = document.createElement("details"), head = document.createElement("summary");
    box.className = "download";
    head.textContent = "Download";
    head.setAttribute("aria-label", `Download: ${title(image)}`);
    box.append(head);
    for (const format of ["png", "svg", "csv"]) {
      const numbers = format === "csv" && FIGURES[name(image)]?.numbers;
      const item = document.createElement(numbers ? "a" : "button");
      item.textContent = format.toUpperCase();
      item.setAttribute("aria-label", `${format.toUpperCase()}: ${title(image)}`);
      if (numbers) {
        item.href = "data/run.csv";
        item.addEventListener("click", event => {
          item.href = numbers() || item.href;
          if (!numbers()) { event.preventDefault(); take(image, "csv"); }
        });
      } else {
        item.type = "button";
        item.addEventListener("click", () => take(image, format));
      }
      box.append(item);
    }
    return box;
  }

  function offer() {
    for (const image of document.querySelectorAll(".card div[role=img]")) {
      if (card(image).querySelector(":scope > .download") || !name(image) || image.querySelector("canvas")) continue;
      card(image).append(menu(image));
    }
  }
  for (const moment of ["parley:page", "parley:record", "parley:people"]) document.addEventListener(moment, offer);
})();
