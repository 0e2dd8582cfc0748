// The Paris Call as it was, beside a view that changes something of it: asked for when the view is drawn, so that a moved dial
// never waits for it. Cards, chart and sentence say the difference alike: by what 90 % of the pairs of worlds with the same
// luck hold, in whole numbers, and of one that is not clear no more than that.
(() => {
  const {at, element, address, latest, or_null, on, dispatch} = parley.dom, {DEFAULTS, KINDS, count} = parley.format;
  const LATER = 120;  // milliseconds
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

  // The difference at the round of place *t*: the ends of 90 % of the pairs; null where there is none.
  function difference(what, t) {
    const {baseline, record} = parley;
    if (!baseline || baseline.query !== record?.query) return null;
    const place = baseline.dates.indexOf(record.dates[t]), bands = baseline.difference[what];
    return place < 0 ? null : {low: bands.low_90[place], high: bands.high_90[place]};
  }

  // The same in words, and whether it is clear: "2 to 3 more", "the same", "no clear difference"; null where there is none.
  const whole = value => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
  function in_words(what, t) {
    const now = difference(what, t);
    if (!now) return null;
    const [scale, unit] = what === "power" ? [100, "\u00a0points"] : [1, ""], [low, high] = [now.low, now.high].map(end => whole(scale * end));
    if (low < 0 && high > 0) return {is_clear: false, words: "no clear difference"};
    if (!low && !high) return {is_clear: false, words: "the same"};
    const [near, far] = [low, high].map(Math.abs).sort((a, b) => a - b), side = high > 0 ? "more" : "fewer";
    const size = near === far ? count(far) : near ? `${count(near)} to ${count(far)}` : `up to ${count(far)}`;
    return {is_clear: true, words: `${size}${unit} ${what === "power" && side === "fewer" ? "less" : side}`};
  }

  function follow() {
    if (!at("headlines") || !parley.record) return;
    for (const what of [...Object.keys(KINDS), "power"]) {
      const place = at(`difference-${what}`), now = in_words(what, parley.round());
      const may_sign = what === "power" ? "state" : what;
      place.hidden = !now || !parley.record.may_sign.includes(may_sign);
      if (place.hidden) continue;
      const than = now.words === "the same" ? " as in the Paris Call as it was" : now.is_clear ? " than in the Paris Call as it was, in 90\u00a0% of pairs of worlds" : " from the Paris Call as it was";
      if (place.textContent !== now.words + than) place.replaceChildren(element("strong", {}, now.words), than);
    }
  }

  parley.beside_the_call = {is_baseline, in_words};
  on("parley:record", ask);
  on("parley:record parley:baseline parley:round", follow);
})();
