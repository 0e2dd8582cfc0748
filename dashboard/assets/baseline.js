// The Paris Call as it was, beside a view that changes something of it: asked for when the view is drawn, so that a moved dial
// never waits for it. Cards, chart and sentence say the difference alike: its median over pairs of worlds with the same luck, and
// the ends of 90 % of them; and that it is one pair by pair, where the medians that are shown differ by another number.
(() => {
  const {at, element, address, latest, or_null, on, dispatch} = parley.dom, {DEFAULTS, KIND, KINDS} = parley.format, {of_median} = parley.pairs;
  const LATER = 120;  // milliseconds
  const PAIR_BY_PAIR = "pair by pair:";
  const WHY_PAIRS = "The median of the differences between worlds with the same luck, in brackets 90 % of them. It need not be the difference between the medians.";
  const NINETY = "90\u00a0% of pairs of worlds";
  const question = latest();
  let timer = null;

  // Whether *view*, as the address has it, is the Paris Call as it was.
  const is_baseline = ({scenario, set, choose, branch, convenor, may_sign}) =>
    scenario === DEFAULTS.scenario && ![set, choose].some(each => Object.keys(each).length) && !branch.length && !convenor && !may_sign;

  function ask(record) {
    clearTimeout(timer);
    question.cancel();
    if (!record.names || !at("headlines")) return;
    if (is_baseline(parley.view)) return void (parley.baseline = null);
    if (parley.baseline?.query === record.query) return;
    timer = setTimeout(async () => {
      const content = await or_null(question.ask(address("data/baseline", record.query)));
      if (!content || content.query !== parley.record?.query) return;
      parley.baseline = content;
      dispatch("parley:baseline", content);
    }, LATER);
  }

  // What the view changes by the round of place *t*, in words, after the words *lead*; null where there is none.
  function in_words(what, t) {
    const {baseline, record} = parley;
    if (!baseline || baseline.query !== record?.query) return null;
    const place = baseline.dates.indexOf(record.dates[t]), {median, low_90, high_90, sign} = baseline.difference[what];
    if (place < 0) return null;
    const is_power = what === "power", change = of_median({median: median[place], low_90: low_90[place], high_90: high_90[place], sign: sign[place]}, is_power ? "share" : "");
    const own = is_power ? record.bands.power_share.median[t] : record.bands.listed[what].median[t];
    const [after, before, between] = [own, baseline.levels[what][place], median[place]].map(value => whole(is_power ? 100 * value : value));
    const is_apart = (change.is_told || change.is_same) && after - before !== between;
    return {...change, lead: is_apart ? `${PAIR_BY_PAIR} ` : ""};
  }
  // As numbers are written on the page: halves away from 0.
  const whole = value => Math.sign(value) * Math.round(Math.abs(value));

  // What joins such words to that which they are compared with.
  const than = words => words.startsWith("as ") ? "as" : "than";

  // What follows by the end beyond those of a *kind* whose choice is supposed; empty where none is.
  function beyond(kind) {
    const supposed = parley.baseline.supposed[kind];
    if (!supposed) return "";
    const {words, ends, is_same, is_told} = of_median(supposed), many = parley.pairs.words_of(kind), range = ends && ` (${ends})`;
    if (is_same) return `No other ${KIND[kind]} follows.`;
    if (!is_told) return `${parley.record.worlds} worlds cannot tell whether other ${many} follow.`;
    return words.startsWith("as ") ? `Mostly no other ${KIND[kind]} follows${range}.` : `Beyond the ${many} ${supposed.words}: ${words}${range}.`;
  }

  function follow() {
    if (!at("headlines") || !parley.record) return;
    for (const what of [...Object.keys(KINDS), "power"]) {
      const place = at(`difference-${what}`), now = in_words(what, parley.round());
      const may_sign = what === "power" ? "state" : what;
      place.hidden = !now || !parley.record.may_sign.includes(may_sign);
      if (place.hidden) continue;
      const beside = now.is_same || now.is_told ? `${now.lead && now.ends && ` (${now.ends})`} ${than(now.words)} in the Paris Call as it was${now.ends && !now.lead ? `; ${now.ends} in ${NINETY}` : ""}`
        : `: ${parley.record.worlds} worlds cannot tell whether more or ${what === "power" ? "less" : "fewer"} than in the Paris Call as it was`;
      place.title = now.lead && WHY_PAIRS;
      if (place.textContent !== now.lead + now.words + beside) place.replaceChildren(now.lead, element("strong", {}, now.words), beside);
    }
  }

  parley.beside_the_call = {is_baseline, in_words, than, beyond, NINETY};
  on("parley:record", ask);
  on("parley:record parley:baseline parley:round", follow);
})();
