// The page Code designer: in the last column of its table, the present text as a share of all, or
// what another text changes.
(() => {
  const { at, element, fill } = parley.dom,
    { difference, percent } = parley.format;
  const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25],
    MOST_STEPS = 4; // of all
  const APART = 0.2; // of the line: an end nearer to none has no room for its words

  const share = (value) => `${100 * value}%`;
  const part = (className, from, to) =>
    element("span", {
      className,
      style: { left: share(Math.min(from, to)), width: share(Math.abs(to - from)) },
    });
  const mark = (className, place) => element("span", { className, style: { left: share(place) } });
  const draw = (name, ...parts) =>
    fill(`plot-${name}`, [element("span", { className: "share-track" }, ...parts)]);

  // The ends of a line, as shares of all, on which every change lies with its ranges, and none.
  function ends_of(shares) {
    const low = Math.min(0, ...shares),
      high = Math.max(0, ...shares),
      step = STEPS.find((each) => (high - low) / each <= MOST_STEPS) ?? STEPS[STEPS.length - 1];
    const [first, last] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
    return first === last ? [first, first + step] : [first, last];
  }

  // None where it lies, and the ends with their sign; the end farther from none says of what they
  // are shares.
  function show_scale(low, high, none) {
    const words = (value, is_far) =>
      `${difference(100 * value, 0)}${is_far ? "\u00a0%\u00a0of\u00a0all" : ""}`;
    const ends = [
      [0, low, none],
      [1, high, 1 - none],
    ]
      .filter(([, , away]) => away >= APART)
      .map(([place, value, away]) => [place, words(value, away >= 0.5)]);
    const said = ([place, text]) =>
      element(
        "span",
        {
          className: place < APART ? "at-low" : place > 1 - APART ? "at-high" : "",
          style: { left: share(place) },
        },
        text,
      );
    fill("plot-scale", [[none, "0"], ...ends].map(said));
  }

  // Under the present text a bar from none to all. Under another the change in the median pair,
  // with the range that the pairs give it, and a thin line over the one that other fits give, on
  // one line for all kinds: each change is a share of all of its kind.
  function show(change, everybody, is_changed, wide, are_coming) {
    const kinds = Object.keys(change),
      of_all = (name, { low_90, high_90 }) =>
        [low_90, high_90].map((value) => value / (everybody[name] ?? 1));
    at("plot-key-fits").hidden = !wide && !are_coming;
    at("plot-key-awaits").hidden = !are_coming;
    if (!is_changed) {
      fill("plot-scale", [
        element("span", { className: "at-low" }, "0"),
        element("span", { style: { left: "50%" } }, "of all"),
        element("span", { className: "at-high", style: { left: "100%" } }, percent(1)),
      ]);
      for (const name of kinds)
        draw(name, part("has", 0, change[name].first / (everybody[name] ?? 1)));
      return;
    }
    const [low, high] = ends_of(
        kinds.flatMap((name) => [
          ...of_all(name, change[name]),
          ...(wide ? of_all(name, wide[name]) : []),
        ]),
      ),
      place = (value) => (value - low) / (high - low);
    show_scale(low, high, place(0));
    for (const name of kinds) {
      const reach = wide ? [part("reach", ...of_all(name, wide[name]).map(place))] : [];
      draw(
        name,
        mark("none", place(0)),
        part("spread", ...of_all(name, change[name]).map(place)),
        ...reach,
        mark("dot", place(change[name].median / (everybody[name] ?? 1))),
      );
    }
  }

  parley.change_plot = { show };
})();
