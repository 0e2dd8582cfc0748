// The chart of the page Simulate: a panel for each kind, one of them large, under a heading that
// says what was found at the round shown. A round moves a line over the panels, which costs
// nothing, while a new layout of a figure costs a frame.
(() => {
  const { at, set, put, on, on_click } = parley.dom,
    { KINDS, count, day, interval, short_month } = parley.format;
  const areas = new WeakMap(),
    sizes = new Map();
  let telling = false; // whether the chart plays by itself

  const kinds = () => at("kinds");
  const here = () => Boolean(kinds() && parley.record);
  const open = () => Object.keys(KINDS).filter((kind) => parley.record.may_sign.includes(kind));
  const large = () => (open().includes(kinds().dataset.large) ? kinds().dataset.large : open()[0]);

  // The median beside the curve, with nothing changed; null where it is not beside it.
  function beside(kind) {
    const { baseline, record } = parley;
    if (!baseline || baseline.query !== record.query) return null;
    const from = baseline.dates.indexOf(record.dates[-record.first_round]);
    return from < 0
      ? null
      : {
          name: "nothing changed",
          dates: baseline.dates.slice(from),
          median: baseline.levels[kind].slice(from),
        };
  }

  // Where the change by the end ends under other fits, from the Paris Call as it was on; null until
  // that is known, and where it is one number.
  function others(kind) {
    const { baseline, record } = parley,
      last = record.dates.length - 1,
      change =
        beside(kind) &&
        baseline.wider &&
        parley.beside_the_call.in_words(kind, last, baseline.wider);
    if (!change?.ends) return null;
    const [from, place] = [baseline, baseline.wider].map(({ dates }) =>
        dates.indexOf(record.dates[last]),
      ),
      level = baseline.levels[kind][from],
      { low_90, high_90 } = baseline.wider.difference[kind];
    return {
      low: level + low_90[place],
      high: level + high_90[place],
      words: `${parley.pairs.with_side(change)} than with nothing changed`,
    };
  }

  // How many states ratify a treaty by the end; null of another kind, and until that is known.
  function ratified(kind) {
    const told = kind === "state" && parley.harm.ratified();
    return told ? { ...told, range: interval(told.low, told.high) } : null;
  }

  // What the chart of a *kind* holds beside its own curves.
  const more_of = (kind) => ({
    beside: beside(kind),
    others: others(kind),
    ratified: ratified(kind),
    supposed: supposed(),
  });

  function draw() {
    // its place comes with its library
    if (parley.record && at("figure") && !kinds()) return void setTimeout(draw, 30);
    if (!here()) return;
    const { record } = parley;
    for (const kind of Object.keys(KINDS)) at(`panel-${kind}`).hidden = !open().includes(kind);
    kinds().dataset.large = large();
    kinds().dataset.panels = open().length;
    kinds().classList.toggle("is-telling", telling);
    for (const kind of Object.keys(KINDS)) {
      at(`panel-${kind}`).classList.toggle("is-large", kind === large());
      const name = kinds().querySelector(`[data-kind=${kind}]`);
      name.setAttribute("aria-pressed", kind === large());
      name.tabIndex = kind === large() ? -1 : 0; // pressing it does nothing
    }
    // All that is read of the page comes before anything is written to it, as it is laid out anew
    // in between.
    const drawn = open().map((kind) => {
      const place = at(`panel-${kind}`).querySelector(".curve"),
        { clientWidth: wide, clientHeight: high } = place;
      return {
        kind,
        place,
        wide,
        figure:
          wide &&
          parley.figures.adoption(record, kind, {
            ...more_of(kind),
            large: kind === large(),
            wide,
            high,
          }),
      };
    });
    for (const { kind, place, wide, figure } of drawn) {
      if (!wide) continue; // of a face that is not shown
      sizes.set(kind, wide);
      parley.sketch(place, figure);
      const show = () => put(`adoption-${kind}`, { figure });
      if (kind === large()) show();
      else requestAnimationFrame(() => setTimeout(show)); // the large one is seen first
    }
    if (at("register-key"))
      at("register-key").hidden = !open().some((kind) => record.register[kind].length);
    for (const key of ["beside-key", "by-world-key"])
      if (at(key)) at(key).hidden = !beside(open()[0]);
    if (at("fits-key"))
      at("fits-key").hidden = !drawn.some(
        ({ figure }) => figure && parley.figures.has_other_fits(figure),
      );
    key_of_ratified(drawn.some(({ figure }) => figure && parley.figures.has_ratified(figure)));
    if (at("event-key"))
      at("event-key").hidden = !parley.figures
        .events(record, supposed())
        .some((date) => date > record.dates[-record.first_round]);
    follow();
  }

  // The key of ratifications keeps its place until they are drawn; they are told with the chart's
  // name too.
  function key_of_ratified(is_drawn) {
    const told = ratified("state");
    if (at("ratified-key"))
      at("ratified-key").hidden = large() !== "state" || !(told || parley.harm.awaits_ratified());
    at("ratified-key")?.classList.toggle("is-to-come", !is_drawn);
    at("panel-state")
      .querySelector(".curve")
      .setAttribute(
        "aria-label",
        `${KINDS.state} on the public list, month by ` +
          `month${told ? `; ${told.range} states ratify it by the end (assumed)` : ""}; the ` +
          "numbers are under Sources",
      );
  }

  // The dates from which branches of the address suppose something.
  function supposed() {
    const { dates, first_round } = parley.record,
      places = parley.view.branch.map((branch) => Number.parseInt(branch) - first_round);
    return [...new Set(places)]
      .sort((a, b) => a - b)
      .map((place) => dates[place])
      .filter(Boolean);
  }

  // What the large panel says, and the small ones in short, and of which month, as the sentence
  // above is of the end.
  function findings(t) {
    const chosen = large(),
      far = parley.beside_the_call.is_far();
    for (const kind of open()) {
      at(`finding-${kind}`).classList.toggle("is-far-finding", far);
      set(
        `finding-${kind}`,
        parley.presenter.addition(kind, t) || finding(kind, t)[kind === chosen ? "long" : "short"],
      );
    }
  }

  // *in_full*: with what a change is compared to, as in a picture that stands alone.
  function finding(kind, t, { in_full = false } = {}) {
    const { record } = parley,
      month = short_month(record.dates[t], "\u00a0"),
      is_end = t === record.dates.length - 1;
    const median = count(record.bands.listed[kind].median[t]),
      registered = record.registered[kind][t],
      real = registered === null ? "" : `, register ${count(registered)}`;
    const change = parley.beside_the_call.in_words(kind, t),
      levels = parley.beside_the_call.level_and_change(kind, t, { level: median, in_full }),
      far = parley.beside_the_call.is_far() ? ", extrapolated" : "";
    const treaty = is_end && !change?.is_told && ratified(kind);
    const long = treaty
      ? `: ${median} on the list, ${treaty.range} ratify (assumed)`
      : t < -record.first_round
        ? `: nobody can sign before ${day(record.dates[-record.first_round])}`
        : ` on the list, ${month}${far}: ${levels ?? `simulated ${median}${real}`}`;
    return {
      long,
      short:
        `${is_end ? "" : ` in ${month}:`} ` +
        `${median}${change ? `, ${change.is_same ? "no change" : change.words}` : real}`,
    };
  }

  // What a picture of the chart of a *kind* says, which is drawn to the end whichever round is
  // shown. The chart of a *kind* as such a picture has it: with the names that the large panel has,
  // whichever is large on the page.
  const picture_of = (kind, { wide, high }) =>
    parley.figures.adoption(parley.record, kind, { ...more_of(kind), wide, high });
  const title_of = (kind) =>
    `${KINDS[kind]}${finding(kind, parley.record.dates.length - 1, { in_full: true }).long}`;
  // What the number in that title is, where the ends of the two lines in the picture are another
  // number apart; and what is drawn of a treaty.
  function note_of(kind) {
    const last = parley.record.dates.length - 1,
      change = parley.beside_the_call.in_words(kind, last);
    const of_pairs =
      change?.is_told && !change.is_level && !parley.beside_the_call.was(kind)
        ? ` ${count(change.middle.far)}: the median of pairs of worlds, not the difference of the two medians.`
        : "";
    return (
      of_pairs +
      (ratified(kind) ? " Dashed bar: how many states ratify it by the end (assumed)." : "")
    );
  }

  function follow() {
    if (!here()) return;
    findings(parley.round());
    for (const graph of kinds().querySelectorAll(".js-plotly-plot")) {
      if (!graph.dataset.listens && graph._fullLayout?._size) {
        graph.dataset.listens = "yes";
        graph.on("plotly_afterplot", () => measure_soon(graph));
        measure_soon(graph);
      } else cursor(graph);
    }
  }

  // Graphs drawn in one go are measured together in the next frame, all of them before anything is
  // written.
  const due = new Set();
  function measure_soon(graph) {
    if (!due.size)
      requestAnimationFrame(() => {
        const places = [...due].map(area_of).filter(Boolean);
        due.clear();
        places.forEach(place);
      });
    due.add(graph);
  }
  function area_of(graph) {
    const size = graph._fullLayout?._size,
      curve = graph.closest(".curve"),
      line = curve?.querySelector(".cursor"),
      veil = curve?.querySelector(".veil");
    return (
      size &&
      line && {
        graph,
        curve,
        line,
        veil,
        left: graph.offsetLeft + size.l,
        top: graph.offsetTop + size.t,
        width: size.w,
        height: size.h,
        end: curve.clientWidth,
      }
    );
  }
  function place({ graph, curve, top, height, ...area }) {
    areas.set(graph, area);
    for (const part of [area.line, area.veil])
      Object.assign(part.style, { top: `${top}px`, height: `${height}px` });
    curve.classList.add("is-measured");
    curve.querySelector(".sketch")?.remove();
    cursor(graph);
  }

  // The line at the round shown. What comes after it is veiled, so that the whole is seen and where
  // it stands.
  function cursor(graph) {
    const { record } = parley,
      area = areas.get(graph);
    if (!record || !area) return;
    const [from, to] = parley.figures.stretch(record).map((date) => Date.parse(date)),
      t = parley.round(),
      now = Date.parse(record.dates[t]);
    const x = area.width * Math.min(1, Math.max(0, (now - from) / (to - from)));
    area.line.hidden = area.veil.hidden = t === record.dates.length - 1;
    area.line.style.transform = `translateX(${area.left + x}px)`;
    // As far as the words at the lines' ends, which are of the end.
    Object.assign(area.veil.style, {
      left: `${area.left + x}px`,
      width: `${area.end - area.left - x}px`,
    });
  }

  function tell(is) {
    telling = is;
    kinds()?.classList.toggle("is-telling", is);
    follow();
  }

  // Another width is another size of type beside the lines, and other ticks.
  let resized = null;
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      if (
        here() &&
        open().some(
          (kind) => at(`panel-${kind}`).querySelector(".curve").clientWidth !== sizes.get(kind),
        )
      )
        draw();
    }, 150);
  });

  parley.chart = {
    draw,
    tell,
    large,
    open,
    picture_of,
    title_of,
    note_of,
    // Whether the large panel is drawn, and follows the rounds.
    is_drawn() {
      follow();
      return Boolean(kinds()?.querySelector(".is-large .is-measured"));
    },
    enlarge(kind) {
      if (!here() || !open().includes(kind)) return;
      kinds().dataset.large = kind;
      draw();
    },
  };

  on("parley:record parley:scheme parley:baseline parley:other-fits parley:ratified", draw);
  on("parley:round parley:as-it-was", follow);
  on("parley:face", (face) => {
    if (face === "chart") draw();
  });
  on_click("[data-kind]", (button) => parley.chart.enlarge(button.dataset.kind));
})();
