// The tables of the page Compare: how many there are in each view and what differs, and whom each
// view moves.
(() => {
  const { at, element, row, table, wide_table } = parley.dom,
    { KIND, KINDS, capital, change_range, count, level, listing, percent, range_in_words, small } =
      parley.format,
    { in_sentence, words_of } = parley.pairs;
  const {
    letter,
    row_of,
    change_of,
    is_far,
    is_open,
    last_day,
    range,
    told,
    strong,
    ranged,
    agreed,
    NINETY,
    SIGNS,
  } = parley.comparing;
  const POWER = "power_share";
  const MOST_ROWS = 5; // of a list of those who move, before a fold
  const FEW = 3; // that a fold names
  const TENTH = percent(0.1);
  // How far luck may carry a share of so many worlds, in points, in 90 % of cases and where it is
  // widest: at one half.
  const NORMAL = 1.645,
    HALF = 0.5;
  const off_by_luck = (worlds) =>
    `${count(Math.ceil((100 * NORMAL * HALF) / Math.sqrt(worlds)))}\u00a0points`;

  // What differs from the view beside, and how many there are in that one: of all kinds for one
  // other view; of the kind *shown* for several, where each has its own level. Far outside the
  // data, the ends that other fits give come first, and what the best fit gives stands pale.
  function glance(comparison, shown) {
    const { views, pairs, worlds } = comparison,
      { beside, view_of, closed_in, wide_of, wide_row, is_told_wide, held } =
        parley.comparing.of(comparison);
    const level_in = (view, kind) =>
      is_open(view, kind) ? count(view.listed[kind].median[view.dates.length - 1]) : "–";
    // of several views, where a phone has no room for that heading
    const of_beside = { dataset: { of: `Beside ${beside.letter}` } };
    const change = (pair, kind) => {
      const own = pair.supposed[kind],
        all = row_of(pair, kind),
        now = told(all),
        closed = closed_in(pair, kind);
      if (closed.length) return element("td", {}, `may not sign in ${listing(closed)}`);
      if (is_told_wide(pair)) {
        const wide = wide_of(pair),
          others = own && wide ? `; others: ${with_ends(change_of(wide, kind))}` : "";
        return element(
          "td",
          of_beside,
          element("strong", {}, wide ? with_ends(wide_row(pair, all.key)) : "…"),
          element(
            "span",
            { className: "dimmed" },
            `${own ? `with those ${own.words}${others}; ` : ""}best fit: ${ranged(now)}`,
          ),
        );
      }
      const sure = agreed(own ? pair.agreement[kind] : all, worlds);
      return element(
        "td",
        of_beside,
        strong(now),
        now.ends && ` (${now.ends})`,
        element(
          "span",
          { className: "dimmed" },
          own
            ? `with those ${own.words}; ` +
                `${follow_none(pair, kind, worlds) ?? `others: ${ranged(told(change_of(pair, kind)))}, ${sure}`}`
            : sure,
        ),
      );
    };
    const [only] = pairs;
    const [labels, rows] =
      pairs.length === 1
        ? [
            [
              "Median",
              letter(beside),
              element(
                "span",
                {},
                letter(view_of(only)),
                " beside ",
                letter(beside),
                is_told_wide(only) ? ", with other fits" : ` (${held()})`,
              ),
            ],
            Object.keys(KINDS).map((kind) =>
              row(KINDS[kind], level_in(beside, kind), change(only, kind)),
            ),
          ]
        : [
            [
              `${KINDS[shown]} on the list`,
              "median",
              element(
                "span",
                {},
                "beside ",
                letter(beside),
                pairs.some(is_told_wide) ? "" : ` (${held()})`,
              ),
            ],
            views.map((view) => {
              const pair = pairs.find((each) => view_of(each) === view);
              return row(
                [letter(view), ` ${capital(view.label)}`],
                level_in(view, shown),
                pair ? change(pair, shown) : "",
              );
            }),
          ];
    return table(labels, rows);
  }

  // In how many pairs nobody of a *kind* follows those supposed to sign, where in most nobody does
  // and in none fewer sign; else null.
  function follow_none({ supposed, agreement }, kind, worlds) {
    const { pairs_more: more, pairs_fewer: fewer } = agreement[kind],
      none = worlds - more;
    if (supposed[kind].choice !== SIGNS || fewer || none <= more) return null;
    return (
      `no other ${KIND[kind]} follows in ${more ? `${count(none)} of` : "all"} ` +
      `${count(worlds)} pairs${more ? `, one or more in ${count(more)}` : ""}`
    );
  }

  // The ends of a change, from none where they begin there.
  const with_ends = ({ low_90, high_90 }, unit = "") =>
    range_in_words(change_range(low_90, high_90, unit), { from_none: true });

  // What material power counts, as each card has it under the table that names it.
  const of_power = () => at("power-counts").firstElementChild.cloneNode(true);

  // A card of each view that moves somebody far, or has somebody whose choice is supposed; those
  // that move nobody share one.
  function cards(comparison) {
    const { pairs } = comparison,
      still = pairs.filter(
        (pair) => !is_far(pair) && !moved_far(pair) && !pair.chosen.length && !pair.convenor,
      );
    return [
      ...pairs.filter((pair) => !still.includes(pair)).map((pair) => card(comparison, pair)),
      ...(still.length ? [card_of_still(comparison, still)] : []),
    ];
  }
  const moved_far = ({ moved }) => moved.up + moved.down;

  const in_view = (view, beside) => ({
    "aria-label": `${view.letter} compared with ${beside.letter}`,
  });

  // Views that move nobody in a line, and a fold of each with what little differs.
  function card_of_still(comparison, pairs) {
    const { view_of, beside, whom } = parley.comparing.of(comparison),
      said = new Set(pairs.map(whom)),
      letters = pairs.map((pair) => view_of(pair).letter);
    const [words] = said.size === 1 ? said : ["No named state, firm or NGO moves far"];
    return element(
      "section",
      { className: "card pair-card of-still", "aria-label": "Views that move nobody far" },
      element(
        "h2",
        {},
        comparison.pairs.length > 1 ? `${listing(letters)}: ${in_sentence(words)}` : words,
      ),
      ...pairs.map((pair) =>
        element(
          "section",
          in_view(view_of(pair), beside),
          fold_of_measures(comparison, pair, [
            ...[note(comparison, pair)].filter(Boolean),
            ...moved_little(comparison, pair),
            power(comparison, pair),
            of_power(),
          ]),
        ),
      ),
    );
  }

  // Of whom the shares of worlds are, and how far luck may carry them.
  function note(comparison, pair) {
    const { pairs, worlds } = comparison,
      of = parley.comparing.of(comparison),
      { beside } = of,
      view = of.view_of(pair),
      closed = closed_kinds(comparison, pair);
    const [first, second] = [beside, view].map(last_day),
      when =
        first === second
          ? `by ${first}`
          : `by the end of each, ${beside.letter} on ${first} and ${view.letter} on ${second}`;
    const who = moved_far(pair)
      ? `those who move by ${TENTH} of worlds or more`
      : `those who move most, none of them by ${TENTH} of worlds`;
    const left_out = closed.length
      ? ` ${capital(listing(closed.map((kind) => words_of(kind))))} may not sign in ` +
        `${listing([...new Set(closed.flatMap((kind) => of.closed_in(pair, kind)))])}, ` +
        "so they are left out."
      : "";
    const by_luck = is_far(pair)
      ? " By the best fit alone: with other fits many of them sign far more or far less often."
      : ` By luck, a share of so few worlds may be up to ${off_by_luck(worlds)} off (${NINETY}).`;
    const shares =
      pair.up.length + pair.down.length
        ? `${pairs.length > 1 ? `${view.letter}, ${view.label}: share` : "Share"} of ` +
          `${worlds} worlds in which each has signed ${when}; ${who}.${by_luck}`
        : "";
    const words = `${shares}${left_out}`.trim();
    return words ? element("p", { className: "dimmed" }, words) : null;
  }
  const closed_kinds = (comparison, pair) =>
    Object.keys(KINDS).filter(
      (kind) => parley.comparing.of(comparison).closed_in(pair, kind).length,
    );

  // Whom a view moves; and how many there are in the one beside, and what differs pair by pair.
  function card(comparison, pair) {
    const of = parley.comparing.of(comparison),
      { beside } = of,
      view = of.view_of(pair),
      about = note(comparison, pair);
    return element(
      "section",
      { className: `card pair-card${is_far(pair) ? " is-far" : ""}`, ...in_view(view, beside) },
      element("h2", {}, of.whom(pair)),
      ...(about ? [about] : []),
      ...(moved_far(pair) ? moved_both(comparison, pair) : moved_little(comparison, pair)),
      ...chosen(pair),
      ...(pair.convenor && !pair.chosen.some(({ id }) => id === pair.convenor.id)
        ? [
            element(
              "p",
              { className: "chosen" },
              `The convenor leaves its own code: ${from_to(pair.convenor)}.`,
            ),
          ]
        : []),
      power(comparison, pair),
      of_power(),
      fold_of_measures(comparison, pair),
    );
  }

  // Every measure of a view in a fold, after *more*. The median of the view itself is left out:
  // less the other it is not the median of the differences.
  function fold_of_measures(comparison, pair, more = []) {
    const { beside, view_of } = parley.comparing.of(comparison),
      view = view_of(pair),
      { differences } = pair,
      closed = closed_kinds(comparison, pair);
    const all = without_repeats(differences, closed).map((each) => ({
        ...each,
        ...told(each, each.unit),
      })),
      alike = all.filter(({ is_same }) => is_same);
    const rows = all
      .filter(({ is_same }) => !is_same)
      .map((each) => {
        const { key, label, unit, first_median, ends } = each,
          shut = closed.find((kind) => key === `signatories-${kind}`);
        return row(
          label,
          shut && !is_open(beside, shut) ? "–" : level(first_median, unit),
          element(
            "span",
            {},
            shut ? element("strong", {}, `${words_of(shut)} may not sign`) : strong(each),
            ...(shut ? [] : [ends && ` (${ends})`]),
          ),
        );
      });
    return element(
      "details",
      { className: "moved-rest every-measure" },
      element(
        "summary",
        {},
        more.length
          ? `Who moves most, and every measure, ${view.letter} beside ${beside.letter}`
          : `Every measure, ${view.letter} beside ` +
              `${beside.letter}${is_far(pair) ? ", by the best fit" : ""}`,
      ),
      ...more,
      ...(rows.length
        ? [
            wide_table(
              `Differences, ${view.letter} compared with ${beside.letter}`,
              table(
                [
                  "At the end, median of worlds",
                  letter(beside),
                  element(
                    "span",
                    {},
                    letter(view),
                    ` compared with ${beside.letter}, pair by pair (${NINETY})`,
                  ),
                ],
                rows,
                { className: "differences" },
              ),
            ),
          ]
        : []),
      ...(alike.length
        ? [
            element(
              "p",
              { className: "dimmed alike" },
              "Alike in nearly every pair: " +
                `${listing(alike.map(({ label, unit, first_median }) => `${in_sentence(label)} (${level(first_median, unit)})`))}.`,
            ),
          ]
        : []),
    );
  }

  // The share of material power that signatories hold, which the finding does not tell, in a line.
  function power(comparison, pair) {
    const { beside, is_told_wide, wide_row } = parley.comparing.of(comparison),
      row = pair.differences.find(({ key }) => key === POWER),
      { label, unit, first_median } = row,
      best = told(row, unit),
      wide = wide_row(pair, POWER);
    const [change, more] = is_told_wide(pair)
      ? [
          { words: wide ? with_ends(wide, unit) : "…" },
          ` with other fits (best fit: ${ranged(best)})`,
        ]
      : [best, range(best.ends)];
    return element(
      "p",
      { className: "power", dataset: { of: pair.letter } },
      `${label}: ${level(first_median, unit)} in ${beside.letter}, `,
      strong(change),
      `${more} in ${pair.letter}.`,
    );
  }

  // The differences in a row each: where the public list is as long as those that have signed are
  // many, that is one, and so is a kind that is *closed*.
  function without_repeats(all, closed) {
    const differences = all.filter(
      ({ key }) => !closed.some((kind) => [`listed-${kind}`, `not_taken_up-${kind}`].includes(key)),
    );
    const is_alike = (a, b) =>
      ["first_median", "second_median", "low_90", "high_90"].every((end) => a[end] === b[end]);
    const listed = ({ key }) =>
      differences.find((each) => each.key === key.replace("signatories-", "listed-"));
    const repeats = new Set(
      differences
        .filter((each) => listed(each) && listed(each) !== each && is_alike(each, listed(each)))
        .map(listed),
    );
    return differences
      .filter((each) => !repeats.has(each))
      .map((each) =>
        repeats.has(listed(each)) ? { ...each, label: `${each.label}, all on the list` } : each,
      );
  }

  // Those who move, both ways beside each other; where all move one way, they have the whole width.
  // More than a few of a list wait in a fold: on a phone lists stand below each other, so there is
  // one.
  function moved_both(comparison, pair) {
    const { up, down } = pair,
      { view_of, beside } = parley.comparing.of(comparison),
      view = view_of(pair);
    const ways = [
      ["More often", up],
      ["Less often", down],
    ].filter(([, people]) => people.length);
    const halves = ([title, people]) => {
      const half = Math.ceil(people.length / 2);
      return [
        [title, people.slice(0, half)],
        [title, people.slice(half)],
      ].filter(([, part]) => part.length);
    };
    const is_narrow = matchMedia("(max-width: 40rem)").matches;
    const side_by_side = (some) =>
      element(
        "div",
        { className: "moved-both" },
        ...(some.length === 1 && !is_narrow ? halves(some[0]) : some).map(([title, people]) =>
          movers(title, people, beside, view),
        ),
      );
    const first = is_narrow || ways.length > 1 ? MOST_ROWS : 2 * MOST_ROWS;
    const rest = ways
      .map(([title, people]) => [title, people.slice(first)])
      .filter(([, people]) => people.length);
    return [
      side_by_side(ways.map(([title, people]) => [title, people.slice(0, first)])),
      ...(rest.length
        ? [
            element(
              "details",
              { className: "moved-rest" },
              element("summary", {}, rest_of(rest)),
              side_by_side(rest),
            ),
          ]
        : []),
    ];
  }

  // What a fold of those who move shows: whom, where they are few.
  function rest_of(rest) {
    const [[title, people], ...others] = rest;
    if (!others.length)
      return (
        `Show ${count(people.length)} ` +
        `more${people.length <= FEW ? `: ${listing(people.map(({ said }) => said))}` : ` who sign ${small(title)}`}`
      );
    return (
      "Show " +
      `${listing(rest.map(([title, people], k) => `${count(people.length)} more${k ? "" : " who sign"} ${small(title)}`))}`
    );
  }

  // Where nobody moves far, those who move most in a line.
  function moved_little({ worlds }, { up, down }) {
    const ways = [
      ["More often", up],
      ["Less often", down],
    ].filter(([, people]) => people.length);
    return ways.map(([title, people]) =>
      element(
        "p",
        { className: "chosen" },
        `${title}: ${listing(people.map(from_to))}; by luck each share ` +
          `±\u00a0${off_by_luck(worlds)} at most.`,
      ),
    );
  }
  const from_to = (one) => `${one.said} (${percent(one.first)} → ${percent(one.second)})`;

  function movers(title, people, beside, view) {
    return table(
      [title, letter(beside), letter(view)],
      people.map((one) => row([one.name], percent(one.first), percent(one.second))),
    );
  }

  // Those whose choice is supposed, apart from what follows.
  function chosen({ chosen: some }) {
    return [...new Set(some.map(({ choice }) => choice))]
      .map((each) => some.filter(({ choice }) => choice === each))
      .map((alike) =>
        element(
          "p",
          { className: "chosen" },
          `${capital(alike[0].supposed)}: `,
          listing(alike.map(from_to)),
          ".",
        ),
      );
  }

  // The same once the pairs under other fits are here.
  function fill_power(comparison) {
    for (const pair of comparison.pairs)
      document
        .querySelector(`#pairs .power[data-of=${pair.letter}]`)
        ?.replaceWith(power(comparison, pair));
  }

  parley.compare_tables = { glance, cards, fill_power };
})();
