// The Paris Call as it was, beside a view that changes something of it: asked for when the view is
// drawn, so that a moved dial never waits for it. Cards, chart and sentence say the difference
// alike: its median over pairs of worlds with the same luck, and the ends of 90 % of them. In
// words, the level of the Call as it was stands beside that of the view wherever the two contradict
// no difference that is told: the difference of two medians may be another number than the median
// of the differences. Where 90 % of the pairs hold more and fewer, or so few worlds cannot tell,
// there is no clear change.
(() => {
  const { at, element, address, latest, or_null, on, dispatch } = parley.dom,
    { BASES, DEFAULTS, KIND, KINDS, capital, count, range_in_words, side_in_words } = parley.format,
    { UNCLEAR, clear_or_not, from_none, with_side, words_of } = parley.pairs;
  const LATER = 120,
    AT_REST = 600; // milliseconds
  const NINETY = "90\u00a0% of pairs of worlds",
    BY_WORLD = "compared world by world",
    UNCHANGED = "simulated with nothing changed",
    SOON = "other fits: being simulated …";
  const question = latest(),
    wider = latest();
  let timer = null;

  // Whether *view*, as the address has it, is the Paris Call as it was.
  const is_baseline = ({ scenario, set, choose, branch, convenor, may_sign }) =>
    scenario === DEFAULTS.scenario &&
    ![set, choose].some((each) => Object.keys(each).length) &&
    !branch.length &&
    !convenor &&
    !may_sign;

  function ask(record) {
    clearTimeout(timer);
    question.cancel();
    wider.cancel();
    if (!record.names || !at("headlines")) return;
    if (is_baseline(parley.view)) return void (parley.baseline = null);
    if (parley.baseline?.query === record.query) return void ask_other_fits(parley.baseline);
    timer = setTimeout(async () => {
      const content = await or_null(question.ask(address("data/baseline", record.query)));
      if (!content || content.query !== parley.record?.query) return;
      parley.baseline = content;
      dispatch("parley:baseline", content);
      ask_other_fits(content);
    }, LATER);
  }

  // The same pairs under other fits, asked for once those of the best fit are told and the dials
  // rest: they take hundreds of worlds, for which the next move of a dial would wait.
  function ask_other_fits(of_best) {
    if (!of_best.other_fits || of_best.wider) return;
    timer = setTimeout(async () => {
      const content = await or_null(wider.ask(address("data/baseline", of_best.other_fits)));
      if (!content || parley.baseline !== of_best) return;
      parley.baseline.wider = content;
      dispatch("parley:other-fits", content);
    }, AT_REST);
  }

  // What the view changes by the end under other fits, in a sentence of the server; empty where
  // that is not here.
  const other_fits = () => parley.baseline.wider?.in_other_fits ?? "";

  // What the view changes by the round of place *t*, in words, with the ends of 90 % of the pairs;
  // null where there is none. By default in the worlds of the view, else in those *of* another
  // answer.
  function in_words(what, t, of = parley.baseline) {
    const { baseline, record } = parley;
    if (!baseline || !of || baseline.query !== record?.query) return null;
    const place = of.dates.indexOf(record.dates[t]),
      { median, low_90, high_90, sign } = of.difference[what];
    if (place < 0) return null;
    return clear_or_not(
      { median: median[place], low_90: low_90[place], high_90: high_90[place], sign: sign[place] },
      what === "power" ? "share" : "",
    );
  }

  // How many of a *kind* are on the list in the Paris Call as it was, at the round of place *t*, in
  // words; null where that contradicts what is told of the change. `subtracts`: whether the level
  // of the view less it is the median change, as written. Where it is not, of the first kind alone,
  // the levels stand and not that median: they differ the same way, within what 90 % of the pairs
  // hold.
  const whole = (value) => Math.sign(value) * Math.round(Math.abs(value));
  const gap = (kind, t) =>
    whole(parley.record.bands.listed[kind].median[t]) -
    // between the two levels
    whole(parley.baseline.levels[kind][parley.baseline.dates.indexOf(parley.record.dates[t])]);
  function was(kind, t = parley.record.dates.length - 1) {
    const { baseline, record } = parley,
      change = in_words(kind, t);
    if (!change) return null;
    const place = baseline.dates.indexOf(record.dates[t]),
      { median, low_90, high_90 } = baseline.difference[kind],
      before = baseline.levels[kind][place];
    const between = gap(kind, t),
      subtracts = between === whole(median[place]);
    const is_within =
      whole(low_90[place]) <= between &&
      between <= whole(high_90[place]) &&
      (!change.is_told || between * median[place] > 0);
    const stands =
      subtracts ||
      (is_within && !change.is_level && kind === record.may_sign[0] && !baseline.supposed[kind]);
    return stands
      ? { level: count(before), subtracts, is_apart: change.is_told && between !== 0 }
      : null;
  }

  // What is on the list at the round of place *t*, and what of it changed: "75, not 83", or else
  // "75, 8 fewer" or "83, no change"; null where nothing is beside it. *in_full*: with what that is
  // compared to, "75, 8 fewer than with nothing changed".
  function level_and_change(
    kind,
    t,
    { level = count(parley.record.bands.listed[kind].median[t]), in_full = false } = {},
  ) {
    const change = in_words(kind, t),
      before = was(kind, t),
      compared = (joins) => (in_full ? ` ${joins} with nothing changed` : "");
    if (!change) return null;
    if (before?.is_apart) return `${level}, not ${before.level}${compared("as")}`;
    if (change.is_same) return `${level}, no change`;
    const has_side = change.is_told && !change.is_level;
    return `${level}, ${change.words}${has_side ? compared("than") : ""}`;
  }

  // Whether who signs in the view shown is extrapolated from the fit: then its direction is told
  // first, and its numbers are those of one fit.
  const is_far = () => parley.basis.word(parley.record) === BASES.extrapolated;

  // The change of a *kind* by the end as it stands in an answer, beyond those whose choice is
  // supposed; null where that is not here.
  function by_the_end(kind, of) {
    const place = of ? of.dates.indexOf(parley.record.dates.at(-1)) : -1;
    if (place < 0) return null;
    const { median, low_90, high_90, sign } = of.difference[kind];
    return (
      of.supposed[kind] ?? {
        median: median[place],
        low_90: low_90[place],
        high_90: high_90[place],
        sign: sign[place],
      }
    );
  }

  // Which way a *kind* goes, as the page Compare says it: "somewhat more states", and its ends
  // under other fits, empty where there are none and while they are coming; null where nothing is
  // beside the view.
  function direction(kind) {
    const { baseline, record } = parley,
      best = baseline && baseline.query === record?.query ? by_the_end(kind, baseline) : null;
    if (!best) return null;
    const wide = by_the_end(kind, baseline.wider),
      first = baseline.levels[kind][baseline.dates.indexOf(record.dates.at(-1))];
    const told = parley.statements.direction(
        first,
        best,
        wide ?? undefined,
        !wide && Boolean(baseline.other_fits),
      ),
      many = `${baseline.supposed[kind] ? "other " : ""}${words_of(kind)}`;
    return {
      ...told,
      many,
      words: `${told.way || `${UNCLEAR} in`} ${many}`,
      ends: wide ? told.ends : "",
      are_coming: !wide && Boolean(baseline.other_fits),
    };
  }

  // How far a *direction* goes: its ends under other fits, and the change by the best fit, without
  // its side where the ends have said it; the levels instead where the change is another number
  // than they differ by. Empty where it is none in both.
  function sizes(kind, { side, ends, are_coming }) {
    const { baseline, record } = parley,
      before = was(kind),
      { words, is_same, middle } = clear_or_not(by_the_end(kind, baseline));
    if (is_same && !ends && !are_coming) return [];
    const is_side_said = ends && side && middle && side_in_words(middle) === side;
    const has_levels = before?.is_apart && !before.subtracts && !baseline.supposed[kind],
      levels = () => `${count(record.bands.listed[kind].median.at(-1))}, not ${before.level}`;
    const change = has_levels
        ? levels()
        : is_side_said
          ? range_in_words(middle, { side: false })
          : words,
      best = `${change}${baseline.other_fits ? `${has_levels ? "," : ""} with the best fit` : ""}`;
    return are_coming
      ? [`${best} (${SOON})`]
      : [ends && `${ends} ${side}`.trim(), best].filter(Boolean);
  }

  // What joins such words to that which they are compared with.
  const joined = ({ is_level }) => (is_level ? "as" : "than");

  // Whether other fits are to come where nobody looks for them: a slide says so.
  const awaits_fits = () =>
    document.body.classList.contains("presenting") &&
    Boolean(parley.baseline?.other_fits) &&
    !parley.baseline.wider;

  // The ends of a change of a *kind* by the end under other fits, of all or, *beyond* them, without
  // those whose choice is supposed, as "other fits: 3 to 38"; empty where they are not here, or
  // leave as much as it is like those *of_best*. After the *first* difference told it begins with
  // how that is counted, so that nobody takes one level from the other. *sided*: with "more" or
  // "fewer", where no difference before it says which. *is_named*: a range before it has said whose
  // it is, or that it is to come.
  function in_other_fits(
    kind,
    of_best,
    { beyond = false, first = false, sided = false, is_named = false } = {},
  ) {
    const by_world = first ? BY_WORLD : "",
      name = is_named ? "" : "other fits: ",
      bracket = (words) => {
        const said = [by_world, words].filter(Boolean).join("; ");
        return said && ` (${said})`;
      };
    if (awaits_fits()) return bracket(is_named && !first ? "" : `${name}being simulated`);
    const wide = parley.baseline?.wider,
      change =
        wide &&
        (beyond
          ? wide.supposed[kind] && clear_or_not(wide.supposed[kind])
          : in_words(kind, parley.record.dates.length - 1, wide));
    const fits =
      change && !(change.is_same && of_best.is_same)
        ? `${name}${sided ? range_in_words(change.spread, { from_none: true }) : from_none(change)}`
        : "";
    return bracket(fits);
  }

  // What follows by the end beyond those of a *kind* whose choice is supposed, without its full
  // stop, its range in pairs of worlds, whether nobody follows, and whether what other fits give is
  // among the words; empty where no choice is supposed. Where it is none in most worlds alone,
  // other fits say so, or the words.
  function beyond(kind) {
    const supposed = parley.baseline.supposed[kind];
    if (!supposed) return { words: "", range: "", is_nobody: false, has_fits: false };
    const { words, ends, is_same, is_told } = clear_or_not(supposed),
      many = words_of(kind);
    const is_none = Math.round(supposed.median) === 0 && supposed.low_90 * supposed.high_90 >= 0,
      no = is_same || parley.baseline.other_fits ? "no" : "in most worlds no";
    if (is_same || is_none) {
      const of_fits = in_other_fits(kind, { is_same: true }, { beyond: true });
      return {
        words: `${capital(no)} other ${KIND[kind]} follows${of_fits}`,
        range: is_same ? "" : ends,
        is_nobody: true,
        has_fits: Boolean(of_fits),
      };
    }
    return {
      words: is_told
        ? `Beyond the ${many} ${supposed.words}: ${words}`
        : `Beyond those ${supposed.words}, ${words} in ${many}`,
      range: ends,
      is_nobody: false,
      has_fits: false,
    };
  }

  function follow() {
    if (!at("headlines") || !parley.record) return;
    at("numbers-beside").hidden = !in_words("state", parley.round());
    for (const what of [...Object.keys(KINDS), "power"]) {
      const place = at(`difference-${what}`),
        now = in_words(what, parley.round()),
        wide = in_words(what, parley.round(), parley.baseline?.wider ?? null);
      const may_sign = what === "power" ? "state" : what;
      place.hidden = !now || !parley.record.may_sign.includes(may_sign);
      if (place.hidden) continue;
      const levels = what === "power" ? null : was(what, parley.round()),
        by_levels = now.is_told && levels && !levels.subtracts,
        said = by_levels ? with_side(now) : now.words;
      const { is_unclear } = now,
        beside = is_unclear
          ? ""
          : ` ${joined(now)} ${UNCHANGED}${by_levels ? ` in ${NINETY}` : ""}`,
        pairs = by_levels || !now.ends ? "" : `${now.ends} in ${NINETY}`;
      // Other fits have a line of their own, which holds their place until they are here; after no
      // clear change they end its one line.
      const of_fits = wide
        ? "other fits: " + `${wide.is_same ? "no change" : with_side(wide)}`
        : parley.baseline.other_fits
          ? "other fits: …"
          : "";
      const link = of_fits && is_unclear ? "; " : "",
        stop = !pairs ? "" : is_unclear ? ": " : "; ";
      place.classList.toggle("is-unclear", is_unclear);
      if (place.textContent !== said + beside + stop + pairs + link + of_fits)
        place.replaceChildren(
          now.is_told ? element("strong", {}, said) : said,
          beside,
          element("span", { className: "on-screen" }, stop),
          element("span", { className: "of-pairs" }, pairs),
          element("span", { className: "of-link" }, link),
          ...(of_fits ? [element("span", { className: "of-fits" }, of_fits)] : []),
        );
    }
  }

  parley.beside_the_call = {
    is_baseline,
    is_far,
    direction,
    sizes,
    in_words,
    was,
    gap,
    level_and_change,
    joined,
    beyond,
    other_fits,
    in_other_fits,
    BY_WORLD,
    NINETY,
    UNCHANGED,
  };
  on("parley:record", ask);
  on("parley:record parley:baseline parley:other-fits parley:round", follow);
})();
