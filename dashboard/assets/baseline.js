// The Paris Call as it was, beside a view that changes something of it: asked for when the view is drawn, so that a moved dial
// never waits for it. The cards say the difference in pairs of worlds with the same luck.
(() => {
  const {at, element, address, latest, or_null, on, dispatch} = parley.dom, {KINDS, signed} = parley.format;
  const LATER = 120;  // milliseconds
  const question = latest();
  let timer = null;

  // Whether *view*, as the address has it, is the Paris Call as it was.
  const is_baseline = ({scenario, set, choose, branch, may_sign}) =>
    scenario === "paris-call-2018" && !Object.keys(set).length && !Object.keys(choose).length && !branch.length && !may_sign;

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

  // The difference at the round of place *t*: its middle and the ends of 90 % of the pairs; null where there is none.
  function difference(what, t) {
    const {baseline, record} = parley;
    if (!baseline || baseline.query !== record?.query) return null;
    const place = baseline.dates.indexOf(record.dates[t]), bands = baseline.difference[what];
    return place < 0 ? null : {middle: bands.median[place], low: bands.low_90[place], high: bands.high_90[place]};
  }

  function follow() {
    if (!at("headlines") || !parley.record) return;
    for (const what of [...Object.keys(KINDS), "power"]) {
      const place = at(`difference-${what}`), now = difference(what, parley.round());
      const may_sign = what === "power" ? "state" : what;
      place.hidden = !now || !parley.record.may_sign.includes(may_sign);
      if (place.hidden) continue;
      const [times, unit] = what === "power" ? [100, " pts"] : [1, ""], words = value => signed(times * value, 0);
      const none = [now.low, now.middle, now.high].every(value => words(value) === "0");
      const lead = none ? "as in the Paris Call as it was" : `${words(now.middle)}${unit} beside the Paris Call as it was`;
      const ends = none ? "" : ` (${words(now.low)} to ${words(now.high)} in 90 % of pairs of worlds)`;
      if (place.textContent !== lead + ends) place.replaceChildren(element("strong", {}, lead), ends);
    }
  }

  parley.beside_the_call = {is_baseline, difference};
  on("parley:record", ask);
  on("parley:record parley:baseline parley:round", follow);
})();
