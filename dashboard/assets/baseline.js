// The Paris Call as it was, beside a view that changes something of it: asked for when the view is drawn, so that a moved dial
// never waits for it. The cards say the difference in pairs of worlds with the same luck.
(() => {
  const {at, element, address, latest, or_null, on, dispatch} = parley.dom, {DEFAULTS, KINDS, change, change_interval} = parley.format;
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

  // The difference at the round of place *t*: its mean and the ends of 90 % of the pairs; null where there is none.
  function difference(what, t) {
    const {baseline, record} = parley;
    if (!baseline || baseline.query !== record?.query) return null;
    const place = baseline.dates.indexOf(record.dates[t]), bands = baseline.difference[what];
    return place < 0 ? null : {mean: bands.mean[place], low: bands.low_90[place], high: bands.high_90[place]};
  }

  function follow() {
    if (!at("headlines") || !parley.record) return;
    for (const what of [...Object.keys(KINDS), "power"]) {
      const place = at(`difference-${what}`), now = difference(what, parley.round());
      const may_sign = what === "power" ? "state" : what;
      place.hidden = !now || !parley.record.may_sign.includes(may_sign);
      if (place.hidden) continue;
      const unit = what === "power" ? "share" : "", none = [now.low, now.mean, now.high].every(value => value === 0);
      const lead = none ? "as in the Paris Call as it was" : `${change(now.mean, unit)} beside the Paris Call as it was`;
      const ends = none ? "" : ` (${change_interval(now.low, now.high, unit)} in 90 % of pairs of worlds)`;
      if (place.textContent !== lead + ends) place.replaceChildren(element("strong", {}, lead), ends);
    }
  }

  parley.beside_the_call = {is_baseline, difference};
  on("parley:record", ask);
  on("parley:record parley:baseline parley:round", follow);
})();
