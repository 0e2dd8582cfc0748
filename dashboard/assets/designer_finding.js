// The page Code designer: what another text changes, in a sentence; far outside the data, as
// directions without a number.
(() => {
  const { element } = parley.dom;
  const {
    KINDS,
    capital,
    change: written,
    change_interval,
    count,
    in_percent,
    listing,
    on_one_line,
    percent,
    rounded,
  } = parley.format;
  const { UNCLEAR, clear_or_not, from_none, words_of } = parley.pairs,
    { direction, is_hardly, harm } = parley.statements;

  // Whether a change is told, as on all pages that set two views side by side: it is clear which
  // way it goes, or that its median is as many, or it is not clear; `is_same` where 90 % of the
  // pairs are alike.
  function told(change, unit = "") {
    const all = clear_or_not(change, unit);
    return { ...all, is_clear: all.is_told && !all.is_level };
  }
  const changed_by = (change, unit = "") =>
    told(change, unit).is_unclear ? UNCLEAR : written(change.median, unit);
  const range_of = ({ low_90, high_90 }, unit = "") => change_interval(low_90, high_90, unit);

  // The kinds of which a change is clear, of which it is not, those that stay, and those that
  // mostly stay.
  function parted(change) {
    const kinds = Object.keys(KINDS),
      of = (is) => kinds.filter((kind) => is(told(change[kind])));
    return {
      clear: of((each) => each.is_clear),
      unclear: of((each) => each.is_unclear),
      same: of((each) => each.is_same),
      mostly: of((each) => each.is_level && !each.is_same),
    };
  }
  // Whether a text moves nobody: in 90 % of the pairs as many sign, or hardly any more or fewer;
  // or, where it has other *rules*, in the median pair, and no more is clear.
  function moves_nobody(change, { up, down }, rules) {
    if ([...up, ...down].some(({ turns }) => turns)) return false;
    if (Object.keys(KINDS).every((kind) => is_hardly(change[kind]))) return true;
    const all = Object.entries(change).map(([name, each]) => ({
      ...told(each, name === "power" ? "share" : ""),
      ...each,
    }));
    return all.every(
      ({ is_same, is_clear, median }) => is_same || (rules && !is_clear && median === 0),
    );
  }

  // Of which kinds no change is clear, and which stay; *ending* follows the last where nothing else
  // is said.
  const others = ({ unclear, same, mostly }, ending = "") => [
    ...(unclear.length ? [`${UNCLEAR} in ${listing(unclear.map(words_of))}`] : []),
    ...(mostly.length ? [`mostly as many ${listing(mostly.map(words_of))}`] : []),
    ...(same.length ? [`as many ${listing(same.map(words_of))}${ending}`] : []),
  ];

  // The direction of a change alone, by the rule of the page Compare: "far fewer", of a share "far
  // less"; with a size where both ends of the *wide* change under other fits have it, and without
  // one while the page *awaits* these. And the ends that those give.
  function direction_of(change, unit = "", wide = undefined, awaits = false) {
    const told = direction(change.first, change, wide, awaits, unit);
    return { ...told, way: told.way || UNCLEAR, ends: wide ? told.ends : "" };
  }

  // Whether a change may be none, as an end of it is, which "perhaps" says on all pages.
  const is_perhaps = ({ low_90, high_90 }) => rounded(low_90) === 0 || rounded(high_90) === 0;

  // What an exchange of coalitions comes to far outside the data, as a direction, since its ranges
  // stand below; empty until other fits are here.
  function in_sum(change, wide) {
    if (!wide) return "";
    const { way, is_unclear } = direction_of(change, "", wide),
      states = words_of("state");
    return (
      "In sum, counting smaller moves too, " +
      `${is_unclear ? `${way} in ${states}` : `${way} ${states} sign`}.`
    );
  }

  // "6 fewer", or that it is not clear; after the level of a kind.
  function change_in_a_line(change) {
    const { is_clear, is_unclear, words } = told(change);
    return is_unclear
      ? UNCLEAR
      : is_clear
        ? `${is_perhaps(change) ? "perhaps " : ""}${words}`
        : "as before";
  }

  // The range of a change under other fits, in brackets after that of the best fit; a mark in its
  // place while it *is_coming*.
  const in_other_fits = (wide, is_coming) =>
    wide ? on_one_line(from_none(clear_or_not(wide))) : is_coming ? "…" : "";

  // Whether the headline tells of every kind how many, and so what other fits give.
  const is_all_clear = (change) => parted(change).clear.length === Object.keys(KINDS).length;

  // Both ranges of a change that is none, or hardly any: what luck does, and other fits.
  function both_ranges(change, unit, wide, is_coming) {
    const luck = told(change, unit).is_same ? [] : [`luck ${range_of(change, unit)}`],
      fits = wide ? [`other fits ${range_of(wide, unit)}`] : is_coming ? ["other fits …"] : [];
    const said = [...luck, ...fits].map(on_one_line).join("; ");
    return said && `(${said})`;
  }

  // How many more or fewer of each kind, where that is clear, with the ranges of other fits, as on
  // Compare; then the kinds of which it is not, and those that stay. In parts: words, and each
  // range as `{ range }`.
  function in_numbers(change, wide, are_coming) {
    const parts = parted(change),
      clear = [...parts.clear].sort((a, b) => is_perhaps(change[a]) - is_perhaps(change[b]));
    const one = (kind, k) => {
      const { words, middle } = told(change[kind]),
        said = `${is_perhaps(change[kind]) ? "perhaps " : ""}${words} ${words_of(kind, middle)}`,
        range = in_other_fits(wide?.[kind], are_coming),
        joins = k === 0 ? "" : k === clear.length - 1 ? " and " : ", ";
      return [
        `${joins}${k ? said : capital(said)}`,
        ...(range ? [{ range: ` (${k ? "" : "other fits: "}${range})` }] : []),
      ];
    };
    const rest = others(parts, clear.length ? "" : " as under the present text");
    return clear.length
      ? [
          ...clear.flatMap(one),
          " than under the present text",
          ...rest.map((words) => `; ${words}`),
        ]
      : [capital(rest.join("; "))];
  }

  // Such parts as a text; and as elements, so that a phone, whose table has the ranges, can leave
  // them out.
  const as_text = (said) => said.map((part) => part.range ?? part).join("");
  const with_ranges = (said) =>
    said.map((part) => (part.range ? element("span", { className: "in-fits" }, part.range) : part));

  // "Far fewer firms and NGOs, and somewhat fewer states, would sign": the kinds that change alike
  // together, the largest change first. While other fits *are_coming*, which may make a direction
  // surer or less sure, it is told as that of the best fit.
  const SIZES = ["far", "somewhat", "", "perhaps"].flatMap((size) =>
    ["less", "more"].map((toward) => ({ size, toward })),
  );
  function in_directions(change, wide, are_coming, awaits) {
    const ways = Object.keys(KINDS).map((kind) => ({
      kind,
      ...direction_of(change[kind], "", wide?.[kind], awaits),
    }));
    const of = (is) => ways.filter(is).map(({ kind }) => kind);
    const alike = SIZES.map(({ size, toward }) =>
      ways.filter((each) => each.toward === toward && each.size === size),
    ).filter((some) => some.length);
    const [first, ...more] = alike.map(
      (some) => `${some[0].way} ${listing(some.map(({ kind }) => words_of(kind)))}`,
    );
    const signing = first
      ? [`${first}${more.length ? `, and ${listing(more)},` : ""} would sign`]
      : [];
    const said = [
      ...signing,
      ...others({
        unclear: of(({ is_unclear }) => is_unclear),
        mostly: of(({ is_level, is_same }) => is_level && !is_same),
        same: of(({ is_same }) => is_same),
      }),
    ].join("; ");
    return [
      are_coming
        ? `By the best fit ${said} (extrapolated); other fits are being simulated …`
        : `${capital(said)} (extrapolated)`,
    ];
  }

  // Of a text that moves nobody, as one with other rules: what it does to harm prevented, once
  // *conduct* is known.
  function of_conduct(change, conduct) {
    const nobody =
      `${Object.values(change).every(({ low_90, high_90 }) => low_90 === 0 && high_90 === 0) ? "Nobody" : "Hardly anybody"} ` +
      "joins or leaves";
    if (!conduct) return [nobody];
    const { change: of_harm } = conduct.rows.find((row) => row.outcome === "harm_prevented");
    return [`${nobody}; ${harm(of_harm)}`];
  }

  const present = (change) => [
    "The present text: " +
      `${listing(Object.keys(KINDS).map((kind) => `${count(change[kind].first)} ${words_of(kind)}`))} ` +
      "sign, in the median world",
  ];

  // In which share of the worlds somebody signs either text, as "0 → 30 %"; one number where both
  // are the same.
  const shares = ({ first, second }) =>
    first === second ? percent(first) : `${in_percent(first)}\u00a0→\u00a0${percent(second)}`;

  // What becomes of the great powers under another text, and under the present one where they
  // stand: those of whom the same is said together. Each has its words before its shares and after
  // them, of one and of several; those who move come first. The shares are an element of their own,
  // as far outside the data they stand behind the fold of numbers. What is supposed of one is no
  // finding, and has no shares; nor have those who choose alike in all worlds.
  const SUPPOSED = Object.entries({
    signs: "supposed to sign",
    "stays-out": "supposed to stay out",
  }).map(([choice, words]) => ({
    is: ({ supposed }) => supposed === choice,
    one: `is ${words}`,
    several: `are ${words}`,
    bare: true,
  }));
  const STANDS = [
    ...SUPPOSED,
    {
      is: ({ turns, near_half, in_most }) => turns && near_half && in_most,
      one: "would rise to about half of the worlds",
    },
    {
      is: ({ turns, near_half }) => turns && near_half,
      one: "would fall to about half of the worlds",
    },
    { is: ({ turns, in_most }) => turns && in_most, one: "would join" },
    {
      is: ({ moves, in_most, first, second }) => moves && second > first && in_most,
      one: "likelier still",
    },
    {
      is: ({ moves, first, second }) => moves && second > first,
      one: "likelier",
      after: ", but out in most worlds",
    },
    { is: ({ turns }) => turns, one: "would leave" },
    {
      is: ({ moves, in_most }) => moves && in_most,
      one: "less likely",
      after: ", but in most worlds still in",
    },
    { is: ({ moves }) => moves, one: "less likely still" },
    { is: ({ edge }) => edge, one: "on the edge" },
    { is: ({ in_most }) => in_most, one: "signs as before", several: "sign as before" },
    { is: () => true, one: "stays out as before", several: "stay out as before" },
  ];
  const STANDS_NOW = [
    ...SUPPOSED,
    {
      is: ({ first }) => first === 1,
      one: "signs in all worlds",
      several: "sign in all worlds",
      bare: true,
    },
    { is: ({ in_most }) => in_most, one: "signs in most worlds", several: "sign in most worlds" },
    {
      is: ({ first }) => first === 0,
      one: "stays out in all worlds",
      several: "stay out in all worlds",
      bare: true,
    },
    { is: () => true, one: "stays out in most worlds", several: "stay out in most worlds" },
  ];
  const all_or_one = (words) =>
    words.every((each) => each === words[0]) ? words[0] : words.join(", ");
  function powers({ powers: all }, is_changed) {
    const stands = is_changed ? STANDS : STANDS_NOW,
      alike = stands.map((words) => [
        words,
        all.filter((one) => stands.find(({ is }) => is(one)) === words),
      ]);
    const said = alike
      .filter(([, some]) => some.length)
      .map(([{ one, several = one, after = "", bare = false }, some]) => [
        `${listing(some.map((power) => power.said))} ${some.length > 1 ? several : one}`,
        ...(bare
          ? []
          : [element("span", { className: "shares" }, ` (${all_or_one(some.map(shares))})`)]),
        after,
      ]);
    return said.length
      ? ["Great powers: ", ...said.flatMap((parts, k) => (k ? ["; ", ...parts] : parts)), "."]
      : [];
  }

  // The great powers that would join or leave, in a line.
  function powers_in_a_line({ powers: all }) {
    const [joined, left] = [true, false].map((is_in) =>
      all.filter(({ turns, supposed, in_most }) => turns && !supposed && in_most === is_in),
    );
    return [
      [joined, "would join"],
      [left, "would leave"],
    ]
      .filter(([some]) => some.length)
      .map(([some, words]) => `${listing(some.map(({ name }) => name))} ${words}`)
      .join("; ");
  }

  parley.finding = {
    told,
    changed_by,
    change_in_a_line,
    direction_of,
    range_of,
    both_ranges,
    in_sum,
    is_all_clear,
    moves_nobody,
    in_numbers,
    as_text,
    with_ranges,
    in_directions,
    of_conduct,
    present,
    powers,
    powers_in_a_line,
    shares,
  };
})();
