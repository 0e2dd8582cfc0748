// What came of talks in all their worlds, on the page Negotiate: an answer of the server in,
// elements out. The words of the answer are the server's; what a visitor has changed is told here.
(() => {
  const { at, set, element, fill, cell, row, table, on_click } = parley.dom,
    {
      capital,
      count,
      difference,
      listing,
      mean,
      of_worlds,
      percent,
      percent_interval,
      spaced,
      worlds,
      possessive,
    } = parley.format;
  const MOST_SIDE = 4,
    // of seats that gain most, and least; points are hundredths of all that a seat wants
    TO_POINTS = 100;

  // The rule as the page offers it: two thirds are a majority with a quota.
  const two_thirds = () => Number(at("negotiate").dataset.twoThirds);
  const rule_of = ({ rule, quota_number }) =>
    rule === "majority" &&
    Math.abs(quota_number - two_thirds()) < Number(at("negotiate").dataset.tolerance)
      ? "two thirds"
      : rule;

  const is_phone = () => matchMedia("(max-width: 40rem)").matches; // as the style sheet has it

  // Whether every vote counts alike, so that weight is beside the point.
  const votes_alike = ({ told: { majority }, settings }) => majority > 0 && !settings.quota_weight;

  // The headline; a chair with a text in hand is told of the talks as they stand.
  function outcome(record, is_chair) {
    const { told, other_rules, still_no_text: still } = record,
      headline = still?.headline ?? told.headline;
    set("negotiate-answer", is_chair ? `As the talks stand, ${told.outcome}.` : headline);
    line(headline, still?.short ?? in_short(record), other_rules);
  }

  // The result beside what changes it: in sight at the foot of the screen, as the answer is far
  // above. A phone has room for the *short* form of the headline alone.
  const line = (headline, short = headline, more = "") =>
    fill("negotiate-now", [
      element("strong", { className: "in-full" }, headline),
      element("strong", { className: "in-short" }, short),
      ...(more ? [element("span", {}, more)] : []),
    ]);
  const in_short = ({ settings, adopted, replicates }) =>
    `${capital(spaced(rule_of(settings)))}: text in ${adopted}\u00a0of\u00a0${replicates}`;

  // While the seats negotiate anew, under which rule.
  function again(settings) {
    const rule = rule_of(settings);
    const words = `Negotiating again under ${rule === "majority" ? "a majority" : spaced(rule)} …`;
    set("negotiate-answer", words);
    line(words);
  }

  function show(record, is_chair) {
    const { title, replicates, seed, version, told, adopted } = record;
    outcome(record, is_chair);
    const [subject, ...parts] = told.parts;
    fill(
      "negotiate-parts",
      parts.map(({ lead, words }) =>
        element("div", {}, element("dt", {}, lead), element("dd", {}, words)),
      ),
    );
    const beside = record.rescues.length
      ? rescues(record)
      : 2 * adopted > replicates
        ? gains(record)
        : [];
    fill("negotiate-next", beside);
    at("negotiate-next").hidden = beside.length === 0;
    fill(
      "negotiate-room",
      told.room.paragraphs.map((words) => element("p", {}, words)),
    );
    set("negotiate-room-title", told.room.finding);
    moved(record);
    happened(record.record, subject);
    set("negotiate-provenance", `Seed ${seed}, Parley ${version}`);
    set(
      "negotiate-all-provenance",
      `${title}; ${replicates} simulated worlds, seed ${seed}, Parley ${version}`,
    );
    seats(record);
    provisions(record);
  }

  // What is negotiated; the public record, which no simulation changes, and of talks as they ship
  // the model beside it.
  function happened({ happened, sources, beside }, { lead, words }) {
    set("negotiate-record-title", `: ${happened.split(/(?<=\.) /)[0]}`);
    fill("negotiate-subject", [element("strong", {}, `${lead}: `), words]);
    fill("negotiate-happened", [
      element("strong", {}, "What really happened: "),
      happened,
      ...(sources ? [element("span", { className: "dimmed" }, ` (${sources})`)] : []),
    ]);
    fill("negotiate-beside", beside ? [element("strong", {}, "In the model: "), beside] : []);
    at("negotiate-beside").hidden = !beside;
  }

  // where a row is a card, its headings are in its words
  const on_phone = (words) => element("span", { className: "on-phone" }, words);

  // Of talks that fail: what would have saved them, each a button that shows it, with the worlds
  // that then have a text. The bar is how much of the text is left, as a text in all worlds may say
  // next to nothing; it is pale where few worlds have one.
  function rescues({ rescues: rows, rescues_in_short: finding, of_rescues: notes, replicates }) {
    const bar = (share) =>
      element(
        "span",
        { className: "share-bar", "aria-hidden": "true" },
        element("span", { style: { width: `${100 * share}%` } }),
      );
    const aside = (words) =>
      words ? [element("span", { className: "because dimmed" }, words)] : [];
    const left = ({ kept, is_nearly_empty }) =>
      kept === null
        ? ["–"]
        : [
            on_phone("keeps "),
            bar(kept),
            element("strong", { className: "kept-share" }, percent(kept)),
            ...aside(is_nearly_empty ? "nearly empty" : ""),
          ];
    return [
      element("h3", {}, finding),
      table(
        [
          element(
            "span",
            {},
            "One change",
            element("span", { className: "on-screen" }, ": press it to see what follows"),
          ),
          `A text in, of ${worlds(replicates)}`,
          "How much it keeps of what was tabled",
        ],
        rows.map((one) =>
          row(
            [
              element(
                "button",
                { type: "button", className: "reset", dataset: { rescue: one.query } },
                one.words,
              ),
              ...aside(one.because || one.supposes),
            ],
            cell(
              {},
              element("strong", {}, count(one.adopted)),
              on_phone(` of ${worlds(replicates)}`),
            ),
            cell({ className: one.gives_text ? "" : "is-rare" }, ...left(one)),
          ),
        ),
        { className: "of-rescues" },
      ),
      element(
        "details",
        {},
        element(
          "summary",
          {},
          notes.length > 1 ? "What is counted, and why these help" : "What is counted",
        ),
        ...notes.map((words) => element("p", {}, words)),
      ),
    ];
  }

  // Of talks that succeed: who gains most and who least, or loses, from zero to either side.
  function gains(record) {
    const { seats, payment, replicates, settings, of_weight } = record,
      weighs = !votes_alike(record);
    const order = seats
        .filter(({ vote }) => vote)
        .map(({ name, weight, gain_of_text: gain }) => ({ name, weight, gain }))
        .sort((a, b) => b.gain - a.gain),
      few = order.length <= 2 * MOST_SIDE;
    const rows = few ? order : [...order.slice(0, MOST_SIDE), null, ...order.slice(-MOST_SIDE)],
      between = order.length - 2 * MOST_SIDE;
    const all = order.map(({ gain }) => gain),
      low = Math.min(0, ...all),
      wide = Math.max(0, ...all) - low || 1,
      share = (size) => (100 * size) / wide;
    const bar = (gain) =>
      element(
        "span",
        { className: `gain-bar${gain < 0 ? " is-loss" : ""}`, "aria-hidden": "true" },
        element("span", {
          style: { left: `${share(Math.min(0, gain) - low)}%`, width: `${share(Math.abs(gain))}%` },
        }),
        element("span", { className: "zero", style: { left: `${share(-low)}%` } }),
      );
    const found =
      `${order[0].name} gains most by the text, ${order[order.length - 1].name} ` +
      `${low < 0 ? "loses most" : "least"}`;
    return [
      element("h3", {}, payment ? `Before payment, ${found}` : found),
      table(
        [
          "Seat",
          ...(weighs ? ["Weight"] : []),
          cell({ className: "gain-cell" }),
          payment ? "Points better off, before payment" : "Points better off",
        ],
        rows.map((one) =>
          one
            ? row(
                one.name,
                ...(weighs ? [percent(one.weight, 1)] : []),
                cell({ className: "gain-cell" }, bar(one.gain)),
                difference(TO_POINTS * one.gain),
              )
            : element(
                "tr",
                {},
                element(
                  "td",
                  { colSpan: weighs ? 4 : 3, className: "between dimmed" },
                  `${between} more in between`,
                ),
              ),
        ),
        { className: `of-gains${weighs ? " with-weight" : ""}` },
      ),
      ...(payment ? [element("p", {}, handed_over(payment, replicates, settings))] : []),
      element(
        "p",
        { className: "dimmed" },
        "Beside having no text, the mean of the worlds with one. A point is a " +
          "hundredth of all that a seat wants.",
      ),
      element("p", { className: "dimmed" }, of_weight),
    ];
  }

  // What those who gain have to hand over, so that no seat loses: in sum, as the model does not say
  // who of them pays.
  function handed_over(
    { worlds, lost, handed, gained },
    replicates,
    { transfer_efficiency: share },
  ) {
    const points = (amount) => mean(TO_POINTS * amount),
      arrives = share < 1 ? `, as ${percent(share)} arrives` : "";
    return (
      "The losers accept as they are paid, in " +
      `${of_worlds(worlds / replicates, replicates)}: together they lose ${points(lost)} ` +
      `points on average, so the others hand over ${points(handed)}${arrives}, of the ` +
      `${points(gained)} that they gain. Who of them pays is left open.`
    );
  }

  // What differs from the talks as they ship, and what that costs.
  function moved(record) {
    const changed = changes(record),
      least = record.seats
        .filter(({ vote }) => vote)
        .reduce((a, b) => (b.gain_of_text < a.gain_of_text ? b : a));
    at("negotiate-moved").hidden = changed.length + record.without.length === 0;
    const is_other_text = Object.keys(record.settings).some(
      (name) => name.startsWith("tabled_") && record.settings[name] !== record.original[name],
    );
    const kept =
      record.kept === null
        ? ""
        : ` What is adopted keeps ${percent(record.kept)} of what was tabled at ` +
          `first${is_other_text ? `, ${percent(record.kept_of_tabled)} of what is tabled now` : ""}; ` +
          `${least.gain_of_text < 0 ? "worst off is" : "least to gain has"} ` +
          `${least.name}.`;
    const without = record.everybody
      .filter(({ value }) => record.without.includes(value))
      .map(({ label }) => label);
    const empty =
      without.length > 1
        ? [`You left the seats of ${listing(without)} empty.`]
        : without.length
          ? [`You left ${possessive(without[0])} seat empty.`]
          : [];
    set(
      "negotiate-cost",
      [
        ...empty,
        ...(changed.length ? [`You changed: ${changed.join("; ")}.`] : []),
        ...(record.still_no_text ? [] : [record.before_and_now]),
      ]
        .filter(Boolean)
        .join(" ") + kept,
    );
    set("negotiate-other-rules", record.other_rules);
    set("negotiate-levers-title", `Change the talks: ${standing(record)}`);
  }

  // The seats that a majority takes, in brackets; empty where none decides.
  const of_majority = ({ told: { majority }, seats }) =>
    majority ? ` (${majority} of ${seats.filter(({ vote }) => vote).length})` : "";

  // How the talks stand, in a few words.
  function standing({ settings, seats, told }) {
    const votes = seats.filter(({ vote }) => vote).length,
      offers = settings.transfer_efficiency > 0 ? "with side offers" : "",
      trades = settings.trades ? "with trades" : "";
    return [
      `${votes} seats`,
      `by ${rule_of(settings)}${of_majority({ told, seats })}`,
      offers,
      trades,
    ]
      .filter(Boolean)
      .join(", ");
  }

  // What differs but for seats that are empty.
  function changes({ settings, original }) {
    const words = [],
      rule = rule_of(settings),
      differs = Object.keys(settings).filter((name) => settings[name] !== original[name]);
    const tabled = differs.filter((name) => name.startsWith("tabled_")).length;
    if (tabled)
      words.push(
        `another text is tabled, on ${tabled} ${tabled === 1 ? "provision" : "provisions"}`,
      );
    if (settings.rule !== original.rule || differs.includes("quota_number"))
      words.push(`the rule, now ${rule === "majority" ? "a majority" : spaced(rule)}`);
    if (settings.trades !== original.trades)
      words.push(settings.trades ? "with package trades" : "without package trades");
    if (differs.includes("transfer_efficiency"))
      words.push(`side offers, of which ${percent(settings.transfer_efficiency)} arrives`);
    const said = (name) =>
      /^tabled_/.test(name) ||
      ["rule", "quota_number", "amendments", "trades", "transfer_efficiency"].includes(name);
    for (const name of differs.filter((name) => !said(name)))
      words.push(`${spaced(name)} ${settings[name]}`);
    return words;
  }

  // Tables of all worlds

  function seats({ seats: all, unwilling, replicates, adopted, of_weight }) {
    set("negotiate-of-weight", of_weight);
    const order = [...all].sort((a, b) => b.blocks - a.blocks || a.gain - b.gain),
      bought = new Map(unwilling.map(({ who, paid }) => [who, paid])),
      is_any = [...bought.values()].some(Boolean);
    const often = order.filter(({ blocks }) => blocks > 0.5).length,
      failures = replicates - adopted,
      votes = order.filter(({ vote }) => vote),
      losers = votes.filter(({ gain_of_text: gain }) => gain < 0).length,
      refusing = votes.reduce((sum, { blocks }) => sum + blocks, 0);
    set(
      "negotiate-all-title",
      failures === 0
        ? "Over all worlds: no seat blocks, " +
            `${losers ? `${losers} of ${votes.length} lose by the text` : `${votes[0].name} has least to gain`}`
        : `Over all worlds: ${often} of ${votes.length} seats refuse in most failed ` +
            `talks (on average ${count(refusing)} refuse)`,
    );
    // Where no talks fail nobody blocks, and what is left to tell is how each seat fares.
    const fares =
      failures === 0
        ? [`Points better off than without a text${is_any ? ", before payment" : ""}`]
        : ["Blocks, of failures", "goes too far", "goes not far enough", "Over"];
    const faring = (one) =>
      failures === 0
        ? [difference(TO_POINTS * one.gain_of_text)]
        : [percent(one.blocks), percent(one.too_far), percent(one.too_little), one.over ?? "–"];
    fill("negotiate-all", [
      table(
        [
          "Seat",
          "Weight",
          "Accepts the final text",
          ...(is_any ? ["Accepts it for payment alone"] : []),
          ...fares,
        ],
        order.map((one) =>
          row(
            one.name,
            percent(one.weight, 1),
            percent(one.accepts),
            ...(is_any ? [percent(bought.get(one.who) ?? 0)] : []),
            ...faring(one),
          ),
        ),
      ),
    ]);
  }

  // How far each provision goes, from the rules in force to what was tabled at first: the scale of
  // the text on show.
  function provisions({ provisions: all, adopted, replicates }) {
    // what no failure tells is left out
    const divides = (words) => (adopted < replicates ? [words] : []);
    const final = adopted ? "Text adopted, mean" : "Text that comes nearest, mean",
      share = ({ low, first }, value) => (value - low) / (first - low);
    const on_scale = (one, value) => (one.first > one.low ? percent(share(one, value)) : "–");
    fill("negotiate-provisions", [
      table(
        [
          "Provision, from 0\u00a0% as in force to 100\u00a0% as tabled at first",
          "Tabled",
          final,
          "In nine worlds of ten",
          ...divides("Divides most, of failures"),
        ],
        all.map((one) =>
          row(
            one.provision,
            on_scale(one, one.high),
            on_scale(one, one.text_mean),
            one.first > one.low
              ? percent_interval(share(one, one.text_low), share(one, one.text_high))
              : "–",
            ...divides(percent(one.blocks)),
          ),
        ),
      ),
    ]);
  }

  on_click("#negotiate-see", () => at("negotiate-answer").focus());
  on_click("#negotiate-change", () => {
    const fold = at("negotiate-levers-fold");
    fold.open = true;
    fold.scrollIntoView({
      block: "start",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    fold.querySelector("summary").focus({ preventScroll: true });
  });

  parley.negotiation_answer = { two_thirds, again, is_phone, outcome, rule_of, show, votes_alike };
})();
