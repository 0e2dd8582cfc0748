// What happened, in one sentence made of the record and the register; the chart that plays it once; and three questions.
(() => {
  const {at, set, element, fill, put_if_there, on, address} = parley.dom, {KINDS, count, day, interval, mean} = parley.format;
  const POWERS = {USA: "Washington", CHN: "Beijing", RUS: "Moscow"};
  const TOLD = "parley-told", PACE = 9, WAIT = 700;  // a key; rounds a second; milliseconds before the first
  let telling = false, timer = null;

  const listing = words => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
  const round = value => Math.round(value);
  const month = date => day(date).replace(/^\d+ /, "");
  const strong = words => element("strong", {}, words);

  // Those of the great powers that were not on the register on *date*.
  const missing = date => Object.keys(POWERS).filter(id => parley.people[id] && (parley.people[id].supporter_since ?? "9999") > date);

  function sentence() {
    if (!at("story") || !parley.record || !parley.people) return;
    const {record} = parley, kind = record.may_sign[0], last = record.dates.length - 1, end = month(record.dates[last]);
    const bands = record.bands.listed[kind], kind_words = KINDS[kind] === "NGOs" ? "NGOs" : KINDS[kind].toLowerCase();
    const all = kind === "state" ? ` of ${record.names.filter(id => parley.people[id]?.kind === "state").length} ${kind_words}` : ` ${kind_words}`;
    const listed = strong(`${count(bands.median[last])}${all}`), registered = record.registered[kind][last];
    fill("story", parley.beside_the_call.is_baseline(parley.view) ? as_it_was({record, end, listed, registered}) : what_if({end, listed, kind, bands, last}));
  }

  function as_it_was({record, end, listed, registered}) {
    const launch = record.dates[-record.first_round], absent = missing(launch).map(id => POWERS[id]);
    const without = absent.length ? ` without ${listing(absent)}` : "";
    const real = registered !== null ? [`; by ${end} the register counts `, element("strong", {className: "real"}, count(registered)), " and the simulation "] : [`; by ${end} the simulation counts `];
    return [`The Paris Call opened in ${month(launch)}${without}`, ...real, listed, ": ask what would have changed that."];
  }

  // The answer, beside the Paris Call as it was once that is here.
  function what_if({end, listed, kind, bands, last}) {
    const words = [`In this what-if `, listed, ` are on the list by ${end}`], difference = parley.beside_the_call.difference(kind, last);
    if (!difference) return [...words, ` (in 90 % of worlds ${interval(bands.low_90[last], bands.high_90[last])}).`];
    const {low, high} = difference, ends = range(low, high);
    if (round(low) === 0 && round(high) === 0) return [...words, ", as many as in the Paris Call as it was, in nearly every world."];
    if (low < 0 && high > 0 || mean(difference.mean) === "0") return [...words, `: no clear difference from the Paris Call as it was (90 % of pairs of worlds: ${ends}).`];
    const {signers} = parley.baseline, one = signers.count === 1;
    const own = signers.count && kind === "state" ? ` Of these, ${mean(signers.mean)} ${one ? "is the state" : "are the states"} whose signature is supposed.` : "";
    return [...words, ", ", strong(`${mean(Math.abs(difference.mean))} ${difference.mean < 0 ? "fewer" : "more"}`), ` on average than in the Paris Call as it was under the same luck (90 % of pairs of worlds: ${ends}).${own}`];
  }
  const range = (low, high) => round(low) * round(high) > 0 ? `${count(Math.min(...[low, high].map(Math.abs)))} to ${more(low > 0 ? high : low)}` : `${more(low)} to ${more(high)}`;
  const more = value => round(value) === 0 ? "as many" : `${count(Math.abs(value))} ${value < 0 ? "fewer" : "more"}`;

  // The questions, on the worlds and the seed shown. One that is asked already offers the way back.
  function questions() {
    if (!at("presets") || !parley.record) return;
    const kept = new URLSearchParams(parley.query());
    for (const key of [...kept.keys()]) if (!["worlds", "seed"].includes(key)) kept.delete(key);
    const is_asked = parley.view.scenario === "great-powers-sign", powers = at("ask-powers");
    powers.href = address("./", is_asked ? "" : "scenario=great-powers-sign", kept.toString()).replace(/\?$/, "");
    set("ask-powers", is_asked ? "Back to what happened" : "What if the great powers sign?");
    at("ask-why").href = address("stakeholder", kept.toString(), "round=0&who=USA");
    at("ask-text").href = address("designer", kept.toString()).replace(/\?$/, "");
  }

  // Another scenario in place: the control reports it, and the page asks.
  document.addEventListener("click", event => {
    const link = event.target.closest?.("#ask-powers");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !parley.record) return;
    event.preventDefault();
    put_if_there("scenario", {value: new URL(link.href).searchParams.get("scenario") ?? "paris-call-2018"});
  });

  // Once in a session of the browser the chart plays from the launch to the end: not where motion is not wanted, and not where
  // the link says which round, or which face, is meant.
  function may_tell() {
    if (!at("story") || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    const {view, record} = parley;
    if (view.round !== null || view.figure || view.world || view.map || view.present || !record.names) return false;
    try {
      if (sessionStorage.getItem(TOLD)) return false;
      sessionStorage.setItem(TOLD, "yes");
      return true;
    } catch { return false; }  // where nothing can be kept, it would play at every visit
  }

  function tell() {
    telling = true;
    parley.chart.tell(true);
    parley.show_round(-parley.record.first_round, {kept: false});  // before anything is drawn, so that the end is not seen first
    timer = setTimeout(() => { if (telling) parley.player.play({kept: false, pace: () => PACE}); }, WAIT);
    for (const kind of INPUTS) addEventListener(kind, stop, {capture: true, passive: kind !== "keydown"});
  }

  // Whatever the visitor does ends it: at the round it has come to where they reach for the figure, else at the end.
  const INPUTS = ["pointerdown", "keydown", "wheel", "touchstart"], KEYS = [" ", "ArrowLeft", "ArrowRight"];
  function stop(event) {
    const is_key = event.type === "keydown", in_figure = event.target.closest?.(".play-bar, .kinds");
    end(is_key ? KEYS.includes(event.key) : in_figure && event.type !== "wheel");
    // What pauses must not start it again in the same breath.
    if (event.key === " ") event.preventDefault();
    if (event.target.closest?.("#play")) {
      const swallow = click => { if (click.target.closest?.("#play")) { click.preventDefault(); click.stopImmediatePropagation(); } };
      addEventListener("click", swallow, {capture: true, once: true});
      setTimeout(() => removeEventListener("click", swallow, {capture: true}), 600);
    }
  }
  function end(stays) {
    if (!telling) return;
    telling = false;
    clearTimeout(timer);
    for (const kind of INPUTS) removeEventListener(kind, stop, {capture: true});
    parley.player.pause();
    parley.chart.tell(false);
    parley.show_round(stays ? parley.round() : Infinity, {kept: Boolean(stays)});
  }

  // Before the others hear of the record, as they draw the round shown.
  let begun = false;
  on("parley:record", () => {
    document.querySelector("main.nothing")?.classList.remove("nothing");
    if (!begun && at("story")) { begun = true; if (may_tell()) tell(); }
    sentence();
    questions();
  });
  on("parley:people parley:baseline", sentence);
  on("parley:refused", () => {
    if (!at("story") || parley.record) return;
    set("title", "Nothing to show");
    document.querySelector("main").classList.add("nothing");
    fill("story", ["This link cannot be read. ", element("a", {href: "./"}, "Begin with the Paris Call as it was"), "."]);
  });
  on("parley:paused", () => { if (telling && parley.round() === parley.record.dates.length - 1) end(false); });

  parley.story = {is_telling: () => telling, end: () => end(false)};
})();
