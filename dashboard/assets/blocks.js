// Blocks of a document, as sim/evidence/report/document.py makes them, as elements: text, and
// tables and figures as cards.
(() => {
  const { element, header, row, cell } = parley.dom;
  const VISIBLE = 5,
    // sentences: of more than the second number, all after the first are folded in
    MOST_VISIBLE = 8;
  const dates = (uncertain, tick) => ({
    point: "register",
    tick,
    half: "90\u00a0% of worlds under the fitted weights: luck alone",
    most: `90\u00a0% with ${uncertain} too`,
  });
  // What marks mean in the figures that are drawn here, by the name of the figure.
  const LEGENDS = {
    models: {
      diamond: "Parley",
      dot: "one that learns without a simulator",
      ring: "not counted: Parley in part, or trivial",
      most:
        "90\u00a0% of its score less Parley's, from Parley's line: a bar that reaches " +
        "the line leaves open who does better",
    },
    calibration: {
      point: "register",
      most: "where 90\u00a0% of a perfect model's points would lie",
      diagonal: "both shares are the same",
    },
    instruments: {
      parley: "Parley",
      most: "its 90\u00a0% range",
      rival: "simple statistics",
      ahead: "Parley clearly ahead",
      behind: "clearly behind",
    },
    "dates-in-sample": dates("the weights' uncertainty", "median under the fitted weights"),
    "later-dates": dates(
      "the weights' and the gradient's uncertainty",
      "median with both uncertain",
    ),
  };

  // A text in which `code`, *stress* and the names of documents are marked.
  const MARKED = /(`[^`]+`|\*[^*]+\*|\b[\w-]+\.md\b)/;
  const words = (text) =>
    text
      .split(MARKED)
      .map((part) =>
        !MARKED.test(part)
          ? part
          : part.endsWith(".md")
            ? element("code", {}, `docs/${part}`)
            : element(part[0] === "`" ? "code" : "em", {}, part.slice(1, -1)),
      );
  const paragraph = (text, properties) =>
    element("p", { className: "dimmed", ...properties }, ...words(text));
  const with_lead = (lead, text, properties) => [
    ...(lead ? [element("strong", properties, lead)] : []),
    ...words(text.slice(lead.length)),
  ];
  const folded = (title, ...content) =>
    element("details", {}, element("summary", {}, title), ...content);

  // What numbers rest on, as a copy of a badge that is on the page already, since Mantine draws it.
  function badge(basis) {
    const copy = document.querySelector("#page .mantine-Badge-root").cloneNode(true);
    delete copy.dataset.rests;
    if (basis.startsWith(parley.format.BASES.assumed)) copy.dataset.rests = "assumed";
    copy.querySelector(".mantine-Badge-label").textContent = basis;
    return copy;
  }
  const card = (title, basis, ...content) =>
    element(
      "section",
      { className: "card", "aria-label": title },
      element(
        "div",
        { className: "card-head" },
        element("h3", {}, title),
        ...(basis ? [badge(basis)] : []),
      ),
      ...content,
    );

  // A list, or one paragraph where the sentences are running; of many, the later ones are folded
  // in, but not within a fold.
  function sentences({ name, sentences, leads, running }, basis, is_folded) {
    const texts = sentences.map((text, place) => with_lead(leads[place] ?? "", text));
    const list = (some) =>
      element("ul", { className: "said" }, ...some.map((text) => element("li", {}, ...text)));
    const content = running
      ? [
          element(
            "p",
            { className: "dimmed" },
            ...texts.flatMap((text) => [element("span", {}, ...text), " "]),
          ),
        ]
      : texts.length > MOST_VISIBLE && !is_folded
        ? [list(texts.slice(0, VISIBLE)), folded("More on this", list(texts.slice(VISIBLE)))]
        : [list(texts)];
    return element("div", { className: "sentences", dataset: { said: name } }, ...content);
  }

  // A table that scrolls inside its card; a sign in it is a word for screen readers.
  function table({ title, columns, align, rows, marks, heads }) {
    const words = Object.fromEntries(marks),
      style = (place) => ({ className: { l: "words", c: "upright", r: "" }[align[place]] });
    const mark = (sign) =>
      cell(
        { className: mark_class(words[sign]) },
        element("span", { "aria-hidden": true }, sign),
        element("span", { className: "heard" }, words[sign]),
      );
    const head = marks.length
      ? heads_of_matrix(heads)
      : header(
          ...columns.map((heading, place) =>
            heading ? [heading, style(place)] : cell(style(place)),
          ),
        );
    const drawn = element(
      "table",
      {},
      head,
      element(
        "tbody",
        {},
        ...rows.map(([first, ...rest]) =>
          line(
            first,
            rest.map((text, place) => (text in words ? mark(text) : cell(style(place + 1), text))),
          ),
        ),
      ),
    );
    if (marks.length)
      for (const [place, { lastChild }] of [...drawn.tBodies[0].rows].entries())
        lastChild.append(...exceptions(rows[place], heads, words));
    return element(
      "div",
      {
        className: `scrolled${marks.length ? " matrix" : ""}`,
        tabIndex: 0,
        role: "group",
        "aria-label": `Table: ${title}`,
      },
      drawn,
    );
  }
  // The heads of a matrix: what is assumed, which may be empty, above how much of it.
  function heads_of_matrix(heads) {
    const whole = (text, className) => element("th", { scope: "col", rowSpan: 2, className }, text),
      above = [],
      below = [];
    for (const [place, [what, level]] of heads.entries()) {
      const last = above[above.length - 1];
      if (!what) {
        above.push(whole(level, place ? (place === heads.length - 1 ? "words" : "extent") : ""));
        continue;
      }
      if (last.textContent === what) last.colSpan += 1;
      else above.push(element("th", { scope: "colgroup", className: "assumption" }, what));
      below.push(
        element(
          "th",
          { scope: "col", className: last.textContent === what ? "extent" : "extent begins" },
          level,
        ),
      );
    }
    return element("thead", {}, element("tr", {}, ...above), element("tr", {}, ...below));
  }

  // Where a row of a matrix says other than it mostly does, in words: for a screen too narrow for
  // the marks.
  function exceptions([, ...cells], heads, words) {
    const signs = cells.slice(0, -1),
      of = (sign) => signs.filter((each) => each === sign).length;
    const most = [...signs].sort((a, b) => of(b) - of(a))[0];
    return Object.keys(words)
      .filter((sign) => sign !== most && of(sign))
      .map((sign) => {
        const by_what = {};
        for (const [place, each] of signs.entries()) {
          const [what, level] = heads[place + 1];
          if (each === sign) (by_what[what] ??= []).push(level);
        }
        const where = Object.entries(by_what).map(([what, levels]) =>
          what ? `${what} (${levels.join("; ")})` : levels.join("; "),
        );
        return element(
          "span",
          { className: "exceptions" },
          `${sign} ${words[sign]}: ${where.join(", ")}`,
        );
      });
  }

  // A row; one without a name of its own goes on with the row above, and has no heading.
  const line = (name, cells) =>
    name ? row(name, ...cells) : element("tr", {}, cell({}), ...cells);
  const mark_class = (words) => `mark ${words.replaceAll(" ", "-")}`;
  const legend_of_marks = (marks) =>
    marks.length
      ? [
          element(
            "ul",
            { className: "marks" },
            ...marks.map(([sign, words]) =>
              element(
                "li",
                {},
                element("span", { className: mark_class(words) }, sign),
                ` ${words}`,
              ),
            ),
          ),
        ]
      : [];

  const legend = (name) =>
    element(
      "ul",
      { className: "legend" },
      ...Object.entries(LEGENDS[name]).map(([key, words]) =>
        element("li", {}, element("span", { className: `key ${key}` }), words),
      ),
    );

  // One panel of a figure with its numbers, in a card; alone, it has the figure's title, words and
  // legend. A note with a lead sums the panel up, which its heading does already where a page puts
  // what it shows there; notes for statisticians stand with the numbers.
  function panel({ name, title, lead, notes, technical, ...numbers }, figure, basis, alone) {
    const remarks = notes.slice(lead ? 1 : 0).map((note) => paragraph(note));
    return card(
      alone ? figure.title : title,
      basis,
      ...(alone ? [paragraph(figure.words), legend(figure.name)] : []),
      ...(technical ? [] : remarks),
      element(
        "div",
        { role: "img", "aria-label": `${title}: ${figure.words}; the numbers are in the table` },
        element("div", { id: name, className: `graph ${alone ? "tall" : "middle"}` }),
      ),
      folded("The numbers", table({ title, ...numbers }), ...(technical ? remarks : [])),
      ...(alone ? [paragraph(figure.source, { id: `${name}-provenance` })] : []),
    );
  }

  const panels_of = ({ numbers }) => numbers.filter(({ name }) => name);
  // The panels of a figure, and the other numbers behind it, folded in.
  function figure(block, basis) {
    const { name, title, words, source, numbers } = block,
      panels = panels_of(block);
    if (panels.length === 1) return panel(panels[0], block, basis, true);
    const rest = numbers
      .filter(({ name }) => !name)
      .map((each) =>
        element(
          "div",
          {},
          element("h4", {}, each.title),
          table(each),
          ...each.notes.map((note) => paragraph(note)),
        ),
      );
    const more = element("div", { className: "cards" }, ...rest);
    if (!panels.length) return folded(title, paragraph(words), more, paragraph(source));
    return element(
      "div",
      { className: "evidence-figure" },
      element("div", {}, element("h3", {}, title), paragraph(words)),
      legend(name),
      element("div", { className: "cards" }, ...panels.map((each) => panel(each, block, basis))),
      paragraph(source, { id: `${name}-provenance` }),
      ...(rest.length ? [folded("More numbers", more)] : []),
    );
  }

  const BLOCKS = {
    paragraph: ({ text }) => paragraph(text),
    sentences,
    table: (block, basis) =>
      card(
        block.title,
        basis,
        ...legend_of_marks(block.marks),
        table(block),
        ...block.notes.map((note) => paragraph(note)),
      ),
    figure,
    section: (block) =>
      block.folded
        ? folded(block.title, ...inside(block))
        : card(block.title, block.basis, ...inside(block)),
  };
  const inside = ({ blocks, folded }) =>
    blocks.map((block) => BLOCKS[block.kind](block, "", folded));
  const is_card = (block) =>
    block.kind === "table" ||
    (block.kind === "section" && !block.folded) ||
    (block.kind === "figure" && panels_of(block).length === 1);

  // A section without its title: text, and cards side by side; running text belongs to the card
  // before it.
  function section({ blocks, basis }) {
    const content = [];
    for (const block of blocks) {
      const drawn = BLOCKS[block.kind](block, basis),
        last = content[content.length - 1];
      if (block.running && last?.className === "cards") last.lastChild.append(drawn);
      else if (!is_card(block)) content.push(drawn);
      else if (last?.className === "cards") last.append(drawn);
      else content.push(element("div", { className: "cards" }, drawn));
    }
    return content;
  }

  parley.blocks = { section, block: (block) => BLOCKS[block.kind](block, block.basis), legend };
})();
