// Conduct, as ranges over assumptions: the table of the pages Compare and Code designer, and the
// headline of Simulate. The headline's range costs far more than a record, so it is simulated when
// the view has rested, or at once where its assumptions are open; until then the old one is marked
// as old.
(() => {
  const { at, set, element, header, row, table, fill, address, latest, on, dispatch } = parley.dom,
    {
      TO,
      capital,
      change_interval,
      extent,
      in_few_digits,
      interval,
      is_clear,
      is_percentage,
      setting,
    } = parley.format;
  const FIRST = 1500,
    REST = 6000,
    AGAIN = 3000; // milliseconds
  const MOST = 5; // assumptions told first
  const question = latest();
  let conduct = null,
    timer = null;

  // What is told first of conduct, of all together, in plain words; the rest is a fold below.
  const MAIN = {
    harm_prevented: ["Harm prevented", "% of the harm without the code"],
    compliance: ["Promises kept", "share of signatories with means, over twelve months"],
    operations: ["Operations", "over the whole run"],
    lapses: ["Practices neglected", "months of neglect, over the whole run"],
    strikes: ["Strikes in retaliation", "over the whole run"],
  };

  // Nobody has measured conduct, so of what is counted in hundreds two digits are told, and no part
  // of a strike or a month.
  const IN_PARTS = /^($|%|share|mean|index)/;
  function told(low, high, unit, signs) {
    const ends = [low, high].map(in_few_digits);
    if (IN_PARTS.test(unit)) return extent(...ends, unit, signs);
    return signs ? change_interval(...ends) : interval(...ends);
  }

  // Whether a change is withheld, of what itself is told.
  const WITHHELD = "A dash stands where the change would be the conduct of one or two.";
  function is_withheld({ rows, levels = 0 }) {
    const is_told = ([low]) => low !== null;
    return rows.some(
      ({ ranges: [level, ...others] }) =>
        levels > 0 && is_told(level) && !others.slice(levels - 1).every(is_told),
    );
  }

  // Ranges under *labels*, the main ones and then all by group; the first *levels* of each row are
  // levels, the others differences.
  function ranges(content) {
    const of_all = (name) =>
      content.rows.find(({ outcome, group }) => outcome === name && group === "all");
    const main = Object.entries(MAIN)
      .filter(([name]) => of_all(name))
      .map(([name, [label, measured]]) => ({ ...of_all(name), label, measured }));
    return element(
      "div",
      {},
      by_group({ ...content, rows: main, heading: "All together" }),
      is_withheld(content) ? element("p", { className: "dimmed" }, WITHHELD) : "",
      element(
        "details",
        { className: "by-group" },
        element("summary", {}, "Every outcome, by group"),
        by_group({ ...content, heading: "By group" }),
      ),
    );
  }

  function by_group({ labels, rows, levels = 0, heading }) {
    const range = ([low, high], unit, k) => {
      const words = told(low, high, unit, k >= levels);
      return k >= levels && low !== null && is_clear(low, high)
        ? element("strong", {}, words)
        : words;
    };
    const bodies = [];
    for (const [place, { label, group, unit, measured = unit, ranges }] of rows.entries()) {
      const cells = ranges.map((ends, k) =>
          element("td", { dataset: { of: labels[k] } }, range(ends, unit, k)),
        ),
        starts = rows[place - 1]?.label !== label;
      const title = element(
        "div",
        {},
        label,
        element("span", { className: "dimmed" }, ` (${measured})`),
      );
      if (starts && group === "all")
        bodies.push(element("tbody", { className: "alone" }, row(title, ...cells)));
      else {
        if (starts)
          bodies.push(
            element(
              "tbody",
              {},
              element(
                "tr",
                {},
                element("th", { colSpan: labels.length + 1, scope: "rowgroup" }, title),
              ),
            ),
          );
        bodies[bodies.length - 1].append(row(group, ...cells));
      }
    }
    return element("table", { className: "ranges" }, header(heading, ...labels), ...bodies);
  }

  // What each number of a range is.
  const sets = (points) => `${points} sets of assumptions, each in a world of its own luck`;
  const provenance = ({ points, worlds, seed, version }) =>
    `${sets(points ?? worlds)}; seed ${seed}, Parley ${version}`;

  function ask_after(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  async function ask() {
    if (!at("conduct-card") || !parley.record) return;
    const { query } = parley.record;
    if (conduct?.query === query) return at("conduct-card").classList.remove("is-old");
    set("harm-unit", "is being simulated …");
    try {
      const content = await question.ask(address("data/conduct", query));
      if (!content || query !== parley.record?.query) return;
      if (content.message) {
        set("harm-unit", content.message);
        return ask_after(AGAIN);
      } // the server is busy
      conduct = content;
      show();
    } catch (problem) {
      set("harm-unit", problem.message);
      dispatch("parley:conduct", { query }); // so that nobody waits for more of it
    }
  }

  const range = ({ low, high, unit = "" }) => told(low, high, unit);

  function show() {
    const { headline, withheld, assumptions, rows, points, seed } = conduct,
      card = at("conduct-card");
    card.classList.remove("is-old");
    card.classList.toggle("is-withheld", !headline);
    at("conduct-more").hidden = !assumptions.length && !rows.length;
    set("harm", headline ? `${range(headline)}\u00a0%` : "not told");
    set(
      "harm-unit",
      headline
        ? "of the harm in the same world without the code, over the whole run: a range " +
            "over assumptions"
        : withheld,
    );
    const one = ({ label, low, high, unit, meaning, source, more }) =>
      element(
        "li",
        {},
        element("strong", {}, label),
        ` ${interval(low, high, setting, TO)}${low === high ? ", as set" : ""}`,
        ` (${unit}): ${meaning}. `,
        more === null
          ? ""
          : element(
              "em",
              {},
              more
                ? "The more, the more harm is prevented. "
                : "The more, the less harm is prevented. ",
            ),
        element("span", {}, `${capital(source)}.`),
      );
    const clear = assumptions.filter(({ more }) => more !== null).slice(0, MOST),
      others = assumptions.filter((each) => !clear.includes(each));
    const varied = assumptions.filter(({ low, high }) => low !== high).length;
    fill("assumptions-lead", [
      `Nobody has measured conduct, so ${varied} assumptions vary at once, each over ` +
        "what is plausible.",
      element(
        "span",
        { className: "which" },
        clear.length ? " The harm prevented depends most on:" : "",
      ),
    ]);
    fill("assumptions", clear.map(one));
    set(
      "assumptions-others-title",
      clear.length ? `The other ${others.length} assumptions` : `All ${others.length} assumptions`,
    );
    fill("assumptions-others", others.map(one));
    at("assumptions-others-card").hidden = !others.length;
    const cells = ({ label, group, unit, ...ends }) =>
      row(
        label + (group === "all" ? "" : `: ${group}`),
        range({ ...ends, unit }) + (is_percentage(unit) ? "\u00a0%" : ""),
      );
    fill(
      "conduct-rows",
      rows.length ? [table(["outcome (simulated)", "range"], rows.map(cells))] : [],
    );
    dispatch("parley:conduct", conduct);
    set("conduct-provenance", headline ? `Ranges hold 90 % of ${sets(points)}; seed ${seed}.` : "");
  }

  on("parley:record", (record) => {
    if (!at("conduct-card")) return;
    question.cancel();
    if (conduct?.query === record.query) {
      clearTimeout(timer);
      return show();
    }
    at("conduct-card").classList.add("is-old");
    if (conduct) set("harm-unit", "before the last change; being simulated anew …");
    ask_after(at("conduct-more").open || !conduct ? FIRST : REST);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      if (
        event.target.id === "conduct-more" &&
        event.target.open &&
        parley.record &&
        conduct?.query !== parley.record.query
      )
        ask_after(0);
    },
    { capture: true },
  );

  parley.conduct = { ranges, provenance };
})();
