// What the dials have changed, in a line below them: it stays in sight on a phone, where the figure
// is far above. It says at once that all is simulated anew, then the answer; a screen reader hears
// the answer alone, once it has stood for a moment.
(() => {
  const { at, set, element, fill, on } = parley.dom,
    { count, interval } = parley.format,
    { words_of } = parley.pairs;
  const STANDS = 700; // milliseconds
  let timer = null;

  const is_moved = () => Object.keys(parley.view.set).length > 0;

  // The first kind that may sign, at the end, beside the Paris Call as it was once that is here,
  // with the range of other fits once these are; then others that change clearly. Of a view far
  // outside the data its direction, before what the best fit has.
  function answer() {
    const { record } = parley,
      [kind, ...others] = record.may_sign,
      last = record.dates.length - 1,
      bands = record.bands.listed[kind];
    const { in_words, in_other_fits, is_far, direction, sizes, level_and_change, UNCHANGED } =
        parley.beside_the_call,
      change = in_words(kind, last),
      level = `${count(bands.median[last])} ${words_of(kind)}`;
    if (is_far() && direction(kind)) {
      const far = direction(kind);
      return [`Extrapolated: ${far.words}`, ...sizes(kind, far)];
    }
    if (!change)
      return [level, `${interval(bands.low_90[last], bands.high_90[last])} in 90\u00a0% of worlds`];
    const told = others
      .map((each) => [words_of(each), in_words(each, last)])
      .filter(([, other]) => other?.is_told)
      .map(([name, { words }]) => `${words} ${name}`);
    return [
      `${level_and_change(kind, last, { level })}${in_other_fits(kind, change, { sided: true })}`,
      ...(told.length ? [told.join(", ")] : []),
      `against what is ${UNCHANGED}`,
    ];
  }

  const show = (lines) =>
    fill(
      "result-line",
      lines.map((words, k) => element(k ? "span" : "strong", {}, words)),
    );

  function hear(words) {
    clearTimeout(timer);
    timer = setTimeout(() => set("result-said", words), STANDS);
  }

  function follow() {
    if (!at("result-line") || !parley.record) return;
    const lines = is_moved() ? answer() : [];
    show(lines);
    hear(lines.join(" "));
  }

  on("parley:view", () => {
    if (!at("result-line") || !parley.record || parley.query() === parley.record.query) return;
    clearTimeout(timer);
    show(["Simulating anew …"]);
  });
  on("parley:record parley:baseline parley:other-fits", follow);
  on("parley:refused", () => {
    if (at("result-line")) show([]);
  });
})();
